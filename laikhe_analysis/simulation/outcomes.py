"""What many draws say: fans, growth, and the chance that a condition holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from laikhe_analysis.arrays import as_truths
from laikhe_analysis.checks import check_choice, check_fractions
from laikhe_analysis.messages import Text, _
from laikhe_analysis.panel.many import check_levels
from laikhe_analysis.simulation.growth_model import GrowthModel

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Chance", "Simulation"]

_Array = NDArray[np.float64]
_Condition = Callable[["Simulation"], NDArray[np.bool_]] | NDArray[np.bool_]


@dataclass(frozen=True)
class Chance:
    """A probability with its standard error, or the reason why there is none.

    It unpacks: ``value, standard_error = simulation.probability(...)``.
    """

    value: float | None
    standard_error: float | None
    draws: int
    reason: Text | None = None

    def __iter__(self) -> Iterator[float | None]:
        return iter((self.value, self.standard_error))


@dataclass(frozen=True)
class Simulation:
    """Simulated totals, relative to the base year (= the sum of the shares).

    Parameters
    ----------
    model : GrowthModel
    shares : array [sectors]
        Base-year shares. [fraction]
    by_year : array [years, draws]
        Totals; `totals` is the same the other way round. [ratio to the base year]
    by_sector : array [sectors, years, draws] or None
        Growth of the sectors, where `keep_sectors` asked for it. [ratio to their base year]
    years : tuple of int
        Labels of the years.
    paths : mapping of str to array [years, draws]
        Projected quantities, where `simulate` was given the projection. [unit of the projection]
    shifts : mapping of str to array [draws]
        How far assumptions lie off in each draw, where `simulate` was told to move them. [their unit]
    """

    model: GrowthModel
    shares: _Array
    by_year: _Array
    by_sector: _Array | None
    years: tuple[int, ...]
    paths: Mapping[str, _Array] = field(default_factory=dict)
    shifts: Mapping[str, _Array] = field(default_factory=dict)

    @property
    def totals(self) -> _Array:
        """Totals by draw and year: array [draws, years]. [ratio to the base year]"""
        return self.by_year.T

    @property
    def draws(self) -> int:
        """Number of draws."""
        return int(self.by_year.shape[1])

    def sector(self, name: str) -> _Array:
        """Return a sector relative to its base year: array [draws, years]. [ratio]

        Raises
        ------
        ValueError
            If the sector is unknown, or sectors were not kept.
        """
        check_choice("sector", name, self.model.sectors)
        if self.by_sector is None:
            raise ValueError("`simulate` must be called with keep_sectors=True to ask for sectors.")
        growth: _Array = self.by_sector[self.model.sectors.index(name)].T
        return growth

    def levels(self, sector: str) -> _Array:
        """Return a sector's part of the total: array [draws, years]. [ratio to the base year]

        Raises
        ------
        ValueError
            As `sector`.
        """
        growth = self.sector(sector)
        levels: _Array = self.shares[self.model.sectors.index(sector)] * growth
        return levels

    def growth(self, sector: str | None = None) -> _Array:
        """Return the average growth from the base year to the last, by draw. [fraction per year]

        Parameters
        ----------
        sector : str, optional
            The total when not given.

        Raises
        ------
        ValueError
            As `sector`.
        """
        years = len(self.years)
        total = self.by_year[-1] / self.shares.sum()
        ratio = total if sector is None else self.sector(sector)[:, -1]
        rates: _Array = ratio ** (1 / years) - 1
        return rates

    def values(self, variable: str) -> _Array:
        """Return a projected quantity by draw and year: array [draws, years]. [its unit]

        Raises
        ------
        ValueError
            If it was not kept.
        """
        return self.paths[check_choice("variable", variable, list(self.paths))].T

    def quantiles(self, q: ArrayLike, variable: str | None = None) -> _Array:
        """Return quantiles by year: array [quantiles, years].

        Of the total, as a ratio to the base year, or of a projected quantity in its unit.

        Raises
        ------
        ValueError
            If a quantile is outside 0 to 1, or the quantity was not kept.
        """
        check_fractions(q=q)
        rows = self.by_year if variable is None else self.values(variable).T
        found: _Array = np.quantile(rows, np.atleast_1d(q), axis=1)
        return found

    def fan(
        self, levels: Sequence[int] = (80, 95), *, base: float = 100.0, variable: str | None = None
    ) -> pd.DataFrame:
        """Return a fan: year, point (median), lo_80, hi_80, ...

        Parameters
        ----------
        levels : sequence of int
            Coverage of the bands. [%]
        base : float
            Value of the total in the base year. [any unit]
        variable : str, optional
            A projected quantity, in its own unit; the total when not given, base year = `base`.

        Raises
        ------
        TypeError, ValueError
            If a level is no per cent from 1 to below 100.
        """
        import pandas as pd

        check_levels(levels)
        scale = base / self.shares.sum() if variable is None else 1.0
        middle = self.quantiles(0.5, variable)[0]
        table = {"year": np.array(self.years), "point": scale * middle}
        for level in levels:
            low, high = self.quantiles([0.5 - level / 200, 0.5 + level / 200], variable)
            table |= {f"lo_{level}": scale * low, f"hi_{level}": scale * high}
        return pd.DataFrame(table)

    def probability(self, condition: _Condition, *, given: _Condition | None = None) -> Chance:
        """Return the share of draws in which `condition` holds, with its standard error.

        Parameters
        ----------
        condition : function of the Simulation to array of bool, or the array
            One truth value per draw; join several by ``&``. A number or a text is none.
        given : the same, optional
            Count only draws in which this holds.

        Returns
        -------
        Chance
            Without a value, and with the reason, where `given` holds in no draw.

        Raises
        ------
        ValueError
            If there is not one truth value per draw, or one is missing.
        TypeError
            If they are no truth values.

        Notes
        -----
        Standard error ``sqrt(p (1 - p) / n)``, n the draws counted. Where p is 0 (or 1) it is 0
        although the probability may be up to about 3/n (or down to 1 - 3/n).

        Examples
        --------
        Four draws of one year, two of them at 1.1 or more:

        >>> model = GrowthModel(np.zeros((1, 1)), [[0.01]])
        >>> four = np.array([[1.0, 1.1, 1.2, 0.9]])
        >>> found = Simulation(model, np.ones(1), four, None, (2026,))
        >>> tuple(found.probability(lambda s: s.totals[:, -1] >= 1.1))
        (0.5, 0.25)
        """
        hit = self._holds(condition)
        if given is not None:
            hit = hit[self._holds(given)]
        if not len(hit):
            reason = _("điều kiện không xảy ra lần nào trong {n} lần tính", n=self.draws)
            return Chance(None, None, 0, reason)
        value = float(hit.mean())
        return Chance(value, float(np.sqrt(value * (1 - value) / len(hit))), len(hit))

    def _holds(self, condition: _Condition) -> NDArray[np.bool_]:
        """Return the truth value by draw."""
        hit = condition(self) if callable(condition) else condition
        return as_truths("condition", hit, self.draws, "one truth value per draw")
