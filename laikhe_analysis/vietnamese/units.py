"""Units as files name them and as people write them."""

from __future__ import annotations

import math
from decimal import Decimal

from laikhe_analysis.messages import Text, _

__all__ = ["COUNTED", "RATES", "RATINGS", "UNITS", "as_written", "converted", "is_fraction", "shifted",
           "unit_label", "with_unit", "word_value", "written_unit"]  # fmt: skip

RATES = ("%/year", "fraction/year")
"""Units of a growth, in files and in Python."""

UNITS: dict[str, Text] = {
    "%": Text("%"),
    "%/year": _("%/năm"),
    "% of plan": _("% so kế hoạch"),
    "percentage points": _("điểm %"),
    "percentage points/year": _("điểm %/năm"),
    "VND": _("đồng"),
    "thousand VND": _("nghìn đồng"),
    "thousand VND/month": _("nghìn đồng/tháng"),
    "million VND": _("triệu đồng"),
    "billion VND": _("tỷ đồng"),
    "billion VND/year": _("tỷ đồng/năm"),
    "million VND/person/year": _("triệu đồng/người/năm"),
    "million VND/person/month": _("triệu đồng/người/tháng"),
    "million VND/month": _("triệu đồng/tháng"),
    "million VND/ha": _("triệu đồng/ha"),
    "million VND/m2": _("triệu đồng/m²"),
    "billion VND/commune": _("tỷ đồng/xã"),
    "USD": Text("USD"),
    "m2": Text("m²"),
    "ha": Text("ha"),
    "km2": Text("km²"),
    "people": _("người"),
    "thousand people": _("nghìn người"),
    "people/year": _("người/năm"),
    "households": _("hộ"),
    "schools": _("trường"),
    "provinces": _("tỉnh, thành phố", context="unit"),
    "organisations": _("tổ chức"),
    "enterprises": _("doanh nghiệp"),
    "communes": _("xã, phường"),
    "targets": _("chỉ tiêu"),
    "criteria": _("tiêu chí"),
    "index": _("chỉ số"),
    "ratio": _("lần"),
    "level": _("mức"),
    "rating": _("mức xếp loại"),
    "yes/no": _("đạt/không"),
    "rank": _("thứ hạng"),
    "months": _("tháng"),
    "rule": _("quy định"),
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

    A unit that is not known "a year" has the words of the unit, a year.

    Examples
    --------
    >>> unit_label("billion VND"), unit_label("fraction/year"), unit_label("giường bệnh")
    ('tỷ đồng', '%/năm', 'giường bệnh')
    >>> unit_label("households/year"), unit_label("households/year", "en")
    ('hộ/năm', 'households/year')
    """
    unit = written_unit(unit)
    base = unit.removesuffix("/year")
    if unit not in UNITS and base != unit and base in UNITS:
        return f"{UNITS[base].pick(lang)}/{_YEAR.pick(lang)}"
    return UNITS.get(unit, Text(unit)).pick(lang)


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


_YEAR = _("năm", context="unit")

RATINGS = {
    4: _("hoàn thành xuất sắc nhiệm vụ"),
    3: _("hoàn thành tốt nhiệm vụ"),
    2: _("hoàn thành nhiệm vụ"),
    1: _("không hoàn thành nhiệm vụ"),
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
        return _("đạt") if value >= 1 else _("chưa đạt")
    if unit == "level" and value == int(value):
        return _("mức {value}", value=int(value))
    return RATINGS.get(int(value)) if unit == "rating" and value == int(value) else None
