"""Can a plan's investment total be reached, and what would have to be true?

The study in one piece: what the total asks of land under each sharing rule, with how much land it is
reached and how surely, what the land at hand brings, what determined money pays of the programme.
Nothing is averaged over rules or price cases; without an inventory of land there is no verdict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from laikhe_analysis.arrays import as_years
from laikhe_analysis.checks import SEED, require
from laikhe_analysis.investment.brought import Brought, brought, safe_by_year
from laikhe_analysis.investment.market import Market, check_draws, switched
from laikhe_analysis.investment.proceeds import land_needed
from laikhe_analysis.investment.programme import Coverage, as_projects, coverage, determined
from laikhe_analysis.investment.requirements import needed_by_rule
from laikhe_analysis.investment.verdicts import NO_VERDICT
from laikhe_analysis.land.plots import as_plots
from laikhe_analysis.land.sharing import check_rules
from laikhe_analysis.records import Capital, Plot, Project, SharingRule
from laikhe_analysis.series import weakest_origin

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Study", "study"]


@dataclass(frozen=True)
class Study:
    """Everything that can be said of the total, rule by rule; each part is computed when asked for.

    Parameters
    ----------
    total : float
        Money wanted over the plan's years. [billion VND]
    years, left : tuple of int
        Budget years of the plan, and those that are still open. [year]
    rules : tuple of SharingRule
        The one that leads first.
    markets : dict of str to Market
        By price case.
    collected : dict of int to float
        Fees collected already, by year. [billion VND]
    plots, projects, capital
        The inventory, the programme, and the capital of the medium-term plan.
    city_works : dict of str to bool
        The works that the city's money is for; see `programme.coverage`.
    stream : str
        Which fees, where there is no inventory.
    levels : tuple of float
        Chances that areas are told for. [fraction]
    draws, seed : int
    """

    total: float
    years: tuple[int, ...]
    left: tuple[int, ...]
    rules: tuple[SharingRule, ...]
    markets: dict[str, Market]
    collected: dict[int, float] = field(default_factory=dict)
    plots: tuple[Plot, ...] = ()
    projects: tuple[Project, ...] = ()
    capital: tuple[Capital, ...] = ()
    city_works: dict[str, bool] = field(default_factory=dict)
    stream: str = "commune_run"
    levels: tuple[float, ...] = (0.5, 0.8)
    draws: int = 20_000
    seed: int = SEED

    @property
    def rule(self) -> str:
        """Name of the leading rule."""
        return self.rules[0].rule

    @property
    def market(self) -> Market:
        """The market of the first price case."""
        return next(iter(self.markets.values()))

    @cached_property
    def cost(self) -> float:
        """Part that the land takes first: that of the inventory, or what the market states. [fraction]"""
        own = self.brought[self.rule].cost_share if self.plots else 0.0
        return max(own, self.market.cost.mode)

    @cached_property
    def cases(self) -> dict[str, Market]:
        """The price cases, with the costs of the land at hand."""
        if self.cost <= self.market.cost.mode:
            return self.markets
        return {name: switched(one, cost=self.cost) for name, one in self.markets.items()}

    @property
    def settings(self) -> dict[str, Any]:
        """Years, draws and seed, as the functions that draw take them."""
        return {"years": self.left, "draws": self.draws, "seed": self.seed}

    @cached_property
    def missing(self) -> dict[str, float]:
        """The total less what was retained of fees collected already, by rule. [billion VND]"""
        return {row["rule"]: row["missing"] for row in self._needed(0.0)}

    @cached_property
    def needed(self) -> list[dict[str, Any]]:
        """What each rule asks for, gross and net; see `requirements.needed_by_rule`."""
        return self._needed(self.cost)

    @cached_property
    def planned(self) -> list[dict[str, Any]]:
        """What each rule asks for all of the total: before costs, whatever was collected already.

        The basis of the plan itself, and so of what is asked of the city.
        """
        return needed_by_rule(self.total, self.rules, years=self.years, stream=self.stream)

    def _needed(self, cost: float) -> list[dict[str, Any]]:
        """Return what each rule asks for, the land's own costs being so much."""
        return needed_by_rule(
            self.total, self.rules, years=self.left, collected=self.collected, cost=cost,
            stream=self.stream,
        )  # fmt: skip

    @cached_property
    def land(self) -> list[dict[Any, Any]]:
        """The land needed by price case and rule; see `proceeds.land_needed`."""
        return land_needed(
            self.missing, self.cases, self.rules, levels=self.levels, stream=self.stream,
            **self.settings,
        )  # fmt: skip

    @cached_property
    def brought(self) -> dict[str, Brought]:
        """What the inventory brings by rule; {} without one."""
        if not self.plots:
            return {}
        return brought(
            self.plots, self.market, self.rules, self.missing, levels=self.levels, **self.settings
        )

    @cached_property
    def determined(self) -> dict[str, dict[int, float]]:
        """Determined money by kind and year; see `programme.determined`. [billion VND]

        The commune's own share in force counts what the land at hand brings of it in eight cases in
        ten beside what the medium-term plan holds.
        """
        found = determined(self.capital, self.left)
        safe = safe_by_year(self.plots, self.market, self.rules, **self.settings)
        found["own_share"] = {year: x + safe[year] for year, x in found["own_share"].items()}
        return found

    @cached_property
    def covered(self) -> Coverage:
        """What determined money pays of the programme; see `programme.coverage`."""
        own, city = dict.fromkeys(self.left, 0.0), self.determined["city"]
        for kind, money in self.determined.items():
            own = own if kind == "city" else {year: x + money[year] for year, x in own.items()}
        return coverage(self.projects, own, city=city, city_works=self.city_works)

    def verdict(self, rule: str = "") -> str:
        """Return the verdict under a rule, the leading one by default."""
        return self.brought[rule or self.rule].verdict if self.plots else NO_VERDICT

    @property
    def origin(self) -> str:
        """The weakest origin of its inputs."""
        parts = [row["origin"] for row in self.needed if row["rule"] == self.rule]
        parts += [plot.origin for plot in self.plots]
        return weakest_origin("derived", self.market.origin, *parts)


