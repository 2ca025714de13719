"""An answer of the what-if page in words and tables."""

from __future__ import annotations

from collections.abc import Iterator

from laikhe_analysis.checks import Text
from laikhe_analysis.monitor.boards import SYMBOLS
from laikhe_analysis.office.summary import mean_rate_of
from laikhe_analysis.office.tables import goal_text
from laikhe_analysis.office.what_if.answers import Answer, Line, Sales
from laikhe_analysis.office.what_if.entries import LAND_TEXTS
from laikhe_analysis.office.what_if.figures import Figure
from laikhe_analysis.simulation import Chance
from laikhe_analysis.targets import Assessment
from laikhe_analysis.vietnamese import (
    RARE,
    as_written,
    chance_words,
    format_number,
    format_shortest,
    label,
    sentence,
    unit_label,
    words,
)

__all__ = [
    "GAP",
    "chance_text",
    "figure_cells",
    "line_cells",
    "line_heads",
    "moves",
    "sales_lines",
    "summary",
]

UNITS = {"area_ha": "ha", "price": "million VND/m2"}
GAP = "…"


def moves(answer: Answer) -> list[Text]:
    """Return what was moved and where it stood: "tốc độ tăng dịch vụ 9,0%/năm (kịch bản 8,0)"."""
    settings, found = answer.settings, []
    for name, value in settings.values.items():
        share = name == "sold" or name.startswith("share_")
        unit = UNITS.get(name, "%" if share else "%/year")
        space = "" if unit.startswith("%") else " "
        pair = zip(LAND_TEXTS.get(name, words(name)), ("vi", "en"), strict=True)
        found.append(
            Text(*(f"{what} {format_shortest(value, lang, 1)}{space}{unit_label(unit, lang)}"
                   f"{_start(answer, name).pick(lang)}" for what, lang in pair))
        )  # fmt: skip
    if settings.rule:
        found.append(words(settings.rule))
    if settings.pace:
        found.append(sentence("bán đất: {how}", "sales: {how}", how=words(settings.pace)))
    return found


def _start(answer: Answer, name: str) -> Text:
    """Return where the scenario has a number that was moved, in brackets."""
    if name not in answer.starts:
        return Text("", "")
    start = answer.starts[name]
    if name == "area_ha" and not start:
        return Text(" (kịch bản chưa nêu)", " (none in the scenario)")
    return Text(f" (kịch bản {_rounded(start, 'vi')})", f" (scenario {_rounded(start, 'en')})")


def _rounded(value: float, lang: str) -> str:
    """Return a number with at most two decimals, one at least."""
    value = round(value, 2)
    return format_number(value, 1 if round(value, 1) == value else 2, lang)


def summary(answer: Answer) -> Text:
    """Return what was moved and what comes of it, in one computed sentence."""
    told, now, parts = moves(answer), answer.now, list[Text]()
    both = Text(", ".join(t.vi for t in told), ", ".join(t.en for t in told))
    opening = sentence("Nếu {moved} thì ", "If {moved}: ", moved=both) if told else sentence(
        "Chưa đổi gì, theo kịch bản {name}: ", "Nothing is moved, the {name} scenario: ",
        name=words(answer.settings.scenario),
    )  # fmt: skip
    if "total_product" in now.paths:
        parts.append(sentence(
            "tổng giá trị sản phẩm tăng {rate:2}%/năm", "total product grows by {rate:2}% a year",
            rate=100 * mean_rate_of(now, "total_product"),
        ))  # fmt: skip
    sales = answer.sales
    if sales and sales.need and "land_retained" in now.paths:
        kept = answer.figure("land_retained:sum").now or 0.0
        parts.append(sentence(
            "xã được dùng {kept:1} tỷ đồng tiền sử dụng đất, bằng {part:1}% tổng vốn của kế hoạch, "
            "theo {rule}{risky}",
            "{kept:1} billion VND of land-use fees stay, {part:1}% of the plan's total, under "
            "{rule}{risky}",
            kept=kept, part=100 * kept / sales.need.total, rule=words(sales.rule),
            risky=_with_losses(sales),
        ))  # fmt: skip
    known = [line.now for line in answer.lines if line.now and line.now.status != "not_assessed"]
    if known:
        parts.append(sentence(
            "sẽ đạt {met}/{all} chỉ tiêu kinh tế tính được",
            "{met} of {all} computable targets would be met",
            met=sum(one.status == "achieved" for one in known), all=len(known),
        ))  # fmt: skip
    if not parts:
        parts.append(Text("chưa đủ số liệu để tính", "too little is known to compute anything"))
    vi, en = "; ".join(p.vi for p in parts), "; ".join(p.en for p in parts)
    return Text(f"{opening.vi}{vi}.", f"{opening.en}{en}.")


def _with_losses(sales: Sales) -> Text:
    """Return what stays in the middle case when losses are counted, nothing without sales."""
    if sales.risky is None:
        return Text("", "")
    return sentence(
        " (khi tính cả bỏ cọc, nộp chậm, không bán hết, chi phí: khoảng {middle:1} tỷ)",
        " (counting abandoned bids, late payment, unsold land and costs: about {middle:1} billion)",
        middle=sales.risky.p50,
    )  # fmt: skip


