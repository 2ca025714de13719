"""One land, many faces: every face tells the same of the investment total, on the same basis.

Three folders: nothing typed in; the figures of `cases/filled`; these with the made-up inventory, works
and capital of `cases/land`.
"""

import json
import re
from dataclasses import replace

import openpyxl
import pytest
from conftest import DATA, ROOT, make_filled
from docx import Document
from typer.testing import CliRunner

from laikhe_analysis import cli
from laikhe_analysis.data import load
from laikhe_analysis.findings import decisions, investment
from laikhe_analysis.findings.questions import questions
from laikhe_analysis.language import write
from laikhe_analysis.language.wordings import sentence_of
from laikhe_analysis.messages import safe_side
from laikhe_analysis.office.excel import write_workbook
from laikhe_analysis.office.leader import look
from laikhe_analysis.office.leader.cards import cards_of
from laikhe_analysis.office.leader.decisions import decisions_of
from laikhe_analysis.office.what_if.page import what_if_page
from laikhe_analysis.office.word import write_documents
from laikhe_analysis.records import Capital

NOTEBOOK = ROOT / "notebooks" / "05_investment_feasibility.ipynb"
FOLDERS = {"bare": None, "filled": (), "land": ("land",)}
"""What is laid over the filled folder; None for the data as they stand."""

N = r"([\d.]+(?:,\d+)?)"
TOLD = {
    "gross": rf"Từ năm \d+ phải thu {N} tỷ đồng",
    "per_year": rf"tiền sử dụng đất, bình quân mỗi năm {N} tỷ",
    "received": rf"xã được hưởng {N} tỷ",
    "missing": rf"{N} tỷ còn thiếu|(?<!chuyển tiếp )còn thiếu {N} tỷ\.",
    "cost": rf"sau khi trừ chi phí \({N}% số thu",
    "half": rf"gần giá khởi điểm, khoảng 6,5 triệu đồng/m², thì {N} ha|{N}-[\d,]+ ha nếu giá gần",
    "safe": rf"gần giá khởi điểm[^;]*? và {N} ha để có khoảng 80%|[\d,]-{N} ha nếu giá gần",
    "dear": rf"một bước giá[^;]*? và {N} ha để có khoảng 80%|[\d,]-{N} ha nếu giá khởi điểm cộng",
    "area": rf"Danh mục \d+ khu, {N} ha|đã có {N} ha đất ở",
    "retained": rf"xã dự kiến được dùng tổng cộng {N} tỷ đồng, so với",
    "wanted": rf"80% khả năng(?: đủ vốn)? cần {N} ha",
    "verdict": r"kết luận: ([^;.(<]*\w)",
    "determined": rf"mới: {N} tỷ đồng vốn đã xác định|được nguồn là {N} tỷ",
    "lacking": rf"chuyển tiếp còn thiếu {N} tỷ|\(dự án chuyển tiếp\) {N} tỷ đồng",
    "open": r"dự án nào trong (\d+) dự án|chưa quyết định được: (\d+)",
    "planned": rf"cả giai đoạn phải thu {N} tỷ|số thu đem chia phải là {N} tỷ|giai đoạn tăng từ {N} lên",
}
"""What is told of the total, by the words around the number."""

MUST = {
    "bare": {"gross", "per_year", "half", "safe", "dear"},
    "land": {"gross", "per_year", "cost", "missing", "area", "retained", "verdict"},
}
MUST["filled"] = MUST["bare"]
OWN = {
    "index": {"bare": {"half", "safe", "dear", "gross", "per_year"},
              "land": {"area", "retained", "missing", "verdict", "wanted", "determined", "lacking",
                       "open"}},
    "what-if": {"bare": {"half", "safe", "dear"}, "land": {"area", "retained", "missing", "verdict"}},
}  # fmt: skip
"""What each folder's faces must tell; those that tell less."""


def collected(text):
    """Return what a text tells of each number, as it is written."""
    text = re.sub(r"\s+", " ", text)
    found = {
        name: {next(filter(None, one.groups())) for one in re.finditer(pattern, text)}
        for name, pattern in TOLD.items()
    }
    return {name: values for name, values in found.items() if values}


def page_05(folder, monkeypatch):
    """Return what page 05 says of a folder."""
    shown, names = [], {}
    monkeypatch.setattr(
        "IPython.display.display",
        lambda what, *, raw=False, metadata=None: shown.append(
            what["text/plain"] if raw else getattr(what, "data", "")
        ),
    )
    for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
            names["DATA"] = str(folder)
    return "\n".join(map(str, shown)), names


@pytest.fixture(scope="module", params=FOLDERS)
def kind(request):
    return request.param


@pytest.fixture(scope="module")
def folder(kind, tmp_path_factory):
    more = FOLDERS[kind]
    return DATA if more is None else make_filled(tmp_path_factory.mktemp(kind), *more)


@pytest.fixture(scope="module")
def data(folder):
    return load(folder, today="2026-11-27")


@pytest.fixture(scope="module")
def study(data):
    return investment.study_of(data)


