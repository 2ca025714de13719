"""What a result depends on: one input at a time, break-even values, Sobol indices, conditions."""

from laikhe_analysis.sensitivity.indices import (
    Bar,
    Box,
    BreakEven,
    Peel,
    Sobol,
    Tornado,
    break_even,
    find_box,
    sobol,
    sobol_indices,
    tornado,
)

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
