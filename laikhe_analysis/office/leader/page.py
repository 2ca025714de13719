"""The leader's page: one file with its style, no script, nothing fetched, readable from a stick."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from laikhe_analysis.language.wordings.board import day_text
from laikhe_analysis.messages import Message, _, capital, language
from laikhe_analysis.monitor.boards import SYMBOLS
from laikhe_analysis.office.laid_out import page_template
from laikhe_analysis.office.leader.cards import cards_of
from laikhe_analysis.office.leader.changes import changes_of, outcomes
from laikhe_analysis.office.leader.charts import HEIGHT, START, WIDTH
from laikhe_analysis.office.leader.decisions import decisions_of
from laikhe_analysis.office.leader.history import Kept
from laikhe_analysis.office.leader.tiles import counted, offices, tiles_of
from laikhe_analysis.office.leader.view import View
from laikhe_analysis.office.site import ANALYSTS
from laikhe_analysis.vietnamese import label

__all__ = ["leader_page"]

BOARD = "07_monitoring"
"""The page that a tile leads to."""

_SHOWN = 6
"""Offices that are shown each on a line of its own."""


def leader_page(
    view: View,
    pages: Mapping[str, str],
    files: Sequence[str] = (),
    *,
    kept: Sequence[Kept] = (),
    rule: str = "",
) -> str:
    """Return the leader's page in the language of this run.

    Parameters
    ----------
    view : View
    pages : mapping of str to str
        Titles of the subject pages beside it by the stem of their file, in reading order.
    files : sequence of str
        Names of other files beside it, to be linked.
    kept : sequence of Kept
        The reports kept before (`history.read_history`).
    rule : str
        The sharing rule that was asked for, or "".
    """
    view.data.speak()
    lang, tiles, owed = language(), tiles_of(view), offices(view)
    return page_template("leader").render(
        _=_, lang=lang, title=_title(view, lang), about=_about(view, rule, lang),
        cards=cards_of(view), tiles=tiles, signs=SYMBOLS,
        counts={status: f"{n} {label(status, lang)}" for status, n in counted(tiles).items()},
        outside=[line.target.clause for line in view.board.lines if not line.target.item],
        decisions=decisions_of(view), owed=owed[:_SHOWN], more=owed[_SHOWN:],
        changes=changes_of(view, list(kept)), outcomes=outcomes(view, list(kept)),
        pages={x: name for x, name in pages.items() if not x.startswith(ANALYSTS)},
        analysts={x: name for x, name in pages.items() if x.startswith(ANALYSTS)},
        board=BOARD if BOARD in pages else "",
        files={name: label(name, lang) for name in files},
        width=WIDTH, height=HEIGHT, start=START, internal=view.internal,
    )  # fmt: skip


def _title(view: View, lang: str) -> str:
    commune = view.data.commune
    name = commune.name if lang == "vi" else commune.name_en or commune.name
    told = _(
        "{name}: thực hiện kế hoạch {first}-{last} đến {at}", name=name,
        first=commune.base_year + 1, last=commune.target_year, at=view.at.words,
    )  # fmt: skip
    return capital(str(told))


def _about(view: View, rule: str, lang: str) -> list[str]:
    """Return what the page rests on: scenario, day of the newest figure, sharing rule."""
    newest = view.data.last_recorded
    parts: list[Message] = []
    if view.projection is not None:
        parts.append(_("Kịch bản {name}", name=label(view.projection.scenario.name, lang)))
    parts.append(_("số liệu ghi đến {day}", day=day_text(newest)) if newest else _(
        "xã chưa có số liệu nào"))  # fmt: skip
    if rule:
        parts.append(_("quy định điều tiết: {rule}", rule=label(rule, lang)))
    if view.internal:
        parts.append(_("có cả mục nội bộ"))
    return [str(part) for part in parts]
