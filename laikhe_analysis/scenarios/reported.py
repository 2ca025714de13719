"""A structure that the commune has reported takes the place of one that a scenario assumes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from laikhe_analysis.records import Assumption, Scenario
from laikhe_analysis.scenarios.assumptions import TAXES
from laikhe_analysis.scenarios.baseline import Baseline
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.vietnamese import label

__all__ = ["reported_shares", "with_reported_shares"]

_DECIMALS = 4


def reported_shares(baseline: Baseline, parts: Sequence[str]) -> dict[str, float] | None:
    """Return the shares of `parts` in the base year, from their reported levels.

    Parameters
    ----------
    baseline : Baseline
    parts : sequence of str
        Sectors, and product taxes where they are a part of the total.

    Returns
    -------
    dict of str to float or None
        Adding up to 1, what rounding to four decimals leaves given to the largest; None where a
        level is missing, or levels are an index or of several units or price bases. [fraction]

    Examples
    --------
    >>> from laikhe_analysis.scenarios.baseline import Level
    >>> levels = {f"product_{name}": Level(value, "billion VND")
    ...           for name, value in (("a", 200), ("b", 100))}
    >>> reported_shares(Baseline(2025, ("a", "b"), levels), ("a", "b"))
    {'a': 0.6667, 'b': 0.3333}
    >>> reported_shares(Baseline(2025, ("a", "b"), levels), ("a", "b", "c")) is None
    True
    """
    found = [baseline.levels.get(f"product_{part}") for part in parts]
    levels = [level for level in found if level is not None]
    units = {(level.unit, level.price_basis) for level in levels}
    if not levels or len(levels) < len(found) or len(units) > 1 or levels[0].unit == "index":
        return None
    whole = sum(level.value for level in levels)
    shares = [round(level.value / whole, _DECIMALS) for level in levels]
    largest = max(range(len(shares)), key=shares.__getitem__)
    shares[largest] = round(shares[largest] + 1 - sum(shares), _DECIMALS)
    return dict(zip(parts, shares, strict=True))


def with_reported_shares(scenario: Scenario, baseline: Baseline) -> Scenario:
    """Return the scenario with the reported structure of the base year in place of the assumed.

    The projection steps on from reported levels whatever shares a scenario assumes; so that what
    is shown is what is used, the assumed shares give way. A scenario without shares, and one whose
    sectors are not all reported, stays as it is.

    Parameters
    ----------
    scenario : Scenario
    baseline : Baseline

    Examples
    --------
    >>> from laikhe_analysis.scenarios.baseline import Level
    >>> assumed = Scenario("base", tuple(
    ...     Assumption(f"share_{s}", 2025, 2025, 0.5, "fraction", "assumption") for s in "ab"))
    >>> levels = {f"product_{name}": Level(value, "billion VND")
    ...           for name, value in (("a", 200), ("b", 100))}
    >>> found = with_reported_shares(assumed, Baseline(2025, ("a", "b"), levels))
    >>> [(one.value, one.origin) for one in found.assumptions]
    [(0.6667, 'derived'), (0.3333, 'derived')]
    """
    rows = [
        x for x in scenario.assumptions
        if x.variable.startswith("share_") and x.year_from == baseline.year
    ]  # fmt: skip
    taxes = any(x.variable == f"share_{TAXES}" for x in rows)
    taxes = taxes or f"product_{TAXES}" in baseline.levels
    parts = (*baseline.sectors, *((TAXES,) if taxes else ()))
    shares = reported_shares(baseline, parts)
    if shares is None or not rows:
        return scenario
    new = [_row(baseline, part, share) for part, share in shares.items()]
    place = scenario.assumptions.index(rows[0])
    kept = [x for x in scenario.assumptions if x not in rows]
    return replace(scenario, assumptions=(*kept[:place], *new, *kept[place:]))


def _row(baseline: Baseline, part: str, share: float) -> Assumption:
    """Return the share of one sector as reported, with its origin and source."""
    level, year = baseline.levels[f"product_{part}"], baseline.year
    note = (
        f"Tính từ giá trị các ngành năm {year} đã có số liệu ({label(level.origin)}), dùng thay cơ "
        "cấu giả định."
    )
    origin = weakest_origin(level.origin, "derived")
    return Assumption(
        f"share_{part}", year, year, share, "fraction", origin, source_id=level.source_id, note=note
    )
