"""The land market that a commune's folder states: assumptions on prices, sales and payments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from laikhe_analysis.data import Dataset
from laikhe_analysis.investment.market import Factor, Market, market_from_prices
from laikhe_analysis.records import Observation

__all__ = ["LAND_SERIES", "market_rows", "stated_market"]

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


def market_rows(data: Dataset) -> list[dict[str, Any]]:
    """Return the stated assumptions as rows: `name`, `value`, `low`, `high`, `unit`, `origin`, `note`.

    Values are in the unit of the file.
    """
    return [
        {"name": name, "value": row.value, "low": row.low, "high": row.high, "unit": row.unit,
         "origin": row.origin, "note": row.note}
        for name, row in _stated(data).items()
    ]  # fmt: skip
