"""The data files beside the register: form, preferred values, breaks, and no plan in the baseline.

They are read with the `csv` module alone, so that a fault of the loader cannot hide one of the
data.
"""

from __future__ import annotations

import csv
import math
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from laikhe_analysis.data import load
from laikhe_analysis.series import ORIGINS
from laikhe_analysis.vietnamese import UNITS

DATA = Path(__file__).parents[1] / "data"
VN, KT = "Việt Nam", "Kim Thành (cũ)"
HD, HP_OLD, HP = "Hải Dương (cũ)", "Hải Phòng (cũ)", "Hải Phòng"
SECTORS = ("industry", "services", "agriculture")
REALISED = ("final", "preliminary", "estimate")

HEADERS = {
    "reference.csv": "entity,series_id,year_from,year,value,unit,price_basis,status,origin,"
    "confidence,source_id,note",
    "sources.csv": "source_id,title,publisher,url,published",
    "milestones.csv": "target_id,year,value",
    "breaks.csv": "series_id,year,why,source_id",
    "premises.csv": "key,judgement,reading,decides,source_id",
    "observations.csv": "series_id,year,period,value,low,high,unit,price_basis,status,origin,"
    "source_id,recorded_on,import_id,note",
    "scenarios.csv": "scenario,inherits,variable,year_from,year_to,value,unit,origin,source_id,"
    "approved_by,note",
    "sharing.csv": "rule,stream,year_from,year_to,central,city,commune,city_returned,unassigned,"
    "cost_deducted_first,status,origin,source_id",
    "plots.csv": "plot_id,name,stream,run_by,area_m2,saleable_share,price_low,price_mode,"
    "price_high,cost,year,quarter,sale_probability,origin,note",
    "plots_example.csv": "plot_id,name,stream,run_by,area_m2,saleable_share,price_low,price_mode,"
    "price_high,cost,year,quarter,sale_probability,origin,note",
    "projects.csv": "project_id,name,cost,source_of_funds,arrears,order,stage,y2026,y2027,y2028,y2029,"
    "y2030,origin,note",
    "land_revenue_realisation.csv": "unit,level,period,ratio,what,is_full_year_land_fee,source_id",
}
NUMBERS = {
    "reference.csv": ("year", "value"),
    "observations.csv": ("year", "value"),
    "scenarios.csv": ("year_from", "year_to"),
    "sharing.csv": (
        "year_from", "year_to", "central", "city", "commune", "city_returned", "unassigned",
        "cost_deducted_first",
    ),
    "plots_example.csv": (
        "area_m2", "saleable_share", "price_low", "price_mode", "price_high", "cost", "year",
        "quarter", "sale_probability",
    ),
    "land_revenue_realisation.csv": ("ratio",),
}  # fmt: skip


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a data file."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def is_usable(row: dict[str, str]) -> bool:
    """Whether a reference row may enter a calculation as something that happened."""
    return row["confidence"] != "low" and row["status"] in REALISED


def series(entity: str, series_id: str) -> dict[int, float]:
    """Return the usable yearly values of a reference series."""
    return {
        int(row["year"]): float(row["value"])
        for row in table("reference.csv")
        if (row["entity"], row["series_id"]) == (entity, series_id)
        and is_usable(row)
        and not row["year_from"]
    }


def mean_rate(rates: list[float]) -> float:
    """Return the geometric mean of rates in per cent."""
    return 100 * (math.prod(1 + rate / 100 for rate in rates) ** (1 / len(rates)) - 1)


def assumed(scenario: str, variable: str, year: int = 2026) -> str:
    """Return the value that a scenario's own rows give for a year."""
    found = [
        row["value"]
        for row in table("scenarios.csv")
        if (row["scenario"], row["variable"]) == (scenario, variable)
        and int(row["year_from"]) <= year <= int(row["year_to"])
    ]
    assert len(found) == 1, (scenario, variable, year, found)
    return found[0]


