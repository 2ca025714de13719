"""`laikhe status --missing`: which figures are missing, from whom, by when."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

import typer

from laikhe_analysis.checks import Text
from laikhe_analysis.office.commands.terminal import say
from laikhe_analysis.office.forms.form import period_words
from laikhe_analysis.office.forms.written import inert
from laikhe_analysis.office.missing import Missing
from laikhe_analysis.office.tables import table

__all__ = ["tell_missing"]

_COLUMNS = {
    "clause": Text("Mục", "Clause"), "figure": Text("Chỉ tiêu", "Figure"),
    "when": Text("Kỳ", "Period"), "due": Text("Hạn", "Due"), "state": Text("Tình trạng", "State"),
}  # fmt: skip
_OVERDUE = Text("quá hạn", "overdue")


def tell_missing(found: Sequence[Missing], how: str, lang: str, today: str) -> None:
    """Print missing figures.

    Parameters
    ----------
    found : sequence of Missing
    how : str
        "table" for people, "csv" or "json" for programs.
    lang : {"vi", "en"}
    today : str
        What was due before is overdue. [YYYY-MM-DD]
    """
    if how == "table":
        _print(found, lang, today)
        return
    rows = [
        {"owner": one.owner, "series_id": one.series_id, "clause": one.clause, "name_vi": one.name.vi,
         "name_en": one.name.en, "year": one.year, "period": one.period, "due": one.due or None,
         "overdue": _is_overdue(one, today)}
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


def _is_overdue(one: Missing, today: str) -> bool:
    """Return whether the day by which a figure can be known is over."""
    return bool(one.due) and one.due < today


def _print(found: Sequence[Missing], lang: str, today: str) -> None:
    """Print a table for each office, and how many figures are missing."""
    from rich.console import Console

    from laikhe_analysis.office.board.text import print_table

    console = Console()
    wide = console if console.is_terminal else Console(width=120)
    rows = [
        {"clause": one.clause, "figure": one.name.pick(lang),
         "when": period_words(one.period, one.year).pick(lang),
         "due": one.due if lang == "en" else "/".join(reversed(one.due.split("-"))),
         "state": _OVERDUE.pick(lang) if _is_overdue(one, today) else ""}
        for one in found
    ]  # fmt: skip
    if rows:
        headings = {name: words.pick(lang) for name, words in _COLUMNS.items()}
        print_table(table(rows, headings, lang=lang), wide, sections=[one.owner for one in found])
    late = sum(_is_overdue(one, today) for one in found)
    vi = f"Còn thiếu {len(found)} số, {late} số đã quá hạn. Biểu để điền: laikhe template."
    say(
        Text(vi, f"{len(found)} figures are missing, {late} overdue. The form: laikhe template."),
        lang,
    )
