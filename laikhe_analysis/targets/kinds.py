"""How a target is judged, by its kind: one rule each, for the comparable part of its figures."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from laikhe_analysis.growth import annual_rate, growth_factor, mean_rate, required_rate
from laikhe_analysis.messages import Text, _
from laikhe_analysis.records import Target
from laikhe_analysis.series import AnnualSeries, weakest_origin
from laikhe_analysis.targets.paths import RATE_UNITS, way
from laikhe_analysis.targets.progress import TOO_FAR, Progress, assess_progress, classify
from laikhe_analysis.vietnamese import COUNTED

__all__ = ["NO_COMPOUNDING", "RULES", "Assessment", "Case"]

NO_COMPOUNDING = (
    *COUNTED,
    "%",
    "fraction",
    "fraction/year",
    "% of plan",
    "level",
    "rating",
    "yes/no",
    "ratio",
    "rank",
)
"""Units of levels that do not grow by a rate: they are judged by the linear method."""


@dataclass(frozen=True)
class Assessment:
    """Where a target stands. What is not known is None, and `reason` says why.

    Parameters
    ----------
    target : Target
    status : str
        One of `progress.PROGRESS`.
    method : str
        "compound" or "linear", "held" (share of years held), "mean" (mean so far), "run_rate",
        "milestone", or "none".
    year, value : optional
        The latest known year and its value; the sum so far of a total. [year; unit of the target]
    required : float, optional
        What that year asks for on the way from the base. [unit of the target]
    gap : float, optional
        What is missing, in the wanted direction; negative where it is exceeded. [same unit]
    ratio : float, optional
        What the class was read from. [ratio]
    pace, needed : float, optional
        Yearly pace so far, and from now on. [`pace_unit`]
    pace_unit : str
        "fraction/year", the target's unit, or that unit a year.
    projected : float, optional
        Value in the target year at the present pace. [unit of the target]
    hold : bool
        Reached, but the trend goes the wrong way.
    reason : Text, optional
        Why there is no class, or what to know beside it.
    origin : str, optional
        The weakest origin of the figures.
    progress : Progress, optional
        All measures of a level, rates as fractions.
    is_first : bool
        A first assessment: the class rests on fewer than three yearly figures, or on a part of a
        year.
    is_nominal : bool
        It is read off figures at current prices, though the target asks for constant ones.
    """

    target: Target
    status: str = "not_assessed"
    method: str = "none"
    year: int | None = None
    value: float | None = None
    required: float | None = None
    gap: float | None = None
    ratio: float | None = None
    pace: float | None = None
    needed: float | None = None
    pace_unit: str = ""
    projected: float | None = None
    hold: bool = False
    reason: Text | None = None
    origin: str | None = None
    progress: Progress | None = None
    is_first: bool = False
    is_nominal: bool = False


@dataclass(frozen=True)
class Case:
    """What the rule of a kind is given: the comparable part of what is known.

    `passed` is the part of the latest year that is over, `best` the highest mean on record that
    what is still needed is held against, `steps` what the plan's own schedule asks of each year.
    """

    target: Target
    series: AnnualSeries
    start: int
    profile: tuple[float, ...]
    passed: float = 1.0
    best: float | None = None
    steps: Mapping[int, float] = field(default_factory=dict)

    @property
    def sign(self) -> int:
        return 1 if self.target.rises else -1

    @property
    def left(self) -> int:
        return self.target.target_year - self.series.years[-1]

    @property
    def period(self) -> AnnualSeries:
        """The known years of the plan, without the base year."""
        return self.series.select(year for year in self.series.years if year >= self.start)


def _no_year(case: Case) -> Text | None:
    """Return what is missing for a target of every year, or None."""
    if not case.period:
        return _(
            "chưa có số liệu từ năm {a}; số mới nhất là của năm {b}",
            a=case.start,
            b=case.series.years[-1],
        )
    gaps = sorted(set(range(case.start, case.period.years[-1])) - set(case.period.years))
    return _("thiếu số liệu năm {years}", years=", ".join(map(str, gaps))) if gaps else None


def _level_by(case: Case, blank: Assessment) -> Assessment:
    """Return the assessment of a level to be reached by the target year."""
    target, goal = case.target, case.target.weaker_end
    since = case.series.select(y for y in case.series.years if y >= target.base_year)
    if len(since) < 2:
        if since and target.is_met(since.values[-1]):
            return replace(blank, status="achieved", method="level", required=goal)
        reason = _(
            "cần ít nhất hai năm có số liệu kể từ năm {a}, hiện có {n}",
            a=max(target.base_year, case.start - 1),
            n=len(since),
        )
        return replace(blank, reason=reason)
    (t0, *_years, t), (y0, *_values, y) = since.years, since.values
    rises, (low, high) = target.rises, target.ends
    if target.is_two_sided and not low <= y <= high:  # the nearer end is to be reached
        rises, goal = y < low, low if y < low else high
        blank = replace(blank, gap=abs(goal - y))
        if (y0 - goal) * (y - goal) < 0 and abs(y - goal) < abs(y0 - goal):  # from the other side
            y0 = 2 * goal - y0
    linear = target.unit in NO_COMPOUNDING or min(y0, y, goal) <= 0
    method = "linear" if linear else "compound"
    found = assess_progress(
        y0, t0, y, t, goal, target.target_year, direction="up" if rises else "down",
        method=method, tolerance=target.tolerance, strict=target.direction in ("above", "below"),
    )  # fmt: skip
    part = np.array((t - t0) / (target.target_year - t0))
    is_still = found.status == "away" and abs(y - y0) <= target.noise * (1 + 1e-9)
    blank = replace(
        blank, status="insufficient" if is_still else found.status, method=method, progress=found,
        ratio=found.ratio,
        hold=found.hold and not target.is_two_sided, reason=found.reason,
        pace=found.actual_rate,
        needed=found.required_from_now,
        pace_unit=_per_year(target.unit) if linear else "fraction/year",
        required=float(way(y0, goal, part, method)),
        projected=_natural(found.projected, target.unit),
    )  # fmt: skip
    return _by_step(case, blank)


def _by_step(case: Case, found: Assessment) -> Assessment:
    """Return the assessment of a level by what the plan's own schedule asks of its year."""
    year, value = case.series.years[-1], case.series.values[-1]
    if year not in case.steps or found.status == "achieved":
        return found
    step = case.steps[year]
    is_met = replace(case.target, value=step, value_high=None).is_met(value)
    status = "on_track" if is_met else "moderate" if found.status == "on_track" else found.status
    reason = _("lộ trình của kế hoạch đặt năm {year} là {step:2}", year=year, step=step)
    return replace(found, status=status, required=step, reason=reason)


