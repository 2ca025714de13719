"""The spread around a scenario, from the record of the country and a stated widening.

A commune swings more than its country: the covariance of the national sectors is widened by a
factor that is an assumption, shown wherever a fan is.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.checks import Text
from laikhe_analysis.findings.draws import WIDER, product_draws, real_income_growth, revenue_draws
from laikhe_analysis.simulation import Chance
from laikhe_analysis.vietnamese import sentence

__all__ = [
    "WIDER",
    "chance_decimals",
    "chance_text",
    "fan_rows",
    "product_draws",
    "real_income_growth",
    "revenue_draws",
]


def fan_rows(
    values: NDArray[np.float64], years: tuple[int, ...], start: float = 100.0
) -> list[dict[str, Any]]:
    """Return the band of draws by year: median, and the middle 80 and 95 per cent.

    Parameters
    ----------
    values : array of shape [draws, years]
    years : tuple of int
        Years of the columns; the year before them has the value `start` in every draw.
    start : float
        [unit of `values`]

    Returns
    -------
    list of dict
        year, median, lo_80, hi_80, lo_95, hi_95.
    """
    levels = {"median": 0.5, "lo_80": 0.1, "hi_80": 0.9, "lo_95": 0.025, "hi_95": 0.975}
    found = np.quantile(values, list(levels.values()), axis=0)
    rows = [{"year": years[0] - 1} | dict.fromkeys(levels, start)]
    for column, year in enumerate(years):
        band = dict(zip(levels, map(float, found[:, column]), strict=True))
        rows.append({"year": year} | band)
    return rows


def chance_decimals(standard_error: float) -> int:
    """Return with how many decimals a chance in per cent is shown, by its standard error.

    Examples
    --------
    >>> [chance_decimals(error) for error in (0.0035, 0.0005, 0.00007)]
    [1, 2, 3]
    """
    return next((n for n, least in ((1, 1e-3), (2, 1e-4)) if standard_error >= least), 3)


def chance_text(chance: Chance) -> Text:
    """Return a chance with its standard error, or the bound where all draws say the same.

    Examples
    --------
    >>> chance_text(Chance(0.25, 0.005, 7500)).en
    '25.0% (standard error 0.5 points)'
    >>> chance_text(Chance(0.0, 0.0, 20_000)).en
    'below 0.015% (in none of 20,000 draws)'
    """
    if chance.value is None or chance.standard_error is None:
        return chance.reason or Text("không tính được", "not computable")
    if chance.value in (0.0, 1.0):
        bound = 100 * (3 / chance.draws if chance.value == 0 else 1 - 3 / chance.draws)
        vi, en = ("dưới", "below") if chance.value == 0 else ("trên", "above")
        all_vi, all_en = ("không lần nào", "none") if chance.value == 0 else ("tất cả", "all")
        return sentence(
            f"{vi} {{p:3}}% ({all_vi} trong {{n:0}} lần tính)",
            f"{en} {{p:3}}% (in {all_en} of {{n:0}} draws)", p=bound, n=float(chance.draws),
        )  # fmt: skip
    places = chance_decimals(chance.standard_error)
    return sentence(
        f"{{p:{places}}}% (sai số chuẩn {{e:{places}}} điểm %)",
        f"{{p:{places}}}% (standard error {{e:{places}}} points)",
        p=100 * chance.value, e=100 * chance.standard_error,
    )  # fmt: skip
