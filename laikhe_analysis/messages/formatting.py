"""Fill a sentence with numbers as readers of a language write them: one formatter for all faces."""

from __future__ import annotations

import math
import numbers
import re
import string
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

__all__ = [
    "ESCAPE",
    "LANGUAGES",
    "Sentences",
    "as_markdown",
    "capital",
    "known",
    "safe_side",
    "write",
]

LANGUAGES = ("vi", "en")

_SWAP = str.maketrans(",.", ".,")
_SPEC = re.compile(r"(?P<sign>[+^]?)(?P<digits>[0-9]|=|)(?P<percent>%?)")
_MOST = 9  # decimals of a number that is written as it was stated
_MARKS = re.compile(r"[\\`*_\[\]<>&$|~@]|:(?=//)|(?<=www)\.|^[-+#=:]|^\d+(?=[.)](?: |$))")
"""What Markdown and HTML would take for markup, within a line or at its start."""
ESCAPE: ContextVar[Callable[[str], str]] = ContextVar("escape", default=str)
"""What is done to the texts put into a sentence: its own words are ours, a value may be anyone's."""


def as_markdown(text: str) -> str:
    """Return a text as Markdown that shows it sign by sign, on one line.

    Examples
    --------
    >>> as_markdown("2. *xã* A&B  <b>"), as_markdown("- an toàn: 1.5")
    ('&#50;. &#42;xã&#42; A&#38;B &#60;b&#62;', '&#45; an toàn: 1.5')
    """
    line = re.sub(r"\s+", " ", text)
    return _MARKS.sub(lambda found: "".join(f"&#{ord(sign)};" for sign in found[0]), line)


def write(value: float, spec: str = "1", lang: str = "vi") -> str:
    """Return a number as a reader of `lang` writes it.

    Parameters
    ----------
    value : float
        A finite number; a fraction where `spec` ends with "%".
    spec : str
        "1": one decimal; "1%": a fraction as per cent with one decimal; "=" and "%": as stated, no
        digit lost; a "+" before it writes the sign of a positive number too, a "^" rounds up: a
        minimum, so that what is written is enough.
    lang : {"vi", "en"}

    Raises
    ------
    ValueError
        If the number is not finite, as what is missing has to be said in words, or the spec or the
        language is unknown.

    Examples
    --------
    >>> write(42875, "0"), write(0.123, "1%"), write(0.143, "%"), write(504.276, "=")
    ('42.875', '12,3%', '14,3%', '504,276')
    >>> write(1.0848, "^2"), write(10.8, "^1"), write(0.1, "^1%")
    ('1,09', '10,8', '10,0%')
    >>> write(0.02, "+1%", "en"), write(-1234.56, "+1", "en")
    ('+2.0%', '-1,234.6')
    """
    parts = _SPEC.fullmatch(spec)
    if not parts or not (parts["digits"] or parts["percent"]):
        raise ValueError(f'`spec` must be like "1", "1%", "%", "=" or "+1", got {spec!r}.')
    number = float(value) * (100 if parts["percent"] else 1)
    if not math.isfinite(number):
        raise ValueError(f"`value` must be a finite number, got {value}. Say in words why.")
    if parts["digits"] in ("", "="):
        stated = round(number, _MOST)
        decimals = next(d for d in range(_MOST + 1) if round(stated, d) == stated)
    else:
        decimals = int(parts["digits"])
    is_least = parts["sign"] == "^"
    rounded = (safe_side(number, decimals) if is_least else round(number, decimals)) + 0.0
    sign = "+" if parts["sign"] == "+" and rounded > 0 else ""
    text = f"{sign}{rounded:,.{decimals}f}{parts['percent']}"
    return text.translate(_SWAP) if known(lang) == "vi" else text


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


def known(lang: str) -> str:
    """Return a language, or raise if there is none of that name."""
    if lang not in LANGUAGES:
        raise ValueError(f"`lang` must be one of {', '.join(LANGUAGES)}, got {lang!r}.")
    return lang


class Sentences(string.Formatter):
    """Templates whose numbers say how they are written: "{rate:1%}", "{year}", "{n:note|notes}".

    A text in both languages and a message are written in the language of the sentence. A number
    with decimals needs a format, whole numbers (years, counts of things) stand as they
    are. "{n:note|notes}" writes the first word where n is 1, the second elsewhere;
    "{x:|}" leaves out what the other language needs. Texts are put in as `ESCAPE` makes them; a
    message among the values has done so with its own.
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return one value as text."""
        if "|" in format_spec:
            one, many = format_spec.split("|")
            return one if value == 1 else many
        if hasattr(value, "template"):
            return str(value.pick(self.lang))
        if hasattr(value, "pick"):
            escape, token = ESCAPE.get(), ESCAPE.set(str)
            try:
                return escape(value.pick(self.lang))
            finally:
                ESCAPE.reset(token)
        if format_spec:
            return write(value, format_spec, self.lang)
        if isinstance(value, numbers.Real) and not isinstance(value, numbers.Integral):
            raise ValueError(f'a number needs a format, such as "{{x:1}}", got {value!r}.')
        return ESCAPE.get()(str(value))


def capital(text: str) -> str:
    """Return a text that begins with a capital letter, the others as they are.

    Examples
    --------
    >>> capital("đất ở của UBND")
    'Đất ở của UBND'
    """
    return text[:1].upper() + text[1:]
