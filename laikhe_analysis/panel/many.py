"""Forecasts of many short annual series at once, each with its predictive distribution.

Series are grouped by length; each group is forecast as a whole, by the functions of `methods`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from laikhe_analysis.checks import check_choice, check_kind
from laikhe_analysis.panel.methods import METHODS, chosen_method, group_forecast
from laikhe_analysis.panel.predictive import Predictive

__all__ = ["PanelForecast", "check_horizon", "check_levels", "forecast_panel"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class PanelForecast:
    """Forecasts of a panel: `point`, and `lower` and `upper` by level. [series, horizon]

    `methods` holds the method used for each series; `distribution` every quantile.
    """

    distribution: Predictive
    levels: tuple[float, ...]
    methods: NDArray[Any]

    @property
    def point(self) -> Floats:
        """Point forecasts. [unit of the series]"""
        return self.distribution.point

    @property
    def lower(self) -> dict[float, Floats]:
        """Lower end of the central band, by level in per cent. [unit of the series]"""
        return {level: self.quantile(0.5 - level / 200) for level in self.levels}

    @property
    def upper(self) -> dict[float, Floats]:
        """Upper end of the central band, by level in per cent. [unit of the series]"""
        return {level: self.quantile(0.5 + level / 200) for level in self.levels}

    def quantile(self, level: float) -> Floats:
        """Return the values that stay unsurpassed with probability `level`, a fraction."""
        return self.distribution.quantile(level)


def forecast_panel(
    values: ArrayLike,
    horizon: int,
    *,
    method: str = "auto",
    levels: tuple[float, ...] = (80, 95),
    reference_rate: float | None = None,
) -> PanelForecast:
    """Return the forecasts of many series at once.

    Parameters
    ----------
    values : array of shape [series, years]
        Series that end in the same column; NaN before the first year of a series. [any unit]
    horizon : int
        Years ahead. [years]
    method : str
        One of `METHODS`; a series too short for it is carried on unchanged ("naive").
    levels : tuple of float
        Central bands wanted. [per cent]
    reference_rate : float, optional
        Growth elsewhere, for "shrunk_growth" and series below five years. [fraction per year]

    Returns
    -------
    PanelForecast
        The same numbers as `forecast` gives series by series.

    Raises
    ------
    ValueError
        If a series is empty, infinite or has a gap, or an argument is out of range.
    TypeError
        If `horizon` is no whole number.

    Notes
    -----
    Series are grouped by length, and by whether all values are positive: those with a zero or a
    negative value are forecast by absolute changes, see `group_forecast`.

    Examples
    --------
    >>> values = [[100, 108, 115, 121, 130, 136, 147, 155]]
    >>> forecast_panel(values, 3, method="combination").point.round(2)
    array([[162.28, 169.45, 176.51]])
    """
    table = np.atleast_2d(np.asarray(values, dtype=np.float64))
    check_choice("method", method, list(METHODS))
    check_horizon(horizon)
    check_levels(levels)
    lengths = _lengths(table)
    groups = [np.flatnonzero(lengths == n) for n in np.unique(lengths)]
    used = np.empty(len(table), dtype=object)
    parts = []
    for rows in groups:
        n = int(lengths[rows[0]])
        block = table[:, table.shape[1] - n :] if len(groups) == 1 else table[rows, -n:]
        parts.append(group_forecast(block, horizon, method, reference_rate))
        used[rows] = chosen_method(method, n)
    return PanelForecast(_joined(parts, groups), tuple(levels), used)


def _joined(parts: list[Predictive], groups: list[NDArray[np.intp]]) -> Predictive:
    """Return the groups' distributions as one, the series in their first order."""
    if len(parts) == 1:
        return parts[0]
    order = np.argsort(np.concatenate(groups))
    fields = ("point", "spread", "kind", "floor", "cap")
    stacked = {name: np.concatenate([getattr(part, name) for part in parts]) for name in fields}
    return Predictive(**{name: values[order] for name, values in stacked.items()})


def _lengths(table: Floats) -> NDArray[np.intp]:
    """Return the years of each series; raise where one has a gap or no value."""
    known = np.isfinite(table)
    lengths: NDArray[np.intp] = known.sum(axis=1)
    bad = lengths == 0
    if lengths.size == 0 or not known.all():
        before = np.arange(table.shape[1]) < (table.shape[1] - lengths)[:, None]
        bad |= (known == before).any(axis=1) | np.isinf(table).any(axis=1)
    if table.ndim != 2 or table.size == 0 or bad.any():
        shown = ", ".join(map(str, np.flatnonzero(bad)[:5])) or "none"
        raise ValueError(
            "`values` must be a table [series, years] of numbers without a gap after a series' "
            f"first year, got an empty or broken series at row {shown}. `forecast` bridges gaps."
        )
    return lengths


def check_horizon(horizon: int) -> int:
    """Return the horizon if it is a positive whole number.

    Raises
    ------
    TypeError
        If it is no whole number.
    ValueError
        If it is below 1.
    """
    if isinstance(horizon, bool) or not isinstance(horizon, int | np.integer):
        raise TypeError(f"`horizon` must be a whole number of years, got {horizon!r}.")
    if horizon < 1:
        raise ValueError(f"`horizon` must be at least 1 year, got {horizon}.")
    return int(horizon)


def check_levels(levels: tuple[float, ...]) -> None:
    """Raise unless every level is a per cent between 0 and 100.

    Raises
    ------
    TypeError
        If `levels` is a single number or holds anything but numbers.
    ValueError
        If a level is out of range.
    """
    wanted = "a tuple of per cents, such as (80, 95)"
    check_kind("levels", levels, (tuple, list, np.ndarray), wanted)
    for level in levels:
        check_kind("levels", level, (int, float, np.integer, np.floating), wanted)
        if not 0 < level < 100:
            raise ValueError(f"`levels` must be per cents between 0 and 100, got {level}.")
