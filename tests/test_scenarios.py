"""Scenarios: what may be assumed, projecting, comparing, asking backwards, stress, many at once."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import calm, target

from laikhe_analysis.checks import DataError
from laikhe_analysis.consistency import feasible_shares
from laikhe_analysis.growth import contributions, required_rate
from laikhe_analysis.records import Assumption, Scenario, ShareLine, SharingRule
from laikhe_analysis.scenarios import (
    Baseline,
    Goal,
    Level,
    as_in_file,
    by_year,
    compare,
    from_file,
    override,
    project,
    resolve,
    solve_for,
    stress_tests,
    with_sector_growth,
    without_land_sales,
)
from laikhe_analysis.scenarios.inheritance import check_scenario
from laikhe_analysis.scenarios.inputs import Inputs
from laikhe_analysis.series import AnnualSeries
from laikhe_analysis.vietnamese import label

SECTORS = ("industry", "services", "agriculture")
UNITS = {
    "buoyancy": "ratio",
    "sharing_rule": "rule",
    "land_gross": "billion VND/year",
    **{f"share_{sector}": "%" for sector in (*SECTORS, "product_taxes")},
}


def assume(variable, value, first=2026, last=2030, origin="assumption", **fields):
    """Return an assumption written in per cent, as files have it, as the reader makes it."""
    if variable.startswith("share_"):
        first, last = (2025, 2025) if (first, last) == (2026, 2030) else (first, last)
    unit = fields.pop("unit", UNITS.get(variable, "%/year"))
    return from_file(Assumption(variable, first, last, value, unit, origin, **fields))


def scenario(name="base", **changes):
    """Return a full scenario: 15, 13 and 2.5 % on 40, 35 and 25 % (methods 2.4), and the rest."""
    values = {
        "growth_industry": 15, "growth_services": 13, "growth_agriculture": 2.5,
        "share_industry": 40, "share_services": 35, "share_agriculture": 25,
        "inflation": 3.5, "population_growth": 1.5, "income_growth_real": 12, "buoyancy": 1,
        "assigned_growth": 8, "land_gross": 168.092, "sharing_rule": "plan_60",
        "crop_value_growth": 3,
    } | changes  # fmt: skip
    rows = [assume(variable, value) for variable, value in values.items() if value is not None]
    return Scenario(name, tuple(rows))


def rule(name, city, commune, returned, *, origin="statement", cost=0.0):
    line = ShareLine("commune_run", 2026, 2030, 0, city, commune, returned, 1 - city - commune,
                     cost, "plan", origin)  # fmt: skip
    return SharingRule(name, (line,))


RULES = {"plan_60": rule("plan_60", 0.45, 0.15, 1.0), "none": rule("none", 0.6, 0.2, 0.0)}
LEVELS = {
    "population": Level(42_875, "people"),
    "income_per_capita": Level(80.0, "million VND/person/year", "current", "assumption"),
    "crop_value_per_ha": Level(187.0, "million VND/ha", "current", "press"),
}
BASE = Baseline(2025, SECTORS, LEVELS)


def projected(changes=None, baseline=BASE, **given):
    return project(baseline, scenario(**(changes or {})), rules=RULES, **given)


# ------------------------------------------------------------------ projecting

REFERENCE = [
    # methods 2.4: 40/35/25 with 15/13/2.5 %: contributions 6, 4.55, 0.625; total 11.175 %
    pytest.param("growth_total_product", 2026, 0.11175, id="total growth of the first year"),
    pytest.param("contribution_industry", 2026, 0.06, id="contribution of industry"),
    pytest.param("contribution_services", 2026, 0.0455, id="contribution of services"),
    pytest.param("contribution_agriculture", 2026, 0.00625, id="contribution of agriculture"),
    # factors of five years in methods 2.7; 40.45 + 29.49 + 3.29 = 73.22 of the base
    pytest.param("total_product", 2030, 40 * 2.0113571875 + 35 * 1.8424351793 + 25 * 1.1314082128,
                 id="total after five years"),
    # domain: real 12 % at 3.5 % prices is x1.762 real, x2.093 nominal in five years
    pytest.param("income_per_capita_real", 2030, 80 * 1.7623416832, id="income, real"),
    pytest.param("income_per_capita", 2030, 80 * 1.7623416832 * 1.035**5, id="income, nominal"),
    # 1.12 real growth and 1.5 % population make 10.345 % per head (methods 2.6)
    pytest.param("population", 2026, 42_875 * 1.015, id="population"),
    pytest.param("total_product_per_head", 2026, 111.175 / 1.015, id="product per head"),
    pytest.param("recurrent_revenue", 2026, 111.175 * 1.035, id="revenue, buoyancy 1"),
    # domain: 168.092 a year for five years at 60 % is 504.276
    pytest.param("land_revenue", 2030, 168.092, id="land gross"),
    pytest.param("land_retained", 2030, 100.8552, id="land retained"),
    pytest.param("land_retained_total", 2030, 504.276, id="land retained in five years"),
    pytest.param("crop_value_per_ha", 2030, 187 * 1.03**5, id="crop value"),
    pytest.param("price_index", 2030, 100 * 1.035**5, id="prices"),
]  # fmt: skip


@pytest.mark.parametrize(("variable", "year", "wanted"), REFERENCE)
def test_reference_values(variable, year, wanted):
    assert projected().value(variable, year) == pytest.approx(wanted, rel=1e-7)


def test_sectors_add_up_and_contributions_are_exact():
    found = projected({"share_agriculture": 15, "share_product_taxes": 10,
                       "growth_product_taxes": 7})  # fmt: skip
    parts = [*SECTORS, "product_taxes"]
    for year in found.years:
        total = found.value("total_product", year)
        assert sum(found.value(f"product_{p}", year) for p in parts) == pytest.approx(
            total, abs=1e-9
        )
        assert sum(found.value(f"share_{p}", year) for p in parts) == pytest.approx(1, abs=1e-11)
    levels = np.array([[found.value(f"product_{p}", y) for p in parts] for y in found.years])
    for i, year in enumerate(found.years[1:]):
        shown = [found.value(f"contribution_{p}", year) for p in parts]
        assert shown == pytest.approx(contributions(levels)[i], abs=1e-14)
        assert sum(shown) == pytest.approx(found.value("growth_total_product", year), abs=1e-14)


def test_revenue_by_its_own_growth_and_the_ratio_to_the_assigned():
    levels = LEVELS | {
        "recurrent_revenue": Level(20.0, "billion VND", "current"),
        "assigned_revenue_without_land": Level(16.0, "billion VND", "current"),
    }
    found = projected({"buoyancy": None, "revenue_growth": 10}, Baseline(2025, SECTORS, levels))
    assert found.value("recurrent_revenue", 2027) == pytest.approx(24.2)
    assert found.value("collected_over_assigned", 2025) == 1.25
    assert found.value("collected_over_assigned", 2026) == pytest.approx(22 / 17.28)
    assert found.value("collected_revenue", 2026) == pytest.approx(22 + 168.092)
    assert 2025 not in found.paths["collected_revenue"].years


def test_buoyancy_multiplies_the_growth_not_the_factor():
    found = projected({"buoyancy": 0.5})
    nominal = 1.11175 * 1.035 - 1
    assert found.value("recurrent_revenue", 2026) == pytest.approx(100 * (1 + 0.5 * nominal))


ABSENT = [
    pytest.param({"growth_services": None}, "total_product", "growth of services",
                 id="no growth of one sector"),
    pytest.param({"share_industry": None, "share_services": None, "share_agriculture": None},
                 "recurrent_revenue", "no share of industry", id="revenue needs product"),
    pytest.param({"buoyancy": None}, "recurrent_revenue", "land-use fees or revenue growth over",
                 id="neither growth nor buoyancy"),
    pytest.param({"inflation": None}, "income_per_capita", "consumer price inflation",
                 id="no prices"),
    pytest.param({"land_gross": None}, "land_retained_total", "land-use fees, gross", id="no land"),
    pytest.param({"sharing_rule": None}, "land_retained", "sharing rule of land", id="no rule"),
    pytest.param({}, "collected_over_assigned", "not both given in one unit", id="only indices"),
    pytest.param({}, "collected_revenue", "index only", id="revenue is an index"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "variable", "reason"), ABSENT)
def test_what_cannot_be_projected_is_absent_with_the_reason(changes, variable, reason):
    found = projected(changes)
    assert variable not in found.paths
    assert reason in found.missing[variable].en
    assert any(note.en.startswith(variable) for note in found.notes)
    assert "crop_value_per_ha" in found.paths, "the other parts work"
    with pytest.raises(ValueError, match=f"scenario base has no {variable}: .*"):
        found.value(variable, 2030)


def test_partial_plans():
    bare = project(Baseline(2025), Scenario("s", (assume("revenue_growth", 10),)))
    assert bare.value("recurrent_revenue", 2030) == pytest.approx(100 * 1.1**5)
    assert bare.missing["total_product"].en == "no sectors are given"
    assert bare.missing["income_per_capita"].en == "no income per capita for 2025"
    assert set(bare.paths) == {"recurrent_revenue"}
    nothing = project(Baseline(2025), Scenario("s", ()))
    assert not nothing.paths
    assert nothing.frame.empty


def test_rules_are_needed_for_what_is_retained():
    found = project(BASE, scenario())
    assert found.missing["land_retained"].en == "no sharing rules are given"
    assert found.value("land_revenue", 2026) == 168.092
    late = SharingRule("plan_60", (replace(RULES["plan_60"].lines[0], year_to=2026),))
    found = project(BASE, scenario(), rules={"plan_60": late})
    assert "2027" in found.missing["land_retained"].en


# ------------------------------------------------------------------ what is known is held


def known(**series):
    made = {
        name: AnnualSeries(name, tuple(values), tuple(values.values()), unit, basis, origin)
        for name, (values, unit, basis, origin) in series.items()
    }
    return Baseline(2025, SECTORS, LEVELS, made)


def test_known_values_are_held_and_carried_on():
    found = projected(baseline=known(
        population=({2026: 43_000.0}, "people", "n/a", "official"),
        inflation=({2026: 0.045}, "fraction/year", "n/a", "press"),
        income_per_capita=({2026: 88.0}, "million VND/person/year", "current", "official"),
        growth_industry=({2026: 0.11}, "fraction/year", "constant 2010", "official"),
        land_revenue=({2026: 50.0}, "billion VND", "current", "official"),
    ))  # fmt: skip
    assert found.value("population", 2026) == 43_000
    assert found.value("population", 2027) == pytest.approx(43_000 * 1.015)
    assert found.value("income_per_capita", 2026) == pytest.approx(88)
    assert found.value("income_per_capita_real", 2026) == pytest.approx(88 / 1.045)
    assert found.value("income_per_capita", 2027) == pytest.approx(88 * 1.12 * 1.035)
    assert found.value("growth_industry", 2026) == 0.11
    assert found.value("product_industry", 2026) == pytest.approx(44.4)
    assert found.value("growth_industry", 2027) == 0.15
    assert found.value("land_retained_total", 2027) == pytest.approx(0.6 * (50 + 168.092))
    assert found.paths["population"].origins[:3] == ("official", "official", "assumption")
    assert found.paths["income_per_capita"].origins[1] == "official"
    assert found.paths["land_revenue"].origins[:2] == ("official", "assumption")


def test_a_known_total_rescales_the_sectors_that_are_not_known():
    found = projected(baseline=known(
        total_product=({2026: 112.0}, "index", "n/a", "press"),
        product_industry=({2026: 47.0}, "index", "n/a", "official"),
    ))  # fmt: skip
    assert found.value("total_product", 2026) == pytest.approx(112, abs=1e-12)
    assert found.value("product_industry", 2026) == 47
    ratio = found.value("product_services", 2026) / found.value("product_agriculture", 2026)
    assert ratio == pytest.approx(39.55 / 25.625)
    assert found.value("product_services", 2027) == pytest.approx(
        found.value("product_services", 2026) * 1.13
    )
    assert found.paths["total_product"].origins[:3] == ("derived", "press", "assumption")


def test_levels_of_the_sectors_make_shares_and_units():
    levels = {f"product_{s}": Level(v, "billion VND", "constant 2010", "press")
              for s, v in zip(SECTORS, (80.0, 70.0, 50.0), strict=True)}  # fmt: skip
    found = projected(baseline=Baseline(2025, SECTORS, levels))
    assert found.value("share_industry", 2025) == 0.4, "the levels count, not the scenario's shares"
    assert found.value("total_product", 2026) == pytest.approx(2 * 111.175)
    assert found.paths["total_product"].unit == "billion VND"
    assert found.paths["total_product"].price_basis == "constant 2010"
    assert found.paths["total_product"].origins[0] == "derived", "a sum of press figures"
    nominal = found.paths["total_product_nominal"]
    assert (nominal.unit, nominal.values[0]) == ("index", 100), "2010 prices are not current ones"
    whole = Baseline(2025, SECTORS, {"total_product": Level(900.0, "billion VND", "current")})
    found = projected(baseline=whole)
    assert found.value("product_services", 2025) == pytest.approx(315)
    assert found.value("total_product_nominal", 2026) == pytest.approx(900 * 1.11175 * 1.035)
    assert found.paths["total_product"].origins[:2] == ("official", "assumption")


def test_a_known_total_without_room_is_an_error():
    base = known(
        total_product=({2026: 40.0}, "index", "n/a", "press"),
        product_industry=({2026: 47.0}, "index", "n/a", "official"),
    )
    with pytest.raises(ValueError, match="known sectors of 2026"):
        projected(baseline=base)


def test_a_known_series_in_another_unit_is_not_held_but_said():
    found = projected(baseline=known(total_product=({2026: 900.0}, "billion VND", "n/a", "press")))
    assert found.value("total_product", 2026) == pytest.approx(111.175)
    assert any("900" not in note.en and "billion VND" in note.en for note in found.notes)


def test_what_begins_later_starts_there():
    found = projected(baseline=known(
        recurrent_revenue=({2026: 21.0}, "billion VND", "current", "official"),
        assigned_revenue_without_land=({2026: 20.0}, "billion VND", "current", "official"),
    ))  # fmt: skip
    assert found.paths["recurrent_revenue"].years == (2026, 2027, 2028, 2029, 2030)
    assert found.value("collected_over_assigned", 2026) == pytest.approx(1.05)
    assert found.paths["collected_over_assigned"].origins[0] == "derived"


def test_no_value_is_held_beyond_a_break():
    series = AnnualSeries(
        "population", (2026, 2027), (43_000.0, 60_000.0), "people", breaks=(2027,)
    )
    found = projected(baseline=Baseline(2025, SECTORS, LEVELS, {"population": series}))
    assert found.value("population", 2027) == pytest.approx(43_000 * 1.015)
    assert any("breaks in 2027" in note.en for note in found.notes)


def test_everything_known_needs_no_assumption():
    people = {year: 43_000.0 + year for year in range(2026, 2031)}
    base = known(population=(people, "people", "n/a", "official"))
    found = projected({"population_growth": None}, base)
    assert found.paths["population"].origins == ("official",) * 6


def test_bad_baselines():
    with pytest.raises(ValueError, match="in the unit of its level, people, got households"):
        Baseline(2025, (), LEVELS, {"population": AnnualSeries("p", (2026,), (1.0,), "households")})
    with pytest.raises(ValueError, match="`population` must be a positive number, got 0"):
        Baseline(2025, (), {"population": Level(0, "people")})
    Baseline(2025, (), {"land_revenue": Level(0, "billion VND"), "poor": Level(0, "households")})


# ------------------------------------------------------------------ origins


def test_origin_is_the_weakest_input_and_premises_are_named():
    base = Baseline(2025, SECTORS, {"population": Level(1000, "people", origin="press")})
    rows = [replace(a, origin="statement") if a.variable == "growth_industry"
            else replace(a, origin="press") for a in scenario().assumptions]  # fmt: skip
    found = project(base, Scenario("s", tuple(rows)), rules=RULES)
    assert found.paths["population"].origins == ("press", *["derived"] * 5)
    assert found.paths["total_product"].origins == ("derived", *["statement"] * 5)
    assert found.paths["growth_services"].origins == ("press",) * 5
    assert found.paths["total_product"].premises == {"growth_industry"}
    assert found.paths["land_retained"].premises == {"sharing_rule plan_60"}
    assert found.paths["population"].premises == frozenset()
    assert found.notes[-1].en.endswith("premises: growth_industry, sharing_rule plan_60")
    assert found.origin == "statement"


def test_a_weak_start_weakens_all_that_grows_from_it():
    weak = {"population": Level(1000, "people", origin="example")}
    rows = Scenario("s", (assume("population_growth", 1, origin="press"),))
    found = project(Baseline(2025, (), weak), rows)
    assert found.paths["population"].origins == ("example",) * 6
    series = AnnualSeries("population", (2024, 2025, 2026), (900.0, 950.0, 1010.0), "people")
    found = project(Baseline(2025, (), weak, {"population": series}), rows)
    assert found.paths["population"].origins == ("example", "official", *["derived"] * 4)
    assert found.value("population", 2025) == 1000, "the level counts, not what stands before"


def test_a_change_rests_on_both_of_its_years():
    total = ({2027: 124.0}, "index", "n/a", "official")
    found = projected(baseline=known(total_product=total))
    assert found.paths["total_product"].origins[2] == "official"
    assert found.paths["growth_total_product"].origins[1] == "assumption"


def test_a_sharing_rule_brings_its_own_origin():
    rules = {"plan_60": rule("plan_60", 0.45, 0.15, 1.0, origin="example")}
    found = project(BASE, scenario(), rules=rules)
    assert found.paths["land_retained"].origins == ("example",) * 5
    assert found.paths["land_revenue"].origins == ("assumption",) * 5


def test_table_has_the_columns_of_the_scenario_community():
    found = projected(region="xã Mẫu Sơn")
    table = found.frame
    assert list(table) == [
        "model", "scenario", "region", "variable", "unit", "price_basis", "year", "value", "origin"
    ]  # fmt: skip
    assert set(table["region"]) == {"xã Mẫu Sơn"}
    assert not table["value"].isna().any()
    row = table[(table.variable == "total_product") & (table.year == 2026)].iloc[0]
    assert (row["unit"], row["origin"]) == ("index", "assumption")
    assert row["value"] == found.value("total_product", 2026)
    assert found.path("population").unit == "people"
    people = found.series("population")
    assert (people.name, people.index.name) == ("population", "year")
    assert people.loc[2030] == found.value("population", 2030)


def test_inputs_are_unchanged_and_results_repeat():
    one, levels = scenario(), dict(LEVELS)
    base = Baseline(2025, SECTORS, levels)
    first = project(base, one, rules=RULES)
    assert project(base, one, rules=RULES) == first
    assert one == scenario()
    assert levels == LEVELS


ERRORS = [
    pytest.param({"until": 2025}, {}, ValueError, "`until` must be after", id="no year"),
    pytest.param(
        {"until": 2031}, {}, ValueError, "a value of .* for 2031", id="year missing at the end"
    ),
    pytest.param(
        {},
        {"sharing_rule": "plan_6"},
        ValueError,
        "a known rule: plan_60, got plan_6",
        id="unknown rule",
    ),
]


@pytest.mark.parametrize(("given", "changes", "kind", "message"), ERRORS)
def test_errors_of_project(given, changes, kind, message):
    with pytest.raises(kind, match=message):
        projected(changes, **given)


def test_unknown_variable_of_a_projection_suggests_a_name():
    with pytest.raises(ValueError, match="Did you mean 'population'"):
        projected().path("populaton")


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_variable_has_words(lang):
    for name in [*projected().paths, *by_year(scenario())]:
        words = label(name, lang)
        assert "_" not in words, name
        assert words != name or name == "population"


# ------------------------------------------------------------------ the file of scenarios


def lines(*rows):
    """Return the rows of a file: line 1 is the header."""
    return [(name, parent, replace(one, line=i)) for i, (name, parent, one) in enumerate(rows, 2)]


def test_inheritance_changes_only_what_is_said():
    found = resolve(lines(
        ("co_so", "", assume("inflation", 3.5)),
        ("co_so", "", assume("buoyancy", 1.0)),
        ("nong", "co_so", assume("inflation", 6, 2027, 2028)),
        ("nong_hon", "nong", assume("revenue_growth", 8, 2029, 2030)),
    ))  # fmt: skip
    table = by_year(found["nong"])
    held = [table["inflation"][y].value for y in range(2026, 2031)]
    assert held == [0.035, 0.06, 0.06, 0.035, 0.035]
    assert found["nong"].inherits == "co_so"
    table = by_year(found["nong_hon"])
    assert sorted(table["buoyancy"]) == [2026, 2027, 2028], "the rival gives way"
    assert sorted(table["revenue_growth"]) == [2029, 2030]
    assert table["inflation"][2027].value == 0.06
    assert by_year(found["co_so"])["inflation"][2027].value == 0.035, "the parent is unchanged"


def test_a_parent_may_stand_below_and_a_copy_needs_no_row():
    found = resolve([("copy", "base", None), *lines(("base", "", assume("inflation", 3)))])
    assert by_year(found["copy"])["inflation"][2030].value == 0.03


BAD = [
    pytest.param([("s", "", assume("inflaton", 3))], 2, "variable", "inflation", id="unknown name"),
    pytest.param([("s", "", assume("growth_farming", 3))], 2, "variable", "growth_", id="sector"),
    pytest.param([("s", "", assume("inflation", 3, unit="%"))], 2, "unit", "%/năm|%/year",
                 id="unit"),
    pytest.param([("s", "", assume("inflation", 3, origin="hearsay"))], 2, "origin", "official",
                 id="origin"),
    pytest.param([("s", "", assume("inflation", 3, 2030, 2026))], 2, "year_to", "năm cuối",
                 id="years the wrong way round"),
    pytest.param([("s", "", assume("growth_industry", -100))], 2, "value", "-100",
                 id="growth of -100 %"),
    pytest.param([("s", "", assume("inflation", "ba"))], 2, "value", "một số", id="no number"),
    pytest.param([("s", "", assume("inflation", float("nan")))], 2, "value", "một số", id="NaN"),
    pytest.param([("s", "", assume("sharing_rule", 60.0))], 2, "value", "quy định", id="no rule"),
    pytest.param([("s", "", assume("land_gross", -1))], 2, "value", "từ 0", id="negative fees"),
    pytest.param([("s", "", assume("land_gross", 1e308))], 2, "value", "100000", id="endless fees"),
    pytest.param([("s", "", assume("buoyancy", -50))], 2, "value", "0 đến 5", id="no buoyancy"),
    pytest.param([("s", "", assume("buoyancy", 100))], 2, "value", "0 đến 5", id="per cent"),
    pytest.param([("s", "", assume("share_industry", 140))], 2, "value", "100", id="share"),
    pytest.param([("s", "", assume("share_industry", 40, 2025, 2030))], 2, "year_to", "một năm",
                 id="share of several years"),
    pytest.param([("s", "", assume("inflation", 3)), ("s", "", assume("inflation", 4, 2030, 2030))],
                 3, "value", "2030; dòng 2", id="two values of one year"),
    pytest.param([("s", "", assume("buoyancy", 1)), ("s", "", assume("revenue_growth", 8))],
                 3, "value", "buoyancy|revenue_growth", id="growth and buoyancy"),
    pytest.param([("s", "", assume("inflation", 3, 2026, 2026)),
                  ("s", "", assume("inflation", 3, 2028, 2030))],
                 3, "year_from", "năm 2027", id="missing year"),
    pytest.param([("s", "", assume("share_industry", 60)), ("s", "", assume("share_services", 39))],
                 3, "value", "100", id="shares of 99 %"),
    pytest.param([("s", "s", assume("inflation", 3))], 2, "inherits", "chính nó", id="own parent"),
    pytest.param([("s", "t", assume("inflation", 3)), ("t", "s", assume("inflation", 3))],
                 2, "inherits", "s -> t -> s", id="parents in a circle"),
    pytest.param([("goc", "", assume("inflation", 3)), ("s", "gocc", assume("inflation", 4))],
                 3, "inherits", "goc", id="unknown parent"),
    pytest.param([("a", "", assume("inflation", 3)), ("b", "", assume("inflation", 3)),
                  ("s", "a", assume("inflation", 3)), ("s", "b", assume("inflation", 3))],
                 5, "inherits", '"a"', id="two parents"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "line", "column", "wanted"), BAD)
def test_bad_rows_name_file_line_and_column(rows, line, column, wanted):
    with pytest.raises(DataError, match=wanted) as caught:
        resolve(lines(*rows))
    places = [(p.file, p.line, p.column) for p in caught.value.problems]
    assert ("scenarios.csv", line, column) in places


@pytest.mark.parametrize(("rows", "line", "wanted"), [
    pytest.param([("s", "", assume("inflation", 3, 2026, 2029))], 2, "đến năm 2030", id="ends early"),
    pytest.param([("s", "", assume("buoyancy", 1, 2026, 2027)),
                  ("s", "", assume("revenue_growth", 8, 2028, 2029))],
                 3, "revenue_growth đến năm 2030", id="growth and buoyancy in turn"),
    pytest.param([("s", "", assume("inflation", 3, 2026, 2029)),
                  ("t", "s", assume("buoyancy", 1))], 2, '"s"', id="inherited, told once"),
])  # fmt: skip
def test_assumptions_reach_the_last_year(rows, line, wanted):
    with pytest.raises(DataError, match=wanted) as caught:
        resolve(lines(*rows), until=2030)
    assert [(p.line, p.column) for p in caught.value.problems] == [(line, "year_to")]
    resolve(lines(*rows))  # no last year asked for
    resolve(lines(*rows), until=2029)


def test_revenue_growth_may_take_over_from_buoyancy_and_shares_stand_for_one_year():
    rows = [("s", "", assume("buoyancy", 1, 2026, 2027)),
            ("s", "", assume("revenue_growth", 8, 2028, 2030)),
            *(("s", "", assume(f"share_{sector}", 33.33)) for sector in SECTORS)]  # fmt: skip
    resolve(lines(*rows), until=2030)


def test_revenue_may_grow_by_itself_for_a_while_and_by_buoyancy_again():
    rows = [
        ("base", "", assume("buoyancy", 1)),
        ("s", "base", assume("revenue_growth", 0, 2028, 2029)),
    ]
    found = resolve(lines(*rows), until=2030)["s"]
    assert sorted(by_year(found)["buoyancy"]) == [2026, 2027, 2030]
    solution = solve_for("revenue_growth", Goal("recurrent_revenue", 2030, 180), scenario(),
                         bounds=(0, 1), baseline=BASE, years=(2028, 2029))  # fmt: skip
    reached = project(BASE, solution.scenario, rules=RULES).value("recurrent_revenue", 2030)
    assert reached == pytest.approx(180)


def test_one_wrong_parent_among_right_ones_is_the_one_named():
    rows = [("base", "", assume("inflation", 3)), ("s", "s", assume("inflation", 4)),
            ("s", "base", assume("buoyancy", 1)), ("s", "base", assume("growth_services", 5))]  # fmt: skip
    with pytest.raises(DataError, match="chính nó") as caught:
        resolve(lines(*rows))
    assert [problem.line for problem in caught.value.problems] == [3]


def test_what_is_inherited_is_told_once():
    rows = [("s", "", assume("share_industry", 60)), ("s", "", assume("share_services", 39)),
            ("t", "s", assume("inflation", 4)), ("u", "t", assume("inflation", 5))]  # fmt: skip
    with pytest.raises(DataError) as caught:
        resolve(lines(*rows))
    assert [problem.line for problem in caught.value.problems] == [3]


def test_all_problems_come_at_once_in_file_order():
    with pytest.raises(DataError) as caught:
        resolve(lines(("s", "", assume("inflaton", 3)), ("s", "", assume("buoyancy", 1)),
                      ("t", "", assume("growth_services", -120))))  # fmt: skip
    assert [problem.line for problem in caught.value.problems] == [2, 4]
    with pytest.raises(DataError) as caught:
        resolve(lines(("s", "unknown", assume("inflation", 3)), ("s", "", assume("inflaton", 3))))
    assert [problem.column for problem in caught.value.problems] == ["inherits", "variable"]


def test_equal_values_may_overlap_and_sectors_are_the_communes_own():
    resolve(lines(("s", "", assume("inflation", 3)), ("s", "", assume("inflation", 3, 2029, 2031))))
    resolve(lines(("s", "", assume("growth_farming", 3))), sectors=("farming",))


@pytest.mark.parametrize("last", [33.25, 33.41])
def test_shares_beyond_rounding_are_refused(last):
    rows = [
        ("s", "", assume(f"share_{s}", v))
        for s, v in zip(SECTORS, (33.33, 33.33, last), strict=True)
    ]
    with pytest.raises(DataError, match="100"):
        resolve(lines(*rows))


def test_rows_that_leave_the_parent_blank_do_not_outvote_the_row_that_names_it():
    rows = [("base", "", assume("inflation", 3)), ("s", "", assume("buoyancy", 1)),
            ("s", "", assume("growth_services", 5)),
            ("s", "base", assume("growth_industry", 7))]  # fmt: skip
    assert resolve(lines(*rows))["s"].inherits == "base"


def test_a_scenario_with_a_gap_is_refused_by_itself_too():
    rows = (assume("inflation", 3, 2026, 2026), assume("inflation", 3, 2028, 2030))
    with pytest.raises(ValueError, match="a value of inflation for 2027") as caught:
        check_scenario(Scenario("s", rows))
    assert not isinstance(caught.value, DataError), "no file is cited"


def test_rounded_shares_pass_and_are_made_to_fill_the_whole():
    # 33.33 three times is 99.99: rounding to two decimals
    found = projected({f"share_{sector}": 33.33 for sector in SECTORS})
    assert found.value("total_product", 2025) == pytest.approx(100, abs=1e-12)


IN_MEMORY = [
    pytest.param(
        "inflation",
        4.5,
        "fraction/year",
        "a growth of -0.5 to 0.5 a year (12 % is 0.12), got 4.5",
        id="per cents for a rate",
    ),
    pytest.param(
        "share_industry",
        40,
        "fraction",
        "a share of 0 to 1 (40 % is 0.4), got 40",
        id="per cents for a share",
    ),
    pytest.param(
        "inflation", 4.5, "%/year", "the unit fraction/year, got %/year", id="a file's unit"
    ),
    pytest.param(
        "inflaton", 0.04, "fraction/year", "a variable: inflation, got inflaton", id="name"
    ),
]


@pytest.mark.parametrize(("variable", "value", "unit", "told"), IN_MEMORY)
def test_an_assumption_made_in_memory_is_refused_without_naming_a_file(variable, value, unit, told):
    year = 2025 if variable.startswith("share") else 2026
    rows = (Assumption(variable, year, year, value, unit, "assumption"),)
    with pytest.raises(ValueError, match=re.escape(told)) as caught:
        project(BASE, Scenario("s", rows))
    assert "scenarios.csv" not in str(caught.value)
    assert not isinstance(caught.value, DataError)


def test_a_row_of_the_file_is_told_in_the_words_of_the_file():
    with pytest.raises(DataError) as caught:
        resolve(lines(("s", "", assume("inflation", 93)), ("s", "", assume("share_industry", 140)),
                      ("t", "", assume("buoyancy", 1, unit="%/year"))))  # fmt: skip
    told = caught.value.render("en")
    assert 'line 2, column value: got "93"; wanted: a growth of -50 to 50 %/year' in told
    assert 'line 3, column value: got "140.0"; wanted: a share of 0 to 100 %' in told
    assert 'line 4, column unit: got "%/year"; wanted: the unit ratio' in told


PER_CENTS = [9.3, 57.7, 8.2, 0.1, -0.55, 33.333, 1e-3, 12, 0]


@pytest.mark.parametrize("value", PER_CENTS)
def test_per_cents_become_the_fractions_that_one_would_write_and_come_back(value):
    one = Assumption("inflation", 2026, 2030, value, "%/year", "press", "book", note="why")
    inside = from_file(one)
    assert repr(inside.value) == repr(float(f"{value}e-2"))
    assert as_in_file(inside) == one
    rule = Assumption("sharing_rule", 2026, 2030, "plan_60", "rule", "press")
    assert from_file(rule) is rule
    assert as_in_file(rule) is rule


def test_a_deflator_of_its_own_stands_before_consumer_prices_and_a_note_tells_of_none():
    stands_in = "total_product_nominal: consumer prices stand in for the deflator of product"
    plain, own = projected(), projected({"product_deflator": 1.3})
    assert stands_in in [note.en for note in plain.notes]
    assert stands_in not in [note.en for note in own.notes]
    assert own.value("deflator", 2030) == pytest.approx(100 * 1.013**5)
    assert own.value("total_product_nominal", 2026) == pytest.approx(111.175 * 1.013)
    assert own.value("recurrent_revenue", 2026) == pytest.approx(111.175 * 1.013)
    assert own.value("price_index", 2026) == pytest.approx(103.5), (
        "prices of the market basket are others"
    )
    assert own.paths["recurrent_revenue"].inputs > {"product_deflator"}
    assert "inflation" not in own.paths["recurrent_revenue"].inputs
    with pytest.raises(DataError, match="đến năm 2030"):
        resolve(lines(("s", "", assume("product_deflator", 1, 2026, 2028))), until=2030)


def test_override_is_checked_when_projected():
    with pytest.raises(ValueError, match="growth_industry"):
        check_scenario(override(scenario(), "x", assume("growth_industri", 3)))


# ------------------------------------------------------------------ comparing

rates = st.floats(-30, 40)


@st.composite
def scenarios(draw):
    shares = draw(st.lists(st.integers(1, 98), min_size=2, max_size=2, unique=True).map(sorted))
    parts = [shares[0], shares[1] - shares[0], 100 - shares[1]]
    changes = {f"share_{s}": float(part) for s, part in zip(SECTORS, parts, strict=True)}
    changes |= {f"growth_{sector}": draw(rates) for sector in SECTORS}
    changes |= {name: draw(rates) for name in ("inflation", "population_growth", "assigned_growth",
                                               "income_growth_real", "crop_value_growth")}  # fmt: skip
    changes |= {"land_gross": draw(st.floats(0, 300))}
    changes |= {"sharing_rule": draw(st.sampled_from(list(RULES)))}
    if draw(st.booleans()):
        changes |= {"buoyancy": None, "revenue_growth": draw(rates)}
    else:
        changes |= {"buoyancy": draw(st.floats(0, 2))}
    return changes


KNOWN = {
    "nothing": {},
    "total": {"total_product": {2026: 108.0}},
    "totals of two years": {"total_product": {2026: 108.0, 2028: 130.0}},
    "a sector": {"product_services": {2026: 40.0}},
    "a sector and the total": {"product_services": {2026: 40.0}, "total_product": {2026: 115.0}},
    "revenue": {"recurrent_revenue": {2026: 104.0, 2027: 111.0}},
}


@pytest.mark.parametrize("known", KNOWN)
@settings(calm, max_examples=8)
@given(scenarios(), scenarios(), st.floats(1, 200))
def test_drivers_explain_the_whole_difference_of_any_two_scenarios(known, one, other, income):
    levels = LEVELS | {"income_per_capita": Level(income, "million VND/person/year", "current")}
    held = {
        name: AnnualSeries(name, tuple(figures), tuple(figures.values()), unit="index")
        for name, figures in KNOWN[known].items()
    }
    a = projected(one, Baseline(2025, SECTORS, LEVELS, held))
    b = projected(other, Baseline(2025, SECTORS, levels, held))
    found = compare(a, b)
    assert not found.missing
    for variable, years in found.years.items():
        for year in years:
            parts, size = found.drivers_of(variable, year), abs(a.value(variable, year))
            size = max(size, abs(b.value(variable, year)))
            wanted = b.value(variable, year) - a.value(variable, year)
            assert sum(parts.values()) == pytest.approx(wanted, rel=1e-12, abs=1e-12 * size), (
                f"{variable} {year}"
            )


def test_drivers_of_a_product_by_hand():
    # 100 (1.1)(1.2) against 100: growth 10 alone and 12 beside prices, mean 11; prices 21
    names = {"share_industry": 100, "share_services": 0, "share_agriculture": 0,
             "growth_services": 0, "growth_agriculture": 0}  # fmt: skip
    low = projected(names | {"growth_industry": 0, "inflation": 0}, until=2026)
    high = projected(names | {"growth_industry": 10, "inflation": 20}, until=2026)
    found = compare(low, high).drivers_of("total_product_nominal", 2026)
    assert found == pytest.approx({"inflation": 21, "growth_industry": 11})
    assert list(found) == ["inflation", "growth_industry"], "the largest first"


def test_a_swap_turns_every_driver_round():
    other = {"growth_industry": 9, "inflation": 6, "land_gross": 80,
             "buoyancy": None, "revenue_growth": 8}  # fmt: skip
    a, b = projected(), projected(other)
    there, back = compare(a, b), compare(b, a)
    # revenue of `b` rests on its own growth alone: what prices do to that of `a` is told as well
    assert set(there.drivers_of("recurrent_revenue", 2030)) == {
        "revenue_growth", "inflation", "growth_industry",
    }  # fmt: skip
    for variable in there.parts:
        for driver, value in there.drivers_of(variable, 2030).items():
            assert back.drivers_of(variable, 2030)[driver] == pytest.approx(-value, abs=1e-9)


def test_equal_scenarios_have_no_drivers():
    found = compare(projected(), projected())
    assert found.drivers.empty
    assert found.difference("total_product", 2030) == 0
    assert (found.frame["difference"] == 0).all()


def test_levels_and_rules_are_drivers_too():
    richer = Baseline(2025, SECTORS, LEVELS | {"population": Level(50_000, "people")})
    other = {"plan_60": rule("plan_60", 0.6, 0.2, 0.0), "none": RULES["none"]}
    found = compare(projected(), project(richer, scenario(), rules=other))
    assert list(found.drivers_of("population", 2030)) == ["baseline_levels"]
    assert found.drivers_of("land_retained_total", 2030)["sharing_rule"] == pytest.approx(
        -0.4 * 840.46
    )


def test_another_stream_of_land_money_is_a_driver():
    line = replace(RULES["plan_60"].lines[0], stream="state_land", commune=0.3,
                   unassigned=0.25)  # fmt: skip
    both = {"plan_60": replace(RULES["plan_60"], lines=(*RULES["plan_60"].lines, line))}
    a, b = (project(BASE, scenario(), rules=both, stream=one)
            for one in ("commune_run", "state_land"))  # fmt: skip
    found = compare(a, b)
    assert found.drivers_of("land_retained", 2030) == pytest.approx(
        {"sharing_rule": 0.15 * 168.092}
    )


def test_a_known_total_makes_every_sector_rest_on_all_of_them():
    # 52.5 and 57.5 are brought to the known 108: 51.545 and 56.455
    rows = (assume("share_industry", 50, origin="press"), assume("share_services", 50, origin="press"),
            assume("growth_industry", 5, origin="press"),
            assume("growth_services", 15, origin="statement"))  # fmt: skip
    total = AnnualSeries("total_product", (2026,), (108.0,), unit="index", origin="official")
    found = project(Baseline(2025, ("industry", "services"), {}, {"total_product": total}),
                    Scenario("s", rows), until=2027)  # fmt: skip
    path = found.paths["product_industry"]
    assert path.values[1] == pytest.approx(108 * 52.5 / 110)
    assert path.origins == ("derived", "statement", "statement")
    assert path.premises == {"growth_services"}
    assert {"growth_services", "share_services"} <= path.inputs


def test_a_comparison_of_too_many_drivers_is_refused_with_the_reason():
    names = [f"s{i}" for i in range(13)]
    rows = [assume(f"share_{name}", 100 / 13, unit="%") for name in names]
    low, high = (
        project(Baseline(2025, tuple(names)),
                Scenario(f"g{g}", (*rows, *(assume(f"growth_{n}", g) for n in names))), until=2026)
        for g in (1, 2)
    )  # fmt: skip
    found = compare(low, high, variables=["total_product", "product_s1"])
    assert found.missing["total_product"].en == "13 drivers differ at once, 12 at most"
    assert sum(found.drivers_of("product_s1", 2026).values()) == pytest.approx(
        found.difference("product_s1", 2026)
    )


def test_what_cannot_be_mixed_is_said():
    two = Baseline(2025, ("industry", "services"), LEVELS)
    shares = {"share_agriculture": None, "share_industry": 60, "share_services": 40}
    small = project(two, scenario(growth_agriculture=None, **shares), rules=RULES)
    found = compare(projected(), small, variables=["total_product", "population"])
    assert "total_product" in found.missing
    with pytest.raises(ValueError, match="total_product cannot be decomposed"):
        found.drivers_of("total_product", 2030)
    assert found.difference("total_product", 2025) == pytest.approx(0)
    assert found.drivers_of("population", 2030) == {"baseline_levels": 0.0}


def test_all_exchanges_are_rows_of_one_pass_through_the_equations(monkeypatch):
    a, b = projected(), projected({"growth_industry": 9, "inflation": 6})
    passes, run = [], Inputs.run
    monkeypatch.setattr(Inputs, "run", lambda *a, **k: passes.append(a[1]) or run(*a, **k))
    compare(a, b, variables=["total_product", "total_product_nominal", "product_services"])
    assert passes == [["total_product"], ["total_product_nominal"], ["product_services"]]
    assert "product_services" in compare(a, b).parts
    assert len(passes) < 3 + 5, "what has the same drivers goes together"


def test_what_known_figures_hide_goes_with_them():
    # only b lets its own deflator show: in a the nominal product of every year is fixed by figures
    levels = {"total_product": Level(900.0, "billion VND", "current")}
    fixed = {"recurrent_revenue": AnnualSeries("r", tuple(range(2026, 2031)), (1.0,) * 5, "index")}
    a = projected({"product_deflator": 1}, Baseline(2025, SECTORS, levels, fixed))
    b = projected({}, Baseline(2025, SECTORS, levels))
    found = compare(a, b, variables=["recurrent_revenue"])
    assert sum(found.drivers_of("recurrent_revenue", 2030).values()) == pytest.approx(
        found.difference("recurrent_revenue", 2030)
    )


def test_errors_of_compare():
    with pytest.raises(ValueError, match="must cover the same years"):
        compare(projected(), projected(until=2029))
    with pytest.raises(ValueError, match="`variables` must be one of"):
        compare(projected(), projected(), variables=["totl_product"])
    with pytest.raises(ValueError, match="`year` must be one of"):
        compare(projected(), projected()).drivers_of("total_product", 2040)


# ------------------------------------------------------------------ asking backwards

TWELVE = Goal("total_product", 2030, 0.12, "average_rate")


def solved(variable, goal, bounds, changes=None, **fields):
    return solve_for(variable, goal, scenario(**(changes or {})), bounds=bounds,
                     baseline=fields.pop("baseline", BASE), rules=RULES, **fields)  # fmt: skip


@pytest.mark.parametrize("absent", ["industry", "services"])
def test_a_share_meets_the_closed_form_of_feasible_shares(absent):
    # methods 2.7: agriculture at 11.2645 % without industry, 28.2989 % without services
    two = {f"share_{s}": 50.0 for s in SECTORS if s != absent} | {f"share_{absent}": 0.0}
    found = solved("share_agriculture", TWELVE, (0.0, 0.9), two)
    limits = feasible_shares([0.15, 0.13, 0.025], 0.12, 5)
    wanted = limits.lower[2] if absent == "industry" else limits.upper[2]
    assert found.value == pytest.approx(wanted, abs=1e-12)
    again = project(BASE, found.scenario)
    assert again.value("total_product", 2030) == pytest.approx(100 * 1.12**5, rel=1e-12)
    assert sum(again.value(f"share_{s}", 2025) for s in SECTORS) == pytest.approx(1)


def test_a_rate_meets_the_closed_form_of_required_rates():
    goal = Goal("income_per_capita", 2030, 160.0)
    found = solved("income_growth_real", goal, (0, 0.3))
    assert found.value == pytest.approx((1 + required_rate(80, 160, 5)) / 1.035 - 1, abs=1e-12)
    later = solved("income_growth_real", goal, (0, 0.5), years=(2027, 2030))
    in_2026 = 80 * 1.12 * 1.035
    wanted = (1 + required_rate(in_2026, 160, 4)) / 1.035 - 1
    assert later.value == pytest.approx(wanted, abs=1e-12)
    assert by_year(later.scenario)["income_growth_real"][2026].value == 0.12, "2026 is kept"


def test_sums_and_every_year_as_goals():
    found = solved("land_gross", Goal("land_retained", 2030, 504.276, "sum"), (0, 1000))
    assert found.value == pytest.approx(504.276 / 0.6 / 5, abs=1e-9)
    levels = {name: Level(20.0, "billion VND", "current")
              for name in ("recurrent_revenue", "assigned_revenue_without_land")}  # fmt: skip
    goal = Goal("collected_over_assigned", 2030, 1.1, "every_year")
    found = solved("revenue_growth", goal, (0, 0.5), {"buoyancy": None, "revenue_growth": 5},
                   baseline=Baseline(2025, SECTORS, levels))  # fmt: skip
    assert found.value == pytest.approx(1.1 * 1.08 - 1, abs=1e-12), "the first year binds"


def test_out_of_reach_is_an_answer():
    found = solved("growth_agriculture", TWELVE, (-0.05, 0.03))
    assert (found.value, found.scenario) == (None, None)
    assert found.reason.en.startswith("not reachable within bounds")
    assert found.reached[0] < found.reached[1] < 0.12
    missing = solved("growth_industry", Goal("income_per_capita", 2030, 1), (0, 1),
                     baseline=Baseline(2025, SECTORS))  # fmt: skip
    assert missing.reason.en == "no income per capita for 2025"


def test_a_revenue_growth_found_replaces_buoyancy():
    found = solved("revenue_growth", Goal("recurrent_revenue", 2030, 200.0), (0, 0.5))
    assert found.value == pytest.approx(2**0.2 - 1, abs=1e-12)
    assert "buoyancy" not in by_year(found.scenario)


KINDS = [
    pytest.param("average_rate", "fraction/year", 0.12, ("average_rate", 0.12), id="rate"),
    pytest.param("annual_ratio", "% of plan", 110, ("every_year", 1.10), id="ratio"),
    pytest.param("cumulative", "billion VND", 504.276, ("sum", 504.276), id="total"),
    pytest.param("level_by", "million VND/ha", 220, ("level", 220), id="level"),
    pytest.param("annual_level", "%", 80, ("every_year", 80), id="every year, in per cent"),
]


@pytest.mark.parametrize(("kind", "unit", "value", "wanted"), KINDS)
def test_a_target_of_the_plan_becomes_a_goal(kind, unit, value, wanted):
    goal = Goal.of(target(kind, value, unit=unit), "x")
    assert (goal.measure, goal.value) == (wanted[0], pytest.approx(wanted[1]))
    assert (goal.variable, goal.year) == ("x", 2030)
    with pytest.raises(ValueError, match=r"must be one of .* got milestone"):
        Goal.of(target("milestone", 1), "x")


def test_errors_of_solve_for():
    with pytest.raises(ValueError, match="`bounds` must be increasing"):
        solved("growth_industry", TWELVE, (0.2, 0.1))
    with pytest.raises(ValueError, match="`variable` must be one of"):
        solved("sharing_rule", TWELVE, (0, 1))
    with pytest.raises(ValueError, match="Did you mean 'total_product'"):
        solved("growth_industry", Goal("total_produc", 2030, 1), (0, 1))
    with pytest.raises(ValueError, match="`measure` must be one of"):
        Goal("total_product", 2030, 1, "mean")
    with pytest.raises(ValueError, match="no other shares"):
        solved("share_industry", TWELVE, (0, 1), {f"share_{s}": None for s in SECTORS})
    for bounds in (0.2, (0.1,), (0, 0.1, 0.2)):
        with pytest.raises(ValueError, match="`bounds` must be two numbers, the lower first"):
            solved("growth_industry", TWELVE, bounds)
    with pytest.raises(TypeError, match=r"`target` must be a Goal, .* \(tuple\)"):
        solved("growth_industry", ("total_product", 2030, 150), (0, 1))
    with pytest.raises(ValueError, match="`value` must be a finite number, got nan"):
        Goal("total_product", 2030, np.nan)
    for name, bounds in (("share_industry", (0, 3)), ("land_gross", (-1, 9)),
                         ("growth_industry", (-2, 0.5)), ("growth_industry", (0, 12))):  # fmt: skip
        with pytest.raises(ValueError, match=f"`bounds` of {name} must lie within"):
            solved(name, TWELVE, bounds)
    for year in (2024, 2025):
        with pytest.raises(ValueError, match=f"`target` must be a year after 2025, got {year}"):
            solved("growth_industry", Goal("total_product", year, 110), (0, 1))


# ------------------------------------------------------------------ stress tests


def test_stress_tests_move_what_they_name():
    base = projected()
    city = {"industry": 0.1361, "services": 0.1021, "agriculture": 0.0433}
    tests = stress_tests(scenario(), sector_growth=city, sharing_rules=("none",), source_id="x")
    found = {name: project(BASE, one, rules=RULES) for name, one in tests.items()}
    assert found["no_land"].value("land_retained_total", 2030) == pytest.approx(3 * 100.8552)
    assert found["none"].value("land_retained", 2030) == pytest.approx(0.2 * 168.092)
    assert found["none"].value("land_retained", 2026) == base.value("land_retained", 2026)
    assert found["inflation"].value("price_index", 2030) == pytest.approx(103.5 * 1.06**4)
    assert found["sector_growth"].value("growth_services", 2030) == pytest.approx(0.1021)
    assert found["sector_growth"].value("growth_services", 2026) == 0.13
    assert all(one.name != "base" and one.inherits == "base" for one in tests.values())
    assert {a.value for a in by_year(without_land_sales(scenario(), years=(2028, 2029)))[
        "land_gross"].values()} == {168.092, 0.0}  # fmt: skip


def test_a_rule_that_is_silent_of_the_stream_says_so_in_words():
    line = ShareLine("interspersed", 2026, 2030, 0, 0.4, 0.6, 0, 0, 0, "plan", "press")
    rows = (Assumption("land_gross", 2026, 2027, 50.0, "billion VND/year", "press"),
            Assumption("sharing_rule", 2026, 2027, "mine", "rule", "press"))  # fmt: skip
    found = project(Baseline(2025), Scenario("s", rows), until=2027,
                    rules={"mine": SharingRule("mine", (line,))})  # fmt: skip
    assert found.missing["land_retained"].both == (
        "quy định “mine” không nói đến dự án do xã làm chủ đầu tư năm 2026",
        "the rule “mine” says nothing of projects run by the commune in 2026",
    )


def test_what_a_stress_test_is_not_given_is_refused_at_its_door():
    with pytest.raises(ValueError, match="`years` must be two years, the first and the last"):
        with_sector_growth(Scenario("s", ()), {"industry": 0.12}, years=[2026, 2027, 2028])
    with pytest.raises(ValueError, match="`growth_industry` must be"):
        with_sector_growth(Scenario("s", ()), {"industry": 12})
    with pytest.raises(TypeError, match="`a` must be a projection"):
        compare("co_so", "muc_tieu")
    with pytest.raises(TypeError, match="`scenario` must be a scenario"):
        solve_for("growth_a", None, "co_so", bounds=(0, 1), baseline=None)
