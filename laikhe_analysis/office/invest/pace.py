"""When the money of the investment study comes: pace of auctions, strategies, the inventory."""

from __future__ import annotations

from typing import Any

from laikhe_analysis.checks import Text
from laikhe_analysis.investment.programme import CashPath, cash_path, needs_by_year
from laikhe_analysis.investment.strategies import PACES, pace
from laikhe_analysis.land import carried_over, cash_by_year
from laikhe_analysis.land.sharing import retained_share
from laikhe_analysis.office.invest.tables import shown
from laikhe_analysis.office.invest.view import View, shown_for
from laikhe_analysis.office.tables import Table
from laikhe_analysis.vietnamese import label

__all__ = [
    "cash_paths",
    "cuts_table",
    "inventory_table",
    "paces_table",
    "plots_table",
    "strategies_table",
]


def cash_paths(view: View) -> dict[str, tuple[dict[int, float], CashPath, float]]:
    """Return by pace of auctions the sales of each year left, the cash path, and what is paid late.

    What has to be collected in the years left is auctioned at that pace, evenly over the quarters,
    so that a part of each year's sales is paid in the next. [billion VND]
    """
    need = view.need
    gross = (need.left_gross_per_year or 0.0) * len(need.left_years)
    late = sum(carried_over(quarter) for quarter in (1, 2, 3, 4)) / 4
    before = [year for year in need.years if year < need.left_years[0]]
    known = {year: view.received / len(before) for year in before}
    projects = view.data.programme
    wants = needs_by_year(projects, need.years) if projects else dict.fromkeys(
        need.years, need.total / len(need.years)
    )  # fmt: skip
    found = {}
    for kind in (kind for kind in PACES if kind != "frozen" or len(need.left_years) > 2):
        sales = {year: gross * part for year, part in pace(kind, need.left_years).items()}
        money = known | {
            year: ((1 - late) * sold + late * sales.get(year - 1, 0.0))
            * retained_share(view.rules[0], need.stream, year)
            for year, sold in sales.items()
        }
        path = cash_path(money, wants, total=need.total)
        found[kind] = sales, path, late * sales[need.years[-1]]
    return found


@shown_for
def paces_table(view: View) -> Table:
    """Return what each pace of auctions asks a year, and the money that has to be bridged."""
    rows: list[dict[str, Any]] = [
        {"pace": label(kind)} | {str(year): sold for year, sold in sales.items()}
        | {"inside": path.rows[-1]["cumulative_inflow"], "after": after, "gap": path.peak_gap,
           "when": "" if path.peak_year is None else str(path.peak_year)}
        for kind, (sales, path, after) in cash_paths(view).items()
    ]  # fmt: skip
    years = {str(year): Text(f"Bán năm {year}, tỷ", f"Sold in {year}, bn")
             for year in view.need.left_years}  # fmt: skip
    heads = {"pace": Text("Nhịp đấu giá", "Pace")} | years | {
        "inside": Text("Được hưởng trong kỳ, tỷ", "Retained in time, bn"),
        "after": Text("Thu sang sau kỳ, tỷ", "Paid after, bn"),
        "gap": Text("Phải ứng nhiều nhất, tỷ", "Most to bridge, bn"),
        "when": Text("vào cuối năm", "at the end of"),
    }  # fmt: skip
    return shown(view, rows, heads, decimals=1)


@shown_for
def strategies_table(view: View, most: int = 12) -> Table:
    """Return pace and programme together, the smallest worst loss first."""
    rows = [
        {"pace": label(row["pace"]), "part": 100 * row["programme"] / view.study.total,
         "programme": row["programme"], "worst": row["worst_regret"],
         "where": f"{label(row['worst_market'])}; {label(row['worst_rule'])}"}
        for row in view.study.strategies[:most]
    ]  # fmt: skip
    heads = {
        "pace": Text("Nhịp đấu giá", "Pace"),
        "part": Text("Chương trình, % tổng vốn", "Programme, %"),
        "programme": Text("Chương trình, tỷ", "Programme, bn"),
        "worst": Text("Thiệt hơn phương án tốt nhất nhiều nhất, tỷ", "Worst loss, bn"),
        "where": Text("khi gặp", "when"),
    }
    return shown(view, rows, heads, decimals=0)


