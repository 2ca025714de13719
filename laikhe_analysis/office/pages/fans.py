"""The spread around a scenario, from the record of the country and a stated widening.

A commune swings more than its country: the covariance of the national sectors is widened by a
factor that is an assumption, shown wherever a fan is.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.checks import SEED, Text
from laikhe_analysis.data import Dataset
from laikhe_analysis.scenarios import Projection, by_year
from laikhe_analysis.series import AnnualSeries, chain
from laikhe_analysis.simulation import Chance, Simulation, around, estimate_covariance, simulate
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

WIDER = 2.0
"""How many times as much a commune swings as the country (standard deviation): an assumption."""

_LEAST_COMMON = 4
"""Years that the records must share for a covariance; `estimate_covariance` asks as many."""


def product_draws(
    data: Dataset,
    projection: Projection,
    *,
    with_income: bool = False,
    wider: float = WIDER,
    draws: int = 20_000,
    seed: int = SEED,
) -> Simulation | None:
    """Return draws of the sectors around a projection, and of real income if wanted.

    Parameters
    ----------
    data : Dataset
        With the growth of the country's sectors among its facts.
    projection : Projection
        What the medians follow.
    with_income : bool
        Draw `income_per_capita_real` along, by the country's record.
    wider : float
        Factor on the country's standard deviations. [ratio]
    draws, seed : int

    Returns
    -------
    Simulation or None
        None where the record or the projection lacks a sector or has nothing in it, or the
        sectors' records share fewer than four years.
    """
    country, facts = data.commune.yardsticks.get("country", ""), data.facts()
    sectors = projection.parts
    record = {s: facts.get(f"{country}/gdp_growth_{s}") for s in sectors}
    also = []
    if with_income and "income_per_capita_real" in projection.paths:
        also = ["income_per_capita_real"]
        record[also[0]] = real_income_growth(data)
    known = {name: series for name, series in record.items() if series is not None}
    idle = [s for s in sectors if min(projection.paths[f"product_{s}"].values) <= 0]
    if not sectors or idle or len(known) < len(record):  # a sector of nothing has no growth
        return None
    common = set.intersection(*(set(s.after_breaks().known().years) for s in known.values()))
    if len(common) < _LEAST_COMMON:
        return None
    spread = estimate_covariance(known).matrix * wider**2
    model, shares = around(projection, spread, also=also)
    drawn = [name for name in ("recurrent_revenue",) if name in projection.paths]
    return simulate(
        model, shares, draws=draws, seed=seed, keep_sectors=True, projection=projection,
        variables=drawn,
    )  # fmt: skip


def real_income_growth(data: Dataset) -> AnnualSeries | None:
    """Return the yearly growth of the country's real income per head, by its survey and prices."""
    country, facts = data.commune.yardsticks.get("country", ""), data.facts()
    income = facts.get(f"{country}/income_per_capita_month")
    inflation = facts.get(f"{country}/cpi_inflation")
    if income is None or inflation is None:
        return None
    prices = chain(inflation)
    real = income.select(prices.years).deflate(prices, prices.years[-1])
    yearly = [y for y in real.years if y - 1 in real.years]
    return real.rates().select(yearly)


def revenue_draws(simulation: Simulation, projection: Projection) -> NDArray[np.float64] | None:
    """Return the index of revenue in each draw, as the scenario makes it of product's draws.

    Returns
    -------
    array of shape [draws, years] or None
        Base year = 100; what is known of a year is the same in every draw, and the years after go
        on from there. None where the scenario gives revenue a growth of its own, or revenue of the
        base year is not known while a later one is. [index]
    """
    path = projection.paths.get("recurrent_revenue")
    own = "revenue_growth" in by_year(projection.scenario)
    if path is None or path.years != projection.years or own:
        return None
    return 100 * simulation.values(path.variable) / path.values[0]


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
