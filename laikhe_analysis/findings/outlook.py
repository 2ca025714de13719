"""Where the commune's own figures lead: every series of five years that a target is measured by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from laikhe_analysis.checks import Text
from laikhe_analysis.findings.finding import Finding
from laikhe_analysis.findings.paths import own_forecast
from laikhe_analysis.records import Target
from laikhe_analysis.roles import role_of
from laikhe_analysis.series import AnnualSeries
from laikhe_analysis.vietnamese import label

if TYPE_CHECKING:
    from laikhe_analysis.data import Dataset

__all__ = ["of_targets"]


def of_targets(data: Dataset, told: tuple[Finding, ...] = ()) -> list[Finding]:
    """Return the forecasts of the commune's own figures that no finding of a scenario tells.

    Of each public target with five years of figures; of a growth that can only be measured at other
    prices, of the level that is known. One series is told once.

    Parameters
    ----------
    data : Dataset
    told : tuple of Finding
        What is told already: series that a forecast among their numbers rests on are left out.
    """
    inner = [one.numbers.get("forecast") for one in told]
    shown = {name for one in inner if isinstance(one, Finding) for name in one.rests_on}
    known, found = data.histories(), []
    values = [known[name].values for name in shown if name in known]
    for target in data.plan.targets:
        name = _series_of(target, known)
        if target.access != "public" or name in shown or known.get(name) is None:
            continue
        ahead = own_forecast(data, name)
        if ahead is None or known[name].values in values:
            continue
        values.append(known[name].values)
        found.append(_named(data, target, name, ahead))
    return found


def _series_of(target: Target, known: dict[str, AnnualSeries]) -> str:
    """Return the commune's levels that a target is about, "" where there are none."""
    role = role_of(target.role)
    names = (target.target_id, *((role.series, f"{role.series}_nominal") if role else ()))
    return next(
        (name for name in names if name in known and "fraction" not in known[name].unit), ""
    )


def _named(data: Dataset, target: Target, name: str, ahead: Finding) -> Finding:
    """Return a forecast with the name of its series, and the goal where it is a level."""
    goal = None
    if target.kind == "level_by" and target.unit == ahead.unit:
        goal = Finding(
            "outlook.goal", {"direction": target.direction, "goal": target.weaker_end}, target.unit
        )
    words, english = data.name(name, "vi"), label(name, "en")
    english = target.name.en if english == name else english
    called = Text(*(side[:1].upper() + side[1:] for side in (words, english)))
    numbers = {**ahead.numbers, "name": called, "goal": goal}
    if ahead.unit == "%":
        numbers |= {key: min(max(ahead[key], 0.0), 100.0) for key in ("point", "low", "high")}
    return Finding("outlook.own", numbers, ahead.unit, ahead.origin, target.clause,
                   rests_on=(name,), owner=target.owner)  # fmt: skip
