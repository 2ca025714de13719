"""The form that goes out, what comes back, and what happens to the data."""

import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from conftest import DATA, make_folder
from hypothesis import given, settings
from hypothesis import strategies as st
from kills import at_every_step, needs_fork
from typist import ODS, XLS, XLSX, type_in

from laikhe_analysis import cli
from laikhe_analysis.checks import DataError, RefusalError
from laikhe_analysis.data import load
from laikhe_analysis.data.cells import CellError, value_problem
from laikhe_analysis.data.layout import PLANNED
from laikhe_analysis.messages import speaking
from laikhe_analysis.monitor.measures import AsOf
from laikhe_analysis.office.forms import (
    changes,
    form,
    ledger,
    list_sheets,
    read_workbook,
    safe_folders,
    typed,
    written,
)
from laikhe_analysis.office.forms import template as writer
from laikhe_analysis.office.forms.identity import form_of
from laikhe_analysis.office.forms.list_sheets import read_lists
from laikhe_analysis.office.forms.lists import LISTS, digest, list_columns, rows_in_file
from laikhe_analysis.office.forms.workbook import open_workbook
from laikhe_analysis.office.missing import missing_figures
from laikhe_analysis.records import Capital
from laikhe_analysis.vietnamese import (
    UNITS,
    Asked,
    as_written,
    factor,
    format_number,
    written_unit,
)

ECONOMY, SOCIETY = "Phòng Kinh tế", "Phòng Văn hóa - Xã hội"
TODAY = "2022-07-15"


# ---- what people type


def read(raw, unit, words="", number_format="General", **known):
    return typed.read_cell(raw, Asked(unit, words, **known), number_format=number_format).value


# raw, unit, number format, last known value, what is meant
TYPED = {
    "number": (80.5, "million VND/ha", "General", None, 80.5),
    "whole number": (43000, "people", "#,##0", None, 43000),
    "decimal comma": ("80,5", "index", "@", None, 80.5),
    "groups and comma": ("1.234,5", "billion VND", "@", None, 1234.5),
    "million to billion": ("1.234,5 triệu", "billion VND", "@", None, 1.2345),
    "abbreviated": ("23.450 trđ", "billion VND", "@", 20.0, 23.45),
    "billion to million per ha": ("0,22 tỷ đồng/ha", "million VND/ha", "@", None, 220),
    "head of the unit": ("80,5 triệu", "million VND/person/year", "@", None, 80.5),
    "whole unit": ("80,5 triệu đồng / người / năm", "million VND/person/year", "@", None, 80.5),
    "dong": ("1.234.500.000 đồng", "billion VND", "@", None, 1.2345),
    "people grouped": ("42.875", "people", "@", None, 42875),
    "people in words": ("42.875 người", "people", "@", None, 42875),
    "thousand people": ("42,875 nghìn người", "people", "@", None, 42875),
    "dot decided by the last value": ("1.234", "billion VND", "@", 1100.0, 1234),
    "dot decided the other way": ("1.234", "billion VND", "@", 1.1, 1.234),
    "dot that is no group": ("42.87", "billion VND", "@", None, 42.87),
    "English signs": ("1,234.5", "billion VND", "@", None, 1234.5),
    "English groups": ("1,234,567", "people", "@", None, 1234567),
    "English groups with a unit": ("2,150,000 triệu", "billion VND", "@", None, 2150),
    "English groups near the last": ("1,234,567", "index", "@", 1200000.0, 1234567),
    "spaces": (" 12 500,5 ", "billion VND", "@", None, 12500.5),
    "no-break space": ("12\u00a0500", "people", "@", None, 12500),
    "minus sign": ("\u22123,5", "%/year", "@", None, -3.5),
    "NFD": ("5 ty\u0309 đo\u0302\u0300ng", "billion VND", "@", None, 5),
    "per cent format": (0.12, "%", "0%", None, 12),
    "per cent format, decimals": (0.123, "%/year", "0.0%", None, 12.3),
    "per cent sign": ("99,95%", "%", "@", None, 99.95),
    "per cent a year": ("2,5 %/năm", "%/year", "@", None, 2.5),
    "small per cent with its sign": ("0,12%", "%", "@", 12.0, 0.12),
    "small per cent after another": (0.8, "%", "General", 0.9, 0.8),
    "zero per cent": (0, "%", "General", 12.0, 0),
    "yes": ("Đạt", "yes/no", "General", None, 1),
    "not yet": ("chưa đạt", "yes/no", "General", None, 0),
    "truth value": (True, "yes/no", "General", None, 1),
    "rating": ("Hoàn thành tốt nhiệm vụ", "rating", "General", None, 3),
    "rating as a number": (4, "rating", "General", None, 4),
    "trailing stop": ("12,5 tỷ.", "billion VND", "@", None, 12.5),
    "dot decided by what can be": ("98.125", "%", "@", None, 98.125),
    "dot of a rate": ("-1.234", "%/year", "@", None, -1.234),
    "comma decided by the last value": ("12,781", "billion VND", "@", 11339.5, 12781),
    "a count decided by the last value": ("12,000", "households", "@", 11000.0, 12000),
    "million beside last year": ("531.240 triệu đồng", "billion VND", "@", 498.0, 531.24),
    "billion beside last year": ("12.781 tỷ", "billion VND", "@", 11339.5, 12781),
    "a thousand groups without a sign": ("1234,567", "index", "@", None, 1234.567),
    "about": ("khoảng 46", "%", "@", None, 46),
    "about, a sign": ("~92%", "%", "@", None, 92),
    "above": (">98", "%", "@", None, 98),
    "from ... on": ("từ 80 trở lên", "%", "@", None, 80),
    "an estimate": ("ước 78,5 triệu", "million VND/person/year", "@", None, 78.5),
    "an estimate, behind": ("78,5 (ước)", "million VND/person/year", "@", None, 78.5),
    "a month's income": ("5,2 triệu/tháng", "million VND/person/year", "@", None, 62.4),
    "a month's income, in full": (
        "5.200 nghìn đồng/người/tháng", "million VND/person/year", "@", 60.0, 62.4),
    "a negative rate in brackets": ("(3,26)", "%/year", "@", None, -3.26),
    "a fall": ("giảm 1,41%", "%/year", "@", None, -1.41),
    "a rise": ("tăng 5,2 %/năm", "%/year", "@", None, 5.2),
    "a share by its count": ("2/8", "%", "@", None, 25),
    "a share by its count, in words": ("5/8 trường", "%", "@", None, 62.5),
    "a count of a whole": ("5/7 trường", "schools", "@", None, 5),
    "a share beside its count": ("66/112 thôn (58,9%)", "%", "@", None, 58.9),
    "a count beside its share": ("12 hộ (0,1%)", "households", "@", None, 12),
    "room for a sign": (5, "%/year", "#,##0.0_%", None, 5),
    "sections by condition": (5, "%/year", "[<1]0.0%;0.0", None, 5),
    "the other section": (0.12, "%/year", "[<1]0.0%;0.0", None, 12),
    "room behind a count": (805, "households", "#,##0_%", None, 805),
    "a sign in quotes": (12, "%", '0.0"%"', None, 12),
    "shown in thousands": (23_450_500_000, "billion VND", "#,##0.0,,,", None, 23.4505),
    "Icelandic letters": ("Ðạt", "yes/no", "General", None, 1),
    "done": ("Rồi", "yes/no", "General", None, 1),
    "half a rating": ("Hoàn thành tốt", "rating", "General", None, 3),
    "a level": ("Mức độ 2", "level", "General", None, 2),
    "hidden signs": ("\u200b80,5\ufeff", "index", "@", None, 80.5),
    "wide digits": ("８０,５", "index", "@", None, 80.5),
}  # fmt: skip


@pytest.mark.parametrize("case", TYPED.values(), ids=TYPED)
def test_reads_what_people_type(case):
    raw, unit, number_format, last, meant = case
    assert read(raw, unit, number_format=number_format, last=last) == meant


# raw, unit, number format, last known value, words of the remedy
DOUBTFUL = {
    "dot read both ways": (
        "1.234", "billion VND", "@", None,
        "“1.234” has two: type 1234 for 1,234 billion VND, or 1,234 for 1.234 billion VND"),
    "dot both ways, both plausible": ("1.234", "billion VND", "@", 40.0, "type 1234 for"),
    "dot both ways, another unit": (
        "23.450 triệu", "billion VND", "@", None,
        "“23.450” has two: type 23450 triệu for 23.45 billion VND, or 23,45 triệu for 0.02345"),
    "dot both ways, per ha": (
        "1.200 triệu/ha", "million VND/ha", "@", None,
        "type 1200 triệu/ha for 1,200 million VND/ha, or 1,2 triệu/ha for 1.2 million VND/ha"),
    "dot both ways, negative": ("-1.234", "index", "@", None, "a number of one reading"),
    "fraction of a person": ("42,875", "people", "@", None, "a whole number of people"),
    "half a household": (12.5, "households", "General", None, "a whole number of households"),
    "fraction for per cents": (0.12, "%", "General", None, "12 (if 12 % is meant), or 0.12%"),
    "fraction, last value known": (0.12, "%/year", "General", 9.0, "12 (if 12 % is meant)"),
    "per cents of people": (0.5, "people", "0%", None, "not a % format"),
    "share above 100": (130, "%", "General", None, "a share from 0 to 100 %"),
    "impossible rate": (-100, "%/year", "General", None, "above -100 % a year"),
    "negative money": (-5, "billion VND", "General", None, "0 or more"),
    "wrong unit": ("12 ha", "billion VND", "@", None, "a number in billion VND, not “ha”"),
    "money for people": ("12 triệu đồng", "people", "@", None, "a number in people"),
    "money for per cents": ("12 triệu", "%", "@", None, "a number in %"),
    "another denominator": ("12 triệu/tháng", "million VND/ha", "@", None, "million VND/ha"),
    "range": ("80-85", "%", "@", None, "one number: 80% / 85%"),
    "about nothing": ("khoảng", "%", "@", None, "leave the cell empty"),
    "groups of people behind a comma": (
        "42,000 người", "people", "@", None,
        "“42,000” has two: type 42000 người for 42,000 people, or 42 người for 42 people"),
    "groups of households": (
        "1,000 hộ", "households", "@", None, "type 1000 hộ for 1,000 households, or 1 hộ for 1"),
    "groups in a text": (
        "12,000", "households", "@", None, "type 12000 for 12,000 households, or 12 for 12"),
    "a comma in a count, far from the last": ("12,000", "people", "@", 40.0, "has two"),
    "room for a sign is no sign": (0.9, "%/year", "0.0_%", None, "90 (if 90 % is meant), or 0.9%"),
    "brackets where nothing is negative": (
        "(3,26)", "billion VND", "@", None, "“(3,26)” has two readings: -3.26"),
    "a month and a year": ("12/2025", "%", "@", None, "a number"),
    "part of nothing": ("2/0", "%", "@", None, "a number"),
    "part that exceeds its whole": ("9/7", "%", "@", None, "a share from 0 to 100 %"),
    "part of another thing": ("5/7 xã", "schools", "@", None, "not “5/7 xã”"),
    "money as a part": ("5/7", "billion VND", "@", None, "a number in billion VND"),
    "a change for a level": ("tăng 5", "billion VND", "@", None, "not a change"),
    "a share that is none of its count": ("66/112 thôn (78,9%)", "%", "@", None, "fits its count"),
    "a level for another unit": ("mức 2", "people", "@", None, "leave the cell empty"),
    "dash": ("-", "people", "@", None, "leave the cell empty"),
    "two commas": ("1,2,3", "index", "@", None, "as Vietnamese write it"),
    "bad groups": ("1.23.456", "index", "@", None, "as Vietnamese write it"),
    "commas as English groups": (
        "2,150,000", "billion VND", "@", None, "no more than 100,000 billion VND in a commune"),
    "beyond any commune": (
        2_150_000, "billion VND", "General", None,
        "no more than 100,000 billion VND in a commune: check the unit; type another one with the "
        "number (e.g. 2.150.000 triệu)"),
    "the people of a province": (3_500_000, "people", "General", None, "in a commune"),
    "date": (datetime(2022, 4, 3), "index", "d/m", None, "took what was typed for a date"),
    "truth for a number": (True, "people", "General", None, "leave the cell empty"),
    "no rating": (5, "rating", "General", None, "one of: 1"),
    "a number that screens turn round": ("\u202e12", "people", "@", None, "a number"),
    "half reached": (0.5, "yes/no", "General", None, "one of: 0"),
    "too many digits": ("9" * 400, "people", "@", None, "fewer than 15 digits"),
}  # fmt: skip


