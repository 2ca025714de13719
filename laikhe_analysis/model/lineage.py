"""What a value rests on, walked off the equations: figures, assumptions, unit, or what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from laikhe_analysis.model.evaluation import Year, reading
from laikhe_analysis.model.expressions import (
    Expression,
    First,
    Leaf,
    Operation,
    Test,
    Total,
    Value,
    When,
    children,
    leaves,
)
from laikhe_analysis.model.table import Model

__all__ = ["Input", "Lineage"]


class Input(NamedTuple):
    """A figure (`known`) or an assumption (`rate`, `amount`) of one year, counted from the base."""

    kind: str
    name: str
    year: int


class Lineage:
    """What every value of one evaluation rests on.

    Parameters
    ----------
    model : Model
    years : sequence of Year
        From `evaluation.evaluate`, of a single row.
    figures : mapping of str to (unit, price basis)
        Of what is known, by name.

    Examples
    --------
    >>> from math import nan
    >>> from laikhe_analysis.model.equations import equations
    >>> from laikhe_analysis.model.evaluation import evaluate
    >>> model, people = equations(()), {"population": [1000.0, nan, nan]}
    >>> years = evaluate(model, people, {"population_growth": [nan, 0.02, nan]}, years=3)
    >>> rests = Lineage(model, years, {"population": ("people", "n/a")})
    >>> [(one.name, one.year) for one in rests.inputs("population", 1)]
    [('population', 0), ('population_growth', 1)]
    >>> rests.lacking("population", 2)
    [(Input(kind='rate', name='population_growth', year=2),)]
    >>> rests.unit("population")
    ('people', 'n/a')
    """

    def __init__(
        self, model: Model, years: Sequence[Year], figures: Mapping[str, tuple[str, str]]
    ) -> None:
        self.model, self.years, self.figures = model, years, figures
        self._inputs: dict[tuple[str, int], dict[Input, None]] = {}
        self._units: dict[str, tuple[str, str] | None] = {}

    def inputs(self, name: str, year: int) -> dict[Input, None]:
        """Return what the value of a quantity in a year is computed from, in the order of use."""
        if (name, year) not in self._inputs:
            self._inputs[name, year] = self._under(self._formula(name, year), year)
        return self._inputs[name, year]

    def is_figure(self, name: str, year: int) -> bool:
        """Return whether a value is a figure as it was given, with nothing done to it."""
        node = self._formula(name, year)
        while isinstance(node, First | When):
            node = self._chosen(node, year)
        return isinstance(node, Leaf) and node.kind not in ("index", "option")

    def lacking(self, name: str, year: int) -> list[tuple[Input, ...]]:
        """Return what a quantity lacks in a year; of several in one tuple one is enough."""
        return list(dict.fromkeys(self._missing(self._formula(name, year), year)))

    def unit(self, name: str) -> tuple[str, str]:
        """Return unit and price basis of a quantity."""
        one = self.model.table[name]
        unit, prices = self._figure_unit(name) or (one.unit, "n/a")
        return unit, one.prices or prices

    def _formula(self, name: str, year: int) -> Expression:
        one = self.model.table[name]
        return one.later if year else one.first

    def _value(self, node: Expression, year: int) -> Any:
        return reading(node)(self.years[year])

    def _is_there(self, node: Expression, year: int) -> bool:
        value = self._value(node, year)
        return bool(value == value)

    def _chosen(self, node: First | When, year: int) -> Expression:
        """Return the way that a formula took."""
        if isinstance(node, First):
            return node.left if self._is_there(node.left, year) else node.right
        return node.then if self._value(node.test, year) else node.other

    def _under(self, node: Expression, year: int) -> dict[Input, None]:
        """Return the inputs of a formula along the way that it took."""
        match node:
            case Value("prev", name):
                return self.inputs(name, year - 1) if year else {}
            case Value("now", name):
                return self.inputs(name, year)
            case Leaf(kind, name):
                return {Input(kind, name, year): None} if kind not in ("index", "option") else {}
            case First():
                return self._under(self._chosen(node, year), year)
            case When(test):
                ways: tuple[Expression, ...] = (self._chosen(node, year),)
                ways += (test,) if self._value(test, year) else ()
            case _:
                ways = children(node)
        found: dict[Input, None] = {}
        for way in ways:
            found |= self._under(way, year)
        return found

    def _missing(self, node: Expression, year: int) -> list[tuple[Input, ...]]:
        """Return the inputs for want of which a formula has no value."""
        if not isinstance(node, Test) and self._is_there(node, year):
            return []
        match node:
            case Value("prev", name):
                return self.lacking(name, year - 1) if year else []
            case Value("now", name):
                return self.lacking(name, year)
            case Leaf("known" | "rate" | "amount" as kind, name):
                return [(Input(kind, name, year),)]
            case Total(()):
                return [(Input("known", "sectors", 0),)]
            case First(left, right):
                return self._neither(left, right, year)
            case When(test, then, other):
                if self._value(test, year):
                    return self._missing(then, year)
                return self._missing(other, year) or self._missing(test, year)
        return [one for child in children(node) for one in self._missing(child, year)]

    def _neither(self, left: Expression, right: Expression, year: int) -> list[tuple[Input, ...]]:
        """Return what is lacking of two ways: of both where the second lacks an assumption too."""
        first, rest = self._missing(left, year), self._missing(right, year)
        own = {(leaf.kind, leaf.name) for leaf in leaves(right)}
        found = [one for group in rest for one in group if (one.kind, one.name) in own]
        if first and found and first[0][0].kind != "known":
            return [(*first[0], *found)]
        return rest or first

    def _figure_unit(self, name: str) -> tuple[str, str] | None:
        """Return unit and price basis of the figures that a quantity is made of, None without."""
        if name not in self._units:
            self._units[name] = None  # what leads back to itself says nothing of the unit
            one = self.model.table[name]
            self._units[name] = self._unit_of(one.first, 0) or self._unit_of(one.later, 1)
        return self._units[name]

    def _unit_of(self, node: Expression, year: int) -> tuple[str, str] | None:
        match node:
            case Leaf("known", name):
                return self.figures.get(name)
            case Value(_, name):
                return self._figure_unit(name)
            case Operation("/", left, right):
                over, under = self._unit_of(left, year), self._unit_of(right, year)
                return None if over == under else over
            case When() | First() if not year:
                ways: tuple[Expression, ...] = (self._chosen(node, year),)
            case When(_, then, other):
                ways = (then, other)
            case _:
                ways = children(node)
        found = (self._unit_of(way, year) for way in ways)
        return next((unit for unit in found if unit is not None), None)
