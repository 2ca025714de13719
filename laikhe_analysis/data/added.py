"""A figure that is tried in memory: checked as a row of the file is, told without a file."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from laikhe_analysis.checks import check_choice, check_kind, nearest, require
from laikhe_analysis.data.cells import CellError, day
from laikhe_analysis.data.columns import COLUMNS
from laikhe_analysis.data.dataset import Records
from laikhe_analysis.data.figures import figure_problems, series_problems
from laikhe_analysis.data.layout import PLANNED, SERIES, end_of, is_own_series
from laikhe_analysis.data.parts import part_problems, year_problems
from laikhe_analysis.data.plausible import known_levels, of_figures
from laikhe_analysis.data.rows import Row
from laikhe_analysis.data.units import from_file, to_file
from laikhe_analysis.records import PERIODS, PRICE_BASES, STATUSES, Observation, Target
from laikhe_analysis.series import ORIGINS
from laikhe_analysis.vietnamese import RATES

__all__ = ["added_row", "observation"]

_VALUES = ("value", "low", "high")


def observation(row: Row, *, is_rate: bool = False) -> Observation:
    """Return the record of a row of `observations.csv`; `is_rate`: of an average rate."""
    row = from_file(row, is_rate=is_rate)
    return Observation(**{x.name: row[x.name] for x in fields(Observation)})


def added_row(data: Records, given: Mapping[str, Any]) -> Row:
    """Return the row of a new figure in the file's units, blanks filled in from what is known.

    Raises
    ------
    TypeError
        If the year or a value is no number.
    ValueError
        If the row does not fit.
    """
    check_kind("year", given["year"], int, "a year such as 2026")
    for name in _VALUES:
        if given[name] is not None or name == "value":
            check_kind(name, given[name], (int, float), "a number")
            require(math.isfinite(given[name]), name, given[name], "a finite number", known=True)
    check_choice("period", given["period"], PERIODS)
    row: Row = {**given, **_usual(data, given), "import_id": "", "place": "added"}
    for name, choices in (("status", STATUSES), ("origin", ORIGINS), ("price_basis", PRICE_BASES)):
        check_choice(name, row[name], choices)
    try:
        row["recorded_on"] = day(row["recorded_on"])
    except CellError as error:
        raise ValueError(
            f"`recorded_on` must be {error.wanted.en}, got {row['recorded_on']!r}."
        ) from None
    if given["source_id"]:
        check_choice("source_id", given["source_id"], list(data.cited))
    _check_rates(row)
    row = to_file(row | ({"unit": "fraction/year"} if row["unit"] in RATES else {}))
    _check(data, row)
    return row


def _usual(data: Records, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stands for the blanks of a new figure."""
    name = given["series_id"]
    known = next((row for row in reversed(data.observed) if row.series_id == name), None)
    target = next((target for target in data.plan.targets if target.target_id == name), None)
    like: Observation | Target | None = known or target
    product = name == "total_product" or name.startswith("product_")
    unit = like.unit if like else SERIES.get(name, ("billion VND" if product else "%",))[0]
    stated = data.commune.price_base if product else "current" if "VND" in unit else "n/a"
    sourced = bool(given["source_id"])
    usual = {
        "unit": unit,
        "price_basis": like.price_basis
        if like
        else "constant"
        if stated == "not stated"
        else stated,
        "status": "plan" if name in PLANNED else "final",
        "origin": "official" if sourced else "assumption",
        "source_id": "assumption",
        "recorded_on": max(data.as_of, end_of(given["year"], given["period"])),
    }
    return {key: given[key] or value for key, value in usual.items()}


def _check_rates(row: Row) -> None:
    """Raise if a rate is in per cents."""
    for name in _VALUES if row["unit"] in RATES else ():
        if row[name] is not None and abs(row[name]) > 1:
            raise ValueError(
                f"`{name}` of {row['series_id']} must be a fraction from -1 to 1 (12 % is 0.12), "
                f"got {row[name]:g}."
            )


def _check(data: Records, row: Row) -> None:
    """Raise if a new row does not fit, by itself or beside the others."""
    known = [*SERIES, *(target.target_id for target in data.plan.targets)]
    if row["series_id"] not in known and not is_own_series(row["series_id"]):
        known += [one.series_id for one in data.observed]
        if row["series_id"] not in known:
            guess = nearest(row["series_id"], known)
            raise ValueError(
                "`series_id` must be a series of the commune or the id of a target, got "
                f"{row['series_id']!r}.{f' Did you mean {guess!r}?' if guess else ''}"
            )
    for name in _VALUES:
        wanted = COLUMNS["observations.csv"][name].wanted(row[name], row["unit"])
        if wanted:
            raise ValueError(
                f"`{name}` of {row['series_id']} must be {wanted.en}, got {row[name]:g}."
            )
    before = [to_file(asdict(one) | {"place": "known"}) for one in data.observed]
    breaks = [asdict(one) for one in data.interruptions]
    if not row["accept_jumps"]:
        rows = [one | {"line": n} for n, one in enumerate([*before, row])]
        for one in of_figures(rows, known_levels(data.plan.targets, data.commune)):
            if one.line == len(before):
                raise ValueError(
                    f"`value` of {row['series_id']} {row['year']}: wanted {one.wanted.en}, got "
                    f"{one.got}. If it is meant, add it with accept_jumps=True."
                )
    problems = figure_problems(row, known, commune=data.commune)
    problems += series_problems([*before, row], breaks)
    sectors = data.commune.sectors
    old = {x.got for x in (*part_problems(before, sectors), *year_problems(before))}
    now = [*before, row]
    for problem in (*part_problems(now, sectors), *year_problems(now)):
        if problem.got not in old:
            raise ValueError(f"{problem.got}: this must be {problem.wanted.en}.")
    for problem in problems:
        raise ValueError(
            f"`{problem.column}` of {row['series_id']} {row['year']} must be {problem.wanted.en}, "
            f"got {problem.got}."
        )
