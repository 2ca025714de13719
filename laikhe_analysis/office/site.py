"""Make offline pages of notebooks that were run: one folder, nothing fetched from anywhere."""

from __future__ import annotations

import copy
import html
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from laikhe_analysis.messages import _, speaking
from laikhe_analysis.office.laid_out import asset
from laikhe_analysis.office.page_tables import as_cards, with_csv

if TYPE_CHECKING:
    from nbconvert import HTMLExporter
    from nbformat import NotebookNode

__all__ = ["notebook_title", "write_site"]

_BODY = """
{%- extends 'basic/index.html.j2' -%}
{% block data_png scoped %}
<img class="figure" src="data:image/png;base64,{{ output.data['image/png'] }}"
 alt="{{ (output | get_metadata('alt', 'image/png') or '') | escape_html }}">
{% endblock data_png %}
"""

_WORDS = {
    "code": _("Hiện mã tính toán"),
    "index": _("Trang đầu", context="page"),
    "previous": _("Trang trước"),
    "next": _("Trang sau"),
    "contents": _("Các trang"),
    "skip": _("Đến nội dung"),
}


ANALYSTS = ("08", "10")
"""How the names of notebooks begin that only analysts need: listed apart, after the others."""


def notebook_title(notebook: NotebookNode) -> str:
    """Return the first heading of a notebook."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("# "):
            return str(cell.source.splitlines()[0][2:]).strip()
    return "?"


def write_site(out: Path, notebooks: Mapping[str, NotebookNode]) -> list[Path]:
    """Write one page per notebook into an existing folder, with the style that they share.

    Each page leads to the leader's page, `index.html`, and to its neighbours.

    Parameters
    ----------
    out : Path
        The folder.
    notebooks : mapping of str to notebook
        Notebooks that were run, by the stem of their file, in reading order.

    Returns
    -------
    list of Path
        The files written.
    """
    pages = {stem: notebook_title(notebook) for stem, notebook in notebooks.items()}
    css = asset("style.css")
    written = [_write(out / "style.css", css + _highlight_css())]
    stems = sorted(pages, key=lambda stem: stem.startswith(ANALYSTS))
    for i, stem in enumerate(stems):
        around = (stems[i - 1] if i else None, stems[i + 1] if i + 1 < len(stems) else None)
        page, tables = _notebook_page(stem, notebooks[stem], pages, around)
        written.append(_write(out / f"{stem}.html", page))
        written += [_write(out / name, content) for name, content in tables.items()]
    return written


def _write(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8", newline="\n")
    return path


def _page(title: str, body: str, lang: str = "vi") -> str:
    """Return a whole page around a body."""
    skip = html.escape(_WORDS["skip"].pick(lang))
    return f"""<!DOCTYPE html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>{html.escape(title)}</title>
<link rel="stylesheet" href="style.css">
</head>
<body>
<a class="skip" href="#content">{skip}</a>
{body}
</body>
</html>
"""


def _notebook_page(
    name: str,
    notebook: NotebookNode,
    pages: Mapping[str, str],
    around: tuple[str | None, str | None],
) -> tuple[str, dict[str, str]]:
    """Return the page of one notebook, in the language that it was run in, and its tables as CSV."""
    lang = str(notebook.metadata.get("lang", "vi"))
    word = {name: html.escape(text.pick(lang)) for name, text in _WORDS.items()}
    links = [f'<a href="index.html">{word["index"]}</a>']
    for way, stem in zip(("previous", "next"), around, strict=True):
        if stem:
            links.append(f'<a href="{stem}.html" rel="{way}">{word[way]}: {pages[stem]}</a>')
    article, tables = _body(notebook, name)
    nav = f'<nav aria-label="{word["contents"]}">{" · ".join(links)}</nav>'
    body = f"""<header>{nav}</header>
<main id="content">
<input type="checkbox" id="show-code"><label for="show-code">{word["code"]}</label>
<article>{article}</article>
</main>
<footer>{nav.replace(word["contents"], word["contents"] + " (2)")}</footer>"""
    return _page(notebook_title(notebook), body, lang), tables


def _with_something_to_show(notebook: NotebookNode) -> NotebookNode:
    """Return the notebook without sections whose cells show nothing, as figures are missing."""
    sections: list[list[NotebookNode]] = [[]]
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("##"):
            sections.append([])
        sections[-1].append(cell)
    kept = sections[:1]
    for section in sections[1:]:
        code = [cell for cell in section if cell.cell_type == "code"]
        if not code or any(cell.outputs for cell in code):
            kept.append(section)
    return type(notebook)(notebook | {"cells": [cell for section in kept for cell in section]})


def _body(notebook: NotebookNode, stem: str) -> tuple[str, dict[str, str]]:
    """Return the cells of a notebook as HTML, without prompts, and its tables as CSV by file name."""
    tables: dict[str, str] = {}
    shown = copy.deepcopy(_with_something_to_show(notebook))
    with speaking(str(notebook.metadata.get("lang", "vi"))):
        for output in (one for cell in shown.cells for one in cell.get("outputs", ())):
            if "data" in output:
                data, found = with_csv(output.data, stem)
                output.data, tables = type(output)(data), tables | found
    content, _unused = _exporter().from_notebook_node(shown)
    page = as_cards(str(content)).replace(
        '<div class="output_area">', '<div class="output_area" tabindex="0">'
    )
    return page, tables


@cache
def _exporter() -> HTMLExporter:
    """Return what turns notebooks into HTML; its templates are compiled once."""
    from nbconvert import HTMLExporter

    return HTMLExporter(raw_template=_BODY, exclude_input_prompt=True, exclude_output_prompt=True)


def _highlight_css() -> str:
    """Return the colours of code, of enough contrast to be read."""
    from pygments.formatters import HtmlFormatter

    return "\n" + str(HtmlFormatter(style="bw").get_style_defs(".highlight"))
