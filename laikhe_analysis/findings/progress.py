"""What a target still asks for from now on, and what can be done next for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from laikhe_analysis.findings.finding import Finding
from laikhe_analysis.language.wordings.board import milestone_text
from laikhe_analysis.messages import Text
from laikhe_analysis.monitor.boards import Line
from laikhe_analysis.vietnamese import UNITS

if TYPE_CHECKING:
    from laikhe_analysis.records import Target

__all__ = ["next_step", "still_needed", "to_type_in"]


def still_needed(line: Line) -> Finding | None:
    """Return what a target asks for from now on; None where it is achieved or nothing is known.

    A flow that is held against the year's plan asks for an amount until the end of the year, an
    average rate for a rate, a total of the period for an amount a year.
    """
    found, new, clause = line.assessment, line.newest, line.target.clause
    origin = found.origin or "statement"
    if new is not None and line.target.kind == "annual_ratio" and new.goal and new.period != "FY":
        left = new.goal - new.value
        key = "progress.left_this_year" if left > 0 else "progress.goal_of_the_year_reached"
        numbers = {"left": left, "unit": _unit(new.unit), "year": new.year,
                   "goal": line.target.weaker_end}  # fmt: skip
        return Finding(key, numbers, new.unit, origin, clause, line.status)
    if found.needed is None or line.status == "achieved":
        return None
    step = line.next_milestone
    if step is not None and step.since is not None:
        numbers = {"rate": found.needed, "told": milestone_text(line)}
        return Finding(
            "progress.needed_rate", numbers, found.pace_unit, origin, clause, line.status
        )
    if line.target.kind == "cumulative":
        numbers = {"amount": found.needed, "unit": _unit(line.target.unit)}
        return Finding("progress.needed_a_year", numbers, found.pace_unit, origin, clause,
                       line.status)  # fmt: skip
    return None


def _unit(unit: str) -> Text:
    """Return the words for a unit."""
    return UNITS.get(unit, Text(unit))


def next_step(line: Line) -> Finding:
    """Return the next milestone of a target and the tasks of the plan that serve it.

    A growth has none: what it asks for of the years that are left is `still_needed`.
    """
    step = line.next_milestone
    tasks = tuple(
        Finding("step.task", {"clause": one.clause, "task": one.name}, clause=one.clause)
        for one in line.tasks
    )
    numbers = {
        "milestone": None
        if step is None or step.since is not None
        else Finding("step.milestone", {"step": milestone_text(line)}),
        "task": Finding("step.tasks", {"tasks": tasks}) if tasks else Finding("step.no_task"),
    }
    return Finding("step.next", numbers, clause=line.target.clause, owner=line.target.owner)


def to_type_in(target: Target, figures: Iterable[tuple[object, int, str]]) -> Finding:
    """Return what has to be typed in before a target can be judged.

    Parameters
    ----------
    target : Target
    figures : iterable of (name, year, due)
        What its office owes, what matters most first; `due` as it is shown, or "".
    """
    for name, year, due in figures:
        by = Finding("step.due", {"day": due}) if due else None
        numbers = {"what": name, "year": year, "due": by}
        return Finding("step.type_in", numbers, clause=target.clause, owner=target.owner)
    return Finding("step.type_in_more", {"what": target.name}, clause=target.clause,
                   owner=target.owner)  # fmt: skip
