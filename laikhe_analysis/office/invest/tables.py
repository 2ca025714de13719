"""Tables of the investment study: what the plan and the rules say, and the verdicts.

Every table of a study that rests on examples says so in its caption.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from laikhe_analysis.checks import Text
from laikhe_analysis.investment.requirements import requirement
from laikhe_analysis.land.sharing import change_rule
from laikhe_analysis.office.invest.view import STREAM, View, shown_for
from laikhe_analysis.office.tables import Table, table
from laikhe_analysis.records import ShareLine
from laikhe_analysis.vietnamese import chance_words, format_number, format_percent, label, words

__all__ = [
    "answer_table",
    "change_table",
    "lines_table",
    "readings_table",
    "rules_table",
    "share_of_draws",
    "shown",
    "statement_table",
    "streams_table",
    "under",
    "verdicts_table",
]


def shown(
    view: View,
    rows: Iterable[Mapping[str, Any]],
    columns: Mapping[str, Text],
    *,
    decimals: int | Mapping[str, int] = 3,
    caption: Text | None = None,
    lang: str = "vi",
    right: Sequence[str] = (),
) -> Table:
    """Return a table that is marked where the study rests on examples.

    Columns of numbers that are written already, such as `share_of_draws`, are named in `right`.
    """
    title = "" if caption is None else caption.pick(lang)
    if view.is_example:
        made_up = Text("số giả lập, không phải đất thật", "invented figures, no real land")
        title = view.mark(title or made_up.pick(lang), lang)
    heads = {name: text.pick(lang) for name, text in columns.items()}
    made = table(rows, heads, decimals=decimals, caption=title, lang=lang)
    return replace(made, numeric=made.numeric | {list(heads).index(name) for name in right})


def share_of_draws(p: float, lang: str = "vi") -> str:
    """Return a probability from draws as a per cent without its sign, never 0 or 100.

    Examples
    --------
    >>> share_of_draws(0.0762), share_of_draws(0.0), share_of_draws(1.0)
    ('7,6', 'dưới 0,1', 'trên 99,9')
    """
    return chance_words(p).pick(lang).removesuffix("%")


def under(view: View, vi: str, en: str) -> Text:
    """Return a caption with the leading rule in it."""
    rule = words(view.rule)
    return Text(f"{vi}, theo quy định “{rule.vi}”", f"{en}, under “{rule.en}”")


@shown_for
def answer_table(view: View, rows: Iterable[Mapping[str, Text]], lang: str = "vi") -> Table:
    """Return the answer as questions that anybody asks; see `invest_text.answer_rows`."""
    heads = {"question": Text("Câu hỏi", "Question"), "answer": Text("Trả lời", "Answer")}
    return shown(
        view, [{k: text.pick(lang) for k, text in row.items()} for row in rows], heads, lang=lang
    )


@shown_for
def statement_table(view: View) -> Table:
    """Return what the clause says, and the division."""
    need, target, data = view.need, view.data.plan.role("investment_land"), view.data
    assert target is not None
    assert need.parts is not None
    source = data.cited.get(target.source_id)
    kept = need.parts.city_kept + need.parts.central + need.parts.unassigned + need.parts.costs

    def money(value: float | None) -> str:
        return f"{format_number(value or 0.0, 3)} tỷ đồng"

    rows = {
        "Mục của kế hoạch": f"{target.clause}: {target.name.vi}",
        "Con số": f"{money(need.total)}, {label(target.kind)}, {need.years[0]}-{need.years[-1]}",
        "Cơ sở giá": label(target.price_basis),
        "Nguồn": source.title if source else target.source_id,
        "Cách hiểu đang dùng": target.definition or "…",
        "Quy định đang xét": label(need.rule),
        "Phép chia": f"{format_number(need.total, 3)} : {format_percent(need.share, 0)} = "
        f"{money(need.gross)}",
        "Mỗi năm": money(need.gross_per_year),
        f"Mỗi năm từ {need.left_years[0]}": money(need.left_gross_per_year),
        "Phần của xã": money(need.parts.commune),
        "Phần của thành phố trả lại": money(need.parts.city_returned),
        "Không về xã": money(kept),
    }
    heads = {"what": Text("Nội dung", "What"), "value": Text("Giá trị", "Value")}
    return shown(view, [{"what": k, "value": v} for k, v in rows.items()], heads)


@shown_for
def lines_table(view: View) -> Table:
    """Return the shares of every rule studied: years, status and source; equal years together."""
    rows = []
    for rule in view.rules:
        lines = [line for line in rule.lines if line.stream == STREAM]
        for _, group in groupby(lines, _shares):
            rows.append({"name": label(rule.rule)} | _line(view, list(group)))
    return shown(view, rows, {"name": Text("Quy định", "Rule")} | _LINE, decimals=0)


@shown_for
def streams_table(view: View) -> Table:
    """Return what is adopted or proposed of other streams of land-use fees."""
    found = {
        line.stream: {"name": label(line.stream)} | _line(view, [line])
        for rule in reversed(view.data.rules.values())
        for line in rule.lines
        if line.stream != STREAM and line.status in ("adopted", "proposal")
    }
    heads = {"name": Text("Nguồn thu khác", "Other stream")} | _LINE
    return shown(view, found.values(), heads, decimals=0)


_LINE = {
    "years": Text("Năm", "Years"),
    "central": Text("Trung ương, %", "Centre, %"),
    "city": Text("Thành phố, %", "City, %"),
    "returned": Text("trong đó trả lại, %", "returned, %"),
    "commune": Text("Xã, %", "Commune, %"),
    "unassigned": Text("Chưa ghi cho ai, %", "Unassigned, %"),
    "cost": Text("Trừ trước, %", "Costs first, %"),
    "status": Text("Tình trạng", "Status"),
    "source": Text("Nguồn", "Source"),
}


def _shares(line: ShareLine) -> tuple[float, ...]:
    return (line.central, line.city, line.city_returned, line.commune, line.unassigned,
            line.cost_deducted_first)  # fmt: skip


def _line(view: View, lines: Sequence[ShareLine]) -> dict[str, Any]:
    """Return one row for lines of equal shares, the status of each where they differ."""
    status = {line.status: f"{line.year_from}: {label(line.status)}" for line in reversed(lines)}
    source = view.data.cited.get(lines[0].source_id)
    names = ("central", "city", "returned", "commune", "unassigned", "cost")
    values = dict(zip(names, (100 * share for share in _shares(lines[0])), strict=True))
    many = "; từ ".join(reversed(status.values()))
    return values | {
        "years": "-".join(dict.fromkeys((str(lines[0].year_from), str(lines[-1].year_to)))),
        "status": label(lines[0].status) if len(status) == 1 else many,
        "source": source.title if source else lines[0].source_id,
    }


@shown_for
def rules_table(view: View, lang: str = "vi") -> Table:
    """Return the rules side by side, the leading one first: shares and fees.

    How long the commune's own part takes is told for one pace, that of the leading rule: with each
    rule's own pace the rule that asks for most would seem the fastest.
    """
    pace = view.need.gross_per_year
    rows = [
        {
            "rule": label(need.rule, lang),
            "share": 100 * need.share,
            "gross": need.gross,
            "year": need.gross_per_year,
            "left": need.left_gross_per_year,
            "commune": need.parts and need.parts.commune,
            "city": need.parts and need.parts.city_returned,
            "own": need.total / (need.own_share * pace) if pace and need.own_share else None,
        }
        for need in view.study.needs
    ]
    n, first = len(view.need.years), view.need.left_years[0]
    each = [format_number(pace or 0.0, 3, k) for k in ("vi", "en")]
    heads = {
        "rule": Text("Quy định", "Rule"),
        "share": Text("Xã được dùng, %", "Retained, %"),
        "gross": Text("Phải thu, tỷ", "To collect, bn"),
        "year": Text(f"Mỗi năm ({n} năm)", f"A year ({n} years)"),
        "left": Text(f"Mỗi năm từ {first}", f"A year from {first}"),
        "commune": Text("Phần của xã, tỷ", "Commune's part, bn"),
        "city": Text("Thành phố trả lại, tỷ", "City returns, bn"),
        "own": Text(
            f"Chỉ có phần của xã, mỗi năm thu {each[0]} tỷ: mất mấy năm",
            f"Years with the own part alone, {each[1]} bn a year",
        ),
    }
    places = dict.fromkeys(("gross", "year", "left", "commune", "city"), 3)
    return shown(view, rows, heads, decimals=places | {"own": 1}, lang=lang)


@shown_for
def verdicts_table(view: View, lang: str = "vi") -> Table:
    """Return the verdict under each rule: land, probability and what it would take."""
    study = view.study
    chances = {o.rule: share_of_draws(o.probability, lang) for o in study.judged.outcomes}
    areas = {row["rule"]: row["area_ha"] for row in study.land if row["price"] == view.price}
    rows = [
        {
            "rule": label(one.rule, lang),
            "area": None if areas[one.rule] is None else areas[one.rule] / view.sold,
            "chance": chances.get(one.rule),
            **{f"from_{level}": area for level, area in one.areas_ha.items()},
            "verdict": label(one.name, lang),
        }
        for one in study.verdicts
    ]
    price, offered = (
        tuple(format_number(x, d, k) for k in ("vi", "en"))
        for x, d in ((view.price, 3), (study.verdicts[0].offered_ha or 0.0, 2))
    )
    levels = {
        f"from_{level}": Text(f"Đất đem đấu giá để chắc {10 * level:.0f} phần 10, ha",
                              f"Land for {10 * level:.0f} in 10, ha")
        for level in study.verdicts[0].areas_ha
    }  # fmt: skip
    heads = {
        "rule": Text("Quy định", "Rule"),
        "area": Text(
            f"Phép chia: đất bán ở giá {price[0]}, ha", f"Division: land at {price[1]}, ha"
        ),
        "chance": Text(f"Khả năng đạt với {offered[0]} ha, %", f"Chance with {offered[1]} ha, %"),
        **levels,
        "verdict": Text("Kết luận", "Verdict"),
    }
    return shown(view, rows, heads, right=["chance"], decimals=dict.fromkeys(levels, 1) | {"area": 2},
                 lang=lang)  # fmt: skip


@shown_for
def change_table(view: View) -> Table:
    """Return what the leading rule needs if another one takes its place in the years left."""
    lead, first = view.rules[0], view.need.left_years[0]
    rows = []
    for other in view.rules:
        rule = other if other == lead else change_rule(lead, other, first)
        need = requirement(view.need.total, rule, years=view.need.years, stream=STREAM,
                           left_from=first, received=view.received)  # fmt: skip
        rows.append({"rule": label(other.rule), "share": 100 * need.share, "gross": need.gross,
                     "left": need.left_gross_per_year})  # fmt: skip
    heads = {
        "rule": Text(f"Quy định từ năm {first}", f"Rule from {first}"),
        "share": Text("Xã được dùng bình quân, %", "Retained on average, %"),
        "gross": Text("Phải thu nếu bán đều, tỷ", "To collect if sold evenly, bn"),
        "left": Text(f"Mỗi năm từ {first} nếu trước đó chưa có gì", f"A year from {first}"),
    }
    caption = None
    if first > view.need.years[0]:
        caption = under(view, f"Đến hết năm {first - 1}", f"Up to {first - 1}")
    return shown(view, rows, heads, decimals={"share": 1, "gross": 3, "left": 3}, caption=caption)


@shown_for
def readings_table(view: View) -> Table:
    """Return the rival readings of the plan's words; always by the plan's own rule."""
    rows = [
        {"text": one["text"].vi, "gross": one["gross"], "retained": one["retained"],
         "cost": 100 * one["cost"], "rule": label(one.get("rule", view.plan_rule.rule))}
        for one in view.readings
    ]  # fmt: skip
    heads = {
        "text": Text("Cách đọc", "Reading"),
        "gross": Text("Tổng thu, tỷ", "Gross, bn"),
        "retained": Text("Được hưởng, tỷ", "Retained, bn"),
        "cost": Text("Trừ trước, %", "Costs first, %"),
        "rule": Text("Tỷ lệ gốc", "Shares behind it"),
    }
    return shown(view, rows, heads, decimals={"gross": 3, "retained": 3})
