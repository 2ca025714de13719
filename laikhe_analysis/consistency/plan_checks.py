"""The arithmetic between targets: product, income, revenue, investment, one check each."""

from __future__ import annotations

from collections.abc import Mapping

from laikhe_analysis.consistency.given import Given, clauses
from laikhe_analysis.consistency.structure import (
    FeasibleShares,
    feasible_shares,
    implied_total_rate,
)
from laikhe_analysis.growth import growth_factor, nominal_rate, per_capita_rate, real_rate
from laikhe_analysis.messages import Text, _, joined
from laikhe_analysis.records import Finding, Target
from laikhe_analysis.vietnamese import words

__all__ = [
    "income_and_product",
    "investment_base",
    "investment_label",
    "new_rural_group",
    "revenue_and_product",
    "sectors_and_total",
]

ROUNDING = 0.0005
"""How far apart two rates may be before they disagree, where the plan says nothing. [fraction]"""

BUOYANCY = (0.8, 1.2)
"""Revenue growth over nominal product growth that raises no question. [ratio]"""

GROUP_1_BELOW = 10.0
"""Share of agriculture below which a commune is of new-rural group 1. [%]"""

UNLIKE = 2.0
"""How many times a figure may differ from the indicator that its label names. [ratio]"""


def sectors_and_total(given: Given) -> list[Finding]:
    """Return whether the sector rates agree with the total, and with which structure they do."""
    total, sectors = given.target("total_product", "average_rate"), given.sectors()
    if total is None or len(sectors) < 2:
        return []
    rates = {name: target.weaker_end for name, target in sectors.items()}
    shares, is_assumed = given.shares(total.base_year)
    implied = _implied(given, total, rates, shares) if shares else None
    if implied is not None and abs(implied - total.weaker_end) <= _about(total):
        return []
    answer: Text = _NO_STRUCTURE
    if _feasible(total, rates, _about(total)).is_empty:
        severity = "conflict"
    elif implied is None:
        severity, answer = "question", _bounds(total, rates)
    else:
        severity, answer = "question" if is_assumed else "conflict", _bounds(total, rates)
    text = _(
        "Tốc độ ngành: {listed}; tổng {goal:1%}/năm: {answer}{implied}.",
        listed=_listed(rates),
        goal=total.weaker_end,
        answer=answer,
        implied=""
        if implied is None
        else _(
            "; cơ cấu {kind} của năm {year} cho tổng {implied:2%}/năm",
            kind=_("giả định", context="rate") if is_assumed else _("đã biết"),
            year=total.base_year,
            implied=implied,
        ),
    )
    settle = _(
        "Cơ quan thống kê: cơ cấu năm {year} theo giá so sánh, có hay không có thuế sản phẩm; "
        "thống nhất cách tính bình quân (nhân, cộng hay từng năm).",
        year=total.base_year,
    )
    targets = (total, *sectors.values())
    return [Finding("sectors_and_total", severity, clauses(*targets), text, settle)]


_NO_STRUCTURE = _("không cơ cấu nào cho tốc độ đó")


def _listed(rates: Mapping[str, float]) -> Text:
    """Return the sectors with their rates."""
    told = [_("{name} {rate:1%}", name=words(name), rate=rate) for name, rate in rates.items()]
    return joined(told, ", ")


def _about(total: Target) -> float:
    """Return how far off the total may be: its own tolerance, at least rounding. [fraction]"""
    return max(total.tolerance, ROUNDING)


def _feasible(total: Target, rates: Mapping[str, float], about: float) -> FeasibleShares:
    """Return the shares that make the rates agree."""
    years = total.target_year - total.base_year
    return feasible_shares(list(rates.values()), total.weaker_end, years, tolerance=about)


def _range(total: Target, rates: Mapping[str, float], name: str, about: float) -> Text:
    """Return the range of a sector's share in words."""
    found, place = _feasible(total, rates, about), list(rates).index(name)
    if found.is_empty:
        return _("không có", context="bound")
    return _("{a:2}-{b:2}%", a=100 * found.lower[place], b=100 * found.upper[place])


