"""What a commune's figures cannot be: too large, or parts that exceed their whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from laikhe_analysis.checks import Problem
from laikhe_analysis.data import Dataset
from laikhe_analysis.data.layout import PLANNED, is_given
from laikhe_analysis.data.parts import part_problems
from laikhe_analysis.data.rows import Row
from laikhe_analysis.messages import Text, Worded, _
from laikhe_analysis.records import Observation
from laikhe_analysis.series import SUPPOSED
from laikhe_analysis.vietnamese import full_quantity, label

__all__ = ["CEILINGS", "misfits", "too_large"]

CEILINGS = {
    "billion VND": 100_000.0,
    "people": 2_000_000.0,
    "people/year": 100_000.0,
    "households": 300_000.0,
    "schools": 1_000.0,
    "organisations": 100_000.0,
    "enterprises": 100_000.0,
}
"""What no commune comes near, by unit: the budget of a whole city, a district's people.

Amounts per head and per area are in `data.column.USUAL`, for files and forms alike.
"""


def too_large(value: float, unit: str) -> Text | None:
    """Return what is wanted instead of a value that no commune comes near, None if it may be.

    Parameters
    ----------
    value : float
        [`unit`]
    unit : str
        One of `UNITS`.

    Examples
    --------
    >>> too_large(2150, "billion VND") is None
    True
    >>> too_large(2_150_000, "billion VND").en
    'no more than 100,000 billion VND in a commune: check the unit; type another one with the number (e.g. 2.150.000 triệu)'
    """  # noqa: E501
    most = CEILINGS.get(unit)
    if most is None or abs(value) <= most:
        return None
    digits = f"{value:,.0f}".replace(",", ".")
    scaled = unit.startswith("billion VND")
    hint = _("; số tính bằng đơn vị khác thì gõ kèm đơn vị (ví dụ {digits} triệu)", digits=digits)
    return _(
        "không quá {most} ở một xã: xem lại đơn vị{hint}",
        most=Worded(full_quantity, most, unit), hint=hint if scaled else "",
    )  # fmt: skip


def misfits(entries: Sequence[tuple[str, str, Observation]], data: Dataset) -> list[Problem]:
    """Return where parts and whole do not fit, within an import and what is known beside it.

    Parameters
    ----------
    entries : sequence of (place, cell, figure)
        The figures of an import and where each stands.
    data : Dataset
        The figures known so far; those of an import count before them. What is assumed is left
        out.

    Returns
    -------
    list of Problem
        As `data.parts.part_problems` finds them, each told at a cell of the import.
    """
    problems: list[Problem] = []
    for when in dict.fromkeys((one.year, one.period) for *_unused, one in entries):
        typed = {one[2].series_id: one for one in entries if _is_of(one[2], *when)}
        known = [
            row for row in data.latest()
            if _is_of(row, *when) and row.series_id not in typed
            and is_given(row.series_id, row.status)
            and row.origin not in SUPPOSED
        ]  # fmt: skip
        rows = [_row(row, 0, "số đã có / known") for row in known]
        before = {problem.got for problem in part_problems(rows, data.commune.sectors)}
        rows += [_row(one[2], n, one[1]) for n, one in enumerate(typed.values(), 1)]
        problems += [
            _at(problem, list(typed.values()))
            for problem in part_problems(rows, data.commune.sectors)
            if problem.got not in before
        ]
    return problems


def _is_of(figure: Observation, year: int, period: str) -> bool:
    """Return whether a figure is of a period, or handed down for its year."""
    return figure.year == year and (figure.period == period or figure.series_id in PLANNED)


def _row(figure: Observation, line: int, place: str) -> Row:
    """Return a figure as a row of a full year, so that parts of a year are held together too."""
    return asdict(figure) | {"period": "FY", "line": line, "place": place}


def _at(problem: Problem, typed: Sequence[tuple[str, str, Observation]]) -> Problem:
    """Return a problem told at the cell of the whole, else of the first part in the import."""
    told = [one for one in typed if f"({one[1]})" in problem.wanted.vi]
    place, cell, _unused = typed[problem.line - 1] if problem.line else told[0]
    name, _space, rest = problem.got.partition(" ")
    return Problem(place, None, cell, f"{label(name)} {rest}", problem.wanted)