@pytest.mark.parametrize("case", DOUBTFUL.values(), ids=DOUBTFUL)
def test_refuses_what_is_doubtful(case):
    raw, unit, number_format, last, words = case
    with speaking("en"), pytest.raises(CellError, match=re.escape(words)) as caught:
        read(raw, unit, number_format=number_format, last=last)
    assert caught.value.wanted.vi


@pytest.mark.parametrize("own", ["", " triệu", " tỷ đồng"])
@pytest.mark.parametrize("digits", ["23.450", "1.200", "7.001", "100.000"])
def test_what_the_remedy_of_a_doubtful_dot_says_to_type_means_what_it_says(digits, own):
    with pytest.raises(CellError) as caught:
        read(digits + own, "billion VND")
    vi = re.fullmatch(
        r".* nghĩa là (\S+) tỷ đồng thì gõ (.+), nghĩa là (\S+) tỷ đồng thì gõ (.+)",
        caught.value.wanted.vi,
    )
    meant = [float(one.replace(".", "").replace(",", ".")) for one in vi.groups()[::2]]
    assert meant[0] == 1000 * meant[1]
    for value, text in zip(meant, vi.groups()[1::2], strict=True):
        assert read(text, "billion VND") == value


@pytest.mark.parametrize(
    ("text", "notation", "last", "value"),
    [
        ("25.545", "vi", None, 25545), ("25.545", "en", None, 25.545),
        ("54,276", "en", None, 54276), ("504,276", "", None, 504.276),
        ("1.234", "vi", 1100.0, 1234), ("12,000", "en", None, 12000),
    ],
)  # fmt: skip
def test_the_other_cells_of_a_sheet_tell_the_notation(text, notation, last, value):
    unit = "people" if text == "12,000" else "billion VND"
    assert read(text, unit, notation=notation, last=last) == value


@pytest.mark.parametrize(("text", "notation", "last"), [
    ("1.234", "vi", 1.1), ("1.234", "en", 1100.0), ("1,234", "vi", 1100.0), ("1,234", "en", 1.1),
])  # fmt: skip
def test_notation_and_last_value_that_contradict_leave_both_readings(text, notation, last):
    with speaking("en"), pytest.raises(typed.DoubtError, match="has two") as caught:
        read(text, "billion VND", notation=notation, last=last)
    assert caught.value.readings == (1234, 1.234)


def test_a_range_is_read_where_it_may_be_and_its_weaker_end_counts():
    lower = typed.read_cell("6,5-7,5", Asked("%/year", rises=True))
    assert (lower.value, lower.low, lower.high, lower.is_plain) == (6.5, 6.5, 7.5, False)
    assert read("từ 2.350 đến 2.400", "index", last=2191.1, rises=False) == 2400


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.integers(0, 10**9), st.integers(0, 3), st.sampled_from(sorted(UNITS)))
def test_a_number_as_vietnamese_write_it_is_read_or_refused_never_misread(whole, decimals, unit):
    value = whole / 10**decimals
    if value_problem(value, unit, share=True):  # "1.234" of a share is 1.234: there are no 1,234 %
        return
    try:
        found = read(format_number(value, decimals), unit)
    except CellError:
        return
    assert found == value


def test_the_unit_of_the_form_counts_for_bare_numbers():
    assert read(23450, "billion VND", words="triệu đồng") == 23.45
    assert read("23.450,5", "billion VND", words="Triệu đồng\nmillion") == 23.4505
    assert read("23 tỷ", "billion VND", words="triệu đồng") == 23
    with speaking("en"), pytest.raises(CellError, match="not “quả”"):
        read(5, "billion VND", words="quả")
    assert factor("trường", "schools") == 1
    assert factor("người", "thousand people") == factor("triệu", "billion VND")


@pytest.mark.parametrize(
    ("text", "status"),
    [("thực hiện", "final"), ("Sơ bộ ", "preliminary"), ("ước TH", "estimate")],
)
def test_reads_the_status(text, status):
    assert typed.read_status(text) == status
    with pytest.raises(CellError, match="thực hiện, sơ bộ, ước"):
        typed.read_status("kế hoạch")


@pytest.mark.parametrize("sign", list("=+-@"))
def test_a_note_never_becomes_a_formula(sign):
    assert written.plain(f" {sign}HYPERLINK(1)\t\r\n") == f"'{sign}HYPERLINK(1)"
    assert written.plain("a\x00\u2028b" + "c" * 600).startswith("a b")
    assert len(written.plain("c" * 600)) == 500


# ---- the form that goes out


def make(folder, name="form.xlsx", **options):
    options = {"year": 2021, "period": "FY"} | options
    return writer.write_template(load(folder), folder.parent / name, **options)


def rows_of(sheet):
    """Return the rows of a sheet by their code."""
    codes = {row[0].value: row for row in sheet.iter_rows(min_row=6)}
    return {code: row for code, row in codes.items() if code}


def offices(book):
    """Return the sheets of the offices."""
    return [sheet for sheet in book if sheet["H5"].value in ("Tình trạng", "Status")]


def closed(sheet):
    """Return the cells of a sheet that are not to be filled in."""
    return {c.coordinate for row in rows_of(sheet).values() for c in row
            if c.fill.fgColor.rgb == "FFE4E4E4"}  # fmt: skip


def fill(path, figures, change=None, source="Báo cáo 7"):
    """Fill in figures {code: (value, status, note)}, then change the workbook as asked."""
    book = openpyxl.load_workbook(path)
    for sheet in offices(book):
        sheet[form.SOURCE_CELL] = source
        for code, row in rows_of(sheet).items():
            places = (row[5],) if code in PLANNED else (row[6], row[7], row[-1])
            for cell, value in zip(places, figures.get(code, ()), strict=False):
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"
    if change:
        change(book)
    book.save(path)
    return path


def test_the_form_has_a_sheet_per_office_and_every_figure_once(folder):
    book = openpyxl.load_workbook(make(folder))
    assert book.sheetnames == [form.GUIDE.vi, ECONOMY, SOCIETY, "Các năm trước",
                               *(words.vi for words in LISTS.values()), form.META]  # fmt: skip
    codes = [code for sheet in book.worksheets[1:3] for code in rows_of(sheet)]
    assert len(codes) == len(set(codes))
    assert {"9.1-industry", "9.2-poor", "population", "collected_revenue", "assigned_revenue",
            "income_per_capita", "product_industry", "land_revenue"} <= set(codes)  # fmt: skip
    poor = rows_of(book[SOCIETY])["9.2-poor"]
    shown = [cell.value for cell in poor]
    assert shown[1:] == ["9(2)", "Hộ nghèo", "hộ", 12, *[None] * 4, "", None]
    income = rows_of(book[ECONOMY])["income_per_capita"]
    assert "hiện hành" in income[2].value
    header = [cell.value for cell in book[SOCIETY][5]]
    assert header == ["Mã", "Mục", "Chỉ tiêu", "Đơn vị tính", "TH cả năm 2020", "KH năm 2021",
                      "TH cả năm 2021", "Tình trạng", "KH năm 2022", "Hạn có số",
                      "Nguồn, ghi chú"]  # fmt: skip
    hints = {str(one.sqref): one.prompt for one in book[ECONOMY].data_validations.dataValidation}
    assert hints[income[6].coordinate].startswith("Gần nhất: ")
    assert "(cả năm 2020, số giả định)." in hints[income[6].coordinate]


def test_the_form_is_set_up_for_typing_and_printing(folder):
    book = openpyxl.load_workbook(make(folder, period="H1"))
    for sheet in book.worksheets[1:3]:
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert sheet.freeze_panes == "D6"
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.print_title_rows == "$5:$5"
        unlocked = {c.coordinate for r in sheet.iter_rows() for c in r if not c.protection.locked}
        typed_in = {c.coordinate for row in rows_of(sheet).values() for c in (row[6], row[-1])}
        assert typed_in - closed(sheet) | {"G4", "L4"} <= unlocked
        assert "G4:L4" in {str(area) for area in sheet.merged_cells.ranges}
        assert sheet["A4"].value.startswith("Nguồn chung của trang")
        assert "đừng gõ 23.450" in sheet["A3"].value
        rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
        for code, row in rows_of(sheet).items():
            if code in PLANNED:
                assert row[6].coordinate not in rules
                continue
            assert rules[row[7].coordinate].formula1 == '"thực hiện,sơ bộ,ước"'
            assert rules[row[6].coordinate].errorStyle == "warning"
    assert book[form.META].sheet_state == "veryHidden"
    assert "6 tháng đầu năm 2021" in book[SOCIETY]["G5"].value
    assert book[SOCIETY]["I5"].value == "Ước cả năm 2021"


def test_restricted_rows_leave_only_when_asked(folder):
    path = folder / "targets.csv"
    text = path.read_text(encoding="utf-8").replace("Xã hội,public", "Xã hội,internal")
    path.write_text(text, encoding="utf-8")
    assert SOCIETY not in openpyxl.load_workbook(make(folder)).sheetnames
    whole = make(folder, "whole.xlsx", internal=True)
    assert "9.2-poor" in rows_of(openpyxl.load_workbook(whole)[SOCIETY])
    assert read_workbook(fill(whole, {"9.2-poor": (8, "ước")}), load(folder))


def test_further_series_of_the_commune_are_asked_for_but_no_analysts_assumptions(folder):
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.write(
            "share_industry,2020,FY,60,,,%,n/a,final,official,book,2021-02-01,,\n"
            "land_price,2020,FY,6,,,million VND/m2,current,estimate,assumption,guess,2021-02-01,,\n"
        )
    asked = form.fields_asked(load(folder))
    assert asked["share_industry"].name.vi == "Tỷ trọng công nghiệp - xây dựng"
    assert asked["share_industry"].owner == ECONOMY
    assert "land_price" not in asked
    assert "income_per_capita" in asked


def test_text_from_the_data_is_never_a_formula(folder):
    path = folder / "targets.csv"
    text = path.read_text(encoding="utf-8").replace("Hộ nghèo", '"=HYPERLINK(""http://x"")"')
    path.write_text(text.replace("Phòng Văn hóa - Xã hội", "+SUM(1)"), encoding="utf-8")
    with zipfile.ZipFile(make(folder)) as parts:
        sheets = [parts.read(n) for n in parts.namelist() if "worksheets/" in n]
    assert sheets
    assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)


def test_a_figure_is_asked_for_once(own_data):
    asked = form.fields_asked(own_data)
    assert "crop_value_per_ha" in asked
    assert not any(code.endswith(("-crop-value", "-revenue")) for code in asked)
    offices = list(dict.fromkeys(field.owner for field in asked.values()))
    names = form.sheet_names(offices)
    assert len(set(names.values())) == len(offices)
    assert all(len(name) <= 31 for name in names.values())
    assert form.sheet_names(["a" * 40, "a" * 35, "[x]/:*?"]) == {
        "a" * 40: "a" * 31, "a" * 35: "a" * 27 + " (2)", "[x]/:*?": "x",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"year": 20026}, "from 2000 to 2045, got 20026"),
        ({"year": 20026}, "năm phải từ 2000 đến 2045, gặp 20026"),
        ({"period": "Q1"}, "the period must be one of FY, H1, 9M, got 'Q1'"),
        ({"period": "Q1"}, "kỳ phải là một trong FY, H1, 9M, gặp 'Q1'"),
        ({"name": "mau_son"}, "đã có tệp"),
        ({"name": "nowhere/form.xlsx"}, "form.xlsx: chưa có thư mục chứa tệp này, hãy tạo trước"),
        ({"name": "nowhere/form.xlsx"}, "there is no such folder, make it first"),
        ({"name": "mau_son/targets.csv/form.xlsx"}, "form.xlsx: chưa có thư mục chứa tệp này"),
        ({"name": "x" * 300 + ".xlsx"}, "cannot be written: choose another place"),
        ({"name": "mau_son/form.xlsx"}, "lies in the data folder"),
    ],
)
def test_a_form_that_cannot_be_made(folder, options, words):
    before = sorted(folder.parent.rglob("*"))
    with pytest.raises(RefusalError) as caught:
        make(folder, **options)
    assert words in " / ".join(caught.value.text.both)
    assert caught.value.code == 2
    assert sorted(folder.parent.rglob("*")) == before


