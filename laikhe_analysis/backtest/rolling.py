"""How good forecasts would have been: rolling origins, scores with standard errors, comparisons.

The method is any function of (history, horizon). It gets a copy of the past and nothing else, so
it cannot look ahead.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from laikhe_analysis.backtest.scores import score_cases, scored_levels
from laikhe_analysis.checks import check_choice
from laikhe_analysis.panel import check_horizon, check_levels, forecast_panel

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Backtest",
    "Difference",
    "Score",
    "backtest",
    "compare",
]

Floats = NDArray[np.float64]


class Score(NamedTuple):
    """A mean score over series, its standard error (None below two series), and how many."""

    value: float
    standard_error: float | None
    series: int


class Difference(NamedTuple):
    """Mean difference a - b of a score over the series both have; negative: a is better.

    `p_value` is two-sided, of Student's t; None below two series or without any difference.
    """

    value: float
    standard_error: float | None
    p_value: float | None
    series: int


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
        """Columns metric, value, standard_error, series."""
        import pandas as pd

        rows = [(metric, *self.score(metric)) for metric in self.scores]
        return pd.DataFrame(rows, columns=["metric", "value", "standard_error", "series"])


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
    check_levels(levels)
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
        scores = score_cases(history, actual, point, quantiles, levels=levels)
        parts.append((rows, end - 1, actual, point, scores))
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
    quantiles = {level: np.asarray(answer.quantile(level)) for level in scored_levels(levels)}
    return np.asarray(answer.point, dtype=np.float64), quantiles


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
    -0.8
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
