"""Numbers that come in: kinds, gaps, labels in another order, labels that do not fit."""

import datetime
import re
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from laikhe_analysis.arrays import as_array, as_number, as_truths, as_years
from laikhe_analysis.checks import check_rates, nearest
from laikhe_analysis.growth import annual_rate, compound
from laikhe_analysis.labels import aligned, items_of, labelled, lined_up, vectors
from laikhe_analysis.series import AnnualSeries

NUMBERS = [1, 1.0, np.int8(1), np.float32(1), np.float64(1), Decimal("1"), Fraction(1), np.array(1)]
MISSING = [None, np.nan, pd.NA, pd.NaT, np.float32("nan")]
NO_NUMBERS = ["1", True, np.bool_(True), b"1", 1j, datetime.date(2025, 1, 1), np.datetime64("2025"),
              pd.Timestamp("2025"), pd.Timedelta(1, "D"), [1], {},
              pytest.param(object(), id="an object")]  # fmt: skip


@pytest.mark.parametrize("value", NUMBERS, ids=lambda x: type(x).__name__)
def test_every_kind_of_number_is_one(value):
    assert as_number("x", value) == 1
    assert compound(100, 0.1, value) == pytest.approx(110)
    assert as_array("x", [value, 2]).tolist() == [1, 2]


@pytest.mark.parametrize("value", MISSING, ids=repr)
def test_what_is_missing_is_nan(value):
    assert np.isnan(as_number("x", value))
    assert np.isnan(compound(100, value, 1))
    assert np.isnan(as_array("x", [1.0, value])).tolist() == [False, True]


@pytest.mark.parametrize("value", NO_NUMBERS, ids=repr)
def test_what_is_no_number_is_refused(value):
    with pytest.raises(TypeError, match="`x` must be a number, got "):
        as_number("x", value)
    if value != [1]:
        with pytest.raises(TypeError, match="`x` must be a number, got "):
            as_array("x", [1.0, value])


def test_tables_of_other_kinds():
    with pytest.raises(TypeError, match=r"`rate` must be a number, got 'a' \(str\)"):
        compound(100, np.array(["a"]), 5)
    with pytest.raises(TypeError, match=r"`rate` must be a number, got True \(bool\)"):
        compound(100, pd.Series([True, False]), 5)
    with pytest.raises(TypeError, match="`rate` must be a number"):
        compound(100, pd.Series(pd.to_datetime(["2025", "2026"])), 5)
    nullable = pd.Series([1, None, 3], dtype="Int64")
    assert as_array("x", nullable.to_numpy())[[0, 2]].tolist() == [1, 3]
    assert compound(nullable, 0.0, 1).isna().tolist() == [False, True, False]
    masked = np.ma.array([1, 2], mask=[False, True])
    assert np.isnan(as_array("x", masked)).tolist() == [False, True]


@pytest.mark.parametrize(
    ("value", "error", "words"),
    [
        (0.3, TypeError, r"`hit` must be true or false, such as `values >= 10`, got 0\.3 \(float"),
        ("no", TypeError, "got 'no'"),
        ([0, 1], TypeError, "must be true or false"),
        (np.nan, ValueError, "`hit` must be known, got 1 missing of 1"),
        ([True, None], ValueError, "got 1 missing of 2"),
        (pd.array([True, pd.NA], dtype="boolean"), ValueError, "got 1 missing of 2"),
        ([1.0, np.nan], ValueError, "got 1 missing of 2"),
        ([True], ValueError, r"`hit` must have one value per case, \(2,\), got \(1,\)"),
        (True, ValueError, r"got \(\)"),
    ],
    ids=str,
)
def test_what_is_no_truth_value_is_refused(value, error, words):
    with pytest.raises(error, match=words):
        as_truths("hit", value, 2, "one value per case")


@pytest.mark.parametrize(
    "value",
    [[True, False], pd.Series([True, False]), pd.array([True, False], dtype="boolean"),
     np.array([True, False], dtype=object)],
    ids=lambda x: type(x).__name__,
)  # fmt: skip
def test_truth_values_of_every_kind(value):
    assert as_truths("hit", value, 2, "one value per case").tolist() == [True, False]


# ------------------------------------------------------------------ labels

FIRST = pd.Series({2024: 100.0, 2025: 110.0}, name="product")
REFUSED = [
    ("a year more", pd.Series({2024: 1, 2025: 2, 2026: 3}), "got it with 2026"),
    ("a year less", pd.Series({2024: 1.0}), "got it without 2025"),
    ("other years", pd.Series({2025: 1, 2026: 2}), "got it without 2024 and with 2026"),
    ("years as text", pd.Series({"2024": 1, "2025": 2}), "without 2024, 2025 and with 2024, 2025"),
    ("a year twice", pd.Series([1, 2], index=[2024, 2024]), "`last` has 2024 twice"),
    ("a label missing", pd.Series([1, 2], index=[2024, np.nan]), "a label that is missing"),
    ("an array of another length", [1, 2, 3], "must be one number, or of the shape (2,)"),
    ("many others", pd.Series(range(1, 10)), "with 0, 1, 2, 3, 4 and 4 more"),
]


