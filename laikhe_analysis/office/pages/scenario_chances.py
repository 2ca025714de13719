"""How far scenarios may stray, and how likely the plan's rates are, in tables for a notebook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.checks import Text
from laikhe_analysis.data import Dataset
from laikhe_analysis.office.pages.fans import chance_decimals, fan_rows, product_draws
from laikhe_analysis.office.pages.scenarios import NO_SCENARIO, NOT_COMPUTABLE, Projections
from laikhe_analysis.office.tables import Table, table
from laikhe_analysis.records import Plan, Target
from laikhe_analysis.scenarios import Projection
from laikhe_analysis.simulation import Chance, Simulation
from laikhe_analysis.vietnamese import format_number, label, sentence, words

__all__ = ["chance_table", "draws_of"]


def draws_of(data: Dataset, projection: Projection | None, spread: float) -> Simulation | Text:
    """Return draws of the sectors around a projection, or why there are none."""
    if projection is None:
        return Text("Không có kịch bản này trong scenarios.csv.", "There is no such scenario.")
    if "total_product" not in projection.paths:
        return sentence(
            "Không tính được kịch bản có thể lệch bao nhiêu, vì chưa tính được tổng giá trị sản phẩm: "
            "{why}.",
            "How far it may stray is not known, because total product is not: {why}.",
            why=projection.missing.get("total_product", NOT_COMPUTABLE),
        )  # fmt: skip
    return product_draws(data, projection, wider=spread) or Text(
        "Không tính được kịch bản có thể lệch bao nhiêu: reference.csv chưa có tốc độ tăng của "
        "cả nước cho từng ngành trong bốn năm chung trở lên.",
        "How far it may stray is not known: reference.csv has no national growth of each sector "
        "in four common years or more.",
    )


def chance_table(
    data: Dataset, projections: Projections, spread: float, lang: str = "vi"
) -> Table | Text:
    """Return the band of each scenario and the chance of the plan's rates, or why there is none.

    Every chance stands with its standard error. What counts as "about" a rate meets it, as on the
    board.
    """
    goals = _goals(data.plan)
    if not goals or not projections:
        return NO_SCENARIO if goals else Text(
            "Kế hoạch không nêu tốc độ tăng nào của sản phẩm, nên không có khả năng để tính.",
            "The plan states no growth of product: there is no chance to compute.",
        )  # fmt: skip
    rows: list[dict[str, Any]] = []
    for name, projection in projections.items():
        draws = draws_of(data, projection, spread)
        if isinstance(draws, Text):
            return draws
        rows.append({"scenario": label(name, lang), "band": _band(draws, lang)}
                    | _chances(draws, goals, lang))  # fmt: skip
    last, base = data.commune.target_year, data.commune.base_year
    columns = {
        "scenario": Text("Kịch bản", "Scenario"),
        "band": Text(f"Tổng sản phẩm {last} ({base} = 100): giữa, 8 lần trong 10",
                     f"Total product {last} ({base} = 100): middle, 8 in 10"),
    }  # fmt: skip
    for name, goal in goals.items():
        what = Text("tổng", "total") if name == "total" else words(name)
        columns[name] = Text(f"{what.vi} {_asked(goal).vi}", f"{what.en} {_asked(goal).en}")
    columns["all"] = Text("tất cả cùng đạt", "all at once")
    caption = Text("Khả năng, % ± sai số chuẩn của phép tính",
                   "Chance, % ± standard error of the computation").pick(lang)  # fmt: skip
    heads = {k: t.pick(lang) for k, t in columns.items()}
    return table(rows, heads, missing=NOT_COMPUTABLE.pick(lang), caption=caption, lang=lang)


def _goals(plan: Plan) -> dict[str, Target]:
    """Return the plan's average growth rates by sector, that of the total last."""
    roles = {f"sector:{name}": name for name in plan.commune.sectors} | {"total_product": "total"}
    found = {name: plan.role(role, "average_rate") for role, name in roles.items()}
    return {name: target for name, target in found.items() if target is not None}


def _asked(goal: Target) -> Text:
    """Return from which rate on a target counts as met."""
    least = goal.weaker_end - goal.tolerance
    if goal.tolerance == 0:
        return sentence("từ {r:1%}", "{r:1%} or more", r=least)
    return sentence("khoảng {v:1%} (từ {r:1%})", "about {v:1%} ({r:1%} or more)",
                    v=goal.weaker_end, r=least)  # fmt: skip


def _band(draws: Simulation, lang: str) -> str:
    """Return the middle of the last year and the band that eight draws in ten lie in."""
    end = fan_rows(100 * draws.totals, draws.years)[-1]
    middle, low, high = (format_number(end[k], 1, lang) for k in ("median", "lo_80", "hi_80"))
    return f"{middle} ({low} - {high})"


def _chances(draws: Simulation, goals: Mapping[str, Target], lang: str) -> dict[str, str]:
    """Return the chance of each rate and of all at once; none for a sector not drawn."""

    def met(name: str, goal: Target) -> NDArray[np.bool_]:
        is_met: Any = goal.is_met  # compares, so it serves arrays as well
        return np.asarray(is_met(draws.growth(None if name == "total" else name)))

    hits = {
        name: met(name, goal)
        for name, goal in goals.items()
        if name == "total" or name in draws.model.sectors
    }
    if len(hits) == len(goals):
        hits["all"] = np.all(list(hits.values()), axis=0)
    return {name: _cell(draws.probability(hit), lang) for name, hit in hits.items()}


def _cell(chance: Chance, lang: str) -> str:
    """Return a chance with its standard error; a bound where all draws say the same."""
    assert chance.value is not None
    assert chance.standard_error is not None
    if chance.value in (0.0, 1.0):
        bound = format_number(100 * abs(chance.value - 3 / chance.draws), 3, lang)
        return f"< {bound}" if chance.value == 0 else f"> {bound}"
    places = chance_decimals(chance.standard_error)
    numbers = chance.value, chance.standard_error
    value, error = (format_number(100 * x, places, lang) for x in numbers)
    return f"{value} ± {error}"
