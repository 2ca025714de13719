"""The sheets of a spreadsheet as they were sent in: cells that hold something, merges, what is hidden."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

__all__ = ["Book", "Cell", "Sheet", "cell_name", "cell_place", "letters_of", "value_of"]

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column."""


@dataclass(frozen=True)
class Cell:
    """One cell that holds something.

    Parameters
    ----------
    row, column : int
        From 1.
    value : Any
        A number, a text, a date, a truth value; None for a formula whose value the file lacks.
    number_format : str
    is_formula : bool
    is_error : bool
        Whether it shows an error such as #N/A.
    is_hidden : bool
        Whether its row or column is hidden.
    """

    row: int
    column: int
    value: Any
    number_format: str = "General"
    is_formula: bool = False
    is_error: bool = False
    is_hidden: bool = False

    @property
    def coordinate(self) -> str:
        """The name of the place, such as "B5"."""
        return cell_name(self.row, self.column)


@dataclass
class Sheet:
    """One sheet."""

    title: str
    is_hidden: bool = False
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)

    def add(self, cell: Cell) -> None:
        """Take a cell."""
        self.rows.setdefault(cell.row, {})[cell.column] = cell

    def merge(self, ref: str) -> None:
        """Take a merged area, such as "A1:F1"."""
        first, _, last = ref.partition(":")
        self.merged.append((*cell_place(first), *cell_place(last or first)))

    def hides(self, column: int) -> bool:
        """Return whether a column is hidden."""
        return column in self.hidden_columns

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell, an empty one where there is none."""
        return self.rows.get(row, {}).get(column) or Cell(row, column, None)

    def is_merged(self, row: int, column: int) -> bool:
        """Return whether a cell is merged with others."""
        return any(a <= row <= c and b <= column <= d for a, b, c, d in self.merged)

    def lines(self, first: int = 1, last: int = 10**7) -> Iterator[tuple[int, dict[int, Cell]]]:
        """Yield the rows that hold anything, in order."""
        return ((n, self.rows[n]) for n in sorted(self.rows) if first <= n <= last)


@dataclass(frozen=True)
class Book:
    """The sheets of a file."""

    name: str
    sheets: tuple[Sheet, ...]

    @property
    def titles(self) -> list[str]:
        """The names of the sheets."""
        return [sheet.title for sheet in self.sheets]

    def sheet(self, title: str) -> Sheet | None:
        """Return the sheet of a name, None if there is none."""
        return next((sheet for sheet in self.sheets if sheet.title == title), None)


def cell_name(row: int, column: int) -> str:
    """Return the name of a place.

    Examples
    --------
    >>> cell_name(5, 2), cell_name(1, 28)
    ('B5', 'AB1')
    """
    return f"{letters_of(column)}{row}"


def letters_of(column: int) -> str:
    """Return the letters of a column.

    Examples
    --------
    >>> letters_of(2), letters_of(28)
    ('B', 'AB')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_place(name: str) -> tuple[int, int]:
    """Return row and column of a place, zeros where it has no name.

    Examples
    --------
    >>> cell_place("AB1"), cell_place("$B$5"), cell_place("")
    ((1, 28), (5, 2), (0, 0))
    """
    match = re.fullmatch(r"([A-Z]{1,3})([0-9]+)", name.replace("$", "").upper())
    if match is None:
        return 0, 0
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - 64
    return int(match[2]), column


def value_of(text: str | None, kind: str, number_format: str, *, is_1904: bool = False) -> Any:
    """Return what a cell holds, from the text in the file.

    Numbers have the fifteen digits that a spreadsheet shows: what is behind them is noise.

    Parameters
    ----------
    text : str or None
    kind : str
        The type that the file states: "n" a number, "b" a truth value, "d" a date, else a text.
    number_format : str
        Which tells a date from a number.
    is_1904 : bool
        Whether days are counted from 1904.

    Examples
    --------
    >>> value_of("58.750000000000007", "n", "0.0"), value_of("12", "n", "General")
    (58.75, 12)
    >>> value_of("44563", "n", "dd/mm/yyyy")
    datetime.datetime(2022, 1, 2, 0, 0)
    """
    if text is None or kind not in ("n", "b", "d"):
        return text
    if kind == "b":
        return text.strip() in ("1", "true")
    if kind == "d":
        with contextlib.suppress(ValueError):
            return datetime.fromisoformat(text.strip().rstrip("Z"))
        return text
    number = float(f"{float(text):.15g}")
    if _is_date(number_format):
        with contextlib.suppress(OverflowError):
            origin = datetime(1904, 1, 1) if is_1904 else datetime(1899, 12, 30)
            return origin + timedelta(days=number)
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _is_date(number_format: str) -> bool:
    """Return whether a format shows a date or a time."""
    code = re.sub(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', "", number_format.lower())
    return code != "general" and re.search("[dmyhs]", code) is not None
