"""What each file of a commune's folder must hold, and how the files must fit together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from laikhe_analysis import records
from laikhe_analysis.checks import Problem, Text, nearest
from laikhe_analysis.data.cells import (
    Reader,
    choice,
    day,
    fraction,
    number,
    optional,
    origin,
    text,
    unit,
    value_problem,
    whole,
    words,
    year,
)
from laikhe_analysis.data.rows import Row

__all__ = ["ASSIGNED", "COLUMNS", "MAY_BE_ABSENT", "REALISED", "SAME_SHAPE", "SERIES",
           "check_tables", "end_of", "figure_problems", "is_planned"]  # fmt: skip

REALISED = ("final", "preliminary", "estimate")
"""Statuses of what has happened, as against what is planned."""

ASSIGNED = frozenset(["assigned_revenue", "assigned_revenue_without_land", "council_revenue"])
"""Series of estimates for the whole year: handed down or voted, never an outcome."""

_MONEY = ("billion VND", "index")
SERIES: dict[str, tuple[str, ...]] = {
    "population": ("people",),
    "party_members": ("people",),
    "income_per_capita": ("million VND/person/year",),
    "crop_value_per_ha": ("million VND/ha",),
    "collected_revenue": _MONEY,
    "recurrent_revenue": _MONEY,
    "assigned_revenue": _MONEY,
    "council_revenue": _MONEY,
    "commune_revenue": _MONEY,
    "land_revenue": _MONEY,
    "total_product": _MONEY,
    "public_investment": _MONEY,
    "total_investment": _MONEY,
    "disbursed": _MONEY,
}
"""The commune's own series and the units that the calculations read them in."""

_MAY_BE_ZERO = {"land_revenue", "public_investment", "total_investment", "disbursed"}
_ENDS = {"Q1": "03-31", "H1": "06-30", "Q2": "06-30", "9M": "09-30", "Q3": "09-30"}


def end_of(year: int, period: str) -> str:
    """Return the last day of a year or of a part of it. [YYYY-MM-DD]

    Examples
    --------
    >>> end_of(2026, "9M"), end_of(2026, "FY")
    ('2026-09-30', '2026-12-31')
    """
    return f"{year}-{_ENDS.get(period, '12-31')}"


def is_planned(figure: records.Observation) -> bool:
    """Return whether a figure is the year's plan of a series, which stands beside its results.

    Of what was handed down the plan is all there is.
    """
    return figure.status in ("plan", "target") and figure.series_id not in ASSIGNED


def _number_or_name(cell: str) -> float | str:
    """Return the number in a cell, or the name of a rule."""
    return number(cell) if cell.strip()[:1] in set("-0123456789") else words(cell)


_price_basis = choice(records.PRICE_BASES)
_status = choice(records.STATUSES)

COLUMNS: dict[str, dict[str, Reader]] = {
    "sources.csv": {
        "source_id": words, "title": words, "publisher": text, "url": text, "published": text,
    },
    "targets.csv": {
        "target_id": words, "item": text, "clause": words, "group": words, "name_vi": words,
        "name_en": words, "unit": unit, "kind": choice(records.KINDS),
        "direction": choice(records.DIRECTIONS), "value": number, "value_high": optional(number),
        "base_year": year, "target_year": year, "price_basis": _price_basis,
        "tolerance": optional(number, 0.0), "owner": text, "access": choice(records.ACCESS),
        "definition": text, "version": text, "source_id": words,
    },
    "tasks.csv": {
        "task_id": words, "clause": words, "name_vi": words, "name_en": words, "target_ids": text,
    },
    "observations.csv": {
        "series_id": words, "year": year, "period": choice(records.PERIODS),
        "value": optional(number), "low": optional(number), "high": optional(number),
        "unit": unit, "price_basis": _price_basis, "status": _status, "origin": origin,
        "source_id": words, "recorded_on": day, "import_id": text, "note": text,
    },
    "reference.csv": {
        "entity": words, "series_id": words, "year_from": optional(year), "year": year,
        "value": number, "unit": unit, "price_basis": _price_basis, "status": _status,
        "origin": origin, "confidence": choice(records.CONFIDENCES), "source_id": words,
        "note": text,
    },
    "scenarios.csv": {
        "scenario": words, "inherits": text, "variable": words, "year_from": year,
        "year_to": year, "value": _number_or_name, "unit": unit, "origin": origin,
        "source_id": words, "approved_by": text, "note": text,
    },
    "sharing.csv": {
        "rule": words, "stream": choice(records.STREAMS), "year_from": year, "year_to": year,
        "central": fraction, "city": fraction, "commune": fraction, "city_returned": fraction,
        "unassigned": fraction, "cost_deducted_first": fraction, "status": words,
        "origin": origin, "source_id": words,
    },
    "plots.csv": {
        "plot_id": words, "name": words, "stream": choice(records.STREAMS), "run_by": text,
        "area_m2": number, "saleable_share": fraction, "price_low": number, "price_mode": number,
        "price_high": number, "cost": optional(number, 0.0), "year": year,
        "quarter": choice(("1", "2", "3", "4")), "sale_probability": fraction, "origin": origin,
        "note": text,
    },
    "projects.csv": {
        "project_id": words, "name": words, "cost": number, "source_of_funds": text,
        "arrears": optional(number, 0.0), "order": whole, "origin": origin, "note": text,
    },
    "land_revenue_realisation.csv": {
        "unit": words, "level": words, "period": words, "ratio": number, "what": words,
        "is_full_year_land_fee": choice(("yes", "no")), "source_id": words,
    },
}  # fmt: skip
"""What each column of each file must hold."""

