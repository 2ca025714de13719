"""The one table of words shown to people, by the names used in files and code."""

from __future__ import annotations

from laikhe_analysis.checks import Text
from laikhe_analysis.vietnamese.place import placed, spoken_of

__all__ = ["LABELS", "evidence", "label", "words"]

LABELS: dict[str, Text] = {
    # origin, from the strongest evidence to none
    "official": Text("số liệu chính thức", "official figure"),
    "press": Text("số liệu báo chí", "press figure"),
    "derived": Text("số liệu tính toán", "derived figure"),
    "statement": Text("tiền đề của kế hoạch", "premise of the plan"),
    "assumption": Text("số giả định", "assumption"),
    "example": Text("số ví dụ", "example figure"),
    # progress
    "achieved": Text("đã đạt", "achieved"),
    "on_track": Text("đúng tiến độ", "on track"),
    "moderate": Text("chậm tiến độ, cần đẩy nhanh", "moderate progress"),
    "insufficient": Text("có nguy cơ không đạt", "insufficient progress"),
    "away": Text("diễn biến ngược chiều", "moving away"),
    "not_assessed": Text("chưa đủ căn cứ đánh giá", "not assessed"),
    # severity of a finding
    "conflict": Text("mâu thuẫn", "conflict"),
    "question": Text("câu hỏi cần làm rõ", "question to settle"),
    "note": Text("ghi chú", "note"),
    # direction of a target
    "at_least": Text("từ", "at least"),
    "above": Text("trên", "above"),
    "at_most": Text("không quá", "at most"),
    "below": Text("dưới", "below"),
    "about": Text("khoảng", "about"),
    "between": Text("trong khoảng", "between"),
    # kind of a target
    "level_by": Text("mức đạt vào năm cuối", "level by the final year"),
    "annual_level": Text("mức giữ hằng năm", "level held every year"),
    "mean_level": Text("mức bình quân các năm", "mean level of the years"),
    "annual_ratio": Text("tỷ lệ hằng năm so với số giao", "yearly ratio to the assigned figure"),
    "ratio_to_base": Text("so với năm xuất phát", "against the base year"),
    "change_per_year": Text("mức thay đổi mỗi năm", "change a year"),
    "rank": Text("thứ hạng", "rank"),
    "average_rate": Text("tốc độ bình quân giai đoạn", "average rate of the period"),
    "cumulative": Text("tổng cộng dồn cả giai đoạn", "total of the period"),
    "milestone": Text("mốc hoàn thành", "milestone"),
    # status of an observation
    "final": Text("thực hiện", "actual"),
    "preliminary": Text("sơ bộ", "preliminary"),
    "estimate": Text("ước thực hiện", "estimate"),
    "withdrawn": Text("đã rút", "withdrawn"),
    "plan": Text("kế hoạch", "plan"),
    "target": Text("mục tiêu", "target"),
    # scenarios
    "co_so": Text("cơ sở", "baseline"),
    "muc_tieu": Text("mục tiêu (theo Nghị quyết)", "plan"),
    "than_trong": Text("thận trọng", "cautious"),
    "stress_no_land": Text("hai năm không bán được đất", "two years without land sales"),
    "stress_inflation": Text("giá tăng 6%/năm", "inflation of 6% a year"),
    "stress_sector_growth": Text(
        "các ngành tăng như toàn thành phố năm gần nhất", "sectors grow as the city's did last year"
    ),
    # sectors
    "industry": Text("công nghiệp - xây dựng", "industry and construction"),
    "services": Text("dịch vụ", "services"),
    "agriculture": Text("nông, lâm nghiệp và thủy sản", "agriculture, forestry and fishery"),
    "tourism": Text("du lịch", "tourism"),
    "product_taxes": Text("thuế sản phẩm trừ trợ cấp", "product taxes less subsidies"),
    "total": Text("toàn bộ", "total"),
    # methods of forecasting
    "naive": Text("giữ nguyên số cuối cùng", "last value carried on"),
    "drift": Text("tăng đều theo mức tăng bình quân", "average yearly change carried on"),
    "mean_growth": Text("tăng theo tốc độ bình quân", "average growth carried on"),
    "shrunk_growth": Text("tăng theo tốc độ bình quân đã giảm bớt", "average growth, shrunk"),
    "theta": Text("phương pháp theta", "theta method"),
    "damped": Text("san mũ với xu thế giảm dần", "damped trend"),
    "ets": Text("san mũ, mô hình chọn tự động", "exponential smoothing, chosen automatically"),
    "arima": Text("mô hình ARIMA chọn tự động", "ARIMA, chosen automatically"),
    "combination": Text("kết hợp ba phương pháp", "combination of three methods"),
    "adaptive": Text(
        "kết hợp ba phương pháp, điều chỉnh theo biến động của chuỗi",
        "combination of three methods, weighted by the noise of the series",
    ),
    "corrected": Text(
        "kết hợp ba phương pháp, hiệu chỉnh theo sai số đã gặp ở các chuỗi khác",
        "combination of three methods, corrected by the errors on other series",
    ),
    "short": Text("tốc độ tăng kéo về mức thường gặp", "growth drawn to what is usual"),
    "auto": Text("chọn theo độ dài chuỗi", "chosen by the length of the series"),
    # group of a target
    "party": Text("xây dựng Đảng và hệ thống chính trị", "Party and political system"),
    "economy": Text("kinh tế, ngân sách", "economy and budget"),
    "investment": Text("đầu tư, xây dựng nông thôn mới", "investment and new rural areas"),
    "education": Text("giáo dục", "education"),
    "health": Text("y tế", "health"),
    "society": Text("lao động, an sinh xã hội", "labour and social security"),
    "culture": Text("văn hóa, thể thao", "culture and sport"),
    "administration": Text("hành chính, chính quyền", "administration"),
    "environment": Text("môi trường", "environment"),
    "security": Text("quốc phòng, an ninh", "defence and security"),
    "digital": Text("chuyển đổi số", "digital transformation"),
    # scenarios and projections: what is assumed, what comes out
    "inflation": Text("tốc độ tăng giá tiêu dùng", "consumer price inflation"),
    "product_deflator": Text("tốc độ tăng giá của sản phẩm", "growth of the product deflator"),
    "population_growth": Text("tốc độ tăng dân số", "population growth"),
    "income_growth_real": Text("tốc độ tăng thu nhập thực tế", "growth of real income"),
    "revenue_growth": Text(
        "tốc độ tăng thu không kể tiền sử dụng đất", "growth of revenue without land-use fees"
    ),
    "buoyancy": Text(
        "độ co giãn của thu theo tổng sản phẩm", "revenue growth over nominal product growth"
    ),
    "assigned_growth": Text("tốc độ tăng số thu được giao", "growth of assigned revenue"),
    "crop_value_growth": Text(
        "tốc độ tăng giá trị thu được trên 1 ha", "growth of crop value per ha"
    ),
    "land_gross": Text("tiền sử dụng đất thu được, trước điều tiết", "land-use fees, gross"),
    "sharing_rule": Text("quy định điều tiết tiền sử dụng đất", "sharing rule of land-use fees"),
    "baseline_levels": Text("số liệu năm xuất phát và số đã biết", "levels and known values"),
    "shares": Text("tỷ trọng các ngành năm xuất phát", "sector shares in the base year"),
    "total_product": Text("tổng giá trị sản phẩm, giá so sánh", "total product, constant prices"),
    "growth_total_product": Text("tốc độ tăng tổng giá trị sản phẩm", "growth of total product"),
    "total_product_nominal": Text(
        "tổng giá trị sản phẩm, giá hiện hành", "total product, current prices"
    ),
    "total_product_per_head": Text(
        "giá trị sản phẩm bình quân đầu người (chỉ số)", "product per head (index)"
    ),
    "price_index": Text("chỉ số giá", "price index"),
    "deflator": Text("chỉ số giảm phát sản phẩm", "deflator of product"),
    "population": Text("dân số", "population"),
    "income_per_capita": Text("thu nhập bình quân đầu người", "income per capita"),
    "income_per_capita_real": Text(
        "thu nhập bình quân đầu người, đã loại trừ tăng giá", "income per capita, real"
    ),
    "collected_revenue": Text("thu ngân sách nhà nước trên địa bàn", "state revenue collected"),
    "recurrent_revenue": Text("thu không kể tiền sử dụng đất", "revenue without land-use fees"),
    "assigned_revenue": Text("dự toán thành phố giao", "estimate assigned by the city"),
    "assigned_revenue_without_land": Text(
        "dự toán thành phố giao, không kể tiền sử dụng đất",
        "estimate assigned by the city, without land-use fees",
    ),
    "collected_over_assigned": Text(
        "thu không kể tiền sử dụng đất so với số giao",
        "revenue without land-use fees over assigned",
    ),
    "land_revenue": Text("tiền sử dụng đất", "land-use fees"),
    "land_retained": Text("tiền sử dụng đất xã được dùng", "land-use fees retained"),
    "land_retained_total": Text(
        "tiền sử dụng đất xã được dùng, cộng dồn", "land-use fees retained, cumulative"
    ),
    "crop_value_per_ha": Text("giá trị sản phẩm trên 1 ha trồng trọt", "crop value per ha"),
    "party_members": Text("đảng viên", "Party members"),
    "council_revenue": Text("dự toán HĐND xã quyết nghị", "estimate voted by the council"),
    "commune_revenue": Text("thu ngân sách xã được hưởng", "commune's own budget revenue"),
    "public_investment": Text("vốn đầu tư công do xã quản lý", "public investment of the commune"),
    "total_investment": Text("tổng vốn đầu tư, mọi nguồn", "investment from all sources"),
    "disbursed": Text("số giải ngân", "disbursement"),
    "commune_funds_per_unit": Text(
        "vốn đầu tư công giao cấp xã, bình quân một xã, phường của thành phố",
        "public investment given to communes, mean per commune-level unit of the city",
    ),
    "total_investment_per_unit": Text(
        "tổng vốn đầu tư mọi nguồn, bình quân một xã, phường của thành phố",
        "investment from all sources, mean per commune-level unit of the city",
    ),
    # public series that others set targets for
    "budget_revenue_total": Text("tổng thu ngân sách trên địa bàn", "total budget revenue"),
    "budget_revenue_domestic": Text("thu nội địa", "domestic revenue"),
    "budget_revenue_domestic_less_land": Text(
        "thu nội địa không kể tiền sử dụng đất", "domestic revenue without land-use fees"
    ),
    "budget_revenue_final_account": Text("quyết toán thu ngân sách", "final account of revenue"),
    "budget_revenue_customs": Text("thu từ xuất nhập khẩu", "customs revenue"),
    "budget_revenue_plan": Text("dự toán thu ngân sách", "revenue estimate"),
    "gdp_growth": Text("tốc độ tăng GDP", "GDP growth"),
    "gdp_growth_industry": Text(
        "tốc độ tăng công nghiệp - xây dựng", "growth of industry and construction"
    ),
    "gdp_growth_services": Text("tốc độ tăng dịch vụ", "growth of services"),
    "gdp_growth_agriculture": Text(
        "tốc độ tăng nông, lâm nghiệp và thủy sản", "growth of agriculture, forestry and fishery"
    ),
    "gdp_constant": Text("GDP, giá so sánh", "GDP, constant prices"),
    "gdp_current": Text("GDP, giá hiện hành", "GDP, current prices"),
    "population_old_series": Text("dân số, chuỗi số cũ", "population, earlier series"),
    "total_investment_old_series": Text(
        "tổng vốn đầu tư, chuỗi số cũ", "investment, earlier series"
    ),
    "grdp_growth": Text("tốc độ tăng GRDP", "GRDP growth"),
    "grdp_growth_industry": Text(
        "tốc độ tăng công nghiệp - xây dựng", "growth of industry and construction"
    ),
    "grdp_growth_services": Text("tốc độ tăng dịch vụ", "growth of services"),
    "grdp_constant": Text("GRDP, giá so sánh", "GRDP, constant prices"),
    "grdp_per_capita": Text("GRDP bình quân đầu người", "GRDP per capita"),
    "cpi_inflation": Text("tốc độ tăng giá tiêu dùng", "consumer price inflation"),
    # land-use fees: rules, streams, what moves the money, verdicts, pace of auctions
    "plan_60": Text("tỷ lệ của kế hoạch (xã 15% + thành phố 45%)", "the plan's 15 % + 45 %"),
    "city_2026_full_return": Text(
        "tỷ lệ đề xuất năm 2026, thành phố điều tiết lại toàn bộ",
        "proposed 2026 shares, all of the city's returned",
    ),
    "city_2026_none_returned": Text(
        "tỷ lệ đề xuất năm 2026, thành phố không điều tiết lại",
        "proposed 2026 shares, none of the city's returned",
    ),
    "city_2026_cost_25": Text(
        "tỷ lệ đề xuất năm 2026, trừ trước 25% chi phí, điều tiết lại toàn bộ",
        "proposed 2026 shares, 25 % for costs first, all of the city's returned",
    ),
    "city_2026_adopted": Text(
        "các dòng tỷ lệ năm 2026 đã thấy công bố", "2026 shares seen published, line by line"
    ),
    "plan_commune_only": Text("chỉ tính phần 15% của xã", "the commune's 15 % only"),
    "near_start": Text("giá gần giá khởi điểm", "prices near the start"),
    "start_and_step": Text("giá khởi điểm cộng một bước giá", "starting price and one bid step"),
    "winning": Text("giá trúng đã biết", "known winning prices"),
    "given": Text("giá đã cho", "prices given"),
    "in_force": Text("tỷ lệ đã ban hành", "shares in force"),
    "advance": Text("hoàn ứng", "advances to be recovered"),
    "ongoing": Text("dự án chuyển tiếp", "ongoing works"),
    "new": Text("dự án khởi công mới", "new works"),
    "own_share": Text("phần xã hưởng theo tỷ lệ đang áp dụng", "own share in force"),
    "assigned": Text("vốn đã giao", "capital assigned"),
    "city_capital": Text("vốn thành phố hỗ trợ", "money of the city"),
    "commune_run": Text("dự án do xã làm chủ đầu tư", "projects run by the commune"),
    "city_run": Text("dự án do thành phố làm chủ đầu tư", "projects run by the city"),
    "state_land": Text("đất công do xã quản lý chuyển mục đích", "converted state land"),
    "interspersed": Text("đất xen kẹp trong xã", "small interspersed plots"),
    "interspersed_ward": Text("đất xen kẹp trong phường", "small interspersed plots in wards"),
    "conversion": Text("chuyển mục đích, đất vượt hạn mức", "conversion above the quota"),
    "area": Text("diện tích đất đem đấu giá", "land offered"),
    "price": Text("giá khởi điểm", "starting price"),
    "premium": Text("giá trúng so với giá khởi điểm", "winning over starting price"),
    "sold": Text("tỷ lệ đất bán được", "share sold"),
    "default": Text("tỷ lệ bỏ cọc", "share of bids abandoned"),
    "collection": Text("tỷ lệ thu được tiền", "share collected"),
    "cost": Text("tỷ lệ chi phí trừ trước", "share of costs taken first"),
    "in_time": Text("tỷ lệ thu kịp trong kỳ", "share paid within the period"),
    "slip": Text("tỷ lệ đấu giá chậm một năm", "auctions held a year late"),
    "share": Text("tỷ lệ được hưởng", "share retained"),
    "price_level": Text("giá đất so với giá dự kiến", "prices against those expected"),
    "sale_level": Text("lượng đất bán được so với dự kiến", "sales against those expected"),
    "feasible": Text("khả thi", "feasible"),
    "feasible_with_risk": Text("khả thi nhưng có rủi ro", "feasible with risk"),
    "unlikely": Text("ít khả thi", "unlikely"),
    "not_feasible": Text(
        "không khả thi theo các giả định đã nêu", "not feasible under the stated assumptions"
    ),
    "not_enough_evidence": Text("chưa đủ căn cứ kết luận", "not enough evidence for a verdict"),
    "even": Text("đều các năm", "even"),
    "front": Text("dồn về đầu kỳ", "early"),
    "back": Text("dồn về cuối kỳ", "late"),
    "frozen": Text("hai năm đầu không đấu giá", "no auctions in the first two years"),
    "proposal": Text("đề xuất", "proposal"),
    "adopted": Text("đã thông qua", "adopted"),
    "shock": Text("mức giá và lượng bán cùng lên xuống", "prices and sales moving together"),
    "fever": Text("mức bỏ cọc tăng theo giá", "how abandoned bids grow with the price"),
    "land_price": Text("giá khởi điểm bình quân của đất ở", "mean starting price of plots"),
    "land_premium": Text("giá trúng so với giá khởi điểm", "winning over starting price"),
    "land_sold_share": Text("tỷ lệ đất bán được", "share of land sold"),
    "land_default": Text(
        "tỷ lệ bỏ cọc khi giá bình thường", "share of bids abandoned, calm market"
    ),
    "land_fever": Text("mức bỏ cọc tăng theo giá", "how abandoned bids grow with the price"),
    "land_collection": Text("tỷ lệ thu được tiền sử dụng đất", "share of land-use fees collected"),
    "land_cost_share": Text("tỷ lệ chi phí trừ trước khi chia", "share of costs taken first"),
    "land_in_time": Text("tỷ lệ thu kịp trong kỳ", "share paid within the period"),
    "land_shock": Text("mức giá và lượng bán cùng lên xuống", "prices and sales moving together"),
    "land_slip": Text("tỷ lệ đấu giá chậm một năm", "auctions held a year late"),
    "calm": Text("thị trường bình thường", "calm market"),
    "slump": Text("hai năm đầu chỉ bán được một nửa", "half the sales in the first two years"),
    "late_slump": Text("hai năm cuối chỉ bán được một nửa", "half the sales in the last two years"),
    "freeze": Text("hai năm đầu không bán được đất", "no sales in the first two years"),
    "late_freeze": Text("hai năm cuối không bán được đất", "no sales in the last two years"),
    "arrears": Text("nợ đọng", "arrears"),
    "works": Text("dự án", "works"),
    # files of the report
    "bao_cao_uy_ban.docx": Text("Báo cáo của Ủy ban nhân dân", "Report of the People's Committee"),
    "bao_cao_dang_uy.docx": Text("Báo cáo của Đảng ủy", "Report of the Party committee"),
    "cong_van_cap_tren.docx": Text("Công văn hỏi thành phố", "Letter to the city"),
    "so_lieu_con_thieu.docx": Text("Số liệu còn thiếu, theo cơ quan", "Figures owed, by office"),
    "tom_tat.docx": Text("Tóm tắt một trang", "Summary of one page"),
    "bang_tinh.xlsx": Text("Bảng tính Excel có công thức", "Workbook with formulas"),
    "neu_thi_sao.html": Text("Trang thử giả định bằng thanh trượt", "What-if page with sliders"),
    # price basis
    "current": Text("giá hiện hành", "current prices"),
    "constant": Text("giá so sánh", "constant prices"),
    "constant 2010": Text("giá so sánh 2010", "constant 2010 prices"),
    "constant 2020": Text("giá so sánh 2020", "constant 2020 prices"),
    "not stated": Text("chưa rõ cơ sở giá", "price basis not stated"),
    "n/a": Text("không liên quan giá", "not a price"),
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
        return Text(own, LABELS[name].en if name in LABELS else own)
    if name in LABELS:
        known = LABELS[name]
        return Text(placed(known.vi), placed(known.en, "en"))
    prefix, _, rest = name.partition("_")
    if prefix in _PREFIXES and rest:
        return Text(*(f"{p} {r}" for p, r in zip(_PREFIXES[prefix], words(rest), strict=True)))
    return Text(name, name)


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
        return f"số {said}" if lang == "vi" else said
    return f"{label(origin, lang)}, {label(status, lang)}"


_PREFIXES = {
    "growth": Text("tốc độ tăng", "growth of"),
    "share": Text("tỷ trọng", "share of"),
    "product": Text("giá trị sản phẩm", "product of"),
    "contribution": Text("đóng góp vào tăng trưởng của", "contribution to growth of"),
}