@pytest.fixture(scope="module")
def documents(data, tmp_path_factory):
    out = tmp_path_factory.mktemp("word")
    return {
        name: "\n".join(p.text for p in Document(out / name).paragraphs)
        for name in write_documents(data, out)
    }


@pytest.fixture(scope="module")
def book(data, tmp_path_factory):
    return openpyxl.load_workbook(write_workbook(data, tmp_path_factory.mktemp("b") / "b.xlsx"))


@pytest.fixture
def faces(folder, data, documents, book, monkeypatch):
    """Return what every face says, by its name."""
    view = look(data, "co_so")
    (card,) = [one for one in cards_of(view) if one.subject == "investment"]
    asked = ["invest", "--data", str(folder)]
    sheet = [str(one.value) for row in book["Đất và đầu tư"] for one in row if one.value]
    as_json = json.loads(CliRunner().invoke(cli.app, [*asked, "--format", "json"]).output)
    return {
        "index": ".\n".join([*card.sentences, *(one.text for one in decisions_of(view))]),
        "page 05": page_05(folder, monkeypatch)[0],
        "State": documents["bao_cao_uy_ban.docx"], "Party": documents["bao_cao_dang_uy.docx"],
        "workbook": "\n".join(sheet), "terminal": CliRunner().invoke(cli.app, asked).output,
        "JSON": as_json["headline"], "what-if": what_if_page(data),
    }  # fmt: skip


def test_all_faces_tell_the_same_numbers(kind, faces):
    """The rows of other rules in page and terminal are tables and lines of their own: not read here."""
    said = {}
    for face, text in faces.items():
        lines = [one for one in text.split("\n") if not one.startswith("- ")]  # the other rules
        found = collected("\n".join(lines))
        must = OWN.get(face, {}).get("bare" if kind == "filled" else kind, MUST[kind])
        assert must <= set(found), (face, must - set(found))
        for name, values in found.items():
            said.setdefault(name, {}).setdefault(frozenset(values), []).append(face)
    for name, by_value in said.items():
        assert len(by_value) == 1, (name, by_value)
        assert len(next(iter(by_value))) == 1, (name, by_value)


def test_the_numbers_are_those_of_the_study(kind, faces, study, book):
    said = collected(faces["page 05"] + faces["index"])
    need = study.needed[0]
    wanted = {"gross": need["gross"], "per_year": need["per_year"]}
    got = study.brought.get(study.rule)
    if got:
        wanted |= {
            "retained": got.total("retained"), "missing": need["missing"], "area": got.area_ha,
            "wanted": safe_side(got.areas[0.8], 1), "cost": 100 * got.cost_share,
        }  # fmt: skip
    else:
        wanted |= {
            "half": safe_side(study.land[0][0.5], 1),
            "safe": safe_side(study.land[0][0.8], 1),
        }
    for name, value in wanted.items():
        assert said[name] == {write(value, "1")}, name
    cells = {
        name: book["Đất và đầu tư"][one.attr_text.split("!")[1].replace("$", "")].value
        for name, one in book.defined_names.items() if name.startswith("concluded_")
    }  # fmt: skip
    assert cells["concluded_gross"] == pytest.approx(need["gross"])
    assert cells["concluded_missing"] == pytest.approx(need["missing"])
    assert cells["concluded_hectares"] == pytest.approx(wanted.get("wanted") or wanted["safe"])
    assert ("concluded_retained" in cells) == (kind == "land")


def test_the_bare_division_is_headed_as_a_trial(book, data):
    sheet = [str(one.value) for row in book["Đất và đầu tư"] for one in row if one.value]
    heads = [sheet.index(x) for x in sheet if x.startswith(("Kết luận", "Phép chia thử"))]
    assert heads == sorted(heads)
    assert len(heads) == 2
    assert (
        "phép chia thử: chỉ tiền sử dụng đất, bán hết ở giá nêu, chưa trừ chi phí"
        in what_if_page(data)
    )


def test_the_letter_asks_on_the_plans_own_basis(kind, documents, study):
    """504.276 / 0.6 whatever was collected and whatever the land costs."""
    letter = documents["cong_van_cap_tren.docx"]
    assert collected(letter)["planned"] == {"840,460"}
    assert "nếu trừ trước, ví dụ 25%" in letter.lower()
    assert [round(one["stake"] or 0, 3) for one in questions(study)] == [
        336.184, 2731.495, 2521.380, 2521.380, 280.153, 0
    ]  # fmt: skip
    assert set(re.findall(r"\d+,\d{3}", letter)) == {
        "504,276", "840,460", "302,566", "630,345", "361,840", "168,092", "672,368", "120,613"
    }  # fmt: skip


def test_a_land_that_is_enough_is_no_decision(kind, study):
    found = decisions.land(study)
    keys = {"bare": "no_inventory", "filled": "no_inventory", "land": "inventory_short"}
    assert found.key == f"decision.{keys[kind]}"
    if kind == "land":
        parts = {name: write(found[name], "1") for name in ("offered", "area", "short")}
        assert found["short"] == pytest.approx(found["area"] - found["offered"])
        assert parts["offered"] == "7,3"


