"""What earlier errors of the adaptive method teach: where it leans, and how far it strays.

A small network reads 21 numbers free of scale, 17 of the history and four of the forecast, and
gives eleven quantiles of the error t = 2 (sqrt(y / F) - 1) / s. It was trained by
`benchmarks/train_correction.py` on series that are not Vietnamese and not budgets.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.panel.predictive import KNOTS, LEVELS
from laikhe_analysis.panel.smoothing import row_median
from laikhe_analysis.panel.weights import WEIGHTS

__all__ = ["REACH", "SHAPES", "SMALLEST", "corrected", "inputs", "outputs"]

Floats = NDArray[np.float64]

SMALLEST = 0.002
"""Yearly change below which noise and change are not told apart. [fraction]"""
REACH = 6
"""Years ahead that were trained; later years are corrected as the last of them. [years]"""
SHAPES = ((21, 32), (32,), (32, 32), (32,), (32, 11), (11,))
"""Shapes of the weights, layer by layer."""
_SHARE = 0.6
_MIDDLE, _BLOCK = 5, 500


def corrected(
    logs: Floats, noise: Floats, change: Floats, known: int, point: Floats, spread: Floats
) -> tuple[Floats, Floats, Floats]:
    """Return point, spread and bend of positive series, corrected.

    Parameters
    ----------
    logs : array of shape [series, years]
        Logarithms of at least six years.
    noise, change : array of shape [series, 1]
        Mean distance of the yearly changes of `logs` from their median, and mean size.
    known : int
        Years really observed. [years]
    point, spread : array of shape [series, horizon]
        F and s of the adaptive method. [unit of the series; ratio]

    Returns
    -------
    point, spread : array of shape [series, horizon]
        F (1 + s m / 2)^2 and s / (1 + s m / 2), m the median of t.
    bend : array of shape [series, horizon, 11]
        t at `LEVELS`, less m.

    Notes
    -----
    t is 0.6 times the network's quantiles and 0.4 times Student's. The share of 0.6 fades out
    where the yearly change is below `SMALLEST`: a constant series stays constant.
    """
    reach = min(point.shape[1], REACH)
    read = inputs(logs, noise, change, known, point[:, :reach], spread[:, :reach])
    share = _SHARE * np.minimum(change / SMALLEST, 1)[..., None]
    t = KNOTS + share * (outputs(read) - KNOTS)
    t = t[:, np.minimum(np.arange(point.shape[1]), reach - 1)]
    middle = t[..., _MIDDLE]
    moved = np.maximum(1 + spread * middle / 2, 0.1)
    return point * moved**2, spread / moved, t - middle[..., None]


def inputs(
    logs: Floats, noise: Floats, change: Floats, known: int, point: Floats, spread: Floats
) -> Floats:
    """Return what the network reads: an array of shape [series, horizon, 21].

    Notes
    -----
    With d the yearly changes, noise and change at least `SMALLEST` and u = sqrt(noise change):
    ln noise, ln change, ln n; of d the correlation of neighbours, the share of rises, mean, median
    and the last five over u; the distance from the highest and the lowest of five years over u;
    ln(noise of the last five / noise); slope and last residual of the line through `logs` over u.
    Of each forecast ln(F / y_n) / s, ln s, h and ln h. All between -8 and 8.
    """
    d, n, last = np.diff(logs, axis=1), logs.shape[1], logs[:, -1:]
    noise, change = (np.maximum(size, SMALLEST) for size in (noise, change))
    u, mean, recent = np.sqrt(noise * change), d.mean(axis=1, keepdims=True), d[:, :-6:-1]
    apart = d - mean
    square = np.maximum((apart**2).sum(axis=1, keepdims=True), 1e-12)
    neighbours = (apart[:, 1:] * apart[:, :-1]).sum(axis=1, keepdims=True) / square
    noise5 = np.abs(recent - row_median(recent)).mean(axis=1, keepdims=True)
    highest, lowest = (end(logs[:, -5:], axis=1, keepdims=True) for end in (np.max, np.min))
    times = np.arange(n) - (n - 1) / 2
    slope = (logs @ times / (times @ times))[:, None]
    residual = last - logs.mean(axis=1, keepdims=True) - slope * times[-1]
    history = [
        np.log(noise), np.log(change), np.full_like(u, np.log(known)), neighbours,
        (d > 0).mean(axis=1, keepdims=True), mean / u, row_median(d) / u, recent / u,
        (last - highest) / u, (last - lowest) / u, np.log(np.maximum(noise5, SMALLEST) / noise),
        slope / u, residual / u,
    ]  # fmt: skip
    ahead = np.broadcast_to(np.arange(1.0, point.shape[1] + 1), point.shape)
    of_forecast = [(np.log(point) - last) / spread, np.log(spread), ahead, np.log(ahead)]
    first = np.repeat(np.concatenate(history, axis=1)[:, None], point.shape[1], axis=1)
    read: Floats = np.concatenate([first, np.stack(of_forecast, axis=-1)], axis=-1)
    return np.clip(read, -8, 8, out=read)


def outputs(read: Floats) -> Floats:
    """Return the network's quantiles of t at `LEVELS`, rising: the median and steps from it."""
    first, bias1, second, bias2, third, bias3 = _layers()
    flat = read.reshape(-1, read.shape[-1])
    found = np.empty((len(flat), len(LEVELS)))
    for start in range(0, len(flat), _BLOCK):  # in blocks that stay in the cache
        some = flat[start : start + _BLOCK]
        out = _silu(_silu(some @ first + bias1) @ second + bias2) @ third + bias3
        step, middle = np.log1p(np.exp(out)), out[:, _MIDDLE, None]
        block = found[start : start + _BLOCK]
        block[:, _MIDDLE] = out[:, _MIDDLE]
        block[:, :_MIDDLE] = middle - np.cumsum(step[:, _MIDDLE - 1 :: -1], axis=1)[:, ::-1]
        block[:, _MIDDLE + 1 :] = middle + np.cumsum(step[:, _MIDDLE + 1 :], axis=1)
    return found.reshape(*read.shape[:-1], len(LEVELS))


def _silu(x: Floats) -> Floats:
    """Return x / (1 + exp(-x)), the activation of the hidden layers."""
    active = np.tanh(x / 2)
    active += 1
    active *= x / 2
    return active


@lru_cache(maxsize=1)
def _layers() -> tuple[Floats, ...]:
    """Return the weights and biases of the three layers."""
    ends = np.cumsum([np.prod(shape) for shape in SHAPES])
    parts = np.split(np.array(WEIGHTS.split(), dtype=np.float64), ends[:-1])
    return tuple(part.reshape(shape) for part, shape in zip(parts, SHAPES, strict=True))