def _bounds(total: Target, rates: Mapping[str, float]) -> Text:
    """Return what share of the slowest sector makes the rates agree."""
    slow = min(rates, key=lambda name: rates[name])
    return _(
        "chỉ khớp khi {slow} chiếm {exact} cơ cấu năm {year} (lệch đến {about:2} điểm %: {loose})",
        slow=words(slow),
        year=total.base_year,
        about=100 * _about(total),
        exact=_range(total, rates, slow, 0.0),
        loose=_range(total, rates, slow, _about(total)),
    )


def _implied(
    given: Given, total: Target, rates: Mapping[str, float], shares: Mapping[str, float]
) -> float:
    """Return the total's growth with these shares; product taxes grow as assumed. [fraction]"""
    first, last = total.base_year + 1, total.target_year
    taxes = given.assumed("growth_product_taxes", first, last)
    all_rates = {**rates, "product_taxes": total.weaker_end if taxes is None else taxes}
    whole = sum(shares.values())
    weights = [share / whole for share in shares.values()]
    growth = [all_rates[name] for name in shares]
    return implied_total_rate(weights, growth, last - total.base_year)


def income_and_product(given: Given) -> list[Finding]:
    """Return whether income per head may grow as planned beside product per head."""
    income, total = (
        given.target("income", "average_rate"),
        given.target("total_product", "average_rate"),
    )
    if income is None or total is None:
        return []
    first, last = income.base_year + 1, income.target_year
    people = given.assumed("population_growth", first, last)
    prices = given.assumed("inflation", first, last)
    rate, is_nominal = income.weaker_end, income.price_basis == "current"
    if is_nominal and prices is None:
        return []
    rate = real_rate(rate, prices) if is_nominal else rate
    per_head = per_capita_rate(total.weaker_end, people or 0.0)
    if rate - per_head <= (-ROUNDING if people is None else ROUNDING):
        return []
    factor = growth_factor((1 + rate) / (1 + per_head) - 1, last - income.base_year, limit=None)
    other = (
        ""
        if prices is None or is_nominal
        else _(
            " Nếu “thực tế” là số danh nghĩa thì thu nhập thực chỉ tăng {real:1%}/năm.",
            real=real_rate(rate, prices),
        )
    )
    if people is None:
        text = _(
            "Thu nhập thực bình quân tăng {rate:1%}/năm, sản phẩm tăng {total:1%}/năm: dân số hễ "
            "tăng thì thu nhập phải tăng nhanh hơn sản phẩm bình quân đầu người.{other}",
            rate=rate,
            total=total.weaker_end,
            other=other,
        )
    else:
        text = _(
            "Sản phẩm bình quân đầu người tăng {head:1%}/năm (dân số tăng {people:1%}), thu nhập "
            "thực {rate:1%}/năm: sau {n} năm tỷ lệ thu nhập trên sản phẩm phải cao hơn "
            "{more:1%}.{other}",
            head=per_head,
            people=people,
            rate=rate,
            n=last - income.base_year,
            more=factor - 1,
            other=other,
        )
    settle = _(
        "Cơ quan thống kê: “thực tế” là đã trừ trượt giá hay số danh nghĩa, và thu nhập đo bằng "
        "điều tra nào."
    )
    return [Finding("income_and_product", "question", clauses(income, total), text, settle)]


def revenue_and_product(given: Given) -> list[Finding]:
    """Return what buoyancy the revenue target implies beside the product target."""
    revenue = given.target("revenue", "annual_ratio", "average_rate")
    total = given.target("total_product", "average_rate")
    if revenue is None or total is None:
        return []
    years = total.base_year + 1, total.target_year
    prices = given.assumed("product_deflator", *years)
    prices = given.assumed("inflation", *years) if prices is None else prices
    over = revenue.unit == "% of plan"
    rate = (revenue.weaker_end - 100) / 100 if over else revenue.weaker_end
    if prices is None:
        return []
    nominal = nominal_rate(total.weaker_end, prices)
    buoyancy = rate / nominal if nominal > 0 else 0.0
    if nominal <= 0 or BUOYANCY[0] <= buoyancy <= BUOYANCY[1]:
        return []
    text = _(
        "Đọc là thu tăng {rate:1%}/năm: sản phẩm theo giá hiện hành tăng {nominal:1%}/năm (tốc độ "
        "chung {total:1%} của kế hoạch, giá tăng {prices:1%}; cộng từ các tốc độ ngành thì ra số "
        "khác, xem phần thu ngân sách), vậy thu chỉ tăng bằng {b:2} lần sản phẩm; thường là khoảng 1 lần.",
        rate=rate,
        nominal=nominal,
        prices=prices,
        b=buoyancy,
        total=total.weaker_end,
    )
    settle = _(
        "Sở Tài chính thành phố: vượt dự toán giao hằng năm hay tăng thu; thu có gồm tiền sử dụng "
        "đất không."
    )
    return [Finding("revenue_and_product", "question", clauses(revenue, total), text, settle)]


