"""What a land market leaves for the commune, draw by draw, under one sharing rule at a time.

Every result is conditional on a rule; nothing here averages over rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from laikhe_analysis.checks import require
from laikhe_analysis.investment.market import Factor, Market
from laikhe_analysis.land import CashFlow, cash_by_year
from laikhe_analysis.land.sharing import line_for
from laikhe_analysis.records import Plot, SharingRule

__all__ = [
    "Outcome",
    "PlotDraws",
    "area_thresholds",
    "draw_plots",
    "inventory_cash",
    "outcome",
    "retained_money",
]


def retained_money(
    values: Mapping[str, ArrayLike],
    market: Market,
    rule: SharingRule,
    *,
    years: Sequence[int],
    stream: str = "commune_run",
) -> Any:
    """Return the money retained from a piece of land, for given values of the factors.

    Parameters
    ----------
    values : mapping
        "area" (saleable, m2) and every one of `FACTORS`; floats or arrays.
    market : Market
        For its central price and its fever.
    rule : SharingRule
    years : sequence of int
        Years over which sales are spread evenly. [year]
    stream : str

    Returns
    -------
    float or array
        [billion VND]

    Raises
    ------
    ValueError
        If the rule lacks a year, or its shares do not add up.

    Notes
    -----
    ``area * price * premium * sold * in_time / 1000 * (1 - abandoned) * collection * (1 - cost) *
    share``, the last two as the mean over the years; a flat cost that the rule itself takes first
    replaces `cost` where it is larger, so that none is counted twice.

    Examples
    --------
    >>> from laikhe_analysis.records import ShareLine
    >>> line = ShareLine("commune_run", 2026, 2026, 0, 0.45, 0.15, 1, 0.4, 0, "plan", "statement")
    >>> market = Market(Factor("fixed", 10.0))
    >>> rule = SharingRule("plan", (line,))
    >>> round(retained_money({"area": 50_000, **market.central}, market, rule, years=[2026]), 9)
    300.0
    """
    v = {name: np.asarray(value, dtype=float) for name, value in values.items()}
    heat = v["price"] * v["premium"] / (market.price.mode * market.premium.mode)
    gross = v["area"] * v["price"] * v["premium"] * v["sold"] * v["in_time"] / 1000
    paid = gross * (1 - market.abandoned(v["default"], heat)) * v["collection"]
    share: Any = 0.0
    for year in years:
        line = line_for(rule, stream, year)
        kept = line.commune + line.city * line.city_returned
        share = share + kept * (1 - np.maximum(v["cost"], line.cost_deducted_first))
    money = paid * share / len(years)
    return money.item() if np.ndim(money) == 0 else money


@dataclass(frozen=True)
class Outcome:
    """What the draws say under one rule. Money in billion VND.

    `affordable` is the programme that the money covers in 80 of 100 cases; `shortfall` the mean
    amount missing where the total is missed, None where it never is.
    """

    rule: str
    total: float
    probability: float
    standard_error: float
    p10: float
    p50: float
    p90: float
    mean: float
    shortfall: float | None
    affordable: float
    draws: int
    origin: str
    retained: NDArray[np.float64] = field(repr=False, compare=False)

    @property
    def row(self) -> dict[str, Any]:
        """One row of a table, without the draws."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name != "retained"}


def outcome(rule: str, retained: ArrayLike, total: float, *, origin: str) -> Outcome:
    """Return the outcome under one rule from the money retained in each draw.

    Raises
    ------
    ValueError
        If there is no draw.

    Notes
    -----
    The standard error of the probability is ``sqrt(p (1 - p) / draws)``.

    Examples
    --------
    >>> o = outcome("plan", [100, 200, 300, 400], 250, origin="example")
    >>> o.probability, o.standard_error, o.shortfall
    (0.5, 0.25, 100.0)
    """
    money = np.asarray(retained, dtype=float)
    require(money.size > 0, "retained", money.size, "at least one draw")
    reached = money >= total * (1 - 1e-12)
    p = float(reached.mean())
    p10, p20, p50, p90 = (float(x) for x in np.quantile(money, [0.1, 0.2, 0.5, 0.9]))
    return Outcome(
        rule, total, p, float(np.sqrt(p * (1 - p) / money.size)), p10, p50, p90,
        float(money.mean()), None if reached.all() else float((total - money[~reached]).mean()),
        p20, money.size, origin, money,
    )  # fmt: skip


def area_thresholds(
    total: float, per_m2: ArrayLike, levels: Sequence[float] = (0.8, 0.5, 0.2)
) -> dict[float, float | None]:
    """Return the saleable land with which the total is reached at each level of confidence.

    Parameters
    ----------
    total : float
        Money wanted. [billion VND]
    per_m2 : array
        Money retained per m2 offered, one value per draw. [billion VND per m2]
    levels : sequence of float
        Probabilities. [fraction]

    Returns
    -------
    dict
        Area by level [ha]; None where no area is enough.

    Notes
    -----
    Money grows in proportion to area, so ``P(area * x >= total) >= p`` from ``area = total / q``
    on, with ``q`` the value that ``x`` reaches with probability ``p``.

    Examples
    --------
    >>> area_thresholds(300, [0.002, 0.004, 0.005, 0.006, 0.01], (0.8, 0.2))
    {0.8: 7.5, 0.2: 3.0}
    """
    x = np.sort(np.asarray(per_m2, dtype=float))[::-1]
    places = {p: max(int(np.ceil(p * len(x) - 1e-9)) - 1, 0) for p in levels}
    return {p: float(total / x[k] / 1e4) if x[k] > 0 else None for p, k in places.items()}


