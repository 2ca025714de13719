"""Budget revenue: where it may stand, and what the readings of its clause ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from laikhe_analysis.findings.finding import Finding
from laikhe_analysis.findings.paths import not_computable, of_path, own_forecast
from laikhe_analysis.growth import growth_factor
from laikhe_analysis.monitor.measures import ASSIGNED, over_assigned
from laikhe_analysis.scenarios import Projection

if TYPE_CHECKING:
    from laikhe_analysis.data import Dataset

__all__ = ["ratios_of", "start_ratio_needed", "under_scenario"]


def ratios_of(data: Dataset, year: int) -> dict[str, float]:
    """Return the commune's revenues of a year over its assigned estimate, like for like.

    Parameters
    ----------
    data : Dataset
    year : int

    Returns
    -------
    dict of str to float
        All revenue over the whole estimate (`collected_revenue`), that without land-use fees over the
        estimate without them (`recurrent_revenue`): those of which both are known. [ratio]
    """
    found, series = {}, data.histories()
    for name in ("recurrent_revenue", "collected_revenue"):
        over = over_assigned(name, series)
        if over is None or not series[name].unit == series[ASSIGNED[name]].unit != "index":
            continue
        if year in over.years:
            found[name] = over.at(year) / 100
    return found


def start_ratio_needed(projection: Projection, threshold: float) -> float | None:
    """Return the ratio of collected to assigned in the base year that keeps every year above.

    Parameters
    ----------
    projection : Projection
        With revenue and assigned revenue, as levels or indices.
    threshold : float
        Ratio to be reached in every later year, such as 1.10. [ratio]

    Returns
    -------
    float or None
        ``threshold / min over later years of (R[t] / R[0]) / (A[t] / A[0])``; None where one of
        the two is missing. [ratio]
    """
    if not {"recurrent_revenue", "assigned_revenue_without_land"} <= set(projection.paths):
        return None
    revenue, assigned = (
        projection.path(n) for n in ("recurrent_revenue", "assigned_revenue_without_land")
    )
    common = [year for year in revenue.years if year in assigned.years]
    if len(common) < 2:
        return None
    relative = revenue.select(common).array / assigned.select(common).array
    return float(threshold * relative[0] / relative[1:].min())


def under_scenario(data: Dataset, projection: Projection) -> Finding:
    """Return where revenue may stand, and what its clause asks for. [index, base = 100]"""
    if "recurrent_revenue" not in projection.paths:
        return not_computable("revenue", "recurrent_revenue", projection)
    path, target = projection.paths["recurrent_revenue"], data.plan.role("revenue", "annual_ratio")
    base, last = path.years[0], path.years[-1]
    growth = ratio = None
    if target is not None:
        rate = target.value / 100 - 1
        index = 100 * growth_factor(rate, last - base, limit=None)
        growth = Finding("revenue.read_as_growth", {"index": index, "rate": rate}, "index",
                         clause=target.clause) if rate > 0 else None  # fmt: skip
        ratio = _ratio(data, projection, target.value / 100, base)
    numbers = {
        "scenario": projection.scenario.name, "index": 100 * path.values[-1] / path.values[0],
        "base": base, "last": last, "growth": growth, "ratio": ratio,
        "forecast": own_forecast(data, "recurrent_revenue") or Finding("revenue.too_few_years"),
    }  # fmt: skip
    return of_path("revenue.under_scenario", numbers, "index", path, target)


def _ratio(data: Dataset, projection: Projection, ratio: float, base: int) -> Finding | None:
    """Return the ratio of the base year that the plan's ratio needs, and what is known of it."""
    needed, known = start_ratio_needed(projection, ratio), ratios_of(data, base)
    if needed is None:
        return None
    keys = {"recurrent_revenue": "without_land", "collected_revenue": "with_land"}
    told = tuple(
        Finding(f"revenue.{keys[name]}", {"ratio": known[name]}, "ratio", "derived")
        for name in keys if name in known
    )  # fmt: skip
    numbers = {
        "needed": needed, "ratio": ratio, "base": base,
        "known": Finding("revenue.known_ratios", {"ratios": told}, "ratio") if told else None,
    }  # fmt: skip
    return Finding("revenue.read_as_ratio", numbers, "ratio", "assumption")
