"""Vietnamese numbers, read and written."""

import math
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laikhe_analysis import vietnamese as v
from laikhe_analysis.messages import speaking

INDEX = v.Asked("index", notation="vi")

READ = [
    ("504,276", 504.276),
    ("42.875", 42875),
    ("30,07", 30.07),
    ("99,95", 99.95),
    ("2,5", 2.5),
    ("1.234.567,89", 1234567.89),
    ("0,125", 0.125),
    ("0.125", 0.125),
    ("42.87", 42.87),
    ("1234.567", 1234.567),
    ("-3,1", -3.1),
    ("\u22123,1", -3.1),
    ("12 500 000", 12500000),
    ("12\u00a0500", 12500),
    ("12 500,75", 12500.75),
    ("07", 7),
    ("0", 0),
]


@pytest.mark.parametrize(("text", "value"), READ, ids=[t for t, _ in READ])
def test_reads_vietnamese_numbers(text, value):
    assert v.read_number(text, INDEX).value == value


REFUSED = [
    ("1.23.456", "dots group three digits"),
    ("1,2,3", "dots group three digits"),
    ("2023 120", "dots group three digits"),
    ("12%", "not “%”"),
    ("", "leave the cell empty"),
    ("khoảng", "leave the cell empty"),
    ("31/12/2025", "not “/12/2025”"),
    ("12 quả", "not “quả”"),
]


@pytest.mark.parametrize(("text", "words"), REFUSED, ids=[t or "empty" for t, _ in REFUSED])
def test_refuses_what_is_no_vietnamese_number(text, words):
    with speaking("en"), pytest.raises(v.ReadingError, match=words) as caught:
        v.read_number(text, INDEX)
    assert not caught.value.readings


# the plan's own figures (sections I and II.2)
QUANTITIES = [
    ("504,276 tỷ đồng", 504.276, "billion VND"),
    ("42.875 người", 42875, "people"),
    ("30,07 km2", 30.07, "km2"),
    ("99,95%", 99.95, "%"),
    ("2,5%/năm", 2.5, "%/year"),
    ("220 triệu đồng", 0.22, "billion VND"),
    ("45 người/năm", 45, "people/year"),
    ("12.500.000 đồng", 12.5e6, "VND"),
    ("80,5 triệu", 80.5, "million VND"),
    ("12,5 triệu đồng/m²", 12.5, "million VND/m2"),
    (unicodedata.normalize("NFD", "5 tỷ đồng"), 5, "billion VND"),
]


@pytest.mark.parametrize(("text", "value", "unit"), QUANTITIES, ids=[q[0] for q in QUANTITIES])
def test_reads_quantities(text, value, unit):
    assert v.read_number(text, v.Asked(unit)).value == value


# words, unit, factor
FACTORS = [
    ("triệu", "billion VND", "0.001"), ("Tr.đồng/người", "million VND/person/year", "1"),
    ("trđ/ha/năm", "million VND/ha", "1"), ("1.000 người", "people", "1000"),
    ("1.000.000 đồng", "billion VND", "0.001"), ("Tỷ.đ", "billion VND", "1"),
    ("nghìn đồng/người/tháng", "million VND/person/year", "0.012"),
    ("%", "% of plan", "1"),
    ("% năm", "%/year", "1"), ("%/năm", "%", None), ("triệu/tháng", "million VND/ha", None),
    ("hộ", "households", "1"), ("USD/người", "USD", "1"), ("triệu", "%", None),
    ("nghìn tấn", "tấn", "1000"), ("tạ", "tấn", None), ("", "thôn", "1"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "unit", "by"), FACTORS, ids=[" > ".join(f[:2]) for f in FACTORS])
def test_what_a_number_is_in_another_unit(words, unit, by):
    assert v.factor(words, unit) == (None if by is None else Decimal(by))
    assert v.factor("triệu đồng/năm", "million VND/month") == 1 / Decimal(12)


DOUBTFUL = [
    ("504.276 tỷ đồng", "billion VND", (504276, 504.276)),
    ("504.276 triệu", "billion VND", (504.276, 0.504276)),
    ("42,000 người", "people", (42000, 42)),
    ("42,875 người", "people", (42875,)),
    ("(3,26)", "billion VND", (-3.26, 3.26)),
    ("6,5-7,5", "%", (6.5, 7.5)),
    ("66/100 (6,6%)", "%", (6.6, 66.0)),
]


