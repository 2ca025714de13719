"""What a forecast has to tell its reader, in both languages, in one table."""

from __future__ import annotations

from laikhe_analysis.checks import Text

__all__ = ["REMARKS", "remark"]

REMARKS: dict[str, Text] = {
    "break": Text(
        "Chỉ dùng số liệu từ năm {first}, sau khi cách tính hoặc địa giới thay đổi; bỏ {count} năm "
        "trước đó.",
        "Only figures from {first} on are used, after a change of definition or boundary; {count} "
        "earlier years are left out.",
    ),
    "long_gap": Text(
        "Chỉ dùng số liệu từ năm {first}: trước đó thiếu hơn {gap} năm liền.",
        "Only figures from {first} on are used: more than {gap} years in a row are missing before.",
    ),
    "gap": Text(
        "Năm thiếu số liệu ({years}) được nối bằng tốc độ tăng đều, không tính là năm có số liệu.",
        "Missing years ({years}) are bridged at an even rate and do not count as years observed.",
    ),
    "not_positive": Text(
        "Chuỗi có số 0 hoặc số âm: tính theo mức tăng giảm tuyệt đối, không theo tốc độ.",
        "The series has a zero or a negative value: absolute changes are used, not rates.",
    ),
    "constant": Text(
        "Các năm bằng nhau: khoảng dự báo là mức hẹp nhất của phương pháp.",
        "All years are equal: the band is the narrowest that the method gives.",
    ),
    "outlier": Text(
        "Số liệu năm {year} thay đổi bất thường (gấp hơn {times} lần mức thường gặp); vẫn được "
        "dùng, cần kiểm tra.",
        "The figure of {year} changed by more than {times} times the usual step; it is used as it "
        "is and should be checked.",
    ),
    "few_years": Text(
        "Mới có {known} số liệu năm (cần ít nhất {needed}): khoảng dự báo lấy theo sai số thường "
        "gặp của các chuỗi ngắn khác; không tính khả năng đạt.",
        "Only {known} yearly figures (at least {needed} are needed): the band is that of the usual "
        "errors of other short series; no probability is given.",
    ),
    "too_short": Text(
        "Chuỗi quá ngắn cho cách tính đã chọn ({method}): giữ nguyên số cuối cùng.",
        "The series is too short for the method asked for ({method}): the last value is carried "
        "on.",
    ),
    "reference": Text(
        "Có dùng tốc độ tăng tham chiếu {rate}/năm của nơi khác.",
        "A reference growth of {rate} a year elsewhere is used.",
    ),
    "far": Text(
        "Dự báo xa hơn {years} năm chưa được kiểm chứng, chỉ để tham khảo.",
        "Beyond {years} years the bands are untested: for orientation only.",
    ),
    "bounds": Text(
        "Kết quả được giữ trong giới hạn từ {low} đến {high}.",
        "Results are kept between {low} and {high}.",
    ),
    "share": Text(
        "Các số liệu là phần trong một tổng thể: kết quả được giữ trong giới hạn từ {low} đến {high}. "
        "Nếu có thể vượt giới hạn này, hãy nêu giới hạn khác.",
        "The figures are parts of a whole: results are kept between {low} and {high}. Give other "
        "bounds where more is possible.",
    ),
    "held": Text(
        "Dự báo bị chặn ở một phần mười hoặc mười lần số cuối cùng.",
        "The forecast is held at a tenth or at ten times the last value.",
    ),
    "every_year": Text(
        "Đây là khả năng của riêng năm {year}; đạt trong mọi năm thì khó hơn.",
        "This is the chance of {year} alone; to hold the level every year is harder.",
    ),
    "usual_growth": Text(
        "Mới có vài số liệu: tốc độ tăng được kéo về mức thường gặp của các chuỗi khác "
        "({rate}/năm); có tốc độ tham chiếu thì nên dùng.",
        "Few figures: growth is drawn to what is usual elsewhere ({rate} a year); a reference rate "
        "is better.",
    ),
    "usual_money": Text(
        "Tiền theo giá hiện hành, mới có vài số liệu: tốc độ tăng được kéo về mức thường gặp của "
        "tiền theo giá hiện hành ({rate}/năm, gồm cả giá tăng); có tốc độ tham chiếu thì nên dùng.",
        "Money at current prices, few figures: growth is drawn to what is usual for such series "
        "({rate} a year, rising prices included); a reference rate is better.",
    ),
    "prices": Text(
        "Tiền theo giá hiện hành: dự báo gồm cả giá tăng.",
        "Money at current prices: the forecast includes rising prices.",
    ),
    "money": Text(
        "Tiền theo giá hiện hành: dự báo gồm cả giá tăng. Ở {series} chuỗi như vậy, {above} số thực "
        "tế cao hơn giá trị dự báo và khoảng 80% chỉ chứa {held}.",
        "Money at current prices: the forecast includes rising prices. Of {series} such series, "
        "{above} of the outcomes lay above the forecast, and the 80 % band held {held}.",
    ),
    "few_years_no_chance": Text(
        "chưa tính khả năng đạt: mới có {known} số liệu năm, cần ít nhất {needed}",
        "no probability: only {known} yearly figures, at least {needed} are needed",
    ),
    "year_outside": Text(
        "chưa tính khả năng đạt: dự báo chỉ có các năm {first}-{last}, không có năm {year}",
        "no probability: the forecast covers {first}-{last}, not {year}",
    ),
    "unit_differs": Text(
        "chưa tính khả năng đạt: chỉ tiêu tính bằng {target}, số liệu tính bằng {series}",
        "no probability: the target is in {target}, the series in {series}",
    ),
    "price_differs": Text(
        "chưa tính khả năng đạt: chỉ tiêu theo {target}, số liệu theo {series}",
        "no probability: the target is at {target}, the series at {series}",
    ),
    "no_base": Text(
        "chưa tính khả năng đạt: thiếu số liệu năm xuất phát {year}",
        "no probability: the base year {year} is missing",
    ),
    "kind": Text(
        "chưa tính khả năng đạt: chỉ tiêu loại này ({kind}) không phải là mức của một năm",
        "no probability: a target of this kind ({kind}) is not the level of one year",
    ),
}
"""The remarks by name; `{...}` are filled in by `remark`."""


def remark(name: str, **parts: object) -> Text:
    """Return a remark with its parts filled in; a part that is a `Text` is taken in each language.

    Examples
    --------
    >>> remark("far", years=6).en
    'Beyond 6 years the bands are untested: for orientation only.'
    """
    vi, en = (
        {key: part.pick(lang) if isinstance(part, Text) else part for key, part in parts.items()}
        for lang in ("vi", "en")
    )
    return Text(REMARKS[name].vi.format(**vi), REMARKS[name].en.format(**en))
