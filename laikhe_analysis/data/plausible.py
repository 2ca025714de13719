"""What a figure hardly can be, one set of rules for `check`, `Dataset.add` and the imports.

A figure beyond what any commune comes near is refused where it is typed in. All else may be real:
an import or `add` lets who means it insist, and `check` asks (`questions`) and uses it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from operator import itemgetter
from typing import TYPE_CHECKING

from laikhe_analysis.checks import Problem, nearest
from laikhe_analysis.data.figures import in_series_unit
from laikhe_analysis.data.layout import PLANNED, SERIES, is_given, is_own_series
from laikhe_analysis.data.parts import part_problems, year_problems
from laikhe_analysis.data.rows import Row
from laikhe_analysis.data.standing import FIELDS, by_cell
from laikhe_analysis.messages import Message, Text, Worded, _
from laikhe_analysis.monitor.measures import measured_by
from laikhe_analysis.records import Commune, Observation, Target
from laikhe_analysis.series import SUPPOSED
from laikhe_analysis.vietnamese import (
    JUMP,
    as_written,
    format_shortest,
    full_quantity,
    is_jump,
    words,
)

if TYPE_CHECKING:
    from laikhe_analysis.data.dataset import Records

__all__ = [
    "CEILINGS",
    "as_fraction",
    "known_levels",
    "leap",
    "misfits",
    "of_figures",
    "questions",
    "too_large",
]

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
    hint = _("; số tính bằng đơn vị khác thì gõ kèm đơn vị (ví dụ {digits} triệu)", digits=digits)
    return _(
        "không quá {most} ở một xã: xem lại đơn vị{hint}", most=Worded(full_quantity, most, unit),
        hint=hint if unit.startswith("billion VND") else "",
    )  # fmt: skip


def as_fraction(
    value: float, unit: str, last: float | None
) -> tuple[Text, tuple[float, ...]] | None:
    """Return the doubt whether a number in per cent was written as a fraction, and both readings.

    Examples
    --------
    >>> as_fraction(0.952, "%", 95.2)[1], as_fraction(0.9, "%/year", 1.1)
    ((95.2, 0.952), None)
    """
    if not (unit.startswith("%") and 0 < abs(value) < 1):
        return None
    if last and abs(last) < 10 * abs(value):
        return None
    readings = (round(100 * value, 9), value)
    meant, own = (Worded(format_shortest, round(x, 9)) for x in readings)
    return _(
        "viết rõ {meant} (nếu là {meant}%) hoặc {own}% (nếu đúng là {own} phần trăm)",
        meant=meant, own=own,
    ), readings  # fmt: skip


def leap(value: float, unit: str, last: float | None) -> tuple[Text, tuple[float, ...]] | None:
    """Return the doubt about a figure that is far from the last one, and what it may mean.

    Examples
    --------
    >>> leap(109.2, "%/year", None)[1], leap(12.1, "%/year", 1.1)
    ((9.2, 109.2), None)
    >>> leap(7.1, "million VND/person/year", 80)[0].en[:75]
    'number and unit checked: 7.1 million VND/person/year is more than 7 times o'
    """
    if unit == "%/year":
        if not 80 <= value <= 200:
            return None
        growth = round(value - 100, 9)
        return _(
            "tốc độ tăng; nếu là chỉ số (năm trước = 100) thì ghi {growth}",
            growth=Worded(format_shortest, growth),
        ), (growth, value)  # fmt: skip
    if not last or not is_jump(value, last):
        return None
    hint = Text("")
    if unit.endswith("/year") and 0.5 < 12 * value / last < 2:
        year = Worded(full_quantity, round(12 * value, 6), unit)
        hint = _(" (có phải số của một tháng? Cả năm là {year})", year=year)
    return _(
        "xem lại số và đơn vị: {value} lệch hơn {jump:=} lần so với {last}{hint}",
        value=Worded(full_quantity, value, unit), jump=JUMP, last=Worded(full_quantity, last, unit),
        hint=hint,
    ), (value,)  # fmt: skip


def _doubt(value: float, unit: str, last: float | None) -> Text | None:
    """Return the first doubt about a figure beside the last one of its series, None if there is none."""
    if last and as_fraction(value, unit, last):
        return _whole(value)
    found = leap(value, unit, last)
    return found[0] if found else too_large(value, unit)


def _whole(value: float) -> Text:
    """Return what a fraction in a column of per cents may mean."""
    meant = round(100 * value, 9)
    return _("số phần trăm; nếu là {meant} % thì ghi {written}",
             meant=Worded(format_shortest, meant), written=f"{meant:g}")  # fmt: skip


def questions(
    tables: Mapping[str, Sequence[Row]], levels: Mapping[str, float], commune: Commune
) -> Iterator[Problem]:
    """Yield what is likely a slip in sound files: used as it stands, and asked about.

    Parameters
    ----------
    tables : mapping of str to list of dict
        Checked rows by file name.
    levels : mapping of str to float
        What a series without an earlier figure is held against: the level that its target asks for.
        [the file's unit]
    commune : Commune
        Whose yardsticks are looked for among the public figures.
    """
    yield from of_figures(tables["observations.csv"], levels)
    yield from year_problems(tables["observations.csv"], estimates=True)
    yield from _passed_over(tables["observations.csv"])
    yield from _misspelt(tables, commune)
    for file, rows in (("reference.csv", tables["reference.csv"]),
                       ("scenarios.csv", tables["scenarios.csv"])):  # fmt: skip
        for row in rows:
            wanted = _of_scenario(row) if file == "scenarios.csv" else None
            wanted = wanted or _index(row)
            if wanted is not None:
                yield Problem(file, row["line"], "value", f"{row['value']:g}", wanted)


def known_levels(targets: Iterable[Target], commune: Commune) -> dict[str, float]:
    """Return what is known of the level of a series before its first figure. [the file's unit]"""
    kinds = ("level_by", "annual_level")
    return {
        name: as_written(x.weaker_end, x.unit)
        for x in targets if x.kind in kinds for name in (x.target_id, measured_by(x))
    } | {"population": commune.population}  # fmt: skip


def of_figures(rows: Sequence[Row], levels: Mapping[str, float]) -> Iterator[Problem]:
    """Yield the figures that are far from the earlier ones of their series, or beyond a commune."""
    last: dict[tuple[str, str, str], float] = {}
    counted = [cell[-1] for cell in by_cell(rows, itemgetter(*FIELDS)).values()]
    for typed in sorted(counted, key=lambda row: (row["year"], row["line"])):
        row = in_series_unit(typed)
        value, name = row["value"], row["series_id"]
        if value is None or row["unit"] == "index":
            continue
        series = name, row["area"], row["period"]
        known = last.get(series) or (levels.get(name) if series[1:] == ("", "FY") else None)
        wanted = _doubt(value, row["unit"], known)
        if wanted is None:
            last[series] = value
        else:
            yield Problem(
                "observations.csv", row["line"], "value", f"{typed['value']:.12g}", wanted
            )


def _misspelt(tables: Mapping[str, Sequence[Row]], commune: Commune) -> Iterator[Problem]:
    """Yield yardsticks and series that nothing is known by, though something is called nearly so."""
    places = {row["entity"] for row in tables["reference.csv"]}
    for key, place in commune.yardsticks.items():
        guess = None if place in places else nearest(place, places)
        if guess:
            wanted = _("một entity có trong reference.csv, có phải “{guess}”?", guess=guess)
            yield Problem("commune.toml", None, f"yardsticks.{key}", place, wanted)
    known = {*SERIES, *(row["target_id"] for row in tables["targets.csv"])}
    for row in {row["series_id"]: row for row in reversed(tables["observations.csv"])}.values():
        name = row["series_id"]
        guess = None if name in known or is_own_series(name) else nearest(name, known)
        if guess:
            wanted = _("một chuỗi, một target_id đã biết, có phải “{guess}”?", guess=guess)
            yield Problem("observations.csv", row["line"], "series_id", name, wanted)


def _index(row: Row) -> Text | None:
    """Return the doubt whether a rate is an index."""
    is_rate = row["unit"] == "%/year" and isinstance(row["value"], float)
    found = leap(row["value"], "%/year", None) if is_rate else None
    return found[0] if found else None


_SMALLEST = {"population_growth": 0.02, "land_sold_share": 1.0}
"""Up to where the number of an assumption in per cent is more likely a fraction; 0.5 for others."""


def _of_scenario(row: Row) -> Text | None:
    """Return the doubt whether an assumption in per cent was written as a fraction."""
    name, value = row["variable"], row["value"]
    if not isinstance(value, float) or not row["unit"].startswith("%") or name.startswith("share_"):
        return None
    return _whole(value) if 0 < abs(value) <= _SMALLEST.get(name, 0.5) else None


def _passed_over(rows: Sequence[Row]) -> Iterator[Problem]:
    """Yield official figures that do not count, as an assumption was recorded later."""
    for cell in by_cell(rows, itemgetter(*FIELDS)).values():
        *before, used = cell
        official = [row for row in before if row["origin"] not in SUPPOSED]
        if used["origin"] in SUPPOSED and used["status"] != "withdrawn" and official:
            row, line, day = official[-1], used["line"], used["recorded_on"]
            yield Problem(
                "observations.csv", row["line"], "recorded_on", row["recorded_on"],
                _("ngày ghi sau {day}: dòng này không được dùng, dòng {line} (giả định) ghi muộn hơn",
                  day=day, line=line),
            )  # fmt: skip


def misfits(entries: Sequence[tuple[str, str, Observation]], data: Records) -> list[Problem]:
    """Return where parts and whole do not fit, within an import and what is known beside it.

    Parameters
    ----------
    entries : sequence of (place, cell, figure)
        The figures of an import and where each stands.
    data : Records
        The figures known so far; those of an import count before them. What is assumed is left
        out.

    Returns
    -------
    list of Problem
        As `data.parts.part_problems` finds them, each told at a cell of the import.
    """
    problems = _of_a_year(entries, data)
    for when in dict.fromkeys((one.year, one.period) for *_rest, one in entries):
        typed = {one[2].series_id: one for one in entries if _is_of(one[2], *when)}
        known = [
            row for row in data.latest()
            if _is_of(row, *when) and row.series_id not in typed
            and is_given(row.series_id, row.status)
            and row.origin not in SUPPOSED
        ]  # fmt: skip
        rows = [_row(row, 0, _KNOWN) for row in known]
        before = {problem.got for problem in part_problems(rows, data.commune.sectors)}
        rows += [_row(one[2], n, one[1]) for n, one in enumerate(typed.values(), 1)]
        problems += [
            _at(problem, list(typed.values()))
            for problem in part_problems(rows, data.commune.sectors)
            if problem.got not in before
        ]
    return problems


def _of_a_year(entries: Sequence[tuple[str, str, Observation]], data: Records) -> list[Problem]:
    """Return where an import contradicts itself, or what is known, between the parts of a year."""
    typed = {(one[2].series_id, one[2].year, one[2].period): one for one in entries}
    years = {year for _, year, _ in typed}
    rows = [
        asdict(row) | {"line": 0, "place": _KNOWN} for row in data.latest()
        if row.year in years and (row.series_id, row.year, row.period) not in typed
    ]  # fmt: skip
    before = {problem.got for problem in year_problems(rows)}
    rows += [
        asdict(one[2]) | {"line": n, "place": one[1]} for n, one in enumerate(typed.values(), 1)
    ]
    return [
        _at(problem, list(typed.values()))
        for problem in year_problems(rows)
        if problem.got not in before
    ]


def _is_of(figure: Observation, year: int, period: str) -> bool:
    """Return whether a figure is of a period, or handed down for its year."""
    return figure.year == year and (figure.period == period or figure.series_id in PLANNED)


_KNOWN = _("số đã có")
"""The place of a figure that an import is held against."""


def _row(figure: Observation, line: int, place: str | Text) -> Row:
    """Return a figure as a row of a full year, so that parts of a year are held together too."""
    return asdict(figure) | {"period": "FY", "line": line, "place": place}


def _at(problem: Problem, typed: Sequence[tuple[str, str, Observation]]) -> Problem:
    """Return a problem told at the cell of the whole, else of the first part in the import."""
    told = [one for one in typed if f"({one[1]})" in problem.wanted.vi]
    place, cell, _figure = typed[problem.line - 1] if problem.line else told[0]
    name, _space, rest = problem.got.partition(" ")
    said = Message("{name} {rest}", {"name": words(name), "rest": rest})
    return Problem(place, None, cell, said.vi, problem.wanted, said)
