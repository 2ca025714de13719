"""What a scenario may assume: names and units; and what holds in which year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from laikhe_analysis.records import Assumption, Scenario

__all__ = [
    "EITHER",
    "FILE",
    "SECTORS",
    "TAXES",
    "VARIABLES",
    "by_year",
    "known_variables",
    "odd_sectors",
    "override",
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

EITHER = {"revenue_growth": "buoyancy", "buoyancy": "revenue_growth"}


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
    rivals = [replace(c, variable=EITHER[c.variable]) for c in changes if c.variable in EITHER]
    cleared = scenario.but(name, *rivals)
    kept = tuple(one for one in cleared.assumptions if not any(one is rival for rival in rivals))
    return replace(Scenario(name, kept).but(name, *changes), inherits=scenario.name)
