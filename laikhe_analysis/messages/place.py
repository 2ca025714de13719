"""What the place, the body above it and its sectors are called, in all that is said of them.

Sentences are written for a commune of a city. Of a ward, of a commune of a province or of a province
itself the same sentences hold with other words; `load` says which place is spoken of.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Place", "kind_of_place", "placed", "speak_of", "spoken_of"]

_UNITS = {
    "xã": "commune", "phường": "ward", "đặc khu": "special zone", "thị trấn": "township",
    "huyện": "district", "quận": "urban district", "thị xã": "town", "thành phố": "city",
    "tỉnh": "province", "trung ương": "central government",
}  # fmt: skip
"""What units are called, in both languages."""

_FIELD = r"\{[^{}]*\}"
_WORDS = {
    "vi": re.compile(
        rf"{_FIELD}|(?<!hợp tác )(?<!thị )(?<!cấp )\bxã\b(?! hội\b|, phường|/phường)"
        r"|(?<!tỉnh, )\bthành phố\b(?! trực thuộc)",
        re.IGNORECASE,
    ),
    "en": re.compile(rf"{_FIELD}|\bcommune\b(?!-level|\.\w)|\bcity\b", re.IGNORECASE),
}


@dataclass(frozen=True)
class Place:
    """A place that is spoken of.

    Parameters
    ----------
    unit, above : str
        What it is and what it belongs to: "xã" of a "thành phố".
    names : mapping of str to str
        What it calls its sectors, rules and series.
    """

    unit: str = "xã"
    above: str = "thành phố"
    names: Mapping[str, str] = field(default_factory=dict)


_spoken: list[Place] = [Place()]


def spoken_of() -> Place:
    """Return the place that is spoken of."""
    return _spoken[0]


def speak_of(name: str = "", above: str = "", names: Mapping[str, str] | None = None) -> None:
    """Speak of a place from now on, in this process; of a commune of a city unless told.

    Parameters
    ----------
    name, above : str
        "phường Đông Sơn", "tỉnh Thanh Hóa"; a province has the central government above it.
    names : mapping of str to str, optional
        What it calls its sectors, rules and series.
    """
    unit = kind_of_place(name) or "xã"
    is_top = unit == "tỉnh" or (unit == "thành phố" and kind_of_place(above) == "")
    _spoken[0] = Place(
        unit, "trung ương" if is_top else kind_of_place(above) or "thành phố", dict(names or {})
    )


def kind_of_place(name: str) -> str:
    """Return what a name begins with, "" for none.

    Examples
    --------
    >>> kind_of_place("Phường Đông Sơn"), kind_of_place("Đông Sơn")
    ('phường', '')
    """
    begun = name.strip().casefold()
    return next((unit for unit in sorted(_UNITS, key=len, reverse=True) if
                 begun.startswith(f"{unit} ")), "")  # fmt: skip


def placed(text: str, lang: str = "vi") -> str:
    """Return a sentence about a commune of a city as it is said of the place that is spoken of.

    Examples
    --------
    >>> speak_of("phường Đông Sơn", "tỉnh Thanh Hóa")
    >>> placed("Xã hỏi dự toán thành phố giao; an sinh xã hội, hợp tác xã, cấp xã")
    'Phường hỏi dự toán tỉnh giao; an sinh xã hội, hợp tác xã, cấp xã'
    >>> placed("xã hỏi, như xã Kim Anh của thành phố Huế; cấp tỉnh, thành phố")
    'phường hỏi, như xã Kim Anh của thành phố Huế; cấp tỉnh, thành phố'
    >>> placed("the commune asks the city of {city}", "en")
    'the ward asks the province of {city}'
    >>> speak_of()
    >>> placed("Xã hỏi thành phố")
    'Xã hỏi thành phố'
    """
    place = _spoken[0]
    if (place.unit, place.above) == ("xã", "thành phố"):
        return text

    def other(found: re.Match[str]) -> str:
        after = text[found.end() : found.end() + 2]
        if found[0][0] == "{" or (after[:1] == " " and after[1:].isupper()):
            return found[0]  # a field, or a place that is named: "xã Kim Anh"
        is_own = found[0].casefold() in ("xã", "commune")
        word = place.unit if is_own else place.above
        word = word if lang == "vi" else _UNITS[word]
        return word[0].upper() + word[1:] if found[0][0].isupper() else word

    return _WORDS[lang].sub(other, text)
