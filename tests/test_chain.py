"""One changed cell of scenarios.csv reaches every page, and only what stands on it.

The notebooks are really run, the report really written; what they show is held against
`project(...)` on the changed data and against the notebooks run on the data as they were.
"""

import csv
import html
import re
import shutil
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import docx
import openpyxl
import pytest
from conftest import DATA
from typer.testing import CliRunner

from laikhe_analysis import cli
from laikhe_analysis.data import load
from laikhe_analysis.findings.paths import mean_rate_of
from laikhe_analysis.office.excel.cells import identifier
from laikhe_analysis.office.notebooks import run_notebook, run_notebooks
from laikhe_analysis.office.refusal import RefusalError
from laikhe_analysis.vietnamese import format_number, label

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.usefixtures("nursery")
NUMBERS = ("02", "03", "04", "06")


def notebook(number):
    """Return the path of a notebook of this repository."""
    (found,) = (ROOT / "notebooks").glob(f"{number}_*.ipynb")
    return found


def change(folder, scenario, variable, first, value):
    """Change the value of one assumption: exactly one cell of one file."""
    path = folder / "scenarios.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    column = rows[0].index("value")
    (row,) = (r for r in rows if (r[0], r[2], r[3]) == (scenario, variable, str(first)))
    assert row[column] != value
    row[column] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def texts_of(run):
    """Return what a notebook shows, a text each output."""
    shown = [o.get("data", {}) for c in run.cells if c.cell_type == "code" for o in c.outputs]
    return [
        table
        for data in shown
        for table in tables_of(data.get("text/html", ""))
        or [data.get("text/markdown") or data.get("text/plain") or ""]
    ]


def tables_of(page):
    """Return the tables of a page, a line each row."""
    found = []
    for table in re.findall(r"<table.*?</table>", page, re.DOTALL):
        rows = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
        cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
        found.append("\n".join(" | ".join(map(html.unescape, row)) for row in cells))
    return found


def texts_of_page(path):
    """Return what a page of the report shows: its tables as a notebook writes them, then its text."""
    page = path.read_text(encoding="utf-8")
    return [*tables_of(page), html.unescape(re.sub(r"<[^>]+>", "", page))]


@cache
def stored(number):
    """Return what a notebook shows of the data as they are."""
    return texts_of(run_notebook(notebook(number), {"DATA": str(DATA)}))


def tables(texts):
    """Return every table as its headings and rows."""
    for text in texts:
        rows = [line.split(" | ") for line in text.splitlines() if " | " in line]
        if len(rows) > 1:
            yield rows[0], rows[1:]


def column(texts, first, heading):
    """Return a column of the table with these headings, by the first cell of each row."""
    (found,) = (
        {row[0]: row[heads.index(heading)] for row in rows}
        for heads, rows in tables(texts)
        if heads[0] == first and heading in heads
    )
    return found


def shown(number, texts, projection):
    """Return what a notebook shows of a scenario by variable and year, and what it should show."""
    name = label(projection.scenario.name)
    given, wanted = {}, {}
    if number in ("02", "03", "04"):
        variable = {"02": "recurrent_revenue", "03": "total_product",
                    "04": "income_per_capita_real"}[number]  # fmt: skip
        path = projection.path(variable)
        given = column(texts, "năm", name)
        wanted = {str(y): format_number(v, 1) for y, v in zip(path.years, path.values, strict=True)}
    else:
        heads, rows = next(t for t in tables(texts) if name in t[0] and len(t[1]) >= 7
                           and t[1][0][0] == label("total_product"))  # fmt: skip
        found = {row[0]: row[heads.index(name)] for row in rows}
        for variable, path in projection.paths.items():
            if label(variable) in found:
                given[variable] = found[label(variable)]
                wanted[variable] = format_number(path.values[-1], 1)
        assert len(given) >= 7
    return given, wanted


def assert_agree(number, texts, projections):
    """Check that a notebook shows every scenario as it is projected."""
    for projection in projections.values():
        given, wanted = shown(number, texts, projection)
        assert given == wanted, (number, projection.scenario.name)


def assert_unchanged(number, texts, names, projections):
    """Check that a notebook shows these scenarios as before the change."""
    for name in names:
        before, after = (shown(number, t, projections[name])[0] for t in (stored(number), texts))
        assert before == after, (number, name)


def middle_told(texts):
    """Return the median of the last year that the words of a fan tell."""
    (middle,) = re.findall(r"Năm 2030: giữa ([0-9,]+)", "\n".join(texts))
    return float(middle.rstrip(",").replace(",", "."))


