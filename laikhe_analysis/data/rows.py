"""Read a CSV file into checked rows; say of every bad cell where it is and what is wanted.

A file is UTF-8 (byte-order marks and CRLF line ends are welcome), with commas between cells, dots
in decimals and a header. What a Vietnamese Excel saves under plain "CSV" (semicolons, decimal
commas, an ANSI code page) is recognised and refused with the remedy.

One line is one row. A quote that is never closed would swallow the lines behind it, figures and
all: it is refused at the line where it was opened, and so is a cell with line breaks if one of its
lines could be a row of its own.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from laikhe_analysis.checks import Problem, nearest, reveal, tidy
from laikhe_analysis.data.cells import CellError
from laikhe_analysis.data.column import NEEDED, Column
from laikhe_analysis.data.incoming import NotTakenError, bytes_of
from laikhe_analysis.messages import Text, _

__all__ = ["MAX_CELL", "MAX_FILE", "MAX_ROWS", "Row", "read_rows"]

Row = dict[str, Any]

MAX_FILE, MAX_ROWS, MAX_CELL = 5_000_000, 20_000, 4_000
"""The largest file [bytes], the most rows in it, and the most signs in a cell.

The largest file of a commune has some hundred thousand bytes; a cell, a remark of some lines.
"""

_SMALLER = _(
    "tệp không quá {size} MB và {rows} dòng: bỏ những gì không phải số liệu của xã, "
    "hoặc lấy lại bản sao lưu (`laikhe restore`)",
    size=MAX_FILE // 1_000_000,
    rows=MAX_ROWS,
)
_SHORTER = _("một ô không quá {most} chữ: rút gọn, hoặc để trong một văn bản riêng", most=MAX_CELL)
EXCEL_REMEDY = _(
    "tệp UTF-8 ngăn cách bằng dấu phẩy, số thập phân dùng dấu chấm; trong Excel chọn Lưu thành "
    "(Save As) > “CSV UTF-8 (Comma delimited)” trên máy đặt dấu thập phân là dấu chấm, hoặc nhập "
    "bảng .xlsx bằng lệnh `laikhe import`"
)


def read_rows(
    path: Path,
    columns: Mapping[str, Column],
    *,
    missing_is_empty: bool = False,
    partial: list[Row] | None = None,
) -> tuple[list[Row], list[Problem]]:
    """Return the checked rows of a file and everything that is wrong with it.

    Parameters
    ----------
    path : Path
        The CSV file.
    columns : mapping of str to Column
        What each column must hold. The file must have just these columns, in any order; those with
        a default may be absent.
    missing_is_empty : bool
        Whether a file that does not exist counts as one without rows.
    partial : list, optional
        Takes the good cells of rows with a problem, so that what refers to other files can be
        checked in the same run.

    Returns
    -------
    rows : list of dict
        Rows without a problem, each with its `line`, and under `unseen` the cells as typed that
        held signs which nobody sees.
    problems : list of Problem
        Problems in the order of the file.
    """
    if not path.exists() and missing_is_empty:
        return [], []
    content, problem = _decode(path)
    if problem:
        return [], [problem]
    lines, problems = _lines(path.name, content)
    header = [tidy(name) for name in lines.pop(0)[1]] if lines and lines[0][0] == 1 else []
    wrong = _header_problems(path.name, header, columns) if header else []
    if wrong or not header:
        return [], wrong or problems[:1]
    rows: list[Row] = []
    for number, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            problems.append(_length_problem(path.name, number, cells, header))
            continue
        named = dict(zip(header, cells, strict=True))
        row, found = _read_row(path.name, number, named, columns)
        problems += found
        if not found:
            rows.append(row)
        elif partial is not None:
            partial.append(row)
    return rows, problems


_QUOTED = re.compile(r' *"((?:[^"]|"")*)" *(,|$)')
_CLOSED = re.compile(r' *"(?:[^"]|"")*"')
_PLAIN = re.compile(r"([^,]*)(,|$)")
_LONGEST = 60
"""Lines that one cell may have at most."""

_OPEN = _(
    "dấu ngoặc kép mở ở dòng này phải đóng trước dấu phẩy hoặc hết dòng; dấu ngoặc kép nằm trong chữ "
    'thì viết hai lần: ""'
)
_BEHIND = _(
    "dấu phẩy hoặc hết dòng ngay sau dấu ngoặc kép đóng; dấu ngoặc kép nằm trong chữ "
    'viết hai lần: ""'
)
_UNPAIRED = _(
    "dấu ngoặc kép có đôi; hoặc đặt cả ô trong ngoặc kép và viết hai lần mỗi dấu nằm trong chữ"
)


class _QuoteError(Exception):
    """A quote is not as wanted: in which cell, where in the text, whether it is still open."""

    def __init__(self, cell: int, place: int, wanted: Text) -> None:
        self.cell, self.place, self.wanted = cell, place, wanted
        super().__init__(wanted)


def _cells(line: str) -> Iterator[str]:
    """Yield the cells of a row; raise `_QuoteError` where its quotes are not as wanted."""
    place, count, comma = 0, 0, ","
    while comma:
        is_plain = line[place : place + 1] not in ('"', " ")
        match = None if is_plain else _QUOTED.match(line, place)
        if not is_plain and match is None and line[place:].lstrip(" ").startswith('"'):
            wanted = _BEHIND if _CLOSED.match(line, place) else _OPEN
            raise _QuoteError(count, line.index('"', place), wanted)
        found = match or _PLAIN.match(line, place)
        assert found is not None
        if match is None and found[1].count('"') % 2:
            raise _QuoteError(count, place, _UNPAIRED)
        yield found[1].replace('""', '"') if match else found[1]
        place, count, comma = found.end(), count + 1, found[2]


def _lines(name: str, content: str) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """Return the cells of every row with its line, and the lines whose quotes are not as wanted."""
    lines = content.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    header = lines[0].split(",")
    found: list[tuple[int, list[str]]] = []
    problems = []
    first = 0
    while first < len(lines):
        try:
            cells, last = _row(lines, first, len(header) - 1)
            found.append((first + 1, cells))
        except _QuoteError as error:
            column = tidy(header[error.cell]) if first and error.cell < len(header) else None
            got = lines[first][error.place :][:60]
            problems.append(Problem(name, first + 1, column, got, error.wanted))
            last = first
        first = last + 1
    return found, problems


def _row(lines: Sequence[str], first: int, commas: int) -> tuple[list[str], int]:
    """Return the cells of the row that begins in a line, and the line in which it ends.

    A cell may go on in the next lines, unless one of them has as many commas as a row: then it is
    a row, and a quote before it was never closed.
    """
    if '"' not in lines[first]:
        return lines[first].split(","), first
    opened: _QuoteError | None = None
    for last in range(first, min(first + _LONGEST, len(lines))):
        if opened and lines[last].count(",") >= commas:
            break
        try:
            return list(_cells("\n".join(lines[first : last + 1]))), last
        except _QuoteError as error:
            opened = opened or error
            if error.wanted is not _OPEN:
                break
    assert opened is not None
    raise opened


def _decode(path: Path) -> tuple[str, Problem | None]:
    """Return the text of a file, or the problem that keeps it from being read."""

    def problem(got: Text | str, wanted: Text = EXCEL_REMEDY) -> Problem:
        said = Text(got) if isinstance(got, str) else got
        return Problem(path.name, None, None, said.vi, wanted, said)

    try:
        raw = bytes_of(path, MAX_FILE)
    except NotTakenError as error:
        here = _("tệp này trong thư mục dữ liệu")
        return "", problem(error.got, _SMALLER if error.is_too_large else here)
    lines = raw.count(b"\n") + raw.count(b"\r") - raw.count(b"\r\n")
    if lines > MAX_ROWS:
        return "", problem(_("{lines} dòng", lines=lines), _SMALLER)
    if not raw.replace(codecs.BOM_UTF8, b"").strip():
        return "", problem(
            _("tệp rỗng"),
            _("một dòng tiêu đề và các dòng số liệu"),
        )
    try:
        content = raw.decode().lstrip("\ufeff")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        got = _("dòng {line} không phải UTF-8", line=line)
        return "", problem(got)
    first = content.split("\n", 1)[0]
    if "\0" in content:
        return "", problem(_("ký tự rỗng (UTF-16?)"))
    if first.count(";") > first.count(",") or "\t" in first:
        return "", problem(first.strip()[:60])
    return content, None


def _header_problems(name: str, header: list[str], columns: Mapping[str, Column]) -> list[Problem]:
    """Return what is wrong with a header."""
    problems = []
    for column, what in columns.items():
        if column not in header and what.default is NEEDED:
            wanted = _("có cột “{column}”", column=column)
            problems.append(Problem(name, 1, column, ", ".join(header)[:120], wanted))
    for column in header:
        if column not in columns:
            guess = nearest(column, columns)
            guess = None if re.fullmatch(r"y\d{4}", column) else guess
            hint = _(" (có phải “{guess}”?)", guess=guess) if guess else ""
            wanted = _("chỉ các cột: {columns}{hint}", columns=", ".join(columns), hint=hint)
            problems.append(Problem(name, 1, column, column, wanted))
        elif header.count(column) > 1:
            wanted = _("mỗi cột một lần")
            problems.append(Problem(name, 1, column, column, wanted))
    return problems


def _length_problem(name: str, line: int, cells: list[str], header: list[str]) -> Problem:
    """Return the problem of a row with too many or too few cells."""
    wanted = _(
        "{n} ô; số thập phân viết dấu chấm, ô có dấu phẩy đặt trong ngoặc kép", n=len(header)
    )
    return Problem(name, line, None, f"{len(cells)}: {','.join(cells)[:80]}", wanted)


def _read_row(
    name: str, line: int, cells: Mapping[str, str], columns: Mapping[str, Column]
) -> tuple[Row, list[Problem]]:
    """Return the good cells of a row, and its problems."""
    row: Row = {"line": line, "unseen": {}}
    problems = []
    for column, what in columns.items():
        cell = cells.get(column)
        if cell is None:
            row[column] = what.default
            continue
        if not cell.isascii() and reveal(cell) != cell:
            row["unseen"][column] = cell.strip()
        try:
            if len(cell) > MAX_CELL:
                raise CellError(_SHORTER)
            row[column] = what.read(cell)
        except CellError as error:
            problems.append(Problem(name, line, column, cell.strip(), error.wanted))
    for column, what in columns.items():
        if not what.unit or row.get(column) is None:
            continue
        unit = row.get("unit", "") if what.unit == "row" else what.unit
        wanted = what.wanted(row[column], unit, cells.get(column, ""))
        if wanted:
            problems.append(Problem(name, line, column, cells[column].strip(), wanted))
    return row, problems
