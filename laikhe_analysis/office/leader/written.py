"""How numbers are written where room is short."""

from __future__ import annotations

from laikhe_analysis.messages import write
from laikhe_analysis.vietnamese import as_written, word_value

__all__ = ["number", "share"]


def number(value: float, unit: str, lang: str = "vi") -> str:
    """Return a figure with the digits that are known, at most three decimals, without its unit.

    Examples
    --------
    >>> number(49.3, "billion VND"), number(0.11799999999999988, "fraction/year"), number(1, "yes/no")
    ('49,3', '11,8', 'đạt')
    """
    exact = word_value(value, unit)
    if exact is not None:
        return exact.pick(lang)
    return write(round(as_written(value, unit), 3), "=", lang)


def share(value: float, lang: str = "vi") -> str:
    """Return a part of a plan as per cent with one decimal.

    Examples
    --------
    >>> share(0.8016), share(1.0211, "en")
    ('80,2%', '102.1%')
    """
    return write(value, "1%", lang)
