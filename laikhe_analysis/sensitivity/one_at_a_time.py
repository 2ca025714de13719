"""What one input moves by itself, and at which of its values a target is just met.

The functions take any `f`. With a mapping of inputs, `f` receives a dict of values by name; with a
sequence, an array whose last axis is the inputs.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np

from laikhe_analysis.checks import Text, require
from laikhe_analysis.sensitivity.inputs import as_named

__all__ = ["Bar", "BreakEven", "Tornado", "break_even", "tornado"]

_Range = tuple[float, float, float]
_Inputs = Mapping[Any, _Range] | Sequence[_Range]
_SCAN = 33  # values of an input tried between its limits
_FLAT = 1e-12  # distance from the target, over the largest one seen, that counts as none


@dataclass(frozen=True)
class Bar:
    """What one input moves: its range and the results at both ends."""

    name: Hashable
    low: float
    high: float
    at_low: float
    at_high: float

    @property
    def width(self) -> float:
        """The distance between the two results. [unit of the result]"""
        return abs(self.at_high - self.at_low)


@dataclass(frozen=True)
class Tornado:
    """The bars, the widest first, around the result with every input at its base value."""

    base: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class BreakEven:
    """The value of one input at which the target is just met, or the reason why there is none.

    Parameters
    ----------
    name : hashable
        The input.
    value : float or None
        Of all `crossings` the one nearest to the input's base value. [unit of the input]
    reason : Text or None
        Why there is none.
    crossings : tuple of float
        Every value found at which the target is met, increasing. [unit of the input]
    reached : (float, float)
        The lowest and the highest result found between the limits. [unit of the result]
    """

    name: Hashable
    value: float | None
    reason: Text | None = None
    crossings: tuple[float, ...] = ()
    reached: tuple[float, float] = (math.nan, math.nan)


def tornado(f: Callable[[Any], float], inputs: _Inputs) -> Tornado:
    """Return what each input moves by itself, the others at their base values.

    Parameters
    ----------
    f : function
        Of a dict (or an array) of inputs, to a number.
    inputs : mapping or sequence of (low, base, high)
        Range of each input. [any unit]

    Raises
    ------
    ValueError
        If there is no input, a range is no (low, base, high) with the base between, or a result
        is not finite.

    Notes
    -----
    Only both ends of a range are looked at: where `f` turns between them the bar is too short.

    Examples
    --------
    >>> found = tornado(lambda x: x["area"] * x["price"], {"area": (4, 5, 6), "price": (5, 10, 12)})
    >>> found.base, [(bar.name, bar.at_low, bar.at_high) for bar in found.bars]
    (50.0, [('price', 25.0, 60.0), ('area', 40.0, 60.0)])
    """
    call, ranges = as_named(f, inputs)
    base = _bases(ranges)
    bars = [
        Bar(name, low, high, *(_result(call, base, name, end) for end in (low, high)))
        for name, (low, _, high) in ranges.items()
    ]
    first = next(iter(base))
    middle = _result(call, base, first, base[first])
    return Tornado(middle, tuple(sorted(bars, key=lambda bar: -bar.width)))


def break_even(
    f: Callable[[Any], float],
    inputs: _Inputs,
    target: float,
    *,
    limits: Mapping[Any, tuple[float, float]] | None = None,
) -> dict[Hashable, BreakEven]:
    """Return for each input the value at which `f` meets the target, the others at base values.

    Parameters
    ----------
    f, inputs
        As in `tornado`.
    target : float
        Result wanted. [unit of the result]
    limits : mapping of (lowest, highest), optional
        What is possible at all, by input, such as (0, 1) for a share; the range in `inputs` where
        not given.

    Returns
    -------
    dict of BreakEven
        Without a value, and with the reason, where the input alone cannot close the gap.

    Raises
    ------
    ValueError
        As `tornado`; or if `target` is not finite, or limits are out of order or of no input.

    Notes
    -----
    `f` is computed at 33 even steps between the limits and at the base value. Where it passes the
    target between two of them, the value is found by Brent's method; where it turns without
    passing, the turning point is searched, so that a target that is touched, or passed twice
    within a step, is found too. `f` is taken to be continuous; a turn within the first or the last
    step, or two turns within two steps, may be missed. In a product there is one crossing, at
    ``base value * target / base result``.

    Examples
    --------
    >>> found = break_even(lambda x: x["area"] * x["share"],
    ...     {"area": (4, 5, 9), "share": (0.5, 0.6, 1)}, 4.2)
    >>> round(found["area"].value, 9), round(found["share"].value, 9)
    (7.0, 0.84)

    A result that rises and falls again meets the target twice:

    >>> found = break_even(lambda x: x["a"] * (4 - x["a"]), {"a": (0, 1.5, 4)}, 3.0)["a"]
    >>> found.value, found.crossings, found.reached
    (1.0, (1.0, 3.0), (0.0, 4.0))
    """
    require(math.isfinite(target), "target", target, "a finite number", known=True)
    call, ranges = as_named(f, inputs)
    base = _bases(ranges)
    return {
        name: _met(name, partial(_result, call, base, name), target, span, base[name])
        for name, span in _limits(ranges, limits or {}).items()
    }


def _met(
    name: Hashable,
    f: Callable[[float], float],
    target: float,
    span: tuple[float, float],
    base: float,
) -> BreakEven:
    """Return where a function of one input meets the target."""
    points = _points(f, target, span, base)
    crossings = _crossings(f, target, points, base)
    low, high = min(points.values()), max(points.values())
    if crossings:
        nearest = min(crossings, key=lambda value: abs(value - base))
        return BreakEven(name, nearest, None, crossings, (low, high))
    vi = f"không thể đạt chỉ bằng yếu tố này: từ {low:g} đến {high:g}"
    en = f"not reachable by this input alone: from {low:g} to {high:g}"
    return BreakEven(name, None, Text(vi, en), (), (low, high))


def _points(
    f: Callable[[float], float], target: float, span: tuple[float, float], base: float
) -> dict[float, float]:
    """Return results by input value, increasing: at even steps, the base and every turning point.

    A turning point that comes as near to the target as the arithmetic allows counts as on it.
    """
    from scipy.optimize import minimize_scalar

    steps = {float(x) for x in (*np.linspace(*span, _SCAN), base) if span[0] <= x <= span[1]}
    points = {x: f(x) for x in sorted(steps)}
    grid = [(x, y - target) for x, y in points.items()]
    flat = _FLAT * max(abs(y) for _, y in grid)
    for (a, left), (_, middle), (b, right) in zip(grid, grid[1:], grid[2:], strict=False):
        side = float(np.sign(middle))
        ends = side * left, side * right
        if side and 0 < side * middle <= min(ends) and side * middle < max(ends):
            turn = minimize_scalar(
                lambda x, s=side: s * (f(x) - target),
                bounds=(a, b), method="bounded", options={"xatol": 1e-9 * (b - a)},
            )  # fmt: skip
            close = max(flat, 2e-7 * max(ends))  # a kink is found no nearer than its argument
            points[float(turn.x)] = target if abs(turn.fun) <= close else f(float(turn.x))
    return dict(sorted(points.items()))


def _crossings(
    f: Callable[[float], float], target: float, points: Mapping[float, float], base: float
) -> tuple[float, ...]:
    """Return every value at which the target is met; of a stretch its ends, and the base in it."""
    from scipy.optimize import brentq

    grid = [(x, y - target) for x, y in points.items()]
    on = [False, *(y == 0 for _, y in grid), False]
    found = set()
    for i, (x, y) in enumerate(grid):
        before, after = on[i], on[i + 2]
        if y == 0 and before != after and 0 < i < len(grid) - 1:
            found.add(_end_of_stretch(f, target, grid[i - 1 if after else i + 1][0], x))
        elif y == 0 and not (before and after):
            found.add(x)
        if y == 0 and x == base:
            found.add(x)
    for (a, left), (b, right) in pairwise(grid):
        if left * right < 0:
            found.add(float(brentq(lambda x: f(x) - target, a, b, xtol=1e-15, rtol=1e-14)))
    return tuple(sorted(found))


def _end_of_stretch(f: Callable[[float], float], target: float, off: float, on: float) -> float:
    """Return where the stretch on the target begins, between a value off it and one on it."""
    for _ in range(64):
        middle = (off + on) / 2
        if f(middle) == target:
            on = middle
        else:
            off = middle
    return on


def _result(
    call: Callable[[Any], Any], base: Mapping[Any, float], name: Hashable, value: float
) -> float:
    """Return the result with one input changed."""
    found = float(call({**base, name: value}))
    if not math.isfinite(found):
        raise ValueError(f"`f` must return a finite number, got {found} at {name} = {value:g}.")
    return found


def _bases(ranges: Mapping[Any, _Range]) -> dict[Any, float]:
    """Return the base values, each within its range."""
    for name, given in ranges.items():
        if np.shape(given) != (3,):
            raise ValueError(f"`inputs` {name}: must be (low, base, high), got {given}.")
        low, base, high = given
        if not low <= base <= high:
            raise ValueError(f"`inputs` {name}: base {base:g} is not within {low:g} to {high:g}.")
    return {name: base for name, (_, base, _) in ranges.items()}


def _limits(
    ranges: Mapping[Any, _Range], limits: Mapping[Any, tuple[float, float]]
) -> dict[Any, tuple[float, float]]:
    """Return the limits of every input, the lower first."""
    for name, (low, high) in limits.items():
        if name not in ranges:
            known = ", ".join(map(str, ranges))
            raise ValueError(f"`limits` {name}: there is no such input; there are: {known}.")
        if not (math.isfinite(low) and math.isfinite(high) and low <= high):
            raise ValueError(f"`limits` {name}: must be (lowest, highest), got {low:g}, {high:g}.")
    return {name: limits.get(name, (low, high)) for name, (low, _, high) in ranges.items()}
