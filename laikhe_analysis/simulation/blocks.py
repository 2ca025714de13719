"""Many possible futures of one scenario: correlated draws, seeded, in blocks of a fixed size."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.random import SFC64, Generator, SeedSequence
from numpy.typing import NDArray

from laikhe_analysis.checks import check_fractions, check_seed
from laikhe_analysis.labels import ordered
from laikhe_analysis.simulation.draws import Recipe
from laikhe_analysis.simulation.growth_model import GrowthModel
from laikhe_analysis.simulation.outcomes import Simulation

__all__ = ["BLOCK", "simulate"]

BLOCK = 8192
"""Draws per random stream: fixed, so that fewer draws are the first of more."""

_Array = NDArray[np.float64]


def simulate(
    model: GrowthModel,
    shares: Any,
    *,
    draws: int = 100_000,
    seed: int,
    keep_sectors: bool = False,
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
        The same seed gives the same bits.
    keep_sectors : bool
        Keep the sectors as well, for conditions on them (3 sectors: 4 times the memory).
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
    a time. Working memory is one block.

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
    if draws < 1:
        raise ValueError(f"`draws` must be 1 or more, got {draws}.")
    labels = tuple(range(1, n_years + 1)) if years is None else tuple(map(int, years))
    if len(labels) != n_years:
        raise ValueError(f"`years` must name {n_years} years, got {len(labels)}.")
    totals = np.empty((n_years, draws))
    sectors = np.empty((n_sectors, n_years, draws)) if keep_sectors else None
    recipe, shocks = Recipe(model, weights), np.empty((n_sectors, n_years, BLOCK))
    for block, a in enumerate(range(0, draws, BLOCK)):
        b = min(draws, a + BLOCK)
        recipe.draw(Generator(SFC64(SeedSequence(root, spawn_key=(block,)))), shocks)
        recipe.to_growth(shocks)
        growth = shocks[:, :, : b - a]  # the last block is computed whole: the same bits
        recipe.add_up(growth, totals[:, a:b])
        if sectors is not None:
            np.multiply(growth, recipe.medians[:, :, None], out=sectors[:, :, a:b])
    return Simulation(model, weights, totals, sectors, labels)


def _weights(model: GrowthModel, shares: Any) -> _Array:
    """Return the shares, checked against the model."""
    weights = np.atleast_1d(ordered("shares", shares, "model", model.sectors))
    sectors = len(model.sectors)
    if weights.shape != (sectors,) or not (weights >= 0).all() or weights.sum() <= 0:
        raise ValueError(f"`shares` must be {sectors} numbers of 0 or more, got {weights}.")
    check_fractions(shares=weights)
    return weights
