"""Programme and determined money; pace and regret: what the commune can choose."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laikhe_analysis.investment.programme import (
    STAGES,
    as_projects,
    coverage,
    determined,
)
from laikhe_analysis.investment.strategies import PACES, pace, regret
from laikhe_analysis.records import Capital, Project, ShareLine, SharingRule

YEARS = [2026, 2027, 2028, 2029, 2030]
GROSS = 840.460


def a_rule(name, commune):
    line = ShareLine("commune_run", 2026, 2030, 0, 0, commune, 0, 1 - commune, 0, "plan", "example")
    return SharingRule(name, (line,))


# methods 4.1, timing of 840.460 billion
PACE_CASES = [
    ("even", YEARS, [168.09] * 5),
    ("even", YEARS[1:], [210.1] * 4),
    ("even", YEARS[2:], [280.2] * 3),
    ("back", YEARS, [112.9, 135.5, 162.6, 195.2, 234.2]),
    ("front", YEARS, [250, 200, 160, 128, 102.4]),
    ("frozen", YEARS, [0, 0, 280.2, 280.2, 280.2]),
]


@pytest.mark.parametrize(("kind", "years", "expected"), PACE_CASES)
def test_pace_reference(kind, years, expected):
    sales = [GROSS * part for part in pace(kind, years).values()]
    assert sales == pytest.approx(expected, abs=0.06)


@settings(derandomize=True, deadline=None, max_examples=40)
@given(st.sampled_from(PACES), st.integers(3, 12), st.floats(0, 0.9))
def test_a_pace_sells_everything_once(kind, n, rate):
    weights = pace(kind, range(2026, 2026 + n), rate=rate)
    assert sum(weights.values()) == pytest.approx(1)
    assert min(weights.values()) >= 0


def test_pace_refuses():
    with pytest.raises(ValueError, match="Did you mean 'front'"):
        pace("fronts", YEARS)
    with pytest.raises(ValueError, match="`rate` must be from 0 to below 1"):
        pace("back", YEARS, rate=20)
    with pytest.raises(ValueError, match=r"`frozen` must be some of .2026, .*, got .2035."):
        pace("frozen", YEARS, frozen=[2035])
    with pytest.raises(ValueError, match="`frozen` must leave a year"):
        pace("frozen", [2029, 2030])
    assert pace("frozen", YEARS, frozen=[2028, 2029])[2028] == 0


ROAD = Project("road", "road", 120, "land", 20, 3, {2026: 40, 2027: 60}, "example")
SCHOOL = Project("school", "school", 80, "land", 0, 1, {2026: 30, 2027: 50}, "example")
HALL = Project("hall", "hall", 50, "land", 10, 2, {}, "example")


def test_arrears_then_advances_then_ongoing_then_new():
    """By hand: 130 come; 30 of arrears, 40 of the advance, 60 of 100 of the ongoing road."""
    works = [replace(SCHOOL, stage="new"), replace(ROAD, stage="ongoing"),
             replace(HALL, stage="advance")]  # fmt: skip
    found = coverage(works, {2026: 70, 2027: 60})
    got = [
        (r["project_id"], r["stage"], r["need"], r["funded"], r["full_year"]) for r in found.works
    ]
    assert got == [
        ("hall", "arrears", 10, 10, 2026), ("road", "arrears", 20, 20, 2026),
        ("hall", "advance", 40, 40, 2026), ("road", "ongoing", 100, 60, None),
        ("school", "new", 80, 0, None),
    ]  # fmt: skip
    assert found.total("need") == 250
    assert found.total("need", "arrears") == 30


def test_a_new_project_is_not_begun_without_all_of_its_capital():
    found = coverage([SCHOOL], {2026: 79.9, 2027: 0})
    assert (found.total("funded"), found.years[-1]["carried"]) == (0, 79.9)
    whole = coverage([SCHOOL], {2026: 80, 2027: 0})
    assert [row["new"] for row in whole.years] == [30, 50]
    assert whole.works[0]["full_year"] == 2027


@settings(derandomize=True, deadline=None, max_examples=40)
@given(st.floats(0, 400), st.floats(0, 400))
def test_no_dong_is_paid_twice_or_lost(first, second):
    found = coverage([replace(ROAD, stage="ongoing"), SCHOOL, HALL], {2026: first, 2027: second})
    paid = sum(row[stage] for row in found.years for stage in STAGES)
    assert paid == pytest.approx(found.total("funded"))
    assert paid + found.years[-1]["carried"] == pytest.approx(first + second)
    assert all(row["funded"] <= row["need"] + 1e-9 for row in found.works)


def test_a_typed_nought_is_a_figure_and_a_blank_is_none():
    settled = Project(
        "s", "s", 18, "land", 6, 1, {2026: 0.0, 2027: 0.0}, "example", stage="ongoing"
    )
    found = coverage([settled], {2026: 30})
    assert [(row["stage"], row["need"]) for row in found.works] == [("arrears", 6)]
    blank = replace(settled, needs={2026: None, 2027: None})
    assert coverage([blank], {2026: 30}).total("need", "ongoing") == 12  # the cost less arrears


def test_years_that_are_over_count_on_neither_side():
    road = replace(ROAD, stage="ongoing")  # 40 in 2026, 60 in 2027, arrears 20
    found = coverage([road], {2027: 80, 2028: 0})
    assert [(row["stage"], row["need"], row["funded"]) for row in found.works] == [
        ("arrears", 20, 20), ("ongoing", 60, 60)
    ]  # fmt: skip
    past = replace(road, needs={2025: 10.0, 2026: 40.0}, arrears=0.0)
    assert coverage([past], {2027: 80}).works == (), "all of it is over: not the cost once more"


def test_money_of_the_city_pays_its_own_works_alone():
    """By hand: the hall has 25 of 50 from the city; own 60 pay 20 of arrears and 40 of the road's 100."""
    hall = replace(HALL, arrears=0.0, stage="ongoing", needs={2026: 50.0})
    road = replace(ROAD, stage="ongoing")
    given = {"city": {2026: 25}, "city_works": {"hall": False}}
    found = coverage([hall, road], {2026: 60, 2027: 0}, **given)
    ongoing = [row for row in found.works if row["stage"] == "ongoing"]
    assert {row["project_id"]: row["funded"] for row in ongoing} == {"hall": 25, "road": 40}
    assert found.years[0]["money"] == found.total("funded") == 85
    both = coverage([hall, road], {2026: 60, 2027: 0}, **given | {"city_works": {"hall": True}})
    paid = {row["project_id"]: row["funded"] for row in both.works if row["stage"] == "ongoing"}
    assert paid == {"hall": 50, "road": 15}
    alone = coverage([road], {2026: 60, 2027: 0}, city={2026: 25})
    assert (alone.total("funded"), alone.years[-1]["carried"]) == (60, 25)
    new = replace(HALL, arrears=0.0)
    assert (
        coverage([new], {2026: 99}, city={2026: 49}, city_works={"hall": False}).total("funded")
        == 0
    )
    with pytest.raises(ValueError, match="`money of 2026` must be 0 or more"):
        coverage([hall], {2026: 1}, city={2026: -1})


