"""What the rows and columns of a table mean, kept beside the data for next year's table."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from laikhe_analysis.checks import DataError, Problem, nearest, tidy
from laikhe_analysis.data.cells import choice, words
from laikhe_analysis.data.column import Column
from laikhe_analysis.data.rows import read_rows
from laikhe_analysis.messages import _
from laikhe_analysis.office.forms.foreign.headings import MEANINGS, simple
from laikhe_analysis.office.forms.foreign.rows import Row
from laikhe_analysis.office.forms.written import inert
from laikhe_analysis.records import PERIODS

__all__ = ["LEFT_OUT", "MAP_FILE", "TableMap", "read_map"]

MAP_FILE = "import_map.csv"
"""The file in the commune's folder."""

LEFT_OUT = "-"
"""The meaning of a row or column that is not read."""

_COLUMNS = {
    "part": Column("`row` dòng hoặc `column` cột của bảng", choice(("row", "column"))),
    "text": Column("tên trong bảng; dòng con có tên dòng trên trước dấu >", words),
    "unit": Column("đơn vị trong bảng", tidy),
    "meaning": Column("chỉ tiêu, chuỗi số; của cột: loại số; `-` là bỏ", words),
}


@dataclass(frozen=True)
class TableMap:
    """What rows and columns mean.

    Parameters
    ----------
    lines : dict of (part, key, unit) to (text, unit, meaning)
        The key is the text without marks, signs and years.
    """

    lines: Mapping[tuple[str, str, str], tuple[str, str, str]] = field(default_factory=dict)

    def of_row(self, row: Row) -> str:
        """Return the series of a row, "-" for one left out, "" for one not known."""
        found = self.lines.get(("row", _key(row.key), simple(row.unit)))
        return found[2] if found else ""

    def of_column(self, heading: str) -> str:
        """Return what a column was said to hold, "" for one not known."""
        found = self.lines.get(("column", _key(heading), ""))
        return found[2] if found else ""

    def with_row(self, row: Row, meaning: str) -> TableMap:
        """Return the map with one more row."""
        return self._with("row", row.key, row.unit, meaning)

    def with_column(self, heading: str, meaning: str) -> TableMap:
        """Return the map with one more column."""
        return self._with("column", heading, "", meaning)

    def _with(self, part: str, said: str, unit: str, meaning: str) -> TableMap:
        key = (part, _key(said), simple(unit))
        return TableMap({**self.lines, key: (said, unit, meaning)})

    def content(self) -> bytes:
        """Return the file that holds the map."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(_COLUMNS)
        for (part, *_unused), (said, unit, meaning) in self.lines.items():
            writer.writerow([part, _safe(said), _safe(unit), meaning])
        return out.getvalue().encode()


def _safe(said: str) -> str:
    """Return a text on one line that no spreadsheet takes for a formula."""
    return inert(" ".join(said.split()))


def _key(said: str) -> str:
    """Return a text without marks, signs and years.

    Examples
    --------
    >>> _key("Ước TH năm 2022"), _key("Tốc độ tăng GRDP > Dịch vụ")
    ('uoc th', 'toc do tang grdp dich vu')
    """
    return simple(re.sub(r"(năm )?\b(19|20)\d\d\b", " ", said.lstrip("'")))


def read_map(path: Path, series: Collection[str]) -> TableMap:
    """Return a map that was kept, an empty one where there is none.

    Parameters
    ----------
    path : Path
    series : collection of str
        The series and targets that a row may mean.

    Raises
    ------
    DataError
        With every line that cannot be used.
    """
    rows, problems = read_rows(path, _COLUMNS, missing_is_empty=True)
    found = TableMap()
    for row in rows:
        part, meaning = row["part"], row["meaning"]
        if part == "row" and meaning not in (*series, LEFT_OUT):
            guess = nearest(meaning, series)
            hint = _("; có phải “{guess}”?", guess=guess) if guess else ""
            wanted = _("mã một chỉ tiêu, một chuỗi, hoặc - để bỏ{hint}", hint=hint)
            problems.append(Problem(path.name, row["line"], "meaning", meaning, wanted))
        elif part == "column" and not is_meaning(meaning):
            listed = ", ".join(MEANINGS)
            wanted = _("một trong: {listed}; kèm kỳ nếu cần (final 9M)", listed=listed)
            problems.append(Problem(path.name, row["line"], "meaning", meaning, wanted))
        else:
            found = found._with(part, row["text"], row["unit"], meaning)
    if problems:
        raise DataError(problems)
    return found


def is_meaning(said: str) -> bool:
    """Return whether a column can be told to hold this.

    Examples
    --------
    >>> is_meaning("final 9M"), is_meaning("plan"), is_meaning("- 9M"), is_meaning("9M")
    (True, True, False, False)
    """
    status, _unused, period = said.partition(" ")
    return status in MEANINGS and (not period or (period in PERIODS and status in MEANINGS[:4]))
