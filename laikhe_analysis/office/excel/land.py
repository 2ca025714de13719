"""The arithmetic of the investment sheet: land by year in, money retained and land needed out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from laikhe_analysis.findings.land_market import middle_price
from laikhe_analysis.land import carried_over, required_area, required_gross
from laikhe_analysis.office.word.material import Material
from laikhe_analysis.records import Plot, SharingRule
from laikhe_analysis.series import weakest_origin

__all__ = ["STREAM", "Land", "Outcome", "knows", "land_at_hand", "net_share", "outcome"]

STREAM = "commune_run"
"""The stream of land-use fees that the sheet begins with."""


@dataclass(frozen=True)
class Land:
    """What is put up for auction by year, and what becomes of it.

    Parameters
    ----------
    area : tuple of float or None
        Plots offered, by year; None where nothing is known. [m2]
    price : tuple of float
        Starting price, by year. [million VND per m2]
    sold, carried : tuple of float
        Part that finds a buyer; part of the money that is paid in the next year. [fractions]
    premium, collection, cost : float
        Winning over starting price; part of bids that is paid; part taken first. [ratio; fractions]
    plot_m2 : float
        Size of a plot. [m2]
    origin : str
    """

    area: tuple[float | None, ...]
    price: tuple[float, ...]
    sold: tuple[float, ...]
    carried: tuple[float, ...]
    premium: float = 1.0
    collection: float = 1.0
    cost: float = 0.0
    plot_m2: float = 100.0
    origin: str = "assumption"


@dataclass(frozen=True)
class Outcome:
    """What land brings under the shares of a rule, and what a total asks for. [billion VND; m2]

    `gross`, `areas` and `plots` are None when nothing comes back at all.
    """

    bids: tuple[float, ...]
    paid: tuple[float, ...]
    kept: tuple[float, ...]
    after: float
    share: float
    gross: float | None
    areas: tuple[float, ...] | None
    plots: float | None


def land_at_hand(material: Material, total: float, rule: SharingRule) -> Land:
    """Return the inventory by year of auction, or the land of the bare division where there is none.

    Prices, parts sold and parts paid late are means weighted by area and by money; in a year
    without a plot the price is the middle one of the auctions seen. The bare division is that of
    the page on investment: what `rule` asks for the `total`, at that price, evenly over the years,
    all of it sold and paid in its year.
    """
    data, years = material.data, material.years[1:]
    plots = [plot for plot in data.inventory if plot.stream == STREAM]
    price = middle_price(data)
    if not data.inventory:
        share = float(np.mean([net_share(rule, STREAM, year) for year in years]))
        each = (
            required_area(required_gross(total, share) / len(years), price) if share > 0 else None
        )
        flat = (0.0,) * len(years)
        return Land((each,) * len(years), (price,) * len(years), (1.0,) * len(years), flat)

    def area(plot: Plot) -> float:
        return plot.area_m2 * plot.saleable_share

    def mean(
        of: Callable[[Plot], float], weight: Callable[[Plot], float], empty: float
    ) -> tuple[float, ...]:
        found = []
        for year in years:
            mine = [plot for plot in plots if plot.year == year]
            total = sum(map(weight, mine))
            found.append(sum(of(p) * weight(p) for p in mine) / total if total else empty)
        return tuple(found)

    def worth(plot: Plot) -> float:
        return area(plot) * plot.price_mode

    areas = [sum(area(plot) for plot in plots if plot.year == year) for year in years]
    return Land(
        area=tuple(areas) if plots else (None,) * len(years),
        price=mean(lambda p: p.price_mode, area, price),
        sold=mean(lambda p: p.sale_probability, worth, 1.0),
        carried=mean(
            lambda p: carried_over(p.quarter), lambda p: worth(p) * p.sale_probability, 0.0
        ),
        origin=weakest_origin(*(plot.origin for plot in plots)) if plots else "assumption",
    )


def net_share(rule: SharingRule, stream: str, year: int, cost: float = 0.0) -> float:
    """Return the part of paid fees that is retained, when at least `cost` is taken first.

    Notes
    -----
    ``(1 - max(cost, cost_deducted_first)) * (commune + city * city_returned)``: the larger of the
    land's own cost and the flat part of the rule, never both (`sharing.split`).

    Examples
    --------
    >>> from laikhe_analysis.records import ShareLine
    >>> line = ShareLine("s", 2026, 2030, 0.2, 0.6, 0.2, 1.0, 0.0, 0.25, "plan", "press")
    >>> round(net_share(SharingRule("a", (line,)), "s", 2026, 0.5), 9)
    0.4
    """
    line = rule.line(stream, year)
    first = max(cost, line.cost_deducted_first)
    return (1 - first) * (line.commune + line.city * line.city_returned)


def knows(rule: SharingRule, stream: str, years: Sequence[int]) -> bool:
    """Return whether a rule says something of a stream in every one of the years."""
    return all(
        any(x.stream == stream and x.year_from <= year <= x.year_to for x in rule.lines)
        for year in years
    )


def outcome(total: float, land: Land, shares: Sequence[float]) -> Outcome:
    """Return what land brings under yearly shares, and what a total asks for.

    Parameters
    ----------
    total : float
        Money wanted over the years. [billion VND]
    land : Land
    shares : sequence of float
        Part retained, by year. [fractions]

    Notes
    -----
    bids ``area * price * premium * sold / 1000``; what is paid late moves to the next year and is
    shared by that year's rule; needed: ``total / (mean share * collection)``, evenly over the
    years, and the area behind it at each year's price.

    Examples
    --------
    >>> land = Land((10_000.0, 0.0), (8.0, 8.0), (1.0, 1.0), (0.25, 0.0))
    >>> found = outcome(60, land, (0.5, 0.25))
    >>> found.bids, found.paid, found.kept, found.gross
    ((80.0, 0.0), (60.0, 20.0), (30.0, 5.0), 160.0)
    """
    bids = [
        (area or 0.0) * price * land.premium * sold / 1000
        for area, price, sold in zip(land.area, land.price, land.sold, strict=True)
    ]
    late = [0.0, *(bid * part for bid, part in zip(bids, land.carried, strict=True))]
    paid = [
        (bid * (1 - part) + moved) * land.collection
        for bid, part, moved in zip(bids, land.carried, late, strict=False)
    ]
    mean, n = float(np.mean(shares)), len(shares)
    gross = required_gross(total, mean, collection=land.collection) if mean > 0 else None
    areas = None if gross is None else tuple(
        required_area(gross / n, price, premium=land.premium, sold=sold)
        for price, sold in zip(land.price, land.sold, strict=True)
    )  # fmt: skip
    return Outcome(
        tuple(bids), tuple(paid), tuple(p * s for p, s in zip(paid, shares, strict=True)),
        late[-1], mean, gross, areas, None if areas is None else sum(areas) / land.plot_m2 / n,
    )  # fmt: skip
