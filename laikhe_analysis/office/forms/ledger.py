"""Append to the observations and nothing else: whole or not at all, one at a time, undoable."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from laikhe_analysis.checks import DataError, Problem, RefusalError
from laikhe_analysis.data import Dataset, load
from laikhe_analysis.data.cells import CellError, day
from laikhe_analysis.data.standing import by_cell
from laikhe_analysis.data.units import to_file
from laikhe_analysis.messages import Text, _
from laikhe_analysis.office.forms.safe_files import longer, plain_cell, put_all
from laikhe_analysis.office.forms.safe_folders import locked
from laikhe_analysis.records import Observation, Source

__all__ = ["SOURCE", "append", "check_day", "plan_undo", "standing_imports"]

SOURCE = Source(
    "commune-report",
    "Số liệu do các cơ quan của xã báo cáo theo biểu; nguồn của từng số ở phần ghi chú của số ấy",
    "Các cơ quan của xã",
    "",
    "",
)
"""Where every imported figure comes from; `import_id` and `note` say which report."""

_OBSERVATIONS, _SOURCES = "observations.csv", "sources.csv"


def check_day(recorded_on: str) -> str:
    """Return a day if it is one.

    Raises
    ------
    DataError
        If it is not.

    Examples
    --------
    >>> check_day("2026-11-22")
    '2026-11-22'
    """
    try:
        return day(recorded_on)
    except CellError as error:
        raise DataError([_problem("recorded_on", recorded_on, error.wanted)]) from None


def plan_undo(
    data: Dataset, import_id: str | None = None, *, recorded_on: str
) -> tuple[Observation, ...]:
    """Return the rows that undo an import.

    Each of its figures that still counts gets a withdrawal; where another figure counted before,
    that one is stated again, so that the series are what they were. A figure that was replaced
    since is left alone.

    Parameters
    ----------
    data : Dataset
    import_id : str, optional
        The import to undo; the last one that stands unless given.
    recorded_on : str
        The day of the undoing. [YYYY-MM-DD]

    Raises
    ------
    RefusalError
        If none is named and none stands.
    DataError
        If there is no such import, it is undone already, all of its figures were replaced since,
        or the day lies before a figure's.
    """
    check_day(recorded_on)
    standing = standing_imports(data.observed)
    chosen = import_id or next(reversed(standing), "")
    if chosen not in standing:
        wanted = _not_standing(chosen, data)
        if not chosen:
            raise RefusalError(wanted)
        raise DataError([Problem("laikhe import --undo", None, None, chosen or "…", wanted)])
    gone = {_root(r.import_id) for r in data.observed if r.status == "withdrawn"} - {""}
    rows: list[Observation] = []
    places: set[tuple[str, str, int, str]] = set()
    for history in _histories(data.observed):
        last = history[-1]
        if _root(last.import_id) == chosen:
            earlier = [r for r in history if _root(r.import_id) not in gone | {chosen}]
            taken_back = _taken_back(last, earlier, chosen, recorded_on)
            place = last.series_id, last.area, last.year, last.period
            rows += taken_back[place in places :]  # a place is withdrawn from once
            places.add(place)
    if not rows:
        wanted = _(
            "lần nhập còn số đang dùng; mọi số của lần này đã được thay, hoàn tác lần sau trước"
        )
        raise DataError([_problem("import_id", chosen, wanted)])
    return tuple(rows)


def _not_standing(chosen: str, data: Dataset) -> Text:
    """Return why an import cannot be undone: it was, there is none, or none of that name."""
    standing = ", ".join(standing_imports(data.observed))
    known = {_root(row.import_id) for row in data.observed} - {""}
    if chosen in known:
        told = _("không làm gì nữa: lần nhập này đã hoàn tác")
    elif not chosen or not standing:
        if known:
            return _("không còn gì để hoàn tác: mọi lần nhập đã hoàn tác")
        return _("không còn gì để hoàn tác: chưa có lần nhập nào")
    else:
        told = _("mã của một lần nhập")
    if not standing:
        return told
    return _("{told}; chưa hoàn tác: {standing}", told=told, standing=standing)


def _taken_back(
    last: Observation, earlier: Sequence[Observation], chosen: str, recorded_on: str
) -> list[Observation]:
    """Return the withdrawal of a figure, and the one that counted before it, stated again."""
    if last.recorded_on > recorded_on:
        wanted = _("một ngày từ {day} trở đi", day=last.recorded_on)
        raise DataError([_problem("recorded_on", recorded_on, wanted)])
    rows = [
        replace(
            last, value=None, low=None, high=None, status="withdrawn", recorded_on=recorded_on,
            import_id=chosen, note="",
        )
    ]  # fmt: skip
    if earlier and earlier[-1].status != "withdrawn":
        before = earlier[-1]
        mark = "/".join(filter(None, (_root(before.import_id), f"undo-{chosen}")))
        rows.append(replace(before, recorded_on=recorded_on, import_id=mark))
    return rows


def _histories(observations: Iterable[Observation]) -> list[list[Observation]]:
    """Return the rows of each cell, the one that counts last."""
    return list(by_cell(observations).values())


def _root(import_id: str) -> str:
    """Return the import that a row belongs to: a row stated again stays with its own; "" if none.

    Examples
    --------
    >>> _root("import-ab"), _root("import-ab/undo-import-cd"), _root("undo-import-cd")
    ('import-ab', 'import-ab', '')
    """
    first = import_id.partition("/")[0]
    return first if first.startswith("import-") else ""


def standing_imports(observations: Iterable[Observation]) -> dict[str, str]:
    """Return the imports that were not undone, oldest first, each with its day."""
    found: dict[str, str] = {}
    for row in observations:
        name = _root(row.import_id)
        if name and row.status == "withdrawn":
            found.pop(name, None)
        elif name:
            found.setdefault(name, row.recorded_on)
    return found


def append(
    folder: str | Path, rows: Sequence[Observation], *, known: Sequence[Observation]
) -> None:
    """Append observations to a commune's folder, whole or not at all.

    The new files are written beside the old, read back as a rehearsal, and only then put in their
    place, the sources first: a stop at any moment leaves a folder that can be read, with all of
    the rows or with none.

    Parameters
    ----------
    folder : Path
    rows : sequence of Observation
        What is appended; nothing is done if there is none.
    known : sequence of Observation
        The observations as they were when `rows` was made.

    Raises
    ------
    DataError
        If the observations are others by now, or the data could not be read with `rows`.
    RefusalError
        If another command is writing, or a file cannot be written.
    """
    folder = Path(folder)
    if not rows:
        return
    with locked(folder):
        data = load(folder)
        if data.observed != tuple(known):
            wanted = _("số liệu như lúc xem trước; có người vừa sửa, hãy chạy lại lệnh")
            raise DataError([Problem(_OBSERVATIONS, None, None, "", wanted)])
        files = {}
        if SOURCE.source_id not in data.cited:
            files[_SOURCES] = longer(folder / _SOURCES, [asdict(SOURCE)])
        cells = [{k: plain_cell(v) for k, v in to_file(asdict(row)).items()} for row in rows]
        files[_OBSERVATIONS] = longer(folder / _OBSERVATIONS, cells)
        put_all(folder, files)


def _problem(column: str, got: str, wanted: Text) -> Problem:
    return Problem(_OBSERVATIONS, None, column, got, wanted)
