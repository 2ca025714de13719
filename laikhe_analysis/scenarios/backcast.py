"""Asking backwards: what would have to be true for a goal to be met."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import nan
from typing import Any

import numpy as np

from laikhe_analysis.checks import check_choice, check_kind, require
from laikhe_analysis.messages import Text, _
from laikhe_analysis.model import Lineage
from laikhe_analysis.records import Assumption, Scenario, SharingRule
from laikhe_analysis.scenarios.assumptions import (
    GROWTH,
    SECTORS,
    SHARE,
    TAXES,
    by_year,
    known_variables,
    override,
)
from laikhe_analysis.scenarios.baseline import Baseline
from laikhe_analysis.scenarios.goals import Goal
from laikhe_analysis.scenarios.inheritance import check_scenario
from laikhe_analysis.scenarios.inputs import inputs_of
from laikhe_analysis.scenarios.projection import why_missing

__all__ = ["Solution", "solve_for"]

_SCAN = 33  # points tried between the bounds where their ends lie on one side of the goal


@dataclass(frozen=True)
class Solution:
    """The value of one assumption that meets a goal, or the reason why there is none.

    `value` is a fraction for rates and shares, and in the variable's unit otherwise. `scenario` is the
    scenario with it; `reached` are the results at the lower and the upper bound.
    """

    variable: str
    value: float | None
    scenario: Scenario | None = None
    reason: Text | None = None
    reached: tuple[float, float] | None = None


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
        Lowest and highest value tried. [fraction for rates and shares, else the variable's unit]
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
    A share takes from the other shares in proportion, so that they still add up to 1. The root
    is found by Brent's method between bounds on either side of the goal; where both ends lie on
    one side, 33 points between them are tried, and the lowest root is returned.

    Examples
    --------
    From 100 to 121 in two years:

    >>> rows = (Assumption("share_a", 2025, 2025, 1, "fraction", "assumption"),
    ...         Assumption("growth_a", 2026, 2027, 0.05, "fraction/year", "assumption"))
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
    check_kind("scenario", scenario, Scenario, "a scenario, such as data.assumed['co_so']")
    check_scenario(scenario, sectors=baseline.sectors or SECTORS)
    turn = _Turn(variable, target, scenario, baseline, years)
    least, most, advice = _possible(variable, turn.unit)
    if not (least <= low and high <= most):
        raise ValueError(
            f"`bounds` of {variable} must lie within {least:g} and {most:g}{advice}, got {low:g} "
            f"and {high:g}."
        )
    reach = turn.reach(low, rules or {}, stream)
    if isinstance(reach, Text):
        return Solution(variable, None, reason=reach)
    root = _root(lambda value: reach(value) - target.value, (low, high))
    ends = (float(reach(low)), float(reach(high)))
    if root is None:
        reason = _(
            "không đạt được trong khoảng cho phép: từ {low} đến {high}",
            low=f"{ends[0]:g}", high=f"{ends[1]:g}",
        )  # fmt: skip
        return Solution(variable, None, reason=reason, reached=ends)
    return Solution(variable, root, turn.change(root), reached=ends)


class _Turn:
    """One scenario variable that is turned, all else held."""

    def __init__(
        self,
        variable: str,
        target: Goal,
        scenario: Scenario,
        baseline: Baseline,
        years: tuple[int, int] | None,
    ) -> None:
        check_kind("target", target, Goal, "a Goal, such as Goal('total_product', 2030, 150)")
        known = known_variables(baseline.sectors or SECTORS)
        names = [name for name in known if name != "sharing_rule"]
        self.unit = known[check_choice("variable", variable, names)][0]
        require(target.year > baseline.year, "target", target.year, f"a year after {baseline.year}")
        self.variable, self.target = variable, target
        self.scenario, self.baseline = scenario, baseline
        self.span = years or (baseline.year + 1, target.year)

    def change(self, value: float) -> Scenario:
        """Return the scenario with the variable at a value."""
        rows = {self.variable: (value, *self.span)}
        if self.variable.startswith("share_"):
            year = self.baseline.year
            rows = {name: (share, year, year) for name, share in self.shares(value).items()}
        note = f"solve_for: {self.target.variable} {self.target.year}"
        changes = [
            Assumption(name, first, last, one, self.unit, "assumption", note=note)
            for name, (one, first, last) in rows.items()
        ]
        return override(self.scenario, self.scenario.name, *changes)

    def shares(self, value: Any) -> dict[str, Any]:
        """Return all shares with one at `value`, the others scaled to fill up to 1. [fraction]"""
        table, year = by_year(self.scenario), self.baseline.year
        old = {
            name: float(table[name][year].value)
            for name in (f"share_{part}" for part in (*self.baseline.sectors, TAXES))
            if year in table.get(name, {})
        }
        rest = sum(share for name, share in old.items() if name != self.variable)
        if self.variable not in old or rest <= 0:
            what = f"`variable` {self.variable} has no other shares to take from in {year}."
            raise ValueError(what)
        return {n: value if n == self.variable else s * (1 - value) / rest for n, s in old.items()}

    def reach(
        self, start: float, rules: Mapping[str, SharingRule], stream: str
    ) -> Callable[[Any], Any] | Text:
        """Return what the goal's variable reaches by the value turned to, a float or an array.

        The reason is returned where it cannot be projected, with the value `start`.
        """
        goal, base = self.target, self.baseline.year
        given = inputs_of(self.baseline, self.change(start), goal.year, rules, stream)
        wanted = [check_choice("variable", goal.variable, given.model.names)]
        why = why_missing(
            goal.variable, given, Lineage(given.model, given.run(wanted), given.figures)
        )
        if why is not None:
            return why
        turned = [self.span[0] <= year <= self.span[1] for year in given.years]
        blank = [nan] * len(turned)

        def reached(value: Any) -> Any:
            if self.variable.startswith("share_"):
                rates = {name: [x, *blank[1:]] for name, x in self.shares(value).items()}
            else:
                pairs = zip(turned, given.assumed[self.variable], strict=True)
                rates = {self.variable: [value if here else x for here, x in pairs]}
            years = replace(given, assumed={**given.assumed, **rates}).run(wanted)
            return goal.measured([year.now[goal.variable] for year in years], base)

        return reached


def _possible(variable: str, unit: str) -> tuple[float, float, str]:
    """Return the least and the most that a variable can be, and advice. [its unit]"""
    if unit in (GROWTH, SHARE):
        return (-1.0 if unit == GROWTH else 0.0), 1.0, " (12 % is 0.12)"
    return (0.0 if variable == "land_gross" else -1.0), np.inf, ""


def _root(excess: Callable[[Any], Any], bounds: tuple[float, float]) -> float | None:
    """Return the lowest root between the bounds, or None."""
    from scipy.optimize import brentq

    grid = np.array(bounds)
    values = np.array([excess(float(x)) for x in grid])
    if values[0] * values[1] > 0:
        grid = np.linspace(*bounds, _SCAN)
        values = np.broadcast_to(excess(grid), grid.shape)
    for x, z, f, g in zip(grid, grid[1:], values, values[1:], strict=False):
        if f * g <= 0:
            if f == g == 0:
                return float(x)
            return float(brentq(lambda value: excess(float(value)), x, z, xtol=1e-15, rtol=1e-15))
    return None
