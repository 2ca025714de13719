"""What the documents are made of: everything computed once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from laikhe_analysis.data import Dataset
from laikhe_analysis.findings.investment import study_of
from laikhe_analysis.monitor.boards import Board, Line
from laikhe_analysis.monitor.measures import AsOf
from laikhe_analysis.office.board.standing import board_of, read_as_of
from laikhe_analysis.office.refusal import choose_scenario
from laikhe_analysis.scenarios.projection import Projection
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.vietnamese import label

if TYPE_CHECKING:
    from laikhe_analysis.investment import Study

__all__ = ["Material", "gather", "plain"]


@dataclass(frozen=True)
class Material:
    """Everything that the report says, computed once.

    Parameters
    ----------
    data : Dataset
        Only what may be shown: without internal targets and their figures unless asked for.
    scenario : str
    at : AsOf
    projections : mapping of str to Projection
    study : Study or None
        None where the plan has no investment total or no sharing rule applies.
    board : Board
    earlier : mapping of str to Line
        Where the board is of a whole year: its lines after nine months, by target.
    """

    data: Dataset
    scenario: str
    at: AsOf
    projections: Mapping[str, Projection]
    study: Study | None
    board: Board
    earlier: Mapping[str, Line]

    @property
    def chosen(self) -> Projection:
        """The projection of the report's scenario."""
        return self.projections[self.scenario]

    @property
    def years(self) -> range:
        """The base year to the target year."""
        return range(self.data.commune.base_year, self.data.commune.target_year + 1)

    def reached(self, target_id: str, unit: str) -> float | None:
        """Return the newest figure of the year in a unit, that of nine months where it has no other."""
        for line in (*self.board.lines, *self.earlier.values()):
            new = line.newest
            if (
                line.target.target_id == target_id
                and new
                and (new.year, new.unit) == (self.at.year, unit)
            ):
                return new.value
        return None

    def with_path(self, variable: str) -> dict[str, Projection]:
        """Return the projections that hold a variable."""
        return {name: p for name, p in self.projections.items() if variable in p.paths}

    def origin(self, *variables: str) -> str:
        """Return the weakest origin of projected variables, over all scenarios."""
        return weakest_origin(
            *(
                origin
                for variable in variables
                for projection in self.with_path(variable).values()
                for origin in projection.paths[variable].origins
            )
        )


def gather(data: Dataset, scenario: str, *, as_of: str | int | None, internal: bool) -> Material:
    """Return everything that the report says.

    Internal targets and their figures are taken out before anything is computed, so that no
    sentence can hold them; only how many they are is told.

    Raises
    ------
    ValueError
        If there is no such scenario, or `as_of` cannot be read.
    """
    shown = data if internal else data.public()
    at = read_as_of("", data) if as_of is None else AsOf.of(as_of)
    choose_scenario(scenario, list(data.assumed))
    projections = shown.projections()
    part = replace(at, period="9M")
    before = board_of(data, part, internal=internal).lines if at.period == "FY" else ()
    return Material(
        data=shown,
        scenario=scenario,
        at=at,
        projections=projections,
        study=study_of(shown, as_of=str(at)),
        board=board_of(data, at, projection=projections[scenario], internal=internal),
        earlier={line.target.target_id: line for line in before},
    )


def plain(text: str) -> str:
    """Return a text with words in place of names used in files.

    Examples
    --------
    >>> plain("dân số (population_growth); co_so; dich_vu")
    'dân số; cơ sở; dich vu'
    """
    shown = re.sub(r" \([a-z]+(?:_[a-z0-9]+)+\)", "", text)
    return re.sub(
        r"\b[a-z]+(?:_[a-z0-9]+)+\b", lambda name: label(name[0]).replace("_", " "), shown
    )
