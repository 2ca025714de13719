"""Figures on their way from a typist's keyboard to board, forecast and report, and back again."""

import csv
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from html import unescape

import docx
import openpyxl
import pandas as pd
import pytest
from conftest import DATA, ROOT
from typer.testing import CliRunner
from typist import XLSX, type_in

from laikhe_analysis.cli import app
from laikhe_analysis.data import load
from laikhe_analysis.data.layout import PLANNED
from laikhe_analysis.forecast import forecast
from laikhe_analysis.language.quantities import figure_number
from laikhe_analysis.office.forms.form import SOURCE_CELL, fields_asked
from laikhe_analysis.scenarios import project
from laikhe_analysis.vietnamese import as_written, format_number

YEARS = range(2022, 2027)

# series, and for each year from 2022 on: what is typed in a Vietnamese spreadsheet, what is meant
TYPED = {
    "collected_revenue": [
        ("101,25", "101.25"), ("112.345,6 triệu", "112.3456"), ("'119,875", "119.875"),
        ("131,0625", "131.0625"), ("145.432.100.000 đồng", "145.4321"),
    ],
    "recurrent_revenue": [
        ("60,125", "60.125"), ("'66,5", "66.5"), ("72.062,5 triệu đồng", "72.0625"),
        ("78,25 tỷ", "78.25"), ("84,751", "84.751"),
    ],
    "assigned_revenue": [
        ("95,5", "95.5"), ("102", "102"), ("110,25", "110.25"), ("118,5 tỷ đồng", "118.5"),
        ("125.250,5 trđ", "125.2505"),
    ],
    "income_per_capita": [
        ("63,75", "63.75"), ("68,5 triệu", "68.5"), ("'74,25", "74.25"),
        ("81,52 triệu đồng/người/năm", "81.52"), ("88,125", "88.125"),
    ],
    "crop_value_per_ha": [
        ("165,5", "165.5"), ("170,25 triệu/ha", "170.25"), ("0,176 tỷ đồng/ha", "176"),
        ("'183,75", "183.75"), ("191,525", "191.525"),
    ],
    "population": [
        ("41.950", "41950"), ("'42.310", "42310"), ("42.875", "42875"),
        ("43,205 nghìn người", "43205"), ("43.560 người", "43560"),
    ],
    "product_industry": [*[None] * 3, ("1.820,5", "1820.5"), ("2.056,75 tỷ", "2056.75")],
    "product_services": [*[None] * 3, ("1.105.250 triệu", "1105.25"), ("1.210,5", "1210.5")],
    "product_agriculture": [*[None] * 3, ("412,125", "412.125"), ("'423,0625", "423.0625")],
    "2.2.9-poor-households": [*[None] * 3, ("61", "61"), ("48 hộ", "48")],
    "2.2.13-health-insurance": [*[None] * 3, ("93,4%", "93.4"), ("94,25 %", "94.25")],
    "2.2.7-graduation": [*[None] * 4, ("99,95%", "99.95")],
    "2.2.6-investment": [*[None] * 4, ("92.062,5 triệu", "92.0625")],
    "land_revenue": [*[None] * 4, ("21.5 tỷ", "21.5")],
    "3.23-dti": [*[None] * 4, ("0,72", "0.72")],
    "3.23-signatures": [*[None] * 4, ("8,75%", "8.75")],
    "2.1.3-front-rating": [*[None] * 4, ("Hoàn thành tốt nhiệm vụ", "3")],
}  # fmt: skip
MEANT = {
    name: {year: float(one[1]) for year, one in zip(YEARS, row, strict=True) if one}
    for name, row in TYPED.items()
}
SOURCE = "Báo cáo số {}/BC, tháng 1/{}"
LIGHT = ("02_budget_revenue.ipynb", "04_income_per_capita.ipynb", "07_monitoring.ipynb")


def run(*arguments):
    """Run a command in this process and return what it says."""
    done = CliRunner().invoke(app, list(map(str, arguments)))
    assert done.exit_code == 0, done.output
    return done.stdout


