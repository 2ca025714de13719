"""The leader's page: one screen that says what is in danger, what is to be decided, who owes what."""

import re
from dataclasses import replace

import pytest
from conftest import make_filled, make_folder, program
from test_places import place  # noqa: F401 - the fixture

from laikhe_analysis.checks import DataError, Text
from laikhe_analysis.data import load
from laikhe_analysis.findings.changes import moved_classes, moved_projections, new_figures
from laikhe_analysis.findings.decisions import (
    capital_differs,
    conflicts,
    figures_owed,
    letter,
)
from laikhe_analysis.findings.progress import next_step, still_needed, to_type_in
from laikhe_analysis.language import speaking
from laikhe_analysis.language.wordings import tell
from laikhe_analysis.office.leader import leader_page, look
from laikhe_analysis.office.leader.cards import cards_of
from laikhe_analysis.office.leader.changes import changes_of, outcomes
from laikhe_analysis.office.leader.charts import Bar, bar_chart, path_chart
from laikhe_analysis.office.leader.decisions import decisions_of
from laikhe_analysis.office.leader.history import (
    earlier_than,
    keep,
    kept_with,
    past_of,
    read_history,
)
from laikhe_analysis.office.leader.tiles import counted, offices, tiles_of
from laikhe_analysis.office.owned import HISTORY, data_hashes
from laikhe_analysis.office.refresh import data_hash


@pytest.fixture
def now(filled):
    """Return the view of the filled folder as of nine months of 2026."""
    return look(filled.up_to(2026, "9M"), "co_so", "2026-9M")


