"""Exponential smoothing of many short series at once, as matrix products.

Additive smoothing is linear in the data and in its first state. So every point of a parameter
grid is one fixed matrix, and the errors of all series at all points of the grid are one product.
The best point of a grid is the first with the least sum of squared errors, in the order written
here; sums that differ by rounding only count as equal. The matrices are kept apart by alpha: so
the products stay too small for several threads, which would only wait for one another.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "ALPHAS", "BETAS", "PHI", "THETAS", "damped_holt", "dynamic_theta", "row_median", "theta",
]  # fmt: skip

Floats = NDArray[np.float64]

ALPHAS = np.array([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99])
"""Weight of the latest value in the level."""
BETAS = np.array([0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8])
"""Weight of the latest change in the trend, times alpha."""
THETAS = np.array([1.0, 1.25, 1.5, 2.0, 3.0, 5.0, 10.0, 50.0])
"""How much of the trend is carried on: none at 1, nearly all at 50."""
PHI = 0.9
"""What is left of the trend after a year."""
_CELLS = 60_000


def dynamic_theta(values: Floats, horizon: int) -> Floats:
    """Return the forecasts of the dynamic optimised theta method.

    Parameters
    ----------
    values : array of shape [series, years]
        At least three years, no gaps. [any unit]
    horizon : int
        Years ahead. [years]

    Returns
    -------
    array of shape [series, horizon]
        [unit of `values`]

    Notes
    -----
    With the level ``l_t = a q_t + (1 - a) l_{t-1}``, ``l_1 = q_1``, and (A_t, B_t) the
    least-squares intercept and slope of ``q_1 .. q_t`` on ``1 .. t`` [1]_, h steps ahead::

        l_n + (1 - 1/theta) [(1 - a)^n A_n + (h - 1 + (1 - (1 - a)^(n + 1)) / a) B_n]

    a from `ALPHAS` and theta from `THETAS` (innermost) with the least squared one-step errors over
    3 .. n.

    References
    ----------
    .. [1] Fiorucci et al. 2016, "Models for optimising the theta method and their relationship to
       state space models", International Journal of Forecasting 32(4).

    Examples
    --------
    >>> dynamic_theta(np.array([[5.0, 5.0, 5.0, 5.0]]), 2)
    array([[5., 5.]])
    """
    size = len(ALPHAS)
    errors, ends = _dynamic_theta_matrices(values.shape[1])
    weights = 1 - 1 / THETAS[:, None]

    def run(q: Floats) -> Floats:
        level, trend = errors @ q
        own, cross, slope = (
            np.einsum("ats,ats->as", x, y)[:, None]
            for x, y in ((level, level), (level, trend), (trend, trend))
        )
        best = _first_minimum(own - weights * (2 * cross - weights * slope), q)
        alpha, theta_ = np.divmod(best, len(THETAS))
        last, rise, step = _pick(ends @ q, alpha, size)
        rise = rise + np.arange(horizon)[:, None] * step
        point: Floats = last + weights[theta_, 0] * rise
        return point

    return _in_blocks(run, values, errors[..., 0].size)


def damped_holt(values: Floats, horizon: int, phi: float = PHI) -> Floats:
    """Return the forecasts of Holt's linear method with a damped trend.

    Parameters
    ----------
    values : array of shape [series, years]
        At least two years, no gaps. [any unit]
    horizon : int
        Years ahead. [years]
    phi : float
        What is left of the trend after a year. [fraction]

    Returns
    -------
    array of shape [series, horizon]
        [unit of `values`]

    Notes
    -----
    First states ``l = y_1``, ``b = (y_m - y_1) / (m - 1)`` with m = min(5, n). For t = 2 .. n,
    ``f = l + phi b; e = y - f; l = f + alpha e; b = phi b + alpha beta e`` [1]_; h steps ahead
    ``l_n + b_n (phi + ... + phi^h)``. alpha from `ALPHAS`, beta from `BETAS` (innermost) with the
    least sum of e squared.

    References
    ----------
    .. [1] Gardner and McKenzie 1985, "Forecasting trends in time series", Management Science 31.

    Examples
    --------
    >>> damped_holt(np.array([[5.0, 5.0, 5.0, 5.0]]), 2)
    array([[5., 5.]])
    """
    n, size = values.shape[1], len(ALPHAS) * len(BETAS)
    errors, ends = _holt_matrices(n, phi)
    damping = np.cumsum(phi ** np.arange(1.0, horizon + 1))[:, None]

    def run(y: Floats) -> Floats:
        best = _first_minimum(_squares(errors @ y, size), y)
        level, slope = _pick(ends @ y, best, size)
        return level + slope * damping

    return _in_blocks(run, values, errors[..., 0].size)


def theta(values: Floats, horizon: int) -> Floats:
    """Return the forecasts of the theta method: simple smoothing, carried on with half the trend.

    Parameters
    ----------
    values : array of shape [series, years]
        At least three years, no gaps. [any unit]
    horizon : int
        Years ahead. [years]

    Returns
    -------
    array of shape [series, horizon]
        [unit of `values`]

    Notes
    -----
    ``l_n + b/2 (h - 1 + (1 - (1 - a)^n) / a)`` [1]_: l_n the level of simple smoothing whose first
    state is fitted by least squares, a from `ALPHAS` with the least squared errors, b the
    least-squares slope of the whole history.

    References
    ----------
    .. [1] Hyndman and Billah 2003, "Unmasking the Theta method", International Journal of
       Forecasting 19(2).

    Examples
    --------
    >>> theta(np.array([[5.0, 5.0, 5.0, 5.0]]), 2).round(9)
    array([[5., 5.]])
    """
    n, size = values.shape[1], len(ALPHAS)
    errors, ends, trend = _simple_matrices(n)
    reached = (1 - (1 - ALPHAS) ** n) / ALPHAS

    def run(y: Floats) -> Floats:
        best = _first_minimum(_squares(errors @ y, size), y)
        (level,) = _pick(ends @ y, best, size)
        years = np.arange(horizon)[:, None] + reached[best]
        point: Floats = level + (trend @ y) / 2 * years
        return point

    return _in_blocks(run, values, errors[..., 0].size)


@lru_cache(maxsize=128)
def _dynamic_theta_matrices(n: int) -> tuple[Floats, Floats]:
    """Return the matrices of the dynamic theta errors and of its last states."""
    levels = _level_rows(n)
    intercepts, slopes = _trend_rows(n)
    times, keep = np.arange(1, n + 1), 1 - ALPHAS[:, None]
    carry = (1 - keep ** (times + 1)) / ALPHAS[:, None]
    trend = (keep**times)[..., None] * intercepts + carry[..., None] * slopes
    ahead = np.eye(n)[2:] - levels[:, 1:-1]
    last = np.broadcast_to(slopes[-1], (len(ALPHAS), n))
    ends = np.concatenate([levels[:, -1], trend[:, -1], last])
    return np.stack([ahead, trend[:, 1:-1]]), ends


@lru_cache(maxsize=128)
def _holt_matrices(n: int, phi: float) -> tuple[Floats, Floats]:
    """Return the matrices of the damped Holt errors and of its last states."""
    alpha, beta = (grid.reshape(-1, 1) for grid in np.meshgrid(ALPHAS, BETAS, indexing="ij"))
    unit, first = np.eye(n), min(5, n)
    level = np.broadcast_to(unit[0], (alpha.size, n))
    slope = np.broadcast_to((unit[first - 1] - unit[0]) / (first - 1), (alpha.size, n))
    errors = np.empty((alpha.size, n - 1, n))
    for t in range(1, n):
        ahead = level + phi * slope
        error = errors[:, t - 1] = unit[t] - ahead
        level = ahead + alpha * error
        slope = phi * slope + alpha * beta * error
    return errors.reshape(len(ALPHAS), -1, n), np.concatenate([level, slope])


@lru_cache(maxsize=128)
def _simple_matrices(n: int) -> tuple[Floats, Floats, Floats]:
    """Return the matrices of simple smoothing, its first state projected out, and the slope."""
    zero = np.zeros((len(ALPHAS), 1, n))
    levels = np.concatenate([zero, _level_rows(n, zero=True)], axis=1)
    fade = (1 - ALPHAS)[:, None] ** np.arange(n + 1)
    raw = np.eye(n) - levels[:, :-1]
    weight = fade[:, :-1] / (fade[:, :-1] ** 2).sum(axis=1, keepdims=True)
    start = np.einsum("at,atn->an", weight, raw)
    errors = raw - fade[:, :-1, None] * start[:, None]
    return errors, levels[:, -1] + fade[:, -1:] * start, _trend_rows(n)[1][-1]


def _level_rows(n: int, *, zero: bool = False) -> Floats:
    """Return the rows [alpha, t, year] that make the level after year t, from q_1 or from zero."""
    unit, alpha = np.eye(n), ALPHAS[:, None]
    rows = np.empty((len(ALPHAS), n, n))
    rows[:, 0] = alpha * unit[0] if zero else unit[0]
    for t in range(1, n):
        rows[:, t] = alpha * unit[t] + (1 - alpha) * rows[:, t - 1]
    return rows


def _trend_rows(n: int) -> tuple[Floats, Floats]:
    """Return the rows [t, year] of the intercept and the slope of years 1 .. t on 1 .. t."""
    intercepts, slopes = np.zeros((n, n)), np.zeros((n, n))
    intercepts[0, 0] = 1
    for t in range(2, n + 1):
        times = np.arange(1, t + 1) - (t + 1) / 2
        slopes[t - 1, :t] = times / (times @ times)
        intercepts[t - 1, :t] = 1 / t - (t + 1) / 2 * slopes[t - 1, :t]
    return intercepts, slopes


def row_median(values: Floats) -> Floats:
    """Return the median of each row, as a column; faster than numpy's for short rows."""
    ranked, n = np.sort(values, axis=1), values.shape[1]
    middle: Floats = (ranked[:, (n - 1) // 2, None] + ranked[:, n // 2, None]) / 2
    return middle


def _squares(errors: Floats, size: int) -> Floats:
    """Return the sum of squared errors [grid, series]; the errors are overwritten."""
    errors *= errors
    squares: Floats = errors.reshape(size, -1, errors.shape[-1]).sum(axis=1)
    return squares


def _first_minimum(loss: Floats, values: Floats) -> NDArray[np.intp]:
    """Return where each series' loss is least: the first place that is so but for rounding."""
    loss = loss.reshape(-1, loss.shape[-1])
    rounding = 1e-12 * np.einsum("ts,ts->s", values, values)
    best: NDArray[np.intp] = np.argmax(loss <= loss.min(axis=0) + rounding, axis=0)
    return best


def _pick(states: Floats, best: NDArray[np.intp], size: int) -> list[Floats]:
    """Return each kind of state at each series' best point of the grid."""
    series = np.arange(states.shape[1])
    return [states[start + best, series] for start in range(0, len(states), size)]


def _in_blocks(run: Callable[[Floats], Floats], values: Floats, rows: int) -> Floats:
    """Return `run` of the values [years, series], in blocks that stay in the cache."""
    block = max(_CELLS // rows, 16)
    turned = np.ascontiguousarray(values.T)
    parts = [run(turned[:, i : i + block]) for i in range(0, len(values), block)]
    return np.concatenate(parts, axis=1).T
