"""Several communes' boards side by side, and why some numbers do not stand side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from laikhe_analysis.checks import Text
from laikhe_analysis.data import Dataset
from laikhe_analysis.data.names import bare
from laikhe_analysis.monitor import board
from laikhe_analysis.monitor.boards import SYMBOLS, Line
from laikhe_analysis.monitor.measures import AsOf, measure, measured_by
from laikhe_analysis.outputs.commands.refusal import refuse
from laikhe_analysis.outputs.office.comparable import told, why_not_comparable, why_not_per_head
from laikhe_analysis.outputs.tables import Table, table
from laikhe_analysis.records import Target
from laikhe_analysis.series import AnnualSeries
from laikhe_analysis.vietnamese import (
    LABELS,
    as_written,
    label,
    sentence,
    unit_label,
    written_unit,
)

__all__ = ["Cell", "Row", "SideBySide", "last_known_year", "side_by_side"]

SERIES = (
    "population", "income_per_capita", "crop_value_per_ha", "collected_revenue",
    "recurrent_revenue", "commune_revenue", "land_revenue", "total_product", "public_investment",
    "total_investment",
)  # fmt: skip
"""The commune's own series that stand beside its targets, where two communes have them."""

_PER_1000 = Text("trên 1.000 dân", "per 1,000 people")
PER_HEAD = {
    "billion VND": Text("triệu đồng/người", "million VND/person"),
    "households": _PER_1000,
    "organisations": _PER_1000,
}
"""Unit of a thousandth per head of what may be divided by the population, by its own unit."""


@dataclass(frozen=True)
class Cell:
    """One commune's number: level, per head where that is allowed, class. None is not known."""

    value: float | None = None
    per_head: float | None = None
    status: str = ""


@dataclass(frozen=True)
class Row:
    """One number of several communes, in one year.

    Parameters
    ----------
    name : Text
    unit : str
    year : int or None
        Year of all the values, None where no commune has one. [year]
    cells : tuple of Cell
        One per commune, in their order.
    per_head_unit : Text, optional
        Unit of the values per head.
    """

    name: Text
    unit: str
    year: int | None
    cells: tuple[Cell, ...]
    per_head_unit: Text | None = None


@dataclass(frozen=True)
class SideBySide:
    """Several boards: what can be compared, and what cannot and why.

    Parameters
    ----------
    names : tuple of str
        The communes.
    rows : tuple of Row
    refused : tuple of Text
        One sentence for each number that is not comparable, by name.
    per_head_refused : Text, optional
        Why nothing is shown per head.
    """

    names: tuple[str, ...]
    rows: tuple[Row, ...]
    refused: tuple[Text, ...]
    per_head_refused: Text | None = None

    def table(self, lang: str = "vi") -> Table:
        """Return the rows as a table: level, per head, class, a column each per commune."""
        columns = {"name": Text("Chỉ tiêu", "Number").pick(lang),
                   "unit": Text("Đơn vị", "Unit").pick(lang),
                   "year": Text("Năm", "Year").pick(lang)}  # fmt: skip
        for i, name in enumerate(self.names):
            columns[f"value{i}"] = name
            if self.per_head_refused is None:
                columns[f"head{i}"] = Text(f"{name}: bình quân", f"{name}: per head").pick(lang)
            columns[f"status{i}"] = Text(f"{name}: xếp loại", f"{name}: class").pick(lang)
        return table([self._fields(row, lang) for row in self.rows], columns, decimals=3, lang=lang)

    @staticmethod
    def _fields(row: Row, lang: str) -> dict[str, Any]:
        """Return the fields of a row by column."""
        heads = f" ({row.per_head_unit.pick(lang)})" if row.per_head_unit else ""
        fields: dict[str, Any] = {"name": row.name.pick(lang), "year": row.year,
                                  "unit": unit_label(row.unit, lang) + heads}  # fmt: skip
        for i, cell in enumerate(row.cells):
            sign = f"{SYMBOLS[cell.status]} {label(cell.status, lang)}" if cell.status else ""
            value = None if cell.value is None else as_written(cell.value, row.unit)
            fields |= {f"value{i}": value, f"head{i}": cell.per_head, f"status{i}": sign}
        return fields


