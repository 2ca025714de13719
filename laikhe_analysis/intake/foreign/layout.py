"""Find the table in a sheet: its headings, its rows, and what is no part of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from laikhe_analysis.checks import Text
from laikhe_analysis.intake.foreign.headings import (
    Heading,
    Report,
    heading_of,
    report_of,
    simple,
)
from laikhe_analysis.intake.sheets import Cell, Sheet
from laikhe_analysis.vietnamese import is_unit, notation_of, unified

__all__ = ["Row", "Table", "tables_of"]

Grid = list[list[Cell]]

EMPTY = frozenset(
    ["", "-", "--", "…", "...", "..", ".", "x", "_", "/", "n/a", "na", "ko", "chưa có"]
)
"""What stands in a cell that holds no figure."""


@dataclass(frozen=True)
class Row:
    """One row with figures.

    Parameters
    ----------
    label : Cell
    text : str
        Its name, without numbering, unit and "trong đó".
    parents : tuple of str
        The names of the rows that it is a part of, from above.
    unit : str
        "" where none is named.
    cells : dict of int to Cell
        What it holds, by column of the table.
    """

    label: Cell
    text: str
    parents: tuple[str, ...]
    unit: str
    cells: dict[int, Cell]

    @property
    def key(self) -> str:
        """The name by which the row is known again in next year's table."""
        names = [*self.parents[-1:], self.text]
        return " > ".join(re.sub(r"\s*(năm )?(19|20)\d\d\b", "", unified(name)) for name in names)


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
    for turned in (False, True):
        grid, filled = _grids(sheet, turned=turned)
        ends = [*_header_rows(filled, today), len(grid)]
        found = [_table(sheet, (grid, filled), *span, today) for span in pairwise(ends)]
        if any(table.rows for table in found):
            return [table for table in found if table.rows]
    return []


def _grids(sheet: Sheet, *, turned: bool) -> tuple[Grid, Grid]:
    """Return the cells of a sheet line by line, as they are and with merged areas filled."""
    last_row = max(sheet.rows, default=0)
    last_column = max((max(row) for row in sheet.rows.values()), default=0)
    grid = [[sheet.cell(r, c) for c in range(1, last_column + 1)] for r in range(1, last_row + 1)]
    filled = [list(row) for row in grid]
    for top, left, bottom, right in sheet.merged:
        if top and top <= last_row and left <= last_column:
            for row in filled[top - 1 : bottom]:
                for column in range(left - 1, min(right, last_column)):
                    row[column] = grid[top - 1][left - 1]
    if turned:
        return [list(line) for line in zip(*grid, strict=True)], [
            list(line) for line in zip(*filled, strict=True)
        ]
    return grid, filled


def is_blank(cell: Cell) -> bool:
    """Return whether a cell holds no figure: nothing, a dash, dots."""
    value = cell.value
    nothing = value is None and not cell.is_formula
    return nothing or (isinstance(value, str) and unified(value).casefold() in EMPTY)


def _text(cell: Cell) -> str:
    """Return the text of a cell, a whole number as it is written."""
    value = cell.value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if hasattr(value, "year"):
        value = value.year
    return "" if value is None else unified(value)


def _is_year(cell: Cell) -> bool:
    return re.fullmatch(r"(19|20)\d\d", _text(cell)) is not None


def _is_figure(cell: Cell) -> bool:
    """Return whether a cell holds a number, alone or in a text such as "6,5-7,5" or "(3,26)"."""
    number = r"[~<>≈≥≤(+-]*\d[\d.,]*"
    return re.fullmatch(rf"{number}\)?( ?[-/] ?{number})?%?", _text(cell)) is not None


def _header_rows(grid: Grid, today: str) -> list[int]:
    """Return the rows in which the headings of a table begin."""
    report = Report(2000)
    starts: list[int] = []
    for number, row in enumerate(grid):
        texts = _distinct(row)
        if not texts or _is_numbering(texts):
            continue
        if any(_is_figure(cell) and not _is_year(cell) for cell in row):
            continue
        kinds = [heading_of(text, report, today).kind for text in texts if len(text) < 80]
        named = "label" in kinds and sum(kind in ("figure", "check", "unit") for kind in kinds) > 0
        figures = sum(kind in ("figure", "check") for kind in kinds) >= 2
        if (named or figures) and not (starts and number - starts[-1] <= 3):
            starts.append(number)
    return starts


def _distinct(row: Iterable[Cell]) -> list[str]:
    """Return the texts of a row, those of merged cells once."""
    return [_text(cell) for cell in dict.fromkeys(row) if _text(cell)]


def _is_numbering(texts: Sequence[str]) -> bool:
    """Return whether a row only numbers the columns: "A, B, 1, 2, 3=2/1"."""
    return len(texts) > 2 and all(
        re.fullmatch(r"[A-Za-z]|\(?\d{1,2}\)?|\(?\d{1,2}\)? ?[=:].*|\(\d+\) ?=.*", one)
        for one in texts
    )


