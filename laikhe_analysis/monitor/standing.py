"""Where every target of the plan stands at a date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from laikhe_analysis.language.quantities import figure_text
from laikhe_analysis.messages import Text, Worded, _, safe_side
from laikhe_analysis.monitor.boards import Board, Line, Milestone
from laikhe_analysis.monitor.measures import AsOf, at_other_prices, measure, measured_by
from laikhe_analysis.monitor.so_far import SoFar, newest_day, so_far, with_part
from laikhe_analysis.records import Finding, Plan, Target
from laikhe_analysis.series import AnnualSeries
from laikhe_analysis.targets import Assessment, assess
from laikhe_analysis.targets.kinds import NO_COMPOUNDING
from laikhe_analysis.targets.paths import way
from laikhe_analysis.targets.progress import classify
from laikhe_analysis.vietnamese import (
    COUNTED,
    UNITS,
    is_fraction,
)

__all__ = ["board", "changes"]


def board(
    plan: Plan,
    series: Mapping[str, AnnualSeries],
    *,
    as_of: str | int,
    findings: Iterable[Finding] = (),
    internal: bool = False,
    prices: AnnualSeries | None = None,
    profiles: Mapping[str, Sequence[float]] | None = None,
    parts: Mapping[str, Mapping[str, AnnualSeries]] | None = None,
    expected: Mapping[str, float] | None = None,
    planned: Mapping[str, float] | None = None,
    best: Mapping[str, float] | None = None,
    outlook: Mapping[str, AnnualSeries] | None = None,
    forecasts: Mapping[str, AnnualSeries] | None = None,
) -> Board:
    """Return the board of a plan at a date.

    Parameters
    ----------
    plan : Plan
    series : mapping of str to AnnualSeries
        What is known of full years, by `series_id` or `target_id`: give the figures known on an
        earlier day to see what would have been said then.
    as_of : str or int
        A year or a part of one: 2026, "2026H1", "2026-9M". In a part of a year the full years
        before it count, and what `parts` holds of it.
    findings : iterable of Finding
        From `consistency.check_plan`; those that only concern internal targets follow `internal`.
    internal : bool
        Whether internal targets are shown.
    prices : AnnualSeries, optional
        Price index for targets at constant prices. [index]
    profiles : mapping of str to sequence of float, optional
        Yearly shares of a total, by `target_id`. [fractions]
    parts : mapping of str to mapping of str to AnnualSeries, optional
        Results of parts of years, counted from the first day: by period ("9M", "H1", "Q1"), then by
        `series_id` or `target_id`. Where the year of `as_of` has no figure of the whole of it, the
        longest part that is over and has one stands for the year.
    expected : mapping of str to float, optional
        What offices expect of the year that is not over: stands beside the results, never is one.
    planned : mapping of str to float, optional
        The year's plan, by `series_id` or `target_id`.
    best : mapping of str to float, optional
        The highest mean on record, by `target_id`, for averages (see `targets.assess`).
    outlook : mapping of str to AnnualSeries, optional
        A scenario's series up to the target year, by `series_id` or `target_id`.
    forecasts : mapping of str to AnnualSeries, optional
        Forecasts of the commune's own figures up to the target year, by `target_id`: shown where no
        scenario leads to a target.

    Returns
    -------
    Board

    Raises
    ------
    ValueError
        If `as_of` cannot be read, or a profile does not fit (as `targets.assess`).

    Examples
    --------
    >>> from laikhe_analysis.records import Commune
    >>> commune = Commune("a", "a", "b", 1.0, 1000, "", "", (), "", 2025, 2030)
    >>> poor = Target("2.2.9-poor-households", "2.2(9)", "2.2(9)", "society",
    ...               Text("hộ nghèo", "poor households"), "households", "level_by", "at_most", 0)
    >>> known = {"2.2.9-poor-households": AnnualSeries("p", (2025, 2026), (50, 40), "households")}
    >>> found = board(Plan(commune, (poor,)), known, as_of=2026)
    >>> line = found.lines[0]
    >>> line.status, line.assessment.is_first, line.next_milestone.value, found.count_items()
    ('on_track', True, 30.0, (0, 1, 0))
    """
    at = AsOf.of(as_of)
    shown = [target for target in plan.targets if internal or target.access == "public"]
    known = _Known(series, parts or {}, expected or {}, planned or {}, prices, best or {})
    lines = []
    for target in shown:
        steps = plan.schedule(target.target_id)
        profile = (profiles or {}).get(target.target_id)
        day = newest_day(target, at, series, known.parts)
        part = known.parts.get(day.period, {})
        newest = so_far(target, day, series, part, known.expected, known.planned)
        found = known.assessed(target, day, profile, newest, steps)
        ahead = measure(target, outlook or {}, prices=prices)
        own = (forecasts or {}).get(target.target_id) if ahead is None else None
        ahead = ahead if own is None else measure(target, {target.target_id: own}, prices=prices)
        over = with_part(target, measure(target, series, prices=prices), None, at)
        lines.append(
            Line(
                target, found, None if found.year is None else at.year - found.year,
                _next_milestone(found, over, at, profile, steps),
                tuple(task for task in plan.tasks if target.target_id in task.target_ids),
                assess(target, ahead, profile=profile) if ahead else None,
                newest,
                over,
                own is not None,
            )
        )  # fmt: skip
    open_clauses = {target.clause for target in plan.targets if target.access == "internal"}
    hidden = set() if internal else open_clauses - {target.clause for target in shown}
    kept = tuple(finding for finding in findings if not set(finding.clauses) <= hidden)
    return Board(plan, at, tuple(lines), kept)


def changes(before: Board, after: Board) -> list[tuple[Line, Line]]:
    """Return the lines whose class differs between two boards, by target, the earlier first."""
    earlier = {line.target.target_id: line for line in before.lines}
    pairs = [(earlier.get(line.target.target_id), line) for line in after.lines]
    return [(old, new) for old, new in pairs if old is not None and old.status != new.status]


@dataclass(frozen=True)
class _Known:
    """All that is known of a commune at a date."""

    full: Mapping[str, AnnualSeries]
    parts: Mapping[str, Mapping[str, AnnualSeries]]
    expected: Mapping[str, float]
    planned: Mapping[str, float]
    prices: AnnualSeries | None
    best: Mapping[str, float]

    def assessed(
        self, target: Target, at: AsOf, profile: Sequence[float] | None, newest: SoFar | None,
        steps: Mapping[int, float],
    ) -> Assessment:  # fmt: skip
        """Return the assessment of a target at the date of its newest figure."""
        full = measure(target, self.full, prices=self.prices)
        ask: dict[str, Any] = {
            "as_of": at.year, "profile": profile, "best": self.best.get(target.target_id),
            "steps": steps,
        }  # fmt: skip
        if target.kind == "annual_ratio" and newest is not None and newest.goal is not None:
            return self._ratio(target, at, full, newest, ask)
        part = measure(target, self.parts.get(at.period, {}))
        both = with_part(target, full, part, at)
        if both is None or not both.known():
            nominal = self._nominal(target, at, ask)
            waiting = _waiting(target, at, part) or at_other_prices(target, self.full)
            blank = Assessment(target, reason=waiting or _NO_FIGURE)
            return nominal or blank
        passed = at.passed if at.year in both.known().years else 1.0
        found = assess(target, both, passed=passed, **ask)
        if found.status == "not_assessed":
            nominal, waiting = self._nominal(target, at, ask), _waiting(target, at, part)
            if waiting is not None and both.known().years[-1] < at.year:
                found = replace(found, reason=waiting)
            return nominal or found
        return found

    def _ratio(
        self, target: Target, at: AsOf, full: AnnualSeries | None, newest: SoFar,
        ask: dict[str, Any],
    ) -> Assessment:  # fmt: skip
        """Return the assessment of a mean of yearly ratios, the year so far and its estimate beside."""
        over = with_part(target, full, None, at)
        start, passed = target.base_year + 1, 1.0
        if over is not None and ask["best"] is None and over:
            ask = ask | {"best": max(over.known().values)}
        if newest.period != "FY" and newest.plan:
            if newest.estimate is None:
                return self._even(target, at, newest)
            ratio, passed = 100 * newest.estimate / newest.plan, at.passed
            blank = over or AnnualSeries(newest.series_id, (), (), unit=target.unit)
            over = replace(blank, years=(*blank.years, at.year), values=(*blank.values, ratio))
        if over is None or not over.select(y for y in over.years if y >= start):
            return assess(target, over, **ask) if over else Assessment(target, reason=_NO_FIGURE)
        return assess(target, over, passed=passed, **ask)

    def _even(self, target: Target, at: AsOf, newest: SoFar) -> Assessment:
        """Return the first class of a year's ratio by an even pace towards its goal."""
        assert newest.of_goal is not None
        ratio = newest.of_goal / at.passed
        reason = _("mới được {part:1}% mức phải đạt của năm; nếu chia đều, đến kỳ này phải được {due:0}%",
            part=100 * newest.of_goal, due=100 * at.passed,
        )  # fmt: skip
        return Assessment(
            target, classify(ratio), "run_rate", year=at.year, ratio=ratio, is_first=True,
            required=target.weaker_end, needed=target.weaker_end, pace_unit=target.unit,
            reason=reason,
        )  # fmt: skip

    def _nominal(self, target: Target, at: AsOf, ask: dict[str, Any]) -> Assessment | None:
        """Return the class of a real rate that even the nominal one misses; None where it is open."""
        if not target.price_basis.startswith("constant") or target.kind != "average_rate":
            return None
        name, now = measured_by(target), self.parts.get(at.period, {})
        both = with_part(
            target, self.full.get(f"{name}_nominal") or self.full.get(name),
            now.get(f"{name}_nominal") or now.get(name), at,
        )  # fmt: skip
        if both is None or both.price_basis != "current" or len(both.known()) < 2:
            return None
        passed = at.passed if at.year in both.known().years else 1.0
        found = assess(replace(target, price_basis="current"), both, passed=passed, **ask)
        if found.status not in ("insufficient", "away") or found.value is None:
            return None
        reason = _("giá hiện hành mới tăng {rate:1%}/năm, trừ tăng giá còn thấp hơn", rate=found.value,
        )  # fmt: skip
        return replace(found, target=target, reason=reason, is_nominal=True)


