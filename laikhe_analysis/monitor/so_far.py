"""What the newest period says of a target: result, same period, the year's plan and estimate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from laikhe_analysis.growth import mean_rate
from laikhe_analysis.monitor.measures import ASSIGNED, AsOf, measured_by
from laikhe_analysis.records import Target
from laikhe_analysis.series import AnnualSeries, weakest_origin

__all__ = ["SoFar", "highest_mean", "newest_day", "runs", "so_far", "with_part"]

_WITHOUT_LAND = {"collected_revenue": "recurrent_revenue"}
"""The series of a flow without land-use fees, by that of all of it."""

_AMOUNTS = ("billion VND", "million VND", "VND", "USD")
"""Units of flows: an amount of nine months is no amount of a year."""

_NO_CHANGE = ("%", "% of plan", "rating", "level", "yes/no", "rank", "fraction", "fraction/year")
"""Units of which a change in per cent says nothing."""


@dataclass(frozen=True)
class SoFar:
    """The newest result of a target and what stands beside it. What is not known is None.

    Parameters
    ----------
    series_id : str
        The series that holds the result.
    value : float
        [`unit`]
    unit : str
    year, period : int, str
        When: "FY", or one of `records.PERIODS`.
    status : str
        Of the figure: "final", "preliminary" or "estimate".
    same_period : float, optional
        The result of the same period of the year before. [`unit`]
    plan : float, optional
        What was assigned for the year. [`unit`]
    goal : float, optional
        What the target asks for: of the year for a ratio to the plan, of the whole period for a
        total. [`unit`]
    estimate : float, optional
        What its office expects of the year that is not over: never a result. [`unit`]
    verdict : str, optional
        "exceeds", "reaches", "misses" or "no_plan", for an estimate.
    council : float, optional
        The year's plan of the commune's own council, where it sets one. [`unit`]
    without_land : SoFar, optional
        The same without land-use fees.
    """

    series_id: str
    value: float
    unit: str
    year: int
    period: str
    status: str = "final"
    same_period: float | None = None
    plan: float | None = None
    goal: float | None = None
    estimate: float | None = None
    verdict: str | None = None
    council: float | None = None
    without_land: SoFar | None = None

    @property
    def of_plan(self) -> float | None:
        """The result over the year's plan. [fraction]"""
        return self.value / self.plan if self.plan else None

    @property
    def of_goal(self) -> float | None:
        """The result over the goal. [fraction]"""
        return self.value / self.goal if self.goal else None

    @property
    def change(self) -> float | None:
        """The change on the same period; None for levels in per cent and grades. [fraction]"""
        if not self.same_period or self.unit in _NO_CHANGE:
            return None
        return self.value / self.same_period - 1


def newest_day(
    target: Target,
    at: AsOf,
    full: Mapping[str, AnnualSeries],
    parts: Mapping[str, Mapping[str, AnnualSeries]],
) -> AsOf:
    """Return the end of the longest part of the year of `at` of which a target has a figure.

    Parameters
    ----------
    target : Target
    at : AsOf
        Returned where its year has no figure at all.
    full : mapping of str to AnnualSeries
        What is known of full years.
    parts : mapping of str to mapping of str to AnnualSeries
        What is known of parts of years, by period.
    """
    name = measured_by(target)
    names = (target.target_id, name, f"{name}_nominal", f"{name}_real")

    def has_figure(known: Mapping[str, AnnualSeries]) -> bool:
        return any(at.year in known[one].known().years for one in names if one in known)

    if at.last_full_year == at.year and has_figure(full):
        return at
    return next((day for day in at.parts if has_figure(parts.get(day.period, {}))), at)


def so_far(
    target: Target,
    at: AsOf,
    full: Mapping[str, AnnualSeries],
    part: Mapping[str, AnnualSeries],
    expected: Mapping[str, float],
    planned: Mapping[str, float],
) -> SoFar | None:
    """Return what the newest period says of a target, None where nothing was reported.

    Parameters
    ----------
    target : Target
    at : AsOf
    full, part : mapping of str to AnnualSeries
        What is known of full years, and of the part of the year that `at` names.
    expected : mapping of str to float
        Estimates of the year that is not over, by series.
    planned : mapping of str to float
        The year's plan, by series or target.

    Examples
    --------
    >>> from laikhe_analysis.checks import Text
    >>> target = Target("1", "1", "2.2(1)", "economy", Text("a"), "% of plan",
    ...                 "annual_ratio", "at_least", 110, role="revenue")
    >>> full = {"assigned_revenue": AnnualSeries("a", (2026,), (61.5,), unit="billion VND")}
    >>> part = {"collected_revenue": AnnualSeries("c", (2025, 2026), (45.9, 49.3), unit="billion VND")}
    >>> one = so_far(target, AsOf(2026, "9M"), full, part, {"collected_revenue": 62.8}, {})
    >>> [round(x, 3) for x in (one.of_plan, one.of_goal, one.change)], one.verdict
    ([0.802, 0.729, 0.074], 'exceeds')
    """
    measured = measured_by(target)
    names = (target.target_id, measured, f"{measured}_nominal", f"{measured}_real")
    name = next((n for n in names if n in full or n in part), "")
    found = _newest(name, at, full, part)
    if found is None:
        return None
    now = found.year == at.year
    assigned = ASSIGNED.get(measured_by(target), "") if target.kind == "annual_ratio" else ""
    given = _of_year(full.get(assigned), found.year)
    if given is None and now:
        given = planned.get(target.target_id, planned.get(name))
    estimate = expected.get(target.target_id, expected.get(name)) if now else None
    found = _beside(found, target, given, estimate, is_ratio=name == target.target_id)
    if target.role == "revenue" and now:
        found = replace(found, council=planned.get("council_revenue"))
    bare = _WITHOUT_LAND.get(name, "") if target.kind == "annual_ratio" else ""
    inner = _newest(bare, at, full, part)
    if inner is not None and (inner.year, inner.period) == (found.year, found.period):
        plan = _of_year(full.get(ASSIGNED.get(bare, "")), inner.year)
        expects = expected.get(bare) if now else None
        found = replace(found, without_land=_beside(inner, target, plan, expects))
    return found


