"""The investment total: what it needs, with how much land, what is at hand, what may be started."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from laikhe_analysis.checks import SEED, check_choice
from laikhe_analysis.findings.finding import Finding
from laikhe_analysis.findings.land_market import price_cases
from laikhe_analysis.investment import Study, study
from laikhe_analysis.investment.brought import Brought
from laikhe_analysis.investment.market import switched
from laikhe_analysis.land import required_gross, retained_share
from laikhe_analysis.land.sharing import covers
from laikhe_analysis.messages import safe_side
from laikhe_analysis.messages.place import kind_of_place
from laikhe_analysis.records import Plot
from laikhe_analysis.series import weakest_origin

if TYPE_CHECKING:
    from laikhe_analysis.data import Dataset

__all__ = [
    "STREAM",
    "answer",
    "area",
    "collected",
    "concluded",
    "first_open_year",
    "gross_by_rule",
    "inventory",
    "land",
    "needed",
    "planned",
    "programme",
    "range_by_rule",
    "study_of",
    "usable_rules",
]

STREAM = "commune_run"
"""Stream of the fees where there is no inventory."""
_CUMULATIVE = ("9M", "H1", "Q1")
"""Parts of a year that hold all of it so far, the longest first."""


def gross_by_rule(data: Dataset, stream: str = STREAM) -> dict[str, float]:
    """Return the land-use fees that the investment total needs under each rule. [billion VND]

    Rules that say nothing of the stream in the first year, or let nothing come back, are left out.
    """
    target, year = data.plan.role("investment_land"), data.commune.base_year + 1
    found = {}
    for name, rule in data.rules.items():
        share = retained_share(rule, stream, year) if covers(rule, stream, [year]) else 0.0
        if target is not None and share > 0:
            found[name] = float(required_gross(target.weaker_end, share))
    return found


def usable_rules(
    data: Dataset, plots: Sequence[Plot] | None = None
) -> tuple[list[str], dict[str, str]]:
    """Return the rules that say enough, the plan's first, and the others with what they lack.

    A rule has to let something come back, in every year of the plan, for every stream needed: that
    of the plan and those of the `plots`, the commune's own by default.
    """
    years = range(data.commune.base_year + 1, data.commune.target_year + 1)
    land = data.inventory if plots is None else plots
    streams = sorted({STREAM} | {plot.stream for plot in land})
    able, lacking = [], {}
    for name in gross_by_rule(data):
        missing = [s for s in streams if not covers(data.rules[name], s, years)]
        if missing:
            lacking[name] = missing[0]
        else:
            able.append(name)
    return able, lacking


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
    ValueError
        If `as_of` is no date.
    """
    from laikhe_analysis.monitor.measures import AsOf

    first, last = data.commune.base_year + 1, data.commune.target_year
    if as_of.strip():
        at = AsOf.of(as_of)
        gone = at.year if at.period in ("FY", "9M", "H2", "Q4") else at.year - 1
        return min(max(gone + 1, first), last)
    day = data.last_recorded
    if not day:
        return first
    year = int(day[:4]) + (day[5:7] >= "10")
    return min(max(year, first), last)


def collected(data: Dataset) -> dict[int, float]:
    """Return the land-use fees collected in the plan's years, as far as they are known.

    A whole year where it is reported, else its longest part from January on. [billion VND]
    """
    parts = [data.histories(period=period).get("land_revenue") for period in ("FY", *_CUMULATIVE)]
    found: dict[int, float] = {}
    for series in parts:
        known = series.known() if series is not None else None
        if known is not None and known.unit == "billion VND":
            years = (y for y in known.years if y > data.commune.base_year and y not in found)
            found |= {year: known.at(year) for year in years}
    return {year: found[year] for year in sorted(found)}


def study_of(
    data: Dataset,
    *,
    rule: str = "",
    as_of: str = "",
    left_from: int = 0,
    prices: Sequence[float] = (),
    cautions: Mapping[str, float | None] | None = None,
    plots: Sequence[Plot] | None = None,
    levels: Sequence[float] = (0.5, 0.8),
    draws: int = 20_000,
    seed: int = SEED,
) -> Study | None:
    """Return the study of the plan's investment total, from everything that the folder holds.

    Parameters
    ----------
    data : Dataset
    rule : str
        The rule that leads; the plan's own, which is the first that can be used, by default.
    as_of, left_from : str, int
        What `first_open_year` asks for; that year itself.
    prices : sequence of float
        In place of the price cases. [million VND per m2]
    cautions : mapping, optional
        Factors of caution that are set, by name; see `investment.market.switched`.
    plots : sequence of Plot, optional
        The inventory; the commune's own by default.
    levels, draws, seed
        See `investment.study`.

    Returns
    -------
    Study or None
        None where the plan has no investment total, or no rule says enough.

    Raises
    ------
    ValueError
        If the rule cannot be used, or `as_of` is no date.
    """
    target, commune = data.plan.role("investment_land"), data.commune
    land = data.inventory if plots is None else tuple(plots)
    names, _ = usable_rules(data, land)
    if target is None or not names:
        return None
    lead = check_choice("rule", rule, names) if rule else names[0]
    years = range(commune.base_year + 1, commune.target_year + 1)
    cases = price_cases(data, prices)
    return study(
        target.weaker_end, [data.rules[n] for n in dict.fromkeys([lead, *names])], years=years,
        left=range(left_from or first_open_year(data, as_of), commune.target_year + 1),
        markets={name: switched(market, **(cautions or {})) for name, market in cases.items()},
        collected=collected(data), plots=land, projects=data.programme,
        capital=data.capital_plan, city_works=_city_works(data), levels=levels, draws=draws, seed=seed,
    )  # fmt: skip


