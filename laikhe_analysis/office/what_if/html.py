"""An answer of the what-if page as HTML: every number with its key, so that tests can read it."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

from laikhe_analysis.office.what_if.answers import Answer
from laikhe_analysis.office.what_if.words import (
    GAP,
    figure_cells,
    line_cells,
    line_heads,
    sales_lines,
    summary,
)
from laikhe_analysis.vietnamese import format_number, label

__all__ = ["results_html"]


def results_html(answer: Answer) -> str:
    """Return the results of the page: every number with its key, so that tests can read it."""
    blocks = [
        f'<p class="wi-sum" data-key="summary">{html.escape(summary(answer).vi)}</p>',
        _lines_html(answer),
        '<div class="wi-two">',
        _figures_html(answer),
        f"<div>{_structure_html(answer)}{_sales_html(answer)}</div>",
        "</div>",
        _notes_html(answer),
    ]
    return f'<div class="wi-results">{"".join(blocks)}</div>'


def _row(key: str, cells: Mapping[str, str], heads: Mapping[str, str]) -> str:
    """Return one row; the cell of a name has data-key "key:name" and its heading as data-name."""
    shown = []
    for name, cell in cells.items():
        kind = ' class="n"' if name in ("before", "now", "chance") else ""
        open_, close = ('th scope="row"', "th") if name == "name" else ("td", "td")
        keys = f'data-key="{html.escape(key)}:{name}" data-name="{html.escape(heads[name])}:"'
        shown.append(f"<{open_}{kind} {keys}>{html.escape(cell)}</{close}>")
    return "".join(shown)


def _lines_html(answer: Answer) -> str:
    """Return the table of targets."""
    heads, rows = line_heads(answer), []
    for line in answer.lines:
        cells, status = line_cells(line), line.now.status if line.now else "not_assessed"
        rows.append(f'<tr class="wi-{status}">{_row(line.target.target_id, cells, heads)}</tr>')
    return _table("wi-lines", list(heads.values()), rows)


def _figures_html(answer: Answer) -> str:
    """Return the table of the numbers beside the targets."""
    lines = line_heads(answer)
    heads = {"name": "Con số", "before": lines["before"], "now": lines["now"]}
    rows = [f"<tr>{_row(one.key, figure_cells(one), heads)}</tr>" for one in answer.figures]
    return _table("wi-figures", list(heads.values()), rows)


def _table(kind: str, headings: Sequence[str], rows: Sequence[str]) -> str:
    """Return a table, nothing where it has no rows."""
    if not rows:
        return ""
    heads = "".join(f'<th scope="col">{html.escape(head)}</th>' for head in headings)
    body = "".join(rows)
    return f'<table class="{kind}"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'


def _structure_html(answer: Answer) -> str:
    """Return the structure as three bars: base year as tried, last year before and now."""
    if not answer.structure:
        return ""
    heads, (first, *_, last) = line_heads(answer), answer.now.years
    named = (str(first), *(f"{last}, {heads[key].lower()}" for key in ("before", "now")))
    bars = []
    for k, head in enumerate(named):
        parts = "".join(
            f'<span class="wi-part wi-part{i % 6}" style="flex:{values[k]:.3f} 1 0"'
            f' title="{html.escape(label(name))}" data-key="share_{name}:{k}">'
            f"{format_number(values[k], 1)}</span>"
            for i, (name, values) in enumerate(answer.structure.items())
        )
        bars.append(f'<div class="wi-bar"><span>{html.escape(head)}</span><div>{parts}</div></div>')
    names = "".join(
        f'<span class="wi-key"><i class="wi-part{i % 6}"></i>{html.escape(label(name))}</span>'
        for i, name in enumerate(answer.structure)
    )
    return f'<h3>Cơ cấu, %</h3>{"".join(bars)}<p class="wi-keys">{names}</p>'


def _sales_html(answer: Answer) -> str:
    """Return what the plan's total asks of land, and what comes in by year."""
    lines = "".join(f'<li data-key="sales:{key}">{html.escape(text.vi)}.</li>'
                    for key, text in sales_lines(answer))  # fmt: skip
    by_year = answer.sales.by_year if answer.sales else {}
    if not lines and not by_year:
        return ""
    years = "".join(
        f'<td class="n" data-key="kept:{year}">{GAP if kept is None else format_number(kept, 1)}</td>'
        for year, (_, kept) in by_year.items()
    )
    heads = "".join(f'<th scope="col">{year}</th>' for year in by_year)
    grid = (
        f'<table><tr><th scope="row">Xã được dùng, tỷ đồng</th>{heads}</tr>'
        f'<tr><td></td>{years}</tr></table>' if by_year else ""
    )  # fmt: skip
    return f"<h3>Đất đai, tổng vốn</h3><ul>{lines}</ul>{grid}"


def _notes_html(answer: Answer) -> str:
    """Return what the numbers rest on."""
    premises = sorted({name for path in answer.now.paths.values() for name in path.premises})
    rests = f"; dựa trên tiền đề của kế hoạch: {_listed(premises)}" if premises else ""
    text = (
        f"Căn cứ yếu nhất: {label(answer.origin)}{rests}. Khả năng đạt tính khi mức giữa đúng như "
        "đang thử, biến động gấp đôi cả nước; ± là sai số chuẩn. Tổng vốn ở đây chỉ tính tiền sử dụng "
        "đất xã được dùng."
    )
    return f'<p class="wi-note">{html.escape(text)}</p>'


def _listed(names: Sequence[str]) -> str:
    return ", ".join(label(name.removeprefix("sharing_rule ")) for name in names)
