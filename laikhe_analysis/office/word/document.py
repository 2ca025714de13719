"""The Word documents of a report: State, Party, letter to the city, figures owed, one page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from laikhe_analysis.checks import check_choice
from laikhe_analysis.data import Dataset
from laikhe_analysis.office.word.annex import annex_rows
from laikhe_analysis.office.word.figures import product_figure
from laikhe_analysis.office.word.material import Material, gather, last_day, plain
from laikhe_analysis.office.word.owed import owed_values
from laikhe_analysis.office.word.place import place_values
from laikhe_analysis.office.word.report import city_questions, plan_asks, report_values
from laikhe_analysis.office.word.templates import Drawing, each_text, fill_in, template_path
from laikhe_analysis.vietnamese import placed

__all__ = ["DOCUMENTS", "LEGAL_BASES", "write_document", "write_documents"]

# In force when this was written (November 2026), as far as known. Successors may exist: have the
# office check before a document is issued, and change template and date here together.
LEGAL_BASES = {
    "state": "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư (Phụ lục I)",
    "party": (
        "Hướng dẫn số 36-HD/VPTW ngày 03/4/2018 của Văn phòng Trung ương Đảng về thể thức và kỹ "
        "thuật trình bày văn bản của Đảng"
    ),
}
"""What the layout of the templates follows, with version and date."""

DOCUMENTS = {
    "bao_cao_uy_ban.docx": "Kết quả phát triển kinh tế - xã hội {ky}; nhiệm vụ, giải pháp {sap_toi}",
    "bao_cao_dang_uy.docx": "Kết quả lãnh đạo thực hiện nghị quyết {ky}; nhiệm vụ, giải pháp {sap_toi}",
    "cong_van_cap_tren.docx": "Về tỷ lệ điều tiết, nguồn vốn đầu tư giai đoạn {tu_nam}-{den_nam}",
    "so_lieu_con_thieu.docx": "Danh sách số liệu còn thiếu, {ky}",
    "tom_tat.docx": "Tóm tắt kết quả {ky}",
}
"""The files that go with the pages, which are the names of their templates too, and what they are."""

_WITH_FIGURE = ("bao_cao_uy_ban.docx", "bao_cao_dang_uy.docx")
_PARTY, _LETTER = "bao_cao_dang_uy.docx", "cong_van_cap_tren.docx"


def write_document(
    data: Dataset,
    path: str | Path,
    *,
    name: str = "bao_cao_uy_ban.docx",
    scenario: str = "co_so",
    as_of: str | int | None = None,
    internal: bool = False,
) -> Path:
    """Write one Word document and return its path.

    Parameters
    ----------
    data : Dataset
    path : Path
        Where to write; a file that is there is replaced when the new one is whole.
    name : str
        One of `DOCUMENTS`.
    scenario : str
        Scenario of the results.
    as_of : str or int, optional
        Date of the board, such as 2026 or "2026-9M"; `standing.read_as_of` of the data when left
        out. A whole year makes the December set: its estimate, and next year's plan as a proposal.
    internal : bool
        Whether the Party's report holds results of restricted access; it is then marked so. Without
        it their targets, which are public, stand beside blanks. No other document holds them.

    Raises
    ------
    ValueError
        If there is no such document or scenario, or `as_of` cannot be read.
    RefusalError
        If the office's own template cannot be filled in.
    """
    check_choice("name", name, list(DOCUMENTS))
    data.speak()
    m = gather(data, scenario, as_of=as_of, internal=internal and name == _PARTY)
    return _write(data, name, Path(path), m, product_figure(m) if name in _WITH_FIGURE else None)


def write_documents(
    data: Dataset,
    folder: str | Path,
    *,
    scenario: str = "co_so",
    as_of: str | int | None = None,
    internal: bool = False,
) -> list[str]:
    """Write every document into a folder and return the names of the files.

    There is no letter where nothing has to be asked of the city.

    Raises
    ------
    ValueError, RefusalError
        As `write_document`.
    """
    data.speak()
    public = gather(data, scenario, as_of=as_of, internal=False)
    inside = gather(data, scenario, as_of=as_of, internal=True) if internal else public
    picture = product_figure(public)
    of_party = product_figure(inside) if internal else picture
    names = [name for name in DOCUMENTS if name != _LETTER or public.study is not None]
    for name in names:
        m, drawn = (inside, of_party) if name == _PARTY else (public, picture)
        _write(data, name, Path(folder) / name, m, drawn if name in _WITH_FIGURE else None)
    return names


def _write(data: Dataset, name: str, path: Path, m: Material, picture: Drawing | None) -> Path:
    """Write one document of what was gathered."""
    said = {one.name.vi for one in data.plan.targets} | {one.name.vi for one in data.plan.tasks}
    names = "|".join(map(re.escape, sorted(said, key=len, reverse=True)))
    kept = re.compile(f"({names})", re.IGNORECASE) if names else None
    values = each_text(_values(data, name, m), lambda text: plain(_placed(text, kept)))
    title = DOCUMENTS[name].format(**values)
    fill_in(
        template_path(name, data.folder), values | {"tieu_de": title}, path,
        picture=picture, title=title, author=data.commune.name, day=last_day(m.data),
    )  # fmt: skip
    return path


def _placed(text: str, kept: re.Pattern[str] | None) -> str:
    """Return a text in the words of the place; what is kept, the plan's names, stays as it is."""
    parts = kept.split(text) if kept else [text]
    return "".join(part if i % 2 else placed(part) for i, part in enumerate(parts))


def _values(data: Dataset, name: str, m: Material) -> dict[str, Any]:
    """Return everything that a template may name."""
    party, internal = name == _PARTY, len(m.data.plan.targets) == len(data.plan.targets)
    inside = [target for target in data.plan.targets if target.access == "internal"]
    shown = party and internal and bool(inside)
    told = report_values(m, named=inside if party else ())
    return {
        **place_values(data.commune, m.at, internal=shown),
        **told,
        **owed_values(m.data, m.at),
        "phu_luc": annex_rows(m, data, named=party),
    } | (
        {"cau_hoi": city_questions(m)[0], "von": plan_asks(m)} if name == _LETTER else {}
    ) | (
        {"thong_nhat": told["thong_nhat"][:1]} if party else {}  # the rest is for the State
    )  # fmt: skip
