"""The sheet to type in: what is known, and what each scenario assumes of every year."""

from __future__ import annotations

from collections.abc import Iterable
from math import isnan, nan

from laikhe_analysis.data import Dataset
from laikhe_analysis.messages import Text, _
from laikhe_analysis.model.expressions import Leaf, leaves
from laikhe_analysis.office.excel.cells import CLOSED, Cell, Words, small, typed
from laikhe_analysis.office.excel.sheet import Book, Sheet
from laikhe_analysis.records import Assumption
from laikhe_analysis.scenarios import Projection, by_year
from laikhe_analysis.scenarios.assumptions import VARIABLES
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.vietnamese import is_fraction
from laikhe_analysis.vietnamese import words as words_of

__all__ = ["levels_of", "rule_words", "source_titles", "write_assumptions"]

_UNITS = {"population": "people", "income_per_capita": "million VND/person/year",
          "crop_value_per_ha": "million VND/ha"}  # fmt: skip
"""Units of levels that a projection cannot do without; money is in billion VND, product an index."""

_COLUMN = 3  # of the base year


def rule_words(data: Dataset) -> dict[str, Text]:
    """Return the words of every sharing rule, the rule's own name where two have the same."""
    found = {name: words_of(name) for name in data.rules}
    twice = [one for one in found.values() if list(found.values()).count(one) > 1]
    return {name: Text(name) if one in twice else one for name, one in found.items()}


def source_titles(data: Dataset, ids: Iterable[str]) -> str:
    """Return the titles of sources, each once."""
    titles = dict.fromkeys(data.cited[one].title for one in ids if one in data.cited)
    return "; ".join(titles)


def levels_of(projections: Iterable[Projection]) -> dict[str, list[float]]:
    """Return what the equations ask to be known, by name and year; NaN where it is not."""
    found: dict[str, list[float]] = {}
    for projection in projections:
        inputs, model = projection.inputs, projection.inputs.model
        asked = [leaf.name for one in model.table.values() for node in (one.first, one.later)
                 for leaf in leaves(node) if isinstance(leaf, Leaf) and leaf.kind == "known"]  # fmt: skip
        blank = [nan] * len(inputs.years)
        found |= {name: inputs.known.get(name, blank) for name in asked if name not in found}
        found |= {name: values for name, values in inputs.held.items() if name not in found}
    return found


def write_assumptions(book: Book, data: Dataset, projections: dict[str, Projection]) -> None:
    """Write the sheet; where everything stands is in the lines of the book."""
    title = _("Giả định và số đã biết")
    widths = (30.0, 15.0, 14.0, *(9.5 for _year in book.years), 13.0, 24.0, 46.0)
    sheet = Sheet(book, _("Giả định"), title, widths)
    sheet.note(
        _(
            "Ô màu vàng là ô để sửa: gõ số khác vào thì các trang sau tính lại ngay. Tỷ lệ gõ theo phần "
            "trăm, ví dụ 9,3%. Để trống nghĩa là chưa biết, hoặc không giả định. Năm nào ghi tốc độ tăng "
            "thu ngân sách thì dùng tốc độ đó, năm để trống tính theo độ co giãn."
        )
    )
    heads: list[Words] = [_("Đại lượng"), _("Kịch bản"), _("Đơn vị tính"), *map(str, book.years),
                          _("Căn cứ"), _("Nguồn"), _("Lý do, ghi chú")]  # fmt: skip
    sheet.head(heads, freeze=3)
    sheet.part(_("A. Số đã biết (chung cho mọi kịch bản)"))
    for name, values in levels_of(projections.values()).items():
        _known(sheet, data, projections, name, values)
    sheet.part(_("B. Giả định theo kịch bản"))
    for name, unit in _variables(projections):
        for scenario, projection in projections.items():
            part = name.partition("_")[2]
            if name in VARIABLES or part in projection.inputs.parts:
                _given(sheet, data, scenario, name, unit)
    sheet.finish()


def _variables(projections: dict[str, Projection]) -> list[tuple[str, str]]:
    """Return every variable that a scenario may hold with its unit, shares first."""
    parts = dict.fromkeys(part for p in projections.values() for part in p.inputs.parts)
    found = {f"share_{part}": "fraction" for part in parts}
    found |= {f"growth_{part}": "fraction/year" for part in parts}
    return list((found | {name: units[0] for name, units in VARIABLES.items()}).items())


