"""The land behind a scenario of the what-if page: area, price, part sold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from laikhe_analysis.data import Dataset
from laikhe_analysis.investment.strategies import PACES, pace
from laikhe_analysis.land.sharing import covers
from laikhe_analysis.office.invest.land_market import stated_market
from laikhe_analysis.office.invest.view import STREAM, first_open_year
from laikhe_analysis.office.summary import auction_prices
from laikhe_analysis.records import Assumption, Scenario
from laikhe_analysis.scenarios import by_year

__all__ = ["Land", "fees", "land_of", "paces", "rules"]

SQUARE_METRES = 1e4  # per hectare
_BILLION_PER_HA = 10.0  # of 1 million VND per m2


@dataclass(frozen=True)
class Land:
    """The land that a scenario stands for.

    Parameters
    ----------
    area_ha : float
        That of the inventory, or what the scenario's fees amount to at `price`, or 0. [ha]
    price : float
        What buyers pay. [million VND per m2]
    sold : float
        Part of the land offered that finds a buyer. [%]
    years : tuple of int
        Years still open. [year]
    """

    area_ha: float
    price: float
    sold: float
    years: tuple[int, ...]

    def gross(self) -> float:
        """Return what the sales bring, all of it paid. [billion VND]

        Examples
        --------
        >>> Land(5.0, 12.0, 80.0, (2030,)).gross()
        480.0
        """
        return _BILLION_PER_HA * self.area_ha * self.price * self.sold / 100


def land_of(data: Dataset, scenario: Scenario) -> Land:
    """Return the land that a scenario stands for.

    The price is that of the inventory, weighted by area, else the market's that the folder states
    (starting price times premium), else 10 to have something to show.
    """
    seen = sorted(set(auction_prices(data).values()))
    stated = any(row.series_id == "land_price" for row in data.latest())
    market = stated_market(data, seen) if seen or stated else None
    years = tuple(range(first_open_year(data), data.commune.target_year + 1))
    if data.inventory:
        sizes = [plot.area_m2 * plot.saleable_share for plot in data.inventory]
        price = _mean([plot.price_mode for plot in data.inventory], sizes)
        sold = 100 * _mean([plot.sale_probability for plot in data.inventory], sizes)
        return Land(sum(sizes) / SQUARE_METRES, price, sold, years)
    price = market.price.mode * market.premium.mode if market else 10.0
    sold = 100 * market.sold.mode if market else 100.0
    amounts = by_year(scenario).get("land_gross", {}).values()
    per_ha = Land(1.0, price, sold, years).gross()
    area = sum(float(one.value) for one in amounts) / per_ha if per_ha else 0.0
    return Land(area, price, sold, years)


def _mean(values: Sequence[float], weights: Sequence[float]) -> float:
    """Return the weighted mean."""
    return sum(v * w for v, w in zip(values, weights, strict=True)) / (sum(weights) or 1.0)


def rules(data: Dataset) -> tuple[str, ...]:
    """Return the sharing rules that say what becomes of the fees in every year of the plan."""
    years = range(data.commune.base_year + 1, data.commune.target_year + 1)
    return tuple(name for name, rule in data.rules.items() if covers(rule, STREAM, years))


def paces(data: Dataset) -> tuple[str, ...]:
    """Return the paces of land sales that the open years leave room for."""
    left = data.commune.target_year - first_open_year(data) + 1
    return tuple(kind for kind in PACES if kind != "frozen" or left > 2)


def fees(land: Land, kind: str, first: int, note: str) -> list[Assumption]:
    """Return the land-use fees by year that the sales of the open years bring.

    Parameters
    ----------
    land : Land
    kind : str
        Pace of the sales; one of `PACES`.
    first : int
        First year of the plan; years before the open ones bring nothing. [year]
    note : str

    Examples
    --------
    >>> [(a.year_from, a.year_to, a.value)
    ...  for a in fees(Land(4.0, 10.0, 100.0, (2027, 2028)), "even", 2026, "")]
    [(2026, 2026, 0.0), (2027, 2028, 200.0)]
    """
    total, parts = land.gross(), pace(kind, land.years)
    rows: list[Assumption] = []
    for year in range(first, land.years[-1] + 1):
        value = total * parts.get(year, 0.0)
        start = rows.pop().year_from if rows and rows[-1].value == value else year
        unit = "billion VND/year"
        rows.append(Assumption("land_gross", start, year, value, unit, "assumption", note=note))
    return rows