@pytest.mark.parametrize(("last", "words"), [c[1:] for c in REFUSED], ids=[c[0] for c in REFUSED])
def test_labels_that_do_not_fit_are_named(last, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        annual_rate(FIRST, last, 1)


def test_an_annual_series_a_mapping_and_an_array_beside_a_series():
    last = {2025: 121.0, 2024: 105.0}
    wanted = {2024: 0.05, 2025: 0.1}
    for given in (last, pd.Series(last), AnnualSeries("x", (2024, 2025), (105, 121)), [105, 121]):
        assert annual_rate(FIRST, given, 1).round(9).to_dict() == wanted
    assert annual_rate(FIRST, last, 1).name is None
    assert annual_rate(FIRST, [105, 121], 1).name == "product"
    assert compound(100, 0.1, FIRST.index - 2023).tolist() == pytest.approx([110, 121])


def test_frames_are_aligned_on_both_axes_and_series_on_theirs():
    frame = pd.DataFrame({"a": [1.0, 2.0], "b": [3.0, 4.0]}, index=[2024, 2025])
    turned = frame.loc[[2025, 2024], ["b", "a"]]
    assert (annual_rate(frame, turned, 1) == 0).all(axis=None)
    by_part = compound(frame, 0.0, 1) * 0 + annual_rate(frame, {"b": 6, "a": 4}, 1)
    assert by_part.loc[2024].tolist() == pytest.approx([3, 1])
    by_year = annual_rate(frame, pd.Series({2025: 8, 2024: 6}), 1)
    assert by_year["a"].tolist() == pytest.approx([5, 3])
    with pytest.raises(ValueError, match="without a, b and with c"):
        annual_rate(frame, {"c": 1}, 1)
    square = frame.set_axis(["a", "b"])
    with pytest.raises(ValueError, match="could go along rows or columns of `first`"):
        annual_rate(square, {"a": 1, "b": 2}, 1)
    with pytest.raises(ValueError, match="`last` has a twice"):
        annual_rate(frame, frame[["a", "a"]], 1)


def test_vectors_and_items():
    (shares, rates), label = vectors("sector", shares={"a": 0.4, "b": 0.6}, rates={"b": 2, "a": 1})
    assert (shares.tolist(), rates.tolist()) == ([0.4, 0.6], [1, 2])
    assert label(rates).to_dict() == {"a": 1, "b": 2}
    with pytest.raises(ValueError, match="`rates` must be one number a sector"):
        vectors("sector", shares=[0.4, 0.6], rates=0.1)
    assert items_of("x", pd.Series({"p": 1})) == {"p": 1}
    assert list(items_of("x", pd.DataFrame({"p": [1, 2]}))) == ["p"]
    with pytest.raises(ValueError, match="`x` has p twice"):
        items_of("x", pd.Series([1, 2], index=["p", "p"]))
    with pytest.raises(TypeError, match=r"`x` must be labelled, .* got \[1\] \(list\)"):
        items_of("x", [1])
    assert labelled("x", {}).empty
    assert lined_up(x={"a": 1}, y={"a": None})[0][1].tolist() == pytest.approx(
        [np.nan], nan_ok=True
    )
    assert isinstance(aligned(x=1)[1](np.float64(2)), float)


@pytest.mark.parametrize(
    ("years", "error", "words"),
    [
        (2026, TypeError, r"such as range\(2026, 2031\), got 2026 \(int\)"),
        ("2026", TypeError, "got '2026'"),
        (["2026"], TypeError, "`years` must be years"),
        ([2026.5], TypeError, "`years` must be years"),
        ([True], TypeError, "`years` must be years"),
        ([], ValueError, "at least one year, got none"),
        ([2026, 2026], ValueError, r"each year once, got \(2026, 2026\)"),
    ],
    ids=str,
)
def test_years_are_whole_numbers_each_once(years, error, words):
    assert as_years(np.arange(2026, 2028)) == as_years(pd.Index([2026, 2027])) == (2026, 2027)
    assert as_years([], least=0) == ()
    with pytest.raises(error, match=words):
        as_years(years)


def test_the_nearest_name_does_not_hang_on_capitals():
    assert nearest("SCENAROI", ["DATA", "SCENARIO"]) == "SCENARIO"
    assert nearest("P1", ["p1", "p2"]) == "p1"
    assert nearest("q", ["p1"]) is None


def test_the_limit_of_a_rate():
    check_rates(None, rate=12)
    check_rates(1.0, rate=[np.nan, -1, 1])
    for limit in (0, -1, np.nan, "1"):
        with pytest.raises(ValueError, match="`limit` must be a positive number, or None, got "):
            check_rates(limit, rate=0.1)
    with pytest.raises(
        ValueError, match="`rate` must be a fraction from -1 to 1, got 12, 13 at pos"
    ):
        check_rates(1.0, rate=[0.1, 12, 13])
