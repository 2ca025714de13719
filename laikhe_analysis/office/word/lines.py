"""A target of the board in the words of a report."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from laikhe_analysis.language.wordings.board import cells_of, newest_text, pace_text, year_text
from laikhe_analysis.messages import write
from laikhe_analysis.monitor.boards import Line
from laikhe_analysis.monitor.measures import AsOf
from laikhe_analysis.office.forms.form import period_words
from laikhe_analysis.office.tables import goal_text
from laikhe_analysis.records import Target
from laikhe_analysis.series import SUPPOSED
from laikhe_analysis.vietnamese import RATES, evidence, label

__all__ = ["asked", "goal_words", "level_asked", "line_values", "short"]

_WHEN = {
    "level_by": "năm {y}", "milestone": "năm {y}", "rank": "năm {y}", "annual_level": "hằng năm",
    "annual_ratio": "hằng năm", "average_rate": "bình quân", "mean_level": "bình quân",
    "change_per_year": "bình quân", "cumulative": "cả giai đoạn",
}  # fmt: skip


def asked(target: Target) -> str:
    """Return what a target asks for and when, as reports say it.

    Examples
    --------
    >>> from laikhe_analysis.checks import Text
    >>> name = Text("a")
    >>> asked(Target("1", "1", "1", "a", name, "%", "level_by", "at_least", 58))
    'năm 2030: 58% trở lên'
    >>> asked(Target("1", "1", "1", "a", name, "% of plan", "annual_ratio", "at_least", 110,
    ...              role="revenue"))
    'hằng năm: đạt 110% dự toán giao trở lên'
    """
    when = _WHEN.get(target.kind, "").format(y=target.target_year)
    return f"{when}: {level_asked(target)}" if when else level_asked(target)


def level_asked(target: Target) -> str:
    """Return the level that a target asks for, as reports say it.

    Examples
    --------
    >>> from laikhe_analysis.checks import Text
    >>> one = Target("1", "1", "1", "a", Text("a"), "%", "level_by", "at_least", 100)
    >>> level_asked(one)
    '100%'
    """
    goal = goal_text(target)
    return goal if target.direction == "at_least" else goal_words(target, goal)


def goal_words(target: Target, goal: str) -> str:
    """Return a level on the way to a target, from the words of the board."""
    plan = "dự toán giao" if target.role == "revenue" else "chỉ tiêu giao"
    goal = goal.replace("% so kế hoạch", f"% {plan}").replace("33,333%", "1/3")
    least = goal.removeprefix("từ ")
    whole = least.startswith(("100%", "100,0%")) or least == goal
    words = least if whole else f"{least} trở lên"
    return f"đạt {words}" if target.unit == "% of plan" else words


def short(text: str) -> str:
    """Return a sentence without zeros at the end of its decimals.

    Examples
    --------
    >>> short("49,300 tỷ đồng; 100,0%; 7,05 điểm; 0,0 hộ; 1.000 hộ")
    '49,3 tỷ đồng; 100%; 7,05 điểm; 0 hộ; 1.000 hộ'
    """
    return re.sub(
        r"(?<=\d)(?:,(\d*[1-9])|,)0+(?!\d)", lambda tail: f",{tail[1]}" if tail[1] else "", text
    )


def line_values(line: Line, at: AsOf, earlier: Line | None = None) -> dict[str, Any]:
    """Return a target as a template names it.

    Parameters
    ----------
    line : Line
    at : AsOf
    earlier : Line, optional
        The line of a part of the year: its figure stands where the year has none yet.
    """
    found = line.assessment
    told = line
    if earlier is not None and earlier.newest is not None and earlier.newest.year == at.year:
        told = earlier if line.newest is None or line.newest.year < at.year else line
    if told.assessment.origin in SUPPOSED:  # what is assumed is no result
        told = replace(told, newest=None)
    return {
        "ten": line.target.name.vi, "muc_tieu": asked(line.target), "ket_qua": short(_result(told, at)),
        "uoc": short(_figure_of(told, at, brief=True)) or "……",
        "xep_loai": _class(line), "co_quan": line.target.owner,
        "can": "" if found.needed is None else short(pace_text(line, needed=True).pick("vi")),
        "den_nay": "" if found.pace is None else short(pace_text(line).pick("vi")), "vi_sao": _why(line),
    }  # fmt: skip


def _result(line: Line, at: AsOf) -> str:
    """Return the newest figure of a target with what stands beside it, "" where there is none."""
    parts = [_figure_of(line, at) or _level(line, at), year_text(line, "vi") or ""]
    return ", ".join(part for part in parts if part)


def _figure_of(line: Line, at: AsOf, *, brief: bool = False) -> str:
    """Return the newest figure with its period; a growth known by its level with both of them.

    "" where there is none, or only a level whose growth cannot be told; `brief` for a column of a
    table: without the level, the year of the report and all but "ước" of what is expected.
    """
    new, found = line.newest, line.assessment
    if new is None:
        return ""
    figure = newest_text(line) or ""
    if line.target.kind == "average_rate" and new.unit not in RATES:
        if found.value is None or found.pace_unit not in RATES or found.year is None:
            return ""
        mean = "bình quân " if found.year - line.target.base_year > 1 else ""
        grown = f"tăng {mean}{write(found.value, '1%')}{'/năm' if mean else ''}"
        figure = grown if brief else f"{figure}, {grown}"
        figure += " theo giá hiện hành" if found.is_nominal else ""
    return figure + _note(line, at, brief=brief)


def _level(line: Line, at: AsOf) -> str:
    """Return a level whose growth cannot be told yet, "" where there is no figure at all."""
    if line.newest is None:
        return ""
    return f"{newest_text(line)}{_note(line, at)}, chưa tính được tốc độ tăng"


def _note(line: Line, at: AsOf, *, brief: bool = False) -> str:
    """Return the period of a figure, where it is not the report's, and what it rests on.

    `brief` leaves out the year of the report, which the head of the column names.
    """
    new, notes = line.newest, []
    assert new is not None
    if (new.year, new.period) != (at.year, at.period):
        whole = new.period == "FY"
        told = f"năm {new.year}" if whole else period_words(new.period, new.year).vi
        notes.append(
            told.removesuffix(f" năm {new.year}") if brief and new.year == at.year else told
        )
    rests = str(line.assessment.origin or "official")
    if new.status != "final" and rests in ("official", "derived"):
        notes.append(label(new.status).removesuffix(" thực hiện" if brief else ""))
    elif rests not in ("official", "derived"):
        notes.append(evidence(rests, new.status))
    return f" ({', '.join(notes)})" if notes else ""


def _class(line: Line) -> str:
    """Return the class without its sign, which the font may lack; "" where there is none."""
    if line.status == "not_assessed":
        return ""
    return str(cells_of(line, "vi")["status"]).split(" ", 1)[1]


def _why(line: Line) -> str:
    """Return what is to be known beside a class; a question to the office stays on the board."""
    reason = line.assessment.reason
    parts = reason.vi.split("; ") if reason is not None else []
    return short("; ".join(part for part in parts if "?" not in part))
