"""The sheets to type in: what is known, what each scenario assumes, how land-use fees are shared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from laikhe_analysis.assumptions import by_year, known_variables
from laikhe_analysis.flows import Level
from laikhe_analysis.outputs.excel_base import (
    TYPED,
    WIDE,
    Book,
    Page,
    Sheet,
    capital,
    cell,
    identifier,
    span,
)
from laikhe_analysis.outputs.word_material import Material
from laikhe_analysis.projection import Projection
from laikhe_analysis.records import Assumption
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.sharing import retained_share
from laikhe_analysis.vietnamese import label

__all__ = ["Inputs", "parts_of", "rule_names", "write_inputs", "write_sharing"]

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
    names = (*projection.paths, *projection.missing)
    return tuple(n.removeprefix("product_") for n in names if n.startswith("product_"))


def rule_names(material: Material) -> dict[str, str]:
    """Return the words of every sharing rule, the rule's own name where two have the same."""
    names = {rule: capital(label(rule, material.lang)) for rule in material.data.rules}
    listed = list(names.values())
    return {rule: rule if listed.count(name) > 1 else name for rule, name in names.items()}


def write_inputs(book: Book) -> Inputs:
    """Write the sheet of assumptions and return where everything stands."""
    material = book.material
    years = material.years
    widths = (30.0, 17.0, 13.0, *(11.0 for _ in years), 14.0, 26.0, WIDE)
    note = book.say(
        "Ô màu vàng là ô để sửa: gõ số khác vào thì các trang kịch bản, so sánh và đầu tư tính lại "
        "ngay. Tỷ lệ ghi theo %, ví dụ 9,3 là 9,3%. Để trống nghĩa là không giả định.",
        "Yellow cells may be changed: the scenarios, their comparison and the investment sheet "
        "follow at once. Rates are in per cent: 9.3 means 9.3%. Empty means not assumed.",
    )
    sheet = book.sheet("inputs", Page(book.say("Giả định và số đã biết", "Assumptions and known figures"), widths, (note,)))  # fmt: skip
    inputs = Inputs(sheet, years)
    headings = [
        book.say("Đại lượng", "Quantity"), book.say("Kịch bản", "Scenario"),
        book.say("Đơn vị tính", "Unit"), *map(str, years), book.say("Căn cứ", "Origin"),
        book.say("Nguồn", "Source"), book.say("Lý do, ghi chú", "Reason, note"),
    ]  # fmt: skip
    sheet.head(headings, freeze=3)
    sheet.part(book.say("A. Số đã biết (chung cho mọi kịch bản)", "A. Known figures (all scenarios)"))
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
    return [(name, units[name][0]) for name in names]


def _write_known(book: Book, inputs: Inputs) -> None:
    """Write the levels of the base year and what is known since, one row a quantity."""
    material, sheet = book.material, inputs.sheet
    baseline = next(iter(material.projections.values())).baseline
    products = ["total_product", *(f"product_{part}" for part in _parts(material))]
    levels = [baseline.levels.get(name) for name in products[1:]]
    total = baseline.levels.get("total_product") or Level(0.0, "index")
    unit = next((one.unit for one in levels if one and all(levels)), total.unit)
    units = dict.fromkeys(products, unit) | _LEVELS
    scales: dict[str, float] = {}
    for name, series in baseline.known.items():
        if name not in units and name in dict(_variables(material)):
            units[name] = dict(_variables(material))[name]
            scales[name] = 100.0 if units[name] == "%/year" and series.unit == "ratio" else 1.0
    for name, usual in units.items():
        level, series = baseline.levels.get(name), baseline.known.get(name)
        shown = level.unit if level else series.unit if series and name in _LEVELS else usual
        values = {baseline.year: level.value} if level else {}
        if name not in products or (series is not None and series.unit == unit):
            values |= {y: v * scales.get(name, 1.0) for y, v in baseline.held(name).items()}
        inputs.known_rows[name] = sheet.row
        inputs.known_values |= {(name, y): v for y, v in values.items() if y in inputs.years}
        origins = [one.origin for one in (level, series) if one is not None]
        _known_line(book, inputs, name, shown, origins)


