"""Who gets what share of a land-use fee, by sharing rule, stream and budget year.

No dong is lost on the way: centre + city kept + city returned + commune + unassigned + costs +
uncollected = gross.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from numpy.typing import ArrayLike

from laikhe_analysis.checks import as_floats, check_kind, plain, require
from laikhe_analysis.model import LAND, compute
from laikhe_analysis.records import ShareLine, SharingRule

__all__ = [
    "CashFlow",
    "CashRow",
    "Split",
    "add_splits",
    "change_rule",
    "covers",
    "line_for",
    "retained_share",
    "split",
]


@dataclass(frozen=True)
class Split:
    """Where a gross amount goes. Floats, or arrays of one shape. [billion VND]

    `central`, `city_kept`, `city_returned`, `commune`, `unassigned`, `costs` and `uncollected` add
    up to `gross`. `unassigned` is what a rule that names only some levels leaves open.
    """

    gross: Any
    central: Any
    city_kept: Any
    city_returned: Any
    commune: Any
    unassigned: Any
    costs: Any
    uncollected: Any

    @property
    def retained(self) -> Any:
        """What the commune can spend: its own part and what the city returns. [billion VND]"""
        return self.commune + self.city_returned


def retained_share(rule: SharingRule, stream: str, year: int) -> float:
    """Return the part of gross fees that a commune can spend under a rule.

    Parameters
    ----------
    rule : SharingRule
    stream : str
        Which fees; one of `records.STREAMS`.
    year : int
        Budget year in which the fee is paid. [year]

    Returns
    -------
    float
        Share of gross. [fraction]

    Raises
    ------
    ValueError
        If the rule says nothing of the stream in that year, or its shares do not add up to 1.
    TypeError
        If `rule` is no SharingRule.

    Notes
    -----
    ``(1 - cost_deducted_first) * (commune + city * city_returned)``.

    Examples
    --------
    >>> line = ShareLine("commune_run", 2026, 2030, 0.0, 0.45, 0.15, 1.0, 0.40, 0.0, "plan",
    ...                  "statement")
    >>> retained_share(SharingRule("plan", (line,)), "commune_run", 2027)
    0.6
    """
    line = line_for(rule, stream, year)
    (share,) = compute(
        LAND, "retained_share", cost_deducted_first=line.cost_deducted_first,
        commune=line.commune, city=line.city, city_returned=line.city_returned,
    )  # fmt: skip
    return float(share)


def covers(rule: SharingRule, stream: str, years: Iterable[int]) -> bool:
    """Return whether a rule says something of a stream in every one of the years.

    Raises
    ------
    TypeError
        If `rule` is no SharingRule.

    Examples
    --------
    >>> line = ShareLine("commune_run", 2026, 2030, 0, 0.5, 0.5, 1, 0, 0, "plan", "example")
    >>> covers(SharingRule("a", (line,)), "commune_run", [2030, 2031])
    False
    """
    _check_rule("rule", rule)
    return all(
        any(line.stream == stream and line.year_from <= year <= line.year_to for line in rule.lines)
        for year in years
    )


def split(
    gross: ArrayLike, line: ShareLine, *, collected: ArrayLike = 1.0, cost: ArrayLike = 0.0
) -> Split:
    """Return where a gross amount goes under one line of a sharing rule.

    Parameters
    ----------
    gross : float or array
        Winning bids, 0 or more. [billion VND]
    line : ShareLine
        The shares that hold.
    collected : float or array
        Part of the winning bids that is paid. [fraction]
    cost : float or array
        The land's own cost of compensation and infrastructure. [billion VND]

    Returns
    -------
    Split

    Raises
    ------
    ValueError
        If an amount is negative or `collected` is not a fraction.

    Notes
    -----
    Cost comes off first: the larger of the land's own `cost` and the flat part that the rule takes
    (`cost_deducted_first`), so that it is never counted twice, and never more than was collected.
    The shares apply to the rest.

    Examples
    --------
    >>> line = ShareLine("commune_run", 2026, 2030, 0.2, 0.6, 0.2, 0.5, 0.0, 0.0, "plan", "press")
    >>> parts = split(100, line, collected=0.9, cost=10)
    >>> parts.costs, parts.commune, parts.city_returned, round(parts.retained, 9)
    (10.0, 16.0, 24.0, 40.0)
    """
    gross, collected, cost = as_floats(gross=gross, collected=collected, cost=cost)
    require(gross >= 0, "gross", gross, "0 or more")
    require((collected >= 0) & (collected <= 1), "collected", collected, "from 0 to 1")
    require(cost >= 0, "cost", cost, "0 or more")
    names = [field.name for field in fields(Split) if field.name != "gross"]
    shares = {name: getattr(line, name) for name in _SHARES}
    parts = compute(LAND, *names, gross=gross, collected=collected, cost=cost, **shares)
    return Split(plain(gross), *map(plain, parts))


_SHARES = ("central", "city", "commune", "city_returned", "unassigned", "cost_deducted_first")


def change_rule(first: SharingRule, second: SharingRule, year: int) -> SharingRule:
    """Return the rule that is `first` until the year before `year`, and `second` from then on.

    Raises
    ------
    TypeError
        If `first` or `second` is no SharingRule.

    Examples
    --------
    >>> old, new = (
    ...     SharingRule(name, (ShareLine("commune_run", 2026, 2030, 0.0, 0.4, 0.6, 0.0, 0.0, 0.0,
    ...                                  "plan", "example"),))
    ...     for name in ("a", "b")
    ... )
    >>> [(line.year_from, line.year_to) for line in change_rule(old, new, 2028).lines]
    [(2026, 2027), (2028, 2030)]
    """
    _check_rule("first", first)
    _check_rule("second", second)
    before = [replace(line, year_to=min(line.year_to, year - 1)) for line in first.lines]
    after = [replace(line, year_from=max(line.year_from, year)) for line in second.lines]
    lines = [line for line in (*before, *after) if line.year_from <= line.year_to]
    return SharingRule(f"{first.rule}, {year}: {second.rule}", tuple(lines))


@dataclass(frozen=True)
class CashRow:
    """One stream in one year: what falls due, and where it goes."""

    year: int
    stream: str
    split: Split


@dataclass(frozen=True)
class CashFlow:
    """Land-use fees by year and stream, and what falls due after the last year. [billion VND]"""

    rule: str
    years: tuple[int, ...]
    rows: tuple[CashRow, ...]
    due_after: Any
    origin: str

    def total(self, part: str = "retained") -> Any:
        """Return the sum of a part of the split (`gross`, `commune`, ... or `retained`)."""
        return sum((getattr(row.split, part) for row in self.rows), 0.0)

    def by_year(self, part: str = "retained") -> dict[int, Any]:
        """Return a part of the split, summed over the streams, for every year."""
        return {
            year: sum((getattr(row.split, part) for row in self.rows if row.year == year), 0.0)
            for year in self.years
        }

    @property
    def table(self) -> list[dict[str, Any]]:
        """One row per year and stream, with every part of the split."""
        return [
            {"rule": self.rule, "year": row.year, "stream": row.stream, **asdict(row.split)}
            | {"retained": row.split.retained, "origin": self.origin}
            for row in self.rows
        ]


def line_for(rule: SharingRule, stream: str, year: int) -> ShareLine:
    """Return the line of a rule that holds for a stream in a year, its shares checked.

    Raises
    ------
    ValueError
        If the rule says nothing of the stream in that year, or its shares do not add up to 1.
    TypeError
        If `rule` is no SharingRule.
    """
    _check_rule("rule", rule)
    line = rule.line(stream, year)
    parts = {name: getattr(line, name) for name in ("central", "city", "commune", "unassigned")}
    for name in ("city_returned", "cost_deducted_first"):
        require(0 <= getattr(line, name) <= 1, name, getattr(line, name), "from 0 to 1")
    if min(parts.values()) < 0 or abs(sum(parts.values()) - 1) > 1e-9:
        raise ValueError(
            f"sharing rule {rule.rule}, stream {stream}, {year}: central + city + commune + "
            f"unassigned must be 1, none negative, got {sum(parts.values()):g} from {parts}."
        )
    return line


def _check_rule(name: str, rule: object) -> None:
    """Raise unless a rule is one, and not its name."""
    check_kind(name, rule, SharingRule, "a SharingRule; by name the data folder's `rules` hold it")


def add_splits(splits: Sequence[Split]) -> Split:
    """Return the sum of splits, part by part."""
    names = Split.__dataclass_fields__
    return Split(**{name: sum((getattr(one, name) for one in splits), 0.0) for name in names})
