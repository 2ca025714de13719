"""Units as people type them, and what a number in them is in another unit."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from laikhe_analysis.checks import tidy
from laikhe_analysis.messages import Text
from laikhe_analysis.vietnamese.units import COUNTED, UNITS

__all__ = ["factor", "is_unit", "unified", "unit_of", "without_marks"]

_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tr": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_DONG = {"", "đồng", "đ", "vnd", "vnđ"}
_SCALE = re.compile(rf"(?:({'|'.join(_SCALES)})(?![^\W\d_]))?\.?\s*(.*)")
_ALIKE = str.maketrans(
    "ÐƉðɖ\u2212\u2010\u2011\u2012\u2013\u2014∼АВЕКМНОРСТХаеорсух",
    "ĐĐđđ------~ABEKMHOPCTXaeopcyx",
)
"""Letters and signs that look like the ones meant: Icelandic, African and Cyrillic letters, dashes."""
_OTHERS = ("tấn", "tạ", "kg", "km", "m2", "m3", "lượt", "con", "giường", "bác sĩ", "vụ", "cơ sở",
           "thôn", "usd", "kwh", "hộ", "điểm", "điểm %", "năm")  # fmt: skip
"""Units that tables use and no file of a commune has to."""


def unified(text: object) -> str:
    """Return a text as it was meant: usual letters and digits, one kind of dash, no hidden signs.

    Examples
    --------
    >>> unified("Ðạt\\u200b  １２,５ – 13")
    'Đạt 12,5 - 13'
    """
    return tidy(unicodedata.normalize("NFKC", str(text)).translate(_ALIKE))


_SPELLINGS = {
    "tỷ": "billion VND", "tỉ": "billion VND", "tỉ đồng": "billion VND", "tỷ vnd": "billion VND",
    "triệu": "million VND", "đ": "VND", "%/ năm": "%/year", "% năm": "%/year",
    "nhân khẩu": "people", "hộ nghèo": "households",
}  # fmt: skip
_UNIT_OF = {text.vi.lower().replace("²", "2"): name for name, text in UNITS.items()} | _SPELLINGS


def unit_of(words: str) -> str:
    """Return the unit that words name, in the spelling of `UNITS`; other words as they are.

    Examples
    --------
    >>> unit_of("tỷ đồng"), unit_of("households"), unit_of("giường bệnh")
    ('billion VND', 'households', 'giường bệnh')
    """
    return words if words in UNITS else _UNIT_OF.get(words.lower().replace("²", "2"), words)


def factor(words: str, unit: str) -> Decimal | None:
    """Return what a number in `words` is multiplied by to be in `unit`; None if they do not fit.

    A figure of a month is twelve of a year, and a denominator that goes without saying may be left
    out: "triệu đồng/người" is a year's income.

    Parameters
    ----------
    words : str
        A unit as people write it: "triệu", "trđ/ha", "nghìn người", "%"; none means `unit`.
    unit : str
        One of `UNITS`, or a unit in words.

    Examples
    --------
    >>> factor("triệu", "billion VND"), factor("tỷ đồng", "million VND/ha"), factor("ha", "people")
    (Decimal('0.001'), Decimal('1000'), None)
    >>> factor("triệu/tháng", "million VND/person/year")
    Decimal('12')
    """
    word, own = _spelled(words), _spelled(UNITS.get(unit, Text(unit)).vi)
    if word in ("", own, _spelled(unit)):
        return Decimal(1)
    (scale, noun, tails), (own_scale, own_noun, own_tails) = _parts(word), _parts(own)
    if own.startswith("%"):
        return Decimal(1) if noun in ("%", "phần trăm") and tails <= own_tails else None
    if own_noun == "usd":
        own_tails = own_tails | {"người"}
    months = _months(tails, own_tails)
    if months is None or not tails - _TIMES <= own_tails - _TIMES:
        return None
    money = own_noun in _DONG
    if not (noun in _DONG if money else noun in ("", own_noun)):
        return None
    if scale and not (money or unit.split("/")[0] in COUNTED or own_scale or noun):
        return None
    if (money and not scale and not noun) or (months != 1 and not money):
        return None
    return months * Decimal(_SCALES.get(scale, 1)) / Decimal(_SCALES.get(own_scale, 1))


def is_unit(words: str) -> bool:
    """Return whether a text is a unit and nothing else.

    Examples
    --------
    >>> is_unit("Tỷ đồng"), is_unit("Tr.đồng/người"), is_unit("giá hiện hành")
    (True, True, False)
    """
    word = _spelled(words)
    return bool(word) and (
        word in _OTHERS or any(factor(words, unit) is not None for unit in UNITS)
    )


_TIMES = {"năm", "tháng"}


def _months(tails: set[str], own: set[str]) -> Decimal | None:
    """Return by how much a month's or a year's figure is multiplied; None if there is no saying."""
    month, own_month = "tháng" in tails, "tháng" in own
    if month and not own_month:
        return Decimal(12) if "năm" in own else None
    if own_month and not month and "năm" in tails:
        return 1 / Decimal(12)
    return Decimal(1)


_PEOPLE = re.compile(r"\b(đảng viên|nhân khẩu|khẩu|lao động|học sinh|công dân|hội viên|cháu)\b")
"""Words for people who are counted."""


@lru_cache(maxsize=1024)
def _spelled(words: str) -> str:
    """Return a unit in one spelling: "Tr.đồng / người" -> "triệu đồng/người"."""
    first = (unified(str(words).strip().split("\n")[0]).casefold()).rstrip(".;")
    word = re.sub(r"\s*/\s*", "/", first)
    word = re.sub(r"\b1[.,]?000[.,]?000 ?(?=[^\W\d])", "triệu ", word)
    word = re.sub(r"\b1[.,]?000 ?(?=[^\W\d])", "nghìn ", word)
    word = _PEOPLE.sub("người", word)
    word = re.sub(r"\bdn\b", "doanh nghiệp", word)
    word = re.sub(r"\btr\.?\s?(?:đ\b|đồng\b)\.?", "triệu đồng", word)
    word = re.sub(r"\b(tỷ|tỉ|triệu)\.?\s?đ\b\.?", r"\1 đồng", word)
    word = re.sub(r"^times$", "ratio", word)
    return re.sub(r"^% (?=năm$)", "%/", word).strip()


def _parts(words: str) -> tuple[str, str, set[str]]:
    """Return scale, noun and denominators of a unit: "triệu đồng/ha" -> triệu, đồng, {ha}."""
    head, *tails = words.split("/")
    if head.startswith("%"):
        rest = {head[1:].strip(), *tails} - {""}
        return "", "%", rest
    match = _SCALE.fullmatch(head.strip())
    return ((match[1] or ""), match[2].strip(), set(tails)) if match else ("", head, set(tails))


def without_marks(text: str) -> str:
    """Return a text in small letters without Vietnamese marks.

    Examples
    --------
    >>> without_marks("Đồng Ý")
    'dong y'
    """
    parted = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(sign for sign in parted if not unicodedata.combining(sign))
