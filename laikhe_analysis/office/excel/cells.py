"""Addresses, names, number formats: the cells of a table as values, to be written as they come."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from laikhe_analysis.messages import Text
from laikhe_analysis.office.forms.sheets import letters_of
from laikhe_analysis.vietnamese import COUNTED, is_fraction, without_marks

__all__ = ["BLANK", "CLOSED", "Cell", "Column", "Line", "Row", "Words", "address",
           "identifier", "if_there", "number", "number_format", "small", "typed"]  # fmt: skip

Words = str | Text
"""A text, in both languages or in that of the workbook."""

_DECIMALS = {
    "billion VND": 3, "billion VND/year": 3, "million VND/m2": 3, "ratio": 3, "%": 2,
    "yes/no": 0, "rating": 0, "level": 0, "m2": 0, "ha": 2,
}  # fmt: skip


class Cell(NamedTuple):
    """What stands in a cell, how it looks, and the formula whose value it is."""

    value: Words | float | None = None
    look: str = "text"
    shown: str = ""
    formula: str = ""


class Column(NamedTuple):
    """A column of a table: heading, width in characters, and its cell for what a row is about."""

    heading: Words
    width: float
    cell: Callable[[Any], Cell | Words | float | None]


Row = Sequence[Cell | Words | float | None]
BLANK, CLOSED = Cell(), Cell(None, "closed")


class Line(NamedTuple):
    """Where a quantity stands: a row of a sheet, one cell a year from the `first` on."""

    sheet: str
    row: int
    column: int
    first: int

    def at(self, year: int, last: int | None = None) -> str:
        """Return the address of a year, or of all years to the `last`.

        Examples
        --------
        >>> Line("Đầu tư", 3, 2, 2026).at(2027), Line("Đầu tư", 3, 2, 2026).at(2026, 2028)
        ("'Đầu tư'!$D$4", "'Đầu tư'!$C$4:$E$4")
        """
        begin = address(self.row, self.column + year - self.first)
        end = "" if last is None else ":" + address(self.row, self.column + last - self.first)
        return f"'{self.sheet}'!{begin}{end}"


def address(row: int, column: int) -> str:
    """Return the address of a cell.

    Examples
    --------
    >>> address(0, 2), address(9, 27), address(0, 701)
    ('$C$1', '$AB$10', '$ZZ$1')
    """
    return f"${letters_of(column + 1)}${row + 1}"


def identifier(*parts: str) -> str:
    """Return a name that Excel takes for a cell: plain letters, digits and underscores.

    Examples
    --------
    >>> identifier("target", "2.2.4-income"), identifier("Kịch bản đẹp", "x"), identifier("R1")
    ('target_2_2_4_income', 'kich_ban_dep_x', 'name_r1')
    """
    clean = re.sub(r"[^a-z0-9]+", "_", without_marks("_".join(parts))).strip("_")
    return clean if re.match(r"[a-z]{4}|[a-z]+_", clean) else f"name_{clean}"


def capital(text: str) -> str:
    """Return the text with a capital letter at its head."""
    return text[:1].upper() + text[1:]


def number_format(
    unit: str, decimals: int | None = None, prefix: str = "", suffix: str = ""
) -> str:
    """Return the number format of a unit; the reader's Excel shows it with its own separators.

    Examples
    --------
    >>> number_format("billion VND"), number_format("people"), number_format("fraction/year")
    ('#,##0.000', '#,##0', '0.0%')
    >>> number_format("%", 0, "trên ")
    '"trên "#,##0'
    >>> number_format("% of plan", 0, suffix=" trở lên")
    '#,##0" trở lên"'
    """
    if is_fraction(unit):
        return "0.0%"
    usual = 0 if unit in COUNTED else _DECIMALS.get(unit, 1)
    places = usual if decimals is None else decimals
    shown = "#,##0" + ("." + "0" * places if places else "")
    return (f'"{prefix}"' if prefix else "") + shown + (f'"{suffix}"' if suffix else "")


def number(value: float | None, unit: str, look: str = "number", formula: str = "") -> Cell:
    """Return the cell of a value: fractions are shown as per cents."""
    return Cell(value, look, number_format(unit), formula)


def typed(value: float | None, unit: str) -> Cell:
    """Return a cell to type in, with the digits that were typed."""
    usual = "0.0##%" if is_fraction(unit) else "#,##0" if unit in COUNTED else "#,##0.0##"
    return Cell(value, "input", usual)


def small(text: Words | None) -> Cell:
    """Return a cell of smaller words."""
    return Cell(text, "small")


def if_there(formula: str, *cells: str) -> str:
    """Return a formula that is an empty text where one of the cells holds no number.

    Examples
    --------
    >>> if_there("A1/B1", "A1", "B1")
    'IF(COUNT(A1,B1)=2,A1/B1,"")'
    """
    each = tuple(dict.fromkeys(cells))
    return f'IF(COUNT({",".join(each)})={len(each)},{formula},"")'