@pytest.fixture(scope="module")
def chain(tmp_path_factory):
    """Return a function that changes one cell and runs the notebooks of these numbers."""

    def run(cell, scenario, numbers):
        folder = tmp_path_factory.mktemp("chain") / "data"
        shutil.copytree(DATA, folder)
        change(folder, *cell)
        paths = [notebook(number) for number in numbers]
        given = {"DATA": str(folder), "SCENARIO": scenario, "RULE": "", "AS_OF": ""}
        done = run_notebooks(paths, given)
        texts = {path.name[:2]: texts_of(found) for path, found in done.items()}
        return SimpleNamespace(texts=texts, projections=load(folder).projections())

    return run


@pytest.fixture(scope="module")
def before(own_data):
    """Return the projections of the data as they are."""
    return own_data.projections()


def moved(before, after):
    """Return which variables of which scenarios are not what they were."""
    return {
        (name, variable)
        for name, projection in after.items()
        for variable, path in projection.paths.items()
        if path.values != before[name].paths[variable].values
    }


CHOSEN = "than_trong"


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """Return a report for one scenario, not the default one, after a change of its industry."""
    place = tmp_path_factory.mktemp("report")
    shutil.copytree(DATA, place / "data")
    change(place / "data", CHOSEN, "growth_industry", 2026, "7.5")
    books = place / "far" / "notebooks"  # `../data` is not the changed folder
    books.mkdir(parents=True)
    for number in NUMBERS:
        shutil.copy(notebook(number), books)
    given = [str(x) for x in ("--data", place / "data", "--notebooks", books,
                              "--out", place / "out", "--scenario", CHOSEN)]  # fmt: skip
    result = CliRunner().invoke(cli.app, ["report", *given])
    assert result.exit_code == 0, result.exception
    data = load(place / "data")
    return SimpleNamespace(out=place / "out", data=data, projections=data.projections())


@pytest.fixture(scope="module")
def pages(report):
    """Return what each page of the report shows."""
    return {path.name[:2]: texts_of_page(path) for path in report.out.glob("0*.html")}


def test_every_page_of_the_report_shows_the_changed_projection(report, pages, before):
    assert sorted(pages) == list(NUMBERS)
    for number in NUMBERS:
        assert_agree(number, pages[number], report.projections)
    # growth of industry moves product and what follows it; income has a growth of its own
    hit = {variable for name, variable in moved(before, report.projections) if name == CHOSEN}
    assert {name for name, _ in moved(before, report.projections)} == {CHOSEN}
    assert {"total_product", "total_product_nominal", "recurrent_revenue"} <= hit
    assert not {v for v in hit if v.startswith(("income", "population", "price", "land", "crop"))}
    for number in NUMBERS:
        assert_unchanged(number, pages[number], set(before) - {CHOSEN}, before)
    assert_unchanged("04", pages["04"], [CHOSEN], before)
    for number in ("02", "03", "06"):
        gone = shown(number, stored(number), before[CHOSEN])[0]
        assert shown(number, pages[number], before[CHOSEN])[0] != gone


def test_the_sentences_and_the_leaders_page_are_of_the_scenario_asked_for(report, pages):
    projection = report.projections[CHOSEN]
    value = {v: format_number(p.values[-1], 1) for v, p in projection.paths.items()}
    rate = format_number(100 * mean_rate_of(projection, "total_product"), 1)
    told = {
        "02": [f"kịch bản thận trọng năm 2030 bằng {value['recurrent_revenue']} (2025 = 100)"],
        "03": [f"kịch bản thận trọng tăng bình quân {rate}%/năm, năm 2030 bằng "
               f"{value['total_product']}"],
        "04": [f"kịch bản thận trọng năm 2030: {value['income_per_capita_real']} triệu đồng theo "
               f"giá 2025, {value['income_per_capita']} triệu"],
        "06": [f"thận trọng {rate}%/năm"],
    }  # fmt: skip
    front = texts_of_page(report.out / "index.html")[-1]
    for number, parts in told.items():
        for part in parts:
            assert part in pages[number][-1], number
            assert number in ("05", "06") or part in front
    assert "Kịch bản thận trọng" in front
    wanted = projection.value("total_product", 2030)
    (page,) = report.out.glob("03_*.html")
    assert middle_told([page.read_text(encoding="utf-8")]) == pytest.approx(wanted, rel=0.01)


