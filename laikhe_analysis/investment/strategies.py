"""What the commune can choose: pace of auctions and size of the programme, compared by regret.

Choices are held against sharing rules and markets that nobody chooses. A strategy is not judged by
its average over them, only by how far it falls behind the best choice in each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from laikhe_analysis.checks import check_choice, check_fractions, require
from laikhe_analysis.land.sharing import retained_share
from laikhe_analysis.records import SharingRule

__all__ = ["PACES", "pace", "regret"]

PACES = ("even", "front", "back", "frozen")
"""Even; falling from year to year; growing; none in the years of a freeze."""


def pace(
    kind: str, years: Sequence[int], *, rate: float = 0.2, frozen: Sequence[int] = ()
) -> dict[int, float]:
    """Return the part of all sales that falls on each year.

    Parameters
    ----------
    kind : str
        One of `PACES`.
    years : sequence of int
        Years in which land is sold. [year]
    rate : float
        By how much sales fall ("front") or grow ("back") from year to year. [fraction per year]
    frozen : sequence of int
        Years without auctions, for "frozen"; the first two by default. [year]

    Returns
    -------
    dict
        Weights by year that add up to 1. [fraction]

    Raises
    ------
    ValueError
        If the kind is unknown, `rate` is not from 0 to below 1, every year is frozen, or a year that
        is none of `years`.

    Examples
    --------
    >>> pace("frozen", [2026, 2027, 2028, 2029])
    {2026: 0.0, 2027: 0.0, 2028: 0.5, 2029: 0.5}
    """
    check_choice("kind", kind, PACES)
    advice = ": 12 % is 0.12" if rate > 1 else ""
    wanted = "from 0 to below 1 (a fraction)"
    require(0 <= rate < 1, "rate", rate, wanted, known=True, advice=advice)
    step = {"front": 1 - rate, "back": 1 + rate}.get(kind, 1.0)
    shut = set(frozen or years[:2]) if kind == "frozen" else set()
    if shut - set(years):
        raise ValueError(f"`frozen` must be some of {list(years)}, got {sorted(shut)}.")
    weights = np.array([0.0 if year in shut else step**k for k, year in enumerate(years)])
    if not weights.any():
        raise ValueError(f"`frozen` must leave a year with auctions, got {sorted(shut)}.")
    parts = weights / weights.sum()
    return {year: float(part) for year, part in zip(years, parts, strict=True)}


def regret(
    gross: float,
    programmes: Sequence[float],
    rules: Sequence[SharingRule],
    *,
    paces: Mapping[str, Mapping[int, float]],
    markets: Mapping[str, Mapping[int, float]],
    stream: str = "commune_run",
    carried: float = 0.0,
) -> list[dict[str, Any]]:
    """Return how far each strategy falls behind the best one, in every rule and market.

    Parameters
    ----------
    gross : float
        Gross fees if everything sells at the planned price. [billion VND]
    programmes : sequence of float
        Sizes of the list of works to commit to. [billion VND]
    rules : sequence of SharingRule
    paces : mapping
        Strategies: weights by year; see `pace`.
    markets : mapping
        By name, factor on the year's sales; a year left out is 1. [ratio]
    stream : str
    carried : float
        Part of a year's sales that is paid in the next. [fraction]

    Returns
    -------
    list of dict
        One row per strategy: `pace`, `programme`, `worst_regret`, `worst_rule`, `worst_market`,
        `lowest_money`; the smallest worst regret first.

    Raises
    ------
    ValueError
        If `carried` is not a fraction, or a rule lacks a year.

    Notes
    -----
    A strategy that commits to ``s`` and retains ``m`` is worth ``min(m, s) - max(s - m, 0)``: what
    is built, less what is started and cannot be paid. Its regret is the best worth in the same rule
    and market less its own: up to twice ``s`` where the best strategy builds ``s`` and this one has
    nothing to pay what it began. What is paid after the last year does not count.

    References
    ----------
    .. [1] Savage (1951): choose the smallest of the largest regrets.

    Examples
    --------
    >>> from laikhe_analysis.records import ShareLine
    >>> line = ShareLine("commune_run", 2026, 2027, 0, 0, 1, 0, 0, 0, "plan", "example")
    >>> rows = regret(100, [60, 100], [SharingRule("all", (line,))],
    ...     paces={"even": {2026: 0.5, 2027: 0.5}}, markets={"calm": {}, "slump": {2027: 0}})
    >>> [(row["programme"], row["worst_regret"], row["worst_market"]) for row in rows]
    [(60, 40.0, 'calm'), (100, 40.0, 'slump')]
    """
    check_fractions(carried=carried)
    require(gross >= 0, "gross", gross, "0 or more (billion VND)", known=True)
    states = [(rule, name) for rule in rules for name in markets]
    money = np.array(
        [
            [_retained(gross, weights, rule, markets[name], stream, carried)
             for rule, name in states]
            for weights in paces.values()
        ]
    )  # fmt: skip
    size = np.array(programmes, dtype=float)[None, :, None]
    got = money[:, None, :]
    worth = np.minimum(got, size) - np.maximum(size - got, 0)
    behind = worth.max(axis=(0, 1)) - worth
    rows = []
    for i, name in enumerate(paces):
        for j, programme in enumerate(programmes):
            worst = int(behind[i, j].argmax())
            rows.append(
                {
                    "pace": name,
                    "programme": programme,
                    "worst_regret": float(behind[i, j, worst]),
                    "worst_rule": states[worst][0].rule,
                    "worst_market": states[worst][1],
                    "lowest_money": float(money[i].min()),
                }
            )
    return sorted(rows, key=lambda row: round(row["worst_regret"], 6))  # ties: as given


def _retained(
    gross: float, weights: Mapping[int, float], rule: SharingRule, market: Mapping[int, float],
    stream: str, carried: float,
) -> float:  # fmt: skip
    """Return the money retained within the years of a pace."""
    sales = {year: gross * part * market.get(year, 1.0) for year, part in weights.items()}
    return float(
        sum(
            ((1 - carried) * sold + carried * sales.get(year - 1, 0.0))
            * retained_share(rule, stream, year)
            for year, sold in sales.items()
        )
    )
