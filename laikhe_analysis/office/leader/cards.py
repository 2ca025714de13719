"""The cards of the leader's page: one quantity each, with its class, number, chart and next step."""

from __future__ import annotations

from dataclasses import dataclass, replace

from laikhe_analysis.findings import Finding, income, product, revenue
from laikhe_analysis.findings.progress import next_step, still_needed, to_type_in
from laikhe_analysis.growth import growth_factor
from laikhe_analysis.language.wordings import sentence_of
from laikhe_analysis.language.wordings.board import cells_of, day_text, year_text
from laikhe_analysis.messages import _, language, write
from laikhe_analysis.monitor.boards import SYMBOLS, Line
from laikhe_analysis.monitor.measures import AsOf, measure, measured_by
from laikhe_analysis.monitor.so_far import SoFar
from laikhe_analysis.office.board.standing import price_index
from laikhe_analysis.office.leader.charts import Bar, Chart, bar_chart, path_chart
from laikhe_analysis.office.leader.view import View
from laikhe_analysis.office.leader.written import number, share
from laikhe_analysis.office.tables import goal_text
from laikhe_analysis.series import SUPPOSED, weakest_origin
from laikhe_analysis.vietnamese import RATES, as_written, evidence, label, unit_label, written_unit

__all__ = ["Card", "cards_of"]

_CARDS = (
    ("revenue", ("revenue", "revenue_without_land"), "02_budget_revenue"),
    ("product", ("total_product",), "03_grdp_growth"),
    ("income", ("income",), "04_income_per_capita"),
    ("investment", ("investment_land", "investment_all", "investment_public"),
     "05_investment_feasibility"),
)  # fmt: skip
"""Subject, roles of its target (the first that the plan has), and the page that explains it."""


@dataclass(frozen=True)
class Card:
    """One card, in the words of this run's language.

    Parameters
    ----------
    subject : str
    title : str
    status : str
        The class of its target; "empty" where the commune has no figure.
    sign : str
        The class with its sign, to be read without colour.
    number, unit : str
        The newest figure and its unit.
    beside : tuple of str
        Its period and what it rests on, what it is compared with, and what to know of the class.
    chart : Chart or None
    sentences : tuple of str
    origin : str
        The weakest origin of the sentences and the number.
    step, owner : str
        What to do next, and who does it.
    page : str
        The stem of the page that explains it.
    """

    subject: str
    title: str
    status: str
    sign: str
    number: str
    unit: str
    beside: tuple[str, ...]
    chart: Chart | None
    sentences: tuple[str, ...]
    origin: str
    step: str
    owner: str
    page: str


def cards_of(view: View) -> list[Card]:
    """Return the cards of the quantities that the plan has a target for."""
    titles = {
        "revenue": _("Thu ngân sách"), "product": _("Tổng sản phẩm"),
        "income": _("Thu nhập đầu người"), "investment": _("Vốn đầu tư"),
    }  # fmt: skip
    found = []
    for subject, roles, page in _CARDS:
        lines = [x for role in roles for x in view.board.lines if x.target.role == role]
        if lines:
            found.append(_card(view, subject, str(titles[subject]), lines[0], page))
    return found


def _card(view: View, subject: str, title: str, line: Line, page: str) -> Card:
    """Return a card; without a figure of the commune, one that says what to type in."""
    lang, new = language(), line.newest
    is_empty = new is None or line.assessment.origin in SUPPOSED
    told = _sentences(view, subject, line, is_empty)
    origins = [origin for _text, origin in told]
    goal = str(_("Mục tiêu: {goal}", goal=goal_text(line.target, lang)))
    step, owner = _owed(view, line)
    card = Card(
        subject, title, "empty", f"{SYMBOLS['not_assessed']} {label('not_assessed', lang)}",
        number=str(_("Chưa có số")), unit="", beside=(goal,),
        chart=_chart(view, subject, line, is_empty), sentences=tuple(text for text, _o in told),
        origin=label(weakest_origin(*origins), lang) if origins else "", step=step, owner=owner,
        page=page,
    )  # fmt: skip
    if new is None or is_empty:
        return card
    following = next_step(line)
    origin = weakest_origin(line.assessment.origin or "official", *origins)
    return replace(
        card, status=line.status, sign=_sign(line, lang), number=number(new.value, new.unit, lang),
        unit=_unit(line, new, lang), beside=_beside(line, new, goal, lang),
        origin=label(origin, lang), step=str(sentence_of(following)),
        owner=following.owner,
    )  # fmt: skip


