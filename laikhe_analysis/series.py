"""Values by year, with unit, price basis, origin and breaks that travel with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.growth import annual_rate

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ORIGINS", "AnnualSeries", "chain", "rebuild", "weakest_origin"]

ORIGINS = ("official", "press", "derived", "statement", "assumption", "example")
"""What a figure rests on, from strong to weak.

A `statement` is a premise of the plan itself: an intention, no evidence.
"""


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
        One value per year; NaN for a year known to be missing. [`unit`]
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
        object.__setattr__(self, "years", tuple(_whole_year(year) for year in self.years))
        object.__setattr__(self, "values", tuple(float(value) for value in self.values))
        object.__setattr__(self, "breaks", tuple(sorted(int(year) for year in self.breaks)))
        if len(self.years) != len(self.values):
            raise ValueError(
                f"series {self.name}: `years` and `values` must be of one length, "
                f"got {len(self.years)} and {len(self.values)}."
            )
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
        """Return the yearly growth, an average over the gap where years are missing.

        No rate is computed across a break: its first year is left out.

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
                years.append(last)
                rates.append(annual_rate(known.values[i - 1], known.values[i], last - first))
        return replace(
            self, years=tuple(years), values=tuple(rates), unit="ratio", breaks=(),
            origin=weakest_origin(self.origin, "derived"),
        )  # fmt: skip

    def rebase(self, year: int, to: float = 100.0) -> AnnualSeries:
        """Return the series as an index that is `to` in `year`.

        Examples
        --------
        >>> AnnualSeries("x", (2024, 2025), (50.0, 55.0)).rebase(2025).values
        (90.9090909090909, 100.0)
        """
        base = self.at(year)
        if base <= 0:
            raise ValueError(f"series {self.name}: the base of {year} must be positive.")
        values = tuple(value * to / base for value in self.values)
        return replace(
            self, values=values, unit="index", origin=weakest_origin(self.origin, "derived")
        )

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
        if prices.unit.startswith("%") or min(prices.known().values, default=0) <= 0:
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

    def splice(self, later: AnnualSeries, year: int) -> AnnualSeries:
        """Return this series up to `year`, carried on with the growth of `later`.

        Raises
        ------
        ValueError
            If the two are not of one unit and price basis, or one lacks `year`.

        Examples
        --------
        >>> old = AnnualSeries("x", (2019, 2020), (90.0, 100.0))
        >>> old.splice(AnnualSeries("x", (2020, 2021), (50.0, 55.0)), 2020).array.round(6)
        array([ 90., 100., 110.])
        """
        mine, theirs = (self.unit, self.price_basis), (later.unit, later.price_basis)
        if mine != theirs:
            raise ValueError(f"series {self.name}: cannot splice {mine} with {theirs}.")
        factor = self.at(year) / later.at(year)
        pairs = {y: v for y, v in zip(self.years, self.values, strict=True) if y <= year}
        pairs |= {y: v * factor for y, v in zip(later.years, later.values, strict=True) if y > year}
        return replace(
            self, years=tuple(sorted(pairs)), values=tuple(pairs[y] for y in sorted(pairs)),
            origin=weakest_origin(self.origin, later.origin, "derived"),
            breaks=tuple({*self.breaks, *later.breaks}),
            sources=tuple(dict.fromkeys(self.sources + later.sources)),
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
        _check_yearly(list(data.keys()))
        pairs = sorted((_year(year), _figure(value)) for year, value in data.items())
        name = getattr(data, "name", None)
        return cls(
            str(name) if name is not None else "series",
            tuple(year for year, _ in pairs),
            tuple(value for _, value in pairs),
        )


def _figure(value: Any) -> float:
    """Return a figure as a float; None, pandas' NA and a masked value are missing years."""
    is_missing = value is None or value is np.ma.masked or type(value).__name__ == "NAType"
    return np.nan if is_missing else float(value)


def _whole_year(year: Any) -> int:
    """Return a year as an int; raise where it is a fraction."""
    if int(year) != float(year):
        raise ValueError(f"`years` must be whole numbers, got {year}.")
    return int(year)


def _year(label: Any) -> int:
    """Return the year of an index label: 2024, "2024", a date or a yearly period."""
    try:
        year = _whole_year(getattr(label, "year", label))
    except (TypeError, ValueError):
        year = 0
    if not 1000 <= year <= 9999:
        raise ValueError(f"A series must be labelled by years such as 2025, got {label!r}.")
    return year


def _check_yearly(labels: Sequence[Any]) -> None:
    """Raise unless periods are years and dates fall on one day of the year."""
    for label in labels:
        step = str(getattr(label, "freqstr", "") or "Y")
        if not step.startswith(("Y", "A")):
            raise ValueError(
                f"A series must be of yearly figures, got the period {label} of step {step}: add "
                "up or average the year's figures first."
            )
    days = {(d.month, d.day) for d in labels if hasattr(d, "day") and not hasattr(d, "freqstr")}
    if len(days) > 1:
        raise ValueError(
            f"A series must be of yearly figures, got dates such as {labels[0]} and {labels[1]}: "
            "add up or average the year's figures first."
        )


def chain(rates: AnnualSeries, base_value: float = 100.0) -> AnnualSeries:
    """Return the index whose yearly growth is `rates`, starting at `base_value` a year earlier.

    Parameters
    ----------
    rates : AnnualSeries
        Growth by year, consecutive years. [`%` or `%/year`: per cent; `ratio`: fraction]

    Raises
    ------
    ValueError
        If a year is missing, the unit is no rate, or a rate is -100 % or below.

    Examples
    --------
    >>> chain(AnnualSeries("growth", (2021, 2022), (10.0, 20.0), unit="%/year")).array.round(6)
    array([100., 110., 132.])
    """
    if rates.unit not in ("%", "%/year", "ratio"):
        raise ValueError(f"series {rates.name}: unit must be %, %/year or ratio, got {rates.unit}.")
    if not rates:
        raise ValueError(f"series {rates.name} holds no rate to be chained.")
    first, last = rates.years[0], rates.years[-1]
    fractions = np.array([rates.at(year) for year in range(first, last + 1)])
    if rates.unit != "ratio":
        fractions = fractions / 100
    if (fractions <= -1).any():
        raise ValueError(f"series {rates.name}: a growth of -100 % or less cannot be chained.")
    values = base_value * np.concatenate([[1.0], np.cumprod(1 + fractions)])
    return replace(
        rates, years=tuple(range(first - 1, last + 1)), values=tuple(values), unit="index",
        origin=weakest_origin(rates.origin, "derived"),
    )  # fmt: skip


def rebuild(
    parts: Sequence[AnnualSeries], *, weights: Sequence[AnnualSeries] | None = None
) -> AnnualSeries:
    """Return the series of a merged unit, rebuilt from the series of its predecessors.

    Parameters
    ----------
    parts : sequence of AnnualSeries
        One per predecessor, of one unit and price basis.
    weights : sequence of AnnualSeries, optional
        For averages and ratios: the denominator of each part, e.g. population. Totals are summed.

    Returns
    -------
    AnnualSeries
        For the years that *every* part has; a year that one lacks is left out, not guessed.

    Raises
    ------
    ValueError
        If there is no part, units or price bases differ, or the weights do not fit.

    Examples
    --------
    >>> a = AnnualSeries("income", (2024,), (60.0,))
    >>> b = AnnualSeries("income", (2024,), (90.0,))
    >>> people = [AnnualSeries("population", (2024,), (n,)) for n in (200.0, 100.0)]
    >>> rebuild([a, b], weights=people).values
    (70.0,)
    """
    if not parts:
        raise ValueError("`parts` must hold at least one series, got none.")
    kinds = {(part.unit, part.price_basis) for part in parts}
    if len(kinds) > 1:
        raise ValueError(f"`parts` must share one unit and price basis, got {sorted(kinds)}.")
    if weights is not None and len(weights) != len(parts):
        raise ValueError(
            f"`weights` must be one series per part, got {len(weights)} for {len(parts)}."
        )
    together = [*parts, *(weights or ())]
    common = set.intersection(*(set(series.known().years) for series in together))
    years = tuple(sorted(common))
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
