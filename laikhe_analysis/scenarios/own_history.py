"""The commune's own record: one of the candidates for an assumption, its weight capped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from laikhe_analysis.records import Assumption, Observation, Scenario
from laikhe_analysis.scenarios.assumptions import TAXES
from laikhe_analysis.series import SUPPOSED, weakest_origin
from laikhe_analysis.vietnamese import format_shortest

__all__ = [
    "BASELINE",
    "OWN_CAP",
    "OWN_PER_YEAR",
    "Candidate",
    "own_candidate",
    "own_growth",
    "own_weight",
    "with_own_history",
]

BASELINE = "co_so"
"""The scenario that rests on named evidence: the one that the commune's own record enters."""
OWN_PER_YEAR, OWN_CAP = 0.1, 0.3
"""Weight of the commune's own record for each year of growth, and at most. [fraction]

The figures are compiled by the office that the target is set for. At this cap figures that repeat the
target every year move the baseline by three tenths of the way to it, and never further.
"""
_FASTEST = 0.5  # fraction a year: beyond, another territory or definition is compared
_LATEST = 5  # years of growth of the commune that count
_DECIMALS = 4  # of a rate that is blended: 0.01 point

_LEVELS = {
    "population_growth": ("population",),
    "income_growth_real": ("income_per_capita_real", "income_per_capita"),
    "crop_value_growth": ("crop_value_per_ha",),
    "revenue_growth": ("recurrent_revenue",),
}
"""The levels whose growth a variable is, the better first."""
_Prices = Callable[[int], tuple[float, str] | None]


@dataclass(frozen=True)
class Candidate:
    """One rate that an assumption could be taken from.

    Parameters
    ----------
    candidate : str
        "assumed" (the file's), "own", or the place: "province", "city", "country", "district", ...;
        "province_long" for its whole record, "city_9m" for the newest part of a year,
        "forecasters", "own_total".
    place : str
    value : float
        [fraction per year]
    first, last : int
        Years that it is of. [year]
    count : int
        Years with a figure of growth. [years]
    origin, confidence : str
    sources : tuple of str
    """

    candidate: str
    place: str
    value: float
    first: int
    last: int
    count: int
    origin: str
    confidence: str
    sources: tuple[str, ...] = ()


def own_weight(years: int) -> float:
    """Return the weight of the commune's own record of so many years of growth. [fraction]

    Examples
    --------
    >>> [round(own_weight(years), 1) for years in (0, 1, 2, 3, 8)]
    [0.0, 0.1, 0.2, 0.3, 0.3]
    """
    return min(OWN_PER_YEAR * years, OWN_CAP)


def own_candidate(
    rows: Iterable[Observation],
    breaks: Sequence[int] = (),
    *,
    prices: _Prices | None = None,
    place: str = "",
    name: str = "own",
) -> Candidate | None:
    """Return how a level of the commune has grown over its latest full years in a row.

    Only levels of whole years of one unit and price basis are compared, never reported growth rates:
    a rate that repeats the target says nothing. A reported figure is not compared with an assumed
    one before it, and nothing across a break.

    Parameters
    ----------
    rows : iterable of Observation
        Results of full years of one series and territory.
    breaks : sequence of int
        First years of new definitions. [year]
    prices : callable, optional
        Growth of prices in a year and its origin, to take out; None where it is not known.
    place, name : str
        What the candidate is called.

    Returns
    -------
    Candidate or None
        None with fewer than two years in a row; of low confidence where a year's growth is beyond
        ±0.5. [fraction per year]

    Examples
    --------
    >>> rows = [Observation("x", year, "FY", value, None, None, "tons", "n/a", "final", "official",
    ...                     "book", f"{year}-12-31") for year, value in ((2025, 100), (2026, 110))]
    >>> found = own_candidate(rows)
    >>> round(found.value, 9), found.first, found.last, found.count
    (0.1, 2025, 2026, 1)
    """
    steps: list[tuple[int, float]] = []
    used: list[Observation] = []
    origins: list[str] = []
    for before, now in pairwise(sorted(rows, key=lambda row: row.year)):
        rate, origin = _step(before, now, breaks, prices)
        if rate is None:
            steps, used, origins = [], [], []
            continue
        steps.append((now.year, rate))
        used, origins = [*(used or [before]), now], [*origins, origin]
    if not steps:
        return None
    steps, used = steps[-_LATEST:], used[-_LATEST - 1 :]
    rates = np.array([rate for _, rate in steps])
    return Candidate(
        name, place, float(np.exp(np.log1p(rates).mean()) - 1), used[0].year, used[-1].year,
        len(steps), weakest_origin("derived", *(row.origin for row in used), *origins[-_LATEST:]),
        "low" if np.abs(rates).max() > _FASTEST else "medium",
        tuple(dict.fromkeys(row.source_id for row in used if row.source_id)),
    )  # fmt: skip


def _step(
    before: Observation, now: Observation, breaks: Sequence[int], prices: _Prices | None
) -> tuple[float | None, str]:
    """Return the growth from one figure to the next, and what its prices rest on; None if none."""
    same = (before.unit, before.price_basis) == (now.unit, now.price_basis)
    mixed = before.origin in SUPPOSED and now.origin not in SUPPOSED
    if now.year != before.year + 1 or not same or mixed or now.year in breaks:
        return None, ""
    if not (before.value and now.value and before.value > 0 and now.value > 0):
        return None, ""
    rise = prices(now.year) if prices else (0.0, "official")
    return (None, "") if rise is None else (now.value / before.value / (1 + rise[0]) - 1, rise[1])


