"""Total product in words."""

from laikhe_analysis.messages import N_

__all__ = ["SENTENCES"]

SENTENCES = {
    "product.not_computable": N_("Chưa tính được {variable}: {why}."),
    "product.under_scenario": N_(
        "Tổng giá trị sản phẩm theo kịch bản {scenario} tăng bình quân {rate:1%}/năm, năm {last} "
        "bằng {index:1} ({base} = 100){asked}{structures}{city}{forecast}."
    ),
    "product.asked": N_("; mục tiêu {rate:%}/năm là {index:1}"),
    "product.other_structures": N_("; theo cơ cấu khác thì tăng {cases}"),
    "product.other_structure": N_("{rate:1%}/năm ({case})"),
    "product.city": N_(". Toàn {place} năm {year} tăng {rate:2%}"),
    "product.cannot_agree": N_(
        "Các tốc độ ngành và tốc độ chung của kế hoạch không thể cùng đúng: {why}."
    ),
    "product.share_range": N_(
        "Các tốc độ ngành và mức chung {total:%}/năm chỉ cùng đúng khi {sector} chiếm từ "
        "{low:2%} đến {high:2%} tổng giá trị sản phẩm năm {base}."
    ),
    "product.known_structures": N_(
        "Áp các tốc độ đó vào cơ cấu đã biết thì tổng tăng mỗi năm: {cases}."
    ),
    "product.case": N_("{case}: {rate:2%}"),
}
