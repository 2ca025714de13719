"""Targets against published assessments, case by case, and by what must hold for all."""

import csv
import math
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import calm, directions, levels, methods, series, signed, spans, target

from laikhe_analysis import growth as g
from laikhe_analysis.records import DIRECTIONS, KINDS
from laikhe_analysis.series import AnnualSeries
from laikhe_analysis.targets import (
    assess,
    assess_progress,
    back_loaded,
    required_path,
)
from laikhe_analysis.targets.kinds import RULES
from laikhe_analysis.targets.progress import PROGRESS, classify
from laikhe_analysis.vietnamese import UNITS, is_fraction

# Figures and classes published by Statistics Canada (Open SDG, after Eurostat) and Destatis;
# examples of Microsoft, Google, numpy-financial, UNICEF and WHO. The source stands in each row.
with (Path(__file__).parent / "cases" / "target_cases.csv").open(encoding="utf-8") as handle:
    CASES = [dict(row) for row in csv.DictReader(handle)]
PUBLISHED = [row for row in CASES if row["status"]]
RATES = [row for row in CASES if not row["status"]]


def _label(row):
    return f"{row['method']}: {row['indicator'][:40]} {row['latest_year']}"


def _number(text):
    return float(text) if text else None


def _of(row, **changes):
    names = ("base", "base_year", "latest", "latest_year", "target", "target_year")
    given = [_number(row[name]) for name in names]
    keywords = {"direction": row["direction"], "method": row["method"]} | changes
    return assess_progress(*given, **keywords)


def _is_sound(found):
    """Whether no field is NaN or infinite, and what has no class has a reason."""
    values = [getattr(found, field.name) for field in fields(found)]
    finite = all(math.isfinite(value) for value in values if isinstance(value, float))
    told = found.status != "not_assessed" or (found.reason and found.reason.vi and found.reason.en)
    return finite and told and found.status in PROGRESS


class TestPublishedCases:
    def test_all_rows_are_there(self):
        # 71 with a quantitative target, 74 weather symbols, 13 rates and periods
        kinds = [row["method"] for row in PUBLISHED]
        assert (kinds.count("compound"), kinds.count("weather"), len(RATES)) == (71, 74, 13)

    @pytest.mark.parametrize("row", PUBLISHED, ids=_label)
    def test_class_and_ratio(self, row):
        found = _of(row)
        assert found.status == row["status"]
        assert found.method == row["method"]
        if row["ratio"]:
            assert found.ratio == pytest.approx(float(row["ratio"]), abs=1e-9)
        if row["open_share"]:  # part of the gap left open, published to four digits
            assert 1 - found.ratio == pytest.approx(float(row["open_share"]), abs=5e-5)
        assert _is_sound(found)

    # two are published with errors of 4e-12 (an iteration that stops early; Excel's logarithms):
    # 40-digit arithmetic gives 0.110690853710752806 and 87.605476419375628, as ours
    @pytest.mark.parametrize("row", RATES, ids=_label)
    def test_rates_and_periods(self, row):
        start, end = float(row["base"]), _number(row["latest"] or row["target"])
        length = (_number(row["latest_year"] or row["target_year"]) or 0) - float(row["base_year"])
        if row["method"] == "undefined":
            with pytest.raises(ValueError, match="0 or more"):
                g.annual_rate(start, end, length)
            return
        if row["method"] == "continuous_required":  # from the latest value where there is one
            start, first = _number(row["latest"]) or start, row["latest_year"] or row["base_year"]
            end, length = float(row["target"]), float(row["target_year"]) - float(first)
        compute = {
            "annual_rate": lambda: g.annual_rate(start, end, length),
            "years_to_reach": lambda: g.years_to_reach(start, end, float(row["given_rate"])),
            "continuous_required": lambda: g.continuous_rate(start, end, length),
            "compound_required": lambda: g.required_rate(start, end, length),
        }[row["method"]]
        assert compute() == pytest.approx(float(row["rate"]), abs=float(row["digits"]))

    # Statistics Canada, pinned by hand
    @pytest.mark.parametrize(
        ("case", "way", "ratio", "status"),
        [
            ((14.5, 2015, 10.2, 2023, 7.25, 2030), "down", 0.95259, "on_track"),
            ((14.5, 2015, 10.4, 2023, 7.25, 2030), "down", 0.9011, "moderate"),
            ((12.3, 2015, 9.5, 2023, 8.2, 2030), "down", 1.1914, "on_track"),
            ((6.0, 2015, 4.5, 2024, 2.9, 2030), "down", 0.6649, "moderate"),
            ((3.98, 2015, 3.46, 2024, 1.99, 2030), "down", 0.3418, "insufficient"),
            ((98.82, 2015, 99.04, 2022, 100, 2030), "up", 0.4014, "insufficient"),
            ((98.4, 2016, 98.8, 2019, 100, 2030), "up", 1.1739, "on_track"),
            ((97.8, 2015, 97.5, 2024, 100, 2030), "up", -0.2300, "away"),
            ((26866, 2016, 36058, 2024, 13433, 2028), "down", -0.6676, "away"),
            ((666, 2015, 15974, 2026, 37929, 2030), "up", 1.0828, "on_track"),
            ((5.29, 2015, 5.19, 2024, 25, 2030), "down", 0.0194, "achieved"),
        ],
        ids=lambda value: "" if isinstance(value, tuple) else str(value),
    )
    def test_pinned_by_hand(self, case, way, ratio, status):
        found = assess_progress(*case, direction=way, method="compound")
        assert found.status == status
        assert found.ratio == pytest.approx(ratio, abs=6e-5)

    def test_reached_and_equal_to_the_base_has_no_ratio(self):
        # Statistics Canada 7-1-1: electricity 100 -> 100, target 100
        found = assess_progress(100, 2015, 100, 2023, 100, 2030, direction="up", method="compound")
        assert (found.status, found.ratio) == ("achieved", None)


