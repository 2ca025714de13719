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
    nominal = g.nominal_rate(real, inflation)  # beyond 1 where both are high
    again = g.real_rate(nominal, inflation, limit=None)
    assert again == pytest.approx(real, abs=1e-12)


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
    (
        lambda: g.growth_factor(10, 1000, limit=None),
        "too large for a number with `rate` 10, `years` 1000",
    ),
    (lambda: g.growth_factor([0.1, 10], 1000, limit=None), "too large for a number with `rate` 10"),
    (lambda: g.compound(1e300, 1, 100), "too large for a number with `value` 1e+300, `rate` 1"),
    (lambda: g.annual_rate(1e-300, 1e300, 1e-3), "with `first` 1e-300, `last` 1e+300"),
    (lambda: g.continuous_rate(1e-320, 1e300, 1), "too large for a number with `first`"),
    (lambda: g.required_rate(1, 10, 1e-3), "with `value` 1, `target` 10, `years` 0.001"),
    (lambda: g.years_to_reach(1, 1e300, 1e-320), "with `value` 1, `target` 1e+300"),
    (lambda: g.mean_rate([1e200, 1e200], limit=None), "too large for a number with `rates`"),
    (
        lambda: g.mean_rate([1e308, 1e308], "arithmetic", limit=None),
        "with `rates`: check the units",
    ),
    (lambda: g.log_trend_rate([1e-300, 1e300]), "too large for a number with `values`"),
    (
        lambda: g.real_rate(1e300, -1 + 1e-15, limit=None),
        "too large for a number with `nominal` 1e+300",
    ),
    (lambda: g.nominal_rate(1e200, 1e200, limit=None), "with `real` 1e+200, `inflation` 1e+200"),
    (
        lambda: g.per_capita_rate(1e308, -0.99999, limit=None),
        "with `total` 1e+308, `population` -0.99999",
    ),
    (lambda: g.contributions([[1e-320, 0], [1e300, 0]]), "with `levels` 1e+300: check the units."),
]


