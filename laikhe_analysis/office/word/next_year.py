"""Next year's plan as a proposal: what the required path asks of each target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from laikhe_analysis.language import _
from laikhe_analysis.language.quantities import number_text, row_texts
from laikhe_analysis.language.wordings.board import milestone_text, pace_text
from laikhe_analysis.monitor.boards import Line
from laikhe_analysis.monitor.ways import required_way
from laikhe_analysis.office.word.lines import goal_words, short
from laikhe_analysis.office.word.material import Material
from laikhe_analysis.vietnamese import label, with_unit

__all__ = ["Proposal", "proposals"]


@dataclass(frozen=True)
class Proposal:
    """What a target has to reach in a year: in words, and as a number where it is a level."""

    words: str
    number: str = ""


def proposals(m: Material) -> Mapping[str, Proposal]:
    """Return what the year after the last one that is over has to reach, by target.

    From the board's next step, else from the way of a level that has one figure so far; never less
    than what was reached already. A target without any figure, or whose deadline is later, has
    none.
    """
    year = m.at.last_full_year + 1
    ways = _ways(m, year)
    told = {}
    for line in m.board.lines:
        name = line.target.target_id
        found = ways.get(name) or _step(line, year)
        if found is not None and found.words:
            told[name] = found
    return told


def _ways(m: Material, year: int) -> dict[str, Proposal]:
    """Return the level of a year on the way of each target that has one."""
    found = {}
    for line in m.board.lines:
        way, target = required_way(line), line.target
        if way is None or target.kind != "level_by" or year not in way.years:
            continue
        best = max if target.rises else min
        reached, unit = m.reached(target.target_id, way.unit), way.unit
        value = way.at(year) if reached is None else best(way.at(year), reached)
        plain = unit == "%" or value == reached
        texts = row_texts(way.values, unit)
        number = number_text(value, unit) if plain else texts[way.years.index(year)]
        goal = f"{label(target.direction)} {with_unit(number, unit)}"
        found[target.target_id] = Proposal(short(goal_words(target, goal)), short(number))
    return found


def _step(line: Line, year: int) -> Proposal | None:
    """Return what the board asks of a year; None where it says nothing."""
    target, step = line.target, line.next_milestone
    if target.kind == "cumulative" and year <= target.target_year:
        if line.assessment.needed is None:
            return None
        return Proposal(pace_text(line, needed=True).pick("vi").removesuffix("/năm"))
    if step is None or not (step.since or step.year) <= year <= step.year:
        return None
    if step.since is not None:
        return Proposal(_("tăng {x:%} trở lên", x=step.value).pick("vi"))
    return Proposal(short(milestone_text(line).pick("vi").partition(": ")[2]))
