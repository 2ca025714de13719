"""Total product and its sectors: what the plan states, in tables for a notebook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from laikhe_analysis.checks import Text
from laikhe_analysis.consistency import FeasibleShares, feasible_shares, implied_total_rate
from laikhe_analysis.data import Dataset
from laikhe_analysis.forecast import forecast
from laikhe_analysis.growth import annual_rate, growth_factor
from laikhe_analysis.monitor.boards import Line
from laikhe_analysis.outputs.summary import plan_rates
from laikhe_analysis.outputs.tables import Table, table
from laikhe_analysis.records import Plan
from laikhe_analysis.series import AnnualSeries, chain
from laikhe_analysis.vietnamese import format_number, format_percent, label, sentence

__all__ = [
    "Cases",
    "Growth",
    "case_table",
    "contribution_table",
    "growth_series",
    "rate_table",
    "reading_table",
    "record_text",
    "stated_growth",
    "yardstick_table",
    "yardstick_text",
]

Cases = Mapping[str, Sequence[float]]


@dataclass(frozen=True)
class Growth:
    """What a plan says of the growth of total product and its sectors.

    Parameters
    ----------
    sectors : tuple of str
    rates : tuple of float
        One per sector. [fraction per year]
    total : float
        [fraction per year]
    tolerance : float
        How far the total may be off, for "about". [fraction per year]
    base, last : int
        First and last year. [year]
    """

    sectors: tuple[str, ...]
    rates: tuple[float, ...]
    total: float
    tolerance: float
    base: int
    last: int

    @property
    def years(self) -> int:
        """Length of the period. [years]"""
        return self.last - self.base

    @property
    def slow(self) -> int:
        """Position of the slowest sector."""
        return min(range(len(self.rates)), key=self.rates.__getitem__)

    def shares(self, reading: str = "geometric", tolerance: float = 0.0) -> FeasibleShares:
        """Return the shares with which rates and total agree."""
        return feasible_shares(
            self.rates, self.total, self.years, reading=reading, tolerance=tolerance
        )

    def implied(self, shares: Sequence[float]) -> float:
        """Return the total's growth with these shares. [fraction per year]"""
        return implied_total_rate(shares, self.rates, self.years)


def stated_growth(plan: Plan) -> Growth | None:
    """Return the growth that a plan states; None without a total or with fewer than two sectors."""
    sectors, rates, total = plan_rates(plan)
    target = plan.role("total_product", "average_rate")
    if total is None or target is None or len(sectors) < 2:
        return None
    base, last = target.base_year, target.target_year
    return Growth(sectors, rates, total, target.tolerance, base, last)


def rate_table(growth: Growth, lang: str = "vi") -> Table:
    """Return the rates, and how many times each sector and the total grow over the period."""
    pairs = zip((*growth.sectors, "total"), (*growth.rates, growth.total), strict=True)
    rows = [
        {"sector": label(name, lang), "rate": 100 * r, "factor": growth_factor(r, growth.years)}
        for name, r in pairs
    ]
    columns = {
        "sector": Text("Ngành", "Sector").pick(lang),
        "rate": Text("Tăng, %/năm", "Growth, %/year").pick(lang),
        "factor": Text(
            f"Gấp bao nhiêu lần sau {growth.years} năm", f"Times after {growth.years} years"
        ).pick(lang),
    }
    return table(rows, columns, decimals={"rate": 1, "factor": 4}, lang=lang)


def reading_table(growth: Growth, lang: str = "vi") -> Table:
    """Return the range of each sector's share that makes the rates agree, by reading."""
    about = growth.tolerance
    rows = [_reading(growth, name, 0.0, lang) for name in _READINGS]
    if about > 0:
        rows.insert(1, _reading(growth, "geometric", about, lang))
    columns = {"reading": Text("Cách đọc mức chung", "Reading of the total").pick(lang)}
    words = Text("Tỷ trọng", "Share of").pick(lang)
    return table(rows, columns | {s: f"{words} {label(s, lang)}" for s in growth.sectors})