def _city_works(data: Dataset) -> dict[str, bool]:
    """Return the works whose source of funds names the city, and whether it names the commune too."""
    above, own = kind_of_place(data.commune.city), kind_of_place(data.commune.name)
    sources = {one.project_id: one.source_of_funds.casefold() for one in data.programme}
    return {name: own in text for name, text in sources.items() if above and above in text}


def answer(data: Dataset, found: Study | None = None) -> Finding:
    """Return what the investment total asks for, and how sure it is, in one finding.

    Parameters
    ----------
    data : Dataset
    found : Study, optional
        `study_of` of the same data, where it is known already.
    """
    target, found = data.plan.role("investment_land"), found or study_of(data)
    if target is None:
        return Finding("investment.no_target.not_computable")
    if found is None:
        return Finding("investment.no_rule.not_computable", clause=target.clause)
    if found.needed[0]["gross"] is None:
        return _none_back(found, target.clause)
    at_hand = inventory(found)
    numbers = {
        "clause": target.clause, "total": found.total, "first": found.years[0],
        "last": found.years[-1], "rule": found.rule, **_asked(found), "received": _received(found),
        "land": at_hand or land(found),
        "verdict": None if at_hand else Finding("investment.no_inventory"),
    }  # fmt: skip
    return Finding(
        "investment.answer", numbers, "billion VND", found.origin, target.clause,
        found.verdict(), ("sharing_rule", "land_price", "investment_meaning"), owner=target.owner,
    )  # fmt: skip


def needed(found: Study) -> Finding:
    """Return the land-use fees that have to be collected under the rule that leads."""
    if found.needed[0]["gross"] is None:
        return _none_back(found)
    return Finding("investment.needed", _asked(found), "billion VND", found.origin)


def _none_back(found: Study, clause: str = "") -> Finding:
    """Return that no fees are enough: costs and the other budgets take all of them."""
    numbers = {"total": found.total, "rule": found.rule}
    return Finding(
        "investment.none_back", numbers, "billion VND", found.origin, clause, found.verdict()
    )


def concluded(found: Study) -> Finding:
    """Return what the land at hand comes to, in short, or how much is needed where there is none."""
    return inventory(found, in_short=True) or land(found)


def planned(found: Study) -> Finding:
    """Return the fees that the plan's total asks for as the plan reckons: before costs, all of it."""
    need = found.planned[0]
    if need["gross"] is None:
        return _none_back(found)
    numbers = {"gross": need["gross"], "share": need["share"], "cost": _cost(found, need),
               "before": None if need["cost"] else Finding("investment.before_costs")}  # fmt: skip
    return Finding("investment.planned", numbers, "billion VND", need["origin"])


def _asked(found: Study) -> dict[str, Any]:
    """Return what has to be collected, from when on, and of what the commune's share is."""
    need = found.needed[0]
    return {"gross": need["gross"], "per_year": need["per_year"], "left_from": found.left[0],
            "share": need["share"], "cost": _cost(found, need)}  # fmt: skip


def _cost(found: Study, need: Mapping[str, Any]) -> Finding | None:
    """Return what is taken first for costs and who says so, None where nothing is."""
    if not need["cost"]:
        return None
    by_rule = found.planned[0]["cost"] >= need["cost"] - 1e-9
    source = "rule" if by_rule else "land" if found.plots else "given"
    numbers = {"cost": need["cost"], "source": Finding(f"investment.cost_of_{source}")}
    return Finding("investment.cost_first", numbers, "fraction")


def _received(found: Study) -> Finding | None:
    """Return what was collected already, None where nothing is known of it."""
    if not found.collected:
        return None
    need = found.needed[0]
    numbers = {
        "collected": sum(found.collected.values()), "received": need["received"],
        "missing": need["missing"],
        "before": None if found.planned[0]["cost"] else Finding("investment.before_costs"),
    }  # fmt: skip
    return Finding("investment.received", numbers, "billion VND", "official")


def land(found: Study, rule: str = "") -> Finding:
    """Return the land needed under a rule, by price case."""
    rows = [row for row in found.land if row["rule"] == (rule or found.rule)]
    return Finding("investment.land", {"areas": tuple(map(area, rows))}, "ha", "assumption")