def last_known_year(datasets: Sequence[Dataset]) -> int:
    """Return the last year that any commune has a figure for, or a base year. [year]

    Assumptions are no figures.
    """
    years = [row.year for data in datasets for row in data.results() if row.origin != "assumption"]
    return max([*years, *(data.commune.base_year for data in datasets)])


def side_by_side(datasets: Sequence[Dataset], *, as_of: str | int) -> SideBySide:
    """Return the boards of several communes, what is comparable apart from what is not.

    Parameters
    ----------
    datasets : sequence of Dataset
        The communes, two or more.
    as_of : str or int
        As `monitor.board`.

    Returns
    -------
    SideBySide
        Public targets only. Numbers of different plans are of one kind when their roles are the
        same, or, without a role, their names; they are comparable when unit, price
        basis, sort and definition agree too. Levels are of one year: the last that all have. The
        class is that of the commune's own plan at that year.

    Raises
    ------
    RefusalError
        If there are fewer than two communes, or two of one name.
    ValueError
        If `as_of` cannot be read.
    """
    names = tuple(data.commune.name for data in datasets)
    if len(set(names)) < max(2, len(names)):
        raise refuse("cần từ hai xã trở lên, tên khác nhau; gặp: {names}",
                     "two communes or more are needed, of different names; got: {names}",
                     usage=True, names=", ".join(names))  # fmt: skip
    desk = _Desk(datasets, names, AsOf.of(as_of))
    kinds = dict.fromkeys(kind for targets in desk.targets for kind in targets)
    found = [desk.target_row(kind) for kind in kinds if len(desk.who_has(kind)) > 1]
    found += [desk.series_row(name) for name in SERIES if desk.wants_series(name)]
    return SideBySide(
        names,
        tuple(row for row in found if isinstance(row, Row)),
        (*(text for text in found if isinstance(text, Text)), *desk.alone(kinds)),
        desk.why_not_per_head,
    )


