"""Units as files name them and as people write them."""

from __future__ import annotations

import math
from decimal import Decimal

from laikhe_analysis.checks import Text, check_choice

__all__ = ["COUNTED", "RATINGS", "UNITS", "as_written", "is_fraction", "shifted", "unit_label",
           "with_unit", "word_value", "written_unit"]  # fmt: skip

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
"""Every unit that a file may use, as written in Vietnamese and in English.

"fraction" and "fraction/year" are none: calculations have them, files and screens "%" and "%/year".
"""

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


def is_fraction(unit: str) -> bool:
    """Return whether numbers of a unit are fractions that are written as per cents.

    Examples
    --------
    >>> is_fraction("fraction/year"), is_fraction("%/year"), is_fraction("ratio")
    (True, False, False)
    """
    return unit.partition("/")[0] == "fraction"


def written_unit(unit: str) -> str:
    """Return the unit that files and screens have in place of one of fractions.

    Examples
    --------
    >>> written_unit("fraction/year"), written_unit("fraction"), written_unit("ha")
    ('%/year', '%', 'ha')
    """
    return unit.replace("fraction", "%", 1) if is_fraction(unit) else unit


def as_written(value: float, unit: str) -> float:
    """Return a value as files and screens have it: a fraction as per cents, others as they are.

    Examples
    --------
    >>> as_written(0.143, "fraction/year"), as_written(0.07, "fraction"), as_written(99.1, "%")
    (14.3, 7.0, 99.1)
    """
    return shifted(value, 2) if is_fraction(unit) else value


def shifted(value: float, places: int) -> float:
    """Return a number with its decimal point moved to the right, to the digit.

    The shortest decimals that stand for `value` are moved, so that there and back gives the same
    number again, which a multiplication by 100 does not.

    Examples
    --------
    >>> shifted(14.3, -2), shifted(0.143, 2), 100 * 0.143, shifted(0.0145, 2), 100 * 0.0145
    (0.143, 14.3, 14.299999999999999, 1.45, 1.4500000000000002)
    """
    number = float(value)
    return float(Decimal(repr(number)).scaleb(places)) if math.isfinite(number) else number


def unit_label(unit: str, lang: str = "vi") -> str:
    """Return the words for a unit: those for per cents where calculations have fractions.

    Raises
    ------
    ValueError
        If the unit is not in `UNITS`.

    Examples
    --------
    >>> unit_label("billion VND"), unit_label("fraction/year")
    ('tỷ đồng', '%/năm')
    """
    return UNITS[check_choice("unit", written_unit(unit), list(UNITS))].pick(lang)


def with_unit(number: str, unit: str, lang: str = "vi") -> str:
    """Return a number, as it is shown, with the words for its unit.

    Examples
    --------
    >>> with_unit("12,0", "fraction/year"), with_unit("187,0", "million VND/ha")
    ('12,0%/năm', '187,0 triệu đồng/ha')
    """
    space = "" if written_unit(unit).startswith("%") else " "
    return f"{number}{space}{unit_label(unit, lang)}"


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
