"""The board in tables of words: the same cells in the terminal, in notebooks, in a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from laikhe_analysis.boards import SYMBOLS, Board, Line, pace_label
from laikhe_analysis.checks import Text
from laikhe_analysis.outputs.tables import RATINGS, Table, goal_text, table
from laikhe_analysis.progress import PROGRESS
from laikhe_analysis.records import Finding
from laikhe_analysis.vietnamese import (
    COUNTED,
    format_number,
    format_value,
    label,
    unit_label,
)

__all__ = [
    "SORTS",
    "behind_table",
    "board_table",
    "change_table",
    "count_table",
    "finding_table",
    "number_text",
    "open_table",
    "served_table",
    "sign",
    "task_table",
    "value_text",
]

SORTS = {
    True: Text("kinh tế, đất đai", "economic and land"),
    False: Text("hành chính, xã hội", "administrative and social"),
}
"""The two sorts of targets, never counted as one: the others are nearly certain."""

_HEADINGS = {
    "group": Text("Nhóm", "Group"),
    "status": Text("Xếp loại", "Class"),
    "clause": Text("Mục", "Clause"),
    "name": Text("Chỉ tiêu", "Target"),
    "goal": Text("Mức phải đạt", "Goal"),
    "latest": Text("Mới nhất", "Latest"),
    "required": Text("Năm đó phải đạt", "Required by then"),
    "gap": Text("Còn thiếu", "Missing"),
    "pace": Text("Nhịp độ cần từ nay (đến nay)", "Pace needed (so far)"),
    "next": Text("Mốc tới", "Next"),
    "expected": Text("Kịch bản dẫn tới", "A scenario leads to"),
    "owner": Text("Nơi theo dõi", "Owner"),
}


def sign(status: str, lang: str = "vi") -> str:
    """Return a class with its sign, to be read without colour.

    Examples
    --------
    >>> sign("on_track"), sign("away", "en")
    ('↗ đúng tiến độ', '↓ moving away')
    """
    return f"{SYMBOLS[status]} {label(status, lang)}"


def value_text(value: float, unit: str, lang: str = "vi") -> str:
    """Return a value in the words of its unit.

    Examples
    --------
    >>> value_text(1, "yes/no"), value_text(187, "million VND/ha"), value_text(3, "rating", "en")
    ('đạt', '187,0 triệu đồng/ha', 'good or better')
    """
    if unit == "yes/no":
        return Text("đạt", "met").pick(lang) if value >= 1 else Text("chưa", "not yet").pick(lang)
    if unit == "rating" and int(value) in RATINGS:
        return RATINGS[int(value)].pick(lang)
    space = "" if unit.startswith("%") else " "
    return f"{number_text(value, unit, lang)}{space}{unit_label(unit, lang)}"


def number_text(value: float, unit: str, lang: str = "vi") -> str:
    """Return a number with the decimals that suit its unit and size.

    Examples
    --------
    >>> number_text(7.5, "households"), number_text(10, "households"), number_text(504.276, "billion VND")
    ('7,5', '10', '504,276')
    """
    if abs(value) >= _LARGE:
        return format_number(value, 0, lang)
    if unit in COUNTED and value != round(value):
        return format_number(value, 1, lang)
    return format_value(value, unit, lang)


_LARGE = 1000
"""From here on decimals say nothing."""


def _cells(line: Line, lang: str) -> dict[str, Any]:
    """Return the cells of a line; None where there is nothing to say."""
    target, found = line.target, line.assessment
    return {
        "group": label(target.group, lang), "status": sign(line.status, lang),
        "clause": target.clause, "name": target.name.pick(lang), "goal": goal_text(target, lang),
        "latest": _latest(line, lang),
        "required": None if found.required is None else value_text(
            found.required, target.unit, lang),
        "gap": None if found.gap is None else _gap(found.gap, target.unit, lang),
        "pace": _pace(line, lang), "next": _next(line, lang),
        "expected": _expected(line, lang), "owner": target.owner or None,
    }  # fmt: skip


def _latest(line: Line, lang: str) -> str:
    """Return the latest value, its year, its age and, unless official, what it rests on."""
    found = line.assessment
    if found.value is None or found.year is None:
        return "…"
    notes = [str(found.year)]
    if line.age:
        notes.append(Text(f"cách {line.age} năm", f"{line.age} years ago").pick(lang))
    if found.origin not in (None, "official"):
        notes.append(label(str(found.origin), lang))
    return f"{value_text(found.value, line.target.unit, lang)} ({', '.join(notes)})"


def _gap(gap: float, unit: str, lang: str) -> str:
    """Return what is missing, or that nothing is."""
    if gap <= 0 or unit == "yes/no":
        return "-" if gap <= 0 else Text("chưa đạt", "not yet").pick(lang)
    if unit == "rating":
        return format_number(gap, 0, lang)
    if unit == "%":
        unit = "percentage points"
    return value_text(gap, unit, lang)


def _pace(line: Line, lang: str) -> str | None:
    """Return the yearly pace needed from now on, and so far."""
    found = line.assessment
    if found.needed is None or line.status == "achieved":
        return None
    so_far = "" if found.pace is None else f" ({format_number(found.pace, 1, lang)})"
    unit = pace_label(found.pace_unit).pick(lang)
    return f"{format_number(found.needed, 1, lang)}{so_far} {unit}"


def _next(line: Line, lang: str) -> str | None:
    """Return the next milestone; marks and titles in words."""
    step = line.next_milestone
    if step is None:
        return None
    if line.target.unit in ("yes/no", "rating"):
        return f"{step.pick(lang).partition(':')[0]}: {goal_text(line.target, lang)}"
    return step.pick(lang)


def _expected(line: Line, lang: str) -> str | None:
    """Return where a scenario leads in the target year, and whether that is enough."""
    ahead = line.expected
    if ahead is None or ahead.value is None or ahead.year != line.target.target_year:
        return None
    met = Text("đạt", "met") if ahead.status == "achieved" else Text("không đạt", "not met")
    return f"{value_text(ahead.value, line.target.unit, lang)}: {met.pick(lang)}"


def board_table(
    lines: Iterable[Line], lang: str = "vi", *, leave_out: Sequence[str] = (), scenario: str = ""
) -> Table:
    """Return lines of a board as a table; a column that says nothing of any line is left out.

    Parameters
    ----------
    lines : iterable of Line
    lang : {"vi", "en"}
    leave_out : sequence of str
        Columns not to show: "group", "status", "clause", "name", "goal", "latest", "required",
        "gap", "pace", "next", "expected", "owner".
    scenario : str
        Name of the scenario whose end is shown.
    """
    rows = [_cells(line, lang) for line in lines]
    headings = {
        field: words.pick(lang)
        for field, words in _HEADINGS.items()
        if field not in leave_out and any(row[field] not in (None, "…") for row in rows)
    }
    if "expected" in headings and scenario:
        headings["expected"] += f" ({label(scenario, lang)})"
    return table(rows, headings, missing="", lang=lang)


def count_table(found: Board, lang: str = "vi") -> Table:
    """Return how many items and numbers are of each class, economic numbers apart."""
    items = Counter(found.items().values())
    counts = {"items": {status: items[status] for status in PROGRESS}, "numbers": found.count()}
    counts |= {str(sort): found.count(economic=sort) for sort in SORTS}
    rows = [
        {"class": sign(status, lang)} | {name: counted[status] for name, counted in counts.items()}
        for status in PROGRESS
    ]
    total = {"class": Text("Tất cả", "All").pick(lang)}
    rows.append(total | {name: sum(counted.values()) for name, counted in counts.items()})
    headings = {
        "class": Text("Xếp loại", "Class"),
        "items": Text("Mục (theo con số yếu nhất)", "Items (by their weakest number)"),
        "numbers": Text("Con số", "Numbers"),
    } | {str(sort): Text(f"trong đó: {w.vi}", f"of these: {w.en}") for sort, w in SORTS.items()}
    return table(rows, {k: v.pick(lang) for k, v in headings.items()}, decimals=0, lang=lang)


def open_table(found: Board, lang: str = "vi") -> Table:
    """Return why numbers are not assessed, whom to ask, and which they are."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for line in found.lines:
        if line.status == "not_assessed" and line.assessment.reason is not None:
            key = line.assessment.reason.pick(lang), line.target.owner
            grouped.setdefault(key, []).append(line.target.clause)
    rows = [
        {"why": why, "owner": owner, "n": len(clauses), "which": ", ".join(dict.fromkeys(clauses))}
        for (why, owner), clauses in sorted(grouped.items(), key=lambda x: (x[0][0], -len(x[1])))
    ]
    headings = {
        "why": Text("Vì sao", "Why"), "owner": Text("Hỏi ai", "Whom to ask"),
        "n": Text("Số con số", "Numbers"), "which": Text("Mục", "Clauses"),
    }  # fmt: skip
    return table(rows, {k: v.pick(lang) for k, v in headings.items()}, decimals=0, lang=lang)


