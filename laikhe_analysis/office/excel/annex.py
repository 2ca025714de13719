"""The annex that officials hand in: the columns they expect, typed figures to the digit.

Money of the files is in billions; in the annex it is in millions of VND. A cell chooses the period:
half-year, nine months or the year, all of which stand to the right of what is printed.
"""

from __future__ import annotations

from collections.abc import Mapping

from laikhe_analysis.office.annex import (
    NO_RATIO,
    PERIODS,
    Entry,
    Figures,
    annex_period,
    in_millions,
)
from laikhe_analysis.office.excel.base import Book, Page, Sheet
from laikhe_analysis.office.excel.cells import capital, cell, number_format, span
from laikhe_analysis.office.forms.form import Field, period_words
from laikhe_analysis.office.tables import goal_text
from laikhe_analysis.records import Observation
from laikhe_analysis.vietnamese import LABELS, label

__all__ = ["write_annex"]

_ACTUAL, _PLAN, _NOW, _NEXT, _GOAL, _BEFORE = 3, 4, 5, 8, 9, 14
_PRINTED = 14  # columns of the form
_TYPED = {_NOW: 15, _BEFORE: 18}  # first of three columns, one a period, that a column shows one of


def write_annex(book: Book) -> None:
    """Write the annex; the period that it begins with is the one that the board is of."""
    _Annex(book).write(book.entries)