# --- form -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", HEADERS)
def test_header_is_exact(name: str) -> None:
    text = (DATA / name).read_text(encoding="utf-8")
    assert text.splitlines()[0] == HEADERS[name]
    assert unicodedata.is_normalized("NFC", text)
    assert all(None not in row and None not in row.values() for row in table(name))


@pytest.mark.parametrize("name", ["plots.csv", "projects.csv", "observations.csv", "scenarios.csv"])
def test_no_example_in_a_file_of_the_commune(name: str) -> None:
    assert [row for row in table(name) if row["origin"] == "example"] == []


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers_have_a_decimal_dot_and_no_groups(name: str) -> None:
    for row in table(name):
        for column in () if row.get("status") == "withdrawn" else NUMBERS[name]:
            assert re.fullmatch(r"-?\d+(\.\d+)?", row[column]), (name, column, row)


@pytest.mark.parametrize("name", ["reference.csv", "observations.csv", "scenarios.csv"])
def test_units_and_origins_are_known(name: str) -> None:
    assert {row["unit"] for row in table(name)} <= set(UNITS)
    assert {row["origin"] for row in table(name)} <= set(ORIGINS)


def test_every_source_exists_once() -> None:
    ids = [row["source_id"] for row in table("sources.csv")]
    assert [source for source, n in Counter(ids).items() if n > 1] == []
    cited = {
        row["source_id"]
        for name in HEADERS
        for row in table(name)
        if name != "sources.csv" and "source_id" in row
    }
    assert cited - set(ids) == set()


def test_sources_are_titled_and_addresses_are_web_addresses() -> None:
    for row in table("sources.csv"):
        assert row["title"], row
        assert row["publisher"], row
        assert row["url"] == "" or re.match(r"https?://", row["url"]), row
        assert re.fullmatch(r"(\d{4}(-\d\d(-\d\d)?)?)?", row["published"]), row
        assert re.fullmatch(r"[a-z0-9-]+", row["source_id"]), row


# --- reference.csv --------------------------------------------------------------------------


def test_one_usable_value_a_year() -> None:
    keys = Counter(
        (row["entity"], row["series_id"], row["year"], row["price_basis"])
        for row in table("reference.csv")
        if is_usable(row)
    )
    assert [key for key, n in keys.items() if n > 1] == []


def test_one_unit_and_price_basis_a_series() -> None:
    kinds: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for row in table("reference.csv"):
        key = row["entity"], row["series_id"]
        kinds.setdefault(key, set()).add((row["unit"], row["price_basis"]))
    assert {key: found for key, found in kinds.items() if len(found) > 1} == {}


def test_low_confidence_and_derived_rows_say_why() -> None:
    for row in table("reference.csv"):
        if row["confidence"] == "low":
            assert row["note"].startswith("không dùng"), row
        elif row["origin"] == "derived":
            assert row["note"], row
    assert not [r for r in table("reference.csv") if r["origin"] in ("statement", "assumption")]


def test_several_years_and_part_years_have_names_of_their_own() -> None:
    for row in table("reference.csv"):
        assert not row["year_from"] or int(row["year_from"]) < int(row["year"]), row
        if re.search(r"^(bình quân )?9 tháng|^6 tháng|^quý ", row["note"]):
            assert row["series_id"].endswith(("_9m", "_h1", "_q1")), row
    averages = {r["series_id"] for r in table("reference.csv") if r["year_from"]}
    single = {r["series_id"] for r in table("reference.csv") if not r["year_from"]}
    assert averages & single == set()


