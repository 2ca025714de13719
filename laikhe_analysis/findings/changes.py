"""What has changed since an earlier report: classes, headline projections, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from laikhe_analysis.findings.finding import Finding
from laikhe_analysis.targets.progress import PROGRESS

if TYPE_CHECKING:
    from laikhe_analysis.monitor.boards import Board

__all__ = ["moved_classes", "moved_projections", "new_figures"]

_UNKNOWN = "not_assessed"


def moved_classes(before: Board, now: Board) -> Finding:
    """Return how many targets are in a better, a worse and a first class since an earlier board."""
    earlier = {line.target.target_id: line.status for line in before.lines}
    pairs = [(earlier.get(line.target.target_id, _UNKNOWN), line.status) for line in now.lines]
    known = [pair for pair in pairs if _UNKNOWN not in pair]
    numbers = {
        "better": sum(PROGRESS.index(b) < PROGRESS.index(a) for a, b in known),
        "worse": sum(PROGRESS.index(b) > PROGRESS.index(a) for a, b in known),
        "first": sum(a == _UNKNOWN != b for a, b in pairs),
    }
    key = "changes.classes" if any(numbers.values()) else "changes.no_class"
    return Finding(key, numbers)


def moved_projections(
    before: Mapping[str, float], now: Mapping[str, float], year: int
) -> Finding | None:
    """Return the headline projections of a year that moved; None where none did.

    Parameters
    ----------
    before, now : mapping of str to float
        Middle values by variable; variables that only one of them has are left out.
    year : int
    """
    moved = tuple(
        Finding("changes.moved", {"variable": name, "before": before[name], "now": now[name]})
        for name in now
        if name in before and round(before[name], 1) != round(now[name], 1)
    )
    return Finding("changes.projections", {"year": year, "moved": moved}) if moved else None


def new_figures(names: Sequence[object], has_moved: bool) -> Finding:
    """Return why something moved: figures recorded since, else assumptions or the method.

    Parameters
    ----------
    names : sequence
        What the figures recorded since are of, once each; the first are named.
    has_moved : bool
        Whether classes or projections moved at all.
    """
    if names:
        first = {"n": len(names), "first": tuple(names[:_NAMED])}
        more = Finding("changes.and_more") if len(names) > _NAMED else None
        return Finding("changes.new_figures", first | {"more": more})
    return Finding("changes.other_reasons" if has_moved else "changes.nothing_new")


_NAMED = 3
