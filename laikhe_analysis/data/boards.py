"""Where the plan of a folder stands: its board at a date, and as it was a year earlier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from math import inf
from typing import TYPE_CHECKING

from laikhe_analysis.data.layout import PLANNED, REALISED
from laikhe_analysis.findings.register import open_points
from laikhe_analysis.forecast import forecast
from laikhe_analysis.land import retained_share
from laikhe_analysis.land.sharing import covers
from laikhe_analysis.messages import _
from laikhe_analysis.monitor import board
from laikhe_analysis.monitor.boards import Board, Line
from laikhe_analysis.monitor.measures import AsOf, measured_by
from laikhe_analysis.monitor.so_far import highest_mean
from laikhe_analysis.records import Commune, Plan
from laikhe_analysis.scenarios.projection import Projection
from laikhe_analysis.series import SUPPOSED, AnnualSeries, chain, weakest_origin
from laikhe_analysis.vietnamese import RATES

if TYPE_CHECKING:
    from laikhe_analysis.data.dataset import Records

__all__ = [
    "as_of_day",
    "board_of",
    "last_over",
    "outlook_of",
    "own_forecasts",
    "price_index",
    "with_records",
    "year_earlier",
]


def as_of_day(today: date, commune: Commune) -> AsOf:
    """Return the last part of a year that is over on a day, within the years of the plan.

    Examples
    --------
    >>> commune = Commune("c", "c", "", 1, 1, "", "", (), "", 2025, 2030)
    >>> [str(as_of_day(date(2027, month, 1), commune)) for month in (1, 7, 10)]
    ['2026', '2027-H1', '2027-9M']
    """
    parts = {1: AsOf(today.year - 1), 7: AsOf(today.year, "H1"), 10: AsOf(today.year, "9M")}
    found = parts[max(month for month in parts if month <= today.month)]
    if found.year > commune.target_year:
        return AsOf(commune.target_year)
    return found if found.year >= commune.base_year else AsOf(commune.base_year)


def last_over(data: Records) -> AsOf:
    """Return the last part of a year that was over when the newest figure was recorded."""
    newest = data.last_recorded
    first = date(data.commune.base_year + 1, 1, 1)
    return as_of_day(date.fromisoformat(newest) if newest else first, data.commune)


def board_of(
    data: Records,
    as_of: str | int | AsOf,
    *,
    projection: Projection | None = None,
    internal: bool = False,
    known_on: str = "9999-12-31",
) -> Board:
    """Return the board of the folder's plan at a date.

    Parameters
    ----------
    data : Dataset
    as_of : str, int or AsOf
        As `monitor.board`.
    projection : Projection, optional
        A scenario whose end is shown beside each target.
    internal : bool
        Whether internal targets are shown.
    known_on : str
        Day up to which figures were known. [YYYY-MM-DD]

    Returns
    -------
    Board
        Money at current prices is deflated by the country's consumer prices where a target wants
        constant ones. What offices expect of the year stands beside its results.
    """
    data.speak()
    at = AsOf.of(str(as_of))
    rows = [
        row for row in data.latest(known_on=known_on) if (row.year, row.period) == (at.year, "FY")
    ]
    made = board(
        data.plan,
        data.histories(known_on=known_on),
        as_of=str(as_of),
        findings=open_points(data if internal else data.public(), projection),
        internal=internal,
        prices=price_index(data),
        parts={
            day.period: data.histories(known_on=known_on, period=day.period) for day in at.parts
        },
        expected={
            row.series_id: row.value
            for row in rows
            if row.value is not None
            and at.last_full_year < at.year
            and row.status in REALISED
            and row.series_id not in PLANNED
            and row.origin not in SUPPOSED
        },
        planned={
            row.series_id: row.value
            for row in rows
            if row.status == "plan" and row.value is not None
        },
        best=_best(data, at),
        outlook=outlook_of(data.plan, projection),
        forecasts=own_forecasts(data, known_on),
    )
    return with_records(made, data, known_on)


def _best(data: Records, at: AsOf) -> dict[str, float]:
    """Return the highest mean on record over as many years as are left, by target. [fraction]

    Of the commune itself, its province and its city, old and new; for growth of product and sectors.
    """
    facts, years = data.facts() | data.histories(), data.commune.target_year - at.year
    places = [data.commune.yardsticks.get(name, "") for name in ("province", "city", "old_city")]
    found = {}
    for target in data.plan.targets if years > 0 else ():
        if target.kind != "average_rate" or target.role.partition(":")[0] not in _ON_RECORD:
            continue
        name = _ON_RECORD[target.role.partition(":")[0]].format(target.role.partition(":")[2])
        known = [
            facts[x] for x in (target.target_id, *(f"{p}/{name}" for p in places)) if x in facts
        ]
        means = [mean for one in known if (mean := highest_mean(one, years)) is not None]
        if means:
            found[target.target_id] = max(means)
    return found


STREAM = "commune_run"

_ON_RECORD = {"total_product": "grdp_growth", "sector": "grdp_growth_{}"}
"""Public series that hold the record of a target, by its role."""


def with_records(found: Board, data: Records, known_on: str = "9999-12-31") -> Board:
    """Return a board whose lines say where the newest figure is preliminary or an estimate."""
    status = {
        (row.series_id, row.year, row.period): row.status
        for row in data.latest(known_on=known_on)
        if row.status in REALISED
    }
    lines = []
    for line in found.lines:
        new = line.newest
        told = new and status.get((new.series_id.removesuffix("_nominal"), new.year, new.period))
        known = line if not new or not told else replace(line, newest=replace(new, status=told))
        lines.append(_which_money(known, data, known_on))
    return replace(found, lines=tuple(lines))


def _which_money(line: Line, data: Records, known_on: str) -> Line:
    """Return the line of an investment total with the question which money its figure counts."""
    new, rule = line.newest, next(iter(data.rules.values()), None)
    if line.target.role != "investment_land" or new is None or rule is None:
        return line
    fees = data.histories(known_on=known_on, period=new.period).get("land_revenue")
    if fees is None or new.year not in fees.known().years or not covers(rule, STREAM, [new.year]):
        return line
    share, amount = retained_share(rule, STREAM, new.year), fees.known().at(new.year)
    asked = _("số này gồm những khoản nào? {share:0%} của {fees:1} tỷ đồng tiền sử dụng đất là "
"{part:2} tỷ", share=share, fees=amount, part=share * amount)  # fmt: skip
    reason = line.assessment.reason
    both = asked if reason is None else _("{a}; {b}", a=reason, b=asked)
    return replace(line, assessment=replace(line.assessment, reason=both))


def year_earlier(
    data: Records, as_of: str | int | AsOf, *, internal: bool = False
) -> tuple[Board, str]:
    """Return the board as it would have been a year earlier, and the day it is seen from.

    The day is a year before the newest record of the folder, so that the figures entered since
    are not seen, nor are later corrections.
    """
    at = AsOf.of(str(as_of))
    newest = data.last_recorded or f"{at.year}-12-31"
    day = f"{int(newest[:4]) - 1}{newest[4:]}".replace("02-29", "02-28")
    earlier = replace(at, year=at.year - 1)
    return board_of(data, earlier, internal=internal, known_on=day), day


def price_index(data: Records) -> AnnualSeries | None:
    """Return the country's consumer price index, None where the folder has none. [index]"""
    country = data.commune.yardsticks.get("country", "")
    rates = data.facts().get(f"{country}/cpi_inflation")
    if rates is None:
        return None
    rates = rates.known().after_breaks()
    gaps = [year for year in range(rates.years[0], rates.years[-1]) if year not in rates.years]
    start = max(gaps, default=0)
    return chain(rates.select(year for year in rates.years if year > start))