def cells_to_fill(path, year):
    """Return the texts to type into a form, by sheet and cell."""
    book, cells = openpyxl.load_workbook(path), {}
    offices = [sheet for sheet in book.worksheets if sheet["H5"].value == "Tình trạng"]
    for sheet in offices:
        cells[sheet.title, SOURCE_CELL] = SOURCE.format(year - 2000, year + 1)
        for row in sheet.iter_rows(min_row=6):
            one = TYPED.get(row[0].value, [None] * 5)[year - YEARS[0]]
            if one:
                planned = row[0].value in PLANNED
                cells[sheet.title, row[5 if planned else 6].coordinate] = one[0]
                cells[sheet.title, row[7].coordinate] = "ước" if year == YEARS[-1] else "thực hiện"
    return cells


def report(data, notebooks, out):
    """Return the words of a report; its board looks from the end of the last year typed."""
    return ("report", "--data", data, "--notebooks", notebooks, "--out", out,
            "--as-of", YEARS[-1])  # fmt: skip


def status(data, how):
    return run("status", "--data", data, "--as-of", YEARS[-1], "--format", how)


@pytest.fixture(scope="module")
def trip(tmp_path_factory, nursery):
    """Make forms, fill them in as somebody in Vietnam, import them, look, and undo it all."""
    place = tmp_path_factory.mktemp("trip")
    before, after, undone = (place / name for name in ("before", "after", "undone"))
    for folder in (before, after):
        shutil.copytree(DATA, folder)
    light = place / "light"
    light.mkdir()
    for name in LIGHT:
        shutil.copy(ROOT / "notebooks" / name, light)
    forms = []
    for year in YEARS:
        path, filled = place / f"form {year}.xlsx", place / f"đã điền {year}.xlsx"
        run("template", "--year", year, "--out", path, "--data", after)
        forms.append((path, cells_to_fill(path, year), {filled: (XLSX, "")}))
    type_in(forms, place=place)
    day = max(row.recorded_on for row in load(before).observed)
    given = "--yes", "--recorded-on", day, "--data"
    said = [run("import", path, *given, after) for _, _, saved in forms for path in saved]
    shutil.copytree(after, undone)
    taken = [run("import", "--undo", *given, undone) for _ in forms]
    again = report(after, ROOT / "notebooks", place / "again")  # by another process, as users do
    done = subprocess.run(
        [sys.executable, "-m", "laikhe_analysis", *map(str, again)], capture_output=True
    )
    assert done.returncode == 0, done.stderr.decode("utf-8")
    run(*report(after, ROOT / "notebooks", place / "report"))
    run(*report(before, light, place / "report before"))
    run(*report(undone, light, place / "report undone"))
    return {"place": place, "before": before, "after": after, "undone": undone, "said": said,
            "taken": taken, "report": place / "report", "again": place / "again"}  # fmt: skip


def seen(trip):
    """Return the data as a report sees them from the end of the last year typed."""
    return load(trip["after"]).up_to(YEARS[-1])


def test_every_import_says_what_was_typed_and_nothing_else(trip):
    data = load(trip["after"])
    added = [row for row in data.observed if row.import_id]
    found = {(row.series_id, row.year): row.value for row in added}
    wanted = {(name, year): value for name, row in MEANT.items() for year, value in row.items()}
    assert found == wanted
    same = "42.875 người (thực hiện) → 42.875 người (thực hiện), nguồn khác: Báo cáo số 24/BC"
    assert same in trip["said"][2]
    assert {row.note for row in added} == {SOURCE.format(year - 2000, year + 1) for year in YEARS}
    status = {row.series_id: row.status for row in added if row.year == YEARS[-1]}
    assert status.pop("assigned_revenue") == "plan"  # whatever status was typed
    assert set(status.values()) == {"estimate"}
    assert "Phòng Kinh tế G" in trip["said"][4]
    assert "chưa có → 145,4321 tỷ đồng (ước thực hiện)" in trip["said"][4]
    assert "80 triệu đồng/người/năm (số giả định) → 81,52 triệu" in trip["said"][3]


def test_the_series_hold_the_typed_values_to_the_digit(trip):
    now = load(trip["after"]).histories()
    assert now["collected_revenue"].years == tuple(YEARS)[:-1]  # the last year was not over
    series = seen(trip).histories()
    for name, row in MEANT.items():
        assert {year: series[name].at(year) for year in row} == row, name
        assert series[name].origin == "official"
    before = load(trip["before"]).histories()
    rest = [n for n in series if n not in MEANT and not n.startswith("share_")]
    assert {n: series[n] for n in rest} == {n: s for n, s in before.items() if n not in MEANT}


