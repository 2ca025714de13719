"""Many series at once: kernels against slow twins, distributions, groups, bad input."""

import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laikhe_analysis.panel import correction, forecast_panel
from laikhe_analysis.panel.methods import METHODS, chosen_method, group_forecast
from laikhe_analysis.panel.predictive import (
    KNOTS,
    LEVELS,
    Predictive,
    student_cdf,
    student_quantile,
)
from laikhe_analysis.panel.short_series import ERRORS, MONEY_GROWTH, USUAL_GROWTH
from laikhe_analysis.panel.smoothing import (
    ALPHAS,
    BETAS,
    THETAS,
    damped_holt,
    dynamic_theta,
    theta,
)

RISING = (100, 108, 115, 121, 130, 136, 147, 155)
FALLING = (50, 47, 48, 44, 41, 42)

# The plain combination, computed by hand-checked code before this package existed (its recipe was
# selected on the yearly series of the M3 contest): F, s, and the ends of both bands
VECTORS = {
    RISING: [
        (162.275056, 169.450746, 176.513650),
        (0.044485, 0.069805, 0.090855),
        (151.395741, 151.800392, 152.781766),
        (173.531820, 188.071589, 201.958086),
        (142.851096, 138.200683, 134.795516),
        (182.936775, 203.883302, 223.847703),
    ],
    FALLING: [
        (41.311823, 40.723104, 40.143942),
        (0.056488, 0.088640, 0.115369),
        (37.811339, 35.376737, 33.357116),
        (44.967247, 46.445543, 47.558780),
        (35.086640, 31.317611, 28.314932),
        (48.045098, 51.361838, 54.032375),
    ],
}


def walks(series, years, *, seed=0, noise=0.08):
    """Return positive random walks with drift."""
    rng = np.random.default_rng(seed)
    return 100 * np.exp(np.cumsum(rng.normal(0.04, noise, (series, years)), axis=1))


# ------------------------------------------------------------------ the recipe, number by number


@pytest.mark.parametrize("values", VECTORS, ids=["rising", "falling"])
def test_combination_reproduces_the_recipe(values):
    p = forecast_panel([values], 3, method="combination")
    found = [p.point, p.distribution.spread, p.lower[80], p.upper[80], p.lower[95], p.upper[95]]
    np.testing.assert_allclose([row[0] for row in found], VECTORS[values], atol=1e-5)


@pytest.mark.parametrize(
    ("values", "first", "second"),
    [(RISING, 163.549574, 162.710614), (FALLING, 40.266089, 40.386916)],
    ids=["rising", "falling"],
)
def test_members_reproduce_the_recipe(values, first, second):
    y = np.array([values], dtype=float)
    assert dynamic_theta(np.sqrt(y), 1)[0, 0] ** 2 == pytest.approx(first, abs=1e-6)
    assert damped_holt(y, 1)[0, 0] == pytest.approx(second, abs=1e-6)


# ------------------------------------------------------------------ kernels against slow twins


def slow_dynamic_theta(q, horizon):
    """Return the dynamic optimised theta forecasts of one series, loop by loop."""
    n = len(q)
    best = (np.inf, None)
    for a, big in itertools.product(ALPHAS, THETAS):
        level, loss = q[0], 0.0
        for t in range(1, n + 1):
            level = q[0] if t == 1 else a * q[t - 1] + (1 - a) * level
            slope, start = np.polyfit(np.arange(1, t + 1), q[:t], 1) if t > 1 else (0.0, q[0])
            reach = (1 - (1 - a) ** (t + 1)) / a
            trend = (1 - a) ** t * start + reach * slope
            if 2 <= t < n:
                loss += (q[t] - level - (1 - 1 / big) * trend) ** 2
        if loss < best[0] * (1 - 1e-9):
            steps = np.array([trend + h * slope for h in range(horizon)])
            best = (loss, level + (1 - 1 / big) * steps)
    return best[1]


