"""The register of the plan's targets, and the board at a date."""

from __future__ import annotations

from laikhe_analysis.monitor.boards import SYMBOLS, Line
from laikhe_analysis.office.excel.base import Book, Page, Sheet, Value
from laikhe_analysis.office.excel.cells import TYPED, cell, number_format
from laikhe_analysis.office.excel.goals import target_name
from laikhe_analysis.office.tables import goal_text
from laikhe_analysis.office.word.material import recorded_words
from laikhe_analysis.vietnamese import as_written, label, unit_label

__all__ = ["write_board", "write_register"]

_COLOURS = {"achieved": "#D9EAD3", "on_track": "#E2F0D9", "moderate": "#FFF2CC",
            "insufficient": "#FCE4D6", "away": "#F8CBAD", "not_assessed": "#F2F2F2"}  # fmt: skip


def write_register(book: Book) -> None:
    """Write the plan's numbers with definition, owner and source; each number has a name."""
    material, lang = book.material, book.lang
    say = book.say
    heads = (
        ("Mục", "Clause"), ("Chỉ tiêu", "Target"), ("Mức phải đạt", "Goal"), ("Số", "Number"),
        ("Đơn vị tính", "Unit"), ("Loại", "Kind"), ("Đến năm", "By"), ("Cơ sở giá", "Prices"),
        ("Cơ quan theo dõi", "Owner"), ("Nhiệm vụ", "Tasks"), ("Cách hiểu, lưu ý", "Definition, notes"),
        ("Phiên bản", "Version"), ("Mã nguồn", "Source"),
    )  # fmt: skip
    widths = (7.5, 28.0, 15.0, 9.0, 12.0, 14.0, 6.5, 11.0, 15.0, 8.5, 58.0, 22.0, 9.0)
    left_out = len(material.board.plan.targets) - len(material.data.plan.targets)
    notes = (
        say(f"Không kể {left_out} chỉ tiêu nội bộ.", f"{left_out} internal targets are left out."),
    )
    title = say("Sổ chỉ tiêu của kế hoạch", "Register of the plan's targets")
    sheet = book.sheet("register", Page(title, widths, notes if left_out else ()))
    sheet.head([say(*pair) for pair in heads], freeze=2)
    for line in material.board.lines:
        target = line.target
        base = "" if target.price_basis == "n/a" else label(target.price_basis, lang)
        tasks = ", ".join(task.clause for task in line.tasks)
        values: list[Value] = [
            target.clause, target.name.pick(lang), goal_text(target, lang),
            as_written(target.weaker_end, target.unit),
            book.unit(target.unit), label(target.kind, lang), target.target_year, base,
            target.owner, tasks, target.definition, target.version, target.source_id,
        ]  # fmt: skip
        book.define(target_name(target), sheet.at(cell(sheet.row, 3)))
        looks = {3: ("strong", TYPED), 6: ("number", "0")} | dict.fromkeys(
            (10, 11, 12), ("small", "")
        )
        sheet.line(values, looks)
    sheet.finish()


def write_board(book: Book) -> None:
    """Write where every target stands, and what in the plan has to be settled."""
    material, say, lang = book.material, book.say, book.lang
    heads = (
        ("Mục", "Clause"), ("Chỉ tiêu", "Target"), ("Mức phải đạt", "Goal"),
        ("Số mới nhất", "Latest"), ("Năm", "Year"), ("Còn thiếu", "Gap"), ("Đơn vị tính", "Unit"),
        ("Xếp loại", "Class"), ("Nhịp độ đến nay", "Pace so far"),
        ("Nhịp độ cần từ nay", "Pace needed"), ("Đơn vị nhịp độ", "Unit of pace"),
        ("Căn cứ", "Origin"), ("Mốc năm tới", "Next year"), ("Cơ quan theo dõi", "Owner"),
        ("Ghi chú", "Note"),
    )  # fmt: skip
    widths = (7.5, 29.0, 14.0, 10.0, 6.5, 10.0, 12.0, 15.0, 9.0, 9.0, 11.0, 12.0, 16.0, 15.0, 22.0)
    title = say(
        f"Bảng theo dõi chỉ tiêu đến {material.at.words.vi}",
        f"Board of the targets as of {material.at.words.en}",
    )
    notes = (material.board.summary().pick(lang), recorded_words(material.data).pick(lang))
    sheet = book.sheet("board", Page(title, widths, notes))
    sheet.head([say(*pair) for pair in heads], freeze=2)
    for line in material.board.lines:
        _board_line(book, sheet, line)
    _settle(book, sheet)
    sheet.finish()


def _board_line(book: Book, sheet: Sheet, line: Line) -> None:
    """Write one line of the board."""
    found, target, lang = line.assessment, line.target, book.lang
    step = line.next_milestone.pick(lang) if line.next_milestone else ""
    has_pace = found.pace_unit and found.needed is not None
    pace = unit_label(found.pace_unit, lang) if has_pace else ""
    value, gap = (_number(one, target.unit) for one in (found.value, found.gap))
    so_far, needed = (_number(one, found.pace_unit) for one in (found.pace, found.needed))
    values: list[Value] = [
        target.clause, target.name.pick(lang), goal_text(target, lang), value, found.year,
        gap, book.unit(target.unit), f"{SYMBOLS[line.status]} {label(line.status, lang)}",
        so_far, needed, pace, label(found.origin, lang) if found.origin else "", step,
        target.owner, found.reason.pick(lang) if found.reason else "",
    ]  # fmt: skip
    shown = number_format(target.unit)
    looks = {3: ("number", shown), 4: ("number", "0"), 5: ("number", shown),
             8: ("number", "#,##0.00"), 9: ("number", "#,##0.00"), 14: ("small", "")}  # fmt: skip
    sheet.line(values, looks)
    sheet.ws.write_string(
        sheet.row - 1, 7, str(values[7]), book.format("text", "", _COLOURS[line.status])
    )


def _number(value: float | None, unit: str) -> float | None:
    """Return a number as a cell holds it, rates in per cents."""
    return None if value is None else as_written(value, unit)


def _settle(book: Book, sheet: Sheet) -> None:
    """Write what in the plan has to be settled, and with whom, the weightiest first."""
    findings = sorted(book.material.board.findings, key=lambda one: _SEVERITY.index(one.severity))
    if not findings:
        return
    sheet.part(book.say("Điểm cần thống nhất", "To be settled"))
    words = {"conflict": ("mâu thuẫn", "conflict"), "question": ("câu hỏi", "question"),
             "note": ("ghi chú", "note")}  # fmt: skip
    for one in findings:
        told, settle = one.text.pick(book.lang), one.settle.pick(book.lang)
        head = f"{', '.join(one.clauses)} ({book.say(*words[one.severity])}): "
        sheet.note(f"{head}{told} → {settle}", kind="plain")


_SEVERITY = ("conflict", "question", "note")
