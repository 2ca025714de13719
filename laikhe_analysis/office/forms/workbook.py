"""Read a spreadsheet that came in, or say what is wrong with the file, whatever it is.

Of the parts of a file only those that hold sheets, texts and number formats are read, one cell after
the other: empty cells, pictures, links and styles cost nothing, however many there are.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from laikhe_analysis.checks import DataError, Problem
from laikhe_analysis.data.incoming import NotTakenError, bytes_of
from laikhe_analysis.messages import Text, _
from laikhe_analysis.office.forms.sheets import Book, Cell, Sheet, cell_name, cell_place
from laikhe_analysis.office.forms.sheets import value_of as _value_of

__all__ = ["open_workbook"]

MAX_FILE, MAX_UNPACKED, MAX_XML = 20_000_000, 60_000_000, 25_000_000
"""The largest file, the largest sum of its unpacked parts, and of those that are XML. [bytes]"""

MAX_MARKS = 1_500_000
"""The most tags, and the most attributes, in all parts that are read."""

MAX_TEXT = 32_767
"""The longest text that a cell of Excel holds. [signs]"""

MAX_ROWS, MAX_CELLS, MAX_COLUMNS = 10_000, 100_000, 500
"""The last row and column that may hold anything, and the most cells in all.

A form has fewer than a hundred rows; but one cell typed by mistake at the far end of a sheet makes
it seventeen thousand million cells large.
"""

_SAVE = _(
    "một tệp Excel (.xlsx) nguyên vẹn: mở tệp này, chọn Lưu thành (Save As) > Excel Workbook "
    "(.xlsx) rồi nhập lại"
)
_DAMAGED = _("tệp bị cắt cụt hoặc hỏng")
_TOO_MUCH = _("tệp nén chứa quá nhiều dữ liệu")
_SMALLER = _(
    "biểu do `laikhe template` tạo, chỉ điền thêm số liệu; hoặc một bảng không quá "
    "{most} ô có chữ, số: chép riêng bảng đó sang một tệp mới",
    most=MAX_CELLS,
)


def open_workbook(path: Path) -> Book:
    """Return the sheets of a file, formulas with the values that the file keeps for them.

    Parameters
    ----------
    path : Path
        An .xlsx file.

    Returns
    -------
    Book

    Raises
    ------
    DataError
        If the file is missing, an older .xls, protected by a password, damaged, no spreadsheet,
        lacks one of its sheets, or is far larger than any form; nothing large is unpacked to find
        out.
    """
    try:
        raw = bytes_of(path, MAX_FILE)
    except NotTakenError as error:
        right = _("đường dẫn đúng đến tệp .xlsx")
        raise _error(path, error.got, _SMALLER if error.is_too_large else right) from None
    _check_kind(path, raw)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            return _Reader(path, parts).book()
    except DataError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError):
        raise _error(path, _DAMAGED, _SAVE) from None
    except Exception:  # whatever a strange file makes the reader raise, it is no form
        raise _error(path, _("tệp không đọc được"), _SAVE) from None


def _error(path: Path, got: Text, wanted: Text) -> DataError:
    return DataError([Problem(path.name, None, None, got.vi, wanted, got)])


def _check_kind(path: Path, raw: bytes) -> None:
    """Raise what a file is that is no .xlsx."""
    if raw.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in raw:
            raise _error(
                path, _("tệp có mật khẩu"),
                _("tệp không đặt mật khẩu mở: trong Excel chọn Tệp > Thông tin > Bảo vệ sổ làm "
                    "việc, xóa mật khẩu rồi lưu lại"),
            )  # fmt: skip
        if not any(name.encode("utf-16-le") in raw for name in ("Workbook", "Book")):
            raise _error(path, _DAMAGED, _SAVE)
        raise _error(path, _("tệp Excel kiểu cũ (.xls)"), _SAVE)
    if not raw.startswith(b"PK"):
        got = _("không phải tệp Excel")
        raise _error(path, got if raw else _("tệp rỗng"), _SAVE)


_NEEDED = ("xl/sharedStrings.xml", "xl/styles.xml")
_NO_CELLS = ("chartsheet", "dialogsheet", "macrosheet", "Macrosheet")


class _Reader:
    """The parts of one file, read as far as they are needed."""

    def __init__(self, path: Path, parts: zipfile.ZipFile) -> None:
        self.path, self.parts = path, parts
        self.names = set(parts.namelist())
        self.cells, self.tags, self.attributes = 0, 0, 0
        infos = parts.infolist()
        xml = sum(info.file_size for info in infos if info.filename.endswith((".xml", ".rels")))
        whole = sum(info.file_size for info in infos)
        if len(infos) > 2000 or whole > MAX_UNPACKED or xml > MAX_XML:
            raise _error(path, _TOO_MUCH, _SMALLER)
        if "xl/workbook.xml" not in self.names:
            raise _error(path, _("không phải tệp Excel"), _SAVE)

    def book(self) -> Book:
        """Return the sheets."""
        root = self._tree("xl/workbook.xml")
        links = {
            link.get("Id"): (str(link.get("Type")), _part(str(link.get("Target"))))
            for link in self._tree("xl/_rels/workbook.xml.rels")
        }
        if {target for _unused, target in links.values() if target in _NEEDED} - self.names:
            raise _error(self.path, _DAMAGED, _SAVE)
        properties = next(_named(root, "workbookPr"), None)
        self.is_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self.texts, self.formats = self._texts(), self._formats()
        sheets = []
        for one in _named(root, "sheet"):
            link = next(value for name, value in one.attrib.items() if name.endswith("}id"))
            kind, target = links.get(link, ("worksheet", ""))
            if not kind.endswith(_NO_CELLS):  # a damaged word for it makes no sheet vanish
                sheets.append(self._sheet(str(one.get("name")), str(one.get("state")), target))
        return Book(self.path.name, tuple(sheets))

    def _content(self, name: str) -> bytes:
        """Return a part, refused if it declares what no spreadsheet declares."""
        content = self.parts.read(name)
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            got = _("tệp chứa khai báo lạ")
            raise _error(self.path, got, _SAVE)
        self.tags += content.count(b"<")
        self.attributes += content.count(b"=")
        if max(self.tags, self.attributes) > MAX_MARKS:
            raise _error(self.path, _TOO_MUCH, _SMALLER)
        return content

    def _tree(self, name: str) -> ElementTree.Element:
        return ElementTree.fromstring(self._content(name))

    def _events(self, name: str) -> Iterator[tuple[str, str, ElementTree.Element]]:
        """Yield "start" or "end", the tag and the element, one after the other."""
        if name in self.names:
            source = io.BytesIO(self._content(name))
            for event, element in ElementTree.iterparse(source, ("start", "end")):
                yield event, element.tag.rpartition("}")[2], element

    def _texts(self) -> list[str]:
        """Return the texts that the cells refer to."""
        texts, root = [], None
        for event, tag, element in self._events("xl/sharedStrings.xml"):
            root = element if root is None else root
            if (event, tag) == ("end", "si"):
                texts.append(_text(element))
                root.clear()
        return texts

    def _formats(self) -> list[str]:
        """Return the number format of each style of a cell."""
        own, styles, is_cell = dict(_BUILT_IN), [], False
        for event, tag, element in self._events("xl/styles.xml"):
            if tag == "cellXfs":
                is_cell = event == "start"
            elif event == "end":
                if tag == "numFmt":
                    own[str(element.get("numFmtId"))] = str(element.get("formatCode"))
                elif tag == "xf" and is_cell:
                    styles.append(own.get(str(element.get("numFmtId")), "General"))
                element.clear()
        return styles

    def _sheet(self, title: str, state: str, part: str) -> Sheet:
        """Return one sheet."""
        if part not in self.names:
            wanted = _(
                "tệp còn đủ các trang: trang “{title}” đã mất; mở bản gốc, lưu lại rồi gửi lại",
                title=title,
            )
            raise DataError([Problem(f"{self.path.name} › {title}", None, None, "…", wanted)])
        sheet = Sheet(title, state in ("hidden", "veryHidden"))
        data, number = None, 0
        for event, tag, element in self._events(part):
            if event == "start":
                data = element if tag == "sheetData" else data
            elif tag == "row" and data is not None:
                number = int(float(element.get("r", number + 1)))
                self._row(sheet, number, element)
                data.clear()
            elif tag == "col" and _is_hidden(element):
                last = min(int(element.get("max", 0)), MAX_COLUMNS)
                sheet.hidden_columns.update(range(int(element.get("min", 0)), last + 1))
            elif tag == "mergeCell" and len(sheet.merged) < MAX_ROWS:
                sheet.merge(str(element.get("ref")))
        return sheet

    def _row(self, sheet: Sheet, number: int, element: ElementTree.Element) -> None:
        """Take the cells of a row that hold anything."""
        column, hidden = 0, _is_hidden(element)
        for one in element:
            column = cell_place(one.get("r", ""))[1] or column + 1
            value, is_formula = self._value(one)
            if value is None and not is_formula:
                continue
            self.cells += 1
            if number > MAX_ROWS or column > MAX_COLUMNS or self.cells > MAX_CELLS:
                raise self._too_far(sheet, cell_name(number, column))
            style = int(one.get("s", 0))
            number_format = self.formats[style] if style < len(self.formats) else "General"
            kind = one.get("t", "n")
            sheet.add(
                Cell(
                    number, column, _value_of(value, kind, number_format, is_1904=self.is_1904),
                    number_format, is_formula=is_formula, is_error=kind == "e",
                    is_hidden=hidden or sheet.hides(column),
                )
            )  # fmt: skip

    def _value(self, element: ElementTree.Element) -> tuple[str | None, bool]:
        """Return the text of what a cell holds, None for nothing, and whether it is a formula."""
        value, is_formula, kind = None, False, element.get("t", "n")
        for child in element:
            tag = child.tag.rpartition("}")[2]
            is_formula = is_formula or tag == "f"
            if tag == "v" and child.text:
                value = self._shared(int(child.text)) if kind == "s" else child.text
            elif tag == "is":
                value = _text(child)
        if value and len(value) > MAX_TEXT:
            raise _error(self.path, _DAMAGED, _SAVE)
        return value if value and value.strip() else None, is_formula

    def _shared(self, number: int) -> str:
        """Return a text that cells refer to by its number."""
        if not 0 <= number < len(self.texts):
            raise _error(self.path, _DAMAGED, _SAVE)
        return self.texts[number]

    def _too_far(self, sheet: Sheet, cell: str) -> DataError:
        """Return the error of a file that is too large, or of a cell typed far away by mistake."""
        place = f"{self.path.name} › {sheet.title}"
        wanted = _("không có gì ở xa ngoài biểu: xóa ô này")
        if self.cells > 0.1 * MAX_ROWS:
            wanted = _SMALLER
        return DataError([Problem(place, None, cell, "…", wanted)])


def _part(target: str) -> str:
    """Return the name of a part that the workbook links to."""
    path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return re.sub(r"[^/]+/\.\./", "", path)


def _named(root: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    """Yield the elements of a name, in whatever namespace."""
    return (one for one in root.iter() if one.tag.rpartition("}")[2] == name)


def _text(item: ElementTree.Element) -> str:
    """Return the text of an item without the readings of its signs that some languages add."""
    parts: list[str] = []
    for one in item:
        tag = one.tag.rpartition("}")[2]
        if tag == "t":
            parts.append(one.text or "")
        elif tag == "r":
            parts += [part.text or "" for part in _named(one, "t")]
    return "".join(parts)


def _is_hidden(element: ElementTree.Element) -> bool:
    """Return whether a row or column is not shown."""
    size: Any = element.get("width", element.get("ht", 1))
    return element.get("hidden") in ("1", "true") or float(size) == 0


_BUILT_IN = {
    "1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%", "11": "0.00E+00",
    "37": "#,##0 ;(#,##0)", "38": "#,##0 ;[Red](#,##0)", "39": "#,##0.00;(#,##0.00)",
    "40": "#,##0.00;[Red](#,##0.00)", "49": "@",
} | {str(number): "d/m/yyyy" for number in (*range(14, 23), *range(27, 37), *range(45, 48),
                                            *range(50, 59))}  # fmt: skip
"""The formats that a file names by number alone; those of dates and times are all alike here."""
