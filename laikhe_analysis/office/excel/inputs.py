"""The sheet to type in: what is known, and what each scenario assumes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from laikhe_analysis.office.excel.base import WIDE, Book, Page, Sheet
from laikhe_analysis.office.excel.cells import TYPED, cell, identifier, span
from laikhe_analysis.office.excel.sharing import rule_names, source_titles
from laikhe_analysis.office.word.material import Material
from laikhe_analysis.records import Assumption
from laikhe_analysis.scenarios import Baseline, Projection, as_in_file, by_year
from laikhe_analysis.scenarios.assumptions import file_unit, known_variables
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.targets.paths import RATE_UNITS
from laikhe_analysis.vietnamese import COUNTED, label, shifted

__all__ = ["Inputs", "parts_of", "write_inputs"]

_LEVELS = {
    "population": "people",
    "income_per_capita": "million VND/person/year",
    "recurrent_revenue": "billion VND",
    "assigned_revenue": "billion VND",
    "land_revenue": "billion VND",
    "crop_value_per_ha": "million VND/ha",
}
"""Levels that a projection starts from, beside products, with the unit to type them in."""

_LIMITS = {"%/year": (-99.9, 1000.0), "%": (0.0, 100.0), "ratio": (-20.0, 20.0)}
_FIRST = 3  # column of the base year


@dataclass
class Inputs:
    """Where each input stands, and its value: `known` for all scenarios, `given` for one.

    Parameters
    ----------
    sheet : Sheet
    years : range
        Base year to target year; one column each, from `column` on.
    """

    sheet: Sheet
    years: range
    known_rows: dict[str, int] = field(default_factory=dict)
    given_rows: dict[tuple[str, str], int] = field(default_factory=dict)
    known_values: dict[tuple[str, int], float] = field(default_factory=dict)
    given_values: dict[tuple[str, str, int], float | str] = field(default_factory=dict)

    def column(self, year: int) -> int:
        """Return the column of a year."""
        return _FIRST + year - self.years[0]

    def known(self, name: str, first: int, last: int | None = None) -> str:
        """Return the address of what is known of a quantity, in a year or in years."""
        return self._address(self.known_rows[name], first, last)

    def known_block(self, names: Sequence[str], first: int, last: int) -> str:
        """Return the address of what is known of quantities that stand one beneath the other."""
        rows = [self.known_rows[name] for name in names]
        block = span((rows[0], self.column(first)), (rows[-1], self.column(last)))
        return self.sheet.at(block)

    def given(self, scenario: str, variable: str, year: int) -> str:
        """Return the address of an assumption."""
        return self._address(self.given_rows[scenario, variable], year)

    def _address(self, row: int, first: int, last: int | None = None) -> str:
        if last is None:
            return self.sheet.at(cell(row, self.column(first)))
        return self.sheet.at(span((row, self.column(first)), (row, self.column(last))))


def parts_of(projection: Projection) -> tuple[str, ...]:
    """Return the sectors of a projection, product taxes among them where they are assumed."""
    return projection.inputs.parts


def write_inputs(book: Book) -> Inputs:
    """Write the sheet of assumptions and return where everything stands."""
    material = book.material
    years = material.years
    widths = (27.0, 15.0, 15.0, *(9.0 for _ in years), 13.0, 22.0, WIDE)
    note = book.say(
        "Ô màu vàng là ô để sửa: gõ số khác vào thì các trang kịch bản, so sánh và đầu tư tính lại "
        "ngay. Tỷ lệ ghi theo %, ví dụ 9,3 là 9,3%. Để trống nghĩa là không giả định.",
        "Yellow cells may be changed: the scenarios, their comparison and the investment sheet "
        "follow at once. Rates are in per cent: 9.3 means 9.3%. Empty means not assumed.",
    )
    more = book.say(
        "Thu ngân sách: năm nào ghi tốc độ tăng thu thì dùng tốc độ đó, năm để trống thì tính theo độ "
        "co giãn.",
        "Revenue: a year with a growth of its own uses it; a year without one goes by buoyancy.",
    )
    title = book.say("Giả định và số đã biết", "Assumptions and known figures")
    sheet = book.sheet("inputs", Page(title, widths, (note, more)))
    inputs = Inputs(sheet, years)
    headings = [
        book.say("Đại lượng", "Quantity"), book.say("Kịch bản", "Scenario"),
        book.say("Đơn vị tính", "Unit"), *map(str, years), book.say("Căn cứ", "Origin"),
        book.say("Nguồn", "Source"), book.say("Lý do, ghi chú", "Reason, note"),
    ]  # fmt: skip
    sheet.head(headings, freeze=3)
    sheet.part(
        book.say("A. Số đã biết (chung cho mọi kịch bản)", "A. Known figures (all scenarios)")
    )
    _write_known(book, inputs)
    sheet.part(book.say("B. Giả định theo kịch bản", "B. Assumptions by scenario"))
    for variable, unit in _variables(material):
        _write_variable(book, inputs, variable, unit)
    sheet.finish()
    return inputs


def _parts(material: Material) -> tuple[str, ...]:
    """Return the sectors of all scenarios, in order."""
    every = (part for p in material.projections.values() for part in parts_of(p))
    return tuple(dict.fromkeys(every))


def _variables(material: Material) -> list[tuple[str, str]]:
    """Return every variable that a scenario may hold, with its unit, shares first."""
    units = known_variables(material.data.commune.sectors)
    parts = _parts(material)
    names = [f"{kind}_{part}" for kind in ("share", "growth") for part in parts]
    names += [name for name in units if not name.startswith(("growth_", "share_"))]
    return [(name, file_unit(units[name][0])) for name in names]


def _write_known(book: Book, inputs: Inputs) -> None:
    """Write the levels of the base year and what is known since, one row a quantity."""
    baseline = next(iter(book.material.projections.values())).baseline
    units = _known_units(book.material, baseline)
    for name, usual in units.items():
        level, series = baseline.levels.get(name), baseline.known.get(name)
        shown = level.unit if level else series.unit if series and name in _LEVELS else usual
        is_product = name.startswith(("product_", "total_product"))
        values = {baseline.year: level.value} if level else {}
        if series is not None and (not is_product or series.unit == usual):
            places = 2 if usual.startswith("%") and series.unit in RATE_UNITS else 0
            values |= {y: shifted(value, places) for y, value in baseline.held(name).items()}
        inputs.known_rows[name] = inputs.sheet.row
        inputs.known_values |= {(name, y): v for y, v in values.items() if y in inputs.years}
        origins = [one.origin for one in (level, series) if one is not None]
        _known_line(book, inputs, name, shown, origins)


def _known_units(material: Material, baseline: Baseline) -> dict[str, str]:
    """Return the unit of every quantity that may be known, products first, known rates last.

    Sectors are in the unit of their base-year levels, of the total's, or an index.
    """
    products = [f"product_{part}" for part in _parts(material)]
    levels = [baseline.levels.get(name) for name in products]
    total = baseline.levels.get("total_product")
    unit = total.unit if total else "index"
    if levels and all(levels):
        unit = next(one.unit for one in levels if one)
    units = dict.fromkeys(["total_product", *products], unit) | _LEVELS
    rates = dict(_variables(material))
    return units | {name: rates[name] for name in baseline.known if name in rates}


def _known_line(book: Book, inputs: Inputs, name: str, unit: str, origins: list[str]) -> None:
    """Write one row of what is known."""
    material, sheet, row = book.material, inputs.sheet, inputs.sheet.row
    sheet.write(0, book.word(name), "bold")
    sheet.write(1, book.say("chung", "all"))
    sheet.write(2, book.unit(unit), "small")
    for year in inputs.years:
        value = inputs.known_values.get((name, year))
        sheet.write(inputs.column(year), value, "input", "#,##0" if unit in COUNTED else TYPED)
    last = inputs.column(inputs.years[-1])
    is_level = name in (*_LEVELS, "total_product") or name.startswith("product_")
    low = -99.9 if not is_level else 0.0 if name == "land_revenue" else 1e-6
    sheet.limit((row, _FIRST), (row, last), low, 1e12)
    base = inputs.years[0]
    rows = [o for o in material.data.results() if o.series_id == name]
    before = [o.year for o in rows if o.year <= base]
    used = [o for o in rows if o.year > base or o.year == max(before)]
    sheet.write(last + 1, label(weakest_origin(*origins), book.lang) if origins else "")
    sheet.write(last + 2, source_titles(material.data, (o.source_id for o in used)), "small")
    notes = "; ".join(f"{o.year}: {o.note}".rstrip(": ") for o in used if o.note or o.year < base)
    sheet.write(last + 3, notes or _when_empty(book, inputs, name), "small")
    where = sheet.at(span((row, _FIRST), (row, last)))
    book.define(identifier("known", name), where)
    sheet.row += 1


def _when_empty(book: Book, inputs: Inputs, name: str) -> str:
    """Return what an empty row of known figures means."""
    base = inputs.years[0]
    if any(row == name for row, _ in inputs.known_values):
        return ""
    if name in ("total_product", "recurrent_revenue", "assigned_revenue"):
        return book.say(
            f"để trống: tính theo chỉ số, {base} = 100", f"empty: an index, {base} = 100"
        )
    if name.startswith("product_"):
        return book.say("để trống: lấy tỷ trọng giả định bên dưới", "empty: by the shares below")
    return ""


def _write_variable(book: Book, inputs: Inputs, variable: str, unit: str) -> None:
    """Write one variable: a row for each scenario, and for shares their sum."""
    sheet, first = inputs.sheet, inputs.sheet.row
    part = variable.partition("_")[2]
    for scenario, projection in book.material.projections.items():
        is_product = variable.startswith(("share_", "growth_")) and "real" not in variable
        if is_product and part not in parts_of(projection):
            continue
        inputs.given_rows[scenario, variable] = sheet.row
        _given_line(book, inputs, scenario, variable, unit)
    if sheet.row - first > 1:
        sheet.ws.merge_range(first, 0, sheet.row - 1, 0, "", book.format("bold"))
    if sheet.row > first:
        sheet.ws.write_string(first, 0, book.word(variable), book.format("bold"))


def _given_line(book: Book, inputs: Inputs, scenario: str, variable: str, unit: str) -> None:
    """Write what one scenario assumes of one variable."""
    material, sheet, row = book.material, inputs.sheet, inputs.sheet.row
    table = by_year(material.data.assumed[scenario]).get(variable, {})
    is_share, is_rule = unit == "%", unit == "rule"
    names = rule_names(material.data, book.lang)
    sheet.write(1, book.word(scenario))
    sheet.write(2, book.unit(unit), "small")
    open_years = [year for year in inputs.years if (year == inputs.years[0]) == is_share]
    for year in inputs.years:
        held_now = year in table and year in open_years
        value = as_in_file(table[year]).value if held_now else None
        if value is not None:
            value = names.get(str(value), str(value)) if is_rule else float(value)
            inputs.given_values[scenario, variable, year] = value
        kind = "closed" if year not in open_years else "pick" if is_rule else "input"
        sheet.write(inputs.column(year), value, kind, "" if kind != "input" else TYPED)
        if is_rule and names and year in open_years:
            sheet.choose((row, inputs.column(year)), "=sharing_rule_names")
    ends = [inputs.column(year) for year in (open_years[0], open_years[-1])]
    if not is_rule:
        sheet.limit((row, ends[0]), (row, ends[1]), *_LIMITS.get(unit, (0.0, 1e9)))
    held = [table[year] for year in open_years if year in table]
    parent = material.data.assumed.get(material.data.assumed[scenario].inherits)
    theirs = by_year(parent).get(variable, {}) if parent else {}
    same = bool(held) and held == [theirs[year] for year in open_years if year in theirs]
    _reasons(book, inputs, held, parent.name if parent and same else "")
    book.define(
        identifier(scenario, "given", variable), sheet.at(span((row, ends[0]), (row, ends[1])))
    )
    sheet.row += 1


def _reasons(book: Book, inputs: Inputs, held: Sequence[Assumption], parent: str) -> None:
    """Write what an assumption rests on: origin, source, reason, by years where they differ.

    What is as in the `parent` scenario is not told again.
    """
    last = inputs.column(inputs.years[-1])
    each = list(dict.fromkeys(held))
    origin = weakest_origin(*(one.origin for one in each)) if each else ""
    inputs.sheet.write(last + 1, label(origin, book.lang) if origin else "")
    if parent:
        name = label(parent, book.lang)
        inputs.sheet.write(last + 2, None, "small")
        inputs.sheet.write(last + 3, book.say(f"như kịch bản {name}", f"as in {name}"), "small")
        return
    sources = source_titles(book.material.data, (one.source_id for one in each))
    inputs.sheet.write(last + 2, sources, "small")
    notes = [
        (
            f"{one.year_from}-{one.year_to}: "
            if one.year_from < one.year_to
            else f"{one.year_from}: "
        )
        + one.note
        for one in each
        if one.note
    ]
    alone = len(each) == 1 and bool(notes)
    inputs.sheet.write(last + 3, each[0].note if alone else " ".join(notes), "small")
