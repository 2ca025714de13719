"""Quantities by year that know what they rest on: levels, rates, the walk from year to year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.checks import DataError, Problem, Text
from laikhe_analysis.records import Scenario
from laikhe_analysis.scenarios.assumptions import FILE, by_year
from laikhe_analysis.series import ORIGINS, AnnualSeries
from laikhe_analysis.vietnamese import label

__all__ = [
    "DERIVED",
    "STATEMENT",
    "Baseline",
    "Flow",
    "Flows",
    "Level",
    "Missing",
    "derive",
    "missing_year",
]

DERIVED = ORIGINS.index("derived")
STATEMENT = ORIGINS.index("statement")
_LEVELS = (
    "total_product",
    "population",
    "income_per_capita",
    "recurrent_revenue",
    "assigned_revenue",
    "land_revenue",
    "crop_value_per_ha",
)


@dataclass(frozen=True)
class Level:
    """A value in the base year. [`unit`]"""

    value: float
    unit: str
    price_basis: str = "n/a"
    origin: str = "official"
    source_id: str = ""


@dataclass(frozen=True)
class Baseline:
    """What is known before the projection starts.

    Parameters
    ----------
    year : int
        Base year. [year]
    sectors : tuple of str
        The commune's sectors; `product_taxes` joins them where a scenario gives its share or
        `levels` its level. Empty: no product is projected.
    levels : mapping of str to Level
        Values in the base year: `total_product` or `product_<sector>`, `population`,
        `income_per_capita`, `recurrent_revenue`, `assigned_revenue`, `land_revenue`,
        `crop_value_per_ha`. Product and the two revenues are an index (base year = 100) without
        one; the others are then absent.
    known : mapping of str to AnnualSeries
        Values known after the base year, of the same variables or of rates such as `inflation` and
        `growth_<sector>`: they are held, the rest is projected.

    Raises
    ------
    ValueError
        If a level or a known level is not positive (land-use fees may be 0), or a known series is
        not in the unit of its level.

    Examples
    --------
    >>> Baseline(2025, levels={"population": Level(42875, "people")}).levels["population"].value
    42875
    """

    year: int
    sectors: tuple[str, ...] = ()
    levels: Mapping[str, Level] = field(default_factory=dict)
    known: Mapping[str, AnnualSeries] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in (*self.levels, *self.known):
            if name in _LEVELS or name.startswith("product_"):
                self._check(name)

    def _check(self, name: str) -> None:
        """Raise if a level is not positive, or its unit is not that of the known values."""
        level, series = self.levels.get(name), self.known.get(name)
        if level is not None and series is not None and level.unit != series.unit:
            raise ValueError(
                f"`known` {name} must be in the unit of its level, {level.unit}, got {series.unit}."
            )
        values = [*([level.value] if level is not None else []), *self.held(name).values()]
        for value in values:
            if not (value > 0 or (value == 0 and name == "land_revenue")):
                raise ValueError(f"`{name}` must be a positive number, got {value:g}.")

    def held(self, name: str) -> dict[int, float]:
        """Return the values known after the base year, up to a break of the series. [its unit]"""
        if name not in self.known:
            return {}
        series = self.known[name].known()
        end = min((start for start in series.breaks if start > self.year), default=None)
        pairs = zip(series.years, series.values, strict=True)
        return {y: v for y, v in pairs if y > self.year and (end is None or y < end)}


@dataclass(frozen=True)
class Flow:
    """One quantity by year, base year first: values, strength of origin, and what it used."""

    values: NDArray[np.float64]
    ranks: NDArray[np.int64]
    unit: str
    price_basis: str = "n/a"
    inputs: frozenset[str] = frozenset()
    premises: frozenset[str] = frozenset()

    @property
    def growth(self) -> NDArray[np.float64]:
        """Growth on the year before; NaN in the first year and from 0. [fraction]"""
        first, last = self.values[:-1], self.values[1:]
        ratio = np.divide(last, first, out=np.full(len(last), np.nan), where=first > 0)
        return np.concatenate([[np.nan], ratio - 1])


class Missing(Exception):  # noqa: N818 - no error, an answer
    """A quantity cannot be projected, and why."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


def no_assumption(*variables: str) -> Missing:
    """Return the answer that a quantity rests on one of `variables`, and none is assumed."""
    vi, en = ([f"{label(name, lang)} ({name})" for name in variables] for lang in ("vi", "en"))
    return Missing(
        Text(f"thiếu giả định {' hoặc '.join(vi)}", f"no assumption for {' or '.join(en)}")
    )


def derive(values: NDArray[np.float64], unit: str, *flows: Flow, price_basis: str = "n/a") -> Flow:
    """Return the flow computed from others: as weak as the weakest of them."""
    ranks = np.maximum.reduce([np.full(len(values), DERIVED), *(flow.ranks for flow in flows)])
    inputs = frozenset[str]().union(*(flow.inputs for flow in flows))
    premises = frozenset[str]().union(*(flow.premises for flow in flows))
    return Flow(values, ranks, unit, price_basis, inputs, premises)


