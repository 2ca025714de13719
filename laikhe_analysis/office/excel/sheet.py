"""What every sheet is made with: looks, names, tables as data, pages that print on A4."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from laikhe_analysis.messages import Text, _, capital
from laikhe_analysis.office.excel.cells import (
    Cell,
    Column,
    Line,
    Row,
    Words,
    address,
    identifier,
)
from laikhe_analysis.vietnamese import unit_label
from laikhe_analysis.vietnamese import words as words_of

__all__ = ["Book", "Sheet"]

_FONT = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"}
_BOX = _FONT | {"border": 1, "border_color": "#A6A6A6"}
_TYPED = {"bg_color": "#FFF8D6", "font_color": "#1F3864"}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": _FONT | {"bold": True, "font_size": 14},
    "part": _FONT | {"bold": True, "font_size": 12},
    "note": _FONT | {"italic": True, "text_wrap": True, "valign": "top"},
    "plain": _FONT | {"text_wrap": True, "valign": "top"},
    "head": _BOX | {"bold": True, "align": "center", "text_wrap": True, "bg_color": "#DDE6F0"},
    "text": _BOX | {"text_wrap": True, "indent": 1},
    "bold": _BOX | {"text_wrap": True, "bold": True, "indent": 1},
    "small": _BOX | {"text_wrap": True, "font_size": 9, "indent": 1},
    "number": _BOX | {"align": "right"},
    "strong": _BOX | {"align": "right", "bold": True},
    "input": _BOX | _TYPED | {"align": "right"},
    "choice": _BOX | _TYPED | {"text_wrap": True, "font_size": 9},
    "closed": _BOX | {"bg_color": "#F2F2F2"},
}


_CLASSES = {"achieved": "#D9EAD3", "on_track": "#E2F0D9", "moderate": "#FFF2CC",
            "insufficient": "#FCE4D6", "away": "#F8CBAD", "not_assessed": "#F2F2F2"}  # fmt: skip
_LOOKS |= {name: _LOOKS["text"] | {"bg_color": colour} for name, colour in _CLASSES.items()}

_ACROSS = 690.0
"""Width of what is printed on A4 lying across, with room for other programs' wider columns. [points]"""

_LINE = {"small": (0.72, 11.5), "choice": (0.7, 11.5), "note": (0.8, 14.5), "plain": (0.8, 14.5),
         "head": (0.9, 14.5), "bold": (0.86, 14.5)}  # fmt: skip
"""Width of a letter of a look, in widths of a digit, and height of its line; else 0.85. [points]"""


class Book:
    """A workbook being written in one language; `lines` says where every quantity stands."""

    def __init__(self, stream: Any, lang: str, years: range, commune: str) -> None:
        import xlsxwriter

        self.lang, self.years, self.commune = lang, years, commune
        options = {
            "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {"font_name": "Times New Roman", "font_size": 11},
        }  # fmt: skip
        self.file = xlsxwriter.Workbook(stream, options)
        self.lines: dict[tuple[str, ...], Line] = {}
        self._formats: dict[tuple[str, str], Any] = {}

    def say(self, text: Words) -> str:
        """Return a text in the language of the workbook."""
        found = text if isinstance(text, str) else text.pick(self.lang)
        return unicodedata.normalize("NFC", found)

    def word(self, name: str) -> str:
        """Return the words for a name used in files, with a capital letter."""
        return capital(self.say(words_of(name)))

    def origin(self, name: str) -> Cell:
        """Return the cell that says what a number rests on."""
        return Cell(words_of(name) if name else None, "small")

    def unit(self, unit: str) -> Cell:
        """Return the cell of a unit."""
        return Cell(unit_label(unit, self.lang) if unit else None, "small")

    def format(self, look: str, shown: str = "") -> Any:
        """Return the format of a look and a number format.

        The code `42A` makes LibreOffice show Vietnamese separators even where it is set up for
        English; Excel takes those of the computer.
        """
        if (look, shown) not in self._formats:
            mark = "[$-42A]" if self.lang == "vi" else ""
            extra = {"num_format": mark + shown} if shown else {}
            self._formats[look, shown] = self.file.add_format(_LOOKS[look] | extra)
        return self._formats[look, shown]

    def define(self, where: str, *key: str) -> str:
        """Give cells a name, and return it."""
        name = identifier(*key)
        self.file.define_name(name, f"={where}")
        return name


