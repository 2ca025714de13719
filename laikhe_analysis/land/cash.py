"""Land-use fees: what has to be sold, and when the cash comes in.

Money is in billion VND, prices in million VND per m2, areas in m2, shares are fractions. A fee is
shared by the rule of the budget year in which it is paid, stream by stream (`sharing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from laikhe_analysis.checks import as_floats, plain, require
from laikhe_analysis.land.sharing import (
    CashFlow,
    CashRow,
    Split,
    add_splits,
    line_for,
    split,
)
from laikhe_analysis.model import LAND, compute
from laikhe_analysis.records import Plot, SharingRule
from laikhe_analysis.series import weakest_origin

__all__ = ["carried_over", "cash_by_year", "required_area", "required_gross"]

INSTALMENTS = ((0.5, 30.0), (0.5, 90.0))  # part of the fee, days after the tax notice
QUARTER_DAYS = 90.0


def required_gross(
    total: ArrayLike, share: ArrayLike, *, collection: ArrayLike = 1.0, cost: ArrayLike = 0.0
) -> Any:
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
    total, share, collection, cost = as_floats(
        total=total, share=share, collection=collection, cost=cost
    )
    require(total >= 0, "total", total, "0 or more")
    require((share > 0) & (share <= 1), "share", share, "above 0 and at most 1 (a fraction)")
    require((collection > 0) & (collection <= 1), "collection", collection, "above 0, at most 1")
    require((cost >= 0) & (cost < 1), "cost", cost, "0 or more and below 1 (a fraction)")
    (gross,) = compute(
        LAND, "required_gross", total=total, share=share, collection=collection, cost=cost
    )
    return plain(gross)


def required_area(
    gross: ArrayLike,
    price: ArrayLike,
    *,
    premium: ArrayLike = 1.0,
    sold: ArrayLike = 1.0,
    saleable: ArrayLike = 1.0,
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
        If `gross` is negative, `price` or `premium` not positive, or a fraction out of range.

    Notes
    -----
    ``gross * 1000 / (price * premium * sold * saleable)``.

    Examples
    --------
    >>> required_area(500, 10), required_area(500, 10, saleable=0.5)
    (50000.0, 100000.0)
    """
    gross, price, premium, sold, saleable = as_floats(
        gross=gross, price=price, premium=premium, sold=sold, saleable=saleable
    )
    require(gross >= 0, "gross", gross, "0 or more")
    require(price > 0, "price", price, "a positive number (million VND per m2)")
    require(premium > 0, "premium", premium, "a positive number")
    require((sold > 0) & (sold <= 1), "sold", sold, "above 0 and at most 1 (a fraction)")
    require((saleable > 0) & (saleable <= 1), "saleable", saleable, "above 0, at most 1")
    (area,) = compute(
        LAND, "required_area", gross=gross, price=price, premium=premium, sold=sold,
        saleable=saleable,
    )  # fmt: skip
    return plain(area)


def carried_over(quarter: int, *, notice_days: float = 0.0) -> float:
    """Return the part of a quarter's sales that is paid in the following year.

    Parameters
    ----------
    quarter : int
        Quarter of the auction, 1 to 4.
    notice_days : float
        Days from the auction to the tax notice, 0 to 180. [days]

    Returns
    -------
    float
        Part paid in the next calendar year. [fraction]

    Raises
    ------
    ValueError
        If `quarter` is not 1, 2, 3 or 4, or `notice_days` is out of range.

    Notes
    -----
    Half is due 30 days after the tax notice, the rest 90 days after [1]_, and every buyer is taken
    to pay on the last day. Auctions are spread evenly over a quarter of 90 days, so an instalment
    that is due ``L`` days after the auction falls into the next year for ``(L - d) / 90`` of the
    sales, kept between 0 and 1, where ``d`` is the number of days from the end of the quarter to
    the end of the year. Of the fourth quarter that is a third of the first half and all of the
    second, two thirds of the money; of earlier quarters nothing.

    References
    ----------
    .. [1] The payment terms of land-use fees as reported for auctions in 2024-2026; the decree in
       force has to be checked when a new regime begins.

    Examples
    --------
    >>> [round(carried_over(quarter), 4) for quarter in (1, 2, 3, 4)]
    [0.0, 0.0, 0.0, 0.6667]
    """
    if quarter not in (1, 2, 3, 4):
        raise ValueError(f"`quarter` must be 1, 2, 3 or 4, got {quarter}.")
    require(0 <= notice_days <= 180, "notice_days", notice_days, "from 0 to 180 days")
    left = (4 - quarter) * QUARTER_DAYS
    return sum(
        part * min(max((days + notice_days - left) / QUARTER_DAYS, 0.0), 1.0)
        for part, days in INSTALMENTS
    )


