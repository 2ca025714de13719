"""Read a filled-in form: every figure in it, or all that is in doubt; one doubt refuses it whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from laikhe_analysis.checks import DataError, Problem, nearest
from laikhe_analysis.data import Dataset
from laikhe_analysis.data.cells import CellError
from laikhe_analysis.data.layout import PLANNED, is_given
from laikhe_analysis.data.plausible import leap, misfits
from laikhe_analysis.data.units import from_file
from laikhe_analysis.messages import Text, _, joined
from laikhe_analysis.office.forms.columns import Column, columns_of, is_open
from laikhe_analysis.office.forms.form import COMMON_SOURCE, META, SOURCE_CELL, Field, last_known
from laikhe_analysis.office.forms.header import header_of
from laikhe_analysis.office.forms.identity import Form, form_of, strange_sheet
from laikhe_analysis.office.forms.ledger import SOURCE
from laikhe_analysis.office.forms.lists import LISTS
from laikhe_analysis.office.forms.sheets import Book, Cell, Sheet
from laikhe_analysis.office.forms.typed import insisted, read_cell, read_status
from laikhe_analysis.office.forms.workbook import open_workbook
from laikhe_analysis.office.forms.written import key, plain
from laikhe_analysis.records import Observation
from laikhe_analysis.vietnamese import (
    Asked,
    Written,
    as_written,
    is_fraction,
    notation_of,
    words,
    written_unit,
)

__all__ = ["Entry", "read_form", "read_workbook"]

_CELLS = ("id", "unit", "status", "note")
_MOST = 100


@dataclass(frozen=True)
class Entry:
    """One figure of a file, and where it stands. `figure` has no date and no import yet."""

    sheet: str
    cell: str
    name: Text
    figure: Observation
    is_hidden: bool = False


def in_python(found: Written, unit: str) -> dict[str, float | None]:
    """Return value and range of what was read, as calculations have them. [`unit`]"""
    row = {"value": found.value, "low": found.low, "high": found.high, "unit": written_unit(unit)}
    return from_file(row, is_rate=is_fraction(unit))


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
    book = open_workbook(Path(path))
    return read_form(book, form_of(book, data, accept_jumps))


def read_form(book: Book, form: Form, *, may_be_empty: bool = False) -> list[Entry]:
    """Return the figures of a form that is open, none only if that may be; else `read_workbook`."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    kinds = {key(name): kind for name, kind in form.sheets.items()}
    seen: set[str] = set()
    for sheet in book.sheets:
        kind = kinds.get(key(sheet.title), "")
        if sheet.title == META or kind in ("guide", *LISTS):
            continue
        if not kind:
            problems += strange_sheet(sheet, form, book.titles)
            continue
        found, wrong = _Sheet(sheet, form, kind, seen).read()
        entries += found
        problems += wrong
    of_the_whole = [
        (f"{book.name} › {one.sheet}", one.cell, one.figure) for one in entries
        if not one.figure.area
        and is_given(one.figure.series_id, one.figure.status)
    ]  # fmt: skip
    problems = list(dict.fromkeys(problems + misfits(of_the_whole, form.data)))
    if not problems and not entries and not may_be_empty:
        wanted = _("ít nhất một số liệu mới ở các ô màu vàng")
        problems.append(Problem(book.name, None, None, "", wanted))
    if len(problems) > _MOST:
        more = len(problems) - _MOST
        wanted = _("xem cả {more} ô nữa", more=more)
        problems[_MOST:] = [Problem(book.name, None, None, "…", wanted)]
    if problems:
        raise DataError(problems)
    return entries


