"""One line of the leader's page: a finding in words."""

from __future__ import annotations

from dataclasses import dataclass

from laikhe_analysis.findings import Finding
from laikhe_analysis.language.wordings import tell
from laikhe_analysis.messages import Text

__all__ = ["Headline", "headline_of"]

_PAGES = {
    "board": "07_monitoring",
    "revenue": "02_budget_revenue", "product": "03_grdp_growth", "income": "04_income_per_capita",
    "investment": "05_investment_feasibility",
    "register": "01_targets_and_data", "outlook": "07_monitoring",
}  # fmt: skip


@dataclass(frozen=True)
class Headline:
    """One line of the leader's page: what was found, on what it rests, where it is explained."""

    text: Text
    origin: str
    page: str


def headline_of(found: Finding) -> Headline:
    """Return a finding in words, with the page of its subject."""
    return Headline(tell(found.key, **found.numbers), found.origin, _PAGES[found.subject])
