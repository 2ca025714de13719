"""The commune's own record among the evidence of the baseline: counted, capped, never a target."""

from dataclasses import replace

import pytest
from conftest import DATA

from laikhe_analysis.checks import NotComputable
from laikhe_analysis.data import load
from laikhe_analysis.records import Assumption, Break, Observation, Scenario
from laikhe_analysis.scenarios import OWN_CAP, Candidate, own_growth, with_own_history
from laikhe_analysis.scenarios.own_history import own_candidate, own_weight

PRODUCTS = {"industry": 1269, "services": 705, "agriculture": 376}
GROWTH = [f"growth_{name}" for name in PRODUCTS]


def with_products(data, year, growth, **given):
    """Add the products of a year, each grown from 2025 by the same rate a year."""
    for name, value in PRODUCTS.items():
        figure = round(value * (1 + growth) ** (year - 2025), 3)
        data = data.add(f"product_{name}", year, figure, **given)
    return data


def rates(data, scenario="co_so", year=2028):
    """Return the sectors' assumed growth of a year."""
    return {
        x.variable: x.value
        for x in data.assumed[scenario].assumptions
        if x.variable in GROWTH and x.year_from <= year <= x.year_to
    }


def row(year, value, **changed):
    """Return a figure of a whole year."""
    whole = Observation("x", year, "FY", value, None, None, "tons", "n/a", "final", "official",
                        "book", f"{year}-12-31")  # fmt: skip
    return replace(whole, **changed)


class TestCandidate:
    @pytest.mark.parametrize(
        ("rows", "value", "years", "count"),
        [
            pytest.param([(2025, 100), (2026, 110)], 0.1, (2025, 2026), 1, id="two years"),
            pytest.param([(2024, 100), (2025, 110), (2026, 132)], (1.32**0.5 - 1), (2024, 2026), 2,
                         id="mean over three"),
            pytest.param([(2022, 50), (2023, 60), (2025, 100), (2026, 105)], 0.05, (2025, 2026), 1,
                         id="from the last gap on"),
            pytest.param([(2018 + i, 100 * 1.1**min(i, 3)) for i in range(9)], 0.0, (2021, 2026), 5,
                         id="the latest five"),
        ],
    )  # fmt: skip
    def test_growth_by_hand(self, rows, value, years, count):
        found = own_candidate([row(*each) for each in reversed(rows)])
        assert found.value == pytest.approx(value, abs=1e-12)
        assert (found.first, found.last) == years
        assert (found.count, found.confidence, found.origin) == (count, "medium", "derived")

    @pytest.mark.parametrize(
        ("rows", "breaks"),
        [
            pytest.param([], (), id="nothing"),
            pytest.param([row(2025, 100)], (), id="one year"),
            pytest.param([row(2024, 100), row(2026, 110)], (), id="a year between"),
            pytest.param([row(2025, 100), row(2026, 110)], (2026,), id="a break"),
            pytest.param([row(2025, 100), row(2026, 110, unit="people")], (), id="two units"),
            pytest.param([row(2025, 100, price_basis="current"), row(2026, 110)], (), id="prices"),
            pytest.param([row(2025, 100, origin="assumption"), row(2026, 110)], (),
                         id="reported after assumed"),
            pytest.param([row(2025, 0), row(2026, 110)], (), id="zero"),
            pytest.param([row(2025, -1), row(2026, 110)], (), id="negative"),
        ],
    )  # fmt: skip
    def test_nothing_that_is_comparable(self, rows, breaks):
        assert own_candidate(rows, breaks) is None

    def test_a_leap_is_shown_and_not_believed(self):
        assert own_candidate([row(2025, 100), row(2026, 151)]).confidence == "low"
        assert own_candidate([row(2025, 100), row(2026, 150)]).confidence == "medium"

    def test_prices_are_taken_out_with_their_origin(self):
        pair = [row(2025, 80), row(2026, 92.4)]
        found = own_candidate(pair, prices=lambda year: (0.05, "assumption"))
        assert found.value == pytest.approx(0.1)  # 1.155 / 1.05
        assert found.origin == "assumption"
        assert own_candidate(pair, prices=lambda year: None) is None

    def test_the_weight_has_a_cap(self):
        assert [own_weight(n) for n in range(6)] == pytest.approx([0, 0.1, 0.2, 0.3, 0.3, 0.3])
        assert OWN_CAP == 0.3


