"""Real histories on the board, in tables, a figure and sentences for a notebook."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from laikhe_analysis.checks import Text
from laikhe_analysis.monitor.boards import SYMBOLS, Line
from laikhe_analysis.office.board.cells import sign, value_text
from laikhe_analysis.office.board.histories import Told
from laikhe_analysis.office.notebooks import show
from laikhe_analysis.office.tables import Table, goal_text, table
from laikhe_analysis.plots import Line as Curve
from laikhe_analysis.plots import plot_lines
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.vietnamese import as_written, format_number, format_value, sentence

__all__ = [
    "held_text",
    "ratio_table",
    "show_ratios",
    "told_table",
    "told_text",
    "window_table",
]


def ratio_table(walked: Mapping[str, Sequence[Line]], lang: str = "vi") -> Table:
    """Return, by year and place, revenue against the estimate and the class as of that year."""
    rows: dict[int, dict[str, Any]] = {}
    for i, lines in enumerate(walked.values()):
        for line in lines:
            year = line.assessment.year or 0
            cells = {
                f"value{i}": line.newest.value if line.newest else None,
                f"class{i}": sign(line.status, lang),
            }
            rows.setdefault(year, {"year": year}).update(cells)
    columns = {"year": Text("Năm", "Year").pick(lang)}
    for i, place in enumerate(walked):
        columns[f"value{i}"] = f"{place}, %"
        columns[f"class{i}"] = Text("Xếp loại đến năm đó", "Class as of then").pick(lang)
    return table([rows[y] for y in sorted(rows)], columns, lang=lang)


def window_table(windows: Mapping[str, Sequence[Line]], lang: str = "vi") -> Table:
    """Return the boards of `best_windows`: average so far and class, year by year of the window."""
    rows = []
    for place, lines in windows.items():
        first, last = lines[0].target.base_year + 1, lines[-1].target.target_year
        cells = {
            f"year{k}": "…" if line.assessment.value is None else
            f"{format_value(line.assessment.value, line.target.unit, lang)} {SYMBOLS[line.status]}"
            for k, line in enumerate(lines, 1)
        }  # fmt: skip
        met = lines[-1].status == "achieved"
        end = Text("đạt", "met") if met else Text("không đạt", "not met")
        rows.append({"place": place, "years": f"{first}-{last}", "end": end.pick(lang)} | cells)
    count = max((len(lines) for lines in windows.values()), default=0)
    columns = {"place": Text("Nơi", "Place"), "years": Text("Giai đoạn", "Years")}
    columns |= {
        f"year{k}": Text(f"Sau {k} năm, %/năm", f"After {k} years, %/year")
        for k in range(1, count + 1)
    }
    columns["end"] = Text("Kết thúc", "In the end")
    return table(rows, {k: v.pick(lang) for k, v in columns.items()}, lang=lang)


def held_text(place: str, lines: Sequence[Line]) -> Text:
    """Return how often the threshold was held, and the mean."""
    last = lines[-1]
    values = [line.assessment.value or 0.0 for line in lines]
    return sentence(
        "{place} {a}-{b}: {k}/{n} năm từ {goal:0}% dự toán trở lên, bình quân {mean:1}%, thấp nhất "
        "{low:1}%",
        "{place} {a}-{b}: {k} of {n} years at {goal:0}% of the estimate or more, mean {mean:1}%, "
        "lowest {low:1}%",
        place=place, a=lines[0].assessment.year, b=last.assessment.year, n=len(lines),
        k=sum(last.target.is_met(value) for value in values), goal=last.target.weaker_end,
        mean=sum(values) / len(values), low=min(values),
    )  # fmt: skip


def show_ratios(walked: Mapping[str, Sequence[Line]], lang: str = "vi") -> None:
    """Show revenue against the estimate by year in a notebook, and the threshold."""
    curves = []
    for place, lines in walked.items():
        known = {line.assessment.year or 0: line.assessment.value or 0.0 for line in lines}
        years = range(min(known), max(known) + 1)
        curves.append(Curve(place, years, [known.get(y, math.nan) for y in years], "observed"))
    every = [line for lines in walked.values() for line in lines]
    ends = [f(line.assessment.year or 0 for line in every) for f in (min, max)]
    goal = every[0].target.weaker_end
    words = f"{format_number(goal, 0, lang)}%"
    curves.append(Curve(words, ends, [goal, goal], "target"))
    ax = plot_lines(
        curves, unit="% of plan", lang=lang,
        title=Text("Thu ngân sách so với dự toán đầu năm", "Revenue against the estimate").pick(lang),
        origin=weakest_origin(*(x.assessment.origin or "derived" for x in every)),
    )  # fmt: skip
    show(ax, "; ".join(held_text(place, lines).pick(lang) for place, lines in walked.items()))


def told_table(told: Sequence[Told], lang: str = "vi") -> Table:
    """Return what the boards said a year before the end of published targets, and what came."""
    rows = []
    for one in told:
        target, before = one.after.target, one.before.assessment
        needed, so_far, unit = before.needed, before.pace, before.pace_unit
        if target.kind == "annual_level":
            needed, so_far, unit = target.weaker_end, before.value, target.unit
        pace = None
        if needed is not None and so_far is not None:
            pace = f"{_two(needed, unit, lang)} ({_two(so_far, unit, lang)})"
        known = None if before.value is None or before.year is None else (
            f"{value_text(before.value, target.unit, lang)} ({before.year})")  # fmt: skip
        rows.append({
            "place": one.entity, "name": f"{target.name.pick(lang)} {target.target_year}",
            "goal": goal_text(target, lang), "known": known, "pace": pace,
            "before": _judged(one.before, lang), "after": _after(one).pick(lang),
        })  # fmt: skip
    headings = {
        "place": Text("Nơi", "Place"), "name": Text("Chỉ tiêu, năm", "Target, year"),
        "goal": Text("Mục tiêu đã công bố", "Published target"),
        "known": Text("Biết trước đó", "Known before"),
        "pace": Text("Cần (đến lúc đó), %/năm", "Needed (so far), %/year"),
        "before": Text("Xếp loại trước một năm", "Class a year before"),
        "after": Text("Kết quả", "What came"),
    }  # fmt: skip
    return table(rows, {k: v.pick(lang) for k, v in headings.items()}, lang=lang)


def _two(value: float, unit: str, lang: str) -> str:
    """Return a number with two decimals, as it is written."""
    return format_number(as_written(value, unit), 2, lang)


def _judged(line: Line, lang: str) -> str | None:
    """Return the class, None where there is none."""
    return None if line.status == "not_assessed" else sign(line.status, lang)


def _after(one: Told) -> Text:
    """Return what came of a target, in words."""
    if one.is_reached is None:
        return one.part or Text("chưa có số công bố", "no figure published")
    value = one.after.assessment.value or 0.0
    unit = one.after.target.unit
    return sentence(
        "{value}: {met}", "{value}: {met}",
        value=Text(value_text(value, unit), value_text(value, unit, "en")),
        met=Text("đạt", "met") if one.is_reached else Text("không đạt", "not met"),
    )  # fmt: skip


def told_text(told: Sequence[Told]) -> Text:
    """Return how many published targets have an outcome, and how many were reached."""
    known = [one for one in told if one.is_reached is not None]
    judged = [one for one in told if one.before.status != "not_assessed"]
    return sentence(
        "Trong {n} mục tiêu đã công bố có số liệu đi kèm, {k} đã có kết quả cả năm ({m} đạt); {j} "
        "xếp loại được từ một năm trước.",
        "Of {n} published targets with figures beside them {k} have a full-year outcome ({m} met); "
        "{j} could be classed a year before.",
        n=len(told), k=len(known), m=sum(one.is_reached is True for one in known), j=len(judged),
    )  # fmt: skip
