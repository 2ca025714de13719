"""Income per capita in figures for a notebook; the reason is returned where nothing can be shown."""

from __future__ import annotations

from laikhe_analysis.checks import Text
from laikhe_analysis.data import Dataset
from laikhe_analysis.forecast import Forecast, forecast
from laikhe_analysis.growth import annual_rate, real_rate
from laikhe_analysis.outputs.notebooks import show
from laikhe_analysis.outputs.pages.fans import fan_rows, product_draws
from laikhe_analysis.outputs.pages.income import MONTHLY, NO_LEVEL, Income
from laikhe_analysis.outputs.pages.revenue import LEAST_YEARS, Projections
from laikhe_analysis.outputs.pages.revenue_figures import show_fan
from laikhe_analysis.outputs.summary import mean_inflation
from laikhe_analysis.outputs.tables import table
from laikhe_analysis.plots import Line, plot_band, plot_lines
from laikhe_analysis.scenarios import Projection
from laikhe_analysis.series import AnnualSeries, weakest_origin
from laikhe_analysis.vietnamese import chance_words, format_number, label, sentence, words

__all__ = ["show_income", "show_income_fan", "show_yardstick"]

_NO_YARDSTICK = Text(
    "Chưa dự báo được thước đo, vì dữ liệu không có đủ năm năm liền thu nhập bình quân của cả nước.",
    "No forecast of a yardstick: there are no five years in a row of the country's income.",
)
_NO_PATH = Text(
    "Chưa vẽ được đường thu nhập nào, vì không kịch bản nào có đủ mức năm xuất phát và giả định tốc độ.",
    "No path of income can be drawn: no scenario has both a level of the base year and a growth.",
)
_NO_SPREAD = Text(
    "Chưa tính được khoảng, vì dữ liệu thiếu thu nhập, giá hoặc tốc độ tăng từng ngành của cả nước, hoặc "
    "kịch bản thiếu thu nhập.",
    "The band cannot be computed: the country's income, prices or growth by sector, or the "
    "scenario's income, are missing.",
)


def _last_run(series: AnnualSeries) -> AnnualSeries:
    """Return the years in a row at the end of a series."""
    have, first = set(series.years), series.years[-1]
    while first - 1 in have:
        first -= 1
    return series.select(range(first, series.years[-1] + 1))


def show_yardstick(
    data: Dataset, last: int, scenario: Projection | None = None, lang: str = "vi"
) -> Text:
    """Show the forecast of the country's income, from its last years in a row; return its words.

    What it means after prices is said with the inflation of `scenario`.
    """
    place = data.commune.yardsticks.get("country", "")
    national = data.facts().get(f"{place}/{MONTHLY}")
    recent = _last_run(national.after_breaks().known()) if national else None
    if recent is None or len(recent) < LEAST_YEARS or recent.last[0] >= last:
        return _NO_YARDSTICK
    future = forecast(recent, last - recent.last[0])
    path = future.table
    years, low, point, high = (path[c].tolist() for c in ("year", "lo_80", "point", "hi_80"))
    known = Line(place, recent.years, recent.values, "observed")
    ax = plot_lines(
        [known, Line(place, years, point, "forecast")], unit=recent.unit, lang=lang,
        title=Text("Thu nhập bình quân một tháng, giá hiện hành", "Monthly income, current prices"
                   ).pick(lang), origin=future.origin,
    )  # fmt: skip
    ax = plot_band(ax, years, low, high, level=80, lang=lang)
    show(ax, future.explain(lang))
    meaning = _yardstick_text(future, scenario)
    return Text(f"{future.explain('vi')}\n\n{meaning.vi}", f"{future.explain('en')} {meaning.en}")


