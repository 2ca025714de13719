"""Do sector rates and a total rate agree? The shares that make them agree, exactly.

Shares are those of the base year at constant prices: at current prices they may differ by points
and turn the answer. Product taxes less subsidies are a component like any other: give them as one
more rate, or say that the total is without them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.arrays import as_number
from laikhe_analysis.checks import check_choice, check_rates, require
from laikhe_analysis.growth import growth_factor
from laikhe_analysis.labels import vectors
from laikhe_analysis.messages import Text, _

__all__ = [
    "READINGS",
    "FeasibleShares",
    "feasible_shares",
    "implied_total_rate",
]

READINGS = ("geometric", "arithmetic", "first_year", "every_year", "at_least_every_year")
_EDGE = 1e-12


@dataclass(frozen=True, eq=False)
class FeasibleShares:
    """The base-year shares that make sector rates and a total rate agree.

    Parameters
    ----------
    lower, upper : array, or Series where the rates are labelled
        Smallest and largest share of each sector; NaN when there is none. [fraction]
    vertices : array, or DataFrame where the rates are labelled
        Corners of the set, one row each, one column a sector; every mixture of the rows is
        feasible too. Of the reading "arithmetic" the end points only: between them the set bends,
        by less than 0.0001 at usual rates. [fraction]
    reason : Text, optional
        Why there are no such shares.
    """

    lower: Any
    upper: Any
    vertices: Any
    reason: Text | None = None

    @property
    def is_empty(self) -> bool:
        """Whether no shares make the rates agree."""
        return len(self.vertices) == 0


def implied_total_rate(
    shares: Any, rates: Any, years: float, *, limit: float | None = 1.0
) -> float:
    """Return the mean yearly growth of a total whose sectors grow at these rates.

    Parameters
    ----------
    shares : sequence of float, Series or mapping
        Shares of the base year, adding up to 1. [fraction]
    rates : sequence of float, Series or mapping
        Constant growth of each sector, aligned with the shares by label. [fraction per year]
    years : float
        Length of the period, positive. [years]
    limit : float or None
        Largest rate that passes; None for any. [fraction per year]

    Returns
    -------
    float
        Geometric mean. [fraction per year]

    Raises
    ------
    ValueError
        If shares and rates or their labels do not fit, a number is missing, a share is negative,
        the shares do not add up to 1, a rate is below -1 or beyond `limit`, or `years` is not
        positive.

    Notes
    -----
    ``(sum w_i (1 + g_i)^n)^(1/n) - 1``.

    Examples
    --------
    >>> round(implied_total_rate([0.5, 0.3, 0.2], [0.15, 0.13, 0.025], 5), 4)
    0.1228
    """
    (weights, growth), _unused = vectors("sector", shares=shares, rates=rates)
    require(weights >= 0, "shares", weights, "0 or more")
    if abs(weights.sum() - 1) > 1e-6:
        raise ValueError(f"`shares` must add up to 1, got {weights.sum():g}.")
    years = as_number("years", years)
    require(years > 0, "years", years, "a positive number", known=True)
    require(growth >= -1, "rates", growth, "at least -1 (a loss of 100 %; 12 % is 0.12)")
    check_rates(limit, rates=growth)
    return float((weights @ growth_factor(growth, years, limit=None)) ** (1 / years) - 1)


def feasible_shares(
    rates: Any,
    total_rate: float,
    years: int,
    reading: str = "geometric",
    tolerance: float = 0.0,
    *,
    limit: float | None = 1.0,
) -> FeasibleShares:
    """Return the base-year shares with which sector rates add up to the rate of the total.

    Parameters
    ----------
    rates : sequence of float, Series or mapping
        Constant growth of each sector, any number of them. [fraction per year]
    total_rate : float
        Growth of the total. [fraction per year]
    years : int
        Length of the period. [years]
    reading : {"geometric", "arithmetic", "first_year", "every_year", "at_least_every_year"}
        What the total's rate is: the even rate of the whole period, the mean of its yearly rates,
        the rate of the first year only, of each year, or the least of all years.
    tolerance : float
        How far the total's rate may be off, for "about". [fraction per year]
    limit : float or None
        Largest rate that passes; None for any. [fraction per year]

    Returns
    -------
    FeasibleShares

    Raises
    ------
    ValueError
        If there is no rate, a rate is -1 or below, beyond `limit` or missing, `years` is less than
        1 or no whole number, `tolerance` is negative, or the reading is unknown.

    Notes
    -----
    With f_i = 1 + g_i and shares w >= 0 that add up to 1. geometric: ``sum w_i f_i^n = (1+G)^n``;
    first year: ``sum w_i g_i = G``. Constant sector rates make the total grow faster every year,
    as its weight moves to the fast sectors, so "at least every year" binds in the first year and
    "every year" in the first and the last; without tolerance only sectors that grow at G itself
    are left. All are linear in w: the corners are found exactly, by taking each set of active
    conditions in turn. arithmetic: one root on each edge between a slow and a fast sector.

    Examples
    --------
    >>> found = feasible_shares([0.15, 0.13, 0.025], 0.12, 5)
    >>> found.lower.round(6), found.upper.round(6)
    (array([0.      , 0.      , 0.112645]), array([0.717011, 0.887355, 0.282989]))
    """
    check_choice("reading", reading, READINGS)
    (growth,), label = vectors("sector", rates=rates)
    total_rate, tolerance = as_number("total_rate", total_rate), as_number("tolerance", tolerance)
    if not np.isfinite([total_rate, as_number("years", years), tolerance, *growth]).all():
        raise ValueError("`rates`, `total_rate`, `years` and `tolerance` must be finite numbers.")
    require(growth > -1, "rates", growth, "a fraction above -1")
    check_rates(limit, rates=growth, total_rate=total_rate, tolerance=tolerance)
    require(years >= 1, "years", years, "at least 1")
    require(years == int(years), "years", years, "a whole number")
    require(tolerance >= 0, "tolerance", tolerance, "0 or more")
    low, high = total_rate - tolerance, total_rate + tolerance
    require(low > -1, "total_rate", low, "above -1, the tolerance taken off")
    if reading == "arithmetic":
        corners = _on_edges(growth, low, high, years)
    else:
        corners = _corners(_conditions(growth, low, high, years, reading))
    reason, ends = None, np.full((2, len(growth)), np.nan)
    if len(corners):
        ends = np.array([corners.min(axis=0), corners.max(axis=0)])
    else:
        reason = _why_empty(growth, total_rate, reading)
    lower, upper = map(label, ends)
    if hasattr(lower, "to_frame"):
        corners = type(lower.to_frame())(corners, columns=lower.index)
    return FeasibleShares(lower, upper, corners, reason)


def _conditions(
    growth: NDArray[np.float64], low: float, high: float, years: int, reading: str
) -> NDArray[np.float64]:
    """Return the conditions ``row @ shares >= 0`` of a reading, one row each."""
    factors = growth_factor(growth, years, limit=None)
    rows = {
        "geometric": [factors - (1 + low) ** years, (1 + high) ** years - factors],
        "first_year": [growth - low, high - growth],
        "at_least_every_year": [growth - low],
        "every_year": [
            growth - low,
            growth_factor(growth, years - 1, limit=None) * (high - growth),
        ],
    }
    return np.array(rows[reading])


def _corners(conditions: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the corners of the shares that meet all conditions, one row each."""
    count = conditions.shape[1]
    scale = np.abs(conditions).max(axis=1) + _EDGE
    found: dict[tuple[float, ...], NDArray[np.float64]] = {}
    for size in range(1, min(len(conditions) + 1, count) + 1):
        for place in combinations(range(count), size):
            for active in combinations(range(len(conditions)), size - 1):
                shares = _meet(conditions[np.ix_(active, place)], place, count)
                if shares is not None and (conditions @ shares >= -_EDGE * scale).all():
                    found.setdefault(tuple(shares.round(12)), shares)
    return np.array(list(found.values())).reshape(-1, count)


