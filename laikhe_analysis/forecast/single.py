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

from laikhe_analysis.checks import Text, check_choice
from laikhe_analysis.forecast.classical import CLASSICAL, classical_points
from laikhe_analysis.forecast.history import TESTED_HORIZON, usable_history
from laikhe_analysis.forecast.remarks import remark
from laikhe_analysis.panel import check_horizon, check_levels
from laikhe_analysis.panel.methods import METHODS as PANEL_METHODS
from laikhe_analysis.panel.methods import MIN_YEARS, chosen_method, group_forecast
from laikhe_analysis.panel.predictive import Predictive
from laikhe_analysis.series import AnnualSeries, weakest_origin
from laikhe_analysis.vietnamese import format_number, format_percent, label, unit_label

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
        One row w; the value is ``scale[0] + scale[1] w``.
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
    scale: tuple[float, float]
    levels: tuple[float, ...]
    breaks_cut: tuple[int, ...]
    reference_rate: float | None
    origin: str
    notes: tuple[Text, ...]

    @property
    def point(self) -> NDArray[np.float64]:
        """Point forecast by year. [`unit`]"""
        return np.asarray(self.scale[0] + self.scale[1] * self.distribution.point[0])

    def quantile(self, level: float) -> NDArray[np.float64]:
        """Return, by year, the value that stays unsurpassed with probability `level`, a fraction.

        Raises
        ------
        ValueError
            If `level` is not between 0 and 1.
        """
        offset, factor = self.scale
        row = self.distribution.quantile(level if factor > 0 else 1 - level)[0]
        return np.asarray(offset + factor * row)

    def probability_above(self, value: float, *, strict: bool = False) -> NDArray[np.float64]:
        """Return, by year, the probability of `value` or more (`strict`: of more than `value`).

        NaN below five years of history: `reach_probability` says why.
        """
        offset, factor = self.scale
        goal = (value - offset) / factor
        if factor > 0:
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
        return Text(
            f"{method}, tính từ {self.known} số liệu năm ({span}): năm {self.years[-1]} dự báo "
            f"{point} {unit}, khoảng dự báo 80% từ {low} đến {high}.",
            f"{method}, on the {self.known} yearly figures of {span}: {point} {unit} in "
            f"{self.years[-1]}, 80 % band {low} to {high}.",
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
        Years ahead. [years]
    method : str
        One of `METHODS`. "auto": below five years the last value carried on, with a band of the
        errors of other short series and no probability; else "adaptive".
    reference_rate : float, optional
        Growth elsewhere, e.g. of the province: half of it moves "auto" below five years, a quarter
        enters "shrunk_growth". The other methods do not use it. [fraction per year]
    levels : tuple of float
        Central bands of the table. [per cent]
    bounds : (float, float), optional
        What the values cannot pass, such as (0, 1) or (0, 100) for a share. [unit of the series]
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
    A series that was never negative is never forecast below zero. A share above the middle of its
    `bounds` is forecast by "auto" as what is missing to the upper bound, so that it nears the
    bound without passing it. All methods but "adaptive" share one formula for the band, see
    `group_forecast`: textbook intervals of five to ten years hold half of what they claim.

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
    if reference_rate is not None and not -1 < reference_rate < 10:
        raise ValueError(f"`reference_rate` must be a fraction a year, got {reference_rate}.")
    given = AnnualSeries.of(series)
    history = usable_history(given)
    used = _used(method, history.known)
    scale, cap = _scale(history.series, bounds, used)
    y = (history.series.array - scale[0]) / scale[1]
    row, model = _row(y, ahead, used, reference_rate, history.known, cap)
    takes_rate = used == "shrunk_growth" or (used == "naive" and history.known < MIN_YEARS)
    rate = reference_rate if takes_rate else None
    origins = history.series.origin, "derived", *((reference_origin,) if rate is not None else ())
    start = history.series.years[-1] + 1
    result = Forecast(
        given.name, given.unit, given.price_basis, used, method, model, history.series,
        history.known, tuple(range(start, start + ahead)), row, scale, tuple(levels),
        history.breaks_cut, rate, weakest_origin(*origins), history.notes,
    )  # fmt: skip
    return replace(result, notes=(*history.notes, *_notes(result, bounds)))


def _used(method: str, known: int) -> str:
    """Return the method that the length allows."""
    if method in CLASSICAL:
        return method if known >= CLASSICAL[method] else "naive"
    return chosen_method(method, known)


def _scale(
    history: AnnualSeries, bounds: tuple[float, float] | None, method: str
) -> tuple[tuple[float, float], float]:
    """Return (offset, factor) of the scale on which the series is forecast, and its upper bound."""
    if bounds is None:
        return (0.0, 1.0), np.inf
    low, high = map(float, bounds)
    values = history.array
    if not low < high or (values < low).any() or (values > high).any():
        raise ValueError(
            f"series {history.name}: `bounds` must be a lower and a higher number with all values "
            f"between them, got {bounds} for values from {values.min():g} to {values.max():g}."
        )
    if method in ("adaptive", "combination") and values[-1] > (low + high) / 2:
        return (high, -1.0), high - low
    return (low, 1.0), high - low


def _row(
    y: NDArray[np.float64], horizon: int, method: str, rate: float | None, known: int, cap: float
) -> tuple[Predictive, str]:
    """Return the distribution of one series, and the name of the model that statsmodels chose."""
    if method not in CLASSICAL:
        return group_forecast(y[None], horizon, method, rate, known=known, cap=cap), ""
    row = group_forecast(y[None], horizon, "drift", known=known, cap=cap)
    points, model = classical_points(y, horizon, method)
    if row.kind[0] == "root":
        points = np.clip(points, 0.1 * y[-1], 10 * y[-1])
    return replace(row, point=np.clip(points, row.floor[0], cap)[None]), model


def _notes(result: Forecast, bounds: tuple[float, float] | None) -> list[Text]:
    """Return what a reader has to know of method, length, horizon and bounds."""
    asked, rate = result.requested, result.reference_rate or 0.0
    names = Text(label(asked), label(asked, "en"))
    rates = Text(format_percent(rate), format_percent(rate, lang="en"))
    low, high = bounds or (0.0, 0.0)
    row, last = result.distribution, result.history.values[-1]
    held = (result.point <= 0.1 * last) | (result.point >= 10 * last)
    said: list[tuple[bool, str, dict[str, object]]] = [
        (result.known < MIN_YEARS, "few_years", {"known": result.known, "needed": MIN_YEARS}),
        (result.method == "naive" and asked not in ("auto", "naive"), "too_short",
         {"method": names}),
        (result.reference_rate is not None, "reference", {"rate": rates}),
        (len(result.years) > TESTED_HORIZON, "far", {"years": TESTED_HORIZON}),
        (bounds is not None, "bounds", {"low": f"{low:g}", "high": f"{high:g}"}),
        (row.kind[0] in ("root", "class") and bounds is None and bool(held.any()), "held", {}),
    ]  # fmt: skip
    return [remark(name, **parts) for holds, name, parts in said if holds]


def _show(value: float, lang: str) -> str:
    """Return a number with about four digits."""
    size = abs(value)
    return format_number(value, 0 if size >= 1000 else 1 if size >= 10 else 2, lang)
