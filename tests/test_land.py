"""Land-use fees: algebra, shares, cash by year. The plan's own figures are the cases."""

from __future__ import annotations

from dataclasses import asdict, replace

import numpy as np
import pandas as pd
import pytest
from conftest import DATA
from hypothesis import given, settings
from hypothesis import strategies as st

from laikhe_analysis.land import (
    carried_over,
    cash_by_year,
    change_rule,
    required_area,
    required_gross,
    retained_share,
)
from laikhe_analysis.land.plots import as_plots, check_prices
from laikhe_analysis.land.sharing import Split, covers, line_for, split
from laikhe_analysis.records import Plot, ShareLine, SharingRule

YEARS = range(2026, 2031)


def a_rule(
    name="plan",
    central=0.0,
    city=0.45,
    commune=0.15,
    returned=1.0,
    unassigned=0.40,
    cost=0.0,
    *,
    years=(2026, 2035),
    stream="commune_run",
):
    line = ShareLine(
        stream, *years, central, city, commune, returned, unassigned, cost, "plan", "statement"
    )
    return SharingRule(name, (line,))


def a_plot(plot_id="p", **changes):
    plot = Plot(
        plot_id, "", "commune_run", "commune", 3000, 1.0, 8, 10, 12, 0, 2026, 1, 1.0, "official"
    )
    return replace(plot, **changes)


PLAN = a_rule()
FULL_RETURN = a_rule("full", 0.2, 0.6, 0.2, 1.0, 0.0)
NONE_RETURNED = a_rule("none", 0.2, 0.6, 0.2, 0.0, 0.0)
COST_25 = a_rule("cost", 0.2, 0.6, 0.2, 1.0, 0.0, 0.25)

# ------------------------------------------------------------------ algebra

# 504.276 billion in clause 2.2(6): the gross behind it by retained share (methods 4.1, [C])
GROSS = [
    pytest.param(0.60, 840.460, id="plan-60"),
    pytest.param(0.45, 1120.613, id="45-percent"),
    pytest.param(0.80, 630.345, id="2026-full-return"),
    pytest.param(0.20, 2521.380, id="2026-none-returned"),
    pytest.param(0.15, 3361.840, id="commune-only"),
    pytest.param(0.30, 1680.920, id="30"),
    pytest.param(0.40, 1260.690, id="40"),
    pytest.param(0.50, 1008.552, id="50"),
    pytest.param(0.55, 916.865, id="55"),
    pytest.param(0.65, 775.809, id="65"),
    pytest.param(0.70, 720.394, id="70"),
    pytest.param(0.75, 672.368, id="75"),
    pytest.param(1.0, 504.276, id="everything"),
]


@pytest.mark.parametrize(("share", "gross"), GROSS)
def test_required_gross_reference(share, gross):
    assert required_gross(504.276, share) == pytest.approx(gross, abs=5e-4)


def test_required_gross_with_costs_collection_and_a_year():
    assert required_gross(504.276, 0.6, cost=0.15) == pytest.approx(988.776, abs=5e-4)
    both = required_gross(504.276, 0.6, cost=0.15, collection=0.95)
    assert both == pytest.approx(1040.82, abs=5e-3)
    assert required_gross(504.276, 0.6) / 5 == pytest.approx(168.092, abs=1e-9)
    assert required_gross(504.276 * 1.204, 0.6) == pytest.approx(1011.91, abs=5e-3)


# net saleable area for 840.460 billion at the starting prices seen and at round ones (methods 4.1)
AREAS = [
    (5.008, 16.78),
    (7.997, 10.51),
    (16.41, 5.12),
    (5, 16.81),
    (8, 10.51),
    (10, 8.40),
    (12, 7.00),
    (15, 5.60),
    (20, 4.20),
    (25, 3.36),
    (30, 2.80),
]


@pytest.mark.parametrize(("price", "hectares"), AREAS)
def test_required_area_reference(price, hectares):
    assert required_area(840.460, price) / 1e4 == pytest.approx(hectares, abs=0.0051)