class TestMethods:
    def test_the_two_required_rates(self):
        # methods note 0.1: 6.961 %, 9.596 % from the base, 12.296 % from now
        found = assess_progress(100, 2020, 140, 2025, 250, 2030, direction="up", method="compound")
        assert (found.status, round(found.ratio, 4)) == ("moderate", 0.7254)
        assert found.actual_rate == pytest.approx(0.06961, abs=5e-6)
        assert found.required_from_base == pytest.approx(0.09596, abs=5e-6)
        assert found.required_from_now == pytest.approx(0.12296, abs=5e-6)
        assert found.projected == pytest.approx(140 * 1.4, rel=1e-12)  # five more years as before
        assert (found.gap, found.reached_in) == (110, 2034)

    def test_poor_households_to_zero_go_the_straight_way(self):
        found = assess_progress(12, 2020, 7, 2024, 0, 2030, direction="down", method="linear")
        assert (found.status, round(found.ratio, 3), found.gap) == ("on_track", 1.042, 7)
        assert found.required_from_now == pytest.approx(-7 / 6)
        assert found.reached_in == 2030  # 7 / 1.25 = 5.6 years after 2024

    def test_the_wrong_way_is_away(self):
        found = assess_progress(60, 2020, 49, 2025, 50, 2030, direction="up", method="linear")
        assert found.status == "away"

    def test_projected_level(self):
        # methods note 1.3: P = 0.640 for 100, 140, 250
        found = assess_progress(100, 2020, 140, 2025, 250, 2030, direction="up", method="level")
        assert (found.status, round(found.ratio, 3)) == ("moderate", 0.640)
        low = assess_progress(100, 2020, 101, 2025, 250, 2030, direction="up", method="level")
        back = assess_progress(100, 2020, 90, 2025, 250, 2030, direction="up", method="level")
        assert (low.status, back.status) == ("insufficient", "insufficient")  # three classes
        zero = assess_progress(10, 2020, 5, 2025, 0, 2030, direction="down", method="level")
        assert zero.ratio == pytest.approx(0.75)  # halves again: 2.5 of 10

    @pytest.mark.parametrize(
        ("latest", "status", "hold"),
        [(105, "on_track", False), (100, "on_track", False), (99.9, "moderate", True)],
    )
    def test_a_reached_target_is_held(self, latest, status, hold):
        case = (100, 2020, latest, 2025, 90, 2030)
        weather = assess_progress(*case, direction="up", method="weather")
        assert (weather.status, weather.hold) == (status, hold)
        level = assess_progress(*case, direction="up", method="linear")
        assert (level.status, level.hold) == ("achieved", hold)

    @pytest.mark.parametrize(
        ("target_value", "status"),
        # 10 -> 15 in five years, one a year; five years left
        [(19.9, "on_track"), (20.0, "on_track"), (20.264, "moderate"), (21.2, "moderate"),
         (21.3, "insufficient"), (30.0, "insufficient")],
    )  # fmt: skip
    def test_weather_thresholds(self, target_value, status):
        case = (10, 2020, 15, 2025, target_value, 2030)
        assert assess_progress(*case, direction="up", method="weather").status == status

    def test_weather_at_exactly_five_and_twenty_per_cent(self):
        # the pace closes 19 of 20, then 16 of 20
        for steps, status in ((19, "moderate"), (16, "moderate")):
            case = (-steps, 2015, 0, 2020, 20, 2025)
            found = assess_progress(*case, direction="up", method="weather")
            assert (found.ratio, found.status) == (steps / 20, status)

    def test_weather_without_any_change_is_away(self):
        found = assess_progress(10, 2020, 10, 2025, 20, 2030, direction="up", method="weather")
        assert (found.status, found.ratio, found.reached_in) == ("away", 0, None)

    def test_tolerance_and_strictness(self):
        case = (99.0, 2020, 99.92, 2025, 99.95, 2030)
        near = assess_progress(*case, direction="up", method="linear", tolerance=0.05)
        assert near.status == "achieved"
        assert "0,050" in near.reason.vi
        just = (70, 2020, 80, 2025, 80, 2030)
        met = assess_progress(*just, direction="up", method="linear")
        passed = assess_progress(*just, direction="up", method="linear", strict=True)
        assert (met.status, passed.status) == ("achieved", "on_track")
        assert passed.ratio == 2.0

    def test_a_level_of_zero_can_only_rise_in_steps(self):
        found = assess_progress(5, 2020, 0, 2025, 10, 2030, direction="up", method="compound")
        assert (found.status, found.actual_rate, found.required_from_now) == ("away", -1.0, None)

    @pytest.mark.parametrize(
        ("ratio", "method", "status"),
        [
            (0.95, "compound", "on_track"), (0.95 - 1e-9, "compound", "moderate"),
            (0.60, "linear", "moderate"), (0.60 - 1e-9, "linear", "insufficient"),
            (0.0, "linear", "insufficient"), (-1e-9, "linear", "away"),
            (0.10, "level", "moderate"), (-5.0, "level", "insufficient"),
            (0.95, "weather", "moderate"), (0.80, "weather", "moderate"),
        ],
    )  # fmt: skip
    def test_thresholds(self, ratio, method, status):
        assert classify(ratio, method) == status

    # methods 1.2-1.4: the limits of each method, both sides of each
    @pytest.mark.parametrize(
        ("method", "high", "low"),
        [("compound", 0.95, 0.60), ("linear", 0.95, 0.60), ("level", 0.95, 0.10),
         ("weather", 0.95 + 1e-9, 0.80)],
    )  # fmt: skip
    def test_every_limit_from_both_sides(self, method, high, low):
        ratios = (high + 1e-4, high - 1e-4, low + 1e-4, low - 1e-4)
        assert [classify(ratio, method) for ratio in ratios] == [
            "on_track", "moderate", "moderate", "insufficient",
        ]  # fmt: skip

    def test_a_class_of_nothing_is_an_error(self):
        with pytest.raises(ValueError, match="`ratio` must be a number"):
            classify(math.nan)