class TestTotal:
    def test_sectors_follow_the_total_where_only_it_is_known(self):
        def given(name, value):
            year = 2025 if name.startswith("share") else 2026
            unit = "fraction" if name.startswith("share") else "fraction/year"
            return Assumption(name, year, year, value, unit, "assumption")

        written = Scenario("co_so", (given("share_a", 0.75), given("share_b", 0.25),
                                     given("growth_a", 0.08), given("growth_b", 0.04)))  # fmt: skip
        rows = {"total_product": [row(2025, 100), row(2026, 110)]}
        found = own_growth(rows, written, ("a", "b"), base_year=2025, prices=lambda year: None)
        # the scenario makes 7 %, the record 10 %: both sectors three points more
        assert found["growth_a"].value == pytest.approx(0.11)
        assert found["growth_b"].value == pytest.approx(0.07)
        assert [one.candidate for one in found.values()] == ["own_total", "own_total", "own"]
        rows["product_a"] = [row(2025, 100), row(2026, 102)]
        one = own_growth(rows, written, ("a", "b"), base_year=2025, prices=lambda year: None)
        assert list(one) == ["growth_a", "growth_total"]  # what is known of a sector comes first
        assert one["growth_a"].value == pytest.approx(0.02)

    def test_without_a_structure_the_total_tells_nothing_of_sectors(self):
        rows = {"total_product": [row(2025, 100), row(2026, 110)]}
        bare = Scenario("co_so", ())
        found = own_growth(rows, bare, ("a",), base_year=2025, prices=lambda year: None)
        assert list(found) == ["growth_total"]


class TestScenarios:
    def test_intentions_and_low_confidence_stay(self):
        rows = (Assumption("growth_a", 2026, 2027, 0.08, "fraction/year", "assumption"),
                Assumption("growth_a", 2028, 2030, 0.12, "fraction/year", "statement"))  # fmt: skip
        base = Scenario("co_so", rows)
        own = Candidate("own", "", 0.2, 2025, 2026, 1, "derived", "medium")
        found = with_own_history({"co_so": base}, base, {"growth_a": own})["co_so"].assumptions
        assert [one.value for one in found] == [0.092, 0.12]
        low = {"growth_a": replace(own, confidence="low")}
        assert with_own_history({"co_so": base}, base, low) == {"co_so": base}


