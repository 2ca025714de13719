"""The Word report: what was found, in the form of an official report of the State or the Party."""

from __future__ import annotations

from pathlib import Path

from laikhe_analysis.checks import check_choice
from laikhe_analysis.data import Dataset
from laikhe_analysis.office.word.appendices import appendices
from laikhe_analysis.office.word.closing import (
    board_part,
    questions_part,
    scenario_part,
    sources_part,
)
from laikhe_analysis.office.word.heading import (
    LEGAL_BASES,
    TEMPLATES,
    addressed,
    appendix_line,
    begin,
    finish,
)
from laikhe_analysis.office.word.investment import investment_part
from laikhe_analysis.office.word.material import Block, Prose, gather, last_day, say
from laikhe_analysis.office.word.pages import Pages
from laikhe_analysis.office.word.parts import (
    asked_part,
    income_part,
    opening,
    product_part,
    revenue_part,
)

__all__ = ["DOCUMENTS", "write_document", "write_documents"]

_PARTS = (
    opening, asked_part, revenue_part, product_part, income_part, investment_part, board_part,
    scenario_part, questions_part, sources_part,
)  # fmt: skip
DOCUMENTS = {
    "bao_cao_uy_ban.docx": "state",
    "bao_cao_dang_uy.docx": "party",
}
"""The files that go with the pages: form of each, by name."""
_ROMAN = ("I", "II", "III", "IV", "V")


def write_document(
    data: Dataset,
    path: str | Path,
    *,
    template: str = "state",
    scenario: str = "co_so",
    as_of: str | int | None = None,
    internal: bool = False,
) -> Path:
    """Write the report as a Word file and return its path.

    Parameters
    ----------
    data : Dataset
    path : Path
        Where to write; a file that is there is replaced when the new one is whole.
    template : {"state", "party"}
        The form: that of State administration or that of the Party.
    scenario : str
        Scenario of the results.
    as_of : str or int, optional
        Date of the board, such as 2026 or "2026-9M"; `standing.read_as_of` of the data when left
        out.
    internal : bool
        Whether internal targets are shown; the report is then marked for internal use.

    Returns
    -------
    Path

    Raises
    ------
    ValueError
        If there is no such template or scenario, or `as_of` cannot be read.

    Notes
    -----
    The same data give the same bytes: the file is dated by its newest figure, not by a clock.

    References
    ----------
    .. [1] `word_heading.LEGAL_BASES`: Decree 30/2020/NĐ-CP and Guidance 36-HD/VPTW.
    """
    path = Path(path)
    form = TEMPLATES[check_choice("template", template, list(TEMPLATES))]
    material = gather(data, scenario, as_of=as_of, internal=internal)
    commune = data.commune
    subject = say(
        "Tiến độ và khả năng hoàn thành các chỉ tiêu kế hoạch giai\u00a0đoạn\u00a0{a}-{b}",
        a=commune.base_year, b=commune.target_year,
    )  # fmt: skip
    pages = Pages(form.changes, title=subject, author=commune.name, day=last_day(material.data))
    pages.begin(restart=True)
    pages.add(begin(form, commune, internal=internal))
    pages.add(addressed(form, subject))
    for part in _PARTS:
        pages.write_blocks(part(material))
    pages.write_blocks(_end(template))
    pages.add(finish(form))
    for number, appendix in zip(_ROMAN, appendices(material), strict=False):
        pages.begin(across=True, restart=template == "state")
        pages.say(f"Phụ lục {number}", "AppendixNumber")
        pages.say(appendix.title.upper(), "AppendixTitle")
        pages.say(appendix_line(form, commune), "AppendixTo")
        pages.write_blocks(appendix.blocks)
    pages.save(path)
    return path


def write_documents(
    data: Dataset, folder: str | Path, *, scenario: str = "co_so", as_of: str | int | None = None
) -> list[str]:
    """Write the report in every form into a folder and return the names of the files.

    Raises
    ------
    ValueError
        As `write_document`.
    """
    folder = Path(folder)
    for name, template in DOCUMENTS.items():
        write_document(data, folder / name, template=template, scenario=scenario, as_of=as_of)
    return list(DOCUMENTS)


def _end(template: str) -> list[Block]:
    """Return what the layout follows, and the closing line."""
    layout = (
        f"Văn bản trình bày theo {LEGAL_BASES[template]}; trước khi phát hành cần kiểm tra văn bản "
        "thay thế, nếu có, và điền các chỗ để trống."
    )
    closing = "Trên đây là kết quả đối chiếu, kính báo cáo./."
    return [Prose(layout, keep=True), Prose(closing, keep=True)]
