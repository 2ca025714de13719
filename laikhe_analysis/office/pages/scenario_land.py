"""What each scenario's land money leaves to the commune, beside the plan's investment total."""

from __future__ import annotations

from typing import Any

import numpy as np

from laikhe_analysis.checks import Text
from laikhe_analysis.data import Dataset
from laikhe_analysis.land import required_gross, retained_share
from laikhe_analysis.land.sharing import covers
from laikhe_analysis.office.summary.projections import Projections
from laikhe_analysis.office.tables import Table, table
from laikhe_analysis.scenarios import Projection, by_year
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.vietnamese import label, sentence, words

__all__ = ["land_money_table", "land_money_text"]

GROSS, KEPT = "land_revenue", "land_retained_total"
NO_SCENARIO = Text("Tệp scenarios.csv chưa có kịch bản nào.", "There is no scenario yet.")
NOT_COMPUTABLE = Text("không tính được", "not computable")
NO_TOTAL = Text(
    "Kế hoạch không nêu tổng vốn đầu tư, nên không so được tiền đất của các kịch bản với mức nào.",
    "The plan states no investment total to hold the land money of the scenarios against.",
)


def land_money_table(data: Dataset, projections: Projections, lang: str = "vi") -> Table | Text:
    """Return what land brings under each scenario: fees, rule, part retained, beside the total.

    The last column but one is what would have to be collected a year, evenly, for the part
    retained under the scenario's own rule to make up the total.
    """
    target, (first, last) = data.plan.role("investment_land"), _span(data)
    if target is None or not projections:
        return NO_TOTAL if projections else NO_SCENARIO
    rows: list[dict[str, Any]] = []
    for name, p in projections.items():
        row: dict[str, Any] = {
            "scenario": label(name, lang),
            "needed": _needed(p, target.value),
            "origin": "…",
        }
        row["rule"] = "; ".join(label(rule, lang) for rule in _rules(p)) or None
        if KEPT in p.paths:
            kept = p.value(KEPT, last)
            row |= {"gross": _gross(p), "kept": kept, "part": 100 * kept / target.value}
            row["origin"] = label(weakest_origin(*p.paths[KEPT].origins), lang)
        rows.append(row)
    columns = {
        "scenario": Text("Kịch bản", "Scenario"),
        "gross": Text(f"Tiền đất thu được {first}-{last}, tỷ", f"Fees {first}-{last}, bn"),
        "rule": Text("Theo quy định", "Under the rule"),
        "kept": Text("Xã được dùng, tỷ", "Retained, bn"),
        "part": Text("So với tổng vốn, %", "Of the total, %"),
        "needed": Text("Muốn đủ, mỗi năm phải thu, tỷ", "To collect a year for the total, bn"),
        "origin": Text("Căn cứ yếu nhất", "Weakest origin"),
    }  # fmt: skip
    return table(
        rows, {k: t.pick(lang) for k, t in columns.items()}, missing=NOT_COMPUTABLE.pick(lang),
        decimals={"gross": 3, "kept": 3, "part": 1, "needed": 3}, lang=lang,
    )  # fmt: skip


def land_money_text(data: Dataset, projections: Projections, scenario: str) -> Text | None:
    """Return what the land money of one scenario does for the investment total, or what it lacks.

    None where the plan has no such total, as `land_money_table` says.
    """
    target, (first, last) = data.plan.role("investment_land"), _span(data)
    projection = projections.get(scenario)
    if target is None:
        return None
    if projection is None:
        return sentence("Dữ liệu không có kịch bản tên “{name}”.",
                        "The data have no scenario named “{name}”.", name=scenario)  # fmt: skip
    if KEPT in projection.paths:
        kept = projection.value(KEPT, last)
        return sentence(
            "Theo kịch bản {name}, tiền sử dụng đất {a}-{b} thu được {gross:3} tỷ đồng, xã được dùng "
            "{kept:3} tỷ, bằng {part:1}% tổng vốn {total:3} tỷ (căn cứ yếu nhất: {origin}).",
            "Under the {name} scenario land-use fees of {a}-{b} come to {gross:3} billion VND, of which "
            "{kept:3} are retained: {part:1}% of the total of {total:3} (weakest origin: {origin}).",
            name=words(scenario), a=first, b=last, gross=_gross(projection), kept=kept,
            part=100 * kept / target.value, total=target.value,
            origin=words(weakest_origin(*projection.paths[KEPT].origins)),
        )  # fmt: skip
    needed, lacking = _needed(projection, target.value), projection.missing[KEPT]
    more = Text("", "") if needed is None else sentence(
        " Muốn đủ tổng vốn {total:3} tỷ theo quy định của kịch bản thì mỗi năm phải thu {needed:3} tỷ.",
        " For the total of {total:3} billion under its rule {needed:3} have to be collected a year.",
        total=target.value, needed=needed,
    )  # fmt: skip
    return sentence(
        "Kịch bản {name} chưa nói đất đem lại bao nhiêu tiền: {why}.{more}",
        "The {name} scenario does not say what land brings: {why}.{more}",
        name=words(scenario), why=lacking, more=more,
    )  # fmt: skip


def _span(data: Dataset) -> tuple[int, int]:
    """Return the first and the last year of the plan."""
    return data.commune.base_year + 1, data.commune.target_year


def _gross(projection: Projection) -> float:
    """Return the fees collected after the base year, before sharing. [billion VND]"""
    path = projection.paths[GROSS]
    known = zip(path.years, path.values, strict=True)
    return sum(value for year, value in known if year > projection.baseline.year)


def _rules(projection: Projection) -> list[str]:
    """Return the sharing rules that a scenario names, in the order of its years."""
    named = by_year(projection.scenario).get("sharing_rule", {})
    return list(dict.fromkeys(str(named[year].value) for year in sorted(named)))


def _needed(projection: Projection, total: float) -> float | None:
    """Return the fees a year, alike in all, that leave a total under a scenario's own rules.

    None where a year has no rule, or nothing comes back. [billion VND per year]
    """
    years, rules = projection.years[1:], projection.rules
    named = by_year(projection.scenario).get("sharing_rule", {})
    chosen = [rules.get(str(named[y].value)) if y in named else None for y in years]
    shares = [
        retained_share(rule, projection.stream, year)
        for rule, year in zip(chosen, years, strict=True)
        if rule is not None and covers(rule, projection.stream, [year])
    ]
    mean = float(np.mean(shares)) if len(shares) == len(years) else 0.0
    return float(required_gross(total, mean)) / len(years) if mean > 0 else None