def test_only_money_with_a_decision_is_determined():
    rows = [Capital(2026, "assigned", 30.0, "NQ 12", "official"),
            Capital(2026, "assigned", 5.0, "NQ 13", "official"),
            Capital(2027, "city", 90.0, "", "statement")]  # fmt: skip
    found = determined(rows, [2026, 2027])
    assert found["assigned"] == {2026: 35.0, 2027: 0.0}
    assert found["city"] == {2026: 0.0, 2027: 0.0}
    with pytest.raises(ValueError, match="`kind` must be one of own_share, assigned, city"):
        Capital(2026, "loan", 1.0, "", "official")
    with pytest.raises(ValueError, match="`stage` must be one of advance, ongoing, new"):
        replace(ROAD, stage="arrears")


def test_a_programme_refuses():
    assert coverage([], {2026: 5}).works == ()
    with pytest.raises(ValueError, match="`money of 2026` must be 0 or more"):
        coverage([ROAD], {2026: -1})
    broken = Project("x", "x", -5, "land", 0, 1, {}, "example")
    with pytest.raises(ValueError, match="`cost of project x` must be 0 or more"):
        coverage([broken], {2026: 1})
    owed = Project("x", "x", 5, "land", -1, 1, {}, "example")
    with pytest.raises(ValueError, match="`arrears of project x`"):
        coverage([owed], {2026: 1})


FRAME = pd.DataFrame({
    "project_id": ["road", "school", "hall"], "cost": [120, 80, 50], "arrears": [20, None, 10],
    "order": [3, 1, 2], "y2026": [40, 30, None], "y2027": [60, 50, None],
})  # fmt: skip