BAD = {
    "no base": ((None, 2020, 2, 2022, 3, 2030), "compound", "missing: the value of the base year"),
    "latest is NaN": ((1, 2020, math.nan, 2022, 3, 2030), "linear", "missing: the latest value"),
    "year is NaN": ((1, 2020, 2, math.nan, 3, 2030), "linear", "the year of the latest value"),
    "target year before base": ((1, 2020, 2, 2022, 3, 2019), "compound", "must be after"),
    "target year is base": ((1, 2020, 2, 2022, 3, 2020), "level", "must be after"),
    "one point only": ((1, 2020, 1, 2020, 3, 2030), "linear", "must be after"),
    "latest before base": ((1, 2020, 1, 2018, 3, 2030), "weather", "must be after"),
    "base zero": ((0, 2020, 2, 2022, 3, 2030), "compound", "use the linear method"),
    "base negative": ((-1, 2020, 2, 2022, 3, 2030), "level", "use the linear method"),
    "latest negative": ((1, 2020, -2, 2022, 3, 2030), "compound", "use the linear method"),
    "target equals base": ((3, 2020, 2, 2022, 3, 2030), "linear", "target is the base value"),
    "window too long": ((1, 2010, 2, 2020, 3, 2030), "weather", "last 3 to 5 years"),
    "window too short": ((1, 2018, 2, 2020, 3, 2030), "weather", "last 3 to 5 years"),
    "far apart": ((1e-300, 2020, 2, 2021, 1e300, 2030), "compound", "too far apart"),
}


class TestNoSilentNaN:
    @pytest.mark.parametrize(("case", "method", "words"), BAD.values(), ids=BAD)
    def test_not_assessed_with_the_reason(self, case, method, words):
        found = assess_progress(*case, direction="up", method=method)
        assert found.status == "not_assessed"
        assert words in found.reason.en
        assert _is_sound(found)

    def test_a_zero_target_is_sent_to_the_linear_method(self):
        case = (12, 2020, 7, 2024, 0, 2030)
        found = assess_progress(*case, direction="down", method="compound")
        assert found.status == "not_assessed"
        assert 'method="linear"' in found.reason.en
        reached = assess_progress(12, 2020, 0, 2024, 0, 2030, direction="down", method="compound")
        assert reached.status == "achieved"

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"direction": "sideways"}, "`direction` must be one of up, down"),
            ({"method": "compund"}, "Did you mean 'compound'"),
            ({"tolerance": -1}, "`tolerance` must be 0 or more"),
            ({"tolerance": math.nan}, "`tolerance` must be 0 or more"),
        ],
    )
    def test_misuse_raises(self, changes, words):
        keywords = {"direction": "up", "method": "linear"} | changes
        with pytest.raises(ValueError, match=words):
            assess_progress(1, 2020, 2, 2022, 3, 2030, **keywords)

    def test_infinity_raises(self):
        with pytest.raises(ValueError, match="`latest` must be a finite number"):
            assess_progress(1, 2020, math.inf, 2022, 3, 2030, direction="up", method="linear")

    anything = st.one_of(
        st.none(), st.floats(allow_infinity=False), st.integers(-5, 5), st.sampled_from([0.0, -0.0])
    )
    any_year = st.one_of(st.none(), st.integers(2015, 2035), st.just(math.nan))

    @calm
    @given(
        st.tuples(anything, any_year, anything, any_year, anything, any_year), directions, methods,
        st.floats(0, 10), st.booleans(),
    )  # fmt: skip
    def test_garbage_gives_a_reason(self, case, way, method, tolerance, strict):
        found = assess_progress(
            *case, direction=way, method=method, tolerance=tolerance, strict=strict
        )
        assert _is_sound(found)

    @calm
    @given(
        st.sampled_from(KINDS), st.sampled_from(DIRECTIONS),
        st.sampled_from(["fraction", "fraction/year", *sorted(set(UNITS) - {"%/year"})]),
        st.floats(-1e9, 1e9), st.dictionaries(
            st.integers(2018, 2034), st.floats(allow_infinity=False), max_size=9
        ), st.sets(st.integers(2018, 2034), max_size=2), st.booleans(),
    )  # fmt: skip
    def test_assess_of_garbage_gives_a_reason(self, kind, way, unit, goal, values, breaks, shared):
        assume((kind, unit) != ("average_rate", "%"))
        found = assess(
            target(kind, goal / 1e9 if is_fraction(unit) else goal, way, unit),
            series(dict(sorted(values.items())), unit, breaks=tuple(breaks)),
            profile=back_loaded(5) if shared else None,
        )
        assert _is_sound(found)


