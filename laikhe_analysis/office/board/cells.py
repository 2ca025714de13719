"""The cells of a board: one target in words, the same for every output."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from laikhe_analysis.checks import Text
from laikhe_analysis.language import write
from laikhe_analysis.monitor.boards import SYMBOLS, Line, pace_label
from laikhe_analysis.monitor.measures import AsOf
from laikhe_analysis.monitor.so_far import SoFar
from laikhe_analysis.office.tables import goal_text
from laikhe_analysis.vietnamese import (
    COUNTED,
    as_written,
    evidence,
    format_number,
    format_value,
    label,
    with_unit,
    word_value,
    written_unit,
)

__all__ = [
    "HEADINGS",
    "LARGE",
    "cells_of",
    "figure_number",
    "figure_text",
    "latest_text",
    "number_text",
    "sign",
    "value_text",
    "year_text",
]

HEADINGS = {
    "group": Text("Nhóm", "Group"),
    "status": Text("Xếp loại", "Class"),
    "clause": Text("Mục", "Clause"),
    "name": Text("Chỉ tiêu", "Target"),
    "goal": Text("Mức phải đạt", "Goal"),
    "latest": Text("Mới nhất", "Latest"),
    "year": Text("Trong năm", "This year"),
    "required": Text("Năm đó phải đạt", "Required by then"),
    "gap": Text("Còn thiếu", "Missing"),
    "pace": Text("Nhịp độ cần từ nay (đến nay)", "Pace needed (so far)"),
    "next": Text("Mốc tới", "Next"),
    "expected": Text("Kịch bản dẫn tới", "A scenario leads to"),
    "note": Text("Lưu ý", "Note"),
    "owner": Text("Nơi theo dõi", "Owner"),
}
"""The columns of a board."""


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
    ('đạt', '187,0 triệu đồng/ha', 'good')
    """
    exact = word_value(value, unit)
    if exact is not None:
        return exact.pick(lang)
    return with_unit(number_text(value, unit, lang), unit, lang)


def number_text(value: float, unit: str, lang: str = "vi") -> str:
    """Return a number with the decimals that suit its unit and size.

    Examples
    --------
    >>> number_text(7.5, "households"), number_text(10, "households"), number_text(504.276, "billion VND")
    ('7,5', '10', '504,276')
    """
    value, unit = as_written(value, unit), written_unit(unit)
    if abs(value) >= LARGE:
        return format_number(value, 0, lang)
    if unit in COUNTED and value != round(value):
        return format_number(value, 1, lang)
    return format_value(value, unit, lang)


def figure_text(value: float, unit: str, lang: str = "vi") -> str:
    """Return a figure in the words of its unit, with every decimal that was typed.

    Examples
    --------
    >>> figure_text(99.95, "%"), figure_text(0.1234, "fraction/year"), figure_text(1, "yes/no")
    ('99,95%', '12,34%/năm', 'đạt')
    """
    if word_value(value, unit) is not None:
        return value_text(value, unit, lang)
    return with_unit(figure_number(value, unit, lang), unit, lang)


def figure_number(value: float, unit: str, lang: str = "vi") -> str:
    """Return a figure with every decimal that was typed, and no fewer than suit its unit.

    A value of more than six decimals was computed: it has those that suit its unit and size.

    Examples
    --------
    >>> figure_number(92.0625, "billion VND"), figure_number(2056.75, "billion VND")
    ('92,0625', '2.056,75')
    >>> figure_number(80, "%"), figure_number(2 / 3, "index")
    ('80,0', '0,7')
    """
    value, unit = as_written(value, unit), written_unit(unit)
    exponent = Decimal(repr(float(value))).normalize().as_tuple().exponent
    typed = -exponent if isinstance(exponent, int) else 0
    plain = number_text(value, unit, lang)
    shown = len(plain.partition(Text(",", ".").pick(lang))[2]) if abs(value) < LARGE else 0
    return format_number(value, typed, lang) if shown < typed <= _TYPED else plain


