"""Read a commune's folder: CSV and TOML into records and series, every problem at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from laikhe_analysis.checks import DataError, Problem, Text, check_choice
from laikhe_analysis.data.cells import number, optional
from laikhe_analysis.data.commune import plan_years, read_commune
from laikhe_analysis.data.layout import (
    ASSIGNED,
    COLUMNS,
    MAY_BE_ABSENT,
    REALISED,
    SAME_SHAPE,
    check_tables,
    end_of,
    is_planned,
)
from laikhe_analysis.data.parts import part_problems
from laikhe_analysis.data.rows import Row, read_rows
from laikhe_analysis.records import (
    Assumption,
    Commune,
    Observation,
    Plan,
    Plot,
    Project,
    ReferenceValue,
    Scenario,
    ShareLine,
    SharingRule,
    Source,
    Target,
    Task,
)
from laikhe_analysis.scenarios import SECTORS, Baseline, Level, resolve, with_reported_shares
from laikhe_analysis.series import AnnualSeries, weakest_origin

__all__ = ["Dataset", "Realisation", "load"]


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


@dataclass(frozen=True)
class Dataset:
    """Everything that a commune's folder holds, checked.

    In `scenarios` a reported structure of the base year stands in the place of an assumed one;
    `as_written` are as they stand in the file.
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

    @property
    def commune(self) -> Commune:
        """The commune."""
        return self.plan.commune

    def under_rule(self, rule: str) -> Dataset:
        """Return the data with that sharing rule first: the one that sentences are computed under.

        Raises
        ------
        ValueError
            If there is no such rule, with the nearest name.
        """
        check_choice("rule", rule, list(self.rules))
        others = {name: found for name, found in self.rules.items() if name != rule}
        return replace(self, rules={rule: self.rules[rule], **others})

    def up_to(self, year: int, period: str = "FY") -> Dataset:
        """Return the data without the commune's figures of periods that end later.

        What is planned or assumed for later years stays.

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
            or row.origin in ("assumption", "example")
        )  # fmt: skip
        return replace(self, observed=kept)._with_reported_shares()

    def _with_reported_shares(self) -> Dataset:
        """Return the data with the reported structure of the base year in every scenario."""
        baseline, written = self.baseline(), self.assumed | self.as_written
        scenarios = {k: with_reported_shares(written[k], baseline) for k in self.assumed}
        return replace(self, assumed=scenarios)

    def latest(self, *, known_on: str = "9999-12-31") -> list[Observation]:
        """Return the observations that count on a day: the newest of each cell, not withdrawn.

        A year's plan stands beside its result; plans come first.

        Parameters
        ----------
        known_on : str
            Day up to which figures were known. [YYYY-MM-DD]
        """
        cells: dict[tuple[str, int, str], dict[bool, Observation]] = {
            (row.series_id, row.year, row.period): {} for row in self.observed
        }
        for row in sorted(self.observed, key=lambda row: row.recorded_on):
            cell = cells[row.series_id, row.year, row.period]
            if row.recorded_on <= known_on and row.status == "withdrawn":
                cell.clear()
            elif row.recorded_on <= known_on:
                cell[is_planned(row)] = row
        return [cell[plan] for plan in (True, False) for cell in cells.values() if plan in cell]

    def histories(
        self, *, known_on: str = "9999-12-31", period: str = "FY"
    ) -> dict[str, AnnualSeries]:
        """Return the commune's series by `series_id`, of full years unless `period` says other."""
        chosen: dict[str, list[Observation]] = {}
        for row in self.latest(known_on=known_on):
            counts = row.status in REALISED or row.series_id in ASSIGNED
            if row.period == period and row.value is not None and counts:
                chosen.setdefault(row.series_id, []).append(row)
        return {name: _series(name, rows) for name, rows in chosen.items()}

    def facts(self) -> dict[str, AnnualSeries]:
        """Return the public series by "entity/series_id".

        Realised values only (no plan, no target), one a year, nothing of low confidence, no
        averages over years. Levels at several price bases are not mixed: the longest series
        counts. Growth rates at constant prices are one series whatever the base year.
        """
        groups: dict[tuple[str, str], list[ReferenceValue]] = {}
        for row in self.published:
            if row.status in REALISED and row.confidence != "low" and row.year_from is None:
                basis = "" if row.unit == "%/year" else row.price_basis
                groups.setdefault((f"{row.entity}/{row.series_id}", basis), []).append(row)
        result: dict[str, AnnualSeries] = {}
        for (name, _), rows in groups.items():
            found = _series(name, list({row.year: row for row in reversed(rows)}.values()))
            if name not in result or len(result[name]) < len(found):
                result[name] = found
        return result

    def figures(self, entity: str, series_id: str) -> list[ReferenceValue]:
        """Return all figures of a public series, plans and averages included, by year."""
        rows = [r for r in self.published if (r.entity, r.series_id) == (entity, series_id)]
        return sorted(rows, key=lambda row: row.year)

    def baseline(self, *, known_on: str = "9999-12-31") -> Baseline:
        """Return the levels of the base year, and what is known after it."""
        base, levels, known = self.commune.base_year, {}, {}
        for name, series in self.histories(known_on=known_on).items():
            usable = series.after_breaks().known()
            near = [y for y in usable.years if base - _CARRIED.get(name, 0) <= y <= base]
            if near:
                carried = ("assumption",) if near[-1] < base else ()
                levels[name] = Level(
                    usable.at(near[-1]), series.unit, series.price_basis,
                    weakest_origin(series.origin, *carried), (series.sources or ("",))[0],
                )  # fmt: skip
            after = usable.select(y for y in usable.years if y > base)
            if after:
                known[name] = after
        return Baseline(base, self.commune.sectors, levels, known)


