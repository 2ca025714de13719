"""The board as text: for a terminal, readable without colour, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from laikhe_analysis.data.units import to_file
from laikhe_analysis.language.wordings.board import SYMBOLS, sign
from laikhe_analysis.messages import N_, Message, Text, _
from laikhe_analysis.monitor.boards import Board
from laikhe_analysis.office.board.tables import (
    SORTS,
    behind_table,
    board_table,
    count_table,
    grouped,
    open_table,
)
from laikhe_analysis.office.forms.written import inert
from laikhe_analysis.office.tables import Table
from laikhe_analysis.targets.progress import PROGRESS
from laikhe_analysis.vietnamese import label

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["board_csv", "board_json", "print_board", "print_table"]

_STYLES = {
    "achieved": "bold green", "on_track": "green", "moderate": "yellow", "insufficient": "red",
    "away": "bold red", "not_assessed": "dim",
}  # fmt: skip


def print_board(found: Board, console: Console, lang: str = "vi", *, scenario: str = "") -> None:
    """Print a board: the summary, the counts, what is behind, the targets by group, what is open.

    Parameters
    ----------
    found : Board
    console : rich.console.Console
        Where to print; it decides on colours and width.
    lang : {"vi", "en"}
    scenario : str
        Name of the scenario whose end the board shows.
    """

    def say(words: Text, style: str = "") -> None:
        console.print(words.pick(lang), style=style, markup=False, highlight=False, emoji=False)

    def head(words: Message) -> None:
        console.print()
        console.print(words.pick(lang).upper(), style="bold", markup=False, highlight=False)

    commune = found.plan.commune
    say(Text(commune.name, commune.name_en), "bold")
    say(found.summary())
    head(_("Đếm theo xếp loại"))
    print_table(count_table(found, lang), console)
    if found.behind():
        head(_("Chậm hoặc có nguy cơ không đạt"))
        print_table(behind_table(found, lang), console)
    for sort, words in SORTS.items():
        if any(line.is_economic == sort for line in found.lines):
            head(_(words))
            _print_lines(found, console, lang, sort=sort, scenario=scenario)
    console.print(";  ".join(sign(status, lang) for status in PROGRESS), style="dim",
                  markup=False, highlight=False)  # fmt: skip
    if any(line.status == "not_assessed" for line in found.lines):
        head(_("Chưa đánh giá được: vì sao, hỏi ai"))
        print_table(open_table(found, lang), console)
    for words, listed in (
        (N_("Chỉ tiêu chưa có nhiệm vụ phục vụ: {names}."), found.without_task()),
        (N_("Nhiệm vụ không có số đo: {names}."), found.without_number()),
    ):
        if listed:
            say(_(words, names="; ".join(f"{x.clause} {x.name.pick(lang)}" for x in listed)))


def _print_lines(found: Board, console: Console, lang: str, *, sort: bool, scenario: str) -> None:
    """Print the economic or the other lines of a board, group by group."""
    ordered = grouped(found, economic=sort)
    without = ["group", "status", "owner", *(["gap"] if console.width < _WIDE else [])]
    cells = board_table(ordered, lang, leave_out=without, scenario=scenario)
    print_table(
        cells, console,
        signs=[line.status for line in ordered],
        sections=[label(line.target.group, lang) for line in ordered],
    )  # fmt: skip


def print_table(
    cells: Table,
    console: Console,
    *,
    signs: Iterable[str] | None = None,
    sections: Iterable[str] | None = None,
) -> None:
    """Print a table of words on a terminal.

    Parameters
    ----------
    cells : Table
    console : rich.console.Console
    signs : iterable of str, optional
        Class of each row: its sign is put in front, in its colour.
    sections : iterable of str, optional
        Group of each row, in order: its name is put over the first one.
    """
    from rich.table import Table as Grid
    from rich.text import Text as Words

    statuses = list(signs) if signs is not None else None
    grid = Grid(box=None, pad_edge=False, header_style="bold")
    if statuses is not None:
        grid.add_column("", no_wrap=True)
    for i, heading in enumerate(cells.headings):
        longest = max((len(row[i]) for row in cells.rows), default=0)
        grid.add_column(
            Words(heading), min_width=min(longest, _NARROWEST),
            justify="right" if i in cells.numeric else "left", overflow="fold",
        )  # fmt: skip
    names, before = list(sections) if sections is not None else [""] * len(cells.rows), ""
    for k, row in enumerate(cells.rows):
        lead = [] if statuses is None else [Words(SYMBOLS[statuses[k]], _STYLES[statuses[k]])]
        if names[k] != before:
            before = names[k]
            blank = [Words("")] * (len(lead) + len(row))
            place = min(len(lead) + 1, len(blank) - 1)
            grid.add_row(*blank[:place], Words(before, "italic"), *blank[place + 1 :])
        grid.add_row(*lead, *(Words(cell) for cell in row))
    console.print(grid)


_WIDE = 100
_NARROWEST = 9
"""No column is made narrower than this by its long neighbours. [characters]"""


def written_rows(found: Board) -> list[dict[str, Any]]:
    """Return the rows of a board as files have them: rates as per cents, with their unit."""
    levels, paces = (
        ("goal", "value", "required", "gap", "projected", "expected"),
        ("pace", "needed"),
    )
    newest = ("latest_value", "full_year_estimate")
    rows = [
        to_file(to_file(row, values=levels), unit="pace_unit", values=paces) for row in found.rows
    ]
    return [
        to_file(row, unit="latest_unit", values=newest) if row["latest_unit"] else row
        for row in rows
    ]


def board_csv(found: Board) -> str:
    """Return the rows of a board as CSV: exact numbers, a dot for decimals, empty for unknown.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    rows = [
        {k: inert(v) if isinstance(v, str) else v for k, v in row.items()}
        for row in written_rows(found)
    ]
    out = io.StringIO()
    if rows:
        writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return out.getvalue()


def _nested(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row whose newest figure is one value of its own, None where there is none."""
    newest = {key.removeprefix("latest_"): row[key] for key in row if key.startswith("latest_")}
    rest = {key: value for key, value in row.items() if not key.startswith("latest_")}
    return rest | {"latest": None if newest["value"] is None else newest}


def board_json(found: Board) -> str:
    """Return a board as JSON: exact numbers, null for unknown, texts in both languages."""
    achieved, items, left_out = found.count_items()
    content = {
        "commune": found.plan.commune.name,
        "as_of": str(found.as_of),
        "summary": found.summary().as_dict(),
        "items": {"achieved": achieved, "shown": items, "left_out": left_out}
        | {"classes": found.items()},
        "numbers": found.count(),
        "economic": found.count(economic=True),
        "administrative": found.count(economic=False),
        "targets": [_nested(row) for row in written_rows(found)],
        "targets_without_task": [target.target_id for target in found.without_task()],
        "tasks_without_number": [task.clause for task in found.without_number()],
        "findings": [
            {"code": one.code, "severity": one.severity, "clauses": list(one.clauses),
             "text": one.text.as_dict(), "settle": one.settle.as_dict()}
            for one in found.findings
        ],
    }  # fmt: skip
    return json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
