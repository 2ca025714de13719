"""The inputs of a function whose dependence is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.arrays import as_array
from laikhe_analysis.labels import items_of, labelled

__all__ = ["as_named", "as_results"]


def as_named(f: Callable[[Any], Any], inputs: Any) -> tuple[Callable[[Any], Any], dict[Any, Any]]:
    """Return `f` as a function of a dict, and the inputs as a dict.

    Parameters
    ----------
    f : function
        Of a dict where `inputs` has names; else of an array whose last axis is the inputs.
    inputs : mapping, Series, DataFrame or sequence
        What is said of each input; a sequence is named 0, 1, 2, ... Of a frame every row is an
        input, its columns `low`, `base` (where there is one) and `high`.

    Raises
    ------
    ValueError
        If there is no input, a name stands twice, or a frame lacks its columns.

    Examples
    --------
    >>> call, ranges = as_named(lambda x: x[..., 0] - x[..., 1], [(0, 1), (2, 3)])
    >>> float(call({0: 5.0, 1: 3.0})), ranges
    (2.0, {0: (0, 1), 1: (2, 3)})
    """
    if hasattr(inputs, "columns"):
        wanted = [one for one in ("low", "base", "high") if one in inputs.columns]
        if not {"low", "high"} <= set(wanted):
            raise ValueError(
                f"`inputs` must have columns low and high, got {list(inputs.columns)}."
            )
        rows = labelled("inputs", inputs[wanted])
        named = {name: tuple(row) for name, row in zip(rows.index, rows.to_numpy(), strict=True)}
    elif hasattr(inputs, "keys"):
        named = items_of("inputs", inputs)
    else:
        named = dict(enumerate(inputs))
    if not named:
        raise ValueError("`inputs` must hold at least one input, got none.")
    if hasattr(inputs, "keys"):
        return f, named
    return lambda x: f(np.stack([x[i] for i in named], axis=-1)), named


def as_results(found: Any) -> NDArray[np.float64]:
    """Return what a function gave as floats; whether something holds counts as 1 or 0.

    Raises
    ------
    TypeError
        If a result is no number.

    Examples
    --------
    >>> as_results([True, False])
    array([1., 0.])
    """
    results = np.asarray(found)
    if results.dtype.kind in "bf":
        return results.astype(np.float64, copy=False)
    return as_array("f", found)
