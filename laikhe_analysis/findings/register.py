"""The register of targets: how much of it is known, and how far it agrees with itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from laikhe_analysis.consistency import check_plan, plans_as_facts
from laikhe_analysis.findings.finding import Finding
from laikhe_analysis.messages import Text
from laikhe_analysis.records import SEVERITIES
from laikhe_analysis.scenarios import Projection

if TYPE_CHECKING:
    from laikhe_analysis.data import Dataset
    from laikhe_analysis.data.dataset import Records
    from laikhe_analysis.records import Finding as Open

__all__ = ["agreement", "counted", "folder", "open_points"]


def folder(data: Dataset) -> Finding:
    """Return what a folder holds that was read without a fault. [counts]"""
    commune = data.commune
    numbers = {
        "name": Text(commune.name, commune.name_en or commune.name), "targets": len(data.plan.targets),
        "observations": len(data.observed), "published": len(data.published),
        "places": len({row.entity for row in data.published}), "scenarios": len(data.assumed),
    }  # fmt: skip
    return Finding("register.folder", numbers, origin="official")


def counted(data: Dataset) -> Finding:
    """Return how many numbers the plan holds, and how many the commune knows itself. [counts]"""
    targets, series = data.plan.targets, data.histories()
    if not targets:
        return Finding("register.empty")
    known = sum(
        t.target_id in series and series[t.target_id].origin in ("official", "press", "derived")
        for t in targets
    )
    numbers = {"total": len(targets), "items": len(data.plan.items), "known": known}
    return Finding("register.counted", numbers, origin="official")


def open_points(data: Records, projection: Projection | None = None) -> list[Open]:
    """Return what in the plan has to be settled, with all that the folder knows.

    Parameters
    ----------
    data : Dataset
    projection : Projection, optional
        Its scenario says what is taken for granted.
    """
    return check_plan(
        data.plan,
        facts=data.facts() | plans_as_facts(data.published),
        series=data.histories(),
        assumptions=projection.scenario if projection else (),
    )


def agreement(points: Sequence[Open]) -> Finding:
    """Return how many open points there are of each kind, and the weightiest. [counts]"""
    counts = {kind: sum(one.severity == kind for one in points) for kind in SEVERITIES}
    first = Finding("register.first", {"what": points[0].text}) if points else None
    return Finding("register.agreement", {**counts, "first": first})
