"""Exponential smoothing and ARIMA with the model chosen automatically, through statsmodels.

Slower than the methods of `methods` by a factor of a hundred or more: for one series at a time.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.checks import check_choice

__all__ = ["CLASSICAL", "classical_points"]

Floats = NDArray[np.float64]

CLASSICAL = {"ets": 6, "arima": 6}
"""The methods, with the years of history that each needs."""
_ETS = {"ANN": (None, False), "AAN": ("add", False), "AAdN": ("add", True)}
_ARIMA = [((p, 1, q), trend) for p, q in ((0, 0), (1, 0), (0, 1)) for trend in ("n", "t")]


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
    additive errors [1]_, or among ARIMA(0,1,0), (1,1,0) and (0,1,1) with and without drift. A
    constant series, and one on which no model converges, is carried on unchanged ("constant").

    References
    ----------
    .. [1] Hyndman and Athanasopoulos 2021, "Forecasting: principles and practice", 3rd edition,
       section 8.6.

    Examples
    --------
    >>> classical_points(np.array([5.0, 5.0, 5.0, 5.0, 5.0, 5.0]), 2, "ets")
    (array([5., 5.]), 'constant')
    """
    check_choice("method", method, list(CLASSICAL))
    best, chosen = (np.inf, np.full(horizon, y[-1])), "constant"
    if np.ptp(y) == 0:
        return best[1], chosen
    scale = float(np.abs(y).mean())
    for name, fit in _candidates(y / scale, method):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                result = fit()
                points = np.asarray(result.forecast(horizon), dtype=np.float64) * scale
            except (np.linalg.LinAlgError, ValueError):
                continue
        if np.isfinite(points).all() and result.aicc < best[0]:
            best, chosen = (float(result.aicc), points), name
    return best[1], chosen


def _candidates(y: Floats, method: str) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Yield the models that the series is long enough for, by name."""
    if method == "ets":
        from statsmodels.tsa.exponential_smoothing.ets import ETSModel

        for name, (trend, damped) in _ETS.items():
            if len(y) > 2 + 2 * (trend is not None) + damped + 2:
                model = ETSModel(y, error="add", trend=trend, damped_trend=damped)
                yield f"ETS({name})", partial(model.fit, disp=False)
        return
    from statsmodels.tsa.arima.model import ARIMA

    for order, trend in _ARIMA:
        drift = " + drift" if trend == "t" else ""
        model = ARIMA(y, order=order, trend=trend)
        yield f"ARIMA({','.join(map(str, order))}){drift}", model.fit
