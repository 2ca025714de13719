"""Where a target of the plan stands, by the method that its kind asks for."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

import numpy as np

from laikhe_analysis.messages import Text, _, joined
from laikhe_analysis.records import Target
from laikhe_analysis.series import AnnualSeries
from laikhe_analysis.targets.kinds import RULES, Assessment, Case
from laikhe_analysis.targets.paths import check_profile
from laikhe_analysis.targets.progress import TOO_FAR
from laikhe_analysis.vietnamese import written_unit

__all__ = ["assess"]


def assess(
    target: Target,
    series: AnnualSeries,
    *,
    as_of: int | None = None,
    profile: Sequence[float] | None = None,
    steps: Mapping[int, float] | None = None,
    passed: float = 1.0,
    best: float | None = None,
) -> Assessment:
    """Return where a target stands, by the method that suits its kind.

    Parameters
    ----------
    target : Target
    series : AnnualSeries
        What was reached, year by year. [unit of the target; an average rate also takes levels]
    as_of : int, optional
        The last year to look at; all years when left out. [year]
    profile : sequence of float, optional
        For a total of the period: the share of each year, adding up to 1, e.g. `back_loaded(5)`;
        equal years otherwise. [fractions]
    steps : mapping of int to float, optional
        The plan's own schedule: what it asks of each year, the year's amount for a total. A level is
        held against its year's step; a full schedule is a total's profile. [unit of the target]
    passed : float
        The part of the latest year that is over: below 1 its figure is that of a part of the year,
        and the class a first assessment. A level counts as the year's so far, a total of the period
        is held against so much of the year; nothing is annualised. [fraction]
    best : float, optional
        The highest mean on record, of as many years as are left: an average that falls short is
        `moderate` where what is needed from now on was reached before, else `insufficient`.
        [unit of the target]

    Returns
    -------
    Assessment

    Raises
    ------
    ValueError
        If `profile` does not hold one share a year that add up to 1, or `passed` is not above 0
        and at most 1.

    Notes
    -----
    level_by: from the first year behind a break on; per cents, counts and zeros by the linear
    method, money and indices by the compound one; a level that is met is `achieved` with one
    figure. annual_level: the share of the years held, `achieved` while every known year was.
    annual_ratio, average_rate: the mean so far against the target, and what is needed from now on
    against `best`; `achieved` in the last year only. cumulative: the sum so far over what the
    profile asks for. milestone: by its date. Ranges count by their weaker end. What is not reached
    when the value of the target year is known is `insufficient`. A change of a level within the
    target's `noise` is no direction. Fewer than three yearly figures or a part of a year make every
    class but `achieved` a first assessment.

    Examples
    --------
    >>> poor = Target("x", "9", "2.2(9)", "a", Text("hộ nghèo", "poor households"),
    ...               "households", "level_by", "at_most", 0, base_year=2020)
    >>> found = assess(poor, AnnualSeries("poor", (2020, 2024), (12, 7), unit="households"))
    >>> found.method, found.status, round(found.ratio, 3), round(found.needed, 3)
    ('linear', 'on_track', 1.042, -1.167)
    """
    if not 0 < passed <= 1:
        raise ValueError(f"`passed` must be above 0 and at most 1, got {passed}.")
    shares = check_profile(target, profile)
    last = target.target_year if as_of is None else min(as_of, target.target_year)
    known = series.known()
    known = known.select(year for year in known.years if year <= last)
    misfit = _misfit(target, series) if known else _("chưa có số liệu")
    if misfit is not None:
        return Assessment(target, reason=misfit)
    broken = max((year for year in series.breaks if year <= known.years[-1]), default=0)
    part = known.select(year for year in known.years if year >= broken)
    across = len(part) < 2 <= len(known) and passed < 1 and target.kind == "level_by"
    if across:  # the year is not over: its level beside the one before the break, for a first look
        part, broken = known, 0
    case = Case(target, part, max(target.base_year + 1, broken), shares, passed, best, steps or {})
    blank = Assessment(
        target, year=part.years[-1], value=part.values[-1], origin=series.origin,
        gap=case.sign * (target.weaker_end - part.values[-1]), pace_unit=target.unit,
    )  # fmt: skip
    with np.errstate(all="ignore"):
        found = RULES[target.kind](case, blank)
    notes = [found.reason]
    if across:
        notes.append(_ACROSS)
    if broken > target.base_year:
        notes.append(_("tính từ năm {year}, sau khi chuỗi số liệu bị gián đoạn", year=broken))
    if case.left <= 0 and found.status not in ("achieved", "not_assessed"):
        notes.append(_TOO_LATE)
        found = replace(found, status="insufficient")
    points = case.period.years if target.kind in _OF_YEARS else part.years
    is_first = found.status not in ("achieved", "not_assessed") and (passed < 1 or len(points) < 3)
    return _checked(replace(found, reason=_join(notes), is_first=is_first))


_OF_YEARS = (
    "annual_level", "mean_level", "annual_ratio", "average_rate", "change_per_year", "cumulative",
)  # fmt: skip
"""Kinds that are judged by the years of the plan alone, without the base year."""

_ACROSS = _("chuỗi số liệu gián đoạn trong năm này: so với năm trước chỉ để biết hướng")
_TOO_LATE = _("đã đến năm mục tiêu mà chưa đạt")


def _join(notes: Sequence[Text | None]) -> Text | None:
    """Return the notes as one text, None when there is none."""
    given = [note for note in notes if note is not None]
    return joined(given) if given else None


def _checked(found: Assessment) -> Assessment:
    """Return `found`, or why not if the arithmetic overflows: never a NaN or an infinity."""
    values = (getattr(found, field.name) for field in fields(found))
    if all(math.isfinite(value) for value in values if isinstance(value, float)):
        return found
    return Assessment(found.target, year=found.year, origin=found.origin, reason=TOO_FAR)


def _misfit(target: Target, series: AnnualSeries) -> Text | None:
    """Return why the series does not measure the target; "index" is a unit not given."""
    is_growth = target.kind == "average_rate"
    if is_growth and series.unit in ("%", "%/year"):
        return _(
            "số liệu tính bằng {a}: không rõ là mức hay tốc độ; tốc độ ghi là phần một năm (0,12)",
            a=series.unit,
        )
    if not is_growth and series.unit not in (target.unit, "index"):
        return _(
            "đơn vị của số liệu ({a}) khác đơn vị của chỉ tiêu ({b})",
            a=written_unit(series.unit),
            b=written_unit(target.unit),
        )
    if target.price_basis.startswith("constant") and series.price_basis == "current":
        return _("số liệu theo giá hiện hành, chỉ tiêu theo giá so sánh: cần khử trượt giá trước")
    if max(abs(value) for value in (*series.known().values, target.weaker_end)) > _LARGEST:
        return TOO_FAR
    return None


_LARGEST = 1e30
