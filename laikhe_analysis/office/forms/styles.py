"""How the cells of a form look, and how its sheets are printed."""

from __future__ import annotations

from typing import Any

from laikhe_analysis.vietnamese import COUNTED, written_unit

__all__ = ["Styles", "set_up"]


class Styles:
    """The cell formats of a form."""

    def __init__(self, book: Any) -> None:
        font = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
        boxed = font | {"border": 1, "text_wrap": True}
        self.title = book.add_format(font | {"bold": True, "font_size": 14, "align": "center"})
        self.reminder = book.add_format(
            font | {"italic": True, "align": "center", "text_wrap": True}
        )
        self.label = book.add_format(
            font | {"bold": True, "align": "right", "text_wrap": True, "border": 1, "indent": 1}
        )
        self.text = book.add_format(font | {"text_wrap": True})
        self.bold = book.add_format(font | {"bold": True, "text_wrap": True})
        self.head = book.add_format(
            boxed | {"bold": True, "align": "center", "bg_color": "#DDE6F0"}
        )
        self.cell = book.add_format(boxed)
        self.closed = book.add_format(boxed | {"bg_color": "#E4E4E4"})
        self.grey = book.add_format(boxed | {"font_color": "#808080", "font_size": 8})
        self.typed = book.add_format(boxed | {"bg_color": "#FFF8D6", "locked": False, "indent": 1})
        self.share = book.add_format(
            boxed | {"bg_color": "#FFF8D6", "locked": False, "num_format": "0.##%"}
        )
        self._numbers: dict[str, Any] = {}
        self._boxed, self._book = boxed, book

    def number(self, unit: str) -> Any:
        """Return the format of a number to type: grouped counts, plain per cents, up to three decimals.

        The code `42A` makes LibreOffice read and show Vietnamese signs on any computer; per cents
        stay General so that Excel marks what is typed as "12%".
        """
        code = "#,##0" if unit in COUNTED else "#,##0.0##"
        code = "General" if written_unit(unit).startswith("%") else f"[$-42A]{code}"
        if code not in self._numbers:
            self._numbers[code] = self._book.add_format(
                self._boxed
                | {"num_format": code, "align": "right", "bg_color": "#FFF8D6", "locked": False}
            )
        return self._numbers[code]


def set_up(sheet: Any, footer: str, header: int, left: int) -> None:
    """Set up A4 across, the header on every page, and what may be done on a protected sheet."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.8, right=0.5, top=0.7, bottom=0.7)
    sheet.repeat_rows(header)
    sheet.set_footer("&L" + footer.replace("&", "&&") + "&R&P/&N")
    sheet.freeze_panes(header + 1, left)
    sheet.protect(
        "", {"format_cells": True, "format_columns": True, "format_rows": True, "sort": False}
    )
