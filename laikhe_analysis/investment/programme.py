"""What the money is for: needs by year, what a smaller budget pays, and the cash to bridge."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from laikhe_analysis.arrays import as_number, as_years, is_missing
from laikhe_analysis.checks import check_fractions, require
from laikhe_analysis.labels import items_of
from laikhe_analysis.land.plots import HIGHEST_COST, rows_of
from laikhe_analysis.records import Project

__all__ = ["CashPath", "as_projects", "cash_path", "needs_by_year", "priority_cut"]

_DEFAULTS: dict[str, Any] = {
    "name": "", "source_of_funds": "", "arrears": 0.0, "origin": "assumption", "note": "",
}  # fmt: skip


def as_projects(projects: Any) -> tuple[Project, ...]:
    """Return projects, given as such or as a frame with the columns of `projects.csv`, checked.

    Parameters
    ----------
    projects : sequence of Project or DataFrame
        Of a frame the columns `y2026`, `y2027`, ... hold the needs; `name`, `source_of_funds`,
        `arrears`, `origin` (an assumption then) and `note` may be absent.

    Raises
    ------
    ValueError
        If a cost, arrears or a need is negative or missing, naming the project; or as `rows_of`.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"project_id": ["r"], "cost": [30], "order": [1], "y2026": [10]})
    >>> as_projects(frame)[0].needs
    {2026: 10.0}
    """
    if hasattr(projects, "columns"):
        rows = rows_of("projects", projects, Project, key="project_id", defaults=_DEFAULTS)
        years = [str(one) for one in projects.columns if re.fullmatch("y[0-9]{4}", str(one))]
        needs = [
            {int(year[1:]): value for year, value in row.items() if not is_missing(value)}
            for row in projects[years].to_dict("records")
        ]
        projects = [Project(**row, needs=each) for row, each in zip(rows, needs, strict=True)]
    return tuple(map(_checked, projects))


def _checked(project: Project) -> Project:
    """Return a project whose amounts are numbers of 0 or more, not in million or dong."""
    where = f"of project {project.project_id}"
    amounts = {"arrears": project.arrears, "cost": project.cost}
    amounts |= {f"need in {year}": value or 0.0 for year, value in project.needs.items()}
    for name, value in amounts.items():
        amount = as_number(f"{name} {where}", value)
        require(amount >= 0, f"{name} {where}", amount, "0 or more", known=True)
        within, limit = amount <= HIGHEST_COST, f"from 0 to {HIGHEST_COST:g} billion VND"
        require(within, f"{name} {where}", amount, limit)
        amounts[name] = amount
    needs = {year: amounts[f"need in {year}"] for year in project.needs}
    return replace(project, cost=amounts["cost"], arrears=amounts["arrears"], needs=needs)


def needs_by_year(projects: Any, years: Sequence[int]) -> Any:
    """Return what the works need each year; arrears fall due in the first. [billion VND]

    Parameters
    ----------
    projects : sequence of Project or DataFrame
        See `as_projects`.
    years : sequence of int
        Budget years, in order, at least one. [year]

    Returns
    -------
    dict, or Series by year where `projects` is a frame

    Raises
    ------
    ValueError
        If there is no year, or as `as_projects`.

    Examples
    --------
    >>> road = Project("r", "road", 30, "land", 5, 1, {2026: 10, 2027: 15}, "example")
    >>> needs_by_year([road], [2026, 2027])
    {2026: 15.0, 2027: 15.0}
    """
    years = as_years(years)
    found = as_projects(projects)
    needs = {year: float(sum(one.needs.get(year) or 0.0 for one in found)) for year in years}
    needs[years[0]] += sum(one.arrears for one in found)
    if not hasattr(projects, "columns"):
        return needs
    import pandas as pd

    return pd.Series(needs, name="needs", dtype=float).rename_axis("year")


def priority_cut(projects: Any, budget: float) -> Any:
    """Return what a budget pays for: all arrears first, then the works in their order.

    Parameters
    ----------
    projects : sequence of Project or DataFrame
        `order` numbers the works as the public-investment rules rank them: advances to be
        recovered, then ongoing, then new. Equal numbers follow the file.
    budget : float
        Money for the list, 0 or more. [billion VND]

    Returns
    -------
    list of dict, or DataFrame where `projects` is one
        `project_id`, `name`, `kind` ("arrears" or "works"), `order`, `need`, `funded`,
        `cumulative_need`, `is_full`, `origin`.

    Raises
    ------
    ValueError
        If `budget` is negative, or as `as_projects`.

    Notes
    -----
    Works need what their years say, or the cost less arrears where the years are empty.

    Examples
    --------
    >>> road = Project("r", "road", 30, "land", 5, 2, {2026: 25}, "example")
    >>> school = Project("s", "school", 20, "land", 0, 1, {2026: 20}, "example")
    >>> rows = priority_cut([road, school], 40)
    >>> [(row["project_id"], row["kind"], row["funded"]) for row in rows]
    [('r', 'arrears', 5.0), ('s', 'works', 20.0), ('r', 'works', 15.0)]
    """
    require(budget >= 0, "budget", budget, "0 or more", known=True)
    queue = []
    for project in as_projects(projects):
        planned = sum(value or 0.0 for value in project.needs.values())
        works = planned or max(project.cost - project.arrears, 0.0)
        queue += [(0, project, "arrears", project.arrears), (1, project, "works", works)]
    queue = [one for one in queue if one[3] > 0]
    queue.sort(key=lambda one: (one[0], one[1].order))
    rows, left, used = [], float(budget), 0.0
    for _, project, kind, need in queue:
        funded = min(need, left)
        left, used = left - funded, used + need
        rows.append(
            {
                "project_id": project.project_id,
                "name": project.name,
                "kind": kind,
                "order": project.order,
                "need": need,
                "funded": funded,
                "cumulative_need": used,
                "is_full": funded == need,
                "origin": project.origin,
            }
        )
    if not hasattr(projects, "columns"):
        return rows
    import pandas as pd

    return pd.DataFrame(rows)


@dataclass(frozen=True)
class CashPath:
    """Money in and money needed, year by year. [billion VND]

    `peak_gap` is the most that has to be bridged, in `peak_year` (None when nothing has to be).
    """

    rows: tuple[dict[str, Any], ...]
    peak_gap: float
    peak_year: int | None


def cash_path(
    inflow: Any,
    needs: Any,
    *,
    total: float,
    other_sources: Any = None,
    disbursed_share: float = 1.0,
) -> CashPath:
    """Return the cumulative path of money against the target and against what the works need.

    Parameters
    ----------
    inflow : mapping or Series
        Land money retained, by year. [billion VND]
    needs : mapping or Series
        What the works need, by year of `inflow`; nothing in a year left out. [billion VND]
    total : float
        Target of the period, spread evenly over the years of `inflow`. [billion VND]
    other_sources : mapping or Series, optional
        Money from elsewhere, by year of `inflow`. [billion VND]
    disbursed_share : float
        Part of the year's allocation that is paid out; the rest goes over. [fraction]

    Returns
    -------
    CashPath
        Rows with `year`, `inflow`, `other`, `needs`, `available`, `allocated`, `disbursed`,
        `carried`, `cumulative_inflow`, `cumulative_target`, `cumulative_needs` and `gap`.

    Raises
    ------
    ValueError
        If `disbursed_share` is not a fraction, an amount is missing, or needs or other money are of
        a year without inflow: they would be lost.

    Notes
    -----
    Allocated is the smaller of what is available (carried over, land and other money) and what the
    works still need; ``gap = cumulative needs - cumulative money``, negative when money is idle.

    Examples
    --------
    >>> path = cash_path({2026: 10, 2027: 50}, {2026: 40, 2027: 20}, total=60)
    >>> path.peak_gap, path.peak_year, path.rows[-1]["gap"]
    (30.0, 2026, 0.0)
    """
    check_fractions(disbursed_share=disbursed_share)
    money_in = _amounts("inflow", inflow)
    years = sorted(money_in)
    needed = _amounts("needs", needs, years)
    other = _amounts("other_sources", {} if other_sources is None else other_sources, years)
    rows: list[dict[str, Any]] = []
    money = wanted = carried = unpaid = 0.0
    for count, year in enumerate(years, 1):
        extra, need = other.get(year, 0.0), needed.get(year, 0.0)
        money, wanted = money + money_in[year] + extra, wanted + need
        available, unpaid = carried + money_in[year] + extra, unpaid + need
        allocated = min(available, unpaid)
        disbursed = allocated * disbursed_share
        carried, unpaid = available - disbursed, unpaid - disbursed
        rows.append(
            {
                "year": year,
                "inflow": money_in[year],
                "other": extra,
                "needs": need,
                "available": available,
                "allocated": allocated,
                "disbursed": disbursed,
                "carried": carried,
                "cumulative_inflow": money,
                "cumulative_target": total * count / len(years),
                "cumulative_needs": wanted,
                "gap": wanted - money,
            }
        )
    worst = max(rows, key=lambda row: row["gap"], default=None)
    if worst is None or worst["gap"] <= 0:
        return CashPath(tuple(rows), 0.0, None)
    return CashPath(tuple(rows), worst["gap"], worst["year"])


def _amounts(name: str, given: Any, years: Sequence[Any] | None = None) -> dict[Any, float]:
    """Return amounts by year, none missing, none of a year that is not among `years`."""
    found = {}
    for year, value in items_of(name, given).items():
        found[year] = as_number(f"{name} of {year}", value)
        require(abs(found[year]) < math.inf, f"{name} of {year}", found[year], "known", known=True)
    lost = [year for year in found if years is not None and year not in years]
    if lost:
        raise ValueError(f"`{name}` must be of the years of `inflow`, {years}, got also {lost}.")
    return found
