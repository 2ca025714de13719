"""Plots of land to be sold, as records or from a frame, each checked once.

Money is in billion VND, prices in million VND per m2, areas in m2, shares are fractions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import numpy as np

from laikhe_analysis.arrays import as_number, is_missing
from laikhe_analysis.checks import check_fractions, check_kind, nearest, require
from laikhe_analysis.labels import labelled
from laikhe_analysis.records import Plot

__all__ = ["HIGHEST_PRICE", "as_plots", "check_chances", "check_prices", "rows_of"]

HIGHEST_PRICE = 1000.0
"""No land in the country costs more; a price beyond it is in dong. [million VND per m2]"""
HIGHEST_COST = 1e5  # billion VND: no site costs more; beyond it is million or dong
_DEFAULTS: dict[str, Any] = {
    "name": "", "run_by": "", "note": "", "cost": 0.0, "origin": "assumption",
    "price_low": None, "price_high": None,
}  # fmt: skip


def check_prices(*, most: float = HIGHEST_PRICE, known: bool = True, **prices: Any) -> None:
    """Raise where a price of land is not plausible: negative, missing, or in dong.

    Parameters
    ----------
    most : float
        Highest price that passes. [million VND per m2]
    known : bool
        Whether a missing price is refused.
    **prices : float or array
        By the argument's name. [million VND per m2]

    Raises
    ------
    ValueError
        Naming what was got, and the range.

    Examples
    --------
    >>> check_prices(price=6_000_000)
    Traceback (most recent call last):
    ValueError: `price` must be from 0 to 1000 million VND per m2, got 6e+06: 6,000,000 dong is 6.
    """
    for name, price in prices.items():
        array = np.asarray(price, dtype=np.float64)
        require(array >= 0, name, array, "0 or more", known=known)
        wanted = f"from 0 to {most:g} million VND per m2"
        require(array <= most, name, array, wanted, advice=": 6,000,000 dong is 6")


def check_chances(**chances: Any) -> None:
    """Raise where a chance of a sale is negative, missing or above 1.

    Raises
    ------
    ValueError
        Naming what was got.
    """
    for name, chance in chances.items():
        require(np.asarray(chance) >= 0, name, chance, "0 or more", known=True)
    check_fractions(**chances)


def rows_of(
    name: str, frame: Any, kind: type, *, key: str, defaults: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return the rows of a frame as fields of a record, each value of the field's type.

    Parameters
    ----------
    name : str
        The argument's name.
    frame : DataFrame
        One row each; `key` may be the index.
    kind : dataclass
        Whose fields the columns are; columns of other names are left out.
    key : str
        The column that names a row.
    defaults : mapping
        Values of the fields that may be absent or empty.

    Raises
    ------
    ValueError
        If a column is missing, or seems to be misspelt; a name stands twice; a value is missing.
    TypeError
        If a value is no number where one is wanted.
    """
    table = frame.reset_index() if frame.index.name == key else frame
    labelled(name, table.set_axis(range(len(table))))
    wanted = {
        one.name: str(one.type) for one in fields(kind) if one.type in ("str", "float", "int")
    }
    absent = [one for one in wanted if one not in table.columns]
    for column in (str(one) for one in table.columns if one not in wanted):
        guess = nearest(column, absent, cutoff=0.8)
        if guess is not None:
            raise ValueError(f"`{name}` has a column {column}: is it {guess}?")
    lost = [one for one in absent if one not in defaults]
    if lost:
        raise ValueError(f"`{name}` must have the columns {', '.join(lost)}.")
    names = [str(one) for one in table[key]]
    if len(set(names)) < len(names):
        raise ValueError(f"`{name}` must have one row per {key}, got {sorted(names)}.")
    return [
        {
            column: _cell(
                row.get(column), f"{column} of {name} {row[key]}", type_, column, defaults
            )
            for column, type_ in wanted.items()
        }
        for row in table.to_dict("records")
    ]


def _cell(value: Any, where: str, kind: str, column: str, defaults: Mapping[str, Any]) -> Any:
    """Return one value of its field's type, the default where it is empty."""
    if is_missing(value):
        if column not in defaults:
            raise ValueError(f"`{where}` must be known, got {value}.")
        return defaults[column]
    if kind == "str":
        return str(value)
    number = as_number(where, value)
    if kind == "int" and not number.is_integer():
        raise ValueError(f"`{where}` must be a whole number, got {number:g}.")
    return int(number) if kind == "int" else number


def as_plots(plots: Any) -> tuple[Plot, ...]:
    """Return plots, given as such or as a frame with the columns of `plots.csv`, checked.

    Parameters
    ----------
    plots : sequence of Plot or DataFrame
        Of a frame `name`, `run_by`, `cost`, `origin` (an assumption then), `price_low`,
        `price_high` and `note` may be absent.

    Raises
    ------
    ValueError
        If an area, price, cost, share, chance or year is impossible, naming the plot; or as
        `rows_of`.
    TypeError
        If one is no plot, or a value no number.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"plot_id": ["p1"], "stream": ["commune_run"], "area_m2": [3000],
    ...     "saleable_share": [0.5], "price_mode": [10], "year": [2026], "quarter": [1],
    ...     "sale_probability": [0.8]})
    >>> as_plots(frame)[0].price_high
    10.0
    """
    if hasattr(plots, "columns"):
        rows = rows_of("plots", plots, Plot, key="plot_id", defaults=_DEFAULTS)
        for row in rows:
            for end in ("price_low", "price_high"):
                row[end] = row["price_mode"] if row[end] is None else row[end]
        plots = [Plot(**row) for row in rows]
    found = tuple(plots)
    for plot in found:
        check_kind("plots", plot, Plot, "records of plots, or a frame with their columns")
        _check(plot)
    return found


def _check(plot: Plot) -> None:
    """Raise where a plot is impossible."""
    where = f"of plot {plot.plot_id}"
    area, share, price, cost, chance, year = (
        as_number(f"{name} {where}", value)
        for name, value in (
            ("area_m2", plot.area_m2), ("saleable_share", plot.saleable_share),
            ("price", plot.price_mode), ("cost", plot.cost),
            ("chance of a sale", plot.sale_probability), ("year", plot.year),
        )
    )  # fmt: skip
    require(area > 0, f"area_m2 {where}", area, "a positive number", known=True)
    check_fractions(**{f"saleable_share {where}": share})
    require(cost >= 0, f"cost {where}", cost, "0 or more", known=True)
    limit = f"from 0 to {HIGHEST_COST:g} billion VND"
    require(cost <= HIGHEST_COST, f"cost {where}", cost, limit)
    seen: dict[str, Any] = {f"price {where}": price}
    check_prices(**seen)
    check_chances(**{f"chance of a sale {where}": chance})
    require(year.is_integer(), f"year {where}", year, "a whole number", known=True)
