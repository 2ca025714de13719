"""What changes once the commune's own figures of the base year are in, and what is refused."""

import shutil

import pytest
from conftest import DATA
from headlines import headline_of

from laikhe_analysis.checks import DataError
from laikhe_analysis.consistency.given import Given
from laikhe_analysis.data import load
from laikhe_analysis.findings import product, revenue
from laikhe_analysis.findings.product import share_cases
from laikhe_analysis.findings.revenue import ratios_of
from laikhe_analysis.language.wordings.board import cells_of
from laikhe_analysis.office.board.standing import board_of, read_as_of
from laikhe_analysis.plots import Line, plot_lines

PRODUCTS = {"product_industry": 1200, "product_services": 700, "product_agriculture": 450,
            "total_product": 2350}  # fmt: skip
REVENUES = {"collected_revenue": 98.5, "recurrent_revenue": 58.2, "land_revenue": 40.3,
            "assigned_revenue": 45, "assigned_revenue_without_land": 40}  # fmt: skip


def append(folder, rows, *, year=2025, basis="constant 2010", source="plan", **other):
    """Add rows of billions of VND to a commune's observations."""
    given = {"period": "FY", "status": "preliminary", "recorded_on": "2026-11-23"} | other
    lines = [
        f"{name},{year},{given['period']},{value},,,billion VND,{basis},{given['status']},official,"
        f"{source},{given['recorded_on']},,\n"
        for name, value in rows.items()
    ]
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.writelines(lines)


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    """Return the repository's data with the commune's own figures of the base year."""
    folder = tmp_path_factory.mktemp("own") / "data"
    shutil.copytree(DATA, folder)
    append(folder, PRODUCTS)
    append(folder, REVENUES, basis="current")
    return load(folder)


@pytest.fixture(scope="module")
def paths(known):
    return known.projections()


def words_of(table):
    return "\n".join(" | ".join(map(str, row)) for row in table.rows)


def test_the_reported_structure_takes_the_place_of_the_assumed_one(known, own_data):
    # 1200, 700, 450 of 2350
    expected = {"share_industry": 0.5106, "share_services": 0.2979, "share_agriculture": 0.1915}
    for name, scenario in known.assumed.items():
        rows = [x for x in scenario.assumptions if x.variable.startswith("share_")]
        assert {x.variable: x.value for x in rows} == expected
        assert {x.origin for x in rows} == {"derived"}
        assert known.as_written[name] == own_data.assumed[name]
    notes = known.scenarios.query("variable == 'share_industry'").note.unique()
    assert len(notes) == 1
    assert "Tính từ giá trị các ngành năm 2025" in notes[0]


def test_before_the_base_year_is_over_the_assumed_structure_stands(known, own_data):
    assert known.up_to(2024).assumed == own_data.assumed
    assert known.up_to(2025).assumed == known.assumed


def test_a_sector_that_is_not_reported_leaves_the_assumed_structure(folder):
    before = load(folder).assumed
    append(folder, {"product_industry": 60}, year=2020)
    assert load(folder).assumed == before
    append(folder, {"product_agriculture": 20}, year=2020)
    shares = [x.value for x in load(folder).assumed["muc_tieu"].assumptions][:2]
    assert shares == [0.75, 0.25]


def test_the_findings_go_by_the_reported_structure(known):
    shares, is_assumed = Given(known.plan, {}, known.histories()).shares(2025)
    assert is_assumed is False
    assert shares == pytest.approx(
        {"industry": 1200 / 23.5, "services": 700 / 23.5, "agriculture": 450 / 23.5}
    )
    found = board_of(known, read_as_of("", known)).findings
    # (1200 x 1.15^5 + 700 x 1.13^5 + 450 x 1.025^5) / 2350 is 12.38 % a year: "about 12"
    assert not {"sectors_and_total", "new_rural_group"} & {one.code for one in found}
    assert not any("giả định là 8,2" in one.text.vi for one in found)


def test_the_reported_structure_is_the_first_case(known):
    cases = share_cases(known, product.plan_rates(known.plan)[0])
    assert next(iter(cases)) == f"{known.commune.name} 2025"
    told = product.structure(known)[-1]["cases"][0]
    assert (told["case"], round(told["rate"], 4)) == (f"{known.commune.name} 2025", 0.1238)


def test_both_ratios_of_the_base_year_are_told(known, paths, own_data):
    # 98.5 / 45 with land-use fees on both sides, 58.2 / 40 without them
    assert ratios_of(known, 2025) == pytest.approx(
        {"collected_revenue": 98.5 / 45, "recurrent_revenue": 58.2 / 40}
    )
    assert ratios_of(known, 2024) == ratios_of(own_data, 2025) == {}
    line = headline_of(revenue.under_scenario(known, paths["co_so"])).text
    assert "đã đạt 146% không kể tiền sử dụng đất; 219% kể cả tiền sử dụng đất" in line.vi