def test_site_area_at_45_percent_saleable():
    prices = [5, 8, 10, 12, 15, 20, 25, 30]  # methods 4.1, [run]
    sites = [37.35, 23.35, 18.68, 15.56, 12.45, 9.34, 7.47, 6.23]
    area = required_area(840.46, prices, saleable=0.45) / 1e4
    assert area == pytest.approx(sites, abs=0.006)


def test_plots_of_100_m2_a_year():
    # 15 million VND per m2: about 112 plots every year; 840 and 420 in all at 10 and 20 million
    assert required_area(840.46, 15) / 100 / 5 == pytest.approx(112, abs=0.1)
    assert required_area(840.46, [10, 20]) / 100 == pytest.approx([840.46, 420.23])


positive = st.floats(0.01, 1e4)
fraction = st.floats(0.01, 1.0)


@settings(derandomize=True, deadline=None, max_examples=80)
@given(positive, fraction, fraction, st.floats(0, 0.95), positive, fraction, fraction)
def test_area_sold_brings_the_total_back(total, share, collection, cost, price, sold, saleable):
    gross = required_gross(total, share, collection=collection, cost=cost)
    site = required_area(gross, price, premium=1.2, sold=sold, saleable=saleable)
    bids = site * saleable * sold * price * 1.2 / 1000
    assert bids * collection * (1 - cost) * share == pytest.approx(total, rel=1e-9)


def test_arrays_equal_scalars_and_stay_unchanged():
    totals, shares = np.array([100.0, 504.276]), np.array([0.5, 0.6])
    before = totals.copy(), shares.copy()
    expected = [required_gross(t, s) for t, s in zip(totals, shares, strict=True)]
    assert required_gross(totals, shares).tolist() == expected
    areas = required_area(expected, [5, 6], sold=0.5)
    assert areas.tolist() == [
        required_area(g, p, sold=0.5) for g, p in zip(expected, [5, 6], strict=True)
    ]
    assert (totals == before[0]).all()
    assert (shares == before[1]).all()
    assert isinstance(required_gross(1, 1), float)
    assert np.isnan(required_gross(np.nan, 0.6))


def test_nothing_wanted_needs_nothing():
    assert required_gross(0, 0.6) == 0
    assert required_area(0, 5) == 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: required_gross(-1, 0.6), "`total` must be 0 or more, got -1"),
        (lambda: required_gross(1, 0), "`share` must be above 0"),
        (lambda: required_gross(1, 60), "`share` must be above 0 and at most 1"),
        (lambda: required_gross(1, [0.5, 1.5]), "got 1.5 at position 1"),
        (lambda: required_gross(1, 0.6, collection=0), "`collection`"),
        (lambda: required_gross(1, 0.6, cost=1), "`cost`"),
        (lambda: required_area(-1, 5), "`gross`"),
        (lambda: required_area(1, 0), "`price` must be a positive number"),
        (lambda: required_area(1, 5, premium=0), "`premium`"),
        (lambda: required_area(1, 5, sold=0), "`sold`"),
        (lambda: required_area(1, 5, saleable=1.1), "`saleable`"),
    ],
)
def test_impossible_questions(call, message):
    with pytest.raises(ValueError, match=message):
        call()


# ------------------------------------------------------------------ shares


@pytest.mark.parametrize(
    ("rule", "share"),
    [(PLAN, 0.60), (FULL_RETURN, 0.80), (NONE_RETURNED, 0.20), (COST_25, 0.60)],
    ids=lambda value: getattr(value, "rule", value),
)
def test_retained_share(rule, share):
    assert retained_share(rule, "commune_run", 2026) == pytest.approx(share, abs=1e-15)
    assert split(100, line_for(rule, "commune_run", 2026)).retained == pytest.approx(100 * share)


def test_split_of_the_plan():
    parts = split(840.460, line_for(PLAN, "commune_run", 2028))
    assert parts.commune == pytest.approx(126.069, abs=1e-9)
    assert parts.city_returned == pytest.approx(378.207, abs=1e-9)
    assert parts.unassigned == pytest.approx(336.184, abs=1e-9)
    assert (parts.central, parts.city_kept, parts.costs, parts.uncollected) == (0, 0, 0, 0)