def test_a_form_that_cannot_be_written_whole_is_not_there(folder):
    resource = pytest.importorskip("resource", reason="a limit that Windows does not have")
    limits, act = resource.getrlimit(resource.RLIMIT_FSIZE), signal.getsignal(signal.SIGXFSZ)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(
            RefusalError, match=r"không đọc hoặc ghi được; chọn nơi khác bằng --out"
        ):
            make(folder)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, act)
    assert [path.name for path in folder.parent.iterdir()] == ["mau_son"]


@needs_fork
def test_a_killed_template_leaves_no_half_form_and_the_next_is_made(folder, tmp_path):
    def check(place):
        if not (place / "form.xlsx").exists():
            writer.write_template(load(folder), place / "form.xlsx", year=2021)
        assert openpyxl.load_workbook(place / "form.xlsx").sheetnames
        with safe_folders.locked(place / "form.xlsx", wait=0.0):  # what is left is no lock
            pass
        assert [path.name for path in place.iterdir()] == ["form.xlsx"]

    def prepare(moment):
        (tmp_path / f"kill {moment}").mkdir()
        return tmp_path / f"kill {moment}"

    def work(place):
        writer.write_template(load(folder), place / "form.xlsx", year=2021)

    assert at_every_step(prepare, work, check, tmp_path) > 3


# ---- what comes back


@pytest.fixture
def paths_of_own(tmp_path):
    """Return a copy of the commune's own folder."""
    return shutil.copytree(DATA, tmp_path / "data")


FILLED = {
    "9.1-industry": (0.085, "sơ bộ", "Báo cáo 12"),
    "9.2-poor": (8, "thực hiện"),
    "population": ("10.150", "ước"),
    "income_per_capita": ("42,5 triệu", "thực hiện", "=1+1"),
    "collected_revenue": ("23.450,5 triệu", "thực hiện", "@SUM(A1)"),
    "assigned_revenue": (20, "thực hiện"),
}
MEANT = {
    "9.1-industry": 8.5, "9.2-poor": 8, "population": 10150, "income_per_capita": 42.5,
    "collected_revenue": 23.4505, "assigned_revenue": 20,
}  # fmt: skip


def per_cent(book):
    rows_of(book[ECONOMY])["9.1-industry"][6].number_format = "0.0%"


@pytest.fixture
def filled(folder):
    return fill(make(folder), FILLED, per_cent)


def bring_in(folder, path, day=TODAY, **options):
    data = load(folder)
    plan = changes.plan_import(data, read_workbook(path, data, **options), recorded_on=day)
    ledger.append(folder, plan.rows, known=plan.known)
    return plan


def undo(folder, import_id=None, *, recorded_on):
    """Undo an import and return the rows that do it."""
    data = load(folder)
    rows = ledger.plan_undo(data, import_id, recorded_on=recorded_on)
    ledger.append(folder, rows, known=data.observed)
    return rows


def values(folder, year=2021, **options):
    """Return the figures of a year as the file has them: rates in per cents."""
    series = load(folder).histories(**options)
    return {n: as_written(s.at(year), s.unit) for n, s in series.items() if year in s.years}


def test_what_is_typed_is_what_the_data_say(folder, filled):
    before = (folder / "observations.csv").read_bytes()
    plan = bring_in(folder, filled)
    assert values(folder) == MEANT
    after = (folder / "observations.csv").read_bytes()
    assert after.startswith(before)
    added = [row for row in load(folder).observed if row.import_id == plan.import_id]
    assert len(added) == len(MEANT)
    assert load(folder).histories()["9.1-industry"].last == (2021, 0.085)
    assert ",8.5,,,%/year," in after.decode()
    assert {(r.origin, r.source_id, r.recorded_on) for r in added} == {
        ("official", "commune-report", TODAY)
    }
    notes = {row.series_id: row.note for row in added}
    assert notes["income_per_capita"] == "'=1+1"
    assert notes["collected_revenue"] == "'@SUM(A1)"
    assert {r.series_id: r.status for r in added}["9.1-industry"] == "preliminary"
    told = "\n".join(text.vi for text in changes.told(plan))
    assert "Phòng Văn hóa - Xã hội G6: Hộ nghèo, cả năm 2021: 10 hộ (thực hiện) → 8 hộ" in told
    assert "chưa có → 23,4505 tỷ đồng" in told


def by_heading(sheet, code, **figures):
    """Type figures into the row of a code, by the first words of their headings."""
    headings = {str(cell.value): cell.column for cell in sheet[5]}
    row = rows_of(sheet)[code][0].row
    for begin, value in figures.items():
        column = next(
            n for words, n in headings.items() if words.startswith(begin.replace("_", " "))
        )
        sheet.cell(row, column).value = value


COLUMNS = {
    "TH_cùng_kỳ": (7.9, (2020, "9M", "final")), "KH_năm_2021": (9.5, (2021, "FY", "plan")),
    "TH_9": (8.5, (2021, "9M", "final")), "Ước": (9, (2021, "FY", "estimate")),
    "KH_năm_2022": (10, (2022, "FY", "plan")),
}  # fmt: skip


def test_what_was_assigned_before_stands_in_its_row(folder):
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        for year in (2020, 2021):
            file.write(f"assigned_revenue,{year},FY,{year - 2000},,,billion VND,current,plan,official,"
                       "book,2021-02-01,,\n")  # fmt: skip
    book = openpyxl.load_workbook(make(folder, period="9M"))
    assert rows_of(book[ECONOMY])["assigned_revenue"][5].value == 21
    years = [cell.value for cell in rows_of(book["Các năm trước"])["assigned_revenue"]]
    assert years[-2] == 20


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_column_goes_into_its_own_row_of_the_data(folder, lang):
    path = make(folder, period="9M", lang=lang)
    book = openpyxl.load_workbook(path)
    sheet = book[ECONOMY]
    sheet[form.SOURCE_CELL] = "Báo cáo 9 tháng"
    row = rows_of(sheet)["9.1-industry"][0].row
    columns = [5, 6, 7, 9, 10]
    for column, (value, _) in zip(columns, COLUMNS.values(), strict=True):
        sheet.cell(row, column).value = value
    sheet.cell(row, 8).value = "actual" if lang == "en" else "thực hiện"
    book.save(path)
    plan = bring_in(folder, path, day="2021-10-05")
    found = {(r.year, r.period, r.status): as_written(r.value, r.unit) for r in plan.rows}
    assert found == {place: value for value, place in COLUMNS.values()}
    assert {row.note for row in plan.rows} == {"Báo cáo 9 tháng"}
    again = make(folder, "again.xlsx", period="9M", lang=lang)
    shown = [cell.value for cell in rows_of(openpyxl.load_workbook(again)[ECONOMY])["9.1-industry"]]
    assert [shown[n - 1] for n in columns] == [7.9, 9.5, None, 9, 10]
    with pytest.raises(DataError, match="ít nhất một số liệu mới"):
        read_workbook(again, load(folder))


def test_a_form_speaks_one_language(folder):
    for lang, other in (("vi", "Figure"), ("en", "Chỉ tiêu")):
        book = openpyxl.load_workbook(make(folder, f"{lang}.xlsx", lang=lang))
        assert book.sheetnames[0] == form.GUIDE.pick(lang)
        for sheet in book.worksheets[:-1]:
            texts = [str(c.value) for row in sheet.iter_rows(max_row=5) for c in row if c.value]
            assert not any(other in text for text in texts)
            assert not any("\n" in text for text in texts if sheet.title != SOCIETY)


def test_what_has_another_place_is_refused_where_it_does_not_belong(folder):
    def change(book):
        by_heading(book[ECONOMY], "assigned_revenue", TH_cả_năm_2021=20)
        by_heading(book[ECONOMY], "collected_revenue", KH_năm_2021=20)

    with pytest.raises(DataError) as caught:
        read_workbook(fill(make(folder), {}, change), load(folder))
    told = [problem.wanted.vi for problem in caught.value.problems]
    assert sorted(told) == ["để trống ô này: kế hoạch của số này ghi ở dòng số giao, vốn giao",
                            "để trống ô này: số giao ghi ở cột KH"]  # fmt: skip


def test_years_before_and_the_former_communes_have_sheets_of_their_own(paths_of_own, tmp_path):
    path = writer.write_template(load(paths_of_own), tmp_path / "own.xlsx", year=2026, period="9M")
    book = openpyxl.load_workbook(path)
    years, areas = book["Các năm trước"], book["Theo xã cũ"]
    years[form.SOURCE_CELL] = areas[form.SOURCE_CELL] = "Niên giám"
    by_heading(years, "population", Năm_2022=42100, Năm_2025=43120)
    halves = list(zip(load(paths_of_own).commune.predecessors, (10, 8, 6), strict=True))
    for area, value in halves:
        by_heading(areas, "collected_revenue", **{f"6 tháng đầu năm 2025, {area}": value})
    by_heading(areas, "collected_revenue", **{"6 tháng cuối": 30})
    book.save(path)
    data = load(paths_of_own)
    found = {
        (e.figure.series_id, e.figure.area, e.figure.year, e.figure.period): e.figure.value
        for e in read_workbook(path, data)
    }
    assert found == {
        ("population", "", 2022, "FY"): 42100, ("population", "", 2025, "FY"): 43120,
        **{("collected_revenue", area, 2025, "H1"): value for area, value in halves},
        ("collected_revenue", "", 2025, "H2"): 30,
    }  # fmt: skip
    bring_in(paths_of_own, path, day="2026-11-23")
    assert load(paths_of_own).histories()["collected_revenue"].at(2025) == 54


def test_growth_and_level_of_one_thing_are_one_request(own_data):
    asked = form.fields_asked(own_data)
    names = list(asked)
    assert names.index("2.2.2-industry") == names.index("product_industry") + 1
    assert asked["2.2.2-industry"].asked.vi.endswith(": chỉ ghi khi không có số ở dòng trên")


# office's figure, as of, what is asked for and by when
ASKED = {
    "known later than a month after": ("income_per_capita", "2026-9M", [(2025, "FY", "2026-03-31")]),
    "kept in a register": (
        "2.2.9-poor-households", "2026-9M", [(2025, "FY", "2025-12-31"), (2026, "9M", "2026-09-30")]),
    "a school year": (
        "2.2.7-nursery", "2026-9M", [(2025, "FY", "2025-09-30"), (2026, "FY", "2026-09-30")]),
    "a school year that has not begun": (
        "2.2.7-nursery", "2026-H1", [(2025, "FY", "2025-09-30")]),
    "handed down": ("assigned_revenue", "2026-9M", [(2026, "FY", "2026-01-31")]),
    "growth beside its level": ("2.2.2-total", "2026-9M", []),
    "a total that begins later": ("2.2.6-investment", "2026-H1", [(2026, "H1", "2026-07-31")]),
    "known": ("party_members", "2025", []),
    "restricted": ("2.1.1-branches", "2026-9M", []),
}  # fmt: skip


@pytest.mark.parametrize("case", ASKED.values(), ids=ASKED)
def test_what_is_missing_by_when(own_data, case):
    name, at, expected = case
    found = missing_figures(own_data, AsOf.of(at))
    assert [(one.year, one.period, one.due) for one in found if one.series_id == name] == expected


