"""What was found, in sentences of computed numbers: one wording for page, notebook and Word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from laikhe_analysis.checks import Text, check_choice
from laikhe_analysis.consistency import feasible_shares, implied_total_rate
from laikhe_analysis.data import Dataset
from laikhe_analysis.growth import annual_rate, growth_factor, nominal_rate
from laikhe_analysis.investment.yardsticks import Yardstick
from laikhe_analysis.land import required_area, required_gross, retained_share
from laikhe_analysis.monitor.boards import Board
from laikhe_analysis.outputs.board.standing import board_of, read_as_of
from laikhe_analysis.outputs.invest.land_market import stated_market
from laikhe_analysis.records import SEVERITIES, Plan
from laikhe_analysis.scenarios import Projection, project
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.vietnamese import sentence, words

if TYPE_CHECKING:
    from laikhe_analysis.investment import Study

__all__ = [
    "Headline",
    "auction_prices",
    "board_line",
    "gross_by_rule",
    "headlines",
    "income_line",
    "investment_lines",
    "investment_study",
    "mean_inflation",
    "mean_rate_of",
    "plan_rates",
    "product_line",
    "project_all",
    "register_line",
    "revenue_line",
    "share_cases",
    "start_ratio_needed",
]

Projections = Mapping[str, Projection]


@dataclass(frozen=True)
class Headline:
    """One line of the leader's page: what was found, on what it rests, where it is explained."""

    text: Text
    origin: str
    page: str


def project_all(data: Dataset) -> dict[str, Projection]:
    """Return the projection of every scenario, in the order of the file."""
    baseline, commune = data.baseline(), data.commune
    given: dict[str, Any] = {
        "until": commune.target_year, "region": commune.name, "rules": data.rules,
    }  # fmt: skip
    return {name: project(baseline, s, **given) for name, s in data.scenarios.items()}


def plan_rates(plan: Plan) -> tuple[tuple[str, ...], tuple[float, ...], float | None]:
    """Return the sectors that the plan gives a growth rate, the rates, and that of the total.

    Returns
    -------
    sectors : tuple of str
    rates : tuple of float
        [fraction per year]
    total : float or None
        None where the plan gives none. [fraction per year]
    """
    rates = {
        target.target_id.split("-", 1)[-1]: target.value / 100
        for target in plan.targets
        if target.kind == "average_rate"
    }
    sectors = tuple(sector for sector in plan.commune.sectors if sector in rates)
    return sectors, tuple(rates[sector] for sector in sectors), rates.get("total")


def share_cases(data: Dataset, sectors: tuple[str, ...]) -> dict[str, tuple[float, ...]]:
    """Return the published structures of the commune's old district, as cases by name and year.

    From 2010 on; each adds up to 1 after rounding is taken out. [fractions]
    """
    district = data.commune.yardsticks.get("district", "")
    tables = [
        {r.year: r.value / 100 for r in data.figures(district, f"share_{sector}")
         if r.confidence != "low"}
        for sector in sectors
    ]  # fmt: skip
    common = set.intersection(*(set(table) for table in tables)) if tables else set()
    cases = {}
    for year in sorted(year for year in common if year >= 2010):
        shares = [table[year] for table in tables]
        if abs(sum(shares) - 1) < 0.005:
            cases[f"{district} {year}"] = tuple(share / sum(shares) for share in shares)
    return cases


def mean_rate_of(projection: Projection, variable: str) -> float:
    """Return the average yearly growth of a projected variable. [fraction per year]"""
    path = projection.path(variable)
    return float(annual_rate(path.values[0], path.values[-1], path.years[-1] - path.years[0]))


def mean_inflation(projection: Projection) -> float:
    """Return the average inflation that a scenario assumes. [fraction per year]"""
    return mean_rate_of(projection, "price_index")


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


def gross_by_rule(data: Dataset, stream: str = "commune_run") -> dict[str, float]:
    """Return the land-use fees that the investment total needs under each rule. [billion VND]

    Rules that say nothing of the stream, or let nothing come back, are left out.
    """
    target, year = data.plan.role("investment"), data.commune.base_year + 1
    found = {}
    for name, rule in data.rules.items():
        lines = [ln for ln in rule.lines if ln.stream == stream and ln.year_from <= year]
        share = retained_share(rule, stream, year) if lines else 0.0
        if target is not None and share > 0:
            found[name] = float(required_gross(target.value, share))
    return found


