"""The plan as tables: the board at a date, the register of targets, figures and sources."""

from __future__ import annotations

from collections.abc import Iterable

from laikhe_analysis.data import Dataset
from laikhe_analysis.language.wordings.board import (
    IN_WORDS,
    cells_of,
    class_text,
    day_text,
    milestone_text,
    newest_text,
    note_text,
    pace_text,
    sign,
    when_text,
)
from laikhe_analysis.messages import _, capital
from laikhe_analysis.monitor.boards import Board, Line
from laikhe_analysis.office.annex import TYPED, in_millions
from laikhe_analysis.office.excel.assumptions import source_titles
from laikhe_analysis.office.excel.cells import BLANK, Cell, Column, number, number_format, small
from laikhe_analysis.office.excel.sheet import Book, Sheet
from laikhe_analysis.office.forms.form import period_words
from laikhe_analysis.office.tables import goal_text
from laikhe_analysis.records import Observation, Source
from laikhe_analysis.vietnamese import is_fraction, unit_label, word_value
from laikhe_analysis.vietnamese import words as words_of

__all__ = ["write_board", "write_register", "write_sources"]

_SEVERITY = {"conflict": _("mâu thuẫn"), "question": _("câu hỏi"), "note": _("ghi chú")}


def write_board(book: Book, board: Board, day: str) -> None:
    """Write where every target stands, and what in the plan has to be settled."""

    def newest(line: Line) -> Cell:
        new = line.newest
        if new is None:
            return BLANK
        word = word_value(new.value, new.unit)
        if word is not None or is_fraction(new.unit):
            return small(word or newest_text(line))
        shown = number(new.value, new.unit)
        typed = in_millions(new.value, "")[1]
        if new.unit.startswith("billion") and typed <= TYPED:  # no more decimals than were typed
            shown = shown._replace(shown=number_format("", typed))
        return shown

    def unit(line: Line) -> Cell:
        new = line.newest
        return BLANK if new is None or is_fraction(new.unit) else book.unit(new.unit)

    def gap(line: Line) -> Cell:
        gap, unit = line.assessment.gap, line.target.unit
        if gap is None or gap <= 0 or unit in IN_WORDS or unit == "%" or is_fraction(unit):
            return small(cells_of(line, book.lang)["gap"])
        return number(gap, unit)

    def group(line: Line) -> Cell:
        known = line.status != "not_assessed"
        shown = class_text(line, book.lang) if known else sign(line.status, book.lang)
        return Cell(shown, line.status)

    def pace(line: Line, *, needed: bool) -> Cell:
        found = line.assessment
        is_open = (found.needed if needed else found.pace) is not None and line.status != "achieved"
        return small(pace_text(line, needed=needed) if is_open else None)

    def told(line: Line) -> Cell:
        return small(note_text(line, book.lang) or line.assessment.reason)

    columns = [
        Column(_("Mục"), 7.5, lambda line: line.target.clause),
        Column(_("Chỉ tiêu"), 30, lambda line: line.target.name),
        Column(_("Mức phải đạt"), 15, lambda line: goal_text(line.target, book.lang)),
        Column(_("Số mới nhất"), 11, newest),
        Column(_("Đơn vị tính"), 12, unit),
        Column(_("Kỳ"), 12, lambda line: small(when_text(line, book.lang))),
        Column(_("Còn thiếu"), 10, gap),
        Column(_("Xếp loại"), 16, group),
        Column(_("Nhịp độ đến nay"), 12, lambda line: pace(line, needed=False)),
        Column(_("Nhịp độ cần từ nay"), 12, lambda line: pace(line, needed=True)),
        Column(_("Căn cứ"), 12, lambda line: book.origin(line.assessment.origin or "")),
        Column(_("Mốc năm tới"), 16, lambda line: small(milestone_text(line))),
        Column(_("Cơ quan theo dõi"), 16, lambda line: small(line.target.owner)),
        Column(_("Ghi chú"), 24, told),
    ]  # fmt: skip
    title = _("Bảng theo dõi chỉ tiêu đến {period}", period=board.as_of.words)
    sheet = Sheet(book, _("Bảng theo dõi"), title, [column.width for column in columns])
    sheet.note(board.summary())
    sheet.note(
        _("Số liệu ghi đến {day}.", day=day_text(day)) if day else _("Chưa có số liệu nào của xã.")
    )
    sheet.table(columns, board.lines, freeze=2)
    found = sorted(board.findings, key=lambda one: list(_SEVERITY).index(one.severity))
    if found:
        sheet.part(_("Điểm cần thống nhất"))
    for one in found:
        head = f"{', '.join(one.clauses)} ({book.say(_SEVERITY[one.severity])}): "
        sheet.note(f"{head}{book.say(one.text)} → {book.say(one.settle)}", "plain")
    sheet.finish()


