"""Lay many communes side by side: what stands beside what, in which year, who is far off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from laikhe_analysis.data.names import bare
from laikhe_analysis.messages import Text
from laikhe_analysis.office.batch.city import ADDITIVE, PER_HEAD, Cell, City, Member, Row
from laikhe_analysis.office.batch.comparable import (
    Entry,
    Pair,
    Signature,
    entries_of,
    pairs,
    population_groups,
)
from laikhe_analysis.targets.progress import PROGRESS

__all__ = ["side_by_side"]

FAR, ENOUGH = 3.5, 5
"""Robust distance from the middle beyond which a commune is far from its peers, and how many of
them it takes (Iglewicz and Hoaglin 1993: 3.5 for 0.6745 |x - median| / MAD)."""


def side_by_side(records: Iterable[dict[str, Any]]) -> City:
    """Return many communes side by side; nothing is left out because one of them differs.

    Parameters
    ----------
    records : iterable of dict
        As `record.record_of` makes them; each is let go once it is read.
    """
    found: list[tuple[Member, list[Entry]]] = []
    errors: dict[str, Text] = {}
    shared: dict[Any, Any] = {}
    for record in records:
        if "error" in record:
            errors[record["folder"]] = Text(**record["error"])
        else:
            found.append((_member(record), [_slim(one, shared) for one in entries_of(record)]))
    found.sort(key=lambda one: (*(-x for x in one[0].badness), one[0].name, one[0].folder))
    members = _distinct([member for member, _ in found])
    definition = population_groups(member.population_definition for member in members)
    by_kind = _by_kind([entries for _, entries in found])
    table = _Table(members, definition, [_people(entries) for _, entries in found])
    rows = [table.row(kind, each) for kind, each in by_kind.items() if len(each) > 1]
    alone: dict[str, list[Text]] = {}
    for each in by_kind.values():
        if len(each) == 1:
            ((i, entries),) = each.items()
            if entries[0].status:
                alone.setdefault(members[i].name, []).append(entries[0].name)
    return City(members, tuple(rows), alone, errors, definition)


def _member(record: dict[str, Any]) -> Member:
    one = record["commune"]
    numbers = {status: record["board"]["numbers"].get(status, 0) for status in PROGRESS}
    return Member(one["name"], record["folder"], numbers, one["synthetic"], one["population"],
                  one["population_definition"])  # fmt: skip


def _slim(entry: Entry, shared: dict[Any, Any]) -> Entry:
    """Return an entry whose names and signature are kept once for all communes."""

    def once(value: Any) -> Any:
        return shared.setdefault(value, value)

    return Entry(once(entry.kind), once(entry.name), once(entry.signature), once(entry.status),
                 {once(year): value for year, value in entry.values.items()})  # fmt: skip


def _distinct(members: Sequence[Member]) -> tuple[Member, ...]:
    """Return the communes, those of one name with their folder's name behind it."""
    often = Counter(member.name for member in members)
    return tuple(
        member if often[member.name] == 1
        else Member(f"{member.name} ({member.folder})", member.folder, member.counts,
                    member.is_synthetic, member.population, member.population_definition)
        for member in members
    )  # fmt: skip


def _people(entries: Sequence[Entry]) -> dict[int, float]:
    """Return a commune's population by year. [people]"""
    for entry in entries:
        if entry.kind in ("series:population", "population") and entry.signature.unit == "people":
            return entry.values
    return {}


def _by_kind(communes: Sequence[Sequence[Entry]]) -> dict[str, dict[int, list[Entry]]]:
    """Return the numbers by what they are about, then by commune.

    A number without a role is of the kind of those that bear its name and have one.
    """
    found: dict[str, dict[int, list[Entry]]] = {}
    roles = {bare(one.name.vi): one.kind for entries in communes for one in entries
             if one.status and one.kind != bare(one.name.vi)}  # fmt: skip
    for i, entries in enumerate(communes):
        for entry in entries:
            kind = roles.get(entry.kind, entry.kind)
            found.setdefault(kind, {}).setdefault(i, []).append(entry)
    series = [kind for kind in found if kind.startswith("series:")]
    return {k: v for k, v in found.items() if k not in series} | {k: found[k] for k in series}


