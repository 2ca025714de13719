"""What the Word report is made of: everything computed once, and the blocks that its parts return."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from laikhe_analysis.checks import Text
from laikhe_analysis.data import Dataset
from laikhe_analysis.findings.register import counted, open_points
from laikhe_analysis.monitor.boards import Board
from laikhe_analysis.monitor.measures import AsOf
from laikhe_analysis.office.board.standing import board_of, read_as_of
from laikhe_analysis.office.summary import (
    Headline,
    board_line,
    headlines,
    investment_study,
    project_all,
)
from laikhe_analysis.office.summary.headline import headline_of
from laikhe_analysis.office.tables import Table
from laikhe_analysis.scenarios.projection import Projection
from laikhe_analysis.series import ORIGINS, weakest_origin
from laikhe_analysis.vietnamese import label, sentence

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from laikhe_analysis.investment import Study

__all__ = [
    "DPI",
    "Block",
    "Grid",
    "Heading",
    "Items",
    "Material",
    "Picture",
    "Prose",
    "day_words",
    "gather",
    "last_day",
    "origins_in_order",
    "picture",
    "plain",
    "recorded_words",
    "say",
    "weakest_note",
]

DPI = 200
"""Resolution of figures. [dots per inch]"""


@dataclass(frozen=True)
class Heading:
    """The heading of a part, or of a piece of a part."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Prose:
    """A paragraph, with the weakest origin of its numbers where it holds any.

    One that is kept stays on the page of what follows.
    """

    text: str
    origin: str = ""
    keep: bool = False


@dataclass(frozen=True)
class Items:
    """A numbered list."""

    texts: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A table with its caption above, its widths in proportion, and a note beneath."""

    table: Table
    weights: tuple[float, ...]
    note: str


@dataclass(frozen=True)
class Picture:
    """A figure as PNG, its caption, and its words for those who cannot see it."""

    png: bytes
    caption: str
    alt: str


Block = Heading | Prose | Items | Grid | Picture


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
    lines : tuple of Headline
        What was found, as on the leader's page.
    study : Study or None
        None where the plan has no investment total or no sharing rule applies.
    board : Board
    """

    data: Dataset
    scenario: str
    at: AsOf
    projections: Mapping[str, Projection]
    lines: tuple[Headline, ...]
    study: Study | None
    board: Board

    @property
    def chosen(self) -> Projection:
        """The projection of the report's scenario."""
        return self.projections[self.scenario]

    @property
    def years(self) -> range:
        """The base year to the target year."""
        return range(self.data.commune.base_year, self.data.commune.target_year + 1)

    def found(self, page: str) -> list[Prose]:
        """Return the lines of the leader's page that belong to a notebook, by its two digits."""
        chosen = [line for line in self.lines if line.page.startswith(page)]
        return [Prose(plain(line.text), line.origin) for line in chosen]

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
    found, projections = headlines(shown, scenario), project_all(shown)
    chosen = projections[scenario]
    board = board_of(data, at, projection=chosen, internal=internal)
    board = replace(board, findings=tuple(open_points(shown, chosen)))
    return Material(
        data=shown,
        scenario=scenario,
        at=at,
        projections=projections,
        lines=(headline_of(counted(data)), board_line(board, scenario), *found[2:]),
        study=investment_study(shown, left_from=_first_open_year(data, at)),
        board=board,
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


def _first_open_year(data: Dataset, at: AsOf) -> int | None:
    """Return the first year of the plan that can still be acted on, None if all are over."""
    gone = at.year if at.period in ("FY", "9M", "H2", "Q4") else at.year - 1
    first = max(gone, data.commune.base_year) + 1
    return first if first <= data.commune.target_year else None


def say(template: str, **values: object) -> str:
    """Return a sentence of computed numbers (`vietnamese.sentence`)."""
    return sentence(template, "", **values).vi


def plain(text: Text) -> str:
    """Return a text with words in place of names used in files."""
    shown = re.sub(r" \([a-z]+(?:_[a-z0-9]+)+\)", "", text.vi)
    return re.sub(r"\b[a-z]+(?:_[a-z0-9]+)+\b", lambda match: label(match[0]), shown)


def recorded_words(data: Dataset) -> Text:
    """Return up to which day figures of the commune were recorded, or that there are none."""
    day = last_day(data)
    if not day:
        return Text("Chưa có số liệu nào của xã.", "The commune has no figures yet.")
    words = day_words(day)
    return Text(f"Số liệu ghi đến {words.vi}.", f"Figures recorded up to {words.en}.")


def day_words(day: str) -> Text:
    """Return a day as people write it, a blank to fill in where it is not known.

    Examples
    --------
    >>> day_words("2026-11-22")
    Text(vi='22/11/2026', en='22 November 2026')
    >>> day_words("").vi
    '……………'
    """
    parts = day.split("-")
    if len(parts) != 3:
        return Text("……………", "……………")
    year, month, number = parts
    return Text(f"{number}/{month}/{year}", f"{int(number)} {_MONTHS[int(month) - 1]} {year}")


_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def weakest_note(origin: str) -> str:
    """Return the line beneath a table that says what its numbers rest on."""
    return f"Căn cứ yếu nhất: {label(origin)}."


def picture(axes: Axes, caption: str, alt: str) -> Picture:
    """Return a finished drawing as a block."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    content = io.BytesIO()
    figure.savefig(content, format="png", dpi=DPI, bbox_inches="tight", metadata={"Software": None})
    return Picture(content.getvalue(), caption, alt)


def origins_in_order(origins: Sequence[str]) -> dict[str, int]:
    """Return how many of each origin there are, from strong to weak.

    Examples
    --------
    >>> origins_in_order(["assumption", "official", "assumption"])
    {'official': 1, 'assumption': 2}
    """
    return {origin: origins.count(origin) for origin in ORIGINS if origin in origins}
