"""Exponential smoothing and ARIMA with the model chosen automatically, for one series at a time.

Smoothing is fitted here: for given constants the errors are linear in the first states, so these
are solved for exactly, and the constants are searched on a grid that closes in on its best point.
ARIMA goes through statsmodels.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.checks import check_choice

__all__ = ["CLASSICAL", "classical_points", "smoothing_fit"]

Floats = NDArray[np.float64]

CLASSICAL = {"ets": 6, "arima": 6}
"""The methods, with the years of history that each needs."""
_ETS = {"ANN": (False, False), "AAN": (True, False), "AAdN": (True, True)}
_ARIMA = [((p, 1, q), trend) for p, q in ((0, 0), (1, 0), (0, 1)) for trend in ("n", "t")]
_FINE, _ROUNDS = 11, 7
Fit = tuple[float, Floats, str]


def classical_points(y: Floats, horizon: int, method: str) -> tuple[Floats, str]:
    """Return the point forecasts and the name of the model chosen.

    Parameters
    ----------
    y : array, one value per year
        At least six years, no gaps. [any unit]
    horizon : int
        Years ahead. [years]
    method : {"ets", "arima"}

    Returns
    -------
    points : array of shape [horizon]
        [unit of `y`]
    name : str
        Such as "ETS(AAdN)" or "ARIMA(0,1,1) + drift".

    Raises
    ------
    ValueError
        If `method` is unknown.

    Notes
    -----
    The least corrected Akaike criterion decides: among no trend, trend and damped trend with
    additive errors [1]_, as far as the series is long enough for them, or among ARIMA(0,1,0),
    (1,1,0) and (0,1,1) with and without drift. A constant series, and one on which no model
    converges, is carried on unchanged ("constant").

    References
    ----------
    .. [1] Hyndman and Athanasopoulos 2021, "Forecasting: principles and practice", 3rd edition,
       section 8.6.

    Examples
    --------
    >>> classical_points(np.array([100.0, 105.0, 110.0, 115.0, 120.0, 125.0]), 2, "ets")
    (array([125., 125.]), 'ETS(ANN)')
    """
    check_choice("method", method, list(CLASSICAL))
    if np.ptp(y) == 0:
        return np.full(horizon, y[-1]), "constant"
    scale = float(np.abs(y).mean())
    candidates: Callable[[Floats, int], list[Fit]] = _ets if method == "ets" else _arima
    found = candidates(y / scale, horizon) or [(0.0, np.full(horizon, y[-1] / scale), "constant")]
    _, points, name = min(found, key=lambda fit: fit[0])
    return points * scale, name


def _ets(y: Floats, horizon: int) -> list[Fit]:
    """Return criterion, points and name of each smoothing model the series is long enough for."""
    found, n = [], len(y)
    for name, (trend, damped) in _ETS.items():
        constants = 2 + 2 * trend + damped
        if n > constants + 2:
            squares, points, _ = smoothing_fit(y, horizon, trend=trend, damped=damped)
            spent = constants + 1
            fit = n * np.log(max(squares, 1e-24 * n) / n)
            criterion = fit + 2 * spent + 2 * spent * (spent + 1) / (n - spent - 1)
            found.append((float(criterion), points, f"ETS({name})"))
    return found


def smoothing_fit(
    y: Floats, horizon: int, *, trend: bool, damped: bool
) -> tuple[float, Floats, Floats]:
    """Return the least squared error, the points ahead, and the constants alpha, beta, phi.

    Notes
    -----
    ``f = l + phi b; e = y - f; l = f + alpha e; b = phi b + beta e`` with 0 <= beta <= alpha <= 1
    and 0.8 <= phi <= 0.98 [1]_, searched as beta / alpha; without trend b = 0, undamped phi = 1.

    References
    ----------
    .. [1] Hyndman et al. 2008, "Forecasting with exponential smoothing", Springer, chapter 2.

    Examples
    --------
    >>> y = np.array([100.0, 105.0, 110.0, 115.0, 120.0, 125.0])
    >>> squares, points, _ = smoothing_fit(y, 1, trend=False, damped=False)
    >>> round(squares, 6), points.round(6)
    (125.0, array([125.]))
    """
    low = np.array([0.0, 0.0, 0.8])
    high = np.array([1.0, 1.0 if trend else 0.0, 0.98])
    if not damped:
        low[2] = high[2] = 1.0
    best: tuple[float, Floats, Floats] = (np.inf, y, low)
    ends = low, high
    for _ in range(_ROUNDS):
        axes = [
            np.linspace(a, b, _FINE) if b > a else np.array([a]) for a, b in zip(*ends, strict=True)
        ]
        grid = np.stack([axis.ravel() for axis in np.meshgrid(*axes, indexing="ij")])
        squares, points = _smoothed(y, horizon, grid, trend)
        i = int(np.argmin(squares))
        if squares[i] < best[0]:
            best = float(squares[i]), points[i], grid[:, i]
        reach = 2 * (ends[1] - ends[0]) / (_FINE - 1)
        ends = np.maximum(low, best[2] - reach), np.minimum(high, best[2] + reach)
    return best


def _smoothed(y: Floats, horizon: int, grid: Floats, trend: bool) -> tuple[Floats, Floats]:
    """Return squared error and points for each column of constants, the first states solved for.

    Level, slope and error are linear in (1, first level, first slope): they are carried as such.
    """
    alpha, share, phi = (row[:, None] for row in grid)
    states = np.eye(3)
    level = np.repeat(states[1][None], len(alpha), axis=0)
    slope = np.repeat(states[2][None] * trend, len(alpha), axis=0)
    errors = np.empty((len(alpha), len(y), 3))
    for t, value in enumerate(y):
        ahead = level + phi * slope
        error = errors[:, t] = value * states[0] - ahead
        level, slope = ahead + alpha * error, phi * slope + alpha * share * error
    free = errors[..., 1 : 2 + trend]
    start = -np.linalg.pinv(free) @ errors[..., :1]
    first = np.concatenate([np.ones((len(alpha), 1)), start[..., 0]], axis=1)
    squares = (np.einsum("gtk,gk->gt", errors[..., : 2 + trend], first) ** 2).sum(axis=1)
    ends = [np.einsum("gk,gk->g", x[:, : 2 + trend], first)[:, None] for x in (level, slope)]
    return squares, ends[0] + ends[1] * np.cumsum(phi ** np.arange(1, horizon + 1), axis=1)


def _arima(y: Floats, horizon: int) -> list[Fit]:
    """Return criterion, points and name of each ARIMA model that converges."""
    from statsmodels.tsa.arima.model import ARIMA

    found = []
    for order, trend in _ARIMA:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                result = ARIMA(y, order=order, trend=trend).fit()
                points = np.asarray(result.forecast(horizon), dtype=np.float64)
            except (np.linalg.LinAlgError, ValueError):
                continue
        drift = " + drift" if trend == "t" else ""
        if np.isfinite(points).all():
            name = f"ARIMA({','.join(map(str, order))}){drift}"
            found.append((float(result.aicc), points, name))
    return found