class _Annex:
    """The annex while it is written."""

    def __init__(self, book: Book) -> None:
        at, say = book.material.at, book.say
        self.book, self.figures, self.year = book, Figures(book.material.data), at.year
        self.period = annex_period(at.period)
        self.words = {one: period_words(one, at.year).pick(book.lang) for one in PERIODS}
        notes = (
            say(f"(Kèm theo Báo cáo số ……/BC-UBND ngày ……/……/{at.year} của Ủy ban nhân dân {book.commune})",
                f"(To report no. …… of …… {at.year}, People's Committee of {book.commune})"),
            say("Tiền tính bằng triệu đồng.", "Money in million VND."),
        )  # fmt: skip
        title = say("Phụ lục: các chỉ tiêu kinh tế - xã hội", "Annex: socio-economic targets")
        widths = (4.5, 32.0, 15.0, 10.5, 10.5, 11.5, 8.5, 8.5, 10.5, 11.0, 15.0, 14.0, 14.0, 15.0,
                  *(13.0 for _ in range(7)))  # fmt: skip
        self.sheet: Sheet = book.sheet("annex", Page(title, widths, notes, printed=_PRINTED))

    def choice(self) -> None:
        """Write the cell that chooses the period."""
        sheet, words = self.sheet, self.words[self.period]
        sheet.write(1, self.book.say("Kỳ báo cáo", "Period"), "part")
        sheet.block((2, 4), words, "choice")
        sheet.choose((sheet.row, 2), list(self.words.values()))
        self.book.define("annex_period", sheet.at(cell(sheet.row, 2)))
        how = self.book.say(
            "Ô màu vàng để điền, cột % tự tính. Chọn kỳ báo cáo ở ô bên trái; từ cột này không in.",
            "Yellow cells are to fill in, per cents compute themselves. Choose the period on the left; "
            "from this column on nothing is printed.",
        )
        sheet.ws.write_string(sheet.row, _PRINTED, how, self.book.format("part"))
        sheet.row += 1

    def heads(self) -> list[str]:
        """Return the headings that officials expect, and those of the columns behind them."""
        say, year, end = self.book.say, self.year, self.book.material.years[-1]
        every = [
            period_words(one, y).pick(self.book.lang) for y in (year, year - 1) for one in PERIODS
        ]
        return [
            "TT", say("Chỉ tiêu", "Target"), say("ĐVT", "Unit"),
            say(f"Thực hiện năm {year - 1}", f"Actual {year - 1}"),
            say(f"Kế hoạch năm {year}", f"Plan {year}"), self.heading_now(self.words[self.period]),
            say("% so kế hoạch", "% of plan"), say("% so cùng kỳ", "% of a year ago"),
            say(f"Kế hoạch năm {year + 1}", f"Plan {year + 1}"),
            say(f"Mục tiêu {end}", f"Target {end}"), say("Cơ quan theo dõi", "Owner"),
            say("Nguyên nhân", "Reasons"), say("Giải pháp", "Measures"), say("Ghi chú", "Note"),
            say(f"Cùng kỳ năm {year - 1}", f"Same period of {year - 1}"),
            *(say(f"Thực hiện {one}", f"Actual, {one}") for one in every),
        ]  # fmt: skip

    def heading_now(self, period: str) -> str:
        """Return the heading of the column of the period."""
        return self.book.say(f"Ước thực hiện {period}", f"Estimate, {period}")

    def write(self, rows: list[Entry]) -> None:
        """Write the table, a heading for each part of the plan."""
        sheet, lang = self.sheet, self.book.lang
        self.choice()
        heads = self.heads()
        sheet.head(heads, freeze=2)
        formula = f'"{self.heading_now("")}"&annex_period'
        sheet.formula(_NOW, formula, heads[_NOW], "head", row=sheet.row - 1)
        first, group = sheet.row, None
        cells: dict[str, int] = {}
        for number, entry in enumerate(rows, start=1):
            if entry.group != group:
                group = entry.group
                general = self.book.say("số liệu chung", "general figures")
                words = capital(label(group, lang) if group else general)
                empty = [""] * (_PRINTED - 2)
                sheet.line(["", words, *empty], dict.fromkeys(range(_PRINTED), ("bold", "")))
            cells[entry.field.series_id] = sheet.row
            self.line(entry, number)
        self._computed(rows, cells)
        where = span((first, 0), (sheet.row - 1, _PRINTED - 1))
        self.book.define("annex", sheet.at(where))
        sheet.finish()

    def line(self, entry: Entry, number: int) -> None:
        """Write one row."""
        sheet, book, field = self.sheet, self.book, entry.field
        before = self.figures.actual(field, self.year - 1, "FY")
        sheet.write(0, number, "number", "0")
        sheet.write(1, field.name.pick(book.lang))
        sheet.write(2, book.unit(entry.unit), "small")
        self.figure(_ACTUAL, before.value if before else None, field.unit, "number")
        self.figure(_PLAN, self.figures.plan(entry, self.year), field.unit, "input")
        self.figure(_NEXT, self.figures.plan(entry, self.year + 1), field.unit, "input")
        self.periods(_NOW, entry, self.year)
        self.periods(_BEFORE, entry, self.year - 1)
        self.goal(entry)
        for column, under in ((6, _PLAN), (7, _BEFORE)):
            self.ratio(column, entry, under)
        sheet.write(10, field.owner, "small")
        for column in (11, 12):
            sheet.write(column, None, "choice")
        sheet.write(13, self.notes(field, before), "small")
        sheet.row += 1

    def periods(self, column: int, entry: Entry, year: int) -> None:
        """Write the figures of all periods of a year, and which of them `column` shows."""
        unit, row, first = entry.field.unit, self.sheet.row, _TYPED[column]
        known = {one: self.figures.actual(entry.field, year, one) for one in PERIODS}
        digits = 0
        for place, found in enumerate(known.values()):
            value = found.value if found else None
            self.figure(first + place, value, unit, "input")
            if value is not None:
                digits = max(digits, in_millions(value, unit)[1])
        at = [cell(row, first + place, fixed=False) for place in range(len(PERIODS))]
        chosen = at[-1]
        for period, where in zip(PERIODS[-2::-1], at[-2::-1], strict=True):
            chosen = f'IF(annex_period="{self.words[period]}",{where},{chosen})'
        now = known[self.period]
        value = None if now is None or now.value is None else in_millions(now.value, unit)[0]
        shown = number_format("", digits)
        self.sheet.formula(column, f'IF({chosen}="","",{chosen})', value, "number", shown)

    def figure(self, column: int, value: float | None, unit: str, kind: str) -> None:
        """Write a figure with all its digits."""
        if value is None:
            self.sheet.write(column, None, kind, "#,##0.###" if kind == "input" else "")
            return
        exact, digits = in_millions(value, unit)
        self.sheet.write(column, exact, kind, number_format("", digits))

    def goal(self, entry: Entry) -> None:
        """Write the target: a number with its "at least", "above"; text where it is a range."""
        target = entry.target
        if target is None:
            self.sheet.write(_GOAL, None)
            return
        plain = target.value_high is None and target.unit not in ("yes/no", "rating")
        if not plain:
            self.sheet.write(_GOAL, goal_text(target, self.book.lang))
            return
        exact, digits = in_millions(target.value, target.unit)
        named = target.direction != "at_most" or target.value != 0
        prefix = f"{LABELS[target.direction].pick(self.book.lang)} " if named else ""
        self.sheet.write(_GOAL, exact, "number", number_format("", digits, prefix))

    def ratio(self, column: int, entry: Entry, under: int) -> None:
        """Write how much of the plan, or of the year before, has been reached. [%]"""
        if entry.field.unit in NO_RATIO:
            self.sheet.write(column, None, "closed")
            return
        row = self.sheet.row
        top, bottom = cell(row, _NOW, fixed=False), cell(row, under, fixed=False)
        value = self.figures.ratio(entry, self.year, self.period, to_plan=under == _PLAN)
        formula = f'IF(OR({top}="",{bottom}=""),"",IF({bottom}=0,"",100*{top}/{bottom}))'
        self.sheet.formula(column, formula, value, shown="#,##0.0")

    def notes(self, field: Field, before: Observation | None) -> str:
        """Return which figures are estimates, and what rests on weak evidence."""
        lang, known = self.book.lang, {str(self.year - 1): before}
        named = self.words if not field.period else {field.period: str(self.year)}
        known |= {w: self.figures.actual(field, self.year, one) for one, w in named.items()}
        told = []
        for when, row in known.items():
            if row is not None:
                marks = {row.status, row.origin} - {"final", "official"}
                told += [f"{when}: {label(mark, lang)}" for mark in sorted(marks)]
        return "; ".join(told)

    def _computed(self, rows: list[Entry], cells: Mapping[str, int]) -> None:
        """Fill the ratio of collected to assigned revenue, which nobody types."""
        parts = [cells.get(name) for name in ("collected_revenue", "assigned_revenue")]
        targets = [e.field.series_id for e in rows if e.target and e.target.kind == "annual_ratio"]
        if None in parts or not targets or targets[0] not in cells:
            return
        top, bottom = (row for row in parts if row is not None)
        now = (_NOW, self.year, self.period)
        for column, year, period in ((_ACTUAL, self.year - 1, "FY"), now):
            keys = ("collected_revenue", year, period), ("assigned_revenue", year, "FY")
            known = [self.figures.latest[key].value for key in keys if key in self.figures.latest]
            value = 100 * known[0] / known[1] if len(known) == 2 and known[0] and known[1] else None
            above, below = cell(top, column, fixed=False), cell(bottom, column, fixed=False)
            formula = f'IF(OR({above}="",{below}=""),"",IF({below}=0,"",100*{above}/{below}))'
            self.sheet.formula(column, formula, value, shown="#,##0.0", row=cells[targets[0]])
