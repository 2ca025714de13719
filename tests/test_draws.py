"""The draws of chances: income follows product and strays by record, revenue by its buoyancy."""

import math

import numpy as np
import pandas as pd
import pytest

from laikhe_analysis.findings.draws import (
    BUOYANCY_WIDTH,
    WIDER,
    income_draws,
    product_draws,
    revenue_draws,
)
from laikhe_analysis.findings.income_record import income_record, income_strays
from laikhe_analysis.records import Assumption
from laikhe_analysis.scenarios import override
from laikhe_analysis.simulation import estimate_covariance

INCOME = "income_per_capita_real"


def record_of(*rows):
    """Return a record of periods: place, years, real income, product per head."""
    return pd.DataFrame(rows, columns=["place", "years", "income", "product"])


# ------------------------------------------------------------------ what income did beside product


def test_real_income_beside_product_per_head_by_hand(own_data):
    """The former province 2022-2023: 4,935 to 5,340 thousand VND a month, prices up by 3.25 %,
    product by 8.16 %, people from 1,946.82 to 1,956.90 thousand."""
    table = income_record(own_data).set_index(["place", "first"])
    row = table.loc[("Hải Dương (cũ)", 2022)]
    assert (row["last"], row.years) == (2023, 1)
    assert row.income == pytest.approx(math.log(5340 / 4935 / 1.0325))
    assert row["product"] == pytest.approx(math.log(1.0816 * 1946.82 / 1956.90))
    assert row.gap == pytest.approx(row.income - row["product"])
    two = table.loc[("Việt Nam", 2016)]
    assert two.years == 2
    assert two.income == pytest.approx(math.log(3876 / 3049 / 1.0353 / 1.0354) / 2)


def test_periods_that_lack_a_figure_are_left_out(own_data):
    table = income_record(own_data)
    assert table.groupby("place").size().to_dict() == {
        "Việt Nam": 14, "Hải Phòng (cũ)": 2, "Hải Dương (cũ)": 4,
    }  # fmt: skip
    assert (table["last"] - table["first"] == table.years).all()


@pytest.mark.parametrize(
    ("rows", "follows", "wanted"),
    [
        pytest.param([("A", 1, x, 0.0) for x in (3, -3, 3, -3)], 1.0, math.sqrt(36 / 3), id="one place"),
        pytest.param([("A", 1, x, x) for x in (3, -3, 3, -3)], 1.0, 0.0, id="follows"),
        pytest.param([("A", 1, x, x) for x in (3, -3, 3, -3)], 0.5, math.sqrt(9 / 3), id="half"),
        pytest.param([("A", 4, x, 0.0) for x in (3, -3, 3, -3)], 1.0, 2 * math.sqrt(36 / 3),
                     id="a mean of four years strays half as far as a year"),
        pytest.param([("A", 1, 1, 0), ("A", 1, -1, 0), ("B", 1, 9, 0), ("B", 1, 7, 0), ("B", 1, 8, 0)],
                     1.0, math.sqrt(4 / 3), id="places apart"),
    ],
)  # fmt: skip
def test_how_far_income_strays_by_hand(rows, follows, wanted):
    assert income_strays(record_of(*rows), follows) == pytest.approx(wanted)


def test_too_few_periods_have_no_spread():
    assert (
        income_strays(record_of(("A", 1, 1.0, 0.0), ("A", 1, 2.0, 0.0), ("A", 1, 2.0, 0.0))) is None
    )
    assert income_strays(record_of()) is None


def test_the_record_of_three_places(own_data):
    """20 periods, recomputed apart: 3.13 points a year; 4.10 where income does not follow at all."""
    record = income_record(own_data)
    assert income_strays(record) == pytest.approx(0.03128, abs=5e-5)
    assert income_strays(record, 0.0) == pytest.approx(0.04098, abs=5e-5)


# ------------------------------------------------------------------ draws


@pytest.fixture(scope="module")
def drawn(own_data):
    return product_draws(own_data, own_data.projection("co_so"))


def test_the_correlation_that_was_measured_is_kept(own_data, drawn):
    """Industry with services: 0.71 in the country's 2011-2025; drawn to the mean it was 0.45."""
    facts = own_data.facts()
    table = {s: facts[f"Việt Nam/gdp_growth_{s}"] for s in ("industry", "services", "agriculture")}
    measured = estimate_covariance(table, shrinkage=0.0).matrix * WIDER**2
    assert drawn.model.cov[:3, :3] == pytest.approx(measured)
    size = np.sqrt(np.diag(measured))
    assert measured[0, 1] / size[0] / size[1] == pytest.approx(0.713, abs=5e-4)


