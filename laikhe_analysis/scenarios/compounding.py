"""Growth compounded at national scale: every indicator of every commune, in every scenario."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["project_many"]

_BLOCK = 65_536  # series of `project_many` stepped at once
_CHUNK = 16_384  # values of one inner loop where rates are shared


def project_many(
    start: ArrayLike, rates: ArrayLike, out: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """Return many indicators compounded at once: of every commune, under every scenario.

    Parameters
    ----------
    start : array [..., indicator]
        Levels in the base year. [any unit]
    rates : array [..., indicator, year]
        Growth by year, oldest first. [fraction per year] The two are broadcast: rates that are the
        same for all communes need only one row.
    out : array [..., indicator, year], optional
        Where to put the levels; it may be `rates` itself.

    Returns
    -------
    array [..., indicator, year]
        Levels after 1, 2, ... years. [unit of `start`]

    Raises
    ------
    ValueError
        If `start` and `rates` do not fit together, or `out` is no float array of their common
        shape. Rates are not checked one by one: that would cost as much as the compounding.

    Notes
    -----
    A running product in place, ``y[t] = y[t-1] (1 + r[t])``, in blocks of about 65,536 series.
    Rates shared by many series are compounded once and then spread out, at the speed of memory.

    Examples
    --------
    >>> project_many([100.0], [[0.1, 0.2]]).round(9)
    array([[110., 132.]])
    """
    levels = np.asarray(start, dtype=np.float64)
    growth = np.asarray(rates, dtype=np.float64)
    try:
        shape = np.broadcast_shapes((*levels.shape, 1), growth.shape)
    except ValueError:
        raise ValueError(
            f"`start` must fit to `rates` without years, {growth.shape[:-1]}, got {levels.shape}."
        ) from None
    if out is None:
        out = np.empty(shape)
    if out.shape != shape or out.dtype != np.float64:
        raise ValueError(f"`out` must be a float array of shape {shape}, got {out.shape}.")
    if len(shape) == 1:
        project_many(levels.reshape(1), growth[None], out[None])
        return out
    if growth.shape != shape:
        return _spread_out(levels, np.multiply.accumulate(growth + 1.0, axis=-1), out)
    levels = np.broadcast_to(levels, shape[:-1])
    step = max(1, _BLOCK // max(1, int(np.prod(shape[1:-1]))))
    for i in range(0, shape[0], step):
        block = out[i : i + step]
        np.add(growth[i : i + step], 1.0, out=block)
        block[..., 0] *= levels[i : i + step]
        for t in range(1, shape[-1]):
            block[..., t] *= block[..., t - 1]
    return out


def _spread_out(
    levels: NDArray[np.float64], factors: NDArray[np.float64], out: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Put levels times growth factors that are fewer than the levels into `out`.

    Along the last axis that the factors lack they are written out once for a chunk that stays in
    the cache, and that chunk serves all of the axis: every inner loop is long.
    """
    shape = out.shape
    factors = factors.reshape((1,) * (out.ndim - factors.ndim) + factors.shape)
    many = np.broadcast_to(np.repeat(levels[..., None], shape[-1], axis=-1), shape)
    lacking = [k for k in range(out.ndim - 1) if factors.shape[k] < shape[k]]
    axis = lacking[-1] if lacking else 0
    chunk = max(1, min(shape[axis], _CHUNK // max(1, int(np.prod(shape[axis + 1 :])))))
    tile = np.repeat(factors, chunk, axis=axis)
    whole = shape[axis] // chunk * chunk
    before = (slice(None),) * axis
    main, rest = (*before, slice(whole)), (*before, slice(whole, None))
    split = (*shape[:axis], whole // chunk, chunk, *shape[axis + 1 :])
    np.multiply(
        many[main].reshape(split),
        np.expand_dims(tile, axis),
        out=out[main].reshape(split, copy=False),
    )
    np.multiply(many[rest], tile[(*before, slice(shape[axis] - whole))], out=out[rest])
    return out
