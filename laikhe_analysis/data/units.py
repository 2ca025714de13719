"""Per cents of files become fractions in calculations, and per cents again: here and nowhere else.

A file says "12 %/year"; in Python that is 0.12 in "fraction/year". What is measured in per cent (99.1 %
on time) keeps its unit, but for the growth that a target of kind `average_rate` asks for.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from laikhe_analysis.vietnamese import as_written, is_fraction, shifted, written_unit

__all__ = ["from_file", "to_file"]

_VALUES = ("value", "value_high", "low", "high", "tolerance", "noise")


def from_file(row: Mapping[str, Any], *, is_rate: bool = False) -> dict[str, Any]:
    """Return a row of a file as calculations have it.

    Parameters
    ----------
    row : mapping of str to Any
        With a "unit", as in the file.
    is_rate : bool
        Whether the row is of an average rate, so that "%" is one too.

    Examples
    --------
    >>> from_file({"unit": "%/year", "value": 14.3, "low": None, "year": 2026})
    {'unit': 'fraction/year', 'value': 0.143, 'low': None, 'year': 2026}
    >>> from_file({"unit": "%", "value": 99.1}), from_file({"unit": "%", "value": 12}, is_rate=True)
    ({'unit': '%', 'value': 99.1}, {'unit': 'fraction', 'value': 0.12})
    """
    unit = row["unit"]
    if not (unit.startswith("%/") or (is_rate and unit == "%")):
        return dict(row)
    moved = {k: shifted(row[k], -2) for k in _VALUES if row.get(k) is not None}
    return {**row, **moved, "unit": unit.replace("%", "fraction", 1)}


def to_file(
    row: Mapping[str, Any], *, unit: str = "unit", values: Collection[str] = _VALUES
) -> dict[str, Any]:
    """Return a row of calculations as files have it: the inverse of `from_file`, to the digit.

    Parameters
    ----------
    row : mapping of str to Any
        Fields of a record, or a line of a board.
    unit : str
        The field that holds the unit.
    values : collection of str
        The fields in that unit.

    Examples
    --------
    >>> to_file({"unit": "fraction/year", "value": 0.143, "low": None})
    {'unit': '%/year', 'value': 14.3, 'low': None}
    """
    if not is_fraction(row[unit]):
        return dict(row)
    moved = {k: as_written(row[k], row[unit]) for k in values if row.get(k) is not None}
    return {**row, **moved, unit: written_unit(row[unit])}
