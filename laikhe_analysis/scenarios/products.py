"""The product of a commune: sectors stepped together, their total, shares and contributions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.checks import Text
from laikhe_analysis.growth import contributions
from laikhe_analysis.records import Scenario
from laikhe_analysis.scenarios.assumptions import TAXES
from laikhe_analysis.scenarios.flows import DERIVED, Baseline, Flow, Flows, Level, Missing, derive
from laikhe_analysis.series import ORIGINS

__all__ = ["Products"]

_SAME = 1e-3  # relative: known sectors and a known total that differ by rounding only


class Products(Flows):
    """Product by sector and in total, at the prices of its level (base year = 100 without one)."""

    def __init__(self, baseline: Baseline, scenario: Scenario, until: int) -> None:
        super().__init__(baseline, scenario, until)
        taxes = f"share_{TAXES}" in self.table or f"product_{TAXES}" in baseline.levels
        self.parts = (*baseline.sectors, *((TAXES,) if baseline.sectors and taxes else ()))
        self._stepped: dict[str, Flow] = {}
        self.how = {
            "total_product": self._total,
            "growth_total_product": lambda: self._percent_growth("total_product"),
        }
        for part in self.parts:
            self.how |= self._of_part(part)

    def _of_part(self, part: str) -> dict[str, Callable[[], Flow]]:
        """Return how to compute what there is of one sector."""
        return {
            f"product_{part}": lambda: self._sectors()[part],
            f"share_{part}": lambda: self._share(part),
            f"growth_{part}": lambda: self._growth(part),
            f"contribution_{part}": lambda: self._contribution(part),
        }

    def _bases(self) -> list[Flow]:
        """Return the base-year level of every sector: given, or its share of the total."""
        levels = [self.baseline.levels.get(f"product_{part}") for part in self.parts]
        year = self.years[0]
        if all(levels):
            return [_first_year(level, level.value) for level in levels if level]
        shares = [self.table.get(f"share_{part}", {}).get(year) for part in self.parts]
        lacking = [f"share_{p}" for p, s in zip(self.parts, shares, strict=True) if s is None]
        if lacking:
            names = ", ".join(lacking)
            raise Missing(Text(f"thiếu {names} năm {year}", f"no {names} for {year}"))
        given = [share for share in shares if share is not None]
        whole = sum(float(share.value) for share in given)
        total = self.baseline.levels.get("total_product", Level(100.0, "index", origin="derived"))
        flows = []
        for share in given:
            used = frozenset([share.variable])
            rank = max(ORIGINS.index(share.origin), DERIVED)
            weight = Flow(
                np.array([float(share.value) / whole]), np.array([rank]), "ratio", "n/a",
                used, used if share.origin == "statement" else frozenset(),
            )  # fmt: skip
            level = _first_year(total, total.value)
            basis = total.price_basis
            flows.append(
                derive(weight.values * total.value, total.unit, weight, level, price_basis=basis)
            )
        return flows

    def _sectors(self) -> dict[str, Flow]:
        """Return the sectors by name, stepped together."""
        if not self._stepped:
            if not self.parts:
                raise Missing(Text("không có ngành nào", "no sectors are given"))
            bases = self._bases()
            held = [self._held_in(f"product_{part}", bases[0].unit) for part in self.parts]
            rates = [
                self._rate(f"growth_{part}", [y for y in self.years[1:] if y not in known])
                for part, known in zip(self.parts, held, strict=True)
            ]
            totals = self._held_in("total_product", bases[0].unit)
            values, ranks = self._step(bases, held, rates, totals)
            for j, (part, base, rate) in enumerate(zip(self.parts, bases, rates, strict=True)):
                behind = [*bases, *rates] if totals else [base, rate]  # a known total ties them
                self._stepped[part] = Flow(
                    values[:, j], ranks[:, j], base.unit, base.price_basis,
                    frozenset[str]().union(*(flow.inputs for flow in behind)),
                    frozenset[str]().union(*(flow.premises for flow in behind)),
                )  # fmt: skip
        return self._stepped

    def _step(
        self,
        bases: Sequence[Flow],
        held: Sequence[Mapping[int, float]],
        rates: Sequence[Flow],
        totals: Mapping[int, float],
    ) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Return values and ranks, year by sector; a known total rescales what is not known.

        The sectors then add up to that total, and go on from there; each that was rescaled is as
        weak as the weakest of them.
        """
        values = np.array([[flow.values[0] for flow in bases]] * len(self.years))
        ranks = np.array([[flow.ranks[0] for flow in bases]] * len(self.years))
        for i, year in enumerate(self.years[1:], start=1):
            known = np.array([year in each for each in held])
            for j, part in enumerate(self.parts):
                if known[j]:
                    values[i, j], ranks[i, j] = held[j][year], self._rank(f"product_{part}")
                else:
                    values[i, j] = values[i - 1, j] * (1 + rates[j].values[i])
                    ranks[i, j] = max(ranks[i - 1, j], rates[j].ranks[i], DERIVED)
            if year in totals:
                _fit(values[i], known, totals[year], year)
                ranks[i, ~known] = max(*ranks[i], self._rank("total_product"), DERIVED)
        return values, ranks

    def _held_in(self, name: str, unit: str) -> dict[int, float]:
        """Return the known values, or none (and a note) where the base year has another unit."""
        held = self.baseline.held(name)
        if not held or self.baseline.known[name].unit == unit:
            return held
        got, year = self.baseline.known[name].unit, self.years[0]
        note = Text(
            f"{name}: số đã biết ({got}) không dùng vì năm {year} tính bằng {unit}",
            f"{name}: the known values ({got}) are not held, {year} is in {unit}",
        )
        self.notes.append(note)
        return {}

    def _total(self) -> Flow:
        """Return the sum of the sectors."""
        if not self.parts:
            self._sectors()
        flows = [self.get(f"product_{part}") for part in self.parts]
        values = np.sum([flow.values for flow in flows], axis=0)
        basis = flows[0].price_basis
        total = derive(values, flows[0].unit, *flows, price_basis=basis)
        known = self.baseline.known.get("total_product")
        if known is None or known.unit == total.unit:
            total = self._as_known("total_product", total)
        if total.unit == "index" and "total_product" not in self.baseline.levels:
            total.ranks[0] = DERIVED  # 100 by definition, whatever the shares rest on
        return total

    def _share(self, part: str) -> Flow:
        """Return the share of a sector in the total. [%]"""
        flow, total = self.get(f"product_{part}"), self.get("total_product")
        return derive(100 * flow.values / total.values, "%", flow, total)

    def _growth(self, part: str) -> Flow:
        """Return the growth of a sector: the assumption itself where nothing is known. [%/year]"""
        if self.baseline.held(f"product_{part}") or self.baseline.held("total_product"):
            return self._percent_growth(f"product_{part}")
        self.get(f"product_{part}")
        rate = self._rate(f"growth_{part}")
        return Flow(100 * rate.values, rate.ranks, "%/year", "n/a", rate.inputs, rate.premises)

    def _contribution(self, part: str) -> Flow:
        """Return what a sector adds to the growth of the total. [percentage points]"""
        flows = [self.get(f"product_{each}") for each in self.parts]
        table = np.column_stack([flow.values for flow in flows])
        column = 100 * contributions(table)[:, self.parts.index(part)]
        values = np.concatenate([[np.nan], column])
        return derive(values, "percentage points", *flows, *map(_year_before, flows))

    def _percent_growth(self, name: str) -> Flow:
        """Return the yearly growth of a quantity. [%/year]"""
        flow = self.get(name)
        return derive(100 * flow.growth, "%/year", flow, _year_before(flow))


def _year_before(flow: Flow) -> Flow:
    """Return the flow with the ranks of the year before: what a change rests on as well."""
    return replace(flow, ranks=np.concatenate([flow.ranks[:1], flow.ranks[:-1]]))


def _first_year(level: Level, value: float) -> Flow:
    """Return a level as a flow of one year."""
    rank = ORIGINS.index(level.origin)
    premises = frozenset(["product"]) if level.origin == "statement" else frozenset[str]()
    return Flow(
        np.array([value]), np.array([rank]), level.unit, level.price_basis, premises=premises
    )


def _fit(row: NDArray[np.float64], known: NDArray[np.bool_], total: float, year: int) -> None:
    """Scale the sectors of a year that are not known, in place, to the known total."""
    fixed, free = row[known].sum(), row[~known].sum()
    if free > 0 and total > fixed:
        row[~known] *= (total - fixed) / free
    elif abs(fixed + free - total) > _SAME * total:
        raise ValueError(
            f"known sectors of {year} add up to {fixed:g}, which does not leave room in the known "
            f"`total_product` of {total:g}."
        )
