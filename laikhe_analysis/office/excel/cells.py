"""Addresses, names and number formats, as Excel takes them."""

from __future__ import annotations

import re

from laikhe_analysis.vietnamese import COUNTED, without_marks, written_unit

__all__ = ["TYPED", "capital", "cell", "identifier", "number_format", "span"]

_DECIMALS = {
    "billion VND": 3, "billion VND/year": 3, "million VND/m2": 3, "ratio": 3, "%": 2, "%/year": 2,
    "percentage points": 2, "index": 1, "yes/no": 0, "rating": 0, "level": 0, "m2": 0, "ha": 2,
}  # fmt: skip


def cell(row: int, column: int, *, fixed: bool = True) -> str:
    """Return the address of a cell of the same sheet.

    Examples
    --------
    >>> cell(0, 2), cell(9, 27, fixed=False)
    ('$C$1', 'AB10')
    """
    letters, left = "", column + 1
    while left:
        left, rest = divmod(left - 1, 26)
        letters = chr(65 + rest) + letters
    return f"${letters}${row + 1}" if fixed else f"{letters}{row + 1}"


def span(first: tuple[int, int], last: tuple[int, int]) -> str:
    """Return the address of a block of cells of the same sheet.

    Examples
    --------
    >>> span((0, 0), (1, 2))
    '$A$1:$C$2'
    """
    return f"{cell(*first)}:{cell(*last)}"


def identifier(*parts: str) -> str:
    """Return a name that Excel takes for a cell: plain letters, digits and underscores.

    Examples
    --------
    >>> identifier("target", "2.2.4-income"), identifier("Kịch bản đẹp", "x")
    ('target_2_2_4_income', 'kich_ban_dep_x')
    """
    clean = re.sub(r"[^a-z0-9]+", "_", without_marks("_".join(parts))).strip("_")
    return clean if re.match(r"[a-z]{4}|[a-z]+_", clean) else f"name_{clean}"


def capital(text: str) -> str:
    """Return the text with a capital letter at its head."""
    return text[:1].upper() + text[1:]


def number_format(unit: str, decimals: int | None = None, prefix: str = "") -> str:
    """Return the number format of a unit; the reader's Excel shows it with its own separators.

    Examples
    --------
    >>> number_format("billion VND"), number_format("people"), number_format("%", 0, "trên ")
    ('#,##0.000', '#,##0', '"trên "#,##0')
    """
    usual = 0 if unit in COUNTED else _DECIMALS.get(written_unit(unit), 1)
    places = usual if decimals is None else decimals
    shown = "#,##0" + ("." + "0" * places if places else "")
    return f'"{prefix}"{shown}' if prefix else shown


TYPED = "#,##0.0##"
"""Format of a cell to type in: up to three decimals are shown as typed."""
