"""The ways ahead: where each target must be every year, in numbers and in a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby, pairwise

from laikhe_analysis.checks import Text
from laikhe_analysis.data import Dataset
from laikhe_analysis.monitor.measures import measure
from laikhe_analysis.monitor.standing import whole_count
from laikhe_analysis.office.board.cells import LARGE, number_text
from laikhe_analysis.office.board.standing import outlook_of, price_index
from laikhe_analysis.office.notebooks import show
from laikhe_analysis.office.tables import Table, table
from laikhe_analysis.plots import Line, plot_lines
from laikhe_analysis.records import Target
from laikhe_analysis.scenarios.projection import Projection
from laikhe_analysis.series import AnnualSeries, weakest_origin
from laikhe_analysis.targets import back_loaded, required_path
from laikhe_analysis.targets.kinds import NO_COMPOUNDING
from laikhe_analysis.targets.paths import RATE_UNITS
from laikhe_analysis.vietnamese import COUNTED, as_written, format_number, label, unit_label

__all__ = ["Way", "most_telling", "required_ways", "show_ways", "way_table", "way_texts"]


@dataclass(frozen=True)
class Way:
    """Where a target must be each year, beside what is known and where a scenario leads.

    Parameters
    ----------
    target : Target
    required : AnnualSeries
        From the base year, or the first known year, to the target year. [level or index]
    known : AnnualSeries, optional
        What was reached; None where only an index can be shown. [same unit]
    expected : AnnualSeries, optional
        The scenario's path, where it is of the same unit. [same unit]
    profile : str
        For a total: the yearly profile that is assumed.
    """

    target: Target
    required: AnnualSeries
    known: AnnualSeries | None = None
    expected: AnnualSeries | None = None
    profile: str = ""


def required_ways(data: Dataset, projection: Projection | None = None) -> list[Way]:
    """Return the ways of the public targets that have one, in the plan's order.

    A level needs a figure to start from; an average rate without one is shown as an index, base
    year = 100; a total is shown under two assumed profiles, late and even. Targets of every year
    and milestones have no way.
    """
    series, prices, ahead = data.histories(), price_index(data), outlook_of(data.plan, projection)
    found: list[Way] = []
    for target in data.plan.targets:
        if target.access == "public" and target.kind in ("level_by", "average_rate", "cumulative"):
            known = measure(target, series, prices=prices)
            found += _ways(target, known, measure(target, ahead, prices=prices))
    return found


def _ways(target: Target, known: AnnualSeries | None, ahead: AnnualSeries | None) -> list[Way]:
    """Return the ways of one target."""
    first, last = target.base_year, target.target_year
    index = AnnualSeries(target.target_id, (first,), (100.0,), origin="statement")
    if target.kind == "cumulative":
        years = last - first
        none = replace(index, years=(), values=(), unit=target.unit)
        profiles = {"back": back_loaded(years), "even": (1 / years,) * years}
        return [
            Way(target, replace(required_path(target, none, profile=shares), origin="assumption"),
                known, None, name)
            for name, shares in profiles.items()
        ]  # fmt: skip
    rates = known is not None and known.unit in RATE_UNITS
    if target.kind == "average_rate" and (known is None or rates or first not in known.years):
        if ahead is not None and first in ahead.years:
            ahead = ahead.rebase(first) if ahead.at(first) > 0 else None  # nothing does not grow
        return [Way(target, required_path(target, index), None, ahead)]
    if known is None or not any(first <= year < last for year in known.known().years):
        return []
    units = target.kind == "level_by" and target.unit in NO_COMPOUNDING
    linear = units or min(*known.values, target.weaker_end) <= 0
    path = required_path(target, known, "linear" if linear else "compound")
    same = ahead is not None and ahead.unit == path.unit
    return [Way(target, path, known, ahead if same else None)]


def way_table(ways: Sequence[Way], lang: str = "vi", *, scenario: str = "") -> Table:
    """Return where each target must be every year, and where the scenario ends.

    Parameters
    ----------
    ways : sequence of Way
    lang : {"vi", "en"}
    scenario : str
        Name of the scenario of `Way.expected`.
    """
    years = sorted({year for way in ways for year in way.required.years})
    rows: list[dict[str, str | None]] = []
    for way in ways:
        unit = way.required.unit
        cells: dict[str, str | None] = {
            str(y): text for y, text in zip(way.required.years, way_texts(way, lang), strict=True)
        }
        end = None if way.expected is None else number_text(way.expected.last[1], unit, lang)
        first = way.required.years[0]
        is_index = unit == "index" and way.target.unit != "index"
        words = f"{first} = 100" if is_index else unit_label(unit, lang)
        rows.append({"name": _name(way, lang), "unit": words, "end": end} | cells)
    headings = {"name": Text("Chỉ tiêu", "Target"), "unit": Text("Đơn vị", "Unit")}
    columns = {k: v.pick(lang) for k, v in headings.items()} | {str(y): str(y) for y in years}
    if any(row["end"] for row in rows):
        last = Text(f"Kịch bản {label(scenario)}, năm cuối", f"{label(scenario, 'en')}, last year")
        columns["end"] = last.pick(lang)
    return table(rows, columns, missing="", lang=lang)


def way_texts(way: Way, lang: str = "vi") -> list[str]:
    """Return the levels of a way as people write them.

    Things that are counted are whole: up on the way to more, down on the way to fewer; what is
    known stands as it is. Other levels have the decimals of their unit, more where the goal was
    written with more or two different years would look alike, at most three.
    """
    values, unit = way.required.values, way.required.unit
    if unit in COUNTED:
        rises, first = way.target.rises, 0 if way.known is None else 1
        whole = [whole_count(value, rises=rises) for value in values[first:]]
        return [number_text(value, unit, lang) for value in (*values[:first], *whole)]
    texts = [number_text(value, unit, lang) for value in values]
    values = tuple(as_written(value, unit) for value in values)
    usual = len(texts[0].partition(Text(",", ".").pick(lang))[2])
    if unit == way.target.unit:
        usual = max(usual, -int(Decimal(repr(values[-1])).normalize().as_tuple().exponent)
                    if round(values[-1], 3) == values[-1] else usual)  # fmt: skip
    large = max(abs(value) for value in values) >= LARGE
    for decimals in () if large else range(usual, 4):
        texts = [format_number(value, decimals, lang) for value in values]
        pairs = zip(pairwise(values), pairwise(texts), strict=True)
        if all(a == b or x != y for (a, b), (x, y) in pairs):
            break
    return texts


def _name(way: Way, lang: str) -> str:
    """Return the target's name, with the profile of a total."""
    name = way.target.name.pick(lang)
    return f"{name} ({label(way.profile, lang)})" if way.profile else name


