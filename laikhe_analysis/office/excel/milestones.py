"""Where every target must be each year, live from the figure that it starts from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from laikhe_analysis.growth import growth_factor
from laikhe_analysis.monitor.measures import measure
from laikhe_analysis.office.excel.base import Book, Page, Sheet
from laikhe_analysis.office.excel.cells import TYPED, cell, identifier, number_format, span
from laikhe_analysis.office.excel.goals import target_name
from laikhe_analysis.office.tables import goal_text
from laikhe_analysis.records import Target
from laikhe_analysis.series import AnnualSeries
from laikhe_analysis.targets.kinds import NO_COMPOUNDING
from laikhe_analysis.targets.paths import RATE_UNITS, back_loaded, way
from laikhe_analysis.vietnamese import as_written, label

__all__ = ["write_milestones"]

_FIRST = 6  # column of the first year
_START = 4  # column of the figure that a path starts from


def write_milestones(book: Book) -> None:
    """Write the path of every target that the board shows."""
    material, say = book.material, book.say
    years = material.years[1:]
    heads = [
        say("Mục", "Clause"), say("Chỉ tiêu", "Target"), say("Đơn vị tính", "Unit"),
        say("Năm đầu", "Start"), say("Số đầu", "Start value"), say("Căn cứ số đầu", "Origin"),
        *map(str, years), say("Cách tính", "How"),
    ]  # fmt: skip
    widths = (7.5, 42.0, 16.0, 7.0, 10.0, 13.0, *(9.5 for _ in years), 27.0)
    note = say(
        "Gõ số năm xuất phát vào ô vàng thì mức cần đạt từng năm hiện ra. Số đếm và tỷ lệ % chia đều "
        "theo năm; giá trị bằng tiền tăng theo tốc độ đều. Ô trống: chưa có số để tính.",
        "Type the figure of the start into the yellow cell and the yearly levels appear. Counts and "
        "per cents move evenly; money grows at an even rate. Empty: no figure to start from.",
    )
    title = say("Lộ trình: mức cần đạt từng năm", "Path: the level needed each year")
    sheet = book.sheet("milestones", Page(title, widths, (note,)))
    sheet.head(heads, freeze=2)
    for line in material.board.lines:
        _write_target(_Row(book, sheet, line.target, years))
    sheet.finish()


@dataclass(frozen=True)
class _Row:
    """The path of one target while it is written."""

    book: Book
    sheet: Sheet
    target: Target
    years: range

    def begin(self, how: str, unit: str = "") -> None:
        """Write what stands left and right of the years."""
        target, book = self.target, self.book
        words = target.clause, target.name.pick(book.lang), unit or book.unit(target.unit)
        for column, text in enumerate(words):
            self.sheet.write(column, text)
        for column in range(3, _FIRST + len(self.years)):
            self.sheet.write(column, None, "closed")
        self.sheet.write(self.sheet.last_column, how, "small")

    def put(self, year: int, formula: str, value: float | None, unit: str) -> None:
        """Write what a year asks for."""
        column = _FIRST + year - self.years[0]
        shown = None if value is None else as_written(value, unit)
        self.sheet.formula(column, formula, shown, shown=number_format(unit))

    @property
    def open_years(self) -> list[int]:
        """The years of the target, without its base year."""
        return [y for y in self.years if self.target.base_year < y <= self.target.target_year]

    @property
    def name(self) -> str:
        """The name of the cell that holds the target's number."""
        return target_name(self.target)


def _write_target(row: _Row) -> None:
    """Write the path of one target, two where the years of a total are an assumption."""
    target, say = row.target, row.book.say
    if target.kind == "cumulative":
        count = target.target_year - target.base_year
        even = say("cộng dồn, chia đều các năm (giả định)", "running sum, even years (assumption)")
        late = say("cộng dồn, dồn về cuối kỳ (giả định)", "running sum, late years (assumption)")
        _write_sums(row, even, (1 / count,) * count)
        row.sheet.row += 1
        _write_sums(row, late, back_loaded(count))
    elif target.kind in ("level_by", "average_rate"):
        _write_way(row)
    else:
        _write_goals(row)
    row.sheet.row += 1


