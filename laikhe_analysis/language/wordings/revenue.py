"""Budget revenue in words."""

from laikhe_analysis.messages import N_

__all__ = ["SENTENCES"]

SENTENCES = {
    "revenue.not_computable": N_("Chưa tính được {variable}: {why}."),
    "revenue.under_scenario": N_(
        "Thu không kể tiền sử dụng đất theo kịch bản {scenario} năm {last} bằng {index:1} ({base} = "
        "100){growth}{ratio}{forecast}."
    ),
    "revenue.read_as_growth": N_("; hiểu mục tiêu là tăng {rate:%}/năm thì phải đạt {index:1}"),
    "revenue.read_as_ratio": N_(
        "; hiểu là thu hằng năm đạt {ratio:%} dự toán giao thì năm {base} phải đạt từ {needed:^0%}{known}"
    ),
    "revenue.known_ratios": N_(" ({ratios})"),
    "revenue.without_land": N_("đã đạt {ratio:0%} không kể tiền sử dụng đất"),
    "revenue.with_land": N_("{ratio:0%} kể cả tiền sử dụng đất"),
    "revenue.too_few_years": N_(". Xã chưa đủ năm năm số liệu nên chưa dự báo thống kê được"),
}