SAME_SHAPE = {"plots_example.csv": "plots.csv"}
MAY_BE_ABSENT = {"plots.csv", "plots_example.csv", "projects.csv", "land_revenue_realisation.csv"}


def check_tables(
    tables: Mapping[str, list[Row]],
    broken: Collection[str] = (),
    partial: Mapping[str, list[Row]] | None = None,
) -> list[Problem]:
    """Return what does not fit between rows and between files.

    Parameters
    ----------
    tables : mapping of str to list of dict
        Checked rows by file name.
    broken : collection of str
        Files with problems of their own: nothing is said of what refers to them.
    partial : mapping, optional
        Rows with a problem of their own, of which the sources are checked all the same.
    """
    problems: list[Problem] = []
    sources = {row["source_id"] for row in tables["sources.csv"]}
    for name, rows in tables.items():
        if "sources.csv" in (name, *broken):
            continue
        for row in (*rows, *(partial or {}).get(name, ())):
            if "source_id" in row and row["source_id"] not in sources:
                guess = nearest(row["source_id"], sources)
                hint = Text(f", có phải “{guess}”?", f", “{guess}”?") if guess else Text("", "")
                wanted = Text(
                    f"một source_id có trong sources.csv{hint.vi}",
                    f"a source_id that is in sources.csv{hint.en}",
                )
                problems.append(Problem(name, row["line"], "source_id", row["source_id"], wanted))
    for name, columns in _KEYS.items():
        problems += _duplicates(name, tables[name], columns)
    for name in ("observations.csv", "reference.csv", "scenarios.csv", "targets.csv"):
        problems += [p for row in tables[name] for p in _range_problems(name, row)]
    problems += _total_problems(tables["targets.csv"])
    problems += _link_problems(tables, broken)
    problems += _sharing_problems(tables["sharing.csv"])
    problems += _unit_problems(tables["observations.csv"])
    known = {*SERIES, *(row["target_id"] for row in tables["targets.csv"])}
    problems += [p for row in tables["observations.csv"] for p in figure_problems(row, known)]
    return problems


_KEYS: dict[str, Callable[[Row], Any]] = {
    "sources.csv": lambda row: row["source_id"],
    "targets.csv": lambda row: row["target_id"],
    "tasks.csv": lambda row: row["task_id"],
    "plots.csv": lambda row: row["plot_id"],
    "plots_example.csv": lambda row: row["plot_id"],
    "projects.csv": lambda row: row["project_id"],
    "observations.csv": lambda row: tuple(
        row[key] for key in ("series_id", "year", "period", "recorded_on", "import_id", "status")
    ),
    "reference.csv": lambda row: (
        (row["entity"], row["series_id"], row["year"], row["year_from"], row["price_basis"])
        if row["confidence"] != "low" and row["status"] in REALISED
        else ("line", row["line"])
    ),
    "sharing.csv": lambda row: (row["rule"], row["stream"], row["year_from"]),
}


def _duplicates(name: str, rows: list[Row], key: Callable[[Row], Any]) -> list[Problem]:
    """Return the rows that repeat an earlier one."""
    first: dict[Any, int] = {}
    problems = []
    for row in rows:
        line = first.setdefault(key(row), row["line"])
        if line != row["line"]:
            shown = key(row) if isinstance(key(row), str) else " ".join(map(str, key(row)))
            wanted = Text(
                f"mỗi ô số liệu một dòng; dòng {line} đã có", f"one row each; line {line} has it"
            )
            problems.append(Problem(name, row["line"], None, shown, wanted))
    return problems


