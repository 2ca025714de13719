"""Growth arithmetic against published values, by case and by identity."""

import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laikhe_analysis import growth as g

rates = st.floats(-0.5, 1.0)
values = st.floats(0.01, 1e6)
years = st.floats(0.5, 50)
calm = settings(derandomize=True, deadline=None, max_examples=60)

# Microsoft's documentation of RRI, PDURATION and FV; numpy-financial's tests (test_financial.py);
# Google's documentation of PDURATION; UN IGME 2013 ("4.4 %"); PMC6860845 ("3.9 %").
PUBLISHED = [
    ("RRI(96, 10000, 11000)", lambda: g.annual_rate(10_000, 11_000, 96), 0.0009933, 7),
    ("npf rate(10, 0, -3500, 10000)", lambda: g.annual_rate(3500, 10_000, 10), 0.11069085371, 11),
    ("npf gh48, first", lambda: g.annual_rate(593.06, 214.07, 2), -0.39920185, 8),
    ("npf gh48, fourth", lambda: g.annual_rate(428.78, 686.29, 2), 0.26513414, 8),
    ("PDURATION(2.5 %, 2000, 2200)", lambda: g.years_to_reach(2000, 2200, 0.025), 3.86, 2),
    ("PDURATION(2.5 %/12, 1000, 1200)", lambda: g.years_to_reach(1000, 1200, 0.025 / 12), 87.6, 1),
    ("Google PDURATION(0.25, 10, 15)", lambda: g.years_to_reach(10, 15, 0.25), 1.817059493, 9),
    ("Google PDURATION(0.75, 2, 15)", lambda: g.years_to_reach(2, 15, 0.75), 3.600511394, 9),
    ("npf nper(0.1, 0, -500, 1500)", lambda: g.years_to_reach(500, 1500, 0.1), 11.52670461, 8),
    ("IGME: two thirds in 25 years", lambda: -g.continuous_rate(1, 1 / 3, 25), 0.044, 3),
    ("WHO: -40 % in 13 years", lambda: -g.annual_rate(1, 0.6, 13), 0.039, 3),
    ("16 % nominal, 4 % prices", lambda: g.real_rate(0.16, 0.04), 0.115385, 6),
    ("12 % total, 1.5 % people", lambda: g.per_capita_rate(0.12, 0.015), 0.103448, 6),
    ("12 % real, 3.5 % prices, five years",
     lambda: g.growth_factor(g.nominal_rate(0.12, 0.035), 5), 2.093, 3),
    ("log trend of six years", lambda: g.log_trend_rate([100, 90, 115, 118, 140, 131]), 0.08024, 5),
]  # fmt: skip


@pytest.mark.parametrize(
    ("compute", "published", "digits"), [c[1:] for c in PUBLISHED], ids=[c[0] for c in PUBLISHED]
)
def test_published_values(compute, published, digits):
    assert compute() == pytest.approx(published, abs=0.5000001 * 10**-digits)


def test_arithmetic_and_geometric_mean_differ_by_half_the_variance():
    yearly = [0.08, 0.10, 0.12, 0.14, 0.16]
    assert g.mean_rate(yearly, "arithmetic") == pytest.approx(0.12, abs=1e-15)
    assert g.mean_rate(yearly) == pytest.approx(0.119643, abs=5e-7)
    assert g.mean_rate([0.30, -0.10, 0.25, -0.05, 0.20]) == pytest.approx(0.10764, abs=5e-6)


def test_contributions_of_the_plans_rates():
    # 40/35/25 % of the total growing by 15, 13 and 2.5 %: 6.000 + 4.550 + 0.625 points
    levels = pd.DataFrame(
        [[40, 35, 25], [46, 39.55, 25.625]], index=[2025, 2026], columns=["a", "b", "c"]
    )
    before = levels.copy()
    found = g.contributions(levels)
    assert found.loc[2026].tolist() == pytest.approx([0.06, 0.0455, 0.00625])
    assert list(found.columns) == ["a", "b", "c"]
    pd.testing.assert_frame_equal(levels, before)


@calm
@given(values, rates, years)
def test_rate_and_compounding_are_inverse(value, rate, n):
    last = g.compound(value, rate, n)
    assert g.annual_rate(value, last, n) == pytest.approx(rate, abs=1e-9)
    assert g.required_rate(value, last, n) == g.annual_rate(value, last, n)
    assert g.continuous_rate(value, last, n) == pytest.approx(math.log1p(rate), abs=1e-9)


