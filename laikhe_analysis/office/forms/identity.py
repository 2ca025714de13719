"""Which form a workbook is: of which commune, year and period, with which sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from laikhe_analysis.checks import DataError, Problem, nearest
from laikhe_analysis.data import Dataset
from laikhe_analysis.messages import Text, _
from laikhe_analysis.office.forms.columns import OFFICE
from laikhe_analysis.office.forms.form import (
    GUIDE,
    HEADINGS,
    META,
    PERIOD_WORDS,
    SCHEMA,
    Field,
    check_year,
    fields_asked,
)
from laikhe_analysis.office.forms.sheets import Book, Sheet
from laikhe_analysis.office.forms.written import key
from laikhe_analysis.records import Observation

__all__ = ["LANGS", "Form", "form_of", "is_form", "strange_sheet"]

LANGS = ("vi", "en")
"""The languages that forms are made in."""


@dataclass(frozen=True)
class Form:
    """Which form a file is, and what its figures are read against.

    `sheets` are the kinds of its sheets by name, `shown` the figures that stood in it when it went
    out, by place, `lists` what tells each of its lists as it went out.
    """

    name: str
    period: str
    year: int
    sheets: Mapping[str, str]
    shown: Mapping[str, object]
    lists: Mapping[str, str]
    data: Dataset
    fields: Mapping[str, Field]
    accept_jumps: bool
    rises: Mapping[str, bool]

    @cached_property
    def latest(self) -> list[Observation]:
        """The figures of the data that count, looked up once for all cells."""
        return self.data.latest()


def is_form(book: Book) -> bool:
    """Return whether a file is, or was, a form of ours: by its own sheets or its headings."""
    if {META, *GUIDE.both} & set(book.titles):
        return True
    every = [
        {key(HEADINGS[name].pick(lang)) for name in ("id", "unit", "status")} for lang in LANGS
    ]
    return any(
        headings <= {key(cell.value) for cell in row.values()}
        for sheet in book.sheets
        for _unused, row in sheet.lines(last=40)
        for headings in every
    )


def form_of(book: Book, data: Dataset, accept_jumps: bool) -> Form:
    """Return which form a workbook is, or raise why it is none of this commune's."""
    name, page = book.name, book.sheet(META)
    lines = page.lines() if page is not None else ()
    rows = [tuple(page.cell(n, c).value for c in (1, 2, 3)) for n, _unused in lines if page]
    meta = {str(row[0]): row[1] for row in rows}
    sheets = {str(name): str(kind) for what, name, kind in rows if what == "sheet"}
    shown = {str(place): value for what, place, value in rows if what == "shown"}
    wrong = _wrong_meta(meta, data)
    if wrong:
        said = None if wrong[0] in meta else _("không có")
        got = str(meta.get(wrong[0], ""))
        raise DataError([Problem(f"{name} › {META}", None, wrong[0], got, wrong[1], said)])
    fields = fields_asked(data)
    year = int(str(meta["year"]))
    rises = {target.target_id: target.rises for target in data.plan.targets}
    period = str(meta["period"])
    lists = {str(file): str(digest) for what, file, digest in rows if what == "rows"}
    return Form(name, period, year, sheets, shown, lists, data, fields, accept_jumps, rises)


def _wrong_meta(meta: Mapping[str, Any], data: Dataset) -> tuple[str, Text] | None:
    """Return what of a form's description is wrong, and what is wanted."""
    if meta.get("schema") != SCHEMA:
        return "schema", _("biểu do lệnh `laikhe template` của phiên bản này tạo, còn đủ các trang")
    if meta.get("commune") != data.commune.name:
        return "commune", _("biểu của {name}", name=data.commune.name)
    if meta.get("period") not in PERIOD_WORDS:
        return "period", _("FY, H1 hoặc 9M")
    try:
        check_year(data.commune, int(str(meta.get("year"))))
    except ValueError:
        return "year", _("năm của kế hoạch, bốn chữ số")
    return None


def strange_sheet(sheet: Sheet, form: Form, present: Sequence[str]) -> list[Problem]:
    """Return the problem of a sheet that the form does not have, unless it is empty."""
    if not sheet.rows:
        return []
    missing = [name for name in form.sheets if name not in present and form.sheets[name] == OFFICE]
    guess = nearest(sheet.title, missing) or next(iter(missing), None)
    back = _(" đổi lại tên trang thành “{guess}”", guess=guess)
    away = _(" bỏ trang này khỏi tệp")
    hint = back if guess else away
    wanted = _("tên trang như trong biểu:{hint}", hint=hint)
    return [Problem(f"{form.name} › {sheet.title}", None, None, sheet.title, wanted)]
