"""Write the workbook that the commune's offices fill in: one sheet each, one row a figure."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from laikhe_analysis.checks import RefusalError
from laikhe_analysis.data import Dataset
from laikhe_analysis.data.layout import PLANNED, REALISED
from laikhe_analysis.data.standing import newest
from laikhe_analysis.messages import _
from laikhe_analysis.office.forms.columns import (
    AREAS,
    HISTORY,
    OFFICE,
    Column,
    columns_of,
    fields_of,
    is_open,
)
from laikhe_analysis.office.forms.form import (
    COMMON_SOURCE,
    GUIDE,
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
from laikhe_analysis.office.forms.guide import REMINDER, before_founding, write_guide
from laikhe_analysis.office.forms.list_sheets import FIRST_OFFER, write_list
from laikhe_analysis.office.forms.lists import LISTS
from laikhe_analysis.office.forms.safe_files import put_new
from laikhe_analysis.office.forms.safe_folders import is_inside
from laikhe_analysis.office.forms.styles import Styles, set_up
from laikhe_analysis.office.forms.typed import CHOICES, STATUS_WORDS
from laikhe_analysis.office.refusal import refuse
from laikhe_analysis.records import Observation
from laikhe_analysis.series import SUPPOSED
from laikhe_analysis.vietnamese import as_written, full_quantity, label, unit_label, written_unit

__all__ = ["write_template"]

_WIDTHS = {"id": 11, "clause": 8, "owner": 16, "name": 42, "unit": 13, "status": 11, "due": 12,
           "note": 28}  # fmt: skip
_FIGURE = 12
_SOURCE_ROW, _HEADER_ROW = 3, 4
_SHEETS = {
    HISTORY: _("Các năm trước"),
    AREAS: _("Theo xã cũ"),
}
_WITH_OLD = _("(cộng cả phần của các xã cũ)")
_CLOSED = _("Ô xám không phải điền.")


def write_template(
    data: Dataset, path: str | Path, *, year: int, period: str = "FY", internal: bool = False,
    lang: str = "vi",
) -> Path:  # fmt: skip
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
    lang : {"vi", "en"}
        The language of what stands in it; either is read.

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
    if path.suffix.lower() != ".xlsx":
        raise refuse(_("tên biểu phải kết thúc bằng .xlsx, gặp {path}", path=str(path)), usage=True)
    asked = [one for one in fields_asked(data).values() if internal or one.access == "public"]
    content = io.BytesIO()
    _Form(data, content, year, period, lang).write(asked)
    put_new(path, content.getvalue())
    return path


def _check_period(period: str) -> None:
    """Raise if no form is made for a period."""
    if period not in PERIOD_WORDS:
        raise RefusalError(
            _(
                "kỳ phải là một trong {known}, gặp {period}",
                known=", ".join(PERIOD_WORDS),
                period=repr(period),
            ),
            2,
        )


def _check_place(path: Path, data: Path) -> None:
    """Raise if a form cannot be put there: something stands there, or there is no such folder."""
    wrong = {
        _("đã có tệp này, hãy chọn tên khác"):
            os.path.lexists(path),
        _("chưa có thư mục chứa tệp này, hãy tạo trước hoặc chọn nơi khác bằng --out"):
            not path.parent.is_dir(),
        _("nằm trong thư mục số liệu {data}, hãy chọn nơi khác bằng --out", data=data):
            is_inside(path, data),
    }  # fmt: skip
    for words, holds in wrong.items():
        if holds:
            raise RefusalError(_("{path}: {words}", path=path, words=words), 2)


class _Form:
    """A form while it is written."""

    def __init__(
        self, data: Dataset, content: io.BytesIO, year: int, period: str, lang: str
    ) -> None:
        import xlsxwriter

        self.data, self.year, self.period, self.lang = data, year, period, lang
        self.book = xlsxwriter.Workbook(content, {"in_memory": True})
        self.styles = Styles(self.book)
        self.meta: list[tuple[str, str | int, str | float]] = [
            ("schema", SCHEMA, ""), ("commune", data.commune.name, ""), ("year", year, ""),
            ("period", period, ""), ("sheet", GUIDE.pick(lang), "guide"),
        ]  # fmt: skip
        self.latest = data.latest()
        self.known = {
            (*_cell_of(row.series_id, row.status, row.unit, row.price_basis), row.area, row.year,
             row.period): row
            for row in newest(data.observed) if row.origin not in SUPPOSED
        }  # fmt: skip

    def write(self, asked: Sequence[Field]) -> None:
        """Write the sheets: what to do, one for each office, what was before, and what it is."""
        commune, when = self.data.commune, period_words(self.period, self.year)
        before = before_founding(commune, self.year)
        write_guide(self.book, self.styles, commune.name, when, before, self.lang)
        clauses = ["", *(target.clause for target in self.data.plan.targets)]
        asked = sorted(asked, key=lambda field: clauses.index(field.clause))
        mine = fields_of(OFFICE, asked, self.year)
        for owner, name in sheet_names(dict.fromkeys(field.owner for field in mine)).items():
            self._sheet(OFFICE, name, owner, [field for field in mine if field.owner == owner])
        for kind, words in _SHEETS.items():
            name = words.pick(self.lang)
            self._sheet(kind, name, name, fields_of(kind, asked, self.year))
        offers: list[list[str]] = []
        for file in LISTS:
            self.meta += write_list(self.book, self.styles, self.data, file, self.lang, offers)
        meta = self.book.add_worksheet(META)
        for place, offered in enumerate(offers, start=FIRST_OFFER):
            for number, choice in enumerate(offered):
                meta.write_string(number, place, choice)
        for number, row in enumerate(self.meta):
            for column, cell in enumerate(row):
                (meta.write_string if isinstance(cell, str) else meta.write_number)(
                    number, column, cell
                )
        meta.protect()
        meta.very_hidden()
        self.book.close()

    def _sheet(self, kind: str, name: str, title: str, fields: Sequence[Field]) -> None:
        """Write a sheet of figures, if there is any to ask for."""
        figures = columns_of(kind, self.data.commune, self.year, self.period)
        if not figures or not fields:
            return
        self.meta.append(("sheet", name, kind))
        sheet = self.book.add_worksheet(name)
        columns: list[str | Column] = [
            "id",
            "clause" if kind == OFFICE else "owner",
            "name",
            "unit",
        ]
        for one in figures:
            columns += [one, "status"] if one.name == "value" else [one]
        columns += ["due", "note"] if kind == OFFICE else ["note"]
        self._above(sheet, title, columns)
        for number, field in enumerate(fields, start=_HEADER_ROW + 1):
            self._row(sheet, number, field, columns)
        set_up(sheet, title, _HEADER_ROW, 3)

    def _above(self, sheet: Any, title: str, columns: Sequence[str | Column]) -> None:
        """Write what stands above the rows: titles, the common source, the headings."""
        styles, lang, last = self.styles, self.lang, len(columns) - 1
        when = period_words(self.period, self.year).pick(lang)
        form = _("BIỂU NHẬP SỐ LIỆU").pick(lang)
        for row, (words, style) in enumerate((
            (f"{form} - {self.data.commune.name}", styles.title), (f"{title} - {when}", styles.title),
            (f"{REMINDER.pick(lang)} {_CLOSED.pick(lang)}", styles.reminder),
        )):  # fmt: skip
            sheet.merge_range(row, 0, row, last, "", style)
            sheet.write_string(row, 0, words, style)
        source = COMMON_SOURCE.pick(lang)
        said = _("(báo cáo, số, ngày)").pick(lang)
        for first, end, style in ((0, 5, styles.label), (6, last, styles.typed)):
            sheet.merge_range(_SOURCE_ROW, first, _SOURCE_ROW, end, "", style)
        sheet.write_string(_SOURCE_ROW, 0, f"{source} {said}", styles.label)
        hint = _("Ghi một lần cho mọi dòng; dòng có nguồn khác thì ghi ở cột cuối.")
        sheet.data_validation(SOURCE_CELL, {
            "validate": "any", "input_title": source, "input_message": hint.pick(lang),
        })  # fmt: skip
        for number, column in enumerate(columns):
            words = (HEADINGS[column] if isinstance(column, str) else column.heading).pick(lang)
            if isinstance(column, Column) and column.name == "value" and (
                before_founding(self.data.commune, self.year) is not None
            ):  # fmt: skip
                words = f"{words}\n{_WITH_OLD.pick(lang)}"
            sheet.write_string(_HEADER_ROW, number, words, styles.head)
            width = _WIDTHS[column] if isinstance(column, str) else _FIGURE
            sheet.set_column(number, number, width)
        sheet.set_row(_SOURCE_ROW, 22)
        sheet.set_row(_HEADER_ROW, 66 if last < 12 else 82)

    def _row(self, sheet: Any, row: int, field: Field, columns: Sequence[str | Column]) -> None:
        """Write the row of one figure."""
        styles, lang = self.styles, self.lang
        due = field.due_on(self.year, field.period or self.period) or field.due_on(self.year)
        words = {
            "id": field.series_id, "clause": field.clause, "owner": field.owner,
            "name": field.asked.pick(lang), "unit": unit_label(field.unit, lang),
            "due": "/".join(reversed(due.split("-"))),
        }  # fmt: skip
        for number, column in enumerate(columns):
            if isinstance(column, Column):
                self._figure(sheet, (row, number), field, column)
            elif column in words:
                style = styles.grey if column == "id" else styles.cell
                sheet.write_string(row, number, words[column], style)
            else:
                sheet.write_blank(row, number, None, styles.typed)
                if column == "status":
                    self._status(sheet, row, number, field)
        lines = max(
            1 + len(words["name"]) // 40, 1 + len(words["id"]) // 15, 1 + len(words["unit"]) // 12
        )
        sheet.set_row(row, 8 + 15 * lines)

    def _figure(self, sheet: Any, place: tuple[int, int], field: Field, column: Column) -> None:
        """Write the cell of a figure, with what is known of it."""
        if not is_open(field, column):
            sheet.write_blank(*place, None, self.styles.closed)
            return
        style, known = self.styles.number(field.unit), self._known(field, column)
        if known is None or known.value is None or column.name == "value":
            sheet.write_blank(*place, None, style)
        else:
            value: str | float = as_written(known.value, field.unit)
            words = {number: word for word, number in reversed(CHOICES.get(field.unit, {}).items())}
            value = words.get(int(value), value) if words else value
            sheet.write(*place, value, style)
            self.meta.append(("shown", column.place(field.series_id), value))
        sheet.data_validation(*place, *place, self._accepted(field, column))

    def _known(self, field: Field, column: Column) -> Observation | None:
        """Return what is known of a cell and was reported."""
        cell = _cell_of(field.series_id, column.status, field.unit, field.price_basis)
        return self.known.get((*cell, column.area, column.year, column.period))

    def _status(self, sheet: Any, row: int, number: int, field: Field) -> None:
        """Offer the words for the status of a figure."""
        if field.period:
            sheet.write_blank(row, number, None, self.styles.closed)
            return
        offered = list(STATUS_WORDS)[:3] if self.lang == "vi" else list(REALISED)
        title = HEADINGS["status"].pick(self.lang)
        error = _("Chọn một trong: ").pick(self.lang) + ", ".join(offered)
        sheet.data_validation(row, number, row, number, {
            "validate": "list", "source": offered, "error_title": title, "error_message": error,
        })  # fmt: skip

    def _accepted(self, field: Field, column: Column) -> dict[str, Any]:
        """Return what a cell accepts without a warning, and the hint that it shows."""
        lang, unit, written = self.lang, unit_label(field.unit, self.lang), written_unit(field.unit)
        rule: dict[str, Any] = {
            "error_type": "warning",
            "error_title": _("Xem lại số vừa gõ").pick(lang),
            "error_message": _("Số tính bằng {unit}. Vẫn giữ điều vừa gõ?", unit=unit).pick(lang),
            "input_title": unit[:32],
        }
        hint = " ".join(filter(None, [self._last(field, column), field.hint]))
        if hint:
            rule["input_message"] = hint if len(hint) < 256 else f"{hint[:254]}…"
        if field.unit in CHOICES:
            words = {n: word for word, n in reversed(list(CHOICES[field.unit].items()))}
            return rule | {"validate": "list", "source": [words[n] for n in sorted(words)[::-1]]}
        low, high = (-100, 1000) if written == "%/year" else (0, 100)
        if written in ("%", "%/year"):
            return rule | {"validate": "decimal", "criteria": "between", "minimum": low,
                           "maximum": high}  # fmt: skip
        return rule | {"validate": "decimal", "criteria": ">=", "value": 0}

    def _last(self, field: Field, column: Column) -> str:
        """Return the last figure that is known, in words, for the cell of the period."""
        known = last_known(self.latest, field, self.period) if column.name == "value" else None
        if known is None:
            return ""
        value, when = (full_quantity(known.value, field.unit, self.lang),
                       period_words(known.period, known.year).pick(self.lang))  # fmt: skip
        rests = label(known.status if known.origin == "official" else known.origin, self.lang)
        return _("Gần nhất: {value} ({when}, {rests}).", value=value, when=when, rests=rests).pick(
            self.lang
        )


def _cell_of(
    series_id: str, status: str, unit: str, price_basis: str
) -> tuple[str, bool, str, str]:
    """Return what a figure is of, its time and place apart: planned or not is two things."""
    planned = status in ("plan", "target") or series_id in PLANNED
    return series_id, planned, unit, price_basis