@pytest.mark.parametrize(("text", "unit", "readings"), DOUBTFUL, ids=[d[0] for d in DOUBTFUL])
def test_refuses_what_is_doubtful_with_every_reading(text, unit, readings):
    with pytest.raises(v.ReadingError) as caught:
        v.read_number(text, v.Asked(unit))
    assert caught.value.readings == readings
    for value in readings:
        assert v.full_quantity(value, unit, "vi") in caught.value.wanted.vi or len(readings) == 1


@pytest.mark.parametrize(
    ("texts", "style"),
    [
        (["2.191,1", "25.545"], "vi"), (["1.234.567"], "vi"), (["4,36"], "vi"),
        (["25,545", "4.36"], "en"), (["1,234,567"], "en"), (["25.545", "25,545"], ""),
        (["4.36", "4,36"], ""), ([12.5, None, "đạt"], ""), (["6,5-7,5"], "vi"),
    ],
)  # fmt: skip
def test_the_notation_of_a_sheet(texts, style):
    assert v.notation_of(texts) == style


@settings(derandomize=True, deadline=None, max_examples=80)
@given(st.integers(-(10**12), 10**12), st.integers(0, 4))
def test_what_is_written_can_be_read(whole, decimals):
    value = whole / 10**decimals
    text = v.format_number(value, decimals)
    assert v.read_number(text, INDEX).value == pytest.approx(value)


def test_writes_numbers_as_the_reader_does():
    assert v.format_number(1234.5) == "1.234,5"
    assert v.format_number(1234.5, 2, "en") == "1,234.50"
    assert v.format_number(-0.04) == "0,0"
    assert v.format_percent(0.12296, 2) == "12,30%"
    assert v.format_quantity(12, "%/year", 0) == "12%/năm"
    assert v.format_quantity(0.12, "fraction/year", 0) == "12%/năm"
    assert v.format_quantity(0.5, "fraction", lang="en") == "50.0%"
    for missing in (math.nan, math.inf):
        with pytest.raises(ValueError, match="finite"):
            v.format_number(missing)
    for call in (
        lambda: v.format_number(1234.5, lang="fr"),
        lambda: v.format_percent(0.1, lang="fr"),
        lambda: v.label("on_track", "fr"),
        lambda: v.unit_label("people", "fr"),
    ):
        with pytest.raises(ValueError, match="`lang` must be one of vi, en, got 'fr'"):
            call()


def test_every_word_is_composed_and_bilingual():
    for table in (v.UNITS, v.LABELS):
        for name, words in table.items():
            for text in words.both:
                assert text, name
                assert unicodedata.is_normalized("NFC", text), name
    assert v.label("no such name") == "no such name"
    assert v.unit_label("giường bệnh") == v.unit_label("giường bệnh", "en") == "giường bệnh"
    assert v.format_quantity(12.5, "giường bệnh") == "12,5 giường bệnh"
    assert v.format_value(6500, "lượt khách") == "6.500,0"
    assert set(v.COUNTED) <= set(v.UNITS)


# value, unit, unit wanted, value in it
CONVERTED = [
    (5.2, "million VND/person/month", "million VND/person/year", 62.4),
    (12781, "billion VND", "million VND", 12_781_000),
    (42.875, "thousand people", "people", 42875),
    (3.007, "km2", "ha", 300.7),
    (7, "giường", "giường", 7),
]


@pytest.mark.parametrize(("value", "unit", "to", "wanted"), CONVERTED)
def test_units_of_one_kind_are_converted(value, unit, to, wanted):
    assert v.converted(value, unit, to) == wanted
    assert v.converted(wanted, to, unit) == value


@pytest.mark.parametrize(
    ("unit", "to"), [("ha", "people"), ("%", "%/year"), ("USD", "VND"), ("giường", "people")]
)
def test_units_of_two_kinds_are_not(unit, to):
    assert v.converted(1.0, unit, to) is None


@pytest.mark.parametrize(
    ("typed", "unit"),
    [("tỷ đồng", "billion VND"), ("TỶ ĐỒNG", "billion VND"), ("triệu đồng/m²", "million VND/m2"),
     ("%/năm", "%/year"), ("hộ", "households"), ("tấn", "tấn")],
)  # fmt: skip
def test_a_unit_in_words_is_known(typed, unit):
    assert v.unit_of(typed) == unit
