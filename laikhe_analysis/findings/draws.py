"""The draws from which chances are told: records of the country and places, and stated judgements.

A commune swings more than its country: the covariance of the national sectors is widened by a
factor. Real income follows product and strays from it by itself; revenue follows product at current
prices by a buoyancy that is not known. Each judgement has its name and its row in `premises.csv`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.checks import SEED
from laikhe_analysis.findings.income_record import income_record, income_strays
from laikhe_analysis.scenarios import Projection, by_year
from laikhe_analysis.simulation import Simulation, around, estimate_covariance, simulate

if TYPE_CHECKING:
    import pandas as pd

    from laikhe_analysis.data import Dataset

__all__ = ["BUOYANCY_WIDTH", "FOLLOWS", "SHRINKAGE", "WIDER", "fan_of", "income_draws",
           "product_draws", "revenue_draws"]  # fmt: skip

WIDER = 2.0
"""How many times as much a commune swings as the country (standard deviation): an assumption."""
SHRINKAGE = 0.0
"""How far correlations of sectors are drawn to their mean: 0 keeps them as measured."""
FOLLOWS = 1.0
"""Points by which real income moves with a point of product per head: an assumption."""
BUOYANCY_WIDTH = 0.2
"""How far the buoyancy of revenue may lie off either way: the distance of its two readings."""

_INCOME, _REVENUE = "income_per_capita_real", "recurrent_revenue"
_LEAST_COMMON = 4
"""Years that the records must share for a covariance; `estimate_covariance` asks as many."""


def product_draws(
    data: Dataset,
    projection: Projection,
    *,
    wider: float = WIDER,
    shrinkage: float | None = SHRINKAGE,
    follows: float = FOLLOWS,
    strays: float | None = None,
    buoyancy_width: float = BUOYANCY_WIDTH,
    draws: int = 20_000,
    seed: int = SEED,
) -> Simulation | None:
    """Return draws of the sectors around a projection, and of real income and revenue with them.

    Parameters
    ----------
    data : Dataset
        With the growth of the country's sectors among its facts.
    projection : Projection
        What the medians follow.
    wider : float
        Factor on the country's standard deviations. [ratio]
    shrinkage : float or None
        As in `estimate_covariance`.
    follows : float
        Points by which real income moves with a point of product. [ratio]
    strays : float, optional
        How far real income strays from that in a year, standard deviation; by the record of places
        when not given. [fraction] Without a record income is not drawn.
    buoyancy_width : float
        How far the buoyancy of revenue may lie off, either way, in all years alike. [ratio]
    draws, seed : int

    Returns
    -------
    Simulation or None
        None where the record or the projection lacks a sector or has nothing in it, or the
        sectors' records share fewer than four years.

    Notes
    -----
    With C the covariance of the sectors and w their base-year shares, income moves with the total
    (to first order): ``cov(income, sectors) = f C w``, ``var(income) = f**2 w'Cw + s**2``.
    """
    country, facts = data.commune.yardsticks.get("country", ""), data.facts()
    sectors = projection.parts
    record = {s: facts.get(f"{country}/gdp_growth_{s}") for s in sectors}
    known = {name: series for name, series in record.items() if series is not None}
    idle = [s for s in sectors if min(projection.paths[f"product_{s}"].values) <= 0]
    if not sectors or idle or len(known) < len(record):  # a sector of nothing has no growth
        return None
    common = set.intersection(*(set(s.after_breaks().known().years) for s in known.values()))
    if len(common) < _LEAST_COMMON:
        return None
    cov = estimate_covariance(known, shrinkage=shrinkage).matrix * wider**2
    own = income_strays(income_record(data), follows) if strays is None else strays
    also = [_INCOME] if own is not None and _INCOME in projection.paths else []
    if also and own is not None:
        shares = np.array([projection.value(f"share_{s}", projection.years[0]) for s in sectors])
        cov = _with_income(cov, follows * shares, own)
    model, shares = around(projection, cov, also=also)
    is_drawn = _REVENUE in projection.paths
    moved = is_drawn and "buoyancy" in by_year(projection.scenario)
    return simulate(
        model, shares, draws=draws, seed=seed, keep_sectors=True, projection=projection,
        variables=[_REVENUE] if is_drawn else [],
        shifts={"buoyancy": buoyancy_width} if moved else {},
    )  # fmt: skip


def _with_income(
    cov: NDArray[np.float64], weights: NDArray[np.float64], strays: float
) -> NDArray[np.float64]:
    """Return the covariance of the sectors and of what follows them by weights and strays."""
    with_sectors = cov @ weights
    own = weights @ with_sectors + strays**2
    return np.block([[cov, with_sectors[:, None]], [with_sectors[None, :], own]])


def income_draws(simulation: Simulation, projection: Projection) -> NDArray[np.float64] | None:
    """Return real income in each draw: array [draws, years]; None where it was not drawn.

    [million VND/person/year, prices of the base year]
    """
    if _INCOME not in simulation.model.sectors:
        return None
    return projection.paths[_INCOME].values[0] * simulation.sector(_INCOME)


def revenue_draws(simulation: Simulation, projection: Projection) -> NDArray[np.float64] | None:
    """Return the index of revenue in each draw, as the scenario makes it of product's draws.

    Returns
    -------
    array of shape [draws, years] or None
        Base year = 100; what is known of a year is the same in every draw, and the years after go
        on from there. None where the scenario gives revenue a growth of its own, or revenue of the
        base year is not known while a later one is. [index]
    """
    path = projection.paths.get(_REVENUE)
    own = "revenue_growth" in by_year(projection.scenario)
    if path is None or path.years != projection.years or own:
        return None
    return 100 * simulation.values(path.variable) / path.values[0]


def fan_of(
    values: NDArray[np.float64], years: Sequence[int], base: float, levels: Sequence[int] = (50, 80)
) -> pd.DataFrame:
    """Return the middle and the bands of draws by year, from the base year on.

    Parameters
    ----------
    values : array [draws, years]
    years : sequence of int
        Those of the draws; the base year is the one before.
    base : float
        What is known of the base year. [unit of the draws]
    levels : sequence of int
        Coverage of the bands. [%]

    Returns
    -------
    DataFrame
        By year: point, and lo_50, hi_50, ... for each level.

    Examples
    --------
    >>> fan_of(np.array([[1.0], [2.0], [3.0]]), [2026], 1.5, [50]).loc[2026].tolist()
    [2.0, 1.5, 2.5]
    """
    import pandas as pd

    ends = {"point": 0.5}
    for level in levels:
        ends |= {f"lo_{level}": 0.5 - level / 200, f"hi_{level}": 0.5 + level / 200}
    rows = np.quantile(values, [*ends.values()], axis=0).T
    table = pd.DataFrame([[base] * len(ends), *rows], [years[0] - 1, *years], [*ends])
    return table.rename_axis("year")
