"""Forecasts of many short annual series at once, each with its predictive distribution.

Series are grouped by length; each group is forecast as a whole, by the functions of `methods`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from laikhe_analysis.checks import check_choice, check_kind
from laikhe_analysis.panel.frames import Panel, read_panel
from laikhe_analysis.panel.methods import METHODS, chosen_method, group_forecast
from laikhe_analysis.panel.predictive import Predictive

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["PanelForecast", "check_horizon", "check_levels", "check_reference", "forecast_panel"]

Floats = NDArray[np.float64]
_LONGEST = 100


@dataclass(frozen=True)
class PanelForecast:
    """Forecasts of a panel: `point`, and `lower` and `upper` by level. [series, horizon]

    `methods` holds the method used for each series; `distribution` every quantile; `table` all of
    it as a long frame with the labels of what was given.
    """

    distribution: Predictive
    levels: tuple[float, ...]
    methods: NDArray[Any]
    panel: Panel

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

    @property
    def table(self) -> pd.DataFrame:
        """A row per series and year: the series' labels, year, point, lo_80, hi_80, ... [unit].

        Of an array, `series` is the row and `ahead` the years ahead.
        """
        frame = self.panel.ahead(self.point.shape[1]).assign(point=self.point.ravel())
        for level in self.levels:
            frame[f"lo_{level:g}"] = self.lower[level].ravel()
            frame[f"hi_{level:g}"] = self.upper[level].ravel()
        return frame

    def quantile(self, level: float) -> Floats:
        """Return the values that stay unsurpassed with probability `level`, a fraction."""
        return self.distribution.quantile(level)


def forecast_panel(
    values: ArrayLike | pd.DataFrame,
    horizon: int,
    *,
    method: str = "auto",
    levels: tuple[float, ...] = (80, 95),
    reference_rate: float | None = None,
) -> PanelForecast:
    """Return the forecasts of many series at once.

    Parameters
    ----------
    values : array of shape [series, years], or DataFrame
        Series that end in the same column, NaN or masked before the first year of a series; or a
        frame, see `read_panel`: a long one (id, year, value) or one with a column per year. In a
        frame with a row per year, series may end in different years. [any unit]
    horizon : int
        Years ahead, 100 at most. [years]
    method : str
        One of `METHODS`; a series too short for it is carried on unchanged ("naive").
    levels : tuple of float
        Central bands wanted. [per cent]
    reference_rate : float, optional
        Growth elsewhere, for "shrunk_growth" and series below five years. [fraction per year]

    Returns
    -------
    PanelForecast
        The same numbers as `forecast` gives series by series; only `forecast` knows units and
        price bases, and so the bounds of shares and what is usual for few figures of money.

    Raises
    ------
    ValueError
        If a series is empty, infinite or has a gap, an argument is out of range, or the columns of
        a frame cannot be told apart.
    TypeError
        If `horizon` is no whole number, or `values` is one labelled series.

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
    check_choice("method", method, list(METHODS))
    ahead = check_horizon(horizon)
    check_levels(levels)
    check_reference(reference_rate)
    panel = read_panel(values)
    table, lengths = panel.values, panel.lengths
    groups = [np.flatnonzero(lengths == n) for n in np.unique(lengths)]
    used = np.empty(len(table), dtype=object)
    parts = []
    for rows in groups:
        n = int(lengths[rows[0]])
        block = table[:, table.shape[1] - n :] if len(groups) == 1 else table[rows, -n:]
        parts.append(group_forecast(block, ahead, method, reference_rate))
        positive = (block > 0).all(axis=1)
        names = [chosen_method(method, n, positive=sign) for sign in (False, True)]
        used[rows] = np.where(positive, names[1], names[0])
    one = parts[0] if len(parts) == 1 else Predictive.joined(parts, _order(groups))
    return PanelForecast(one, tuple(levels), used, panel)


def _order(groups: list[NDArray[np.intp]]) -> NDArray[np.intp]:
    """Return the order that puts the rows of groups back into their places."""
    return np.argsort(np.concatenate(groups))


def check_horizon(horizon: int, *, name: str = "horizon") -> int:
    """Return the horizon if it is a whole number from 1 to 100.

    Raises
    ------
    TypeError
        If it is no whole number.
    ValueError
        If it is below 1 or above 100: then most likely a year is meant.
    """
    if isinstance(horizon, bool) or not isinstance(horizon, int | np.integer):
        raise TypeError(f"`{name}` must be a whole number of years, got {horizon!r}.")
    if horizon < 1:
        raise ValueError(f"`{name}` must be at least 1 year, got {horizon}.")
    if horizon > _LONGEST:
        raise ValueError(
            f"`{name}` must be at most {_LONGEST} years, got {horizon}: give the number of "
            "years, not the year."
        )
    return int(horizon)


def check_reference(reference_rate: float | None) -> None:
    """Raise unless the reference growth is a fraction above -1 and up to 1.

    Raises
    ------
    TypeError
        If it is no number.
    ValueError
        If it is out of range or NaN.
    """
    if reference_rate is None:
        return
    number = (int, float, np.integer, np.floating)
    check_kind("reference_rate", reference_rate, number, "a fraction a year, such as 0.12")
    if not -1 < reference_rate <= 1:
        raise ValueError(
            f"`reference_rate` must be a fraction above -1 and at most 1, got {reference_rate}: "
            "12 % is 0.12."
        )


def check_levels(levels: Sequence[float]) -> None:
    """Raise unless every level is a per cent from 1 to below 100: 0.8 is a slip for 80.

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
        if not 1 <= level < 100:
            hint = f" (for {100 * level:g} %, write {100 * level:g})" if 0 < level < 1 else ""
            raise ValueError(f"`levels` must be per cents from 1 to below 100, got {level}{hint}.")
