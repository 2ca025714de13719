"""The annex of a report in the official columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from laikhe_analysis.data import Dataset
from laikhe_analysis.messages import capital
from laikhe_analysis.monitor.measures import AsOf
from laikhe_analysis.office.annex import TYPED, Entry, Figures, annex_period, entries, in_millions
from laikhe_analysis.office.word.lines import level_asked, short
from laikhe_analysis.office.word.material import Material
from laikhe_analysis.office.word.next_year import Proposal, proposals
from laikhe_analysis.vietnamese import format_number, label, unit_label, word_value

__all__ = ["annex_rows"]


def annex_rows(m: Material, everything: Dataset, *, named: bool) -> list[dict[str, Any]]:
    """Return the rows of the annex, a heading before each part of the plan.

    Parameters
    ----------
    m : Material
        Its data hold the figures that may be shown.
    everything : Dataset
        Its targets of restricted access are named too.
    named : bool
        Whether rows of restricted access stand in it: blank where `m` does not hold them.
    """
    known = {target.target_id for target in m.data.plan.targets}
    writer = _Writer(Figures(m.data), m.at, proposals(m) if m.at.period == "FY" else {})
    rows: list[dict[str, Any]] = []
    group = None
    for number, entry in enumerate(entries(everything, internal=named), 1):
        if entry.group != group:
            group = entry.group
            rows.append(
                {"la_nhom": True, "ten": capital(label(group) if group else "số liệu chung")}
            )
        hidden = entry.field.access != "public" and entry.field.series_id not in known
        rows.append(_blank(entry, number) if hidden else writer.row(entry, number))
    return rows


def _blank(entry: Entry, number: int) -> dict[str, Any]:
    """Return a row with a name, a target and an owner, everything else to be filled in by hand."""
    columns = ("truoc", "ke_hoach", "uoc", "so_ke_hoach", "so_cung_ky", "sau", "ghi_chu")
    return dict.fromkeys(columns, "") | {
        "la_nhom": False, "tt": str(number), "ten": capital(entry.field.name.vi),
        "dvt": unit_label(entry.unit), "muc_tieu": _goal(entry), "co_quan": entry.field.owner,
    }  # fmt: skip


@dataclass(frozen=True)
class _Writer:
    """What fills the rows in: the figures, the date, what is proposed for the next year."""

    figures: Figures
    at: AsOf
    proposed: Mapping[str, Proposal]

    def row(self, entry: Entry, number: int) -> dict[str, Any]:
        """Return one row: results under results, what was handed down under plans."""
        field, unit, year, figures = entry.field, entry.field.unit, self.at.year, self.figures
        period = annex_period(self.at.period)
        shown = figures.actual(field, year, period), figures.actual(field, year - 1, "FY")
        marks = {one.status for one in shown if one is not None} & {"estimate", "preliminary"}
        return _blank(entry, number) | {
            "truoc": _number(figures.value(entry, year - 1, "FY"), unit),
            "ke_hoach": _number(figures.plan(entry, year), unit),
            "uoc": _number(figures.value(entry, year, period), unit),
            "so_ke_hoach": _share(figures.of_plan(entry, year, period)),
            "so_cung_ky": _share(figures.change(entry, year, period)),
            "sau": _number(figures.plan(entry, year + 1), unit) or self._next(entry),
            "ghi_chu": ", ".join(label(mark) for mark in sorted(marks)),
        }  # fmt: skip

    def _next(self, entry: Entry) -> str:
        """Return what is proposed for the next year; "" for an amount, which has another unit here."""
        found = self.proposed.get(entry.target.target_id) if entry.target else None
        if found is None or entry.unit != entry.field.unit:
            return ""
        return found.number or found.words


def _goal(entry: Entry) -> str:
    """Return the target; an amount in the annex's unit."""
    if entry.target is None:
        return ""
    if entry.unit != entry.target.unit and entry.target.value_high is None:
        return _number(entry.target.value, entry.target.unit)
    return short(level_asked(entry.target))


def _number(value: float | None, unit: str) -> str:
    """Return a value as the annex has it, "" where there is none."""
    if value is None:
        return ""
    exact = word_value(value, unit)
    if exact is not None:
        return exact.vi
    number, digits = in_millions(value, unit)
    return format_number(number, digits if digits <= TYPED else 1)


def _share(value: float | None) -> str:
    """Return a per cent of the annex."""
    return "" if value is None else format_number(value, 1)
