"""The register, the board at a date, and where every target must be each year."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from laikhe_analysis.growth import growth_factor
from laikhe_analysis.monitor.boards import SYMBOLS, Line, pace_label
from laikhe_analysis.monitor.measures import measure
from laikhe_analysis.outputs.excel_base import Book, Page, Sheet, Value
from laikhe_analysis.outputs.excel_cells import TYPED, cell, identifier, number_format, span
from laikhe_analysis.outputs.excel_goals import target_name
from laikhe_analysis.outputs.tables import goal_text
from laikhe_analysis.records import Target
from laikhe_analysis.series import AnnualSeries
from laikhe_analysis.targets.paths import back_loaded, way
from laikhe_analysis.vietnamese import COUNTED, label

__all__ = ["write_board", "write_milestones", "write_register"]

_COLOURS = {"achieved": "#D9EAD3", "on_track": "#E2F0D9", "moderate": "#FFF2CC",
            "insufficient": "#FCE4D6", "away": "#F8CBAD", "not_assessed": "#F2F2F2"}  # fmt: skip
_EVEN_UNITS = (*COUNTED, "%", "%/year", "% of plan", "level", "rating", "yes/no", "ratio")


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
            target.clause, target.name.pick(lang), goal_text(target, lang), target.weaker_end,
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
        f"Bảng theo dõi chỉ tiêu đến {material.at}", f"Board of the targets as of {material.at}"
    )
    notes = (material.board.summary().pick(lang),)
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
    pace = pace_label(found.pace_unit).pick(lang) if has_pace else ""
    values: list[Value] = [
        target.clause, target.name.pick(lang), goal_text(target, lang), found.value, found.year,
        found.gap, book.unit(target.unit), f"{SYMBOLS[line.status]} {label(line.status, lang)}",
        found.pace, found.needed, pace, label(found.origin, lang) if found.origin else "", step,
        target.owner, found.reason.pick(lang) if found.reason else "",
    ]  # fmt: skip
    shown = number_format(target.unit)
    looks = {3: ("number", shown), 4: ("number", "0"), 5: ("number", shown),
             8: ("number", "#,##0.00"), 9: ("number", "#,##0.00"), 14: ("small", "")}  # fmt: skip
    sheet.line(values, looks)
    sheet.ws.write_string(
        sheet.row - 1, 7, str(values[7]), book.format("text", "", _COLOURS[line.status])
    )


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


def write_milestones(book: Book) -> None:
    """Write where every target must be each year, live from the figure that it starts from."""
    material, say = book.material, book.say
    years = range(material.years[0] + 1, material.years[-1] + 1)
    heads = [
        say("Mục", "Clause"), say("Chỉ tiêu", "Target"), say("Đơn vị tính", "Unit"),
        say("Năm đầu", "Start"), say("Số đầu", "Start value"), say("Căn cứ số đầu", "Origin"),
        *map(str, years), say("Cách tính", "How"),
    ]  # fmt: skip
    widths = (7.5, 42.0, 16.0, 7.0, 10.0, 13.0, *(9.5 for _ in years), 27.0)
    note = say(
        "Gõ số năm xuất phát vào ô vàng thì mức cần đạt từng năm hiện ra. Số đếm và tỷ lệ % chia đều "
        "theo năm; giá trị bằng tiền tăng theo tốc độ đều. Ô trống: chưa có số để tính.",
        "Type the figure of the start into the yellow cell and the yearly levels appear. Counts and "
        "per cents move evenly; money grows at an even rate. Empty: no figure to start from.",
    )
    title = say("Lộ trình: mức cần đạt từng năm", "Path: the level needed each year")
    sheet = book.sheet("milestones", Page(title, widths, (note,)))
    sheet.head(heads, freeze=2)
    for line in material.board.lines:
        _milestone(book, sheet, line.target, years)
    sheet.finish()


def _milestone(book: Book, sheet: Sheet, target: Target, years: range) -> None:
    """Write the path of one target."""
    if target.kind == "cumulative":
        count = target.target_year - target.base_year
        even = book.say(
            "cộng dồn, chia đều các năm (giả định)", "running sum, even years (assumption)"
        )
        late = book.say(
            "cộng dồn, dồn về cuối kỳ (giả định)", "running sum, late years (assumption)"
        )
        for words, shares in ((even, (1 / count,) * count), (late, back_loaded(count))):
            _sums(book, sheet, target, years, (words, shares))
    elif target.kind in ("level_by", "average_rate"):
        _way(book, sheet, target, years)
    else:
        _goals(book, sheet, target, years)


def _begin(
    book: Book, sheet: Sheet, target: Target, how: str, unit: str = "", name: str = ""
) -> None:
    """Write what stands left and right of the years."""
    named = name or target.name.pick(book.lang)
    for column, words in enumerate((target.clause, named, unit or book.unit(target.unit))):
        sheet.write(column, words)
    for column in (3, 4, 5):
        sheet.write(column, None, "closed")
    sheet.write(sheet.last_column, how, "small")


def _sums(
    book: Book, sheet: Sheet, target: Target, years: range, profile: tuple[str, Sequence[float]]
) -> None:
    """Write the running sum of a total."""
    words, shares = profile
    _begin(book, sheet, target, words)
    units = [round(share / shares[0]) for share in shares]
    for i, year in enumerate(years):
        if target.base_year < year <= target.target_year:
            k = year - target.base_year
            formula = f"{target_name(target)}*{sum(units[:k])}/{sum(units)}"
            value = target.weaker_end * sum(shares[:k])
            sheet.formula(6 + i, formula, value, shown=number_format(target.unit))
        else:
            sheet.write(6 + i, None, "closed")
    sheet.row += 1


def _goals(book: Book, sheet: Sheet, target: Target, years: range) -> None:
    """Write a target of every year, or a milestone in its year."""
    once = target.kind == "milestone"
    how = (
        book.say("mốc hoàn thành", "milestone")
        if once
        else book.say("giữ hằng năm", "held every year")
    )
    _begin(book, sheet, target, f"{how}: {goal_text(target, book.lang)}")
    for i, year in enumerate(years):
        wanted = (
            year == target.target_year if once else target.base_year < year <= target.target_year
        )
        if wanted:
            shown = number_format(target.unit)
            sheet.formula(6 + i, target_name(target), target.weaker_end, shown=shown)
        else:
            sheet.write(6 + i, None, "closed")
    sheet.row += 1


def _start(book: Book, target: Target) -> tuple[int, float | None, AnnualSeries | None]:
    """Return the year and value that a path starts from, and the series that holds it."""
    series = measure(target, book.material.data.series())
    known = series.known().after_breaks() if series is not None else None
    years = known.years if known is not None else ()
    usable = [y for y in years if target.base_year <= y < target.target_year]
    grows = target.kind == "average_rate"
    if known is None or not usable or (grows and known.unit in ("%", "%/year", "ratio")):
        return target.base_year, 100.0 if grows else None, None
    return usable[0], known.at(usable[0]), known


def _way(book: Book, sheet: Sheet, target: Target, years: range) -> None:
    """Write the way from the first known figure to the target."""
    start, value, series = _start(book, target)
    grows, last = target.kind == "average_rate", target.target_year
    unit = series.unit if series else "index" if grows else target.unit
    unit_words = book.unit(unit) + (f", {start} = 100" if unit == "index" and grows else "")
    even = not grows and target.unit in _EVEN_UNITS
    how = (
        book.say("chia đều theo năm", "evenly")
        if even
        else book.say("tăng theo tốc độ đều", "at an even rate")
    )
    _begin(book, sheet, target, f"{how}: {goal_text(target, book.lang)}", unit_words)
    sheet.write(3, start, "number", "0")
    sheet.write(4, value, "input", TYPED)
    origin = (
        label(series.origin, book.lang)
        if series
        else book.say("quy ước", "convention")
        if grows
        else ""
    )
    sheet.write(5, origin, "small")
    name, first = target_name(target), cell(sheet.row, 4)
    goal = target.weaker_end
    end = (
        None
        if value is None
        else value * growth_factor(goal / 100, last - start)
        if grows
        else goal
    )
    for i, year in enumerate(years):
        shown = number_format(unit)
        if year <= start or year > last:
            sheet.write(6 + i, None, "closed")
            continue
        part, got = f"{year - start}/{last - start}", None
        if grows:
            formula = f'IF({first}="","",{first}*(1+{name}/100)^{year - start})'
        elif even:
            formula = f'IF({first}="","",{first}+({name}-{first})*{part})'
        else:
            formula = f'IF({first}="","",IF({first}<=0,"",{first}*({name}/{first})^({part})))'
        if value is not None and end is not None and (even or min(value, end) > 0):
            at = np.array((year - start) / (last - start))
            got = float(way(value, end, at, "linear" if even else "compound"))
        if year == last and not grows:
            formula, got = name, goal
        sheet.formula(6 + i, formula, got, shown=shown)
    where = span((sheet.row, 6), (sheet.row, 5 + len(years)))
    book.define(identifier("path", target.target_id), sheet.at(where))
    sheet.row += 1
