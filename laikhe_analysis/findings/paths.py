"""What findings ask of a projection: mean rates, and why a path is missing."""

from __future__ import annotations

from laikhe_analysis.checks import Text
from laikhe_analysis.findings.finding import Finding
from laikhe_analysis.growth import annual_rate
from laikhe_analysis.scenarios import Projection

__all__ = ["mean_inflation", "mean_rate_of", "not_computable"]


def mean_rate_of(projection: Projection, variable: str) -> float:
    """Return the average yearly growth of a projected variable. [fraction per year]"""
    path = projection.path(variable)
    return float(annual_rate(path.values[0], path.values[-1], path.years[-1] - path.years[0]))


def mean_inflation(projection: Projection) -> float:
    """Return the average inflation that a scenario assumes. [fraction per year]"""
    return mean_rate_of(projection, "price_index")


def not_computable(subject: str, variable: str, projection: Projection) -> Finding:
    """Return that a variable of a projection cannot be computed, and why."""
    why = projection.missing.get(variable, Text("thiếu số liệu", "data are missing"))
    return Finding(f"{subject}.not_computable", {"variable": variable, "why": why})
