"""Words as people type them, and how they are kept and said back."""

from __future__ import annotations

from laikhe_analysis.checks import tidy
from laikhe_analysis.data.layout import PLANNED
from laikhe_analysis.messages import _
from laikhe_analysis.vietnamese import label, unified

__all__ = ["inert", "key", "plain", "status_word"]


def key(text: object) -> str:
    """Return the first line of a text for comparison: tidy, in small letters.

    Examples
    --------
    >>> key("  Tình   trạng\\nStatus")
    'tình trạng'
    """
    lines = str(text).strip().splitlines() or [""]
    return unified(lines[0]).casefold()


def plain(text: object, limit: int = 500) -> str:
    """Return a note on one line, without hidden signs, that no spreadsheet takes for a formula.

    Examples
    --------
    >>> plain("Báo cáo 12_x000D_\\n(bản 2)"), plain("=1+1")
    ('Báo cáo 12 (bản 2)', "'=1+1")
    """
    return inert(tidy(str(text))[:limit].strip())


def inert(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe before its sign.

    Examples
    --------
    >>> inert("@SUM(1)"), inert("a=1")
    ("'@SUM(1)", 'a=1')
    """
    return f"'{text}" if text[:1] in tuple("=+-@\t\r") else text


def status_word(series_id: str, status: str, lang: str = "vi") -> str:
    """Return a status in words; what was handed down for a year is no outcome.

    Examples
    --------
    >>> status_word("population", "final"), status_word("assigned_revenue", "plan")
    ('thực hiện', 'số giao')
    """
    if series_id in PLANNED and status in _HANDED_DOWN:
        return _HANDED_DOWN[status].pick(lang)
    return label(status, lang)


_HANDED_DOWN = {
    "plan": _("số giao"),
    "final": _("số giao"),
    "preliminary": _("số giao, chưa chính thức"),
    "estimate": _("số giao, dự kiến"),
}
