"""Do the targets agree with one another? Sector shares, and the questions a plan raises."""

from laikhe_analysis.consistency.agreement import (
    FeasibleShares,
    check_plan,
    feasible_shares,
    implied_total_rate,
    plans_as_facts,
    residual_rate,
)

__all__ = [
    "FeasibleShares",
    "check_plan",
    "feasible_shares",
    "implied_total_rate",
    "plans_as_facts",
    "residual_rate",
]