def area(row: Mapping[Any, Any]) -> Finding:
    """Return the land of one price case and rule, rounded up to a tenth of a hectare."""
    low, high = (row[level] for level in (0.5, 0.8))
    if low is None or high is None:
        return Finding("investment.no_area", {"case": row["case"]}, "ha", "assumption")
    numbers = {
        "case": row["case"],
        "price": row["price"],
        "half": safe_side(low, 1),
        "safe": safe_side(high, 1),
    }
    return Finding("investment.area", numbers, "ha", "assumption")


def inventory(found: Study, rule: str = "", *, in_short: bool = False) -> Finding | None:
    """Return what the land at hand brings under a rule, None without an inventory.

    In short without what is surely missing and how much land would do.
    """
    if not found.plots:
        return None
    got: Brought = found.brought[rule or found.rule]
    sure = {"safe": got.outcome.affordable, "short": got.short}
    numbers = {
        "n": len(found.plots), "area": got.area_ha, "mean": got.total("retained"),
        "missing": got.outcome.total, "chance": _chance(got.outcome.probability),
        "verdict": got.verdict, "last": found.left[-1],
        "sure": None if in_short else Finding("investment.sure", sure, "billion VND"),
        "more": None if in_short else _more(got),
    }  # fmt: skip
    return Finding("investment.inventory", numbers, "billion VND", got.outcome.origin,
                   status=got.verdict)  # fmt: skip


def _chance(p: float) -> Finding:
    """Return a chance as it is told: no certainty, no more digits than are known."""
    kind = "rare" if p < 0.01 else "sure" if p > 0.99 else "about"
    return Finding(f"investment.chance_{kind}", {"p": p} if kind == "about" else {})


def _more(got: Brought) -> Finding | None:
    """Return the land like this that would do in eight cases of ten, None where this does."""
    wanted = got.areas.get(0.8)
    if wanted is None or wanted <= got.area_ha:
        return None
    return Finding("investment.more_land", {"area": safe_side(wanted, 1)}, "ha")


def range_by_rule(found: Study) -> Finding | None:
    """Return what the rules ask for from least to most; None with one rule alone."""
    rows = [row for row in found.needed if row["gross"] is not None]
    if len(rows) < 2:
        return None
    low, high = (pick(rows, key=lambda row: row["gross"]) for pick in (min, max))
    numbers = {
        "low": low["gross"],
        "least": low["rule"],
        "high": high["gross"],
        "most": high["rule"],
    }
    origin = weakest_origin(low["origin"], high["origin"])
    return Finding("investment.range", numbers, "billion VND", origin)


def programme(found: Study) -> Finding:
    """Return what the programme needs and what determined money pays of it.

    `open` new works lack capital, `begun` have all of theirs; `lacking` is what arrears, advances and
    ongoing works lack, `short` says it.
    """
    money = {kind: sum(by_year.values()) for kind, by_year in found.determined.items()}
    determined = sum(money.values())
    kind = "determined" if determined else "none_determined"
    told = Finding(f"investment.{kind}", {"determined": determined, **money} if determined else {})
    numbers: dict[str, Any] = {
        "money": told, "determined": determined, "total": found.total, "first": found.left[0],
        "n": len(found.projects),
    }  # fmt: skip
    if not found.projects:
        return Finding("investment.no_programme", numbers, "billion VND", "assumption")
    covered = found.covered
    works = [row for row in covered.works if row["stage"] != "new"]
    behind = [row for row in works if row["funded"] < row["need"] - 1e-9]
    new = [row for row in covered.works if row["stage"] == "new"]
    numbers |= {
        "need": covered.total("need"), "funded": covered.total("funded"),
        "arrears": covered.total("need", "arrears"), "open": sum(not row["funded"] for row in new),
        "begun": sum(bool(row["funded"]) for row in new), "short": _short(behind),
        "lacking": sum(row["need"] - row["funded"] for row in behind), "untied": _untied(found),
    }  # fmt: skip
    origins = [one.origin for one in found.projects] + [one.origin for one in found.capital]
    origin = weakest_origin(*origins)
    return Finding("investment.programme", numbers, "billion VND", origin)


def _short(behind: Sequence[Mapping[str, Any]]) -> Finding | None:
    """Return which works that come before new ones lack capital, None where none does."""
    if not behind:
        return None
    parts = tuple(
        Finding("investment.short_work", {"stage": row["stage"], "name": row["name"],
                                          "lack": row["need"] - row["funded"]})
        for row in behind
    )  # fmt: skip
    return Finding("investment.short", {"works": parts}, "billion VND")


def _untied(found: Study) -> Finding | None:
    """Return the city's money where no work is named that it is for, None where one is or none came."""
    amount = sum(found.determined["city"].values())
    if not amount or found.city_works:
        return None
    return Finding("investment.untied", {"amount": amount}, "billion VND")
