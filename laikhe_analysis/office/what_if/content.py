"""What the what-if page carries: every scenario's inputs, what is asked for, what is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isnan
from typing import Any

from laikhe_analysis.data import Dataset
from laikhe_analysis.language import N_, Message, _
from laikhe_analysis.model import equations
from laikhe_analysis.model.equations import LAND
from laikhe_analysis.model.printing import javascript
from laikhe_analysis.office.tables import goal_text
from laikhe_analysis.office.what_if.chances import LIKELY, UNLIKELY, carried
from laikhe_analysis.office.what_if.controls import Control, called
from laikhe_analysis.office.what_if.land import kept_shares, own_area, start_price
from laikhe_analysis.records import Target
from laikhe_analysis.scenarios import Projection, by_year
from laikhe_analysis.scenarios.assumptions import EITHER
from laikhe_analysis.vietnamese import is_fraction, unit_label

__all__ = ["figures", "goals", "page_data", "programs"]

_LAND = ("winning_bids", "required_gross", "required_area")
_STAND_IN = {"product_deflator": "inflation"}
"""What holds where a variable is not assumed at all."""


def programs(projections: Mapping[str, Projection]) -> tuple[dict[tuple[str, ...], str], str]:
    """Return the names of the printed programs by the sectors that they are for, and the programs."""
    models = dict.fromkeys(one.inputs.parts for one in projections.values())
    names = {parts: f"project{i}" for i, parts in enumerate(models)}
    printed = [javascript(equations(parts), name=name) for parts, name in names.items()]
    return names, "\n".join([*printed, javascript(LAND, _LAND, name="land")])


def page_data(
    data: Dataset, projections: Mapping[str, Projection], moved: Sequence[Control],
    names: Mapping[tuple[str, ...], str], lang: str,
) -> dict[str, Any]:  # fmt: skip
    """Return everything that the page's program reads, as plain values for JSON."""
    first = next(iter(projections.values()))
    total = data.plan.role("investment_land", "cumulative")
    return {
        "lang": lang, "years": list(first.years), "controls": {c.name: _control(c) for c in moved},
        "scenarios": {name: _scenario(one, names, called(data, name, lang))
                      for name, one in projections.items()},
        "kept": kept_shares(data), "price": start_price(data) if kept_shares(data) else None,
        "own": {first.years.index(year): area for year, area in own_area(data).items()},
        "either": EITHER, "standIn": _STAND_IN, "goals": goals(data, projections, lang),
        "figures": figures(data, projections, lang), "likely": LIKELY, "unlikely": UNLIKELY,
        "total": None if total is None else total.weaker_end,
        "draws": carried(data, dict(projections)),
    }  # fmt: skip


def _control(one: Control) -> dict[str, Any]:
    """Return what the program asks of a control; `times` takes the file's unit to the model's."""
    return {
        "unit": one.unit, "least": one.least, "most": one.most, "closed": list(one.closed),
        "times": 0.01 if one.unit.startswith("%") else 1, "text": one.text, "group": one.group,
        "decimals": 2 if one.unit == "ratio" else 1,
    }  # fmt: skip


def _scenario(one: Projection, names: Mapping[tuple[str, ...], str], text: str) -> dict[str, Any]:
    inputs, rule = one.inputs, by_year(one.scenario).get("sharing_rule", {})
    return {
        "label": text, "program": names[inputs.parts],
        "parts": list(inputs.parts), "known": _plain(inputs.known), "option": inputs.option,
        "assumed": _plain(inputs.rates), "rule": next((str(x.value) for x in rule.values()), ""),
    }  # fmt: skip


def _plain(rows: Mapping[str, Sequence[float]]) -> dict[str, list[float | None]]:
    """Return rows with None for what is missing; rows without anything are absent."""
    found = {k: [None if isnan(x) else float(x) for x in row] for k, row in rows.items()}
    return {name: row for name, row in found.items() if any(x is not None for x in row)}


_MEASURED = {
    ("total_product", "average_rate"): ("total_product", "rate"),
    ("income", "average_rate"): ("income_per_capita_real", "rate"),
    ("income", "level_by"): ("income_per_capita", "last"),
    ("population", "level_by"): ("population", "last"),
    ("revenue", "annual_ratio"): ("collected_over_assigned", "mean"),
    ("revenue", "average_rate"): ("recurrent_revenue", "rate"),
    ("investment_land", "cumulative"): ("land_retained_total", "last"),
}
"""What of the model a target is about, by role and kind, and which number of it."""


def goals(data: Dataset, projections: Mapping[str, Projection], lang: str) -> list[dict[str, Any]]:
    """Return the targets that the model computes and everybody may see, in the plan's order."""
    able = _able(data, projections)
    found = []
    for target in (one for one in data.plan.targets if one.access == "public"):
        sector = target.role.removeprefix("sector:")
        measured = _MEASURED.get((target.role, target.kind))
        if sector != target.role and target.kind == "average_rate":
            measured = f"product_{sector}", "rate"
        if measured and measured[0] in able:
            found.append(_goal(target, *measured, lang))
        elif measured and measured[0] == "collected_over_assigned":
            found += _read_as_growth(target, able, lang)
    return found


