"""Vietnamese numbers, read and written."""

import math
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laikhe_analysis import vietnamese as v

READ = [
    ("504,276", 504.276),
    ("42.875", 42875),
    ("30,07", 30.07),
    ("99,95", 99.95),
    ("2,5", 2.5),
    ("1.234.567,89", 1234567.89),
    ("0,125", 0.125),
    ("-3,1", -3.1),
    ("\u22123,1", -3.1),
    ("12 500 000", 12500000),
    ("12\u00a0500", 12500),
    ("07", 7),
    ("0", 0),
]


@pytest.mark.parametrize(("text", "value"), READ, ids=[t for t, _ in READ])
def test_reads_vietnamese_numbers(text, value):
    assert v.parse_number(text) == value


REFUSED = [
    ("42.87", "write 42,87"),
    ("0.125", "write 0,125"),
    ("1234.567", "write 1234,567"),
    ("1.23.456", "group three digits"),
    ("1,2,3", "group three digits"),
    ("12%", "only digits"),
    ("", "only digits"),
    ("khoảng 12", "only digits"),
]


@pytest.mark.parametrize(("text", "words"), REFUSED, ids=[t or "empty" for t, _ in REFUSED])
def test_refuses_what_is_no_vietnamese_number(text, words):
    with pytest.raises(ValueError, match=words):
        v.parse_number(text)


# the plan's own figures (sections I and II.2)
QUANTITIES = [
    ("504,276 tỷ đồng", None, 504.276, "billion VND"),
    ("42.875 người", None, 42875, "people"),
    ("30,07 km2", None, 30.07, "km2"),
    ("99,95%", None, 99.95, "%"),
    ("2,5%/năm", None, 2.5, "%/year"),
    ("220 triệu đồng", None, 220, "million VND"),
    ("45 người/năm", None, 45, "people/year"),
    ("12.500.000 đồng", None, 12.5e6, "VND"),
    ("504.276 tỷ đồng", (1, 10_000), 504.276, "billion VND"),
    ("504.276 tỷ đồng", (100_000, 1e6), 504276, "billion VND"),
    ("80,5 triệu", None, 80.5, "million VND"),
    ("12,5 triệu đồng/m²", None, 12.5, "million VND/m2"),
    (unicodedata.normalize("NFD", "5 tỷ đồng"), None, 5, "billion VND"),
]


@pytest.mark.parametrize(
    ("text", "plausible", "value", "unit"), QUANTITIES, ids=[str(q[:2]) for q in QUANTITIES]
)
def test_reads_quantities(text, plausible, value, unit):
    assert v.parse_quantity(text, plausible=plausible) == v.Quantity(value, unit)


DOUBTFUL = [
    ("504.276 tỷ đồng", None, 'write "504276" or "504,276"'),
    ("504.276 tỷ đồng", (100, 1e6), "can be read as"),
    ("42,875 người", None, 'write "42.875 người"'),
    ("12 quả", None, 'unknown unit "quả"'),
    ("12,000 hộ", None, 'can be read as 12000 or as 12 households: write "12000" or "12"'),
    ("nhiều người", None, "does not begin with a number"),
    ("900 tỷ đồng", (0, 600), "outside the range 0 to 600"),
]


@pytest.mark.parametrize(
    ("text", "plausible", "words"), DOUBTFUL, ids=[str(d[:2]) for d in DOUBTFUL]
)
def test_refuses_what_is_doubtful(text, plausible, words):
    with pytest.raises(ValueError, match=words):
        v.parse_quantity(text, plausible=plausible)


@settings(derandomize=True, deadline=None, max_examples=80)
@given(st.integers(-(10**12), 10**12), st.integers(0, 4))
def test_what_is_written_can_be_read(whole, decimals):
    value = whole / 10**decimals
    text = v.format_number(value, decimals)
    assert v.parse_number(text) == pytest.approx(value)


def test_writes_numbers_as_the_reader_does():
    assert v.format_number(1234.5) == "1.234,5"
    assert v.format_number(1234.5, 2, "en") == "1,234.50"
    assert v.format_number(-0.04) == "0,0"
    assert v.format_percent(0.12296, 2) == "12,30%"
    assert v.format_quantity(12, "%/year", 0) == "12%/năm"
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
            for text in words:
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
