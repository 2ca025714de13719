"""The numbers that a what-if answer shows beside the targets, before and now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from laikhe_analysis.checks import Text
from laikhe_analysis.data import Dataset
from laikhe_analysis.office.summary import mean_rate_of, start_ratio_needed
from laikhe_analysis.scenarios import Projection
from laikhe_analysis.vietnamese import sentence

__all__ = ["Figure", "figures_of"]


@dataclass(frozen=True)
class Figure:
    """One number beside the targets, before and after. None where it cannot be computed."""

    key: str
    text: Text
    unit: str
    decimals: int
    before: float | None
    now: float | None


def figures_of(data: Dataset, before: Projection, now: Projection) -> Iterator[Figure]:
    """Return the numbers beside the targets; those that neither projection has are absent."""
    last, base = now.years[-1], now.years[0]
    for key, (text, decimals) in _SHOWN.items():
        name, _, measure_of = key.partition(":")
        values = [_value(one, name, measure_of) for one in (before, now)]
        if values != [None, None]:
            path = now.paths.get(name) or before.paths[name]
            unit = "%/year" if measure_of == "rate" else path.unit
            words = (side.format(base=base, last=last) for side in text)
            yield Figure(key, Text(*words), unit, decimals, *values)
    goal = data.plan.role("revenue", "annual_ratio")
    if goal is not None and goal.kind == "annual_ratio":
        needed = [start_ratio_needed(one, goal.value / 100) for one in (before, now)]
        text = sentence(
            "Thu so với số giao năm {base} cần có để năm nào cũng đạt {goal:0}%",
            "Collected over assigned needed in {base} for {goal:0}% every year",
            base=base, goal=goal.value,
        )  # fmt: skip
        if needed != [None, None]:
            yield Figure("start_ratio", text, "ratio", 3, *needed)


_SHOWN = {
    "total_product": (Text("Tổng giá trị sản phẩm năm {last}, giá so sánh",
                           "Total product in {last}, constant prices"), 1),
    "total_product_nominal": (Text("Tổng giá trị sản phẩm năm {last}, giá hiện hành",
                                   "Total product in {last}, current prices"), 1),
    "recurrent_revenue": (Text("Thu không kể tiền sử dụng đất năm {last}",
                               "Revenue without land-use fees in {last}"), 1),
    "recurrent_revenue:rate": (Text("Thu không kể tiền sử dụng đất, tăng bình quân",
                                    "Revenue without land-use fees, mean growth"), 2),
    "income_per_capita_real": (Text("Thu nhập bình quân năm {last}, theo giá {base}",
                                    "Income per head in {last}, at {base} prices"), 1),
    "income_per_capita": (Text("Thu nhập bình quân năm {last}, giá hiện hành",
                               "Income per head in {last}, current prices"), 1),
    "land_revenue:sum": (Text("Tiền sử dụng đất thu được đến {last}",
                              "Land-use fees collected up to {last}"), 1),
    "land_retained:sum": (Text("Trong đó xã được dùng", "of which the commune has to spend"), 1),
}  # fmt: skip


def _value(projection: Projection, name: str, how: str) -> float | None:
    """Return a projected number: its last value, its mean growth, or its sum after the base year."""
    if name not in projection.paths:
        return None
    path = projection.path(name)
    if how == "rate":
        return 100 * mean_rate_of(projection, name)
    if how == "sum":
        pairs = zip(path.years, path.values, strict=True)
        return sum(value for year, value in pairs if year > projection.years[0])
    return path.values[-1]