_TYPED = 6
"""The most decimals of a figure that somebody typed, also after its unit was converted."""

_IN_WORDS = ("yes/no", "rating", "level")
"""Units of which a number stands for a word."""

LARGE = 1000
"""From here on decimals say nothing."""


def cells_of(line: Line, lang: str) -> dict[str, Any]:
    """Return the cells of a line; None where there is nothing to say."""
    target, found = line.target, line.assessment
    return {
        "group": label(target.group, lang), "status": _class(line, lang),
        "clause": target.clause, "name": target.name.pick(lang), "goal": goal_text(target, lang),
        "latest": latest_text(line, lang), "year": year_text(line, lang),
        "required": None if found.required is None else value_text(
            found.required, target.unit, lang),
        "gap": None if found.gap is None else _gap(found.gap, target.unit, lang),
        "pace": _pace(line, lang), "next": _next(line, lang),
        "expected": _expected(line, lang), "note": _note(line, lang), "owner": target.owner or None,
    }  # fmt: skip


def _class(line: Line, lang: str) -> str:
    """Return the class, or why there is none."""
    reason = line.assessment.reason
    if line.status == "not_assessed" and reason is not None:
        return f"{SYMBOLS[line.status]} {reason.pick(lang)}"
    held = Text("đạt, cần duy trì", "achieved, to be held").pick(lang)
    if line.status == "achieved" and line.target.kind == "annual_level":
        return f"{SYMBOLS[line.status]} {held}"
    first = Text(" (đánh giá bước đầu)", " (first assessment)").pick(lang)
    return sign(line.status, lang) + (first if line.assessment.is_first else "")


def _note(line: Line, lang: str) -> str | None:
    """Return what to know beside the class: what it rests on, and whether it slips."""
    found, notes = line.assessment, []
    if found.reason is not None and line.status != "not_assessed":
        notes.append(found.reason.pick(lang))
    if found.hold:
        notes.append(Text("năm gần nhất xấu đi: cần giữ", "worse last year: to be held").pick(lang))
    if _differs(line):
        notes.append(_DIFFERS.pick(lang))
    return "; ".join(notes) or None


_DIFFERS = Text(
    "xếp loại theo số của xã, kịch bản theo căn cứ đã nêu ở trang 06: hai bên chưa khớp",
    "the class rests on the commune's figures, the scenario on the evidence of page 06: they differ",
)


def _differs(line: Line) -> bool:
    """Return whether a scenario leads elsewhere than the class says."""
    ahead = line.expected
    if ahead is None or ahead.year != line.target.target_year or line.status == "not_assessed":
        return False
    return (ahead.status == "achieved") != (line.status in ("achieved", "on_track"))


def latest_text(line: Line, lang: str) -> str:
    """Return the newest result, its period, its age and, unless official, what it rests on."""
    new, found = line.newest, line.assessment
    if new is None:
        return "…"
    when = AsOf(new.year, new.period).words.pick(lang)
    notes, age = [when], (line.age or 0) if new.year == found.year else 0
    if age:
        ago = "a year ago" if age == 1 else f"{age} years ago"
        notes.append(Text(f"cách {age} năm", ago).pick(lang))
    rests = str(found.origin or "official")
    rests = "official" if rests == "derived" else rests
    if rests != "official" or new.status != "final":
        notes.append(evidence(rests, new.status, lang))
    return f"{figure_text(new.value, new.unit, lang)} ({', '.join(notes)})"


def year_text(line: Line, lang: str) -> str | None:
    """Return what the newest result is against plan, goal and last year, and the year's estimate."""
    new = line.newest
    if new is None:
        return None
    parts = _year_parts(new, lang)
    if new.without_land is not None:
        bare = new.without_land
        own = [figure_text(bare.value, bare.unit, lang), *_year_parts(bare, lang)]
        head = Text("không kể tiền sử dụng đất", "without land-use fees").pick(lang)
        parts.append(f"{head}: {', '.join(own)}")
    return "; ".join(parts) or None


