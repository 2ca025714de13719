"""The columns of a table that compare its figures: held against them, never taken for figures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import permutations

from laikhe_analysis.data.cells import CellError
from laikhe_analysis.messages import Text, Worded, _
from laikhe_analysis.office.forms.foreign.figures import Line
from laikhe_analysis.office.forms.foreign.headings import Heading, simple
from laikhe_analysis.office.forms.sheets import Cell
from laikhe_analysis.office.forms.typed import read_cell
from laikhe_analysis.vietnamese import Asked, Written, format_shortest, unified

__all__ = ["contradictions"]


def contradictions(
    lines: Sequence[Line], shown: Mapping[tuple[str, str], Written]
) -> tuple[Text, ...]:
    """Return where a comparison that a table states does not follow from its own figures.

    Parameters
    ----------
    lines : sequence of Line
    shown : mapping of (sheet, cell) to Written
        The figures as they were read.

    Notes
    -----
    A comparison may be a ratio in per cent, the change in per cent or the difference; of a plan, of
    last year, of the same period. It contradicts where none of these, between any two figures of
    the row that it may compare, gives it within the rounding of all three.
    """
    found = []
    for line in lines:
        columns = line.table.columns
        figures = [
            (columns[c], cell, shown[line.table.sheet, cell.coordinate])
            for c, cell in line.row.cells.items()
            if columns[c].kind == "figure" and (line.table.sheet, cell.coordinate) in shown
        ]
        for column, cell in line.row.cells.items():
            if columns[column].kind == "check" and len(figures) > 1:
                told = _contradiction(line, columns[column], cell, figures)
                found += [told] if told else []
    return tuple(found)


Figure = tuple[Heading, Cell, Written]


def _contradiction(
    line: Line, heading: Heading, cell: Cell, figures: Sequence[Figure]
) -> Text | None:
    """Return how a comparison contradicts the figures, None if it does not."""
    try:
        asked = Asked("% of plan", "%", notation=line.table.notation, brackets=True)
        stated = read_cell(cell.value, asked, number_format=cell.number_format)
    except CellError:
        return None
    pairs = _compared(heading, figures)
    results = [result for pair in pairs for result in _results(*pair)]
    step = max(abs(stated.value) * _rounding(cell), 1e-9)
    if not results or any(abs(stated.value - one) <= step + slack for one, slack in results):
        return None
    near = min(results, key=lambda one: abs(one[0] - stated.value))[0]
    return _(
        "{place}: bảng ghi {mine}, tính từ các số cùng dòng là {computed}",
        place=f"{line.table.sheet} {cell.coordinate}, {line.row.text}, “{heading.text}”",
        mine=Worded(format_shortest, stated.value), computed=Worded(format_shortest, near),
    )  # fmt: skip


def _compared(heading: Heading, figures: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """Return the pairs of figures that a comparison may be of."""
    said = simple(heading.text)
    plan = re.search(r"\b(kh|ke hoach|du toan|dt)\b", said) is not None
    before = re.search(r"\b(cung ky|ck|nam truoc|20\d\d)\b", said) is not None
    pairs = list(permutations(figures, 2))
    if plan:
        return [one for one in pairs if before or "plan" in (one[0][0].status, one[1][0].status)]
    results = [
        (one, other)
        for one, other in pairs
        if "plan" not in (one[0].status, other[0].status) and one[0].year > other[0].year
    ]
    return [one for one in results if one[0][0].period == one[1][0].period] or results


def _results(one: Figure, other: Figure) -> list[tuple[float, float]]:
    """Return what a comparison of two figures may be, and by how much rounding may move it."""
    found, parts = [], (_rounding(one[1]), _rounding(other[1]))
    for mine in {one[2].value, one[2].low or one[2].value, one[2].high or one[2].value}:
        for base in {
            other[2].value,
            other[2].low or other[2].value,
            other[2].high or other[2].value,
        }:
            found.append((mine - base, parts[0] * abs(mine) + parts[1] * abs(base)))
            if base:
                ratio = 100 * mine / base
                slack = abs(ratio) * sum(parts)
                found += [(ratio, slack), (ratio - 100, slack)]
    return found


def _rounding(cell: Cell) -> float:
    """Return by what part of it a number may be off, by the last digit that its cell shows."""
    value, decimals = cell.value, None
    if not isinstance(value, str):
        shown = re.search(r"\.([0#]+)", cell.number_format)
        decimals = len(shown[1]) if shown else None if cell.number_format == "General" else 0
        percent = 2 if "%" in cell.number_format else 0
        value = f"{value:.{decimals + percent}f}" if decimals is not None else repr(value)
    match = re.search(r"\d[\d.,]*", unified(value))
    digits = re.sub(r"\D", "", match[0]) if match else ""
    return 0.51 / max(int(digits or 0), 1)
