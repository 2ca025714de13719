"""A table that came in, as the terminal shows it: what is taken for what, and what is in doubt."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

from laikhe_analysis.messages import Text, _
from laikhe_analysis.office.commands.terminal import say
from laikhe_analysis.vietnamese import format_exact, full_quantity, label, unit_label, word_value

if TYPE_CHECKING:
    from laikhe_analysis.office.forms.foreign import Doubt, Figures, Line, Proposal

__all__ = ["show_doubts", "show_proposal"]


def show_proposal(proposal: Proposal, figures: Figures, lang: str) -> None:
    """Print what each row and column is taken for, with every figure, and what is not read."""
    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() else 160)
    for table in proposal.tables:
        lines = [line for line in proposal.lines if line.table is table]
        taken = [line for line in lines if line.match.candidate is not None]
        if taken:
            console.print(_grid(table, taken, figures, lang))
    for words in _not_read(proposal, figures):
        say(words, lang)


def _grid(table: Any, lines: Sequence[Line], figures: Figures, lang: str) -> Any:
    """Return the rows of a table that are taken for something."""
    from rich.table import Table

    grid = Table(title=f"{table.sheet}: {table.report.title}", title_justify="left")
    grid.add_column("#", justify="right")
    grid.add_column(_("Trong bảng").pick(lang), min_width=24)
    grid.add_column(_("Là").pick(lang), min_width=28)
    grid.add_column(_("Đơn vị").pick(lang))
    read = [c for c, one in table.columns.items() if one.kind == "figure"]
    for column in read:
        one = table.columns[column]
        period = "" if one.period == "FY" else f" {one.period}"
        what = f"{table.letters[column]}\n{label(one.status, lang)}\n{one.year}{period}"
        grid.add_column(what, justify="right")
    for line in lines:
        grid.add_row(*_cells(line, read, figures, lang))
    return grid


def _cells(line: Line, read: Sequence[int], figures: Figures, lang: str) -> list[str]:
    """Return the cells of one row."""
    candidate = line.match.candidate
    assert candidate is not None
    field = candidate.field
    name = f"{field.name.pick(lang)}\n{field.series_id}"
    doubtful = line.match.why.pick(lang) if not line.is_known else ""
    own = f"{'- ' if line.row.parents else ''}{line.row.text}"
    values = []
    for column in read:
        cell = line.row.cells.get(column)
        found = figures.shown.get((line.table.sheet, cell.coordinate)) if cell else None
        shown = _value(found, field.unit, lang) if found else "?" if cell else ""
        values.append(shown.replace(" ", "\u00a0"))
    return [
        str(line.number), own, f"{name}\n?? {doubtful}" if doubtful else name,
        unit_label(field.unit, lang), *values,
    ]  # fmt: skip


def _value(found: Any, unit: str, lang: str) -> str:
    """Return a figure with all its decimals, a range with both ends."""
    exact = word_value(found.value, unit)
    if exact is not None:
        return exact.pick(lang)
    if found.low is not None:
        return " - ".join(format_exact(end, lang) for end in (found.low, found.high))
    return format_exact(found.value, lang)


def _not_read(proposal: Proposal, figures: Figures) -> list[Text]:
    """Return what of the file is not read, and what contradicts itself, line by line."""
    from laikhe_analysis.office.forms.foreign import contradictions

    found = []
    for table in proposal.tables:
        for column, one in table.columns.items():
            place = table.letters[column]
            if one.kind == "other" and any(column in row.cells for row in table.rows):
                found.append(_left(f"{table.sheet} {place} “{one.text}”", one.why))
            elif one.kind == "figure" and one.why.vi:
                found.append(
                    _("Cột {place} “{text}”: {why}", place=place, text=one.text, why=one.why)
                )
        found += [
            _left(f"{table.sheet} {cell} “{said}”", why) for cell, said, why in table.left_out
        ]
    for line in proposal.lines:
        if line.match.candidate is None:
            why = _("không giống chỉ tiêu, chuỗi số nào")
            shown = (
                f"{line.table.sheet} {line.row.label.coordinate} “{line.row.key}” (#{line.number})"
            )
            found.append(_left(shown, why if not line.is_known else _("đã chọn bỏ")))
    found += [_left(f"{sheet} {cell} “{said}”", why) for sheet, cell, said, why in figures.left_out]
    for title in proposal.hidden:
        found.append(_left(title, _("trang ẩn")))
    for entry in figures.entries:
        if entry.is_hidden:
            found.append(
                _("{sheet} {cell}: ở dòng hoặc cột ẩn, vẫn đọc", sheet=entry.sheet, cell=entry.cell)
            )
    return found + [
        _("Không khớp: {told}", told=one) for one in contradictions(proposal.lines, figures.shown)
    ]


def _left(place: str, why: Text) -> Text:
    """Return that something is not read, and why."""
    return _("Không nhập: {place}: {why}", place=place, why=why)


def show_doubts(doubts: Sequence[Doubt], lang: str) -> None:
    """Print the cells that can be read in more than one way, or in none, with what to choose from."""
    say(_("Còn chưa rõ:"), lang)
    for number, one in enumerate(doubts, 1):
        choices = "; ".join(
            f"{number}{chr(97 + n)}: {full_quantity(value, one.unit, lang)}"
            for n, value in enumerate(one.readings)
        )
        why = one.wanted.pick(lang) if len(one.readings) < 2 else ""
        parts = filter(None, [f"“{one.got}”", why, choices])
        place = f"{one.sheet} {one.cell}, {one.name.pick(lang)}"
        typer.echo(f"{number}. {place}: " + "; ".join(parts))
