"""What an inventory of land brings the commune under each rule, from draws: parts that add up.

Money is in billion VND. The means of the parts add up to the mean of the whole; chance and verdict
come from the same draws.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from laikhe_analysis.checks import SEED, check_seed
from laikhe_analysis.investment.market import Market
from laikhe_analysis.investment.proceeds import (
    Outcome,
    PlotDraws,
    area_thresholds,
    draw_plots,
    inventory_cash,
    outcome,
)
from laikhe_analysis.investment.verdicts import verdict_name
from laikhe_analysis.land.inventory import MILLION_PER_BILLION, SQUARE_METRES
from laikhe_analysis.land.plots import as_plots
from laikhe_analysis.land.sharing import CashFlow, covers
from laikhe_analysis.records import Plot, ShareLine, SharingRule
from laikhe_analysis.series import weakest_origin

__all__ = ["PARTS", "Brought", "brought", "in_force", "safe_by_year"]

PARTS = (
    "bids", "uncollected", "collected", "costs", "to_others", "commune", "city_returned", "retained",
)  # fmt: skip
"""What becomes of the winning bids of a year: bids less what is not collected are collected; costs,
what others get, the commune's part and what the city returns make up what is collected; the last
two are retained."""

_SPLIT = ("gross", "uncollected", "costs", "commune", "city_returned", "retained")
SAFE = 0.8
"""In so many of the cases money counts as safe. [fraction]"""


@dataclass(frozen=True)
class Brought:
    """What the land at hand brings under one rule in the years left.

    Parameters
    ----------
    rule : str
    area_ha : float
        Plots offered. [ha]
    offered : float
        All of it sold at the likely prices, before anything is taken off. [billion VND]
    after : float
        Mean of what is paid after the last year. [billion VND]
    rows : tuple of dict
        A row a year: `year`, the means of `PARTS`, `cumulative`. [billion VND]
    outcome : Outcome
        Of what the commune retains, against what is missing.
    areas : dict
        Land like this with which the total is reached, by level of chance. [ha]
    """

    rule: str
    area_ha: float
    offered: float
    after: float
    rows: tuple[dict[str, Any], ...]
    outcome: Outcome
    areas: dict[float, float | None]

    @property
    def verdict(self) -> str:
        """The verdict by the fixed rule (`verdicts.LEVELS`)."""
        return verdict_name(self.outcome.probability)

    @property
    def cost_share(self) -> float:
        """Costs over what is collected. [fraction]"""
        paid = self.total("collected")
        return self.total("costs") / paid if paid else 0.0

    @property
    def short(self) -> float:
        """What is missing even where eight cases in ten bring as much. [billion VND]"""
        return max(self.outcome.total - self.outcome.affordable, 0.0)

    def total(self, part: str) -> float:
        """Return one of `PARTS` over all years, the mean. [billion VND]"""
        return float(sum(row[part] for row in self.rows))


def brought(
    plots: Sequence[Plot],
    market: Market,
    rules: Sequence[SharingRule],
    missing: Mapping[str, float],
    *,
    years: Sequence[int],
    levels: Sequence[float] = (0.5, 0.8),
    draws: int = 20_000,
    seed: int = SEED,
) -> dict[str, Brought]:
    """Return what an inventory brings, by rule.

    Parameters
    ----------
    plots : sequence of Plot or DataFrame
    market : Market
        For default, collection, shock, fever and slip; prices and chances are the plots' own.
    rules : sequence of SharingRule
    missing : mapping
        Money still wanted, by rule. [billion VND]
    years : sequence of int
        Budget years that are left; what is paid in them counts. [year]
    levels : sequence of float
        Chances of the areas. [fraction]
    draws, seed : int
        The same draws serve every rule.

    Examples
    --------
    >>> from laikhe_analysis.investment.market import Factor
    >>> line = ShareLine("commune_run", 2026, 2026, 0, 0, 0.5, 0, 0.5, 0, "plan", "example")
    >>> plot = Plot("p", "", "commune_run", "", 10_000, 1, 8, 8, 8, 20, 2026, 1, 1.0, "example")
    >>> found = brought([plot], Market(Factor("fixed", 8.0)), [SharingRule("a", (line,))],
    ...                 {"a": 25.0}, years=[2026], draws=10)["a"]
    >>> found.total("bids"), found.total("costs"), found.total("retained"), found.verdict
    (80.0, 20.0, 30.0, 'feasible')
    """
    plots = as_plots(plots)
    drawn = draw_plots(plots, market, draws, np.random.default_rng(check_seed(seed)))
    flows = inventory_cash(drawn, rules, years)
    worth = sum(p.area_m2 * p.saleable_share * p.price_mode for p in plots) / MILLION_PER_BILLION
    return {
        name: _brought(drawn, flow, worth, missing[name], market, levels)
        for name, flow in flows.items()
    }


def _brought(
    drawn: PlotDraws, flow: CashFlow, worth: float, missing: float, market: Market,
    levels: Sequence[float],
) -> Brought:  # fmt: skip
    """Return what the land brings under one rule."""
    money = np.asarray(flow.total()) + np.zeros(drawn.default.shape)
    plots = drawn.inventory.plots
    area = sum(plot.area_m2 * plot.saleable_share for plot in plots)
    origin = weakest_origin(flow.origin, market.origin)
    means = {
        name: {year: float(np.mean(part)) for year, part in flow.by_year(name).items()}
        for name in _SPLIT
    }
    rows, cumulative = [], 0.0
    for year in flow.years:
        row = {name: by_year[year] for name, by_year in means.items()}
        row |= {"bids": row["gross"], "collected": row["gross"] - row["uncollected"]}
        row["to_others"] = max(row["collected"] - row["costs"] - row["retained"], 0.0)
        cumulative += row["retained"]
        rows.append({"year": year} | {p: row[p] for p in PARTS} | {"cumulative": cumulative})
    return Brought(
        flow.rule, area / SQUARE_METRES, worth, float(np.mean(flow.due_after)), tuple(rows),
        outcome(flow.rule, money, missing, origin=origin),
        area_thresholds(missing, money / area, levels),
    )  # fmt: skip


def in_force(
    rules: Sequence[SharingRule], streams: Sequence[str], years: Sequence[int]
) -> SharingRule:
    """Return the commune's own shares that are adopted; nothing where no line is.

    Examples
    --------
    >>> line = ShareLine("state_land", 2026, 2026, 0.2, 0.5, 0.3, 1, 0, 0, "adopted", "press")
    >>> own = in_force([SharingRule("a", (line,))], ["state_land"], [2026, 2027])
    >>> [(one.year_from, one.commune, one.city_returned) for one in own.lines]
    [(2026, 0.3, 0), (2027, 0.0, 0)]
    """
    every = (line for rule in rules for line in rule.lines if line.status == "adopted")
    adopted, lines = SharingRule("adopted", tuple(every)), []
    for stream in streams:
        for year in years:
            own = adopted.line(stream, year) if covers(adopted, stream, [year]) else None
            share, cost = (own.commune, own.cost_deducted_first) if own else (0.0, 0.0)
            origin, source = (own.origin, own.source_id) if own else ("assumption", "")
            lines.append(ShareLine(
                stream, year, year, 0.0, 0.0, share, 0, 1 - share, cost, "adopted", origin, source,
            ))  # fmt: skip
    return SharingRule("in_force", tuple(lines))


def safe_by_year(
    plots: Sequence[Plot],
    market: Market,
    rules: Sequence[SharingRule],
    *,
    years: Sequence[int],
    draws: int = 20_000,
    seed: int = SEED,
) -> dict[int, float]:
    """Return the commune's own share in force of an inventory that comes in eight cases in ten.

    Notes
    -----
    The amount up to each year is the one that 80 of 100 draws reach; a year's is the difference, so
    that what is late is not counted early.

    Examples
    --------
    >>> safe_by_year([], Market(__import__("laikhe_analysis.investment.market", fromlist=["Factor"])
    ...              .Factor("fixed", 8.0)), [], years=[2026])
    {2026: 0.0}
    """
    span = tuple(years)
    if not plots:
        return dict.fromkeys(span, 0.0)
    known = as_plots(plots)
    own = in_force(rules, sorted({plot.stream for plot in known}), span)
    drawn = draw_plots(known, market, draws, np.random.default_rng(check_seed(seed)))
    money = inventory_cash(drawn, [own], span)["in_force"].by_year()
    so_far, safe = np.zeros(draws), [0.0]
    for year in span:
        so_far = so_far + money[year]
        safe.append(float(np.quantile(so_far, 1 - SAFE)))
    return {year: safe[i + 1] - safe[i] for i, year in enumerate(span)}
