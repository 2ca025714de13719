"""A board of targets: its lines, what they count up to, and what a leader should know of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from laikhe_analysis.language.wordings.board import SYMBOLS, milestone_text, pace_text
from laikhe_analysis.messages import Text, _, joined
from laikhe_analysis.monitor.measures import AsOf
from laikhe_analysis.monitor.so_far import SoFar
from laikhe_analysis.records import Finding, Plan, Target, Task
from laikhe_analysis.series import AnnualSeries, weakest_origin
from laikhe_analysis.targets import Assessment
from laikhe_analysis.targets.progress import PROGRESS
from laikhe_analysis.vietnamese import LABELS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["BEHIND", "ECONOMIC", "SYMBOLS", "Board", "Line", "Milestone"]

ECONOMIC = ("economy", "investment")
"""Groups of economic and land targets; the others are administrative, and nearly certain."""

BEHIND = ("moderate", "insufficient", "away")
"""Classes of targets that are off track."""

_WEAKEST = ("away", "insufficient", "moderate", "not_assessed", "on_track", "achieved")


_NEWEST = (
    "latest_value", "latest_unit", "latest_year", "latest_period", "latest_status",
    "full_year_estimate", "year_verdict", "this_year_pct", "of_goal_pct", "same_period_change_pct",
)  # fmt: skip
"""What a line tells of the newest period; per cents are named so."""


@dataclass(frozen=True)
class Milestone:
    """What a target asks for next: a level of a year, or a mean growth of the years that are left.

    Parameters
    ----------
    year : int
        The year, the last one of a span.
    value : float
        On the safe side: whole where things are counted, few decimals else. [unit of the target]
    since : int, optional
        The first year of the span over which `value` is the mean growth. [`value` fraction per year]
    """

    year: int
    value: float
    since: int | None = None


@dataclass(frozen=True)
class Line:
    """One target on the board.

    Parameters
    ----------
    target : Target
    assessment : Assessment
        Latest value, what its year asked for, gap, class, pace needed, why not.
    age : int, optional
        How old the latest value is. [years]
    next_milestone : Milestone, optional
        What the next year asks for.
    tasks : tuple of Task
        The plan's tasks that serve the target.
    expected : Assessment, optional
        Where a scenario leads in the target year, else the commune's own figures.
    newest : SoFar, optional
        The newest result with the same period, the year's plan and estimate.
    known : AnnualSeries, optional
        What measures it in the years that are over. [unit of the target, or levels]
    is_own_forecast : bool
        Whether `expected` is a forecast of the commune's own figures, for want of a scenario.
    """

    target: Target
    assessment: Assessment
    age: int | None
    next_milestone: Milestone | None
    tasks: tuple[Task, ...]
    expected: Assessment | None = None
    newest: SoFar | None = None
    known: AnnualSeries | None = None
    is_own_forecast: bool = False

    @property
    def status(self) -> str:
        """The class."""
        return self.assessment.status

    @property
    def is_economic(self) -> bool:
        """Whether it is an economic or land target."""
        return self.target.group in ECONOMIC

    def as_dict(self) -> dict[str, Any]:
        """Return the line as plain values, texts in both languages."""
        target, found, blank = self.target, self.assessment, Text("")
        reason, step = found.reason or blank, milestone_text(self)
        return {
            "target_id": target.target_id, "item": target.item, "clause": target.clause,
            "group": target.group, "is_economic": self.is_economic, "access": target.access,
            "name_vi": target.name.vi, "name_en": target.name.en, "unit": target.unit,
            "kind": target.kind, "direction": target.direction, "goal": target.weaker_end,
            "target_year": target.target_year, "year": found.year, "value": found.value,
            "age": self.age, "required": found.required, "gap": found.gap, "status": self.status,
            "method": found.method, "ratio": found.ratio, "pace": found.pace,
            "needed": found.needed, "pace_unit": found.pace_unit, "projected": found.projected,
            "hold": found.hold, "origin": found.origin, "owner": target.owner,
            "next_vi": step.pick("vi"), "next_en": step.pick("en"),
            "reason_vi": reason.vi, "reason_en": reason.en,
            "expected": self.expected.value if self.expected else None,
            "expected_status": self.expected.status if self.expected else None,
            "tasks": ";".join(task.clause for task in self.tasks),
        } | self._newest()  # fmt: skip

    @property
    def required_from_now(self) -> float | None:
        """The yearly growth that the goal asks for from now on. [fraction per year]"""
        found = self.assessment
        return found.needed if found.pace_unit == "fraction/year" else None

    def _newest(self) -> dict[str, Any]:
        """Return what the newest period says, as plain values; per cents named so."""
        first = {"first_assessment": self.assessment.is_first}
        last = {"required_from_now": self.required_from_now}
        new = self.newest
        if new is None:
            return first | dict.fromkeys(_NEWEST) | last
        shares = (new.of_plan, new.of_goal, new.change)
        told = (
            new.value, new.unit, new.year, new.period, new.status, new.estimate, new.verdict,
            *(None if share is None else round(100 * share, 1) for share in shares),
        )  # fmt: skip
        return first | dict(zip(_NEWEST, told, strict=True)) | last


@dataclass(frozen=True)
class Board:
    """All targets at a date, in the plan's order.

    Parameters
    ----------
    plan : Plan
    as_of : AsOf
    lines : tuple of Line
        Internal targets only where they were asked for.
    findings : tuple of Finding
        What in the plan has to be settled.
    """

    plan: Plan
    as_of: AsOf
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The lines as plain values, for a table, CSV or JSON."""
        return [line.as_dict() for line in self.lines]

    def table(self) -> pd.DataFrame:
        """Return the rows as a table."""
        import pandas as pd

        return pd.DataFrame(self.rows)

    def groups(self) -> dict[str, tuple[Line, ...]]:
        """Return the lines by part of the plan."""
        names = dict.fromkeys(line.target.group for line in self.lines)
        return {name: tuple(x for x in self.lines if x.target.group == name) for name in names}

    def items(self) -> dict[str, str]:
        """Return the class of each item that reports count: that of its weakest number."""
        found: dict[str, str] = {}
        for line in self.lines:
            if line.target.item:
                known = found.get(line.target.item, "achieved")
                found[line.target.item] = min(known, line.status, key=_WEAKEST.index)
        return found

    def count(self, *, economic: bool | None = None) -> dict[str, int]:
        """Return how many numbers are of each class, all or one of the two sorts."""
        chosen = [x.status for x in self.lines if economic in (None, x.is_economic)]
        counted = Counter(chosen)
        return {status: counted[status] for status in PROGRESS}

    def count_items(self) -> tuple[int, int, int]:
        """Return how many items are achieved, how many are shown, and how many are left out."""
        items = self.items()
        achieved = sum(status == "achieved" for status in items.values())
        return achieved, len(items), len(self.plan.items) - len(items)

    def behind(self) -> tuple[Line, ...]:
        """Return the lines that are off track, the weakest first."""
        lines = [line for line in self.lines if line.status in BEHIND]
        return tuple(sorted(lines, key=lambda line: _WEAKEST.index(line.status)))

    def without_task(self) -> tuple[Target, ...]:
        """Return the targets that no task of the plan serves."""
        return tuple(line.target for line in self.lines if not line.tasks)

    def without_number(self) -> tuple[Task, ...]:
        """Return the tasks that no number of the plan measures."""
        known = {target.target_id for target in self.plan.targets}
        return tuple(task for task in self.plan.tasks if not known & set(task.target_ids))

    def summary(self) -> Text:
        """Return what a leader reads in a minute: computed, both languages."""
        parts = [_counts(self), _sorts(self), _worst(self), _follow_up(self), _evidence(self)]
        given = [part for part in parts if part is not None]
        return joined(given, " ")


