"""Read a filled-in form: every figure in it, or all that is in doubt; one doubt refuses it whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from laikhe_analysis.checks import DataError, Problem, Text, nearest
from laikhe_analysis.data import Dataset
from laikhe_analysis.data.cells import CellError
from laikhe_analysis.data.layout import PLANNED
from laikhe_analysis.intake.form import (
    COMMON_SOURCE,
    GUIDE,
    HEADINGS,
    META,
    SOURCE_CELL,
    Field,
    last_known,
    period_words,
)
from laikhe_analysis.intake.identity import Form, form_of, strange_sheet
from laikhe_analysis.intake.ledger import SOURCE
from laikhe_analysis.intake.plausible import misfits
from laikhe_analysis.intake.sheets import Book, Cell, Sheet
from laikhe_analysis.intake.typed import read_cell, read_status
from laikhe_analysis.intake.workbook import open_workbook
from laikhe_analysis.intake.written import key, plain
from laikhe_analysis.records import Observation
from laikhe_analysis.vietnamese import (
    JUMP,
    Asked,
    Written,
    as_written,
    full_quantity,
    is_fraction,
    is_jump,
    label,
    notation_of,
    shifted,
    written_unit,
)

__all__ = ["Entry", "read_form", "read_workbook"]

_NEEDED = ("id", "unit", "value", "status")
_HEADER_WITHIN, _MOST = 40, 100


@dataclass(frozen=True)
class Entry:
    """One figure of a file, and where it stands. `figure` has no date and no import yet."""

    sheet: str
    cell: str
    name: Text
    figure: Observation
    is_hidden: bool = False


def as_calculated(found: Written, unit: str) -> Written:
    """Return what was read as calculations have it: per cents as fractions where `unit` is one."""
    if not is_fraction(unit):
        return found
    low, high = (None if x is None else shifted(x, -2) for x in (found.low, found.high))
    return replace(found, value=shifted(found.value, -2), low=low, high=high)


def read_workbook(path: str | Path, data: Dataset, *, accept_jumps: bool = False) -> list[Entry]:
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
    return read_form(open_workbook(Path(path)), data, accept_jumps=accept_jumps)


def read_form(book: Book, data: Dataset, *, accept_jumps: bool = False) -> list[Entry]:
    """Return the figures of a form that is open; otherwise as `read_workbook`."""
    form = form_of(book, data, accept_jumps)
    entries: list[Entry] = []
    problems: list[Problem] = []
    for sheet in book.sheets:
        if sheet.title in (META, GUIDE):
            continue
        if key(sheet.title) not in map(key, form.sheets):
            problems += strange_sheet(sheet, form, book.titles)
            continue
        found, wrong = _Sheet(sheet, form).read({entry.figure.series_id for entry in entries})
        entries += found
        problems += wrong
    problems += misfits(
        [(f"{book.name} › {one.sheet}", one.cell, one.figure) for one in entries], data
    )
    if not problems and not entries:
        wanted = Text("ít nhất một số liệu ở cột “Số liệu”", "at least one figure")
        problems.append(Problem(book.name, None, None, "", wanted))
    if len(problems) > _MOST:
        more = len(problems) - _MOST
        wanted = Text(f"xem cả {more} ô nữa", f"a look at {more} more cells")
        problems[_MOST:] = [Problem(book.name, None, None, "…", wanted)]
    if problems:
        raise DataError(problems)
    return entries


class _Sheet:
    """The sheet of one office, read row by row."""

    def __init__(self, sheet: Sheet, form: Form) -> None:
        self.sheet, self.form = sheet, form
        self.place = f"{form.name} › {sheet.title}"
        self.problems: list[Problem] = []
        self.source, self.source_cell = "", ""
        self.notation = ""

    def read(self, seen: set[str]) -> tuple[list[Entry], list[Problem]]:
        """Return the figures of the sheet and all that is in doubt."""
        header, columns = self._header()
        entries: list[Entry] = []
        if columns:
            self._common_source(header)
            rows = list(self._rows(header, columns))
            self.notation = notation_of(cells["value"].value for cells in rows)
            for cells in rows:
                entry = self._entry(cells, seen)
                if entry is not None:
                    seen.add(entry.figure.series_id)
                    entries.append(entry)
        return entries, self.problems

    def _refuse(self, cell: Cell, wanted: Text, got: object = None) -> None:
        shown = str(cell.value if got is None else got)
        shown = " ".join(shown.split())[:60]
        self.problems.append(Problem(self.place, None, cell.coordinate, shown, wanted))

    def _header(self) -> tuple[int, dict[str, int]]:
        """Return the row of the headings and the column of each, in whatever order they stand."""
        exact = {key(words.vi): name for name, words in HEADINGS.items() if name != "value"}
        begin = key(HEADINGS["value"].vi) + " "
        for number, row in self.sheet.lines(last=_HEADER_WITHIN):
            cells = {key(cell.value): cell for cell in row.values() if isinstance(cell.value, str)}
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
                return number, columns
            vi, en = (", ".join(words.pick(lang) for words in missing) for lang in ("vi", "en"))
            wanted = Text(f"các cột: {vi}", f"the columns: {en}")
            self._refuse(self.sheet.cell(number, 1), wanted, ", ".join(cells))
            return 0, {}
        wanted = Text("dòng tiêu đề như trong biểu (Mã, ...)", "the form's row of headings")
        self.problems.append(Problem(self.place, None, None, self.sheet.title, wanted))
        return 0, {}

    def _common_source(self, header: int) -> None:
        """Find the source that stands once above the headings for every row without its own."""
        for _, row in self.sheet.lines(last=header - 1):
            cells = [row[column] for column in sorted(row)]
            start = next((n for n, cell in enumerate(cells) if _is_source_label(cell.value)), None)
            if start is None:
                continue
            self.source_cell = SOURCE_CELL
            if beside := cells[start + 1 :]:
                self.source_cell = beside[0].coordinate
                self._check_content(beside[0])
                self.source = "…" if beside[0].is_formula else _said_source(beside[0].value)

    def _source(self, cells: Mapping[str, Cell]) -> str:
        """Return where a figure comes from: its own source, else the sheet's; refuse none."""
        own = cells.get("note")
        said = _said_source(own.value if own is not None else None) or self.source
        if not said:
            places = [own.coordinate if own is not None else "", self.source_cell]
            vi = ", hoặc một lần cho cả trang ở ô ".join(filter(None, places))
            en = ", or once for the whole sheet in cell ".join(filter(None, places))
            wanted = Text(
                f"nguồn của số này (báo cáo nào, số, ngày), ghi ở ô {vi}",
                f"the source of this figure (which report, number, date), in cell {en}",
            )
            self._refuse(cells["value"] if own is None else own, wanted, said)
        return said

    def _rows(self, header: int, columns: Mapping[str, int]) -> Iterator[dict[str, Cell]]:
        """Yield the cells of each row by heading."""
        for number, _ in self.sheet.lines(header + 1):
            yield {name: self.sheet.cell(number, column) for name, column in columns.items()}

    def _entry(self, cells: Mapping[str, Cell], seen: set[str]) -> Entry | None:
        """Return the figure of a row; None where there is none, or where it is in doubt."""
        cell, code = cells["value"], str(cells["id"].value or "").strip()
        before, empty = len(self.problems), cell.value is None and not cell.is_formula
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
        status = self._status(cells, code, value)
        source = self._source(cells)
        if value is None or len(self.problems) > before:
            return None
        if not value.is_plain:
            source = f"{source}; ghi “{plain(cell.value)}”"
        figure = Observation(
            code, self.form.year, field.period or self.form.period, value.value, value.low,
            value.high, field.unit, field.price_basis, status, "official", SOURCE.source_id, "",
            "", source,
        )  # fmt: skip
        return Entry(self.sheet.title, cell.coordinate, field.name, figure, cell.is_hidden)

    def _status(self, cells: Mapping[str, Cell], code: str, value: Written | None) -> str:
        """Return the status that is chosen, or that the figure's own cell tells ("ước 78,5").

        What was handed down is no outcome and needs none.
        """
        cell, said = cells["status"], value.status if value else ""
        if code in PLANNED:
            return "plan"
        try:
            chosen = said if said and not key(cell.value or "") else read_status(cell.value)
        except CellError as error:
            self._refuse(cell, error.wanted, cell.value or "")
            return ""
        if said and chosen != said:
            wanted = Text(f"“{label(said)}”, như ô số liệu ghi, hoặc sửa ô số liệu",
                          f"“{label(said, 'en')}”, as the figure's own cell says")  # fmt: skip
            self._refuse(cell, wanted)
        if value is not None and value.low is not None and chosen != "estimate":
            wanted = Text("một số; chỉ số ước mới ghi được một khoảng",
                          "one number; only an estimate may be a range")  # fmt: skip
            self._refuse(cells["value"], wanted)
        return chosen

    def _unknown(self, cell: Cell, code: str) -> None:
        """Refuse a figure whose code is not known."""
        guess = nearest(code, self.form.fields) if code else None
        hint = Text(f", có phải “{guess}”?", f", “{guess}”?") if guess else Text("", "")
        wanted = Text(
            f"mã có trong biểu{hint.vi}; ghi chú dưới bảng thì viết bằng chữ ở cột đầu",
            f"a code of the form{hint.en}; remarks below go into the first column, in words",
        )
        self._refuse(cell, wanted)

    def _check_cells(self, cells: Mapping[str, Cell]) -> None:
        """Refuse formulas, errors and merged cells in what is read."""
        for name in (*_NEEDED, *(["note"] if "note" in cells else [])):
            cell = cells[name]
            if self.sheet.is_merged(cell.row, cell.column):
                self._refuse(cell, Text("ô không gộp với ô khác", "a cell that is not merged"))
            else:
                self._check_content(cell)

    def _check_content(self, cell: Cell) -> None:
        """Refuse a formula or an error in a cell."""
        if cell.is_formula:
            wanted = Text(
                "giá trị, không phải công thức: chép ô rồi Dán đặc biệt > Giá trị",
                "a value, no formula: copy the cell and paste its value",
            )
            self._refuse(cell, wanted, "…" if cell.value is None else cell.value)
        elif cell.is_error:
            self._refuse(cell, Text("một giá trị, ô đang báo lỗi", "a value, not an error"))

    def _value(self, cells: Mapping[str, Cell], field: Field) -> Written | None:
        """Return the figure of a row in the unit of its field; None if it is in doubt.

        What is typed is read as it is written: rates in per cents.
        """
        cell, words = cells["value"], str(cells["unit"].value or "").strip()
        known = last_known(self.form.data, field, self.form.period)
        last = known.value if known else field.target
        last = None if last is None else as_written(last, field.unit)
        rises = self.form.rises.get(field.series_id, True)
        asked = Asked(written_unit(field.unit), words, last, self.notation, rises=rises)
        try:
            if not words:
                raise CellError(Text("đơn vị tính ở cột bên cạnh", "the unit in its column"))
            found = read_cell(cell.value, asked, number_format=cell.number_format)
        except CellError as error:
            self._refuse(cell, error.wanted)
            return None
        value = found.value
        if is_fraction(field.unit):
            return as_calculated(found, field.unit)
        if last is None or self.form.accept_jumps or not is_jump(value, last):
            return found
        shown = [
            Text(*(full_quantity(v, field.unit, x) for x in ("vi", "en"))) for v in (value, last)
        ]
        hint = _a_month(value, field.unit, last)
        self._refuse(
            cell,
            Text(
                f"xem lại số và đơn vị: {shown[0].vi} lệch hơn {JUMP:g} lần so với {shown[1].vi}"
                f"{hint.vi}; đúng như vậy thì nhập với --accept-jumps",
                f"number and unit checked: {shown[0].en} is more than {JUMP:g} times off "
                f"{shown[1].en}{hint.en}; if it is right, import with --accept-jumps",
            ),
        )
        return None


def _a_month(value: float, unit: str, last: float) -> Text:
    """Return that a yearly figure looks like a month's, empty if it does not."""
    if not unit.endswith("/year") or unit.startswith("%") or not 0.5 < 12 * value / last < 2:
        return Text("", "")
    year = [full_quantity(round(12 * value, 6), unit, lang) for lang in ("vi", "en")]
    return Text(
        f" (có phải số của một tháng? Cả năm là {year[0]})",
        f" (the figure of a month? The year's is {year[1]})",
    )


def _is_source_label(value: Any) -> bool:
    """Return whether a cell is the label beside the common source of a sheet."""
    return isinstance(value, str) and key(value).startswith(key(COMMON_SOURCE.vi))


def _said_source(value: Any) -> str:
    """Return a source on one line; "" where none is named: a dash or a stop is no source."""
    said = plain("" if value is None else value)
    return said if any(sign.isalnum() for sign in said) else ""


def _looks_like_a_figure(value: Any) -> bool:
    """Return whether a cell beside no code holds a number, as against a remark or a signature."""
    if isinstance(value, str):
        return bool(re.match(r"\s*[-+]?[0-9]", value))
    return isinstance(value, int | float)
