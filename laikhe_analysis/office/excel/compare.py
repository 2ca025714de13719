"""The scenarios side by side, and the charts that Excel draws of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from laikhe_analysis.office.excel.base import Book, Page, Sheet
from laikhe_analysis.office.excel.cells import capital, number_format, span
from laikhe_analysis.office.excel.goals import Reached, goals_of, target_name
from laikhe_analysis.office.excel.rows import Results
from laikhe_analysis.records import Target
from laikhe_analysis.scenarios.projection import Track
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.targets.paths import required_path
from laikhe_analysis.vietnamese import as_written, label

__all__ = ["GOAL", "LINES", "Chart", "Drawn", "draw_charts", "write_comparison"]

LINES = (
    ("#1F3864", "solid"),
    ("#C55A11", "dash"),
    ("#548235", "round_dot"),
    ("#7030A0", "long_dash"),
)
"""Colour and stroke of each scenario, so that a grey print can be read too."""

GOAL = ("#C00000", "square_dot")
_FONT = {"name": "Times New Roman", "size": 10}

_SHOWN = (
    ("total_product", "total_product"), ("recurrent_revenue", ""),
    ("income_per_capita_real", "income"), ("income_per_capita", ""),
    ("crop_value_per_ha", "crop_value"), ("population", ""),
    ("land_retained_total", "investment_land"),
)  # fmt: skip
"""What is compared, with the role of the target that it is held against."""


@dataclass(frozen=True)
class Drawn:
    """One line or bar of a chart: its name, and where its years and values stand."""

    name: str
    categories: str
    values: str
    look: tuple[str, str]


@dataclass(frozen=True)
class Chart:
    """One chart to be drawn: its title, the unit of its values, what is on it."""

    title: str
    unit: str
    lines: tuple[Drawn, ...]
    kind: str = "line"


def write_comparison(
    book: Book, results: Mapping[str, Results], reached: Mapping[str, Reached]
) -> None:
    """Write the scenarios side by side: by year with the target's path, beside the targets, drawn."""
    say, years = book.say, book.material.years
    title = say("So sánh các kịch bản", "The scenarios compared")
    notes = (
        say("Các ô lấy từ trang kịch bản, đổi theo khi sửa giả định. Dòng “Mục tiêu” là mức cần đạt "
            "từng năm nếu tăng đều từ năm xuất phát; với tổng vốn là tổng cả kỳ.",
            "The cells follow the scenarios. “Target” is the level needed each year at an even rate "
            "from the base year; for the investment total that of the whole period."),
    )  # fmt: skip
    sheet = book.sheet(
        "compare", Page(title, (40.0, 23.0, 21.0, *(11.0 for _ in years), 14.0), notes)
    )
    sheet.head([say("Đại lượng", "Quantity"), say("Kịch bản", "Scenario"), say("Đơn vị tính", "Unit"),
                *map(str, years), say("Căn cứ yếu nhất", "Weakest origin")], freeze=2)  # fmt: skip
    top = sheet.row - 1
    charts = []
    for variable, role in _SHOWN:
        target = book.material.data.plan.role(role) if role else None
        charts += _compare(book, sheet, results, (variable, target), top)
    _beside_targets(book, sheet, reached)
    draw_charts(book, sheet, charts, columns=(0, 3))
    sheet.finish()


def _compare(
    book: Book,
    sheet: Sheet,
    results: Mapping[str, Results],
    what: tuple[str, Target | None],
    top: int,
) -> list[Chart]:
    """Write one variable under every scenario, with the target's path; return its chart."""
    (variable, target), years = what, book.material.years
    held = [p for p in (r.projection.paths.get(variable) for r in results.values()) if p]
    if not held:
        return []
    unit, first = held[0].unit, max(path.years[0] for path in held)
    rows = _rows(book, sheet, results, variable, unit)
    if target is not None:
        rows |= _target_row(book, sheet, results, (variable, unit), target)
    if variable == "population":
        return []
    ends = 3 + first - years[0], 2 + len(years)
    across = sheet.at(span((top, ends[0]), (top, ends[1])))
    lines = tuple(
        Drawn(name, f"={across}", f"={sheet.at(span((row, ends[0]), (row, ends[1])))}", look)
        for name, (row, look) in rows.items()
    )
    return [Chart(book.word(variable), _axis(book, held[0], unit), lines)]


def _beside_targets(book: Book, sheet: Sheet, reached: Mapping[str, Reached]) -> None:
    """Write where each scenario leads beside the targets."""
    say, goals = book.say, goals_of(book)
    if not goals:
        return
    last, end = book.material.years[-1], 3 + len(reached)
    sheet.part(say("Các kịch bản đạt đến đâu", "Where the scenarios lead"))
    sheet.head([say("Chỉ tiêu", "Target"), say("Đơn vị tính", "Unit"),
                say(f"Mục tiêu {last}", f"Target {last}"), *(book.word(name) for name in reached),
                say("Căn cứ yếu nhất", "Weakest origin")])  # fmt: skip
    for goal in goals:
        shown = number_format(goal.unit)
        sheet.write(0, goal.words)
        sheet.write(1, book.unit(goal.unit))
        less = f"-{goal.minus:g}" if goal.minus else ""
        if goal.kind == "start":
            sheet.write(2, None, "closed")
        else:
            sheet.formula(2, f"{target_name(goal.target)}{less}", goal.wanted, shown=shown)
        for column, found in enumerate(reached.values(), start=3):
            where, value = found[goal.key]
            sheet.formula(column, f'IF({where}="","",{where})', value, "strong", shown)
        pair = ("recurrent_revenue", "assigned_revenue")
        variables = pair if goal.kind == "start" else (goal.variable,)
        has = all(book.material.with_path(name) for name in variables)
        origin = label(book.material.origin(*variables), book.lang) if has else ""
        sheet.write(end, origin, "small")
        sheet.row += 1


