"""What an assumption may rest on: records of other places and forecasters, each by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from itertools import chain
from math import isnan, nan
from typing import TYPE_CHECKING

import numpy as np

from laikhe_analysis.checks import check_choice
from laikhe_analysis.records import CONFIDENCES, Assumption, ReferenceValue, Scenario
from laikhe_analysis.scenarios.assumptions import GROWTH, TAXES, by_year, override
from laikhe_analysis.scenarios.baseline import Baseline
from laikhe_analysis.scenarios.own_history import Candidate, own_weight
from laikhe_analysis.scenarios.projection import Track, project
from laikhe_analysis.series import weakest_origin

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["RESULTS", "TOTAL", "assumed_candidate", "candidates", "evidence_frame", "known_evidence",
           "result_alone"]  # fmt: skip

TOTAL = "growth_total"
"""The growth of total product: no assumption, what the sectors' rates make together."""
RESULTS = {
    "inflation": "price_index",
    "product_deflator": "deflator",
    "population_growth": "population",
    "income_growth_real": "income_per_capita_real",
    "revenue_growth": "recurrent_revenue",
    "crop_value_growth": "crop_value_per_ha",
    "assigned_growth": "assigned_revenue_without_land",
}
"""What a variable drives; that of every `growth_<sector>` is `total_product`."""

_WINDOW, _LONGER = 10, 5  # years of a record elsewhere; years more that are worth a second look
_LIMIT = 0.5  # fraction a year: what an assumption may be
_PARTS = ("_9m", "_h1")
_PRODUCT = ("gdp_growth", "grdp_growth", "product_growth")
_PRICES = ("cpi_inflation",)
_INCOME = ("income_per_capita_month", "income_per_capita")
_LEVELS = {
    "population_growth": ("population",),
    "income_growth_real": _INCOME,
    "crop_value_growth": ("crop_value_per_ha",),
    "product_deflator": ("gdp_current", "grdp_current"),
}
"""Levels elsewhere whose growth a variable is."""

_Rows = dict[int, ReferenceValue]


def candidates(
    variable: str,
    published: Iterable[ReferenceValue],
    places: Mapping[str, str],
    *,
    base_year: int,
    until: int,
) -> list[Candidate]:
    """Return what is known of a variable in other places, and what forecasters expect.

    Parameters
    ----------
    variable : str
        A scenario variable that is a growth rate, or `TOTAL`.
    published : iterable of ReferenceValue
        Rates as fractions. Plans and averages over years are left out.
    places : mapping of str to str
        Names of places by key: "country", "city", "province", ... ("world" is left out).
    base_year, until : int
        [year]

    Returns
    -------
    list of Candidate
        For "city" its latest year; for others the mean of the last ten years to the base year,
        and "<key>_long" of the whole record where it is at least five years longer. "<key>_9m" is
        the newest part of a year; years known with low confidence only stand apart.

    Examples
    --------
    >>> rows = [ReferenceValue("A", "grdp_growth", None, year, rate, "fraction/year", "constant",
    ...                        "final", "press", "high", "book")
    ...         for year, rate in ((2024, 0.08), (2025, 0.1))]
    >>> found = candidates("growth_total", rows, {"province": "A", "city": "A"},
    ...                    base_year=2025, until=2030)
    >>> [(one.candidate, round(one.value, 3), one.first, one.last) for one in found]
    [('province', 0.09, 2024, 2025), ('city', 0.1, 2025, 2025)]
    """
    table: dict[tuple[str, str, bool], _Rows] = {}
    for row in published:
        if row.year_from is None and row.status not in ("plan", "target"):
            rows = table.setdefault((row.entity, row.series_id, row.confidence == "low"), {})
            rows.setdefault(row.year, row)
    found: list[Candidate] = []
    for key, place in places.items():
        if key != "world":
            found += _of_place(variable, table, key, place, places.get("country", ""), base_year)
    return found + _forecasts(variable, table, places.get("country", ""), base_year, until)


