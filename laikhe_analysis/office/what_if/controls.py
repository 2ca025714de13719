"""What can be moved on the what-if page of a commune, and what a move makes of a scenario.

A control that was not touched leaves the scenario as it is, year by year; one that was gives the
same value to every year of the plan, and to every open year where it is about selling land. Controls
are in per cent, as the files are; what they make of a scenario is in fractions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from laikhe_analysis.checks import Text, check_choice
from laikhe_analysis.data import Dataset
from laikhe_analysis.office.summary import mean_rate_of
from laikhe_analysis.office.what_if.entries import LAND_TEXTS, Control, EntryError
from laikhe_analysis.office.what_if.land import Land, fees, land_of, rules
from laikhe_analysis.records import Assumption, Scenario
from laikhe_analysis.scenarios import Projection, by_year, from_file, override, project
from laikhe_analysis.vietnamese import words

__all__ = [
    "TRIED",
    "Settings",
    "changes",
    "controls",
    "controls_of",
    "land_tried",
    "project_one",
    "rest_of_shares",
    "tried_scenario",
]

TRIED = "phương án đang thử"
"""Name of a scenario that is not kept."""

NOTE = "thử trên trang “Nếu … thì sao”"
_RATES = {
    "inflation": ("price_index", Text("giá tiêu dùng", "consumer prices"), 0.0, 12.0),
    "revenue_growth": (
        "recurrent_revenue", Text("thu, không kể tiền đất", "revenue without land"), -5.0, 25.0,
    ),
    "income_growth_real": (
        "income_per_capita_real", Text("thu nhập thực tế", "real income"), -5.0, 20.0,
    ),
}  # fmt: skip
"""What each rate moves, its name, and the ends of its slider. [%/year]"""


@dataclass(frozen=True)
class Settings:
    """What is tried: a scenario, and what was moved away from it.

    Parameters
    ----------
    scenario : str
        The scenario that everything not moved follows.
    values : mapping of str to float
        By name of the control, only what was moved. [unit of the control]
    rule, pace : str
        Sharing rule and pace of land sales; "" where not moved.
    """

    scenario: str
    values: Mapping[str, float] = field(default_factory=dict)
    rule: str = ""
    pace: str = ""


def project_one(data: Dataset, scenario: str | Scenario) -> Projection:
    """Return the projection of a scenario with the folder's baseline and rules.

    Raises
    ------
    ValueError
        If there is no such scenario.
    """
    if isinstance(scenario, str):
        scenario = data.assumed[check_choice("scenario", scenario, list(data.assumed))]
    until, region = data.commune.target_year, data.commune.name
    return project(data.baseline(), scenario, until=until, region=region, rules=data.rules)


def controls(data: Dataset, scenario: str) -> tuple[Control, ...]:
    """Return the numbers of a commune that can be moved; those that make no sense are absent.

    Growth by sector, shares of all sectors but the last (which takes the rest), inflation, growth
    of revenue and of real income, and land, its price and the part sold where a sharing rule holds.

    Raises
    ------
    ValueError
        If there is no such scenario.
    """
    return controls_of(data, project_one(data, scenario))


def controls_of(data: Dataset, base: Projection) -> tuple[Control, ...]:
    """Return the numbers that can be moved, from the scenario's projection; see `controls`."""
    return tuple(_controls(data, base))


def _controls(data: Dataset, base: Projection) -> Iterator[Control]:
    parts = base.parts
    for part in (part for part in parts if not _is_known(base, part)):
        start = 100 * mean_rate_of(base, f"product_{part}")
        yield _rate(f"growth_{part}", "product", words(part), start)
    for part in parts[:-1] if _has_free_shares(base) else ():
        name, start = f"share_{part}", _share(base, part)
        yield Control(name, "shares", words(part), "%", 0, 100, 0.1, 0, 100, start)
    for name, (variable, text, *ends) in _RATES.items():
        if variable in base.paths:
            yield _rate(name, "money", text, 100 * mean_rate_of(base, variable), *ends)
    if rules(data):
        yield from _land_controls(land_of(data, base.scenario))


def _rate(
    name: str, group: str, text: Text, start: float, low: float = -5.0, high: float = 25.0
) -> Control:
    """Return the control of a yearly rate; its slider always holds the start."""
    low, high = min(low, float(int(start) - 1)), max(high, float(int(start) + 1))
    return Control(name, group, text, "%/year", low, high, 0.1, -50, 100, round(start, 9))