_NO_FIGURE = _("chưa có số liệu")


def _waiting(target: Target, at: AsOf, part: AnnualSeries | None) -> Text | None:
    """Return what is known of a part of the year, where only the whole year is classed."""
    if part is None or at.year not in part.years:
        return None
    value = Worded(figure_text, part.at(at.year), part.unit)
    return _("{at}: {value}; chưa có số cùng kỳ năm trước để so", at=at.words, value=value)


def _next_milestone(
    found: Assessment, known: AnnualSeries | None, at: AsOf, profile: Sequence[float] | None,
    steps: Mapping[int, float],
) -> Milestone | None:  # fmt: skip
    """Return what the next year asks for: of the plan's schedule where it has one, else of the way.

    An average growth asks for the mean of the years that are left, no level of one of them.
    """
    target, year = found.target, at.last_full_year + 1
    if year > target.target_year:
        return None
    if target.kind == "milestone":
        return Milestone(target.target_year, target.weaker_end)
    if target.kind == "average_rate" and year not in steps:
        if found.needed is None or found.year is None:
            return Milestone(target.target_year, target.weaker_end, target.base_year + 1)
        value = safe_side(found.needed, 3, rises=target.rises)
        return Milestone(target.target_year, value, found.year + 1)
    if target.kind == "cumulative":
        if profile is None:
            return None
        passed = max(year - target.base_year, 0)
        return Milestone(year, target.weaker_end * sum(list(profile)[:passed]))
    if year in steps:
        return Milestone(year, steps[year])
    if target.kind in ("level_by", "ratio_to_base", "rank") and found.status != "achieved":
        level = _on_the_way(target, known, year)
        return None if level is None else Milestone(year, level)
    return Milestone(year, target.weaker_end)


