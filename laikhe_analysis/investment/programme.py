"""What the money is for: needs by year, what a smaller budget pays, and the cash to bridge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from laikhe_analysis.checks import require
from laikhe_analysis.records import Project

__all__ = ["CashPath", "cash_path", "needs_by_year", "priority_cut"]


def needs_by_year(projects: Sequence[Project], years: Sequence[int]) -> dict[int, float]:
    """Return what the works need each year; arrears fall due in the first. [billion VND]

    Examples
    --------
    >>> road = Project("r", "road", 30, "land", 5, 1, {2026: 10, 2027: 15}, "example")
    >>> needs_by_year([road], [2026, 2027])
    {2026: 15.0, 2027: 15.0}
    """
    arrears = sum(project.arrears for project in projects)
    return {
        year: float(
            sum(project.needs.get(year) or 0.0 for project in projects)
            + (arrears if year == years[0] else 0.0)
        )
        for year in years
    }


def priority_cut(projects: Sequence[Project], budget: float) -> list[dict[str, Any]]:
    """Return what a budget pays for: all arrears first, then the works in their order.

    Parameters
    ----------
    projects : sequence of Project
        `order` numbers the works as the public-investment rules rank them: advances to be
        recovered, then ongoing, then new. Equal numbers follow the file.
    budget : float
        Money for the list, 0 or more. [billion VND]

    Returns
    -------
    list of dict
        `project_id`, `name`, `kind` ("arrears" or "works"), `order`, `need`, `funded`,
        `cumulative_need`, `is_full`.

    Raises
    ------
    ValueError
        If `budget`, a cost or arrears are negative.

    Notes
    -----
    Works need what their years say, or the cost less arrears where the years are empty.

    Examples
    --------
    >>> road = Project("r", "road", 30, "land", 5, 2, {2026: 25}, "example")
    >>> school = Project("s", "school", 20, "land", 0, 1, {2026: 20}, "example")
    >>> rows = priority_cut([road, school], 40)
    >>> [(row["project_id"], row["kind"], row["funded"]) for row in rows]
    [('r', 'arrears', 5), ('s', 'works', 20), ('r', 'works', 15.0)]
    """
    require(budget >= 0, "budget", budget, "0 or more")
    queue = []
    for project in projects:
        where = f"of project {project.project_id}"
        require(project.arrears >= 0, f"arrears {where}", project.arrears, "0 or more")
        require(project.cost >= 0, f"cost {where}", project.cost, "0 or more")
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
    return rows


@dataclass(frozen=True)
class CashPath:
    """Money in and money needed, year by year. [billion VND]

    `peak_gap` is the most that has to be bridged, in `peak_year` (None when nothing has to be).
    """

    rows: tuple[dict[str, Any], ...]
    peak_gap: float
    peak_year: int | None


def cash_path(
    inflow: Mapping[int, float],
    needs: Mapping[int, float],
    *,
    total: float,
    other_sources: Mapping[int, float] | None = None,
    disbursed_share: float = 1.0,
) -> CashPath:
    """Return the cumulative path of money against the target and against what the works need.

    Parameters
    ----------
    inflow : mapping
        Land money retained, by year. [billion VND]
    needs : mapping
        What the works need, by year. [billion VND]
    total : float
        Target of the period, spread evenly over the years of `inflow`. [billion VND]
    other_sources : mapping, optional
        Money from elsewhere, by year. [billion VND]
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
        If `disbursed_share` is not a fraction.

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
    require(0 <= disbursed_share <= 1, "disbursed_share", disbursed_share, "from 0 to 1")
    years, other = sorted(inflow), other_sources or {}
    rows: list[dict[str, Any]] = []
    money = wanted = carried = unpaid = 0.0
    for count, year in enumerate(years, 1):
        extra, need = float(other.get(year, 0.0)), float(needs.get(year, 0.0))
        money, wanted = money + float(inflow[year]) + extra, wanted + need
        available, unpaid = carried + float(inflow[year]) + extra, unpaid + need
        allocated = min(available, unpaid)
        disbursed = allocated * disbursed_share
        carried, unpaid = available - disbursed, unpaid - disbursed
        rows.append(
            {
                "year": year,
                "inflow": float(inflow[year]),
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
