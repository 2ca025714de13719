"""What decides whether land makes up a total, under each sharing rule, from the same draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.arrays import as_years
from laikhe_analysis.checks import SEED, check_seed, require
from laikhe_analysis.investment.cases import Case, inventory_case, land_case
from laikhe_analysis.investment.market import FACTORS, Factor, Market, draw
from laikhe_analysis.investment.proceeds import Outcome, draw_plots, inventory_cash, outcome
from laikhe_analysis.investment.thresholds import break_evens, conditions, ranking
from laikhe_analysis.land.inventory import SQUARE_METRES
from laikhe_analysis.land.plots import as_plots
from laikhe_analysis.land.sharing import check_rules, line_for
from laikhe_analysis.records import Plot, SharingRule
from laikhe_analysis.sensitivity import Box
from laikhe_analysis.series import weakest_origin

__all__ = ["LARGEST_AREA", "Judgement", "check_area", "judge"]

LARGEST_AREA = 10_000.0
"""More land than a commune could auction; an area beyond it is in m2. [ha]"""


@dataclass(frozen=True)
class Judgement:
    """What the draws say, rule by rule.

    `outcomes`, `break_evens` and `boxes` are empty while no land is at hand: then only the `ranking`
    can be computed. What few ask for is computed when it is asked for.
    """

    total: float
    outcomes: tuple[Outcome, ...]
    cases: tuple[Case, ...]
    drawn: Mapping[str, NDArray[np.float64]]

    @cached_property
    def ranking(self) -> list[dict[str, Any]]:
        """What matters most; see `thresholds.ranking`."""
        return ranking(self.cases)

    @cached_property
    def break_evens(self) -> dict[str, list[dict[str, Any]]]:
        """The value of each input that is just enough, by rule; see `thresholds.break_evens`."""
        reckoned = {one.rule for one in self.outcomes}
        return {c.rule: break_evens(c, self.total) for c in self.cases if c.rule in reckoned}

    @cached_property
    def boxes(self) -> dict[str, Box | None]:
        """Conditions of success by rule; None where the total is always or never reached."""
        return {one.rule: conditions(self.drawn, one) for one in self.outcomes}


def judge(
    total: float,
    rules: Sequence[SharingRule],
    market: Market,
    *,
    years: Sequence[int],
    stream: str = "commune_run",
    plots: Sequence[Plot] = (),
    area_ha: float | None = None,
    draws: int = 20_000,
    seed: int = SEED,
) -> Judgement:
    """Return the outcome and what decides it, under each rule.

    Parameters
    ----------
    total : float
        Money wanted. [billion VND]
    rules : sequence of SharingRule
        The plan's rule first.
    market : Market
    years : sequence of int
        Budget years of the plan. [year]
    stream : str
        Stream of the fees where there is no inventory.
    plots : sequence of Plot or DataFrame
        The inventory.
    area_ha : float, optional
        Land assumed where there is none. [ha]
    draws, seed : int
        The same draws serve every rule.

    Returns
    -------
    Judgement

    Raises
    ------
    ValueError, TypeError
        If `total` is not positive, `area_ha` not plausible (in m2?), or as the functions it calls.

    Examples
    --------
    >>> from laikhe_analysis.records import ShareLine
    >>> line = ShareLine("commune_run", 2026, 2026, 0, 0.45, 0.15, 1, 0.4, 0, "plan", "statement")
    >>> found = judge(300, [SharingRule("plan", (line,))], Market(Factor("fixed", 10.0)),
    ...               years=[2026], area_ha=6, draws=10)
    >>> found.outcomes[0].probability
    1.0
    >>> round(found.break_evens["plan"][0]["value"], 6)
    50000.0
    """
    rng = np.random.default_rng(check_seed(seed))
    plots, span = as_plots(plots), as_years(years)
    check_rules(rules)
    require(total > 0, "total", total, "a positive number (billion VND)", known=True)
    check_area(area_ha)
    streams = {plot.stream for plot in plots} or {stream}
    offered = sum(plot.area_m2 * plot.saleable_share for plot in plots)
    offered = offered or SQUARE_METRES * (area_ha or 0.0)
    run = _on_inventory if plots else _on_area
    cases, money, values = run(
        rules, market, span, stream=stream, plots=plots, area=offered or 1.0, draws=draws, rng=rng
    )
    outcomes = []
    for rule in rules if offered else ():
        lines = [line_for(rule, name, year).origin for name in streams for year in span]
        origin = weakest_origin("derived", market.origin, *lines, *(p.origin for p in plots))
        outcomes.append(outcome(rule.rule, money[rule.rule], total, origin=origin))
    return Judgement(total, tuple(outcomes), tuple(cases), values)


def check_area(area_ha: float | None) -> None:
    """Raise where an area assumed is negative, missing or not plausible: in m2.

    Raises
    ------
    ValueError
        Naming what was got, and the range.
    """
    if area_ha is not None:
        wanted = f"from 0 to {LARGEST_AREA:g} ha"
        within = 0 <= area_ha <= LARGEST_AREA
        require(within, "area_ha", area_ha, wanted, known=True, advice=": 60,000 m2 are 6 ha")


_Runs = tuple[list[Case], dict[str, Any], Mapping[str, Any]]


def _on_area(
    rules: Sequence[SharingRule], market: Market, years: Sequence[int], *, stream: str,
    area: float, draws: int, rng: np.random.Generator, **_: Any,
) -> _Runs:  # fmt: skip
    """Return cases, money by rule and the inputs drawn, of land whose area is given."""
    values = draw(market, draws, rng)
    size = Factor("fixed", area)
    cases = [land_case(market, r, area=size, years=years, stream=stream) for r in rules]
    known = {name: values[name] for name in FACTORS} | {"area": area}
    money = {case.rule: np.asarray(case.money(known)) for case in cases}
    return cases, money, {name: values[name] for name in market.uncertain}


def _on_inventory(
    rules: Sequence[SharingRule], market: Market, years: Sequence[int], *, plots: Sequence[Plot],
    draws: int, rng: np.random.Generator, **_: Any,
) -> _Runs:  # fmt: skip
    """Return the same of an inventory."""
    drawn = draw_plots(plots, market, draws, rng)
    flows = inventory_cash(drawn, rules, years)
    levels = drawn.indices()
    cases = [inventory_case(drawn, market, rule, years=years, levels=levels) for rule in rules]
    money = {name: flow.total() + np.zeros(draws) for name, flow in flows.items()}
    return cases, money, levels