def behind_table(found: Board, lang: str = "vi") -> Table:
    """Return the targets that are off track, the weakest first, and the tasks that serve them."""
    none = Text("chưa có nhiệm vụ nào", "no task").pick(lang)
    rows = [
        _cells(line, lang) | {"tasks": "; ".join(
            f"{task.clause} {task.name.pick(lang)}" for task in line.tasks) or none}
        for line in found.behind()
    ]  # fmt: skip
    fields = ("status", "clause", "name", "latest", "pace")
    headings = {field: _HEADINGS[field].pick(lang) for field in fields}
    tasks = {"tasks": Text("Nhiệm vụ phục vụ", "Tasks that serve it").pick(lang)}
    return table(rows, headings | tasks | {"owner": _HEADINGS["owner"].pick(lang)}, lang=lang)


def served_table(found: Board, lang: str = "vi") -> Table:
    """Return the plan's tasks and the targets each serves; internal ones only where shown."""
    shown = {line.target.target_id: line.target for line in found.lines}
    inside = {target.target_id for target in found.plan.targets} - set(shown)
    rows = []
    for task in found.plan.tasks:
        served = [shown[name] for name in task.target_ids if name in shown]
        hidden = len(inside.intersection(task.target_ids))
        names = [f"{one.clause} {one.name.pick(lang)}" for one in served]
        if hidden:
            names.append(Text(f"{hidden} chỉ tiêu nội bộ", f"{hidden} internal").pick(lang))
        name = task.name.pick(lang)
        rows.append({"clause": task.clause, "name": name, "targets": "; ".join(names) or None})
    headings = {"clause": Text("Mục", "Clause"), "name": Text("Nhiệm vụ", "Task"),
                "targets": Text("Chỉ tiêu phục vụ", "Targets served")}  # fmt: skip
    return table(rows, {k: v.pick(lang) for k, v in headings.items()}, lang=lang)


