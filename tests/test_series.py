"""Series by year: identities, and every refusal."""

import math
import re
from dataclasses import FrozenInstanceError
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from laikhe_analysis.series import ORIGINS, TOTALS, AnnualSeries, chain, rebuild, weakest_origin


def series(values, start=2020, **more):
    return AnnualSeries("x", tuple(range(start, start + len(values))), tuple(values), **more)


def test_rates_and_chaining_are_inverse():
    levels = series((100.0, 110.0, 99.0, 120.0))
    assert chain(levels.rates()).values == pytest.approx(levels.values)
    yearly = series((0.10, -0.10, 0.025), unit="fraction/year", origin="press")
    index = chain(yearly)
    assert index.years == (2019, 2020, 2021, 2022)
    assert index.rates().values == pytest.approx(yearly.values)
    assert index.rates().unit == "fraction/year"
    assert index.origin == "derived"


def test_no_change_is_computed_across_a_break():
    shares = series((15.9, 15.7, 9.6, 9.9), 2015, breaks=(2017,))
    assert shares.rates().years == (2016, 2018)
    assert shares.after_breaks().years == (2017, 2018)
    assert series((1.0, 2.0), breaks=(2030,)).after_breaks().years == (2020, 2021)
    assert series((1.0, 2.0), breaks=(2021,)).after_breaks().years == (2021,)


def test_a_missing_year_is_never_a_zero():
    gappy = AnnualSeries("x", (2020, 2021, 2023), (100, math.nan, 133.1))
    assert gappy.known().years == (2020, 2023)
    assert gappy.rates().values == pytest.approx([0.1], abs=1e-4)
    with pytest.raises(ValueError, match="no value for 2021; it has: 2020, 2023"):
        gappy.at(2021)
    with pytest.raises(ValueError, match="holds no value"):
        _ = AnnualSeries("x", (2020,), (math.nan,)).last


def test_deflating():
    income = series((50.0, 55.0), price_basis="current", origin="press", sources=("a",))
    prices = series((100.0, 104.0), origin="official", sources=("b",))
    real = income.deflate(prices, 2021)
    assert real.values == pytest.approx((52.0, 55.0))
    assert (real.price_basis, real.origin) == ("constant 2021", "derived")
    assert income.values == (50.0, 55.0)


def test_a_merged_unit_is_rebuilt_from_its_parts():
    parts = [series((10.0, 12.0), unit="people"), series((5.0, 6.0, 7.0), unit="people")]
    assert rebuild(parts).values == (15.0, 18.0)
    assert rebuild(parts).origin == "derived"
    means = [series((10.0, 12.0)), series((5.0, 6.0, 7.0))]
    people = [series((2.0, 2.0)), series((1.0, 1.0))]
    assert rebuild(means, weights=people).values == pytest.approx((25 / 3, 10.0))
    tons = [series((3.0,), unit="tấn"), series((4.0,), unit="tấn")]
    assert rebuild(tons, summed=True).values == (7.0,)


@pytest.mark.parametrize(
    "unit",
    ["%", "%/year", "% of plan", "index", "ratio", "million VND/person/year", "million VND/ha",
     "million VND/m2", "billion VND/commune", "rating", "level", "yes/no", "USD", "lần", "tấn"],
)  # fmt: skip
def test_shares_means_and_what_is_unknown_do_not_add_up(unit):
    parts = [series((value,), unit=unit) for value in (60.0, 70.0, 80.0)]
    with pytest.raises(ValueError, match=rf"`parts` in {unit} do not add up .* give `weights`"):
        rebuild(parts)
    assert rebuild(parts, weights=[series((1.0,))] * 3).values == pytest.approx((70.0,))


@pytest.mark.parametrize("unit", TOTALS)
def test_counts_amounts_and_areas_add_up(unit):
    assert rebuild([series((60.0,), unit=unit), series((80.0,), unit=unit)]).values == (140.0,)


