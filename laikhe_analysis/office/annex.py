"""What the annex that officials hand in holds: its rows and their figures, for Excel and Word.

Money of the files is in billions; in the annex it is in millions of VND.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from laikhe_analysis.data import Dataset
from laikhe_analysis.data.layout import PLANNED, REALISED
from laikhe_analysis.monitor.measures import ASSIGNED, measured_by
from laikhe_analysis.office.forms.form import Field, fields_asked
from laikhe_analysis.records import Observation, Target
from laikhe_analysis.vietnamese import as_written

__all__ = [
    "IN_POINTS",
    "NO_RATIO",
    "PERIODS",
    "TYPED",
    "Entry",
    "Figures",
    "annex_period",
    "entries",
    "in_millions",
]

PERIODS = ("H1", "9M", "FY")
NO_RATIO = ("fraction/year", "% of plan", "yes/no", "rating", "level")
"""Units of which a figure in per cent of another says nothing."""

TYPED = 6
"""The most decimals of a figure that somebody typed; one that was computed has more."""

IN_POINTS = ("%", "% of plan", "fraction", "fraction/year")
"""Units whose rise is told in percentage points."""

_MILLIONS = {"billion VND": "million VND", "billion VND/year": "million VND"}


def annex_period(period: str) -> str:
    """Return the period of the annex that goes with a period of the year.

    Examples
    --------
    >>> annex_period("Q3"), annex_period("FY")
    ('9M', 'FY')
    """
    return {"Q1": "H1", "Q2": "H1", "H1": "H1", "Q3": "9M", "9M": "9M"}.get(period, "FY")


@dataclass(frozen=True)
class Entry:
    """One row: a figure that offices are asked for, and the target it belongs to."""

    field: Field
    target: Target | None
    group: str

    @property
    def unit(self) -> str:
        """The unit of the annex."""
        return _MILLIONS.get(self.field.unit, self.field.unit)


def in_millions(value: float, unit: str) -> tuple[float, int]:
    """Return a figure as the annex has it, and how many decimals show every digit typed.

    The digits are those that were typed: no binary remainder of a multiplication by 1,000.

    Examples
    --------
    >>> in_millions(504.276, "billion VND"), in_millions(0.143, "fraction/year")
    ((504276.0, 0), (14.3, 1))
    >>> in_millions(1.1234567, "billion VND")
    (1123.4567, 4)
    """
    exact = Decimal(repr(float(as_written(value, unit)))) * (1000 if unit in _MILLIONS else 1)
    digits = exact.normalize().as_tuple().exponent
    return float(exact), max(0, -digits) if isinstance(digits, int) else 0


def entries(data: Dataset, *, internal: bool) -> list[Entry]:
    """Return the rows of the annex in the plan's order, series after the target of their clause.

    Parameters
    ----------
    data : Dataset
        Of the whole plan, so that a row has the same place, owner and number whoever may see it.
    internal : bool
        Whether rows of restricted access are in it.
    """
    asked = fields_asked(data)
    targets = {target.target_id: target for target in data.plan.targets}
    measured = {measured_by(t): t for t in data.plan.targets if t.kind != "average_rate"}
    clauses = list(dict.fromkeys(t.clause for t in data.plan.targets))
    groups = {t.clause: t.group for t in data.plan.targets}
    found = []
    for name, field in asked.items():
        if not internal and field.access != "public":
            continue
        target = targets.get(name) or measured.get(name)
        hidden = target is not None and not internal and target.access != "public"
        if target is not None and (hidden or target.unit != field.unit):
            target = None
        clause = target.clause if target is not None else field.clause
        found.append((clause, Entry(field, target, groups.get(clause, ""))))
    for target in data.plan.targets:
        is_open = internal or target.access == "public"
        if is_open and target.kind == "annual_ratio" and target.target_id not in asked:
            field = Field(target.target_id, target.clause, target.name, target.unit,
                          target.price_basis, target.owner, target.access)  # fmt: skip
            found.append((target.clause, Entry(field, target, target.group)))
    order = {clause: i for i, clause in enumerate(clauses)}
    parts = {group: i for i, group in enumerate(dict.fromkeys(groups.values()))}
    last = len(order)
    ranked = sorted(found, key=lambda p: (parts.get(p[1].group, last), order.get(p[0], last)))
    return [entry for _, entry in ranked]


class Figures:
    """What is known of the commune's own figures: results and plans apart, by series and year."""

    def __init__(self, data: Dataset) -> None:
        self.results: dict[tuple[str, int, str], Observation] = {}
        self.planned: dict[tuple[str, int], Observation] = {}
        for row in data.latest():
            plan = row.series_id in PLANNED or row.status in ("plan", "target")
            if plan and row.period == "FY" and row.value is not None:
                self.planned[row.series_id, row.year] = row
            elif not plan and row.status in REALISED:
                self.results[row.series_id, row.year, row.period] = row

    def actual(self, field: Field, year: int, period: str) -> Observation | None:
        """Return the result of a period of a year; a plan is none."""
        return self.results.get((field.series_id, year, period))

    def value(self, entry: Entry, year: int, period: str) -> float | None:
        """Return the result of a period, that of a ratio to the plan computed from its two figures."""
        row = self.actual(entry.field, year, period)
        if row is not None or entry.target is None or entry.target.kind != "annual_ratio":
            return None if row is None else row.value
        reached = measured_by(entry.target)
        top = self.results.get((reached, year, period))
        under = self.planned.get((ASSIGNED.get(reached, ""), year))
        if top is None or top.value is None or under is None or not under.value:
            return None
        return 100 * top.value / under.value

    def plan(self, entry: Entry, year: int) -> float | None:
        """Return what is planned for a year: as typed, as assigned, or the target of every year."""
        name = entry.field.series_id
        row = self.planned.get((name, year)) or self.planned.get((ASSIGNED.get(name, ""), year))
        if row is not None:
            return row.value
        target = entry.target
        yearly = target is not None and target.kind in ("annual_level", "annual_ratio")
        if target is not None and yearly and target.base_year < year <= target.target_year:
            return target.weaker_end
        return None

    def of_plan(self, entry: Entry, year: int, period: str) -> float | None:
        """Return a result in per cent of the year's plan, None where the unit has no ratio. [%]"""
        now, plan = self.value(entry, year, period), self.plan(entry, year)
        if entry.field.unit in NO_RATIO or now is None or not plan:
            return None
        top, bottom = (in_millions(x, entry.field.unit)[0] for x in (now, plan))
        return 100 * top / bottom

    def change(self, entry: Entry, year: int, period: str) -> float | None:
        """Return the rise on the same period of the year before. [%; of per cents the points]"""
        now, before = (self.value(entry, y, period) for y in (year, year - 1))
        unit = entry.field.unit
        if now is None or before is None or (unit in NO_RATIO and unit not in IN_POINTS):
            return None
        top, bottom = (in_millions(x, unit)[0] for x in (now, before))
        if unit in IN_POINTS:
            return top - bottom
        return 100 * (top / bottom - 1) if bottom else None
