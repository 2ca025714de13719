"""How land-use fees are shared: every line of every rule, to be changed and chosen from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from laikhe_analysis.data import Dataset
from laikhe_analysis.land.sharing import retained_share
from laikhe_analysis.office.excel.base import Book, Sheet
from laikhe_analysis.office.excel.cells import capital, span
from laikhe_analysis.records import ShareLine
from laikhe_analysis.vietnamese import label

__all__ = ["rule_names", "source_titles", "write_sharing"]


def rule_names(data: Dataset, lang: str = "vi") -> dict[str, str]:
    """Return the words of every sharing rule, the rule's own name where two have the same."""
    names = {rule: capital(label(rule, lang)) for rule in data.rules}
    listed = list(names.values())
    return {rule: rule if listed.count(name) > 1 else name for rule, name in names.items()}


def source_titles(data: Dataset, ids: Iterable[str]) -> str:
    """Return the titles of sources, each once."""
    known = data.cited
    return "; ".join(dict.fromkeys(known[one].title for one in ids if one in known))


_STATUS = {
    "adopted": ("đã ban hành", "adopted"),
    "proposal": ("đề xuất, chưa thấy ban hành", "proposed, not seen adopted"),
}


def write_sharing(book: Book, sheet: Sheet) -> None:
    """Write how land-use fees are shared: rules to choose from, and their lines, live."""
    data, names = book.material.data, rule_names(book.material.data, book.lang)
    title = book.say("Quy định điều tiết tiền sử dụng đất", "How land-use fees are shared")
    sheet.part(title)
    note = book.say(
        "Sửa các ô màu vàng để thử tỷ lệ khác. Trung ương + thành phố + xã + chưa rõ phải bằng 100%. "
        "Được hưởng = (1 - trừ trước) x (xã + thành phố x phần trả lại).",
        "Change the yellow cells to try other shares. Centre + city + commune + open must make "
        "100%. Retained = (1 - taken first) x (commune + city x part returned).",
    )
    sheet.note(note)
    headings = (
        ("Quy định", "Rule"), ("Dòng thu", "Stream"), ("Từ năm", "From"), ("Đến năm", "To"),
        ("Trung ương", "Centre"), ("Thành phố", "City"), ("Xã", "Commune"),
        ("Phần thành phố trả lại", "City part returned"), ("Chưa rõ", "Open"),
        ("Trừ trước cho chi phí", "Taken first"), ("Cộng", "Sum"), ("Được hưởng", "Retained"),
        ("Hiệu lực", "Status"), ("Căn cứ", "Origin"), ("Nguồn", "Source"),
    )  # fmt: skip
    sheet.head([book.say(*pair) for pair in headings])
    first = sheet.row
    for name, rule in data.rules.items():
        for line in rule.lines:
            _write_line(
                book, sheet, names[name], line, retained_share(rule, line.stream, line.year_from)
            )
    if sheet.row > first:
        sheet.limit((first, 4), (sheet.row - 1, 9), 0.0, 1.0)
        _name_lines(book, sheet, first)
    _list_rules(book, sheet, list(names.values()))


def _write_line(book: Book, sheet: Sheet, name: str, line: ShareLine, kept: float) -> None:
    """Write one line of a rule: its shares, what they add up to, what the commune retains."""
    row, known = sheet.row + 1, _STATUS.get(line.status)
    sheet.write(0, name)
    sheet.write(1, label(line.stream, book.lang))
    sheet.write(2, line.year_from, "number", "0")
    sheet.write(3, line.year_to, "number", "0")
    shares = (line.central, line.city, line.commune, line.city_returned, line.unassigned,
              line.cost_deducted_first)  # fmt: skip
    for column, share in enumerate(shares, start=4):
        sheet.write(column, share, "input", "0.0#%")
    total = line.central + line.city + line.commune + line.unassigned
    sheet.formula(10, f"SUM(E{row}:G{row})+I{row}", total, shown="0.0#%")
    sheet.formula(11, f"(1-J{row})*(G{row}+F{row}*H{row})", kept, "strong", "0.0#%")
    status = book.say(*known) if known else label(line.status, book.lang)
    sources = source_titles(book.material.data, [line.source_id])
    for column, words in enumerate((status, label(line.origin, book.lang), sources), start=12):
        sheet.write(column, words, "small")
    sheet.row += 1


def _name_lines(book: Book, sheet: Sheet, first: int) -> None:
    """Name the columns that other sheets look a share up in."""
    columns = {"rules": 0, "streams": 1, "first": 2, "last": 3, "central": 4, "city": 5,
               "commune": 6, "returned": 7, "cost": 9, "retained": 11}  # fmt: skip
    for name, column in columns.items():
        where = span((first, column), (sheet.row - 1, column))
        book.define(f"sharing_{name}", sheet.at(where))


def _list_rules(book: Book, sheet: Sheet, names: Sequence[str]) -> None:
    """Write the rules and streams that cells may choose from."""
    streams = dict.fromkeys(
        label(line.stream, book.lang) for rule in book.material.data.rules.values() for line in rule.lines
    )  # fmt: skip
    for title, listed, name in (
        (book.say("Các quy định để chọn", "Rules to choose from"), list(names), "sharing_rule_names"),
        (book.say("Các dòng thu để chọn", "Streams to choose from"), list(streams), "sharing_stream_names"),
    ):  # fmt: skip
        if not listed:
            continue
        sheet.part(title)
        first = sheet.row
        for words in listed:
            sheet.write(0, words)
            sheet.row += 1
        book.define(name, sheet.at(span((first, 0), (sheet.row - 1, 0))))
