"""A line of the board in words: the same for notebook, page, terminal, Word and Excel."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from laikhe_analysis.language.quantities import Quantity, goal_text, value_text
from laikhe_analysis.messages import N_, Message, Text, Worded, _, language, safe_side
from laikhe_analysis.vietnamese import (
    COUNTED,
    as_written,
    evidence,
    format_number,
    format_shortest,
    is_fraction,
    label,
    unit_label,
    with_unit,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from laikhe_analysis.findings.histories import Told
    from laikhe_analysis.monitor import Line, TurningPoint
    from laikhe_analysis.monitor.so_far import SoFar
    from laikhe_analysis.records import Target
    from laikhe_analysis.series import AnnualSeries

__all__ = [
    "HEADINGS",
    "IN_WORDS",
    "SENTENCES",
    "SYMBOLS",
    "came_text",
    "cells_of",
    "class_text",
    "class_words",
    "day_text",
    "expected_text",
    "first_text",
    "goal_of",
    "heading",
    "held_text",
    "latest_text",
    "milestone_text",
    "name_text",
    "needed_text",
    "newest_text",
    "next_year_text",
    "note_text",
    "notes_text",
    "pace_text",
    "period_words",
    "question_text",
    "sign",
    "way_unit",
    "when_text",
    "why_text",
    "year_text",
]

SENTENCES = {
    "board.standing": N_(
        "Đến {at}: {good}/{n} con số đạt hoặc đúng tiến độ; {slow} chậm tiến độ; {danger} có nguy cơ "
        "không đạt{named}; {unknown} chưa đánh giá được, trong đó {empty} chưa có số liệu của xã"
        "{asked}{ahead}."
    ),
    "board.named": N_(" ({lines}{more})"),
    "board.more": N_("; và {n} con số khác"),
    "board.asked": N_(" (nhiều nhất: {office}, {n} con số)"),
    "board.ahead": N_(". Kịch bản {scenario} đưa {met}/{all} con số tính được tới đích"),
}

SYMBOLS = {
    "achieved": "✓", "on_track": "↗", "moderate": "→", "insufficient": "↘", "away": "↓",
    "not_assessed": "?",
}  # fmt: skip
"""One sign a class, to be read without colour."""

HEADINGS = {
    "group": N_("Nhóm"),
    "status": N_("Xếp loại"),
    "clause": N_("Mục"),
    "name": N_("Chỉ tiêu"),
    "goal": N_("Mức phải đạt"),
    "latest": N_("Mới nhất"),
    "year": N_("Trong năm"),
    "required": N_("Năm đó phải đạt"),
    "gap": N_("Còn thiếu"),
    "pace": N_("Nhịp độ cần từ nay (đến nay)"),
    "next": N_("Mốc tới"),
    "expected": N_("Kịch bản dẫn tới"),
    "note": N_("Lưu ý"),
    "owner": N_("Nơi theo dõi"),
}
"""The columns of a board."""

_PERIODS = {
    "H1": N_("6 tháng {year}"), "9M": N_("9 tháng {year}"), "Q1": N_("quý I năm {year}"),
    "Q2": N_("quý II năm {year}"), "Q3": N_("quý III năm {year}"),
}  # fmt: skip

_VERDICTS = {
    "exceeds": N_("ước vượt"),
    "reaches": N_("ước đạt"),
    "misses": N_("ước không đạt"),
    "no_plan": N_("chưa giao kế hoạch"),
}

IN_WORDS = ("yes/no", "rating", "level")
"""Units of which a number stands for a word."""


def heading(field: str, lang: str = "") -> str:
    """Return the heading of a column of the board.

    Examples
    --------
    >>> heading("goal"), heading("goal", "en")
    ('Mức phải đạt', 'Goal')
    """
    return _(HEADINGS[field]).pick(lang or language())


def period_words(year: int, period: str = "FY") -> Message:
    """Return a year, or the part of a year, in words.

    Examples
    --------
    >>> str(period_words(2026, "9M")), str(period_words(2026))
    ('9 tháng 2026', '2026')
    """
    return Message(_PERIODS.get(period, "{year}"), {"year": year})


def sign(status: str, lang: str = "") -> str:
    """Return a class with its sign, to be read without colour.

    Examples
    --------
    >>> sign("on_track"), sign("away", "en")
    ('↗ đúng tiến độ', '↓ moving away')
    """
    return f"{SYMBOLS[status]} {label(status, lang or language())}"


def name_text(line: Line, *, with_year: bool = False) -> str:
    """Return the clause and the name of a target, with its year where it matters."""
    target = line.target
    year = target.target_year if with_year else ""
    return f"{target.clause} {target.name.pick(language())} {year}".strip()


def goal_of(line: Line) -> str:
    """Return what the target of a line asks for."""
    return goal_text(line.target, language())


def notes_text(line: Line) -> str | None:
    """Return how the year goes, and what to know beside the class."""
    return "; ".join(part for part in (year_text(line), note_text(line)) if part) or None


def why_text(line: Line) -> str | None:
    """Return why a line has no class."""
    reason = line.assessment.reason
    return None if reason is None else reason.pick(language())


def day_text(day: str) -> str:
    """Return a day as readers write it; "" stays "".

    Examples
    --------
    >>> day_text("2026-11-22"), day_text("")
    ('22/11/2026', '')
    """
    return "/".join(reversed(day.split("-"))) if language() == "vi" else day


def way_unit(line: Line, way: AnnualSeries) -> str:
    """Return the unit of the way of a target: that of an index names its base year."""
    if way.unit == "index" != line.target.unit:
        return f"{way.years[0]} = 100"
    return unit_label(way.unit, language())


def held_text(title: str, lines: Sequence[Line]) -> Message:
    """Return how often a place held a goal, and its mean, from the boards of its years.

    Parameters
    ----------
    title : str
        What was measured, where.
    lines : sequence of Line
        A line a year of `findings.histories`.
    """
    last, known = lines[-1], [line.assessment for line in lines]
    values = [one.value for one in known if one.value is not None]
    unit, goal = last.target.unit, last.target.weaker_end
    return _(
        "{title} {first}-{last}: {k}/{n} năm từ {goal} trở lên, thấp nhất {low}, cao nhất {high}",
        title=title, first=known[0].year, last=known[-1].year, n=len(values),
        k=sum(last.target.is_met(value) for value in values), goal=_one(goal, unit),
        low=_one(min(values), unit), high=_one(max(values), unit),
    )  # fmt: skip


def _one(value: float, unit: str) -> Text:
    """Return a figure with one decimal at most."""
    return Worded(_one_decimal, value, unit)


def _one_decimal(value: float, unit: str, lang: str) -> str:
    """Return a figure with one decimal at most, in one language."""
    return with_unit(format_shortest(round(as_written(value, unit), 1), lang), unit, lang)


def came_text(one: Told) -> str:
    """Return what came of a published target, in words."""
    lang, found = language(), one.after.assessment
    if one.is_reached is None:
        return (one.part or _("chưa có số công bố")).pick(lang)
    met = _("đạt") if one.is_reached else _("không đạt")
    return f"{value_text(found.value or 0.0, one.after.target.unit, lang)}: {met.pick(lang)}"


def cells_of(line: Line, lang: str = "") -> dict[str, Any]:
    """Return the cells of a line in words, by the names of `HEADINGS`; None where there is none."""
    lang = lang or language()
    target, found = line.target, line.assessment
    return {
        "group": label(target.group, lang), "status": class_text(line, lang),
        "clause": target.clause, "name": target.name.pick(lang), "goal": goal_text(target, lang),
        "latest": latest_text(line, lang), "year": year_text(line, lang),
        "required": None if found.required is None else _required(line, lang),
        "gap": None if found.gap is None else _gap(found.gap, target.unit, lang),
        "pace": _pace(line, lang), "next": milestone_text(line).pick(lang) or None,
        "expected": expected_text(line, lang), "note": note_text(line, lang),
        "owner": target.owner or None,
    }  # fmt: skip


def class_words(line: Line, lang: str = "") -> str:
    """Return the class with its sign."""
    if line.status == "achieved" and line.target.kind == "annual_level":
        return f"{SYMBOLS[line.status]} {_('đạt, cần duy trì').pick(lang or language())}"
    return sign(line.status, lang)


def first_text(line: Line, lang: str = "") -> str:
    """Return that a class is a first assessment, "" where it is not."""
    return _("bước đầu").pick(lang or language()) if line.assessment.is_first else ""


def class_text(line: Line, lang: str = "") -> str:
    """Return the class as `class_words`, or why there is none."""
    reason, lang = line.assessment.reason, lang or language()
    if line.status == "not_assessed" and reason is not None:
        return f"{SYMBOLS[line.status]} {reason.pick(lang)}"
    first = _(" (đánh giá bước đầu)").pick(lang) if line.assessment.is_first else ""
    return class_words(line, lang) + first


def note_text(line: Line, lang: str = "") -> str | None:
    """Return what to know beside the class: what it rests on, and whether it slips."""
    found, notes, lang = line.assessment, [], lang or language()
    if found.reason is not None and line.status != "not_assessed":
        notes.append(found.reason.pick(lang))
    if found.hold:
        notes.append(_("năm gần nhất xấu đi: cần giữ").pick(lang))
    if _differs(line) and line.is_own_forecast:
        notes.append(
            _("xếp loại theo nhịp đến nay, dự báo theo cả chuỗi số: hai bên chưa khớp").pick(lang)
        )
    elif _differs(line):
        notes.append(
            _("xếp loại theo số của xã, kịch bản theo căn cứ đã nêu ở trang 06: hai bên chưa khớp")
            .pick(lang)
        )  # fmt: skip
    return "; ".join(notes) or None


def _differs(line: Line) -> bool:
    """Return whether a scenario leads elsewhere than the class says."""
    ahead = line.expected
    if ahead is None or ahead.year != line.target.target_year or line.status == "not_assessed":
        return False
    return (ahead.status == "achieved") != (line.status in ("achieved", "on_track"))


def latest_text(line: Line, lang: str = "") -> str:
    """Return the newest result with its period and, unless official, what it rests on."""
    lang = lang or language()
    if line.newest is None:
        return "…"
    return f"{_newest(line).pick(lang)} ({when_text(line, lang)})"


def newest_text(line: Line) -> str | None:
    """Return the newest result alone, None where there is none."""
    return None if line.newest is None else _newest(line).pick(language())


def _newest(line: Line) -> Message:
    """Return the newest result: a growth as one, a level of what grows by its own name."""
    new = line.newest
    assert new is not None
    x = Quantity(new.value, new.unit)
    if line.target.kind != "average_rate":
        return Message("{x}", {"x": x})
    if not is_fraction(new.unit):
        name = words(new.series_id.removesuffix("_nominal").removesuffix("_real"))
        return Message("{name} {x}", {"name": name, "x": x})
    rate = Worded(format_shortest, as_written(abs(new.value), new.unit))
    whole = new.period == "FY"
    if new.value < 0:
        return (
            _("giảm {rate}%", rate=rate) if whole else _("giảm {rate}% so với cùng kỳ", rate=rate)
        )
    return _("tăng {rate}%", rate=rate) if whole else _("tăng {rate}% so với cùng kỳ", rate=rate)


def when_text(line: Line, lang: str = "") -> str:
    """Return the period of the newest result, and what it rests on unless official."""
    new, lang = line.newest, lang or language()
    if new is None:
        return ""
    whole = _("năm {year}", year=new.year)
    notes = [(whole if new.period == "FY" else period_words(new.year, new.period)).pick(lang)]
    rests = str(line.assessment.origin or "official")
    rests = "official" if rests == "derived" else rests
    if rests != "official" or new.status != "final":
        notes.append(evidence(rests, new.status, lang))
    return ", ".join(notes)


def year_text(line: Line, lang: str = "") -> str | None:
    """Return what the newest result is against plan, goal and last year, and the year's estimate."""
    new, lang = line.newest, lang or language()
    if new is None:
        return None
    parts = [_result(new, line.target), _estimate(new, line.target)]
    if new.without_land is not None:
        parts.append(_("không kể tiền sử dụng đất: {told}", told=_briefly(new.without_land)))
    return "; ".join(part.pick(lang) for part in parts if part) or None


