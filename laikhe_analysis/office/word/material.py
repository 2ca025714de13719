"""What the documents are made of: everything computed once."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from laikhe_analysis.data import Dataset
from laikhe_analysis.findings.investment import study_of
from laikhe_analysis.findings.register import open_points
from laikhe_analysis.messages import Text, Worded, _
from laikhe_analysis.monitor.boards import Board, Line
from laikhe_analysis.monitor.measures import AsOf
from laikhe_analysis.office.board.standing import board_of, read_as_of
from laikhe_analysis.office.refusal import choose_scenario
from laikhe_analysis.office.summary import project_all
from laikhe_analysis.scenarios.projection import Projection
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.vietnamese import label

if TYPE_CHECKING:
    from laikhe_analysis.investment import Study

__all__ = ["Material", "day_words", "gather", "last_day", "plain", "recorded_words"]


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
    shown = data if internal else _public(data)
    at = read_as_of("", data) if as_of is None else AsOf.of(as_of)
    choose_scenario(scenario, list(data.assumed))
    projections = project_all(shown)
    chosen = projections[scenario]
    board = board_of(data, at, projection=chosen, internal=internal)
    board = replace(board, findings=tuple(open_points(shown, chosen)))
    part = replace(at, period="9M")
    before = board_of(data, part, internal=internal).lines if at.period == "FY" else ()
    return Material(
        data=shown,
        scenario=scenario,
        at=at,
        projections=projections,
        study=study_of(shown, left_from=_first_open_year(data, at)),
        board=board,
        earlier={line.target.target_id: line for line in before},
    )


def _public(data: Dataset) -> Dataset:
    """Return the data without internal targets and their figures."""
    inside = {target.target_id for target in data.plan.targets if target.access == "internal"}
    return replace(
        data,
        plan=replace(
            data.plan, targets=tuple(t for t in data.plan.targets if t.target_id not in inside)
        ),
        observed=tuple(o for o in data.observed if o.series_id not in inside),
    )


def last_day(data: Dataset) -> str:
    """Return the day on which the newest figure of the commune was recorded, "" if none was."""
    return max((row.recorded_on for row in data.observed), default="")


def _first_open_year(data: Dataset, at: AsOf) -> int:
    """Return the first year of the plan that can still be acted on, 0 if all are over."""
    gone = at.year if at.period in ("FY", "9M", "H2", "Q4") else at.year - 1
    first = max(gone, data.commune.base_year) + 1
    return first if first <= data.commune.target_year else 0


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


def recorded_words(data: Dataset) -> Text:
    """Return up to which day figures of the commune were recorded, or that there are none."""
    day = last_day(data)
    if not day:
        return _("Chưa có số liệu nào của xã.")
    words = day_words(day)
    return _("Số liệu ghi đến {words}.", words=words)


def day_words(day: str) -> Text:
    """Return a day as people write it, a blank to fill in where it is not known.

    Examples
    --------
    >>> day_words("2026-11-22").vi, day_words("2026-11-22").en, day_words("").vi
    ('22/11/2026', '22 November 2026', '……………')
    """
    return Worded(_day, day)


def _day(day: str, lang: str) -> str:
    """Return a day as people write it, in one language."""
    parts = day.split("-")
    if len(parts) != 3:
        return "……………"
    year, month, number = parts
    if lang == "vi":
        return f"{number}/{month}/{year}"
    return f"{int(number)} {calendar.month_name[int(month)]} {year}"
