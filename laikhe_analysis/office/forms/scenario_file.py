"""Read the small file that the what-if page gives: one new scenario, in the columns of scenarios.csv."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from laikhe_analysis.checks import DataError, Problem
from laikhe_analysis.data import Dataset
from laikhe_analysis.data.layout import COLUMNS
from laikhe_analysis.data.rows import read_rows
from laikhe_analysis.messages import Text, _
from laikhe_analysis.records import Assumption
from laikhe_analysis.scenarios import from_file, resolve

__all__ = ["ScenarioFile", "read_scenario"]

_COLUMNS = COLUMNS["scenarios.csv"]


@dataclass(frozen=True)
class ScenarioFile:
    """A scenario that is to be kept: what it assumes otherwise than the one that it inherits."""

    name: str
    inherits: str
    changes: tuple[Assumption, ...]


def read_scenario(path: Path, known: Dataset) -> ScenarioFile:
    """Return the scenario of a file, checked as if it stood in the commune's folder.

    Parameters
    ----------
    path : Path
    known : Dataset
        With the scenario that it inherits.

    Raises
    ------
    DataError
        With every problem, by line and column of the file.
    """
    if not path.is_file():
        wanted = _("tệp .csv do trang thử tạo ra")
        raise DataError([Problem(path.name, None, None, str(path), wanted)])
    rows, problems = read_rows(path, _COLUMNS)
    if problems or not rows:
        raise DataError(problems or [_problem(path, None, "scenario", "", _ONE)])
    first = rows[0]
    for row in rows:
        if (row["scenario"], row["inherits"]) != (first["scenario"], first["inherits"]):
            problems.append(_problem(path, row["line"], "scenario", row["scenario"], _ONE))
    if first["inherits"] not in known.assumed:
        names = ", ".join(known.assumed)
        wanted = _("một kịch bản có trong dữ liệu: {names}", names=names)
        problems.append(_problem(path, first["line"], "inherits", first["inherits"], wanted))
    if problems:
        raise DataError(problems)
    changes = tuple(_assumption(row) for row in rows)
    found = ScenarioFile(first["scenario"], first["inherits"], changes)
    _check(found, known, path)
    return found


_ONE = _("các dòng của một kịch bản duy nhất")


def _problem(path: Path, line: int | None, column: str, got: str, wanted: Text) -> Problem:
    return Problem(path.name, line, column, got, wanted)


def _assumption(row: dict[str, Any]) -> Assumption:
    """Return the assumption of a row, its per cents as fractions."""
    return from_file(Assumption(**{f.name: row[f.name] for f in fields(Assumption)}))


def _check(found: ScenarioFile, known: Dataset, path: Path) -> None:
    """Raise with what is wrong with the scenario as a whole."""
    base = [(found.inherits, "", one) for one in known.assumed[found.inherits].assumptions]
    own = [(found.name, found.inherits, one) for one in found.changes]
    commune = known.commune
    given = {"sectors": commune.sectors} if commune.sectors else {}
    try:
        resolve([*base, *own], until=commune.target_year, **given)
    except DataError as error:
        raise DataError([replace(one, file=path.name) for one in error.problems]) from None
