"""Two scenarios side by side, and what drives the difference between them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import factorial, nan
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.checks import check_choice, check_kind
from laikhe_analysis.messages import Text, _
from laikhe_analysis.records import Assumption
from laikhe_analysis.scenarios.assumptions import by_year
from laikhe_analysis.scenarios.inputs import RETAINED, RULE
from laikhe_analysis.scenarios.projection import Projection

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Comparison", "compare"]

_Array = NDArray[np.float64]
_Rows = Mapping[str, list[Any]]
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
    parts: Mapping[str, Mapping[str, _Array]]
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
    def frame(self) -> pd.DataFrame:
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
    difference whatever the model does between its inputs. All exchanges are rows of one pass
    through the equations.

    References
    ----------
    .. [1] L. S. Shapley, "A value for n-person games", 1953; the same weights as in A. Shorrocks,
       "Decomposition procedures for distributional analysis", J. Econ. Inequality 11, 2013.

    Examples
    --------
    100 x 1.1 x 1.2 against 100 x 1 x 1: of the 32 more, 11 come from the growth of 10 % (10 alone,
    12 beside the other) and 21 from prices.

    >>> from laikhe_analysis.scenarios import Baseline, project
    >>> from laikhe_analysis.records import Scenario
    >>> def scenario(name, growth, inflation):
    ...     rows = {"share_a": (2025, 1, "fraction"), "growth_a": (2026, growth, "fraction/year"),
    ...             "inflation": (2026, inflation, "fraction/year")}
    ...     return Scenario(name, tuple(Assumption(v, y, y, x, unit, "assumption")
    ...                                 for v, (y, x, unit) in rows.items()))
    >>> low, high = (project(Baseline(2025, ("a",)), scenario(*one), until=2026)
    ...              for one in (("low", 0, 0), ("high", 0.1, 0.2)))
    >>> found = compare(low, high).drivers_of("total_product_nominal", 2026)
    >>> {driver: round(value, 9) for driver, value in found.items()}
    {'inflation': 21.0, 'growth_a': 11.0}
    """
    for name, one in (("a", a), ("b", b)):
        check_kind(name, one, Projection, "a projection, such as data.projection('co_so')")
    if a.years != b.years:
        raise ValueError(
            f"`a` and `b` must cover the same years, got {a.years[0]}-{a.until} "
            f"and {b.years[0]}-{b.until}."
        )
    both = [name for name in a.paths if name in b.paths]
    names = [check_choice("variables", name, both) for name in variables or both]
    mixture = _Mixture(a, b)
    years, parts, missing = {}, {}, {}
    groups: dict[tuple[str, ...], list[str]] = {}
    for name in names:
        years[name] = tuple(y for y in a.paths[name].years if y in b.paths[name].years)
        drivers = mixture.drivers(name)
        if isinstance(drivers, Text):
            missing[name] = drivers
        else:
            groups.setdefault(drivers, []).append(name)
    for drivers, group in groups.items():
        values = mixture.values(drivers, group)
        for name in group:
            rows = values[name][:, [year - a.years[0] for year in years[name]]]
            if np.isnan(rows).any():
                missing[name] = _NO_MIXTURE
            else:
                parts[name] = {driver: _shapley(rows, i) for i, driver in enumerate(drivers)}
    ordered = {name: parts[name] for name in names if name in parts}
    return Comparison(a, b, years, ordered, missing)


_NO_MIXTURE = _("có tổ hợp giả định của hai kịch bản không tính được")
_OTHER_SECTORS = _("hai kịch bản có các ngành khác nhau")


def _shapley(values: _Array, i: int) -> _Array:
    """Return the Shapley value of player `i`, from one row of values per coalition (bit mask)."""
    masks = np.arange(len(values))
    players = len(values).bit_length() - 1
    without = masks[(masks >> i) & 1 == 0]
    sizes = np.bitwise_count(without)
    weights = np.array(
        [factorial(n) * factorial(players - n - 1) / factorial(players) for n in range(players)]
    )
    change = values[without | (1 << i)] - values[without]
    result: _Array = weights[sizes] @ change
    return result


def _driver(variable: str) -> str:
    """Return the driver to which a scenario variable belongs."""
    if variable.startswith("share_"):
        return "shares"
    return {"buoyancy": "revenue_growth", RETAINED: RULE}.get(variable, variable)


class _Mixture:
    """Projections that take some drivers from `b` and the others from `a`, one row each."""

    def __init__(self, a: Projection, b: Projection) -> None:
        self.a, self.b = a, b
        tables = [by_year(one.scenario) for one in (a, b)]
        names = dict.fromkeys(name for table in tables for name in table)
        first, second = ({n: _values(table, n) for n in names} for table in tables)
        differing = [_driver(name) for name in names if first[name] != second[name]]
        if (a.rules, a.stream) != (b.rules, b.stream):
            differing.append(RULE)
        if a.baseline != b.baseline:
            differing.append(_LEVELS)
        self.differing = tuple(dict.fromkeys(differing))

    def drivers(self, name: str) -> tuple[str, ...] | Text:
        """Return the drivers of a quantity, or why it cannot be taken apart."""
        a, b = self.a.paths[name], self.b.paths[name]
        if a.unit != b.unit:
            return _("đơn vị khác nhau: {one}, {other}", one=a.unit, other=b.unit)
        model = self.a.inputs.model
        if model is not self.b.inputs.model and "total_product" in model.order((name,)):
            return _OTHER_SECTORS
        used = {_driver(variable) for variable in a.inputs | b.inputs} | {_LEVELS}
        found = tuple(driver for driver in self.differing if driver in used)
        if len(found) > _MOST:
            n = len(found)
            return _("{n} yếu tố khác nhau cùng lúc, nhiều nhất {most}", n=n, most=_MOST)
        return found

    def values(self, drivers: Sequence[str], names: Sequence[str]) -> dict[str, _Array]:
        """Return quantities [coalitions, years]: coalition m has the drivers of its bits from b."""
        masks = np.arange(1 << len(drivers))
        from_b = {driver: (masks >> i) & 1 == 1 for i, driver in enumerate(drivers)}
        a, b = self.a.inputs, self.b.inputs

        def mixed(one: _Rows, other: _Rows, driver: str = "") -> _Rows:
            found, blank = dict(one), [nan] * len(a.years)
            for name in dict.fromkeys((*one, *other)):
                # what neither used has no driver of its own: known figures hide it, it goes with them
                pick = from_b.get(driver or _driver(name), from_b.get(_LEVELS))
                pairs = zip(one.get(name, blank), other.get(name, blank), strict=True)
                if pick is not None:
                    found[name] = [x if x == y else np.where(pick, y, x) for x, y in pairs]
            return found

        option = from_b.get(_LEVELS, False)
        rows = replace(
            a, known=mixed(a.known, b.known, _LEVELS), held=mixed(a.held, b.held, _LEVELS),
            assumed=mixed(a.assumed, b.assumed),
            is_current=np.where(option, b.is_current, a.is_current),
        )  # fmt: skip
        found = rows.run(names)
        shape = (len(masks),)
        return {
            name: np.column_stack([np.broadcast_to(year.now[name], shape) for year in found])
            for name in names
        }


def _values(table: Mapping[str, Mapping[int, Assumption]], name: str) -> dict[int, float | str]:
    """Return the assumed values of a variable by year."""
    return {year: one.value for year, one in table.get(name, {}).items()}
