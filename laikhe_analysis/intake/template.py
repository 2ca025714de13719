"""Write the workbook that the commune's offices fill in: one sheet each, one row a figure."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from laikhe_analysis.checks import RefusalError, Text
from laikhe_analysis.data import Dataset
from laikhe_analysis.intake.form import (
    COMMON_SOURCE,
    HEADINGS,
    META,
    PERIOD_WORDS,
    SCHEMA,
    SOURCE_CELL,
    Field,
    check_year,
    fields_asked,
    last_known,
    period_words,
    sheet_names,
)
from laikhe_analysis.intake.guide import REMINDER, before_founding, write_guide
from laikhe_analysis.intake.safe_files import put_new
from laikhe_analysis.intake.safe_folders import is_inside
from laikhe_analysis.intake.typed import CHOICES, STATUS_WORDS
from laikhe_analysis.intake.written import status_word
from laikhe_analysis.vietnamese import (
    COUNTED,
    as_written,
    label,
    sentence,
    unit_label,
    written_unit,
)

__all__ = ["write_template"]

_WIDTHS = {"id": 13, "clause": 7, "name": 44, "unit": 14, "last": 12, "when": 15, "value": 20,
           "status": 12, "note": 30}  # fmt: skip
_SOURCE_ROW, _HEADER_ROW = 3, 4
_WITH_OLD = Text("(cộng cả phần của các xã cũ)", "the former communes' part included")


def write_template(
    data: Dataset, path: str | Path, *, year: int, period: str = "FY", internal: bool = False
) -> Path:
    """Write the form for a period of a year and return its path; whole, or no file at all.

    Parameters
    ----------
    data : Dataset
    path : Path
        Where to write; an existing file, which may be filled in, is never replaced.
    year : int
        The year of the figures. [year]
    period : str
        "FY" full year, "H1" first half, "9M" nine months.
    internal : bool
        Whether rows of restricted access are in it.

    Raises
    ------
    RefusalError
        If there is no such period, the year is far from the plan, the file exists, its folder
        does not, or it cannot be written there.
    """
    path = Path(path)
    _check_period(period)
    check_year(data.commune, year)
    _check_place(path, data.folder)
    asked = [
        field for field in fields_asked(data).values()
        if (internal or field.access == "public") and year >= (field.first_year or year)
    ]  # fmt: skip
    content = io.BytesIO()
    _write(data, content, asked, period, year)
    put_new(path, content.getvalue())
    return path


def _check_period(period: str) -> None:
    """Raise if no form is made for a period."""
    if period not in PERIOD_WORDS:
        raise RefusalError(sentence(
            "kỳ phải là một trong {known}, gặp {period}",
            "the period must be one of {known}, got {period}",
            known=", ".join(PERIOD_WORDS), period=repr(period),
        ), 2)  # fmt: skip


def _check_place(path: Path, data: Path) -> None:
    """Raise if a form cannot be put there: something stands there, or there is no such folder."""
    wrong = {
        Text("đã có tệp này, hãy chọn tên khác", "the file exists already, choose another name"):
            os.path.lexists(path),
        Text("chưa có thư mục chứa tệp này, hãy tạo trước hoặc chọn nơi khác bằng --out",
             "there is no such folder, make it first or choose another place with --out"):
            not path.parent.is_dir(),
        Text(f"nằm trong thư mục số liệu {data}, hãy chọn nơi khác bằng --out",
             f"lies in the data folder {data}, choose another place with --out"):
            is_inside(path, data),
    }  # fmt: skip
    for words, holds in wrong.items():
        if holds:
            raise RefusalError(Text(f"{path}: {words.vi}", f"{path}: {words.en}"), 2)


def _write(
    data: Dataset, content: io.BytesIO, asked: Sequence[Field], period: str, year: int
) -> None:
    """Write the workbook."""
    import xlsxwriter

    book = xlsxwriter.Workbook(content, {"in_memory": True})
    styles = _Styles(book)
    names = sheet_names(dict.fromkeys(field.owner for field in asked))
    before = before_founding(data.commune, year)
    write_guide(book, styles, data.commune.name, period_words(period, year), before)
    for owner, name in names.items():
        mine = [field for field in asked if field.owner == owner]
        _sheet(book.add_worksheet(name), styles, data, mine, (owner, period, year))
    meta = book.add_worksheet(META)
    rows: list[tuple[str, str | int]] = [
        ("schema", SCHEMA), ("commune", data.commune.name), ("year", year), ("period", period),
        *(("sheet", name) for name in names.values()),
    ]  # fmt: skip
    for number, (key, value) in enumerate(rows):
        meta.write_string(number, 0, key)
        (meta.write_number if isinstance(value, int) else meta.write_string)(number, 1, value)
    meta.protect()
    meta.very_hidden()
    book.close()


class _Styles:
    """The cell formats of a form."""

    def __init__(self, book: Any) -> None:
        font = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
        boxed = font | {"border": 1, "text_wrap": True}
        self.title = book.add_format(font | {"bold": True, "font_size": 14, "align": "center"})
        self.subtitle = book.add_format(font | {"italic": True, "align": "center"})
        self.reminder = book.add_format(
            font | {"italic": True, "align": "center", "text_wrap": True}
        )
        self.label = book.add_format(
            font | {"bold": True, "align": "right", "text_wrap": True, "border": 1, "indent": 1}
        )
        self.text = book.add_format(font | {"text_wrap": True})
        self.bold = book.add_format(font | {"bold": True, "text_wrap": True})
        self.italic = book.add_format(font | {"italic": True, "text_wrap": True})
        self.head = book.add_format(
            boxed | {"bold": True, "align": "center", "bg_color": "#DDE6F0"}
        )
        self.cell = book.add_format(boxed)
        self.grey = book.add_format(boxed | {"font_color": "#808080", "font_size": 8})
        self.typed = book.add_format(boxed | {"bg_color": "#FFF8D6", "locked": False, "indent": 1})
        self._numbers: dict[tuple[str, bool], Any] = {}
        self._boxed, self._book = boxed, book

    def number(self, unit: str, *, typed: bool) -> Any:
        """Return the format of a number: grouped counts, plain per cents, up to three decimals.

        The code `42A` makes LibreOffice read and show Vietnamese signs on any computer; per cents
        stay General so that Excel marks what is typed as "12%".
        """
        code = "#,##0" if unit in COUNTED else "#,##0.0##"
        code = "General" if typed and written_unit(unit).startswith("%") else f"[$-42A]{code}"
        if (code, typed) not in self._numbers:
            extra = {"bg_color": "#FFF8D6", "locked": False, "bold": True} if typed else {}
            style = self._boxed | {"num_format": code, "align": "right"} | extra
            self._numbers[code, typed] = self._book.add_format(style)
        return self._numbers[code, typed]


def _sheet(
    sheet: Any, styles: _Styles, data: Dataset, fields: Sequence[Field], place: tuple[str, str, int]
) -> None:
    """Write the sheet of one office."""
    owner, period, year = place
    when, last = period_words(period, year), len(HEADINGS) - 1
    for row, (words, style) in enumerate((
        (f"BIỂU NHẬP SỐ LIỆU - {data.commune.name}", styles.title),
        (f"{owner} - {when.vi}", styles.title),
        (f"{REMINDER.vi}\nData form, {when.en}. {REMINDER.en}", styles.reminder),
    )):  # fmt: skip
        sheet.merge_range(row, 0, row, last, "", style)
        sheet.write_string(row, 0, words, style)
    _common_source(sheet, styles, last)
    for column, (name, heading) in enumerate(HEADINGS.items()):
        vi, en = heading
        if name == "value":
            with_old = before_founding(data.commune, year)
            vi, en = f"{vi} {when.vi}", f"{en} {when.en}"
            if with_old is not None:
                vi, en = f"{vi}\n{_WITH_OLD.vi}", f"{en}, {_WITH_OLD.en}"
        sheet.write_string(_HEADER_ROW, column, f"{vi}\n{en}", styles.head)
        sheet.set_column(column, column, _WIDTHS[name])
    for row, field in enumerate(fields, start=_HEADER_ROW + 1):
        _row(sheet, styles, row, field, data, period)
    sheet.set_row(_SOURCE_ROW - 1, 34)
    sheet.set_row(_HEADER_ROW, 62 if before_founding(data.commune, year) is None else 110)
    _print_setup(sheet, owner)


def _common_source(sheet: Any, styles: _Styles, last: int) -> None:
    """Write the line above the headings where one source for all rows is typed."""
    label = f"{COMMON_SOURCE.vi} (báo cáo, số, ngày)\n{COMMON_SOURCE.en}"
    typed = list(HEADINGS).index("value")
    for first, end, style in ((0, typed - 1, styles.label), (typed, last, styles.typed)):
        sheet.merge_range(_SOURCE_ROW, first, _SOURCE_ROW, end, "", style)
    sheet.write_string(_SOURCE_ROW, 0, label, styles.label)
    sheet.data_validation(SOURCE_CELL, {
        "validate": "any", "input_title": COMMON_SOURCE.vi,
        "input_message": "Ghi một lần cho mọi dòng; dòng có nguồn khác thì ghi ở cột cuối.",
    })  # fmt: skip
    sheet.set_row(_SOURCE_ROW, 36)


def _row(sheet: Any, styles: _Styles, row: int, field: Field, data: Dataset, period: str) -> None:
    """Write the row of one figure."""
    known, column = last_known(data, field, period), {name: i for i, name in enumerate(HEADINGS)}
    sheet.write_string(row, column["id"], field.series_id, styles.grey)
    sheet.write_string(row, column["clause"], field.clause, styles.cell)
    sheet.write_string(row, column["name"], f"{field.asked.vi}\n{field.asked.en}", styles.cell)
    sheet.write_string(row, column["unit"], unit_label(field.unit), styles.cell)
    when = ""
    if known is not None and known.value is not None:
        style = styles.number(field.unit, typed=False)
        sheet.write_number(row, column["last"], as_written(known.value, field.unit), style)
        when = period_words(known.period, known.year).vi
        if known.origin != "official":
            when += f", {label(known.origin)}"
        elif known.status != "final":
            when += f", {status_word(field.series_id, known.status)}"
    else:
        sheet.write_blank(row, column["last"], None, styles.cell)
    sheet.write_string(row, column["when"], when, styles.cell)
    sheet.write_blank(row, column["value"], None, styles.number(field.unit, typed=True))
    sheet.write_blank(row, column["status"], None, styles.typed)
    sheet.write_blank(row, column["note"], None, styles.typed)
    sheet.set_row(row, 34 if len(field.asked.vi) < 60 else 66)
    sheet.data_validation(row, column["value"], row, column["value"], _accepted(field))
    offered = list(STATUS_WORDS)[:3]
    sheet.data_validation(
        row, column["status"], row, column["status"],
        {"validate": "list", "source": offered, "error_title": "Tình trạng",
         "error_message": "Chọn một trong: " + ", ".join(offered)},
    )  # fmt: skip


def _accepted(field: Field) -> dict[str, Any]:
    """Return what a value's cell accepts without a warning, and the hint that it shows."""
    unit, written = unit_label(field.unit), written_unit(field.unit)
    rule: dict[str, Any] = {
        "error_type": "warning", "error_title": "Xem lại số vừa gõ",
        "error_message": f"Số tính bằng {unit}. Vẫn giữ điều vừa gõ?", "input_title": unit[:32],
    }  # fmt: skip
    if field.hint:
        rule["input_message"] = field.hint if len(field.hint) < 256 else f"{field.hint[:254]}…"
    if field.unit in CHOICES:
        words = {number: word for word, number in reversed(list(CHOICES[field.unit].items()))}
        return rule | {"validate": "list", "source": [words[n] for n in sorted(words)[::-1]]}
    low, high = (-100, 1000) if written == "%/year" else (0, 100)
    if written in ("%", "%/year"):
        return rule | {
            "validate": "decimal",
            "criteria": "between",
            "minimum": low,
            "maximum": high,
        }
    return rule | {"validate": "decimal", "criteria": ">=", "value": 0}


def _print_setup(sheet: Any, owner: str) -> None:
    """Set up A4 across, the header on every page, and what may be done on a protected sheet."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=1.18, right=0.6, top=0.8, bottom=0.8)
    sheet.repeat_rows(_HEADER_ROW)
    sheet.set_footer("&L" + owner.replace("&", "&&") + "&R&P/&N")
    sheet.freeze_panes(_HEADER_ROW + 1, 3)
    sheet.protect(
        "", {"format_cells": True, "format_columns": True, "format_rows": True, "sort": False}
    )
