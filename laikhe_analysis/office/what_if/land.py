"""Land on the what-if page: the price to begin with, and what the market leaves of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.checks import SEED
from laikhe_analysis.data import Dataset
from laikhe_analysis.findings.investment import STREAM, first_open_year
from laikhe_analysis.findings.land_market import auction_prices, stated_market
from laikhe_analysis.investment.market import Factor, Market, draw
from laikhe_analysis.investment.proceeds import retained_money
from laikhe_analysis.land import retained_share
from laikhe_analysis.land.sharing import covers

__all__ = ["kept_shares", "open_years", "own_area", "paid_parts", "start_price"]

_LEAST = 10.0
"""Price where nothing at all is known, to have something to show. [million VND per m2]"""


def open_years(data: Dataset) -> tuple[int, ...]:
    """Return the years in which land can still be sold. [year]"""
    return tuple(range(first_open_year(data), data.commune.target_year + 1))


def _market(data: Dataset) -> Market:
    """Return the market around land that is sold at a price: nothing unsold, no cost of the land."""
    market = stated_market(data, sorted(set(auction_prices(data).values())) or [_LEAST])
    one, none = Factor("fixed", 1.0), Factor("fixed", 0.0)
    return replace(market, premium=one, sold=one, cost=none)


def start_price(data: Dataset) -> float:
    """Return the price to begin with: the inventory's mean, else the market's. [million VND per m2]"""
    plots = data.inventory
    if plots:
        sizes = [plot.area_m2 * plot.saleable_share for plot in plots]
        return float(np.average([plot.price_mode for plot in plots], weights=sizes))
    return round(_market(data).price.mode, 3)


def own_area(data: Dataset) -> dict[int, float]:
    """Return the commune's own plots by the year in which they are offered; {} without any. [ha]"""
    if not data.inventory:
        return {}
    return {
        year: sum(p.area_m2 * p.saleable_share for p in data.inventory if p.year == year) / 10_000
        for year in open_years(data)
    }


def kept_shares(data: Dataset) -> dict[str, list[float | None]]:
    """Return by rule what the commune keeps of fees, by year, the base year first and empty.

    Only rules that say so for every year of the plan. [fraction]
    """
    years = range(data.commune.base_year + 1, data.commune.target_year + 1)
    return {
        name: [None, *(retained_share(rule, STREAM, year) for year in years)]
        for name, rule in data.rules.items()
        if covers(rule, STREAM, years)
    }


def paid_parts(data: Dataset, draws: int, seed: int = SEED) -> NDArray[np.float64]:
    """Return by draw what the commune has over what it would have if all went as hoped. [ratio]

    Prices off their middle, bids abandoned, payments late or missing; the same under every rule.
    """
    market = _market(data)
    values: dict[str, Any] = dict(draw(market, draws, np.random.default_rng(seed)))
    name = next(iter(kept_shares(data)))
    given: dict[str, Any] = {"rule": data.rules[name], "years": open_years(data), "stream": STREAM}
    hoped = dict.fromkeys(values, 1.0) | {"price": market.price.mode, "default": 0.0, "cost": 0.0}
    area = {"area": 1e4}
    found: NDArray[np.float64] = retained_money(values | area, market, **given)
    hope = float(retained_money(hoped | area, market, **given))
    return found / hope
