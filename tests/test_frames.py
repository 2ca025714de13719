"""The data as pandas sees them: tables, series, single figures, and what is said when one is missing."""

import subprocess
import sys
from dataclasses import replace

import pandas as pd
import pytest
from conftest import DATA, change

import laikhe_analysis
from laikhe_analysis.checks import NotComputable
from laikhe_analysis.data import load
from laikhe_analysis.language import speaking


@pytest.fixture
def data(folder):
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        for year, value in ((2019, 40), (2020, 44), (2021, 50)):
            file.write(f"collected_revenue,{year},FY,{value},,,billion VND,current,final,official,book,"
                       f"{year + 1}-02-01,,\n")  # fmt: skip
        file.write("9.1-industry,2021,FY,8.5,,,%/year,constant,final,official,book,2022-02-01,,\n")
    return laikhe_analysis.load(str(folder))


TABLES = {
    "targets": 2, "observations": 9, "reference": 4, "scenarios": 16, "sources": 3, "sharing": 1,
    "plots": 0, "projects": 0, "tasks": 1, "milestones": 0, "breaks": 1, "premises": 0,
}  # fmt: skip


@pytest.mark.parametrize(("name", "rows"), TABLES.items())
def test_every_table_is_a_frame_with_its_columns(data, name, rows):
    frame = getattr(data, name)
    assert isinstance(frame, pd.DataFrame)
    assert len(frame) == rows
    assert len(frame.columns) >= 3
    assert isinstance(frame.index, pd.RangeIndex)
    assert not frame.map(lambda one: hasattr(one, "vi")).to_numpy().any()


def test_rates_are_fractions_and_levels_in_per_cent_stay(data):
    targets = data.targets.set_index("target_id")
    assert targets.loc["9.1-industry", ["value", "unit"]].tolist() == [0.09, "fraction/year"]
    assert targets.loc["9.2-poor", "unit"] == "households"
    growth = data.reference[data.reference.series_id == "grdp_growth"]
    assert growth.value.tolist() == [0.075, 0.021, 0.03, 0.08]
    holds = data.scenarios.set_index(["scenario", "variable"]).value
    assert holds["co_so", "growth_industry"] == 0.08
    assert holds["muc_tieu", "growth_industry"] == 0.09
    assert holds["muc_tieu", "inflation"] == 0.03  # inherited
    assert holds["co_so", "share_industry"] == 0.6
    assert data.observations.value.iloc[-1] == 0.085


def test_empty_tables_can_be_computed_on(data):
    assert data.plots.area_m2.sum() == 0
    assert list(data.projects.columns[-5:]) == [f"y{year}" for year in range(2021, 2026)]


def test_a_series_is_a_pandas_series_by_year(data):
    found = data.series("collected_revenue")
    assert found.to_dict() == {2019: 40, 2020: 44, 2021: 50}
    assert (found.name, found.index.name) == ("collected_revenue", "year")
    assert found.pct_change().round(3).tolist()[1:] == [0.1, 0.136]
    assert data.series("9.1-industry").tolist() == [0.085]
    assert data.series("Ví Dụ/grdp_growth").tolist() == [0.075, 0.021]


def test_single_figures(data):
    assert data.value("collected_revenue", 2021) == 50
    assert data.value("9.1-industry", 2021) == 0.085
    assert data.value("Ví Dụ/grdp_growth", 2020) == 0.021
    assert type(data.value("population", 2020)) is float


def test_what_a_series_is(data):
    about = data.about("collected_revenue")
    assert (about.unit, about.price_basis, about.origin) == ("billion VND", "current", "official")
    assert about.words == "thu ngân sách nhà nước trên địa bàn"
    assert [source.title for source in about.sources] == ["Niên giám"]
    assert data.about("Ví Dụ/grdp_growth").breaks[0].year == 2020
    assert data.about("9.1-industry").unit == "fraction/year"


def test_a_target_by_role_or_id(data):
    target = data.target("sector:industry")
    assert (target.rate, target.clause, target.owner) == (0.09, "9(1)", "Phòng Kinh tế")
    assert data.target("9.2-poor") is data.target("poor_households")
    with pytest.raises(ValueError, match=r"is no growth rate: its unit is households"):
        data.target("9.2-poor").rate


