"""Figures of the investment study, each with the sentence and the table that say the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from textwrap import fill
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from laikhe_analysis.checks import Text
from laikhe_analysis.office.invest.pace import cash_paths
from laikhe_analysis.office.invest.risk import chances_of, chances_table, ranking_table
from laikhe_analysis.office.invest.tables import share_of_draws
from laikhe_analysis.office.invest.view import View, shown_for
from laikhe_analysis.office.notebooks import show
from laikhe_analysis.office.summary import auction_prices
from laikhe_analysis.office.tables import Table, table
from laikhe_analysis.plots import (
    Line,
    new_axes,
    plot_band,
    plot_bars,
    plot_lines,
    plot_points,
    plot_stacked,
)
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.vietnamese import format_number, label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "Drawing",
    "area_chance_figure",
    "cash_figure",
    "cdf_figure",
    "gross_figure",
    "inventory_figure",
    "letter_block",
    "listed",
    "paragraphs",
    "present",
    "price_area_figure",
    "split_figure",
    "tornado_figure",
]

Curves = dict[str, tuple[Sequence[float], Sequence[float]]]
_HIGHEST = 25.0  # million VND per m2: the top of the figure of prices and areas
_NAME = 42  # letters a line in the names of bars


class Drawing(NamedTuple):
    """A finished drawing, what it shows in one sentence, and its numbers where they are many."""

    ax: Axes
    alt: str
    table: Table | None = None


def present(drawing: Drawing | None) -> None:
    """Show a drawing in a notebook; nothing where there is none."""
    if drawing is not None:
        show(*drawing)


def paragraphs(*texts: Text | None, bold: bool = False) -> Any:
    """Return texts for a notebook, one paragraph each, the English in italics beneath all."""
    from IPython.display import Markdown

    told, strong = [one for one in texts if one is not None], "**" if bold else ""
    vi, en = [f"{strong}{one.vi}{strong}" for one in told], [f"*{one.en}*" for one in told]
    return Markdown("\n\n".join([*vi, *en]))


def listed(texts: Iterable[Text] | None) -> Any:
    """Return texts for a notebook as a numbered list, each with its English beneath."""
    from IPython.display import Markdown

    return Markdown("\n".join(f"1. {one.vi}<br>*{one.en}*" for one in texts or ()))


def letter_block(text: Text | None) -> Any:
    """Return a letter for a notebook, line by line as it is written, the translation folded."""
    from IPython.display import Markdown

    if text is None:
        return None
    sides = (re.sub(r"(?m)^([0-9]+)\.", r"\1\.", side) for side in text)  # no Markdown lists
    vi, en = ("\n".join(f"> {line}  " for line in side.splitlines()) for side in sides)
    fold = f"<details><summary><em>translation</em></summary>\n\n{en}\n\n</details>"
    return Markdown(f"{vi}\n\n{fold}")


def _needs_origin(view: View) -> str:
    return weakest_origin(*(need.origin for need in view.study.needs))


@shown_for
def gross_figure(view: View) -> Drawing:
    """Return the fees that every rule needs."""
    found = {label(n.rule): n.gross for n in view.study.needs if n.gross is not None}
    total = format_number(view.study.total, 3)
    ax = plot_bars(
        {fill(name, _NAME): value for name, value in found.items()},
        unit="billion VND", decimals=3, origin=_needs_origin(view),
        title=view.mark(f"Tiền sử dụng đất phải thu để được {total} tỷ đồng"),
        line=("tổng vốn của kế hoạch", view.study.total),
    )  # fmt: skip
    ends = "; ".join(f"{name} {format_number(value, 3)}" for name, value in found.items())
    return Drawing(ax, view.mark(f"Phải thu, tỷ đồng: {ends}"))


_PARTS = {
    "commune": "xã", "city_returned": "thành phố trả lại cho xã", "city_kept": "thành phố giữ",
    "central": "trung ương", "unassigned": "kế hoạch chưa ghi cho ai", "costs": "trừ trước chi phí",
}  # fmt: skip


@shown_for
def split_figure(view: View) -> Drawing:
    """Return where 100 VND of fees go under every rule."""
    needs = [need for need in view.study.needs if need.parts is not None]
    parts = {
        words: [100 * getattr(n.parts, part) / (n.gross or 1.0) for n in needs]
        for part, words in _PARTS.items()
    }
    ax = plot_stacked(
        [label(need.rule) for need in needs], {k: v for k, v in parts.items() if any(v)},
        unit="%", title=view.mark("100 đồng tiền sử dụng đất chia cho ai"),
        origin=_needs_origin(view), decimals=0, ax=new_axes(9.5, 4.6),
    )  # fmt: skip
    told = "; ".join(
        f"{label(n.rule)}: xã {format_number(parts['xã'][k], 0)}, thành phố trả lại "
        f"{format_number(parts['thành phố trả lại cho xã'][k], 0)}"
        for k, n in enumerate(needs)
    )
    return Drawing(ax, view.mark(f"Trong 100 đồng thu được: {told}"))


@shown_for
def price_area_figure(view: View) -> Drawing:
    """Return the pairs of area and price that give the total, and the auctions seen."""
    areas = np.linspace(2, 45, 87)
    curves: Curves = {}
    at: dict[float, list[str]] = {}
    for need in view.study.needs:
        if need.gross is None:
            continue
        at.setdefault(round(need.gross, 6), []).append(label(need.rule))
    for gross, names in at.items():
        prices = gross / (10 * areas)
        inside = prices <= _HIGHEST
        curves["\n".join(fill(name, _NAME) for name in names)] = (
            areas[inside].tolist(),
            prices[inside].tolist(),
        )
    gross = view.need.gross or 0.0
    points = {
        f"{name.split(' (')[0]}: {format_number(price, 3)}": (gross / (10 * price), price)
        for name, price in auction_prices(view.data).items()
    }
    total = format_number(view.study.total, 3)
    ax = plot_points(
        curves, points, xlabel="đất ở bán được, ha",
        ylabel="giá bán bình quân, triệu đồng/m²", origin="assumption",
        title=view.mark(f"Diện tích và giá cùng cho {total} tỷ đồng; chấm: giá khởi điểm đã thấy"),
    )  # fmt: skip
    ax.set_ylim(0, _HIGHEST)
    told = "; ".join(
        f"{format_number(area, 2)} ha ở giá {format_number(price, 3)} triệu đồng/m²"
        for area, price in points.values()
    )
    return Drawing(
        ax, view.mark(f"Theo quy định “{label(view.rule)}”: {told or f'{total} tỷ đồng'}")
    )


@shown_for
def tornado_figure(view: View) -> Drawing:
    """Return how far each input alone moves the money."""
    rows = view.study.judged.ranking
    bars = {
        fill(label(row["name"]), _NAME): (100 * row["change_low"], 100 * row["change_high"])
        for row in rows
    }
    ax = plot_bars(
        bars, unit="%", decimals=0, origin=view.study.origin, line=("mức đang giả định", 0.0),
        title=view.mark("Từng yếu tố một mình làm tiền xã được hưởng thay đổi bao nhiêu"),
    )  # fmt: skip
    told = "; ".join(
        f"{label(row['name'])} từ {format_number(100 * min(row['change_low'], row['change_high']), 0)}%"
        f" đến {format_number(100 * max(row['change_low'], row['change_high']), 0)}%"
        for row in rows
    )
    return Drawing(ax, view.mark(f"Thay đổi: {told}"), ranking_table(view))


@shown_for
def cash_figure(view: View) -> Drawing:
    """Return the money that comes at each pace of auctions, and what is needed by then."""
    found, need = cash_paths(view), view.need
    lines = [
        Line(label(kind), need.years, [row["cumulative_inflow"] for row in path.rows], "assumption")
        for kind, (_, path, _) in found.items()
    ]
    first = next(iter(found.values()))[1]
    wanted = [row["cumulative_needs"] for row in first.rows]
    ax = plot_lines(
        [*lines, Line("cần để chi", need.years, wanted, "target")], unit="billion VND",
        title=view.mark("Tiền xã được hưởng, cộng dồn, theo nhịp đấu giá"), origin="assumption",
    )  # fmt: skip
    told = "; ".join(
        f"{label(kind)}: phải ứng nhiều nhất {format_number(path.peak_gap, 1)} tỷ đồng"
        for kind, (_, path, _) in found.items()
    )
    rows = [
        {"pace": name} | {str(y): v for y, v in zip(need.years, values, strict=True)}
        for name, values in [*((line.name, line.values) for line in lines), ("cần để chi", wanted)]
    ]
    heads = {"pace": "Nhịp đấu giá"} | {str(year): f"Đến {year}" for year in need.years}
    data = table(rows, heads, caption=view.mark("tỷ đồng, cộng dồn"))
    return Drawing(ax, view.mark(f"Theo quy định “{label(view.rule)}”. {told}"), data)


@shown_for
def area_chance_figure(view: View) -> Drawing | None:
    """Return how the chance grows with the land offered; None where there is an inventory."""
    widest = max((v.areas_ha.get(0.8) or 0.0 for v in view.study.verdicts), default=0.0)
    if not view.area_ha or not widest:
        return None
    areas = tuple(float(a) for a in np.linspace(0, 1.1 * widest, 111))
    curves: Curves = {
        fill(label(rule), _NAME): (areas, [100 * p for p in ps])
        for rule, ps in chances_of(view, areas).items()
    }
    ax = plot_points(
        curves | {"mức “khả thi”: 80%": ((0, areas[-1]), (80, 80))}, {},
        xlabel="đất ở đem đấu giá, ha", ylabel="khả năng đạt, %", origin=view.study.origin,
        title=view.mark("Đem đấu giá bao nhiêu đất thì khả năng đạt là bao nhiêu"),
    )  # fmt: skip
    told = "; ".join(
        f"{label(v.rule)} {format_number(v.areas_ha[0.8] or 0.0, 1)} ha"
        for v in view.study.verdicts
    )
    return Drawing(ax, view.mark(f"Để khả năng đạt là 80% cần: {told}"))


@shown_for
def cdf_figure(view: View) -> Drawing | None:
    """Return the distribution of the money under each rule; None without land."""
    outcomes = view.study.judged.outcomes
    if not outcomes:
        return None
    parts = np.linspace(0.5, 99.5, 100)
    curves: Curves = {
        fill(label(one.rule), _NAME): (
            np.quantile(one.retained, parts / 100).tolist(),
            parts.tolist(),
        )
        for one in outcomes
    }
    total = view.study.total
    ax = plot_points(
        curves | {"tổng vốn của kế hoạch": ((total, total), (0, 100))}, {},
        xlabel="tiền xã được hưởng, tỷ đồng", ylabel="phần trường hợp không quá mức này, %",
        title=view.mark(f"Phân phối tiền được hưởng với {_land(view)} ha, từng quy định"),
        origin=view.study.origin,
    )  # fmt: skip
    told = "; ".join(
        f"{label(one.rule)} {share_of_draws(one.probability)}% (10%: "
        f"{format_number(one.p10, 0)}, 50%: {format_number(one.p50, 0)}, 90%: "
        f"{format_number(one.p90, 0)} tỷ đồng)"
        for one in outcomes
    )
    return Drawing(ax, view.mark(f"Khả năng đạt: {told}"), chances_table(view))


def _land(view: View) -> str:
    return format_number(view.study.verdicts[0].offered_ha or 0.0, 2)


@shown_for
def inventory_figure(view: View) -> Drawing | None:
    """Return the money of an inventory, cumulative, with its band; None without one."""
    drawn = view.study.judged.by_year.get(view.rule)
    if not drawn:
        return None
    need = view.need
    money = np.cumsum([drawn[year] for year in need.years], axis=0)
    low, middle, high = np.quantile(money, [0.1, 0.5, 0.9], axis=1)
    wanted = [need.total * (k + 1) / len(need.years) for k in range(len(need.years))]
    ax = plot_lines(
        [Line("từ danh mục đất", need.years, middle.tolist(), "assumption"),
         Line("tổng vốn của kế hoạch", need.years, wanted, "target")],
        unit="billion VND", title=view.mark(f"Tiền được hưởng, cộng dồn, {label(view.rule)}"),
        origin=view.study.origin,
    )  # fmt: skip
    plot_band(ax, need.years, low.tolist(), high.tolist(), level=80, meaning="assumption")
    rows = [{"year": y, "low": a, "middle": b, "high": c, "wanted": w}
            for y, a, b, c, w in zip(need.years, low, middle, high, wanted, strict=True)]  # fmt: skip
    heads = {"year": "Năm", "low": "Xấu (1/10)", "middle": "Giữa", "high": "Tốt (9/10)",
             "wanted": "Cần"}  # fmt: skip
    told = (
        f"Đến năm {need.years[-1]}: giữa {format_number(float(middle[-1]), 1)}, xấu "
        f"{format_number(float(low[-1]), 1)}, tốt {format_number(float(high[-1]), 1)} tỷ đồng; cần "
        f"{format_number(need.total, 3)}"
    )
    return Drawing(ax, view.mark(told), table(rows, heads, caption=view.mark("tỷ đồng, cộng dồn")))
