"""The first sheet: what was found, where the scenarios lead, what is on which sheet."""

from __future__ import annotations

from collections.abc import Mapping

from laikhe_analysis.outputs.excel.base import INPUT, Book, Page, Sheet
from laikhe_analysis.outputs.excel.cells import number_format
from laikhe_analysis.outputs.excel.goals import goals_of, target_name
from laikhe_analysis.outputs.word.material import day_words, last_day
from laikhe_analysis.vietnamese import label

__all__ = ["begin_summary", "fill_summary"]

Reached = Mapping[str, Mapping[str, tuple[str, float | None]]]


def begin_summary(book: Book) -> Sheet:
    """Return the first sheet, to be filled when all others stand."""
    material, say = book.material, book.say
    commune = material.data.commune
    first, last, name = commune.base_year, commune.target_year, book.commune
    title = say(f"Kế hoạch {first}-{last} của {name}: bảng tính",
                f"The {first}-{last} plan of {name}: workbook")  # fmt: skip
    day, scenario = day_words(last_day(material.data)), book.word(material.scenario)
    at = material.at.words
    notes = (
        say(f"Số liệu ghi đến {day.vi}; bảng theo dõi đến {at.vi}; các câu viết theo kịch bản "
            f"{scenario.lower()}. Ô nền vàng là ô để sửa.",
            f"Figures recorded up to {day.en}; board as of {at.en}; the sentences are about "
            f"the scenario “{scenario}”. Yellow cells may be changed."),
    )  # fmt: skip
    widths = (57.0, 16.0, 12.0, *(14.0 for _ in material.projections), 15.0)
    return book.sheet("summary", Page(title, widths, notes, pages=1))


def fill_summary(book: Book, sheet: Sheet, reached: Reached) -> None:
    """Write the findings, the scenarios' results, and the contents."""
    say = book.say
    sheet.part(say("Kết quả chính (viết khi xuất tệp, không đổi khi sửa giả định)",
                   "What was found (as of the file; does not follow changes)"))  # fmt: skip
    for line in book.material.lines:
        sheet.across(line.text.pick(book.lang), sheet.last_column - 1)
        sheet.write(sheet.last_column, label(line.origin, book.lang), "small")
        sheet.row += 1
    _scenarios(book, sheet, reached)
    _contents(book, sheet)
    sheet.finish()


def _scenarios(book: Book, sheet: Sheet, reached: Reached) -> None:
    """Write where each scenario leads beside the targets: live."""
    say, goals = book.say, goals_of(book)
    if not goals:
        return
    last = book.material.years[-1]
    sheet.part(
        say("Các kịch bản đạt đến đâu (đổi theo giả định)", "Where the scenarios lead (live)")
    )
    heads = [say("Chỉ tiêu", "Target"), say("Đơn vị tính", "Unit"),
             say(f"Mục tiêu {last}", f"Target {last}"), *(book.word(name) for name in reached),
             say("Căn cứ yếu nhất", "Weakest origin")]  # fmt: skip
    sheet.head(heads)
    for goal in goals:
        shown = number_format(goal.unit)
        sheet.write(0, goal.words)
        sheet.write(1, book.unit(goal.unit))
        less = f"-{goal.minus:g}" if goal.minus else ""
        if goal.kind == "start":
            sheet.write(2, None, "closed")
        else:
            sheet.formula(2, f"{target_name(goal.target)}{less}", goal.wanted, shown=shown)
        for column, found in enumerate(reached.values(), start=3):
            where, value = found[goal.key]
            sheet.formula(column, f'IF({where}="","",{where})', value, "strong", shown)
        pair = ("recurrent_revenue", "assigned_revenue")
        variables = pair if goal.kind == "start" else (goal.variable,)
        has = all(book.material.with_path(name) for name in variables)
        origin = label(book.material.origin(*variables), book.lang) if has else ""
        sheet.write(sheet.last_column, origin, "small")
        sheet.row += 1


def _contents(book: Book, sheet: Sheet) -> None:
    """Write what is on which sheet, with a way there."""
    say = book.say
    sheet.part(say("Các trang", "Sheets"))
    others = [other.name for other in book.file.worksheets()[1:]]
    half = -(-len(others) // 2)
    for i, name in enumerate(others):
        row, column = sheet.row + i % half, 3 * (i // half)
        sheet.ws.write_url(row, column, f"internal:'{name}'!A1", book.format("link"), string=name)
    sheet.row += half + 1
    sheet.ws.write_blank(sheet.row, 0, None, book.format("text", "", INPUT))
    sheet.ws.write_string(sheet.row, 1, say("ô để gõ số", "cells to type in"), book.format("note"))
    sheet.row += 1
