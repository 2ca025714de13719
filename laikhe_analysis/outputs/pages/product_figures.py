"""Total product and its sectors, in figures for a notebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from laikhe_analysis.checks import Text
from laikhe_analysis.data import Dataset
from laikhe_analysis.growth import growth_factor
from laikhe_analysis.outputs.notebooks import show
from laikhe_analysis.outputs.pages.fans import chance_text, fan_rows
from laikhe_analysis.outputs.pages.product import Cases, Growth
from laikhe_analysis.outputs.pages.scenario_chances import draws_of
from laikhe_analysis.outputs.pages.scenario_figures import fan_origin, show_fan
from laikhe_analysis.outputs.summary import plan_rates
from laikhe_analysis.outputs.tables import table
from laikhe_analysis.plots import Line, plot_lines, plot_points, plot_stacked
from laikhe_analysis.scenarios.projection import Projection
from laikhe_analysis.series import AnnualSeries, weakest_origin
from laikhe_analysis.simulation import Simulation
from laikhe_analysis.vietnamese import format_number, format_percent, label, sentence, words

__all__ = [
    "show_growth",
    "show_product_fan",
    "show_scenarios",
    "show_structures",
    "show_total_by_share",
]


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
        curves.append(Line(name, years, [growth.total] * len(years), "target"))
    title = Text("Tốc độ tăng ở nơi khác, bên cạnh kế hoạch", "Growth elsewhere, and the plan")
    ax = plot_lines(curves, unit="fraction/year", title=title.pick(lang), lang=lang,
                    origin=weakest_origin(*(s.origin for s in series.values())))  # fmt: skip
    show(ax, "; ".join(f"{c.name} {int(c.years[-1])}: {format_percent(c.values[-1], 2, lang)}"
                       for c in curves))  # fmt: skip


def show_scenarios(
    projections: Mapping[str, Projection], growth: Growth | None, lang: str = "vi"
) -> Text | None:
    """Show total product under each scenario as an index, and what the plan's total asks for.

    The reason is returned where no scenario has it.
    """
    paths = {
        k: p.path("total_product") for k, p in projections.items() if "total_product" in p.paths
    }
    if not paths:
        return Text(
            "Chưa vẽ được đường nào, vì chưa kịch bản nào tính được tổng giá trị sản phẩm.",
            "No path can be drawn: no scenario can project total product.",
        )
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
    return None


def show_product_fan(
    data: Dataset, projection: Projection | None, spread: float, lang: str = "vi"
) -> Text:
    """Show how far total product may stray from a scenario; return it in words, or why not.

    The words tell the chance of the plan's total, with its standard error, and the weakest origin.
    """
    draws = draws_of(data, projection, spread)
    if isinstance(draws, Text):
        return draws
    assert projection is not None
    show_fan(data, draws, projection, lang)
    end = fan_rows(100 * draws.totals, draws.years)[-1]
    return sentence(
        "Năm {y}: giữa {m:1}, tám lần trong mười từ {lo:1} đến {hi:1} ({b} = 100), nếu xã biến động "
        "gấp {k:1} lần cả nước (giả định).{told} Căn cứ yếu nhất: {origin}.",
        "{y}: middle {m:1}, eight times in ten between {lo:1} and {hi:1} ({b} = 100), if the commune "
        "swings {k:1} times as much as the country (assumption).{told} Weakest origin: {origin}.",
        k=spread, y=end["year"], m=end["median"], lo=end["lo_80"], hi=end["hi_80"],
        b=projection.baseline.year, told=_total_chance(data, draws),
        origin=words(fan_origin(projection)),
    )  # fmt: skip


def _total_chance(data: Dataset, draws: Simulation) -> Text:
    """Return the chance of the plan's total, and of the lower end of what counts as "about" it."""
    rate, target = plan_rates(data.plan)[2], data.plan.role("total_product", "average_rate")
    if rate is None:
        return Text("", "")
    about = target.tolerance if target is not None else 0.0
    ends = [rate, rate - about] if about else [rate]
    told = [
        sentence("tăng bình quân từ {r:1%}/năm là {p}", "{r:1%} a year or more is {p}", r=r,
                 p=chance_text(draws.probability(draws.growth(None) >= r)))
        for r in ends
    ]  # fmt: skip
    return sentence(
        " Nếu kịch bản đúng ở giữa thì khả năng {told}.",
        " If the scenario is right in the middle, the chance of {told}.",
        told=Text("; ".join(t.vi for t in told), "; ".join(t.en for t in told)),
    )
