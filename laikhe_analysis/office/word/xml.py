"""Fragments of WordprocessingML: runs, paragraphs, tables, sections, settings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from laikhe_analysis.office.word.styles import (
    HEADER_MM,
    MARGINS_MM,
    PAPER_MM,
    fonts,
    twips,
)

__all__ = [
    "LANGUAGE",
    "borderless",
    "clean",
    "page_number",
    "paragraph",
    "rule",
    "run",
    "section_xml",
    "settings_xml",
    "table_xml",
]

LANGUAGE = '<w:lang w:val="vi-VN" w:eastAsia="vi-VN"/>'
"""The mark that says in which language a text is."""

_NO_BREAK = "\u00a0"


def clean(text: str) -> str:
    """Return a text in NFC on one line, without characters that XML forbids.

    Examples
    --------
    >>> clean("xa\\u0303\\nhội\\x0b")
    'xã hội'
    """
    one_line = re.sub(r"[ \t\n\r\f\v]+", " ", unicodedata.normalize("NFC", text)).strip()
    return "".join(c for c in one_line if c.isprintable() or c == _NO_BREAK)


def run(text: str, *, bold: bool = False, italic: bool = False) -> str:
    """Return a run of text: fonts in four slots, and its language.

    Examples
    --------
    >>> run("a < b").endswith('<w:t xml:space="preserve">a &lt; b</w:t></w:r>')
    True
    """
    marks = ("<w:b/><w:bCs/>" if bold else "") + ("<w:i/><w:iCs/>" if italic else "")
    return (
        f"<w:r><w:rPr>{fonts()}{marks}{LANGUAGE}</w:rPr>"
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    )


def page_number() -> str:
    """Return the field that shows the number of the page."""
    start = f"<w:r><w:rPr>{fonts()}{LANGUAGE}</w:rPr>"
    parts = (
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>2</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    return "".join(f"{start}{part}</w:r>" for part in parts)


def rule(room: float, length: float) -> str:
    """Return a line of some length in the middle of the room that there is. [mm]"""
    side = twips((room - length) / 2)
    line = '<w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
    extra = f'<w:pBdr>{line}</w:pBdr><w:ind w:left="{side}" w:right="{side}"/>'
    return paragraph("", "Rule", extra)


def settings_xml(namespaces: str) -> str:
    """Return the settings of a document: today's Word, Vietnamese separators."""
    return (
        f'<w:settings {namespaces}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting '
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        'w:val="15"/></w:compat><w:themeFontLang w:val="vi-VN" w:eastAsia="vi-VN"/>'
        '<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )


def paragraph(content: str, style: str, extra: str = "") -> str:
    """Return a paragraph of runs."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{content}</w:p>'


def borderless(rows: Sequence[Sequence[str]], widths: Sequence[float]) -> str:
    """Return a table without lines, for things that stand side by side. [mm]

    Parameters
    ----------
    rows : sequence of sequence of str
        Paragraphs of each cell.
    widths : sequence of float
        Of the columns. [mm]
    """
    cells = [
        "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/></w:tcPr>{content}</w:tc>'
            for content, width in zip(row, widths, strict=True)
        )
        for row in rows
    ]
    body = "".join(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{row}</w:tr>" for row in cells)
    return table_xml("TableNormal", [twips(width) for width in widths], body, "")


def table_xml(style: str, widths: Sequence[int], rows: str, caption: str) -> str:
    """Return a table of fixed column widths. [1/20 point]"""
    named = f"<w:tblCaption w:val={quoteattr(caption)}/>" if caption else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{named}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}'
        "</w:tbl>"
    )


def section_xml(across: bool, restart: bool, *, headers: str) -> str:
    """Return the paper, margins and page numbers of a section, in the order of the schema."""
    wide, high = PAPER_MM[::-1] if across else PAPER_MM
    margins = " ".join(f'w:{side}="{twips(mm)}"' for side, mm in MARGINS_MM.items())
    lying = ' w:orient="landscape"' if across else ""
    is_first = restart or bool(headers)
    anew = '<w:pgNumType w:start="1"/>' if is_first else ""
    return (
        f'<w:sectPr>{headers}<w:type w:val="nextPage"/><w:pgSz w:w="{twips(wide)}" '
        f'w:h="{twips(high)}"{lying}/><w:pgMar {margins} w:header="{twips(HEADER_MM)}" '
        f'w:footer="{twips(HEADER_MM)}" w:gutter="0"/>{anew}{"<w:titlePg/>" if is_first else ""}'
        "</w:sectPr>"
    )
