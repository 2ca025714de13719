"""How the rows of a file and the files of a folder must fit together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from laikhe_analysis.checks import Problem, nearest
from laikhe_analysis.data.cells import value_problem
from laikhe_analysis.data.figures import figure_problems, series_problems
from laikhe_analysis.data.layout import REALISED, SERIES, is_own_series
from laikhe_analysis.data.names import BUILT_IN, name_problem
from laikhe_analysis.data.row_checks import ROW_CHECKS, Told
from laikhe_analysis.data.rows import Row
from laikhe_analysis.messages import Text, _
from laikhe_analysis.records import Commune
from laikhe_analysis.roles import role_names
from laikhe_analysis.vietnamese import label

__all__ = ["check_tables"]

_Wrong = tuple[str, Row, str, str, Text]
"""The file, the row and the column that are wrong, what was got and what is wanted."""


def check_tables(
    tables: Mapping[str, list[Row]],
    broken: Collection[str] = (),
    partial: Mapping[str, list[Row]] | None = None,
    *,
    commune: Commune | None = None,
    today: str = "9999-12-31",
) -> list[Problem]:
    """Return what does not fit between cells, between rows and between files.

    Parameters
    ----------
    tables : mapping of str to list of dict
        Checked rows by file name.
    broken : collection of str
        Files with problems of their own: nothing is said of what refers to them.
    partial : mapping, optional
        Rows with a problem of their own, of which the sources are checked all the same.
    commune : Commune, optional
        Its years, sectors and former communes; without it nothing is held against them.
    today : str
        Day after which no figure can have been recorded. [YYYY-MM-DD]
    """
    problems = _source_problems(tables, broken, partial or {})
    for name, key in _KEYS.items():
        problems += _duplicates(name, tables[name], key)
    for name, check in ROW_CHECKS.items():
        for row in tables[name]:
            for column, wanted in check(row, commune):
                problems.append(Problem(name, row["line"], column, _shown(row, column), wanted))
    problems += _link_problems(tables, broken, commune.sectors if commune else ())
    problems += _sharing_problems(tables["sharing.csv"])
    problems += _name_problems("scenarios.csv", "scenario", tables["scenarios.csv"])
    problems += series_problems(tables["observations.csv"], tables["breaks.csv"])
    known = {*SERIES, *(row["target_id"] for row in tables["targets.csv"])}
    for row in tables["observations.csv"]:
        problems += figure_problems(row, known, commune=commune, today=today)
    return problems


def _shown(row: Row, column: str) -> str:
    """Return a cell for a message."""
    value = row.get(column)
    return f"{value:.12g}" if isinstance(value, float) else "" if value is None else str(value)


# --- keys -----------------------------------------------------------------------------------

_KEYS: dict[str, Callable[[Row], Any]] = {
    "sources.csv": lambda row: row["source_id"],
    "targets.csv": lambda row: row["target_id"],
    "tasks.csv": lambda row: row["task_id"],
    "plots.csv": lambda row: row["plot_id"],
    "plots_example.csv": lambda row: row["plot_id"],
    "projects.csv": lambda row: row["project_id"],
    "milestones.csv": lambda row: (row["target_id"], row["year"]),
    "breaks.csv": lambda row: (row["series_id"], row["year"]),
    "premises.csv": lambda row: (row["key"], row["reading"]),
    "observations.csv": lambda row: tuple(
        row[key] for key in ("series_id", "area", "year", "period", "recorded_on", "import_id",
                             "status", "price_basis")
    ),
    "reference.csv": lambda row: (
        (row["entity"], row["series_id"], row["year"], row["year_from"], row["price_basis"])
        if row["confidence"] != "low" and row["status"] in REALISED
        else ("line", row["line"])
    ),
    "sharing.csv": lambda row: (row["rule"], row["stream"], row["year_from"]),
}  # fmt: skip


def _duplicates(name: str, rows: list[Row], key: Callable[[Row], Any]) -> list[Problem]:
    """Return the rows that repeat an earlier one."""
    first: dict[Any, int] = {}
    problems = []
    for row in rows:
        line = first.setdefault(key(row), row["line"])
        if line != row["line"]:
            parts = [key(row)] if isinstance(key(row), str) else [str(one) for one in key(row)]
            typed = {str(row[column]): cell for column, cell in row["unseen"].items()}
            shown = " ".join(typed.get(part, part) for part in parts if part)
            wanted = _("mỗi ô số liệu một dòng; dòng {line} đã có", line=line)
            problems.append(Problem(name, row["line"], None, shown, wanted))
    return problems


# --- tables ---------------------------------------------------------------------------------


def _source_problems(
    tables: Mapping[str, list[Row]], broken: Collection[str], partial: Mapping[str, list[Row]]
) -> list[Problem]:
    """Return the rows whose source is not listed."""
    sources = {row["source_id"] for row in tables["sources.csv"]}
    problems = []
    for name, rows in tables.items() if "sources.csv" not in broken else ():
        for row in (*rows, *partial.get(name, ())) if name != "sources.csv" else ():
            if "source_id" in row and row["source_id"] not in sources:
                wanted = _one_of("source_id", "sources.csv", row["source_id"], sources)
                problems.append(Problem(name, row["line"], "source_id", row["source_id"], wanted))
    return problems


def _one_of(column: str, file: str, got: str, known: Iterable[str]) -> Text:
    """Return that a value of another file is wanted, with the one most like what was got."""
    guess = nearest(got, known)
    hint = _(", có phải “{guess}”?", guess=guess) if guess else ""
    return _("một {column} có trong {file}{hint}", column=column, file=file, hint=hint)


def _link_problems(
    tables: Mapping[str, list[Row]], broken: Collection[str], sectors: Sequence[str]
) -> list[Problem]:
    """Return the rows that refer to a target, series or rule that does not exist."""
    told: list[tuple[str, Row, str, str, Text]] = []
    if "targets.csv" not in broken:
        told += _unknown_targets(tables)
    if not {"targets.csv", "observations.csv", "reference.csv"} & set(broken):
        told += _unknown_series(tables, sectors)
    rules = {row["rule"] for row in tables["sharing.csv"]}
    for row in tables["scenarios.csv"] if "sharing.csv" not in broken else ():
        if row["variable"] == "sharing_rule" and row["value"] not in rules:
            listed, got = ", ".join(sorted(rules)), str(row["value"])
            wanted = _("một quy định trong sharing.csv: {listed}", listed=listed)
            told.append(("scenarios.csv", row, "value", got, wanted))
    return [Problem(file, row["line"], column, got, w) for file, row, column, got, w in told]


def _unknown_targets(tables: Mapping[str, list[Row]]) -> Iterator[_Wrong]:
    """Yield the tasks and milestones of targets that do not exist, or of years outside theirs."""
    targets = {row["target_id"]: row for row in tables["targets.csv"]}
    for row in tables["tasks.csv"]:
        for one in _parted(row["target_ids"]):
            if one not in targets:
                wanted = _one_of("target_id", "targets.csv", one, targets)
                yield "tasks.csv", row, "target_ids", one, wanted
    for row in tables["milestones.csv"]:
        for column, wanted in _milestone(row, targets):
            yield "milestones.csv", row, column, _shown(row, column), wanted


def _unknown_series(tables: Mapping[str, list[Row]], sectors: Sequence[str]) -> Iterator[_Wrong]:
    """Yield the breaks and premises that name what does not exist."""
    known = {row["series_id"] for row in tables["observations.csv"]}
    known |= {row["target_id"] for row in tables["targets.csv"]}
    public = {f"{row['entity']}/{row['series_id']}" for row in tables["reference.csv"]}
    for row in tables["breaks.csv"]:
        name = row["series_id"]
        if name not in known | public and not is_own_series(name):
            files = "reference.csv" if "/" in name else "observations.csv, targets.csv"
            wanted = _one_of("series_id", files, name, public if "/" in name else known)
            yield "breaks.csv", row, "series_id", name, wanted
    named = (*known, *role_names(sectors))
    for row in tables["premises.csv"]:
        for one in _parted(row["decides"]):
            if one not in named and label(one) == one and (sectors or ":" not in one):
                wanted = _one_of("series_id", "targets.csv, observations.csv", one, named)
                yield "premises.csv", row, "decides", one, wanted


def _parted(cell: str) -> list[str]:
    """Return the names in a cell, parted by semicolons."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def _milestone(row: Row, targets: Mapping[str, Row]) -> Told:
    """Yield what is wrong with the level of a year on the way to a target."""
    target = targets.get(row["target_id"])
    if target is None:
        yield "target_id", _one_of("target_id", "targets.csv", row["target_id"], targets)
        return
    first, last = target["base_year"] + 1, target["target_year"]
    if not first <= row["year"] <= last:
        yield "year", _("một năm từ {first} đến {last}", first=first, last=last)
    wanted = value_problem(row["value"], target["unit"], share=target["kind"] != "ratio_to_base")
    if wanted:
        yield "value", wanted


