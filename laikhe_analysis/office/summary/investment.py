"""What the investment total needs under each sharing rule, and the study of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from laikhe_analysis.checks import Text, check_choice
from laikhe_analysis.data import Dataset
from laikhe_analysis.investment.yardsticks import Yardstick
from laikhe_analysis.land import required_area, required_gross, retained_share
from laikhe_analysis.land.sharing import covers
from laikhe_analysis.office.invest.land_market import stated_market
from laikhe_analysis.office.summary.headline import Headline
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.vietnamese import chance_words, sentence, words

if TYPE_CHECKING:
    from laikhe_analysis.investment import Study

__all__ = [
    "Division",
    "auction_prices",
    "bare_division",
    "gross_by_rule",
    "investment_lines",
    "investment_study",
    "middle_price",
]


def auction_prices(data: Dataset) -> dict[str, float]:
    """Return the auction starting prices seen near the commune. [million VND per m2]"""
    rows = [
        row
        for row in data.published
        if row.series_id.startswith("auction_price_start") and row.confidence != "low"
    ]
    return {
        f"{row.entity} {row.year}" + (f" ({row.note})" if row.note else ""): row.value
        for row in sorted(rows, key=lambda row: row.value)
    }


def gross_by_rule(data: Dataset, stream: str = "commune_run") -> dict[str, float]:
    """Return the land-use fees that the investment total needs under each rule. [billion VND]

    Rules that say nothing of the stream in the first year, or let nothing come back, are left out.
    """
    target, year = data.plan.role("investment_land"), data.commune.base_year + 1
    found = {}
    for name, rule in data.rules.items():
        share = retained_share(rule, stream, year) if covers(rule, stream, [year]) else 0.0
        if target is not None and share > 0:
            found[name] = float(required_gross(target.value, share))
    return found


@dataclass(frozen=True)
class Division:
    """The bare division behind a total: all offered is sold, paid in time, without costs.

    Parameters
    ----------
    rule : str
        The rule of the division.
    gross : float
        Fees to be collected. [billion VND]
    price : float
        The middle one of the starting prices seen, 10 where none is. [million VND per m2]
    area_ha : float
        Plots that bring these fees. [ha]
    """

    rule: str
    gross: float
    price: float
    area_ha: float


def middle_price(data: Dataset) -> float:
    """Return the middle one of the starting prices seen, 10 where none is. [million VND per m2]"""
    seen = sorted(set(auction_prices(data).values())) or [10.0]
    return seen[(len(seen) - 1) // 2]


def bare_division(data: Dataset) -> Division | None:
    """Return the division of the plan's total by the first rule, None where there is none."""
    gross = gross_by_rule(data)
    if not gross:
        return None
    rule, price = next(iter(gross)), middle_price(data)
    return Division(rule, gross[rule], price, required_area(gross[rule], price) / 10_000)


def _chance(data: Dataset, division: Division) -> Text:
    """Return the chance that land gives under the market stated, as page 05 has it."""
    area = None if data.inventory else division.area_ha
    study = investment_study(data, rules=[division.rule], area_ha=area)
    found = study.verdicts[0] if study else None
    if found is None or found.probability is None or found.offered_ha is None:
        return Text("", "")
    return sentence(
        " Với thị trường {assumed}, đem đấu giá {area:2} ha thì khả năng đủ là {p}.",
        " In the market {assumed}, with {area:2} ha offered the chance is {p}.",
        area=found.offered_ha, p=chance_words(found.probability),
        assumed=Text("của danh mục đất", "of the inventory")
        if data.inventory else Text("giả định ở trang 05", "that page 05 assumes"),
    )  # fmt: skip