def slow_holt(y, horizon, phi):
    """Return the damped Holt forecasts of one series, loop by loop."""
    best = (np.inf, None)
    first = min(5, len(y))
    for a, b in itertools.product(ALPHAS, BETAS):
        level, slope, loss = y[0], (y[first - 1] - y[0]) / (first - 1), 0.0
        for value in y[1:]:
            ahead = level + phi * slope
            error = value - ahead
            level, slope = ahead + a * error, phi * slope + a * b * error
            loss += error**2
        if loss < best[0] * (1 - 1e-9):
            best = (loss, level + slope * np.cumsum(phi ** np.arange(1.0, horizon + 1)))
    return best[1]


def slow_theta(y, horizon):
    """Return the theta forecasts of one series: smoothing with a fitted first state, half trend."""
    n = len(y)
    best = (np.inf, None)
    for a in ALPHAS:
        design, response = [], []
        weight, fixed = 1.0, 0.0  # level = weight * start + fixed
        for value in y:
            design.append(weight)
            response.append(value - fixed)
            weight, fixed = (1 - a) * weight, a * value + (1 - a) * fixed
        design, response = np.array(design), np.array(response)
        start = design @ response / (design @ design)
        loss = ((response - design * start) ** 2).sum()
        if loss < best[0] * (1 - 1e-9):
            half = np.polyfit(np.arange(n), y, 1)[0] / 2
            reach = np.arange(horizon) + (1 - (1 - a) ** n) / a
            best = (loss, weight * start + fixed + half * reach)
    return best[1]


@pytest.mark.parametrize("years", [3, 4, 6, 13])
@pytest.mark.parametrize(
    ("fast", "slow"),
    [
        (dynamic_theta, slow_dynamic_theta),
        (lambda y, h: damped_holt(y, h, 0.85), lambda y, h: slow_holt(y, h, 0.85)),
        (theta, slow_theta),
    ],
    ids=["dynamic theta", "damped Holt", "theta"],
)
def test_kernels_match_their_slow_twins(fast, slow, years):
    y = walks(12, years, seed=years)
    np.testing.assert_allclose(fast(y, 4), [slow(row, 4) for row in y], rtol=1e-9)


def test_damped_holt_matches_statsmodels():
    from statsmodels.tsa.holtwinters import Holt

    for y in walks(2, 12, seed=3):
        model = Holt(  # ours starts from the first value, so theirs sees the second as its first
            y[1:], damped_trend=True, initialization_method="known",
            initial_level=y[0], initial_trend=(y[4] - y[0]) / 4,
        )  # fmt: skip
        fits = [
            model.fit(smoothing_level=a, smoothing_trend=b, damping_trend=0.9, optimized=False)
            for a, b in itertools.product(ALPHAS, BETAS)
        ]
        best = min(fits, key=lambda fit: fit.sse)
        np.testing.assert_allclose(damped_holt(y[None], 3)[0], best.forecast(3), rtol=1e-8)


def test_theta_matches_statsmodels_at_the_alpha_chosen():
    from statsmodels.tsa.holtwinters import SimpleExpSmoothing

    for y in walks(4, 14, seed=9):
        fits = [
            SimpleExpSmoothing(y, initialization_method="estimated").fit(
                smoothing_level=alpha, optimized=True
            )
            for alpha in ALPHAS
        ]
        best = int(np.argmin([fit.sse for fit in fits]))
        alpha, n = ALPHAS[best], len(y)
        half = np.polyfit(np.arange(n), y, 1)[0] / 2
        expected = fits[best].forecast(1)[0] + half * (1 - (1 - alpha) ** n) / alpha
        assert theta(y[None], 1)[0, 0] == pytest.approx(expected, rel=1e-4)


def test_theta_is_near_the_theta_model_of_statsmodels():
    from statsmodels.tsa.forecasting.theta import ThetaModel

    # its smoothing weight is free, ours from a grid of ten: half a per cent apart
    for y in walks(6, 20, seed=2, noise=0.05):
        other = ThetaModel(y, period=1, deseasonalize=False).fit(use_mle=False).forecast(4)
        np.testing.assert_allclose(theta(y[None], 4)[0], other, rtol=0.005)


def test_ties_take_the_first_point_of_the_grid_in_any_block():
    line = np.arange(1.0, 9.0)[None]  # every alpha fits a line equally badly or well after shifts
    alone = dynamic_theta(line, 3)
    together = dynamic_theta(np.repeat(line, 700, axis=0), 3)
    np.testing.assert_allclose(together, np.repeat(alone, 700, axis=0), rtol=1e-12)


