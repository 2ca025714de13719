"""What a result depends on: one input at a time, break-even values, Sobol indices, conditions.

The functions take any `f`. With a mapping of inputs, `f` receives a dict of values by name; with a
sequence, an array whose last axis is the inputs. For `sobol` the values are arrays of cases.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.checks import Text
from laikhe_analysis.sensitivity.discovery import Box, Peel, find_box

__all__ = [
    "Bar",
    "Box",
    "BreakEven",
    "Peel",
    "Sobol",
    "Tornado",
    "break_even",
    "find_box",
    "sobol",
    "sobol_indices",
    "tornado",
]

_Array = NDArray[np.float64]
_Range = tuple[float, float, float]
_Quantile = Callable[[_Array], _Array]
_Z95 = 1.959963984540054


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
    """The value of one input at which the target is just met, or the reason why there is none."""

    name: Hashable
    value: float | None
    reason: Text | None = None


class Sobol(NamedTuple):
    """Sobol indices by input: of the input alone, and with all its interactions. [fractions]

    `intervals` holds for every input the 95 % intervals of the two.
    """

    first: dict[Hashable, float]
    total: dict[Hashable, float]
    intervals: dict[Hashable, tuple[tuple[float, float], tuple[float, float]]]


def tornado(f: Callable[[Any], float], inputs: Mapping[Any, _Range] | Sequence[_Range]) -> Tornado:
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
        If a base value is outside its range.

    Examples
    --------
    >>> found = tornado(lambda x: x["area"] * x["price"], {"area": (4, 5, 6), "price": (5, 10, 12)})
    >>> found.base, [(bar.name, bar.at_low, bar.at_high) for bar in found.bars]
    (50.0, [('price', 25.0, 60.0), ('area', 40.0, 60.0)])
    """
    call, ranges = _adapt(f, inputs)
    base = _bases(ranges)
    bars = [
        Bar(name, low, high, float(call(base | {name: low})), float(call(base | {name: high})))
        for name, (low, _, high) in ranges.items()
    ]
    return Tornado(float(call(base)), tuple(sorted(bars, key=lambda bar: -bar.width)))


