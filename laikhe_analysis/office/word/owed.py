"""The figures that offices still owe, by office, with the day by which each can be known."""

from __future__ import annotations

from typing import Any

from laikhe_analysis.data import Dataset
from laikhe_analysis.messages import capital
from laikhe_analysis.monitor.measures import AsOf
from laikhe_analysis.office.forms.form import period_words
from laikhe_analysis.office.missing import missing_figures
from laikhe_analysis.office.word.place import DOTS

__all__ = ["owed_values"]


def owed_values(data: Dataset, at: AsOf) -> dict[str, Any]:
    """Return the public figures that were not reported, by office, what is due first before others."""
    offices: dict[str, list[dict[str, Any]]] = {}
    for one in missing_figures(data, at):
        offices.setdefault(one.owner or DOTS, []).append({
            "ten": capital(one.name.vi), "khi": capital(period_words(one.period, one.year).vi),
            "han": "/".join(reversed(one.due.split("-"))) or "……",
            "qua_han": "quá hạn" if one.overdue else "",
        })  # fmt: skip
    found = [
        {"ten": name, "dong": rows, "so": len(rows), "han": rows[0]["han"],
         "qua_han": sum(bool(row["qua_han"]) for row in rows)}
        for name, rows in offices.items()
    ]  # fmt: skip
    return {
        "thieu": found, "so_thieu": sum(one["so"] for one in found),
        "so_qua_han": sum(one["qua_han"] for one in found),
    }  # fmt: skip