_Table = Mapping[tuple[str, str, bool], _Rows]


def _stems(variable: str) -> list[str]:
    """Return the series of rates elsewhere that are of a variable."""
    if variable == "inflation":
        return [*_PRICES]
    if not variable.startswith("growth_"):
        return []
    sector = "" if variable == TOTAL else variable.removeprefix("growth")
    return [f"{stem}{sector}" for stem in _PRODUCT]


def _of_place(
    variable: str, table: _Table, key: str, place: str, country: str, base_year: int
) -> list[Candidate]:
    """Return the candidates of one place."""
    if variable in _LEVELS:
        return _of_levels(variable, table, key, place, country, base_year)
    found = []
    for stem in _stems(variable):
        good, low = (table.get((place, stem, poor), {}) for poor in (False, True))
        found += _records(key, place, good, base_year)
        lacking = {y: row for y, row in low.items() if y not in good and y <= base_year}
        found += [_mean(key, place, lacking)] if lacking else []
        for part in _PARTS:
            newer = {y: row for y, row in table.get((place, stem + part, False), {}).items()
                     if y > max(good, default=0)}  # fmt: skip
            if newer:
                found.append(_mean(f"{key}{part}", place, {max(newer): newer[max(newer)]}))
    return found


def _records(key: str, place: str, rows: _Rows, base_year: int) -> list[Candidate]:
    """Return the latest year of a city, else the mean of the last years and of the whole record."""
    known = {year: row for year, row in rows.items() if year <= base_year}
    if not known:
        return []
    if key == "city":
        return [_mean(key, place, {max(known): known[max(known)]})]
    near = {y: row for y, row in known.items() if y > base_year - _WINDOW}
    near = near or {max(known): known[max(known)]}
    found = [_mean(key, place, near)]
    if min(known) <= base_year - _WINDOW - _LONGER:
        found.append(_mean(f"{key}_long", place, known))
    return found


def _mean(key: str, place: str, rows: _Rows) -> Candidate:
    """Return the mean of published rates."""
    return Candidate(
        key, place, float(np.mean([row.value for row in rows.values()])), min(rows), max(rows),
        len(rows), *_of(rows.values()),
    )  # fmt: skip


def _of(rows: Iterable[ReferenceValue], *more: str) -> tuple[str, str, tuple[str, ...]]:
    """Return the weakest origin and confidence of figures, and their sources."""
    rows = list(rows)
    confidence = max(
        (row.confidence for row in rows), key=lambda x: CONFIDENCES.index(x or "medium")
    )
    sources = tuple(dict.fromkeys(row.source_id for row in rows))
    return weakest_origin(*more, *(row.origin for row in rows)), confidence, sources


def _of_levels(
    variable: str, table: _Table, key: str, place: str, country: str, base_year: int
) -> list[Candidate]:
    """Return the growth of a level between two years, prices or real growth taken out."""
    for stem in _LEVELS[variable]:
        rows = {y: x for y, x in table.get((place, stem, False), {}).items() if y <= base_year}
        years = sorted(rows)
        near = [year for year in years if year >= base_year - _WINDOW]
        spans = {key: near[-2:] if key == "city" else near}
        if key != "city" and years and years[0] <= base_year - _WINDOW - _LONGER:
            spans[f"{key}_long"] = years
        out = _taken_out(variable, table, place, country)
        found = [_between(k, place, [rows[y] for y in ys], out) for k, ys in spans.items()
                 if len(ys) > 1]  # fmt: skip
        if any(found):
            return [one for one in found if one is not None]
    return []


def _taken_out(variable: str, table: _Table, place: str, country: str) -> _Rows | None:
    """Return the rates to divide a level's growth by; None where nothing is taken out."""
    if variable == "income_growth_real":
        return table.get((country, _PRICES[0], False), {})
    if variable == "product_deflator":
        return next((rows for stem in _PRODUCT if (rows := table.get((place, stem, False)))), {})
    return None