def test_projects_from_a_frame():
    records = as_projects(FRAME)
    assert [(one.project_id, one.stage, one.needs) for one in records] == [
        ("road", "new", {2026: 40.0, 2027: 60.0}), ("school", "new", {2026: 30.0, 2027: 50.0}),
        ("hall", "new", {}),
    ]  # fmt: skip
    assert {one.origin for one in records} == {"assumption"}
    assert coverage(FRAME, {2026: 300}).total("need") == 250
    assert as_projects(FRAME.set_index("project_id")) == as_projects(FRAME)
    assert as_projects([ROAD]) == (ROAD,)


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"cost": [120, -80, 50]}, ValueError, "`cost of project school` must be 0 or more, got -80"),
        ({"cost": [120e9, 80, 50]}, ValueError, "`cost of project road` must be from 0 to 100000 bil"),
        ({"cost": [120, None, 50]}, ValueError, "`cost of projects school` must be known"),
        ({"cost": [120, "80", 50]}, TypeError, "`cost of projects school` must be a number, got '80'"),
        ({"y2027": [60, -1, 0]}, ValueError, "`need in 2027 of project school` must be 0 or more"),
        ({"order": [1, 2, 2.5]}, ValueError, "`order of projects hall` must be a whole number"),
        ({"project_id": ["a", "a", "b"]}, ValueError, "must have one row per project_id"),
        ({"arears": [1, 1, 1], "arrears": None}, ValueError, "a column arears: is it arrears?"),
        ({"order": None}, ValueError, "`projects` must have the columns order"),
    ],
    ids=str,
)  # fmt: skip
def test_projects_that_do_not_fit(changes, error, message):
    table = {name: values for name, values in (dict(FRAME) | changes).items() if values is not None}
    with pytest.raises(error, match=message):
        as_projects(pd.DataFrame(table))


def test_money_that_is_missing_is_refused():
    with pytest.raises(ValueError, match="`gross` must be 0 or more"):
        regret(np.nan, [1], [], paces={}, markets={})


def test_regret_by_hand():
    # one rule keeps all, one keeps half; 100 sold; commit to 50 or 100
    rows = regret(
        100,
        [50, 100],
        [a_rule("all", 1.0), a_rule("half", 0.5)],
        paces={"even": pace("even", YEARS)},
        markets={"calm": {}},
    )
    # all: worth 50 / 100; half: 50 / 50 - 50 = 0
    assert {row["programme"]: row["worst_regret"] for row in rows} == {50: 50, 100: 50}
    assert {row["programme"]: row["worst_rule"] for row in rows} == {50: "all", 100: "half"}
    assert rows[0]["lowest_money"] == pytest.approx(50)


def test_regret_of_pace_under_a_freeze():
    paces = {kind: pace(kind, YEARS) for kind in ("front", "even", "back")}
    rows = regret(
        100, [80], [a_rule("all", 1.0)], paces=paces,
        markets={"calm": {}, "freeze": {2026: 0.0, 2027: 0.0}},
    )  # fmt: skip
    assert [row["pace"] for row in rows] == ["back", "even", "front"]
    assert rows[0]["worst_regret"] == 0  # the late pace loses nothing in either market
    late = regret(
        100, [80], [a_rule("all", 1.0)], paces=paces, markets={"calm": {}}, carried=1.0
    )  # fmt: skip
    # the last year's sales are paid too late: front loses 100 x 0.4096 / 3.3616, of even 20 is lost
    assert [row["pace"] for row in late] == ["front", "even", "back"]
    assert late[0]["lowest_money"] == pytest.approx(100 * (1 - 0.4096 / 3.3616))
    assert late[1]["lowest_money"] == pytest.approx(80)
    with pytest.raises(ValueError, match="`carried`"):
        regret(100, [80], [a_rule("all", 1.0)], paces=paces, markets={"calm": {}}, carried=2)


@settings(derandomize=True, deadline=None, max_examples=30)
@given(st.lists(st.floats(0.05, 1), min_size=1, max_size=3), st.floats(0, 1.5))
def test_regret_is_never_negative_and_someone_is_best(shares, mood):
    rules = [a_rule(str(k), share) for k, share in enumerate(shares)]
    rows = regret(
        500, [60, 200, 400], rules, paces={k: pace(k, YEARS) for k in PACES},
        markets={"calm": {}, "other": dict.fromkeys(YEARS[1:3], mood)},
    )  # fmt: skip
    assert all(row["worst_regret"] >= 0 for row in rows)
    one = regret(500, [60, 200], rules[:1], paces={"even": pace("even", YEARS)}, markets={"a": {}})
    assert min(row["worst_regret"] for row in one) == 0
