"""What a form that came in would change, in words and as rows to append."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from laikhe_analysis.checks import DataError, Problem
from laikhe_analysis.data import Dataset
from laikhe_analysis.data.figures import figure_problems
from laikhe_analysis.data.standing import by_cell, cell_of
from laikhe_analysis.data.units import to_file
from laikhe_analysis.messages import Text, Worded, _
from laikhe_analysis.office.forms.form import period_words
from laikhe_analysis.office.forms.ledger import check_day, standing_imports
from laikhe_analysis.office.forms.reading import Entry
from laikhe_analysis.office.forms.written import status_word
from laikhe_analysis.records import Observation
from laikhe_analysis.vietnamese import full_quantity, label, words
from laikhe_analysis.vietnamese import words as label_of

__all__ = ["Change", "ImportPlan", "describe", "plan_import", "told", "told_undo"]


@dataclass(frozen=True)
class Change:
    """What an import does to one figure; `old` is what counts so far, None if nothing does."""

    entry: Entry
    old: Observation | None


@dataclass(frozen=True)
class ImportPlan:
    """What an import would append.

    Parameters
    ----------
    import_id : str
        Of this import, or of the standing import of the same content if there is one.
    repeated : bool
        Whether the same content was imported before and still stands: nothing changes.
    changes : tuple of Change
    unchanged : int
        Figures of the form that are known already.
    known : tuple of Observation
        The observations that the plan was made on.
    rows : tuple of Observation
        What is to be appended.
    """

    import_id: str
    repeated: bool
    changes: tuple[Change, ...]
    unchanged: int
    known: tuple[Observation, ...]
    rows: tuple[Observation, ...] = ()


def plan_import(data: Dataset, entries: Sequence[Entry], *, recorded_on: str) -> ImportPlan:
    """Return what the figures of a form would change.

    Parameters
    ----------
    data : Dataset
    entries : sequence of Entry
        From `read_workbook`.
    recorded_on : str
        The day of the import. [YYYY-MM-DD]

    Returns
    -------
    ImportPlan
        Nothing changes if the same content was imported before and was not undone since.

    Raises
    ------
    DataError
        If the day is none, or lies before the year of the figures begins or before the day of a
        figure that would be superseded; or a figure is final before its period ends, or nothing
        where something must be, with sheet and cell.
    """
    check_day(recorded_on)
    base = _import_id(entries)
    standing = standing_imports(data.observed)
    same = next((name for name in standing if name.split(".")[0] == base), None)
    used = {row.import_id for row in data.observed}
    number = next(n for n in range(1, len(used) + 2) if _numbered(base, n) not in used)
    import_id = same or _numbered(base, number)
    newest = {cell: rows[-1] for cell, rows in by_cell(data.observed).items()}
    changes, problems = [], []
    for entry in entries if not same else ():
        figure = entry.figure
        old = newest.get(cell_of(figure))
        late = old is not None and old.recorded_on > recorded_on
        if late or figure.year > int(recorded_on[:4]) + 1:
            after = old.recorded_on if old is not None and late else f"{figure.year - 1}-01-01"
            wanted = _("ngày nhập (--recorded-on) từ {after} trở đi", after=after)
            problems.append(Problem(entry.sheet, None, entry.cell, recorded_on, wanted))
            continue
        row = to_file(asdict(replace(figure, recorded_on=recorded_on))) | {"line": None}
        problems += [
            Problem(entry.sheet, None, entry.cell, label(wrong.got), wrong.wanted)
            for wrong in figure_problems(row, [figure.series_id])
        ]
        if not _is_same(figure, old):
            changes.append(Change(entry, None if old and old.status == "withdrawn" else old))
    if problems:
        raise DataError(problems)
    rows = tuple(
        replace(change.entry.figure, recorded_on=recorded_on, import_id=import_id)
        for change in changes
    )
    unchanged = len(entries) - len(changes)
    return ImportPlan(import_id, same is not None, tuple(changes), unchanged, data.observed, rows)


def _import_id(entries: Sequence[Entry]) -> str:
    """Return the id of an import, from its content alone."""
    content = sorted(repr(entry.figure) for entry in entries)
    return "import-" + hashlib.sha256("\n".join(content).encode()).hexdigest()[:10]


def _numbered(base: str, number: int) -> str:
    """Return the id of the n-th import of one content: a form may come back after an undo."""
    return base if number == 1 else f"{base}.{number}"


def _is_same(figure: Observation, old: Observation | None) -> bool:
    """Return whether a figure says nothing new."""
    if old is None:
        return False
    mine, theirs = (
        (row.value, row.unit, row.price_basis, row.status, row.origin) for row in (figure, old)
    )
    return mine == theirs and figure.note in ("", old.note)


def describe(change: Change) -> Text:
    """Return a change in words: where, what, of when, from what to what."""
    figure, old = change.entry.figure, change.old
    before: Text = Worded(full_quantity, old.value if old else None, figure.unit)
    if old is not None:
        rests = words(old.origin)
        if old.origin == "official":
            rests = Worded(status_word, old.series_id, old.status)
        before = _("{value} ({rests})", value=before, rests=rests)
    source: Text | str = ""
    if old is not None and _is_same(replace(figure, note=""), old):
        source = _(", nguồn khác: {note}", note=figure.note)
    return _(
        "{place}: {name}, {when}: {before} → {after} ({status}){source}{hidden}",
        place=f"{change.entry.sheet} {change.entry.cell}", name=change.entry.name,
        when=period_words(figure.period, figure.year), before=before,
        after=Worded(full_quantity, figure.value, figure.unit),
        status=Worded(status_word, figure.series_id, figure.status), source=source,
        hidden=_(" (ở dòng hoặc cột ẩn)") if change.entry.is_hidden else "",
    )  # fmt: skip


def told(plan: ImportPlan) -> tuple[Text, ...]:
    """Return what an import would do, line by line."""
    if plan.repeated:
        return (_("Không có gì thay đổi: biểu này đã được nhập ({name}).", name=plan.import_id),)
    if not plan.changes:
        return (_("Không có gì thay đổi: mọi số đã có."),)
    count = len(plan.changes)
    return (
        *map(describe, plan.changes),
        _(
            "{count} số sẽ được ghi thêm, {unchanged} số đã có.",
            count=count,
            unchanged=plan.unchanged,
        ),
    )


def told_undo(
    rows: Sequence[Observation], names: Mapping[str, Text] | None = None
) -> tuple[Text, ...]:
    """Return what undoing an import would do, line by line; `names` are those of the form."""
    lines = []
    for row in rows:
        name = (names or {}).get(row.series_id, label_of(row.series_id))
        back = row.status != "withdrawn"
        when, value = period_words(row.period, row.year), Worded(full_quantity, row.value, row.unit)
        lines.append(
            _("{name}, {when}: số trước trở lại {value}", name=name, when=when, value=value)
            if back else _("{name}, {when}: rút", name=name, when=when)
        )  # fmt: skip
    return tuple(lines)
