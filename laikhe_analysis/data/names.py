"""Names that people give: no two that look alike, none that a built-in one already has."""

from __future__ import annotations

from collections.abc import Iterable

from laikhe_analysis.messages import Text, _
from laikhe_analysis.vietnamese import LABELS, without_marks

__all__ = ["BUILT_IN", "bare", "name_problem"]

BUILT_IN = (
    "co_so",
    "muc_tieu",
    "than_trong",
    "stress_no_land",
    "stress_inflation",
    "stress_sector_growth",
)
"""Scenarios that have a name of their own for readers."""


def bare(name: str) -> str:
    """Return what is left of a name without marks, spaces and signs: what a file name can tell.

    Examples
    --------
    >>> bare("giá 12 triệu."), bare("than_trong") == bare("Thận trọng")
    ('gia12trieu', True)
    """
    return "".join(sign for sign in without_marks(name) if sign.isalnum())


def name_problem(name: str, known: Iterable[str]) -> Text | None:
    """Return what is wanted instead of a name for a scenario, None where it may be given.

    Parameters
    ----------
    name : str
        What is to be named.
    known : iterable of str
        Names that there are already.

    Examples
    --------
    >>> name_problem("than trong", []).en, name_problem("giá 12 triệu", ["co_so"]) is None
    ('a name unlike “than_trong” (marks, spaces and signs do not tell names apart)', True)
    """
    if not bare(name):
        return _("tên có chữ hoặc số")
    taken: dict[str, str] = {}
    for other in (*known, *BUILT_IN):
        if other != name:
            for words in (other, *(LABELS[other].both if other in BUILT_IN else ())):
                taken.setdefault(bare(words), other)
    if name in BUILT_IN or bare(name) not in taken:
        return None
    other = taken[bare(name)]
    return _("tên khác hẳn “{other}” (dấu, khoảng trắng, dấu câu không đủ phân biệt)", other=other)
