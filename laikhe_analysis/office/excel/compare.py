"""The scenarios side by side, year by year and beside the targets, and the charts of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from laikhe_analysis.findings.paths import mean_rate_of
from laikhe_analysis.findings.revenue import start_ratio_needed
from laikhe_analysis.messages import _, capital
from laikhe_analysis.office.excel.cells import (
    CLOSED,
    Cell,
    Words,
    identifier,
    if_there,
    number,
)
from laikhe_analysis.office.excel.sheet import Book, Sheet
from laikhe_analysis.records import Plan, Target
from laikhe_analysis.scenarios import Projection
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.targets.paths import required_path
from laikhe_analysis.vietnamese import unit_label

__all__ = ["target_cell", "write_comparison"]

_COLOURS = (("#1F3864", "solid"), ("#C55A11", "dash"), ("#548235", "round_dot"),
           ("#7030A0", "long_dash"), ("#C00000", "square_dot"))  # fmt: skip
"""Colour and stroke of each line, so that a grey print can be read too; the last is the target's."""

_FONT = {"name": "Times New Roman", "size": 10}

_SHOWN = (("total_product", "total_product"), ("recurrent_revenue", ""),
          ("income_per_capita_real", "income"), ("income_per_capita", ""),
          ("crop_value_per_ha", "crop_value"), ("land_retained_total", "investment_land"),
          ("population", ""))  # fmt: skip
"""What is compared, with the role of the target that it is held against; people are not drawn."""

_COLUMN, _EDGE = 3, 1e-9  # of the base year; a rounding error is no gap


def target_cell(target: Target) -> str:
    """Return the name of the cell that holds a target's number."""
    return identifier("target", target.target_id)


