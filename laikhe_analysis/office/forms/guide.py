"""The words of a form that say how to fill it in, and the sheet that holds them."""

from __future__ import annotations

from datetime import date
from typing import Any

from laikhe_analysis.messages import Text, _
from laikhe_analysis.office.forms.form import GUIDE
from laikhe_analysis.records import Commune

__all__ = ["REMINDER", "before_founding", "write_guide"]

REMINDER = _("Chỉ gõ vào ô màu vàng. Gõ 23450 hoặc 23,45; đừng gõ 23.450 (đọc được hai cách).")
"""What stands above the table of every office."""

_GUIDE = (
    _("CÁCH ĐIỀN"),
    _(
        "Mỗi cơ quan một trang, mỗi số một dòng. TH là thực hiện, KH là kế hoạch (số giao của năm), "
        "ước cả năm là số dự kiến đến 31/12. Chỉ gõ vào các ô màu vàng; số đã có được ghi sẵn, sai "
        "thì gõ đè. Các ô khác được khóa (không có mật khẩu); không đổi tên trang, không gộp ô, "
        "không đặt công thức."
    ),
    _(
        "Trang “Các năm trước” để ghi các năm đã qua, mỗi năm một cột, số của cả địa bàn xã mới. "
        "Năm sáp nhập chưa cộng được thì ghi ở trang “Theo xã cũ”: 6 tháng đầu của từng xã cũ, 6 "
        "tháng cuối của xã mới."
    ),
    _(
        "Các trang cuối là cả danh mục: khu đất đấu giá, dự án và nhu cầu vốn từng năm, vốn đầu tư "
        "công trung hạn đã xác định, giả định, tỷ lệ điều tiết. Ai giữ danh mục thì sửa; người khác để "
        "nguyên."
    ),
    _(
        "Số thập phân dùng dấu phẩy (80,5). Có thể gõ kèm đơn vị khác cùng loại: 1.234,5 triệu ở "
        "dòng tính bằng tỷ đồng sẽ được đổi thành 1,2345 tỷ đồng."
    ),
    _(
        "Đừng gõ 23.450: đọc được là hai mươi ba nghìn bốn trăm năm mươi, cũng đọc được là 23,45. "
        "Gõ 23450 hoặc 23,45 (kèm đơn vị cũng vậy: 23450 triệu hoặc 23,45 triệu)."
    ),
    _("Phần trăm gõ 12 hoặc 12%. Số nhỏ hơn 1% gõ kèm dấu %, ví dụ 0,8%."),
    _(
        "Chưa có số thì để trống ô, không gõ 0. Có số ở cột TH của kỳ này thì phải chọn tình trạng: "
        "thực hiện, sơ bộ hay ước; chọn một ô rồi kéo xuống các ô dưới."
    ),
    _(
        "Số nào cũng phải có nguồn (báo cáo nào, số, ngày): ghi một lần cho cả trang ở ô “Nguồn "
        "chung của trang”; dòng nào có nguồn khác thì ghi ở cột cuối của dòng đó. Ghi chú thêm "
        "có thể viết dưới bảng."
    ),
    _("Gửi lại tệp cho người tổng hợp; người đó chạy: laikhe import TÊN_TỆP.xlsx"),
)


def before_founding(commune: Commune, year: int) -> Text | None:
    """Return what a figure of the year in which the commune was founded must hold, None otherwise.

    Examples
    --------
    >>> made = Commune("c", "c", "", 1, 1, "", "", ("a", "b"), "2025-07-01", 2025, 2030)
    >>> before_founding(made, 2026) is None
    True
    >>> before_founding(made, 2025).en
    'The commune was founded on 1/7/2025: every figure of 2025 is of the whole area, the part of the former communes (a, b) before that day included. Where it cannot be added up leave the cell empty.'
    """  # noqa: E501
    try:
        day = date.fromisoformat(commune.founded)
    except ValueError:
        return None
    if day.year != year or (day.month, day.day) == (1, 1):
        return None
    old = ", ".join(commune.predecessors)
    return _(
        "Xã thành lập ngày {day}: số nào của năm {year} cũng là số của cả địa bàn, cộng cả phần của "
        "các xã cũ{former} trước ngày đó. Không cộng được thì để trống ô.",
        day=f"{day.day}/{day.month}/{day.year}",
        year=year,
        former=f" ({old})" if old else "",
    )


def write_guide(
    book: Any, styles: Any, commune: str, when: Text, first: Text | None, lang: str
) -> None:
    """Write the sheet that says how to fill in; what counts for this year stands `first`."""
    sheet = book.add_worksheet(GUIDE.pick(lang))
    sheet.set_column(0, 0, 68)
    form = _("BIỂU NHẬP SỐ LIỆU").pick(lang)
    sheet.write_string(0, 0, f"{form} - {commune} - {when.pick(lang)}", styles.title)
    guide = _GUIDE if first is None else (_GUIDE[0], first, *_GUIDE[1:])
    for number, words in enumerate((one.pick(lang) for one in guide), start=2):
        sheet.write_string(number, 0, words, styles.bold if words.isupper() else styles.text)
        sheet.set_row(number, 4 + 17 * (1 + len(words) // 76))
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.protect()
