"""Compound growth: the arithmetic under every rate in this package.

Rates are fractions a year (0.12 is 12 %); one beyond 1 either way is refused as a per cent unless
``limit=None`` says that it is meant, while a result may be larger. Periods are differences of
years, not counts of points (2025 to 2030 are five). Floats, arrays, Series and frames in, the same
out: what has labels is aligned by them (`labels.lined_up`), and so is the result. What is undefined
raises; a NaN that comes in, or a missing value, is a NaN in the result.

Two rates lead to a target and are never mixed: `required_rate` from the base, which a pace so far
is held against, and `required_rate` from now, which is still to be done.

>>> base, now, target = 100, 140, 250  # of 2020, 2025 and 2030
>>> round(required_rate(base, target, 10), 5), round(required_rate(now, target, 5), 5)
(0.09596, 0.12296)

Series come back as Series, whatever the order of their labels:

>>> import pandas as pd
>>> first = pd.Series({"industry": 100, "services": 50})
>>> annual_rate(first, pd.Series({"services": 60.5, "industry": 144}), 2).round(6).to_dict()
{'industry': 0.2, 'services': 0.1}
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.arrays import as_array
from laikhe_analysis.checks import check_choice, check_rates, require
from laikhe_analysis.labels import aligned, labelled, years_of

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

Floats = NDArray[np.float64]


def growth_factor(rate: Any, years: Any, *, limit: float | None = 1.0) -> Any:
    """Return the factor by which a value grows in `years` at a constant yearly `rate`.

    Parameters
    ----------
    rate : float, array or Series
        Growth rate, at least -1. [fraction per year]
    years : float, array or Series
        Length of the period, 0 or more; fractions allowed. [years]
    limit : float or None
        Largest rate that passes; None for any. [fraction per year]

    Returns
    -------
    float, array or Series
        Growth factor. [ratio]

    Raises
    ------
    ValueError
        If `rate` is below -1 or beyond `limit`, `years` is negative, labels differ, or the factor
        is too large for a number.

    Notes
    -----
    ``(1 + rate) ** years``; after 0 years it is 1, whatever the rate.

    Examples
    --------
    >>> round(growth_factor(0.12, 5), 10)
    1.7623416832
    """
    (rate, years), label = aligned(rate=rate, years=years)
    return label(_factor(rate, years, limit))


def compound(value: Any, rate: Any, years: Any, *, limit: float | None = 1.0) -> Any:
    """Return what `value` becomes after `years` of growth at `rate`.

    Parameters
    ----------
    value : float, array or Series
        Level at the start. [any unit]
    rate : float, array or Series
        Growth rate, at least -1. [fraction per year]
    years : float, array or Series
        Length of the period, 0 or more. [years]
    limit : float or None
        Largest rate that passes; None for any. [fraction per year]

    Returns
    -------
    float, array or Series
        Level at the end. [unit of `value`]

    Raises
    ------
    ValueError
        As `growth_factor`.

    Examples
    --------
    >>> compound(100, 0.1, 2)
    121.00000000000001
    >>> compound(100, 12.0, 5)
    Traceback (most recent call last):
    ValueError: `rate` must be a fraction from -1 to 1, got 12: 12 % is 0.12 (limit=None lets more pass).
    """
    (value, rate, years), label = aligned(value=value, rate=rate, years=years)
    factor = _factor(rate, years, limit)
    with np.errstate(over="ignore"):
        return label(_within_range(value * factor, value=value, rate=rate, years=years))


def annual_rate(first: Any, last: Any, years: Any) -> Any:
    """Return the compound annual growth rate (CAGR) that leads from `first` to `last`.

    Parameters
    ----------
    first : float, array or Series
        Level at the start, positive. [any unit]
    last : float, array or Series
        Level at the end, 0 or more. [unit of `first`]
    years : float, array or Series
        Years between the two, positive; 2020 to 2025 are 5. [years]

    Returns
    -------
    float, array or Series
        Growth rate. [fraction per year]

    Raises
    ------
    ValueError
        If `first` or `years` is not positive, `last` is negative, labels differ, or the rate is too
        large for a number.

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
    return _even_rate(first=first, last=last, years=years)


