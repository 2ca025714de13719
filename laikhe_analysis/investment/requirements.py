"""What would have to be true: gross fees, land and plots behind a total, exactly, rule by rule.

Nothing here is a forecast. Each number is the plan's own total turned round: how much has to be
sold, at what price, in how many plots a year, if a sharing rule holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from laikhe_analysis.arrays import as_years
from laikhe_analysis.checks import Text, check_fractions, check_rates, require
from laikhe_analysis.land import required_area, required_gross
from laikhe_analysis.land.inventory import MILLION_PER_BILLION, SQUARE_METRES
from laikhe_analysis.land.plots import check_prices
from laikhe_analysis.land.sharing import Split, add_splits, line_for, retained_share, split
from laikhe_analysis.records import SharingRule
from laikhe_analysis.series import weakest_origin

__all__ = [
    "Requirement",
    "area_price_table",
    "land_table",
    "requirement",
    "share_gross_table",
    "variants",
]


@dataclass(frozen=True)
class Requirement:
    """What a total asks of land-use fees under one rule. Money in billion VND.

    `gross` and what follows from it are None, with a `reason`, when nothing comes back at all.
    """

    rule: str
    stream: str
    years: tuple[int, ...]
    total: float
    share: float
    own_share: float
    gross: float | None
    gross_per_year: float | None
    parts: Split | None
    left_years: tuple[int, ...]
    left_gross_per_year: float | None
    own_years: float | None
    status: str
    origin: str
    reason: Text | None = None

    @property
    def row(self) -> dict[str, Any]:
        """One row of a table: the shares and amounts, level by level."""
        head = {"rule": self.rule, "stream": self.stream, "share": self.share, "total": self.total}
        parts = self.parts
        split_up = {
            name: None if parts is None else getattr(parts, name)
            for name in ("commune", "city_returned", "city_kept", "central", "unassigned", "costs")
        }
        return {
            **head,
            "gross": self.gross,
            "gross_per_year": self.gross_per_year,
            "left_years": len(self.left_years),
            "left_gross_per_year": self.left_gross_per_year,
            **split_up,
            "own_share": self.own_share,
            "own_years": self.own_years,
            "status": self.status,
            "origin": self.origin,
        }


def requirement(
    total: float,
    rule: SharingRule,
    *,
    years: Sequence[int],
    stream: str = "commune_run",
    left_from: int | None = None,
    received: float = 0.0,
) -> Requirement:
    """Return what a total asks of land-use fees under one sharing rule.

    Parameters
    ----------
    total : float
        Money wanted over `years`. [billion VND]
    rule : SharingRule
    years : sequence of int
        Budget years of the plan, sales spread evenly over them. [year]
    stream : str
        Which fees; one of `records.STREAMS`.
    left_from : int, optional
        First year that is still open; the first of `years` by default. [year]
    received : float
        Money already retained before `left_from`. [billion VND]

    Returns
    -------
    Requirement

    Raises
    ------
    ValueError
        If `total` or `received` is negative or missing, there is no year, none is left, or the rule
        is incomplete.

    Notes
    -----
    ``gross = total / share``, with the mean of the yearly shares where a regime changes.
    ``left_gross_per_year = (total - received) / (share of the years left) / (their number)``.
    ``own_years`` is how long the same yearly gross must flow if only the commune's own share
    counts: ``total / (own_share * gross_per_year)``.

    Examples
    --------
    >>> from laikhe_analysis.records import ShareLine
    >>> line = ShareLine("commune_run", 2026, 2030, 0, 0.45, 0.15, 1, 0.4, 0, "plan", "statement")
    >>> r = requirement(300, SharingRule("plan", (line,)), years=range(2026, 2031), left_from=2027)
    >>> r.gross, r.gross_per_year, r.left_gross_per_year, round(r.own_years, 9)
    (500.0, 100.0, 125.0, 20.0)
    """
    span = as_years(years)
    left = tuple(year for year in span if year >= (left_from or span[0]))
    if not left:
        raise ValueError(f"`left_from` must leave a year of {span[0]}-{span[-1]}, got {left_from}.")
    require(total >= 0, "total", total, "0 or more (billion VND)", known=True)
    require(received >= 0, "received", received, "0 or more (billion VND)", known=True)
    lines = [line_for(rule, stream, year) for year in span]
    share = float(np.mean([retained_share(rule, stream, year) for year in span]))
    own = float(np.mean([(1 - line.cost_deducted_first) * line.commune for line in lines]))
    left_share = float(np.mean([retained_share(rule, stream, year) for year in left]))
    base = Requirement(
        rule.rule, stream, span, total, share, own, None, None, None, left, None, None,
        lines[0].status, weakest_origin(*(line.origin for line in lines)),
    )  # fmt: skip
    if share == 0:
        words = Text("không khoản nào trở về ngân sách xã", "nothing comes back to the commune")
        return replace(base, reason=words)
    gross = required_gross(total, share)
    missing = max(total - received, 0.0)
    return replace(
        base,
        gross=gross,
        gross_per_year=gross / len(span),
        parts=add_splits([split(gross / len(span), line) for line in lines]),
        left_gross_per_year=required_gross(missing, left_share) / len(left) if left_share else None,
        own_years=total / (own * gross / len(span)) if own and gross else None,
    )


def land_table(
    needs: Iterable[Requirement],
    prices: Sequence[float],
    *,
    saleable: float = 1.0,
    plot_m2: float = 100.0,
) -> list[dict[str, Any]]:
    """Return the land to be sold, for every rule and price.

    Parameters
    ----------
    needs : iterable of Requirement
    prices : sequence of float
        Prices to show. [million VND per m2]
    saleable : float
        Part of a site that is plots. [fraction]
    plot_m2 : float
        Size of a plot. [m2]

    Returns
    -------
    list of dict
        `area_ha` (saleable plots), `site_ha` (whole sites), `plots_per_year` over all years and
        `plots_per_left_year` over the years left.

    Raises
    ------
    ValueError
        As `required_area`, or if `plot_m2` is not positive.

    Examples
    --------
    >>> from laikhe_analysis.records import ShareLine
    >>> line = ShareLine("commune_run", 2026, 2030, 0, 0.5, 0.5, 1, 0, 0, "plan", "statement")
    >>> need = requirement(300, SharingRule("all", (line,)), years=range(2026, 2031))
    >>> row = land_table([need], [10])[0]
    >>> row["area_ha"], row["plots_per_year"]
    (3.0, 60.0)
    """
    require(plot_m2 > 0, "plot_m2", plot_m2, "a positive number (m2)", known=True)
    check_prices(prices=prices)
    rows: list[dict[str, Any]] = []
    for need in needs:
        for price in prices:
            row = {
                "rule": need.rule,
                "share": need.share,
                "price": price,
                "gross": need.gross,
                "plot_m2": plot_m2,
            }
            names = ("area_ha", "site_ha", "plots_per_year", "plots_per_left_year")
            values: tuple[float | None, ...] = (None,) * 4
            if need.gross is not None:
                area = required_area(need.gross, price)
                left = required_area(need.left_gross_per_year or 0.0, price) / plot_m2
                values = (
                    area / SQUARE_METRES,
                    required_area(need.gross, price, saleable=saleable) / SQUARE_METRES,
                    area / plot_m2 / len(need.years),
                    left if need.left_gross_per_year is not None else None,
                )
            rows.append(row | dict(zip(names, values, strict=True)))
    return rows


def area_price_table(
    total: float, share: float, areas_ha: Sequence[float], prices: Sequence[float]
) -> list[dict[str, Any]]:
    """Return what is retained for every pair of area and price, and whether it is enough.

    Parameters
    ----------
    total : float
        Money wanted. [billion VND]
    share : float
        Part retained. [fraction]
    areas_ha : sequence of float
        Net plot areas sold. [ha]
    prices : sequence of float
        Prices. [million VND per m2]

    Returns
    -------
    list of dict
        One row per pair: `area_ha`, `price`, `retained`, `is_reached`.

    Raises
    ------
    ValueError
        If `share` is no fraction, or a price not plausible (in dong?).

    Examples
    --------
    >>> area_price_table(300, 0.6, [5], [10])
    [{'area_ha': 5, 'price': 10, 'retained': 300.0, 'is_reached': True}]
    """
    check_fractions(share=share)
    check_prices(prices=prices)
    return [
        {"area_ha": area, "price": price, "retained": got, "is_reached": _enough(got, total)}
        for area in areas_ha
        for price in prices
        for got in [area * SQUARE_METRES * price / MILLION_PER_BILLION * share]
    ]


def share_gross_table(
    total: float, shares: Sequence[float], grosses: Sequence[float]
) -> list[dict[str, Any]]:
    """Return what is retained for every pair of share and gross fees, and whether it is enough.

    Raises
    ------
    ValueError
        If a share is no fraction.

    Examples
    --------
    >>> share_gross_table(300, [0.6], [400, 500])[1]
    {'share': 0.6, 'gross': 500, 'retained': 300.0, 'is_reached': True}
    """
    check_fractions(shares=shares)
    return [
        {"share": share, "gross": gross, "retained": got, "is_reached": _enough(got, total)}
        for share in shares
        for gross in grosses
        for got in [share * gross]
    ]


def variants(
    total: float,
    share: float,
    *,
    costs: Sequence[float] = (),
    collections: Sequence[float] = (),
    overruns: Sequence[float] = (),
    limit: float | None = 1.0,
) -> list[dict[str, Any]]:
    """Return the gross fees needed when costs come off first, bids go unpaid or works cost more.

    Parameters
    ----------
    total : float
        Money wanted. [billion VND]
    share : float
        Part retained. [fraction]
    costs, collections : sequence of float
        Part taken first; part of the bids that is paid. Every pair is shown. [fraction]
    overruns : sequence of float
        Part by which works cost more than planned. [fraction]
    limit : float or None
        Largest overrun that passes; None for any. [fraction]

    Raises
    ------
    ValueError
        If an overrun is beyond `limit`, or as `required_gross`.

    Examples
    --------
    >>> [round(row["gross"], 1) for row in variants(300, 0.6, costs=[0.2], overruns=[0.1])]
    [500.0, 625.0, 550.0]
    """
    check_rates(limit, overruns=overruns)
    pairs = [(0.0, 1.0, 0.0), *((cost, 1.0, 0.0) for cost in costs)]
    pairs += [
        (cost, paid, 0.0) for cost in (*costs, *([] if costs else [0.0])) for paid in collections
    ]
    pairs += [(0.0, 1.0, extra) for extra in overruns]
    return [
        {
            "cost": cost,
            "collection": paid,
            "overrun": extra,
            "total": total * (1 + extra),
            "gross": required_gross(total * (1 + extra), share, collection=paid, cost=cost),
        }
        for cost, paid, extra in pairs
    ]


def _enough(got: float, total: float) -> bool:
    """Return whether `got` reaches `total`, rounding in the last digit forgiven."""
    return got >= total * (1 - 1e-12)
