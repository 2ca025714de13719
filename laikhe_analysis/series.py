"""Values by year, with unit, price basis, origin and breaks that travel with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.arrays import as_number
from laikhe_analysis.checks import check_rates
from laikhe_analysis.growth import annual_rate
from laikhe_analysis.labels import years_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ORIGINS", "SUPPOSED", "TOTALS", "AnnualSeries", "chain", "rebuild", "weakest_origin"]

ORIGINS = ("official", "press", "derived", "statement", "assumption", "example")
"""What a figure rests on, from strong to weak.

A `statement` is a premise of the plan itself: an intention, no evidence.
"""

SUPPOSED = ORIGINS[-2:]
"""Origins of what is no figure of the commune: an assumption, an example."""

TOTALS = (
    "people", "thousand people", "people/year", "households", "schools", "organisations",
    "enterprises", "communes", "targets", "criteria", "VND", "million VND", "billion VND",
    "billion VND/year", "m2", "ha", "km2",
)  # fmt: skip
"""Units of what adds up over places: counts, amounts and areas. Shares and means do not."""


def weakest_origin(*origins: str) -> str:
    """Return the weakest of the origins that a result rests on.

    Raises
    ------
    ValueError
        If there is none, or one is unknown.

    Examples
    --------
    >>> weakest_origin("official", "assumption", "press")
    'assumption'
    """
    if not origins or set(origins) - set(ORIGINS):
        raise ValueError(f"`origins` must be some of {', '.join(ORIGINS)}, got {origins}.")
    return max(origins, key=ORIGINS.index)


@dataclass(frozen=True)
class AnnualSeries:
    """Values by year. A missing year is absent or NaN, never a zero.

    Parameters
    ----------
    name : str
        What is measured, as in the data files.
    years : tuple of int
        Years, increasing. [year]
    values : tuple of float
        One value per year; NaN, None or pandas' NA for a year known to be missing. [`unit`]
    unit : str
        Unit of the values.
    price_basis : str
        "current", "constant 2010", ... or "n/a".
    origin : str
        The weakest origin of the values; one of `ORIGINS`.
    breaks : tuple of int
        First years of a new definition, boundary or method. No change is computed across. [year]
    sources : tuple of str
        `source_id` of the values.

    Raises
    ------
    ValueError
        If years and values do not fit, years do not increase, a value is infinite, or the origin
        is unknown.
    TypeError
        If a value is no number, with its year.

    Examples
    --------
    >>> s = AnnualSeries("income", (2020, 2021, 2022), (50.0, 55.0, 61.0))
    >>> s.at(2021), s.last
    (55.0, (2022, 61.0))
    """

    name: str
    years: tuple[int, ...]
    values: tuple[float, ...]
    unit: str = "index"
    price_basis: str = "n/a"
    origin: str = "official"
    breaks: tuple[int, ...] = ()
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        years, values = tuple(map(_whole_year, self.years)), tuple(self.values)
        if len(years) != len(values):
            raise ValueError(
                f"series {self.name}: `years` and `values` must be of one length, "
                f"got {len(years)} and {len(values)}."
            )
        numbers = (
            as_number(f"series {self.name}, {year}", value)
            for year, value in zip(years, values, strict=True)
        )
        object.__setattr__(self, "years", years)
        object.__setattr__(self, "values", tuple(numbers))
        object.__setattr__(self, "breaks", tuple(sorted(map(_whole_year, self.breaks))))
        if any(b <= a for a, b in zip(self.years, self.years[1:], strict=False)):
            raise ValueError(f"series {self.name}: `years` must increase, got {self.years}.")
        if np.isinf(self.values).any():
            raise ValueError(f"series {self.name}: `values` must be finite or NaN.")
        weakest_origin(self.origin)

    def __len__(self) -> int:
        return len(self.years)

    def __bool__(self) -> bool:
        return bool(self.years)

    @property
    def array(self) -> NDArray[np.float64]:
        """The values as an array."""
        return np.array(self.values)

    @property
    def last(self) -> tuple[int, float]:
        """The latest known year and its value."""
        known = self.known()
        if not known:
            raise ValueError(f"series {self.name} holds no value.")
        return known.years[-1], known.values[-1]

    def at(self, year: int) -> float:
        """Return the value of a year.

        Raises
        ------
        ValueError
            If the year is missing.
        """
        found = dict(zip(self.years, self.values, strict=True)).get(year, np.nan)
        if np.isnan(found):
            have = ", ".join(map(str, self.known().years)) or "none"
            raise ValueError(f"series {self.name} has no value for {year}; it has: {have}.")
        return found

    def known(self) -> AnnualSeries:
        """Return the series without its NaN years."""
        return self.select(y for y, v in zip(self.years, self.values, strict=True) if v == v)

    def select(self, years: Iterable[int]) -> AnnualSeries:
        """Return the series of those of `years` that it has."""
        wanted = set(years)
        pairs = [(y, v) for y, v in zip(self.years, self.values, strict=True) if y in wanted]
        return replace(self, years=tuple(y for y, _ in pairs), values=tuple(v for _, v in pairs))

    def after_breaks(self) -> AnnualSeries:
        """Return the part from the last break on: the only part that is comparable.

        Examples
        --------
        >>> s = AnnualSeries("share", (2015, 2016, 2017), (15.9, 15.7, 9.6), breaks=(2017,))
        >>> s.after_breaks().years
        (2017,)
        """
        starts = [year for year in self.breaks if self.years and year <= self.years[-1]]
        if not starts:
            return self
        part = self.select(year for year in self.years if year >= max(starts))
        return replace(part, breaks=tuple(b for b in self.breaks if b > max(starts)))

    def rates(self) -> AnnualSeries:
        """Return the yearly growth, an average over the gap where years are missing. [fraction]

        No rate is computed across a break: its first year is left out.

        Raises
        ------
        ValueError
            If a level is negative, or a level to grow from is 0.

        Examples
        --------
        >>> AnnualSeries("x", (2020, 2021, 2023), (100, 110, 133.1)).rates().array.round(6)
        array([0.1, 0.1])
        """
        known = self.known()
        years, rates = [], []
        for i in range(1, len(known)):
            first, last = known.years[i - 1], known.years[i]
            if not any(first < start <= last for start in self.breaks):
                base = self._base(first)
                if known.values[i] < 0:
                    raise ValueError(
                        f"series {self.name}: the value of {last} must be 0 or more to have a "
                        f"growth rate, got {known.values[i]:g}."
                    )
                years.append(last)
                rates.append(annual_rate(base, known.values[i], last - first))
        return replace(
            self, years=tuple(years), values=tuple(rates), unit="fraction/year", breaks=(),
            origin=weakest_origin(self.origin, "derived"),
        )  # fmt: skip

    def _base(self, year: int) -> float:
        """Return the value of a year that others are divided by."""
        base = self.at(year)
        if base <= 0:
            raise ValueError(
                f"series {self.name}: the base of {year} must be positive, got {base:g}."
            )
        return base

    def deflate(self, prices: AnnualSeries, year: int) -> AnnualSeries:
        """Return the series at the prices of `year`.

        Parameters
        ----------
        prices : AnnualSeries
            Price index, positive, of any base. [index]
        year : int
            Year whose prices are used.

        Raises
        ------
        ValueError
            If the series is not at current prices, `prices` is no positive index, or a year has no
            price.

        Examples
        --------
        >>> income = AnnualSeries("income", (2020, 2021), (50.0, 55.0), price_basis="current")
        >>> income.deflate(AnnualSeries("prices", (2020, 2021), (100.0, 104.0)), 2020).values
        (50.0, 52.88461538461539)
        """
        if self.price_basis != "current":
            raise ValueError(
                f"series {self.name} must be at current prices, got {self.price_basis!r}."
            )
        if prices.unit.startswith(("%", "fraction")) or min(prices.known().values, default=0) <= 0:
            raise ValueError(
                f"series {prices.name} must be a positive price index, not rates: chain it first."
            )
        base = prices.at(year)
        values = tuple(
            v * base / prices.at(y) for y, v in zip(self.years, self.values, strict=True)
        )
        return replace(
            self, values=values, price_basis=f"constant {year}",
            origin=weakest_origin(self.origin, prices.origin, "derived"),
        )  # fmt: skip

    def to_pandas(self) -> pd.Series[Any]:
        """Return the values as a pandas Series indexed by year."""
        import pandas as pd

        index = pd.Index(self.years, dtype=int, name="year")
        return pd.Series(self.values, index=index, name=self.name, dtype=float)

    @classmethod
    def of(cls, data: AnnualSeries | Mapping[int, float] | pd.Series[Any]) -> AnnualSeries:
        """Return `data` (an AnnualSeries, a pandas Series by year, or a mapping) as AnnualSeries.

        Raises
        ------
        TypeError
            If `data` is none of these: a bare list does not say of which years its values are.
        ValueError
            If a label is no year of four digits, or the dates or periods are not a year apart.

        Examples
        --------
        >>> AnnualSeries.of({2021: 2.0, 2020: 1.0}).values
        (1.0, 2.0)
        """
        if isinstance(data, AnnualSeries):
            return data
        if not hasattr(data, "items") or hasattr(data, "columns"):
            raise TypeError(
                "A series must be an AnnualSeries, or a mapping or pandas Series of values by "
                f"year, got {type(data).__name__}: say of which year each value is."
            )
        years = years_of("A series", data.keys())
        values = [value for _, value in data.items()]
        order = sorted(range(len(years)), key=years.__getitem__)
        name = getattr(data, "name", None)
        return cls(
            str(name) if name is not None else "series",
            tuple(years[i] for i in order),
            tuple(values[i] for i in order),
        )


def _whole_year(year: Any) -> int:
    """Return a year as an int; raise where it is a fraction or no number."""
    if type(year) is int:
        return year
    number = as_number("years", year)
    if not number.is_integer():
        raise ValueError(f"`years` must be whole numbers, got {year}.")
    return int(number)


def chain(
    rates: AnnualSeries, base_value: float = 100.0, *, limit: float | None = 1.0
) -> AnnualSeries:
    """Return the index whose yearly growth is `rates`, starting at `base_value` a year earlier.

    Parameters
    ----------
    rates : AnnualSeries
        Growth by year, consecutive years. [fraction per year]
    base_value : float
        Value a year before the first rate, positive. [any unit]
    limit : float or None
        Largest rate that passes; None for any. [fraction per year]

    Raises
    ------
    ValueError
        If a year is missing, the unit is no rate, a rate is -100 % or below or beyond `limit`, or
        `base_value` is not positive.

    Examples
    --------
    >>> chain(AnnualSeries("growth", (2021, 2022), (0.1, 0.2), unit="fraction/year")).array.round(6)
    array([100., 110., 132.])
    """
    if rates.unit not in ("fraction/year", "fraction", "ratio"):
        raise ValueError(
            f"series {rates.name}: unit must be fraction/year (12 % is 0.12), got {rates.unit}."
        )
    if not rates:
        raise ValueError(f"series {rates.name} holds no rate to be chained.")
    first, last = rates.years[0], rates.years[-1]
    fractions = np.array([rates.at(year) for year in range(first, last + 1)])
    if (fractions <= -1).any():
        year = first + int(np.argmax(fractions <= -1))
        raise ValueError(
            f"series {rates.name}, {year}: a growth of -100 % or less cannot be chained."
        )
    check_rates(limit, **{f"series {rates.name}": fractions})
    if not 0 < base_value < np.inf:
        raise ValueError(f"`base_value` must be a positive number, got {base_value:g}.")
    values = base_value * np.concatenate([[1.0], np.cumprod(1 + fractions)])
    return replace(
        rates, years=tuple(range(first - 1, last + 1)), values=tuple(values), unit="index",
        origin=weakest_origin(rates.origin, "derived"),
    )  # fmt: skip


def rebuild(
    parts: Sequence[AnnualSeries],
    *,
    weights: Sequence[AnnualSeries] | None = None,
    summed: bool | None = None,
) -> AnnualSeries:
    """Return the series of a merged unit, rebuilt from the series of its predecessors.

    Parameters
    ----------
    parts : sequence of AnnualSeries
        One per predecessor, of one unit and price basis.
    weights : sequence of AnnualSeries, optional
        For averages and ratios: the denominator of each part, e.g. population; one unit.
    summed : bool, optional
        Whether the parts are totals that add up. By default those in a unit of `TOTALS` are; of
        anything else (shares, means, indices) it has to be said, or `weights` given.

    Returns
    -------
    AnnualSeries
        For the years that *every* part has; a year that one lacks is left out, not guessed.

    Raises
    ------
    ValueError
        If there is no part or no common year, units or price bases differ, the weights do not fit,
        or there are none for what does not add up.

    Examples
    --------
    >>> fields = [AnnualSeries("rice", (2024,), (area,), unit="ha") for area in (300.0, 200.0)]
    >>> rebuild(fields).values
    (500.0,)
    >>> a = AnnualSeries("income", (2024,), (60.0,))
    >>> b = AnnualSeries("income", (2024,), (90.0,))
    >>> people = [AnnualSeries("population", (2024,), (n,)) for n in (200.0, 100.0)]
    >>> rebuild([a, b], weights=people).values
    (70.0,)
    """
    parts = [AnnualSeries.of(part) for part in parts]
    weights = None if weights is None else [AnnualSeries.of(weight) for weight in weights]
    if not parts:
        raise ValueError("`parts` must hold at least one series, got none.")
    kinds = {(part.unit, part.price_basis) for part in parts}
    if len(kinds) > 1:
        raise ValueError(f"`parts` must share one unit and price basis, got {sorted(kinds)}.")
    _check_weights(parts, weights, summed)
    together = [*parts, *(weights or ())]
    common = set.intersection(*(set(series.known().years) for series in together))
    years = tuple(sorted(common))
    if not years:
        held = "; ".join(
            f"{one.name} {', '.join(map(str, one.known().years)) or 'none'}" for one in together
        )
        raise ValueError(f"`parts` and `weights` must have a year in common, got {held}.")
    table = np.array([[part.at(year) for year in years] for part in parts])
    if weights is None:
        values = table.sum(axis=0)
    else:
        heads = np.array([[weight.at(year) for year in years] for weight in weights])
        if (heads < 0).any() or not (heads.sum(axis=0) > 0).all():
            raise ValueError("`weights` must be 0 or more, with a positive sum in every year.")
        values = (table * heads).sum(axis=0) / heads.sum(axis=0)
    return replace(
        parts[0], years=years, values=tuple(values),
        origin=weakest_origin("derived", *(series.origin for series in together)),
        breaks=tuple({b for part in parts for b in part.breaks}),
        sources=tuple(dict.fromkeys(s for series in together for s in series.sources)),
    )  # fmt: skip


def _check_weights(
    parts: Sequence[AnnualSeries], weights: Sequence[AnnualSeries] | None, summed: bool | None
) -> None:
    """Raise unless the parts add up, or there is one weight for each, all in one unit."""
    unit = parts[0].unit
    if weights is None:
        if unit in TOTALS if summed is None else summed:
            return
        raise ValueError(
            f"`parts` in {unit} do not add up as counts, amounts and areas do: give `weights`, such "
            "as population, or say summed=True where they are totals."
        )
    if summed:
        raise ValueError("`weights` must be left out where the parts are summed.")
    if len(weights) != len(parts):
        raise ValueError(
            f"`weights` must be one series per part, got {len(weights)} for {len(parts)}."
        )
    units = sorted({weight.unit for weight in weights})
    if len(units) > 1:
        raise ValueError(f"`weights` must share one unit, got {units}.")
