"""Scenarios that change other scenarios: inheritance resolved, and everything checked."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from laikhe_analysis.checks import DataError, Problem, nearest
from laikhe_analysis.messages import Text, _
from laikhe_analysis.records import Assumption, Scenario
from laikhe_analysis.scenarios.assumptions import (
    EITHER,
    FILE,
    GROWTH,
    SECTORS,
    SHARE,
    TAXES,
    as_in_file,
    by_year,
    file_unit,
    known_variables,
    override,
)
from laikhe_analysis.series import ORIGINS

__all__ = ["check_scenario", "refusal", "resolve"]

_FASTEST = 0.5  # fraction a year: beyond, a rate is a slip of the comma or another figure
_MOST_FEES, _MOST_BUOYANT = 100_000, 5  # billion VND a year; ratio: likewise
_SHARE_TOLERANCE = 0.0005  # fraction: what rounding to two decimals of a per cent can leave over
_Row = tuple[str, str, Assumption | None]
_Wrong = Callable[[str, object, Text], Problem]


def resolve(
    rows: Iterable[_Row], *, sectors: Sequence[str] = SECTORS, until: int | None = None
) -> dict[str, Scenario]:
    """Return the scenarios of a file by name, inheritance resolved and everything checked.

    Parameters
    ----------
    rows : iterable of (scenario, inherits, Assumption or None)
        The rows in file order, rates and shares as fractions. `inherits` is the scenario that this
        one changes ("as co_so, but ..."), or "". A row without an assumption only names the
        scenario and its parent.
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
    >>> unit = "fraction/year"
    >>> rows = [("base", "", Assumption("inflation", 2026, 2030, 0.035, unit, "press", line=2)),
    ...         ("hot", "base", Assumption("inflation", 2027, 2027, 0.06, unit, "press", line=3))]
    >>> [a.value for a in by_year(resolve(rows)["hot"])["inflation"].values()]
    [0.035, 0.035, 0.035, 0.035, 0.06]
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
    DataError, ValueError
        As `resolve`, for one scenario whose inheritance is resolved; a ValueError where its wrong
        rows are of no file.
    """
    entry = _Entry(scenario.name, "", list(scenario.assumptions), None)
    problems = _own_problems(entry, sectors) or _whole_problems(scenario, sectors)
    if problems:
        raise refusal(problems)


def refusal(problems: Sequence[Problem]) -> ValueError:
    """Return the error that tells problems of a scenario; no file where none was read from one.

    Examples
    --------
    >>> one = Problem(FILE, None, "variable", "inflaton", Text("một tên biến", "a variable"))
    >>> refusal([one]).args
    ("a scenario's `variable`: wanted a variable, got inflaton.",)
    """
    if any(problem.line is not None for problem in problems):
        return DataError(problems)
    told = (f"a scenario's `{p.column}`: wanted {p.wanted.en}, got {p.got}." for p in problems)
    return ValueError("\n".join(told))


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
    parents = {name: Counter[str]() for name, _parent, _row in rows}
    for name, inherits, _row in rows:
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
        return _("một kịch bản không kế thừa chính nó")
    if inherits not in chosen:
        guess = nearest(inherits, chosen) or ", ".join(chosen)
        return _("một kịch bản có trong tệp: {guess}", guess=guess)
    if inherits != chosen[name]:
        return _(
            'kịch bản "{name}" chỉ kế thừa một kịch bản: "{chosen}"', name=name, chosen=chosen[name]
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
            wanted = _("một kịch bản không kế thừa chính nó ({loop})", loop=loop)
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
            wanted = _(
                "một giá trị cho {variable} năm {year}; dòng {line} đã cho {value}",
                variable=first.variable, year=years[0], line=first.line,
                value=str(_shown(first).value),
            )  # fmt: skip
            got = f"{second.variable} = {_shown(second).value}"
            problems.append(Problem(FILE, second.line, "value", got, wanted))
    return problems


def _row_problem(one: Assumption, known: Mapping[str, tuple[str, ...]]) -> Problem | None:
    """Return the first thing that is wrong with one row, or None."""

    def wrong(column: str, got: object, wanted: Text) -> Problem:
        return Problem(FILE, one.line, column, str(got), wanted)

    if one.variable not in known:
        guess = nearest(one.variable, known)
        names = guess or ", ".join(known)
        return wrong("variable", one.variable, _("một tên biến: {names}", names=names))
    if one.unit not in known[one.variable]:
        units = " / ".join(known[one.variable] if one.line is None else
                           map(file_unit, known[one.variable]))  # fmt: skip
        return wrong("unit", _shown(one).unit, _("đơn vị {units}", units=units))
    if one.origin not in ORIGINS:
        names = ", ".join(ORIGINS)
        return wrong("origin", one.origin, _("một trong: {names}", names=names, context="origin"))
    if one.year_from > one.year_to:
        years = f"{one.year_from}-{one.year_to}"
        return wrong("year_to", years, _("năm cuối không trước năm đầu"))
    return _value_problem(one, wrong)


def _value_problem(one: Assumption, wrong: _Wrong) -> Problem | None:
    """Return what is wrong with the value of a row whose variable and unit are known."""
    problem: Problem | None = None
    if one.variable == "sharing_rule":
        if not isinstance(one.value, str) or not one.value:
            problem = wrong("value", one.value, _("tên một quy định điều tiết"))
    elif isinstance(one.value, str) or not math.isfinite(one.value):
        problem = wrong("value", one.value, _("một số"))
    elif one.unit == GROWTH and not abs(one.value) <= _FASTEST:
        problem = wrong("value", f"{_shown(one).value:g}", _GROWTHS[one.line is not None])
    elif one.unit == SHARE and not 0 <= one.value <= 1:
        problem = wrong("value", _shown(one).value, _SHARES[one.line is not None])
    elif one.unit == SHARE and one.year_from != one.year_to:
        years = f"{one.year_from}-{one.year_to}"
        problem = wrong("year_to", years, _("tỷ trọng của một năm"))
    elif one.variable == "land_gross" and not 0 <= one.value <= _MOST_FEES:
        wanted = _("số thu từ 0 đến {most} tỷ đồng", most=_MOST_FEES)
        problem = wrong("value", f"{one.value:g}", wanted)
    elif one.variable == "buoyancy" and not 0 <= one.value <= _MOST_BUOYANT:
        wanted = _("tỷ số từ 0 đến {most} (thường quanh 1)", most=_MOST_BUOYANT)
        problem = wrong("value", f"{one.value:g}", wanted)
    return problem


_GROWTHS = (
    _("tốc độ tăng từ -0,5 đến 0,5 một năm (12 % là 0,12)"),
    _("tốc độ tăng từ -50 đến 50 %/năm (9,3 % ghi là 9.3; không phải tỷ trọng hay mức)"),
)
_SHARES = (
    _("tỷ trọng từ 0 đến 1 (40 % là 0,4)"),
    _("tỷ trọng từ 0 đến 100 %"),
)


def _shown(one: Assumption) -> Assumption:
    """Return an assumption as whoever wrote it knows it: in per cent where it is of a file."""
    return one if one.line is None else as_in_file(one)


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
            wanted = _(
                'giá trị của {variable} năm {year} trong kịch bản "{name}"',
                variable=variable,
                year=gap[0],
                name=scenario.name,
            )
            missing = f"{gap[0]}: —"
            problems.append(Problem(FILE, years[after].line, "year_from", missing, wanted))
    for year in sorted({y for v, years in table.items() if v.startswith("share_") for y in years}):
        parts = [table.get(f"share_{part}", {}).get(year) for part in (*sectors, TAXES)]
        rows = [part for part in parts if part is not None]
        total = sum(float(row.value) for row in rows)
        if rows and abs(total - 1) > _SHARE_TOLERANCE:
            whole = 1 if rows[-1].line is None else 100
            wanted = _(
                'tỷ trọng năm {year} của kịch bản "{name}" cộng lại bằng {whole}',
                year=year,
                name=scenario.name,
                whole=whole,
            )
            problems.append(Problem(FILE, rows[-1].line, "value", f"{whole * total:g}", wanted))
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
            wanted = _(
                'giá trị của {variable} đến năm {until} trong kịch bản "{name}"',
                variable=variable,
                until=until,
                name=scenario.name,
            )
            problems.append(Problem(FILE, years[end].line, "year_to", str(end), wanted))
    return problems
