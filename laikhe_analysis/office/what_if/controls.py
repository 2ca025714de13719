"""What can be moved on the what-if page: each number, how it is shown and how far it goes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from laikhe_analysis.data import Dataset
from laikhe_analysis.messages import Message, _
from laikhe_analysis.office.what_if.land import kept_shares, open_years, start_price
from laikhe_analysis.scenarios import Projection, by_year
from laikhe_analysis.vietnamese import label

__all__ = ["AREA", "PRICE", "Control", "called", "controls"]

AREA, PRICE = "area_ha", "price"
"""The two numbers that make land-use fees: no variables of a scenario."""

_RATES = {
    "inflation": ("", -5.0, 15.0),
    "product_deflator": ("total_product_nominal", -5.0, 15.0),
    "population_growth": ("population", -3.0, 5.0),
    "income_growth_real": ("income_per_capita", -5.0, 20.0),
    "revenue_growth": ("recurrent_revenue", -5.0, 25.0),
}
"""What each rate moves, which is fixed in a year for which it is known, and the slider's ends."""


@dataclass(frozen=True)
class Control:
    """One number that can be moved, for all years or for each.

    Parameters
    ----------
    name : str
        A variable of scenarios, or `AREA`, `PRICE`.
    group : {"growth", "shares", "money", "land"}
    text : str
        As readers see it.
    unit : str
        Of a scenario's file.
    low, high, step : float
        Ends and step of the slider. [`unit`]
    least, most : float
        What may be typed. [`unit`]
    closed : tuple of bool
        By year, the base year first: whether nothing can be moved, as the year is known.
    """

    name: str
    group: str
    text: str
    unit: str
    low: float
    high: float
    step: float
    least: float
    most: float
    closed: tuple[bool, ...]


def called(data: Dataset, name: str, lang: str) -> str:
    """Return what a sector, scenario or rule is called: by the commune itself, else by everybody."""
    return data.commune.labels.get(name) or label(name, lang)


def controls(
    data: Dataset, projections: Mapping[str, Projection], lang: str
) -> tuple[Control, ...]:
    """Return the numbers that can be moved; those that nothing rests on are absent.

    Growth by sector, their shares where the levels are assumed, prices, people, income and revenue,
    and land where a sharing rule holds.
    """
    return (*_sectors(data, projections, lang), *_money(projections, lang), *_land(data))


def _closed(projection: Projection, *names: str) -> tuple[bool, ...]:
    """Return by year whether one of these is known; the base year always is."""
    held = {year for name in names for year in projection.baseline.held(name)}
    return tuple(year == projection.years[0] or year in held for year in projection.years)


def _sectors(data: Dataset, projections: Mapping[str, Projection], lang: str) -> Iterator[Control]:
    longest = max(projections.values(), key=lambda one: len(one.parts))
    for part in longest.parts:
        names = f"product_{part}", f"growth_{part}"
        yield Control(names[1], "growth", called(data, part, lang), "%/year", -5, 25, 0.1, -50, 50,
                      _closed(longest, *names))  # fmt: skip
    known = all(f"product_{part}" in longest.baseline.levels for part in longest.parts)
    for part in () if known else longest.parts[:-1]:
        closed = tuple(year > 0 for year in range(len(longest.years)))
        yield Control(
            f"share_{part}", "shares", called(data, part, lang), "%", 0, 100, 0.1, 0, 100, closed
        )


def _money(projections: Mapping[str, Projection], lang: str) -> Iterator[Control]:
    first = next(iter(projections.values()))
    used = {name for one in projections.values() for name in by_year(one.scenario)}
    paths = {name for one in projections.values() for name in one.paths}
    for name, (moved, low, high) in _RATES.items():
        is_revenue = name == "revenue_growth" and moved in paths
        if name in used or is_revenue or (name == "product_deflator" and "inflation" in used):
            yield Control(name, "money", str(_TEXTS[name]), "%/year", low, high, 0.1, -50, 50,
                          _closed(first, name, moved))  # fmt: skip
        if is_revenue and {"total_product_nominal", moved} <= paths:
            yield Control("buoyancy", "money", str(_TEXTS["buoyancy"]), "ratio", 0, 2, 0.05, 0, 5,
                          _closed(first, "buoyancy", "revenue_growth", moved))  # fmt: skip


_TEXTS: dict[str, Message] = {
    "inflation": _("Giá tiêu dùng tăng"),
    "product_deflator": _("Giá sản phẩm tăng (giảm phát)"),
    "population_growth": _("Dân số tăng"),
    "income_growth_real": _("Thu nhập thực tế tăng"),
    "revenue_growth": _("Hoặc thu tự tăng (không kể đất)"),
    "buoyancy": _("Thu theo sản phẩm, hệ số"),
    AREA: _("Đất ở bán được"),
    PRICE: _("Giá trúng bình quân"),
}


def _land(data: Dataset) -> Iterator[Control]:
    if not kept_shares(data):
        return
    years = range(data.commune.base_year, data.commune.target_year + 1)
    known, left = data.baseline().held("land_revenue"), open_years(data)
    closed = tuple(year not in left or year in known for year in years)
    high = max(40.0, 30.0 * (start_price(data) // 10))
    yield Control(AREA, "land", str(_TEXTS[AREA]), "ha", 0, 60, 0.1, 0, 3000, closed)
    yield Control(PRICE, "land", str(_TEXTS[PRICE]), "million VND/m2", 1, high, 0.1, 0.1, 1000,
                  closed)  # fmt: skip
