"""What only the city can settle, each question with what hangs on it.

All on the plan's own basis: the whole total over all its years, before costs.
"""

from __future__ import annotations

from typing import Any

from laikhe_analysis.findings.finding import Finding
from laikhe_analysis.investment import Study

__all__ = ["COST_TRIED", "letter", "questions"]

COST_TRIED = 0.25
"""The cost that a question is put with where the rule names none. [fraction]"""


def questions(found: Study) -> list[Finding]:
    """Return the questions to the city: of which revenue first, then by what hangs on them.

    `unit` is "billion VND" and the number `stake` what the answer moves in gross fees, None where
    it cannot be told.
    """
    asked = [_city_part(found), _which_rule(found), _cost_first(found), _next_regime(found)]
    ranked = sorted((one for one in asked if one is not None), key=lambda one: -one["stake"])
    return [_which_revenue(found), *ranked, Finding("investment.ask_streams", {"stake": None})]


def _ask(name: str, stake: float | None, **numbers: Any) -> Finding:
    return Finding(f"investment.ask_{name}", {"stake": stake, **numbers}, "billion VND")


def _which_revenue(found: Study) -> Finding:
    share, total = found.planned[0]["share"], found.total
    gross = total / share
    return _ask("which_revenue", gross - total, total=total, share=share, gross=gross,
                kept=share * total)  # fmt: skip


def _city_part(found: Study) -> Finding | None:
    """Ask whether the city's part comes back, and what is needed if it does not."""
    need = found.planned[0]
    own, share = need["own_share"], need["share"]
    if not own or share - own < 1e-9:
        return None
    alone = need["gross"] * share / own
    return _ask("city_part", alone - need["gross"], part=share - own, gross=need["gross"],
                alone=alone)  # fmt: skip


def _which_rule(found: Study) -> Finding | None:
    """Ask which rule holds now, with the range of what the rules would ask."""
    rows = [row for row in found.planned if row["gross"] is not None]
    if len(rows) < 2:
        return None
    low, high = (pick(rows, key=lambda row: row["gross"]) for pick in (min, max))
    return _ask("which_rule", high["gross"] - low["gross"], low=low["gross"], least=low["rule"],
                high=high["gross"], most=high["rule"], stream=found.stream)  # fmt: skip


def _cost_first(found: Study) -> Finding | None:
    """Ask whether shares apply before or after costs; not where the rule says so."""
    bare = found.planned[0]
    if bare["cost"] or bare["gross"] is None:
        return None
    after = bare["gross"] / (1 - COST_TRIED)
    return _ask("cost_first", after - bare["gross"], cost=COST_TRIED, gross=bare["gross"],
                after=after)  # fmt: skip


def _next_regime(found: Study) -> Finding | None:
    """Ask what holds for the years left, with what each of them needs."""
    need = found.planned[0]
    if need["gross"] is None or not need["own_share"]:
        return None
    worse = need["gross"] * need["share"] / need["own_share"]
    return _ask("next_regime", worse - need["gross"], first=found.left[0], last=found.left[-1],
                rule=found.rule, per_year=need["per_year"],
                worse=worse / len(found.years))  # fmt: skip


def letter(found: Study, *, commune: str, city: str) -> Finding:
    """Return the letter that puts the questions to the city, with blanks to fill in by hand.

    References
    ----------
    .. [1] Decree 30/2020/NĐ-CP on records work: the parts of an official letter.
    """
    numbers = {"commune": commune, "city": city, "total": found.total, "first": found.years[0],
               "last": found.years[-1]}  # fmt: skip
    return Finding("investment.letter", numbers)
