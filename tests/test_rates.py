"""Yearly rates: per cents in files and on screens, fractions in between, the same to the digit."""

import csv
import io
import json
from dataclasses import asdict
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import calm, series, target

from laikhe_analysis.checks import DataError
from laikhe_analysis.data import load
from laikhe_analysis.data.cells import number
from laikhe_analysis.data.units import from_file, to_file
from laikhe_analysis.language.quantities import figure_text
from laikhe_analysis.language.wordings.board import cells_of
from laikhe_analysis.messages import _
from laikhe_analysis.monitor import board
from laikhe_analysis.office.board.standing import board_of
from laikhe_analysis.office.board.text import board_csv, board_json
from laikhe_analysis.office.forms.form import fields_asked
from laikhe_analysis.office.forms.ledger import append, plan_undo
from laikhe_analysis.office.forms.safe_files import plain_cell
from laikhe_analysis.office.tables import goal_text
from laikhe_analysis.plots import Line, plot_bars, plot_lines
from laikhe_analysis.records import Commune, Observation, Plan, ReferenceValue
from laikhe_analysis.targets import assess
from laikhe_analysis.vietnamese import as_written, format_value, unit_label

YEAR = "fraction/year"


def observed(series_id="9.1-industry", year=2021, value=0.143, **fields):
    given_ = {"series_id": series_id, "year": year, "period": "FY", "value": value, "low": None,
              "high": None, "unit": YEAR, "price_basis": "constant", "status": "final",
              "origin": "official", "source_id": "book", "recorded_on": "2022-03-01"}  # fmt: skip
    return Observation(**given_ | fields)


def add(folder, name, line):
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def last_row(folder):
    text = (folder / "observations.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))[-1]


# ------------------------------------------------------------------ there and back

digits = st.tuples(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 12))
TYPED = ["12.3", "0.1", "2.5", "14.3", "-3.1", "0", "7.95", "1000", "0.07", "33.333333333333"]


def there_and_back(text):
    row = from_file({"unit": "%/year", "value": number(text)})
    back = to_file(row)
    assert (row["unit"], back["unit"]) == (YEAR, "%/year")
    return plain_cell(back["value"])


@pytest.mark.parametrize("text", TYPED)
def test_what_was_typed_comes_back_as_it_was_typed(text):
    assert there_and_back(text) == text


@calm
@given(digits)
def test_any_decimals_come_back_to_the_digit(typed):
    whole, places = typed
    text = f"{Decimal(whole).scaleb(-places):f}"
    assert Decimal(there_and_back(text)) == Decimal(text)


def test_the_fraction_is_the_nearest_to_a_hundredth():
    for text in TYPED:
        value = from_file({"unit": "%/year", "value": number(text)})["value"]
        assert value == float(Decimal(text) / 100)


def test_only_rates_become_fractions_and_the_row_is_not_changed():
    row = {"unit": "%/year", "value": 12.0, "value_high": None, "tolerance": 0.5, "low": 11.5,
           "high": 12.5, "year": 2026}  # fmt: skip
    kept = dict(row)
    assert from_file(row) == {"unit": YEAR, "value": 0.12, "value_high": None, "tolerance": 0.005,
                              "low": 0.115, "high": 0.125, "year": 2026}  # fmt: skip
    assert row == kept
    assert to_file(from_file(row)) == row
    for unit in ("%", "% of plan", "percentage points", "billion VND/year", "ratio"):
        level = {"unit": unit, "value": 99.1}
        assert from_file(level) == to_file(level) == level
    share = {"unit": "%", "value": 14.3}
    assert from_file(share, is_rate=True) == {"unit": "fraction", "value": 0.143}
    assert to_file(from_file(share, is_rate=True)) == share


# ------------------------------------------------------------------ the folder


def test_a_folder_is_read_as_fractions_and_its_levels_as_they_are(folder):
    head = "9.3-natural,,9(3),society,Tăng tự nhiên,Natural increase,"
    add(folder, "targets.csv",
        f"{head},%/year,level_by,at_most,0.85,0.95,2020,2025,n/a,0.05,,public,,,plan")  # fmt: skip
    add(folder, "targets.csv", "9.4-per-cent,,9(4),economy,Tăng,Growth,,%,average_rate,at_least,14.3,,"
        "2020,2025,constant,,,public,,,plan")  # fmt: skip
    rest = "n/a,final,official,book,2022-02-01,,"
    add(folder, "observations.csv", f"9.3-natural,2021,FY,1.15,0.9,1.3,%/year,{rest}")
    add(folder, "observations.csv", f"9.4-per-cent,2021,FY,12.3,,,%,{rest}")
    add(folder, "observations.csv", f"share_industry,2021,FY,61.5,,,%,{rest}")
    data = load(folder)
    natural, per_cent = (data.plan.target(name) for name in ("9.3-natural", "9.4-per-cent"))
    assert (natural.unit, natural.value, natural.value_high) == (YEAR, 0.0085, 0.0095)
    assert natural.tolerance == 0.0005
    assert (per_cent.unit, per_cent.value) == ("fraction", 0.143)
    row = next(row for row in data.observed if row.series_id == "9.3-natural")
    assert (row.unit, row.value, row.low, row.high) == (YEAR, 0.0115, 0.009, 0.013)
    known = data.histories()
    assert (known["9.4-per-cent"].unit, known["9.4-per-cent"].values) == ("fraction", (0.123,))
    assert (known["share_industry"].unit, known["share_industry"].values) == ("%", (61.5,))
    assert (data.facts()["Ví Dụ/grdp_growth"].unit, data.published[0].value) == (YEAR, 0.075)
    lines = {line.target.target_id: line for line in board_of(data, 2021).lines}
    assert cells_of(lines["9.4-per-cent"], "vi")["goal"] == "14,3% trở lên"
    assert cells_of(lines["9.4-per-cent"], "vi")["gap"] == "2,0 điểm %"
    assert cells_of(lines["9.3-natural"], "vi")["latest"] == "1,15%/năm (năm 2021)"


