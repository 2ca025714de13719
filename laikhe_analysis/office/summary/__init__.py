"""What was found, in sentences of computed numbers: one wording for page, notebook and Word."""

from __future__ import annotations

from laikhe_analysis.data import Dataset
from laikhe_analysis.findings import income, product, register, revenue
from laikhe_analysis.findings.paths import mean_inflation, mean_rate_of
from laikhe_analysis.findings.product import plan_rates, share_cases
from laikhe_analysis.findings.revenue import ratios_of, start_ratio_needed
from laikhe_analysis.office.board.standing import board_of, read_as_of
from laikhe_analysis.office.commands.refusal import choose_scenario
from laikhe_analysis.office.summary.headline import Headline, headline_of
from laikhe_analysis.office.summary.investment import (
    Division,
    auction_prices,
    bare_division,
    gross_by_rule,
    investment_lines,
    investment_study,
    middle_price,
)
from laikhe_analysis.office.summary.plan import board_line
from laikhe_analysis.office.summary.projections import project_all

__all__ = [
    "Division",
    "Headline",
    "auction_prices",
    "bare_division",
    "board_line",
    "gross_by_rule",
    "headlines",
    "investment_lines",
    "investment_study",
    "mean_inflation",
    "mean_rate_of",
    "middle_price",
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
    return [
        headline_of(register.counted(data)),
        board_line(board, scenario),
        headline_of(register.agreement(board.findings)),
        *map(headline_of, found),
        *investment_lines(data),
    ]