class TestProperties:
    @calm
    @given(levels, levels, spans(), st.booleans())
    def test_growing_at_the_required_rate_arrives(self, base, goal, when, compounds):
        t0, t, end = when
        assume(not math.isclose(base, goal, rel_tol=1e-6))
        way = "up" if goal > base else "down"
        path = assess_progress(
            base, t0, base, t, goal, end, direction=way, method="compound"
        ) if compounds else assess_progress(
            base, t0, base, t, goal, end, direction=way, method="linear"
        )  # fmt: skip
        left = end - t
        if compounds:
            arrived = g.compound(base, path.required_from_now, left, limit=None)
            even = g.compound(base, path.required_from_base, t - t0, limit=None)
        else:
            arrived = base + path.required_from_now * left
            even = base + path.required_from_base * (t - t0)
        assert arrived == pytest.approx(goal, rel=1e-9, abs=1e-12 * base)
        again = assess_progress(base, t0, even, t, goal, end, direction=way, method=path.method)
        assert again.ratio == pytest.approx(1, rel=1e-6)
        assert again.projected == pytest.approx(goal, rel=1e-6)

    @calm
    @given(levels, levels, levels, levels, spans(), directions, methods)
    def test_a_better_latest_value_never_worsens_the_class(self, y0, a, b, goal, when, way, method):
        t0, t, end = when
        worse, better = sorted((a, b), reverse=way == "down")
        statuses = [
            assess_progress(y0, t0, y, t, goal, end, direction=way, method=method).status
            for y in (worse, better)
        ]
        assume("not_assessed" not in statuses)
        assert PROGRESS.index(statuses[1]) <= PROGRESS.index(statuses[0])

    @calm
    @given(levels, levels, levels, spans(), directions, methods, st.sampled_from([0.25, 2, 1024]))
    def test_the_unit_changes_no_ratio(self, y0, y, goal, when, way, method, scale):
        t0, t, end = when
        one = assess_progress(y0, t0, y, t, goal, end, direction=way, method=method)
        two = assess_progress(
            scale * y0, t0, scale * y, t, scale * goal, end, direction=way, method=method
        )
        assert (one.status, one.reached_in) == (two.status, two.reached_in)
        assert one.ratio is two.ratio is None or one.ratio == pytest.approx(two.ratio, rel=1e-9)

    @calm
    @given(signed, signed, signed, spans())
    def test_down_is_up_in_the_mirror(self, y0, y, goal, when):
        t0, t, end = when
        up = assess_progress(y0, t0, y, t, goal, end, direction="up", method="linear")
        down = assess_progress(-y0, t0, -y, t, -goal, end, direction="down", method="linear")
        assert (up.status, up.ratio, up.gap) == (down.status, down.ratio, down.gap)

    @calm
    @given(levels, levels, spans())
    def test_compound_and_linear_agree_on_a_path_of_one_step(self, y0, goal, when):
        # a latest value equal to the target's: both ratios are the ratio of the times
        t0, t, end = when
        assume(goal > 1.001 * y0)
        both = [
            assess_progress(y0, t0, goal, t, goal, end, direction="up", method=m, strict=True)
            for m in ("compound", "linear")
        ]
        assert both[1].ratio == pytest.approx((end - t0) / (t - t0), rel=1e-9)
        assert all(found.status == "on_track" for found in both)


