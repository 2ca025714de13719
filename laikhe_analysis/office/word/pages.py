"""Write blocks as pages of a Word document; the same blocks give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from laikhe_analysis.office.word.material import (
    DPI,
    Block,
    Grid,
    Heading,
    Items,
    Picture,
    Prose,
)
from laikhe_analysis.office.word.styles import PAPER_MM, TEXT_MM, fonts, styles_xml, twips
from laikhe_analysis.office.word.xml import (
    LANGUAGE,
    clean,
    page_number,
    paragraph,
    run,
    section_xml,
    settings_xml,
    table_xml,
)
from laikhe_analysis.vietnamese import label

__all__ = ["Pages"]

_DROPPED = (
    "numbering", "stylesWithEffects", "customXml", "thumbnail", "fontTable", "webSettings",
    "extended-properties",
)  # fmt: skip
_SHORT = 14  # a table of as many rows stays on one page


class Pages:
    """A document that is written from top to bottom.

    Parameters
    ----------
    changes : mapping of str to mapping
        What a template sets otherwise in a style (`word_styles.Style`), by its key.
    title, author : str
        For the properties of the file.
    day : str
        Date of the file: that of its newest figure. No clock is asked. [YYYY-MM-DD]
    """

    def __init__(
        self,
        changes: Mapping[str, Mapping[str, Any]],
        *,
        title: str,
        author: str,
        day: str,
    ) -> None:
        import docx
        from docx.oxml.ns import nsdecls

        self._namespaces = nsdecls("w")
        self._document = docx.Document()
        self._end = self._document.element.body.sectPr
        self._numbers = {"heading": 0, "table": 0, "figure": 0}
        self._section: tuple[bool, bool] | None = None
        self._headers = ""
        self._strip(changes)
        core = self._document.core_properties
        core.title, core.author, core.last_modified_by = clean(title), clean(author), clean(author)
        core.comments, core.language, core.revision = "", "vi-VN", 1
        core.created = core.modified = datetime.fromisoformat(day or "1980-01-01")

    def _strip(self, changes: Mapping[str, Mapping[str, Any]]) -> None:
        """Take what the library's blank document brings along, put in our styles and settings."""
        from docx.oxml.ns import qn

        part, ns = self._document.part, self._namespaces
        for rels in (part.rels, part.package.rels):
            for key in [k for k, rel in rels.items() if rel.reltype.split("/")[-1] in _DROPPED]:
                rels.pop(key)
        for old, new in (
            (self._document.styles.element, styles_xml(ns, changes)),
            (self._document.settings.element, settings_xml(ns)),
        ):
            old.clear()
            old.extend(self._parsed(new)[0])
        section = self._document.sections[0]
        section.different_first_page_header_footer = True
        for header, content in (
            (section.header, page_number()),
            (section.first_page_header, ""),
        ):
            header.is_linked_to_previous = False
            header._element.clear()
            header._element.extend(self._parsed(paragraph(content, "Header")))
        references = self._end.findall(qn("w:headerReference"))
        self._headers = "".join(
            f'<w:headerReference w:type="{r.get(qn("w:type"))}" r:id="{r.rId}"/>'
            for r in references
        )

    def _parsed(self, xml: str) -> list[Any]:
        """Return the elements of a fragment."""
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        return list(parse_xml(f"<w:body {nsdecls('w', 'r')}>{xml}</w:body>"))

    def add(self, xml: str) -> None:
        """Write a fragment: paragraphs and tables."""
        for element in self._parsed(xml):
            self._end.addprevious(element)

    def say(self, text: str, style: str) -> None:
        """Write a paragraph of one style."""
        self.add(paragraph(run(clean(text)), style))

    def begin(self, *, across: bool = False, restart: bool = False) -> None:
        """Begin a new section: pages upright or across, numbered anew or on.

        The first page of a section that is numbered anew bears no number.
        """
        if self._section is not None:
            self._close(self._section)
        self._section = across, restart

    def _close(self, section: tuple[bool, bool], *, is_last: bool = False) -> None:
        """End a section: in its last paragraph, or at the end of the document."""
        last = self._end.getprevious()
        if last is None or not last.tag.endswith("}p"):
            self.add(paragraph("", "SectionEnd"))
            last = self._end.getprevious()
        found = self._parsed(section_xml(*section, headers=self._headers))[0]
        self._headers = ""  # later sections have the headers of the first
        if is_last:
            self._end.getparent().replace(self._end, found)
        else:
            last.pPr.append(found)

    def write_blocks(self, blocks: Iterable[Block]) -> None:
        """Write blocks one after the other, numbering headings, tables and figures."""
        for block in blocks:
            match block:
                case Heading():
                    self._numbers["heading"] += 1
                    self.say(f"{self._numbers['heading']}. {block.text}", "Heading1")
                case Prose():
                    self._prose(block)
                case Items():
                    for i, text in enumerate(block.texts, 1):
                        self.say(f"{i}. {text}", "ListNumber")
                case Grid():
                    self._grid(block)
                case Picture():
                    self._picture(block)

    def _prose(self, block: Prose) -> None:
        """Write a paragraph, and what its numbers rest on."""
        origin = ""
        if block.origin:
            origin = run(f" (căn cứ yếu nhất: {label(block.origin)})", italic=True)
        style = "Lead" if block.keep or block.text.endswith(":") else "BodyText"
        self.add(paragraph(run(clean(block.text)) + origin, style))

    def _numbered(self, kind: str, text: str) -> str:
        """Return a caption with the next number of its kind."""
        self._numbers[kind] += 1
        names = {"table": "Bảng", "figure": "Hình"}
        return clean(f"{names[kind]} {self._numbers[kind]}. {text}")

    def _grid(self, block: Grid) -> None:
        """Write a table: caption above, headings that repeat, note beneath."""
        caption = self._numbered("table", block.table.caption) if block.table.caption else ""
        if caption:
            self.say(caption, "Caption")
        across = self._section is not None and self._section[0]
        room = TEXT_MM + (PAPER_MM[1] - PAPER_MM[0] if across else 0)
        widths = [twips(room * weight / sum(block.weights)) for weight in block.weights]
        keep = len(block.table.rows) <= _SHORT
        head = self._row(block, block.table.headings, widths, is_head=True, keep=True)
        rows = [self._row(block, row, widths, keep=keep) for row in block.table.rows]
        self.add(table_xml("TableGrid", widths, head + "".join(rows), caption))
        if block.note:
            self.say(block.note, "TableNote")

    def _row(
        self,
        block: Grid,
        cells: Sequence[str],
        widths: Sequence[int],
        *,
        is_head: bool = False,
        keep: bool = False,
    ) -> str:
        """Return one row of a table, never broken over two pages."""
        content = []
        for i, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            style = "TableNumber" if i in block.table.numeric else "TableText"
            text = paragraph(
                run(clean(cell)),
                "TableHead" if is_head else style,
                "<w:keepNext/>" if keep else "",
            )
            shade = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>' if is_head else ""
            where = "center" if is_head else "top"
            content.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}'
                f'<w:vAlign w:val="{where}"/></w:tcPr>{text}</w:tc>'
            )
        repeated = "<w:tblHeader/>" if is_head else ""
        return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(content)}</w:tr>"

    def _picture(self, block: Picture) -> None:
        """Write a figure with its words, and its caption beneath."""
        from docx.shared import Mm

        caption = self._numbered("figure", block.caption)
        wide = int.from_bytes(block.png[16:20], "big") / DPI * 25.4
        inline = self._document.part.new_pic_inline(
            io.BytesIO(block.png), width=Mm(min(wide, TEXT_MM))
        )
        inline.docPr.set("name", caption.split(".")[0])
        inline.docPr.set("descr", clean(block.alt))
        inline.graphic.graphicData.pic.nvPicPr.cNvPr.set("descr", clean(block.alt))
        xml = f"<w:r><w:rPr>{fonts()}{LANGUAGE}</w:rPr><w:drawing/></w:r>"
        self.add(paragraph(xml, "Figure"))
        self._end.getprevious()[-1][-1].append(inline)
        self.say(caption, "FigureCaption")

    def save(self, path: Path) -> None:
        """Write the file: whole or not at all, the same bytes for the same content."""
        if self._section is not None:
            self._close(self._section, is_last=True)
            self._section = None
        content = io.BytesIO()
        self._document.save(content)
        beside = path.with_name(f".{path.name}.part")
        try:
            beside.write_bytes(_undated(content))
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)


def _undated(content: io.BytesIO) -> bytes:
    """Return a zip file again, every member with the same date, system and rights."""
    result = io.BytesIO()
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 3
            member.external_attr = 0o600 << 16
            new.writestr(member, old.read(name))
    return result.getvalue()
