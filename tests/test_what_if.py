"""If this were otherwise, what then: the arithmetic, what may be moved, what is kept, the page."""

import csv
import datetime
import json
import random
import re
import shutil
from dataclasses import replace

import nbformat
import pytest
from conftest import DATA, ROOT, change, program
from kills import at_every_step, needs_fork

from laikhe_analysis.checks import DataError, RefusalError, Text
from laikhe_analysis.data import load
from laikhe_analysis.investment.market import Factor, Market
from laikhe_analysis.office.forms import safe_folders
from laikhe_analysis.office.forms.scenario_ledger import check_name, keep_scenario
from laikhe_analysis.office.what_if import words
from laikhe_analysis.office.what_if.answers import answer
from laikhe_analysis.office.what_if.chances import remembering
from laikhe_analysis.office.what_if.controls import (
    Settings,
    changes,
    controls,
    project_one,
    rest_of_shares,
)
from laikhe_analysis.office.what_if.entries import Control, EntryError, read_entry
from laikhe_analysis.office.what_if.html import results_html
from laikhe_analysis.office.what_if.land import Land, fees, market_at, paces, rules
from laikhe_analysis.office.what_if.page import Page, is_served, show_page, workbook
from laikhe_analysis.office.what_if.static import page_data, static_page, write_static, written
from laikhe_analysis.records import Assumption, Plot
from laikhe_analysis.simulation import Chance
from laikhe_analysis.vietnamese import format_number

TODAY = datetime.date(2022, 9, 1)
PLACE = {"growth_industry": 11.0, "growth_agriculture": 4.0}


@pytest.fixture(scope="module")
def data(own_data):
    """Return this repository's data, quick to ask."""
    return remembering(own_data)


# ---- the arithmetic


def test_growth_and_structure_by_hand(folder):
    # 60 and 40 % growing by 11 and 4 % over five years
    found = answer(load(folder), Settings("co_so", PLACE))
    industry, farming = 60 * 1.11**5, 40 * 1.04**5
    total = industry + farming
    assert found.figure("total_product").now == pytest.approx(total, rel=1e-12)
    assert found.structure["industry"][2] == pytest.approx(100 * industry / total, rel=1e-12)
    assert found.structure["industry"][0] == pytest.approx(60)
    # nominal: 3 % a year; revenue follows with buoyancy 1; income 40 growing by 5 %
    assert found.figure("total_product_nominal").now == pytest.approx(total * 1.03**5)
    assert found.figure("recurrent_revenue").now == pytest.approx(total * 1.03**5)
    assert found.figure("income_per_capita_real").now == pytest.approx(40 * 1.05**5)
    assert found.figure("income_per_capita").now == pytest.approx(40 * (1.05 * 1.03) ** 5)
    line = found.line("sector:industry")
    assert (line.before.value, line.before.status) == (pytest.approx(0.08), "insufficient")
    assert (line.now.value, line.now.status) == (pytest.approx(0.11), "achieved")
    assert found.origin == "assumption"


def test_land_by_hand(folder):
    # 4 ha x 10 million VND per m2 x 75 % sold = 300 billion, half of it kept
    moved = {"area_ha": 4.0, "price": 10.0, "sold": 75.0}
    found = answer(load(folder), Settings("co_so", moved))
    assert found.figure("land_revenue:sum").now == pytest.approx(300)
    assert found.figure("land_retained:sum").now == pytest.approx(150)
    assert found.sales.rule == "half"
    # the newest figure is of June 2022: four years are open, 2021 brought nothing
    assert found.sales.by_year[2021] == (0.0, 0.0)
    assert found.sales.by_year[2022] == (pytest.approx(75), pytest.approx(37.5))
    assert found.sales.need is None, "this plan has no investment total"


