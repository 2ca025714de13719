"""The investment study as people see it: findings, page, terminal; the land market of a folder."""

import json
import re
import shutil
from dataclasses import replace

import pytest
from conftest import DATA, ROOT
from headlines import headlines
from typer.testing import CliRunner

from laikhe_analysis import cli
from laikhe_analysis.data import load
from laikhe_analysis.findings import investment
from laikhe_analysis.findings.land_market import (
    LAND_SERIES,
    middle_price,
    price_cases,
    stated_market,
    step_prices,
)
from laikhe_analysis.findings.questions import letter, questions
from laikhe_analysis.investment.market import market_from_prices
from laikhe_analysis.language import language, speaking, write
from laikhe_analysis.language.wordings import tell
from laikhe_analysis.office.refusal import RefusalError, choose_rule
from laikhe_analysis.records import Plot

NOTEBOOK = ROOT / "notebooks" / "05_investment_feasibility.ipynb"
OTHER = "city_2026_none_returned"
PLOTS = """\
K1,Khu trung tâm,commune_run,commune,40000,0.5,7,9,13,60,2027,2,0.9,statement,
K2,Khu ven đường tỉnh,commune_run,commune,36000,0.5,6,8,11,50,2027,4,0.85,statement,
K3,Khu phía Đông,commune_run,commune,44000,0.5,7,10,14,70,2028,2,0.8,statement,
K4,Khu phía Nam,commune_run,commune,40000,0.5,8,12,17,70,2028,4,0.85,statement,
K5,Khu dân cư mới,commune_run,commune,50000,0.5,8,12,17,90,2029,3,0.8,statement,
K6,Khu chợ cũ,commune_run,commune,20000,0.5,10,14,18,30,2029,1,0.9,statement,
K7,Khu còn vướng mặt bằng,commune_run,commune,20000,0.5,8,12,17,40,2030,4,0.3,statement,
"""
PROJECTS = """\
project_id,name,cost,source_of_funds,arrears,order,stage,y2026,y2027,y2028,y2029,y2030,origin,note
P1,Trường mầm non,60,ngân sách xã,8,1,ongoing,0,20,20,12,0,statement,
P2,Đường trục xã,120,ngân sách xã,0,2,new,0,30,40,30,20,statement,
P3,Nhà văn hóa,45,ngân sách xã,0,1,new,0,15,15,15,0,statement,
P4,Hoàn ứng nghĩa trang,12,ngân sách xã,0,1,advance,0,12,0,0,0,statement,
"""
CAPITAL = """\
2027,assigned,40,NQ 12/NQ-HĐND,official,
2028,assigned,30,NQ 12/NQ-HĐND,official,
2027,own_share,6,NQ 12/NQ-HĐND,official,
2028,city,50,,statement,mới có chủ trương
2029,city,25,QĐ 99/QĐ-UBND,official,
"""


def told(found):
    return str(tell(found.key, **found.numbers))


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """The commune with a made-up inventory (seven sites, 12.5 ha, one in doubt), works and capital."""
    folder = shutil.copytree(DATA, tmp_path_factory.mktemp("full") / "data")
    for name, rows in {"plots.csv": PLOTS, "capital.csv": CAPITAL}.items():
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(rows)
    (folder / "projects.csv").write_text(PROJECTS, encoding="utf-8")
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.write(
            "land_revenue,2026,9M,20,,,billion VND,current,final,official,plan,2026-11-22,,\n"
        )
    return folder


@pytest.fixture(scope="module")
def study(own_data):
    return investment.study_of(own_data)


@pytest.fixture(scope="module")
def filled(full):
    return investment.study_of(load(full))


# ------------------------------------------------------------------ the plan, without an inventory


def test_the_answer_says_how_much_land_at_what_price_under_which_rule_and_how_surely(
    own_data, study
):
    found = investment.answer(own_data, study)
    said = told(found)
    for part in ("504,276", "tỷ lệ của kế hoạch", "tiền đề", "60%", "840,5", "210,1 tỷ",
                 "6,5 triệu đồng/m²", "14,5 triệu đồng/m²", "50%", "80%", "Chưa đủ căn cứ"):  # fmt: skip
        assert part in said
    assert (found.status, found.origin) == ("not_enough_evidence", "assumption")
    assert found.owner
    assert found.clause == "2.2(6)"


