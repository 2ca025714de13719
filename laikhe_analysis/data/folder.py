"""Read a commune's folder: CSV and TOML into records and series, every problem at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from laikhe_analysis.checks import DataError, Problem
from laikhe_analysis.data.calling import sector_names
from laikhe_analysis.data.commune import plan_years, read_commune
from laikhe_analysis.data.dataset import Realisation
from laikhe_analysis.data.figures import in_series_unit
from laikhe_analysis.data.frames import Dataset
from laikhe_analysis.data.layout import COLUMNS, MAY_BE_ABSENT, NEEDS, SAME_SHAPE
from laikhe_analysis.data.parts import part_problems, year_problems
from laikhe_analysis.data.plan_scenario import plan_rows, split_sketch
from laikhe_analysis.data.plausible import known_levels, questions
from laikhe_analysis.data.relations import check_tables
from laikhe_analysis.data.rows import Row, read_rows
from laikhe_analysis.data.units import from_file
from laikhe_analysis.messages import Text, _, speak_of
from laikhe_analysis.records import (
    Assumption,
    Break,
    Capital,
    Commune,
    Milestone,
    Observation,
    Plan,
    Plot,
    Premise,
    Project,
    ReferenceValue,
    Scenario,
    ShareLine,
    SharingRule,
    Source,
    Target,
    Task,
)
from laikhe_analysis.scenarios import SECTORS, resolve
from laikhe_analysis.scenarios import from_file as in_fractions

__all__ = ["load"]


def load(folder: str | Path, *, today: str | date | None = None) -> Dataset:
    """Return everything in a commune's folder.

    Parameters
    ----------
    folder : path
        A folder with the files that `data/README.md` explains.
    today : date or YYYY-MM-DD, optional
        Day after which no figure can have been recorded; by the clock unless given.

    Returns
    -------
    Dataset
        From now on sentences speak of this place (`messages.speak_of`).

    Raises
    ------
    DataError
        Listing every problem of every file, in order, if there is one.
    """
    folder = Path(folder)
    if not folder.is_dir():
        said = _("không có thư mục này")
        wanted = _("một thư mục số liệu, như `laikhe new` lập")
        raise DataError([Problem(str(folder), None, None, said.vi, wanted, said)])
    tables: dict[str, list[Row]] = {}
    partial: dict[str, list[Row]] = {}
    problems: list[Problem] = []
    commune, found = read_commune(folder / "commune.toml")
    problems += found
    if commune is not None:
        speak_of(commune.name, commune.city, commune.labels)
    for name in [*COLUMNS, *SAME_SHAPE]:
        columns = COLUMNS[SAME_SHAPE.get(name, name)]
        if name == "projects.csv":
            columns = columns | {f"y{y}": NEEDS for y in plan_years(commune)}
            if commune is None:  # which years it must have is not known
                tables[name] = []
                continue
        tables[name], found = read_rows(
            folder / name,
            columns,
            missing_is_empty=name in MAY_BE_ABSENT,
            partial=partial.setdefault(name, []),
        )
        problems += found
    broken = {problem.file for problem in problems}
    day = str(date.today() if today is None else today)
    problems += check_tables(tables, broken, partial, commune=commune, today=day)
    if commune is not None and "observations.csv" not in {problem.file for problem in problems}:
        problems += part_problems(tables["observations.csv"], commune.sectors)
        problems += year_problems(tables["observations.csv"])
    scenarios: dict[str, Scenario] = {}
    sketched: tuple[Assumption, ...] = ()
    stated: list[tuple[str, str, Assumption | None]] = [
        (row["scenario"], row["inherits"], _assumption(row)) for row in tables["scenarios.csv"]
    ]
    if commune is not None and "targets.csv" not in {problem.file for problem in problems}:
        stated = plan_rows(commune, map(_target, tables["targets.csv"]), stated)
    try:
        scenarios, sketched = split_sketch(
            resolve(
                stated,
                sectors=(commune.sectors if commune else ()) or SECTORS,
                until=commune.target_year if commune else None,
            )
        )
    except DataError as error:
        told = {(problem.file, problem.line, problem.column) for problem in problems}
        problems += [p for p in error.problems if (p.file, p.line, p.column) not in told]
    if problems or commune is None:
        in_order = {"commune.toml": 0}  # its keys are told in their order, those that lack last
        raise DataError(sorted(problems, key=lambda p: (p.file, in_order.get(p.file, p.line or 0))))
    return _dataset(folder, commune, tables, scenarios, sketched)


def _take(kind: type[Any], row: Row) -> Any:
    """Return a record of the row's columns of the same names."""
    return kind(**{f.name: row[f.name] for f in fields(kind) if f.name in row})


