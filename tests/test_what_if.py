"""The what-if page in Chromium against the library: numbers, chances, the file it gives, its face."""

import csv
import datetime
import random
import re
import shutil
from dataclasses import replace
from importlib import resources

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from conftest import DATA, change, make_filled, program
from kills import at_every_step, needs_fork
from typer.testing import CliRunner

from laikhe_analysis.checks import SEED, DataError, RefusalError
from laikhe_analysis.cli import app
from laikhe_analysis.data import load
from laikhe_analysis.findings.draws import product_draws, revenue_draws
from laikhe_analysis.findings.paths import mean_rate_of
from laikhe_analysis.investment.market import draw
from laikhe_analysis.investment.proceeds import retained_money
from laikhe_analysis.land import required_area, required_gross, retained_share
from laikhe_analysis.office.forms import safe_folders
from laikhe_analysis.office.forms.scenario_file import read_scenario
from laikhe_analysis.office.forms.scenario_ledger import check_name, keep_scenario
from laikhe_analysis.office.what_if.chances import DRAWS, LIKELY, UNLIKELY
from laikhe_analysis.office.what_if.land import _market, kept_shares, open_years
from laikhe_analysis.office.what_if.page import NAME, what_if_page, write_what_if
from laikhe_analysis.records import Assumption
from laikhe_analysis.scenarios import override

TODAY = datetime.date(2022, 9, 1)
OFFLINE = [
    "--no-sandbox", "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]  # fmt: skip
UNTOUCHED = {"scenario": "co_so", "edits": {}, "rule": ""}


@pytest.fixture(scope="module")
def browser():
    """Return a browser that finds no address but this machine's."""
    chromium = program("chromium", "chromium-browser", "google-chrome")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=OFFLINE)
        yield found
        found.close()


@pytest.fixture
def opened(browser, tmp_path):
    """Return what opens the page of a folder; nothing may go wrong or leave the machine."""
    wrong, pages = [], []

    def open_page(data, lang="vi", **size):
        (name,) = write_what_if(data, tmp_path, lang)
        page = browser.new_page(viewport={"width": 1366, "height": 768} | size)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda r: wrong.append(r.url) if r.url[:5] not in ("file:", "data:", "blob:")
                else None)  # fmt: skip
        page.goto((tmp_path / name).as_uri())
        page.wait_for_function("document.querySelector('.chance').textContent")
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        page.close()
    assert not wrong


def settings(data, rng):
    """Return settings at random: some numbers for all years, some for one, land, a rule."""
    names = list(data.assumed)
    first, last = data.commune.base_year, data.commune.target_year
    years, left = range(1, last - first + 1), [y - first for y in open_years(data)]
    edits = {}
    for part in data.commune.sectors:
        if rng.random() < 0.7:
            rate, only = round(rng.uniform(1, 20), 1), rng.random() < 0.4
            edits[f"growth_{part}"] = dict.fromkeys([rng.choice(years)] if only else years, rate)
    for name, low, high in (("inflation", 0, 9), ("product_deflator", 0, 9),
                            ("population_growth", -1, 3), ("income_growth_real", 0, 15)):  # fmt: skip
        if rng.random() < 0.5:
            edits[name] = dict.fromkeys(years, round(rng.uniform(low, high), 1))
    how = rng.choice(["", "buoyancy", "revenue_growth"])
    if how:
        edits[how] = dict.fromkeys(years, 0.9 if how == "buoyancy" else 11.5)
    if rng.random() < 0.3:
        edits["share_industry"] = {0: round(rng.uniform(20, 60), 1)}
    if rng.random() < 0.6:
        edits["area_ha"] = {t: round(rng.uniform(0, 12), 1) for t in left}
        edits["price"] = dict.fromkeys(left, round(rng.uniform(5, 20), 1))
    rule = rng.choice(["", *kept_shares(data)])
    return {"scenario": rng.choice(names), "edits": edits, "rule": rule}


