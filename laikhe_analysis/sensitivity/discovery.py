"""Scenario discovery: under which conditions the cases of interest gather."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.arrays import as_array, as_truths
from laikhe_analysis.checks import check_fractions
from laikhe_analysis.labels import items_of, labelled, places
from laikhe_analysis.messages import Text, Worded, _, joined
from laikhe_analysis.vietnamese import format_number, words

__all__ = ["Box", "Peel", "find_box"]

_Limits = dict[str, tuple[float | None, float | None]]


@dataclass(frozen=True)
class Peel:
    """One step of the peeling: what is left, and how the cases of interest sit in it. [fractions]"""

    limits: _Limits
    coverage: float
    density: float
    mass: float


@dataclass(frozen=True)
class Box:
    """Conditions on a few inputs under which the cases of interest gather.

    Parameters
    ----------
    limits : dict of str to (float or None, float or None)
        Lowest and highest value, inclusive, of every input that is restricted; None: no limit.
    coverage : float
        Part of all cases of interest that lie inside. [fraction]
    density : float
        Part of the cases inside that are of interest. [fraction]
    mass : float
        Part of all cases that lie inside. [fraction]
    base_rate : float
        Part of all cases that are of interest. [fraction]
    path : tuple of Peel
        Every box on the way, from no condition to the last.
    """

    limits: _Limits
    coverage: float
    density: float
    mass: float
    base_rate: float
    path: tuple[Peel, ...]

    def words(self, lang: str = "vi", names: Mapping[str, str] | None = None) -> str:
        """Return the box in one sentence.

        Parameters
        ----------
        lang : {"vi", "en"}
        names : mapping of str to str, optional
            Words for the inputs; the label table serves those not given.

        Examples
        --------
        >>> box = Box({"bid": (13.6, None)}, 0.7, 0.62, 0.19, 0.165, ())
        >>> box.words("en")
        'Where bid at least 13.6: reached in 62% of the cases (16% overall); 70% of all cases that reach it.'
        """  # noqa: E501
        given = names or {}
        parts = [
            _range_words(given.get(name, words(name)), low, high)
            for name, (low, high) in self.limits.items()
        ]
        where = _("Khi {parts}", parts=joined(parts, _(" và "))) if parts else _(
            "Không cần điều kiện nào"
        )  # fmt: skip
        return _(
            "{where}: đạt trong {density:0%} số trường hợp (tính chung {base:0%}); chiếm "
            "{coverage:0%} số trường hợp đạt.",
            where=where, density=self.density, base=self.base_rate, coverage=self.coverage,
        ).pick(lang)  # fmt: skip


def _range_words(name: Text | str, low: float | None, high: float | None) -> Text:
    """Return the limits of one input in words."""
    least, most = _short(low), _short(high)
    if high is None:
        return _("{name} từ {low}", name=name, low=least)
    if low is None:
        return _("{name} không quá {high}", name=name, high=most)
    return _("{name} từ {low} đến {high}", name=name, low=least, high=most)


def _short(value: float | None) -> Text:
    """Return a number with three significant digits."""
    digits = 2 - math.floor(math.log10(abs(value))) if value else 0
    return Worded(format_number, value, max(0, digits))


def find_box(
    x: Any,
    hit: Any,
    *,
    alpha: float = 0.05,
    min_mass: float = 0.05,
    density: float | None = None,
    names: Sequence[str] | None = None,
) -> Box:
    """Return the conditions under which `hit` is true far more often than overall.

    Parameters
    ----------
    x : mapping of str to array, DataFrame, or array [cases, inputs]
        Inputs by case.
    hit : array of bool
        Which cases are of interest; a Series beside a frame goes by its labels.
    alpha : float
        Part of the box that one step peels away. [fraction]
    min_mass : float
        Smallest part of all cases that a box may hold. [fraction]
    density : float, optional
        The widest box of at least this density, or the densest if none reaches it. Without it,
        the best balance: the highest harmonic mean of coverage and density.
    names : sequence of str, optional
        Names of the columns of an array.

    Returns
    -------
    Box

    Raises
    ------
    ValueError
        If shapes or labels do not fit, an input or a hit is missing, no case or every case is a
        hit, or a fraction is out of range.
    TypeError
        If `hit` holds no truth values, or an input no numbers.

    Notes
    -----
    Patient rule induction [1]_: from the box of all cases, again and again cut off the lowest or
    the highest `alpha` of one input, the cut with the largest gain in density per case lost. Of an
    input with few values, at least its end value goes. Steps that gain nothing end the search.

    References
    ----------
    .. [1] J. H. Friedman and N. I. Fisher, "Bump hunting in high-dimensional data", Statistics and
       Computing 9 (1999).

    Examples
    --------
    >>> x = {"price": np.arange(10.0), "noise": np.arange(10.0) % 2}
    >>> box = find_box(x, x["price"] >= 6, alpha=0.1)
    >>> box.limits, box.coverage, box.density
    ({'price': (6.0, None)}, 1.0, 1.0)
    """
    table, labels, cases = _columns(x, names)
    if cases is not None and hasattr(hit, "reindex"):
        hit = hit.iloc[places("hit", hit.index, "x", cases)]
    hits = as_truths("hit", hit, table.shape[1], "one value per case")
    if density is not None:
        check_fractions(density=density)
    if not 0 < alpha < 1 or not 0 < min_mass < 1:
        raise ValueError(f"`alpha` and `min_mass` must be 0 to 1, got {alpha:g}, {min_mass:g}.")
    if hits.all() or not hits.any():
        raise ValueError("`hit` must be true for some cases and false for others.")
    inside, path = np.ones(len(hits), dtype=bool), []
    limits: dict[int, list[float | None]] = {}
    while True:
        path.append(_peel(inside, hits, limits, labels))
        cut = _best_cut(table, hits, inside, alpha)
        if cut is None or cut[0].sum() < min_mass * len(hits):
            break
        inside, column, side = cut
        end = table[column, inside]
        limits.setdefault(column, [None, None])[side] = float(end.max() if side else end.min())
    best = _choose(path, density)
    rate = float(hits.mean())
    return Box(best.limits, best.coverage, best.density, best.mass, rate, tuple(path))


def _columns(x: Any, names: Sequence[str] | None) -> tuple[NDArray[np.float64], list[str], Any]:
    """Return the inputs as rows of a table, their names, and the labels of the cases if any."""
    frame = None
    if hasattr(x, "keys"):
        if hasattr(x, "columns") or any(hasattr(x[key], "iloc") for key in x):
            frame = labelled("x", x)
        columns = items_of("x", x if frame is None else frame)
        arrays = {str(name): as_array(f"x {name}", values) for name, values in columns.items()}
        if not arrays:
            raise ValueError("`x` must hold at least one input, got none.")
        if len({array.shape for array in arrays.values()}) != 1:
            shapes = ", ".join(f"{name} {array.shape}" for name, array in arrays.items())
            raise ValueError(f"`x` must have one value per case of every input, got {shapes}.")
        table, labels = np.array(list(arrays.values())), list(arrays)
    else:
        table = as_array("x", x).T
        labels = [f"x{i + 1}" for i in range(len(table))] if names is None else list(names)
    if table.ndim != 2:
        raise ValueError(f"`x` must be a table of cases by inputs, got {table.ndim} dimension(s).")
    if len(set(labels)) < len(labels):
        raise ValueError(f"`names` must name each input once, got {', '.join(labels)}.")
    if len(labels) != len(table):
        raise ValueError(f"`names` must name {len(table)} inputs, got {len(labels)}.")
    for name, gaps in zip(labels, np.isnan(table).sum(axis=1), strict=True):
        if gaps:
            raise ValueError(f"`x` {name} must be known in every case: {gaps} are missing.")
    return table, labels, None if frame is None else frame.index


def _peel(
    inside: NDArray[np.bool_],
    hits: NDArray[np.bool_],
    limits: Mapping[int, Sequence[float | None]],
    labels: Sequence[str],
) -> Peel:
    """Return the figures of the present box."""
    caught = int(hits[inside].sum())
    named = {labels[i]: (ends[0], ends[1]) for i, ends in sorted(limits.items())}
    return Peel(named, caught / int(hits.sum()), caught / int(inside.sum()), float(inside.mean()))


def _best_cut(
    table: NDArray[np.float64], hits: NDArray[np.bool_], inside: NDArray[np.bool_], alpha: float
) -> tuple[NDArray[np.bool_], int, int] | None:
    """Return the cases left by the best cut, its input and its side (0 low, 1 high)."""
    best, gain = None, 0.0
    size, density = int(inside.sum()), float(hits[inside].mean())
    for i, column in enumerate(table):
        values = column[inside]
        lowest, highest = values.min(), values.max()
        if lowest == highest:
            continue
        low, high = np.quantile(values, [alpha, 1 - alpha], method="inverted_cdf")
        for side, kept in enumerate((column > low, column < high)):
            left = inside & kept
            count = int(left.sum())
            if count == 0:  # more than 1 - alpha of the cases share the end value: keep it
                continue
            rise = (float(hits[left].mean()) - density) / (size - count)
            if rise > gain:
                best, gain = (left, i, side), rise
    return best


def _choose(path: Sequence[Peel], density: float | None) -> Peel:
    """Return the box asked for."""
    if density is None:
        return max(
            path, key=lambda p: p.coverage * p.density / (p.coverage + p.density or math.inf)
        )
    reached = [step for step in path if step.density >= density]
    return reached[0] if reached else max(path, key=lambda step: step.density)