def _per_year(unit: str) -> str:
    """Return the unit of a yearly change."""
    return "percentage points/year" if unit == "%" else f"{unit}/year"


def _natural(value: float | None, unit: str) -> float | None:
    """Return a projected value within what its unit can hold."""
    if value is None or unit not in (*COUNTED, "%"):
        return value
    return min(max(value, 0.0), 100.0 if unit == "%" else math.inf)


def _annual(case: Case, blank: Assessment) -> Assessment:
    """Return the assessment of a target of every year: the share of the years held.

    Before a year of the plan is known, the base year's figure shows that the goal is held.
    """
    target, period, goal = case.target, case.period, case.target.weaker_end
    gaps = _no_year(case)
    if not period:
        if case.series.years[-1] >= target.base_year and target.is_met(case.series.values[-1]):
            return replace(blank, status="achieved", method="held", required=goal, reason=gaps)
        return replace(blank, reason=gaps)
    held = [target.is_met(value) for value in period.values]
    share = sum(held) / len(held)
    change = period.values[-1] - period.values[-2] if len(period) > 1 else 0.0
    worse = case.sign * change < 0 and abs(change) > target.noise * (1 + 1e-9)
    reason = _(
        "giữ được {k}/{n} năm có số liệu{gaps}",
        k=sum(held),
        n=len(held),
        gaps=_("; {gaps}", gaps=gaps) if gaps else "",
    )
    return replace(
        blank, status="achieved" if all(held) else classify(share), method="held", ratio=share,
        required=goal, pace=sum(period.values) / len(period),
        hold=all(held) and worse and not target.is_two_sided and not target.is_growth,
        needed=goal, reason=reason,
    )  # fmt: skip


