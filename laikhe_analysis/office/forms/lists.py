"""The lists that a form holds whole: plots, projects, capital, assumptions, sharing rules."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from laikhe_analysis.checks import tidy
from laikhe_analysis.data import Dataset
from laikhe_analysis.data.columns import COLUMNS, NEEDS
from laikhe_analysis.data.commune import plan_years
from laikhe_analysis.messages import Text, Worded, _
from laikhe_analysis.office.forms.form import HEADINGS
from laikhe_analysis.office.forms.written import inert, key
from laikhe_analysis.records import CAPITAL_KINDS, PROJECT_STAGES, STREAMS
from laikhe_analysis.scenarios.assumptions import known_variables
from laikhe_analysis.series import ORIGINS
from laikhe_analysis.vietnamese import unit_label, words, written_unit

__all__ = [
    "LISTS",
    "ListColumn",
    "digest",
    "is_number",
    "list_columns",
    "rows_in_file",
    "to_content",
]

LISTS = {
    "plots.csv": _("Khu đất đấu giá"),
    "projects.csv": _("Dự án"),
    "capital.csv": _("Vốn đầu tư công trung hạn"),
    "scenarios.csv": _("Giả định"),
    "sharing.csv": _("Tỷ lệ điều tiết"),
}
"""The files that a form holds whole, and the sheets that do."""


_LAST = ("origin", "note")
_CALLED = {"city": "city_capital"}
"""Names whose words are others among the kinds of capital."""


@dataclass(frozen=True)
class ListColumn:
    """A column of a list.

    Parameters
    ----------
    name : str
        In the file.
    heading : Text
    unit : str
        Of a number, "ratio" for a share, "row" where the row says it; "" for words.
    choices : mapping of str to Text
        The names that may stand in it, and the words for them.
    """

    name: str
    heading: Text
    unit: str
    choices: Mapping[str, Text]

    def named(self, said: str) -> str:
        """Return the name of a choice by its words in either language, else what was said."""
        asked = key(said)
        found = [n for n, both in self.choices.items() if asked in (n, *map(key, both.both))]
        return found[0] if found else said


def list_columns(file: str, data: Dataset) -> list[ListColumn]:
    """Return the columns of a list."""
    known = COLUMNS[file]
    if file == "projects.csv":
        years = {f"y{year}": NEEDS for year in plan_years(data.commune)}
        known = (
            {k: v for k, v in known.items() if k not in _LAST}
            | years
            | {k: known[k] for k in _LAST}
        )
    return [
        ListColumn(name, _heading(name, column.says, column.unit), column.unit,
                   _choices(file, name, data))
        for name, column in known.items()
    ]  # fmt: skip


def _heading(name: str, says: str, unit: str) -> Text:
    """Return the heading of a column: what it is, and the unit of its numbers."""
    if re.fullmatch("y[0-9]{4}", name):
        return _("Vốn năm {year} (tỷ đồng)", year=name[1:])
    if name == "source_id":
        return _("Nguồn (văn bản, số, ngày)")
    vi = (
        re.split(r"[;:(`]|, có trong|, hoặc tên|, trong kỳ", says)[0].strip(" ,")
        or HEADINGS["status"].vi
    )
    told = Text(vi[:1].upper() + vi[1:], name.replace("_", " ").capitalize())
    if unit in ("", "row", "rank"):
        return told
    shown = "%" if unit == "ratio" else Worded(unit_label, unit)
    return _("{told} ({unit})", told=told, unit=shown)


def _choices(file: str, name: str, data: Dataset) -> dict[str, Text]:
    """Return the names that may stand in a column, each of them with words of its own."""
    offered: Iterable[str] = {
        "stream": STREAMS,
        "origin": ORIGINS,
        "quarter": ("1", "2", "3", "4"),
        "stage": PROJECT_STAGES,
        "kind": CAPITAL_KINDS,
        "status": ("adopted", "proposal", "statement", "assumption"),
        "variable": known_variables(data.commune.sectors),
    }.get(name, ())
    if name == "source_id":
        used = {row[name] for row in rows_in_file(data.folder, file)}
        return {one: Text(data.cited[one].title) for one in sorted(used & set(data.cited))}
    if name == "unit":
        every = known_variables(data.commune.sectors).values()
        units = dict.fromkeys(written_unit(unit) for one in every for unit in one)
        return {unit: Worded(unit_label, unit) for unit in units}
    found: dict[str, Text] = {}
    for one in offered:
        said = words(_CALLED.get(one, one))
        if key(said.vi) not in {key(other.vi) for other in found.values()}:
            found[one] = said
    return found


def rows_in_file(folder: Path, file: str) -> list[dict[str, str]]:
    """Return the rows of a list as its file has them; none where there is no file."""
    path = folder / file
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as text:
        rows = csv.DictReader(text, skipinitialspace=True)
        return [{str(k).strip(): tidy(v or "") for k, v in row.items() if k} for row in rows]


def digest(rows: Sequence[Mapping[str, str]]) -> str:
    """Return what tells one list from another: the same for 2 and 2.0.

    Examples
    --------
    >>> digest([{"a": "2.0"}]) == digest([{"a": "2"}]) != digest([{"a": "3"}])
    True
    """
    cells = [
        [(name, float(cell) if is_number(cell) else cell)
         for name, cell in sorted(row.items()) if cell]
        for row in rows
    ]  # fmt: skip
    return hashlib.sha256(repr(cells).encode()).hexdigest()[:16]


def is_number(cell: str) -> bool:
    """Return whether a cell of a file is a number.

    Examples
    --------
    >>> is_number("-2.5"), is_number("2,5"), is_number("plan_60")
    (True, False, False)
    """
    return re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell) is not None


def to_content(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> bytes:
    """Return the content of the file of a list."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        cells = (row.get(name, "") for name in columns)
        writer.writerow(cell if is_number(cell) else inert(cell) for cell in cells)
    return text.getvalue().encode()
