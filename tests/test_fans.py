"""The spread around scenarios, and the evidence behind forecasts."""

from dataclasses import replace

import numpy as np
import pytest

from laikhe_analysis.data import load
from laikhe_analysis.office.summary import project_all
from laikhe_analysis.office.what_if import draws as fans
from laikhe_analysis.records import Scenario
from laikhe_analysis.scenarios import Level, project
from laikhe_analysis.series import AnnualSeries


def test_the_median_follows_the_scenario_and_the_band_widens(own_data):
    projection = project_all(own_data)["co_so"]
    draws = fans.product_draws(own_data, projection)
    rows = draws.fan(levels=(80, 95)).set_index("year")
    for year, row in rows.iterrows():
        assert row.point == pytest.approx(projection.value("total_product", year), rel=0.01)
        assert row.lo_95 < row.lo_80 < row.point < row.hi_80 < row.hi_95
    assert (rows.hi_80 - rows.lo_80).is_monotonic_increasing
    again = fans.product_draws(own_data, projection)
    assert np.array_equal(draws.totals, again.totals)
    narrow = fans.product_draws(own_data, projection, wider=1.0)
    assert narrow.totals.std() < draws.totals.std()


def test_revenue_follows_product_prices_and_buoyancy(own_data):
    projections = project_all(own_data)
    projection = projections["co_so"]
    still = fans.product_draws(own_data, projection, wider=0.0, draws=3)
    index = fans.revenue_draws(still, projection)
    wanted = projection.path("recurrent_revenue").array[1:]
    assert index[0] == pytest.approx(wanted)
    assert fans.revenue_draws(still, projections["muc_tieu"]) is None


def known_revenue(data, **figures):
    """Return the projection of the base scenario with revenue known for some years."""
    years = tuple(int(name[1:]) for name in figures)
    series = AnnualSeries("recurrent_revenue", years, tuple(figures.values()), unit="billion VND",
                          price_basis="current", origin="official")  # fmt: skip
    now = data.baseline()
    levels = {}
    if years[0] == now.year:
        levels = {series.name: Level(series.values[0], series.unit, series.price_basis, "official")}
    after = series.select(year for year in years if year > now.year)
    known = {series.name: after} if after else {}
    baseline = replace(now, levels=now.levels | levels, known=now.known | known)
    return project(baseline, data.assumed["co_so"], rules=data.rules)


def test_revenue_that_is_known_has_no_spread_and_the_rest_goes_on_from_it(own_data):
    projection = known_revenue(own_data, y2025=100.0, y2026=150.0)
    still = fans.product_draws(own_data, projection, wider=0.0, draws=3)
    wanted = projection.path("recurrent_revenue").array[1:]
    assert fans.revenue_draws(still, projection)[0] == pytest.approx(wanted)
    draws = fans.revenue_draws(fans.product_draws(own_data, projection), projection)
    assert set(draws[:, 0]) == {150.0}
    assert draws[:, 1].std() > 0
    low, high = np.quantile(draws[:, -1], (0.1, 0.9))
    assert low < projection.value("recurrent_revenue", 2030) < high


def test_buoyancy_need_not_be_assumed_for_a_year_that_is_known(own_data):
    projection = known_revenue(own_data, y2025=100.0, y2026=150.0)
    late = tuple(
        replace(one, year_from=2027) if one.variable == "buoyancy" else one
        for one in projection.scenario.assumptions
    )
    later = project(projection.baseline, Scenario("late", late), rules=own_data.rules)
    draws = fans.product_draws(own_data, later, draws=8)
    assert fans.revenue_draws(draws, later)[:, 0] == pytest.approx(150)


def test_revenue_without_a_base_year_has_no_fan(own_data):
    projection = known_revenue(own_data, y2026=150.0)
    draws = fans.product_draws(own_data, projection, draws=8)
    assert fans.revenue_draws(draws, projection) is None


def test_real_income_is_drawn_along(own_data):
    draws = fans.product_draws(own_data, project_all(own_data)["co_so"], with_income=True)
    assert np.median(draws.growth("income_per_capita_real")) == pytest.approx(0.064, abs=0.002)
    growth = fans.real_income_growth(own_data)
    assert growth.years == (2019, 2020, 2021, 2022, 2023, 2024)
    # 4,295 over 3,876 thousand VND a month, prices up 2.79 % in 2019
    assert growth.at(2019) == pytest.approx(4295 / 3876 / 1.0279 - 1)


def test_a_commune_without_the_record_has_no_fan(folder):
    data = load(folder)
    assert fans.product_draws(data, project_all(data)["co_so"]) is None
    assert fans.real_income_growth(data) is None


def test_too_short_a_common_record_gives_no_fan(own_data):
    few = replace(
        own_data,
        published=tuple(r for r in own_data.published
                        if r.series_id != "gdp_growth_services" or r.year > 2022),
    )  # fmt: skip
    assert fans.product_draws(few, project_all(own_data)["co_so"]) is None
