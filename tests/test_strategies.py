"""Pace, programme, cash to bridge, regret: what the commune can choose."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laikhe_analysis.investment.programme import (
    as_projects,
    cash_path,
    needs_by_year,
    priority_cut,
)
from laikhe_analysis.investment.strategies import PACES, pace, regret
from laikhe_analysis.records import Project, ShareLine, SharingRule

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


def test_arrears_come_first_then_the_order():
    rows = priority_cut([ROAD, SCHOOL, HALL], 130)
    got = [(row["project_id"], row["kind"], row["need"], row["funded"]) for row in rows]
    assert got == [
        ("hall", "arrears", 10, 10),
        ("road", "arrears", 20, 20),
        ("school", "works", 80, 80),
        ("hall", "works", 40, 20),
        ("road", "works", 100, 0),
    ]
    assert [row["is_full"] for row in rows] == [True, True, True, False, False]
    assert rows[-1]["cumulative_need"] == 250


@settings(derandomize=True, deadline=None, max_examples=40)
@given(st.floats(0, 400))
def test_a_cut_spends_no_more_than_it_has(budget):
    rows = priority_cut([ROAD, SCHOOL, HALL], budget)
    assert sum(row["funded"] for row in rows) == pytest.approx(min(budget, 250))


def test_cut_refuses():
    assert priority_cut([], 100) == []
    with pytest.raises(ValueError, match="`budget` must be 0 or more"):
        priority_cut([ROAD], -1)
    broken = Project("x", "x", -5, "land", 0, 1, {}, "example")
    with pytest.raises(ValueError, match="`cost of project x` must be 0 or more"):
        priority_cut([broken], 1)
    owed = Project("x", "x", 5, "land", -1, 1, {}, "example")
    with pytest.raises(ValueError, match="`arrears of project x`"):
        priority_cut([owed], 1)


def test_needs_by_year():
    assert needs_by_year([ROAD, SCHOOL, HALL], [2026, 2027]) == {2026: 100, 2027: 110}


FRAME = pd.DataFrame({
    "project_id": ["road", "school", "hall"], "cost": [120, 80, 50], "arrears": [20, None, 10],
    "order": [3, 1, 2], "y2026": [40, 30, None], "y2027": [60, 50, None],
})  # fmt: skip


def test_projects_from_a_frame():
    assert needs_by_year(FRAME, [2026, 2027]).to_dict() == {2026: 100.0, 2027: 110.0}
    assert needs_by_year(FRAME, [2026, 2027]).index.name == "year"
    cut = priority_cut(FRAME, 130)
    records = pd.DataFrame(priority_cut([ROAD, SCHOOL, HALL], 130))
    columns = ["project_id", "kind", "need", "funded", "cumulative_need", "is_full"]
    pd.testing.assert_frame_equal(cut[columns], records[columns])
    assert set(cut["origin"]) == {"assumption"}
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
        needs_by_year(pd.DataFrame(table), [2026, 2027])


def test_money_by_year_as_series_goes_by_its_years():
    inflow, needs = {2026: 0, 2027: 50, 2028: 150}, {2026: 100, 2028: 100}
    wanted = cash_path(inflow, needs, total=200, other_sources={2027: 5})
    turned = [pd.Series(given)[::-1] for given in (inflow, needs, {2027: 5})]
    assert cash_path(turned[0], turned[1], total=200, other_sources=turned[2]) == wanted
    assert [row["year"] for row in wanted.rows] == [2026, 2027, 2028]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: cash_path({2026: 1}, {2027: 5}, total=1), "`needs` must be of the years of `inflow`, "
                                                          "[2026], got also [2027]"),
        (lambda: cash_path({2026: 1}, {}, total=1, other_sources={2031: 1}), "`other_sources` must be"),
        (lambda: cash_path({2026: None}, {}, total=1), "`inflow of 2026` must be known, got nan"),
        (lambda: cash_path({2026: np.inf}, {}, total=1), "`inflow of 2026` must be known, got inf"),
        (lambda: cash_path({2026: 1}, {2026: pd.NA}, total=1), "`needs of 2026` must be known"),
        (lambda: cash_path(pd.Series([1, 2], index=[2026, 2026]), {}, total=1), "`inflow` has 2026 tw"),
        (lambda: priority_cut([ROAD], np.nan), "`budget` must be 0 or more, got nan"),
        (lambda: needs_by_year([ROAD], []), "`years` must hold at least one year"),
        (lambda: regret(np.nan, [1], [], paces={}, markets={}), "`gross` must be 0 or more"),
    ],
)  # fmt: skip
def test_money_that_would_be_lost_or_is_missing_is_refused(call, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        call()


def test_path_shows_the_largest_gap():
    inflow = {2026: 0, 2027: 50, 2028: 150, 2029: 150, 2030: 150}
    path = cash_path(inflow, dict.fromkeys(YEARS, 100), total=500)
    assert [row["gap"] for row in path.rows] == [100, 150, 100, 50, 0]
    assert (path.peak_gap, path.peak_year) == (150, 2027)
    assert [row["cumulative_target"] for row in path.rows] == [100, 200, 300, 400, 500]
    assert [row["disbursed"] for row in path.rows] == [0, 50, 150, 150, 150]


def test_revenue_is_not_allocation_is_not_disbursement():
    path = cash_path(
        {2026: 100, 2027: 0},
        {2026: 60, 2027: 60},
        total=100,
        other_sources={2027: 30},
        disbursed_share=0.5,
    )
    first, second = path.rows
    assert (first["available"], first["allocated"], first["disbursed"]) == (100, 60, 30)
    assert first["carried"] == 70
    assert (second["available"], second["allocated"], second["disbursed"]) == (100, 90, 45)
    assert (path.peak_gap, path.peak_year) == (0, None)
    assert cash_path({}, {}, total=1).rows == ()
    with pytest.raises(ValueError, match="`disbursed_share`"):
        cash_path({2026: 1}, {}, total=1, disbursed_share=95)


money = st.lists(st.floats(0, 500), min_size=5, max_size=5)


@settings(derandomize=True, deadline=None, max_examples=40)
@given(money, money, st.floats(0, 1))
def test_money_in_is_money_out_and_money_left(inflow, needs, share):
    path = cash_path(
        dict(zip(YEARS, inflow, strict=True)),
        dict(zip(YEARS, needs, strict=True)),
        total=500,
        disbursed_share=share,
    )
    out = sum(row["disbursed"] for row in path.rows)
    assert out + path.rows[-1]["carried"] == pytest.approx(sum(inflow), abs=1e-9)
    assert out <= sum(needs) + 1e-9


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
