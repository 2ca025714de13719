"""Where every number comes from: the commune's own figures, the public ones, and their sources."""

from __future__ import annotations

from laikhe_analysis.outputs.excel_base import Book, Page
from laikhe_analysis.outputs.excel_cells import TYPED
from laikhe_analysis.vietnamese import UNITS, label

__all__ = ["write_figures", "write_sources"]


def write_figures(book: Book) -> None:
    """Write the commune's own figures, then the public figures that results are held against."""
    say, data, lang = book.say, book.material.data, book.lang
    heads = (
        ("Nơi", "Where"), ("Số liệu", "Figure"), ("Từ năm", "From"), ("Năm", "Year"), ("Kỳ", "Period"),
        ("Giá trị", "Value"), ("Đơn vị tính", "Unit"), ("Cơ sở giá", "Prices"),
        ("Tình trạng", "Status"), ("Căn cứ", "Origin"), ("Tin cậy", "Confidence"),
        ("Mã nguồn", "Source"), ("Ghi ngày", "Recorded"), ("Ghi chú", "Note"),
    )  # fmt: skip
    widths = (14.0, 34.0, 6.5, 6.5, 5.5, 12.0, 13.0, 11.0, 11.0, 12.0, 7.5, 20.0, 10.0, 34.0)
    title = say("Số liệu và căn cứ của từng số", "Figures, and the origin of each")
    notes = (say("Phần đầu là số của xã, sau đó là số công bố của nơi khác dùng để đối chiếu.",
                 "First the commune's own figures, then public ones of other places."),)  # fmt: skip
    sheet = book.sheet("figures", Page(title, widths, notes))
    sheet.head([say(*pair) for pair in heads], freeze=2)
    top = sheet.row - 1
    looks = dict.fromkeys((2, 3), ("number", "0")) | dict.fromkeys((11, 13), ("small", ""))
    looks[5] = "number", TYPED + "###"
    trust = {"high": ("cao", "high"), "medium": ("vừa", "medium"), "low": ("thấp", "low")}
    names = {entry.field.series_id: entry.field.name.pick(lang) for entry in book.entries}

    def common(row: object) -> list[str]:
        unit, basis = getattr(row, "unit", ""), getattr(row, "price_basis", "n/a")
        return [
            book.unit(unit) if unit in UNITS else unit, "" if basis == "n/a" else label(basis, lang),
            label(getattr(row, "status", ""), lang), label(getattr(row, "origin", ""), lang),
        ]  # fmt: skip

    for own in data.latest():
        if own.series_id in book.hidden:
            continue
        name = names.get(own.series_id, label(own.series_id, lang))
        sheet.line([data.commune.name, name, None, own.year, own.period, own.value, *common(own), "",
                    own.source_id, own.recorded_on, own.note], looks)  # fmt: skip
    for row in data.reference:
        sheet.line([row.entity, label(row.series_id, lang), row.year_from, row.year, "", row.value,
                    *common(row), say(*trust.get(row.confidence, ("", ""))), row.source_id, "",
                    row.note], looks)  # fmt: skip
    sheet.ws.autofilter(top, 0, sheet.row - 1, sheet.last_column)
    sheet.finish()


def write_sources(book: Book) -> None:
    """Write what every source is."""
    say = book.say
    heads = (("Mã nguồn", "Source"), ("Tên", "Title"), ("Nơi công bố", "Publisher"),
             ("Ngày", "Published"), ("Địa chỉ", "Address"))  # fmt: skip
    sheet = book.sheet("sources", Page(say("Nguồn", "Sources"), (28.0, 52.0, 24.0, 11.0, 44.0)))
    sheet.head([say(*pair) for pair in heads], freeze=1)
    for one in book.material.data.sources.values():
        values = [one.source_id, one.title, one.publisher, one.published, one.url]
        sheet.line(values, {0: ("small", ""), 4: ("small", "")})
    sheet.finish()
