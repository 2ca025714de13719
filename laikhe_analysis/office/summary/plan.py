"""How much of the plan can be assessed."""

from __future__ import annotations

from laikhe_analysis.monitor.boards import Board
from laikhe_analysis.office.summary.headline import Headline, joined
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.vietnamese import sentence, words

__all__ = ["board_line"]


def board_line(found: Board, scenario: str = "") -> Headline:
    """Return how much of the plan can be assessed, what is on track, and where a scenario leads.

    Parameters
    ----------
    found : Board
    scenario : str
        Name of the scenario whose end the board shows.
    """
    numbers, items = found.count(), found.items().values()
    achieved, shown, _ = found.count_items()
    known = [line for line in found.lines if line.status != "not_assessed"]
    ahead = [line.expected.status for line in found.lines if line.expected is not None]
    parts = [
        sentence(
            "Bảng theo dõi đến {at}: đánh giá được {k}/{n} con số, thuộc {i}/{shown} mục; {good} con "
            "số đạt hoặc đúng tiến độ, {bad} chậm; {achieved} mục đã đạt",
            "The board as of {at}: {k} of {n} numbers can be assessed, in {i} of {shown} items; "
            "{good} numbers are achieved or on track, {bad} lag; {achieved} items achieved",
            at=found.as_of.words, k=len(known), n=len(found.lines), shown=shown,
            i=sum(status != "not_assessed" for status in items), achieved=achieved,
            good=numbers["achieved"] + numbers["on_track"], bad=len(found.behind()),
        ) if known else sentence(
            "Bảng theo dõi đến {at}: chưa đánh giá được con số nào trong {n} con số, thuộc {shown} mục",
            "The board as of {at}: none of {n} numbers in {shown} items can be assessed yet",
            at=found.as_of.words, n=len(found.lines), shown=shown,
        )
    ]  # fmt: skip
    if ahead:
        parts.append(
            sentence(
                ". Kịch bản {name} đưa {met}/{all} con số tính được tới đích",
                ". The {name} scenario takes {met} of {all} computable numbers to their target",
                name=words(scenario), met=ahead.count("achieved"), all=len(ahead),
            )
        )  # fmt: skip
    origins = [line.assessment.origin or "statement" for line in known]
    outlook = [line.expected.origin or "assumption" for line in found.lines if line.expected]
    return Headline(joined(parts), weakest_origin("statement", *origins, *outlook), "07_monitoring")