def headlines(data: Dataset, scenario: str, as_of: str = "") -> list[Headline]:
    """Return what was found, in the order of the notebooks.

    Parameters
    ----------
    data : Dataset
        The first of its sharing rules is the one that the sentences use.
    scenario : str
    as_of : str
        Date of the board; blank: that of the newest record.

    Raises
    ------
    ValueError
        If there is no such scenario.
    RefusalError
        If `as_of` is no date.
    """
    check_choice("scenario", scenario, list(data.scenarios))
    projections = project_all(data)
    board = board_of(data, read_as_of(as_of, data), projection=projections[scenario])
    return [
        register_line(data),
        board_line(board, scenario),
        _agreement_line(board),
        revenue_line(data, projections, scenario),
        *_structure_lines(data),
        product_line(data, projections, scenario),
        income_line(data, projections, scenario),
        *investment_lines(data),
    ]


def register_line(data: Dataset) -> Headline:
    """Return how many numbers the plan holds and how many are known."""
    series = data.series()
    text = sentence(
        "Kế hoạch có {total} con số phải đạt, thuộc {items} mục được đếm khi báo cáo; xã mới có số "
        "liệu đo trực tiếp cho {known}.",
        "The plan holds {total} numbers to be reached, in {items} counted items; the commune has "
        "direct figures for {known} of them.",
        total=len(data.plan.targets),
        items=len(data.plan.items),
        known=sum(
            t.target_id in series and series[t.target_id].origin in ("official", "press", "derived")
            for t in data.plan.targets
        ),
    )
    return Headline(text, "official", "01_targets_and_data")


def revenue_line(data: Dataset, projections: Projections, scenario: str) -> Headline:
    """Return where revenue may stand, and what the two readings of its clause ask for."""
    target, projection = data.plan.role("revenue"), projections[scenario]
    page = "02_budget_revenue"
    if "recurrent_revenue" not in projection.paths:
        return _not_computable(page, "recurrent_revenue", projection)
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
                pct=target.value - 100, goal=100 * growth_factor(ratio - 1, last - base),
            )
        )  # fmt: skip
        needed = start_ratio_needed(projection, ratio)
        if needed is not None:
            parts.append(
                sentence(
                    "; hiểu là mỗi năm bằng {ratio:2} lần số thành phố giao thì năm {base} phải đạt từ "
                    "{needed:2} lần",
                    "; read as {ratio:2} times the assigned estimate every year it needs at least "
                    "{needed:2} times in {base}",
                    ratio=ratio, needed=needed, base=base,
                )
            )  # fmt: skip
    own = data.series().get("recurrent_revenue")
    if own is None or len(own.after_breaks().known()) < 5:
        parts.append(
            Text(
                ". Xã chưa đủ năm năm số liệu nên chưa dự báo thống kê được",
                ". Fewer than five years of the commune's own figures: no statistical forecast yet",
            )
        )
    return Headline(_joined(parts), weakest_origin(*path.origins), page)


def _structure_lines(data: Dataset) -> list[Headline]:
    """Return which structure makes the plan's rates and its total agree."""
    sectors, rates, total = plan_rates(data.plan)
    page, base = "03_grdp_growth", data.commune.base_year
    if total is None or len(sectors) < 2:
        return []
    years = data.commune.target_year - base
    exact = feasible_shares(rates, total, years)
    if exact.reason is not None:
        text = sentence(
            "Các tốc độ ngành và tốc độ chung của kế hoạch không thể cùng đúng: {why}.",
            "The sector rates and the total of the plan cannot all hold: {why}.", why=exact.reason,
        )  # fmt: skip
        return [Headline(text, "statement", page)]
    slow = min(range(len(rates)), key=rates.__getitem__)
    lines = [
        sentence(
            "Các tốc độ ngành và mức chung {total:0}%/năm chỉ cùng đúng khi {sector} chiếm từ "
            "{low:2}% đến {high:2}% tổng giá trị sản phẩm năm {base}.",
            "The sector rates and the total of {total:0}% a year agree only if {sector} makes up "
            "{low:2}% to {high:2}% of total product in {base}.",
            total=100 * total, sector=words(sectors[slow]), base=base,
            low=100 * exact.lower[slow], high=100 * exact.upper[slow],
        )
    ]  # fmt: skip
    cases = [
        sentence("{case}: {rate:2}%", "{case}: {rate:2}%", case=case,
                 rate=100 * implied_total_rate(shares, rates, years))
        for case, shares in share_cases(data, sectors).items()
    ]  # fmt: skip
    if cases:
        lines.append(
            sentence(
                "Áp các tốc độ đó vào cơ cấu đã công bố thì tổng tăng mỗi năm: {cases}.",
                "With the published structures these rates make a total growth a year of: {cases}.",
                cases=_joined(cases, "; ", ""),
            )
        )
    return [Headline(text, "statement", page) for text in lines]


