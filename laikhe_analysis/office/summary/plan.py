"""What the plan holds, how it agrees with itself, and how much of it can be assessed."""

from __future__ import annotations

from laikhe_analysis.checks import Text
from laikhe_analysis.data import Dataset
from laikhe_analysis.monitor.boards import Board
from laikhe_analysis.office.summary.headline import Headline, joined
from laikhe_analysis.records import SEVERITIES
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.vietnamese import sentence, words

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
