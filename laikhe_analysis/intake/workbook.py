"""Open a spreadsheet that came in, or say what is wrong with the file, whatever it is."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from pathlib import Path
from typing import Any

from laikhe_analysis.checks import DataError, Problem, Text

__all__ = ["open_workbook"]

MAX_FILE, MAX_UNPACKED, MAX_XML = 20_000_000, 40_000_000, 10_000_000
"""The largest file, the largest sum of its unpacked parts, and of those that are XML. [bytes]"""

MAX_ROWS, MAX_CELLS, MAX_COLUMNS = 10_000, 100_000, 500
"""The last row and column that may hold anything, and the most cells in all.

A form has fewer than a hundred rows; but one cell typed by mistake at the far end of a sheet makes
it seventeen thousand million cells large.
"""

_SAVE = Text(
    "một tệp Excel (.xlsx) nguyên vẹn: mở tệp này, chọn Lưu thành (Save As) > Excel Workbook "
    "(.xlsx) rồi nhập lại",
    "a sound Excel file (.xlsx): open this one, save it as Excel Workbook (.xlsx), bring it in again",
)
_DAMAGED = Text("tệp bị cắt cụt hoặc hỏng", "file cut short or damaged")
_SMALLER = Text(
    "biểu do `laikhe template` tạo, chỉ điền thêm số liệu",
    "the form that `laikhe template` made, with figures filled in and nothing else",
)


def open_workbook(path: Path) -> Any:
    """Return the workbook of a file, formulas as formulas.

    Parameters
    ----------
    path : Path
        An .xlsx file.

    Returns
    -------
    openpyxl.Workbook

    Raises
    ------
    DataError
        If the file is missing, an older .xls, protected by a password, damaged, no spreadsheet,
        or far larger than any form; nothing large is unpacked to find out.
    """
    import openpyxl

    try:
        if path.stat().st_size > MAX_FILE:
            raise _error(path, Text("tệp quá lớn", "file too large"), _SMALLER)
        raw = path.read_bytes()
    except OSError:
        raise _error(
            path, Text("không mở được tệp", "file cannot be opened"),
            Text("đường dẫn đúng đến tệp .xlsx", "the right path of the .xlsx file"),
        ) from None  # fmt: skip
    _check_kind(path, raw)
    try:
        _check_parts(path, raw)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(raw), keep_links=False)
    except DataError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError):
        raise _error(path, _DAMAGED, _SAVE) from None
    except Exception:  # whatever a strange file makes the reader raise, it is no form
        raise _error(path, Text("tệp không đọc được", "file cannot be read"), _SAVE) from None
    far = [s for s in book.worksheets if s.max_row > MAX_ROWS or s.max_column > MAX_COLUMNS]
    if far:
        wanted = Text("không có gì ở xa ngoài biểu: xóa ô này", "nothing far away: clear this cell")
        raise DataError(
            Problem(f"{path.name} › {s.title}", None, _last_cell(s), "…", wanted) for s in far
        )
    return book


def _last_cell(sheet: Any) -> str:
    return str(sheet.dimensions).partition(":")[2]


def _error(path: Path, got: Text, wanted: Text) -> DataError:
    return DataError([Problem(path.name, None, None, f"{got.vi} / {got.en}", wanted)])


def _check_kind(path: Path, raw: bytes) -> None:
    """Raise what a file is that is no .xlsx."""
    if raw.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in raw:
            raise _error(
                path, Text("tệp có mật khẩu", "file protected by a password"),
                Text(
                    "tệp không đặt mật khẩu mở: trong Excel chọn Tệp > Thông tin > Bảo vệ sổ làm "
                    "việc, xóa mật khẩu rồi lưu lại",
                    "a file without a password: in Excel, File > Info > Protect Workbook, remove "
                    "the password and save",
                ),
            )  # fmt: skip
        if not any(name.encode("utf-16-le") in raw for name in ("Workbook", "Book")):
            raise _error(path, _DAMAGED, _SAVE)
        raise _error(path, Text("tệp Excel kiểu cũ (.xls)", "old Excel file (.xls)"), _SAVE)
    if not raw.startswith(b"PK"):
        got = Text("không phải tệp Excel", "not an Excel file")
        raise _error(path, got if raw else Text("tệp rỗng", "empty file"), _SAVE)


def _check_parts(path: Path, raw: bytes) -> None:
    """Raise if the parts are too large, too many, or hold what no form holds."""
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        infos = parts.infolist()
        xml = [info for info in infos if info.filename.endswith((".xml", ".rels", ".vml"))]
        size, size_xml = (sum(info.file_size for info in some) for some in (infos, xml))
        if len(infos) > 1000 or size > MAX_UNPACKED or size_xml > MAX_XML:
            got = Text("tệp nén chứa quá nhiều dữ liệu", "file unpacks to too much")
            raise _error(path, got, _SMALLER)
        if not any(info.filename.startswith("xl/") for info in infos):
            raise _error(path, Text("không phải tệp Excel", "not an Excel file"), _SAVE)
        rows = cells = 0
        for content in map(parts.read, xml):
            if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                got = Text("tệp chứa khai báo lạ", "file with strange declarations")
                raise _error(path, got, _SAVE)
            rows += len(re.findall(rb"<(?:\w+:)?row[\s>/]", content))
            cells += len(re.findall(rb"<(?:\w+:)?c[\s>/]", content))
        if rows > MAX_ROWS or cells > MAX_CELLS:
            got = Text(f"{rows} dòng, {cells} ô", f"{rows} rows, {cells} cells")
            raise _error(path, got, _SMALLER)