def _known(
    sheet: Sheet, data: Dataset, projections: dict[str, Projection], name: str, values: list[float]
) -> None:
    """Write one quantity that may be known: its figures, what they rest on, what an empty row means."""
    book, first = sheet.book, next(iter(projections.values()))
    base, is_product = book.years[0], name.startswith(("product_", "total_product"))
    figures, money = first.inputs.figures, "index" if is_product else "billion VND"
    about = figures.get(name) or (figures.get("total_product") if is_product else None)
    unit = about[0] if about else _UNITS.get(name, money)
    if name in first.inputs.held:
        unit = VARIABLES.get(name, ("fraction/year",))[0]
    of = [one for one in (first.baseline.levels.get(name), first.baseline.known.get(name)) if one]
    rows = [row for row in data.results() if row.series_id == name]
    before = max((row.year for row in rows if row.year <= base), default=base)
    used = [row for row in rows if row.year >= before]
    notes = "; ".join(f"{row.year}: {row.note}" for row in used if row.note)
    empty: Words = ""
    if all(map(isnan, values)) and name in (
        "total_product",
        "recurrent_revenue",
        "assigned_revenue_without_land",
    ):
        empty = _("để trống: tính theo chỉ số, {base} = 100", base=base)
    elif all(map(isnan, values)) and is_product:
        empty = _("để trống: lấy tỷ trọng giả định bên dưới")
    sources = small(source_titles(data, (row.source_id for row in used)))
    origin = book.origin(weakest_origin(*(one.origin for one in of)) if of else "")
    right = origin, sources, small(notes or empty)
    left = (Cell(book.word(name), "bold"), _("chung"), book.unit(unit))
    line = sheet.yearly(("known", name), left, [typed(value, unit) for value in values], right)
    low = -1.0 if is_fraction(unit) else 0.0 if name == "land_revenue" else 1e-6
    last = _COLUMN + len(values) - 1
    sheet.limit((line.row, _COLUMN, line.row, last), low, 1.0 if is_fraction(unit) else 1e12)


def _given(sheet: Sheet, data: Dataset, scenario: str, name: str, unit: str) -> None:
    """Write what one scenario assumes of one variable, year by year, and why."""
    book, table = sheet.book, by_year(data.assumed[scenario]).get(name, {})
    rules, is_rule = rule_words(data), unit == "rule"
    open_years = [y for y in book.years if (y == book.years[0]) == (unit == "fraction")]
    held = [table[year] for year in open_years if year in table]
    cells = []
    for year in book.years:
        value = table[year].value if year in table else None
        if year not in open_years:
            cells.append(CLOSED)
        elif is_rule:
            cells.append(Cell(rules.get(str(value), str(value or "")), "choice"))
        else:
            cells.append(typed(None if value is None else float(value), unit))
    left = Cell(book.word(name), "bold"), book.word(scenario), book.unit(unit)
    line = sheet.yearly(
        (scenario, "given", name), left, cells, _reasons(book, data, scenario, held)
    )
    ends = [_COLUMN + year - book.years[0] for year in (open_years[0], open_years[-1])]
    if is_rule and rules:
        for column in range(ends[0], ends[1] + 1):
            sheet.choose(line.row, column, "=sharing_names")
    elif not is_rule:
        low, high = (-1.0, 1.0) if is_fraction(unit) else (0.0, 1e9)
        sheet.limit((line.row, ends[0], line.row, ends[1]), low, high)


def _reasons(book: Book, data: Dataset, scenario: str, held: list[Assumption]) -> list[Cell]:
    """Return what an assumption rests on: origin, source, reason, by years where they differ.

    What is as in the scenario that this one inherits from is not told again.
    """
    each = list(dict.fromkeys(held))
    origin = book.origin(weakest_origin(*(one.origin for one in each)) if each else "")
    parent = data.assumed.get(data.assumed[scenario].inherits)
    if parent and held and {*held} <= {*parent.assumptions}:
        return [origin, small(""), small(_("như kịch bản {name}", name=words_of(parent.name)))]
    notes = [one.note if len(each) == 1 else f"{one.year_from}-{one.year_to}: {one.note}"
             for one in each if one.note]  # fmt: skip
    sources = small(source_titles(data, (one.source_id for one in each)))
    return [origin, sources, small(" ".join(notes))]
