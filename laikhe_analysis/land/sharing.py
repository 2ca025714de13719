"""Who gets what share of a land-use fee, by sharing rule, stream and budget year.

No dong is lost on the way: centre + city kept + city returned + commune + unassigned + costs +
uncollected = gross.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from laikhe_analysis.checks import check_fractions, check_kind, require
from laikhe_analysis.labels import aligned
from laikhe_analysis.model import LAND, compute
from laikhe_analysis.records import ShareLine, SharingRule

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "CashFlow",
    "CashRow",
    "Split",
    "change_rule",
    "check_rules",
    "covers",
    "line_for",
    "retained_share",
    "shared",
    "split",
]


RULE_WANTED = "a SharingRule; by name the data folder's `rules` hold it"


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


def split(gross: Any, line: ShareLine, *, collected: Any = 1.0, cost: Any = 0.0) -> Split:
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
    (gross, collected, cost), label = aligned(gross=gross, collected=collected, cost=cost)
    require(gross >= 0, "gross", gross, "0 or more", known=True)
    check_fractions(collected=collected)
    require(cost >= 0, "cost", cost, "0 or more", known=True)
    paid = gross * collected
    costs = np.minimum(paid, np.maximum(cost, paid * line.cost_deducted_first))
    return shared(label(gross), label(paid), label(costs), line)


def shared(gross: Any, paid: Any, costs: Any, line: ShareLine) -> Split:
    """Return where an amount goes of which so much is paid and so much taken for costs.

    Examples
    --------
    >>> line = ShareLine("commune_run", 2026, 2030, 0.2, 0.6, 0.2, 0.5, 0.0, 0.0, "plan", "press")
    >>> shared(100.0, 90.0, 10.0, line).retained
    40.0
    """
    left = paid - costs
    city = left * line.city
    return Split(
        gross,
        left * line.central,
        city * (1 - line.city_returned),
        city * line.city_returned,
        left * line.commune,
        left * line.unassigned,
        costs,
        gross - paid,
    )


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
    def frame(self) -> pd.DataFrame:
        """The table as a frame by year and stream; of many draws by year, stream and draw."""
        import pandas as pd

        drawn = [np.size(row.split.gross) for row in self.rows if np.ndim(row.split.gross)]
        keys = ["year", "stream", *["draw"] * bool(drawn)]
        count = max(drawn, default=1)
        parts = [pd.DataFrame(row | {"draw": range(count)}, range(count)) for row in self.table]
        columns = ["year", "stream", "rule", *Split.__dataclass_fields__, "retained", "origin"]
        whole = pd.concat(parts) if parts else pd.DataFrame(columns=[*columns, "draw"])
        return whole.set_index(keys)[columns[2:]]

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
    check_fractions(city_returned=line.city_returned, cost_deducted_first=line.cost_deducted_first)
    if not (min(parts.values()) >= 0 and abs(sum(parts.values()) - 1) <= 1e-9):
        raise ValueError(
            f"sharing rule {rule.rule}, stream {stream}, {year}: central + city + commune + "
            f"unassigned must be 1, none negative, got {sum(parts.values()):g} from {parts}."
        )
    return line


def check_rules(rules: Any) -> None:
    """Raise unless these are sharing rules, at least one, each of its own name.

    Raises
    ------
    TypeError
        If they are no sequence of SharingRule.
    ValueError
        If there is none, or two have one name: what follows goes by name.
    """
    check_kind("rules", rules, (list, tuple), "a list of SharingRule, the plan's rule first")
    if not rules:
        raise ValueError("`rules` must hold at least the plan's rule, got none.")
    for rule in rules:
        _check_rule("rules", rule)
    names = [rule.rule for rule in rules]
    if len(set(names)) < len(names):
        raise ValueError(f"`rules` must have names of their own, got {', '.join(names)}.")


def _check_rule(name: str, rule: object) -> None:
    """Raise unless a rule is one, and not its name."""
    check_kind(name, rule, SharingRule, RULE_WANTED)