@pytest.fixture
def bare(tmp_path):
    """Return a folder with one target that is not economic and nothing else."""
    folder = make_folder(tmp_path)
    targets = (folder / "targets.csv").read_text("utf-8").splitlines()
    (folder / "targets.csv").write_text(f"{targets[0]}\n{targets[2]}\n", encoding="utf-8")
    (folder / "tasks.csv").write_text("task_id,clause,name_vi,name_en,target_ids\n", "utf-8")
    for name in ("observations", "scenarios", "sharing", "reference", "breaks"):
        path = folder / f"{name}.csv"
        path.write_text(path.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    return load(folder, today="2026-11-27")


def line(view, role):
    return next(one for one in view.board.lines if one.target.role == role)


def worded(found):
    return str(tell(found.key, **found.numbers))


# subject: class, number, unit, page: figures of the filled folder, typed in
CARDS = {
    "revenue": ("moderate", "49,3", "tỷ đồng", "02_budget_revenue"),
    "product": ("on_track", "11,8", "% so với cùng kỳ", "03_grdp_growth"),
    "income": ("insufficient", "84", "triệu đồng/người/năm", "04_income_per_capita"),
    "investment": ("insufficient", "27,4", "tỷ đồng", "05_investment_feasibility"),
}  # fmt: skip


class TestCards:
    def test_each_says_where_it_stands(self, now):
        cards = {card.subject: card for card in cards_of(now)}
        told = {k: (c.status, c.number, c.unit, c.page) for k, c in cards.items()}
        assert told == CARDS
        assert cards["revenue"].sign == "→ chậm tiến độ, cần đẩy nhanh (bước đầu)"
        assert cards["revenue"].beside[1] == (
            "bằng 80,2% dự toán thành phố giao, 78,3% dự toán HĐND xã quyết nghị, tăng 7,4% so với "
            "cùng kỳ; ước cả năm 62,8 tỷ đồng, bằng 102,1% dự toán thành phố giao, chưa đạt mức 110%"
        )
        # 1.1 x 61.5 - 49.3
        assert (
            "còn phải đạt thêm 18,4 tỷ đồng để bằng 110% số giao" in cards["revenue"].sentences[0]
        )
        assert cards["income"].sentences[0] == (
            "Từ nay bình quân 2027-2030 phải tăng ít nhất 13,3%/năm (chưa trừ tăng giá năm 2026)."
        )
        assert all(card.owner == "Phòng Kinh tế" and card.step for card in cards.values())
        assert "18,72" in cards["investment"].beside[-1]

    def test_a_sentence_is_that_of_its_page(self, now):
        """The card leaves out what the page adds; the words that it has are the page's own."""
        from laikhe_analysis.findings import product

        whole = worded(product.under_scenario(now.data, now.projection))
        (short,) = [c.sentences[1] for c in cards_of(now) if c.subject == "product"]
        assert whole.startswith(short.rstrip("."))

    def test_nine_months_are_drawn_as_shares_of_the_year_never_as_its_point(self, now):
        charts = {card.subject: card.chart for card in cards_of(now)}
        assert charts["revenue"].rows == [
            ["2025", "113,0%"], ["9 tháng 2026", "80,2%"], ["ước 2026", "102,1%"]
        ]  # fmt: skip
        assert [kind for _y, _w, kind in charts["revenue"].bars] == ["known", "known", "expected"]
        for subject in ("product", "income"):
            assert [row[0] for row in charts[subject].rows if row[1] != "–"] == ["2025"], subject

    def test_an_empty_card_says_what_to_type_in_and_no_chance(self, own_data):
        cards = cards_of(look(own_data, "co_so"))
        assert [card.status for card in cards] == ["empty"] * 4
        assert {card.number for card in cards} == {"Chưa có số"}
        steps = {card.subject: card.step for card in cards}
        assert steps["revenue"] == (
            "Cần nhập: Thu ngân sách nhà nước trên địa bàn năm 2025, hạn 31/01/2026"
        )
        assert all(card.step.startswith("Cần nhập: ") and card.owner for card in cards)
        told = " ".join(text for card in cards for text in card.sentences)
        assert "khả năng" not in told

    def test_an_assumed_level_is_no_figure_of_the_commune(self, own_data):
        income = next(c for c in cards_of(look(own_data, "co_so")) if c.subject == "income")
        assert income.status == "empty"
        assert "known" not in income.chart.lines

    @pytest.mark.parametrize(
        ("name", "subjects"),
        [
            ("hue", ["revenue", "product", "investment"]),
            ("dongson", ["revenue", "product", "income", "investment"]),
            ("namdinh", ["product", "income"]),
        ],
        ids=lambda x: x if isinstance(x, str) else "",
    )
    def test_a_plan_has_cards_for_the_targets_that_it_has(self, place, name, subjects):  # noqa: F811
        data = place(name)
        assert [c.subject for c in cards_of(look(data, next(iter(data.assumed), "")))] == subjects


class TestProgress:
    def test_what_is_still_needed(self, now):
        assert still_needed(line(now, "revenue"))["left"] == pytest.approx(1.1 * 61.5 - 49.3)
        rate = (1.12**5 / 1.118) ** 0.25 - 1
        assert still_needed(line(now, "total_product"))["rate"] == pytest.approx(rate)
        amount = still_needed(line(now, "investment_land"))
        assert amount["amount"] == pytest.approx((504.276 - 27.4) / 4.25)
        assert worded(amount) == "Theo số đã thực hiện, từ nay mỗi năm cần 112,3 tỷ đồng."
        assert line(now, "investment_land").assessment.pace is None, "nine months are no year"

    def test_a_goal_that_the_year_has_passed_is_told(self, now):
        one = line(now, "revenue")
        passed = replace(one, newest=replace(one.newest, value=70.0))
        assert worded(still_needed(passed)) == "Đã đạt mức 110% số giao năm 2026."

    def test_nothing_is_needed_of_what_nobody_knows_or_is_achieved(self, now):
        assert still_needed(line(now, "digital_economy")) is None
        one = line(now, "income")
        achieved = replace(one, assessment=replace(one.assessment, status="achieved"))
        assert still_needed(achieved) is None

    def test_the_next_step_names_milestone_and_every_task(self, now):
        step = next_step(line(now, "revenue"))
        assert step.owner == "Phòng Kinh tế"
        assert worded(step).startswith("Mốc 2026: đạt 110% dự toán giao trở lên. ")
        assert "Nhiệm vụ 3.16: " in worded(step)
        # a pace of the years that are left is no milestone of one of them
        assert worded(next_step(line(now, "income"))).startswith("Nhiệm vụ 3.13: ")
        assert "; 3.20: " in worded(next_step(line(now, "income")))
        assert "đấu giá đất" in worded(next_step(line(now, "investment_land")))
        alone = replace(line(now, "income"), tasks=(), next_milestone=None)
        assert worded(next_step(alone)) == "Chưa có nhiệm vụ nào phục vụ chỉ tiêu này"

    def test_what_to_type_in(self, now):
        target = line(now, "income").target
        told = worded(to_type_in(target, [(Text("Thu nhập", "Income"), 2025, "")]))
        assert told == "Cần nhập: Thu nhập năm 2025"
        assert target.name.vi in worded(to_type_in(target, []))


class TestTiles:
    def test_the_worst_comes_first_and_what_nobody_can_judge_last(self, now):
        tiles = tiles_of(now)
        assert list(counted(tiles)) == [
            "insufficient", "moderate", "on_track", "achieved", "not_assessed"
        ]  # fmt: skip
        assert [tile.item for tile in tiles[:5]] == [
            "2.2(4)", "2.2(6)", "2.2(7)", "2.2(9)", "2.2(1)"
        ]  # fmt: skip
        schools = next(tile for tile in tiles if tile.item == "2.2(7)")
        assert schools.name == "Trường đạt chuẩn quốc gia mức độ 2"  # the number that decides
        assert schools.numbers.count(": ") == 7

    def test_internal_items_only_where_they_are_asked_for(self, own_data):
        shown, every = (
            {tile.item for tile in tiles_of(look(own_data, "co_so", internal=asked))}
            for asked in (False, True)
        )
        assert len(shown) == 17
        assert every - shown == {"2.1(1)", "2.1(2)", "2.2(16)", "2.2(18)"}

    def test_offices_owe_figures_with_a_deadline(self, own_data):
        later = look(own_data, "co_so", "2026")
        found = offices(later)
        assert sum(len(one.figures) for one in found) == len(later.missing)
        assert found == sorted(found, key=lambda one: -len(one.figures))
        assert any(re.fullmatch(r"\d\d/\d\d/2027", one.due) for one in found)
        late = offices(look(own_data, "co_so"))
        assert all(one.overdue == len(one.figures) for one in late if not one.due)


class TestDecisions:
    def test_those_of_the_filled_folder(self, now):
        told = [one.text for one in decisions_of(now)]
        assert [text.split(":")[0].split(" ")[0] for text in told] == [
            "Gửi", "Lập", "Chưa", "Thống", "Đôn"
        ]  # fmt: skip
        assert "60%" in told[0]
        assert "20,5-25,8 ha nếu giá gần giá khởi điểm (6,5 triệu đồng/m²)" in told[1]
        assert "chưa có vốn nào của 2027-2030" in told[2]
        assert "39 số liệu còn thiếu" in told[4]

    def test_the_letter_is_answered_by_a_rule_that_is_adopted_and_official(self, own_data):
        name, rule = next(iter(own_data.rules.items()))
        assert letter(own_data).key == "decision.letter"
        lines = tuple(replace(x, status="adopted", origin="official") for x in rule.lines)
        settled = replace(own_data, rules={name: replace(rule, lines=lines)})
        assert letter(settled) is None
        press = tuple(replace(x, origin="press") for x in lines)
        assert letter(replace(own_data, rules={name: replace(rule, lines=press)})) is not None
        assert letter(replace(own_data, rules={})).key == "decision.no_rule"

    def test_a_plan_without_investment_has_none_of_these(self, place, bare):  # noqa: F811
        for data in (place("namdinh"), bare):
            view = look(data, next(iter(data.assumed), ""))
            assert [letter(data), view.study, capital_differs(data, 2022)] == [None] * 3

    def test_figures_owed(self):
        assert figures_owed([], "", 0) is None
        told = worded(figures_owed(["a", "a", "b"], "31/01/2026", 2))
        assert told == (
            "Đôn đốc 2 cơ quan gửi 3 số liệu còn thiếu, 2 số đã quá hạn; hạn gần nhất 31/01/2026"
        )

    def test_conflicts_are_named_by_clause(self, now, bare):
        assert worded(conflicts(now.board)).endswith("(mục 2.2(2), 2.2(6), 2.2(17), 3.23)")
        assert conflicts(look(bare, "").board) is None


class TestHistory:
    def test_the_same_projections_are_kept_once_and_new_ones_added(self, now, tmp_path):
        first = past_of(now, "2026-11-27")
        before = data_hashes(tmp_path), data_hash(tmp_path)
        assert keep(tmp_path, first)
        assert not keep(tmp_path, replace(first, date="2026-12-01"))
        content = (tmp_path / HISTORY).read_bytes()
        values = first.values | {("total_product", 2030): (None, 150.0, None)}
        assert keep(tmp_path, replace(first, date="2027-02-01", values=values))
        assert (tmp_path / HISTORY).read_bytes().startswith(content)
        kept = read_history(tmp_path)
        assert [one.date for one in kept] == ["2026-11-27", "2027-02-01"]
        assert kept[0] == first
        assert (data_hashes(tmp_path), data_hash(tmp_path)) == before
        assert not [path for path in tmp_path.iterdir() if path.suffix not in (".csv", "")]

    def test_a_folder_with_it_is_read_as_before(self, filled, tmp_path):
        folder = make_filled(tmp_path)
        keep(folder, past_of(look(filled, "co_so"), "2026-11-27"))
        assert load(folder, today="2026-11-27").histories() == filled.histories()

    def test_low_middle_and_high_of_every_year(self, now):
        values = past_of(now).values
        assert {year for _name, year in values} == {2026, 2027, 2028, 2029, 2030}
        low, middle, high = values["total_product", 2030]
        path = now.projection.path("total_product")
        assert middle == round(100 * path.values[-1] / path.values[0], 3)
        assert low < middle < high
        low, middle, high = values["income_per_capita_real", 2030]
        assert low < middle < high

    def test_nothing_is_kept_of_a_folder_without_projections(self, bare):
        assert kept_with(bare.folder, past_of(look(bare, ""), "2026-11-27")) is None

    def test_other_scenarios_are_kept_apart(self, now, tmp_path):
        first = past_of(now, "2026-11-27")
        other = replace(first, scenario="than_trong")
        assert keep(tmp_path, first)
        assert keep(tmp_path, other)
        assert not keep(tmp_path, first)
        assert earlier_than(first, read_history(tmp_path)) is None

    @pytest.mark.parametrize(
        ("row", "column"),
        [("x,2026,co_so,a,2030,1,2,3,index", "date"), ("2026-11-27,9/26,co_so,a,2030,,2,,index", "as_of"),
         ("2026-11-27,2026,co_so,a,2030,,,,index", "middle")],
        ids=["date", "as_of", "middle"],
    )  # fmt: skip
    def test_what_cannot_be_read_is_told_by_line(self, tmp_path, row, column):
        head = "date,as_of,scenario,variable,year,low,middle,high,unit"
        (tmp_path / HISTORY).write_text(f"{head}\n{row}\n", encoding="utf-8")
        with pytest.raises(DataError) as caught:
            read_history(tmp_path)
        (problem,) = caught.value.problems
        assert (problem.file, problem.line, problem.column) == (HISTORY, 2, column)


class TestChanges:
    def test_what_changed_and_why(self, now, own_data):
        """Kept before the forms came in; the filled folder names them."""
        before = replace(past_of(look(own_data, "co_so"), "2026-11-26"), as_of="2026-9M")
        found = changes_of(now, [before])
        assert found.since == "26/11/2026"
        classes, moved, why = found.sentences
        assert classes == "0 chỉ tiêu tốt lên, 0 xấu đi, 15 lần đầu đánh giá được."
        assert "tổng giá trị sản phẩm, giá so sánh 146,1 → 143,9" in moved
        assert why.startswith("Vì có số mới của 36 mục: thu nhập")

    def test_nothing_to_compare_with(self, now):
        assert changes_of(now, []) is None
        assert changes_of(now, [past_of(now, "2026-11-27")]) is None

    def test_why_without_a_new_figure(self, now):
        values = dict.fromkeys(past_of(now).values, (None, 1.0, None))
        found = changes_of(now, [replace(past_of(now, "2026-11-27"), values=values)])
        assert found.sentences[0] == "Không chỉ tiêu nào đổi xếp loại."
        assert found.sentences[-1].startswith("Không có số nào ghi sau ngày đó")

    def test_better_and_worse(self, now):
        lines = now.board.lines
        earlier = {"2.2.4-income": "moderate", "2.2.13-health-insurance": "moderate"}
        moved = tuple(
            replace(one, assessment=replace(one.assessment,
                                            status=earlier.get(one.target.target_id, one.status)))
            for one in lines
        )  # fmt: skip
        found = moved_classes(replace(now.board, lines=moved), now.board)
        assert dict(found.numbers) == {"better": 1, "worse": 1, "first": 0}

    def test_small_parts(self):
        assert moved_projections({"a": 1.04}, {"a": 1.0, "b": 2.0}, 2030) is None
        names = [Text(x, x) for x in "abcd"]
        assert (
            worded(new_figures(names, has_moved=True))
            == "Vì có số mới của 4 mục: a; b; c; và mục khác."
        )
        assert worded(new_figures([], has_moved=False)) == "Chưa có số mới nào từ đó."

    def test_past_projections_stand_beside_what_came_true(self, now):
        """Product grew from 2,350 to 2,600 billion: 110.6; the last one said before it is held."""
        data = now.data.up_to(2030)
        data = data.add("total_product", 2026, 2600, unit="billion VND", price_basis="constant",
                        status="final", origin="official", source_id="plan",
                        recorded_on="2027-01-31")  # fmt: skip
        said = past_of(now, "2026-02-01")
        late = replace(said, date="2027-03-01")
        view = look(data, "co_so", "2026")
        (one,) = [x for x in outcomes(view, [said, late]) if x.name.startswith("tổng")]
        assert (one.year, one.said_on, one.came) == (2026, "01/02/2026", "110,6")
        assert one.name.endswith("(2025 = 100)")
        assert re.fullmatch(r"107,5 \[103,3 – 111,8\]", one.said)
        assert outcomes(now, [said]) == []


class TestCharts:
    def test_points_are_scaled_into_the_picture(self):
        chart = path_chart({2025: 100}, {2025: 100, 2030: 150}, {2025: 100, 2030: 150.5},
                           {2030: (120, 170)}, alt="x", ends={"goal": "151", "ahead": "150"})  # fmt: skip
        points = [float(x) for text in chart.lines.values() for x in re.split("[ ,]", text)]
        assert min(points) >= 0
        assert max(points) <= 260
        heights = [y for _x, y, _text, kind in chart.labels if kind in ("goal", "ahead")]
        assert abs(heights[0] - heights[1]) >= 11  # labels do not cover one another

    def test_nothing_to_draw(self):
        assert path_chart({2025: 1}, {}, {}, {}, alt="x", ends={}) is None
        assert bar_chart([], 1.1, "110%", alt="x") is None

    def test_a_flat_path_and_a_bar_below_nothing_are_drawn(self):
        assert path_chart({2025: 5, 2026: 5}, {}, {}, {}, alt="x", ends={}).dots
        chart = bar_chart([Bar("2025", -0.1, "known", "-10%")], 1.1, "110%", alt="x")
        assert chart.bars[0][1] == 0
        assert chart.mark > chart.bars[0][1]


NASTY = "<img src=x onerror=\"document.title='run'\">&'\"<script>document.title='run'</script>"


def nasty(data):
    """Return data with markup in every name."""
    both = Text(NASTY, NASTY)
    targets = tuple(
        replace(x, name=both, owner=NASTY, clause=f"{x.clause}<b>") for x in data.plan.targets
    )
    tasks = tuple(replace(x, name=both, clause=NASTY) for x in data.plan.tasks)
    commune = replace(data.commune, name=NASTY, name_en=NASTY)
    return replace(data, plan=replace(data.plan, targets=targets, tasks=tasks, commune=commune))


@pytest.fixture
def browser():
    from playwright.sync_api import sync_playwright

    chromium = program("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


def written(view, path, lang="vi", **given):
    """Write a page that links what a report has, and return its address."""
    pages = {f"{n:02}_x": f"{n:02}. Một câu hỏi của trang này" for n in range(10)}
    pages |= {card.page: card.title for card in cards_of(view)} | {"07_monitoring": "07"}
    with speaking(lang):
        text = leader_page(view, pages, ["bang_tinh.xlsx", "bao_cao_uy_ban.docx"], **given)
    path.write_text(text, encoding="utf-8")
    return path.as_uri()


def test_in_a_browser_it_is_one_screen_one_sheet_and_one_column(
    now, own_data, bare, place, browser, tmp_path  # noqa: F811
):  # fmt: skip
    from axe_playwright_python.sync_playwright import Axe

    before = replace(past_of(look(own_data, "co_so"), "2026-11-26"), as_of="2026-9M")
    land = load(make_filled(tmp_path, "land"), today="2026-11-27")
    pages = {
        "land": written(look(land.up_to(2026, "9M"), "co_so", "2026-9M"), tmp_path / "land.html"),
        "filled": written(now, tmp_path / "filled.html", kept=[before]),
        "english": written(now, tmp_path / "english.html", "en", kept=[before]),
        "empty": written(look(own_data, "co_so", internal=True), tmp_path / "empty.html"),
        "bare": written(look(bare, ""), tmp_path / "bare.html"),
    } | {
        name: written(look(place(name), next(iter(place(name).assumed), "")), tmp_path / f"{name}.html")
        for name in ("hue", "dongson", "namdinh")
    }  # fmt: skip
    asked, said = [], []
    context = browser.new_context(offline=True, viewport={"width": 1366, "height": 768})
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    size = "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    for name, address in pages.items():
        page.set_viewport_size({"width": 1366, "height": 768})
        page.goto(address)
        width, height = page.evaluate(size)
        assert width <= 1366, name
        assert height <= 768, (name, height)
        sheets = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", sheets)) == 1, name
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate(size)[0] <= 390, name
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip", name
        wrong = Axe().run(page).response["violations"]
        assert [x["id"] for x in wrong if x["impact"] in ("serious", "critical")] == [], name
    assert all(url.startswith(("file:", "data:")) for url in asked)
    assert not said


def test_markup_in_a_name_is_shown_and_never_run(now, own_data, browser, tmp_path):
    page = browser.new_page()
    for data in (now.data, own_data):
        view = look(nasty(data), "co_so")
        page.goto(written(view, tmp_path / "nasty.html"))
        page.wait_for_timeout(200)
        assert page.title() != "run"
        assert page.locator("img, script").count() == 0


def test_one_language_a_page(now):
    with speaking("en"):
        page = leader_page(now, {}, ["bang_tinh.xlsx"])
    assert '<html lang="en">' in page
    assert "Decisions wanted" in page
    assert "Cần quyết định" not in page


def test_a_view_that_was_told_in_one_language_is_told_in_another(now):
    with speaking("en"):
        fresh = leader_page(replace(now), {})
    leader_page(now, {})  # as `laikhe report` reads, before it writes
    with speaking("en"):
        assert leader_page(now, {}) == fresh


def test_the_scenario_the_rule_and_the_date_are_told(now):
    page = leader_page(now, {}, rule=next(iter(now.data.rules)))
    assert "Kịch bản cơ sở · số liệu ghi đến 27/11/2026 · quy định điều tiết: " in page
    assert "thực hiện kế hoạch 2026-2030 đến 9 tháng 2026" in page
    assert "chưa lưu lần báo cáo nào" in page