def test_every_face_leads_with_the_same_rule_and_numbers(own_data, study):
    assert study.rule == next(iter(own_data.rules)) == "plan_60"
    lines = [line.text.vi for line in headlines(own_data, "co_so") if line.page.startswith("05")]
    asked = ["invest", "--data", str(DATA)]
    shown = CliRunner().invoke(cli.app, asked).output
    found = json.loads(CliRunner().invoke(cli.app, [*asked, "--format", "json"]).output)
    answer = told(investment.answer(own_data, study))
    assert lines[0] == answer == found["headline"] == shown.splitlines()[0]
    assert found["needed"] == json.loads(json.dumps(study.needed))
    assert found["land"][0]["0.8"] == study.land[0][0.8]
    assert found["verdict"] == study.verdict()


def test_a_step_is_added_to_the_start_and_cases_are_not_mixed(own_data):
    # Hop Tien, 11/2025: 5.008 + 7 and 7.997 + 9
    assert step_prices(own_data) == pytest.approx((12.008, 16.997))
    cases = price_cases(own_data)
    assert list(cases) == ["near_start", "start_and_step"]
    assert (cases["near_start"].price.low, cases["near_start"].price.high) == (4, 10)
    step = cases["start_and_step"].price
    assert (step.low, step.high) == pytest.approx((12.008, 16.997))
    for market in cases.values():
        assert market.premium.quantile(0.99) == 1
        assert market.cost.quantile(0.99) == 0
    assert middle_price(own_data) == cases["near_start"].price.mode == 6.5
    assert list(price_cases(own_data, [12.0])) == ["given"]


def test_a_winning_price_that_is_known_is_a_case_of_its_own(own_data):
    row = next(row for row in own_data.observed if row.series_id == "land_sold_share")
    known = replace(row, series_id="land_premium", value=1.3, low=None, high=None, unit="ratio",
                    origin="press", year=2027)  # fmt: skip
    cases = price_cases(replace(own_data, observed=(*own_data.observed, known)))
    assert cases["winning"].premium.mode == 1.3


def test_an_area_is_told_as_enough(study):
    row = study.land[0]
    found = investment.area(row)
    for name, level in (("half", 0.5), ("safe", 0.8)):
        assert 0 <= found[name] - row[level] < 0.1
    none = investment.area(row | {0.8: None})
    assert "không diện tích nào" in told(none)


def test_questions_carry_what_hangs_on_them(study):
    asked = questions(study)
    names = [one.key.removeprefix("investment.ask_") for one in asked]
    assert names == [
        "which_revenue",
        "which_rule",
        "city_part",
        "next_regime",
        "cost_first",
        "streams",
    ]
    stakes = [one["stake"] for one in asked[1:-1]]
    assert stakes == sorted(stakes, reverse=True)
    assert asked[2]["alone"] == pytest.approx(3361.840)
    assert asked[0]["kept"] == pytest.approx(302.566, abs=5e-4)
    assert "1.120,613" in told(asked[4])
    own = replace(study, rules=(study.rules[1],))  # the commune's own part alone, one rule
    assert [one.key[15:] for one in questions(own)] == [
        "ask_which_revenue"[4:], "ask_cost_first"[4:], "ask_next_regime"[4:], "ask_streams"[4:]
    ]  # fmt: skip


def test_where_costs_take_all_of_the_land_money_it_is_said(own_data):
    plot = Plot("p", "", "commune_run", "", 1000, 1, 6, 9, 14, 800, 2027, 1, 0.8, "example")
    found = investment.study_of(replace(own_data, inventory=(plot,)), draws=500)
    assert found.needed[0]["gross"] is None
    for one in (investment.answer(own_data, found), investment.needed(found)):
        assert "lấy hết tiền sử dụng đất: thu bao nhiêu cũng không đủ 504,276" in told(one)
        assert one.status == found.verdict() == "not_feasible"
    asked = {one.key for one in questions(found)}
    assert asked == {one.key for one in questions(investment.study_of(own_data))}, "before costs"


def test_the_letter_has_blanks_and_no_number_of_its_own(study):
    text = told(letter(study, commune="XÃ MẪU", city="tỉnh Ví Dụ"))
    for part in ("DỰ THẢO", "Số: ……/UBND-KT", "Ủy ban nhân dân tỉnh Ví Dụ", "XÃ MẪU"):
        assert part in text
    assert set(re.findall("[0-9][0-9.,]*[0-9]", text)) == {"2026", "2030", "504,276"}
    assert "thành phố" not in text


