"""Templates of Word documents: where they lie, what is wrong with one, how it is filled in.

A template is a `.docx` that an office opens and changes in Word: `{{ name }}` is a place for a text,
`{%p if ... %}` and `{%p for ... %}` stand in paragraphs of their own, `{%tr for ... %}` in rows.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from laikhe_analysis.messages import Text, _
from laikhe_analysis.office.refusal import refuse
from laikhe_analysis.office.word.names import NAMES

__all__ = ["Drawing", "clean", "copy_templates", "each_text", "fill_in", "template_path"]

_PACKAGED = Path(str(files("laikhe_analysis.office"))) / "assets/word"
_OPEN, _CLOSE = ("{{", "{%", "{#"), ("}}", "%}", "#}")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_SMART = str.maketrans({"\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'"})
_WORD = re.compile(r"(?<![\w\"'])[A-Za-z_]\w*")
_KEYWORDS = frozenset((
    "p", "tr", "tc", "r", "for", "endfor", "in", "if", "elif", "else", "endif", "and", "or", "not",
    "is", "loop", "index", "first", "last", "length", "upper",
))  # fmt: skip


@dataclass(frozen=True)
class Drawing:
    """A picture in a document.

    Parameters
    ----------
    png : bytes
    width : float
        [mm]
    name : str
        What stands beneath it.
    alt : str
        Its words for those who cannot see it.
    """

    png: bytes
    width: float
    name: str
    alt: str


class _Drawn:
    """A picture as docxtpl draws it, told in words."""

    def __init__(self, template: Any, drawing: Drawing) -> None:
        self.template, self.drawing = template, drawing

    def __html__(self) -> str:
        from docx.shared import Mm
        from docxtpl import InlineImage

        content, width = io.BytesIO(self.drawing.png), Mm(self.drawing.width)
        drawn = str(InlineImage(self.template, content, width=width))
        told = f"descr={quoteattr(clean(self.drawing.alt))} "
        return re.sub(r"<(wp:docPr|pic:cNvPr) ", lambda tag: tag[0] + told, drawn)


def template_path(name: str, folder: Path) -> Path:
    """Return the template of a document: the office's own, else the packaged one.

    Parameters
    ----------
    name : str
        Of the document, such as "bao_cao_uy_ban.docx".
    folder : Path
        The commune's data; its own templates lie in `templates` beneath it.
    """
    own = folder / "templates" / name
    return (
        own if own.is_file() else Path(str(files("laikhe_analysis.office"))) / "assets/word" / name
    )


def copy_templates(folder: Path) -> None:
    """Copy the packaged templates to where an office takes them from, with the names they may use.

    They lie in `templates/goc` of a commune's folder: one that is put into `templates` and changed
    there is used in place of the packaged one.
    """
    place = folder / "templates" / "goc"
    place.mkdir(parents=True)
    for path in sorted(_PACKAGED.glob("*.docx")):
        (place / path.name).write_bytes(path.read_bytes())
    words = "\n".join(f"- `{name}`: {meaning}" for name, meaning in NAMES.items())
    (place / "README.md").write_text(_GUIDE + words + "\n", encoding="utf-8", newline="\n")


_GUIDE = """# Mẫu văn bản

Muốn đổi mẫu nào thì chép tệp đó từ đây lên thư mục `templates`, mở bằng Word và sửa ở đó: chữ, phông,
lề, bảng đều sửa được. Chỗ nằm trong `{{ }}` là nơi chương trình điền; dòng `{% %}` là điều kiện hoặc
lặp lại. Xóa tệp trong `templates` thì mẫu có sẵn lại được dùng. Sửa hỏng một dấu ngoặc hay một tên thì
`laikhe report` nói rõ ở đoạn nào.

Các tên dùng được:

