"""Tables of the investment study: how much land, two-way tables, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from laikhe_analysis.checks import Text
from laikhe_analysis.investment.requirements import variants
from laikhe_analysis.investment.yardsticks import Yardstick, yardstick_table
from laikhe_analysis.office.invest.tables import shown, under
from laikhe_analysis.office.invest.view import View, shown_for
from laikhe_analysis.office.tables import Table
from laikhe_analysis.vietnamese import (
    format_number,
    format_percent,
    label,
    sentence,
    words,
)

__all__ = [
    "area_price_table",
    "land_table",
    "outside_table",
    "share_gross_table",
    "variants_table",
    "yardsticks_table",
]

OVERRUN = 0.204
"""Mean cost overrun of roads: Flyvbjerg (2006). [fraction]"""


@shown_for
def land_table(view: View, lang: str = "vi") -> Table:
    """Return the land to be sold at each price, in all and a year, under the leading rule."""
    rows = [
        {
            "price": row["price"],
            "area": row["area_ha"] / view.sold,
            "site": row["site_ha"] / view.sold,
            "left": (row["plots_per_left_year"] or 0.0) * row["plot_m2"] / 1e4 / view.sold,
            "plots": (row["plots_per_left_year"] or 0.0) / view.sold,
        }
        for row in view.study.land
        if row["rule"] == view.rule
    ]
    first = view.need.left_years[0]
    part = [format_percent(view.saleable, 0, lang) for lang in ("vi", "en")]
    offered = Text("Đất ở phải bán, ha", "Plots to sell, ha")
    if view.sold < 1:
        sold = [format_percent(view.sold, 0, lang) for lang in ("vi", "en")]
        offered = Text(f"Đất ở phải đem bán (bán được {sold[0]}), ha",
                       f"Plots to offer ({sold[1]} sold), ha")  # fmt: skip
    sites = Text(f"Cả khu (đất ở {part[0]}), ha", f"Whole sites (plots {part[1]}), ha")
    heads = {
        "price": Text("Giá bán bình quân, triệu đồng/m²", "Average price, million VND/m²"),
        "area": offered,
        **({"site": sites} if view.saleable < 1 else {}),
        "left": Text(f"Đất ở mỗi năm từ {first}, ha", f"Plots a year from {first}, ha"),
        "plots": Text(f"Số lô 100 m² mỗi năm từ {first}", f"100 m² plots a year from {first}"),
    }
    caption = under(view, "Đất phải bán", "Land to sell")
    return shown(view, rows, heads, decimals={"price": 3, "area": 2, "site": 2, "left": 2},
                 caption=caption, lang=lang)  # fmt: skip


def _pivot(
    view: View, rows: Iterable[Mapping[str, Any]], down: str, across: str, places: tuple[int, int]
) -> tuple[list[dict[str, Any]], dict[str, Text]]:
    """Return two-way rows of what is retained, enough marked by a tick, and their headings."""
    lines: dict[float, dict[str, Any]] = {}
    heads: dict[str, Text] = {}
    for row in rows:
        key = f"at {row[across]:g}"
        scale = 100 if across == "share" else 1
        heads[key] = Text(*(format_number(scale * row[across], places[1], k) for k in ("vi", "en")))
        scale = 100 if down == "share" else 1
        line = lines.setdefault(
            round(row[down], 9), {down: format_number(scale * row[down], places[0])}
        )
        line[key] = format_number(row["retained"], 1) + (" ✓" if row["is_reached"] else "")
    return list(lines.values()), heads


@shown_for
def area_price_table(view: View) -> Table:
    """Return what is retained by area and price; a tick where the total is reached."""
    rows, heads = _pivot(view, view.study.area_price, "area_ha", "price", (0, 3))
    first = {"area_ha": Text("Đất bán, ha \\ giá, triệu đồng/m²", "Area, ha \\ price")}
    caption = under(view, "Tiền xã được hưởng, tỷ đồng; ✓ là đủ", "Retained, bn; ✓ enough")
    return shown(view, rows, first | heads, caption=caption)


@shown_for
def share_gross_table(view: View) -> Table:
    """Return what is retained by share and gross fees; a tick where the total is reached."""
    rows, heads = _pivot(view, view.study.share_gross, "share", "gross", (0, 1))
    first = {"share": Text("Xã được dùng, % \\ tổng thu, tỷ đồng", "Share, % \\ gross, bn")}
    caption = Text("Tiền xã được hưởng, tỷ đồng; ✓ là đủ", "Retained, bn; ✓ enough")
    return shown(view, rows, first | heads, caption=caption)


@shown_for
def variants_table(view: View) -> Table:
    """Return the fees needed when costs come first, bids go unpaid or works cost more."""
    calm = view.study.market.central
    rows = [
        {name: 100 * row[name] for name in ("cost", "collection", "overrun")}
        | {"total": row["total"], "gross": row["gross"]}
        for row in variants(
            view.need.total, view.need.share, overruns=[OVERRUN],
            costs=[calm["cost"]] if calm["cost"] else [],
            collections=[calm["collection"]] if calm["collection"] < 1 else [],
        )
    ]  # fmt: skip
    heads = {
        "cost": Text("Trừ trước chi phí, %", "Costs first, %"),
        "collection": Text("Thu được tiền, %", "Collected, %"),
        "overrun": Text("Công trình vượt dự toán, %", "Cost overrun, %"),
        "total": Text("Cần được hưởng, tỷ", "Wanted, bn"),
        "gross": Text("Phải thu, tỷ", "To collect, bn"),
    }
    places = {"overrun": 1, "total": 3, "gross": 3}
    return shown(view, rows, heads, decimals=places, caption=under(view, "Phải thu", "To collect"))


@shown_for
def yardsticks_table(view: View) -> Table:
    """Return the plan's yearly amounts beside public amounts, land-fee records among them."""
    need = view.need
    found = yardstick_table(
        _land_records(view), retained_per_year=need.total / len(need.years),
        gross_per_year=need.gross_per_year or 0.0,
    )  # fmt: skip
    rows = [
        {"name": row["name"].vi, "value": row["value"], "plan": row["plan"],
         "beside": "được hưởng" if row["beside"] == "retained" else "tổng thu",
         "ratio": 100 * row["ratio"], "origin": label(row["origin"])}
        for row in (*view.study.yardsticks, *found)
    ]  # fmt: skip
    heads = {
        "name": Text("Thước đo", "Yardstick"),
        "value": Text("Tỷ đồng/năm", "Bn a year"),
        "beside": Text("So với số nào của kế hoạch", "Beside"),
        "plan": Text("Kế hoạch, tỷ đồng/năm", "Plan, bn a year"),
        "ratio": Text("Kế hoạch bằng, %", "Plan over yardstick, %"),
        "origin": Text("Căn cứ", "Origin"),
    }
    return shown(view, rows, heads, decimals={"value": 1, "plan": 3, "ratio": 1})


