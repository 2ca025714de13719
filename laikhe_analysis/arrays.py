"""Numbers that come in: single ones, arrays, truth values and years, and nothing that is none."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.checks import show_value

__all__ = ["as_array", "as_number", "as_truths", "as_years", "is_missing"]


def is_missing(value: object) -> bool:
    """Return whether a single value stands for nothing known: None, NaN, pandas' NA and NaT.

    Examples
    --------
    >>> [is_missing(value) for value in (None, float("nan"), 0, "")]
    [True, True, False, False]
    """
    return (
        value is None
        or value is np.ma.masked
        or type(value).__name__ in ("NAType", "NaTType")
        or (isinstance(value, float) and math.isnan(value))
    )


def as_number(name: str, value: object) -> float:
    """Return a single number as a float: integers, decimals and numpy's numbers too.

    Raises
    ------
    TypeError
        If it is none: a text, a date, a truth value.

    Examples
    --------
    >>> as_number("value", 12), as_number("value", None)
    (12.0, nan)
    >>> as_number("value", True)
    Traceback (most recent call last):
    TypeError: `value` must be a number, got True (bool).
    """
    if type(value) is float:
        return value
    if is_missing(value):
        return math.nan
    kind = getattr(getattr(value, "dtype", None), "kind", "f")
    if isinstance(value, bool | str) or kind not in "iuf" or not hasattr(value, "__float__"):
        raise TypeError(f"`{name}` must be a number, got {show_value(value)}.")
    return float(value)


def as_array(name: str, value: Any) -> NDArray[np.float64]:
    """Return numbers as an array of floats; what is missing (None, NA, masked) is NaN.

    Raises
    ------
    TypeError
        If one is no number.

    Examples
    --------
    >>> as_array("values", [1, None, 2.5])
    array([1. , nan, 2.5])
    """
    if isinstance(value, np.ma.MaskedArray):
        value = np.ma.filled(value.astype(np.float64), np.nan)
    mixed = isinstance(value, list | tuple) and any(isinstance(one, bool) for one in value)
    array = np.asarray(value, dtype=object if mixed else None)
    if array.dtype.kind in "iuf":
        return array.astype(np.float64)
    return np.array([as_number(name, one) for one in array.ravel().tolist()]).reshape(array.shape)


def as_truths(name: str, value: Any, count: int, wanted: str) -> NDArray[np.bool_]:
    """Return truth values as an array of `count`; a number or a text is not true.

    Parameters
    ----------
    name : str
        The argument's name.
    value : array of bool
        What was got.
    count : int
        How many there must be.
    wanted : str
        The same in words: "one value per case".

    Raises
    ------
    TypeError
        If they are no truth values.
    ValueError
        If one is missing, or there are more or fewer.

    Examples
    --------
    >>> as_truths("hit", [True, False], 2, "one value per case")
    array([ True, False])
    """
    array = np.asarray(value)
    if array.dtype.kind in "fO":
        flat = array.ravel().tolist()
        if any(map(is_missing, flat)):
            gaps = sum(map(is_missing, flat))
            raise ValueError(f"`{name}` must be known, got {gaps} missing of {len(flat)}.")
        if all(isinstance(one, bool) for one in flat):
            array = array.astype(bool)
    if array.dtype.kind != "b":
        raise TypeError(
            f"`{name}` must be true or false, such as `values >= 10`, got {show_value(value)}."
        )
    if array.shape != (count,):
        raise ValueError(f"`{name}` must have {wanted}, ({count},), got {array.shape}.")
    return array


def as_years(years: Any, *, least: int = 1) -> tuple[int, ...]:
    """Return budget years as whole numbers, each once.

    Parameters
    ----------
    years : iterable of int
        [year]
    least : int
        How many there must be.

    Raises
    ------
    TypeError
        If they are no whole numbers, such as a single year or a text.
    ValueError
        If there are too few, or one stands twice.

    Examples
    --------
    >>> as_years(range(2026, 2029))
    (2026, 2027, 2028)
    """
    given = list(years) if isinstance(years, Iterable) and not isinstance(years, str) else [None]
    if any(isinstance(year, bool) or not isinstance(year, int | np.integer) for year in given):
        raise TypeError(
            f"`years` must be years such as range(2026, 2031), got {show_value(years)}."
        )
    found = tuple(int(year) for year in given if year is not None)
    if len(found) < least:
        raise ValueError("`years` must hold at least one year, got none.")
    if len(set(found)) < len(found):
        raise ValueError(f"`years` must hold each year once, got {found}.")
    return found