def projected(data, page, case, folder):
    """Return the projection of settings: as their file says, once it is read by the library."""
    text = page.evaluate("s => whatIf.fileOf(s, 'thử', 'vì')", case)
    path = folder / "thu.csv"
    path.write_text(text, encoding="utf-8")
    base = data.assumed[case["scenario"]]
    if text.count("\n") == 1:
        return data.projection(base)
    return data.projection(override(base, "thử", *read_scenario(path, data).changes))


def total_of(now, name):
    path = now.path(name)
    return sum(v for y, v in zip(path.years, path.values, strict=True) if y > now.years[0])


def number_of(now, name, how, last):
    if how == "sum":
        return total_of(now, name)
    return mean_rate_of(now, name) if how == "rate" else now.value(name, last)


def test_the_page_has_the_librarys_numbers_where_figures_are_known(opened, tmp_path):
    data, rng = load(make_filled(tmp_path)), random.Random(3)
    page, last = opened(data), data.commune.target_year
    for case in [UNTOUCHED, *(settings(data, rng) for _ in range(8))]:
        case["edits"].pop("share_industry", None)  # the structure is known
        got, now = page.evaluate("whatIf.compute", case), projected(data, page, case, tmp_path)
        for key in (k for k in got if ":" in k and got[k] is not None):
            name, _, how = key.partition(":")
            assert got[key] == pytest.approx(number_of(now, name, how, last)), (key, case)
        ratios = now.path("collected_over_assigned").values[1:]
        assert got["2.2.1-revenue"] == pytest.approx(sum(ratios) / len(ratios))


def test_the_page_has_the_librarys_numbers(opened, own_data, tmp_path):
    page, rng, last = opened(own_data), random.Random(18), own_data.commune.target_year
    cases = [UNTOUCHED | {"scenario": name} for name in own_data.assumed]
    cases += [settings(own_data, rng) for _ in range(20)]
    found = page.evaluate("cases => cases.map(whatIf.compute)", cases)
    for case, got in zip(cases, found, strict=True):
        now = projected(own_data, page, case, tmp_path)
        for key in (k for k in got if ":" in k):
            name, _, how = key.partition(":")
            if name not in now.paths:
                assert got[key] is None, (key, case)
                continue
            value = number_of(now, name, how, last)
            assert got[key] == pytest.approx(value, rel=1e-9), (key, case)
        assert got["2.2.2-total"] == pytest.approx(mean_rate_of(now, "total_product"), rel=1e-9)
        assert got["2.2.4-income"] == pytest.approx(mean_rate_of(now, "income_per_capita_real"))
        if "land_retained_total" in now.paths:
            kept = now.value("land_retained_total", last)
            assert got["2.2.6-investment"] == pytest.approx(kept)
            assert got["covered"] == pytest.approx(100 * kept / 504.276)
    assert sum(bool(case["edits"]) for case in cases) > 15


def test_the_page_says_what_was_typed_and_computes_it_by_hand(opened, folder, tmp_path):
    page = opened(load(folder))
    edits = {"growth_industry": dict.fromkeys(range(1, 6), 11), "growth_agriculture": {2: 4},
             "area_ha": dict.fromkeys(range(2, 6), 1), "price": dict.fromkeys(range(2, 6), 10)}  # fmt: skip
    case = {"scenario": "co_so", "edits": edits, "rule": "half"}
    # 60 % growing by 11 %, 40 % by 2 %, in the second year by 4 %; 4 ha x 10 million VND per m2
    got = page.evaluate("whatIf.compute", case)
    total = 60 * 1.11**5 + 40 * 1.02**4 * 1.04
    assert got["total_product:last"] == pytest.approx(total, rel=1e-12)
    assert got["recurrent_revenue:last"] == pytest.approx(total * 1.03**5)
    assert got["land_revenue:sum"] == pytest.approx(400)
    assert got["land_retained_total:last"] == pytest.approx(200)
    assert got["9.1-industry"] == pytest.approx(0.11)
    rows = list(
        csv.reader(page.evaluate("s => whatIf.fileOf(s, 'a, b', 'vì \"x\"')", case).splitlines())
    )
    assert [row[2:7] for row in rows[1:]] == [
        ["growth_industry", "2021", "2025", "11", "%/year"],
        ["growth_agriculture", "2022", "2022", "4", "%/year"],
        ["land_gross", "2021", "2021", "0", "billion VND/year"],
        ["land_gross", "2022", "2025", "100", "billion VND/year"],
        ["sharing_rule", "2021", "2025", "half", "rule"],
    ]  # fmt: skip
    assert {row[0] for row in rows[1:]} == {"a, b"}
    assert rows[4][10] == 'vì "x": 4,0 ha, giá 10,0 triệu đồng/m²'


