"""The scenarios side by side, year by year and beside the targets, and the charts of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from laikhe_analysis.findings.paths import mean_rate_of
from laikhe_analysis.findings.revenue import start_ratio_needed
from laikhe_analysis.language import _
from laikhe_analysis.office.excel.cells import (
    CLOSED,
    Cell,
    Words,
    capital,
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

__all__ = ["COLOURS", "draw", "target_cell", "write_comparison"]

COLOURS = (("#1F3864", "solid"), ("#C55A11", "dash"), ("#548235", "round_dot"),
           ("#7030A0", "long_dash"), ("#C00000", "square_dot"))  # fmt: skip
"""Colour and stroke of each line, so that a grey print can be read too; the last is the target's."""

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
                      _("Căn cứ yếu nhất")], freeze=2)  # fmt: skip
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
    _goals(sheet, plan, projections)
    place = sheet.row + 1
    for i, (variable, projection, rows) in enumerate(charts):
        first = projection.paths[variable].years[0]
        _chart(
            sheet, (place + 17 * (i // 2), 4 * (i % 2)), (variable, projection), (top, rows, first)
        )
    sheet.row = place + 17 * -(-len(charts) // 2)
    sheet.begin_pages(range(place, sheet.row, 34))
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


@dataclass(frozen=True)
class _Goal:
    """One target that a projected quantity is held against: the formula is on cells of a scenario."""

    key: str
    words: Words
    unit: str
    target: Target
    variable: str
    less: float = 0.0

    @property
    def wanted(self) -> tuple[str, float]:
        """What the target asks for, as a formula and a number."""
        if not self.less:
            return target_cell(self.target), self.target.weaker_end
        return f"{target_cell(self.target)}/100-1", self.target.weaker_end / 100 - 1

    def reached(self, book: Book, projection: Projection) -> tuple[str, float | None]:
        """Return what a scenario leads to, as a formula and a number."""
        line, path = book.lines[projection.scenario.name, self.variable], projection.paths.get(
            self.variable)  # fmt: skip
        last, first = book.years[-1], path.years[0] if path else book.years[0]
        end, start = line.at(last), line.at(first)
        if self.unit != "fraction/year":
            value = path.values[-1] if path else None
            return if_there(end, end), value
        mean = mean_rate_of(projection, self.variable) if path else None
        return if_there(f"({end}/{start})^(1/{last - first})-1", end, start), mean


def _goals_of(book: Book, plan: Plan, sectors: Sequence[str]) -> Iterator[_Goal]:
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
        words: Words = name
        if role == "investment_land":
            words = _("{name}: phần từ tiền sử dụng đất", name=name)
        yield _Goal(role, words, unit, target, variable)
        if role == "income" and unit == "fraction/year":
            words = _("{name}, hiểu là danh nghĩa", name=name)
            yield _Goal("income_nominal", words, unit, target, "income_per_capita")
    ratio = plan.role("revenue", "annual_ratio")
    if ratio is not None:
        words = _("Thu không kể tiền sử dụng đất: hiểu là tốc độ tăng")
        yield _Goal("revenue", words, "fraction/year", ratio, "recurrent_revenue", 100.0)


def _goals(sheet: Sheet, plan: Plan, projections: Mapping[str, Projection]) -> None:
    """Write where each scenario leads beside the targets, and what is missing."""
    book, sectors = sheet.book, next(iter(projections.values())).baseline.sectors
    sheet.part(_("Các kịch bản đạt đến đâu, năm {year}", year=book.years[-1]))
    sheet.head([_("Chỉ tiêu"), _("Kịch bản"), _("Đơn vị tính"), _("Mục tiêu"), _("Kịch bản đạt"),
                _("Còn thiếu"), _("Kết quả")])  # fmt: skip
    yes, no = (book.say(words) for words in (_("đạt"), _("chưa đạt")))
    for goal in _goals_of(book, plan, sectors):
        for name, projection in projections.items():
            formula, value = goal.reached(book, projection) if (
                (name, goal.variable) in book.lines) else ('""', None)  # fmt: skip
            asked, wanted = goal.wanted
            at, end = sheet.at(sheet.row, 3), sheet.at(sheet.row, 4)
            gap = None if value is None else max(0.0, wanted - value)
            edge = goal.target.tolerance + (_EDGE if goal.target.direction != "above" else -_EDGE)
            told = "" if value is None else yes if wanted - value <= edge else no
            sheet.line([
                goal.words, book.word(name), book.unit(goal.unit),
                number(wanted, goal.unit, "number", asked),
                number(value, goal.unit, "strong", formula),
                number(gap, goal.unit, "number", if_there(f"MAX(0,{at}-{end})", end)),
                Cell(told, "text", "", if_there(f'IF({at}-{end}<={edge:.12g},"{yes}","{no}")', end)),
            ])  # fmt: skip
            book.define(end, name, "reached", goal.key)
    _start_ratio(sheet, plan, projections)


def _start_ratio(sheet: Sheet, plan: Plan, projections: Mapping[str, Projection]) -> None:
    """Write the revenue over the estimate that the base year needs to hold the target every year."""
    book, target = sheet.book, plan.role("revenue", "annual_ratio")
    if target is None:
        return
    years = book.years[1:]
    for name, projection in projections.items():
        lines = [book.lines[name, each] for each in ("recurrent_revenue", "assigned_revenue")]
        rise = [f"{top.at(y)}/{bottom.at(y)}" for y in years for top, bottom in [lines]]
        first = f"{lines[0].at(book.years[0])}/{lines[1].at(book.years[0])}"
        cells = [line.at(year) for line in lines for year in book.years]
        formula = if_there(f"{target_cell(target)}/100*({first})/MIN({','.join(rise)})", *cells)
        words = _("Thu không kể tiền sử dụng đất so với giao: năm {base} cần có để năm nào cũng đạt",
                  base=book.years[0])  # fmt: skip
        value = start_ratio_needed(projection, target.weaker_end / 100)
        sheet.line([words, book.word(name), book.unit("ratio"), CLOSED,
                    number(value, "ratio", "strong", formula), CLOSED, CLOSED])  # fmt: skip
        book.define(sheet.at(sheet.row - 1, 4), name, "reached", "start_ratio")


# ------------------------------------------------------------------ charts


def _chart(
    sheet: Sheet, at: tuple[int, int], what: tuple[str, Projection],
    table: tuple[int, Sequence[tuple[str, int]], int],
) -> None:  # fmt: skip
    """Draw one variable of the scenarios, with the path of the target."""
    book, (variable, projection), (top, rows, first) = sheet.book, what, table
    left, right = _COLUMN + first - book.years[0], _COLUMN + len(book.years) - 1
    path, series = projection.paths[variable], []
    for i, (name, row) in enumerate(rows):
        colour, stroke = COLOURS[-1 if name == book.say(_("Mục tiêu")) else i % (len(COLOURS) - 1)]
        series.append({
            "name": name, "categories": f"={sheet.at(top, left, top, right)}",
            "values": f"={sheet.at(row, left, row, right)}",
            "line": {"color": colour, "dash_type": stroke, "width": 2.25},
        })  # fmt: skip
    unit, year = (
        unit_label(path.unit, book.lang),
        path.price_basis.removeprefix("constant "),
    )
    if path.unit == "index":
        unit += f", {book.years[0]} = 100"
    elif year.isdigit():
        unit += book.say(_(", giá {year}", year=year))
    draw(sheet, at, "line", (book.word(variable), unit), series)


def draw(
    sheet: Sheet, at: tuple[int, int], kind: str, words: tuple[Words, str],
    series: Sequence[Mapping[str, Any]],
) -> None:  # fmt: skip
    """Draw a chart that Excel itself draws: title, unit of its values, series."""
    book, font = sheet.book, {"name": "Times New Roman", "size": 10}
    title, unit = book.say(words[0]), words[1]
    chart = book.file.add_chart({"type": kind})
    for one in series:
        chart.add_series(dict(one))
    chart.set_title({"name": title, "name_font": font | {"size": 12, "bold": True}})
    plain = {"num_font": font, "name_font": font | {"bold": False}}
    amounts = plain | {
        "name": capital(unit), "num_format": ("[$-42A]" if book.lang == "vi" else "") + "#,##0",
        "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9", "width": 0.75}},
    }  # fmt: skip
    others = plain | {"major_gridlines": {"visible": False}}
    if kind == "bar":  # lies on its side: the amounts run along the foot
        chart.set_x_axis(amounts)
        chart.set_y_axis(others)
    else:
        chart.set_x_axis(others | {"name": book.say(_("Năm"))})
        chart.set_y_axis(amounts)
    chart.set_legend({"position": "bottom", "font": font} if len(series) > 1 else {"none": True})
    chart.set_size({"width": 560, "height": 320})
    told = book.say(_("Biểu đồ: {title}, đơn vị: {unit}", title=title, unit=unit))
    sheet.ws.insert_chart(*at, chart, {"description": told, "object_position": 1})
