"""Every scenario by year: the equations of the model printed as formulas on the assumptions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from math import isnan, nan

from laikhe_analysis.messages import Message, _
from laikhe_analysis.model import Sheet as Places
from laikhe_analysis.model import excel_formula
from laikhe_analysis.model.evaluation import Year
from laikhe_analysis.model.expressions import leaves
from laikhe_analysis.office.excel.cells import CLOSED, Cell, Line, Words, address, number, small
from laikhe_analysis.office.excel.sheet import Book, Sheet
from laikhe_analysis.scenarios import Projection
from laikhe_analysis.scenarios.inputs import RETAINED, RULE
from laikhe_analysis.scenarios.projection import PAIRS
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.vietnamese import words as words_of

__all__ = ["kept_formula", "write_projections"]

_ORDER = (r"total_product$", "growth_total", "product_", "share_", "growth_", "contribution_")
_HELPERS = {
    "room": _("Phần còn lại của tổng đã biết"), "free": _("Các ngành chưa biết, trước khi khớp tổng"),
    "fit": _("Hệ số khớp tổng đã biết"), "kept_so_far": _("Tiền sử dụng đất xã đã được dùng"),
}  # fmt: skip
"""Steps in between."""

_COLUMN = 2  # of the base year


def write_projections(book: Book, projections: Mapping[str, Projection]) -> None:
    """Write every scenario, one beneath the other; where everything stands is in the book's lines."""
    widths = (52.0, 19.0, *(11.0 for _year in book.years), 40.0, 14.0)
    sheet = Sheet(book, _("Kịch bản"), _("Các kịch bản"), widths)
    sheet.note(_(
        "Mọi ô đều là công thức lấy từ trang giả định. Cột “Còn thiếu” nói vì sao chưa tính được. Cột "
        "“Căn cứ yếu nhất” ghi lúc xuất tệp: sửa một ô giả định thì kết quả là số giả định."
    ))  # fmt: skip
    sheet.head([_("Đại lượng"), _("Đơn vị tính"), *map(str, book.years), _("Còn thiếu"),
                _("Căn cứ yếu nhất")], freeze=2)  # fmt: skip
    tops = []
    for projection in projections.values():
        tops.append(sheet.row)
        _Scenario(sheet, projection).write()
    sheet.begin_pages(tops[1:])
    sheet.finish()