class Flows:
    """The quantities of one projection, each computed when first asked for."""

    def __init__(self, baseline: Baseline, scenario: Scenario, until: int) -> None:
        self.baseline, self.scenario = baseline, scenario
        self.table = by_year(scenario)
        self.years = tuple(range(baseline.year, until + 1))
        self.how: dict[str, Callable[[], Flow]] = {}
        self.notes: list[Text] = []
        self._done: dict[str, Flow | Missing] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Every quantity that can be asked for."""
        return tuple(self.how)

    def get(self, name: str) -> Flow:
        """Return the quantity, or raise `Missing` with the reason."""
        if name not in self._done:
            try:
                self._done[name] = self.how[name]()
            except Missing as missing:
                self._done[name] = missing
        found = self._done[name]
        if isinstance(found, Missing):
            raise found
        return found

    def _rate(self, variable: str, years: Iterable[int] | None = None) -> Flow:
        """Return the values of a rate: as known, else as assumed. [fraction, or as in the file]

        NaN outside `years` (default: every year after the base year). Without any assumption for
        a year that is not known, the quantity is missing; an assumption with a gap is an error.
        """
        held, assumed = self.baseline.held(variable), self.table.get(variable, {})
        wanted = self.years[1:] if years is None else tuple(years)
        if not assumed and not set(wanted) <= set(held):
            raise no_assumption(variable)
        values, ranks = np.full(len(self.years), np.nan), np.zeros(len(self.years), dtype=np.int64)
        inputs, premises, unit = set(), set(), "ratio"
        for year in wanted:
            i = year - self.years[0]
            if year in held:
                unit = self.baseline.known[variable].unit
                values[i], ranks[i] = held[year], self._rank(variable)
            elif year in assumed:
                unit = assumed[year].unit
                values[i], ranks[i] = assumed[year].value, ORIGINS.index(assumed[year].origin)
                inputs.add(variable)
            else:
                raise missing_year(variable, year, assumed[max(assumed)].line)
            if unit in ("%", "%/year"):
                values[i] /= 100
            if ranks[i] == STATEMENT:
                premises.add(variable)
        return Flow(values, ranks, unit, "n/a", frozenset(inputs), frozenset(premises))

    def _rank(self, name: str) -> int:
        """Return the strength of origin of what is known of `name`."""
        return ORIGINS.index(self.baseline.known[name].origin)

    def _level(self, name: str, rate: str, index: float | None = None) -> Flow:
        """Return a quantity that grows at an assumed rate from its level, or from an index."""
        return self._walk(name, lambda years: self._rate(rate, years), index)

    def _walk(
        self,
        name: str,
        growth: Callable[[Iterable[int]], Flow],
        index: float | None = None,
        held: Mapping[int, float] | None = None,
    ) -> Flow:
        """Return the quantity that grows from its start, held where it is known."""
        held = self.baseline.held(name) if held is None else held
        start, value, rank, unit, basis = self._start(name, held, index)
        todo = [y for y in self.years if y > start and y not in held]
        rates = growth(todo)
        values, ranks = np.full(len(self.years), np.nan), np.full(len(self.years), rank)
        values[start - self.years[0]] = value
        for i in range(start - self.years[0] + 1, len(self.years)):
            if self.years[i] in held:
                values[i], ranks[i] = held[self.years[i]], self._rank(name)
            else:
                values[i] = values[i - 1] * (1 + rates.values[i])
                ranks[i] = max(ranks[i - 1], rates.ranks[i], DERIVED)
        premises = rates.premises | ({name} if rank == STATEMENT else set())
        return Flow(values, ranks, unit, basis, rates.inputs, frozenset(premises))

    def _start(
        self, name: str, held: Mapping[int, float], index: float | None
    ) -> tuple[int, float, int, str, str]:
        """Return year, value, rank, unit and price basis from which a quantity starts."""
        level = self.baseline.levels.get(name)
        if level is not None:
            rank = ORIGINS.index(level.origin)
            return self.years[0], level.value, rank, level.unit, level.price_basis
        if held and min(held) <= self.years[-1]:
            first, known = min(held), self.baseline.known[name]
            return first, held[first], self._rank(name), known.unit, known.price_basis
        if index is None:
            year = self.years[0]
            vi, en = (label(name, lang) for lang in ("vi", "en"))
            raise Missing(Text(f"thiếu {vi} năm {year}", f"no {en} for {year}"))
        return self.years[0], index, DERIVED, "index", "n/a"

    def _as_known(self, name: str, flow: Flow) -> Flow:
        """Return the flow with its known years, and its base year, as they were given."""
        ranks, level = flow.ranks.copy(), self.baseline.levels.get(name)
        if level is not None:
            ranks[0] = ORIGINS.index(level.origin)
        for year in self.baseline.held(name):
            if year <= self.years[-1]:
                ranks[year - self.years[0]] = self._rank(name)
        return Flow(flow.values, ranks, flow.unit, flow.price_basis, flow.inputs, flow.premises)


def missing_year(variable: str, year: int, line: int | None) -> DataError:
    """Return the error that says which year of which variable is missing."""
    wanted = Text(f"giá trị của {variable} năm {year}", f"a value of {variable} for {year}")
    return DataError([Problem(FILE, line, "year_to", f"{variable}: —", wanted)])
