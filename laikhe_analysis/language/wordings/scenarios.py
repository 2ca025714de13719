"""Scenarios side by side in words."""

from laikhe_analysis.messages import N_

__all__ = ["SENTENCES"]

SENTENCES = {
    "scenarios.not_computable": N_("Chưa tính được {variable}: {why}."),
    "scenarios.side_by_side": N_("Tổng giá trị sản phẩm tăng bình quân: {rates}{gap}."),
    "scenarios.rate": N_("{scenario} {rate:1%}/năm"),
    "scenarios.gap": N_(
        ". Năm {year}, kịch bản {b} so với kịch bản {a}: {more:+1} điểm (năm xuất phát là 100), phần lớn "
        "nhất do {driver}: {part:+1}"
    ),
}
