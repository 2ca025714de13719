"""Scenarios side by side: assumptions, results, drivers and chances, in tables for a notebook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from laikhe_analysis.checks import Text
from laikhe_analysis.data import Dataset
from laikhe_analysis.outputs.pages.fans import product_draws
from laikhe_analysis.outputs.summary import mean_rate_of, plan_rates
from laikhe_analysis.outputs.tables import Table, table
from laikhe_analysis.records import Assumption
from laikhe_analysis.scenarios import (
    Comparison,
    Projection,
    compare,
)
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.simulation import Simulation
from laikhe_analysis.vietnamese import (
    format_number,
    format_percent,
    format_value,
    label,
    sentence,
    unit_label,
    words,
)

if TYPE_CHECKING:
    from IPython.display import Markdown

__all__ = [
    "assumption_table",
    "chance_table",
    "draws_of",
    "driver_table",
    "gap_of",
    "missing_text",
    "result_table",
    "said",
    "scenario_answer",
    "sectors_of",
    "total_origin",
    "value_text",
]

Projections = Mapping[str, Projection]

RESULTS = (
    "total_product", "total_product_nominal", "income_per_capita_real", "income_per_capita",
    "recurrent_revenue", "land_retained_total", "population", "crop_value_per_ha",
)  # fmt: skip
COMPARED = ("total_product", "recurrent_revenue", "income_per_capita")

NO_SCENARIO = Text("Tệp scenarios.csv chưa có kịch bản nào.", "There is no scenario yet.")
NOT_COMPUTABLE = Text("không tính được", "not computable")


def said(found: Table | Text | None) -> Table | Markdown | None:
    """Return a table as it is, and a reason as a Vietnamese sentence with its English in italics.

    Examples
    --------
    >>> said(Text("Không có.", "None.")).data
    'Không có. *None.*'
    """
    from IPython.display import Markdown

    return Markdown(f"{found.vi} *{found.en}*") if isinstance(found, Text) else found


def assumption_table(data: Dataset, lang: str = "vi") -> Table | Text:
    """Return the assumptions of each scenario that it does not inherit; a reason without any."""
    rows = [
        {
            "scenario": label(name, lang), "variable": label(a.variable, lang), "note": a.note,
            "years": str(a.year_from) if a.year_from == a.year_to else f"{a.year_from}-{a.year_to}",
            "value": _assumed(a, lang), "unit": unit_label(a.unit, lang),
            "origin": label(a.origin, lang),
        }
        for name, scenario in data.scenarios.items()
        for a in scenario.assumptions
        if not scenario.inherits or a not in data.scenarios[scenario.inherits].assumptions
    ]  # fmt: skip
    columns = {
        "scenario": Text("Kịch bản", "Scenario"), "variable": Text("Biến", "Variable"),
        "years": Text("Năm", "Years"), "value": Text("Giá trị", "Value"),
        "unit": Text("Đơn vị", "Unit"), "origin": Text("Căn cứ", "Origin"),
        "note": Text("Vì sao", "Why"),
    }  # fmt: skip
    return table(rows, {k: v.pick(lang) for k, v in columns.items()}) if rows else NO_SCENARIO


def _assumed(one: Assumption, lang: str) -> str:
    """Return the value of an assumption in words, with three decimals only where it needs them."""
    if isinstance(one.value, str):
        return label(one.value, lang)
    return format_number(one.value, 1 if one.value == round(one.value, 1) else 3, lang)


def result_table(projections: Projections, last: int, lang: str = "vi") -> Table | Text:
    """Return the main results of each scenario in a year; a reason without scenarios."""
    if not projections:
        return NO_SCENARIO
    rows = []
    for variable in RESULTS:
        paths = [p.paths[variable] for p in projections.values() if variable in p.paths]
        unit = paths[0].unit if paths else ""
        row: dict[str, Any] = {"variable": label(variable, lang)}
        row["unit"] = unit_label(unit, lang) if unit else ""
        rows.append(row | {k: value_text(p, variable, last, lang) for k, p in projections.items()})
    columns = {
        "variable": Text(f"Năm {last}", f"In {last}").pick(lang),
        "unit": Text("Đơn vị", "Unit").pick(lang),
    } | {name: label(name, lang) for name in projections}
    return table(rows, columns, missing=NOT_COMPUTABLE.pick(lang), lang=lang)


def value_text(projection: Projection, variable: str, year: int, lang: str) -> str | None:
    """Return a projected value in words; None where there is none."""
    path = projection.paths.get(variable)
    if path is None or year not in path.years:
        return None
    return format_value(projection.value(variable, year), path.unit, lang)


def missing_text(projections: Projections) -> Text:
    """Return why results are not computable, a line each scenario and result."""
    why = [
        (words(name), words(v), reason)
        for name, p in projections.items()
        for v, reason in p.missing.items()
        if v in RESULTS
    ]
    return Text(
        "\n".join(f"- {name.vi}: {v.vi}: {reason.vi}" for name, v, reason in why) + "\n\n"
        if why else "Không kết quả nào thiếu.",
        "Each line names a scenario, a result, and what is missing for it." if why
        else "No result is missing.",
    )  # fmt: skip


def sectors_of(projection: Projection) -> tuple[str, ...]:
    """Return the sectors whose shares a projection has."""
    found = (n.removeprefix("share_") for n in projection.paths if n.startswith("share_"))
    return tuple(found)


def total_origin(projections: Projections) -> str:
    """Return the weakest origin that the total products rest on; an assumption without any."""
    paths = [p.paths["total_product"] for p in projections.values() if "total_product" in p.paths]
    return weakest_origin(*(o for path in paths for o in path.origins)) if paths else "assumption"


def gap_of(projections: Projections, scenario: str, against: str) -> Comparison | Text:
    """Return the difference between two scenarios, or why they cannot be compared."""
    for name in (scenario, against):
        if name not in projections:
            return sentence(
                "Không so hai kịch bản được: scenarios.csv không có kịch bản {name}.",
                "Two scenarios cannot be compared: scenarios.csv has none named {name}.", name=name,
            )  # fmt: skip
    a, b = projections[scenario], projections[against]
    both = [v for v in COMPARED if v in a.paths and v in b.paths]
    if not both:
        return Text(
            "Không so được: hai kịch bản không cùng có kết quả nào để so.",
            "Nothing to compare: the two scenarios share no main result.",
        )
    return compare(a, b, variables=both)


def driver_table(gap: Comparison | Text, last: int, lang: str = "vi") -> Table | Text:
    """Return what each assumption adds to a difference in a year, or why this is unknown.

    A result that cannot be split has one row with the reason.
    """
    if isinstance(gap, Text):
        return gap
    rows: list[dict[str, Any]] = []
    for v in COMPARED:
        if v in gap.parts:
            unit = unit_label(gap.a.paths[v].unit, lang)
            rows += [{"variable": label(v, lang), "driver": label(d, lang), "value": x, "unit": unit}
                     for d, x in gap.drivers_of(v, last).items()]  # fmt: skip
            continue
        why = gap.missing.get(v) or gap.a.missing.get(v) or gap.b.missing.get(v) or NOT_COMPUTABLE
        rows.append({"variable": label(v, lang), "driver": why.pick(lang), "unit": ""})
    a, b = (words(p.scenario.name).pick(lang) for p in (gap.a, gap.b))
    columns = {
        "variable": Text("Kết quả", "Result"), "driver": Text("Giả định", "Assumption"),
        "value": Text(f"Làm {b} khác {a}", f"Sets {b} apart from {a}"),
        "unit": Text("Đơn vị", "Unit"),
    }  # fmt: skip
    return table(rows, {k: t.pick(lang) for k, t in columns.items()}, decimals=2, lang=lang)


def draws_of(data: Dataset, projection: Projection | None, spread: float) -> Simulation | Text:
    """Return draws of the sectors around a projection, or why there are none."""
    if projection is None:
        return Text("Không có kịch bản này trong scenarios.csv.", "There is no such scenario.")
    no_record = Text(
        "Không tính được kịch bản có thể lệch bao nhiêu: reference.csv chưa có tốc độ tăng của "
        "cả nước cho từng ngành trong bốn năm chung trở lên.",
        "How far it may stray is not known: reference.csv has no national growth of each sector "
        "in four common years or more.",
    )
    try:
        return product_draws(data, projection, wider=spread) or no_record
    except ValueError:  # too few common years
        return no_record


def chance_table(
    data: Dataset, projections: Projections, spread: float, lang: str = "vi"
) -> Table | Text:
    """Return the chance of the plan's rates under each scenario, or why there is none."""
    sectors, rates, total = plan_rates(data.plan)
    goals: dict[str | None, float] = dict(zip(sectors, rates, strict=True))
    if total is not None:
        goals[None] = total
    if not goals or not projections:
        return NO_SCENARIO if goals else Text(
            "Kế hoạch không nêu tốc độ tăng nào của sản phẩm, nên không có khả năng để tính.",
            "The plan states no growth of product: there is no chance to compute.",
        )  # fmt: skip
    rows = []
    for name, projection in projections.items():
        draws = draws_of(data, projection, spread)
        if isinstance(draws, Text):
            return draws
        rows.append({"scenario": label(name, lang)} | _chances(draws, goals))
    columns = {"scenario": Text("Kịch bản", "Scenario")}
    columns |= {s: Text(f"{label(s)} đạt, %", f"{label(s, 'en')} met, %") for s in sectors}
    columns |= {"total": Text("tổng đạt, %", "total met, %")} if total is not None else {}
    columns |= {"all": Text("tất cả cùng đạt, %", "all met, %"),
                "error": Text("sai số chuẩn, điểm %", "standard error, points")}  # fmt: skip
    return table(rows, {k: t.pick(lang) for k, t in columns.items()}, decimals=1, lang=lang)


