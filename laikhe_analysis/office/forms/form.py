"""What a form asks of whom: the targets and the commune's own series, by the office that knows."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from laikhe_analysis.checks import RefusalError
from laikhe_analysis.data import Dataset
from laikhe_analysis.data.layout import PLANNED, end_of, is_given
from laikhe_analysis.messages import N_, Message, Text, _, capitalised
from laikhe_analysis.monitor.measures import measured_by
from laikhe_analysis.records import PRICE_BASES, Commune, Observation, Target
from laikhe_analysis.series import SUPPOSED
from laikhe_analysis.vietnamese import LABELS
from laikhe_analysis.vietnamese import words as words_of

__all__ = [
    "COMMON_SOURCE",
    "GUIDE",
    "HEADINGS",
    "META",
    "PERIOD_WORDS",
    "SCHEMA",
    "SOURCE_CELL",
    "Field",
    "check_year",
    "field_of",
    "fields_asked",
    "last_known",
    "period_words",
    "sheet_names",
]

SCHEMA = 2
"""Version of the form; a form of another version is refused."""

GUIDE = _("Hướng dẫn")
"""The sheet that says how to fill in."""

META = "_laikhe"
"""The hidden sheet that says which commune, year and period a form is for."""

PERIOD_WORDS = {
    "FY": _("cả năm"),
    "H1": _("6 tháng đầu năm"),
    "9M": _("9 tháng năm"),
}
"""The periods that a form can be made for."""

HEADINGS = {
    "id": _("Mã"),
    "clause": _("Mục"),
    "owner": _("Cơ quan"),
    "name": _("Chỉ tiêu", context="form"),
    "unit": _("Đơn vị tính"),
    "status": _("Tình trạng"),
    "due": _("Hạn có số"),
    "note": _("Nguồn, ghi chú"),
}
"""The columns of a form that hold no figures."""

COMMON_SOURCE = _("Nguồn chung của trang")
"""What stands beside the one source that holds for every row of a sheet without its own."""

SOURCE_CELL = "G4"
"""Where that source is typed in a form as it goes out."""

_SERIES = {
    "population": ("people", "n/a", ""),
    "party_members": ("people", "n/a", "new_members"),
    "income_per_capita": ("million VND/person/year", "current", "income"),
    "crop_value_per_ha": ("million VND/ha", "current", "crop_value"),
    "collected_revenue": ("billion VND", "current", "revenue"),
    "recurrent_revenue": ("billion VND", "current", "revenue"),
    "assigned_revenue": ("billion VND", "current", "revenue"),
    "assigned_revenue_without_land": ("billion VND", "current", "revenue"),
    "council_revenue": ("billion VND", "current", "revenue"),
    "commune_revenue": ("billion VND", "current", "revenue"),
    "land_revenue": ("billion VND", "current", "revenue"),
    "public_investment": ("billion VND", "current", "investment_land"),
    "total_investment": ("billion VND", "current", "investment_land"),
    "disbursed": ("billion VND", "current", "investment_land"),
    "total_product": ("billion VND", "", "total_product"),
}
"""The commune's own series: unit, price basis ("" for the commune's), role of a target beside."""

_NAMES = {"total_product": _("tổng giá trị sản phẩm trên địa bàn")}
_YEARS = 20
_NO_OWNER = "Chưa giao cơ quan"
_HANDED_DOWN = -11
"""A year's plan is known by the end of its January: months after the end of the year."""
_LONGEST = 31
_SHORT = {
    "Trung tâm": "TT", "Ủy ban nhân dân": "UBND", "Hội đồng nhân dân": "HĐND",
    "Mặt trận Tổ quốc": "MTTQ", "Ban Chỉ huy": "BCH", "Ủy ban": "UB", "Văn phòng": "VP",
    "hành chính công": "HCC",
}  # fmt: skip
"""How long names of offices are shortened, one after the other until a sheet can bear them."""
_PER_SECTOR = {
    "product_": N_("Giá trị sản phẩm {sector}"),
    "share_": N_("Tỷ trọng {sector}"),
    "growth_": N_("Tốc độ tăng {sector}"),
}


