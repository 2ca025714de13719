"""Many possible futures of one scenario: correlated draws, seeded, in blocks of a fixed size."""

from laikhe_analysis.simulation.blocks import BLOCK, simulate
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
]