def _sharing_problems(rows: list[Row]) -> list[Problem]:
    """Return the shares that do not add up to 1, and years told twice, out of order or not at all."""
    problems = []
    sum_is_one = "central + city + commune + unassigned = 1"
    before: dict[tuple[str, str], Row] = {}
    for row in rows:

        def wrong(column: str, got: object, wanted: Text, line: int = row["line"]) -> None:
            problems.append(Problem("sharing.csv", line, column, str(got), wanted))

        total = row["central"] + row["city"] + row["commune"] + row["unassigned"]
        if abs(total - 1) > 1e-9:
            wrong("central", f"{total:g}", Text(sum_is_one))
        if row["year_to"] < row["year_from"]:
            first = row["year_from"]
            wrong("year_to", row["year_to"], _("từ {first} trở đi", first=first))
            continue
        last = before.get((row["rule"], row["stream"]))
        if last and row["year_from"] != last["year_to"] + 1:
            next_, line = last["year_to"] + 1, last["line"]
            wrong(
                "year_from",
                row["year_from"],
                _(
                    "{next}: nối tiếp dòng {line} ({first}-{last}), không chồng, không hở, theo thứ tự",
                    next=next_,
                    line=line,
                    first=last["year_from"],
                    last=last["year_to"],
                ),
            )
        before[row["rule"], row["stream"]] = row
    return problems


def _name_problems(file: str, column: str, rows: Sequence[Row]) -> list[Problem]:
    """Return the names that cannot be told from an earlier or a built-in one."""
    problems = []
    known: list[str] = []
    for row in rows:
        name = row[column]
        if name not in known:
            wanted = None if name in BUILT_IN else name_problem(name, known)
            if wanted:
                problems.append(Problem(file, row["line"], column, name, wanted))
            known.append(name)
    return problems
