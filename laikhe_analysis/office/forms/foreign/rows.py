"""The rows of a table: what is one, what it is called, in which unit, as part of which other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from laikhe_analysis.messages import Text, _
from laikhe_analysis.office.forms.foreign.headings import Heading, simple
from laikhe_analysis.office.forms.sheets import Cell
from laikhe_analysis.vietnamese import is_unit, unified

__all__ = ["Row", "RowReader", "distinct", "has_words", "is_figure", "is_numbering", "is_year",
           "text_of"]  # fmt: skip

_EMPTY = frozenset(
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
    merged : tuple of Cell
        Cells of figures that reach into others of the table.
    """

    label: Cell
    text: str
    parents: tuple[str, ...]
    unit: str
    cells: dict[int, Cell]
    merged: tuple[Cell, ...] = ()

    @property
    def key(self) -> str:
        """The name by which the row is known again in next year's table."""
        names = [*self.parents[-1:], self.text]
        return " > ".join(re.sub(r"\s*(năm )?(19|20)\d\d\b", "", unified(name)) for name in names)


def _is_blank(cell: Cell) -> bool:
    """Return whether a cell holds no figure: nothing, a dash, dots."""
    value = cell.value
    nothing = value is None and not cell.is_formula
    return nothing or (isinstance(value, str) and unified(value).casefold() in _EMPTY)


def text_of(cell: Cell) -> str:
    """Return the text of a cell, a whole number as it is written."""
    value = cell.value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if hasattr(value, "year"):
        value = value.year
    return "" if value is None else unified(value)


def is_year(cell: Cell) -> bool:
    return re.fullmatch(r"(19|20)\d\d", text_of(cell)) is not None


def is_figure(cell: Cell) -> bool:
    """Return whether a cell holds a number, alone or in a text such as "6,5-7,5" or "(3,26)"."""
    number = r"[~<>≈≥≤(+-]*\d[\d.,]*"
    return re.fullmatch(rf"{number}\)?( ?[-/] ?{number})?%?", text_of(cell)) is not None


def distinct(row: Iterable[Cell]) -> list[str]:
    """Return the texts of a row, those of merged cells once."""
    return [text_of(cell) for cell in dict.fromkeys(row) if text_of(cell)]


def is_numbering(texts: Sequence[str]) -> bool:
    """Return whether a row only numbers the columns: "A, B, 1, 2, 3=2/1"."""
    return len(texts) > 2 and all(
        re.fullmatch(r"[A-Za-z]|\(?\d{1,2}\)?|\(?\d{1,2}\)? ?[=:].*|\(\d+\) ?=.*", one)
        for one in texts
    )


_NUMBERING = re.compile(
    r"(?P<upper>[IVX]{1,5}[.)/]|[A-H][.)])\s*|(?P<number>\d+(?:\.\d+)*[.)]|\d+(?:\.\d+)+(?=\s))\s*"
    r"|(?P<lower>[a-zđ][.)/])\s*|(?P<minus>-)\s*|(?P<plus>[+*•])\s*"
)
_WITHIN = re.compile(r"(?i)^trong đó\s*:?\s*|[,;:(]?\s*trong đó\s*:?\)?\s*$|\s*:$")
_DITTO = ('"', "''", "”", "nt", "-nt-", "//", "“", "như trên")
_TOTALS = ("tong cong", "cong", "tong so", "tong", "cong tong")


@dataclass
class RowReader:
    """The rows of a table, taken one after the other."""

    columns: dict[int, Heading]
    label: int
    rows: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    left_out: list[tuple[str, str, Text]] = field(default_factory=list)
    above: list[tuple[int, int, str]] = field(default_factory=list)
    unit: str = ""

    def take(self, row: Sequence[Cell], filled: Sequence[Cell]) -> None:
        """Take one row: a figure's, a heading of a part, a note or nothing."""
        names = [c for c, one in self.columns.items() if one.kind == "label"]
        places = dict.fromkeys([self.label, *names, *range(self.label - 1, -1, -1)])
        at = next((c for c in places if has_words(filled[c])), self.label)
        label, whole = filled[at], text_of(filled[at])
        indent = _indent(label) + 100 * max(at - self.label, 0)
        read = {c for c, one in self.columns.items() if one.kind in ("figure", "check")}
        cells = {c: row[c] for c in sorted(read) if not _is_blank(row[c])}
        figures = [c for c in cells if self.columns[c].kind == "figure"]
        merged = [
            filled[c] for c, one in self.columns.items()
            if one.kind == "figure" and _is_blank(row[c]) and is_figure(filled[c])
        ]  # fmt: skip
        if not whole or is_numbering(distinct(row)):
            if figures:
                why = _("dòng không có tên")
                self.left_out.append(
                    (cells[figures[0]].coordinate, text_of(cells[figures[0]]), why)
                )
            return
        rank, name = self._rank(whole, row, indent)
        name, unit = _name_and_unit(name)
        if not figures and not merged:
            self.notes.append(whole)
        elif simple(name) in _TOTALS:
            self.left_out.append((label.coordinate, whole, _("dòng cộng")))
        else:
            parents = tuple(text for level, _unused, text in self.above if 1 < level < rank)
            unit = unit or self._unit_beside(row)
            self.rows.append(Row(label, name, parents, unit, cells, tuple(merged)))
        self.above = [one for one in self.above if one[0] < rank]
        self.above.append((rank, indent, name))

    def _rank(self, whole: str, row: Sequence[Cell], indent: int) -> tuple[int, str]:
        """Return how deep a row lies, by its numbering, and its name without it."""
        number = next((text_of(row[c]) for c, h in self.columns.items() if h.kind == "number"), "")
        match = _NUMBERING.match(f"{number}." if number and number[-1].isalnum() else number)
        own = _NUMBERING.match(whole)
        name = whole[own.end() :].strip() if own and own.end() < len(whole) else whole
        used = own or match
        if re.match(r"(?i)trong đó", name):
            return 8, name
        if used is None:
            level, before, _unused = self.above[-1] if self.above else (2, indent, "")
            if indent != before:
                return (8 if indent > before else 2), name
            return max(level, 2), name
        kind, text = str(used.lastgroup), used[0].strip(" .)")
        depth = {"upper": 1, "number": 2 + text.count("."), "lower": 5, "minus": 6, "plus": 7}
        return depth[kind], name

    def _unit_beside(self, row: Sequence[Cell]) -> str:
        """Return the unit in the row's own column, a ditto mark for the one above."""
        column = next((c for c, one in self.columns.items() if one.kind == "unit"), None)
        text = text_of(row[column]) if column is not None else ""
        if text in _DITTO:
            return self.unit
        self.unit = text
        return text


def _indent(cell: Cell) -> int:
    """Return by how many blanks the name in a cell is moved in."""
    text = cell.value if isinstance(cell.value, str) else ""
    return len(text) - len(text.lstrip())


def has_words(cell: Cell) -> bool:
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
