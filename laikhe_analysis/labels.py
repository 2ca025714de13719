"""Labelled arguments: aligned by label or refused, never stripped; results have the labels again.

Mappings count as Series, an `AnnualSeries` as a Series by year; arrays and lists go by position.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.arrays import as_array, is_missing
from laikhe_analysis.checks import plain, require, show_value

__all__ = [
    "aligned",
    "items_of",
    "labelled",
    "lined_up",
    "ordered",
    "places",
    "vectors",
    "years_of",
]

Floats = NDArray[np.float64]
Label = Callable[[Any], Any]


def labelled(name: str, value: Any) -> Any:
    """Return what carries labels as a pandas Series or frame, None where there are none.

    Parameters
    ----------
    name : str
        The argument's name.
    value : Series, DataFrame, mapping, AnnualSeries, or what has no labels
        A mapping of Series becomes a frame.

    Raises
    ------
    ValueError
        If a label stands twice or is missing, or the Series of a mapping differ in labels.

    Examples
    --------
    >>> labelled("shares", {"industry": 0.6}).to_dict()
    {'industry': 0.6}
    >>> labelled("shares", [0.6]) is None
    True
    """
    if isinstance(value, Mapping):
        value = _from_mapping(name, value)
    elif hasattr(value, "to_pandas"):
        value = value.to_pandas()
    if not hasattr(value, "iloc"):
        return None
    for axis in value.axes:
        unknown = [one for one in axis if is_missing(one)]
        twice = axis[axis.duplicated()].unique().tolist()
        if twice or unknown:
            what = f"has {_named(twice)} twice" if twice else "has a label that is missing"
            raise ValueError(f"`{name}` {what}: every label must stand once.")
    return value


def _from_mapping(name: str, value: Mapping[Any, Any]) -> Any:
    """Return a mapping of numbers as a Series, of Series as a frame."""
    import pandas as pd

    parts = {key: labelled(f"{name} of {key}", part) for key, part in value.items()}
    if not parts or any(part is None for part in parts.values()):
        return pd.Series(dict(value), dtype=object if value else float)
    first, *others = parts
    for key in others:
        places(f"{name} of {key}", parts[key].index, f"{name} of {first}", parts[first].index)
    return pd.DataFrame({key: part.reindex(parts[first].index) for key, part in parts.items()})


def places(name: str, labels: Any, other: str, wanted: Any) -> NDArray[np.intp]:
    """Return where the `wanted` labels stand among `labels`; both must hold the same ones.

    Raises
    ------
    ValueError
        Naming the labels that are missing, and those that are too many.
    """
    missing = [one for one in wanted if one not in labels]
    extra = [one for one in labels if one not in wanted]
    if missing or extra:
        said = [f"without {_named(missing)}"] * bool(missing) + [f"with {_named(extra)}"] * bool(
            extra
        )
        raise ValueError(
            f"`{name}` must have the labels of `{other}`, got it {' and '.join(said)}."
        )
    order: NDArray[np.intp] = labels.get_indexer(list(wanted))
    return order


def ordered(
    name: str, value: Any, other: str, wanted: Sequence[Any], axes: Sequence[int] = (0,)
) -> Floats:
    """Return numbers as an array, along the axes in the order of the `wanted` labels if labelled.

    Raises
    ------
    ValueError
        As `places`; or if there are no labels to go by.

    Examples
    --------
    >>> ordered("shares", {"services": 0.4, "industry": 0.6}, "sectors", ["industry", "services"])
    array([0.6, 0.4])
    """
    table = labelled(name, value)
    if table is None:
        return as_array(name, value)
    array = as_array(name, table.to_numpy())
    for axis in axes:
        if not len(wanted) and array.shape[axis]:
            raise ValueError(f"`{name}` is labelled: give `{other}`, the labels in their order.")
        array = array.take(places(name, table.axes[axis], other, wanted), axis=axis)
    return array


def _named(labels: Iterable[Any]) -> str:
    """Return a few labels in words."""
    names = [str(label) for label in labels]
    return ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


def lined_up(**values: Any) -> tuple[list[Floats], Label]:
    """Return arguments as float arrays in one order of labels, and what labels a result.

    Parameters
    ----------
    **values : float, array, Series, DataFrame or mapping
        By the argument's name. Series and frames must have the same labels; what has none must be
        a single number or have the shape of what has. A Series beside a frame goes along the axis
        whose labels it has.

    Returns
    -------
    list of array, function
        The function gives an array of the common shape the labels; without any labels it returns a
        single number as a float.

    Raises
    ------
    ValueError
        If labels differ, stand twice or are missing, or a shape does not fit to them.
    TypeError
        If a value is no number.

    Examples
    --------
    >>> import pandas as pd
    >>> first = pd.Series({"industry": 100.0, "services": 50.0})
    >>> last = pd.Series({"services": 60.0, "industry": 120.0})
    >>> (a, b), label = lined_up(first=first, last=last)
    >>> label(b / a - 1).round(9).to_dict()
    {'industry': 0.2, 'services': 0.2}
    """
    tables = {name: table for name in values if (table := labelled(name, values[name])) is not None}
    if not tables:
        return [as_array(name, value) for name, value in values.items()], plain
    model = max(tables, key=lambda name: tables[name].ndim)
    shape = tables[model].shape
    arrays = []
    for name, value in values.items():
        if name in tables:
            arrays.append(_in_order(name, tables[name], model, tables[model]))
            continue
        array = as_array(name, value)
        if array.ndim and array.shape != shape:
            raise ValueError(
                f"`{name}` must be one number, or of the shape {shape} of `{model}`, "
                f"got {array.shape}."
            )
        arrays.append(array)
    return arrays, _labeller(list(tables.values()), tables[model])


def _in_order(name: str, table: Any, model: str, like: Any) -> Floats:
    """Return the values of a Series or frame in the order of another."""
    array = as_array(name, table.to_numpy())
    if table.ndim == like.ndim:
        for axis, labels in enumerate(table.axes):
            array = array.take(places(name, labels, model, like.axes[axis]), axis=axis)
        return array
    fits = [set(table.index) == set(axis) for axis in like.axes]
    if all(fits):
        raise ValueError(f"`{name}` could go along rows or columns of `{model}`: give a frame too.")
    axis = 0 if fits[0] else 1
    array = array[places(name, table.index, model, like.axes[axis])]
    return array if axis else array[:, None]


def _labeller(tables: list[Any], like: Any) -> Label:
    """Return what gives an array the labels of a Series or frame."""
    if like.ndim == 2:
        return lambda array: type(like)(array, index=like.index, columns=like.columns)
    names = {table.name for table in tables}
    name = names.pop() if len(names) == 1 else None
    return lambda array: type(like)(array, index=like.index, name=name)


def aligned(**values: Any) -> tuple[list[Floats], Label]:
    """Return arguments as `lined_up`, of one broadcast shape, every number finite or NaN.

    Raises
    ------
    ValueError, TypeError
        As `lined_up`; or if a number is infinite, or the shapes do not fit together.

    Examples
    --------
    >>> aligned(first=1, last=[2, 3])[0]
    [array([1., 1.]), array([2., 3.])]
    """
    arrays, label = lined_up(**values)
    for name, array in zip(values, arrays, strict=True):
        require(~np.isinf(array), name, array, "a finite number")
    return [np.array(array) for array in np.broadcast_arrays(*arrays)], label


def vectors(per: str, **values: Any) -> tuple[list[Floats], Label]:
    """Return arguments as `lined_up`, each a vector of one length without gaps.

    Parameters
    ----------
    per : str
        What there is one number of: "sector".
    **values
        As in `lined_up`.

    Raises
    ------
    ValueError, TypeError
        As `lined_up`; or if one is empty or of another shape, or a number is missing or infinite.

    Examples
    --------
    >>> vectors("sector", shares=[0.4, 0.6])[0]
    [array([0.4, 0.6])]
    """
    arrays, label = lined_up(**values)
    arrays = [np.atleast_1d(array) for array in arrays]
    for name, vector in zip(values, arrays, strict=True):
        if vector.ndim != 1 or vector.shape != arrays[0].shape or not vector.size:
            raise ValueError(f"`{name}` must be one number a {per}, got shape {vector.shape}.")
        if not np.isfinite(vector).all():
            raise ValueError(f"`{name}` must be finite numbers, got {vector.tolist()}.")
    return arrays, label


def items_of(name: str, values: Any) -> dict[Hashable, Any]:
    """Return a mapping, the items of a Series or the columns of a frame, each label once.

    Raises
    ------
    TypeError
        If `values` has no labels.
    ValueError
        If a label stands twice or is missing.

    Examples
    --------
    >>> items_of("prices", {"p1": 10})
    {'p1': 10}
    """
    if isinstance(values, Mapping):
        return dict(values)
    table = labelled(name, values)
    if table is None:
        raise TypeError(
            f"`{name}` must be labelled, as a mapping or a Series, got {show_value(values)}."
        )
    return dict(table.items())


def years_of(name: str, labels: Iterable[Any]) -> list[int]:
    """Return the years of labels: 2024, "2024", dates on one day of the year, yearly periods.

    Raises
    ------
    ValueError
        If a label is no year of four digits, or dates or periods are not a year apart.

    Examples
    --------
    >>> years_of("A series", [2024, "2025"])
    [2024, 2025]
    """
    given = list(labels)
    for label in given:
        step = str(getattr(label, "freqstr", "") or "Y")
        if not step.startswith(("Y", "A")):
            raise ValueError(
                f"{name} must be of yearly figures, got the period {label} of step {step}: add up "
                "or average the year's figures first."
            )
    days = {(d.month, d.day) for d in given if hasattr(d, "day") and not hasattr(d, "freqstr")}
    if len(days) > 1:
        raise ValueError(
            f"{name} must be of yearly figures, got dates such as {given[0]} and {given[1]}: add "
            "up or average the year's figures first."
        )
    return [_year(name, label) for label in given]


def _year(name: str, label: Any) -> int:
    """Return the year of one label."""
    try:
        found = float(getattr(label, "year", label))
    except (TypeError, ValueError):
        found = math.nan
    if not (found.is_integer() and 1000 <= found <= 9999):
        raise ValueError(f"{name} must be labelled by years such as 2025, got {label!r}.")
    return int(found)
