"""What one input moves by itself, and at which of its values a target is just met.

The functions take any `f`. With a mapping of inputs, `f` receives a dict of values by name; with a
sequence, an array whose last axis is the inputs.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.arrays import as_array, as_number
from laikhe_analysis.checks import nearest, require
from laikhe_analysis.labels import items_of
from laikhe_analysis.messages import Text, _
from laikhe_analysis.sensitivity.inputs import as_named, as_results

__all__ = ["Bar", "BreakEven", "Tornado", "break_even", "tornado"]

_Array = NDArray[np.float64]
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


def tornado(f: Callable[[Any], Any], inputs: _Inputs, *, arrays: bool = False) -> Tornado:
    """Return what each input moves by itself, the others at their base values.

    Parameters
    ----------
    f : function
        Of a dict (or an array) of inputs, to a number.
    inputs : mapping, Series or sequence of (low, base, high), or DataFrame
        Range of each input; a frame has the columns `low`, `base` and `high`. [any unit]
    arrays : bool
        Whether `f` takes an array of values of every input and returns as many results: then all
        are computed in one call.

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
    values = _checked(ranges)
    many = _many(call, {name: base for name, (_unused, base, _unused) in values.items()}, arrays)
    places = np.repeat(np.arange(len(values)), 3)
    results = many(places, np.ravel(list(values.values()))).reshape(-1, 3)
    bars = [
        Bar(name, low, high, float(at_low), float(at_high))
        for (name, (low, _unused, high)), (at_low, _unused, at_high) in zip(
            values.items(), results, strict=True
        )
    ]
    return Tornado(float(results[0, 1]), tuple(sorted(bars, key=lambda bar: -bar.width)))