def _briefly(new: SoFar) -> Message:
    """Return a result beside a longer one: against the same plan and the same period."""
    parts = [Message("{x}", {"x": Quantity(new.value, new.unit)})]
    if new.of_plan is not None:
        parts.append(_("bằng {x:1%} dự toán", x=new.of_plan))
    if new.change is not None:
        way = N_("giảm {x:1%}") if new.change < 0 else N_("tăng {x:1%}")
        parts.append(_(way, x=abs(new.change)))
    if new.estimate is not None and new.plan:
        year = Quantity(new.estimate, new.unit)
        parts.append(_("ước cả năm {x} ({share:1%})", x=year, share=new.estimate / new.plan))
    return _joined(parts)


def _joined(parts: Sequence[Message]) -> Message:
    """Return messages with commas between."""
    places = {f"part_{i}": part for i, part in enumerate(parts)}
    return Message(", ".join(f"{{{name}}}" for name in places), places)


def _result(new: SoFar, target: Target) -> Message:
    """Return a result against the year's plan, the goal of a total and the same period."""
    parts = []
    if new.of_plan is not None:
        parts.append(_(_OF_PLAN[target.role == "revenue"], x=new.of_plan))
    if new.council:
        parts.append(_("{x:1%} dự toán HĐND xã quyết nghị", x=new.value / new.council))
    if new.of_goal is not None and target.kind == "cumulative":
        parts.append(_("bằng {x:1%} mục tiêu cả giai đoạn", x=new.of_goal))
    parts += [part for part in [_on_same_period(new)] if part]
    return _joined(parts)


