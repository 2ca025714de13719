"""Money as a function of a few inputs with ranges: the form in which questions are put to it.

One sharing rule at a time, for land whose area is given or for an inventory moved as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.checks import plain
from laikhe_analysis.investment.market import FACTORS, Factor, Market
from laikhe_analysis.investment.proceeds import PlotDraws, kept_shares, money_from
from laikhe_analysis.records import SharingRule

__all__ = ["Case", "inventory_case", "land_case"]

HIGHEST = 1e6  # times the central price: further than any price goes


@dataclass(frozen=True)
class Case:
    """Money as a function of a few inputs, with their ranges: what the questions are put to.

    `money` takes a dict of values, floats or arrays, which are not checked again [billion VND];
    `ranges` holds (low, base, high) by name, from the one case in ten below to the one in ten
    above; `ceilings` the highest value that makes sense where it is not 1 or open; `is_product`
    whether money is a plain product of the inputs.
    """

    rule: str
    money: Callable[[Mapping[str, Any]], Any]
    ranges: dict[str, tuple[float, float, float]]
    ceilings: dict[str, float] = field(default_factory=dict)
    is_product: bool = False

    @property
    def base(self) -> dict[str, float]:
        """The base value of every input."""
        return {name: base for name, (_, base, _) in self.ranges.items()}


def land_case(
    market: Market,
    rule: SharingRule,
    *,
    area: Factor,
    years: Sequence[int],
    stream: str = "commune_run",
) -> Case:
    """Return the case of land whose area is given, known or not.

    Parameters
    ----------
    market : Market
    rule : SharingRule
    area : Factor
        Saleable land offered. [m2]
    years : sequence of int
        Years of the plan. [year]
    stream : str

    Returns
    -------
    Case
        Inputs: area, every factor of the market, and the retained share.

    Notes
    -----
    A price beyond the one that brings in most, once bidders abandon (``h = (1 / (d (1 + f))) **
    (1 / f)`` times the centre), makes no sense: it is the ceiling of price and premium.

    Examples
    --------
    >>> from laikhe_analysis.records import ShareLine
    >>> line = ShareLine("commune_run", 2026, 2026, 0, 0.45, 0.15, 1, 0.4, 0, "plan", "statement")
    >>> case = land_case(Market(Factor("fixed", 10.0)), SharingRule("plan", (line,)),
    ...                  area=Factor("fixed", 50_000.0), years=[2026])
    >>> round(case.money(case.base), 9)
    300.0
    """
    factors = {"area": area} | {name: market.factor(name) for name in FACTORS}
    shares = kept_shares(rule, stream, years)
    share = float(np.mean([kept * (1 - flat) for kept, flat in shares]))

    def money(values: Mapping[str, Any]) -> Any:
        got = money_from(values, market, shares)
        return plain(got * values.get("share", share) / share if share else got)

    ranges = {name: _range(factor) for name, factor in factors.items()}
    ceilings: dict[str, float] = {}
    if market.fever and market.default.mode:
        steepness = -np.log(market.default.mode * (1 + market.fever)) / market.fever
        top = float(np.exp(min(steepness, np.log(HIGHEST))))
        ceilings = {name: top * ranges[name][1] for name in ("price", "premium")}
    flat = any(flat for _, flat in shares)
    calm = not market.fever or market.default.mean == 0
    return Case(
        rule.rule, money, ranges | {"share": (share, share, share)}, ceilings,
        is_product=calm and not (flat and market.cost.variation),
    )  # fmt: skip


def inventory_case(
    drawn: PlotDraws,
    market: Market,
    rule: SharingRule,
    *,
    years: Sequence[int],
    levels: Mapping[str, NDArray[np.float64]] | None = None,
) -> Case:
    """Return the case of an inventory, moved as a whole.

    Parameters
    ----------
    drawn : PlotDraws
        The inventory and its draws, for the ranges.
    market : Market
        For default, collection and slip at their centres.
    rule : SharingRule
    years : sequence of int
        Years of the plan. [year]
    levels : mapping, optional
        ``drawn.indices()``, where it is known already.

    Returns
    -------
    Case
        Inputs: `price_level` and `sale_level` as multiples of the plots' own prices and chances,
        `default`, `collection` and `slip`.

    Examples
    --------
    >>> from laikhe_analysis.investment.proceeds import draw_plots
    >>> from laikhe_analysis.records import Plot, ShareLine
    >>> line = ShareLine("commune_run", 2026, 2027, 0, 0, 1, 0, 0, 0, "plan", "example")
    >>> plot = Plot("a", "", "commune_run", "", 1000, 1, 8, 10, 14, 0, 2026, 1, 1.0, "example")
    >>> market = Market(Factor("fixed", 10.0))
    >>> drawn = draw_plots([plot], market, 10, np.random.default_rng(1))
    >>> case = inventory_case(drawn, market, SharingRule("all", (line,)), years=[2026])
    >>> case.money(case.base | {"price_level": 2.0}), case.money(case.base | {"slip": np.array([0, 1])})
    (20.0, array([10.,  0.]))
    """
    land = drawn.inventory
    rows, kept, flat = land.kept(rule, years)

    def money(values: Mapping[str, Any]) -> Any:
        v = {name: np.atleast_1d(np.asarray(value, dtype=float)) for name, value in values.items()}
        sold = np.minimum(land.chance[:, None] * v["sale_level"], 1.0)
        _, paid, cost = land.due(
            rows, land.price[:, None] * v["price_level"], sold * (1 - v["slip"]),
            sold * v["slip"], (1 - v["default"]) * v["collection"],
        )  # fmt: skip
        found = kept @ (paid - np.minimum(paid, np.maximum(cost, flat[:, None] * paid)))
        return found if any(np.ndim(value) for value in values.values()) else float(found[0])

    series = drawn.indices() if levels is None else levels
    bases = {"price_level": 1.0, "sale_level": 1.0, "slip": market.slip} | {
        name: market.factor(name).mode for name in ("default", "collection")
    }
    ranges = {name: _spread(series[name], base) for name, base in bases.items()}
    lowest = land.chance[land.chance > 0].min(initial=1.0)
    return Case(rule.rule, money, ranges, {"sale_level": float(1 / lowest)})


def _range(factor: Factor) -> tuple[float, float, float]:
    """Return one case in ten below, the base, one in ten above, in order."""
    low, high = factor.limits
    return min(low, factor.mode), factor.mode, max(high, factor.mode)


def _spread(values: Any, base: float) -> tuple[float, float, float]:
    """Return the same of draws."""
    low, high = (float(x) for x in np.quantile(values, [0.1, 0.9]))
    return min(low, base), base, max(high, base)
