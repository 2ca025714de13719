"""Simulation: accuracy against quadrature, laws of the draws, bit-equality, fans and chances."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from strategies import calm

from laikhe_analysis.checks import NotComputable
from laikhe_analysis.records import Assumption, Scenario
from laikhe_analysis.scenarios import Baseline, Level, project
from laikhe_analysis.series import AnnualSeries
from laikhe_analysis.simulation import (
    BLOCK,
    GrowthModel,
    around,
    estimate_covariance,
    simulate,
)

MEAN = np.tile(np.log1p([0.15, 0.13, 0.025]), (5, 1))
SD = np.array([0.05, 0.04, 0.03])
SHARES = np.array([0.40, 0.35, 0.25])
COV = np.array([[25, 12, 3], [12, 16, 2], [3, 2, 9]]) * 1e-4
TARGET = 1.12**5


def reached(simulation):
    return simulation.totals[:, -1] >= TARGET


def quadrature(points=150):
    """Return P(sum of three independent log-normals >= TARGET): two by Gauss-Hermite, one exact."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(points)
    weights = weights / weights.sum()
    years = len(MEAN)
    mean, sd = MEAN.sum(axis=0), SD * np.sqrt(years)
    known = (
        SHARES[0] * np.exp(mean[0] + sd[0] * nodes)[:, None]
        + SHARES[1] * np.exp(mean[1] + sd[1] * nodes)[None, :]
    )
    left = (TARGET - known) / SHARES[2]
    safe = np.where(left > 0, left, 1.0)
    tail = np.where(left > 0, stats.norm.sf((np.log(safe) - mean[2]) / sd[2]), 1.0)
    return float(weights @ tail @ weights)


INDEPENDENT = GrowthModel(MEAN, np.diag(SD**2))


def test_probability_agrees_with_quadrature_over_fifty_seeds():
    wanted = quadrature()
    assert quadrature(200) == pytest.approx(wanted, abs=1e-9), "the quadrature has converged"
    scores = []
    for seed in range(50):
        value, error = simulate(INDEPENDENT, SHARES, draws=20_000, seed=seed).probability(reached)
        scores.append((value - wanted) / error)
    assert np.abs(scores).max() < 3
    assert abs(np.mean(scores)) < 3 / np.sqrt(50)
    assert 0.7 < np.std(scores) < 1.3, "the standard error is neither too small nor too large"


# ------------------------------------------------------------------ the law of the draws


def shocks(model, draws=60_000, seed=5):
    """Return log growth by sector and year: [sectors, years, draws]."""
    sectors = model.mean.shape[1]
    found = simulate(model, np.ones(sectors), draws=draws, seed=seed, keep_sectors=True)
    logs = np.log(found.by_sector)
    return np.diff(logs, axis=1, prepend=0.0) - model.mean.T[:, :, None]


LAWS = [
    pytest.param(None, id="normal"),
    pytest.param(3.0, id="t3"),
    pytest.param(4.5, id="t4.5"),
    pytest.param(30.0, id="t30"),
]


@pytest.mark.parametrize("df", LAWS)
@pytest.mark.parametrize("sectors", [1, 2, 3, 4])
def test_draws_follow_the_law_stated(df, sectors):
    model = GrowthModel(np.zeros((2, sectors)), 0.01 * np.eye(sectors), df=df)
    found = shocks(model) / 0.1
    scale = 1.0 if df is None else np.sqrt(df / (df - 2))
    law = stats.norm if df is None else stats.t(df)
    for one in found.reshape(-1, found.shape[-1]):
        assert stats.kstest(one * scale, law.cdf).pvalue > 1e-3
    joint = (found[:, 0] ** 2).sum(axis=0) * scale**2 / sectors
    law = stats.chi2(sectors, scale=1 / sectors) if df is None else stats.f(sectors, df)
    assert stats.kstest(joint, law.cdf).pvalue > 1e-3, "all sectors share the bad year"


@pytest.mark.parametrize("df", [None, 8.0])
def test_covariance_persistence_and_common_shock(df):
    model = GrowthModel(MEAN, COV, df=df, persistence=0.4, common=0.02)
    found = shocks(model, draws=200_000)
    for year in range(5):
        np.testing.assert_allclose(np.cov(found[:, year]), COV + 0.02**2, rtol=0.05, atol=2e-5)
    for sector in range(3):
        lags = [np.corrcoef(found[sector, 0], found[sector, k])[0, 1] for k in (1, 2)]
        assert lags == pytest.approx([0.4, 0.16], abs=0.01)


