"""Asking backwards: what would have to be true for a goal to be met."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from laikhe_analysis.checks import Text, check_choice, check_kind, require
from laikhe_analysis.records import Assumption, Scenario, SharingRule
from laikhe_analysis.scenarios.assumptions import (
    SECTORS,
    TAXES,
    by_year,
    known_variables,
    override,
)
from laikhe_analysis.scenarios.flows import Baseline, Missing
from laikhe_analysis.scenarios.goals import Goal
from laikhe_analysis.scenarios.inheritance import check_scenario
from laikhe_analysis.scenarios.steps import Steps

__all__ = ["Frontier", "Solution", "frontier", "solve_for"]

_SCAN = 33  # points tried between the bounds where their ends lie on one side of the goal


@dataclass(frozen=True)
class Solution:
    """The value of one assumption that meets a goal, or the reason why there is none.

    `value` is a fraction for rates and shares, and in the file's unit otherwise. `scenario` is the
    scenario with it; `reached` are the results at the lower and the upper bound.
    """

    variable: str
    value: float | None
    scenario: Scenario | None = None
    reason: Text | None = None
    reached: tuple[float, float] | None = None


@dataclass(frozen=True)
class Frontier:
    """For each value of `x_variable` the value of `y_variable` that meets the goal (NaN: none)."""

    x_variable: str
    y_variable: str
    x: tuple[float, ...]
    solutions: tuple[Solution, ...] = field(repr=False, default=())

    @property
    def y(self) -> tuple[float, ...]:
        """The values of `y_variable`; NaN where the goal is out of reach."""
        return tuple(np.nan if s.value is None else s.value for s in self.solutions)


def solve_for(
    variable: str,
    target: Goal,
    scenario: Scenario,
    *,
    bounds: tuple[float, float],
    baseline: Baseline,
    years: tuple[int, int] | None = None,
    rules: Mapping[str, SharingRule] | None = None,
    stream: str = "commune_run",
) -> Solution:
    """Return the value of one scenario variable at which the goal is just met, others held.

    Parameters
    ----------
    variable : str
        Scenario variable to vary: a rate, a share, `buoyancy` or `land_gross`.
    target : Goal
    scenario : Scenario
        Where everything else comes from.
    bounds : (float, float)
        Lowest and highest value tried. [fraction for rates and shares, else the file's unit]
    baseline : Baseline
    years : (int, int), optional
        Years in which the value holds, both inclusive: all years up to the goal's when not given;
        from next year on, what stands before is kept. [year]
    rules, stream
        As in `project`.

    Returns
    -------
    Solution
        With `value` None and the reason when the goal is not reachable within the bounds, or
        cannot be projected at all.

    Raises
    ------
    ValueError
        If the bounds are not two increasing numbers that the variable can take, the variable
        cannot be varied, the goal lies before the scenario, or the scenario is wrong.
    TypeError
        If `target` is no Goal.

    Notes
    -----
    A share takes from the other shares in proportion, so that they still add up to 100. The root
    is found by Brent's method between bounds on either side of the goal; where both ends lie on
    one side, 33 points between them are tried, and the lowest root is returned.

    Examples
    --------
    From 100 to 121 in two years:

    >>> rows = (Assumption("share_a", 2025, 2025, 100, "%", "assumption"),
    ...         Assumption("growth_a", 2026, 2027, 5, "%/year", "assumption"))
    >>> base, goal = Baseline(2025, ("a",)), Goal("total_product", 2027, 121)
    >>> found = solve_for("growth_a", goal, Scenario("s", rows), bounds=(0, 0.2), baseline=base)
    >>> round(found.value, 12)
    0.1
    >>> solve_for("growth_a", goal, Scenario("s", rows), bounds=(0, 0.05),
    ...           baseline=base).reason.en
    'not reachable within bounds: from 100 to 110.25'
    """
    if np.shape(bounds) != (2,):
        raise ValueError(f"`bounds` must be two numbers, the lower first, got {bounds}.")
    low, high = map(float, bounds)
    if not low < high:
        raise ValueError(f"`bounds` must be increasing, got {low:g} and {high:g}.")
    check_scenario(scenario, sectors=baseline.sectors or SECTORS)
    change = _changer(variable, target, scenario, baseline, years)
    least, most = _possible(variable)
    if not (least <= low and high <= most):
        raise ValueError(f"`bounds` of {variable} must lie within {least:g} and {most:g}, "
                         f"got {low:g} and {high:g}.")  # fmt: skip

    def excess(value: float) -> float:
        steps = Steps(baseline, change(value), target.year, rules or {}, stream)
        return target.measured(steps) - target.value

    try:
        ends = excess(low), excess(high)
        root = _root(excess, (low, high), ends)
    except Missing as missing:
        return Solution(variable, None, reason=missing.reason)
    reached = (ends[0] + target.value, ends[1] + target.value)
    if root is None:
        vi = f"không đạt được trong khoảng cho phép: từ {reached[0]:g} đến {reached[1]:g}"
        en = f"not reachable within bounds: from {reached[0]:g} to {reached[1]:g}"
        return Solution(variable, None, reason=Text(vi, en), reached=reached)
    return Solution(variable, root, change(root), reached=reached)


def frontier(
    x_variable: str,
    y_variable: str,
    target: Goal,
    scenario: Scenario,
    *,
    x_values: Sequence[float],
    bounds: tuple[float, float],
    baseline: Baseline,
    years: tuple[int, int] | None = None,
    rules: Mapping[str, SharingRule] | None = None,
    stream: str = "commune_run",
) -> Frontier:
    """Return the pairs of two assumptions that just meet the goal, others held.

    Parameters
    ----------
    x_variable, y_variable : str
        Scenario variables.
    target : Goal
    scenario : Scenario
    x_values : sequence of float
        Values of the first. [fraction for rates and shares, else the file's unit]
    bounds : (float, float)
        Lowest and highest value tried of the second. [the same]
    baseline, years, rules, stream
        As in `solve_for`; `years` holds for both.

    Raises
    ------
    ValueError, TypeError
        As `solve_for`.

    Examples
    --------
    Two sectors of 50: what b must grow if a grows by 0, 10 or 20 %, for 110 in the next year.

    >>> rows = [Assumption(f"share_{s}", 2025, 2025, 50, "%", "assumption") for s in "ab"]
    >>> rows += [Assumption(f"growth_{s}", 2026, 2026, 5, "%/year", "assumption") for s in "ab"]
    >>> found = frontier("growth_a", "growth_b", Goal("total_product", 2026, 110),
    ...     Scenario("s", tuple(rows)), x_values=(0, 0.1, 0.2), bounds=(0.05, 0.3),
    ...     baseline=Baseline(2025, ("a", "b")))
    >>> [round(y, 9) for y in found.y]
    [0.2, 0.1, nan]
    """
    change = _changer(x_variable, target, scenario, baseline, years)
    solutions = tuple(
        solve_for(
            y_variable, target, change(float(x)), bounds=bounds, baseline=baseline, years=years,
            rules=rules, stream=stream,
        )
        for x in x_values
    )  # fmt: skip
    return Frontier(x_variable, y_variable, tuple(map(float, x_values)), solutions)


def _changer(
    variable: str,
    target: Goal,
    scenario: Scenario,
    baseline: Baseline,
    years: tuple[int, int] | None,
) -> Callable[[float], Scenario]:
    """Return the function that puts a value of `variable` into the scenario."""
    check_kind("target", target, Goal, "a Goal, such as Goal('total_product', 2030, 150)")
    known = known_variables(baseline.sectors or SECTORS)
    unit = known[check_choice("variable", variable, [n for n in known if n != "sharing_rule"])][0]
    scale = 100.0 if unit.startswith("%") else 1.0
    require(target.year > baseline.year, "target", target.year, f"a year after {baseline.year}")
    first, last = years or (baseline.year + 1, target.year)
    note = f"solve_for: {target.variable} {target.year}"

    def assumption(name: str, value: float, a: int, b: int) -> Assumption:
        return Assumption(name, a, b, value, unit, "assumption", note=note)

    def change(value: float) -> Scenario:
        if not variable.startswith("share_"):
            changes = [assumption(variable, scale * value, first, last)]
        else:
            shares = _shares(variable, scale * value, scenario, baseline)
            changes = [assumption(n, v, baseline.year, baseline.year) for n, v in shares.items()]
        return override(scenario, scenario.name, *changes)

    return change


def _possible(variable: str) -> tuple[float, float]:
    """Return the least and the most that a variable can be. [fraction for rates and shares]"""
    if variable.startswith("share_"):
        return 0.0, 1.0
    return (0.0 if variable == "land_gross" else -1.0), np.inf


def _shares(
    variable: str, value: float, scenario: Scenario, baseline: Baseline
) -> dict[str, float]:
    """Return all shares with one set to `value`, the others scaled to fill up to 100. [%]"""
    table, year = by_year(scenario), baseline.year
    old = {
        name: float(table[name][year].value)
        for name in (f"share_{part}" for part in (*baseline.sectors, TAXES))
        if year in table.get(name, {})
    }
    rest = sum(share for name, share in old.items() if name != variable)
    if variable not in old or rest <= 0:
        raise ValueError(f"`variable` {variable} has no other shares to take from in {year}.")
    return {n: value if n == variable else s * (100 - value) / rest for n, s in old.items()}


def _root(
    excess: Callable[[float], float], bounds: tuple[float, float], ends: tuple[float, float]
) -> float | None:
    """Return the lowest root between the bounds, or None."""
    from scipy.optimize import brentq

    grid, values = [*bounds], [*ends]
    if ends[0] * ends[1] > 0:
        grid = list(np.linspace(*bounds, _SCAN))
        values = [ends[0], *(excess(float(x)) for x in grid[1:-1]), ends[1]]
    for x, z, f, g in zip(grid, grid[1:], values, values[1:], strict=False):
        if f * g <= 0:
            if f == g == 0:
                return float(x)
            return float(brentq(excess, x, z, xtol=1e-15, rtol=1e-15))
    return None