def test_the_total_under_every_rule(data):
    total = data.plan.role("investment_land").value
    for rule, share in {
        "plan_60": 0.6,
        "city_2026_full_return": 0.8,
        "plan_commune_only": 0.15,
    }.items():
        moved = {"area_ha": 20.0, "price": 12.0, "sold": 80.0}
        found = answer(data, Settings("co_so", moved, rule), draws=64)
        kept = 10 * 20 * 12 * 0.8 * share
        assert found.figure("land_retained:sum").now == pytest.approx(kept)
        assert found.sales.need_ha == pytest.approx(total / share / (10 * 12 * 0.8))
        line = found.line("investment_land")
        assert line.now.value == pytest.approx(kept)
        assert line.now.status == "achieved" if kept >= total else line.now.status != "achieved"


def test_an_untouched_scenario_is_the_scenario(data):
    for name in data.assumed:
        found = answer(data, Settings(name), draws=64)
        assert found.scenario is data.assumed[name]
        assert all(figure.before == figure.now for figure in found.figures)
        assert all(line.before == line.now for line in found.lines)
        project = project_one(data, name)
        assert found.figure("total_product").now == project.value("total_product", 2030)


def test_what_is_moved_back_is_untouched(data):
    start = {c.name: c.start for c in controls(data, "muc_tieu")}
    rates = {name: start[name] for name in ("growth_industry", "growth_services")}
    assert changes(data, Settings("muc_tieu", rates)) == ()
    shares = {name: start[name] for name in ("share_industry", "share_services")}
    assert changes(data, Settings("muc_tieu", shares)) == ()
    assert changes(data, Settings("muc_tieu", {}, "plan_60")) == ()


def test_the_same_settings_give_the_same_answer(data):
    moved = Settings("co_so", {"growth_industry": 13.0, "area_ha": 30.0}, "plan_60", "back")
    one, two = answer(data, moved), answer(load(DATA), moved)
    assert [line.chance for line in one.lines] == [line.chance for line in two.lines]
    assert one.figures == two.figures
    assert results_html(one) == results_html(two)


def test_more_growth_is_likelier_and_revenue_set_by_hand_has_no_chance(data):
    chances = [
        answer(data, Settings("co_so", {"growth_industry": rate}))
        .line("total_product")
        .chance.value
        for rate in (8.0, 15.0, 22.0)
    ]
    assert chances == sorted(chances)
    assert chances[0] < 0.05 < 0.9 < chances[-1]
    found = answer(data, Settings("co_so", {"revenue_growth": 12.0}), draws=64)
    assert found.line("revenue").chance.value is None
    assert "do người dùng đặt" in found.line("revenue").chance.reason.vi
    assert found.figure("recurrent_revenue").now == pytest.approx(100 * 1.12**5)


def test_more_land_is_likelier_and_pace_does_not_change_the_sum(data):
    def chance(area, pace=""):
        found = answer(data, Settings("co_so", {"area_ha": area}, "plan_60", pace), draws=2048)
        return found.line("investment_land").chance.value, found.figure("land_retained:sum").now

    assert chance(5.0)[0] < chance(15.0)[0] < chance(50.0)[0]
    assert chance(15.0, "back")[1] == pytest.approx(chance(15.0)[1])


def test_a_sector_of_zero_has_no_growth_and_no_chance(data):
    found = answer(data, Settings("co_so", {"share_industry": 65.9, "share_services": 34.1}))
    assert found.structure["agriculture"][2] == 0
    assert found.line("total_product").chance.value is None
    assert found.line("sector:agriculture").now.status == "not_assessed"
    assert results_html(found)


def test_rule_and_pace_must_be_known(data):
    with pytest.raises(ValueError, match="rule"):
        answer(data, Settings("co_so", {}, "nobody"))
    with pytest.raises(ValueError, match="kind"):
        answer(data, Settings("co_so", {"area_ha": 1.0}, "", "slow"))
    with pytest.raises(ValueError, match="scenario"):
        answer(data, Settings("nobody"))