def test_medians_follow_the_means_and_known_years_are_still():
    spread = np.ones((5, 1))
    spread[0] = 0
    model = GrowthModel(MEAN, COV, spread=spread, persistence=0.3)
    found = simulate(model, SHARES, draws=50_000, seed=1, keep_sectors=True)
    wanted = SHARES * np.exp(np.cumsum(MEAN, axis=0))
    for i, sector in enumerate(model.sectors):
        np.testing.assert_allclose(np.median(found.levels(sector), axis=0), wanted[:, i], rtol=2e-3)
        assert (found.levels(sector) == SHARES[i] * found.sector(sector)).all()
    np.testing.assert_allclose(found.totals[:, 0], wanted[0].sum(), rtol=1e-14)
    assert found.totals[:, 1].std() > 0.01


def test_a_singular_covariance_moves_sectors_together():
    together = np.outer(SD, SD)
    found = shocks(GrowthModel(MEAN, together), draws=100)
    np.testing.assert_allclose(found[0] / SD[0], found[2] / SD[2], atol=1e-9)
    assert simulate(GrowthModel(MEAN, np.zeros((3, 3))), SHARES, draws=3, seed=0).totals[
        :, -1
    ] == pytest.approx([SHARES @ np.exp(MEAN.sum(axis=0))] * 3)


# ------------------------------------------------------------------ the same bits


@pytest.mark.parametrize("df", [None, 5.0], ids=["normal", "t"])
def test_the_same_seed_gives_the_same_bits(df):
    model = GrowthModel(MEAN, COV, df=df, persistence=0.3)
    draws = 6 * BLOCK + 100
    one, again, more = (
        simulate(model, SHARES, draws=n, seed=7, keep_sectors=True)
        for n in (draws, draws, 8 * BLOCK)
    )
    assert (again.totals == one.totals).all()
    assert (again.by_sector == one.by_sector).all()
    assert (more.totals[:draws] == one.totals).all(), "fewer draws are the first of more"
    assert (simulate(model, SHARES, draws=draws, seed=8).totals != one.totals).any()


def test_blocks_are_independent_streams():
    found = simulate(GrowthModel(MEAN[:1], COV), SHARES, draws=3 * BLOCK, seed=0).totals[:, 0]
    blocks = found.reshape(3, BLOCK)
    assert np.abs(np.corrcoef(blocks) - np.eye(3)).max() < 0.05


# ------------------------------------------------------------------ against a slow twin


def test_totals_equal_the_sum_of_sectors_and_the_textbook_formula():
    model = GrowthModel(MEAN, COV, persistence=0.5, common=0.01)
    found = simulate(model, SHARES, draws=1000, seed=3, keep_sectors=True)
    total = sum(found.levels(sector) for sector in model.sectors)
    np.testing.assert_allclose(total, found.totals, rtol=1e-12, atol=1e-9)


@settings(calm, max_examples=20)
@given(st.integers(1, 4), st.integers(1, 6), st.floats(0, 0.9), st.integers(0, 10**6))
def test_recipe_equals_its_definition(sectors, years, persistence, seed):
    from laikhe_analysis.simulation.draws import Recipe

    rng = np.random.default_rng(seed)
    root = rng.normal(size=(sectors, sectors)) * 0.05
    mean, spread = rng.normal(0.05, 0.02, (years, sectors)), rng.uniform(0, 2, (years, sectors))
    model = GrowthModel(mean, root @ root.T, persistence=persistence, spread=spread)
    shares = rng.uniform(0.1, 1, sectors)
    e = rng.normal(size=(sectors, years, 7))
    u = np.empty((years, sectors, 7))
    for t in range(years):
        fresh = np.linalg.cholesky(model.cov + 1e-15 * np.eye(sectors)) @ e[:, t]
        u[t] = fresh if t == 0 else persistence * u[t - 1] + np.sqrt(1 - persistence**2) * fresh
    logs = np.cumsum(mean[:, :, None] + spread[:, :, None] * u, axis=0)
    wanted = (shares[:, None] * np.exp(logs)).sum(axis=1)
    recipe, found = Recipe(model, shares), np.empty((years, 7))
    recipe.to_growth(e)
    recipe.add_up(e, found)
    np.testing.assert_allclose(found, wanted, rtol=1e-6)


# ------------------------------------------------------------------ what the draws say