def _land_controls(land: Land) -> Iterator[Control]:
    area, price = max(60.0, 20.0 * (land.area_ha // 10)), max(40.0, 30.0 * (land.price // 10))
    offered, paid, part = LAND_TEXTS.values()
    yield Control("area_ha", "land", offered, "ha", 0, area, 0.1, 0, 3000, land.area_ha)
    yield Control("price", "land", paid, "million VND/m2", 1, price, 0.1, 0.1, 1000, land.price)
    yield Control("sold", "land", part, "%", 0, 100, 1, 0, 100, land.sold)


def _is_known(base: Projection, part: str) -> bool:
    """Return whether every year of a sector is known, so that no assumption counts."""
    known = {*base.baseline.held(f"product_{part}"), *base.baseline.held(f"growth_{part}")}
    return set(base.years[1:]) <= known


def _has_free_shares(base: Projection) -> bool:
    """Return whether the structure of the base year is an assumption, not a known level."""
    parts, assumed = base.parts, by_year(base.scenario)
    levels = all(f"product_{part}" in base.baseline.levels for part in parts)
    return len(parts) > 1 and not levels and all(f"share_{part}" in assumed for part in parts)


def rest_of_shares(data: Dataset, settings: Settings) -> tuple[str, float] | None:
    """Return the sector that takes the rest of the structure, and what is left for it. [%]

    None where the structure cannot be moved. The rest is negative where the others exceed 100.
    """
    shares = _shares(project_one(data, settings.scenario), settings)
    return list(shares.items())[-1] if shares else None


def _shares(base: Projection, settings: Settings) -> dict[str, float]:
    """Return the structure that the settings make, empty where it cannot be moved. [%]"""
    if not _has_free_shares(base):
        return {}
    *parts, last = base.parts
    shares = {part: settings.values.get(f"share_{part}", _share(base, part)) for part in parts}
    return shares | {last: round(100 - sum(shares.values()), 9)}


def _share(base: Projection, part: str) -> float:
    """Return the share of a sector in the base year. [%]"""
    return round(100 * base.value(f"share_{part}", base.years[0]), 9)


def changes(data: Dataset, settings: Settings) -> tuple[Assumption, ...]:
    """Return what the settings assume otherwise than their scenario does.

    Raises
    ------
    ValueError
        If there is no such scenario, rule or pace.
    EntryError
        If the shares leave less than nothing for the last sector.
    """
    base = project_one(data, settings.scenario)
    known, span = by_year(base.scenario), (base.years[1], base.years[-1])
    found = [
        from_file(Assumption(name, *span, value, "%/year", "assumption", note=NOTE))
        for name, value in settings.values.items()
        if not name.startswith("share_") and name not in LAND_TEXTS
    ]
    found += _share_changes(base, settings)
    if rules(data):
        found += _land_changes(data, base.scenario, settings)
    return tuple(one for one in found if not _is_same(one, known))


def _is_same(one: Assumption, known: Mapping[str, Mapping[int, Assumption]]) -> bool:
    """Return whether an assumption says what the scenario says anyhow."""
    years = known.get(one.variable, {})
    span = range(one.year_from, one.year_to + 1)
    return all(year in years and years[year].value == one.value for year in span)


def _share_changes(base: Projection, settings: Settings) -> list[Assumption]:
    """Return the structure of the base year, where any part of it was moved."""
    if not any(name.startswith("share_") for name in settings.values):
        return []
    shares, year = _shares(base, settings), base.years[0]
    if min(shares.values(), default=0.0) < -1e-9:
        wanted = Text("các tỷ trọng cộng lại vượt 100%", "the shares add up to more than 100 %")
        raise EntryError(wanted)
    return [
        from_file(
            Assumption(f"share_{part}", year, year, max(x, 0.0), "%", "assumption", note=NOTE)
        )
        for part, x in shares.items()
    ]


def land_tried(data: Dataset, settings: Settings) -> Land:
    """Return the land of the settings' scenario with what was moved."""
    land = land_of(data, data.assumed[settings.scenario])
    area, price, sold = (settings.values.get(name, getattr(land, name)) for name in LAND_TEXTS)
    return replace(land, area_ha=area, price=price, sold=sold)


def _moved_land(settings: Settings) -> Sequence[str]:
    return [name for name in LAND_TEXTS if name in settings.values]


def _land_changes(data: Dataset, base: Scenario, settings: Settings) -> list[Assumption]:
    """Return the rule and the fees by year that were moved.

    Fees need land: where the scenario has none, a price alone makes no money.
    """
    usable, rule, found = rules(data), settings.rule, list[Assumption]()
    land, first = land_tried(data, settings), data.commune.base_year + 1
    if (settings.pace or _moved_land(settings)) and (land.area_ha or "area_ha" in settings.values):
        found = fees(land, settings.pace or "even", first, NOTE)
        rule = rule or ("" if "sharing_rule" in by_year(base) else usable[0])
    if rule:
        name = check_choice("rule", rule, usable)
        span = first, data.commune.target_year
        found.append(Assumption("sharing_rule", *span, name, "rule", "assumption", note=NOTE))
    return found


def tried_scenario(data: Dataset, settings: Settings, name: str = TRIED) -> Scenario:
    """Return the scenario that the settings make; their scenario itself where nothing differs.

    Raises
    ------
    ValueError
        As `changes`.
    """
    found = changes(data, settings)
    base = data.assumed[settings.scenario]
    return override(base, name, *found) if found else base