def test_the_weakest_origin_counts():
    for i, strong in enumerate(ORIGINS):
        for weak in ORIGINS[i:]:
            assert weakest_origin(weak, strong) == weakest_origin(strong, weak) == weak


def test_pandas_there_and_back():
    original = series((1.0, math.nan, 3.0))
    again = AnnualSeries.of(original.to_pandas())
    assert again.years == original.years
    assert again.known().values == (1.0, 3.0)
    periods = pd.Series([1.0, 2.0], index=pd.period_range("2020", periods=2, freq="Y"))
    assert AnnualSeries.of(periods).years == (2020, 2021)
    assert AnnualSeries.of(original) is original


ERRORS = [
    (lambda: AnnualSeries("x", (2020,), ()), "of one length, got 1 and 0"),
    (lambda: AnnualSeries("x", (2021, 2020), (1, 2)), "`years` must increase"),
    (lambda: AnnualSeries("x", (2020, 2020), (1, 2)), "`years` must increase"),
    (lambda: AnnualSeries("x", (2020,), (math.inf,)), "must be finite or NaN"),
    (lambda: AnnualSeries("x", (2020,), (1,), origin="rumour"), "`origins` must be some of"),
    (lambda: weakest_origin(), "`origins` must be some of"),
    (
        lambda: series((5.0, 0.0, 1.0)).rates(),
        "series x: the base of 2021 must be positive, got 0.",
    ),
    (lambda: series((-5.0, 1.0)).rates(), "series x: the base of 2020 must be positive, got -5."),
    (lambda: series((5.0, -1.0)).rates(), "series x: the value of 2021 must be 0 or more to have"),
    (lambda: chain(series((12.0,), unit="fraction/year")), "got 12 at position 0: 12 % is 0.12"),
    (
        lambda: chain(series((0.01,), unit="fraction/year"), 0),
        "`base_value` must be a positive number, got 0.",
    ),
    (
        lambda: rebuild([series((1.0,), unit="ha")], weights=[series((1.0,))], summed=True),
        "`weights` must be left out",
    ),
    (
        lambda: rebuild([series((1.0,))] * 2, weights=[series((1.0,)), series((1.0,), unit="%")]),
        "`weights` must share one unit, got ['%', 'index']",
    ),
    (lambda: AnnualSeries("x", (math.nan,), (1.0,)), "`years` must be whole numbers, got nan"),
    (lambda: AnnualSeries.of(pd.Series([1, 2], index=[2020, 2020])), "increase, got (2020, 2020)"),
    (
        lambda: rebuild([series((1.0,), unit="ha"), series((1.0,), 2030, unit="ha")]),
        "must have a year in common, got x 2020; x 2030.",
    ),
    (
        lambda: rebuild([pd.Series({2020: 60}), pd.Series({2020: 70})]),
        "`parts` in index do not add",
    ),
    (lambda: series((1.0,)).deflate(series((1.0,)), 2020), "must be at current prices"),
    (lambda: chain(series((1.0,))), "12 % is 0.12), got index"),
    (lambda: chain(series((10.0,), unit="%/year")), "got %/year"),
    (lambda: chain(series((-1.0,), unit="fraction/year")), "-100 % or less cannot be chained"),
    (lambda: rebuild([]), "at least one series"),
    (lambda: rebuild([series((1.0,))] * 2, weights=[series((1.0,))]), "one series per part"),
    (lambda: rebuild([series((1.0,))], weights=[series((0.0,))]), "a positive sum in every year"),
    (lambda: chain(series((), unit="fraction/year")), "holds no rate"),
    (lambda: series((1.0,), price_basis="current").deflate(series((0.0,)), 2020), "chain it first"),
    (
        lambda: series((1.0,), price_basis="current").deflate(series((3.0,), unit="%"), 2020),
        "a positive price index, not rates",
    ),
    (lambda: rebuild([series((1.0,)), series((1.0,), unit="%")]), "share one unit"),
]