def test_costs_are_taken_once_and_never_more_than_was_paid():
    line = line_for(COST_25, "commune_run", 2026)
    assert split(100, line, cost=10).costs == 25  # the rule's flat quarter covers it
    assert split(100, line, cost=40).costs == 40  # the land's own cost is larger
    broke = split(100, line, collected=0.3, cost=40)
    assert (broke.costs, broke.retained, broke.uncollected) == (30, 0, 70)


def parts_of(one: Split):
    return (
        one.central
        + one.city_kept
        + one.city_returned
        + one.commune
        + one.unassigned
        + one.costs
        + one.uncollected
    )


@settings(derandomize=True, deadline=None, max_examples=80)
@given(
    st.floats(0, 1e6),
    st.lists(st.floats(0, 1), min_size=4, max_size=4).filter(lambda x: sum(x) > 0.1),
    st.floats(0, 1),
    st.floats(0, 1),
    st.floats(0, 1),
    st.floats(0, 1e6),
)
def test_a_split_loses_nothing(gross, weights, returned, flat, collected, cost):
    central, city, commune, unassigned = np.array(weights) / sum(weights)
    rule = a_rule("any", central, city, commune, returned, unassigned, flat)
    parts = split(gross, line_for(rule, "commune_run", 2026), collected=collected, cost=cost)
    assert parts_of(parts) == pytest.approx(gross, rel=1e-12, abs=1e-12)
    assert parts.retained <= gross * retained_share(rule, "commune_run", 2026) * (1 + 1e-12)


def add_splits(splits):
    names = Split.__dataclass_fields__
    return Split(**{name: sum(getattr(one, name) for one in splits) for name in names})


def test_splits_add_up_part_by_part():
    line = line_for(FULL_RETURN, "commune_run", 2026)
    assert add_splits([split(30, line), split(70, line)]) == split(100, line)


def test_a_new_regime_begins_in_its_year():
    rule = change_rule(PLAN, NONE_RETURNED, 2027)
    shares = [retained_share(rule, "commune_run", year) for year in YEARS]
    assert shares == pytest.approx([0.6, 0.2, 0.2, 0.2, 0.2])
    assert rule.rule == "plan, 2027: none"
    assert [(line.year_from, line.year_to) for line in rule.lines] == [(2026, 2026), (2027, 2035)]
    assert change_rule(PLAN, NONE_RETURNED, 2000).lines == NONE_RETURNED.lines


def test_a_rule_covers_what_it_names():
    assert covers(PLAN, "commune_run", YEARS)
    assert not covers(PLAN, "conversion", YEARS)
    assert not covers(PLAN, "commune_run", [2025, 2026])


def test_only_lines_that_count_mark_the_cash():
    guess = replace(PLAN.lines[0], stream="conversion", origin="example")
    firm = replace(PLAN.lines[0], origin="official")
    cash = cash_by_year([a_plot()], SharingRule("two", (firm, guess)), YEARS)
    assert cash.origin == "derived"


def test_bad_rules_are_refused():
    with pytest.raises(ValueError, match=r"must be 1, none negative, got 0\.6"):
        retained_share(a_rule(unassigned=0.0), "commune_run", 2026)
    with pytest.raises(ValueError, match="none negative"):
        retained_share(a_rule(central=-0.1, unassigned=0.5), "commune_run", 2026)
    with pytest.raises(ValueError, match="`city_returned` must be from 0 to 1"):
        retained_share(a_rule(returned=45), "commune_run", 2026)
    with pytest.raises(ValueError, match="says nothing of stream conversion in 2026"):
        retained_share(PLAN, "conversion", 2026)
    line = line_for(PLAN, "commune_run", 2026)
    with pytest.raises(ValueError, match="`gross` must be 0 or more"):
        split(-1, line)
    with pytest.raises(ValueError, match="`collected` must be from 0 to 1"):
        split(1, line, collected=95)
    with pytest.raises(ValueError, match="`cost` must be 0 or more"):
        split(1, line, cost=-1)


# ------------------------------------------------------------------ cash by year