def test_places_by_name_and_by_key(folder):
    toml = folder / "commune.toml"
    toml.write_text(toml.read_text(encoding="utf-8") + '[yardsticks]\nprovince = "Ví Dụ"\n')
    data = load(folder)
    assert data.place("province", "grdp_growth").equals(data.place("Ví Dụ", "grdp_growth"))
    table = data.places("grdp_growth")
    assert list(table.columns) == ["Ví Dụ"]
    assert table.loc[2019, "Ví Dụ"] == 0.075


def test_names_come_in_the_language_of_the_run(data):
    commune = replace(data.commune, labels={"industry": "Công nghiệp riêng", "nghe_ca": "nghề cá"})
    named = replace(data, plan=replace(data.plan, commune=commune))
    keys = (
        "population",
        "growth_industry",
        "growth_nghe_ca",
        "9.1-industry",
        "total_product_nominal",
    )
    assert named.name("growth_industry") == "tốc độ tăng Công nghiệp riêng"
    with speaking("en"):
        assert [named.name(key) for key in keys] == [
            "population", "growth of industry and construction", "growth of nghề cá",
            "Industry grows", "total product, current prices",
        ]  # fmt: skip


def test_paths_of_scenarios(data):
    table = data.paths("total_product")
    assert list(table.columns) == ["co_so", "muc_tieu"]
    # 60 x 1.08 + 40 x 1.02
    assert table.loc[2021, "co_so"] == pytest.approx(105.6)
    assert data.path("co_so", "total_product").equals(table["co_so"].rename("total_product"))
    assert data.path("co_so", "share_industry").iloc[0] == pytest.approx(0.6)
    assert data.projection("co_so").value("population", 2021) == pytest.approx(10100)


MISSING = {
    "a year": (lambda d: d.value("collected_revenue", 2022),
               "Chưa có thu ngân sách nhà nước trên địa bàn năm 2022: nhập vào phiếu của"),
    "a series": (lambda d: d.series("land_revenue"), "Chưa có tiền sử dụng đất: nhập vào phiếu của"),
    "a target's figure": (lambda d: d.value("9.1-industry", 2020),
                          "Chưa có công nghiệp tăng năm 2020: nhập vào phiếu của Phòng Kinh tế."),
    "a part of a year": (lambda d: d.series("collected_revenue", "9M"), "Chưa có thu ngân sách"),
    "a misspelt series": (lambda d: d.series("colected_revenue"), "có phải “collected_revenue”?"),
    "a place": (lambda d: d.place("Nơi Khác", "grdp_growth"), "ghi vào reference.csv"),
    "a public year": (lambda d: d.value("Ví Dụ/grdp_growth", 2018), "năm 2018: ghi vào reference.csv"),
    "a public series of a sector": (
        lambda d: d.series("Ví Dụ/grdp_growth_tourism"),
        "Chưa có số liệu công khai grdp_growth_tourism của Ví Dụ: ghi vào reference.csv; "
        "có grdp_growth."),
    "a series of no place": (lambda d: d.places("gdp"), "Chưa có số liệu công khai"),
    "a role": (lambda d: d.target("income"), "Kế hoạch không có chỉ tiêu về thu nhập bình quân"),
    "a scenario": (lambda d: d.projection("than_trong"), "có: co_so, muc_tieu"),
    "a path": (lambda d: d.path("co_so", "crop_value_per_ha"), "Chưa tính được giá trị sản phẩm"),
    "all paths": (lambda d: d.paths("crop_value_per_ha"), "thiếu"),
}  # fmt: skip


@pytest.mark.parametrize(("ask", "words"), MISSING.values(), ids=MISSING)
def test_what_is_missing_is_said_in_a_sentence(data, ask, words):
    with pytest.raises(NotComputable) as caught:
        ask(data)
    assert words in str(caught.value)
    assert str(caught.value).endswith((".", "?"))


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (
            lambda d: d.target("incom"),
            "`role` must be a role or the id of a target, got 'incom'. Did you",
        ),
        (lambda d: d.path("co_so", "total_produkt"), "Did you mean 'total_product'"),
    ],
)
def test_a_misspelt_name_in_code_is_an_error(data, ask, words):
    with pytest.raises(ValueError, match=words) as caught:
        ask(data)
    assert not isinstance(caught.value, NotComputable)