_FROM = 5
"""Full years without a break from which a series is forecast."""


def own_forecasts(data: Records, known_on: str = "9999-12-31") -> dict[str, AnnualSeries]:
    """Return where the commune's own figures lead, by target: what is known and the middle ahead.

    Of targets measured by levels with five full years since the last break; the target does not
    enter.
    """
    histories, found = data.histories(known_on=known_on), {}
    for target in data.plan.targets:
        name = measured_by(target)
        names = (target.target_id, name, f"{name}_nominal", f"{name}_real")
        series = next((histories[one] for one in names if one in histories), None)
        known = None if series is None else series.known().after_breaks()
        if known is None or known.unit in RATES or len(known) < _FROM:
            continue
        ahead = target.target_year - known.years[-1]
        if ahead < 1 or target.kind in ("cumulative", "milestone", "annual_ratio"):
            continue
        middle = (float(value) for value in forecast(known, ahead).quantile(0.5))
        most = 100.0 if known.unit == "%" else inf
        values = (*known.values, *(min(max(value, 0.0), most) for value in middle))
        years = tuple(range(known.years[-1] + 1, target.target_year + 1))
        found[target.target_id] = replace(
            known, years=(*known.years, *years), values=values,
            origin=weakest_origin(known.origin, "derived"),
        )  # fmt: skip
    return found


def outlook_of(plan: Plan, projection: Projection | None) -> Mapping[str, AnnualSeries]:
    """Return a scenario's series by the name under which `measure` finds them."""
    if projection is None:
        return {}
    names = {measured_by(target) for target in plan.targets}
    found = {name: projection.path(name) for name in names if name in projection.paths}
    income, real = plan.role("income", "average_rate"), "income_per_capita_real"
    if income is not None and income.price_basis.startswith("constant"):
        found |= {income.target_id: projection.path(real)} if real in projection.paths else {}
    return found
