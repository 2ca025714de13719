"""Predictive distributions: every quantile and probability of a forecast comes from one of these.

Four kinds, one per series: "root" for quantities that stay above zero, "plain" for series with
zeros or negative values, and for too few years "class" and "thin", which give a band but no
probability.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from laikhe_analysis.panel.short_series import ERRORS

__all__ = [
    "CLASS_LEVELS", "KNOTS", "LEVELS", "Predictive", "student_cdf", "student_quantile",
]  # fmt: skip

Floats = NDArray[np.float64]

CLASS_LEVELS = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
"""The levels at which the errors of short series are known."""


def student_quantile(level: float) -> float:
    """Return the quantile of Student's t with 4 degrees of freedom.

    Notes
    -----
    ``+-2 sqrt(cos(acos(a) / 3) / a - 1)`` with ``a = sqrt(4 p (1 - p))`` [1]_.

    References
    ----------
    .. [1] Shaw 2006, "Sampling Student's T distribution", Journal of Computational Finance 9(4).

    Examples
    --------
    >>> round(student_quantile(0.9), 6), round(student_quantile(0.975), 6)
    (1.533206, 2.776445)
    """
    a = np.sqrt(4 * level * (1 - level))
    size = 2 * np.sqrt(max(np.cos(np.arccos(min(a, 1.0)) / 3) / a - 1, 0.0))
    return float(np.sign(level - 0.5) * size)


def student_cdf(t: ArrayLike) -> Any:
    """Return the probability that Student's t with 4 degrees of freedom is at most `t`.

    Notes
    -----
    ``1/2 + 3/4 (x - x^3 / 3)`` with ``x = t / sqrt(4 + t^2)``.

    Examples
    --------
    >>> round(float(student_cdf(2.776445)), 6)
    0.975
    """
    t = np.clip(np.asarray(t, dtype=np.float64), -1e100, 1e100)
    x = t / np.hypot(2, t)
    return 0.5 + 0.75 * (x - x**3 / 3)


LEVELS = (0.025, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.975)
"""The levels at which a distribution can be bent."""
KNOTS = np.array([student_quantile(level) for level in LEVELS])
"""Student's quantiles at `LEVELS`: a distribution that is not bent."""


@dataclass(frozen=True)
class Predictive:
    """One predictive distribution per series and year ahead.

    Parameters
    ----------
    point : array of shape [series, horizon]
        Point forecast: the median. [unit of the series]
    spread : array of shape [series, horizon]
        s of the formulas below. [root: ratio; plain, thin: unit of the series; class: ratio]
    kind : array of shape [series]
        "root", "plain", "thin" or "class".
    floor, cap : array of shape [series]
        Bounds that no quantile passes. [unit of the series]
    bend : array of shape [series, horizon, levels], optional
        t at `LEVELS`, rising, where it is not Student's.

    Notes
    -----
    With t the quantile of Student's t with 4 degrees of freedom::

        root         point (1 + s t / 2)^2, the bracket not below 0
        plain, thin  point + s t
        class        point exp(s e), e the quantile of the errors of short series, `short_series.ERRORS`

    With `bend`, t runs through the given values at `LEVELS`, between and beyond them in a straight
    line over Student's quantiles. Where `floor` or `cap` cuts a tail off, its probability lies on
    the bound.

    Examples
    --------
    >>> one = np.array([[100.0]])
    >>> p = Predictive(one, one / 1000, np.array(["root"]), np.zeros(1), np.full(1, np.inf))
    >>> p.quantile(0.5), p.probability_above(100)
    (array([[100.]]), array([[0.5]]))
    """

    point: Floats
    spread: Floats
    kind: NDArray[Any]
    floor: Floats
    cap: Floats
    bend: Floats | None = None

    def quantile(self, level: float) -> Floats:
        """Return the values that stay unsurpassed with probability `level`, a fraction.

        Raises
        ------
        ValueError
            If `level` is not between 0 and 1.
        """
        if not 0 < level < 1:
            raise ValueError(f"`level` must be a fraction between 0 and 1, got {level}.")
        t, kind = self._bent(student_quantile(level)), self.kind[:, None]
        values = np.where(
            kind == "root",
            self.point * np.maximum(1 + self.spread * t / 2, 0) ** 2,
            self.point + self.spread * t,
        )
        if (kind == "class").any():
            classed = self.point * np.exp(self.spread * _class_error(level))
            values = np.where(kind == "class", classed, values)
        within: Floats = np.clip(values, self.floor[:, None], self.cap[:, None])
        return within

    def probability_above(self, value: ArrayLike, *, strict: bool = False) -> Floats:
        """Return the probability of `value` or more (`strict`: of more than `value`).

        NaN for kinds "class" and "thin": too few years for a probability.
        """
        goal = np.broadcast_to(np.asarray(value, dtype=np.float64), self.point.shape)
        kind, floor, cap = self.kind[:, None], self.floor[:, None], self.cap[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            root = 2 * (np.sqrt(np.maximum(goal, 0) / self.point) - 1) / self.spread
            plain = (goal - self.point) / self.spread
        t = np.where(kind == "root", root, plain)
        t = np.where(np.isnan(t), np.inf if strict else -np.inf, t)
        above = 1 - student_cdf(self._unbent(t))
        above = np.where(goal < floor if strict else goal <= floor, 1.0, above)
        above = np.where(goal >= cap if strict else goal > cap, 0.0, above)
        return np.asarray(np.where((kind == "class") | (kind == "thin"), np.nan, above))

    def _bent(self, t: float) -> Any:
        """Return what a Student's quantile becomes, by series and year ahead."""
        if self.bend is None:
            return t
        i = int(np.clip(np.searchsorted(KNOTS, t) - 1, 0, len(KNOTS) - 2))
        low, high = self.bend[..., i], self.bend[..., i + 1]
        return low + (high - low) * ((t - KNOTS[i]) / (KNOTS[i + 1] - KNOTS[i]))

    def _unbent(self, t: Floats) -> Floats:
        """Return which Student's quantile became `t`."""
        if self.bend is None:
            return t
        i = (t[..., None] > self.bend[..., 1:-1]).sum(axis=-1)
        low, high = (np.take_along_axis(self.bend, j[..., None], -1)[..., 0] for j in (i, i + 1))
        straight: Floats = KNOTS[i] + (KNOTS[i + 1] - KNOTS[i]) * (t - low) / (high - low)
        return straight

    @classmethod
    def joined(cls, parts: Sequence[Predictive], order: NDArray[np.intp]) -> Predictive:
        """Return several series' distributions as one, in the given order."""
        names = ("point", "spread", "kind", "floor", "cap")
        fields = {name: np.concatenate([getattr(p, name) for p in parts])[order] for name in names}
        if all(part.bend is None for part in parts):
            return cls(**fields)
        bends = [
            np.broadcast_to(KNOTS, (*part.point.shape, len(KNOTS)))
            if part.bend is None
            else part.bend
            for part in parts
        ]
        return cls(**fields, bend=np.concatenate(bends)[order])


def _class_error(level: float) -> float:
    """Return the error of short series at a level: linear in the normal score, also outside."""
    scores = np.array([NormalDist().inv_cdf(p) for p in CLASS_LEVELS])
    score = NormalDist().inv_cdf(level)
    i = int(np.clip(np.searchsorted(scores, score), 1, len(scores) - 1))
    slope = (ERRORS[i] - ERRORS[i - 1]) / (scores[i] - scores[i - 1])
    return float(ERRORS[i - 1] + slope * (score - scores[i - 1]))
