"""Income per capita in words."""

from laikhe_analysis.messages import N_

__all__ = ["SENTENCES"]

SENTENCES = {
    "income.not_computable": N_("Chưa tính được {variable}: {why}."),
    "income.under_scenario": N_(
        "Thu nhập bình quân đầu người theo kịch bản {scenario} năm {last}: {real:1} triệu đồng theo "
        "giá {prices_of}, {nominal:1} triệu theo giá hiện hành{asked}{record}{forecast}."
    ),
    "income.asked": N_(
        ". Tăng thực {rate:%}/năm là {real:1} triệu (gấp {factor:3} lần), danh nghĩa {nominal:1} "
        "triệu"
    ),
    "income.record": N_("; {place} {first}-{year} tăng thực {rate:1%}/năm"),
}