@calm
@given(values, st.floats(0.001, 1.0), years)
def test_years_and_rate_are_inverse(value, rate, n):
    assert g.years_to_reach(value, g.compound(value, rate, n), rate) == pytest.approx(n, rel=1e-6)


@calm
@given(rates, rates)
def test_real_and_nominal_are_inverse(real, inflation):
    assert g.real_rate(g.nominal_rate(real, inflation), inflation) == pytest.approx(real, abs=1e-12)


@calm
@given(st.lists(st.lists(values, min_size=3, max_size=3), min_size=2, max_size=6))
def test_contributions_add_up_to_the_growth_of_the_total(table):
    levels = np.array(table)
    total = levels.sum(axis=1)
    assert g.contributions(levels).sum(axis=1) == pytest.approx(
        total[1:] / total[:-1] - 1, rel=1e-9, abs=1e-9
    )


@calm
@given(st.lists(rates, min_size=1, max_size=8))
def test_geometric_mean_leads_to_the_same_level_and_is_never_above(yearly):
    mean = g.mean_rate(yearly)
    assert g.growth_factor(mean, len(yearly)) == pytest.approx(np.prod(1 + np.array(yearly)))
    assert mean <= g.mean_rate(yearly, "arithmetic") + 1e-12


@calm
@given(values, rates)
def test_log_trend_of_a_steady_series_is_its_rate(value, rate):
    series = g.compound(value, rate, np.arange(6))
    assert g.log_trend_rate(series) == pytest.approx(rate, abs=1e-9)
    skipped = g.log_trend_rate(series[[0, 1, 3, 5]], years=[2020, 2021, 2023, 2025])
    assert skipped == pytest.approx(rate, abs=1e-9)


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        (g.growth_factor, (0.12, [0, 1, 5])),
        (g.compound, (100, [0.1, -0.2], 3)),
        (g.annual_rate, ([100, 50], [121, 0], 2)),
        (g.continuous_rate, ([3, 2], 1, 25)),
        (g.required_rate, (140, [250, 100], 5)),
        (g.years_to_reach, (100, [110, 121], 0.1)),
        (g.real_rate, ([0.16, 0.1], 0.04)),
        (g.nominal_rate, (0.12, [0.03, 0.05])),
        (g.per_capita_rate, ([0.12, 0.1], [0.01, 0.02])),
    ],
    ids=lambda x: getattr(x, "__name__", ""),
)
def test_arrays_hold_what_scalars_give_and_nan_stays_nan(function, arguments):
    broadcast = np.broadcast_arrays(*[np.asarray(a, float) for a in arguments])
    found = function(*arguments)
    assert found.shape == broadcast[0].shape
    one_by_one = [function(*map(float, row)) for row in zip(*map(np.ravel, broadcast), strict=True)]
    assert found.tolist() == pytest.approx(one_by_one)
    assert all(isinstance(value, float) for value in one_by_one)
    for i in range(len(arguments)):
        with_nan = [float(np.ravel(b)[0]) for b in broadcast]
        with_nan[i] = math.nan
        assert math.isnan(function(*with_nan)), f"argument {i}"


def test_degenerate_cases():
    assert g.annual_rate(100, 0, 5) == -1
    assert g.required_rate(100, 100, 5) == 0
    assert g.growth_factor(-1, 0) == 1
    assert g.growth_factor(-1, 3) == 0
    assert g.years_to_reach(100, 100, 0) == 0
    assert g.years_to_reach(200, 100, -0.5) == pytest.approx(1)
    assert g.years_to_reach(2200, 2000, 0.025) == pytest.approx(-3.859866, abs=1e-6)
    assert g.mean_rate([0.07]) == pytest.approx(0.07)
    assert math.isnan(g.log_trend_rate([1, math.nan, 2]))