class _Sheet:
    """A sheet of figures, read row by row; `seen` are the places that figures were read for."""

    def __init__(self, sheet: Sheet, form: Form, kind: str, seen: set[str]) -> None:
        self.sheet, self.form, self.seen = sheet, form, seen
        self.place = f"{form.name} › {sheet.title}"
        figures = columns_of(kind, form.data.commune, form.year, form.period)
        self.figures = {one.name: one for one in figures}
        self.problems: list[Problem] = []
        self.source, self.source_cell = "", ""
        self.notation = ""

    def read(self) -> tuple[list[Entry], list[Problem]]:
        """Return the figures of the sheet and all that is in doubt."""
        header, columns, self.problems = header_of(self.sheet, self.figures, self.place)
        entries: list[Entry] = []
        if columns:
            self._common_source(header)
            rows = list(self._rows(header, columns))
            names = [name for name in self.figures if name in columns]
            self.notation = notation_of(cells[name].value for cells in rows for name in names)
            for cells in rows:
                entries += self._entries(cells, names)
        return entries, self.problems

    def _refuse(self, cell: Cell, wanted: Text, got: object = None) -> None:
        shown = str(cell.value if got is None else got)
        shown = " ".join(shown.split())[:60]
        self.problems.append(Problem(self.place, None, cell.coordinate, shown, wanted))

    def _common_source(self, header: int) -> None:
        """Find the source that stands once above the headings for every row without its own."""
        for _unused, row in self.sheet.lines(last=header - 1):
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
            cells_ = joined(filter(None, places), _(", hoặc một lần cho cả trang ở ô "))
            wanted = _("nguồn của số này (báo cáo nào, số, ngày), ghi ở ô {cells}", cells=cells_)
            self._refuse(cells["figure"] if own is None else own, wanted, said)
        return said

    def _rows(self, header: int, columns: Mapping[str, int]) -> Iterator[dict[str, Cell]]:
        """Yield the cells of each row by heading."""
        for number, _unused in self.sheet.lines(header + 1):
            yield {name: self.sheet.cell(number, column) for name, column in columns.items()}

    def _entries(self, cells: Mapping[str, Cell], names: Sequence[str]) -> Iterator[Entry]:
        """Yield the figures of a row; nothing for those that are in doubt."""
        code = str(cells["id"].value or "").strip()
        typed = [name for name in names if cells[name].value is not None or cells[name].is_formula]
        field = self.form.fields.get(code)
        if field is None:
            if typed and (code or any(_looks_like_a_figure(cells[name].value) for name in typed)):
                self._unknown(cells["id"] if code else cells[typed[-1]], code)
            return
        for name in typed:
            column = self.figures[name]
            entry = self._entry({**cells, "figure": cells[name]}, field, column)
            if entry is not None:
                yield entry

    def _entry(self, cells: Mapping[str, Cell], field: Field, column: Column) -> Entry | None:
        """Return the figure of a cell; None where it is in doubt or stood there from the start."""
        cell, place, before = cells["figure"], column.place(field.series_id), len(self.problems)
        if cell.value is not None and cell.value == self.form.shown.get(place):
            return None
        self._check_cells(cells)
        if not is_open(field, column):
            self._refuse(cell, _not_here(field, column))
        if len(self.problems) > before:
            return None
        value = self._value(cells, field)
        if place in self.seen:
            self._refuse(cells["id"], _("mỗi mã một lần"))
        self.seen.add(place)
        status = self._status(cells, field, column, value)
        source = self._source(cells)
        if value is None or len(self.problems) > before:
            return None
        if not value.is_plain:
            source = f"{source}; ghi “{plain(cell.value)}”"
        row = in_python(value, field.unit)
        figure = Observation(
            field.series_id, column.year, column.period, row["value"], row["low"], row["high"],
            field.unit, field.price_basis, status, "official", SOURCE.source_id, "", "", source,
            column.area,
        )  # fmt: skip
        own = field.name
        if column.area:
            own = _("{name} ({area})", name=own, area=column.area)
        return Entry(self.sheet.title, cell.coordinate, own, figure, cell.is_hidden)

    def _status(
        self, cells: Mapping[str, Cell], field: Field, column: Column, value: Written | None
    ) -> str:
        """Return the status of the column, or the one that is chosen beside the figure.

        The figure's own cell may tell that it is an estimate ("ước 78,5"). What was handed down is
        no outcome and needs none.
        """
        said = value.status if value else ""
        if field.series_id in PLANNED or column.status == "plan":
            return "plan"
        chosen = said or column.status
        if not column.status:
            cell = cells["status"]
            try:
                chosen = said if said and not key(cell.value or "") else read_status(cell.value)
            except CellError as error:
                self._refuse(cell, error.wanted, cell.value or "")
                return ""
            if said and chosen != said:
                wanted = _("“{said}”, như ô số liệu ghi, hoặc sửa ô số liệu", said=words(said))
                self._refuse(cell, wanted)
        if value is not None and value.low is not None and chosen != "estimate":
            wanted = _("một số; chỉ số ước mới ghi được một khoảng")
            self._refuse(cells["figure"], wanted)
        return chosen

    def _unknown(self, cell: Cell, code: str) -> None:
        """Refuse a figure whose code is not known."""
        guess = nearest(code, self.form.fields) if code else None
        hint = _(", có phải “{guess}”?", guess=guess) if guess else ""
        wanted = _(
            "mã có trong biểu{hint}; ghi chú dưới bảng thì viết bằng chữ ở cột đầu", hint=hint
        )
        self._refuse(cell, wanted)

    def _check_cells(self, cells: Mapping[str, Cell]) -> None:
        """Refuse formulas, errors and merged cells in what is read."""
        for cell in (cells[name] for name in ("figure", *_CELLS) if name in cells):
            if self.sheet.is_merged(cell.row, cell.column):
                self._refuse(cell, _("ô không gộp với ô khác"))
            else:
                self._check_content(cell)

    def _check_content(self, cell: Cell) -> None:
        """Refuse a formula or an error in a cell."""
        if cell.is_formula:
            wanted = _("giá trị, không phải công thức: chép ô rồi Dán đặc biệt > Giá trị")
            self._refuse(cell, wanted, "…" if cell.value is None else cell.value)
        elif cell.is_error:
            self._refuse(cell, _("một giá trị, ô đang báo lỗi"))

    def _value(self, cells: Mapping[str, Cell], field: Field) -> Written | None:
        """Return what a cell says, rates in per cents as they are written; None if in doubt."""
        cell, words = cells["figure"], str(cells["unit"].value or "").strip()
        known = last_known(self.form.latest, field, self.form.period)
        last = known.value if known else field.target
        last = None if last is None else as_written(last, field.unit)
        rises = self.form.rises.get(field.series_id, True)
        asked = Asked(written_unit(field.unit), words, last, self.notation, rises=rises)
        try:
            if not words:
                raise CellError(_("đơn vị tính ở cột bên cạnh"))
            found = read_cell(cell.value, asked, number_format=cell.number_format)
        except CellError as error:
            self._refuse(cell, error.wanted)
            return None
        unit = written_unit(field.unit)
        far = None if self.form.accept_jumps or unit == "%" else leap(found.value, unit, last)
        if far is None:
            return found
        self._refuse(cell, insisted(far[0]))
        return None


def _not_here(field: Field, column: Column) -> Text:
    """Return why a figure is not asked for in a column."""
    if field.series_id in PLANNED:
        return _("để trống ô này: số giao ghi ở cột KH")
    if column.status == "plan":
        return _("để trống ô này: kế hoạch của số này ghi ở dòng số giao, vốn giao")
    return _("để trống ô này: số của cả giai đoạn chưa tính năm ấy")


def _is_source_label(value: Any) -> bool:
    """Return whether a cell is the label beside the common source of a sheet."""
    return isinstance(value, str) and key(value).startswith(tuple(map(key, COMMON_SOURCE.both)))


def _said_source(value: Any) -> str:
    """Return a source on one line; "" where none is named: a dash or a stop is no source."""
    said = plain("" if value is None else value)
    return said if any(sign.isalnum() for sign in said) else ""


def _looks_like_a_figure(value: Any) -> bool:
    """Return whether a cell beside no code holds a number, as against a remark or a signature."""
    if isinstance(value, str):
        return bool(re.match(r"\s*[-+]?[0-9]", value))
    return isinstance(value, int | float)