def _sign(line: Line, lang: str) -> str:
    first = f" ({_('bước đầu')})" if line.assessment.is_first else ""
    return f"{SYMBOLS[line.status]} {label(line.status, lang)}{first}"


def _unit(line: Line, new: SoFar, lang: str) -> str:
    """Return the unit of the large number; the growth of a part of a year is none of a year."""
    if line.target.kind != "average_rate" or new.unit not in RATES:
        return unit_label(new.unit, lang)
    return "%" if new.period == "FY" else str(_("% so với cùng kỳ"))


def _when(line: Line, new: SoFar, lang: str) -> str:
    """Return the period of the newest figure, and what it rests on unless that is a final result."""
    rests = str(line.assessment.origin or "official")
    rests = "official" if rests == "derived" else rests
    plain = rests == "official" and new.status == "final"
    notes = [] if plain else [evidence(rests, new.status, lang)]
    return ", ".join([AsOf(new.year, new.period).words.pick(lang), *notes])


def _beside(line: Line, new: SoFar, goal: str, lang: str) -> tuple[str, ...]:
    """Return of when the newest figure is, what it is compared with, and what to know beside it."""
    told = year_text(replace(line, newest=replace(new, without_land=None)), lang)
    why = line.assessment.reason if line.status == "not_assessed" else None
    note = cells_of(line, lang)["note"] if why is None else why.pick(lang)
    return tuple(x for x in (f"{_when(line, new, lang)}. {goal}", told, note) if x)


def _owed(view: View, line: Line) -> tuple[str, str]:
    """Return what has to be typed in for a card without a figure, and who has it."""
    wanted = (line.target.target_id, measured_by(line.target))
    owed = [one for one in view.missing if one.series_id in wanted]
    figures = [(one.name, one.year, day_text(one.due)) for one in owed]
    step = to_type_in(line.target, figures)
    return str(sentence_of(step)), owed[0].owner if owed else line.target.owner


def _sentences(view: View, subject: str, line: Line, is_empty: bool) -> list[tuple[str, str]]:
    """Return the sentences of a card, each with its weakest origin."""
    needed = None if is_empty else still_needed(line)
    found = [needed, _scenario(view, subject) or _own_outlook(view, line)]
    if line.target.role == "investment_land":
        found.append(view.investment)
    return [(str(sentence_of(x)), x.origin) for x in found if x is not None]


def _scenario(view: View, subject: str) -> Finding | None:
    """Return where the scenario leads, without what the subject's own page adds to it."""
    if view.projection is None or subject not in _LEFT_OUT:
        return None
    found = _FIND[subject](view.data, view.projection)
    if found.key.endswith(".not_computable"):
        return None
    return replace(found, numbers={**found.numbers, **dict.fromkeys(_LEFT_OUT[subject])})


def _own_outlook(view: View, line: Line) -> Finding | None:
    """Return where the commune's own figures lead, for want of a scenario."""
    name = measured_by(line.target)
    wanted = {line.target.target_id, name, f"{name}_nominal", f"{name}_real"}
    return next((one for one in view.outlooks if wanted & set(one.rests_on)), None)


_FIND = {
    "revenue": revenue.under_scenario, "product": product.under_scenario,
    "income": income.under_scenario,
}  # fmt: skip

_LEFT_OUT = {
    "revenue": ("growth", "ratio", "forecast"), "product": ("city", "forecast"),
    "income": ("asked", "record", "forecast"),
}  # fmt: skip
"""Parts of a finding that its own page tells."""


def _chart(view: View, subject: str, line: Line, is_empty: bool) -> Chart | None:
    if line.target.kind == "annual_ratio":
        return None if is_empty else _shares(view, line)
    if line.target.kind == "cumulative":
        return _total(line, is_empty)
    variable = {"product": "total_product", "income": "income_per_capita_real"}.get(subject)
    return None if variable is None else _path(view, line, variable, is_empty)


