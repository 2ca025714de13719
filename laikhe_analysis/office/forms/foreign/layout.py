"""Find the table in a sheet: its headings, its rows, and what is no part of it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from laikhe_analysis.messages import Text, _
from laikhe_analysis.office.forms.foreign.headings import (
    Heading,
    Report,
    heading_of,
    report_of,
    simple,
)
from laikhe_analysis.office.forms.foreign.rows import (
    Row,
    RowReader,
    distinct,
    has_words,
    is_figure,
    is_numbering,
    is_year,
    text_of,
)
from laikhe_analysis.office.forms.sheets import Cell, Sheet, letters_of
from laikhe_analysis.vietnamese import notation_of

__all__ = ["Table", "tables_of"]

Grid = list[list[Cell]]


@dataclass(frozen=True)
class Table:
    """One table of a sheet.

    Parameters
    ----------
    sheet : str
    report : Report
    columns : dict of int to Heading
    letters : dict of int to str
        The letter of each column; the row's number in a table that lies on its side.
    rows : tuple of Row
    notation : str
        How its numbers are written.
    brackets : bool
        Whether a note says that numbers in brackets are negative.
    left_out : tuple of (place, text, why)
    """

    sheet: str
    report: Report
    columns: dict[int, Heading]
    letters: dict[int, str]
    rows: tuple[Row, ...]
    notation: str
    brackets: bool = False
    left_out: tuple[tuple[str, str, Text], ...] = ()


def tables_of(sheet: Sheet, today: str) -> list[Table]:
    """Return the tables of a sheet, those that lie on their side too.

    Parameters
    ----------
    sheet : Sheet
    today : str
        The day of the import. [YYYY-MM-DD]
    """
    rows, columns = sorted(sheet.rows), _columns(sheet)
    grid = [[sheet.rows[r].get(c, _BLANK) for c in columns] for r in rows]
    filled = _with_merged(sheet, grid, rows, columns)
    names = list(map(letters_of, columns))
    found = _tables_in(sheet, (grid, filled), names, today)
    return found or _tables_in(sheet, (_turned(grid), _turned(filled)), list(map(str, rows)), today)


_BLANK = Cell(0, 0, None)
_MOST_COLUMNS = 200


def _columns(sheet: Sheet) -> list[int]:
    """Return the columns that hold anything, as many as a table can have."""
    return sorted({column for row in sheet.rows.values() for column in row})[:_MOST_COLUMNS]


def _turned(grid: Grid) -> Grid:
    """Return a table that lies on its side set upright."""
    return [list(line) for line in zip(*grid, strict=True)]


def _with_merged(sheet: Sheet, grid: Grid, rows: Sequence[int], columns: Sequence[int]) -> Grid:
    """Return the cells with what stands in a merged area in all of it."""
    filled = [list(row) for row in grid]
    for top, left, bottom, right in sheet.merged:
        first = sheet.rows.get(top, {}).get(left)
        if first is None:
            continue
        across = slice(bisect_left(columns, left), bisect_right(columns, right))
        for row in filled[bisect_left(rows, top) : bisect_right(rows, bottom)]:
            row[across] = [first] * len(row[across])
    return filled


def _tables_in(
    sheet: Sheet, grids: tuple[Grid, Grid], names: Sequence[str], today: str
) -> list[Table]:
    """Return the tables of a grid; `names` are the letters of its columns."""
    ends = [*_header_rows(grids[1], today), len(grids[1])]
    found = [_table(sheet, grids, names, *span, today) for span in pairwise(ends)]
    return [table for table in found if table.rows]


def _header_rows(grid: Grid, today: str) -> list[int]:
    """Return the rows in which the headings of a table begin."""
    report = Report(2000)
    starts: list[int] = []
    for number, row in enumerate(grid):
        texts = distinct(row)
        if not texts or is_numbering(texts):
            continue
        if any(is_figure(cell) and not is_year(cell) for cell in row):
            continue
        kinds = [heading_of(text, report, today).kind for text in texts if len(text) < 80]
        named = "label" in kinds and sum(kind in ("figure", "check", "unit") for kind in kinds) > 0
        figures = sum(kind in ("figure", "check") for kind in kinds) >= 2
        if (named or figures) and not (starts and number - starts[-1] <= 3):
            starts.append(number)
    return starts


def _table(
    sheet: Sheet, grids: tuple[Grid, Grid], names: Sequence[str], start: int, end: int, today: str
) -> Table:
    """Return the table whose headings begin in a row and that ends before another."""
    grid, filled = grids
    above = _title_lines(filled, start)
    report = report_of(above, sheet.title)
    first = _first_row(filled, start, end)
    texts = _headings(filled, start, first)
    years = [int(year) for text in texts.values() for year in re.findall(r"\b(20\d\d)\b", text)]
    if not report.year and years:
        report = replace(report, year=max(years))
    columns = {column: heading_of(text, report, today) for column, text in texts.items()}
    columns = _one_of_each(columns)
    label = _label_column(grid, columns, first, end)
    columns[label] = Heading("label", columns[label].text if label in columns else "")
    reader = RowReader(columns, label)
    for number in range(first, end):
        reader.take(grid[number], filled[number])
    cells = [cell for row in reader.rows for cell in row.cells.values()]
    return Table(
        sheet.title, report, columns, {column: names[column] for column in columns},
        tuple(reader.rows),
        notation_of(cell.value for cell in cells), _negative_brackets(reader.notes),
        tuple(reader.left_out),
    )  # fmt: skip


def _title_lines(grid: Grid, start: int) -> list[str]:
    """Return the lines above the headings, each text once: no figures, no rows of another table."""
    lines: list[str] = []
    for row in reversed(grid[max(0, start - 12) : start]):
        texts = distinct(row)
        if len(texts) > 3 or any(is_figure(cell) for cell in row):
            break
        lines = [*texts, *lines]
    return list(dict.fromkeys(lines))


def _first_row(grid: Grid, start: int, end: int) -> int:
    """Return the first row below the headings."""
    kinds = [heading_of(text_of(cell), Report(2000), "").kind for cell in grid[start]]
    named = [c for c, kind in enumerate(kinds) if kind in ("label", "number", "unit")]
    for number in range(start + 1, min(end, start + 6)):
        row = grid[number]
        texts = distinct(row)
        if is_numbering(texts):
            return number + 1
        carried = all(text_of(row[c]) in ("", text_of(grid[start][c])) for c in named)
        plain = all(is_year(cell) for cell in row if is_figure(cell))
        if not (texts and named and carried and plain and any(text_of(c) for c in row)):
            return number
    return start + 1


def _headings(grid: Grid, start: int, first: int) -> dict[int, str]:
    """Return the whole heading of every column, its lines from above."""
    lines = [row for row in grid[start:first] if not is_numbering(distinct(row))]
    found = {}
    for column in range(len(grid[start])):
        parts: list[str] = []
        for level, row in enumerate(lines):
            text = text_of(row[column])
            if not text and level < len(lines) - 1 and text_of(lines[-1][column]):
                text = _carried(row, lines[-1], column)
            if text and text not in parts:
                parts.append(text)
        if parts:
            found[column] = " ".join(parts)
    return found


def _carried(row: Sequence[Cell], below: Sequence[Cell], column: int) -> str:
    """Return the heading to the left that stands over a column though the cells are not merged."""
    for left in range(column - 1, -1, -1):
        if text_of(row[left]):
            return (
                text_of(row[left]) if text_of(below[left]) not in ("", text_of(row[left])) else ""
            )
    return ""


def _one_of_each(columns: dict[int, Heading]) -> dict[int, Heading]:
    """Return the columns, those that repeat an earlier one's period and status not to be read."""
    seen: set[tuple[Any, ...]] = set()
    found = {}
    for column, one in columns.items():
        what = (one.status, one.year, one.period, one.is_council)
        if one.kind == "figure" and what in seen:
            why = _("cột trước đã có số của kỳ này")
            one = Heading("other", one.text, why=why)
        seen.add(what)
        found[column] = one
    return found


def _label_column(grid: Grid, columns: dict[int, Heading], first: int, end: int) -> int:
    """Return the column of the names: as its heading says, else the one with most words."""
    named = [
        column for column, one in columns.items()
        if one.kind == "label" and any(has_words(row[column]) for row in grid[first:end])
    ]  # fmt: skip
    if named:
        return named[0]
    words = {
        column: sum(
            len(text_of(row[column])) for row in grid[first:end] if not is_year(row[column])
        )
        for column in range(len(grid[first - 1]))
        if columns.get(column, Heading("other")).kind not in ("figure", "check", "unit", "note")
    }
    return max(words, key=lambda column: words[column], default=0)


def _negative_brackets(notes: Iterable[str]) -> bool:
    """Return whether a note says that numbers in brackets are negative."""
    return any(
        re.search(r"\bam\b", simple(note)) and ("(" in note or "ngoac" in simple(note))
        for note in notes
    )
