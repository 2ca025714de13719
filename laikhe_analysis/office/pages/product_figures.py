"""Total product around a scenario, in a figure for a notebook."""

from __future__ import annotations

from laikhe_analysis.checks import Text
from laikhe_analysis.data import Dataset
from laikhe_analysis.findings.product import plan_rates
from laikhe_analysis.office.pages.fans import chance_text, fan_rows
from laikhe_analysis.office.pages.scenario_chances import draws_of
from laikhe_analysis.office.pages.scenario_figures import fan_origin, show_fan
from laikhe_analysis.scenarios.projection import Projection
from laikhe_analysis.simulation import Simulation
from laikhe_analysis.vietnamese import sentence, words

__all__ = ["show_product_fan"]


def show_product_fan(
    data: Dataset, projection: Projection | None, spread: float, lang: str = "vi"
) -> Text:
    """Show how far total product may stray from a scenario; return it in words, or why not.

    The words tell the chance of the plan's total, with its standard error, and the weakest origin.
    """
    draws = draws_of(data, projection, spread)
    if isinstance(draws, Text):
        return draws
    assert projection is not None
    show_fan(data, draws, projection, lang)
    end = fan_rows(100 * draws.totals, draws.years)[-1]
    return sentence(
        "Năm {y}: giữa {m:1}, tám lần trong mười từ {lo:1} đến {hi:1} ({b} = 100), nếu xã biến động "
        "gấp {k:1} lần cả nước (giả định).{told} Căn cứ yếu nhất: {origin}.",
        "{y}: middle {m:1}, eight times in ten between {lo:1} and {hi:1} ({b} = 100), if the commune "
        "swings {k:1} times as much as the country (assumption).{told} Weakest origin: {origin}.",
        k=spread, y=end["year"], m=end["median"], lo=end["lo_80"], hi=end["hi_80"],
        b=projection.baseline.year, told=_total_chance(data, draws),
        origin=words(fan_origin(projection)),
    )  # fmt: skip


def _total_chance(data: Dataset, draws: Simulation) -> Text:
    """Return the chance of the plan's total, and of the lower end of what counts as "about" it."""
    rate, target = plan_rates(data.plan)[2], data.plan.role("total_product", "average_rate")
    if rate is None:
        return Text("", "")
    about = target.tolerance if target is not None else 0.0
    ends = [rate, rate - about] if about else [rate]
    told = [
        sentence("tăng bình quân từ {r:1%}/năm là {p}", "{r:1%} a year or more is {p}", r=r,
                 p=chance_text(draws.probability(draws.growth(None) >= r)))
        for r in ends
    ]  # fmt: skip
    return sentence(
        " Nếu kịch bản đúng ở giữa thì khả năng {told}.",
        " If the scenario is right in the middle, the chance of {told}.",
        told=Text("; ".join(t.vi for t in told), "; ".join(t.en for t in told)),
    )
