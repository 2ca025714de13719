"""What the income target means in money, and the record beside it."""

from __future__ import annotations

from laikhe_analysis.data import Dataset
from laikhe_analysis.growth import annual_rate, growth_factor, nominal_rate
from laikhe_analysis.outputs.summary.headline import Headline, joined, not_computable
from laikhe_analysis.outputs.summary.projections import Projections
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.vietnamese import sentence, words

__all__ = ["income_line"]


def income_line(data: Dataset, projections: Projections, scenario: str) -> Headline:
    """Return what the income target means in money, and the record beside it."""
    projection, target = projections[scenario], data.plan.role("income", "average_rate")
    page = "04_income_per_capita"
    if "income_per_capita" not in projection.paths:
        return not_computable(page, "income_per_capita", projection)
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
        rate, years = target.value, last - base
        index = projection.path("price_index")
        prices = annual_rate(index.at(base), index.at(last), years)
        start = projection.value("income_per_capita", base)
        parts.append(
            sentence(
                ". Tăng thực {rate:0%}/năm là {real:1} triệu (gấp {factor:3} lần), danh nghĩa "
                "{nominal:1} triệu",
                ". Real growth of {rate:0%} a year means {real:1} million (x{factor:3}), {nominal:1} "
                "nominal",
                rate=rate, real=path.values[0] * growth_factor(rate, years),
                factor=growth_factor(rate, years),
                nominal=start * growth_factor(nominal_rate(rate, prices), years),
            )
        )  # fmt: skip
    place = data.commune.yardsticks.get("province", "")
    for row in data.figures(place, "income_growth_real_mean")[:1]:
        parts.append(
            sentence(
                "; {place} {first}-{year} tăng thực {value:1%}/năm",
                "; {place} grew by {value:1%} a year in {first}-{year}",
                place=place, first=row.year_from, year=row.year, value=row.value,
            )
        )  # fmt: skip
    return Headline(joined(parts), weakest_origin(*path.origins), page)
