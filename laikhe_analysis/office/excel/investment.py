"""The investment total, live: a rule, land and prices in; what is retained and needed out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from laikhe_analysis.findings.investment import gross_by_rule
from laikhe_analysis.office.excel.base import Book, Page, Sheet
from laikhe_analysis.office.excel.cells import cell, span
from laikhe_analysis.office.excel.compare import GOAL, LINES, Chart, Drawn, draw_charts
from laikhe_analysis.office.excel.goals import target_name
from laikhe_analysis.office.excel.land import (
    STREAM,
    Land,
    Outcome,
    knows,
    land_at_hand,
    net_share,
    outcome,
)
from laikhe_analysis.office.excel.rules import share_formula, write_rules
from laikhe_analysis.office.excel.sharing import rule_names, write_sharing
from laikhe_analysis.records import Target
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.vietnamese import label, sentence
from laikhe_analysis.vietnamese import words as words_of

__all__ = ["write_investment"]

_FIRST = 2  # column of the first year
_SHARING = 15  # columns of the sharing rules
_MONEY, _SHARE, _AREA = "#,##0.000", "0.0#%", "#,##0"

_SINGLES = (
    ("premium", "Giá trúng so với giá khởi điểm", "Winning over starting price", "ratio", "0.00#", 100.0),
    ("collection", "Tỷ lệ thu được tiền", "Part of the bids that is paid", "", _SHARE, 1.0),
    ("cost", "Trừ trước cho chi phí (nếu lớn hơn mức của quy định)",
     "Taken first for costs (where more than the rule takes)", "", _SHARE, 1.0),
    ("plot_m2", "Diện tích một lô", "Size of a plot", "m2", _AREA, 1e5),
)  # fmt: skip
_YEARLY = (
    ("area", "Diện tích đất ở đem đấu giá", "Plots offered", "m2", _AREA, 1e8),
    ("price", "Giá khởi điểm", "Starting price", "million VND/m2", _MONEY, 1e4),
    ("sold", "Tỷ lệ diện tích bán được", "Part sold", "", _SHARE, 1.0),
    ("carried", "Phần tiền nộp sang năm sau", "Part paid in the next year", "", _SHARE, 1.0),
)  # fmt: skip
"""Inputs: field of `Land`, words, unit, format, largest value."""


def write_investment(book: Book) -> None:
    """Write the sheet of land: the investment total where the plan has one, and the sharing rules."""
    data, years, say = book.material.data, book.material.years[1:], book.say
    target, rules = data.plan.role("investment_land"), data.rules
    fitting = [name for name in gross_by_rule(data) if knows(rules[name], STREAM, years)]
    widths = [50.0, 16.0, *(13.0 for _ in years), 14.0, 15.0]
    widths += [10.0] * (_SHARING - 1 - len(widths)) + [26.0]
    title = say("Vốn đầu tư từ đất: xã được dùng bao nhiêu, cần bao nhiêu",
                "Investment from land: what is retained, what is needed")  # fmt: skip
    sheet = book.sheet("investment", Page(title, tuple(widths)))
    charts = []
    if target is not None and fitting:
        charts = _Investment(book, sheet, target, fitting[0]).write()
    write_sharing(book, sheet)
    draw_charts(book, sheet, charts, columns=(0, 4))
    sheet.finish()


class _Investment:
    """The investment sheet while it is written."""

    def __init__(self, book: Book, sheet: Sheet, target: Target, rule: str) -> None:
        self.book, self.sheet, self.target, self.rule = book, sheet, target, rule
        self.years = book.material.years[1:]
        self.lines = book.material.data.rules[rule]
        self.land: Land = land_at_hand(book.material, target.weaker_end, self.lines)
        self.shares = [net_share(self.lines, STREAM, year, self.land.cost) for year in self.years]
        self.found: Outcome = outcome(target.weaker_end, self.land, self.shares)
        self.rows: dict[str, int] = {}

    @property
    def last(self) -> int:
        """The column behind the years: totals."""
        return _FIRST + len(self.years)

    def _how(self) -> str:
        """Return how to use the sheet."""
        return self.book.say(
            "Ô màu vàng là ô để sửa: chọn quy định và dòng thu, gõ diện tích, giá, tỷ lệ bán được. "
            "Tiền tính theo năm nộp: phần nộp muộn chuyển sang năm kế tiếp và chia theo quy định của "
            "năm đó.",
            "Yellow cells may be changed: choose rule and stream, type area, price, part sold. Money "
            "counts in the year it is paid: what is late moves to the next year and is shared by "
            "that year's rule.",
        )

    def _what_land(self) -> str:
        """Return what the areas rest on."""
        data, say = self.book.material.data, self.book.say
        if data.inventory:
            return say("Diện tích, giá lấy từ danh mục khu đất của xã (dòng thu: dự án do xã làm chủ "
                       "đầu tư).", "Areas and prices are those of the inventory (projects run by the "
                       "commune).")  # fmt: skip
        areas = [area for area in self.land.area if area is not None]
        if not areas:
            return say("Xã chưa có danh mục khu đất: gõ diện tích vào ô vàng.",
                       "There is no inventory of plots: type the areas in.")  # fmt: skip
        return sentence(
            "Xã chưa có danh mục khu đất. Diện tích, giá, tỷ lệ dưới đây là GIẢ ĐỊNH: đúng phép chia "
            "của trang 05, {gross:3} tỷ đồng theo {rule}, tức {area:2} ha đất ở giá {price:3} triệu "
            "đồng/m², bán hết, thu đủ, chia đều các năm. Vì vậy số còn thiếu bằng 0; đó không phải "
            "căn cứ kết luận.",
            "There is no inventory of plots. Areas, price and parts below are ASSUMED: the bare "
            "division of page 05, {gross:3} billion VND under {rule}, {area:2} ha of plots at "
            "{price:3} million VND/m², all sold and paid, evenly over the years. So the gap is 0, "
            "which is no evidence.",
            gross=sum(self.found.bids), rule=words_of(self.rule), area=sum(areas) / 10_000,
            price=self.land.price[0],
        ).pick(self.book.lang)  # fmt: skip

    def write(self) -> list[Chart]:
        """Write the parts from top to bottom; return the charts."""
        self.sheet.note(self._how())
        self.sheet.note(self._what_land())
        self._choices()
        self._inputs()
        self._results()
        self._needed()
        return [self._chart(), write_rules(self.book, self.sheet, self.target, self.land)]

    def _choices(self) -> None:
        """Write the total, the rule, the stream, and what holds for all years."""
        sheet, book, say = self.sheet, self.book, self.book.say
        sheet.part(say("A. Chọn và gõ", "A. Choose and type"))
        sheet.write(0, self.target.name.pick(book.lang), "bold")
        sheet.write(1, book.unit("billion VND"))
        where = sheet.formula(2, target_name(self.target), self.target.weaker_end, "strong", _MONEY)
        book.define("investment_total", sheet.at(where))
        sheet.row += 1
        rule, stream = (
            rule_names(book.material.data, book.lang)[self.rule],
            label(STREAM, book.lang),
        )
        for words, value, name, listed in (
            (say("Quy định điều tiết", "Sharing rule"), rule, "rule_chosen", "sharing_rule_names"),
            (say("Dòng thu", "Stream"), stream, "stream_chosen", "sharing_stream_names"),
        ):
            row = sheet.row
            sheet.write(0, words)
            sheet.write(1, None)
            sheet.ws.merge_range(row, 2, row, self.last - 1, "", book.format("choice"))
            sheet.ws.write_string(row, 2, value, book.format("choice"))
            sheet.choose((row, 2), f"={listed}")
            book.define(name, sheet.at(cell(row, 2)))
            sheet.row += 1
        for name, vi, en, unit, shown, high in _SINGLES:
            sheet.write(0, say(vi, en))
            sheet.write(1, book.unit(unit) if unit else "")
            sheet.write(2, getattr(self.land, name), "input", shown)
            sheet.limit((sheet.row, 2), (sheet.row, 2), 0.0, high)
            book.define(f"land_{name}", sheet.at(cell(sheet.row, 2)))
            sheet.row += 1

    def _inputs(self) -> None:
        """Write the inputs of each year."""
        sheet, book, say = self.sheet, self.book, self.book.say
        sheet.row += 1
        self.rows["head"] = sheet.row
        sheet.head([say("Từng năm", "By year"), say("Đơn vị tính", "Unit"), *map(str, self.years),
                    say("Cả kỳ", "Period"), say("Căn cứ yếu nhất", "Weakest origin")])  # fmt: skip
        for name, vi, en, unit, shown, high in _YEARLY:
            self.rows[name] = sheet.row
            sheet.write(0, say(vi, en))
            sheet.write(1, book.unit(unit) if unit else "")
            values: Sequence[float | None] = getattr(self.land, name)
            for i, value in enumerate(values):
                sheet.write(_FIRST + i, value, "input", shown)
            where = self.block(name)
            if name == "area":
                sheet.formula(
                    self.last, f"SUM({where})", sum(v or 0.0 for v in values), shown=shown
                )
            else:
                sheet.write(self.last, None, "closed")
            sheet.write(self.last + 1, label(self.land.origin, book.lang), "small")
            sheet.limit((sheet.row, _FIRST), (sheet.row, self.last - 1), 0.0, high)
            book.define(f"land_{name}", sheet.at(where))
            sheet.row += 1

    def at(self, key: str, i: int) -> str:
        """Return the address of a row in the i-th year."""
        return cell(self.rows[key], _FIRST + i)

    def block(self, key: str) -> str:
        """Return the address of a row in all years."""
        return span((self.rows[key], _FIRST), (self.rows[key], self.last - 1))

    def _results(self) -> None:
        """Write money by year under the rule chosen."""
        at, found, say = self.at, self.found, self.book.say
        self.sheet.part(say("B. Kết quả theo quy định đã chọn", "B. Under the rule chosen"))
        need = self.target.weaker_end / len(self.years)

        def bids(i: int) -> str:
            return f"{at('area', i)}*{at('price', i)}*land_premium*{at('sold', i)}/1000"

        def paid(i: int) -> str:
            late = f"+{at('bids', i - 1)}*{at('carried', i - 1)}" if i else ""
            return f"({at('bids', i)}*(1-{at('carried', i)}){late})*land_collection"

        def kept(i: int) -> str:
            return f'IF({at("share", i)}="","",{at("paid", i)}*{at("share", i)})'

        def missing(i: int) -> str:
            return f'IF({at("kept", i)}="","",{at("even", i)}-{at("kept", i)})'

        def share(i: int) -> str:
            return share_formula("rule_chosen", self.years[i])

        land, rule, plan = (self.land.origin,), self.rule_origins(), ("statement",)
        even, gaps = [need] * len(self.years), [need - one for one in found.kept]
        part = f"investment_total/{len(self.years)}"
        words = say("Tiền trúng đấu giá trong năm", "Winning bids of the year")
        self.yearly("bids", words, bids, found.bids, land)
        words = say("Tiền thu được trong năm", "Paid in the year")
        self.yearly("paid", words, paid, found.paid, land)
        words = say("Tỷ lệ được hưởng", "Part retained")
        self.yearly("share", words, share, self.shares, rule, shown=_SHARE)
        words = say("Xã được dùng", "Retained by the commune")
        self.yearly("kept", words, kept, found.kept, (*land, *rule), kind="strong")
        words = say("Cần mỗi năm nếu chia đều", "Needed a year if even")
        self.yearly("even", words, lambda i: part, even, plan)
        words = say("Thiếu (+), dư (-) so với chia đều", "Short (+), over (-) of an even pace")
        self.yearly("missing", words, missing, gaps, (*land, *rule, *plan), kind="strong")
        words = say("Tiền trúng đấu giá nộp sau kỳ kế hoạch", "Winning bids paid after the period")
        last = len(self.years) - 1
        formula = f"{at('bids', last)}*{at('carried', last)}"
        self.alone("paid_after", words, "billion VND", (formula, found.after), _MONEY)

    def rule_origins(self) -> tuple[str, ...]:
        """Return what the lines of the rule rest on."""
        return tuple(line.origin for line in self.lines.lines if line.stream == STREAM)

    def yearly(
        self, key: str, words: str, formula: Callable[[int], str], values: Sequence[float | None],
        origins: Sequence[str], *, kind: str = "number", shown: str = _MONEY,
    ) -> None:  # fmt: skip
        """Write one computed row with its total (of shares: the mean), and name both."""
        sheet, book = self.sheet, self.book
        self.rows[key] = sheet.row
        sheet.write(0, words, "bold" if kind == "strong" else "text")
        sheet.write(1, {_MONEY: book.unit("billion VND"), _AREA: book.unit("m2")}.get(shown, ""))
        for i, value in enumerate(values):
            sheet.formula(_FIRST + i, formula(i), value, kind, shown)
        where, known = self.block(key), [one for one in values if one is not None]
        total = sum(known) / (len(known) if shown == _SHARE else 1) if known else None
        word = "AVERAGE" if shown == _SHARE else "SUM"
        full = f'IF(COUNT({where})<{len(self.years)},"",{word}({where}))'
        sheet.formula(self.last, full, total, "strong", shown)
        sheet.write(self.last + 1, label(weakest_origin(*origins, "derived"), book.lang), "small")
        book.define(f"year_{key}", sheet.at(where))
        book.define(f"total_{key}", sheet.at(cell(sheet.row, self.last)))
        sheet.row += 1

    def alone(
        self, name: str, words: str, unit: str, what: tuple[str, float | None], shown: str
    ) -> None:
        """Write one number in the column of totals, and name it."""
        sheet = self.sheet
        sheet.write(0, words)
        sheet.write(1, self.book.unit(unit) if unit != "plots" else self.book.say("lô", "plots"))
        for column in range(_FIRST, self.last):
            sheet.write(column, None, "closed")
        where = sheet.formula(self.last, *what, "strong", shown)
        self.book.define(name, sheet.at(where))
        sheet.row += 1

    def _needed(self) -> None:
        """Write what the total asks for: gross fees and land, by year."""
        at, found, say, n = self.at, self.found, self.book.say, len(self.years)
        self.sheet.part(
            say(
                "C. Muốn đủ tổng vốn thì cần (theo quy định, giá, tỷ lệ bán ở mục A; chia đều các năm)",
                "C. What the total asks for (rule, prices, part sold as in A; evenly)",
            )
        )
        origins = (*self.rule_origins(), "statement")

        def gross(i: int) -> str:
            kept = "total_share*land_collection"
            return f'IF(total_share="","",IF({kept}=0,"",investment_total/({kept})/{n}))'

        def area(i: int) -> str:
            bid = f"{at('price', i)}*land_premium*{at('sold', i)}"
            return f'IF(OR({at("gross", i)}="",{bid}=0),"",{at("gross", i)}*1000/({bid}))'

        yearly = None if found.gross is None else found.gross / n
        self.yearly("gross", say("Tổng thu tiền sử dụng đất cần có", "Gross land-use fees needed"), gross,
                    [yearly] * n, origins)  # fmt: skip
        self.yearly("area_needed", say("Diện tích đất ở cần đem đấu giá", "Plots that must be offered"),
                    area, found.areas or [None] * n, (*origins, self.land.origin), shown=_AREA)  # fmt: skip
        formula = (
            f'IF(OR(total_area_needed="",land_plot_m2=0),"",total_area_needed/land_plot_m2/{n})'
        )
        words = say("Số lô mỗi năm", "Plots a year")
        self.alone("plots_per_year", words, "plots", (formula, found.plots), _AREA)
        parts = f"COUNT(land_price)<{n},COUNT(land_sold)<{n},MIN(land_price)*MIN(land_sold)*land_premium=0"
        each = f"SUMPRODUCT(1000/(land_price*land_premium*land_sold))/{n}"
        words = say("Diện tích đất ở cho 1 tỷ đồng", "Land offered for a billion VND")
        per = None if found.areas is None or not found.gross else sum(found.areas) / found.gross
        self.alone("area_per_billion", words, "m2", (f'IF(OR({parts}),"",{each})', per), "#,##0.0")

    def _chart(self) -> Chart:
        """Return the chart of what is retained and what is needed."""
        say, sheet = self.book.say, self.sheet
        top = self.rows["head"]
        years = sheet.at(span((top, _FIRST), (top, self.last - 1)))
        bars = [
            Drawn(say(*words), f"={years}", f"={sheet.at(self.block(key))}", look)
            for key, words, look in (
                ("kept", ("Xã được dùng", "Retained"), LINES[0]),
                ("even", ("Cần nếu chia đều", "Needed if even"), GOAL),
            )
        ]  # fmt: skip
        title = say(
            "Tiền đất: xã được dùng và cần mỗi năm", "Land money: retained and needed, by year"
        )
        unit = self.book.unit("billion VND")
        return Chart(title, unit, tuple(bars), kind="column")
