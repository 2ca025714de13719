"""Scenarios side by side, in figures for a notebook; each returns a reason where it shows none."""

from __future__ import annotations

from laikhe_analysis.checks import Text
from laikhe_analysis.data import Dataset
from laikhe_analysis.office.notebooks import show
from laikhe_analysis.office.pages.fans import fan_rows
from laikhe_analysis.office.pages.quantities import gap_unit
from laikhe_analysis.office.pages.scenarios import Projections, sectors_of, total_origin
from laikhe_analysis.office.summary import plan_rates
from laikhe_analysis.office.tables import table
from laikhe_analysis.plots import Line, plot_band, plot_bars, plot_lines, plot_stacked
from laikhe_analysis.scenarios import Comparison, Projection
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.simulation import Simulation
from laikhe_analysis.vietnamese import format_number, format_percent, label

__all__ = ["fan_origin", "show_drivers", "show_fan", "show_mixes"]


def show_mixes(projections: Projections, last: int, lang: str = "vi") -> Text | None:
    """Show the structure of product in the base year and at the end of each scenario."""
    able = {name: p for name, p in projections.items() if sectors_of(p)}
    if not able:
        return Text(
            "Không vẽ được cơ cấu: chưa kịch bản nào có tỷ trọng các ngành ở năm xuất phát.",
            "No structure to draw: no scenario has shares of sectors in the base year.",
        )
    first, chosen = next(iter(able)), next(iter(able.values()))
    sectors, base = sectors_of(chosen), chosen.baseline.year
    starts = [[p.value(f"share_{s}", base) for s in sectors_of(p)] for p in able.values()]
    alike = all(start == starts[0] for start in starts)
    columns = [str(base) if alike else f"{label(first, lang)}\n{base}"]
    columns += [f"{label(name, lang)}\n{last}" for name in able]
    parts = {
        label(s, lang): [100 * chosen.value(f"share_{s}", base)]
        + [100 * p.value(f"share_{s}", last) for p in able.values()]
        for s in sectors
    }
    title = Text("Cơ cấu tổng giá trị sản phẩm", "Structure of total product").pick(lang)
    ax = plot_stacked(columns, parts, unit="%", title=title, origin=total_origin(able), lang=lang)
    told = [
        f"{label(name, lang)}: "
        + ", ".join(f"{s} {format_number(values[i + 1], 1, lang)}%" for s, values in parts.items())
        for i, name in enumerate(able)
    ]
    show(ax, Text(f"Tỷ trọng năm {last}: ", f"Shares in {last}: ").pick(lang) + "; ".join(told))
    return None


def show_drivers(gap: Comparison | Text, last: int, lang: str = "vi") -> Text | None:
    """Show what each assumption adds to the difference in total product."""
    if isinstance(gap, Text):
        return gap
    drivers = gap.drivers_of("total_product", last) if "total_product" in gap.parts else {}
    if not drivers:
        return Text(
            "Không có hình: hai kịch bản không khác nhau về tổng giá trị sản phẩm.",
            "No figure: the two scenarios do not differ in total product.",
        )
    a, b = (label(p.scenario.name, lang) for p in (gap.a, gap.b))
    title = Text(f"Tổng giá trị sản phẩm năm {last}: {b} so với {a}",
                 f"Total product in {last}: {b} against {a}").pick(lang)  # fmt: skip
    both = {p.scenario.name: p for p in (gap.a, gap.b)}
    named = {label(d, lang): value for d, value in drivers.items()}
    unit = gap.a.paths["total_product"].unit
    ax = plot_bars(named, unit=unit, title=title, origin=total_origin(both), decimals=2, lang=lang)
    head = Text("Phần chênh lệch theo giả định", "The difference by assumption").pick(lang)
    told = "; ".join(f"{d} {format_number(v, 2, lang)}" for d, v in named.items())
    show(ax, f"{head}, {gap_unit(unit).pick(lang)}: {told}")
    return None


def fan_origin(projection: Projection) -> str:
    """Return the weakest origin of a fan: of the path, and of the widening, an assumption."""
    return weakest_origin("assumption", *projection.paths["total_product"].origins)


def show_fan(
    data: Dataset, draws: Simulation | Text, projection: Projection | None, lang: str = "vi"
) -> Text | None:
    """Show how far total product may stray around a scenario, and what the plan asks for."""
    if isinstance(draws, Text):
        return draws
    assert projection is not None
    scenario = projection.scenario.name
    rows = fan_rows(100 * draws.totals, draws.years)
    years, base = [row["year"] for row in rows], rows[0]["year"]
    lines = [Line(label(scenario, lang), years, [row["median"] for row in rows], "assumption")]
    rate = plan_rates(data.plan)[2]
    if rate is not None:
        name = Text(f"mục tiêu {format_percent(rate, 0)}/năm",
                    f"target of {format_percent(rate, 0, 'en')}/year").pick(lang)  # fmt: skip
        lines.append(Line(name, years, [100 * (1 + rate) ** (y - base) for y in years], "target"))
    title = Text(f"Tổng giá trị sản phẩm, {base} = 100", f"Total product, {base} = 100").pick(lang)
    ax = plot_lines(lines, unit="index", title=title, origin=fan_origin(projection), lang=lang)
    for level in (95, 80):
        band = [[row[f"{end}_{level}"] for row in rows] for end in ("lo", "hi")]
        ax = plot_band(ax, years, *band, level=level, meaning="assumption", lang=lang)
    middle, low, high = (format_number(rows[-1][k], 1, lang) for k in ("median", "lo_80", "hi_80"))
    told = Text(f"Năm {years[-1]}: giữa {middle}, khoảng 80% từ {low} đến {high}",
                f"In {years[-1]}: middle {middle}, 80% band from {low} to {high}")  # fmt: skip
    columns = {
        "year": Text("Năm", "Year"), "lo_95": Text("thấp 95%", "low 95%"),
        "lo_80": Text("thấp 80%", "low 80%"), "median": Text("giữa", "middle"),
        "hi_80": Text("cao 80%", "high 80%"), "hi_95": Text("cao 95%", "high 95%"),
    }  # fmt: skip
    headings = {k: t.pick(lang) for k, t in columns.items()}
    show(ax, told.pick(lang), table(rows, headings, lang=lang))
    return None