def _annual_ratio(case: Case, blank: Assessment) -> Assessment:
    """Return the assessment of a mean of yearly ratios: what the other years must average.

    A year that is not over counts with what its office expects of it.
    """
    target, period, goal, gaps = case.target, case.period, case.target.weaker_end, _no_year(case)
    if not period:
        return replace(blank, reason=gaps)
    mean, left = sum(period.values) / len(period), max(case.left, 0)
    needed = goal + (goal - mean) * len(period) / left if left and gaps is None else None
    over = period.select(y for y in period.years if y < period.years[-1] or case.passed == 1)
    so_far = sum(over.values) / len(over) if over else None
    missed = [y for y, v in zip(over.years, over.values, strict=True) if not target.is_met(v)]
    if target.is_met(mean):
        status = "on_track" if left else "achieved"
    else:
        status = _still_possible(case, needed, mean / goal if goal > 0 else None)
    return replace(
        blank, status=status, method="mean", value=over.values[-1] if over else None,
        required=goal, pace=so_far, gap=blank.gap if case.passed == 1 else None,
        needed=needed, ratio=mean / goal if goal > 0 else None,
        reason=_missed(missed, gaps),
    )  # fmt: skip


def _missed(years: list[int], gaps: Text | None) -> Text | None:
    """Return the years that missed the goal, and those without a figure."""
    told = _("năm không đạt: {years}", years=", ".join(map(str, years))) if years else None
    if told is None or gaps is None:
        return told or gaps
    return _("{told}; {gaps}", told=told, gaps=gaps)


def _still_possible(case: Case, needed: float | None, ratio: float | None) -> str:
    """Return the class of a mean that falls short, by whether what is needed was ever reached."""
    if ratio is None:
        return "insufficient"
    if needed is None or case.best is None:
        return classify(ratio)
    return "moderate" if case.sign * (case.best - needed) >= 0 else "insufficient"


def _mean_level(case: Case, blank: Assessment) -> Assessment:
    """Return the assessment of a mean over the years: what the known ones and the others must be."""
    target, period, goal, gaps = case.target, case.period, case.target.weaker_end, _no_year(case)
    if gaps is not None:
        return replace(blank, reason=gaps)
    mean, left = sum(period.values) / len(period), max(case.left, 0)
    needed = goal + (goal - mean) * len(period) / left if left else None
    ratio = mean / goal if goal and (goal > 0) == target.rises else None
    status = "insufficient" if ratio is None else classify(ratio)
    if target.is_met(mean):
        status = "on_track" if left else "achieved"
    return replace(
        blank, status=status, method="mean", value=mean, required=goal, ratio=ratio,
        gap=case.sign * (goal - mean), pace=mean, needed=needed,
    )  # fmt: skip


def _average_rate(case: Case, blank: Assessment) -> Assessment:
    """Return the assessment of an average rate: the mean so far, and the mean still needed."""
    target, goal = case.target, case.target.weaker_end
    blank = replace(blank, gap=None, pace_unit="fraction/year")
    if case.series.unit in RATE_UNITS:
        rates = case.period.values
        reason = _no_year(case)
        if reason is not None or min(rates) <= -1 or goal <= -1:
            return replace(blank, reason=reason or _NO_GROWTH)
        mean, count = mean_rate(rates, limit=None), len(rates)
    else:
        since = case.series.select(y for y in case.series.years if y >= target.base_year)
        if len(since) < 2 or min(since.values) <= 0 or goal <= -1:
            return replace(blank, value=None, reason=_levels_wanted(case))
        count = since.years[-1] - since.years[0]
        mean = annual_rate(since.values[0], since.values[-1], count)
    if not (max(mean, goal) < 1e6 and min(mean, goal) > -1 + 1e-9):
        return replace(blank, value=None, reason=TOO_FAR)
    done = growth_factor(mean, count, limit=None)
    wanted = growth_factor(goal, count + max(case.left, 0), limit=None)
    needed = required_rate(done, wanted, case.left) if case.left > 0 else None
    ratio = mean / goal if goal > 0 and target.rises else None
    if target.is_met(mean):
        status = "on_track" if case.left > 0 else "achieved"
        if needed is not None and case.best is not None and case.sign * (needed - case.best) > 0:
            status = "moderate"  # the mean so far meets the goal, the rest lies beyond any record
    else:
        status = _still_possible(case, needed, ratio)
    return replace(
        blank, status=status, method="mean", value=mean, required=goal, ratio=ratio,
        gap=case.sign * (goal - mean), pace=mean, needed=needed,
    )  # fmt: skip