def _write_sums(row: _Row, how: str, shares: Sequence[float]) -> None:
    """Write the running sum of a total."""
    row.begin(how)
    units = [round(share / shares[0]) for share in shares]
    for year in row.open_years:
        passed = year - row.target.base_year
        formula = f"{row.name}*{sum(units[:passed])}/{sum(units)}"
        row.put(year, formula, row.target.weaker_end * sum(shares[:passed]), row.target.unit)


def _write_goals(row: _Row) -> None:
    """Write a target of every year, or a milestone in its year."""
    target, say = row.target, row.book.say
    once = target.kind == "milestone"
    how = say("mốc hoàn thành", "milestone") if once else say("giữ hằng năm", "held every year")
    row.begin(f"{how}: {goal_text(target, row.book.lang)}")
    for year in row.open_years:
        if not once or year == target.target_year:
            row.put(year, row.name, target.weaker_end, target.unit)


def _start(row: _Row) -> tuple[int, float | None, AnnualSeries | None]:
    """Return the year and value that a path starts from, and the series that holds it."""
    target = row.target
    series = measure(target, row.book.material.data.histories())
    known = series.known().after_breaks() if series is not None else None
    grows = target.kind == "average_rate"
    years = [y for y in known.years if target.base_year <= y < target.target_year] if known else []
    if known is None or not years or (grows and known.unit in RATE_UNITS):
        return target.base_year, 100.0 if grows else None, None
    return years[0], known.at(years[0]), known


def _write_way(row: _Row) -> None:
    """Write the way from the first known figure to the target."""
    target, sheet, say = row.target, row.sheet, row.book.say
    start, value, series = _start(row)
    grows, even = (
        target.kind == "average_rate",
        target.kind != "average_rate" and target.unit in NO_COMPOUNDING,
    )
    unit = series.unit if series else "index" if grows else target.unit
    index = f", {start} = 100" if unit == "index" and grows else ""
    how = (
        say("chia đều theo năm", "evenly")
        if even
        else say("tăng theo tốc độ đều", "at an even rate")
    )
    row.begin(f"{how}: {goal_text(target, row.book.lang)}", row.book.unit(unit) + index)
    sheet.write(3, start, "number", "0")
    sheet.write(_START, None if value is None else as_written(value, unit), "input", TYPED)
    origin = say("quy ước", "convention") if grows else ""
    sheet.write(5, label(series.origin, row.book.lang) if series else origin, "small")
    for year in row.open_years:
        if year > start:
            row.put(year, *_step(row, year, start, value), unit)
    last = _FIRST + len(row.years) - 1
    where = span((sheet.row, _FIRST), (sheet.row, last))
    row.book.define(identifier("path", target.target_id), sheet.at(where))


def _step(row: _Row, year: int, start: int, value: float | None) -> tuple[str, float | None]:
    """Return the formula of a year on the way, and its value."""
    target, first = row.target, cell(row.sheet.row, _START)
    grows, even = target.kind == "average_rate", target.unit in NO_COMPOUNDING
    left, passed = target.target_year - start, year - start
    goal: float = target.weaker_end
    if year == target.target_year and not grows:
        return row.name, goal
    if grows:
        formula = f'IF({first}="","",{first}*(1+{row.name}/100)^{passed})'
        found = None if value is None else value * float(growth_factor(goal, passed))
        return formula, found
    rest = f"{first}*({row.name}/{first})^({passed}/{left})"
    if even:
        rest = f"{first}+({row.name}-{first})*{passed}/{left}"
    else:
        rest = f'IF(MIN({first},{row.name})<=0,"",{rest})'
    if value is None or (not even and min(value, goal) <= 0):
        return f'IF({first}="","",{rest})', None
    part = np.array(passed / left)
    return f'IF({first}="","",{rest})', float(
        way(value, goal, part, "linear" if even else "compound")
    )