def own_growth(
    rows: Mapping[str, Sequence[Observation]],
    written: Scenario,
    sectors: Sequence[str],
    *,
    base_year: int,
    prices: _Prices,
    breaks: Callable[[str], Sequence[int]] = lambda name: (),
    place: str = "",
) -> dict[str, Candidate]:
    """Return the commune's own record by scenario variable, where it has two full years in a row.

    Where only the total product is known, each sector is moved by as much as the total's record
    lies above or below what the scenario's sectors make of it ("own_total"). The total's own record
    is "growth_total".

    Parameters
    ----------
    rows : mapping of str to sequence of Observation
        Results of full years of the commune's territory, by series (`data.layout.series_name`).
    written : Scenario
        The baseline as it stands in the file, with the structure of the base year.
    sectors : sequence of str
    base_year : int
    prices : callable
        Growth of consumer prices in a year and its origin; None where it is not known.
    breaks : callable
        First years of new definitions of a series.
    place : str
        What the commune is called.
    """
    found: dict[str, Candidate] = {}
    levels = {f"growth_{part}": (f"product_{part}",) for part in (*sectors, TAXES)} | _LEVELS
    for variable, names in levels.items():
        for name in names:
            nominal = name == "income_per_capita"
            one = own_candidate(
                rows.get(name, ()), breaks(name), prices=prices if nominal else None, place=place
            )
            if one is not None:
                found.setdefault(variable, one)
    total = own_candidate(
        rows.get("total_product", ()), breaks("total_product"), place=place, name="own_total"
    )
    if total is not None:
        is_all = not any(f"growth_{part}" in found for part in sectors)
        found |= _by_total(total, written, sectors, base_year) if is_all else {}
        found["growth_total"] = replace(total, candidate="own")
    return found


def _by_total(
    total: Candidate, written: Scenario, sectors: Sequence[str], base_year: int
) -> dict[str, Candidate]:
    """Return the sectors' rates of the first year, each moved until they make the total's record."""
    rows = {(x.variable, x.year_from): x for x in reversed(written.assumptions)}
    parts = [x for x in (*sectors, TAXES) if (f"share_{x}", base_year) in rows]
    rates = {x: rows.get((f"growth_{x}", base_year + 1)) for x in parts}
    shares = [float(rows[f"share_{x}", base_year].value) for x in parts]
    known = {x: float(row.value) for x, row in rates.items() if row is not None}
    if not parts or len(known) < len(parts):
        return {}
    made = sum(s * r for s, r in zip(shares, known.values(), strict=True)) / sum(shares)
    return {f"growth_{x}": replace(total, value=r + total.value - made) for x, r in known.items()}


def with_own_history(
    scenarios: Mapping[str, Scenario], written: Scenario, own: Mapping[str, Candidate]
) -> dict[str, Scenario]:
    """Return the scenarios with the commune's own record in what they have of the baseline.

    Each of the baseline's own assumptions of a variable in `own` becomes
    (1 - w) x assumption + w x own record, w as `own_weight`; the plan's intentions
    (`statement`) and what another scenario assumes by itself stay.

    Parameters
    ----------
    scenarios : mapping of str to Scenario
    written : Scenario
        The baseline as it stands in the file.
    own : mapping of str to Candidate
        By variable; of low confidence ones nothing is taken.

    Examples
    --------
    >>> base = Scenario("co_so", (
    ...     Assumption("growth_a", 2026, 2030, 0.08, "fraction/year", "assumption"),))
    >>> own = {"growth_a": Candidate("own", "", 0.12, 2025, 2026, 1, "derived", "medium")}
    >>> found = with_own_history({"co_so": base}, base, own)["co_so"].assumptions[0]
    >>> found.value, found.note
    (0.084, 'Tệp: 8 %/năm; xã tự tính 2025-2026: 12 %/năm, trọng số 10 %.')
    """
    moved = {
        row: _blended(row, own[row.variable])
        for row in written.assumptions
        if row.variable in own and own[row.variable].confidence != "low"
        and row.origin != "statement"
    }  # fmt: skip
    return {
        name: replace(one, assumptions=tuple(moved.get(row, row) for row in one.assumptions))
        for name, one in scenarios.items()
    }


def _blended(row: Assumption, own: Candidate) -> Assumption:
    """Return an assumption moved by the commune's own record, saying so."""
    weight, value = own_weight(own.count), float(row.value)
    rates = [format_shortest(round(100 * x, 2), "vi") for x in (value, own.value, weight)]
    said = (f"Tệp: {rates[0]} %/năm; xã tự tính {own.first}-{own.last}: {rates[1]} %/năm, "
            f"trọng số {rates[2]} %.")  # fmt: skip
    return replace(
        row, value=round((1 - weight) * value + weight * own.value, _DECIMALS),
        origin=weakest_origin(row.origin, own.origin), note=" ".join(x for x in (row.note, said) if x),
    )  # fmt: skip
