"""A table that an office already has: what each row and column is taken for, and every figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from laikhe_analysis.checks import DataError, Problem, nearest
from laikhe_analysis.data import Dataset
from laikhe_analysis.messages import _
from laikhe_analysis.office.forms.foreign.figures import Figures, Line, figures_of
from laikhe_analysis.office.forms.foreign.headings import stated
from laikhe_analysis.office.forms.foreign.kept_map import LEFT_OUT, TableMap, is_meaning
from laikhe_analysis.office.forms.foreign.layout import Table, tables_of
from laikhe_analysis.office.forms.foreign.matching import (
    Candidate,
    Match,
    candidates,
    kind_of,
    match_rows,
)
from laikhe_analysis.office.forms.sheets import Book

__all__ = ["Proposal", "propose"]


@dataclass(frozen=True)
class Proposal:
    """What a file is taken for.

    Parameters
    ----------
    name : str
        The file.
    data : Dataset
    tables : tuple of Table
    lines : tuple of Line
        The rows with figures, numbered from 1.
    kept : TableMap
        What is known of rows and columns.
    today : str
        The day of the import. [YYYY-MM-DD]
    hidden : tuple of str
        Sheets that are hidden, and so not read.
    """

    name: str
    data: Dataset
    tables: tuple[Table, ...]
    lines: tuple[Line, ...]
    kept: TableMap
    today: str
    hidden: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether an earlier table said what every row means, so that nothing has to be asked."""
        return all(line.is_known for line in self.lines)

    @property
    def unsure(self) -> tuple[Line, ...]:
        """The rows whose match is in doubt."""
        return tuple(line for line in self.lines if not line.is_known and line.match.why.vi)

    def figures(
        self, answers: Mapping[tuple[str, str], float | None], *, accept_jumps: bool = False
    ) -> Figures:
        """Return the figures, and the cells that are in doubt.

        Parameters
        ----------
        answers : mapping of (sheet, cell) to float or None
            What a cell in doubt means; None leaves it out.
        accept_jumps : bool
            Whether a value may differ much from the last one.
        """
        return figures_of(self.lines, self.data, answers, self.name, accept_jumps=accept_jumps)

    def corrected(self, said: str) -> Proposal:
        """Return the proposal with corrections such as "7=growth_services 8=- E=estimate".

        Raises
        ------
        DataError
            If one of them names no row, column or series.
        """
        kept, problems = self.kept, []
        known = {one.field.series_id for one in candidates(self.data)}
        by_number = {str(line.number): line for line in self.lines}
        headings = {
            letter: table.columns[column].text
            for table in self.tables
            for column, letter in table.letters.items()
        }
        for one in said.replace(",", " ").replace(";", " ").split():
            place, _unused, meaning = one.partition("=")
            meaning = meaning.replace(":", " ")
            if place in by_number and meaning in (*known, LEFT_OUT):
                kept = kept.with_row(by_number[place].row, meaning)
            elif place.upper() in headings and is_meaning(meaning):
                kept = kept.with_column(headings[place.upper()], meaning)
            else:
                problems.append(_not_a_correction(self.name, one, meaning, known))
        if problems:
            raise DataError(problems)
        return _proposal(self.name, self.data, self.tables, kept, self.today, self.hidden)

    def agreed(self) -> TableMap:
        """Return the map that keeps what every row was taken for."""
        kept = self.kept
        for line in self.lines:
            if not line.is_known:
                found = line.match.candidate
                kept = kept.with_row(line.row, found.field.series_id if found else LEFT_OUT)
        return kept


def _not_a_correction(name: str, said: str, meaning: str, known: Iterable[str]) -> Problem:
    """Return what is wrong with a correction that was typed."""
    guess = nearest(meaning, list(known)) if meaning else None
    hint = _("; có phải “{guess}”?", guess=guess) if guess else ""
    return Problem(
        name, None, None, said,
        _("số dòng = mã (7=population), số dòng = - để bỏ, hoặc cột = loại số "
"(E=estimate){hint}", hint=hint),
    )  # fmt: skip


def propose(book: Book, data: Dataset, kept: TableMap, today: str, *, sheet: str = "") -> Proposal:
    """Return what the tables of a file are taken for.

    Parameters
    ----------
    book : Book
    data : Dataset
        The commune's data: what a row may be about, and the last known values.
    kept : TableMap
        What earlier tables said.
    today : str
        The day of the import. [YYYY-MM-DD]
    sheet : str
        The one sheet to read; every sheet that is shown unless given.

    Raises
    ------
    DataError
        If there is no such sheet, or no table.
    """
    if sheet and sheet not in book.titles:
        wanted = _("một trang của tệp: {titles}", titles=", ".join(book.titles))
        raise DataError([Problem(book.name, None, None, sheet, wanted)])
    chosen = [one for one in book.sheets if (one.title == sheet if sheet else not one.is_hidden)]
    tables = tuple(table for one in chosen for table in tables_of(one, today))
    if not tables:
        wanted = _(
            "một bảng có dòng tiêu đề: cột “Chỉ tiêu” và các cột “TH năm 2025”, “KH 2026”, “Năm "
            "2024”"
        )
        raise DataError([Problem(book.name, None, None, "…", wanted)])
    hidden = tuple(one.title for one in book.sheets if one.is_hidden and one not in chosen)
    return _proposal(book.name, data, tables, kept, today, hidden)


def _proposal(
    name: str, data: Dataset, tables: tuple[Table, ...], kept: TableMap, today: str,
    hidden: tuple[str, ...],
) -> Proposal:  # fmt: skip
    """Return the proposal of tables under a map."""
    by_id = {one.field.series_id: one for one in candidates(data)}
    tables = tuple(_with_columns(table, kept, today) for table in tables)
    lines: list[Line] = []
    for table in tables:
        known = [_known(kept.of_row(row), by_id) for row in table.rows]
        open_rows = [row for row, one in zip(table.rows, known, strict=True) if one is None]
        taken = {
            kind_of(row, one.candidate)
            for row, one in zip(table.rows, known, strict=True)
            if one is not None and one.candidate is not None
        }
        matches = iter(match_rows(open_rows, data, table.report.unit, taken))
        for row, one in zip(table.rows, known, strict=True):
            match = one if one is not None else next(matches)
            lines.append(Line(len(lines) + 1, table, row, match, one is not None))
    return Proposal(name, data, tables, tuple(lines), kept, today, hidden)


def _known(meaning: str, by_id: Mapping[str, Candidate]) -> Match | None:
    """Return the match that an earlier table gave a row, None if none did."""
    if meaning == LEFT_OUT:
        return Match(None)
    return Match(by_id[meaning]) if meaning in by_id else None


def _with_columns(table: Table, kept: TableMap, today: str) -> Table:
    """Return a table with its columns as somebody said they are."""
    columns = {
        number: stated(one.text, kept.of_column(one.text), table.report, today)
        if one.text and kept.of_column(one.text)
        else one
        for number, one in table.columns.items()
    }
    return replace(table, columns=columns)
