"""Forecasts of sectors and of their total that add up, for one place or for many."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.arrays import as_array
from laikhe_analysis.checks import callable_module, check_choice, require
from laikhe_analysis.labels import labelled, lined_up, ordered

__all__ = ["RECONCILIATIONS", "Reconciled", "reconcile"]

Floats = NDArray[np.float64]

RECONCILIATIONS = ("bottom_up", "ols", "structural", "wls", "total_fixed", "proportional")
"""The methods by name."""


class Reconciled(NamedTuple):
    """A total and the parts that add up to it. [unit of the forecasts]"""

    total: Any
    parts: Any


def reconcile(
    total: Any,
    parts: Any,
    *,
    method: str = "structural",
    variances: Any = None,
    nonnegative: bool = True,
) -> Reconciled:
    """Return the forecasts of the parts and of their total, made to add up.

    Parameters
    ----------
    total : float, array [...] or Series
        Forecast of the total: for one place, or by place, year, ... [any unit]
    parts : array [..., part], Series by part, DataFrame or mapping of Series
        Forecasts of the parts, the last axis (the columns) running over them; the rows of a frame
        are aligned with `total` by label. [unit of `total`]
    method : str
        "bottom_up": the parts as they are. "ols": the gap in equal pieces to the total and to each
        part. "structural": the total counts as the sum of so many parts. "wls": in proportion to
        the error variances. "total_fixed": all of the gap to the parts, by their `variances`, or
        equally. "proportional": the parts scaled to the total.
    variances : array [..., 1 + part], Series, mapping or DataFrame, optional
        Error variances of the total (first) and of the parts, for "wls" and "total_fixed". Labelled
        ones are aligned with labelled parts; the label that is no part is the total's. A variance
        of 0 holds its forecast. [unit squared]
    nonnegative : bool
        Whether parts stay at zero or above. False for parts that can be negative, such as taxes
        less subsidies.

    Returns
    -------
    Reconciled
        `total` and `parts`, of the shapes and with the labels that came in.

    Raises
    ------
    ValueError
        If shapes or labels do not fit, a value is not finite, a variance is missing, infinite or
        negative, all variances of a row are zero, a total below zero is to be held with
        `nonnegative`, or a total other than zero is to be shared in proportion to parts that are
        all zero.
    TypeError
        If a value is no number.

    Notes
    -----
    The projection ``S (S' W^-1 S)^-1 S' W^-1 y`` [1]_ has for one total a closed form: with the gap
    ``r = total - sum(parts)`` and weights w (1 for "ols"; the number of parts for the total and 1
    for the parts for "structural"; the variances for "wls"), each part moves by
    ``w_i r / (w_total + sum(w))`` and the total by ``-w_total r / (w_total + sum(w))``. With five
    to ten years of errors a full covariance matrix cannot be estimated, so none is offered. With
    `nonnegative`, parts that would fall below zero are zero and the others share the gap: the
    nearest point, in the same weights, that adds up. Forecasts that add up stay as they are.

    References
    ----------
    .. [1] Wickramasuriya, Athanasopoulos and Hyndman 2019, "Optimal forecast reconciliation for
       hierarchical and grouped time series through trace minimization", JASA 114(526).

    Examples
    --------
    A total of 112, sectors that add up to 111.175; the gap of 0.825 is shared 3 : 1 : 1 : 1:

    >>> total, parts = reconcile(112, [46, 39.55, 25.625])
    >>> round(total, 4), parts.round(4)
    (111.5875, array([46.1375, 39.6875, 25.7625]))
    """
    check_choice("method", method, RECONCILIATIONS)
    table = labelled("parts", parts)
    base = as_array("parts", parts if table is None else table.to_numpy())
    whole = _whole(total, table)
    _check(whole, base)
    if method == "proportional":
        adjusted = _scaled(whole, base)
        held = np.maximum(adjusted, 0) if nonnegative else adjusted
        if nonnegative and (held != adjusted).any():
            raise ValueError("`parts` must not be negative to be scaled with `nonnegative`.")
    elif method == "bottom_up":
        held = np.maximum(base, 0) if nonnegative else base.copy()
    else:
        weights = _weights(method, base, _variances(variances, table))
        if nonnegative and method == "total_fixed":
            require(whole >= 0, "total", whole, "0 or more, with `nonnegative`")
        held = _shared(whole, base, weights, nonnegative)
    result = held.sum(axis=-1)
    if table is None:
        return Reconciled(lined_up(total=total)[1](result), held)
    if table.ndim == 1:
        return Reconciled(float(result), type(table)(held, index=table.index, name=table.name))
    rows = table.iloc[:, 0]
    return Reconciled(
        type(rows)(result, index=table.index, name=getattr(total, "name", None)),
        type(table)(held, index=table.index, columns=table.columns),
    )


def _whole(total: Any, parts: Any) -> Floats:
    """Return the total as an array, in the order of the rows of labelled parts."""
    if parts is None or parts.ndim == 1:
        return ordered("total", total, "", [], axes=())
    return ordered("total", total, "parts", list(parts.index))


def _variances(variances: Any, parts: Any) -> Floats | None:
    """Return variances as an array, the total's first, then in the order of labelled parts."""
    given = None if variances is None else labelled("variances", variances)
    if given is None:
        return None if variances is None else as_array("variances", variances)
    if parts is None:
        raise ValueError("`variances` are labelled: give `parts` with the same labels.")
    names = list(parts.axes[-1])
    total = [one for one in given.axes[-1] if one not in names]
    order = [*total[:1], *names]
    if given.ndim == 2:
        rows = ordered("variances", given, "parts", list(parts.index))
        given = type(given)(rows, columns=given.columns)
    last: int = given.ndim - 1
    return ordered("variances", given, "total and parts", order, axes=(last,))


def _check(whole: Floats, base: Floats) -> None:
    """Raise unless totals and parts are finite and of fitting shapes."""
    if base.ndim == 0 or base.shape[-1] == 0 or base.shape[:-1] != whole.shape:
        raise ValueError(
            "`parts` must have the shape of `total` and one more axis, over the parts, "
            f"got {base.shape} for {whole.shape}."
        )
    for name, values in (("total", whole), ("parts", base)):
        if not np.isfinite(values).all():
            raise ValueError(f"`{name}` must be finite: a missing forecast cannot be reconciled.")


def _weights(method: str, base: Floats, variances: Floats | None) -> Floats:
    """Return the weights [..., 1 + part] in which the gap is shared."""
    count = base.shape[-1]
    shape = (*base.shape[:-1], count + 1)
    if method == "structural":
        return np.broadcast_to(np.array([float(count), *[1.0] * count]), shape)
    if method == "ols" or (method == "total_fixed" and variances is None):
        weights = np.ones(shape)
    elif variances is None:
        raise ValueError("`variances` are needed for 'wls': of the total first, then of each part.")
    else:
        require(variances >= 0, "variances", variances, "0 or more", known=True)
        require(variances < np.inf, "variances", variances, "finite numbers; 0 holds a forecast")
        sizes = zip(reversed(variances.shape), reversed(shape), strict=False)
        fits = variances.ndim <= len(shape) and all(mine in (1, whole) for mine, whole in sizes)
        if variances.shape[-1:] != (count + 1,) or not fits:
            raise ValueError(
                f"`variances` must hold {count + 1} numbers a row, got {variances.shape}."
            )
        weights = np.broadcast_to(variances, shape).copy()
    if method == "total_fixed":
        weights[..., 0] = 0
    largest = weights.max(axis=-1, keepdims=True)
    if (largest == 0).any():
        raise ValueError("`variances` must not all be zero: nothing could take up the gap.")
    shares: Floats = weights / largest
    return shares  # only their ratios count: no sum is too large for a number


def _shared(whole: Floats, base: Floats, weights: Floats, nonnegative: bool) -> Floats:
    """Return the parts after sharing the gap, none below zero if `nonnegative`."""
    own = weights[..., 1:]
    active = np.ones(base.shape, dtype=bool)
    for _ in range(base.shape[-1] + 1):
        gap = whole - np.where(active, base, 0).sum(axis=-1)
        size = weights[..., 0] + np.where(active, own, 0).sum(axis=-1)
        if ((size == 0) & (gap != 0)).any():
            raise ValueError("`variances` are zero for all parts that could take up the gap.")
        pace = np.divide(gap, size, out=np.zeros_like(gap), where=size > 0)
        moved = np.where(active, base + own * pace[..., None], 0.0)
        if not nonnegative or (moved >= 0).all():
            break
        active &= moved >= 0
    return moved


def _scaled(whole: Floats, base: Floats) -> Floats:
    """Return the parts scaled to the total."""
    sums = base.sum(axis=-1)
    if ((sums == 0) & (whole != 0)).any():
        raise ValueError("`parts` add up to zero: they cannot be scaled to a total.")
    factor = np.divide(whole, sums, out=np.ones_like(sums), where=sums != 0)
    return np.asarray(base * factor[..., None])


callable_module(__name__)