@pytest.mark.parametrize(("call", "words"), ERRORS, ids=[words for _, words in ERRORS])
def test_what_is_undefined_raises_with_the_reason(call, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        call()


# per cents where a fraction is wanted: every argument that is a rate
PER_CENTS = {
    "growth_factor": lambda **limit: g.growth_factor(12.0, 5, **limit),
    "compound": lambda **limit: g.compound(100, 12.0, 5, **limit),
    "compound, one of several": lambda **limit: g.compound(100, [0.12, 12.0], 5, **limit),
    "years_to_reach": lambda **limit: g.years_to_reach(100, 250, 12, **limit),
    "mean_rate": lambda **limit: g.mean_rate([8, 10, 12], **limit),
    "mean_rate, arithmetic": lambda **limit: g.mean_rate([0.1, 12], "arithmetic", **limit),
    "real_rate": lambda **limit: g.real_rate(16, 4, **limit),
    "real_rate, prices only": lambda **limit: g.real_rate(0.16, 4, **limit),
    "nominal_rate": lambda **limit: g.nominal_rate(12, 3.5, **limit),
    "per_capita_rate": lambda **limit: g.per_capita_rate(0.12, 1.5, **limit),
}


@pytest.mark.parametrize("call", PER_CENTS.values(), ids=PER_CENTS)
def test_per_cents_are_refused_unless_they_are_meant(call):
    with pytest.raises(ValueError, match=r"must be a fraction from -1 to 1, got .*12 % is 0\.12"):
        call()
    assert np.isfinite(call(limit=None)).all()
    assert np.isfinite(call(limit=20)).all()


def test_a_rate_at_the_limit_passes_and_a_result_may_be_larger():
    assert g.compound(100, 1.0, 2) == 400
    assert g.nominal_rate(1.0, 1.0) == 3
    assert g.annual_rate(1, 12, 1) == pytest.approx(11)
    with pytest.raises(ValueError, match=r"a fraction from -0\.2 to 0\.2, got 0\.3"):
        g.growth_factor(0.3, 5, limit=0.2)
    with pytest.raises(
        ValueError, match=r"at least -1 \(a loss of 100 %; 12 % is 0\.12\), got -12"
    ):
        g.compound(100, -12, 5)


# two Series of the same labels in another order: what each function makes of the first label
A, B = pd.Series({"x": 0.10, "y": 0.30}, name="a"), pd.Series({"y": 0.02, "x": 0.04}, name="b")
LABELLED = [
    (lambda: g.growth_factor(A, B), lambda: g.growth_factor(0.10, 0.04)),
    (lambda: g.compound(A, B, 3), lambda: g.compound(0.10, 0.04, 3)),
    (lambda: g.annual_rate(A, B, 2), lambda: g.annual_rate(0.10, 0.04, 2)),
    (lambda: g.continuous_rate(A, B, 2), lambda: g.continuous_rate(0.10, 0.04, 2)),
    (lambda: g.required_rate(A, B, 2), lambda: g.required_rate(0.10, 0.04, 2)),
    (lambda: g.years_to_reach(A, B, 0.1), lambda: g.years_to_reach(0.10, 0.04, 0.1)),
    (lambda: g.real_rate(A, B), lambda: g.real_rate(0.10, 0.04)),
    (lambda: g.nominal_rate(A, B), lambda: g.nominal_rate(0.10, 0.04)),
    (lambda: g.per_capita_rate(A, B), lambda: g.per_capita_rate(0.10, 0.04)),
]


@pytest.mark.parametrize(("call", "first"), LABELLED, ids=[str(i) for i in range(len(LABELLED))])
def test_series_are_aligned_by_label_and_come_back(call, first):
    before = A.copy(), B.copy()
    found = call()
    assert list(found.index) == ["x", "y"]
    assert found["x"] == pytest.approx(first(), rel=1e-15)
    pd.testing.assert_series_equal(A, before[0])
    pd.testing.assert_series_equal(B, before[1])


def test_a_series_by_year_is_a_trend_over_its_years():
    steady = pd.Series({2025: 133.1, 2020: 100 * 1.1**-2, 2022: 100.0})
    assert g.log_trend_rate(steady) == pytest.approx(0.1, abs=1e-9)
    with pytest.raises(
        ValueError, match="`values` must be labelled by years such as 2025, got 'a'"
    ):
        g.log_trend_rate(pd.Series({"a": 1.0, "b": 2.0}))


def test_contributions_of_series_by_name():
    parts = {"a": pd.Series({2025: 40, 2026: 46}), "b": pd.Series({2026: 66, 2025: 60})}
    found = g.contributions(parts)
    assert found.loc[2026].to_dict() == pytest.approx({"a": 0.06, "b": 0.06})
    with pytest.raises(ValueError, match="`levels of b` must have the labels of `levels of a`, got it "
                                         "without 2026 and with 2027"):  # fmt: skip
        g.contributions(parts | {"b": pd.Series({2025: 60, 2027: 66})})


@pytest.mark.parametrize("rows", [[2026, 2025], [2025, 2030], ["2025", "2030"]], ids=str)
def test_contributions_are_of_one_year_to_the_next(rows):
    with pytest.raises(ValueError, match="must have a row for every year, in order, got 202"):
        g.contributions(pd.DataFrame([[40, 60], [46, 66]], index=rows))
    named = pd.DataFrame([[40, 60], [46, 66]], index=["before", "after"])
    assert g.contributions(named).loc["after"].tolist() == pytest.approx([0.06, 0.06])


def test_both_required_rates_of_one_target():
    # methods 0.1: 100 (2020), 140 (2025), 250 (2030): 9.596 % from the base, 12.296 % from now
    assert g.required_rate(100, 250, 10) == pytest.approx(0.09596, abs=5e-6)
    assert g.required_rate(140, 250, 5) == pytest.approx(0.12296, abs=5e-6)
