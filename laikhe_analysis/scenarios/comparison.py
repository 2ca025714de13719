"""Two scenarios side by side, and what drives the difference between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import factorial
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.checks import DataError, Text, check_choice
from laikhe_analysis.scenarios.assumptions import by_year
from laikhe_analysis.scenarios.flows import Missing
from laikhe_analysis.scenarios.projection import Projection
from laikhe_analysis.scenarios.steps import Steps

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Comparison", "compare"]

_LEVELS = "baseline_levels"
_MOST = 12  # drivers exchanged in every order: work doubles with each


@dataclass(frozen=True)
class Comparison:
    """The differences between projection `b` and projection `a`, and what they come from.

    `parts[variable][driver]` holds one value per year of `years[variable]`, in the variable's
    unit; the drivers of a variable add up to its difference. `missing` says why a variable has no
    drivers.
    """

    a: Projection
    b: Projection
    years: Mapping[str, tuple[int, ...]]
    parts: Mapping[str, Mapping[str, NDArray[np.float64]]]
    missing: Mapping[str, Text] = field(default_factory=dict)

    def difference(self, variable: str, year: int) -> float:
        """Return by how much `b` is above `a`. [the variable's unit]

        Raises
        ------
        ValueError
            If one of the two has no such value.
        """
        return self.b.value(variable, year) - self.a.value(variable, year)

    def drivers_of(self, variable: str, year: int) -> dict[str, float]:
        """Return what each driver adds to the difference, the largest first. [variable's unit]

        Raises
        ------
        ValueError
            If the variable has no drivers, with the reason, or the year is not compared.
        """
        if variable in self.missing:
            raise ValueError(f"{variable} cannot be decomposed: {self.missing[variable].en}.")
        check_choice("variable", variable, list(self.parts))
        if year not in self.years[variable]:
            years = ", ".join(map(str, self.years[variable]))
            raise ValueError(f"`year` must be one of {years}, got {year}.")
        i = self.years[variable].index(year)
        found = {name: float(values[i]) for name, values in self.parts[variable].items()}
        return dict(sorted(found.items(), key=lambda item: -abs(item[1])))

    @property
    def table(self) -> pd.DataFrame:
        """One row per variable and year: variable, unit, year, a, b, difference."""
        import pandas as pd

        rows = []
        for variable, years in self.years.items():
            unit = self.a.paths[variable].unit
            for year in years:
                values = self.a.value(variable, year), self.b.value(variable, year)
                rows.append((variable, unit, year, *values, values[1] - values[0]))
        columns = ["variable", "unit", "year", self.a.scenario.name, self.b.scenario.name]
        if columns[3] == columns[4]:
            columns[3:] = ["a", "b"]
        return pd.DataFrame(rows, columns=[*columns, "difference"])

    @property
    def drivers(self) -> pd.DataFrame:
        """One row per variable, year and driver: variable, unit, year, driver, value."""
        import pandas as pd

        rows = [
            (variable, self.a.paths[variable].unit, year, driver, float(value))
            for variable, drivers in self.parts.items()
            for driver, values in drivers.items()
            for year, value in zip(self.years[variable], values, strict=True)
        ]
        return pd.DataFrame(rows, columns=["variable", "unit", "year", "driver", "value"])


def compare(a: Projection, b: Projection, *, variables: Sequence[str] | None = None) -> Comparison:
    """Return the differences of `b` from `a` and what they come from.

    Parameters
    ----------
    a, b : Projection
        Of one base year and one last year.
    variables : sequence of str, optional
        What to compare; every variable that both have when not given.

    Returns
    -------
    Comparison

    Raises
    ------
    ValueError
        If the years differ, or a variable is not in both.

    Notes
    -----
    A driver is a scenario variable; shares go together, as do `revenue_growth` and `buoyancy`, the
    rule and its definition, and all levels and known values. Its part is the mean, over all orders
    in which the k drivers that differ can be exchanged, of what its exchange changes [1]_:
    ``sum over S of |S|! (k - |S| - 1)! / k! (y(S + driver) - y(S))``. The parts add up to the
    difference whatever the model does between its inputs.

    References
    ----------
    .. [1] L. S. Shapley, "A value for n-person games", 1953; the same weights as in A. Shorrocks,
       "Decomposition procedures for distributional analysis", J. Econ. Inequality 11, 2013.

    Examples
    --------
    100 x 1.1 x 1.2 against 100 x 1 x 1: of the 32 more, 11 come from the growth of 10 % (10 alone,
    12 beside the other) and 21 from prices.

    >>> from laikhe_analysis.scenarios.projection import Baseline, project
    >>> from laikhe_analysis.records import Assumption, Scenario
    >>> def scenario(name, growth, inflation):
    ...     rates = {"growth_a": growth, "inflation": inflation}
    ...     rows = [Assumption(v, 2026, 2026, x, "%/year", "assumption") for v, x in rates.items()]
    ...     return Scenario(name, (Assumption("share_a", 2025, 2025, 100, "%", "press"), *rows))
    >>> low, high = (project(Baseline(2025, ("a",)), scenario(*one), until=2026)
    ...              for one in (("low", 0, 0), ("high", 10, 20)))
    >>> found = compare(low, high).drivers_of("total_product_nominal", 2026)
    >>> {driver: round(value, 9) for driver, value in found.items()}
    {'inflation': 21.0, 'growth_a': 11.0}
    """
    if a.years != b.years:
        raise ValueError(
            f"`a` and `b` must cover the same years, got {a.years[0]}-{a.until} "
            f"and {b.years[0]}-{b.until}."
        )
    both = [name for name in a.paths if name in b.paths]
    names = [check_choice("variables", name, both) for name in variables or both]
    mixture = _Mixture(a, b)
    years, parts, missing = {}, {}, {}
    for name in names:
        shared = set(a.paths[name].years) & set(b.paths[name].years)
        years[name] = tuple(sorted(shared))
        found = _parts(name, years[name], mixture)
        if isinstance(found, Text):
            missing[name] = found
        else:
            parts[name] = found
    return Comparison(a, b, years, parts, missing)


def _parts(
    name: str, years: Sequence[int], mixture: _Mixture
) -> dict[str, NDArray[np.float64]] | Text:
    """Return what each driver adds to the difference of one variable, or why this is unknown."""
    a, b = mixture.a.paths[name], mixture.b.paths[name]
    if a.unit != b.unit:
        return Text(f"đơn vị khác nhau: {a.unit}, {b.unit}", f"units differ: {a.unit}, {b.unit}")
    used = {_driver(variable) for variable in a.inputs | b.inputs} | {_LEVELS}
    drivers = [driver for driver in mixture.differing if driver in used]
    if len(drivers) > _MOST:
        n = len(drivers)
        return Text(f"{n} yếu tố khác nhau cùng lúc, nhiều nhất {_MOST}",
                    f"{n} drivers differ at once, {_MOST} at most")  # fmt: skip
    places = [year - mixture.a.years[0] for year in years]
    try:
        values = np.array(
            [
                mixture.steps(frozenset(d for i, d in enumerate(drivers) if mask >> i & 1))
                .get(name)
                .values[places]
                for mask in range(1 << len(drivers))
            ]
        )
    except (Missing, DataError, ValueError) as error:
        return error.reason if isinstance(error, Missing) else Text(str(error), str(error))
    parts = {driver: _shapley(values, i) for i, driver in enumerate(drivers)}
    if parts:
        rest = values[-1] - values[0] - np.sum(list(parts.values()), axis=0)
        largest = max(parts, key=lambda driver: float(np.abs(parts[driver]).sum()))
        parts[largest] = parts[largest] + rest  # rounding only
    return parts


def _shapley(values: NDArray[np.float64], i: int) -> NDArray[np.float64]:
    """Return the Shapley value of player `i`, from one row of values per coalition (bit mask)."""
    masks = np.arange(len(values))
    players = len(values).bit_length() - 1
    without = masks[(masks >> i) & 1 == 0]
    sizes = np.bitwise_count(without)
    weights = np.array(
        [factorial(n) * factorial(players - n - 1) / factorial(players) for n in range(players)]
    )
    change = values[without | (1 << i)] - values[without]
    result: NDArray[np.float64] = weights[sizes] @ change
    return result


def _driver(variable: str) -> str:
    """Return the driver to which a scenario variable belongs."""
    if variable.startswith("share_"):
        return "shares"
    return "revenue_growth" if variable == "buoyancy" else variable


class _Mixture:
    """Projections that take some drivers from `b` and the others from `a`."""

    def __init__(self, a: Projection, b: Projection) -> None:
        self.a, self.b = a, b
        self._tables = [by_year(one.scenario) for one in (a, b)]
        names = dict.fromkeys(v for table in self._tables for v in table)
        differing = [
            _driver(name) for name in names if self._value(0, name) != self._value(1, name)
        ]
        if (a.rules, a.stream) != (b.rules, b.stream):
            differing.append("sharing_rule")
        if a.baseline != b.baseline:
            differing.append(_LEVELS)
        self.differing = list(dict.fromkeys(differing))
        self._done: dict[frozenset[str], Steps] = {}

    def _value(self, which: int, variable: str) -> dict[int, float | str]:
        """Return the assumed values of a variable by year."""
        return {year: one.value for year, one in self._tables[which].get(variable, {}).items()}

    def steps(self, from_b: frozenset[str]) -> Steps:
        """Return the projection with the drivers `from_b` taken from `b`."""
        if from_b not in self._done:
            kept = [x for x in self.a.scenario.assumptions if _driver(x.variable) not in from_b]
            taken = [x for x in self.b.scenario.assumptions if _driver(x.variable) in from_b]
            scenario = replace(self.a.scenario, assumptions=(*kept, *taken))
            rule = self.b if "sharing_rule" in from_b else self.a
            levels = self.b if _LEVELS in from_b else self.a
            self._done[from_b] = Steps(
                levels.baseline, scenario, self.a.until, rule.rules, rule.stream
            )
        return self._done[from_b]
