"""The headline projections of each report, kept in the commune's folder: `history.csv`.

Nothing is computed from the file: it only says afterwards how far off the projections were.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from laikhe_analysis.checks import DataError
from laikhe_analysis.data.cells import CellError, day, number, optional, words, year
from laikhe_analysis.data.column import Column
from laikhe_analysis.data.rows import read_rows
from laikhe_analysis.findings.past import HEADLINES
from laikhe_analysis.messages import _
from laikhe_analysis.monitor.measures import AsOf
from laikhe_analysis.office.forms.safe_files import longer, put_new, put_together
from laikhe_analysis.office.forms.safe_folders import locked
from laikhe_analysis.office.leader.view import View
from laikhe_analysis.office.owned import HISTORY

__all__ = ["Kept", "earlier_than", "keep", "kept_with", "past_of", "read_history"]


def _as_of(cell: str) -> str:
    """Return the date of a board as it is written."""
    try:
        return str(AsOf.of(words(cell)))
    except ValueError:
        told = _("một năm hoặc một phần năm, ví dụ 2026, 2026-H1, 2026-9M")
        raise CellError(told) from None


_COLUMNS = {
    "date": Column("ngày làm báo cáo", day),
    "as_of": Column("thời điểm của báo cáo, ví dụ 2026-9M", _as_of),
    "scenario": Column("tên kịch bản", words),
    "variable": Column("đại lượng dự tính", words),
    "year": Column("năm được dự tính", year),
    "low": Column("mức thấp (tám lần trong mười); trống khi chưa tính được", optional(number)),
    "middle": Column("mức giữa", number),
    "high": Column("mức cao (tám lần trong mười); trống khi chưa tính được", optional(number)),
    "unit": Column("đơn vị", words),
}

Values = dict[tuple[str, int], tuple[float | None, float, float | None]]
"""Low, middle and high by variable and year."""


@dataclass(frozen=True)
class Kept:
    """The projections of one report.

    Parameters
    ----------
    date : str
        Of the report. [YYYY-MM-DD]
    as_of : str
    scenario : str
    values : dict
    """

    date: str
    as_of: str
    scenario: str
    values: Values

    def middle(self, year: int) -> dict[str, float]:
        """Return the middle values of a year by variable."""
        return {name: value[1] for (name, at), value in self.values.items() if at == year}


def read_history(folder: Path) -> list[Kept]:
    """Return the reports kept in a folder, oldest first; none where there is no file.

    Raises
    ------
    DataError
        With everything that is wrong in the file.
    """
    rows, problems = read_rows(folder / HISTORY, _COLUMNS, missing_is_empty=True)
    if problems:
        raise DataError(problems)
    found = []
    for key, group in groupby(rows, lambda row: (row["date"], row["as_of"], row["scenario"])):
        values = {(row["variable"], row["year"]): (row["low"], row["middle"], row["high"])
                  for row in group}  # fmt: skip
        found.append(Kept(str(key[0]), key[1], key[2], values))
    return found


def past_of(view: View, date: str = "") -> Kept:
    """Return the projections of a view, as a report of a day keeps them; three decimals."""
    values: Values = {}
    for name in HEADLINES:
        path, band = view.path(name), view.bands.get(name, {})
        for at in sorted(path)[1:]:
            low, high = band.get(at, (None, None))
            both = tuple(None if x is None else round(x, 3) for x in (low, high))
            values[name, int(at)] = (both[0], round(path[at], 3), both[1])
    scenario = "" if view.projection is None else view.projection.scenario.name
    return Kept(date, str(view.at), scenario, values)


def earlier_than(now: Kept, kept: Sequence[Kept]) -> Kept | None:
    """Return the last report kept of the same scenario that says something else; None without."""
    same = [one for one in kept if one.scenario == now.scenario]
    other = [one for one in same if (one.as_of, one.values) != (now.as_of, now.values)]
    return other[-1] if other else None


def kept_with(folder: Path, now: Kept) -> bytes | None:
    """Return the content of the file with a report at its end; None where it adds nothing."""
    kept = [one for one in read_history(folder) if one.scenario == now.scenario]
    is_known = kept and (kept[-1].as_of, kept[-1].values) == (now.as_of, now.values)
    if is_known or not now.values:
        return None
    rows = [
        {"date": now.date, "as_of": now.as_of, "scenario": now.scenario, "variable": name,
         "year": str(at), "unit": _UNITS[name], "low": _cell(low), "middle": _cell(middle),
         "high": _cell(high)}
        for (name, at), (low, middle, high) in now.values.items()
    ]  # fmt: skip
    if (folder / HISTORY).exists():
        return longer(folder / HISTORY, rows)
    text = io.StringIO()
    writer = csv.DictWriter(text, list(_COLUMNS), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


_UNITS = {name: "million VND/person/year" if start is None else "index"
          for name, start in HEADLINES.items()}  # fmt: skip


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def keep(folder: Path, now: Kept) -> bool:
    """Write a report's projections at the end of the file, whole or not at all.

    Returns
    -------
    bool
        Whether anything was new.

    Raises
    ------
    DataError
        If the file cannot be read.
    RefusalError
        If it cannot be written, or another command writes in the folder.
    """
    with locked(folder):
        content = kept_with(folder, now)
        if content is None:
            return False
        path = folder / HISTORY
        if path.exists():
            put_together({path: content})
        else:
            put_new(path, content)
    return True