def test_income_shares_the_shock_of_product(own_data, drawn):
    """cov(income, sectors) = f C w and var(income) = f^2 w'Cw + s^2, whatever f."""
    weights = drawn.shares[:3]
    for follows, strays in ((1.0, None), (0.5, 0.02)):
        found = product_draws(own_data, own_data.projection("co_so"), follows=follows, strays=strays,
                              draws=10)  # fmt: skip
        cov = found.model.cov
        own = income_strays(income_record(own_data), follows) if strays is None else strays
        assert cov[3, :3] == pytest.approx(follows * cov[:3, :3] @ weights)
        assert cov[3, 3] == pytest.approx(follows**2 * weights @ cov[:3, :3] @ weights + own**2)


def test_income_that_only_follows_is_the_product_again(own_data):
    """To first order: without a residual the deviations from the middle are the total's."""
    now = own_data.projection("co_so")
    found = product_draws(own_data, now, strays=0.0)
    total = found.growth() - np.median(found.growth())
    income = found.growth(INCOME) - np.median(found.growth(INCOME))
    assert np.abs(total - income).max() < 0.004
    assert np.corrcoef(total, income)[0, 1] > 0.998


def test_product_is_the_same_whatever_income_and_revenue_do(own_data, drawn):
    other = product_draws(own_data, own_data.projection("co_so"), follows=0.3, strays=0.2,
                          buoyancy_width=0.0)  # fmt: skip
    assert (other.totals == drawn.totals).all()
    first = product_draws(own_data, own_data.projection("co_so"), draws=500)
    assert (first.totals == drawn.totals[:500]).all()
    assert (first.shifts["buoyancy"] == drawn.shifts["buoyancy"][:500]).all()


def test_the_two_chances_live_together(own_data, drawn):
    """12 % a year of product (7.9 in the middle) and of real income (6.4): both below one in a
    hundred; they were 0.4 and 13 % when income swung as twice the country's survey."""
    product, income = drawn.growth() >= 0.12, drawn.growth(INCOME) >= 0.12
    assert 0.002 < product.mean() < 0.012
    assert 0.002 < income.mean() < 0.012
    assert (product & income).mean() > 10 * product.mean() * income.mean(), "they move together"


def test_income_of_each_draw_begins_at_the_base_year(own_data, drawn):
    now = own_data.projection("co_so")
    incomes = income_draws(drawn, now)
    assert incomes[:, 0].mean() == pytest.approx(now.value(INCOME, 2026), rel=2e-3)
    assert np.median(incomes[:, -1]) == pytest.approx(now.value(INCOME, 2030), rel=5e-3)


def test_without_a_record_income_is_not_drawn(own_data, monkeypatch):
    monkeypatch.setattr("laikhe_analysis.findings.draws.income_record", lambda data: record_of())
    now = own_data.projection("co_so")
    found = product_draws(own_data, now, draws=10)
    assert found.model.sectors == now.parts
    assert income_draws(found, now) is None
    assert income_draws(product_draws(own_data, now, strays=0.03, draws=10), now) is not None


# ------------------------------------------------------------------ revenue


def test_revenue_moves_with_its_buoyancy_alone_where_product_is_still(own_data):
    """R = 100 prod (1 + (1 + d) n_t), d the same in all years, evenly within the width."""
    now = own_data.projection("co_so")
    found = product_draws(own_data, now, wider=0.0, draws=4000)
    nominal = now.path("total_product_nominal").rates().array
    off = found.shifts["buoyancy"]
    wanted = 100 * np.cumprod(1 + (1 + off[:, None]) * nominal, axis=1)
    np.testing.assert_allclose(revenue_draws(found, now), wanted, rtol=1e-12)
    assert np.abs(off).max() <= BUOYANCY_WIDTH
    assert np.quantile(off, [0.1, 0.5, 0.9]) == pytest.approx(
        [-0.8 * BUOYANCY_WIDTH, 0, 0.8 * BUOYANCY_WIDTH], abs=0.01
    )


def test_revenue_is_wider_than_product(own_data, drawn):
    now = own_data.projection("co_so")
    revenue = revenue_draws(drawn, now)
    alone = revenue_draws(product_draws(own_data, now, buoyancy_width=0.0), now)
    spread = [np.subtract(*np.quantile(x[:, -1], [0.9, 0.1])) for x in (revenue, alone)]
    assert spread[0] > 1.2 * spread[1]
    assert np.median(revenue[:, -1]) == pytest.approx(np.median(alone[:, -1]), rel=0.01)


def test_a_growth_of_its_own_has_no_buoyancy_to_draw(own_data):
    now = own_data.projection("muc_tieu")
    found = product_draws(own_data, now, draws=10)
    assert revenue_draws(found, now) is None
    row = Assumption("buoyancy", 2026, 2030, 0.8, "ratio", "assumption")
    other = own_data.projection(override(own_data.assumed["co_so"], "x", row))
    assert product_draws(own_data, other, draws=10).shifts["buoyancy"].shape == (10,)
