"""What has to be decided, computed: the letter, the inventory, the money, what is owed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from laikhe_analysis.findings.finding import Finding
from laikhe_analysis.findings.investment import STREAM, area, inventory, programme
from laikhe_analysis.investment.brought import SAFE
from laikhe_analysis.land import retained_share
from laikhe_analysis.land.sharing import covers
from laikhe_analysis.messages import safe_side
from laikhe_analysis.series import SUPPOSED

if TYPE_CHECKING:
    from laikhe_analysis.data import Dataset
    from laikhe_analysis.investment import Study
    from laikhe_analysis.monitor.boards import Board
    from laikhe_analysis.records import SharingRule

__all__ = ["capital_differs", "conflicts", "figures_owed", "land", "letter", "money"]


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


def land(found: Study) -> Finding | None:
    """Return how much land has to be found, by the rule of the study; None where the sites suffice."""
    at_hand = inventory(found)
    if at_hand is None:
        told = (area(row) for row in found.land if row["rule"] == found.rule)
        cases = tuple(replace(x, key="decision.area") if "safe" in x.numbers else x for x in told)
        return Finding("decision.no_inventory", {"areas": cases}, "ha", "assumption")
    wanted = found.brought[found.rule].areas[SAFE]
    if wanted is None:
        return Finding("decision.no_area", {"area": at_hand["area"]}, "ha", at_hand.origin)
    if wanted <= at_hand["area"]:
        return None
    numbers = {"offered": round(at_hand["area"], 1), "area": safe_side(wanted, 1)}
    numbers["short"] = numbers["area"] - numbers["offered"]
    return Finding("decision.inventory_short", numbers, "ha", at_hand.origin)


def money(found: Study) -> Finding | None:
    """Return which new works may be decided on, from the programme of the study; None where all is paid.

    Deciding on projects without identified capital is prohibited by the Law on Public Investment.
    """
    told = programme(found)
    numbers = {name: told.numbers.get(name) for name in ("determined", "first", "open", "begun")}
    numbers["last"] = found.left[-1]
    lacking = told.numbers.get("lacking")
    short = Finding("decision.lacking", {"lacking": lacking}) if lacking else None
    if not told["determined"]:
        key = "decision.no_capital"
    elif not found.projects:
        key = "decision.no_programme"
    elif told["begun"]:
        key = "decision.some_new"
        numbers["others"] = (
            Finding("decision.others", {"open": told["open"]}) if told["open"] else None
        )
    elif told["open"]:
        key = "decision.no_new"
    elif short:
        key = "decision.ongoing_first"
    else:
        return None
    return Finding(key, numbers | {"short": short}, "billion VND", told.origin)


def capital_differs(data: Dataset, year: int) -> Finding | None:
    """Return that the capital assigned for a year is not what the medium-term plan has; None else."""
    assigned = [
        row.value for row in data.latest()
        if row.series_id == "public_investment" and (row.year, row.period) == (year, "FY")
        and row.status == "plan" and row.value is not None and row.origin not in SUPPOSED
    ]  # fmt: skip
    decided = sum(one.amount for one in data.capital_plan if one.year == year and one.decision)
    if not assigned or not decided or abs(assigned[-1] - decided) < 0.05:
        return None
    numbers = {"year": year, "assigned": assigned[-1], "decided": decided}
    return Finding("decision.capital_differs", numbers, "billion VND", "official")


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