def expected(data, now, draws=20_000):
    """Return the chances of the targets by the library's own draws."""
    plain, joint = (
        product_draws(data, now, with_income=also, draws=draws) for also in (False, True)
    )
    found = {t.target_id: t.is_met(plain.growth(t.role.partition(":")[2] or None)).mean()
             for t in data.plan.targets if t.role.startswith(("total_product", "sector:"))}  # fmt: skip
    income = next(t for t in data.plan.targets if t.role == "income")
    found[income.target_id] = income.is_met(joint.growth("income_per_capita_real")).mean()
    index = revenue_draws(plain, now)
    varies = index is not None and np.ptp(index[:, -1]) > 0
    found["2.2.1-revenue"] = (index[:, -1] >= 100 * 1.1**5).mean() if varies else None
    return found


def near(got, wanted, draws=20_000):
    """Return whether two shares of draws agree within four standard errors of their difference."""
    error = np.sqrt(max(wanted * (1 - wanted), 1 / DRAWS) * (1 / DRAWS + 1 / draws))
    return abs(got - wanted) <= 4 * error


def test_chances_are_the_librarys_within_the_simulations_error(opened, own_data, tmp_path):
    page, rng = opened(own_data), random.Random(5)
    target = own_data.plan.role("investment_land")
    cases = [UNTOUCHED | {"scenario": "muc_tieu"}, *(settings(own_data, rng) for _ in range(19))]
    some = 0
    for case in cases:
        got = page.evaluate("whatIf.chances", case)
        now = projected(own_data, page, case, tmp_path)
        for key, wanted in expected(own_data, now).items():
            assert (got[key] is None) == (wanted is None), (key, case)
            assert wanted is None or near(got[key], wanted), (key, case)
            some += wanted is not None and 0.05 < wanted < 0.95
        if "land_retained_total" in now.paths:
            market = _market(own_data)
            values = draw(market, 20_000, np.random.default_rng(SEED + 1))
            fees = now.path("land_revenue")
            assumed = {a.variable: a.value for a in now.scenario.assumptions}
            name = case["rule"] or assumed["sharing_rule"]
            gross = sum(fees.values)
            area = {"area": gross * 1000 / market.price.mode}  # m2 at the middle price
            money = retained_money(values | area, market, own_data.rules[name], years=[2030])
            assert near(got["2.2.6-investment"], (money >= target.value).mean()), case
    assert some > 30


def test_the_first_draws_of_the_library_are_those_of_the_page(opened, own_data):
    page = opened(own_data)
    for name in own_data.assumed:
        got = page.evaluate("whatIf.chances", UNTOUCHED | {"scenario": name})
        for key, wanted in expected(own_data, own_data.projection(name), DRAWS).items():
            # a draw at the very edge may fall on either side: shocks have sixteen bits
            assert wanted is None or abs(got[key] - wanted) <= 2 / DRAWS, (key, name)


CLASSES = {0.0: "unlikely", 0.33: "unlikely", 0.34: "open", 0.5: "open", 0.66: "open", 0.67: "likely",
           1.0: "likely"}  # fmt: skip