def _meet(
    active: NDArray[np.float64], place: tuple[int, ...], count: int
) -> NDArray[np.float64] | None:
    """Return the shares of the sectors at `place` that add up to 1 and make `active` zero."""
    matrix = np.vstack([np.ones(len(place)), active])
    if abs(np.linalg.det(matrix / np.abs(matrix).max(axis=1, keepdims=True).clip(_EDGE))) < _EDGE:
        return None
    part = np.linalg.solve(matrix, np.eye(len(place))[0])
    if (part < -_EDGE).any():
        return None
    shares = np.zeros(count)
    shares[list(place)] = part.clip(0)
    return shares


def _on_edges(
    growth: NDArray[np.float64], low: float, high: float, years: int
) -> NDArray[np.float64]:
    """Return the end points of the reading "arithmetic": mixtures of two sectors."""
    from scipy.optimize import brentq

    def mean(share: float, slow: float, fast: float) -> float:
        levels = (1 - share) * (1 + slow) ** steps + share * (1 + fast) ** steps
        return float((levels[1:] / levels[:-1] - 1).mean())

    steps, count = np.arange(years + 1), len(growth)
    ends = [np.eye(count)[i] for i in range(count) if low - _EDGE <= growth[i] <= high + _EDGE]
    for slow, fast in combinations(np.argsort(growth), 2):
        for goal in {low, high}:
            if growth[slow] < goal - _EDGE and growth[fast] > goal + _EDGE:
                pair = growth[slow], growth[fast]
                share = brentq(lambda s, p=pair, g=goal: mean(s, *p) - g, 0, 1, xtol=1e-14)
                ends.append((1 - share) * np.eye(count)[slow] + share * np.eye(count)[fast])
    return np.array(ends).reshape(-1, count)


def _why_empty(growth: NDArray[np.float64], total_rate: float, reading: str) -> Text:
    """Return why no shares make the rates agree."""
    slow, fast, total = (100 * float(rate) for rate in (growth.min(), growth.max(), total_rate))
    if reading == "every_year" and slow < total < fast:
        return _(
            "các ngành tăng khác nhau thì tổng tăng nhanh dần lên, không thể đúng {total:2}% ở "
            "mọi năm",
            total=total,
        )
    return _(
        "các ngành tăng từ {slow:2}% đến {fast:2}%, không cơ cấu nào cho tổng {total:2}%",
        slow=slow,
        fast=fast,
        total=total,
    )
