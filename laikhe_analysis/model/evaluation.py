"""The equations evaluated by numpy, a year after the other, for many scenarios or draws at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from math import nan
from operator import add, and_, mul, or_, sub
from typing import Any

import numpy as np

from laikhe_analysis.model.expressions import (
    Above,
    Every,
    Expression,
    First,
    Given,
    Leaf,
    Number,
    Operation,
    Total,
    Value,
    When,
)
from laikhe_analysis.model.table import Model

__all__ = ["Figures", "Year", "compute", "evaluate", "reading"]

Figures = Mapping[str, Sequence[Any]]
"""By name, a value for every year: a float, or an array of one value per row (NaN: missing)."""

_Read = Callable[["Year"], Any]


@dataclass
class Year:
    """What the formulas of one year read: by kind of name, the values."""

    known: Mapping[str, Any] = field(default_factory=dict)
    assumed: Mapping[str, Any] = field(default_factory=dict)
    index: Mapping[str, Any] = field(default_factory=dict)
    option: Mapping[str, Any] = field(default_factory=dict)
    prev: Mapping[str, Any] = field(default_factory=dict)
    now: dict[str, Any] = field(default_factory=dict)


def evaluate(
    model: Model,
    known: Figures,
    assumed: Figures,
    *,
    years: int,
    option: Mapping[str, Any] | None = None,
    names: Sequence[str] | None = None,
) -> list[Year]:
    """Return every year with its values in `now`.

    Parameters
    ----------
    model : Model
    known : mapping of str to sequence
        Figures by name, the base year first. [their unit]
    assumed : mapping of str to sequence
        Assumptions by name, the base year first. [fraction for rates, else the file's unit]
    years : int
        Number of years, the base year included.
    option : mapping of str to float, optional
    names : sequence of str, optional
        Quantities wanted: only the equations that these touch are computed; all by default.

    Returns
    -------
    list of Year
        Values are floats, or arrays of one value per row where a figure or assumption is one.

    Examples
    --------
    >>> from laikhe_analysis.model.equations import equations
    >>> people = {"population": [1000.0, nan, nan]}
    >>> growth = {"population_growth": [nan, 0.02, np.array([0.01, 0.03])]}
    >>> found = evaluate(equations(()), people, growth, years=3, names=["population"])
    >>> found[1].now["population"], found[2].now["population"]
    (1020.0, array([1030.2, 1050.6]))
    """
    order = model.order(tuple(model.table if names is None else names))
    start = {name: _index(values) for name, values in known.items()}
    found: list[Year] = []
    for t in range(years):
        year = Year(
            {name: values[t] for name, values in known.items()},
            {name: values[t] for name, values in assumed.items()},
            start, option or {}, found[-1].now if found else {},
        )  # fmt: skip
        for name in order:
            one = model.table[name]
            year.now[name] = reading(one.later if t else one.first)(year)
        found.append(year)
    return found


def compute(model: Model, *names: str, **amounts: Any) -> tuple[Any, ...]:
    """Return quantities of a single year from amounts, floats or arrays.

    Examples
    --------
    >>> from laikhe_analysis.model.equations import LAND
    >>> compute(LAND, "required_gross", total=300.0, share=0.6, collection=1.0, cost=0.0)
    (500.0,)
    """
    year = Year(assumed=amounts)
    for each in model.order(names):
        year.now[each] = reading(model.table[each].first)(year)
    return tuple(year.now[name] for name in names)


@lru_cache(maxsize=100_000)
def reading(node: Expression) -> _Read:
    """Return the function that computes a formula from a year."""
    match node:
        case Number(value):
            return lambda year: value
        case Leaf(kind, name) | Value(kind, name):
            return _NAMED[kind](name)
        case Operation(sign, left, right):
            work, a, b = _SIGNS[sign], reading(left), reading(right)
            return lambda year: work(a(year), b(year))
        case First(left, right):
            a, b = reading(left), reading(right)
            return lambda year: _first_of(a(year), b, year)
        case When(test, then, other):
            holds, a, b = reading(test), reading(then), reading(other)
            return lambda year: _either(holds(year), a, b, year)
        case Given(term):
            a = reading(term)
            return lambda year: _is_there(a(year))
        case Above(left, right):
            a, b = reading(left), reading(right)
            return lambda year: a(year) > b(year)
        case Total(terms):
            each = [reading(term) for term in terms]
            return lambda year: reduce(add, (a(year) for a in each)) if each else nan
        case Every(tests):
            each = [reading(test) for test in tests]
            return lambda year: reduce(and_, (a(year) for a in each), True)
    raise TypeError(f"`node` must be a formula, got {node!r}.")


_NAMED: dict[str, Callable[[str], _Read]] = {
    "now": lambda name: lambda year: year.now[name],
    "prev": lambda name: lambda year: year.prev[name],
    "known": lambda name: lambda year: year.known.get(name, nan),
    "rate": lambda name: lambda year: year.assumed.get(name, nan),
    "amount": lambda name: lambda year: year.assumed.get(name, nan),
    "index": lambda name: lambda year: year.index.get(name, 100.0),
    "option": lambda name: lambda year: year.option.get(name, 0.0),
}


def _divided(a: Any, b: Any) -> Any:
    """Return a over b, missing where b is 0."""
    if not isinstance(b, np.ndarray):
        return a / b if b else a * nan
    return a / b if b.all() else a / np.where(b == 0, nan, b)


_SIGNS: dict[str, Callable[[Any, Any], Any]] = {"+": add, "-": sub, "*": mul, "/": _divided}


def _is_there(value: Any) -> Any:
    return value == value


def _first_of(value: Any, other: _Read, year: Year) -> Any:
    """Return a value where there is one, else what is read from the year; row by row for arrays."""
    there = _is_there(value)
    if not isinstance(there, np.ndarray):
        return value if there else other(year)
    return value if there.all() else np.where(there, value, other(year))


def _either(holds: Any, then: _Read, other: _Read, year: Year) -> Any:
    """Return what is read where a test holds, else the other; only what is needed is read."""
    if not isinstance(holds, np.ndarray):
        return then(year) if holds else other(year)
    if holds.all():
        return then(year)
    return np.where(holds, then(year), other(year)) if holds.any() else other(year)


def _index(values: Sequence[Any]) -> Any:
    """Return 100 where none of the years is known, else NaN."""
    there = reduce(or_, map(_is_there, values), False)
    return np.where(there, nan, 100.0) if isinstance(there, np.ndarray) else nan if there else 100.0
