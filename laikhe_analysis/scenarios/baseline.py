"""What is known before a projection starts: levels of the base year, and figures since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from laikhe_analysis.series import AnnualSeries

__all__ = ["Baseline", "Level"]

_LEVELS = (
    "total_product",
    "population",
    "income_per_capita",
    "recurrent_revenue",
    "assigned_revenue_without_land",
    "land_revenue",
    "crop_value_per_ha",
)


@dataclass(frozen=True)
class Level:
    """A value in the base year. [`unit`]"""

    value: float
    unit: str
    price_basis: str = "n/a"
    origin: str = "official"
    source_id: str = ""


@dataclass(frozen=True)
class Baseline:
    """What is known before the projection starts.

    Parameters
    ----------
    year : int
        Base year. [year]
    sectors : tuple of str
        The commune's sectors; `product_taxes` joins them where a scenario gives its share or
        `levels` its level. Empty: no product is projected.
    levels : mapping of str to Level
        Values in the base year: `total_product` or `product_<sector>`, `population`,
        `income_per_capita`, `recurrent_revenue`, `assigned_revenue_without_land`, `land_revenue`,
        `crop_value_per_ha`. Product and the two revenues are an index (base year = 100) without
        one; the others are then absent.
    known : mapping of str to AnnualSeries
        Values known after the base year, of the same variables or of rates such as `inflation` and
        `growth_<sector>`: they are held, the rest is projected.

    Raises
    ------
    ValueError
        If a level or a known level is not positive (land-use fees may be 0), or a known series is
        not in the unit of its level.

    Examples
    --------
    >>> Baseline(2025, levels={"population": Level(42875, "people")}).levels["population"].value
    42875
    """

    year: int
    sectors: tuple[str, ...] = ()
    levels: Mapping[str, Level] = field(default_factory=dict)
    known: Mapping[str, AnnualSeries] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in (*self.levels, *self.known):
            if name in _LEVELS or name.startswith("product_"):
                self._check(name)

    def _check(self, name: str) -> None:
        """Raise if a level is not positive, or its unit is not that of the known values."""
        level, series = self.levels.get(name), self.known.get(name)
        if level is not None and series is not None and level.unit != series.unit:
            raise ValueError(
                f"`known` {name} must be in the unit of its level, {level.unit}, got {series.unit}."
            )
        values = [*([level.value] if level is not None else []), *self.held(name).values()]
        for value in values:
            if not (value > 0 or (value == 0 and name == "land_revenue")):
                raise ValueError(f"`{name}` must be a positive number, got {value:g}.")

    def held(self, name: str) -> dict[int, float]:
        """Return the values known after the base year, up to a break of the series. [its unit]"""
        if name not in self.known:
            return {}
        series = self.known[name].known()
        end = min((start for start in series.breaks if start > self.year), default=None)
        pairs = zip(series.years, series.values, strict=True)
        return {y: v for y, v in pairs if y > self.year and (end is None or y < end)}