@pytest.mark.parametrize("name", ["bao_cao_dang_uy.docx", "bao_cao_uy_ban.docx"])
def test_word_shows_the_same_numbers(report, name):
    document = docx.Document(report.out / name)
    (told,) = (shape._inline.docPr.get("descr") for shape in document.inline_shapes)
    for projection in report.projections.values():
        end = projection.path("total_product").values[-1]
        assert f"{label(projection.scenario.name)} {format_number(end, 1)}" in told
    chosen = report.projections[CHOSEN]
    rate = format_number(100 * mean_rate_of(chosen, "total_product"), 1)
    income = format_number(chosen.value("income_per_capita", chosen.baseline.year + 5), 1)
    text = "\n".join(p.text for p in document.paragraphs)
    assert f"theo kịch bản thận trọng tăng bình quân {rate}%/năm" in text
    assert f"{income} triệu theo giá hiện hành" in text


def test_the_cells_of_the_workbook_hold_the_projection(report):
    book = openpyxl.load_workbook(report.out / "bang_tinh.xlsx", data_only=True)
    held = 0
    for name, projection in report.projections.items():
        for variable, path in projection.paths.items():
            where = book.defined_names.get(identifier(name, variable))
            if where is None:
                continue
            ((sheet, address),) = where.destinations
            block = book[sheet][address]
            cells = block[0] if isinstance(block, tuple) else (block,)
            values = [cell.value for cell in cells][-len(path.values) :]
            wanted = list(path.values)[-len(values) :]
            assert values == pytest.approx(wanted, rel=1e-9), (name, variable)
            held += 1
    assert held >= 3 * 15
    given = book.defined_names[identifier(CHOSEN, "given", "growth_industry")]
    ((sheet, address),) = given.destinations
    assert {cell.value for row in book[sheet][address] for cell in row} == {0.075}


def test_a_shared_assumption_reaches_the_scenarios_that_inherit_it(chain, before):
    """Prices from 2027 on: the plan's scenario inherits them, the cautious one has its own."""
    found = chain(("co_so", "inflation", 2027, "5.0"), "muc_tieu", ["02", "04"])
    hit = moved(before, found.projections)
    assert {name for name, _ in hit} == {"co_so", "muc_tieu"}
    assert ("muc_tieu", "income_per_capita") in hit
    assert ("co_so", "recurrent_revenue") in hit
    # it has a growth of revenue of its own; real income and product at constant prices stay
    assert ("muc_tieu", "recurrent_revenue") not in hit
    assert not {v for _, v in hit if v in ("income_per_capita_real", "total_product")}
    for number, texts in found.texts.items():
        assert_agree(number, texts, found.projections)
        assert_unchanged(number, texts, ["than_trong"], before)
    assert_unchanged("02", found.texts["02"], ["muc_tieu"], before)
    nominal = format_number(found.projections["muc_tieu"].value("income_per_capita", 2030), 1)
    assert f"theo giá 2025, {nominal} triệu" in found.texts["04"][0]


def test_land_money_of_a_scenario_reaches_the_page_on_scenarios(chain, before):
    found = chain(("muc_tieu", "land_gross", 2026, "120"), "muc_tieu", ["06"])
    hit = moved(before, found.projections)
    assert hit == {
        ("muc_tieu", v) for v in ("land_revenue", "land_retained", "land_retained_total")
    }
    for number, texts in found.texts.items():
        assert_agree(number, texts, found.projections)
        assert_unchanged(number, texts, ["co_so", "than_trong"], before)


def test_growth_of_the_baseline_does_not_reach_scenarios_with_their_own(chain, before):
    found = chain(("co_so", "growth_industry", 2026, "11.3"), "co_so", ["03"])
    assert {name for name, _ in moved(before, found.projections)} == {"co_so"}
    assert_agree("03", found.texts["03"], found.projections)
    assert_unchanged("03", found.texts["03"], ["muc_tieu", "than_trong"], before)
    middle = middle_told(found.texts["03"])
    wanted = found.projections["co_so"].value("total_product", 2030)
    assert middle == pytest.approx(wanted, rel=0.01)
    assert middle > middle_told(stored("03")) + 5


def test_without_a_change_the_notebooks_show_what_is_projected(before):
    for number in NUMBERS:
        assert_agree(number, stored(number), before)


@pytest.mark.parametrize("name", ["muc_teu", "khong_co"])
def test_an_unknown_scenario_stops_the_report_before_anything_is_run(tmp_path, name):
    given = ["--data", str(DATA), "--out", str(tmp_path / "out"), "--scenario", name]
    result = CliRunner().invoke(cli.app, ["report", *given])
    assert isinstance(result.exception, RefusalError)
    told = result.exception.text
    assert "co_so, muc_tieu, than_trong" in told.vi
    assert "co_so, muc_tieu, than_trong" in told.en
    assert ("Có phải 'muc_tieu'?" in told.vi) == (name == "muc_teu")
    assert not (tmp_path / "out").exists()
