"""Notebook 05: the land money of each scenario, or a reason why there is none."""

from dataclasses import replace

import pytest

from laikhe_analysis.data import load
from laikhe_analysis.office.pages import scenario_land as land
from laikhe_analysis.office.summary import project_all


@pytest.fixture
def other(folder):
    return load(folder)


@pytest.fixture(scope="module")
def projections(own_data):
    return project_all(own_data)


def test_land_money_of_each_scenario_beside_the_total(own_data, projections):
    rows = {row[0]: row[1:] for row in land.land_money_table(own_data, projections).rows}
    plan = next(row for name, row in rows.items() if name.startswith("mục tiêu"))
    # the clause's own division: 504.276 / 60 % = 840.460, a fifth of it a year
    assert (plan[0], plan[2:5]) == ("840,460", ("504,276", "100,0", "168,092"))
    assert plan[5] == "tiền đề của kế hoạch"
    # nothing assumed of land: 504.276 / 20 % / 5, and 504.276 / 15 % / 5
    assert rows["cơ sở"][2:5] == ("không tính được", "không tính được", "504,276")
    assert rows["thận trọng"][4] == "672,368"
    told = land.land_money_text(own_data, projections, "muc_tieu")
    assert "840,460 tỷ đồng, xã được dùng 504,276 tỷ, bằng 100,0%" in told.vi
    assert "land_gross" in land.land_money_text(own_data, projections, "co_so").en
    assert "“x”" in land.land_money_text(own_data, projections, "x").vi


def test_land_money_without_total_scenario_or_rule_has_a_reason(other, own_data, projections):
    both = project_all(other)
    assert "no investment total" in land.land_money_table(other, both).en
    assert land.land_money_text(other, both, "co_so") is None
    assert "no scenario" in land.land_money_table(own_data, {}).en
    bare = replace(projections["co_so"], rules={})
    (row,) = land.land_money_table(own_data, {"co_so": bare}).rows
    assert row[5] == "không tính được"
    assert "phải thu" not in land.land_money_text(own_data, {"co_so": bare}, "co_so").vi
