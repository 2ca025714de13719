"""Income per capita: what the target means in money, and the record beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from laikhe_analysis.findings.finding import Finding
from laikhe_analysis.findings.paths import not_computable, of_path, own_forecast
from laikhe_analysis.growth import annual_rate, growth_factor, nominal_rate
from laikhe_analysis.scenarios import Projection

if TYPE_CHECKING:
    from laikhe_analysis.data import Dataset

__all__ = ["under_scenario"]


def under_scenario(data: Dataset, projection: Projection) -> Finding:
    """Return what the income target means in money. [million VND/person/year]"""
    if "income_per_capita" not in projection.paths:
        return not_computable("income", "income_per_capita", projection)
    path, target = (
        projection.paths["income_per_capita_real"],
        data.plan.role("income", "average_rate"),
    )
    last = path.years[-1]
    numbers = {
        "scenario": projection.scenario.name, "real": path.values[-1], "last": last,
        "nominal": projection.value("income_per_capita", last),
        "prices_of": projection.baseline.year,
        "asked": None if target is None else _asked(projection, target.rate, target.clause),
        "record": _record(data), "forecast": own_forecast(data, "income_per_capita"),
    }  # fmt: skip
    return of_path("income.under_scenario", numbers, path.unit, path, target)


def _asked(projection: Projection, rate: float, clause: str) -> Finding:
    """Return the income that real growth at a rate leads to, real and nominal."""
    path, index = projection.path("income_per_capita_real"), projection.path("price_index")
    base, last = path.years[0], path.years[-1]
    factor = growth_factor(rate, last - base)
    prices = annual_rate(index.at(base), index.at(last), last - base)
    start = projection.value("income_per_capita", base)
    nominal = start * growth_factor(nominal_rate(rate, prices), last - base)
    numbers = {"real": path.values[0] * factor, "nominal": nominal, "rate": rate, "factor": factor}
    return Finding("income.asked", numbers, path.unit, "assumption", clause)


def _record(data: Dataset) -> Finding | None:
    """Return how fast the province's real income grew; None where it is not published."""
    place = data.commune.yardsticks.get("province", "")
    for row in data.figures(place, "income_growth_real_mean")[:1]:
        numbers = {"rate": row.value, "place": place, "first": row.year_from, "year": row.year}
        return Finding("income.record", numbers, "fraction/year", row.origin)
    return None