def _axis(book: Book, path: Track, unit: str) -> str:
    """Return the title of the axis of values: the unit, and what 100 is or which prices."""
    base = book.material.years[0]
    if unit == "index":
        return f"{book.unit(unit)}, {base} = 100"
    year = path.price_basis.removeprefix("constant ")
    return book.unit(unit) + (
        book.say(f", giá {year}", f", {year} prices") if year.isdigit() else ""
    )


def _rows(
    book: Book, sheet: Sheet, results: Mapping[str, Results], variable: str, unit: str
) -> dict[str, tuple[int, tuple[str, str]]]:
    """Write a variable, one row a scenario; return the rows that hold numbers, with their looks."""
    found = {}
    for i, (name, result) in enumerate(results.items()):
        sheet.write(0, book.word(variable), "bold" if i == 0 else "text")
        sheet.write(1, book.word(name))
        sheet.write(2, book.unit(unit))
        for column, year in enumerate(result.years, start=3):
            if variable in result.rows and (variable, year) in result.values:
                where = result.sheet.at(result.cell(variable, year))
                value = result.value(variable, year)
                sheet.formula(
                    column, f'IF({where}="","",{where})', value, shown=number_format(unit)
                )
        path = result.projection.paths.get(variable)
        origin = label(weakest_origin(*path.origins), book.lang) if path else ""
        sheet.write(sheet.last_column, origin, "small")
        if path:
            found[book.word(name)] = sheet.row, LINES[i % len(LINES)]
        sheet.row += 1
    return found


def _target_row(
    book: Book, sheet: Sheet, results: Mapping[str, Results], what: tuple[str, str], target: Target
) -> dict[str, tuple[int, tuple[str, str]]]:
    """Write the level that the target asks for each year, from the base-year level."""
    (variable, unit), words = what, book.say("Mục tiêu", "Target")
    result = next(r for r in results.values() if variable in r.projection.paths)
    series, name = result.projection.path(variable), target_name(target)
    last, start = target.target_year, series.years[0]
    sheet.write(0, book.word(variable))
    sheet.write(1, words)
    sheet.write(2, book.unit(unit))
    cumulative = target.kind == "cumulative"
    path = None if cumulative else required_path(target, series.select([start]))
    first = result.sheet.at(result.cell(variable, start))
    for column, year in enumerate(result.years, start=3):
        if year < start or year > last:
            sheet.write(column, None, "closed")
        elif path is None:
            value = as_written(target.weaker_end, target.unit)
            sheet.formula(column, name, value, shown=number_format(unit))
        else:
            factor = f"({name}/{first})^({year - start}/{last - start})"
            if target.kind == "average_rate":
                factor = f"(1+{name}/100)^{year - start}"
            formula = f'IF({first}="","",{first}*{factor})'
            sheet.formula(column, formula, path.at(year), shown=number_format(unit))
    sheet.write(sheet.last_column, label("statement", book.lang), "small")
    sheet.row += 1
    return {words: (sheet.row - 1, GOAL)}


_HIGH = 16
"""Rows of a chart; two of them fill a page."""


def draw_charts(
    book: Book, sheet: Sheet, charts: Sequence[Chart], columns: tuple[int, int]
) -> None:
    """Draw charts beneath a table, two beside one another from the `columns` on, four on a page."""
    if not charts:
        return
    begin = sheet.row + 1
    for i, chart in enumerate(charts):
        _draw(book, sheet, (begin + _HIGH * (i // 2), columns[i % 2]), chart)
    sheet.row = begin + _HIGH * -(-len(charts) // 2)
    for row in range(begin, sheet.row):
        sheet.ws.set_row(row, 15)
    sheet.break_before(range(begin, sheet.row, 2 * _HIGH))


def _draw(book: Book, sheet: Sheet, at: tuple[int, int], what: Chart) -> None:
    """Draw a chart that Excel itself draws, with titles and units on its axes."""
    chart = book.file.add_chart({"type": what.kind})
    for line in what.lines:
        series: dict[str, Any] = {
            "name": line.name,
            "categories": line.categories,
            "values": line.values,
        }
        colour, stroke = line.look
        if what.kind == "line":
            series["line"] = {"color": colour, "dash_type": stroke, "width": 2.25}
        else:
            series |= {"fill": {"color": colour}, "gap": 60}
        chart.add_series(series)
    chart.set_title({"name": what.title, "name_font": {**_FONT, "size": 12, "bold": True}})
    axis = {"num_font": _FONT, "name_font": {**_FONT, "bold": False}}
    grid = {"visible": True, "line": {"color": "#D9D9D9", "width": 0.75}}
    amounts = {**axis, "name": capital(what.unit), "num_format": book.number("#,##0"),
               "major_gridlines": grid}  # fmt: skip
    if what.kind == "bar":  # lies on its side: the amounts run along the foot
        chart.set_x_axis(amounts)
        small = {**axis, "num_font": {**_FONT, "size": 9}}
        chart.set_y_axis({**small, "major_gridlines": {"visible": False}})
    else:
        chart.set_x_axis({**axis, "name": book.say("Năm", "Year")})
        chart.set_y_axis(amounts)
    chart.set_legend(
        {"position": "bottom", "font": _FONT} if len(what.lines) > 1 else {"none": True}
    )
    chart.set_size({"width": 530, "height": 312})
    words = book.say(
        f"Biểu đồ: {what.title}, đơn vị: {what.unit}", f"Chart: {what.title}, in {what.unit}"
    )
    sheet.ws.insert_chart(*at, chart, {"description": words, "object_position": 1})
