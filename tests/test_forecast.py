"""One series: what is used, what is said, bounds, bad input, and the chance of a target."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laikhe_analysis.checks import Text
from laikhe_analysis.forecast import (
    METHODS,
    base_rates,
    forecast,
    growth_record,
    measured,
    observed_chance,
    reach_probability,
)
from laikhe_analysis.forecast.classical import classical_points, smoothing_fit
from laikhe_analysis.forecast.history import usable_history
from laikhe_analysis.forecast.outside import KINDS, kind_of
from laikhe_analysis.forecast.record import BANDS, RELIABILITY
from laikhe_analysis.forecast.remarks import REMARKS, remark
from laikhe_analysis.panel import forecast_panel
from laikhe_analysis.panel.methods import METHODS as PANEL_METHODS
from laikhe_analysis.panel.short_series import ERRORS, MONEY_GROWTH, USUAL_GROWTH
from laikhe_analysis.records import Target
from laikhe_analysis.series import AnnualSeries

FIGURES = (100.0, 108.0, 115.0, 121.0, 130.0, 136.0, 147.0, 155.0)


def series(values=FIGURES, first=2017, **fields):
    years = tuple(range(first, first + len(values)))
    return AnnualSeries("income", years, tuple(values), **fields)


def target(**fields):
    base = {
        "target_id": "t", "item": "1", "clause": "2.2(4)", "group": "economy",
        "name": Text("thu nhập", "income"), "unit": "index", "kind": "level_by",
        "direction": "at_least", "value": 200.0, "base_year": 2024, "target_year": 2029,
    }  # fmt: skip
    return Target(**(base | fields))


def said(result, name):
    """Return whether one of the notes begins as the remark of that name does."""
    start = REMARKS[name].en.split("{")[0]
    return any(note.en.startswith(start) for note in result.notes)


# ------------------------------------------------------------------ numbers


@pytest.mark.parametrize("method", list(PANEL_METHODS))
def test_one_series_is_a_panel_of_one_row(method):
    one = forecast(series(), 5, method=method)
    many = forecast_panel([FIGURES], 5, method=method)
    np.testing.assert_allclose(one.point, many.point[0], rtol=1e-8)
    for level in (80, 95):
        np.testing.assert_allclose(one.table[f"lo_{level}"], many.lower[level][0], rtol=1e-8)
        np.testing.assert_allclose(one.table[f"hi_{level}"], many.upper[level][0], rtol=1e-8)


@settings(derandomize=True, deadline=None, max_examples=20)
@given(st.lists(st.floats(0.5, 1e5), min_size=1, max_size=20))
def test_one_series_is_a_panel_of_one_row_whatever_it_holds(values):
    one, many = forecast(series(values), 4), forecast_panel([values], 4)
    np.testing.assert_allclose(one.point, many.point[0], rtol=1e-8)
    np.testing.assert_allclose(one.quantile(0.9), many.quantile(0.9)[0], rtol=1e-8)


def test_table_and_years():
    f = forecast(series(), 3, levels=(50, 80))
    assert list(f.table) == ["year", "point", "lo_50", "hi_50", "lo_80", "hi_80"]
    assert f.table["year"].tolist() == [2025, 2026, 2027]
    np.testing.assert_array_equal(f.table["hi_80"], f.quantile(0.9))


def test_a_pandas_series_and_a_mapping_give_the_same():
    frame = pd.Series(FIGURES, index=range(2017, 2025), name="income")
    before = frame.copy()
    runs = [forecast(data, 3) for data in (series(), frame, frame.to_dict())]
    for other in runs[1:]:
        np.testing.assert_array_equal(other.point, runs[0].point)
    pd.testing.assert_series_equal(frame, before)


def test_what_a_forecast_knows():
    f = forecast(series(origin="press"), 2, method="theta")
    assert (f.method, f.requested, f.known) == ("theta", "theta", 8)
    assert f.history.years == tuple(range(2017, 2025))
    assert f.origin == "derived"
    assert forecast(series(origin="assumption"), 2).origin == "assumption"
    assert forecast(series(), 2).method == "corrected"
    assert forecast(series(), 2).notes == ()
    assert forecast(series(FIGURES[:5]), 2).method == "adaptive"
    assert forecast(series((3, 0, 2, 5, 4, 6)), 2).method == "adaptive"


def test_a_reference_rate_is_an_origin_where_it_is_used():
    kwargs = {"reference_rate": 0.08, "reference_origin": "statement"}
    used = forecast(series(), 2, method="shrunk_growth", **kwargs)
    assert used.origin == "statement"
    assert used.reference_rate == 0.08
    assert said(used, "reference")
    unused = forecast(series(), 2, **kwargs)
    assert (unused.origin, unused.reference_rate) == ("derived", None)
    short = forecast(series(FIGURES[:3]), 2, **kwargs)
    # three years: 3 / 10 for the own growth, 7 / 10 for the reference
    pace = 0.3 * math.log(1.15) / 2 + 0.7 * math.log(1.08)
    np.testing.assert_allclose(short.point, 115 * np.exp(pace * np.array([1, 2])))
    assert said(short, "reference")
    assert not said(short, "usual_growth")


# ------------------------------------------------------------------ what is used


@pytest.mark.parametrize("years", [1, 2, 3, 4])
def test_below_five_years_growth_is_drawn_to_the_usual_and_there_is_no_probability(years):
    f = forecast(series(FIGURES[:years]), 5)
    last, weight = FIGURES[years - 1], years / (years + 7) if years > 1 else 0
    own = math.log(last / 100) / max(years - 1, 1)
    pace = weight * own + (1 - weight) * math.log(1 + USUAL_GROWTH)
    assert f.method == "short"
    np.testing.assert_allclose(f.point, last * np.exp(pace * np.arange(1, 6)))
    ratio = np.log(f.quantile(0.9) / f.point) / np.log(f.quantile(0.1) / f.point)
    np.testing.assert_allclose(ratio, ERRORS[5] / ERRORS[1])
    assert said(f, "few_years")
    assert said(f, "usual_growth")
    assert f"Mới có {years} số liệu năm" in f.notes[0].vi
    assert np.isnan(f.probability_above(100)).all()


def test_few_figures_of_money_at_current_prices_are_drawn_to_its_usual_growth():
    f, other = (forecast(series(FIGURES[:4], price_basis=basis), 5) for basis in ("current", "n/a"))
    rates = math.log(1 + MONEY_GROWTH), math.log(1 + USUAL_GROWTH)
    np.testing.assert_allclose(
        f.point / other.point, np.exp(7 / 11 * (rates[0] - rates[1]) * np.arange(1, 6))
    )
    assert said(f, "usual_money")
    assert not said(f, "usual_growth")
    given = forecast(series(FIGURES[:4], price_basis="current"), 5, reference_rate=0.03)
    assert said(given, "reference")
    assert not said(given, "usual_money")


def test_few_figures_of_a_share_are_drawn_to_no_growth():
    f = forecast(series((40.0, 44.0), unit="%"), 3)
    odds = 40 / 60, 44 / 56
    pace = (odds[1] / odds[0]) ** (2 / 9)
    expected = odds[1] * pace ** np.arange(1, 4)
    np.testing.assert_allclose(f.point, 100 * expected / (1 + expected))
    assert not said(f, "usual_growth")


def test_a_reference_rate_makes_a_share_grow_on_either_side_of_its_middle():
    for values in ((10.0, 10.0), (90.0, 90.0)):
        f = forecast(series(values, unit="%"), 2, reference_rate=0.03)
        np.testing.assert_allclose(f.point, values[1] * 1.03 ** (7 / 9 * np.array([1, 2])))


def test_money_at_current_prices_says_how_such_series_came_out():
    f = forecast(series(price_basis="current"), 3)
    assert said(f, "money")
    above, held, count = BANDS["money"]
    assert f"Of {count} such series, {100 * above:.0f}%" in f.notes[0].en
    assert f"the 80 % band held {100 * held:.0f}%" in f.notes[0].en
    assert not said(forecast(series(price_basis="constant 2010"), 3), "money")
    plain = forecast(series(price_basis="current"), 3, method="adaptive")
    assert plain.notes == (remark("prices"),)


def test_history_before_a_break_is_cut():
    whole = series(breaks=(2019,))
    f = forecast(whole, 2)
    assert f.breaks_cut == (2019,)
    assert f.history.years[0] == 2019
    assert said(f, "break")
    np.testing.assert_array_equal(f.point, forecast(series(FIGURES[2:], 2019), 2).point)


def test_short_gaps_are_bridged_at_an_even_rate():
    gap = AnnualSeries("x", (2010, 2011, 2013, 2014, 2016, 2017), (100, 110, 133.1, 140, 150, 155))
    history = usable_history(gap)
    assert history.known == 6
    assert history.series.at(2012) == pytest.approx(121)
    assert history.series.at(2015) == pytest.approx(math.sqrt(140 * 150))
    f = forecast(gap, 2)
    assert said(f, "gap")
    assert "2012, 2015" in f.notes[0].en
    dense = forecast(history.series, 2)
    assert (f.quantile(0.9) / f.point > dense.quantile(0.9) / dense.point).all()


@pytest.mark.parametrize(
    "hole", [None, pd.NA, np.ma.masked, math.nan], ids=["None", "NA", "masked", "NaN"]
)
def test_a_year_without_a_figure_is_a_gap_however_it_is_written(hole):
    figures = dict(zip(range(2017, 2025), FIGURES, strict=True))
    f = forecast(figures | {2020: hole}, 2)
    del figures[2020]
    np.testing.assert_array_equal(f.point, forecast(figures, 2).point)
    assert said(f, "gap")
    assert f.known == 7


def test_a_missing_last_year_moves_the_start():
    values = (*FIGURES[:-1], math.nan)
    assert forecast(series(values), 2).years == (2024, 2025)


def test_history_before_a_long_gap_is_not_used():
    f = forecast(AnnualSeries("x", (2010, 2014, 2015), (1.0, 2.0, 3.0)), 1)
    assert f.known == 2
    assert said(f, "long_gap")


def test_a_gap_in_a_series_with_zeros_is_bridged_in_even_steps():
    f = usable_history(AnnualSeries("x", (2010, 2012, 2013), (0.0, 4.0, 5.0)))
    assert f.series.at(2011) == 2


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ((3, 0, 2, 5, 4, 6), "not_positive"),
        ((3, -1, 2, 5, 4, 6), "not_positive"),
        ((4.0,) * 6, "constant"),
        ((10, 10.5, 11, 300, 11.4, 12), "outlier"),
    ],
    ids=["zero", "negative", "constant", "outlier"],
)
def test_odd_values_are_pointed_out(values, name):
    f = forecast(series(values), 3)
    assert said(f, name)
    assert np.isfinite(f.table.to_numpy()).all()


def test_the_year_of_an_outlier_is_named():
    f = forecast(series((10, 10.5, 11, 300, 11.4, 12)), 1)
    assert "2020" in f.notes[0].en


def test_a_long_horizon_is_allowed_and_marked():
    f = forecast(series(), 50)
    assert len(f.years) == 50
    assert said(f, "far")
    assert np.isfinite(f.table.to_numpy()).all()
    assert not said(forecast(series(), 6), "far")
    assert said(forecast(series(), 7), "far"), "tested on six years ahead"


def test_growth_that_hits_the_tenfold_is_marked():
    assert said(forecast(series(2.0 ** np.arange(8)), 6, method="mean_growth"), "held")
    assert not said(forecast(series(), 6, method="mean_growth"), "held")


# ------------------------------------------------------------------ bounds


@pytest.mark.parametrize(
    ("values", "bounds"),
    [
        ((60, 66, 71, 77, 82, 88, 93, 97), (0, 100)),
        ((0.4, 0.3, 0.22, 0.15, 0.09, 0.05), (0, 1)),
        ((12, 9, 7, 5, 2, 1, 0), (0, 100)),
        ((98, 99, 100, 100, 100, 100), (0, 100)),
        ((55, 52, 54, 51, 56, 53), (0, 100)),
    ],
    ids=["nearing 100", "nearing 0", "at 0", "at 100", "in the middle"],
)
@pytest.mark.parametrize("method", ["auto", "combination", "drift", "theta", "ets", "naive"])
def test_shares_stay_within_their_bounds(values, bounds, method):
    f = forecast(series(values), 8, method=method, bounds=bounds)
    numbers = f.table.drop(columns="year").to_numpy()
    assert (numbers >= bounds[0]).all()
    assert (numbers <= bounds[1]).all()
    assert said(f, "bounds")
    assert (f.quantile(0.1) <= f.quantile(0.5)).all()


@pytest.mark.parametrize("level", [0.0, 0.2], ids=["near the bound", "in the middle"])
def test_a_share_and_what_is_missing_to_one_mirror_each_other(level):
    low = level + np.array([0.09, 0.08, 0.077, 0.07, 0.06, 0.055])
    f, mirror = (forecast(series(values), 4, bounds=(0, 1)) for values in (low, 1 - low))
    np.testing.assert_allclose(mirror.point, 1 - f.point)
    np.testing.assert_allclose(mirror.quantile(0.9), 1 - f.quantile(0.1))
    np.testing.assert_allclose(mirror.probability_above(0.85), 1 - f.probability_above(0.15))


def test_between_its_bounds_a_share_is_forecast_by_its_odds():
    values = np.array([20.0, 24, 25, 29, 31, 36])
    f, odds = forecast(series(values), 4, bounds=(0, 100)), values / (100 - values)
    other = forecast(series(odds), 4)
    np.testing.assert_allclose(f.point, 100 * other.point / (1 + other.point))
    np.testing.assert_allclose(f.quantile(0.1), 100 / (1 + 1 / other.quantile(0.1)))
    np.testing.assert_allclose(f.probability_above(40), other.probability_above(40 / 60))
    assert (f.probability_above(100) == 0).all()
    assert (f.probability_above(0) == 1).all()


@pytest.mark.parametrize(
    ("values", "unit", "is_share"),
    [
        ((96, 97, 97.5, 98, 98.5, 99), "%", True),
        ((0.96, 0.97, 0.975, 0.98, 0.985, 0.99), "fraction", True),
        ((96, 97, 101, 98, 98.5, 99), "%", False),
        ((96, -1, 97.5, 98, 98.5, 99), "%", False),
        ((96, 97, 97.5, 98, 98.5, 99), "index", False),
    ],
    ids=["per cent", "fraction", "above 100", "below 0", "no share"],
)
def test_a_share_that_never_left_its_whole_stays_within(values, unit, is_share):
    f = forecast(series(values, unit=unit), 6)
    assert said(f, "share") == is_share
    assert (f.quantile(0.975).max() <= (1 if unit == "fraction" else 100)) == is_share


def test_other_bounds_may_be_given_for_a_share():
    f = forecast(series((96, 97, 97.5, 98, 98.5, 99), unit="%"), 6, bounds=(0, 200))
    assert f.quantile(0.975).max() > 100
    assert said(f, "bounds")
    assert not said(f, "share")


def test_a_rate_that_falls_steadily_may_go_on_falling():
    # the whole country's kind of poverty figures, made up: the fall goes on at its pace, or stops
    f = forecast(series((14.2, 12.6, 11.1, 9.6, 8.2, 7.0, 5.9), unit="%"), 5)
    pace = (5.9 / 14.2) ** (1 / 6)
    onwards = 5.9 * pace ** np.arange(1, 6)
    assert (f.quantile(0.1) < onwards).all()
    assert (f.quantile(0.9) < 7.5).all()
    assert (f.quantile(0.025) >= 0).all()


def test_the_chance_of_reaching_a_full_share_is_that_of_the_bound():
    f = forecast(series((80, 85, 89, 92, 95, 97, 98.5)), 5, bounds=(0, 100))
    full = f.probability_above(100)
    assert ((full >= 0) & (full < 0.5)).all()
    assert (f.probability_above(100, strict=True) == 0).all()
    assert f.quantile(0.999)[-1] == 100 or full[-1] < 0.001


# ------------------------------------------------------------------ classical methods


@pytest.mark.parametrize(
    ("method", "values", "name"),
    [
        ("ets", np.arange(10.0, 22.0), "ETS(AAN)"),
        ("arima", np.arange(10.0, 22.0) + 0.1 * np.sin(np.arange(12)), "+ drift"),
    ],
)
def test_the_classical_methods_carry_a_line_on(method, values, name):
    points, model = classical_points(values, 3, method)
    assert name in model
    np.testing.assert_allclose(points, [22, 23, 24], atol=0.3 if method == "arima" else 1e-9)


def test_smoothing_of_a_line_of_six_years_ends_at_its_last_value():
    # 100, 105, ..., 125: too short for a trend; alpha 1 misses five times by 5, the mean 437.5
    steps = np.arange(100.0, 126, 5)
    squares, points, constants = smoothing_fit(steps, 2, trend=False, damped=False)
    assert squares == pytest.approx(125)
    np.testing.assert_allclose(points, 125)
    assert constants[0] == 1
    assert forecast(series(steps), 2, method="ets").point.tolist() == pytest.approx([125, 125])
    # with a seventh year the trend is fitted, and nothing is missed
    assert forecast(series([*steps, 130]), 2, method="ets").point.tolist() == pytest.approx(
        [135, 140]
    )


SHAPES = {"ANN": (False, False), "AAN": (True, False), "AAdN": (True, True)}


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("years", [8, 20])
def test_smoothing_finds_an_optimum_that_statsmodels_does_not_beat(name, years):
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    trend, damped = SHAPES[name]
    rng = np.random.default_rng(years)
    for _ in range(3):
        y = 100 + np.cumsum(rng.normal(2, 5, years))
        model = ETSModel(y, error="add", trend="add" if trend else None, damped_trend=damped)
        other = model.fit(disp=False)
        squares, _, _ = smoothing_fit(y, 3, trend=trend, damped=damped)
        assert squares <= (other.resid**2).sum() * (1 + 1e-6)


@pytest.mark.parametrize("name", SHAPES)
def test_smoothing_is_that_of_statsmodels_at_the_same_constants(name):
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    trend, damped = SHAPES[name]
    rng = np.random.default_rng(3)
    y = 100 + np.cumsum(rng.normal(2, 5, 14))
    squares, points, (alpha, share, phi) = smoothing_fit(y, 3, trend=trend, damped=damped)
    model = ETSModel(y, error="add", trend="add" if trend else None, damped_trend=damped)
    fixed = {"smoothing_level": alpha}
    fixed |= {"smoothing_trend": alpha * share} if trend else {}
    fixed |= {"damping_trend": phi} if damped else {}
    with model.fix_params(fixed):  # only the first states are left to be fitted
        twin = model.fit(disp=False, maxiter=2000)
    assert squares == pytest.approx((twin.resid**2).sum(), rel=1e-5)
    np.testing.assert_allclose(points, twin.forecast(3), rtol=1e-4)


@pytest.mark.parametrize("method", ["ets", "arima"])
def test_the_classical_methods_have_the_common_band(method):
    f, other = (forecast(series(), 3, method=name) for name in (method, "naive"))
    assert f.model
    assert f.model in f.explain("en")
    np.testing.assert_allclose(f.quantile(0.9) / f.point, other.quantile(0.9) / other.point)


@pytest.mark.parametrize("method", [name for name in METHODS if PANEL_METHODS.get(name, 9) > 1])
def test_a_series_too_short_for_a_method_is_carried_on_with_a_note(method):
    f = forecast(series(FIGURES[:1]), 2, method=method)
    assert (f.method, f.point[0]) == ("naive", FIGURES[0])
    assert said(f, "too_short")


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    "values",
    [(5.0,) * 7, (0.0,) * 7, (1e-9, 2e-9, 1e-9, 3e-9, 2e-9, 4e-9), (1e9, 1, 1e9, 1, 1e9, 1),
     (0, 0, 0, 0, 0, 9), (-5, -4, -6, -5, -7, -6)],
    ids=["constant", "zeros", "tiny", "wild", "one value", "negative"],
)  # fmt: skip
def test_no_method_crashes_warns_or_is_silent(method, values):
    table = forecast(series(values), 4, method=method).table
    assert np.isfinite(table.to_numpy()).all()
    assert (table["lo_95"] <= table["lo_80"]).all()
    assert (table["hi_80"] <= table["hi_95"]).all()
    if min(values) >= 0:
        assert (table.to_numpy() >= 0).all()


# ------------------------------------------------------------------ words


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_explanation_is_one_sentence_with_the_numbers(method, lang):
    sentence = forecast(series(unit="billion VND"), 3, method=method).explain(lang)
    assert sentence.endswith(".")
    assert "2027" in sentence
    assert "8" in sentence
    assert ("tỷ đồng" if lang == "vi" else "billion VND") in sentence
    assert sentence[0].isupper()


def test_the_vietnamese_explanation_is_written_in_the_vietnamese_way():
    sentence = forecast(series((1234.5,)), 1, method="naive").explain()
    assert sentence.startswith("Giữ nguyên số cuối cùng, tính từ 1 số liệu năm (2017): năm 2018")
    assert "1.234" in sentence


@pytest.mark.parametrize("name", REMARKS)
def test_remarks_have_the_same_parts_in_both_languages(name):
    import string

    parts = [
        {field for _, field, _, _ in string.Formatter().parse(text) if field}
        for text in REMARKS[name].both
    ]
    assert parts[0] == parts[1]
    filled = remark(name, **dict.fromkeys(parts[0], Text("việt", "english")))
    assert "{" not in filled.vi + filled.en


# ------------------------------------------------------------------ the chance of a target


def test_the_chance_is_that_of_the_distribution_and_the_target_is_not_seen():
    f = forecast(series(), 5)
    p = reach_probability(f, target(value=200.0))
    assert p.value == pytest.approx(float(f.probability_above(200.0)[4]))
    assert (p.goal, p.year, p.reason) == (200.0, 2029, None)
    assert reach_probability(f, 200.0).value == p.value
    quantile = float(f.quantile(0.75)[4])
    assert reach_probability(f, quantile).value == pytest.approx(0.25)


def test_an_average_rate_becomes_the_level_that_it_leads_to():
    f = forecast(series(), 5)
    p = reach_probability(f, target(kind="average_rate", unit="fraction/year", value=0.12))
    assert p.goal == pytest.approx(155 * 1.12**5)


@pytest.mark.parametrize(
    ("direction", "value", "tolerance", "goal", "is_above"),
    [
        ("at_least", 180, 0, 180, True),
        ("above", 180, 0, 180, True),
        ("about", 180, 5, 175, True),
        ("at_most", 180, 0, 180, False),
        ("below", 180, 5, 185, False),
    ],
)
def test_the_direction_decides_which_side_counts(direction, value, tolerance, goal, is_above):
    f = forecast(series(), 5)
    p = reach_probability(f, target(direction=direction, value=value, tolerance=tolerance))
    above = float(f.probability_above(goal)[4])
    assert p.value == pytest.approx(above if is_above else 1 - above)


def test_strictly_above_and_at_most_count_the_bound_itself_differently():
    years = range(2018, 2025)
    risen = dict(zip(years, (80, 85, 89, 92, 95, 97, 98.5), strict=True))
    fallen = {year: 100 - value for year, value in risen.items()}
    chances = {}
    for data, goal, directions in (
        (risen, 100.0, ("at_least", "above")),
        (fallen, 0.0, ("at_most", "below")),
    ):
        f = forecast(data, 5, bounds=(0, 100))
        for direction in directions:
            aim = target(direction=direction, value=goal)
            chances[direction] = reach_probability(f, aim).value
    assert chances["at_least"] > 0.001
    assert chances["above"] == 0
    assert chances["at_most"] == pytest.approx(chances["at_least"])
    assert chances["below"] == 0


def test_what_became_of_such_statements_stands_beside_the_chance():
    f = forecast(series(price_basis="constant 2010"), 5)
    goal = float(f.quantile(0.85)[4])
    p = reach_probability(f, goal)
    assert p.value == pytest.approx(0.15)
    assert p.observed == observed_chance(0.15, "product")
    assert (p.observed.low, p.observed.high) == (0.1, 0.2)
    assert "said 10 to 20 per cent" in p.observed.text.en
    assert "từ 10 đến 20%" in p.observed.text.vi
    assert not hasattr(p, "is_upper_bound")


def test_ten_years_of_nine_per_cent_get_one_consistent_answer():
    steady = series(100 * 1.09 ** np.arange(11), 2014, price_basis="constant 2010")
    f = forecast(steady, 5)
    p = reach_probability(f, steady.values[-1] * 1.09**5)
    low, high = p.observed.low, p.observed.high
    assert low <= p.value < high
    assert low - 0.1 <= p.observed.value <= high + 0.1
    # of economies that had grown by 8 to 10 % for ten years, about as many kept the pace
    record = growth_record().set_index("past_low").loc[0.08]
    assert record.kept == pytest.approx(p.value, abs=0.1)
    assert p.notes == ()


@pytest.mark.parametrize(
    ("change", "goal"),
    [
        ({"horizon": 2}, 170.0),
        ({"values": FIGURES[:5]}, 140.0),
        ({"values": (3, 0, 2, 5, 4, 6)}, 8.0),
        ({}, 150.0),
        ({"fields": {"direction": "at_most"}}, 180.0),
        ({"method": "drift"}, 180.0),
    ],
    ids=["two years", "five figures", "a zero", "below today", "a fall", "another method"],
)
def test_no_record_is_lent_where_none_was_made(change, goal):
    f = forecast(
        series(change.get("values", FIGURES)), change.get("horizon", 5),
        method=change.get("method", "auto"),
    )  # fmt: skip
    aim = target(value=goal, target_year=f.years[-1], **change.get("fields", {}))
    p = reach_probability(f, aim)
    assert p.value is not None
    assert p.observed is None


def test_the_record_of_chances_is_whole_and_near_what_was_said():
    for kind in KINDS:
        rows = [row for row in RELIABILITY if row[0] == kind]
        assert [row[1] for row in rows[1:]] == [row[2] for row in rows[:-1]]
        assert (rows[0][1], rows[-1][2]) == (0, 1)
    for kind, low, high, stated, came, _ in RELIABILITY:
        assert low <= stated <= high
        if kind != "money" and low >= 0.1 and high <= 0.8:
            assert abs(stated - came) <= 0.1
    assert BANDS["product"][0] <= 0.60


@pytest.mark.parametrize(
    ("basis", "kind"),
    [("constant 2010", "product"), ("constant", "product"), ("current", "money"), ("n/a", "other"),
     ("not stated", "other")],
)  # fmt: skip
def test_the_price_basis_tells_the_kind_of_series(basis, kind):
    assert kind_of(basis) == kind


def test_a_chance_without_a_hundred_cases_has_no_record(monkeypatch):
    from laikhe_analysis.forecast import outside

    monkeypatch.setattr(outside, "RELIABILITY", (("other", 0, 1, 0.5, 0.5, 99),))
    assert observed_chance(0.5, "other") is None


@pytest.mark.parametrize(("stated", "kind"), [(1.5, "other"), (math.nan, "other"), (0.5, "people")])
def test_a_record_that_cannot_be_is_refused(stated, kind):
    with pytest.raises(ValueError, match=r"`stated` must be a fraction|`kind` must be one of"):
        observed_chance(stated, kind)


def test_the_record_of_growth_shows_what_fast_growth_became():
    record = growth_record()
    assert (record["next_10"] < record["next_50"]).all()
    assert (record["next_50"] < record["next_90"]).all()
    fast = record[record["past"] > 0.08]
    assert (fast["next_50"] < fast["past"]).all()
    assert (fast["kept"] < 0.25).all()


def test_a_level_to_be_held_every_year_is_told_to_be_harder():
    p = reach_probability(forecast(series(), 5), target(kind="annual_level", value=120.0))
    assert p.value > 0.9
    assert p.notes[0].en == remark("every_year", year=2029).en


def test_per_cents_of_the_target_meet_fractions_of_the_series():
    shares = series((0.5, 0.52, 0.55, 0.56, 0.6, 0.61), unit="ratio")
    f = forecast(shares, 7, bounds=(0, 1))
    p = reach_probability(f, target(unit="%", value=65.0))
    assert p.goal == 0.65
    assert 0 < p.value < 1


@pytest.mark.parametrize(
    ("data", "fields", "wanted"),
    [
        (series(FIGURES[:4], 2021), {}, "only 4 yearly figures"),
        (series(), {"target_year": 2035}, "covers 2025-2029, not 2035"),
        (series(), {"unit": "billion VND"}, "the target is in billion VND, the series in index"),
        (series(), {"kind": "cumulative"}, "not the level of one year"),
        (series(), {"kind": "milestone"}, "not the level of one year"),
        (series(), {"kind": "average_rate", "base_year": 2010}, "base year 2010 is missing"),
        (
            series(price_basis="current"),
            {"price_basis": "constant 2010"},
            "at constant 2010 prices, the series at current prices",
        ),
    ],
    ids=["few years", "horizon", "unit", "cumulative", "milestone", "base year", "prices"],
)
def test_no_chance_without_the_reason(data, fields, wanted):
    p = reach_probability(forecast(data, 5), target(**fields))
    assert p.value is None
    assert wanted in p.reason.en
    assert p.reason.vi.startswith("chưa tính khả năng đạt")


def test_base_rates_are_those_on_record():
    # methods.md 3.5 (M3) and the world's record of five-year windows
    assert [r.value for r in base_rates(0.13, 0.08, 6)] == [0.16, 0.048, 0.014]
    assert [r.value for r in base_rates(0.13, 0.06, 12)] == [0.12, 0.048, 0.014]
    assert [r.value for r in base_rates(0.10, 0.10, 12)] == [0.31, 0.03]
    assert base_rates(0.02, 0.05) == ()
    assert base_rates(-0.02, -0.05) == ()
    assert [r.value for r in base_rates(0.12)] == [0.048, 0.014]


def test_base_rates_stand_beside_a_chance_and_beside_its_absence():
    long, short = forecast(series(), 5), forecast(series(FIGURES[:4], 2021), 5)
    goal = target(kind="average_rate", unit="fraction/year", value=0.15)
    # the past grew 6.46 % a year, so 15 % is more than twice as fast
    assert [r.value for r in reach_probability(long, goal).base_rates] == [0.09, 0.048, 0.014]
    assert reach_probability(short, goal).base_rates


# ------------------------------------------------------------------ bad input


@pytest.mark.parametrize(
    ("arguments", "error", "wanted"),
    [
        ({"horizon": 0}, ValueError, "at least 1 year, got 0"),
        ({"horizon": 2.5}, TypeError, "whole number"),
        ({"horizon": 2030}, ValueError, "at most 100 years, got 2030: give the number of years"),
        ({"method": "holt"}, ValueError, "`method` must be one of"),
        ({"levels": (0.8, 95)}, ValueError, r"got 0\.8 \(for 80 %, write 80\)"),
        ({"levels": (80, 101)}, ValueError, "from 1 to below 100, got 101"),
        ({"levels": 80}, TypeError, r"`levels` must be a tuple of per cents, .* got 80 \(int\)"),
        ({"levels": "80"}, TypeError, r"`levels` must be a tuple of per cents, .* got '80'"),
        ({"levels": ("80",)}, TypeError, r"`levels` must be a tuple of per cents, .* got '80'"),
        ({"bounds": (0, 100)}, ValueError, "all values between them"),
        ({"bounds": (200, 100)}, ValueError, "a lower and a higher number"),
        ({"reference_rate": -1.0}, ValueError, "`reference_rate`"),
        ({"reference_rate": math.nan}, ValueError, "`reference_rate`"),
        ({"reference_rate": 12}, ValueError, "got 12: 12 % is 0.12"),
        ({"reference_rate": 0.05, "reference_origin": "rumour"}, ValueError, "rumour"),
    ],
)
def test_bad_arguments_are_refused(arguments, error, wanted):
    call = {"horizon": 2} | arguments
    with pytest.raises(error, match=wanted):
        forecast(series(), call.pop("horizon"), **call)


@pytest.mark.parametrize("data", [AnnualSeries("x", (), ()), series((math.nan, math.nan))])
def test_a_series_without_a_value_is_refused(data):
    with pytest.raises(ValueError, match="holds no value"):
        forecast(data, 2)


def test_figures_without_years_are_refused():
    with pytest.raises(TypeError, match="got list: say of which year each value is"):
        forecast([1, 2, 3], 2)


def test_an_infinite_value_is_refused():
    with pytest.raises(ValueError, match="finite"):
        forecast({2020: 1.0, 2021: math.inf}, 2)


def test_an_unknown_classical_method_is_refused():
    with pytest.raises(ValueError, match="`method` must be one of ets, arima"):
        classical_points(np.arange(8.0), 2, "garch")


RESULTS = Path(__file__).parent.parent / "benchmarks" / "results"


def test_what_was_measured_is_what_the_benchmarks_kept():
    kept = pd.read_csv(RESULTS / "m3_yearly_summary.csv").set_index(["cut", "method"])
    contest = measured("contest").set_index(["cut", "method"])
    published = contest[contest.smape.isna()]
    ours = contest.drop(published.index)
    assert set(ours.index) == set(kept.index)
    columns = {"in_80": "coverage_80", "in_95": "coverage_95"}
    for name in ours:
        assert (ours[name] == kept[columns.get(name, name)].loc[ours.index]).all(), name
    # fev, Chronos zero-shot benchmark II, dataset monash_m3_yearly: 2.7099, 2.9061, 2.8254
    found = published.mase["full"].round(3)
    assert dict(found[["TiRex", "Chronos-Bolt", "Moirai"]]) == {
        "TiRex": 2.710, "Chronos-Bolt": 2.906, "Moirai": 2.825,
    }  # fmt: skip
    change = pd.read_csv(RESULTS / "correction.csv").query("trained == 'without it'")
    left_out = measured("correction").set_index("group")
    assert dict(left_out.smape) == pytest.approx(
        dict(zip(change.group, change.smape_change / 100, strict=True)), abs=1e-5
    )


def test_tables_of_what_was_measured():
    bands, chances = measured("bands").set_index("kind"), measured("chances")
    assert list(bands.index) == ["product", "money", "other"]
    assert ((chances.low < chances.stated) & (chances.stated < chances.high)).all()
    with pytest.raises(
        ValueError, match="`what` must be one of contest, correction, bands, chances"
    ):
        measured("speed")


def test_a_chance_is_of_a_forecast_and_a_number():
    with pytest.raises(TypeError, match="takes a forecast, as `forecast"):
        reach_probability(series(), 60)
    with pytest.raises(TypeError, match="a target or a number, got '60'"):
        reach_probability(forecast(series(), 3), "60")