def _chances(draws: Simulation, goals: Mapping[str | None, float]) -> dict[str, Any]:
    """Return the chance of each rate and of all at once; None for a sector not drawn. [%]"""
    known = {s: r for s, r in goals.items() if s is None or s in draws.model.sectors}
    hits = {s: draws.growth(s) >= r for s, r in known.items()}
    row: dict[str, Any] = {s or "total": 100 * float(hit.mean()) for s, hit in hits.items()}
    if len(hits) < len(goals):
        return row
    both = draws.probability(np.all(list(hits.values()), axis=0))
    assert both.value is not None
    assert both.standard_error is not None
    return row | {"all": 100 * both.value, "error": 100 * both.standard_error}


def scenario_answer(projections: Projections, gap: Comparison | Text, last: int) -> Text:
    """Return how fast total product grows by scenario, and what sets two of them apart most."""
    rates = {k: mean_rate_of(p, "total_product") for k, p in projections.items()
             if "total_product" in p.paths}  # fmt: skip
    if not rates:
        return Text(
            "Chưa kịch bản nào tính được tổng giá trị sản phẩm.",
            "No scenario can project total product.",
        )
    answer = Text(
        "Tổng giá trị sản phẩm tăng bình quân "
        + "; ".join(f"{label(k)} {format_percent(r)}/năm" for k, r in rates.items()) + ".",
        "Total product grows by "
        + "; ".join(f"{label(k, 'en')} {format_percent(r, lang='en')}" for k, r in rates.items())
        + " a year.",
    )  # fmt: skip
    more = _gap_text(gap, last)
    return Text(f"{answer.vi} {more.vi}", f"{answer.en} {more.en}")


def _gap_text(gap: Comparison | Text, last: int) -> Text:
    """Return how far two scenarios lie apart in total product, and what does most of it."""
    if isinstance(gap, Text):
        return gap
    drivers = gap.drivers_of("total_product", last) if "total_product" in gap.parts else {}
    if not drivers:
        return Text("Hai kịch bản đem so không khác nhau về tổng giá trị sản phẩm.",
                    "The two scenarios do not differ in total product.")  # fmt: skip
    top = next(iter(drivers))
    return sentence(
        "Từ {a} đến {b} chỉ số năm {last} chênh {gap:1} điểm, phần lớn nhất do {top} ({part:1}).",
        "The gap in {last} is {gap:1} index points, most of it from {top}.",
        a=words(gap.a.scenario.name), b=words(gap.b.scenario.name), last=last, top=words(top),
        gap=gap.difference("total_product", last), part=drivers[top],
    )  # fmt: skip