def _between(
    key: str, place: str, rows: Sequence[ReferenceValue], out: _Rows | None
) -> Candidate | None:
    """Return the mean growth from the first to the last of some levels; None if a rate lacks."""
    first, last = rows[0], rows[-1]
    years = range(first.year + 1, last.year + 1)
    if out is not None and any(year not in out for year in years):
        return None
    divided = [out[year] for year in years] if out is not None else []
    rise = last.value / first.value / float(np.prod([1 + row.value for row in divided]))
    return Candidate(
        key, place, rise ** (1 / len(years)) - 1, first.year, last.year, len(years),
        *_of(chain((first, last), divided), "derived"),
    )  # fmt: skip


def _forecasts(
    variable: str, table: _Table, country: str, base_year: int, until: int
) -> list[Candidate]:
    """Return what each forecaster of the country expects, the mean of its years."""
    found = []
    for (place, series, _), rows in table.items():
        near = {y: row for y, row in rows.items() if base_year < y <= until}
        whose = [series.removeprefix(f"{stem}_").removesuffix("_forecast")
                 for stem in _stems(variable) if series.startswith(f"{stem}_")]  # fmt: skip
        if place == country and series.endswith("_forecast") and near and whose:
            found.append(_mean(f"forecast_{whose[0]}", place, near))
    return found


def assumed_candidate(variable: str, scenario: Scenario, years: Sequence[int]) -> Candidate | None:
    """Return what a scenario assumes of a variable, the mean of some years; None if nothing."""
    rows = [row for y, row in by_year(scenario).get(variable, {}).items() if y in years]
    if not rows:
        return None
    sources = tuple(dict.fromkeys(row.source_id for row in rows if row.source_id))
    origin = weakest_origin(*(row.origin for row in rows))
    value = float(np.mean([float(row.value) for row in rows]))
    return Candidate("assumed", "", value, years[0], years[-1], len(rows), origin, "", sources)


def result_alone(
    variable: str, value: float, baseline: Baseline, scenario: Scenario, until: int
) -> float:
    """Return the mean yearly growth of what a variable drives, if it were one rate in every year.

    Parameters
    ----------
    variable : str
        `TOTAL`, `growth_<sector>` or one of `RESULTS`.
    value : float
        [fraction per year]
    baseline : Baseline
    scenario : Scenario
        What holds of everything else.
    until : int
        [year]

    Returns
    -------
    float
        [fraction per year]; NaN where it cannot be projected.
    """
    if variable == TOTAL:
        return value
    if abs(value) > _LIMIT:
        return nan
    row = Assumption(variable, baseline.year + 1, until, value, GROWTH, "assumption")
    found = project(baseline, override(scenario, "alone", row), until=until)
    return _mean_rate(found.paths.get(RESULTS.get(variable, "total_product")), baseline.year, until)


def _mean_rate(path: Track | None, base_year: int, until: int) -> float:
    """Return the mean yearly growth of a path from the base year on, NaN where it has none."""
    if path is None or path.years[0] != base_year:
        return nan
    return float((path.values[-1] / path.values[0]) ** (1 / (until - base_year))) - 1


