"""Scenarios side by side: how fast total product grows in each, and what drives the difference."""

from __future__ import annotations

from collections.abc import Mapping

from laikhe_analysis.findings.finding import Finding
from laikhe_analysis.findings.paths import mean_rate_of, not_computable
from laikhe_analysis.scenarios import Projection, compare
from laikhe_analysis.series import weakest_origin

__all__ = ["side_by_side"]

_TOTAL = "total_product"


def side_by_side(
    projections: Mapping[str, Projection], scenario: str, against: str
) -> Finding | None:
    """Return the mean growth of total product in each scenario, and why one is above another.

    Parameters
    ----------
    projections : mapping of str to Projection
        By name of the scenario.
    scenario, against : str
        The two whose difference is told; nothing is told of it where one of them has no product.

    Returns
    -------
    Finding or None
        None without any scenario. [fraction per year; difference in the unit of the product]

    Examples
    --------
    >>> side_by_side({}, "co_so", "muc_tieu") is None
    True
    """
    if not projections:
        return None
    known = {name: one for name, one in projections.items() if _TOTAL in one.paths}
    if not known:
        return not_computable("scenarios", _TOTAL, next(iter(projections.values())))
    rates = tuple(
        Finding("scenarios.rate", {"scenario": name, "rate": mean_rate_of(one, _TOTAL)})
        for name, one in known.items()
    )
    origins = [origin for one in known.values() for origin in one.paths[_TOTAL].origins]
    a, b = known.get(scenario), known.get(against)
    numbers = {"rates": rates, "gap": _gap(a, b) if a and b else None}
    return Finding("scenarios.side_by_side", numbers, "fraction/year", weakest_origin(*origins))


def _gap(a: Projection, b: Projection) -> Finding | None:
    """Return by how much `b` ends above or below `a`, and the largest driver."""
    found, year = compare(a, b, variables=[_TOTAL]), a.until
    drivers = found.drivers_of(_TOTAL, year) if _TOTAL in found.parts else {}
    if not drivers:
        return None
    name, part = next(iter(drivers.items()))
    base = a.paths[_TOTAL].values[0]
    numbers = {
        "a": a.scenario.name, "b": b.scenario.name, "year": year, "driver": name,
        "more": 100 * found.difference(_TOTAL, year) / base, "part": 100 * part / base,
    }  # fmt: skip
    return Finding("scenarios.gap", numbers, "index")
