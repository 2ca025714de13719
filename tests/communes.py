"""Communes at random: sectors of any name, taxes, ranges of years, gaps, figures known or cleared."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from laikhe_analysis.records import Assumption, Scenario, ShareLine, SharingRule
from laikhe_analysis.scenarios import Baseline, Level
from laikhe_analysis.series import ORIGINS, AnnualSeries

BASE = 2025
NAMES = ("industry", "services", "agriculture", "tourism", "x", "craft_2", "fees", "total_b")
UNITS = {"population": "people", "income_per_capita": "million VND/person/year",
         "crop_value_per_ha": "million VND/ha", "recurrent_revenue": "billion VND",
         "assigned_revenue_without_land": "billion VND", "land_revenue": "billion VND"}  # fmt: skip
SIZES = {"population": 4e4, "income_per_capita": 80.0, "crop_value_per_ha": 190.0,
         "recurrent_revenue": 25.0, "assigned_revenue_without_land": 20.0,
         "land_revenue": 60.0}  # fmt: skip


@dataclass(frozen=True)
class Commune:
    """What `project` is given."""

    baseline: Baseline
    scenario: Scenario
    rules: dict[str, SharingRule]
    until: int


def commune(seed: int) -> Commune:
    """Return a commune; the same seed, the same commune."""
    return _Maker(seed).make()


class _Maker:
    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.until = BASE + int(self.rng.integers(1, 7))
        self.rows: list[Assumption] = []
        self.levels: dict[str, Level] = {}
        self.known: dict[str, AnnualSeries] = {}

    def chance(self, p: float) -> bool:
        return bool(self.rng.random() < p)

    def origin(self) -> str:
        return str(self.rng.choice(ORIGINS))

    def make(self) -> Commune:
        rng = self.rng
        sectors = tuple(map(str, rng.choice(NAMES, size=int(rng.integers(0, 6)), replace=False)))
        parts = (*sectors, *(("product_taxes",) if sectors and self.chance(0.3) else ()))
        self.products(parts)
        for name in UNITS:
            self.figures(name)
        for name in ("inflation", "product_deflator", "population_growth", "income_growth_real",
                     "assigned_growth", "crop_value_growth"):  # fmt: skip
            if self.chance(0.4 if name == "product_deflator" else 0.9):
                self.assume(name, 0.04)
        if self.chance(0.9):
            self.assume("land_gross", 100.0, "billion VND/year")
        self.revenue()
        rules = self.rules()
        scenario = Scenario("s", tuple(self.rows))
        return Commune(
            Baseline(BASE, sectors, self.levels, self.known), scenario, rules, self.until
        )

    def assume(self, name: str, size: float, unit: str = "fraction/year") -> None:
        """Assume a variable in one to three ranges of years."""
        cuts = sorted({BASE, self.until, *self.rng.integers(BASE, self.until + 1, 2).tolist()})
        for first, last in pairwise(cuts):
            value = float(self.rng.uniform(-0.5, 2) * size)
            value = abs(value) if unit.startswith("billion") else value
            self.rows.append(Assumption(name, first + 1, last, value, unit, self.origin()))

    def products(self, parts: tuple[str, ...]) -> None:
        if not parts:
            return
        shares = self.rng.dirichlet(np.ones(len(parts)))
        unit, basis = (
            ("billion VND", "current") if self.chance(0.5) else ("billion VND", "constant")
        )
        size, kind = float(self.rng.uniform(500, 5000)), self.rng.choice(4)
        if kind == 0:  # every sector reported
            for part, share in zip(parts, shares, strict=True):
                self.levels[f"product_{part}"] = Level(size * share, unit, basis, self.origin())
        elif kind == 1:
            self.levels["total_product"] = Level(size, unit, basis, self.origin())
        else:
            size, unit = 100.0, "index"
        if kind or self.chance(0.5):
            left = int(self.rng.integers(0, len(parts))) if self.chance(0.08) else -1
            given = {part: share for i, (part, share) in enumerate(zip(parts, shares, strict=True))
                     if i != left}  # fmt: skip
            self.rows += [
                Assumption(f"share_{part}", BASE, BASE, float(share / sum(given.values())),
                           "fraction", self.origin())
                for part, share in given.items()
            ]  # fmt: skip
        for part, share in zip(parts, shares, strict=True):
            if self.chance(0.95):
                self.assume(f"growth_{part}", 0.08)
            if self.chance(0.12):
                self.hold(f"growth_{part}", 0.08, "fraction/year", 0.0)
            if self.chance(0.15):
                self.hold(f"product_{part}", size * share, unit, 0.05)
        if self.chance(0.3):
            self.hold("total_product", 1.3 * size, unit, 0.05)

    def figures(self, name: str) -> None:
        if self.chance(0.65):
            basis = "n/a" if name == "population" else "current"
            self.levels[name] = Level(SIZES[name], UNITS[name], basis, self.origin())
        if self.chance(0.3):
            self.hold(name, SIZES[name], UNITS[name], 0.05)

    def hold(self, name: str, size: float, unit: str, growth: float) -> None:
        """Let some later years be known, with gaps."""
        years = [y for y in range(BASE + 1, self.until + 1) if self.chance(0.5)]
        values = [
            size * (1 + growth) ** (y - BASE) * float(self.rng.uniform(0.9, 1.1)) for y in years
        ]
        breaks = (years[-1],) if len(years) > 1 and self.chance(0.1) else ()
        basis = "n/a" if unit in ("index", "people", "fraction/year") else "current"
        if years:
            self.known[name] = AnnualSeries(name, tuple(years), tuple(values), unit, basis,
                                            self.origin(), breaks)  # fmt: skip

    def revenue(self) -> None:
        """Let revenue grow by itself up to a year, by buoyancy from then on, or only by one."""
        cut = int(self.rng.integers(BASE, self.until + 1))
        ways = [("revenue_growth", BASE + 1, cut, 0.08, "fraction/year"),
                ("buoyancy", cut + 1, self.until, 0.9, "ratio")]  # fmt: skip
        for name, first, last, value, unit in ways if self.chance(0.9) else ():
            if first <= last:
                self.rows.append(Assumption(name, first, last, value, unit, self.origin()))

    def rules(self) -> dict[str, SharingRule]:
        made = {}
        for name in ("a", "b"):
            city, commune = (float(x) for x in self.rng.uniform(0, 0.5, 2))
            line = ShareLine("commune_run", BASE + 1, self.until, 0.0, city, commune,
                             float(self.rng.random()), 1 - city - commune, 0.1, "plan",
                             self.origin())  # fmt: skip
            made[name] = SharingRule(name, (line,))
        if self.chance(0.9):
            cut = int(self.rng.integers(BASE, self.until + 1))
            for name, first, last in (("a", BASE + 1, cut), ("b", cut + 1, self.until)):
                if first <= last:
                    self.rows.append(Assumption("sharing_rule", first, last, name, "rule",
                                                self.origin()))  # fmt: skip
        return made if self.chance(0.95) else {}