def test_fees_by_year_and_the_market_around_a_price():
    land = Land(4.0, 10.0, 50.0, None, (2027, 2028, 2029, 2030))
    assert land.gross() == 200.0
    rows = fees(land, "frozen", 2026, "")
    assert [(r.year_from, r.year_to, r.value) for r in rows] == [
        (2026, 2028, 0.0), (2029, 2030, 100.0)]  # fmt: skip
    assert market_at(land).central["price"] == 10.0
    stated = Market(
        Factor("triangular", 6.5, 4, 10), Factor("triangular", 1.4, 1, 2.4),
        Factor("triangular", 0.8, 0.5, 1.0), shock=0.4,
    )  # fmt: skip
    moved = market_at(replace(land, price=18.2, sold=90.0, market=stated))
    assert moved.price.mode * moved.premium.mode == pytest.approx(18.2)
    assert moved.price.low == pytest.approx(8)
    assert (moved.sold.mode, moved.sold.high, moved.shock) == (0.9, 1.0, 0.4)


# ---- what can be moved


def test_controls_that_make_no_sense_are_absent(folder):
    names = [c.name for c in controls(load(folder), "co_so")]
    assert names == [
        "growth_industry", "growth_agriculture", "share_industry", "inflation", "revenue_growth",
        "income_growth_real", "area_ha", "price", "sold",
    ]  # fmt: skip
    path = folder / "scenarios.csv"
    kept = [row for row in path.read_text(encoding="utf-8").splitlines()
            if "income" not in row and "buoyancy" not in row]  # fmt: skip
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    header = (folder / "sharing.csv").read_text(encoding="utf-8").splitlines()[0]
    (folder / "sharing.csv").write_text(header + "\n", encoding="utf-8")
    data = load(folder)
    assert [c.name for c in controls(data, "co_so")] == [
        "growth_industry", "growth_agriculture", "share_industry", "inflation"]  # fmt: skip
    found = answer(data, Settings("co_so"))
    assert found.sales is None
    assert {figure.key for figure in found.figures} == {"total_product", "total_product_nominal"}
    assert results_html(found)
    page = Page(data, "co_so")
    assert "area_ha" not in page.rows
    assert page.left.children[-1] is page.rows["inflation"].box


def test_a_commune_without_product_has_no_sector_controls(folder):
    path = folder / "scenarios.csv"
    rows = [row for row in path.read_text(encoding="utf-8").splitlines()
            if "share_" not in row and "growth_industry" not in row]  # fmt: skip
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    data = load(folder)
    assert [c.group for c in controls(data, "co_so")] == ["money", "money", "land", "land", "land"]
    assert rest_of_shares(data, Settings("co_so")) is None
    found = answer(data, Settings("co_so", {"inflation": 6.0}))
    assert found.figure("income_per_capita").now == pytest.approx(40 * (1.05 * 1.06) ** 5)
    assert found.structure == {}
    assert "Cơ cấu" not in results_html(found)


def test_known_structure_and_known_growth_are_not_moved(folder):
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        for sector, level in (("industry", 60), ("agriculture", 40)):
            file.write(f"product_{sector},2020,FY,{level},,,billion VND,constant,estimate,official,"
                       "book,2021-02-01,,\n")  # fmt: skip
        for year in range(2021, 2026):
            file.write(f"growth_industry,{year},FY,7,,,%/year,constant,estimate,official,book,"
                       "2026-02-01,,\n")  # fmt: skip
    names = [c.name for c in controls(load(folder), "co_so")]
    assert "growth_agriculture" in names
    assert not {"share_industry", "growth_industry"} & set(names)


def test_an_inventory_gives_the_land(data):
    plots = (
        Plot("a", "", "commune_run", "commune", 20_000, 0.5, 8, 10, 12, 0, 2027, 1, 0.5, "example"),
        Plot("b", "", "commune_run", "commune", 30_000, 1.0, 8, 18, 22, 0, 2028, 1, 0.9, "example"),
    )
    start = {c.name: c.start for c in controls(replace(data, inventory=plots), "co_so")}
    assert start["area_ha"] == pytest.approx(4.0)
    assert start["price"] == pytest.approx(16.0)
    assert start["sold"] == pytest.approx(80.0)


