"""Read a CSV file into checked rows; say of every bad cell where it is and what is wanted.

A file is UTF-8 (a byte-order mark and CRLF line ends are welcome), with commas between cells, dots
in decimals and a header. What a Vietnamese Excel saves under plain "CSV" (semicolons, decimal
commas, an ANSI code page) is recognised and refused with the remedy.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from laikhe_analysis.checks import Problem, Text, nearest
from laikhe_analysis.data.cells import CellError, Reader, text

__all__ = ["Row", "read_rows"]

Row = dict[str, Any]

EXCEL_REMEDY = Text(
    "tệp UTF-8 ngăn cách bằng dấu phẩy, số thập phân dùng dấu chấm; trong Excel chọn Lưu thành "
    "(Save As) > “CSV UTF-8 (Comma delimited)” trên máy đặt dấu thập phân là dấu chấm, hoặc nhập "
    "bằng lệnh `laikhe import`",
    "a UTF-8 file with commas between cells and dots in decimals; in Excel save as “CSV UTF-8 "
    "(Comma delimited)” with the dot as decimal sign, or bring it in with `laikhe import`",
)


def read_rows(
    path: Path,
    columns: Mapping[str, Reader],
    *,
    missing_is_empty: bool = False,
    partial: list[Row] | None = None,
) -> tuple[list[Row], list[Problem]]:
    """Return the checked rows of a file and everything that is wrong with it.

    Parameters
    ----------
    path : Path
        The CSV file.
    columns : mapping of str to Reader
        What each column must hold. The file must have just these columns, in any order.
    missing_is_empty : bool
        Whether a file that does not exist counts as one without rows.
    partial : list, optional
        Takes the good cells of rows with a problem, so that what refers to other files can be
        checked in the same run.

    Returns
    -------
    rows : list of dict
        Rows without a problem, each with its `line`.
    problems : list of Problem
        Problems in the order of the file.
    """
    if not path.exists() and missing_is_empty:
        return [], []
    content, problem = _decode(path)
    if problem:
        return [], [problem]
    lines, problems = _lines(path.name, content)
    header = [text(name) for name in (lines.pop(0)[1] if lines else [])]
    problems = problems or _header_problems(path.name, header, columns)
    rows: list[Row] = []
    if problems:
        return rows, problems
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


def _lines(name: str, content: str) -> tuple[list[tuple[int, list[str]]], list[Problem]]:
    """Return the cells of every line with its number, or what cannot be read at all."""
    reader = csv.reader(io.StringIO(content, newline=""))
    found: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            found.append((reader.line_num, cells))
    except csv.Error:
        wanted = Text(
            "ô không quá dài; có lẽ thiếu dấu ngoặc kép đóng ở dòng này hoặc trước đó",
            "cells of bearable length; a closing quote may be missing here or before",
        )
        return [], [Problem(name, reader.line_num, None, "…", wanted)]
    return found, []


def _decode(path: Path) -> tuple[str, Problem | None]:
    """Return the text of a file, or the problem that keeps it from being read."""

    def problem(got: Text | str, wanted: Text = EXCEL_REMEDY) -> Problem:
        shown = got if isinstance(got, str) else f"{got.vi} / {got.en}"
        return Problem(path.name, None, None, shown, wanted)

    try:
        raw = path.read_bytes()
    except OSError:
        return "", problem(
            Text("không mở được tệp", "file cannot be opened"),
            Text("tệp này trong thư mục dữ liệu", "this file in the data folder"),
        )
    if not raw.removeprefix(codecs.BOM_UTF8).strip():
        return "", problem(
            Text("tệp rỗng", "empty file"),
            Text("một dòng tiêu đề và các dòng số liệu", "a header and rows"),
        )
    try:
        content = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        got = Text(f"dòng {line} không phải UTF-8", f"line {line} is not UTF-8")
        return "", problem(got)
    first = content.split("\n", 1)[0]
    if "\0" in content:
        return "", problem(Text("ký tự rỗng (UTF-16?)", "null characters (UTF-16?)"))
    if first.count(";") > first.count(",") or "\t" in first:
        return "", problem(first.strip()[:60])
    return content, None


def _header_problems(name: str, header: list[str], columns: Mapping[str, Reader]) -> list[Problem]:
    """Return what is wrong with a header."""
    problems = []
    for column in columns:
        if column not in header:
            wanted = Text(f"có cột “{column}”", f"a column “{column}”")
            problems.append(Problem(name, 1, column, ", ".join(header)[:120], wanted))
    for column in header:
        if column not in columns:
            guess = nearest(column, columns)
            hint = Text(f" (có phải “{guess}”?)", f" (did you mean “{guess}”?)")
            wanted = Text(
                f"chỉ các cột: {', '.join(columns)}{hint.vi if guess else ''}",
                f"only the columns: {', '.join(columns)}{hint.en if guess else ''}",
            )
            problems.append(Problem(name, 1, column, column, wanted))
        elif header.count(column) > 1:
            wanted = Text("mỗi cột một lần", "each column once")
            problems.append(Problem(name, 1, column, column, wanted))
    return problems


def _length_problem(name: str, line: int, cells: list[str], header: list[str]) -> Problem:
    """Return the problem of a row with too many or too few cells."""
    wanted = Text(
        f"{len(header)} ô; số thập phân viết dấu chấm, ô có dấu phẩy đặt trong ngoặc kép",
        f"{len(header)} cells; decimals with a dot, a cell with a comma in double quotes",
    )
    return Problem(name, line, None, f"{len(cells)}: {','.join(cells)[:80]}", wanted)


def _read_row(
    name: str, line: int, cells: Mapping[str, str], columns: Mapping[str, Reader]
) -> tuple[Row, list[Problem]]:
    """Return the good cells of a row, and its problems."""
    row: Row = {"line": line}
    problems = []
    for column, reader in columns.items():
        try:
            row[column] = reader(cells[column])
        except CellError as error:
            problems.append(Problem(name, line, column, cells[column].strip(), error.wanted))
    return row, problems
