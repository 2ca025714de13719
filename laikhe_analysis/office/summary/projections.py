"""The projections of every scenario."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from laikhe_analysis.data import Dataset
from laikhe_analysis.scenarios import Projection, project

__all__ = ["Projections", "project_all"]

Projections = Mapping[str, Projection]


def project_all(data: Dataset) -> dict[str, Projection]:
    """Return the projection of every scenario, in the order of the file."""
    baseline, commune = data.baseline(), data.commune
    given: dict[str, Any] = {
        "until": commune.target_year, "region": commune.name, "rules": data.rules,
    }  # fmt: skip
    return {name: project(baseline, s, **given) for name, s in data.assumed.items()}