@dataclass(frozen=True)
class Field:
    """One figure that an office is asked for.

    `period` is set where the figure is of the whole year whatever the period of the form;
    `first_year` where nothing of earlier years counts: a total of the period begins after its base;
    `due` says how many months after the end of a year its figure can be known, `level` which series
    the figure is the growth of.
    """

    series_id: str
    clause: str
    name: Text
    unit: str
    price_basis: str
    owner: str
    access: str = "public"
    hint: str = ""
    target: float | None = None
    period: str = ""
    first_year: int | None = None
    due: int | None = None
    level: str = ""

    def due_on(self, year: int, period: str = "FY") -> str:
        """Return the day by which the figure of a period can be known, "" where it is not said.

        What comes before a year is over (a school year begins, a plan is handed down) comes once a
        year; of what comes after it a part of the year is known as many months after its end. Where
        that is more than a month (surveys, yearly reviews) there is no figure of a part.

        Examples
        --------
        >>> revenue = Field("a", "", Text("a"), "billion VND", "current", "", due=1)
        >>> revenue.due_on(2026), revenue.due_on(2026, "9M"), replace(revenue, due=3).due_on(2026, "9M")
        ('2027-01-31', '2026-10-31', '')
        """
        if self.due is None or (self.due > 1 and period != "FY"):
            return ""
        end = 12 if self.due < 0 else int(end_of(year, period)[5:7])
        on, month = divmod(12 * year + end - 1 + self.due, 12)
        return f"{on}-{month + 1:02}-{monthrange(on, month + 1)[1]}"

    @property
    def asked(self) -> Text:
        """The name as the form asks for it: with what else has to be said of the figure."""
        if self.level:
            return _("{name}: chỉ ghi khi không có số ở dòng trên", name=self.name)
        if self.price_basis == "constant" and _is_product(self.series_id):
            return _(
                "{name}; ghi năm gốc ở cột “{column}”", name=self.name, column=HEADINGS["note"]
            )
        return self.name


def period_words(period: str, year: int) -> Text:
    """Return a period of a year in words.

    Examples
    --------
    >>> period_words("H1", 2027).en
    'first half of 2027'
    """
    words = PERIOD_WORDS.get(period, Text(period))
    return _("{words} {year}", words=words, year=year)


def check_year(commune: Commune, year: int) -> None:
    """Raise if a year is far from the plan's.

    Raises
    ------
    RefusalError
        If the year is more than 20 years before the base year or after the target year.

    Examples
    --------
    >>> check_year(Commune("c", "c", "", 1, 1, "", "", (), "", 2025, 2030), 20026)
    Traceback (most recent call last):
    laikhe_analysis.checks.RefusalError: năm phải từ 2005 đến 2050, gặp 20026 / ...
    """
    first, last = commune.base_year - _YEARS, commune.target_year + _YEARS
    if not first <= year <= last:
        raise RefusalError(
            _("năm phải từ {first} đến {last}, gặp {year}", first=first, last=last, year=year),
            2,
        )


def fields_asked(data: Dataset) -> dict[str, Field]:
    """Return every figure that the commune's offices can be asked for, by its id.

    The register's targets come first, in its order, then the commune's own series. A target that
    one of these series measures in the same unit, or that is computed from two of them (collected
    over assigned revenue), is not asked for twice. What the data hold only as an analyst's
    assumption is not asked of an office, unless it is one of the commune's usual series.

    Parameters
    ----------
    data : Dataset

    Returns
    -------
    dict of str to Field
    """
    series = _series(data)
    main = _main_owner(data.plan.targets)
    asked: dict[str, Field] = {}
    for target in data.plan.targets:
        twin = series.get(measured_by(target))
        computed = target.kind == "annual_ratio" and target.role == "revenue"
        if not computed and (twin is None or twin.unit != target.unit):
            asked[target.target_id] = field_of(target)
    for name, field in series.items():
        if name not in asked:
            asked[name] = field if field.owner else replace(field, owner=main)
    return _beside_their_level(asked, data.plan.targets)


def _beside_their_level(asked: dict[str, Field], targets: Iterable[Target]) -> dict[str, Field]:
    """Return the figures with the growth of a thing right below its level, which is asked first."""
    growth = {
        target.target_id: measured_by(target) for target in targets
        if target.kind == "average_rate" and target.target_id in asked and measured_by(target) in asked
    }  # fmt: skip
    ordered: dict[str, Field] = {}
    for name, field in asked.items():
        if name not in growth:
            ordered[name] = field
            ordered |= {
                one: replace(asked[one], level=name) for one, of in growth.items() if of == name
            }
    return ordered


def last_known(rows: Iterable[Observation], field: Field, period: str) -> Observation | None:
    """Return the newest realised figure of a field in `data.latest()`: of its period, else of any."""
    period = field.period or period
    own = [
        row for row in rows
        if row.series_id == field.series_id and row.value is not None
        and is_given(row.series_id, row.status)
    ]  # fmt: skip
    same = [row for row in own if row.period == period]
    return max(same or own, key=lambda row: (row.year, row.period == "FY"), default=None)


