"""Tables of a page: cards where the screen is narrow, and CSV to take away beneath each."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from laikhe_analysis.messages import _
from laikhe_analysis.vietnamese import without_marks

__all__ = ["as_cards", "with_csv"]

_TABLE = re.compile(r"<table\b.*?</table>", re.DOTALL)
_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<(t[hd])\b([^>]*)>(.*?)</\1>", re.DOTALL)
_WIDE, _WORDS_WIDE = 5, 4
"""From so many columns on a table of numbers, or one of words, does not fit a phone."""


def as_cards(markup: str) -> str:
    """Return a page whose wide tables name the column in each cell, for the style of phones.

    Examples
    --------
    >>> head = f"<thead><tr>{'<th>A</th>' * 5}</tr></thead>"
    >>> row = f"<tr><th>x</th>{'<td>1</td>' * 4}</tr>"
    >>> as_cards(f"<table>{head}<tbody>{row}</tbody></table>")[:37]
    '<table class="cards"><thead><tr><th>A'
    """
    return _TABLE.sub(lambda found: _cards(found[0]), markup)


def _cards(table: str) -> str:
    """Return one table with the heading of its column in every cell, as it is where it is narrow."""
    head, mark, body = table.partition("</thead>")
    rows = _ROW.findall(head)
    names = [_words(cell[2]) for cell in _CELL.findall(rows[-1])] if rows else []
    wide = _WORDS_WIDE if re.match(r'<table [^>]*class="words"', table) else _WIDE
    if not mark or len(names) < wide:
        return table
    body = _ROW.sub(lambda row: _labelled(row[0], names), body)
    first, end, rest = head.partition(">")
    first = (
        re.sub(r'class="', 'class="cards ', first)
        if "class=" in first
        else f'{first} class="cards"'
    )
    return first + end + rest + mark + body


def _labelled(row: str, names: list[str]) -> str:
    """Return a row whose cells name their columns."""
    if len(_CELL.findall(row)) != len(names):
        return row
    left: Iterator[str] = iter(names)

    def label(cell: re.Match[str]) -> str:
        name = html.escape(next(left), quote=True)
        empty = "" if _words(cell[3]) not in ("", "–") else " data-empty"
        return f'<{cell[1]}{cell[2]} data-label="{name}"{empty}>{cell[3]}</{cell[1]}>'

    return _CELL.sub(label, row)


def _words(markup: str) -> str:
    """Return the text of a cell."""
    return html.unescape(re.sub(r"<[^>]+>", "", markup)).replace("\xa0", " ").strip()


def with_csv(data: dict[str, Any], stem: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Return what a cell showed, its table with a link to its CSV, and that file where it has one.

    Parameters
    ----------
    data : dict of str
        Of an output of a notebook, by kind.
    stem : str
        How the file's name begins: that of the page.

    Returns
    -------
    data : dict of str
    files : dict of str
        Content of the file by its name; it goes beside the page. Empty where there is no CSV.
    """
    if "text/csv" not in data:
        return data, {}
    found = re.search(r"<(caption|summary)>(.*?)</\1>", data["text/html"], re.DOTALL)
    words = without_marks(_words(found[2])) if found else "bang"
    name = "_".join([stem, *re.findall(r"[a-z0-9]+", words.lower())[:6]]) + ".csv"
    told = html.escape(str(_("Tải bảng này (CSV, có đơn vị)")))
    link = f'<p class="csv"><a href="{name}" download>{told}</a></p>'
    return data | {"text/html": data["text/html"] + link}, {name: "\ufeff" + data["text/csv"]}
