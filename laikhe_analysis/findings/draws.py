"""The draws from which chances are told: the record of the country, and a stated widening.

A commune swings more than its country: the covariance of the national sectors is widened by a
factor that is an assumption, shown wherever a chance is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.checks import SEED
from laikhe_analysis.scenarios import Projection, by_year
from laikhe_analysis.series import AnnualSeries, chain
from laikhe_analysis.simulation import Simulation, around, estimate_covariance, simulate

if TYPE_CHECKING:
    from laikhe_analysis.data import Dataset

__all__ = ["WIDER", "product_draws", "real_income_growth", "revenue_draws"]

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
