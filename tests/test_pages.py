"""What notebooks 02 to 04 say of any commune, and the numbers of this repository's data."""

from dataclasses import replace

import matplotlib.pyplot as plt
import pytest

from laikhe_analysis.checks import Text
from laikhe_analysis.data import load
from laikhe_analysis.outputs.pages import income as income_pages
from laikhe_analysis.outputs.pages import (
    income_figures,
    product_figures,
    revenue_figures,
    scenario_figures,
)
from laikhe_analysis.outputs.pages import revenue as revenue_pages
from laikhe_analysis.outputs.summary import income_line, project_all, revenue_line
from laikhe_analysis.records import Commune, Plan, Target
from laikhe_analysis.series import AnnualSeries


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

    for module in (revenue_figures, income_figures, product_figures, scenario_figures):
        monkeypatch.setattr(module, "show", keep)
    return seen


def plan_with(**fields):
    given = {"target_id": "9.1-revenue", "item": "", "clause": "9(1)", "group": "economy",
             "name": Text("Thu", "Revenue"), "unit": "% of plan", "kind": "annual_ratio",
             "direction": "at_least", "value": 105.0, "base_year": 2020, "target_year": 2025,
             "role": "revenue"}  # fmt: skip
    commune = Commune("c", "c", "", 1, 1, "", "", (), "", 2020, 2025)
    return Plan(commune, (Target(**(given | fields)),))


def test_revenue_of_another_commune_gives_a_reason_for_each_part(made_up, drawn):
    paths = project_all(made_up)
    goal = revenue_pages.revenue_goal(made_up.plan)
    assert goal is None
    reasons = [
        revenue_pages.reading_text(goal),
        revenue_pages.ratio_table(paths, goal),
        revenue_pages.series_table(revenue_pages.revenue_series(made_up)),
        revenue_pages.outlook_text(made_up),
        revenue_pages.yardstick_table(made_up),
        revenue_figures.show_revenue_fan(made_up, paths["co_so"], goal, 2.0),
        revenue_figures.show_revenue({}, goal),
    ]
    assert all(isinstance(one, Text) and one.vi.endswith(".") and one.en for one in reasons)
    assert "không nêu mục tiêu thu" in reasons[0].vi
    assert "0 năm số liệu" in reasons[3].vi
    assert revenue_pages.series_text({}) is None
    assert drawn == []
    # with scenarios the index is shown even where the plan asks for nothing
    assert revenue_figures.show_revenue(paths, goal) is None
    # Table: 100 in the base year; product grows by 60 % x 8 % + 40 % x 2 % = 5.6 %, prices by 3 %
    assert drawn[0][1].rows[1][1] == "108,8"


def test_income_of_another_commune_gives_a_reason_for_each_part(made_up, drawn):
    paths, income = project_all(made_up), income_pages.income_of(made_up)
    assert (income.rate, income.level, income.low, income.high) == (None, 40, 38, 42)
    reasons = [
        income_pages.goal_text(income),
        income_pages.meaning_table(income, paths),
        income_pages.record_table(income_pages.record_rows(made_up)),
        income_figures.show_yardstick(made_up, 2025),
        income_figures.show_income_fan(made_up, paths["co_so"], income, 2.0),
        income_figures.show_income({}, income),
        income_pages.start_text(replace(income, level=None)),
    ]
    assert all(isinstance(one, Text) and one.vi.endswith(".") and one.en for one in reasons)
    assert income_pages.record_text([], income) is None
    assert income_pages.start_text(income).vi == (
        "Mức năm 2020 dùng ở đây là 40 triệu đồng/người/năm (số giả định, khoảng 38-42)."
    )
    assert drawn == []
    assert income_figures.show_income(paths, income) is None
    assert drawn[0][1].rows[1][1] == "42,0"  # 40 x 1.05


def test_an_unknown_scenario_is_named(made_up):
    for line in (revenue_line, income_line):
        assert "“x”" in revenue_pages.answer(line, made_up, project_all(made_up), "x").vi


