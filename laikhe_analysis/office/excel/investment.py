"""Land and the investment total, live: land and a rule in; what is retained and needed out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from laikhe_analysis.data import Dataset
from laikhe_analysis.findings.investment import (
    STREAM,
    inventory,
    land,
    needed,
    programme,
    study_of,
)
from laikhe_analysis.findings.land_market import middle_price
from laikhe_analysis.investment import Study
from laikhe_analysis.investment.brought import SAFE
from laikhe_analysis.land import carried_over, required_area, required_gross, retained_share
from laikhe_analysis.land.sharing import covers
from laikhe_analysis.language.wordings import sentence_of
from laikhe_analysis.messages import _, safe_side
from laikhe_analysis.model import LAND, compute, excel_formula
from laikhe_analysis.model import Sheet as Places
from laikhe_analysis.office.excel.assumptions import rule_words, source_titles
from laikhe_analysis.office.excel.cells import (
    BLANK,
    CLOSED,
    Cell,
    Words,
    address,
    if_there,
    number,
    small,
    typed,
)
from laikhe_analysis.office.excel.compare import target_cell
from laikhe_analysis.office.excel.projection import kept_formula
from laikhe_analysis.office.excel.sheet import Book, Sheet
from laikhe_analysis.records import SharingRule, Target
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.vietnamese import words as words_of

__all__ = ["write_investment"]

_COLUMN, _MONEY = 2, "billion VND"  # of the first year
_PLOT = 100.0
"""Size of a plot to begin with. [m2]"""


class _Land(NamedTuple):
    """What is put up for auction, by year: areas [m2], prices [million VND/m2], parts [fractions]."""

    area: list[float | None]
    saleable: list[float]
    price: list[float]
    sold: list[float]
    carried: list[float]
    origin: str = "assumption"


_INPUTS = {
    "area": (_("Diện tích khu đất đem đấu giá"), "m2", 1e8),
    "saleable": (_("Phần là đất ở bán được"), "fraction", 1.0),
    "price": (_("Giá khởi điểm"), "million VND/m2", 1e4),
    "sold": (_("Tỷ lệ diện tích có người mua"), "fraction", 1.0),
    "carried": (_("Phần tiền nộp sang năm sau"), "fraction", 1.0),
}
"""What is typed by year: words, unit, largest value."""

_SINGLES = {
    "premium": (_("Giá trúng so với giá khởi điểm"), "ratio", 1.0, 100.0),
    "collection": (_("Tỷ lệ thu được tiền"), "fraction", 1.0, 1.0),
    "plot_m2": (_("Diện tích một lô"), "m2", _PLOT, 1e5),
}
"""What is typed for all years: words, unit, value, largest value."""


def write_investment(book: Book, data: Dataset, as_of: str = "") -> None:
    """Write the sheet: the conclusion and a trial division of the total, the rules, their lines.

    `as_of` is the date that was asked for, "" for that of the newest record.
    """
    years, target = book.years[1:], data.plan.role("investment_land")
    rules = {name: rule for name, rule in data.rules.items() if covers(rule, STREAM, years)}
    widths = (44.0, 15.0, *(11.0 for _year in years), *(13.0,) * 3, 14.0, 32.0)
    sheet = Sheet(book, _("Đất và đầu tư"), _("Vốn đầu tư từ đất: xã được dùng bao nhiêu, cần bao nhiêu"),
                  widths)  # fmt: skip
    if target is not None and rules:
        study = study_of(data, as_of=as_of)
        if study is not None:
            _conclude(sheet, study)
        _Investment(sheet, data, target, rules).write()
    _sharing(sheet, data)
    sheet.finish()


def _conclude(sheet: Sheet, study: Study) -> None:
    """Write what page 05 concludes: its sentences, and the numbers to hold a trial against."""
    need, at_hand = study.needed[0], inventory(study)
    got = study.brought.get(study.rule)
    safe = got.areas[SAFE] if got else next(
        row[SAFE] for row in study.land if row["rule"] == study.rule
    )  # fmt: skip
    rows = [
        ("missing", _("Tổng vốn trừ phần xã đã được hưởng"), _MONEY, need["missing"]),
        ("gross", _("Phải thu từ năm {first}", first=study.left[0]), _MONEY, need["gross"]),
        ("retained", _("Danh mục khu đất đem lại cho xã, sau chi phí và điều tiết"), _MONEY,
         got and got.total("retained")),
        ("hectares", _("Đất ở cần để có khoảng 80% khả năng đủ vốn"), "ha", safe and safe_side(safe, 1)),
    ]  # fmt: skip
    sheet.part(_("Kết luận, như trang 05"))
    for one in (needed(study), at_hand or land(study), programme(study)):
        sheet.note(sheet.book.say(sentence_of(one)).removesuffix(".") + ".")
    for name, words, unit, value in rows:
        if value is not None:
            row = sheet.line([words, sheet.book.unit(unit), Cell(value, "strong", "#,##0.0")])
            sheet.book.define(sheet.at(row, _COLUMN), "concluded", name)


def _land_of(data: Dataset, years: range, total: float, rule: SharingRule) -> _Land:
    """Return the inventory by year of auction; where there is none, the bare division of the total.

    Prices, parts sold and parts paid late are means weighted by area and by money. The bare
    division is what `rule` asks for the `total` at the middle price seen, evenly over the years,
    everything sold and paid in its year.
    """
    price, n = middle_price(data), len(years)
    if not data.inventory:
        share = np.mean([retained_share(rule, STREAM, year) for year in years])
        each = required_area(required_gross(total / n, share), price) if share > 0 else None
        return _Land([each] * n, [1.0] * n, [price] * n, [1.0] * n, [0.0] * n)
    rows: list[tuple[Any, ...]] = []
    for year in years:
        plots = [p for p in data.inventory if p.stream == STREAM and p.year == year]
        area = np.array([p.area_m2 for p in plots])
        homes = area * np.array([p.saleable_share for p in plots])
        worth = homes * np.array([p.price_mode for p in plots])
        bids = worth * np.array([p.sale_probability for p in plots])
        late = bids * np.array([carried_over(p.quarter) for p in plots])
        pairs = (homes, area, 1.0), (worth, homes, price), (bids, worth, 1.0), (late, bids, 0.0)
        means = [float(a.sum() / b.sum()) if b.sum() else empty for a, b, empty in pairs]
        rows.append((float(area.sum()) if plots else None, *means))
    origin = weakest_origin(*(plot.origin for plot in data.inventory))
    area_m2, saleable, prices, sold, carried = map(list, zip(*rows, strict=True))
    return _Land(area_m2, saleable, prices, sold, carried, origin)


class _Investment:
    """The part on the total while it is written."""

    def __init__(
        self, sheet: Sheet, data: Dataset, target: Target, rules: dict[str, SharingRule]
    ) -> None:
        self.sheet, self.book, self.data, self.target = sheet, sheet.book, data, target
        self.rules, self.years, self.rule = rules, sheet.book.years[1:], next(iter(rules))
        self.total, self.words, self.n = target.weaker_end, rule_words(data), len(self.years)
        self.land = _land_of(data, self.years, self.total, rules[self.rule])
        self.shares = self.shares_of(self.rule)
        amounts = {name: np.nan_to_num(np.array(getattr(self.land, name), dtype=float))
                   for name in ("area", "saleable", "price", "sold")}  # fmt: skip
        self.bids = compute(LAND, "winning_bids", premium=1.0, **amounts)[0]
        late = self.bids * self.land.carried
        self.paid = self.bids - late + np.concatenate([[0.0], late[:-1]])

    def shares_of(self, rule: str) -> Any:
        """Return what a rule leaves each year. [fractions]"""
        return np.array([retained_share(self.rules[rule], STREAM, year) for year in self.years])

    def origins(self, rule: str) -> list[str]:
        """Return what the lines of a rule rest on."""
        return [line.origin for line in self.rules[rule].lines if line.stream == STREAM]

    def write(self) -> None:
        """Write the parts from top to bottom."""
        sheet = self.sheet
        sheet.part(_("Phép chia thử: chưa trừ chi phí và số đã thu; không phải kết luận"))
        sheet.note(_(
            "Ô màu vàng là ô để sửa: chọn quy định điều tiết, gõ diện tích, giá, tỷ lệ bán được. Tiền "
            "tính theo năm nộp: phần nộp muộn chuyển sang năm kế tiếp và chia theo quy định của năm đó."
        ))  # fmt: skip
        sheet.note(self.what_land())
        self.choices()
        self.by_year()
        self.results()
        self.side_by_side()

    def what_land(self) -> Words:
        """Return what the areas rest on."""
        plots = self.data.inventory
        if plots:
            mine = sum(plot.stream == STREAM for plot in plots)
            return _(
                "Diện tích, giá, tỷ lệ bán lấy từ danh mục khu đất của xã: {mine} trong {n} khu, là các dự "
                "án do xã làm chủ đầu tư. Giá là giá dự kiến của danh mục.", mine=mine, n=len(plots),
            )  # fmt: skip
        area = self.land.area[0]
        if area is None:
            return _("Xã chưa có danh mục khu đất: gõ diện tích vào ô vàng.")
        return _(
            "Xã chưa có danh mục khu đất. Diện tích, giá, tỷ lệ dưới đây là GIẢ ĐỊNH, chỉ là phép chia: "
            "{gross:3} tỷ đồng theo {rule}, tức {area:^2} ha đất ở với giá {price:=} triệu đồng/m², bán "
            "hết, thu đủ, chia đều các năm. Vì vậy số còn thiếu bằng 0; đó không phải căn cứ kết luận.",
            gross=float(sum(self.bids)), rule=self.words[self.rule],
            area=area * self.n / 10_000, price=self.land.price[0],
        )  # fmt: skip

    def choices(self) -> None:
        """Write the total, the rule, and what holds for all years."""
        sheet, book, rule = self.sheet, self.book, self.words[self.rule]
        sheet.part(_("A. Chọn và gõ"))
        total = number(self.total, _MONEY, "strong", target_cell(self.target))
        sheet.line([Cell(self.target.name, "bold"), book.unit(_MONEY), total])
        book.define(sheet.at(sheet.row - 1, _COLUMN), "investment_total")
        row = sheet.line([_("Quy định điều tiết"), BLANK])
        look = book.format("choice")
        sheet.ws.merge_range(row, _COLUMN, row, _COLUMN + self.n - 1, book.say(rule), look)
        sheet.choose(row, _COLUMN, "=sharing_names")
        book.define(sheet.at(row, _COLUMN), "rule_chosen")
        for name, (words, unit, value, high) in _SINGLES.items():
            row = sheet.line([words, book.unit(unit), typed(value, unit)])
            sheet.limit((row, _COLUMN, row, _COLUMN), 0.0, high)
            book.define(sheet.at(row, _COLUMN), "land", name)

    def by_year(self) -> None:
        """Write the inputs of each year."""
        sheet, origin = self.sheet, self.book.origin(self.land.origin)
        sheet.row += 1
        sheet.head([_("Từng năm"), _("Đơn vị tính"), *map(str, self.years), _("Cả kỳ"),
                          _("Căn cứ yếu nhất")])  # fmt: skip
        for name, (words, unit, high) in _INPUTS.items():
            cells = [typed(value, unit) for value in getattr(self.land, name)]
            line = sheet.yearly(("land", name), (words, self.book.unit(unit)), cells, (CLOSED, origin),
                                first=self.years[0])  # fmt: skip
            sheet.limit((line.row, _COLUMN, line.row, _COLUMN + self.n - 1), 0.0, high)

    def row(
        self, key: str, words: Words, unit: str, formula: Callable[[int], str], values: Sequence[Any],
        origins: Sequence[str],
    ) -> None:  # fmt: skip
        """Write one computed row with its total (the mean unless it is money), and name both."""
        look = "strong" if key in ("kept", "short") else "number"
        cells = [number(value, unit, look, formula(year))
                 for year, value in zip(self.years, values, strict=True)]  # fmt: skip
        block = self.block(self.sheet.row)
        word, total = ("SUM", np.sum) if unit == _MONEY else ("AVERAGE", np.mean)
        there = all(value is not None for value in values)
        whole = number(float(total(values)) if there else None, unit, "strong",
                       f'IF(COUNT({block})={self.n},{word}({block}),"")')  # fmt: skip
        right = whole, self.book.origin(weakest_origin(*origins, "derived"))
        left = words, self.book.unit(unit)
        place = self.sheet.yearly(("year", key), left, cells, right, first=self.years[0])
        self.book.define(self.sheet.at(place.row, _COLUMN + self.n), "total", key)

    def block(self, row: int) -> str:
        """Return the address of the years of a row."""
        return f"{address(row, _COLUMN)}:{address(row, _COLUMN + self.n - 1)}"

    def model(self, name: str, **constants: str) -> Callable[[int], str]:
        """Return the formula of an equation of land by year: its amounts are inputs, or constants."""

        def formula(year: int) -> str:
            def cell(_kind: str, amount: str, _t: int) -> str:
                return constants.get(amount) or self.book.lines["land", amount].at(year)

            return excel_formula(LAND.table[name], 0, Places(cell, lambda _name: ""))

        return formula

    def results(self) -> None:
        """Write the money of each year under the rule chosen, and the land behind a billion."""
        lines, got, even = self.book.lines, self.paid * self.shares, self.total / self.n
        self.sheet.part(_("B. Kết quả theo quy định đã chọn"))
        land, rule = [self.land.origin], self.origins(self.rule)

        def joined(sign: str, *keys: str) -> Callable[[int], str]:
            def formula(year: int) -> str:
                cells = [lines["year", key].at(year) for key in keys]
                return if_there(sign.join(cells), *cells)

            return formula

        def paid(year: int) -> str:
            bids, late = lines["year", "bids"], lines["land", "carried"]
            moved = "" if year == self.years[0] else f"+N({bids.at(year - 1)})*{late.at(year - 1)}"
            return f"(N({bids.at(year)})*(1-{late.at(year)}){moved})*land_collection"

        bids = [
            None if area is None else bid
            for area, bid in zip(self.land.area, self.bids, strict=True)
        ]
        self.row("bids", _("Tiền trúng đấu giá trong năm"), _MONEY,
                 self.model("winning_bids", premium="land_premium"), bids, land)  # fmt: skip
        self.row("paid", _("Tiền thu được trong năm"), _MONEY, paid, self.paid, land)
        self.row("share", _("Tỷ lệ xã được hưởng"), "fraction",
                 lambda year: kept_formula("rule_chosen", year), self.shares, rule)  # fmt: skip
        self.row("kept", _("Xã được dùng"), _MONEY, joined("*", "paid", "share"), got, land + rule)
        self.row("even", _("Cần mỗi năm nếu chia đều"), _MONEY,
                 lambda _year: f"investment_total/{self.n}", [even] * self.n, ["statement"])  # fmt: skip
        self.row("short", _("Thiếu (+), dư (-) so với chia đều"), _MONEY,
                 joined("-", "even", "kept"), even - got, [*land, *rule, "statement"])  # fmt: skip
        self.row("area", _("Đất ở cần đem đấu giá để thu 1 tỷ đồng"), "m2",
                 self.model("required_area", gross="1", premium="land_premium", saleable="1"),
                 self.per_billion, land)  # fmt: skip

    @property
    def per_billion(self) -> list[float | None]:
        """What land brings a billion VND, by year; None where nothing is sold. [m2]"""
        pairs = zip(self.land.price, self.land.sold, strict=True)
        return [
            float(required_area(1.0, price, sold=sold)) if sold > 0 else None
            for price, sold in pairs
        ]

    def side_by_side(self) -> None:
        """Write every rule beside the others, with the same land."""
        sheet, book, end = self.sheet, self.book, _COLUMN + self.n
        sheet.part(_("C. Các quy định điều tiết cạnh nhau (cùng đất, giá, tỷ lệ bán ở mục A)"))
        sheet.head([
            _("Tỷ lệ xã được hưởng"), _("Bình quân"), *map(str, self.years),
            _("Xã được dùng (tỷ đồng)"), _("Muốn đủ: cần thu (tỷ đồng)"), _("cần đất ở (ha)"),
            _("số lô mỗi năm"), _("Căn cứ yếu nhất"),
        ])  # fmt: skip
        areas = self.per_billion
        each = None if None in areas else float(np.mean(np.array(areas, dtype=float)))
        for name in self.rules:
            row, shares, block = sheet.row, self.shares_of(name), self.block(sheet.row)
            mean, (fees, area) = address(row, 1), (address(row, end + 1), address(row, end + 2))
            part, full = float(np.mean(shares)), f"COUNT({block})={self.n}"
            gross = float(required_gross(self.total, part)) if part > 0 else None
            land = None if gross is None or each is None else safe_side(gross * each / 10_000, 2)
            need = self.model("required_gross", total="investment_total", share=mean,
                              collection="land_collection", cost="0")(self.years[0])  # fmt: skip
            plots = f'IF(land_plot_m2>0,{area}*10000/land_plot_m2/{self.n},"")'
            sheet.line([
                self.words[name], number(part, "fraction", "strong", f'IF({full},AVERAGE({block}),"")'),
                *(number(share, "fraction", "number", kept_formula(address(row, 0), year))
                  for share, year in zip(shares, self.years, strict=True)),
                number(float(sum(self.paid * shares)), _MONEY, "strong",
                       f'IF({full},SUMPRODUCT(year_paid,{block}),"")'),
                number(gross, _MONEY, "number", need),
                number(land, "ha", "number",
                       if_there(f"ROUNDUP({fees}*total_area/10000-1E-9,2)", fees, "total_area")),
                number(None if land is None else land * 10_000 / _PLOT / self.n, "m2", "number",
                       if_there(plots, area, "land_plot_m2")),
                book.origin(weakest_origin(*self.origins(name), self.land.origin)),
            ])  # fmt: skip
            for key, column in (("fees", end + 1), ("hectares", end + 2), ("plots", end + 3)):
                book.define(sheet.at(row, column), key, name)


def _sharing(sheet: Sheet, data: Dataset) -> None:
    """Write the lines of every rule, those of the stream first: these are looked up."""
    book, words = sheet.book, rule_words(data)
    lines = [(name, line) for name, rule in data.rules.items() for line in rule.lines]
    lines.sort(key=lambda one: one[1].stream != STREAM)
    if not lines:
        return
    sheet.begin_pages([sheet.row] if sheet.row > 1 else [])
    sheet.part(_("Quy định điều tiết tiền sử dụng đất"))
    sheet.note(_(
        "Sửa ô màu vàng để thử tỷ lệ khác. Trung ương + thành phố + xã + chưa rõ phải bằng 100%. Được "
        "hưởng = (1 - trừ trước) x (xã + thành phố x phần điều tiết lại)."
    ))  # fmt: skip

    at = {"central": 4, "city": 5, "commune": 6, "city_returned": 7, "unassigned": 8,
          "cost_deducted_first": 9}  # fmt: skip
    places = Places(lambda _kind, name, _t: address(sheet.row, at[name]), lambda _name: "")
    status = {"adopted": _("đã ban hành"), "proposal": _("đề xuất, chưa thấy ban hành")}
    top = 1 + sheet.head([
        _("Quy định"), _("Dòng thu"), _("Từ năm"), _("Đến năm"), _("Trung ương"), _("Thành phố"), _("Xã"),
        _("Thành phố điều tiết lại"), _("Chưa rõ"), _("Trừ trước cho chi phí"), _("Được hưởng"),
        _("Hiệu lực, căn cứ, nguồn"),
    ])  # fmt: skip
    for name, line in lines:
        kept = excel_formula(LAND.table["retained_share"], 0, places)
        value = retained_share(data.rules[name], line.stream, line.year_from)
        told: tuple[Words, ...] = (status.get(line.status, words_of(line.status)), words_of(line.origin),
                source_titles(data, [line.source_id]))  # fmt: skip
        sheet.line([
            words[name], small(words_of(line.stream)), Cell(line.year_from, "number", "0"),
            Cell(line.year_to, "number", "0"),
            *(typed(getattr(line, part), "fraction") for part in at),
            number(value, "fraction", "strong", kept),
            small("; ".join(filter(None, dict.fromkeys(map(book.say, told))))),
        ])  # fmt: skip
    count = sum(line.stream == STREAM for _name, line in lines)
    sheet.limit((top, 4, sheet.row - 1, 9), 0.0, 1.0)
    book.define(sheet.at(top, 4, sheet.row - 1, 9), "sharing_parts")
    for name, place in (("rules", 0), ("first", 2), ("last", 3), ("retained", 10)):
        if count:
            book.define(sheet.at(top, place, top + count - 1, place), "sharing", name)
    sheet.part(_("Các quy định để chọn"))
    for each in words.values():
        sheet.line([each])
    book.define(sheet.at(sheet.row - len(words), 0, sheet.row - 1, 0), "sharing_names")
