"""Units as files name them and as people write them."""

from __future__ import annotations

from laikhe_analysis.checks import Text, check_choice

__all__ = ["COUNTED", "RATINGS", "UNITS", "unit_label", "word_value"]

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


RATINGS = {
    4: Text("hoàn thành xuất sắc nhiệm vụ", "excellent"),
    3: Text("hoàn thành tốt nhiệm vụ", "good"),
    2: Text("hoàn thành nhiệm vụ", "fulfilled"),
    1: Text("không hoàn thành nhiệm vụ", "not fulfilled"),
}
"""Yearly ratings of organisations, as numbers that can be compared."""


def word_value(value: float, unit: str) -> Text | None:
    """Return the words that a number of some units stands for; None where it is a number.

    Examples
    --------
    >>> word_value(0, "yes/no").vi, word_value(3, "rating").vi, word_value(4, "level").vi
    ('chưa đạt', 'hoàn thành tốt nhiệm vụ', 'mức 4')
    >>> word_value(3, "schools") is None
    True
    """
    if unit == "yes/no":
        return Text("đạt", "met") if value >= 1 else Text("chưa đạt", "not yet")
    if unit == "level" and value == int(value):
        return Text(f"mức {value:g}", f"level {value:g}")
    return RATINGS.get(int(value)) if unit == "rating" and value == int(value) else None
