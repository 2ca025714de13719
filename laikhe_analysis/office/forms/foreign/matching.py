"""Which target or series a row of a table is about, by its name, its unit and the rows above it."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from laikhe_analysis.data import Dataset
from laikhe_analysis.data.layout import PLANNED
from laikhe_analysis.data.units import from_file
from laikhe_analysis.messages import Text, Worded, _
from laikhe_analysis.monitor.measures import measured_by
from laikhe_analysis.office.forms.foreign.headings import NOTHING, simple
from laikhe_analysis.office.forms.foreign.names import (
    OF_SECTOR,
    likeness,
    other_names,
    weights_of,
    without_prices,
    words_of,
)
from laikhe_analysis.office.forms.foreign.rows import Row
from laikhe_analysis.office.forms.form import Field, field_of, fields_asked
from laikhe_analysis.records import Target
from laikhe_analysis.vietnamese import factor, is_fraction, label, written_unit

__all__ = ["Candidate", "Match", "basis_of", "candidates", "kind_of", "match_rows", "with_plan"]

SURE, CLOSE, LIKELY = 0.72, 0.08, 0.45
"""From which likeness on a match counts as sure, by how much it has to be better than the next, and
from which on it is proposed at all."""


@dataclass(frozen=True)
class Candidate:
    """A target or series that a row may be about.

    Parameters
    ----------
    field : Field
    names : tuple of tuple of str
        Every name that it goes by, as words without marks.
    plan : str
        The series of the year's plan, itself as a rule.
    rises : bool
        Whether more is better: which end of a range counts.
    is_known : bool
        Whether there are figures of it.
    is_target : bool
    unit : str
        The unit that calculations have it in; `field` has that of files.
    """

    field: Field
    names: tuple[tuple[str, ...], ...]
    plan: str
    rises: bool = True
    is_known: bool = False
    is_target: bool = False
    unit: str = ""


@dataclass(frozen=True)
class Match:
    """What a row is taken for.

    `why` says what keeps the match from being sure, empty where it is.
    """

    candidate: Candidate | None
    why: Text = NOTHING


_PLANS = {
    "collected_revenue": "assigned_revenue",
    "recurrent_revenue": "assigned_revenue_without_land",
    "disbursed": "public_investment",
}
"""The series that holds the year's plan of another."""


def candidates(data: Dataset) -> list[Candidate]:
    """Return everything that a table of this commune may be about."""
    known = {row.series_id for row in data.latest()}
    targets = {target.target_id: target for target in data.plan.targets}
    twins: dict[str, list[Target]] = {}
    for one in data.plan.targets:
        twins.setdefault(measured_by(one), []).append(one)
    fields = fields_asked(data)
    more = {name: field_of(target) for name, target in targets.items() if name in known}
    for name, field in (more | _more_fields(data)).items():
        fields.setdefault(name, field)
    found = []
    for name, in_python in fields.items():
        field = replace(in_python, unit=written_unit(in_python.unit))
        target = targets.get(name)
        names = [field.name.vi, *other_names(name)]
        if target is not None and written_unit(target.unit) in ("%/year", "%"):
            key = _growth_of(target) if is_fraction(target.unit) else measured_by(target)
            names += other_names(key)
        names += [twin.name.vi for twin in twins.get(name, ()) if twin.unit == field.unit]
        own = dict.fromkeys(words_of(without_prices(one)) for one in names)
        found.append(
            Candidate(
                field, tuple(own), _PLANS.get(name, name), target is None or target.rises,
                name in known, target is not None,
                from_file({"unit": in_python.unit})["unit"],
            )
        )  # fmt: skip
    return found


def _more_fields(data: Dataset) -> dict[str, Field]:
    """Return growth, share and product of the sectors and the growth of the whole.

    Growth and shares of which a target speaks are that target's.
    """
    total, commune = data.plan.role("total_product"), data.commune
    basis = total.price_basis if total is not None else commune.price_base
    spoken = {_growth_of(target) for target in data.plan.targets if is_fraction(target.unit)}
    spoken |= {measured_by(target) for target in data.plan.targets if target.unit == "%"}
    names = [f"{prefix}{sector}" for prefix in OF_SECTOR for sector in commune.sectors]
    names = [name for name in (*names, "growth_total_product") if name not in spoken]
    found = {}
    for name in names:
        prefix = name[: name.index("_") + 1]
        unit, (pattern, *_unused) = OF_SECTOR[prefix]
        vi = (
            label(name)
            if name == "growth_total_product"
            else pattern.format(label(name[len(prefix) :]))
        )
        found[name] = Field(
            name, "", Worded(_called, vi[:1].upper() + vi[1:], name), unit,
            "n/a" if prefix == "share_" else basis, "",
        )  # fmt: skip
    return found


def _called(told: str, name: str, lang: str) -> str:
    """Return what a series is called: as tables call it, in English by its label."""
    return told if lang == "vi" else label(name, lang)


def _growth_of(target: Target) -> str:
    """Return what the growth that a target states would be called as a series."""
    return "growth_" + target.role.removeprefix("sector:")


Kind = tuple[str, str]
"""A series and its price basis: of what a table has one row."""


def kind_of(row: Row, candidate: Candidate) -> Kind:
    """Return what a row is about."""
    return candidate.field.series_id, basis_of(row, candidate.field)


