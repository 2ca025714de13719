"""Read a filled-in form: every figure in it, or all that is in doubt; one doubt refuses it whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from laikhe_analysis.checks import DataError, Problem, Text, nearest
from laikhe_analysis.data import Dataset
from laikhe_analysis.data.rows import CellError
from laikhe_analysis.intake.form import (
    GUIDE,
    HEADINGS,
    META,
    PERIOD_WORDS,
    SCHEMA,
    Field,
    check_year,
    fields_asked,
    last_known,
    period_words,
)
from laikhe_analysis.intake.ledger import SOURCE
from laikhe_analysis.intake.typed import JUMP, is_jump, key, plain, read_status, read_value
from laikhe_analysis.intake.workbook import open_workbook
from laikhe_analysis.records import Observation
from laikhe_analysis.vietnamese import format_quantity

__all__ = ["Entry", "full_quantity", "read_workbook"]

_NEEDED = ("id", "unit", "value", "status")
_HEADER_WITHIN, _MOST = 40, 100


@dataclass(frozen=True)
class Entry:
    """One figure of a form, and where it stands. `figure` has no date and no import yet."""

    sheet: str
    cell: str
    name: Text
    figure: Observation


@dataclass(frozen=True)
class _Form:
    """Which form a file is, and what its figures are read against."""

    name: str
    period: str
    year: int
    sheets: tuple[str, ...]
    data: Dataset
    fields: Mapping[str, Field]
    accept_jumps: bool


def read_workbook(path: Path, data: Dataset, *, accept_jumps: bool = False) -> list[Entry]:
    """Return the figures of a filled-in form.

    Parameters
    ----------
    path : Path
        The .xlsx file.
    data : Dataset
        The commune's data: what may be asked, and the last known values.
    accept_jumps : bool
        Whether a value may differ from the last one by more than the factor `typed.JUMP`.

    Returns
    -------
    list of Entry

    Raises
    ------
    DataError
        With every doubtful cell: its sheet, place, content and remedy; or with what is wrong with
        the file.
    """
    book = open_workbook(path)
    form = _form(book, path.name, data, accept_jumps)
    entries: list[Entry] = []
    problems: list[Problem] = []
    for sheet in book.worksheets:
        if sheet.title in (META, GUIDE):
            continue
        if key(sheet.title) not in map(key, form.sheets):
            problems += _strange_sheet(sheet, form, book.sheetnames)
            continue
        found, wrong = _Sheet(sheet, form).read({entry.figure.series_id for entry in entries})
        entries += found
        problems += wrong
    if not problems and not entries:
        wanted = Text("ít nhất một số liệu ở cột “Số liệu”", "at least one figure")
        problems.append(Problem(path.name, None, None, "", wanted))
    if len(problems) > _MOST:
        more = len(problems) - _MOST
        wanted = Text(f"xem cả {more} ô nữa", f"a look at {more} more cells")
        problems[_MOST:] = [Problem(path.name, None, None, "…", wanted)]
    if problems:
        raise DataError(problems)
    return entries


def _form(book: Any, name: str, data: Dataset, accept_jumps: bool) -> _Form:
    """Return which form a workbook is, or raise why it is none of this commune's."""
    pages = [book[META]] if META in book.sheetnames else []
    rows = [r for page in pages for r in page.iter_rows(max_row=200, max_col=2, values_only=True)]
    meta = {str(row[0]): row[1] for row in rows}
    sheets = tuple(str(row[1]) for row in rows if row[0] == "sheet")
    wrong = _wrong_meta(meta, data)
    if wrong:
        got = str(meta.get(wrong[0], "không có / absent"))
        raise DataError([Problem(f"{name} › {META}", None, wrong[0], got, wrong[1])])
    fields = fields_asked(data)
    year = int(str(meta["year"]))
    return _Form(name, str(meta["period"]), year, sheets, data, fields, accept_jumps)


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


