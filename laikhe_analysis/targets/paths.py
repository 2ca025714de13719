"""Where a target must be each year."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.checks import check_choice, require
from laikhe_analysis.growth import annual_rate, compound
from laikhe_analysis.records import Target
from laikhe_analysis.series import AnnualSeries, weakest_origin

__all__ = [
    "RATE_UNITS",
    "SHAPES",
    "back_loaded",
    "check_profile",
    "planned_rate",
    "required_path",
    "way",
]

SHAPES = ("compound", "linear", "logistic")
RATE_UNITS = ("fraction/year", "fraction", "ratio")
"""Units of a series that holds rates; a series of another unit holds levels."""


def back_loaded(years: int) -> tuple[float, ...]:
    """Return a profile of yearly shares that rise evenly: 1, 2, ..., n parts.

    It is an assumption, to be named wherever it is used: money from land and investment comes
    late in a period, and how late no series of the commune says.

    Raises
    ------
    ValueError
        If there is not at least one year.

    Examples
    --------
    >>> back_loaded(4)
    (0.1, 0.2, 0.3, 0.4)
    """
    if years < 1:
        raise ValueError(f"`years` must be at least 1, got {years}.")
    total = years * (years + 1) / 2
    return tuple(year / total for year in range(1, years + 1))


def check_profile(target: Target, profile: Sequence[float] | None) -> tuple[float, ...]:
    """Return the yearly shares of a total of the period, empty when there are none.

    Raises
    ------
    ValueError
        If there is not one share a year, one is negative or no number, or they do not add up to 1.

    Examples
    --------
    >>> from laikhe_analysis.checks import Text
    >>> total = Target("x", "6", "2.2(6)", "a", Text("a"), "billion VND", "cumulative",
    ...                "at_least", 500)
    >>> check_profile(total, back_loaded(4))
    Traceback (most recent call last):
    ValueError: target x: `profile` must hold 5 shares of 2026-2030 that add up to 1, got 4.
    """
    if profile is None:
        return ()
    shares = tuple(float(share) for share in profile)
    years = target.target_year - target.base_year
    if len(shares) != years or not min(shares) >= 0 or abs(sum(shares) - 1) > 1e-6:
        got = len(shares) if len(shares) != years else shares
        raise ValueError(
            f"target {target.target_id}: `profile` must hold {years} shares of "
            f"{target.base_year + 1}-{target.target_year} that add up to 1, got {got}."
        )
    return shares


def way(first: float, goal: float, parts: NDArray[np.float64], shape: str) -> NDArray[np.float64]:
    """Return the values on the way from `first` to `goal` after each part of the time.

    Parameters
    ----------
    first, goal : float
        Values at the start and at the end. [any unit, the same; per cents for "logistic"]
    parts : array
        Parts of the time, 0 at the start, 1 at the end. [fraction]
    shape : {"compound", "linear", "logistic"}

    Raises
    ------
    ValueError
        If the shape is unknown, or cannot join the two: "compound" needs positive values,
        "logistic" values between 0 and 100.

    Notes
    -----
    compound ``y0 (Y/y0)^p``; linear ``y0 + (Y-y0) p``; logistic: the log-odds
    ``ln(y / (100-y))`` move evenly.

    Examples
    --------
    >>> way(90, 99, np.array([0, 0.5, 1]), "logistic").round(2)
    array([90.  , 96.76, 99.  ])
    """
    check_choice("shape", shape, SHAPES)
    ends = np.array([first, goal], dtype=np.float64)
    if shape == "linear":
        return np.asarray(first + (goal - first) * parts)
    if shape == "compound":
        require(ends > 0, "first, goal", ends, 'positive for a compound path (use "linear")')
        return np.asarray(first * (goal / first) ** parts)
    inside = (ends > 0) & (ends < 100)
    require(inside, "first, goal", ends, 'between 0 and 100 for a logistic path (use "linear")')
    odds = np.log(ends / (100 - ends))
    return np.asarray(100 / (1 + np.exp(-(odds[0] + (odds[1] - odds[0]) * parts))))


def planned_rate(target: Target, base: float | None = None) -> float | None:
    """Return the yearly growth that a target asks for, whatever its kind. [fraction per year]

    Parameters
    ----------
    target : Target
    base : float, optional
        The level of its base year, wanted where the target is a level. [unit of the target]

    Returns
    -------
    float or None
        None where the target is no growth and no level to grow to, or its base is not known.

    Examples
    --------
    >>> from laikhe_analysis.checks import Text
    >>> output = Target("1", "1", "1", "economy", Text(""), "ratio", "ratio_to_base",
    ...                 "at_least", 3.76, base_year=2015, target_year=2020)
    >>> round(planned_rate(output), 3)
    0.303
    >>> income = Target("8", "8", "8", "economy", Text(""), "million VND/person/year", "level_by",
    ...                 "at_least", 70, base_year=2015, target_year=2020)
    >>> round(planned_rate(income, 32.56), 3), planned_rate(income)
    (0.165, None)
    """
    years, goal = target.target_year - target.base_year, target.weaker_end
    if target.is_growth:
        return goal
    if target.kind == "ratio_to_base":
        times = 1 + goal / 100 if target.unit == "%" else goal
        return float(annual_rate(1, times, years)) if times > 0 else None
    if target.kind == "level_by" and base is not None and base > 0 and goal > 0:
        return float(annual_rate(base, goal, years))
    return None


def required_path(
    target: Target,
    series: AnnualSeries,
    shape: str = "compound",
    *,
    since: str = "base",
    profile: Sequence[float] | None = None,
) -> AnnualSeries:
    """Return where a target must be each year.

    Parameters
    ----------
    target : Target
    series : AnnualSeries
        What is known; the path of a level starts from one of its values. [unit of the target]
    shape : {"compound", "linear", "logistic"}
        "logistic" for shares, which slow down near 100 %.
    since : {"base", "now"}
        From the first value known since the base year, or from the latest.
    profile : sequence of float, optional
        For a total of the period: the share of each year, adding up to 1. [fractions]

    Returns
    -------
    AnnualSeries
        From the start to the target year, both included. For a target of every year the target
        itself, for a total the sum to be reached by each year. [unit of the target; levels where
        an average rate is given a series of levels]

    Raises
    ------
    ValueError
        If there is no value to start from, the shape cannot join the two values, the profile is
        missing or wrong, or the target is a milestone.

    Notes
    -----
    The shapes are those of `way`. After a break the path starts behind it.

    Examples
    --------
    >>> from laikhe_analysis.checks import Text
    >>> crops = Target("x", "3", "2.2(3)", "a", Text("a"), "million VND/ha", "level_by",
    ...                "at_least", 121, base_year=2028)
    >>> required_path(crops, AnnualSeries("x", (2028,), (100,))).array.round(6)
    array([100., 110., 121.])
    """
    check_choice("shape", shape, SHAPES)
    check_choice("since", since, ["base", "now"])
    shares, goal = check_profile(target, profile), target.weaker_end
    years = range(target.base_year + 1, target.target_year + 1)
    grows = target.kind == "average_rate" and series.unit not in RATE_UNITS
    if target.kind == "milestone":
        raise ValueError(f"target {target.target_id} is a milestone: it has a date, not a path.")
    if target.kind == "cumulative" and not shares:
        raise ValueError(f"target {target.target_id}: a total needs `profile`, its yearly shares.")
    if target.kind == "cumulative":
        return _path(target, series, years, goal * np.cumsum(shares))
    if target.kind != "level_by" and not grows:
        return _path(target, series, years, np.full(len(years), goal))
    known = series.known().after_breaks()
    starts = [year for year in known.years if target.base_year <= year < target.target_year]
    if not starts:
        wanted = f"{target.base_year} to {target.target_year - 1}"
        raise ValueError(f"series {series.name} has no value of {wanted} to start from.")
    if grows:
        goal = compound(known.at(starts[0]), goal, target.target_year - starts[0])
    start = starts[0] if since == "base" else starts[-1]
    years = range(start, target.target_year + 1)
    parts = np.linspace(0, 1, len(years))
    return _path(target, series, years, way(known.at(start), goal, parts, shape))


def _path(
    target: Target, series: AnnualSeries, years: range, values: NDArray[np.float64]
) -> AnnualSeries:
    """Return the path as a series: a statement of the plan, no evidence."""
    grows = target.kind == "average_rate" and series.unit not in RATE_UNITS
    return AnnualSeries(
        target.target_id,
        tuple(years),
        tuple(float(value) for value in values if math.isfinite(value)),
        unit=series.unit if grows else target.unit,
        price_basis=series.price_basis if grows else target.price_basis,
        origin=weakest_origin(series.origin, "statement"),
    )
