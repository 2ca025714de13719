"""What the headings of a table say of its columns: result or plan, of which year and period."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from laikhe_analysis.data.layout import end_of
from laikhe_analysis.messages import Text, _
from laikhe_analysis.vietnamese import is_unit, unified, without_marks

__all__ = [
    "MEANINGS",
    "NOTHING",
    "Heading",
    "Report",
    "heading_of",
    "report_of",
    "simple",
    "stated",
]


NOTHING = Text("")
"""Where nothing has to be said."""


@dataclass(frozen=True)
class Report:
    """What the lines above a table say of it.

    Parameters
    ----------
    year : int
        The year that it reports, 0 where it does not say.
    period : str
        One of `records.PERIODS`.
    day : str
        The day of the document, "" where it does not say. [YYYY-MM-DD]
    source : str
        The document, "" where none is named.
    unit : str
        The unit of every figure without its own, "" where none is named.
    title : str
    """

    year: int = 0
    period: str = "FY"
    day: str = ""
    source: str = ""
    unit: str = ""
    title: str = ""


@dataclass(frozen=True)
class Heading:
    """What a column holds.

    Parameters
    ----------
    kind : {"label", "unit", "number", "note", "figure", "check", "other"}
        A "check" compares two figures; "other" is not read.
    text : str
    status : str
        Of figures: "final", "preliminary", "estimate" or "plan".
    year : int
        Of figures. [year]
    period : str
        Of figures.
    unit : str
        The unit that the heading names, if any.
    is_council : bool
        Whether a plan is the council's own.
    why : Text
        Why a column is not read, or how its status came about.
    """

    kind: str
    text: str = ""
    status: str = ""
    year: int = 0
    period: str = "FY"
    unit: str = ""
    is_council: bool = False
    why: Text = NOTHING


def simple(text: object) -> str:
    """Return a text in small letters without marks and signs.

    Examples
    --------
    >>> simple("TH năm 2021 (Tỷ đồng)")
    'th nam 2021 ty dong'
    """
    return " ".join(re.findall(r"[a-z0-9%/]+", without_marks(unified(text))))


_YEAR = r"(?<!\d)(?:19|20)\d\d(?!\d)"
_PERIODS = {
    "9M": r"(\b9|chin) ?thang\b|\b9t\b|\b9t(?=/?20)|30/0?9\b",
    "H1": r"(\b6|sau) ?thang(?! cuoi)|\b6t\b|\b6t(?=/?20)|30/0?6\b",
    "H2": r"(\b6|sau) ?thang cuoi",
    "Q1": r"quy (i|1|mot)\b|\b(3|ba) ?thang\b|31/0?3\b",
    "Q2": r"quy (ii|2|hai)\b", "Q3": r"quy (iii|3|ba)\b", "Q4": r"quy (iv|4|bon)\b",
    "FY": r"ca nam|\b12 ?thang\b|31/12\b",
}  # fmt: skip
_OTHER_PERIOD = r"thang \d|\b\d+ ?thang\b|\btuan\b|\bngay\b"


def period_in(text: str) -> str:
    """Return the period that a simple text names, "" for none, "?" for one that no figure is of.

    Examples
    --------
    >>> period_in("uoc th 9 thang 2026"), period_in("quy iii/2026"), period_in("th thang 9")
    ('9M', 'Q3', '?')
    """
    found = next((name for name, how in _PERIODS.items() if re.search(how, text)), "")
    return found or ("?" if re.search(_OTHER_PERIOD, text) else "")


_KINDS = {
    "number": r"(stt|tt|so tt|so thu tu|s tt)",
    "unit": r"(dvt|d v t|don vi tinh|don vi)( [a-z ]*)?",
    "label": r"((ten |cac |he thong )?(chi tieu|noi dung|danh muc|khoan muc|tieu chi|linh vuc|dien giai)"
    r"|ten|nam$)\b(?! (giao|ke hoach|nam|th|den)).*",
    "note": r"(ghi chu|danh gia|nhan xet|co quan|nguon|phu trach|nguyen nhan|giai phap|don vi "
    r"(thuc hien|chu tri|phu trach|theo doi)|phong ban|ket qua danh gia|xep loai|muc do)\b.*",
}
_CHECK = re.compile(
    r"^%|\bso (voi|sanh|cung|ke|kh|nam|du|dt|th|ck|uoc)\b|\b(th|uth|uoc th|thuc hien)/ ?(kh|dt|ck)"
    r"|%.*/(kh|dt)|(20\d\d ?/ ?[a-z ]*20\d\d)|\btang\b.*\bgiam\b|\btoc do (tang|phat trien)\b"
    r"|\bchenh lech\b|\b(ty le|%|dat|hoan thanh)\b.*\b(ke hoach|kh|du toan|dt|hoan thanh)\b.*%?"
    r"|\bty le\b.*%|\btang truong\b|\bnhip (do )?tang\b"
)
_TARGET = re.compile(r"\bmuc tieu\b|\bgiai doan\b|\bbinh quan\b|\bbq\b|\bnhiem ky\b")
_PLAN = re.compile(r"\b(kh|ke hoach|du toan|dt|giao|nghi quyet|nq|phan dau|chi tieu nam)\b")
_STATUSES = {
    "estimate": re.compile(r"\b(uoc|uth|du kien)\b"),
    "preliminary": re.compile(r"\bso bo\b"),
    "final": re.compile(
        r"\b(th|thuc hien|ket qua|dat duoc|luy ke|chinh thuc|so lieu|nam|cung ky|ck|gia tri|tong so)\b"
    ),
}


def heading_of(text: str, report: Report, today: str) -> Heading:
    """Return what a column holds, by its heading.

    Parameters
    ----------
    text : str
        All lines of the heading, from above.
    report : Report
        For headings without a year or period of their own.
    today : str
        The day of the import: what is not over by the day of the document, or by this day, is an
        estimate. [YYYY-MM-DD]

    Examples
    --------
    >>> report = Report(2026, "9M", "2026-10-05")
    >>> one = heading_of("TH cùng kỳ", report, "2026-10-09")
    >>> one.status, one.year, one.period
    ('final', 2025, '9M')
    >>> heading_of("Ước TH năm 2026", report, "2026-10-09").period
    'FY'
    >>> heading_of("So cùng kỳ (%)", report, "2026-10-09").kind
    'check'
    """
    plain = simple(text)
    years = [int(year) for year in re.findall(_YEAR, plain)]
    for kind in ("note", "number", "unit", "label"):
        if re.fullmatch(_KINDS[kind], plain) and not (years and kind == "label"):
            return Heading(kind, text, unit=_unit_in(text) if kind == "label" else "")
    if not plain:
        return Heading("other", text, why=_("không có tiêu đề"))
    if _CHECK.search(plain):
        return Heading("check", text)
    if _TARGET.search(plain) or re.search(
        rf"{_YEAR} ?(-|den) ?{_YEAR}", unified(without_marks(text))
    ):
        why = _("mục tiêu hoặc số của nhiều năm")
        return Heading("other", text, why=why)
    status = "plan" if _PLAN.search(plain) else next(
        (name for name, how in _STATUSES.items() if how.search(plain)), "final" if years else ""
    )  # fmt: skip
    if not status:
        return Heading("other", text, why=_("chưa rõ là số gì"))
    return _figure(text, plain, status, years, report, today)


MEANINGS = ("final", "preliminary", "estimate", "plan", "check", "-")
"""What a column can be told to hold; a period may follow ("final 9M")."""


def stated(text: str, meaning: str, report: Report, today: str) -> Heading:
    """Return what a column holds, as somebody said.

    Examples
    --------
    >>> one = stated("Số liệu tháng 9", "final 9M", Report(2026), "2026-10-09")
    >>> one.status, one.year, one.period
    ('final', 2026, '9M')
    """
    status, _unused, period = meaning.partition(" ")
    if status in ("-", "check"):
        return Heading("check" if status == "check" else "other", text)
    plain = re.sub(_OTHER_PERIOD, " ", simple(text))
    years = [int(year) for year in re.findall(_YEAR, plain)]
    return _figure(text, plain, status, years, replace(report, day=""), today, told=period)


def _figure(
    text: str, plain: str, status: str, years: list[int], report: Report, today: str, told: str = ""
) -> Heading:
    """Return the heading of a column of figures; `told` is the period that somebody said."""
    said, before = (
        told or period_in(plain),
        re.search(r"\b(cung ky|ck|nam truoc)\b", plain) is not None,
    )
    same = re.search(r"\b(cung ky|ck)\b", plain) is not None
    after = re.search(r"\bnam (sau|toi|tiep theo)\b", plain) is not None
    year = years[-1] if years else report.year - before + after if report.year else 0
    if not year or said == "?":
        wanted = _("không rõ năm")
        month = _("kỳ này chương trình không theo dõi")
        return Heading("other", text, why=month if said == "?" else wanted)
    period = said or "FY"
    is_part = same or (year == report.year if years else not (before or after))
    if not said and status != "plan" and (status == "final" or not years) and is_part:
        period = report.period
    found = Heading(
        "figure", text, status, year, period, _unit_in(text),
        is_council=status == "plan" and re.search(r"\b(hdnd|hoi dong nhan dan)\b", plain) is not None,
    )  # fmt: skip
    if status == "final" and end_of(year, period) > (report.day or today):
        why = _("kỳ đến {end} mới hết: ghi là số ước", end=end_of(year, period))
        return replace(found, status="estimate", why=why)
    return found


def _unit_in(text: str) -> str:
    """Return the unit in brackets behind a heading, "" if there is none."""
    for inner in re.findall(r"\(([^()]*)\)", unified(text)):
        unit = re.sub(r"^(đvt|đơn vị( tính)?) ?: ?", "", inner, flags=re.IGNORECASE)
        if is_unit(unit):
            return unit
    return ""


_DAY = re.compile(
    r"ngay (\d{1,2})[ /.-](?:thang )?(\d{1,2})[ /.-](?:nam )?(20\d\d)|(\d{1,2})/(\d{1,2})/(20\d\d)"
)
_DOCUMENT = re.compile(
    r"(?i)(báo cáo|công văn|quyết định|nghị quyết|tờ trình|kế hoạch|thông báo|niên giám|biểu)\b[^;()]*"
)


_NUMBERED = re.compile(r"(?i)\d+ ?/ ?[A-ZĐ]{2}|\bsố ?:? ?\d|niên giám.*\d{4}")


def report_of(lines: list[str], sheet: str = "") -> Report:
    """Return what the lines above a table say of it, or else the name of its sheet.

    Examples
    --------
    >>> found = report_of(["TÌNH HÌNH KINH TẾ - XÃ HỘI 9 THÁNG NĂM 2026",
    ...     "(Kèm theo Báo cáo số 12/BC-UBND ngày 05/10/2026)", "ĐVT: Tỷ đồng"])
    >>> found.year, found.period, found.day, found.unit
    (2026, '9M', '2026-10-05', 'Tỷ đồng')
    >>> found.source
    'Báo cáo số 12/BC-UBND ngày 05/10/2026'
    """
    plain = " ; ".join(without_marks(unified(line)) for line in (*lines, sheet))
    day = next((_as_day(match) for match in _DAY.finditer(plain)), "")
    rest = re.sub(r"\d+ ?/ ?[a-z-]+", " ", _DAY.sub(" ", plain))
    years = re.findall(_YEAR, rest)
    source, unit, titles = "", "", []
    for line in map(unified, lines):
        named = re.search(r"(?i)(?:đvt|đơn vị tính|đơn vị) ?: ?([^;()]*)", line)
        document = _DOCUMENT.search(line)
        if named:
            unit = named[1].strip(" .")
        elif document and _NUMBERED.search(document[0]) and not source:
            source = document[0].strip(" .,")
        else:
            titles.append(line)
    title = " ".join(titles)
    period = period_in(simple(title)) or period_in(simple(sheet))
    return Report(
        int(years[0]) if years else 0, period if period not in ("", "?") else "FY", day,
        source, unit, title,
    )  # fmt: skip


def _as_day(match: re.Match[str]) -> str:
    """Return a day as YYYY-MM-DD."""
    day, month, year = (part for part in match.groups() if part)
    return f"{year}-{int(month):02d}-{int(day):02d}"