def write_register(book: Book, data: Dataset, board: Board) -> None:
    """Write the plan's numbers with definition, owner and source; each number has a name."""

    def asked(line: Line) -> Cell:
        return number(line.target.weaker_end, line.target.unit, "strong")

    def tasks(line: Line) -> Cell:
        return small(", ".join(task.clause for task in line.tasks))

    def basis(line: Line) -> Cell:
        prices = line.target.price_basis
        return small("" if prices == "n/a" else words_of(prices))

    columns = [
        Column(_("Mục"), 7.5, lambda line: line.target.clause),
        Column(_("Chỉ tiêu"), 30, lambda line: line.target.name),
        Column(_("Mức phải đạt"), 16, lambda line: goal_text(line.target, book.lang)),
        Column(_("Số"), 10, asked),
        Column(_("Đơn vị tính"), 12, lambda line: book.unit(line.target.unit)),
        Column(_("Loại"), 14, lambda line: small(words_of(line.target.kind))),
        Column(_("Đến năm"), 6.5, lambda line: Cell(line.target.target_year, "number", "0")),
        Column(_("Cơ sở giá"), 11, basis),
        Column(_("Cơ quan theo dõi"), 16, lambda line: small(line.target.owner)),
        Column(_("Nhiệm vụ"), 9, tasks),
        Column(_("Cách hiểu, lưu ý"), 56, lambda line: small(line.target.definition)),
        Column(_("Phiên bản"), 20, lambda line: small(line.target.version)),
        Column(_("Nguồn"), 20, lambda line: small(source_titles(data, [line.target.source_id]))),
    ]  # fmt: skip
    title = _("Sổ chỉ tiêu của kế hoạch")
    sheet = Sheet(book, _("Sổ chỉ tiêu"), title, [column.width for column in columns])
    left_out = len(board.plan.targets) - len(data.plan.targets)
    if left_out:
        sheet.note(_("Không kể {n} chỉ tiêu nội bộ.", n=left_out))
    top = sheet.table(columns, board.lines, freeze=2)
    for row, line in enumerate(board.lines, start=top + 1):
        book.define(sheet.at(row, 3), "target", line.target.target_id)
    sheet.finish()


def write_sources(book: Book, data: Dataset, names: dict[str, str]) -> None:
    """Write the commune's own figures, what each rests on, and what every source is.

    The public figures of other places stand in the report and in its files.
    """

    def value(row: Observation) -> Cell:
        return BLANK if row.value is None else number(row.value, row.unit)

    def name(row: Observation) -> str:
        return names.get(row.series_id, book.word(row.series_id))

    def basis(row: Observation) -> Cell:
        return small("" if row.price_basis == "n/a" else words_of(row.price_basis))

    columns = [
        Column(_("Số liệu của xã"), 44, name),
        Column(_("Kỳ"), 22, lambda row: small(capital(book.say(period_words(row.period, row.year))))),
        Column(_("Giá trị"), 13, value),
        Column(_("Đơn vị tính"), 20, lambda row: small(unit_label(row.unit, book.lang))),
        Column(_("Cơ sở giá"), 14, basis),
        Column(_("Tình trạng"), 14, lambda row: small(words_of(row.status))),
        Column(_("Căn cứ"), 16, lambda row: small(words_of(row.origin))),
        Column(_("Nguồn"), 40, lambda row: small(source_titles(data, [row.source_id]))),
        Column(_("Ghi ngày"), 12, lambda row: small(day_text(row.recorded_on))),
        Column(_("Ghi chú"), 44, lambda row: small(row.note)),
    ]  # fmt: skip
    title = _("Số liệu của xã, căn cứ của từng số, nguồn")
    sheet = Sheet(book, _("Nguồn"), title, [column.width for column in columns])
    top = sheet.table(columns, data.latest(), freeze=1)
    sheet.ws.autofilter(top, 0, max(top + 1, sheet.row - 1), len(columns) - 1)
    sheet.part(_("Các nguồn"))
    for one in _used(data):
        told = (one.title, one.publisher, one.published, one.url)
        sheet.note("; ".join(filter(None, told)), "plain")
    sheet.finish()


def _used(data: Dataset) -> Iterable[Source]:
    """Return the sources of what the workbook holds: figures, assumptions, rules, targets."""
    rules = (line.source_id for rule in data.rules.values() for line in rule.lines)
    assumed = (one.source_id for each in data.assumed.values() for one in each.assumptions)
    figures = (row.source_id for row in data.latest())
    targets = (target.source_id for target in data.plan.targets)
    used = {*rules, *assumed, *figures, *targets}
    return [one for one in data.cited.values() if one.source_id in used]
