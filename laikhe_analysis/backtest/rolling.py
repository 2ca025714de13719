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

from laikhe_analysis.backtest.scores import score_cases, scored_levels
from laikhe_analysis.checks import check_choice
from laikhe_analysis.panel.frames import read_panel
from laikhe_analysis.panel.gaps import bridged, dense_part
from laikhe_analysis.panel.many import check_horizon, check_levels, forecast_panel
from laikhe_analysis.panel.methods import METHODS, group_forecast
from laikhe_analysis.series import AnnualSeries

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
    values: ArrayLike | pd.DataFrame | pd.Series[Any] | AnnualSeries | Mapping[int, float],
    method: str | Callable[..., Any],
    *,
    horizon: int,
    origins: int = 5,
    min_years: int = 5,
    levels: tuple[float, ...] = (80, 95),
) -> Backtest:
    """Return how well a method would have forecast the last years of each series.

    Parameters
    ----------
    values : array of shape [series, years], DataFrame, or one series
        A table as `forecast_panel` takes it, NaN before the first year of a series; or one series:
        an array of years, or what `forecast` takes (pandas Series by year, AnnualSeries, mapping),
        with missing years absent or NaN. [any unit]
    method : str or callable
        A method of `forecast_panel`, or a function of (history, horizon) that returns points, or
        something with `.point` and, for the scores of bands and distributions,
        `.quantile(level)`. Of a table the history has the shape [series, years]; of an array of
        years it is an array; of a labelled series it is a pandas Series of the known years, so
        that `forecast` itself can be tested.
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
        If there is nothing to forecast, a table is one that `forecast_panel` refuses, or the
        method returns another shape or numbers that are not finite.
    TypeError
        If `horizon`, `origins` or `min_years` is no whole number.

    Notes
    -----
    At each origin the method gets a fresh copy of the years up to it: no view, no buffer and no
    index leads to later years. A missing year of a series is bridged as `forecast` does it, never
    taken for a neighbour, and is neither an origin nor an outcome.

    Examples
    --------
    >>> steps = np.arange(1.0, 13.0)[None]
    >>> backtest(steps, "drift", horizon=2, origins=3).score("mase").value
    0.0
    >>> last = lambda history, horizon: [history.iloc[-1]] * horizon
    >>> backtest({2020 + i: 5.0 + i for i in range(6)}, last, horizon=1, origins=1).point
    array([[9.]])
    """
    for name, number in (("horizon", horizon), ("origins", origins), ("min_years", min_years)):
        check_horizon(number, name=name)
    check_levels(levels)
    if isinstance(method, str):
        check_choice("method", method, list(METHODS))
    past = _Past.of(values)
    table = past.table
    parts: list[tuple[NDArray[np.intp], int, Floats, Floats, dict[str, Floats]]] = []
    last = table.shape[1] - horizon
    for end in range(max(last - origins + 1, 1), last + 1):
        seen = np.isfinite(table[:, :end])
        known = seen[:, -1] & (seen.sum(axis=1) >= min_years)
        rows = np.flatnonzero(known & np.isfinite(table[:, end : end + horizon]).all(axis=1))
        if rows.size == 0:
            continue
        history, actual = table[rows, :end].copy(), table[rows, end : end + horizon].copy()
        point, quantiles = _answer(past.ask(method, history.copy(), horizon), actual.shape, levels)
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


@dataclass(frozen=True)
class _Past:
    """What is known: a table, a bare series (`is_one`), or a labelled series of `years`."""

    table: Floats
    is_one: bool = False
    years: NDArray[np.intp] | None = None

    @classmethod
    def of(cls, values: Any) -> _Past:
        """Return any of the ways to give series as a table, right-aligned."""
        is_labelled = isinstance(values, AnnualSeries) or hasattr(values, "items")
        if not is_labelled or hasattr(values, "columns"):
            return cls(
                read_panel(values).values, not hasattr(values, "columns") and np.ndim(values) == 1
            )
        series = AnnualSeries.of(values).known().after_breaks()
        if not series:
            raise ValueError(f"series {series.name} holds no value: there is nothing to test.")
        years = np.arange(series.years[0], series.years[-1] + 1)
        table = np.full((1, len(years)), np.nan)
        table[0, np.array(series.years) - years[0]] = series.values
        return cls(table, True, years)

    def ask(self, method: str | Callable[..., Any], history: Floats, horizon: int) -> Any:
        """Return what the method says to the history."""
        if self.years is None:
            if isinstance(method, str):
                return forecast_panel(history, horizon, method=method)
            return method(history[0] if self.is_one else history, horizon)
        series = AnnualSeries("series", tuple(self.years[: history.shape[1]]), tuple(history[0]))
        if isinstance(method, str):
            part = dense_part(series)
            return group_forecast(bridged(part).array[None], horizon, method, known=len(part))
        return method(series.known().to_pandas(), horizon)


def _answer(
    answer: Any, shape: tuple[int, ...], levels: tuple[float, ...]
) -> tuple[Floats, dict[float, Floats]]:
    """Return the points of an answer and, where it has a distribution, its quantiles."""

    def checked(numbers: Any, name: str) -> Floats:
        found = np.atleast_2d(np.asarray(numbers, dtype=np.float64))
        if found.shape != shape:
            raise ValueError(f"`method` must return {shape} {name}, got {found.shape}.")
        if not np.isfinite(found).all():
            bad = np.argwhere(~np.isfinite(found))[0]
            raise ValueError(
                f"`method` must return finite {name}, got {found[tuple(bad)]} for series {bad[0]}, "
                f"{bad[1] + 1} years ahead."
            )
        return found

    point = checked(getattr(answer, "point", answer), "points")
    if not hasattr(answer, "quantile"):
        return point, {}
    quantiles = {p: checked(answer.quantile(p), "quantiles") for p in scored_levels(levels)}
    return point, quantiles


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
