"""The model: hand-calculated cases, a second opinion on random communes, origins, reasons, rows."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from math import nan

import numpy as np
import openpyxl
import pytest
import xlsxwriter
from communes import BASE, commune
from conftest import program
from libreoffice import convert
from plain_model import plain
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from laikhe_analysis.model import (
    LAND,
    Lineage,
    Model,
    Sheet,
    compute,
    equations,
    excel_formula,
    javascript,
    readers_table,
)
from laikhe_analysis.model.evaluation import Year, evaluate, reading
from laikhe_analysis.model.expressions import (
    NOTHING,
    amount,
    given,
    known,
    now,
    option,
    total,
    when,
)
from laikhe_analysis.records import Assumption, Scenario, ShareLine, SharingRule
from laikhe_analysis.scenarios import Baseline, Level, project
from laikhe_analysis.scenarios.inputs import inputs_of
from laikhe_analysis.series import AnnualSeries

# ------------------------------------------------------------------ by hand


def run(parts, known=None, assumed=None, years=2, **more):
    return evaluate(equations(parts), known or {}, assumed or {}, years=years, **more)


TWO = {
    "share_a": [0.6, nan],
    "share_b": [0.4, nan],
    "growth_a": [nan, 0.1],
    "growth_b": [nan, 0.05],
}
BY_HAND = [
    # 60 x 1.1 + 40 x 1.05 = 66 + 42
    pytest.param({}, {}, "total_product", 108.0, id="sectors add up"),
    pytest.param({}, {}, "contribution_a", 0.06, id="contribution"),
    pytest.param({}, {}, "share_b", 42 / 108, id="share"),
    # shares of 99.9 % fill the whole: 60 / 99.9 of 100, times 1.1
    pytest.param({}, {"share_b": [0.399, nan]}, "product_a", 60 / 0.999 * 1.1, id="rounded shares"),
    # 66 + 42 brought to a known 120: 42 is known, so that a takes all the rest
    pytest.param({"total_product": [nan, 120.0], "product_b": [nan, 42.0]}, {}, "product_a", 78.0,
                 id="the rest of a known total"),
    pytest.param({"total_product": [nan, 120.0]}, {}, "product_b", 42 / 108 * 120, id="rescaled"),
    pytest.param({"total_product": [nan, 120.0]}, {}, "growth_a", 66 / 108 * 120 / 60 - 1,
                 id="growth that came of it"),
    # no room: both are known and differ from the total by rounding
    pytest.param({"total_product": [nan, 108.01], "product_a": [nan, 66.0],
                  "product_b": [nan, 42.0]}, {}, "product_a", 66.0, id="all known"),
    pytest.param({"total_product": [nan, 66.01], "product_a": [nan, 66.0]},
                 {"share_a": [1.0, nan], "share_b": [0.0, nan]}, "product_b", 0.0,
                 id="nothing that could take the rest"),
    pytest.param({}, {"inflation": [nan, 0.04]}, "total_product_nominal", 108 * 1.04,
                 id="consumer prices stand in"),
    pytest.param({}, {"inflation": [nan, 0.04], "product_deflator": [nan, 0.01]},
                 "total_product_nominal", 108 * 1.01, id="a deflator of its own"),
    pytest.param({}, {"inflation": [nan, 0.0], "buoyancy": [nan, 0.5]}, "recurrent_revenue", 104.0,
                 id="buoyancy: half of 8 %"),
    pytest.param({"recurrent_revenue": [20.0, nan]}, {"revenue_growth": [nan, 0.1]},
                 "recurrent_revenue", 22.0, id="its own growth"),
    pytest.param({"population": [50.0, nan]}, {"population_growth": [nan, 0.08]},
                 "total_product_per_head", 100.0, id="per head: both by 8 %"),
    pytest.param({"income_per_capita": [80.0, 91.52]}, {"inflation": [nan, 0.04]},
                 "income_per_capita_real", 88.0, id="a known income, deflated"),
    pytest.param({}, {"land_gross": [nan, 50.0], "retained_share": [nan, 0.6]}, "land_retained",
                 30.0, id="land retained"),
]  # fmt: skip


@pytest.mark.parametrize(("figures", "assumed", "name", "wanted"), BY_HAND)
def test_by_hand(figures, assumed, name, wanted):
    found = run(("a", "b"), figures, TWO | assumed)
    assert found[1].now[name] == pytest.approx(wanted, rel=1e-14)


def test_one_sector_without_growth_does_not_stop_the_others():
    found = run(("a", "b"), {}, TWO | {"growth_b": [nan, nan]})[1].now
    assert found["product_a"] == pytest.approx(66)
    assert np.isnan([found["product_b"], found["total_product"], found["share_a"]]).all()
    tied = run(("a", "b"), {"total_product": [nan, 120.0]}, TWO | {"growth_b": [nan, nan]})[1].now
    assert np.isnan(tied["product_a"]), "how a known total divides is not known either"
    assert tied["total_product"] == 120


def test_what_is_missing_stays_missing():
    empty = run((), years=3)
    assert all(np.isnan(year.now["total_product"]) for year in empty)
    assert empty[0].now["recurrent_revenue"] == 100
    assert np.isnan(empty[1].now["recurrent_revenue"])
    none = run(("a",), {"product_a": [0.0, 5.0]})
    assert np.isnan(none[1].now["growth_a"]), "growth from nothing"
    gap = run((), {}, {"land_gross": [nan, nan, 9.0], "retained_share": [nan, 1.0, 1.0]}, years=3)
    assert np.isnan(gap[2].now["land_retained_total"]), "no sum over a year that is missing"


def test_the_algebra_of_land():
    # 840.46 gross at 60 % leaves 504.276; at 8 million a m2, half of the site plots: 210,115 m2
    (gross,) = compute(LAND, "required_gross", total=504.276, share=0.6, collection=1.0, cost=0.0)
    (area,) = compute(LAND, "required_area", gross=gross, price=8.0, premium=1.0, sold=1.0,
                      saleable=0.5)  # fmt: skip
    assert (gross, area) == pytest.approx((840.46, 210_115.0))
    amounts = {"gross": 100.0, "collected": 0.9, "cost": 10.0, "cost_deducted_first": 0.0,
               "central": 0.2, "city": 0.6, "commune": 0.2, "city_returned": 0.5,
               "unassigned": 0.0}  # fmt: skip
    names = (
        "central",
        "city_kept",
        "city_returned",
        "commune",
        "unassigned",
        "costs",
        "uncollected",
    )
    found = compute(LAND, *names, **amounts)
    assert found == pytest.approx((16, 24, 24, 16, 0, 10, 10))
    assert sum(found) == pytest.approx(100), "no dong is lost"
    (costs,) = compute(LAND, "costs", **amounts | {"cost_deducted_first": 0.25})
    assert costs == 22.5, "the rule's flat part is the larger"
    (costs,) = compute(LAND, "costs", **amounts | {"cost": 200.0})
    assert costs == 90, "never more than was paid"
    (share,) = compute(LAND, "retained_share", **amounts)
    assert share == pytest.approx(0.5)


# ------------------------------------------------------------------ 600 random communes


def cleared(seed):
    """Return what a random commune gives to the equations, one cell in twenty cleared."""
    one, rng = commune(seed), np.random.default_rng(10**6 + seed)

    def blank(rows):
        return {name: [nan if rng.random() < 0.05 else value for value in values]
                for name, values in rows.items()}  # fmt: skip

    given = inputs_of(one.baseline, one.scenario, one.until, one.rules, "commune_run")
    return replace(given, known=blank(given.known), assumed=blank(given.rates), held={})


def test_the_plain_model_agrees_on_600_random_communes():
    cells = 0
    for seed in range(600):
        given = cleared(seed)
        found = given.run()
        wanted = plain(given.parts, given.known, given.assumed, len(given.years), given.is_current)
        for name in given.model.names:
            values = [year.now[name] for year in found]
            np.testing.assert_allclose(values, wanted[name], rtol=1e-9, err_msg=f"{seed} {name}")
            cells += len(values)
    assert cells > 70_000


def test_projections_of_random_communes_agree_too():
    seen = 0
    for seed in range(200):
        one = commune(seed)
        given = inputs_of(one.baseline, one.scenario, one.until, one.rules, "commune_run")
        found = project(one.baseline, one.scenario, until=one.until, rules=one.rules)
        wanted = plain(given.parts, given.known, given.rates, len(given.years), given.is_current)
        for name, path in found.paths.items():
            there = [t for t, value in enumerate(wanted[name]) if value == value] if (
                name != "deflator") else range(len(given.years))  # fmt: skip
            assert [year - BASE for year in path.years] == list(there), (seed, name)
            np.testing.assert_allclose(path.values, wanted[name][list(there)], rtol=1e-9)
            seen += 1
        for name in found.missing:
            assert np.isnan(wanted[name][1:]).any() or name in ("collected_revenue",
                                                                "collected_over_assigned")  # fmt: skip
    assert seen > 3000


def test_rows_are_evaluated_as_if_each_were_alone():
    many = [x for x in map(cleared, range(300)) if len(x.years) == 6]
    parts, blank = ("industry", "services"), [nan] * 6
    names = {name for one in many for name in (*one.known, *one.assumed)}
    known, assumed = (
        {name: list(np.array([getattr(one, kind).get(name, blank) for one in many]).T)
         for name in names}
        for kind in ("known", "assumed")
    )  # fmt: skip
    found = evaluate(equations(parts), known, assumed, years=6)
    for row, one in enumerate(many):
        alone = evaluate(equations(parts), one.known, one.assumed, years=6)
        for year, single in zip(found, alone, strict=True):
            for name, value in single.now.items():
                got = np.broadcast_to(year.now[name], len(many))[row]
                np.testing.assert_allclose(got, value, rtol=1e-12, err_msg=name)


def test_only_what_is_touched_is_computed():
    for seed in range(40):
        given = cleared(seed)
        whole = given.run()
        for name in ("recurrent_revenue", "land_retained_total", "income_per_capita"):
            part = given.run([name])
            assert [year.now[name] for year in part] == pytest.approx(
                [year.now[name] for year in whole], nan_ok=True
            )
    assert "total_product" not in part[0].now
    assert set(given.run(["land_retained"])[0].now) == {"land_revenue", "land_retained"}


# ------------------------------------------------------------------ the same by Excel and JavaScript

PRINTED = range(600, 645)


def write_sheet(book, seed, given):
    """Write one commune on a sheet of its own: inputs, then every quantity in formulas."""
    page = book.add_worksheet(f"c{seed}")
    where = {}
    rows = [("known", name) for name in sorted(given.known)]
    rows += [("given", name) for name in sorted(given.assumed)]
    rows += [("now", name) for name in given.model.table]
    for row, key in enumerate(rows):
        where[key] = row
        page.write_string(row, 0, f"{key[0]} {key[1]}")
    for kind, table in (("known", given.known), ("given", given.assumed)):
        for name, values in table.items():
            for t, value in enumerate(values):
                if value == value:
                    page.write_number(where[kind, name], 1 + t, value)

    def cell(kind, name, year):
        key = ("given" if kind in ("rate", "amount") else kind), name
        return xl_rowcol_to_cell(where.get(key, 999), 1 + year)

    def whole(name):
        row = where.get(("known", name), 999)
        return xl_range_abs(row, 1, row, len(given.years))

    sheet = Sheet(cell, whole, given.option)
    for name, one in given.model.table.items():
        for t in range(len(given.years)):
            formula = excel_formula(one, t, sheet)
            if formula:
                page.write_formula(where["now", name], 1 + t, f"={formula}")
    return where


def agree(given, read):
    """Hold every value that another reading found against the equations; return how many."""
    count = 0
    for t, year in enumerate(given.run()):
        for name, value in year.now.items():
            got = read(name, t)
            np.testing.assert_allclose(got, value, rtol=1e-9, atol=1e-12, err_msg=f"{name} {t}")
            count += 1
    return count


def test_excel_agrees_on_random_communes(tmp_path):
    path, places = tmp_path / "model.xlsx", {}
    with xlsxwriter.Workbook(path) as book:
        for seed in PRINTED:
            places[seed] = write_sheet(book, seed, cleared(seed))
    convert([path], tmp_path, "xlsx")
    done = openpyxl.load_workbook(tmp_path / "done" / "model.xlsx", data_only=True)
    count = 0
    for seed, where in places.items():
        page = done[f"c{seed}"]

        def read(name, t, page=page, where=where):
            value = page.cell(where["now", name] + 1, 2 + t).value
            return nan if value in (None, "") else float(value)

        count += agree(cleared(seed), read)
    assert count > 6000


def test_javascript_agrees_on_random_communes(tmp_path):
    text, communes = "const found = {};\n", {seed: cleared(seed) for seed in PRINTED}
    for seed, one in communes.items():
        source = {"years": len(one.years), "option": one.option,
                  "known": clean(one.known), "assumed": clean(one.assumed)}  # fmt: skip
        text += f"found[{seed}] = (() => {{ {javascript(one.model)}\n"
        text += f"return project({json.dumps(source)}); }})();\n"
    ratio = Model()
    ratio.let("ratio", "ratio", known.a / known.b)
    text += f"found.zero = (() => {{ {javascript(ratio)}\n"
    text += "return project({years: 2, known: {a: [1, 3], b: [0, 2]}, assumed: {}}); })();\n"
    found = json.loads(javascript_says(text, tmp_path))
    assert found["zero"] == {"ratio": [None, 1.5]}, "a division by zero is missing"
    count = 0
    for seed, one in communes.items():
        values = found[str(seed)]
        count += agree(one, lambda name, t, v=values: nan if v[name][t] is None else v[name][t])
    assert count > 6000


def clean(rows):
    return {name: [None if x != x else x for x in values] for name, values in rows.items()}


def javascript_says(text, place):
    """Return what a program leaves in `found`, as JSON."""
    engine = program("node", "chromium", "google-chrome")
    if engine.endswith("node"):
        (place / "model.js").write_text(text + "\nconsole.log(JSON.stringify(found));", "utf-8")
        return subprocess.run([engine, str(place / "model.js")], check=True, capture_output=True,
                              encoding="utf-8", timeout=120).stdout  # fmt: skip
    page = f"<pre></pre><script>{text}\ndocument.querySelector('pre').textContent = "
    (place / "model.html").write_text(page + "JSON.stringify(found);</script>", "utf-8")
    told = subprocess.run(
        [engine, "--headless", "--no-sandbox", "--dump-dom", (place / "model.html").as_uri()],
        check=True, capture_output=True, encoding="utf-8", timeout=120,
    ).stdout  # fmt: skip
    return told.split("<pre>")[1].split("</pre>")[0]


def test_a_comparison_with_an_empty_cell_does_not_hold_in_excel():
    sheet = Sheet(lambda kind, name, year: name.upper(), lambda name: "X:X", {"on": 1.0})
    model = Model()
    model.let("way", "ratio", when(known.a > 0, 1, 2))
    model.let("switch", "ratio", when(option.on > 0, known.a, NOTHING))
    model.let("never", "ratio", NOTHING, known.a)
    way, switch, never = (excel_formula(model.table[n], 0, sheet) for n in model.table)
    assert way == 'IFERROR(IF(AND(COUNT(A)=1,A>0),1,2),"")'
    assert switch == 'IFERROR(IF(1>0,IF(COUNT(A)=1,A,""),""),"")'
    assert never == ""


def test_the_table_for_readers_names_everything_once():
    rows = readers_table(equations())
    assert [row["variable"] for row in rows] == list(equations().table)
    found = {row["variable"]: row for row in rows}
    assert found["product_S"]["later"] == "known(product_S), unfitted_S * fit"
    assert found["share_S"] == {"variable": "share_S", "unit": "fraction",
                                "base_year": "product_S / total_product", "later": "same"}  # fmt: skip
    assert found["deflator"]["later"] == (
        "prev(deflator) * (1 + (rate(product_deflator), rate(inflation)))"
    )
    land = {row["variable"]: row["base_year"] for row in readers_table(LAND)}
    assert land["required_gross"] == (
        "amount(total) / (amount(share) * amount(collection) * (1 - amount(cost)))"
    )


def test_a_formula_is_no_truth_value_and_a_word_no_formula():
    with pytest.raises(TypeError, match=r"neither true nor false: write `when\(test, a, b\)`"):
        bool(known.population)
    with pytest.raises(TypeError, match="`node` must be a formula, got 'x'"):
        reading("x")


FORMULAS = [
    pytest.param(known.a | 7, 7, id="the first there is"),
    pytest.param(when(given(known.a), 1, 2), 2, id="given"),
    pytest.param(when((now.y > 2) & (now.y > 3), 1, 2), 2, id="above is strict, and all must hold"),
    pytest.param(when(known.a > 0, 1, 2), 2, id="what is missing is above nothing"),
    pytest.param(when(known.a > 0, 1), nan, id="no other way"),
    pytest.param(3 / (known.a | 0), nan, id="division by zero"),
    pytest.param(total([]), nan, id="a sum of nothing"),
    pytest.param(total([amount.x, now.y]) - 1, 4, id="sum"),
    pytest.param(1 - amount.x * now.y / 3, -1, id="arithmetic with numbers on either side"),
    pytest.param(10 / amount.x, 5, id="a number over a formula"),
]


@pytest.mark.parametrize(("formula", "wanted"), FORMULAS)
def test_formulas(formula, wanted):
    found = reading(formula)(Year(assumed={"x": 2.0}, now={"y": 3.0}))
    assert found == pytest.approx(wanted, nan_ok=True)


def test_rows_that_divide_by_zero_are_missing_and_no_warning_is_given():
    found = reading(3 / now.y)(Year(now={"y": np.array([0.0, 2.0, nan])}))
    np.testing.assert_array_equal(found, [nan, 1.5, nan])


# ------------------------------------------------------------------ what values rest on


def assume(variable, value, first=2026, last=2028, origin="press"):
    unit = {"share": "fraction", "buoyancy": "ratio"}.get(
        variable.partition("_")[0], "fraction/year"
    )
    first, last = (2025, 2025) if unit == "fraction" else (first, last)
    return Assumption(variable, first, last, value, unit, origin)


def series(name, values, unit, origin="official"):
    return AnnualSeries(name, tuple(values), tuple(values.values()), unit, "current", origin)


def projected(rows, levels=None, known=None, sectors=("a",), **more):
    base = Baseline(2025, sectors, levels or {}, {s.name: s for s in known or ()})
    return project(base, Scenario("s", tuple(rows)), until=2028, **more)


def origins(found, name):
    return dict(zip(found.paths[name].years, found.paths[name].origins, strict=True))


RATES = [assume("growth_a", 0.08), assume("inflation", 0.04), assume("population_growth", 0.01)]


def test_revenue_by_buoyancy_over_an_assumed_base_product_is_an_assumption():
    # what is known of 2026 is official, but how far it is above 2025 rests on the assumed base
    found = projected(
        [*RATES, assume("share_a", 1.0), assume("buoyancy", 1.0)],
        {"total_product": Level(900.0, "billion VND", "current", "assumption"),
         "recurrent_revenue": Level(20.0, "billion VND", "current")},
        [series("total_product", {2026: 990.0}, "billion VND")],
    )  # fmt: skip
    assert origins(found, "total_product")[2026] == "official"
    assert origins(found, "recurrent_revenue")[2026] == "assumption"


def test_product_per_head_rests_on_the_people_of_the_base_year():
    found = projected(
        [*RATES, assume("share_a", 1.0, origin="official")],
        {"population": Level(1000, "people", "n/a", "assumption")},
        [series("population", {2026: 1010.0}, "people"), series("total_product", {2026: 109.0}, "index")],
    )  # fmt: skip
    assert origins(found, "population")[2026] == "official"
    assert origins(found, "total_product_per_head")[2026] == "assumption"


def test_nominal_product_as_an_index_rests_on_the_level_of_the_base_year():
    found = projected(
        [*RATES, assume("share_a", 1.0)],
        {"total_product": Level(900.0, "billion VND", "constant 2010", "assumption")},
        [series("total_product", {2026: 990.0}, "billion VND")],
    )  # fmt: skip
    assert found.paths["total_product_nominal"].unit == "index"
    assert origins(found, "total_product_nominal")[2025] == "assumption"
    assert origins(found, "total_product_nominal")[2026] == "assumption"


def test_land_retained_in_all_does_not_count_the_base_year():
    line = ShareLine("commune_run", 2026, 2028, 0, 0.6, 0.2, 0, 0.2, 0, "plan", "statement")
    rows = [Assumption("land_gross", 2026, 2028, 50.0, "billion VND/year", "press"),
            Assumption("sharing_rule", 2026, 2028, "none", "rule", "press")]  # fmt: skip
    weak = {"land_revenue": Level(9.0, "billion VND", "current", "example")}
    found = projected(rows, weak, sectors=(), rules={"none": SharingRule("none", (line,))})
    assert origins(found, "land_revenue")[2025] == "example"
    assert set(origins(found, "land_retained_total").values()) == {"statement"}


def test_revenue_of_a_year_with_its_own_growth_rests_on_that_alone():
    rows = [*RATES, assume("share_a", 1.0, origin="assumption"),
            assume("revenue_growth", 0.1, 2026, 2026, "official"),
            assume("buoyancy", 1.0, 2027, 2028, "assumption")]  # fmt: skip
    found = projected(rows, {"recurrent_revenue": Level(20.0, "billion VND", "current")})
    assert list(origins(found, "recurrent_revenue").values()) == [
        "official", "derived", "assumption", "assumption",
    ]  # fmt: skip


def test_a_contribution_rests_on_its_own_sector_and_the_year_before():
    rows = [assume("share_a", 0.5), assume("share_b", 0.5), assume("growth_a", 0.1),
            assume("growth_b", 0.1, origin="example")]  # fmt: skip
    found = projected(rows, sectors=("a", "b"))
    assert origins(found, "contribution_a")[2026] == "derived"
    assert origins(found, "contribution_a")[2027] == "example", "the total of 2026 rests on b"


def test_what_a_value_rests_on_can_be_listed():
    found = projected([*RATES, assume("share_a", 1.0)], {"population": Level(1000, "people")},
                      [series("inflation", {2026: 0.045}, "fraction/year")])  # fmt: skip
    table = found.rests_on("total_product_nominal", 2027)
    assert table[["name", "year", "kind", "origin"]].to_numpy().tolist() == [
        ["share_a", 2025, "assumption", "press"],
        ["growth_a", 2026, "assumption", "press"],
        ["inflation", 2026, "figure", "official"],
        ["growth_a", 2027, "assumption", "press"],
        ["inflation", 2027, "assumption", "press"],
    ]
    assert found.paths["total_product_nominal"].inputs == {"share_a", "growth_a", "inflation"}
    assert found.paths["population"].inputs == {"population_growth"}
    with pytest.raises(ValueError, match="has no land_revenue"):
        found.rests_on("land_revenue", 2027)


REASONS = [
    pytest.param({"growth_b": None}, "product_b", "no assumption for growth of b",
                 id="growth of one sector"),
    pytest.param({"growth_b": None}, "total_product", "no assumption for growth of b",
                 id="and the total"),
    pytest.param({"share_a": None, "share_b": None}, "product_b", "no share of a, share of b for 2025",
                 id="both shares"),
    pytest.param({"inflation": None}, "income_per_capita",
                 "no assumption for consumer price inflation", id="prices"),
    pytest.param({"inflation": None}, "total_product_nominal",
                 "no assumption for growth of the product deflator or consumer "
                 "price inflation", id="either of two"),
    pytest.param({"buoyancy": None}, "recurrent_revenue",
                 "no assumption for growth of revenue without land-use fees or "
                 "revenue growth over nominal product growth", id="growth or buoyancy"),
    pytest.param({"growth_a": None}, "recurrent_revenue", "no assumption for growth of a",
                 id="buoyancy is there, product is not"),
    pytest.param({}, "population", "no population for 2025", id="no level"),
    pytest.param({}, "total_product_per_head", "no population for 2025", id="what follows from it"),
]  # fmt: skip


@pytest.mark.parametrize(("cut", "name", "reason"), REASONS)
def test_reasons_name_what_is_lacking(cut, name, reason):
    rows = {"share_a": 0.6, "share_b": 0.4, "growth_a": 0.1, "growth_b": 0.05, "inflation": 0.04,
            "income_growth_real": 0.06, "buoyancy": 1.0} | cut  # fmt: skip
    found = projected(
        [assume(name, value) for name, value in rows.items() if value is not None],
        {"income_per_capita": Level(80.0, "million VND/person/year", "current")}, sectors=("a", "b"),
    )  # fmt: skip
    assert found.missing[name].en == reason


def test_how_a_known_total_divides_lacks_what_the_other_sectors_lack():
    rows = [assume("share_a", 0.6), assume("share_b", 0.4), assume("growth_a", 0.1)]
    found = projected(rows, None, [series("total_product", {2026: 109.0}, "index")], ("a", "b"))
    assert found.missing["product_a"].en == "no assumption for growth of b"


UNITS = [
    pytest.param("total_product", ("billion VND", "constant 2010"), id="of the sectors' levels"),
    pytest.param("total_product_nominal", ("index", "current"), id="other prices: an index"),
    pytest.param("share_a", ("fraction", "n/a"), id="share"),
    pytest.param("growth_a", ("fraction/year", "n/a"), id="growth"),
    pytest.param("contribution_a", ("fraction/year", "n/a"), id="contribution"),
    pytest.param("population", ("people", "n/a"), id="people"),
    pytest.param("total_product_per_head", ("index", "n/a"), id="per head"),
    pytest.param("income_per_capita", ("million VND/person/year", "current"), id="income"),
    pytest.param("income_per_capita_real", ("million VND/person/year", "constant 2025"), id="real"),
    pytest.param("recurrent_revenue", ("billion VND", "current"), id="known later"),
    pytest.param("assigned_revenue_without_land", ("index", "n/a"), id="never known"),
    pytest.param("price_index", ("index", "n/a"), id="prices"),
    pytest.param("land_revenue", ("billion VND", "current"), id="land"),
]


@pytest.mark.parametrize(("name", "wanted"), UNITS)
def test_units_and_prices_are_those_of_the_figures(name, wanted):
    rows = [*RATES, assume("income_growth_real", 0.06), assume("assigned_growth", 0.08),
            assume("revenue_growth", 0.1),
            Assumption("land_gross", 2026, 2028, 50.0, "billion VND/year", "press")]  # fmt: skip
    found = projected(
        rows,
        {"product_a": Level(900.0, "billion VND", "constant 2010"),
         "population": Level(1000, "people"),
         "income_per_capita": Level(80.0, "million VND/person/year", "current")},
        [series("recurrent_revenue", {2026: 20.0}, "billion VND"),
         series("total_product", {2026: 990.0}, "billion VND")],
    )  # fmt: skip
    path = found.paths[name]
    assert (path.unit, path.price_basis) == wanted


def test_no_value_moves_with_an_input_that_its_lineage_does_not_name():
    for seed in range(60):
        given = cleared(seed)
        found = given.run()
        lineage = Lineage(given.model, found, given.figures)
        rests = {(name, t): {(one.kind == "known", one.name, one.year)
                             for one in lineage.inputs(name, t)}
                 for t, year in enumerate(found) for name, value in year.now.items()
                 if value == value}  # fmt: skip
        for is_known, table in ((True, given.known), (False, given.assumed)):
            for name, values in table.items():
                for t, value in enumerate(values):
                    if value != value:
                        continue
                    moved = [*values[:t], value * 1.001 + 1e-6, *values[t + 1 :]]
                    kind = "known" if is_known else "assumed"
                    other = replace(given, **{kind: {**table, name: moved}}).run()
                    for (quantity, year), inputs in rests.items():
                        before, after = found[year].now[quantity], other[year].now[quantity]
                        if before != after:
                            assert (is_known, name, t) in inputs, (seed, quantity, year, name, t)