class Sheet:
    """One sheet, written from top to bottom; formulas carry the value that Python has."""

    def __init__(
        self, book: Book, name: Words, title: Words, widths: Sequence[float], printed: int = 0
    ) -> None:
        self.book, self.name, self.widths = book, book.say(name), widths
        self.ws, self.row = book.file.add_worksheet(self.name), 0
        self.heights: dict[int, float] = {}
        self.last = (printed or len(widths)) - 1
        for column, width in enumerate(widths):
            self.ws.set_column(column, column, width)
        self.ws.hide_gridlines(2)
        self.ws.set_paper(9)
        self.ws.set_landscape()
        self.ws.set_margins(left=0.5, right=0.4, top=0.6, bottom=0.6)
        self.ws.fit_to_pages(1, 0)
        plain = book.commune.replace("&", "&&")
        self.ws.set_footer(f"&L&9{plain}&C&9&P/&N&R&9&A")
        self.part(title, "title")

    def part(self, text: Words, look: str = "part") -> None:
        """Write the heading of a part, after an empty row unless it is the first."""
        self.row += bool(self.row)
        self.ws.write_string(self.row, 0, self.book.say(text), self.book.format(look))
        self.row += 1

    def note(self, text: Words, look: str = "note") -> None:
        """Write a paragraph over the whole width."""
        said, look_of = self.book.say(text), self.book.format(look)
        self.ws.merge_range(self.row, 0, self.row, self.last, "", look_of)
        self.ws.write_string(self.row, 0, said, look_of)
        self._grow(self.row, said, sum(self.widths[: self.last + 1]), look)
        self.row += 1

    def _grow(self, row: int, text: str, width: float, look: str) -> None:
        """Make a row high enough for a text of some width: not every program does it by itself."""
        letter, height = _LINE.get(look, (0.85, 14.5))
        lines = textwrap.wrap(text, max(4, int((width - 2) / letter)))
        self.heights[row] = max(self.heights.get(row, 15.0), len(lines) * height + 2.5)

    def head(
        self, headings: Iterable[Words], *, freeze: int | None = None, repeat: bool = True
    ) -> int:
        """Write a row of headings and return it; with `freeze` it stays in view, and columns too.

        On paper it stands above every page, unless other tables follow (`repeat`).
        """
        if freeze is not None:
            self.ws.freeze_panes(self.row + 1, freeze)
            if repeat:
                self.ws.repeat_rows(self.row)
        return self.line([Cell(heading, "head") for heading in headings])

    def line(self, cells: Row) -> int:
        """Write a row of cells, and return its number."""
        for column, one in enumerate(cells):
            self.write(self.row, column, one)
        self.row += 1
        return self.row - 1

    def write(self, row: int, column: int, what: Cell | Words | float | None) -> None:
        """Write a cell: text as text whatever it begins with, a number, or a formula."""
        one = what if isinstance(what, Cell) else Cell(what)
        value: Any = one.value
        if isinstance(value, str | Text):
            value = self.book.say(value)
        elif value is None or value != value:
            value = ""
        look = self.book.format(one.look, one.shown)
        if isinstance(value, str) and column < len(self.widths) and one.look != "number":
            self._grow(row, value, self.widths[column], one.look)
        if one.formula:
            self.ws.write_formula(row, column, f"={one.formula}", look, value)
        elif value == "":
            self.ws.write_blank(row, column, None, look)
        elif isinstance(value, str):
            self.ws.write_string(row, column, value, look)
        else:
            self.ws.write_number(row, column, value, look)

    def table(self, columns: Sequence[Column], rows: Iterable[Any], *, freeze: int) -> int:
        """Write a table, one row for each of `rows`; return the row of its headings."""
        top = self.head([column.heading for column in columns], freeze=freeze)
        for each in rows:
            self.line([column.cell(each) for column in columns])
        return top

    def yearly(
        self, key: tuple[str, ...], left: Row, years: Sequence[Cell], right: Row = (),
        *, first: int | None = None,
    ) -> Line:  # fmt: skip
        """Write a row of years from the book's first year on (or `first`); keep and name its place.

        The name is that of the years that are not closed.
        """
        start = self.book.years[0] if first is None else first
        place = Line(self.name, self.row, len(left), start)
        self.book.lines[key] = place
        open_years = [start + i for i, one in enumerate(years) if one.look != "closed"]
        if open_years:
            self.book.define(place.at(open_years[0], open_years[-1]), *key)
        self.line([*left, *years, *right])
        return place

    def at(self, row: int, column: int, *last: int) -> str:
        """Return an address of this sheet as other sheets write it; with `last` that of a block."""
        end = ":" + address(*last) if last else ""
        return f"'{self.name}'!{address(row, column)}{end}"

    def choose(self, row: int, column: int, source: str | list[str]) -> None:
        """Let a cell be chosen from a list."""
        wrong = str(_("Chọn một dòng trong danh sách."))
        rule = {"validate": "list", "source": source, "error_title": "!", "error_message": wrong}
        self.ws.data_validation(row, column, row, column, rule)

    def limit(self, block: tuple[int, int, int, int], low: float, high: float) -> None:
        """Let cells hold numbers of a range only."""
        wrong = str(_("Nhập một số từ {low:=} đến {high:=}.", low=low, high=high))
        self.ws.data_validation(*block, {
            "validate": "decimal", "criteria": "between", "minimum": low, "maximum": high,
            "error_title": "!", "error_message": wrong,
        })  # fmt: skip

    def fold(self, first: int, last: int) -> None:
        """Fold rows away: a click on the margin shows them."""
        for row in range(first, last + 1):
            self.heights.pop(row, None)
            self.ws.set_row(row, None, None, {"level": 1, "hidden": True})
        self.ws.set_row(last + 1, None, None, {"collapsed": True})

    def begin_pages(self, rows: Sequence[int]) -> None:
        """Begin a page at each of the rows.

        Excel forgets such breaks where a sheet is fitted to pages, so the scale of one page's width
        is set instead.
        """
        width = sum(5.25 * width + 3.75 for width in self.widths[: self.last + 1])
        self.ws.set_print_scale(max(10, min(100, int(100 * _ACROSS / width))))
        self.ws.set_h_pagebreaks(rows)

    def finish(self) -> None:
        """Set the heights of rows, and what is printed: all rows so far."""
        for row, height in self.heights.items():
            if height > 18:
                self.ws.set_row(row, height)
        self.ws.print_area(0, 0, max(self.row - 1, 0), self.last)
