"""Many communes side by side: their numbers, which of them are comparable, how they are spread."""

from __future__ import annotations

from dataclasses import dataclass

from laikhe_analysis.messages import Text, _
from laikhe_analysis.office.batch.comparable import Pair, Signature

__all__ = ["ADDITIVE", "PER_HEAD", "Cell", "City", "Member", "Row"]

_PER_1000 = _("trên 1.000 dân")
PER_HEAD = {
    "billion VND": _("triệu đồng/người"),
    "households": _PER_1000,
    "organisations": _PER_1000,
}
"""Unit of a thousandth per head of what may be divided by the population, by its own unit."""

ADDITIVE = frozenset([
    *PER_HEAD, "billion VND/year", "people", "people/year", "thousand people", "schools",
    "enterprises", "ha", "km2", "m2",
])  # fmt: skip
"""Units of amounts that add up over communes."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One commune's number; None is not known.

    Parameters
    ----------
    value : float or None
    year : int or None
        Year of the value: that of the row where the commune has it.
    per_head : float or None
        A thousandth of the value by the population, where that is allowed.
    status : str
        Class on the commune's own board.
    is_comparable : bool
        Whether it stands beside most of the others: same unit, prices, sort, period, definition
        and year.
    far : float
        Robust distance from the middle of the peers, 0 where it is not far.
    unit : str
    """

    value: float | None
    year: int | None
    per_head: float | None
    status: str
    is_comparable: bool
    far: float
    unit: str


@dataclass(frozen=True)
class Row:
    """One number of several communes.

    Parameters
    ----------
    kind : str
    name : Text
    signature : Signature
        Of the numbers that are comparable.
    year : int or None
        Of the numbers that are comparable.
    cells : tuple of Cell or None
        One per commune, in their order; None where its plan has no such number.
    apart : tuple of Pair
        What cannot be compared with what.
    spread : tuple of float
        Least, quarter, middle, three quarters, most of what is comparable; per head where the unit
        is that of an amount, and empty where that is not allowed.
    is_per_head : bool
        Whether `spread` is per head.
    total : float or None
        Sum of what is comparable, where amounts add up.
    n : int
        How many numbers are comparable.
    """

    kind: str
    name: Text
    signature: Signature
    year: int | None
    cells: tuple[Cell | None, ...]
    apart: tuple[Pair, ...]
    spread: tuple[float, ...]
    is_per_head: bool
    total: float | None
    n: int

    @property
    def is_target(self) -> bool:
        """Whether it is a target of the plans, not one of the communes' own series."""
        return any(cell is not None and cell.status for cell in self.cells)

    def share(self, *statuses: str) -> float | None:
        """Return the share of the assessed communes in these classes, None of none. [fraction]"""
        known = [c.status for c in self.cells if c and c.status not in ("", "not_assessed")]
        return sum(status in statuses for status in known) / len(known) if known else None


@dataclass(frozen=True)
class Member:
    """One commune of the city."""

    name: str
    folder: str
    counts: dict[str, int]
    is_synthetic: bool = False
    population: float = 0.0
    population_definition: str = ""

    @property
    def badness(self) -> tuple[float, float]:
        """Shares of the assessed numbers that are off track, and that are late; -1 for none."""
        known = sum(n for status, n in self.counts.items() if status != "not_assessed")
        if not known:
            return -1.0, 0.0
        off = self.counts.get("insufficient", 0) + self.counts.get("away", 0)
        return off / known, self.counts.get("moderate", 0) / known


@dataclass(frozen=True)
class City:
    """Several communes, the worst first, and their numbers side by side.

    Parameters
    ----------
    members : tuple of Member
    rows : tuple of Row
        Numbers that two communes or more have.
    alone : dict of str to list of Text
        Numbers that only one plan has, by commune.
    errors : dict of str to Text
        Folders that could not be read, and why.
    definition : str
        Definition of population that most share; "" where none is clear and nothing is per head.
    """

    members: tuple[Member, ...]
    rows: tuple[Row, ...]
    alone: dict[str, list[Text]]
    errors: dict[str, Text]
    definition: str

    @property
    def is_synthetic(self) -> bool:
        """Whether any figure is made up."""
        return any(member.is_synthetic for member in self.members)