class _Scenario:
    """One scenario while it is written."""

    def __init__(self, sheet: Sheet, projection: Projection) -> None:
        self.sheet, self.book, self.projection = sheet, sheet.book, projection
        self.inputs, self.name = projection.inputs, projection.scenario.name
        self.found: list[Year] = projection.inputs.run()
        self.base = self.book.years[0]

    def write(self) -> None:
        """Write what follows from the assumptions, then every equation, helpers folded away."""
        sheet, model = self.sheet, self.inputs.model
        sheet.part(_("Kịch bản {name}", name=words_of(self.name)), "title")
        sheet.part(_("Tỷ lệ đang dùng"))
        for name in self.inputs.held:
            self.used(name, self.known_first(name), self.inputs.rates.get(name, []))
        self.used(RETAINED, self.share_kept, self.inputs.assumed[RETAINED])
        results = sorted(model.names, key=_place)
        helpers = [name for name in model.table if name not in model.names]
        parts: dict[str, Message] = {
            results[0]: _("Tổng giá trị sản phẩm"), "price_index": _("Giá, dân số, thu nhập"),
            "recurrent_revenue": _("Ngân sách, đất đai"), helpers[0]: _("Các bước tính trung gian"),
        }  # fmt: skip
        row = sheet.row
        for name in (*results, *helpers):  # formulas name rows beneath them
            row += 2 * (name in parts)
            self.book.lines[self.name, name] = Line(sheet.name, row, _COLUMN, self.base)
            row += 1
        for name in (*results, *helpers):
            if name in parts:
                sheet.part(parts[name])
            self.quantity(name)
        sheet.fold(sheet.row - len(helpers), sheet.row - 1)

    def used(self, name: str, formula: Callable[[int], str], values: list[float]) -> None:
        """Write a rate that is not typed as it is used, from the first year after the base on."""
        pairs = zip(self.book.years[1:], values[1:], strict=True)
        cells = [CLOSED, *(number(v, "fraction", "number", formula(year)) for year, v in pairs)]
        title = _("Tỷ lệ xã được hưởng tiền sử dụng đất")
        left = (title if name == RETAINED else self.book.word(name), self.book.unit("fraction"))
        self.sheet.yearly((self.name, "used", name), left, cells, (small(""), small("")))

    def known_first(self, name: str) -> Callable[[int], str]:
        """Return the formula of a rate: what is known, else what is assumed."""
        known, given = self.book.lines["known", name], self.book.lines[self.name, "given", name]

        def formula(year: int) -> str:
            return (f"IF(COUNT({known.at(year)})=1,{known.at(year)},"
                    f'IF(COUNT({given.at(year)})=1,{given.at(year)},""))')  # fmt: skip

        return formula

    def share_kept(self, year: int) -> str:
        """Return the formula of the part of land-use fees that the rule of a year leaves."""
        lines = (line for rule in self.projection.rules.values() for line in rule.lines)
        if not any(line.stream == self.projection.stream for line in lines):
            return '""'
        return kept_formula(self.book.lines[self.name, "given", RULE].at(year), year)

    def cell(self, kind: str, name: str, t: int) -> str:
        """Return where a formula finds what it names."""
        used = self.name, "used", name
        given = used if used in self.book.lines else (self.name, "given", name)
        key = {"known": ("known", name), "now": (self.name, name)}.get(kind, given)
        where = self.book.lines[key].at(self.base + t)
        return where.rpartition("!")[2] if kind == "now" else where

    def row(self, name: str) -> str:
        """Return where all that is known of a quantity stands."""
        return self.book.lines["known", name].at(self.base, self.book.years[-1])

    def quantity(self, name: str) -> None:
        """Write one quantity: its formulas, what it lacks, what it rests on."""
        book, model = self.book, self.inputs.model
        path = self.projection.paths.get(name)
        places, (guard, is_held) = Places(self.cell, self.row, self.inputs.option), self.guard(name)
        unit = path.unit if path else model.table[name].unit if name in model.names else "ratio"
        look = "strong" if name in ("total_product", "land_retained") else "number"
        cells = []
        for t, year in enumerate(self.found):
            formula = excel_formula(model.table[name], t, places)
            value = None if is_held else year.now[name]
            if formula and guard:
                formula = f'IF({guard},"",{formula})'
            cells.append(number(value, unit, look, formula) if formula else CLOSED)
        origins = path.origins if path else ()
        last = address(self.sheet.row, _COLUMN + len(cells) - 1)
        why = self.projection.missing.get(name) or _("thiếu số đã biết hoặc giả định")
        words = book.say(why).replace('"', "'")[:250]  # Excel takes 255 in a formula
        is_there = cells[-1].value == cells[-1].value and cells[-1].value is not None
        lacks = Cell("" if is_there else words, "small", "", f'IF(COUNT({last})=1,"","{words}")')
        right = (lacks, book.origin(weakest_origin(*origins) if origins else ""))
        left = Cell(self.title(name), "bold" if look == "strong" else "text"), book.unit(
            unit if name in model.names else "")  # fmt: skip
        self.sheet.yearly((self.name, name), left, cells, right)

    def title(self, name: str) -> Words:
        """Return the words of a quantity or of a step in between."""
        if name.startswith("unfitted_"):
            return _(
                "{name}, trước khi khớp tổng", name=words_of(name.replace("unfitted", "product"))
            )
        return _HELPERS.get(name, self.book.word(name))

    def guard(self, name: str) -> tuple[str, bool]:
        """Return the test whether two figures cannot be joined, as one is an index, and its answer."""
        pair = PAIRS.get(name, ((), None))[0]
        units = {path.unit for each in pair if (path := self.projection.paths.get(each))}
        if len(units - {"index"}) > 1:
            return "TRUE", True
        starts = {each: leaves(self.inputs.model.table[each].first) for each in pair}
        indices = [each for each, found in starts.items() if any(x.kind == "index" for x in found)]
        tests = [f"COUNT({self.row(each)})=0" for each in indices]
        blank = [all(map(isnan, self.inputs.known.get(each, [nan]))) for each in indices]
        return (f"OR({','.join(tests)})" if tests else ""), any(blank)


def kept_formula(rule: str, year: int) -> str:
    """Return the formula of the part of land-use fees retained in a year, by the rule in a cell."""
    found = f"(sharing_rules={rule})*(sharing_first<={year})*(sharing_last>={year})"
    known = f"SUMPRODUCT({found}*ISNUMBER(sharing_retained))"
    return f'IF({known}=0,"",SUMPRODUCT({found},sharing_retained))'


def _place(name: str) -> int:
    """Return where a result stands: products by kind, the others as the model has them."""
    return next((i for i, head in enumerate(_ORDER) if re.match(head, name)), len(_ORDER))
