"""The figures of a table's rows, each cell read beside its neighbours and what is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from laikhe_analysis.checks import Problem
from laikhe_analysis.data import Dataset
from laikhe_analysis.data.cells import CellError
from laikhe_analysis.data.layout import PLANNED, REALISED
from laikhe_analysis.data.plausible import leap
from laikhe_analysis.data.standing import cell_of
from laikhe_analysis.messages import Text, Worded, _, capitalised
from laikhe_analysis.office.forms.foreign.headings import Heading, simple
from laikhe_analysis.office.forms.foreign.layout import Table
from laikhe_analysis.office.forms.foreign.matching import Candidate, Match, basis_of, with_plan
from laikhe_analysis.office.forms.foreign.rows import Row
from laikhe_analysis.office.forms.form import Field, fields_asked, last_known, period_words
from laikhe_analysis.office.forms.ledger import SOURCE
from laikhe_analysis.office.forms.reading import Entry, in_python
from laikhe_analysis.office.forms.sheets import Cell
from laikhe_analysis.office.forms.typed import CHOICES, DoubtError, insisted, read_cell
from laikhe_analysis.office.forms.written import key, plain
from laikhe_analysis.records import Observation
from laikhe_analysis.vietnamese import (
    LABELS,
    UNITS,
    Asked,
    Written,
    as_written,
    factor,
    full_quantity,
)

__all__ = ["Doubt", "Figures", "Line", "figures_of"]

_OF_A_MONTH = re.compile(r"(?i)\b(một|mỗi|hằng|hàng|bình quân|(?<!\d)1) tháng\b|/ ?tháng\b")
"""How the name of a row says that its figures are of a month."""

_ORDER = ("estimate", "preliminary", "final")


@dataclass(frozen=True)
class Line:
    """One row of a table and what it is taken for; `is_known` where an earlier table said so."""

    number: int
    table: Table
    row: Row
    match: Match
    is_known: bool


@dataclass(frozen=True)
class Doubt:
    """A cell that nobody but the office can tell: what it may mean, or nothing."""

    sheet: str
    cell: str
    got: str
    wanted: Text
    name: Text
    unit: str
    readings: tuple[float, ...] = ()

    def problem(self, file: str) -> Problem:
        """Return the doubt as what is wrong in a file."""
        return Problem(f"{file} › {self.sheet}", None, self.cell, self.got, self.wanted)


@dataclass(frozen=True)
class Figures:
    """The figures of a file, the cells in doubt, and those that are left out with the reason.

    `shown` holds the value of each cell as it was read, by sheet and cell.
    """

    entries: tuple[Entry, ...]
    doubts: tuple[Doubt, ...]
    left_out: tuple[tuple[str, str, str, Text], ...]
    shown: Mapping[tuple[str, str], Written]


def figures_of(
    lines: Iterable[Line], data: Dataset, answers: Mapping[tuple[str, str], float | None],
    file: str, *, accept_jumps: bool,
) -> Figures:  # fmt: skip
    """Return the figures of the rows that are taken for something.

    Parameters
    ----------
    lines : iterable of Line
    data : Dataset
    answers : mapping of (sheet, cell) to float or None
        What a cell in doubt means; None leaves it out.
    file : str
        The file's name, the source where the table names no document.
    accept_jumps : bool
        Whether a value may differ from the last one by more than the factor `JUMP`.
    """
    reader = _Reader(data, answers, file, accept_jumps=accept_jumps)
    for line in lines:
        if line.match.candidate is not None:
            reader.take(line, line.match.candidate)
    entries = reader.one_of_each()
    return Figures(tuple(entries), tuple(reader.doubts), tuple(reader.left_out), reader.shown)


class _Reader:
    """Reads the cells of row after row."""

    def __init__(
        self, data: Dataset, answers: Mapping[tuple[str, str], float | None], file: str, *,
        accept_jumps: bool,
    ) -> None:  # fmt: skip
        self.answers, self.file = answers, file
        self.accept_jumps = accept_jumps
        self.fields = fields_asked(data)
        self.entries: list[Entry] = []
        self.doubts: list[Doubt] = []
        self.left_out: list[tuple[str, str, str, Text]] = []
        self.latest = data.latest()
        self.known = {
            (row.series_id, row.year, row.period): row for row in self.latest
            if row.status == "final" and row.origin == "official"
        }  # fmt: skip
        self.shown: dict[tuple[str, str], Written] = {}

    def take(self, line: Line, candidate: Candidate) -> None:
        """Take the figures of a row."""
        columns = line.table.columns
        for cell in line.row.merged:
            self._doubt(line, candidate, cell, CellError(_SPLIT))
        for column, cell in line.row.cells.items():
            if columns[column].kind != "figure":
                continue
            found = self._figure(line, candidate, columns[column], cell)
            if found is not None:
                self.shown[line.table.sheet, cell.coordinate] = found
                self._keep(line, candidate, columns[column], cell, found)

    def _figure(
        self, line: Line, candidate: Candidate, heading: Heading, cell: Cell
    ) -> Written | None:
        """Return what a cell holds; None where it is in doubt, left out or no figure."""
        unit, place = candidate.field.unit, (line.table.sheet, cell.coordinate)
        if place in self.answers:
            answer = self.answers[place]
            return None if answer is None else Written(answer, is_plain=False)
        if not cell.is_formula and _is_remark(cell, unit):
            self.left_out.append((*place, str(cell.value), _("không phải số")))
            return None
        last = self._last(candidate.field, heading)
        asked = _asked(line, candidate, heading, last)
        try:
            _check_content(cell)
            found = read_cell(cell.value, asked, number_format=cell.number_format)
        except CellError as error:
            self._doubt(line, candidate, cell, error)
            return None
        if found.low is not None and heading.status == "final":
            ends = (found.low, float(found.high or found.low))
            wanted = _("một số; số thực hiện không thể là một khoảng")
            self._doubt(line, candidate, cell, DoubtError(wanted, ends))
            return None
        far = None if self.accept_jumps else leap(found.value, unit, last)
        if far:
            self._doubt(line, candidate, cell, DoubtError(insisted(far[0]), far[1]))
            return None
        return found

    def _last(self, field: Field, heading: Heading) -> float | None:
        """Return the last known value of a series."""
        known = last_known(self.latest, field, heading.period)
        if known is None or known.value is None:
            return None
        return as_written(known.value, known.unit)

    def _doubt(self, line: Line, candidate: Candidate, cell: Cell, error: CellError) -> None:
        """Note that a cell is in doubt."""
        shown = " ".join(str("…" if cell.value is None else cell.value).split())[:60]
        readings = error.readings if isinstance(error, DoubtError) else ()
        self.doubts.append(
            Doubt(line.table.sheet, cell.coordinate, shown, error.wanted, candidate.field.name,
                  candidate.field.unit, readings)
        )  # fmt: skip

    def _keep(
        self, line: Line, candidate: Candidate, heading: Heading, cell: Cell, found: Written
    ) -> None:
        """Keep a figure as the observation that it is."""
        name, status = candidate.field.series_id, heading.status
        if status == "plan":
            name = with_plan(candidate, is_council=heading.is_council)
        elif name == "public_investment":  # what came of it, as against what was assigned
            name = "disbursed"
        if found.status == "estimate" and status == "final":
            status = "estimate"
        if name in PLANNED:
            status = "plan"
        field = self.fields.get(name) or replace(
            candidate.field, series_id=name, name=_name(name, candidate.field)
        )
        period = "FY" if name in PLANNED else heading.period
        row = in_python(found, candidate.unit)
        ends = row["value"], row["low"], row["high"]
        figure = Observation(
            name, heading.year, period, *ends, candidate.unit,
            basis_of(line.row, field), status, "official", SOURCE.source_id, "", "",
            self._note(line, cell, found),
        )  # fmt: skip
        result = self.known.get((name, figure.year, figure.period))
        if status in _ORDER[:2] and result is not None and result.value != figure.value:
            why = _("đã có số thực hiện")
            self.left_out.append((line.table.sheet, cell.coordinate, str(cell.value), why))
            return
        self.entries.append(
            Entry(line.table.sheet, cell.coordinate, field.name, figure, cell.is_hidden)
        )

    def _note(self, line: Line, cell: Cell, found: Written) -> str:
        """Return where a figure comes from, and what its cell says beside the number."""
        report = line.table.report
        parts = [report.source or f"tệp {self.file}, trang {line.table.sheet}"]
        prices = [p for p in (*line.row.parents, line.row.text) if "giá so sánh" in key(p)]
        if prices:
            parts.append(prices[-1])
        if not found.is_plain and cell.value is not None:
            parts.append(f"ghi “{cell.value}”")
        return plain("; ".join(parts))

    def one_of_each(self) -> list[Entry]:
        """Return the figures, one of each series and period: the strongest; two values are a doubt."""
        chosen: dict[tuple[Any, ...], Entry] = {}
        for entry in self.entries:
            one = entry.figure
            first = chosen.setdefault(cell_of(one), entry)
            if first is entry or _strength(entry) < _strength(first):
                continue
            if _strength(entry) > _strength(first):
                chosen[cell_of(one)] = entry
            elif one.value != first.figure.value:
                self._two_values(first, entry)
        return list(chosen.values())

    def _two_values(self, first: Entry, second: Entry) -> None:
        """Note that two cells give one figure two values."""
        mine, other = (
            Worded(full_quantity, e.figure.value, e.figure.unit) for e in (second, first)
        )
        wanted = _(
            "một số cho một kỳ: {name}, {when}: {mine}; {place}: {other}",
            name=first.name, when=period_words(first.figure.period, first.figure.year),
            mine=mine, place=f"{first.sheet} {first.cell}", other=other,
        )  # fmt: skip
        self.doubts.append(
            Doubt(second.sheet, second.cell, str(second.figure.value), wanted, second.name,
                  second.figure.unit)
        )  # fmt: skip


def _strength(entry: Entry) -> int:
    """Return how strong the status of a figure is."""
    status = entry.figure.status
    return _ORDER.index(status) if status in REALISED else 0


_SPLIT = _("mỗi ô một số: tách ô đã gộp qua nhiều cột, nhiều dòng")  # fmt: skip


def _asked(line: Line, candidate: Candidate, heading: Heading, last: float | None) -> Asked:
    """Return what a cell is asked for, and what is known of it."""
    row, table, unit = line.row, line.table, candidate.field.unit
    words = row.unit if factor(row.unit, unit) is not None else ""
    for other in (heading.unit, table.report.unit):
        words = words or (other if factor(other, unit) is not None else "")
    if _OF_A_MONTH.search(row.text) and not {"năm", "tháng"} & set(key(words).split("/")):
        monthly = f"{words or UNITS.get(unit, Text('')).vi.rpartition('/')[0]}/tháng"
        words = monthly if factor(monthly, unit) == 12 * (factor(words, unit) or 0) else words
    asked = Asked(unit, words, None, table.notation, rises=candidate.rises, brackets=table.brackets)
    return replace(asked, last=last or _beside(row, table, asked))


def _beside(row: Row, table: Table, asked: Asked) -> float | None:
    """Return a value of the row that can be read in one way only, None where there is none."""
    for column, cell in row.cells.items():
        if table.columns[column].kind == "figure" and cell.value is not None:
            try:
                return read_cell(
                    cell.value, replace(asked, notation=""), number_format=cell.number_format
                ).value
            except CellError:
                continue
    return None


def _is_remark(cell: Cell, unit: str) -> bool:
    """Return whether a cell holds words where a number would be: "đang tổng hợp"."""
    text = cell.value
    return (
        isinstance(text, str)
        and not any(sign.isdigit() for sign in text)
        and unit not in CHOICES
        and not cell.is_error
        and bool(simple(text))
    )


def _check_content(cell: Cell) -> None:
    """Raise if a cell shows an error, or a formula whose value the file lacks."""
    if cell.is_error:
        raise CellError(_("một giá trị, ô đang báo lỗi"))
    if cell.is_formula and cell.value is None:
        raise CellError(_("giá trị của công thức: mở tệp bằng Excel, lưu lại rồi nhập lại"))


def _name(series_id: str, field: Field) -> Text:
    """Return the name of a series that no form asks for."""
    return capitalised(LABELS.get(series_id, field.name))
