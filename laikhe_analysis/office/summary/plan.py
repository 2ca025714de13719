"""What the plan holds, how it agrees with itself, and how much of it can be assessed."""

from __future__ import annotations

from laikhe_analysis.checks import Text
from laikhe_analysis.data import Dataset
from laikhe_analysis.findings.board import standing
from laikhe_analysis.monitor.boards import Board
from laikhe_analysis.office.summary.headline import Headline, headline_of
from laikhe_analysis.records import SEVERITIES
from laikhe_analysis.vietnamese import sentence

__all__ = ["agreement_line", "board_line", "register_line"]


def register_line(data: Dataset) -> Headline:
    """Return how many numbers the plan holds and how many are known."""
    series = data.histories()
    if not data.plan.targets:
        none = Text("Danh mục chỉ tiêu còn trống: chưa ghi con số nào của kế hoạch.",
                    "The register is empty: no number of the plan is in it yet.")  # fmt: skip
        return Headline(none, "statement", "01_targets_and_data")
    text = sentence(
        "Kế hoạch có {total} con số phải đạt, thuộc {items} mục được đếm khi báo cáo; xã mới có số "
        "liệu đo trực tiếp cho {known}.",
        "The plan holds {total} numbers to be reached, in {items} counted items; the commune has "
        "direct figures for {known} of them.",
        total=len(data.plan.targets),
        items=len(data.plan.items),
        known=sum(
            t.target_id in series and series[t.target_id].origin in ("official", "press", "derived")
            for t in data.plan.targets
        ),
    )
    return Headline(text, "official", "01_targets_and_data")


def board_line(found: Board, scenario: str = "") -> Headline:
    """Return how many numbers are on track, which are in danger, and where a scenario leads."""
    return headline_of(standing(found, scenario))


def agreement_line(found: Board) -> Headline:
    """Return how many things about the plan have to be settled, the weightiest named."""
    counts = {s: sum(one.severity == s for one in found.findings) for s in SEVERITIES}
    first = [sentence(" Trước hết: {t}", " First: {t}", t=one.text) for one in found.findings[:1]]
    text = sentence(
        "Đối chiếu các chỉ tiêu với nhau: {conflict} điểm mâu thuẫn, {question} câu hỏi cần làm rõ, "
        "{note} ghi chú.{first}",
        "The targets held against one another: {conflict} conflicts, {question} questions to settle, "
        "{note} notes.{first}",
        first=first[0] if first else "",
        **counts,
    )
    return Headline(text, "statement", "01_targets_and_data")
