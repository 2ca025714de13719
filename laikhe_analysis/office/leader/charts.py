"""Small charts: points scaled for the page's macro, with the table that stands beneath them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

__all__ = ["HEIGHT", "START", "WIDTH", "Bar", "Chart", "bar_chart", "path_chart"]

WIDTH, HEIGHT = 260, 76
_LEFT, _RIGHT, _TOP, _BOTTOM = 6, 46, 8, 13
START = 92
"""Where bars begin. [pixels]"""

_APART = 11
"""How far the labels of two ends are kept apart. [pixels]"""

Points = Mapping[float, float]


@dataclass(frozen=True)
class Bar:
    """One bar of shares of a year's plan. [fraction]

    Parameters
    ----------
    name : str
        What it is, as a reader reads it.
    share : float
    kind : {"known", "expected"}
    text : str
        The share as a reader reads it.
    """

    name: str
    share: float
    kind: str
    text: str


@dataclass(frozen=True)
class Chart:
    """What the macro draws. [pixels]

    Parameters
    ----------
    alt : str
        What a reader who cannot see it is told.
    lines : dict of str to str
        Points of each line by its meaning: "known", "ahead", "goal"; "band" is an area.
    dots : list of (x, y)
        The known points.
    labels : list of (x, y, text, meaning)
    bars : list of (y, width, meaning)
    mark : float, optional
        Where the goal of the bars stands.
    heads, rows : list
        The table beneath.
    """

    alt: str
    lines: dict[str, str] = field(default_factory=dict)
    dots: list[tuple[float, float]] = field(default_factory=list)
    labels: list[tuple[float, float, str, str]] = field(default_factory=list)
    bars: list[tuple[float, float, str]] = field(default_factory=list)
    mark: float | None = None
    heads: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def path_chart(
    known: Points,
    ahead: Points,
    goal: Points,
    band: Mapping[float, tuple[float, float]],
    *,
    alt: str,
    ends: Mapping[str, str],
) -> Chart | None:
    """Return a chart of what is known, where a scenario leads, its band, and what is asked for.

    Parameters
    ----------
    known, ahead, goal : mapping of float to float
        Values by time. [years; one unit]
    band : mapping of float to (low, high)
    alt : str
    ends : mapping of str to str
        What stands at the end of "ahead" and "goal".

    Returns
    -------
    Chart or None
        None where there is no span of time to draw.
    """
    times = sorted({*known, *ahead, *goal, *band})
    if len(times) < 2:
        return None
    values = [
        *known.values(),
        *ahead.values(),
        *goal.values(),
        *(x for b in band.values() for x in b),
    ]
    low, high = min(values), max(values)
    span = (high - low) or 1.0
    right = 10 + 6.5 * max(map(len, ends.values()), default=0)

    def place(time: float, value: float) -> tuple[float, float]:
        across = (time - times[0]) / (times[-1] - times[0])
        x = _LEFT + (WIDTH - _LEFT - right) * across
        y = HEIGHT - _BOTTOM - (HEIGHT - _BOTTOM - _TOP) * (value - low) / span
        return round(x, 1), round(y, 1)

    def line(points: Points) -> str:
        return " ".join("{},{}".format(*place(*point)) for point in sorted(points.items()))

    upper, lower = ({t: b[side] for t, b in band.items()} for side in (1, 0))
    lines = {"band": f"{line(upper)} {' '.join(reversed(line(lower).split()))}".strip(),
             "goal": line(goal), "ahead": line(ahead), "known": line(known)}  # fmt: skip
    marks = {name: place(max(points), points[max(points)])
             for name, points in (("goal", goal), ("ahead", ahead)) if points}  # fmt: skip
    labels = [(x + 5, y + 3, ends[name], name) for name, (x, y) in _parted(marks).items()]
    labels += [(place(times[0], low)[0] - 4, HEIGHT - 2, f"{times[0]:.0f}", "first"),
               (place(times[-1], low)[0], HEIGHT - 2, f"{times[-1]:.0f}", "year")]  # fmt: skip
    return Chart(alt, {k: v for k, v in lines.items() if v}, [place(*p) for p in sorted(known.items())],
                 labels)  # fmt: skip


def _parted(marks: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Return the places of labels, kept apart where they would cover one another."""
    if len(marks) < 2:
        return marks
    (above, (x1, y1)), (below, (x2, y2)) = sorted(marks.items(), key=lambda one: one[1][1])
    more = max(0.0, _APART - (y2 - y1)) / 2
    return {above: (x1, y1 - more), below: (x2, y2 + more)}


def bar_chart(bars: Sequence[Bar], goal: float, goal_text: str, *, alt: str) -> Chart | None:
    """Return bars of shares of the year's plan, with the share that the plan asks for.

    Parameters
    ----------
    bars : sequence of Bar
        At most four.
    goal : float
        [fraction]
    goal_text : str
    alt : str
    """
    if not bars:
        return None
    start, room = START, WIDTH - START - _RIGHT
    scale = room / max(goal, *(bar.share for bar in bars))
    step = (HEIGHT - _BOTTOM) / len(bars)
    drawn: list[tuple[float, float, str]] = []
    labels: list[tuple[float, float, str, str]] = []
    for place, bar in enumerate(bars):
        y, width = round(place * step + 2, 1), round(max(bar.share, 0) * scale, 1)
        drawn.append((y, width, bar.kind))
        labels.append((start - 4, y + step / 2 + 1, bar.name, "name"))
        labels.append((WIDTH - 1, y + step / 2 + 1, bar.text, "name"))
    mark = round(start + goal * scale, 1)
    labels.append((mark, HEIGHT - 2, goal_text, "mark"))
    return Chart(alt, labels=labels, bars=drawn, mark=mark)
