"""The decisions that the page asks for, in words, each with who prepares it."""

from __future__ import annotations

from typing import NamedTuple

from laikhe_analysis.findings import Finding
from laikhe_analysis.findings.decisions import (
    conflicts,
    determined_money,
    figures_owed,
    inventory,
    letter,
)
from laikhe_analysis.language import language
from laikhe_analysis.language.wordings import tell
from laikhe_analysis.office.leader.view import View
from laikhe_analysis.office.leader.written import day

__all__ = ["Decision", "decisions_of"]


class Decision(NamedTuple):
    """One decision wanted."""

    text: str
    owner: str


def decisions_of(view: View) -> list[Decision]:
    """Return the decisions wanted, what holds up most first; those that are computed to be open."""
    found = [
        letter(view.data), _inventory(view), determined_money(view.data, view.at.year),
        conflicts(view.board), _owed(view),
    ]  # fmt: skip
    return [Decision(str(tell(x.key, **x.numbers)), x.owner) for x in found if x is not None]


def _inventory(view: View) -> Finding | None:
    division = view.division
    return None if division is None else inventory(view.data, division.area_ha, division.price)


def _owed(view: View) -> Finding | None:
    later = sorted(one.due for one in view.missing if one.due and not one.overdue)
    late = sum(one.overdue for one in view.missing)
    first = day(later[0], language()) if later else ""
    return figures_owed([one.owner for one in view.missing], first, late)