REFUSED = {
    "per cents": (("9.1-industry", 2022, 11.8), {}, "a fraction from -1 to 1 (12 % is 0.12), got 11.8"),
    "half a household": (("9.2-poor", 2022, 8.5), {}, "a whole number of households"),
    "nothing collected": (("collected_revenue", 2022, 0), {}, "a positive number, got 0"),
    "a series of nobody": (("colected_revenue", 2022, 5), {}, "Did you mean 'collected_revenue'"),
    "no number": (("collected_revenue", 2022, float("nan")), {}, "must be a finite number"),
    "a week date": (("collected_revenue", 2022, 5), {"recorded_on": "2026-W47-7"}, "YYYY-MM-DD"),
    "a period": (("collected_revenue", 2022, 5), {"period": "6M"}, "`period` must be one of"),
    "a status": (("collected_revenue", 2022, 5), {"status": "done"}, "`status` must be one of"),
    "a source": (("collected_revenue", 2022, 5), {"source_id": "bok"}, "Did you mean 'book'"),
    "another unit": (("9.2-poor", 2022, 5), {"unit": "people"}, "the series' unit: households"),
    "parts above the whole": (("recurrent_revenue", 2021, 60), {}, "at least the sum of its parts"),
    "a place": (("collected_revenue", 2019, 5), {"area": "Mầu"}, "a former commune: Mẫu, Sơn"),
    "income in đồng": (("income_per_capita", 2021, 8e7), {}, "write 80"),
}  # fmt: skip


class TestAdd:
    def test_moves_what_rests_on_it_and_nothing_else(self, data, folder):
        before = (folder / "observations.csv").read_bytes()
        more = data.add("collected_revenue", 2022, 55, source_id="book")
        assert more.value("collected_revenue", 2022) == 55
        assert more.about("collected_revenue").origin == "official"
        assert "2022" not in str(data.series("collected_revenue").index.tolist())
        assert (folder / "observations.csv").read_bytes() == before

    def test_without_a_source_it_is_an_assumption(self, data):
        more = data.add("collected_revenue", 2022, 55)
        assert more.about("collected_revenue").origin == "assumption"
        assert more.observed[-1].unit == "billion VND"

    def test_blanks_follow_the_series(self, data):
        one = data.add("assigned_revenue", 2022, 30).observed[-1]
        assert (one.status, one.unit, one.price_basis) == ("plan", "billion VND", "current")
        product = data.add("total_product", 2020, 900).observed[-1]
        assert (product.unit, product.price_basis) == ("billion VND", "constant")
        poor = data.add("9.2-poor", 2022, 8).observed[-1]
        assert (poor.unit, poor.price_basis, poor.recorded_on) == (
            "households",
            "n/a",
            "2022-12-31",
        )

    def test_a_rate_is_a_fraction(self, data):
        assert data.add("9.1-industry", 2022, 0.118).value("9.1-industry", 2022) == 0.118

    def test_the_structure_follows_reported_products(self, data):
        more = data.add("product_industry", 2020, 700).add("product_agriculture", 2020, 300)
        assert more.path("co_so", "share_industry").iloc[0] == pytest.approx(0.7)

    @pytest.mark.parametrize(("given", "more", "words"), REFUSED.values(), ids=REFUSED)
    def test_is_checked_as_a_row_and_cites_no_file(self, data, given, more, words):
        with pytest.raises(ValueError) as caught:  # noqa: PT011 - the words are looked at below
            data.add(*given, **more)
        assert words in str(caught.value)
        assert ".csv" not in str(caught.value)
        assert "line" not in str(caught.value)

    def test_kinds_are_checked(self, data):
        with pytest.raises(TypeError, match="`year` must be a year"):
            data.add("collected_revenue", "2022", 5)
        with pytest.raises(TypeError, match="`value` must be a number"):
            data.add("collected_revenue", 2022, "5")


def test_names_come_from_the_commune(folder):
    change(folder, "commune.toml", 'price_base = "not stated"',
           'price_base = "not stated"\n')  # fmt: skip
    toml = folder / "commune.toml"
    toml.write_text(
        toml.read_text(encoding="utf-8") + '[labels]\nindustry = "Tiểu thủ công nghiệp"\n',
        encoding="utf-8",
    )
    data = load(folder)
    assert data.name("industry") == "Tiểu thủ công nghiệp"
    assert data.name("growth_industry") == "tốc độ tăng Tiểu thủ công nghiệp"
    assert data.name("agriculture") == "nông, lâm nghiệp và thủy sản"
    assert data.name("9.2-poor") == "Hộ nghèo"
    assert data.name("total_product_nominal") == "tổng giá trị sản phẩm, giá hiện hành"