def test_what_is_missing_is_told_by_office(paths_of_own, tmp_path, monkeypatch, capsys):
    def told(how, *more):
        code, out = run(monkeypatch, capsys, "status", "--missing", "--as-of", "2026-9M",
                        "--format", how, "--data", paths_of_own, *more)  # fmt: skip
        assert code == 0, out
        return out

    rows = list(csv.DictReader(io.StringIO(told("csv"))))
    assert {row["owner"] for row in rows} >= {"Phòng Kinh tế", "Công an xã"}
    poor = next(row for row in rows if row["series_id"] == "2.2.9-poor-households")
    assert (poor["period"], poor["due"], poor["overdue"]) == ("FY", "2025-12-31", "True")
    assert json.loads(told("json"))[0]["name_en"] == rows[0]["name_en"]
    words = told("table")
    assert "Hộ nghèo" in words
    assert f"Còn thiếu {len(rows)} số, " in words
    assert "2.1.1-branches" in told("csv", "--internal")
    path = writer.write_template(load(paths_of_own), tmp_path / "own.xlsx", year=2026, period="9M")
    sheet = openpyxl.load_workbook(path)[ECONOMY]
    assert rows_of(sheet)["2.2.9-poor-households"][10].value == "30/09/2026"
    bring_in(paths_of_own, fill(path, {"2.2.9-poor-households": (79, "thực hiện")}), "2026-11-23")
    assert len(told("csv").splitlines()) == len(rows)


def test_undo_brings_the_board_back(paths_of_own, tmp_path, monkeypatch, capsys):
    def board():
        code, out = run(monkeypatch, capsys, "status", "--as-of", "2026-9M", "--internal",
                        "--format", "json", "--data", paths_of_own)  # fmt: skip
        assert code == 0, out
        return out

    before = board()
    path = writer.write_template(load(paths_of_own), tmp_path / "own.xlsx", year=2026, period="9M")
    fill(path, {"2.2.17-on-time": (99.1, "thực hiện"), "assigned_revenue": (61.5,),
                "collected_revenue": (49.3, "thực hiện")})  # fmt: skip
    there = "--yes", "--data", paths_of_own, "--recorded-on", "2026-11-23"
    assert run(monkeypatch, capsys, "import", path, *there)[0] == 0
    assert board() != before
    assert run(monkeypatch, capsys, "import", "--undo", *there)[0] == 0
    assert board() == before


def test_a_part_of_the_year_goes_to_its_period(folder):
    path = fill(make(folder, period="H1"), {"9.2-poor": (9, "ước"), "assigned_revenue": (5, "TH")})
    bring_in(folder, path)
    assert values(folder, period="H1") == {"9.2-poor": 9}
    assert values(folder)["9.2-poor"] == 10
    assert values(folder)["assigned_revenue"] == 5  # of the whole year, whatever the form's period


def notes(folder):
    return {row.series_id: row.note for row in load(folder).observed if row.import_id}


def test_a_source_stands_once_for_the_sheet_and_a_row_may_have_its_own(folder, filled):
    bring_in(folder, filled)
    found = notes(folder)
    assert found["9.1-industry"] == "Báo cáo 12"
    assert found["9.2-poor"] == found["population"] == "Báo cáo 7"


@pytest.mark.parametrize("empty", [None, "", "  ", "-", "…"])
def test_a_figure_without_a_source_is_refused_by_cell(folder, empty):
    path = fill(make(folder), {"9.2-poor": (8, "ước", empty)}, source=empty)
    with pytest.raises(DataError) as caught:
        bring_in(folder, path)
    (problem,) = caught.value.problems
    assert (problem.file, problem.column) == (f"form.xlsx › {SOCIETY}", "K6")
    assert "the source of this figure" in problem.wanted.en
    assert "ghi ở ô K6, hoặc một lần cho cả trang ở ô G4" in problem.wanted.vi
    assert not notes(folder)


def test_a_figure_with_its_own_source_needs_none_for_the_sheet(folder):
    figures = {"9.2-poor": (8, "ước", "Sổ hộ nghèo 2021")}
    bring_in(folder, fill(make(folder), figures, source=None))
    assert notes(folder) == {"9.2-poor": "Sổ hộ nghèo 2021"}


def older(book):
    """Make the form what it was before it asked for a common source."""
    for sheet in book.worksheets[1:3]:
        sheet.unmerge_cells("G4:K4")
        sheet.unmerge_cells("A4:F4")
        for cell in sheet[4]:
            cell.value = None


def test_a_form_of_before_is_still_read_if_every_row_has_its_source(folder):
    figures = {"9.2-poor": (8, "ước", "Sổ hộ nghèo")}
    bring_in(folder, fill(make(folder), figures, older))
    assert notes(folder) == {"9.2-poor": "Sổ hộ nghèo"}
    bare = fill(make(folder, "b.xlsx"), {"9.2-poor": (7, "ước")}, older)
    with pytest.raises(DataError, match=r"ghi ở ô K6") as caught:
        bring_in(folder, bare)
    assert "G4" not in caught.value.render("vi")


def test_a_column_of_sources_that_was_cut_away_leaves_the_common_one(folder):
    figures = {"9.2-poor": (8, "ước")}
    path = fill(make(folder), figures, lambda book: book[SOCIETY].delete_cols(11))
    bring_in(folder, path)
    assert notes(folder) == {"9.2-poor": "Báo cáo 7"}


def untidy(book):
    """Reorder columns, merge headings, leave blank rows, write remarks below, add a sheet."""
    for sheet in book.worksheets[1:3]:
        last = sheet.max_row
        for row in sheet.iter_rows(min_row=5, max_row=last):
            row[3].value, row[10].value = row[10].value, row[3].value
            row[6].value, row[1].value = row[1].value, row[6].value
            row[3].data_type = "s"
            row[1].number_format = row[6].number_format
        sheet.insert_rows(7, 2)
        for row in sheet.iter_rows(min_row=5, max_row=5):
            row[2].value = "Chỉ  TIÊU\nFigure"
        sheet.merge_cells(start_row=last + 5, end_row=last + 5, start_column=1, end_column=9)
        sheet.cell(last + 5, 1, "Ghi chú: số liệu đến 31/12, theo báo cáo số 12/BC")
        sheet.cell(last + 7, 2, "Ngày 5 tháng 1 năm 2022")
        sheet.cell(last + 8, 2, "Người lập biểu")
    book.create_sheet("Sheet1")
    del book[form.GUIDE.vi]


def test_an_untidy_form_is_read_all_the_same(folder):
    path = fill(make(folder), FILLED, lambda book: (per_cent(book), untidy(book)))
    found = {
        e.figure.series_id: as_written(e.figure.value, e.figure.unit)
        for e in read_workbook(path, load(folder))
    }
    assert found == MEANT


def test_one_office_may_send_its_sheet_alone(folder):
    path = fill(make(folder), FILLED, lambda book: book.remove(book[ECONOMY]))
    bring_in(folder, path)
    assert values(folder) == {"9.2-poor": 8}


def put(sheet, code, column, value, number_format=None):
    def change(book):
        cell = rows_of(book[sheet])[code]["ABCDEFGHIJK".index(column)]
        cell.value = value
        if isinstance(value, str) and not value.startswith("=ROUND"):
            cell.data_type = "s"
        if number_format:
            cell.number_format = number_format

    return change


def rename(book):
    book[SOCIETY].title = "Sheet2"


def merge(book):
    place = rows_of(book[SOCIETY])["9.2-poor"][6]
    book[SOCIETY].merge_cells(f"{place.coordinate}:G{place.row + 1}")


def meta(name, value):
    def change(book):
        for key, cell, *_ in book[form.META].iter_rows():
            if key.value == name:
                cell.value = value

    return change


def twice(book):
    sheet = book[SOCIETY]
    for column, value in enumerate(["9.2-poor", "", "", "hộ", "", "", 7, "ước"], 1):
        sheet.cell(8, column, value)


# change, place (sheet, cell), words in English
WRONG = {
    "formula": (put(SOCIETY, "9.2-poor", "G", "=ROUND(7.6,0)"), SOCIETY, "G6", "no formula"),
    "formula in the status": (
        put(SOCIETY, "9.2-poor", "H", "=ROUND(7.6,0)"), SOCIETY, "H6", "no formula"),
    "text that looks like one": (
        put(SOCIETY, "9.2-poor", "G", "=8"), SOCIETY, "G6", 'got "=8"; wanted: a number'),
    "no status": (put(SOCIETY, "9.2-poor", "H", None), SOCIETY, "H6", "one of: thực hiện"),
    "unknown status": (put(SOCIETY, "9.2-poor", "H", "plan"), SOCIETY, "H6", 'got "plan"'),
    "unknown code": (put(SOCIETY, "9.2-poor", "A", "9.2-por"), SOCIETY, "A6", "“9.2-poor”?"),
    "formula for the common source": (
        lambda book: book[SOCIETY].__setitem__("G4", "=A1"), SOCIETY, "G4", "no formula"),
    "no source": (
        lambda book: book[SOCIETY].__setitem__("G4", None), SOCIETY, "K6", "in cell G4"),
    "no code": (put(SOCIETY, "9.2-poor", "A", None), SOCIETY, "G6", "a code of the form"),
    "code twice": (twice, SOCIETY, "A8", "each code once"),
    "merged": (merge, SOCIETY, "G6", "not merged"),
    "error value": (put(SOCIETY, "9.2-poor", "G", "#N/A"), SOCIETY, "G6", "leave the cell empty"),
    "unit struck out": (put(SOCIETY, "9.2-poor", "D", None), SOCIETY, "G6", "the unit in its"),
    "unit changed": (put(SOCIETY, "9.2-poor", "D", "ha"), SOCIETY, "G6", "not “ha”"),
    "date": (put(SOCIETY, "9.2-poor", "G", datetime(2022, 3, 4)), SOCIETY, "G6", "for a date"),
    "per cent as a fraction": (
        put(ECONOMY, "9.1-industry", "G", 0.12, "General"), ECONOMY, None, "12 (if 12 % is meant)"),
    "jump": (put(SOCIETY, "9.2-poor", "G", 80), SOCIETY, "G6", "80 households is more than 7"),
    "jump down": (put(ECONOMY, "income_per_capita", "G", 4), ECONOMY, None, "--accept-jumps"),
    "sheet renamed": (rename, "Sheet2", None, f"rename the sheet to “{SOCIETY}”"),
    "strange sheet": (
        lambda book: book.create_sheet("Khác").append([1]), "Khác", None, "remove this sheet"),
    "heading of another year": (
        lambda book: book[SOCIETY].__setitem__("G5", "TH cả năm 2022"), SOCIETY, "G5",
        "the period of this form"),
    "heading of a plan reworded": (
        lambda book: book[SOCIETY].__setitem__("F5", "Kế hoạch 2021"), SOCIETY, "F5",
        "the period of this form"),
    "heading lost": (
        lambda book: book[SOCIETY].__setitem__("H5", "x"), SOCIETY, "A5", "the columns: Status"),
    "headings lost": (
        lambda book: book[SOCIETY].delete_rows(5), SOCIETY, None, "row of headings"),
    "year": (meta("year", 20026), form.META, "year", "four digits"),
    "period": (meta("period", "Q7"), form.META, "period", "FY, H1 or 9M"),
    "commune": (meta("commune", "xã Khác"), form.META, "commune", "a form of xã Mẫu Sơn"),
    "version": (meta("schema", 99), form.META, "schema", "of this version"),
    "no form": (lambda book: book.remove(book[form.META]), form.META, "schema", "laikhe template"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_one_doubtful_cell_refuses_the_whole_form(folder, case):
    change, sheet, cell, words = case
    path = fill(make(folder), FILLED, lambda book: (per_cent(book), change(book)))
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    with pytest.raises(DataError) as caught:
        bring_in(folder, path)
    (problem,) = caught.value.problems
    assert words in problem.render("en")
    assert problem.file == f"form.xlsx › {sheet}"
    assert problem.wanted.vi != problem.wanted.en
    assert cell is None or problem.column == cell
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_every_doubt_is_told_at_once(folder):
    figures = FILLED | {"9.2-poor": ("tám", "x"), "population": ("1,5", "ước")}
    with pytest.raises(DataError) as caught:
        read_workbook(fill(make(folder), figures), load(folder))
    places = [(p.file.split(" › ")[1], p.column[0]) for p in caught.value.problems]
    assert places == [(ECONOMY, "G"), (ECONOMY, "G"), (SOCIETY, "G"), (SOCIETY, "H")]


def test_an_empty_form_says_so_and_a_jump_can_be_accepted(folder):
    with pytest.raises(DataError, match="ít nhất một số liệu"):
        read_workbook(make(folder), load(folder))
    path = fill(make(folder, "b.xlsx"), {"9.2-poor": (80, "ước")})
    assert read_workbook(path, load(folder), accept_jumps=True)[0].figure.value == 80


# ---- files that are no form


def rewritten(path, suffix, change):
    """Write a workbook again with one part changed."""
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, change(content) if name.endswith(suffix) else content)


def many_rows(path, count=100_000, cells=1):
    columns = "ABCDEFGHIJKLMNOPQRST"[:cells]
    rows = "".join(
        f'<row r="{n}">' + "".join(f'<c r="{c}{n}"><v>1</v></c>' for c in columns) + "</row>"
        for n in range(30, count + 30)
    ).encode()
    rewritten(path, "sheet2.xml", lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>"))


def bomb(path):
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet99.xml", bytes(70_000_000))


def laughs(path):
    entities = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    rewritten(path, "workbook.xml", lambda xml: entities + re.sub(rb"^<\?xml.*?\?>", b"", xml))


def far_cell(path):
    fill(path, {}, lambda book: book[SOCIETY].__setitem__("XFD1048576", "x"))


def lose(path, suffix):
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist() if not name.endswith(suffix)}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)


