"""What a land market leaves for the commune, draw by draw, under one sharing rule at a time.

Every result is conditional on a rule; nothing here averages over rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from laikhe_analysis.arrays import as_array, as_years
from laikhe_analysis.checks import SEED, check_fractions, check_kind, check_seed, nearest, require
from laikhe_analysis.investment.market import FACTORS, FRACTIONS, Factor, Market, check_draws, draw
from laikhe_analysis.labels import lined_up
from laikhe_analysis.land.inventory import MILLION_PER_BILLION, SQUARE_METRES, Inventory
from laikhe_analysis.land.plots import check_prices
from laikhe_analysis.land.sharing import CashFlow, line_for
from laikhe_analysis.records import Plot, SharingRule

__all__ = [
    "Outcome",
    "PlotDraws",
    "area_thresholds",
    "draw_plots",
    "inventory_cash",
    "kept_shares",
    "land_needed",
    "money_from",
    "outcome",
    "retained_money",
]


def retained_money(
    values: Mapping[str, Any],
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
        "area" (saleable, m2) and every one of `FACTORS`; floats, arrays, or Series of the same
        labels.
    market : Market
        For its central price and its fever.
    rule : SharingRule
    years : sequence of int
        Years over which sales are spread evenly. [year]
    stream : str

    Returns
    -------
    float, array or Series
        [billion VND]

    Raises
    ------
    ValueError
        If a factor is missing or out of range, the rule lacks a year, or its shares do not add up.

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
    wanted = ("area", *FACTORS)
    for name in wanted:
        if name not in values:
            guess = nearest(name, map(str, values)) or ", ".join(map(str, values))
            raise ValueError(f"`values` must hold {name}, got {guess}.")
    arrays, label = lined_up(**{name: values[name] for name in wanted})
    v = dict(zip(wanted, arrays, strict=True))
    for name in ("area", "premium"):
        require(v[name] >= 0, name, v[name], "0 or more", known=True)
    check_prices(price=v["price"])
    check_fractions(**{name: v[name] for name in FRACTIONS})
    return label(np.asarray(money_from(v, market, kept_shares(rule, stream, years))))


def kept_shares(
    rule: SharingRule, stream: str, years: Sequence[int]
) -> tuple[tuple[float, float], ...]:
    """Return for every year the part kept after costs, and the flat part taken first. [fractions]

    Raises
    ------
    ValueError, TypeError
        As `line_for`; or if there is no year.
    """
    lines = [line_for(rule, stream, year) for year in as_years(years)]
    return tuple((line.kept, line.cost_deducted_first) for line in lines)


def money_from(v: Mapping[str, Any], market: Market, shares: Sequence[tuple[float, float]]) -> Any:
    """Return `retained_money` of values that are checked, under shares looked up once."""
    heat = v["price"] * v["premium"] / (market.price.mode * market.premium.mode)
    gross = v["area"] * v["price"] * v["premium"] * v["sold"] * v["in_time"] / MILLION_PER_BILLION
    paid = gross * (1 - market.abandoned(v["default"], heat)) * v["collection"]
    share = sum(kept * (1 - np.maximum(v["cost"], flat)) for kept, flat in shares)
    return paid * share / len(shares)


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
        If there is no draw, or one is missing.

    Notes
    -----
    The standard error of the probability is ``sqrt(p (1 - p) / draws)``.

    Examples
    --------
    >>> o = outcome("plan", [100, 200, 300, 400], 250, origin="example")
    >>> o.probability, o.standard_error, o.shortfall
    (0.5, 0.25, 100.0)
    """
    money = as_array("retained", retained)
    require(money.size > 0, "retained", money.size, "at least one draw")
    require(np.isfinite(money), "retained", money, "known in every draw", known=True)
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

    Raises
    ------
    ValueError
        If a level is no fraction, or a draw is missing.

    Notes
    -----
    Money grows in proportion to area, so ``P(area * x >= total) >= p`` from ``area = total / q``
    on, with ``q`` the value that ``x`` reaches with probability ``p``.

    Examples
    --------
    >>> area_thresholds(300, [0.002, 0.004, 0.005, 0.006, 0.01], (0.8, 0.2))
    {0.8: 7.5, 0.2: 3.0}
    """
    check_fractions(levels=levels)
    x = as_array("per_m2", per_m2)
    require(np.isfinite(x), "per_m2", x, "known in every draw", known=True)
    x = np.sort(x)[::-1]
    places = {p: max(int(np.ceil(p * len(x) - 1e-9)) - 1, 0) for p in levels}
    return {p: float(total / x[k] / SQUARE_METRES) if x[k] > 0 else None for p, k in places.items()}


def land_needed(
    missing: Mapping[str, float],
    markets: Mapping[str, Market],
    rules: Sequence[SharingRule],
    *,
    years: Sequence[int],
    levels: Sequence[float] = (0.5, 0.8),
    draws: int = 20_000,
    seed: int = SEED,
    stream: str = "commune_run",
) -> list[dict[Any, Any]]:
    """Return the saleable land with which a total is reached, by price case, rule and chance.

    Parameters
    ----------
    missing : mapping
        Money wanted, by rule. [billion VND]
    markets : mapping
        A market for each price case; cases are shown side by side and never mixed.
    rules : sequence of SharingRule
    years : sequence of int
        Years over which sales are spread evenly. [year]
    levels : sequence of float
        Chances of reaching the total. [fraction]
    draws, seed : int
        The same draws serve every rule.
    stream : str

    Returns
    -------
    list of dict
        `rule`, `case`, `price` (its central one, million VND per m2), and the area of each level by
        its number [ha]; None where no area is enough.

    Examples
    --------
    >>> from laikhe_analysis.records import ShareLine
    >>> line = ShareLine("commune_run", 2026, 2026, 0, 0.45, 0.15, 1, 0.4, 0, "plan", "statement")
    >>> land_needed({"plan": 300}, {"start": Market(Factor("fixed", 10.0))},
    ...             [SharingRule("plan", (line,))], years=[2026], draws=10)[0][0.8]
    5.0
    """
    rows: list[dict[Any, Any]] = []
    for case, market in markets.items():
        values = draw(market, draws, np.random.default_rng(check_seed(seed))) | {"area": 1.0}
        price = market.price.mode * market.premium.mode
        for rule in rules:
            per_m2 = retained_money(values, market, rule, years=years, stream=stream)
            areas = area_thresholds(missing[rule.rule], per_m2, levels)
            rows.append({"rule": rule.rule, "case": case, "price": price, **areas})
    return rows


@dataclass(frozen=True, eq=False)
class PlotDraws:
    """Draws for an inventory: of each plot price, and whether it is sold in its year or a year late.

    Arrays are by plot and draw, `default` and `collection` by draw.
    """

    inventory: Inventory
    price: NDArray[np.float64]
    sold_in_year: NDArray[np.bool_]
    sold_late: NDArray[np.bool_]
    default: NDArray[np.float64]
    collection: NDArray[np.float64]

    @property
    def prices(self) -> dict[str, NDArray[np.float64]]:
        """Prices by plot. [million VND per m2]"""
        return self._by_plot(self.price)

    @property
    def in_year(self) -> dict[str, NDArray[np.bool_]]:
        """Whether the plot is sold in its year, by plot."""
        return self._by_plot(self.sold_in_year)

    @property
    def year_late(self) -> dict[str, NDArray[np.bool_]]:
        """Whether the plot is sold a year late, by plot."""
        return self._by_plot(self.sold_late)

    def _by_plot(self, table: NDArray[Any]) -> dict[str, NDArray[Any]]:
        ids = [plot.plot_id for plot in self.inventory.plots]
        return dict(zip(ids, table, strict=True))

    def indices(self) -> dict[str, NDArray[np.float64]]:
        """Return what moves the whole inventory, one value per draw.

        `price_level` is price over its mode and `sale_level` sales over what is expected, both
        weighted by value; `slip` the part of what is sold that is a year late.
        """
        mode = self.inventory.price
        worth = self.inventory.worth * mode
        expected = float(worth @ self.inventory.chance) or 1.0
        late = worth @ self.sold_late
        sold = worth @ self.sold_in_year + late
        return {
            "price_level": (worth / np.where(mode > 0, mode, 1.0)) @ self.price
            / (float(worth.sum()) or 1.0),
            "sale_level": sold / expected,
            "slip": np.divide(late, sold, out=np.zeros_like(late), where=sold > 0),
            "default": self.default,
            "collection": self.collection,
        }  # fmt: skip


def draw_plots(plots: Any, market: Market, draws: int, rng: np.random.Generator) -> PlotDraws:
    """Return draws of price, sale and delay for every plot of an inventory.

    Parameters
    ----------
    plots : sequence of Plot or DataFrame
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
    TypeError
        If `rng` is no generator.

    Notes
    -----
    Each plot has a latent normal for its price and one for its sale, correlated ``market.shock``
    with each other and across plots through the common shock; a plot is sold where its latent is
    among the best `sale_probability` of cases. Heat is the price over its mode, weighted by value.
    """
    from scipy.special import ndtr

    check_kind("rng", rng, np.random.Generator, "a seeded numpy.random.default_rng(...)")
    check_draws(draws)
    inventory = Inventory.of(plots, slips=True)
    ids = [plot.plot_id for plot in inventory.plots]
    if len(set(ids)) < len(ids):
        raise ValueError(f"`plots` must have one row per plot_id, got {sorted(ids)}.")
    laws = [_plot_price(plot) for plot in inventory.plots]
    common = np.sqrt(market.shock) * rng.standard_normal(draws)
    own = np.sqrt(1 - market.shock)

    def rank() -> NDArray[np.float64]:
        found: NDArray[np.float64] = ndtr(own * rng.standard_normal(draws) + common)
        return found

    price, sold = np.empty((len(ids), draws)), np.empty((len(ids), draws), dtype=bool)
    for row, law in zip(price, laws, strict=True):
        row[:] = law.quantile(rank())
    for row, chance in zip(sold, inventory.chance, strict=True):
        row[:] = rank() > 1 - chance
    late = np.empty_like(sold)
    for row in late:
        row[:] = rng.random(draws) < market.slip
    dues = [market.factor(name).quantile(rng.random(draws)) for name in ("default", "collection")]
    worth = float(inventory.worth @ inventory.price)
    heat = inventory.worth @ price / worth if worth else np.ones(draws)
    return PlotDraws(
        inventory, price, sold & ~late, sold & late,
        np.asarray(market.abandoned(dues[0], heat)), np.asarray(dues[1]),
    )  # fmt: skip


def inventory_cash(
    drawn: PlotDraws, rules: Sequence[SharingRule], years: Sequence[int]
) -> dict[str, CashFlow]:
    """Return the cash of an inventory under each rule, one value per draw in every cell.

    Raises
    ------
    ValueError, TypeError
        If a rule lacks a stream and year that is needed, or is none.
    """
    found = drawn.inventory.flows(
        rules, years, drawn.price, drawn.sold_in_year, late=drawn.sold_late,
        collected=(1 - drawn.default) * drawn.collection, shape=drawn.default.shape,
    )  # fmt: skip
    return {rule.rule: cash for rule, cash in zip(rules, found, strict=True)}


def _plot_price(plot: Plot) -> Factor:
    return Factor(
        "triangular", plot.price_mode, plot.price_low, plot.price_high, origin=plot.origin
    )
