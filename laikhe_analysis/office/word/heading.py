"""How an official report begins and ends: the State's form and the Party's, blanks to fill in.

Nothing that an office has to decide is made up: numbers, dates, recipients and names are dots.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from laikhe_analysis.office.word.styles import TEXT_MM
from laikhe_analysis.office.word.xml import borderless, clean, paragraph, rule, run
from laikhe_analysis.records import Commune

__all__ = ["LEGAL_BASES", "TEMPLATES", "Template", "addressed", "appendix_line", "begin", "finish"]

# In force when this was written (November 2026), as far as known. Successors may exist: have the
# office check before a report is issued, and change layout and date here together.
LEGAL_BASES = {
    "state": "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư (Phụ lục I)",
    "party": (
        "Hướng dẫn số 36-HD/VPTW ngày 03/4/2018 của Văn phòng Trung ương Đảng về thể thức và kỹ "
        "thuật trình bày văn bản của Đảng"
    ),
}
"""What the layout follows, with version and date."""

_KINDS = ("xã ", "phường ", "thị trấn ", "đặc khu ", "thành phố ", "tỉnh ", "quận ", "huyện ")
_DOTS = "…………………………"
_DATE = "ngày ..... tháng ..... năm ......."


@dataclass(frozen=True)
class Template:
    """One form of official report.

    Parameters
    ----------
    number : str
        Number and symbol, the number left open.
    above : str
        Who stands above the issuing body; "" for nobody. "{city}" is filled in.
    body : tuple of str
        The issuing body, line by line; "{commune}" is filled in.
    issuer : str
        The issuing body as it stands in a sentence.
    nation : tuple of str
        National title and motto, or the Party's title.
    columns : (float, float)
        Widths of the two halves of the heading. [mm]
    line : float
        Length of the line beneath the title: that of the text. [mm]
    signer : tuple of str
        On whose behalf, and as what.
    filed : str
        Last line of the recipients.
    end : str
        What closes the text.
    changes : mapping
        Styles that this form sets otherwise.
    """

    number: str
    above: str
    body: tuple[str, ...]
    issuer: str
    nation: tuple[str, ...]
    columns: tuple[float, float]
    line: float
    signer: tuple[str, str]
    filed: str
    has_star: bool = False
    has_addressee: bool = False
    changes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


TEMPLATES = {
    "state": Template(
        number="Số: ………/BC-UBND",
        above="",
        body=(
            "ỦY BAN NHÂN DÂN",
            "{commune}",
        ),
        issuer="Ủy ban nhân dân",
        nation=(
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
        ),
        columns=(64, TEXT_MM - 64),
        line=60,
        signer=(
            "TM. ỦY BAN NHÂN DÂN",
            "CHỦ TỊCH",
        ),
        filed="- Lưu: VT, ………",
        has_addressee=True,
    ),
    "party": Template(
        number="Số ………-BC/ĐU",
        above="ĐẢNG BỘ {city}",
        body=("ĐẢNG ỦY {commune}",),
        issuer="Đảng ủy",
        nation=("ĐẢNG CỘNG SẢN VIỆT NAM",),
        columns=(82, TEXT_MM - 82),
        line=72,
        signer=(
            "T/M ĐẢNG ỦY",
            "BÍ THƯ",
        ),
        filed="- Lưu Văn phòng Đảng ủy.",
        has_star=True,
        changes={
            "NationName": {"size": 15},
            "BodyAbove": {"size": 14},
            "BodyName": {"size": 14},
            "DocumentNumber": {"size": 14},
            "PlaceDate": {"size": 14},
            "Title": {"size": 16},
            "Recipients": {"size": 14, "bold": False, "italic": False, "underline": True},
            "RecipientLine": {"size": 12},
            "SignerPost": {"bold": False},
        },
    ),
}


def _bare(name: str) -> str:
    """Return a place's name without the word for its kind.

    Examples
    --------
    >>> _bare("xã Mẫu Sơn"), _bare("Mẫu Sơn")
    ('Mẫu Sơn', 'Mẫu Sơn')
    """
    return next((name[len(kind) :] for kind in _KINDS if name.lower().startswith(kind)), name)


def _named(text: str, commune: Commune) -> str:
    """Return a line of the heading with the names filled in, in capitals."""
    return text.format(commune=commune.name.upper(), city=(commune.city or _DOTS).upper())


def begin(template: Template, commune: Commune, *, internal: bool = False) -> str:
    """Return the heading of a report up to the line beneath its date."""
    left_room, right_room = template.columns
    left = [_line(_named(template.above, commune), "BodyAbove")] * bool(template.above)
    left += [_line(_named(text, commune), "BodyName") for text in template.body]
    left.append(_line("*", "Star") if template.has_star else rule(left_room, 0.4 * left_room))
    styles = ("NationName", "Motto")
    right = [_line(text, style) for text, style in zip(template.nation, styles, strict=False)]
    right.append(rule(right_room, template.line))
    place = f"{_bare(commune.name)}, {_DATE}"
    second = [
        _line(template.number, "DocumentNumber"),
        _line(place, "PlaceDate"),
    ]
    limit = _line("LƯU HÀNH NỘI BỘ", "Circulation") if internal else ""
    return borderless([["".join(left), "".join(right)], second], template.columns) + limit


def addressed(template: Template, subject: str) -> str:
    """Return the title of a report, its subject, and whom it is for."""
    title = _line("BÁO CÁO", "Title")
    below = _line("-----", "Separator") if template.has_star else rule(TEXT_MM, 50)
    whom = _line(f"Kính gửi: {_DOTS}", "Addressee") if template.has_addressee else ""
    return title + _line(subject, "Subject") + below + whom


def finish(template: Template) -> str:
    """Return the recipients and the place for signature, name and seal."""
    above = ["- Như trên;"] if template.has_addressee else []
    lines = [*above, f"- {_DOTS};", template.filed]
    left = _line("Nơi nhận:", "Recipients")
    left += "".join(_line(text, "RecipientLine") for text in lines)
    behalf, post = template.signer
    right = _line(behalf, "Signer") + _line(post, "SignerPost")
    right += _line(_DOTS, "SignerName")
    return borderless([[left, right]], (75, TEXT_MM - 75))


def appendix_line(template: Template, commune: Commune) -> str:
    """Return the line beneath the title of an appendix: what it belongs to."""
    number = template.number.replace("Số:", "số").replace("Số ", "số ")
    return clean(f"(Kèm theo Báo cáo {number} {_DATE} của {template.issuer} {commune.name})")


def _line(text: str, style: str) -> str:
    """Return a paragraph of one run."""
    return paragraph(run(clean(text)), style)