# ------------------------------------------------------------------ identities of the panel


@pytest.mark.parametrize("method", list(METHODS))
def test_unequal_lengths_are_forecast_as_if_alone(method):
    table = walks(9, 12)
    for row, years in enumerate([12, 12, 4, 5, 5, 1, 9, 2, 12]):
        table[row, : 12 - years] = np.nan
    table[4, -2] = 0.0
    before = table.copy()
    together = forecast_panel(table, 4, method=method)
    np.testing.assert_array_equal(table, before)
    for row, values in enumerate(table):
        alone = forecast_panel(values[np.isfinite(values)], 4, method=method)
        np.testing.assert_allclose(together.point[row], alone.point[0], rtol=1e-10)
        np.testing.assert_allclose(together.upper[95][row], alone.upper[95][0], rtol=1e-10)
        assert together.methods[row] == alone.methods[0]


@settings(derandomize=True, deadline=None, max_examples=25)
@given(
    st.lists(st.floats(1, 1e4), min_size=5, max_size=14),
    st.floats(1e-3, 1e4),
    st.sampled_from(list(METHODS)),
)
def test_scaling_the_series_scales_point_and_band(values, factor, method):
    one = forecast_panel([values], 5, method=method)
    other = forecast_panel([np.array(values) * factor], 5, method=method)
    np.testing.assert_allclose(other.point, one.point * factor, rtol=1e-6)
    np.testing.assert_allclose(other.lower[80], one.lower[80] * factor, rtol=1e-6)


@settings(derandomize=True, deadline=None, max_examples=40)
@given(
    st.lists(st.floats(-1e4, 1e6, allow_subnormal=False), min_size=1, max_size=12),
    st.sampled_from(list(METHODS)),
)
def test_any_series_gives_ordered_finite_quantiles(values, method):
    p = forecast_panel([values], 6, method=method)
    levels = (0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99)
    q = np.array([p.quantile(level)[0] for level in levels])
    assert np.isfinite(q).all()
    assert np.isfinite(p.point).all()
    assert (np.diff(q, axis=0) >= 0).all()
    assert (p.distribution.spread >= 0).all()
    if min(values) >= 0:
        assert (q >= 0).all()
        assert (p.point >= 0).all()


@pytest.mark.parametrize("method", list(METHODS))
@pytest.mark.parametrize("value", [7.5, 0.0, -3.0])
def test_a_constant_series_stays_constant(method, value):
    p = forecast_panel([[value] * 8], 3, method=method)
    np.testing.assert_allclose(p.point, value, atol=1e-12)
    assert (p.distribution.spread > 0).all() == (value != 0)


def test_simple_methods_are_their_formulas():
    # 100 -> 155 in seven years: 55/7 a year, or 6.4613 % a year (CAGR); half of it is shrunk growth
    expected = {
        "naive": [155, 155],
        "drift": [155 + 55 / 7, 155 + 110 / 7],
        "mean_growth": [155 * 1.55 ** (1 / 7), 155 * 1.55 ** (2 / 7)],
        "shrunk_growth": [155 * (1 + r) ** h for h in (1, 2) for r in [(1.55 ** (1 / 7) - 1) / 2]],
    }
    for method, points in expected.items():
        np.testing.assert_allclose(forecast_panel([RISING], 2, method=method).point[0], points)


def test_shrunk_growth_takes_a_quarter_of_the_reference():
    own = 1.55 ** (1 / 7) - 1
    p = forecast_panel([RISING], 1, method="shrunk_growth", reference_rate=0.10)
    assert p.point[0, 0] == pytest.approx(155 * (1 + own / 4 + 0.025))


def test_a_reference_moves_only_series_below_five_years():
    p = forecast_panel([[np.nan] * 5 + [1.0, 1.0, 1.0], RISING], 2, reference_rate=0.10)
    # three years: weight 3 / 10 for the own growth of zero, the rest for the reference
    np.testing.assert_allclose(p.point[0], 1.1 ** (0.7 * np.array([1, 2])))
    np.testing.assert_allclose(p.point[1], forecast_panel([RISING], 2).point[0])


