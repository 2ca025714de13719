"""If this were otherwise, what then: settings in, everything that they change out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from laikhe_analysis.checks import Text
from laikhe_analysis.data import Dataset
from laikhe_analysis.investment.requirements import Requirement, requirement
from laikhe_analysis.land import required_area
from laikhe_analysis.monitor.boards import ECONOMIC
from laikhe_analysis.monitor.measures import measure
from laikhe_analysis.office.board.standing import outlook_of, price_index
from laikhe_analysis.office.invest.view import STREAM
from laikhe_analysis.office.summary import Division, bare_division
from laikhe_analysis.office.what_if.controls import (
    Settings,
    controls_of,
    land_tried,
    project_one,
    tried_scenario,
)
from laikhe_analysis.office.what_if.figures import Figure, figures_of
from laikhe_analysis.office.what_if.land import Land, rules
from laikhe_analysis.records import Scenario, Target
from laikhe_analysis.scenarios import Projection, by_year
from laikhe_analysis.series import AnnualSeries
from laikhe_analysis.targets import Assessment, assess

__all__ = ["Answer", "Figure", "Line", "Sales", "answer"]


@dataclass(frozen=True)
class Line:
    """One economic target: where the scenario leads, and where what is tried leads.

    `before` and `now` are assessments of the last year, None with a `reason` where nothing on the
    page measures the target.
    """

    target: Target
    before: Assessment | None
    now: Assessment | None
    reason: Text | None = None


@dataclass(frozen=True)
class Sales:
    """What the sale of land brings under one sharing rule. Money in billion VND.

    `by_year` holds fees and what the commune keeps of them; `need` what the plan's investment total
    asks of the open years, `need_ha` the land for it at this price and part sold; `bare` the
    division that the page on investment leads with.
    """

    land: Land
    rule: str
    by_year: dict[int, tuple[float, float | None]]
    need: Requirement | None
    need_ha: float | None
    bare: Division | None = None


@dataclass(frozen=True)
class Answer:
    """Everything that the settings change.

    Parameters
    ----------
    settings : Settings
    scenario : Scenario
        What the settings make; the scenario itself where nothing differs.
    before, now : Projection
    lines : tuple of Line
        The economic targets, in the plan's order.
    figures : tuple of Figure
    structure : dict of str to (float, float, float)
        Share of every sector in the base year as tried, and in the last year before and now. [%]
    sales : Sales or None
        None where no sharing rule is known.
    starts : dict of str to float
        Where the scenario has the numbers that were moved. [unit of the control]
    """

    settings: Settings
    scenario: Scenario
    before: Projection
    now: Projection
    lines: tuple[Line, ...]
    figures: tuple[Figure, ...]
    structure: dict[str, tuple[float, float, float]]
    sales: Sales | None
    starts: dict[str, float] = field(default_factory=dict)

    @property
    def origin(self) -> str:
        """The weakest origin of the numbers tried."""
        return self.now.origin

    def figure(self, key: str) -> Figure:
        """Return the figure of that key.

        Raises
        ------
        KeyError
            If there is none.
        """
        return {figure.key: figure for figure in self.figures}[key]

    def line(self, role: str) -> Line:
        """Return the line of the target of that role.

        Raises
        ------
        KeyError
            If there is none.
        """
        return {line.target.role: line for line in self.lines}[role]


def answer(data: Dataset, settings: Settings) -> Answer:
    """Return everything that the settings change, against their scenario as it stands.

    Parameters
    ----------
    data : Dataset
    settings : Settings

    Raises
    ------
    ValueError
        If there is no such scenario, rule or pace.
    EntryError
        If the shares leave less than nothing for the last sector.
    """
    scenario = tried_scenario(data, settings)
    before, now = project_one(data, settings.scenario), project_one(data, scenario)
    sales = _sales(data, settings, now)
    return Answer(
        settings, scenario, before, now,
        tuple(_lines(data, before, now)),
        tuple(figures_of(data, before, now)),
        _structure(before, now), sales,
        {c.name: c.start for c in controls_of(data, before) if c.name in settings.values},
    )  # fmt: skip


def _lines(data: Dataset, before: Projection, now: Projection) -> Iterator[Line]:
    """Return the economic targets that everybody may see."""
    prices, outlooks = price_index(data), [_outlook(data, p) for p in (before, now)]
    for target in data.plan.targets:
        if target.group in ECONOMIC and target.access == "public":
            series = [measure(target, outlook, prices=prices) for outlook in outlooks]
            found = [None if one is None else _assessed(target, one) for one in series]
            yield Line(target, found[0], found[1], _why_not(target, now, found[1]))


def _assessed(target: Target, series: AnnualSeries) -> Assessment:
    """Return where a target stands when its period is over, so that no yearly profile matters."""
    years = target.target_year - target.base_year
    return assess(
        target, series, profile=[1 / years] * years if target.kind == "cumulative" else None
    )


def _outlook(data: Dataset, projection: Projection) -> dict[str, AnnualSeries]:
    """Return a projection's series by the name under which `measure` finds them.

    The investment total is taken to count the land-use fees that the commune has to spend.
    """
    found = dict(outlook_of(data.plan, projection))
    revenue, investment = (
        data.plan.role("revenue", "annual_ratio"),
        data.plan.role("investment_land"),
    )
    if revenue is not None and "collected_over_assigned" in projection.paths:
        ratio = projection.path("collected_over_assigned")
        percent = tuple(100 * value for value in ratio.values)
        found[revenue.target_id] = replace(ratio, values=percent, unit=revenue.unit)
    if investment is not None and "land_retained" in projection.paths:
        found[investment.target_id] = projection.path("land_retained")
    return found


_NOT_HERE = Text("không tính từ các giả định của trang này", "not computed from this page")
_USES = {"revenue": "collected_over_assigned", "investment_land": "land_retained"}


def _why_not(target: Target, now: Projection, found: Assessment | None) -> Text | None:
    """Return why a target has no class, None where it has one."""
    if found is not None:
        return found.reason if found.status == "not_assessed" else None
    return now.missing.get(_USES.get(target.role, ""), _NOT_HERE)


def _structure(before: Projection, now: Projection) -> dict[str, tuple[float, float, float]]:
    """Return the shares of the sectors: base year as tried, last year before and now. [%]"""
    names = [name for name in now.paths if name.startswith("share_") and name in before.paths]
    first, last = now.years[0], now.years[-1]
    return {
        name.removeprefix("share_"): (
            100 * now.value(name, first), 100 * before.value(name, last), 100 * now.value(name, last)
        )
        for name in names
    }  # fmt: skip


def _sales(data: Dataset, settings: Settings, now: Projection) -> Sales | None:
    """Return what the sale of land brings, and what the investment total asks of it."""
    usable, target = rules(data), data.plan.role("investment_land")
    if not usable:
        return None
    land, assumed = land_tried(data, settings), by_year(now.scenario).get("sharing_rule", {})
    name = settings.rule or next((str(one.value) for one in assumed.values()), usable[0])
    fees, kept = (now.paths.get(one) for one in ("land_revenue", "land_retained"))
    have = dict(zip(kept.years, kept.values, strict=True)) if kept else {}
    pairs = zip(fees.years, fees.values, strict=True) if fees else ()
    by_year_ = {year: (value, have.get(year)) for year, value in pairs if year > now.years[0]}
    if target is None or name not in usable:
        return Sales(land, name, by_year_, None, None)
    got = sum(have.get(year) or 0.0 for year in now.baseline.held("land_revenue"))
    need = requirement(
        target.weaker_end, data.rules[name], years=now.years[1:], stream=STREAM,
        left_from=land.years[0], received=got,
    )  # fmt: skip
    gross = (need.left_gross_per_year or 0.0) * len(need.left_years)
    able = need.left_gross_per_year is not None and land.sold > 0
    area = required_area(gross, land.price, sold=land.sold / 100) / 1e4 if able else None
    return Sales(land, name, by_year_, need, area, bare_division(data))