def _yardstick_text(future: Forecast, scenario: Projection | None) -> Text:
    """Return what the forecast of the country's income means: against prices, and how wide it is.

    Nominal growth from the last known year to the last of the forecast, its 80 % band in the same
    terms, and real growth at the inflation that the scenario assumes, where there is one.
    """
    history, end = future.history, future.years[-1]
    first, (last, level) = history.years[0], history.last
    ends = (future.point[-1], future.quantile(0.1)[-1], future.quantile(0.9)[-1])
    middle, low, high = (float(annual_rate(level, float(x), end - last)) for x in ends)
    text = sentence(
        "Tức tăng {g:1}%/năm theo giá hiện hành trong {last}-{end} ({first}-{last} tăng {past:1}%/năm). "
        "Khoảng 80% rất rộng: từ {lo:1} đến {hi:1}%/năm.",
        "That is {g:1}% a year at current prices in {last}-{end} ({first}-{last}: {past:1}%). The 80% "
        "band is wide: {lo:1} to {hi:1}% a year.",
        g=100 * middle, lo=100 * low, hi=100 * high, first=first, last=last, end=end,
        past=100 * annual_rate(history.at(first), level, last - first),
    )  # fmt: skip
    if scenario is None or "price_index" not in scenario.paths:
        return text
    prices = mean_inflation(scenario)
    real = float(real_rate(middle, prices, limit=None))
    meaning = sentence(
        "Thấp hơn mức giá tăng {p:1}%/năm của kịch bản {name}, nghĩa là **thu nhập thực giảm "
        "{r:1}%/năm**: từ ít năm số liệu, phép dự báo cố ý thận trọng, nên đây là mức đối chiếu thấp, "
        "không phải điều xã nên trông đợi.",
        "Below the inflation of {p:1}% a year in scenario {name}, so real income would fall by {r:1}% a "
        "year: on few years the forecast is cautious on purpose, a lower yardstick and no expectation.",
        p=100 * prices, r=-100 * real, name=words(scenario.scenario.name),
    ) if real < 0 else sentence(
        "Sau khi trừ giá tăng {p:1}%/năm của kịch bản {name}, thu nhập thực tăng {r:1}%/năm.",
        "At the inflation of {p:1}% a year in scenario {name} real income grows by {r:1}% a year.",
        p=100 * prices, r=100 * real, name=words(scenario.scenario.name),
    )  # fmt: skip
    return Text(f"{text.vi} {meaning.vi}", f"{text.en} {meaning.en}")


def show_income(projections: Projections, income: Income, lang: str = "vi") -> Text | None:
    """Show real income under each scenario, and what the plan asks for; else return why not."""
    real, money = "income_per_capita_real", "income_per_capita"
    known = {label(k, lang): p for k, p in projections.items() if {real, money} <= set(p.paths)}
    if not known:
        return _NO_PATH
    paths = {k: p.path(real) for k, p in known.items()}
    lines = [Line(k, s.years, s.values, "assumption") for k, s in paths.items()]
    asked, base = income.line(lang), income.base
    lines += [asked] if asked else []
    ax = plot_lines(lines, unit="million VND/person/year", title=_title(base).pick(lang), lang=lang,
                    origin=weakest_origin(*(s.origin for s in paths.values())))  # fmt: skip
    rows = [
        {"year": y} | {f"{k} {v}": p.value(v, y) for k, p in known.items() for v in (real, money)}
        for y in range(base, income.last + 1)
    ]
    heads = {real: Text(f"giá {base}", f"{base} prices"), money: Text("danh nghĩa", "nominal")}
    columns = {"year": Text("Năm", "Year").pick(lang)} | {
        f"{k} {v}": f"{k}, {words_of.pick(lang)}" for v, words_of in heads.items() for k in known
    }
    lead = Text(f"Năm {income.last}, giá {base}, triệu đồng: ",
                f"{income.last} at {base} prices, million VND: ").pick(lang)  # fmt: skip
    told = "; ".join(f"{x.name} {format_number(x.values[-1], 1, lang)}" for x in lines)
    show(ax, lead + told, table(rows, columns, lang=lang))
    return None


def _title(base: int) -> Text:
    """Return the title of the figures of real income."""
    return Text(
        f"Thu nhập bình quân đầu người, giá năm {base}", f"Income per capita at {base} prices"
    )


def show_income_fan(data: Dataset, projection: Projection, income: Income, spread: float) -> Text:
    """Show how far real income may stray from a scenario; return it in words, or why not."""
    name = "income_per_capita_real"
    if income.level is None or name not in projection.paths:
        return NO_LEVEL if income.level is None else _NO_PATH
    draws = product_draws(data, projection, with_income=True, wider=spread)
    if draws is None:
        return _NO_SPREAD
    fan = fan_rows(income.level * draws.sector(name), projection.years[1:], income.level)
    end, told = fan[-1], Text("", "")
    if income.rate is not None:
        told = sentence(
            "; tăng thực {g:0}%/năm đạt {p} số lần", "; real growth of {g:0}% a year in {p}",
            g=100 * income.rate, p=chance_words(float((draws.growth(name) >= income.rate).mean())),
        )  # fmt: skip
    text = sentence(
        "Năm {y}, giá {b}: giữa {m:1} triệu đồng, tám lần trong mười từ {lo:1} đến {hi:1}{told}. Ở đây "
        "xã được coi là biến động gấp {k:1} lần cả nước (giả định).",
        "{y}, {b} prices: middle {m:1} million VND, eight times in ten {lo:1} to {hi:1}{told}. The "
        "commune is taken to swing {k:1} times as much as the country (assumption).",
        k=spread, y=end["year"], b=income.base, m=end["median"], lo=end["lo_80"], hi=end["hi_80"],
        told=told,
    )  # fmt: skip
    show_fan(fan, label(projection.scenario.name), income.line(), text.vi,
             unit="million VND/person/year", title=_title(income.base).vi)  # fmt: skip
    return text