@pytest.mark.parametrize(
    ("entity", "series_id", "years"),
    [
        # shares of Hải Dương: 15.7 % of agriculture in 2016, 9.6 % in 2017
        *[(HD, f"share_{s}", {2017, 2021}) for s in SECTORS],
        # shares of the district: 21.2 % of agriculture in 2015, 8.2 % in 2020
        *[(KT, f"share_{s}", {2015, 2020}) for s in SECTORS],
        (VN, "gdp_constant", {2010}),
        (VN, "gdp_current", {2010}),
        (VN, "total_investment", {2015}),
        (HD, "grdp_growth", set()),
        (VN, "gdp_growth", set()),
        (VN, "cpi_inflation", set()),
    ],
    ids=lambda value: str(value),
)
def test_breaks_stand_on_the_first_year_of_the_new_regime(
    entity: str, series_id: str, years: set[int]
) -> None:
    rows = [r for r in table("breaks.csv") if r["series_id"] == f"{entity}/{series_id}"]
    found = {int(row["year"]) for row in rows}
    assert found == years
    assert all(row["why"] for row in rows)
    assert series(entity, series_id)


def test_breaks_stand_in_their_own_table_only() -> None:
    assert not [row for row in table("reference.csv") if row["note"].startswith("break")]
    poor = [r for r in table("breaks.csv") if r["series_id"] == "2.2.9-poor-households"]
    # support under the old line ends in 2026; the new poverty line holds from 1 January 2027
    assert [row["year"] for row in poor] == ["2026", "2027"]
    assert "chuẩn nghèo mới" in poor[1]["why"]


def test_every_judgement_has_two_readings_and_a_source() -> None:
    keys = Counter(row["key"] for row in table("premises.csv"))
    assert min(keys.values()) >= 2
    assert {"sharing_rule", "land_price", "product_prices", "base_structure"} <= set(keys)
    for row in table("premises.csv"):
        assert all(row.values()), row


def test_the_plan_states_no_level_on_the_way() -> None:
    assert table("milestones.csv") == ()


@pytest.mark.parametrize(
    ("entity", "series_id", "first", "last"),
    [
        (VN, "gdp_growth", 1990, 2025),
        *[(VN, f"gdp_growth_{s}", 2011, 2025) for s in SECTORS],
        (VN, "cpi_inflation", 2003, 2025),
        (VN, "population", 2000, 2025),
        (HD, "grdp_growth", 2014, 2024),
        (HD, "population", 2011, 2023),
        (HP_OLD, "grdp_growth", 2019, 2024),
        (VN, "income_per_capita_month", 2018, 2024),
    ],
    ids=lambda value: str(value),
)
def test_long_series_have_no_hole(entity: str, series_id: str, first: int, last: int) -> None:
    years = [year for year in series(entity, series_id) if first <= year]
    assert sorted(years) == list(range(first, last + 1))