def test_every_method_is_held_between_a_tenth_and_ten_times_the_last_value():
    doubling = forecast_panel([2.0 ** np.arange(9)], 10, method="mean_growth").point[0]
    assert doubling[2] == pytest.approx(8 * 2**8)
    assert doubling[-1] == 10 * 2**8
    sinking = forecast_panel([[100, 80, 60, 40, 20.0]], 5, method="drift").point[0]
    np.testing.assert_allclose(sinking, 2.0)


def test_calm_growth_is_carried_further_than_by_the_plain_combination():
    calm = 100 * 1.06 ** np.arange(8.0)[None]
    plain, adaptive = (
        forecast_panel(calm, 5, method=name).point[0, -1] for name in ("combination", "auto")
    )
    assert plain < adaptive < calm[0, -1] * 1.06**5


def test_a_noisy_fall_is_carried_less_far_than_by_the_plain_combination():
    noisy = [[100, 80, 90, 70, 85, 65, 75, 60, 60.0]]
    plain, adaptive = (
        forecast_panel(noisy, 5, method=name).point[0, -1] for name in ("combination", "adaptive")
    )
    assert plain < adaptive < 60.5


@pytest.mark.parametrize(
    ("values", "is_signed"),
    [([3, 0, 2, 5, 4, 6], False), ([3, -1, 2, 5, 4, 6], True), ([-3, -4, -6, -5, -7, -8], True)],
    ids=["a zero", "a negative value", "all negative"],
)
def test_series_without_logarithms_take_the_additive_path(values, is_signed):
    p = forecast_panel([values], 4)
    assert p.distribution.kind[0] == "plain"
    assert (p.quantile(0.001) < 0).any() == is_signed
    assert (p.lower[80] <= p.point).all()
    assert (p.point <= p.upper[80]).all()


# ------------------------------------------------------------------ distributions


def test_student_quantile_and_cdf_match_scipy():
    from scipy import stats

    levels = np.array([0.001, 0.025, 0.1, 0.4, 0.5, 0.77, 0.95, 0.999])
    quantiles = np.array([student_quantile(level) for level in levels])
    np.testing.assert_allclose(quantiles, stats.t(4).ppf(levels), atol=1e-9)
    np.testing.assert_allclose(student_cdf(quantiles), levels, atol=1e-12)
    assert student_cdf(np.inf) == 1


@pytest.mark.parametrize("values", [RISING, (3, 0, 2, 5, 4, 6), (3, -1, 2, 5, 4, 6)])
@pytest.mark.parametrize("method", ["auto", "adaptive"])
def test_quantile_and_probability_are_inverse(values, method):
    p = forecast_panel([values], 3, method=method).distribution
    for level in (0.3, 0.37, 0.5, 0.9, 0.975, 0.99):
        above = p.probability_above(p.quantile(level))
        np.testing.assert_allclose(above, 1 - level, atol=1e-9)


def test_what_is_cut_off_lies_on_the_bound():
    one = np.ones((1, 1))
    p = Predictive(one, 4 * one, np.array(["root"]), np.zeros(1), np.full(1, 2.0))
    at_zero = 1 - p.probability_above(0.0, strict=True)[0, 0]
    assert p.quantile(at_zero / 2)[0, 0] == 0
    assert p.probability_above(0.0)[0, 0] == 1
    assert p.quantile(0.99)[0, 0] == 2
    assert p.probability_above(2.0)[0, 0] > 0.3
    assert p.probability_above(2.0, strict=True)[0, 0] == 0


