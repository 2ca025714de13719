"""Where every target of the plan stands at a date."""

from laikhe_analysis.monitor.boards import SYMBOLS, Board, Line, pace_label
from laikhe_analysis.monitor.measures import AsOf
from laikhe_analysis.monitor.standing import board, changes

__all__ = [
    "SYMBOLS",
    "AsOf",
    "Board",
    "Line",
    "board",
    "changes",
    "pace_label",
]
