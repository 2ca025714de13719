"""Rolling origins: no leakage, scores by hand, standard errors, comparison."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from laikhe_analysis.backtest import Backtest, backtest, compare
from laikhe_analysis.backtest.scores import CRPS_LEVELS, score_cases, scored_levels
from laikhe_analysis.forecast import forecast
from laikhe_analysis.panel import forecast_panel
from laikhe_analysis.series import AnnualSeries


def walks(series=6, years=14, seed=0):
    rng = np.random.default_rng(seed)
    return 100 * np.exp(np.cumsum(rng.normal(0.04, 0.1, (series, years)), axis=1))


# ------------------------------------------------------------------ leakage


def test_a_method_gets_the_past_and_nothing_that_leads_to_the_future():
    values = walks()
    seen = []

    def spy(history, horizon):
        assert history.base is None, "a view would lead to the whole table"
        seen.append(history)
        return np.repeat(history[:, -1:], horizon, axis=1)

    backtest(values, spy, horizon=3, origins=4)
    assert [history.shape[1] for history in seen] == [8, 9, 10, 11]
    for history in seen:
        np.testing.assert_array_equal(history, values[:, : history.shape[1]])


def test_a_cheat_that_overwrites_what_it_gets_changes_nothing():
    values = walks()
    before = values.copy()

    def cheat(history, horizon):
        history[:] = 1e9
        while history.base is not None:
            history = history.base
        return np.full((len(history), horizon), 5.0)

    run = backtest(values, cheat, horizon=2, origins=3)
    np.testing.assert_array_equal(values, before)
    assert (run.actual < 1e6).all()
    # the scale of mase comes from the true history, not from what the cheat left behind
    honest = backtest(values, lambda h, n: np.full((len(h), n), 5.0), horizon=2, origins=3)
    np.testing.assert_array_equal(run.scores["mase"], honest.scores["mase"])


def test_forecasts_do_not_change_when_the_future_does():
    values = walks()
    other = values.copy()
    other[:, -3:] *= 50
    runs = [backtest(table, "auto", horizon=3, origins=1) for table in (values, other)]
    np.testing.assert_array_equal(runs[0].point, runs[1].point)
    assert (runs[0].actual != runs[1].actual).all()


# ------------------------------------------------------------------ scores by hand

HISTORY = np.array([[1.0, 2.0, 4.0, 3.0]])  # changes 1, 2, -1: mean size 4/3, mean square 2
ACTUAL, POINT = np.array([[5.0, 9.0]]), np.array([[4.0, 6.0]])


def test_point_scores_by_hand():
    scores = score_cases(HISTORY, ACTUAL, POINT)
    assert list(scores) == ["smape", "mase", "rmsse"]
    assert scores["smape"][0] == pytest.approx((200 / 9 + 600 / 15) / 2)
    assert scores["mase"][0] == pytest.approx(2 / (4 / 3))
    assert scores["rmsse"][0] == pytest.approx(np.sqrt(5 / 2))


def test_band_scores_by_hand():
    quantiles = dict.fromkeys(CRPS_LEVELS, POINT)
    quantiles |= {0.1: np.array([[3.0, 5.0]]), 0.9: np.array([[5.5, 8.0]])}
    scores = score_cases(HISTORY, ACTUAL, POINT, quantiles, levels=(80,))
    # widths 2.5 and 3; the second outcome lies 1 above, fined 2 / 0.2 = 10
    assert scores["msis_80"][0] == pytest.approx((2.5 + 3 + 10) / 2 / (4 / 3))
    assert scores["coverage_80"][0] == 0.5
    # a distribution in one point: the crps is the absolute error
    assert scores["crps"][0] == pytest.approx(scores["mase"][0])


def test_a_band_of_a_crps_level_is_scored_too():
    run = backtest(walks(), "naive", horizon=2, origins=1, levels=(90, 50))
    assert {"coverage_90", "msis_50"} <= set(run.scores)
    assert scored_levels((90,))[:2] == [0.05, 0.95]


def test_crps_of_a_wide_uniform_distribution():
    # uniform on (0, 1), outcome 0.5: CRPS = 1/12 (integral of F squared on both sides)
    quantiles = {level: np.array([[level]]) for level in scored_levels(())}
    history = np.array([[0.0, 1.0]])
    scores = score_cases(history, np.array([[0.5]]), np.array([[0.5]]), quantiles, levels=())
    assert scores["crps"][0] == pytest.approx(1 / 12, abs=0.002)


def test_two_zeros_are_a_perfect_forecast():
    zeros = np.zeros((1, 2))
    assert score_cases(HISTORY, zeros, zeros)["smape"][0] == 0


def test_a_constant_history_has_no_scale_and_is_left_out():
    values = np.vstack([np.full(12, 3.0), walks(1, 12)])
    run = backtest(values, "naive", horizon=2, origins=2)
    assert run.score("mase").series == 1
    assert run.score("smape").series == 2
    assert run.score("mase").standard_error is None
    with pytest.raises(ValueError, match="defined for none"):
        backtest(values[:1], "naive", horizon=2).score("mase")


# ------------------------------------------------------------------ rolling origins


def test_series_that_are_too_short_at_an_origin_are_left_out():
    values = walks(3, 12)
    values[1, :5] = np.nan
    run = backtest(values, "naive", horizon=2, origins=5, min_years=5)
    np.testing.assert_array_equal(np.bincount(run.series), [5, 1, 5])
    assert run.origin.max() == 9
    np.testing.assert_array_equal(run.actual[-1], values[2, 10:])


def test_a_name_and_functions_of_the_panel_agree():
    values = walks()
    runs = [
        backtest(values, method, horizon=2, origins=2)
        for method in (
            "drift",
            lambda history, horizon: forecast_panel(history, horizon, method="drift"),
            lambda history, horizon: forecast_panel(history, horizon, method="drift").point,
        )
    ]
    for other in runs[1:]:
        np.testing.assert_allclose(other.point, runs[0].point)
    assert "crps" in runs[1].scores
    assert "crps" not in runs[2].scores


def test_the_mean_of_a_series_over_its_origins_counts_once():
    run = Backtest(
        np.array([0, 0, 1]), np.array([5, 6, 6]), np.zeros((3, 1)), np.zeros((3, 1)),
        {"mase": np.array([1.0, 3.0, 5.0])},
    )  # fmt: skip
    score = run.score("mase")
    assert score.value == 3.5
    assert score.standard_error == pytest.approx(np.std([2, 5], ddof=1) / np.sqrt(2))
    assert run.table.to_dict("records")[0]["series"] == 2


def test_bands_of_the_default_method_hold_about_what_they_claim():
    rng = np.random.default_rng(8)
    values = 100 * np.exp(np.cumsum(rng.standard_t(5, (800, 12)) * 0.06 + 0.03, axis=1))
    run = backtest(values, "auto", horizon=4, origins=1)
    assert 0.70 < run.score("coverage_80").value < 0.86
    assert 0.90 < run.score("coverage_95").value < 0.98


# ------------------------------------------------------------------ one series


def labelled():
    return pd.Series(walks(1, 14)[0], index=range(2010, 2024), name="revenue")


def last_value(history, horizon):
    return [np.asarray(history)[-1]] * horizon


@pytest.mark.parametrize("method", ["auto", "drift", "naive"])
def test_one_series_is_tested_as_a_panel_of_one_row(method):
    series = labelled()
    runs = [
        backtest(values, method, horizon=2, origins=3)
        for values in (series, series.to_dict(), series.to_numpy(), series.to_numpy()[None])
    ]
    for run in runs[:-1]:
        np.testing.assert_allclose(run.point, runs[-1].point, rtol=1e-10)
        np.testing.assert_allclose(run.scores["crps"], runs[-1].scores["crps"], rtol=1e-8)


@pytest.mark.parametrize("values", [labelled(), labelled().to_numpy()], ids=["labelled", "array"])
def test_a_function_of_one_series_can_be_tested(values):
    run = backtest(values, last_value, horizon=2, origins=3)
    other = backtest(labelled().to_numpy()[None], "naive", horizon=2, origins=3)
    np.testing.assert_array_equal(run.point, other.point)


def test_forecast_itself_can_be_tested():
    run = backtest(labelled(), forecast, horizon=2, origins=3)
    other = backtest(labelled(), "auto", horizon=2, origins=3)
    np.testing.assert_allclose(run.point, other.point)
    np.testing.assert_allclose(run.scores["msis_95"], other.scores["msis_95"])


def test_a_missing_year_is_bridged_as_forecast_does_and_is_no_outcome():
    series = labelled().drop(2019)
    runs = [backtest(series, method, horizon=2, origins=9) for method in ("auto", forecast)]
    np.testing.assert_allclose(runs[0].point, runs[1].point)
    # outcomes from 2010 + origin + 1 on: never 2019, and 2019 starts nothing
    assert [2010 + end for end in runs[0].origin] == [2014, 2015, 2016, 2020, 2021]
    at_2020 = forecast(series.loc[:2020], 2).point
    np.testing.assert_allclose(runs[0].point[3], at_2020)
    # taken for neighbours, the years around the gap would give something else
    other = forecast_panel([series.loc[:2020].to_numpy()], 2).point[0]
    assert abs(other / at_2020 - 1).max() > 1e-6


def test_the_scale_of_a_series_with_a_gap_comes_from_neighbouring_years():
    years = [2010, 2011, 2012, 2013, 2015, 2016]
    series = pd.Series([1.0, 2.0, 3.0, 4.0, 10.0, 13.0], index=years)
    run = backtest(series, last_value, horizon=1, origins=1, min_years=5)
    # changes of one year: 1, 1, 1; the six from 2013 to 2015 are of two years
    assert run.scores["mase"][0] == pytest.approx(3.0)


def test_history_before_a_break_is_not_tested():
    series = AnnualSeries("x", tuple(range(2010, 2024)), tuple(labelled()), breaks=(2014,))
    assert backtest(series, "naive", horizon=1, origins=20).origin.tolist() == [4, 5, 6, 7, 8]


def test_a_frame_is_tested_as_its_array():
    table = walks(4, 12)
    frame = pd.DataFrame(table, index=list("ABCD"), columns=range(2012, 2024))
    runs = [backtest(values, "drift", horizon=2) for values in (frame, table)]
    np.testing.assert_array_equal(runs[0].point, runs[1].point)


# ------------------------------------------------------------------ comparison


def test_comparison_is_a_paired_t_test():
    from scipy import stats

    values = walks(20)
    a, b = (backtest(values, name, horizon=2, origins=3) for name in ("auto", "naive"))
    found = compare(a, b)
    first, second = (list(run.by_series("mase").values()) for run in (a, b))
    expected = stats.ttest_rel(first, second)
    assert found.p_value == pytest.approx(expected.pvalue)
    assert found.value == pytest.approx(np.mean(first) - np.mean(second))
    assert compare(b, a).value == -found.value


def test_comparison_without_difference_or_with_one_series():
    values = walks(3)
    run = backtest(values, "naive", horizon=2)
    assert compare(run, run) == (0.0, 0.0, None, 3)
    one = backtest(values[:1], "naive", horizon=2)
    assert compare(one, run) == (0.0, None, None, 1)


# ------------------------------------------------------------------ the kept results

RESULTS = Path(__file__).parents[1] / "benchmarks" / "results"
# One of the 645 yearly series of the M3 contest (N0100; R package Mcomp): 14 years, then six more
KNOWN = (
    1424.7, 1546.5, 1615.7, 1868.7, 2041.5, 2303.3, 2615.0, 2123.0, 2295.0, 2515.0, 2011.0, 2166.0,
    2210.0, 2540.0,
)  # fmt: skip
CAME = (2385.0, 3145.0, 3157.0, 3463.0, 3539.0, 4167.0)


@pytest.mark.parametrize("cut", ["full", "last 6", "last 10"])
@pytest.mark.parametrize("method", ["auto", "adaptive", "combination", "naive"])
def test_the_kept_scores_are_those_of_this_code(cut, method):
    kept = pd.read_csv(RESULTS / "m3_yearly.csv").set_index(["series", "cut"]).loc[("N0100", cut)]
    years = {"full": 14, "last 6": 6, "last 10": 10}[cut]
    p = forecast_panel([KNOWN[-years:]], 6, method=method)
    quantiles = {level: p.quantile(level) for level in scored_levels((80, 95))}
    scores = score_cases(np.array([KNOWN]), np.array([CAME]), p.point, quantiles)
    for name in ("smape", "mase", "coverage_80", "coverage_95", "msis_95"):
        assert kept[f"{method}_{name}"] == pytest.approx(scores[name][0], rel=1e-3)


# Wanted of the default on these series: error at most, coverage between, interval score at most
WANTED = {"full": (15.6, 2.60, 20.5), "last 6": (16.3, 2.80, 21.7), "last 10": (15.8, 2.70, 20.7)}


@pytest.mark.parametrize("cut", WANTED)
def test_the_kept_scores_hold_what_was_wanted(cut):
    kept = pd.read_csv(RESULTS / "m3_yearly.csv").query("cut == @cut").filter(like="auto_").mean()
    summary = pd.read_csv(RESULTS / "m3_yearly_summary.csv")
    row = summary.query("cut == @cut and method == 'auto'").iloc[0]
    for name in ("smape", "mase", "coverage_80", "msis_95"):
        assert kept[f"auto_{name}"] == pytest.approx(row[name], rel=1e-3)
    smape, mase, msis = WANTED[cut]
    assert row["smape"] <= smape
    assert row["mase"] <= mase
    assert row["msis_95"] <= msis
    assert 0.77 <= row["coverage_80"] <= 0.86
    assert 0.93 <= row["coverage_95"] <= 0.975


def test_the_correction_helps_every_group_of_series_that_it_was_not_trained_on():
    kept = pd.read_csv(RESULTS / "correction.csv").query("trained == 'without it'")
    assert len(kept) == 7
    assert (kept["loss_change"] < 0).all()
    assert kept["loss_change"].mean() <= -2


# ------------------------------------------------------------------ bad input


class Unsure:
    """An answer with points and without a distribution."""

    point = np.ones((6, 3))

    def quantile(self, level):
        return self.point * np.nan


@pytest.mark.parametrize(
    ("arguments", "error", "wanted"),
    [
        ({"horizon": 0}, ValueError, "at least 1"),
        ({"origins": 0}, ValueError, "at least 1"),
        ({"horizon": 1.5}, TypeError, "whole number"),
        ({"horizon": 14}, ValueError, "5 years of history and 14 more"),
        ({"min_years": 13, "horizon": 2}, ValueError, "13 years of history"),
        ({"levels": (0,)}, ValueError, "from 1 to below 100"),
        ({"method": "no such"}, ValueError, "`method` must be one of"),
        ({"method": lambda h, n: h[:, :1]}, ValueError, r"must return \(6, 3\) points"),
        (
            {"method": lambda h, n: h[:, :3] * np.nan},
            ValueError,
            "finite points, got nan for series 0",
        ),
        ({"method": lambda h, n: h[:, :3] / 0.0}, ValueError, "finite points, got inf"),
        (
            {"method": lambda h, n: Unsure()},
            ValueError,
            "finite quantiles, got nan for series 0, 1",
        ),
        ({"horizon": 2030}, ValueError, "at most 100 years, got 2030"),
        ({"min_years": 0}, ValueError, "`min_years` must be at least 1"),
    ],
)
def test_bad_input_is_refused(arguments, error, wanted):
    call = {"method": "naive", "horizon": 3} | arguments
    with np.errstate(divide="ignore"), pytest.raises(error, match=wanted):
        backtest(walks(), call.pop("method"), **call)


@pytest.mark.parametrize("hole", [np.nan, np.inf])
def test_a_table_that_forecast_panel_refuses_is_refused(hole):
    table = walks()
    table[2, 6] = hole
    for method in ("naive", lambda h, n: np.repeat(h[:, -1:], n, axis=1)):
        with pytest.raises(ValueError, match="broken series at row 2"):
            backtest(table, method, horizon=2)


def test_a_series_without_a_value_is_refused():
    with pytest.raises(ValueError, match="nothing to test"):
        backtest({2020: np.nan}, "naive", horizon=1)


def test_an_unknown_metric_is_refused():
    run = backtest(walks(), "naive", horizon=2)
    with pytest.raises(ValueError, match="`metric` must be one of"):
        run.score("mape")
    disjoint = Backtest(np.array([9]), run.origin[:1], run.actual[:1], run.point[:1],
                        {"mase": np.ones(1)})  # fmt: skip
    with pytest.raises(ValueError, match="no series"):
        compare(run, disjoint)