def most_telling(ways: Sequence[Way], count: int) -> list[list[Way]]:
    """Return the ways of the targets to draw: levels that are known, then totals, then indices."""
    grouped = [list(group) for _, group in groupby(ways, key=lambda way: way.target.target_id)]
    return sorted(grouped, key=lambda g: (g[0].known is None, not g[0].profile))[:count]


_PATH = Text("đường phải đi", "the way")


def show_ways(ways: Sequence[Way], lang: str = "vi", *, scenario: str = "") -> None:
    """Show the ways of one target in a notebook, beside what is known and the scenario."""
    target, one = ways[0].target, ways[0]
    lines, unit = _lines(ways, lang, scenario), one.required.unit
    ax = plot_lines(
        lines, unit=unit, title=f"{target.clause} {target.name.pick(lang)}: {_PATH.pick(lang)}",
        lang=lang,
        origin=weakest_origin(*(s.origin for s in (one.required, one.expected) if s is not None)),
    )  # fmt: skip
    alt = f"{target.name.pick(lang)}, {unit_label(unit, lang)}: " + "; ".join(
        f"{line.name} "
        + ", ".join(
            f"{int(line.years[i])}: {_said(line.values[i], one, lang)}"
            for i in sorted({len(line.years) // 2, len(line.years) - 1})
        )
        for line in lines
    )
    show(ax, alt)


def _said(value: float, way: Way, lang: str) -> str:
    """Return one level beside a way as people write it: counted things whole, small indices fine."""
    unit = way.required.unit
    if unit in COUNTED:
        value = whole_count(value, rises=way.target.rises)
    if unit == "index" and abs(value) < _SMALL:
        return format_number(value, 2, lang)
    return number_text(value, unit, lang)


_SMALL = 10


def _lines(ways: Sequence[Way], lang: str, scenario: str) -> list[Line]:
    """Return the lines to draw: what is known, what is required, where the scenario leads."""
    one, lines = ways[0], []
    if one.known is not None:
        is_fact = one.known.origin in ("official", "press", "derived")
        name = Text("đã có", "known").pick(lang)
        meaning = "observed" if is_fact else "assumption"
        lines.append(Line(name, one.known.years, one.known.values, meaning))
    for way in ways:
        name = label(way.profile, lang) if way.profile else Text("phải đạt", "required").pick(lang)
        meaning = "assumption" if way.profile else "target"
        lines.append(Line(name, way.required.years, way.required.values, meaning))
    if one.expected is not None:
        name = Text(f"kịch bản {label(scenario)}", f"{label(scenario, 'en')} scenario").pick(lang)
        lines.append(Line(name, one.expected.years, one.expected.values, "assumption"))
    return lines