@pytest.mark.parametrize(
    ("entity", "series_id", "year", "value"),
    [
        (HD, "grdp_growth", 2015, 8.2),  # ministry of planning, report on 2019; not the early 8.5
        (HD, "grdp_growth", 2018, 9.3),  # the same; not the early 9.1
        (HD, "grdp_growth", 2022, 9.12),  # provincial statistics office, report on 2023
        (HD, "grdp_growth", 2024, 10.2),  # provincial statistics office, 3 January 2025
        (HD, "grdp_growth_agriculture", 2018, 5.9),  # actual; the estimate was 6.0
        (HD, "budget_revenue_total", 2024, 30774),  # Vietnam.vn; 31,000 and 28,813 are earlier
        (HD, "budget_revenue_total", 2023, 20319),  # VnEconomy, November 2023
        (HD, "budget_revenue_final_account", 2014, 10419.8),  # ministry of finance, final account
        (HD, "income_per_capita_month", 2010, 1306),  # living-standards survey
        (HD, "income_per_capita_month", 2023, 5340),  # living-standards survey 2023
        (HD, "income_per_capita", 2024, 73.8),  # 80.6 of Cẩm Giàng less 6.8, another survey
        (HD, "share_agriculture", 2017, 9.6),  # provincial report on 2018
        (HD, "population", 2011, 1747.83),  # adjusted to the census of 2019
        (HP, "grdp_growth", 2025, 11.81),  # city statistics, 6 January 2026
        (HP, "grdp_per_capita", 2025, 177.0),  # not 194.5
        (HP, "budget_revenue_total", 2025, 190379),  # city committee, 12 January 2026
        (HP, "budget_revenue_domestic", 2025, 103879),  # CafeF, 6 January 2026
        (HP, "grdp_growth_9m", 2026, 12.08),
        (HP_OLD, "grdp_growth", 2019, 16.68),  # city statistics office, report on 2019
        (HP_OLD, "budget_revenue_total", 2022, 107132.6),  # city portal, 29 December 2022
        (VN, "gdp_growth", 1990, 5.1),  # World Bank, NY.GDP.MKTP.KD.ZG
        (VN, "gdp_growth", 2025, 8.02),  # statistics office, 5 January 2026
        (VN, "gdp_growth_industry", 2025, 8.95),  # Người Lao Động, 5 January 2026
        (VN, "cpi_inflation", 2008, 22.97),  # statistics office, previous year = 100
        (VN, "cpi_inflation_9m", 2026, 4.52),
        (VN, "gdp_growth_imf_forecast", 2030, 5.4),  # April 2026
        (VN, "income_per_capita_month", 2024, 5400),  # living-standards survey 2024
        (KT, "share_industry", 2020, 57.7),  # Báo Thái Bình, new-rural recognition
        (KT, "share_agriculture", 2015, 21.2),  # Báo Hải Dương, 20 years of the district
        (KT, "income_per_capita_rural", 2021, 63.6),  # Báo Thái Bình, new-rural survey
        (KT, "crop_value_per_ha", 2021, 162),  # Báo Thái Bình, crops and aquaculture
        ("xã Tiên Lãng", "income_per_capita", 2025, 85),  # session of the commune council
        ("phường Kinh Môn", "income_per_capita", 2025, 86),  # Dân trí, 15 August 2025
        ("xã Hợp Tiến", "auction_price_start_position_2", 2025, 5.008),  # Kiến Thức, 43 lots
        ("xã Hợp Tiến", "auction_price_start_position_1", 2025, 7.997),  # Kiến Thức, 14 lots
        ("xã Kiến Minh", "auction_price_start", 2026, 16.41),  # 87 billion / 5,301.5 m2
    ],
)
def test_preferred_values(entity: str, series_id: str, year: int, value: float) -> None:
    assert series(entity, series_id)[year] == value


@pytest.mark.parametrize(
    ("entity", "series_id", "year", "value"),
    [
        (HD, "income_per_capita", 2023, 94.1),  # product per head under a headline of income
        (KT, "income_per_capita", 2013, 12.19),  # below the 14.5 of 2011
        (KT, "crop_value_per_ha", 2010, 56.9),  # its source's own ratio fails
        (HP_OLD, "grdp_growth", 2018, 16.26),
        (HP, "budget_revenue_total", 2025, 196151),
        (HP, "budget_revenue_domestic_growth", 2027, 4.49),  # beside its own levels: 4.94
    ],
)
def test_trapped_values_enter_no_model(
    entity: str, series_id: str, year: int, value: float
) -> None:
    rows = [
        row
        for row in table("reference.csv")
        if (row["entity"], row["series_id"], row["year"]) == (entity, series_id, str(year))
        and float(row["value"]) == value
    ]
    assert [row["confidence"] for row in rows] == ["low"]
    assert series(entity, series_id).get(year) != value


def test_plans_and_targets_of_the_city_are_no_observations() -> None:
    planned = {
        (row["series_id"], row["year"], float(row["value"])): row["status"]
        for row in table("reference.csv")
        if row["entity"] == HP and row["status"] in ("plan", "target")
    }
    assert planned["grdp_growth", "2025", 12.35] == "target"  # Mekong ASEAN, 6 January 2026
    assert planned["grdp_growth", "2026", 13.0] == "target"  # SGGP, 15 December 2025
    assert planned["budget_revenue_domestic", "2026", 103166.0] == "plan"  # VnEconomy
    assert planned["land_revenue", "2028", 36200.0] == "plan"  # VnEconomy, 23 December 2025
    assert 2026 not in series(HP, "grdp_growth")
    assert 2026 not in series(HP, "land_revenue")


