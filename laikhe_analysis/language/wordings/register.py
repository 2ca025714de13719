"""The register of targets in words."""

from laikhe_analysis.messages import N_

__all__ = ["SENTENCES"]

SENTENCES = {
    "register.folder": N_(
        "Thư mục của {name} đọc được, không có dòng nào sai: {targets} chỉ tiêu, {observations} số "
        "liệu của xã, {published} số liệu công khai của {places} nơi, {scenarios} kịch bản."
    ),
    "register.empty": N_("Danh mục chỉ tiêu còn trống: chưa ghi con số nào của kế hoạch."),
    "register.counted": N_(
        "Kế hoạch có {total} con số phải đạt, thuộc {items} mục được đếm khi báo cáo; xã mới có số "
        "liệu đo trực tiếp cho {known}."
    ),
    "register.agreement": N_(
        "Đối chiếu các chỉ tiêu với nhau: {conflict} điểm mâu thuẫn, {question} câu hỏi cần làm rõ, "
        "{note} ghi chú.{first}"
    ),
    "register.first": N_(" Trước hết: {what}"),
}
