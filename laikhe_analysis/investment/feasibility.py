"""Can a plan's investment total be reached, and what would have to be true?

The study in one piece: what the total asks of land under each sharing rule, how likely that is with
the land at hand, what matters most, what else the commune can do, and what to ask the city. Nothing
is averaged over rules, and without an inventory of land there is no verdict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from laikhe_analysis.arrays import as_array, as_years
from laikhe_analysis.checks import SEED, Text, require
from laikhe_analysis.investment.answers import answer
from laikhe_analysis.investment.judgement import Judgement, judge
from laikhe_analysis.investment.market import Market, market_from_prices
from laikhe_analysis.investment.programme import (
    CashPath,
    as_projects,
    cash_path,
    needs_by_year,
    priority_cut,
)
from laikhe_analysis.investment.questions import Question, questions
from laikhe_analysis.investment.requirements import (
    Requirement,
    area_price_table,
    land_table,
    requirement,
    share_gross_table,
)
from laikhe_analysis.investment.strategies import PACES, pace, regret
from laikhe_analysis.investment.verdicts import Verdict
from laikhe_analysis.investment.yardsticks import (
    OutsideView,
    Yardstick,
    outside_view,
    readings,
    yardstick_table,
)
from laikhe_analysis.land.inventory import Inventory
from laikhe_analysis.land.plots import as_plots
from laikhe_analysis.land.sharing import check_rules, retained_share
from laikhe_analysis.records import Plot, Project, SharingRule
from laikhe_analysis.series import weakest_origin

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CUTS", "SIZES", "Study", "study"]

CUTS = (0.6, 0.8, 1.0)
"""Programmes for which works are cut by priority. [fraction of the total]"""

SIZES = tuple(tenth / 10 for tenth in range(1, 11))
"""Sizes of the programme that are compared. [fraction of the total]

So many that the best one lies between others: with 60 % as the smallest it was chosen for being it.
"""

AREAS_HA = (2.0, 4.0, 6.0, 8.0, 10.0, 15.0, 20.0, 30.0, 40.0)


@dataclass(frozen=True)
class Study:
    """Everything that can be said of the total, rule by rule. Tables are lists of dicts.

    `answer` is the whole in a few sentences, the verdict first; `origin` the weakest of its inputs.
    """

    total: float
    years: tuple[int, ...]
    stream: str
    market: Market
    needs: tuple[Requirement, ...]
    land: list[dict[str, Any]]
    area_price: list[dict[str, Any]]
    share_gross: list[dict[str, Any]]
    readings: list[dict[str, Any]]
    yardsticks: list[dict[str, Any]]
    outside: OutsideView | None
    judged: Judgement
    paths: dict[str, CashPath]
    strategies: list[dict[str, Any]]
    cuts: dict[float, list[dict[str, Any]]]
    questions: tuple[Question, ...]
    answer: tuple[Text, ...]
    origin: str

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdict under each rule."""
        return self.judged.verdicts

    def verdict(self, rule: str) -> Verdict:
        """Return the verdict under a rule.

        Raises
        ------
        ValueError
            If the study does not hold the rule.
        """
        found = next((one for one in self.verdicts if one.rule == rule), None)
        if found is None:
            known = ", ".join(one.rule for one in self.verdicts)
            raise ValueError(f"`rule` must be one of {known}, got {rule!r}.")
        return found


