"""What the leader's page looks at: the data at a date, one scenario, the board, what is owed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.data import Dataset
from laikhe_analysis.findings import Finding, outlook
from laikhe_analysis.findings.draws import product_draws, revenue_draws
from laikhe_analysis.findings.investment import inventory, needed, study_of
from laikhe_analysis.investment import Study
from laikhe_analysis.monitor.boards import Board
from laikhe_analysis.monitor.measures import AsOf
from laikhe_analysis.office.board.standing import board_of, projection_of, read_as_of
from laikhe_analysis.office.missing import Missing, missing_figures
from laikhe_analysis.scenarios import Projection

__all__ = ["HEADLINES", "View", "look"]

HEADLINES = {"total_product": 100.0, "income_per_capita_real": None, "recurrent_revenue": 100.0}
"""The projections that a report is held to, and the level of the base year where it is an index."""


@dataclass(frozen=True)
class View:
    """What the page is made of, computed when it is asked for.

    Parameters
    ----------
    data : Dataset
    at : AsOf
    projection : Projection or None
        None where the folder holds no scenario.
    board : Board
        Internal targets only where they were asked for.
    internal : bool
    asked : str
        The date as it was asked for; "" for that of the newest record.
    """

    data: Dataset
    at: AsOf
    projection: Projection | None
    board: Board
    internal: bool = False
    asked: str = ""

    @cached_property
    def missing(self) -> list[Missing]:
        """The figures that offices owe, what is due first before the others of an office."""
        return missing_figures(self.data, self.at, internal=self.internal)

    @cached_property
    def study(self) -> Study | None:
        """The study of the plan's investment total; None without a total or a rule."""
        return study_of(self.data, as_of=self.asked)

    @cached_property
    def investment(self) -> Finding | None:
        """What the investment total asks for, or what the land at hand brings; None without a total."""
        study = self.study
        return None if study is None else inventory(study, in_short=True) or needed(study)

    @cached_property
    def outlooks(self) -> list[Finding]:
        """Where the commune's own figures lead, by target."""
        return outlook.of_targets(self.data)

    def path(self, variable: str) -> dict[float, float]:
        """Return a headline projection by year, an index where `HEADLINES` says so; {} without."""
        if self.projection is None or variable not in self.projection.paths:
            return {}
        track, start = self.projection.paths[variable], HEADLINES[variable]
        scale = 1.0 if start is None else start / track.values[0]
        return {year: scale * value for year, value in zip(track.years, track.values, strict=True)}

    @cached_property
    def bands(self) -> dict[str, dict[float, tuple[float, float]]]:
        """Eight times in ten, by headline projection and year, in its unit; those that are drawn."""
        draws = None if self.projection is None else product_draws(self.data, self.projection)
        if draws is None or self.projection is None:
            return {}
        found = {"total_product": 100 * draws.totals / draws.shares.sum()}
        revenue = revenue_draws(draws, self.projection)
        if revenue is not None:
            found["recurrent_revenue"] = revenue
        return {name: _band(values, draws.years, self.path(name)) for name, values in found.items()}


def _band(
    values: NDArray[np.float64], years: tuple[int, ...], path: dict[float, float]
) -> dict[float, tuple[float, float]]:
    """Return the middle 80 per cent of draws by year, from the base year on."""
    low, high = np.quantile(values, [0.1, 0.9], axis=0)
    base = float(years[0] - 1)
    found = {base: (path[base], path[base])} if base in path else {}
    for year, a, b in zip(years, low, high, strict=True):
        found[float(year)] = (float(a), float(b))
    return found


def look(data: Dataset, scenario: str, as_of: str = "", *, internal: bool = False) -> View:
    """Return the view of a folder's data.

    Parameters
    ----------
    data : Dataset
        The first of its sharing rules is the one that sentences use.
    scenario : str
    as_of : str
        Date of the board; blank: that of the newest record.
    internal : bool
        Whether internal targets are shown.

    Raises
    ------
    RefusalError
        If there is no such scenario, or `as_of` is no date.
    """
    at, projection = read_as_of(as_of, data), projection_of(data, scenario)
    board = board_of(data, at, projection=projection, internal=internal)
    return View(data, at, projection, board, internal, as_of)
