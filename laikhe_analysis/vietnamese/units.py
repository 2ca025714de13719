"""Units as files name them and as people write them."""

from __future__ import annotations

import math
from decimal import Decimal

from laikhe_analysis.checks import Text

__all__ = ["COUNTED", "RATINGS", "UNITS", "as_written", "converted", "is_fraction", "shifted",
           "unit_label", "with_unit", "word_value", "written_unit"]  # fmt: skip

UNITS: dict[str, Text] = {
    "%": Text("%", "%"),
    "%/year": Text("%/năm", "%/year"),
    "% of plan": Text("% so kế hoạch", "% of plan"),
    "percentage points": Text("điểm %", "percentage points"),
    "percentage points/year": Text("điểm %/năm", "percentage points/year"),
    "VND": Text("đồng", "VND"),
    "thousand VND": Text("nghìn đồng", "thousand VND"),
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
    "provinces": Text("tỉnh, thành phố", "provinces"),
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
    "rank": Text("thứ hạng", "rank"),
    "months": Text("tháng", "months"),
    "rule": Text("quy định", "rule"),
}
"""The units that are known, as written in Vietnamese and in English; others stand as typed.

"fraction" and "fraction/year" are none: calculations have them, files and screens "%" and "%/year".
"""

COUNTED = frozenset(
    [
        "people",
        "people/year",
        "households",
        "schools",
        "provinces",
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

    The shortest decimals that stand for `value` are moved, so that there and back gives the same
    number again, which a multiplication by 100 does not.

    Examples
    --------
    >>> unit_label("billion VND"), unit_label("fraction/year"), unit_label("giường bệnh")
    ('tỷ đồng', '%/năm', 'giường bệnh')
    """
    unit = written_unit(unit)
    return UNITS.get(unit, Text(unit, unit)).pick(lang)


def with_unit(number: str, unit: str, lang: str = "vi") -> str:
    """Return a number, as it is shown, with the words for its unit.

    Examples
    --------
    >>> with_unit("12,0", "fraction/year"), with_unit("187,0", "million VND/ha")
    ('12,0%/năm', '187,0 triệu đồng/ha')
    """
    space = "" if written_unit(unit).startswith("%") else " "
    return f"{number}{space}{unit_label(unit, lang)}"


_SAME = {
    "VND": ("VND", 1.0), "thousand VND": ("VND", 1e3), "million VND": ("VND", 1e6),
    "billion VND": ("VND", 1e9), "billion VND/year": ("VND", 1e9),
    "million VND/person/year": ("VND a head", 1e6),
    "million VND/person/month": ("VND a head", 12e6), "million VND/month": ("VND a head", 12e6),
    "people": ("people", 1.0), "thousand people": ("people", 1e3), "people/year": ("people", 1.0),
    "m2": ("m2", 1.0), "ha": ("m2", 1e4), "km2": ("m2", 1e6),
}  # fmt: skip
"""What units of one kind are multiples of."""


def converted(value: float, unit: str, to: str) -> float | None:
    """Return a value in another unit of the same kind, None where the two are of different kinds.

    Examples
    --------
    >>> converted(5.2, "million VND/person/month", "million VND/person/year")
    62.4
    >>> converted(5.2, "ha", "people") is None, converted(3.0, "giường", "giường")
    (True, 3.0)
    """
    if unit == to:
        return value
    (kind, scale), (other, by) = (_SAME.get(name, (name, 1.0)) for name in (unit, to))
    return float(f"{value * scale / by:.15g}") if kind == other else None


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
