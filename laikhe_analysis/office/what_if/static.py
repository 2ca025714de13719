"""The what-if page for those without Python: one file for the report, nothing to be fetched.

The page holds what the library computed: the path of every sector, of prices, revenue and income
for each step of a slider, and what each sharing rule and pace leaves of the fees. Its program looks
these up and joins them by four closed formulas: sectors add up, prices multiply, revenue follows by
its buoyancy, fees are area x price x part sold. Tests hold every number against the library.
"""

from __future__ import annotations

import html
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from laikhe_analysis.data import Dataset
from laikhe_analysis.findings.investment import bare_division
from laikhe_analysis.office.tables import goal_text
from laikhe_analysis.office.what_if.answers import Answer, answer
from laikhe_analysis.office.what_if.controls import (
    Settings,
    controls,
    project_one,
    rest_of_shares,
    tried_scenario,
)
from laikhe_analysis.office.what_if.land import paces, rules
from laikhe_analysis.office.what_if.remembering import remembering
from laikhe_analysis.records import Target
from laikhe_analysis.scenarios import Projection, by_year
from laikhe_analysis.vietnamese import as_written, label, sentence, unit_label, words

__all__ = [
    "LOW",
    "NAME",
    "NOTEBOOK",
    "STEP",
    "STEPS",
    "page_data",
    "static_page",
    "write_static",
    "written",
]

NAME = "neu_thi_sao.html"
"""File of the page in the report."""

NOTEBOOK = "09_what_if"
"""Its sister for JupyterLab, which is no page of the report."""

LOW, STEP, STEPS = -5.0, 0.1, 301
"""Grid of every rate: first value, step [%/year], and number of values."""

_PATHS = {
    "inflation": "price_index",
    "revenue_growth": "recurrent_revenue",
    "income_growth_real": "income_per_capita_real",
}


def page_data(data: Dataset) -> dict[str, Any]:
    """Return everything that the page looks up, as plain values for JSON.

    `grid` holds, by control and step, the years relative to the base year;
    `kept` holds, by sharing rule and pace, what the commune has without sales and what it keeps of
    one billion of fees; `scenarios` where each scenario stands, untouched.
    """
    data, first = remembering(data), next(iter(data.assumed))
    base = project_one(data, first)
    names = [c.name for c in controls(data, first) if c.name.startswith("growth_")]
    names = [] if base.baseline.held("total_product") else names
    names += [name for name, path in _PATHS.items() if path in base.paths]
    return {
        "low": LOW, "step": STEP, "periods": len(base.years) - 1, "last": base.years[-1],
        "grid": _grid(data, first, names), "kept": _kept(data, first),
        "scenarios": {name: _stand(data, name) for name in data.assumed},
        "targets": [_goal(target) for target in data.plan.targets if _is_shown(target, base)],
        "rules": {name: label(name) for name in rules(data)},
        "paces": {name: label(name) for name in paces(data)},
        "figures": _figures(data, first),
        "bare": _bare(data),
        "names": {part: label(part) for part in base.parts},
    }  # fmt: skip


def _figures(data: Dataset, scenario: str) -> list[list[Any]]:
    """Return key, words, unit and decimals of the numbers beside the targets, land included."""
    found = answer(data, Settings(scenario, {"area_ha": 1.0}))
    return [[f.key, f.text.vi, unit_label(f.unit), f.decimals]
            for f in found.figures if f.key != "start_ratio"]  # fmt: skip


def _bare(data: Dataset) -> str:
    """Return the division that the other pages lead with, blank where there is none."""
    bare = bare_division(data)
    if bare is None:
        return ""
    return sentence(
        "Trang 05 nêu {area:2} ha vì là phép chia theo {rule}, giá {price:3} triệu đồng/m², bán hết",
        "Page 05 tells {area:2} ha: the division under {rule} at {price:3} million VND/m², all sold",
        area=bare.area_ha, rule=words(bare.rule), price=bare.price,
    ).vi  # fmt: skip


