"""What a commune's folder holds, as records, and the series that they make."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import NoReturn, TypeVar

from laikhe_analysis.checks import Problem, check_choice
from laikhe_analysis.data.derived import with_derived
from laikhe_analysis.data.layout import REALISED, end_of, series_name
from laikhe_analysis.data.standing import is_realised, newest, with_merged
from laikhe_analysis.messages import speak_of
from laikhe_analysis.records import (
    Assumption,
    Break,
    Capital,
    Commune,
    Observation,
    Plan,
    Plot,
    Premise,
    Project,
    ReferenceValue,
    Scenario,
    SharingRule,
    Source,
)
from laikhe_analysis.scenarios import (
    BASELINE,
    Baseline,
    Candidate,
    Level,
    by_year,
    own_growth,
    with_own_history,
    with_reported_shares,
)
from laikhe_analysis.series import SUPPOSED, AnnualSeries, weakest_origin

__all__ = ["Realisation", "Records"]

_Data = TypeVar("_Data", bound="Records")
_Held = TypeVar("_Held")


@dataclass(frozen=True)
class Realisation:
    """How much of a planned land revenue came in, elsewhere. [ratio]"""

    unit: str
    level: str
    period: str
    ratio: float
    what: str
    is_full_year_land_fee: bool
    source_id: str


class _Named(dict[str, _Held]):
    """Scenarios or rules by name; one that is not there is told with those that are."""

    def __missing__(self, name: str) -> NoReturn:
        raise KeyError(f"{name!r} is not there; there is: {', '.join(self)}")


@dataclass(frozen=True, repr=False)
class Records:
    """Everything that a commune's folder holds, checked, as records and series.

    In `assumed` a reported structure of the base year stands in the place of an assumed one, and the
    baseline has the commune's own record among its evidence; `as_written` are as they stand in the
    file, `sketched` the rows of a new folder that nothing is computed from. `seen_on` is the day
    that the data are looked at from, that of the newest record where it is not said [YYYY-MM-DD].
    `asked` yields what `doubts` holds, once that is wanted.
    """

    folder: Path
    plan: Plan
    observed: tuple[Observation, ...]
    published: tuple[ReferenceValue, ...]
    cited: dict[str, Source]
    assumed: dict[str, Scenario]
    rules: dict[str, SharingRule]
    inventory: tuple[Plot, ...]
    inventory_example: tuple[Plot, ...]
    programme: tuple[Project, ...]
    realisation: tuple[Realisation, ...]
    as_written: dict[str, Scenario] = field(default_factory=dict)
    interruptions: tuple[Break, ...] = ()
    judgements: tuple[Premise, ...] = ()
    sketched: tuple[Assumption, ...] = ()
    capital_plan: tuple[Capital, ...] = ()
    seen_on: str = ""
    asked: Callable[[], Iterable[Problem]] = field(default=tuple, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "assumed", _Named(self.assumed))
        object.__setattr__(self, "rules", _Named(self.rules))

    @property
    def as_of(self) -> str:
        """The day that results are looked at from: a period that ends later has none yet."""
        return self.seen_on or self.last_recorded or "0001-01-01"

    @cached_property
    def doubts(self) -> tuple[Problem, ...]:
        """Places of the files that are used and may be slips (`plausible.questions`)."""
        return tuple(self.asked())

    @property
    def last_recorded(self) -> str:
        """The day on which the newest figure was recorded, "" where there is none. [YYYY-MM-DD]"""
        return max((row.recorded_on for row in self.observed), default="")

    @property
    def commune(self) -> Commune:
        """The commune."""
        return self.plan.commune

    def speak(self) -> None:
        """Speak of this place from now on (`messages.speak_of`): what makes words calls it first."""
        speak_of(self.commune.name, self.commune.city, self.commune.labels)

    def public(self: _Data) -> _Data:
        """Return the data without internal targets and their figures, so that nothing can tell of them."""
        inside = {one.target_id for one in self.plan.targets if one.access == "internal"}
        targets = tuple(one for one in self.plan.targets if one.target_id not in inside)
        observed = tuple(row for row in self.observed if row.series_id not in inside)
        return replace(self, plan=replace(self.plan, targets=targets), observed=observed)

    def under_rule(self: _Data, rule: str) -> _Data:
        """Return the data with that sharing rule first: the one that sentences are computed under.

        Raises
        ------
        ValueError
            If there is no such rule, with the nearest name.
        """
        check_choice("rule", rule, list(self.rules))
        others = {name: found for name, found in self.rules.items() if name != rule}
        return replace(self, rules={rule: self.rules[rule], **others})

    def up_to(self: _Data, year: int, period: str = "FY") -> _Data:
        """Return the data without the commune's figures of periods that end later.

        What is planned or assumed for later years stays, and what offices expected of the year
        before it was over.

        Parameters
        ----------
        year : int
        period : str
            "FY" for the whole year, else one of `records.PERIODS`.
        """
        last = end_of(year, period)
        kept = tuple(
            row for row in self.observed
            if end_of(row.year, row.period) <= last
            or row.status not in REALISED
            or row.origin in SUPPOSED
            or (row.year == year and row.period == "FY" and row.recorded_on <= end_of(year, "FY"))
        )  # fmt: skip
        return replace(self, observed=kept, seen_on=last).own_figures_first()

    def seen_from(self: _Data, as_of: str) -> _Data:
        """Return the data as seen from "2026", "2026H1" or "2026-9M"; blank: all that is known.

        Raises
        ------
        ValueError
            If the text is none of these.
        """
        from laikhe_analysis.monitor.measures import AsOf

        if not as_of.strip():
            return self
        at = AsOf.of(as_of)
        return self.up_to(at.year, at.period)

    def own_figures_first(self: _Data) -> _Data:
        """Return the data with what the commune reported in its scenarios.

        The structure of the base year comes into every scenario: products at constant prices tell
        it; where there are none, those at current prices do. The commune's own record of growth
        comes into the baseline (`own_growth`).
        """
        levels = self._reported_levels()
        scenarios = {name: self._written(name, levels) for name in self.assumed}
        if BASELINE in self.as_written:
            own = self._own_growth(scenarios.get(BASELINE))
            scenarios = with_own_history(scenarios, self.as_written[BASELINE], own)
        return replace(self, assumed=scenarios)

    def written(self, scenario: str) -> Scenario:
        """Return a scenario as it stands in the file, with the reported structure of the base year."""
        return self._written(scenario, self._reported_levels())

    def _written(self, scenario: str, levels: Baseline) -> Scenario:
        """Return a scenario of the file with the structure that these levels tell."""
        return with_reported_shares((self.assumed | self.as_written)[scenario], levels)

    def _reported_levels(self) -> Baseline:
        """Return the baseline, products at current prices where there are none at constant ones."""
        baseline = self.baseline()
        nominal = {
            name.removesuffix("_nominal"): level for name, level in baseline.levels.items()
            if name.startswith("product_") and name.endswith("_nominal")
        }  # fmt: skip
        return replace(baseline, levels=nominal | dict(baseline.levels))

    def own_growth(self) -> dict[str, Candidate]:
        """Return the commune's own record by scenario variable, where two full years tell it."""
        return self._own_growth(self.written(BASELINE) if BASELINE in self.assumed else None)

    def _own_growth(self, written: Scenario | None) -> dict[str, Candidate]:
        """Return the same beside a baseline scenario that was put together before."""
        rows: dict[str, list[Observation]] = {}
        for row in self.results():
            name = series_name(row.series_id, row.unit, row.price_basis)
            rows.setdefault(name, []).append(row)
        if all(len(each) < 2 for each in rows.values()):
            return {}
        commune = self.commune
        return own_growth(
            rows, written or Scenario(BASELINE, ()), commune.sectors,
            base_year=commune.base_year, prices=self._prices, breaks=self._breaks,
            place=commune.name,
        )  # fmt: skip

    def _prices(self, year: int) -> tuple[float, str] | None:
        """Return the growth of consumer prices in a year and its origin, assumed where not known."""
        known = self.facts().get(f"{self.commune.yardsticks.get('country', '')}/cpi_inflation")
        if known is not None and year in known.known().years:
            return known.at(year), known.origin
        written = self.as_written.get(BASELINE, Scenario(BASELINE, ()))
        row = by_year(written).get("inflation", {}).get(year)
        return None if row is None else (float(row.value), row.origin)

    def latest(self, *, known_on: str = "9999-12-31") -> list[Observation]:
        """Return the observations that count on a day: the newest of each cell, not withdrawn.

        Parameters
        ----------
        known_on : str
            Day up to which figures were known. [YYYY-MM-DD]
        """
        found = with_merged(newest(self.observed, known_on=known_on), self.commune)
        return [row for row in found if not row.area]

    def results(self, *, known_on: str = "9999-12-31", period: str = "FY") -> list[Observation]:
        """Return the figures of a period that are results, or handed down for it: the rows behind
        `histories`."""
        as_of = min(self.as_of, known_on)
        rows = self.latest(known_on=known_on)
        return [row for row in rows if row.period == period and is_realised(row, as_of)]

    def histories(
        self, *, known_on: str = "9999-12-31", period: str = "FY"
    ) -> dict[str, AnnualSeries]:
        """Return the commune's series by name, of full years unless `period` says other.

        Product at current prices is `total_product_nominal`, income at constant ones
        `income_per_capita_real`, and so on (`layout.series_name`). What is expected of a year that
        is not over on `as_of` is left out: `expected` has it. The structure follows from the sectors
        where it was not reported itself.
        """
        chosen: dict[str, list[Observation]] = {}
        for row in self.results(known_on=known_on, period=period):
            name = series_name(row.series_id, row.unit, row.price_basis)
            chosen.setdefault(name, []).append(row)
        found = {name: _series(name, rows, self._breaks(name)) for name, rows in chosen.items()}
        return with_derived(found, self.plan)

    def expected(self, *, period: str = "FY") -> dict[str, Observation]:
        """Return what offices expect of the year that is not over on `as_of`, by series.

        It stands beside the results of the part that is over and is never one itself.
        """
        return {
            row.series_id: row
            for row in self.latest()
            if row.period == period and row.status in REALISED
            and row.origin not in SUPPOSED and not is_realised(row, self.as_of)
        }  # fmt: skip

    def _breaks(self, series_id: str) -> tuple[int, ...]:
        """Return the first years of new definitions of a series."""
        bare = series_id.removesuffix("_nominal").removesuffix("_real")
        return tuple(x.year for x in self.interruptions if x.series_id in (series_id, bare))

    def facts(self) -> dict[str, AnnualSeries]:
        """Return the public series by "entity/series_id".

        Realised values only (no plan, no target), one a year, nothing of low confidence, no
        averages over years. Levels at several price bases are not mixed: the longest series
        counts. Growth rates at constant prices are one series whatever the base year.
        """
        groups: dict[tuple[str, str], list[ReferenceValue]] = {}
        for row in self.published:
            if row.status in REALISED and row.confidence != "low" and row.year_from is None:
                basis = "" if row.unit == "fraction/year" else row.price_basis
                groups.setdefault((f"{row.entity}/{row.series_id}", basis), []).append(row)
        result: dict[str, AnnualSeries] = {}
        for (name, _), rows in groups.items():
            one_a_year = list({row.year: row for row in reversed(rows)}.values())
            found = _series(name, one_a_year, self._breaks(name))
            if name not in result or len(result[name]) < len(found):
                result[name] = found
        return result

    def figures(self, entity: str, series_id: str) -> list[ReferenceValue]:
        """Return all figures of a public series, plans and averages included, by year."""
        rows = [r for r in self.published if (r.entity, r.series_id) == (entity, series_id)]
        return sorted(rows, key=lambda row: row.year)

    def baseline(self, *, known_on: str = "9999-12-31") -> Baseline:
        """Return the levels of the base year, and what is known after it, breaks told."""
        base, levels, known = self.commune.base_year, {}, {}
        for name, series in self.histories(known_on=known_on).items():
            series = series.known()
            usable = series.select(y for y in series.years if y <= base).after_breaks()
            near = [y for y in usable.years if base - _CARRIED.get(name, 0) <= y]
            if near:
                carried = ("assumption",) if near[-1] < base else ()
                levels[name] = Level(
                    usable.at(near[-1]), series.unit, series.price_basis,
                    weakest_origin(series.origin, *carried), (series.sources or ("",))[0],
                )  # fmt: skip
            after = series.select(y for y in series.years if y > base)
            if after:
                known[name] = after
        return Baseline(base, self.commune.sectors, levels, known)


_CARRIED = {"population": 1}
"""Years by which a figure may be older than the base year and still stand for it, as assumed."""


def _series(
    name: str, rows: Iterable[Observation | ReferenceValue], breaks: tuple[int, ...]
) -> AnnualSeries:
    """Return one series of rows of one unit and price basis, a value a year."""
    ordered = sorted(rows, key=lambda row: row.year)
    return AnnualSeries(
        name,
        tuple(row.year for row in ordered),
        tuple(float(row.value) for row in ordered if row.value is not None),
        unit=ordered[0].unit,
        price_basis=ordered[0].price_basis,
        origin=weakest_origin(*(row.origin for row in ordered)),
        breaks=breaks,
        sources=tuple(dict.fromkeys(row.source_id for row in ordered)),
    )
