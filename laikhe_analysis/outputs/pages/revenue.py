"""Budget revenue: what the plan asks for and what can be said of it, for a notebook.

A part that cannot be computed is a `Text` with the reason, in the place of its table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from laikhe_analysis.checks import Text
from laikhe_analysis.data import Dataset
from laikhe_analysis.forecast import forecast
from laikhe_analysis.growth import compound
from laikhe_analysis.outputs.summary import Headline, mean_rate_of, start_ratio_needed
from laikhe_analysis.outputs.tables import Table, table
from laikhe_analysis.plots import Line
from laikhe_analysis.records import Plan
from laikhe_analysis.scenarios import Projection
from laikhe_analysis.series import AnnualSeries
from laikhe_analysis.vietnamese import as_written, format_number, label, sentence, words

if TYPE_CHECKING:
    from IPython.display import Markdown

__all__ = [
    "LEAST_YEARS",
    "Projections",
    "RevenueGoal",
    "answer",
    "no_scenario",
    "outlook_text",
    "ratio_table",
    "reading_text",
    "revenue_goal",
    "revenue_series",
    "said",
    "series_table",
    "series_text",
    "yardstick_table",
]

Projections = Mapping[str, Projection]

LEAST_YEARS = 5
"""Years of figures below which revenue is not forecast. [years]"""

_NO_GOAL = Text(
    "Chưa nói được kế hoạch đòi hỏi gì ở số thu, vì kế hoạch không nêu mục tiêu thu ngân sách bằng "
    "tỷ lệ so với số giao hay bằng tốc độ tăng.",
    "What the plan asks of revenue cannot be said: it states neither a ratio to the assigned "
    "estimate nor a growth rate.",
)
_NO_RATIO = Text(
    "Chưa tính được tỷ lệ năm xuất phát, vì kế hoạch không nêu mục tiêu bằng tỷ lệ so với số giao.",
    "The ratio of the base year cannot be computed: the plan states no ratio to the assigned "
    "estimate.",
)


@dataclass(frozen=True)
class RevenueGoal:
    """What a plan asks of revenue.

    Parameters
    ----------
    clause : str
    ratio : float or None
        Collected over assigned, each year and on average; None where the plan states growth.
    growth : float or None
        Average growth of collected revenue, the second reading of a ratio above 1.
        [fraction per year]
    base, last : int
        First and last year. [year]
    """

    clause: str
    ratio: float | None
    growth: float | None
    base: int
    last: int

    def line(self, lang: str = "vi") -> Line | None:
        """Return the path of the growth reading, base year = 100; None without one. [index]"""
        if self.growth is None:
            return None
        years = range(self.base, self.last + 1)
        pct = format_number(100 * self.growth, 0, lang)
        name = Text(f"tăng {pct}%/năm", f"growth of {pct}% a year")
        if self.ratio is not None:
            name = Text(f"cách đọc (b): {name.vi}", f"reading (b): {name.en}")
        values = [compound(100.0, self.growth, y - self.base, limit=None) for y in years]
        return Line(name.pick(lang), years, values, "target")


def revenue_goal(plan: Plan) -> RevenueGoal | None:
    """Return what the plan asks of revenue; None without a ratio or a growth rate."""
    target = plan.role("revenue", "annual_ratio", "average_rate")
    ratio = growth = None
    if target is not None and target.kind == "annual_ratio":
        ratio = target.value / 100
        growth = ratio - 1 if ratio > 1 else None
    elif target is not None and target.kind == "average_rate":
        growth = target.rate
    if target is None or (ratio is None and growth is None):
        return None
    return RevenueGoal(target.clause, ratio, growth, target.base_year, target.target_year)


def said(found: Table | Text | None) -> Table | Markdown | None:
    """Return a table as it is, and a text as a cell shows it: Vietnamese, English in italics."""
    from IPython.display import Markdown

    return Markdown(f"{found.vi}\n\n*{found.en}*") if isinstance(found, Text) else found


def no_scenario(name: str) -> Text:
    """Return the reason where the folder has no scenario of that name."""
    return sentence("Chưa tính được, vì dữ liệu không có kịch bản tên “{name}”.",
                    "Not computable: the data have no scenario named “{name}”.", name=name)  # fmt: skip


def answer(
    line: Callable[[Dataset, Projections, str], Headline],
    data: Dataset, projections: Projections, scenario: str,
) -> Text:  # fmt: skip
    """Return the answer of a page with its weakest origin, from a `*_line` of `summary`."""
    if scenario not in projections:
        return no_scenario(scenario)
    found = line(data, projections, scenario)
    return Text(
        f"**Trả lời.** {found.text.vi} *(căn cứ yếu nhất: {label(found.origin)})*", found.text.en
    )


def reading_text(goal: RevenueGoal | None) -> Text:
    """Return how the clause on revenue can be read."""
    if goal is None:
        return _NO_GOAL
    growth = 100 * (goal.growth or 0)
    if goal.ratio is None:
        return sentence(
            "Mục {c}: thu trên địa bàn tăng bình quân từ {g:0}%/năm, {a}-{b}.",
            "Clause {c}: collected revenue grows by {g:0}% a year or more on average, {a}-{b}.",
            c=goal.clause, g=growth, a=goal.base, b=goal.last,
        )  # fmt: skip
    first = sentence(
        "Mục {c} có cách đọc **(a), mặc định:** thu được / số giao ≥ {r:2}, từng năm và bình quân; số "
        "giao được ấn định hằng năm, nên có thể đạt khi thu giảm và không đạt khi thu tăng",
        "Clause {c}, reading (a), the default: collected over assigned at least {r:2}, each year and "
        "on average; it can be met with falling revenue and missed with rising",
        c=goal.clause, r=goal.ratio,
    )  # fmt: skip
    if goal.growth is None:
        return Text(f"{first.vi}.", f"{first.en}.")
    return sentence(
        "{first}; và cách đọc **(b):** thu trên địa bàn tăng bình quân từ {g:0}%/năm.",
        "{first}; reading (b): collected revenue grows by at least {g:0}% a year.",
        first=first, g=growth,
    )  # fmt: skip


def revenue_series(data: Dataset) -> dict[str, AnnualSeries]:
    """Return all public series of budget revenue and the commune's own, the longest first."""
    own = data.histories()
    found = {
        k: s for k, s in data.facts().items() if "/budget_revenue" in k or k.endswith("/land_revenue")
    } | {
        f"{data.commune.name}/{k}": own[k]
        for k in ("recurrent_revenue", "collected_revenue")
        if k in own
    }  # fmt: skip
    return dict(sorted(sorted(found.items()), key=lambda item: -len(item[1])))


