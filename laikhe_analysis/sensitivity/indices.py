"""How much of the variance of a result each input explains: Sobol indices.

The function takes a dict of arrays of cases, or an array whose last axis is the inputs.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.arrays import as_array
from laikhe_analysis.checks import check_kind
from laikhe_analysis.sensitivity.inputs import as_named, as_results

__all__ = ["Sobol", "sobol", "sobol_indices"]

_Array = NDArray[np.float64]
_Z95 = 1.959963984540054
_FLAT = 1e-12  # spread over the largest result that rounding alone may make
_NO_CHANGE = "`f` does not vary with its inputs: there is nothing to explain."


class Sobol(NamedTuple):
    """Sobol indices by input: of the input alone, and with all its interactions. [fractions]

    `intervals` holds for every input the 95 % intervals of the two.
    """

    first: dict[Hashable, float]
    total: dict[Hashable, float]
    intervals: dict[Hashable, tuple[tuple[float, float], tuple[float, float]]]


def sobol(
    f: Callable[[Any], Any],
    inputs: Mapping[Any, Any] | Sequence[Any],
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
        (low, high) for a uniform input, a distribution of scipy's, or a quantile function of arrays
        from 0 to 1. Inputs are independent.
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
        If `n` is no power of 2, there is no input, an end of an input is missing, or the results
        do not vary, are missing or are not one per case.
    TypeError
        If `rng` is no generator: what cannot be repeated cannot be checked.

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

    if not isinstance(n, int | np.integer) or n < 2 or n & (n - 1):
        raise ValueError(f"`n` must be a power of 2, got {n}.")
    check_kind("rng", rng, np.random.Generator, "a seeded numpy.random.default_rng(...)")
    call, given = as_named(f, inputs)
    cube = qmc.Sobol(2 * len(given), rng=rng).random(n).T
    names = list(given)
    a, b = (
        {name: _quantile(name, given[name], u) for name, u in zip(names, half, strict=True)}
        for half in (cube[: len(names)], cube[len(names) :])
    )
    mixed = np.array([_results(call(a | {name: b[name]}), n) for name in names])
    results = _results(call(a), n)
    if _is_rounding(call, a, results):
        raise ValueError(_NO_CHANGE)
    first, total, errors = sobol_indices(results, _results(call(b), n), mixed)
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
        If a result is missing, or the results do not vary beyond rounding.

    Examples
    --------
    >>> a, b = np.array([0.0, 1, 0, 1]), np.array([0.0, 0, 1, 1])
    >>> sobol_indices(a, b, np.array([b]))[:2]
    (array([1.]), array([1.]))
    """
    count = a.size + b.size + mixed.size
    mean = (a.sum() + b.sum() + mixed.sum()) / count
    if not np.isfinite(mean):
        lost = count - sum(int(np.isfinite(part).sum()) for part in (a, b, mixed))
        raise ValueError(
            f"`f` must return a number for every case: {lost} of {count} results are missing."
        )
    largest = max(float(np.abs(part).max()) for part in (a, b))
    a, b, mixed = a - mean, b - mean, mixed - mean
    middle = (a.mean() + b.mean()) / 2
    parts = ((a - middle) ** 2 + (b - middle) ** 2) / 2
    variance = float(parts.mean())
    if np.sqrt(variance) <= _FLAT * largest:
        raise ValueError(_NO_CHANGE)
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


def _is_rounding(call: Callable[[Any], Any], a: Mapping[Any, _Array], results: _Array) -> bool:
    """Return whether results around 0 are what rounding leaves of much larger inputs.

    Then they jump where the inputs hardly move.
    """
    if not np.abs(results).max() <= _FLAT * max(np.abs(values).max() for values in a.values()):
        return False
    moved = _results(call({name: values * (1 + 1e-9) for name, values in a.items()}), len(results))
    return bool((moved - results).std() > 0.1 * results.std())


def _results(found: Any, n: int) -> _Array:
    """Return results, one per case; a constant counts for all."""
    results = as_results(found)
    if results.shape not in ((), (n,)):
        raise ValueError(f"`f` must return one result per case, ({n},), got {results.shape}.")
    return np.broadcast_to(results, (n,))


def _quantile(name: Hashable, given: Any, uniform: _Array) -> _Array:
    """Return an input at uniform points: between two ends, or by its quantile function."""
    given = getattr(given, "ppf", getattr(given, "icdf", given))  # a distribution of scipy's
    if callable(given):
        return _results(given(uniform), len(uniform))
    ends = as_array(f"inputs {name}", given)
    if ends.shape != (2,) or not np.isfinite(ends).all():
        raise ValueError(f"`inputs` {name}: must be (low, high), got {given}.")
    spread: _Array = ends[0] + (ends[1] - ends[0]) * uniform
    return spread