# what is undefined, and the words of the error
ERRORS = [
    (lambda: g.annual_rate(0, 5, 1), "`first` must be a positive number, got 0."),
    (lambda: g.annual_rate(-1, 5, 1), "`first` must be a positive number, got -1."),
    (lambda: g.annual_rate(1, -5, 1), "`last` must be 0 or more, got -5."),
    (lambda: g.annual_rate(1, 5, -3), "`years` must be a positive number, got -3."),
    (lambda: g.annual_rate([1, 0, 2, 0], 5, 1), "got 0, 0 at positions 1, 3."),
    (lambda: g.annual_rate(1, math.inf, 1), "`last` must be a finite number, got inf."),
    (lambda: g.continuous_rate(1, 0, 1), "`last` must be a positive number, got 0."),
    (lambda: g.required_rate(0, 5, 1), "`value` must be a positive number, got 0."),
    (lambda: g.required_rate(1, -5, 1), "`target` must be 0 or more, got -5."),
    (lambda: g.required_rate(1, 5, 0), "`years` must be a positive number, got 0."),
    (lambda: g.growth_factor(-1.5, 1), "`rate` must be at least -1"),
    (lambda: g.growth_factor(0.1, -1), "`years` must be 0 or more, got -1."),
    (lambda: g.years_to_reach(1, 2, 0), "`rate` must be other than 0"),
    (lambda: g.years_to_reach(1, 2, -1), "`rate` must be above -1, got -1."),
    (lambda: g.years_to_reach(0, 2, 0.1), "`value` must be a positive number"),
    (lambda: g.years_to_reach(1, 0, 0.1), "`target` must be a positive number"),
    (lambda: g.mean_rate([]), "`rates` must hold at least one rate"),
    (lambda: g.mean_rate([-2.0]), "`rates` must be at least -1"),
    (lambda: g.mean_rate([0.1], "harmonic"), "`kind` must be one of geometric, arithmetic"),
    (lambda: g.log_trend_rate([1]), "at least two levels"),
    (lambda: g.log_trend_rate([1, -2]), "`values` must be a positive number, got -2 at position 1"),
    (lambda: g.log_trend_rate([1, 2], years=[2020, 2020]), "`years` must be distinct"),
    (lambda: g.log_trend_rate([1, 2], years=[2000, 2020]), "at least half of the 21 years, got 2"),
    (lambda: g.real_rate(0.1, -1), "`inflation` must be above -1"),
    (lambda: g.nominal_rate(0.1, -1), "`inflation` must be above -1"),
    (lambda: g.per_capita_rate(0.1, -1), "`population` must be above -1"),
    (lambda: g.contributions([1, 2]), "two years by parts, got shape"),
    (lambda: g.contributions([[0, 0], [1, 2]]), "yearly totals are positive"),
    (lambda: g.contributions([[1, 0], [math.inf, 2]]), "a table of finite numbers, got inf"),
    (lambda: g.growth_factor(10, 1000), "too large for a number with `rate` 10, `years` 1000"),
    (lambda: g.growth_factor([0.1, 10], 1000), "too large for a number with `rate` 10"),
    (lambda: g.compound(1e300, 10, 10), "too large for a number with `value` 1e+300, `rate` 10"),
    (lambda: g.annual_rate(1e-300, 1e300, 1e-3), "with `first` 1e-300, `last` 1e+300"),
    (lambda: g.continuous_rate(1e-320, 1e300, 1), "too large for a number with `first`"),
    (lambda: g.required_rate(1, 10, 1e-3), "with `value` 1, `target` 10, `years` 0.001"),
    (lambda: g.years_to_reach(1, 1e300, 1e-320), "with `value` 1, `target` 1e+300"),
    (lambda: g.mean_rate([1e200, 1e200]), "too large for a number with `rates`"),
    (lambda: g.mean_rate([1e308, 1e308], "arithmetic"), "too large for a number with `rates`"),
    (lambda: g.log_trend_rate([1e-300, 1e300]), "too large for a number with `values`"),
    (lambda: g.real_rate(1e300, -1 + 1e-15), "too large for a number with `nominal` 1e+300"),
    (lambda: g.nominal_rate(1e200, 1e200), "with `real` 1e+200, `inflation` 1e+200"),
    (lambda: g.per_capita_rate(1e308, -0.99999), "with `total` 1e+308, `population` -0.99999"),
    (lambda: g.contributions([[1e-320, 0], [1e300, 0]]), "with `levels` 1e+300: check the units."),
]


@pytest.mark.parametrize(("call", "words"), ERRORS, ids=[words for _, words in ERRORS])
def test_what_is_undefined_raises_with_the_reason(call, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        call()
