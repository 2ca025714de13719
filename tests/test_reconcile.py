"""Sectors and total that add up."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laikhe_analysis.reconcile import RECONCILIATIONS, reconcile
from laikhe_analysis.series import AnnualSeries

PARTS = [46, 39.55, 25.625]  # sum 111.175, against a total of 112
VARIANCES = [16, 9, 4, 1]

# methods.md 3.8, computed there with matrices
CASES = [
    ("bottom_up", None, 111.175, (46, 39.55, 25.625)),
    ("ols", None, 111.79375, (46.20625, 39.75625, 25.83125)),
    ("structural", None, 111.5875, (46.1375, 39.6875, 25.7625)),
    ("wls", VARIANCES, 111.56, (46.2475, 39.66, 25.6525)),
    ("total_fixed", VARIANCES, 112, (46.5303, 39.7857, 25.6839)),
    ("total_fixed", None, 112, (46.275, 39.825, 25.9)),
    ("proportional", None, 112, (46.341, 39.843, 25.815)),
]


@pytest.mark.parametrize(("method", "variances", "total", "parts"), CASES)
def test_published_numbers(method, variances, total, parts):
    found = reconcile(112, PARTS, method=method, variances=variances)
    assert found.total == pytest.approx(total, abs=1e-9)
    np.testing.assert_allclose(found.parts, parts, atol=6e-4)


@pytest.mark.parametrize(
    ("method", "weights"), [("ols", [1, 1, 1, 1]), ("structural", [3, 1, 1, 1]), ("wls", VARIANCES)]
)
def test_closed_form_is_the_matrix_projection(method, weights):
    summing = np.vstack([np.ones(3), np.eye(3)])
    inverse = np.diag(1 / np.array(weights, dtype=float))
    base = np.array([112, *PARTS])
    projected = summing @ np.linalg.solve(summing.T @ inverse @ summing, summing.T @ inverse @ base)
    found = reconcile(112, PARTS, method=method, variances=VARIANCES)
    np.testing.assert_allclose([found.total, *found.parts], projected, rtol=1e-12)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    st.lists(st.floats(0, 1e3), min_size=1, max_size=5),
    st.floats(0, 2e3),
    st.sampled_from(["bottom_up", "ols", "structural", "wls", "total_fixed"]),
)
def test_results_add_up_and_are_not_negative(parts, total, method):
    variances = np.arange(1.0, len(parts) + 2)
    found = reconcile(total, parts, method=method, variances=variances)
    assert abs(found.total - found.parts.sum()) <= 1e-9
    assert (found.parts >= 0).all()
    if method == "total_fixed":
        assert found.total == pytest.approx(total, abs=1e-9)


@pytest.mark.parametrize("method", RECONCILIATIONS)
def test_what_adds_up_stays_as_it_is(method):
    found = reconcile(111.0, [45.0, 40.0, 26.0], method=method, variances=VARIANCES)
    assert found.total == 111.0
    np.testing.assert_array_equal(found.parts, [45.0, 40.0, 26.0])


def test_the_nearest_point_above_zero_adds_up():
    # ols would give 5 - 4, 1 - 4 and 6 - 4 = 2: the one below zero is zero, the others share
    # gap 2 - 6 = -4 in three pieces (the total, the two that are left)
    found = reconcile(-6.0, [5.0, 1.0], method="ols")
    assert found.total == 0
    np.testing.assert_array_equal(found.parts, [0.0, 0.0])
    found = reconcile(2.0, [6.0, 1.0], method="ols")
    np.testing.assert_allclose(found.parts, [4.0, 0.0])
    assert found.total == 4
    signed = reconcile(2.0, [6.0, 1.0], method="ols", nonnegative=False)
    np.testing.assert_allclose(signed.parts, [6 - 5 / 3, 1 - 5 / 3])


@pytest.mark.parametrize("method", RECONCILIATIONS)
def test_a_panel_is_reconciled_as_each_place_alone(method):
    rng = np.random.default_rng(4)
    parts = rng.uniform(0, 50, (4, 6, 3))
    total = parts.sum(axis=-1) + rng.normal(0, 30, (4, 6)).clip(-20, 40)
    total = total.clip(0)
    before = parts.copy(), total.copy()
    many = reconcile(total, parts, method=method, variances=VARIANCES)
    np.testing.assert_array_equal(parts, before[0])
    np.testing.assert_array_equal(total, before[1])
    assert many.total.shape == (4, 6)
    for place in np.ndindex(4, 6):
        one = reconcile(total[place], parts[place], method=method, variances=VARIANCES)
        np.testing.assert_allclose(many.parts[place], one.parts, rtol=1e-12, atol=1e-12)
        assert many.total[place] == pytest.approx(one.total)


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        ({"parts": 5.0}, "one more axis"),
        ({"parts": []}, "one more axis"),
        ({"parts": [[1, 2], [3, 4]]}, "one more axis"),
        ({"total": np.nan}, "`total` must be finite"),
        ({"parts": [1, np.inf]}, "`parts` must be finite"),
        ({"method": "mint"}, "`method` must be one of"),
        ({"method": "wls"}, "`variances` are needed"),
        ({"method": "wls", "variances": [1, 2]}, "must hold 4 numbers"),
        ({"method": "wls", "variances": [1, -2, 3, 4]}, "0 or more, got -2"),
        (
            {"method": "wls", "variances": [1, 1, 1, np.inf]},
            "finite numbers; 0 holds a forecast, got inf",
        ),
        ({"method": "wls", "variances": [np.inf] * 4}, "`variances` must be finite numbers"),
        (
            {"method": "wls", "variances": [1, np.nan, 1, 1]},
            "`variances` must be 0 or more, got nan",
        ),
        ({"method": "wls", "variances": [1, None, 1, 1]}, "`variances` must be 0 or more, got nan"),
        (
            {"method": "wls", "variances": [[1, 1, 1, 1]]},
            r"must hold 4 numbers a row, got \(1, 4\)",
        ),
        (
            {"method": "wls", "variances": pd.Series([1, 1, 1, 1])},
            "give `parts` with the same labels",
        ),
        ({"method": "wls", "variances": [0, 0, 0, 0]}, "must not all be zero"),
        ({"method": "total_fixed", "variances": [5, 0, 0, 0]}, "must not all be zero"),
        ({"method": "total_fixed", "total": -1}, "0 or more, with `nonnegative`"),
        ({"method": "proportional", "parts": [0, 0, 0]}, "add up to zero"),
        ({"method": "proportional", "parts": [3, -1, 1]}, "must not be negative"),
        (
            {"method": "total_fixed", "total": 2, "parts": [-1, 3, 0], "variances": [0, 1, 0, 0]},
            "could take up the gap",
        ),
    ],
)
def test_bad_input_is_refused(arguments, wanted):
    call = {"total": 112, "parts": PARTS, "method": "ols"} | arguments
    with pytest.raises(ValueError, match=wanted):
        reconcile(call.pop("total"), call.pop("parts"), **call)


def test_parts_below_zero_stay_where_that_is_meant():
    # product taxes less subsidies can be negative
    found = reconcile(10.0, [12.0, -2.0], nonnegative=False)
    np.testing.assert_array_equal(found.parts, [12.0, -2.0])
    assert reconcile(10.0, [12.0, -2.0], method="bottom_up").total == 12


def test_a_variance_of_zero_holds_a_forecast_and_a_huge_one_takes_the_gap():
    held = reconcile(112, PARTS, method="wls", variances=[0, 0, 0, 1])
    assert held.total == 112
    np.testing.assert_allclose(held.parts, [46, 39.55, 26.45], rtol=1e-12)
    huge = reconcile(112, PARTS, method="wls", variances=[1, 1, 1, 1e308])
    np.testing.assert_allclose(huge.parts, [46, 39.55, 26.45], rtol=1e-12)
    both = reconcile(112, PARTS, method="wls", variances=[1e308, 1e308, 0, 0])
    assert both.total == pytest.approx(112 - 0.4125)


# ------------------------------------------------------------------ labels

NAMED = pd.Series(PARTS, index=["industry", "services", "agriculture"], name="2026")
BY_LABEL = {"services": 4, "all": 16, "agriculture": 1, "industry": 9}


def test_labelled_parts_and_variances_are_aligned_and_come_back():
    plain = reconcile(112, PARTS, method="wls", variances=VARIANCES)
    for variances in (BY_LABEL, pd.Series(BY_LABEL), VARIANCES):
        found = reconcile(112, NAMED, method="wls", variances=variances)
        assert found.total == pytest.approx(plain.total)
        assert found.parts.to_dict() == pytest.approx(
            dict(zip(NAMED.index, plain.parts, strict=True))
        )
        assert found.parts.name == "2026"
    turned = reconcile(112, NAMED[::-1], method="wls", variances=BY_LABEL)
    assert turned.parts.to_dict() == pytest.approx(found.parts.to_dict())
    assert list(turned.parts.index) == list(NAMED.index[::-1])


def test_totals_and_parts_are_of_the_same_years():
    total = pd.Series({2027: 120.0, 2026: 112.0}, name="product")
    parts = pd.DataFrame([PARTS, [50, 42, 26]], index=[2026, 2027], columns=NAMED.index)
    found = reconcile(total, parts, method="total_fixed")
    assert found.total.to_dict() == {2026: pytest.approx(112), 2027: pytest.approx(120)}
    assert found.total.name == "product"
    np.testing.assert_allclose(found.parts.loc[2026], [46.275, 39.825, 25.9])
    variances = pd.DataFrame([BY_LABEL, BY_LABEL], index=[2027, 2026])
    weighted = reconcile(total, parts, method="wls", variances=variances)
    np.testing.assert_allclose(weighted.parts.loc[2026], [46.2475, 39.66, 25.6525])
    series = {name: AnnualSeries(name, (2026, 2027), tuple(parts[name])) for name in parts}
    again = reconcile(AnnualSeries("t", (2026, 2027), (112, 120)), series, method="total_fixed")
    pd.testing.assert_frame_equal(again.parts, found.parts, check_names=False)
    alone = reconcile(total, parts.loc[[2027, 2026]].to_numpy(), method="bottom_up")
    assert alone.total.to_dict() == {2027: 118.0, 2026: 111.175}


@pytest.mark.parametrize(
    ("total", "parts", "variances", "words"),
    [
        ({2026: 112, 2028: 120}, {"a": {2026: 60, 2027: 70}}, None, "without 2027 and with 2028"),
        ({2026: 112}, {"a": {2026: 60, 2027: 70}}, None, "got it without 2027"),
        (112, NAMED, {"all": 1, "industry": 1, "services": 1}, "without agriculture"),
        (112, NAMED, BY_LABEL | {"taxes": 1}, "with taxes"),
        (112, NAMED, {"industry": 1, "services": 1, "agriculture": 1}, "must hold 4 numbers"),
        (112, pd.Series([1, 2], index=["a", "a"]), None, "`parts` has a twice"),
        ([112, 113], NAMED, None, "one more axis"),
    ],
    ids=[
        "other years",
        "a year missing",
        "a part missing",
        "a part more",
        "no total",
        "twice",
        "two",
    ],
)
def test_labels_that_do_not_fit_are_refused(total, parts, variances, words):
    with pytest.raises(ValueError, match=words):
        reconcile(total, parts, method="wls", variances=variances or VARIANCES)