# target, series that measures it
ON_BOARD = {
    "2.2.3-crop-value": "crop_value_per_ha", "2.2.6-investment": "2.2.6-investment",
    "2.2.9-poor-households": "2.2.9-poor-households", "2.2.7-graduation": "2.2.7-graduation",
    "2.2.13-health-insurance": "2.2.13-health-insurance", "3.23-dti": "3.23-dti",
    "3.23-signatures": "3.23-signatures", "2.1.3-front-rating": "2.1.3-front-rating",
}  # fmt: skip
SHOWN = ["191,525", "92,0625", "48 hộ", "99,95%", "94,25%", "0,72", "8,75%"]


def test_the_board_holds_the_typed_values_as_text_csv_and_json(trip):
    rows = csv.DictReader(io.StringIO(status(trip["after"], "csv")))
    as_csv = {row["target_id"]: row for row in rows}
    as_json = {
        row["target_id"]: row for row in json.loads(status(trip["after"], "json"))["targets"]
    }
    last = YEARS[-1]
    for target, name in ON_BOARD.items():
        assert float(as_csv[target]["value"]) == as_json[target]["value"] == MEANT[name][last]
        assert int(as_csv[target]["year"]) == last
        assert as_csv[target]["origin"] == "official"
    ratio = 100 * MEANT["collected_revenue"][last] / MEANT["assigned_revenue"][last]
    assert as_json["2.2.1-revenue"]["value"] == pytest.approx(ratio, rel=1e-14)
    for sector in ("industry", "services", "agriculture"):
        (_, first), (_, then) = sorted(MEANT[f"product_{sector}"].items())
        grown = as_json[f"2.2.2-{sector}"]["pace"]
        assert grown == pytest.approx(100 * (then / first - 1), rel=1e-12)
    text = status(trip["after"], "table")
    assert [one for one in SHOWN if one not in text] == []


def test_the_scenarios_start_from_the_typed_values(trip):
    data = seen(trip)
    baseline = data.baseline()
    names = [n for n in MEANT if 2025 in MEANT[n]]
    assert {n: baseline.levels[n].value for n in names} == {n: MEANT[n][2025] for n in names}
    for name, scenario in data.assumed.items():
        found = project(baseline, scenario, until=2030, region="x", rules=data.rules)
        for one in ("recurrent_revenue", "product_industry", "product_services", "population",
                    "product_agriculture", "income_per_capita", "crop_value_per_ha"):  # fmt: skip
            known = {year: found.path(one).at(year) for year in (2025, 2026)}
            assert known == {year: MEANT[one][year] for year in known}, (name, one)


@pytest.mark.parametrize(
    "name", ["collected_revenue", "recurrent_revenue", "income_per_capita", "crop_value_per_ha"]
)
def test_the_forecast_stands_on_the_typed_values_alone(trip, name):
    found = forecast(seen(trip).histories()[name], 4)
    assert dict(zip(found.history.years, found.history.values, strict=True)) == MEANT[name]
    bare = pd.Series(list(MEANT[name].values()), index=list(MEANT[name]))
    assert list(found.table["point"]) == list(forecast(bare, 4).table["point"])
    assert (found.history.origin, found.origin) == ("official", "derived")


UNIT = {
    "collected_revenue": "billion VND", "income_per_capita": "million VND/person/year",
    "crop_value_per_ha": "million VND/ha",
}  # fmt: skip


def words(path):
    """Return the words of a page on one line."""
    text = re.sub(r'data:image/png;base64,[^"]+', "", path.read_text(encoding="utf-8"))
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", text)))


def test_the_pages_of_the_report_show_the_typed_values(trip):
    page = words(trip["report"] / "07_monitoring.html")
    assert [one for one in SHOWN if one not in page] == []
    listed = words(trip["report"] / "01_targets_and_data.html")
    for one in ("collected_revenue", "income_per_capita", "crop_value_per_ha"):
        assert f" {figure_number(MEANT[one][YEARS[-1]], UNIT[one])} " in listed, one
    point = forecast(seen(trip).histories()["recurrent_revenue"], 4).table["point"].iloc[-1]
    revenue = words(trip["report"] / "02_budget_revenue.html")
    assert "tính từ 5 số liệu năm (2022-2026)" in revenue
    assert f"năm 2030 dự báo {format_number(point, 1)} tỷ đồng" in revenue
    assert "2025 81,5 81,5 81,5" in words(trip["report"] / "04_income_per_capita.html")


