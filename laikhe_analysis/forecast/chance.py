"""The chance of reaching a target, by a forecast that never saw it, and base rates beside it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from laikhe_analysis.checks import Text
from laikhe_analysis.forecast.remarks import remark
from laikhe_analysis.growth import annual_rate, compound
from laikhe_analysis.panel.methods import MIN_YEARS
from laikhe_analysis.records import Target
from laikhe_analysis.vietnamese import label, unit_label

if TYPE_CHECKING:
    from laikhe_analysis.forecast.single import Forecast

__all__ = ["BaseRate", "Probability", "base_rates", "reach_probability"]


@dataclass(frozen=True)
class BaseRate:
    """How often something of the kind happened elsewhere: the outside view. [fraction]"""

    value: float
    text: Text
    source: Text


_M3 = Text(
    "645 chuỗi năm của cuộc thi dự báo M3 (Makridakis và Hibon 2000)",
    "645 yearly series of the M3 forecasting contest (Makridakis and Hibon 2000)",
)
_WORLD = Text(
    "World Development Indicators 1961-2024, 13.062 giai đoạn 5 năm",
    "World Development Indicators 1961-2024, 13,062 five-year periods",
)
# Share of series whose growth of the next five years was at least so many times their past growth,
# by years of history: six and ten
_REPEATED = {1.0: (0.28, 0.31), 1.5: (0.16, 0.19), 2.0: (0.09, 0.12)}
# Share of five-year periods of economies with an average growth of at least so much a year
_FAST = {0.12: 0.014, 0.10: 0.030}
_FAST_ANY = 0.048


@dataclass(frozen=True)
class Probability:
    """The chance of reaching a target.

    Parameters
    ----------
    value : float or None
        Probability; None where it cannot be given. [fraction]
    reason : Text or None
        Why there is none.
    is_upper_bound : bool
        Whether the true chance is likely to be lower.
    goal : float or None
        The level tested. [unit of the series]
    year : int or None
        In which year. [year]
    base_rates : tuple of BaseRate
        How often such growth happened elsewhere.
    notes : tuple of Text
        What to bear in mind.
    """

    value: float | None
    reason: Text | None
    is_upper_bound: bool
    goal: float | None
    year: int | None
    base_rates: tuple[BaseRate, ...] = ()
    notes: tuple[Text, ...] = ()


def reach_probability(
    forecast: Forecast, target: Target | float, *, year: int | None = None
) -> Probability:
    """Return the chance that the series reaches a target, by a forecast blind to it.

    Parameters
    ----------
    forecast : Forecast
        Of the series that the target is about.
    target : Target or float
        A target of kind "level_by", "annual_level" or "average_rate", or a level to be reached
        from below. [unit of the series]
    year : int, optional
        The year, where it is not the target's own, or the last year forecast. [year]

    Returns
    -------
    Probability
        `value` is None, with the `reason`, below five years of history, for targets that are not
        the level of one year, and where unit, price basis, base year or horizon do not fit.

    Notes
    -----
    ``P(Y >= goal)`` of the predictive distribution; for an average growth r from the base year,
    the goal is ``base (1 + r)^years``. It is marked as an upper bound where it is below one half
    or the level has to be held every year: stated chances of fast growth were larger than what
    came true (6.7 to 7.5 % stated, by length of history, and 4.8 % observed, for 12 % a year over
    five years in the yearly series of the M3 contest).

    Examples
    --------
    >>> from laikhe_analysis.forecast.single import forecast
    >>> f = forecast({2019: 100, 2020: 108, 2021: 115, 2022: 121, 2023: 130, 2024: 136}, 5)
    >>> p = reach_probability(f, 136 * 1.12**5)
    >>> round(p.value, 2), p.is_upper_bound
    (0.01, True)
    """
    when = year or (target.target_year if isinstance(target, Target) else forecast.years[-1])
    goal, reason = _goal(forecast, target, when)
    if reason is None and when not in forecast.years:
        first, last = forecast.years[0], forecast.years[-1]
        reason = remark("year_outside", first=first, last=last, year=when)
    if reason is None and forecast.known < MIN_YEARS:
        reason = remark("few_years_no_chance", known=forecast.known, needed=MIN_YEARS)
    rates = _rates_beside(forecast, goal, when)
    if reason is not None or goal is None:
        return Probability(None, reason, False, goal, when, rates)
    place = forecast.years.index(when)
    rises = not isinstance(target, Target) or target.rises
    strict = isinstance(target, Target) and target.direction in ("above", "at_most")
    above = float(forecast.probability_above(goal, strict=strict)[place])
    value = above if rises else 1 - above
    held = isinstance(target, Target) and target.kind == "annual_level"
    notes = (remark("steady"),) if rises and _is_steady(forecast) else ()
    return Probability(value, None, value < 0.5 or held, goal, when, rates, notes)


def _goal(
    forecast: Forecast, target: Target | float, year: int
) -> tuple[float | None, Text | None]:
    """Return the level to be reached in the unit of the series, or why there is none."""
    if not isinstance(target, Target):
        if not math.isfinite(target):
            raise ValueError(f"`target` must be a finite level or a Target, got {target}.")
        return float(target), None
    slack = target.tolerance if target.rises else -target.tolerance
    value = target.weaker_end - slack
    if target.kind == "average_rate":
        base = dict(zip(forecast.history.years, forecast.history.values, strict=True))
        if target.base_year not in base or base[target.base_year] <= 0 or target.base_year >= year:
            return None, remark("no_base", year=target.base_year)
        return float(compound(base[target.base_year], value, year - target.base_year)), None
    if target.kind not in ("level_by", "annual_level"):
        return None, remark("kind", kind=Text(label(target.kind), label(target.kind, "en")))
    bases = target.price_basis, forecast.price_basis
    if len(set(bases) - {"n/a", "not stated"}) > 1:
        names = [Text(label(name), label(name, "en")) for name in bases]
        return None, remark("price_differs", target=names[0], series=names[1])
    if (target.unit, forecast.unit) == ("%", "ratio"):
        return value / 100, None
    if target.unit != forecast.unit:
        units = [
            Text(unit_label(unit), unit_label(unit, "en")) for unit in (target.unit, forecast.unit)
        ]
        return None, remark("unit_differs", target=units[0], series=units[1])
    return value, None


def _rates_beside(forecast: Forecast, goal: float | None, year: int) -> tuple[BaseRate, ...]:
    """Return the base rates that belong to a goal: of the growth that it takes from now on."""
    values, last = forecast.history.values, forecast.history.years[-1]
    if goal is None or year <= last or min(*values, goal) <= 0:
        return ()
    steps = len(values) - 1
    past = float(annual_rate(values[0], values[-1], steps)) if steps else None
    return base_rates(float(annual_rate(values[-1], goal, year - last)), past, forecast.known)


def base_rates(rate: float, past_rate: float | None = None, n: int = 10) -> tuple[BaseRate, ...]:
    """Return how often growth as fast as `rate` happened elsewhere: to be read beside a chance.

    Parameters
    ----------
    rate : float
        Growth that the target takes, over about five years. [fraction per year]
    past_rate : float, optional
        Growth of the series so far. [fraction per year]
    n : int
        Years of history. [years]

    Returns
    -------
    tuple of BaseRate
        Empty where no record fits, e.g. for a fall.

    Notes
    -----
    The next lower step on record is used: a need of 1.8 times the past growth is compared with
    1.5 times. The contest's series are of other countries and kinds: they show how extrapolation
    errs, not how a Vietnamese commune grows.

    Examples
    --------
    >>> [r.value for r in base_rates(0.13, 0.08, 6)]
    [0.16, 0.048, 0.014]
    """
    found = []
    ratio = rate / past_rate if past_rate is not None and past_rate > 0 else 0.0
    for times in (step for step in sorted(_REPEATED, reverse=True) if ratio >= step):
        shown = Text(f"{times:g}".replace(".", ","), f"{times:g}")
        text = Text(
            f"chuỗi có tốc độ tăng 5 năm sau ít nhất gấp {shown.vi} lần tốc độ trước đó",
            f"series whose next five years grew at least {shown.en} times as fast as before",
        )
        found.append(BaseRate(_REPEATED[times][int(n >= 10)], text, _M3))
        break
    if rate >= 0.12:
        text = Text(
            "chuỗi tăng từ 12%/năm trở lên suốt 5 năm", "series that grew 12 % a year or more"
        )
        found.append(BaseRate(_FAST_ANY, text, _M3))
    for pace in (step for step in _FAST if rate >= step - 1e-12):
        text = Text(
            f"giai đoạn 5 năm có kinh tế tăng bình quân từ {100 * pace:g}%/năm trở lên",
            f"five-year periods in which an economy grew {100 * pace:g} % a year or more",
        )
        found.append(BaseRate(_FAST[pace], text, _WORLD))
        break
    return tuple(found)


def _is_steady(forecast: Forecast) -> bool:
    """Return whether the history rose in at least four years of five."""
    steps = np.diff(forecast.history.array)
    return bool(steps.size and (steps > 0).mean() >= 0.8)
