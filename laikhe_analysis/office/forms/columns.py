"""The columns of a form: of which year, period and area the figures are that stand in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from laikhe_analysis.data.layout import PLANNED
from laikhe_analysis.messages import Text, _
from laikhe_analysis.office.forms.form import Field, period_words
from laikhe_analysis.records import Commune

__all__ = ["AREAS", "HISTORY", "OFFICE", "Column", "columns_of", "fields_of", "is_open"]

OFFICE, HISTORY, AREAS = "office", "history", "areas"
"""The kinds of sheets that hold figures."""

_YEARS = 5
_ASKED_BESIDE = {"collected_revenue", "recurrent_revenue", "disbursed"}


@dataclass(frozen=True)
class Column:
    """A column of figures.

    Parameters
    ----------
    name : str
        "value" for the period of the form, whose status is chosen beside.
    heading : Text
    year : int
    period : str
    status : str
        Of every figure in it; "" where it is chosen.
    area : str
        The former commune that the figures are of, "" for the whole area.
    """

    name: str
    heading: Text
    year: int
    period: str = "FY"
    status: str = "final"
    area: str = ""

    def place(self, series_id: str) -> str:
        """Return the name of what a cell of this column holds, such as "population||2025|FY|"."""
        plan = "plan" if self.status == "plan" or series_id in PLANNED else ""
        return "|".join([series_id, self.area, str(self.year), self.period, plan])


def columns_of(kind: str, commune: Commune, year: int, period: str) -> list[Column]:
    """Return the columns of figures of a sheet; none where there is no such sheet.

    An office's sheet has the columns that offices report by. The history has a column for each year
    before those. The year in which a commune came out of others in July is asked by former commune
    too: what they had in its first half, and what the new commune had in its second.

    Examples
    --------
    >>> made = Commune("c", "c", "", 1, 1, "", "", ("a", "b"), "2025-07-01", 2025, 2030)
    >>> [one.heading.vi for one in columns_of("office", made, 2026, "9M")]
    ['TH cùng kỳ, 9 tháng năm 2025', 'KH năm 2026', 'TH 9 tháng năm 2026', 'Ước cả năm 2026', 'KH năm 2027']
    >>> [one.heading.vi for one in columns_of("history", made, 2026, "9M")]
    ['Năm 2021', 'Năm 2022', 'Năm 2023', 'Năm 2024', 'Năm 2025']
    >>> [one.heading.en for one in columns_of("areas", made, 2026, "9M")]
    ['First half of 2025, a', 'First half of 2025, b', 'Second half of 2025, new commune']
    """
    if kind == OFFICE:
        return _of_office(year, period)
    if kind == HISTORY:
        last = year - 2 if period == "FY" else year - 1
        years = range(last - _YEARS + 1, last + 1)
        return [Column(f"y{y}", _("Năm {year}", year=y), y) for y in years]
    first = int(commune.founded[:4] or 0) if commune.founded.endswith("-07-01") else 0
    if not commune.predecessors or not 0 <= year - first <= 2:
        return []
    halves = [
        Column(
            f"half {area}",
            _("6 tháng đầu năm {first}, {area}", first=first, area=area),
            first,
            "H1",
            area=area,
        )
        for area in commune.predecessors
    ]
    new = _("6 tháng cuối năm {first}, xã mới", first=first)
    return [*halves, Column("half", new, first, "H2")]


def _of_office(year: int, period: str) -> list[Column]:
    """Return the columns that offices report by."""
    now, before = period_words(period, year), period_words(period, year - 1)
    same = _("TH {before}", before=before)
    if period != "FY":
        same = _("TH cùng kỳ, {before}", before=before)
    estimate = Column("estimate", _("Ước cả năm {year}", year=year), year, status="estimate")
    return [
        Column("before", same, year - 1, period),
        Column("plan", _("KH năm {year}", year=year), year, status="plan"),
        Column("value", _("TH {now}", now=now), year, period, ""),
        *([estimate] if period != "FY" else []),
        Column("next", _("KH năm {year}", year=year + 1), year + 1, status="plan"),
    ]


def fields_of(kind: str, fields: Sequence[Field], year: int) -> list[Field]:
    """Return the figures that a sheet asks for: by former commune only amounts that add up."""
    if kind == OFFICE:
        return [field for field in fields if year >= (field.first_year or year)]
    if kind == HISTORY:
        return [field for field in fields if field.first_year is None]
    return [
        field for field in fields
        if field.unit == "billion VND" and field.series_id not in PLANNED and not field.first_year
    ]  # fmt: skip


def is_open(field: Field, column: Column) -> bool:
    """Return whether a figure is asked for in a column: everything is asked for in one place.

    What was handed down is a plan and no outcome; the plan of what is collected and disbursed is
    what was handed down, in rows of its own; a total of the period begins after its base year.
    """
    if field.series_id in PLANNED:
        return column.status == "plan" or column.name.startswith("y")
    if column.status == "plan":
        return field.series_id not in _ASKED_BESIDE
    return column.year >= (field.first_year or column.year)