def test_short_series_have_the_band_of_their_class_and_no_probability():
    values = np.array([50.0, 60.0, 70.0, 100.0])
    p = forecast_panel([values], 5)
    assert p.methods[0] == "short"
    # weight 4 / 11 for the own growth, the rest for the usual one
    pace = 4 / 11 * np.log(2) / 3 + 7 / 11 * np.log(1 + USUAL_GROWTH)
    np.testing.assert_allclose(p.point[0], 100 * np.exp(pace * np.arange(1, 6)))
    spread = np.mean(np.diff(np.log(values))) ** (4 / 7) * 0.07 ** (3 / 7) * 5**0.69
    for level, error in ((0.1, ERRORS[1]), (0.9, ERRORS[5]), (0.5, ERRORS[3])):
        assert p.quantile(level)[0, 4] == pytest.approx(p.point[0, 4] * np.exp(error * spread))
    assert np.isnan(p.distribution.probability_above(90)).all()
    thin = forecast_panel([[5.0, 0.0, 3.0]], 2)
    assert thin.methods[0] == "naive"
    assert np.isnan(thin.distribution.probability_above(1.0)).all()


def test_one_value_grows_as_usual_and_equal_values_do_not_grow():
    alone = forecast_panel([[200.0]], 3)
    np.testing.assert_allclose(alone.point[0], 200 * (1 + USUAL_GROWTH) ** np.arange(1, 4))
    assert alone.lower[80][0, 0] == pytest.approx(
        200 * (1 + USUAL_GROWTH) * np.exp(ERRORS[1] * 0.07)
    )
    equal = forecast_panel([[7.0, 7.0, 7.0]], 3)
    np.testing.assert_allclose(equal.point, 7)
    assert (equal.lower[80] < 7).all()


def test_what_is_usual_for_short_series_was_measured():
    # `benchmarks/measure.py`; the growth of money at current prices includes prices
    assert 0.02 < USUAL_GROWTH < 0.04 < MONEY_GROWTH < 0.08
    assert list(ERRORS) == sorted(ERRORS)


@pytest.mark.parametrize(
    ("method", "n", "used"),
    [
        ("auto", 1, "short"), ("auto", 4, "short"), ("auto", 5, "adaptive"),
        ("auto", 6, "corrected"), ("auto", 40, "corrected"), ("corrected", 5, "adaptive"),
        ("corrected", 4, "naive"), ("combination", 2, "naive"), ("combination", 3, "combination"),
        ("drift", 1, "naive"), ("drift", 2, "drift"), ("theta", 2, "naive"),
    ],
)  # fmt: skip
def test_the_length_decides(method, n, used):
    assert chosen_method(method, n) == used
    assert forecast_panel([np.arange(1.0, n + 1)], 1, method=method).methods[0] == used


def slow_adaptive(y, horizon):
    """Return point and s of the adaptive combination of one positive series, step by step."""
    n, d, q = len(y), np.diff(np.log(y)), np.sqrt(y)
    noise = np.mean(np.abs(d - np.median(d)))
    calm = 0.05 / (0.05 + noise)
    damped = calm * slow_holt(y, horizon, 0.95) + (1 - calm) * slow_holt(y, horizon, 0.85)
    step = calm * np.mean(np.diff(q)) + (1 - calm) * np.median(np.diff(q))
    ahead = np.arange(1, horizon + 1)
    members = [slow_dynamic_theta(q, horizon) ** 2, damped, (q[-1] + ahead * step) ** 2]
    z = np.log(np.mean(members, axis=0) / y[-1])
    z = np.where(z > 0, z * n / (n + 0.5 + 10 * noise), z * n / (n + 200 * noise))
    root = np.sqrt(y[-1] * np.exp(z))
    surprise = (q[-1] - q[-2]) - (root[0] - q[-1])
    root = root + 0.25 * surprise * 0.5 ** (ahead - 1)
    unrest = np.sqrt(noise * np.mean(np.abs(d)))
    return root**2, 0.455 * unrest**0.8 * ahead**0.7 * np.sqrt(1 + 5 / n)


@pytest.mark.parametrize("noise", [0.02, 0.1])
@pytest.mark.parametrize("years", [5, 9])
def test_adaptive_matches_its_slow_twin(years, noise):
    for y in walks(6, years, seed=years, noise=noise):
        p = forecast_panel([y], 4, method="adaptive").distribution
        point, spread = slow_adaptive(y, 4)
        np.testing.assert_allclose(p.point[0], point, rtol=1e-9)
        np.testing.assert_allclose(p.spread[0], spread, rtol=1e-9)