def evidence_frame(
    found: Sequence[Candidate],
    *,
    weights: Mapping[str, float] | None = None,
    alone: Callable[[float], float] = lambda value: nan,
) -> pd.DataFrame:
    """Return candidates as a table, a row each, with their weight and what each alone would give.

    Parameters
    ----------
    found : sequence of Candidate
    weights : mapping of str to float, optional
        Of candidates other than the commune's own, in proportion; all on "assumed" unless told.
    alone : callable
        What a rate alone would give. [fraction per year]

    Returns
    -------
    DataFrame
        candidate, place, value, first, last, years, origin, confidence, weight, alone, sources. The
        own record weighs `own_weight`, what is of low confidence nothing, the others share the
        rest: weights add up to 1.

    Raises
    ------
    ValueError
        If a weight is of no candidate or negative, or nothing has any.

    Examples
    --------
    >>> rows = [Candidate("assumed", "", 0.08, 2026, 2030, 5, "assumption", ""),
    ...         Candidate("own", "", 0.12, 2025, 2026, 1, "official", "medium")]
    >>> table = evidence_frame(rows)
    >>> list(table.weight), round(float((table.weight * table.value).sum()), 4)
    ([0.9, 0.1], 0.084)
    """
    import pandas as pd

    table = pd.DataFrame([asdict(one) for one in found], columns=list(Candidate.__annotations__))
    table = table.rename(columns={"count": "years"})
    if table.empty:
        return table.assign(weight=[], alone=[])[[*_COLUMNS]]
    usable = table.confidence != "low"
    is_own = table.candidate.isin(["own", "own_total"])
    given = {"assumed": 1.0} if weights is None else weights
    for name, weight in given.items():
        check_choice("weights", name, list(table.candidate[~is_own]))
        if not weight >= 0:
            raise ValueError(f"`weights` must not be negative, got {weight:g} for {name}.")
    own = table.years.map(own_weight).where(is_own & usable, 0.0).astype(float)
    other = table.candidate.map(given).astype(float).fillna(0.0).where(~is_own & usable, 0.0)
    if not other.sum() > 0:
        raise ValueError(f"`weights` must give some candidate a weight, got {dict(given)}.")
    table["weight"] = own + (1 - own.sum()) * other / other.sum()
    table["alone"] = [alone(value) for value in table.value]
    return table[[*_COLUMNS]]


_COLUMNS = ("candidate", "place", "value", "first", "last", "years", "origin", "confidence",
            "weight", "alone", "sources")  # fmt: skip


def known_evidence(
    variable: str,
    baseline: Baseline,
    scenario: Scenario,
    own: Mapping[str, Candidate],
    published: Iterable[ReferenceValue],
    places: Mapping[str, str],
    *,
    until: int,
    weights: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Return every candidate for an assumption of a scenario, the file's first, then the own record.

    Parameters
    ----------
    variable : str
        A growth rate of scenarios, or `TOTAL`.
    baseline : Baseline
    scenario : Scenario
        As it stands in the file.
    own : mapping of str to Candidate
        The commune's own record by variable.
    published, places
        As `candidates`.
    until : int
        [year]
    weights : mapping of str to float, optional
        As `evidence_frame`.

    Returns
    -------
    DataFrame
        As `evidence_frame`; empty where the scenario assumes nothing of it.

    Raises
    ------
    ValueError
        If the variable is no growth rate, or a weight does not fit.
    """
    names = [TOTAL, *(f"growth_{part}" for part in (*baseline.sectors, TAXES)), *RESULTS]
    check_choice("variable", variable, names)
    years = range(baseline.year + 1, until + 1)
    first = (_assumed_total(baseline, scenario, until) if variable == TOTAL
             else assumed_candidate(variable, scenario, years))  # fmt: skip
    if first is None and variable == "product_deflator":  # consumer prices stand in
        first = assumed_candidate("inflation", scenario, years)
    if first is None:
        return evidence_frame([])
    found = [x for x in (first, own.get(variable)) if x is not None]
    found += candidates(variable, published, places, base_year=baseline.year, until=until)
    return evidence_frame(
        found, weights=weights,
        alone=lambda value: result_alone(variable, value, baseline, scenario, until),
    )  # fmt: skip


def _assumed_total(baseline: Baseline, scenario: Scenario, until: int) -> Candidate | None:
    """Return the growth of total product that a scenario's sectors make together, the mean."""
    total = project(baseline, scenario, until=until).paths.get("total_product")
    rate, first = _mean_rate(total, baseline.year, until), baseline.year + 1
    if total is None or isnan(rate):
        return None
    origin = weakest_origin(*total.origins)
    return Candidate("assumed", "", rate, first, until, until - baseline.year, origin, "")