def _on_the_way(target: Target, known: AnnualSeries | None, year: int) -> float | None:
    """Return the level that a year has on the way from the first known figure of the period."""
    known = None if known is None else known.known().after_breaks()
    years = [] if known is None else [y for y in known.years if target.base_year <= y < year]
    if year >= target.target_year:
        return target.weaker_end
    if known is None or not years:
        return None
    first, start, goal = years[0], known.at(years[0]), target.weaker_end
    is_linear = target.unit in NO_COMPOUNDING or min(start, goal) <= 0
    part = np.array((year - first) / (target.target_year - first))
    value = float(way(start, goal, part, "linear" if is_linear else "compound"))
    return _told_level(target, start, value)


def _told_level(target: Target, start: float, value: float) -> float:
    """Return a level on the way with the decimals it is told with, on the safe side, not past the goal."""
    places = 1
    if target.unit in COUNTED or _is_counted(target, start):
        places = 0
    elif is_fraction(target.unit):
        places = 3
    elif target.unit in ("index", "ratio") and abs(value) < 10:
        places = 2
    if target.is_two_sided:
        return round(value, places)
    told, low, high = value, min(start, target.weaker_end), max(start, target.weaker_end)
    for decimals in (places, places + 1):
        told = safe_side(value, decimals, rises=target.rises)
        if places == 0 or low <= told <= high:
            break
    return told


def _is_counted(target: Target, value: float) -> bool:
    """Return whether a unit that the program does not know is one of things that are counted."""
    whole = all(end == int(end) for end in (*target.ends, value))
    return target.unit == "rank" or (target.unit not in UNITS and "/" not in target.unit and whole)
