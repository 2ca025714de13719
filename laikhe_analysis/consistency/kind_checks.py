"""One quantity stated in two ways: a level, a multiple, a rate; shares; the steps of a schedule."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from laikhe_analysis.consistency.given import Given, clauses
from laikhe_analysis.growth import growth_factor, real_rate
from laikhe_analysis.messages import Text, Worded, _, joined
from laikhe_analysis.records import Finding, Target
from laikhe_analysis.roles import role_of
from laikhe_analysis.targets.paths import planned_rate
from laikhe_analysis.vietnamese import format_shortest, with_unit

__all__ = ["one_growth", "schedule_and_goal", "shares_and_rates", "shares_and_whole"]

GROWTH_ABOUT = 0.005
"""How far apart two statements of one growth may be: "gấp 2 lần" in five years is 14.87 %. [fraction]"""

PRICES = (0.0, 0.08)
"""Yearly growth of prices that may lie between a figure at current and one at constant prices."""

SHARE_ABOUT = 1.0
"""How far a share may be from what the sector rates make of it. [percentage points]"""


def one_growth(given: Given) -> list[Finding]:
    """Return the quantities whose level, multiple and rate ask for different growth."""
    found, by_role = [], dict[str, list[tuple[Target, float]]]()
    for target in given.plan.targets:
        rate = planned_rate(target, _base(given, target))
        if target.role and rate is not None and target.kind in _TOLD:
            by_role.setdefault(target.role, []).append((target, rate))
    for told in by_role.values():
        for (one, a), (two, b) in combinations(told, 2):
            same_span = (one.base_year, one.target_year) == (two.base_year, two.target_year)
            if one.kind != two.kind and same_span and not _agree(one, a, two, b):
                found.append(_two_goals(one, a, two, b))
    return found


_TOLD = ("average_rate", "ratio_to_base", "level_by")


def _base(given: Given, target: Target) -> float | None:
    """Return the level of a target's base year, in its unit and at its prices. [its unit]"""
    role = role_of(target.role)
    if role is None or target.kind != "level_by":
        return None
    nominal = (f"{role.series}_nominal",) if target.price_basis == "current" else ()
    for name in (target.target_id, *nominal, role.series):
        series = given.series.get(name)
        if series is not None and series.unit == target.unit:
            known = series.known()
            if target.base_year in known.years:
                return float(known.at(target.base_year))
    return None


def _agree(one: Target, a: float, two: Target, b: float) -> bool:
    """Return whether two rates can both be right: at other kinds of prices these may lie between."""
    about = max(one.tolerance if one.is_growth else 0, two.tolerance if two.is_growth else 0,
                GROWTH_ABOUT)  # fmt: skip
    bases = {one.price_basis, two.price_basis} - {"n/a"}
    if len(bases) < 2 or "current" not in bases or min(a, b) <= -1:
        return abs(a - b) <= about
    nominal, real = (a, b) if one.price_basis == "current" else (b, a)
    prices = real_rate(nominal, real, limit=None)
    return bool(PRICES[0] - about <= prices <= PRICES[1])


def _two_goals(one: Target, a: float, two: Target, b: float) -> Finding:
    """Return that two statements of one quantity are two goals."""
    text = _(
        "{a}; {b}: hai mức không cùng đúng{prices}.",
        a=_meant(one, a),
        b=_meant(two, b),
        prices=_between(one, a, two, b),
    )
    settle = _("Cơ quan lập kế hoạch: giữ một trong hai, và cùng một loại giá.")
    return Finding("one_growth", "conflict", clauses(one, two), text, settle)


def _meant(target: Target, rate: float) -> Text:
    """Return a target with the yearly growth that it asks for."""
    years = target.target_year - target.base_year
    if target.kind == "average_rate":
        return _(
            "{name} ({clause}) {rate} %/năm",
            name=target.name, clause=target.clause, rate=_short(100 * rate, 2),
        )  # fmt: skip
    level = _shown(target.weaker_end, target)
    return _(
        "{name} ({clause}) {level} sau {n} năm là tăng {rate:1%}/năm",
        name=target.name,
        clause=target.clause,
        level=level,
        n=years,
        rate=rate,
    )


def _shown(value: float, target: Target) -> Text:
    """Return a value in the unit of a target, with the decimals that it has."""
    return Worded(_with_unit, value, target.unit)


def _with_unit(value: float, unit: str, lang: str) -> str:
    """Return a value in a unit, in one language."""
    return with_unit(format_shortest(value, lang), unit, lang)


def _short(value: float, decimals: int = 6) -> Text:
    """Return a number with the decimals that it has."""
    return Worded(format_shortest, round(value, decimals))


def _span(low: float, high: float) -> Text:
    """Return both ends of a range, a single number where they are one."""
    return joined([_short(end) for end in dict.fromkeys((low, high))], "-")


def _between(one: Target, a: float, two: Target, b: float) -> Text:
    """Return what prices would have to do for both to be right, where one is at current prices."""
    bases = (one.price_basis, two.price_basis)
    if "current" not in bases or bases[0] == bases[1]:
        return Text("")
    nominal, real = (a, b) if one.price_basis == "current" else (b, a)
    prices = real_rate(nominal, real, limit=None)
    return _(", trừ khi giá tăng {prices:1%}/năm", prices=prices)


