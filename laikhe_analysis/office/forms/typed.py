"""Read what people type into a cell: numbers, units, words, status, whatever their locale.

What can be read in one way only is read; what can be read in two ways is refused with a remedy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from laikhe_analysis.data.cells import CellError, value_problem
from laikhe_analysis.data.layout import COLUMNS
from laikhe_analysis.data.plausible import as_fraction, too_large
from laikhe_analysis.messages import Text, _
from laikhe_analysis.office.forms.number_format import shown_by
from laikhe_analysis.office.forms.written import key
from laikhe_analysis.vietnamese import (
    UNITS,
    Asked,
    ReadingError,
    Written,
    factor,
    is_jump,
    read_number,
)

__all__ = ["CHOICES", "STATUS_WORDS", "DoubtError", "insisted", "read_cell", "read_status"]

CHOICES: dict[str, dict[str, int]] = {
    "yes/no": {"đạt": 1, "chưa đạt": 0, "không đạt": 0, "có": 1, "chưa": 0, "không": 0,
               "rồi": 1, "đã đạt": 1, "đã có": 1, "đã hoàn thành": 1, "hoàn thành": 1,
               "đạt chuẩn": 1, "được công nhận": 1, "đã được công nhận": 1, "✓": 1,
               "chưa có": 0, "chưa hoàn thành": 0, "không hoàn thành": 0, "chưa đạt chuẩn": 0,
               "chưa được công nhận": 0, "yes": 1, "no": 0},
    "rating": {"hoàn thành xuất sắc nhiệm vụ": 4, "hoàn thành tốt nhiệm vụ": 3,
               "hoàn thành nhiệm vụ": 2, "không hoàn thành nhiệm vụ": 1,
               "hoàn thành xuất sắc": 4, "hoàn thành tốt": 3, "hoàn thành": 2,
               "không hoàn thành": 1, "xuất sắc": 4, "tốt": 3},
}  # fmt: skip
"""Words that stand for a number, by unit; the first of each number is the one that forms offer."""

STATUS_WORDS = {
    "thực hiện": "final", "sơ bộ": "preliminary", "ước": "estimate", "ước thực hiện": "estimate",
    "th": "final", "ước th": "estimate", "actual": "final", "final": "final",
    "preliminary": "preliminary", "estimate": "estimate",
}  # fmt: skip
"""Words for the status of a figure; the first three are offered in the form."""

_LARGEST = 1e14
_COLUMN = COLUMNS["observations.csv"]["value"]


class DoubtError(CellError):
    """A cell that can be read in more than one way; `readings` are what it may mean."""

    def __init__(self, wanted: Text, readings: tuple[float, ...]) -> None:
        super().__init__(wanted)
        self.readings = readings


def read_cell(raw: Any, asked: Asked, *, number_format: str = "General") -> Written:
    """Return the figure that a cell holds, in the unit that is asked for.

    Parameters
    ----------
    raw : Any
        What the cell holds: a number, a text, a date, a truth value.
    asked : Asked
        What is asked for, and what is known of it.
    number_format : str
        How the cell is shown; "0%" tells that 0.12 means 12 %.

    Returns
    -------
    Written
        [the unit asked for; per cents as per cents]

    Raises
    ------
    CellError
        If the cell holds no number, or one in another unit, or outside the natural range.
    DoubtError
        If it can be read in two ways.

    Examples
    --------
    >>> read_cell("1.234,5 triệu", Asked("billion VND")).value
    1.2345
    >>> read_cell(0.12, Asked("%"), number_format="0.0%").value
    12.0
    >>> read_cell("Hoàn thành tốt", Asked("rating")).value
    3.0
    """
    named = CHOICES.get(asked.unit, {})
    if isinstance(raw, bool):
        raw = ("yes" if raw else "no") if asked.unit == "yes/no" else str(raw)
    if isinstance(raw, str) and key(raw) in named:
        return Written(float(named[key(raw)]))
    if isinstance(raw, date | datetime | time | timedelta):
        raise CellError(_NO_DATE)
    if isinstance(raw, int | float):
        found = _of_number(raw, asked, number_format)
    else:
        found = _of_text(str(raw), asked)
    _check(found.value, asked, named, told=found.is_percent)
    return found


def _of_number(raw: float, asked: Asked, number_format: str) -> Written:
    """Return the figure of a number, as its format shows it."""
    by, told = shown_by(number_format, raw)
    if told and not asked.unit.startswith("%"):
        raise CellError(_unit_wanted(asked.unit, _("định dạng %")))
    own = Decimal(1) if told else factor(asked.words, asked.unit)
    if own is None:
        words = f"“{asked.words.strip()}”"
        raise CellError(_unit_wanted(asked.unit, words))
    value = Decimal(repr(raw)) * by * own
    return Written(float(f"{value:.15g}" if by != 1 else value), is_percent=told)


def _of_text(raw: str, asked: Asked) -> Written:
    """Return the figure of a text."""

    def is_possible(value: float) -> bool:
        return value_problem(value, asked.unit, share=True) is None

    try:
        return read_number(raw, replace(asked, is_possible=is_possible))
    except ReadingError as error:
        if error.readings:
            raise DoubtError(error.wanted, error.readings) from None
        raise CellError(error.wanted) from None


def _unit_wanted(unit: str, got: Text | str) -> Text:
    """Return which unit is wanted instead of another."""
    name = UNITS.get(unit, unit)
    return _("số tính bằng {name}, không đổi được từ {got}", name=name, got=got)


_NO_DATE = _(
    "một số; bảng tính đã đổi điều vừa gõ thành ngày tháng: đặt lại định dạng ô là Số "
    "(Format Cells > Number) rồi gõ lại, dùng dấu phẩy cho thập phân"
)


def _check(value: float, asked: Asked, named: Mapping[str, int], *, told: bool) -> None:
    """Raise what is wrong with a value: its range, a fraction of a count, a doubtful per cent."""
    unit, last = asked.unit, asked.last
    if named and value not in named.values():
        meaning = {number: word for word, number in reversed(list(named.items()))}
        listed = ", ".join(f"{number} ({word})" for number, word in sorted(meaning.items()))
        raise CellError(_("một trong: {listed}", listed=listed))
    if abs(value) >= _LARGEST:
        raise CellError(_("một số có ít hơn 15 chữ số"))
    wanted = value_problem(value, unit, share=True) or _COLUMN.wanted(value, unit)
    if wanted is None and (not last or is_jump(value, last)):
        wanted = too_large(value, unit)
    if wanted:
        raise CellError(wanted)
    found = None if told else as_fraction(value, unit, last)
    if found:
        raise DoubtError(*found)


def insisted(wanted: Text) -> Text:
    """Return a doubt about a figure with how to bring it in all the same."""
    return _("{wanted}; đúng như vậy thì nhập với --accept-jumps", wanted=wanted)


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
        raise CellError(_("chọn một trong: {offered}", offered=offered))
    return found
