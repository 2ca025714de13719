"""The chance of reaching a target, by a forecast that never saw it, and the record beside it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING

from laikhe_analysis.checks import show_value
from laikhe_analysis.forecast.history import TESTED_HORIZON
from laikhe_analysis.forecast.outside import (
    BaseRate,
    Observed,
    base_rates,
    kind_of,
    observed_chance,
)
from laikhe_analysis.forecast.remarks import remark
from laikhe_analysis.growth import annual_rate, compound
from laikhe_analysis.messages import Text, Worded
from laikhe_analysis.panel.methods import MIN_YEARS
from laikhe_analysis.records import Target
from laikhe_analysis.vietnamese import unit_label, words

if TYPE_CHECKING:
    from laikhe_analysis.forecast.single import Forecast

__all__ = ["Probability", "reach_probability"]


@dataclass(frozen=True)
class Probability:
    """The chance of reaching a target.

    Parameters
    ----------
    value : float or None
        Probability; None where it cannot be given. [fraction]
    reason : Text or None
        Why there is none.
    observed : Observed or None
        How often it came true when the forecast of such a series stated such a chance; None where
        there is no record: other horizons than three to six years, falls, short histories.
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
    goal: float | None
    year: int | None
    observed: Observed | None = None
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
    the goal is ``base (1 + r)^years``. `observed` says what became of such statements. For a level
    to be held every year the chance is that of the last year: a note says so.

    Examples
    --------
    >>> from laikhe_analysis.forecast.single import forecast
    >>> f = forecast({2018: 94, 2019: 100, 2020: 108, 2021: 115, 2022: 121, 2023: 130, 2024: 136}, 5)
    >>> p = reach_probability(f, 136 * 1.10**5)
    >>> p.value < 0.2, p.observed.kind
    (True, 'other')
    """
    if not hasattr(forecast, "quantile") or not isinstance(target, Target | Real):
        given = show_value(target if hasattr(forecast, "quantile") else forecast)
        raise TypeError("`reach_probability` takes a forecast, as `forecast(series, years)` gives it, and "
                        f"a target or a number, got {given}.")  # fmt: skip
    when = year or (target.target_year if isinstance(target, Target) else forecast.years[-1])
    goal, reason = _goal(forecast, target, when)
    if reason is None and when not in forecast.years:
        first, last = forecast.years[0], forecast.years[-1]
        reason = remark("year_outside", first=first, last=last, year=when)
    if reason is None and forecast.known < MIN_YEARS:
        reason = remark("few_years_no_chance", known=forecast.known, needed=MIN_YEARS)
    rates = _rates_beside(forecast, goal, when)
    if reason is not None or goal is None:
        return Probability(None, reason, goal, when, None, rates)
    place = forecast.years.index(when)
    rises = not isinstance(target, Target) or target.rises
    strict = isinstance(target, Target) and target.direction in ("above", "at_most")
    above = float(forecast.probability_above(goal, strict=strict)[place])
    observed = _observed(forecast, goal, above, place + 1) if rises else None
    held = isinstance(target, Target) and target.kind == "annual_level"
    notes = (remark("every_year", year=when),) if held else ()
    return Probability(above if rises else 1 - above, None, goal, when, observed, rates, notes)


def _observed(forecast: Forecast, goal: float, chance: float, ahead: int) -> Observed | None:
    """Return the record of such statements, where there is one: growth, three to six years ahead."""
    grows = goal > forecast.history.values[-1] > 0
    if forecast.method != "corrected" or not grows or not 3 <= ahead <= TESTED_HORIZON:
        return None
    return observed_chance(chance, kind_of(forecast.price_basis))


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
        return None, remark("kind", kind=words(target.kind))
    bases = target.price_basis, forecast.price_basis
    if len(set(bases) - {"n/a", "not stated"}) > 1:
        target_basis, series_basis = map(words, bases)
        return None, remark("price_differs", target=target_basis, series=series_basis)
    if (target.unit, forecast.unit) == ("%", "ratio"):
        return value / 100, None
    if target.unit != forecast.unit:
        asked, known = (Worded(unit_label, unit) for unit in (target.unit, forecast.unit))
        return None, remark("unit_differs", target=asked, series=known)
    return value, None


def _rates_beside(forecast: Forecast, goal: float | None, year: int) -> tuple[BaseRate, ...]:
    """Return the base rates that belong to a goal: of the growth that it takes from now on."""
    values, last = forecast.history.values, forecast.history.years[-1]
    if goal is None or year <= last or min(*values, goal) <= 0:
        return ()
    steps = len(values) - 1
    past = float(annual_rate(values[0], values[-1], steps)) if steps else None
    return base_rates(float(annual_rate(values[-1], goal, year - last)), past, forecast.known)
