"""Where every target must be each year, live from the figure that it starts from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

import numpy as np

from laikhe_analysis.growth import growth_factor
from laikhe_analysis.messages import _, safe_side
from laikhe_analysis.monitor.boards import Board
from laikhe_analysis.monitor.measures import measure
from laikhe_analysis.office.excel.cells import CLOSED, Cell, Words, address, number, small, typed
from laikhe_analysis.office.excel.compare import target_cell
from laikhe_analysis.office.excel.sheet import Book, Sheet
from laikhe_analysis.office.tables import goal_text
from laikhe_analysis.records import Target
from laikhe_analysis.series import AnnualSeries
from laikhe_analysis.targets.kinds import NO_COMPOUNDING
from laikhe_analysis.targets.paths import RATE_UNITS, back_loaded, way
from laikhe_analysis.vietnamese import COUNTED
from laikhe_analysis.vietnamese import words as words_of

__all__ = ["write_milestones"]

_START, _FIRST = 4, 6  # columns of the figure that a path starts from, and of the first year
_Step = tuple[str, float | None]
"""A formula and its value."""


def write_milestones(book: Book, board: Board, histories: Mapping[str, AnnualSeries]) -> None:
    """Write the path of every target that the board shows."""
    years = book.years[1:]
    widths = (7.5, 42.0, 17.0, 7.0, 11.0, 13.0, *(10.5 for _year in years), 30.0)
    sheet = Sheet(book, _("Lộ trình"), _("Lộ trình: mức cần đạt từng năm"), widths)
    sheet.note(_(
        "Gõ số năm xuất phát vào ô vàng thì mức cần đạt từng năm hiện ra. Số đếm và tỷ lệ % chia đều "
        "theo năm; giá trị bằng tiền tăng theo tốc độ đều. Ô trống: chưa có số để tính."
    ))  # fmt: skip
    sheet.head([_("Mục"), _("Chỉ tiêu"), _("Đơn vị tính"), _("Năm đầu"), _("Số đầu"),
                _("Căn cứ số đầu"), *map(str, years), _("Cách tính")], freeze=2)  # fmt: skip
    for line in board.lines:
        target = line.target
        if target.kind == "cumulative":
            count = target.target_year - target.base_year
            _sums(sheet, target, _("cộng dồn, chia đều các năm (giả định)"), (1 / count,) * count)
            _sums(sheet, target, _("cộng dồn, dồn về cuối kỳ (giả định)"), back_loaded(count))
        elif target.kind in ("level_by", "average_rate"):
            _way(sheet, target, histories)
        else:
            _goals(sheet, target)
    sheet.finish()


def _row(
    sheet: Sheet, target: Target, how: Words, steps: Mapping[int, _Step],
    start: tuple[Cell | str, Cell | None, Cell | None] = (CLOSED, CLOSED, CLOSED), unit: str = "",
) -> None:  # fmt: skip
    """Write one path: what is asked for, the start, the years, how they come about."""
    book = sheet.book
    years = [number(steps[year][1], unit or target.unit, "number", steps[year][0])
             if year in steps else CLOSED for year in book.years[1:]]  # fmt: skip
    sheet.line(
        [target.clause, target.name, book.unit(unit or target.unit), *start, *years, small(how)]
    )


def _open(sheet: Sheet, target: Target) -> list[int]:
    """Return the years of the target, without its base year."""
    return [y for y in sheet.book.years[1:] if target.base_year < y <= target.target_year]


def _sums(sheet: Sheet, target: Target, how: Words, shares: Sequence[float]) -> None:
    """Write the running sum of a total."""
    parts = list(accumulate(round(share / shares[0]) for share in shares))
    places = {year: year - target.base_year - 1 for year in _open(sheet, target)}
    _row(sheet, target, how, {
        year: (f"{target_cell(target)}*{parts[place]}/{parts[-1]}",
               target.weaker_end * sum(shares[: place + 1]))
        for year, place in places.items()
    })  # fmt: skip


def _goals(sheet: Sheet, target: Target) -> None:
    """Write a target of every year, or a milestone in its year."""
    once, goal = target.kind == "milestone", goal_text(target, sheet.book.lang)
    how = _("mốc hoàn thành: {goal}", goal=goal) if once else _("giữ hằng năm: {goal}", goal=goal)
    years = [y for y in _open(sheet, target) if not once or y == target.target_year]
    _row(sheet, target, how, dict.fromkeys(years, (target_cell(target), target.weaker_end)))


def _begin(
    target: Target, histories: Mapping[str, AnnualSeries]
) -> tuple[int, float | None, AnnualSeries | None]:
    """Return the year and value that a path starts from, and the series that holds it."""
    series = measure(target, histories)
    known, grows = series.known().after_breaks() if series else None, target.kind == "average_rate"
    years = [y for y in known.years if target.base_year <= y < target.target_year] if known else []
    if known is None or not years or (grows and known.unit in RATE_UNITS):
        return target.base_year, 100.0 if grows else None, None
    return years[0], known.at(years[0]), known


def _way(sheet: Sheet, target: Target, histories: Mapping[str, AnnualSeries]) -> None:
    """Write the way from the first known figure to the target."""
    start, value, series = _begin(target, histories)
    grows, goal = target.kind == "average_rate", goal_text(target, sheet.book.lang)
    even = not grows and target.unit in NO_COMPOUNDING
    unit = series.unit if series else "index" if grows else target.unit
    how = _("tăng theo tốc độ đều: {goal}", goal=goal)
    if even:
        how = _("chia đều theo năm: {goal}", goal=goal)
    elif grows and unit == "index":
        how = _("tăng theo tốc độ đều, {year} = 100: {goal}", year=start, goal=goal)
    origin: Words = words_of(series.origin) if series else _("quy ước") if grows else ""
    cell = address(sheet.row, _START)
    steps = {y: _step(target, cell, (start, y), value) for y in _open(sheet, target) if y > start}
    _row(
        sheet,
        target,
        how,
        steps,
        (Cell(start, "number", "0"), typed(value, unit), small(origin)),
        unit,
    )
    last = _FIRST + len(sheet.book.years) - 2
    row = sheet.row - 1
    sheet.book.define(sheet.at(row, _FIRST, row, last), "path", target.target_id)


def _step(target: Target, first: str, years: tuple[int, int], value: float | None) -> _Step:
    """Return the formula of a year on the way, and its value."""
    name, goal, left = target_cell(target), target.weaker_end, target.target_year - years[0]
    passed = years[1] - years[0]
    if target.kind == "average_rate":
        found = None if value is None else value * float(growth_factor(goal, passed))
        return f'IF(COUNT({first})=1,{first}*(1+{name})^{passed},"")', found
    if passed == left:
        return name, goal
    even = target.unit in NO_COMPOUNDING
    rest = f'IF(MIN({first},{name})<=0,"",{first}*({name}/{first})^({passed}/{left}))'
    if even:
        rest = f"{first}+({name}-{first})*{passed}/{left}"
    is_whole = target.unit in COUNTED
    if is_whole:  # a minimum up, a maximum down
        rest = f"{'ROUNDUP' if target.rises else 'ROUNDDOWN'}(ROUND({rest},9),0)"
    formula = f'IF(COUNT({first})=1,{rest},"")'
    if value is None or (not even and min(value, goal) <= 0):
        return formula, None
    level = float(way(value, goal, np.array(passed / left), "linear" if even else "compound"))
    return formula, safe_side(level, rises=target.rises) if is_whole else level
