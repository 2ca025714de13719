"""The headings of a sheet of figures: where they stand, and which columns they name."""

from __future__ import annotations

from collections.abc import Mapping

from laikhe_analysis.checks import Problem
from laikhe_analysis.messages import Text, _, joined
from laikhe_analysis.office.forms.columns import Column
from laikhe_analysis.office.forms.form import HEADINGS
from laikhe_analysis.office.forms.identity import LANGS
from laikhe_analysis.office.forms.sheets import Cell, Sheet
from laikhe_analysis.office.forms.written import key

__all__ = ["header_of"]

_NEEDED = ("id", "unit", "value", "status")
_WITHIN = 40


def header_of(
    sheet: Sheet, figures: Mapping[str, Column], place: str
) -> tuple[int, dict[str, int], list[Problem]]:
    """Return the row of the headings and the column of each, in whatever order they stand.

    Parameters
    ----------
    sheet : Sheet
    figures : mapping of str to Column
        The columns of figures of this sheet by name.
    place : str
        The sheet, as problems name it.

    Returns
    -------
    tuple
        The row, the columns by name (none where something is wrong), and what is wrong.
    """
    headings = HEADINGS | {name: one.heading for name, one in figures.items()}
    exact = {key(words.pick(lang)): name for name, words in headings.items() for lang in LANGS}
    ids = set(map(key, HEADINGS["id"].both))
    for number, row in sheet.lines(last=_WITHIN):
        cells = {key(cell.value): cell for cell in row.values() if isinstance(cell.value, str)}
        if not ids & set(cells):
            continue
        columns = {exact[words]: cell.column for words, cell in cells.items() if words in exact}
        needed = _NEEDED if "value" in figures else _NEEDED[:2]
        missing = [headings[name] for name in needed if name not in columns]
        problems = [
            Problem(place, None, cell.coordinate, " ".join(str(cell.value).split())[:60],
                    _of_another_period(figures))
            for cell in _strange(cells, exact, figures, columns)
        ]  # fmt: skip
        if missing and not problems:
            wanted = _("các cột: {columns}", columns=joined(missing, ", "))
            problems = [Problem(place, None, f"A{number}", ", ".join(cells)[:60], wanted)]
        return number, {} if problems else columns, problems
    wanted = _("dòng tiêu đề như trong biểu (Mã, ...)")
    return 0, {}, [Problem(place, None, None, sheet.title, wanted)]


def _strange(
    cells: Mapping[str, Cell], exact: Mapping[str, str], figures: Mapping[str, Column],
    columns: Mapping[str, int],
) -> list[Cell]:  # fmt: skip
    """Return the headings that may be of figures and that this form does not have.

    Those that begin like one are of another year or period; where a column of figures is missing any
    other heading may be its own, reworded.
    """
    begins = {words.split()[0].casefold() for one in figures.values() for words in one.heading.both}
    absent = any(name not in columns for name in figures)
    return [cell for words, cell in cells.items()
            if words not in exact and (absent or words.partition(" ")[0] in begins)]  # fmt: skip


def _of_another_period(figures: Mapping[str, Column]) -> Text:
    """Return which headings of figures a form has."""
    return _(
        "một trong: {headings}: biểu này làm cho kỳ đó; kỳ khác thì tạo biểu mới bằng "
        "`laikhe template`",
        headings=joined(one.heading for one in figures.values()),
    )