def lose_a_sheet(path):
    lose(path, "sheet3.xml")


def within(part, end, content):
    """Put something before the end of a part of the file."""
    return lambda path: rewritten(path, part, lambda xml: xml.replace(end, content + end))


ROWS, FORMATS = b"</sheetData>", b"</cellXfs>"
ATTRIBUTES = b"<c " + b" ".join(b'a%d="1"' % n for n in range(1_500_000)) + b"/>"


def without_link(path):
    """Damage the word by which a file says that a part is a sheet."""
    rewritten(
        path,
        "workbook.xml.rels",
        lambda xml: xml.replace(
            b'worksheet" Target="/xl/worksheets/sheet3.xml"',
            b'worksh" Target="/xl/worksheets/sheet3.xml"',
        ),
    )


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)

FILES = {
    "zip bomb": (bomb, "file unpacks to too much"),
    "100,000 rows": (many_rows, "cell A10001: got"),
    "200,000 cells": (lambda path: many_rows(path, 9000, 20), "at most 100000 cells"),
    "a lost sheet": (lose_a_sheet, f"“{SOCIETY}” is lost"),
    "lost number formats": (lambda path: lose(path, "styles.xml"), "file cut short"),
    "the most rows that are read": (lambda path: many_rows(path, 9000, 10), "8900 more cells"),
    "a million and a half rows": (within("sheet2.xml", ROWS, b"<row/>" * 1_500_000), "too much"),
    "one row of empty cells": (
        within("sheet2.xml", ROWS, b"<row>" + b"<c/>" * 1_500_000 + b"</row>"), "too much"),
    "tags in tags": (
        within("sheet2.xml", ROWS, b"<a>" * 800_000 + b"</a>" * 800_000), "too much"),
    "attributes without end": (within("sheet2.xml", ROWS, ATTRIBUTES), "too much"),
    "formats without end": (within("styles.xml", FORMATS, b"<xf/>" * 1_500_000), "too much"),
    "a text that no cell holds": (
        within("sheet2.xml", ROWS, b'<row r="30"><c r="A30" t="inlineStr"><is><t>'
               + b"9" * 40_000 + b"</t></is></c></row>"), "file cut short"),
    "a text that is not there": (
        within("sheet2.xml", ROWS, b'<row r="30"><c r="A30" t="s"><v>-1</v></c></row>'),
        "file cut short"),
    "a cell at the far end": (far_cell, "cell XFD1048576: got"),
    "entities": (laughs, "strange declarations"),
    "old xls": (lambda path: path.write_bytes(OLE + "Workbook".encode("utf-16-le")), "(.xls)"),
    "old, of which the names are lost": (lambda path: path.write_bytes(OLE), "file cut short"),
    "password": (
        lambda path: path.write_bytes(OLE + "EncryptedPackage".encode("utf-16-le")),
        "file protected by a password"),
    "cut short": (lambda path: path.write_bytes(path.read_bytes()[:-3000]), "file cut short"),
    "cut early": (lambda path: path.write_bytes(path.read_bytes()[:200]), "file cut short"),
    "byte changed": (
        lambda path: path.write_bytes(path.read_bytes().replace(b"sheet2.xml", b"sheet2.xmm", 1)),
        "wanted: a sound Excel file"),
    "empty": (lambda path: path.write_bytes(b""), "empty file"),
    "csv": (lambda path: path.write_bytes(b"a;b\n1;2\n"), "not an Excel file"),
    "other zip": (
        lambda path: (path.unlink(), zipfile.ZipFile(path, "w").writestr("a.txt", "a")),
        "not an Excel file"),
    "not XML": (
        lambda path: rewritten(path, "workbook.xml", lambda xml: b"<workbook><"),
        "file cannot be read"),
    "no file": (lambda path: path.unlink(), "file cannot be opened"),
}  # fmt: skip


@pytest.mark.parametrize("case", FILES.values(), ids=FILES)
def test_a_file_that_is_no_form_is_told_within_seconds(folder, filled, case):
    change, words = case
    change(filled)
    before = (folder / "observations.csv").read_bytes()
    start = time.process_time()
    with pytest.raises(DataError) as caught:
        bring_in(folder, filled)
    assert time.process_time() - start < 5
    assert words in caught.value.render("en")
    assert caught.value.render("vi").startswith("form.xlsx")
    assert (folder / "observations.csv").read_bytes() == before


