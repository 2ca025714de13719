"""What has to be decided, and what has changed since the last report, in words."""

from laikhe_analysis.language.catalogue import N_

__all__ = ["SENTENCES"]

SENTENCES = {
    "decision.letter": N_("Gửi công văn hỏi thành phố về tổng {total:=} tỷ đồng{asked}"),
    "decision.which_revenue": N_(": tỷ lệ {share:%} tính trên khoản thu nào, còn áp dụng không"),
    "decision.no_rule": N_(
        "Hỏi thành phố tỷ lệ điều tiết tiền sử dụng đất: chưa có thì chưa xét được {total:=} tỷ đồng"
    ),
    "decision.no_inventory": N_(
        "Lập danh mục khu đất đấu giá: để có khoảng 50-80% khả năng đủ vốn cần {areas}"
    ),
    "decision.area": N_("{half:1}-{safe:1} ha nếu {case} ({price:1} triệu đồng/m²)"),
    "decision.inventory_short": N_(
        "Bổ sung danh mục khu đất: đã có {offered:1} ha đất ở; để có khoảng 80% khả năng đủ vốn cần "
        "{area:1} ha, còn thiếu {short:1} ha"
    ),
    "decision.no_area": N_(
        "Xem lại danh mục khu đất: đã có {area:1} ha đất ở, nhưng thêm bao nhiêu đất như vậy cũng không "
        "có khoảng 80% khả năng đủ vốn"
    ),
    "decision.no_capital": N_(
        "Chưa quyết định dự án mới: chưa có vốn nào của {first}-{last} xác định được nguồn (Luật Đầu tư "
        "công)"
    ),
    "decision.no_programme": N_(
        "Lập danh mục dự án; chỉ quyết định dự án trong {determined:1} tỷ đồng vốn đã xác định của "
        "{first}-{last} (Luật Đầu tư công)"
    ),
    "decision.no_new": N_(
        "Chưa quyết định dự án mới: {determined:1} tỷ đồng vốn đã xác định của {first}-{last} chưa đủ "
        "cho dự án nào trong {open} dự án{short} (Luật Đầu tư công)"
    ),
    "decision.some_new": N_(
        "Chỉ quyết định {begun} dự án mới đã cân đối đủ vốn trong {determined:1} tỷ đồng của "
        "{first}-{last}{others}{short} (Luật Đầu tư công)"
    ),
    "decision.others": N_("; {open} dự án khác chưa cân đối được"),
    "decision.ongoing_first": N_(
        "Bố trí đủ vốn trước khi thêm dự án: {determined:1} tỷ đồng đã xác định của "
        "{first}-{last}{short} (Luật Đầu tư công)"
    ),
    "decision.lacking": N_("; nợ đọng, hoàn ứng, chuyển tiếp còn thiếu {lacking:1} tỷ"),
    "decision.capital_differs": N_(
        "Thống nhất vốn năm {year}: được giao {assigned:=} tỷ đồng, kế hoạch trung hạn có quyết định "
        "{decided:=} tỷ đồng"
    ),
    "decision.figures": N_(
        "Đôn đốc {offices} cơ quan gửi {figures} số liệu còn thiếu{overdue}{due}"
    ),
    "decision.overdue": N_(", {n} số đã quá hạn"),
    "decision.next_due": N_("; hạn gần nhất {day}"),
    "decision.conflicts": N_("Thống nhất {n} điểm mâu thuẫn giữa các chỉ tiêu (mục {clauses})"),
    "changes.classes": N_(
        "{better} chỉ tiêu tốt lên, {worse} xấu đi, {first} lần đầu đánh giá được."
    ),
    "changes.no_class": N_("Không chỉ tiêu nào đổi xếp loại."),
    "changes.projections": N_("Dự tính năm {year}: {moved}."),
    "changes.moved": N_("{variable} {before:1} → {now:1}"),
    "changes.new_figures": N_("Vì có số mới của {n} mục: {first}{more}."),
    "changes.and_more": N_("; và mục khác"),
    "changes.other_reasons": N_(
        "Không có số nào ghi sau ngày đó: giả định, cách tính hoặc số sửa trong ngày đã đổi."
    ),
    "changes.nothing_new": N_("Chưa có số mới nào từ đó."),
}