"""


def fill_in(
    path: Path, values: Mapping[str, Any], out: Path, *, picture: Drawing | None = None,
    title: str, author: str, day: str,
) -> None:  # fmt: skip
    """Fill a template in and write the document, whole or not at all.

    The same values give the same bytes: the file is dated by `day`, not by a clock. [YYYY-MM-DD]

    Raises
    ------
    RefusalError
        If the template is no Word file, or a tag of it is broken, with its paragraph.
    """
    from jinja2 import Environment, StrictUndefined, TemplateError

    template = _opened(path)
    _check(path, template)
    shown = picture and {"ten": clean(picture.name), "anh": _Drawn(template, picture)}
    surroundings = Environment(undefined=StrictUndefined, autoescape=True)
    try:
        template.render(each_text(values, clean) | {"hinh": shown}, surroundings, autoescape=True)
    except TemplateError as error:
        raise _broken(path, str(error)) from None
    core = template.docx.core_properties
    core.title, core.author, core.last_modified_by = clean(title), clean(author), clean(author)
    core.created = core.modified = datetime.fromisoformat(day or "1980-01-01")
    content = io.BytesIO()
    template.save(content)
    beside = out.with_name(f".{out.name}.part")
    try:
        beside.write_bytes(_undated(content))
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)


def _opened(path: Path) -> Any:
    """Return a template as docxtpl knows it."""
    from docx.opc.exceptions import PackageNotFoundError
    from docxtpl import DocxTemplate

    template = DocxTemplate(path)
    try:
        template.get_docx()
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile):
        raise refuse(
            _(
                "mẫu {file} không phải tệp Word (.docx), hoặc đã hỏng: xóa đi để dùng mẫu có sẵn",
                file=path.name,
            )
        ) from None
    return template


def _broken(path: Path, told: Text | str) -> Exception:
    """Return the refusal of a template."""
    return refuse(_("mẫu {file}: {told}", file=path.name, told=told))


def _check(path: Path, template: Any) -> None:
    """Raise if a tag of a template lost a bracket or holds a wrong name, with its paragraph."""
    for number, text in enumerate(_paragraphs(template), 1):
        where = f"{number} («{text[:60]}»)"
        if any(text.count(a) != text.count(b) for a, b in zip(_OPEN, _CLOSE, strict=True)) or (
            re.search(r"[{}]", _TAG.sub("", text))
        ):
            told = _("đoạn {where}: thiếu hoặc thừa dấu ngoặc {{{{ }}}} hay {{% %}}", where=where)
            raise _broken(path, told)
        for name in _names(text):
            if name not in NAMES:
                raise _broken(path, _("đoạn {where}: không có tên {name}", where=where, name=name))


def _paragraphs(template: Any) -> Iterator[str]:
    """Yield the text of every paragraph, those of tables and headers included."""
    from docx.oxml.ns import qn

    document = template.get_docx()
    parts = [document.element.body]
    for section in document.sections:
        parts += [
            section.header._element,
            section.first_page_header._element,
            section.footer._element,
        ]
    for part in parts:
        for paragraph in part.iter(qn("w:p")):
            text = "".join(t.text or "" for t in paragraph.iter(qn("w:t"))).translate(_SMART)
            if text.strip():
                yield text


def _names(text: str) -> list[str]:
    """Return the names in the tags of a paragraph, also after dots.

    Examples
    --------
    >>> _names('{{ dong.ten }}: {%p if cuoi_nam == "x" %}')
    ['dong', 'ten', 'cuoi_nam']
    """
    found = [name for tag in _TAG.findall(text) for name in _WORD.findall(tag)]
    return [name for name in found if name not in _KEYWORDS]


def clean(text: str) -> str:
    """Return a text in NFC on one line, without characters that XML forbids.

    Examples
    --------
    >>> clean("xa\\u0303\\nhội\\x0b")
    'xã hội'
    """
    one_line = re.sub(r"[ \t\n\r\f\v]+", " ", unicodedata.normalize("NFC", text)).strip()
    return "".join(c for c in one_line if c.isprintable() or c == "\u00a0")


def each_text(value: Any, change: Callable[[str], str]) -> Any:
    """Return values whose texts are changed, also those within lists and mappings."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: each_text(one, change) for key, one in value.items()}
    return [each_text(one, change) for one in value] if isinstance(value, list) else value


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