def product_line(data: Dataset, projections: Projections, scenario: str) -> Headline:
    """Return where total product may stand beside what the plan asks for."""
    projection, page = projections[scenario], "03_grdp_growth"
    if "total_product" not in projection.paths:
        return _not_computable(page, "total_product", projection)
    path = projection.paths["total_product"]
    base, last = path.years[0], path.years[-1]
    parts = [
        sentence(
            "Tổng giá trị sản phẩm theo kịch bản {name} tăng bình quân {rate:1}%/năm, năm {last} "
            "bằng {index:1} ({base} = 100)",
            "Total product under the {name} scenario grows by {rate:1}% a year to {index:1} in "
            "{last} ({base} = 100)",
            name=words(scenario), last=last, base=base,
            rate=100 * mean_rate_of(projection, "total_product"),
            index=100 * path.values[-1] / path.values[0],
        )
    ]  # fmt: skip
    total = plan_rates(data.plan)[2]
    if total is not None:
        parts.append(
            sentence(
                "; mục tiêu {total:0}%/năm là {goal:1}",
                "; the target of {total:0}% a year is {goal:1}",
                total=100 * total, goal=100 * growth_factor(total, last - base),
            )
        )  # fmt: skip
    place = data.commune.yardsticks.get("city", "")
    city = data.facts().get(f"{place}/grdp_growth")
    if city:
        year, value = city.last
        parts.append(
            sentence(
                ". Toàn {place} năm {year} tăng {value:2}%",
                ". {place} as a whole grew by {value:2}% in {year}",
                place=place, year=year, value=value,
            )
        )  # fmt: skip
    return Headline(_joined(parts), weakest_origin(*path.origins), page)


def income_line(data: Dataset, projections: Projections, scenario: str) -> Headline:
    """Return what the income target means in money, and the record beside it."""
    projection, target = projections[scenario], data.plan.role("income")
    page = "04_income_per_capita"
    if "income_per_capita" not in projection.paths:
        return _not_computable(page, "income_per_capita", projection)
    path = projection.paths["income_per_capita_real"]
    base, last = path.years[0], path.years[-1]
    parts = [
        sentence(
            "Thu nhập bình quân đầu người theo kịch bản {name} năm {last}: {real:1} triệu đồng theo "
            "giá {base}, {nominal:1} triệu theo giá hiện hành",
            "Income per capita under the {name} scenario in {last}: {real:1} million VND at {base} "
            "prices, {nominal:1} at current prices",
            name=words(scenario), last=last, base=projection.baseline.year, real=path.values[-1],
            nominal=projection.value("income_per_capita", last),
        )
    ]  # fmt: skip
    if target is not None and target.kind == "average_rate":
        rate, years = target.value / 100, last - base
        index = projection.path("price_index")
        prices = annual_rate(index.at(base), index.at(last), years)
        start = projection.value("income_per_capita", base)
        parts.append(
            sentence(
                ". Tăng thực {pct:0}%/năm là {real:1} triệu (gấp {factor:3} lần), danh nghĩa "
                "{nominal:1} triệu",
                ". Real growth of {pct:0}% a year means {real:1} million (x{factor:3}), {nominal:1} "
                "nominal",
                pct=target.value, real=path.values[0] * growth_factor(rate, years),
                factor=growth_factor(rate, years),
                nominal=start * growth_factor(nominal_rate(rate, prices), years),
            )
        )  # fmt: skip
    place = data.commune.yardsticks.get("province", "")
    for row in data.figures(place, "income_growth_real_mean")[:1]:
        parts.append(
            sentence(
                "; {place} {first}-{year} tăng thực {value:1}%/năm",
                "; {place} grew by {value:1}% a year in {first}-{year}",
                place=place, first=row.year_from, year=row.year, value=row.value,
            )
        )  # fmt: skip
    return Headline(_joined(parts), weakest_origin(*path.origins), page)


def investment_lines(data: Dataset, price: float | None = None) -> list[Headline]:
    """Return what the investment total needs, rule by rule, and what is still open.

    Parameters
    ----------
    data : Dataset
    price : float, optional
        Price at which the area is shown; the middle one of the auctions seen when not given.
        [million VND per m2]
    """
    target, page, gross = (
        data.plan.role("investment"),
        "05_investment_feasibility",
        gross_by_rule(data),
    )
    if target is None or not gross:
        return []
    first, years = next(iter(gross)), data.commune.target_year - data.commune.base_year
    seen = sorted(auction_prices(data).values())
    price = price or (seen[len(seen) // 2] if seen else 10.0)
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
            "giá khởi điểm đã thấy {price:3} triệu đồng/m², {rule} cần {area:1} ha đất ở bán được.",
            "The sharing rule decides: from {low:0} billion ({least}) to {high:0} billion ({most}). "
            "At a starting price seen, {price:3} million VND per m², {rule} needs {area:1} ha of plots.",
            low=gross[least], least=words(least), high=gross[most], most=words(most),
            price=price, rule=words(first), area=required_area(gross[first], price) / 10_000,
        ), "assumption"),
    ]  # fmt: skip
    if not data.plots:
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


