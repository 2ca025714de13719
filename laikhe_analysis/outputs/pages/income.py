"""Income per capita: what the plan asks for and the record beside it, for a notebook.

A part that cannot be computed is a `Text` with the reason, in the place of its table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from laikhe_analysis.checks import Text
from laikhe_analysis.data import Dataset
from laikhe_analysis.growth import annual_rate, compound, growth_factor, nominal_rate, real_rate
from laikhe_analysis.outputs.pages.revenue import Projections
from laikhe_analysis.outputs.summary import mean_inflation, mean_rate_of
from laikhe_analysis.outputs.tables import Table, table
from laikhe_analysis.plots import Line
from laikhe_analysis.series import chain
from laikhe_analysis.vietnamese import (
    evidence,
    format_number,
    format_shortest,
    label,
    sentence,
    words,
)

__all__ = [
    "MONTHLY",
    "NO_LEVEL",
    "Income",
    "assumed_text",
    "goal_text",
    "income_of",
    "meaning_table",
    "record_rows",
    "record_table",
    "record_text",
    "start_text",
]

EXAMPLE_INFLATION = 0.035
"""Inflation of the worked example in the description of the methods. [fraction per year]"""

MONTHLY = "income_per_capita_month"
"""Series of income by the survey of living standards. [thousand VND/month]"""

_PLACES = ("province", "old_city", "city", "district", "country")
_NO_GOAL = Text(
    "Chưa quy được mục tiêu ra tiền, vì kế hoạch không nêu tốc độ tăng thu nhập bình quân đầu người.",
    "The target cannot be put into money: the plan states no growth rate of income per capita.",
)
NO_LEVEL = Text(
    "Chưa tính được bằng tiền, vì xã chưa có số thu nhập bình quân đầu người của năm xuất phát.",
    "Nothing in money: the commune has no income per capita of the base year yet.",
)
_NO_RECORD = Text(
    "Chưa nói được nơi khác đã tăng bao nhiêu, vì dữ liệu không có chuỗi thu nhập nơi khác cùng chỉ số "
    "giá của cả nước.",
    "The record elsewhere cannot be told: series of income and the country's prices are missing.",
)


@dataclass(frozen=True)
class Income:
    """What a plan asks of income per capita, and where the commune starts.

    Parameters
    ----------
    clause : str
    rate : float or None
        Real growth asked for; None where the plan states none. [fraction per year]
    level, low, high : float or None
        Income of the base year and its range. [million VND/person/year]
    origin, status : str
        Of the level.
    base, last : int
        First and last year. [year]
    """

    clause: str
    rate: float | None
    level: float | None
    low: float | None
    high: float | None
    origin: str
    base: int
    last: int
    status: str = "final"

    @property
    def years(self) -> int:
        """Length of the period. [years]"""
        return self.last - self.base

    def line(self, lang: str = "vi") -> Line | None:
        """Return the path that the plan asks for at base-year prices; None where unknown."""
        if self.rate is None or self.level is None:
            return None
        years = range(self.base, self.last + 1)
        pct = format_number(100 * self.rate, 0, lang)
        name = Text(f"tăng thực {pct}%/năm", f"real growth of {pct}% a year").pick(lang)
        return Line(name, years, [compound(self.level, self.rate, y - self.base) for y in years],
                    "target")  # fmt: skip


def income_of(data: Dataset) -> Income:
    """Return what the plan asks of income, and the level that it starts from."""
    target, commune = data.plan.role("income", "average_rate"), data.commune
    rated = target if target is not None and target.kind == "average_rate" else None
    level = data.baseline().levels.get("income_per_capita")
    rows = [o for o in data.results() if o.series_id == "income_per_capita" and level is not None
            and o.value == level.value and o.year <= commune.base_year]  # fmt: skip
    low, high = (rows[-1].low, rows[-1].high) if rows else (None, None)
    return Income(
        rated.clause if rated else "", rated.value if rated else None,
        level.value if level else None, low, high, level.origin if level else "",
        commune.base_year, commune.target_year, rows[-1].status if rows else "final",
    )  # fmt: skip


def goal_text(income: Income) -> Text:
    """Return what the clause asks for, or why nothing can be said of it."""
    if income.rate is None:
        return _NO_GOAL
    return sentence(
        "Mục {c}: thu nhập thực tế tăng bình quân {p:0%}/năm, {a}-{b}.",
        "Clause {c}: real income grows by {p:0%} a year on average, {a}-{b}.",
        c=income.clause, p=income.rate, a=income.base, b=income.last,
    )  # fmt: skip


def meaning_table(income: Income, projections: Projections, lang: str = "vi") -> Table | Text:
    """Return the target in nominal terms, by assumed inflation; money only where a level is known."""
    if income.rate is None:
        return _NO_GOAL
    example = Text("{p}% (ví dụ trong tài liệu phương pháp)", "{p}% (the methods' example)")
    pct = format_number(100 * EXAMPLE_INFLATION, 1, lang)
    of = Text("kịch bản", "scenario").pick(lang)
    cases = {example.pick(lang).format(p=pct): EXAMPLE_INFLATION} | {
        f"{of} {label(k, lang)}": mean_inflation(p)
        for k, p in projections.items() if "price_index" in p.paths
    }  # fmt: skip
    rows = []
    for name, prices in cases.items():
        rate = nominal_rate(income.rate, prices)
        money = None if income.level is None else compound(income.level, rate, income.years)
        level = income.level
        rival = None if level is None else compound(level, income.rate, income.years)
        rows.append({"inflation": name, "rate": 100 * prices, "nominal": 100 * rate,
                     "factor": growth_factor(rate, income.years), "money": money,
                     "real": 100 * real_rate(income.rate, prices), "rival": rival})  # fmt: skip
    real, n, y = format_number(100 * income.rate, 0, lang), income.years, income.last
    columns = {
        "inflation": Text("Tăng giá", "Inflation"), "rate": Text("Giá tăng, %/năm", "Prices, %/year"),
        "nominal": Text(f"{real}% thực là danh nghĩa, %/năm", f"{real}% real is nominal, %/year"),
        "factor": Text(f"Gấp mấy lần sau {n} năm", f"Times after {n} years"),
        "money": Text(f"Mức danh nghĩa năm {y}, triệu đồng", f"Nominal in {y}, million VND"),
        "real": Text(f"Nếu {real}% là danh nghĩa thì tăng thực, %/năm",
                     f"If {real}% is nominal, real %/year"),
        "rival": Text(f"và mức danh nghĩa năm {y}, triệu đồng", f"and nominal in {y}, million VND"),
    }  # fmt: skip
    decimals = {"rate": 2, "nominal": 2, "factor": 3, "money": 1, "real": 2, "rival": 1}
    return table(rows, {k: v.pick(lang) for k, v in columns.items()}, decimals=decimals, lang=lang)


def start_text(income: Income) -> Text:
    """Return the level of the base year and what the target makes of it, with their ranges."""
    if income.level is None:
        return NO_LEVEL
    ends = [x for x in (income.low, income.high) if x is not None]
    range_of = sentence(", khoảng {a}-{b}", ", range {a}-{b}", a=_typed(ends[0]), b=_typed(ends[1])
                        ) if len(ends) == 2 else ""  # fmt: skip
    rests = Text(*(evidence(income.origin, income.status, lang) for lang in ("vi", "en")))
    first = sentence(
        "Mức năm {y} dùng ở đây là {x} triệu đồng/người/năm ({o}{r}).",
        "The level of {y} used here is {x} million VND per head and year ({o}{r}).",
        y=income.base, x=_typed(income.level), o=rests, r=range_of,
    )  # fmt: skip
    if income.rate is None:
        return first
    factor = float(growth_factor(income.rate, income.years))
    grown = sentence(" (khoảng {a:1}-{b:1})", " (range {a:1}-{b:1})", a=ends[0] * factor,
                     b=ends[1] * factor) if len(ends) == 2 else ""  # fmt: skip
    return sentence(
        "{first} Tăng thực {p:0}%/năm là gấp {f:3} lần, tức **{m:1} triệu theo giá năm {y}**{r}.",
        "{first} Real growth of {p:0}% a year is {f:3} times, **{m:1} million at {y} prices**{r}.",
        first=first, p=100 * income.rate, f=factor, m=income.level * factor, y=income.base, r=grown,
    )  # fmt: skip


def _typed(value: float) -> Text:
    """Return a level with as many decimals as were typed, at most three."""
    return Text(*(format_shortest(value, lang) for lang in ("vi", "en")))


def record_rows(data: Dataset) -> list[dict[str, Any]]:
    """Return nominal and real growth of income of the yardsticks, over two periods each.

    From the first year that all of them have, and from the last survey in the first half of that
    period, to each one's last year; deflated by the country's consumer prices. [%/year]
    """
    facts, near = data.facts(), data.commune.yardsticks
    inflation = facts.get(f"{near.get('country', '')}/cpi_inflation")
    if inflation is None:
        return []
    prices, real = chain(inflation), {}
    for place in dict.fromkeys(near[key] for key in _PLACES if key in near):
        income = facts.get(f"{place}/{MONTHLY}")
        known = None if income is None else income.select(prices.years)
        if known is not None and len(known) >= 2 and known.price_basis == "current":
            real[place] = (known, known.deflate(prices, prices.years[-1]))
    start = max((known.years[0] for known, _ in real.values()), default=0)
    rows = []
    for place, (nominal, deflated) in real.items():
        end = nominal.years[-1]
        middle = [y for y in nominal.years if start <= y <= (start + end) / 2]
        for first in dict.fromkeys((*middle[:1], *middle[-1:])):
            past = {k: 100 * annual_rate(s.at(first), s.at(end), end - first)
                    for k, s in (("nominal", nominal), ("real", deflated)) if end > first}  # fmt: skip
            rows.append(
                {"place": place, "period": f"{first}-{end}", "origin": deflated.origin} | past
            )
    return [row for row in rows if "real" in row]


def record_table(rows: Sequence[Mapping[str, Any]], lang: str = "vi") -> Table | Text:
    """Return `record_rows` as a table, or why there is no record."""
    if not rows:
        return _NO_RECORD
    columns = {
        "place": Text("Nơi", "Place"), "period": Text("Giai đoạn", "Period"),
        "nominal": Text("Danh nghĩa, %/năm", "Nominal, %/year"),
        "real": Text("Thực, %/năm", "Real, %/year"), "origin": Text("Căn cứ", "Origin"),
    }  # fmt: skip
    shown = [dict(row) | {"origin": label(row["origin"], lang)} for row in rows]
    return table(shown, {k: v.pick(lang) for k, v in columns.items()}, lang=lang)


def record_text(rows: Sequence[Mapping[str, Any]], income: Income) -> Text | None:
    """Return the fastest of the record, and how many times as fast the target is."""
    if not rows:
        return None
    best = max(rows, key=lambda row: row["real"])
    text = sentence(
        "Nhanh nhất trong bảng là {place} giai đoạn {period}: {rate:1}%/năm.",
        "The fastest is {place} in {period}: {rate:1}% a year.",
        place=best["place"], period=best["period"], rate=best["real"],
    )  # fmt: skip
    if income.rate is None or best["real"] <= 0:
        return text
    return sentence(
        "{text} Mục tiêu {goal:0}%/năm gấp {times:1} lần.",
        "{text} The target of {goal:0}% a year is {times:1} times that.",
        text=text, goal=100 * income.rate, times=100 * income.rate / best["real"],
    )  # fmt: skip


def assumed_text(rows: Sequence[Mapping[str, Any]], projections: Projections) -> Text | None:
    """Return where the real growth that each scenario assumes stands among the record, a line each.

    Rates are compared with the one decimal that the table shows; None without record or scenario.
    """
    record, real = [round(row["real"], 1) for row in rows], "income_per_capita_real"
    lines = []
    for name, projection in projections.items() if record else ():
        if real in projection.paths:
            rate = round(100 * mean_rate_of(projection, real), 1)
            lines.append(sentence(
                "- Kịch bản {name}: thu nhập thực tăng {rate:1}%/năm, {place}.",
                "Scenario {name}: real growth of {rate:1}% a year, {place}.",
                name=words(name), rate=rate, place=_place_in(record, rate),
            ))  # fmt: skip
    return Text("\n".join(x.vi for x in lines), " ".join(x.en for x in lines)) if lines else None


def _place_in(record: Sequence[float], rate: float) -> Text:
    """Return in words where a rate stands among those of the record."""
    if rate > max(record):
        return Text("cao hơn mọi giai đoạn trong bảng", "above every period of the table")
    if rate == max(record):
        return Text("bằng mức cao nhất trong bảng: một giả định lạc quan",
                    "the highest of the table: an optimistic assumption")  # fmt: skip
    if rate < min(record):
        return Text("thấp hơn mọi giai đoạn trong bảng", "below every period of the table")
    return sentence(
        "cao hơn {k} trong {n} giai đoạn của bảng", "above {k} of the table's {n} periods",
        k=sum(x < rate for x in record), n=len(record),
    )  # fmt: skip
