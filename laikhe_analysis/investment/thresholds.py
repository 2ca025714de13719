"""What decides: break-even values, what matters most, shares of the variance, conditions.

All of it under one sharing rule at a time, of any `Case`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.investment.cases import Case
from laikhe_analysis.investment.market import FACTORS, Factor, Market
from laikhe_analysis.investment.proceeds import Outcome
from laikhe_analysis.sensitivity import Box, break_even, find_box, sobol, tornado

__all__ = [
    "break_evens",
    "conditions",
    "exact_indices",
    "ranking",
    "variance_table",
]

_UP_TO_ONE = ("sold", "default", "collection", "cost", "in_time", "slip", "share")


def break_evens(case: Case, total: float) -> list[dict[str, Any]]:
    """Return the value of each input at which the total is just reached, the others at their base.

    Parameters
    ----------
    case : Case
    total : float
        Money wanted. [billion VND]

    Returns
    -------
    list of dict
        `name`, `base`, `value` (None where no value of this input is enough) and `most`, the money
        that it can bring. [billion VND]

    Notes
    -----
    Shares are possible from 0 to 1; areas and prices from 0 upwards. In a product the answer is
    ``base * total / money at base``.

    Examples
    --------
    >>> case = Case("a", lambda x: 2 * x["area"] * x["sold"],
    ...             {"area": (5, 10, 20), "sold": (0.5, 0.8, 1)})
    >>> [(row["name"], row["value"]) for row in break_evens(case, 20)]
    [('area', 12.5), ('sold', 1.0)]
    >>> break_evens(case, 30)[1]["value"] is None
    True
    """
    now = float(case.money(case.base))
    gap = max(total / now, 1.0) if now > 0 else 1.0
    limits = {
        name: (0.0, case.ceilings.get(name, 1.0 if name in _UP_TO_ONE else 2 * base * gap))
        for name, base in case.base.items()
    }
    found = break_even(case.money, case.ranges, total, limits=limits, arrays=True)
    return [
        {"name": name, "base": base, "value": found[name].value, "most": found[name].reached[1]}
        for name, base in case.base.items()
    ]


def ranking(cases: Sequence[Case]) -> list[dict[str, Any]]:
    """Return what moves the money most, the sharing rule among the rest.

    Parameters
    ----------
    cases : sequence of Case
        The same land under each rule; the ranges of the first count.

    Returns
    -------
    list of dict
        `name`, `low`, `high` (values; rules for "sharing_rule"), `change_low`, `change_high` (money
        against the base) and `width` [fractions], the widest first. What is certain is left out.

    Notes
    -----
    One at a time, from the one case in ten below to the one in ten above, the others at base. The
    width is a share of the money at base, so that it holds whatever the area.

    Examples
    --------
    >>> cases = [Case(name, lambda x, share=share: share * x["price"], {"price": (8, 10, 12)})
    ...          for name, share in (("a", 0.6), ("b", 0.3))]
    >>> [(row["name"], round(row["width"], 9)) for row in ranking(cases)]
    [('sharing_rule', 0.5), ('price', 0.4)]
    """
    first = tornado(cases[0].money, cases[0].ranges, arrays=True)
    if not first.base:
        return []
    rows: list[dict[str, Any]] = [
        _row(bar.name, bar.low, bar.high, bar.at_low / first.base, bar.at_high / first.base)
        for bar in first.bars
    ]
    by_rule = {case.rule: float(case.money(case.base)) / first.base for case in cases}
    low, high = min(by_rule, key=by_rule.__getitem__), max(by_rule, key=by_rule.__getitem__)
    rows.append(_row("sharing_rule", low, high, by_rule[low], by_rule[high]))
    return sorted((row for row in rows if row["width"] > 0), key=lambda row: -row["width"])


def _row(name: Any, low: Any, high: Any, at_low: float, at_high: float) -> dict[str, Any]:
    """Return one row of the ranking."""
    return {
        "name": name,
        "low": low,
        "high": high,
        "change_low": at_low - 1,
        "change_high": at_high - 1,
        "width": abs(at_high - at_low),
    }


def variance_table(
    market: Market,
    case: Case,
    *,
    area: Factor,
    n: int = 8192,
    rng: np.random.Generator,
) -> list[dict[str, Any]]:
    """Return how much of the variance each factor explains, beside the exact product formula.

    Parameters
    ----------
    market : Market
    case : Case
        From `land_case` with the same market and area.
    area : Factor
        Saleable land offered. [m2]
    n : int
        Sobol points, a power of 2.
    rng : numpy.random.Generator

    Returns
    -------
    list of dict
        `name`, `first`, `total`, their 95 % intervals, `exact_first`, `exact_total` (None where
        the money is no product: fever, or a cost that the rule takes first).

    Raises
    ------
    ValueError
        If nothing is uncertain.

    Notes
    -----
    Sobol indices need independent inputs: the common shock is left out here.
    """
    factors = {"area": area} | {name: market.factor(name) for name in FACTORS}
    free = {name: factor for name, factor in factors.items() if factor.variation > 0}
    if not free:
        raise ValueError("`market` and `area` do not vary: there is nothing to explain.")
    fixed = {name: value for name, value in case.base.items() if name not in free}
    found = sobol(
        lambda values: case.money(fixed | values),
        {name: factor.quantile for name, factor in free.items()},
        n=n,
        rng=rng,
    )
    exact = exact_indices({name: _variation(name, factor) for name, factor in free.items()})
    return [
        {
            "name": name,
            "first": found.first[name],
            "total": found.total[name],
            "first_interval": found.intervals[name][0],
            "total_interval": found.intervals[name][1],
            "exact_first": exact[name][0] if case.is_product else None,
            "exact_total": exact[name][1] if case.is_product else None,
        }
        for name in free
    ]


def exact_indices(variations: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """Return the Sobol indices, first and total, of a product of independent factors.

    Parameters
    ----------
    variations : mapping
        Coefficient of variation of each factor. [ratio]

    Notes
    -----
    ``S_i = V_i / (prod(1 + V_j) - 1)`` and ``T_i = V_i prod_{j != i}(1 + V_j) / (prod(1 + V_j) - 1)``
    with ``V`` the squared coefficient of variation.

    Examples
    --------
    >>> exact_indices({"a": 1.0, "b": 1.0})["a"]
    (0.3333333333333333, 0.6666666666666666)
    """
    squares = {name: value**2 for name, value in variations.items()}
    whole = float(np.prod([1 + value for value in squares.values()]))
    return {
        name: (value / (whole - 1), value * whole / (1 + value) / (whole - 1))
        for name, value in squares.items()
    }


def conditions(values: Mapping[str, NDArray[np.float64]], found: Outcome) -> Box | None:
    """Return the conditions under which the total is reached, or None when it always or never is.

    Parameters
    ----------
    values : mapping
        Draws of the inputs, by name; see `market.draw`.
    found : Outcome
        From the same draws.

    Examples
    --------
    >>> money = np.arange(100.0)
    >>> found = Outcome("a", 60, 0.4, 0, 0, 0, 0, 0, None, 0, 100, "example", money)
    >>> conditions({"price": money / 10}, found).limits
    {'price': (6.1, None)}
    """
    hit = found.retained >= found.total * (1 - 1e-12)
    if hit.all() or not hit.any():
        return None
    return find_box({name: array for name, array in values.items() if name != "shock"}, hit)


def _variation(name: str, factor: Factor) -> float:
    """Return the variation of what a factor multiplies the money by."""
    if name in ("default", "cost"):
        return factor.variation * factor.mean / (1 - factor.mean)
    return factor.variation