def continuous_rate(first: Any, last: Any, years: Any) -> Any:
    """Return the continuously compounded rate that leads from `first` to `last`.

    Parameters
    ----------
    first, last : float, array or Series
        Levels at the start and the end, positive. [any unit, the same]
    years : float, array or Series
        Years between the two, positive. [years]

    Returns
    -------
    float, array or Series
        Growth rate. [fraction per year, continuous]

    Raises
    ------
    ValueError
        If any argument is not positive, labels differ, or the rate is too large for a number.

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
    given = {"first": first, "last": last, "years": years}
    arrays, label = aligned(**given)
    for name, array in zip(given, arrays, strict=True):
        require(array > 0, name, array, "a positive number")
    with np.errstate(over="ignore"):
        rate = np.log(arrays[1] / arrays[0]) / arrays[2]
    return label(_within_range(rate, **dict(zip(given, arrays, strict=True))))


def required_rate(value: Any, target: Any, years: Any) -> Any:
    """Return the even yearly rate that leads from `value` to `target` in `years`.

    Parameters
    ----------
    value : float, array or Series
        Level to start from, positive: of the base year, or the latest. [any unit]
    target : float, array or Series
        Level wanted, 0 or more. [unit of `value`]
    years : float, array or Series
        Years from then to the target's, positive. [years]

    Returns
    -------
    float, array or Series
        Required growth rate. [fraction per year]

    Raises
    ------
    ValueError
        As `annual_rate`, in the words of this function.

    Notes
    -----
    From the base it is the pace that the plan asked for, against which the pace so far is classed;
    from now, what each year left must bring. Where the pace so far fell short the second is the
    larger: telling the first alone understates the task.

    Examples
    --------
    From 140 in 2025, and from the base of 100 in 2020, to 250 in 2030:

    >>> round(required_rate(140, 250, 5), 5), round(required_rate(100, 250, 10), 5)
    (0.12296, 0.09596)
    """
    return _even_rate(value=value, target=target, years=years)


def years_to_reach(value: Any, target: Any, rate: Any, *, limit: float | None = 1.0) -> Any:
    """Return after how many years `value` reaches `target` at a constant `rate`.

    Parameters
    ----------
    value, target : float, array or Series
        Level now and level wanted, positive. [any unit, the same]
    rate : float, array or Series
        Growth rate, above -1 and not 0 unless the target is reached already. [fraction per year]
    limit : float or None
        Largest rate that passes; None for any. [fraction per year]

    Returns
    -------
    float, array or Series
        Years; negative when the level was passed so many years ago. [years]

    Raises
    ------
    ValueError
        If `value` or `target` is not positive, `rate` is not above -1 or beyond `limit`, a `rate`
        of 0 never leads to the target, labels differ, or the years are too many for a number.

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
    (value, target, rate), label = aligned(value=value, target=target, rate=rate)
    require(value > 0, "value", value, "a positive number")
    require(target > 0, "target", target, "a positive number")
    require(rate > -1, "rate", rate, "above -1")
    check_rates(limit, rate=rate)
    still = rate == 0
    require(
        ~(still & (target != value)), "rate", rate, "other than 0 while the target is not reached"
    )
    with np.errstate(over="ignore"):
        distance = np.log(target / value)
        years = np.where(still, distance, distance / np.log1p(np.where(still, 1.0, rate)))
    return label(_within_range(years, value=value, target=target, rate=rate))