def _path_of(name: str) -> str:
    """Return the projected variable that a control moves."""
    return _PATHS.get(name) or name.replace("growth_", "product_", 1)


def _grid(data: Dataset, scenario: str, names: list[str]) -> dict[str, list[list[float]]]:
    """Return the years by control and step: all are moved at once, as none needs another."""
    found: dict[str, list[list[float]]] = {name: [] for name in names}
    for k in range(STEPS):
        rate = round(LOW + STEP * k, 6)
        moved = Settings(scenario, dict.fromkeys(names, rate))
        now = project_one(data, tried_scenario(data, moved))
        for name in names:
            found[name].append(_ratios(now, _path_of(name)))
    return found


def _ratios(projection: Projection, variable: str) -> list[float]:
    """Return the years over the base year, without it. [ratio]"""
    values = projection.path(variable).values
    return [value / values[0] for value in values[1:]]


def _kept(data: Dataset, scenario: str) -> dict[str, dict[str, list[float]]]:
    """Return, by rule and pace, known fees, what is kept of them, and the part kept of sales."""
    found: dict[str, dict[str, list[float]]] = {}
    for rule in rules(data):
        for pace in paces(data):
            none, some = (_sums(data, Settings(scenario, {"area_ha": area, "price": 10, "sold": 100},
                                               rule, pace)) for area in (0.0, 1.0))  # fmt: skip
            part = (some[1] - none[1]) / (some[0] - none[0])
            found.setdefault(rule, {})[pace] = [*none, part]
    return found


def _sums(data: Dataset, settings: Settings) -> tuple[float, float]:
    """Return fees and what is kept of them, summed over the years after the base year."""
    now = project_one(data, tried_scenario(data, settings))
    return tuple(  # type: ignore[return-value]
        sum(v for y, v in zip(p.years, p.values, strict=True) if y > now.years[0])
        for p in (now.path("land_revenue"), now.path("land_retained"))
    )


def _stand(data: Dataset, scenario: str) -> dict[str, Any]:
    """Return where a scenario stands: its controls, levels, structure and land."""
    found = answer(data, Settings(scenario))
    now, moved = found.now, controls(data, scenario)
    rest = rest_of_shares(data, Settings(scenario))
    ratios = {
        name: _ratios(now, _path_of(name))
        for name in [*(c.name for c in moved), *_PATHS]
        if _path_of(name) in now.paths and not name.startswith("share_")
    }
    return {
        "label": label(scenario),
        "start": {c.name: c.start for c in moved},
        "shares": {name: values[0] for name, values in found.structure.items()},
        "rest": rest[0] if rest else None,
        "ratio": ratios, "buoyancy": _buoyancy(now), "deflator": _deflator(now),
        "level": {figure.key: figure.now for figure in found.figures},
        "rule": found.sales.rule if found.sales else None,
        "total": found.sales.need.total if found.sales and found.sales.need else None,
        "kept": {
            rule: _sums(data, Settings(scenario, rule=rule))[1] for rule in rules(data)
            if "land_revenue" in now.paths
        },
    }  # fmt: skip


def _deflator(now: Projection) -> list[float] | None:
    """Return the deflator of product over the base year, None where consumer prices stand in."""
    return _ratios(now, "deflator") if "product_deflator" in by_year(now.scenario) else None


def _buoyancy(now: Projection) -> list[float | None] | None:
    """Return the buoyancy of revenue by year, None in a year that is known already.

    None as a whole where revenue does not follow the product.
    """
    assumed = by_year(now.scenario).get("buoyancy", {})
    known = {*now.baseline.held("recurrent_revenue"), *now.baseline.held("revenue_growth")}
    if not assumed or "revenue_growth" in by_year(now.scenario):
        return None
    return [None if year in known else float(assumed[year].value) for year in now.years[1:]]


