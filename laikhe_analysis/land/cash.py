"""Land-use fees: what has to be sold, and when the cash comes in.

Money is in billion VND, prices in million VND per m2, areas in m2, shares are fractions. A fee is
shared by the rule of the budget year in which it is paid, stream by stream (`sharing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from laikhe_analysis.arrays import as_array, as_years
from laikhe_analysis.checks import check_fractions, check_kind, nearest, require
from laikhe_analysis.labels import aligned, items_of
from laikhe_analysis.land.inventory import Inventory
from laikhe_analysis.land.plots import HIGHEST_PRICE, check_chances, check_prices
from laikhe_analysis.land.sharing import RULE_WANTED
from laikhe_analysis.model import LAND, compute
from laikhe_analysis.records import Plot, SharingRule

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["cash_by_year", "required_area", "required_gross"]

Floats = NDArray[np.float64]


def required_gross(total: Any, share: Any, *, collection: Any = 1.0, cost: Any = 0.0) -> Any:
    """Return the gross land-use fees that leave `total` after sharing.

    Parameters
    ----------
    total : float or array
        Money wanted, 0 or more. [billion VND]
    share : float or array
        Part retained, above 0 and at most 1; see `retained_share`. [fraction]
    collection : float or array
        Part of the winning bids that is paid, above 0. [fraction]
    cost : float or array
        Part taken first for compensation and infrastructure, below 1. Leave it at 0 when `share`
        already counts it (`retained_share` does). [fraction]

    Returns
    -------
    float or array
        Gross fees, before anything is taken off. [billion VND]

    Raises
    ------
    ValueError
        If `total` is negative, or a fraction is outside its range: with a share of 0 no amount of
        land is enough.

    Notes
    -----
    ``total / (share * collection * (1 - cost))``.

    Examples
    --------
    >>> round(required_gross(300, 0.60), 6), required_gross(300, [0.15, 0.75]).round(6)
    (500.0, array([2000.,  400.]))
    """
    (total, share, collection, cost), label = aligned(
        total=total, share=share, collection=collection, cost=cost
    )
    require(total >= 0, "total", total, "0 or more")
    require((share > 0) & (share <= 1), "share", share, "above 0 and at most 1 (a fraction)")
    require((collection > 0) & (collection <= 1), "collection", collection, "above 0, at most 1")
    require((cost >= 0) & (cost < 1), "cost", cost, "0 or more and below 1 (a fraction)")
    (gross,) = compute(
        LAND, "required_gross", total=total, share=share, collection=collection, cost=cost
    )
    return label(gross)


def required_area(
    gross: Any,
    price: Any,
    *,
    premium: Any = 1.0,
    sold: Any = 1.0,
    saleable: Any = 1.0,
) -> Any:
    """Return the land whose sale brings in `gross`.

    Parameters
    ----------
    gross : float or array
        Gross fees wanted, 0 or more. [billion VND]
    price : float or array
        Price, positive: the starting price when `premium` is given. [million VND per m2]
    premium : float or array
        Winning over starting price, positive. [ratio]
    sold : float or array
        Part of the plots offered that finds a buyer, above 0. [fraction]
    saleable : float or array
        Part of the site that is plots; the rest is roads and greenery. [fraction]

    Returns
    -------
    float or array
        Area of saleable plots, or of the whole site when `saleable` is given. [m2]

    Raises
    ------
    ValueError
        If `gross` is negative, `price` or `premium` not positive, a price not plausible (in dong?)
        or missing, or a fraction out of range.

    Notes
    -----
    ``gross * 1000 / (price * premium * sold * saleable)``.

    Examples
    --------
    >>> required_area(500, 10), required_area(500, 10, saleable=0.5)
    (50000.0, 100000.0)
    """
    (gross, price, premium, sold, saleable), label = aligned(
        gross=gross, price=price, premium=premium, sold=sold, saleable=saleable
    )
    require(gross >= 0, "gross", gross, "0 or more")
    require(price > 0, "price", price, "a positive number (million VND per m2)")
    check_prices(most=10 * HIGHEST_PRICE, known=False, price=price)  # prices of any place and time
    require(premium > 0, "premium", premium, "a positive number")
    require((sold > 0) & (sold <= 1), "sold", sold, "above 0 and at most 1 (a fraction)")
    require((saleable > 0) & (saleable <= 1), "saleable", saleable, "above 0, at most 1")
    (area,) = compute(
        LAND, "required_area", gross=gross, price=price, premium=premium, sold=sold,
        saleable=saleable,
    )  # fmt: skip
    return label(area)


def cash_by_year(
    plots: Sequence[Plot] | pd.DataFrame,
    rule: SharingRule,
    years: Iterable[int],
    *,
    prices: Mapping[str, ArrayLike] | pd.Series[Any] | None = None,
    chances: Mapping[str, ArrayLike] | pd.Series[Any] | None = None,
    premium: ArrayLike = 1.0,
    sold: ArrayLike = 1.0,
    default: ArrayLike = 0.0,
    collection: ArrayLike = 1.0,
    notice_days: float = 0.0,
) -> Any:
    """Return the cash that an inventory of plots brings, year by year and stream by stream.

    Parameters
    ----------
    plots : sequence of Plot or DataFrame
        What is to be sold, with year and quarter of the auction; a frame has the columns of
        `plots.csv` (`plots.as_plots`).
    rule : SharingRule
        The shares, by stream and budget year; see `change_rule` for a new regime.
    years : iterable of int
        Budget years, both ends included. [year]
    prices : mapping or Series, optional
        Price by `plot_id`; `price_mode` where absent. [million VND per m2]
    chances : mapping or Series, optional
        Chance of a sale by `plot_id`; `sale_probability` where absent. [fraction]
    premium, sold : float or array
        Factors on every price and on every probability of sale (a market's mood). [ratio]
    default : float or array
        Part of the winning bids that is abandoned. [fraction]
    collection : float or array
        Part of what is due that is paid. [fraction]
    notice_days : float
        Days from the auction to the tax notice; see `carried_over`. [days]

    Returns
    -------
    CashFlow, or DataFrame where `plots` is one
        Expected cash: each plot counts with its probability of sale. Arrays (one value per draw)
        in, arrays out. A frame is indexed by year and stream (`CashFlow.frame`).

    Raises
    ------
    ValueError
        If a plot is impossible (area, price, cost or probability), `prices` or `chances` name a
        plot that is not there, the rule lacks a stream and year that is needed, or an argument is
        out of range or missing.
    TypeError
        If `rule` is no SharingRule, or an argument is no number.

    Notes
    -----
    Winning bids are area x saleable share x price x premium x min(probability x sold, 1), spread
    over the auction's year and the next by `carried_over`. What falls due in a year is shared by
    the rule of that year; a plot's cost is taken in the same proportion. Sales before the first
    year count with what falls due within `years`; what falls due after the last year is
    `due_after`. An abandoned plot is not offered again.

    Examples
    --------
    >>> from laikhe_analysis.records import ShareLine
    >>> line = ShareLine("commune_run", 2026, 2027, 0.2, 0.6, 0.2, 1.0, 0.0, 0.0, "plan", "example")
    >>> plot = Plot("p1", "", "commune_run", "commune", 3000, 1.0, 8, 10, 12, 0, 2026, 4, 1.0,
    ...             "example")
    >>> cash = cash_by_year([plot], SharingRule("a", (line,)), [2026, 2027])
    >>> {year: round(value, 9) for year, value in cash.by_year("gross").items()}
    {2026: 10.0, 2027: 20.0}
    >>> round(cash.total(), 9)
    24.0
    """
    check_kind("rule", rule, SharingRule, RULE_WANTED)
    span = as_years(years, least=0)
    inventory = Inventory.of(plots, notice_days=notice_days)
    rates, shape = _market(premium=premium, sold=sold, default=default, collection=collection)
    ids = [plot.plot_id for plot in inventory.plots]
    given = {
        name: _by_plot(name, values, ids)
        for name, values in (("prices", prices), ("chances", chances))
    }
    seen: dict[str, Any] = {f"price of plot {p}": x for p, x in given["prices"].items()}
    check_prices(**seen)
    check_chances(**{f"chance of a sale of plot {plot}": x for plot, x in given["chances"].items()})
    price = [given["prices"].get(*pair) for pair in zip(ids, inventory.price, strict=True)]
    chance = [given["chances"].get(*pair) for pair in zip(ids, inventory.chance, strict=True)]
    shape = np.broadcast_shapes(shape, *(np.shape(each) for each in (*price, *chance)))
    market = {name: np.broadcast_to(rate, shape).ravel() for name, rate in rates.items()}
    (found,) = inventory.flows(
        [rule],
        span,
        _matrix(price, shape) * market["premium"],
        np.minimum(_matrix(chance, shape) * market["sold"], 1.0),
        collected=(1 - market["default"]) * market["collection"],
        shape=shape,
    )
    return found.frame if hasattr(plots, "columns") else found


def _market(**rates: Any) -> tuple[dict[str, Floats], tuple[int, ...]]:
    """Return what moves every plot, checked, and its shape."""
    arrays = {name: as_array(name, rate) for name, rate in rates.items()}
    for name in ("premium", "sold"):
        holds = np.isfinite(arrays[name]) & (arrays[name] >= 0)
        require(holds, name, arrays[name], "0 or more", known=True)
    check_fractions(default=arrays["default"], collection=arrays["collection"])
    return arrays, np.broadcast_shapes(*(array.shape for array in arrays.values()))


def _by_plot(name: str, given: Any, ids: Sequence[str]) -> dict[Any, Floats]:
    """Return what is given by plot, as arrays.

    Raises
    ------
    ValueError
        If a plot is not there, with the nearest name, or stands twice.
    """
    items = {} if given is None else items_of(name, given)
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if items and twice:
        raise ValueError(f"`plots` must have one row per plot_id for `{name}`, got twice: {twice}.")
    for key in items:
        if key not in ids:
            guess = nearest(str(key), ids)
            hint = f"Did you mean {guess}?" if guess else f"There are: {', '.join(ids)}."
            raise ValueError(f"`{name}` of plot {key}: there is no such plot. {hint}")
    return {plot: as_array(f"{name} of plot {plot}", value) for plot, value in items.items()}


def _matrix(values: Sequence[Any], shape: tuple[int, ...]) -> Floats:
    """Return the values by plot and draw; one column where no plot has more."""
    if not any(map(np.ndim, values)):
        return np.array(values, dtype=np.float64).reshape(-1, 1)
    return np.array([np.broadcast_to(value, shape).ravel() for value in values])