def slow_corrected(y, horizon):
    """Return the eleven quantiles of the corrected forecast of one series, number by number."""
    point, spread = slow_adaptive(y, horizon)
    n, d, logs = len(y), np.diff(np.log(y)), np.log(y)
    noise, change = np.mean(np.abs(d - np.median(d))), np.mean(np.abs(d))
    u, times = np.sqrt(noise * change), np.arange(n)
    slope, start = np.polyfit(times, logs, 1)
    noise5 = np.mean(np.abs(d[-5:] - np.median(d[-5:])))
    apart = d - d.mean()
    read = [
        np.log(noise), np.log(change), np.log(n), apart[1:] @ apart[:-1] / (apart @ apart),
        np.mean(d > 0), d.mean() / u, np.median(d) / u, *(d[-i] / u for i in range(1, 6)),
        (logs[-1] - max(logs[-5:])) / u, (logs[-1] - min(logs[-5:])) / u, np.log(noise5 / noise),
        slope / u, (logs[-1] - slope * (n - 1) - start) / u,
    ]  # fmt: skip
    numbers = iter(float(word) for word in correction.WEIGHTS.split())
    layers = [
        np.array([next(numbers) for _ in range(int(np.prod(shape)))]).reshape(shape)
        for shape in correction.SHAPES
    ]
    quantiles = []
    for h in range(1, horizon + 1):
        f, s, ahead = point[h - 1], spread[h - 1], min(h, 6)
        f6, s6 = point[ahead - 1], spread[ahead - 1]
        x = np.clip([*read, np.log(f6 / y[-1]) / s6, np.log(s6), ahead, np.log(ahead)], -8, 8)
        for i in (0, 2):
            x = x @ layers[i] + layers[i + 1]
            x = x / (1 + np.exp(-x))
        out = x @ layers[4] + layers[5]
        step = np.log(1 + np.exp(out))
        net = [out[5] - step[i:5].sum() for i in range(5)] + [out[5]]
        net += [out[5] + step[6 : i + 1].sum() for i in range(6, 11)]
        t = 0.6 * np.array(net) + 0.4 * KNOTS
        quantiles.append(f * np.maximum(1 + s * t / 2, 0) ** 2)
    return np.array(quantiles).T


@pytest.mark.parametrize("noise", [0.02, 0.1])
@pytest.mark.parametrize("years", [6, 9, 15])
def test_corrected_matches_its_slow_twin(years, noise):
    for y in walks(6, years, seed=years, noise=noise):
        p = forecast_panel([y], 8)
        found = [p.quantile(level)[0] for level in LEVELS]
        np.testing.assert_allclose(found, slow_corrected(y, 8), rtol=1e-8)
        np.testing.assert_allclose(p.point[0], found[5], rtol=1e-12)


def test_the_correction_fades_out_where_nothing_changes():
    still, stirred = ([100 + size * (-1) ** i for i in range(9)] for size in (1e-6, 1.0))
    plain = [forecast_panel([y], 4, method="adaptive") for y in (still, stirred)]
    moved = [forecast_panel([y], 4, method="corrected") for y in (still, stirred)]
    np.testing.assert_allclose(moved[0].upper[80], plain[0].upper[80], rtol=1e-6)
    assert abs(moved[1].upper[80] / plain[1].upper[80] - 1).max() > 1e-3


def test_the_weights_fit_into_the_size_agreed():
    words = correction.WEIGHTS.split()
    assert len(words) == sum(int(np.prod(shape)) for shape in correction.SHAPES)
    assert len(correction.WEIGHTS) < 16_000


def test_bridged_years_widen_the_band_and_do_not_count():
    y = walks(1, 9)
    # eight yearly steps from four observed ones: changes sqrt(2) times as large, n = 5 not 9
    plain, thinned = (group_forecast(y, 1, "naive", known=known).spread[0, 0] for known in (9, 5))
    assert thinned / plain == pytest.approx(2**0.375 * np.sqrt((1 + 5 / 5) / (1 + 5 / 9)))
    full = group_forecast(y, 3, "auto")
    bridged = group_forecast(y, 3, "auto", known=5)
    assert (bridged.spread > full.spread).all()
    assert group_forecast(y, 3, "auto", known=4).kind[0] == "class"


