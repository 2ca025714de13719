"""What findings ask of a projection: mean rates, and why a path is missing."""

from __future__ import annotations

from collections.abc import Mapping
from math import nan
from typing import TYPE_CHECKING, Any

from laikhe_analysis.checks import NotComputable
from laikhe_analysis.findings.finding import Finding
from laikhe_analysis.growth import annual_rate
from laikhe_analysis.messages import Text, _
from laikhe_analysis.records import Target
from laikhe_analysis.scenarios import Projection, Track
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.vietnamese import UNITS

if TYPE_CHECKING:
    from laikhe_analysis.data import Dataset

__all__ = ["mean_rate_of", "not_computable", "of_path", "own_forecast"]


def mean_rate_of(projection: Projection, variable: str) -> float:
    """Return the average yearly growth of a projected variable, NaN with one year. [fraction/year]"""
    path = projection.path(variable)
    years = path.years[-1] - path.years[0]
    return float(annual_rate(path.values[0], path.values[-1], years)) if years else nan


def not_computable(subject: str, variable: str, projection: Projection) -> Finding:
    """Return that a variable of a projection cannot be computed, and why."""
    why = projection.missing.get(variable, _("thiếu số liệu"))
    return Finding(f"{subject}.not_computable", {"variable": variable, "why": why})


def of_path(
    key: str, numbers: Mapping[str, Any], unit: str, path: Track, target: Target | None
) -> Finding:
    """Return a finding about a projected path: as weak as it is, for the target it answers."""
    return Finding(
        key, numbers, unit, weakest_origin(*path.origins), target.clause if target else "",
        rests_on=tuple(sorted(path.inputs | path.premises)), owner=target.owner if target else "",
    )  # fmt: skip


def own_forecast(data: Dataset, name: str) -> Finding | None:
    """Return where the commune's own figures lead by the target year; None with fewer than five."""
    try:
        ahead = data.forecast(name)
    except NotComputable:
        return None
    last = data.commune.target_year
    low, point, high = (float(ahead.quantile(part)[-1]) for part in (0.1, 0.5, 0.9))
    numbers = {
        "n": ahead.known, "last": last, "point": point, "low": low, "high": high,
        "unit": UNITS.get(ahead.unit, Text(ahead.unit)),
    }  # fmt: skip
    return Finding("forecast.own", numbers, ahead.unit, ahead.origin, rests_on=(name,))
