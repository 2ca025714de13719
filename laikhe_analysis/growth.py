"""Compound growth: the arithmetic under every rate in this package.

Rates are fractions a year (0.12 is 12 %), periods are differences of years, not counts of points
(2025 to 2030 are five). Floats or arrays in, the same shape out. What is undefined raises; a NaN
that comes in stays a NaN.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from laikhe_analysis.checks import as_floats, check_choice, plain, require

__all__ = [
    "annual_rate",
    "compound",
    "continuous_rate",
    "contributions",
    "growth_factor",
    "log_trend_rate",
    "mean_rate",
    "nominal_rate",
    "per_capita_rate",
    "real_rate",
    "required_rate",
    "years_to_reach",
]


def growth_factor(rate: ArrayLike, years: ArrayLike) -> Any:
    """Return the factor by which a value grows in `years` at a constant yearly `rate`.

    Parameters
    ----------
    rate : float or array
        Growth rate, at least -1. [fraction per year]
    years : float or array
        Length of the period, 0 or more; fractions allowed. [years]

    Returns
    -------
    float or array
        Growth factor. [ratio]

    Raises
    ------
    ValueError
        If `rate` is below -1, `years` is negative, or the factor is too large for a number.

    Notes
    -----
    ``(1 + rate) ** years``; after 0 years it is 1, whatever the rate.

    Examples
    --------
    >>> round(growth_factor(0.12, 5), 10)
    1.7623416832
    """
    rate, years = as_floats(rate=rate, years=years)
    require(rate >= -1, "rate", rate, "at least -1 (a loss of 100 %)")
    require(years >= 0, "years", years, "0 or more")
    with np.errstate(over="ignore"):
        factor = np.where(np.isnan(rate + years), np.nan, (1 + rate) ** years)
    return _within_range(factor, rate=rate, years=years)


def compound(value: ArrayLike, rate: ArrayLike, years: ArrayLike) -> Any:
    """Return what `value` becomes after `years` of growth at `rate`.

    Parameters
    ----------
    value : float or array
        Level at the start. [any unit]
    rate : float or array
        Growth rate, at least -1. [fraction per year]
    years : float or array
        Length of the period, 0 or more. [years]

    Returns
    -------
    float or array
        Level at the end. [unit of `value`]

    Raises
    ------
    ValueError
        As `growth_factor`.

    Examples
    --------
    >>> compound(100, 0.1, 2)
    121.00000000000001
    """
    value, rate, years = as_floats(value=value, rate=rate, years=years)
    factor = growth_factor(rate, years)
    with np.errstate(over="ignore"):
        return _within_range(value * factor, value=value, rate=rate, years=years)


def annual_rate(first: ArrayLike, last: ArrayLike, years: ArrayLike) -> Any:
    """Return the compound annual growth rate (CAGR) that leads from `first` to `last`.

    Parameters
    ----------
    first : float or array
        Level at the start, positive. [any unit]
    last : float or array
        Level at the end, 0 or more. [unit of `first`]
    years : float or array
        Years between the two, positive; 2020 to 2025 are 5. [years]

    Returns
    -------
    float or array
        Growth rate. [fraction per year]

    Raises
    ------
    ValueError
        If `first` or `years` is not positive, `last` is negative, or the rate is too large for a
        number.

    Notes
    -----
    ``(last / first) ** (1 / years) - 1``, as RRI in Excel [1]_. A level that falls to 0 has a rate
    of exactly -1.

    References
    ----------
    .. [1] Microsoft, "RRI function": RRI(96, 10000, 11000) = 0.0009933.

    Examples
    --------
    >>> round(annual_rate(10_000, 11_000, 96), 7)
    0.0009933
    >>> annual_rate(100, [121, 0], 2).round(4)
    array([ 0.1, -1. ])
    """
    first, last, years = as_floats(first=first, last=last, years=years)
    require(first > 0, "first", first, "a positive number")
    require(last >= 0, "last", last, "0 or more")
    require(years > 0, "years", years, "a positive number")
    return _within_range(_even_rate(first, last, years), first=first, last=last, years=years)


def continuous_rate(first: ArrayLike, last: ArrayLike, years: ArrayLike) -> Any:
    """Return the continuously compounded rate that leads from `first` to `last`.

    Parameters
    ----------
    first, last : float or array
        Levels at the start and the end, positive. [any unit, the same]
    years : float or array
        Years between the two, positive. [years]

    Returns
    -------
    float or array
        Growth rate. [fraction per year, continuous]

    Raises
    ------
    ValueError
        If any argument is not positive, or the rate is too large for a number.

    Notes
    -----
    ``ln(last / first) / years``. United Nations reports on child mortality print its negative, the
    "annual rate of reduction": a fall by two thirds in 25 years is 4.4 % a year [1]_. It is not
    the rate of `annual_rate`; the two never belong in one table.

    References
    ----------
    .. [1] UN Inter-agency Group for Child Mortality Estimation, Report 2013.

    Examples
    --------
    >>> round(continuous_rate(3, 1, 25), 5)
    -0.04394
    """
    first, last, years = as_floats(first=first, last=last, years=years)
    require(first > 0, "first", first, "a positive number")
    require(last > 0, "last", last, "a positive number")
    require(years > 0, "years", years, "a positive number")
    with np.errstate(over="ignore"):
        return _within_range(np.log(last / first) / years, first=first, last=last, years=years)


def required_rate(value: ArrayLike, target: ArrayLike, years: ArrayLike) -> Any:
    """Return the even yearly rate that leads from `value` now to `target` in `years`.

    Parameters
    ----------
    value : float or array
        Latest level, positive. [any unit]
    target : float or array
        Level wanted, 0 or more. [unit of `value`]
    years : float or array
        Years left, positive. [years]

    Returns
    -------
    float or array
        Required growth rate, from now on. [fraction per year]

    Raises
    ------
    ValueError
        As `annual_rate`, in the words of this function.

    Examples
    --------
    >>> round(required_rate(140, 250, 5), 5)
    0.12296
    """
    value, target, years = as_floats(value=value, target=target, years=years)
    require(value > 0, "value", value, "a positive number")
    require(target >= 0, "target", target, "0 or more")
    require(years > 0, "years", years, "a positive number")
    return _within_range(_even_rate(value, target, years), value=value, target=target, years=years)


def years_to_reach(value: ArrayLike, target: ArrayLike, rate: ArrayLike) -> Any:
    """Return after how many years `value` reaches `target` at a constant `rate`.

    Parameters
    ----------
    value, target : float or array
        Level now and level wanted, positive. [any unit, the same]
    rate : float or array
        Growth rate, above -1 and not 0 unless the target is reached already. [fraction per year]

    Returns
    -------
    float or array
        Years; negative when the level was passed so many years ago. [years]

    Raises
    ------
    ValueError
        If `value` or `target` is not positive, `rate` is not above -1, a `rate` of 0 never leads
        to the target, or the years are too many for a number.

    Notes
    -----
    ``ln(target / value) / ln(1 + rate)``, as PDURATION in Excel [1]_, which accepts positive rates
    only. At a rate of 0 it is 0 where `target` equals `value`.

    References
    ----------
    .. [1] Microsoft, "PDURATION function": PDURATION(2.5 %, 2000, 2200) = 3.86.

    Examples
    --------
    >>> round(years_to_reach(2000, 2200, 0.025), 2)
    3.86
    """
    value, target, rate = as_floats(value=value, target=target, rate=rate)
    require(value > 0, "value", value, "a positive number")
    require(target > 0, "target", target, "a positive number")
    require(rate > -1, "rate", rate, "above -1")
    still = rate == 0
    require(
        ~(still & (target != value)), "rate", rate, "other than 0 while the target is not reached"
    )
    with np.errstate(over="ignore"):
        distance = np.log(target / value)
        years = np.where(still, distance, distance / np.log1p(np.where(still, 1.0, rate)))
    return _within_range(years, value=value, target=target, rate=rate)


def mean_rate(rates: ArrayLike, kind: str = "geometric") -> float:
    """Return the average of yearly growth rates.

    Parameters
    ----------
    rates : sequence of float
        One rate a year, each at least -1. [fraction per year]
    kind : {"geometric", "arithmetic"}
        "geometric" is the statistical practice ("bình quân giai đoạn"): the even rate that leads
        to the same level. The arithmetic mean is never below it.

    Returns
    -------
    float
        Average rate. [fraction per year]

    Raises
    ------
    ValueError
        If there is no rate, a rate is below -1, `kind` is unknown, or the average is too large for
        a number.

    Notes
    -----
    geometric ``(prod(1 + r_t)) ** (1 / n) - 1``; arithmetic ``sum(r_t) / n``; about half the
    variance of the rates apart.

    Examples
    --------
    >>> rates = [0.08, 0.10, 0.12, 0.14, 0.16]
    >>> round(mean_rate(rates, "arithmetic"), 6), round(mean_rate(rates), 6)
    (0.12, 0.119643)
    """
    check_choice("kind", kind, ["geometric", "arithmetic"])
    (values,) = as_floats(rates=rates)
    if values.size == 0:
        raise ValueError("`rates` must hold at least one rate, got none.")
    require(values >= -1, "rates", values, "at least -1 (a loss of 100 %)")
    with np.errstate(over="ignore"):
        if kind == "arithmetic":
            return float(_within_range(values.mean(), rates=values))
        return float(_within_range(np.prod(1 + values) ** (1 / values.size) - 1, rates=values))


def log_trend_rate(values: ArrayLike, years: ArrayLike | None = None) -> float:
    """Return the least-squares growth rate of a series: the slope of its logarithm.

    Parameters
    ----------
    values : sequence of float
        Levels, positive, at least two. [any unit]
    years : sequence of float, optional
        Their years, distinct; consecutive years when left out. [year]

    Returns
    -------
    float
        Growth rate. [fraction per year]

    Raises
    ------
    ValueError
        If a value is not positive, there are fewer than two, `years` repeats a year or does not
        fit, or more than half of the years from the first to the last are missing.

    Notes
    -----
    ``exp(b) - 1`` with b the slope of ``ln(value) = a + b year`` [1]_. All points count, so it
    differs from the end-point rate of `annual_rate`; never mix the two in one table.

    References
    ----------
    .. [1] World Bank, World Development Indicators, "Statistical methods": least-squares growth
       rate, not computed when more than half of the observations are missing.

    Examples
    --------
    >>> round(log_trend_rate([100, 90, 115, 118, 140, 131]), 5)
    0.08024
    """
    (levels,) = as_floats(values=values)
    times = np.arange(levels.size, dtype=np.float64)
    if years is not None:
        times = np.asarray(years, dtype=np.float64)
    if levels.ndim != 1 or levels.size < 2 or times.shape != levels.shape:
        raise ValueError(
            f"`values` must be at least two levels with as many years, "
            f"got {levels.size} and {times.size}."
        )
    require(levels > 0, "values", levels, "a positive number")
    if np.unique(times).size < times.size:
        raise ValueError("`years` must be distinct: a year is given twice.")
    if levels.size * 2 < np.ptp(times) + 1:
        raise ValueError(
            f"`values` must cover at least half of the {np.ptp(times) + 1:g} years, "
            f"got {levels.size}."
        )
    centred = times - times.mean()
    slope = centred @ np.log(levels) / (centred @ centred)
    with np.errstate(over="ignore"):
        return float(_within_range(np.expm1(slope), values=levels))


def real_rate(nominal: ArrayLike, inflation: ArrayLike) -> Any:
    """Return the real growth rate, inflation taken out.

    Parameters
    ----------
    nominal : float or array
        Growth at current prices. [fraction per year]
    inflation : float or array
        Growth of prices, above -1. [fraction per year]

    Returns
    -------
    float or array
        Growth at constant prices. [fraction per year]

    Raises
    ------
    ValueError
        If `inflation` is -1 or below, or the rate is too large for a number.

    Notes
    -----
    ``(1 + nominal) / (1 + inflation) - 1``: a quotient, not a difference.

    Examples
    --------
    >>> round(real_rate(0.16, 0.04), 5)
    0.11538
    """
    nominal, inflation = as_floats(nominal=nominal, inflation=inflation)
    require(inflation > -1, "inflation", inflation, "above -1")
    with np.errstate(over="ignore"):
        rate = (1 + nominal) / (1 + inflation) - 1
    return _within_range(rate, nominal=nominal, inflation=inflation)


def nominal_rate(real: ArrayLike, inflation: ArrayLike) -> Any:
    """Return the growth rate at current prices that `real` growth and `inflation` make together.

    Parameters
    ----------
    real : float or array
        Growth at constant prices. [fraction per year]
    inflation : float or array
        Growth of prices, above -1. [fraction per year]

    Returns
    -------
    float or array
        Growth at current prices. [fraction per year]

    Raises
    ------
    ValueError
        If `inflation` is -1 or below, or the rate is too large for a number.

    Notes
    -----
    ``(1 + real) (1 + inflation) - 1``, the inverse of `real_rate`.

    Examples
    --------
    >>> round(nominal_rate(0.12, 0.035), 4)
    0.1592
    """
    real, inflation = as_floats(real=real, inflation=inflation)
    require(inflation > -1, "inflation", inflation, "above -1")
    with np.errstate(over="ignore"):
        rate = (1 + real) * (1 + inflation) - 1
    return _within_range(rate, real=real, inflation=inflation)


def per_capita_rate(total: ArrayLike, population: ArrayLike) -> Any:
    """Return the growth rate per head when `total` and `population` grow at these rates.

    Parameters
    ----------
    total : float or array
        Growth of the total. [fraction per year]
    population : float or array
        Growth of the population, above -1. [fraction per year]

    Returns
    -------
    float or array
        Growth per head. [fraction per year]

    Raises
    ------
    ValueError
        If `population` is -1 or below, or the rate is too large for a number.

    Notes
    -----
    ``(1 + total) / (1 + population) - 1``.

    Examples
    --------
    >>> round(per_capita_rate(0.12, 0.015), 5)
    0.10345
    """
    total, population = as_floats(total=total, population=population)
    require(population > -1, "population", population, "above -1")
    with np.errstate(over="ignore"):
        rate = (1 + total) / (1 + population) - 1
    return _within_range(rate, total=total, population=population)


def contributions(levels: Any) -> Any:
    """Return what each part contributes to the growth of the total.

    Parameters
    ----------
    levels : array or DataFrame
        Levels by year (rows, in order, at least two) and part (columns). [any unit, one price
        basis]

    Returns
    -------
    array or DataFrame
        One row fewer: change of the part over the total a year earlier. The parts of a row add up
        to the growth of the total. [fraction per year]

    Raises
    ------
    ValueError
        If there are fewer than two rows, a level is infinite, a total to be divided by is not
        positive, or a contribution is too large for a number.

    Notes
    -----
    ``c[i, t] = (v[i, t] - v[i, t-1]) / V[t-1]``, equal to share times growth of the part.

    Examples
    --------
    Shares of 40, 35 and 25 growing by 15, 13 and 2.5 %:

    >>> contributions([[40, 35, 25], [46, 39.55, 25.625]]).round(5)
    array([[0.06   , 0.0455 , 0.00625]])
    """
    table: NDArray[np.float64] = np.asarray(levels, dtype=np.float64)
    if table.ndim != 2 or len(table) < 2:
        raise ValueError(
            f"`levels` must be a table of at least two years by parts, got shape {table.shape}."
        )
    require(~np.isinf(table), "levels", table, "a table of finite numbers")
    totals = table[:-1].sum(axis=1)
    require(totals > 0, "levels", totals, "a table whose yearly totals are positive")
    with np.errstate(over="ignore"):
        result = _within_range(np.diff(table, axis=0) / totals[:, None], levels=table[1:])
    if hasattr(levels, "columns"):
        return type(levels)(result, index=levels.index[1:], columns=levels.columns)
    return result


def _even_rate(
    first: NDArray[np.float64], last: NDArray[np.float64], years: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the rate that leads from `first` to `last`, infinite where it overflows."""
    with np.errstate(over="ignore"):
        return np.where(np.isnan(years), np.nan, (last / first) ** (1 / years) - 1)


def _within_range(result: Any, **given: NDArray[np.float64]) -> Any:
    """Return the result, a single number as a float; raise where it overflowed.

    Raises
    ------
    ValueError
        If a result is infinite, with the arguments of the first.
    """
    array = np.asarray(result)
    beyond = np.isinf(array)
    if beyond.any():
        place = tuple(np.argwhere(beyond)[0])
        shown = ", ".join(
            f"`{name}` {value[place]:g}" if value.shape == array.shape else f"`{name}`"
            for name, value in given.items()
        )
        raise ValueError(f"The result is too large for a number with {shown}: check the units.")
    return plain(array)