@dataclass(frozen=True)
class PlotDraws:
    """Draws for an inventory: by plot, price and whether it is sold in its year or a year late."""

    prices: dict[str, NDArray[np.float64]]
    in_year: dict[str, NDArray[np.float64]]
    year_late: dict[str, NDArray[np.float64]]
    default: NDArray[np.float64]
    collection: NDArray[np.float64]

    def indices(self, plots: Sequence[Plot]) -> dict[str, NDArray[np.float64]]:
        """Return what moves the whole inventory, one value per draw.

        `price_level` is price over its mode and `sale_level` sales over what is expected, both weighted by
        value; `slip` the part of what is sold that is a year late.
        """
        worth = {p.plot_id: p.area_m2 * p.saleable_share * p.price_mode for p in plots}
        expected = sum(worth[p.plot_id] * p.sale_probability for p in plots) or 1.0
        late = np.sum([worth[name] * self.year_late[name] for name in worth], axis=0)
        sold = np.sum([worth[name] * self.in_year[name] for name in worth], axis=0) + late
        prices = [worth[p.plot_id] * self.prices[p.plot_id] / (p.price_mode or 1.0) for p in plots]
        return {
            "price_level": np.sum(prices, axis=0) / (sum(worth.values()) or 1.0),
            "sale_level": sold / expected,
            "slip": np.divide(late, sold, out=np.zeros_like(late), where=sold > 0),
            "default": self.default,
            "collection": self.collection,
        }


def draw_plots(
    plots: Sequence[Plot], market: Market, draws: int, rng: np.random.Generator
) -> PlotDraws:
    """Return draws of price, sale and delay for every plot of an inventory.

    Parameters
    ----------
    plots : sequence of Plot
        Their own prices (low, mode, high) and chances of a sale take the place of the market's
        price, premium and sold share.
    market : Market
        For default, collection, shock, fever and slip.
    draws : int
        Number of draws, positive.
    rng : numpy.random.Generator

    Returns
    -------
    PlotDraws

    Raises
    ------
    ValueError
        If an id stands twice, `draws` is not positive, or a plot's prices or chance are impossible.

    Notes
    -----
    Each plot has a latent normal for its price and one for its sale, correlated ``market.shock``
    with each other and across plots through the common shock; a plot is sold where its latent is
    among the best `sale_probability` of cases. Heat is the price over its mode, weighted by value.
    """
    from scipy.special import ndtr

    ids = [plot.plot_id for plot in plots]
    if len(set(ids)) < len(ids):
        raise ValueError(f"`plots` must have one row per plot_id, got {sorted(ids)}.")
    require(draws > 0, "draws", draws, "a positive number")
    common = rng.standard_normal(draws)
    mixed = np.sqrt(1 - market.shock) * rng.standard_normal((2, len(ids), draws))
    ranks = ndtr(mixed + np.sqrt(market.shock) * common)
    late = rng.random((len(ids), draws)) < market.slip
    dues = [market.factor(name).quantile(rng.random(draws)) for name in ("default", "collection")]
    prices, sold = {}, {}
    heat, worth = np.zeros(draws), 0.0
    for plot, price_rank, sale_rank in zip(plots, *ranks, strict=True):
        chance = plot.sale_probability
        where = f"sale_probability of plot {plot.plot_id}"
        require(0 <= chance <= 1, where, chance, "from 0 to 1 (a fraction)")
        prices[plot.plot_id] = _plot_price(plot).quantile(price_rank)
        sold[plot.plot_id] = (sale_rank > 1 - chance).astype(float)
        value = plot.area_m2 * plot.saleable_share
        heat, worth = heat + value * prices[plot.plot_id], worth + value * plot.price_mode
    warm = heat / worth if worth else np.ones(draws)
    return PlotDraws(
        prices,
        {name: sold[name] * ~late[k] for k, name in enumerate(ids)},
        {name: sold[name] * late[k] for k, name in enumerate(ids)},
        np.asarray(market.abandoned(dues[0], warm)),
        np.asarray(dues[1]),
    )


def inventory_cash(
    plots: Sequence[Plot], drawn: PlotDraws, rule: SharingRule, years: Sequence[int]
) -> CashFlow:
    """Return the cash of an inventory under a rule, one value per draw in every cell.

    Raises
    ------
    ValueError
        As `cash_by_year`.
    """
    late = [replace(plot, plot_id=_late(plot.plot_id), year=plot.year + 1) for plot in plots]
    return cash_by_year(
        [*plots, *late],
        rule,
        years,
        prices=drawn.prices | {_late(name): price for name, price in drawn.prices.items()},
        chances=drawn.in_year | {_late(name): sold for name, sold in drawn.year_late.items()},
        default=drawn.default,
        collection=drawn.collection,
    )


def _late(plot_id: str) -> str:
    return f"{plot_id} (+1)"


def _plot_price(plot: Plot) -> Factor:
    return Factor(
        "triangular", plot.price_mode, plot.price_low, plot.price_high, origin=plot.origin
    )