def test_shares_leave_the_rest_to_the_last(data):
    moved = Settings("co_so", {"share_industry": 50.0, "share_services": 30.0})
    assert rest_of_shares(data, moved) == ("agriculture", 20.0)
    values = {a.variable: a.value for a in changes(data, moved)}
    assert values == {"share_industry": 0.5, "share_services": 0.3, "share_agriculture": 0.2}
    with pytest.raises(EntryError, match="more than 100 %"):
        changes(data, Settings("co_so", {"share_industry": 80.0}))


PRICE = Control("price", "land", Text("", ""), "million VND/m2", 1, 40, 0.1, 0.1, 1000, 9.1)


@pytest.mark.parametrize(
    ("typed", "value"),
    [("12", 12.0), (" 12,5 ", 12.5), ("12,5 triệu đồng/m²", 12.5), ("1.000", 1000.0)],
)
def test_entries_as_vietnamese_write_them(typed, value):
    assert read_entry(PRICE, typed) == value


@pytest.mark.parametrize("typed", ["", "mười hai", "12.5", "1,2,3", "0", "1.001", "-4", "12,5 ha"])
def test_entries_that_are_refused_say_what_is_wanted(typed):
    with pytest.raises(EntryError) as caught:
        read_entry(PRICE, typed)
    assert caught.value.text.vi.startswith("cần một số từ 0,1 đến 1.000, dấu phẩy")


# ---- kept scenarios

RISE = (Assumption("growth_industry", 2021, 2025, 11.0, "%/year", "assumption"),)


def keep(folder, name="tăng nhanh", changes=RISE, known=None, reason="họp ngày thứ hai"):
    return keep_scenario(
        folder, changes, name=name, inherits="co_so", reason=reason, on=TODAY,
        known=known or load(folder),
    )  # fmt: skip


def test_a_kept_scenario_gives_the_numbers_that_were_shown(folder):
    data = load(folder)
    settings = Settings("co_so", PLACE | {"area_ha": 4.0, "price": 9.7}, "half", "back")
    shown = answer(data, settings)
    keep(folder, changes=changes(data, settings))
    after = load(folder)
    again = answer(after, Settings("tăng nhanh"))
    assert [f.now for f in again.figures] == [f.now for f in shown.figures]
    assert after.assumed["tăng nhanh"].inherits == "co_so"
    rows = list(csv.DictReader((folder / "scenarios.csv").read_text(encoding="utf-8").splitlines()))
    added = [row for row in rows if row["scenario"] == "tăng nhanh"]
    assert {row["note"] for row in added} == {"họp ngày thứ hai (ghi ngày 01/09/2022 từ trang thử)"}
    assert {row["source_id"] for row in added} == {"what-if"}
    assert after.cited["what-if"].title.startswith("Giả định thử")
    assert [row for row in rows if row["scenario"] != "tăng nhanh"] == rows[
        : len(rows) - len(added)
    ]


@pytest.mark.parametrize(
    "name", ["", "   ", "co_so", "CO_SO", "cơ sở", "than trong", "=1+1", "-x", "a" * 41]
)
def test_names_that_are_refused(folder, name):
    before = (folder / "scenarios.csv").read_bytes()
    with pytest.raises(DataError, match=r"scenarios\.csv, cột scenario"):
        keep(folder, name=name)
    assert (folder / "scenarios.csv").read_bytes() == before


def test_what_else_is_refused(folder, monkeypatch):
    data = load(folder)
    with pytest.raises(DataError, match="lý do"):
        keep(folder, reason=" ")
    with pytest.raises(DataError, match="lý do"):
        keep(folder, reason="=SUM(A1)")
    with pytest.raises(DataError, match="ít nhất một giả định khác"):
        keep(folder, changes=())
    with pytest.raises(DataError, match="growth_nothing"):
        keep(folder, changes=[replace(RISE[0], variable="growth_nothing")])
    monkeypatch.setattr(safe_folders, "WAIT", 0.0)
    with (
        safe_folders.locked(folder),
        pytest.raises(RefusalError, match="lệnh laikhe khác đang ghi"),
    ):
        keep(folder)
    keep(folder)
    with pytest.raises(DataError, match="tên khác hẳn “tăng nhanh”"):
        keep(folder, name="TĂNG nhanh", known=data)
    path = folder / "scenarios.csv"
    changed = path.read_text(encoding="utf-8").replace("co_so,,growth_industry,2021,2025,8",
                                                       "co_so,,growth_industry,2021,2025,7")  # fmt: skip
    path.write_text(changed, encoding="utf-8")
    with pytest.raises(DataError, match="có người vừa sửa"):
        keep(folder, name="khác", known=data)
    assert check_name("khác", list(load(folder).assumed)) == "khác"


