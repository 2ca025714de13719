"""The land market that a commune's folder states: prices seen, price cases, sales and payments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from laikhe_analysis.investment.market import Factor, Market, market_from_prices
from laikhe_analysis.records import Observation

if TYPE_CHECKING:
    from laikhe_analysis.data import Dataset

__all__ = [
    "LAND_SERIES",
    "auction_prices",
    "middle_price",
    "price_cases",
    "stated_market",
    "step_prices",
]

LAND_SERIES = {
    "price": "land_price",
    "premium": "land_premium",
    "sold": "land_sold_share",
    "default": "land_default",
    "fever": "land_fever",
    "collection": "land_collection",
    "cost": "land_cost_share",
    "in_time": "land_in_time",
    "shock": "land_shock",
    "slip": "land_slip",
}
"""Series of `observations.csv` by what they say of the market; the newest year counts."""

_NUMBERS = ("shock", "fever", "slip")


_START, _STEP = "auction_price_start", "auction_bid_step"
_KNOWN = ("official", "press", "derived")
"""Origins of a winning price that is known, not assumed."""


def auction_prices(data: Dataset) -> dict[str, float]:
    """Return the auction starting prices seen near the commune. [million VND per m2]"""
    rows = [
        row for row in data.published
        if row.series_id.startswith(_START) and row.confidence != "low"
    ]  # fmt: skip
    return {
        f"{row.entity} {row.year}" + (f" ({row.note})" if row.note else ""): row.value
        for row in sorted(rows, key=lambda row: row.value)
    }


def step_prices(data: Dataset) -> tuple[float, ...]:
    """Return starting price plus one bid step of every lot of which both are seen.

    A step is what a bid adds to the starting price, never a price by itself.
    [million VND per m2]
    """
    seen = {(row.entity, row.year, row.series_id): row.value for row in data.published
            if row.series_id.startswith((_START, _STEP)) and row.confidence != "low"}  # fmt: skip
    found = [
        value + seen[place, year, series.replace(_START, _STEP)]
        for (place, year, series), value in seen.items()
        if series.startswith(_START) and (place, year, series.replace(_START, _STEP)) in seen
    ]
    return tuple(sorted(found))


def middle_price(data: Dataset) -> float:
    """Return the one middle price of land near the start. [million VND per m2]

    That of `land_price` where the folder states it, else the middle one of the starting prices
    seen, else 10 to have something to show.
    """
    stated = _stated(data).get("price")
    seen = sorted(set(auction_prices(data).values())) or [10.0]
    return float(stated.value or 0.0) if stated else seen[(len(seen) - 1) // 2]


def price_cases(data: Dataset, prices: Sequence[float] = ()) -> dict[str, Market]:
    """Return the land market of each price case; cases stand side by side and are never mixed.

    Parameters
    ----------
    data : Dataset
    prices : sequence of float
        Prices at which land is sold, in place of the cases. [million VND per m2]

    Returns
    -------
    dict of str to Market
        `near_start`: lots go near the starting price; `start_and_step`: one bid step is added to
        it; `winning`: what winning bids are known to be. Costs are those of the sharing rule or of
        the inventory alone: none is taken here.

    Notes
    -----
    All else is the same in every case, as the folder states it (`stated_market`).
    """
    none, one = Factor("fixed", 0.0, note="by rule and land"), Factor("fixed", 1.0, note="by case")
    seen = sorted(set(auction_prices(data).values())) or [10.0]
    stated = stated_market(data, seen)
    market = replace(stated, premium=one, cost=none)
    if prices:
        return {"given": replace(market, price=market_from_prices(prices).price)}
    cases = {"near_start": market}
    if steps := step_prices(data):
        price = market_from_prices(steps, origin="assumption").price
        cases["start_and_step"] = replace(market, price=price)
    if stated.premium.origin in _KNOWN:
        cases["winning"] = replace(market, premium=stated.premium)
    return cases


def _stated(data: Dataset) -> dict[str, Observation]:
    """Return the newest row of every series of the market that the folder holds."""
    newest: dict[str, Observation] = {}
    for row in sorted(data.latest(), key=lambda row: (row.year, row.recorded_on)):
        if row.value is not None:
            newest[row.series_id] = row
    return {name: newest[s] for name, s in LAND_SERIES.items() if s in newest}


def stated_market(data: Dataset, prices: Sequence[float]) -> Market:
    """Return the market that the folder states.

    Parameters
    ----------
    data : Dataset
    prices : sequence of float
        Prices seen, from which the price comes where `land_price` is not stated; positive.
        [million VND per m2]

    Returns
    -------
    Market
        A row with `low` and `high` is a triangular distribution, a row without them is certain.
        What has no row is as in `market_from_prices`: at its best.

    Raises
    ------
    ValueError
        If a row is impossible, such as a share outside 0 to 1, or there is no price at all.
    """
    stated = _stated(data)
    given: dict[str, Any] = {
        name: _share(row, row.value) if name in _NUMBERS else _factor(row)
        for name, row in stated.items()
    }
    if "price" not in given:
        given["price"] = market_from_prices(prices).price
    return Market(**given)


def _factor(row: Observation) -> Factor:
    """Return the distribution that a row states, per cents as fractions."""
    value = _share(row, row.value)
    if row.low is None or row.high is None:
        return Factor("fixed", value, origin=row.origin, note=row.note)
    low, high = _share(row, row.low), _share(row, row.high)
    return Factor("triangular", value, low, high, origin=row.origin, note=row.note)


def _share(row: Observation, value: float | None) -> float:
    """Return a value of a row, a per cent as a fraction."""
    return (value or 0.0) / (100 if row.unit == "%" else 1)