@pytest.fixture(scope="module")
def run():
    model = GrowthModel(MEAN, COV, sectors=("industry", "services", "agriculture"))
    return simulate(
        model, SHARES, draws=50_000, seed=11, keep_sectors=True, years=range(2026, 2031)
    )


def test_fan_and_quantiles(run):
    fan = run.fan()
    assert list(fan) == ["year", "point", "lo_80", "hi_80", "lo_95", "hi_95"]
    assert list(fan["year"]) == [2026, 2027, 2028, 2029, 2030]
    inside = (100 * run.totals[:, -1] >= fan["lo_80"].iloc[-1]) & (
        100 * run.totals[:, -1] <= fan["hi_80"].iloc[-1]
    )
    assert inside.mean() == pytest.approx(0.8, abs=1e-3)
    assert (fan["lo_95"] < fan["lo_80"]).all()
    assert (np.diff(fan["hi_80"] - fan["lo_80"]) > 0).all(), "uncertainty grows"
    assert run.quantiles([0.1, 0.5, 0.9]).shape == (3, 5)
    assert run.quantiles(0.5)[0, -1] == pytest.approx(np.median(run.totals[:, -1]))


def test_joint_and_conditional_probability(run):
    fast = lambda s: s.growth("industry") >= 0.15  # noqa: E731
    whole = lambda s: s.growth() >= 0.12  # noqa: E731
    both = run.probability(lambda s: fast(s) & whole(s))
    given = run.probability(whole, given=fast)
    assert both.value <= min(run.probability(fast).value, run.probability(whole).value)
    assert given.value == pytest.approx(both.value / run.probability(fast).value)
    assert given.value > run.probability(whole).value, "they move together"
    assert given.draws < both.draws == 50_000
    assert given.standard_error == pytest.approx(
        np.sqrt(given.value * (1 - given.value) / given.draws)
    )
    value, error = run.probability(fast(run))
    assert abs(value - 0.5) < 4 * error, "the median of industry is 15 %"
    assert run.growth()[0] == pytest.approx(run.totals[0, -1] ** 0.2 - 1)


@pytest.mark.parametrize(
    ("condition", "error", "words"),
    [
        (0.3, TypeError, r"`condition` must be true or false, such as `values >= 10`, got 0\.3"),
        (np.nan, ValueError, "`condition` must be known, got 1 missing of 1"),
        ("no", TypeError, "`condition` must be true or false, .* got 'no'"),
        (lambda s: s.growth(), TypeError, "`condition` must be true or false"),
        (lambda s: np.where(s.growth() > 0.1, 1, 0), TypeError, "must be true or false"),
        (lambda s: np.where(s.growth() > 0.1, 1.0, np.nan), ValueError, "must be known, got"),
        (True, ValueError, r"one truth value per draw, \(50000,\), got \(\)"),
    ],
    ids=["number", "NaN", "text", "growth", "0 and 1", "gaps", "one"],
)
def test_what_is_no_condition_is_refused(run, condition, error, words):
    with pytest.raises(error, match=words):
        run.probability(condition)
    with pytest.raises(error, match=words):
        run.probability(run.growth() > 0.1, given=condition)


def test_conditions_of_every_kind_of_truth(run):
    hit = run.growth() > 0.12
    for one in (hit, pd.Series(hit), pd.array(hit, dtype="boolean"), hit.tolist()):
        assert run.probability(one) == run.probability(hit)


def test_a_condition_that_never_holds_is_said(run):
    never = run.probability(lambda s: s.growth() >= 0.12, given=lambda s: s.growth() > 9)
    assert (never.value, never.standard_error) == (None, None)
    assert never.reason.en == "the condition given never holds in 50000 draws"
    assert run.probability(lambda s: s.growth() > 9).value == 0


# ------------------------------------------------------------------ errors

