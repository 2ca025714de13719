"""Read one cell: the value in it, or what is wanted instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from laikhe_analysis.checks import nearest, tidy, turns
from laikhe_analysis.messages import Text, Worded, _, joined
from laikhe_analysis.series import ORIGINS
from laikhe_analysis.vietnamese import COUNTED, UNITS, format_shortest, unit_label, unit_of

__all__ = [
    "CellError",
    "Reader",
    "choice",
    "day",
    "fraction",
    "number",
    "optional",
    "origin",
    "plain_number",
    "two_readings",
    "unit",
    "value_problem",
    "whole",
    "words",
    "year",
]

Reader = Callable[[str], Any]
"""What takes the text of a cell, tidied, and returns its value, or raises `CellError`."""


class CellError(ValueError):
    """A cell is not as wanted; `wanted` says what is."""

    def __init__(self, wanted: Text) -> None:
        self.wanted = wanted
        super().__init__(wanted)


_LARGEST = 1e15
"""What no number of a file comes near."""


def plain_number(value: float) -> str:
    """Return a number as a file has it."""
    return f"{value:.12g}" if abs(value) < 1e12 else f"{value:g}"


def two_readings(cell: str, unit: str) -> Text:
    """Return both readings of a number with three digits behind a sign, and how to write each.

    Examples
    --------
    >>> two_readings("21.500", "m2").en
    'a number of one reading: write 21500 for 21,500 m², or 21.5 for 21.5 m²'
    """
    whole_, decimal = re.sub("[.,]", "", cell), cell.replace(",", ".")
    ends = decimal if decimal[-1] != "0" else decimal.rstrip("0").rstrip(".")
    typed = f"{decimal}0" if ends == decimal else ends  # a fourth digit leaves no doubt
    meant = [
        joined([Worded(format_shortest, float(one)), Worded(unit_label, unit)], " ")
        if unit_label(unit) else Worded(format_shortest, float(one)) for one in (whole_, decimal)
    ]  # fmt: skip
    return _(
        "một số đọc được một cách: nghĩa là {one} thì viết {whole}, nghĩa là {other} thì "
        "viết {typed}",
        one=meant[0],
        whole=whole_,
        other=meant[1],
        typed=typed,
    )


def words(cell: str) -> str:
    """Return the text of a cell that must not be empty."""
    clean = tidy(cell)
    if not clean:
        raise CellError(_("một giá trị, ô này không được để trống"))
    return clean


def number(cell: str) -> float:
    """Return the number in a cell: digits with at most one decimal dot.

    Examples
    --------
    >>> number("504.276")
    504.276
    """
    clean = words(cell).replace("\u2212", "-")
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?", clean):
        value = float(clean)
        if abs(value) >= _LARGEST:
            raise CellError(_("một số có nhiều nhất 15 chữ số"))
        if not turns(cell):
            return value
    if re.fullmatch(r"-?[1-9][0-9]{0,2},[0-9]{3}", clean):
        raise CellError(two_readings(clean, ""))
    meant = _meant(clean)
    hint = _(", ví dụ {meant}", meant=meant) if meant else ""
    raise CellError(_("một số, dấu chấm cho thập phân và không có dấu ngăn nghìn{hint}", hint=hint))


def _meant(clean: str) -> str:
    """Return what a number with group signs means in a file, "" where it is no number.

    Examples
    --------
    >>> _meant("1.234,5"), _meant("1,234.5"), _meant("21 500"), _meant("40,5"), _meant("x")
    ('1234.5', '1234.5', '21500', '40.5', '')
    """
    joined = re.sub(r"(?<=[0-9]) (?=[0-9]{3}\b)", "", clean)
    group, decimal = (",", ".") if joined.rfind(".") > joined.rfind(",") >= 0 else (".", ",")
    if joined.count(decimal) > 1:  # 1.234.567 has no decimals
        group, decimal = decimal, group
    meant = joined.replace(group, "").replace(decimal, ".")
    return meant if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", meant) and meant != clean else ""


def whole(cell: str) -> int:
    """Return the whole number in a cell."""
    value = number(cell)
    if value != int(value):
        raise CellError(_("một số nguyên"))
    return int(value)


def year(cell: str) -> int:
    """Return the year in a cell."""
    clean = words(cell)
    if not re.fullmatch(r"(19|20)[0-9]{2}", clean):
        raise CellError(_("một năm có bốn chữ số từ 1900 đến 2099"))
    return int(clean)


def fraction(cell: str) -> float:
    """Return the share in a cell, between 0 and 1."""
    value = number(cell)
    if not 0 <= value <= 1:
        raise CellError(_("một tỷ lệ từ 0 đến 1 (ví dụ 0.15 là 15 %)"))
    return value


def day(cell: str) -> str:
    """Return the date in a cell, as YYYY-MM-DD.

    Examples
    --------
    >>> day("2026-11-22")
    '2026-11-22'
    """
    clean = words(cell)
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", clean):
            return date.fromisoformat(clean).isoformat()
    except ValueError:
        pass
    raise CellError(_("một ngày viết NĂM-THÁNG-NGÀY, ví dụ 2026-11-22"))


def choice(known: Sequence[str]) -> Reader:
    """Return a reader for cells that hold one of `known`."""

    def read(cell: str) -> str:
        name = words(cell)
        if name in known:
            return name
        guess = nearest(name, known)
        hint = _(" (có phải “{guess}”?)", guess=guess) if guess else ""
        raise CellError(_("một trong: {listed}{hint}", listed=", ".join(known), hint=hint))

    return read


origin = choice(ORIGINS)


def unit(cell: str) -> str:
    """Return the unit in a cell: one that is known, in any of its spellings, or another as typed.

    Examples
    --------
    >>> unit("tỷ đồng"), unit("giường bệnh")
    ('billion VND', 'giường bệnh')
    """
    name = unit_of(words(cell))
    guess = None if name in UNITS else nearest(name, UNITS, cutoff=0.87)
    if guess:
        raise CellError(
            _(
                "đơn vị viết đúng tên (có phải “{guess}”?); đơn vị khác thì viết khác hẳn",
                guess=guess,
            )
        )
    return name


def optional(reader: Reader, default: Any = None) -> Reader:
    """Return a reader that gives `default` for an empty cell."""
    return lambda cell: reader(cell) if tidy(cell) else default


def value_problem(
    value: float | None, unit_name: str, *, share: bool, signed: bool = False
) -> Text | None:
    """Return what is wanted instead of a value outside the natural range of its unit, or None.

    Parameters
    ----------
    value : float or None
        The value; None is always fine. [`unit_name`]
    unit_name : str
        The unit.
    share : bool
        Whether per cents are a part of a whole, so that 0 to 100 is the range.
    signed : bool
        Whether the value is a change, which may be negative.

    Examples
    --------
    >>> value_problem(42.875, "people", share=False).en
    'a whole number of people, without group signs: 42875'
    >>> value_problem(130, "%", share=True).en
    'a share from 0 to 100 %'
    """
    if value is None or (signed and value < 0 and unit_name != "%/year"):
        return None
    if unit_name in COUNTED and value != int(value):
        meant = f"{value:.3f}".replace(".", "")
        shown = UNITS[unit_name]
        return _(
            "một số nguyên ({shown}), không có dấu ngăn nghìn: {meant}", shown=shown, meant=meant
        )
    if unit_name == "%" and share and not 0 <= value <= 100:
        return _("một tỷ lệ từ 0 đến 100 %")
    if unit_name == "%/year" and not -100 < value <= 1000:
        return _("một tốc độ trên -100 %/năm")
    if unit_name in _CODES and value not in _CODES[unit_name]:
        listed = ", ".join(f"{code}" for code in _CODES[unit_name])
        return _("một trong các số {listed}", listed=listed)
    if not unit_name.startswith(("%", "percentage")) and unit_name != "ratio" and value < 0:
        return _("một số không âm")
    return None


_CODES: dict[str, tuple[int, ...]] = {"yes/no": (0, 1), "rating": (1, 2, 3, 4)}
"""Units whose numbers stand for words."""
