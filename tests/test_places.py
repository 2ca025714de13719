"""Three real places and a filled folder: every figure is read as what it is.

`cases/communes`: Huế (a province's plan of one year, 2022), Đông Sơn (a ward, 2015-2020) and Nam Định
(eight to ten years of figures), typed in from public pages that each `sources.csv` names; roles added.
`cases/filled`: made-up figures of the commune for 2025 and nine months of 2026, laid over the frozen copy.
"""

import shutil
from pathlib import Path

import pytest
from conftest import DATA

from laikhe_analysis.checks import NotComputable
from laikhe_analysis.data import load

CASES = Path(__file__).parent / "cases"


@pytest.fixture
def place():
    return lambda name: load(CASES / "communes" / name, today="2026-11-27")


@pytest.fixture
def filled(tmp_path):
    folder = tmp_path / "filled"
    shutil.copytree(DATA, folder)
    for file in (CASES / "filled").glob("*.csv"):
        rows = file.read_text(encoding="utf-8").split("\n", 1)[1]
        with (folder / file.name).open("a", encoding="utf-8") as out:
            out.write(rows)
    return load(folder, today="2026-11-27")


def test_a_plan_of_one_year_with_the_structure_of_a_province(place):
    data = place("hue")
    assert (data.commune.base_year, data.commune.target_year) == (2021, 2022)
    total = data.target("total_product")
    assert (total.unit, total.value, total.value_high) == ("fraction/year", 0.065, 0.075)
    assert data.value("1-total", 2022) == pytest.approx(0.0856)
    assert [data.plan.role(f"share:{name}").ends for name in data.commune.sectors] == [
        (10.5, 11), (34, 35), (46, 47)
    ]  # fmt: skip
    assert data.plan.role("investment_land") is None


def test_a_ward_with_a_level_of_income_and_shares_that_are_no_growth(place):
    data = place("dongson")
    assert data.plan.role("income").kind == "level_by"
    assert data.plan.role("income", "average_rate") is None
    with pytest.raises(ValueError, match="is no growth rate"):
        _ = data.plan.role("income").rate
    assert data.plan.role("share:dich_vu_thuong_mai").value == 70.22
    assert data.plan.role("total_product", "average_rate").rate == 0.143
    assert data.plan.role("revenue", "average_rate").rate == pytest.approx(0.0359, abs=1e-15)
    natural = data.plan.target("11-birth")
    assert (natural.unit, natural.value) == ("fraction/year", 0.01)


def test_years_of_a_province_are_whole_series(place):
    data = place("namdinh")
    assert len(data.series("income_per_capita")) == 10
    total = data.series("total_product_nominal")  # at current prices: no series of growth
    assert len(total) == 8
    names = (*data.commune.sectors, "product_taxes")
    parts = sum(data.series(f"product_{name}_nominal") for name in names)
    assert parts.to_numpy() == pytest.approx(total.to_numpy(), rel=0.01)
    with pytest.raises(NotComputable, match="giá so sánh; có tổng giá trị sản phẩm, giá hiện hành"):
        data.series("total_product")


def test_a_filled_folder_keeps_results_plans_and_estimates_apart(filled):
    seen = filled.up_to(2026, "9M")
    assert seen.series("collected_revenue").to_dict() == {2025: 58.75}
    assert seen.series("collected_revenue", period="9M").to_dict() == {2025: 45.9, 2026: 49.3}
    assert seen.value("assigned_revenue", 2025) == 52
    assert seen.value("2.2.2-total", 2025) == 0.112
    assert seen.value("2.2.17-on-time", 2025) == 98.63
    about = seen.about("collected_revenue")
    assert (about.unit, about.price_basis, about.origin) == ("billion VND", "current", "official")
    assert filled.expected()["collected_revenue"].value == 62.8  # of a year that is not over
    assert filled.series("collected_revenue").to_dict() == {2025: 58.75}
    assert 2026 not in seen.baseline().held("recurrent_revenue")


def test_a_filled_folder_moves_the_projection(filled):
    base = load(DATA, today="2026-11-27").projection("co_so")
    moved = filled.up_to(2026, "9M").projection("co_so")
    assert base.value("income_per_capita", 2025) == 80
    assert moved.value("income_per_capita", 2025) == 78.5
    assert moved.value("share_industry", 2025) == pytest.approx(1269 / 2350, abs=1e-4)
    assert moved.value("total_product", 2025) == 2350