BAD_MODELS = [
    pytest.param({"cov": np.eye(2)}, "`mean` must be a table", id="shape"),
    pytest.param({"mean": MEAN[0]}, "`mean` must be a table", id="mean without years"),
    pytest.param({"cov": COV * np.nan}, "must be finite", id="NaN"),
    pytest.param({"df": 2}, "`df` must be above 2, got 2", id="no variance"),
    pytest.param({"persistence": 1.0}, "`persistence` must be 0 to below 1", id="persistence"),
    pytest.param({"common": -0.1}, "`common` must be 0 or more", id="common"),
    pytest.param({"sectors": ("a", "b")}, "`sectors` must name 3 sectors, got 2", id="names"),
    pytest.param({"cov": COV - 1e-4 * np.eye(3)[:, [1, 0, 2]] * np.array([1, 0, 0])},
                 "not symmetric: .* industry", id="asymmetric"),
    pytest.param({"cov": np.diag([1, -1, 1.0])}, "negative variance for services", id="variance"),
    pytest.param({"cov": np.array([[1, 0.2, 0], [0.2, 1, 1.5], [0, 1.5, 1]])},
                 "covariance of services and agriculture, 1.5, is beyond .* 1", id="pair"),
    pytest.param({"cov": np.array([[1, 0.9, 0.1], [0.9, 1, -0.9], [0.1, -0.9, 1]])},
                 "industry and services do not fit|services and agriculture do not fit",
                 id="three that do not fit"),
]  # fmt: skip


BAD_MODELS += [
    pytest.param({"mean": 100 * MEAN}, "`mean, as a rate` must be a fraction .* 12 % is 0.12",
                 id="mean in per cent"),
    pytest.param({"cov": 1e4 * COV}, "`root of the variances of cov` must be a fraction from -1 to 1, "
                                     "got 5, 4, 3", id="cov in per cent"),
    pytest.param({"common": 2}, "`common` must be a fraction from -1 to 1, got 2", id="common in %"),
    pytest.param({"cov": COV.astype(str)}, "must be a number", id="text"),
]  # fmt: skip


def test_per_cents_pass_where_they_are_meant():
    assert GrowthModel(MEAN, 1e4 * COV, limit=None).cov[0, 0] == 25


NAMES = ["industry", "services", "agriculture"]


def test_a_covariance_is_aligned_by_label():
    frame = pd.DataFrame(COV, NAMES, NAMES)
    turned = frame.loc[NAMES[::-1], NAMES[1:] + NAMES[:1]]
    for cov in (turned, frame.to_dict(), COV):
        assert (GrowthModel(MEAN, cov, sectors=tuple(NAMES)).cov == COV).all()
    named = GrowthModel(pd.DataFrame(MEAN, columns=NAMES), turned)
    assert (named.sectors, (named.cov == COV).all()) == (tuple(NAMES), True)
    turned_mean = pd.DataFrame(MEAN[:, ::-1], columns=NAMES[::-1])
    assert (GrowthModel(turned_mean, COV, sectors=tuple(NAMES)).mean == MEAN).all()
    estimate = estimate_covariance(growth_series(TABLE[:, ::-1]))
    back = GrowthModel(MEAN, estimate, sectors=("agriculture", "services", "industry"))
    assert (back.cov == estimate.matrix[::-1, ::-1]).all()
    with pytest.raises(
        ValueError, match="`cov` must have the labels of `sectors`, got it without agri"
    ):
        GrowthModel(MEAN, frame.loc[NAMES[:2], NAMES[:2]], sectors=tuple(NAMES))
    with pytest.raises(ValueError, match="`cov` has services twice"):
        GrowthModel(MEAN, frame.loc[["services"] * 2], sectors=tuple(NAMES))
    with pytest.raises(ValueError, match="`cov` is labelled: give `sectors`"):
        GrowthModel(MEAN, frame)


def test_shares_are_aligned_by_label_and_fractions():
    model = GrowthModel(MEAN, COV, sectors=tuple(NAMES))
    wanted = simulate(model, SHARES, draws=5, seed=1).totals
    shares = dict(zip(NAMES[::-1], SHARES[::-1], strict=True))
    for labelled in (shares, pd.Series(shares)):
        assert (simulate(model, labelled, draws=5, seed=1).totals == wanted).all()
    with pytest.raises(ValueError, match="`shares` must have the labels of `model`, got it with"):
        simulate(model, {"industry": 1.0}, draws=5, seed=1)
    with pytest.raises(ValueError, match=r"`shares` must be from 0 to 1 .* 60 % is 0\.6"):
        simulate(model, [40, 35, 25], draws=5, seed=1)


@pytest.mark.parametrize(("changes", "message"), BAD_MODELS)
def test_bad_models(changes, message):
    given = {"mean": MEAN, "cov": COV, "sectors": ("industry", "services", "agriculture")} | changes
    mean, cov = given.pop("mean"), given.pop("cov")
    with pytest.raises((ValueError, TypeError), match=message):
        GrowthModel(mean, cov, **given)