def _on_same_period(new: SoFar) -> Message:
    """Return the rise on the same period or the year before: per cent, of per cents the points."""
    if new.same_period is None:
        return Message("")
    before = _("năm trước") if new.period == "FY" else _("cùng kỳ")
    if new.change is not None:
        size, told = new.change, Message("{x:1%}", {"x": abs(new.change)})
    elif is_fraction(new.unit) or new.unit == "%":
        size = as_written(new.value, new.unit) - as_written(new.same_period, new.unit)
        told = _("{x:1} điểm %", x=abs(size))
    else:
        return _("{before} {x}", before=before, x=Quantity(new.same_period, new.unit))
    if round(size, 4) == 0:
        return _("bằng {before}", before=before)
    way = N_("giảm {x} so với {before}") if size < 0 else N_("tăng {x} so với {before}")
    return _(way, x=told, before=before)


def _estimate(new: SoFar, target: Target) -> Message:
    """Return what its office expects of the year, against what was assigned for it."""
    if new.estimate is None or new.verdict is None:
        return Message("")
    year = Quantity(new.estimate, new.unit)
    if not new.plan:
        return _("ước cả năm {x} ({verdict})", x=year, verdict=_(_VERDICTS[new.verdict]))
    of_plan = _(_OF_PLAN[target.role == "revenue"], x=new.estimate / new.plan)
    told = _("ước cả năm {x}, {of_plan}", x=year, of_plan=of_plan)
    if new.goal and new.plan < new.goal > new.estimate:
        return _("{told}, chưa đạt mức {x:%}", told=told, x=new.goal / new.plan)
    return told


