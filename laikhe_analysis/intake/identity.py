"""Which form a workbook is: of which commune, year and period, with which sheets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from laikhe_analysis.checks import DataError, Problem, Text, nearest
from laikhe_analysis.data import Dataset
from laikhe_analysis.intake.form import (
    GUIDE,
    HEADINGS,
    META,
    PERIOD_WORDS,
    SCHEMA,
    Field,
    check_year,
    fields_asked,
)
from laikhe_analysis.intake.sheets import Book, Sheet
from laikhe_analysis.intake.written import key

__all__ = ["Form", "form_of", "is_form", "strange_sheet"]


@dataclass(frozen=True)
class Form:
    """Which form a file is, and what its figures are read against."""

    name: str
    period: str
    year: int
    sheets: tuple[str, ...]
    data: Dataset
    fields: Mapping[str, Field]
    accept_jumps: bool
    rises: Mapping[str, bool]


def is_form(book: Book) -> bool:
    """Return whether a file is, or was, a form of ours: by its own sheets or its headings."""
    if {META, GUIDE} & set(book.titles):
        return True
    headings = {key(HEADINGS[name].vi) for name in ("id", "unit", "status")}
    return any(
        headings <= {key(cell.value) for cell in row.values()}
        for sheet in book.sheets
        for _, row in sheet.lines(last=40)
    )


def form_of(book: Book, data: Dataset, accept_jumps: bool) -> Form:
    """Return which form a workbook is, or raise why it is none of this commune's."""
    name, page = book.name, book.sheet(META)
    lines = page.lines(last=200) if page is not None else ()
    rows = [(str(page.cell(n, 1).value), page.cell(n, 2).value) for n, _ in lines if page]
    meta = dict(rows)
    sheets = tuple(str(row[1]) for row in rows if row[0] == "sheet")
    wrong = _wrong_meta(meta, data)
    if wrong:
        got = str(meta.get(wrong[0], "không có / absent"))
        raise DataError([Problem(f"{name} › {META}", None, wrong[0], got, wrong[1])])
    fields = fields_asked(data)
    year = int(str(meta["year"]))
    rises = {target.target_id: target.rises for target in data.plan.targets}
    return Form(name, str(meta["period"]), year, sheets, data, fields, accept_jumps, rises)


def _wrong_meta(meta: Mapping[str, Any], data: Dataset) -> tuple[str, Text] | None:
    """Return what of a form's description is wrong, and what is wanted."""
    if meta.get("schema") != SCHEMA:
        vi = "biểu do lệnh `laikhe template` của phiên bản này tạo, còn đủ các trang"
        return "schema", Text(vi, "a form that `laikhe template` of this version made, whole")
    if meta.get("commune") != data.commune.name:
        return "commune", Text(f"biểu của {data.commune.name}", f"a form of {data.commune.name}")
    if meta.get("period") not in PERIOD_WORDS:
        return "period", Text("FY, H1 hoặc 9M", "FY, H1 or 9M")
    try:
        check_year(data.commune, int(str(meta.get("year"))))
    except ValueError:
        return "year", Text("năm của kế hoạch, bốn chữ số", "a year of the plan, four digits")
    return None


def strange_sheet(sheet: Sheet, form: Form, present: Sequence[str]) -> list[Problem]:
    """Return the problem of a sheet that the form does not have, unless it is empty."""
    if not sheet.rows:
        return []
    missing = [name for name in form.sheets if name not in present]
    guess = nearest(sheet.title, missing) or next(iter(missing), None)
    back = Text(f" đổi lại tên trang thành “{guess}”", f" rename the sheet to “{guess}”")
    away = Text(" bỏ trang này khỏi tệp", " remove this sheet from the file")
    hint = back if guess else away
    wanted = Text(f"tên trang như trong biểu:{hint.vi}", f"sheet names as in the form:{hint.en}")
    return [Problem(f"{form.name} › {sheet.title}", None, None, sheet.title, wanted)]