def investment_label(given: Given) -> list[Finding]:
    """Return whether the investment total can be what its label means: all sources."""
    target, unit = given.target("investment_land"), given.city("total_investment_per_unit")
    if target is None or unit is None or target.kind != "cumulative":
        return []
    yearly = target.weaker_end / (target.target_year - target.base_year)
    year, one = unit.last
    if yearly <= 0 or 1 / UNLIKE <= one / yearly <= UNLIKE:
        return []
    text = _(
        "{total:3} tỷ đồng cả kỳ là {yearly:1} tỷ/năm; vốn từ mọi nguồn, như tên chỉ tiêu, năm "
        "{year} bình quân {one:0} tỷ một xã, phường của thành phố, gấp {times:0} lần: đây không "
        "phải chỉ tiêu mà tên gọi nói tới.",
        total=target.weaker_end,
        yearly=yearly,
        year=year,
        one=one,
        times=one / yearly,
    )
    settle = _(
        "Sở Tài chính thành phố và cơ quan thống kê: gọi đúng tên (vốn đầu tư từ nguồn điều tiết) "
        "hay thay bằng số vốn từ mọi nguồn."
    )
    return [Finding("investment_label", "conflict", clauses(target), text, settle)]


def investment_base(given: Given) -> list[Finding]:
    """Return what the retained share of the investment total may be a share of."""
    target, numbers = given.target("investment_land"), given.plan.commune.plan_numbers
    share = numbers.get("retained_total_pct", 0.0)
    if target is None or share <= 0 or "gross_before_sharing" in numbers:
        return []
    parts = [numbers.get(f"retained_{who}_pct") for who in ("commune", "city")]
    known = [part for part in parts if part is not None]
    differs = len(known) == 2 and abs(sum(known) - share) > 1e-9
    total = target.weaker_end
    text = _(
        "{share:0}% điều tiết của khoản nào thì không ghi: {total:3} tỷ là phần được hưởng của "
        "{gross:3} tỷ, hay phần được hưởng là {part:3} tỷ?",
        share=share,
        total=total,
        gross=100 * total / share,
        part=total * share / 100,
    )
    settle = _(
        "Sở Tài chính thành phố: khoản thu nào được điều tiết, tỷ lệ từng năm, phần của thành phố "
        "có bổ sung lại cho xã không."
    )
    severity = "conflict" if differs else "question"
    return [Finding("investment_base", severity, clauses(target), text, settle)]


def new_rural_group(given: Given) -> list[Finding]:
    """Return which new-rural group the sector shares imply, where they are not known."""
    target, total = given.target("new_rural"), given.target("total_product", "average_rate")
    sectors = given.sectors()
    if target is None or total is None or "agriculture" not in sectors:
        return []
    shares, is_assumed = given.shares(total.base_year)
    rates = {name: sector.weaker_end for name, sector in sectors.items()}
    if (shares and not is_assumed) or _feasible(total, rates, _about(total)).is_empty:
        return []
    text = _(
        "Nông nghiệp dưới {limit:0}% cơ cấu thì xã thuộc nhóm 1. Các tốc độ của kế hoạch đòi nông "
        "nghiệp chiếm {exact} (cho phép lệch {about:2} điểm: {loose}){assumed}: chưa rõ xã theo "
        "nhóm tiêu chí nào.",
        limit=GROUP_1_BELOW,
        about=100 * _about(total),
        exact=_range(total, rates, "agriculture", 0.0),
        loose=_range(total, rates, "agriculture", _about(total)),
        assumed=""
        if not shares
        else _("; cơ cấu giả định là {share:1}%", share=shares["agriculture"]),
    )
    settle = _(
        "Cơ quan thường trực chương trình nông thôn mới của thành phố: xã thuộc nhóm nào, xét "
        "theo khung tiêu chí nào."
    )
    return [Finding("new_rural_group", "question", clauses(target, total), text, settle)]
