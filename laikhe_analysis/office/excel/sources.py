"""Where every number comes from: the commune's own figures, the public ones, and their sources."""

from __future__ import annotations

from collections.abc import Iterator

from laikhe_analysis.office.excel.base import Book, Page, Sheet, Value
from laikhe_analysis.office.excel.cells import TYPED
from laikhe_analysis.records import Observation, ReferenceValue
from laikhe_analysis.vietnamese import UNITS, as_written, label, written_unit

__all__ = ["write_sources"]


def write_sources(book: Book) -> None:
    """Write the commune's own figures, the public ones they are held against, and their sources."""
    say = book.say
    heads = (
        ("Nơi", "Where"), ("Số liệu", "Figure"), ("Từ năm", "From"), ("Năm", "Year"), ("Kỳ", "Period"),
        ("Giá trị", "Value"), ("Đơn vị tính", "Unit"), ("Cơ sở giá", "Prices"),
        ("Tình trạng", "Status"), ("Căn cứ", "Origin"), ("Tin cậy", "Confidence"),
        ("Mã nguồn", "Source"), ("Ghi ngày", "Recorded"), ("Ghi chú", "Note"),
    )  # fmt: skip
    widths = (14.0, 34.0, 6.5, 6.5, 5.5, 12.0, 13.0, 11.0, 11.0, 12.0, 7.5, 20.0, 10.0, 34.0)
    title = say("Số liệu, căn cứ của từng số, nguồn", "Figures, the origin of each, sources")
    notes = (say("Phần đầu là số của xã, sau đó là số công bố của nơi khác dùng để đối chiếu.",
                 "First the commune's own figures, then public ones of other places."),)  # fmt: skip
    sheet = book.sheet("sources", Page(title, widths, notes))
    sheet.head([say(*pair) for pair in heads], freeze=2)
    top = sheet.row - 1
    looks = dict.fromkeys((2, 3), ("number", "0")) | dict.fromkeys((11, 13), ("small", ""))
    looks[5] = "number", TYPED + "###"
    for values in (*_own(book), *_public(book)):
        sheet.line(values, looks)
    sheet.ws.autofilter(top, 0, sheet.row - 1, sheet.last_column)
    _write_list(book, sheet)
    sheet.finish()


def _own(book: Book) -> Iterator[list[Value]]:
    """Return the rows of the commune's own figures; internal ones were taken out before."""
    data, lang = book.material.data, book.lang
    names = {entry.field.series_id: entry.field.name.pick(lang) for entry in book.entries}
    for row in data.latest():
        name = names.get(row.series_id, label(row.series_id, lang))
        yield [book.commune, name, None, row.year, row.period, _value(row), *_kind(book, row), "",
               row.source_id, row.recorded_on, row.note]  # fmt: skip


def _public(book: Book) -> Iterator[list[Value]]:
    """Return the rows of the public figures."""
    trust = {"high": ("cao", "high"), "medium": ("vừa", "medium"), "low": ("thấp", "low")}
    for row in book.material.data.published:
        name, sure = label(row.series_id, book.lang), book.say(*trust[row.confidence])
        yield [row.entity, name, row.year_from, row.year, "", _value(row), *_kind(book, row), sure,
               row.source_id, "", row.note]  # fmt: skip


def _value(row: Observation | ReferenceValue) -> float | None:
    """Return a figure as files have it, rates in per cents."""
    return None if row.value is None else as_written(row.value, row.unit)


def _kind(book: Book, row: Observation | ReferenceValue) -> list[str]:
    """Return unit, price basis, status and origin of a figure in words."""
    unit = book.unit(row.unit) if written_unit(row.unit) in UNITS else row.unit
    basis = "" if row.price_basis == "n/a" else label(row.price_basis, book.lang)
    return [unit, basis, label(row.status, book.lang), label(row.origin, book.lang)]


def _write_list(book: Book, sheet: Sheet) -> None:
    """Write what every source is."""
    heads = (("Mã nguồn", "Source"), ("Tên", "Title"), ("Nơi công bố", "Publisher"),
             ("Ngày", "Published"), ("Địa chỉ", "Address"))  # fmt: skip
    sheet.part(book.say("Nguồn", "Sources"))
    for column, pair in zip(_BLOCKS, heads, strict=True):
        sheet.block(column, book.say(*pair), "head")
    sheet.row += 1
    for one in book.material.data.cited.values():
        values = one.source_id, one.title, one.publisher, one.published, one.url
        for column, value in zip(_BLOCKS, values, strict=True):
            sheet.block(column, value, "small")
        sheet.row += 1


_BLOCKS = ((0, 0), (1, 3), (4, 7), (8, 8), (9, 13))
"""First and last column of each column of the list, which stands beneath a wider table."""
