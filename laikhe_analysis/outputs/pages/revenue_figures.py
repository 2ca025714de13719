"""Budget revenue in figures for a notebook; the reason is returned where nothing can be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from laikhe_analysis.checks import Text
from laikhe_analysis.data import Dataset
from laikhe_analysis.outputs.notebooks import show
from laikhe_analysis.outputs.pages.fans import fan_rows, product_draws, revenue_draws
from laikhe_analysis.outputs.pages.revenue import Projections, RevenueGoal
from laikhe_analysis.outputs.summary import mean_rate_of
from laikhe_analysis.outputs.tables import table
from laikhe_analysis.plots import Line, plot_band, plot_lines
from laikhe_analysis.scenarios import Projection, by_year
from laikhe_analysis.series import AnnualSeries, weakest_origin
from laikhe_analysis.vietnamese import chance_words, format_number, label, sentence, words

__all__ = ["direct_text", "show_fan", "show_revenue", "show_revenue_fan"]

_NO_PATH = Text(
    "Chưa vẽ được đường thu nào, vì không kịch bản nào có đủ giả định để tính thu.",
    "No path of revenue can be drawn: no scenario has the assumptions that revenue needs.",
)
_NO_SPREAD = Text(
    "Chưa tính được khoảng, vì dữ liệu thiếu tốc độ tăng từng ngành của cả nước hoặc kịch bản thiếu "
    "tổng sản phẩm.",
    "The band cannot be computed: the country's growth by sector, or the scenario's product, is "
    "missing.",
)
_OWN_GROWTH = Text(
    "Kịch bản này cho thu một tốc độ tăng riêng, không qua tổng sản phẩm: không tính khoảng.",
    "This scenario gives revenue a growth of its own: no band.",
)
_DIRECT = Text(
    "Kịch bản {name} ghi thẳng thu tăng {r:1}%/năm, không tính qua tổng sản phẩm, nên năm {y} là {x:1}, "
    "so với {other:1} của kịch bản {base}. Trong khi đó các tốc độ ngành và cơ cấu của chính nó cho sản "
    "phẩm theo giá hiện hành tăng {n:1}%/năm, tức thu chỉ tăng bằng {q:2} lần sản phẩm. Nếu thu của nó "
    "cũng đi theo sản phẩm, với hệ số co giãn của kịch bản {base}, thì chỉ số là {alt:1}. Vậy {x:1} là "
    "điều mục tiêu thu đòi hỏi, {alt:1} là điều các tốc độ ngành hàm ý. (Sổ tính 01 và 03 ghi sản phẩm "
    "theo giá hiện hành tăng khác {n:1}%/năm vì ở đó lấy thẳng tốc độ chung của kế hoạch, còn ở đây cộng "
    "từ các ngành.)",
    "Scenario {name} states growth of revenue of {r:1}% a year, not by way of product: {x:1} in {y}, "
    "against {other:1} in scenario {base}. Its own sector rates and structure let nominal product grow "
    "by {n:1}% a year, so revenue grows {q:2} times as fast. With the buoyancy of {base} the index would "
    "be {alt:1}: {x:1} is what the target asks for, {alt:1} what the sector rates imply. (Notebooks 01 "
    "and 03 have another growth of nominal product: there the plan's total rate is taken as it is, here "
    "the sectors are added up.)",
)
_ALL_BUT = Text("Thu không kể tiền sử dụng đất", "Revenue without land-use fees")


def _paths(projections: Projections) -> dict[str, AnnualSeries]:
    """Return revenue by scenario, base year = 100, where it could be projected."""
    found = {k: p.path("recurrent_revenue") for k, p in projections.items()
             if "recurrent_revenue" in p.paths}  # fmt: skip
    return {k: s.rebase(s.years[0]) for k, s in found.items()}


def show_revenue(
    projections: Projections, goal: RevenueGoal | None, lang: str = "vi"
) -> Text | None:
    """Show revenue under each scenario as an index, and the growth reading of the clause.

    The reason is returned where nothing can be shown.
    """
    paths = _paths(projections)
    if not paths:
        return _NO_PATH
    curves = [Line(label(k, lang), s.years, s.values, "assumption") for k, s in paths.items()]
    asked = goal.line(lang) if goal else None
    curves += [asked] if asked else []
    first, last = int(curves[0].years[0]), int(curves[0].years[-1])
    ax = plot_lines(
        curves, unit="index", title=f"{_ALL_BUT.pick(lang)}, {first} = 100", lang=lang,
        origin=weakest_origin(*(o for k in paths for o in projections[k].paths[
            "recurrent_revenue"].origins)),
    )  # fmt: skip
    rows = [
        {"year": y} | {c.name: dict(zip(c.years, c.values, strict=True)).get(y) for c in curves}
        for y in range(first, last + 1)
    ]
    columns = {"year": Text("Năm", "Year").pick(lang)} | {c.name: c.name for c in curves}
    lead = Text(f"Chỉ số thu năm {last}: ", f"Index of revenue in {last}: ").pick(lang)
    told = "; ".join(f"{c.name} {format_number(c.values[-1], 1, lang)}" for c in curves)
    show(ax, lead + told, table(rows, columns, lang=lang))
    return None


def direct_text(projections: Projections, chosen: Projection) -> Text | None:
    """Return what a scenario that states revenue's growth itself would have by way of product.

    Its index as stated beside that of `chosen`, and ``100 prod(1 + b[t] n[t])`` with n the nominal
    growth of its own product and b the buoyancy of `chosen`; a paragraph each, None without any,
    or where revenue of later years is known: then no scenario sets all of its growth.
    """
    found, revenue, nominal = [], "recurrent_revenue", "total_product_nominal"
    ways = by_year(chosen.scenario).get("buoyancy", {})
    comparable = set(chosen.years[1:]) <= set(ways) and not chosen.baseline.held(revenue)
    for name, p in projections.items() if comparable and revenue in chosen.paths else ():
        if "revenue_growth" in by_year(p.scenario) and {nominal, revenue} <= set(p.paths):
            size, index = p.path(nominal), 100.0
            for year in p.years[1:]:
                index *= 1 + float(ways[year].value) * (size.at(year) / size.at(year - 1) - 1)
            grown, product = (mean_rate_of(p, one) for one in (revenue, nominal))
            found.append(sentence(
                _DIRECT.vi, _DIRECT.en, name=words(name), base=words(chosen.scenario.name),
                y=p.years[-1], r=100 * grown, n=100 * product, q=grown / product, alt=index,
                x=p.path(revenue).rebase(p.years[0]).at(p.years[-1]),
                other=chosen.path(revenue).rebase(chosen.years[0]).at(chosen.years[-1]),
            ))  # fmt: skip
    return Text(*("\n\n".join(x.pick(g) for x in found) for g in ("vi", "en"))) if found else None


def show_fan(
    fan: Sequence[Mapping[str, Any]], middle: str, goal: Line | None, alt: str, **drawn: str
) -> None:
    """Show the band of draws with its median and what the plan asks for.

    Parameters
    ----------
    fan : sequence of mapping
        From `fans.fan_rows`.
    middle : str
        Name of the median.
    goal : Line or None
    alt : str
        What the figure shows, in words.
    **drawn
        `unit` and `title`.
    """
    years, low, mid, high = (
        [row[key] for row in fan] for key in ("year", "lo_80", "median", "hi_80")
    )
    lines = [Line(middle, years, mid, "assumption"), *([goal] if goal else [])]
    ax = plot_lines(lines, unit=drawn["unit"], title=drawn["title"], origin="assumption")
    ax = plot_band(ax, years, low, high, level=80, meaning="assumption")
    columns = {"year": "Năm", "lo_80": "thấp 80%", "median": "giữa", "hi_80": "cao 80%"}
    show(ax, alt, table(fan, columns))


def show_revenue_fan(
    data: Dataset, projection: Projection, goal: RevenueGoal | None, spread: float
) -> Text:
    """Show how far revenue may stray from a scenario; return it in words, or why not."""
    if "recurrent_revenue" not in projection.paths:
        return _NO_PATH
    draws = product_draws(data, projection, wider=spread)
    if draws is None:
        return _NO_SPREAD
    index = revenue_draws(draws, projection)
    if index is None:
        return _OWN_GROWTH
    fan, asked = fan_rows(index, projection.years[1:]), goal.line() if goal else None
    end, told = fan[-1], Text("", "")
    if asked is not None:
        told = sentence(
            " Trong tính toán này mức tăng {g:0}%/năm đạt trong {p} số lần, nếu hệ số co giãn đúng như "
            "giả định.",
            " In {p} of these draws growth of {g:0}% a year is met, if the buoyancy holds.",
            g=100 * ((goal.growth if goal else 0) or 0),
            p=chance_words(float((index[:, -1] >= asked.values[-1]).mean())),
        )  # fmt: skip
    text = sentence(
        "Năm {y}: giữa {m:1}, tám lần trong mười nằm từ {a:1} đến {b:1}.{told} Ở đây xã được coi là biến "
        "động gấp {k:1} lần cả nước (giả định).",
        "{y}: middle {m:1}, eight times in ten between {a:1} and {b:1}.{told} The commune is taken to "
        "swing {k:1} times as much as the country (assumption).",
        k=spread, y=end["year"], m=end["median"], a=end["lo_80"], b=end["hi_80"], told=told,
    )  # fmt: skip
    title = f"{_ALL_BUT.vi}, {projection.years[0]} = 100"
    show_fan(fan, label(projection.scenario.name), asked, text.vi, unit="index", title=title)
    return text
