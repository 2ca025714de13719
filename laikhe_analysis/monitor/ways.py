"""What a target asks for in each year, and what figure of the next year would change its class."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from laikhe_analysis.messages import safe_side
from laikhe_analysis.monitor.boards import Line
from laikhe_analysis.records import Target
from laikhe_analysis.series import AnnualSeries
from laikhe_analysis.targets import assess, required_path
from laikhe_analysis.targets.kinds import NO_COMPOUNDING
from laikhe_analysis.targets.paths import RATE_UNITS
from laikhe_analysis.vietnamese import COUNTED

__all__ = ["TurningPoint", "required_way", "turning_point"]

GOOD = ("achieved", "on_track")
"""Classes that need no attention."""

_WORDS = ("yes/no", "rating", "level", "rank")
"""Units that have no values between two whole ones."""


def required_way(
    line: Line, *, profile: Sequence[float] | None = None
) -> AnnualSeries | None:  # fmt: skip
    """Return where a target must be each year; None where its goal is the same in every year.

    Parameters
    ----------
    line : Line
        Of a board: its target, and what is known of the years that are over.
    profile : sequence of float, optional
        For a total: the yearly shares that are assumed, adding up to 1. [fractions]

    Returns
    -------
    AnnualSeries or None
        From the base year, or the first known year behind a break, to the target year. An average
        rate without a level to start from is an index, base year = 100; a level without any figure
        has no way, nor has a milestone. [unit of the target; levels or index for a rate]
    """
    target, known, first = line.target, line.known, line.target.base_year
    index = AnnualSeries(target.target_id, (first,), (100.0,), unit="index", origin="statement")
    if target.kind == "cumulative":
        none = replace(index, years=(), values=(), unit=target.unit)
        return None if profile is None else required_path(target, none, profile=profile)
    if target.kind == "average_rate":
        if known is None or known.unit in RATE_UNITS or first not in known.known().years:
            known = index
        return required_path(target, known)
    if target.kind != "level_by" or known is None:
        return None
    known = known.known().after_breaks()
    if not any(first <= year < target.target_year for year in known.years):
        return None
    positive = min(*known.values, target.weaker_end) > 0
    is_compound = positive and target.unit not in NO_COMPOUNDING
    return required_path(target, known, "compound" if is_compound else "linear")


@dataclass(frozen=True)
class TurningPoint:
    """The figure of the next year from which a class changes.

    Parameters
    ----------
    year : int
    value : float or None
        The weakest figure with which the target is on track that year; None where no figure of one
        year is enough. [`unit`]
    unit : str
    is_good : bool
        Whether it is on track now, so that a weaker figure would take it off.
    price_basis : str
        Of the figure; "n/a" where it is no money.
    """

    year: int
    value: float | None
    unit: str
    is_good: bool
    price_basis: str = "n/a"


def turning_point(line: Line, year: int) -> TurningPoint | None:
    """Return the figure of a year from which a target is on track, None where none decides it.

    Parameters
    ----------
    line : Line
        A line that has a class.
    year : int
        The first year that is not known yet.

    Notes
    -----
    The year's figure is put behind what is known and the class asked for, halving the distance
    between a figure that is enough and one that is not.

    Examples
    --------
    >>> from laikhe_analysis.checks import Text
    >>> from laikhe_analysis.monitor import board
    >>> from laikhe_analysis.records import Commune, Plan
    >>> commune = Commune("a", "a", "b", 1.0, 1000, "", "", (), "", 2025, 2030)
    >>> poor = Target("p", "9", "2.2(9)", "society", Text("hộ nghèo", "poor households"),
    ...               "households", "level_by", "at_most", 0)
    >>> known = {"p": AnnualSeries("p", (2025, 2026), (50, 48), "households")}
    >>> line = board(Plan(commune, (poor,)), known, as_of=2026).lines[0]
    >>> line.status, turning_point(line, 2027).value  # 50 less 0.95 of 10 a year: 31 at most
    ('insufficient', 31.0)
    """
    target, known = line.target, line.known
    if line.status == "not_assessed" or target.is_two_sided or year > target.target_year:
        return None
    rate = "fraction/year" if target.kind == "average_rate" else target.unit
    known = AnnualSeries(target.target_id, (), (), unit=rate) if known is None else known.known()
    if year in known.breaks:  # one figure behind a break tells no direction
        return None
    known = known.select(y for y in known.years if y < year)

    def is_enough(value: float) -> bool:
        series = replace(known, years=(*known.years, year), values=(*known.values, value))
        return assess(target, series, as_of=year).status in GOOD

    weak, strong = _ends(target, known)
    if is_enough(weak):
        return None
    value = _edge(is_enough, weak, strong) if is_enough(strong) else None
    if value is not None and known.unit in (*COUNTED, *_WORDS):
        value = safe_side(value, rises=target.rises)
    return TurningPoint(year, value, known.unit, line.status in GOOD, known.price_basis)


def _ends(target: Target, known: AnnualSeries) -> tuple[float, float]:
    """Return a figure that is as weak, and one that is as strong, as figures of the unit get."""
    goal = target.weaker_end if known.unit == target.unit else 0.0
    largest = max(abs(value) for value in (*known.values, goal, 1e-9))
    low, high = 1e-6 * largest, 5.0 * largest
    if known.unit in RATE_UNITS:
        low, high = -0.9, 0.9
    elif known.unit == "%":
        low, high = 0.0, 100.0
    elif known.unit in (*COUNTED, *_WORDS):
        low = 0.0
    return (low, high) if target.rises else (high, low)


def _edge(is_enough: Callable[[float], bool], weak: float, strong: float) -> float:
    """Return the weakest figure that is enough."""
    for _ in range(50):
        middle = (weak + strong) / 2
        weak, strong = (weak, middle) if is_enough(middle) else (middle, strong)
    return strong
