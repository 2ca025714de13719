"""Where the plan's targets stand at a date, all together."""

from __future__ import annotations

from collections import Counter

from laikhe_analysis.findings.finding import Finding
from laikhe_analysis.monitor import Board, Line
from laikhe_analysis.series import SUPPOSED, weakest_origin

__all__ = ["has_own_figure", "standing"]

_NAMED = 4
"""So many targets in danger are named, the weakest first."""


def has_own_figure(line: Line) -> bool:
    """Return whether the commune itself has reported a figure of a target."""
    known = line.known
    assumed = known is not None and known.origin in SUPPOSED
    return line.newest is not None and not assumed


def standing(board: Board, scenario: str = "") -> Finding:
    """Return how many numbers are on track, which are in danger, and which lack figures.

    Parameters
    ----------
    board : Board
    scenario : str
        Name of the scenario whose end the board shows.
    """
    counted, unknown = board.count(), [x for x in board.lines if x.status == "not_assessed"]
    danger = [line for line in board.behind() if line.status in ("away", "insufficient")]
    empty = [line for line in unknown if not has_own_figure(line)]
    offices = Counter(line.target.owner for line in empty if line.target.owner)
    ahead = [line.expected for line in board.lines if line.expected is not None]
    numbers = {
        "at": board.as_of.words, "n": len(board.lines),
        "good": counted["achieved"] + counted["on_track"], "slow": counted["moderate"],
        "danger": len(danger), "unknown": len(unknown), "empty": len(empty),
        "named": Finding("board.named", {
            "lines": tuple(line.target.name for line in danger[:_NAMED]),
            "more": Finding("board.more", {"n": len(danger) - _NAMED})
            if len(danger) > _NAMED else None,
        }) if danger else None,
        "asked": Finding("board.asked", {
            "office": offices.most_common(1)[0][0], "n": offices.most_common(1)[0][1],
        }) if offices else None,
        "ahead": Finding("board.ahead", {
            "scenario": scenario, "all": len(ahead),
            "met": sum(one.status == "achieved" for one in ahead),
        }) if ahead and scenario else None,
    }  # fmt: skip
    origins = [line.assessment.origin or "statement" for line in board.lines if line not in unknown]
    origins += [one.origin or "assumption" for one in ahead]
    return Finding(
        "board.standing", numbers, origin=weakest_origin("statement", *origins),
        rests_on=tuple(line.target.target_id for line in board.lines if line not in unknown),
    )  # fmt: skip