def sheet_names(owners: Iterable[str]) -> dict[str, str]:
    """Return a sheet name for every owner: at most 31 signs, none that Excel forbids, no two alike.

    Examples
    --------
    >>> sheet_names(["Phòng Kinh tế", "Trung tâm Phục vụ hành chính công"])
    {'Phòng Kinh tế': 'Phòng Kinh tế', 'Trung tâm Phục vụ hành chính công': 'TT Phục vụ hành chính công'}
    """
    names: dict[str, str] = {}
    for owner in owners:
        clean = _short(re.sub(r"[\[\]:*?/\\]", " ", owner).strip(" '")) or _NO_OWNER
        taken = {name.casefold() for name in names.values()}
        name, number = clean, 2
        while name.casefold() in taken:
            name, number = f"{clean[:27]} ({number})", number + 1
        names.setdefault(owner, name)
    return names


def _short(name: str) -> str:
    """Return a name that a sheet can bear: known words shortened, else whole words left away."""
    for words, short in _SHORT.items():
        if len(name) > _LONGEST:
            name = name.replace(words, short)
    if len(name) > _LONGEST:
        name = name[: _LONGEST + 1].rpartition(" ")[0] or name[:_LONGEST]
    return name.strip(" '")


def field_of(target: Target) -> Field:
    """Return the field of a target."""
    name = target.name
    if target.kind == "cumulative":
        name = _("{name} (riêng kỳ này, không cộng dồn các năm trước)", name=name)
    level = target.kind in ("level_by", "annual_level", "annual_ratio", "milestone")
    return Field(
        target.target_id, target.clause, name, target.unit, target.price_basis,
        target.owner or _NO_OWNER, target.access, target.definition,
        target.weaker_end if level else None,
        first_year=target.base_year + 1 if target.kind == "cumulative" else None, due=target.due,
    )  # fmt: skip


def _series(data: Dataset) -> dict[str, Field]:
    """Return the fields of the commune's own series; those without an office have no owner."""
    commune = data.commune
    stated = commune.price_base in PRICE_BASES and commune.price_base not in ("not stated", "n/a")
    base = commune.price_base if stated else "constant"
    table = _SERIES | {
        f"product_{sector}": ("billion VND", "", f"sector:{sector}") for sector in commune.sectors
    }
    targets = {target.target_id for target in data.plan.targets}
    for row in data.observed:
        known = row.series_id in table or row.origin not in SUPPOSED
        if known and row.series_id not in targets:
            beside = table.get(row.series_id, ("", "", ""))[2]
            open_ = row.price_basis == "not stated" and _is_product(row.series_id)
            table[row.series_id] = (row.unit, "" if open_ else row.price_basis, beside)
    return {
        name: _of_series(name, unit, basis or base, data.plan.role(beside) if beside else None)
        for name, (unit, basis, beside) in table.items()
    }


def _of_series(name: str, unit: str, basis: str, beside: Target | None) -> Field:
    """Return the field of a series, kept by the office of the target `beside`."""
    shown = _NAMES.get(name) or words_of(name)
    for prefix, template in _PER_SECTOR.items():
        sector = name.removeprefix(prefix)
        if sector != name and name not in LABELS:
            shown = Message(template, {"sector": words_of(sector)})
    priced = unit != "billion VND" or _is_product(name)
    if basis.startswith("constant") or (basis == "current" and priced):
        shown = _("{name} ({basis})", name=shown, basis=words_of(basis))
    return Field(
        name, beside.clause if beside else "",
        capitalised(shown), unit, basis,
        beside.owner if beside else "", period="FY" if name in PLANNED else "",
        due=_HANDED_DOWN if name in PLANNED else beside.due if beside else 0,
    )  # fmt: skip


def _is_product(name: str) -> bool:
    """Return whether a series is the product of the area or of a sector, which has a price base."""
    return name == "total_product" or name.startswith("product_")


def _main_owner(targets: Iterable[Target]) -> str:
    """Return the office that keeps most of the economy's targets, or of all."""
    owners = [(t.group == "economy", t.owner) for t in targets if t.owner]
    economy = [owner for group, owner in owners if group] or [owner for _unused, owner in owners]
    return Counter(economy).most_common(1)[0][0] if economy else _NO_OWNER
