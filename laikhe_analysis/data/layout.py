"""The commune's own series, the periods of a year, and the table of columns."""

from __future__ import annotations

from laikhe_analysis.data.columns import COLUMNS, MAY_BE_ABSENT, NEEDS, SAME_SHAPE

__all__ = ["COLUMNS", "FLOWS", "MAY_BE_ABSENT", "MAY_BE_ZERO", "MONTHS", "NEEDS", "PLANNED", "REALISED",
           "SAME_SHAPE", "SERIES", "end_of", "is_given", "is_own_series", "series_name",
           "start_of"]  # fmt: skip

REALISED = ("final", "preliminary", "estimate")
"""Statuses of what has happened, as against what is planned."""

_MONEY = ("billion VND", "index")
SERIES: dict[str, tuple[str, ...]] = {
    "population": ("people",),
    "party_members": ("people",),
    "income_per_capita": ("million VND/person/year",),
    "crop_value_per_ha": ("million VND/ha",),
    "collected_revenue": _MONEY,
    "recurrent_revenue": _MONEY,
    "assigned_revenue": _MONEY,
    "assigned_revenue_without_land": _MONEY,
    "council_revenue": _MONEY,
    "commune_revenue": _MONEY,
    "land_revenue": _MONEY,
    "total_product": _MONEY,
    "public_investment": _MONEY,
    "total_investment": _MONEY,
    "disbursed": _MONEY,
}
"""The commune's own series and the units that the calculations read them in."""

PLANNED = frozenset(
    ["assigned_revenue", "assigned_revenue_without_land", "council_revenue", "public_investment"]
)
"""Series that are plans by nature: handed down or voted, never an outcome."""

FLOWS = frozenset(
    name for name, units in SERIES.items() if units == _MONEY
)  # fmt: skip
"""Series that add up over the year; `product_<sector>` does too."""

MAY_BE_ZERO = frozenset(["land_revenue", "public_investment", "total_investment", "disbursed"])

MONTHS = {"Q1": (1, 3), "H1": (1, 6), "Q2": (4, 6), "9M": (1, 9), "Q3": (7, 9), "H2": (7, 12),
           "Q4": (10, 12), "FY": (1, 12)}  # fmt: skip
"""The first and the last month of a part of the year."""
_DAYS = {3: 31, 6: 30, 9: 30, 12: 31}


def end_of(year: int, period: str) -> str:
    """Return the last day of a year or of a part of it. [YYYY-MM-DD]

    Examples
    --------
    >>> end_of(2026, "9M"), end_of(2026, "FY")
    ('2026-09-30', '2026-12-31')
    """
    month = MONTHS[period][1]
    return f"{year}-{month:02}-{_DAYS[month]}"


def start_of(year: int, period: str) -> str:
    """Return the first day of a year or of a part of it. [YYYY-MM-DD]

    Examples
    --------
    >>> start_of(2026, "H2")
    '2026-07-01'
    """
    return f"{year}-{MONTHS[period][0]:02}-01"


def is_given(series_id: str, status: str) -> bool:
    """Return whether a figure is a result, or was handed down for its year: no plan, no target.

    Examples
    --------
    >>> is_given("land_revenue", "plan"), is_given("assigned_revenue", "plan")
    (False, True)
    """
    return status in REALISED or series_id in PLANNED


def is_own_series(name: str) -> bool:
    """Return whether a name is that of a series which the calculations read.

    Examples
    --------
    >>> is_own_series("product_tourism"), is_own_series("2.2.9-poor-households")
    (True, False)
    """
    return name in SERIES or name.startswith(("product_", "share_", "land_"))


def series_name(name: str, unit: str, price_basis: str) -> str:
    """Return the series that an amount belongs to: product is at constant prices, the rest current.

    What is given at the other prices is a series of its own, so that the two are never mixed.

    Examples
    --------
    >>> series_name("total_product", "billion VND", "current")
    'total_product_nominal'
    >>> series_name("income_per_capita", "million VND/person/year", "constant 2010")
    'income_per_capita_real'
    >>> series_name("total_product", "billion VND", "constant 2010")
    'total_product'
    """
    if "VND" not in unit or not is_own_series(name):
        return name
    if name == "total_product" or name.startswith("product_"):
        return f"{name}_nominal" if price_basis == "current" else name
    return f"{name}_real" if price_basis.startswith("constant") else name
