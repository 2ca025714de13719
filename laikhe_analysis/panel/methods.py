"""The forecasting methods, for many series of one length at once.

`combination` is the mean of three methods, drawn towards the last value; `adaptive` is the same
with weights that follow the noise of the history; `corrected` is `adaptive` with what its errors
on other series teach. `auto` is `short` below five years, `adaptive` at five, then `corrected`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.panel.correction import SMALLEST, corrected
from laikhe_analysis.panel.predictive import Predictive
from laikhe_analysis.panel.short_series import USUAL_GROWTH
from laikhe_analysis.panel.smoothing import damped_holt, dynamic_theta, row_median, theta

__all__ = ["METHODS", "MIN_YEARS", "chosen_method", "group_forecast"]

Floats = NDArray[np.float64]

METHODS = {
    "auto": 1,
    "corrected": 6,
    "adaptive": 3,
    "combination": 3,
    "theta": 3,
    "damped": 3,
    "naive": 1,
    "drift": 2,
    "mean_growth": 2,
    "shrunk_growth": 2,
    "short": 1,
}
"""The methods, with the years of history that each needs."""
MIN_YEARS = 5
"""Years from which a probability is given; below, a band of the errors of other short series."""
_USUAL_CHANGE = 0.07


def chosen_method(method: str, n: int, *, positive: bool = True) -> str:
    """Return the method that is used when `method` is asked for with n years: length decides.

    Examples
    --------
    >>> [chosen_method("auto", n) for n in (4, 5, 6)], chosen_method("theta", 2)
    (['short', 'adaptive', 'corrected'], 'naive')
    >>> chosen_method("auto", 9, positive=False)
    'adaptive'
    """
    if method == "auto":
        method = "corrected" if n >= MIN_YEARS else "short"
    if method == "corrected" and n >= MIN_YEARS:
        return "corrected" if positive and n >= METHODS["corrected"] else "adaptive"
    return method if n >= METHODS[method] and (positive or method != "short") else "naive"


def group_forecast(
    y: Floats,
    horizon: int,
    method: str,
    reference_rate: float | None = None,
    *,
    known: int | None = None,
    cap: float = np.inf,
) -> Predictive:
    """Return the forecasts of series of one length.

    Parameters
    ----------
    y : array of shape [series, years]
        No gaps. [any unit]
    horizon : int
        Years ahead. [years]
    method : str
        One of `METHODS`.
    reference_rate : float, optional
        Growth elsewhere. [fraction per year]
    known : int, optional
        Years really observed, where gaps in `y` were bridged.
    cap : float
        Upper bound. [unit of `y`]

    Returns
    -------
    Predictive

    Notes
    -----
    With q the root of y, n years, d the yearly changes of ln y, ``noise = mean|d - median d|``,
    ``change = mean|d|`` and ``calm = 0.05 / (0.05 + noise)``, "combination" is the mean of

    1. `dynamic_theta` on q, squared;
    2. `damped_holt` on y, phi 0.9;
    3. the median change of q carried on from the last q, squared;

    with ``z = ln(mean / y_n)`` shrunk to ``z n / (n + 1)`` if it rises and ``z n / (n + 12)`` if it
    falls: past falls are followed by about no growth, past rises by smaller ones. "adaptive" takes
    2. at phi 0.95 and 0.85 in the weights calm and 1 - calm, 3. as the mean and the median change
    in the same weights, shrinks by ``n / (n + 0.5 + 10 noise)`` and ``n / (n + 200 noise)``, and
    adds to the root a quarter of the last year's surprise, halved with each further year: yearly
    averages carry a quarter of their last change over [1]_. "corrected" moves and bends that by
    what `correction` learned, for positive series. The bands have ::

        adaptive  s_h = 0.455 sqrt(noise change)^0.8 h^0.7 sqrt(1 + 5/n)
        others    s_h = 0.415 ((noise + change) / 2)^0.75 h^0.65 sqrt(1 + 5/n)

    noise and change not below 0.002. "short" grows by ``w g + (1 - w) r`` a year, g the mean of d,
    r = ln(1 + reference or usual growth), w = n / (n + 7); below five years the band is the errors
    of such series times ``change^b 0.07^(1 - b) h^0.69``, b = n / (n + 3). One value has w = b = 0,
    and the usual growth fades out as the correction does where nothing changed.
    All methods are held between a tenth and ten times the last value. With a zero or a negative
    value the same is done on y itself, d being changes over the mean of |y|; a series that never
    was negative stays so. The constants of the three members come from rolling origins in the
    training part of the yearly series of the M3 contest.

    References
    ----------
    .. [1] Working 1960, "Note on the correlation of first differences of averages in a random
       chain", Econometrica 28(4).
    """
    n = y.shape[1] if known is None else known
    positive = np.asarray((y > 0).all(axis=1))
    groups = [rows for rows in (np.flatnonzero(positive), np.flatnonzero(~positive)) if rows.size]
    parts = []
    for rows in groups:
        block = y if len(groups) == 1 else y[rows]
        setting = _Setting(block, horizon, n, bool(positive[rows[0]]))
        parts.append(setting.forecast(method, reference_rate, cap))
    if len(parts) == 1:
        return parts[0]
    return Predictive.joined(parts, np.argsort(np.concatenate(groups)))


class _Setting:
    """Series of one length that are all positive (`root`) or all not, and what is known of them."""

    def __init__(self, y: Floats, horizon: int, known: int, root: bool) -> None:
        self.y, self.horizon, self.known, self.root = y, horizon, known, root
        self.last = y[:, -1:]
        self.q = np.sqrt(y) if root else y
        self.ahead = np.arange(1, horizon + 1)
        self.unit = np.ones_like(self.last) if root else np.abs(y).mean(axis=1, keepdims=True)
        self.scaled = np.log(y) if root else y / np.where(self.unit > 0, self.unit, 1)
        steps = np.diff(self.scaled, axis=1)
        bridged = np.sqrt(steps.shape[1] / max(known - 1, 1))
        if steps.size == 0:
            steps = np.zeros_like(self.last)
        middle = row_median(steps)
        self.noise = np.abs(steps - middle).mean(axis=1, keepdims=True) * bridged
        self.change = np.abs(steps).mean(axis=1, keepdims=True) * bridged

    def forecast(self, method: str, rate: float | None, cap: float) -> Predictive:
        """Return the distributions: points, bands, and what was learned of their errors."""
        used, bend = chosen_method(method, self.known, positive=self.root), None
        point, spread = self.points(used, rate), self.spread(used)
        if used == "corrected":
            point, spread, bend = corrected(
                self.scaled, self.noise, self.change, self.known, point, spread
            )
            point = self.hold(point)
        kinds = ("root", "class") if self.root else ("plain", "thin")
        floor = np.where((self.y >= 0).all(axis=1), 0.0, -np.inf)
        kind = np.full(len(self.y), kinds[self.known < MIN_YEARS])
        point = np.clip(point, floor[:, None], cap)
        return Predictive(point, spread, kind, floor, np.full(len(self.y), cap), bend)

    def points(self, method: str, rate: float | None) -> Floats:
        """Return the point forecasts."""
        if method in ("combination", "adaptive", "corrected"):
            return self.hold(self.combination() if method == "combination" else self.adaptive())
        if method in ("theta", "damped"):
            return self.hold((theta if method == "theta" else damped_holt)(self.y, self.horizon))
        if method == "drift":
            return self.hold(self.last + self.ahead * self.mean_step(self.y))
        return self.hold(self.growth(method, rate))

    def hold(self, point: Floats) -> Floats:
        """Return the point held between a tenth and ten times the last value."""
        if self.root:
            return np.clip(point, 0.1 * self.last, 10 * self.last)
        reach = 9 * np.abs(self.y).max(axis=1, keepdims=True)
        held: Floats = np.clip(point, self.last - reach, self.last + reach)
        return held

    def mean_step(self, q: Floats) -> Floats:
        """Return the mean yearly change."""
        step: Floats = (q[:, -1:] - q[:, :1]) / max(q.shape[1] - 1, 1)
        return step

    def growth(self, method: str, rate: float | None) -> Floats:
        """Return the last value carried on at a constant growth, which may be zero."""
        if self.root:
            own = (self.last / self.y[:, :1]) ** (1 / max(self.y.shape[1] - 1, 1)) - 1
        else:
            own = self.mean_step(self.y) / np.where(self.unit > 0, self.unit, 1)
        if method == "naive":
            pace = 0 * own
        elif method == "shrunk_growth":
            pace = own / 2 if rate is None else own / 4 + rate / 4
        elif method == "short":
            weight = self.known / (self.known + 7) if self.known > 1 else 0
            moves = np.minimum(self.change / SMALLEST, 1) if self.known > 1 else 1.0
            usual = (1 + USUAL_GROWTH) ** moves if rate is None else 1 + rate
            pace = (1 + own) ** weight * usual ** (1 - weight) - 1
        else:
            pace = own
        point: Floats = self.last + pace * self.unit * self.ahead
        if self.root:
            point = self.last * (1 + pace) ** self.ahead
        return point

    def combination(self) -> Floats:
        """Return the mean of theta, damped Holt and median drift, drawn towards the last value."""
        step = row_median(np.diff(self.q, axis=1))
        return self.shrink(self.mean(damped_holt(self.y, self.horizon), step), 1, 12)

    def adaptive(self) -> Floats:
        """Return the combination whose trend lasts, and is believed, the more the calmer it was."""
        calm = 0.05 / (0.05 + self.noise)
        slow, fast = (damped_holt(self.y, self.horizon, phi) for phi in (0.95, 0.85))
        step = calm * self.mean_step(self.q) + (1 - calm) * row_median(np.diff(self.q, axis=1))
        point = self.mean(calm * slow + (1 - calm) * fast, step)
        return self.carry_over(self.shrink(point, 0.5 + 10 * self.noise, 200 * self.noise))

    def mean(self, damped: Floats, step: Floats) -> Floats:
        """Return the mean of theta, damped Holt and drift, each held in bounds."""
        first = dynamic_theta(self.q, self.horizon)
        third = self.q[:, -1:] + self.ahead * step
        if self.root:
            first, third = np.maximum(first, 0) ** 2, np.maximum(third, 0) ** 2
        return (self.hold(first) + self.hold(damped) + self.hold(third)) / 3

    def shrink(self, point: Floats, rise: Any, fall: Any) -> Floats:
        """Return the point drawn towards the last value: z n / (n + `rise`), or `fall`."""
        z = np.log(point / self.last) if self.root else point - self.last
        z = z * self.known / (self.known + np.where(z > 0, rise, fall))
        shrunk: Floats = self.last * np.exp(z) if self.root else self.last + z
        return shrunk

    def carry_over(self, point: Floats) -> Floats:
        """Return the point with a quarter of the last year's surprise, halving every year."""
        root = np.sqrt(point) if self.root else point
        before, last = self.q[:, -2:-1], self.q[:, -1:]
        surprise = (last - before) - (root[:, :1] - last)
        root = root + 0.25 * surprise * 0.5 ** (self.ahead - 1)
        return np.maximum(root, 0) ** 2 if self.root else root

    def spread(self, method: str) -> Floats:
        """Return s_h: of the root for positive series, in the unit of the series for others."""
        if self.root and self.known < MIN_YEARS:
            own = self.known / (self.known + 3) if self.known > 1 else 0
            change = np.maximum(self.change, SMALLEST)
            short: Floats = change**own * _USUAL_CHANGE ** (1 - own) * self.ahead**0.69
            return short
        noise, change = (np.maximum(size, SMALLEST) for size in (self.noise, self.change))
        if method in ("adaptive", "corrected"):
            size = 0.455 * np.sqrt(noise * change) ** 0.8 * np.sqrt(1 + 5 / self.known)
            spread: Floats = self.unit * size * self.ahead**0.7
        else:
            mean = np.maximum((self.noise + self.change) / 2, SMALLEST)
            size = 0.415 * mean**0.75 * np.sqrt(1 + 5 / self.known)
            spread = self.unit * size * self.ahead**0.65
        return spread