def _shares(given: Given, year: int | None = None) -> dict[str, Target]:
    """Return the targets of shares by part of the product, of one target year."""
    found: dict[str, Target] = {}
    for part in (*given.plan.commune.sectors, "product_taxes"):
        target = given.target(f"share:{part}", "level_by", "annual_level")
        if target is not None and year in (None, target.target_year):
            found[part] = target
    return found


def _last_place(targets: Sequence[Target]) -> float:
    """Return one unit of the last decimal that the shares are stated with. [percentage points]"""
    places = max(
        -min(0, int(Decimal(format(end, ".10g")).as_tuple().exponent))
        for target in targets for end in target.ends
    )  # fmt: skip
    return float(10.0**-places)


def shares_and_whole(given: Given) -> list[Finding]:
    """Return whether the shares of all sectors add up to 100, within the rounding as stated."""
    shares = _shares(given)
    if not set(given.plan.commune.sectors) <= set(shares) or len(shares) < 2:
        return []
    targets = list(shares.values())
    if len({target.target_year for target in targets}) > 1:
        return []
    slack = len(targets) * _last_place(targets) + sum(target.tolerance for target in targets)
    low = sum(0.0 if t.direction in ("at_most", "below") else t.ends[0] for t in targets)
    high = sum(100.0 if t.direction in ("at_least", "above") else t.ends[1] for t in targets)
    if low - slack <= 100 <= high + slack:
        return []
    added = _span(low, high)
    if low > 100 or "product_taxes" in shares:
        text = _("Tỷ trọng các ngành cộng lại là {added}%, không phải 100%.", added=added)
        severity = "conflict"
    else:
        text = _(
            "Tỷ trọng các ngành cộng lại là {added}%: {rest}% còn lại chưa gọi tên, thường là thuế sản "
            "phẩm trừ trợ cấp.",
            added=added,
            rest=_span(100 - high, 100 - low),
        )
        severity = "question"
    settle = _(
        "Cơ quan thống kê: cơ cấu có tính thuế sản phẩm không; ghi phần còn lại thành một dòng."
    )
    return [Finding("shares_and_whole", severity, clauses(*targets), text, settle)]


def shares_and_rates(given: Given) -> list[Finding]:
    """Return whether the sector rates lead from the known structure to the planned one."""
    sectors = given.sectors()
    if len(sectors) < 2:
        return []
    first = next(iter(sectors.values()))
    shares = _shares(given, first.target_year)
    start, is_assumed = given.shares(first.base_year)
    if is_assumed or set(start) != set(sectors) or not shares:
        return []
    years = first.target_year - first.base_year
    grown = {name: start[name] * float(growth_factor(sectors[name].weaker_end, years, limit=None))
             for name in sectors}  # fmt: skip
    whole, apart = sum(grown.values()), []
    for name, target in shares.items():
        leads = 100 * grown[name] / whole if name in grown else None
        slack = max(SHARE_ABOUT, target.tolerance)
        low, high = target.ends
        low = 0.0 if target.direction in ("at_most", "below") else low
        high = 100.0 if target.direction in ("at_least", "above") else high
        if leads is not None and not low - slack <= leads <= high + slack:
            apart.append((target, leads))
    if not apart:
        return []
    told = joined(
        [
            _(
                "{name} {leads}% thay vì {ends}%",
                name=t.name,
                leads=_short(leads, 1),
                ends=_span(*t.ends),
            )
            for t, leads in apart
        ]
    )
    text = _(
        "Từ cơ cấu năm {base}, tốc độ các ngành của kế hoạch dẫn tới năm {last}: {told}.",
        base=first.base_year,
        last=first.target_year,
        told=told,
    )
    settle = _("Cơ quan lập kế hoạch: sửa tốc độ ngành hoặc cơ cấu; ghi cơ cấu theo giá nào.")
    targets = (*sectors.values(), *(target for target, _unused in apart))
    return [Finding("shares_and_rates", "question", clauses(*targets), text, settle)]


def schedule_and_goal(given: Given) -> list[Finding]:
    """Return the schedules by year that do not lead to the goal of their target."""
    found = []
    for target in given.plan.targets:
        steps = given.plan.schedule(target.target_id)
        years = range(target.base_year + 1, target.target_year + 1)
        if target.kind == "cumulative" and set(steps) == set(years):
            end = sum(steps.values())
        elif target.kind == "level_by" and target.target_year in steps:
            end = steps[target.target_year]
        else:
            continue
        if target.is_met(end):
            continue
        text = _(
            "{name}: lộ trình từng năm dẫn tới {end}, chỉ tiêu là {goal}.",
            name=target.name,
            end=_shown(end, target),
            goal=_shown(target.weaker_end, target),
        )
        settle = _("Cơ quan lập kế hoạch: sửa lộ trình hoặc chỉ tiêu.")
        found.append(Finding("schedule_and_goal", "conflict", clauses(target), text, settle))
    return found
