"""What every sheet of the workbook is made with: formats, cells, names, pages that print on A4."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from laikhe_analysis.checks import Text
from laikhe_analysis.office.excel.cells import capital, cell
from laikhe_analysis.office.forms.form import sheet_names
from laikhe_analysis.office.word.material import Material
from laikhe_analysis.vietnamese import label, unit_label

__all__ = ["WIDE", "Book", "Page", "Sheet", "Value"]

Value = float | int | str | None
"""What a cell may hold."""

INPUT, HEAD, MUTED = "#FFF8D6", "#DDE6F0", "#F2F2F2"
WIDE = 46.0
"""Width of a column of reasons. [characters]"""

_FONT = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"}
_BOX = _FONT | {"border": 1, "border_color": "#A6A6A6"}
_KINDS: dict[str, dict[str, Any]] = {
    "title": _FONT | {"bold": True, "font_size": 14},
    "plain": _FONT | {"text_wrap": True, "valign": "top"},
    "part": _FONT | {"bold": True, "font_size": 12},
    "note": _FONT | {"italic": True, "text_wrap": True, "valign": "top"},
    "head": _BOX | {"bold": True, "align": "center", "text_wrap": True, "bg_color": HEAD},
    "text": _BOX | {"text_wrap": True, "indent": 1},
    "bold": _BOX | {"text_wrap": True, "bold": True, "indent": 1},
    "small": _BOX | {"text_wrap": True, "font_size": 9, "indent": 1},
    "number": _BOX | {"align": "right"},
    "strong": _BOX | {"align": "right", "bold": True},
    "input": _BOX | {"align": "right", "bg_color": INPUT, "font_color": "#1F3864"},
    "choice": _BOX | {"text_wrap": True, "bg_color": INPUT, "font_color": "#1F3864"},
    "pick": _BOX | {"text_wrap": True, "bg_color": INPUT, "font_color": "#1F3864", "font_size": 8},
    "faint": _BOX | {"align": "right", "font_color": "#808080", "font_size": 9},
    "closed": _BOX | {"bg_color": MUTED},
}

_ACROSS = 690.0
"""Width of what is printed on A4 lying across, with room for other programs' wider columns. [points]"""

_LINE = {
    "text": (0.82, 14.5), "bold": (0.88, 14.5), "head": (0.88, 14.5), "small": (0.66, 11.5),
    "choice": (0.82, 14.5), "pick": (0.59, 10.5), "note": (0.78, 14.5), "plain": (0.82, 14.5),
}  # fmt: skip
"""Width of a letter of a look, in widths of a digit, and height of its line. [points]"""


@dataclass(frozen=True)
class Page:
    """How a sheet looks: its heading, the widths of its columns, the notes above the table.

    It is printed one page wide, on as many pages as it needs; `printed` is how many columns are.
    """

    title: str
    widths: tuple[float, ...]
    notes: tuple[str, ...] = ()
    printed: int = 0


class Book:
    """A workbook being written, with one format per look and one name per sheet."""

    def __init__(
        self, stream: Any, material: Material, sheets: Mapping[str, str], lang: str
    ) -> None:
        import xlsxwriter

        self.material, self.lang = material, lang
        options = {
            "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {"font_name": "Times New Roman", "font_size": 11},
        }  # fmt: skip
        self.file = xlsxwriter.Workbook(stream, options)
        self.names = _sheet_names(sheets)
        self.entries: list[Any] = []
        self._formats: dict[tuple[str, str, str], Any] = {}
        self._named: set[str] = set()

    def say(self, vi: str, en: str) -> str:
        """Return the text in the language of the workbook."""
        return Text(vi, en).pick(self.lang)

    @property
    def commune(self) -> str:
        """The name of the commune."""
        commune = self.material.data.commune
        return commune.name_en if self.lang == "en" and commune.name_en else commune.name

    def word(self, name: str) -> str:
        """Return the words for a name used in files, with a capital letter."""
        return capital(label(name, self.lang))

    def unit(self, unit: str) -> str:
        """Return the words for a unit."""
        return unit_label(unit, self.lang)

    def format(self, kind: str, shown: str = "", colour: str = "") -> Any:
        """Return the format of a kind of cell, with a number format and a background."""
        key = kind, shown, colour
        if key not in self._formats:
            look = dict(_KINDS[kind])
            if shown:
                look["num_format"] = self.number(shown)
            if colour:
                look["bg_color"] = colour
            self._formats[key] = self.file.add_format(look)
        return self._formats[key]

    def number(self, shown: str) -> str:
        """Return a number format with the signs of the workbook's language on any computer.

        Excel takes the signs of the computer as it is; the code `42A` makes LibreOffice show
        Vietnamese ones even where it is set up for English, as the texts of the sheets have them.
        """
        return f"[$-42A]{shown}" if self.lang == "vi" else shown

    def sheet(self, name: str, page: Page) -> Sheet:
        """Return a new sheet with its heading."""
        return Sheet(self, self.names[name], page)

    def define(self, name: str, where: str) -> str:
        """Give a block of cells a name, and return the name.

        Raises
        ------
        ValueError
            If the name is taken.
        """
        if name in self._named:
            raise ValueError(f"the name {name} is given twice.")
        self._named.add(name)
        self.file.define_name(name, f"={where}")
        return name


