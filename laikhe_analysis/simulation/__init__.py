"""Many possible futures of one scenario: correlated draws, seeded, in blocks of a fixed size."""

from laikhe_analysis.simulation.blocks import BLOCK, simulate, sobol_probability
from laikhe_analysis.simulation.growth_model import (
    Covariance,
    GrowthModel,
    around,
    estimate_covariance,
)
from laikhe_analysis.simulation.outcomes import Chance, Simulation

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
