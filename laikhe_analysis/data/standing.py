"""Which of the commune's figures count: the newest of each cell, and the sums of former communes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any, TypeVar

from laikhe_analysis.data.layout import FLOWS, PLANNED, REALISED, end_of, series_name
from laikhe_analysis.records import Commune, Observation
from laikhe_analysis.series import SUPPOSED, weakest_origin
from laikhe_analysis.vietnamese import COUNTED

__all__ = [
    "FIELDS",
    "Cell",
    "by_cell",
    "cell_of",
    "is_flow",
    "is_realised",
    "newest",
    "with_merged",
]

_AnyRow = TypeVar("_AnyRow")
_Place = tuple[str, str, int, str]
Cell = tuple[_Place, str, bool]
FIELDS = ("series_id", "area", "year", "period", "unit", "price_basis", "status", "import_id",
          "recorded_on")  # fmt: skip
"""What is looked at to tell which rows are of one cell."""


def by_cell(
    rows: Iterable[_AnyRow], get: Callable[[_AnyRow], tuple[Any, ...]] = attrgetter(*FIELDS)
) -> dict[Cell, list[_AnyRow]]:
    """Return the rows of each cell in the order of their days, the one that counts last.

    A cell is a figure of a place and a period: a plan of a year and its result are two, and so are
    amounts at current and at constant prices. A withdrawal belongs to the cells of its place
    that its import wrote, else to the one that was written last.

    Parameters
    ----------
    rows : iterable
        Observations, or rows of the file.
    get : callable
        What takes `FIELDS` from a row.
    """
    cells: dict[Cell, list[_AnyRow]] = {}
    written: dict[_Place, list[Cell]] = {}
    ordered = sorted(((row, get(row)) for row in rows), key=lambda pair: str(pair[1][-1]))
    for row, fields in ordered:
        cell, status, import_id = _cell(fields), fields[6], fields[7]
        place = cell[0]
        earlier = written.get(place, [])
        meant = [cell]
        if status == "withdrawn" and earlier:
            own = [
                one for one in earlier
                if import_id and get(cells[one][-1])[7].partition("/")[0] == import_id
            ]  # fmt: skip
            meant = own or earlier[-1:]
        for one in meant:
            cells.setdefault(one, []).append(row)
        written[place] = [one for one in earlier if one not in meant] + meant
    return cells


def _cell(fields: tuple[Any, ...]) -> Cell:
    """Return the cell of a row with these `FIELDS`."""
    name, area, year, period, unit, basis, status, *_ = fields
    place, planned = (name, area, year, period), status in ("plan", "target") or name in PLANNED
    return place, series_name(name, unit, basis), planned


def cell_of(row: Observation) -> Cell:
    """Return the cell that a figure is of."""
    return _cell(attrgetter(*FIELDS)(row))


def newest(rows: Iterable[Observation], *, known_on: str = "9999-12-31") -> list[Observation]:
    """Return the observations that count on a day, a cell where its first row stands in the file.

    Parameters
    ----------
    rows : iterable of Observation
    known_on : str
        Day up to which figures were known. [YYYY-MM-DD]
    """
    known = [row for row in rows if row.recorded_on <= known_on]
    place = {id(row): i for i, row in enumerate(known)}
    cells = sorted(by_cell(known).values(), key=lambda cell: min(place[id(row)] for row in cell))
    return [cell[-1] for cell in cells if cell[-1].status != "withdrawn"]


def is_realised(row: Observation, as_of: str) -> bool:
    """Return whether a figure is a result on a day: of a period that is over, and not planned.

    What an office expects of a year that is not over is no result yet; afterwards it is the year's
    figure until a final one comes. Figures that an analyst assumes, and those handed down for a
    year, hold from the start.
    """
    if row.value is None:
        return False
    if row.series_id in PLANNED:
        return row.status in (*REALISED, "plan")
    over = end_of(row.year, row.period) <= as_of or row.origin in SUPPOSED
    return row.status in REALISED and over


def with_merged(rows: Sequence[Observation], commune: Commune) -> list[Observation]:
    """Return the rows with what the former communes' figures add up to, where all of them are there.

    Amounts and counts are summed, incomes per head weighted by population; shares and ratios are
    not: they would need their denominators. The year of the merger is the first half of the former
    communes and the second half of the new one, for amounts of the year only. A figure of the whole
    commune comes before a sum. Sums are `derived` and say in `note` what they are of.
    """
    parts: dict[tuple[str, int, str, bool], dict[str, Observation]] = {}
    for row in rows:
        key = row.series_id, row.year, row.period, row.status in ("plan", "target")
        if row.value is not None:
            parts.setdefault(key, {})[row.area] = row
    found = list(rows)
    for key, known in list(parts.items()):
        if "" in known or not commune.predecessors or not known.keys() >= set(commune.predecessors):
            continue
        former = [known[area] for area in commune.predecessors]
        heads = parts.get(("population", *key[1:]), {})
        value = _together(former, [heads[one.area] for one in former if one.area in heads])
        if value is not None:
            names = ", ".join(one.area for one in former)
            whole = _derived(former, value, key[2], f"cộng từ {names}")
            known[""] = whole
            found.append(whole)
    year = int(commune.founded[:4] or 0)
    if commune.founded[5:] == "07-01":
        found += _merger_year(parts, year, commune.name)
    return found


def _merger_year(
    parts: dict[tuple[str, int, str, bool], dict[str, Observation]], year: int, name: str
) -> list[Observation]:
    """Return the amounts of the year in which the commune began: a half before, a half after."""
    found = []
    for (series_id, when, period, planned), known in parts.items():
        whole = parts.get((series_id, year, "FY", planned), {})
        after = parts.get((series_id, year, "H2", planned), {}).get("")
        before = known.get("")
        if when != year or period != "H1" or "" in whole or before is None or after is None:
            continue
        if is_flow(before.series_id, before.unit) and before.unit == after.unit:
            assert before.value is not None
            assert after.value is not None
            note = f"6 tháng đầu năm: {before.note or name}; 6 tháng cuối năm: {name}"
            found.append(_derived([before, after], before.value + after.value, "FY", note))
    return found


def _together(rows: Sequence[Observation], heads: Sequence[Observation]) -> float | None:
    """Return what figures of parts make together, None where they do not add up."""
    kinds = {(row.unit, row.price_basis) for row in rows}
    values = [row.value for row in rows if row.value is not None]
    if len(kinds) > 1 or len(values) < len(rows):
        return None
    if is_flow(rows[0].series_id, rows[0].unit) or rows[0].unit in COUNTED:
        return sum(values)
    weights = [row.value for row in heads if row.value]
    if not rows[0].unit.startswith("million VND/person") or len(weights) < len(rows):
        return None
    return sum(v * w for v, w in zip(values, weights, strict=True)) / sum(weights)


def is_flow(series_id: str, unit: str) -> bool:
    """Return whether figures of a series add up over the parts of a year."""
    per_year = unit.endswith("/year") and unit.removesuffix("/year") in COUNTED
    named = series_id in FLOWS or series_id.startswith("product_")
    return (named or unit in ("billion VND", "million VND") or per_year) and unit != "index"


_WEAKEST = ("final", "preliminary", "estimate", "plan", "target")


def _derived(rows: Sequence[Observation], value: float, period: str, note: str) -> Observation:
    """Return a figure computed from others, as weak as the weakest."""
    return replace(
        rows[-1], value=value, low=None, high=None, period=period, area="",
        status=max((row.status for row in rows), key=_WEAKEST.index),
        origin=weakest_origin("derived", *(row.origin for row in rows)),
        recorded_on=max(row.recorded_on for row in rows), import_id="", note=note,
    )  # fmt: skip
