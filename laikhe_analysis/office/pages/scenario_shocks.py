"""What would have to be true in a scenario, and what becomes of it under shocks, in tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from laikhe_analysis.checks import Text
from laikhe_analysis.data import Dataset
from laikhe_analysis.findings.investment import first_open_year
from laikhe_analysis.office.pages.quantities import named, unit_of
from laikhe_analysis.office.pages.scenarios import (
    NOT_COMPUTABLE,
    Projections,
    sectors_of,
    value_text,
)
from laikhe_analysis.office.tables import Table, goal_text, table
from laikhe_analysis.records import ShareLine
from laikhe_analysis.scenarios import Goal, Projection, by_year, project, solve_for, stress_tests
from laikhe_analysis.vietnamese import (
    LABELS,
    format_number,
    format_percent,
    label,
    sentence,
    words,
)

__all__ = ["lever_table", "shocks_of", "stress_table", "untested"]

WATCHED = ("total_product", "recurrent_revenue", "income_per_capita", "land_retained_total")
NEEDED = {"no_land": "land_gross", "inflation": "inflation", "sharing_rule": "sharing_rule"}
"""What a scenario must assume for a shock to change it."""


def lever_table(
    data: Dataset, projections: Projections, name: str, lang: str = "vi"
) -> Table | Text:
    """Return what one assumption would have to be for a target to be met, the others kept.

    Both for all years and from the first year that the newest figures leave open.
    """
    projection, start = projections.get(name), first_open_year(data)
    rows: list[dict[str, str]] = []
    for role, variable in (("total_product", "total_product"), ("crop_value", "crop_value_per_ha")):
        target = data.plan.role(role)
        if projection is None or target is None or target.kind == "milestone":
            continue
        if variable in projection.paths and target.target_year in projection.paths[variable].years:
            asked = f"{target.name.pick(lang)}, {goal_text(target, lang)}"
            rows += [{"goal": asked} | _lever(projection, one, Goal.of(target, variable), start, lang)
                     for one in _levers(projection, variable)]  # fmt: skip
    columns = {"goal": Text("Muốn đạt", "To reach"), "lever": Text("thì riêng", "this alone"),
               "now": Text("kịch bản cho là", "assumed to be"),
               "value": Text("phải bằng, mọi năm", "must be, in all years"),
               "late": Text(f"hoặc bằng, chỉ từ {start}", f"or, from {start} only")}  # fmt: skip
    return table(rows, {k: t.pick(lang) for k, t in columns.items()}) if rows else Text(
        "Không tính ngược được: kế hoạch không nêu mức của tổng sản phẩm hay giá trị trồng trọt, "
        "hoặc kịch bản đem so không tính được mức đó.",
        "Nothing to solve for: the plan states no total product and no crop value, or the "
        "scenario cannot project it.",
    )  # fmt: skip


def _levers(projection: Projection, variable: str) -> list[str]:
    """Return the assumptions of a scenario that can be turned to reach a goal.

    A structure that is reported is none of them.
    """
    sectors = sectors_of(projection)
    is_reported = all(f"product_{s}" in projection.baseline.levels for s in sectors)
    wanted = [f"growth_{s}" for s in sectors] + [f"share_{s}" for s in sectors[1:][-1:]]
    wanted = ["crop_value_growth"] if variable == "crop_value_per_ha" else wanted
    held = "share_" if is_reported else "-"
    assumed = by_year(projection.scenario)
    return [lever for lever in wanted if lever in assumed and not lever.startswith(held)]


def _lever(projection: Projection, lever: str, goal: Goal, start: int, lang: str) -> dict[str, str]:
    """Return what one assumption is, and what it must be in all years or from `start` on."""
    assumed = by_year(projection.scenario)[lever]
    now = dict.fromkeys(float(assumed[year].value) for year in sorted(assumed))
    of_base = projection.baseline.year in assumed
    return {
        "lever": label(lever, lang),
        "now": "; ".join(format_percent(x, 1, lang) for x in now),
        "value": _needed(projection, lever, goal, lang),
        "late": "…" if of_base else _needed(projection, lever, goal, lang, (start, goal.year)),
    }


def _needed(
    projection: Projection, lever: str, goal: Goal, lang: str,
    years: tuple[int, int] | None = None,
) -> str:  # fmt: skip
    """Return the value of a lever that just meets a goal, or what it reaches where none does."""
    bounds = (0.0, 0.6) if lever.startswith("share") else (-0.05, 0.30)
    found = solve_for(
        lever, goal, projection.scenario, bounds=bounds, baseline=projection.baseline, years=years
    )
    if found.value is not None:
        return format_percent(found.value, 2, lang)
    ends = found.reached or (float("nan"), float("nan"))
    low, high = (format_number(end, 1, lang) for end in (min(ends), max(ends)))
    if goal.measure == "average_rate":
        low, high = (format_percent(end, 1, lang) for end in (min(ends), max(ends)))
        high += Text("/năm", "/year").pick(lang)
    if min(ends) > goal.value:
        return Text(f"mức nào cũng vượt (từ {low} đến {high})", f"met at any ({low} to {high})"
                    ).pick(lang)  # fmt: skip
    return Text(
        f"không đạt được (kết quả chỉ từ {low} đến {high})", f"not reached (only {low} to {high})"
    ).pick(lang)


def shocks_of(data: Dataset, projections: Projections, name: str) -> dict[str, Projection]:
    """Return a scenario and, by name, what becomes of it under each shock that it can take."""
    if name not in projections:
        return {}
    scenario, last = data.assumed[name], data.commune.target_year
    assumed, first = by_year(scenario), min(data.commune.base_year + 2, last)
    city, facts = data.commune.yardsticks.get("city", ""), data.facts()
    growth = {s: facts[f"{city}/grdp_growth_{s}"].last[1] for s in data.commune.sectors
              if f"{city}/grdp_growth_{s}" in facts and f"growth_{s}" in assumed}  # fmt: skip
    has_land = "land_retained" in projections[name].paths
    own = {str(one.value) for one in assumed.get("sharing_rule", {}).values()}
    rules = tuple(
        rule for rule, found in data.rules.items()
        if has_land and rule not in own and _covers(found.lines, first, last)
    )  # fmt: skip
    tests = stress_tests(
        scenario, from_year=first, until=last, sector_growth=growth, sharing_rules=rules
    )
    able = {k: s for k, s in tests.items() if NEEDED.get(k, "inflation") in assumed or k in rules
            or k == "sector_growth"}  # fmt: skip
    return {name: projections[name]} | {
        k: project(data.baseline(), s, until=last, rules=data.rules) for k, s in able.items()
    }


def _covers(lines: Sequence[ShareLine], first: int, last: int) -> bool:
    """Return whether a rule says what becomes of the commune's own land in all these years."""
    spans = [(x.year_from, x.year_to) for x in lines if x.stream == "commune_run"]
    return all(any(a <= year <= b for a, b in spans) for year in range(first, last + 1))


