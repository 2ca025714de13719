"""The investment total, live: a rule, land and prices in; what is retained and needed out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from laikhe_analysis.land import carried_over, required_area, required_gross
from laikhe_analysis.outputs.excel_base import Book, Page, Sheet, cell, span
from laikhe_analysis.outputs.excel_compare import GOAL, LINES, Drawn, draw
from laikhe_analysis.outputs.excel_goals import target_name
from laikhe_analysis.outputs.excel_inputs import rule_names
from laikhe_analysis.outputs.summary import auction_prices, gross_by_rule
from laikhe_analysis.outputs.word_material import Material
from laikhe_analysis.records import Plot, SharingRule, Target
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.vietnamese import label

__all__ = ["Land", "land_at_hand", "net_share", "write_investment"]

_STREAM = "commune_run"
_FIRST = 2  # column of the first year


@dataclass(frozen=True)
class Land:
    """What is put up for auction by year, and what becomes of it.

    Parameters
    ----------
    area : tuple of float or None
        Plots offered, by year. [m2]
    price : tuple of float
        Starting price, by year. [million VND per m2]
    sold, carried : tuple of float
        Part that finds a buyer; part of the money that is paid in the next year. [fractions]
    premium, collection, cost : float
        Winning over starting price; part of bids that is paid; part taken first. [ratio; fractions]
    origin : str
    """

    area: tuple[float | None, ...]
    price: tuple[float, ...]
    sold: tuple[float, ...]
    carried: tuple[float, ...]
    premium: float = 1.0
    collection: float = 1.0
    cost: float = 0.0
    origin: str = "assumption"


def land_at_hand(material: Material) -> Land:
    """Return the inventory by year of auction; the example inventory where there is none.

    Prices, parts sold and parts paid late are means weighted by area and by money; in a year
    without a plot the price is the middle one of the auctions seen.
    """
    data, years = material.data, material.years[1:]
    plots = [plot for plot in data.plots or data.plots_example if plot.stream == _STREAM]
    seen = sorted(set(auction_prices(data).values())) or [10.0]
    usual = seen[len(seen) // 2]

    def by_year(of: Callable[[Plot], float], weight: Callable[[Plot], float], empty: float) -> tuple[float, ...]:  # fmt: skip
        found = []
        for year in years:
            mine = [plot for plot in plots if plot.year == year]
            total = sum(weight(plot) for plot in mine)
            found.append(sum(of(p) * weight(p) for p in mine) / total if total else empty)
        return tuple(round(one, 6) for one in found)

    def area(plot: Plot) -> float:
        return plot.area_m2 * plot.saleable_share

    areas = [sum(area(plot) for plot in plots if plot.year == year) for year in years]
    return Land(
        area=tuple(round(one, 6) or (0.0 if plots else None) for one in areas),
        price=by_year(lambda p: p.price_mode, area, usual),
        sold=by_year(lambda p: p.sale_probability, lambda p: area(p) * p.price_mode, 1.0),
        carried=by_year(
            lambda p: carried_over(p.quarter),
            lambda p: area(p) * p.price_mode * p.sale_probability, 0.0,
        ),
        origin=weakest_origin(*(plot.origin for plot in plots)) if plots else "assumption",
    )  # fmt: skip


def net_share(rule: SharingRule, stream: str, year: int, cost: float = 0.0) -> float:
    """Return the part of paid fees that is retained, when at least `cost` is taken first.

    Notes
    -----
    ``(1 - max(cost, cost_deducted_first)) * (commune + city * city_returned)``: the larger of the
    land's own cost and the flat part of the rule, never both (`sharing.split`).

    Examples
    --------
    >>> from laikhe_analysis.records import ShareLine
    >>> line = ShareLine("s", 2026, 2030, 0.2, 0.6, 0.2, 1.0, 0.0, 0.25, "plan", "press")
    >>> round(net_share(SharingRule("a", (line,)), "s", 2026, 0.5), 9)
    0.4
    """
    line = rule.line(stream, year)
    first = max(cost, line.cost_deducted_first)
    return (1 - first) * (line.commune + line.city * line.city_returned)


def _knows(rule: SharingRule, stream: str, years: Sequence[int]) -> bool:
    """Return whether a rule says something of a stream in every year."""
    return all(
        any(x.stream == stream and x.year_from <= year <= x.year_to for x in rule.lines)
        for year in years
    )


def write_investment(book: Book) -> None:
    """Write the investment sheet, where the plan has a total and a rule applies."""
    target, rules = book.material.data.plan.role("investment"), book.material.data.rules
    years = book.material.years[1:]
    known = [name for name in rules if _knows(rules[name], _STREAM, years)]
    if target is None or not known:
        return
    _Investment(book, target, known).write()


class _Investment:
    """The investment sheet while it is written."""

    def __init__(self, book: Book, target: Target, known: Sequence[str]) -> None:
        self.book, self.target, self.rules = book, target, book.material.data.rules
        self.years, self.names = book.material.years[1:], rule_names(book.material)
        self.land = land_at_hand(book.material)
        scaled = [name for name in gross_by_rule(book.material.data) if name in known]
        self.rule = (scaled or list(known))[0]
        self.rows: dict[str, int] = {}
        say = book.say
        notes = (
            say("Ô màu vàng là ô để sửa. Chọn quy định điều tiết và dòng thu; gõ diện tích đất ở đem "
                "đấu giá, giá, tỷ lệ bán được. Tiền tính theo năm nộp: phần nộp sang năm sau chuyển "
                "sang năm kế tiếp và chia theo quy định của năm đó.",
                "Yellow cells may be changed. Choose a sharing rule and stream; type in the plots "
                "offered, price and part sold. Money counts in the year it is paid: what is paid "
                "late moves to the next year and is shared by that year's rule."),
            self._what_land(),
        )  # fmt: skip
        widths = (56.0, 16.0, *(14.0 for _ in self.years), 16.0, 18.0)
        title = say("Vốn đầu tư từ đất: được dùng bao nhiêu, cần bao nhiêu",
                    "Investment from land: what is retained, what is needed")  # fmt: skip
        self.sheet: Sheet = book.sheet("investment", Page(title, widths, notes))

    def _what_land(self) -> str:
        """Return what the areas rest on."""
        data, say = self.book.material.data, self.book.say
        if data.plots:
            return say("Diện tích lấy từ danh mục khu đất của xã.", "Areas are those of the inventory.")
        if data.plots_example:
            return say("Xã chưa có danh mục khu đất: diện tích, giá, tỷ lệ dưới đây là SỐ VÍ DỤ để học "
                       "cách dùng, chưa phải căn cứ kết luận.",
                       "There is no inventory of plots: areas, prices and parts below are EXAMPLES to "
                       "learn from, no evidence.")  # fmt: skip
        return say("Xã chưa có danh mục khu đất: gõ diện tích vào ô vàng.",
                   "There is no inventory of plots: type the areas in.")  # fmt: skip

    @property
    def last(self) -> int:
        """The column behind the years: totals."""
        return _FIRST + len(self.years)

    def write(self) -> None:
        """Write the sheet from top to bottom."""
        self._choices()
        self._inputs()
        retained = self._results()
        self._needed()
        self._rules(retained)
        self.sheet.finish()

    def single(self, words: str, unit: str, value: float | str, name: str, shown: str = "") -> None:
        """Write one input that holds for all years, and give it a name."""
        sheet, row = self.sheet, self.sheet.row
        sheet.write(0, words)
        sheet.write(1, self.book.unit(unit) if unit else "")
        if isinstance(value, str):
            sheet.ws.merge_range(row, 2, row, self.last - 1, "", self.book.format("choice"))
            sheet.ws.write_string(row, 2, value, self.book.format("choice"))
        else:
            sheet.write(2, value, "input", shown)
        self.book.define(name, sheet.at(cell(row, 2)))
        sheet.row += 1

    def _choices(self) -> None:
        """Write the total, the rule and the stream."""
        sheet, say = self.sheet, self.book.say
        sheet.part(say("A. Chọn và gõ", "A. Choose and type"))
        sheet.write(0, self.target.name.pick(self.book.lang), "bold")
        sheet.write(1, self.book.unit("billion VND"))
        sheet.formula(2, target_name(self.target), self.target.weaker_end, "strong", "#,##0.000")
        self.book.define("investment_total", sheet.at(cell(sheet.row, 2)))
        sheet.row += 1
        self.single(say("Quy định điều tiết", "Sharing rule"), "", self.names[self.rule], "rule_chosen")
        sheet.choose((sheet.row - 1, 2), "=sharing_rule_names")
        stream = label(_STREAM, self.book.lang)
        self.single(say("Dòng thu", "Stream"), "", stream, "stream_chosen")
        sheet.choose((sheet.row - 1, 2), "=sharing_stream_names")
        land = self.land
        for words, unit, value, name, shown in (
            (("Giá trúng so với giá khởi điểm", "Winning over starting price"), "ratio", land.premium, "premium", "0.00#"),
            (("Tỷ lệ thu được tiền", "Part of the bids that is paid"), "", land.collection, "collection", "0.0#%"),
            (("Chi phí trừ trước (nếu lớn hơn mức của quy định)", "Taken first (where more than the rule takes)"), "", land.cost, "cost_first", "0.0#%"),
            (("Diện tích một lô", "Size of a plot"), "m2", 100.0, "plot_size", "#,##0"),
        ):  # fmt: skip
            self.single(say(*words), unit, value, name, shown)
            low, high = (0.0, 1.0) if shown.endswith("%") else (0.0, 1e6)
            sheet.limit((sheet.row - 1, 2), (sheet.row - 1, 2), low, high)

    def _inputs(self) -> None:
        """Write the inputs of each year."""
        sheet, say, land = self.sheet, self.book.say, self.land
        total = say("Cả kỳ", "Period")
        sheet.row += 1
        origin = say("Căn cứ yếu nhất", "Weakest origin")
        sheet.head([say("Từng năm", "By year"), say("Đơn vị tính", "Unit"), *map(str, self.years), total, origin])  # fmt: skip
        for key, words, unit, values, shown, high in (
            ("area", ("Diện tích đất ở đem đấu giá", "Plots offered"), "m2", land.area, "#,##0", 1e9),
            ("price", ("Giá khởi điểm", "Starting price"), "million VND/m2", land.price, "#,##0.000", 1e5),
            ("sold", ("Tỷ lệ diện tích bán được", "Part sold"), "", land.sold, "0.0#%", 1.0),
            ("carried", ("Phần tiền nộp sang năm sau", "Part paid in the next year"), "", land.carried, "0.0#%", 1.0),
        ):  # fmt: skip
            self.rows[key] = sheet.row
            sheet.write(0, say(*words))
            sheet.write(1, self.book.unit(unit) if unit else "")
            for i, value in enumerate(values):
                sheet.write(_FIRST + i, value, "input", shown)
            if key == "area":
                where = span((sheet.row, _FIRST), (sheet.row, self.last - 1))
                sheet.formula(self.last, f"SUM({where})", sum(v or 0 for v in values), shown=shown)
            else:
                sheet.write(self.last, None, "closed")
            sheet.write(self.last + 1, label(land.origin, self.book.lang), "small")
            sheet.limit((sheet.row, _FIRST), (sheet.row, self.last - 1), 0.0, high)
            where = span((sheet.row, _FIRST), (sheet.row, self.last - 1))
            self.book.define(f"land_{key}", sheet.at(where))
            sheet.row += 1

    def at(self, key: str, i: int) -> str:
        """Return the address of a row in the i-th year."""
        return cell(self.rows[key], _FIRST + i)

    def share_formula(self, rule: str, year: int) -> str:
        """Return the formula of the part retained in a year under the rule in a cell."""
        found = (
            f"(sharing_rules={rule})*(sharing_streams=stream_chosen)*(sharing_first<={year})"
            f"*(sharing_last>={year})"
        )
        cost = f"SUMPRODUCT({found}*sharing_cost)"
        kept = f"SUMPRODUCT({found}*(sharing_commune+sharing_city*sharing_returned))"
        return f'IF(SUMPRODUCT({found})=0,"",(1-MAX(cost_first,{cost}))*{kept})'

    def _results(self) -> list[float]:
        """Write money by year under the rule chosen; return what is paid each year."""
        sheet, say, land = self.sheet, self.book.say, self.land
        sheet.part(say("B. Kết quả theo quy định đã chọn", "B. Under the rule chosen"))
        count = range(len(self.years))
        bids = [
            (area or 0.0) * price * land.premium * sold / 1000
            for area, price, sold in zip(land.area, land.price, land.sold, strict=True)
        ]
        due = [
            bids[i] * (1 - land.carried[i]) + (bids[i - 1] * land.carried[i - 1] if i else 0.0)
            for i in count
        ]
        paid = [one * land.collection for one in due]
        rule = self.rules[self.rule]
        shares = [net_share(rule, _STREAM, year, land.cost) for year in self.years]
        kept = [p * s for p, s in zip(paid, shares, strict=True)]
        money = "billion VND"

        def late(i: int) -> str:
            return f"+{self.at('bids', i - 1)}*{self.at('carried', i - 1)}" if i else ""

        def sold(i: int) -> str:
            area, price, part = (self.at(key, i) for key in ("area", "price", "sold"))
            return f"{area}*{price}*premium*{part}/1000"

        self.yearly("bids", ("Tiền trúng đấu giá trong năm", "Winning bids of the year"), money, sold, bids)
        self.yearly("paid", ("Tiền thu được trong năm", "Paid in the year"), money,
                    lambda i: f"({self.at('bids', i)}*(1-{self.at('carried', i)}){late(i)})*collection", paid)  # fmt: skip
        self.yearly("share", ("Tỷ lệ được hưởng", "Part retained"), "",
                    lambda i: self.share_formula("rule_chosen", self.years[i]), shares, total="mean")  # fmt: skip
        self.yearly("kept", ("Xã được dùng", "Retained by the commune"), money,
                    lambda i: f'IF({self.at("share", i)}="","",{self.at("paid", i)}*{self.at("share", i)})',
                    kept, kind="strong")  # fmt: skip
        need = self.target.weaker_end / len(self.years)
        self.yearly("even", ("Cần mỗi năm nếu chia đều", "Needed a year if even"), money,
                    lambda i: f"investment_total/{len(self.years)}", [need] * len(self.years))  # fmt: skip
        self.yearly("missing", ("Còn thiếu so với chia đều", "Gap to an even pace"), money,
                    lambda i: f'IF({self.at("kept", i)}="","",{self.at("even", i)}-{self.at("kept", i)})',
                    [need - one for one in kept], kind="strong")  # fmt: skip
        after = bids[-1] * land.carried[-1]
        sheet.write(0, say("Tiền trúng đấu giá nộp sau kỳ kế hoạch", "Winning bids paid after the period"))
        sheet.write(1, self.book.unit(money))
        n = len(self.years) - 1
        formula = f"{self.at('bids', n)}*{self.at('carried', n)}"
        sheet.formula(self.last, formula, after, shown="#,##0.000")
        self.book.define("paid_after", sheet.at(cell(sheet.row, self.last)))
        sheet.row += 1
        return paid

    def yearly(
        self, key: str, words: tuple[str, str], unit: str, formula: Callable[[int], str],
        values: Sequence[float], *, total: str = "sum", kind: str = "number",
    ) -> None:  # fmt: skip
        """Write one computed row, its total or mean, and name both."""
        sheet = self.sheet
        self.rows[key] = sheet.row
        shown = {"": "0.0#%", "m2": "#,##0"}.get(unit, "#,##0.000")
        sheet.write(0, self.book.say(*words), "bold" if kind == "strong" else "text")
        sheet.write(1, self.book.unit(unit) if unit else "")
        for i, value in enumerate(values):
            sheet.formula(_FIRST + i, formula(i), value, kind, shown)
        where = span((sheet.row, _FIRST), (sheet.row, self.last - 1))
        some = float(np.mean(values)) if total == "mean" else float(sum(values))
        word = "AVERAGE" if total == "mean" else "SUM"
        full = f'IF(COUNT({where})<{len(self.years)},"",{word}({where}))'
        sheet.formula(self.last, full, some, "strong", shown)
        origins = [line.origin for line in self.rules[self.rule].lines if line.stream == _STREAM]
        if key in ("bids", "paid"):
            origins = []
        if key not in ("even", "share", "gross", "area_needed"):
            origins.append(self.land.origin)
        if key in ("even", "gross", "area_needed", "missing"):
            origins.append("statement")
        sheet.write(self.last + 1, label(weakest_origin(*origins, "derived"), self.book.lang), "small")
        self.book.define(f"year_{key}", sheet.at(where))
        self.book.define(f"total_{key}", sheet.at(cell(sheet.row, self.last)))
        sheet.row += 1

    def _needed(self) -> None:
        """Write what the total asks for: gross fees and land, by year."""
        sheet, say, land = self.sheet, self.book.say, self.land
        sheet.part(say("C. Muốn đủ tổng vốn thì cần", "C. What the total asks for"))
        shares = [net_share(self.rules[self.rule], _STREAM, y, land.cost) for y in self.years]
        mean, n = float(np.mean(shares)), len(self.years)
        gross = required_gross(self.target.weaker_end, mean, collection=land.collection) if mean > 0 else None
        areas = [
            required_area(gross / n, price, premium=land.premium, sold=sold) if gross is not None else 0.0
            for price, sold in zip(land.price, land.sold, strict=True)
        ]
        share = "total_share"

        def needed(i: int) -> str:
            return f'IF({share}="","",IF({share}=0,"",investment_total/({share}*collection)/{n}))'

        self.yearly("gross", ("Tổng thu tiền sử dụng đất cần có, chia đều", "Gross land-use fees needed, evenly"),
                    "billion VND", needed, [gross / n if gross is not None else 0.0] * n)  # fmt: skip
        self.yearly("area_needed", ("Diện tích đất ở cần đem đấu giá", "Plots that must be offered"), "m2",
                    lambda i: f'IF({self.at("gross", i)}="","",{self.at("gross", i)}*1000/({self.at("price", i)}*premium*{self.at("sold", i)}))',
                    areas)  # fmt: skip
        sheet.write(0, say("Số lô mỗi năm", "Plots a year"))
        sheet.write(1, say("lô", "plots"))
        plots = sum(areas) / 100.0 / n
        sheet.formula(self.last, f'IF(total_area_needed="","",total_area_needed/plot_size/{n})', plots, "strong", "#,##0")
        self.book.define("plots_per_year", sheet.at(cell(sheet.row, self.last)))
        sheet.row += 1

    def _rules(self, paid: Sequence[float]) -> None:
        """Write every rule beside the others, with the same land."""
        sheet, say, years = self.sheet, self.book.say, self.years
        sheet.part(say("D. Các quy định điều tiết cạnh nhau", "D. The sharing rules side by side"))
        heads = [say("Quy định", "Rule"), say("Được hưởng bình quân", "Mean part retained"),
                 *(say(f"Được hưởng {year}", f"Retained {year}") for year in years)]  # fmt: skip
        sheet.head([*heads, say("Xã được dùng cả kỳ (tỷ đồng)", "Retained (billion VND)"), say("Căn cứ yếu nhất", "Weakest origin")])  # fmt: skip
        first = sheet.row
        rows = [self._rule_shares(name, paid) for name in self.rules]
        sheet.row += 1
        heads = [say("Quy định", "Rule"), say("Cần thu (tỷ đồng)", "Gross needed (billion VND)"),
                 say("Mỗi năm (tỷ đồng)", "A year (billion VND)"), say("Đất ở cần bán (ha)", "Land needed (ha)"),
                 say("Số lô mỗi năm", "Plots a year"), say("Xã được dùng (tỷ đồng)", "Retained (billion VND)"),
                 say("Còn thiếu (tỷ đồng)", "Gap (billion VND)")]  # fmt: skip
        sheet.head(heads)
        start = sheet.row
        for i, shares in enumerate(rows):
            self._rule_needs(list(self.rules)[i], first + i, shares, paid)
        at, end = (sheet.row + 1, 0), sheet.row - 1
        named = f"={sheet.at(span((start, 0), (end, 0)))}"
        bars = [Drawn(say("Cần thu", "Gross"), named, f"={sheet.at(span((start, 1), (end, 1)))}", LINES[0])]
        title = say("Tổng thu tiền sử dụng đất cần có theo từng quy định", "Gross land-use fees needed by rule")
        draw(self.book, sheet, at, (title, self.book.unit("billion VND")), bars, kind="bar",
             across=say("Quy định", "Rule"), size=(640, 420))  # fmt: skip
        top = self.rows["bids"] - 1
        head = f"={sheet.at(span((self.rows['area'] - 1, _FIRST), (self.rows['area'] - 1, self.last - 1)))}"
        pair = [
            Drawn(say(*words), head, f"={sheet.at(span((self.rows[key], _FIRST), (self.rows[key], self.last - 1)))}", look)
            for key, words, look in (
                ("kept", ("Xã được dùng", "Retained"), LINES[0]),
                ("even", ("Cần nếu chia đều", "Needed if even"), GOAL),
            )
        ]  # fmt: skip
        title = say("Xã được dùng và cần mỗi năm", "Retained and needed, by year")
        draw(self.book, sheet, (sheet.row + 1, 4), (title, self.book.unit("billion VND")), pair,
             kind="column", size=(560, 420))  # fmt: skip
        sheet.row += 23
        assert top > 0

    def _shares(self, name: str) -> list[float] | None:
        """Return what a rule leaves each year, None where it is silent."""
        if not _knows(self.rules[name], _STREAM, self.years):
            return None
        return [net_share(self.rules[name], _STREAM, y, self.land.cost) for y in self.years]

    def _rule_shares(self, name: str, paid: Sequence[float]) -> list[float] | None:
        """Write the shares of one rule by year, and what it leaves of the same land."""
        sheet, row, shares = self.sheet, self.sheet.row, self._shares(name)
        sheet.write(0, self.names[name])
        for i, year in enumerate(self.years):
            value = self._share(name, year)
            sheet.formula(_FIRST + i, self.share_formula(cell(row, 0), year), value, shown="0.0#%")
        where, n = span((row, _FIRST), (row, self.last - 1)), len(self.years)
        mean = float(np.mean(shares)) if shares else None
        sheet.formula(1, f'IF(COUNT({where})<{n},"",AVERAGE({where}))', mean, "strong", "0.0#%")
        kept = sum(p * s for p, s in zip(paid, shares, strict=True)) if shares else None
        formula = f'IF(COUNT({where})<{n},"",SUMPRODUCT(year_paid,{where}))'
        sheet.formula(self.last, formula, kept, "strong", "#,##0.000")
        lines = [line.origin for line in self.rules[name].lines if line.stream == _STREAM]
        words = label(weakest_origin(*lines, self.land.origin), self.book.lang) if lines else ""
        sheet.write(self.last + 1, words, "small")
        sheet.row += 1
        return shares

    def _share(self, name: str, year: int) -> float | None:
        """Return what a rule leaves in a year, None where it is silent."""
        known = _knows(self.rules[name], _STREAM, [year])
        return net_share(self.rules[name], _STREAM, year, self.land.cost) if known else None

    def _rule_needs(
        self, name: str, above: int, shares: list[float] | None, paid: Sequence[float]
    ) -> None:
        """Write what the total asks for under one rule."""
        sheet, land, n = self.sheet, self.land, len(self.years)
        share = cell(above, 1)
        mean = float(np.mean(shares)) if shares else 0.0
        values: Mapping[str, float | None] = dict.fromkeys(("gross", "year", "area", "plots", "kept", "gap"))
        if shares and mean > 0:
            gross = required_gross(self.target.weaker_end, mean, collection=land.collection)
            area = sum(
                required_area(gross / n, price, premium=land.premium, sold=sold)
                for price, sold in zip(land.price, land.sold, strict=True)
            )
            values = {"gross": gross, "year": gross / n, "area": area / 10_000, "plots": area / 100 / n}
        kept = sum(p * s for p, s in zip(paid, shares, strict=True)) if shares else None
        row = sheet.row
        sheet.write(0, self.names[name])
        gross_at, area_at, kept_at = cell(row, 1), cell(row, 3), cell(row, 5)
        per_price = f"SUMPRODUCT(1000/(land_price*premium*land_sold))/{n}"
        for column, formula, value, shown in (
            (1, f'IF({share}="","",IF({share}=0,"",investment_total/({share}*collection)))', values.get("gross"), "#,##0.000"),
            (2, f'IF({gross_at}="","",{gross_at}/{n})', values.get("year"), "#,##0.000"),
            (3, f'IF({gross_at}="","",{gross_at}*{per_price}/10000)', values.get("area"), "#,##0.00"),
            (4, f'IF({area_at}="","",{area_at}*10000/plot_size/{n})', values.get("plots"), "#,##0"),
            (5, f'IF({cell(above, self.last)}="","",{cell(above, self.last)})', kept, "#,##0.000"),
            (6, f'IF({kept_at}="","",investment_total-{kept_at})', None if kept is None else self.target.weaker_end - kept, "#,##0.000"),
        ):  # fmt: skip
            sheet.formula(column, formula, value, shown=shown)
        sheet.row += 1
