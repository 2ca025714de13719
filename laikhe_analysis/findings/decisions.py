"""What has to be decided, computed: the letter, the inventory, the money, what is owed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from laikhe_analysis.findings.finding import Finding
from laikhe_analysis.findings.investment import inventory as at_hand
from laikhe_analysis.findings.investment import study_of
from laikhe_analysis.land import retained_share
from laikhe_analysis.land.sharing import covers
from laikhe_analysis.series import SUPPOSED, weakest_origin

if TYPE_CHECKING:
    from laikhe_analysis.data import Dataset
    from laikhe_analysis.monitor.boards import Board
    from laikhe_analysis.records import SharingRule

__all__ = ["conflicts", "determined_money", "figures_owed", "inventory", "letter"]

STREAM = "commune_run"


def letter(data: Dataset) -> Finding | None:
    """Return that the city has not yet said how land-use fees are shared; None once it has.

    It has where the first rule is adopted, by an official document, in every year that is left.
    """
    target, rule = data.plan.role("investment_land"), next(iter(data.rules.values()), None)
    if target is None or (rule is not None and _is_settled(data, rule)):
        return None
    if rule is None:
        return Finding("decision.no_rule", {"total": target.value}, clause=target.clause,
                       owner=target.owner)  # fmt: skip
    year = data.commune.base_year + 1
    share = retained_share(rule, STREAM, year) if covers(rule, STREAM, [year]) else None
    asked = None if not share else Finding("decision.which_revenue", {"share": share})
    return Finding("decision.letter", {"total": target.value, "asked": asked}, "billion VND",
                   clause=target.clause, owner=target.owner)  # fmt: skip


def _is_settled(data: Dataset, rule: SharingRule) -> bool:
    """Return whether the rule is adopted by an official document in every year of the plan."""
    years = range(data.commune.base_year + 1, data.commune.target_year + 1)
    lines = [line for line in rule.lines if line.stream == STREAM]
    official = all(line.status == "adopted" and line.origin == "official" for line in lines)
    return bool(lines) and official and covers(rule, STREAM, list(years))


def inventory(data: Dataset, area: float, price: float) -> Finding | None:
    """Return that the inventory of plots is missing, or unlikely to do; None where it does.

    Parameters
    ----------
    data : Dataset
    area : float
        Plots that bring the fees needed at a price, where there is no inventory. [ha]
    price : float
        [million VND per m2]
    """
    target = data.plan.role("investment_land")
    if target is None:
        return None
    numbers, key = {"area": area, "price": price}, "decision.no_inventory"
    study = study_of(data) if data.inventory else None
    if study is not None and study.plots:  # what the study says of the same land
        told = at_hand(study)
        more = told and told.numbers["more"]
        if told is None or more is None:
            return None
        numbers = {"area": more.numbers["area"], "offered": told.numbers["area"]}
        key = "decision.inventory_short"
    return Finding(key, numbers, "ha", "assumption", target.clause, owner=target.owner)


def determined_money(data: Dataset, year: int) -> Finding | None:
    """Return the capital assigned for a year, within which projects may be decided. [billion VND]

    Deciding on projects without identified capital is prohibited by the Law on Public Investment.
    """
    target = data.plan.role("investment_land") or data.plan.role("investment_public")
    if target is None:
        return None
    rows = [row for row in data.latest() if row.series_id == "public_investment"
            and (row.year, row.period) == (year, "FY") and row.value is not None
            and row.origin not in SUPPOSED]  # fmt: skip
    planned = [row for row in data.capital_plan if (row.year, row.kind) == (year, "assigned")
               and row.decision and row.origin not in SUPPOSED]  # fmt: skip
    if not rows and planned:
        amount = sum(row.amount for row in planned)
        return Finding("decision.money", {"amount": amount, "year": year}, "billion VND",
                       weakest_origin(*(row.origin for row in planned)), target.clause,
                       owner=target.owner)  # fmt: skip
    if not rows:
        return Finding("decision.no_money", {"year": year}, clause=target.clause,
                       owner=target.owner)  # fmt: skip
    return Finding("decision.money", {"amount": rows[-1].value, "year": year}, "billion VND",
                   rows[-1].origin, target.clause, owner=target.owner)  # fmt: skip


def figures_owed(owners: Sequence[str], day: str, overdue: int) -> Finding | None:
    """Return how many figures are owed by how many offices; None where none is.

    Parameters
    ----------
    owners : sequence of str
        The office of each figure.
    day : str
        When the first of those that are not overdue is due, as it is shown, or "".
    overdue : int
        How many were due before.
    """
    if not owners:
        return None
    numbers = {
        "offices": len(set(owners)), "figures": len(owners),
        "overdue": Finding("decision.overdue", {"n": overdue}) if overdue else None,
        "due": Finding("decision.next_due", {"day": day}) if day else None,
    }  # fmt: skip
    return Finding("decision.figures", numbers)


def conflicts(board: Board) -> Finding | None:
    """Return how many conflicts of the plan are to be settled, with their clauses."""
    found = [one for one in board.findings if one.severity == "conflict"]
    if not found:
        return None
    clauses = list(dict.fromkeys(clause for one in found for clause in one.clauses))
    return Finding("decision.conflicts", {"n": len(found), "clauses": ", ".join(clauses)})