def padded(path):
    """Write a thousand rows of 26 empty cells into every sheet, as Google Sheets does."""
    rows = "".join(
        f'<row r="{n}">' + "".join(f'<c r="{chr(65 + c)}{n}" s="1"/>' for c in range(26)) + "</row>"
        for n in range(100, 1100)
    ).encode()
    rewritten(path, ".xml", lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>"))


def linked(path):
    """Lay a link and a merged area over a whole sheet, far from every figure."""
    whole = b'<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>'
    whole = b'<mergeCells count="1"><mergeCell ref="L1:XFD1048576"/></mergeCells>' + whole
    rewritten(
        path, "sheet2.xml",
        lambda xml: re.sub(rb"<mergeCells.*</mergeCells>", b"", xml).replace(
            b"</sheetData>", b"</sheetData>" + whole),
    )  # fmt: skip


def formatted_rows(path):
    rows = "".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(100, 300_000)).encode()
    rewritten(path, "sheet2.xml", lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>"))


def strange_styles(path):
    """Give a file a colour and a fill that no program should write."""
    rewritten(path, "styles.xml", lambda xml: xml.replace(b'rgb="', b'rgb="blue '))


def noise(path):
    """Store a number with the noise behind its fifteen digits, as programs do."""
    rewritten(
        path, "sheet2.xml", lambda xml: xml.replace(b"<v>20</v>", b"<v>20.000000000000004</v>")
    )


FINE = {"Google Sheets": padded, "a damaged word for a sheet": without_link,
        "a link on the whole sheet": linked, "noise": noise,
        "rows with a format": formatted_rows, "strange styles": strange_styles}  # fmt: skip


@pytest.mark.parametrize("change", FINE.values(), ids=FINE)
def test_what_holds_nothing_costs_nothing(folder, filled, change):
    change(filled)
    found = {e.figure.series_id: e.figure.value for e in read_workbook(filled, load(folder))}
    assert found == MEANT | {"9.1-industry": 0.085}


def test_a_hidden_row_is_read_and_told(folder):
    def hide(book):
        row = rows_of(book[SOCIETY])["9.2-poor"][0].row
        book[SOCIETY].row_dimensions[row].hidden = True
        for column in "FG":
            book[ECONOMY].column_dimensions[column].hidden = True

    path = fill(make(folder), FILLED, lambda book: (per_cent(book), hide(book)))
    plan = bring_in(folder, path)
    assert values(folder) == MEANT
    told = [text.vi for text in changes.told(plan)[:-1]]
    assert len(told) == len(MEANT)
    assert all("(ở dòng hoặc cột ẩn)" in line for line in told)


def test_the_status_may_stand_with_the_figure(folder):
    path = fill(
        make(folder), {"income_per_capita": ("ước 42,5 triệu", None), "population": (10100, "TH")}
    )
    found = {e.figure.series_id: e.figure for e in read_workbook(path, load(folder))}
    assert (found["income_per_capita"].value, found["income_per_capita"].status) == (
        42.5,
        "estimate",
    )
    assert found["income_per_capita"].note == "Báo cáo 7"
    wrong = fill(make(folder, "b.xlsx"), {"income_per_capita": ("ước 42,5 triệu", "thực hiện")})
    with pytest.raises(DataError, match="“ước thực hiện”, như ô số liệu ghi") as caught:
        read_workbook(wrong, load(folder))
    assert caught.value.problems[0].column.startswith("H")


def test_what_a_text_says_beside_the_number_stays_in_the_note(folder):
    figures = {"9.1-industry": ("khoảng 8,5%", "ước"), "9.2-poor": ("8/2.900 hộ", "TH")}
    found = {e.figure.series_id: e.figure for e in
             read_workbook(fill(make(folder), figures), load(folder))}  # fmt: skip
    assert (found["9.1-industry"].value, found["9.2-poor"].value) == (0.085, 8)
    assert found["9.2-poor"].note == "Báo cáo 7; ghi “8/2.900 hộ”"


def test_only_an_estimate_may_be_a_range(folder):
    path = fill(make(folder), {"9.1-industry": ("6,5-7,5", "ước")})
    (entry,) = read_workbook(path, load(folder))
    assert (entry.figure.low, entry.figure.value, entry.figure.high) == (0.065, 0.065, 0.075)
    bring_in(folder, path)
    assert values(folder)["9.1-industry"] == 6.5
    wrong = fill(make(folder, "b.xlsx"), {"9.1-industry": ("6,5-7,5", "thực hiện")})
    with pytest.raises(DataError, match="chỉ số ước mới ghi được một khoảng"):
        read_workbook(wrong, load(folder))


def test_the_other_figures_of_the_sheet_tell_a_dot_from_a_comma(folder):
    told = {"total_investment": ("1.234,5", "TH"), "land_revenue": ("2.345", "TH")}
    found = {e.figure.series_id: e.figure.value for e in
             read_workbook(fill(make(folder), told), load(folder))}  # fmt: skip
    assert found["land_revenue"] == 2345
    alone = fill(make(folder, "b.xlsx"), {"land_revenue": ("2.345", "TH")})
    with pytest.raises(DataError, match="đọc được hai cách"):
        read_workbook(alone, load(folder))


def test_what_is_handed_down_needs_no_status_whatever_the_period(folder):
    path = fill(
        make(folder, period="9M"), {"assigned_revenue": (20, None), "council_revenue": (21, "TH")}
    )
    data = load(folder)
    plan = changes.plan_import(data, read_workbook(path, data), recorded_on="2021-10-05")
    assert {(r.series_id, r.period, r.status) for r in plan.rows} == {
        ("assigned_revenue", "FY", "plan"), ("council_revenue", "FY", "plan")
    }  # fmt: skip
    ledger.append(folder, plan.rows, known=plan.known)
    assert values(folder)["assigned_revenue"] == 20


def refused(folder, figures, lang="vi", **options):
    path = fill(make(folder, **options), figures)
    with pytest.raises(DataError) as caught:
        read_workbook(path, load(folder), accept_jumps=True)
    path.unlink()
    return caught.value.render(lang)


def test_parts_that_exceed_their_whole_are_refused_with_their_cells(folder):
    told = refused(folder, {"total_product": (2150, "TH"), "product_industry": (1500, "TH"),
                            "product_agriculture": (850, "TH")})  # fmt: skip
    cells = rows_of(openpyxl.load_workbook(make(folder, "look.xlsx"))[ECONOMY])
    whole, one, other = (
        cells[name][6].coordinate
        for name in ("total_product", "product_industry", "product_agriculture")
    )
    assert f"form.xlsx › {ECONOMY}, ô {whole}: gặp" in told
    assert f"1.500 ({one})" in told
    assert f"850 ({other}) = 2.350 tỷ đồng" in told
    sums = {"recurrent_revenue": (40, "TH"), "land_revenue": (20, "TH")}
    assert "không nhỏ hơn tổng các phần" in refused(
        folder, sums | {"collected_revenue": (50, "TH")}
    )
    assert "giải ngân 80" in refused(
        folder, {"public_investment": (54, "TH"), "disbursed": (80, "TH")}, period="9M"
    )
    good = sums | {"collected_revenue": (60, "TH"), "total_product": (2350, "TH"),
                   "product_industry": (1500, "TH"), "product_agriculture": (850, "TH")}  # fmt: skip
    assert len(read_workbook(fill(make(folder), good), load(folder))) == len(good)


def test_parts_are_held_against_what_is_known(folder):
    bring_in(folder, fill(make(folder, "a.xlsx"), {"collected_revenue": (50, "TH")}))
    told = refused(folder, {"land_revenue": (70, "TH")})
    cell = rows_of(openpyxl.load_workbook(make(folder, "look.xlsx"))[ECONOMY])["land_revenue"][6]
    assert f"ô {cell.coordinate}" in told
    assert "tiền sử dụng đất 70" in told
    assert len(read_workbook(fill(make(folder), {"land_revenue": (30, "TH")}), load(folder))) == 1


def test_a_months_income_is_recognised(folder):
    path = fill(make(folder), {"income_per_capita": ("3,5", "TH")})
    with pytest.raises(DataError, match=r"một tháng.*Cả năm là 42"):
        read_workbook(path, load(folder))


@pytest.mark.parametrize(
    ("stated", "words", "kept"),
    [
        ("not stated", "(giá so sánh); ghi năm gốc ở cột “Nguồn, ghi chú”", "constant"),
        ("constant 2010", "(giá so sánh 2010)", "constant 2010"),
    ],
)
def test_the_product_is_asked_for_at_stated_prices(folder, stated, words, kept):
    path = folder / "commune.toml"
    path.write_text(path.read_text("utf-8").replace("not stated", stated), encoding="utf-8")
    made = fill(make(folder), {"total_product": (900, "TH"), "product_industry": (500, "TH")})
    rows = rows_of(openpyxl.load_workbook(made)[ECONOMY])
    assert words in rows["total_product"][2].value
    assert words in rows["product_industry"][2].value
    assert {e.figure.price_basis for e in read_workbook(made, load(folder))} == {kept}


def test_the_year_of_founding_asks_for_the_former_communes_too(folder):
    path = folder / "commune.toml"
    toml = path.read_text("utf-8")
    path.write_text(toml.replace("2021-01-01", "2021-07-01"), encoding="utf-8")
    book = openpyxl.load_workbook(make(folder))
    assert "cộng cả phần của các xã cũ" in book[ECONOMY]["G5"].value
    guide = [str(row[0]) for row in book[form.GUIDE.vi].iter_rows(values_only=True)]
    assert any("thành lập ngày 1/7/2021" in line and "Mẫu, Sơn" in line for line in guide)
    filled_in = fill(make(folder, "b.xlsx"), {"9.2-poor": (8, "TH")})
    assert len(read_workbook(filled_in, load(folder))) == 1
    later = openpyxl.load_workbook(make(folder, "c.xlsx", year=2022))
    assert "xã cũ" not in later[ECONOMY]["G5"].value
    path.write_text(toml, encoding="utf-8")  # the first day of a year: a whole year
    assert "xã cũ" not in openpyxl.load_workbook(make(folder, "d.xlsx"))[ECONOMY]["G5"].value


def test_a_total_of_the_period_is_not_asked_for_in_the_base_year(folder):
    path = folder / "targets.csv"
    with path.open("a", encoding="utf-8") as file:
        file.write("9.6-investment,9(6),9(6),investment,Tổng vốn,Investment,investment_land,"
                   "billion VND,cumulative,"
                   "at_least,500,,2020,2025,current,,Phòng Kinh tế,public,,,plan\n")  # fmt: skip
    for year, is_there in ((2020, False), (2021, True)):
        book = openpyxl.load_workbook(make(folder, f"{year}.xlsx", year=year))
        assert ("9.6-investment" in rows_of(book[ECONOMY])) is is_there


def test_what_was_handed_down_is_no_outcome_and_marks_are_words(folder):
    path = folder / "targets.csv"
    with path.open("a", encoding="utf-8") as file:
        file.write("9.9-title,9(9),9(9),culture,Danh hiệu,Title,,yes/no,annual_level,at_least,1,,2020,"
                   "2025,n/a,,Phòng Kinh tế,public,,,plan\n")  # fmt: skip
    data = load(folder)
    made = fill(make(folder), {"assigned_revenue": (20, "TH"), "9.9-title": ("chưa đạt", "TH")})
    plan = changes.plan_import(data, read_workbook(made, data), recorded_on=TODAY)
    told = "\n".join(text.vi for text in changes.told(plan))
    assert "tỉnh giao, cả năm 2021: chưa có → 20 tỷ đồng (số giao)" in told
    assert "Danh hiệu, cả năm 2021: chưa có → chưa đạt (thực hiện)" in told
    ledger.append(folder, plan.rows, known=plan.known)
    rows = ledger.plan_undo(load(folder), recorded_on=TODAY)
    undone = "\n".join(text.vi for text in changes.told_undo(rows))
    assert "dự toán tỉnh giao, cả năm 2021: rút" in undone
    assert "assigned_revenue" not in undone


# ---- twice, again, and back


def test_the_same_form_twice_changes_nothing(folder, filled):
    first = bring_in(folder, filled)
    state = (folder / "observations.csv").read_bytes()
    second = bring_in(folder, filled, day="2022-08-01")
    assert second.repeated
    assert second.import_id == first.import_id
    assert not second.rows
    assert (folder / "observations.csv").read_bytes() == state
    assert first.import_id in changes.told(second)[0].en


def test_a_form_that_a_later_one_revised_does_not_come_back_by_mistake(folder):
    early = fill(make(folder), {"9.2-poor": (9, "ước")})
    bring_in(folder, early)
    bring_in(folder, fill(make(folder, "b.xlsx"), {"9.2-poor": (8, "TH")}))
    assert bring_in(folder, early).repeated
    assert values(folder) == {"9.2-poor": 8}


def test_only_what_is_new_is_appended(folder):
    bring_in(folder, fill(make(folder), {"9.2-poor": (8, "ước"), "population": (10100, "ước")}))
    other = fill(make(folder, "b.xlsx"), {"9.2-poor": (8, "ước"), "population": (10100, "TH")})
    plan = bring_in(folder, other)
    assert [row.series_id for row in plan.rows] == ["population"]
    assert plan.unchanged == 1
    same = fill(make(folder, "c.xlsx"), {"population": (10100, "TH")})
    plan = bring_in(folder, same)
    assert not plan.rows
    assert "all is known" in changes.told(plan)[0].en


def test_an_assumption_is_confirmed_by_the_same_number_of_the_office(folder):
    bring_in(folder, fill(make(folder, year=2020), {"income_per_capita": (40, "ước")}))
    assert load(folder).histories()["income_per_capita"].origin == "official"


def test_undo_brings_back_what_was_and_the_form_can_come_again(folder, filled):
    before = load(folder).histories()
    plan = bring_in(folder, filled)
    rows = undo(folder, recorded_on=TODAY)
    assert load(folder).histories() == before
    assert sum(row.status == "withdrawn" for row in rows) == len(MEANT)
    assert [row.value for row in rows if row.status != "withdrawn"] == [10]
    assert any("the former figure 10 households" in line.en for line in changes.told_undo(rows))
    again = bring_in(folder, filled)
    assert again.import_id == f"{plan.import_id}.2"
    assert values(folder) == MEANT
    assert bring_in(folder, filled).repeated
    undo(folder, again.import_id, recorded_on="2022-09-01")
    assert load(folder).histories() == before
    with pytest.raises(DataError, match="lần nhập này đã hoàn tác"):
        undo(folder, again.import_id, recorded_on="2022-09-01")


@pytest.mark.parametrize("days", [("2022-07-15",) * 4, ("2022-07-15", "2022-08-01") * 2])
def test_imports_are_undone_one_after_the_other(folder, days):
    first, second, third, fourth = sorted(days)
    one = bring_in(folder, fill(make(folder), {"9.2-poor": (9, "ước")}), first)
    two = bring_in(folder, fill(make(folder, "b.xlsx"), {"9.2-poor": (8, "TH")}), second)
    with pytest.raises(DataError, match="hoàn tác lần sau trước"):
        undo(folder, one.import_id, recorded_on=third)
    undo(folder, recorded_on=third)
    assert values(folder)["9.2-poor"] == 9
    assert list(ledger.standing_imports(load(folder).observed)) == [one.import_id]
    undo(folder, recorded_on=fourth)
    assert values(folder)["9.2-poor"] == 10
    with pytest.raises(RefusalError, match="mọi lần nhập đã hoàn tác"):
        undo(folder, recorded_on=fourth)
    assert two.import_id != one.import_id


def test_undoing_an_earlier_import_leaves_what_replaced_it(folder):
    figures = {"9.2-poor": (9, "ước"), "population": (10100, "ước")}
    one = bring_in(folder, fill(make(folder), figures))
    bring_in(folder, fill(make(folder, "b.xlsx"), {"9.2-poor": (8, "TH")}))
    undo(folder, one.import_id, recorded_on=TODAY)
    assert values(folder) == {"9.2-poor": 8}
    undo(folder, recorded_on=TODAY)
    assert values(folder) == {"9.2-poor": 10}


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("20026-01-01", "YYYY-MM-DD"),
        (
            "2022-05-31",
            "a day of import (--recorded-on) from 2022-06-01 on",
        ),  # superseded 2022-06-01
        ("2019-12-31", "a day of import (--recorded-on) from 20"),
    ],
)
def test_a_day_that_cannot_be(folder, day, words):
    data = load(folder)
    path = fill(make(folder), {"9.2-poor": (8, "ước")})
    with pytest.raises(DataError) as caught:
        changes.plan_import(data, read_workbook(path, data), recorded_on=day)
    assert words in caught.value.render("en")
    if len(day) == 10:
        bring_in(folder, path, "2022-07-01")
        with pytest.raises(DataError, match="trở đi"):
            undo(folder, recorded_on=day)


def test_what_no_file_may_hold_is_refused_by_cell_before_anything_is_tried(folder):
    data = load(folder)
    path = fill(make(folder, year=2022), {"9.2-poor": (8, "thực hiện"), "population": (0, "ước")})
    entries = read_workbook(path, data, accept_jumps=True)
    with pytest.raises(DataError) as caught:
        changes.plan_import(data, entries, recorded_on=TODAY)
    assert {(p.got, p.wanted.en) for p in caught.value.problems} == {
        ("0", "a positive number"),
        ("thực hiện", "“estimate”: the period ends on 2022-12-31"),
    }
    places = {(p.file, p.column) for p in caught.value.problems}
    assert places == {(entry.sheet, entry.cell) for entry in entries}


# ---- whole or not at all