_READINGS = {
    "geometric": Text("bình quân nhân {p}% (mặc định)", "geometric mean {p}% (default)"),
    "arithmetic": Text("bình quân cộng {p}%", "arithmetic mean {p}%"),
    "first_year": Text("riêng năm đầu {p}%", "{p}% in the first year"),
    "every_year": Text("đúng {p}% từng năm", "exactly {p}% every year"),
}
_ABOUT = Text("khoảng {p}% ({a}-{b}%)", "about {p}% ({a}-{b}%)")


def _reading(growth: Growth, reading: str, about: float, lang: str) -> dict[str, str]:
    """Return one row of the readings."""
    found = growth.shares(reading, about)
    p, a, b = (format_number(100 * x, 1, lang).removesuffix(",0").removesuffix(".0")
               for x in (growth.total, growth.total - about, growth.total + about))  # fmt: skip
    words = _ABOUT if about else _READINGS[reading]
    none = Text("không có", "none").pick(lang)
    return {"reading": words.pick(lang).format(p=p, a=a, b=b)} | {
        name: none if found.is_empty else f"{format_percent(found.lower[i], 2, lang)} - "
        f"{format_percent(found.upper[i], 2, lang)}"
        for i, name in enumerate(growth.sectors)
    }  # fmt: skip


def case_table(growth: Growth, cases: Cases, lang: str = "vi") -> Table:
    """Return the growth of the total that the plan's rates give with published structures."""
    rows: list[dict[str, Any]] = [
        {"case": name, "total": 100 * growth.implied(shares)}
        | {s: 100 * share for s, share in zip(growth.sectors, shares, strict=True)}
        for name, shares in cases.items()
    ]
    columns = {"case": Text("Cơ cấu", "Structure").pick(lang)}
    columns |= {s: f"{label(s, lang)}, %" for s in growth.sectors}
    columns["total"] = Text("Tổng tăng, %/năm", "Total, %/year").pick(lang)
    return table(rows, columns, decimals=2, lang=lang)


def contribution_table(growth: Growth, cases: Cases, lang: str = "vi") -> Table:
    """Return what each sector contributes to the growth of the whole period, by structure."""
    gains = growth_factor(np.array(growth.rates), growth.years) - 1
    rows = []
    for name, shares in cases.items():
        parts = 100 * np.array(shares) * gains
        cells = dict(zip(growth.sectors, map(float, parts), strict=True))
        rows.append({"case": name, "total": float(parts.sum())} | cells)
    words = Text("đóng góp, điểm %", "contributes, points").pick(lang)
    columns = {"case": Text("Cơ cấu", "Structure").pick(lang)}
    columns |= {s: f"{label(s, lang)} {words}" for s in growth.sectors}
    columns["total"] = Text(
        f"Tổng tăng {growth.years} năm, %", f"Total over {growth.years} years, %"
    ).pick(lang)
    return table(rows, columns, decimals=2, lang=lang)


def growth_series(data: Dataset) -> dict[str, AnnualSeries]:
    """Return the growth of product of the yardsticks that have ten years or more. [fraction per year]"""
    facts, found = data.facts(), {}
    for place in dict.fromkeys(data.commune.yardsticks.values()):
        rates = facts.get(f"{place}/grdp_growth") or facts.get(f"{place}/gdp_growth")
        years = rates.years if rates is not None else ()
        if rates is not None and len(years) >= 10 and len(years) == years[-1] - years[0] + 1:
            found[place] = rates
    return found


