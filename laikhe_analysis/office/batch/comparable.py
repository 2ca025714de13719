"""When numbers of several communes may stand side by side; where not, which ones and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, NamedTuple

from laikhe_analysis.data.names import bare
from laikhe_analysis.messages import N_, Message, Text, Worded, _, joined
from laikhe_analysis.vietnamese import LABELS, unit_label, words

__all__ = ["Entry", "Pair", "Signature", "entries_of", "pairs", "words_of"]

OPEN = "not stated"
UNCLEAR = "chưa rõ"
"""What a definition in a file says while it is open."""


class Signature(NamedTuple):
    """What has to be the same where numbers are compared."""

    unit: str
    price_basis: str
    sort: str
    since: int | None
    definition: str

    @property
    def same(self) -> tuple[object, ...]:
        """What is equal for numbers that can be compared: small and capital letters are."""
        return (*self[:-1], self.definition.casefold())

    @property
    def is_open(self) -> bool:
        """Whether its price basis is not stated: then nothing is known to be at the same prices."""
        return OPEN in self.price_basis


@dataclass(frozen=True, slots=True)
class Entry:
    """One number of one commune: a target's, or one of the commune's own series.

    Parameters
    ----------
    kind : str
        What it is about: the role, else the name, else "series:" and the series.
    name : Text
    signature : Signature
    status : str
        Class of progress on the commune's own board; "" for a series.
    values : dict of int to float
        By year, as files have them. [`signature.unit`]
    """

    kind: str
    name: Text
    signature: Signature
    status: str
    values: dict[int, float]


def entries_of(record: dict[str, Any]) -> list[Entry]:
    """Return the numbers of a commune's record: targets in the plan's order, then series.

    A series that measures a level among the targets is left out.
    """
    found, measured = [], set()
    for line in record["board"]["targets"]:
        own = record["beside"][line["target_id"]]
        values = {int(year): value for year, value in own["history"].items()}
        if not values and line["value"] is not None and line["year"] is not None:
            values = {line["year"]: line["value"]}
        signature = Signature(line["unit"], own["price_basis"], own["sort"], own["since"],
                              own["definition"])  # fmt: skip
        name = Text(line["name_vi"], line["name_en"])
        kind = own["role"] or bare(line["name_vi"])
        found.append(Entry(kind, name, signature, line["status"], values))
        measured.add((signature.unit, tuple(sorted(values.items()))))
    for own in record["series"]:
        values = {int(year): value for year, value in own["history"].items()}
        if (own["unit"], tuple(sorted(values.items()))) not in measured:
            signature = Signature(own["unit"], own["price_basis"], "level", None, "")
            name = LABELS.get(own["name"], Text(own["name"]))
            found.append(Entry(f"series:{own['name']}", name, signature, "", values))
    return found


class Pair(NamedTuple):
    """Two sets of communes whose numbers cannot be compared, or one whose price basis is open.

    Parameters
    ----------
    why : tuple of str
        Keys of `_WHY`.
    left, right : tuple of str
        Names of communes.
    values : tuple of (str, str)
        What the two have, by `why`; empty texts for what is not stated.
    """

    why: tuple[str, ...]
    left: tuple[str, ...]
    right: tuple[str, ...]
    values: tuple[tuple[str, str], ...]


_WHY = {
    "unit": N_("khác đơn vị"),
    "price_basis": N_("khác cơ sở giá"),
    "sort": N_("khác loại chỉ tiêu"),
    "since": N_("khác kỳ"),
    "definition": N_("khác định nghĩa"),
    "year": N_("khác năm của số liệu"),
}
_CHIEF = ("unit", "price_basis", "sort")
"""What is told first: period and definition only where these agree."""
_MOST_PAIRS, _MOST_LETTERS, _FEW = 6, 60, 3


def pairs(groups: Sequence[tuple[Signature, Sequence[str]]]) -> list[Pair]:
    """Return what stands between groups of communes, the first group being the largest.

    Every pair where there are few groups; else each against the first.

    Examples
    --------
    >>> both = [(Signature(unit, "n/a", "level", None, ""), [name])
    ...         for unit, name in (("households", "A"), ("%", "B"))]
    >>> print(words_of(pairs(both)[0]))
    khác đơn vị (A: hộ; B: %)
    """
    found = [Pair((), tuple(names), (), ()) for own, names in groups if own.is_open]
    stated = [group for group in groups if not group[0].is_open]
    every = list(combinations(stated, 2))
    if len(every) > _MOST_PAIRS:
        every = [(stated[0], other) for other in stated[1:]]
    for (one, left), (other, right) in every:
        differs = tuple(n for n in Signature._fields if getattr(one, n) != getattr(other, n))
        why = tuple(n for n in differs if n in _CHIEF) or differs[:1]
        values = tuple((_plain(one, name), _plain(other, name)) for name in why)
        found.append(Pair(why, tuple(left), tuple(right), values))
    return found


def _plain(signature: Signature, name: str) -> str:
    value = getattr(signature, name)
    return "" if value is None else str(value)


def words_of(pair: Pair) -> Message:
    """Return a pair in words."""
    if not pair.why:
        return _("chưa ghi cơ sở giá ({names})", names=few(pair.left))
    said = [
        _("{why} ({a}: {x}; {b}: {y})", why=_(_WHY[why]), a=_most(pair.left), b=few(pair.right),
          x=_shown(why, x), y=_shown(why, y))
        for why, (x, y) in zip(pair.why, pair.values, strict=True)
    ]  # fmt: skip
    return said[0] if len(said) == 1 else joined(said)


def _most(names: Sequence[str]) -> Message | str:
    """Return the communes of the first group: their number where they are many."""
    return _("{n} xã", n=len(names)) if len(names) > _FEW else few(names)


def few(names: Sequence[str], show: int = _FEW) -> Message | str:
    """Return the first names, and how many more there are."""
    listed = ", ".join(names[:show])
    more = len(names) - show
    return _("{names} (còn {n} nữa)", names=listed, n=more) if more > 0 else listed


def _shown(why: str, value: str) -> Text:
    """Return what two groups differ in, as it is of one of them."""
    if not value:
        return _("chưa nêu")
    if why == "unit":
        return Worded(unit_label, value)
    if value == "level":
        return _("mức", context="sort")
    if why == "definition" and len(value) > _MOST_LETTERS:
        return Text(value[:_MOST_LETTERS].rstrip() + "…")
    return words(value) if why in ("price_basis", "sort") else Text(value)


def population_groups(definitions: Iterable[str]) -> str:
    """Return the definition of population that most communes share, "" where none is clear."""
    clear = [one for one in definitions if one and UNCLEAR not in one]
    return max(sorted(set(clear)), key=clear.count, default="")