def break_even(
    f: Callable[[Any], Any],
    inputs: _Inputs,
    target: float,
    *,
    limits: Mapping[Any, tuple[float, float]] | None = None,
    arrays: bool = False,
) -> dict[Hashable, BreakEven]:
    """Return for each input the value at which `f` meets the target, the others at base values.

    Parameters
    ----------
    f, inputs, arrays
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
    target between two of them, the value is found by Chandrupatla's method; where it turns without
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
    target = as_number("target", target)
    require(math.isfinite(target), "target", target, "a finite number", known=True)
    call, ranges = as_named(f, inputs)
    values = _checked(ranges)
    base = {name: middle for name, (_unused, middle, _unused) in values.items()}
    many = _many(call, base, arrays)
    grids = _grids(many, target, _limits(values, limits), list(base.values()))
    found = _crossings(many, target, grids, list(base.values()))
    return {
        name: _answer(name, grid[1], crossings, base[name])
        for name, grid, crossings in zip(base, grids, found, strict=True)
    }


_Many = Callable[[Any, Any], _Array]


def _many(call: Callable[[Any], Any], base: Mapping[Any, float], arrays: bool) -> _Many:
    """Return a function of input numbers and values to results, the others at their base values."""
    names = list(base)

    def many(places: Any, values: Any) -> _Array:
        k, x = np.ravel(places).astype(int), np.ravel(values)
        if arrays:
            given = {name: np.where(k == i, x, base[name]) for i, name in enumerate(names)}
            results = np.broadcast_to(as_results(call(given)), x.shape)
        else:
            pairs = zip(k.tolist(), x.tolist(), strict=True)
            results = np.array(
                [float(as_results(call({**base, names[i]: value}))) for i, value in pairs]
            )
        if not np.isfinite(results).all():
            i = int(np.argmax(~np.isfinite(results)))
            raise ValueError(
                f"`f` must return a finite number, got {results[i]} at {names[k[i]]} = {x[i]:g}."
            )
        return results.reshape(np.shape(values))

    return many


def _answer(name: Hashable, results: _Array, crossings: Sequence[float], base: float) -> BreakEven:
    """Return the crossing nearest to the base, or why there is none."""
    low, high = float(results.min()), float(results.max())
    if crossings:
        nearest = min(crossings, key=lambda value: abs(value - base))
        return BreakEven(name, nearest, None, tuple(crossings), (low, high))
    reason = _(
        "không thể đạt chỉ bằng yếu tố này: từ {low} đến {high}", low=f"{low:g}", high=f"{high:g}"
    )
    return BreakEven(name, None, reason, (), (low, high))


def _grids(
    many: _Many, target: float, spans: Sequence[tuple[float, float]], base: Sequence[float]
) -> list[tuple[_Array, _Array]]:
    """Return values of every input, increasing, and results: even steps, base, turning points.

    A turning point that comes as near to the target as the arithmetic allows counts as on it.
    """
    steps = [
        np.unique([x for x in (*np.linspace(*span, _SCAN), middle) if span[0] <= x <= span[1]])
        for span, middle in zip(spans, base, strict=True)
    ]
    places = np.repeat(np.arange(len(steps)), [len(x) for x in steps])
    cuts = np.cumsum([len(x) for x in steps])[:-1]
    results = np.split(many(places, np.concatenate(steps)), cuts)
    turns = [
        (k, x[i - 1], x[i], x[i + 1], side, max(flat, 2e-7 * max(ends)))
        for k, (x, y) in enumerate(zip(steps, results, strict=True))
        for flat in [_FLAT * np.abs(y - target).max()]
        for i in range(1, len(x) - 1)
        for side in [float(np.sign(y[i] - target))]
        for ends in [(side * (y[i - 1] - target), side * (y[i + 1] - target))]
        if side and 0 < side * (y[i] - target) <= min(ends) and side * (y[i] - target) < max(ends)
    ]
    if turns:
        _add_turns(many, target, np.array(turns).T, steps, results)
    return list(zip(steps, results, strict=True))


def _add_turns(
    many: _Many, target: float, turns: _Array, steps: list[_Array], results: list[_Array]
) -> None:
    """Add the turning points within brackets to the steps and results of their inputs."""
    from scipy.optimize.elementwise import find_minimum

    places, left, middle, right, sides, close = turns  # a kink is found no nearer than its argument
    found = find_minimum(
        lambda x, k, side: side * (many(k, x) - target), (left, middle, right), args=(places, sides)
    )
    at = np.where(found.success, found.x, middle)
    reached = many(places, at)
    reached = np.where(np.abs(reached - target) <= close, target, reached)
    for k in np.unique(places).astype(int):
        x = np.concatenate([steps[k], at[places == k]])
        y = np.concatenate([results[k], reached[places == k]])
        steps[k], first = np.unique(x, return_index=True)
        results[k] = y[first]


def _crossings(
    many: _Many,
    target: float,
    grids: Sequence[tuple[_Array, _Array]],
    base: Sequence[float],
) -> list[list[float]]:
    """Return for every input the values at which the target is met, increasing."""
    from scipy.optimize.elementwise import find_root

    found = [
        _touched(partial(many, k), target, x, y - target, middle)
        for k, ((x, y), middle) in enumerate(zip(grids, base, strict=True))
    ]
    passed = [
        (k, x[i], x[i + 1])
        for k, (x, y) in enumerate(grids)
        for i in np.flatnonzero((y[:-1] - target) * (y[1:] - target) < 0)
    ]
    if passed:
        places, left, right = np.array(passed).T
        roots = find_root(lambda x, k: many(k, x) - target, (left, right), args=(places,)).x
        for k, root in zip(places.astype(int), roots, strict=True):
            found[k].add(float(root))
    return [sorted(values) for values in found]


def _touched(
    f: Callable[[Any], _Array], target: float, x: _Array, distance: _Array, base: float
) -> set[float]:
    """Return the steps on the target; of a stretch on it its ends, and the base in it."""
    on = [False, *(distance == 0), False]
    found = set()
    for i in np.flatnonzero(distance == 0):
        before, after, value = on[i], on[i + 2], float(x[i])
        if before != after and 0 < i < len(x) - 1:
            found.add(_end_of_stretch(f, target, float(x[i - 1 if after else i + 1]), value))
        elif not (before and after):
            found.add(value)
        if value == base:
            found.add(value)
    return found


def _end_of_stretch(f: Callable[[Any], _Array], target: float, off: float, on: float) -> float:
    """Return where the stretch on the target begins, between a value off it and one on it."""
    for _unused in range(64):
        middle = (off + on) / 2
        if f(middle) == target:
            on = middle
        else:
            off = middle
    return on


def _checked(ranges: Mapping[Any, Any]) -> dict[Any, _Range]:
    """Return the ranges as floats, each base within its range."""
    found = {}
    for name, given in ranges.items():
        if np.shape(given) != (3,):
            raise ValueError(f"`inputs` {name}: must be (low, base, high), got {given}.")
        low, base, high = as_array(f"inputs {name}", given).tolist()
        if not low <= base <= high:
            raise ValueError(f"`inputs` {name}: base {base:g} is not within {low:g} to {high:g}.")
        found[name] = (low, base, high)
    return found


def _limits(ranges: Mapping[Any, _Range], given: Any) -> list[tuple[float, float]]:
    """Return the limits of every input, the lower first."""
    limits = {} if given is None else items_of("limits", given)
    for name, ends in limits.items():
        if name not in ranges:
            guess = nearest(str(name), map(str, ranges))
            known = (
                f"did you mean {guess}?" if guess else f"there are: {', '.join(map(str, ranges))}."
            )
            raise ValueError(f"`limits` {name}: there is no such input; {known}")
        pair = as_array(f"limits {name}", ends)
        if pair.shape != (2,) or not np.isfinite(pair).all() or pair[0] > pair[1]:
            shown = ", ".join(f"{end:g}" for end in np.atleast_1d(pair))
            raise ValueError(f"`limits` {name}: must be (lowest, highest), got {shown}.")
    return [limits.get(name, (low, high)) for name, (low, _unused, high) in ranges.items()]
