"""One line is one row: quotes, signs that nobody sees, numbers of two readings."""

import pytest
from conftest import change, problems

from laikhe_analysis.checks import Problem, Text, reveal, tidy
from laikhe_analysis.data import load

REVENUE = """\
collected_revenue,2017,FY,10,,,billion VND,current,final,official,book,2018-02-01,,
collected_revenue,2018,FY,11,,,billion VND,current,final,official,book,2019-02-01,,{note}
collected_revenue,2019,FY,12,,,billion VND,current,final,official,book,2020-02-01,,{later}
collected_revenue,2020,FY,13,,,billion VND,current,final,official,book,2021-02-01,,
"""


def with_revenue(folder, note, later=""):
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.write(REVENUE.format(note=note, later=later))
    return folder


# note of 2018, note of 2019; where the quote is told to be, and the words
OPEN = {
    "open to the end of the file": ('"số ước', "", "the quote that opens in this line"),
    "closed by a cell of the next line": ('"số ước', '"kiểm tra"', "the quote that opens"),
    "closed at the end of the next line": ('"số ước', 'kiểm tra"', "the quote that opens"),
    "an empty quoted cell behind it": ('"số ước', '""', "the quote that opens"),
    "two that are open": ('"số ước', '"kiểm tra', "the quote that opens"),
    "behind a space": (' "số ước', "", "the quote that opens"),
    "text behind the closing quote": ('"số" ước', "", "behind the closing quote"),
    "one quote inside a cell": ('số "ước', "", "quotes in pairs"),
    "one quote at the end of a cell": ('số ước"', "", "quotes in pairs"),
}


@pytest.mark.parametrize(("note", "later", "words"), OPEN.values(), ids=OPEN)
def test_a_quote_never_swallows_lines(folder, note, later, words):
    found = problems(with_revenue(folder, note, later))
    assert (found[0].file, found[0].line, found[0].column) == ("observations.csv", 8, "note")
    assert words in found[0].render("en")
    assert "ngoặc kép" in found[0].render("vi")


WHOLE = {
    "a comma": ('"số ước, báo cáo 12"', "số ước, báo cáo 12"),
    "doubled quotes": ('"báo cáo ""9 tháng"""', 'báo cáo "9 tháng"'),
    "a pair inside a cell": ('báo cáo "9 tháng"', 'báo cáo "9 tháng"'),
    "spaces around": (' "số ước" ', "số ước"),
    "a line end of a spreadsheet": ('"số ước\ncủa phòng"', "số ước của phòng"),
    "three lines with commas": ('"số ước,\ncủa, phòng\nkế hoạch"', "số ước, của, phòng kế hoạch"),
}


@pytest.mark.parametrize(("typed", "read"), WHOLE.values(), ids=WHOLE)
def test_a_quoted_cell_is_read_whole(folder, typed, read):
    data = load(with_revenue(folder, typed))
    assert data.histories()["collected_revenue"].values == (10, 11, 12, 13)
    assert next(row.note for row in data.observed if row.year == 2018) == read


def test_a_quote_in_the_header(folder):
    change(folder, "sources.csv", "source_id,title", 'source_id,"title')
    (found, *_) = problems(folder)
    assert (found.file, found.line, found.column) == ("sources.csv", 1, None)
    assert "ngoặc kép" in found.wanted.vi


def test_what_stands_behind_an_open_quote_is_told_as_well(folder):
    change(folder, "observations.csv", "so với xã bên", '"so với xã bên')
    change(folder, "observations.csv", "FY,12,", "FY,-12,")
    assert {(p.line, p.column) for p in problems(folder)} >= {(3, "note"), (4, "value")}


UNSEEN = {
    "two byte-order marks": "\ufeff\ufeff",
    "a zero-width space": "\u200b",
    "a soft hyphen": "\u00ad",
    "a direction mark": "\u200f",
    "a variation selector": "\ufe0f",
    "a word joiner": "\u2060",
    "a Hangul filler": "\u3164",
    "a blank of Braille": "\u2800",
    "the carriage return of a spreadsheet": "_x000D_",
    "a no-break space": "\u00a0",
}


@pytest.mark.parametrize("sign", UNSEEN.values(), ids=UNSEEN)
def test_signs_that_nobody_sees_are_removed(folder, sign):
    change(folder, "observations.csv", "assumption,guess", f"assumption{sign},gu{sign.strip()}ess"
           if sign.strip() else f"assumption{sign},guess")  # fmt: skip
    change(folder, "observations.csv", "FY,10000,", f"FY,10000{sign},")
    change(folder, "observations.csv", "đính chính", f"đính chính{sign}")
    data = load(folder)
    assert data.observed[1].source_id == "guess"
    assert (data.observed[0].value, data.observed[4].note) == (10000, "đính chính")


