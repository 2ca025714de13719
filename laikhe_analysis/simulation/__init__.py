"""Many possible futures of one scenario: correlated draws, seeded, in blocks of a fixed size."""

from laikhe_analysis.simulation.blocks import (
    BLOCK,
    Chance,
    Covariance,
    GrowthModel,
    Simulation,
    around,
    estimate_covariance,
    simulate,
    sobol_probability,
)

__all__ = [
    "BLOCK",
    "Chance",
    "Covariance",
    "GrowthModel",
    "Simulation",
    "around",
    "estimate_covariance",
    "simulate",
    "sobol_probability",
]