@needs_fork
def test_a_kill_at_any_moment_leaves_a_folder_that_can_be_read(folder, tmp_path):
    before = load(folder).assumed

    def check(place):
        if load(place).assumed == before:
            keep(place)
        assert set(load(place).assumed) == {*before, "tăng nhanh"}
        assert not list(place.glob("*.importing"))

    def prepare(moment):
        return shutil.copytree(folder, tmp_path / f"kill {moment}" / "mau_son")

    assert at_every_step(prepare, keep, check, tmp_path) >= 6


# ---- the page, without a browser


@pytest.fixture
def page(folder):
    """Return a page of the made-up commune."""
    return Page(remembering(load(folder)), "co_so", today=lambda: TODAY)


def test_a_slider_and_an_entry_move_the_same_number(page):
    row = page.rows["growth_industry"]
    row.slider.value = 11.0
    assert page.settings == Settings("co_so", {"growth_industry": 11.0})
    assert row.entry.value == "11,0"
    row.entry.value = "12,25"
    assert page.settings.values == {"growth_industry": 12.25}
    assert row.slider.value == pytest.approx(12.2)
    row.slider.value = 12.21  # the browser repeats, off by less than a step, what it was told
    assert page.settings.values == {"growth_industry": 12.25}
    assert page.results.value == results_html(answer(page.data, page.settings))


def test_a_wrong_entry_is_refused_beside_it_and_changes_nothing(page):
    row, before = page.rows["price"], page.results.value
    row.entry.value = "12.5"
    assert "cần một số từ 0,1 đến 1.000" in row.wrong.value
    assert "wi-wrong" in row.entry._dom_classes
    assert (page.settings, page.results.value) == (Settings("co_so"), before)
    row.entry.value = "12,5"
    assert not row.wrong.value
    assert "wi-wrong" not in row.entry._dom_classes
    share = page.rows["share_industry"]
    assert "40,0% (phần còn lại)" in page.rest.value
    share.slider.value = 70.0
    assert "30,0% (phần còn lại)" in page.rest.value


def test_shares_above_a_hundred_go_back(data):
    page = Page(data, "co_so")
    row = page.rows["share_services"]
    row.slider.value = 60.0
    assert "vượt 100%" in row.wrong.value
    assert (row.entry.value, row.slider.value) == ("34,1", pytest.approx(34.1))
    assert page.settings.values == {}


def test_reset_and_another_scenario(page):
    page.rows["growth_industry"].slider.value = 11.0
    page.rule.value, page.pace.value = "half", "back"
    assert (page.settings.rule, page.settings.pace) == ("half", "back")
    page.reset(None)
    assert page.settings == Settings("co_so")
    assert (page.rows["growth_industry"].entry.value, page.rule.value) == ("8,0", "")
    page.scenario.value = "muc_tieu"
    assert page.settings == Settings("muc_tieu")
    assert page.rows["growth_industry"].entry.value == "9,0"
    assert "Kịch bản mục tiêu" in page.results.value


def test_two_pages_do_not_share_anything(folder):
    one, two = (Page(remembering(load(folder)), "co_so") for _ in range(2))
    one.rows["growth_industry"].slider.value = 11.0
    assert two.settings == Settings("co_so")
    one.name.value, one.reason.value = "x", "y"
    one.keep(None)
    two.rows["growth_industry"].slider.value = 12.0
    two.name.value, two.reason.value = "x", "y"
    two.keep(None)
    assert "tên chưa có kịch bản nào dùng" in two.kept.value
    assert two.settings.values == {"growth_industry": 12.0}