def stress_table(data: Dataset, shocks: Projections, lang: str = "vi") -> Table | Text:
    """Return the main results under each shock; a reason where the scenario is not there."""
    if not shocks:
        return Text("Không thử được: không có kịch bản này.", "Not tested: no such scenario.")
    last, name = data.commune.target_year, next(iter(shocks))
    rows: list[dict[str, str | None]] = []
    for k, p in shocks.items():
        shock = label(f"stress_{k}" if f"stress_{k}" in LABELS else k, lang)
        if k in data.rules:
            shock += Text(", từ {y}", ", from {y}").pick(lang).format(y=data.commune.base_year + 2)
        row: dict[str, str | None] = {"shock": shock}
        rows.append(row | {v: value_text(p, v, last, lang) for v in WATCHED})
    head = Text(f"{label(name)}, rồi", f"{label(name, 'en')}, then").pick(lang)
    columns = {"shock": head}
    for v in WATCHED:
        unit = unit_of(shocks, v)
        measure = f" ({unit.pick(lang)})" if unit is not None else ""
        columns[v] = f"{named(shocks, v).pick(lang)}, {last}{measure}"
    found = table(rows, columns, missing=NOT_COMPUTABLE.pick(lang), lang=lang)
    return replace(found, numeric=frozenset(range(1, len(columns))))


def untested(shocks: Projections) -> Text | None:
    """Return which shocks could not be tried and what they lack; None when all were."""
    if not shocks:
        return None
    assumed = by_year(next(iter(shocks.values())).scenario)
    why = [words(needed) for needed in NEEDED.values() if needed not in assumed]
    if "sector_growth" not in shocks:
        why.append(Text("tốc độ tăng từng ngành của tỉnh, thành phố", "the city's sector growth"))
    lacking = Text("; ".join(t.vi for t in why), "; ".join(t.en for t in why))
    return sentence(
        "Có cú sốc không thử được vì chưa có: {lacking}.", "Shocks not tried for want of: {lacking}.",
        lacking=lacking,
    ) if why else None  # fmt: skip
