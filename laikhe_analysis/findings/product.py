"""Total product: the rates that the plan gives, structures under which they agree, a scenario's end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from laikhe_analysis.consistency import feasible_shares, implied_total_rate
from laikhe_analysis.findings.finding import Finding
from laikhe_analysis.findings.paths import mean_rate_of, not_computable, of_path, own_forecast
from laikhe_analysis.growth import growth_factor
from laikhe_analysis.records import Assumption, Plan
from laikhe_analysis.scenarios import Projection, by_year, override, reported_shares
from laikhe_analysis.series import SUPPOSED

if TYPE_CHECKING:
    from laikhe_analysis.data import Dataset

__all__ = ["plan_rates", "share_cases", "structure", "under_scenario"]

_SAME = 5e-4  # a share that differs by less is the same


def plan_rates(plan: Plan) -> tuple[tuple[str, ...], tuple[float, ...], float | None]:
    """Return the sectors that the plan gives a growth rate, the rates, and that of the total.

    Returns
    -------
    sectors : tuple of str
    rates : tuple of float
        [fraction per year]
    total : float or None
        None where the plan gives none. [fraction per year]
    """
    found = {name: plan.role(f"sector:{name}", "average_rate") for name in plan.commune.sectors}
    rates = {name: target.rate for name, target in found.items() if target is not None}
    total = plan.role("total_product", "average_rate")
    return tuple(rates), tuple(rates.values()), None if total is None else total.rate


def share_cases(data: Dataset, sectors: tuple[str, ...]) -> dict[str, tuple[float, ...]]:
    """Return the structures to try the plan's rates on, as cases by name and year. [fractions]

    The commune's own of the base year first, once its sectors are reported; then those published
    of its old district, from 2010 on. Each adds up to 1 after rounding is taken out.
    """
    district = data.commune.yardsticks.get("district", "")
    tables = [
        {r.year: r.value / 100 for r in data.figures(district, f"share_{sector}")
         if r.confidence != "low"}
        for sector in sectors
    ]  # fmt: skip
    common = set.intersection(*(set(table) for table in tables)) if tables else set()
    cases, baseline = {}, data.baseline()
    own = reported_shares(baseline, sectors)
    if own is not None and not any(
        baseline.levels[f"product_{sector}"].origin in SUPPOSED for sector in sectors
    ):
        name = f"{data.commune.name} {data.commune.base_year}"
        cases[name] = tuple(own.values())
    for year in sorted(year for year in common if year >= 2010):
        shares = [table[year] for table in tables]
        if abs(sum(shares) - 1) < 0.005:
            cases[f"{district} {year}"] = tuple(share / sum(shares) for share in shares)
    return cases


def structure(data: Dataset) -> list[Finding]:
    """Return which structure makes the plan's rates and its total agree; [] without both."""
    sectors, rates, total = plan_rates(data.plan)
    target = data.plan.role("total_product", "average_rate")
    if target is None or total is None or len(sectors) < 2:
        return []
    base, last = data.commune.base_year, data.commune.target_year
    exact = feasible_shares(rates, total, last - base)
    if exact.reason is not None:
        return [Finding("product.cannot_agree", {"why": exact.reason}, clause=target.clause)]
    slow = min(range(len(rates)), key=rates.__getitem__)
    bounds = {"low": float(exact.lower[slow]), "high": float(exact.upper[slow]), "total": total,
              "sector": data.commune.labels.get(sectors[slow], sectors[slow]), "base": base}  # fmt: skip
    found = [Finding("product.share_range", bounds, "fraction", clause=target.clause)]
    cases = tuple(
        Finding("product.case", {"case": case, "rate": implied_total_rate(shares, rates, last - base)},
                "fraction/year")
        for case, shares in share_cases(data, sectors).items()
    )  # fmt: skip
    if cases:
        found.append(
            Finding("product.known_structures", {"cases": cases}, "fraction/year",
                    clause=target.clause)
        )  # fmt: skip
    return found


def under_scenario(data: Dataset, projection: Projection) -> Finding:
    """Return where total product may stand beside what the plan asks for. [index, base = 100]"""
    if "total_product" not in projection.paths:
        return not_computable("product", "total_product", projection)
    path, target = (
        projection.paths["total_product"],
        data.plan.role("total_product", "average_rate"),
    )
    base, last = path.years[0], path.years[-1]
    asked = None if target is None else Finding(
        "product.asked", {"rate": target.rate, "index": 100 * growth_factor(target.rate, last - base)},
        "fraction/year", clause=target.clause,
    )  # fmt: skip
    place = data.commune.yardsticks.get("city", "")
    growth = data.facts().get(f"{place}/grdp_growth")
    city = None if not growth else Finding(
        "product.city", {"place": place, "year": growth.last[0], "rate": growth.last[1]},
        "fraction/year", growth.origin,
    )  # fmt: skip
    numbers = {
        "scenario": projection.scenario.name, "rate": mean_rate_of(projection, "total_product"),
        "index": 100 * path.values[-1] / path.values[0], "base": base, "last": last,
        "asked": asked, "structures": _other_structures(data, projection), "city": city,
        "forecast": own_forecast(data, "total_product"),
    }  # fmt: skip
    return of_path("product.under_scenario", numbers, "fraction/year", path, target)


def _other_structures(data: Dataset, projection: Projection) -> Finding | None:
    """Return what the scenario gives from the other known structures; None where it has its own."""
    parts, base = projection.parts, projection.years[0]
    table = by_year(projection.scenario)
    if len(parts) < 2 or any(f"share_{part}" not in table for part in parts):
        return None
    used, told = [projection.value(f"share_{part}", base) for part in parts], []
    for case, shares in share_cases(data, parts).items():
        if np.allclose(shares, used, atol=_SAME):
            continue
        rows = [Assumption(f"share_{part}", base, base, share, "fraction", "derived")
                for part, share in zip(parts, shares, strict=True)]  # fmt: skip
        other = data.projection(override(projection.scenario, projection.scenario.name, *rows))
        if "total_product" in other.paths and other.value(f"share_{parts[0]}", base) != used[0]:
            numbers = {"case": case, "rate": mean_rate_of(other, "total_product")}
            told.append(Finding("product.other_structure", numbers, "fraction/year"))
    return (
        Finding("product.other_structures", {"cases": tuple(told)}, "fraction/year")
        if told
        else None
    )