def _known_line(book: Book, inputs: Inputs, name: str, unit: str, origins: list[str]) -> None:
    """Write one row of what is known."""
    material, sheet, row = book.material, inputs.sheet, inputs.sheet.row
    sheet.write(0, book.word(name), "bold")
    sheet.write(1, book.say("chung", "all"))
    sheet.write(2, book.unit(unit))
    for year in inputs.years:
        value = inputs.known_values.get((name, year))
        sheet.write(inputs.column(year), value, "input", TYPED)
    last = inputs.column(inputs.years[-1])
    low = 0.0 if name in (*_LEVELS, "total_product") or name.startswith("product_") else -99.9
    sheet.limit((row, _FIRST), (row, last), low, 1e12)
    base = inputs.years[0]
    rows = [o for o in material.data.latest() if o.series_id == name and o.period == "FY"]
    before = [o.year for o in rows if o.year <= base]
    used = [o for o in rows if o.year > base or o.year == max(before)]
    sheet.write(last + 1, label(weakest_origin(*origins), book.lang) if origins else "")
    sheet.write(last + 2, _sources(material, (o.source_id for o in used)), "small")
    notes = "; ".join(f"{o.year}: {o.note}" for o in used if o.note or o.year < base)
    sheet.write(last + 3, notes.replace(": ;", ";").rstrip(": "), "small")
    where = sheet.at(span((row, _FIRST), (row, last)))
    book.define(identifier("known", name), where)
    sheet.row += 1


def _sources(material: Material, ids: Iterable[str]) -> str:
    """Return the titles of sources, each once."""
    known = material.data.sources
    return "; ".join(dict.fromkeys(known[one].title for one in ids if one in known))


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
        words = book.word(variable)
        sheet.ws.merge_range(first, 0, sheet.row - 1, 0, "", book.format("bold"))
        sheet.ws.write_string(first, 0, words, book.format("bold"))


def _given_line(book: Book, inputs: Inputs, scenario: str, variable: str, unit: str) -> None:
    """Write what one scenario assumes of one variable."""
    material, sheet, row = book.material, inputs.sheet, inputs.sheet.row
    table = by_year(material.data.scenarios[scenario]).get(variable, {})
    is_share, is_rule = unit == "%", unit == "rule"
    names = rule_names(material)
    sheet.write(0, book.word(variable), "bold")
    sheet.write(1, book.word(scenario))
    sheet.write(2, book.unit(unit))
    open_years = [year for year in inputs.years if (year == inputs.years[0]) == is_share]
    for year in inputs.years:
        value = table[year].value if year in table and year in open_years else None
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
    _reasons(book, inputs, [table[year] for year in open_years if year in table])
    book.define(identifier(scenario, "given", variable), sheet.at(span((row, ends[0]), (row, ends[1]))))
    if is_rule:
        sheet.ws.set_row(row, 54)
    sheet.row += 1


def _reasons(book: Book, inputs: Inputs, held: Sequence[Assumption]) -> None:
    """Write what an assumption rests on: origin, source, reason, by years where they differ."""
    last = inputs.column(inputs.years[-1])
    each = list(dict.fromkeys(held))
    origin = weakest_origin(*(one.origin for one in each)) if each else ""
    inputs.sheet.write(last + 1, label(origin, book.lang) if origin else "")
    sources = _sources(book.material, (one.source_id for one in each))
    inputs.sheet.write(last + 2, sources, "small")
    notes = [
        (f"{one.year_from}-{one.year_to}: " if one.year_from < one.year_to else f"{one.year_from}: ")
        + one.note
        for one in each
        if one.note
    ]
    alone = len(each) == 1 and bool(notes)
    inputs.sheet.write(last + 3, each[0].note if alone else " ".join(notes), "small")


_STATUS = {
    "adopted": ("đã ban hành", "adopted"),
    "proposal": ("đề xuất, chưa thấy ban hành", "proposed, not seen adopted"),
}


