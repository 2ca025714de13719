"""How far one number has come on its way to a target: four published methods.

Two required rates never stand for one another: the rate from the base year gives the class, the
rate from now on is the work that is left.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace

import numpy as np

from laikhe_analysis.checks import check_choice
from laikhe_analysis.growth import annual_rate, compound, required_rate, years_to_reach
from laikhe_analysis.labels import aligned
from laikhe_analysis.messages import Text, _, joined

__all__ = [
    "METHODS",
    "PROGRESS",
    "THRESHOLDS",
    "TOO_FAR",
    "Progress",
    "assess_progress",
    "classify",
]

METHODS = ("compound", "linear", "weather", "level")
PROGRESS = ("achieved", "on_track", "moderate", "insufficient", "away", "not_assessed")
"""The classes, best first."""

_ROUNDING = 1e-12
THRESHOLDS = {
    "compound": (0.95, 0.60),
    "linear": (0.95, 0.60),
    "weather": (0.95 + 2 * _ROUNDING, 0.80),  # strictly less than 5 % of the gap left open
    "level": (0.95, 0.10),
}
"""From which share of the required pace a number is on track, and moderate, by method. [ratio]"""

_FAR_FUTURE = 200

TOO_FAR = _("các số quá xa nhau để so")


@dataclass(frozen=True)
class Progress:
    """Where a number stands on its way to a target.

    A field is None where it has no value; `reason` then says why.

    Parameters
    ----------
    status : str
        One of `PROGRESS`.
    method : str
        One of `METHODS`.
    ratio : float, optional
        What the class was read from: actual over required pace from the base year (compound,
        linear), change expected by the target year over change wanted since the base (level),
        part of the gap that the present pace closes in time (weather). [ratio]
    required_from_base, required_from_now, actual_rate : float, optional
        Yearly pace. [fraction per year (compound, level); units per year (linear, weather)]
    projected : float, optional
        Value in the target year at the present pace. [unit of the value]
    gap : float, optional
        What is missing now; negative where the target is exceeded. [same unit]
    reached_in : int, optional
        When the present pace gets there; None if reached, or not within 200 years. [year]
    hold : bool
        Reached, but the trend goes the wrong way: to be held.
    reason : Text, optional
        Why there is no class, or a note.
    """

    status: str
    method: str
    ratio: float | None = None
    required_from_base: float | None = None
    required_from_now: float | None = None
    actual_rate: float | None = None
    projected: float | None = None
    gap: float | None = None
    reached_in: int | None = None
    hold: bool = False
    reason: Text | None = None


@dataclass
class _Case:
    """One question to `assess_progress`, with what every method needs of it."""

    base: float
    base_year: float
    latest: float
    latest_year: float
    target: float
    target_year: float
    sign: int
    method: str
    tolerance: float
    strict: bool

    def __post_init__(self) -> None:
        self.elapsed = self.latest_year - self.base_year
        self.period = self.target_year - self.base_year
        self.left = self.target_year - self.latest_year
        self.gap = self.sign * (self.target - self.latest)
        hair = 1e-9 * max(abs(self.target), self.tolerance)  # what arithmetic may leave over
        edge = self.tolerance - hair if self.strict else self.tolerance + hair
        self.reached = self.gap < edge or (self.gap == self.tolerance and not self.strict)


def assess_progress(
    base: float | None,
    base_year: float | None,
    latest: float | None,
    latest_year: float | None,
    target: float | None,
    target_year: float | None,
    *,
    direction: str,
    method: str,
    tolerance: float = 0.0,
    strict: bool = False,
) -> Progress:
    """Return where a number stands on its way to a target.

    Parameters
    ----------
    base, latest, target : float or None
        Value in the base year and in the latest year, and the value wanted. [any unit, the same]
    base_year, latest_year, target_year : float or None
        Their years. [year]
    direction : {"up", "down"}
    method : {"compound", "linear", "weather", "level"}
        "compound" for levels that grow by a rate (Eurostat, Statistics Canada), "linear" for per
        cents, counts and targets of zero, "weather" with the value three to five years before the
        latest as `base` (Destatis), "level" for the projected level (UN Statistics Division).
    tolerance : float
        How near to the target counts as reached. [unit of `target`]
    strict : bool
        The target must be passed, not only met ("above", "below").

    Returns
    -------
    Progress
        `not_assessed` with the reason if a number is missing (None or NaN), a year is not after
        the base year, the target equals the base and is not reached, or no rate leads from, or
        to, zero or less: `compound` and `level` then ask for `linear`.

    Raises
    ------
    ValueError
        If direction or method is unknown, a number is infinite, or the tolerance is negative.

    Notes
    -----
    d is +1 for "up" and -1 for "down", (y0, t0) the base, (y, t) the latest, (Y, T) the target.
    compound: ``R = d g / |g*|``, ``g = (y/y0)^(1/(t-t0)) - 1``, ``g* = (Y/y0)^(1/(T-t0)) - 1``.
    linear: ``R = d (y-y0)/(t-t0) / |(Y-y0)/(T-t0)|``. Both: on track from 0.95, moderate from
    0.60, insufficient from 0, away below [1]_. weather: ``b = (y-y0)/(t-t0)``, away if ``d b <=
    0``, else the part of the gap left open in T: on track below 5 %, moderate up to 20 %, else
    insufficient; reached: on track, or moderate while it worsens [2]_. level: ``R = d (y
    (1+g)^(T-t) - y0) / |Y-y0|``, on track from 0.95, moderate from 0.10, else insufficient [3]_.
    The absolute values keep a target on the wrong side of the base from turning a fall into
    progress. A level that is reached is `achieved` whatever its trend, except in "weather".

    References
    ----------
    .. [1] Statistics Canada and Open SDG, progress measurement after Eurostat,
       https://open-sdg.readthedocs.io/en/latest/progress-methodology/
    .. [2] Destatis, indicators of the German sustainable development strategy, "status".
    .. [3] UN Statistics Division, Technical Note for Progress Assessment, 2024.

    Examples
    --------
    >>> p = assess_progress(100, 2020, 140, 2025, 250, 2030, direction="up", method="compound")
    >>> p.status, round(p.ratio, 4), round(p.required_from_now, 5), p.gap, p.reached_in
    ('moderate', 0.7254, 0.12296, 110.0, 2034)
    """
    check_choice("direction", direction, ["up", "down"])
    check_choice("method", method, METHODS)
    given = (base, base_year, latest, latest_year, target, target_year)
    numbers = {
        name: math.nan if value is None else float(value)
        for name, value in zip(_LABELS, given, strict=True)
    }
    aligned(**numbers)
    if not 0 <= tolerance < math.inf:
        raise ValueError(f"`tolerance` must be 0 or more, got {tolerance}.")
    sign = 1 if direction == "up" else -1
    case = _Case(**numbers, sign=sign, method=method, tolerance=tolerance, strict=strict)
    reason = _unusable(case)
    if reason is None:
        found = _measured(case)
        if found is not None:
            return _classified(case, found)
        reason = TOO_FAR
    gap = case.gap if math.isfinite(case.gap) else None
    return Progress("not_assessed", method, gap=gap, reason=reason)


def classify(ratio: float, method: str = "linear") -> str:
    """Return the class of a ratio, lower bounds included.

    Raises
    ------
    ValueError
        If the ratio is NaN or the method unknown.

    Examples
    --------
    >>> [classify(r) for r in (0.95, 0.94, 0.6, 0.59, 0, -0.1)]
    ['on_track', 'moderate', 'moderate', 'insufficient', 'insufficient', 'away']
    """
    high, low = THRESHOLDS[check_choice("method", method, METHODS)]
    if math.isnan(ratio):
        raise ValueError("`ratio` must be a number, got nan.")
    if ratio >= low - _ROUNDING:
        return "on_track" if ratio >= high - _ROUNDING else "moderate"
    lowest = "away" if method in ("compound", "linear") else "insufficient"
    return "insufficient" if ratio >= -_ROUNDING else lowest


_LABELS = {
    "base": _("giá trị năm xuất phát"),
    "base_year": _("năm xuất phát", context="subject"),
    "latest": _("giá trị mới nhất"),
    "latest_year": _("năm của giá trị mới nhất"),
    "target": _("mức mục tiêu"),
    "target_year": _("năm mục tiêu"),
}
_USE_LINEAR = _(
    "không có tốc độ tăng nào đi từ hoặc tới mức bằng 0 hay âm: dùng phương pháp tuyến tính "
    '(method="linear")'
)
_NO_WAY = _("mức mục tiêu trùng mức năm xuất phát: không có quãng đường để so")


def _unusable(case: _Case) -> Text | None:
    """Return why nothing can be said of a case, or None."""
    missing = [label for name, label in _LABELS.items() if math.isnan(getattr(case, name))]
    if missing:
        return _("thiếu {names}", names=joined(missing, ", "))
    for name in ("latest_year", "target_year"):
        if getattr(case, name) <= case.base_year:
            return _(
                "{what} ({year}) phải sau năm xuất phát ({base})",
                what=_LABELS[name],
                year=f"{getattr(case, name):g}",
                base=f"{case.base_year:g}",
            )
    if case.method == "weather":
        return (
            None
            if 3 <= case.elapsed <= 5
            else _(
                "phương pháp thời tiết xét 3 đến 5 năm gần nhất, ở đây là {n:1} năm", n=case.elapsed
            )
        )
    if case.reached:
        return None
    lowest_target = 0 if case.method == "level" else math.ulp(0.0)
    rates_exist = case.base > 0 and case.latest >= 0 and case.target >= lowest_target
    return None if case.method == "linear" or rates_exist else _USE_LINEAR


def _measured(case: _Case) -> Progress | None:
    """Return rates, ratio and projection without a class, None where they overflow."""
    try:
        with np.errstate(all="ignore"):
            found = _linear(case) if case.method in ("linear", "weather") else _compound(case)
    except (ValueError, OverflowError):
        return None
    values = (getattr(found, field.name) for field in fields(found))
    return found if all(math.isfinite(v) for v in values if isinstance(v, float)) else None


def _linear(case: _Case) -> Progress:
    """Return the measures of the linear and the weather method."""
    actual = (case.latest - case.base) / case.elapsed
    from_base = (case.target - case.base) / case.period
    ratio = case.sign * actual / abs(from_base) if from_base else None
    if case.method == "weather":
        ratio = case.sign * actual * case.left / case.gap if case.gap > 0 else None
    return Progress(
        "not_assessed", case.method, ratio, from_base,
        (case.target - case.latest) / case.left if case.left > 0 else None,
        actual, case.latest + actual * max(case.left, 0.0), case.gap,
    )  # fmt: skip


def _compound(case: _Case) -> Progress:
    """Return the measures of the compound and the level method; only the gap without rates."""
    y0, y, goal = case.base, case.latest, case.target
    if y0 <= 0 or min(y, goal) < 0:
        return Progress("not_assessed", case.method, gap=case.gap)
    actual, from_base = annual_rate(y0, y, case.elapsed), annual_rate(y0, goal, case.period)
    projected = compound(y, actual, max(case.left, 0.0), limit=None)
    ratio = case.sign * actual / abs(from_base) if from_base else None
    if case.method == "level":
        ratio = case.sign * (projected - y0) / abs(goal - y0) if goal != y0 else None
    now = required_rate(y, goal, case.left) if case.left > 0 and y > 0 else None
    return Progress("not_assessed", case.method, ratio, from_base, now, actual, projected, case.gap)


def _classified(case: _Case, found: Progress) -> Progress:
    """Return `found` with its class, the hold flag and the year in which the target is reached."""
    change, weather = case.sign * (case.latest - case.base), case.method == "weather"
    if case.reached:
        status = "achieved" if not weather else ("moderate" if change < 0 else "on_track")
        within = _("trong dung sai {t:3}", t=case.tolerance)
        return replace(
            found, status=status, hold=change < 0, reason=within if case.gap > 0 else None
        )
    if found.ratio is None and not weather:
        return replace(found, reason=_NO_WAY)
    status = classify(1.0 if found.ratio is None else found.ratio, case.method)
    if weather and change <= 0:
        status = "away"
    return replace(found, status=status, reached_in=_year_reached(case, found.actual_rate or 0.0))


def _year_reached(case: _Case, rate: float) -> int | None:
    """Return the year in which the present pace reaches the target."""
    years = math.inf
    if case.sign * rate > 0 and case.method in ("linear", "weather"):
        years = case.gap / abs(rate)
    elif case.sign * rate > 0 and min(case.latest, case.target, 1 + rate) > 0:
        with np.errstate(all="ignore"):
            years = years_to_reach(case.latest, case.target, rate, limit=None)
    return math.ceil(case.latest_year + years - 1e-9) if 0 <= years <= _FAR_FUTURE else None
