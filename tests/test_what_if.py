"""If this were otherwise, what then: the arithmetic, what may be moved, what is kept, the page."""

import datetime
import json
import random
import re
from dataclasses import replace

import pytest
from conftest import DATA, change, program

from laikhe_analysis.data import load
from laikhe_analysis.office.what_if.answers import answer
from laikhe_analysis.office.what_if.controls import (
    Settings,
    changes,
    controls,
    project_one,
    rest_of_shares,
)
from laikhe_analysis.office.what_if.entries import EntryError
from laikhe_analysis.office.what_if.land import Land, fees, paces, rules
from laikhe_analysis.office.what_if.remembering import remembering
from laikhe_analysis.office.what_if.static import page_data, static_page, write_static, written
from laikhe_analysis.records import Plot

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
        found = answer(data, Settings("co_so", moved, rule))
        kept = 10 * 20 * 12 * 0.8 * share
        assert found.figure("land_retained:sum").now == pytest.approx(kept)
        assert found.sales.need_ha == pytest.approx(total / share / (10 * 12 * 0.8))
        line = found.line("investment_land")
        assert line.now.value == pytest.approx(kept)
        assert line.now.status == "achieved" if kept >= total else line.now.status != "achieved"


def test_an_untouched_scenario_is_the_scenario(data):
    for name in data.assumed:
        found = answer(data, Settings(name))
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
    assert one.lines == two.lines
    assert one.figures == two.figures


def test_revenue_set_by_hand_and_the_pace_of_sales(data):
    found = answer(data, Settings("co_so", {"revenue_growth": 12.0}))
    assert found.figure("recurrent_revenue").now == pytest.approx(100 * 1.12**5)
    even, back = (
        answer(data, Settings("co_so", {"area_ha": 15.0}, "plan_60", pace)) for pace in ("", "back")
    )
    kept = [found.figure("land_retained:sum").now for found in (even, back)]
    assert kept[0] == pytest.approx(kept[1])


def test_a_sector_of_zero_has_no_growth(data):
    found = answer(data, Settings("co_so", {"share_industry": 65.9, "share_services": 34.1}))
    assert found.structure["agriculture"][2] == 0
    assert found.line("sector:agriculture").now.status == "not_assessed"


def test_rule_and_pace_must_be_known(data):
    with pytest.raises(ValueError, match="rule"):
        answer(data, Settings("co_so", {}, "nobody"))
    with pytest.raises(ValueError, match="kind"):
        answer(data, Settings("co_so", {"area_ha": 1.0}, "", "slow"))
    with pytest.raises(ValueError, match="scenario"):
        answer(data, Settings("nobody"))


def test_fees_by_year():
    land = Land(4.0, 10.0, 50.0, (2027, 2028, 2029, 2030))
    assert land.gross() == 200.0
    rows = fees(land, "frozen", 2026, "")
    assert [(r.year_from, r.year_to, r.value) for r in rows] == [
        (2026, 2028, 0.0), (2029, 2030, 100.0)]  # fmt: skip


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


# ---- the page of the report


def test_the_static_page_names_rule_and_price_beside_its_area(data):
    content = page_data(data)
    assert "10,51 ha" in content["bare"]
    assert "7,997" in content["bare"]
    program = static_page(data)
    assert "sẽ đạt" in program
    assert "landWords(tried)" in program


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
        numbers = written(answer(data, Settings(**case)))
        for key, value in numbers.items():
            other = got.get(words.get(key, key))
            assert other == (None if value is None else pytest.approx(value, rel=1e-9)), (key, case)
    assert len(cases) > 100
    page.locator("#wi-growth_industry").evaluate(
        "e => { e.value = 11; e.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    found = answer(data, Settings("co_so", {"growth_industry": 11.0}))
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
