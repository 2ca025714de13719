"""What a forecast has to tell its reader, in one table."""

from __future__ import annotations

from dataclasses import replace

from laikhe_analysis.messages import Message, _

__all__ = ["REMARKS", "remark"]

REMARKS: dict[str, Message] = {
    "break": _(
        "Chỉ dùng số liệu từ năm {first}, sau khi cách tính hoặc địa giới thay đổi; bỏ {count} năm "
        "trước đó."
    ),
    "long_gap": _("Chỉ dùng số liệu từ năm {first}: trước đó thiếu hơn {gap} năm liền."),
    "gap": _(
        "Năm thiếu số liệu ({years}) được nối bằng tốc độ tăng đều, không tính là năm có số liệu."
    ),
    "not_positive": _(
        "Chuỗi có số 0 hoặc số âm: tính theo mức tăng giảm tuyệt đối, không theo tốc độ."
    ),
    "constant": _("Các năm bằng nhau: khoảng dự báo là mức hẹp nhất của phương pháp."),
    "outlier": _(
        "Số liệu năm {year} thay đổi bất thường (gấp hơn {times} lần mức thường gặp); vẫn được "
        "dùng, cần kiểm tra."
    ),
    "few_years": _(
        "Mới có {known} số liệu năm (cần ít nhất {needed}): khoảng dự báo lấy theo sai số thường "
        "gặp của các chuỗi ngắn khác; không tính khả năng đạt."
    ),
    "too_short": _("Chuỗi quá ngắn cho cách tính đã chọn ({method}): giữ nguyên số cuối cùng."),
    "reference": _("Có dùng tốc độ tăng tham chiếu {rate:1%}/năm của nơi khác."),
    "far": _("Dự báo xa hơn {years} năm chưa được kiểm chứng, chỉ để tham khảo."),
    "bounds": _("Kết quả được giữ trong giới hạn từ {low} đến {high}."),
    "share": _(
        "Các số liệu là phần trong một tổng thể: kết quả được giữ trong giới hạn từ {low} đến {high}. "
        "Nếu có thể vượt giới hạn này, hãy nêu giới hạn khác."
    ),
    "held": _("Dự báo bị chặn ở một phần mười hoặc mười lần số cuối cùng."),
    "every_year": _("Đây là khả năng của riêng năm {year}; đạt trong mọi năm thì khó hơn."),
    "usual_growth": _(
        "Mới có vài số liệu: tốc độ tăng được kéo về mức thường gặp của các chuỗi khác "
        "({rate:1%}/năm); có tốc độ tham chiếu thì nên dùng."
    ),
    "usual_money": _(
        "Tiền theo giá hiện hành, mới có vài số liệu: tốc độ tăng được kéo về mức thường gặp của "
        "tiền theo giá hiện hành ({rate:1%}/năm, gồm cả giá tăng); có tốc độ tham chiếu thì nên dùng."
    ),
    "prices": _("Tiền theo giá hiện hành: dự báo gồm cả giá tăng."),
    "money": _(
        "Tiền theo giá hiện hành: dự báo gồm cả giá tăng. Ở {series} chuỗi như vậy, {above:0%} số thực "
        "tế cao hơn giá trị dự báo và khoảng 80% chỉ chứa {held:0%}."
    ),
    "few_years_no_chance": _(
        "chưa tính khả năng đạt: mới có {known} số liệu năm, cần ít nhất {needed}"
    ),
    "year_outside": _(
        "chưa tính khả năng đạt: dự báo chỉ có các năm {first}-{last}, không có năm {year}"
    ),
    "unit_differs": _(
        "chưa tính khả năng đạt: chỉ tiêu tính bằng {target}, số liệu tính bằng {series}"
    ),
    "price_differs": _("chưa tính khả năng đạt: chỉ tiêu theo {target}, số liệu theo {series}"),
    "no_base": _("chưa tính khả năng đạt: thiếu số liệu năm xuất phát {year}"),
    "kind": _("chưa tính khả năng đạt: chỉ tiêu loại này ({kind}) không phải là mức của một năm"),
}
"""The remarks by name; `{...}` are filled in by `remark`."""


def remark(name: str, **parts: object) -> Message:
    """Return a remark with its parts filled in.

    Examples
    --------
    >>> remark("far", years=6).en
    'Beyond 6 years the bands are untested: for orientation only.'
    """
    return replace(REMARKS[name], values=parts)