def test_keeping_from_the_page(page):
    page.keep(None)
    assert "cần một tên" in page.kept.value
    page.name.value = "x"
    page.keep(None)
    assert "cần lý do" in page.kept.value
    page.reason.value = "y"
    page.keep(None)
    assert "cần ít nhất một giả định khác" in page.kept.value
    page.rows["growth_industry"].slider.value = 11.0
    page.keep(None)
    assert "Đã ghi kịch bản “x”" in page.kept.value
    assert page.settings == Settings("x")
    assert [name for _, name in page.scenario.options] == ["co_so", "muc_tieu", "x"]
    assert page.rows["growth_industry"].entry.value == "11,0"


def test_the_workbook_holds_what_is_tried(folder, tmp_path):
    from openpyxl import load_workbook

    data = load(folder)
    path = tmp_path / "x.xlsx"
    path.write_bytes(workbook(data, Settings("co_so", PLACE)))
    assert "phuong_an_dang_thu_total_product" in load_workbook(path).defined_names
    path.write_bytes(workbook(data, Settings("co_so")))
    assert "phuong_an_dang_thu_total_product" not in load_workbook(path).defined_names


def test_what_goes_wrong_is_one_vietnamese_sentence(page, folder, monkeypatch, capsys):
    monkeypatch.setattr("laikhe_analysis.office.what_if.page.answer", lambda *_: 1 / 0)
    page.rows["growth_industry"].slider.value = 11.0
    assert "Phép tính gặp lỗi chưa lường trước (ZeroDivisionError" in page.results.value
    assert "Traceback" not in page.results.value
    monkeypatch.setenv("JPY_SESSION_NAME", "09_what_if.ipynb")
    shown = []
    monkeypatch.setattr(
        "IPython.display.display", lambda what: shown.append(vars(what).get("data", what))
    )
    show_page(folder, "co_so")
    assert "wi-page" in shown[0]
    assert "wi-page" in shown[1]._dom_classes
    show_page(folder, "no such")
    assert shown[-1].startswith('<p class="wi-stop">Không mở được trang:')
    path = folder / "targets.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",9,,", ',"9,5",,'), encoding="utf-8")
    show_page(folder, "co_so")
    assert "Dữ liệu chưa dùng được" in shown[-1]
    assert "targets.csv, dòng 2, cột value" in shown[-1]