def test_bad_arguments(run):
    model = GrowthModel(MEAN, COV)
    for given_, message in (
        ({"draws": 0}, "`draws` must be 1 or more"),
        ({"years": [2026]}, "`years` must name 5 years, got 1"),
    ):
        with pytest.raises(ValueError, match=message):
            simulate(model, SHARES, seed=0, **{"draws": 10, **given_})
    with pytest.raises(ValueError, match="`shares` must be 3 numbers"):
        simulate(model, [0.5, 0.5], draws=10, seed=0)
    with pytest.raises(ValueError, match="keep_sectors=True"):
        simulate(model, SHARES, draws=10, seed=0).growth("sector 1")
    with pytest.raises(ValueError, match="Did you mean 'industry'"):
        run.levels("industri")
    with pytest.raises(ValueError, match="one truth value per draw"):
        run.probability(np.array([True]))
    with pytest.raises(ValueError, match="`q` must be"):
        run.quantiles([10, 50])
    with pytest.raises(ValueError, match=r"got 0\.8 \(for 80 %, write 80\)"):
        run.fan((0.8,))


# ------------------------------------------------------------------ covariance from references


def growth_series(table, unit="fraction/year", **fields):
    """Return the columns of a table of per cents as series of growth."""
    years = tuple(range(2012, 2012 + len(table)))
    names = ("industry", "services", "agriculture")
    return {
        name: AnnualSeries(name, years, tuple(column / 100), unit, **fields)
        for name, column in zip(names, np.asarray(table).T, strict=False)
    }


# Việt Nam, growth by sector 2015-2025 has this shape; the numbers here are made up
TABLE = np.array([[9.6, 6.3, 2.4], [7.6, 7.0, 1.4], [8.0, 7.4, 2.9], [8.9, 7.0, 3.8],
                  [8.9, 7.3, 2.0], [4.0, 2.3, 2.7], [4.0, 1.2, 2.9], [7.8, 10.0, 3.4]])  # fmt: skip


def test_covariance_without_and_with_shrinkage():
    log_growth = np.log1p(TABLE / 100)
    plain = estimate_covariance(growth_series(TABLE), shrinkage=0)
    np.testing.assert_allclose(plain.matrix, np.cov(log_growth.T), rtol=1e-12)
    mean = estimate_covariance(growth_series(TABLE), shrinkage=1)
    sample = np.corrcoef(log_growth.T)[np.triu_indices(3, 1)]
    sd = log_growth.std(axis=0, ddof=1)
    assert mean.correlation == pytest.approx(sample.mean())
    assert mean.matrix[0, 1] == pytest.approx(sample.mean() * sd[0] * sd[1])
    zero = estimate_covariance(growth_series(TABLE), shrinkage=1, target="zero")
    np.testing.assert_allclose(zero.matrix, np.diag(sd**2), atol=1e-18)
    free = estimate_covariance(growth_series(TABLE))
    assert 0 < free.shrinkage <= 1
    assert np.allclose(np.diag(free.matrix), sd**2)
    assert (estimate_covariance(growth_series(TABLE, unit="ratio")).matrix == free.matrix).all()
    GrowthModel(MEAN, free.matrix)


def test_shrinkage_falls_with_the_length_of_the_series():
    rng = np.random.default_rng(2)
    root = np.linalg.cholesky(np.array([[1, 0.9, 0.0], [0.9, 1, 0.1], [0.0, 0.1, 1]]))
    table = 6 + 2 * rng.normal(size=(400, 3)) @ root.T
    weights = [estimate_covariance(growth_series(table[:n])).shrinkage for n in (6, 40, 400)]
    assert weights[0] > weights[1] > weights[2]
    assert weights[2] < 0.05


@settings(calm, max_examples=40)
@given(st.integers(4, 9), st.integers(2, 3), st.integers(0, 10**6))
def test_every_estimate_is_a_covariance(years, sectors, seed):
    table = np.random.default_rng(seed).uniform(-20, 30, (years, sectors))
    GrowthModel(MEAN[:, :sectors], estimate_covariance(growth_series(table)).matrix)


def test_only_years_after_a_break_and_common_years_count():
    series, unit = growth_series(TABLE, breaks=(2014,)), "fraction/year"
    found = estimate_covariance(series)
    assert found.years == tuple(range(2014, 2020))
    assert found.origin == "derived"
    series["services"] = AnnualSeries("services", (2018, 2019), (0.01, 0.02), unit, breaks=())
    with pytest.raises(NotComputable, match="ít nhất bốn năm chung; mới có 2018, 2019"):
        estimate_covariance(series)


