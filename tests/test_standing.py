"""Which figures count: plans beside results, a year that is not over, former communes, prices."""

import pytest
from conftest import change, problems

from laikhe_analysis.checks import NotComputable
from laikhe_analysis.data import load


def put(folder, *rows):
    """Append figures: (series, year, period, value, status, recorded on, more)."""
    with (folder / "observations.csv").open("r+", encoding="utf-8") as file:
        header = file.readline()
        if "area" not in header:
            rest = file.read()
            file.seek(0)
            file.write(header.rstrip("\n") + ",area\n")
            file.write("".join(f"{line},\n" for line in rest.splitlines()))
        file.seek(0, 2)
        for name, year, period, value, status, day, *more in rows:
            given = {"unit": "billion VND", "basis": "current", "origin": "official", "area": "",
                     "import_id": ""} | (more[0] if more else {})  # fmt: skip
            file.write(
                f"{name},{year},{period},{value},,,{given['unit']},{given['basis']},{status},"
                f"{given['origin']},book,{day},{given['import_id']},,{given['area']}\n"
            )
    return folder


REVENUE = "collected_revenue"


class TestPlanOfTheYear:
    def test_stands_beside_the_result(self, folder):
        put(folder, (REVENUE, 2021, "FY", 50, "plan", "2021-01-10"),
            (REVENUE, 2021, "FY", 45, "final", "2022-02-01"),
            (REVENUE, 2021, "FY", 52, "plan", "2022-03-01"))  # fmt: skip
        data = load(folder)
        assert data.histories()[REVENUE].values == (45,)
        rows = {r.status: r.value for r in data.latest() if r.series_id == REVENUE}
        assert rows == {"final": 45, "plan": 52}

    def test_is_no_result_and_no_base(self, folder):
        put(folder, ("total_product", 2020, "FY", 900, "plan", "2020-01-10", {"basis": "constant"}))
        data = load(folder)
        assert "total_product" not in data.histories()
        assert "total_product" not in data.baseline().levels

    @pytest.mark.parametrize("status", ["plan", "final", "estimate"])
    def test_what_was_assigned_counts_from_the_start(self, folder, status):
        put(folder, ("assigned_revenue", 2022, "FY", 30, status, "2022-01-10"),
            ("assigned_revenue_without_land", 2022, "FY", 20, status, "2022-01-10"))  # fmt: skip
        found = load(folder).histories()
        assert found["assigned_revenue"].at(2022) == 30
        assert found["assigned_revenue_without_land"].at(2022) == 20

    def test_a_withdrawal_takes_back_what_its_import_wrote(self, folder):
        put(folder, (REVENUE, 2021, "FY", 50, "plan", "2021-01-10", {"import_id": "import-a"}),
            (REVENUE, 2021, "FY", 45, "final", "2022-02-01", {"import_id": "import-b"}),
            (REVENUE, 2021, "FY", "", "withdrawn", "2022-03-01", {"import_id": "import-a"}))  # fmt: skip
        rows = [r for r in load(folder).latest() if r.series_id == REVENUE]
        assert [(r.status, r.value) for r in rows] == [("final", 45)]

    def test_a_withdrawal_without_an_import_takes_back_the_last(self, folder):
        put(folder, (REVENUE, 2021, "FY", 50, "plan", "2021-01-10"),
            (REVENUE, 2021, "FY", 45, "final", "2022-02-01"),
            (REVENUE, 2021, "FY", "", "withdrawn", "2022-03-01"))  # fmt: skip
        rows = [r for r in load(folder).latest() if r.series_id == REVENUE]
        assert [(r.status, r.value) for r in rows] == [("plan", 50)]


