"""Which series measures a target, and as of when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from laikhe_analysis.messages import Text, _
from laikhe_analysis.records import PERIODS, Target
from laikhe_analysis.roles import LEVELS, role_of
from laikhe_analysis.series import AnnualSeries, weakest_origin
from laikhe_analysis.vietnamese import RATES, converted

__all__ = ["ASSIGNED", "AsOf", "at_other_prices", "measure", "measured_by", "over_assigned"]

_PARTS = {
    "9M": _("9 tháng", context="until"),
    "H1": _("6 tháng", context="until"),
    "Q1": _("quý I", context="until"),
}
_SAME_DAY = {"Q2": "H1", "Q3": "9M", "Q4": "FY", "H2": "FY"}
"""The part of the year, counted from its first day, that ends with a later quarter or half."""


@dataclass(frozen=True)
class AsOf:
    """A day to look from: the end of a year, or of a part of it.

    Parameters
    ----------
    year : int
        The year. [year]
    period : str
        "FY" for the whole year, "9M", "H1" or "Q1" for the part of it that is over.
    """

    year: int
    period: str = "FY"

    @classmethod
    def of(cls, text: str | int) -> AsOf:
        """Return the day that "2026", "2026H1" or "2026-9M" names.

        Raises
        ------
        ValueError
            If the text is none of these.

        Examples
        --------
        >>> AsOf.of("2026-9M"), AsOf.of("2026Q3") == AsOf.of("2026-9M"), AsOf.of(2026).last_full_year
        (AsOf(year=2026, period='9M'), True, 2026)
        """
        match = re.fullmatch(r"(\d{4})-?([A-Z0-9]{2})?", str(text).strip().upper())
        period = (match[2] or "FY") if match else ""
        if match is None or period not in PERIODS:
            known = ", ".join(PERIODS)
            raise ValueError(
                f"`as_of` must be a year or a part of one, such as 2026, 2026H1 or 2026-9M "
                f"({known}), got {text!r}."
            )
        return cls(int(match[1]), _SAME_DAY.get(period, period))

    @property
    def last_full_year(self) -> int:
        """The last year that is over."""
        return self.year if self.period == "FY" else self.year - 1

    @property
    def passed(self) -> float:
        """The part of its year that is over. [fraction]"""
        return {"Q1": 0.25, "H1": 0.5, "9M": 0.75}.get(self.period, 1.0)

    @property
    def parts(self) -> tuple[AsOf, ...]:
        """The parts of its year that are over, counted from its first day, the longest first.

        Examples
        --------
        >>> [str(part) for part in AsOf(2026).parts], AsOf(2026, "H1").parts[-1].period
        (['2026-9M', '2026-H1', '2026-Q1'], 'Q1')
        """
        parts = (AsOf(self.year, period) for period in _PARTS)
        return tuple(part for part in parts if part.passed <= self.passed)

    @property
    def words(self) -> Text:
        """The day in words: "2026", "9 tháng 2026"."""
        if self.period not in _PARTS:
            return Text(str(self.year))
        return _("{part} {year}", part=_PARTS[self.period], year=self.year)

    def __str__(self) -> str:
        return str(self.year) if self.period == "FY" else f"{self.year}-{self.period}"


def measured_by(target: Target) -> str:
    """Return the commune's series that measures a target by its role, "" where there is none.

    A change or a mean of a role without a series of its own is measured by the level that bears
    the role.

    Examples
    --------
    >>> income = Target("7", "7", "7", "economy", Text("a"), "million VND/person/year",
    ...                 "level_by", "at_least", 70, role="income")
    >>> measured_by(income)
    'income_per_capita'
    """
    role = role_of(target.role)
    if role is None or role.series or target.kind in LEVELS:
        return role.series if role else ""
    return target.role


def measure(
    target: Target, series: Mapping[str, AnnualSeries], *, prices: AnnualSeries | None = None
) -> AnnualSeries | None:
    """Return the series that measures a target, None when there is none.

    Parameters
    ----------
    target : Target
    series : mapping of str to AnnualSeries
        The commune's series by `series_id`.
    prices : AnnualSeries, optional
        Price index: a target at constant prices is then measured by its series at current prices,
        deflated. [index]

    Returns
    -------
    AnnualSeries or None
        The series that bears the target's id, else that of its role: collected over assigned where
        the target is a ratio to the estimate, the ratio to the base year, the yearly change or the
        yearly growth where its kind asks for them, in the target's unit where the two can be
        converted. [unit of the target, or levels]

    Examples
    --------
    >>> target = Target("1", "1", "2.2(1)", "economy", Text("a"), "% of plan",
    ...                 "annual_ratio", "at_least", 110, role="revenue")
    >>> known = {"collected_revenue": AnnualSeries("c", (2026,), (23.0,), unit="billion VND"),
    ...          "assigned_revenue": AnnualSeries("a", (2026,), (20.0,), unit="billion VND")}
    >>> measure(target, known).values
    (115.0,)
    """
    own, found = series.get(target.target_id), _at_its_prices(target, series)
    if own is None and target.kind == "annual_ratio":
        return over_assigned(measured_by(target), series)
    found = found if own is None else own
    if found is None:
        return None
    both = found.select(prices.known().years) if prices is not None else found
    wants_real = found.price_basis == "current" and target.price_basis.startswith("constant")
    if prices is not None and wants_real and both and target.base_year in prices.known().years:
        found = both.deflate(prices, target.base_year)
    return _as_asked(target, found)


def _at_its_prices(target: Target, series: Mapping[str, AnnualSeries]) -> AnnualSeries | None:
    """Return the series of a target's role at the prices that the target speaks of."""
    name = measured_by(target)
    if target.price_basis == "current" and f"{name}_nominal" in series:
        return series[f"{name}_nominal"]
    real = target.price_basis.startswith("constant") and f"{name}_real" in series
    return series.get(f"{name}_real" if real else name)


