"""Can a plan's investment total be reached, and what would have to be true?."""

from laikhe_analysis.investment.feasibility import (
    CUTS,
    SIZES,
    Study,
    study,
)

__all__ = [
    "CUTS",
    "SIZES",
    "Study",
    "study",
]