def test_a_bent_distribution_runs_through_its_values_and_in_straight_lines_between():
    one = np.ones((1, 1))
    bend = np.array([[[-9.0, -2, -1.5, -1, -0.5, 0, 0.1, 0.2, 0.3, 0.4, 7]]])
    p = Predictive(10 * one, one, np.array(["plain"]), -np.inf * one[0], np.inf * one[0], bend)
    for level, t in zip(LEVELS, bend[0, 0], strict=True):
        assert p.quantile(level)[0, 0] == pytest.approx(10 + t)
        assert p.probability_above(10 + t)[0, 0] == pytest.approx(1 - level)
    middle = student_cdf((KNOTS[9] + KNOTS[10]) / 2)
    assert p.quantile(float(middle))[0, 0] == pytest.approx(10 + (0.4 + 7) / 2)
    unbent = Predictive(10 * one, one, np.array(["plain"]), -np.inf * one[0], np.inf * one[0])
    both = Predictive.joined([p, unbent], np.array([1, 0]))
    expected = [10 + student_quantile(0.77), p.quantile(0.77)[0, 0]]
    np.testing.assert_allclose(both.quantile(0.77)[:, 0], expected)


# ------------------------------------------------------------------ bad input


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        (np.ma.masked_values([[1.0, 2.0, 3.0]], 2.0), "without a gap"),
        ([[1, np.nan, 3]], "without a gap"),
        ([[1, 2, np.nan]], "without a gap"),
        ([[np.nan, np.nan]], "row 0"),
        ([[1, 2], [1, np.inf]], "row 1"),
        (np.empty((0, 4)), "empty"),
        ([[]], "empty"),
        (np.ones((2, 2, 2)), "table"),
    ],
    ids=[
        "masked",
        "gap",
        "gap at the end",
        "no value",
        "infinite",
        "no series",
        "no years",
        "3 axes",
    ],
)
def test_panel_refuses_broken_tables(values, wanted):
    with pytest.raises(ValueError, match=wanted):
        forecast_panel(values, 2)


@pytest.mark.parametrize(
    ("arguments", "error", "wanted"),
    [
        ({"horizon": 0}, ValueError, "at least 1 year, got 0"),
        ({"horizon": 2.0}, TypeError, "whole number"),
        ({"horizon": True}, TypeError, "whole number"),
        ({"method": "tehta"}, ValueError, "Did you mean 'theta'"),
        ({"method": "ets"}, ValueError, "`method` must be one of"),
        ({"levels": (80, 100)}, ValueError, "from 1 to below 100, got 100"),
        ({"horizon": 2030}, ValueError, "at most 100 years, got 2030: give the number of years"),
        ({"reference_rate": np.nan}, ValueError, "`reference_rate` must be a fraction"),
        ({"reference_rate": -3}, ValueError, "`reference_rate` must be a fraction"),
        ({"reference_rate": 12}, ValueError, "got 12: 12 % is 0.12"),
        ({"reference_rate": "0.1"}, TypeError, "`reference_rate` must be a fraction"),
    ],
)
def test_panel_refuses_bad_arguments(arguments, error, wanted):
    call = {"horizon": 2} | arguments
    with pytest.raises(error, match=wanted):
        forecast_panel([RISING], **call)


@pytest.mark.parametrize("level", [0, 1, -0.1, 1.5])
def test_quantile_levels_are_fractions(level):
    with pytest.raises(ValueError, match="between 0 and 1"):
        forecast_panel([RISING], 2).quantile(level)


# ------------------------------------------------------------------ frames


def long_frame():
    """Return three series of other lengths and ends, in no order."""
    rows = [("A", 2017 + i, value) for i, value in enumerate(RISING)]
    rows += [("B", 2018 + i, value) for i, value in enumerate(FALLING)]
    rows += [("C", 2024, 7.0)]
    frame = pd.DataFrame(rows, columns=["commune", "year", "value"])
    return frame.sample(frac=1, random_state=1).reset_index(drop=True)


