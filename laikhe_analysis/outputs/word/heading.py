"""How an official report begins and ends: the State's form and the Party's, blanks to fill in.

Nothing that an office has to decide is made up: numbers, dates, recipients and names are dots.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from laikhe_analysis.checks import Text
from laikhe_analysis.outputs.word.styles import TEXT_MM
from laikhe_analysis.outputs.word.xml import borderless, clean, paragraph, rule, run
from laikhe_analysis.records import Commune

__all__ = ["LEGAL_BASES", "TEMPLATES", "Template", "addressed", "appendix_line", "begin", "finish"]

# In force when this was written (November 2026), as far as known. Successors may exist: have the
# office check before a report is issued, and change layout and date here together.
LEGAL_BASES = {
    "state": Text(
        "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư (Phụ lục I)",
        "Decree 30/2020/NĐ-CP of 5 March 2020 on records work (Appendix I)",
    ),
    "party": Text(
        "Hướng dẫn số 36-HD/VPTW ngày 03/4/2018 của Văn phòng Trung ương Đảng về thể thức và kỹ "
        "thuật trình bày văn bản của Đảng",
        "Guidance 36-HD/VPTW of 3 April 2018 of the Party Central Office on the form of Party "
        "documents",
    ),
}
"""What the layout follows, with version and date."""

_KINDS = ("xã ", "phường ", "thị trấn ", "đặc khu ", "thành phố ", "tỉnh ", "quận ", "huyện ")
_DOTS = "…………………………"
_DATE = Text("ngày ..... tháng ..... năm .......", "day ..... month ..... year .......")


@dataclass(frozen=True)
class Template:
    """One form of official report.

    Parameters
    ----------
    number : Text
        Number and symbol, the number left open.
    above : Text
        Who stands above the issuing body; "" for nobody. "{city}" is filled in.
    body : tuple of Text
        The issuing body, line by line; "{commune}" is filled in.
    issuer : Text
        The issuing body as it stands in a sentence.
    nation : tuple of Text
        National title and motto, or the Party's title.
    columns : (float, float)
        Widths of the two halves of the heading. [mm]
    line : float
        Length of the line beneath the title: that of the text. [mm]
    signer : tuple of Text
        On whose behalf, and as what.
    filed : Text
        Last line of the recipients.
    end : str
        What closes the text.
    changes : mapping
        Styles that this form sets otherwise.
    """

    number: Text
    above: Text
    body: tuple[Text, ...]
    issuer: Text
    nation: tuple[Text, ...]
    columns: tuple[float, float]
    line: float
    signer: tuple[Text, Text]
    filed: Text
    has_star: bool = False
    has_addressee: bool = False
    changes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


TEMPLATES = {
    "state": Template(
        number=Text("Số: ………/BC-UBND", "No. ………/BC-UBND"),
        above=Text("", ""),
        body=(
            Text("ỦY BAN NHÂN DÂN", "PEOPLE'S COMMITTEE"),
            Text("{commune}", "OF {commune}"),
        ),
        issuer=Text("Ủy ban nhân dân", "People's Committee of"),
        nation=(
            Text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SOCIALIST REPUBLIC OF VIET NAM"),
            Text("Độc lập - Tự do - Hạnh phúc", "Independence - Freedom - Happiness"),
        ),
        columns=(64, TEXT_MM - 64),
        line=60,
        signer=(
            Text("TM. ỦY BAN NHÂN DÂN", "FOR THE PEOPLE'S COMMITTEE"),
            Text("CHỦ TỊCH", "CHAIRPERSON"),
        ),
        filed=Text("- Lưu: VT, ………", "- Filed: VT, ………"),
        has_addressee=True,
    ),
    "party": Template(
        number=Text("Số ………-BC/ĐU", "No. ………-BC/ĐU"),
        above=Text("ĐẢNG BỘ {city}", "PARTY ORGANISATION OF {city}"),
        body=(Text("ĐẢNG ỦY {commune}", "PARTY COMMITTEE OF {commune}"),),
        issuer=Text("Đảng ủy", "Party Committee of"),
        nation=(Text("ĐẢNG CỘNG SẢN VIỆT NAM", "COMMUNIST PARTY OF VIET NAM"),),
        columns=(82, TEXT_MM - 82),
        line=72,
        signer=(
            Text("T/M ĐẢNG ỦY", "FOR THE PARTY COMMITTEE"),
            Text("BÍ THƯ", "SECRETARY"),
        ),
        filed=Text("- Lưu Văn phòng Đảng ủy.", "- Filed: Office of the Party Committee."),
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


def _named(text: Text, commune: Commune, lang: str) -> str:
    """Return a line of the heading with the names filled in, in capitals."""
    name = Text(commune.name, commune.name_en or commune.name).pick(lang)
    city = Text(commune.city, _bare(commune.city)).pick(lang) or _DOTS
    return text.pick(lang).format(commune=name.upper(), city=city.upper())


def begin(template: Template, commune: Commune, lang: str, *, internal: bool = False) -> str:
    """Return the heading of a report up to the line beneath its date."""
    left_room, right_room = template.columns
    left = [_line(_named(template.above, commune, lang), "BodyAbove", lang)] * bool(
        template.above.vi
    )
    left += [_line(_named(text, commune, lang), "BodyName", lang) for text in template.body]
    left.append(_line("*", "Star", lang) if template.has_star else rule(left_room, 0.4 * left_room))
    styles = ("NationName", "Motto")
    right = [
        _line(text.pick(lang), style, lang)
        for text, style in zip(template.nation, styles, strict=False)
    ]
    right.append(rule(right_room, template.line))
    place = f"{_bare(commune.name)}, {_DATE.pick(lang)}"
    second = [
        _line(template.number.pick(lang), "DocumentNumber", lang),
        _line(place, "PlaceDate", lang),
    ]
    kept = Text("LƯU HÀNH NỘI BỘ", "FOR INTERNAL USE").pick(lang)
    limit = _line(kept, "Circulation", lang) if internal else ""
    return borderless([["".join(left), "".join(right)], second], template.columns) + limit


def addressed(template: Template, subject: str, lang: str) -> str:
    """Return the title of a report, its subject, and whom it is for."""
    title = _line(Text("BÁO CÁO", "REPORT").pick(lang), "Title", lang)
    below = _line("-----", "Separator", lang) if template.has_star else rule(TEXT_MM, 50)
    dear = Text(f"Kính gửi: {_DOTS}", f"To: {_DOTS}").pick(lang)
    whom = _line(dear, "Addressee", lang) if template.has_addressee else ""
    return title + _line(subject, "Subject", lang) + below + whom


def finish(template: Template, lang: str) -> str:
    """Return the recipients and the place for signature, name and seal."""
    heads = Text("Nơi nhận:", "Recipients:").pick(lang)
    above = [Text("- Như trên;", "- As above;")] if template.has_addressee else []
    lines = [*(text.pick(lang) for text in above), f"- {_DOTS};", template.filed.pick(lang)]
    left = _line(heads, "Recipients", lang)
    left += "".join(_line(text, "RecipientLine", lang) for text in lines)
    behalf, post = (text.pick(lang) for text in template.signer)
    right = _line(behalf, "Signer", lang) + _line(post, "SignerPost", lang)
    right += _line(_DOTS, "SignerName", lang)
    return borderless([[left, right]], (75, TEXT_MM - 75))


def appendix_line(template: Template, commune: Commune, lang: str) -> str:
    """Return the line beneath the title of an appendix: what it belongs to."""
    number = template.number.pick(lang).replace("Số:", "số").replace("Số ", "số ")
    name = Text(commune.name, commune.name_en or commune.name).pick(lang)
    body = f"{template.issuer.pick(lang)} {name}"
    return clean(
        Text(
            f"(Kèm theo Báo cáo {number} {_DATE.vi} của {body})",
            f"(With report {number}, {_DATE.en}, of the {body})",
        ).pick(lang)
    )


def _line(text: str, style: str, lang: str) -> str:
    """Return a paragraph of one run."""
    return paragraph(run(clean(text), lang), style)