def test_figures_are_written_as_typed_and_stated_again_as_typed(folder):
    name = "9.1-industry"
    add(
        folder,
        "observations.csv",
        f"{name},2021,FY,14.3,,,%/year,constant,final,official,book,2022-03-01,import-a,",
    )
    known = load(folder).observed
    append(folder, [observed(value=0.151, low=0.07, import_id="import-b")], known=known)
    assert {k: last_row(folder)[k] for k in ("value", "low", "unit")} == {
        "value": "15.1", "low": "7", "unit": "%/year"
    }  # fmt: skip
    data = load(folder)
    append(folder, plan_undo(data, "import-b", recorded_on="2022-04-01"), known=data.observed)
    assert (last_row(folder)["value"], last_row(folder)["unit"]) == ("14.3", "%/year")
    assert load(folder).histories()[name].values == (0.143,)


def test_the_form_asks_in_per_cents(folder):
    field = fields_asked(load(folder))["9.1-industry"]
    assert (field.unit, unit_label(field.unit)) == (YEAR, "%/năm")


BAD = {
    "another unit": ("%/year,average_rate,at_least,9", "billion VND,average_rate,at_least,9",
                     "unit", "billion VND", "the unit %/year / %, which average_rate wants; an amount "
                     "by a year is level_by, a sum cumulative"),
    "doubling": ("%/year,average_rate,at_least,9", "%/year,average_rate,at_least,150", "value",
                 "150", "a rate of at most 100 % a year"),
    "upper end": ("at_least,9,", "at_least,9,120", "value_high", "120", "a rate of at most 100 % a year"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD.values(), ids=BAD)
def test_a_target_that_is_no_rate_is_refused_by_line(folder, case):
    old, new, column, got, wanted = case
    path = folder / "targets.csv"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(DataError) as caught:
        load(folder)
    problem = next(p for p in caught.value.problems if p.file == "targets.csv")
    assert (problem.line, problem.column, problem.wanted.en) == (2, column, wanted)
    assert problem.got.startswith(got)


def test_what_others_aim_at_is_refused_as_well_and_what_came_is_not(folder):
    rest = "%/year,constant 2010,{},official,high,book,"
    add(folder, "reference.csv", "Ví Dụ,grdp_growth,,2022,150," + rest.format("final"))
    assert load(folder).published[-1].value == 1.5
    add(folder, "reference.csv", "Ví Dụ,grdp_growth,,2023,150," + rest.format("target"))
    with pytest.raises(DataError, match="không quá 100 %/năm") as caught:
        load(folder)
    assert [(p.file, p.line, p.column) for p in caught.value.problems] == [
        ("reference.csv", 7, "value")
    ]


# ------------------------------------------------------------------ in memory


def reference(unit):
    return ReferenceValue("a", "b", None, 2020, 7.5, unit, "n/a", "final", "official", "high", "s")


IN_FILES_ONLY = {
    "target": lambda: target("average_rate", 12, unit="%/year"),
    "target of another kind": lambda: target("annual_level", 12, unit="%/year"),
    "average rate in per cent": lambda: target("average_rate", 12, unit="%"),
    "observation": lambda: observed(value=14.3, unit="%/year"),
    "reference value": lambda: reference("%/year"),
    "12 for 12 per cent": lambda: target("average_rate", 12, unit=YEAR),
    "upper end": lambda: target("average_rate", 0.12, unit="fraction", value_high=15),
}


@pytest.mark.parametrize("make", IN_FILES_ONLY.values(), ids=IN_FILES_ONLY)
def test_per_cents_are_refused_where_calculations_begin(make):
    with pytest.raises(ValueError, match=r"12 % is 0\.12"):
        make()


def test_levels_in_per_cent_are_taken():
    assert target("level_by", 99.1, unit="%").value == 99.1
    assert target("annual_ratio", 110, unit="% of plan").value == 110
    assert reference("%").value == 7.5


@pytest.mark.parametrize(
    ("unit", "goal", "latest", "tolerance"),
    [("%", 5.0, 4.5, 0.5), (YEAR, 0.05, 0.045, 0.005), (YEAR, 0.12, 0.115, 0.005)],
)
def test_the_tolerance_counts_to_its_edge_in_either_unit(unit, goal, latest, tolerance):
    kind = target("level_by", goal, unit=unit, tolerance=tolerance)
    known = series({2025: 0.8 * latest, 2026: latest}, unit)
    assert assess(kind, known).status == "achieved"
    assert kind.is_met(latest)
    strict = target("level_by", goal, "above", unit, tolerance=tolerance)
    assert assess(strict, known).status != "achieved"


# ------------------------------------------------------------------ on screens and in files again


@pytest.mark.parametrize(
    ("fraction", "per_cent"),
    [(0.12, 12.0), (0.1225, 12.25), (0.0145, 1.45), (-0.031, -3.1), (0, 0)],
)
def test_fractions_are_shown_as_the_per_cents_that_were_typed(fraction, per_cent):
    for lang in ("vi", "en"):
        assert format_value(fraction, YEAR, lang) == format_value(per_cent, "%/year", lang)
        assert figure_text(fraction, YEAR, lang) == figure_text(per_cent, "%/year", lang)
    assert _("{a:2%}", a=fraction).en == f"{per_cent:.2f}%"
    assert as_written(fraction, YEAR) == per_cent
    assert unit_label(YEAR) == unit_label("%/year")


def test_a_goal_is_told_in_per_cents():
    about = target("average_rate", 0.12, "about", YEAR, tolerance=0.005)
    assert (goal_text(about), goal_text(about, "en")) == ("khoảng 12%/năm", "about 12%/year")
    span = target("annual_level", 0.0735, unit=YEAR, value_high=0.0815)
    assert goal_text(span) == "7,35-8,15%/năm"


def test_boards_are_fractions_in_python_and_per_cents_in_files():
    commune = Commune("a", "a", "b", 1.0, 1000, "", "", (), "", 2025, 2030)
    kinds = (
        target("average_rate", 0.12, unit=YEAR, target_id="1-rate"),
        target("level_by", 0.01, "at_most", YEAR, target_id="2-level"),
        target("level_by", 161.051, unit="million VND/ha", target_id="3-money"),
    )
    known = {
        "1-rate": series({2026: 0.1115}, YEAR),
        "2-level": series({2025: 0.0125, 2026: 0.0115}, YEAR),
        "3-money": series({2025: 100.0, 2026: 104.5}),
    }
    made = board(Plan(commune, kinds), known, as_of=2026)
    rate, level, money = made.rows
    assert (rate["unit"], rate["goal"], rate["pace_unit"]) == (YEAR, 0.12, YEAR)
    assert (rate["value"], level["value"]) == (pytest.approx(0.1115), 0.0115)
    assert (money["pace_unit"], money["pace"]) == (YEAR, pytest.approx(0.045))
    rate, level, money = json.loads(board_json(made))["targets"]
    assert (rate["unit"], rate["goal"], rate["value"]) == ("%/year", 12, pytest.approx(11.15))
    assert (rate["pace"], rate["pace_unit"]) == (rate["value"], "%/year")
    assert (level["value"], level["gap"], level["pace_unit"]) == (
        1.15, pytest.approx(0.15), "%/year/year"
    )  # fmt: skip
    assert (money["unit"], money["value"]) == ("million VND/ha", 104.5)
    assert (money["pace"], money["pace_unit"]) == (pytest.approx(4.5), "%/year")
    row = next(csv.DictReader(io.StringIO(board_csv(made))))
    assert (row["unit"], row["goal"], float(row["value"])) == ("%/year", "12.0", rate["value"])
    assert cells_of(made.lines[1], "vi")["pace"] == "giảm 0,04%/năm/năm (đến nay giảm 0,1%/năm/năm)"


def test_fractions_are_drawn_as_per_cents():
    words = {"title": "t", "origin": "press"}
    ax = plot_lines([Line("x", [2025, 2026], [0.12, 0.143], "observed")], unit=YEAR, **words)
    assert ax.lines[0].get_ydata().tolist() == [12, 14.3]
    assert ax.get_ylabel() == "%/năm"
    bars = plot_bars({"a": 0.12, "b": (0.05, 0.1)}, unit=YEAR, line=("c", 0.1), **words)
    assert [bar.get_width() for bar in bars.patches] == [12, 5]
    assert bars.lines[0].get_xdata()[0] == 10


def test_the_row_of_a_record_is_that_of_the_file():
    row = to_file(asdict(observed(value=0.143)))
    assert (row["value"], row["unit"], row["low"]) == (14.3, "%/year", None)