@pytest.mark.parametrize(("call", "words"), ERRORS, ids=[w for _, w in ERRORS])
def test_what_does_not_fit_is_refused(call, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        call()


def test_series_are_frozen():
    with pytest.raises(FrozenInstanceError):
        series((1.0,)).unit = "%"


@pytest.mark.parametrize("data", [[1.0, 2.0], (1.0,), "1, 2", 3.0, pd.DataFrame({2020: [1.0]})])
def test_values_without_years_are_refused(data):
    with pytest.raises(TypeError, match="say of which year each value is"):
        AnnualSeries.of(data)


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        (pd.period_range("2024-01", periods=3, freq="M"), "the period 2024-01 of step M"),
        (pd.PeriodIndex(["2024-06", "2025-06"], freq="M"), "the period 2024-06 of step M"),
        (pd.PeriodIndex(["2024Q1", "2025Q1"], freq="Q"), "the period 2024Q1 of step Q-DEC"),
        (pd.to_datetime(["2024-01-31", "2024-02-29"]), "yearly figures, got dates such as 2024"),
        (pd.to_datetime(["2024-03-31", "2025-06-30"]), "add up or average the year's figures"),
        ([0, 1], "labelled by years such as 2025, got 0"),
        ([202401, 202501], "labelled by years such as 2025, got 202401"),
        ([2024.5, 2025.5], "labelled by years such as 2025, got 2024.5"),
        (["Q1", "Q2"], "labelled by years such as 2025, got 'Q1'"),
        ([None], "labelled by years such as 2025, got"),
    ],
    ids=str,
)
def test_labels_that_are_no_years_are_refused(labels, words):
    data = pd.Series([float(i) for i in range(len(labels))], index=labels)
    with pytest.raises(ValueError, match=words):
        AnnualSeries.of(data)


@pytest.mark.parametrize(
    "labels",
    [
        [2024, 2025],
        ["2024", "2025"],
        [2024.0, 2025.0],
        pd.period_range("2024", periods=2, freq="Y"),
        pd.to_datetime(["2024-12-31", "2025-12-31"]),
        pd.date_range("2024", periods=2, freq="YS"),
    ],
    ids=str,
)
def test_labels_that_are_years_are_read(labels):
    assert AnnualSeries.of(pd.Series([1.0, 2.0], index=labels)).years == (2024, 2025)


def test_a_fraction_of_a_year_is_no_year():
    with pytest.raises(ValueError, match=r"`years` must be whole numbers, got 2024\.5"):
        AnnualSeries("x", (2024.5,), (1.0,))


def test_what_stands_for_a_missing_value_is_a_missing_year():
    wanted = AnnualSeries("x", (2020, 2021, 2022), (1.0, math.nan, 3.0))
    for gap in (None, math.nan, pd.NA, pd.NaT, np.float64("nan")):
        found = AnnualSeries("x", (2020, 2021, 2022), (1, gap, Decimal(3)))
        assert found.known() == wanted.known()
        assert AnnualSeries.of({2020: np.int64(1), 2021: gap, 2022: 3}).known().years == (
            2020,
            2022,
        )
    nullable = pd.Series([1, None, 3], index=[2022, 2021, 2020], dtype="Int64")
    assert AnnualSeries.of(nullable).known().values == (3.0, 1.0)


@pytest.mark.parametrize("value", ["3,5", "3", True, [3], 3j], ids=repr)
def test_a_value_that_is_no_number_is_named_with_its_year(value):
    with pytest.raises(TypeError, match="`series x, 2021` must be a number, got "):
        AnnualSeries("x", (2020, 2021), (1, value))
    with pytest.raises(TypeError, match="`series series, 2021` must be a number"):
        AnnualSeries.of({2021: value})


def test_rates_beyond_the_limit_are_chained_where_they_are_meant():
    assert chain(series((12.0,), unit="fraction/year"), limit=None).values == (100.0, 1300.0)
    assert series((1.0, 13.0)).rates().values == pytest.approx((12.0,))