def mean_rate(rates: Any, kind: str = "geometric", *, limit: float | None = 1.0) -> float:
    """Return the average of yearly growth rates.

    Parameters
    ----------
    rates : sequence of float or Series
        One rate a year, each at least -1. [fraction per year]
    kind : {"geometric", "arithmetic"}
        "geometric" is the statistical practice ("bình quân giai đoạn"): the even rate that leads
        to the same level. The arithmetic mean is never below it.
    limit : float or None
        Largest rate that passes; None for any. [fraction per year]

    Returns
    -------
    float
        Average rate. [fraction per year]

    Raises
    ------
    ValueError
        If there is no rate, a rate is below -1 or beyond `limit`, `kind` is unknown, or the average
        is too large for a number.

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
    ((values,), _) = aligned(rates=rates)
    if values.size == 0:
        raise ValueError("`rates` must hold at least one rate, got none.")
    _check_losses(limit, rates=values)
    with np.errstate(over="ignore"):
        if kind == "arithmetic":
            return float(_within_range(values.mean(), rates=values))
        return float(_within_range(np.prod(1 + values) ** (1 / values.size) - 1, rates=values))


def log_trend_rate(values: Any, years: Any = None) -> float:
    """Return the least-squares growth rate of a series: the slope of its logarithm.

    Parameters
    ----------
    values : sequence of float or Series
        Levels, positive, at least two. [any unit]
    years : sequence of float, optional
        Their years, distinct. When left out, the labels of a Series; of a sequence, consecutive
        years. [year]

    Returns
    -------
    float
        Growth rate. [fraction per year]

    Raises
    ------
    ValueError
        If a value is not positive, there are fewer than two, `years` repeats a year or does not
        fit, the labels are no years, or more than half of the years from the first to the last are
        missing.

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
    ((levels,), _) = aligned(values=values)
    table = labelled("values", values)
    if years is not None:
        times = as_array("years", years)
    elif table is not None:
        times = np.array(years_of("`values`", table.index), dtype=np.float64)
    else:
        times = np.arange(levels.size, dtype=np.float64)
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


def real_rate(nominal: Any, inflation: Any, *, limit: float | None = 1.0) -> Any:
    """Return the real growth rate, inflation taken out.

    Parameters
    ----------
    nominal : float, array or Series
        Growth at current prices. [fraction per year]
    inflation : float, array or Series
        Growth of prices, above -1. [fraction per year]
    limit : float or None
        Largest rate that passes; None for any. [fraction per year]

    Returns
    -------
    float, array or Series
        Growth at constant prices. [fraction per year]

    Raises
    ------
    ValueError
        If `inflation` is -1 or below, a rate is beyond `limit`, labels differ, or the result is
        too large for a number.

    Notes
    -----
    ``(1 + nominal) / (1 + inflation) - 1``: a quotient, not a difference.

    Examples
    --------
    >>> round(real_rate(0.16, 0.04), 5)
    0.11538
    """
    return _joined(np.divide, limit, nominal=nominal, inflation=inflation)


def nominal_rate(real: Any, inflation: Any, *, limit: float | None = 1.0) -> Any:
    """Return the growth rate at current prices that `real` growth and `inflation` make together.

    Parameters
    ----------
    real : float, array or Series
        Growth at constant prices. [fraction per year]
    inflation : float, array or Series
        Growth of prices, above -1. [fraction per year]
    limit : float or None
        Largest rate that passes; None for any. [fraction per year]

    Returns
    -------
    float, array or Series
        Growth at current prices. [fraction per year]

    Raises
    ------
    ValueError
        As `real_rate`.

    Notes
    -----
    ``(1 + real) (1 + inflation) - 1``, the inverse of `real_rate`.

    Examples
    --------
    >>> round(nominal_rate(0.12, 0.035), 4)
    0.1592
    """
    return _joined(np.multiply, limit, real=real, inflation=inflation)


def per_capita_rate(total: Any, population: Any, *, limit: float | None = 1.0) -> Any:
    """Return the growth rate per head when `total` and `population` grow at these rates.

    Parameters
    ----------
    total : float, array or Series
        Growth of the total. [fraction per year]
    population : float, array or Series
        Growth of the population, above -1. [fraction per year]
    limit : float or None
        Largest rate that passes; None for any. [fraction per year]

    Returns
    -------
    float, array or Series
        Growth per head. [fraction per year]

    Raises
    ------
    ValueError
        If `population` is -1 or below, a rate is beyond `limit`, labels differ, or the result is
        too large for a number.

    Notes
    -----
    ``(1 + total) / (1 + population) - 1``.

    Examples
    --------
    >>> round(per_capita_rate(0.12, 0.015), 5)
    0.10345
    """
    return _joined(np.divide, limit, total=total, population=population)