def match_rows(
    rows: Sequence[Row], data: Dataset, default_unit: str, taken: Collection[Kind] = ()
) -> list[Match]:
    """Return what each row is taken for, no target or series twice but for a row that is there twice.

    Parameters
    ----------
    rows : sequence of Row
    data : Dataset
    default_unit : str
        The unit of rows without their own.
    taken : collection of (series, price basis)
        What other rows are known to be about.
    """
    every = candidates(data)
    weights = weights_of(name for one in every for name in one.names)
    scored = [_scored(row, every, weights, default_unit) for row in rows]
    order = sorted(range(len(rows)), key=lambda n: -max((s for s, _unused in scored[n]), default=0))
    used: set[Kind] = set(taken)
    found: dict[int, Match] = {}
    same: dict[tuple[str, str], Match] = {}
    for number in order:
        called = rows[number].key, rows[number].unit
        if called in same:  # the same row twice: its figures are held against each other
            found[number] = same[called]
            continue
        free = [(s, c) for s, c in scored[number] if kind_of(rows[number], c) not in used]
        found[number] = _best(rows[number], free, default_unit)
        best = found[number].candidate
        if best is not None:
            used.add(kind_of(rows[number], best))
            same[called] = found[number]
    return [found[number] for number in range(len(rows))]


def _scored(
    row: Row, every: Sequence[Candidate], weights: dict[str, float], default_unit: str
) -> list[tuple[float, Candidate]]:
    """Return the candidates that a row's unit allows, the most like it first."""
    own = words_of(without_prices(row.text))
    whole = tuple(dict.fromkeys((*(w for p in row.parents[-1:] for w in words_of(p)), *own)))
    found = []
    for one in every:
        if _fits(row, one, default_unit):
            score = max(
                likeness(mine, name, weights) for mine in {own, whole} for name in one.names
            )
            found.append((score, one))
    return sorted(found, key=lambda f: (-round(f[0], 2), not f[1].is_known, not f[1].is_target))


_UNITLESS = ("yes/no", "rating", "level", "index", "rank")
_UNITLESS_WORDS = ("muc", "muc do", "xep loai", "loai", "dat", "dat/chua dat", "chi so", "diem")
"""Units that nobody writes beside a figure, and what stands there instead."""

_GROWS = re.compile(r"\btoc do\b|\btang truong\b|\bnhip do\b|\btang\b(?! them)")
_OF_WHOLE = re.compile(r"\bty trong\b|\bco cau\b")
_OF_PLAN = re.compile(
    r"\bso (voi )?(du toan|ke hoach|kh|so giao|dt)\b|\bhoan thanh (ke hoach|du toan)\b"
)


def _fits(row: Row, one: Candidate, default_unit: str) -> bool:
    """Return whether unit, kind and prices of a row allow a candidate."""
    unit, wanted = row.unit, one.field.unit
    if (
        unit
        and factor(unit, wanted) is None
        and not (wanted in _UNITLESS and simple(unit) in _UNITLESS_WORDS)
    ):
        return False
    if not unit and wanted.startswith("%") and "%" not in default_unit and default_unit:
        return False
    said = simple(" ".join((*row.parents[-1:], row.text)))
    own = simple(row.text)
    if (unit or default_unit).strip().startswith("%"):
        kind = ("% of plan" if _OF_PLAN.search(own) else "%" if _OF_WHOLE.search(said)
                else "%/year" if _GROWS.search(said) else "%")  # fmt: skip
        if kind != wanted and (kind, wanted) != ("%", "% of plan"):
            return False
    prices, basis = _prices(row), one.field.price_basis
    if prices == "current" and basis.startswith("constant"):
        return _is_product(one.field)
    return not (prices == "constant" and basis == "current")


def _prices(row: Row) -> str:
    """Return the prices that a row names: "current", "constant" or ""."""
    said = simple(" ".join((*row.parents[-1:], row.text)))
    if re.search(r"gia (hien hanh|hh|thuc te)", said):
        return "current"
    return "constant" if re.search(r"gia (so sanh|ss|co dinh)", said) else ""


def _is_product(field: Field) -> bool:
    """Return whether a figure is an amount that is kept at current and at constant prices."""
    return field.unit == "billion VND" and field.price_basis.startswith("constant")


def basis_of(row: Row, field: Field) -> str:
    """Return the price basis of the figures of a row: the product's own, or current prices."""
    return "current" if _is_product(field) and _prices(row) == "current" else field.price_basis


def _best(row: Row, free: Sequence[tuple[float, Candidate]], default_unit: str) -> Match:
    """Return the match of a row, and what is in doubt about it."""
    if not free or free[0][0] < LIKELY:
        return Match(None)
    (score, best), *others = free
    next_score = others[0][0] if others else 0.0
    if score < SURE:
        return Match(best, _("tên chỉ hơi giống"))
    if score - next_score < CLOSE and not _outranks(best, others[0][1]):
        other = others[0][1].field.name
        return Match(best, _("cũng giống “{other}”", other=other))
    unit = row.unit or (default_unit if factor(default_unit, best.field.unit) else "")
    if not unit and best.field.unit not in _UNITLESS:
        return Match(best, _("không ghi đơn vị"))
    if _is_product(best.field) and not _prices(row):
        return Match(best, _("không ghi giá so sánh hay hiện hành"))
    return Match(best)


def _outranks(one: Candidate, other: Candidate) -> bool:
    """Return whether a candidate goes before another of the same likeness."""
    return (one.is_known, one.is_target) > (other.is_known, other.is_target)


def with_plan(candidate: Candidate, *, is_council: bool) -> str:
    """Return the series that the plan of a row belongs to."""
    name = candidate.field.series_id
    if name in PLANNED:
        return name
    return "council_revenue" if is_council and name == "collected_revenue" else candidate.plan