def _year_parts(new: SoFar, lang: str) -> list[str]:
    """Return the comparisons of one result, those that are known."""
    told = [
        (new.of_plan, Text("{x} kế hoạch năm", "{x} of the year's plan"), "1%"),
        (
            new.value / new.council if new.council else None,
            Text("{x} số hội đồng xã giao", "{x} of the council's plan"),
            "1%",
        ),
        (new.of_goal, Text("{x} mục tiêu", "{x} of the goal"), "1%"),
        (new.change, Text("{x} so với cùng kỳ", "{x} on the same period"), "+1%"),
    ]
    parts = [words.pick(lang).format(x=write(x, spec, lang)) for x, words, spec in told
             if x is not None]  # fmt: skip
    if new.change is None and new.same_period is not None:
        same = figure_text(new.same_period, new.unit, lang)
        parts.append(Text(f"cùng kỳ {same}", f"a year before {same}").pick(lang))
    if new.estimate is not None and new.verdict is not None:
        year = figure_text(new.estimate, new.unit, lang)
        verdict = _VERDICTS[new.verdict].pick(lang)
        share = f" ({write(new.estimate / new.plan, '1%', lang)})" if new.plan else ""
        parts.append(Text(f"ước cả năm {year}{share}: {verdict}",
                          f"estimate of the year {year}{share}: {verdict}").pick(lang))  # fmt: skip
        if new.goal and new.plan and new.plan < new.goal > new.estimate:
            goal = write(new.goal / new.plan, "%", lang)
            parts.append(Text(f"chưa đạt {goal}", f"below {goal}").pick(lang))
    return parts


_VERDICTS = {
    "exceeds": Text("ước vượt", "to exceed the plan"),
    "reaches": Text("ước đạt", "to reach the plan"),
    "misses": Text("ước không đạt", "to miss the plan"),
    "no_plan": Text("chưa giao kế hoạch", "no plan assigned"),
}


def _gap(gap: float, unit: str, lang: str) -> str:
    """Return what is missing, or that nothing is."""
    if gap <= 0 or unit == "yes/no":
        return "-" if gap <= 0 else Text("chưa đạt", "not yet").pick(lang)
    if unit in _IN_WORDS:
        return Text(f"{gap:.0f} bậc", f"{gap:.0f} steps").pick(lang)
    if unit in ("%", "fraction"):
        gap, unit = as_written(gap, unit), "percentage points"
    return value_text(gap, unit, lang)


def _pace(line: Line, lang: str) -> str | None:
    """Return the yearly pace needed from now on, and so far."""
    found = line.assessment
    if found.needed is None or line.status == "achieved":
        return None
    needed, pace = (
        None if rate is None else format_number(as_written(rate, found.pace_unit), 1, lang)
        for rate in (found.needed, found.pace)
    )
    return (
        f"{needed}{'' if pace is None else f' ({pace})'} {pace_label(found.pace_unit).pick(lang)}"
    )


def _next(line: Line, lang: str) -> str | None:
    """Return the next milestone; marks and titles in words."""
    step = line.next_milestone
    if step is None:
        return None
    if line.target.unit in _IN_WORDS:
        return f"{step.pick(lang).partition(':')[0]}: {goal_text(line.target, lang)}"
    return step.pick(lang)


def _expected(line: Line, lang: str) -> str | None:
    """Return where a scenario leads in the target year, and whether that is enough."""
    ahead = line.expected
    if ahead is None or ahead.value is None or ahead.year != line.target.target_year:
        return None
    met = Text("đạt", "met") if ahead.status == "achieved" else Text("không đạt", "not met")
    return f"{value_text(ahead.value, line.target.unit, lang)}: {met.pick(lang)}"