def test_the_class_agrees_with_the_chance(opened, own_data):
    page = opened(own_data)
    found = page.evaluate(
        "ps => ps.map((p) => whatIf.classOf(whatIf.goals[0], 0.1, p))", [*CLASSES]
    )
    assert found == list(CLASSES.values())
    without = "xs => xs.map((x) => whatIf.classOf({least: 0.1, most: null}, x, null))"
    assert page.evaluate(without, [None, 0.09, 0.1]) == ["unknown", "missed", "met"]
    page.fill("#growth_industry", "14")
    page.press("#growth_industry", "Tab")
    page.wait_for_timeout(300)
    for cell in page.locator(".chance").all():
        p, kind = cell.get_attribute("data-value"), cell.get_attribute("class").split()[1]
        x = float(p or 0)
        wanted = "likely" if x >= LIKELY else "open" if x >= UNLIKELY else "unlikely"
        assert kind == (wanted if p else "unknown")


def test_land_that_the_total_needs(opened, own_data):
    page = opened(own_data)
    for name, rule in own_data.rules.items():
        if name not in kept_shares(own_data):
            continue
        price = {"price": dict.fromkeys(range(2, 6), 8.0)}
        got = page.evaluate("whatIf.compute", {"scenario": "co_so", "edits": price, "rule": name})
        gross = required_gross(504.276, retained_share(rule, "commune_run", 2030))
        assert got["need_ha"] == pytest.approx(required_area(gross, 8.0) / 1e4)


# ---- what is seen


