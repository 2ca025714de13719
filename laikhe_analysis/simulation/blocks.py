"""Many possible futures of one scenario: correlated draws, seeded, in blocks of a fixed size."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import numpy as np
from numpy.random import SFC64, Generator, SeedSequence
from numpy.typing import NDArray

from laikhe_analysis.checks import check_fractions, check_seed
from laikhe_analysis.labels import ordered
from laikhe_analysis.simulation.draws import Recipe
from laikhe_analysis.simulation.growth_model import GrowthModel
from laikhe_analysis.simulation.outcomes import Chance, Simulation

__all__ = ["BLOCK", "simulate", "sobol_probability"]

BLOCK = 8192
"""Draws per random stream: fixed, so that neither threads nor grouping change a bit."""

_Array = NDArray[np.float64]


def simulate(
    model: GrowthModel,
    shares: Any,
    *,
    draws: int = 100_000,
    seed: int,
    keep_sectors: bool = False,
    threads: int = 1,
    first_block: int = 0,
    years: Sequence[int] | None = None,
) -> Simulation:
    """Return the totals of many draws of a growth model.

    Parameters
    ----------
    model : GrowthModel
    shares : array [sectors], Series or mapping
        Base-year shares, from 0 to 1, aligned by label with the sectors. [fraction]
        With a share of 0 a series is drawn along with the others, as real income or revenue may
        be, but is no part of the total.
    draws : int
        Number of draws. Fewer draws are the first of more.
    seed : int
        The same seed gives the same bits, whatever `threads` and however the blocks are grouped.
    keep_sectors : bool
        Keep the sectors as well, for conditions on them (3 sectors: 4 times the memory).
    threads : int
        Threads that share the blocks; 0: as many as there are processors.
    first_block : int
        Number of the first block of 8,192 draws: a cluster can compute blocks anywhere and join
        them.
    years : sequence of int, optional
        Labels of the years; 1, 2, ... when not given.

    Returns
    -------
    Simulation

    Raises
    ------
    ValueError
        If a number is out of range, or the shares do not fit to the model.
    TypeError
        If `seed` is no whole number: what cannot be repeated cannot be checked.

    Notes
    -----
    ``total[t] = sum over i of share[i] exp(sum over s <= t of growth[s, i])``. Block b draws from
    SFC64 seeded by child b of the seed; normals and t by the polar method [1]_ [2]_, two sectors at
    a time. Working memory is one block per thread.

    References
    ----------
    .. [1] G. E. P. Box and M. E. Muller, "A note on the generation of random normal deviates",
       Ann. Math. Stat. 29 (1958).
    .. [2] After R. W. Bailey, "Polar generation of random variates with the t-distribution",
       Math. Comp. 62 (1994).

    Examples
    --------
    Without spread every draw follows the mean, 100 to 121:

    >>> still = GrowthModel(np.log1p(np.full((2, 1), 0.1)), [[0.0]])
    >>> simulate(still, [1.0], draws=2, seed=0).totals.round(9)
    array([[1.1 , 1.21], [1.1 , 1.21]])
    """
    weights, root = _weights(model, shares), check_seed(seed)
    n_years, n_sectors = model.mean.shape
    limits = {"draws": (draws, 1), "threads": (threads, 0), "first_block": (first_block, 0)}
    for name, (value, least) in limits.items():
        if value < least:
            raise ValueError(f"`{name}` must be {least} or more, got {value}.")
    labels = tuple(range(1, n_years + 1)) if years is None else tuple(map(int, years))
    if len(labels) != n_years:
        raise ValueError(f"`years` must name {n_years} years, got {len(labels)}.")
    totals = np.empty((n_years, draws))
    sectors = np.empty((n_sectors, n_years, draws)) if keep_sectors else None
    starts = range(0, draws, BLOCK)
    workers = min(threads or os.cpu_count() or 1, (len(starts) + 3) // 4)

    def work(first: int) -> None:
        recipe, shocks = Recipe(model, weights), np.empty((n_sectors, n_years, BLOCK))
        for a in starts[first::workers]:
            block, b = first_block + a // BLOCK, min(draws, a + BLOCK)
            rng = Generator(SFC64(SeedSequence(root, spawn_key=(block,))))
            recipe.draw(partial(_fill, rng), shocks)
            recipe.to_growth(shocks)
            growth = shocks[:, :, : b - a]  # the last block is computed whole: the same bits
            recipe.add_up(growth, totals[:, a:b])
            if sectors is not None:
                np.multiply(growth, recipe.medians[:, :, None], out=sectors[:, :, a:b])

    if workers == 1:
        work(0)
    else:
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(work, range(workers)))
    return Simulation(model, weights, totals, sectors, labels)


def sobol_probability(
    model: GrowthModel,
    shares: Any,
    condition: Callable[[Simulation], NDArray[np.bool_]],
    *,
    points: int = 1024,
    scrambles: int = 16,
    seed: int,
) -> Chance:
    """Return the probability that a condition holds, by randomised Sobol points.

    For smooth conditions on few sectors and years it needs several times fewer points than draws
    for the same standard error; `simulate` serves everything else.

    Parameters
    ----------
    model, shares
        As in `simulate`.
    condition : function of the Simulation to array of bool
        Sectors are kept.
    points : int
        Points per scramble, a power of 2.
    scrambles : int
        Independent randomisations, at least 2; the standard error is taken between them.
    seed : int

    Raises
    ------
    ValueError
        If `points` is no power of 2, `scrambles` is below 2 or `seed` is negative.
    TypeError
        If `seed` is no whole number.

    References
    ----------
    A. B. Owen, "Scrambled net variance for integrals of smooth functions", Ann. Stat. 25 (1997).

    Examples
    --------
    >>> model = GrowthModel(np.zeros((1, 1)), [[0.01]])
    >>> found = sobol_probability(model, [1.0], lambda s: s.totals[:, -1] >= 1, seed=1)
    >>> abs(found.value - 0.5) < 0.001
    True
    """
    from scipy.stats import qmc

    if points < 2 or points & (points - 1):
        raise ValueError(f"`points` must be a power of 2, got {points}.")
    if scrambles < 2:
        raise ValueError(f"`scrambles` must be 2 or more, got {scrambles}.")
    weights = _weights(model, shares)
    n_years, n_sectors = model.mean.shape
    years = tuple(range(1, n_years + 1))
    recipe, found = Recipe(model, weights), []
    for child in SeedSequence(check_seed(seed)).spawn(scrambles):
        net = qmc.Sobol((n_sectors + 1) // 2 * 2 * n_years, rng=np.random.default_rng(child))
        cube = net.random(points).T.reshape(-1, n_years, points)
        shocks = np.empty((n_sectors, n_years, points))
        recipe.draw(partial(_copy_next, iter(cube)), shocks)
        recipe.to_growth(shocks)
        totals = np.empty((n_years, points))
        recipe.add_up(shocks, totals)
        shocks *= recipe.medians[:, :, None]
        found.append(Simulation(model, weights, totals, shocks, years).probability(condition).value)
    values = np.array(found, dtype=np.float64)
    error = float(values.std(ddof=1) / np.sqrt(scrambles))
    return Chance(float(values.mean()), error, points * scrambles)


def _fill(rng: Generator, out: _Array) -> None:
    """Fill an array with uniform numbers."""
    rng.random(out=out)


def _copy_next(layers: Iterator[_Array], out: _Array) -> None:
    """Fill an array with the next layer of given numbers."""
    out[...] = next(layers)


def _weights(model: GrowthModel, shares: Any) -> _Array:
    """Return the shares, checked against the model."""
    weights = np.atleast_1d(ordered("shares", shares, "model", model.sectors))
    sectors = len(model.sectors)
    if weights.shape != (sectors,) or not (weights >= 0).all() or weights.sum() <= 0:
        raise ValueError(f"`shares` must be {sectors} numbers of 0 or more, got {weights}.")
    check_fractions(shares=weights)
    return weights
