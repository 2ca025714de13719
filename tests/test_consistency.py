"""Sector shares against hand-solved cases; the findings of a plan, and of one made consistent."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import calm, sector_plans, series, target

from laikhe_analysis.consistency import (
    check_plan,
    feasible_shares,
    implied_total_rate,
    plans_as_facts,
)
from laikhe_analysis.consistency.structure import READINGS
from laikhe_analysis.records import Assumption, Commune, Plan, ReferenceValue, Scenario

RATES = [0.15, 0.13, 0.025]


class TestImpliedTotal:
    # methods note 2.7, and the district's structures of 2015 and 2020 with the plan's rates
    @pytest.mark.parametrize(
        ("shares", "per_cent"),
        [
            ([0.40, 0.35, 0.25], 11.61), ([0.50, 0.30, 0.20], 12.28), ([0.30, 0.30, 0.40], 9.98),
            ([0.35, 0.45, 0.20], 11.96), ([0.45, 0.45, 0.10], 13.06),
            ([0.4366, 0.3514, 0.2120], 12.04), ([0.577, 0.341, 0.082], 13.48),
        ],
    )  # fmt: skip
    def test_typical_structures(self, shares, per_cent):
        assert 100 * implied_total_rate(shares, RATES, 5) == pytest.approx(per_cent, abs=0.005)

    def test_one_year_is_the_weighted_mean(self):
        assert implied_total_rate([0.4, 0.35, 0.25], RATES, 1) == pytest.approx(0.11175)

    def test_product_taxes_are_a_component(self):
        four = implied_total_rate([0.36, 0.315, 0.225, 0.1], [*RATES, 0.1161], 5)
        assert four == pytest.approx(0.1161, abs=5e-5)  # growing as the others do: no difference

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (([0.5, 0.4], [0.1, 0.1], 5), "`shares` must add up to 1, got 0.9"),
            (([1.5, -0.5], [0.1, 0.1], 5), "`shares` must be 0 or more"),
            (([0.5, 0.5], [0.1], 5), "`rates` must be one number a sector"),
            (([0.5, np.nan], [0.1, 0.1], 5), "`shares` must be finite"),
            (([0.5, 0.5], [0.1, -2], 5), "at least -1"),
            (([0.5, 0.5], [0.1, 0.1], 0), "`years` must be a positive number"),
            (([], [], 5), "one number a sector"),
        ],
    )
    def test_raises(self, arguments, words):
        with pytest.raises(ValueError, match=words):
            implied_total_rate(*arguments)

    @calm
    @given(sector_plans())
    def test_lies_between_the_slowest_and_the_fastest(self, plan):
        rates, shares, years = plan
        total = implied_total_rate(shares, rates, years)
        assert min(rates) - 1e-9 <= total <= max(rates) + 1e-9


class TestLabels:
    SHARES = pd.Series({"industry": 0.5, "services": 0.3, "agriculture": 0.2})
    RATES = pd.Series({"agriculture": 0.025, "services": 0.13, "industry": 0.15})

    def test_rates_and_shares_meet_by_label(self):
        for rates in (self.RATES, self.RATES.to_dict()):
            total = implied_total_rate(self.SHARES, rates, 5)
            assert 100 * total == pytest.approx(12.28, abs=0.005)  # methods note 2.7, not 8.74
        assert implied_total_rate(self.SHARES, RATES, 5) == pytest.approx(total)
        with pytest.raises(
            ValueError, match="`rates` must have the labels of `shares`, got it with"
        ):
            implied_total_rate(self.SHARES, self.RATES.drop("services"), 5)
        with pytest.raises(ValueError, match="`rates` has services twice"):
            implied_total_rate(self.SHARES, self.RATES[["services", "services", "industry"]], 5)

    def test_ranges_come_back_by_label(self):
        found = feasible_shares(self.RATES, 0.12, 5)
        assert found.lower["agriculture"] == pytest.approx(0.1126448, abs=6e-7)
        assert found.upper["industry"] == pytest.approx(0.717011, abs=6e-7)
        assert list(found.vertices.columns) == ["agriculture", "services", "industry"]
        assert not found.is_empty
        nothing = feasible_shares(self.RATES, 0.2, 5)
        assert nothing.lower.isna().all()
        assert nothing.is_empty

    @pytest.mark.parametrize(
        "call",
        [
            lambda limit: implied_total_rate([0.5, 0.5], [15, 13], 5, **limit),
            lambda limit: feasible_shares([15, 2.5], 12, 5, **limit).lower.sum(),
            lambda limit: feasible_shares([0.15, 0.025], 12, 5, **limit).is_empty,
            lambda limit: feasible_shares([0.15, 0.025], 0.12, 5, tolerance=1.1, **limit).is_empty,
        ],
        ids=["implied", "feasible", "feasible total", "tolerance"],
    )
    def test_per_cents_are_refused_unless_they_are_meant(self, call):
        with pytest.raises(ValueError, match=r"a fraction from -1 to 1, got .*12 % is 0\.12"):
            call({})
        assert np.isfinite(call({"limit": None}))


class TestFeasibleShares:
    # methods note 2.7
    @pytest.mark.parametrize(
        ("reading", "tolerance", "low", "high"),
        [
            ("geometric", 0, 0.1126448, 0.2829886),
            ("geometric", 0.005, 0.056823, 0.327296),
            ("geometric", 0.0005, 0.107107, 0.287455),  # the note rounds the upper end to 0.288
            ("arithmetic", 0, 0.112652, 0.283043),
            ("first_year", 0, 2 / 21, 0.24),
            ("at_least_every_year", 0, 0, 0.24),
        ],
    )
    def test_range_of_the_slow_sector(self, reading, tolerance, low, high):
        found = feasible_shares(RATES, 0.12, 5, reading, tolerance)
        assert found.lower[2] == pytest.approx(low, abs=6e-7)
        assert found.upper[2] == pytest.approx(high, abs=6e-7)
        assert not found.is_empty
        assert found.reason is None

    def test_the_end_points(self):
        corners = feasible_shares(RATES, 0.12, 5).vertices
        expected = [(0, 0.887355, 0.112645), (0.717011, 0, 0.282989)]
        assert np.array(sorted(map(tuple, corners))) == pytest.approx(np.array(expected), abs=6e-7)
        # the segment: w1 = -0.474145 + 4.209203 s, w2 = 1.474145 - 5.209203 s
        s = corners[:, 2]
        assert corners[:, 0] == pytest.approx(-0.474145 + 4.209203 * s, abs=2e-6)
        assert corners[:, 1] == pytest.approx(1.474145 - 5.209203 * s, abs=2e-6)

    def test_every_year_is_impossible_and_says_why(self):
        found = feasible_shares(RATES, 0.12, 5, reading="every_year")
        assert found.is_empty
        assert np.isnan(found.lower).all()
        assert found.vertices.shape == (0, 3)
        assert "in every year" in found.reason.en
        assert "12,00%" in found.reason.vi

    def test_every_year_with_room_or_with_equal_sectors(self):
        assert not feasible_shares(RATES, 0.12, 5, "every_year", 0.01).is_empty
        same = feasible_shares([0.12, 0.12, 0.02], 0.12, 5, "every_year")
        assert same.upper == pytest.approx([1, 1, 0])

    def test_out_of_reach(self):
        found = feasible_shares(RATES, 0.2, 5)
        assert found.is_empty
        assert "2.50 to 15.00 %" in found.reason.en

    def test_one_sector_is_all_or_nothing(self):
        assert feasible_shares([0.12], 0.12, 5).upper == pytest.approx([1])
        assert feasible_shares([0.11], 0.12, 5).is_empty

    def test_four_sectors_against_a_grid(self):
        rates, years = np.array([0.15, 0.13, 0.025, 0.08]), 5
        found = feasible_shares(rates, 0.12, years, tolerance=0.004)
        grid = np.array([
            (a, b, c, 100 - a - b - c)
            for a in range(101) for b in range(101 - a) for c in range(101 - a - b)
        ]) / 100  # fmt: skip
        totals = (grid @ (1 + rates) ** years) ** (1 / years) - 1
        inside = grid[np.abs(totals - 0.12) <= 0.004]
        assert (inside >= found.lower - 1e-9).all()
        assert (inside <= found.upper + 1e-9).all()
        assert found.lower == pytest.approx(inside.min(axis=0), abs=0.015)
        assert found.upper == pytest.approx(inside.max(axis=0), abs=0.015)

    def test_arithmetic_holds_between_its_end_points(self):
        # the slow sector's range along the whole curve, by brute force
        years, steps = 5, np.arange(6)
        slow = np.linspace(0.05, 0.35, 601)
        fast = np.linspace(0, 1, 801)
        w3, w1 = np.meshgrid(slow, fast)
        w2 = 1 - w1 - w3
        levels = sum(
            w[..., None] * (1 + g) ** steps for w, g in zip((w1, w2, w3), RATES, strict=True)
        )
        mean = (levels[..., 1:] / levels[..., :-1] - 1).mean(axis=-1)
        near = (np.abs(mean - 0.12) < 1e-4) & (w2 >= 0)
        found = feasible_shares(RATES, 0.12, years, "arithmetic")
        assert w3[near].min() == pytest.approx(found.lower[2], abs=2e-3)
        assert w3[near].max() == pytest.approx(found.upper[2], abs=2e-3)

    @pytest.mark.parametrize("reading", READINGS)
    @calm
    @given(sector_plans())
    def test_the_structure_behind_a_total_is_feasible(self, reading, plan):
        rates, shares, years = plan
        levels = np.array([np.dot(shares, (1 + np.array(rates)) ** t) for t in range(years + 1)])
        yearly = levels[1:] / levels[:-1] - 1
        total, tolerance = {
            "geometric": ((levels[-1] / levels[0]) ** (1 / years) - 1, 1e-9),
            "arithmetic": (yearly.mean(), 1e-9),
            "first_year": (yearly[0], 1e-9),
            "every_year": ((yearly[0] + yearly[-1]) / 2, np.ptp(yearly) / 2 + 1e-9),
            "at_least_every_year": (yearly.min(), 1e-9),
        }[reading]
        found = feasible_shares(rates, total, years, reading, tolerance)
        assert not found.is_empty
        if reading != "arithmetic":  # whose set may bend beyond its end points
            assert (np.array(shares) >= found.lower - 1e-6).all()
            assert (np.array(shares) <= found.upper + 1e-6).all()

    @calm
    @given(sector_plans(), st.floats(0, 0.02))
    def test_the_corners_give_the_total(self, plan, tolerance):
        rates, shares, years = plan
        total = implied_total_rate(shares, rates, years)
        found = feasible_shares(rates, total, years, tolerance=tolerance)
        for corner in found.vertices:
            assert corner.sum() == pytest.approx(1)
            assert (corner >= 0).all()
            off = abs(implied_total_rate(corner / corner.sum(), rates, years) - total)
            assert off <= tolerance + 1e-7

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (([], 0.1, 5), "one number a sector"),
            (([0.1, np.nan], 0.1, 5), "must be finite"),
            (([0.1, -1.0], 0.1, 5), "`rates` must be a fraction above -1"),
            (([0.1], 0.1, 0), "`years` must be at least 1"),
            (([0.1], 0.1, 5, "geometric", -0.1), "`tolerance` must be 0 or more"),
            (([0.1], -1.0, 5), "`total_rate` must be above -1"),
            (([0.1], 0.1, 5, "mean"), "`reading` must be one of"),
        ],
    )
    def test_raises(self, arguments, words):
        with pytest.raises(ValueError, match=words):
            feasible_shares(*arguments)


# --- the plan ------------------------------------------------------------------------------

COMMUNE = Commune(
    "xã Mẫu", "Mau commune", "tỉnh Ví Dụ", 12.5, 10_000, "2025-12-31", "", (), "", 2025, 2030,
    party_members=1593, sectors=("industry", "services", "agriculture"),
    plan_numbers={"new_members_share_pct": 3, "retained_total_pct": 60, "retained_commune_pct": 15,
                  "retained_city_pct": 45, "national_assembly_term": 15,
                  "council_term_from": 2026},
)  # fmt: skip


def growth(word, rate, clause="2.2(2)", **fields):
    return target("average_rate", rate, unit="fraction/year", target_id=f"{clause}-{word}", clause=clause,
                  **fields)  # fmt: skip


TARGETS = (
    target("annual_level", 45, unit="people/year", target_id="2.1.1-new-members", clause="2.1(1)"),
    target("annual_ratio", 110, unit="% of plan", target_id="2.2.1-revenue", clause="2.2(1)"),
    growth("total", 0.12, direction="about", tolerance=0.005),
    growth("industry", 0.15), growth("services", 0.13), growth("agriculture", 0.025),
    growth("income", 0.12, "2.2(4)", price_basis="constant"),
    target("milestone", 1, unit="yes/no", target_id="2.2.5-ntm-model", clause="2.2(5)"),
    target("cumulative", 504.276, unit="billion VND", target_id="2.2.6-investment",
           clause="2.2(6)"),
    target("level_by", 0, "at_most", "households", target_id="2.2.9-poor-households",
           clause="2.2(9)"),
    target("annual_ratio", 100, unit="% of plan", target_id="2.2.16-conscription",
           clause="2.2(16)"),
    target("annual_level", 85, "above", "%", target_id="2.2.17-online", clause="2.2(17)",
           owner="Một cửa"),
    target("annual_ratio", 100, unit="% of plan", target_id="2.2.18-military", clause="2.2(18)"),
    target("level_by", 85, "above", "%", target_id="3.23-dossiers-online", clause="3.23",
           owner="Một cửa"),
    target("level_by", 10, "above", "%", target_id="3.23-signatures", clause="3.23"),
    target("level_by", 0.8, "above", "index", target_id="3.23-dti", clause="3.23"),
    target("level_by", 35, unit="%", target_id="3.23-digital-economy", clause="3.23"),
)  # fmt: skip

FACTS = {
    "Nơi Khác/total_investment_per_unit": series({2025: 1.0}, "billion VND/commune"),
    "Ví Dụ/total_investment_per_unit": series({2025: 2816.0}, "billion VND/commune"),
    "Ví Dụ/digital_signature_share_target": series({2025: 50.0}, "%"),
    "Ví Dụ/poor_households": series({2025: 1639.0}, "households"),
    "Ví Dụ/poor_households_target": series({2026: 11_248.0}, "households"),
}


def assume(variable, value, first=2026, last=2030):
    return Assumption(variable, first, last, value / 100, "fraction/year", "assumption")


ASSUMED = (assume("inflation", 3.5), assume("population_growth", 1.0))


def find(plan, code, *, facts=FACTS, known=None, assumptions=ASSUMED):
    found = check_plan(plan, facts=facts, series=known or {}, assumptions=assumptions)
    return [finding for finding in found if finding.code == code]


PLAN = Plan(COMMUNE, TARGETS)


class TestCheckPlan:
    @pytest.mark.parametrize(
        ("code", "severity", "clauses", "numbers"),
        [
            ("sectors_and_total", "question", ("2.2(2)",), ["11,26-28,30%", "5,68-32,73%"]),
            ("income_and_product", "question", ("2.2(4)", "2.2(2)"), ["10,9%", "5,1%", "8,2%"]),
            ("revenue_and_product", "question", ("2.2(1)", "2.2(2)"), ["15,9%", "0,63 lần"]),
            ("investment_label", "conflict", ("2.2(6)",), ["504,276", "100,9", "2.816", "28 lần"]),
            ("investment_base", "question", ("2.2(6)",), ["840,460", "302,566"]),
            ("new_rural_group", "question", ("2.2(5)", "2.2(2)"), ["11,26-28,30%"]),
            ("members_share", "note", ("2.1(1)",), ["45 trên 1.593", "2,82%", "3%"]),
            ("below_the_city", "question", ("3.23",), ["10,00", "50,00"]),
            ("assembly_term", "note", ("3.6",), ["16", "15"]),
        ],
    )  # fmt: skip
    def test_finds_with_its_numbers(self, code, severity, clauses, numbers):
        (found,) = find(PLAN, code)
        assert (found.severity, found.clauses) == (severity, clauses)
        for number in numbers:
            assert number in found.text.vi
        assert found.text.en
        assert found.settle.vi
        assert found.settle.en

    def test_the_same_quantity_twice(self):
        timing, twice = find(PLAN, "same_quantity")
        assert (timing.severity, timing.clauses) == ("conflict", ("2.2(17)", "3.23"))
        assert "85%, hằng năm" in timing.text.vi
        assert "85%, đến năm 2030" in timing.text.vi
        assert (twice.severity, twice.clauses) == ("note", ("2.2(16)", "2.2(18)"))

    @pytest.mark.parametrize(
        ("kind", "meant"),
        [({"value": 3.76, "unit": "ratio"}, "30.3%"), ({"value": 276, "unit": "%"}, "30.3%"),
         ({"value": 2.011, "unit": "ratio"}, None), ({"value": 2.0, "unit": "ratio"}, None)],
    )  # fmt: skip
    def test_a_multiple_beside_a_rate_of_the_same_quantity(self, kind, meant):
        industry = {"role": "sector:industry", "target_id": "2.2.2-industry", "clause": "2.2(2)"}
        multiple = target(
            "ratio_to_base", **kind, **industry | {"target_id": "go", "clause": "1.2"}
        )
        rate = target("average_rate", 0.15, unit="fraction/year", **industry)
        found = find(Plan(COMMUNE, (multiple, rate)), "one_growth")
        if meant is None:
            assert found == []
        else:
            assert (found[0].severity, found[0].clauses) == ("conflict", ("1.2", "2.2(2)"))
            assert (
                f"after 5 years is {meant} a year; target (2.2(2)) 15 % a year" in found[0].text.en
            )
        assert find(Plan(COMMUNE, (multiple,)), "one_growth") == []

    def test_definitions_that_change(self):
        rural, poor = find(PLAN, "changing_definitions")
        assert rural.clauses == ("2.2(5)",)
        assert "51/2025" in rural.text.vi
        assert "2026" in poor.text.vi
        assert "2027" in poor.text.vi
        assert "1.639 (2025) lên 11.248 (2026)" in poor.text.vi
        marked = series({2025: 9.0, 2027: 20.0}, "households", breaks=(2026, 2027))
        left = find(PLAN, "changing_definitions", known={"2.2.9-poor-households": marked})
        assert [finding.clauses for finding in left] == [("2.2(5)",)]

    def test_no_figure_at_the_communes_level(self):
        found = find(PLAN, "no_figure_of_a_commune")
        assert len(found) == 2
        assert all(finding.clauses == ("3.23",) for finding in found)
        known = {"3.23-dti": series({2025: 0.62}, "index")}
        typed = find(PLAN, "no_figure_of_a_commune", known=known)
        assert len(typed) == 2  # a figure does not say which index it is
        assert ["xã đã có số" in finding.text.vi for finding in typed].count(True) == 1

    def test_conflicts_come_first(self):
        found = check_plan(PLAN, facts=FACTS, series={}, assumptions=ASSUMED)
        order = ["conflict", "question", "note"]
        places = [order.index(finding.severity) for finding in found]
        assert places == sorted(places)

    def test_takes_a_scenario(self):
        listed = check_plan(PLAN, facts=FACTS, series={}, assumptions=ASSUMED)
        named = check_plan(PLAN, facts=FACTS, series={}, assumptions=Scenario("a", ASSUMED))
        assert listed == named

    def test_shares_decide_where_they_are_known(self):
        known = {
            f"share_{name}": series({2025: share}, "%")
            for name, share in zip(COMMUNE.sectors, (57.7, 34.1, 8.2), strict=True)
        }
        (found,) = find(PLAN, "sectors_and_total", known=known)
        assert found.severity == "conflict"
        assert "13,48%" in found.text.vi
        assert not find(PLAN, "new_rural_group", known=known)
        taken = [
            Assumption(f"share_{name}", 2025, 2025, share / 100, "fraction", "assumption")
            for name, share in zip(COMMUNE.sectors, (57.7, 34.1, 8.2), strict=True)
        ]
        (asked,) = find(PLAN, "sectors_and_total", assumptions=(*ASSUMED, *taken))
        assert asked.severity == "question"
        assert "13,48%" in asked.text.vi
        assert "8,2%" in find(PLAN, "new_rural_group", assumptions=taken)[0].text.vi
        agreed = [  # 35/45/20: 11.96 %
            Assumption(f"share_{name}", 2025, 2025, share / 100, "fraction", "assumption")
            for name, share in zip(COMMUNE.sectors, (35, 45, 20), strict=True)
        ]
        assert not find(PLAN, "sectors_and_total", assumptions=agreed)

    def test_product_taxes_count_where_they_are_given(self):
        shares = dict(zip(COMMUNE.sectors, (52.0, 31.0, 7.0), strict=True)) | {"product_taxes": 10}
        taken = [
            Assumption(f"share_{name}", 2025, 2025, share / 100, "fraction", "assumption")
            for name, share in shares.items()
        ]
        slow = assume("growth_product_taxes", 2.0)
        (found,) = find(PLAN, "sectors_and_total", assumptions=(*taken, slow))
        rates = [0.15, 0.13, 0.025, 0.02]
        implied = 100 * implied_total_rate([0.52, 0.31, 0.07, 0.10], rates, 5)
        assert f"{implied:.2f}%" in found.text.en

    def test_rates_out_of_reach_are_a_conflict(self):
        high = tuple(growth("total", 0.16) if t.target_id.endswith("total") else t for t in TARGETS)
        (found,) = find(Plan(COMMUNE, high), "sectors_and_total")
        assert found.severity == "conflict"
        assert not find(Plan(COMMUNE, high), "new_rural_group")

    def test_false_alarms_stay_out(self):
        exact = Commune(**(COMMUNE.__dict__ | {"party_members": 1500}))
        assert not find(Plan(exact, TARGETS), "members_share")
        wrong = Commune(**(COMMUNE.__dict__ | {"party_members": 3000}))
        assert find(Plan(wrong, TARGETS), "members_share")[0].severity == "question"
        near = FACTS | {"Ví Dụ/total_investment_per_unit": series({2025: 120.0})}
        assert not find(PLAN, "investment_label", facts=near)
        low = FACTS | {"Ví Dụ/digital_signature_share_target": series({2025: 9.0}, "%")}
        assert not find(PLAN, "below_the_city", facts=low)

    def test_parts_that_do_not_add_up_are_a_conflict(self):
        numbers = COMMUNE.plan_numbers | {"retained_city_pct": 40}
        odd = Commune(**(COMMUNE.__dict__ | {"plan_numbers": numbers}))
        assert find(Plan(odd, TARGETS), "investment_base")[0].severity == "conflict"
        settled = numbers | {"gross_before_sharing": 840.46}
        told = Commune(**(COMMUNE.__dict__ | {"plan_numbers": settled}))
        assert not find(Plan(told, TARGETS), "investment_base")

    def test_missing_inputs_give_fewer_findings_and_never_fail(self):
        assert check_plan(Plan(COMMUNE, ()), facts={}, series={}) != []  # the slip in the text
        bare = Commune(**(COMMUNE.__dict__ | {"plan_numbers": {}, "party_members": None}))
        assert check_plan(Plan(bare, ()), facts={}, series={}) == []
        for left_out in TARGETS:
            rest = tuple(t for t in TARGETS if t is not left_out)
            check_plan(Plan(COMMUNE, rest), facts=FACTS, series={}, assumptions=ASSUMED)
            check_plan(Plan(bare, rest), facts={}, series={}, assumptions=())
        blank = {key: series({2025: np.nan}) for key in FACTS}
        assert not find(PLAN, "investment_label", facts=blank)

    def test_income_without_a_population_asks_in_words(self):
        (found,) = find(PLAN, "income_and_product", assumptions=())
        assert "dân số hễ tăng" in found.text.vi

    @pytest.mark.parametrize(
        ("prices", "told"), [((), None), ((0.04,), "Thu nhập thực bình quân tăng 15,4%/năm")]
    )
    def test_income_at_current_prices_is_freed_of_them_or_left(self, prices, told):
        # 1.2 / 1.04 - 1 = 15.38 % beside product of 12 %
        nominal = target("average_rate", 0.2, unit="fraction/year", role="income",
                         price_basis="current", clause="2.2(4)")  # fmt: skip
        plan = Plan(COMMUNE, (growth("total", 0.12), nominal))
        taken = [
            Assumption("inflation", 2026, 2030, x, "fraction/year", "official") for x in prices
        ]
        found = find(plan, "income_and_product", assumptions=taken)
        assert [told in one.text.vi for one in found] == ([True] if told else [])

    def test_a_plan_made_consistent_by_hand_has_no_finding(self):
        agreed = {"party_members": 1500, "plan_numbers": {"new_members_share_pct": 3}}
        commune = Commune(**(COMMUNE.__dict__ | agreed))
        plan = Plan(commune, (
            TARGETS[0],
            # 15.92 % nominal product: revenue at 1.0 times that
            target("average_rate", 0.159, unit="fraction/year", target_id="2.2.1-revenue",
                   clause="2.2(1)"),
            growth("total", 0.12, direction="about", tolerance=0.005),
            growth("industry", 0.15), growth("services", 0.13), growth("agriculture", 0.025),
            growth("income", 0.105, "2.2(4)"),
            target("cumulative", 14_000, unit="billion VND", target_id="2.2.6-investment",
                   clause="2.2(6)"),
            target("annual_level", 85, "above", "%", target_id="2.2.17-online", clause="2.2(17)"),
            target("level_by", 60, "above", "%", target_id="3.23-signatures", clause="3.23"),
        ))  # fmt: skip
        known = {
            f"share_{name}": series({2025: share}, "%")
            for name, share in zip(commune.sectors, (35, 45, 20), strict=True)
        }
        assert check_plan(plan, facts=FACTS, series=known, assumptions=ASSUMED) == []

    def test_the_repositorys_own_plan(self, own_data):
        facts = own_data.facts() | plans_as_facts(own_data.published)
        found = check_plan(
            own_data.plan, facts=facts, series={},
            assumptions=own_data.assumed["muc_tieu"],
        )  # fmt: skip
        codes = {finding.code for finding in found}
        assert codes >= {
            "sectors_and_total", "income_and_product", "revenue_and_product", "investment_label",
            "investment_base", "new_rural_group", "members_share", "same_quantity",
            "below_the_city", "no_figure_of_a_commune", "changing_definitions",
        }  # fmt: skip
        (label,) = [finding for finding in found if finding.code == "investment_label"]
        assert "gấp 28 lần" in label.text.vi
        assert [f.severity for f in found if f.code == "members_share"] == ["note"]

    def test_every_text_is_complete(self):
        for finding in check_plan(PLAN, facts=FACTS, series={}, assumptions=ASSUMED):
            for text in (*finding.text.both, *finding.settle.both):
                assert text.strip()
                assert "{" not in text
                assert "nan" not in text.lower().split()
                assert text.endswith((".", "?"))


def test_plans_as_facts_takes_plans_only():
    def row(status, year, value, confidence="high"):
        return ReferenceValue("Ví Dụ", "grdp_growth", None, year, value, "fraction/year",
                              "constant 2010", status, "press", confidence, "s")  # fmt: skip

    rows = [row("target", 2027, 0.13), row("final", 2025, 0.08), row("plan", 2026, 0.12),
            row("target", 2028, 0.99, "low")]  # fmt: skip
    facts = plans_as_facts(rows)
    assert list(facts) == ["Ví Dụ/grdp_growth_target"]
    assert facts["Ví Dụ/grdp_growth_target"].values == (0.12, 0.13)
    assert facts["Ví Dụ/grdp_growth_target"].origin == "press"