def write_comparison(book: Book, plan: Plan, projections: Mapping[str, Projection]) -> None:
    """Write the scenarios side by side by year, beside the targets, and drawn."""
    widths = (42.0, 24.0, 17.0, *(12.0 for _year in book.years), 14.0)
    sheet = Sheet(book, _("So sánh"), _("So sánh các kịch bản"), widths)
    sheet.note(_(
        "Các ô lấy từ trang kịch bản, đổi theo khi sửa giả định. Dòng “Mục tiêu” là mức cần đạt từng "
        "năm nếu tăng đều từ năm xuất phát; với tổng vốn là tổng cả kỳ."
    ))  # fmt: skip
    top = sheet.head([_("Đại lượng"), _("Kịch bản"), _("Đơn vị tính"), *map(str, book.years),
                      _("Căn cứ yếu nhất")], freeze=2, repeat=False)  # fmt: skip
    charts = []
    for variable, role in _SHOWN:
        with_path = {name: p for name, p in projections.items() if variable in p.paths}
        if with_path:
            rows = [_scenario(sheet, variable, one) for one in with_path.values()]
            target = plan.role(role) if role else None
            if target is not None:
                rows.append(_target(sheet, variable, target, next(iter(with_path.values()))))
            if variable != "population":
                charts.append((variable, next(iter(with_path.values())), rows))
    turn = sheet.row + 1
    _goals(sheet, plan, projections)
    place = sheet.row + 1
    for i, (variable, projection, rows) in enumerate(charts):
        first = projection.paths[variable].years[0]
        _chart(
            sheet, (place + 17 * (i // 2), 3 * (i % 2)), (variable, projection), (top, rows, first)
        )
    sheet.row = place + 17 * -(-len(charts) // 2)
    sheet.begin_pages([turn, *range(place, sheet.row, 34)])
    sheet.finish()


def _scenario(sheet: Sheet, variable: str, projection: Projection) -> tuple[str, int]:
    """Write one variable of one scenario; return its name and row."""
    book, name, path = sheet.book, projection.scenario.name, projection.paths[variable]
    line, values = book.lines[name, variable], dict(zip(path.years, path.values, strict=True))
    cells = [number(values.get(year), path.unit, "number", if_there(line.at(year), line.at(year)))
             for year in book.years]  # fmt: skip
    left = Cell(book.word(variable), "bold"), book.word(name), book.unit(path.unit)
    sheet.line([*left, *cells, book.origin(weakest_origin(*path.origins))])
    return book.word(name), sheet.row - 1


def _target(sheet: Sheet, variable: str, target: Target, projection: Projection) -> tuple[str, int]:
    """Write the level that a target asks for each year, from the base-year level; as `_scenario`."""
    book, series, name = sheet.book, projection.path(variable), target_cell(target)
    last, start, cells = target.target_year, series.years[0], list[Cell]()
    is_sum = target.kind == "cumulative"
    path = None if is_sum else required_path(target, series.select([start]))
    first = book.lines[projection.scenario.name, variable].at(start)
    for year in book.years:
        if year < start or year > last:
            cells.append(CLOSED)
        elif path is None:
            cells.append(number(target.weaker_end, series.unit, "number", name))
        else:
            factor = f"({name}/{first})^({year - start}/{last - start})"
            if target.kind == "average_rate":
                factor = f"(1+{name})^{year - start}"
            formula = if_there(f"{first}*{factor}", first)
            cells.append(number(path.at(year), series.unit, "number", formula))
    left = Cell(book.word(variable), "bold"), _("Mục tiêu"), book.unit(series.unit)
    sheet.line([*left, *cells, book.origin("statement")])
    return book.say(_("Mục tiêu")), sheet.row - 1


# ------------------------------------------------------------------ where the scenarios lead


class _Goal(NamedTuple):
    """One target that a projected quantity is held against: its mean growth, or its last level."""

    key: str
    words: Words
    unit: str
    target: Target
    variable: str

    @property
    def wanted(self) -> Cell:
        """What the target asks for; a yearly ratio to the estimate is read as growth."""
        name, value = target_cell(self.target), self.target.weaker_end
        if self.target.kind == "annual_ratio":
            name, value = f"{name}/100-1", value / 100 - 1
        return number(value, self.unit, "number", name)

    def reached(self, book: Book, projection: Projection) -> Cell:
        """Return what a scenario leads to."""
        place = book.lines.get((projection.scenario.name, self.variable))
        path = projection.paths.get(self.variable)
        if place is None:
            return number(None, self.unit, "strong", '""')
        last, first = book.years[-1], path.years[0] if path else book.years[0]
        end, start = place.at(last), place.at(first)
        if self.unit != "fraction/year":
            value = path.values[-1] if path else None
            return number(value, self.unit, "strong", if_there(end, end))
        mean = mean_rate_of(projection, self.variable) if path else None
        formula = if_there(f"({end}/{start})^(1/{last - first})-1", end, start)
        return number(mean, self.unit, "strong", formula)


def _goals_of(plan: Plan, sectors: Sequence[str]) -> Iterator[_Goal]:
    """Return the targets that a projection can be held against, both readings where there are two."""
    kinds = {"average_rate": "fraction/year", "level_by": "", "cumulative": ""}
    for role, variable in (
        ("total_product", "total_product"), *((f"sector:{s}", f"product_{s}") for s in sectors),
        ("income", "income_per_capita_real"), ("crop_value", "crop_value_per_ha"),
        ("investment_land", "land_retained_total"),
    ):  # fmt: skip
        target = plan.role(role)
        if target is None or not target.rises or target.kind not in kinds:
            continue
        unit, name = kinds[target.kind] or target.unit, target.name
        land = _("{name}: phần từ tiền sử dụng đất", name=name)
        yield _Goal(role, land if role == "investment_land" else name, unit, target, variable)
        if role == "income" and unit == "fraction/year":
            words = _("{name}, hiểu là danh nghĩa", name=name)
            yield _Goal("income_nominal", words, unit, target, "income_per_capita")
    ratio = plan.role("revenue", "annual_ratio")
    if ratio is not None:
        words = _("Thu không kể tiền sử dụng đất: hiểu là tốc độ tăng")
        yield _Goal("revenue", words, "fraction/year", ratio, "recurrent_revenue")


def _goals(sheet: Sheet, plan: Plan, projections: Mapping[str, Projection]) -> None:
    """Write where each scenario leads beside the targets, and what is missing."""
    book, sectors = sheet.book, next(iter(projections.values())).baseline.sectors
    sheet.part(_("Các kịch bản đạt đến đâu, năm {year}", year=book.years[-1]))
    sheet.head([_("Chỉ tiêu"), _("Kịch bản"), _("Đơn vị tính"), _("Mục tiêu"), _("Kịch bản đạt"),
                _("Còn thiếu"), _("Kết quả")])  # fmt: skip
    yes, no = (book.say(words) for words in (_("đạt"), _("chưa đạt")))
    pairs = ((goal, one) for goal in _goals_of(plan, sectors) for one in projections.values())
    for goal, projection in pairs:
        name, wanted, reached = (
            projection.scenario.name,
            goal.wanted,
            goal.reached(book, projection),
        )
        at, end = sheet.at(sheet.row, 3), sheet.at(sheet.row, 4)
        short = None if reached.value is None else wanted.value - reached.value  # type: ignore[operator]
        gap = None if short is None else max(0.0, short)
        edge = goal.target.tolerance + (_EDGE if goal.target.direction != "above" else -_EDGE)
        told = "" if short is None else yes if short <= edge else no
        sheet.line([
            goal.words, book.word(name), book.unit(goal.unit), wanted, reached,
            number(gap, goal.unit, "number", if_there(f"MAX(0,{at}-{end})", end)),
            Cell(told, "text", "", if_there(f'IF({at}-{end}<={edge:.12g},"{yes}","{no}")', end)),
        ])  # fmt: skip
        book.define(end, name, "reached", goal.key)
    ratio = plan.role("revenue", "annual_ratio")
    if ratio is not None:
        _start_ratio(sheet, ratio, projections)


def _start_ratio(sheet: Sheet, target: Target, projections: Mapping[str, Projection]) -> None:
    """Write the revenue over the estimate that the base year needs to hold the target every year."""
    book = sheet.book
    words = _("Thu không kể tiền sử dụng đất so với giao: năm {base} cần có để năm nào cũng đạt",
              base=book.years[0])  # fmt: skip
    for name, projection in projections.items():
        top, bottom = (
            book.lines[name, each]
            for each in ("recurrent_revenue", "assigned_revenue_without_land")
        )
        first, *rest = (f"{top.at(year)}/{bottom.at(year)}" for year in book.years)
        cells = [line.at(year) for line in (top, bottom) for year in book.years]
        formula = if_there(f"{target_cell(target)}/100*({first})/MIN({','.join(rest)})", *cells)
        value = start_ratio_needed(projection, target.weaker_end / 100)
        sheet.line([words, book.word(name), book.unit("ratio"), CLOSED,
                    number(value, "ratio", "strong", formula), CLOSED, CLOSED])  # fmt: skip
        book.define(sheet.at(sheet.row - 1, 4), name, "reached", "start_ratio")


# ------------------------------------------------------------------ charts


def _chart(
    sheet: Sheet, at: tuple[int, int], what: tuple[str, Projection],
    table: tuple[int, Sequence[tuple[str, int]], int],
) -> None:  # fmt: skip
    """Draw one variable of the scenarios and the path of the target, as Excel itself draws it."""
    book, (variable, projection), (top, rows, first) = sheet.book, what, table
    left, right, font = _COLUMN + first - book.years[0], _COLUMN + len(book.years) - 1, dict(_FONT)
    path, chart = projection.paths[variable], book.file.add_chart({"type": "line"})
    for i, (name, row) in enumerate(rows):
        is_target = name == book.say(_("Mục tiêu"))
        colour, stroke = _COLOURS[-1 if is_target else i % (len(_COLOURS) - 1)]
        chart.add_series({
            "name": name, "categories": f"={sheet.at(top, left, top, right)}",
            "values": f"={sheet.at(row, left, row, right)}",
            "line": {"color": colour, "dash_type": stroke, "width": 2.25},
        })  # fmt: skip
    title, unit = book.word(variable), capital(unit_label(path.unit, book.lang))
    year = path.price_basis.removeprefix("constant ")
    if path.unit == "index":
        unit += f", {book.years[0]} = 100"
    elif year.isdigit():
        unit += book.say(_(", giá {year}", year=year))
    plain = {"num_font": font, "name_font": font | {"bold": False}}
    chart.set_title({"name": title, "name_font": font | {"size": 12, "bold": True}})
    chart.set_x_axis(plain | {"name": book.say(_("Năm"))})
    chart.set_y_axis(plain | {
        "name": unit, "num_format": ("[$-42A]" if book.lang == "vi" else "") + "#,##0",
        "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9", "width": 0.75}},
    })  # fmt: skip
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_size({"width": 560, "height": 320})
    told = book.say(_("Biểu đồ: {title}, đơn vị: {unit}", title=title, unit=unit))
    sheet.ws.insert_chart(*at, chart, {"description": told, "object_position": 1, "y_offset": 5})
