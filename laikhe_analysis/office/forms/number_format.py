"""What the number format of a spreadsheet's cell makes of the number that the cell holds."""

from __future__ import annotations

import operator
import re
from decimal import Decimal

__all__ = ["shown_by"]

_TOKENS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|.', re.DOTALL)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9.]+)\]")
_COMPARE = {"<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
            "=": operator.eq, "<>": operator.ne}  # fmt: skip


def shown_by(number_format: str, value: float) -> tuple[Decimal, bool]:
    """Return what a number is multiplied by when it is shown, and whether a % sign stands with it.

    Parameters
    ----------
    number_format : str
        The code of the format, as the file holds it.
    value : float
        The number, which decides between the sections of the format.

    Notes
    -----
    A % sign multiplies by 100, a comma behind the last digit divides by 1,000. What stands in quotes
    or behind a backslash is shown and changes nothing; `_x` leaves the room of a sign and `*x` fills
    a cell with it. Sections are parted by semicolons: of positive numbers, negative ones and zero,
    unless they bear conditions.

    Examples
    --------
    >>> shown_by("0.0%", 0.12), shown_by("#,##0.0_%", 5), shown_by('0.0"%"', 5)
    ((Decimal('100'), True), (Decimal('1'), False), (Decimal('1'), True))
    >>> shown_by("[<1]0.0%;0.0", 0.5)[0], shown_by("[<1]0.0%;0.0", 5)[0]
    (Decimal('100'), Decimal('1'))
    >>> shown_by("#,##0,,", 531240000)[0]
    Decimal('0.000001')
    """
    tokens = _section(number_format, value)
    code = "".join(token for token in tokens if len(token) == 1)
    commas = re.search(r"[0#?](,+)[^0#?]*$", code)
    thousands = len(commas[1]) if commas else 0
    by = Decimal(100) ** code.count("%") / Decimal(1000) ** thousands
    literal = any("%" in token for token in tokens if token[:1] in ('"', "\\"))
    return by, "%" in code or literal


def _section(number_format: str, value: float) -> list[str]:
    """Return the tokens of the section that shows a value."""
    sections: list[list[str]] = [[]]
    for token in _TOKENS.findall(number_format):
        if token == ";":
            sections.append([])
        else:
            sections[-1].append(token)
    found = [_CONDITION.search("".join(t for t in one if t.startswith("["))) for one in sections]
    if any(found):
        for one, condition in zip(sections, found, strict=True):
            if condition is None or _COMPARE[condition[1]](value, float(condition[2])):
                return one
        return sections[-1]
    if value < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if value == 0 and len(sections) > 2 else sections[0]