def write_sharing(book: Book) -> None:
    """Write how land-use fees are shared: rules to choose from, and their lines, live."""
    material, names = book.material, rule_names(book.material)
    note = book.say(
        "Sửa các ô màu vàng để thử tỷ lệ khác. Trung ương + thành phố + xã + chưa rõ phải bằng 100%. "
        "Được hưởng = (1 - trừ trước) x (xã + thành phố x phần trả lại).",
        "Change the yellow cells to try other shares. Centre + city + commune + open must make "
        "100%. Retained = (1 - taken first) x (commune + city x part returned).",
    )
    widths = (44.0, 30.0, 8.0, 8.0, *(11.0 for _ in range(8)), 18.0, 15.0, 30.0)
    title = book.say("Quy định điều tiết tiền sử dụng đất", "How land-use fees are shared")
    sheet = book.sheet("sharing", Page(title, widths, (note,)))
    headings = (
        ("Quy định", "Rule"), ("Dòng thu", "Stream"), ("Từ năm", "From"), ("Đến năm", "To"),
        ("Trung ương", "Centre"), ("Thành phố", "City"), ("Xã", "Commune"),
        ("Phần thành phố trả lại", "City part returned"), ("Chưa rõ", "Open"),
        ("Trừ trước cho chi phí", "Taken first"), ("Cộng", "Sum"), ("Được hưởng", "Retained"),
        ("Hiệu lực", "Status"), ("Căn cứ", "Origin"), ("Nguồn", "Source"),
    )  # fmt: skip
    sheet.head([book.say(*pair) for pair in headings], freeze=2)
    first = sheet.row
    for name, rule in material.data.rules.items():
        for line in rule.lines:
            row = sheet.row + 1
            shares = (line.central, line.city, line.commune, line.city_returned, line.unassigned,
                      line.cost_deducted_first)  # fmt: skip
            status = book.say(*_STATUS[line.status]) if line.status in _STATUS else label(line.status, book.lang)  # fmt: skip
            for column, value in enumerate((names[name], label(line.stream, book.lang))):
                sheet.write(column, value)
            for column, year in enumerate((line.year_from, line.year_to), start=2):
                sheet.write(column, year, "number", "0")
            for column, share in enumerate(shares, start=4):
                sheet.write(column, share, "input", "0.0#%")
            total = line.central + line.city + line.commune + line.unassigned
            sheet.formula(10, f"SUM(E{row}:G{row})+I{row}", total, shown="0.0#%")
            kept = retained_share(rule, line.stream, line.year_from)
            sheet.formula(11, f"(1-J{row})*(G{row}+F{row}*H{row})", kept, "strong", "0.0#%")
            for column, words in enumerate(
                (status, label(line.origin, book.lang), _sources(material, [line.source_id])), 12
            ):
                sheet.write(column, words, "small")
            sheet.row += 1
    if sheet.row > first:
        sheet.limit((first, 4), (sheet.row - 1, 9), 0.0, 1.0)
        _name_lines(book, sheet, first)
    _list_rules(book, sheet, list(names.values()))
    sheet.finish()


def _name_lines(book: Book, sheet: Sheet, first: int) -> None:
    """Name the columns that other sheets look a share up in."""
    columns = {"rules": 0, "streams": 1, "first": 2, "last": 3, "central": 4, "city": 5,
               "commune": 6, "returned": 7, "cost": 9, "retained": 11}  # fmt: skip
    for name, column in columns.items():
        where = span((first, column), (sheet.row - 1, column))
        book.define(f"sharing_{name}", sheet.at(where))


def _list_rules(book: Book, sheet: Sheet, names: Sequence[str]) -> None:
    """Write the rules and streams that cells may choose from."""
    streams = dict.fromkeys(
        label(line.stream, book.lang) for rule in book.material.data.rules.values() for line in rule.lines
    )  # fmt: skip
    for title, listed, name in (
        (book.say("Các quy định để chọn", "Rules to choose from"), list(names), "sharing_rule_names"),
        (book.say("Các dòng thu để chọn", "Streams to choose from"), list(streams), "sharing_stream_names"),
    ):  # fmt: skip
        if not listed:
            continue
        sheet.part(title)
        first = sheet.row
        for words in listed:
            sheet.write(0, words)
            sheet.row += 1
        book.define(name, sheet.at(span((first, 0), (sheet.row - 1, 0))))

