"""What a scenario may assume: names and units; and what holds in which year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from laikhe_analysis.records import Assumption, Scenario

__all__ = [
    "EITHER",
    "FILE",
    "GROWTH",
    "SECTORS",
    "SHARE",
    "TAXES",
    "VARIABLES",
    "as_in_file",
    "by_year",
    "file_unit",
    "from_file",
    "known_variables",
    "odd_sectors",
    "override",
]

FILE = "scenarios.csv"
SECTORS = ("industry", "services", "agriculture")
TAXES = "product_taxes"
GROWTH, SHARE = "fraction/year", "fraction"
VARIABLES: dict[str, tuple[str, ...]] = {
    "inflation": (GROWTH,),
    "product_deflator": (GROWTH,),
    "population_growth": (GROWTH,),
    "income_growth_real": (GROWTH,),
    "revenue_growth": (GROWTH,),
    "buoyancy": ("ratio",),
    "assigned_growth": (GROWTH,),
    "crop_value_growth": (GROWTH,),
    "land_gross": ("billion VND/year", "billion VND"),
    "sharing_rule": ("rule",),
}
"""Variables of every scenario beside `growth_<sector>` and `share_<sector>`, with their units."""

EITHER = {"revenue_growth": "buoyancy", "buoyancy": "revenue_growth"}
_PER_CENT = {GROWTH: "%/year", SHARE: "%"}


def file_unit(unit: str) -> str:
    """Return the unit under which a file has what Python has as a fraction.

    Examples
    --------
    >>> file_unit("fraction/year"), file_unit("ratio")
    ('%/year', 'ratio')
    """
    return _PER_CENT.get(unit, unit)


def from_file(one: Assumption) -> Assumption:
    """Return an assumption as Python has it: per cents become fractions.

    Examples
    --------
    >>> found = from_file(Assumption("inflation", 2026, 2030, 3.5, "%/year", "press"))
    >>> found.value, found.unit
    (0.035, 'fraction/year')
    """
    units = {in_file: unit for unit, in_file in _PER_CENT.items()}
    if one.unit not in units:
        return one
    return replace(one, value=_times(one.value, -2), unit=units[one.unit])


def as_in_file(one: Assumption) -> Assumption:
    """Return an assumption as a file has it: fractions become per cents.

    Examples
    --------
    >>> as_in_file(Assumption("share_a", 2025, 2025, 0.577, "fraction", "press")).value
    57.7
    """
    if one.unit not in _PER_CENT:
        return one
    return replace(one, value=_times(one.value, 2), unit=_PER_CENT[one.unit])


def _times(value: float | str, power: int) -> float | str:
    """Return a number with its decimal point moved, the digits as they are written."""
    if isinstance(value, str):
        return value
    return float(Decimal(repr(float(value))).scaleb(power))


def known_variables(sectors: Sequence[str] = SECTORS) -> dict[str, tuple[str, ...]]:
    """Return every variable that a scenario may hold, with the units allowed for it.

    Parameters
    ----------
    sectors : sequence of str
        The commune's sectors; product taxes are always allowed beside them.

    Examples
    --------
    >>> known_variables(["farming"])["share_farming"]
    ('fraction',)
    """
    parts = (*sectors, TAXES)
    growth = {f"growth_{part}": (GROWTH,) for part in parts}
    return growth | {f"share_{part}": (SHARE,) for part in parts} | VARIABLES


def odd_sectors(sectors: Sequence[str]) -> dict[int, str]:
    """Return the sectors that no variable can be named after, or named before, by their place.

    Examples
    --------
    >>> odd_sectors(["industry", "Dịch vụ", "industry", "product_taxes"])
    {2: 'Dịch vụ', 3: 'industry', 4: 'product_taxes'}
    """
    return {
        place: name
        for place, name in enumerate(sectors, 1)
        if not re.fullmatch("[a-z][a-z0-9_]*", name)
        or name in ("total", "total_product", TAXES)
        or name in sectors[: place - 1]
    }


def by_year(scenario: Scenario) -> dict[str, dict[int, Assumption]]:
    """Return the assumption that holds, by variable and year.

    Examples
    --------
    >>> rate = Assumption("inflation", 2026, 2027, 0.035, "fraction/year", "press")
    >>> {year: a.value for year, a in by_year(Scenario("base", (rate,)))["inflation"].items()}
    {2026: 0.035, 2027: 0.035}
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
    ...     Assumption("revenue_growth", 2028, 2030, 0.08, "fraction/year", "assumption"))
    >>> [(a.variable, a.year_from, a.year_to) for a in new.assumptions]
    [('buoyancy', 2026, 2027), ('revenue_growth', 2028, 2030)]
    """
    rivals = [replace(c, variable=EITHER[c.variable]) for c in changes if c.variable in EITHER]
    cleared = scenario.but(name, *rivals)
    kept = tuple(one for one in cleared.assumptions if not any(one is rival for rival in rivals))
    return replace(Scenario(name, kept).but(name, *changes), inherits=scenario.name)
