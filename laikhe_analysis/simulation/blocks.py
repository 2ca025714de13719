"""Many possible futures of one scenario: correlated draws, seeded, in blocks of a fixed size."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from math import nan

import numpy as np
from numpy.random import SFC64, Generator, SeedSequence
from numpy.typing import ArrayLike, NDArray

from laikhe_analysis.checks import check_choice, check_seed
from laikhe_analysis.model.expressions import Leaf, leaves
from laikhe_analysis.scenarios.projection import Projection
from laikhe_analysis.simulation.draws import Recipe
from laikhe_analysis.simulation.growth_model import GrowthModel
from laikhe_analysis.simulation.outcomes import Chance, Simulation

__all__ = ["BLOCK", "simulate", "sobol_probability"]

BLOCK = 8192
"""Draws per random stream: fixed, so that no grouping changes a bit."""

_Array = NDArray[np.float64]


def simulate(
    model: GrowthModel,
    shares: ArrayLike,
    *,
    draws: int = 100_000,
    seed: int,
    keep_sectors: bool = False,
    first_block: int = 0,
    years: Sequence[int] | None = None,
    projection: Projection | None = None,
    variables: Sequence[str] | None = None,
) -> Simulation:
    """Return the totals of many draws of a growth model, and what a scenario makes of them.

    Parameters
    ----------
    model : GrowthModel
    shares : array [sectors]
        Base-year shares, 0 or more. [fraction] With a share of 0 a series is drawn along with the
        others, as real income or revenue may be, but is no part of the total.
    draws : int
        Number of draws. Fewer draws are the first of more.
    seed : int
        The same seed gives the same bits, however the blocks are grouped.
    keep_sectors : bool
        Keep the sectors as well, for conditions on them (3 sectors: 4 times the memory).
    first_block : int
        Number of the first block of 8,192 draws: a cluster can compute blocks anywhere and join
        them.
    years : sequence of int, optional
        Labels of the years; those of the projection, else 1, 2, ... when not given.
    projection : Projection, optional
        What the model was made `around`: its growth rates are drawn, and every equation that
        rests on them follows.
    variables : sequence of str, optional
        Projected quantities to keep; all of them when not given.

    Returns
    -------
    Simulation

    Raises
    ------
    ValueError
        If a number is out of range, the shares do not fit to the model, or a drawn quantity does
        not grow at an assumed rate.
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
    for name, value, least in (("draws", draws, 1), ("first_block", first_block, 0)):
        if value < least:
            raise ValueError(f"`{name}` must be {least} or more, got {value}.")
    if years is None:
        years = projection.years[1:] if projection else range(1, n_years + 1)
    if len(years) != n_years:
        raise ValueError(f"`years` must name {n_years} years, got {len(years)}.")
    totals = np.empty((n_years, draws))
    sectors = np.empty((n_sectors, n_years, draws)) if keep_sectors else None
    paths = _Paths(projection, variables, model.sectors, draws) if projection else None
    recipe, shocks = Recipe(model, weights), np.empty((n_sectors, n_years, BLOCK))
    for a in range(0, draws, BLOCK):
        block, b = first_block + a // BLOCK, min(draws, a + BLOCK)
        rng = Generator(SFC64(SeedSequence(root, spawn_key=(block,))))
        recipe.draw(partial(_fill, rng), shocks)
        recipe.to_growth(shocks)
        growth = shocks[:, :, : b - a]  # the last block is computed whole: the same bits
        recipe.add_up(growth, totals[:, a:b])
        if sectors is not None:
            np.multiply(growth, recipe.medians[:, :, None], out=sectors[:, :, a:b])
        if paths is not None:
            paths.follow(growth * recipe.medians[:, :, None], slice(a, b))
    kept = paths.found if paths else {}
    return Simulation(model, weights, totals, sectors, tuple(map(int, years)), kept)


class _Paths:
    """What a scenario makes of drawn growth, block by block."""

    def __init__(
        self,
        projection: Projection,
        variables: Sequence[str] | None,
        drawn: Sequence[str],
        draws: int,
    ) -> None:
        self.inputs, self.draws = projection.inputs, draws
        names = list(projection.paths) if variables is None else variables
        self.names = [check_choice("variables", name, list(projection.paths)) for name in names]
        self.rates = [self._rate_of(name) for name in drawn]
        self.found: dict[str, _Array] = {}

    def _rate_of(self, name: str) -> str:
        """Return the assumption at which a drawn quantity grows."""
        if name in self.inputs.parts:
            return f"growth_{name}"
        later = self.inputs.model.table[name].later
        rates = [
            leaf.name for leaf in leaves(later) if isinstance(leaf, Leaf) and leaf.kind == "rate"
        ]
        if len(rates) != 1:
            raise ValueError(f"`model` draws {name}, which does not grow at an assumed rate.")
        return rates[0]

    def follow(self, growth: _Array, place: slice) -> None:
        """Put the quantities of one block into their place: growth [drawn, years, draws] since base."""
        rates = {}
        for name, path in zip(self.rates, growth, strict=True):
            rates[name] = [nan, path[0] - 1, *(path[1:] / path[:-1] - 1)]
        years = self.inputs.run(self.names, **rates)[1:]
        for name in self.names:
            values = [year.now[name] for year in years]
            if all(isinstance(value, float) for value in values):  # the same in every draw
                shape = len(values), self.draws
                self.found[name] = np.broadcast_to(np.array(values)[:, None], shape)
                continue
            if name not in self.found:
                self.found[name] = np.empty((len(values), self.draws))
            for row, value in zip(self.found[name], values, strict=True):
                row[place] = value


def sobol_probability(
    model: GrowthModel,
    shares: ArrayLike,
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


def _weights(model: GrowthModel, shares: ArrayLike) -> _Array:
    """Return the shares, checked against the model."""
    weights = np.atleast_1d(np.asarray(shares, dtype=np.float64))
    sectors = len(model.sectors)
    if weights.shape != (sectors,) or not (weights >= 0).all() or weights.sum() <= 0:
        raise ValueError(f"`shares` must be {sectors} numbers of 0 or more, got {weights}.")
    return weights