def _shares(view: View, line: Line) -> Chart | None:
    """Return the shares of the year's plan: years that are over, the year so far, its estimate."""
    lang, new, bars = language(), line.newest, []
    full = measure(line.target, view.data.histories())
    if full is not None and full.unit == line.target.unit:
        known = [y for y in full.known().years if y <= view.at.last_full_year][-2:]
        bars = [_bar(str(year), full.at(year) / 100, "known") for year in known]
    if new is not None and new.period != "FY" and new.of_plan is not None:
        bars.append(_bar(AsOf(new.year, new.period).words.pick(lang), new.of_plan, "known"))
    if new is not None and new.estimate is not None and new.plan:
        bars.append(_bar(str(_("ước {year}", year=new.year)), new.estimate / new.plan, "expected"))
    goal = line.target.weaker_end / 100
    alt = _("Tỷ lệ so với kế hoạch năm; mục tiêu {goal:%}: {bars}", goal=goal,
            bars="; ".join(f"{bar.name} {bar.text}" for bar in bars))  # fmt: skip
    chart = bar_chart(bars, goal, write(goal, "%", lang), alt=str(alt))
    return chart and replace(
        chart, heads=[str(_("Kỳ")), str(_("So với kế hoạch năm"))],
        rows=[[bar.name, bar.text] for bar in bars],
    )  # fmt: skip


def _bar(name: str, part: float, kind: str) -> Bar:
    return Bar(name, part, kind, share(part, language()))


def _total(line: Line, is_empty: bool) -> Chart | None:
    """Return what has come in so far of a total of the period, beside an even pace."""
    target, new, lang = line.target, line.newest, language()
    goal = {float(target.base_year): 0.0, float(target.target_year): target.weaker_end}
    known = {float(target.base_year): 0.0}
    if not is_empty and new is not None and line.assessment.value is not None:
        known[new.year - 1 + AsOf(new.year, new.period).passed] = line.assessment.value
    end = number(target.weaker_end, target.unit, lang)
    alt = _("Đã có {x} trong {goal} {unit} của cả kỳ", x=number(max(known.values()), target.unit, lang),
            goal=end, unit=unit_label(target.unit, lang))  # fmt: skip
    return path_chart({} if is_empty else known, {}, goal, {}, alt=str(alt), ends={"goal": end})


def _path(view: View, line: Line, variable: str, is_empty: bool) -> Chart | None:
    """Return what is known, where the scenario leads with its band, and what the target asks for."""
    lang, ahead = language(), view.path(variable)
    if len(ahead) < 2:
        return None
    known, goal = _known(view, line, variable, ahead, is_empty), _goal(line, ahead)
    ends = {name: write(points[max(points)], "0", lang)
            for name, points in (("goal", goal), ("ahead", ahead)) if points}  # fmt: skip
    unit = str(_("chỉ số, {base} = 100", base=int(min(ahead)))) if variable == "total_product" else (
        str(_("triệu đồng/người/năm, giá {base}", base=int(min(ahead)))))  # fmt: skip
    alt = _("{name} ({unit}): kịch bản tới {ahead}, mục tiêu {goal}, năm {last}", name=line.target.name,
            unit=unit, ahead=ends["ahead"], goal=ends.get("goal", "–"), last=int(max(ahead)))  # fmt: skip
    chart = path_chart(known, ahead, goal, view.bands.get(variable, {}), alt=str(alt), ends=ends)
    return chart and replace(
        chart,
        heads=[f"{_('Năm')} ({unit})", *map(str, (_("Đã có"), _("Kịch bản"), _("Mục tiêu")))],
        rows=[[f"{year:.0f}", *(write(points[year], "1", lang) if year in points else "–"
                                for points in (known, ahead, goal))]
              for year in sorted({*known, *ahead, *goal})],
    )  # fmt: skip


def _known(
    view: View, line: Line, variable: str, ahead: dict[float, float], is_empty: bool
) -> dict[float, float]:
    """Return the commune's own years in the unit of a path; nothing that is assumed."""
    if is_empty or view.projection is None:
        return {}
    track, base = view.projection.paths[variable], min(ahead)
    series = view.data.histories().get(variable.removesuffix("_real"))
    if variable.endswith("_real"):
        series = measure(line.target, view.data.histories(), prices=price_index(view.data))
    if series is None or series.unit != track.unit or series.origin in SUPPOSED:
        return {}
    scale = ahead[base] / track.values[0]
    years = [year for year in series.known().years if year <= view.at.last_full_year]
    return {float(year): scale * series.at(year) for year in years}


def _goal(line: Line, ahead: dict[float, float]) -> dict[float, float]:
    """Return what the target asks for by year, in the unit of the path."""
    target, base = line.target, min(ahead)
    if target.kind == "average_rate":
        return {year: ahead[base] * growth_factor(target.rate, int(year - base)) if year > base
                else ahead[base] for year in ahead}  # fmt: skip
    if target.kind == "level_by" and written_unit(target.unit) == "million VND/person/year":
        return {
            base: ahead[base],
            float(target.target_year): as_written(target.weaker_end, target.unit),
        }
    return {}
