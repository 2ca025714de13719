"""Where every target of the plan stands at a date."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from laikhe_analysis.checks import Text
from laikhe_analysis.monitor.boards import Board, Line
from laikhe_analysis.monitor.measures import AsOf, at_other_prices, measure
from laikhe_analysis.records import Finding, Plan, Target
from laikhe_analysis.series import AnnualSeries, weakest_origin
from laikhe_analysis.targets import Assessment, assess
from laikhe_analysis.targets.paths import way
from laikhe_analysis.vietnamese import (
    COUNTED,
    LABELS,
    as_written,
    format_quantity,
    word_value,
)

__all__ = ["board", "changes", "step_decimals", "whole_count"]


def board(
    plan: Plan,
    series: Mapping[str, AnnualSeries],
    *,
    as_of: str | int,
    findings: Iterable[Finding] = (),
    internal: bool = False,
    prices: AnnualSeries | None = None,
    profiles: Mapping[str, Sequence[float]] | None = None,
    part_year: Mapping[str, AnnualSeries] | None = None,
    season: float | None = None,
    outlook: Mapping[str, AnnualSeries] | None = None,
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
        before it count.
    findings : iterable of Finding
        From `consistency.check_plan`; those that only concern internal targets follow `internal`.
    internal : bool
        Whether internal targets are shown.
    prices : AnnualSeries, optional
        Price index for targets at constant prices. [index]
    profiles : mapping of str to sequence of float, optional
        Yearly shares of a total, by `target_id`. [fractions]
    part_year : mapping of str to AnnualSeries, optional
        Sums of the part of the year up to `as_of`, by `series_id`, for totals of the period.
    season : float, optional
        The share of a year's amount that is usually there by then; without it `part_year` is not
        used. [fraction]
    outlook : mapping of str to AnnualSeries, optional
        A scenario's series up to the target year, by `series_id` or `target_id`.

    Returns
    -------
    Board

    Raises
    ------
    ValueError
        If `as_of` cannot be read, or a profile or the season does not fit (as `targets.assess`).

    Examples
    --------
    >>> from laikhe_analysis.records import Commune
    >>> commune = Commune("a", "a", "b", 1.0, 1000, "", "", (), "", 2025, 2030)
    >>> poor = Target("2.2.9-poor-households", "2.2(9)", "2.2(9)", "society",
    ...               Text("hộ nghèo", "poor households"), "households", "level_by", "at_most", 0)
    >>> known = {"2.2.9-poor-households": AnnualSeries("p", (2025, 2026), (50, 40), "households")}
    >>> found = board(Plan(commune, (poor,)), known, as_of=2026)
    >>> found.lines[0].status, found.lines[0].next_milestone.en, found.count_items()
    ('on_track', '2027: at most 30 households', (0, 1, 0))
    """
    at = AsOf.of(as_of)
    shown = [target for target in plan.targets if internal or target.access == "public"]
    lines = []
    for target in shown:
        known = measure(target, series, prices=prices)
        profile = (profiles or {}).get(target.target_id)
        found = _assess(target, known, at, profile, measure(target, part_year or {}), season)
        elsewhere = at_other_prices(target, series) if known is None else None
        found = found if elsewhere is None else replace(found, reason=elsewhere)
        ahead = measure(target, outlook or {}, prices=prices)
        lines.append(
            Line(
                target, found, None if found.year is None else at.year - found.year,
                _next_milestone(found, at, profile),
                tuple(task for task in plan.tasks if target.target_id in task.target_ids),
                assess(target, ahead, profile=profile) if ahead else None,
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


def _assess(
    target: Target,
    known: AnnualSeries | None,
    at: AsOf,
    profile: Sequence[float] | None,
    part: AnnualSeries | None,
    season: float | None,
) -> Assessment:
    """Return the assessment at a date; a part of a year counts for totals only."""
    part = part.known() if part is not None else None
    if (
        target.kind == "cumulative" and part is not None and season is not None
        and at.last_full_year < at.year and at.year in part.years
    ):  # fmt: skip
        full = known.known() if known is not None else replace(part, years=(), values=())
        full = full.select(year for year in full.years if year < at.year)
        both = replace(
            part, years=(*full.years, at.year), values=(*full.values, part.at(at.year)),
            origin=weakest_origin(part.origin, full.origin), breaks=full.breaks,
        )  # fmt: skip
        return assess(target, both, as_of=at.year, profile=profile, season=season)
    waiting = _waiting(target, at, part)
    if known is None or not [year for year in known.known().years if year <= at.last_full_year]:
        return Assessment(
            target, reason=waiting or Text("chưa có số liệu", "there is no figure yet")
        )
    return assess(target, known, as_of=at.last_full_year, profile=profile)


def _waiting(target: Target, at: AsOf, part: AnnualSeries | None) -> Text | None:
    """Return what is known of a part of the year, where only the whole year is classed."""
    if part is None or at.year not in part.years:
        return None
    value, words = part.at(at.year), at.words
    return Text(*(
        template.format(at=words.pick(lang), value=format_quantity(value, part.unit, 1, lang))
        for template, lang in (
            ("{at}: {value}; chờ số cả năm để xếp loại", "vi"),
            ("{at}: {value}; classed when the whole year is known", "en"),
        )
    ))  # fmt: skip


def _next_milestone(found: Assessment, at: AsOf, profile: Sequence[float] | None) -> Text | None:
    """Return what the next year asks for, in words."""
    target, year = found.target, at.last_full_year + 1
    if year > target.target_year:
        return None
    value: float | None = target.weaker_end
    unit = target.unit
    if target.kind == "milestone":
        year = target.target_year
    elif target.kind == "average_rate":
        value, unit = target.weaker_end if found.needed is None else found.needed, "fraction/year"
    elif target.kind == "cumulative":
        passed = max(year - target.base_year, 0)
        value = None if profile is None else target.weaker_end * sum(list(profile)[:passed])
    elif target.kind == "level_by" and found.status != "achieved":
        value = _on_the_way(found, year)
    if value is None:
        return None
    if word_value(value, unit) is not None:
        exact = word_value(value, unit) or Text("", "")
        more = target.direction == "at_least" and unit != "yes/no"
        return Text(f"{year}: {exact.vi}{' trở lên' if more else ''}",
                    f"{year}: {exact.en}{' or better' if more else ''}")  # fmt: skip
    if unit in COUNTED:
        value = whole_count(value, rises=target.rises)
    decimals = step_decimals(value, unit)
    return Text(*(
        f"{year}: {LABELS[target.direction].pick(lang)} "
        f"{format_quantity(value, unit, decimals, lang)}"
        for lang in ("vi", "en")
    ))  # fmt: skip


def whole_count(value: float, *, rises: bool) -> float:
    """Return a number of things on the way to a target: up where more is better, else down.

    Examples
    --------
    >>> whole_count(3.8, rises=True), whole_count(48.8, rises=False), whole_count(5.0, rises=True)
    (4.0, 48.0, 5.0)
    """
    hair = 1e-9 * max(1.0, abs(value))
    return float(math.ceil(value - hair) if rises else math.floor(value + hair))


def step_decimals(value: float, unit: str) -> int:
    """Return how many decimals a level on the way to a target needs where it is shown.

    Whole numbers none, small indices and ratios two, others as many as were written, from one to
    two.

    Examples
    --------
    >>> step_decimals(110, "% of plan"), step_decimals(0.65, "index"), step_decimals(99.95, "%")
    (0, 2, 2)
    >>> step_decimals(0.025, "fraction/year")
    1
    """
    value = as_written(value, unit)
    if value == int(value):
        return 0
    if unit in ("index", "ratio") and abs(value) < 10:
        return 2
    return 2 if round(value, 1) != value == round(value, 2) else 1


def _on_the_way(found: Assessment, year: int) -> float | None:
    """Return the level that the even way from the latest value asks for in a year."""
    if found.progress is None or found.year is None or found.value is None:
        return None
    left = found.target.target_year - found.year
    if left <= 0:
        return None
    part = np.array((year - found.year) / left)
    return float(way(found.value, found.target.weaker_end, part, found.method))