def yardstick_table(series: Mapping[str, AnnualSeries], until: int, lang: str = "vi") -> Table:
    """Return the growth of the last five years elsewhere, and its forecast up to a year.

    The rates are chained to an index before anything is forecast; no target takes part.
    """
    headings = {
        "place": Text("Nơi", "Place"), "known": Text("Số liệu", "Figures"),
        "past": Text("5 năm qua, %/năm", "Last 5 years, %/year"),
        "lo_80": Text(f"Dự báo đến {until}: thấp (80%)", f"Forecast to {until}: low (80%)"),
        "point": Text("giữa", "middle"), "hi_80": Text("cao (80%)", "high (80%)"),
    }  # fmt: skip
    rows = _yardsticks(series, until)
    return table(rows, {k: v.pick(lang) for k, v in headings.items()}, decimals=2, lang=lang)


def yardstick_text(series: Mapping[str, AnnualSeries], until: int) -> Text | None:
    """Return what it means that a forecast's middle is below the recent past; None where none is.

    The method lets growth die down and never sees a target: where a place has grown steadily, the
    middle is a low yardstick.
    """
    low = [row for row in _yardsticks(series, until) if row["point"] < row["past"]]
    if not low:
        return None
    told = [
        sentence("{place} {past:2} còn {point:2}%/năm", "{place} from {past:2} to {point:2}% a year",
                 place=row["place"], past=row["past"], point=row["point"])
        for row in low
    ]  # fmt: skip
    return sentence(
        "Dự báo giữa thấp hơn năm năm qua ở {n}/{all} nơi ({told}). Đó không phải dấu hiệu kinh tế sẽ "
        "chậm lại: phép dự báo cố ý cho đà tăng giảm dần, và thực tế của những nơi tăng đều thường nằm ở "
        "nửa trên của khoảng. Đây là **mức đối chiếu thấp**, không phải điều nên trông đợi.",
        "The middle is below the last five years in {n} of {all} places ({told}). No sign of a "
        "slowdown: the method lets growth die down on purpose, and steady growers tend to come out in "
        "the upper half of the band. It is a low yardstick, not an expectation.",
        n=len(low), all=len(series),
        told=Text("; ".join(t.vi for t in told), "; ".join(t.en for t in told)),
    )  # fmt: skip


def _yardsticks(series: Mapping[str, AnnualSeries], until: int) -> list[dict[str, Any]]:
    """Return growth of the last five years and its forecast, a row a place. [%/year]"""
    rows: list[dict[str, Any]] = []
    for place, rates in series.items():
        index = chain(rates)
        first, value = index.last
        ahead = forecast(index, until - first).table.set_index("year").loc[until].to_dict()
        rows.append(
            {"place": place, "known": f"{rates.years[0]}-{first}",
             "past": 100 * annual_rate(index.values[-6], value, 5)}
            | {
                end: 100 * annual_rate(value, ahead[end], until - first)
                for end in ("lo_80", "point", "hi_80")
            }
        )  # fmt: skip
    return rows


def record_text(
    data: Dataset, growth: Growth, windows: Mapping[str, Sequence[Line]]
) -> Text | None:
    """Return how often so fast a growth was seen: the world's record, and each yardstick's best.

    Parameters
    ----------
    data : Dataset
    growth : Growth
    windows : mapping of str to sequence of Line
        From `histories.best_windows`.
    """
    percent = 100 * growth.total
    world = data.commune.yardsticks.get("world", "")
    told = [
        sentence("{world}: {share:1}% số giai đoạn năm năm đạt bình quân từ {p:0}%/năm",
                 "{world}: {share:1}% of the five-year windows average {p:0}% a year or more",
                 world=world, share=row.value, p=percent)
        for row in data.figures(world, f"growth_windows_from_{percent:.0f}pct")
    ] + [
        sentence("{place}: cao nhất {rate:1%}/năm ({a}-{b})", "{place}: at best {rate:1%} ({a}-{b})",
                 place=place, rate=lines[-1].assessment.value or 0.0,
                 a=lines[-1].target.base_year + 1, b=lines[-1].target.target_year)
        for place, lines in windows.items()
    ]  # fmt: skip
    both = Text("; ".join(t.vi for t in told) + ".", "; ".join(t.en for t in told) + ".")
    return both if told else None
