"""How an official document looks: paper, margins and the styles, as WordprocessingML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from xml.sax.saxutils import quoteattr

__all__ = [
    "FONT",
    "HEADER_MM",
    "MARGINS_MM",
    "PAPER_MM",
    "TEXT_MM",
    "Style",
    "fonts",
    "styles_xml",
    "twips",
]

FONT = "Times New Roman"
PAPER_MM = (210.0, 297.0)
MARGINS_MM = {"top": 20.0, "bottom": 20.0, "left": 30.0, "right": 15.0}
"""Within the bounds that the decree sets (`word_heading.LEGAL_BASES`), upright or lying."""
HEADER_MM = 10.0
"""From the upper edge to the page number."""
TEXT_MM = PAPER_MM[0] - MARGINS_MM["left"] - MARGINS_MM["right"]
"""Width of the text of an upright page."""


@dataclass(frozen=True)
class Style:
    """One paragraph style.

    Parameters
    ----------
    key : str
        Its id in the file.
    name : str
        Its name; those that Word knows get its meaning ("heading 1", "caption", "header").
    size : float
        [points]
    bold, italic, underline : bool
    align : str
        "both", "left", "center" or "right".
    before, after : float
        Space around it. [points]
    indent : float
        Of its first line. [mm]
    line : float
        Height of its lines, as a multiple of single spacing.
    keep : bool
        Whether it stays on the page of what follows.
    outline : int, optional
        Its level among the headings, from 0.
    """

    key: str
    name: str
    size: float = 14
    bold: bool = False
    italic: bool = False
    underline: bool = False
    align: str = "left"
    before: float = 0
    after: float = 0
    indent: float = 0
    line: float = 1
    keep: bool = False
    outline: int | None = None


STYLES = (
    Style("Normal", "Normal"),
    Style("BodyText", "Body Text", align="both", after=6, indent=10, line=1.1),
    Style("Lead", "Lead", align="both", after=6, indent=10, line=1.1, keep=True),
    Style("ListNumber", "List Number", align="both", after=4, indent=10, line=1.1),
    Style("Heading1", "heading 1", bold=True, before=12, after=6, indent=10, keep=True, outline=0),
    Style("AppendixNumber", "Appendix Number", bold=True, align="center", keep=True),
    Style("AppendixTitle", "Appendix Title", bold=True, align="center", keep=True, outline=0),
    Style("AppendixTo", "Appendix To", 13, italic=True, align="center", after=8, keep=True),
    Style("Caption", "caption", 13, bold=True, align="center", before=6, after=4, keep=True),
    Style("FigureCaption", "Figure Caption", 13, bold=True, align="center", before=2, after=10),
    Style("Figure", "Figure", align="center", before=6, keep=True),
    Style("TableHead", "Table Head", 13, bold=True, align="center", before=1, after=1),
    Style("TableText", "Table Text", 13, before=1, after=1),
    Style("TableNumber", "Table Number", 13, align="right", before=1, after=1),
    Style("TableNote", "Table Note", 13, italic=True, before=3, after=10),
    Style("Header", "header", align="center"),
    Style("Rule", "Rule", 2),
    Style("SectionEnd", "Section End", 2),
    # heading and end of the document; a template may set other sizes
    Style("BodyAbove", "Body Above", 13, align="center"),
    Style("BodyName", "Body Name", 13, bold=True, align="center"),
    Style("NationName", "Nation Name", 13, bold=True, align="center"),
    Style("Motto", "Motto", 14, bold=True, align="center"),
    Style("Star", "Star", 14, align="center"),
    Style("DocumentNumber", "Document Number", 13, align="center", before=4),
    Style("PlaceDate", "Place And Date", 13, italic=True, align="center", before=4),
    Style("Circulation", "Circulation", 13, bold=True, align="center", before=8),
    Style("Title", "Title", 14, bold=True, align="center", before=18, keep=True),
    Style("Subject", "Subject", 14, bold=True, align="center", keep=True),
    Style("Separator", "Separator", 14, align="center", after=6),
    Style("Addressee", "Addressee", 14, align="center", before=10, after=8),
    Style("Recipients", "Recipients", 12, bold=True, italic=True, before=10),
    Style("RecipientLine", "Recipient Line", 11),
    Style("Signer", "Signer", 14, bold=True, align="center"),
    Style("SignerPost", "Signer Post", 14, bold=True, align="center"),
    Style("SignerName", "Signer Name", 14, bold=True, align="center", before=72),
)
"""Every style of the document; nothing in it is formatted otherwise but for bold and italic."""


def twips(mm: float) -> int:
    """Return a length as Word counts it. [1/20 point]

    Examples
    --------
    >>> twips(25.4)
    1440
    """
    return round(mm * 1440 / 25.4)


def fonts() -> str:
    """Return the font in all four slots: Latin, other, East Asian and complex scripts.

    Examples
    --------
    >>> fonts().count("Times New Roman")
    4
    """
    slots = (f"w:{slot}={quoteattr(FONT)}" for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
    return f"<w:rFonts {' '.join(slots)}/>"


def _character(style: Style) -> str:
    """Return the character properties of a style, in the order of the schema."""
    weight = "<w:b/><w:bCs/>" if style.bold else ""
    weight += "<w:i/><w:iCs/>" if style.italic else ""
    under = '<w:u w:val="single"/>' if style.underline else ""
    half = round(2 * style.size)
    return (
        f'<w:rPr>{fonts()}{weight}<w:color w:val="000000"/><w:sz w:val="{half}"/>'
        f'<w:szCs w:val="{half}"/>{under}<w:lang w:val="vi-VN" w:eastAsia="vi-VN"/></w:rPr>'
    )


def _paragraph(style: Style) -> str:
    """Return the paragraph properties of a style, in the order of the schema."""
    keep = "<w:keepNext/><w:keepLines/>" if style.keep else ""
    outline = "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>'
    indent = f'<w:ind w:firstLine="{twips(style.indent)}"/>' if style.indent else ""
    return (
        f'<w:pPr>{keep}<w:spacing w:before="{round(20 * style.before)}" '
        f'w:after="{round(20 * style.after)}" w:line="{round(240 * style.line)}" '
        f'w:lineRule="auto"/>{indent}<w:jc w:val="{style.align}"/>{outline}</w:pPr>'
    )


def styles_xml(namespaces: str, changes: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the styles part of a document.

    Parameters
    ----------
    namespaces : str
        Declarations of the prefixes used.
    changes : mapping of str to mapping
        What a template sets otherwise, by style.
    """
    rows = []
    for usual in STYLES:
        style = replace(usual, **changes.get(usual.key, {}))
        given = ' w:default="1"' if style.key == "Normal" else ""
        based = "" if style.key == "Normal" else '<w:basedOn w:val="Normal"/>'
        rows.append(
            f'<w:style w:type="paragraph"{given} w:styleId="{style.key}">'
            f'<w:name w:val="{style.name}"/>{based}<w:qFormat/>{_paragraph(style)}'
            f"{_character(style)}</w:style>"
        )
    base = f'<w:rPr>{fonts()}<w:lang w:val="vi-VN" w:eastAsia="vi-VN"/></w:rPr>'
    rows.append(
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        f'<w:name w:val="Default Paragraph Font"/>{base}</w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        f'<w:name w:val="Normal Table"/>{base}<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>"
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
        f'<w:basedOn w:val="TableNormal"/>{base}<w:tblPr><w:tblBorders>{_borders()}'
        '</w:tblBorders><w:tblCellMar><w:left w:w="70" w:type="dxa"/>'
        '<w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList">'
        f'<w:name w:val="No List"/>{base}</w:style>'
    )
    return (
        f"<w:styles {namespaces}><w:docDefaults><w:rPrDefault>"
        f"{_character(STYLES[0])}</w:rPrDefault>"
        f"<w:pPrDefault/></w:docDefaults>{''.join(rows)}</w:styles>"
    )


def _borders() -> str:
    """Return thin black lines around and between cells."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    return "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in sides
    )
