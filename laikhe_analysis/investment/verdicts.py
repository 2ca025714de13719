"""The verdict, by a rule fixed in advance, for each sharing rule on its own.

At least 80 in 100 cases: feasible; from 50: feasible with risk; from 20: unlikely; fewer: not
feasible under the stated assumptions. Without an inventory of land there is no verdict, only the
areas that would decide it.
"""

from __future__ import annotations

from laikhe_analysis.checks import check_fractions

__all__ = ["LEVELS", "NO_VERDICT", "verdict_name"]

LEVELS: dict[float, str] = {0.8: "feasible", 0.5: "feasible_with_risk", 0.2: "unlikely"}
"""The lowest probability of each verdict; below the last it is "not_feasible"."""

NO_VERDICT = "not_enough_evidence"


def verdict_name(probability: float | None) -> str:
    """Return the verdict that a probability of reaching the total stands for.

    Parameters
    ----------
    probability : float or None
        None when there is no inventory to compute it from. [fraction]

    Raises
    ------
    ValueError
        If it is not from 0 to 1.

    Examples
    --------
    >>> [verdict_name(p) for p in (0.8, 0.5, 0.2, 0.19, None)]
    ['feasible', 'feasible_with_risk', 'unlikely', 'not_feasible', 'not_enough_evidence']
    """
    if probability is None:
        return NO_VERDICT
    check_fractions(probability=probability)
    return next((name for level, name in LEVELS.items() if probability >= level), "not_feasible")