def test_final_accounts_and_press_totals_never_share_a_series() -> None:
    assert set(series(HD, "budget_revenue_final_account")) == set(range(2006, 2015))
    assert min(series(HD, "budget_revenue_total")) == 2015
    assert series(HD, "population_old_series")[2015] != series(HD, "population")[2015]
    assert max(series(VN, "total_investment_old_series")) < min(series(VN, "total_investment"))


@pytest.mark.parametrize(
    ("series_id", "first", "stated"),
    [("income_growth_real_mean", 2010, 6.4), ("income_growth_real_mean_recent", 2016, 4.6)],
)
def test_real_income_yardsticks_follow_from_the_survey_and_prices(
    series_id: str, first: int, stated: float
) -> None:
    income, prices = series(HD, "income_per_capita_month"), series(VN, "cpi_inflation")
    deflator = math.prod(1 + prices[year] / 100 for year in range(first + 1, 2024))
    rate = (income[2023] / income[first] / deflator) ** (1 / (2023 - first)) - 1
    (row,) = [r for r in table("reference.csv") if r["series_id"] == series_id]
    assert (int(row["year_from"]), int(row["year"]), row["origin"]) == (first, 2023, "derived")
    assert float(row["value"]) == stated == round(100 * rate, 1)


def test_record_of_five_year_growth() -> None:
    rows = {r["series_id"]: r for r in table("reference.csv") if r["year_from"]}
    # World Development Indicators 1961-2024: 13,062 windows of five years
    assert float(rows["growth_windows_from_12pct"]["value"]) == 1.4
    assert float(rows["growth_windows_from_10pct"]["value"]) == 3.0
    (mean,) = [
        float(r["value"])
        for r in table("reference.csv")
        if (r["entity"], r["series_id"], r["year"]) == (HP_OLD, "grdp_growth_mean", "2023")
    ]
    growth = series(HP_OLD, "grdp_growth")
    assert mean == 12.6 == round(mean_rate([growth[year] for year in range(2019, 2024)]), 1)


# --- observations.csv -----------------------------------------------------------------------


def test_observations_begin_with_two_facts_and_two_assumptions() -> None:
    rows = {row["series_id"]: row for row in table("observations.csv")[:4]}
    shown = {
        name: (row["year"], row["value"], row["low"], row["high"], row["origin"])
        for name, row in rows.items()
    }
    assert shown == {
        "population": ("2024", "42875", "", "", "official"),  # portal of the commune
        "party_members": ("2025", "1593", "", "", "official"),  # portal of the city
        "income_per_capita": ("2025", "80", "76", "86", "assumption"),
        "crop_value_per_ha": ("2025", "187", "179", "197", "assumption"),
    }
    for row in rows.values():
        assert (row["period"], row["recorded_on"]) == ("FY", "2026-11-22")
        assert row["note"]
        assert (row["origin"] == "assumption") == (row["source_id"] == "assumption")


# --- scenarios.csv --------------------------------------------------------------------------


def test_three_scenarios_each_value_with_origin_and_reason() -> None:
    parents = {row["scenario"]: row["inherits"] for row in table("scenarios.csv")}
    wanted = {"co_so": "", "muc_tieu": "co_so", "than_trong": "co_so"}
    assert {name: parents.get(name) for name in wanted} == wanted
    for row in table("scenarios.csv"):
        assert row["inherits"] == parents[row["scenario"]]
        assert row["origin"], row
        assert row["source_id"], row
        assert re.fullmatch(r".{30,}\.", row["note"]), row


def test_every_year_of_the_plan_has_one_value() -> None:
    for scenario, variable in {(r["scenario"], r["variable"]) for r in table("scenarios.csv")}:
        start = 2027 if (scenario, variable) == ("than_trong", "inflation") else 2026
        if variable.startswith("share_"):
            assert assumed(scenario, variable, 2025)
        else:
            assert all(assumed(scenario, variable, year) for year in range(start, 2031))


