"""The workbook that planners hand in and play with: live formulas, each with Python's number."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

from laikhe_analysis.checks import check_choice
from laikhe_analysis.data import Dataset
from laikhe_analysis.outputs.excel.appendix import PERIODS, entries, write_appendices
from laikhe_analysis.outputs.excel.base import Book
from laikhe_analysis.outputs.excel.compare import write_charts, write_comparison
from laikhe_analysis.outputs.excel.goals import write_goals
from laikhe_analysis.outputs.excel.inputs import write_inputs
from laikhe_analysis.outputs.excel.investment import write_investment
from laikhe_analysis.outputs.excel.milestones import write_milestones
from laikhe_analysis.outputs.excel.projection import write_projection
from laikhe_analysis.outputs.excel.register import write_board, write_register
from laikhe_analysis.outputs.excel.sharing import write_sharing
from laikhe_analysis.outputs.excel.sources import write_figures, write_sources
from laikhe_analysis.outputs.excel.summary import begin_summary, fill_summary
from laikhe_analysis.outputs.word.material import Material, gather, last_day
from laikhe_analysis.vietnamese import label

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

    Register, board, yearly milestones, assumptions, one sheet a scenario in live formulas, their
    comparison, the investment total, the appendices, the origin of every number. Formulas carry
    the values that Python found; they use no macro and no function newer than Excel 2007.

    Parameters
    ----------
    data : Dataset
    path : Path
        Where to write; an existing file is replaced, once the new one is whole.
    scenario : str
        Scenario of the sentences.
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
    material = gather(data, scenario, as_of=as_of, internal=internal, lang=lang)
    content = io.BytesIO()
    book = Book(content, material, _sheets(material))
    book.entries = entries(data, internal=internal)
    _write(book)
    book.file.set_properties({
        "title": book.names["summary"], "author": data.commune.name,
        "created": datetime.fromisoformat(last_day(data) or f"{data.commune.base_year}-01-01"),
    })  # fmt: skip
    book.file.close()
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(content.getvalue())
    beside.replace(path)
    return path


def _write(book: Book) -> None:
    """Write all sheets, in the order in which they are read."""
    summary = begin_summary(book)
    write_register(book)
    write_board(book)
    write_milestones(book)
    inputs = write_inputs(book)
    results = {
        name: write_projection(book, inputs, projection)
        for name, projection in book.material.projections.items()
    }
    reached = {name: write_goals(book, result) for name, result in results.items()}
    write_comparison(book, results)
    write_investment(book)
    write_sharing(book)
    write_charts(book)
    write_appendices(book)
    write_figures(book)
    write_sources(book)
    fill_summary(book, summary, reached)


def _sheets(material: Material) -> dict[str, str]:
    """Return the sheets by key, each with the name that people see."""
    vi = material.lang == "vi"
    year = material.at.year
    names = {
        "summary": ("Tóm tắt", "Summary"), "register": ("Sổ chỉ tiêu", "Register"),
        "board": ("Bảng theo dõi", "Board"), "milestones": ("Lộ trình", "Path"),
        "inputs": ("Giả định", "Assumptions"), "compare": ("So sánh", "Compare"),
        "charts": ("Biểu đồ", "Charts"), "investment": ("Đầu tư", "Investment"),
        "sharing": ("Điều tiết", "Sharing"),
        "figures": ("Số liệu", "Figures"), "sources": ("Nguồn", "Sources"),
    }  # fmt: skip
    found = {key: pair[0 if vi else 1] for key, pair in names.items()}
    for scenario in material.projections:
        words = label(scenario, material.lang)
        found[f"scenario {scenario}"] = f"KB {words}" if vi else f"Scenario {words}"
    appendix = {"H1": ("PL 6 tháng", "Appendix 6m"), "9M": ("PL 9 tháng", "Appendix 9m"),
                "FY": ("PL cả năm", "Appendix year")}  # fmt: skip
    for period in PERIODS:
        found[f"appendix {period}"] = f"{appendix[period][0 if vi else 1]} {year}"
    return found
