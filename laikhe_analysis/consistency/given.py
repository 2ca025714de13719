"""What the checks of a plan are given: its targets by what they measure, figures, assumptions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from laikhe_analysis.records import Assumption, Plan, ReferenceValue, Target
from laikhe_analysis.series import SUPPOSED, AnnualSeries, weakest_origin
from laikhe_analysis.vietnamese import shifted

__all__ = ["Given", "clauses", "plans_as_facts"]


def clauses(*targets: Target) -> tuple[str, ...]:
    """Return the clauses of the targets, each once."""
    return tuple(dict.fromkeys(target.clause for target in targets))


def plans_as_facts(reference: Iterable[ReferenceValue]) -> dict[str, AnnualSeries]:
    """Return what others plan for themselves, by "entity/series_id_target".

    Parameters
    ----------
    reference : iterable of ReferenceValue
        Rows of `reference.csv`; those of status plan or target and not of low confidence count,
        the last row of a year.

    Returns
    -------
    dict of str to AnnualSeries
        To go beside the realised figures into `consistency.check_plan`. [unit of each]

    Examples
    --------
    >>> row = ReferenceValue("the city", "grdp_growth", None, 2026, 0.13, "fraction/year",
    ...                      "constant 2010", "target", "press", "high", "s")
    >>> plans_as_facts([row])["the city/grdp_growth_target"].last
    (2026, 0.13)
    """
    chosen: dict[str, dict[int, ReferenceValue]] = {}
    for row in reference:
        if row.status in ("plan", "target") and row.confidence != "low":
            chosen.setdefault(f"{row.entity}/{row.series_id}_target", {})[row.year] = row
    return {
        key: AnnualSeries(
            key, tuple(sorted(rows)), tuple(rows[year].value for year in sorted(rows)),
            unit=rows[max(rows)].unit, price_basis=rows[max(rows)].price_basis,
            origin=weakest_origin(*(row.origin for row in rows.values())),
            sources=tuple(dict.fromkeys(row.source_id for row in rows.values())),
        )
        for key, rows in chosen.items()
    }  # fmt: skip


@dataclass(frozen=True)
class Given:
    """A plan with the figures and assumptions that its checks may use.

    Parameters
    ----------
    plan : Plan
    facts : mapping of str to AnnualSeries
        Public series by "entity/series_id".
    series : mapping of str to AnnualSeries
        The commune's own series by `series_id`.
    assumptions : tuple of Assumption
    """

    plan: Plan
    facts: Mapping[str, AnnualSeries]
    series: Mapping[str, AnnualSeries]
    assumptions: tuple[Assumption, ...] = ()

    def target(self, role: str, *kinds: str) -> Target | None:
        """Return the target of that role, of one of `kinds` if any are named; else None."""
        return self.plan.role(role, *kinds)

    def sectors(self) -> dict[str, Target]:
        """Return the growth targets of all sectors of the commune, none if one is missing."""
        names = self.plan.commune.sectors
        found = {name: self.target(f"sector:{name}", "average_rate") for name in names}
        known = {name: target for name, target in found.items() if target is not None}
        return known if len(known) == len(found) else {}

    def assumed(self, variable: str, first: int, last: int) -> float | None:
        """Return the mean of an assumption over years, None where a year has none. [fraction]"""
        values = [self._assumption(variable, year) for year in range(first, last + 1)]
        numbers = [value for value in values if value is not None]
        return sum(numbers) / len(numbers) if numbers and len(numbers) == len(values) else None

    def city(self, name: str) -> AnnualSeries | None:
        """Return the known values of a series of the city, the entity that ends its name."""
        for key, series in self.facts.items():
            entity, _, series_id = key.partition("/")
            if series_id == name and entity and self.plan.commune.city.endswith(entity):
                return series.known() or None
        return None

    def shares(self, year: int) -> tuple[dict[str, float], bool]:
        """Return the shares of the sectors in a year, and whether they are assumed. [%]

        Those reported come before those computed from reported products, and these before assumed
        ones. Product taxes are among them where they are given. Empty where a sector is missing or
        the shares are more than a point off 100.
        """
        names = (*self.plan.commune.sectors, "product_taxes")
        observed = {name: self._observed(f"share_{name}", year) for name in names}
        reported = self._from_products(names, year)
        assumed = {name: self._assumption(f"share_{name}", year) for name in names}
        for candidates, is_assumed in ((observed, False), (reported, False), (assumed, True)):
            found = {name: share for name, share in candidates.items() if share is not None}
            if set(names[:-1]) <= set(found) and abs(sum(found.values()) - 100) <= 1:
                return found, is_assumed
        return {}, True

    def _from_products(self, names: tuple[str, ...], year: int) -> dict[str, float | None]:
        """Return the shares that the reported products of a year make up, if all are there. [%]"""
        levels = {name: self._observed(f"product_{name}", year) for name in names}
        known = {
            name: level for name, level in levels.items()
            if level is not None
            and self.series[f"product_{name}"].origin not in SUPPOSED
        }  # fmt: skip
        kinds = {(s.unit, s.price_basis) for name in known if (s := self.series[f"product_{name}"])}
        if not set(names[:-1]) <= set(known) or len(kinds) > 1 or "index" in {u for u, _ in kinds}:
            return {}
        whole = sum(known.values())
        return {name: 100 * level / whole for name, level in known.items()} if whole > 0 else {}

    def _observed(self, series_id: str, year: int) -> float | None:
        known = self.series[series_id].known() if series_id in self.series else None
        return known.at(year) if known is not None and year in known.years else None

    def _assumption(self, variable: str, year: int) -> float | None:
        """Return an assumption: a growth as a fraction, a share as per cents."""
        for given in self.assumptions:
            fits = given.variable == variable and given.year_from <= year <= given.year_to
            if fits and isinstance(given.value, int | float):
                places = 2 if given.unit == "fraction" else 0
                return shifted(given.value, places)
        return None
