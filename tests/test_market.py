"""The uncertain market: distributions, the common shock, and what is left in each draw."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laikhe_analysis.investment.market import FACTORS, Factor, Market, draw, market_from_prices
from laikhe_analysis.investment.proceeds import (
    area_thresholds,
    draw_plots,
    inventory_cash,
    outcome,
    retained_money,
)
from laikhe_analysis.land import cash_by_year, required_area, required_gross
from laikhe_analysis.records import Plot, ShareLine, SharingRule

YEARS = range(2026, 2031)


def a_rule(name, *shares):
    line = ShareLine("commune_run", 2026, 2031, *shares, "plan", "statement")
    return SharingRule(name, (line,))


PLAN = a_rule("plan_60", 0.0, 0.45, 0.15, 1.0, 0.40, 0.0)
COST = a_rule("cost", 0.2, 0.6, 0.2, 1.0, 0.0, 0.25)


def tri(low, mode, high):
    return Factor("triangular", mode, low, high, origin="example")


# methods 4.2, the illustration: invented inputs, marked so
ILLUSTRATION = Market(
    price=Factor("lognormal", 14.0, sigma=0.25, origin="example"),
    premium=tri(1, 1.1, 1.5),
    sold=tri(0.55, 0.8, 1),
    collection=tri(0.8, 0.95, 1),
    cost=tri(0.05, 0.15, 0.30),
)


def rng(seed=1):
    return np.random.default_rng(seed)


# ------------------------------------------------------------------ factors


@pytest.mark.parametrize(
    ("factor", "mean", "variation"),
    [
        (tri(0, 0, 3), 1.0, np.sqrt(0.5)),  # variance 9/18
        (tri(1, 2, 3), 2.0, np.sqrt(1 / 6) / 2),
        (Factor("lognormal", 10, sigma=0.5), 10 * np.exp(0.125), np.sqrt(np.exp(0.25) - 1)),
        (Factor("fixed", 7), 7.0, 0.0),
        (tri(5, 5, 5), 5.0, 0.0),
    ],
    ids=["slope", "symmetric", "lognormal", "fixed", "a point"],
)
def test_moments(factor, mean, variation):
    assert factor.mean == pytest.approx(mean)
    assert factor.variation == pytest.approx(variation)
    drawn = factor.quantile((np.arange(200_000) + 0.5) / 200_000)
    assert drawn.mean() == pytest.approx(mean, rel=1e-4)
    assert drawn.std() == pytest.approx(variation * mean, rel=2e-3, abs=1e-9)


def test_quantiles_of_a_triangle():
    factor = tri(5.008, 7.997, 16.41)
    assert factor.quantile([0.0, 1.0]).tolist() == pytest.approx([5.008, 16.41])
    assert factor.quantile((7.997 - 5.008) / (16.41 - 5.008)) == pytest.approx(7.997)
    low, high = factor.limits
    assert low < factor.mode < high
    assert isinstance(low, float)
    assert Factor("lognormal", 14, sigma=0.25).quantile(0.5) == pytest.approx(14)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Factor("normal", 1), "`kind` must be one of fixed, triangular, lognormal"),
        (lambda: tri(3, 2, 4), "`mode` must be from low 3 to high 4"),
        (lambda: Factor("lognormal", 0), "`mode` must be a positive number"),
        (lambda: Factor("lognormal", 1, sigma=-1), "`sigma`"),
        (lambda: Factor("fixed", 1, origin="guess"), "`origins`"),
        (lambda: Market(tri(1, 2, 3), sold=tri(0.5, 0.8, 1.2)), "`sold` must be a fraction"),
        (lambda: Market(tri(1, 2, 3), cost=Factor("fixed", -0.1)), "`cost` must be a fraction"),
        (lambda: Market(tri(1, 2, 3), shock=1), "`shock` must be from 0 to below 1"),
        (lambda: Market(tri(1, 2, 3), fever=-1), "`fever`"),
        (lambda: Market(tri(1, 2, 3), slip=2), "`slip`"),
        (lambda: Market(tri(1, 2, 3)).factor("prize"), "Did you mean 'price'"),
        (lambda: market_from_prices([]), "`prices` must be at least one price"),
        (lambda: market_from_prices([5, 0]), "`prices` must be positive numbers"),
        (lambda: market_from_prices([5, np.nan]), "`prices` must be positive numbers, got nan"),
        (lambda: market_from_prices([5, 6_000_000]), "`prices` must be from 0 to 1000 million VND"),
        (lambda: Market(Factor("fixed", 6_000_000)), "`price` must be from 0 to 1000 .*dong is 6"),
        (lambda: Market(tri(5, 8, 16_000)), "`price` must be from 0 to 1000 million VND per m2"),
        (lambda: Market(tri(-1, 8, 16)), "`price` must be 0 or more, got -1"),
        (lambda: Market(tri(5, 8, 16), slip=np.nan), "`slip` must be from 0 to 1"),
        (lambda: Market(tri(5, 8, 16), shock=np.nan), "`shock` must be from 0 to below 1"),
        (lambda: Market(tri(5, 8, 16), fever=np.nan), "`fever` must be 0 or more, got nan"),
        (lambda: Market(tri(5, 8, 16), sold=Factor("fixed", 80)), "`sold` must be a fraction"),
        (
            lambda: Factor("lognormal", 14, sigma=25),
            "`sigma` must be at most 3, got 25: 25 % is 0.25",
        ),
        (lambda: Factor("fixed", np.nan), "`mode` must be a finite number, got nan"),
        (lambda: tri(np.nan, 2, 3), "`low` must be a finite number, got nan"),
        (lambda: Factor("fixed", None), "`mode` must be a finite number, got nan"),
        (
            lambda: outcome("a", [1, np.nan], 1, origin="example"),
            "`retained` must be known in every",
        ),
        (lambda: area_thresholds(1, [1, np.nan]), "`per_m2` must be known in every draw"),
        (lambda: area_thresholds(1, [1, 2], (80,)), "`levels` must be from 0 to 1"),
        (lambda: draw(ILLUSTRATION, 0, rng()), "`draws` must be a positive number"),
        (lambda: outcome("a", [], 1, origin="example"), "`retained` must be at least one draw"),
    ],
)
def test_impossible_statements(make, message):
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.parametrize(
    "make",
    [
        lambda: Factor("fixed", "8"),
        lambda: Factor("fixed", True),
        lambda: draw(ILLUSTRATION, 10.5, rng()),
        lambda: draw(ILLUSTRATION, True, rng()),
        lambda: draw(ILLUSTRATION, 10, 1),
        lambda: draw(ILLUSTRATION, 10, None),
        lambda: draw_plots(PLOTS, ILLUSTRATION, 10, None),
    ],
)
def test_other_kinds_are_refused(make):
    with pytest.raises(TypeError, match="must be a"):
        make()


# ------------------------------------------------------------------ draws


def test_margins_do_not_depend_on_the_shock():
    for shock in (0.0, 0.6):
        drawn = draw(replace(ILLUSTRATION, shock=shock), 100_000, rng())
        for name in ILLUSTRATION.uncertain:
            factor = ILLUSTRATION.factor(name)
            error = 4 * factor.variation * factor.mean / np.sqrt(100_000)
            assert drawn[name].mean() == pytest.approx(factor.mean, abs=error)


def test_price_and_sales_fall_together_by_the_stated_correlation():
    from scipy.stats import spearmanr

    drawn = draw(replace(ILLUSTRATION, shock=0.6), 100_000, rng())
    rank = 6 / np.pi * np.arcsin(0.6 / 2)  # Spearman of a Gaussian copula
    for other in ("sold", "premium"):
        assert spearmanr(drawn["price"], drawn[other])[0] == pytest.approx(rank, abs=0.01)
    assert abs(spearmanr(drawn["price"], drawn["collection"])[0]) < 0.015
    calm = draw(ILLUSTRATION, 100_000, rng())
    assert abs(spearmanr(calm["price"], calm["sold"])[0]) < 0.015


def test_draws_repeat_and_fixing_one_factor_leaves_the_others():
    one, two = draw(ILLUSTRATION, 50, rng()), draw(ILLUSTRATION, 50, rng())
    assert all((one[name] == two[name]).all() for name in FACTORS)
    fixed = draw(replace(ILLUSTRATION, price=Factor("fixed", 14.0)), 50, rng())
    assert (fixed["sold"] == one["sold"]).all()


def test_defaults_rise_with_price_fever():
    market = Market(Factor("fixed", 10.0), default=Factor("fixed", 0.1), fever=2.0)
    assert market.abandoned(0.1, [0.5, 1, 2, 10]) == pytest.approx([0.025, 0.1, 0.4, 1.0])
    values = {"area": 1e4, **market.central}
    calm = retained_money(values, market, PLAN, years=YEARS)
    hot = retained_money({**values, "price": 20.0}, market, PLAN, years=YEARS)
    assert calm == pytest.approx(100 * 0.9 * 0.6)
    assert hot == pytest.approx(200 * 0.6 * 0.6)


# ------------------------------------------------------------------ money


def test_illustration_base_case():
    # methods 4.2 [run]: 7 ha, base 417.8 billion
    money = retained_money(
        {"area": 70_000, **ILLUSTRATION.central}, ILLUSTRATION, PLAN, years=YEARS
    )
    assert money == pytest.approx(417.8, abs=0.05)


def test_illustration_draws_against_an_independent_count():
    # slow twin: the same product with numpy's own generators, one rule
    n = 200_000
    area = tri(4.5e4, 7e4, 8.5e4)
    drawn = draw(ILLUSTRATION, n, rng(3))
    money = retained_money(
        {"area": area.quantile(rng(9).random(n)), **drawn}, ILLUSTRATION, PLAN, years=YEARS
    )
    g = rng(5)
    twin = (
        g.triangular(4.5, 7, 8.5, n) * 10 * g.lognormal(np.log(14), 0.25, n)
        * g.triangular(1, 1.1, 1.5, n) * g.triangular(0.55, 0.8, 1, n)
        * g.triangular(0.8, 0.95, 1, n) * (1 - g.triangular(0.05, 0.15, 0.3, n)) * 0.6
    )  # fmt: skip
    found = outcome("plan_60", money, 504.276, origin="example")
    assert found.probability == pytest.approx((twin >= 504.276).mean(), abs=4 * 0.0014)
    for mine, part in ((found.p10, 0.1), (found.p50, 0.5), (found.p90, 0.9)):
        assert mine == pytest.approx(np.quantile(twin, part), rel=0.01)
    assert found.mean == pytest.approx(twin.mean(), rel=0.01)


@settings(derandomize=True, deadline=None, max_examples=40)
@given(st.floats(1, 5000), st.floats(1, 50), st.floats(0.05, 1), st.floats(0, 0.5))
def test_certain_inputs_equal_the_algebra(total, price, collection, cost):
    market = Market(
        Factor("fixed", price), collection=Factor("fixed", collection), cost=Factor("fixed", cost)
    )
    gross = required_gross(total, 0.6, collection=collection, cost=cost)
    values = {"area": required_area(gross, price), **draw(market, 5, rng())}
    money = retained_money(values, market, PLAN, years=YEARS)
    assert money == pytest.approx([total] * 5, rel=1e-9)
    found = outcome("plan_60", money, total, origin="example")
    assert (found.probability, found.standard_error, found.shortfall) == (1.0, 0.0, None)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"price": 6_000_000}, "`price` must be from 0 to 1000 million VND per m2"),
        ({"sold": 60}, r"`sold` must be from 0 to 1 \(a fraction\), got 60: 60 % is 0\.6"),
        ({"default": -0.1}, "`default` must be from 0 to 1"),
        (
            {"collection": [0.5, np.nan]},
            "`collection` must be from 0 to 1 .* got nan at position 1",
        ),
        ({"area": -1}, "`area` must be 0 or more, got -1"),
        ({"premium": np.nan}, "`premium` must be 0 or more, got nan"),
        ({"sold": None}, "`sold` must be from 0 to 1"),
    ],
    ids=str,
)
def test_values_out_of_range_are_refused(changes, message):
    values = {"area": 1e4, **ILLUSTRATION.central} | changes
    with pytest.raises(ValueError, match=message):
        retained_money(values, ILLUSTRATION, PLAN, years=YEARS)


def test_values_that_are_not_there_are_named():
    values = {"area": 1e4, **ILLUSTRATION.central, "collecton": 0.9}
    del values["collection"]
    with pytest.raises(ValueError, match="`values` must hold collection, got collecton"):
        retained_money(values, ILLUSTRATION, PLAN, years=YEARS)
    with pytest.raises(ValueError, match="`years` must hold at least one year"):
        retained_money({"area": 1, **ILLUSTRATION.central}, ILLUSTRATION, PLAN, years=[])


def test_values_as_series_go_by_their_labels():
    values = {"area": 1e4, **ILLUSTRATION.central}
    labelled = values | {"price": pd.Series({"low": 5.0, "high": 15.0}),
                         "sold": pd.Series({"high": 0.5, "low": 0.9})}  # fmt: skip
    found = retained_money(labelled, ILLUSTRATION, PLAN, years=YEARS)
    for name in ("low", "high"):
        one = values | {"price": labelled["price"][name], "sold": labelled["sold"][name]}
        assert found[name] == pytest.approx(retained_money(one, ILLUSTRATION, PLAN, years=YEARS))


def test_a_rules_own_cost_is_not_counted_twice():
    market = Market(Factor("fixed", 10.0), cost=Factor("fixed", 0.1))
    values = {"area": 1e4, **market.central}
    assert retained_money(values, market, COST, years=YEARS) == pytest.approx(100 * 0.75 * 0.8)
    dear = {**values, "cost": 0.4}
    assert retained_money(dear, market, COST, years=YEARS) == pytest.approx(100 * 0.6 * 0.8)


# ------------------------------------------------------------------ outcome


def test_outcome_reference():
    found = outcome("a", np.arange(1.0, 101.0), 81.0, origin="example")
    assert found.probability == 0.2
    assert found.standard_error == pytest.approx(0.04)
    assert found.shortfall == pytest.approx(81 - 40.5)
    assert found.affordable == pytest.approx(np.quantile(np.arange(1.0, 101.0), 0.2))
    assert (np.asarray(found.retained) >= found.affordable).mean() == 0.8
    assert "retained" not in found.row
    # methods 4.2: p = 0.2 with 20,000 draws has a standard error of 0.0028
    many = outcome("a", np.r_[np.ones(4000), np.zeros(16000)], 1, origin="example")
    assert many.standard_error == pytest.approx(0.0028, abs=5e-5)


def test_thresholds_are_where_the_probability_is_just_reached():
    per_m2 = retained_money(
        {"area": 1.0, **draw(ILLUSTRATION, 5000, rng())}, ILLUSTRATION, PLAN, years=YEARS
    )
    areas = area_thresholds(504.276, per_m2)
    assert areas[0.8] > areas[0.5] > areas[0.2]
    for level, area in areas.items():
        reached = outcome("a", per_m2 * area * 1e4, 504.276, origin="example").probability
        assert reached == pytest.approx(level, abs=1e-9)
        less = outcome("a", per_m2 * area * 0.999 * 1e4, 504.276, origin="example").probability
        assert less < level
    assert area_thresholds(1, [0.0, 0.0]) == {0.8: None, 0.5: None, 0.2: None}


# ------------------------------------------------------------------ inventory


def a_plot(plot_id, **changes):
    plot = Plot(
        plot_id, "", "commune_run", "commune", 10_000, 0.5, 6, 8, 14, 2, 2027, 2, 0.8, "example"
    )
    return replace(plot, **changes)


PLOTS = [a_plot("a"), a_plot("b", year=2029, sale_probability=0.5), a_plot("c", quarter=4)]


def test_a_certain_inventory_gives_the_algebra_in_every_draw():
    sure = [replace(plot, price_low=8, price_high=8, sale_probability=1.0) for plot in PLOTS]
    market = Market(Factor("fixed", 8.0))
    cash = inventory_cash(draw_plots(sure, market, 7, rng()), [PLAN], YEARS)["plan_60"]
    assert cash.total() == pytest.approx([cash_by_year(sure, PLAN, YEARS).total()] * 7, rel=1e-12)
    assert cash.origin == "example"


def test_mean_of_the_draws_is_the_expected_cash():
    market = Market(Factor("fixed", 8.0))
    drawn = draw_plots(PLOTS, market, 100_000, rng())
    cash = inventory_cash(drawn, [PLAN], YEARS)["plan_60"]
    means = {plot.plot_id: (6 + 8 + 14) / 3 for plot in PLOTS}
    expected = cash_by_year(PLOTS, PLAN, YEARS, prices=means)
    assert np.mean(cash.total()) == pytest.approx(expected.total(), rel=0.01)
    for plot in PLOTS:
        assert drawn.in_year[plot.plot_id].mean() == pytest.approx(plot.sale_probability, abs=0.006)


def test_a_delay_moves_money_and_drops_it_after_the_last_year():
    last = [a_plot("z", year=2030, sale_probability=1.0)]
    market = Market(Factor("fixed", 8.0), slip=1.0)
    cash = inventory_cash(draw_plots(last, market, 5, rng()), [PLAN], YEARS)["plan_60"]
    assert cash.total() == pytest.approx(0)
    assert (np.asarray(cash.due_after) > 0).all()
    some = draw_plots(PLOTS, replace(market, slip=0.3), 50_000, rng())
    late = some.year_late["a"].mean() / (some.year_late["a"] + some.in_year["a"]).mean()
    assert late == pytest.approx(0.3, abs=0.01)
    moved = some.indices()
    assert moved["slip"].mean() == pytest.approx(0.3, abs=0.05)
    assert moved["sale_level"].mean() == pytest.approx(1, abs=0.01)
    assert moved["price_level"].mean() == pytest.approx((6 + 8 + 14) / 3 / 8, abs=0.01)


def test_draws_under_several_rules_equal_those_of_one_and_of_single_draws():
    market = Market(Factor("fixed", 8.0), default=tri(0, 0.05, 0.2), fever=0.5, slip=0.2)
    drawn = draw_plots(PLOTS, market, 40, rng())
    both = inventory_cash(drawn, [PLAN, COST], YEARS)
    for rule in (PLAN, COST):
        alone = inventory_cash(drawn, [rule], YEARS)[rule.rule]
        assert (both[rule.rule].total() == alone.total()).all()
        late = [replace(plot, plot_id=f"{plot.plot_id} late", year=plot.year + 1) for plot in PLOTS]
        for k in range(40):  # slow twin: each draw as a plan of its own
            chances = {name: float(sold[k]) for name, sold in drawn.in_year.items()}
            chances |= {f"{name} late": float(sold[k]) for name, sold in drawn.year_late.items()}
            prices = {name: price[k] for name, price in drawn.prices.items()}
            one = cash_by_year(
                [*PLOTS, *late], rule, YEARS, chances=chances,
                prices=prices | {f"{name} late": price for name, price in prices.items()},
                default=drawn.default[k], collection=drawn.collection[k],
            )  # fmt: skip
            assert alone.total()[k] == pytest.approx(one.total(), rel=1e-12)


def test_the_shock_widens_the_inventory():
    spread = [
        np.std(
            inventory_cash(
                draw_plots(PLOTS, Market(Factor("fixed", 8.0), shock=s), 20_000, rng()),
                [PLAN], YEARS,
            )["plan_60"].total()
        )
        for s in (0.0, 0.8)
    ]  # fmt: skip
    assert spread[1] > 1.3 * spread[0]


def test_bad_inventories():
    market = Market(Factor("fixed", 8.0))
    with pytest.raises(ValueError, match="one row per plot_id"):
        draw_plots([a_plot("a"), a_plot("a")], market, 5, rng())
    with pytest.raises(ValueError, match="`draws` must be a positive number"):
        draw_plots(PLOTS, market, 0, rng())
    with pytest.raises(ValueError, match="`chance of a sale of plot a` must be from 0 to 1"):
        draw_plots([a_plot("a", sale_probability=80)], market, 5, rng())
    with pytest.raises(ValueError, match="`mode` must be from low 9"):
        draw_plots([a_plot("a", price_low=9)], market, 5, rng())
