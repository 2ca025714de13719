"""Where every target of the plan stands at a date."""

from laikhe_analysis.monitor.standing import (
    SYMBOLS,
    AsOf,
    Board,
    Line,
    board,
    changes,
    pace_label,
)

__all__ = [
    "SYMBOLS",
    "AsOf",
    "Board",
    "Line",
    "board",
    "changes",
    "pace_label",
]
