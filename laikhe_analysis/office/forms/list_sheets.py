"""Write the lists of a form, and read them back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from laikhe_analysis.checks import DataError, Problem, tidy
from laikhe_analysis.data import Dataset
from laikhe_analysis.data.cells import CellError
from laikhe_analysis.messages import _, joined
from laikhe_analysis.office.forms.form import META
from laikhe_analysis.office.forms.identity import Form
from laikhe_analysis.office.forms.lists import (
    LISTS,
    ListColumn,
    digest,
    is_number,
    list_columns,
    rows_in_file,
    to_content,
)
from laikhe_analysis.office.forms.safe_files import longer, plain_cell, rehearse
from laikhe_analysis.office.forms.sheets import Book, Cell, Sheet
from laikhe_analysis.office.forms.styles import Styles, set_up
from laikhe_analysis.office.forms.typed import read_cell
from laikhe_analysis.office.forms.written import key
from laikhe_analysis.records import Source
from laikhe_analysis.vietnamese import Asked

__all__ = ["FIRST_OFFER", "ListChange", "read_lists", "write_list"]

_FREE_ROWS, _HEADER_ROW = 30, 3
_SOURCES = "sources.csv"
_WIDTHS = {"name": 32, "note": 56, "source_id": 34, "variable": 28, "kind": 34,
           "decision": 44}  # fmt: skip
FIRST_OFFER = 6
"""The first column of the hidden sheet that holds what a drop-down offers."""

_MEANING = _("Trang này là cả danh mục: sửa, thêm, xóa chữ ở các ô màu vàng; dòng trống bị bỏ qua.")


@dataclass(frozen=True)
class ListChange:
    """A list that a form would put in the place of a file."""

    file: str
    before: int
    rows: tuple[Mapping[str, str], ...]


def write_list(
    book: Any, styles: Styles, data: Dataset, file: str, lang: str, offers: list[list[str]]
) -> list[tuple[str, str | int, str | float]]:
    """Write the sheet of a list, and return what the hidden sheet has to say of it.

    Parameters
    ----------
    book : xlsxwriter.Workbook
    styles : Styles
    data : Dataset
    file : str
        One of `LISTS`.
    lang : {"vi", "en"}
    offers : list of list of str
        What drop-downs offer, each in a column of the hidden sheet; those of this list are added.
    """
    columns, rows = list_columns(file, data), rows_in_file(data.folder, file)
    title, last = LISTS[file].pick(lang), len(columns) - 1
    sheet = book.add_worksheet(title)
    for row, words, style in ((0, data.commune.name, styles.title), (1, title, styles.title),
                              (2, _MEANING.pick(lang), styles.reminder)):  # fmt: skip
        sheet.merge_range(row, 0, row, last, "", style)
        sheet.write_string(row, 0, words, style)
    end = _HEADER_ROW + len(rows) + _FREE_ROWS
    for number, column in enumerate(columns):
        sheet.write_string(_HEADER_ROW, number, column.heading.pick(lang), styles.head)
        sheet.set_column(number, number, _WIDTHS.get(column.name, 13))
        if column.choices:
            offered = [both.pick(lang) for both in column.choices.values()]
            offers.append(offered)
            _offer(sheet, (number, end), len(offered), FIRST_OFFER + len(offers) - 1)
        for row in range(_HEADER_ROW + 1, end + 1):
            cells = rows[row - _HEADER_ROW - 1] if row <= _HEADER_ROW + len(rows) else {}
            _cell(sheet, (row, number), styles, column, cells.get(column.name, ""), lang)
    sheet.set_row(_HEADER_ROW, 66)
    for row, cells in enumerate(rows, start=_HEADER_ROW + 1):
        typed = {c.name: cells.get(c.name, "") for c in columns}
        shown = {
            c.name: str(
                c.choices[typed[c.name]].vi if typed[c.name] in c.choices else typed[c.name]
            )
            for c in columns
        }
        lines = max(1 + len(words) // _WIDTHS.get(name, 13) for name, words in shown.items())
        sheet.set_row(row, 4 + 15 * lines)
    set_up(sheet, title, _HEADER_ROW, 2)
    return [("sheet", title, file), ("rows", file, digest(rows))]


def _offer(sheet: Any, place: tuple[int, int], count: int, column: int) -> None:
    """Offer words in the cells of a column: they stand in a column of the hidden sheet."""
    from xlsxwriter.utility import xl_range_abs

    number, end = place
    area = f"={META}!{xl_range_abs(0, column, count - 1, column)}"
    sheet.data_validation(_HEADER_ROW + 1, number, end, number, {
        "validate": "list", "source": area, "error_type": "warning",
    })  # fmt: skip


def _cell(
    sheet: Any, place: tuple[int, int], styles: Styles, column: ListColumn, cell: str, lang: str
) -> None:
    """Write a cell of a list: words for names, numbers as numbers."""
    style = styles.share if column.unit == "ratio" else styles.typed
    if not cell:
        sheet.write_blank(*place, None, style)
    elif column.choices:
        said = column.choices.get(cell)
        sheet.write_string(*place, said.pick(lang) if said else cell, style)
    elif is_number(cell) and (column.unit or column.name in ("year", "year_from", "year_to")):
        sheet.write_number(*place, float(cell), style)
    else:
        sheet.write_string(*place, cell, style)


def read_lists(book: Book, form: Form) -> tuple[list[ListChange], dict[str, bytes]]:
    """Return the lists of a form that were changed, and the files that they make.

    Parameters
    ----------
    book : Book
    form : Form
        Which form it is.

    Raises
    ------
    DataError
        If a cell cannot be read, the list would not be sound, or the file was changed since the
        form was made.
    """
    changes: list[ListChange] = []
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    data, kinds = form.data, {key(name): kind for name, kind in form.sheets.items()}
    new: dict[str, Source] = {}
    cells: dict[tuple[str, int, str], tuple[str, Cell]] = {}
    for sheet in book.sheets:
        file = kinds.get(key(sheet.title), "")
        if file not in LISTS:
            continue
        place, before = f"{book.name} › {sheet.title}", rows_in_file(data.folder, file)
        found, wrong = _read(sheet, place, list_columns(file, data), new, data)
        problems += wrong
        rows = [{name: text for name, (text, _unused) in row.items()} for row in found]
        if wrong or digest(rows) in (form.lists.get(file), digest(before)):
            continue
        if digest(before) != form.lists.get(file):
            wanted = _("biểu mới: danh mục đã được sửa sau khi biểu này được tạo; chạy `laikhe "
                          "template` rồi chép phần đã sửa sang")  # fmt: skip
            problems.append(Problem(place, None, None, sheet.title, wanted))
            continue
        changes.append(ListChange(file, len(before), tuple(rows)))
        files[file] = to_content([one.name for one in list_columns(file, data)], rows)
        for line, row in enumerate(found, start=2):
            cells |= {(file, line, name): (place, cell) for name, (_unused, cell) in row.items()}
    if problems:
        raise DataError(problems)
    sources = [asdict(one) for one in new.values() if one.source_id not in data.cited]
    if files and sources:
        files = {_SOURCES: longer(data.folder / _SOURCES, sources), **files}
    _rehearse(data.folder, files, cells)
    return changes, files


def _rehearse(
    folder: Path, files: Mapping[str, bytes],
    cells: Mapping[tuple[str, int, str], tuple[str, Cell]],
) -> None:  # fmt: skip
    """Raise what is wrong with the lists, at the cells of the form."""
    if not files:
        return
    try:
        rehearse(folder, files)
    except DataError as error:
        told = []
        for one in error.problems:
            at = cells.get((one.file, one.line or 0, one.column or ""))
            place, cell = at if at else (one.file, None)
            told.append(Problem(place, None if cell else one.line,
                                cell.coordinate if cell else one.column, one.got, one.wanted))  # fmt: skip
        raise DataError(told) from None


_Read = dict[str, tuple[str, Cell]]


def _read(
    sheet: Sheet, place: str, columns: Sequence[ListColumn], new: dict[str, Source], data: Dataset
) -> tuple[list[_Read], list[Problem]]:
    """Return the rows of a list as files have them, and the cells that cannot be read."""
    rows: list[_Read] = []
    problems: list[Problem] = []
    wanted = {key(words): column for column in columns for words in column.heading.both}
    header, found = 0, {}
    for number, line in sheet.lines(last=_HEADER_ROW + 10):
        found = {
            wanted[key(c.value)].name: c.column for c in line.values() if key(c.value) in wanted
        }
        header = number
        if len(found) > len(columns) // 2:
            break
    missing = [column.heading for column in columns if column.name not in found]
    if missing:
        told = _("các cột: {columns}", columns=joined(missing, ", "))
        return [], [Problem(place, None, None, sheet.title, told)]
    for number, line in sheet.lines(header + 1):
        if not any(found[column.name] in line for column in columns):
            continue
        row: _Read = {}
        for column in columns:
            cell = sheet.cell(number, found[column.name])
            try:
                row[column.name] = _text(cell, column, new, data), cell
            except CellError as error:
                got = " ".join(str(cell.value).split())[:60]
                problems.append(Problem(place, None, cell.coordinate, got, error.wanted))
        rows.append(row)
    return rows, problems


def _text(cell: Cell, column: ListColumn, new: dict[str, Source], data: Dataset) -> str:
    """Return the cell of a file for a cell of a form."""
    if cell.is_formula or cell.is_error:
        raise CellError(_("giá trị, không phải công thức hay lỗi"))
    if cell.value is None:
        return ""
    said = tidy(
        plain_cell(float(cell.value)) if isinstance(cell.value, int | float) else cell.value
    )
    if column.name == "source_id":
        return _source(column.named(said), new, data)
    if column.choices:
        return column.named(said)
    if not column.unit or not isinstance(cell.value, str) or column.unit == "rank":
        return said
    if column.unit == "row" and not said[:1].lstrip("-+(").isdigit():
        return said
    unit = {"ratio": "%", "row": "index"}.get(column.unit, column.unit)
    value = read_cell(cell.value, Asked(unit)).value
    return plain_cell(round(value / 100, 12) if column.unit == "ratio" else value)


def _source(said: str, new: dict[str, Source], data: Dataset) -> str:
    """Return the id of a source; one that is named for the first time gets one."""
    if said in data.cited or not said:
        return said
    same = [one.source_id for one in data.cited.values() if key(one.title) == key(said)]
    if same:
        return same[0]
    name = "bieu-" + hashlib.sha256(said.encode()).hexdigest()[:8]
    new[name] = Source(name, said, "", "", "")
    return name
