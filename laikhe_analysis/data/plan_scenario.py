"""The scenario that is the plan itself, read from its targets; what is a sketch is no scenario."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from laikhe_analysis.records import Assumption, Commune, Scenario, Target

__all__ = ["PLAN", "SKETCH", "plan_rows", "split_sketch"]

PLAN = "muc_tieu"
"""The scenario in which everything grows as the plan wants it."""

SKETCH = "sketch"
"""The source of assumptions that stand in a new folder for want of anything better."""

_VARIABLES = {
    "revenue": "revenue_growth",
    "population": "population_growth",
    "crop_value": "crop_value_growth",
}
_Row = tuple[str, str, Assumption | None]


def plan_rows(commune: Commune, targets: Iterable[Target], rows: Sequence[_Row]) -> list[_Row]:
    """Return the rows of scenarios with the plan's own growth rates from its targets.

    A rate that `scenarios.csv` states for the plan with a source comes first; a folder without any
    scenario gets none.

    Parameters
    ----------
    commune : Commune
    targets : iterable of Target
    rows : sequence of (scenario, inherits, Assumption or None)
        Those of the file.
    """
    rates: dict[str, Assumption] = {}
    for target in targets if rows else ():
        variable = _variable(target, commune.sectors)
        if variable and target.target_year >= commune.target_year:
            rates.setdefault(variable, _assumption(variable, target, commune))
    stated = {
        row.variable for name, _, row in rows if name == PLAN and row and row.source_id != SKETCH
    }
    parent = next((inherits for name, inherits, _ in rows if name == PLAN), "")
    if not any(name == PLAN for name, _, _ in rows):
        parent = next((name for name, _, _ in rows), "")
    kept = [
        (name, inherits, row) for name, inherits, row in rows
        if name != PLAN or row is None or row.variable not in rates or row.variable in stated
    ]  # fmt: skip
    return [*kept, *((PLAN, parent, row) for v, row in rates.items() if v not in stated)]


def _variable(target: Target, sectors: Sequence[str]) -> str:
    """Return the scenario variable that a target of growth states, "" for none."""
    role, _, sector = target.role.partition(":")
    grows = target.kind == "average_rate" or (
        target.kind == "annual_level" and target.unit == "fraction/year" and role == "population"
    )
    if not grows:
        return ""
    if role == "sector":
        return f"growth_{sector}" if sector in sectors else ""
    if role == "income":
        return "income_growth_real" if target.price_basis.startswith("constant") else ""
    return _VARIABLES.get(role, "")


def _assumption(variable: str, target: Target, commune: Commune) -> Assumption:
    """Return what a target takes for granted of a variable in the years of the plan."""
    return Assumption(
        variable, commune.base_year + 1, commune.target_year, target.weaker_end, "fraction/year",
        "statement", target.source_id or "plan", note=target.clause,
    )  # fmt: skip


def split_sketch(
    scenarios: dict[str, Scenario],
) -> tuple[dict[str, Scenario], tuple[Assumption, ...]]:
    """Return the scenarios without what is only a sketch, and the rows that are one.

    Nothing is computed from a sketch: what rests on it says what is missing.
    """
    rows = {
        (one.line, one.variable): one
        for scenario in scenarios.values()
        for one in scenario.assumptions
        if one.source_id == SKETCH
    }
    kept = {
        name: replace(
            scenario, assumptions=tuple(x for x in scenario.assumptions if x.source_id != SKETCH)
        )
        for name, scenario in scenarios.items()
    }
    return kept, tuple(rows[key] for key in sorted(rows, key=lambda key: key[0] or 0))
