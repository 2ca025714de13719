"""The study of the investment total as one page sees it: one sharing rule leads, the others follow.

What the plan itself says (its readings and the questions to the city) always keeps the plan's own
rule, which is the first of `sharing.csv`. A study that rests on examples can only be shown marked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from laikhe_analysis.checks import Text
from laikhe_analysis.data import Dataset
from laikhe_analysis.investment import Study
from laikhe_analysis.investment.market import Factor, Market, market_from_prices
from laikhe_analysis.investment.questions import Question, questions
from laikhe_analysis.investment.requirements import Requirement, requirement
from laikhe_analysis.investment.yardsticks import readings
from laikhe_analysis.land.sharing import covers
from laikhe_analysis.office.board.standing import read_as_of
from laikhe_analysis.office.commands.refusal import choose, refuse
from laikhe_analysis.office.invest.land_market import stated_market
from laikhe_analysis.office.summary import auction_prices, gross_by_rule, investment_study
from laikhe_analysis.records import Plot, SharingRule
from laikhe_analysis.vietnamese import words

__all__ = [
    "STREAM",
    "View",
    "choose_rule",
    "first_open_year",
    "invest_view",
    "shown_for",
    "usable_rules",
]

STREAM = "commune_run"
"""Stream of the fees where there is no inventory."""

EXAMPLE = Text("VÍ DỤ: ", "EXAMPLE: ")
"""What everything that rests on example figures begins with."""

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class View:
    """A study, and what is needed to tell it.

    Parameters
    ----------
    data : Dataset
    study : Study
        Its first requirement is that of the rule that leads the page.
    rules : tuple of SharingRule
        In the order of the study, the leading rule first.
    plan_rule : SharingRule
        The rule of the plan's own words.
    questions : tuple of Question
        To the city, from the plan's rule.
    readings : list of dict
        Rival readings of the plan's words; see `yardsticks.readings`.
    left_out : dict of str to str
        Rules that say nothing of a stream that is needed, with the stream.
    plots : tuple of Plot
        The inventory behind the study.
    area_ha : float or None
        Land assumed where there is no inventory. [ha]
    price : float
        The middle one of the prices shown. [million VND per m2]
    sold : float
        Part of the land offered that finds a buyer, in the areas shown. [fraction]
    received : float
        Money already retained. [billion VND]
    saleable : float
        Part of a site that is plots. [fraction]
    """

    data: Dataset
    study: Study
    rules: tuple[SharingRule, ...]
    plan_rule: SharingRule
    questions: tuple[Question, ...]
    readings: list[dict[str, Any]]
    left_out: dict[str, str]
    plots: tuple[Plot, ...]
    area_ha: float | None
    price: float
    sold: float
    received: float
    saleable: float

    @property
    def need(self) -> Requirement:
        """What the total asks under the leading rule."""
        return self.study.needs[0]

    @property
    def rule(self) -> str:
        """Name of the leading rule."""
        return self.need.rule

    @property
    def is_example(self) -> bool:
        """Whether anything in the study is an example."""
        return self.study.origin == "example"

    def mark(self, words: str, lang: str = "vi") -> str:
        """Return words as they are, or marked where the study rests on examples."""
        return EXAMPLE.pick(lang) + words if self.is_example else words


def shown_for(
    make: Callable[Concatenate[View, P], T],
) -> Callable[Concatenate[View | None, P], T | None]:
    """Return a function of a view that gives None where there is nothing to view."""

    @wraps(make)
    def made(view: View | None, /, *args: P.args, **kwargs: P.kwargs) -> T | None:
        return None if view is None else make(view, *args, **kwargs)

    return made


def first_open_year(data: Dataset, as_of: str = "") -> int:
    """Return the first year of the plan that the newest figures leave open. [year]

    Figures recorded in the last quarter count their year as over.

    Parameters
    ----------
    data : Dataset
    as_of : str
        The date from which all is seen, such as "2026", "2026H1" or "2026-9M", in place of that of
        the newest figures; a year counts as over from its nine months on.

    Raises
    ------
    RefusalError
        If `as_of` is no date.
    """
    first, last = data.commune.base_year + 1, data.commune.target_year
    if as_of.strip():
        at = read_as_of(as_of, data)
        gone = at.year if at.period in ("FY", "9M", "H2", "Q4") else at.year - 1
        return min(max(gone + 1, first), last)
    day = max((row.recorded_on for row in data.observed), default="")
    if not day:
        return first
    year = int(day[:4]) + (day[5:7] >= "10")
    return min(max(year, first), last)


def usable_rules(data: Dataset, plots: Sequence[Plot] = ()) -> tuple[list[str], dict[str, str]]:
    """Return the rules that say enough, the plan's first, and the others with what they lack.

    A rule has to let something come back, in every year of the plan, for every stream needed.
    """
    years = range(data.commune.base_year + 1, data.commune.target_year + 1)
    streams = sorted({plot.stream for plot in plots} or {STREAM})
    able, lacking = [], {}
    for name in gross_by_rule(data, STREAM):
        missing = [s for s in {STREAM, *streams} if not covers(data.rules[name], s, years)]
        if missing:
            lacking[name] = sorted(missing)[0]
        else:
            able.append(name)
    return able, lacking


def choose_rule(
    data: Dataset, given: str, option: str = "--rule", plots: Sequence[Plot] | None = None
) -> str:
    """Return the rule that was named, if the investment total can be studied under it.

    Parameters
    ----------
    data : Dataset
    given : str
    option : str
        Where it was named.
    plots : sequence of Plot, optional
        The inventory, whose streams the rule has to know; the commune's own otherwise.

    Raises
    ------
    RefusalError
        With the rules that can be used; and with what the named one lacks, where it is known.
    """
    names, lacking = usable_rules(data, data.inventory if plots is None else plots)
    if not names or given in names or given not in data.rules:
        return choose(option, given, names or list(data.rules))
    raise refuse(
        "{option} {given}: quy định này không cho biết xã được dùng bao nhiêu của {stream} trong mọi "
        "năm của kế hoạch, nên không tính tổng vốn theo nó được. Chọn một trong {names}.",
        "{option} {given}: this rule does not say what the commune keeps of {stream} in every year "
        "of the plan, so that the total cannot be computed under it. Choose one of {names}.",
        usage=True, option=option, given=given, stream=words(lacking.get(given, STREAM)),
        names=", ".join(names),
    )  # fmt: skip


def invest_view(
    data: Dataset,
    *,
    rule: str = "",
    prices: Sequence[float] = (),
    area_ha: float = 0.0,
    sold: float | None = None,
    left_from: int = 0,
    as_of: str = "",
    received: float = 0.0,
    saleable: float = 1.0,
    plots: Sequence[Plot] | None = None,
    draws: int = 20_000,
) -> View | None:
    """Return the study of the plan's investment total as a page sees it.

    Parameters
    ----------
    data : Dataset
    rule : str
        The rule that leads; the plan's otherwise.
    prices : sequence of float
        Prices at which land is sold, in place of the market's starting price and premium; the
        starting prices of the auctions seen are shown otherwise. [million VND per m2]
    area_ha : float
        Land assumed where there is no inventory; what the leading rule needs at the middle price
        otherwise. [ha]
    sold : float, optional
        Part of the land offered that finds a buyer, in place of the market's. [fraction]
    left_from : int
        First year that is still open; `first_open_year` otherwise. [year]
    as_of : str
        The date that `first_open_year` asks for.
    received : float
        Money already retained. [billion VND]
    saleable : float
        Part of a site that is plots. [fraction]
    plots : sequence of Plot, optional
        The inventory; the commune's own otherwise.
    draws : int
        Draws of the market.

    Returns
    -------
    View or None
        None where the plan has no investment total, or no rule says enough.

    Raises
    ------
    RefusalError
        If there is no such rule, or `as_of` is no date.
    ValueError
        As `investment.study`.
    """
    target, inventory = (
        data.plan.role("investment_land"),
        data.inventory if plots is None else plots,
    )
    names, left_out = usable_rules(data, inventory)
    if target is None or not names:
        return None
    lead = choose_rule(data, rule, "RULE", inventory) if rule else names[0]
    ordered = [lead, *(name for name in names if name != lead)]
    shown = list(prices) or sorted(set(auction_prices(data).values())) or [10.0]
    market = _market(data, shown, is_given=bool(prices), sold=sold)
    years = tuple(range(data.commune.base_year + 1, data.commune.target_year + 1))
    ask: dict[str, Any] = {
        "years": years, "left_from": left_from or first_open_year(data, as_of), "received": received,
    }  # fmt: skip
    middle = sorted(shown)[(len(shown) - 1) // 2]  # as `summary.middle_price`
    need = requirement(target.value, data.rules[lead], **ask)
    area = area_ha or (need.gross or 0.0) / (10 * middle) / (sold or 1.0)
    study = investment_study(
        data, rules=ordered, prices=shown, market=market, plots=inventory, draws=draws,
        area_ha=None if inventory else area, saleable=saleable,
        left_from=ask["left_from"], received=received,
    )  # fmt: skip
    assert study is not None
    plan, *others = (data.rules[name] for name in names)
    return View(
        data, study, tuple(data.rules[name] for name in ordered), plan,
        questions(target.value, [plan, *others], **ask),
        readings(target.value, plan, others, year=years[0], stream=STREAM),
        left_out, tuple(inventory), None if inventory else area, middle, sold or 1.0, received, saleable,
    )  # fmt: skip


def _market(
    data: Dataset, prices: Sequence[float], *, is_given: bool, sold: float | None
) -> Market:
    """Return the stated market, with what was given in place of what it states."""
    market = stated_market(data, prices)
    if is_given:
        own = market_from_prices(prices).price
        if len(set(prices)) == 1:
            own = Factor("fixed", prices[0], note="given")
        market = replace(market, price=own, premium=Factor("fixed", 1.0, note="given"))
    return market if sold is None else replace(market, sold=Factor("fixed", sold, note="given"))
