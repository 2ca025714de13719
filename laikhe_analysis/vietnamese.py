"""Vietnamese numbers, units and words, read and written.

In Vietnamese text a dot groups thousands and a comma opens the decimals: "42.875 người" are
42,875 people and "504,276 tỷ đồng" are 504.276 billion. Read the other way round, each is wrong by
a factor of a thousand, so whatever can be read both ways is refused unless unit or range decide.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass

from laikhe_analysis.checks import Text, check_choice

__all__ = [
    "COUNTED",
    "LABELS",
    "UNITS",
    "Quantity",
    "format_number",
    "format_percent",
    "format_quantity",
    "format_value",
    "label",
    "parse_number",
    "parse_quantity",
    "sentence",
    "unit_label",
    "words",
]

UNITS: dict[str, Text] = {
    "%": Text("%", "%"),
    "%/year": Text("%/năm", "%/year"),
    "% of plan": Text("% so kế hoạch", "% of plan"),
    "percentage points": Text("điểm %", "percentage points"),
    "VND": Text("đồng", "VND"),
    "thousand VND/month": Text("nghìn đồng/tháng", "thousand VND/month"),
    "million VND": Text("triệu đồng", "million VND"),
    "billion VND": Text("tỷ đồng", "billion VND"),
    "billion VND/year": Text("tỷ đồng/năm", "billion VND/year"),
    "million VND/person/year": Text("triệu đồng/người/năm", "million VND/person/year"),
    "million VND/person/month": Text("triệu đồng/người/tháng", "million VND/person/month"),
    "million VND/month": Text("triệu đồng/tháng", "million VND/month"),
    "million VND/ha": Text("triệu đồng/ha", "million VND/ha"),
    "million VND/m2": Text("triệu đồng/m²", "million VND/m²"),
    "billion VND/commune": Text("tỷ đồng/xã", "billion VND/commune"),
    "USD": Text("USD", "USD"),
    "m2": Text("m²", "m²"),
    "ha": Text("ha", "ha"),
    "km2": Text("km²", "km²"),
    "people": Text("người", "people"),
    "thousand people": Text("nghìn người", "thousand people"),
    "people/year": Text("người/năm", "people/year"),
    "households": Text("hộ", "households"),
    "schools": Text("trường", "schools"),
    "organisations": Text("tổ chức", "organisations"),
    "enterprises": Text("doanh nghiệp", "enterprises"),
    "communes": Text("xã, phường", "communes"),
    "targets": Text("chỉ tiêu", "targets"),
    "criteria": Text("tiêu chí", "criteria"),
    "index": Text("chỉ số", "index"),
    "ratio": Text("lần", "times"),
    "level": Text("mức", "level"),
    "rating": Text("mức xếp loại", "rating"),
    "yes/no": Text("đạt/không", "yes/no"),
    "rule": Text("quy định", "rule"),
}
"""Every unit that a file may use, as written in Vietnamese and in English."""

COUNTED = frozenset(
    [
        "people",
        "people/year",
        "households",
        "schools",
        "organisations",
        "enterprises",
        "communes",
        "targets",
        "criteria",
        "VND",
    ]
)
"""Units of things that are counted: a fraction of one is an error."""

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
    # kind of a target
    "level_by": Text("mức đạt vào năm cuối", "level by the final year"),
    "annual_level": Text("mức giữ hằng năm", "level held every year"),
    "annual_ratio": Text("tỷ lệ hằng năm so với số giao", "yearly ratio to the assigned figure"),
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
    "population": Text("dân số", "population"),
    "income_per_capita": Text("thu nhập bình quân đầu người", "income per capita"),
    "income_per_capita_real": Text(
        "thu nhập bình quân đầu người, đã loại trừ tăng giá", "income per capita, real"
    ),
    "collected_revenue": Text("thu ngân sách nhà nước trên địa bàn", "state revenue collected"),
    "recurrent_revenue": Text("thu không kể tiền sử dụng đất", "revenue without land-use fees"),
    "assigned_revenue": Text("dự toán thành phố giao", "estimate assigned by the city"),
    "collected_over_assigned": Text("số thu so với số giao", "collected over assigned"),
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
        "tỷ lệ đề xuất năm 2026, thành phố trả lại toàn bộ",
        "proposed 2026 shares, all of the city's returned",
    ),
    "city_2026_none_returned": Text(
        "tỷ lệ đề xuất năm 2026, thành phố không trả lại",
        "proposed 2026 shares, none of the city's returned",
    ),
    "city_2026_cost_25": Text(
        "tỷ lệ đề xuất năm 2026, trừ trước 25% chi phí, trả lại toàn bộ",
        "proposed 2026 shares, 25 % for costs first, all of the city's returned",
    ),
    "city_2026_adopted": Text(
        "các dòng tỷ lệ năm 2026 đã thấy công bố", "2026 shares seen published, line by line"
    ),
    "plan_commune_only": Text("chỉ tính phần 15% của xã", "the commune's 15 % only"),
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
    "report_en.docx": Text("Báo cáo bằng tiếng Anh", "Report in English"),
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

_SPELLINGS = {
    "tỷ": "billion VND",
    "tỉ": "billion VND",
    "tỉ đồng": "billion VND",
    "tỷ vnd": "billion VND",
    "triệu": "million VND",
    "đ": "VND",
    "triệu đồng/m2": "million VND/m2",
    "m2": "m2",
    "km2": "km2",
    "%/ năm": "%/year",
    "% năm": "%/year",
    "nhân khẩu": "people",
    "hộ nghèo": "households",
}
_UNIT_OF = {text.vi.lower(): name for name, text in UNITS.items()} | _SPELLINGS


@dataclass(frozen=True)
class Quantity:
    """A number with its unit, in the spelling of `UNITS`."""

    value: float
    unit: str


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
    """Return the words for a name used in files, in both languages.

    Names such as `growth_services` and `share_services` are composed of their two parts.

    Examples
    --------
    >>> words("share_services").en
    'share of services'
    """
    if name in LABELS:
        return LABELS[name]
    prefix, _, rest = name.partition("_")
    if prefix in _PREFIXES and rest in LABELS:
        return Text(*(f"{p} {r}" for p, r in zip(_PREFIXES[prefix], LABELS[rest], strict=True)))
    return Text(name, name)


_PREFIXES = {
    "growth": Text("tốc độ tăng", "growth of"),
    "share": Text("tỷ trọng", "share of"),
    "product": Text("giá trị sản phẩm", "product of"),
    "contribution": Text("đóng góp của", "contribution of"),
}


def format_value(value: float, unit: str, lang: str = "vi") -> str:
    """Return a number with the decimals that suit its unit, without the unit.

    Examples
    --------
    >>> format_value(42875.4, "people"), format_value(840.46, "billion VND")
    ('42.875', '840,460')
    """
    return format_number(value, 0 if unit in COUNTED else _DECIMALS.get(unit, 1), lang)


_DECIMALS = {"billion VND": 3, "billion VND/year": 3, "million VND/m2": 3, "ratio": 2}


def unit_label(unit: str, lang: str = "vi") -> str:
    """Return the words for a unit.

    Raises
    ------
    ValueError
        If the unit is not in `UNITS`.

    Examples
    --------
    >>> unit_label("billion VND")
    'tỷ đồng'
    """
    return UNITS[check_choice("unit", unit, list(UNITS))].pick(lang)


def format_number(value: float, decimals: int = 1, lang: str = "vi") -> str:
    """Return the number as a reader of `lang` writes it.

    Parameters
    ----------
    value : float
        A finite number.
    decimals : int
        Decimals to show, always all of them; halves go to the even digit.
    lang : {"vi", "en"}

    Raises
    ------
    ValueError
        If the number is not finite, as a missing value has to be said in words, or `lang` is
        another language.

    Examples
    --------
    >>> format_number(1234.5), format_number(42875, 0), format_number(1234.5, lang="en")
    ('1.234,5', '42.875', '1,234.5')
    """
    if not math.isfinite(value):
        raise ValueError(f"`value` must be a finite number, got {value}. Say in words why.")
    rounded = round(float(value), decimals) + 0.0
    text = f"{rounded:,.{decimals}f}"
    return Text(text.translate(_SWAP), text).pick(lang)


_SWAP = str.maketrans(",.", ".,")


def format_percent(fraction: float, decimals: int = 1, lang: str = "vi") -> str:
    """Return a fraction as per cent.

    Examples
    --------
    >>> format_percent(0.12296, 2), format_percent(0.05, lang="en")
    ('12,30%', '5.0%')
    """
    return format_number(100 * fraction, decimals, lang) + "%"


def format_quantity(value: float, unit: str, decimals: int = 1, lang: str = "vi") -> str:
    """Return a number with its unit in words.

    Examples
    --------
    >>> format_quantity(504.276, "billion VND", 3)
    '504,276 tỷ đồng'
    """
    space = "" if unit.startswith("%") else " "
    return f"{format_number(value, decimals, lang)}{space}{unit_label(unit, lang)}"


class _Shown:
    """A value in a template of `sentence`: the format is the number of decimals."""

    def __init__(self, value: object, lang: str) -> None:
        self.value, self.lang = value, lang

    def __format__(self, decimals: str) -> str:
        if isinstance(self.value, Text):
            return self.value.pick(self.lang)
        if decimals:
            return format_number(float(str(self.value)), int(decimals), self.lang)
        return str(self.value)


def sentence(vi: str, en: str, **values: object) -> Text:
    """Return two templates filled with `values`, each with the numbers of its language.

    English says "1 note" where the template has "{n} notes".

    Parameters
    ----------
    vi, en : str
        Templates: "{rate:2}" shows a number with two decimals, "{year}" a year, a word or a Text
        as it is.
    **values
        What the names stand for.

    Raises
    ------
    KeyError
        If a template names what is not given.

    Examples
    --------
    >>> sentence("cần {a:1}% từ {year}", "needs {a:1}% from {year}", a=12.3, year=2026)
    Text(vi='cần 12,3% từ 2026', en='needs 12.3% from 2026')
    >>> [sentence("{n} câu hỏi", "{n} questions", n=n).en for n in (1, 21)]
    ['1 question', '21 questions']
    """
    filled = [
        template.format_map({name: _Shown(value, lang) for name, value in values.items()})
        for template, lang in ((vi, "vi"), (en, "en"))
    ]
    return Text(filled[0], _ONE.sub(r"1 \1", filled[1]))


_ONE = re.compile(
    r"(?<![\d.,])1 (conflict|figure|item|note|number|plot|question|row|source|target|year)s\b"
)


def parse_number(text: str) -> float:
    """Return the number that a Vietnamese text writes: dots group, a comma opens the decimals.

    Raises
    ------
    ValueError
        If the text is no number in Vietnamese notation, with what may have been meant.

    Examples
    --------
    >>> parse_number("504,276"), parse_number("42.875"), parse_number("1.234.567,89")
    (504.276, 42875.0, 1234567.89)
    >>> parse_number("42.87")
    Traceback (most recent call last):
    ValueError: "42.87" is not a number in Vietnamese notation: write 42,87 (comma for decimals).
    """
    from babel.numbers import NumberFormatError, parse_decimal

    clean = _clean(text)
    digits = clean.lstrip("-")
    wrong = f'"{text}" is not a number in Vietnamese notation'
    if not re.fullmatch(r"-?[0-9][0-9.,]*", clean):
        raise ValueError(f"{wrong}: only digits, dots and one comma are allowed.")
    if re.fullmatch(r"[0-9]+\.[0-9]+", digits) and not re.fullmatch(
        r"[1-9][0-9]{0,2}\.[0-9]{3}", digits
    ):
        meant = clean.replace(".", ",")
        raise ValueError(f"{wrong}: write {meant} (comma for decimals).")
    try:
        return float(parse_decimal(clean, locale="vi", strict=True))
    except NumberFormatError:
        raise ValueError(f"{wrong}: dots must group three digits, e.g. 1.234.567,8.") from None


def parse_quantity(text: str, *, plausible: tuple[float, float] | None = None) -> Quantity:
    """Return the number and the unit that a Vietnamese text writes.

    Parameters
    ----------
    text : str
        A number and a unit, such as "504,276 tỷ đồng".
    plausible : (float, float), optional
        Lowest and highest value that can be meant, in the unit of the text. [unit of the text]

    Returns
    -------
    Quantity

    Raises
    ------
    ValueError
        If number or unit cannot be read; if one dot before three digits ("504.276 tỷ đồng") may be
        a group or a decimal point and neither unit nor `plausible` decides; if the value is
        outside `plausible`; or if a fraction of a counted thing is given.

    Examples
    --------
    >>> parse_quantity("504,276 tỷ đồng")
    Quantity(value=504.276, unit='billion VND')
    >>> parse_quantity("42.875 người")
    Quantity(value=42875.0, unit='people')
    >>> parse_quantity("504.276 tỷ đồng")
    Traceback (most recent call last):
    ValueError: "504.276 tỷ đồng" can be read as 504276 or as 504.276 billion VND: write "504276" or "504,276".
    """  # noqa: E501
    match = re.fullmatch(r"(-?[0-9][0-9.,]*)\s*(.*)", _clean(text, keep_spaces=True))
    if not match:
        raise ValueError(f'"{text}" does not begin with a number.')
    number, words = match.groups()
    unit = _UNIT_OF.get(words.lower().replace("²", "2")) or _UNIT_OF.get(words.lower())
    if unit is None:
        known = ", ".join(sorted(spelling for spelling in _UNIT_OF if spelling))
        raise ValueError(f'"{text}" has the unknown unit "{words}". Known: {known}.')
    value = parse_number(number)
    if re.fullmatch(r"-?[0-9]{1,3}\.[0-9]{3}", number) and unit not in COUNTED:
        value = _decide(text, number, unit, plausible)
    if unit in COUNTED and value != int(value):
        meant = number.replace(",", ".")
        raise ValueError(f'"{text}" is a fraction of a counted thing: write "{meant} {words}"?')
    if plausible is not None and not plausible[0] <= value <= plausible[1]:
        low, high = plausible
        raise ValueError(f'"{text}" is {value:g} {unit}, outside the range {low:g} to {high:g}.')
    return Quantity(value, unit)


def _decide(text: str, number: str, unit: str, plausible: tuple[float, float] | None) -> float:
    """Return the one reading of a number such as 504.276 that is plausible."""
    grouped, decimal = float(number.replace(".", "")), float(number)
    if plausible is not None:
        fits = [value for value in (grouped, decimal) if plausible[0] <= value <= plausible[1]]
        if len(fits) == 1:
            return fits[0]
    raise ValueError(
        f'"{text}" can be read as {grouped:g} or as {decimal:g} {unit}: '
        f'write "{number.replace(".", "")}" or "{number.replace(".", ",")}".'
    )


def _clean(text: str, *, keep_spaces: bool = False) -> str:
    """Return the text in NFC, with plain spaces and minus signs, trimmed."""
    clean = unicodedata.normalize("NFC", text)
    clean = re.sub(r"[\s\u00a0\u202f]+", " ", clean).replace("\u2212", "-").strip()
    return clean if keep_spaces else re.sub(r"(?<=[0-9]) (?=[0-9]{3}\b)", ".", clean)