def series_table(found: Mapping[str, AnnualSeries], lang: str = "vi") -> Table | Text:
    """Return how long each series of two years or more is, or why there is nothing to list."""
    if not found:
        return Text(
            "Chưa so được độ dài các chuỗi thu, vì dữ liệu chưa có chuỗi thu nào, của xã hay nơi khác.",
            "No lengths to compare: the data hold no series of revenue, of the commune or elsewhere.",
        )
    rows = [
        {"place": name.split("/")[0], "series": label(name.split("/")[1], lang), "n": len(s),
         "years": f"{s.years[0]}-{s.years[-1]}"}
        for name, s in found.items() if len(s) > 1
    ]  # fmt: skip
    columns = {"place": Text("Nơi", "Place"), "series": Text("Chuỗi", "Series"),
               "n": Text("Số năm có số", "Years known"), "years": Text("Từ - đến", "From - to"),
               }  # fmt: skip
    return table(rows, {k: v.pick(lang) for k, v in columns.items()}, decimals=0, lang=lang)


def series_text(found: Mapping[str, AnnualSeries]) -> Text | None:
    """Return which series is the longest, when it ended, and how many have one year only.

    None where there is no series.
    """
    if not found:
        return None
    name, longest = next(iter(found.items()))
    place, series = name.split("/")
    return sentence(
        "Chuỗi dài nhất là {series} của {place}: {n} năm, {a}-{b}. Ngoài bảng còn {k} chuỗi mới có số "
        "của một năm.",
        "The longest series is {series} of {place}: {n} years, {a}-{b}. {k} more series have one year.",
        series=words(series), place=place, n=len(longest), a=longest.years[0], b=longest.years[-1],
        k=sum(len(s) == 1 for s in found.values()),
    )  # fmt: skip


