"""Read one cell: the value in it, or what is wanted instead."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from laikhe_analysis.checks import Text, nearest
from laikhe_analysis.series import ORIGINS
from laikhe_analysis.vietnamese import COUNTED, UNITS

__all__ = [
    "CellError",
    "Reader",
    "choice",
    "day",
    "fraction",
    "number",
    "optional",
    "origin",
    "text",
    "unit",
    "value_problem",
    "whole",
    "words",
    "year",
]

Reader = Callable[[str], Any]
"""What takes the text of a cell and returns its value, or raises `CellError`."""


class CellError(ValueError):
    """A cell is not as wanted; `wanted` says what is."""

    def __init__(self, wanted: Text) -> None:
        self.wanted = wanted
        super().__init__(wanted.en)


def text(cell: str) -> str:
    """Return the text of a cell in NFC, trimmed."""
    return unicodedata.normalize("NFC", cell).strip()


def words(cell: str) -> str:
    """Return the text of a cell that must not be empty."""
    if not cell.strip():
        raise CellError(Text("một giá trị, ô này không được để trống", "a value, not empty"))
    return text(cell)


def number(cell: str) -> float:
    """Return the number in a cell: digits with at most one decimal dot.

    Examples
    --------
    >>> number("504.276")
    504.276
    """
    clean = words(cell)
    if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?", clean):
        value = float(clean)
        if math.isfinite(value):
            return value
    meant = clean.replace(".", "").replace(",", ".") if "," in clean else ""
    hint = Text(f", ví dụ {meant}", f", e.g. {meant}") if meant else Text("", "")
    raise CellError(
        Text(
            f"một số, dấu chấm cho thập phân và không có dấu ngăn nghìn{hint.vi}",
            f"a number, a dot for decimals and no group signs{hint.en}",
        )
    )


def whole(cell: str) -> int:
    """Return the whole number in a cell."""
    value = number(cell)
    if value != int(value):
        raise CellError(Text("một số nguyên", "a whole number"))
    return int(value)


def year(cell: str) -> int:
    """Return the year in a cell."""
    if not re.fullmatch(r"(19|20)[0-9]{2}", words(cell)):
        raise CellError(
            Text("một năm có bốn chữ số từ 1900 đến 2099", "a year of four digits, 1900 to 2099")
        )
    return int(cell)


def fraction(cell: str) -> float:
    """Return the share in a cell, between 0 and 1."""
    value = number(cell)
    if not 0 <= value <= 1:
        raise CellError(
            Text("một tỷ lệ từ 0 đến 1 (ví dụ 0.15 là 15 %)", "a share from 0 to 1 (0.15 is 15 %)")
        )
    return value


def day(cell: str) -> str:
    """Return the date in a cell, as YYYY-MM-DD."""
    try:
        return date.fromisoformat(words(cell)).isoformat()
    except ValueError as error:
        if isinstance(error, CellError):
            raise
        raise CellError(
            Text("một ngày viết NĂM-THÁNG-NGÀY, ví dụ 2026-11-22", "a date as YYYY-MM-DD")
        ) from None


def choice(known: Sequence[str]) -> Reader:
    """Return a reader for cells that hold one of `known`."""

    def read(cell: str) -> str:
        name = words(cell)
        if name in known:
            return name
        guess = nearest(name, known)
        hint = Text(f" (có phải “{guess}”?)", f" (did you mean “{guess}”?)")
        listed = ", ".join(known)
        raise CellError(
            Text(
                f"một trong: {listed}{hint.vi if guess else ''}",
                f"one of: {listed}{hint.en if guess else ''}",
            )
        )

    return read


unit = choice(list(UNITS))
origin = choice(ORIGINS)


def optional(reader: Reader, default: Any = None) -> Reader:
    """Return a reader that gives `default` for an empty cell."""
    return lambda cell: reader(cell) if cell.strip() else default


def value_problem(value: float | None, unit_name: str, *, share: bool) -> Text | None:
    """Return what is wanted instead of a value outside the natural range of its unit, or None.

    Parameters
    ----------
    value : float or None
        The value; None is always fine. [`unit_name`]
    unit_name : str
        One of `UNITS`.
    share : bool
        Whether per cents are a part of a whole, so that 0 to 100 is the range.

    Examples
    --------
    >>> value_problem(42.875, "people", share=False).en
    'a whole number of people, without group signs: 42875'
    >>> value_problem(130, "%", share=True).en
    'a share from 0 to 100 %'
    """
    if value is None:
        return None
    if unit_name in COUNTED and value != int(value):
        meant = f"{value:.3f}".replace(".", "")
        shown = UNITS[unit_name]
        return Text(
            f"một số nguyên ({shown.vi}), không có dấu ngăn nghìn: {meant}",
            f"a whole number of {shown.en}, without group signs: {meant}",
        )
    if unit_name == "%" and share and not 0 <= value <= 100:
        return Text("một tỷ lệ từ 0 đến 100 %", "a share from 0 to 100 %")
    if unit_name == "%/year" and not -100 < value <= 1000:
        return Text("một tốc độ trên -100 %/năm", "a rate above -100 % a year")
    if not unit_name.startswith("%") and unit_name != "ratio" and value < 0:
        return Text("một số không âm", "a number of 0 or more")
    return None
