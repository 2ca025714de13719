"""Scenarios that change other scenarios: inheritance resolved, and everything checked."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from laikhe_analysis.checks import DataError, Problem, Text, nearest
from laikhe_analysis.records import Assumption, Scenario
from laikhe_analysis.scenarios.assumptions import (
    EITHER,
    FILE,
    SECTORS,
    TAXES,
    by_year,
    known_variables,
    override,
)
from laikhe_analysis.series import ORIGINS

__all__ = ["check_scenario", "resolve"]

_SLOWEST, _FASTEST = -50, 50  # %/year: beyond, a rate is a slip of the comma or another figure
_MOST_FEES, _MOST_BUOYANT = 100_000, 5  # billion VND a year; ratio: likewise
_SHARE_TOLERANCE = 0.05  # percentage points: what rounding to two decimals can leave over
_Row = tuple[str, str, Assumption | None]
_Wrong = Callable[[str, object, str, str], Problem]


def resolve(
    rows: Iterable[_Row], *, sectors: Sequence[str] = SECTORS, until: int | None = None
) -> dict[str, Scenario]:
    """Return the scenarios of a file by name, inheritance resolved and everything checked.

    Parameters
    ----------
    rows : iterable of (scenario, inherits, Assumption or None)
        The rows in file order. `inherits` is the scenario that this one changes ("as co_so, but
        ..."), or "". A row without an assumption only names the scenario and its parent.
    sectors : sequence of str
        The commune's sectors, which name the variables `growth_<sector>` and `share_<sector>`.
    until : int, optional
        Year that every assumption about a yearly quantity has to reach.

    Raises
    ------
    DataError
        With every problem of the rows: an unknown variable, a wrong unit, origin or range, a year
        with two values, an unknown parent, a scenario that inherits from itself; once the rows are
        right, with every problem of the scenarios as a whole: a year that is missing, shares that
        do not add up to 100.

    Examples
    --------
    >>> rows = [("base", "", Assumption("inflation", 2026, 2030, 3.5, "%/year", "press", line=2)),
    ...         ("hot", "base", Assumption("inflation", 2027, 2027, 6, "%/year", "assumption",
    ...                                    line=3))]
    >>> [a.value for a in by_year(resolve(rows)["hot"])["inflation"].values()]
    [3.5, 3.5, 3.5, 3.5, 6]
    """
    files, problems = _group(rows)
    problems += [] if problems else _loop_problems(files)
    problems += [p for entry in files.values() for p in _own_problems(entry, sectors)]
    if problems:
        raise DataError(sorted(problems, key=lambda p: p.line or 0))
    scenarios: dict[str, Scenario] = {}
    for name in files:
        _resolve_one(name, files, scenarios)
    whole: dict[tuple[int | None, str | None], Problem] = {}  # what is inherited is told once
    for scenario in scenarios.values():
        for problem in _whole_problems(scenario, sectors, until):
            whole.setdefault((problem.line, problem.column), problem)
    if whole:
        raise DataError(whole.values())
    return scenarios


def check_scenario(scenario: Scenario, *, sectors: Sequence[str] = SECTORS) -> None:
    """Raise if the scenario holds anything that cannot be used.

    Raises
    ------
    DataError
        As `resolve`, for one scenario whose inheritance is resolved.
    """
    entry = _Entry(scenario.name, "", list(scenario.assumptions), None)
    problems = _own_problems(entry, sectors) or _whole_problems(scenario, sectors)
    if problems:
        raise DataError(problems)


@dataclass
class _Entry:
    """The rows of one scenario as they stand in the file."""

    name: str
    inherits: str
    own: list[Assumption]
    line: int | None


def _group(rows: Iterable[_Row]) -> tuple[dict[str, _Entry], list[Problem]]:
    """Return the rows by scenario, and wrong parents; most of its rows name the right one."""
    rows = list(rows)
    parents = {name: Counter[str]() for name, _, _ in rows}
    for name, inherits, _ in rows:
        parents[name][inherits] += inherits != ""
    chosen = {name: max(named, key=named.__getitem__) for name, named in parents.items()}
    files: dict[str, _Entry] = {}
    problems = []
    for name, inherits, assumption in rows:
        line = assumption.line if assumption else None
        entry = files.setdefault(name, _Entry(name, chosen[name], [], line))
        if inherits and (wanted := _parent_wanted(name, inherits, chosen)) is not None:
            problems.append(Problem(FILE, line, "inherits", inherits, wanted))
        if assumption is not None:
            entry.own.append(assumption)
    return files, problems


def _parent_wanted(name: str, inherits: str, chosen: Mapping[str, str]) -> Text | None:
    """Return what was wanted instead of a parent that a row names, or None where it is right."""
    if inherits == name:
        return Text("một kịch bản không kế thừa chính nó", "a scenario other than itself")
    if inherits not in chosen:
        guess = nearest(inherits, chosen) or ", ".join(chosen)
        return Text(f"một kịch bản có trong tệp: {guess}", f"a scenario of the file: {guess}")
    if inherits != chosen[name]:
        return Text(
            f'kịch bản "{name}" chỉ kế thừa một kịch bản: "{chosen[name]}"',
            f'one parent for scenario "{name}": "{chosen[name]}"',
        )
    return None


def _loop_problems(files: Mapping[str, _Entry]) -> list[Problem]:
    """Return the scenarios that inherit from themselves by way of others."""
    problems = []
    for entry in files.values():
        seen, name = [entry.name], entry.inherits
        while name and name not in seen:
            seen.append(name)
            name = files[name].inherits
        if name == entry.name:
            loop = " -> ".join([*seen, name])
            wanted = Text(
                f"một kịch bản không kế thừa chính nó ({loop})",
                f"a scenario that does not inherit from itself ({loop})",
            )
            problems.append(Problem(FILE, entry.line, "inherits", entry.inherits, wanted))
    return problems


def _resolve_one(name: str, files: Mapping[str, _Entry], done: dict[str, Scenario]) -> Scenario:
    """Return the scenario `name`, its parents resolved first."""
    if name not in done:
        entry = files[name]
        if entry.inherits:
            parent = _resolve_one(entry.inherits, files, done)
            done[name] = override(parent, name, *entry.own)
        else:
            done[name] = Scenario(name, tuple(entry.own))
    return done[name]


def _own_problems(entry: _Entry, sectors: Sequence[str]) -> list[Problem]:
    """Return what is wrong with the rows of one scenario, each by itself and against another."""
    known = known_variables(sectors)
    problems = [p for one in entry.own if (p := _row_problem(one, known)) is not None]
    for first, second in combinations(entry.own, 2):
        years = range(
            max(first.year_from, second.year_from), min(first.year_to, second.year_to) + 1
        )
        same = first.variable == second.variable
        rivals = EITHER.get(first.variable) == second.variable
        if years and (rivals or (same and first.value != second.value)):
            wanted = Text(
                f"một giá trị cho {first.variable} năm {years[0]}; dòng {first.line} đã cho "
                f"{first.value}",
                f"one value of {first.variable} for {years[0]}; line {first.line} gives "
                f"{first.value}",
            )
            got = f"{second.variable} = {second.value}"
            problems.append(Problem(FILE, second.line, "value", got, wanted))
    return problems


def _row_problem(one: Assumption, known: Mapping[str, tuple[str, ...]]) -> Problem | None:
    """Return the first thing that is wrong with one row, or None."""

    def wrong(column: str, got: object, vi: str, en: str) -> Problem:
        return Problem(FILE, one.line, column, str(got), Text(vi, en))

    if one.variable not in known:
        guess = nearest(one.variable, known)
        names = guess or ", ".join(known)
        return wrong("variable", one.variable, f"một tên biến: {names}", f"a variable: {names}")
    if one.unit not in known[one.variable]:
        units = " / ".join(known[one.variable])
        return wrong("unit", one.unit, f"đơn vị {units}", f"the unit {units}")
    if one.origin not in ORIGINS:
        names = ", ".join(ORIGINS)
        return wrong("origin", one.origin, f"một trong: {names}", f"one of {names}")
    if one.year_from > one.year_to:
        years = f"{one.year_from}-{one.year_to}"
        return wrong("year_to", years, "năm cuối không trước năm đầu", "year_to >= year_from")
    return _value_problem(one, wrong)


def _value_problem(one: Assumption, wrong: _Wrong) -> Problem | None:
    """Return what is wrong with the value of a row whose variable and unit are known."""
    problem: Problem | None = None
    if one.variable == "sharing_rule":
        if not isinstance(one.value, str) or not one.value:
            problem = wrong("value", one.value, "tên một quy định điều tiết", "a rule's name")
    elif isinstance(one.value, str) or not math.isfinite(one.value):
        problem = wrong("value", one.value, "một số", "a number")
    elif one.unit == "%/year" and not _SLOWEST <= one.value <= _FASTEST:
        problem = wrong(
            "value", f"{one.value:g}",
            f"tốc độ tăng từ {_SLOWEST} đến {_FASTEST} %/năm (9,3 % ghi là 9.3; không phải "
            "tỷ trọng hay mức)",
            f"a growth of {_SLOWEST} to {_FASTEST} %/year (9.3 % is written 9.3; no share, no level)",
        )  # fmt: skip
    elif one.unit == "%" and not 0 <= one.value <= 100:
        problem = wrong("value", one.value, "tỷ trọng từ 0 đến 100 %", "a share of 0 to 100 %")
    elif one.unit == "%" and one.year_from != one.year_to:
        years = f"{one.year_from}-{one.year_to}"
        problem = wrong("year_to", years, "tỷ trọng của một năm", "a share of one year")
    elif one.variable == "land_gross" and not 0 <= one.value <= _MOST_FEES:
        vi, en = f"số thu từ 0 đến {_MOST_FEES} tỷ đồng", f"a revenue of 0 to {_MOST_FEES} bn VND"
        problem = wrong("value", f"{one.value:g}", vi, en)
    elif one.variable == "buoyancy" and not 0 <= one.value <= _MOST_BUOYANT:
        vi = f"tỷ số từ 0 đến {_MOST_BUOYANT} (thường quanh 1)"
        problem = wrong("value", f"{one.value:g}", vi, f"a ratio of 0 to {_MOST_BUOYANT}, often 1")
    return problem


def _whole_problems(
    scenario: Scenario, sectors: Sequence[str], until: int | None = None
) -> list[Problem]:
    """Return what is wrong with a resolved scenario as a whole: gaps, and shares beside 100."""
    table = by_year(scenario)
    problems = [] if until is None else _short_problems(scenario, table, until)
    for variable, years in table.items():
        gap = sorted(set(range(min(years), max(years) + 1)) - _covered(table, variable))
        if gap and not variable.startswith("share_"):
            after = min(year for year in years if year > gap[0])
            wanted = Text(
                f'giá trị của {variable} năm {gap[0]} trong kịch bản "{scenario.name}"',
                f'a value of {variable} for {gap[0]} in scenario "{scenario.name}"',
            )
            missing = f"{gap[0]}: —"
            problems.append(Problem(FILE, years[after].line, "year_from", missing, wanted))
    for year in sorted({y for v, years in table.items() if v.startswith("share_") for y in years}):
        parts = [table.get(f"share_{part}", {}).get(year) for part in (*sectors, TAXES)]
        rows = [part for part in parts if part is not None]
        total = sum(float(row.value) for row in rows)
        if rows and abs(total - 100) > _SHARE_TOLERANCE:
            wanted = Text(
                f'tỷ trọng năm {year} của kịch bản "{scenario.name}" cộng lại bằng 100',
                f'shares of {year} in scenario "{scenario.name}" that add up to 100',
            )
            problems.append(Problem(FILE, rows[-1].line, "value", f"{total:g}", wanted))
    return problems


def _covered(table: Mapping[str, Mapping[int, Assumption]], variable: str) -> set[int]:
    """Return the years for which a variable is given, or the one that may stand in its place."""
    return {*table[variable], *table.get(EITHER.get(variable, ""), ())}


def _short_problems(
    scenario: Scenario, table: Mapping[str, Mapping[int, Assumption]], until: int
) -> list[Problem]:
    """Return the variables that end before `until`: growth that stops leaves no later level."""
    problems = []
    for variable, years in table.items():
        end = max(_covered(table, variable))
        if max(years) == end < until and not variable.startswith("share_"):
            wanted = Text(
                f'giá trị của {variable} đến năm {until} trong kịch bản "{scenario.name}"',
                f'values of {variable} up to {until} in scenario "{scenario.name}"',
            )
            problems.append(Problem(FILE, years[end].line, "year_to", str(end), wanted))
    return problems
