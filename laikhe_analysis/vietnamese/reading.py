"""Numbers and units read as Vietnamese write them; what can be read two ways is refused."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from laikhe_analysis.vietnamese.units import COUNTED, UNITS

__all__ = ["Quantity", "parse_number", "parse_quantity", "unit_of", "without_marks"]

_SPELLINGS = {
    "tỷ": "billion VND",
    "tỉ": "billion VND",
    "tỉ đồng": "billion VND",
    "tỷ vnd": "billion VND",
    "triệu": "million VND",
    "đ": "VND",
    "triệu đồng/m2": "million VND/m2",
    "m2": "m2",
    "km2": "km2",
    "%/ năm": "%/year",
    "% năm": "%/year",
    "nhân khẩu": "people",
    "hộ nghèo": "households",
}
_UNIT_OF = {text.vi.lower().replace("²", "2"): name for name, text in UNITS.items()} | _SPELLINGS


def unit_of(words: str) -> str:
    """Return the unit that words name, in the spelling of `UNITS`; other words as they are.

    Examples
    --------
    >>> unit_of("tỷ đồng"), unit_of("households"), unit_of("giường bệnh")
    ('billion VND', 'households', 'giường bệnh')
    """
    return words if words in UNITS else _UNIT_OF.get(words.lower().replace("²", "2"), words)


@dataclass(frozen=True)
class Quantity:
    """A number with its unit, in the spelling of `UNITS`."""

    value: float
    unit: str


def without_marks(text: str) -> str:
    """Return a text in small letters without Vietnamese marks.

    Examples
    --------
    >>> without_marks("Đồng Ý")
    'dong y'
    """
    parted = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(sign for sign in parted if not unicodedata.combining(sign))


def parse_number(text: str) -> float:
    """Return the number that a Vietnamese text writes: dots group, a comma opens the decimals.

    Raises
    ------
    ValueError
        If the text is no number in Vietnamese notation, with what may have been meant.

    Examples
    --------
    >>> parse_number("504,276"), parse_number("42.875"), parse_number("1.234.567,89")
    (504.276, 42875.0, 1234567.89)
    >>> parse_number("42.87")
    Traceback (most recent call last):
    ValueError: "42.87" is not a number in Vietnamese notation: write 42,87 (comma for decimals).
    """
    from babel.numbers import NumberFormatError, parse_decimal

    clean = _clean(text)
    digits = clean.lstrip("-")
    wrong = f'"{text}" is not a number in Vietnamese notation'
    if not re.fullmatch(r"-?[0-9][0-9.,]*", clean):
        raise ValueError(f"{wrong}: only digits, dots and one comma are allowed.")
    if re.fullmatch(r"[0-9]+\.[0-9]+", digits) and not re.fullmatch(
        r"[1-9][0-9]{0,2}\.[0-9]{3}", digits
    ):
        meant = clean.replace(".", ",")
        raise ValueError(f"{wrong}: write {meant} (comma for decimals).")
    try:
        return float(parse_decimal(clean, locale="vi", strict=True))
    except NumberFormatError:
        raise ValueError(f"{wrong}: dots must group three digits, e.g. 1.234.567,8.") from None


def parse_quantity(text: str, *, plausible: tuple[float, float] | None = None) -> Quantity:
    """Return the number and the unit that a Vietnamese text writes.

    Parameters
    ----------
    text : str
        A number and a unit, such as "504,276 tỷ đồng".
    plausible : (float, float), optional
        Lowest and highest value that can be meant, in the unit of the text. [unit of the text]

    Returns
    -------
    Quantity

    Raises
    ------
    ValueError
        If number or unit cannot be read; if one dot before three digits ("504.276 tỷ đồng") may be
        a group or a decimal point and neither unit nor `plausible` decides; if the value is
        outside `plausible`; or if a fraction of a counted thing is given.

    Examples
    --------
    >>> parse_quantity("504,276 tỷ đồng")
    Quantity(value=504.276, unit='billion VND')
    >>> parse_quantity("42.875 người")
    Quantity(value=42875.0, unit='people')
    >>> parse_quantity("504.276 tỷ đồng")
    Traceback (most recent call last):
    ValueError: "504.276 tỷ đồng" can be read as 504276 or as 504.276 billion VND: write "504276" or "504,276".
    """  # noqa: E501
    match = re.fullmatch(r"(-?[0-9][0-9.,]*)\s*(.*)", _clean(text, keep_spaces=True))
    if not match:
        raise ValueError(f'"{text}" does not begin with a number.')
    number, words = match.groups()
    unit = _UNIT_OF.get(words.lower().replace("²", "2"))
    if unit is None:
        known = ", ".join(sorted(spelling for spelling in _UNIT_OF if spelling))
        raise ValueError(f'"{text}" has the unknown unit "{words}". Known: {known}.')
    value = parse_number(number)
    if re.fullmatch(r"-?[1-9][0-9]{0,2},000", number) and unit in COUNTED:
        plain = number.replace(",", "")
        raise ValueError(
            f'"{text}" can be read as {plain} or as {value:g} {unit}: write "{plain}" or "{value:g}".'
        )
    if re.fullmatch(r"-?[0-9]{1,3}\.[0-9]{3}", number) and unit not in COUNTED:
        value = _decide(text, number, unit, plausible)
    if unit in COUNTED and value != int(value):
        meant = number.replace(",", ".")
        raise ValueError(f'"{text}" is a fraction of a counted thing: write "{meant} {words}"?')
    if plausible is not None and not plausible[0] <= value <= plausible[1]:
        low, high = plausible
        raise ValueError(f'"{text}" is {value:g} {unit}, outside the range {low:g} to {high:g}.')
    return Quantity(value, unit)


def _decide(text: str, number: str, unit: str, plausible: tuple[float, float] | None) -> float:
    """Return the one reading of a number such as 504.276 that is plausible."""
    grouped, decimal = float(number.replace(".", "")), float(number)
    if plausible is not None:
        fits = [value for value in (grouped, decimal) if plausible[0] <= value <= plausible[1]]
        if len(fits) == 1:
            return fits[0]
    raise ValueError(
        f'"{text}" can be read as {grouped:g} or as {decimal:g} {unit}: '
        f'write "{number.replace(".", "")}" or "{number.replace(".", ",")}".'
    )


def _clean(text: str, *, keep_spaces: bool = False) -> str:
    """Return the text in NFC, with plain spaces and minus signs, trimmed."""
    clean = unicodedata.normalize("NFC", text)
    clean = re.sub(r"[\s\u00a0\u202f]+", " ", clean).replace("\u2212", "-").strip()
    return clean if keep_spaces else re.sub(r"(?<=[0-9]) (?=[0-9]{3}\b)", ".", clean)
