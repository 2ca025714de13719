"""Where revenue may stand, and what the readings of its clause ask for."""

from __future__ import annotations

from laikhe_analysis.checks import Text
from laikhe_analysis.data import Dataset
from laikhe_analysis.growth import growth_factor
from laikhe_analysis.outputs.summary.headline import Headline, joined, not_computable
from laikhe_analysis.outputs.summary.projections import Projections
from laikhe_analysis.scenarios import Projection
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.vietnamese import sentence, words

__all__ = ["REVENUES", "ratios_of", "revenue_line", "start_ratio_needed"]

REVENUES = ("collected_revenue", "recurrent_revenue")
"""What may stand over the assigned estimate: all revenue collected, and that without land fees."""


def ratios_of(data: Dataset, year: int) -> dict[str, float]:
    """Return the commune's revenues of a year over its assigned estimate, those that are known.

    Parameters
    ----------
    data : Dataset
    year : int

    Returns
    -------
    dict of str to float
        By the names of `REVENUES`: with and without land-use fees. [ratio]
    """
    series = data.histories()
    assigned = series.get("assigned_revenue")
    if assigned is None or year not in assigned.known().years or assigned.at(year) <= 0:
        return {}
    return {
        name: series[name].at(year) / assigned.at(year)
        for name in REVENUES
        if name in series
        and year in series[name].known().years
        and series[name].unit == assigned.unit != "index"
    }


def start_ratio_needed(projection: Projection, threshold: float) -> float | None:
    """Return the ratio of collected to assigned in the base year that keeps every year above.

    Parameters
    ----------
    projection : Projection
        With revenue and assigned revenue, as levels or indices.
    threshold : float
        Ratio to be reached in every later year, such as 1.10. [ratio]

    Returns
    -------
    float or None
        ``threshold / min over later years of (R[t] / R[0]) / (A[t] / A[0])``; None where one of
        the two is missing. [ratio]
    """
    if not {"recurrent_revenue", "assigned_revenue"} <= set(projection.paths):
        return None
    revenue, assigned = (projection.path(n) for n in ("recurrent_revenue", "assigned_revenue"))
    common = [year for year in revenue.years if year in assigned.years]
    if len(common) < 2:
        return None
    relative = revenue.select(common).array / assigned.select(common).array
    return float(threshold * relative[0] / relative[1:].min())


def revenue_line(data: Dataset, projections: Projections, scenario: str) -> Headline:
    """Return where revenue may stand, and what the two readings of its clause ask for."""
    target, projection = data.plan.role("revenue", "annual_ratio"), projections[scenario]
    page = "02_budget_revenue"
    if "recurrent_revenue" not in projection.paths:
        return not_computable(page, "recurrent_revenue", projection)
    path = projection.paths["recurrent_revenue"]
    base, last = path.years[0], path.years[-1]
    parts = [
        sentence(
            "Thu không kể tiền sử dụng đất theo kịch bản {name} năm {last} bằng {index:1} ({base} "
            "= 100)",
            "Revenue without land-use fees under the {name} scenario stands at {index:1} in {last} "
            "({base} = 100)",
            name=words(scenario), last=last, base=base,
            index=100 * path.values[-1] / path.values[0],
        )
    ]  # fmt: skip
    if target is not None and target.kind == "annual_ratio":
        ratio = target.value / 100
        parts.append(
            sentence(
                "; hiểu mục tiêu là tăng {pct:0}%/năm thì phải đạt {goal:1}",
                "; read as growth of {pct:0}% a year the target needs {goal:1}",
                pct=target.value - 100,
                goal=100 * growth_factor(ratio - 1, last - base, limit=None),
            )
        )  # fmt: skip
        needed = start_ratio_needed(projection, ratio)
        if needed is not None:
            parts.append(
                sentence(
                    "; hiểu là mỗi năm bằng {ratio:2} lần số thành phố giao thì năm {base} phải đạt từ "
                    "{needed:2} lần{was}",
                    "; read as {ratio:2} times the assigned estimate every year it needs at least "
                    "{needed:2} times in {base}{was}",
                    ratio=ratio, needed=needed, base=base, was=_known_ratio(data, base),
                )
            )  # fmt: skip
    own = data.histories().get("recurrent_revenue")
    if own is None or len(own.after_breaks().known()) < 5:
        parts.append(
            Text(
                ". Xã chưa đủ năm năm số liệu nên chưa dự báo thống kê được",
                ". Fewer than five years of the commune's own figures: no statistical forecast yet",
            )
        )
    return Headline(joined(parts), weakest_origin(*path.origins), page)


def _known_ratio(data: Dataset, year: int) -> Text:
    """Return what the ratio of a year is known to be, with and without land-use fees."""
    found = ratios_of(data, year)
    told = [
        sentence(words_of.vi, words_of.en, x=found[name])
        for name, words_of in _WITH_LAND.items()
        if name in found
    ]
    if not told:
        return Text("", "")
    both = Text(", ".join(t.vi for t in told), ", ".join(t.en for t in told))
    return sentence(" (số đã có: {both})", " (known: {both})", both=both)


_WITH_LAND = {
    "recurrent_revenue": Text(
        "{x:2} lần không kể tiền sử dụng đất", "{x:2} times without land-use fees"
    ),
    "collected_revenue": Text("{x:2} lần kể cả tiền sử dụng đất", "{x:2} times with the fees"),
}