def test_shares_of_the_base_year_add_up() -> None:
    shares = [float(assumed("co_so", f"share_{s}", 2025)) for s in SECTORS]
    assert shares == [57.7, 34.1, 8.2]
    assert sum(shares) == pytest.approx(100)


def test_no_figure_of_the_plan_in_the_baseline() -> None:
    rows = [row for row in table("scenarios.csv") if row["scenario"] != "muc_tieu"]
    figures = [row for row in rows if row["variable"] != "sharing_rule"]  # one rule for every face
    assert not [row for row in figures if row["origin"] == "statement"]
    assert not [r for r in figures if r["scenario"] == "co_so" and r["source_id"] == "plan"]
    plan = {one.variable: one.value for one in load(DATA).assumed["muc_tieu"].assumptions}
    stated = {"growth_industry": 15, "growth_services": 13, "growth_agriculture": 2.5,
              "income_growth_real": 12}  # fmt: skip
    for variable, value in stated.items():
        assert float(assumed("co_so", variable)) not in (*stated.values(), 10)
        assert plan[variable] == pytest.approx(value / 100)
    assert not [r for r in rows if r["variable"] in ("land_gross", "revenue_growth")]


@pytest.mark.parametrize("sector", SECTORS)
def test_baseline_growth_is_the_mean_of_province_and_country(sector: str) -> None:
    country = series(VN, f"gdp_growth_{sector}")
    province = series(HD, f"grdp_growth_{sector}")
    recent = mean_rate([country[year] for year in range(2016, 2026)])
    middle = (mean_rate(list(province.values())) + recent) / 2
    assert float(assumed("co_so", f"growth_{sector}")) == round(middle, 1)


@pytest.mark.parametrize("sector", SECTORS)
def test_cautious_growth_is_the_country_s_weakest_five_years(sector: str) -> None:
    country = series(VN, f"gdp_growth_{sector}")
    windows = [[country[y] for y in range(first, first + 5)] for first in range(2011, 2022)]
    cautious = float(assumed("than_trong", f"growth_{sector}"))
    assert cautious == round(min(map(mean_rate, windows)), 1)
    assert cautious < float(assumed("co_so", f"growth_{sector}"))


def test_assigned_growth_is_the_city_s_plan_without_land_fees() -> None:
    planned = {2026: 103166 - 36200, 2027: 108265 - 36200, 2028: 114050 - 36200}
    before = {2026: 103879 * (1 - 0.41), 2027: planned[2026], 2028: planned[2027]}
    for year, level in planned.items():
        rate = round(100 * (level / before[year] - 1), 1)
        assert float(assumed("co_so", "assigned_growth", year)) == rate


def test_other_rates_of_the_baseline_follow_from_the_record() -> None:
    prices, people = series(VN, "cpi_inflation"), series(HD, "population")
    three = [prices[2024], prices[2025], series(VN, "cpi_inflation_9m")[2026]]
    assert float(assumed("co_so", "inflation", 2030)) == round(mean_rate(three), 1)
    growth = 100 * ((people[2023] / people[2011]) ** (1 / 12) - 1)
    assert growth == pytest.approx(0.946, abs=0.001)
    assert float(assumed("co_so", "population_growth")) == math.floor(10 * growth) / 10
    assert float(assumed("co_so", "income_growth_real")) == 6.4
    assert float(assumed("than_trong", "income_growth_real")) == 4.6


def test_plan_scenario_holds_the_plan_s_premises() -> None:
    rows = [row for row in table("scenarios.csv") if row["scenario"] == "muc_tieu"]
    assert {(row["origin"], row["source_id"]) for row in rows} == {("statement", "plan")}
    assert float(assumed("muc_tieu", "land_gross")) * 5 == pytest.approx(504.276 / 0.60)
    assert float(assumed("muc_tieu", "revenue_growth")) == 10
    assert assumed("muc_tieu", "sharing_rule") == "plan_60"


# --- sharing.csv ----------------------------------------------------------------------------


