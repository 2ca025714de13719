"""What is known of the commune, figure by figure, in a table of words."""

from __future__ import annotations

from collections.abc import Collection

from laikhe_analysis.data import Dataset
from laikhe_analysis.language.quantities import figure_number
from laikhe_analysis.messages import _
from laikhe_analysis.office.tables import Table, table
from laikhe_analysis.records import Observation
from laikhe_analysis.vietnamese import evidence, unit_label, word_value, words

__all__ = ["figure_table"]


def figure_table(data: Dataset, *, leave_out: Collection[str] = (), lang: str = "vi") -> Table:
    """Return the commune's figures, each with what it rests on: its origin and its status.

    Parameters
    ----------
    data : Dataset
    leave_out : collection of str
        Series not to show, such as internal targets.
    lang : {"vi", "en"}
    """
    names = {target.target_id: target.name for target in data.plan.targets}
    rows = [
        {"series": names.get(row.series_id, words(row.series_id)).pick(lang), "year": row.year,
         "value": _value(row, row.value, lang), "band": _band(row, lang),
         "unit": "" if word_value(row.value, row.unit) else unit_label(row.unit, lang),
         "origin": evidence(row.origin, row.status, lang), "note": row.note}
        for row in data.latest()
        if row.value is not None and row.series_id not in leave_out
    ]  # fmt: skip
    headings = {
        "series": _("Số liệu"), "year": _("Năm"),
        "value": _("Giá trị"), "band": _("Khoảng"),
        "unit": _("Đơn vị"), "origin": _("Căn cứ"),
        "note": _("Ghi chú"),
    }  # fmt: skip
    return table(rows, {k: v.pick(lang) for k, v in headings.items()}, lang=lang)


def _value(row: Observation, value: float, lang: str) -> str:
    """Return a value as it was typed, in words where its unit stands for words."""
    exact = word_value(value, row.unit)
    return figure_number(value, row.unit, lang) if exact is None else exact.pick(lang)


def _band(row: Observation, lang: str) -> str:
    """Return the range of an assumed figure, empty where there is none."""
    if row.low is None or row.high is None:
        return ""
    return f"{_value(row, row.low, lang)} - {_value(row, row.high, lang)}"
