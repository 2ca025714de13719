"""Read what people type into a cell of a form: numbers, units, status, whatever their locale.

What can be read in one way only is read; what can be read in two ways is refused with a remedy.
Text follows the Vietnamese convention: dots group thousands, a comma opens the decimals.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from laikhe_analysis.checks import Text
from laikhe_analysis.data.cells import CellError, two_readings, value_problem
from laikhe_analysis.data.layout import COLUMNS
from laikhe_analysis.intake.plausible import too_large
from laikhe_analysis.intake.written import factor, full_quantity, key
from laikhe_analysis.vietnamese import COUNTED, unit_label

__all__ = ["CHOICES", "JUMP", "STATUS_WORDS", "is_jump", "read_status", "read_value"]

JUMP = 7.0
"""A change by more than this factor is asked about: a slip of the decimal sign is a factor of ten,
and stays above seven when the year itself brought anything from -30 % to +43 %."""

CHOICES: dict[str, dict[str, int]] = {
    "yes/no": {"đạt": 1, "chưa đạt": 0, "không đạt": 0, "có": 1, "chưa": 0, "không": 0,
               "yes": 1, "no": 0},
    "rating": {"hoàn thành xuất sắc nhiệm vụ": 4, "hoàn thành tốt nhiệm vụ": 3,
               "hoàn thành nhiệm vụ": 2, "không hoàn thành nhiệm vụ": 1, "xuất sắc": 4, "tốt": 3},
}  # fmt: skip
"""Words that stand for a number, by unit."""

STATUS_WORDS = {
    "thực hiện": "final", "sơ bộ": "preliminary", "ước": "estimate", "ước thực hiện": "estimate",
    "th": "final", "ước th": "estimate", "actual": "final", "final": "final",
    "preliminary": "preliminary", "estimate": "estimate",
}  # fmt: skip
"""Words for the status of a figure; the first three are offered in the form."""

_LARGEST = 1e14
_COLUMN = COLUMNS["observations.csv"]["value"]


def read_value(
    raw: Any,
    unit: str,
    *,
    words: str = "",
    number_format: str = "General",
    last: float | None = None,
) -> float:
    """Return the number that a cell holds, in the unit that is asked for.

    Parameters
    ----------
    raw : Any
        What the cell holds: a number, a text, a date, a truth value.
    unit : str
        The unit that is asked for, one of `UNITS`.
    words : str
        The unit that the form shows beside the cell, for numbers typed without one.
    number_format : str
        How the cell is shown; "0%" tells that 0.12 means 12 %.
    last : float, optional
        The last known value, to tell "1.234" and 0.12 apart. [`unit`]

    Returns
    -------
    float
        [`unit`; per cents as per cents]

    Raises
    ------
    CellError
        If the cell holds no number, or one that can be read in two ways, in another unit, or
        outside the natural range.

    Examples
    --------
    >>> read_value("1.234,5 triệu", "billion VND")
    1.2345
    >>> read_value(0.12, "%", number_format="0.0%")
    12.0
    >>> read_value("1.234", "billion VND", last=1100.0)
    1234.0
    """
    named = CHOICES.get(unit, {})
    if isinstance(raw, bool):
        raw = ("yes" if raw else "no") if unit == "yes/no" else str(raw)
    if isinstance(raw, str) and key(raw) in named:
        return float(named[key(raw)])
    if isinstance(raw, date | datetime | time | timedelta):
        raise CellError(_NO_DATE)
    told = False
    if isinstance(raw, int | float):
        value = Decimal(repr(raw))
        told = "%" in re.sub(r'"[^"]*"|\\.', "", number_format)
        if told:
            if not unit.startswith("%"):
                raise CellError(_unit_wanted(unit, "định dạng %", "a % format"))
            value = Decimal(f"{100 * value:.12g}")
        else:
            value *= _factor(words, unit)
    else:
        value, told = _read_text(str(raw), unit, words, last)
    _check(float(value), unit, named, last, told=told)
    return float(value)


def _read_text(raw: str, unit: str, words: str, last: float | None) -> tuple[Decimal, bool]:
    """Return the number of a text in `unit`, and whether a % sign says that it is per cents."""
    clean = unicodedata.normalize("NFC", raw).replace("\u2212", "-")
    clean = re.sub(r"\s+", " ", clean).strip()
    match = re.fullmatch(r"([-+]?[0-9](?:[0-9.,]|(?<=[0-9]) (?=[0-9]{3}(?![0-9])))*)\s*(.*)", clean)
    if not match:
        raise CellError(
            Text(
                "một số, ví dụ 80,5; chưa có số thì để trống ô",
                "a number, e.g. 80,5; leave the cell empty when there is none",
            )
        )
    own = match[2]
    by = _factor(own or words, unit)
    counted = unit in COUNTED and by == 1
    values = [by * value for value in _readings(match[1].replace(" ", ""), counted=counted)]
    near = [value for value in values if last and not is_jump(float(value), last)]
    if len(values) > 1 and not near:
        raise CellError(_both_ways(match[1], own, values, unit))
    if _COMMA_GROUPS.fullmatch(match[1]) and not (own or near or counted):
        raise CellError(_commas(match[1], values[0], unit))
    return (near or values)[0], "%" in own


def _readings(text: str, *, counted: bool) -> tuple[Decimal, ...]:
    """Return what digits, dots and commas can mean: one number, or two for "1.234"."""
    sign, digits = (-1, text[1:]) if text.startswith("-") else (1, text.lstrip("+"))
    if counted and re.fullmatch(r"[1-9][0-9]{0,2},000", digits):
        raise CellError(two_readings(digits, ""))
    if re.fullmatch(r"[1-9][0-9]{0,2}\.[0-9]{3}", digits) and not counted:
        return sign * Decimal(digits.replace(".", "")), sign * Decimal(digits)
    if re.fullmatch(r"[0-9]+|[1-9][0-9]{0,2}(\.[0-9]{3})+(,[0-9]+)?|[0-9]+,[0-9]+", digits):
        return (sign * Decimal(digits.replace(".", "").replace(",", ".")),)
    if re.fullmatch(r"[1-9][0-9]{0,2}(,[0-9]{3})+\.[0-9]+|[1-9][0-9]{0,2}(,[0-9]{3}){2,}", digits):
        return (sign * Decimal(digits.replace(",", "")),)
    if re.fullmatch(r"[0-9]+\.[0-9]+", digits):
        return (sign * Decimal(digits),)
    raise CellError(
        Text(
            "một số viết kiểu Việt Nam: dấu chấm ngăn từng ba chữ số, dấu phẩy cho thập phân, "
            "ví dụ 1.234,5",
            "a number as Vietnamese write it: dots group three digits, a comma opens the "
            "decimals, e.g. 1.234,5",
        )
    )


_COMMA_GROUPS = re.compile(r"[-+]?[0-9]{1,3}(,[0-9]{3}){2,}")


def _commas(digits: str, value: Decimal, unit: str) -> Text:
    """Return that commas open decimals here, and how to type a number grouped by them."""
    plain = digits.replace(",", "")
    meant = [full_quantity(float(value), unit, lang) for lang in ("vi", "en")]
    return Text(
        f"một số viết kiểu Việt Nam (dấu phẩy cho thập phân); đúng là {meant[0]} thì gõ {plain}, "
        "tính bằng đơn vị khác thì gõ kèm đơn vị",
        f"a number as Vietnamese write it (a comma opens the decimals); type {plain} if "
        f"{meant[1]} is meant, or the unit with the number if it is in another one",
    )


def _both_ways(digits: str, own: str, values: Sequence[Decimal], unit: str) -> Text:
    """Return both readings of "1.234" in the unit of the form, and how to type either."""
    typed = (digits.replace(".", ""), digits.replace(".", ",").rstrip("0").rstrip(","))
    whole, decimal = (f"{one} {own}".strip() for one in typed)
    lines = []
    for lang in ("vi", "en"):
        meant = [full_quantity(float(value), unit, lang) for value in values]
        lines.append(
            Text(
                f"một số đọc được một cách; “{digits}” đọc được hai cách: nghĩa là {meant[0]} thì "
                f"gõ {whole}, nghĩa là {meant[1]} thì gõ {decimal}",
                f"a number of one reading; “{digits}” has two: type {whole} for {meant[0]}, or "
                f"{decimal} for {meant[1]}",
            ).pick(lang)
        )
    return Text(*lines)


def _factor(words: str, unit: str) -> Decimal:
    """Return `factor`, or say which unit is wanted."""
    found = factor(words, unit)
    if found is None:
        raise CellError(_unit_wanted(unit, f"“{words.strip()}”", f"“{words.strip()}”"))
    return found


def _unit_wanted(unit: str, vi: str, en: str) -> Text:
    name = [unit_label(unit, lang) for lang in ("vi", "en")]
    return Text(
        f"số tính bằng {name[0]}, không đổi được từ {vi}", f"a number in {name[1]}, not {en}"
    )


_NO_DATE = Text(
    "một số; bảng tính đã đổi điều vừa gõ thành ngày tháng: đặt lại định dạng ô là Số "
    "(Format Cells > Number) rồi gõ lại, dùng dấu phẩy cho thập phân",
    "a number; the spreadsheet took what was typed for a date: set the cell's format to Number "
    "and type it again",
)


def _check(
    value: float, unit: str, named: Mapping[str, int], last: float | None, *, told: bool
) -> None:
    """Raise what is wrong with a value: its range, a fraction of a count, a doubtful per cent."""
    if named and value not in named.values():
        meaning = {number: word for word, number in reversed(list(named.items()))}
        listed = ", ".join(f"{number} ({word})" for number, word in sorted(meaning.items()))
        raise CellError(Text(f"một trong: {listed}", f"one of: {listed}"))
    if abs(value) >= _LARGEST:
        raise CellError(Text("một số có ít hơn 15 chữ số", "a number of fewer than 15 digits"))
    wanted = value_problem(value, unit, share=True) or _COLUMN.wanted(value, unit)
    wanted = wanted or too_large(value, unit)
    if wanted:
        raise CellError(wanted)
    percent = unit.startswith("%")
    if percent and not told and 0 < abs(value) < 1 and (not last or abs(last) >= 10 * abs(value)):
        vi, en = (f"{number:.12g}".replace(".", ",") for number in (100 * value, value))
        raise CellError(
            Text(
                f"viết rõ {vi} (nếu là {vi}%) hoặc {en}% (nếu đúng là {en} phần trăm)",
                f"{vi} (if {vi} % is meant), or {en}% with the sign (if it is {en} per cent)",
            )
        )


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


def read_status(raw: Any) -> str:
    """Return the status that a cell names.

    Raises
    ------
    CellError
        If it names none.

    Examples
    --------
    >>> read_status("Ước")
    'estimate'
    """
    found = STATUS_WORDS.get(key(raw or ""))
    if found is None:
        offered = ", ".join(list(STATUS_WORDS)[:3])
        raise CellError(Text(f"chọn một trong: {offered}", f"one of: {offered}"))
    return found