@pytest.mark.parametrize(
    ("quarter", "notice_days", "expected"),
    [
        (1, 0, 0),
        (2, 0, 0),
        (3, 0, 0),  # 90 days after the last day of September is the end of December
        (4, 0, 0.5 * 30 / 90 + 0.5),  # a third of the first half, all of the second
        (4, 60, 1.0),  # with a late notice the whole of it
        (3, 30, 0.5 * 30 / 90),
        (1, 180, 0.0),
        (2, 180, 0.5 * 30 / 90 + 0.5),
    ],
)
def test_carried_over(quarter, notice_days, expected):
    assert carried_over(quarter, notice_days=notice_days) == pytest.approx(expected, abs=1e-12)


def test_carried_over_matches_a_count_of_days():
    # slow twin: one auction on each day of the quarter, each instalment looked up by its date
    for quarter in (1, 2, 3, 4):
        for notice in (0, 20, 90):
            days = (quarter - 1) * 90 + np.arange(90) + 0.5
            late = [0.5 * (days + notice + due > 360).mean() for due in (30, 90)]
            assert carried_over(quarter, notice_days=notice) == pytest.approx(sum(late), abs=0.006)


def test_carried_over_refuses():
    with pytest.raises(ValueError, match="`quarter` must be 1, 2, 3 or 4, got 5"):
        carried_over(5)
    with pytest.raises(ValueError, match="`notice_days` must be from 0 to 180 days"):
        carried_over(4, notice_days=-1)


def test_certain_sales_give_the_plan_exactly():
    # 168.092 billion a year at 10 million VND per m2, paid within each year
    plots = [a_plot(str(year), area_m2=16809.2, year=year) for year in YEARS]
    cash = cash_by_year(plots, PLAN, YEARS)
    assert cash.total("gross") == pytest.approx(840.460, abs=1e-9)
    assert cash.total() == pytest.approx(504.276, abs=1e-9)
    assert list(cash.by_year("commune").values()) == pytest.approx([126.069 / 5] * 5)
    assert cash.due_after == 0
    assert cash.origin == "statement"  # the rule is the plan's premise


def test_fourth_quarter_pays_under_next_years_rule():
    rule = change_rule(PLAN, NONE_RETURNED, 2027)
    cash = cash_by_year([a_plot(quarter=4)], rule, YEARS)
    assert cash.by_year("gross")[2026] == pytest.approx(10)
    assert cash.by_year("retained") == pytest.approx(
        {2026: 6.0, 2027: 4.0, 2028: 0, 2029: 0, 2030: 0}
    )


def test_money_after_the_last_year_is_shown_not_lost():
    cash = cash_by_year([a_plot(quarter=4, year=2030), a_plot("q", year=2031)], PLAN, YEARS)
    assert cash.total("gross") == pytest.approx(10)
    assert cash.due_after == pytest.approx(20 + 30)


def test_sales_before_the_first_year_count_with_what_falls_due():
    cash = cash_by_year([a_plot(quarter=4, year=2025), a_plot("q", year=2020)], PLAN, YEARS)
    assert cash.by_year("gross")[2026] == pytest.approx(20)


def test_market_and_payment():
    plot = a_plot(sale_probability=0.5, cost=4)
    cash = cash_by_year(
        [plot], PLAN, YEARS, premium=1.2, sold=0.8, default=0.1, collection=0.9
    ).rows[0]
    gross = 30 * 1.2 * 0.4
    assert cash.split.gross == pytest.approx(gross)
    assert cash.split.uncollected == pytest.approx(gross * 0.19)
    assert cash.split.costs == pytest.approx(4 * 0.4)
    assert cash.split.retained == pytest.approx((gross * 0.81 - 1.6) * 0.6)
    assert cash_by_year([plot], PLAN, YEARS, sold=9).total("gross") == pytest.approx(30)


def test_a_plots_cost_is_taken_as_its_money_comes_in():
    cash = cash_by_year([a_plot(quarter=4, cost=6)], PLAN, YEARS).by_year("costs")
    assert (cash[2026], cash[2027]) == pytest.approx((2, 4))