def _assumption(row: Row) -> Assumption:
    """Return the assumption of a row, its per cents as fractions."""
    assumption: Assumption = _take(Assumption, row)
    return in_fractions(assumption)


def _name(row: Row) -> Text:
    """Return a name in both languages; without English it stays Vietnamese."""
    return Text(row["name_vi"], row["name_en"])


def _target(row: Row) -> Target:
    """Return the target of a row."""
    target: Target = _take(Target, from_file(row, is_rate=_is_rate(row)) | {"name": _name(row)})
    return target


def _is_rate(row: Row) -> bool:
    """Return whether the row of a target is of an average rate: its per cents are rates too."""
    return bool(row["kind"] == "average_rate")


def _task(row: Row) -> Task:
    """Return the task of a row."""
    served = tuple(part.strip() for part in row["target_ids"].split(";") if part.strip())
    return Task(row["task_id"], row["clause"], _name(row), served)


def _premise(row: Row) -> Premise:
    """Return the reading of a judgement of a row."""
    decides = tuple(part.strip() for part in row["decides"].split(";") if part.strip())
    premise: Premise = _take(Premise, row | {"decides": decides})
    return premise


def _plot(row: Row) -> Plot:
    """Return the plot of a row."""
    plot: Plot = _take(Plot, row | {"quarter": int(row["quarter"])})
    return plot


def _dataset(
    folder: Path,
    commune: Commune,
    tables: Mapping[str, list[Row]],
    scenarios: dict[str, Scenario],
    sketched: tuple[Assumption, ...],
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
    units = {row["target_id"]: row["unit"] for row in tables["targets.csv"]}
    rates = {row["target_id"] for row in tables["targets.csv"] if _is_rate(row)}
    targets = tuple(_target(row) for row in tables["targets.csv"])
    commune = replace(commune, labels=sector_names(commune, targets))
    found = Dataset(
        folder=folder,
        plan=Plan(
            commune,
            targets,
            tuple(_task(row) for row in tables["tasks.csv"]),
            tuple(
                _take(Milestone, from_file(row | {"unit": units.get(row["target_id"], "")}))
                for row in tables["milestones.csv"]
            ),
        ),
        observed=tuple(
            _take(Observation, from_file(in_series_unit(row), is_rate=row["series_id"] in rates))
            for row in tables["observations.csv"]
        ),
        published=tuple(_take(ReferenceValue, from_file(row)) for row in tables["reference.csv"]),
        cited={row["source_id"]: _take(Source, row) for row in tables["sources.csv"]},
        assumed=scenarios,
        sketched=sketched,
        rules={name: SharingRule(name, tuple(lines)) for name, lines in rules.items()},
        inventory=tuple(map(_plot, tables["plots.csv"])),
        inventory_example=tuple(map(_plot, tables["plots_example.csv"])),
        programme=projects,
        capital_plan=tuple(_take(Capital, row) for row in tables["capital.csv"]),
        realisation=realisation,
        as_written=scenarios,
        interruptions=tuple(_take(Break, row) for row in tables["breaks.csv"]),
        judgements=tuple(map(_premise, tables["premises.csv"])),
        asked=partial(questions, tables, known_levels(targets, commune), commune),
    )
    found.speak()
    return found.own_figures_first()