_CARRIED = {"population": 1}
"""Years by which a figure may be older than the base year and still stand for it, as assumed."""


def _series(name: str, rows: Iterable[Observation | ReferenceValue]) -> AnnualSeries:
    """Return one series of rows of one unit and price basis, a value a year."""
    ordered = sorted(rows, key=lambda row: row.year)
    return AnnualSeries(
        name,
        tuple(row.year for row in ordered),
        tuple(float(row.value) for row in ordered if row.value is not None),
        unit=ordered[0].unit,
        price_basis=ordered[0].price_basis,
        origin=weakest_origin(*(row.origin for row in ordered)),
        breaks=tuple(row.year for row in ordered if row.note.startswith("break:")),
        sources=tuple(dict.fromkeys(row.source_id for row in ordered)),
    )


def load(folder: str | Path) -> Dataset:
    """Return everything in a commune's folder.

    Parameters
    ----------
    folder : path
        A folder with the files that `data/README.md` explains.

    Returns
    -------
    Dataset

    Raises
    ------
    DataError
        Listing every problem of every file, in order, if there is one.
    """
    folder = Path(folder)
    tables: dict[str, list[Row]] = {}
    partial: dict[str, list[Row]] = {}
    problems: list[Problem] = []
    commune, found = read_commune(folder / "commune.toml")
    problems += found
    for name in [*COLUMNS, *SAME_SHAPE]:
        columns = COLUMNS[SAME_SHAPE.get(name, name)]
        if name == "projects.csv":
            columns = columns | {f"y{y}": optional(number, 0.0) for y in plan_years(commune)}
        tables[name], found = read_rows(
            folder / name,
            columns,
            missing_is_empty=name in MAY_BE_ABSENT,
            partial=partial.setdefault(name, []),
        )
        problems += found
    problems += check_tables(tables, {problem.file for problem in problems}, partial)
    if commune is not None and "observations.csv" not in {problem.file for problem in problems}:
        problems += part_problems(tables["observations.csv"], commune.sectors)
    scenarios: dict[str, Scenario] = {}
    try:
        scenarios = resolve(
            [
                (row["scenario"], row["inherits"], _assumption(row))
                for row in tables["scenarios.csv"]
            ],
            sectors=(commune.sectors if commune else ()) or SECTORS,
            until=commune.target_year if commune else None,
        )
    except DataError as error:
        told = {(problem.file, problem.line, problem.column) for problem in problems}
        problems += [p for p in error.problems if (p.file, p.line, p.column) not in told]
    if problems or commune is None:
        raise DataError(sorted(problems, key=lambda p: (p.file, p.line or 0)))
    return _dataset(folder, commune, tables, scenarios)


def _take(kind: type[Any], row: Row) -> Any:
    """Return a record of the row's columns of the same names."""
    return kind(**{f.name: row[f.name] for f in fields(kind) if f.name in row})


def _assumption(row: Row) -> Assumption:
    """Return the assumption of a row."""
    assumption: Assumption = _take(Assumption, row)
    return assumption


def _target(row: Row) -> Target:
    """Return the target of a row."""
    target: Target = _take(Target, row | {"name": Text(row["name_vi"], row["name_en"])})
    return target


def _task(row: Row) -> Task:
    """Return the task of a row."""
    served = tuple(part.strip() for part in row["target_ids"].split(";") if part.strip())
    return Task(row["task_id"], row["clause"], Text(row["name_vi"], row["name_en"]), served)


def _plot(row: Row) -> Plot:
    """Return the plot of a row."""
    plot: Plot = _take(Plot, row | {"quarter": int(row["quarter"])})
    return plot


def _dataset(
    folder: Path,
    commune: Commune,
    tables: Mapping[str, list[Row]],
    scenarios: dict[str, Scenario],
) -> Dataset:
    """Return the records of checked rows."""
    rules: dict[str, list[ShareLine]] = {}
    for row in tables["sharing.csv"]:
        rules.setdefault(row["rule"], []).append(_take(ShareLine, row))
    projects = tuple(
        _take(Project, row | {"needs": {y: row[f"y{y}"] for y in plan_years(commune)}})
        for row in tables["projects.csv"]
    )
    realisation = tuple(
        _take(Realisation, row | {"is_full_year_land_fee": row["is_full_year_land_fee"] == "yes"})
        for row in tables["land_revenue_realisation.csv"]
    )
    return Dataset(
        folder=folder,
        plan=Plan(
            commune,
            tuple(_target(row) for row in tables["targets.csv"]),
            tuple(_task(row) for row in tables["tasks.csv"]),
        ),
        observed=tuple(_take(Observation, row) for row in tables["observations.csv"]),
        published=tuple(_take(ReferenceValue, row) for row in tables["reference.csv"]),
        cited={row["source_id"]: _take(Source, row) for row in tables["sources.csv"]},
        assumed=scenarios,
        rules={name: SharingRule(name, tuple(lines)) for name, lines in rules.items()},
        inventory=tuple(map(_plot, tables["plots.csv"])),
        inventory_example=tuple(map(_plot, tables["plots_example.csv"])),
        programme=projects,
        realisation=realisation,
        as_written=scenarios,
    )._with_reported_shares()
