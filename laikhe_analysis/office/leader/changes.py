"""What has changed since the last report that was kept, and why; how past projections came out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from laikhe_analysis.findings.changes import moved_classes, moved_projections, new_figures
from laikhe_analysis.findings.past import HEADLINES, came_true
from laikhe_analysis.language.wordings import sentence_of
from laikhe_analysis.language.wordings.board import day_text
from laikhe_analysis.messages import language, write
from laikhe_analysis.monitor.measures import AsOf
from laikhe_analysis.office.board.standing import board_of
from laikhe_analysis.office.leader.history import Kept, earlier_than, past_of
from laikhe_analysis.office.leader.view import View
from laikhe_analysis.vietnamese import label, words

__all__ = ["Changes", "Outcome", "changes_of", "outcomes"]


@dataclass(frozen=True)
class Changes:
    """What the page says of the last report: its day, and the sentences on what moved and why."""

    since: str
    sentences: tuple[str, ...]


class Outcome(NamedTuple):
    """One projection of the past, the day on which it was made, and what came true, in words."""

    name: str
    year: int
    said_on: str
    said: str
    came: str


def changes_of(view: View, kept: list[Kept]) -> Changes | None:
    """Return what has changed since the last report that said something else; None without one."""
    now = past_of(view)
    last = earlier_than(now, kept)
    if last is None:
        return None
    at = AsOf.of(last.as_of)
    before = board_of(view.data.up_to(at.year, at.period), at, internal=view.internal,
                      known_on=last.date)  # fmt: skip
    year = view.data.commune.target_year
    classes = moved_classes(before, view.board)
    moved = moved_projections(last.middle(year), now.middle(year), year)
    names = _new_names(view, last.date)
    why = new_figures(names, moved is not None or classes.key != "changes.no_class")
    told = [str(sentence_of(x)) for x in (classes, moved, why) if x is not None]
    return Changes(day_text(last.date), tuple(told))


def _new_names(view: View, date: str) -> list[object]:
    """Return what the figures recorded after a day are of, once each; public ones unless asked."""
    targets = {target.target_id: target for target in view.data.plan.targets}
    found = {}
    for row in view.data.latest():
        target = targets.get(row.series_id)
        hidden = target is not None and target.access != "public" and not view.internal
        if row.recorded_on > date and not hidden:
            found[row.series_id] = target.name if target else words(row.series_id)
    return list(found.values())


def outcomes(view: View, kept: list[Kept]) -> list[Outcome]:
    """Return the last projection made before each year was over, beside what came true."""
    lang, scenario, found = language(), past_of(view).scenario, {}
    known = {name: came_true(view.data, name, view.at.last_full_year) for name in HEADLINES}
    for one in kept:
        for (name, year), said in one.values.items():
            came = known[name].get(year) if name in known else None
            if came is not None and one.scenario == scenario and int(one.date[:4]) <= year:
                title = label(name, lang) + (_index(view, lang) if HEADLINES.get(name) else "")
                found[name, year] = Outcome(
                    title, year, day_text(one.date), _band(said, lang), write(came, "1", lang)
                )
    return [found[key] for key in sorted(found)]


def _index(view: View, lang: str) -> str:
    return f" ({view.data.commune.base_year} = {write(100.0, '0', lang)})"


def _band(said: tuple[float | None, float, float | None], lang: str) -> str:
    """Return a projection with its band, where it has one."""
    low, middle, high = said
    text = write(middle, "1", lang)
    if low is None or high is None:
        return text
    return f"{text} [{write(low, '1', lang)} – {write(high, '1', lang)}]"
