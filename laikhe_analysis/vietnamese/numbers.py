"""Numbers as readers of Vietnamese and of English write them, alone and in sentences."""

from __future__ import annotations

import math
import re
from decimal import Decimal

from laikhe_analysis.checks import Text
from laikhe_analysis.vietnamese.place import placed
from laikhe_analysis.vietnamese.units import (
    COUNTED,
    as_written,
    shifted,
    with_unit,
    word_value,
    written_unit,
)

__all__ = ["RARE", "chance_words", "format_exact", "format_number", "format_percent", "format_quantity",
           "format_shortest", "format_value", "full_quantity", "safe_side", "sentence"]  # fmt: skip


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


def format_shortest(value: float, lang: str = "vi", least: int = 0) -> str:
    """Return a number with as many decimals as it has, `least` at least and three at most.

    Examples
    --------
    >>> format_shortest(8.0), format_shortest(7.997), format_shortest(2 / 3), format_shortest(8, "en", 1)
    ('8', '7,997', '0,667', '8.0')
    """
    decimals = next(d for d in range(least, 4) if d == 3 or round(value, d) == value)
    return format_number(value, decimals, lang)


def safe_side(value: float, decimals: int = 0, *, rises: bool = True) -> float:
    """Return a number that is asked for with few decimals, never less than what is asked.

    Up where more is better, else down: a minimum is never told too low.

    Examples
    --------
    >>> safe_side(3.8), safe_side(48.8, rises=False), safe_side(5.0), safe_side(12.05, 1)
    (4.0, 48.0, 5.0, 12.1)
    """
    scaled = value * 10**decimals
    hair = 1e-9 * max(1.0, abs(scaled))
    whole = math.ceil(scaled - hair) if rises else math.floor(scaled + hair)
    return round(float(whole) / float(10**decimals), decimals)


def chance_words(p: float) -> Text:
    """Return a probability from draws as a per cent, never 0 or 100: draws cannot know that.

    Examples
    --------
    >>> chance_words(0.0762).vi, chance_words(0.0).vi, chance_words(1.0).en
    ('7,6%', 'dưới 0,1%', 'above 99.9%')
    """
    if p < RARE:
        return Text("dưới 0,1%", "below 0.1%")
    if p > 1 - RARE:
        return Text("trên 99,9%", "above 99.9%")
    return Text(format_percent(p), format_percent(p, lang="en"))


RARE = 0.0005
"""Probability below which, at one decimal of a per cent, nothing would be left."""


def format_percent(fraction: float, decimals: int = 1, lang: str = "vi") -> str:
    """Return a fraction as per cent.

    Examples
    --------
    >>> format_percent(0.12296, 2), format_percent(0.05, lang="en")
    ('12,30%', '5.0%')
    """
    return format_number(shifted(fraction, 2), decimals, lang) + "%"


def format_quantity(value: float, unit: str, decimals: int = 1, lang: str = "vi") -> str:
    """Return a number with its unit in words, a fraction as per cents.

    Examples
    --------
    >>> format_quantity(504.276, "billion VND", 3), format_quantity(0.125, "fraction/year")
    ('504,276 tỷ đồng', '12,5%/năm')
    """
    return with_unit(format_number(as_written(value, unit), decimals, lang), unit, lang)


def format_exact(value: float, lang: str = "vi") -> str:
    """Return a number with every decimal that it has, nine at most.

    Examples
    --------
    >>> format_exact(504.276), format_exact(12781.0), format_exact(1e-06, "en")
    ('504,276', '12.781', '0.000001')
    """
    exponent = Decimal(repr(float(value))).normalize().as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return format_number(value, min(decimals, 9), lang)


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
    return with_unit(format_exact(as_written(value, unit), lang), unit, lang)


def format_value(value: float, unit: str, lang: str = "vi") -> str:
    """Return a number with the decimals that suit its unit, without the unit.

    Examples
    --------
    >>> format_value(42875.4, "people"), format_value(840.46, "billion VND")
    ('42.875', '840,460')
    >>> format_value(0.12, "fraction/year")
    '12,0'
    """
    decimals = 0 if unit in COUNTED else _DECIMALS.get(written_unit(unit), 1)
    return format_number(as_written(value, unit), decimals, lang)


_DECIMALS = {"billion VND": 3, "billion VND/year": 3, "million VND/m2": 3, "ratio": 2}


class _Shown:
    """A value in a template of `sentence`: the format is the decimals, with "%" for a fraction."""

    def __init__(self, value: object, lang: str) -> None:
        self.value, self.lang = value, lang

    def __format__(self, decimals: str) -> str:
        if hasattr(self.value, "pick"):
            return str(self.value.pick(self.lang))
        if decimals.endswith("%"):
            return format_percent(float(str(self.value)), int(decimals[:-1]), self.lang)
        if decimals:
            return format_number(float(str(self.value)), int(decimals), self.lang)
        return str(self.value)


def sentence(vi: str, en: str, **values: object) -> Text:
    """Return two templates filled with `values`, each with the numbers of its language.

    English says "1 note" where the template has "{n} notes".

    Parameters
    ----------
    vi, en : str
        Templates: "{area:2}" shows a number with two decimals, "{rate:1%}" a fraction as per cents
        with one, "{year}" a year, a word or a Text as it is.
    **values
        What the names stand for.

    Raises
    ------
    KeyError
        If a template names what is not given.

    Examples
    --------
    >>> sentence("cần {a:1%} từ {year}", "needs {a:1%} from {year}", a=0.123, year=2026)
    Text(vi='cần 12,3% từ 2026', en='needs 12.3% from 2026')
    >>> [sentence("{n} câu hỏi", "{n} questions", n=n).en for n in (1, 21)]
    ['1 question', '21 questions']
    """
    filled = [
        placed(template, lang).format_map(
            {name: _Shown(value, lang) for name, value in values.items()}
        )
        for template, lang in ((vi, "vi"), (en, "en"))
    ]
    return Text(filled[0], _ONE.sub(r"1 \1", filled[1]))


_ONE = re.compile(
    r"(?<![\d.,])1 (conflict|figure|item|note|number|plot|question|row|source|target|year)s\b"
)
