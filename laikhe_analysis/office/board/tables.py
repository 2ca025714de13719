"""The board in tables of words: the same cells in the terminal, in notebooks, in a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from laikhe_analysis.language.wordings.board import HEADINGS, cells_of, heading, sign
from laikhe_analysis.messages import N_, _
from laikhe_analysis.monitor.boards import Board, Line
from laikhe_analysis.office.tables import Table, table
from laikhe_analysis.targets.progress import PROGRESS
from laikhe_analysis.vietnamese import label

__all__ = [
    "SORTS",
    "behind_table",
    "board_table",
    "count_table",
    "grouped",
    "open_table",
]

SORTS = {True: N_("kinh tế, đất đai"), False: N_("hành chính, xã hội")}
"""The two sorts of targets, never counted as one: the others are nearly certain."""


def grouped(found: Board, *, economic: bool) -> list[Line]:
    """Return the economic or the other lines of a board, group after group."""
    lines = [line for group in found.groups().values() for line in group]
    return [line for line in lines if line.is_economic == economic]


def board_table(
    lines: Iterable[Line], lang: str = "vi", *, leave_out: Sequence[str] = (), scenario: str = ""
) -> Table:
    """Return lines of a board as a table; a column that says nothing of any line is left out.

    A group is named on its first line only; a line without a class says why in its place.

    Parameters
    ----------
    lines : iterable of Line
    lang : {"vi", "en"}
    leave_out : sequence of str
        Columns not to show: "group", "status", "clause", "name", "goal", "latest", "required",
        "gap", "pace", "next", "expected", "owner".
    scenario : str
        Name of the scenario whose end is shown.
    """
    rows = [cells_of(line, lang) for line in lines]
    for above, row in reversed(list(pairwise(rows))):
        row["group"] = "" if row["group"] == above["group"] else row["group"]
    headings = {
        field: heading(field, lang)
        for field in HEADINGS
        if field not in leave_out and any(row[field] not in (None, "…") for row in rows)
    }
    if "expected" in headings and scenario:
        headings["expected"] += f" ({label(scenario, lang)})"
    return table(rows, headings, missing="", lang=lang)


def count_table(found: Board, lang: str = "vi") -> Table:
    """Return how many items and numbers are of each class, economic numbers apart."""
    items = Counter(found.items().values())
    counts = {"items": {status: items[status] for status in PROGRESS}, "numbers": found.count()}
    counts |= {str(sort): found.count(economic=sort) for sort in SORTS}
    rows = [
        {"class": sign(status, lang)} | {name: counted[status] for name, counted in counts.items()}
        for status in PROGRESS
    ]
    total = {"class": _("Tất cả").pick(lang)}
    rows.append(total | {name: sum(counted.values()) for name, counted in counts.items()})
    headings = {
        "class": _("Xếp loại"),
        "items": _("Mục (theo con số yếu nhất)"),
        "numbers": _("Con số"),
    } | {str(sort): _("trong đó: {sort}", sort=_(word)) for sort, word in SORTS.items()}
    return table(rows, {k: v.pick(lang) for k, v in headings.items()}, decimals=0, lang=lang)


def open_table(found: Board, lang: str = "vi") -> Table:
    """Return why numbers are not assessed, whom to ask, and which they are."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for line in found.lines:
        if line.status == "not_assessed" and line.assessment.reason is not None:
            key = line.assessment.reason.pick(lang), line.target.owner
            grouped.setdefault(key, []).append(line.target.clause)
    rows = [
        {"why": why, "owner": owner, "n": len(clauses), "which": ", ".join(dict.fromkeys(clauses))}
        for (why, owner), clauses in sorted(grouped.items(), key=lambda x: (x[0][0], -len(x[1])))
    ]
    headings = {
        "why": _("Vì sao"), "owner": _("Hỏi ai"),
        "n": _("Số con số"), "which": _("Mục"),
    }  # fmt: skip
    return table(rows, {k: v.pick(lang) for k, v in headings.items()}, decimals=0, lang=lang)


def behind_table(found: Board, lang: str = "vi") -> Table:
    """Return the targets that are off track, the weakest first, and the tasks that serve them."""
    none = _("chưa có nhiệm vụ nào").pick(lang)
    rows = [
        cells_of(line, lang) | {"tasks": "; ".join(
            f"{task.clause} {task.name.pick(lang)}" for task in line.tasks) or none}
        for line in found.behind()
    ]  # fmt: skip
    fields = ("status", "clause", "name", "latest", "pace")
    headings = {field: heading(field, lang) for field in fields}
    tasks = {"tasks": _("Nhiệm vụ phục vụ").pick(lang)}
    return table(rows, headings | tasks | {"owner": heading("owner", lang)}, lang=lang)