def share_lines(rule: str, stream: str = "commune_run") -> list[dict[str, str]]:
    """Return the lines of a rule for a stream."""
    found = [r for r in table("sharing.csv") if (r["rule"], r["stream"]) == (rule, stream)]
    assert found, (rule, stream)
    return found


def test_shares_add_up_to_one() -> None:
    for row in table("sharing.csv"):
        parts = [float(row[name]) for name in ("central", "city", "commune", "unassigned")]
        assert sum(parts) == pytest.approx(1, abs=1e-12), row
        assert all(0 <= part <= 1 for part in parts)


@pytest.mark.parametrize(
    ("rule", "retained"),
    [
        ("plan_60", 0.60),  # 15 % of the commune and 45 % of the city, all returned
        ("city_2026_full_return", 0.80),
        ("city_2026_none_returned", 0.20),
        ("city_2026_cost_25", 0.60),  # 0.75 x (20 + 60)
        ("plan_commune_only", 0.15),
    ],
)
def test_retained_share_of_the_default_rules(rule: str, retained: float) -> None:
    for row in share_lines(rule):
        kept = float(row["commune"]) + float(row["city"]) * float(row["city_returned"])
        assert (1 - float(row["cost_deducted_first"])) * kept == pytest.approx(retained)


@pytest.mark.parametrize(
    ("stream", "split", "status"),
    [
        ("state_land", (0.2, 0.5, 0.3), "adopted"),  # city council, 13 November 2025
        ("interspersed", (0.2, 0.2, 0.6), "adopted"),
        ("interspersed_ward", (0.2, 0.4, 0.4), "adopted"),
        ("city_run", (0.2, 0.8, 0.0), "proposal"),  # city committee, 21 October 2025
    ],
)
def test_adopted_lines_hold_in_2026_and_are_assumed_later(
    stream: str, split: tuple[float, float, float], status: str
) -> None:
    rows = share_lines("city_2026_adopted", stream)
    for row in rows:
        assert tuple(float(row[name]) for name in ("central", "city", "commune")) == split
    found = [(r["year_from"], r["year_to"], r["status"], r["origin"]) for r in rows]
    assert found == [
        ("2026", "2026", status, "press"),
        ("2027", "2030", "assumption", "assumption"),
    ]


def test_each_rule_covers_each_year_of_its_streams_once() -> None:
    for rule, stream in {(row["rule"], row["stream"]) for row in table("sharing.csv")}:
        years = [
            year
            for row in share_lines(rule, stream)
            for year in range(int(row["year_from"]), int(row["year_to"]) + 1)
        ]
        assert sorted(years) == list(range(2026, 2031)), (rule, stream)
    rules = {row["rule"] for row in table("sharing.csv")}
    used = {r["value"] for r in table("scenarios.csv") if r["variable"] == "sharing_rule"}
    assert used <= rules


# --- plots_example.csv and land_revenue_realisation.csv ---------------------------------------


def test_example_plots_are_examples_and_every_default_rule_shares_them() -> None:
    plots = table("plots_example.csv")
    assert len(plots) == 8
    assert {plot["origin"] for plot in plots} == {"example"}
    assert len({plot["year"] for plot in plots}) == 5
    for plot in plots:
        low, mode, high = (float(plot[f"price_{name}"]) for name in ("low", "mode", "high"))
        assert 5 <= low < mode < high <= 16.41  # between the starting prices seen, 2025-2026
        for rule in ("plan_60", "plan_commune_only", "city_2026_full_return",
                     "city_2026_none_returned", "city_2026_cost_25"):  # fmt: skip
            assert share_lines(rule, plot["stream"])


def test_only_three_full_years_of_land_fees_are_public() -> None:
    rows = table("land_revenue_realisation.csv")
    assert len(rows) == 15
    full = {
        (row["unit"], row["period"], row["ratio"])
        for row in rows
        if row["is_full_year_land_fee"] == "yes"
    }
    assert full == {
        (HD, "FY2024", "1.88"),
        ("TP Hồ Chí Minh (cũ)", "FY2024", "0.303"),
        ("Hà Nội", "FY2019", "1.019"),
    }
