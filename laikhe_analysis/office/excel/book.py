"""The workbook that planners hand in and play with: live formulas, each with Python's number."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

from laikhe_analysis.checks import check_choice
from laikhe_analysis.data import Dataset
from laikhe_analysis.messages import speaking
from laikhe_analysis.monitor.boards import Board
from laikhe_analysis.monitor.measures import AsOf
from laikhe_analysis.office.annex import Entry, entries
from laikhe_analysis.office.board.standing import board_of, read_as_of
from laikhe_analysis.office.excel.annex import write_annex
from laikhe_analysis.office.excel.assumptions import write_assumptions
from laikhe_analysis.office.excel.compare import write_comparison
from laikhe_analysis.office.excel.investment import write_investment
from laikhe_analysis.office.excel.milestones import write_milestones
from laikhe_analysis.office.excel.plan import write_board, write_register, write_sources
from laikhe_analysis.office.excel.projection import write_projections
from laikhe_analysis.office.excel.sheet import Book
from laikhe_analysis.scenarios import Projection

__all__ = ["write_workbook"]


def write_workbook(
    data: Dataset,
    path: str | Path,
    *,
    scenario: str = "co_so",
    as_of: str | int | None = None,
    internal: bool = False,
    lang: str = "vi",
) -> Path:
    """Write the workbook of a commune's plan and return its path.

    Nine sheets: the annex that officials hand in, board, assumptions, scenarios in live formulas,
    their comparison with charts, land and investment, yearly milestones, register, sources. The
    formulas are printed from the model and carry the values that Python found; they use no macro
    and no function newer than Excel 2007.

    Parameters
    ----------
    data : Dataset
    path : Path
        Where to write; an existing file is replaced, once the new one is whole.
    scenario : str
        Scenario that the board is held against.
    as_of : str or int, optional
        A year or a part of one, such as 2026 or "2026-9M"; what was over when the newest figure
        was recorded when left out.
    internal : bool
        Whether internal targets and their figures are shown.
    lang : {"vi", "en"}

    Returns
    -------
    Path
        `path`. The same data give the same bytes.

    Raises
    ------
    ValueError
        If there is no such scenario or language, or `as_of` cannot be read.
    """
    path, content = Path(path), io.BytesIO()
    if path.suffix.lower() != ".xlsx" or not path.parent.is_dir():
        raise ValueError(
            f"`path` must be a file .xlsx in a folder that is there, got {str(path)!r}."
        )
    check_choice("scenario", scenario, list(data.assumed))
    check_choice("lang", lang, ("vi", "en"))
    data.speak()
    commune, day = data.commune, data.last_recorded
    years = range(commune.base_year, commune.target_year + 1)
    shown = data if internal else data.public()
    at, projections = read_as_of("", data) if as_of is None else AsOf.of(as_of), shown.projections()
    board = board_of(data, at, projection=projections[scenario], internal=internal)
    with speaking(lang):
        name = commune.name_en if lang == "en" and commune.name_en else commune.name
        book = Book(content, lang, years, name)
        _write(book, shown, board, projections, entries(data, internal=internal), str(as_of or ""))
        book.file.set_properties({
            "title": f"{commune.name} {years[0]}-{years[-1]}", "author": commune.name,
            "created": datetime.fromisoformat(day or f"{years[0]}-01-01"),
        })  # fmt: skip
        book.file.close()
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(content.getvalue())
    beside.replace(path)
    return path


def _write(
    book: Book, data: Dataset, board: Board, projections: dict[str, Projection], rows: list[Entry],
    asked: str,
) -> None:  # fmt: skip
    """Write all sheets, in the order in which they are read."""
    write_annex(book, data, board.as_of, rows)
    write_board(book, board, data.last_recorded)
    write_assumptions(book, data, projections)
    write_projections(book, projections)
    write_comparison(book, data.plan, projections)
    write_investment(book, data, asked)
    write_milestones(book, board, data.histories())
    write_register(book, data, board)
    write_sources(book, data, {e.field.series_id: book.say(e.field.name) for e in rows})