def test_the_board_says_which_ratio_it_uses(known):
    board = board_of(known, read_as_of("2025", known))
    line = next(one for one in board.lines if one.target.target_id == "2.2.1-revenue")
    assert cells_of(line, "vi")["latest"].startswith("98,5 tỷ đồng (năm 2025")
    assert cells_of(line, "vi")["year"].startswith("bằng 218,9% dự toán")
    assert "không kể tiền sử dụng đất: " in cells_of(line, "vi")["year"]


def refused(folder):
    with pytest.raises(DataError) as caught:
        load(folder)
    return [problem.render() for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        pytest.param(PRODUCTS | {"total_product": 2150},
                     ("total_product 2025: 2.150", "(dòng", "= 2.350 tỷ đồng", "không nhỏ hơn"),
                     id="sectors above the total"),
        pytest.param(PRODUCTS | {"total_product": 2400}, ("bằng tổng các ngành", "2.400"),
                     id="all sectors below the total"),
        pytest.param({"product_industry": 1200, "total_product": 1000}, ("không nhỏ hơn",),
                     id="one sector above the total"),
        pytest.param(REVENUES | {"collected_revenue": 97.0}, ("98,5 tỷ đồng", "không nhỏ hơn"),
                     id="revenue parts above the whole"),
        pytest.param({"collected_revenue": 50, "recurrent_revenue": 58.2}, ("không nhỏ hơn",),
                     id="one part above the whole"),
    ],
)  # fmt: skip
def test_parts_that_do_not_fit_their_whole_are_refused(tmp_path, rows, words):
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    lines = (folder / "observations.csv").read_text(encoding="utf-8").count("\n")
    append(folder, rows)
    (told,) = refused(folder)
    assert all(word in told for word in words)
    whole = next(i for i, name in enumerate(rows) if name in ("total_product", "collected_revenue"))
    assert f"dòng {lines + whole + 1}, cột value" in told


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(PRODUCTS | {"total_product": 2370}, id="less than 1 % apart"),
        pytest.param(PRODUCTS | {"total_product": 2600, "product_product_taxes": 250}, id="taxes"),
        pytest.param({"product_industry": 1200, "total_product": 2350}, id="one sector only"),
        pytest.param({"collected_revenue": 98.5, "recurrent_revenue": 58.2, "land_revenue": 12.5},
                     id="other receipts in the whole"),
    ],
)  # fmt: skip
def test_parts_that_may_fit_are_kept(tmp_path, rows):
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    append(folder, rows)
    assert load(folder).latest()


def test_the_newest_rows_of_one_class_count(folder):
    append(folder, {"collected_revenue": 50, "recurrent_revenue": 60}, year=2021, status="plan",
           source="book", period="H1")  # fmt: skip
    assert load(folder)  # half a year is not looked at
    append(folder, {"recurrent_revenue": 60}, year=2021, source="book")
    append(folder, {"collected_revenue": 50}, year=2021, source="book", status="plan")
    assert load(folder)  # a plan is not held against what came in
    append(folder, {"collected_revenue": 50}, year=2021, source="book", recorded_on="2026-11-24")
    assert len(refused(folder)) == 1
    append(folder, {"recurrent_revenue": 40}, year=2021, source="book", recorded_on="2026-11-25")
    assert load(folder)


@pytest.mark.parametrize("rate", ["93", "-51", "50.1"])
def test_a_rate_beyond_fifty_is_refused_in_both_languages(folder, rate):
    path = folder / "scenarios.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2021,2025,8,%/year", f"2021,2025,{rate},%/year"), "utf-8")
    with pytest.raises(DataError, match=r"từ -50 đến 50 %/năm") as caught:
        load(folder)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.column) == ("scenarios.csv", 4, "value")
    assert "-50 to 50 %/year" in problem.wanted.en


@pytest.mark.parametrize("rate", ["50", "-50"])
def test_a_rate_of_fifty_is_kept(folder, rate):
    path = folder / "scenarios.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2021,2025,8,%/year", f"2021,2025,{rate},%/year"), "utf-8")
    assert load(folder)


def test_a_product_of_zero_is_refused(folder):
    append(folder, {"product_industry": 0}, year=2020, source="book")
    assert "một số dương" in refused(folder)[0]


def test_growth_figures_name_their_lines_in_one_pair_of_brackets():
    lines = [Line("mục tiêu (theo Nghị quyết)", (2025, 2026), (1.0, 2.0), "assumption"),
             Line("cơ sở", (2025, 2026), (1.0, 1.5), "assumption")]  # fmt: skip
    ax = plot_lines(lines, unit="index", title="t", origin="assumption")
    shown = [text.get_text() for text in ax.get_legend().get_texts()]
    assert shown == ["mục tiêu (theo Nghị quyết; giả định)", "cơ sở (giả định)"]


def test_the_two_growths_of_nominal_product_refer_to_each_other(own_data):
    both = own_data.projections()
    found = board_of(own_data, read_as_of("", own_data), projection=both["co_so"]).findings
    finding = next(one for one in found if one.code == "revenue_and_product")
    assert "tốc độ chung 12,0% của kế hoạch" in finding.text.vi
    assert "xem phần thu ngân sách" in finding.text.vi
