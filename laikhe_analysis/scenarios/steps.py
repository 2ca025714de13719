"""One projection, step by step: prices, people, income, revenue, land."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from laikhe_analysis.checks import DataError, Problem, Text, nearest
from laikhe_analysis.land import retained_share
from laikhe_analysis.records import Scenario, SharingRule
from laikhe_analysis.scenarios.assumptions import FILE
from laikhe_analysis.scenarios.flows import (
    DERIVED,
    Baseline,
    Flow,
    Missing,
    derive,
    missing_year,
    no_assumption,
)
from laikhe_analysis.scenarios.products import Products
from laikhe_analysis.series import ORIGINS

__all__ = ["Steps"]


class Steps(Products):
    """Every quantity of a projection."""

    def __init__(
        self,
        baseline: Baseline,
        scenario: Scenario,
        until: int,
        rules: Mapping[str, SharingRule],
        stream: str,
    ) -> None:
        super().__init__(baseline, scenario, until)
        self.rules, self.stream = rules, stream
        self.how |= {
            "price_index": self._prices,
            "total_product_nominal": self._nominal,
            "population": lambda: self._level("population", "population_growth"),
            "total_product_per_head": self._per_head,
            "income_per_capita_real": self._income_real,
            "income_per_capita": self._income,
            "recurrent_revenue": self._revenue,
            "assigned_revenue": lambda: self._level("assigned_revenue", "assigned_growth", 100.0),
            "collected_over_assigned": self._ratio,
            "land_revenue": self._land,
            "land_retained": self._retained,
            "land_retained_total": self._retained_total,
            "collected_revenue": self._collected,
            "crop_value_per_ha": lambda: self._level("crop_value_per_ha", "crop_value_growth"),
        }

    def _prices(self) -> Flow:
        """Return the price index, base year = 100."""
        rate = self._rate("inflation")
        values = 100 * np.cumprod(np.concatenate([[1.0], 1 + rate.values[1:]]))
        ranks = np.maximum.accumulate(np.maximum(rate.ranks, DERIVED))
        return Flow(values, ranks, "index", "n/a", rate.inputs, rate.premises)

    def _nominal(self) -> Flow:
        """Return the total product at current prices; an index where its level has other prices."""
        total, prices = self.get("total_product"), self.get("price_index")
        values = total.values * prices.values / 100
        if total.price_basis == "current":
            return derive(values, total.unit, total, prices, price_basis="current")
        return derive(100 * values / values[0], "index", total, prices, price_basis="current")

    def _per_head(self) -> Flow:
        """Return the index of the total product per head; no GRDP per head."""
        total, people = self.get("total_product"), self.get("population")
        values = total.values / people.values
        first = values[~np.isnan(values)][0]
        return derive(100 * values / first, "index", total, people)

    def _income_real(self) -> Flow:
        """Return income per head at the prices of the base year; known incomes are deflated."""
        name = "income_per_capita"
        held, prices = self.baseline.held(name), None
        if held:
            prices = self.get("price_index")
            held = {y: v / prices.values[y - self.years[0]] * 100 for y, v in held.items()
                    if y <= self.years[-1]}  # fmt: skip
        flow = self._walk(name, lambda years: self._rate("income_growth_real", years), held=held)
        used = (flow,) if prices is None else (flow, prices)
        basis = f"constant {self.years[0]}"
        return derive(flow.values, flow.unit, *used, price_basis=basis)

    def _income(self) -> Flow:
        """Return income per head at current prices."""
        real, prices = self.get("income_per_capita_real"), self.get("price_index")
        values = real.values * prices.values / 100
        flow = derive(values, real.unit, real, prices, price_basis="current")
        return self._as_known("income_per_capita", flow)

    def _revenue(self) -> Flow:
        """Return revenue without land-use fees, by its own growth or by buoyancy."""
        return self._walk("recurrent_revenue", self._revenue_growth, 100.0)

    def _revenue_growth(self, years: Iterable[int]) -> Flow:
        """Return the growth of revenue in `years`: as assumed, else buoyancy x nominal product."""
        years = tuple(years)
        own = set(self.table.get("revenue_growth", {})) | set(self.baseline.held("revenue_growth"))
        buoyant = [year for year in years if year not in own]
        if not own and "buoyancy" not in self.table:
            raise no_assumption("revenue_growth", "buoyancy")
        flows = [self._rate("revenue_growth", [y for y in years if y in own])] if own else []
        values = flows[0].values.copy() if own else np.full(len(self.years), np.nan)
        if buoyant:
            if "buoyancy" not in self.table:
                raise missing_year("revenue_growth", buoyant[0], None)
            factor, nominal = self._rate("buoyancy", buoyant), self.get("total_product_nominal")
            places = [year - self.years[0] for year in buoyant]
            values[places] = factor.values[places] * nominal.growth[places]
            flows += [factor, nominal]
        return derive(values, "ratio", *flows)

    def _ratio(self) -> Flow:
        """Return collected over assigned revenue, both without land-use fees."""
        collected, assigned = self.get("recurrent_revenue"), self.get("assigned_revenue")
        given = [n for n in ("recurrent_revenue", "assigned_revenue")
                 if n in self.baseline.levels or self.baseline.held(n)]  # fmt: skip
        if len(given) < 2 or collected.unit != assigned.unit:
            why = "collected and assigned revenue are not both given in one unit"
            raise Missing(Text("chưa có số thu và số giao cùng đơn vị", why))
        return derive(collected.values / assigned.values, "ratio", collected, assigned)

    def _land(self) -> Flow:
        """Return land-use fees collected, before sharing. [billion VND]"""
        held = self.baseline.held("land_revenue")
        todo = [year for year in self.years[1:] if year not in held]
        if not held and "land_gross" not in self.table:
            raise no_assumption("land_gross")
        rate = self._rate("land_gross", todo) if todo else None
        values = rate.values.copy() if rate else np.full(len(self.years), np.nan)
        ranks = rate.ranks.copy() if rate else np.zeros(len(self.years), dtype=np.int64)
        level = self.baseline.levels.get("land_revenue")
        if level is not None:
            values[0], ranks[0] = level.value, ORIGINS.index(level.origin)
        for year in (y for y in held if y <= self.years[-1]):
            i = year - self.years[0]
            values[i], ranks[i] = held[year], self._rank("land_revenue")
        inputs, premises = (rate.inputs, rate.premises) if rate else (frozenset(), frozenset())
        return Flow(values, ranks, "billion VND", "current", inputs, premises)

    def _retained(self) -> Flow:
        """Return the land-use fees that the commune has to spend under the sharing rule."""
        gross, rules = self.get("land_revenue"), self.table.get("sharing_rule", {})
        if not rules:
            raise no_assumption("sharing_rule")
        shares, ranks = np.full(len(self.years), np.nan), gross.ranks.copy()
        premises = set(gross.premises)
        for i, year in enumerate(self.years[1:], start=1):
            if year not in rules:
                raise missing_year("sharing_rule", year, rules[max(rules)].line)
            rule = self._rule(str(rules[year].value), rules[year].line)
            try:
                shares[i] = retained_share(rule, self.stream, year)
            except ValueError as error:
                raise Missing(Text(str(error), str(error))) from None
            origins = rules[year].origin, rule.line(self.stream, year).origin
            ranks[i] = max(DERIVED, ranks[i], *map(ORIGINS.index, origins))
            if "statement" in origins:
                premises.add(f"sharing_rule {rule.rule}")
        inputs = gross.inputs | {"sharing_rule"}
        values = gross.values * shares
        return Flow(values, ranks, "billion VND", "current", inputs, frozenset(premises))

    def _rule(self, name: str, line: int | None) -> SharingRule:
        """Return the sharing rule of that name."""
        if not self.rules:
            raise Missing(Text("chưa cho quy định điều tiết", "no sharing rules are given"))
        if name not in self.rules:
            guess = nearest(name, self.rules) or ", ".join(self.rules)
            wanted = Text(f"một quy định có trong sharing.csv: {guess}", f"a known rule: {guess}")
            raise DataError([Problem(FILE, line, "value", name, wanted)])
        return self.rules[name]

    def _retained_total(self) -> Flow:
        """Return the retained land-use fees added up since the base year. [billion VND]"""
        flow = self.get("land_retained")
        values = np.concatenate([[np.nan], np.cumsum(flow.values[1:])])
        ranks = np.maximum.accumulate(flow.ranks)
        return Flow(values, ranks, flow.unit, "current", flow.inputs, flow.premises)

    def _collected(self) -> Flow:
        """Return all revenue collected: recurrent and land-use fees. [billion VND]"""
        recurrent, land = self.get("recurrent_revenue"), self.get("land_revenue")
        if recurrent.unit != land.unit:
            why = "revenue without land-use fees is known as an index only"
            raise Missing(Text("thu không kể tiền sử dụng đất mới có dạng chỉ số", why))
        values = recurrent.values + land.values
        return derive(values, land.unit, recurrent, land, price_basis="current")
