"""How much of the plan can be assessed."""

from __future__ import annotations

from laikhe_analysis.findings.board import standing
from laikhe_analysis.monitor.boards import Board
from laikhe_analysis.office.summary.headline import Headline, headline_of

__all__ = ["board_line"]


def board_line(found: Board, scenario: str = "") -> Headline:
    """Return how many numbers are on track, which are in danger, and where a scenario leads."""
    return headline_of(standing(found, scenario))
