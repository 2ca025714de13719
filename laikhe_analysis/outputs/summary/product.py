"""The rates that the plan gives, the structures under which they agree, and total product."""

from __future__ import annotations

from laikhe_analysis.consistency import feasible_shares, implied_total_rate
from laikhe_analysis.data import Dataset
from laikhe_analysis.growth import growth_factor
from laikhe_analysis.outputs.summary.headline import Headline, joined, not_computable
from laikhe_analysis.outputs.summary.projections import Projections, mean_rate_of
from laikhe_analysis.records import Plan
from laikhe_analysis.scenarios import reported_shares
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.vietnamese import sentence, words

__all__ = ["plan_rates", "product_line", "share_cases", "structure_lines"]


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
    found = {name: plan.role(f"sector:{name}", "average_rate") for name in plan.commune.sectors}
    rates = {name: target.rate for name, target in found.items() if target is not None}
    total = plan.role("total_product", "average_rate")
    return tuple(rates), tuple(rates.values()), None if total is None else total.rate


def share_cases(data: Dataset, sectors: tuple[str, ...]) -> dict[str, tuple[float, ...]]:
    """Return the structures to try the plan's rates on, as cases by name and year. [fractions]

    The commune's own of the base year first, once its sectors are reported; then those published
    of its old district, from 2010 on. Each adds up to 1 after rounding is taken out.
    """
    district = data.commune.yardsticks.get("district", "")
    tables = [
        {r.year: r.value / 100 for r in data.figures(district, f"share_{sector}")
         if r.confidence != "low"}
        for sector in sectors
    ]  # fmt: skip
    common = set.intersection(*(set(table) for table in tables)) if tables else set()
    cases, baseline = {}, data.baseline()
    own = reported_shares(baseline, sectors)
    if own is not None and not any(
        baseline.levels[f"product_{sector}"].origin in ("assumption", "example")
        for sector in sectors
    ):
        name = f"{data.commune.name} {data.commune.base_year}"
        cases[name] = tuple(own.values())
    for year in sorted(year for year in common if year >= 2010):
        shares = [table[year] for table in tables]
        if abs(sum(shares) - 1) < 0.005:
            cases[f"{district} {year}"] = tuple(share / sum(shares) for share in shares)
    return cases


def structure_lines(data: Dataset) -> list[Headline]:
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
            "Các tốc độ ngành và mức chung {total:0%}/năm chỉ cùng đúng khi {sector} chiếm từ "
            "{low:2%} đến {high:2%} tổng giá trị sản phẩm năm {base}.",
            "The sector rates and the total of {total:0%} a year agree only if {sector} makes up "
            "{low:2%} to {high:2%} of total product in {base}.",
            total=total, sector=words(sectors[slow]), base=base,
            low=exact.lower[slow], high=exact.upper[slow],
        )
    ]  # fmt: skip
    cases = [
        sentence("{case}: {rate:2%}", "{case}: {rate:2%}", case=case,
                 rate=implied_total_rate(shares, rates, years))
        for case, shares in share_cases(data, sectors).items()
    ]  # fmt: skip
    if cases:
        lines.append(
            sentence(
                "Áp các tốc độ đó vào cơ cấu đã biết thì tổng tăng mỗi năm: {cases}.",
                "With the known structures these rates make a total growth a year of: {cases}.",
                cases=joined(cases, "; ", ""),
            )
        )
    return [Headline(text, "statement", page) for text in lines]


def product_line(data: Dataset, projections: Projections, scenario: str) -> Headline:
    """Return where total product may stand beside what the plan asks for."""
    projection, page = projections[scenario], "03_grdp_growth"
    if "total_product" not in projection.paths:
        return not_computable(page, "total_product", projection)
    path = projection.paths["total_product"]
    base, last = path.years[0], path.years[-1]
    parts = [
        sentence(
            "Tổng giá trị sản phẩm theo kịch bản {name} tăng bình quân {rate:1%}/năm, năm {last} "
            "bằng {index:1} ({base} = 100)",
            "Total product under the {name} scenario grows by {rate:1%} a year to {index:1} in "
            "{last} ({base} = 100)",
            name=words(scenario), last=last, base=base,
            rate=mean_rate_of(projection, "total_product"),
            index=100 * path.values[-1] / path.values[0],
        )
    ]  # fmt: skip
    total = plan_rates(data.plan)[2]
    if total is not None:
        parts.append(
            sentence(
                "; mục tiêu {total:0%}/năm là {goal:1}",
                "; the target of {total:0%} a year is {goal:1}",
                total=total, goal=100 * growth_factor(total, last - base),
            )
        )  # fmt: skip
    place = data.commune.yardsticks.get("city", "")
    city = data.facts().get(f"{place}/grdp_growth")
    if city:
        year, value = city.last
        parts.append(
            sentence(
                ". Toàn {place} năm {year} tăng {value:2%}",
                ". {place} as a whole grew by {value:2%} in {year}",
                place=place, year=year, value=value,
            )
        )  # fmt: skip
    return Headline(joined(parts), weakest_origin(*path.origins), page)
