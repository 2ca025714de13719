"""The inner loop of the simulation: uniforms to shocks to levels, block by block, in place."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from laikhe_analysis.simulation.growth_model import GrowthModel

__all__ = ["Recipe"]

_Array = NDArray[np.float64]


class Recipe:
    """What turns uniforms into levels: prepared once, applied to every block in place."""

    def __init__(self, model: GrowthModel, shares: _Array) -> None:
        p = model.persistence
        first = np.ones(len(model.mean))
        if p:
            first[0] = 1 / np.sqrt(1 - p**2)  # the other years are scaled with the factor
        scale = np.sqrt((1 - p**2) * (1.0 if model.df is None else (model.df - 2) / model.df))
        self.factor, self.df = (model.factor * scale).tolist(), model.df
        self.persistence, self.first, self.spread = p, first, model.spread.T[:, :, None]
        self._made: list[_Array] | None = None
        self.medians = np.exp(np.cumsum(model.mean, axis=0)).T
        self.paths = shares[:, None] * self.medians

    def draw(self, rng: Generator, out: _Array) -> None:
        """Fill `out` [sectors, years, draws] with normal or t shocks, independent over years.

        Sectors come in pairs, as radius and angle: ``r**2 = -2 ln U``, for t with n sectors done
        ``r**2 = (df + |x|**2) (U**(-2 / (df + n)) - 1)``, which is the law of the next two given
        the first n. With z = tan(angle / 2) the two are ``r (1 - z**2) / (1 + z**2)`` and
        ``2 r z / (1 + z**2)``: numpy has a fast tangent, but no fast sine.
        """
        square, half, share, scale = self._scratch(out)[:4]
        scale[...] = 0.0 if self.df is None else self.df
        for i in range(0, len(out), 2):
            rng.random(out=square)
            rng.random(out=half)
            np.subtract(1, square, out=square)  # above 0, so that the radius is finite
            if self.df is None:
                np.log(square, out=square)
                np.multiply(square, -2, out=square)
            else:
                np.power(square, -2 / (self.df + i), out=square)
                np.multiply(square, scale, out=share)
                np.subtract(share, scale, out=square)
                scale, share = share, scale
            np.sqrt(square, out=square)
            np.subtract(half, 0.5, out=half)
            np.multiply(half, np.pi, out=half)
            np.tan(half, out=half)
            np.multiply(half, half, out=share)
            np.subtract(1, share, out=out[i])
            np.add(share, 1, out=share)
            np.divide(square, share, out=square)
            np.multiply(out[i], square, out=out[i])
            if i + 1 < len(out):
                np.multiply(half, square, out=out[i + 1])
                np.multiply(out[i + 1], 2, out=out[i + 1])

    def _scratch(self, shocks: _Array) -> list[_Array]:
        """Return four arrays of one sector's shape and one of one year's, made once."""
        if self._made is None or self._made[0].shape != shocks.shape[1:]:
            one = shocks.shape[1:]
            self._made = [*np.empty((4, *one)), np.empty((len(shocks), one[-1]))]
        return self._made

    def to_growth(self, shocks: _Array) -> None:
        """Turn standard shocks [sectors, years, draws] into growth since the base year, over the
        growth of the means, in place."""
        spare, *_, year = self._scratch(shocks)
        for i in reversed(range(len(shocks))):
            np.multiply(shocks[i], self.factor[i][i], out=shocks[i])
            for j in range(i):
                np.multiply(shocks[j], self.factor[i][j], out=spare)
                np.add(shocks[i], spare, out=shocks[i])
        by_year = [shocks[:, t] for t in range(shocks.shape[1])]
        if self.persistence:
            by_year[0] *= self.first[0]
            for before, now in pairwise(by_year):
                np.multiply(before, self.persistence, out=year)
                np.add(now, year, out=now)
        if (self.spread != 1).any():
            np.multiply(shocks, self.spread, out=shocks)
        for before, now in pairwise(by_year):
            np.add(now, before, out=now)
        np.exp(shocks, out=shocks)

    def add_up(self, growth: _Array, out: _Array) -> None:
        """Put the totals of all sectors into `out` [years, draws]."""
        np.einsum("st,std->td", self.paths, growth, out=out)