# ------------------------------------------------------------------ with an inventory and works


def test_seven_sites_give_one_story(full, filled):
    """Numbers of all sections agree, on the page and in the sentences."""
    got, need = filled.brought["plan_60"], filled.needed[0]
    assert got.area_ha == pytest.approx(12.5)
    assert got.offered == pytest.approx(1344)  # by hand from the sites at their likely prices
    assert need["received"] == 12  # 60 % of 20 collected in nine months of 2026
    assert need["missing"] == got.outcome.total == pytest.approx(504.276 - 12)
    assert need["cost"] == pytest.approx(got.cost_share)
    of_need = got.total("collected") / need["gross"]
    assert of_need == pytest.approx(got.total("retained") / need["missing"])
    assert of_need < 1, "less than is needed is nowhere told as more"
    assert (got.outcome.probability < 0.2) == (got.verdict == "not_feasible")
    said = told(investment.answer(load(full), filled))
    parts = (got.outcome.total, got.total("retained"), got.outcome.affordable, got.short)
    for number, digits in zip(parts, "1111", strict=True):
        assert write(number, digits) in said
    assert "không khả thi" in said
    assert "chưa có danh mục" not in said
    assert "12,5 ha" in said


def test_the_faces_agree_on_an_inventory(full, filled):
    data = load(full)
    lines = [line.text.vi for line in headlines(data, "co_so") if line.page.startswith("05")]
    assert lines[0] == told(investment.answer(data, filled))
    asked = ["invest", "--data", str(full), "--format", "json"]
    found = json.loads(CliRunner().invoke(cli.app, asked).output)
    mine = found["inventory"]["plan_60"]
    assert found["headline"] == lines[0]
    assert found["verdict"] == mine["verdict"] == filled.verdict()
    assert mine["probability"] == filled.brought["plan_60"].outcome.probability
    kept = [row["retained"] for row in mine["by_year"]]
    assert sum(kept) == pytest.approx(filled.brought["plan_60"].total("retained"))
    shown = CliRunner().invoke(cli.app, ["invest", "--data", str(full)]).output
    assert lines[0] in shown


def test_only_determined_money_starts_works(filled):
    assert {kind: sum(money.values()) for kind, money in filled.determined.items()} == {
        "own_share": 6, "assigned": 70, "city": 25,  # not the 50 without a decision
    }  # fmt: skip
    covered = filled.covered
    paid = {row["project_id"] + row["stage"]: row["funded"] for row in covered.works}
    assert paid == {"P1arrears": 8, "P4advance": 12, "P1ongoing": 52, "P3new": 0, "P2new": 0}
    said = told(investment.programme(filled))
    for part in ("237,0", "504,276", "101,0", "72,0", "quyết định được: 2"):
        assert part in said


def test_the_page_of_seven_sites_reads_without_contradiction(full, filled, monkeypatch):
    shown, names = [], {}
    monkeypatch.setattr(
        "IPython.display.display",
        lambda what, *, raw=False, metadata=None: shown.append(
            what["text/plain"] if raw else what.data
        ),
    )
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    for cell in (cell for cell in cells if cell["cell_type"] == "code"):
        exec("".join(cell["source"]), names)
        names["DATA"] = str(full)
    assert names["found"] == investment.answer(load(full), filled)
    assert names["got"] == filled.brought
    assert names["needed"].gross.to_dict() == {row["rule"]: row["gross"] for row in filled.needed}
    assert names["covered"] == filled.covered
    text = "\n".join(shown)
    verdicts = {line.split("kết luận: ")[1].split(";")[0] for line in shown if "kết luận: " in line}
    assert verdicts == {"không khả thi theo các giả định đã nêu"}
    assert "Luật Đầu tư công" in text
    assert not re.search(r"[{}]|\bnan\b|Text\(", text)
    loose = [f"{x:,.0f}" for x in (names["needed"].gross["plan_60"], 840.46)]
    assert loose[0] != loose[1]


def test_a_caution_that_is_set_changes_the_land(own_data, study):
    sold = investment.study_of(own_data, cautions={"sold": 1.0})
    assert sold.land[0][0.8] < study.land[0][0.8]
    dear = investment.study_of(own_data, cautions={"cost": 0.25})
    assert dear.needed[0]["gross"] == pytest.approx(840.460 / 0.75)