def _table(sheet: Sheet, grids: tuple[Grid, Grid], start: int, end: int, today: str) -> Table:
    """Return the table whose headings begin in a row and that ends before another."""
    grid, filled = grids
    above = _title_lines(filled, start)
    report = report_of(above, sheet.title)
    first = _first_row(filled, start, end)
    texts = _headings(filled, start, first)
    years = [int(year) for text in texts.values() for year in re.findall(r"\b(20\d\d)\b", text)]
    if not report.year and years:
        report = Report(max(years), *_rest(report))
    columns = {column: heading_of(text, report, today) for column, text in texts.items()}
    columns = _one_of_each(columns)
    label = _label_column(grid, columns, first, end)
    columns[label] = Heading("label", columns[label].text if label in columns else "")
    reader = _Rows(columns, label, report)
    for number in range(first, end):
        reader.take(grid[number], filled[number])
    cells = [cell for row in reader.rows for cell in row.cells.values()]
    names = {column: re.sub(r"\d", "", line[column].coordinate) if line else ""
             for line in grid[start : start + 1] for column in columns}  # fmt: skip
    if len({*names.values()}) < len(names):
        names = {column: str(grid[start][column].row) for column in columns}
    return Table(
        sheet.title, report, columns, names, tuple(reader.rows),
        notation_of(cell.value for cell in cells), _negative_brackets(reader.notes),
        tuple(reader.left_out),
    )  # fmt: skip


def _rest(report: Report) -> tuple[Any, ...]:
    return report.period, report.day, report.source, report.unit, report.title


def _title_lines(grid: Grid, start: int) -> list[str]:
    """Return the lines above the headings, each text once: no figures, no rows of another table."""
    lines: list[str] = []
    for row in reversed(grid[max(0, start - 12) : start]):
        texts = _distinct(row)
        if len(texts) > 3 or any(_is_figure(cell) for cell in row):
            break
        lines = [*texts, *lines]
    return list(dict.fromkeys(lines))


def _first_row(grid: Grid, start: int, end: int) -> int:
    """Return the first row below the headings."""
    named = [c for c, cell in enumerate(grid[start])
             if heading_of(_text(cell), Report(2000), "").kind in ("label", "number", "unit")]  # fmt: skip
    for number in range(start + 1, min(end, start + 6)):
        row = grid[number]
        texts = _distinct(row)
        if _is_numbering(texts):
            return number + 1
        carried = all(_text(row[c]) in ("", _text(grid[start][c])) for c in named)
        plain = all(_is_year(cell) for cell in row if _is_figure(cell))
        if not (texts and named and carried and plain and any(_text(c) for c in row)):
            return number
    return start + 1


def _headings(grid: Grid, start: int, first: int) -> dict[int, str]:
    """Return the whole heading of every column, its lines from above."""
    lines = [row for row in grid[start:first] if not _is_numbering(_distinct(row))]
    found = {}
    for column in range(len(grid[start])):
        parts: list[str] = []
        for level, row in enumerate(lines):
            text = _text(row[column])
            if not text and level < len(lines) - 1 and _text(lines[-1][column]):
                text = _carried(row, lines[-1], column)
            if text and text not in parts:
                parts.append(text)
        if parts:
            found[column] = " ".join(parts)
    return found


def _carried(row: Sequence[Cell], below: Sequence[Cell], column: int) -> str:
    """Return the heading to the left that stands over a column though the cells are not merged."""
    for left in range(column - 1, -1, -1):
        if _text(row[left]):
            return _text(row[left]) if _text(below[left]) not in ("", _text(row[left])) else ""
    return ""


def _one_of_each(columns: dict[int, Heading]) -> dict[int, Heading]:
    """Return the columns, those that repeat an earlier one's period and status not to be read."""
    seen: set[tuple[Any, ...]] = set()
    found = {}
    for column, one in columns.items():
        what = (one.status, one.year, one.period, one.is_council)
        if one.kind == "figure" and what in seen:
            why = Text("cột trước đã có số của kỳ này", "an earlier column has this period")
            one = Heading("other", one.text, why=why)
        seen.add(what)
        found[column] = one
    return found


