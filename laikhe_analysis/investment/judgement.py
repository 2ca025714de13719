"""How likely a total is under each sharing rule, and what decides it, from the same draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.checks import SEED, check_seed
from laikhe_analysis.investment.cases import Case, inventory_case, land_case
from laikhe_analysis.investment.market import Factor, Market, draw
from laikhe_analysis.investment.proceeds import (
    Outcome,
    area_thresholds,
    draw_plots,
    inventory_cash,
    outcome,
    retained_money,
)
from laikhe_analysis.investment.thresholds import break_evens, conditions, ranking
from laikhe_analysis.investment.verdicts import LEVELS, Verdict, verdict
from laikhe_analysis.land.sharing import line_for
from laikhe_analysis.records import Plot, SharingRule
from laikhe_analysis.sensitivity import Box
from laikhe_analysis.series import weakest_origin

__all__ = ["Judgement", "judge"]


@dataclass(frozen=True)
class Judgement:
    """What the draws say, rule by rule.

    `outcomes`, `break_evens` and `boxes` are empty while no land is at hand: then only the areas in
    the verdicts and the `ranking` can be computed. `boxes` holds None where the total is always or
    never reached. `by_year` holds the draws of an inventory's yearly money. [billion VND]
    """

    verdicts: tuple[Verdict, ...]
    outcomes: tuple[Outcome, ...]
    ranking: list[dict[str, Any]]
    break_evens: dict[str, list[dict[str, Any]]]
    boxes: dict[str, Box | None]
    by_year: dict[str, dict[int, NDArray[np.float64]]]


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
    """Return outcome, verdict and what decides, under each rule.

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
    plots : sequence of Plot
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
        As the functions it calls.

    Examples
    --------
    >>> from laikhe_analysis.records import ShareLine
    >>> line = ShareLine("commune_run", 2026, 2026, 0, 0.45, 0.15, 1, 0.4, 0, "plan", "statement")
    >>> found = judge(300, [SharingRule("plan", (line,))], Market(Factor("fixed", 10.0)),
    ...               years=[2026], area_ha=6, draws=10)
    >>> found.outcomes[0].probability, found.verdicts[0].name
    (1.0, 'not_enough_evidence')
    >>> round(found.break_evens["plan"][0]["value"], 6)
    50000.0
    """
    rng = np.random.default_rng(check_seed(seed))
    streams = {plot.stream for plot in plots} or {stream}
    offered = sum(plot.area_m2 * plot.saleable_share for plot in plots) or 1e4 * (area_ha or 0.0)
    cases, money, values, by_year = _runs(
        rules, market, years, stream=stream, plots=plots, area=offered or 1.0, draws=draws, rng=rng
    )
    outcomes, verdicts, boxes, evens = [], [], {}, {}
    for rule, case in zip(rules, cases, strict=True):
        lines = [line_for(rule, name, year).origin for name in streams for year in years]
        origin = weakest_origin("derived", market.origin, *lines, *(p.origin for p in plots))
        found = outcome(rule.rule, money[rule.rule], total, origin=origin) if offered else None
        areas = area_thresholds(total, money[rule.rule] / (offered or 1.0), tuple(LEVELS))
        verdicts.append(
            verdict(
                rule.rule, found, areas, origin=origin, is_inventory=bool(plots),
                offered_ha=offered / 1e4 or None,
            )
        )  # fmt: skip
        if found is not None:
            outcomes.append(found)
            boxes[rule.rule] = conditions(values, found)
            evens[rule.rule] = break_evens(case, total)
    return Judgement(tuple(verdicts), tuple(outcomes), ranking(cases), evens, boxes, by_year)


def _runs(
    rules: Sequence[SharingRule],
    market: Market,
    years: Sequence[int],
    *,
    stream: str,
    plots: Sequence[Plot],
    area: float,
    draws: int,
    rng: np.random.Generator,
) -> tuple[list[Case], dict[str, Any], Mapping[str, Any], dict[str, dict[int, Any]]]:
    """Return cases, money by rule, the inputs drawn, and an inventory's money by year."""
    if not plots:
        values = draw(market, draws, rng)
        size = Factor("fixed", area)
        cases = [land_case(market, r, area=size, years=years, stream=stream) for r in rules]
        money = {
            r.rule: np.asarray(
                retained_money({"area": area, **values}, market, r, years=years, stream=stream)
            )
            for r in rules
        }
        return cases, money, {name: values[name] for name in market.uncertain}, {}
    drawn = draw_plots(plots, market, draws, rng)
    flows = {rule.rule: inventory_cash(plots, drawn, rule, years) for rule in rules}
    cases = [inventory_case(plots, drawn, market, rule, years=years) for rule in rules]
    money = {name: flow.total() + np.zeros(draws) for name, flow in flows.items()}
    by_year = {
        name: {year: np.asarray(cash) + np.zeros(draws) for year, cash in flow.by_year().items()}
        for name, flow in flows.items()
    }
    return cases, money, drawn.indices(plots), by_year
