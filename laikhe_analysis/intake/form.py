"""What a form asks of whom: the targets and the commune's own series, by the office that knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from laikhe_analysis.checks import RefusalError, Text
from laikhe_analysis.data import Dataset
from laikhe_analysis.data.layout import PLANNED, REALISED
from laikhe_analysis.monitor.measures import measured_by
from laikhe_analysis.records import PRICE_BASES, Commune, Observation, Target
from laikhe_analysis.vietnamese import LABELS, label

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

SCHEMA = 1
"""Version of the form; a form of another version is refused."""

GUIDE = "Hướng dẫn"
"""The sheet that says how to fill in."""

META = "_laikhe"
"""The hidden sheet that says which commune, year and period a form is for."""

PERIOD_WORDS = {
    "FY": Text("cả năm", "full year"),
    "H1": Text("6 tháng đầu năm", "first half of"),
    "9M": Text("9 tháng năm", "nine months of"),
}
"""The periods that a form can be made for."""

HEADINGS = {
    "id": Text("Mã", "Code"),
    "clause": Text("Mục", "Clause"),
    "name": Text("Chỉ tiêu", "Figure"),
    "unit": Text("Đơn vị tính", "Unit"),
    "last": Text("Số gần nhất", "Last known"),
    "when": Text("Kỳ của số gần nhất", "Of which period"),
    "value": Text("Số liệu", "Figure for"),
    "status": Text("Tình trạng", "Status"),
    "note": Text("Nguồn, ghi chú", "Source, note"),
}
"""The columns of a form; the heading of `value` goes on with the period and the year."""

COMMON_SOURCE = Text("Nguồn chung của trang", "Source of the whole sheet")
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

_NAMES = {"total_product": Text("tổng giá trị sản phẩm trên địa bàn", "total product of the area")}
_YEARS = 20
_NO_OWNER = "Chưa giao cơ quan"
_PER_SECTOR = {
    "product_": Text("Giá trị sản phẩm {}", "Product of {}"),
    "share_": Text("Tỷ trọng {}", "Share of {}"),
    "growth_": Text("Tốc độ tăng {}", "Growth of {}"),
}


@dataclass(frozen=True)
class Field:
    """One figure that an office is asked for.

    `period` is set where the figure is of the whole year whatever the period of the form;
    `first_year` where nothing of earlier years counts: a total of the period begins after its base.
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

    @property
    def asked(self) -> Text:
        """The name as the form asks for it: with what else has to be said of the figure."""
        if self.period:
            return Text(f"{self.name.vi}, cả năm", f"{self.name.en}, full year")
        if self.price_basis == "constant" and _is_product(self.series_id):
            return Text(f"{self.name.vi}; ghi năm gốc ở cột “{HEADINGS['note'].vi}”",
                        f"{self.name.en}; state the base year in the note")  # fmt: skip
        return self.name


def period_words(period: str, year: int) -> Text:
    """Return a period of a year in words.

    Examples
    --------
    >>> period_words("H1", 2027)
    Text(vi='6 tháng đầu năm 2027', en='first half of 2027')
    """
    words = PERIOD_WORDS.get(period, Text(period, period))
    return Text(f"{words.vi} {year}", f"{words.en} {year}")


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
            Text(
                f"năm phải từ {first} đến {last}, gặp {year}",
                f"the year must be from {first} to {last}, got {year}",
            ),
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
    return asked


def last_known(data: Dataset, field: Field, period: str) -> Observation | None:
    """Return the newest realised figure of a field: of the same period, else of any."""
    period = field.period or period
    rows = [
        row
        for row in data.latest()
        if row.series_id == field.series_id and row.value is not None
        and (row.status in REALISED or row.series_id in PLANNED)
    ]  # fmt: skip
    same = [row for row in rows if row.period == period]
    return max(same or rows, key=lambda row: (row.year, row.period == "FY"), default=None)


def sheet_names(owners: Iterable[str]) -> dict[str, str]:
    """Return a sheet name for every owner: at most 31 signs, none that Excel forbids, no two alike.

    Examples
    --------
    >>> sheet_names(["Phòng Kinh tế", "Trung tâm Phục vụ hành chính công"])["Phòng Kinh tế"]
    'Phòng Kinh tế'
    """
    names: dict[str, str] = {}
    for owner in owners:
        clean = re.sub(r"[\[\]:*?/\\]", " ", owner).strip(" '")[:31].strip(" '") or _NO_OWNER
        taken = {name.casefold() for name in names.values()}
        name, number = clean, 2
        while name.casefold() in taken:
            name, number = f"{clean[:27]} ({number})", number + 1
        names.setdefault(owner, name)
    return names


def field_of(target: Target) -> Field:
    """Return the field of a target."""
    name = target.name
    if target.kind == "cumulative":
        name = Text(
            f"{name.vi} (riêng kỳ này, không cộng dồn các năm trước)",
            f"{name.en} (of this period alone, earlier years not added)",
        )
    level = target.kind in ("level_by", "annual_level", "annual_ratio", "milestone")
    return Field(
        target.target_id, target.clause, name, target.unit, target.price_basis,
        target.owner or _NO_OWNER, target.access, target.definition,
        target.weaker_end if level else None,
        first_year=target.base_year + 1 if target.kind == "cumulative" else None,
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
        known = row.series_id in table or row.origin not in ("assumption", "example")
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
    shown = _NAMES.get(name) or LABELS.get(name, Text(name, name))
    for prefix, words in _PER_SECTOR.items():
        sector = name.removeprefix(prefix)
        if sector != name and name not in LABELS:
            shown = Text(*(words.pick(lang).format(label(sector, lang)) for lang in ("vi", "en")))
    priced = unit != "billion VND" or _is_product(name)
    if basis.startswith("constant") or (basis == "current" and priced):
        shown = Text(*(f"{shown.pick(lang)} ({label(basis, lang)})" for lang in ("vi", "en")))
    return Field(
        name, beside.clause if beside else "",
        Text(*(words[:1].upper() + words[1:] for words in shown)), unit, basis,
        beside.owner if beside else "", period="FY" if name in PLANNED else "",
    )  # fmt: skip


def _is_product(name: str) -> bool:
    """Return whether a series is the product of the area or of a sector, which has a price base."""
    return name == "total_product" or name.startswith("product_")


def _main_owner(targets: Iterable[Target]) -> str:
    """Return the office that keeps most of the economy's targets, or of all."""
    owners = [(t.group == "economy", t.owner) for t in targets if t.owner]
    economy = [owner for group, owner in owners if group] or [owner for _, owner in owners]
    return Counter(economy).most_common(1)[0][0] if economy else _NO_OWNER