# ------------------------------------------------------------------ rules, years, other folders


def test_a_rule_that_is_not_known_or_says_too_little(own_data):
    with pytest.raises(ValueError, match="Did you mean 'plan_60'"):
        investment.study_of(own_data, rule="plan_6")
    with pytest.raises(RefusalError, match="không cho biết") as refused:
        choose_rule(own_data, "city_2026_adopted")
    assert "plan_60" in refused.value.text.vi
    assert "this rule does not say" in refused.value.text.en
    assert choose_rule(own_data, OTHER) == OTHER
    ward = [replace(own_data.inventory_example[0], stream="conversion")]
    able, lacking = investment.usable_rules(own_data, ward)
    assert able == ["plan_60", "plan_commune_only"]
    assert lacking[OTHER] == "conversion"
    assert investment.study_of(own_data, rule=OTHER).needed[0]["gross"] == pytest.approx(2521.380)


def test_the_first_open_year_follows_the_newest_figures(own_data, folder):
    assert investment.first_open_year(own_data) == 2027
    assert investment.first_open_year(load(folder)) == 2022
    assert investment.first_open_year(replace(own_data, observed=())) == 2026


@pytest.mark.parametrize(
    ("as_of", "first"),
    [("2025", 2026), ("2026H1", 2026), ("2026-9M", 2027), ("2026", 2027), ("2034", 2030)],
)
def test_the_years_left_start_after_the_date_that_is_asked_for(own_data, as_of, first):
    assert investment.study_of(own_data, as_of=as_of).left[0] == first


def test_a_date_that_is_none_is_refused(own_data):
    with pytest.raises(ValueError, match="ngày mai"):
        investment.first_open_year(own_data, "ngày mai")


def test_collected_fees_are_those_of_the_year_or_its_longest_part(full, own_data):
    assert investment.collected(load(full)) == {2026: 20.0}
    assert investment.collected(own_data) == {}


def test_a_plan_without_a_total_or_a_rule_says_so_in_one_sentence(folder, own_data):
    data = load(folder)
    assert investment.study_of(data) is None
    assert told(investment.answer(data)).startswith("Kế hoạch không đặt tổng vốn đầu tư")
    result = CliRunner().invoke(cli.app, ["invest", "--data", str(folder)])
    assert isinstance(result.exception, RefusalError)
    assert "sets no investment total" in result.exception.text.en
    none = replace(own_data, rules={})
    assert "sharing.csv" in told(investment.answer(none))
    assert not [x for x in headlines(none, "co_so") if x.page.startswith("05")]


def test_the_report_refuses_a_rule_that_says_too_little_before_it_computes(tmp_path):
    asked = ["report", "--data", str(DATA), "--out", str(tmp_path / "r")]
    result = CliRunner().invoke(cli.app, [*asked, "--rule", "city_2026_adopted"])
    assert isinstance(result.exception, RefusalError)
    assert result.exception.code == 2
    assert "city_2026_cost_25" in result.exception.text.vi
    assert not (tmp_path / "r").exists()


def test_no_chance_is_told_as_none_or_as_certain(filled):
    for p, words in ((0.0, "chưa đến 1%"), (0.5, "khoảng 50%"), (1.0, "trên 99%")):
        got = filled.brought["plan_60"]
        one = replace(got, outcome=replace(got.outcome, probability=p))
        study = replace(filled)
        study.__dict__["brought"] = {"plan_60": one}
        assert words in told(investment.inventory(study))


# ------------------------------------------------------------------ the command


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        ([], ["840,5", "210,1", "630,345", "3.361,840", "1.120,613"]),
        (["--lang", "en"], ["840.5", "210.1", "3,361.840", "Questions to the city"]),
        (["--rule", OTHER], ["2.521,4", "thành phố không điều tiết lại"]),
        (["--price", "12", "--sold", "80"], ["giá đã cho", "12,0 triệu đồng/m²"]),
        (["--price", "12,5"], ["12,5 triệu đồng/m²"]),
        (["--years-left-from", "2028"], ["280,2"]),
    ],
    ids=["vi", "en", "rule", "land", "comma", "years"],
)
def test_the_command_prints_the_answer(arguments, wanted):
    result = CliRunner().invoke(cli.app, ["invest", "--data", str(DATA), *arguments])
    assert result.exit_code == 0, result.output
    shown = result.output.replace("\n", " ")
    for part in wanted:
        assert part in shown, part
    assert language() == "vi"


