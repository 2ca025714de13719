"""What would have to be true: the plan's own figures, rule by rule, and what to hold them against."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from laikhe_analysis.investment.requirements import needed_by_rule
from laikhe_analysis.investment.yardsticks import (
    MIN_CASES,
    crop_after_sales,
    outside_view,
)
from laikhe_analysis.land import change_rule
from laikhe_analysis.land.sharing import split
from laikhe_analysis.records import ShareLine, SharingRule

YEARS = range(2026, 2031)
TOTAL = 504.276  # billion VND, clause 2.2(6)


def a_rule(name, *shares):
    """central, city, commune, city_returned, unassigned, cost first"""
    line = ShareLine("commune_run", 2026, 2030, *shares, "plan", "statement")
    return SharingRule(name, (line,))


PLAN = a_rule("plan_60", 0.0, 0.45, 0.15, 1.0, 0.40, 0.0)
FULL = a_rule("full", 0.2, 0.6, 0.2, 1.0, 0.0, 0.0)
NONE = a_rule("none", 0.2, 0.6, 0.2, 0.0, 0.0, 0.0)
COST = a_rule("cost", 0.2, 0.6, 0.2, 1.0, 0.0, 0.25)
OWN = a_rule("own", 0.0, 0.45, 0.15, 0.0, 0.40, 0.0)
NOTHING = a_rule("nothing", 0.2, 0.8, 0.0, 0.0, 0.0, 0.0)

# gross, per year, per year of the four left (domain.md, land revenue [C])
NEEDS = [
    (PLAN, 840.460, 168.092, 210.115),
    (FULL, 630.345, 126.069, 157.58625),
    (NONE, 2521.380, 504.276, 630.345),
    (COST, 840.460, 168.092, 210.115),
    (OWN, 3361.840, 672.368, 840.460),
]


def needed(rule, years=YEARS, **given):
    (row,) = needed_by_rule(TOTAL, [rule], years=years, **given)
    return row


@pytest.mark.parametrize(
    ("rule", "gross", "each", "left"), NEEDS, ids=[rule.rule for rule, *_ in NEEDS]
)
def test_what_a_total_needs_reference(rule, gross, each, left):
    whole, four = needed(rule), needed(rule, YEARS[1:])
    assert (whole["gross"], four["gross"]) == pytest.approx((gross, gross), abs=1e-6)
    assert whole["per_year"] == pytest.approx(each, abs=1e-6)
    assert four["per_year"] == pytest.approx(left, abs=1e-6)
    kept = split(gross, rule.lines[0])
    assert kept.retained == pytest.approx(TOTAL, rel=1e-6)
    parts = ("commune", "city_returned", "city_kept", "central", "unassigned", "costs")
    assert sum(getattr(kept, name) for name in parts) == pytest.approx(gross, rel=1e-12)


def test_the_plans_two_levels():
    row = needed(PLAN)
    assert row["own_share"] * row["gross"] == pytest.approx(126.069, abs=1e-9)
    assert (row["share"] - row["own_share"]) * row["gross"] == pytest.approx(378.207, abs=1e-9)
    # the commune's 15 % alone needs twenty years
    assert TOTAL / (row["own_share"] * row["per_year"]) == pytest.approx(20)


def test_a_new_regime_uses_the_mean_share():
    rule = change_rule(PLAN, NONE, 2027)
    assert needed(rule)["share"] == pytest.approx((0.6 + 4 * 0.2) / 5)
    assert needed(rule, YEARS[1:])["per_year"] == pytest.approx(TOTAL / 0.2 / 4)


def test_what_has_come_in_lowers_what_is_left():
    half = needed(PLAN, YEARS[1:], collected={2026: TOTAL / 2 / 0.6})
    assert half["per_year"] == pytest.approx(840.460 / 2 / 4)
    done = needed(PLAN, YEARS[1:], collected={2026: (TOTAL + 1) / 0.6})
    assert done["per_year"] == 0


def test_a_rule_that_returns_nothing_has_no_number():
    row = needed(NOTHING)
    assert (row["share"], row["net"], row["gross"], row["per_year"]) == (0, None, None, None)


@pytest.mark.parametrize(
    ("kwargs", "message"),
    [
        ({"collected": {2026: -1}}, "`collected of 2026` must be 0 or more"),
        ({"collected": {2026: np.nan}}, "`collected of 2026` must be 0 or more, got nan"),
        ({"total": np.nan}, "`total` must be a positive number .billion VND., got nan"),
        ({"total": -5}, "`total` must be a positive number .billion VND., got -5"),
        ({"years": []}, "`years` must hold at least one year, got none"),
        ({"stream": "conversion"}, "says nothing of stream conversion"),
    ],
)
def test_what_a_total_needs_refuses(kwargs, message):
    with pytest.raises(ValueError, match=message):
        needed_by_rule(**({"total": TOTAL, "rules": [PLAN], "years": YEARS} | kwargs))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: outside_view({"a": None}, TOTAL), "`ratios` must be 0 or more, got nan"),
        (lambda: crop_after_sales(np.nan, 180, 1), "`crop_ha` must be a positive number"),
        (lambda: crop_after_sales(100, 180, np.nan), "`sold_ha` must be 0 or more and less"),
    ],
)
def test_units_that_were_mixed_up_and_gaps_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize(("rule", "gross", "each", "left"), NEEDS, ids=[r.rule for r, *_ in NEEDS])
def test_net_and_gross_stand_on_one_basis(rule, gross, each, left):
    (row,) = needed_by_rule(TOTAL, [rule], years=range(2027, 2031))
    assert row["gross"] == pytest.approx(gross)
    assert row["per_year"] == pytest.approx(left)
    assert row["net"] == pytest.approx(row["gross"] * (1 - row["cost"]))
    assert row["net"] * row["share"] == pytest.approx(TOTAL)


def test_the_lands_own_cost_replaces_a_smaller_one_of_the_rule():
    # by hand: 504.276 / 0.6 = 840.460 to be shared, / (1 - 0.4) to be collected
    plan, flat = needed_by_rule(TOTAL, [PLAN, COST], years=YEARS, cost=0.4)
    assert (plan["cost"], flat["cost"]) == (0.4, 0.4)
    assert plan["gross"] == pytest.approx(840.460 / 0.6)
    small = needed_by_rule(TOTAL, [COST], years=YEARS, cost=0.1)[0]
    assert small["cost"] == 0.25


def test_money_collected_already_is_subtracted():
    (row,) = needed_by_rule(TOTAL, [PLAN], years=range(2027, 2031), collected={2026: 100.0})
    assert (row["received"], row["missing"]) == (60.0, pytest.approx(TOTAL - 60))
    assert row["gross"] == pytest.approx(840.460 - 100)
    over = needed_by_rule(TOTAL, [PLAN], years=YEARS, collected={2026: 1e4})[0]
    assert (over["missing"], over["gross"]) == (0, 0)
    nothing = needed_by_rule(TOTAL, [NOTHING], years=YEARS)[0]
    assert (nothing["net"], nothing["gross"], nothing["per_year"]) == (None, None, None)
    with pytest.raises(ValueError, match="`collected of 2026` must be 0 or more"):
        needed_by_rule(TOTAL, [PLAN], years=YEARS, collected={2026: -1})
    with pytest.raises(ValueError, match="`cost` must be from 0 to 1"):
        needed_by_rule(TOTAL, [PLAN], years=YEARS, cost=33)
    with pytest.raises(ValueError, match="`total` must be a positive number"):
        needed_by_rule(0, [PLAN], years=YEARS)


# ------------------------------------------------------------------ yardsticks


def test_a_series_of_cases():
    cases = {"a": 1.88, "b": 0.303}
    assert outside_view(pd.Series(cases), TOTAL) == outside_view(cases, TOTAL)


def test_outside_view_has_no_probability_from_three_cases():
    # the full-year land-fee rows of the realisation table: 1.88, 0.303, 1.019
    view = outside_view({"a": 1.88, "b": 0.303, "c": 1.019}, TOTAL)
    assert (view.low, view.median, view.high, view.reached) == (0.303, 1.019, 1.88, 2)
    assert view.total_low == pytest.approx(152.8, abs=0.01)
    assert view.probability is None
    many = outside_view({str(k): k / 10 for k in range(5, 5 + MIN_CASES)}, TOTAL)
    assert many.probability == pytest.approx(0.5)
    assert outside_view({}, TOTAL) is None
    with pytest.raises(ValueError, match="`ratios` must be 0 or more"):
        outside_view({"a": -1}, TOTAL)


def test_selling_poor_fields_raises_the_ratio_and_lowers_the_harvest():
    same = crop_after_sales(1000, 187, 16.78)
    assert same["value_per_ha_after"] == pytest.approx(187)
    assert same["value_lost"] == pytest.approx(16.78 * 0.187)
    assert same["area_change"] == pytest.approx(-0.01678)
    poor = crop_after_sales(1000, 187, 16.78, value_of_sold=90)
    assert poor["value_per_ha_after"] > 187
    kept = poor["value_per_ha_after"] * poor["area_after"] + 90 * 16.78
    assert kept == pytest.approx(187_000)
    assert crop_after_sales(100, 187, 0)["area_after"] == 100
    with pytest.raises(ValueError, match="`sold_ha`"):
        crop_after_sales(10, 187, 10)
    with pytest.raises(ValueError, match="`crop_ha`"):
        crop_after_sales(0, 187, 0)