def test_nothing_is_shown_where_nobody_looks(folder, monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    assert not is_served()
    assert show_page(folder / "nowhere", "co_so") is None


# ---- words


def test_numbers_are_written_as_vietnamese_write_them(data):
    found = answer(data, Settings("co_so", {"growth_industry": 11.25, "area_ha": 123.4}))
    page = re.sub(r"<[^>]*>", " ", results_html(found))
    assert "11,25" in page
    assert not re.search(r"\d\.\d{1,2}(?!\d)", page), "a decimal point"
    assert words.summary(found).vi.startswith("Nếu tốc độ tăng công nghiệp - xây dựng 11,25%/năm")
    assert words.summary(found).en.startswith("If growth of industry and construction 11.25%/year")
    assert "Chưa đổi gì" in words.summary(answer(data, Settings("co_so"), draws=8)).vi
    nothing = answer(data, Settings("co_so", {"area_ha": 5.0}, "city_2026_none_returned"))
    assert dict(words.sales_lines(nothing))["need"].vi.startswith("Để có 504,276 tỷ đồng")


def test_a_commune_that_knows_nothing_says_so(folder):
    path = folder / "scenarios.csv"
    kept = [r for r in path.read_text(encoding="utf-8").splitlines() if "growth" not in r]
    path.write_text("\n".join(r for r in kept if "buoyancy" not in r) + "\n", encoding="utf-8")
    for name in ("targets.csv", "tasks.csv", "sharing.csv"):
        header = (folder / name).read_text(encoding="utf-8").splitlines()[0]
        (folder / name).write_text(header + "\n", encoding="utf-8")
    found = answer(load(folder), Settings("co_so"))
    assert words.summary(found).vi.endswith("chưa đủ số liệu để tính.")
    assert "<table" not in results_html(found)


def test_words_are_safe_in_html(data):
    name = "<b>&</b>"
    moved = replace(data, assumed={name: replace(data.assumed["co_so"], name=name)})
    assert "<b>&" not in results_html(answer(moved, Settings(name), draws=8))


# ---- the notebook


def test_the_notebook_keeps_no_widget():
    content = (ROOT / "notebooks" / "09_what_if.ipynb").read_text(encoding="utf-8")
    assert "widget-view" not in content
    assert "application/vnd.jupyter.widget" not in content


# ---- what stands beside a number


def test_what_is_to_come_is_not_told_as_done(data):
    found = answer(data, Settings("co_so", {"growth_agriculture": 3.0}), draws=64)
    shown = {line.target.target_id: words.line_cells(line) for line in found.lines}
    assert shown["2.2.2-agriculture"]["status"] == "✓ sẽ đạt"
    assert shown["2.2.2-total"]["status"] == "↘ sẽ không đạt"
    assert "đã đạt" not in results_html(found)
    assert "sẽ đạt" in words.summary(found).vi
    revenue = shown["2.2.1-revenue"]
    assert "cách đọc khác" in revenue["status"], "the chance is of another reading"
    assert revenue["status"] in results_html(found).replace("&quot;", '"')


@pytest.mark.parametrize(("industry", "start"), [(11.0, "9,3"), (7.0, "9,3")])
def test_the_summary_says_where_the_scenario_stood(data, industry, start):
    moved = {"growth_industry": industry, "area_ha": 10.0}
    said = words.summary(answer(data, Settings("co_so", moved), draws=64)).vi
    assert f"{industry:.1f}".replace(".", ",") + f"%/năm (kịch bản {start})" in said
    assert "10,0 ha (kịch bản chưa nêu)" in said
    assert "chỉ tăng" not in said


def test_the_summary_and_the_land_tell_losses_rule_and_price(data):
    found = answer(data, Settings("co_so", {"price": 12.0, "area_ha": 10.0}), draws=4096)
    said = words.summary(found).vi
    assert "192,0 tỷ đồng" in said
    assert f"khoảng {format_number(found.sales.risky.p50, 1)} tỷ" in said
    assert "thành phố không trả lại" in said
    lines = dict(words.sales_lines(found))
    assert "giá 12,0 triệu đồng/m², bán được 80%, theo quy định đó" in lines["need_ha"].vi
    for part in ("12,93 ha", "tỷ lệ của kế hoạch", "6,5"):
        assert part in lines["bare"].vi
    same = Settings("co_so", {"price": 6.5, "sold": 100.0}, "plan_60")
    assert "bare" not in dict(words.sales_lines(answer(data, same, draws=8)))


def test_the_notebooks_question_does_not_say_which_way_its_example_goes():
    notebook = nbformat.read(ROOT / "notebooks" / "09_what_if.ipynb", as_version=4)
    told = " ".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert "chỉ tăng" not in told
    assert "grows only" not in told


def test_the_static_page_names_rule_and_price_beside_its_area(data):
    content = page_data(data)
    assert "12,93 ha" in content["bare"]
    assert "6,5" in content["bare"]
    program = static_page(data)
    assert "sẽ đạt" in program
    assert "landWords(tried)" in program


@pytest.mark.parametrize(
    ("p", "error", "shown"),
    [(0.001, 0.0003, "0,10% ± 0,03"), (0.5, 0.01, "50,0% ± 1,0"), (1.0, 0.0, "trên 99,9%")],
)
def test_an_error_is_never_told_as_none(p, error, shown):
    assert words.chance_text(Chance(p, error, 8192)) == shown


# ---- the page of the report


OFFLINE = [
    "--no-sandbox", "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser():
    """Return a browser that finds no address but this machine's."""
    chromium = program("chromium", "chromium-browser", "google-chrome")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=OFFLINE)
        yield found
        found.close()


def test_the_static_page_has_the_librarys_numbers(browser, own_data, tmp_path):
    data, rng = remembering(own_data), random.Random(8)
    (name,) = write_static(data, tmp_path)
    content = (tmp_path / name).read_text(encoding="utf-8")
    assert not re.search(r'(?:src|href)="(?:https?:)?//|@import|url\((?!data:)', content)
    page, wrong = browser.new_page(viewport={"width": 1366, "height": 768}), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda request: wrong.append(request.url) if "file:" not in request.url
            and "data:" not in request.url else None)  # fmt: skip
    page.goto((tmp_path / name).as_uri())
    words = {t.target_id: t.target_id.partition("-")[2] for t in data.plan.targets}
    every = {"values": {}, "rule": "", "pace": ""}
    cases = [every | {"scenario": name} for name in data.assumed]
    cases += [
        every | {"scenario": "co_so", "values": {c.name: round(c.low + c.step * k, 6)}}
        for c in controls(data, "co_so")
        for k in range(0, round((c.high - c.low) / c.step) + 1, 37)
        if c.group != "shares" or c.low + c.step * k <= 40
    ]
    for _ in range(40):
        scenario, values = rng.choice(list(data.assumed)), {}
        for c in controls(data, scenario):
            low, high = (0, 30) if c.group == "shares" else (max(c.low, 1), c.high)
            if rng.random() < 0.5:
                values[c.name] = round(
                    low + c.step * rng.randrange(round((high - low) / c.step)), 6
                )
        cases.append({"scenario": scenario, "values": values, "rule": rng.choice(["", *rules(data)]),
                      "pace": rng.choice(["", *paces(data)])})  # fmt: skip
    computed = page.evaluate("cases => cases.map(whatIf.compute)", cases)
    for case, got in zip(cases, computed, strict=True):
        numbers = written(answer(data, Settings(**case), draws=2))
        for key, value in numbers.items():
            other = got.get(words.get(key, key))
            assert other == (None if value is None else pytest.approx(value, rel=1e-9)), (key, case)
    assert len(cases) > 100
    page.locator("#wi-growth_industry").evaluate(
        "e => { e.value = 11; e.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    found = answer(data, Settings("co_so", {"growth_industry": 11.0}), draws=2)
    expected = f"{100 * found.line('total_product').now.value:.2f}".replace(".", ",")
    assert page.locator('[data-key="2.2.2-total"]').inner_text() == expected
    assert page.locator("#wi-growth_industry + output").inner_text() == "11,0"
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not wrong
    page.close()


def test_the_static_page_of_a_commune_with_less(folder, tmp_path):
    data = load(folder)
    (name,) = write_static(data, tmp_path)
    content = (tmp_path / name).read_text(encoding="utf-8")
    inside = json.loads(re.search(r'id="wi-data"[^>]*>(.*?)</script>', content, re.S)[1])
    assert set(inside["grid"]) == {
        "growth_industry", "growth_agriculture", "inflation", "revenue_growth",
        "income_growth_real"}  # fmt: skip
    assert inside["grid"]["growth_industry"][150][-1] == pytest.approx(1.1**5)
    assert inside["kept"]["half"]["even"] == [0, 0, pytest.approx(0.5)]
    path = folder / "scenarios.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert write_static(load(folder), tmp_path) == []


def test_markup_in_names_never_runs(browser, folder, tmp_path):
    markup = (
        "\"'><img src=x onerror=document.title=`run`></script><script>document.title=`run`</script>"
    )
    cell = '"' + markup.replace('"', '""') + '"'
    change(folder, "sharing.csv", "half,", f"{cell},")
    text = (folder / "targets.csv").read_text(encoding="utf-8")
    (folder / "targets.csv").write_text(
        text.replace("9.1-industry", cell).replace("Công nghiệp tăng", cell), encoding="utf-8"
    )
    change(folder, "tasks.csv", "9.1-industry", cell)
    (name,) = write_static(load(folder), tmp_path)
    page = browser.new_page()
    page.goto((tmp_path / name).as_uri())
    page.wait_for_selector(".wi-goals")
    assert page.title() != "run"
    assert page.locator("img[src=x]").count() == 0
    page.close()