def test_a_long_frame_comes_back_with_its_ids_and_years():
    frame = long_frame()
    before = frame.copy()
    p = forecast_panel(frame, 2)
    pd.testing.assert_frame_equal(frame, before)
    table = p.table.set_index(["commune", "year"])
    assert list(table) == ["point", "lo_80", "hi_80", "lo_95", "hi_95"]
    for name, values, last in (("A", RISING, 2024), ("B", FALLING, 2023), ("C", (7.0,), 2024)):
        alone = forecast_panel([values], 2)
        rows = table.loc[name]
        assert rows.index.tolist() == [last + 1, last + 2]
        np.testing.assert_allclose(rows["point"], alone.point[0])
        np.testing.assert_allclose(rows["hi_95"], alone.upper[95][0])


@pytest.mark.parametrize(
    "rename",
    [{"value": "y"}, {"value": "revenue"}, {"commune": "unique_id"}],
    ids=["y", "the only numbers", "another id"],
)
def test_a_long_frame_may_name_its_columns_otherwise(rename):
    frame = long_frame().rename(columns=rename)
    np.testing.assert_array_equal(
        forecast_panel(frame, 2).table["point"], forecast_panel(long_frame(), 2).table["point"]
    )


def test_series_may_be_named_by_two_columns_and_years_by_dates():
    frame = long_frame().assign(sector="services")
    frame["year"] = pd.to_datetime(frame["year"].astype(str) + "-12-31")
    table = forecast_panel(frame, 1).table
    assert list(table)[:3] == ["commune", "sector", "year"]
    assert set(table["year"]) == {2024, 2025}


@pytest.mark.parametrize("turn", [lambda frame: frame, lambda frame: frame.T])
def test_a_wide_frame_comes_back_with_its_labels(turn):
    frame = pd.DataFrame([RISING, RISING[::-1]], index=["A", "B"], columns=range(2017, 2025))
    table = forecast_panel(turn(frame), 1).table
    assert table["series"].tolist() == ["A", "B"]
    assert table["year"].tolist() == [2025, 2025]
    np.testing.assert_allclose(table["point"], forecast_panel(frame.to_numpy(), 1).point[:, 0])


def test_the_table_of_an_array_counts_rows_and_years_ahead():
    table = forecast_panel([RISING, RISING], 2, levels=(50,)).table
    assert table["series"].tolist() == [0, 0, 1, 1]
    assert table["ahead"].tolist() == [1, 2, 1, 2]
    assert list(table) == ["series", "ahead", "point", "lo_50", "hi_50"]


def test_masked_years_before_a_series_begins_are_missing():
    masked = np.ma.masked_less([[-1, *RISING], [5, *RISING]], 0)
    p = forecast_panel(masked, 2)
    np.testing.assert_allclose(p.point[0], forecast_panel([RISING], 2).point[0])


@pytest.mark.parametrize(
    ("change", "error", "wanted"),
    [
        (lambda f: f.drop(index=f.index[f.year == 2020]), ValueError, "broken series at series A, B"),
        (lambda f: pd.concat([f, f[:1]]), ValueError, "one figure per series and year"),
        (lambda f: f.drop(columns="commune"), ValueError, "what names the series"),
        (lambda f: f.assign(other=1.0).drop(columns="value").assign(more=2.0), ValueError,
         "must have the columns year, value"),
        (lambda f: f.rename(columns={"year": "when"}), ValueError, "or a column per year"),
        (lambda f: f.assign(year=f.year - 2000), ValueError, "a year such as 2025 in every row"),
        (lambda f: f.assign(commune=None), ValueError, "must name a series"),
        (lambda f: f.assign(value=np.nan), ValueError, "got no figure"),
        (lambda f: f.set_index("year")["value"], TypeError, "use `forecast` for one series"),
    ],
    ids=["gap", "twice", "no id", "no value", "no year", "short years", "no name", "empty",
         "one series"],
)  # fmt: skip
def test_frames_that_cannot_be_told_are_refused(change, error, wanted):
    with pytest.raises(error, match=wanted):
        forecast_panel(change(long_frame()), 2)


def test_a_wide_frame_with_a_missing_year_is_refused():
    frame = pd.DataFrame([RISING[:3]], columns=[2017, 2018, 2020])
    with pytest.raises(ValueError, match="a column per year without a gap"):
        forecast_panel(frame, 2)