class _Table:
    """What rows are made with."""

    def __init__(
        self, members: Sequence[Member], definition: str, people: Sequence[dict[int, float]]
    ) -> None:
        self.members, self.definition, self.people = members, definition, people

    def row(self, kind: str, each: dict[int, list[Entry]]) -> Row:
        """Return the row of one kind of number."""
        often = Counter(entry.signature.same for entries in each.values() for entry in entries)
        chosen = {
            i: max(entries, key=lambda e: (not e.signature.is_open, often[e.signature.same]))
            for i, entries in each.items()
        }
        groups: dict[tuple[object, ...], list[int]] = {}
        for i, entry in chosen.items():
            groups.setdefault(entry.signature.same, []).append(i)
        ordered = sorted(
            ((chosen[where[0]].signature, where) for where in groups.values()),
            key=lambda g: (g[0].is_open, -sum(bool(chosen[i].values) for i in g[1]), -len(g[1])),
        )
        main, inside = ordered[0]
        year = _common_year([chosen[i] for i in inside])
        beside = {i for i in inside if year in chosen[i].values and not main.is_open}
        cells = {i: self._cell(i, entry, year, i in beside) for i, entry in chosen.items()}
        values, is_per_head = self._compared(main, cells, beside)
        cells = _with_distance(cells, values)
        apart = pairs([(own, [self.members[i].name for i in where]) for own, where in ordered])
        if not main.is_open:
            apart += self._other_years(cells, set(inside) - beside, beside, year)
        adds = main.unit in ADDITIVE and main.sort in ("level", "cumulative") and len(beside) > 1
        total = sum(cells[i].value or 0.0 for i in beside) if adds else None
        name = chosen[inside[0]].name
        return Row(
            kind, name, main, year, tuple(cells.get(i) for i in range(len(self.members))),
            tuple(apart), _spread(list(values.values())), is_per_head, total, len(beside),
        )  # fmt: skip

    def _cell(self, i: int, entry: Entry, year: int | None, is_comparable: bool) -> Cell:
        at = year if year in entry.values else max(entry.values, default=None)
        value = None if at is None else entry.values[at]
        head = None
        if (
            value is not None
            and entry.signature.unit in PER_HEAD
            and self.definition
            and self.members[i].population_definition == self.definition
        ):
            people = self.people[i].get(at or 0) or self.members[i].population
            head = 1000 * value / people if people > 0 else None
        return Cell(value, at, head, entry.status, is_comparable, 0.0, entry.signature.unit)

    def _compared(
        self, main: Signature, cells: dict[int, Cell], beside: set[int]
    ) -> tuple[dict[int, float], bool]:
        """Return the numbers that peers are held against, and whether they are per head."""
        if main.unit not in ADDITIVE:
            return {i: v for i in sorted(beside) if (v := cells[i].value) is not None}, False
        return {i: v for i in sorted(beside) if (v := cells[i].per_head) is not None}, True

    def _other_years(
        self, cells: dict[int, Cell], others: set[int], beside: set[int], year: int | None
    ) -> list[Pair]:
        """Return the pairs of communes whose figures are of other years."""
        by_year: dict[int, list[str]] = {}
        for i in sorted(others):
            at = cells[i].year
            if at is not None and at != year:
                by_year.setdefault(at, []).append(self.members[i].name)
        names = tuple(self.members[i].name for i in sorted(beside))
        return [Pair(("year",), names, tuple(of), ((str(year), str(at)),))
                for at, of in sorted(by_year.items())]  # fmt: skip


def _common_year(entries: Sequence[Entry]) -> int | None:
    """Return the last year that nearly as many communes know as the best known one."""
    known = Counter(year for entry in entries for year in entry.values)
    most = max(known.values(), default=0)
    return max((year for year, n in known.items() if 4 * n >= 3 * most), default=None)


def _with_distance(cells: dict[int, Cell], values: dict[int, float]) -> dict[int, Cell]:
    """Return the cells with their robust distance from the middle where it is large."""
    if len(values) < ENOUGH:
        return cells
    known = np.array(list(values.values()))
    middle = float(np.median(known))
    spread = float(np.median(np.abs(known - middle)))
    far = {i: 0.6745 * (v - middle) / spread for i, v in values.items()} if spread > 0 else {}
    return {
        i: Cell(c.value, c.year, c.per_head, c.status, c.is_comparable, far[i], c.unit)
        if abs(far.get(i, 0.0)) > FAR else c
        for i, c in cells.items()
    }  # fmt: skip


def _spread(values: Sequence[float]) -> tuple[float, ...]:
    """Return least, quarter, middle, three quarters and most."""
    if len(values) < 2:
        return ()
    return tuple(float(x) for x in np.quantile(np.array(values), (0, 0.25, 0.5, 0.75, 1)))
