"""The workbook that planners hand in and play with: live formulas, each with Python's number."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

from laikhe_analysis.checks import Text, check_choice
from laikhe_analysis.data import Dataset
from laikhe_analysis.office.annex import entries
from laikhe_analysis.office.excel.annex import write_annex
from laikhe_analysis.office.excel.base import Book
from laikhe_analysis.office.excel.compare import write_comparison
from laikhe_analysis.office.excel.inputs import write_inputs
from laikhe_analysis.office.excel.investment import write_investment
from laikhe_analysis.office.excel.milestones import write_milestones
from laikhe_analysis.office.excel.projection import write_projections
from laikhe_analysis.office.excel.register import write_board, write_register
from laikhe_analysis.office.excel.sources import write_sources
from laikhe_analysis.office.word.material import gather, last_day

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

    The annex that officials hand in, board, assumptions, the scenarios in live formulas, their
    comparison with charts, the investment total and the sharing rules, yearly milestones, register,
    the origin of every number. Formulas carry the values that Python found; they use no macro and
    no function newer than Excel 2007.

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
    path = Path(path)
    check_choice("scenario", scenario, list(data.assumed))
    check_choice("lang", lang, ("vi", "en"))
    material = gather(data, scenario, as_of=as_of, internal=internal)
    content = io.BytesIO()
    book = Book(content, material, {key: text.pick(lang) for key, text in _SHEETS.items()}, lang)
    book.entries = entries(data, internal=internal)
    _write(book)
    book.file.set_properties({
        "title": f"{data.commune.name} {data.commune.base_year}-{data.commune.target_year}",
        "author": data.commune.name,
        "created": datetime.fromisoformat(last_day(data) or f"{data.commune.base_year}-01-01"),
    })  # fmt: skip
    book.file.close()
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(content.getvalue())
    beside.replace(path)
    return path


def _write(book: Book) -> None:
    """Write all sheets, in the order in which they are read."""
    write_annex(book)
    write_board(book)
    results, reached = write_projections(book, write_inputs(book))
    write_comparison(book, results, reached)
    write_investment(book)
    write_milestones(book)
    write_register(book)
    write_sources(book)


_SHEETS = {
    "annex": Text("Phụ lục", "Annex"), "board": Text("Bảng theo dõi", "Board"),
    "inputs": Text("Giả định", "Assumptions"), "projection": Text("Kịch bản", "Scenarios"),
    "compare": Text("So sánh", "Compare"), "investment": Text("Đầu tư", "Investment"),
    "milestones": Text("Lộ trình", "Path"), "register": Text("Sổ chỉ tiêu", "Register"),
    "sources": Text("Nguồn", "Sources"),
}  # fmt: skip
"""The sheets, each with the name that people see."""