# ------------------------------------------------------------------ the commune with land and works


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    return make_filled(tmp_path_factory.mktemp("full"), "land")


def test_money_and_needs_are_of_the_years_left(full):
    """By hand, 2027 on: arrears 8, an advance 2, the school 18 of own money 50; the station has 9 of 16."""
    study = investment.study_of(load(full))
    found = investment.programme(study)
    told = {
        x: found[x] for x in ("need", "arrears", "determined", "funded", "lacking", "open", "begun")
    }
    assert told == pytest.approx({
        "need": 337, "arrears": 8, "determined": 59, "funded": 37, "lacking": 7, "open": 4, "begun": 0
    })  # fmt: skip
    works = {
        row["project_id"] + row["stage"]: (row["need"], row["funded"])
        for row in study.covered.works
    }
    assert "D-01ongoing" not in works, "a typed 0 is a figure"
    assert works["D-02advance"] == (2, 2)
    assert works["D-04ongoing"] == (16, 9), "its own money, and that alone"
    assert "Trạm y tế (dự án chuyển tiếp) 7,0 tỷ đồng" in str(sentence_of(found))
    earlier = investment.programme(investment.study_of(load(full), left_from=2026))
    assert (earlier["need"], earlier["determined"]) == pytest.approx((352.5, 91.5))


def test_money_of_the_city_without_a_work_that_names_it_is_told(full):
    data = load(full)
    projects = tuple(replace(one, source_of_funds="ngân sách xã") for one in data.programme)
    found = investment.programme(investment.study_of(replace(data, programme=projects)))
    assert found["untied"]["amount"] == 9
    assert "9,0 tỷ đồng vốn thành phố chưa gắn với dự án nào" in str(sentence_of(found))
    assert found["funded"] == pytest.approx(44), "own money 50 pays 28 and the station's 16"


@pytest.mark.parametrize(
    ("capital", "projects", "key"),
    [((), True, "no_capital"), ((100,), False, "no_programme"), ((50,), True, "no_new"),
     ((100,), True, "some_new"), ((1000,), True, "some_new"), ((20,), "begun", "ongoing_first")],
    ids=["none", "no works", "too little", "one", "all", "begun works"],
)  # fmt: skip
def test_what_may_be_decided_follows_the_programme(full, capital, projects, key):
    data = load(full)
    works = data.programme if projects is True else ()
    works = tuple(x for x in data.programme if x.stage != "new") if projects == "begun" else works
    rows = [Capital(2027, "assigned", x, "QĐ 1", "official") for x in capital]
    rows += [Capital(2027, "city", 16, "QĐ 2", "official")] if capital else []
    study = investment.study_of(
        replace(data, programme=works, capital_plan=tuple(rows), inventory=())
    )
    found = decisions.money(study)
    assert found.key == f"decision.{key}"
    assert "Luật Đầu tư công" in str(sentence_of(found))
    assert investment.programme(study)["determined"] == pytest.approx(found["determined"])
    if key == "some_new":
        assert (found["others"] is None) == (found["begun"] == 4)


def test_works_with_all_of_their_capital_need_no_decision(full):
    parts = {"assigned": 100, "city": 16}
    rows = tuple(Capital(2027, kind, x, "QĐ 1", "official") for kind, x in parts.items())
    data = load(full)
    begun = tuple(one for one in data.programme if one.stage != "new")
    assert (
        decisions.money(investment.study_of(replace(data, programme=begun, capital_plan=rows)))
        is None
    )


def test_capital_of_a_year_is_held_against_the_medium_term_plan(full):
    data = load(full)
    found = decisions.capital_differs(data, 2026)
    assert (found["assigned"], found["decided"]) == (40, 32.5)
    assert decisions.capital_differs(data, 2027) is None
    assert decisions.capital_differs(load(DATA), 2026) is None


def test_no_area_of_such_land_may_be_enough(full):
    study = investment.study_of(load(full))
    got = study.brought[study.rule]
    for areas, key in (({0.8: None}, "decision.no_area"), ({0.8: 7.0}, None)):
        one = replace(study)
        one.__dict__["brought"] = {study.rule: replace(got, areas=areas)}
        found = decisions.land(one)
        assert (found and found.key) == key


def test_page_05_lists_the_sites_and_names_the_doubtful_one(full, monkeypatch):
    text, names = page_05(full, monkeypatch)
    assert names["covered"] == investment.study_of(load(full)).covered
    assert (
        "Khu chưa chắc bán được (khả năng từ 50% trở xuống): Khu dân cư cạnh khu công nghiệp"
        in text
    )
    for name in names["sites"].index:
        assert name in text
    assert "Những yếu tố thận trọng" not in text, "no text without its table"
    assert "Giá trúng đấu giá chưa được công bố" not in text


def test_the_terminal_tells_the_verdict_once(full):
    shown = CliRunner().invoke(cli.app, ["invest", "--data", str(full)]).output
    study = investment.study_of(load(full))
    assert shown.count("kết luận: ") == len(study.rules)
