"""How numbers are written, group by group and sign by sign, and when one is far from another."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from laikhe_analysis.vietnamese.conversion import unified

__all__ = ["JUMP", "NUMBER", "in_both", "is_jump", "is_open", "notation_of", "style_of"]

JUMP = 7.0
"""A change by more than this factor is asked about: a slip of the decimal sign is a factor of ten,
and stays above seven when the year itself brought anything from -30 % to +43 %."""


NUMBER = r"[-+]?[0-9](?:[0-9.,]*[0-9])?(?: [0-9]{3}(?![0-9]))*(?:(?<= [0-9]{3})[.,][0-9]+)?"
"""A number in a text: digits, dots, commas, and spaces between groups."""

_GROUPS = r"[1-9]\d{0,2}(G\d{3})+P\d+|[1-9]\d{0,2}(G\d{3}){2,}|\d+P(?!\d{3}$)\d+|(0+|\d{4,})P\d+"
_VI, _EN = (
    re.compile(_GROUPS.replace("G", re.escape(group)).replace("P", re.escape(point)))
    for group, point in (".,", ",.")
)
_OPEN = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")


def notation_of(texts: Iterable[object]) -> str:
    """Return how the numbers of a sheet are written, "" where they do not tell or contradict.

    Parameters
    ----------
    texts : iterable
        What the cells hold; only texts tell.

    Examples
    --------
    >>> notation_of(["2.191,1", "25.545"]), notation_of(["25,545", "4.36"]), notation_of(["25.545"])
    ('vi', 'en', '')
    """
    found = {
        style
        for text in texts
        if isinstance(text, str)
        for token in re.findall(NUMBER, unified(text))
        for style in [style_of(token.lstrip("+-"))]
        if style
    }
    return found.pop() if len(found) == 1 else ""


def style_of(digits: str) -> str:
    """Return the notation that a number can only be in, "" if it can be in both or in neither."""
    return "vi" if _VI.fullmatch(digits) else "en" if _EN.fullmatch(digits) else ""


def is_open(digits: str) -> bool:
    """Return whether a number can be in both notations: "1.234" and "1,234"."""
    return _OPEN.fullmatch(digits) is not None


def in_both(digits: str) -> dict[str, Decimal]:
    """Return what digits mean in each notation, NaN where they cannot be in it.

    Examples
    --------
    >>> in_both("1.234")
    {'vi': Decimal('1234'), 'en': Decimal('1.234')}
    """
    return {"vi": _number(digits, ".", ","), "en": _number(digits, ",", ".")}


def _number(digits: str, group: str, point: str) -> Decimal:
    """Return digits with one sign as groups and the other as decimal point."""
    clean = digits.replace(group, "").replace(point, ".")
    return Decimal(clean if clean.replace(".", "", 1).isdecimal() else "NaN")


def is_jump(value: float, last: float) -> bool:
    """Return whether a value is more than `JUMP` times the last one, or less than a `JUMP`-th.

    A change of sign is a jump; to or from zero is none, for no factor says how much it is.

    Examples
    --------
    >>> is_jump(805, 80), is_jump(9, 12), is_jump(0, 12)
    (True, False, False)
    """
    if value == 0 or last == 0:
        return False
    return not 1 / JUMP <= value / last <= JUMP
