"""Scenarios side by side: assumptions, results and what drives them, in tables for a notebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from laikhe_analysis.checks import Text
from laikhe_analysis.data import Dataset
from laikhe_analysis.office.pages.quantities import gap_unit, named
from laikhe_analysis.office.summary import mean_rate_of
from laikhe_analysis.office.tables import Table, table
from laikhe_analysis.records import Assumption
from laikhe_analysis.scenarios import Comparison, Projection, as_in_file, compare
from laikhe_analysis.scenarios.assumptions import file_unit
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.vietnamese import (
    format_percent,
    format_shortest,
    format_value,
    label,
    sentence,
    unit_label,
    words,
)

if TYPE_CHECKING:
    from IPython.display import Markdown

__all__ = [
    "assumption_table",
    "driver_table",
    "gap_of",
    "missing_text",
    "other_than",
    "result_table",
    "said",
    "scenario_answer",
    "sectors_of",
    "side_by_side",
    "total_origin",
    "value_text",
]

Projections = Mapping[str, Projection]

RESULTS = (
    "total_product", "total_product_nominal", "income_per_capita_real", "income_per_capita",
    "recurrent_revenue", "land_retained_total", "population", "crop_value_per_ha",
)  # fmt: skip
COMPARED = ("total_product", "recurrent_revenue", "income_per_capita")

NO_SCENARIO = Text("Tệp scenarios.csv chưa có kịch bản nào.", "There is no scenario yet.")
NOT_COMPUTABLE = Text("không tính được", "not computable")


def said(found: Table | Text | None) -> Table | Markdown | None:
    """Return a table as it is, and a reason as a Vietnamese sentence with its English in italics.

    Examples
    --------
    >>> said(Text("Không có.", "None.")).data
    'Không có. *None.*'
    """
    from IPython.display import Markdown

    return Markdown(f"{found.vi} *{found.en}*") if isinstance(found, Text) else found


def assumption_table(data: Dataset, lang: str = "vi") -> Table | Text:
    """Return the assumptions of each scenario that it does not inherit; a reason without any."""
    rows = [
        {
            "scenario": label(name, lang), "variable": label(a.variable, lang), "note": a.note,
            "years": str(a.year_from) if a.year_from == a.year_to else f"{a.year_from}-{a.year_to}",
            "value": _assumed(a, lang), "unit": unit_label(file_unit(a.unit), lang),
            "origin": label(a.origin, lang),
        }
        for name, scenario in data.assumed.items()
        for a in scenario.assumptions
        if not scenario.inherits or a not in data.assumed[scenario.inherits].assumptions
    ]  # fmt: skip
    columns = {
        "scenario": Text("Kịch bản", "Scenario"), "variable": Text("Biến", "Variable"),
        "years": Text("Năm", "Years"), "value": Text("Giá trị", "Value"),
        "unit": Text("Đơn vị", "Unit"), "origin": Text("Căn cứ", "Origin"),
        "note": Text("Vì sao", "Why"),
    }  # fmt: skip
    return table(rows, {k: v.pick(lang) for k, v in columns.items()}) if rows else NO_SCENARIO


def _assumed(one: Assumption, lang: str) -> str:
    """Return the value of an assumption in words, with one to three decimals as it needs them."""
    value = as_in_file(one).value
    return label(value, lang) if isinstance(value, str) else format_shortest(value, lang, 1)


def side_by_side(data: Dataset, lang: str = "vi") -> Table | Text:
    """Return what each scenario assumes of each variable, one column a scenario.

    What a scenario takes over unchanged is said so; what it does not assume is left open.
    """
    assumed = {
        name: {v: [a for a in s.assumptions if a.variable == v] for v in _variables(data)}
        for name, s in data.assumed.items()
    }
    rows = []
    for variable in _variables(data):
        unit = next(found[variable][0].unit for found in assumed.values() if found[variable])
        row = {"variable": label(variable, lang), "unit": unit_label(file_unit(unit), lang)}
        for name, found in assumed.items():
            parent = data.assumed[name].inherits
            own = found[variable]
            if own and parent and own == assumed[parent][variable]:
                row[name] = Text("như {}", "as {}").pick(lang).format(label(parent, lang))
            elif own:
                row[name] = "; ".join(_with_years(a, len(own) > 1, lang) for a in own)
        rows.append(row)
    columns = {"variable": Text("Giả định", "Assumption").pick(lang),
               "unit": Text("Đơn vị", "Unit").pick(lang)}  # fmt: skip
    columns |= {name: label(name, lang) for name in assumed}
    none = Text("không có", "none").pick(lang)
    blank = dict.fromkeys(assumed, none)
    return table([blank | row for row in rows], columns) if rows else NO_SCENARIO


def _variables(data: Dataset) -> list[str]:
    """Return the variables that any scenario assumes, in the order of the file."""
    return list(dict.fromkeys(a.variable for s in data.assumed.values() for a in s.assumptions))


def _with_years(one: Assumption, many: bool, lang: str) -> str:
    """Return the value of an assumption, with its years where there are several."""
    first, last = one.year_from, one.year_to
    years = f" ({first})" if first == last else f" ({first}-{last})"
    return _assumed(one, lang) + (years if many else "")


def result_table(projections: Projections, last: int, lang: str = "vi") -> Table | Text:
    """Return the main results of each scenario in a year; a reason without scenarios."""
    if not projections:
        return NO_SCENARIO
    rows = []
    for variable in RESULTS:
        paths = [p.paths[variable] for p in projections.values() if variable in p.paths]
        unit = paths[0].unit if paths else ""
        row: dict[str, Any] = {"variable": named(projections, variable).pick(lang)}
        row["unit"] = unit_label(unit, lang) if unit else ""
        rows.append(row | {k: value_text(p, variable, last, lang) for k, p in projections.items()})
    columns = {
        "variable": Text(f"Năm {last}", f"In {last}").pick(lang),
        "unit": Text("Đơn vị", "Unit").pick(lang),
    } | {name: label(name, lang) for name in projections}
    found = table(rows, columns, missing=NOT_COMPUTABLE.pick(lang), lang=lang)
    return replace(found, numeric=frozenset(range(2, len(columns))))


def value_text(projection: Projection, variable: str, year: int, lang: str) -> str | None:
    """Return a projected value in words; None where there is none."""
    path = projection.paths.get(variable)
    if path is None or year not in path.years:
        return None
    return format_value(projection.value(variable, year), path.unit, lang)


def missing_text(projections: Projections) -> Text:
    """Return why results are not computable, a line each scenario and result."""
    why = [
        (words(name), words(v), reason)
        for name, p in projections.items()
        for v, reason in p.missing.items()
        if v in RESULTS
    ]
    return Text(
        "\n".join(f"- {name.vi}: {v.vi}: {reason.vi}" for name, v, reason in why) + "\n\n"
        if why else "Không kết quả nào thiếu.",
        "Each line names a scenario, a result, and what is missing for it." if why
        else "No result is missing.",
    )  # fmt: skip


def sectors_of(projection: Projection) -> tuple[str, ...]:
    """Return the sectors whose shares a projection has."""
    found = (n.removeprefix("share_") for n in projection.paths if n.startswith("share_"))
    return tuple(found)


def total_origin(projections: Projections) -> str:
    """Return the weakest origin that the total products rest on; an assumption without any."""
    paths = [p.paths["total_product"] for p in projections.values() if "total_product" in p.paths]
    return weakest_origin(*(o for path in paths for o in path.origins)) if paths else "assumption"


def other_than(projections: Projections, scenario: str, against: str) -> str:
    """Return the scenario to compare with: the one asked for, or another where that is the same.

    Examples
    --------
    >>> other_than({"a": None, "b": None}, "b", "b"), other_than({"a": None}, "a", "a")
    ('a', 'a')
    """
    if against != scenario:
        return against
    return next((name for name in projections if name != scenario), against)


def gap_of(projections: Projections, scenario: str, against: str) -> Comparison | Text:
    """Return the difference between two scenarios, or why they cannot be compared."""
    for name in (scenario, against):
        if name not in projections:
            return sentence(
                "Không so hai kịch bản được: scenarios.csv không có kịch bản {name}.",
                "Two scenarios cannot be compared: scenarios.csv has none named {name}.", name=name,
            )  # fmt: skip
    a, b = projections[scenario], projections[against]
    both = [v for v in COMPARED if v in a.paths and v in b.paths]
    if not both:
        return Text(
            "Không so được: hai kịch bản không cùng có kết quả nào để so.",
            "Nothing to compare: the two scenarios share no main result.",
        )
    return compare(a, b, variables=both)


def driver_table(gap: Comparison | Text, last: int, lang: str = "vi") -> Table | Text:
    """Return what each assumption adds to a difference in a year, or why this is unknown.

    The parts of each result are followed by their sum, the whole difference. A result that cannot
    be split has one row with the reason, one that does not differ a row that says so.
    """
    if isinstance(gap, Text):
        return gap
    rows: list[dict[str, Any]] = []
    for v in COMPARED:
        if v in gap.parts:
            both = {"a": gap.a, "b": gap.b}
            head = {
                "variable": named(both, v).pick(lang),
                "unit": unit_label(gap.a.paths[v].unit, lang),
            }
            parts = gap.drivers_of(v, last)
            rows += [head | {"driver": label(d, lang), "value": x} for d, x in parts.items()]
            ends = [value_text(p, v, last, lang) for p in (gap.a, gap.b)]
            whole = Text("cộng, từ {} đến {}", "all, from {} to {}").pick(lang).format(*ends)
            none = Text("không khác nhau", "no difference").pick(lang)
            rows.append(head | ({"driver": whole, "value": gap.difference(v, last)} if parts else
                                {"driver": none, "value": 0.0}))  # fmt: skip
            continue
        why = gap.missing.get(v) or gap.a.missing.get(v) or gap.b.missing.get(v) or NOT_COMPUTABLE
        rows.append({"variable": label(v, lang), "driver": why.pick(lang), "unit": ""})
    a, b = (words(p.scenario.name).pick(lang) for p in (gap.a, gap.b))
    columns = {
        "variable": Text("Kết quả", "Result"), "driver": Text("Giả định", "Assumption"),
        "value": Text(f"Làm {b} khác {a}", f"Sets {b} apart from {a}"),
        "unit": Text("Đơn vị", "Unit"),
    }  # fmt: skip
    return table(rows, {k: t.pick(lang) for k, t in columns.items()}, decimals=2, lang=lang)


def scenario_answer(projections: Projections, gap: Comparison | Text, last: int) -> Text:
    """Return how fast total product grows by scenario, and what sets two of them apart most."""
    rates = {k: mean_rate_of(p, "total_product") for k, p in projections.items()
             if "total_product" in p.paths}  # fmt: skip
    if not rates:
        return Text(
            "Chưa kịch bản nào tính được tổng giá trị sản phẩm.",
            "No scenario can project total product.",
        )
    answer = Text(
        "Tổng giá trị sản phẩm tăng bình quân "
        + "; ".join(f"{label(k)} {format_percent(r)}/năm" for k, r in rates.items()) + ".",
        "Total product grows by "
        + "; ".join(f"{label(k, 'en')} {format_percent(r, lang='en')}" for k, r in rates.items())
        + " a year.",
    )  # fmt: skip
    more = _gap_text(gap, last)
    return Text(f"{answer.vi} {more.vi}", f"{answer.en} {more.en}")


def _gap_text(gap: Comparison | Text, last: int) -> Text:
    """Return how far two scenarios lie apart in total product, and what does most of it."""
    if isinstance(gap, Text):
        return gap
    drivers = gap.drivers_of("total_product", last) if "total_product" in gap.parts else {}
    if not drivers:
        return Text("Hai kịch bản đem so không khác nhau về tổng giá trị sản phẩm.",
                    "The two scenarios do not differ in total product.")  # fmt: skip
    top, difference = next(iter(drivers)), gap.difference("total_product", last)
    way = Text("cao hơn", "above") if difference > 0 else Text("thấp hơn", "below")
    return sentence(
        "Năm {last} kịch bản {b} {way} kịch bản {a} {gap:1} {unit}, phần lớn nhất do {top} "
        "({part:1}).",
        "In {last} the {b} scenario is {gap:1} {unit} {way} the {a} one, most of it from {top} "
        "({part:1}).",
        a=words(gap.a.scenario.name), b=words(gap.b.scenario.name), last=last, top=words(top),
        gap=abs(difference), part=drivers[top], way=way,
        unit=gap_unit(gap.a.paths["total_product"].unit),
    )  # fmt: skip
