"""The one table of words shown to people, by the names used in files and code."""

from __future__ import annotations

from laikhe_analysis.messages import Text, Worded, _, joined, spoken_of

__all__ = ["LABELS", "evidence", "label", "own_words", "words"]

LABELS: dict[str, Text] = {
    # origin, from the strongest evidence to none
    "official": _("số liệu chính thức"),
    "press": _("số liệu báo chí"),
    "derived": _("số liệu tính toán"),
    "statement": _("tiền đề của kế hoạch"),
    "assumption": _("số giả định"),
    "example": _("số ví dụ"),
    # progress
    "achieved": _("đã đạt"),
    "on_track": _("đúng tiến độ"),
    "moderate": _("chậm tiến độ, cần đẩy nhanh"),
    "insufficient": _("có nguy cơ không đạt"),
    "away": _("diễn biến ngược chiều"),
    "not_assessed": _("chưa đủ căn cứ đánh giá"),
    # severity of a finding
    "conflict": _("mâu thuẫn"),
    "question": _("câu hỏi cần làm rõ"),
    "note": _("ghi chú"),
    # direction of a target
    "at_least": _("từ", context="direction"),
    "above": _("trên"),
    "at_most": _("không quá"),
    "below": _("dưới"),
    "about": _("khoảng"),
    "between": _("trong khoảng"),
    # kind of a target
    "level_by": _("mức đạt vào năm cuối"),
    "annual_level": _("mức giữ hằng năm"),
    "mean_level": _("mức bình quân các năm"),
    "annual_ratio": _("tỷ lệ hằng năm so với số giao"),
    "ratio_to_base": _("so với năm xuất phát"),
    "change_per_year": _("mức thay đổi mỗi năm"),
    "rank": _("thứ hạng"),
    "average_rate": _("tốc độ bình quân giai đoạn"),
    "cumulative": _("tổng cộng dồn cả giai đoạn"),
    "milestone": _("mốc hoàn thành"),
    # status of an observation
    "final": _("thực hiện"),
    "preliminary": _("sơ bộ"),
    "estimate": _("ước thực hiện"),
    "withdrawn": _("đã rút"),
    "plan": _("kế hoạch"),
    "target": _("mục tiêu"),
    # scenarios
    "co_so": _("cơ sở"),
    "muc_tieu": _("mục tiêu (theo Nghị quyết)"),
    "than_trong": _("thận trọng"),
    "stress_no_land": _("hai năm không bán được đất"),
    "stress_inflation": _("giá tăng 6%/năm"),
    "stress_sector_growth": _("các ngành tăng như toàn thành phố năm gần nhất"),
    # sectors
    "industry": _("công nghiệp - xây dựng"),
    "services": _("dịch vụ"),
    "agriculture": _("nông, lâm nghiệp và thủy sản"),
    "tourism": _("du lịch"),
    "product_taxes": _("thuế sản phẩm trừ trợ cấp"),
    "total": _("toàn bộ"),
    # methods of forecasting
    "naive": _("giữ nguyên số cuối cùng"),
    "drift": _("tăng đều theo mức tăng bình quân"),
    "mean_growth": _("tăng theo tốc độ bình quân"),
    "shrunk_growth": _("tăng theo tốc độ bình quân đã giảm bớt"),
    "theta": _("phương pháp theta"),
    "damped": _("san mũ với xu thế giảm dần"),
    "ets": _("san mũ, mô hình chọn tự động"),
    "arima": _("mô hình ARIMA chọn tự động"),
    "combination": _("kết hợp ba phương pháp"),
    "adaptive": _("kết hợp ba phương pháp, điều chỉnh theo biến động của chuỗi"),
    "corrected": _("kết hợp ba phương pháp, hiệu chỉnh theo sai số đã gặp ở các chuỗi khác"),
    "short": _("tốc độ tăng kéo về mức thường gặp"),
    "auto": _("chọn theo độ dài chuỗi"),
    # group of a target
    "party": _("xây dựng Đảng và hệ thống chính trị"),
    "economy": _("kinh tế, ngân sách"),
    "investment": _("đầu tư, xây dựng nông thôn mới"),
    "education": _("giáo dục"),
    "health": _("y tế"),
    "society": _("lao động, an sinh xã hội"),
    "culture": _("văn hóa, thể thao"),
    "administration": _("hành chính, chính quyền"),
    "environment": _("môi trường"),
    "security": _("quốc phòng, an ninh"),
    "digital": _("chuyển đổi số"),
    # scenarios and projections: what is assumed, what comes out
    "inflation": _("tốc độ tăng giá tiêu dùng"),
    "product_deflator": _("tốc độ tăng giá của sản phẩm"),
    "population_growth": _("tốc độ tăng dân số"),
    "income_growth_real": _("tốc độ tăng thu nhập thực tế"),
    "revenue_growth": _("tốc độ tăng thu không kể tiền sử dụng đất"),
    "buoyancy": _("độ co giãn của thu theo tổng sản phẩm"),
    "assigned_growth": _("tốc độ tăng số thu được giao"),
    "crop_value_growth": _("tốc độ tăng giá trị thu được trên 1 ha"),
    "land_gross": _("tiền sử dụng đất thu được, trước điều tiết"),
    "sharing_rule": _("quy định điều tiết tiền sử dụng đất"),
    "baseline_levels": _("số liệu năm xuất phát và số đã biết"),
    "shares": _("tỷ trọng các ngành năm xuất phát"),
    "total_product": _("tổng giá trị sản phẩm, giá so sánh"),
    "growth_total_product": _("tốc độ tăng tổng giá trị sản phẩm"),
    "total_product_nominal": _("tổng giá trị sản phẩm, giá hiện hành"),
    "total_product_per_head": _("giá trị sản phẩm bình quân đầu người (chỉ số)"),
    "price_index": _("chỉ số giá"),
    "deflator": _("chỉ số giảm phát sản phẩm"),
    "population": _("dân số"),
    "income_per_capita": _("thu nhập bình quân đầu người"),
    "income_per_capita_real": _("thu nhập bình quân đầu người, đã loại trừ tăng giá"),
    "collected_revenue": _("thu ngân sách nhà nước trên địa bàn"),
    "recurrent_revenue": _("thu không kể tiền sử dụng đất"),
    "assigned_revenue": _("dự toán thành phố giao"),
    "assigned_revenue_without_land": _("dự toán thành phố giao, không kể tiền sử dụng đất"),
    "collected_over_assigned": _("thu không kể tiền sử dụng đất so với số giao"),
    "land_revenue": _("tiền sử dụng đất"),
    "land_retained": _("tiền sử dụng đất xã được dùng"),
    "land_retained_total": _("tiền sử dụng đất xã được dùng, cộng dồn"),
    "crop_value_per_ha": _("giá trị sản phẩm trên 1 ha trồng trọt"),
    "party_members": _("đảng viên"),
    "council_revenue": _("dự toán HĐND xã quyết nghị"),
    "commune_revenue": _("thu ngân sách xã được hưởng"),
    "public_investment": _("vốn đầu tư công do xã quản lý"),
    "total_investment": _("tổng vốn đầu tư, mọi nguồn"),
    "disbursed": _("số giải ngân"),
    "commune_funds_per_unit": _(
        "vốn đầu tư công giao cấp xã, bình quân một xã, phường của thành phố"
    ),
    "total_investment_per_unit": _(
        "tổng vốn đầu tư mọi nguồn, bình quân một xã, phường của thành phố"
    ),
    # public series that others set targets for
    "budget_revenue_total": _("tổng thu ngân sách trên địa bàn"),
    "budget_revenue_domestic": _("thu nội địa"),
    "budget_revenue_domestic_less_land": _("thu nội địa không kể tiền sử dụng đất"),
    "budget_revenue_final_account": _("quyết toán thu ngân sách"),
    "budget_revenue_customs": _("thu từ xuất nhập khẩu"),
    "budget_revenue_plan": _("dự toán thu ngân sách"),
    "gdp_growth": _("tốc độ tăng GDP"),
    "gdp_growth_industry": _("tốc độ tăng công nghiệp - xây dựng"),
    "gdp_growth_services": _("tốc độ tăng dịch vụ"),
    "gdp_growth_agriculture": _("tốc độ tăng nông, lâm nghiệp và thủy sản"),
    "gdp_constant": _("GDP, giá so sánh"),
    "gdp_current": _("GDP, giá hiện hành"),
    "population_old_series": _("dân số, chuỗi số cũ"),
    "total_investment_old_series": _("tổng vốn đầu tư, chuỗi số cũ"),
    "grdp_growth": _("tốc độ tăng GRDP"),
    "grdp_growth_industry": _("tốc độ tăng công nghiệp - xây dựng"),
    "grdp_growth_services": _("tốc độ tăng dịch vụ"),
    "grdp_constant": _("GRDP, giá so sánh"),
    "grdp_per_capita": _("GRDP bình quân đầu người"),
    "cpi_inflation": _("tốc độ tăng giá tiêu dùng"),
    # land-use fees: rules, streams, what moves the money, verdicts, pace of auctions
    "plan_60": _("tỷ lệ của kế hoạch (xã 15% + thành phố 45%)"),
    "city_2026_full_return": _("tỷ lệ đề xuất năm 2026, thành phố điều tiết lại toàn bộ"),
    "city_2026_none_returned": _("tỷ lệ đề xuất năm 2026, thành phố không điều tiết lại"),
    "city_2026_cost_25": _("tỷ lệ đề xuất năm 2026, trừ trước 25% chi phí, điều tiết lại toàn bộ"),
    "city_2026_adopted": _("các dòng tỷ lệ năm 2026 đã thấy công bố"),
    "plan_commune_only": _("chỉ tính phần 15% của xã"),
    "near_start": _("giá gần giá khởi điểm"),
    "start_and_step": _("giá khởi điểm cộng một bước giá"),
    "winning": _("giá trúng đã biết"),
    "given": _("giá đã cho"),
    "in_force": _("tỷ lệ đã ban hành"),
    "advance": _("hoàn ứng"),
    "ongoing": _("dự án chuyển tiếp"),
    "new": _("dự án khởi công mới"),
    "own_share": _("phần xã hưởng theo tỷ lệ đang áp dụng"),
    "assigned": _("vốn đã giao"),
    "city_capital": _("vốn thành phố hỗ trợ"),
    "commune_run": _("dự án do xã làm chủ đầu tư"),
    "city_run": _("dự án do thành phố làm chủ đầu tư"),
    "state_land": _("đất công do xã quản lý chuyển mục đích"),
    "interspersed": _("đất xen kẹp trong xã"),
    "interspersed_ward": _("đất xen kẹp trong phường"),
    "conversion": _("chuyển mục đích, đất vượt hạn mức"),
    "area": _("diện tích đất đem đấu giá"),
    "price": _("giá khởi điểm"),
    "premium": _("giá trúng so với giá khởi điểm"),
    "sold": _("tỷ lệ đất bán được", context="market"),
    "default": _("tỷ lệ bỏ cọc"),
    "collection": _("tỷ lệ thu được tiền"),
    "cost": _("tỷ lệ chi phí trừ trước"),
    "in_time": _("tỷ lệ thu kịp trong kỳ"),
    "slip": _("tỷ lệ đấu giá chậm một năm"),
    "share": _("tỷ lệ được hưởng"),
    "price_level": _("giá đất so với giá dự kiến"),
    "sale_level": _("lượng đất bán được so với dự kiến"),
    "feasible": _("khả thi"),
    "feasible_with_risk": _("khả thi nhưng có rủi ro"),
    "unlikely": _("ít khả thi"),
    "not_feasible": _("không khả thi theo các giả định đã nêu"),
    "not_enough_evidence": _("chưa đủ căn cứ kết luận"),
    "even": _("đều các năm"),
    "front": _("dồn về đầu kỳ"),
    "back": _("dồn về cuối kỳ"),
    "frozen": _("hai năm đầu không đấu giá"),
    "proposal": _("đề xuất"),
    "adopted": _("đã thông qua"),
    "shock": _("mức giá và lượng bán cùng lên xuống"),
    "fever": _("mức bỏ cọc tăng theo giá"),
    "land_price": _("giá khởi điểm bình quân của đất ở"),
    "land_premium": _("giá trúng so với giá khởi điểm"),
    "land_sold_share": _("tỷ lệ đất bán được"),
    "land_default": _("tỷ lệ bỏ cọc khi giá bình thường"),
    "land_fever": _("mức bỏ cọc tăng theo giá"),
    "land_collection": _("tỷ lệ thu được tiền sử dụng đất"),
    "land_cost_share": _("tỷ lệ chi phí trừ trước khi chia"),
    "land_in_time": _("tỷ lệ thu kịp trong kỳ"),
    "land_shock": _("mức giá và lượng bán cùng lên xuống"),
    "land_slip": _("tỷ lệ đấu giá chậm một năm"),
    "calm": _("thị trường bình thường"),
    "slump": _("hai năm đầu chỉ bán được một nửa"),
    "late_slump": _("hai năm cuối chỉ bán được một nửa"),
    "freeze": _("hai năm đầu không bán được đất"),
    "late_freeze": _("hai năm cuối không bán được đất"),
    "arrears": _("nợ đọng"),
    "works": _("dự án"),
    # files of the report
    "bao_cao_uy_ban.docx": _("Báo cáo của Ủy ban nhân dân"),
    "bao_cao_dang_uy.docx": _("Báo cáo của Đảng ủy"),
    "cong_van_cap_tren.docx": _("Công văn hỏi thành phố"),
    "so_lieu_con_thieu.docx": _("Số liệu còn thiếu, theo cơ quan"),
    "tom_tat.docx": _("Tóm tắt một trang"),
    "bang_tinh.xlsx": _("Bảng tính Excel có công thức"),
    "neu_thi_sao.html": _("Trang thử giả định bằng thanh trượt"),
    # price basis
    "current": _("giá hiện hành"),
    "constant": _("giá so sánh"),
    "constant 2010": _("giá so sánh 2010"),
    "constant 2020": _("giá so sánh 2020"),
    "not stated": _("chưa rõ cơ sở giá"),
    "n/a": _("không liên quan giá"),
}
"""The one table of words shown to people, by the name used in files and code."""