def cash_by_year(
    plots: Sequence[Plot],
    rule: SharingRule,
    years: Iterable[int],
    *,
    prices: Mapping[str, ArrayLike] | None = None,
    chances: Mapping[str, ArrayLike] | None = None,
    premium: ArrayLike = 1.0,
    sold: ArrayLike = 1.0,
    default: ArrayLike = 0.0,
    collection: ArrayLike = 1.0,
    notice_days: float = 0.0,
) -> CashFlow:
    """Return the cash that an inventory of plots brings, year by year and stream by stream.

    Parameters
    ----------
    plots : sequence of Plot
        What is to be sold, with year and quarter of the auction.
    rule : SharingRule
        The shares, by stream and budget year; see `change_rule` for a new regime.
    years : iterable of int
        Budget years, both ends included. [year]
    prices : mapping, optional
        Price by `plot_id`; `price_mode` where absent. [million VND per m2]
    chances : mapping, optional
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
    CashFlow
        Expected cash: each plot counts with its probability of sale. Arrays (one value per draw)
        in, arrays out.

    Raises
    ------
    ValueError
        If a plot is impossible (area, price, cost or probability), the rule lacks a stream and
        year that is needed, or an argument is out of range or not a number.
    TypeError
        If `rule` is no SharingRule.

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
    default, collection = as_floats(default=default, collection=collection)
    for name, rate in (("default", default), ("collection", collection)):
        require((rate >= 0) & (rate <= 1), name, rate, "from 0 to 1 (a fraction)", known=True)
    span, after, origins = tuple(years), 0.0, {"derived"}
    found: dict[tuple[int, str], list[Split]] = {}
    for plot in plots:
        gross, chance = _winning_bids(
            plot,
            (prices or {}).get(plot.plot_id, plot.price_mode),
            (chances or {}).get(plot.plot_id, plot.sale_probability) * np.asarray(sold, float),
            premium,
        )
        later = carried_over(plot.quarter, notice_days=notice_days)
        for year, part in ((plot.year, 1 - later), (plot.year + 1, later)):
            if year > max(span, default=year) and part:
                after = after + part * gross
            if year not in span or not part:
                continue
            line = line_for(rule, plot.stream, year)
            origins |= {plot.origin, line.origin}
            share = split(
                part * gross, line, collected=(1 - default) * collection,
                cost=part * plot.cost * chance,
            )  # fmt: skip
            found.setdefault((year, plot.stream), []).append(share)
    rows = tuple(CashRow(*key, add_splits(found[key])) for key in sorted(found))
    return CashFlow(rule.rule, span, rows, plain(np.asarray(after)), weakest_origin(*origins))


def _winning_bids(
    plot: Plot, price: ArrayLike, chance: ArrayLike, premium: ArrayLike
) -> tuple[Any, Any]:
    """Return a plot's expected winning bids [billion VND] and its chance of being sold."""
    price, chance, premium = as_floats(price=price, chance=chance, premium=premium)
    where = f"of plot {plot.plot_id}"
    share = plot.saleable_share
    for holds, name, value, wanted in (
        (plot.area_m2 > 0, f"area_m2 {where}", plot.area_m2, "a positive number"),
        (0 <= share <= 1, f"saleable_share {where}", share, "from 0 to 1 (a fraction)"),
        (plot.cost >= 0, f"cost {where}", plot.cost, "0 or more"),
        (price >= 0, f"price {where}", price, "0 or more"),
        (premium >= 0, "premium", premium, "0 or more"),
        (chance >= 0, f"chance of a sale {where}", chance, "0 or more"),
    ):
        require(holds, name, value, wanted, known=True)
    chance = np.minimum(chance, 1.0)
    (bids,) = compute(
        LAND, "winning_bids", area=plot.area_m2, saleable=share, price=price, premium=premium,
        sold=chance,
    )  # fmt: skip
    return bids, chance
