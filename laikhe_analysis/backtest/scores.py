"""Scores of forecasts whose outcome is known: points, bands and whole distributions."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

__all__ = ["CRPS_LEVELS", "score_cases", "scored_levels"]

Floats = NDArray[np.float64]
CRPS_LEVELS = tuple(float(level) for level in np.arange(0.05, 1, 0.1).round(2))
"""Quantiles that stand for a whole distribution in the CRPS: the middles of ten equal pieces."""


def scored_levels(levels: tuple[float, ...]) -> list[float]:
    """Return the quantile levels that `score_cases` needs for central bands of `levels` per cent.

    Examples
    --------
    >>> scored_levels((80,))[:3]
    [0.1, 0.9, 0.05]
    """
    ends = (round(0.5 + side * level / 200, 6) for level in levels for side in (-1, 1))
    return list(dict.fromkeys((*ends, *CRPS_LEVELS)))


def score_cases(
    history: Floats,
    actual: Floats,
    point: Floats,
    quantiles: Mapping[float, Floats] | None = None,
    *,
    levels: tuple[float, ...] = (80, 95),
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
    levels : tuple of float
        Central bands to score. [per cent]

    Returns
    -------
    dict of arrays of shape [case]
        smape [per cent, 0 to 200]; mase, rmsse [ratio]; with quantiles, coverage_L [fraction] and
        msis_L [ratio] for each level L, and crps [ratio]. NaN where the history is constant and so
        has no scale.

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
    for level in levels if quantiles else ():
        low = round(0.5 - level / 200, 6)
        lower, upper = quantiles[low], quantiles[round(1 - low, 6)]
        below, above = np.maximum(lower - actual, 0), np.maximum(actual - upper, 0)
        scores[f"coverage_{level:g}"] = ((below == 0) & (above == 0)).mean(axis=1)
        scores[f"msis_{level:g}"] = ((upper - lower) + (below + above) / low).mean(axis=1) / scale
    if quantiles:
        scores["crps"] = _pinball(actual, quantiles) / scale
    return scores


def _pinball(actual: Floats, quantiles: Mapping[float, Floats]) -> Floats:
    """Return twice the mean pinball loss of `CRPS_LEVELS`, by case."""
    total = np.zeros(len(actual))
    for level in CRPS_LEVELS:
        gap = actual - quantiles[level]
        total += np.maximum(level * gap, (level - 1) * gap).mean(axis=1)
    return 2 * total / len(CRPS_LEVELS)
