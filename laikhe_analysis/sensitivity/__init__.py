"""What a result depends on: one input at a time, break-even values, Sobol indices, conditions."""

from laikhe_analysis.sensitivity.discovery import Box, Peel, find_box
from laikhe_analysis.sensitivity.indices import Sobol, sobol, sobol_indices
from laikhe_analysis.sensitivity.one_at_a_time import Bar, BreakEven, Tornado, break_even, tornado

__all__ = [
    "Bar",
    "Box",
    "BreakEven",
    "Peel",
    "Sobol",
    "Tornado",
    "break_even",
    "find_box",
    "sobol",
    "sobol_indices",
    "tornado",
]