def study(
    target_total: float,
    rules: Sequence[SharingRule],
    *,
    years: Sequence[int],
    price: float | Sequence[float],
    plots: Sequence[Plot] | pd.DataFrame = (),
    projects: Sequence[Project] | pd.DataFrame = (),
    market: Market | None = None,
    area_ha: float | None = None,
    stream: str = "commune_run",
    left_from: int | None = None,
    received: float = 0.0,
    other_sources: Mapping[int, float] | None = None,
    yardsticks: Sequence[Yardstick] = (),
    realised: Mapping[str, float] | None = None,
    saleable: float = 1.0,
    plot_m2: float = 100.0,
    draws: int = 20_000,
    seed: int = SEED,
) -> Study:
    """Return the full study of an investment total that rests on land-use fees.

    Parameters
    ----------
    target_total : float
        Money wanted over `years`, positive. [billion VND]
    rules : sequence of SharingRule
        The plan's rule first, then those that may hold instead.
    years : sequence of int
        Budget years of the plan. [year]
    price : float or sequence of float
        Prices to show. [million VND per m2]
    plots : sequence of Plot or DataFrame
        The inventory. Without one there is no verdict.
    projects : sequence of Project or DataFrame
        What the money is for; an even need where empty.
    market : Market, optional
        Stated distributions; `market_from_prices` of `price` when left out.
    area_ha : float, optional
        Land assumed where there is no inventory: gives a probability, no verdict. [ha]
    stream : str
        Stream of the fees where there is no inventory.
    left_from : int, optional
        First year that is still open. [year]
    received : float
        Money already retained. [billion VND]
    other_sources : mapping, optional
        Money from elsewhere, by year. [billion VND]
    yardsticks : sequence of Yardstick
        Public amounts a year to hold the plan against.
    realised : mapping, optional
        Realised over planned land revenue elsewhere, by case. [ratio]
    saleable, plot_m2 : float
        Part of a site that is plots [fraction]; size of a plot [m2].
    draws : int
        Draws of the market; the same for every rule.
    seed : int
        Of the random draws.

    Returns
    -------
    Study

    Raises
    ------
    ValueError
        If there is no rule, `target_total` is not positive, or as the functions it calls.
    TypeError
        As the functions it calls.

    Examples
    --------
    >>> from laikhe_analysis.records import ShareLine
    >>> line = ShareLine("commune_run", 2026, 2030, 0, 0.45, 0.15, 1, 0.4, 0, "plan", "statement")
    >>> found = study(300, [SharingRule("plan", (line,))], years=range(2026, 2031), price=10)
    >>> found.needs[0].gross, round(found.land[0]["area_ha"], 6), found.verdicts[0].name
    (500.0, 5.0, 'not_enough_evidence')
    """
    wanted = "a positive number (billion VND)"
    require(target_total > 0, "target_total", target_total, wanted, known=True)
    check_rules(rules)
    span, plots, projects = as_years(years), as_plots(plots), as_projects(projects)
    prices = np.atleast_1d(as_array("price", price)).tolist()
    mood = market or market_from_prices(prices)
    ask: dict[str, Any] = {"years": span, "stream": stream}
    left: dict[str, Any] = {"left_from": left_from, "received": received}
    needs = tuple(requirement(target_total, rule, **ask, **left) for rule in rules)
    land = land_table(needs, prices, saleable=saleable, plot_m2=plot_m2)
    judged = judge(
        target_total, rules, mood, plots=plots, area_ha=area_ha, draws=draws, seed=seed, **ask
    )
    gross = needs[0].gross or target_total
    even = {year: target_total / len(span) for year in span}
    needed = needs_by_year(projects, span) if projects else even
    inflows = _inflows(rules, plots, gross, mood, **ask)
    asked = questions(target_total, rules, **ask, **left)
    grosses = sorted({round(need.gross, 3) for need in needs if need.gross is not None})
    return Study(
        total=target_total,
        years=span,
        stream=stream,
        market=mood,
        needs=needs,
        land=land,
        area_price=area_price_table(target_total, needs[0].share, AREAS_HA, prices),
        share_gross=share_gross_table(target_total, sorted({n.share for n in needs}), grosses),
        readings=readings(target_total, rules[0], rules[1:], year=span[0], stream=stream),
        yardsticks=yardstick_table(
            yardsticks, retained_per_year=even[span[0]], gross_per_year=gross / len(span)
        ),
        outside=outside_view({} if realised is None else realised, target_total),
        judged=judged,
        paths={
            name: cash_path(money, needed, total=target_total, other_sources=other_sources)
            for name, money in inflows.items()
        },
        strategies=_strategies(target_total, needs[0], rules),
        cuts={part: priority_cut(projects, part * target_total) for part in CUTS},
        questions=asked,
        answer=answer(needs, land, judged.verdicts, judged.ranking, asked, market=mood),
        origin=weakest_origin(*(one.origin for one in judged.verdicts)),
    )


def _inflows(
    rules: Sequence[SharingRule],
    plots: Sequence[Plot],
    gross: float,
    market: Market,
    *,
    years: Sequence[int],
    stream: str,
) -> dict[str, dict[int, float]]:
    """Return the money expected each year: from the inventory, or from even sales of `gross`."""
    if not plots:
        each = gross / len(years)
        return {
            rule.rule: {year: each * retained_share(rule, stream, year) for year in years}
            for rule in rules
        }
    calm, land = market.central, Inventory.of(plots)
    paid = np.array([(1 - calm["default"]) * calm["collection"]])
    found = land.flows(rules, years, land.price[:, None], land.chance[:, None], collected=paid)
    return {cash.rule: cash.by_year() for cash in found}


def _strategies(
    total: float, need: Requirement, rules: Sequence[SharingRule]
) -> list[dict[str, Any]]:
    """Return the regret of every pace and programme over rules and markets, in the years left."""
    open_years = need.left_years
    gross = (need.left_gross_per_year or total / len(open_years)) * len(open_years)
    markets: dict[str, dict[int, float]] = {"calm": {}}
    for name, left in (("slump", 0.5), ("freeze", 0.0)):
        markets |= {
            name: dict.fromkeys(open_years[:2], left),
            f"late_{name}": dict.fromkeys(open_years[-2:], left),
        }
    kinds = [kind for kind in PACES if kind != "frozen" or len(open_years) > 2]
    paces = {kind: pace(kind, open_years) for kind in kinds}
    sizes = [part * total for part in SIZES]
    return regret(gross, sizes, rules, paces=paces, markets=markets, stream=need.stream)
