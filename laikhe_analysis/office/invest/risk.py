"""What is uncertain in the investment study: assumptions, chances, and what decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from laikhe_analysis.checks import SEED, Text
from laikhe_analysis.investment.cases import land_case
from laikhe_analysis.investment.market import Factor, draw
from laikhe_analysis.investment.proceeds import retained_money
from laikhe_analysis.investment.thresholds import variance_table
from laikhe_analysis.investment.verdicts import LEVELS, NO_VERDICT
from laikhe_analysis.office.invest.land_market import market_rows
from laikhe_analysis.office.invest.tables import share_of_draws, shown
from laikhe_analysis.office.invest.text import FRACTIONS
from laikhe_analysis.office.invest.view import STREAM, View, shown_for
from laikhe_analysis.office.tables import Table
from laikhe_analysis.vietnamese import RARE, format_number, label, unit_label

__all__ = [
    "break_even_table",
    "chance_by_area",
    "chances_of",
    "chances_table",
    "conditional_table",
    "levels_table",
    "market_table",
    "ranking_table",
    "sobol_table",
]

AREAS_HA = (5.0, 10.0, 15.0, 20.0, 30.0, 50.0, 100.0)
_UNITS = {"area": "ha", "price": "million VND/m2", "premium": "ratio"} | dict.fromkeys(
    FRACTIONS, "%"
)
_SCALES = {"area": 1e-4} | dict.fromkeys(FRACTIONS, 100.0)
_MORE = {"area": 2, "price": 3, "premium": 3}


def _input(name: str, value: float | None) -> str:
    """Return a value of an input in the unit that people use."""
    if value is None:
        return "…"
    return format_number(value * _SCALES.get(name, 1.0), _MORE.get(name, 1))


@shown_for
def market_table(view: View) -> Table:
    """Return what is assumed of the market, each with its reason."""
    rows = [
        {"name": label(row["name"]), "unit": unit_label(row["unit"]), "origin": label(row["origin"])}
        | {key: None if row[key] is None else f"{row[key]:g}".replace(".", ",")
           for key in ("low", "value", "high")}
        | {"note": row["note"]}
        for row in market_rows(view.data)
    ]  # fmt: skip
    heads = {
        "name": Text("Yếu tố", "Factor"),
        "unit": Text("Đơn vị", "Unit"),
        "low": Text("Thấp", "Low"),
        "value": Text("Thường gặp", "Mode"),
        "high": Text("Cao", "High"),
        "origin": Text("Căn cứ", "Origin"),
        "note": Text("Vì sao", "Why"),
    }
    return shown(view, rows, heads)


@shown_for
def levels_table(view: View) -> Table:
    """Return the rule by which a probability becomes a verdict, fixed in advance."""
    ends, rows = sorted(LEVELS, reverse=True), []
    for k, low in enumerate(ends):
        below = f" đến dưới {100 * ends[k - 1]:.0f}%" if k else ""
        rows.append({"chance": f"từ {100 * low:.0f}%{below}", "name": label(LEVELS[low])})
    rows.append({"chance": f"dưới {100 * ends[-1]:.0f}%", "name": label("not_feasible")})
    rows.append({"chance": "chưa có danh mục đất", "name": label(NO_VERDICT)})
    heads = {"chance": Text("Khả năng đạt", "Chance"), "name": Text("Kết luận", "Verdict")}
    return shown(view, rows, heads)


@shown_for
def chances_table(view: View) -> Table:
    """Return what the draws say under every rule, for the land at hand or assumed."""
    rows = [
        {"rule": label(one.rule), "p": share_of_draws(one.probability),
         "error": 100 * one.standard_error if RARE <= one.probability <= 1 - RARE else None,
         "shortfall": one.shortfall, "origin": label(one.origin)}
        | {key: getattr(one, key) for key in ("p10", "p50", "p90", "affordable")}
        for one in view.study.judged.outcomes
    ]  # fmt: skip
    heads = {
        "rule": Text("Quy định", "Rule"),
        "p": Text("Khả năng đạt, %", "Chance, %"),
        "error": Text("Sai số, điểm %", "Error, points"),
        "p10": Text("Xấu (1/10), tỷ", "1 in 10 below, bn"),
        "p50": Text("Giữa, tỷ", "Middle, bn"),
        "p90": Text("Tốt (9/10), tỷ", "9 in 10 below, bn"),
        "shortfall": Text("Thiếu bình quân khi không đạt, tỷ", "Mean shortfall, bn"),
        "affordable": Text("Chương trình chắc 8 phần 10, tỷ", "Affordable in 8 of 10, bn"),
        "origin": Text("Căn cứ", "Origin"),
    }
    land = format_number(view.study.verdicts[0].offered_ha or 0.0, 2)
    caption = Text(f"Tiền xã được hưởng nếu đem đấu giá {land} ha", f"Retained from {land} ha")
    return shown(view, rows, heads, decimals=1, caption=caption, right=["p", "error"])


@shown_for
def chance_by_area(view: View, areas_ha: tuple[float, ...] = AREAS_HA) -> Table | None:
    """Return the probability by rule and land offered; None where there is an inventory. [%]"""
    found = chances_of(view, areas_ha)
    if not found:
        return None
    rows = [
        {"rule": label(rule)}
        | {f"{a:g}": share_of_draws(p) for a, p in zip(areas_ha, ps, strict=True)}
        for rule, ps in found.items()
    ]
    heads = {f"{a:g}": Text(f"{format_number(a, 0)} ha", f"{a:g} ha") for a in areas_ha}
    caption = Text("Khả năng đạt theo diện tích đem đấu giá, %", "Chance by land offered, %")
    return shown(view, rows, {"rule": Text("Quy định", "Rule")} | heads, caption=caption,
                 right=list(heads))  # fmt: skip


def chances_of(view: View, areas_ha: tuple[float, ...]) -> dict[str, list[float]]:
    """Return the probability of the total under each rule for each area. [fraction]

    Money grows in proportion to the land, so the draws for one area serve all of them.
    """
    if not view.area_ha:
        return {}
    return {
        one.rule: [
            float((one.retained * (area / view.area_ha) >= one.total * (1 - 1e-12)).mean())
            for area in areas_ha
        ]
        for one in view.study.judged.outcomes
    }


@shown_for
def break_even_table(view: View) -> Table | None:
    """Return the value of each input that is just enough, or that none is; None without land."""
    rows = [
        {"name": label(row["name"]), "base": _input(row["name"], row["base"]),
         "value": _input(row["name"], row["value"]) if row["is_reachable"] else "không thể đạt",
         "unit": unit_label(_UNITS.get(row["name"], "ratio")),
         "note": "" if row["reason"] is None else row["reason"].vi}
        for row in view.study.judged.break_evens.get(view.rule, [])
    ]  # fmt: skip
    if not rows:
        return None
    heads = {
        "name": Text("Riêng yếu tố này", "This alone"),
        "base": Text("Đang giả định", "At base"),
        "value": Text("Vừa đủ là", "Just enough"),
        "unit": Text("Đơn vị", "Unit"),
        "note": Text("Ghi chú", "Note"),
    }
    land = format_number(view.study.verdicts[0].offered_ha or 0.0, 2)
    caption = Text(
        f"Với {land} ha, theo quy định “{label(view.rule)}”; các yếu tố khác giữ nguyên",
        f"With {land} ha, under “{label(view.rule, 'en')}”; all else as it is",
    )
    return shown(view, rows, heads, caption=caption)


@shown_for
def ranking_table(view: View) -> Table:
    """Return what each input does by itself, from its low to its high value."""
    rows = [
        {"name": label(row["name"]), "change_low": 100 * row["change_low"],
         "change_high": 100 * row["change_high"]}
        | {key: label(row[key]) if isinstance(row[key], str) else _input(row["name"], row[key])
           for key in ("low", "high")}
        for row in view.study.judged.ranking
    ]  # fmt: skip
    heads = {
        "name": Text("Yếu tố", "Input"),
        "low": Text("Mức thấp", "Low"),
        "high": Text("Mức cao", "High"),
        "change_low": Text("Tiền thay đổi ở mức thấp, %", "Change at low, %"),
        "change_high": Text("ở mức cao, %", "at high, %"),
    }
    return shown(view, rows, heads, decimals=1)


@shown_for
def conditional_table(view: View) -> Table | None:
    """Return the probability with each input held low, central and high; None with an inventory.

    The inputs are held at the values that one case in ten stays below, at their centre, and at the
    value that nine in ten stay below; everything else is drawn as before.
    """
    if not view.area_ha:
        return None
    market, years = view.study.market, view.need.years
    size = view.study.judged.outcomes[0].draws
    values = {"area": 1e4 * view.area_ha} | draw(market, size, np.random.default_rng(SEED))

    def chance(name: str, value: float) -> str:
        held: Mapping[str, Any] = values | {name: np.full(size, value)}
        money = retained_money(held, market, view.rules[0], years=years, stream=STREAM)
        return share_of_draws(float((money >= view.need.total * (1 - 1e-12)).mean()))

    rows = []
    for name in market.uncertain:
        factor = market.factor(name)
        low, high = factor.limits
        at = {"low": low, "mode": factor.mode, "high": high}
        rows.append({"name": label(name)} | {f"at_{k}": _input(name, v) for k, v in at.items()}
                    | {k: chance(name, v) for k, v in at.items()})  # fmt: skip
    heads = {
        "name": Text("Giữ cố định", "Held"),
        "at_low": Text("Mức thấp", "Low"),
        "low": Text("Khả năng đạt, %", "Chance, %"),
        "at_mode": Text("Mức giữa", "Centre"),
        "mode": Text("Khả năng đạt, %", "Chance, %"),
        "at_high": Text("Mức cao", "High"),
        "high": Text("Khả năng đạt, %", "Chance, %"),
    }
    return shown(view, rows, heads, right=["low", "mode", "high"])


@shown_for
def sobol_table(view: View, points: int = 4096) -> Table | None:
    """Return the parts of the variance beside the exact formula; None with an inventory.

    The inputs are independent here, without the common shock. The exact indices of a product hold
    without price fever; they stand beside the estimates of the same market.
    """
    if not view.area_ha or not view.study.market.uncertain:
        return None
    area = Factor("fixed", 1e4 * view.area_ha)
    found = []
    for fever in (view.study.market.fever, 0.0):
        market = replace(view.study.market, shock=0.0, fever=fever)
        case = land_case(market, view.rules[0], area=area, years=view.need.years, stream=STREAM)
        found.append(
            variance_table(market, case, area=area, n=points, rng=np.random.default_rng(SEED))
        )
    rows = [
        {"name": label(hot["name"]), "first": hot["first"], "total": hot["total"],
         "calm": calm["first"], "exact": calm["exact_first"], "calm_total": calm["total"],
         "exact_total": calm["exact_total"]}
        for hot, calm in zip(*found, strict=True)
    ]  # fmt: skip
    heads = {
        "name": Text("Yếu tố", "Input"),
        "first": Text("S1", "S1"),
        "total": Text("ST", "ST"),
        "calm": Text("S1, không có sốt giá", "S1 without fever"),
        "exact": Text("S1 chính xác", "S1 exact"),
        "calm_total": Text("ST, không có sốt giá", "ST without fever"),
        "exact_total": Text("ST chính xác", "ST exact"),
    }
    return shown(view, rows, heads, decimals=3)