def test_draws_equal_single_runs():
    plots = [a_plot("a", cost=3), a_plot("b", quarter=4, stream="conversion")]
    rule = SharingRule("two", PLAN.lines + a_rule(stream="conversion").lines)
    prices, chances = {"a": [6.0, 9.0]}, {"b": [0.3, 1.0]}
    cash = cash_by_year(plots, rule, YEARS, prices=prices, chances=chances, default=[0.0, 0.2])
    for draw in (0, 1):
        single = cash_by_year(
            plots,
            rule,
            YEARS,
            prices={"a": prices["a"][draw]},
            chances={"b": chances["b"][draw]},
            default=[0.0, 0.2][draw],
        )
        assert cash.total()[draw] == pytest.approx(single.total(), rel=1e-12)


some_plots = st.lists(
    st.builds(
        a_plot,
        st.text("abc", min_size=1, max_size=3),
        area_m2=st.floats(1, 1e5),
        price_mode=st.floats(0, 50),
        cost=st.floats(0, 500),
        year=st.integers(2024, 2032),
        quarter=st.integers(1, 4),
        sale_probability=st.floats(0, 1),
        stream=st.sampled_from(["commune_run", "interspersed"]),
    ),
    max_size=6,
)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(some_plots, st.floats(0, 1), st.floats(0, 1), st.floats(0, 2), st.floats(0, 180))
def test_money_is_conserved_each_year_and_stream(plots, default, collection, sold, notice):
    lines = change_rule(COST_25, NONE_RETURNED, 2028).lines
    rule = SharingRule(
        "both", lines + a_rule("x", 0.2, 0.2, 0.6, 0.5, 0.0, stream="interspersed").lines
    )
    cash = cash_by_year(
        plots, rule, YEARS, default=default, collection=collection, sold=sold, notice_days=notice
    )
    for row in cash.rows:
        assert parts_of(row.split) == pytest.approx(row.split.gross, rel=1e-12, abs=1e-9)
    offered = sum(
        plot.area_m2 * plot.price_mode * min(plot.sale_probability * sold, 1) / 1000
        for plot in plots
        if plot.year >= 2026
    )
    early = sum(
        plot.area_m2 * plot.price_mode * min(plot.sale_probability * sold, 1) / 1000
        * carried_over(plot.quarter, notice_days=notice)
        for plot in plots
        if plot.year == 2025
    )  # fmt: skip
    assert cash.total("gross") + cash.due_after == pytest.approx(offered + early, abs=1e-6)


@settings(derandomize=True, deadline=None, max_examples=30)
@given(some_plots, st.floats(0, 1), st.floats(0, 1), st.floats(0, 180))
def test_arrays_give_what_one_plot_after_the_other_gives(plots, default, collection, notice):
    # slow twin: each plot's payment of each year split by itself
    lines = COST_25.lines + a_rule("x", 0.2, 0.2, 0.6, 0.5, 0.0, stream="interspersed").lines
    rule, found = SharingRule("both", lines), {}
    for plot in plots:
        gross = plot.area_m2 * plot.price_mode * plot.sale_probability / 1000
        later = carried_over(plot.quarter, notice_days=notice)
        for year, part in ((plot.year, 1 - later), (plot.year + 1, later)):
            if year in YEARS and part:
                one = split(
                    part * gross, line_for(rule, plot.stream, year),
                    collected=(1 - default) * collection,
                    cost=part * plot.cost * plot.sale_probability,
                )  # fmt: skip
                found.setdefault((year, plot.stream), []).append(one)
    cash = cash_by_year(
        plots, rule, YEARS, default=default, collection=collection, notice_days=notice
    )
    assert [(row.year, row.stream) for row in cash.rows] == sorted(found)
    for row in cash.rows:
        wanted = add_splits(found[row.year, row.stream])
        assert asdict(row.split) == pytest.approx(asdict(wanted), rel=1e-12, abs=1e-9)


def test_table_shows_every_part():
    (row,) = cash_by_year([a_plot()], PLAN, YEARS).table
    assert row["rule"] == "plan"
    assert (row["year"], row["stream"], row["gross"]) == (2026, "commune_run", 30)
    assert row["retained"] == pytest.approx(18)