_OF_PLAN = {True: N_("bằng {x:1%} dự toán thành phố giao"), False: N_("bằng {x:1%} kế hoạch năm")}


def next_year_text(line: Line, turn: TurningPoint | None) -> str | None:
    """Return what would change the class, in words; None where no figure of a year decides it."""
    if turn is None:
        return None
    if turn.value is None:
        told = _("một năm {year} chưa đủ để lên đúng tiến độ", year=turn.year)
    else:
        constant = turn.price_basis.startswith("constant")
        told = _(
            _TURNS[turn.is_good, line.target.rises], year=turn.year,
            x=Quantity(turn.value, turn.unit), basis=_(" theo giá so sánh") if constant else "",
        )  # fmt: skip
    return told.pick(language())


_TURNS = {
    (True, True): N_("giữ đúng tiến độ khi năm {year} không dưới {x}{basis}"),
    (True, False): N_("giữ đúng tiến độ khi năm {year} không quá {x}{basis}"),
    (False, True): N_("lên đúng tiến độ nếu năm {year} đạt từ {x}{basis}"),
    (False, False): N_("lên đúng tiến độ nếu năm {year} không quá {x}{basis}"),
}


def question_text(line: Line, lang: str = "") -> str | None:
    """Return the question to the office in charge beside a line in danger; None beside others."""
    if line.status not in ("insufficient", "away"):
        return None
    owner = line.target.owner or _("nơi theo dõi (chưa phân công)")
    tasks = ", ".join(dict.fromkeys(task.clause for task in line.tasks))
    does = (
        _("nhiệm vụ {tasks} đang vướng gì", tasks=tasks) if tasks
        else _("nhiệm vụ nào phục vụ chỉ tiêu này (kế hoạch chưa có)")
    )  # fmt: skip
    return _("Hỏi {owner}: {does}, từ nay làm thêm việc gì, xong khi nào?", owner=owner, does=does
             ).pick(lang or language())  # fmt: skip


def _required(line: Line, lang: str) -> str:
    """Return what the year of the newest figure asks for, in whole things where it counts them."""
    target, value = line.target, line.assessment.required
    assert value is not None
    if target.unit == "% of plan":
        given = N_("{x:=}% dự toán giao"), N_("{x:=}% chỉ tiêu giao")
        return _(given[not target.role.startswith("revenue")], x=round(value, 3)).pick(lang)
    if target.unit in COUNTED:
        value = safe_side(value, rises=target.rises)
    return value_text(value, target.unit, lang)


def _gap(gap: float, unit: str, lang: str) -> str:
    """Return what is missing, or that nothing is."""
    if gap <= 0 or unit == "yes/no":
        return "-" if gap <= 0 else _("chưa đạt").pick(lang)
    if unit in IN_WORDS:
        return _("{n:0} bậc", n=gap).pick(lang)
    if unit == "%" or is_fraction(unit):
        gap, unit = as_written(gap, unit), "percentage points"
    return value_text(gap, unit, lang)