def _land_records(view: View) -> list[Yardstick]:
    """Return the land-use fees of city and province, equal years together, and the city's mean."""
    data, found = view.data, []
    for place in (data.commune.yardsticks.get(key, "") for key in ("city", "province")):
        rows = [row for row in data.figures(place, "land_revenue") if row.confidence != "low"]
        spans = [list(group) for _, group in groupby(rows, lambda r: (r.status, r.value))]
        for span in spans:
            row, ends = span[-1], "-".join(dict.fromkeys(str(r.year) for r in (span[0], span[-1])))
            name = sentence(
                "tiền sử dụng đất {place} năm {ends} ({status})",
                "land-use fees of {place} in {ends} ({status})",
                place=place, ends=ends, status=words(row.status),
            )  # fmt: skip
            found.append(Yardstick(name, row.value, "gross", row.origin, row.source_id))
    units = _units(view)
    if units and found:
        name = sentence("{name}, bình quân một xã, phường", "{name}, mean of a unit",
                        name=found[0].name)  # fmt: skip
        found.append(Yardstick(name, found[0].value / units, "gross", "derived"))
    return found


def _units(view: View) -> float | None:
    """Return the number of commune-level units of the city, from two public figures of one year."""
    data = view.data
    city = data.commune.yardsticks.get("city", "")
    whole = {row.year: row.value for row in data.figures(city, "total_investment")}
    for row in data.figures(city, "total_investment_per_unit"):
        if row.year in whole and row.value:
            return whole[row.year] / row.value
    return None


@shown_for
def outside_table(view: View) -> Table:
    """Return the full years of land fees elsewhere, realised over planned; and how many others."""
    counted = [case for case in view.data.realisation if case.is_full_year_land_fee]
    others = len(view.data.realisation) - len(counted)
    rows = [
        {"unit": case.unit, "period": case.period.removeprefix("FY"), "ratio": case.ratio}
        for case in counted
    ]
    heads = {
        "unit": Text("Nơi", "Place"),
        "period": Text("Năm", "Year"),
        "ratio": Text("Tiền đất thực hiện / kế hoạch, lần", "Land fees realised / planned"),
    }
    caption = Text(
        f"{others} trường hợp khác chỉ có một phần năm hoặc tổng thu nên không tính",
        f"{others} other cases are part-years or total revenue and do not count",
    )
    return shown(view, rows, heads, decimals=2, caption=caption)
