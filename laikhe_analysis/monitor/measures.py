"""Which series measures a target, and as of when."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from laikhe_analysis.checks import Text
from laikhe_analysis.consistency.given import word
from laikhe_analysis.records import PERIODS, Target
from laikhe_analysis.series import AnnualSeries, weakest_origin

__all__ = ["MEASURES", "AsOf", "measure"]

MEASURES = {
    "total": "total_product",
    "industry": "product_industry",
    "services": "product_services",
    "agriculture": "product_agriculture",
    "crop-value": "crop_value_per_ha",
    "income": "income_per_capita",
}
"""The series that measures a target, by the word behind its clause, where no series bears its id.

The investment total is not among them: what it counts is an open question.
"""


_PARTS = {
    "H1": ("6 tháng", "6 months of"), "9M": ("9 tháng", "9 months of"),
    "Q1": ("quý I", "the first quarter of"), "Q2": ("quý II", "the second quarter of"),
    "Q3": ("quý III", "the third quarter of"),
}  # fmt: skip


@dataclass(frozen=True)
class AsOf:
    """A day to look from: the end of a year, or of a part of it.

    Parameters
    ----------
    year : int
        The year. [year]
    period : str
        "FY" for the whole year, else one of `records.PERIODS`.
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
        >>> AsOf.of("2026-9M"), AsOf.of(2026).last_full_year
        (AsOf(year=2026, period='9M'), 2026)
        """
        match = re.fullmatch(r"(\d{4})-?([A-Z0-9]{2})?", str(text).strip().upper())
        period = (match[2] or "FY") if match else ""
        if match is None or period not in PERIODS:
            known = ", ".join(PERIODS)
            raise ValueError(
                f"`as_of` must be a year or a part of one, such as 2026, 2026H1 or 2026-9M "
                f"({known}), got {text!r}."
            )
        return cls(int(match[1]), period)

    @property
    def last_full_year(self) -> int:
        """The last year that is over."""
        return self.year if self.period in ("FY", "H2", "Q4") else self.year - 1

    @property
    def words(self) -> Text:
        """The day in words: "2026", "9 tháng 2026"."""
        vi, en = _PARTS.get(self.period, ("", ""))
        return Text(f"{vi} {self.year}".strip(), f"{en} {self.year}".strip())

    def __str__(self) -> str:
        return str(self.year) if self.period == "FY" else f"{self.year}-{self.period}"


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
        The series that bears the target's id, else that of `MEASURES`, else, for budget revenue
        against the estimate, collected over assigned. [unit of the target, or levels]

    Examples
    --------
    >>> from laikhe_analysis.checks import Text
    >>> target = Target("2.2.1-revenue", "1", "2.2(1)", "economy", Text("a", "a"), "% of plan",
    ...                 "annual_ratio", "at_least", 110)
    >>> known = {"collected_revenue": AnnualSeries("c", (2026,), (23.0,), unit="billion VND"),
    ...          "assigned_revenue": AnnualSeries("a", (2026,), (20.0,), unit="billion VND")}
    >>> measure(target, known).values
    (115.0,)
    """
    found = series.get(target.target_id) or series.get(MEASURES.get(word(target), ""))
    if found is None and word(target) == "revenue" and target.kind == "annual_ratio":
        found = _over_assigned(series)
    if found is None or prices is None or found.price_basis != "current":
        return found
    if not target.price_basis.startswith("constant"):
        return found
    both = found.select(prices.known().years)
    if target.base_year not in prices.known().years or not both:
        return found
    return both.deflate(prices, target.base_year)


def _over_assigned(series: Mapping[str, AnnualSeries]) -> AnnualSeries | None:
    """Return collected revenue over the estimate assigned by the city. [% of plan]"""
    collected, assigned = series.get("collected_revenue"), series.get("assigned_revenue")
    if collected is None or assigned is None:
        return None
    given = {y: v for y, v in zip(assigned.years, assigned.values, strict=True) if v > 0}
    both = collected.known().select(given)
    values = tuple(100 * v / given[y] for y, v in zip(both.years, both.values, strict=True))
    return replace(
        both, name="collected over assigned revenue", values=values, unit="% of plan",
        origin=weakest_origin(collected.origin, assigned.origin, "derived"),
        breaks=tuple({*collected.breaks, *assigned.breaks}),
        sources=tuple(dict.fromkeys(collected.sources + assigned.sources)),
    ) if both else None  # fmt: skip