def _counts(board: Board) -> Text:
    """Return how many items and numbers stand where."""
    achieved, items, left_out = board.count_items()
    numbers = board.count()
    assessed = {name: n for name, n in numbers.items() if n and name != "not_assessed"}
    told = [_("{n} {status}", n=n, status=LABELS[name]) for name, n in assessed.items()]
    return _(
        "Đến {at}: đạt {a}/{n} mục{hidden}; {k}/{m} con số đủ căn cứ đánh giá{listed}.",
        at=board.as_of.words,
        a=achieved,
        n=items,
        k=sum(assessed.values()),
        m=len(board.lines),
        listed=_(": {listed}", listed=joined(told, ", ")) if told else "",
        hidden=_(" (không kể {left_out} mục nội bộ)", left_out=left_out) if left_out else "",
    )


def _sorts(board: Board) -> Text | None:
    """Return administrative and economic targets apart, None while nothing can be assessed."""
    if all(line.status == "not_assessed" for line in board.lines):
        return None
    good = [
        sum(board.count(economic=sort)[name] for name in ("achieved", "on_track"))
        for sort in (False, True)
    ]
    every = [sum(board.count(economic=sort).values()) for sort in (False, True)]
    return _(
        "Đạt hoặc đúng tiến độ: hành chính, xã hội {a}/{b}; kinh tế, đất đai {c}/{d}.",
        a=good[0],
        b=every[0],
        c=good[1],
        d=every[1],
    )


def _worst(board: Board) -> Text | None:
    """Return the targets that are furthest off track, with the pace that they need."""
    lines = board.behind()[:3]
    told = [_told(line) for line in lines]
    return _("Cần chú ý nhất: {told}.", told=joined(told)) if told else None


def _told(line: Line) -> Text:
    """Return one line in words: clause, name, class, pace needed and pace so far."""
    found = line.assessment
    pace = "" if found.needed is None or found.pace is None else _(", từ nay cần {needed}, đến nay {pace}",
        needed=pace_text(line, needed=True), pace=pace_text(line),
    )  # fmt: skip
    return _(
        "{clause} {name} ({status}{pace})",
        clause=line.target.clause, name=line.target.name, status=LABELS[line.status], pace=pace,
    )  # fmt: skip


def _follow_up(board: Board) -> Text | None:
    """Return what has no task, no number, and what is open; None when there is nothing."""
    severities = Counter(finding.severity for finding in board.findings)
    counted = [
        _("{n} chỉ tiêu chưa có nhiệm vụ", n=len(board.without_task())),
        _("{n} nhiệm vụ không có số đo", n=len(board.without_number())),
        _("{n} mâu thuẫn cần thống nhất", n=severities["conflict"]),
        _("{n} câu hỏi của kế hoạch cần làm rõ", n=severities["question"]),
    ]
    told = [one for one in counted if one.values["n"]]
    return _("{told}.", told=joined(told)) if told else None


def _evidence(board: Board) -> Text | None:
    """Return the weakest origin of what was assessed."""
    origins = [x.assessment.origin for x in board.lines if x.status != "not_assessed"]
    known = [origin for origin in origins if origin is not None]
    if not known:
        return None
    weakest = LABELS[weakest_origin(*known)]
    return _("Căn cứ yếu nhất: {weakest}.", weakest=weakest)
