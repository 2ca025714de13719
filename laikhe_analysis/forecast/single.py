"""The forecast of one annual series: numbers, doubt, and what they rest on.

The official target never enters a forecast: it is the hypothesis that the forecast tests, with
`reach_probability`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.checks import check_choice
from laikhe_analysis.forecast.classical import CLASSICAL, classical_points
from laikhe_analysis.forecast.history import usable_history
from laikhe_analysis.forecast.notes import notes_on
from laikhe_analysis.forecast.scale import Scale, bounds_of, scale_of
from laikhe_analysis.messages import Text, _
from laikhe_analysis.panel.many import check_horizon, check_levels, check_reference
from laikhe_analysis.panel.methods import METHODS as PANEL_METHODS
from laikhe_analysis.panel.methods import chosen_method, group_forecast
from laikhe_analysis.panel.predictive import Predictive
from laikhe_analysis.panel.short_series import MONEY_GROWTH
from laikhe_analysis.series import AnnualSeries, weakest_origin
from laikhe_analysis.vietnamese import format_number, label, unit_label

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["METHODS", "Forecast", "forecast"]

METHODS = (*PANEL_METHODS, *CLASSICAL)
"""The methods by name."""


@dataclass(frozen=True)
class Forecast:
    """The forecast of one series: `point`, `quantile`, `table`, and what it rests on.

    Parameters
    ----------
    name, unit, price_basis : str
        As of the series.
    method : str
        The method used; `requested` is what was asked for, `model` what statsmodels chose.
    history : AnnualSeries
        The part of the series that was used, gaps bridged.
    known : int
        Years really observed in it. [years]
    years : tuple of int
        Years forecast. [year]
    distribution : Predictive
        One row on the `scale`.
    scale : Scale
        On which it was forecast.
    levels : tuple of float
        Central bands of the table. [per cent]
    breaks_cut : tuple of int
        First years of new regimes before which history was left out. [year]
    reference_rate : float or None
        Growth elsewhere, where it was used. [fraction per year]
    origin : str
        Weakest origin of what the forecast rests on.
    notes : tuple of Text
        What a reader has to know: gaps, zeros, breaks, too few years, a long horizon.
    """

    name: str
    unit: str
    price_basis: str
    method: str
    requested: str
    model: str
    history: AnnualSeries
    known: int
    years: tuple[int, ...]
    distribution: Predictive
    scale: Scale
    levels: tuple[float, ...]
    breaks_cut: tuple[int, ...]
    reference_rate: float | None
    origin: str
    notes: tuple[Text, ...]

    @property
    def point(self) -> NDArray[np.float64]:
        """Point forecast by year: the median. [`unit`]"""
        return self.scale.back(self.distribution.point[0])

    def quantile(self, level: float) -> NDArray[np.float64]:
        """Return, by year, the value that stays unsurpassed with probability `level`, a fraction.

        Raises
        ------
        ValueError
            If `level` is not between 0 and 1.
        """
        turned = 1 - level if self.scale.from_above else level
        return self.scale.back(self.distribution.quantile(turned)[0])

    def probability_above(self, value: float, *, strict: bool = False) -> NDArray[np.float64]:
        """Return, by year, the probability of `value` or more (`strict`: of more than `value`).

        NaN below five years of history: `reach_probability` says why.
        """
        goal = self.scale.to(value)
        if not self.scale.from_above:
            return np.asarray(self.distribution.probability_above(goal, strict=strict)[0])
        return np.asarray(1 - self.distribution.probability_above(goal, strict=not strict)[0])

    @property
    def table(self) -> pd.DataFrame:
        """Columns year, point, lo_80, hi_80, ... by year. [`unit`]"""
        import pandas as pd

        columns: dict[str, Any] = {"year": list(self.years), "point": self.point}
        for level in self.levels:
            columns[f"lo_{level:g}"] = self.quantile(0.5 - level / 200)
            columns[f"hi_{level:g}"] = self.quantile(0.5 + level / 200)
        return pd.DataFrame(columns)

    def explain(self, lang: str = "vi") -> str:
        """Return one sentence that says what was done and what came out.

        Examples
        --------
        >>> figures = {2019: 100, 2020: 108, 2021: 115, 2022: 121, 2023: 130, 2024: 136}
        >>> print(forecast(figures, 1, method="naive").explain("en"))
        Last value carried on, on the 6 yearly figures of 2019-2024: 136.0 index in 2025,
        80 % band 126.5 to 145.9.
        """
        first, last = self.history.years[0], self.history.years[-1]
        low, high, point = (
            _show(value, lang)
            for value in (self.quantile(0.1)[-1], self.quantile(0.9)[-1], self.point[-1])
        )
        method, unit = label(self.method, lang), unit_label(self.unit, lang)
        method = method[0].upper() + method[1:] + (f" {self.model}" if self.model else "")
        span = f"{first}-{last}" if first < last else str(last)
        return _(
            "{method}, tính từ {known} số liệu năm ({span}): năm {year} dự báo {point} {unit}, "
            "khoảng dự báo 80% từ {low} đến {high}.",
            method=method,
            known=self.known,
            span=span,
            year=self.years[-1],
            point=point,
            unit=unit,
            low=low,
            high=high,
        ).pick(lang)


def forecast(
    series: AnnualSeries | Mapping[int, float] | pd.Series[Any],
    horizon: int,
    *,
    method: str = "auto",
    reference_rate: float | None = None,
    levels: tuple[float, ...] = (80, 95),
    bounds: tuple[float, float] | None = None,
    reference_origin: str = "assumption",
) -> Forecast:
    """Return the forecast of one annual series.

    Parameters
    ----------
    series : AnnualSeries, mapping or pandas Series
        Values by year; missing years absent or NaN. [any unit]
    horizon : int
        Years ahead, 100 at most: the number of years, not the last year. [years]
    method : str
        One of `METHODS`. "auto": below five years "short", growth drawn to what is usual, with a
        band of the errors of other short series and no probability; "adaptive" at five years and
        for series with a zero or a negative value; else "corrected".
    reference_rate : float, optional
        Growth elsewhere, e.g. of the province: below five years "auto" takes it for the usual
        growth, a quarter enters "shrunk_growth". The other methods do not use it.
        [fraction per year]
    levels : tuple of float
        Central bands of the table. [per cent]
    bounds : (float, float), optional
        What the values cannot pass, such as (0, 1) or (0, 100) for a share; those of a series in %
        or fractions that never left them are taken as given. [unit of the series]
    reference_origin : str
        What `reference_rate` rests on; one of `laikhe_analysis.series.ORIGINS`.

    Returns
    -------
    Forecast

    Raises
    ------
    ValueError
        If the series holds no value, a value is outside `bounds`, or an argument is out of range.
    TypeError
        If `horizon` is no whole number, `levels` no tuple of numbers, or the series does not say
        of which years its values are.

    Notes
    -----
    A series that was never negative is never forecast below zero; a share nears its bounds
    without passing them, see `scale_of`. Below five years money at current prices is drawn to
    `MONEY_GROWTH`, a share to none, any other series to `USUAL_GROWTH`: what such series usually
    have, about 6 and 3 % a year; a reference rate is better than all of these. All methods but
    those of "auto" share one formula for the band, see `group_forecast`: textbook intervals of five
    to ten years hold half of what they claim.

    References
    ----------
    .. [1] Makridakis and Hibon 2000, "The M3-Competition", International Journal of Forecasting
       16(4): the yearly series on which the constants were chosen.

    Examples
    --------
    >>> figures = {2019: 100, 2020: 108, 2021: 115, 2022: 121, 2023: 130, 2024: 136}
    >>> f = forecast(figures, 2, method="drift")
    >>> f.table[["year", "point"]].to_numpy().tolist()
    [[2025.0, 143.2], [2026.0, 150.4]]
    """
    check_choice("method", method, list(METHODS))
    ahead = check_horizon(horizon)
    check_levels(levels)
    weakest_origin(reference_origin)
    check_reference(reference_rate)
    given = AnnualSeries.of(series)
    history = usable_history(given)
    limits = bounds_of(history.series, bounds)
    used = _used(method, history.known)
    rate = reference_rate if used in ("shrunk_growth", "short") else None
    scale = scale_of(history.series.array, limits, used if rate is None else "shrunk_growth")
    y = scale.to(history.series.array)
    if used not in CLASSICAL:
        used = chosen_method(used, history.known, positive=bool((y > 0).all()))
        rate = rate if used in ("shrunk_growth", "short") else None
    usual = _usual_growth(given, limits) if used == "short" and rate is None else rate
    row, model = _row(y, ahead, used, usual, history.known, scale.cap)
    origins = history.series.origin, "derived", *((reference_origin,) if rate is not None else ())
    start = history.series.years[-1] + 1
    result = Forecast(
        given.name, given.unit, given.price_basis, used, method, model, history.series,
        history.known, tuple(range(start, start + ahead)), row, scale, tuple(levels),
        history.breaks_cut, rate, weakest_origin(*origins), history.notes,
    )  # fmt: skip
    return replace(result, notes=(*history.notes, *notes_on(result, bounds, limits)))


def _used(method: str, known: int) -> str:
    """Return the method that the length allows."""
    if method in CLASSICAL:
        return method if known >= CLASSICAL[method] else "naive"
    return chosen_method(method, known)


def _usual_growth(series: AnnualSeries, bounds: tuple[float, float] | None) -> float | None:
    """Return the growth to which fewer than five years are drawn; None for that of any series."""
    if bounds is not None:
        return 0.0
    return MONEY_GROWTH if series.price_basis == "current" else None


def _row(
    y: NDArray[np.float64], horizon: int, method: str, rate: float | None, known: int, cap: float
) -> tuple[Predictive, str]:
    """Return the distribution of one series, and the name of the model that was chosen."""
    if method not in CLASSICAL:
        return group_forecast(y[None], horizon, method, rate, known=known, cap=cap), ""
    row = group_forecast(y[None], horizon, "drift", known=known, cap=cap)
    points, model = classical_points(y, horizon, method)
    if row.kind[0] == "root":
        points = np.clip(points, 0.1 * y[-1], 10 * y[-1])
    return replace(row, point=np.clip(points, row.floor[0], cap)[None]), model


def _show(value: float, lang: str) -> str:
    """Return a number with about four digits."""
    size = abs(value)
    return format_number(value, 0 if size >= 1000 else 1 if size >= 10 else 2, lang)
