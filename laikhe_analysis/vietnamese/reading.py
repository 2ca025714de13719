"""Numbers as officials write them: read where one reading is left, refused with every reading else.

In Vietnamese text a dot groups thousands and a comma opens the decimals; people also type the other
way round. What "1.234" means is decided by its unit (of people there are no thousandths), by how the
other numbers beside it are written, and by the last known value. Where these are silent, or
contradict each other, nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from laikhe_analysis.checks import turns
from laikhe_analysis.messages import Text, Worded, _, joined
from laikhe_analysis.vietnamese.conversion import factor, unified
from laikhe_analysis.vietnamese.notation import NUMBER, in_both, is_jump, is_open, style_of
from laikhe_analysis.vietnamese.numbers import full_quantity
from laikhe_analysis.vietnamese.units import COUNTED, UNITS

__all__ = ["Asked", "ReadingError", "Written", "read_number"]


@dataclass(frozen=True)
class Asked:
    """What is asked for, and what is known of it.

    Parameters
    ----------
    unit : str
        One of `UNITS`, or a unit in words.
    words : str
        The unit that stands beside the cell, for numbers without one.
    last : float, optional
        The last known value, or another of the same row. [`unit`]
    notation : {"", "vi", "en"}
        How the other numbers of the sheet are written: "1.234,5" or "1,234.5".
    is_possible : callable, optional
        Whether a value can be: a share is no more than 100 %.
    rises : bool, optional
        Whether the lower end of a range is the one that counts; without it no range is read.
    brackets : bool
        Whether the sheet says that numbers in brackets are negative.
    """

    unit: str
    words: str = ""
    last: float | None = None
    notation: str = ""
    is_possible: Callable[[float], bool] | None = None
    rises: bool | None = None
    brackets: bool = False


@dataclass(frozen=True)
class Written:
    """What a text says of one figure.

    Parameters
    ----------
    value : float
        Of a range the end that counts. [unit asked for]
    low, high : float, optional
        Both ends of a range. [unit asked for]
    status : str
        "estimate" where the text says "ước".
    is_percent : bool
        Whether a % sign tells that it is per cents.
    is_plain : bool
        Whether number and unit are all that it says; "khoảng 46" and "5/7" say more.
    """

    value: float
    low: float | None = None
    high: float | None = None
    status: str = ""
    is_percent: bool = False
    is_plain: bool = True


class ReadingError(ValueError):
    """A text is no number of one reading; `wanted` says what is, `readings` what it may mean."""

    def __init__(self, wanted: Text, readings: Iterable[float] = ()) -> None:
        self.wanted, self.readings = wanted, tuple(readings)
        super().__init__(wanted)


_RANGE = re.compile(rf"({NUMBER}) ?([^0-9 -][^0-9-]*?)? ?(?:-|đến|tới) ?({NUMBER}) ?(.*)")
_SHARE = re.compile(rf"({NUMBER}) ?/ ?({NUMBER})(?![0-9/]) ?(.*)")
_ONE = re.compile(rf"({NUMBER}) ?(.*)")
_BRACKETED = re.compile(r"\(([^()]+)\)(?: ?(%.*))?")
_ASIDE = re.compile(r"([^()]+?) ?\(([^()]+)\)")


def read_number(text: str, asked: Asked) -> Written:
    """Return the figure that a text writes, in the unit asked for.

    Raises
    ------
    ReadingError
        If it is no number, in another unit, or can be read in two ways.

    Examples
    --------
    >>> read_number("ước 1.234,5 triệu", Asked("billion VND"))
    Written(value=1.2345, low=None, high=None, status='estimate', is_percent=False, is_plain=True)
    >>> read_number("5/8 trường", Asked("%")).value, read_number("(3,26)", Asked("%/year")).value
    (62.5, -3.26)
    >>> read_number("5,000", Asked("people"))
    Traceback (most recent call last):
    laikhe_analysis.vietnamese.reading.ReadingError: một số đọc được một cách; “5,000” ...
    """
    if turns(text):
        raise ReadingError(_NONUMBER)
    clean = unified(text).casefold()
    said, rest = _said(clean, asked)
    if bracketed := _BRACKETED.fullmatch(rest):
        found = _in_brackets(bracketed[1] + (bracketed[2] or ""), clean, asked)
    elif aside := _ASIDE.fullmatch(rest):
        found = _with_aside(aside[1], aside[2], asked)
    elif match := _RANGE.fullmatch(rest):
        found = _range(match, asked)
    elif match := _SHARE.fullmatch(rest):
        found = _share(match, asked)
    elif match := _ONE.fullmatch(rest):
        value = float(_one(match[1], match[2], asked))
        found = Written(-value if "down" in said else value, is_percent="%" in match[2])
    else:
        raise ReadingError(_NONUMBER)
    if said - {"estimate", "plain"}:
        found = replace(found, is_plain=False)
    return replace(found, status="estimate") if "estimate" in said else found


_NONUMBER = _("một số, ví dụ 80,5; chưa có số thì để trống ô")
_WORD = r"(?![^\W\d_])[ :]*"
_PREFIXES = {
    "estimate": rf"ước( tính| đạt| thực hiện| th)*{_WORD}",
    "hedge": rf"(khoảng|xấp xỉ|gần|cỡ|trên|hơn|từ|ít nhất|tối thiểu|không dưới|dưới|không quá|tối đa)"
    rf"{_WORD}|[~≈<>≤≥]=? ?",
    "plain": rf"(đạt|bằng|là|còn|có){_WORD}",
    "up": rf"tăng{_WORD}",
    "down": rf"giảm{_WORD}",
    "rank": rf"(mức độ|mức|cấp độ|cấp|hạng|loại|thứ|bậc){_WORD}",
}
_SUFFIX = re.compile(r"(.*[^ ]) ?(trở lên|trở xuống)")
_RATES, _RANKS = ("%/year", "percentage points"), ("level", "rating", "rank")


def _said(text: str, asked: Asked) -> tuple[set[str], str]:
    """Return what is said around a number ("ước", "khoảng", "giảm"), and the rest of the text."""
    said: set[str] = set()
    while True:
        for name, pattern in _PREFIXES.items():
            if match := re.match(pattern, text):
                said.add(name)
                text = text[match.end() :]
                break
        else:
            break
    if match := _SUFFIX.fullmatch(text):
        said.add("hedge")
        text = match[1]
    if said & {"up", "down"} and asked.unit not in _RATES:
        raise ReadingError(
            _("số tính bằng {name}, không phải mức tăng, giảm", name=_name(asked.unit))
        )
    if "rank" in said and asked.unit not in _RANKS:
        raise ReadingError(_NONUMBER)
    return said - {"rank", "up"}, text.rstrip(" .,;")


def _in_brackets(inner: str, whole: str, asked: Asked) -> Written:
    """Return a number in brackets: accountants write a loss so, others a remark."""
    found = read_number(inner, asked)
    if asked.unit in _RATES or asked.brackets:
        return replace(found, value=-found.value, is_plain=False)
    both = -found.value, found.value
    raise ReadingError(
        _(
            "một số không để trong ngoặc; “{whole}” đọc được hai cách: {both}",
            whole=whole, both=_either(both, asked.unit),
        ),
        both,
    )  # fmt: skip


def _with_aside(outer: str, inner: str, asked: Asked) -> Written:
    """Return a number with another, or a word, in brackets behind it: "66/112 thôn (58,9%)"."""
    if inner in ("ước", "sơ bộ", "th", "thực hiện", "ước th", "ước thực hiện"):
        found = read_number(outer, asked)
        status = "preliminary" if inner == "sơ bộ" else "estimate" if "ước" in inner else ""
        return replace(found, status=status or found.status)
    mine = [part for part in (outer, inner) if ("%" in part) == asked.unit.startswith("%")]
    if len(mine) != 1:
        raise ReadingError(_NONUMBER)
    found = read_number(mine[0], asked)
    if match := _SHARE.fullmatch(outer if mine[0] == inner else inner):
        share = _share(match, asked).value
        if asked.unit.startswith("%") and abs(share - found.value) > 0.51:
            both = found.value, share
            told = _("tỷ lệ khớp với số đếm: {both}", both=_either(both, asked.unit))
            raise ReadingError(told, both)
    return replace(found, is_plain=False)


def _range(match: re.Match[str], asked: Asked) -> Written:
    """Return a range, of which the end that counts is the value."""
    own = match[4] or match[2] or ""
    ends = sorted(float(_one(token, own, asked)) for token in (match[1], match[3]))
    if asked.rises is None:
        told = _("một số, không phải một khoảng: {both}", both=_either(ends, asked.unit))
        raise ReadingError(told, ends)
    value = ends[0] if asked.rises else ends[1]
    return Written(value, ends[0], ends[1], is_percent="%" in own, is_plain=False)


def _either(values: Iterable[float], unit: str) -> Text:
    """Return the readings that a text has."""
    return joined([Worded(full_quantity, value, unit) for value in values], " / ")


def _share(match: re.Match[str], asked: Asked) -> Written:
    """Return a part of a whole: a share is computed, of things counted the first number is meant."""
    part, whole = (float(_one(token, "", replace(asked, unit="people", words="", last=None)))
                   for token in match.groups()[:2])  # fmt: skip
    is_date = part <= 12 and 1900 <= whole <= 2100
    if whole <= 0 or is_date or asked.unit in _RATES:
        raise ReadingError(_NONUMBER)
    if asked.unit.startswith("%"):
        return Written(100 * part / whole, is_percent=True, is_plain=False)
    counted = asked.unit in (*COUNTED, *_RANKS) or asked.unit not in UNITS
    if not counted or factor(match[3], asked.unit) != 1:
        raise ReadingError(_unit_wanted(asked.unit, match[0]))
    return Written(part, is_plain=False)


def _one(token: str, own: str, asked: Asked) -> Decimal:
    """Return what one number means in the unit asked for.

    Parameters
    ----------
    token : str
        Digits and signs.
    own : str
        The unit typed behind them, if any.
    """
    by = factor(own or asked.words, asked.unit)
    if by is None:
        raise ReadingError(_unit_wanted(asked.unit, own or asked.words))
    sign, digits = (-1 if token.startswith("-") else 1), token.lstrip("+-")
    if " " in digits and re.fullmatch(r"[1-9][0-9]{0,2}( [0-9]{3})+([.,][0-9]+)?", digits):
        return sign * by * Decimal(digits.replace(" ", "").replace(",", "."))
    readings = {style: sign * by * value for style, value in in_both(digits).items()}
    if is_open(digits):
        counted = asked.unit in COUNTED and by == 1
        return readings[_decided(readings, (token, own), asked, counted=counted)]
    style = style_of(digits)
    if not (style or digits.isdecimal()):
        raise ReadingError(_MISWRITTEN)
    return readings[style or "vi"]


def _decided(
    readings: dict[str, Decimal], typed: tuple[str, str], asked: Asked, *, counted: bool
) -> str:
    """Return in which notation "1.234" or "1,234" is: unit, notation or the last value decide."""
    grouped, other = ("vi", "en") if "." in typed[0] else ("en", "vi")
    near = {s for s, v in readings.items() if asked.last and not is_jump(float(v), asked.last)}
    told = near | ({asked.notation} - {""})
    possible = asked.is_possible or (lambda value: True)
    left = {style for style, value in readings.items() if possible(float(value))}
    if counted:  # there are no thousandths of a person
        told = {grouped} if grouped in told or (grouped == "vi" and not told) else set()
    elif len(left) == 1:
        told = left
    elif not told and grouped == "en":  # 504,276: a comma opens the decimals
        told = {"vi"}
    if len(told) == 1:
        return told.pop()
    if counted and readings[other] != readings[other].to_integral_value():
        raise ReadingError(_whole(readings[grouped], asked.unit), [float(readings[grouped])])
    values = readings[grouped], readings[other]
    raise ReadingError(_both_ways(*typed, values, asked.unit), map(float, values))


def _whole(value: Decimal, unit: str) -> Text:
    """Return that a count is wanted, and which may be meant."""
    return _(
        "một số nguyên ({name}), không có dấu ngăn nghìn: {value}",
        name=_name(unit), value=f"{value:f}",
    )  # fmt: skip


_MISWRITTEN = _(
    "một số viết kiểu Việt Nam: dấu chấm ngăn từng ba chữ số, dấu phẩy cho thập phân, ví dụ 1.234,5"
)


def _both_ways(digits: str, own: str, values: tuple[Decimal, Decimal], unit: str) -> Text:
    """Return both readings of "1.234" in the unit asked for, and how to type either."""
    parts = re.split("[.,]", digits)
    decimals = parts[1].rstrip("0")
    typed = parts[0] + parts[1], f"{parts[0]},{decimals}" if decimals else parts[0]
    whole, decimal = (f"{one} {own}".strip() for one in typed)
    meant = [Worded(full_quantity, float(value), unit) for value in values]
    return _(
        "một số đọc được một cách; “{digits}” đọc được hai cách: nghĩa là {one} thì gõ {whole}, nghĩa "
        "là {other} thì gõ {decimal}",
        digits=digits,
        one=meant[0],
        whole=whole,
        other=meant[1],
        decimal=decimal,
    )


def _name(unit: str) -> Text:
    """Return a unit in words."""
    return UNITS.get(unit, Text(unit))


def _unit_wanted(unit: str, got: str) -> Text:
    """Return which unit is wanted instead of the one that was typed."""
    name, shown = _name(unit), got.strip()
    return _("số tính bằng {name}, không đổi được từ “{shown}”", name=name, shown=shown)
