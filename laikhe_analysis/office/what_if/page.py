"""The what-if page, whole in one file: layout, numbers, the printed model and the page's program."""

from __future__ import annotations

import json
from pathlib import Path

from laikhe_analysis.data import Dataset
from laikhe_analysis.findings.investment import concluded, study_of
from laikhe_analysis.language import _, speaking
from laikhe_analysis.language.wordings import sentence_of
from laikhe_analysis.office.laid_out import asset, page_template
from laikhe_analysis.office.what_if.chances import WIDER
from laikhe_analysis.office.what_if.content import page_data, programs
from laikhe_analysis.office.what_if.controls import called, controls
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.vietnamese import label, unit_label

__all__ = ["NAME", "what_if_page", "write_what_if"]

NAME = "neu_thi_sao.html"
"""File of the page in the report."""


def write_what_if(data: Dataset, folder: Path, lang: str = "vi", as_of: str = "") -> list[str]:
    """Write the page into a folder and return its name; nothing where no scenario leads anywhere."""
    if not any(one.paths for one in data.projections().values()):
        return []
    (folder / NAME).write_text(what_if_page(data, lang, as_of), encoding="utf-8", newline="\n")
    return [NAME]


def what_if_page(data: Dataset, lang: str = "vi", as_of: str = "") -> str:
    """Return the page of a commune that has a scenario, in one language.

    Its arithmetic is that of `model.equations`, printed; its chances are from draws that it carries.
    What page 05 concludes of land, as of a date, stands beside what is tried.
    """
    data.speak()
    with speaking(lang):
        projections = data.projections()
        moved = controls(data, projections, lang)
        names, printed = programs(projections)
        study = study_of(data, as_of=as_of)
        content = page_data(data, projections, moved, names, lang)
        content["words"] = {name: text.pick(lang) for name, text in _WORDS.items()}
        texts = {name: asset(f"what_if.{name}") for name in ("css", "js")}
        return page_template("what_if").render(
            _=_, lang=lang, commune=data.commune, content=content, controls=moved,
            goals=content["goals"], figures=content["figures"], years=content["years"],
            groups={name: text.pick(lang) for name, text in _GROUPS.items()},
            labels={name: called(data, name, lang) for name in projections},
            rules={name: called(data, name, lang) for name in content["kept"]},
            units={c.unit: unit_label(c.unit, lang) for c in moved}, names=list(names.values()),
            origin=label(weakest_origin(*(p.origin for p in projections.values() if p.paths)), lang),
            has_draws=bool(content["draws"]["growth"]), total=content["total"],
            concluded=study and sentence_of(concluded(study)),
            wider=WIDER, programs=printed, **texts,
            json=json.dumps(content, ensure_ascii=False, allow_nan=False).replace("<", "\\u003c"),
        )  # fmt: skip


_GROUPS = {
    "growth": _("Tốc độ tăng các ngành"),
    "shares": _("Cơ cấu năm xuất phát (ngành cuối là phần còn lại)"),
    "money": _("Giá cả, dân số, thu ngân sách"),
    "land": _("Đất đai"),
}

_WORDS = {
    "likely": _("✓ nhiều khả năng"),
    "open": _("→ chưa chắc"),
    "unlikely": _("↘ ít khả năng"),
    "met": _("✓ đạt, nếu đúng như vậy"),
    "missed": _("↘ không đạt, nếu đúng như vậy"),
    "unknown": _("? chưa tính được"),
    "no_land": _("? chưa nêu bán bao nhiêu đất"),
    "below": _("dưới 1%"),
    "above": _("trên 99%"),
    "number": _("Cần một số từ LOW đến HIGH, dấu phẩy cho phần thập phân."),
    "shares": _("Các tỷ trọng cộng lại vượt 100%."),
    "by_year": _("mỗi năm một mức; số này là bình quân"),
    "sum_by_year": _("cả kỳ"),
    "rule": _("chưa chọn điều tiết nên chưa biết xã được dùng bao nhiêu"),
    "growth": _("tổng giá trị sản phẩm tăng X/năm"),
    "kept": _("bán hết, chưa trừ chi phí thì xã được dùng X tỷ đồng tiền đất"),
    "count": _("X/Y chỉ tiêu đạt hoặc nhiều khả năng đạt"),
    "untouched": _("Chưa đổi gì, theo kịch bản X:"),
    "own": _("Chưa đổi gì, theo kịch bản X và danh mục khu đất của xã:"),
    "tried": _("Đang thử:"),
    "need_name": _("Cần một tên, chưa kịch bản nào dùng, bắt đầu bằng chữ, không quá 40 ký tự."),
    "need_reason": _("Cần lý do, để người sau hiểu."),
    "need_change": _("Chưa đổi giả định nào nên không có gì để ghi."),
    "saved": _("Đã tạo tệp X. Chép tệp vào máy có bộ công cụ rồi chạy: laikhe import X"),
    "area": _("X ha, giá Y triệu đồng/m²"),
}
"""Words that the program shows; capital X, Y, LOW and HIGH stand for numbers."""