class TestYearThatIsNotOver:
    ROWS = (
        (REVENUE, 2021, "FY", 45, "final", "2022-02-01"),
        (REVENUE, 2022, "9M", 40, "final", "2022-10-05"),
        (REVENUE, 2022, "FY", 55, "estimate", "2022-11-20"),
    )

    def test_an_estimate_of_it_is_no_result(self, folder):
        data = load(put(folder, *self.ROWS))
        assert data.as_of == "2022-11-20"
        assert data.histories()[REVENUE].years == (2021,)
        assert data.histories(period="9M")[REVENUE].values == (40,)
        assert data.baseline().known[REVENUE].years == (2021,)
        assert data.expected()[REVENUE].value == 55

    def test_it_is_the_years_figure_when_the_year_is_over(self, folder):
        data = load(put(folder, *self.ROWS, (REVENUE, 2020, "FY", 44, "final", "2023-01-05")))
        assert data.histories()[REVENUE].values == (44, 45, 55)
        assert data.results()[-1].status in ("final", "estimate")
        assert {r.status for r in data.results() if r.year == 2022} == {"estimate"}
        assert REVENUE not in data.expected()

    def test_until_a_final_one_comes(self, folder):
        data = load(put(folder, *self.ROWS, (REVENUE, 2022, "FY", 57, "final", "2023-02-01")))
        assert data.histories()[REVENUE].at(2022) == 57

    def test_seen_from_the_end_of_the_year_it_is_known(self, folder):
        data = load(put(folder, *self.ROWS))
        assert data.up_to(2022).histories()[REVENUE].years == (2021, 2022)
        assert data.up_to(2022, "9M").histories()[REVENUE].years == (2021,)

    def test_what_is_assumed_holds_from_the_start(self, folder):
        row = (REVENUE, 2022, "FY", 55, "estimate", "2021-11-20", {"origin": "assumption"})
        assert load(put(folder, row)).histories()[REVENUE].values == (55,)


def halves(*rows, **more):
    """Return figures of a former commune, recorded after the merger."""
    return [
        (name, year, period, value, "final", "2022-02-01", more)
        for name, year, period, value in rows
    ]