def _able(data: Dataset, projections: Mapping[str, Projection]) -> set[str]:
    """Return the quantities that can be computed in a scenario, or once land is sold in it."""
    land = {"land_revenue", "land_retained", "land_retained_total"} if kept_shares(data) else set()
    return land.union(*(one.paths for one in projections.values()))


def _goal(target: Target, variable: str, how: str, lang: str) -> dict[str, Any]:
    """Return a target: from which number on it is met, in the model's unit; how it is shown."""
    low, high = target.ends
    hair = 1e-9 * max(abs(low), abs(high), target.tolerance)
    least, most = low - target.tolerance - hair, high + target.tolerance + hair
    if target.direction in ("above", "below"):
        least, most = least + 2 * hair, most - 2 * hair
    scale, name = (100 if target.kind == "annual_ratio" else 1), target.name.pick(lang)
    if variable == "collected_over_assigned":
        name = _("{name} (thu không kể đất)", name=name).pick(lang)
    return {
        "id": target.target_id, "name": name, "goal": goal_text(target, lang),
        "variable": variable, "how": how, "unit": unit_label(target.unit, lang),
        "least": least / scale if target.rises else None,
        "most": most / scale if target.is_two_sided or not target.rises else None,
        "times": 100 if is_fraction(target.unit) or scale == 100 else 1,
        "decimals": 2 if how == "rate" else 1,
    }  # fmt: skip


def _read_as_growth(target: Target, able: set[str], lang: str) -> Iterator[dict[str, Any]]:
    """Yield the other reading of a ratio to the assigned estimate, which is not known: growth."""
    rate = target.weaker_end / 100 - 1
    if rate > 0 and "recurrent_revenue" in able:
        name = _("{name} (hiểu là thu không kể đất tăng)", name=target.name)
        yield {
            "id": target.target_id, "name": name.pick(lang), "variable": "recurrent_revenue",
            "goal": _("từ {rate:%}/năm", rate=rate).pick(lang), "how": "rate", "least": rate - 1e-9,
            "most": None, "times": 100, "decimals": 2, "unit": unit_label("%/year", lang),
        }  # fmt: skip


_SHOWN = {
    ("total_product", "last"): (N_("Tổng giá trị sản phẩm năm {last}, giá so sánh"), 1),
    ("total_product_nominal", "last"): (N_("Tổng giá trị sản phẩm năm {last}, giá hiện hành"), 1),
    ("total_product_per_head", "last"): (N_("Sản phẩm bình quân đầu người năm {last}"), 1),
    ("income_per_capita_real", "last"): (N_("Thu nhập bình quân năm {last}, theo giá {base}"), 1),
    ("income_per_capita", "last"): (N_("Thu nhập bình quân năm {last}, giá hiện hành"), 1),
    ("recurrent_revenue", "last"): (N_("Thu không kể tiền đất năm {last}"), 1),
    ("recurrent_revenue", "rate"): (N_("Thu không kể tiền đất, tăng bình quân"), 2),
    ("land_revenue", "sum"): (N_("Tiền sử dụng đất thu đến {last}"), 1),
    ("land_retained_total", "last"): (N_("Trong đó xã được dùng, chưa trừ chi phí"), 1),
}
"""Numbers beside the targets: of which path, the words, and decimals."""


def figures(
    data: Dataset, projections: Mapping[str, Projection], lang: str
) -> list[dict[str, Any]]:
    """Return the numbers beside the targets that are shown for every scenario."""
    first = next(iter(projections.values()))
    base, last, able = first.years[0], first.years[-1], _able(data, projections)
    units = {name: path.unit for one in projections.values() for name, path in one.paths.items()}
    found = []
    for (name, how), (text, decimals) in _SHOWN.items():
        if name in able:
            unit = "%/year" if how == "rate" else units.get(name, "billion VND")
            shown = f"{base} = 100" if unit == "index" else unit_label(unit, lang)
            told = Message(text, {"base": base, "last": last}).pick(lang)
            found.append({
                "id": f"{name}:{how}", "name": told, "variable": name, "how": how,
                "unit": shown, "times": 100 if how == "rate" else 1, "decimals": decimals,
            })  # fmt: skip
    if data.plan.role("investment_land", "cumulative") is not None and kept_shares(data):
        texts = {
            "covered": _("Bằng bao nhiêu tổng vốn của kế hoạch"),
            "need_ha": _("Đất ở phải bán hết để đủ tổng vốn, chưa trừ chi phí"),
        }
        for how, unit in (("covered", "%"), ("need_ha", "ha")):
            found.append({
                "id": how, "name": texts[how].pick(lang), "variable": "land_retained_total",
                "how": how, "unit": unit, "times": 1, "decimals": 1,
            })  # fmt: skip
    return found