def test_no_plots_no_cash():
    cash = cash_by_year([], PLAN, YEARS)
    assert (cash.rows, cash.total(), cash.due_after) == ((), 0, 0)
    assert set(cash.by_year().values()) == {0}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"area_m2": 0}, "`area_m2 of plot p` must be a positive number"),
        ({"saleable_share": 45}, "`saleable_share of plot p` must be from 0 to 1"),
        ({"sale_probability": -0.1}, "`chance of a sale of plot p` must be 0 or more"),
        ({"price_mode": -1}, "`price of plot p`"),
        ({"quarter": 0}, "`quarter`"),
        ({"stream": "conversion"}, "says nothing of stream conversion"),
        ({"cost": -1}, "`cost of plot p` must be 0 or more, got -1"),
        ({"cost": np.nan}, "`cost of plot p` must be 0 or more, got nan"),
        ({"area_m2": np.nan}, "`area_m2 of plot p` must be a positive number, got nan"),
        ({"price_mode": np.nan}, "`price of plot p` must be 0 or more, got nan"),
        ({"sale_probability": np.nan}, "`chance of a sale of plot p` must be 0 or more, got nan"),
        ({"saleable_share": np.nan}, "`saleable_share of plot p` must be from 0 to 1"),
    ],
)
def test_impossible_plots(changes, message):
    with pytest.raises(ValueError, match=message):
        cash_by_year([a_plot(**changes)], PLAN, YEARS)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"sale_probability": 60}, r"`chance of a sale of plot p` must be from 0 to 1 .* 60 % is 0\.6"),
        ({"price_mode": 6_000_000}, "`price of plot p` must be from 0 to 1000 million VND per m2, got "
                                    "6e\\+06: 6,000,000 dong is 6"),
        ({"price_mode": 5_008}, "must be from 0 to 1000 million VND per m2"),
        ({"cost": 38e9}, "`cost of plot p` must be from 0 to 100000 billion VND"),
        ({"cost": np.inf}, "`cost of plot p` must be from 0 to 100000 billion VND"),
        ({"saleable_share": 45}, r"45: 60 % is 0\.6"),
        ({"quarter": True}, "`quarter` must be 1, 2, 3 or 4, got True"),
        ({"year": np.nan}, "`year of plot p` must be a whole number, got nan"),
        ({"year": 2026.5}, "`year of plot p` must be a whole number, got 2026"),
        ({"cost": None}, "`cost of plot p` must be 0 or more, got nan"),
    ],
    ids=str,
)  # fmt: skip
def test_units_that_were_mixed_up(changes, message):
    with pytest.raises(ValueError, match=message):
        cash_by_year([a_plot(**changes)], PLAN, YEARS)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"chances": {"P1": 0}}, "`chances` of plot P1: there is no such plot. Did you mean p1?"),
        ({"prices": {"p_1": 9}}, "`prices` of plot p_1: there is no such plot. Did you mean p1?"),
        ({"prices": {"zzz": 9}}, "there is no such plot. There are: p1, p2."),
        ({"prices": {"p1": 6_000_000}}, "`price of plot p1` must be from 0 to 1000 million VND"),
        ({"prices": {"p1": [9, np.nan]}}, "`price of plot p1` must be 0 or more, got nan at pos"),
        ({"chances": {"p1": 60}}, "`chance of a sale of plot p1` must be from 0 to 1"),
        ({"chances": {"p1": -0.1}}, "`chance of a sale of plot p1` must be 0 or more"),
        ({"sold": -1}, "`sold` must be 0 or more"),
        ({"sold": np.inf}, "`sold` must be 0 or more, got inf"),
        ({"default": 10}, r"`default` must be from 0 to 1 \(a fraction\), got 10: 60 % is 0\.6"),
        ({"notice_days": np.nan}, "`notice_days` must be from 0 to 180 days, got nan"),
    ],
    ids=str,
)
def test_what_is_given_by_plot(given, message):
    with pytest.raises(ValueError, match=message):
        cash_by_year([a_plot("p1"), a_plot("p2")], PLAN, YEARS, **given)


