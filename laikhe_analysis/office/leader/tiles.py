"""Every item of the plan as a tile, the worst first, and who owes which figure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from laikhe_analysis.language.wordings.board import day_text, period_words
from laikhe_analysis.messages import language
from laikhe_analysis.monitor.boards import SYMBOLS, Line
from laikhe_analysis.office.leader.view import View
from laikhe_analysis.vietnamese import label

__all__ = ["Office", "Tile", "counted", "offices", "tiles_of"]

_ORDER = ("away", "insufficient", "moderate", "on_track", "achieved", "not_assessed")
"""What is in danger first, what nobody can judge last."""


@dataclass(frozen=True)
class Tile:
    """One item that reports count: its class is that of its weakest number.

    `numbers` tells every number of the item with its class.
    """

    item: str
    name: str
    status: str
    sign: str
    numbers: str


@dataclass(frozen=True)
class Office:
    """What one office owes: all its figures by name, how many are overdue, when the next is due."""

    name: str
    figures: tuple[str, ...]
    overdue: int
    due: str


def tiles_of(view: View) -> list[Tile]:
    """Return the items of the board, the worst first, else in the order of the plan."""
    lang = language()
    found = []
    for item, status in view.board.items().items():
        lines = [line for line in view.board.lines if line.target.item == item]
        worst = next(line for line in lines if line.status == status)
        told = "; ".join(f"{_named(line, lang)}: {label(line.status, lang)}" for line in lines)
        found.append(Tile(item, _named(worst, lang), status, SYMBOLS[status], told))
    return sorted(found, key=lambda tile: _ORDER.index(tile.status))


def _named(line: Line, lang: str) -> str:
    return line.target.name.pick(lang)


def counted(tiles: list[Tile]) -> dict[str, int]:
    """Return how many tiles are of each class, those that there are."""
    found = Counter(tile.status for tile in tiles)
    return {status: found[status] for status in _ORDER if found[status]}


def offices(view: View) -> list[Office]:
    """Return what each office owes, the one that owes most first."""
    lang, by_owner = language(), {one.owner: [] for one in view.missing}  # type: ignore[var-annotated]
    for one in view.missing:
        by_owner[one.owner].append(one)
    found = []
    for owner, owed in by_owner.items():
        late = [one for one in owed if one.overdue]
        later = sorted(one.due for one in owed if one.due and not one.overdue)
        names = tuple(
            f"{one.name.pick(lang)} ({period_words(one.year, one.period).pick(lang)})"
            for one in owed
        )
        found.append(Office(owner or "–", names, len(late), day_text(later[0] if later else "")))
    return sorted(found, key=lambda office: -len(office.figures))
