"""Where every target of the plan stands at a date."""

from laikhe_analysis.monitor.boards import SYMBOLS, Board, Line
from laikhe_analysis.monitor.measures import AsOf
from laikhe_analysis.monitor.standing import board, changes
from laikhe_analysis.monitor.ways import TurningPoint, required_way, turning_point

__all__ = [
    "SYMBOLS",
    "AsOf",
    "Board",
    "Line",
    "TurningPoint",
    "board",
    "changes",
    "required_way",
    "turning_point",
]
