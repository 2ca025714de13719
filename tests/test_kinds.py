"""Every kind of target that real plans hold: from the rows as typed to what the board says.

Each figure is entered once, under its own series; what a target asks for is read from it. The
expected numbers are worked out by hand beside them.
"""

import csv
import shutil

import pytest

from laikhe_analysis.checks import DataError
from laikhe_analysis.data import load
from laikhe_analysis.office.board.standing import board_of
from laikhe_analysis.office.folder.asking import commune_of
from laikhe_analysis.office.folder.new_commune import new_files, write_new

YEARS = range(2020, 2025)
SERIES = {  # name: (unit, price basis, values of 2020-2024)
    "collected_revenue": ("billion VND", "current", (25.48, 28, 31, 34, 38)),
    "assigned_revenue": ("billion VND", "current", (None, 26, 30, 32, 36)),
    "income_per_capita": ("million VND/person/year", "current", (32.56, 37, 42, 49, 58)),
    "total_product": ("billion VND", "current", (1000, 1100, 1200, 1300, 1400)),
    "product_industry": ("billion VND", "current", (600, 671, 744, 819, 898.8)),
    "product_services": ("billion VND", "current", (250, 269.5, 276, 286, 294)),
    "product_agriculture": ("billion VND", "current", (150, 159.5, 180, 195, 207.2)),
    "total_investment": ("billion VND", "current", (None, 901, 902, 903, 904)),
    "population": ("people", "n/a", (10000, 10080, 10150, 10240, 10330)),
    "poor": ("%", "n/a", (5, 4, 2.9, 2, 1.1)),
    "rice": ("tonnes", "n/a", (24000, 25500, 25200, 24900, 25100)),
    "between": ("%", "n/a", (20, 19, 18, 17.5, 16.5)),
    "villages": ("thôn", "n/a", (40, 45, 50, 56, 61)),
    "rank": ("rank", "n/a", (40, 33, 25, 18, 12)),
    "usd": ("USD", "current", (1500, 1700, 1900, 2100, 2300)),
    "army": ("% of plan", "n/a", (100,) * 5),
    "standard": ("yes/no", "n/a", (1,) * 5),
    "rating": ("rating", "n/a", (3,) * 5),
    "doctors": ("bác sĩ/10.000 dân", "n/a", (6, 6.5, 7, 7.8, 8.4)),
    "early": ("yes/no", "n/a", (None, None, 1, None, None)),
}
KINDS = [  # id: role, unit, kind, direction, value, upper end -> class, value read, needed from now
    # (38 / 25.48)^(1/4) - 1; (1.12^5 / (38 / 25.48)) - 1
    ("growth-of-revenue", "revenue", "%/year", "average_rate", "at_least", 12, "",
     "moderate", 0.105086, 0.181696),
    # 38 / 36; 5 x 105 - (28/26 + 31/30 + 34/32 + 38/36) x 100
    ("revenue-over-estimate", "revenue", "% of plan", "annual_ratio", "at_least", 105, "",
     "on_track", 105.5556, 102.1688),
    ("income-by-the-last-year", "income", "million VND/person/year", "level_by", "at_least", 70, "",
     "moderate", 58, 70 / 58 - 1),
    ("income-a-month", "income", "million VND/person/month", "level_by", "at_least", 6, "",
     "moderate", 58 / 12, 72 / 58 - 1),
    ("income-in-times", "income", "ratio", "ratio_to_base", "at_least", 2.15, "",
     "moderate", 58 / 32.56, 2.15 - 58 / 32.56),
    ("income-more-than-base", "income", "%", "ratio_to_base", "at_least", 31.6, "",
     "achieved", 100 * (58 / 32.56 - 1), None),
    ("product-in-times", "total_product", "ratio", "ratio_to_base", "at_least", 3.76, "",
     "insufficient", 1.4, 2.36),
    ("share-of-industry", "share:industry", "%", "level_by", "about", 65, 65.5,
     "on_track", 64.2, 0.8),
    ("share-of-services", "share:services", "%", "level_by", "about", 20, "", "on_track", 21, -1),
    ("share-of-agriculture", "share:agriculture", "%", "level_by", "about", 10.5, 11,
     "insufficient", 14.8, -3.8),
    ("between", "", "%", "level_by", "between", 15, 17, "achieved", 16.5, None),
    ("all-sources", "investment_all", "billion VND", "cumulative", "at_least", 5000, "",
     "moderate", 3610, 1390),
    ("rice", "", "tonnes", "mean_level", "at_least", 25000, "", "on_track", 25175, 24300),
    ("poor", "poverty_rate", "%", "level_by", "at_most", 1, "", "on_track", 1.1, -0.1),
    # (1.1 - 5) / 4; 5 x (-1) - (-3.9)
    ("fall-of-poverty", "poverty_rate", "percentage points/year", "change_per_year", "at_most", -1.5,
     -1, "on_track", -0.975, -1.1),
    ("growth-of-people", "population", "%/year", "annual_level", "below", 1, "",
     "achieved", 10330 / 10240 - 1, None),
    ("villages", "", "thôn", "level_by", "at_least", 66, "", "on_track", 61, 66 / 61 - 1),
    ("rank", "", "rank", "rank", "at_most", 10, "", "on_track", 12, -2),
    ("usd", "", "USD", "level_by", "at_least", 2400, "", "on_track", 2300, 2400 / 2300 - 1),
    ("army", "conscription", "% of plan", "annual_level", "at_least", 100, "", "achieved", 100, None),
    ("standard", "", "yes/no", "annual_level", "at_least", 1, "", "achieved", 1, None),
    ("rating", "", "rating", "annual_level", "at_least", 3, "", "achieved", 3, None),
    ("doctors", "", "bác sĩ/10.000 dân", "level_by", "at_least", 9, "", "on_track", 8.4, 9 / 8.4 - 1),
    ("early", "", "yes/no", "milestone", "at_least", 1, "", "achieved", 1, None),
]  # fmt: skip