_NO_GROWTH = _("không tính được tốc độ tăng từ các số này: có năm giảm từ 100% trở lên")


def _levels_wanted(case: Case) -> Text:
    """Return which levels have to be sent in before a growth can be computed."""
    since = [y for y in case.series.years if y >= case.target.base_year]
    positive = min([case.series.at(y) for y in since], default=1.0) > 0
    return _(
        "chưa tính được tốc độ tăng: cần mức của năm {a} và của ít nhất một năm sau đó{sign}; hiện "
        "có: {known}",
        a=case.target.base_year,
        known=", ".join(map(str, case.series.years)),
        sign="" if positive else _(", đều lớn hơn 0"),
    )


_TWO_DEFINITIONS = _("chuỗi số liệu gián đoạn trong kỳ: không cộng được số của hai định nghĩa")


def _profile(case: Case) -> tuple[float, ...]:
    """Return the yearly shares that the plan's own schedule makes of a total, () without a full one."""
    years = range(case.target.base_year + 1, case.target.target_year + 1)
    total = sum(case.steps.values())
    if set(case.steps) != set(years) or total <= 0 or min(case.steps.values()) < 0:
        return ()
    return tuple(case.steps[year] / total for year in years)


def _cumulative(case: Case, blank: Assessment) -> Assessment:
    """Return the assessment of a total of the period by its run rate."""
    target, goal, gaps = case.target, case.target.weaker_end, _no_year(case)
    if not case.period or gaps is not None or case.start > target.base_year + 1:
        return replace(blank, value=None, gap=None, reason=gaps or _TWO_DEFINITIONS)
    done, left = sum(case.period.values), case.left + 1 - case.passed
    blank = replace(
        blank, method="run_rate", value=done, gap=case.sign * (goal - done),
        pace=done / len(case.period) if case.passed == 1 else None,  # a part is no year's pace
        needed=(goal - done) / left if left > 0 else None, pace_unit=_per_year(target.unit),
    )  # fmt: skip
    if target.rises and target.is_met(done):
        return replace(blank, status="achieved")
    passed = case.period.years[-1] - target.base_year
    planned = _profile(case)
    if planned:
        blank = replace(blank, origin=weakest_origin(case.series.origin, "statement"))
        due = sum(planned[: passed - 1]) + planned[passed - 1] * case.passed
        how = _("theo lộ trình của kế hoạch")
    elif case.profile:
        blank = replace(blank, origin=weakest_origin(case.series.origin, "assumption"))
        due = sum(case.profile[: passed - 1]) + case.profile[passed - 1] * case.passed
        how = _("theo phân kỳ giả định")
    else:
        due = (passed - 1 + case.passed) / (target.target_year - target.base_year)
        how = _("nếu chia đều")
    reason = _("{how}, đến kỳ này phải đạt {due:1}%",
                      how=how, due=100 * due)  # fmt: skip
    if due <= 0 or goal <= 0:
        return replace(blank, reason=reason)
    ratio = done / (goal * due)
    status = classify(ratio if target.rises else (1.0 if ratio <= 1 else 0.0))
    return replace(
        blank, status=status, ratio=ratio, required=goal * due, projected=done / due, reason=reason
    )


def _milestone(case: Case, blank: Assessment) -> Assessment:
    """Return the assessment of a milestone: passed, not yet due, or overdue."""
    target = case.target
    if target.is_met(case.series.values[-1]):
        return replace(blank, status="achieved", method="milestone")
    reason = _("chưa đạt; hạn hoàn thành là năm {year}", year=target.target_year)
    status = "not_assessed" if case.left > 0 else "insufficient"
    return replace(blank, status=status, method="milestone", reason=reason)


RULES: dict[str, Callable[[Case, Assessment], Assessment]] = {
    "level_by": _level_by,
    "annual_level": _annual,
    "mean_level": _mean_level,
    "annual_ratio": _annual_ratio,
    "average_rate": _average_rate,
    "ratio_to_base": _level_by,
    "change_per_year": _mean_level,
    "cumulative": _cumulative,
    "milestone": _milestone,
    "rank": _level_by,
}
"""The rule of each kind of target."""
