"""The candidates for each assumption of the baseline: what they are, weigh and would give."""

import pytest

from laikhe_analysis.checks import NotComputable
from laikhe_analysis.data import load
from laikhe_analysis.records import ReferenceValue
from laikhe_analysis.scenarios import Candidate
from laikhe_analysis.scenarios.evidence import candidates, evidence_frame

PLACES = {"country": "A", "city": "B", "province": "P", "world": "W"}


def fact(place, series, year, value, **given):
    """Return a public figure."""
    usual = {"unit": "fraction/year", "price_basis": "n/a", "status": "final", "origin": "press",
             "confidence": "high", "source_id": "book"}  # fmt: skip
    return ReferenceValue(place, series, given.pop("year_from", None), year, value,
                          **usual | given)  # fmt: skip


def found(variable, rows):
    """Return candidates by their key."""
    both = candidates(variable, rows, PLACES, base_year=2025, until=2030)
    return {(one.candidate, one.confidence): one for one in both}


def values(data, variable, **given):
    """Return what each usable candidate has, and the table."""
    table = data.evidence(variable, **given)
    usable = table[table.confidence != "low"]
    return dict(zip(usable.candidate, usable.value, strict=True)), table


class TestElsewhere:
    def test_a_record_of_ten_years_and_the_whole_one(self):
        rows = [fact("P", "grdp_growth", year, 0.04 if year < 2016 else 0.08)
                for year in range(2006, 2026)]  # fmt: skip
        told = found("growth_total", rows)
        assert told["province", "high"].value == pytest.approx(0.08)
        assert told["province", "high"].count == 10
        assert told["province_long", "high"].value == pytest.approx(0.06)
        assert found("growth_industry", rows) == {}

    def test_a_city_is_taken_by_its_latest_year_and_part_of_a_year(self):
        rows = [fact("B", "grdp_growth", 2024, 0.1), fact("B", "grdp_growth", 2025, 0.118),
                fact("B", "grdp_growth_9m", 2026, 0.12),
                fact("B", "grdp_growth_h1", 2025, 0.11)]  # fmt: skip
        told = found("growth_total", rows)
        assert {key[0]: one.value for key, one in told.items()} == {"city": 0.118, "city_9m": 0.12}

    def test_plans_means_and_worlds_are_none(self):
        rows = [fact("P", "grdp_growth", 2025, 0.1, status="plan"),
                fact("P", "grdp_growth", 2025, 0.1, year_from=2021),
                fact("W", "gdp_growth", 2025, 0.03)]  # fmt: skip
        assert found("growth_total", rows) == {}

    def test_low_confidence_stands_apart_and_only_where_nothing_better_is_known(self):
        rows = [fact("P", "grdp_growth", 2024, 0.08), fact("P", "grdp_growth", 2024, 0.2, confidence="low"),
                fact("P", "grdp_growth", 2023, 0.16, confidence="low")]  # fmt: skip
        told = found("growth_total", rows)
        assert told["province", "high"].value == 0.08
        assert (told["province", "low"].value, told["province", "low"].first) == (0.16, 2023)

    def test_income_has_its_prices_taken_out(self):
        rows = [fact("P", "income_per_capita_month", 2023, 100.0, unit="thousand VND/month"),
                fact("P", "income_per_capita_month", 2025, 121.0, unit="thousand VND/month"),
                fact("A", "cpi_inflation", 2024, 0.1), fact("A", "cpi_inflation", 2025, 0.1)]  # fmt: skip
        one = found("income_growth_real", rows)["province", "high"]
        assert one.value == pytest.approx(0, abs=1e-12)
        assert (one.first, one.last, one.count, one.origin) == (2023, 2025, 2, "derived")
        assert found("income_growth_real", rows[:3]) == {}  # prices of a year are not known

    def test_the_deflator_is_what_real_growth_leaves(self):
        rows = [fact("B", "grdp_current", 2024, 648266.0, unit="billion VND"),
                fact("B", "grdp_current", 2025, 734420.0, unit="billion VND"),
                fact("B", "grdp_growth", 2025, 0.1181)]  # fmt: skip
        assert found("product_deflator", rows)["city", "high"].value == pytest.approx(
            734420 / 648266 / 1.1181 - 1
        )

    def test_forecasters_each_by_name(self):
        rows = [fact("A", "gdp_growth_imf_forecast", 2025, 0.05),
                fact("A", "gdp_growth_imf_forecast", 2026, 0.07),
                fact("A", "gdp_growth_imf_forecast", 2027, 0.06),
                fact("A", "gdp_growth_adb_forecast", 2026, 0.078, confidence="low")]  # fmt: skip
        told = found("growth_total", rows)
        assert told["forecast_imf", "high"].value == pytest.approx(0.065)
        assert told["forecast_adb", "low"].value == 0.078


