"""Do the targets agree with one another? Sector shares, and the questions a plan raises."""

from laikhe_analysis.consistency.agreement import check_plan
from laikhe_analysis.consistency.given import plans_as_facts
from laikhe_analysis.consistency.structure import (
    FeasibleShares,
    feasible_shares,
    implied_total_rate,
)

__all__ = [
    "FeasibleShares",
    "check_plan",
    "feasible_shares",
    "implied_total_rate",
    "plans_as_facts",
]
