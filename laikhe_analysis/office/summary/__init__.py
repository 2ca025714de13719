"""What was found, in sentences of computed numbers: one wording for page, notebook and Word."""

from __future__ import annotations

from laikhe_analysis.data import Dataset
from laikhe_analysis.findings import income, investment, outlook, product, register, revenue
from laikhe_analysis.findings.finding import Finding
from laikhe_analysis.findings.paths import mean_inflation, mean_rate_of
from laikhe_analysis.findings.product import plan_rates, share_cases
from laikhe_analysis.findings.revenue import ratios_of, start_ratio_needed
from laikhe_analysis.office.board.standing import board_of, read_as_of
from laikhe_analysis.office.refusal import choose_scenario
from laikhe_analysis.office.summary.headline import Headline, headline_of
from laikhe_analysis.office.summary.plan import board_line
from laikhe_analysis.office.summary.projections import project_all

__all__ = [
    "Headline",
    "board_line",
    "headlines",
    "mean_inflation",
    "mean_rate_of",
    "plan_rates",
    "project_all",
    "ratios_of",
    "share_cases",
    "start_ratio_needed",
]


def headlines(data: Dataset, scenario: str, as_of: str = "") -> list[Headline]:
    """Return what was found, in the order of the notebooks.

    Parameters
    ----------
    data : Dataset
        The first of its sharing rules is the one that the sentences use.
    scenario : str
    as_of : str
        Date of the board; blank: that of the newest record.

    Raises
    ------
    RefusalError
        If there is no such scenario or none at all, or `as_of` is no date.
    """
    choose_scenario(scenario, list(data.assumed))
    projection = data.projection(scenario)
    board = board_of(data, read_as_of(as_of, data), projection=projection)
    found = [
        revenue.under_scenario(data, projection), *product.structure(data),
        product.under_scenario(data, projection), income.under_scenario(data, projection),
    ]  # fmt: skip
    found += outlook.of_targets(data, tuple(found))
    found.sort(key=lambda one: one.key.endswith(".not_computable"))  # what is known comes first
    return [
        headline_of(register.counted(data)),
        board_line(board, scenario),
        headline_of(register.agreement(board.findings)),
        *map(headline_of, [*found, *_investment(data, as_of)]),
    ]


def _investment(data: Dataset, as_of: str) -> list[Finding]:
    """Return what the investment total asks for; [] where it cannot be told."""
    found = investment.study_of(data, as_of=as_of)
    lines = [investment.answer(data, found), investment.range_by_rule(found)] if found else []
    return [line for line in lines if line is not None]