def test_an_overview_of_ten_lines(data):
    shown = repr(data).splitlines()
    assert len(shown) == 10
    assert "xã Mẫu Sơn" in shown[0]
    assert "2021-2025" in shown[0]
    assert ".targets       2 chỉ tiêu, 2 mục" in shown[1]
    assert max(map(len, shown)) <= 110


class TestPackage:
    def test_lists_what_there_is(self):
        found = dir(laikhe_analysis)
        assert {"load", "growth", "data", "forecast", "NotComputable", "__version__"} <= set(found)
        assert not [name for name in found if name.startswith("_") and name != "__version__"]
        assert all(hasattr(laikhe_analysis, name) for name in found)

    @pytest.mark.parametrize("name", ["forecast", "backtest", "reconcile"])
    def test_no_module_shadows_its_function(self, name):
        module = getattr(laikhe_analysis, name)
        with pytest.raises(TypeError) as by_module:
            module(unknown=1)
        with pytest.raises(TypeError) as by_function:
            getattr(module, name)(unknown=1)
        assert str(by_module.value) == str(by_function.value)

    def test_a_series_is_forecast_by_calling_the_module(self, data):
        from laikhe_analysis import forecast

        long = pd.Series({year: 100.0 * 1.05 ** (year - 2010) for year in range(2010, 2021)})
        assert forecast(long, 3).table.equals(forecast.forecast(long, 3).table)

    def test_pandas_is_loaded_with_the_first_frame_only(self):
        code = (
            "import sys; from laikhe_analysis import load; d = load(sys.argv[1]); repr(d); "
            "d.value('population', 2024); print('pandas' in sys.modules); d.targets; "
            "print('pandas' in sys.modules)"
        )
        done = subprocess.run([sys.executable, "-c", code, str(DATA)], check=True,
                              capture_output=True, text=True)  # fmt: skip
        assert done.stdout.split() == ["False", "True"]

    def test_runs_as_a_module(self):
        done = subprocess.run([sys.executable, "-m", "laikhe_analysis", "--help"], check=True,
                              capture_output=True, text=True)  # fmt: skip
        assert "check" in done.stdout


def test_paths_may_be_strings(folder, tmp_path):
    from laikhe_analysis.office.excel import write_workbook
    from laikhe_analysis.office.forms import reading, template

    data = load(str(folder))
    form = template.write_template(data, str(tmp_path / "form.xlsx"), year=2021)
    with pytest.raises(laikhe_analysis.DataError, match="ít nhất một số liệu"):
        reading.read_workbook(str(form), data)
    assert write_workbook(data, str(tmp_path / "book.xlsx")).exists()


def test_data_are_seen_from_a_day_and_targets_asked_for_by_kind(own_data):
    assert own_data.seen_from("  ") is own_data
    assert own_data.seen_from("2026-9M").as_of == own_data.up_to(2026, "9M").as_of
    with pytest.raises(ValueError, match="`as_of` must be a year"):
        own_data.seen_from("soon")
    assert own_data.target("income", "average_rate").rate == 0.12
    with pytest.raises(
        NotComputable, match=r"thu nhập bình quân đầu người bằng .*vai trò “income”"
    ):
        own_data.target("income", "level_by")


def test_what_is_missing_is_said_in_the_language_of_the_run(own_data):
    from laikhe_analysis.language import speaking

    with pytest.raises(NotComputable) as caught:
        own_data.value("collected_revenue", 2025)
    assert "Chưa có thu ngân sách nhà nước trên địa bàn: nhập vào phiếu" in str(caught.value)
    with speaking("en"):
        assert str(caught.value).startswith("No ")
    with pytest.raises(NotComputable, match="chưa khai nơi nào"):
        own_data.series("/gdp_growth")


def test_a_scenario_or_rule_that_is_not_there_is_told_with_those_that_are(data):
    with pytest.raises(KeyError, match="'nope' is not there; there is: co_so, muc_tieu"):
        data.assumed["nope"]
    with pytest.raises(KeyError, match="there is: half"):
        data.rules["plan60"]
