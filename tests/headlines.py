"""What a folder's data say, in sentences of both languages: every subject's finding in order."""

from typing import NamedTuple

from laikhe_analysis.checks import Text
from laikhe_analysis.findings import board, income, investment, outlook, product, register, revenue
from laikhe_analysis.language.wordings import tell
from laikhe_analysis.office.board.standing import board_of, projection_of, read_as_of

PAGES = {
    "board": "07_monitoring",
    "revenue": "02_budget_revenue", "product": "03_grdp_growth", "income": "04_income_per_capita",
    "investment": "05_investment_feasibility",
    "register": "01_targets_and_data", "outlook": "07_monitoring",
}  # fmt: skip


class Headline(NamedTuple):
    """What was found, on what it rests, where it is explained."""

    text: Text
    origin: str
    page: str


def headline_of(found):
    """Return a finding in both languages, with the page of its subject."""
    told = tell(found.key, **found.numbers)
    return Headline(Text(told.pick("vi"), told.pick("en")), found.origin, PAGES[found.subject])


def board_line(found, scenario=""):
    """Return how many numbers are on track, which are in danger, and where a scenario leads."""
    return headline_of(board.standing(found, scenario))


def headlines(data, scenario, as_of=""):
    """Return what was found, in the order of the notebooks; what is known comes first."""
    projection = projection_of(data, scenario)
    found = [
        revenue.under_scenario(data, projection), *product.structure(data),
        product.under_scenario(data, projection), income.under_scenario(data, projection),
    ]  # fmt: skip
    found += outlook.of_targets(data, tuple(found))
    found.sort(key=lambda one: one.key.endswith(".not_computable"))
    study = investment.study_of(data, as_of=as_of)
    if study is not None:
        found += [investment.answer(data, study), investment.range_by_rule(study)]
    now = board_of(data, read_as_of(as_of, data), projection=projection)
    return [
        headline_of(register.counted(data)),
        board_line(now, scenario),
        headline_of(register.agreement(now.findings)),
        *(headline_of(one) for one in found if one is not None),
    ]