_STATUS = {
    "achieved": Text("sẽ đạt", "would be met"),
    "insufficient": Text("sẽ không đạt", "would not be met"),
}
"""Classes of a year that is yet to come, where the board's words would tell of what is done."""


def line_cells(line: Line) -> dict[str, str]:
    """Return the cells of one target; where there is no class its cell says why."""
    decimals = 2 if line.target.kind == "average_rate" else 1
    status = line.now.status if line.now else "not_assessed"
    told = line.reason or _STATUS.get(status) or words(status)
    return {
        "name": line.target.name.vi,
        "goal": goal_text(line.target),
        "before": _number(_value(line.before), decimals),
        "now": _number(_value(line.now), decimals),
        "status": f"{SYMBOLS[status]} {told.vi}",
        "chance": chance_text(line.chance),
    }


def _value(found: Assessment | None) -> float | None:
    """Return what a target reaches as it is written, rates in per cents; None where it is unknown."""
    if found is None or found.value is None:
        return None
    return as_written(found.value, found.target.unit)


def chance_text(chance: Chance) -> str:
    """Return a probability with its standard error in points, a gap where there is none.

    Examples
    --------
    >>> chance_text(Chance(0.35, 0.005, 8192)), chance_text(Chance(0.0, 0.0, 8192))
    ('35,0% ± 0,5', 'dưới 0,1%')
    """
    if chance.value is None or chance.standard_error is None:
        return GAP
    if not RARE <= chance.value <= 1 - RARE:
        return chance_words(chance.value).vi
    p, error = 100 * chance.value, 100 * chance.standard_error
    places = 1 if error >= 0.05 else 2
    return f"{format_number(p, places)}% ± {format_number(error, places)}"


def line_heads(answer: Answer) -> dict[str, str]:
    """Return the headings of the targets."""
    return {
        "name": "Chỉ tiêu kinh tế, đất đai",
        "goal": "Mục tiêu",
        "before": f"Kịch bản {label(answer.settings.scenario)}",
        "now": "Đang thử",
        "status": "Xếp loại",
        "chance": "Khả năng đạt",
    }


def figure_cells(figure: Figure) -> dict[str, str]:
    """Return the cells of one number beside the targets."""
    return {
        "name": f"{figure.text.vi}, {unit_label(figure.unit)}",
        "before": _number(figure.before, figure.decimals),
        "now": _number(figure.now, figure.decimals),
    }


def _number(value: float | None, decimals: int) -> str:
    """Return a number, a gap where there is none."""
    return GAP if value is None else format_number(value, decimals)


def sales_lines(answer: Answer) -> Iterator[tuple[str, Text]]:
    """Return what the plan's total asks of land under the rule tried, by name."""
    sales = answer.sales
    if sales is None or sales.need is None:
        return
    need, years = sales.need, f"{sales.land.years[0]}-{sales.land.years[-1]}"
    if need.left_gross_per_year is None:
        yield "need", sentence("Theo {rule} thì không diện tích nào là đủ.",
                               "Under {rule} no area is enough.", rule=words(sales.rule))  # fmt: skip
        return
    share = 100 * need.total / (need.gross or need.total)
    yield "need", sentence(
        "Để có {total:3} tỷ đồng theo {rule} (xã được dùng {share:0}%) phải thu {gross:1} tỷ trong "
        "{years}",
        "For {total:3} billion VND under {rule} ({share:0}% for the commune), {gross:1} billion "
        "must come in {years}",
        total=need.total, rule=words(sales.rule), share=share, years=years,
        gross=need.left_gross_per_year * len(need.left_years),
    )  # fmt: skip
    if sales.need_ha is not None:
        yield "need_ha", sentence(
            "Với giá {price:1} triệu đồng/m², bán được {sold:0}%, theo quy định đó: cần đem đấu giá "
            "{area:2} ha đất ở",
            "At {price:1} million VND per m², {sold:0}% sold, under that rule: {area:2} ha of plots "
            "are needed",
            price=sales.land.price, sold=sales.land.sold, area=sales.need_ha,
        )  # fmt: skip
    bare = sales.bare
    if (
        bare is not None
        and sales.need_ha is not None
        and abs(bare.area_ha / sales.need_ha - 1) > 5e-3
    ):
        yield "bare", sentence(
            "Trang 05 và trang đầu nêu {area:2} ha vì là phép chia theo {rule}, giá {price:3} triệu "
            "đồng/m², bán hết",
            "Page 05 and the index tell {area:2} ha, for they divide under {rule} at {price:3} "
            "million VND per m², all sold",
            area=bare.area_ha, rule=words(bare.rule), price=bare.price,
        )  # fmt: skip
    if sales.risky is not None:
        yield "risky", sentence(
            "Tính cả bỏ cọc, nộp chậm, chi phí như giả định thì xã được dùng khoảng {low:1} đến "
            "{high:1} tỷ (8 phần 10 trường hợp), mức giữa {middle:1} tỷ",
            "Counting abandoned bids, late payment and costs the commune keeps {low:1} to {high:1} "
            "billion (8 cases in 10), {middle:1} in the middle",
            low=sales.risky.p10, high=sales.risky.p90, middle=sales.risky.p50,
        )  # fmt: skip
