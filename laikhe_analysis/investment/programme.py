"""What the money is for: the programme, determined money, and what it pays in the lawful order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from laikhe_analysis.arrays import as_number, as_years, is_missing
from laikhe_analysis.checks import require
from laikhe_analysis.land.plots import HIGHEST_COST, rows_of
from laikhe_analysis.records import CAPITAL_KINDS, PROJECT_STAGES, Capital, Project

__all__ = [
    "Coverage",
    "as_projects",
    "coverage",
    "determined",
]

STAGES = ("arrears", *PROJECT_STAGES)
"""What is paid first: arrears, advances to be recovered, ongoing works, new ones."""

_DEFAULTS: dict[str, Any] = {
    "name": "", "source_of_funds": "", "arrears": 0.0, "origin": "assumption", "note": "",
    "stage": "new",
}  # fmt: skip


def as_projects(projects: Any) -> tuple[Project, ...]:
    """Return projects, given as such or as a frame with the columns of `projects.csv`, checked.

    Parameters
    ----------
    projects : sequence of Project or DataFrame
        Of a frame the columns `y2026`, `y2027`, ... hold the needs; `name`, `source_of_funds`,
        `arrears`, `stage` (new then), `origin` (an assumption then) and `note` may be absent.

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
    needs = {
        year: amounts[f"need in {year}"]
        for year, value in project.needs.items() if value is not None
    }  # fmt: skip
    return replace(project, cost=amounts["cost"], arrears=amounts["arrears"], needs=needs)


@dataclass(frozen=True)
class Coverage:
    """What money pays of a programme. Money in billion VND.

    `works` has a row a project and stage (`stage`, `need`, `funded`, `full_year`: the year in which
    all of it is paid, else None); `years` a row a year (`money`, what of it goes to each stage,
    `carried` over).
    """

    works: tuple[dict[str, Any], ...]
    years: tuple[dict[str, Any], ...]

    def total(self, of: str = "need", stage: str = "") -> float:
        """Return the sum of "need" or "funded", of one stage or all. [billion VND]"""
        return float(sum(row[of] for row in self.works if stage in ("", row["stage"])))


def coverage(
    projects: Any,
    money: Mapping[int, float],
    *,
    city: Mapping[int, float] | None = None,
    city_works: Mapping[str, bool] | None = None,
) -> Coverage:
    """Return what money that comes year by year pays of a programme.

    Arrears come first and are due at once, then advances to be recovered, ongoing works, new ones;
    within a stage by `order`, and by the file where orders are equal. A new project is paid only
    where the money of all years is enough for the whole of it after everything before: none is
    begun without its capital. What is left of a year goes over.

    Parameters
    ----------
    projects : sequence of Project or DataFrame
    money : mapping of int to float
        Determined money of the commune by year that is left, 0 or more. [billion VND]
    city : mapping of int to float, optional
        Determined money of the city: it pays nothing but the works that it is for. [billion VND]
    city_works : mapping of str to bool, optional
        Those works by id, and whether the commune's own money pays what the city's does not.

    Raises
    ------
    ValueError
        If there is no year, an amount is negative, or as `as_projects`.

    Notes
    -----
    Works need what their years say from the first year of `money` on: what was needed, and what came,
    before it is over. Where no year says anything it is the cost less arrears, in the first year.

    Examples
    --------
    >>> road = Project("r", "road", 30, "land", 5, 1, {2026: 10, 2027: 15}, "example", stage="ongoing")
    >>> school = Project("s", "school", 20, "land", 0, 1, {2026: 20}, "example")
    >>> found = coverage([school, road], {2026: 20, 2027: 10})
    >>> [(row["project_id"], row["stage"], row["funded"]) for row in found.works]
    [('r', 'arrears', 5.0), ('r', 'ongoing', 25.0), ('s', 'new', 0.0)]
    >>> coverage([school], {2026: 5}, city={2026: 15}, city_works={"s": True}).works[0]["funded"]
    20.0
    """
    span = as_years(list(money))
    purses = {"city": dict(city or {}), "own": dict(money)}
    for purse in purses.values():
        for year, amount in purse.items():
            require(amount >= 0, f"money of {year}", amount, "0 or more", known=True)
    works = _queue(as_projects(projects), span, city_works or {})
    free = {name: float(sum(purse.values())) for name, purse in purses.items()}
    for one in works:
        if one["stage"] == "new" and one["need"] > sum(free[n] for n in one["purses"]) + 1e-9:
            one["due"] = {}
        else:
            _pay(one["need"], one["purses"], free)
    rows: list[dict[str, Any]] = []
    left = dict.fromkeys(purses, 0.0)
    for year in span:
        came = {name: float(purse.get(year, 0.0)) for name, purse in purses.items()}
        left = {name: left[name] + x for name, x in came.items()}
        row = {"year": year, "money": sum(came.values())} | dict.fromkeys(STAGES, 0.0)
        for one in works:
            due = sum(need for when, need in one["due"].items() if when <= year) - one["funded"]
            paid = _pay(max(due, 0.0), one["purses"], left)
            one["funded"] += paid
            row[one["stage"]] += paid
            if one["full_year"] is None and one["funded"] >= one["need"] - 1e-9:
                one["full_year"] = year
        rows.append(row | {"carried": sum(left.values())})
    inner = ("due", "purses")
    return Coverage(
        tuple({k: v for k, v in one.items() if k not in inner} for one in works), tuple(rows)
    )


def _pay(amount: float, names: Sequence[str], purses: dict[str, float]) -> float:
    """Take an amount out of purses, one after the other, and return what they could pay."""
    paid = 0.0
    for name in names:
        part = min(purses[name], amount - paid)
        purses[name] -= part
        paid += part
    return paid


def _queue(
    projects: Sequence[Project], years: Sequence[int], city_works: Mapping[str, bool]
) -> list[dict[str, Any]]:
    """Return what has to be paid, in the order in which it is."""
    works: list[dict[str, Any]] = []
    for one in projects:
        needs = one.needs or {years[0]: max(one.cost - one.arrears, 0.0)}
        needs = {year: need for year, need in needs.items() if year >= years[0]}
        also_own = city_works.get(one.project_id)
        purses = ("own",) if also_own is None else ("city", "own") if also_own else ("city",)
        for stage, due in (("arrears", {years[0]: one.arrears}), (one.stage, needs)):
            need = sum(due.values())
            if need > 0:
                works.append({
                    "project_id": one.project_id, "name": one.name, "stage": stage, "need": need,
                    "funded": 0.0, "full_year": None, "order": one.order, "origin": one.origin,
                    "due": due, "purses": purses,
                })  # fmt: skip
    return sorted(works, key=lambda row: (STAGES.index(row["stage"]), row["order"]))


def determined(capital: Sequence[Capital], years: Sequence[int]) -> dict[str, dict[int, float]]:
    """Return the money whose source is decided, by kind and year of the plan. [billion VND]

    A row without the number of a decision is not counted.

    Examples
    --------
    >>> rows = [Capital(2026, "assigned", 30.0, "NQ 12", "official"),
    ...         Capital(2026, "city", 90.0, "", "statement")]
    >>> determined(rows, [2026, 2027])["assigned"], determined(rows, [2026])["city"]
    ({2026: 30.0, 2027: 0.0}, {2026: 0.0})
    """
    return {
        kind: {
            year: float(sum(row.amount for row in capital
                            if row.kind == kind and row.year == year and row.decision))
            for year in years
        }
        for kind in CAPITAL_KINDS
    }  # fmt: skip