def break_even(
    f: Callable[[Any], float],
    inputs: Mapping[Any, _Range] | Sequence[_Range],
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
        If a base value is outside its range.

    Notes
    -----
    Between limits on either side of the target by Brent's method. In a product the result is
    ``base value * target / base result``.

    Examples
    --------
    >>> found = break_even(lambda x: x["area"] * x["share"],
    ...     {"area": (4, 5, 9), "share": (0.5, 0.6, 1)}, 4.2)
    >>> round(found["area"].value, 9), round(found["share"].value, 9)
    (7.0, 0.84)
    """
    from scipy.optimize import brentq

    call, ranges = _adapt(f, inputs)
    base, found = _bases(ranges), {}
    for name, (low, _, high) in ranges.items():
        a, b = (limits or {}).get(name, (low, high))

        def excess(value: float, name: Hashable = name) -> float:
            return float(call(base | {name: value})) - target

        at_a, at_b = excess(a), excess(b)
        if at_a * at_b > 0:
            reached = f"{at_a + target:g}", f"{at_b + target:g}"
            vi = f"không thể đạt chỉ bằng yếu tố này: từ {reached[0]} đến {reached[1]}"
            en = f"not reachable by this input alone: from {reached[0]} to {reached[1]}"
            found[name] = BreakEven(name, None, Text(vi, en))
        else:
            found[name] = BreakEven(name, float(brentq(excess, a, b, xtol=1e-15, rtol=1e-14)))
    return found


def sobol(
    f: Callable[[Any], Any],
    inputs: Mapping[Any, tuple[float, float] | _Quantile] | Sequence[Any],
    *,
    n: int = 8192,
    rng: np.random.Generator,
) -> Sobol:
    """Return how much of the variance of `f` each input explains, alone and with the others.

    Parameters
    ----------
    f : function
        Of a dict of arrays (or an array [cases, inputs]), to an array of results. Called once per
        input and twice more, with n cases each.
    inputs : mapping or sequence
        (low, high) for a uniform input, or its quantile function of arrays from 0 to 1. Inputs are
        independent.
    n : int
        Points, a power of 2.
    rng : numpy.random.Generator
        Scrambles the Sobol points.

    Returns
    -------
    Sobol
        Unpacks into first, total, intervals.

    Raises
    ------
    ValueError
        If `n` is no power of 2, or the result does not vary.

    Notes
    -----
    With points A and B and A_i, which is A with input i from B:
    ``S_i = mean(f(B) (f(A_i) - f(A))) / var``, ``T_i = mean((f(A) - f(A_i))**2) / 2 / var`` [1]_.
    Intervals by the delta method, as if the points were independent: they err on the wide side.

    References
    ----------
    .. [1] A. Saltelli et al., "Variance based sensitivity analysis of model output", Computer
       Physics Communications 181 (2010), the estimators of its table 2 (b) and (f).

    Examples
    --------
    A sum: the variances are 1 and 4 parts, without interaction.

    >>> first, total, _ = sobol(lambda x: x["a"] + 2 * x["b"], {"a": (0, 1), "b": (0, 1)},
    ...                         rng=np.random.default_rng(1))
    >>> round(first["a"], 3), round(total["b"], 3)
    (0.2, 0.8)
    """
    from scipy.stats import qmc

    if n < 2 or n & (n - 1):
        raise ValueError(f"`n` must be a power of 2, got {n}.")
    call, given = _adapt(f, inputs)
    cube = qmc.Sobol(2 * len(given), rng=rng).random(n).T
    names = list(given)
    a = {name: _quantile(given[name], u) for name, u in zip(names, cube, strict=False)}
    b = {name: _quantile(given[name], u) for name, u in zip(names, cube[len(names) :], strict=True)}
    mixed = np.array([call(a | {name: b[name]}) for name in names])
    first, total, errors = sobol_indices(np.asarray(call(a)), np.asarray(call(b)), mixed)
    half = _Z95 * errors
    intervals = {
        name: (
            (float(first[i] - half[0, i]), float(first[i] + half[0, i])),
            (float(total[i] - half[1, i]), float(total[i] + half[1, i])),
        )
        for i, name in enumerate(names)
    }
    return Sobol(
        dict(zip(names, map(float, first), strict=True)),
        dict(zip(names, map(float, total), strict=True)),
        intervals,
    )


def sobol_indices(a: _Array, b: _Array, mixed: _Array) -> tuple[_Array, _Array, _Array]:
    """Return first and total indices and their standard errors from results already computed.

    Parameters
    ----------
    a, b : array [n]
        Results at the two sets of points.
    mixed : array [inputs, n]
        Results at the first set with one input from the second.

    Returns
    -------
    array [inputs], array [inputs], array [2, inputs]
        First, total, and the standard errors of both. [fractions]

    Raises
    ------
    ValueError
        If the results do not vary.

    Examples
    --------
    >>> a, b = np.array([0.0, 1, 0, 1]), np.array([0.0, 0, 1, 1])
    >>> sobol_indices(a, b, np.array([b]))[:2]
    (array([1.]), array([1.]))
    """
    mean = (a.sum() + b.sum() + mixed.sum()) / (a.size + b.size + mixed.size)
    a, b, mixed = a - mean, b - mean, mixed - mean
    middle = (a.mean() + b.mean()) / 2
    parts = ((a - middle) ** 2 + (b - middle) ** 2) / 2
    variance = float(parts.mean())
    if not variance > 0:
        raise ValueError("`f` does not vary with its inputs: there is nothing to explain.")
    change = mixed - a
    first_terms, total_terms = b * change, change**2 / 2
    first, total = first_terms.mean(axis=1) / variance, total_terms.mean(axis=1) / variance
    scale = variance * np.sqrt(len(a))
    errors = np.array(
        [
            (first_terms - first[:, None] * parts).std(axis=1) / scale,
            (total_terms - total[:, None] * parts).std(axis=1) / scale,
        ]
    )
    return first, total, errors


def _quantile(given: Any, uniform: _Array) -> _Array:
    """Return an input at uniform points: between two ends, or by its quantile function."""
    if callable(given):
        values: _Array = given(uniform)
        return values
    low, high = given
    spread: _Array = low + (high - low) * uniform
    return spread


def _adapt(f: Callable[[Any], Any], inputs: Any) -> tuple[Callable[[Any], Any], dict[Any, Any]]:
    """Return `f` as a function of a dict, and the inputs as a dict."""
    if isinstance(inputs, Mapping):
        return f, dict(inputs)
    ranges = dict(enumerate(inputs))
    return lambda x: f(np.stack([x[i] for i in ranges], axis=-1)), ranges


def _bases(ranges: Mapping[Any, _Range]) -> dict[Any, float]:
    """Return the base values, each within its range."""
    for name, (low, base, high) in ranges.items():
        if not low <= base <= high:
            raise ValueError(f"`inputs` {name}: base {base:g} is not within {low:g} to {high:g}.")
    return {name: base for name, (_, base, _) in ranges.items()}