def target_row(one):
    name, role, unit, kind, way, low, high = one[:7]
    money = (
        unit in ("billion VND", "USD")
        or unit.startswith("million")
        or role in ("revenue", "income", "total_product")
    )
    basis = "current" if money else "n/a"
    last = 2023 if name == "early" else 2025
    return (f"{name},{name},{name},economy,Tên {name},,{role},{unit},{kind},{way},{low},{high},2020,"
            f"{last},{basis},0,0,0,UBND,public,,,plan\n")  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return the folder of a ward of a province with a target of every kind, and its figures."""
    place = tmp_path_factory.mktemp("kinds") / "phường"
    commune = commune_of(
        name="phường Mẫu", city="tỉnh Ví Dụ", population="10.000", area="", predecessors="",
        sectors="Công nghiệp;Dịch vụ;Nông nghiệp",
        base_year="2020", target_year="2025",
    )  # fmt: skip
    write_new(place, commune)
    with (place / "targets.csv").open("a", encoding="utf-8") as file:
        file.writelines(target_row(one) for one in KINDS)
    header = (place / "observations.csv").read_text(encoding="utf-8").strip().split(",")
    with (place / "observations.csv").open("a", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, header, restval="", lineterminator="\n")
        for name, (unit, basis, values) in SERIES.items():
            status = "plan" if name == "assigned_revenue" else "final"
            table.writerows(
                {"series_id": name, "year": year, "period": "FY", "value": value, "unit": unit,
                 "price_basis": basis, "status": status, "origin": "official", "source_id": "book",
                 "recorded_on": f"{year + 1}-03-01"}
                for year, value in zip(YEARS, values, strict=True) if value is not None
            )  # fmt: skip
    with (place / "sources.csv").open("a", encoding="utf-8") as file:
        file.write("book,Niên giám,Cục Thống kê,,\n")
    return place


@pytest.fixture(scope="module")
def rows(made):
    board = board_of(load(made, today="2026-11-27").up_to(2024), "2024")
    return {row["target_id"]: row for row in board.rows}


@pytest.mark.parametrize("one", KINDS, ids=[one[0] for one in KINDS])
def test_a_target_of_each_kind_is_read_from_its_series(rows, one):
    name, *_, status, value, needed = one
    row = rows[name]
    assert row["status"] == status
    assert row["latest_value"] is not None
    assert row["value"] == pytest.approx(value, rel=1e-5)
    if needed is not None:
        assert row["needed"] == pytest.approx(needed, rel=1e-4)


def test_a_yearly_fall_is_written_with_its_sign(made, tmp_path):
    shutil.copytree(made, tmp_path / "x")
    path = tmp_path / "x" / "targets.csv"
    text = path.read_text(encoding="utf-8").replace(",at_most,-1.5,-1,", ",at_least,1,1.5,")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match='cột value: gặp "1"; cần: số âm: mức giảm mỗi năm ghi âm'):
        load(tmp_path / "x")


def test_the_words_are_those_of_a_ward_of_a_province(made):
    data = load(made, today="2026-11-27")
    assert data.name("assigned_revenue") == "dự toán tỉnh giao"
    assert data.name("share_industry").startswith("tỷ trọng")
    assert new_files(data.commune)["targets.csv"]
