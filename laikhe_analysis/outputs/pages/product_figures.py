"""Total product and its sectors, in figures for a notebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from laikhe_analysis.checks import Text
from laikhe_analysis.growth import growth_factor
from laikhe_analysis.outputs.notebooks import show
from laikhe_analysis.outputs.pages.product import Cases, Growth
from laikhe_analysis.outputs.tables import table
from laikhe_analysis.plots import Line, plot_lines, plot_points, plot_stacked
from laikhe_analysis.scenarios.projection import Projection
from laikhe_analysis.series import AnnualSeries, weakest_origin
from laikhe_analysis.vietnamese import format_number, format_percent, label

__all__ = ["show_growth", "show_scenarios", "show_structures", "show_total_by_share"]


def show_total_by_share(growth: Growth, cases: Cases, lang: str = "vi") -> None:
    """Show the total's growth by the share of the slowest sector, and the published cases."""
    slow = growth.slow
    points = {
        name: (100 * shares[slow], 100 * growth.implied(shares)) for name, shares in cases.items()
    }
    name = label(growth.sectors[slow], lang)
    ax = plot_points(
        _curves(growth, lang), points, origin="statement", lang=lang,
        xlabel=Text(f"tỷ trọng {name} năm {growth.base}, %", f"share of {name} in {growth.base}, %"
                    ).pick(lang),
        ylabel=Text("tổng sản phẩm tăng, %/năm", "growth of total product, %/year").pick(lang),
        title=Text("Cơ cấu nào cho tốc độ chung của kế hoạch", "Which structure gives the total"
                   ).pick(lang),
    )  # fmt: skip
    exact = growth.shares()
    ends = [] if exact.is_empty else [exact.lower[slow], exact.upper[slow]]
    between = " - ".join(format_percent(end, 2, lang) for end in ends)
    told = [f"{place} {format_number(y, 2, lang)}%" for place, (_, y) in points.items()]
    show(ax, "; ".join([f"{name} {between}", *told]))


def _curves(growth: Growth, lang: str) -> dict[str, tuple[Sequence[float], Sequence[float]]]:
    """Return the total's growth by the slow share, the rest all in one sector, and its limits."""
    share, count = np.linspace(0, 0.4, 81), len(growth.sectors)
    curves: dict[str, tuple[Sequence[float], Sequence[float]]] = {}
    for fast in (i for i in range(count) if i != growth.slow):
        mixes = [
            [s if i == growth.slow else (1 - s) * (i == fast) for i in range(count)] for s in share
        ]
        words = Text("phần còn lại toàn là", "the rest all").pick(lang)
        totals = [100 * growth.implied(mix) for mix in mixes]
        curves[f"{words} {label(growth.sectors[fast], lang)}"] = (list(100 * share), totals)
    for t in sorted({growth.total + side * growth.tolerance for side in (-1, 0, 1)}):
        curves[f"{format_number(100 * t, 1, lang)}%"] = ([0.0, 40.0], [100 * t, 100 * t])
    return curves


def show_structures(growth: Growth, cases: Cases, lang: str = "vi") -> None:
    """Show the published structures, and what the plan's rates make of them in the last year."""
    factors = growth_factor(np.array(growth.rates), growth.years)
    columns, mixes = [], []
    for name, shares in cases.items():
        end = np.array(shares) * factors
        columns += [f"{name}\n{growth.base}", f"{name}\n{growth.last}"]
        mixes += [np.array(shares), end / end.sum()]
    parts = {
        label(s, lang): [100 * float(mix[i]) for mix in mixes] for i, s in enumerate(growth.sectors)
    }
    title = Text("Cơ cấu theo tốc độ của kế hoạch", "Structure under the plan's rates").pick(lang)
    ax = plot_stacked(columns, parts, unit="%", title=title, origin="statement", lang=lang)
    slow = label(growth.sectors[growth.slow], lang)
    told = (
        f"{column.splitlines()[0]} {format_number(parts[slow][i], 1, lang)}%"
        for i, column in enumerate(columns)
        if i % 2
    )
    show(ax, f"{slow} {growth.last}: " + "; ".join(told))


def show_growth(
    series: Mapping[str, AnnualSeries], growth: Growth | None, lang: str = "vi"
) -> None:
    """Show growth elsewhere beside what the plan states."""
    curves = [Line(p, s.years[-12:], s.values[-12:], "observed") for p, s in series.items()]
    if growth is not None:
        name = Text("tổng của kế hoạch", "the plan's total").pick(lang)
        years = range(growth.base + 1, growth.last + 1)
        curves.append(Line(name, years, [100 * growth.total] * len(years), "target"))
    title = Text("Tốc độ tăng ở nơi khác, bên cạnh kế hoạch", "Growth elsewhere, and the plan")
    ax = plot_lines(curves, unit="%/year", title=title.pick(lang), lang=lang,
                    origin=weakest_origin(*(s.origin for s in series.values())))  # fmt: skip
    show(ax, "; ".join(f"{c.name} {int(c.years[-1])}: {format_number(c.values[-1], 2, lang)}%"
                       for c in curves))  # fmt: skip


def show_scenarios(
    projections: Mapping[str, Projection], growth: Growth | None, lang: str = "vi"
) -> None:
    """Show total product under each scenario as an index, and what the plan's total asks for.

    Nothing is shown where no scenario has it.
    """
    paths = {
        k: p.path("total_product") for k, p in projections.items() if "total_product" in p.paths
    }
    if not paths:
        return
    series = {label(k, lang): path.rebase(path.years[0]) for k, path in paths.items()}
    curves = [Line(name, s.years, s.values, "assumption") for name, s in series.items()]
    if growth is not None:
        years = range(growth.base, growth.last + 1)
        goal = [100 * growth_factor(growth.total, y - growth.base) for y in years]
        name = f"{format_number(100 * growth.total, 0, lang)}%/{Text('năm', 'year').pick(lang)}"
        curves.append(Line(name, years, goal, "target"))
    first = int(curves[0].years[0])
    title = Text(f"Tổng giá trị sản phẩm, giá so sánh, {first} = 100",
                 f"Total product at constant prices, {first} = 100")  # fmt: skip
    ax = plot_lines(curves, unit="index", title=title.pick(lang), lang=lang,
                    origin=weakest_origin(*(s.origin for s in series.values())))  # fmt: skip
    rows = [
        {"year": int(year)} | {c.name: c.values[i] for c in curves if i < len(c.values)}
        for i, year in enumerate(curves[0].years)
    ]
    columns = {"year": Text("Năm", "Year").pick(lang)} | {c.name: c.name for c in curves}
    show(ax, "; ".join(f"{c.name} {int(c.years[-1])}: {format_number(c.values[-1], 1, lang)}"
                       for c in curves), table(rows, columns, decimals={c.name: 1 for c in curves},
                                               lang=lang))  # fmt: skip