@pytest.mark.parametrize(
    ("fields", "ratio", "growth"),
    [
        ({}, 1.05, 0.05),
        ({"value": 100.0}, 1.0, None),
        ({"kind": "average_rate", "unit": "fraction/year", "value": 0.08}, None, 0.08),
    ],
    ids=["ratio above 1", "ratio of 1", "growth"],
)
def test_the_goal_comes_from_the_target(fields, ratio, growth):
    goal = revenue_pages.revenue_goal(plan_with(**fields))
    assert (goal.ratio, goal.growth) == (pytest.approx(ratio), pytest.approx(growth))
    assert "9(1)" in revenue_pages.reading_text(goal).vi
    assert (goal.line() is None) == (growth is None)
    if growth is not None:
        assert goal.line().values[-1] == pytest.approx(100 * (1 + growth) ** 5)


@pytest.mark.parametrize("fields", [{"role": ""}, {"kind": "level_by", "unit": "billion VND"}])
def test_neither_ratio_nor_growth_is_no_goal(fields):
    assert revenue_pages.revenue_goal(plan_with(**fields)) is None


def test_revenue_of_the_own_data(own_data, own_paths, drawn):
    goal = revenue_pages.revenue_goal(own_data.plan)
    first = revenue_pages.ratio_table(own_paths, goal).rows[0]
    assert first[1:] == ("12,13", "8,10", "1,201", "1,067")
    assert revenue_figures.show_revenue(own_paths, goal) is None
    assert drawn[0][1].rows[-1][1:] == ("177,2", "161,1", "146,9", "161,1")
    told = revenue_figures.show_revenue_fan(own_data, own_paths["co_so"], goal, 2.0)
    assert "177,5" in told.vi
    assert "91,8%" in told.vi
    assert [row[1] for row in revenue_pages.yardstick_table(own_data).rows] == [
        "9,26", "7,61", "8,03",
    ]  # fmt: skip


def test_income_of_the_own_data(own_data, own_paths, drawn):
    income, rows = income_pages.income_of(own_data), income_pages.record_rows(own_data)
    province = own_data.commune.yardsticks["province"]
    real = [round(row["real"], 1) for row in rows if row["place"] == province]
    assert real == [6.4, 4.6]
    assert len(rows) == 6
    assert "141,0 triệu" in income_pages.start_text(income).vi
    # real growth of 12 % at 3.5 % inflation: 1.12 x 1.035 - 1 = 15.92 %
    assert income_pages.meaning_table(income, own_paths).rows[0][2] == "15,92"
    assert income_figures.show_income(own_paths, income) is None
    assert drawn[0][1].rows[-1][1:4] == ("109,1", "141,0", "100,2")
    told = income_figures.show_income_fan(own_data, own_paths["co_so"], income, 2.0)
    assert "109,3" in told.vi
    assert "6.666" in income_figures.show_yardstick(own_data, income.last).vi


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("preliminary", "số sơ bộ"),
        ("estimate", "số ước thực hiện"),
        ("final", "số liệu chính thức"),
    ],
)
def test_the_level_is_told_as_typed_with_its_status(own_data, status, told):
    row = next(o for o in own_data.observed if o.series_id == "income_per_capita")
    typed = replace(row, value=78.5, low=None, high=None, status=status, origin="official",
                    recorded_on="2027-01-01")  # fmt: skip
    data = replace(own_data, observed=(*own_data.observed, typed))
    text = income_pages.start_text(income_pages.income_of(data)).vi
    assert f"là 78,5 triệu đồng/người/năm ({told})" in text