class TestAssess:
    @pytest.mark.parametrize(
        ("value", "tolerance", "way"),
        [(100 * 0.57, 0.0, "at_least"), (56.9, 0.1, "at_least"), (57 - 0.1, 0.1, "at_least"),
         (57.1, 0.1, "at_most"), (3 * 19.000000000000004, 0.0, "at_most")],
    )  # fmt: skip
    def test_what_arithmetic_leaves_over_decides_nothing(self, value, tolerance, way):
        one = target("level_by", 57, way, "%", tolerance=tolerance)
        assert one.is_met(value)
        assert assess(
            one, series({2025: 60.0 if way == "at_most" else 50.0, 2030: value}, "%")
        ).status == ("achieved")

    @pytest.mark.parametrize("share", range(1, 100))
    def test_the_class_says_what_the_target_says(self, share):
        for value in (share - 0.1, share + 0.1, 100 * (share / 100), share - 0.11, share + 0.11):
            for way in ("at_least", "at_most"):
                one = target("level_by", float(share), way, "%", tolerance=0.1)
                found = assess(one, series({2025: 0.5, 2030: value}, "%"))
                assert (found.status == "achieved") == one.is_met(value), (way, value)

    def test_every_kind_has_a_rule(self):
        assert set(RULES) == set(KINDS)

    @pytest.mark.parametrize(
        ("unit", "values", "goal", "method"),
        [
            ("billion VND", {2025: 10.0, 2026: 12.0}, 20.0, "compound"),
            ("index", {2025: 100.0, 2026: 112.0}, 176.0, "compound"),
            ("%", {2025: 80.0, 2026: 82.0}, 97.0, "linear"),
            ("households", {2025: 12.0, 2026: 9.0}, 0.0, "linear"),
            ("billion VND", {2025: 0.0, 2026: 12.0}, 20.0, "linear"),
        ],
    )
    def test_the_method_follows_the_kind_of_number(self, unit, values, goal, method):
        way = "at_most" if goal == 0 else "at_least"
        found = assess(target("level_by", goal, way, unit), series(values, unit))
        assert found.method == method
        assert found.progress.method == method

    def test_a_level_with_all_its_numbers(self):
        # 100 -> 110 in the first of five years towards 161.051 = 100 x 1.1^5
        found = assess(target(value=161.051), series({2025: 100.0, 2026: 110.0}))
        assert (found.status, found.year, found.value) == ("on_track", 2026, 110)
        assert found.required == pytest.approx(110)
        assert found.needed == pytest.approx(0.10)
        assert (found.pace_unit, found.gap) == ("fraction/year", pytest.approx(51.051))
        assert found.projected == pytest.approx(161.051)

    def test_counts_do_not_fall_below_zero_nor_shares_exceed_100(self):
        poor = target("level_by", 0, "at_most", "households")
        assert assess(poor, series({2025: 20.0, 2026: 2.0}, "households")).projected == 0
        share = target("level_by", 97, "at_least", "%")
        assert assess(share, series({2025: 60.0, 2026: 80.0}, "%")).projected == 100

    @pytest.mark.parametrize(
        ("values", "words"),
        [
            ({2024: 90.0}, "there are 0"),
            ({2025: 90.0}, "there are 1"),
            ({}, "no figure yet"),
            ({2025: math.nan}, "no figure yet"),
        ],
    )
    def test_too_few_points(self, values, words):
        found = assess(target(), series(values))
        assert found.status == "not_assessed"
        assert words in found.reason.en

    def test_a_level_that_is_met_is_reached_with_one_figure(self):
        found = assess(target(value=100), series({2026: 120.0}))
        assert (found.status, found.method, found.is_first) == ("achieved", "level", False)

    def test_a_change_within_the_noise_is_no_direction(self):
        still = {2025: 90.0, 2026: 89.8}
        kind = target("level_by", 97, "at_least", "%")
        assert assess(kind, series(still, "%")).status == "away"
        assert assess(replace(kind, noise=0.2), series(still, "%")).status == "insufficient"

    @pytest.mark.parametrize(
        ("years", "passed", "is_first"),
        [(2, 1.0, True), (3, 1.0, False), (3, 0.75, True)],
    )
    def test_few_years_or_a_part_of_one_make_a_first_assessment(self, years, passed, is_first):
        known = series({2025 + k: 50.0 + k for k in range(years)}, "%")
        found = assess(target("level_by", 90, "at_least", "%"), known, passed=passed)
        assert (found.status, found.is_first) == ("insufficient", is_first)

    @pytest.mark.parametrize(
        ("rate", "best", "status"),
        [(0.118, 0.126, "moderate"), (0.118, 0.12, "insufficient"), (0.13, 0.15, "on_track"),
         (0.13, 0.05, "moderate"),
         (0.02, 0.20, "moderate"), (0.02, 0.145, "insufficient"), (0.02, None, "insufficient")],
    )  # fmt: skip
    def test_an_average_goes_by_what_is_still_possible(self, rate, best, status):
        # from 2027 on: (1.12^5 / 1.118)^(1/4) - 1 = 12.05 %, with 2 % in the first year 14.65 %
        kind = target("average_rate", 0.12, "at_least", "fraction/year")
        found = assess(kind, series({2026: rate}, "fraction/year"), best=best)
        assert (found.status, found.is_first) == (status, True)

    @pytest.mark.parametrize(
        ("ratios", "best", "status", "needed"),
        [((113.0, 107.0), None, "on_track", 110), ((113.0, 105.0), 111.0, "moderate", 332 / 3),
         ((113.0, 105.0), 110.5, "insufficient", 332 / 3),
         ((112.0, 108.0, 110.0, 111.0, 109.0), None, "achieved", None)],
    )  # fmt: skip
    def test_a_mean_of_yearly_ratios(self, ratios, best, status, needed):
        kind = target("annual_ratio", 110, "at_least", "% of plan")
        known = series({2026 + k: v for k, v in enumerate(ratios)}, "% of plan")
        found = assess(kind, known, best=best)
        assert found.status == status
        assert found.needed == (needed if needed is None else pytest.approx(needed))
        assert "missed in 2027" in found.reason.en

    def test_a_mean_of_yearly_ratios_with_a_year_missing(self):
        kind = target("annual_ratio", 110, "at_least", "% of plan")
        found = assess(kind, series({2026: 105.0, 2028: 107.0}, "% of plan"), best=120.0)
        assert (found.status, found.value, found.pace) == ("on_track", 107, 106)  # 106 / 110
        assert found.needed is None
        assert found.reason.en == "missed in 2026, 2028; no figure for 2027"

    def test_a_missing_base_year_gives_way_to_the_next(self):
        found = assess(target(value=121), series({2024: 5.0, 2026: 100.0, 2027: 110.0}))
        assert found.progress.actual_rate == pytest.approx(0.1)

    def test_a_break_moves_the_base_behind_it(self):
        broken = series({2025: 50.0, 2026: 55.0, 2027: 100.0, 2028: 110.0}, breaks=(2027,))
        found = assess(target(value=121), broken)
        assert found.progress.actual_rate == pytest.approx(0.1)
        assert "2027" in found.reason.vi
        early = assess(target(value=121), broken, as_of=2027)
        assert early.status == "not_assessed"
        assert "break" in early.reason.en

    def test_as_of_looks_no_further(self):
        known = series({2025: 100.0, 2026: 101.0, 2027: 200.0})
        assert assess(target(value=161), known, as_of=2026).status == "insufficient"
        assert assess(target(value=161), known).status == "achieved"

    def test_the_deadline_ends_all_hope(self):
        late = {2025: 100.0, 2030: 199.0}
        found = assess(target(value=200), series(late))
        assert found.status == "insufficient"
        assert found.progress.status == "on_track"  # 0.99 of the pace, and yet not reached
        assert "target year" in found.reason.en

    def test_strict_words_are_strict(self):
        known = series({2025: 80.0, 2026: 85.0}, "%")
        assert assess(target("level_by", 85, "at_least", "%"), known).status == "achieved"
        assert assess(target("level_by", 85, "above", "%"), known).status == "on_track"
        low = series({2025: 7.0, 2026: 5.0}, "%")
        assert assess(target("level_by", 5, "at_most", "%"), low).status == "achieved"
        assert assess(target("level_by", 5, "below", "%"), low).status == "on_track"

    def test_a_range_counts_by_its_weaker_end(self):
        known = series({2025: 80.0, 2026: 91.0}, "%")
        assert assess(target("level_by", 90, "above", "%", value_high=95), known).gap == -1

    @pytest.mark.parametrize(
        ("values", "status", "ratio", "hold"),
        [
            ({2026: 90.0}, "achieved", 1, False),
            ({2026: 90.0, 2027: 88.0}, "achieved", 1, True),
            ({2026: 80.0, 2027: 88.0}, "insufficient", 0.5, False),
            ({2026: 80.0, 2027: 88.0, 2028: 88.0}, "moderate", 2 / 3, False),
            ({2026: 80.0}, "insufficient", 0, False),
            ({2025: 80.0, 2026: 90.0}, "achieved", 1, False),
        ],
    )
    def test_yearly_targets_by_the_years_held(self, values, status, ratio, hold):
        found = assess(target("annual_level", 85, "above", "%"), series(values, "%"))
        assert (found.method, found.status, found.hold) == ("held", status, hold)
        assert found.ratio == pytest.approx(ratio)

    def test_yearly_ratio_tells_the_mean_still_needed(self):
        # 105 and 111 so far: (5 x 110 - 216) / 3
        kind = target("annual_ratio", 110, "at_least", "% of plan")
        found = assess(kind, series({2026: 105.0, 2027: 111.0}, "% of plan"))
        assert (found.pace, found.needed) == (108, pytest.approx(334 / 3))
        gap = assess(kind, series({2026: 105.0, 2028: 111.0}, "% of plan"))
        assert "2027" in gap.reason.en

    def test_average_rate_by_rates_and_by_levels(self):
        kind = target("average_rate", 0.12, "at_least", "fraction/year")
        by_rates = assess(kind, series({2026: 0.10, 2027: 0.08}, "fraction/year"))
        by_levels = assess(kind, series({2025: 50.0, 2026: 55.0, 2027: 59.4}, "billion VND"))
        mean = math.sqrt(1.10 * 1.08) - 1
        needed = (1.12**5 / (1.10 * 1.08)) ** (1 / 3) - 1
        for found in (by_rates, by_levels):
            assert (found.status, found.method) == ("moderate", "mean")
            assert found.value == pytest.approx(mean)
            assert found.needed == pytest.approx(needed)
        fractions = assess(kind, series({2026: 0.10, 2027: 0.08}, "ratio"))
        assert fractions.value == pytest.approx(mean)

    def test_average_rate_at_the_end(self):
        kind = target("average_rate", 0.12, "about", "fraction/year", tolerance=0.005)
        years = range(2026, 2031)
        near = assess(kind, series(dict.fromkeys(years, 0.116), "fraction/year"))
        low = assess(kind, series(dict.fromkeys(years, 0.114), "fraction/year"))
        assert (near.status, low.status, low.needed) == ("achieved", "insufficient", None)

    @pytest.mark.parametrize(
        ("values", "unit", "words"),
        [
            ({2025: 0.05}, "fraction/year", "no figure from 2026"),
            ({2026: 0.05, 2028: 0.06}, "fraction/year", "no figure for 2027"),
            ({2026: -1.0}, "fraction/year", "falls by 100 %"),
            ({2026: 5.0}, "%/year", "the figures are in %/year: levels or rates?"),
            ({2026: 5.0}, "%", "A rate is a fraction a year (0.12)"),
            (
                {2025: 5.0},
                "billion VND",
                "the levels of 2025 and of at least one later year are needed; known: 2025",
            ),
            ({2025: -5.0, 2026: 5.0}, "billion VND", "are needed, all above 0; known: 2025, 2026"),
        ],
    )
    def test_average_rate_without_growth(self, values, unit, words):
        found = assess(
            target("average_rate", 0.12, "at_least", "fraction/year"), series(values, unit)
        )
        assert found.status == "not_assessed"
        assert words in found.reason.en

    def test_real_targets_refuse_current_prices(self):
        kind = target("average_rate", 0.12, "at_least", "fraction/year", price_basis="constant")
        money = series({2025: 80.0, 2026: 92.0}, "million VND", price_basis="current")
        found = assess(kind, money)
        assert found.status == "not_assessed"
        assert "deflate" in found.reason.en

    def test_another_unit_is_no_measure(self):
        found = assess(target(), series({2025: 1.0, 2026: 2.0}, "billion VND"))
        assert "billion VND" in found.reason.en

    def test_a_total_goes_by_an_even_pace_where_no_profile_is_stated(self):
        kind = target("cumulative", 500, "at_least", "billion VND")
        found = assess(kind, series({2026: 60.0}, "billion VND"))
        assert (found.status, found.value, found.gap) == ("moderate", 60, 440)  # 60 of 100
        assert (found.required, found.is_first) == (pytest.approx(100), True)
        assert found.needed == pytest.approx(440 / 4)
        assert "at an even pace 20.0 % is due by now" in found.reason.en

    def test_a_total_by_its_profile(self):
        # 1/15 of 500 is due after one year of a back-loaded profile, 3/15 after two
        kind = target("cumulative", 500, "at_least", "billion VND")
        known = series({2026: 30.0, 2027: 60.0}, "billion VND")
        found = assess(kind, known, profile=back_loaded(5))
        assert (found.status, found.required) == ("moderate", pytest.approx(100))
        assert found.ratio == pytest.approx(0.9)
        assert found.projected == pytest.approx(450)
        assert found.origin == "assumption"
        assert assess(kind, series({2026: 500.0}, "billion VND")).status == "achieved"

    def test_a_total_in_a_part_of_a_year(self):
        # due at mid-year: 500 x (1/15 + 0.5 x 2/15)
        kind = target("cumulative", 500, "at_least", "billion VND")
        known = series({2026: 33.0, 2027: 20.0}, "billion VND")
        found = assess(kind, known, profile=back_loaded(5), passed=0.5)
        assert found.required == pytest.approx(500 * (1 / 15 + 0.5 * 2 / 15))
        assert found.needed == pytest.approx((500 - 53) / 3.5)

    def test_a_total_with_a_gap_or_a_break(self):
        kind = target("cumulative", 500, "at_least", "billion VND")
        gap = assess(kind, series({2026: 30.0, 2028: 60.0}, "billion VND"))
        broken = assess(kind, series({2026: 30.0, 2027: 60.0}, "billion VND", breaks=(2027,)))
        assert "2027" in gap.reason.en
        assert "two definitions" in broken.reason.en

    @pytest.mark.parametrize(
        ("values", "status"),
        [({2026: 0.0}, "not_assessed"), ({2026: 0.0, 2027: 1.0}, "achieved"),
         ({2026: 0.0, 2030: 0.0}, "insufficient")],
    )  # fmt: skip
    def test_milestones_by_date(self, values, status):
        found = assess(target("milestone", 1, "at_least", "yes/no"), series(values, "yes/no"))
        assert (found.status, found.method) == (status, "milestone")

    @pytest.mark.parametrize(
        ("keywords", "words"),
        [
            ({"passed": 0}, "`passed` must be above 0"),
            ({"passed": 1.1}, "at most 1, got 1.1"),
            ({"profile": (0.5, 0.5)}, "must hold 5 shares of 2026-2030"),
            ({"profile": (0.5, 0.5, 0.5, 0, 0)}, "add up to 1"),
            ({"profile": (1.5, -0.5, 0, 0, 0)}, "add up to 1"),
        ],
    )
    def test_misuse_raises(self, keywords, words):
        with pytest.raises(ValueError, match=words):
            assess(target("cumulative", 500), series({2026: 1.0}), **keywords)

    def test_nothing_is_changed(self):
        known, kind = series({2025: 100.0, 2026: 110.0}), target(value=161)
        before = (known, kind)
        assess(kind, known)
        assert before == (series({2025: 100.0, 2026: 110.0}), target(value=161))