class _Desk:
    """The boards and series of the communes while they are laid side by side."""

    def __init__(self, datasets: Sequence[Dataset], names: Sequence[str], at: AsOf) -> None:
        self.datasets, self.names, self.at = datasets, names, at
        self.series = [data.histories() for data in datasets]
        self.at_any_prices = [_at_any_prices(own) for own in self.series]
        self.why_not_per_head = why_not_per_head(datasets)
        self._lines: dict[str, list[dict[str, Line]]] = {}
        self.targets = [_by_kind(lines) for lines in self._boards(str(at))]

    def _boards(self, as_of: str) -> list[dict[str, Line]]:
        """Return the lines of every board at a date, by target id."""
        if as_of not in self._lines:
            self._lines[as_of] = [
                {line.target.target_id: line
                 for line in board(data.plan, series, as_of=as_of).lines}
                for data, series in zip(self.datasets, self.series, strict=True)
            ]  # fmt: skip
        return self._lines[as_of]

    def who_has(self, kind: str) -> list[int]:
        """Return the positions of the communes whose plan has a target of the kind."""
        return [i for i, targets in enumerate(self.targets) if kind in targets]

    def alone(self, kinds: Iterable[str]) -> list[Text]:
        """Return, commune by commune, what only its plan has."""
        said = []
        for i, name in enumerate(self.names):
            own = [self.targets[i][kind].name for kind in kinds if self.who_has(kind) == [i]]
            listed = Text(*("; ".join(side) for side in zip(*own, strict=True))) if own else ""
            said += [sentence("Chỉ có trong kế hoạch của {name}: {listed}.",
                              "Only in the plan of {name}: {listed}.",
                              name=name, listed=listed)] if own else []  # fmt: skip
        return said

    def target_row(self, kind: str) -> Row | Text:
        """Return the row of one kind of target, or why there is none."""
        where = self.who_has(kind)
        targets = {i: self.targets[i][kind] for i in where}
        name = targets[where[0]].name
        known = [measure(target, self.series[i]) for i, target in targets.items()]
        names = [self.names[i] for i in where]
        differs = why_not_comparable(names, list(targets.values()), known)
        if differs is not None:
            return sentence("{what}: {why}.", "{what}: {why}.", what=name, why=differs)
        lines = self._at_one_year(targets)
        if lines is None:
            return sentence(*_NO_YEAR, what=name)
        years = {x.assessment.year for x in lines.values() if x.assessment.value is not None}
        found = {i: (line.assessment.value, line.status) for i, line in lines.items()}
        cells = [found.get(i, (None, "")) for i in range(len(self.names))]
        return self._row(name, targets[where[0]].unit, next(iter(years), None), cells)

    def _at_one_year(self, targets: Mapping[int, Target]) -> dict[int, Line] | None:
        """Return the lines at the last year that all know, None when there is no such year."""
        at, counts = str(self.at), []
        while True:
            lines = {i: self._boards(at)[i][target.target_id] for i, target in targets.items()}
            known = [x.assessment for x in lines.values() if x.assessment.value is not None]
            years = [found.year for found in known if found.year is not None]
            counts.append(len(known))
            if len(set(years)) < 2:
                return lines if counts[-1] == counts[0] else None
            at = str(min(years))

    def wants_series(self, name: str) -> bool:
        """Return whether a series is known to two communes and is not among the targets yet."""
        shown = all(
            any(measured_by(t) == name and t.kind != "average_rate" for t in own.values())
            for own in self.targets
        )
        return not shown and sum(name in series for series in self.at_any_prices) > 1

    def series_row(self, name: str) -> Row | Text:
        """Return the row of one series, or why there is none."""
        known = {i: own[name] for i, own in enumerate(self.at_any_prices) if name in own}
        what, names = LABELS.get(name, Text(name, name)), [self.names[i] for i in known]
        for words, of in _SERIES_ASPECTS.items():
            values = [of(series) for series in known.values()]
            if len(set(values)) > 1:
                why = told(words, names, values)
                return sentence("{what}: {why}.", "{what}: {why}.", what=what, why=why)
        last = self.at.last_full_year
        common = set.intersection(*({y for y in s.known().years if y <= last}
                                    for s in known.values()))  # fmt: skip
        if not common:
            return sentence(*_NO_YEAR, what=what)
        year, unit = max(common), next(iter(known.values())).unit
        cells = [(known[i].at(year) if i in known else None, "") for i in range(len(self.names))]
        return self._row(what, unit, year, cells)

    def _row(
        self, name: Text, unit: str, year: int | None, cells: Sequence[tuple[float | None, str]]
    ) -> Row:
        """Return a row, per head where that is allowed."""
        words = PER_HEAD.get(unit)
        if words is None or self.why_not_per_head is not None or year is None:
            return Row(name, unit, year, tuple(Cell(v, None, status) for v, status in cells))
        done = tuple(
            Cell(v, None if v is None else 1000 * v / self._people(i, year), status)
            for i, (v, status) in enumerate(cells)
        )
        return Row(name, unit, year, done, words)

    def _people(self, i: int, year: int) -> float:
        """Return a commune's population in a year, or that of its file. [people]"""
        series = self.series[i].get("population")
        if series is not None and year in series.known().years:
            return series.at(year)
        return float(self.datasets[i].commune.population)


_SERIES_ASPECTS: dict[Text, Callable[[AnnualSeries], str]] = {
    Text("khác đơn vị", "other units"): lambda series: written_unit(series.unit),
    Text("khác cơ sở giá", "other price bases"): lambda series: series.price_basis,
}

_NO_YEAR = Text(
    "{what}: không có năm nào mà các xã đều có số liệu.",
    "{what}: there is no year for which the communes have figures.",
)


def _at_any_prices(series: Mapping[str, AnnualSeries]) -> dict[str, AnnualSeries]:
    """Return the series by their names, at other than their usual prices where these are all."""
    others = {name.removesuffix("_real").removesuffix("_nominal"): series[name] for name in series}
    return others | dict(series)


def _by_kind(lines: Mapping[str, Line]) -> dict[str, Target]:
    """Return the targets by what they are about, the first of each."""
    found: dict[str, Target] = {}
    for target in (line.target for line in lines.values()):
        found.setdefault(target.role or bare(target.name.vi), target)
    return found
