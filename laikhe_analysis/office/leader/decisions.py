"""The decisions that the page asks for, in words, each with who prepares it."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from laikhe_analysis.findings import Finding
from laikhe_analysis.findings.decisions import (
    capital_differs,
    conflicts,
    figures_owed,
    land,
    letter,
    money,
)
from laikhe_analysis.language.wordings import sentence_of
from laikhe_analysis.language.wordings.board import day_text
from laikhe_analysis.office.leader.view import View

__all__ = ["Decision", "decisions_of"]


class Decision(NamedTuple):
    """One decision wanted."""

    text: str
    owner: str


def decisions_of(view: View) -> list[Decision]:
    """Return the decisions wanted, what holds up most first; those that are computed to be open."""
    study, target = view.study, view.data.plan.role("investment_land")
    owner = "" if target is None else target.owner
    of_total = [] if study is None else [land(study), money(study)]
    of_total.append(capital_differs(view.data, view.at.year))
    found = [
        letter(view.data), *(one and replace(one, owner=owner) for one in of_total),
        conflicts(view.board), _owed(view),
    ]  # fmt: skip
    return [Decision(str(sentence_of(x)), x.owner) for x in found if x is not None]


def _owed(view: View) -> Finding | None:
    today = view.data.as_of
    later = sorted(one.due for one in view.missing if one.due >= today)
    late = sum(bool(one.due) and one.due < today for one in view.missing)
    first = day_text(later[0]) if later else ""
    return figures_owed([one.owner for one in view.missing], first, late)
