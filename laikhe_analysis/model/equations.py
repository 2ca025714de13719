"""The model: every projected quantity of a commune, and the algebra of land, each written once.

A row is name, unit, formula of the base year, formula of every later year; one formula alone holds
for all years. ``a | b`` is a where there is one, else b; `known` is a figure, `rate` and `amount`
are assumptions, `prev` is the year before, [s] that of sector s. The rows are read by `evaluation`
(numpy, over scenarios and draws), `lineage` (origins, inputs, reasons, units) and `printing` (the
table for readers, Excel, JavaScript).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from laikhe_analysis.model.expressions import (
    NOTHING,
    Test,
    amount,
    every,
    given,
    index,
    known,
    now,
    option,
    prev,
    rate,
    total,
    when,
)
from laikhe_analysis.model.table import HELPER, Model

__all__ = ["LAND", "equations"]

_Let = Callable[..., None]
_GROWTH, _SHARE, _MONEY = "fraction/year", "fraction", "billion VND"


@lru_cache(maxsize=64)
def equations(parts: tuple[str, ...] = ("S",)) -> Model:
    """Return the equations of a commune with these sectors; those of a sector S for readers.

    Product taxes are a sector like the others.

    Examples
    --------
    >>> model = equations(("farming", "trade"))
    >>> len(model.names), [name for name in model.names if name.endswith("farming")]
    (25, ['product_farming', 'share_farming', 'growth_farming', 'contribution_farming'])
    """
    model = Model(parts)
    _product(model.let, parts)
    for sector in parts:
        _sector(model.let, sector, parts)
    for write in (_prices, _people, _budget, _land):
        write(model.let)
    return model


# the rows stand as a table
# fmt: off
def _product(let: _Let, parts: tuple[str, ...]) -> None:
    """Write the total, and how a known one rescales the sectors that are not known."""
    products = total(now.product[s] for s in parts)
    let("total_product", "index",
        known.total_product | when(_levels(parts), products, 100),
        known.total_product | products)
    let("growth_total_product", _GROWTH, NOTHING, now.total_product / prev.total_product - 1)
    let("room", HELPER, NOTHING, known.total_product - total(known.product[s] | 0 for s in parts))
    let("free", HELPER, NOTHING,
        total(when(given(known.product[s]), 0, now.unfitted[s]) for s in parts))
    scaled = when((now.room > 0) & (now.free > 0), now.room / now.free, when(given(now.free), 1))
    let("fit", HELPER, NOTHING, when(given(now.room), scaled, 1))


def _sector(let: _Let, s: str, parts: tuple[str, ...]) -> None:
    """Write what there is of one sector."""
    part = rate.share[s] / total(rate.share[p] for p in parts)
    change = now.product[s] - prev.product[s]
    is_tied = given(known.product[s] | known.total_product)
    let(f"product_{s}", "index",
        when(_levels(parts), known.product[s], part * (known.total_product | 100)),
        known.product[s] | now.unfitted[s] * now.fit)
    let(f"unfitted_{s}", HELPER, NOTHING, prev.product[s] * (1 + rate.growth[s]))
    let(f"share_{s}", _SHARE, now.product[s] / now.total_product)
    let(f"growth_{s}", _GROWTH, NOTHING, when(is_tied, change / prev.product[s], rate.growth[s]))
    let(f"contribution_{s}", _GROWTH, NOTHING, change / prev.total_product)


def _levels(parts: tuple[str, ...]) -> Test:
    """Return the test whether the level of every sector is known."""
    return every(given(known.product[s]) for s in parts)


def _prices(let: _Let) -> None:
    """Write prices, and the total product at them."""
    let("price_index", "index", 100, prev.price_index * (1 + rate.inflation))
    let("deflator", "index", 100,
        prev.deflator * (1 + (rate.product_deflator | rate.inflation)))
    let("total_product_nominal", "index",
        when(option.product_at_current_prices > 0, now.total_product,
             when(given(now.total_product), 100)),
        prev.total_product_nominal * (now.total_product / prev.total_product)
        * (now.deflator / prev.deflator), prices="current")


def _people(let: _Let) -> None:
    """Write population, product per head, income."""
    let("population", "people", known.population,
        known.population | prev.population * (1 + rate.population_growth))
    start = when(given(now.total_product / now.population), 100)
    let("total_product_per_head", "index", start,
        prev.total_product_per_head * (now.total_product / prev.total_product)
        / (now.population / prev.population) | start)
    let("income_per_capita_real", "", known.income_per_capita,
        when(given(known.income_per_capita), known.income_per_capita / now.price_index * 100,
             prev.income_per_capita_real * (1 + rate.income_growth_real)), prices="constant {}")
    let("income_per_capita", "", known.income_per_capita,
        known.income_per_capita | now.income_per_capita_real * now.price_index / 100,
        prices="current")


def _budget(let: _Let) -> None:
    """Write revenue without land-use fees, and the estimate assigned by the city."""
    nominal = now.total_product_nominal / prev.total_product_nominal - 1
    let("revenue_growth", HELPER, NOTHING, rate.revenue_growth | amount.buoyancy * nominal)
    let("recurrent_revenue", "index", known.recurrent_revenue | index.recurrent_revenue,
        known.recurrent_revenue | prev.recurrent_revenue * (1 + now.revenue_growth))
    assigned = "assigned_revenue_without_land"
    let(assigned, "index", known[assigned] | index[assigned],
        known[assigned] | prev[assigned] * (1 + rate.assigned_growth))
    let("collected_over_assigned", "ratio", now.recurrent_revenue / now[assigned])


def _land(let: _Let) -> None:
    """Write land-use fees, what the commune keeps of them, all revenue collected; crops."""
    let("land_revenue", _MONEY, known.land_revenue, known.land_revenue | amount.land_gross,
        prices="current")
    let("land_retained", _MONEY, NOTHING, now.land_revenue * amount.retained_share,
        prices="current")
    let("kept_so_far", HELPER, 0, prev.kept_so_far + now.land_retained)
    let("land_retained_total", _MONEY, NOTHING, now.kept_so_far, prices="current")
    let("collected_revenue", _MONEY, now.recurrent_revenue + now.land_revenue, prices="current")
    let("crop_value_per_ha", "", known.crop_value_per_ha,
        known.crop_value_per_ha | prev.crop_value_per_ha * (1 + rate.crop_value_growth))


def _land_algebra() -> Model:
    """Return what land has to bring, brings, and leaves to whom: of amounts, in one year."""
    model, a = Model(), amount
    let, flat = model.let, now.paid * a.cost_deducted_first
    first = when(flat > a.cost, flat, a.cost)  # the land's own cost or the rule's flat part
    let("retained_share", _SHARE,
        (1 - a.cost_deducted_first) * (a.commune + a.city * a.city_returned))
    let("required_gross", _MONEY, a.total / (a.share * a.collection * (1 - a.cost)))
    let("required_area", "m2", a.gross * 1000 / (a.price * a.premium * a.sold * a.saleable))
    let("winning_bids", _MONEY, a.area * a.saleable * a.price * a.premium * a.sold / 1000)
    let("paid", _MONEY, a.gross * a.collected)
    let("uncollected", _MONEY, a.gross - now.paid)
    let("costs", _MONEY, when(now.paid > first, first, now.paid))
    let("shared", _MONEY, now.paid - now.costs)
    let("central", _MONEY, now.shared * a.central)
    let("city_kept", _MONEY, now.shared * a.city * (1 - a.city_returned))
    let("city_returned", _MONEY, now.shared * a.city * a.city_returned)
    let("commune", _MONEY, now.shared * a.commune)
    let("unassigned", _MONEY, now.shared * a.unassigned)
    return model
# fmt: on


LAND = _land_algebra()
"""The algebra of land: money in billion VND, prices in million VND per m2, areas in m2."""
