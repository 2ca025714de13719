"""The board at work on real histories: what other places published for themselves, and after.

A commune without figures of several years has an empty board. The places that serve as its
yardsticks have figures and targets of their own: the same board says where those stood, and what
happened afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from laikhe_analysis.consistency.given import plans_as_facts
from laikhe_analysis.growth import mean_rate
from laikhe_analysis.messages import Text, _
from laikhe_analysis.monitor import board
from laikhe_analysis.monitor.boards import Board, Line
from laikhe_analysis.monitor.measures import measure
from laikhe_analysis.monitor.so_far import runs
from laikhe_analysis.records import Plan, ReferenceValue, Target
from laikhe_analysis.series import AnnualSeries
from laikhe_analysis.vietnamese import as_written, words

if TYPE_CHECKING:
    from laikhe_analysis.data import Dataset

__all__ = ["History", "Told", "best_windows", "histories", "ratios", "tell"]

SAME = {"budget_revenue_plan": "budget_revenue_final_account"}
"""The series that realises a planned one, where it bears another name."""

LOWER = ("cpi_inflation", "poverty_rate", "poor_households")
"""How the names of series begin that are better the lower they are."""

PARTS = {"_h1": _("6 tháng"), "_9m": _("9 tháng")}
"""How the names of series end that hold a part of a year."""

WINDOW = 5
"""Years before its target year from which a published level is judged. [years]"""


SEVERAL = 3
"""Years of estimates from which they are walked through year by year. [years]"""


@dataclass(frozen=True)
class History:
    """A place's published targets as a plan, and what it reached, by target.

    Parameters
    ----------
    entity : str
        The place, as in `reference.csv`.
    plan : Plan
        Its targets; the commune's own facts stand in for what a plan needs beside them.
    known : dict of str to AnnualSeries
        Realised figures by `target_id`. [unit of the target, or levels]
    parts : dict of str to tuple of (Text, int, float)
        Figures of a part of a year, by `target_id`. [unit of the target]
    """

    entity: str
    plan: Plan
    known: dict[str, AnnualSeries]
    parts: Mapping[str, tuple[tuple[Text, int, float], ...]]

    def board(self, year: int) -> Board:
        """Return the board at the end of a year, from what was reached up to then."""
        return board(self.plan, self.known, as_of=year)

    def line(self, target: Target, year: int) -> Line:
        """Return one target on the board of a year."""
        return next(line for line in self.board(year).lines if line.target == target)


@dataclass(frozen=True)
class Told:
    """What the board said of a target a year before its end, and what came of it.

    Parameters
    ----------
    entity : str
    before, after : Line
        The target at the end of the year before, and at the end of its year.
    part : Text or None
        A figure of a part of its year, where that is all that is known.
    """

    entity: str
    before: Line
    after: Line
    part: Text | None

    @property
    def is_known(self) -> bool:
        """Whether the figure of the target year is known."""
        found = self.after.assessment
        return found.year == self.after.target.target_year and found.value is not None

    @property
    def is_reached(self) -> bool | None:
        """Whether the target was reached; None while that is not known."""
        return (
            self.after.target.is_met(self.after.assessment.value or 0.0) if self.is_known else None
        )


def histories(data: Dataset, *, ratio: float = 100.0) -> list[History]:
    """Return the places among the commune's yardsticks that published targets of their own.

    Parameters
    ----------
    data : Dataset
    ratio : float
        What collected revenue is to be of the estimate, each year. [%]

    Returns
    -------
    list of History
        Yearly estimates of money become one target each ("at least `ratio` % of the estimate,
        every year"); growth rates one of their year, or the average of their years; other levels
        one to be reached by their year, judged from up to five years before. Nothing of low
        confidence; no figure across a break.
    """
    found = []
    for entity in dict.fromkeys(data.commune.yardsticks.values()):
        rows = [row for row in data.published if row.entity == entity and row.confidence != "low"]
        goals = {**_estimates(rows, ratio), **_goals(rows)}
        if goals:
            found.append(_history(data, entity, goals))
    return found


def ratios(found: Iterable[History]) -> dict[str, list[Line]]:
    """Return, by place, collected revenue against the estimate on the boards of all known years.

    The longest series of each place that has three years or more.
    """
    walked: dict[str, list[Line]] = {}
    for history in found:
        for target in history.plan.targets:
            known = history.known.get(target.target_id)
            if target.kind == "annual_ratio" and known is not None and len(known) >= SEVERAL:
                lines = [history.line(target, year) for year in known.years]
                walked[history.entity] = max(walked.get(history.entity, []), lines, key=len)
    return walked


def best_windows(data: Dataset, target: Target) -> dict[str, list[Line]]:
    """Return, by place, the boards of the years in which it came nearest to an average rate.

    Parameters
    ----------
    data : Dataset
    target : Target
        An average growth of total product: the rate and the number of years are taken from it.

    Returns
    -------
    dict of str to list of Line
        One line a year, each from the years known by then, for the window of that many years with
        the highest average growth; places without so many years in a row are left out.
    """
    years, found = target.target_year - target.base_year, {}
    for entity in dict.fromkeys(data.commune.yardsticks.values()):
        facts = data.facts()
        known = facts.get(f"{entity}/grdp_growth") or facts.get(f"{entity}/gdp_growth")
        spans = [] if known is None else runs(known, years)
        if known is not None and spans:
            start = max(
                spans,
                key=lambda y: mean_rate([known.at(y + k) for k in range(years)], limit=None),
            )
            goal = replace(
                target, unit="fraction/year", base_year=start - 1, target_year=start + years - 1
            )
            plan = Plan(replace(data.commune, name=entity), (goal,))
            history = History(entity, plan, {goal.target_id: known}, {})
            found[entity] = [history.line(goal, start + k) for k in range(years)]
    return found


def tell(found: Iterable[History]) -> list[Told]:
    """Return what the boards said of published targets a year before their end, and what came.

    Left out is what has neither a class a year before nor any figure of its year, and estimates
    of three years or more, for which there is `ratios`.
    """
    told = [_tell(history, target) for history in found for target in history.plan.targets]
    return [one for one in told if one is not None]


def _tell(history: History, target: Target) -> Told | None:
    """Return what was said and what came of one target, None where there is nothing to tell."""
    known = history.known.get(target.target_id)
    if known is None or not known or target.kind == "average_rate":
        return None
    if target.kind == "annual_ratio":
        if len(known) >= SEVERAL:
            return None
        last = known.years[-1]
        target = replace(target, base_year=last - 1, target_year=last)
        history = replace(history, plan=replace(history.plan, targets=(target,)))
    before, after = (history.line(target, target.target_year - k) for k in (1, 0))
    one = Told(history.entity, before, after, _part(history, target))
    is_told = one.is_known or one.part is not None or before.status != "not_assessed"
    return one if is_told else None


def _history(data: Dataset, entity: str, goals: dict[str, Target]) -> History:
    """Return the targets of a place with what it reached."""
    facts, plans = data.facts(), plans_as_facts(data.published)
    known, parts = {}, {}
    for series_id, target in goals.items():
        name = series_id.split("@")[0]
        done = facts.get(f"{entity}/{SAME.get(name, name)}")
        if target.kind == "annual_ratio":
            pair = {"collected_revenue": done, "assigned_revenue": plans[f"{entity}/{name}_target"]}
            given = {key: series for key, series in pair.items() if series is not None}
            done = measure(replace(target, role="revenue"), given)
        if done is not None:
            known[target.target_id] = done
        parts[target.target_id] = tuple(
            (word, *facts[f"{entity}/{name}{end}"].last)
            for end, word in PARTS.items()
            if f"{entity}/{name}{end}" in facts
        )
    commune = replace(data.commune, name=entity, name_en=entity)
    return History(entity, Plan(commune, tuple(goals.values())), known, parts)


def _estimates(rows: Iterable[ReferenceValue], ratio: float) -> dict[str, Target]:
    """Return one target for each series of yearly estimates of money."""
    planned: dict[str, list[int]] = {}
    for row in rows:
        if row.status == "plan" and row.unit == "billion VND" and row.year_from is None:
            planned.setdefault(row.series_id, []).append(row.year)
    return {
        name: Target(
            f"{name}@{min(years)}-{max(years)}", "", "", "economy",
            _("{what} so với dự toán", what=words(SAME.get(name, name))),
            "% of plan", "annual_ratio", "at_least", ratio,
            base_year=min(years) - 1, target_year=max(years),
        )
        for name, years in planned.items()
    }  # fmt: skip


def _goals(rows: Iterable[ReferenceValue]) -> dict[str, Target]:
    """Return one target for each published target, by its series and year."""
    found: dict[str, Target] = {}
    tops = {(r.series_id.removesuffix("_max"), r.year): r.value
            for r in rows if r.series_id.endswith("_mean_max")}  # fmt: skip
    for row in rows:
        if row.status == "target" and not row.series_id.endswith("_mean_max"):
            top = tops.get((row.series_id.removesuffix("_min"), row.year))
            name = row.series_id.removesuffix("_min").removesuffix("_mean")
            found[f"{name}@{row.year}"] = _goal(row, name, top)
    return found


def _goal(row: ReferenceValue, name: str, top: float | None) -> Target:
    """Return a published target as a target of a plan."""
    if row.year_from is not None:
        kind, first = "average_rate", row.year_from - 1
    elif row.unit == "fraction/year":
        kind, first = "annual_level", row.year - 1
    else:
        kind, first = "level_by", row.year - WINDOW
    return Target(
        f"{name}@{row.year}", "", "", "economy", words(name), row.unit, kind,
        "at_most" if name.startswith(LOWER) else "at_least", row.value, top,
        base_year=first, target_year=row.year, price_basis=row.price_basis,
        source_id=row.source_id,
    )  # fmt: skip


def _part(history: History, target: Target) -> Text | None:
    """Return what is known of a part of the target's year."""
    for word, year, value in history.parts[target.target_id]:
        if year == target.target_year:
            return _(
                "{what} {year}: {value:2}",
                what=word,
                year=year,
                value=as_written(value, target.unit),
            )
    return None
