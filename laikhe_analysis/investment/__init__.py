"""Can a plan's investment total be reached, and what would have to be true?."""

from laikhe_analysis.investment.feasibility import Study, study

__all__ = ["Study", "study"]