class TestFormerCommunes:
    """The made-up commune was made of Mẫu and Sơn; here on 1 July 2021."""

    @pytest.fixture
    def merged(self, folder):
        change(folder, "commune.toml", 'founded = "2021-01-01"', 'founded = "2021-07-01"')
        return folder

    def test_the_year_of_the_merger_is_two_halves(self, merged):
        put(merged, *halves((REVENUE, 2021, "H1", 10), area="Mẫu"),
            *halves((REVENUE, 2021, "H1", 12), area="Sơn"),
            *halves((REVENUE, 2021, "H2", 30)))  # fmt: skip
        data = load(merged)
        assert data.value(REVENUE, 2021) == 52
        about = data.about(REVENUE)
        assert about.origin == "derived"
        assert about.scope == (
            "2021: 6 tháng đầu năm: cộng từ Mẫu, Sơn; 6 tháng cuối năm: xã Mẫu Sơn",
        )
        assert data.value(REVENUE, 2021, "H1") == 22
        assert data.value(REVENUE, 2021, "H2") == 30

    @pytest.mark.parametrize("missing", ["Mẫu", "Sơn", ""])
    def test_a_part_that_is_missing_makes_no_year(self, merged, missing):
        rows = [
            one
            for area, period, value in (("Mẫu", "H1", 10), ("Sơn", "H1", 12), ("", "H2", 30))
            if area != missing
            for one in halves((REVENUE, 2021, period, value), area=area)
        ]
        data = load(put(merged, *rows))
        assert REVENUE not in data.histories()  # half a year is no year

    def test_years_before_are_summed(self, merged):
        people = {"unit": "people", "basis": "n/a"}
        change(merged, "observations.csv", "population,2020,FY,10000", "population,2018,FY,9800")
        put(merged, *halves((REVENUE, 2020, "FY", 20), area="Mẫu"),
            *halves((REVENUE, 2020, "FY", 25), area="Sơn"),
            *halves(("population", 2020, "FY", 4000), area="Mẫu", **people),
            *halves(("population", 2020, "FY", 6000), area="Sơn", **people))  # fmt: skip
        found = load(merged).histories()
        assert found[REVENUE].values == (45,)
        assert found["population"].at(2020) == 10000
        assert found["population"].origin == "derived"

    def test_incomes_are_weighted_and_shares_are_left_alone(self, merged):
        income = {"unit": "million VND/person/year"}
        people, share = {"unit": "people", "basis": "n/a"}, {"unit": "%", "basis": "n/a"}
        name = "income_per_capita"
        put(merged, *halves((name, 2019, "FY", 60), area="Mẫu", **income),
            *halves((name, 2019, "FY", 90), area="Sơn", **income))  # fmt: skip
        assert 2019 not in load(merged).histories()[name].years  # no heads, no mean
        put(merged, *halves(("population", 2019, "FY", 2000), area="Mẫu", **people),
            *halves(("population", 2019, "FY", 1000), area="Sơn", **people),
            *halves(("9.4-x", 2019, "FY", 60), area="Mẫu", **share),
            *halves(("9.4-x", 2019, "FY", 90), area="Sơn", **share))  # fmt: skip
        found = load(merged).histories()
        assert found[name].at(2019) == 70
        assert "9.4-x" not in found

    def test_a_figure_of_the_whole_comes_first(self, merged):
        put(merged, *halves((REVENUE, 2020, "FY", 20), area="Mẫu"),
            *halves((REVENUE, 2020, "FY", 25), area="Sơn"),
            *halves((REVENUE, 2020, "FY", 47)))  # fmt: skip
        data = load(merged)
        assert (data.value(REVENUE, 2020), data.about(REVENUE).origin) == (47, "official")

    def test_a_place_that_is_no_former_commune_is_refused(self, merged):
        put(merged, *halves((REVENUE, 2020, "FY", 20), area="Mầu"))
        (one,) = problems(merged)
        assert (one.line, one.column, one.got) == (7, "area", "Mầu")
        assert "Mẫu, Sơn" in one.wanted.vi


class TestPrices:
    def test_product_at_current_prices_is_kept_apart(self, folder):
        put(folder, ("total_product", 2020, "FY", 1000, "final", "2021-02-01"),
            ("total_product", 2021, "FY", 1200, "final", "2022-02-01"),
            ("total_product", 2020, "FY", 900, "final", "2021-02-01", {"basis": "constant 2010"}),
            ("product_industry", 2020, "FY", 600, "final", "2021-02-01"),
            ("product_agriculture", 2020, "FY", 400, "final", "2021-02-01"))  # fmt: skip
        data = load(folder)
        found = data.histories()
        assert found["total_product"].values == (900,)
        assert found["total_product_nominal"].values == (1000, 1200)
        assert data.baseline().levels["total_product"].value == 900
        assert "product_industry" not in data.baseline().levels
        with pytest.raises(NotComputable, match="có tổng giá trị sản phẩm, giá hiện hành"):
            data.value("total_product", 2021)

    def test_its_structure_is_used_where_there_is_no_other(self, folder):
        put(folder, ("product_industry", 2020, "FY", 700, "final", "2021-02-01"),
            ("product_agriculture", 2020, "FY", 300, "final", "2021-02-01"))  # fmt: skip
        shares = {a.variable: a.value for a in load(folder).assumed["co_so"].assumptions}
        assert (shares["share_industry"], shares["share_agriculture"]) == (0.7, 0.3)

    def test_income_at_constant_prices_is_kept_apart(self, folder):
        put(folder, ("income_per_capita", 2019, "FY", 30, "final", "2021-02-01",
                     {"basis": "constant 2010", "unit": "million VND/person/year"}))  # fmt: skip
        found = load(folder).histories()
        assert found["income_per_capita"].years == (2020,)
        assert found["income_per_capita_real"].years == (2019,)
