"""`laikhe status --missing`: which figures are missing, from whom, by when."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

import typer

from laikhe_analysis.messages import _
from laikhe_analysis.office.commands.terminal import say
from laikhe_analysis.office.forms.form import period_words
from laikhe_analysis.office.forms.written import inert
from laikhe_analysis.office.missing import Missing
from laikhe_analysis.office.tables import table

__all__ = ["tell_missing"]

_COLUMNS = {
    "clause": _("Mục"), "figure": _("Chỉ tiêu", context="form"),
    "when": _("Kỳ"), "due": _("Hạn"), "state": _("Tình trạng", context="missing"),
}  # fmt: skip
_OVERDUE = _("quá hạn")


def tell_missing(found: Sequence[Missing], how: str, lang: str) -> None:
    """Print missing figures.

    Parameters
    ----------
    found : sequence of Missing
    how : str
        "table" for people, "csv" or "json" for programs.
    lang : {"vi", "en"}
    """
    if how == "table":
        _print(found, lang)
        return
    rows = [
        {"owner": one.owner, "series_id": one.series_id, "clause": one.clause, "name_vi": one.name.vi,
         "name_en": one.name.en, "year": one.year, "period": one.period, "due": one.due or None,
         "overdue": one.overdue}
        for one in found
    ]  # fmt: skip
    if how == "json":
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    out = io.StringIO()
    names = [
        "owner",
        "series_id",
        "clause",
        "name_vi",
        "name_en",
        "year",
        "period",
        "due",
        "overdue",
    ]
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({k: inert(v) if isinstance(v, str) else v for k, v in row.items()})
    typer.echo(out.getvalue(), nl=False)


def _print(found: Sequence[Missing], lang: str) -> None:
    """Print a table for each office, and how many figures are missing."""
    from rich.console import Console

    from laikhe_analysis.office.board.text import print_table

    console = Console()
    wide = console if console.is_terminal else Console(width=120)
    rows = [
        {"clause": one.clause, "figure": one.name.pick(lang),
         "when": period_words(one.period, one.year).pick(lang),
         "due": one.due if lang == "en" else "/".join(reversed(one.due.split("-"))),
         "state": _OVERDUE.pick(lang) if one.overdue else ""}
        for one in found
    ]  # fmt: skip
    if rows:
        headings = {name: words.pick(lang) for name, words in _COLUMNS.items()}
        print_table(table(rows, headings, lang=lang), wide, sections=[one.owner for one in found])
    late = sum(one.overdue for one in found)
    told = _(
        "Còn thiếu {n} số, {late} số đã quá hạn. Biểu để điền: laikhe template.",
        n=len(found), late=late,
    )  # fmt: skip
    say(told, lang)