def test_the_word_reports_show_the_typed_values(trip):
    for name in ("bao_cao_uy_ban.docx", "bao_cao_dang_uy.docx"):
        table = cells_of(trip["report"] / name)
        assert any(text.startswith("191,525 triệu đồng/ha (ước)") for text in table), name
        assert any(text.startswith("92,0625 tỷ đồng (ước)") for text in table), name
        assert any(text.startswith("99,95% (ước)") for text in table), name


def cells_of(path):
    """Return the texts of the cells of a Word file."""
    tables = docx.Document(path).tables
    return {cell.text for table in tables for row in table.rows for cell in row.cells}


def test_the_workbook_holds_the_typed_values_to_the_digit(trip):
    data = load(trip["after"])
    book = openpyxl.load_workbook(trip["report"] / "bang_tinh.xlsx", data_only=True)
    asked = fields_asked(data)
    listed = {tuple(c.value for c in row[:2]): row[2].value for row in book["Nguồn"].iter_rows()}
    for name, row in MEANT.items():
        for year, value in row.items():
            found = listed[asked[name].name.vi, f"Cả năm {year}"]
            assert as_written(found, asked[name].unit) == value, (name, year)
    annex = {row[1].value: row for row in book["Phụ lục"].iter_rows()}
    for name, row in TYPED.items():
        cells = annex[asked[name].name.vi]
        thousand = 1000 if asked[name].unit == "billion VND" else 1
        # 17: the full year, whatever is chosen; what was assigned stands under plans alone
        places = ((4, YEARS[-1]),) if name in PLANNED else ((17, YEARS[-1]), (3, YEARS[-2]))
        for column, year in places:
            one = row[year - YEARS[0]]
            if one and asked[name].unit != "rating":
                assert cells[column].value == float(Decimal(one[1]) * thousand), (name, year)


def test_a_second_report_on_the_same_inputs_is_the_same_file_by_file(trip):
    first, second = (
        {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in place.iterdir()}
        for place in (trip["report"], trip["again"])
    )
    assert first == second
    assert len(first) > 15


def test_undoing_all_imports_brings_the_board_back(trip):
    for how in ("json", "csv", "table"):
        assert status(trip["undone"], how) == status(trip["before"], how)
    before, undone = load(trip["before"]), load(trip["undone"])
    assert undone.histories() == before.histories()
    assert undone.baseline() == before.baseline()
    assert len(undone.observed) > len(before.observed)
    assert all("rút" in said for said in trip["taken"])


def test_undoing_all_imports_brings_the_report_back(trip):
    """Every file is what it was; but for the hashes, and the source that now stands in the list."""
    place = trip["place"]
    before, undone = (
        {path.name: path for path in (place / f"report {name}").iterdir()}
        for name in ("before", "undone")
    )
    assert before.keys() == undone.keys()
    del before["manifest.json"]
    for name, path in before.items():
        old, new = path.read_bytes(), undone[name].read_bytes()
        if name.endswith(".docx"):
            assert cells_of(path) == cells_of(undone[name])
            old, new = (len_of_sources(one) for one in (path, undone[name]))
        elif name.endswith(".xlsx"):
            old, new = (sheets_but_sources(one) for one in (path, undone[name]))
        elif name.endswith(".html"):
            new = new.replace(*(f"'{trip[at].name}'".encode() for at in ("undone", "before")))
        assert old == new, name


def len_of_sources(path):
    """Return the paragraphs of a Word file, the number of sources left out."""
    return [
        re.sub(r"\d+( nguồn| sources)", r"\1", one.text) for one in docx.Document(path).paragraphs
    ]


def sheets_but_sources(path):
    """Return the cells of a workbook, those of its list of sources left out."""
    book = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets[:-1]
        for row in sheet.iter_rows()
        for cell in row
    }
