"""What would have to be true: gross fees, land and plots behind a total, exactly, rule by rule.

Nothing here is a forecast. Each number is the plan's own total turned round: how much has to be
sold, at what price, in how many plots a year, if a sharing rule holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from laikhe_analysis.arrays import as_years
from laikhe_analysis.checks import check_fractions, require
from laikhe_analysis.land import required_gross
from laikhe_analysis.land.sharing import Split, add_splits, line_for, retained_share, split
from laikhe_analysis.messages import Text, _
from laikhe_analysis.records import SharingRule
from laikhe_analysis.series import weakest_origin

__all__ = [
    "Requirement",
    "needed_by_rule",
    "requirement",
]


@dataclass(frozen=True)
class Requirement:
    """What a total asks of land-use fees under one rule. Money in billion VND.

    `gross` and what follows from it are None, with a `reason`, when nothing comes back at all.
    """

    rule: str
    stream: str
    years: tuple[int, ...]
    total: float
    share: float
    own_share: float
    gross: float | None
    gross_per_year: float | None
    parts: Split | None
    left_years: tuple[int, ...]
    left_gross_per_year: float | None
    own_years: float | None
    status: str
    origin: str
    reason: Text | None = None

    @property
    def row(self) -> dict[str, Any]:
        """One row of a table: the shares and amounts, level by level."""
        head = {"rule": self.rule, "stream": self.stream, "share": self.share, "total": self.total}
        parts = self.parts
        split_up = {
            name: None if parts is None else getattr(parts, name)
            for name in ("commune", "city_returned", "city_kept", "central", "unassigned", "costs")
        }
        return {
            **head,
            "gross": self.gross,
            "gross_per_year": self.gross_per_year,
            "left_years": len(self.left_years),
            "left_gross_per_year": self.left_gross_per_year,
            **split_up,
            "own_share": self.own_share,
            "own_years": self.own_years,
            "status": self.status,
            "origin": self.origin,
        }


def requirement(
    total: float,
    rule: SharingRule,
    *,
    years: Sequence[int],
    stream: str = "commune_run",
    left_from: int | None = None,
    received: float = 0.0,
) -> Requirement:
    """Return what a total asks of land-use fees under one sharing rule.

    Parameters
    ----------
    total : float
        Money wanted over `years`. [billion VND]
    rule : SharingRule
    years : sequence of int
        Budget years of the plan, sales spread evenly over them. [year]
    stream : str
        Which fees; one of `records.STREAMS`.
    left_from : int, optional
        First year that is still open; the first of `years` by default. [year]
    received : float
        Money already retained before `left_from`. [billion VND]

    Returns
    -------
    Requirement

    Raises
    ------
    ValueError
        If `total` or `received` is negative or missing, there is no year, none is left, or the rule
        is incomplete.

    Notes
    -----
    ``gross = total / share``, with the mean of the yearly shares where a regime changes.
    ``left_gross_per_year = (total - received) / (share of the years left) / (their number)``.
    ``own_years`` is how long the same yearly gross must flow if only the commune's own share
    counts: ``total / (own_share * gross_per_year)``.

    Examples
    --------
    >>> from laikhe_analysis.records import ShareLine
    >>> line = ShareLine("commune_run", 2026, 2030, 0, 0.45, 0.15, 1, 0.4, 0, "plan", "statement")
    >>> r = requirement(300, SharingRule("plan", (line,)), years=range(2026, 2031), left_from=2027)
    >>> r.gross, r.gross_per_year, r.left_gross_per_year, round(r.own_years, 9)
    (500.0, 100.0, 125.0, 20.0)
    """
    span = as_years(years)
    left = tuple(year for year in span if year >= (left_from or span[0]))
    if not left:
        raise ValueError(f"`left_from` must leave a year of {span[0]}-{span[-1]}, got {left_from}.")
    require(total >= 0, "total", total, "0 or more (billion VND)", known=True)
    require(received >= 0, "received", received, "0 or more (billion VND)", known=True)
    lines = [line_for(rule, stream, year) for year in span]
    share = float(np.mean([retained_share(rule, stream, year) for year in span]))
    own = float(np.mean([(1 - line.cost_deducted_first) * line.commune for line in lines]))
    left_share = float(np.mean([retained_share(rule, stream, year) for year in left]))
    base = Requirement(
        rule.rule, stream, span, total, share, own, None, None, None, left, None, None,
        lines[0].status, weakest_origin(*(line.origin for line in lines)),
    )  # fmt: skip
    if share == 0:
        words = _("không khoản nào trở về ngân sách xã")
        return replace(base, reason=words)
    gross = required_gross(total, share)
    missing = max(total - received, 0.0)
    return replace(
        base,
        gross=gross,
        gross_per_year=gross / len(span),
        parts=add_splits([split(gross / len(span), line) for line in lines]),
        left_gross_per_year=required_gross(missing, left_share) / len(left) if left_share else None,
        own_years=total / (own * gross / len(span)) if own and gross else None,
    )


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
    kept = np.array([line.commune + line.city * line.city_returned for line in lines])
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
