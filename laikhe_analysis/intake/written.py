"""Words and units as people type them, and how a figure is said back to them in full."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from laikhe_analysis.checks import Text, tidy
from laikhe_analysis.data.layout import PLANNED
from laikhe_analysis.vietnamese import COUNTED, format_quantity, label, unit_label, word_value

__all__ = ["factor", "full_quantity", "inert", "key", "plain", "status_word"]

_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tr": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_DONG = {"", "đồng", "đ", "vnd", "vnđ"}
_SCALE = re.compile(rf"(?:({'|'.join(_SCALES)})(?![^\W\d_]))?\.?\s*(.*)")


def key(text: object) -> str:
    """Return the first line of a text for comparison: NFC, small letters, single spaces.

    Examples
    --------
    >>> key("  Tình   trạng\\nStatus")
    'tình trạng'
    """
    lines = unicodedata.normalize("NFC", str(text)).strip().splitlines() or [""]
    return re.sub(r"\s+", " ", lines[0]).strip().casefold()


def plain(text: object, limit: int = 500) -> str:
    """Return a note on one line that no spreadsheet takes for a formula.

    Examples
    --------
    >>> plain("Báo cáo 12_x000D_\\n(bản 2)"), plain("=1+1")
    ('Báo cáo 12 (bản 2)', "'=1+1")
    """
    return inert(tidy(str(text))[:limit].strip())


def inert(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe before its sign.

    Examples
    --------
    >>> inert("@SUM(1)"), inert("a=1")
    ("'@SUM(1)", 'a=1')
    """
    return f"'{text}" if text[:1] in tuple("=+-@\t\r") else text


def factor(words: str, unit: str) -> Decimal | None:
    """Return what a number in `words` is multiplied by to be in `unit`; None if they do not fit.

    Parameters
    ----------
    words : str
        A unit as people write it: "triệu", "trđ/ha", "nghìn người", "%"; none means `unit`.
    unit : str
        One of `UNITS`.

    Examples
    --------
    >>> factor("triệu", "billion VND"), factor("tỷ đồng", "million VND/ha"), factor("ha", "people")
    (Decimal('0.001'), Decimal('1000'), None)
    """
    word = key(words).replace("²", "2").rstrip(".;")
    word = re.sub(r"\btr\.?\s?đ\b\.?", "triệu đồng", re.sub(r"\s*/\s*", "/", word))
    own = key(unit_label(unit)).replace("²", "2")
    if word in ("", own, key(unit_label(unit, "en"))):
        return Decimal(1)
    (scale, noun, tail), (own_scale, own_noun, own_tail) = _parts(word), _parts(own)
    if tail not in ("", own_tail):
        return None
    if own.startswith("%"):
        return Decimal(1) if not scale and noun in ("%", "phần trăm") else None
    money = own_noun in _DONG
    if not (noun in _DONG if money else noun in ("", own_noun)):
        return None
    if scale and not (money or unit.split("/")[0] in COUNTED):
        return None
    if money and not scale and not noun:
        return None
    return Decimal(_SCALES.get(scale, 1)) / Decimal(_SCALES.get(own_scale, 1))


def _parts(words: str) -> tuple[str, str, str]:
    """Return scale, noun and denominator of a unit: "triệu đồng/ha" -> triệu, đồng, ha."""
    head, _, tail = words.partition("/")
    if head.startswith("%"):
        return "", "%", tail or head[1:].strip()
    match = _SCALE.fullmatch(head.strip())
    return ((match[1] or ""), match[2].strip(), tail) if match else ("", head, tail)


def full_quantity(value: float | None, unit: str, lang: str) -> str:
    """Return a value with all its decimals and its unit, or that there is none.

    Examples
    --------
    >>> full_quantity(504.276, "billion VND", "vi"), full_quantity(None, "%", "en")
    ('504,276 tỷ đồng', 'none')
    >>> full_quantity(0, "yes/no", "vi")
    'chưa đạt'
    """
    if value is None:
        return Text("chưa có", "none").pick(lang)
    exact = word_value(value, unit)
    if exact is not None:
        return exact.pick(lang)
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return format_quantity(value, unit, min(decimals, 9), lang)


def status_word(series_id: str, status: str, lang: str = "vi") -> str:
    """Return a status in words; what was handed down for a year is no outcome.

    Examples
    --------
    >>> status_word("population", "final"), status_word("assigned_revenue", "plan")
    ('thực hiện', 'số giao')
    """
    if series_id in PLANNED and status in _HANDED_DOWN:
        return _HANDED_DOWN[status].pick(lang)
    return label(status, lang)


_HANDED_DOWN = {
    "plan": Text("số giao", "as assigned"),
    "final": Text("số giao", "as assigned"),
    "preliminary": Text("số giao, chưa chính thức", "as assigned, not final"),
    "estimate": Text("số giao, dự kiến", "as assigned, expected"),
}