def at_other_prices(target: Target, series: Mapping[str, AnnualSeries]) -> Text | None:
    """Return that what is known is at current prices only, None where it is not so."""
    name = measured_by(target)
    if name in series or target.price_basis == "current" or f"{name}_nominal" not in series:
        return None
    return _(
        "chỉ có số theo giá hiện hành, không so được với tốc độ theo giá so sánh: ghi số "
        "theo giá so sánh"
    )


ASSIGNED = {
    "collected_revenue": "assigned_revenue",
    "recurrent_revenue": "assigned_revenue_without_land",
    "disbursed": "public_investment",
}
"""The series of what was assigned for a year, by that of the result: like for like."""


def over_assigned(name: str, series: Mapping[str, AnnualSeries]) -> AnnualSeries | None:
    """Return what was reached in a series over what was assigned for it. [% of plan]"""
    reached, assigned = series.get(name), series.get(ASSIGNED.get(name, ""))
    if reached is None or assigned is None:
        return None
    given = {y: v for y, v in zip(assigned.years, assigned.values, strict=True) if v > 0}
    both = reached.known().select(given)
    values = tuple(100 * v / given[y] for y, v in zip(both.years, both.values, strict=True))
    return replace(
        both, name=f"{reached.name} over {assigned.name}", values=values, unit="% of plan",
        price_basis="n/a", origin=weakest_origin(reached.origin, assigned.origin, "derived"),
        breaks=tuple({*reached.breaks, *assigned.breaks}),
        sources=tuple(dict.fromkeys(reached.sources + assigned.sources)),
    ) if both else None  # fmt: skip


def _as_asked(target: Target, found: AnnualSeries) -> AnnualSeries | None:
    """Return a series as the kind of the target reads it; as it is where it is read so already."""
    known = found.known()
    if target.unit in RATES and target.kind != "average_rate" and found.unit not in RATES:
        return _derived(known.rates(), target.unit)
    if target.kind == "ratio_to_base" and found.unit != target.unit:
        base = dict(zip(known.years, known.values, strict=True)).get(target.base_year, 0.0)
        if base <= 0:
            return None
        ratio = replace(known, values=tuple(v / base for v in known.values))
        return _derived(ratio, "ratio") if target.unit == "ratio" else _derived(
            replace(ratio, values=tuple(v - 1 for v in ratio.values)), "%", 100
        )  # fmt: skip
    if target.kind == "change_per_year" and found.unit != target.unit:
        pairs = list(pairwise(zip(known.years, known.values, strict=True)))
        steps = {b[0]: (b[1] - a[1]) / (b[0] - a[0]) for a, b in pairs if b[0] not in found.breaks}
        return _derived(
            replace(known, years=tuple(steps), values=tuple(steps.values())), target.unit
        )
    values = [converted(value, found.unit, target.unit) for value in found.values]
    if None in values or found.unit == target.unit:
        return found
    return replace(found, values=tuple(v for v in values if v is not None), unit=target.unit)


def _derived(series: AnnualSeries, unit: str, scale: float = 1.0) -> AnnualSeries:
    """Return a computed series in its unit."""
    return replace(
        series, values=tuple(scale * value for value in series.values), unit=unit, breaks=(),
        origin=weakest_origin(series.origin, "derived"),
    )  # fmt: skip