def _label_column(grid: Grid, columns: dict[int, Heading], first: int, end: int) -> int:
    """Return the column of the names: as its heading says, else the one with most words."""
    named = [
        column for column, one in columns.items()
        if one.kind == "label" and any(_words(row[column]) for row in grid[first:end])
    ]  # fmt: skip
    if named:
        return named[0]
    words = {
        column: sum(len(_text(row[column])) for row in grid[first:end] if not _is_year(row[column]))
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


_NUMBERING = re.compile(
    r"(?P<upper>[IVX]{1,5}[.)/]|[A-H][.)])\s*|(?P<number>\d+(?:\.\d+)*[.)]|\d+(?:\.\d+)+(?=\s))\s*"
    r"|(?P<lower>[a-zđ][.)/])\s*|(?P<minus>-)\s*|(?P<plus>[+*•])\s*"
)
_WITHIN = re.compile(r"(?i)^trong đó\s*:?\s*|[,;:(]?\s*trong đó\s*:?\)?\s*$|\s*:$")
_DITTO = ('"', "''", "”", "nt", "-nt-", "//", "“", "như trên")
_TOTALS = ("tong cong", "cong", "tong so", "tong", "cong tong")


@dataclass
class _Rows:
    """The rows of a table, taken one after the other."""

    columns: dict[int, Heading]
    label: int
    report: Report
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    left_out: list[tuple[str, str, Text]] = field(default_factory=list)
    above: list[tuple[int, int, str]] = field(default_factory=list)
    unit: str = ""

    def take(self, row: Sequence[Cell], filled: Sequence[Cell]) -> None:
        """Take one row: a figure's, a heading of a part, a note or nothing."""
        names = [c for c, one in self.columns.items() if one.kind == "label"]
        places = dict.fromkeys([self.label, *names, *range(self.label - 1, -1, -1)])
        at = next((c for c in places if _words(filled[c])), self.label)
        label, whole = filled[at], _text(filled[at])
        indent = _indent(label) + 100 * max(at - self.label, 0)
        read = {c for c, one in self.columns.items() if one.kind in ("figure", "check")}
        cells = {c: row[c] for c in sorted(read) if not is_blank(row[c])}
        figures = [c for c in cells if self.columns[c].kind == "figure"]
        if not whole or _is_numbering(_distinct(row)):
            if figures:
                why = Text("dòng không có tên", "a row without a name")
                self.left_out.append((cells[figures[0]].coordinate, _text(cells[figures[0]]), why))
            return
        rank, name = self._rank(whole, row, indent)
        name, unit = _name_and_unit(name)
        if not figures:
            self.notes.append(whole)
        elif simple(name) in _TOTALS:
            self.left_out.append((label.coordinate, whole, Text("dòng cộng", "a total")))
        else:
            parents = tuple(text for level, _, text in self.above if 1 < level < rank)
            unit = unit or self._unit_beside(row)
            self.rows.append(Row(label, name, parents, unit, cells))
        self.above = [one for one in self.above if one[0] < rank]
        self.above.append((rank, indent, name))

    def _rank(self, whole: str, row: Sequence[Cell], indent: int) -> tuple[int, str]:
        """Return how deep a row lies, by its numbering, and its name without it."""
        number = next((_text(row[c]) for c, h in self.columns.items() if h.kind == "number"), "")
        match = _NUMBERING.match(f"{number}." if number and number[-1].isalnum() else number)
        own = _NUMBERING.match(whole)
        name = whole[own.end() :].strip() if own and own.end() < len(whole) else whole
        used = own or match
        if re.match(r"(?i)trong đó", name):
            return 8, name
        if used is None:
            level, before, _ = self.above[-1] if self.above else (2, indent, "")
            if indent != before:
                return (8 if indent > before else 2), name
            return max(level, 2), name
        kind, text = str(used.lastgroup), used[0].strip(" .)")
        depth = {"upper": 1, "number": 2 + text.count("."), "lower": 5, "minus": 6, "plus": 7}
        return depth[kind], name

    def _unit_beside(self, row: Sequence[Cell]) -> str:
        """Return the unit in the row's own column, a ditto mark for the one above."""
        column = next((c for c, one in self.columns.items() if one.kind == "unit"), None)
        text = _text(row[column]) if column is not None else ""
        if text in _DITTO:
            return self.unit
        self.unit = text
        return text


def _indent(cell: Cell) -> int:
    """Return by how many blanks the name in a cell is moved in."""
    text = cell.value if isinstance(cell.value, str) else ""
    return len(text) - len(text.lstrip())


def _words(cell: Cell) -> bool:
    """Return whether a cell holds a name rather than a number of its row."""
    return isinstance(cell.value, str) and len(re.sub(r"[^\w]", "", cell.value)) > 3


def _name_and_unit(name: str) -> tuple[str, str]:
    """Return the name of a row without "trong đó" and its unit, and the unit.

    Examples
    --------
    >>> _name_and_unit("Tốc độ tăng GRDP (%), trong đó:")
    ('Tốc độ tăng GRDP', '%')
    >>> _name_and_unit("Tổng giá trị sản phẩm (giá so sánh 2010) (Tỷ đồng)")
    ('Tổng giá trị sản phẩm (giá so sánh 2010)', 'Tỷ đồng')
    """
    text = _WITHIN.sub("", _WITHIN.sub("", name)).strip(" ,;:-+*•")
    unit = ""
    for match in re.finditer(r"\(([^()]*)\)", text):
        inner = re.sub(r"(?i)^(đvt|đơn vị( tính)?) ?: ?", "", match[1]).strip()
        if is_unit(inner):
            unit, text = inner, (text[: match.start()] + text[match.end() :]).strip(" ,;:")
            break
    return re.sub(r"\s+", " ", text), unit