@pytest.mark.parametrize(
    ("option", "given", "why"),
    [
        ("--rule", "plan_6", "'plan_60'?"),
        ("--price", "7,997,000", "12,5"),
        ("--price", "8.500", "nghĩa là 8.500 triệu đồng/m² thì gõ 8500, nghĩa là 8,5 triệu"),
        ("--price", "-3", "số dương"),
        ("--price", "6000000", "là số dương, không quá 10.000 (triệu đồng/m²)"),
        ("--price", "nan", "số dương"),
        ("--sold", "0.8", "từ 1 đến 100 (%)"),
        ("--sold", "101", "từ 1 đến 100 (%)"),
        ("--years-left-from", "2040", "2026 đến 2030"),
        ("--years-left-from", "2027.5", "2026 đến 2030"),
    ],
)
def test_a_wrong_value_names_its_option(option, given, why):
    result = CliRunner().invoke(cli.app, ["invest", "--data", str(DATA), option, given])
    assert isinstance(result.exception, RefusalError)
    assert result.exception.code == 2
    assert result.exception.text.vi.startswith(option)
    assert result.exception.text.en.startswith(option)
    assert why in result.exception.text.vi


def test_both_languages_hold_the_same_numbers(study, filled):
    for found in (*questions(study), investment.programme(filled), investment.inventory(filled)):
        sides = []
        for lang in ("vi", "en"):
            with speaking(lang):
                sides.append(re.findall("[0-9]+", re.sub("[.,](?=[0-9])", "", told(found))))
        assert sorted(sides[0]) == sorted(sides[1]), found.key


# ------------------------------------------------------------------ the market that is stated


def test_the_market_of_this_folder_is_assumed_with_reasons(own_data):
    market = stated_market(own_data, [8.0])
    assert (market.price.low, market.price.mode, market.price.high) == (4, 6.5, 10)
    # 5.008 / 1.25 and 7.997 x 1.25; (5.008 + 7) / 5.008 and 7 / 5.008
    assert (market.price.low, market.price.high) == pytest.approx(
        (5.008 / 1.25, 7.997 * 1.25), 0.01
    )
    assert market.premium.high == pytest.approx(12.008 / 5.008, abs=0.01)
    assert market.premium.mode == pytest.approx(7 / 5.008, abs=0.01)
    assert market.in_time.high == pytest.approx(1 - 2 / 3 / 20, abs=0.005)
    assert market.abandoned(market.default.mode, 4) == pytest.approx(0.8)  # a fever as reported
    assert market.origin == "assumption"
    assert (market.shock, market.fever, market.slip) == (0.4, 2.0, 0.2)
    rows = [row for row in own_data.observed if row.series_id in LAND_SERIES.values()]
    assert {row.series_id for row in rows} == set(LAND_SERIES.values())
    for row in rows:
        assert row.origin == "assumption"
        assert len(row.note) > 40


ROW = "land_sold_share,{year},FY,{value},{low},{high},%,n/a,{status},{origin},guess,2022-01-01,,x\n"


def test_newer_rows_count_and_a_value_alone_is_certain(folder):
    assert stated_market(load(folder), [5, 8, 16]) == market_from_prices([5, 8, 16])
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        given = {"status": "estimate", "origin": "assumption"}
        file.write(ROW.format(year=2021, value=80, low=50, high=100, **given))
        file.write(
            ROW.format(year=2022, value=70, low="", high="", status="estimate", origin="official")
        )
    market = stated_market(load(folder), [5, 8, 16])
    assert (market.sold.kind, market.sold.mode, market.sold.origin) == ("fixed", 0.7, "official")
    assert market.price.mode == 8
    with pytest.raises(ValueError, match="at least one price"):
        stated_market(load(folder), [])


def test_an_impossible_row_is_refused(folder):
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        row = ROW.format(
            year=2021, value=0.4, low="", high="", status="estimate", origin="official"
        )
        file.write(
            row.replace("land_sold_share", "land_shock").replace("%", "ratio").replace("0.4", "1.4")
        )
    with pytest.raises(ValueError, match="shock"):
        stated_market(load(folder), [8])


# ------------------------------------------------------------------ one study, many sentences
