"""What would have to be true: gross fees, land and plots behind a total, exactly, rule by rule.

Nothing here is a forecast. Each number is the plan's own total turned round: how much has to be
sold, at what price, in how many plots a year, if a sharing rule holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from laikhe_analysis.arrays import as_years
from laikhe_analysis.checks import check_fractions, require
from laikhe_analysis.land import required_gross
from laikhe_analysis.land.sharing import line_for, retained_share
from laikhe_analysis.records import SharingRule
from laikhe_analysis.series import weakest_origin

__all__ = ["needed_by_rule"]


def needed_by_rule(
    total: float,
    rules: Iterable[SharingRule],
    *,
    years: Sequence[int],
    collected: Mapping[int, float] | None = None,
    cost: float = 0.0,
    stream: str = "commune_run",
) -> list[dict[str, Any]]:
    """Return what a total still asks of land-use fees under each rule, gross and net on one basis.

    Parameters
    ----------
    total : float
        Money wanted. [billion VND]
    rules : iterable of SharingRule
    years : sequence of int
        Budget years that are left. [year]
    collected : mapping, optional
        Fees collected already, by year: what the commune keeps of them is subtracted. [billion VND]
    cost : float
        Part that the land at hand takes first; a larger flat part of the rule takes its place.
        [fraction]
    stream : str
        Which fees; one of `records.STREAMS`.

    Returns
    -------
    list of dict
        `rule`; `share` and `own_share`, of what is left after costs, and `cost` taken first
        [fractions]; `received`, `missing` of the total, `net` (fees to be shared), `gross` (fees to
        be collected, costs and all) and `per_year` [billion VND]; `status`, `origin`. Net and gross
        are None where nothing comes back.

    Raises
    ------
    ValueError
        If `total` is not positive, an amount is negative, or a rule lacks a year.

    Notes
    -----
    ``net = (total - received) / share`` and ``gross = net / (1 - cost)``, with means over the years
    left where a regime changes.

    Examples
    --------
    >>> from laikhe_analysis.records import ShareLine
    >>> line = ShareLine("commune_run", 2026, 2030, 0, 0.45, 0.15, 1, 0.4, 0, "plan", "statement")
    >>> rows = needed_by_rule(300, [SharingRule("plan", (line,))], years=range(2027, 2031),
    ...                       collected={2026: 100}, cost=0.2)
    >>> [round(rows[0][name], 9) for name in ("received", "missing", "net", "gross", "per_year")]
    [60.0, 240.0, 400.0, 500.0, 125.0]
    """
    left, paid = as_years(years), dict(collected or {})
    require(total > 0, "total", total, "a positive number (billion VND)", known=True)
    check_fractions(cost=cost)
    for year, amount in paid.items():
        require(amount >= 0, f"collected of {year}", amount, "0 or more", known=True)
    return [_needed(total, rule, left, paid, cost, stream) for rule in rules]


def _needed(
    total: float, rule: SharingRule, left: Sequence[int], paid: Mapping[int, float], cost: float,
    stream: str,
) -> dict[str, Any]:  # fmt: skip
    """Return the row of one rule."""
    lines = [line_for(rule, stream, year) for year in left]
    costs = np.array([max(cost, line.cost_deducted_first) for line in lines])
    kept = np.array([line.kept for line in lines])
    back, first = float(np.mean((1 - costs) * kept)), float(np.mean(costs))
    received = sum(x * retained_share(rule, stream, year) for year, x in paid.items())
    missing = max(total - received, 0.0)
    gross = float(required_gross(missing, back)) if back > 0 else None
    return {
        "rule": rule.rule, "share": back / (1 - first) if first < 1 else 0.0,
        "own_share": float(np.mean([line.commune for line in lines])), "cost": first,
        "received": received, "missing": missing,
        "net": None if gross is None else gross * (1 - first), "gross": gross,
        "per_year": None if gross is None else gross / len(left),
        "status": "; ".join(dict.fromkeys(line.status for line in lines)),
        "origin": weakest_origin(*(line.origin for line in lines)),
    }  # fmt: skip
