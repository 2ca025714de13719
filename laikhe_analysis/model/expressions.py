"""Formulas as values: ordinary Python on small objects leaves the tree that every reading walks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import nan

__all__ = [
    "NOTHING",
    "Above",
    "Every",
    "Expression",
    "First",
    "Given",
    "Leaf",
    "Number",
    "Operation",
    "Term",
    "Test",
    "Total",
    "Value",
    "When",
    "amount",
    "as_node",
    "children",
    "every",
    "given",
    "index",
    "known",
    "leaves",
    "now",
    "option",
    "prev",
    "rate",
    "total",
    "when",
]


class Expression:
    """A formula of one year. A value that is missing is NaN, and so is what is computed from it.

    `+ - * /` are arithmetic, `a | b` is the first that there is, `a > b` and `a & b` are tests for
    `when`. A division by zero is missing.

    Examples
    --------
    >>> rule = known.population | prev.population * (1 + rate.population_growth)
    >>> rule.left, rule.right.sign
    (Leaf(kind='known', name='population'), '*')
    """

    def __add__(self, other: Term) -> Expression:
        return Operation("+", self, as_node(other))

    def __radd__(self, other: float) -> Expression:
        return Operation("+", Number(other), self)

    def __sub__(self, other: Term) -> Expression:
        return Operation("-", self, as_node(other))

    def __rsub__(self, other: float) -> Expression:
        return Operation("-", Number(other), self)

    def __mul__(self, other: Term) -> Expression:
        return Operation("*", self, as_node(other))

    def __rmul__(self, other: float) -> Expression:
        return Operation("*", Number(other), self)

    def __truediv__(self, other: Term) -> Expression:
        return Operation("/", self, as_node(other))

    def __rtruediv__(self, other: float) -> Expression:
        return Operation("/", Number(other), self)

    def __or__(self, other: Term) -> Expression:
        return First(self, as_node(other))

    def __gt__(self, other: Term) -> Test:
        return Above(self, as_node(other))

    def __bool__(self) -> bool:
        raise TypeError("a formula is neither true nor false: write `when(test, a, b)`.")


class Test(Expression):
    """A formula that holds or does not; a comparison with what is missing does not hold."""

    __test__ = False  # nothing for pytest to collect

    def __and__(self, other: Test) -> Test:
        return Every((self, other))


Term = Expression | float


def as_node(term: Term) -> Expression:
    """Return a formula as it is, and a number as a formula."""
    return term if isinstance(term, Expression) else Number(float(term))


@dataclass(frozen=True, eq=False)
class Number(Expression):
    """A number as it is written."""

    value: float


@dataclass(frozen=True)
class _Named(Expression):
    """Something with a name; `x.product[s]` is that of sector s."""

    kind: str
    name: str

    def __getitem__(self, sector: str) -> Expression:
        return type(self)(self.kind, f"{self.name}_{sector}")


class Leaf(_Named):
    """What is given from outside: `known`, `rate`, `amount`, `index` or `option`."""


class Value(_Named):
    """A quantity of this year (`now`) or of the year before (`prev`)."""


@dataclass(frozen=True, eq=False)
class Operation(Expression):
    """Arithmetic on two formulas."""

    sign: str
    left: Expression
    right: Expression


@dataclass(frozen=True, eq=False)
class First(Expression):
    """The left where there is one, else the right."""

    left: Expression
    right: Expression


@dataclass(frozen=True, eq=False)
class Total(Expression):
    """The sum of what is there of every sector; missing where one is, or there is no sector."""

    terms: tuple[Expression, ...]


@dataclass(frozen=True, eq=False)
class When(Expression):
    """One formula where a test holds, another where it does not."""

    test: Test
    then: Expression
    other: Expression


@dataclass(frozen=True, eq=False)
class Given(Test):
    """Whether there is a value."""

    term: Expression


@dataclass(frozen=True, eq=False)
class Above(Test):
    """Whether the left is above the right."""

    left: Expression
    right: Expression


@dataclass(frozen=True, eq=False)
class Every(Test):
    """Whether all tests hold; so it is where there is none."""

    tests: tuple[Test, ...]


class _Names:
    """What stands before the dot: `known.population` is the leaf of that name."""

    def __init__(self, of: type[_Named], kind: str) -> None:
        self._of, self._kind = of, kind

    def __getattr__(self, name: str) -> _Named:
        return self._of(self._kind, name)

    def __getitem__(self, name: str) -> _Named:
        return self._of(self._kind, name)


known = _Names(Leaf, "known")
"""A figure of the base year, or one that is known of a later year."""
rate = _Names(Leaf, "rate")
"""An assumption that is a fraction, written in per cent in files; a known rate goes before it."""
amount = _Names(Leaf, "amount")
"""An assumption in the unit of the files."""
index = _Names(Leaf, "index")
"""100 where no year of a quantity is known, else missing: such a quantity starts as an index."""
option = _Names(Leaf, "option")
"""1 where something holds of the commune's figures as a whole, else 0."""
now = _Names(Value, "now")
prev = _Names(Value, "prev")
NOTHING = Number(nan)
"""What is missing by definition."""


def total(terms: Iterable[Expression]) -> Expression:
    """Return the sum over the sectors."""
    return Total(tuple(terms))


def given(term: Expression) -> Test:
    """Return the test whether there is a value."""
    return Given(term)


def every(tests: Iterable[Test]) -> Test:
    """Return the test whether all tests hold."""
    return Every(tuple(tests))


def when(test: Test, then: Term, other: Term = NOTHING) -> Expression:
    """Return `then` where the test holds, else `other`."""
    return When(test, as_node(then), as_node(other))


def children(node: Expression) -> tuple[Expression, ...]:
    """Return the formulas right beneath one."""
    match node:
        case Operation() | First() | Above():
            return node.left, node.right
        case Total():
            return node.terms
        case Every():
            return node.tests
        case Given():
            return (node.term,)
        case When():
            return node.test, node.then, node.other
    return ()


def leaves(node: Expression) -> Iterator[Leaf | Value]:
    """Return everything named in a formula, in the order of writing, as often as it stands there.

    Examples
    --------
    >>> [leaf.name for leaf in leaves(now.room / now.free)]
    ['room', 'free']
    """
    if isinstance(node, Leaf | Value):
        yield node
    for child in children(node):
        yield from leaves(child)