def _beside(
    found: SoFar, target: Target, plan: float | None, estimate: float | None, *,
    is_ratio: bool = False,
) -> SoFar:  # fmt: skip
    """Return a result with plan, goal, estimate and verdict; a figure that is the ratio has no goal."""
    goal = target.weaker_end if target.kind == "cumulative" else None
    if target.kind == "annual_ratio" and plan is not None and not is_ratio:
        goal = plan * target.weaker_end / 100
    against = target.weaker_end if plan is None and target.kind == "annual_level" else plan
    verdict = None if estimate is None else _verdict(estimate, against, target)
    return replace(found, plan=plan, goal=goal, estimate=estimate, verdict=verdict)


def _newest(
    name: str, at: AsOf, full: Mapping[str, AnnualSeries], part: Mapping[str, AnnualSeries]
) -> SoFar | None:
    """Return the newest result of a series: of the part of the year, else of a year that is over."""
    for series, period, last in ((part, at.period, at.year), (full, "FY", at.last_full_year)):
        known = series[name].known() if name in series else None
        years = [year for year in known.years if year <= last] if known is not None else []
        if known is None or not years or (period != "FY" and years[-1] != at.year):
            continue
        year = years[-1]
        before = year - 1 in known.years and year not in known.breaks
        return SoFar(
            name, known.at(year), known.unit, year, period,
            same_period=known.at(year - 1) if before else None,
        )  # fmt: skip
    return None


def _of_year(series: AnnualSeries | None, year: int) -> float | None:
    """Return the value of a year, None where there is none."""
    known = series.known() if series is not None else None
    return known.at(year) if known is not None and year in known.years else None


def _verdict(estimate: float, plan: float | None, target: Target) -> str:
    """Return what an estimate of the year is against its plan."""
    if plan is None:
        return "no_plan"
    if abs(estimate - plan) <= 1e-9 * abs(plan):
        return "reaches"
    better = estimate > plan if target.rises else estimate < plan
    return "exceeds" if better else "misses"


def with_part(
    target: Target, known: AnnualSeries | None, part: AnnualSeries | None, at: AsOf
) -> AnnualSeries | None:
    """Return what is known of full years with the part of the year, where it can be put beside them.

    A level counts as that of the year so far, a growth rate too; a flow only for a total of the
    period, and as its growth on the same period where an average rate asks for it.
    """
    last = at.last_full_year
    full = None if known is None else known.known()
    if full is not None:
        full = full.select(year for year in full.years if year <= last)
    now = None if part is None else part.known()
    if now is None or at.year == last or at.year not in now.years:
        return full
    value = now.at(at.year)
    if now.unit in _AMOUNTS and target.kind != "cumulative":
        if target.kind != "average_rate" or at.year - 1 not in now.years:
            return full
        rates = full.rates() if full is not None and len(full) > 1 else now.select(())
        value, unit = value / now.at(at.year - 1) - 1, "fraction/year"
        full = replace(rates, unit=unit)
        now = replace(now, unit=unit)
    full = now.select(()) if full is None else full
    if full and full.unit != now.unit:
        return full
    return replace(
        now, years=(*full.years, at.year), values=(*full.values, value),
        origin=weakest_origin(now.origin, *([full.origin] if full else [])),
        breaks=tuple(sorted({*full.breaks, *now.breaks})),
        sources=tuple(dict.fromkeys(full.sources + now.sources)),
    )  # fmt: skip


def highest_mean(rates: AnnualSeries, years: int) -> float | None:
    """Return the highest mean growth over so many known years in a row, None where there are none.

    Examples
    --------
    >>> known = AnnualSeries("g", (2020, 2021, 2022), (0.1, 0.12, 0.05), unit="fraction/year")
    >>> round(highest_mean(known, 2), 4), highest_mean(known, 4)
    (0.11, None)
    """
    known = rates.known()
    if rates.unit != "fraction/year":
        return None
    means = (
        mean_rate([known.at(first + k) for k in range(years)], limit=None)
        for first in runs(known, years)
    )
    return max(means, default=None)


def runs(series: AnnualSeries, years: int) -> list[int]:
    """Return the first years of all runs of so many known years without a break inside.

    Examples
    --------
    >>> runs(AnnualSeries("g", (2020, 2021, 2023, 2024), (1, 2, 3, 4)), 2)
    [2020, 2023]
    """
    have = set(series.known().years)
    return [
        first for first in sorted(have)
        if have.issuperset(range(first, first + years))
        and not any(first < start < first + years for start in series.breaks)
    ]  # fmt: skip