def test_a_forecast_below_inflation_is_said_to_mean_falling_income(
    own_data, own_paths, drawn, monkeypatch
):
    # 6,666 over 5,411 thousand VND in six years: 3.55 % a year; 1.0355 / 1.039 - 1 = -0.4 %
    told = income_figures.show_yardstick(own_data, 2030, own_paths["co_so"])
    for part in ("3,6%/năm", "từ -1,6 đến 8,8%/năm", "3,9%/năm", "**thu nhập thực giảm 0,4%/năm**"):
        assert part in told.vi
    monkeypatch.setattr(income_figures, "mean_inflation", lambda projection: 0.01)
    assert "thu nhập thực tăng 2,5%/năm" in (
        income_figures.show_yardstick(own_data, 2030, own_paths["co_so"]).vi
    )
    unpriced = replace(own_paths["co_so"], paths={})
    assert "thu nhập thực" not in income_figures.show_yardstick(own_data, 2030, unpriced).vi


def test_where_the_assumed_income_stands_among_the_record(own_data, own_paths):
    rows = income_pages.record_rows(own_data)
    lines = income_pages.assumed_text(rows, own_paths).vi.splitlines()
    assert "6,4%/năm, bằng mức cao nhất trong bảng: một giả định lạc quan" in lines[0]
    assert "12,0%/năm, cao hơn mọi giai đoạn" in lines[1]
    assert "4,6%/năm, cao hơn 2 trong 6 giai đoạn" in lines[2]
    slow = income_pages.assumed_text([{"real": 20.0}, {"real": 15.0}], own_paths)
    assert slow.vi.count("thấp hơn mọi giai đoạn") == 3
    assert income_pages.assumed_text([], own_paths) is None
    assert income_pages.assumed_text(rows, {}) is None


def test_what_a_scenario_with_growth_of_its_own_would_have_by_way_of_product(own_paths, made_up):
    text = revenue_figures.direct_text(own_paths, own_paths["co_so"])
    # with a buoyancy of 1 revenue is nominal product
    product = own_paths["muc_tieu"].path("total_product_nominal")
    assert product.rebase(2025).at(2030) == pytest.approx(228.3, abs=0.05)
    for part in ("10,0%/năm", "là 161,1", "với 177,2", "17,9%/năm", "0,56 lần", "chỉ số là 228,3"):
        assert part in text.vi
    assert revenue_figures.direct_text(own_paths, own_paths["muc_tieu"]) is None
    paths = project_all(made_up)
    assert revenue_figures.direct_text(paths, paths["co_so"]) is None


def test_series_of_one_year_are_counted_and_no_code_is_shown(own_data):
    found = revenue_pages.revenue_series(own_data)
    shown = revenue_pages.series_table(found)
    assert "_" not in repr(shown)
    assert all(int(row[2]) > 1 for row in shown.rows)
    single = sum(len(one) == 1 for one in found.values())
    assert len(shown.rows) + single == len(found)
    assert f"còn {single} chuỗi" in revenue_pages.series_text(found).vi


def test_without_yardsticks_the_own_data_gives_reasons(own_data, own_paths):
    commune = replace(own_data.commune, yardsticks={})
    bare = replace(own_data, plan=replace(own_data.plan, commune=commune))
    income = income_pages.income_of(bare)
    parts = (
        revenue_pages.yardstick_table(bare),
        income_pages.record_table(income_pages.record_rows(bare)),
        income_figures.show_yardstick(bare, income.last),
        income_figures.show_income_fan(bare, own_paths["co_so"], income, 2.0),
    )
    assert all(isinstance(part, Text) for part in parts)


def test_enough_years_are_forecast(own_data, monkeypatch):
    years = tuple(range(2019, 2026))
    series = AnnualSeries("recurrent_revenue", years, tuple(100 * 1.08**i for i in range(7)))
    for known, vi in ((series, "2030"), (replace(series, years=tuple(range(2024, 2031))), "2030")):
        monkeypatch.setattr(type(own_data), "histories", lambda self, s=known: {s.name: s})
        assert vi in revenue_pages.outlook_text(own_data).vi


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
    assert "No path" in product_figures.show_scenarios({}, None).en
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