def task_table(found: Board, lang: str = "vi") -> Table:
    """Return the targets that no task serves, and the tasks that no number measures."""
    kinds = (
        (Text("chỉ tiêu chưa có nhiệm vụ", "target without a task"), found.without_task()),
        (Text("nhiệm vụ không có số đo", "task without a number"), found.without_number()),
    )
    rows = [
        {"what": what.pick(lang), "clause": one.clause, "name": one.name.pick(lang)}
        for what, listed in kinds
        for one in listed
    ]
    headings = {"what": Text("Còn hở", "Gap"), "clause": Text("Mục", "Clause"),
                "name": Text("Tên", "Name")}  # fmt: skip
    return table(rows, {k: v.pick(lang) for k, v in headings.items()}, lang=lang)


def change_table(pairs: Iterable[tuple[Line, Line]], lang: str = "vi") -> Table:
    """Return the classes that differ between two boards.

    Parameters
    ----------
    pairs : iterable of (Line, Line)
        From `monitor.changes`.
    """
    rows = [
        {"name": new.target.name.pick(lang), "before": sign(old.status, lang),
         "then": _latest(old, lang), "after": sign(new.status, lang), "now": _latest(new, lang)}
        for old, new in pairs
    ]  # fmt: skip
    headings = {
        "name": Text("Chỉ tiêu", "Target"), "then": Text("Số biết khi đó", "Known then"),
        "before": Text("Xếp loại khi đó", "Class then"), "now": Text("Số biết nay", "Known now"),
        "after": Text("Xếp loại nay", "Class now"),
    }  # fmt: skip
    return table(rows, {k: v.pick(lang) for k, v in headings.items()}, lang=lang)


def finding_table(findings: Iterable[Finding], lang: str = "vi") -> Table:
    """Return what in a plan has to be settled, and with whom."""
    rows = [
        {"severity": label(found.severity, lang), "clauses": ", ".join(found.clauses),
         "text": found.text.pick(lang), "settle": found.settle.pick(lang)}
        for found in findings
    ]  # fmt: skip
    headings = {
        "severity": Text("Mức", "Kind"), "clauses": Text("Mục", "Clauses"),
        "text": Text("Phát hiện", "Finding"),
        "settle": Text("Hỏi ai, thống nhất điều gì", "What to settle, and with whom"),
    }  # fmt: skip
    return table(rows, {k: v.pick(lang) for k, v in headings.items()}, lang=lang)
