"""What has to be decided, and what has changed since the last report, in words."""

from laikhe_analysis.messages import N_

__all__ = ["SENTENCES"]

SENTENCES = {
    "decision.letter": N_("Gửi công văn hỏi thành phố về tổng {total:=} tỷ đồng{asked}"),
    "decision.which_revenue": N_(": tỷ lệ {share:%} tính trên khoản thu nào, còn áp dụng không"),
    "decision.no_rule": N_(
        "Hỏi thành phố tỷ lệ điều tiết tiền sử dụng đất: chưa có thì chưa xét được {total:=} tỷ đồng"
    ),
    "decision.no_inventory": N_(
        "Lập danh mục khu đất đấu giá: cần khoảng {area:^2} ha nếu bán hết ở giá {price:=} triệu đồng/m²"
    ),
    "decision.inventory_short": N_(
        "Bổ sung danh mục khu đất: có {offered:1} ha, để có khoảng 80% khả năng đủ vốn cần {area:1} ha "
        "đất như trong danh mục"
    ),
    "decision.money": N_(
        "Vốn đã xác định năm {year}: {amount:=} tỷ đồng được giao; chỉ quyết định dự án trong phạm vi "
        "này (Luật Đầu tư công)"
    ),
    "decision.no_money": N_(
        "Chưa có số vốn được giao năm {year}: chưa quyết định dự án mới (Luật Đầu tư công)"
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