def study(
    target_total: float,
    rules: Sequence[SharingRule],
    *,
    years: Sequence[int],
    markets: Mapping[str, Market],
    left: Sequence[int] = (),
    collected: Mapping[int, float] | None = None,
    plots: Sequence[Plot] | pd.DataFrame = (),
    projects: Sequence[Project] | pd.DataFrame = (),
    capital: Sequence[Capital] = (),
    city_works: Mapping[str, bool] | None = None,
    stream: str = "commune_run",
    levels: Sequence[float] = (0.5, 0.8),
    draws: int = 20_000,
    seed: int = SEED,
) -> Study:
    """Return the study of an investment total that rests on land-use fees.

    Parameters
    ----------
    target_total : float
        Money wanted over `years`, positive. [billion VND]
    rules : sequence of SharingRule
        The leading rule first, then those that may hold instead.
    years : sequence of int
        Budget years of the plan. [year]
    markets : mapping
        A market for each price case, at least one.
    left : sequence of int
        Years that are still open; all of them by default. [year]
    collected : mapping, optional
        Fees collected already, by year. [billion VND]
    plots : sequence of Plot or DataFrame
        The inventory. Without one there is no verdict.
    projects : sequence of Project or DataFrame
        What the money is for.
    capital : sequence of Capital
        Capital of the medium-term plan.
    city_works : mapping of str to bool, optional
        The works that the city's money is for; see `programme.coverage`.
    stream : str
        Stream of the fees where there is no inventory.
    levels : sequence of float
        Chances that areas are told for. [fraction]
    draws, seed : int
        The same draws serve every rule.

    Raises
    ------
    ValueError
        If there is no rule, market or year, `target_total` is not positive, or as the functions
        that it calls.
    TypeError
        As the functions that it calls.

    Examples
    --------
    >>> from laikhe_analysis.investment.market import Factor
    >>> from laikhe_analysis.records import ShareLine
    >>> line = ShareLine("commune_run", 2026, 2030, 0, 0.45, 0.15, 1, 0.4, 0, "plan", "statement")
    >>> found = study(300, [SharingRule("plan", (line,))], years=range(2026, 2031),
    ...               markets={"start": Market(Factor("fixed", 10.0))}, draws=10)
    >>> found.needed[0]["gross"], found.land[0][0.8], found.verdict()
    (500.0, 5.0, 'not_enough_evidence')
    """
    wanted = "a positive number (billion VND)"
    require(target_total > 0, "target_total", target_total, wanted, known=True)
    check_rules(rules)
    check_draws(draws)
    require(len(markets) > 0, "markets", len(markets), "at least one price case")
    span = as_years(years)
    open_years = as_years(left) if len(left) else span
    return Study(
        float(target_total), span, open_years, tuple(rules), dict(markets), dict(collected or {}),
        as_plots(plots), as_projects(projects), tuple(capital), dict(city_works or {}),
        stream, tuple(levels), draws, seed,
    )  # fmt: skip