@pytest.mark.parametrize("moment", range(4))
def test_a_stop_at_any_moment_leaves_the_former_state_whole(folder, filled, monkeypatch, moment):
    """Stop before the n-th of: fsync and replace of the sources, fsync and replace of the rest."""
    before = load(folder).observed
    calls = iter(range(100))

    def stop(real):
        def call(*arguments):
            if next(calls) == moment:
                raise KeyboardInterrupt
            return real(*arguments)

        return call

    with monkeypatch.context() as patch:
        for name in ("fsync", "replace"):
            patch.setattr(os, name, stop(getattr(os, name)))
        with pytest.raises(KeyboardInterrupt):
            bring_in(folder, filled)
    assert load(folder).observed == before
    bring_in(folder, filled)
    assert values(folder) == MEANT
    assert not list(folder.glob("*.importing"))


@needs_fork
def test_a_killed_import_leaves_no_lock_and_no_half(folder, filled, tmp_path):
    def check(place):
        known = values(place)
        assert known in ({"9.2-poor": 10}, MEANT)
        for name in ("observations.csv", "sources.csv"):
            assert (place / name).read_bytes().startswith((folder / name).read_bytes())
        if known != MEANT:
            bring_in(place, filled)
        assert values(place) == MEANT
        with safe_folders.locked(place, wait=0.0):  # what a killed command left is no lock
            pass
        left = {path.name for path in place.parent.iterdir()} | {p.name for p in place.iterdir()}
        assert not [name for name in left if name.endswith((".importing", ".lock"))]

    def prepare(moment):
        return shutil.copytree(folder, tmp_path / f"kill {moment}" / "mau_son")

    assert at_every_step(prepare, lambda place: bring_in(place, filled), check, tmp_path) >= 6


def test_a_linked_file_is_followed(folder, filled, tmp_path):
    (folder / "observations.csv").rename(tmp_path / "chung.csv")
    (folder / "observations.csv").symlink_to(tmp_path / "chung.csv")
    bring_in(folder, filled)
    assert (folder / "observations.csv").is_symlink()
    assert values(folder) == MEANT


def test_two_imports_at_once_and_data_that_changed_meanwhile(folder, filled, monkeypatch):
    data = load(folder)
    plan = changes.plan_import(data, read_workbook(filled, data), recorded_on=TODAY)
    monkeypatch.setattr(safe_folders, "WAIT", 0.0)
    with (
        safe_folders.locked(folder),
        pytest.raises(RefusalError, match="lệnh laikhe khác đang ghi"),
    ):
        ledger.append(folder, plan.rows, known=plan.known)
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.write("population,2021,FY,10001,,,people,n/a,final,official,book,2022-01-02,,\n")
    with pytest.raises(DataError, match="có người vừa sửa"):
        ledger.append(folder, plan.rows, known=plan.known)
    assert values(folder)["population"] == 10001


def test_a_file_that_is_open_elsewhere(folder, filled, monkeypatch):
    def held(*names):
        raise PermissionError(13, "held")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", held)
        with pytest.raises(RefusalError, match="đóng tệp nếu đang mở trong Excel"):
            bring_in(folder, filled)
    assert values(folder) == {"9.2-poor": 10}


def test_the_data_must_be_readable_afterwards(folder, filled):
    data = load(folder)
    plan = changes.plan_import(data, read_workbook(filled, data), recorded_on=TODAY)
    from dataclasses import replace

    spoilt = [replace(plan.rows[0], unit="peple"), *plan.rows[1:]]
    with pytest.raises(DataError, match="peple"):
        ledger.append(folder, spoilt, known=data.observed)
    assert load(folder).observed == data.observed


def test_columns_line_ends_and_bom_stay_as_they_are(folder, filled):
    path = folder / "observations.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    order = [13, *range(13)]
    text = "\r\n".join(",".join(f'"{row[i]}"' for i in order) for row in rows)
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    bring_in(folder, filled)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf" + text.encode() + b"\r\n")
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert values(folder) == MEANT


# ---- the command line


def run(monkeypatch, capsys, *arguments):
    monkeypatch.setattr(sys, "argv", ["laikhe", *map(str, arguments)])
    try:
        cli.main()
        code = 0
    except SystemExit as leave:
        code = leave.code or 0
    shown = capsys.readouterr()
    return code, shown.out + shown.err


def test_the_commands(folder, monkeypatch, capsys, tmp_path):
    there = "--data", folder, "--lang", "en"
    path = tmp_path / "a.xlsx"
    code, out = run(monkeypatch, capsys, "template", "--year", 2021, "--out", path, *there)
    assert (code, path.exists()) == (0, True), out
    fill(path, FILLED, per_cent)
    state = (folder / "observations.csv").read_bytes()
    day = "--recorded-on", TODAY
    code, out = run(monkeypatch, capsys, "import", path, *day, *there)
    assert (code, "nothing written: add --yes" in out) == (2, True), out
    assert "none → 23.4505 billion VND (actual)" in out
    assert (folder / "observations.csv").read_bytes() == state
    code, out = run(monkeypatch, capsys, "import", path, "--yes", *day, *there)
    assert (code, values(folder)) == (0, MEANT), out
    name = re.search(r"--undo (import-\w+)", out)[1]
    code, out = run(monkeypatch, capsys, "import", path, "--yes", *day, *there)
    assert (code, "Nothing changes" in out) == (0, True), out
    code, out = run(monkeypatch, capsys, "import", "--undo", name, "--yes", *day, *there)
    assert (code, values(folder)) == (0, {"9.2-poor": 10}), out
    code, out = run(monkeypatch, capsys, "import", "--undo", "--yes", *day, *there)
    assert (code, "nothing to undo: every import is undone already" in out) == (1, True), out
    code, out = run(monkeypatch, capsys, "import", *there)
    assert (code, "file is missing" in out) == (2, True), out
    fill(path, {"9.2-poor": ("12,5", "thực hiện")})
    code, out = run(monkeypatch, capsys, "import", path, "--yes", *day, *there)
    assert (code, "Nothing was written" in out, ", cell G6: got" in out) == (1, True, True), out
    path.write_bytes(OLE + "Workbook".encode("utf-16-le"))
    code, out = run(monkeypatch, capsys, "import", path, *there)
    assert (code, "old Excel file" in out) == (1, True), out


@pytest.mark.parametrize(
    ("typed_in", "lang", "written_down"),
    [
        ("c", "vi", True), ("Có", "vi", True), ("CO", "vi", True), (" có ", "vi", True),
        ("co\u0301", "vi", True), ("y", "vi", True), ("YES", "en", True), ("c", "en", True),
        ("", "vi", False), ("k", "vi", False), ("Không", "vi", False), ("KHONG", "vi", False),
        ("n", "en", False), ("No", "vi", False), ("", "en", False),
        ("cái gì\nc", "vi", True), ("maybe\n", "en", False),
    ],
)  # fmt: skip
def test_the_question_takes_yes_and_no_in_both_languages(
    folder, filled, monkeypatch, capsys, typed_in, lang, written_down
):
    monkeypatch.setattr("sys.stdin", Terminal(f"{typed_in}\n"))
    arguments = "import", filled, "--recorded-on", TODAY, "--data", folder, "--lang", lang
    code, out = run(monkeypatch, capsys, *arguments)
    assert ("Ghi vào số liệu? [c/k]" if lang == "vi" else "Write it? [y/n]") in out
    assert (code, values(folder) == MEANT) == ((0, True) if written_down else (1, False)), out
    assert ("chưa ghi gì" in out or "nothing written" in out) is not written_down
    if "\n" in typed_in:
        assert ("Gõ c (có) hoặc k (không)" if lang == "vi" else "Type y (yes) or n (no)") in out


class Terminal(io.StringIO):
    """A keyboard at which somebody types."""

    def isatty(self):
        return True


