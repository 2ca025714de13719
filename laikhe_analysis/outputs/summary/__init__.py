"""What was found, in sentences of computed numbers: one wording for page, notebook and Word."""

from __future__ import annotations

from laikhe_analysis.data import Dataset
from laikhe_analysis.outputs.board.standing import board_of, read_as_of
from laikhe_analysis.outputs.commands.refusal import choose_scenario
from laikhe_analysis.outputs.summary.headline import Headline
from laikhe_analysis.outputs.summary.income import income_line
from laikhe_analysis.outputs.summary.investment import (
    Division,
    auction_prices,
    bare_division,
    gross_by_rule,
    investment_lines,
    investment_study,
    middle_price,
)
from laikhe_analysis.outputs.summary.plan import agreement_line, board_line, register_line
from laikhe_analysis.outputs.summary.product import (
    plan_rates,
    product_line,
    share_cases,
    structure_lines,
)
from laikhe_analysis.outputs.summary.projections import mean_inflation, mean_rate_of, project_all
from laikhe_analysis.outputs.summary.revenue import ratios_of, revenue_line, start_ratio_needed

__all__ = [
    "Division",
    "Headline",
    "auction_prices",
    "bare_division",
    "board_line",
    "gross_by_rule",
    "headlines",
    "income_line",
    "investment_lines",
    "investment_study",
    "mean_inflation",
    "mean_rate_of",
    "middle_price",
    "plan_rates",
    "product_line",
    "project_all",
    "ratios_of",
    "register_line",
    "revenue_line",
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
    projections = project_all(data)
    board = board_of(data, read_as_of(as_of, data), projection=projections[scenario])
    return [
        register_line(data),
        board_line(board, scenario),
        agreement_line(board),
        revenue_line(data, projections, scenario),
        *structure_lines(data),
        product_line(data, projections, scenario),
        income_line(data, projections, scenario),
        *investment_lines(data),
    ]