def contributions(levels: Any) -> Any:
    """Return what each part contributes to the growth of the total.

    Parameters
    ----------
    levels : array, DataFrame or mapping of Series
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
        If there are fewer than two rows, rows labelled by years do not follow one another, a level
        is infinite, a total to be divided by is not positive, or a contribution is too large for a
        number.

    Notes
    -----
    ``c[i, t] = (v[i, t] - v[i, t-1]) / V[t-1]``, equal to share times growth of the part.

    Examples
    --------
    Shares of 40, 35 and 25 growing by 15, 13 and 2.5 %:

    >>> contributions([[40, 35, 25], [46, 39.55, 25.625]]).round(5)
    array([[0.06   , 0.0455 , 0.00625]])
    """
    frame = labelled("levels", levels)
    table = as_array("levels", levels if frame is None else frame.to_numpy())
    if table.ndim != 2 or len(table) < 2:
        raise ValueError(
            f"`levels` must be a table of at least two years by parts, got shape {table.shape}."
        )
    if frame is not None:
        _check_neighbours(frame.index)
    require(~np.isinf(table), "levels", table, "a table of finite numbers")
    totals = table[:-1].sum(axis=1)
    require(totals > 0, "levels", totals, "a table whose yearly totals are positive")
    with np.errstate(over="ignore"):
        result = _within_range(np.diff(table, axis=0) / totals[:, None], levels=table[1:])
    if frame is None:
        return result
    return type(frame)(result, index=frame.index[1:], columns=frame.columns)


def _check_neighbours(labels: Any) -> None:
    """Raise where rows labelled by years or other numbers do not follow one another."""
    try:
        years = np.asarray(getattr(labels, "year", labels), dtype=np.float64)
    except (TypeError, ValueError):
        return
    if (np.diff(years) != 1).any():
        raise ValueError(
            "`levels` must have a row for every year, in order, got "
            f"{', '.join(f'{year:g}' for year in years[:8])}: a contribution is of one year."
        )


def _factor(rate: Floats, years: Floats, limit: float | None) -> Floats:
    """Return growth factors, the arguments checked."""
    _check_losses(limit, rate=rate)
    require(years >= 0, "years", years, "0 or more")
    with np.errstate(over="ignore"):
        factor = np.where(np.isnan(rate + years), np.nan, (1 + rate) ** years)
    return _within_range(factor, rate=rate, years=years)


def _check_losses(limit: float | None, **rates: Floats) -> None:
    """Raise where a rate loses more than there is, or is beyond the limit."""
    for name, rate in rates.items():
        require(rate >= -1, name, rate, "at least -1 (a loss of 100 %; 12 % is 0.12)")
    check_rates(limit, **rates)


def _joined(how: np.ufunc, limit: float | None, **rates: Any) -> Any:
    """Return the rate of two growths multiplied or divided; the second must be above -1."""
    (first, second), label = aligned(**rates)
    given = dict(zip(rates, (first, second), strict=True))
    require(second > -1, list(rates)[1], second, "above -1")
    check_rates(limit, **given)
    with np.errstate(over="ignore"):
        return label(_within_range(how(1 + first, 1 + second) - 1, **given))


def _even_rate(**given: Any) -> Any:
    """Return the rate that leads from the first level to the second in so many years."""
    (first, last, years), label = aligned(**given)
    names = list(given)
    require(first > 0, names[0], first, "a positive number")
    require(last >= 0, names[1], last, "0 or more")
    require(years > 0, names[2], years, "a positive number")
    with np.errstate(over="ignore"):
        rate = np.where(np.isnan(years), np.nan, (last / first) ** (1 / years) - 1)
    return label(_within_range(rate, **dict(zip(names, (first, last, years), strict=True))))


def _within_range(result: Any, **given: Floats) -> Floats:
    """Return the result; raise where it overflowed.

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
    return array