def test_two_byte_order_marks_before_a_header(folder):
    path = folder / "sources.csv"
    path.write_text("\ufeff\ufeff" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert "plan" in load(folder).cited


def test_a_word_that_only_looks_like_another_is_shown_with_its_sign(folder):
    with (folder / "sources.csv").open("a", encoding="utf-8") as file:
        file.write("pl\u200ban,Bản khác,,,\n")
    (one,) = problems(folder)
    assert one.line == 5
    assert "pl⟨U+200B⟩an" in one.render()
    change(folder, "sources.csv", "pl\u200ban,Bản khác,,,\n", "")
    change(folder, "observations.csv", "assumption,guess", "assumption,gu\u0435ss")
    assert "guе⟨U+0435⟩ss" in problems(folder)[0].render()


def test_the_icelandic_letter_is_the_vietnamese_one():
    assert tidy("\u00d0ạt chuẩn") == "Đạt chuẩn"
    assert reveal("Đạt") == "Đạt"
    assert reveal("\u00d0ạt") == "Ð⟨U+00D0⟩ạt"


def test_a_problem_shows_what_was_typed():
    one = Problem("a.csv", 2, "kind", "level\u200b_by", Text("một trong", "one of"))
    assert "level⟨U+200B⟩_by" in one.render("en")


# cell, unit, words in the message
TWO_WAYS = [
    ("21.500", "m2", "write 21500 for 21,500 m², or 21.5 for 21.5 m²"),
    ("1.234", "people", "write 1234 for 1,234 people"),
    ("1.000", "people", "write 1000 for 1,000 people, or 1 for 1 people"),
    ("12.000", "households", "write 12000"),
    ("6.500", "lượt khách", "write 6500 for 6,500 lượt khách, or 6.5"),
    ("2.350", "USD", "write 2350"),
    ("1.234", "ha", "write 1234 for 1,234 ha, or 1.2340 for 1.234 ha"),
    ("12,000", "households", "write 12000 for 12,000, or 12 for 12"),
    ("504,276", "billion VND", "write 504276"),
    ("1.234.567", "households", "e.g. 1234567"),
    ("1,234.5", "billion VND", "e.g. 1234.5"),
    ("21 500", "households", "e.g. 21500"),
]


@pytest.mark.parametrize(
    ("cell", "unit", "words"), TWO_WAYS, ids=[" ".join(x[:2]) for x in TWO_WAYS]
)
def test_a_number_of_two_readings_is_refused_with_both(folder, cell, unit, words):
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.write(f'x-thing,2020,FY,"{cell}",,,{unit},n/a,final,official,book,2021-02-01,,\n')
    found = [p for p in problems(folder) if p.column == "value"]
    assert found[0].line == 7
    assert found[0].got == cell
    assert words in found[0].wanted.en
    assert "số" in found[0].wanted.vi


@pytest.mark.parametrize(
    ("cell", "words"),
    [("\u202e12", "⟨U+202E⟩12"), ("1e300", "at most 15 digits"), ("1" * 16, "at most 15 digits"),
     ("1e999", "at most 15 digits")],
)  # fmt: skip
def test_a_number_that_no_commune_has_or_that_screens_turn_round_is_refused(folder, cell, words):
    change(folder, "observations.csv", "FY,10000,", f"FY,{cell},")
    (found,) = problems(folder)
    assert (found.file, found.line, found.column) == ("observations.csv", 2, "value")
    assert words in found.render("en")


@pytest.mark.parametrize(
    ("cell", "unit", "value"),
    [("504.276", "billion VND", 504.276), ("7.997", "million VND/m2", 7.997),
     ("99.950", "%", 99.95), ("21500", "m2", 21500), ("21.5", "ha", 21.5),
     ("1.2340", "tấn", 1.234), ("\u22122.5", "%/year", -0.025)],
)  # fmt: skip
def test_a_number_of_one_reading_is_read(folder, cell, unit, value):
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.write(f"x-thing,2020,FY,{cell},,,{unit},n/a,final,official,book,2021-02-01,,\n")
    assert load(folder).observed[-1].value == value


def test_rows_of_the_wrong_length_are_told(folder):
    change(folder, "observations.csv", ",đính chính", "")
    change(folder, "tasks.csv", "Develop industry,", "Develop, industry,")
    found = {(p.file, p.line): p for p in problems(folder)}
    assert "14 ô" in found["observations.csv", 6].wanted.vi
    assert found["tasks.csv", 2].got.startswith("6:")
