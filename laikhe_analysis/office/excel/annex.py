"""The annex that officials hand in: the columns they expect, typed figures to the digit.

Money of the files is in billions; in the annex it is in millions of VND. A cell chooses the period:
half-year, nine months or the year, all of which stand to the right of what is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from laikhe_analysis.data import Dataset
from laikhe_analysis.messages import _, capital
from laikhe_analysis.monitor.measures import AsOf
from laikhe_analysis.office.annex import (
    IN_POINTS,
    NO_RATIO,
    PERIODS,
    TYPED,
    Entry,
    Figures,
    annex_period,
    in_millions,
)
from laikhe_analysis.office.excel.cells import (
    BLANK,
    CLOSED,
    Cell,
    Column,
    Words,
    address,
    if_there,
    number_format,
    small,
)
from laikhe_analysis.office.excel.sheet import Book, Sheet
from laikhe_analysis.office.forms.form import period_words
from laikhe_analysis.office.tables import goal_text
from laikhe_analysis.vietnamese import format_number, label, unit_label, word_value
from laikhe_analysis.vietnamese import words as words_of

__all__ = ["write_annex"]

_PLAN, _NOW, _BEFORE, _PRINTED = 4, 5, 14, 14
_TYPED = {_NOW: 15, _BEFORE: 18}
"""First of three columns, one a period, that a column shows one of."""


def write_annex(book: Book, data: Dataset, at: AsOf, rows: list[Entry]) -> None:
    """Write the annex; the period that it begins with is the one that the board is of."""
    _Annex(book, data, at).write(rows)


class _Annex:
    """The annex while it is written."""

    def __init__(self, book: Book, data: Dataset, at: AsOf) -> None:
        self.book, self.year, self.end = book, at.year, book.years[-1]
        self.sheet: Sheet
        self.period = annex_period(at.period)
        self.words = {one: book.say(period_words(one, at.year)) for one in PERIODS}
        self.figures = Figures(data)

    # ------------------------------------------------------------------ figures

    def value(self, entry: Entry, year: int, period: str) -> float | None:
        """Return the value of a period of a year, as the annex has it."""
        known = self.figures.value(entry, year, period)
        return None if known is None else in_millions(known, entry.field.unit)[0]

    # ------------------------------------------------------------------ cells

    def figure(self, value: float | None, unit: str, look: str) -> Cell:
        """Return the cell of a figure with all its digits."""
        if value is None:
            return Cell(None, look, "#,##0.###" if look == "input" else "")
        word = word_value(value, unit)
        if word is not None:
            return Cell(word, "choice" if look == "input" else "text")
        exact, digits = in_millions(value, unit)
        return Cell(exact, look, number_format("", digits if digits <= TYPED else 1))

    def typed(self, entry: Entry, year: int, period: str) -> Cell:
        """Return the cell in which the figure of a period stands."""
        row = self.figures.actual(entry.field, year, period)
        return self.figure(row.value if row else None, entry.field.unit, "input")

    def chosen(self, entry: Entry, column: int, year: int) -> Cell:
        """Return the cell that shows the figure of the period that is chosen."""
        at = [address(self.sheet.row, _TYPED[column] + place) for place in range(len(PERIODS))]
        found = at[-1]
        for period, where in zip(PERIODS[-2::-1], at[-2::-1], strict=True):
            found = f'IF(annex_period="{self.words[period]}",{where},{found})'
        cells = {one: self.typed(entry, year, one) for one in PERIODS}
        shown = max(
            (cell.shown for cell in cells.values() if cell.value is not None), default="", key=len
        )
        return cells[self.period]._replace(
            look="number", shown=shown, formula=f'IF({found}="","",{found})'
        )

    def goal(self, entry: Entry) -> Cell:
        """Return the target: a number with its "at least", "above"; text where it is a range."""
        target = entry.target
        if target is None:
            return BLANK
        told, (exact, digits) = (
            goal_text(target, self.book.lang),
            in_millions(target.value, target.unit),
        )
        written = format_number(exact, digits, self.book.lang)
        if target.unit != entry.unit:  # an amount of the annex
            return Cell(exact, "number", number_format("", digits))
        before, found, behind = told.partition(written)
        unit = unit_label(target.unit, self.book.lang)
        in_words = target.value_high is not None or target.unit in ("yes/no", "rating", "% of plan")
        if in_words or not found:
            return Cell(told)
        behind = behind.removeprefix(" ").removeprefix(unit)
        return Cell(exact, "number", number_format("", digits, before, behind))

    def of_plan(self, entry: Entry) -> Cell:
        """Return how much of the year's plan has been reached. [%]"""
        if entry.field.unit in NO_RATIO:
            return CLOSED
        now, plan = (address(self.sheet.row, column) for column in (_NOW, _PLAN))
        return _per_cent(now, plan, self.figures.of_plan(entry, self.year, self.period))

    def change(self, entry: Entry) -> Cell:
        """Return the rise on the same period of the year before. [%; of per cents the points]"""
        unit = entry.field.unit
        if unit in NO_RATIO and unit not in IN_POINTS:
            return CLOSED
        now, before = (address(self.sheet.row, column) for column in (_NOW, _BEFORE))
        value = self.figures.change(entry, self.year, self.period)
        rise = (
            f"{now}-{before}" if unit in IN_POINTS else f'IF({before}=0,"",100*({now}/{before}-1))'
        )
        return Cell(value, "number", "#,##0.0", if_there(rise, now, before))

    def notes(self, entry: Entry) -> Cell:
        """Return which figures are estimates, and what rests on weak evidence."""
        field, told = entry.field, []
        known = {str(self.year - 1): self.figures.actual(field, self.year - 1, "FY")}
        known |= {w: self.figures.actual(field, self.year, one) for one, w in self.words.items()}
        for when, row in known.items():
            marks = sorted({row.status, row.origin} - {"final", "official"}) if row else []
            told += [f"{when}: {label(mark, self.book.lang)}" for mark in marks]
        return small("; ".join(told))

    # ------------------------------------------------------------------ the sheet

    def columns(self, rows: list[Entry]) -> list[Column]:
        """Return the columns that officials expect, and those of all periods behind them."""
        year, book = self.year, self.book
        order = {entry.field.series_id: i for i, entry in enumerate(rows, start=1)}

        def actual(entry: Entry) -> Cell:
            value = self.figures.value(entry, year - 1, "FY")
            return self.figure(value, entry.field.unit, "number")

        def planned(of: int) -> Column:
            heading = _("Kế hoạch năm {year}", year=of)
            return Column(
                heading, 11, lambda e: self.figure(self.figures.plan(e, of), e.field.unit, "input")
            )

        def period(of: int, name: str) -> Column:
            over = of < year or PERIODS.index(name) <= PERIODS.index(self.period)
            heading = _("Thực hiện {period}") if over else _("Ước thực hiện {period}")
            heading = replace(heading, values={"period": period_words(name, of)})
            return Column(heading, 13, lambda entry: self.typed(entry, of, name))

        empty = Cell(None, "choice")
        return [
            Column("TT", 4.5, lambda entry: Cell(order[entry.field.series_id], "number", "0")),
            Column(_("Chỉ tiêu"), 33, lambda entry: entry.field.name),
            Column(_("ĐVT"), 15, lambda entry: book.unit(entry.unit)),
            Column(_("Thực hiện năm {year}", year=year - 1), 11, actual),
            planned(year),
            Column("", 14, lambda entry: self.chosen(entry, _NOW, year)),
            Column(_("% so kế hoạch"), 8.5, self.of_plan),
            Column(_("Tăng so cùng kỳ (%, điểm %)"), 9.5, self.change),
            planned(year + 1),
            Column(_("Mục tiêu {year}", year=self.end), 16, self.goal),
            Column(_("Cơ quan theo dõi"), 16, lambda entry: small(entry.field.owner)),
            Column(_("Nguyên nhân"), 14, lambda entry: empty),
            Column(_("Giải pháp"), 14, lambda entry: empty),
            Column(_("Ghi chú"), 16, self.notes),
            Column(_("Cùng kỳ năm {year}", year=year - 1), 13,
                   lambda entry: self.chosen(entry, _BEFORE, year - 1)),
            *(period(of, name) for of in (year, year - 1) for name in PERIODS),
        ]  # fmt: skip

    def write(self, rows: list[Entry]) -> None:
        """Write the table, a heading for each part of the plan."""
        book, year = self.book, self.year
        found = self.columns(rows)
        title = _("Phụ lục: các chỉ tiêu kinh tế - xã hội")
        sheet = Sheet(book, _("Phụ lục"), title, [column.width for column in found], _PRINTED)
        self.sheet = sheet
        sheet.note(_("(Kèm theo Báo cáo số ……/BC-UBND ngày ……/……/{year} của Ủy ban nhân dân {commune})",
                     year=year, commune=book.commune))  # fmt: skip
        sheet.note(_("Tiền tính bằng triệu đồng."))
        self.choice(sheet)
        top = sheet.head([column.heading for column in found], freeze=2)
        now = book.say(_("Ước thực hiện {period}", period=""))
        sheet.write(
            top, _NOW, Cell(now + self.words[self.period], "head", "", f'"{now}"&annex_period')
        )
        group, places = None, dict[str, int]()
        for entry in rows:
            if entry.group != group:
                group = entry.group
                words: Words = words_of(group) if group else _("số liệu chung")
                sheet.line(["", Cell(capital(book.say(words)), "bold"), *([""] * (_PRINTED - 2))])
            places[entry.field.series_id] = sheet.line([column.cell(entry) for column in found])
        self.computed(sheet, rows, places)
        sheet.finish()

    def choice(self, sheet: Sheet) -> None:
        """Write the cell that chooses the period."""
        sheet.ws.write_string(
            sheet.row, 1, self.book.say(_("Kỳ báo cáo")), self.book.format("part")
        )
        look = self.book.format("choice")
        sheet.ws.merge_range(sheet.row, 2, sheet.row, 4, self.words[self.period], look)
        sheet.choose(sheet.row, 2, list(self.words.values()))
        self.book.define(sheet.at(sheet.row, 2), "annex_period")
        how = _(
            "Ô màu vàng để điền, cột % tự tính. Chọn kỳ báo cáo ở ô bên trái; từ cột này không in."
        )
        sheet.ws.write_string(sheet.row, _PRINTED, self.book.say(how), self.book.format("part"))
        sheet.row += 1

    def computed(self, sheet: Sheet, rows: Iterable[Entry], places: Mapping[str, int]) -> None:
        """Fill the ratio of collected to assigned revenue, which nobody types."""
        ratio = next((e for e in rows if e.target and e.target.kind == "annual_ratio"), None)
        names = ("collected_revenue", "assigned_revenue")
        if ratio is None or not set(names) <= set(places):
            return
        above, below = (
            address(places[name], at) for name, at in zip(names, (_NOW, _PLAN), strict=True)
        )
        value = self.figures.value(ratio, self.year, self.period)
        sheet.write(places[ratio.field.series_id], _NOW, _per_cent(above, below, value))


def _per_cent(above: str, below: str, value: float | None) -> Cell:
    """Return the cell of one figure over another. [%]"""
    formula = if_there(f'IF({below}=0,"",100*{above}/{below})', above, below)
    return Cell(value, "number", "#,##0.0", formula)
