"""Scenarios: project, compare, ask backwards, stress; and national-scale compounding.

This is the place to import from: what a scenario may hold is in `assumptions`, the steps of a
projection are in `flows`, `products` and `steps`.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from laikhe_analysis.records import Assumption, Scenario
from laikhe_analysis.scenarios.assumptions import (
    SECTORS,
    by_year,
    check_scenario,
    override,
    resolve,
)
from laikhe_analysis.scenarios.backcast import Frontier, Solution, frontier, solve_for
from laikhe_analysis.scenarios.comparison import Comparison, compare
from laikhe_analysis.scenarios.goals import Goal
from laikhe_analysis.scenarios.projection import (
    Baseline,
    Level,
    Projection,
    Track,
    project,
    variable_label,
)

__all__ = [
    "SECTORS",
    "Baseline",
    "Comparison",
    "Frontier",
    "Goal",
    "Level",
    "Projection",
    "Solution",
    "Track",
    "by_year",
    "check_scenario",
    "compare",
    "frontier",
    "override",
    "project",
    "project_many",
    "resolve",
    "solve_for",
    "stress_tests",
    "variable_label",
    "with_inflation",
    "with_sector_growth",
    "with_sharing_rule",
    "without_land_sales",
]

_BLOCK = 65_536  # series of `project_many` stepped at once
_CHUNK = 16_384  # values of one inner loop where rates are shared


def without_land_sales(
    scenario: Scenario, *, years: tuple[int, int] = (2027, 2028), name: str = ""
) -> Scenario:
    """Return the scenario with no land-use fees in `years`, both inclusive.

    Examples
    --------
    >>> fees = Assumption("land_gross", 2026, 2030, 100, "billion VND/year", "assumption")
    >>> found = by_year(without_land_sales(Scenario("s", (fees,))))["land_gross"]
    >>> [found[year].value for year in range(2026, 2031)]
    [100, 0.0, 0.0, 100, 100]
    """
    change = _assume("land_gross", 0.0, "billion VND/year", years)
    return override(scenario, name or f"{scenario.name}_no_land_{years[0]}_{years[1]}", change)


def with_inflation(
    scenario: Scenario,
    rate: float = 0.06,
    *,
    years: tuple[int, int] = (2027, 2030),
    name: str = "",
) -> Scenario:
    """Return the scenario with prices rising at `rate` in `years`. [fraction per year]

    Examples
    --------
    >>> [a.value for a in with_inflation(Scenario("s", ())).assumptions]
    [6.0]
    """
    change = _assume("inflation", 100 * rate, "%/year", years)
    return override(scenario, name or f"{scenario.name}_inflation_{100 * rate:g}", change)


def with_sector_growth(
    scenario: Scenario,
    rates: Mapping[str, float],
    *,
    years: tuple[int, int] = (2027, 2030),
    source_id: str = "",
    name: str = "",
) -> Scenario:
    """Return the scenario with the sectors growing at given rates, such as the city's.

    Parameters
    ----------
    rates : mapping of str to float
        By sector; sectors not named stay. [fraction per year]
    source_id : str
        Where the rates come from. That the commune grows so remains an assumption.

    Examples
    --------
    >>> found = with_sector_growth(Scenario("s", ()), {"industry": 0.14}, source_id="city_2025")
    >>> [(a.variable, round(a.value, 9), a.origin, a.source_id) for a in found.assumptions]
    [('growth_industry', 14.0, 'assumption', 'city_2025')]
    """
    changes = [
        _assume(f"growth_{sector}", 100 * rate, "%/year", years, source_id)
        for sector, rate in rates.items()
    ]
    return override(scenario, name or f"{scenario.name}_sector_growth", *changes)


def with_sharing_rule(
    scenario: Scenario, rule: str, *, years: tuple[int, int] = (2026, 2030), name: str = ""
) -> Scenario:
    """Return the scenario under another rule for sharing land-use fees.

    Examples
    --------
    >>> [a.value for a in with_sharing_rule(Scenario("s", ()), "city_2026").assumptions]
    ['city_2026']
    """
    change = _assume("sharing_rule", rule, "rule", years)
    return override(scenario, name or f"{scenario.name}_{rule}", change)


def stress_tests(
    scenario: Scenario,
    *,
    from_year: int = 2027,
    until: int = 2030,
    sector_growth: Mapping[str, float] | None = None,
    sharing_rules: tuple[str, ...] = ("city_2026_full_return", "city_2026_none_returned"),
    source_id: str = "",
) -> dict[str, Scenario]:
    """Return the ready-made stress tests of a scenario, by name.

    Two years without land sales, inflation of 6 %, each of `sharing_rules`, and, where given,
    sectors growing at the rates observed elsewhere. [fraction per year]

    Examples
    --------
    >>> list(stress_tests(Scenario("s", ()), sector_growth={"industry": 0.14}))
    ['no_land', 'inflation', 'city_2026_full_return', 'city_2026_none_returned', 'sector_growth']
    """
    years = (from_year, until)
    freeze = (from_year, min(from_year + 1, until))
    tests = {
        "no_land": without_land_sales(scenario, years=freeze),
        "inflation": with_inflation(scenario, years=years),
    }
    tests |= {rule: with_sharing_rule(scenario, rule, years=years) for rule in sharing_rules}
    if sector_growth:
        tests["sector_growth"] = with_sector_growth(
            scenario, sector_growth, years=years, source_id=source_id
        )
    return tests


def _assume(
    variable: str, value: float | str, unit: str, years: tuple[int, int], source_id: str = ""
) -> Assumption:
    """Return the assumption of a stress test."""
    return Assumption(
        variable, *years, value, unit, "assumption", source_id=source_id, note="stress test"
    )


def project_many(
    start: ArrayLike, rates: ArrayLike, out: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """Return many indicators compounded at once: of every commune, under every scenario.

    Parameters
    ----------
    start : array [..., indicator]
        Levels in the base year. [any unit]
    rates : array [..., indicator, year]
        Growth by year, oldest first. [fraction per year] The two are broadcast: rates that are the
        same for all communes need only one row.
    out : array [..., indicator, year], optional
        Where to put the levels; it may be `rates` itself.

    Returns
    -------
    array [..., indicator, year]
        Levels after 1, 2, ... years. [unit of `start`]

    Raises
    ------
    ValueError
        If `start` and `rates` do not fit together, or `out` is no float array of their common
        shape. Rates are not checked one by one: that would cost as much as the compounding.

    Notes
    -----
    A running product in place, ``y[t] = y[t-1] (1 + r[t])``, in blocks of about 65,536 series.
    Rates shared by many series are compounded once and then spread out, at the speed of memory.

    Examples
    --------
    >>> project_many([100.0], [[0.1, 0.2]]).round(9)
    array([[110., 132.]])
    """
    levels = np.asarray(start, dtype=np.float64)
    growth = np.asarray(rates, dtype=np.float64)
    try:
        shape = np.broadcast_shapes((*levels.shape, 1), growth.shape)
    except ValueError:
        raise ValueError(
            f"`start` must fit to `rates` without years, {growth.shape[:-1]}, got {levels.shape}."
        ) from None
    if out is None:
        out = np.empty(shape)
    if out.shape != shape or out.dtype != np.float64:
        raise ValueError(f"`out` must be a float array of shape {shape}, got {out.shape}.")
    if len(shape) == 1:
        project_many(levels.reshape(1), growth[None], out[None])
        return out
    if growth.shape != shape:
        return _spread_out(levels, project_many(np.ones(growth.shape[:-1]), growth), out)
    levels = np.broadcast_to(levels, shape[:-1])
    step = max(1, _BLOCK // max(1, int(np.prod(shape[1:-1]))))
    for i in range(0, shape[0], step):
        block = out[i : i + step]
        np.add(growth[i : i + step], 1.0, out=block)
        block[..., 0] *= levels[i : i + step]
        for t in range(1, shape[-1]):
            block[..., t] *= block[..., t - 1]
    return out


def _spread_out(
    levels: NDArray[np.float64], factors: NDArray[np.float64], out: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Put levels times growth factors that are fewer than the levels into `out`.

    Along the last axis that the factors lack they are written out for one chunk, so that every
    inner loop is long.
    """
    shape = out.shape
    factors = factors.reshape((1,) * (out.ndim - factors.ndim) + factors.shape)
    many = np.broadcast_to(np.repeat(levels[..., None], shape[-1], axis=-1), shape)
    lacking = [k for k in range(out.ndim - 1) if factors.shape[k] < shape[k]]
    axis = lacking[-1] if lacking else 0
    chunk = max(1, min(shape[axis], _CHUNK // max(1, int(np.prod(shape[axis + 1 :])))))
    tile = np.repeat(factors, chunk, axis=axis)
    before = (slice(None),) * axis
    for i in range(0, shape[axis], chunk):
        part = (*before, slice(i, i + chunk))
        size = min(chunk, shape[axis] - i)
        np.multiply(many[part], tile[(*before, slice(size))], out=out[part])
    return out