@pytest.mark.parametrize(
    ("seed", "error", "words"),
    [
        (None, TypeError, "so that the draws can be repeated, got None"),
        (1.5, TypeError, r"`seed` must be a whole number, .* got 1\.5"),
        (True, TypeError, "`seed` must be a whole number, .* got True"),
        (-1, ValueError, "`seed` must be 0 or more, got -1"),
    ],
)
def test_draws_that_nobody_could_repeat_are_refused(seed, error, words):
    model = GrowthModel(MEAN, COV)
    with pytest.raises(error, match=words):
        simulate(model, SHARES, draws=10, seed=seed)


def test_errors_of_the_estimate():
    with pytest.raises(ValueError, match="`shrinkage` must be 0 to 1, got 2"):
        estimate_covariance(growth_series(TABLE), shrinkage=2)
    with pytest.raises(ValueError, match="`target` must be one of"):
        estimate_covariance(growth_series(TABLE), target="one")
    lost = np.where(TABLE == 9.6, -100.0, TABLE)
    with pytest.raises(ValueError, match="above -1, got fraction/year from -1"):
        estimate_covariance(growth_series(lost))
    per_cents = 100 * TABLE  # taken for fractions
    with pytest.raises(ValueError, match="`growth of industry` must be a fraction from -1 to 1"):
        estimate_covariance(growth_series(per_cents))
    assert estimate_covariance(growth_series(per_cents), limit=None).years[0] == 2012
    with pytest.raises(ValueError, match="got index"):
        estimate_covariance(growth_series(TABLE, unit="index"))


def test_a_constant_sector_has_no_spread_and_breaks_nothing():
    table = TABLE.copy()
    table[:, 2] = 3.0
    found = estimate_covariance(growth_series(table))
    assert (found.matrix[2] == 0).all()


# ------------------------------------------------------------------ around a scenario


def test_around_follows_the_projection_and_holds_what_is_known():
    rows = [Assumption(f"share_{s}", 2025, 2025, v, "fraction", "assumption")
            for s, v in (("industry", 0.6), ("agriculture", 0.4))]  # fmt: skip
    rows += [Assumption(f"growth_{s}", 2026, 2030, v, "fraction/year", "assumption")
             for s, v in (("industry", 0.12), ("agriculture", 0.03))]  # fmt: skip
    known = {"growth_industry": AnnualSeries("g", (2026,), (0.09,), "fraction/year")}
    base = Baseline(2025, ("industry", "agriculture"), {}, known)
    found = project(base, Scenario("s", tuple(rows)))
    model, shares = around(found, [[0.0025, 0.0], [0.0, 0.0009]], df=6, common=0.01)
    labelled = pd.DataFrame([[0.0009, 0.0], [0.0, 0.0025]], ["agriculture", "industry"],
                            ["agriculture", "industry"])  # fmt: skip
    assert (around(found, labelled)[0].cov == model.cov).all()
    with pytest.raises(
        ValueError, match="`cov` must have the labels of `sectors`, got it without ind"
    ):
        around(found, labelled.rename(index={"industry": "x"}, columns={"industry": "x"}))
    assert model.sectors == ("industry", "agriculture")
    assert shares == pytest.approx([0.6, 0.4])
    np.testing.assert_array_equal(model.spread[:, 0], [0, 1, 1, 1, 1])
    np.testing.assert_array_equal(model.spread[:, 1], 1)
    run_ = simulate(model, shares, draws=30_000, seed=4, keep_sectors=True, years=found.years[1:])
    assert np.allclose(run_.levels("industry")[:, 0], 0.6 * 1.09)
    assert np.median(run_.levels("industry")[:, -1]) == pytest.approx(
        found.value("product_industry", 2030) / 100, rel=3e-3
    )
    total = Baseline(
        2025, base.sectors, {}, {"total_product": AnnualSeries("t", (2026,), (107.0,))}
    )
    model, _ = around(project(total, Scenario("s", tuple(rows))), np.eye(2) * 1e-4)
    assert (model.spread[0] == 0).all()
    with pytest.raises(ValueError, match="no sectors are given"):
        around(project(Baseline(2025), Scenario("s", ())), np.eye(2))


