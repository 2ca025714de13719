"""The projections of every scenario, and average rates along them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from laikhe_analysis.data import Dataset
from laikhe_analysis.growth import annual_rate
from laikhe_analysis.scenarios import Projection, project

__all__ = ["Projections", "mean_inflation", "mean_rate_of", "project_all"]

Projections = Mapping[str, Projection]


def project_all(data: Dataset) -> dict[str, Projection]:
    """Return the projection of every scenario, in the order of the file."""
    baseline, commune = data.baseline(), data.commune
    given: dict[str, Any] = {
        "until": commune.target_year, "region": commune.name, "rules": data.rules,
    }  # fmt: skip
    return {name: project(baseline, s, **given) for name, s in data.assumed.items()}


def mean_rate_of(projection: Projection, variable: str) -> float:
    """Return the average yearly growth of a projected variable. [fraction per year]"""
    path = projection.path(variable)
    return float(annual_rate(path.values[0], path.values[-1], path.years[-1] - path.years[0]))


def mean_inflation(projection: Projection) -> float:
    """Return the average inflation that a scenario assumes. [fraction per year]"""
    return mean_rate_of(projection, "price_index")