def outlook_text(data: Dataset) -> Text:
    """Return the forecast of the commune's revenue, or why there is none yet."""
    own, last = data.histories().get("recurrent_revenue"), data.commune.target_year
    known = 0 if own is None else len(own.after_breaks().known())
    if own is None or known < LEAST_YEARS:
        return sentence(
            "Xã có {n} năm số liệu thu không kể tiền sử dụng đất; cần ít nhất {least} năm để dự báo.",
            "The commune has {n} years of revenue without land-use fees; a forecast needs {least}.",
            n=known, least=LEAST_YEARS,
        )  # fmt: skip
    end = own.known().last[0]
    if end >= last:
        return sentence("Không còn gì để dự báo, vì đã có số liệu đến năm {y}.",
                        "Nothing is left to forecast: figures reach {y}.", y=end)  # fmt: skip
    # what the correction learned is not of budgets: on two collections of them it made errors larger
    future = forecast(own, last - end, method="adaptive")
    return Text(future.explain("vi"), future.explain("en"))


def yardstick_table(data: Dataset, lang: str = "vi") -> Table | Text:
    """Return what the city plans for its domestic revenue without land, or why it is not known."""
    place = data.commune.yardsticks.get("city", "")
    rows = [
        {"year": r.year, "value": as_written(r.value, r.unit), "status": label(r.status, lang),
         "origin": label(r.origin, lang), "note": r.note}
        for r in data.figures(place, "budget_revenue_domestic_less_land_growth")
    ]  # fmt: skip
    if not rows:
        return Text(
            "Chưa có thước đo, vì dữ liệu không có tốc độ tăng thu nội địa mà tỉnh, thành phố dự kiến.",
            "No yardstick: the data do not have the growth of domestic revenue that the city plans.",
        )
    columns = {"year": Text("Năm", "Year"), "value": Text("Tăng, %", "Growth, %"),
               "status": Text("Loại số", "Status"), "origin": Text("Căn cứ", "Origin"),
               "note": Text("Ghi chú", "Note")}  # fmt: skip
    return table(rows, {k: v.pick(lang) for k, v in columns.items()}, decimals=2, lang=lang,
                 caption=place)  # fmt: skip


def ratio_table(
    projections: Projections, goal: RevenueGoal | None, lang: str = "vi"
) -> Table | Text:
    """Return the ratio of the base year that keeps every year at the goal, by scenario."""
    if goal is None or goal.ratio is None:
        return _NO_RATIO if goal else _NO_GOAL
    both = {"recurrent_revenue", "assigned_revenue"}
    known = {k: p for k, p in projections.items() if both <= set(p.paths)}
    if not known:
        return Text(
            "Chưa tính được tỷ lệ năm xuất phát, vì không kịch bản nào có đủ số thu và số giao.",
            "The ratio of the base year cannot be computed: no scenario has both revenues.",
        )
    rows = []
    for name, p in known.items():
        grown, given = (mean_rate_of(p, v) for v in ("recurrent_revenue", "assigned_revenue"))
        faster = (1 + grown) / (1 + given) - 1
        ratio = compound(1.0, faster, p.years[-1] - p.years[0], limit=None)
        rows.append({"name": words(name).pick(lang), "growth": 100 * grown, "assigned": 100 * given,
                     "ratio": ratio, "needed": start_ratio_needed(p, goal.ratio)})  # fmt: skip
    a, b = goal.base, goal.last
    columns = {
        "name": Text("Kịch bản", "Scenario"),
        "growth": Text("Thu (không kể tiền sử dụng đất) tăng bình quân, %/năm",
                       "Revenue without land-use fees grows, %/year"),
        "assigned": Text("Số giao tăng bình quân, %/năm", "Assigned grows, %/year"),
        "ratio": Text(f"Tỷ lệ năm {b} nếu năm {a} là 1", f"Ratio in {b} if {a} is 1"),
        "needed": Text(f"Tỷ lệ năm {a} cần có để năm nào cũng đạt", f"Ratio needed in {a}"),
    }  # fmt: skip
    return table(rows, {k: v.pick(lang) for k, v in columns.items()}, lang=lang,
                 decimals={"growth": 2, "assigned": 2, "ratio": 3, "needed": 3})  # fmt: skip
