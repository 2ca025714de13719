"""How good forecasts would have been: rolling origins, scores with standard errors, comparisons.

The method is any function of (history, horizon). It gets a copy of the past and nothing else, so
it cannot look ahead.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from laikhe_analysis.checks import check_choice
from laikhe_analysis.panel import check_horizon, forecast_panel

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "CRPS_LEVELS",
    "Backtest",
    "Difference",
    "Score",
    "backtest",
    "compare",
    "one_by_one",
    "score_cases",
]

Floats = NDArray[np.float64]
CRPS_LEVELS = tuple(float(level) for level in np.arange(0.05, 1, 0.1).round(2))
"""Quantiles that stand for a whole distribution in the CRPS: the middles of ten equal pieces."""


class Score(NamedTuple):
    """A mean score over series, its standard error (None below two series), and how many."""

    value: float
    standard_error: float | None
    count: int


class Difference(NamedTuple):
    """Mean difference a - b of a score over the series both have; negative: a is better.

    `p_value` is two-sided, of Student's t; None below two series or without any difference.
    """

    value: float
    standard_error: float | None
    p_value: float | None
    count: int


@dataclass(frozen=True)
class Backtest:
    """Forecasts of known years, made as if they were not known yet, and their scores.

    Parameters
    ----------
    series : array of shape [case]
        Row of the panel.
    origin : array of shape [case]
        Column of the last year the forecast could see.
    actual, point : array of shape [case, horizon]
        What came and what was forecast. [unit of the series]
    scores : dict of arrays of shape [case]
        By metric; NaN where a metric is undefined (a constant history has no scale).
    """

    series: NDArray[np.intp]
    origin: NDArray[np.intp]
    actual: Floats
    point: Floats
    scores: dict[str, Floats]

    def by_series(self, metric: str) -> dict[int, float]:
        """Return the mean score of each series over its origins, where the metric is defined.

        Raises
        ------
        ValueError
            If the metric was not computed.
        """
        values = self.scores[check_choice("metric", metric, list(self.scores))]
        good = np.isfinite(values)
        sums = np.bincount(self.series[good], values[good])
        counts = np.bincount(self.series[good])
        rows = np.flatnonzero(counts)
        return {int(row): float(sums[row] / counts[row]) for row in rows}

    def score(self, metric: str) -> Score:
        """Return the mean over series with its standard error.

        Series, not origins, are the independent units: origins of one series overlap.

        Raises
        ------
        ValueError
            If the metric was not computed, or is defined for no series.
        """
        values = np.array(list(self.by_series(metric).values()))
        if values.size == 0:
            raise ValueError(f"`{metric}` is defined for none of the series.")
        return Score(float(values.mean()), _standard_error(values), values.size)

    @property
    def table(self) -> pd.DataFrame:
        """Columns metric, value, standard_error, count."""
        import pandas as pd

        rows = [(metric, *self.score(metric)) for metric in self.scores]
        return pd.DataFrame(rows, columns=["metric", "value", "standard_error", "count"])


def backtest(
    values: ArrayLike,
    method: str | Callable[[Floats, int], Any],
    *,
    horizon: int,
    origins: int = 5,
    min_years: int = 5,
    levels: tuple[float, ...] = (80, 95),
) -> Backtest:
    """Return how well a method would have forecast the last years of each series.

    Parameters
    ----------
    values : array of shape [series, years]
        NaN before the first year of a series. [any unit]
    method : str or callable
        A method of `forecast_panel`, or a function of (history [series, years], horizon) that
        returns points [series, horizon], or something with `.point` and, for the scores of bands
        and distributions, `.quantile(level)`.
    horizon : int
        Years ahead. [years]
    origins : int
        From how many years to forecast: the last one that leaves `horizon` known years, and those
        before it.
    min_years : int
        Years of history that a series must have at an origin. [years]
    levels : tuple of float
        Central bands to score. [per cent]

    Returns
    -------
    Backtest
        With scores smape, mase, rmsse and, with quantiles, coverage_L and msis_L for each level,
        and crps.

    Raises
    ------
    ValueError
        If there is nothing to forecast, or the method returns another shape.
    TypeError
        If `horizon` or `origins` is no whole number.

    Notes
    -----
    At each origin the method gets a fresh copy of the columns up to it: no view, no buffer and no
    index leads to later years.

    Examples
    --------
    >>> steps = np.arange(1.0, 13.0)[None]
    >>> backtest(steps, "drift", horizon=2, origins=3).score("mase").value
    0.0
    """
    table = np.atleast_2d(np.asarray(values, dtype=np.float64))
    check_horizon(horizon)
    check_horizon(origins)
    parts: list[tuple[NDArray[np.intp], int, Floats, Floats, dict[str, Floats]]] = []
    last = table.shape[1] - horizon
    for end in range(max(last - origins + 1, 1), last + 1):
        known = np.isfinite(table[:, :end]).sum(axis=1) >= min_years
        rows = np.flatnonzero(known & np.isfinite(table[:, end : end + horizon]).all(axis=1))
        if rows.size == 0:
            continue
        history, actual = table[rows, :end].copy(), table[rows, end : end + horizon].copy()
        point, quantiles = _ask(method, history.copy(), horizon, levels)
        if point.shape != actual.shape:
            raise ValueError(f"`method` must return {actual.shape} points, got {point.shape}.")
        parts.append((rows, end - 1, actual, point, score_cases(history, actual, point, quantiles)))
    if not parts:
        raise ValueError(
            f"`values` must hold {min_years} years of history and {horizon} more, in one series at "
            f"least; got {table.shape[1]} years."
        )
    return Backtest(
        np.concatenate([part[0] for part in parts]),
        np.concatenate([np.full(len(part[0]), part[1]) for part in parts]),
        np.concatenate([part[2] for part in parts]),
        np.concatenate([part[3] for part in parts]),
        {name: np.concatenate([part[4][name] for part in parts]) for name in parts[0][4]},
    )


def _ask(
    method: str | Callable[[Floats, int], Any],
    history: Floats,
    horizon: int,
    levels: tuple[float, ...],
) -> tuple[Floats, dict[float, Floats]]:
    """Return the points and, where the method has a distribution, its quantiles."""
    if callable(method):
        answer = method(history, horizon)
    else:
        answer = forecast_panel(history, horizon, method=method)
    if not hasattr(answer, "quantile"):
        return np.asarray(getattr(answer, "point", answer), dtype=np.float64), {}
    ends = [0.5 + side * level / 200 for level in levels for side in (-1, 1)]
    wanted = dict.fromkeys(round(level, 6) for level in (*ends, *CRPS_LEVELS))
    quantiles = {level: np.asarray(answer.quantile(level)) for level in wanted}
    return np.asarray(answer.point, dtype=np.float64), quantiles


def score_cases(
    history: Floats,
    actual: Floats,
    point: Floats,
    quantiles: Mapping[float, Floats] | None = None,
) -> dict[str, Floats]:
    """Return the scores of each case: mean over the horizon.

    Parameters
    ----------
    history : array of shape [case, years]
        Years known at the forecast: the scale of mase, rmsse and msis. [any unit]
    actual, point : array of shape [case, horizon]
        What came and what was forecast. [unit of `history`]
    quantiles : dict of arrays of shape [case, horizon], optional
        By level, a fraction. [unit of `history`]

    Returns
    -------
    dict of arrays of shape [case]
        smape [per cent, 0 to 200]; mase, rmsse [ratio]; coverage_L [fraction], msis_L [ratio] for
        each pair of levels that are as far from 0 as from 1; crps [unit of `history`, scaled as
        mase: ratio]. NaN where the history is constant and so has no scale.

    Notes
    -----
    ``smape = mean 200 |y - f| / (|y| + |f|)``, 0 where both are 0; ``mase = mean|y - f| / q`` with
    q the mean absolute yearly change of the history [1]_; ``rmsse`` the same with squares under
    roots; ``msis = mean[(u - l) + 2/a (l - y)+ + 2/a (y - u)+] / q`` for a band that claims 1 - a
    [2]_; ``crps`` twice the mean pinball loss of `CRPS_LEVELS`, over q.

    References
    ----------
    .. [1] Hyndman and Koehler 2006, "Another look at measures of forecast accuracy",
       International Journal of Forecasting 22(4).
    .. [2] Gneiting and Raftery 2007, "Strictly proper scoring rules, prediction, and estimation",
       JASA 102(477).

    Examples
    --------
    >>> scores = score_cases(np.array([[1.0, 2.0, 4.0]]), np.array([[6.0]]), np.array([[3.0]]))
    >>> scores["mase"], scores["smape"].round(2)
    (array([2.]), array([66.67]))
    """
    quantiles = quantiles or {}
    error, steps = np.abs(actual - point), np.diff(history, axis=1)
    count = np.isfinite(steps).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = np.nansum(np.abs(steps), axis=1) / count
        squares = np.nansum(steps**2, axis=1) / count
        scale = np.where(scale > 0, scale, np.nan)
        size = np.abs(actual) + np.abs(point)
        scores = {
            "smape": np.where(size > 0, 200 * error / size, 0.0).mean(axis=1),
            "mase": error.mean(axis=1) / scale,
            "rmsse": np.sqrt((error**2).mean(axis=1) / np.where(squares > 0, squares, np.nan)),
        }
    for low in sorted(level for level in quantiles if level < 0.5):
        high, name = round(1 - low, 6), f"{100 * (1 - 2 * low):g}"
        if low in CRPS_LEVELS or high not in quantiles:
            continue
        lower, upper = quantiles[low], quantiles[high]
        below, above = np.maximum(lower - actual, 0), np.maximum(actual - upper, 0)
        scores[f"coverage_{name}"] = ((below == 0) & (above == 0)).mean(axis=1)
        scores[f"msis_{name}"] = ((upper - lower) + (below + above) / low).mean(axis=1) / scale
    if all(level in quantiles for level in CRPS_LEVELS):
        scores["crps"] = _pinball(actual, quantiles) / scale
    return scores


def _pinball(actual: Floats, quantiles: Mapping[float, Floats]) -> Floats:
    """Return twice the mean pinball loss of `CRPS_LEVELS`, by case."""
    total = np.zeros(len(actual))
    for level in CRPS_LEVELS:
        gap = actual - quantiles[level]
        total += np.maximum(level * gap, (level - 1) * gap).mean(axis=1)
    return 2 * total / len(CRPS_LEVELS)


def compare(a: Backtest, b: Backtest, metric: str = "mase") -> Difference:
    """Return the mean difference of a score between two backtests, series by series.

    Raises
    ------
    ValueError
        If the two have no series in common for which the metric is defined.

    Notes
    -----
    A paired t test on the means by series, which are the independent units [1]_.

    References
    ----------
    .. [1] Diebold and Mariano 1995, "Comparing predictive accuracy", Journal of Business and
       Economic Statistics 13(3): the loss difference as the statistic.

    Examples
    --------
    >>> values = np.array([[1.0, 2, 3, 4, 5, 6, 7, 8], [2.0, 3, 5, 7, 8, 10, 12, 13]])
    >>> runs = [backtest(values, name, horizon=1, origins=2) for name in ("drift", "naive")]
    >>> round(compare(*runs).value, 3)
    -0.83
    """
    first, second = a.by_series(metric), b.by_series(metric)
    gaps = np.array([first[row] - second[row] for row in first if row in second])
    if gaps.size == 0:
        raise ValueError(f"the two backtests share no series with `{metric}` defined.")
    value, error = float(gaps.mean()), _standard_error(gaps)
    if error is None or error == 0:
        return Difference(value, error, None, gaps.size)
    from scipy.special import stdtr

    p_value = 2 * float(stdtr(gaps.size - 1, -abs(value / error)))
    return Difference(value, error, p_value, gaps.size)


def _standard_error(values: Floats) -> float | None:
    """Return the standard error of the mean, or None below two values."""
    return float(values.std(ddof=1) / sqrt(values.size)) if values.size > 1 else None


def one_by_one(method: Callable[[Floats, int], Any]) -> Callable[[Floats, int], Floats]:
    """Return a method for a panel, made of a function of one series: an array of years.

    Examples
    --------
    >>> last = one_by_one(lambda history, horizon: [history[-1]] * horizon)
    >>> last(np.array([[np.nan, 1.0, 2.0]]), 2)
    array([[2., 2.]])
    """

    def panel(history: Floats, horizon: int) -> Floats:
        rows = [method(row[np.isfinite(row)], horizon) for row in history]
        return np.array([np.asarray(row, dtype=np.float64) for row in rows])

    return panel
