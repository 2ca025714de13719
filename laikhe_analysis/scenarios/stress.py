"""Scenarios under stress: ready-made, each changing one thing."""

from __future__ import annotations

from collections.abc import Mapping

from laikhe_analysis.checks import require
from laikhe_analysis.records import Assumption, Scenario
from laikhe_analysis.scenarios.assumptions import override

__all__ = [
    "stress_tests",
    "with_inflation",
    "with_sector_growth",
    "with_sharing_rule",
    "without_land_sales",
]


def without_land_sales(
    scenario: Scenario, *, years: tuple[int, int] = (2027, 2028), name: str = ""
) -> Scenario:
    """Return the scenario with no land-use fees in `years`, (first, last), both inclusive.

    Examples
    --------
    >>> from laikhe_analysis.scenarios import by_year
    >>> fees = Assumption("land_gross", 2026, 2030, 100, "billion VND/year", "assumption")
    >>> found = by_year(without_land_sales(Scenario("s", (fees,))))["land_gross"]
    >>> [found[year].value for year in range(2026, 2031)]
    [100, 0.0, 0.0, 100, 100]
    """
    change = _assume("land_gross", 0.0, "billion VND/year", years)
    return override(scenario, name or f"{scenario.name}_no_land_{years[0]}_{years[1]}", change)


def with_inflation(
    scenario: Scenario,
    rate: float = 0.06,
    *,
    years: tuple[int, int] = (2027, 2030),
    name: str = "",
) -> Scenario:
    """Return the scenario with prices rising at `rate` from the first to the last of `years`.

    The rate is a fraction per year; 2027 to 2030 unless told, the year under way left as it is.

    Examples
    --------
    >>> [a.value for a in with_inflation(Scenario("s", ())).assumptions]
    [0.06]
    """
    change = _assume("inflation", rate, "fraction/year", years)
    return override(scenario, name or f"{scenario.name}_inflation_{100 * rate:g}", change)


def with_sector_growth(
    scenario: Scenario,
    rates: Mapping[str, float],
    *,
    years: tuple[int, int] = (2027, 2030),
    source_id: str = "",
    name: str = "",
) -> Scenario:
    """Return the scenario with the sectors growing at given rates, such as the city's.

    Parameters
    ----------
    rates : mapping of str to float
        By sector; sectors not named stay. [fraction per year]
    years : (int, int)
        The first and the last, both inclusive; the year under way is left as it is. [year]
    source_id : str
        Where the rates come from. That the commune grows so remains an assumption.

    Examples
    --------
    >>> found = with_sector_growth(Scenario("s", ()), {"industry": 0.14}, source_id="city_2025")
    >>> [(a.variable, a.value, a.origin, a.source_id) for a in found.assumptions]
    [('growth_industry', 0.14, 'assumption', 'city_2025')]
    """
    changes = [
        _assume(f"growth_{sector}", rate, "fraction/year", years, source_id)
        for sector, rate in rates.items()
    ]
    return override(scenario, name or f"{scenario.name}_sector_growth", *changes)


def with_sharing_rule(
    scenario: Scenario, rule: str, *, years: tuple[int, int] = (2026, 2030), name: str = ""
) -> Scenario:
    """Return the scenario under another rule for sharing land-use fees.

    Examples
    --------
    >>> [a.value for a in with_sharing_rule(Scenario("s", ()), "city_2026").assumptions]
    ['city_2026']
    """
    change = _assume("sharing_rule", rule, "rule", years)
    return override(scenario, name or f"{scenario.name}_{rule}", change)


def stress_tests(
    scenario: Scenario,
    *,
    from_year: int = 2027,
    until: int = 2030,
    sector_growth: Mapping[str, float] | None = None,
    sharing_rules: tuple[str, ...] = ("city_2026_full_return", "city_2026_none_returned"),
    source_id: str = "",
) -> dict[str, Scenario]:
    """Return the ready-made stress tests of a scenario, by name.

    Two years without land sales, inflation of 6 %, each of `sharing_rules`, and, where given,
    sectors growing at the rates observed elsewhere. [fraction per year]

    Examples
    --------
    >>> list(stress_tests(Scenario("s", ()), sector_growth={"industry": 0.14}))
    ['no_land', 'inflation', 'city_2026_full_return', 'city_2026_none_returned', 'sector_growth']
    """
    years = (from_year, until)
    freeze = (from_year, min(from_year + 1, until))
    tests = {
        "no_land": without_land_sales(scenario, years=freeze),
        "inflation": with_inflation(scenario, years=years),
    }
    tests |= {rule: with_sharing_rule(scenario, rule, years=years) for rule in sharing_rules}
    if sector_growth:
        tests["sector_growth"] = with_sector_growth(
            scenario, sector_growth, years=years, source_id=source_id
        )
    return tests


def _assume(
    variable: str, value: float | str, unit: str, years: tuple[int, int], source_id: str = ""
) -> Assumption:
    """Return the assumption of a stress test; raise for years that are no span, a rate in per cents."""
    if len(years) != 2:
        raise ValueError(f"`years` must be two years, the first and the last, got {years!r}.")
    if unit == "fraction/year":
        within = abs(float(value)) <= 0.5
        require(within, variable, float(value), "a fraction from -0.5 to 0.5: 12 % is 0.12")
    return Assumption(
        variable, *years, value, unit, "assumption", source_id=source_id, note="stress test"
    )
