"""The inputs of a function whose dependence is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

__all__ = ["as_named"]


def as_named(
    f: Callable[[Any], Any], inputs: Mapping[Any, Any] | Sequence[Any]
) -> tuple[Callable[[Any], Any], dict[Any, Any]]:
    """Return `f` as a function of a dict, and the inputs as a dict.

    Parameters
    ----------
    f : function
        Of a dict where `inputs` is a mapping; else of an array whose last axis is the inputs.
    inputs : mapping or sequence
        What is said of each input; a sequence is named 0, 1, 2, ...

    Raises
    ------
    ValueError
        If there is no input.

    Examples
    --------
    >>> call, ranges = as_named(lambda x: x[..., 0] - x[..., 1], [(0, 1), (2, 3)])
    >>> float(call({0: 5.0, 1: 3.0})), ranges
    (2.0, {0: (0, 1), 1: (2, 3)})
    """
    named = dict(inputs) if isinstance(inputs, Mapping) else dict(enumerate(inputs))
    if not named:
        raise ValueError("`inputs` must hold at least one input, got none.")
    if isinstance(inputs, Mapping):
        return f, named
    return lambda x: f(np.stack([x[i] for i in named], axis=-1)), named