class Sheet:
    """One sheet: cells are written with their look, formulas with the value that Python has."""

    def __init__(self, book: Book, name: str, page: Page) -> None:
        self.book, self.name, self.page = book, name, page
        self.ws = book.file.add_worksheet(name)
        self.row = 0
        self._heights: dict[int, float] = {}
        for column, width in enumerate(page.widths):
            self.ws.set_column(column, column, width, book.format("note"))
        self.ws.hide_gridlines(2)
        self.ws.set_paper(9)
        self.ws.set_landscape()
        self.ws.set_margins(left=0.5, right=0.4, top=0.6, bottom=0.6)
        self.ws.fit_to_pages(1, 0)
        self.ws.set_footer(f"&L&9{_plain(book.commune)}&C&9&P/&N&R&9&A")
        self.ws.write_string(0, 0, page.title, book.format("title"))
        self.row = 1
        for note in page.notes:
            self.note(note)

    @property
    def last_column(self) -> int:
        """The last column that is printed."""
        return (self.page.printed or len(self.page.widths)) - 1

    def note(self, text: str, *, kind: str = "note") -> None:
        """Write a paragraph over the whole width, and go on beneath it."""
        self.across(text, self.last_column, kind)
        self.row += 1

    def across(self, text: str, last: int, kind: str = "text") -> None:
        """Write a paragraph over the columns up to `last`."""
        look = self.book.format(kind)
        self.ws.merge_range(self.row, 0, self.row, last, "", look)
        self.ws.write_string(self.row, 0, unicodedata.normalize("NFC", text), look)
        self._grow(self.row, text, sum(self.page.widths[: last + 1]), kind)

    def block(self, columns: tuple[int, int], text: str, kind: str) -> None:
        """Write text over some columns of the current row."""
        first, last = columns
        if first < last:
            self.ws.merge_range(self.row, first, self.row, last, "", self.book.format(kind))
        self.write(first, text, kind)
        self._grow(self.row, text, sum(self.page.widths[first : last + 1]), kind)

    def _grow(self, row: int, text: str, width: float, kind: str) -> None:
        """Make a row high enough for a text of some width: not every program does it by itself."""
        if kind in _LINE:
            letter, height = _LINE[kind]
            room = max(4, int((width - 1.5) / letter))
            lines = len(textwrap.wrap(text, room)) or 1
            self._heights[row] = max(self._heights.get(row, 0.0), lines * height + 2.5)

    def part(self, text: str, *, kind: str = "part") -> None:
        """Write the heading of a part, after an empty row."""
        self.row += 1
        self.ws.write_string(self.row, 0, text, self.book.format(kind))
        self.row += 1

    def head(self, headings: Sequence[str], *, freeze: int | None = None) -> None:
        """Write a row of headings; with `freeze` it and the first columns stay in view."""
        for column, heading in enumerate(headings):
            self.write(column, heading, "head")
        if freeze is not None:
            self.ws.freeze_panes(self.row + 1, freeze)
            self.ws.repeat_rows(self.row)
        self.row += 1

    def write(
        self, column: int, value: Value, kind: str = "text", shown: str = "", *, row: int = -1
    ) -> None:
        """Write a value in the current row: text as text whatever it begins with, or a number."""
        row, look = self.row if row < 0 else row, self.book.format(kind, shown)
        if value is None or value == "":
            self.ws.write_blank(row, column, None, look)
        elif isinstance(value, str):
            self.ws.write_string(row, column, unicodedata.normalize("NFC", value), look)
            if column < len(self.page.widths):
                self._grow(row, value, self.page.widths[column], kind)
        else:
            self.ws.write_number(row, column, value, look)

    def line(
        self, values: Sequence[Value], kinds: Mapping[int, tuple[str, str]] | None = None
    ) -> None:
        """Write a row of values and go on; `kinds` are the looks of columns that are no text."""
        for column, value in enumerate(values):
            self.write(column, value, *(kinds or {}).get(column, ("text", "")))
        self.row += 1

    def formula(
        self, column: int, formula: str, value: Value, kind: str = "number", shown: str = "",
        *, row: int = -1,
    ) -> str:  # fmt: skip
        """Write a formula with the value that Python has for it, and return its address."""
        row = self.row if row < 0 else row
        look = self.book.format(kind, shown)
        self.ws.write_formula(row, column, f"={formula}", look, "" if value is None else value)
        if isinstance(value, str):
            self._grow(row, value, self.page.widths[column], kind)
        return cell(row, column)

    def at(self, address: str) -> str:
        """Return an address of this sheet as other sheets write it."""
        return f"'{self.name}'!{address}"

    def choose(self, address: tuple[int, int], source: str | Sequence[str]) -> None:
        """Let a cell be chosen from a list."""
        wrong = self.book.say("Chọn một dòng trong danh sách.", "Choose a line of the list.")
        self.ws.data_validation(
            *address, *address,
            {"validate": "list", "source": source, "error_title": "!", "error_message": wrong},
        )  # fmt: skip

    def limit(self, first: tuple[int, int], last: tuple[int, int], low: float, high: float) -> None:
        """Let cells hold numbers of a range only."""
        wrong = self.book.say(
            f"Nhập một số từ {low:g} đến {high:g}.", f"A number from {low:g} to {high:g}."
        )
        self.ws.data_validation(
            *first, *last,
            {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": high,
             "error_title": "!", "error_message": wrong},
        )  # fmt: skip

    def fold(self, first: int, last: int) -> None:
        """Fold rows away: a click on the margin shows them."""
        for row in range(first, last + 1):
            self._heights.pop(row, None)
            self.ws.set_row(row, None, None, {"level": 1, "hidden": True})
        self.ws.set_row(last + 1, None, None, {"collapsed": True})

    def break_before(self, rows: Sequence[int]) -> None:
        """Begin a page at each of the rows.

        Fitting to pages would undo the breaks, so the scale is set: that of one page's width.
        """
        width = sum(5.25 * width + 3.75 for width in self.page.widths)
        self.ws.set_print_scale(max(10, min(100, int(100 * _ACROSS / width))))
        self.ws.set_h_pagebreaks(rows)

    def finish(self) -> None:
        """Set row heights, and what is printed: all rows so far."""
        for row, height in self._heights.items():
            if height > 18:
                self.ws.set_row(row, height)
        self.ws.print_area(0, 0, max(self.row - 1, 0), self.last_column)


def _sheet_names(sheets: Mapping[str, str]) -> dict[str, str]:
    """Return the name of each sheet by its key, as Excel takes it, no two alike."""
    found: dict[str, str] = {}
    for key, wanted in sheets.items():
        clean = next(iter(sheet_names([wanted]).values()))
        taken, name, number = {one.casefold() for one in found.values()}, clean, 2
        while name.casefold() in taken:
            name, number = f"{clean[:27]} ({number})", number + 1
        found[key] = name
    return found


def _plain(text: str) -> str:
    """Return a text for a page footer, where "&" begins a code."""
    return text.replace("&", "&&")
