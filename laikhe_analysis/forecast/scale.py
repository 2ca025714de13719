"""The scale on which a series is forecast: its own, or one that knows its bounds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from laikhe_analysis.series import AnnualSeries

__all__ = ["Scale", "bounds_of", "scale_of"]

Floats = NDArray[np.float64]
_NEAR = 0.1


@dataclass(frozen=True)
class Scale:
    """How values become what is forecast, and back.

    Parameters
    ----------
    low, high : float
        Bounds; infinite `high` where there is none. [unit of the series]
    from_above : bool
        Whether what is missing to `high` is forecast, not what exceeds `low`.
    odds : bool
        Whether that distance is taken over the distance to the other bound.
    """

    low: float = 0.0
    high: float = np.inf
    from_above: bool = False
    odds: bool = False

    @property
    def cap(self) -> float:
        """The largest value on the scale."""
        return np.inf if self.odds else self.high - self.low

    def to(self, values: ArrayLike) -> Floats:
        """Return values of the series on the scale."""
        y = np.asarray(values, dtype=np.float64)
        distance = self.high - y if self.from_above else y - self.low
        if not self.odds:
            return np.asarray(distance)
        inside = np.clip(distance, 0, self.high - self.low)
        with np.errstate(divide="ignore"):
            return np.asarray(inside / (self.high - self.low - inside))

    def back(self, scaled: Floats) -> Floats:
        """Return values on the scale as values of the series."""
        distance = (self.high - self.low) * scaled / (1 + scaled) if self.odds else scaled
        return np.asarray(self.high - distance if self.from_above else self.low + distance)


def bounds_of(
    series: AnnualSeries, bounds: tuple[float, float] | None
) -> tuple[float, float] | None:
    """Return the bounds given, or those of a share that never left them.

    Raises
    ------
    ValueError
        If the bounds do not hold the values.

    Examples
    --------
    >>> bounds_of(AnnualSeries("clean_water", (2024, 2025), (96.0, 97.5), unit="%"), None)
    (0.0, 100.0)
    """
    values = series.array
    whole = {"%": 100.0, "fraction": 1.0}.get(series.unit)
    if bounds is None:
        inside = whole is not None and values.min() >= 0 and values.max() <= whole
        return (0.0, whole) if inside and whole is not None else None
    low, high = map(float, bounds)
    if not low < high or (values < low).any() or (values > high).any():
        raise ValueError(
            f"series {series.name}: `bounds` must be a lower and a higher number with all values "
            f"between them, got {bounds} for values from {values.min():g} to {values.max():g}."
        )
    return low, high


def scale_of(values: Floats, bounds: tuple[float, float] | None, method: str) -> Scale:
    """Return the scale for values within bounds.

    Notes
    -----
    Every scale that takes part has its zero on a bound. By the methods of "auto" and by
    "combination" the distance to the nearer bound is forecast, so that a share nears its bound
    and may reach it; by the methods of "auto", where the last value is a tenth of the range or more
    away from both bounds, the odds: distance over distance to the other bound. Growth of a share
    means its distance to the lower bound, as by all other methods.
    """
    if bounds is None:
        return Scale()
    low, high = bounds
    place = (values[-1] - low) / (high - low)
    turned = method in ("corrected", "adaptive", "short", "combination") and place > 0.5
    inside = bool((values > low).all() and (values < high).all())
    odds = method in ("corrected", "adaptive", "short") and inside and _NEAR <= place <= 1 - _NEAR
    return Scale(low, high, turned, odds)