class TestRequiredPath:
    @pytest.mark.parametrize("shape", ["compound", "linear", "logistic"])
    @pytest.mark.parametrize("since", ["base", "now"])
    def test_starts_where_it_stands_and_arrives(self, shape, since):
        known = series({2025: 60.0, 2026: 61.0, 2027: 70.0}, "%")
        path = required_path(target("level_by", 97, "at_least", "%"), known, shape, since=since)
        start, first = (2025, 60.0) if since == "base" else (2027, 70.0)
        assert path.years == tuple(range(start, 2031))
        assert path.values[0] == pytest.approx(first)
        assert path.values[-1] == pytest.approx(97)
        assert (np.diff(path.values) > 0).all()
        assert path.origin == "statement"

    def test_shapes_differ_as_they_should(self):
        known = series({2025: 90.0}, "%")
        middle = {
            shape: required_path(target("level_by", 99, "at_least", "%"), known, shape).at(2027)
            for shape in ("compound", "linear", "logistic")
        }
        assert middle["compound"] < middle["linear"] < middle["logistic"]
        assert middle["linear"] == pytest.approx(93.6)
        log_odds = math.log(9) + 0.4 * (math.log(99) - math.log(9))
        assert middle["logistic"] == pytest.approx(100 / (1 + math.exp(-log_odds)))

    def test_other_kinds(self):
        yearly = required_path(target("annual_level", 85, "above", "%"), series({2025: 1.0}, "%"))
        assert yearly.values == (85,) * 5
        kind = target("cumulative", 150, "at_least", "billion VND")
        total = required_path(kind, series({}, "billion VND"), profile=back_loaded(5))
        assert total.values == pytest.approx((10, 30, 60, 100, 150))
        growth = target("average_rate", 0.10, "at_least", "fraction/year")
        assert required_path(growth, series({}, "fraction/year")).values == (0.10,) * 5
        levels_ = required_path(growth, series({2025: 100.0}, "billion VND"))
        assert levels_.values == pytest.approx(tuple(100 * 1.1**n for n in range(6)))
        assert levels_.unit == "billion VND"

    @pytest.mark.parametrize(
        ("kind", "values", "shape", "words"),
        [
            ("level_by", {2024: 50.0}, "linear", "no value of 2025 to 2029 to start from"),
            ("level_by", {2025: 0.0}, "compound", 'use "linear"'),
            ("level_by", {2025: 100.0}, "logistic", "between 0 and 100"),
            ("level_by", {2025: 1.0}, "straight", "`shape` must be one of"),
            ("cumulative", {2025: 1.0}, "linear", "needs `profile`"),
            ("milestone", {2025: 1.0}, "linear", "not a path"),
        ],
    )
    def test_raises(self, kind, values, shape, words):
        with pytest.raises(ValueError, match=words):
            required_path(target(kind, 97, "at_least", "%"), series(values, "%"), shape)

    def test_since_and_back_loaded_raise(self):
        with pytest.raises(ValueError, match="`since`"):
            required_path(target(), series({2025: 1.0}), since="then")
        with pytest.raises(ValueError, match="at least 1"):
            back_loaded(0)

    @calm
    @given(levels, levels, st.integers(0, 4))
    def test_the_path_asks_for_the_required_rate(self, base, goal, passed):
        known = series({2025: base, 2025 + passed: base} if passed else {2025: base})
        path = required_path(target(value=goal), known, since="now")
        rates = path.rates().array
        assert rates == pytest.approx(g.required_rate(base, goal, 5 - passed), rel=1e-6, abs=1e-9)


def test_back_loaded_adds_up_to_one():
    for years in range(1, 12):
        shares = back_loaded(years)
        assert len(shares) == years
        assert sum(shares) == pytest.approx(1)
        assert list(shares) == sorted(shares)


def test_assess_takes_what_other_modules_hand_it():
    known = AnnualSeries.of({2025: 100.0, 2026: 112.0})  # no unit given: taken as it is
    assert assess(target(value=176.2), known).status == "on_track"
