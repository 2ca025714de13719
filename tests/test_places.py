"""Three real places and a filled folder: every figure is read as what it is.

`cases/communes`: Huế (a province's plan of one year, 2022), Đông Sơn (a ward, 2015-2020) and Nam Định
(eight to ten years of figures), typed in from public pages that each `sources.csv` names; roles added.
`cases/filled`: made-up figures of the commune for 2025 and nine months of 2026, laid over the frozen copy.
`cases/land`: a made-up inventory, works and medium-term capital, laid over that (`test_one_land`).
"""

import re
import zipfile
from html import unescape
from pathlib import Path

import pytest
from conftest import DATA
from headlines import headlines
from rich.console import Console

from laikhe_analysis.checks import NotComputable
from laikhe_analysis.data import load
from laikhe_analysis.office.board.standing import board_of, projection_of, read_as_of
from laikhe_analysis.office.board.text import print_board
from laikhe_analysis.office.excel import write_workbook
from laikhe_analysis.office.leader import leader_page, look
from laikhe_analysis.office.missing import still_missing
from laikhe_analysis.office.what_if.page import write_what_if
from laikhe_analysis.office.word import write_documents

CASES = Path(__file__).parent / "cases"


@pytest.fixture
def place():
    return lambda name: load(CASES / "communes" / name, today="2026-11-27")


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


# ---- the words of the place


OURS = load(DATA).commune
FOREIGN = ("504,276", "840,460", *(
    name.removeprefix("xã ").removeprefix("thành phố ").partition(" (")[0]
    for name in (OURS.name, OURS.city, *OURS.yardsticks.values())
    if name not in ("Việt Nam", "Thế giới")
))  # fmt: skip
COMMUNE_OR_CODE = re.compile(
    r"(?<!thị )(?<!hợp tác )(?<!cấp )(?<!một )\b[Xx]ã\b(?! hội| viên|, phường)"
    r"|(?<!tỉnh, )\bthành phố\b|\b(?:growth|share|product|total|revenue)_[a-z_]+"
)


def shown(path):
    """Return the texts that a reader of a file sees."""
    if path.suffix == ".html":
        page = re.sub(r"(?s)<(script|style|svg|pre)\b.*?</\1>", " ", path.read_text("utf-8"))
        return [unescape(text) for text in re.findall(r">([^<>]+)<", page)]
    with zipfile.ZipFile(path) as file:
        parts = [file.read(n).decode("utf-8") for n in file.namelist() if n.endswith(".xml")]
    tags = r"<w:t[^>]*>([^<]*)<" if path.suffix == ".docx" else r"<t[^>]*>([^<]*)<"
    return [unescape(text) for part in parts for text in re.findall(tags, part)]


@pytest.mark.parametrize("name", ["dongson", "hue", "namdinh"])
def test_no_output_of_another_place_speaks_of_ours_or_in_codes(place, name, tmp_path, capsys):
    data = place(name)
    documents = write_documents(data, tmp_path)
    write_workbook(data, tmp_path / "bang_tinh.xlsx")
    write_what_if(data, tmp_path)
    page = leader_page(look(data, "co_so"), {}, documents)
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    print_board(board_of(data, read_as_of("", data), projection=projection_of(data, "co_so")),
                Console(width=160))  # fmt: skip
    texts = {"status": capsys.readouterr().out.splitlines(),
             "check": [text.vi for text in still_missing(data)]}  # fmt: skip
    texts |= {path.name: shown(path) for path in tmp_path.iterdir()
              if path.suffix in (".html", ".docx", ".xlsx")}  # fmt: skip
    for file, found in texts.items():
        for text in found:
            assert not [word for word in FOREIGN if word in text], (file, text)
            assert COMMUNE_OR_CODE.search(text) is None, (file, text)


def test_ten_verdicts_of_a_province_are_achieved(place):
    data = place("hue")
    board = board_of(data, read_as_of("", data), projection=projection_of(data, "co_so"))
    assert [line.status for line in board.lines] == ["achieved"] * 10
    assert not any(line.assessment.hold for line in board.lines)
    assert all(line.expected is None for line in board.lines)  # of a sketch nothing is shown


def test_a_ward_whose_level_and_rate_are_two_goals(place):
    data = place("dongson")
    (found,) = board_of(data, 2020).findings
    assert found.severity == "conflict"
    assert "14,3 %/năm" in found.text.vi
    assert "là tăng 30,3%/năm" in found.text.vi


def test_a_province_forecasts_product_income_and_poverty(place):
    told = [line.text.vi for line in headlines(place("namdinh"), "co_so")]
    names = ("Tổng giá trị sản phẩm", "Thu nhập bình quân đầu người", "Tỷ lệ hộ nghèo đa chiều")
    for name in names:
        (one,) = [text for text in told if text.startswith(f"{name}") and "dự báo từ" in text]
        assert "tám lần trong mười từ" in one