def _range_problems(name: str, row: Row) -> list[Problem]:
    """Return the values of a row that are outside their natural range."""
    problems = []
    share = not str(row.get("series_id", "")).startswith(("ratio_", "budget_revenue_"))
    for column in ("value", "low", "high", "value_high"):
        value = row.get(column)
        if isinstance(value, float):
            wanted = value_problem(value, row["unit"], share=share)
            if wanted:
                problems.append(Problem(name, row["line"], column, f"{value:g}", wanted))
    low, value, high = row.get("low"), row.get("value"), row.get("high")
    if low is not None and high is not None and value is not None and not low <= value <= high:
        wanted = Text("low ≤ value ≤ high", "low ≤ value ≤ high")
        problems.append(
            Problem(name, row["line"], "value", f"{low:g}, {value:g}, {high:g}", wanted)
        )
    if name == "observations.csv" and value is None and row["status"] != "withdrawn":
        wanted = Text("một số (chỉ dòng withdrawn được để trống)", "a number")
        problems.append(Problem(name, row["line"], "value", "", wanted))
    return problems


def _total_problems(rows: list[Row]) -> list[Problem]:
    """Return the rows that are called the investment total and are not a total in billion VND."""
    wanted = {"unit": "billion VND", "kind": "cumulative"}
    words = Text(
        "{}: từ “investment” trong target_id chỉ dành cho tổng vốn cả kỳ; chỉ tiêu khác đặt từ khác",
        "{}: the word “investment” in a target_id is the total's; name another target otherwise",
    )
    return [
        Problem("targets.csv", row["line"], column, row[column],
                Text(words.vi.format(value), words.en.format(value)))
        for row in rows
        if row["target_id"].partition("-")[2] == "investment"
        for column, value in wanted.items()
        if row[column] != value
    ]  # fmt: skip


def _link_problems(tables: Mapping[str, list[Row]], broken: Collection[str]) -> list[Problem]:
    """Return the rows that refer to a target or a rule that does not exist."""
    problems = []
    targets = {row["target_id"] for row in tables["targets.csv"]}
    for row in tables["tasks.csv"] if "targets.csv" not in broken else ():
        for target in filter(None, row["target_ids"].split(";")):
            if target.strip() not in targets:
                wanted = Text("target_id có trong targets.csv", "a target_id of targets.csv")
                problems.append(Problem("tasks.csv", row["line"], "target_ids", target, wanted))
    rules = {row["rule"] for row in tables["sharing.csv"]}
    for row in tables["scenarios.csv"] if "sharing.csv" not in broken else ():
        if row["variable"] == "sharing_rule" and row["value"] not in rules:
            listed, got = ", ".join(sorted(rules)), str(row["value"])
            wanted = Text(
                f"một quy định trong sharing.csv: {listed}", f"a rule of sharing.csv: {listed}"
            )
            problems.append(Problem("scenarios.csv", row["line"], "value", got, wanted))
    return problems


def _sharing_problems(rows: list[Row]) -> list[Problem]:
    """Return the rows of shares that do not add up to 1."""
    problems = []
    sum_is_one = "central + city + commune + unassigned = 1"
    for row in rows:
        total = row["central"] + row["city"] + row["commune"] + row["unassigned"]
        if abs(total - 1) > 1e-9:
            wanted = Text(sum_is_one, sum_is_one)
            problems.append(Problem("sharing.csv", row["line"], "central", f"{total:g}", wanted))
    return problems


def _unit_problems(rows: list[Row]) -> list[Problem]:
    """Return the rows whose unit differs from the first of their series."""
    problems = []
    units: dict[str, str] = {}
    for row in rows:
        known = units.setdefault(row["series_id"], row["unit"])
        if row["unit"] != known:
            wanted = Text(f"đơn vị đã dùng cho chuỗi này: {known}", f"the series' unit: {known}")
            problems.append(Problem("observations.csv", row["line"], "unit", row["unit"], wanted))
    return problems


def figure_problems(row: Row, known: Collection[str]) -> list[Problem]:
    """Return a misspelt series, a unit that nothing reads, and a final figure before its time."""
    problems = []
    name, unit_name = row["series_id"], row["unit"]

    def wrong(column: str, got: str, vi: str, en: str) -> None:
        problems.append(Problem("observations.csv", row["line"], column, got, Text(vi, en)))

    guess = nearest(name, SERIES, cutoff=0.85)
    if name not in known and guess and not name.startswith(("product_", "share_", "land_")):
        wrong("series_id", name, f"tên chuỗi đúng; có phải “{guess}”?", f"“{guess}”?")
    if name in SERIES and unit_name not in SERIES[name]:
        units = ", ".join(SERIES[name])
        wrong("unit", unit_name, f"đơn vị của chuỗi này: {units}", f"the series' unit: {units}")
    value = row["value"]
    counts = name in SERIES or name.startswith("product_")
    if value is not None and value <= 0 and counts and name not in _MAY_BE_ZERO:
        wrong("value", f"{value:g}", "một số dương", "a positive number")
    end = end_of(row["year"], row["period"])
    if row["status"] == "final" and row["recorded_on"] < end:
        vi = f"“estimate” (ước): kỳ này đến {end} mới hết"
        wrong("status", "final", vi, f"“estimate”: the period ends on {end}")
    return problems