def test_what_is_given_by_plot_goes_by_its_label():
    plots = [a_plot("p1"), a_plot("p2", cost=1)]
    by_plot = {"prices": pd.Series({"p2": 5.0, "p1": 9.0}), "chances": pd.Series({"p2": 0.5})}
    cash = cash_by_year(plots, PLAN, YEARS, **by_plot)
    assert cash.total("gross") == pytest.approx(3000 * 9 / 1000 + 3000 * 5 / 1000 * 0.5)
    drawn = cash_by_year(plots, PLAN, YEARS, prices=pd.DataFrame({"p1": [9.0, 18.0]}))
    assert drawn.total("gross") == pytest.approx([27 + 30, 54 + 30])
    with pytest.raises(ValueError, match="one row per plot_id for `prices`, got twice"):
        cash_by_year([plots[0], plots[0]], PLAN, YEARS, prices={"p1": 5})
    with pytest.raises(ValueError, match="`prices` has p1 twice"):
        cash_by_year(plots, PLAN, YEARS, prices=pd.Series([1, 2], index=["p1", "p1"]))
    for changes in ({"area_m2": "3000"}, {"price_mode": "10"}, {"year": "2026"}, {"cost": "1"}):
        with pytest.raises(TypeError, match="of plot p` must be a number, got '"):
            cash_by_year([a_plot(**changes)], PLAN, YEARS)
    with pytest.raises(TypeError, match="`plots` must be records of plots, or a frame"):
        cash_by_year([{"plot_id": "p"}], PLAN, YEARS)
    with pytest.raises(
        TypeError, match=r"`years` must be years such as range\(2026, 2031\), got 2026"
    ):
        cash_by_year(plots, PLAN, 2026)


# ------------------------------------------------------------------ frames


def frame_of(plots):
    return pd.DataFrame([asdict(plot) for plot in plots])


def test_a_frame_of_plots_gives_a_frame_by_year_and_stream():
    plots = [a_plot("a", cost=3, quarter=4), a_plot("b", stream="conversion", year=2027)]
    rule = SharingRule("two", PLAN.lines + a_rule(stream="conversion").lines)
    cash, found = (cash_by_year(given, rule, YEARS) for given in (plots, frame_of(plots)))
    assert list(found.index.names) == ["year", "stream"]
    assert list(found.index) == [(2026, "commune_run"), (2027, "commune_run"), (2027, "conversion")]
    assert found["retained"].groupby("year").sum().to_dict() == pytest.approx(
        {year: money for year, money in cash.by_year().items() if money}
    )
    assert found.loc[(2027, "conversion"), "gross"] == 30
    assert set(found["origin"]) == {"statement"}
    drawn = cash_by_year(frame_of(plots), rule, YEARS, default=[0.0, 0.5])
    assert list(drawn.index.names) == ["year", "stream", "draw"]
    assert drawn.loc[(2027, "conversion", 1), "retained"] == pytest.approx(9)
    empty = cash_by_year(frame_of(plots).iloc[:0], rule, YEARS)
    assert (len(empty), list(empty.index.names)) == (0, ["year", "stream"])


def test_the_example_file_reads_as_the_records_do(own_data):
    path = DATA / "plots_example.csv"
    frame = pd.read_csv(path)
    plots = as_plots(frame)
    assert [plot.plot_id for plot in plots] == frame["plot_id"].tolist()
    assert plots[0].name.startswith("Ví dụ 1")
    rule = next(iter(own_data.rules.values()))
    found = cash_by_year(frame, rule, YEARS)["gross"].sum()
    assert found == pytest.approx(cash_by_year(plots, rule, YEARS).total("gross"))
    assert as_plots(frame.set_index("plot_id")) == plots


SHORT = {"plot_id": ["p1", "p2"], "stream": ["commune_run"] * 2, "area_m2": [3000, 2000],
         "saleable_share": [1, 1], "price_mode": [10, 8], "year": [2026, 2027.0],
         "quarter": [1, 2], "sale_probability": [1, 0.5]}  # fmt: skip