class TestFrame:
    ROWS = (
        Candidate("assumed", "", 0.08, 2026, 2030, 5, "assumption", ""),
        Candidate("own", "X", 0.12, 2023, 2026, 3, "official", "medium"),
        Candidate("province", "P", 0.1, 2016, 2025, 10, "press", "high"),
        Candidate("district", "D", 0.3, 2016, 2025, 10, "press", "low"),
    )

    def test_weights_add_up_and_low_confidence_has_none(self):
        assert list(evidence_frame(self.ROWS).weight) == pytest.approx([0.7, 0.3, 0, 0])
        table = evidence_frame(self.ROWS, weights={"province": 1, "assumed": 1, "district": 5})
        assert list(table.weight) == pytest.approx([0.35, 0.3, 0.35, 0])

    @pytest.mark.parametrize(
        ("weights", "words"),
        [
            pytest.param({"provinc": 1}, "province", id="unknown"),
            pytest.param({"own": 1}, "weights", id="own has its own weight"),
            pytest.param({"province": -1}, "must not be negative, got -1", id="negative"),
            pytest.param({"province": float("nan")}, "must not be negative", id="nan"),
            pytest.param({"district": 1}, "must give some candidate a weight", id="low only"),
            pytest.param({}, "must give some candidate a weight", id="none"),
        ],
    )
    def test_weights_that_do_not_fit(self, weights, words):
        with pytest.raises(ValueError, match=words):
            evidence_frame(self.ROWS, weights=weights)


class TestOwnData:
    def test_the_records_are_those_that_the_notes_name(self, own_data):
        told, table = values(own_data, "growth_industry")
        assert told["province"] == pytest.approx(0.1168)  # "11,7 %"
        assert told["country"] == pytest.approx(0.070, abs=5e-4)  # "7,0 %"
        assert told["city"] == 0.1361
        assert table.weight.tolist() == [1.0] + [0.0] * (len(table) - 1)
        assert told["assumed"] == pytest.approx((told["province"] + told["country"]) / 2, abs=5e-4)

    def test_what_each_alone_would_give(self, own_data):
        _, table = values(own_data, "growth_industry")
        assert table.alone.iloc[0] == pytest.approx(0.0788, abs=5e-5)
        order = table.sort_values("value")
        assert order.alone.is_monotonic_increasing
        _, total = values(own_data, "growth_total")
        assert total.value.iloc[0] == pytest.approx(table.alone.iloc[0])
        assert (total.alone == total.value).all()

    def test_implied_deflators(self, own_data):
        # 1.32 % Hải Phòng 2025, 0.91 % the old city in 2018-24
        told, _ = values(own_data, "product_deflator")
        assert told["city"] == pytest.approx(0.0132, abs=5e-5)
        assert told["old_city"] == pytest.approx(0.0091, abs=5e-5)
        assert told["assumed"] == pytest.approx(0.0394)

    def test_income_over_two_spans(self, own_data):
        told, _ = values(own_data, "income_growth_real")
        assert told["province"] == pytest.approx(0.046, abs=5e-4)
        assert told["province_long"] == pytest.approx(0.064, abs=5e-4)

    def test_the_own_record_stands_among_them(self, own_data):
        data = own_data.add("population", 2025, 43304)
        table = data.evidence("population_growth").set_index("candidate")
        assert table.value["own"] == pytest.approx(43304 / 42875 - 1)
        assert (table.weight["own"], table.weight["assumed"]) == (0.1, 0.9)
        assert table.place["own"] == data.commune.name
        centre = (table.weight * table.value).sum()
        row = next(
            x for x in data.assumed["co_so"].assumptions if x.variable == "population_growth"
        )
        assert row.value == pytest.approx(centre, abs=5e-5)

    def test_a_variable_that_is_no_growth_rate(self, own_data):
        with pytest.raises(ValueError, match="growth_industry"):
            own_data.evidence("growth_industri")
        with pytest.raises(ValueError, match="variable"):
            own_data.evidence("buoyancy")

    def test_nothing_assumed_nothing_told(self, folder):
        data = load(folder)
        with pytest.raises(NotComputable, match="Chưa có căn cứ nào"):
            data.evidence("crop_value_growth")
        assert list(data.evidence("growth_total").candidate) == ["assumed"]

    def test_no_baseline(self, folder):
        path = folder / "scenarios.csv"
        path.write_text(path.read_text("utf-8").replace("co_so", "goc"), "utf-8")
        with pytest.raises(NotComputable, match="Không có kịch bản “co_so”"):
            load(folder).evidence("growth_total")
