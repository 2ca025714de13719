"""A set of equations by the name of their quantity, and in which order they are computed."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from laikhe_analysis.model.expressions import Expression, Term, Value, as_node, leaves

__all__ = ["HELPER", "Equation", "Model"]

HELPER = "helper"
"""Unit of a quantity that only serves other equations."""


@dataclass(frozen=True)
class Equation:
    """How one quantity comes about in the base year and in every later year.

    Parameters
    ----------
    name : str
    unit : str
        Of the result where only pure numbers and indices are in its formula; else the unit is
        that of the figures in the formula.
    first, later : Expression
        The formula of the base year, and that of later years.
    prices : str
        Price basis, "" where it is that of the figures; {} stands for the base year.
    """

    name: str
    unit: str
    first: Expression
    later: Expression
    prices: str = ""


@dataclass(frozen=True, eq=False)
class Model:
    """Equations by the name of their quantity, and the sectors that they are written for.

    Examples
    --------
    >>> from laikhe_analysis.model.expressions import known, now
    >>> model = Model()
    >>> model.let("double", "people", now.population * 2)
    >>> model.let("population", "people", known.population)
    >>> model.order(("double",))
    ('population', 'double')
    """

    parts: tuple[str, ...] = ()
    table: dict[str, Equation] = field(default_factory=dict)

    def let(
        self, name: str, unit: str, first: Term, later: Term | None = None, *, prices: str = ""
    ) -> None:
        """Write one equation; one formula alone is that of all years."""
        start = as_node(first)
        self.table[name] = Equation(
            name, unit, start, start if later is None else as_node(later), prices
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The quantities that are results."""
        return tuple(name for name, one in self.table.items() if one.unit != HELPER)

    @lru_cache(maxsize=256)  # noqa: B019 - models are few and stay
    def order(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return the equations that `names` touch, each after those whose value it uses."""
        touched, todo = set[str](), list(names)
        while todo:
            name = todo.pop()
            if name not in touched:
                touched.add(name)
                todo += [one.name for one in self._used(name)]
        done: dict[str, None] = {}

        def visit(name: str) -> None:
            for one in () if name in done else self._used(name):
                if one.kind == "now":
                    visit(one.name)
            done.setdefault(name)

        for name in (name for name in self.table if name in touched):
            visit(name)
        return tuple(done)

    def _used(self, name: str) -> list[Value]:
        one = self.table[name]
        named = (*leaves(one.first), *leaves(one.later))
        return [leaf for leaf in named if isinstance(leaf, Value)]
