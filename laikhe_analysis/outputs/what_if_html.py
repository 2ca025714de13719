"""An answer of the what-if page as HTML: every number with its key, so that tests can read it."""

from __future__ import annotations

import html
from collections.abc import Sequence

from laikhe_analysis.monitor.boards import SYMBOLS
from laikhe_analysis.outputs.what_if import Answer
from laikhe_analysis.outputs.what_if_words import (
    figure_cells,
    figure_table,
    line_cells,
    line_heads,
    sales_lines,
    sales_table,
    structure_table,
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


def _cells_html(key: str, cells: dict[str, str], extra: dict[str, str] | None = None) -> str:
    """Return one row; the cell of a name is found by data-key "key:name"."""
    shown = []
    for name, cell in cells.items():
        kind = ' class="n"' if name in ("before", "now", "chance") else ""
        tag = 'th scope="row"' if name == "name" else "td"
        more = (extra or {}).get(name, "")
        shown.append(
            f'<{tag}{kind} data-key="{html.escape(key)}:{name}">{html.escape(cell)}</{tag[:2]}>'
            if not more else
            f'<{tag}{kind}><span data-key="{html.escape(key)}:{name}">{html.escape(cell)}</span>'
            f"{more}</{tag[:2]}>"
        )  # fmt: skip
    return f"<tr>{''.join(shown)}</tr>"


def _lines_html(answer: Answer) -> str:
    """Return the table of targets; why there is no class stands beneath it in the cell."""
    heads = "".join(f'<th scope="col">{html.escape(h)}</th>'
                    for h in line_heads(answer, "vi").values())  # fmt: skip
    rows = []
    for line in answer.lines:
        cells, status = line_cells(line, "vi"), line.now.status if line.now else "not_assessed"
        why = line.reason.vi if line.reason else ""
        cells["status"] = cells["status"] if not why else f"{SYMBOLS['not_assessed']} {why}"
        row = _cells_html(line.target.target_id, cells)
        rows.append(row.replace("<tr>", f'<tr class="wi-{status}">', 1))
    body = "".join(rows)
    return f'<table class="wi-lines"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'


def _figures_html(answer: Answer) -> str:
    """Return the table of the numbers beside the targets."""
    heads = "".join(f'<th scope="col">{html.escape(h)}</th>'
                    for h in figure_table(answer).headings)  # fmt: skip
    rows = "".join(_cells_html(one.key, figure_cells(one, "vi")) for one in answer.figures)
    return f'<table class="wi-figures"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'


def _structure_html(answer: Answer) -> str:
    """Return the structure as three bars, with the table's numbers in them."""
    table = structure_table(answer)
    if not table.rows:
        return ""
    bars = []
    for k, head in enumerate(table.headings[1:]):
        parts = "".join(
            f'<span class="wi-part wi-part{i % 6}" style="flex:{values[k]:.3f} 1 0"'
            f' title="{html.escape(label(name))}" data-key="share_{name}:{k}">'
            f"{format_number(values[k], 1)}</span>"
            for i, (name, values) in enumerate(answer.structure.items())
        )
        bars.append(f'<div class="wi-bar"><span>{html.escape(head)}</span><div>{parts}</div></div>')
    names = "".join(
        f'<span class="wi-key"><i class="wi-part{i % 6}"></i>{html.escape(row[0])}</span>'
        for i, row in enumerate(table.rows)
    )
    return f'<h3>Cơ cấu, %</h3>{"".join(bars)}<p class="wi-keys">{names}</p>'


def _sales_html(answer: Answer) -> str:
    """Return what the plan's total asks of land, and what comes in by year."""
    lines = "".join(f'<li data-key="sales:{key}">{html.escape(text.vi)}.</li>'
                    for key, text in sales_lines(answer))  # fmt: skip
    table = sales_table(answer)
    if not lines and not table.rows:
        return ""
    years = "".join(f'<td class="n" data-key="kept:{row[0]}">{row[2]}</td>' for row in table.rows)
    heads = "".join(f'<th scope="col">{row[0]}</th>' for row in table.rows)
    grid = (
        f'<table><tr><th scope="row">Xã được dùng, tỷ đồng</th>{heads}</tr>'
        f'<tr><td></td>{years}</tr></table>' if table.rows else ""
    )  # fmt: skip
    return f"<h3>Đất đai, tổng vốn</h3><ul>{lines}</ul>{grid}"


def _notes_html(answer: Answer) -> str:
    """Return what the numbers rest on."""
    premises = sorted({name for path in answer.now.paths.values() for name in path.premises})
    rests = f"; dựa trên tiền đề của kế hoạch: {_listed(premises)}" if premises else ""
    text = (
        f"Căn cứ yếu nhất: {label(answer.origin)}{rests}. Khả năng đạt tính khi mức giữa đúng như "
        "đang thử, biến động gấp đôi cả nước, ± là sai số chuẩn; khả năng của thu ngân sách là khả "
        "năng thu tăng nhanh như phần vượt số giao. Tổng vốn ở đây chỉ tính tiền sử dụng đất."
    )
    return f'<p class="wi-note">{html.escape(text)}</p>'


def _listed(names: Sequence[str]) -> str:
    return ", ".join(label(name.removeprefix("sharing_rule ")) for name in names)