def test_a_slider_an_entry_and_a_year_move_the_same_number(opened, own_data):
    page = opened(own_data)
    page.locator("#growth_industry-slider").evaluate(
        "e => { e.value = 11; e.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    assert page.input_value("#growth_industry") == "11,0"
    tried = page.locator('[data-row="2.2.2-total"] .tried')
    # 57.7, 34.1 and 8.2 % growing by 11, 6.4 and 3.2 %
    end = 0.577 * 1.11**5 + 0.341 * 1.064**5 + 0.082 * 1.032**5
    assert tried.inner_text() == f"{100 * (end**0.2 - 1):.2f}".replace(".", ",")
    page.fill("#growth_industry", "9,3")
    page.press("#growth_industry", "Enter")
    assert tried.inner_text() == page.locator('[data-row="2.2.2-total"] .base').inner_text()
    page.click("#by-year")
    page.fill("#growth_industry-5", "20")
    page.press("#growth_industry-5", "Tab")
    assert page.input_value("#growth_industry-4") == "9,3"
    end += 0.577 * (1.093**4 * 1.20 - 1.11**5)
    assert tried.inner_text() == f"{100 * (end**0.2 - 1):.2f}".replace(".", ",")
    page.click("#by-year")
    assert page.input_value("#growth_industry") == "11,4"
    assert "bình quân" in page.get_attribute("#growth_industry", "title")
    page.click("#reset")
    assert page.input_value("#growth_industry") == "9,3"
    page.select_option("#scenario", "muc_tieu")
    assert page.input_value("#growth_industry") == "15,0"
    assert page.input_value("#revenue_growth") == "10,0"
    assert page.input_value("#buoyancy") == ""
    page.fill("#buoyancy", "1,1")
    page.press("#buoyancy", "Tab")
    assert page.input_value("#revenue_growth") == "", "revenue follows the one or the other"


def test_own_plots_are_filled_in_where_the_scenario_sells_no_land(opened, tmp_path):
    """7.29 ha at 7.60 million VND: 554.15 billion where all is sold, as page 05 says of the inventory."""
    data = load(make_filled(tmp_path, "land"), today="2026-11-27")
    page = opened(data)
    assert page.input_value("#area_ha") == "7,29"
    assert page.locator('[data-row="land_revenue:sum"] .tried').inner_text() == "554,2"
    assert page.locator('[data-row="land_revenue:sum"] [data-scenario="co_so"]').inner_text() == "…"
    said = page.locator("#summary").inner_text()
    assert said.startswith("Chưa đổi gì, theo kịch bản cơ sở và danh mục khu đất của xã: ")
    assert "bán hết, chưa trừ chi phí thì xã được dùng " in said
    assert "không khả thi theo các giả định đã nêu" in page.locator("#controls .note").inner_text()
    page.fill("#area_ha", "8")
    page.press("#area_ha", "Tab")
    page.wait_for_function("document.querySelector('#summary').textContent.startsWith('Đang thử:')")
    page.click("#reset")
    assert page.input_value("#area_ha") == "7,29"
    page.select_option("#scenario", "muc_tieu")  # has land of its own
    assert page.locator('[data-row="land_revenue:sum"] .tried').inner_text() == "840,5"


@pytest.mark.parametrize(
    ("typed", "value"), [("12", "12,0"), (" 12,5 ", "12,5"), ("12.5", "12,5"), ("1.000", "1.000,0")]
)
def test_entries_as_people_write_them(opened, folder, typed, value):
    page = opened(load(folder))
    page.fill("#price", typed)
    page.press("#price", "Tab")
    assert page.input_value("#price") == value
    assert page.locator("#wrong").inner_text() == ""


@pytest.mark.parametrize("typed", ["", "mười hai", "1,2,3", "0", "1.001", "-4", "<b>", "1e3"])
def test_entries_that_are_refused_say_what_is_wanted(opened, folder, typed):
    page = opened(load(folder))
    page.fill("#price", typed)
    page.press("#price", "Tab")
    assert page.locator("#wrong").inner_text() == (
        "Giá trúng bình quân: Cần một số từ 0,1 đến 1.000, dấu phẩy cho phần thập phân."
    )
    assert page.get_attribute("#price", "aria-invalid") == "true"
    assert page.locator('[data-row="land_revenue:sum"] .tried').inner_text() == "…"


def test_shares_stay_within_a_hundred(opened, own_data):
    page = opened(own_data)
    page.fill("#share_industry", "80")
    page.press("#share_industry", "Tab")
    assert "vượt 100%" in page.locator("#wrong").inner_text()
    page.fill("#share_industry", "60")
    page.press("#share_industry", "Tab")
    rows = page.evaluate(
        "whatIf.fileOf({scenario: 'co_so', edits: {share_industry: {0: 60}}, rule: ''}, 'a', 'b')"
    )
    shares = {
        row[2]: row[5] for row in csv.reader(rows.splitlines()) if row[2].startswith("share_")
    }
    assert shares == {"share_industry": "60", "share_services": "34.1", "share_agriculture": "5.9"}


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_it_fits_the_screen_is_reached_by_keyboard_and_axe_finds_nothing(opened, width, height):
    page = opened(load(DATA), width=width, height=height)
    if width == 1366:
        assert page.evaluate("document.documentElement.scrollHeight") <= 768
    for pressed in (False, True):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        if not pressed:
            page.focus("#by-year")
            page.keyboard.press("Space")
    page.focus("#scenario")
    seen = set()
    for _ in range(120):
        page.keyboard.press("Tab")
        seen.add(page.evaluate("document.activeElement.id"))
    wanted = {
        "by-year",
        "reset",
        "rule",
        "name",
        "reason",
        "growth_industry-1",
        "growth_industry-5",
    }
    assert wanted <= seen
    page.focus("#share_industry-slider")
    page.keyboard.press("ArrowRight")
    assert page.input_value("#share_industry") == "57,8"


def test_the_page_speaks_one_language(opened, folder):
    page = opened(load(folder), "en")
    assert page.get_attribute("html", "lang") == "en"
    text = page.inner_text("body").replace("xã Mẫu Sơn", "")
    assert not re.search("[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", text), text
    page.fill("#price", "1,000.0")
    page.press("#price", "Tab")
    assert page.input_value("#price") == "1,000.0"


def test_a_commune_with_less_has_a_page(opened, folder, tmp_path):
    path = folder / "scenarios.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    kept = [row for row in rows if "share_" not in row and "growth_industry" not in row]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    header = (folder / "sharing.csv").read_text(encoding="utf-8").splitlines()[0]
    (folder / "sharing.csv").write_text(header + "\n", encoding="utf-8")
    page = what_if_page(load(folder))
    assert 'data-control="inflation"' in page
    assert not re.search('data-control="(?:area_ha|price|growth_industry|share_industry)"', page)
    path.write_text(rows[0] + "\n", encoding="utf-8")
    assert write_what_if(load(folder), tmp_path) == []


def test_known_years_cannot_be_moved(folder):
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        for sector, level in (("industry", 60), ("agriculture", 40)):
            file.write(f"product_{sector},2020,FY,{level},,,billion VND,constant,estimate,official,"
                       "book,2021-02-01,,\n")  # fmt: skip
        file.write(
            "growth_industry,2021,FY,7,,,%/year,constant,estimate,official,book,2022-02-01,,\n"
        )
    page = what_if_page(load(folder))
    assert 'data-control="share_industry"' not in page
    first = re.search(r'<input[^>]*id="growth_industry-1"[^>]*>', page)[0]
    second = re.search(r'<input[^>]*id="growth_industry-2"[^>]*>', page)[0]
    assert "disabled" in first
    assert "disabled" not in second


def test_nothing_is_fetched_and_the_model_is_the_printed_one(own_data):
    page = what_if_page(own_data)
    assert not re.search(r'(?:src|href)="(?:https?:)?//|@import|url\((?!data:)', page)
    assert page.count("function project0(input)") == 1
    script = (
        resources.files("laikhe_analysis.office").joinpath("assets/what_if.js").read_text("utf-8")
    )
    assert not re.search("deflator|price_index|recurrent_revenue\\s*=", script)
    assert len(page.encode()) < 250_000


MARKUP = (
    "\"'><img src=x onerror=document.title=`run`></script><script>document.title=`run`</script>"
)


def test_markup_in_names_never_runs(opened, folder, tmp_path):
    cell = '"' + MARKUP.replace('"', '""') + '"'
    change(folder, "sharing.csv", "half,", f"{cell},")
    for old in ("9.1-industry", "Công nghiệp tăng"):
        change(folder, "targets.csv", old, cell)
    change(folder, "tasks.csv", "9.1-industry", cell)
    path = folder / "scenarios.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("muc_tieu,", f"{cell},"), encoding="utf-8"
    )
    try:
        data = load(folder)
    except DataError:  # the name of a scenario is refused: that of the rest stays
        path.write_text(
            path.read_text(encoding="utf-8").replace(f"{cell},", "muc_tieu,"), encoding="utf-8"
        )
        data = load(folder)
    page = opened(data)
    page.fill("#name", MARKUP)
    page.fill("#reason", MARKUP)
    page.click("#save button")
    assert page.title() != "run"
    assert page.locator("img").count() == 0
    assert page.locator("#saved").inner_text().startswith("Cần một tên")


