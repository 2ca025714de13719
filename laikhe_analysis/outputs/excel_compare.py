"""The scenarios side by side, and the charts that Excel draws of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from laikhe_analysis.outputs.excel_base import Book, Page, Sheet, cell, number_format
from laikhe_analysis.outputs.excel_goals import target_name
from laikhe_analysis.outputs.excel_rows import Results
from laikhe_analysis.paths import required_path
from laikhe_analysis.records import Target

__all__ = ["Drawn", "draw", "write_comparison"]

LINES = (("#1F3864", "solid"), ("#C55A11", "dash"), ("#548235", "round_dot"), ("#7030A0", "long_dash"))
"""Colour and stroke of each scenario, so that a grey print can be read too."""

GOAL = ("#C00000", "square_dot")
_FONT = {"name": "Times New Roman", "size": 10}

_SHOWN = (
    ("total_product", "total"), ("recurrent_revenue", ""), ("income_per_capita_real", "income"),
    ("income_per_capita", ""), ("crop_value_per_ha", "crop-value"), ("population", ""),
    ("land_retained_total", "investment"),
)  # fmt: skip
"""What is compared, with the word of the target that it is held against."""


@dataclass(frozen=True)
class Drawn:
    """One line or bar of a chart: its name, and where its years and values stand."""

    name: str
    categories: str
    values: str
    look: tuple[str, str]


def write_comparison(book: Book, results: Mapping[str, Results]) -> None:
    """Write the scenarios side by side, by year, with the target's path, and draw them."""
    say, years = book.say, book.material.years
    title = say("So sánh các kịch bản", "The scenarios compared")
    notes = (
        say("Các ô lấy từ trang kịch bản, đổi theo khi sửa giả định. Dòng “mục tiêu” là mức cần đạt "
            "từng năm nếu tăng đều từ năm xuất phát.",
            "The cells follow the scenarios. “Target” is the level needed each year at an even rate "
            "from the base year."),
    )  # fmt: skip
    widths = (44.0, 26.0, 20.0, *(13.0 for _ in years))
    sheet = book.sheet("compare", Page(title, widths, notes))
    heads = [say("Đại lượng", "Quantity"), say("Kịch bản", "Scenario"), say("Đơn vị tính", "Unit")]
    top = sheet.row
    sheet.head([*heads, *map(str, years)], freeze=2)
    drawn: dict[str, list[Drawn]] = {}
    units: dict[str, str] = {}
    for variable, word in _SHOWN:
        paths = {n: r.projection.paths[variable] for n, r in results.items() if variable in r.projection.paths}  # fmt: skip
        if not paths:
            continue
        units[variable] = next(iter(paths.values())).unit
        first = max(path.years[0] for path in paths.values())
        columns = 3 + first - years[0], 3 + years[-1] - years[0]
        rows = _rows(book, sheet, results, variable, units[variable])
        target = book.material.data.plan.role(word) if word else None
        if target is not None:
            rows |= _target_row(book, sheet, results, (variable, units[variable]), target)
        names = f"={sheet.at(f'{cell(top, columns[0])}:{cell(top, columns[1])}')}"
        drawn[variable] = [
            Drawn(name, names, f"={sheet.at(f'{cell(row, columns[0])}:{cell(row, columns[1])}')}", look)
            for name, (row, look) in rows.items()
        ]  # fmt: skip
    sheet.row += 1
    for i, (variable, lines) in enumerate(drawn.items()):
        at = (sheet.row + 21 * (i // 2), 0 if i % 2 == 0 else 3)
        draw(book, sheet, at, (book.word(variable), _axis(book, results, variable, units[variable])), lines)
    sheet.row += 21 * (-(-len(drawn) // 2))
    sheet.finish()


def _axis(book: Book, results: Mapping[str, Results], variable: str, unit: str) -> str:
    """Return the title of the axis of values: the unit, and what 100 is."""
    base = book.material.years[0]
    bases = {r.projection.paths[variable].price_basis for r in results.values() if variable in r.projection.paths}  # fmt: skip
    prices = "" if len(bases) != 1 or bases & {"n/a", "current"} else f", {book.word(next(iter(bases))).lower()}"  # fmt: skip
    return f"{book.unit(unit)}, {base} = 100" if unit == "index" else f"{book.unit(unit)}{prices}"


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
                sheet.formula(column, f'IF({where}="","",{where})', value, shown=number_format(unit))
        if variable in result.projection.paths:
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
            value = target.weaker_end
            sheet.formula(column, name, value, shown=number_format(unit))
        else:
            factor = f"({name}/{first})^({year - start}/{last - start})"
            if target.kind == "average_rate":
                factor = f"(1+{name}/100)^{year - start}"
            formula = f'IF({first}="","",{first}*{factor})'
            sheet.formula(column, formula, path.at(year), shown=number_format(unit))
    sheet.row += 1
    return {words: (sheet.row - 1, GOAL)}


def draw(
    book: Book, sheet: Sheet, at: tuple[int, int], titles: tuple[str, str], lines: Sequence[Drawn],
    *, kind: str = "line", across: str = "", size: tuple[int, int] = (560, 390),
) -> None:  # fmt: skip
    """Draw a chart that Excel itself draws, with titles and units on its axes."""
    title, unit = titles
    chart = book.file.add_chart({"type": kind})
    for line in lines:
        series: dict[str, Any] = {"name": line.name, "categories": line.categories, "values": line.values}  # fmt: skip
        colour, stroke = line.look
        if kind == "line":
            series["line"] = {"color": colour, "dash_type": stroke, "width": 2.25}
        else:
            series["fill"] = {"color": colour}
        chart.add_series(series)
    chart.set_title({"name": title, "name_font": {**_FONT, "size": 12, "bold": True}, "overlay": False})
    axis = {"num_font": _FONT, "name_font": _FONT}
    chart.set_x_axis({**axis, "name": across or book.say("Năm", "Year")})
    grid = {"visible": True, "line": {"color": "#D9D9D9", "width": 0.75}}
    chart.set_y_axis({**axis, "name": capital_unit(unit), "num_format": "#,##0", "major_gridlines": grid})
    chart.set_legend({"position": "bottom", "font": _FONT} if len(lines) > 1 else {"none": True})
    chart.set_size({"width": size[0], "height": size[1]})
    words = book.say(f"Biểu đồ: {title}, đơn vị {unit}", f"Chart: {title}, in {unit}")
    sheet.ws.insert_chart(*at, chart, {"description": words, "object_position": 1, "x_offset": 4, "y_offset": 4})  # fmt: skip


def capital_unit(unit: str) -> str:
    """Return a unit as the title of an axis."""
    return unit[:1].upper() + unit[1:]