def _pace(line: Line, lang: str) -> str | None:
    """Return the yearly pace needed from now on, and so far."""
    found = line.assessment
    if found.needed is None or line.status == "achieved":
        return None
    needed = pace_text(line, needed=True)
    told = needed if found.pace is None else _(
        "{needed} (đến nay {pace})", needed=needed, pace=pace_text(line)
    )  # fmt: skip
    return told.pick(lang)


def pace_text(line: Line, *, needed: bool = False) -> Message:
    """Return the yearly pace of a target so far or, on the safe side, the one needed from now on.

    What is counted is told in whole things; where less than one a year is needed, in all of them
    until the target year.
    """
    found, target = line.assessment, line.target
    pace, unit = found.needed if needed else found.pace, found.pace_unit
    assert pace is not None
    size, thing = abs(as_written(pace, unit)), unit.removesuffix("/year")
    if thing in COUNTED and needed and 0 < size < 1 and found.year is not None:
        more = safe_side(size * (target.target_year - found.year))
        way = N_("giảm {n} đến năm {year}") if pace < 0 else N_("thêm {n} đến năm {year}")
        return _(way, n=Quantity(more, thing), year=target.target_year)
    places = 0 if thing in COUNTED else 1 if size >= 0.1 else 2
    is_sum = target.kind == "cumulative"
    size = safe_side(size, places) if needed and not is_sum else round(size, places)
    if unit == "% of plan":
        of_city = target.role.startswith("revenue")
        return (
            _("đạt {x:=}% dự toán giao", x=size)
            if of_city
            else _("đạt {x:=}% chỉ tiêu giao", x=size)
        )
    x = Worded(_sized, size, unit, places)
    if not unit.endswith("/year"):
        return _("đạt {x}", x=x)
    if is_sum:
        return Message("{x}", {"x": x})
    if not size:
        return _("chưa thay đổi")
    return _("giảm {x}", x=x) if pace < 0 else _("tăng {x}", x=x)


def needed_text(line: Line) -> str | None:
    """Return the yearly pace needed from now on, None where none is computed."""
    return None if line.assessment.needed is None else str(pace_text(line, needed=True))


def _sized(size: float, unit: str, places: int, lang: str) -> str:
    """Return a size that is in the unit that is written, with that unit."""
    return with_unit(format_number(size, places, lang), unit, lang)


def milestone_text(line: Line) -> Text:
    """Return what a target asks for next: the level of a year, or the mean growth still needed.

    "2026: không quá 69 hộ", "bình quân 2027-2030 phải tăng ít nhất 13,3%/năm".
    """
    step, target = line.next_milestone, line.target
    if step is None:
        return Text("")
    if step.since is None:
        whole = step.value == target.weaker_end
        asked = target if whole else replace(target, value=step.value, value_high=None)
        return Message("{year}: {goal}", {"year": step.year, "goal": Worded(goal_text, asked)})
    years = _("bình quân {first}-{last}", first=step.since, last=step.year)
    if step.since == step.year:
        years = _("năm {year}", year=step.year)
    way = "about" if target.direction == "about" else target.rises
    told = _(_SPANS[way, step.value < 0], years=years, x=abs(step.value))
    if line.assessment.is_nominal:
        return _("{told} (chưa trừ tăng giá năm {year})", told=told, year=step.since - 1)
    return told


_SPANS = {
    ("about", False): N_("{years} phải tăng khoảng {x:1%}/năm"),
    ("about", True): N_("{years} không được giảm quá {x:1%}/năm"),
    (True, False): N_("{years} phải tăng ít nhất {x:1%}/năm"),
    (True, True): N_("{years} không được giảm quá {x:1%}/năm"),
    (False, False): N_("{years} chỉ được tăng không quá {x:1%}/năm"),
    (False, True): N_("{years} phải giảm ít nhất {x:1%}/năm"),
}
"""By whether more is better ("about" where it is told so), and whether the growth is negative."""


def expected_text(line: Line, lang: str = "") -> str | None:
    """Return where a scenario, else the own figures, leads in the target year; whether it is enough."""
    ahead = line.expected
    if ahead is None or ahead.value is None or ahead.year != line.target.target_year:
        return None
    lang = lang or language()
    met = _("đạt") if ahead.status == "achieved" else _("không đạt")
    told = f"{value_text(ahead.value, line.target.unit, lang)}: {met.pick(lang)}"
    own = _("{told} (dự báo từ số của xã)", told=told).pick(lang)
    return own if line.is_own_forecast else told