def investment_lines(data: Dataset) -> list[Headline]:
    """Return what the investment total needs, rule by rule, and what is still open."""
    target, page, gross = (
        data.plan.role("investment_land"),
        "05_investment_feasibility",
        gross_by_rule(data),
    )
    division = bare_division(data)
    if target is None or division is None:
        return []
    first, years = division.rule, data.commune.target_year - data.commune.base_year
    rests = weakest_origin("statement", *(line.origin for line in data.rules[first].lines
                                          if line.stream == "commune_run"))  # fmt: skip
    least, most = min(gross, key=gross.__getitem__), max(gross, key=gross.__getitem__)
    lines = [
        (sentence(
            "{total:3} tỷ đồng theo {rule} cần tổng thu tiền sử dụng đất {gross:3} tỷ, bình quân "
            "{yearly:3} tỷ mỗi năm.",
            "{total:3} billion VND under {rule} needs {gross:3} billion of land-use fees, "
            "{yearly:3} billion a year.",
            total=target.value, rule=words(first), gross=gross[first], yearly=gross[first] / years,
        ), rests),
        (sentence(
            "Quy định điều tiết quyết định: cần từ {low:0} tỷ ({least}) đến {high:0} tỷ ({most}). Ở "
            "giá {price:3} triệu đồng/m² (mức giữa của các giá khởi điểm đã thấy), {rule} cần {area:2} ha "
            "đất ở: chỉ là phép chia, coi như bán hết, thu đủ, kịp kỳ, không trừ chi phí.{chance}",
            "The sharing rule decides: from {low:0} billion ({least}) to {high:0} billion ({most}). "
            "At {price:3} million VND per m² (the middle one of the starting prices seen), {rule} "
            "needs {area:2} ha of plots: a bare division, with everything sold, paid, in time and "
            "without costs.{chance}",
            low=gross[least], least=words(least), high=gross[most], most=words(most),
            price=division.price, rule=words(first), area=division.area_ha,
            chance=_chance(data, division),
        ), "assumption"),
    ]  # fmt: skip
    if not data.inventory:
        lines.append(
            (
                Text(
                    "Chưa đủ căn cứ kết luận có đạt được tổng vốn hay không: xã chưa có danh mục khu "
                    "đất đấu giá; chưa rõ tỷ lệ điều tiết tính trên khoản thu nào và phần của thành "
                    "phố có trả lại hay không.",
                    "Not enough evidence for a verdict: there is no inventory of plots, and it is open "
                    "of which revenue the shares are and whether the city's part returns.",
                ),
                "statement",
            )
        )
    return [Headline(text, origin, page) for text, origin in lines]


def investment_study(
    data: Dataset, *, rules: Sequence[str] = (), prices: Sequence[float] = (), **more: Any
) -> Study | None:
    """Return the study of the plan's investment total, from everything that the folder holds.

    Parameters
    ----------
    data : Dataset
    rules : sequence of str
        Sharing rules by name, the plan's first; all that know the stream otherwise.
    prices : sequence of float
        Prices to show; those of the auctions seen otherwise. [million VND per m2]
    **more
        Passed to `investment.study`. The market is the one that the folder states otherwise; see
        `land_market.stated_market`.

    Returns
    -------
    Study or None
        None where the plan has no investment total or no rule applies.
    """
    from laikhe_analysis.investment import study

    target, commune = data.plan.role("investment_land"), data.commune
    names = list(rules) or list(gross_by_rule(data, more.get("stream", "commune_run")))
    if target is None or not names:
        return None
    known = [data.rules[check_choice("rule", name, list(data.rules))] for name in names]
    seen = sorted(set(auction_prices(data).values())) or [10.0]
    city = data.commune.yardsticks.get("city", "")
    yardsticks = [
        Yardstick(words(row.series_id), row.value, beside, row.origin)
        for series, beside in (
            ("commune_funds_per_unit", "retained"),
            ("total_investment_per_unit", "retained"),
        )
        for row in data.figures(city, series)[-1:]
    ]
    given: dict[str, Any] = {
        "years": range(commune.base_year + 1, commune.target_year + 1),
        "price": list(prices) or seen,
        "market": stated_market(data, list(prices) or seen),
        "plots": data.inventory,
        "projects": data.programme,
        "yardsticks": yardsticks,
        "realised": {
            f"{row.unit} {row.period}": row.ratio
            for row in data.realisation
            if row.is_full_year_land_fee
        },
    }
    return study(target.value, known, **(given | more))
