"""Numbers as readers of Vietnamese and of English write them, alone and in sentences."""

from __future__ import annotations

from decimal import Decimal

from laikhe_analysis.messages import _, write
from laikhe_analysis.vietnamese.units import (
    COUNTED,
    as_written,
    shifted,
    with_unit,
    word_value,
    written_unit,
)

__all__ = ["format_exact", "format_number", "format_percent", "format_quantity",
           "format_shortest", "format_value", "full_quantity"]  # fmt: skip


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
    return write(value, str(decimals), lang)


def format_shortest(value: float, lang: str = "vi", least: int = 0) -> str:
    """Return a number with as many decimals as it has, `least` at least and three at most.

    Examples
    --------
    >>> format_shortest(8.0), format_shortest(7.997), format_shortest(2 / 3), format_shortest(8, "en", 1)
    ('8', '7,997', '0,667', '8.0')
    """
    decimals = next(d for d in range(least, 4) if d == 3 or round(value, d) == value)
    return format_number(value, decimals, lang)


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
        return _("chưa có").pick(lang)
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
