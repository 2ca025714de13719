"""What a scenario may assume: the names, units and ranges, and inheritance between scenarios."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from laikhe_analysis.checks import DataError, Problem, Text, nearest
from laikhe_analysis.records import Assumption, Scenario
from laikhe_analysis.series import ORIGINS

__all__ = [
    "SECTORS",
    "TAXES",
    "VARIABLES",
    "by_year",
    "check_scenario",
    "known_variables",
    "override",
    "resolve",
]

FILE = "scenarios.csv"
SECTORS = ("industry", "services", "agriculture")
TAXES = "product_taxes"
VARIABLES: dict[str, tuple[str, ...]] = {
    "inflation": ("%/year",),
    "population_growth": ("%/year",),
    "income_growth_real": ("%/year",),
    "revenue_growth": ("%/year",),
    "buoyancy": ("ratio",),
    "assigned_growth": ("%/year",),
    "crop_value_growth": ("%/year",),
    "land_gross": ("billion VND/year", "billion VND"),
    "sharing_rule": ("rule",),
}
"""Variables of every scenario beside `growth_<sector>` and `share_<sector>`, with their units."""

_EITHER = {"revenue_growth": "buoyancy", "buoyancy": "revenue_growth"}
_SHARE_TOLERANCE = 0.05  # percentage points: what rounding to two decimals can leave over
_Row = tuple[str, str, Assumption | None]
_Wrong = Callable[[str, object, str, str], Problem]


def known_variables(sectors: Sequence[str] = SECTORS) -> dict[str, tuple[str, ...]]:
    """Return every variable that a scenario may hold, with the units allowed for it.

    Parameters
    ----------
    sectors : sequence of str
        The commune's sectors; product taxes are always allowed beside them.

    Examples
    --------
    >>> known_variables(["farming"])["share_farming"]
    ('%',)
    """
    parts = (*sectors, TAXES)
    growth = {f"growth_{part}": ("%/year",) for part in parts}
    return growth | {f"share_{part}": ("%",) for part in parts} | VARIABLES


def by_year(scenario: Scenario) -> dict[str, dict[int, Assumption]]:
    """Return the assumption that holds, by variable and year.

    Examples
    --------
    >>> base = Scenario("base", (Assumption("inflation", 2026, 2027, 3.5, "%/year", "press"),))
    >>> {year: a.value for year, a in by_year(base)["inflation"].items()}
    {2026: 3.5, 2027: 3.5}
    """
    table: dict[str, dict[int, Assumption]] = {}
    for one in scenario.assumptions:
        years = table.setdefault(one.variable, {})
        years.update(dict.fromkeys(range(one.year_from, one.year_to + 1), one))
    return table


def override(scenario: Scenario, name: str, *changes: Assumption) -> Scenario:
    """Return the scenario with `changes` in place of what they cover, under a new name.

    Revenue grows either by `revenue_growth` or by `buoyancy`: a change of the one also takes the
    other out of the years that it covers, so that no change is without effect.

    Examples
    --------
    >>> base = Scenario("base", (Assumption("buoyancy", 2026, 2030, 1, "ratio", "assumption"),))
    >>> new = override(base, "new",
    ...     Assumption("revenue_growth", 2028, 2030, 8, "%/year", "assumption"))
    >>> [(a.variable, a.year_from, a.year_to) for a in new.assumptions]
    [('buoyancy', 2026, 2027), ('revenue_growth', 2028, 2030)]
    """
    rivals = [replace(c, variable=_EITHER[c.variable]) for c in changes if c.variable in _EITHER]
    cleared = scenario.but(name, *rivals)
    kept = tuple(one for one in cleared.assumptions if not any(one is rival for rival in rivals))
    return replace(Scenario(name, kept).but(name, *changes), inherits=scenario.name)


def resolve(rows: Iterable[_Row], *, sectors: Sequence[str] = SECTORS) -> dict[str, Scenario]:
    """Return the scenarios of a file by name, inheritance resolved and everything checked.

    Parameters
    ----------
    rows : iterable of (scenario, inherits, Assumption or None)
        The rows in file order. `inherits` is the scenario that this one changes ("as co_so, but
        ..."), or "". A row without an assumption only names the scenario and its parent.
    sectors : sequence of str
        The commune's sectors, which name the variables `growth_<sector>` and `share_<sector>`.

    Raises
    ------
    DataError
        With every problem: an unknown variable, a wrong unit, origin or range, a year that is
        missing or has two values, a growth of -100 % or less, shares that do not add up to 100, an
        unknown parent, or a scenario that inherits from itself.

    Examples
    --------
    >>> rows = [("base", "", Assumption("inflation", 2026, 2030, 3.5, "%/year", "press", line=2)),
    ...         ("hot", "base", Assumption("inflation", 2027, 2027, 6, "%/year", "assumption",
    ...                                    line=3))]
    >>> [a.value for a in by_year(resolve(rows)["hot"])["inflation"].values()]
    [3.5, 3.5, 3.5, 3.5, 6]
    """
    files = _group(rows)
    problems = [p for entry in files.values() for p in _own_problems(entry, sectors)]
    problems += _parent_problems(files)
    if problems:
        raise DataError(sorted(problems, key=lambda p: p.line or 0))
    scenarios: dict[str, Scenario] = {}
    for name in files:
        _resolve_one(name, files, scenarios)
    whole = [p for scenario in scenarios.values() for p in _whole_problems(scenario, sectors)]
    if whole:
        raise DataError(dict.fromkeys(whole))
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


def _group(rows: Iterable[_Row]) -> dict[str, _Entry]:
    """Return the rows by scenario."""
    files: dict[str, _Entry] = {}
    problems = []
    for name, inherits, assumption in rows:
        line = assumption.line if assumption else None
        entry = files.setdefault(name, _Entry(name, inherits, [], line))
        if inherits and entry.inherits and inherits != entry.inherits:
            wanted = Text(
                f'kịch bản "{name}" chỉ kế thừa một kịch bản: "{entry.inherits}"',
                f'one parent for scenario "{name}": "{entry.inherits}"',
            )
            problems.append(Problem(FILE, line, "inherits", inherits, wanted))
        entry.inherits = entry.inherits or inherits
        if assumption is not None:
            entry.own.append(assumption)
    if problems:
        raise DataError(problems)
    return files


def _parent_problems(files: Mapping[str, _Entry]) -> list[Problem]:
    """Return what is wrong with who inherits from whom."""
    problems = []
    for entry in files.values():
        seen, name = [entry.name], entry.inherits
        while name and name in files and name not in seen:
            seen.append(name)
            name = files[name].inherits
        if name and name not in files and len(seen) == 1:
            guess = nearest(name, files) or ", ".join(files)
            wanted = Text(f"một kịch bản có trong tệp: {guess}", f"a scenario of the file: {guess}")
            problems.append(Problem(FILE, entry.line, "inherits", name, wanted))
        elif name == entry.name:
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
        rivals = _EITHER.get(first.variable) == second.variable
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
    elif one.unit == "%/year" and one.value <= -100:
        problem = wrong("value", one.value, "tốc độ tăng trên -100 %", "a growth above -100 %")
    elif one.unit == "%" and not 0 <= one.value <= 100:
        problem = wrong("value", one.value, "tỷ trọng từ 0 đến 100 %", "a share of 0 to 100 %")
    elif one.unit == "%" and one.year_from != one.year_to:
        years = f"{one.year_from}-{one.year_to}"
        problem = wrong("year_to", years, "tỷ trọng của một năm", "a share of one year")
    elif one.variable == "land_gross" and one.value < 0:
        problem = wrong("value", one.value, "số thu từ 0 trở lên", "a revenue of 0 or more")
    return problem


def _whole_problems(scenario: Scenario, sectors: Sequence[str]) -> list[Problem]:
    """Return what is wrong with a resolved scenario as a whole: gaps, and shares beside 100."""
    problems = []
    table = by_year(scenario)
    for variable, years in table.items():
        gap = sorted(set(range(min(years), max(years) + 1)) - set(years))
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
