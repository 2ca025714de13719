"""Series that follow from others: the structure from the sectors, a role from the target that bears it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from laikhe_analysis.records import Plan
from laikhe_analysis.roles import LEVELS, role_of
from laikhe_analysis.series import AnnualSeries, weakest_origin

__all__ = ["with_derived"]


def with_derived(known: Mapping[str, AnnualSeries], plan: Plan) -> dict[str, AnnualSeries]:
    """Return series with what follows from them; what was reported itself stays as it is.

    Parameters
    ----------
    known : mapping of str to AnnualSeries
        By name, as `Dataset.histories`.
    plan : Plan
        Its sectors, and its targets: figures entered under the id of a level ("tỷ lệ hộ nghèo")
        also measure another target of the same role ("giảm 1 điểm % mỗi năm").
    """
    found = dict(known)
    read = {target.role for target in plan.targets if target.kind not in LEVELS}
    for target in plan.targets:
        role = role_of(target.role) if target.role in read and target.kind in LEVELS else None
        if role and target.target_id in known:
            found.setdefault(role.series or target.role, known[target.target_id])
    for sector in plan.commune.sectors:
        share = _share(sector, plan.commune.sectors, known)
        if share is not None:
            found.setdefault(share.name, share)
    return found


def _share(
    sector: str, sectors: tuple[str, ...], known: Mapping[str, AnnualSeries]
) -> AnnualSeries | None:
    """Return the share of a sector in the total, at current prices where they are known. [%]"""
    for end in ("_nominal", ""):
        parts = [known.get(f"product_{name}{end}") for name in sectors]
        whole = known.get(f"total_product{end}")
        own = known.get(f"product_{sector}{end}")
        if own is None or own.unit == "index" or (whole is None and None in parts):
            continue
        rest = [whole] if whole is not None else [
            *(part for part in parts if part is not None),
            *filter(None, [known.get(f"product_product_taxes{end}")]),
        ]  # fmt: skip
        if {(one.unit, one.price_basis) for one in rest} != {(own.unit, own.price_basis)}:
            continue
        years = set(own.known().years).intersection(*(one.known().years for one in rest))
        values = {y: 100 * own.at(y) / sum(one.at(y) for one in rest) for y in sorted(years)}
        return replace(
            own, name=f"share_{sector}", years=tuple(values), values=tuple(values.values()),
            unit="%", price_basis="n/a", origin=weakest_origin(
                "derived", own.origin, *(one.origin for one in rest)
            ),
        ) if values else None  # fmt: skip
    return None