# ---- the file it gives, and the command that reads it


def test_what_is_saved_is_imported_by_the_command(opened, folder, tmp_path):
    data = load(folder)
    page = opened(data)
    page.click("#save button")
    assert page.locator("#saved").inner_text().startswith("Cần một tên")
    page.fill("#name", "Tăng nhanh, đất 12")
    page.click("#save button")
    assert page.locator("#saved").inner_text().startswith("Cần lý do")
    page.fill("#reason", "họp ngày thứ hai")
    page.click("#save button")
    assert page.locator("#saved").inner_text().startswith("Chưa đổi giả định nào")
    for name, value in (
        ("growth_industry", "11"),
        ("inflation", "4,5"),
        ("area_ha", "4"),
        ("price", "9,7"),
    ):
        page.fill(f"#{name}", value)
        page.press(f"#{name}", "Tab")
    with page.expect_download() as download:
        page.click("#save button")
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert path.name == "kich_ban_tang_nhanh_dat_12.csv"
    before = (folder / "scenarios.csv").read_text(encoding="utf-8")
    asked = ["import", str(path), "--data", str(folder), "--recorded-on", "2022-09-01"]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code != 0
    assert "Kịch bản mới “Tăng nhanh, đất 12”, như cơ sở nhưng:" in done.output
    assert "tốc độ tăng công nghiệp - xây dựng, 2021-2025: 11 %/năm" in done.output
    assert (folder / "scenarios.csv").read_text(encoding="utf-8") == before
    done = CliRunner().invoke(app, [*asked, "--yes"])
    assert done.exit_code == 0, done.output
    after = (folder / "scenarios.csv").read_text(encoding="utf-8")
    assert after.startswith(before), "nothing is lost"
    kept = load(folder)
    assert list(kept.assumed) == [*data.assumed, "Tăng nhanh, đất 12"]
    now = kept.projection("Tăng nhanh, đất 12")
    for row, value in (("total_product:last", now.value("total_product", 2025)),
                       ("land_revenue:sum", total_of(now, "land_revenue")),
                       ("income_per_capita:last", now.value("income_per_capita", 2025))):  # fmt: skip
        shown = page.locator(f'[data-row="{row}"] .tried').get_attribute("data-value")
        assert float(shown) == pytest.approx(value, rel=1e-9)
    rows = [r for r in csv.DictReader(after.splitlines()) if r["scenario"] == "Tăng nhanh, đất 12"]
    assert {r["source_id"] for r in rows} == {"what-if"}
    assert rows[0]["note"] == "họp ngày thứ hai (ghi ngày 01/09/2022 từ trang thử)"
    assert "4,0 ha, giá 9,7 triệu đồng/m²" in rows[-1]["note"]
    assert kept.cited["what-if"].title.startswith("Giả định thử")
    done = CliRunner().invoke(app, [*asked, "--yes", "--lang", "en"])
    assert done.exit_code == 1
    assert "scenarios.csv, column scenario" in done.output


