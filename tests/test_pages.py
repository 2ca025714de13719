"""Total product around a scenario, for notebooks that hold two languages."""

from dataclasses import replace

import matplotlib.pyplot as plt
import pytest

from laikhe_analysis.checks import Text
from laikhe_analysis.data import load
from laikhe_analysis.office.pages import product_figures, scenario_figures
from laikhe_analysis.office.pages import revenue as revenue_pages
from laikhe_analysis.office.summary import project_all


@pytest.fixture
def made_up(folder):
    return load(folder)


@pytest.fixture(scope="module")
def own_paths(own_data):
    return project_all(own_data)


@pytest.fixture
def drawn(monkeypatch):
    """Return the words and tables of the figures shown, which are closed."""
    seen = []

    def keep(ax, alt, table=None):
        seen.append((alt, table))
        plt.close(ax.get_figure(root=True))

    monkeypatch.setattr(scenario_figures, "show", keep)
    return seen


def test_said_keeps_tables_and_writes_both_languages():
    assert revenue_pages.said(None) is None
    assert revenue_pages.said(Text("có", "yes")).data == "có\n\n*yes*"


def test_product_of_the_own_data_has_a_fan_with_its_chance(own_data, own_paths, drawn):
    told = product_figures.show_product_fan(own_data, own_paths["co_so"], 2.0)
    ((alt, fan),) = drawn
    assert alt == "Năm 2030: giữa 146,3, khoảng 80% từ 133,8 đến 160,1"
    assert fan.rows[0] == ("2025", *["100,0"] * 5)
    assert fan.rows[-1] == ("2030", "127,4", "133,8", "146,3", "160,1", "167,9")
    # 88 of 20,000 draws at 12 % or more: sqrt(0.0044 x 0.9956 / 20,000) = 0.047 points
    assert "từ 12,0%/năm là 0,44% (sai số chuẩn 0,05 điểm %)" in told.vi
    assert "11.5% a year or more is 1.03% (standard error 0.07 points)" in told.en
    assert "gấp 2,0 lần cả nước (giả định)" in told.vi
    assert told.vi.endswith("Căn cứ yếu nhất: số giả định.")
    narrow = product_figures.show_product_fan(own_data, own_paths["co_so"], 0.5)
    assert "dưới 0,015% (không lần nào trong 20.000 lần tính)" in narrow.vi
    sure = product_figures.show_product_fan(own_data, own_paths["muc_tieu"], 0.1)
    assert "trên 99,985% (tất cả trong 20.000 lần tính)" in sure.vi


def test_product_of_another_commune_has_a_reason_in_the_place_of_the_fan(made_up, drawn):
    paths = project_all(made_up)
    told = product_figures.show_product_fan(made_up, paths["co_so"], 2.0)
    assert "reference.csv" in told.vi
    assert "no such scenario" in product_figures.show_product_fan(made_up, None, 2.0).en
    rows = made_up.assumed["co_so"].assumptions
    kept = tuple(one for one in rows if not one.variable.startswith("growth"))
    bare = replace(made_up, assumed={"a": replace(made_up.assumed["co_so"], assumptions=kept)})
    told = product_figures.show_product_fan(bare, project_all(bare)["a"], 2.0)
    assert "chưa tính được tổng giá trị sản phẩm: thiếu giả định" in told.vi
    assert drawn == []


def test_without_a_total_in_the_plan_the_fan_has_no_chance(own_data, own_paths, drawn):
    targets = tuple(t for t in own_data.plan.targets if t.target_id != "2.2.2-total")
    bare = replace(own_data, plan=replace(own_data.plan, targets=targets))
    told = product_figures.show_product_fan(bare, own_paths["co_so"], 2.0)
    assert "giữa 146,3" in told.vi
    assert "khả năng" not in told.vi