def test_columns_that_may_be_absent_or_empty():
    one, two = as_plots(pd.DataFrame(SHORT | {"cost": [None, 2], "note": [pd.NA, "x"]}))
    assert (one.cost, one.note, one.name, one.origin) == (0.0, "", "", "assumption")
    assert (two.price_low, two.price_high, two.cost, two.year) == (8.0, 8.0, 2.0, 2027)


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"area_m2": None}, ValueError, "`plots` must have the columns area_m2"),
        ({"line": [1, 2]}, None, ""),
        ({"costs": [38, 42]}, ValueError, "`plots` has a column costs: is it cost?"),
        ({"Cost": [38, 42]}, ValueError, "`plots` has a column Cost: is it cost?"),
        ({"plot_id": ["p1", "p1"]}, ValueError, "one row per plot_id, got"),
        ({"area_m2": [3000, np.nan]}, ValueError, "`area_m2 of plots p2` must be known, got nan"),
        ({"area_m2": [3000, "2.000"]}, TypeError, "`area_m2 of plots p2` must be a number, got '2.0"),
        ({"year": [2026, 2027.5]}, ValueError, "`year of plots p2` must be a whole number, got 2027"),
        ({"stream": ["commune_run", "x"]}, ValueError, "says nothing of stream x in 2027"),
        ({"plot_id": ["p1", None]}, ValueError, "`plot_id of plots nan` must be known"),
    ],
    ids=str,
)  # fmt: skip
def test_frames_that_do_not_fit(changes, error, message):
    table = {name: values for name, values in (SHORT | changes).items() if values is not None}
    if error is None:
        assert cash_by_year(pd.DataFrame(table), PLAN, YEARS)["gross"].sum() == 30 + 8
        return
    with pytest.raises(error, match=message):
        cash_by_year(pd.DataFrame(table), PLAN, YEARS)


def test_series_of_totals_shares_and_prices_go_by_their_labels():
    total = pd.Series({"plan": 300.0, "city": 100.0})
    share = pd.Series({"city": 0.2, "plan": 0.6})
    assert required_gross(total, share).to_dict() == pytest.approx({"plan": 500.0, "city": 500.0})
    area = required_area(required_gross(total, share), pd.Series({"city": 5, "plan": 10}))
    assert area.to_dict() == pytest.approx({"plan": 50_000.0, "city": 100_000.0})
    with pytest.raises(ValueError, match="`share` must have the labels of `total`"):
        required_gross(total, {"plan": 0.6})
    parts = split(total, line_for(PLAN, "commune_run", 2026))
    assert parts.commune.to_dict() == pytest.approx({"plan": 45, "city": 15})


@pytest.mark.parametrize(
    "price", [6_000_000, 5e4, [8, 6_000_000], pd.Series({"a": 6_000_000})], ids=str
)
def test_prices_in_dong_are_refused(price):
    with pytest.raises(ValueError, match="dong is 6"):
        required_area(500, price)
    with pytest.raises(ValueError, match="dong is 6"):
        check_prices(price=price)


@pytest.mark.parametrize("name", ["default", "collection", "premium"])
def test_impossible_markets(name):
    bad = {"default": 1.1, "collection": -0.1, "premium": -1}
    for value in (bad[name], np.nan, [0.5, np.nan]):
        with pytest.raises(ValueError, match=f"`{name}` must be"):
            cash_by_year([a_plot()], PLAN, YEARS, **{name: value})


@pytest.mark.parametrize(
    "call",
    [
        lambda: retained_share("plan_60", "commune_run", 2026),
        lambda: cash_by_year([a_plot()], "plan_60", YEARS),
        lambda: covers("plan_60", "commune_run", YEARS),
        lambda: change_rule(PLAN, "plan_60", 2028),
        lambda: change_rule("plan_60", PLAN, 2028),
    ],
    ids=["retained_share", "cash_by_year", "covers", "change_rule second", "first"],
)
def test_a_rule_by_its_name_is_refused(call):
    with pytest.raises(TypeError, match=r"must be a SharingRule; .* got 'plan_60' \(str\)"):
        call()
