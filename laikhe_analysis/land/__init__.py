"""Land-use fees: what has to be sold, and when the cash comes in."""

from laikhe_analysis.land.cash import cash_by_year, required_area, required_gross
from laikhe_analysis.land.inventory import carried_over
from laikhe_analysis.land.sharing import CashFlow, change_rule, retained_share

__all__ = [
    "CashFlow",
    "carried_over",
    "cash_by_year",
    "change_rule",
    "required_area",
    "required_gross",
    "retained_share",
]