def _strange_sheet(sheet: Any, form: _Form, present: Sequence[str]) -> list[Problem]:
    """Return the problem of a sheet that the form does not have, unless it is empty."""
    if all(cell is None for row in sheet.iter_rows(values_only=True) for cell in row):
        return []
    missing = [name for name in form.sheets if name not in present]
    guess = nearest(sheet.title, missing) or next(iter(missing), None)
    back = Text(f" đổi lại tên trang thành “{guess}”", f" rename the sheet to “{guess}”")
    away = Text(" bỏ trang này khỏi tệp", " remove this sheet from the file")
    hint = back if guess else away
    wanted = Text(f"tên trang như trong biểu:{hint.vi}", f"sheet names as in the form:{hint.en}")
    return [Problem(f"{form.name} › {sheet.title}", None, None, sheet.title, wanted)]


class _Sheet:
    """The sheet of one office, read row by row."""

    def __init__(self, sheet: Any, form: _Form) -> None:
        self.sheet, self.form = sheet, form
        self.place = f"{form.name} › {sheet.title}"
        self.problems: list[Problem] = []

    def read(self, seen: set[str]) -> tuple[list[Entry], list[Problem]]:
        """Return the figures of the sheet and all that is in doubt."""
        header, columns = self._header()
        entries: list[Entry] = []
        if columns:
            for cells in self._rows(header, columns):
                entry = self._entry(cells, seen)
                if entry is not None:
                    seen.add(entry.figure.series_id)
                    entries.append(entry)
        return entries, self.problems

    def _refuse(self, cell: Any, wanted: Text, got: object = None) -> None:
        shown = str(cell.value if got is None else got)
        shown = " ".join(shown.split())[:60]
        self.problems.append(Problem(self.place, None, cell.coordinate, shown, wanted))

    def _header(self) -> tuple[int, dict[str, int]]:
        """Return the row of the headings and the column of each, in whatever order they stand."""
        exact = {key(words.vi): name for name, words in HEADINGS.items() if name != "value"}
        begin = key(HEADINGS["value"].vi) + " "
        for row in self.sheet.iter_rows(max_row=_HEADER_WITHIN):
            cells = {key(cell.value): cell for cell in row if isinstance(cell.value, str)}
            if key(HEADINGS["id"].vi) not in cells:
                continue
            columns = {exact[words]: cell.column for words, cell in cells.items() if words in exact}
            value = next((cell for words, cell in cells.items() if words.startswith(begin)), None)
            if value is not None:
                columns["value"] = value.column
                own = period_words(self.form.period, self.form.year).vi
                if key(value.value) != begin + key(own):
                    wanted = Text(
                        f"“{HEADINGS['value'].vi} {own}”: biểu này làm cho kỳ đó; kỳ khác thì tạo "
                        "biểu mới bằng `laikhe template`",
                        f"“{HEADINGS['value'].vi} {own}”, the period of this form; make a new form "
                        "with `laikhe template` for another",
                    )
                    self._refuse(value, wanted)
            missing = [HEADINGS[name] for name in _NEEDED if name not in columns]
            if not missing:
                return row[0].row, columns
            vi, en = (", ".join(words.pick(lang) for words in missing) for lang in ("vi", "en"))
            wanted = Text(f"các cột: {vi}", f"the columns: {en}")
            self._refuse(row[0], wanted, ", ".join(cells))
            return 0, {}
        wanted = Text("dòng tiêu đề như trong biểu (Mã, ...)", "the form's row of headings")
        self.problems.append(Problem(self.place, None, None, self.sheet.title, wanted))
        return 0, {}

    def _rows(self, header: int, columns: Mapping[str, int]) -> Iterator[dict[str, Any]]:
        """Yield the cells of each row by heading."""
        for row in self.sheet.iter_rows(min_row=header + 1):
            yield {name: row[column - 1] for name, column in columns.items()}

    def _entry(self, cells: Mapping[str, Any], seen: set[str]) -> Entry | None:
        """Return the figure of a row; None where there is none, or where it is in doubt."""
        cell, code = cells["value"], str(cells["id"].value or "").strip()
        before, empty = len(self.problems), cell.value is None or not str(cell.value).strip()
        field = self.form.fields.get(code)
        if field is None:
            if not empty and (code or _looks_like_a_figure(cell.value)):
                self._unknown(cell if not code else cells["id"], code)
            return None
        if empty:
            return None
        self._check_cells(cells)
        if code in seen:
            self._refuse(cells["id"], Text("mỗi mã một lần", "each code once"))
        if len(self.problems) > before:
            return None
        value = self._value(cells, field)
        try:
            status = read_status(cells["status"].value)
        except CellError as error:
            self._refuse(cells["status"], error.wanted, cells["status"].value or "")
        if value is None or len(self.problems) > before:
            return None
        note = cells["note"].value if "note" in cells else None
        figure = Observation(
            code, self.form.year, field.period or self.form.period, value, None, None, field.unit,
            field.price_basis, status, "official", SOURCE.source_id, "", "", plain(note or ""),
        )  # fmt: skip
        return Entry(self.sheet.title, cell.coordinate, field.name, figure)

    def _unknown(self, cell: Any, code: str) -> None:
        """Refuse a figure whose code is not known."""
        guess = nearest(code, self.form.fields) if code else None
        hint = Text(f", có phải “{guess}”?", f", “{guess}”?") if guess else Text("", "")
        wanted = Text(
            f"mã có trong biểu{hint.vi}; ghi chú dưới bảng thì viết bằng chữ ở cột đầu",
            f"a code of the form{hint.en}; remarks below go into the first column, in words",
        )
        self._refuse(cell, wanted)

    def _check_cells(self, cells: Mapping[str, Any]) -> None:
        """Refuse formulas, errors and merged cells in what is read."""
        for name in (*_NEEDED, *(["note"] if "note" in cells else [])):
            cell = cells[name]
            if any(cell.coordinate in area for area in self.sheet.merged_cells.ranges):
                self._refuse(cell, Text("ô không gộp với ô khác", "a cell that is not merged"))
            elif cell.data_type == "f":
                wanted = Text(
                    "giá trị, không phải công thức: chép ô rồi Dán đặc biệt > Giá trị",
                    "a value, no formula: copy the cell and paste its value",
                )
                self._refuse(cell, wanted, getattr(cell.value, "text", cell.value))
            elif cell.data_type == "e":
                self._refuse(cell, Text("một giá trị, ô đang báo lỗi", "a value, not an error"))

    def _value(self, cells: Mapping[str, Any], field: Field) -> float | None:
        """Return the value of a row in the unit of its field; None if it is in doubt."""
        cell, words = cells["value"], str(cells["unit"].value or "").strip()
        known = last_known(self.form.data, field, self.form.period)
        last = known.value if known else field.target
        try:
            if not words:
                raise CellError(Text("đơn vị tính ở cột bên cạnh", "the unit in its column"))
            value = read_value(
                cell.value, field.unit, words=words, number_format=cell.number_format, last=last
            )
        except CellError as error:
            self._refuse(cell, error.wanted)
            return None
        if (
            last is None
            or self.form.accept_jumps
            or field.unit == "%/year"
            or not is_jump(value, last)
        ):
            return value
        shown = [
            Text(*(full_quantity(v, field.unit, x) for x in ("vi", "en"))) for v in (value, last)
        ]
        self._refuse(
            cell,
            Text(
                f"xem lại số và đơn vị: {shown[0].vi} lệch hơn {JUMP:g} lần so với {shown[1].vi}; "
                "đúng như vậy thì nhập với --accept-jumps",
                f"number and unit checked: {shown[0].en} is more than {JUMP:g} times off "
                f"{shown[1].en}; if it is right, import with --accept-jumps",
            ),
        )
        return None


def _looks_like_a_figure(value: Any) -> bool:
    """Return whether a cell beside no code holds a number, as against a remark or a signature."""
    if isinstance(value, str):
        return bool(re.match(r"\s*[-+]?[0-9]", value))
    return isinstance(value, int | float)


def full_quantity(value: float | None, unit: str, lang: str) -> str:
    """Return a value with all its decimals and its unit, or that there is none.

    Examples
    --------
    >>> full_quantity(504.276, "billion VND", "vi"), full_quantity(None, "%", "en")
    ('504,276 tỷ đồng', 'none')
    """
    if value is None:
        return Text("chưa có", "none").pick(lang)
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return format_quantity(value, unit, min(decimals, 9), lang)