def test_other_quantities_are_drawn_along_without_joining_the_total():
    rows = [Assumption("share_a", 2025, 2025, 1.0, "fraction", "assumption")]
    rows += [Assumption(v, 2026, 2028, x, "fraction/year", "assumption")
             for v, x in (("growth_a", 0.08), ("income_growth_real", 0.05),
                          ("inflation", 0.04))]  # fmt: skip
    incomes = AnnualSeries("income", (2026,), (90.0,), "million", "current")
    base = Baseline(2025, ("a",), {"income_per_capita": Level(80.0, "million", "current")},
                    {"income_per_capita": incomes})  # fmt: skip
    found = project(base, Scenario("s", tuple(rows)), until=2028)
    cov = np.array([[4, 3], [3, 4]]) * 1e-4
    model, shares = around(found, cov, also=["income_per_capita"])
    assert list(shares) == [1, 0]
    run_ = simulate(model, shares, draws=50_000, seed=6, keep_sectors=True)
    assert (run_.totals == run_.levels("a")).all()
    income = 80 * run_.sector("income_per_capita")
    assert income[:, 0] == pytest.approx(90), "known"
    assert np.median(income[:, -1]) == pytest.approx(
        found.value("income_per_capita", 2028), rel=2e-3
    )
    median = (found.value("income_per_capita", 2028) / 80) ** (1 / 3) - 1
    both = run_.probability(
        lambda s: (s.growth() >= 0.08) & (s.growth("income_per_capita") >= median)
    )
    assert 0.3 < both.value < 0.45, "a half each, together more than a quarter"
    with pytest.raises(ValueError, match="has no land_retained"):
        around(found, cov, also=["land_retained"])


# ------------------------------------------------------------------ what a scenario makes of draws


def a_scenario(**changes):
    values = {"share_a": 0.6, "share_b": 0.4, "growth_a": 0.12, "growth_b": 0.03, "inflation": 0.04,
              "income_growth_real": 0.06, "population_growth": 0.01, "land_gross": 50.0,
              "buoyancy": 0.9} | changes  # fmt: skip
    units = {"share_a": "fraction", "share_b": "fraction", "land_gross": "billion VND/year",
             "buoyancy": "ratio"}  # fmt: skip
    rows = []
    for name, value in values.items():
        first, last = (2025, 2025) if name.startswith("share") else (2026, 2030)
        unit = units.get(name, "fraction/year")
        if value is not None:
            rows.append(Assumption(name, first, last, value, unit, "assumption"))
    return Scenario("s", tuple(rows))


LEVELS = {"recurrent_revenue": Level(20.0, "billion VND", "current"),
          "income_per_capita": Level(80.0, "million VND/person/year", "current"),
          "population": Level(40_000, "people")}  # fmt: skip
PAIR = np.array([[25, 12], [12, 16]]) * 1e-4


def drawn(scenario=None, known=None, also=(), draws=3000, cov=PAIR, **given):
    base = Baseline(2025, ("a", "b"), LEVELS, known or {})
    found = project(base, scenario or a_scenario())
    model, shares = around(found, cov, also=also)
    given = {"projection": found, "keep_sectors": True} | given
    return found, simulate(model, shares, draws=draws, seed=3, **given)


def test_every_quantity_follows_the_draws_of_the_sectors():
    found, run_ = drawn()
    assert run_.years == (2026, 2027, 2028, 2029, 2030)
    assert set(run_.paths) == set(found.paths)
    np.testing.assert_allclose(run_.values("total_product"), 100 * run_.totals, rtol=1e-12)
    np.testing.assert_allclose(run_.values("product_a"), 60 * run_.sector("a"), rtol=1e-12)
    # R[t] = R[t-1] (1 + 0.9 n[t]), n the growth of the drawn total at prices 4 % dearer each year
    totals = np.concatenate([np.ones((run_.draws, 1)), run_.totals], axis=1)
    nominal = totals[:, 1:] / totals[:, :-1] * 1.04 - 1
    np.testing.assert_allclose(
        run_.values("recurrent_revenue"), 20 * np.cumprod(1 + 0.9 * nominal, axis=1), rtol=1e-12
    )
    np.testing.assert_allclose(
        run_.values("collected_revenue"), run_.values("recurrent_revenue") + 50, rtol=1e-12
    )
    people = 40_000 * 1.01 ** np.arange(1, 6)
    np.testing.assert_allclose(
        run_.values("total_product_per_head"), 100 * run_.totals / people * 40_000, rtol=1e-12
    )
    assert np.ptp(run_.values("land_revenue")) == 0, "the same in every draw"