def board_line(found: Board, scenario: str = "") -> Headline:
    """Return how much of the plan can be assessed, what is on track, and where a scenario leads.

    Parameters
    ----------
    found : Board
    scenario : str
        Name of the scenario whose end the board shows.
    """
    numbers, items = found.count(), found.items().values()
    achieved, shown, _ = found.count_items()
    known = [line for line in found.lines if line.status != "not_assessed"]
    ahead = [line.expected.status for line in found.lines if line.expected is not None]
    parts = [
        sentence(
            "Bảng theo dõi đến {at}: đánh giá được {k}/{n} con số, thuộc {i}/{shown} mục; {good} con "
            "số đạt hoặc đúng tiến độ, {bad} chậm; {achieved} mục đã đạt",
            "The board as of {at}: {k} of {n} numbers can be assessed, in {i} of {shown} items; "
            "{good} numbers are achieved or on track, {bad} lag; {achieved} items are achieved",
            at=found.as_of.words, k=len(known), n=len(found.lines), shown=shown,
            i=sum(status != "not_assessed" for status in items), achieved=achieved,
            good=numbers["achieved"] + numbers["on_track"], bad=len(found.behind()),
        ) if known else sentence(
            "Bảng theo dõi đến {at}: chưa đánh giá được con số nào trong {n} con số, thuộc {shown} mục",
            "The board as of {at}: none of {n} numbers in {shown} items can be assessed yet",
            at=found.as_of.words, n=len(found.lines), shown=shown,
        )
    ]  # fmt: skip
    if ahead:
        parts.append(
            sentence(
                ". Kịch bản {name} đưa {met}/{all} con số tính được tới đích",
                ". The {name} scenario takes {met} of {all} computable numbers to their target",
                name=words(scenario), met=ahead.count("achieved"), all=len(ahead),
            )
        )  # fmt: skip
    origins = [line.assessment.origin or "statement" for line in known]
    outlook = [line.expected.origin or "assumption" for line in found.lines if line.expected]
    return Headline(_joined(parts), weakest_origin("statement", *origins, *outlook), _MONITORING)


_MONITORING = "07_monitoring"


def _agreement_line(found: Board) -> Headline:
    """Return how many things about the plan have to be settled, the weightiest named."""
    counts = {s: sum(one.severity == s for one in found.findings) for s in SEVERITIES}
    first = [sentence(" Trước hết: {t}", " First: {t}", t=one.text) for one in found.findings[:1]]
    text = sentence(
        "Đối chiếu các chỉ tiêu với nhau: {conflict} điểm mâu thuẫn, {question} câu hỏi cần làm rõ, "
        "{note} ghi chú.{first}",
        "The targets held against one another: {conflict} conflicts, {question} questions to settle, "
        "{note} notes.{first}",
        first=first[0] if first else "",
        **counts,
    )
    return Headline(text, "statement", "01_targets_and_data")


def _not_computable(page: str, variable: str, projection: Projection) -> Headline:
    """Return the line that says what cannot be computed, and why."""
    text = sentence(
        "Chưa tính được {name}: {why}.", "Not computable: {name}, because {why}.",
        name=words(variable),
        why=projection.missing.get(variable, Text("thiếu số liệu", "data are missing")),
    )  # fmt: skip
    return Headline(text, "statement", page)


def _joined(parts: list[Text], between: str = "", end: str = ".") -> Text:
    """Return texts one after the other."""
    return Text(*(between.join(side) + end for side in zip(*parts, strict=True)))


def auction_prices(data: Dataset) -> dict[str, float]:
    """Return the auction starting prices seen near the commune. [million VND per m2]"""
    rows = [
        row
        for row in data.reference
        if row.series_id.startswith("auction_price_start") and row.confidence != "low"
    ]
    return {
        f"{row.entity} {row.year}" + (f" ({row.note})" if row.note else ""): row.value
        for row in sorted(rows, key=lambda row: row.value)
    }


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

    target, commune = data.plan.role("investment"), data.commune
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
        "plots": data.plots,
        "projects": data.projects,
        "yardsticks": yardsticks,
        "realised": {
            f"{row.unit} {row.period}": row.ratio
            for row in data.realisation
            if row.is_full_year_land_fee
        },
    }
    return study(target.value, known, **(given | more))