def test_the_end_of_what_is_typed_is_no_yes(folder, filled, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", Terminal(""))
    arguments = "import", filled, "--recorded-on", TODAY, "--data", folder
    assert run(monkeypatch, capsys, *arguments)[0] == 1
    assert values(folder) == {"9.2-poor": 10}


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is not for Windows")
def test_the_question_is_asked_at_a_real_terminal(folder, filled):
    import pty

    keyboard, screen = pty.openpty()
    code = "from laikhe_analysis.cli import main; main()"
    command = "import", filled, "--recorded-on", TODAY, "--data", folder
    with subprocess.Popen(
        [sys.executable, "-c", code, *map(str, command)], stdin=screen, stdout=subprocess.PIPE
    ) as process:
        os.write(keyboard, "Có\n".encode())
        out = process.communicate(timeout=60)[0].decode("utf-8")
    assert process.returncode == 0, out
    assert "[c/k]" in out
    assert values(folder) == MEANT
    os.close(keyboard)
    os.close(screen)


@pytest.mark.parametrize(
    ("lang", "said", "not_said"),
    [("vi", "chưa có thư mục chứa tệp này", "there is"), ("en", "there is no such folder", "chưa")],
)
def test_the_template_says_in_one_language_where_it_cannot_write(
    folder, monkeypatch, capsys, tmp_path, lang, said, not_said
):
    given = "template", "--year", 2021, "--out", tmp_path / "no" / "a.xlsx", "--data", folder
    code, out = run(monkeypatch, capsys, *given, "--lang", lang)
    assert code == 2
    assert said in out
    assert not_said not in out
    assert "Errno" not in out


# ---- through a real spreadsheet program, as a typist in Vietnam

# code, typed in a Vietnamese spreadsheet, meant
BY_HAND = [
    ("9.1-industry", "8,5%", 8.5),
    ("population", "10.150", 10150),
    ("income_per_capita", "42,5", 42.5),
    ("collected_revenue", "23.450,25 triệu", 23.45025),
    ("total_investment", "1.234,567", 1234.567),
    ("assigned_revenue", "20", 20),
    ("land_revenue", "0,375", 0.375),
    ("product_industry", "1.234.567,5 triệu đồng", 1234.5675),
    ("9.2-poor", "8", 8),
]


@pytest.fixture(scope="module")
def by_hand(tmp_path_factory):
    """Return a folder with a form that was filled in and saved in a Vietnamese spreadsheet."""
    place = tmp_path_factory.mktemp("by hand")
    folder = make_folder(place)
    source, cells = make(folder), {}
    book = openpyxl.load_workbook(source)
    for code, text, _ in BY_HAND:
        for sheet in (ECONOMY, SOCIETY):
            if code in rows_of(book[sheet]):
                row = rows_of(book[sheet])[code]
                cells[sheet, row[5 if code in PLANNED else 6].coordinate] = text
                cells[sheet, row[7].coordinate] = "ước"
                cells[sheet, row[3].coordinate] = "ha"  # locked: stays as it is
        cells[sheet, form.SOURCE_CELL] = "'=1+1"
    cells[ECONOMY, form.SOURCE_CELL] = "Báo cáo số 12/BC-KT, 5/1/2022"
    cells[ECONOMY, rows_of(book[ECONOMY])["population"][-1].coordinate] = "Công an xã, 31/12/2021"
    saved = {place / "điền xong.xlsx": (XLSX, ""), place / "old.xlsx": (XLS, ""),
             place / "locked.xlsx": (XLSX, "mật khẩu 1"), place / "ods.xlsx": (ODS, ""),
             place / "old locked.xlsx": (XLS, "mk1")}  # fmt: skip
    type_in([(source, cells, saved)], place=place)
    return place


def test_a_form_filled_in_a_vietnamese_spreadsheet_says_what_was_typed(folder, by_hand):
    bring_in(folder, by_hand / "điền xong.xlsx")
    assert values(folder) == {code: meant for code, _, meant in BY_HAND}
    notes = {row.series_id: row.note for row in load(folder).observed if row.import_id}
    assert notes.pop("9.2-poor") == "'=1+1"
    assert notes.pop("population") == "Công an xã, 31/12/2021"
    assert set(notes.values()) == {"Báo cáo số 12/BC-KT, 5/1/2022"}


# file, bytes kept, words
REAL = {
    "an old .xls under the name of .xlsx": ("old.xlsx", None, "old Excel file (.xls)"),
    "a password": ("locked.xlsx", None, "file protected by a password"),
    "a password, cut short": ("locked.xlsx", 0.5, "file cut short or damaged"),
    "an old .xls with a password": ("old locked.xlsx", None, "old Excel file (.xls)"),
    "an .ods under the name of .xlsx": ("ods.xlsx", None, "not an Excel file"),
    "cut short": ("điền xong.xlsx", 0.9, "file cut short or damaged"),
    "cut early": ("điền xong.xlsx", 0.1, "file cut short or damaged"),
    "an old .xls cut short": ("old.xlsx", 0.3, "file cut short or damaged"),
}  # fmt: skip


@pytest.mark.parametrize("case", REAL.values(), ids=REAL)
def test_a_real_file_that_is_no_form_is_told_within_seconds(folder, by_hand, tmp_path, case):
    name, kept, words = case
    raw = (by_hand / name).read_bytes()
    path = tmp_path / "sent in.xlsx"
    path.write_bytes(raw if kept is None else raw[: int(len(raw) * kept)])
    before = (folder / "observations.csv").read_bytes()
    start = time.process_time()
    with pytest.raises(DataError) as caught:
        bring_in(folder, path)
    assert time.process_time() - start < 5
    (problem,) = caught.value.problems
    assert words in problem.render("en")
    assert problem.file == "sent in.xlsx"
    if "password" in words:
        assert "remove the password and save" in problem.render("en")
        assert "xóa mật khẩu rồi lưu lại" in problem.render("vi")
    assert (folder / "observations.csv").read_bytes() == before


def test_the_own_form_can_be_made_and_read(own_data, tmp_path):
    path = writer.write_template(own_data, tmp_path / "own.xlsx", year=2026, internal=True)
    asked = form.fields_asked(own_data)
    book = openpyxl.load_workbook(path)
    codes = [code for sheet in offices(book) for code in rows_of(sheet)]
    assert sorted(codes) == sorted(asked)
    usual = {"rating": 3, "yes/no": 1, "%": 95, "% of plan": 101, "%/year": 9.5}
    whole = {"collected_revenue": 14, "total_product": 21}  # parts of 7 each
    last = {code: form.last_known(own_data.latest(), field, "FY") for code, field in asked.items()}
    figures = {
        code: (
            last[code].value
            if last[code]
            else usual.get(written_unit(field.unit), field.target or whole.get(code, 7)),
            "ước",
        )
        for code, field in asked.items()
    }
    found = read_workbook(fill(path, figures), own_data, accept_jumps=True)
    assert {e.figure.series_id: as_written(e.figure.value, e.figure.unit) for e in found} == {
        code: value for code, (value, _) in figures.items()
    }
    assert Path(path).name == "own.xlsx"


# ---- the lists of a form


def lists_of(path, file, rows, *, first=None):
    """Type rows {heading begins with: value} into the sheet of a list, from its first free row on."""
    book = openpyxl.load_workbook(path)
    sheet = book[LISTS[file].vi]
    headings = {str(cell.value): cell.column for cell in sheet[4]}
    free = next(n for n in range(5, 200) if sheet.cell(n, 1).value is None)
    for number, row in enumerate(rows, start=first or free):
        for begin, value in row.items():
            column = next(n for words, n in headings.items() if words.startswith(begin))
            sheet.cell(number, column).value = value
    book.save(path)
    return path


PLOT = {
    "Mã khu": "K1", "Tên": "Khu dân cư mới", "Loại nguồn": "dự án do xã làm chủ đầu tư",
    "Diện tích": "18000", "Phần diện tích": 0.55, "Giá thấp": "7,5", "Giá hay gặp": 9, "Giá cao": 13,
    "Chi phí": 38, "Năm đấu giá": 2027, "Quý": 4, "Khả năng": "90%", "Độ tin cậy": "số giả định",
    "Ghi chú": "theo tờ trình",
}  # fmt: skip
PROJECT = {
    "Mã dự án": "D1", "Tên": "Đường trục xã", "Tổng mức": "12,5", "Nguồn vốn": "ngân sách xã",
    "Nợ đọng": 0, "Thứ tự": 1, "Vốn năm 2027": "5,25", "Độ tin cậy": "số liệu chính thức",
}  # fmt: skip
CAPITAL = {
    "Năm ngân sách": 2027, "Loại vốn": "vốn thành phố hỗ trợ", "Số vốn": "15500 triệu",
    "Số, ngày": "QĐ 12/2026 ngày 05/10/2026", "Độ tin cậy": "số liệu chính thức",
}  # fmt: skip
RULE = {
    "Tên quy định": "nghi_quyet_moi", "Loại nguồn": "dự án do xã làm chủ đầu tư", "Năm đầu": 2027,
    "Năm cuối": 2030, "Phần trung ương": 0, "Phần thành phố, tỉnh": "70%", "Phần xã": 0.3,
    "Phần của thành phố": 0, "Phần chưa rõ": 0, "Phần chi phí": 0, "Tình trạng": "đã thông qua",
    "Độ tin cậy": "số liệu chính thức", "Nguồn": "Nghị quyết 9/2026 của HĐND thành phố",
}  # fmt: skip
ASSUMED = {"Tên kịch bản": "thu", "Kịch bản": "co_so", "Biến": "tốc độ tăng dịch vụ", "Năm đầu": 2027,
           "Năm cuối": 2030, "Giá trị": "7,5", "Đơn vị": "%/năm", "Độ tin cậy": "số giả định",
           "Nguồn": "Tờ trình 3/2026", "Vì sao": "thử"}  # fmt: skip


@pytest.fixture
def listed(paths_of_own, tmp_path):
    """Return a form in which something was added to each list."""
    path = writer.write_template(load(paths_of_own), tmp_path / "own.xlsx", year=2026, period="9M")
    for file, row in {"plots.csv": PLOT, "projects.csv": PROJECT, "capital.csv": CAPITAL,
                      "sharing.csv": RULE, "scenarios.csv": ASSUMED}.items():  # fmt: skip
        lists_of(path, file, [row])
    return path


def test_lists_come_in_and_are_undone(paths_of_own, listed, monkeypatch, capsys):
    before = {path.name: path.read_bytes() for path in paths_of_own.iterdir()}
    known, there = (
        load(paths_of_own),
        ("--yes", "--data", paths_of_own, "--recorded-on", "2026-11-23"),
    )
    code, out = run(monkeypatch, capsys, "import", listed, *there)
    assert code == 0, out
    assert f"Khu đất đấu giá: {len(known.inventory)} dòng → {len(known.inventory) + 1} dòng" in out
    data = load(paths_of_own)
    plot = data.inventory[-1]
    assert (plot.plot_id, plot.stream, plot.area_m2, plot.saleable_share, plot.price_low,
            plot.sale_probability, plot.origin) == (
        "K1", "commune_run", 18000, 0.55, 7.5, 0.9, "assumption")  # fmt: skip
    project = data.programme[-1]
    assert (project.cost, project.needs[2027]) == (12.5, 5.25)
    assert data.capital_plan[-1] == Capital(
        2027, "city", 15.5, "QĐ 12/2026 ngày 05/10/2026", "official"
    )
    (rule,) = [row for row in rows_in_file(paths_of_own, "sharing.csv")
               if row["rule"] == "nghi_quyet_moi"]  # fmt: skip
    assert (rule["city"], rule["commune"], rule["status"]) == ("0.7", "0.3", "adopted")
    assert "nghi_quyet_moi" in data.rules
    assert data.cited[rule["source_id"]].title == "Nghị quyết 9/2026 của HĐND thành phố"
    assert any(one.value == 0.075 for one in data.assumed["thu"].assumptions)
    code, out = run(monkeypatch, capsys, "import", "--undo", *there)
    assert code == 0, out
    after = {path.name: path.read_bytes() for path in paths_of_own.iterdir() if path.is_file()}
    assert after.pop("sources.csv").startswith(before.pop("sources.csv"))
    assert after == before


def test_the_plan_of_capital_is_a_sheet_with_its_kinds_in_words(paths_of_own, tmp_path):
    data = load(paths_of_own)
    path = writer.write_template(data, tmp_path / "own.xlsx", year=2026)
    sheet = openpyxl.load_workbook(path)["Vốn đầu tư công trung hạn"]
    assert [cell.value for cell in sheet[4]][:4] == [
        "Năm ngân sách", "Loại vốn", "Số vốn (tỷ đồng)", "Số, ngày của quyết định, nghị quyết",
    ]  # fmt: skip
    (kind,) = [one for one in list_columns("capital.csv", data) if one.name == "kind"]
    assert [words.vi for words in kind.choices.values()] == [
        "phần xã hưởng theo tỷ lệ đang áp dụng", "vốn đã giao", "vốn thành phố hỗ trợ",
    ]  # fmt: skip


def test_imports_of_lists_are_undone_the_last_one_first(
    paths_of_own, tmp_path, monkeypatch, capsys
):
    """Whatever their marks are: three in a row, without a figure between them."""
    before = (paths_of_own / "plots.csv").read_bytes()
    there, states = ("--yes", "--data", paths_of_own), []
    for number in range(3):
        states.append((paths_of_own / "plots.csv").read_bytes())
        path = writer.write_template(load(paths_of_own), tmp_path / f"{number}.xlsx", year=2026)
        lists_of(path, "plots.csv", [PLOT | {"Mã khu": f"K{number}"}])
        assert run(monkeypatch, capsys, "import", path, *there)[0] == 0
    for state in reversed(states):
        assert run(monkeypatch, capsys, "import", "--undo", *there)[0] == 0
        assert (paths_of_own / "plots.csv").read_bytes() == state
    assert (paths_of_own / "plots.csv").read_bytes() == before
    assert not (paths_of_own / "replaced").exists()


def test_a_list_that_was_changed_meanwhile_is_not_put_back(
    paths_of_own, listed, monkeypatch, capsys
):
    there = "--yes", "--data", paths_of_own, "--lang", "en"
    assert run(monkeypatch, capsys, "import", listed, *there)[0] == 0
    again = shutil.copy(listed, listed.with_name("b.xlsx"))
    lists_of(again, "plots.csv", [PLOT | {"Mã khu": "K2"}])
    code, out = run(monkeypatch, capsys, "import", again, *there)
    assert (code, "the list was changed since this one was made" in out) == (1, True), out
    path = paths_of_own / "plots.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("K1", "K9"), encoding="utf-8")
    code, out = run(monkeypatch, capsys, "import", "--undo", *there)
    assert (code, "it was changed since" in out) == (1, True), out


@pytest.mark.parametrize(("row", "words"), [
    ({"Diện tích": "nhiều"}, "E5"), ({"Diện tích": "18.000"}, "E5"),
    ({"Giá thấp": 7_500_000}, "G5"), ({"Quý": 5}, "L5"),
    ({"Loại nguồn": "đất khác"}, "C5"), ({"Khả năng": 90}, "M5"),
])  # fmt: skip
def test_a_cell_of_a_list_in_doubt_is_told_at_its_place(paths_of_own, tmp_path, row, words):
    path = writer.write_template(load(paths_of_own), tmp_path / "own.xlsx", year=2026)
    lists_of(path, "plots.csv", [PLOT | row], first=5)
    book, data = open_workbook(path), load(paths_of_own)
    with pytest.raises(DataError) as caught:
        read_lists(book, form_of(book, data, False))
    (problem,) = caught.value.problems
    assert re.fullmatch(words, problem.column), problem
    assert problem.file == "own.xlsx › Khu đất đấu giá"


def test_lists_that_nobody_touched_change_nothing(paths_of_own, tmp_path):
    for lang in ("vi", "en"):
        path = writer.write_template(
            load(paths_of_own), tmp_path / f"{lang}.xlsx", year=2026, lang=lang
        )
        book, data = open_workbook(path), load(paths_of_own)
        form_ = form_of(book, data, False)
        assert set(form_.lists) == set(LISTS)
        assert read_lists(book, form_) == ([], {})
        for sheet in book.sheets:
            file = form_.sheets.get(sheet.title)
            if file in LISTS:
                rows, wrong = list_sheets._read(sheet, "", list_columns(file, data), {}, data)
                assert not wrong
                texts = [{name: text for name, (text, _) in row.items()} for row in rows]
                assert digest(texts) == form_.lists[file]