@shown_for
def cuts_table(view: View) -> Table | None:
    """Return which works a smaller programme pays; None without a list of works."""
    if not view.data.programme:
        return None
    funded = {part: rows for part, rows in view.study.cuts.items() if rows}
    rows = [
        {"name": row["name"], "kind": label(row["kind"]), "need": row["need"]}
        | {f"{part:g}": cut[k]["funded"] for part, cut in funded.items()}
        for k, row in enumerate(view.study.cuts[1.0])
    ]
    heads = {"name": Text("Công trình", "Work"), "kind": Text("Khoản", "Kind"),
             "need": Text("Cần, tỷ", "Needs, bn")}  # fmt: skip
    heads |= {f"{part:g}": Text(f"Được chi khi có {100 * part:.0f}%", f"Paid at {part:g}")
              for part in funded}  # fmt: skip
    return shown(view, rows, heads)


@shown_for
def plots_table(view: View) -> Table | None:
    """Return the inventory, plot by plot; None without one."""
    rows = [
        {"name": plot.name or plot.plot_id, "stream": label(plot.stream),
         "area": plot.area_m2 / 1e4, "plots": plot.area_m2 * plot.saleable_share / 1e4,
         "price": "-".join(f"{p:g}".replace(".", ",")
                           for p in (plot.price_low, plot.price_mode, plot.price_high)),
         "when": f"quý {plot.quarter}/{plot.year}", "chance": 100 * plot.sale_probability,
         "cost": plot.cost,
         "gross": plot.area_m2 * plot.saleable_share * plot.price_mode * plot.sale_probability / 1e3}
        for plot in view.plots
    ]  # fmt: skip
    if not rows:
        return None
    heads = {
        "name": Text("Khu đất", "Land"),
        "stream": Text("Nguồn thu", "Stream"),
        "area": Text("Cả khu, ha", "Site, ha"),
        "plots": Text("Đất ở, ha", "Plots, ha"),
        "price": Text("Giá thấp-thường-cao, triệu đồng/m²", "Price"),
        "when": Text("Đấu giá", "Auction"),
        "chance": Text("Khả năng bán, %", "Chance, %"),
        "cost": Text("Chi phí, tỷ", "Cost, bn"),
        "gross": Text("Thu dự kiến, tỷ", "Expected, bn"),
    }
    return shown(view, rows, heads, decimals={"area": 2, "plots": 2, "cost": 1, "gross": 1})


@shown_for
def inventory_table(view: View) -> Table | None:
    """Return by year what the inventory brings and what is needed; None without one."""
    if not view.plots:
        return None
    calm, need = view.study.market.central, view.need
    cash = cash_by_year(view.plots, view.rules[0], need.years, default=calm["default"],
                        collection=calm["collection"])  # fmt: skip
    paid, kept = cash.by_year("gross"), cash.by_year()
    rows = [
        {"year": year, "gross": paid[year], "wanted": need.gross_per_year, "kept": kept[year],
         "each": need.total / len(need.years)}
        for year in need.years
    ]  # fmt: skip
    heads = {
        "year": Text("Năm", "Year"),
        "gross": Text("Tiền trúng đến hạn nộp, tỷ", "Bids due, bn"),
        "wanted": Text("Phải thu, tỷ", "To collect, bn"),
        "kept": Text("Xã được hưởng, tỷ", "Retained, bn"),
        "each": Text("Cần được hưởng, tỷ", "Wanted, bn"),
    }
    caption = Text(f"Theo quy định “{label(view.rule)}”", f"Under “{label(view.rule, 'en')}”")
    return shown(view, rows, heads, decimals=1, caption=caption)