def label(name: str, lang: str = "vi") -> str:
    """Return the words for a name used in files, or the name itself when it has none.

    Examples
    --------
    >>> label("on_track"), label("on_track", "en"), label("my own scenario")
    ('đúng tiến độ', 'on track', 'my own scenario')
    >>> label("growth_services")
    'tốc độ tăng dịch vụ'
    """
    return words(name).pick(lang)


def words(name: str) -> Text:
    """Return the words for a name used in files, in both languages: the place's own come first.

    Names such as `growth_services` and `share_services` are composed of their two parts.

    Examples
    --------
    >>> words("share_services").en, words("growth_tourism").vi
    ('share of services', 'tốc độ tăng du lịch')
    """
    own = spoken_of().names.get(name)
    if own is not None:
        return own_words(name, own)
    if name in LABELS:
        return LABELS[name]
    prefix, _sign, rest = name.partition("_")
    if prefix in _PREFIXES and rest:
        return joined([_PREFIXES[prefix], words(rest)], " ")
    return Text(name)


def own_words(name: str, own: str) -> Text:
    """Return what a place calls a thing; in English the thing's own label, if it has one."""
    return Worded(_own, name, own)


def _own(name: str, own: str, lang: str) -> str:
    """Return what the place calls a thing itself; it does so in Vietnamese."""
    return LABELS[name].en if lang == "en" and name in LABELS else own


def evidence(origin: str, status: str = "final", lang: str = "vi") -> str:
    """Return what a figure rests on: its origin, and its status where it is not final yet.

    Parameters
    ----------
    origin : str
        One of `series.ORIGINS`.
    status : str
        One of `records.STATUSES`; of what is assumed it says nothing.

    Examples
    --------
    >>> evidence("official"), evidence("official", "preliminary"), evidence("press", "estimate")
    ('số liệu chính thức', 'số sơ bộ', 'số liệu báo chí, ước thực hiện')
    >>> evidence("assumption", "estimate"), evidence("official", "estimate", "en")
    ('số giả định', 'estimate')
    """
    if status not in ("preliminary", "estimate") or origin not in ("official", "press", "derived"):
        return label(origin, lang)
    if origin == "official":
        said = label(status, lang)
        return _("số {said}", said=said).pick(lang)
    return f"{label(origin, lang)}, {label(status, lang)}"


_PREFIXES = {
    "growth": _("tốc độ tăng"),
    "share": _("tỷ trọng"),
    "product": _("giá trị sản phẩm"),
    "contribution": _("đóng góp vào tăng trưởng của"),
}