HEADER = (
    "scenario,inherits,variable,year_from,year_to,value,unit,origin,source_id,approved_by,note\n"
)
ROW = "thử,co_so,growth_industry,2021,2025,11,%/year,assumption,what-if,,vì\n"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (HEADER, "cột scenario: gặp \"\"; cần: các dòng của một kịch bản duy nhất"),
        (HEADER + ROW + ROW.replace("thử", "hai"), "dòng 3, cột scenario: gặp \"hai\""),
        (HEADER + ROW.replace("co_so", "ca_so"), "dòng 2, cột inherits: gặp \"ca_so\"; cần: một kịch"),
        (HEADER + ROW.replace(",11,", ',"11,5",'), "dòng 2, cột value"),
        (HEADER + ROW.replace(",11,", ",900,"), "dòng 2, cột value: gặp \"900\"; cần: tốc độ tăng từ -50"),
        (HEADER + ROW.replace("growth_industry", "growth_indutry"), "dòng 2, cột variable"),
        (ROW, "dòng 1"),
    ],
    ids=["empty", "two", "parent", "comma", "range", "variable", "no header"],
)  # fmt: skip
def test_a_wrong_file_is_refused_by_line(folder, tmp_path, content, told):
    path = tmp_path / "kich_ban.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_scenario(path, load(folder))
    assert f"kich_ban.csv, {told}" in str(caught.value)


def test_a_file_that_is_not_there(folder, tmp_path):
    with pytest.raises(DataError, match=r"tệp \.csv do trang thử tạo ra"):
        read_scenario(tmp_path / "x.csv", load(folder))


RISE = (Assumption("growth_industry", 2021, 2025, 0.11, "fraction/year", "assumption", note="vì"),)


def keep(folder, name="tăng nhanh", changes=RISE):
    return keep_scenario(folder, changes, name=name, inherits="co_so", on=TODAY)


@pytest.mark.parametrize(
    "name", ["", "   ", "co_so", "CO_SO", "cơ sở", "than trong", "=1+1", "-x", "a" * 41]
)
def test_names_that_are_refused(folder, name):
    before = (folder / "scenarios.csv").read_bytes()
    with pytest.raises(DataError, match=r"scenarios\.csv, cột scenario"):
        keep(folder, name=name)
    assert (folder / "scenarios.csv").read_bytes() == before


def test_what_else_is_refused(folder, monkeypatch):
    for note in (" ", "=SUM(A1)"):
        with pytest.raises(DataError, match="lý do"):
            keep(folder, changes=[replace(RISE[0], note=note)])
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
        keep(folder, name="TĂNG nhanh")
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


def test_the_file_of_the_page_keeps_its_name():
    assert NAME == "neu_thi_sao.html"