def test_a_model_without_spread_draws_the_projection_itself():
    found, run_ = drawn(draws=2, cov=np.zeros((2, 2)))
    for name, path in found.paths.items():
        wanted = path.values[-len(run_.years) :]
        np.testing.assert_allclose(run_.values(name)[1], wanted, rtol=1e-12, err_msg=name)


def test_income_drawn_along_moves_income_and_nothing_else():
    cov = np.diag([0.0, 0.0, 0.0009])
    _, run_ = drawn(also=["income_per_capita_real"], cov=cov)
    real = 80 * run_.sector("income_per_capita_real")
    np.testing.assert_allclose(run_.values("income_per_capita_real"), real, rtol=1e-12)
    prices = 1.04 ** np.arange(1, 6)
    np.testing.assert_allclose(run_.values("income_per_capita"), real * prices, rtol=1e-12)
    assert run_.values("total_product")[:, -1].std() < 1e-9


def test_a_known_total_of_a_year_is_the_same_in_every_draw():
    known = {"total_product": AnnualSeries("t", (2027,), (118.0,))}
    _, run_ = drawn(known=known)
    total = run_.values("total_product")
    assert set(total[:, 1]) == {118.0}
    assert total[:, 0].std() > 0
    parts = run_.values("product_a") + run_.values("product_b")
    np.testing.assert_allclose(parts[:, 1], 118.0, rtol=1e-12)
    assert run_.values("product_a")[:, 1].std() > 0, "how it divides is not known"


def test_fans_of_projected_quantities_are_in_their_unit():
    found, run_ = drawn(draws=20_000, variables=["recurrent_revenue", "total_product_nominal"])
    assert set(run_.paths) == {"recurrent_revenue", "total_product_nominal"}
    fan = run_.fan((50, 80), variable="recurrent_revenue")
    assert list(fan) == ["year", "point", "lo_50", "hi_50", "lo_80", "hi_80"]
    assert fan["point"].iloc[-1] == pytest.approx(found.value("recurrent_revenue", 2030), rel=5e-3)
    assert (fan["lo_80"] < fan["lo_50"]).all()
    with pytest.raises(ValueError, match="`variable` must be one of"):
        run_.fan(variable="population")


def test_draws_of_the_totals_do_not_depend_on_what_is_kept():
    found, run_ = drawn()
    model, shares = around(found, PAIR)
    assert (simulate(model, shares, draws=3000, seed=3).totals == run_.totals).all()


def test_what_cannot_be_drawn_through_the_model_is_refused():
    with pytest.raises(
        ValueError, match="draws income_per_capita, which does not grow at an assum"
    ):
        drawn(also=["income_per_capita"], cov=np.eye(3) * 1e-4)
    with pytest.raises(ValueError, match="Did you mean 'population'"):
        drawn(variables=["populaton"])


def test_memory_is_the_totals_and_one_block():
    import tracemalloc

    draws, block = 40 * BLOCK, 5 * 3 * BLOCK * 8
    tracemalloc.start()
    try:
        simulate(GrowthModel(MEAN, COV, df=5), SHARES, draws=draws, seed=0)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < draws * 5 * 8 + 5 * block


def test_an_assumption_may_lie_off_in_all_years_of_a_draw(own_data):
    now = own_data.projection("co_so")
    model, shares = around(now, np.eye(3) * 1e-4)
    given = {"draws": 9000, "seed": 3, "projection": now, "variables": ["recurrent_revenue"]}
    plain = simulate(model, shares, **given)
    moved = simulate(model, shares, **given, shifts={"buoyancy": 0.1})
    assert plain.shifts == {}
    assert (moved.totals == plain.totals).all(), "the growth is drawn as before"
    off = moved.shifts["buoyancy"]
    assert off.shape == (9000,)
    assert -0.1 <= off.min() < -0.099 < 0.099 < off.max() <= 0.1
    less, more = off < 0, off > 0
    ratio = (moved.values("recurrent_revenue") / plain.values("recurrent_revenue"))[:, -1]
    assert (ratio[less] < 1).all()
    assert (ratio[more] > 1).all()
    for shifts, told in (({"x": 0.1}, "shifts"), ({"buoyancy": -0.1}, "0 or more, got -0.1")):
        with pytest.raises(ValueError, match=told):
            simulate(model, shares, **given, shifts=shifts)
    with pytest.raises(ValueError, match="shifts"):
        simulate(model, shares, draws=10, seed=3, shifts={"buoyancy": 0.1})