class TestData:
    def test_one_year_moves_nothing(self, filled):
        assert not set(GROWTH) & set(filled.own_growth())
        assert rates(filled) == rates(load(DATA))

    @pytest.mark.parametrize("growth", [0.03, 0.12, 0.2])
    def test_a_second_year_moves_the_baseline_within_the_cap(self, filled, growth):
        before, moved = rates(filled), rates(with_products(filled, 2026, growth))
        for name, rate in before.items():
            assert moved[name] == pytest.approx(0.9 * rate + 0.1 * growth, abs=1e-4)
        assert filled.path("co_so", "total_product")[2030] != pytest.approx(
            with_products(filled, 2026, growth).path("co_so", "total_product")[2030]
        )

    def test_many_years_at_the_target_never_carry_the_baseline_there(self, filled):
        data = filled
        for year in range(2026, 2031):
            data = with_products(data, year, 0.12)
        before, moved = rates(filled), rates(data)
        for name, rate in before.items():
            assert moved[name] == pytest.approx(0.7 * rate + 0.3 * 0.12, abs=1e-4)
        assert data.own_growth()["growth_industry"].count == 5

    def test_reported_growth_is_no_record(self, filled):
        data = filled.add("2.2.2-total", 2026, 0.12).add("2.2.2-industry", 2026, 0.15)
        data = data.add("2.2.2-industry", 2025, 0.15)
        assert not set(GROWTH) & set(data.own_growth())
        assert rates(data) == rates(filled)

    def test_part_years_are_no_record(self, filled):
        data = with_products(filled, 2026, 0.12, period="9M")
        assert rates(data) == rates(filled)

    def test_other_scenarios_keep_what_is_their_own(self, filled):
        data = with_products(filled, 2026, 0.2)
        for name in ("muc_tieu", "than_trong"):
            assert rates(data, name) == rates(filled, name)

    def test_adding_twice_counts_once(self, filled):
        once = with_products(filled, 2026, 0.12)
        assert rates(once.own_figures_first()) == rates(once)
        assert rates(with_products(once, 2026, 0.12)) == rates(once)

    def test_the_note_says_what_entered(self, filled):
        data = with_products(filled, 2026, 0.12)
        note = next(x for x in data.assumed["co_so"].assumptions if x.variable == GROWTH[0]).note
        assert note.endswith("xã tự tính 2025-2026: 12 %/năm, trọng số 10 %.")
        assert "Hải Dương" in note

    def test_total_alone_moves_every_sector(self, filled):
        data = filled.add("total_product", 2026, 2350 * 1.2)
        moved, before = rates(data), rates(filled)
        steps = {round(moved[name] - before[name], 4) for name in GROWTH}
        assert len(steps) == 1
        assert steps.pop() > 0

    def test_income_is_taken_at_constant_prices(self, filled):
        data = filled.add("income_per_capita", 2026, 78.5 * 1.045 * 1.1)
        # prices of 2026 are not known for the whole year: 4.5 % as assumed
        assert data.own_growth()["income_growth_real"].value == pytest.approx(0.1)
        assert data.own_growth()["income_growth_real"].origin == "assumption"

    def test_a_former_year_counts_once_all_of_the_former_communes_are_there(self, filled):
        data, source = filled, "commune-report"
        *first, last = data.commune.predecessors
        for place in first:
            data = data.add("product_industry", 2024, 380, area=place, source_id=source)
        assert "growth_industry" not in data.own_growth()
        data = data.add("product_industry", 2024, 380, area=last, source_id=source)
        found = data.own_growth()["growth_industry"]
        assert found.value == pytest.approx(1269 / 1140 - 1)
        assert (found.first, found.last) == (2024, 2025)


@pytest.fixture(scope="module")
def five(filled):
    """Former communes' figures of 2021-2024 before those of 2025."""
    data, source = filled, "commune-report"
    sizes = {"recurrent_revenue": 6.0, "total_product": 600.0, "income_per_capita": 60.0}
    for year in range(2021, 2025):
        for place in data.commune.predecessors:
            given = {"area": place, "source_id": source}
            data = data.add("population", year, 14000, **given) if year < 2024 else data
            for name, size in sizes.items():
                if name != "income_per_capita" or year < 2024:
                    data = data.add(name, year, round(size * 1.07 ** (year - 2021), 3), **given)
    return data


class TestForecast:
    def test_from_five_years_on_former_ones_among_them(self, five):
        found = five.forecast("total_product")
        assert found.history.years == (2021, 2022, 2023, 2024, 2025)
        assert found.history.at(2021) == pytest.approx(1800)
        assert found.years == (2026, 2027, 2028, 2029, 2030)
        assert (found.unit, found.method, found.origin) == ("billion VND", "adaptive", "derived")
        assert five.about("total_product").scope
        low, high = found.quantile(0.1), found.quantile(0.9)
        assert (low < found.point).all()
        assert (found.point < high).all()

    def test_the_target_does_not_enter(self, five):
        plan = five.plan
        higher = tuple(
            replace(one, value=one.value * 1.2) if one.role == "total_product" else one
            for one in plan.targets
        )
        moved = replace(five, plan=replace(plan, targets=higher))
        assert moved.target("total_product").value > five.target("total_product").value
        assert (moved.forecast("total_product").point == five.forecast("total_product").point).all()

    def test_four_years_are_too_few_and_say_so(self, filled, five):
        with pytest.raises(NotComputable, match="mới có 1 năm đủ số, từ 5 năm mới dự báo"):
            filled.forecast("total_product")
        broken = replace(five, interruptions=(Break("total_product", 2023, "khác", "plan"),))
        with pytest.raises(NotComputable, match="mới có 3 năm"):
            broken.forecast("total_product")
        with pytest.raises(NotComputable, match="Chưa có"):
            filled.forecast("total_investment")

    def test_nothing_is_left_to_forecast(self, five):
        data = five
        for year in range(2026, 2031):
            data = data.add("total_product", year, 2400)
        with pytest.raises(NotComputable, match="đã có số đến năm 2030"):
            data.forecast("total_product")