def _is_shown(target: Target, base: Projection) -> bool:
    """Return whether the page computes a target."""
    sectors = (f"sector:{n[8:]}" for n in base.paths if n.startswith("product_"))
    growth = {"total_product", "income", *sectors}
    return target.access == "public" and (
        (target.kind == "average_rate" and target.role in growth)
        or target.role == "investment_land"
    )


def _goal(target: Target) -> dict[str, Any]:
    """Return what a target asks for, and its ends as `Target.is_met` has them, in per cents."""
    end, about = (as_written(x, target.unit) for x in (target.weaker_end, target.tolerance))
    slack = about + 1e-9 * abs(end)
    least, most = end - slack, end + slack
    return {
        "id": target.target_id, "name": target.name.vi, "goal": goal_text(target),
        "word": _WORDS.get(target.role, target.role.partition(":")[2]),
        "least": least if target.rises else None, "most": None if target.rises else most,
    }  # fmt: skip


_WORDS = {"total_product": "total", "income": "income", "investment_land": "investment"}
"""What the page's program calls a role; a sector goes by its own name."""


def static_page(data: Dataset) -> str:
    """Return the page, whole in one file."""
    assets = files("laikhe_analysis.office").joinpath("assets")
    css, program = (
        assets.joinpath(name).read_text("utf-8") for name in ("what_if.css", "what_if_static.js")
    )
    content = json.dumps(page_data(data) | {"controls": _controls(data)}, ensure_ascii=False)
    content = content.replace("</", "<\\/")
    about = (
        f"{data.commune.name}. Kéo một thanh, số đổi theo. Trang này không cần mạng, không cần cài gì; "
        "mọi con số lấy từ bảng đã tính sẵn khi làm báo cáo. Xác suất, ghi kịch bản, xuất Excel: mở "
        "sổ tính 09 trong JupyterLab."
    )
    return f"""<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>Nếu … thì sao?</title>
<style>
{css}
</style>
</head>
<body>
<div class="wi-page wi-static">
<p class="wi-about"><a href="index.html">Trang đầu / Index</a></p>
<h1>Nếu … thì sao?</h1>
<p class="wi-about">{html.escape(about)}</p>
<div class="wi-main"><form class="wi-controls" autocomplete="off"></form>
<div class="wi-right"><div class="wi-results" aria-live="polite"></div></div></div>
<noscript><p class="wi-stop">Trình duyệt đang tắt JavaScript nên trang này không tính được.</p></noscript>
</div>
<script id="wi-data" type="application/json">{content}</script>
<script>
{program}
</script>
</body>
</html>
"""


def write_static(data: Dataset, folder: Path) -> list[str]:
    """Write the page into a folder and return its name; nothing where there is no scenario."""
    if not data.assumed:
        return []
    (folder / NAME).write_text(static_page(data), encoding="utf-8", newline="\n")
    return [NAME]


def _controls(data: Dataset) -> list[dict[str, Any]]:
    """Return the controls of the first scenario, as the page's program makes them."""
    first = next(iter(data.assumed))
    return [
        {"name": c.name, "group": c.group, "text": c.text.vi, "unit": unit_label(c.unit),
         "low": c.low, "high": c.high, "step": c.step, "decimals": c.decimals}
        for c in controls(data, first)
    ]  # fmt: skip


def written(found: Answer) -> dict[str, float | None]:
    """Return the numbers of an answer that the static page shows, by key: what tests compare."""
    lines = {
        line.target.target_id: None
        if line.now is None or line.now.value is None
        else as_written(line.now.value, line.target.unit)
        for line in found.lines
        if _is_shown(line.target, found.now)
    }
    figures = {figure.key: figure.now for figure in found.figures if figure.key != "start_ratio"}
    shares = {f"share_{name}": values[2] for name, values in found.structure.items()}
    area = {"need_ha": found.sales.need_ha if found.sales else None}
    return lines | figures | shares | area
