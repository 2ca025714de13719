"""Many possible futures of one scenario: correlated draws, seeded, in blocks of a fixed size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan, nan
from typing import Any

import numpy as np
from numpy.random import SFC64, Generator, SeedSequence
from numpy.typing import NDArray

from laikhe_analysis.checks import check_choice, check_fractions, check_seed
from laikhe_analysis.labels import ordered
from laikhe_analysis.model.expressions import Leaf, leaves
from laikhe_analysis.scenarios.projection import Projection
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
    projection: Projection | None = None,
    variables: Sequence[str] | None = None,
    shifts: Mapping[str, float] | None = None,
) -> Simulation:
    """Return the totals of many draws of a growth model, and what a scenario makes of them.

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
        Labels of the years; those of the projection, else 1, 2, ... when not given.
    projection : Projection, optional
        What the model was made `around`: its growth rates are drawn, and every equation that
        rests on them follows.
    variables : sequence of str, optional
        Projected quantities to keep; all of them when not given.
    shifts : mapping of str to float, optional
        How far an assumption of the projection, such as "buoyancy", may lie off either way: drawn
        evenly, once for all years of a draw. [its unit] The growth that is drawn stays the same.

    Returns
    -------
    Simulation

    Raises
    ------
    ValueError
        If a number is out of range, the shares do not fit to the model, a drawn quantity does not
        grow at an assumed rate, or the projection assumes nothing of what `shifts` names.
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
    if years is None:
        years = projection.years[1:] if projection else range(1, n_years + 1)
    if len(years) != n_years:
        raise ValueError(f"`years` must name {n_years} years, got {len(years)}.")
    totals = np.empty((n_years, draws))
    sectors = np.empty((n_sectors, n_years, draws)) if keep_sectors else None
    paths = _Paths(projection, variables, model.sectors, draws) if projection else None
    widths = _widths(shifts or {}, projection)
    shifted = {name: np.empty(draws) for name in widths}
    recipe, shocks = Recipe(model, weights), np.empty((n_sectors, n_years, BLOCK))
    for block, a in enumerate(range(0, draws, BLOCK)):
        b = min(draws, a + BLOCK)
        rng = Generator(SFC64(SeedSequence(root, spawn_key=(block,))))
        recipe.draw(rng, shocks)
        for name, width in widths.items():
            shifted[name][a:b] = (width * (2 * rng.random(BLOCK) - 1))[: b - a]
        recipe.to_growth(shocks)
        growth = shocks[:, :, : b - a]  # the last block is computed whole: the same bits
        recipe.add_up(growth, totals[:, a:b])
        if sectors is not None:
            np.multiply(growth, recipe.medians[:, :, None], out=sectors[:, :, a:b])
        if paths is not None:
            moved = {name: values[a:b] for name, values in shifted.items()}
            paths.follow(growth * recipe.medians[:, :, None], moved, slice(a, b))
    kept = paths.found if paths else {}
    return Simulation(model, weights, totals, sectors, tuple(map(int, years)), kept, shifted)


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

    def follow(self, growth: _Array, moved: Mapping[str, _Array], place: slice) -> None:
        """Put the quantities of one block into their place: growth [drawn, years, draws] since base."""
        rates: dict[str, list[Any]] = {
            name: [x if isnan(x) else x + shift for x in self.inputs.rates[name]]
            for name, shift in moved.items()
        }
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


def _widths(shifts: Mapping[str, float], projection: Projection | None) -> dict[str, float]:
    """Return how far assumptions may lie off, in the order of their names, checked."""
    assumed = [] if projection is None else list(projection.inputs.rates)
    for name, width in shifts.items():
        check_choice("shifts", name, assumed)
        if not width >= 0:
            raise ValueError(f"`shifts` must be 0 or more, got {width:g} for {name}.")
    return {name: float(shifts[name]) for name in sorted(shifts)}


def _weights(model: GrowthModel, shares: Any) -> _Array:
    """Return the shares, checked against the model."""
    weights = np.atleast_1d(ordered("shares", shares, "model", model.sectors))
    sectors = len(model.sectors)
    if weights.shape != (sectors,) or not (weights >= 0).all() or weights.sum() <= 0:
        raise ValueError(f"`shares` must be {sectors} numbers of 0 or more, got {weights}.")
    check_fractions(shares=weights)
    return weights
