"""Where the plan of a folder stands: its board at a date, and as it was a year earlier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from laikhe_analysis.consistency import check_plan, plans_as_facts
from laikhe_analysis.data import Dataset
from laikhe_analysis.data.layout import REALISED
from laikhe_analysis.monitor import board
from laikhe_analysis.monitor.boards import Board
from laikhe_analysis.monitor.measures import AsOf, measure, measured_by
from laikhe_analysis.outputs.commands.refusal import choose_scenario, refuse
from laikhe_analysis.records import Commune, Finding, Plan, Target
from laikhe_analysis.scenarios import project
from laikhe_analysis.scenarios.projection import Projection
from laikhe_analysis.series import AnnualSeries, chain

__all__ = [
    "as_of_day",
    "board_of",
    "findings_of",
    "outlook_of",
    "price_index",
    "projection_of",
    "read_as_of",
    "seen_from",
    "with_records",
    "without_figure",
    "year_earlier",
]


def read_as_of(text: str, data: Dataset, *, today: date | None = None) -> AsOf:
    """Return the date of a board, that of `today` if the text is blank.

    Parameters
    ----------
    text : str
        "2026", "2026H1", "2026-9M", or blank.
    data : Dataset
        The base year of its plan is the earliest date.
    today : date, optional
        The day of the newest record when left out, so that no clock is asked.

    Raises
    ------
    RefusalError
        If the text is no date, or lies before the base year or far behind the target year.
    """
    commune = data.commune
    if not text.strip():
        newest = max((row.recorded_on for row in data.observed), default="")
        day = date.fromisoformat(newest) if newest else date(commune.base_year + 1, 1, 1)
        return as_of_day(today or day, commune)
    try:
        at = AsOf.of(text)
    except ValueError:
        raise refuse(
            "--as-of phải là một năm hoặc một phần năm, ví dụ 2026, 2026H1, 2026-9M; gặp {got}",
            "--as-of must be a year or a part of one, such as 2026, 2026H1, 2026-9M; got {got}",
            usage=True, got=repr(text),
        ) from None  # fmt: skip
    first, last = commune.base_year, commune.target_year + 5
    if not first <= at.year <= last:
        raise refuse(
            "--as-of phải từ năm {a} đến năm {b}; gặp {got}",
            "--as-of must be from {a} to {b}; got {got}",
            usage=True, a=first, b=last, got=at.year,
        )  # fmt: skip
    return at


def seen_from(data: Dataset, as_of: str) -> Dataset:
    """Return the data without figures of later periods, so that everything tells of that date.

    When a figure was recorded does not matter: figures of a year are always recorded after it.

    Parameters
    ----------
    data : Dataset
    as_of : str
        As `read_as_of`; blank: everything that is known.

    Raises
    ------
    RefusalError
        As `read_as_of`.
    """
    if not as_of.strip():
        return data
    at = read_as_of(as_of, data)
    return data.up_to(at.year, at.period)


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


def projection_of(data: Dataset, scenario: str) -> Projection | None:
    """Return the projection of a scenario; None where the folder holds no scenario at all.

    Raises
    ------
    RefusalError
        If there is no such scenario among those of the folder.
    """
    if not data.assumed:
        return None
    name, commune = choose_scenario(scenario, list(data.assumed)), data.commune
    return project(
        data.baseline(), data.assumed[name], until=commune.target_year, region=commune.name,
        rules=data.rules,
    )  # fmt: skip


def findings_of(data: Dataset, projection: Projection | None = None) -> list[Finding]:
    """Return what in the plan has to be settled, with all that the folder knows.

    Parameters
    ----------
    data : Dataset
    projection : Projection, optional
        Its scenario says what is taken for granted.
    """
    return check_plan(
        data.plan,
        facts=data.facts() | plans_as_facts(data.published),
        series=data.histories(),
        assumptions=projection.scenario if projection else (),
    )


def board_of(
    data: Dataset,
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
        constant ones. A total of the period has no yearly profile and is not assessed before it
        is reached.
    """
    made = board(
        data.plan,
        data.histories(known_on=known_on),
        as_of=str(as_of),
        findings=findings_of(data, projection),
        internal=internal,
        prices=price_index(data),
        part_year=data.histories(known_on=known_on, period=AsOf.of(str(as_of)).period),
        outlook=outlook_of(data.plan, projection),
    )
    return with_records(made, data, known_on)


def with_records(found: Board, data: Dataset, known_on: str = "9999-12-31") -> Board:
    """Return a board whose lines say where the latest figure is preliminary or an estimate.

    Of a figure that is computed from several the weakest status counts.
    """
    status: dict[tuple[str, int], str] = {
        (row.series_id, row.year): row.status
        for row in data.latest(known_on=known_on)
        if row.status in REALISED and row.origin in ("official", "press") and row.period == "FY"
    }
    lines = []
    for line in found.lines:
        names = [line.target.target_id, measured_by(line.target)]
        told = [status.get((name, line.assessment.year or 0), "final") for name in names]
        weakest = max(told, key=REALISED.index, default="final")
        lines.append(replace(line, record="" if weakest == "final" else weakest))
    return replace(found, lines=tuple(lines))


def without_figure(data: Dataset, found: Board) -> list[Target]:
    """Return the targets of a board for which the commune has no figure, or an assumed one only."""
    series = data.histories()
    known = {line.target: measure(line.target, series) for line in found.lines}
    return [
        target
        for target, one in known.items()
        if one is None or one.origin in ("assumption", "example")
    ]


def year_earlier(
    data: Dataset, as_of: str | int | AsOf, *, internal: bool = False
) -> tuple[Board, str]:
    """Return the board as it would have been a year earlier, and the day it is seen from.

    The day is a year before the newest record of the folder, so that the figures entered since
    are not seen, nor are later corrections.
    """
    at = AsOf.of(str(as_of))
    newest = max((row.recorded_on for row in data.observed), default=f"{at.year}-12-31")
    day = f"{int(newest[:4]) - 1}{newest[4:]}".replace("02-29", "02-28")
    earlier = replace(at, year=at.year - 1)
    return board_of(data, earlier, internal=internal, known_on=day), day


def price_index(data: Dataset) -> AnnualSeries | None:
    """Return the country's consumer price index, None where the folder has none. [index]"""
    country = data.commune.yardsticks.get("country", "")
    rates = data.facts().get(f"{country}/cpi_inflation")
    if rates is None:
        return None
    rates = rates.known().after_breaks()
    gaps = [year for year in range(rates.years[0], rates.years[-1]) if year not in rates.years]
    start = max(gaps, default=0)
    return chain(rates.select(year for year in rates.years if year > start))


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
