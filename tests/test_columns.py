"""The one table of columns: what a cell can be, how cells, rows and files fit together.

Each case is a fault as it was met, or a neighbour of one: what stood there, what stands there now,
where it is told, in which words.
"""

import csv

import pytest
from conftest import change, problems

from laikhe_analysis.data import load
from laikhe_analysis.data.described import BEGIN, described, in_step
from laikhe_analysis.data.layout import COLUMNS, SAME_SHAPE
from laikhe_analysis.data.names import name_problem

PLOT = "P1,Khu 1,commune_run,commune,18000,0.55,7,9,13,38,2022,4,0.9,official,\n"


def with_plot(folder, old="", new=""):
    assert old in PLOT
    with (folder / "plots.csv").open("a", encoding="utf-8") as file:
        file.write(PLOT.replace(old, new, 1) if old else PLOT)
    return folder


def test_a_sound_plot_is_read(folder):
    (plot,) = load(with_plot(folder)).inventory
    assert (plot.area_m2, plot.price_mode, plot.cost, plot.year) == (18000, 9, 38, 2022)


# what stood there, what stands there now, column, words
PLOTS = {
    "a group sign in the area": ("18000", "21.500", "area_m2", "write 21500 for 21,500 m², or 21.5"),
    "the area in ha": ("18000", "1.8", "area_m2", "if it is in ha, write 18000"),
    "the area in ha, whole": ("18000", "12", "area_m2", "if it is in ha, write 120000"),
    "the area in km2": ("18000", "0.018", "area_m2", "a number from 50"),
    "an area beyond the commune": ("18000", "18000000", "area_m2", "to 3000000 m²"),
    "a negative area": ("18000", "-18000", "area_m2", "a number from 0"),
    "prices in đồng": ("7,9,13", "6000000,9000000,13000000", "price_low",
                       "if it is in VND, write 6"),
    "one price in đồng": ("7,9,13", "7,9,13000000", "price_high", "if it is in VND, write 13"),
    "prices in thousands": ("7,9,13", "7000,9000,13000", "price_low", "write 7"),
    "prices in billions": ("7,9,13", "0.007,0.009,0.013", "price_low", "write 7"),
    "a negative price": ("7,9,13", "-7,9,13", "price_low", "a number from 0"),
    "low above mode": ("7,9,13", "10,9,13", "price_mode", "low ≤ mode ≤ high"),
    "mode above high": ("7,9,13", "7,14,13", "price_high", "low ≤ mode ≤ high"),
    "a year before the plan": ("2022", "2019", "year", "2020 to 2030"),
    "a year far behind it": ("2022", "2099", "year", "2020 to 2030"),
    "a negative cost": ("38", "-38", "cost", "a number from 0"),
    "the cost in millions": ("38", "38000", "cost", "all of it at the high price brings 234"),
    "the cost in đồng": ("38", "38000000000", "cost", "if it is in VND, write 38"),
    "a share in per cent": ("0.55", "55", "saleable_share", "a share from 0 to 1 (0.15 is 15 %)"),
    "a chance in per cent": ("0.9", "90", "sale_probability", "a share from 0 to 1"),
    "a fifth quarter": (",4,0.9", ",5,0.9", "quarter", "one of: 1, 2, 3, 4"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "column", "words"), PLOTS.values(), ids=PLOTS)
def test_a_plot_that_cannot_be_is_refused(folder, old, new, column, words):
    found = [p for p in problems(with_plot(folder, old, new)) if words in p.render("en")]
    assert [(p.file, p.line, p.column) for p in found] == [("plots.csv", 2, column)]
    assert found[0].render("vi") != found[0].render("en")


LINE = "half,commune_run,2021,2025,0,0.5,0.5,0,0,0,adopted,official,book\n"
SHARING = {
    "a new line beside the old": ("2021,2025", "2023,2025", "year_from", "2026, behind line 2"),
    "the same years again": ("2021,2025", "2021,2025", None, "line 2 has it"),
    "a gap": ("2021,2025", "2028,2030", "year_from", "no overlap, no gap"),
    "before the old": ("2021,2025", "2019,2020", "year_from", "in order"),
    "the last year first": ("2021,2025", "2030,2026", "year_to", "2030 or later"),
    "parts above the whole": ("2021,2025,0,0.5", "2026,2030,0,0.6", "central", "= 1"),
}


@pytest.mark.parametrize(("old", "new", "column", "words"), SHARING.values(), ids=SHARING)
def test_lines_of_a_rule_follow_one_another(folder, old, new, column, words):
    with (folder / "sharing.csv").open("a", encoding="utf-8") as file:
        file.write(LINE.replace(old, new))
    found = [p for p in problems(folder) if words in p.render("en")]
    assert {(p.file, p.line, p.column) for p in found} == {("sharing.csv", 3, column)}


def test_a_next_line_and_another_stream_are_fine(folder):
    with (folder / "sharing.csv").open("a", encoding="utf-8") as file:
        file.write(LINE.replace("2021,2025", "2026,2030"))
        file.write(LINE.replace("commune_run", "state_land"))
    lines = load(folder).rules["half"].lines
    assert [(x.stream, x.year_from, x.year_to) for x in lines] == [
        ("commune_run", 2021, 2025), ("commune_run", 2026, 2030), ("state_land", 2021, 2025),
    ]  # fmt: skip


TARGET = (
    "9.3-x,9(3),9(3),culture,Việc,Work,,{unit},{kind},{way},{ends},{years},n/a,{tolerance},,public,,,"
    "plan\n"
)
SOUND = {"unit": "%", "kind": "level_by", "way": "at_least", "ends": "90,100", "years": "2020,2025",
         "tolerance": "0"}  # fmt: skip
TARGETS = {
    "a tolerance of 60": ({"tolerance": "60"}, "tolerance", "0 to 20 (a fifth of the level)"),
    "a tolerance of 25": ({"tolerance": "25"}, "tolerance", "0 to 20"),
    "a negative tolerance": ({"tolerance": "-1"}, "tolerance", "a number from 0"),
    "a tolerance of nothing": ({"ends": "0,", "tolerance": "3"}, "tolerance", "0 to 0"),
    "the high end below the low": ({"ends": "100,90"}, "value_high", "100 or more"),
    "base year behind the target's": ({"years": "2026,2025"}, "target_year", "a year after"),
    "base year and target year the same": ({"years": "2025,2025"}, "target_year", "a year after"),
    "a share above 100": ({"ends": "90,130"}, "value_high", "a share from 0 to 100 %"),
    "between with one end": ({"way": "between", "ends": "90,"}, "value_high", "between needs both"),
    "a rate in money": ({"kind": "average_rate", "unit": "billion VND"}, "unit", "the unit %/year"),
    "a ratio to the estimate in people": ({"kind": "annual_ratio", "unit": "people"}, "unit",
                                          "the unit % of plan"),
    "a rank in per cent": ({"kind": "rank"}, "unit", "the unit rank"),
    "a sum of yes and no": ({"kind": "cumulative", "unit": "yes/no", "ends": "1,"}, "unit",
                            "level_by or milestone"),
    "yes and no of 3": ({"unit": "yes/no", "ends": "3,"}, "value", "one of 0, 1"),
    "a rating of 5": ({"unit": "rating", "ends": "5,"}, "value", "one of 1, 2, 3, 4"),
    "half a school": ({"unit": "schools", "ends": "6.5,"}, "value", "a whole number of schools"),
    "schools with a group sign": ({"unit": "schools", "ends": "1.000,"}, "value", "write 1000"),
    "crops in đồng": ({"unit": "million VND/ha", "ends": "220000000,"}, "value",
                      "if it is in VND, write 220"),
    "a misspelt unit": ({"unit": "schols", "ends": "7,"}, "unit", "did you mean “schools”?"),
}  # fmt: skip


@pytest.mark.parametrize(("given", "column", "words"), TARGETS.values(), ids=TARGETS)
def test_a_target_that_cannot_be_is_refused(folder, given, column, words):
    with (folder / "targets.csv").open("a", encoding="utf-8") as file:
        file.write(TARGET.format(**SOUND | given))
    found = [p for p in problems(folder) if words in p.render("en")]
    assert [(p.file, p.line, p.column) for p in found] == [("targets.csv", 4, column)]


@pytest.mark.parametrize(
    "given",
    [
        {}, {"unit": "giường bệnh", "ends": "25,"}, {"unit": "tấn", "kind": "mean_level"},
        {"unit": "rank", "kind": "rank", "way": "at_most", "ends": "10,"},
        {"kind": "ratio_to_base", "unit": "ratio", "ends": "2.15,"},
        {"kind": "ratio_to_base", "ends": "131.6,"},
        {"kind": "change_per_year", "unit": "percentage points/year", "way": "at_most",
         "ends": "-1.5,-1"},
        {"way": "between", "ends": "10.5,11"}, {"way": "about", "ends": "65,", "tolerance": "0.5"},
        {"unit": "million VND/person/month", "ends": "5.2,"},
    ],
)  # fmt: skip
def test_the_kinds_of_real_plans_are_read(folder, given):
    with (folder / "targets.csv").open("a", encoding="utf-8") as file:
        file.write(TARGET.format(**SOUND | given))
    assert load(folder).plan.target("9.3-x").unit == (SOUND | given)["unit"]


RECORDED = {
    "a year of another century": ("2062-06-01", "no later day than today (2026-11-22)"),
    "the day after tomorrow": ("2026-11-24", "no later day than today"),
    "a week date": ("2026-W47-7", "YYYY-MM-DD"),
    "a date without dashes": ("20260601", "YYYY-MM-DD"),
    "a thirtieth of February": ("2026-02-30", "YYYY-MM-DD"),
    "an ordinal date": ("2026-153", "YYYY-MM-DD"),
}


@pytest.mark.parametrize(("day", "words"), RECORDED.values(), ids=RECORDED)
def test_a_day_of_recording_that_cannot_be(folder, day, words):
    change(folder, "observations.csv", "2022-06-01", day)
    (one,) = problems(folder, today="2026-11-22")
    assert (one.line, one.column, one.got) == (6, "recorded_on", day)
    assert words in one.render("en")


def test_a_clock_that_was_ahead_is_told_when_it_is_right_again(folder):
    change(folder, "observations.csv", "2022-06-01", "2031-01-05")
    assert load(folder, today="2031-01-05").histories()["9.2-poor"].values == (12, 10)
    assert problems(folder, today="2026-11-22")[0].column == "recorded_on"


def test_tomorrow_is_today_elsewhere(folder):
    change(folder, "observations.csv", "2022-06-01", "2026-11-23")
    assert load(folder, today="2026-11-22").observed[-1].recorded_on == "2026-11-23"


FIGURES = {
    "an estimate of a year not begun": (
        "population,2023,FY,1,,,people,n/a,estimate,official,book,2022-06-01,,", "status", "“plan”"),
    "a band beside the value": (
        "population,2021,FY,9000,9100,,people,n/a,final,official,book,2022-06-01,,", "value",
        "low ≤ value ≤ high"),
    "income in đồng": (
        "income_per_capita,2021,FY,80000000,,,million VND/person/year,current,final,official,book,"
        "2022-06-01,,", "value", "if it is in VND, write 80"),
    "two base years of constant prices": (
        "total_product,2020,FY,100,,,billion VND,constant 2010,final,official,book,2022-06-01,,\n"
        "total_product,2021,FY,120,,,billion VND,constant 2020,final,official,book,2022-06-01,,",
        "price_basis", "constant 2010, as in earlier rows"),
    "an income of nothing": (
        "income_per_capita,2021,FY,0,,,million VND/person/year,current,final,official,book,"
        "2022-06-01,,", "value", "a positive number"),
}  # fmt: skip


@pytest.mark.parametrize(("row", "column", "words"), FIGURES.values(), ids=FIGURES)
def test_a_figure_that_cannot_be_is_refused(folder, row, column, words):
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.write(row + "\n")
    found = [p for p in problems(folder) if words in p.render("en")]
    assert [p.column for p in found] == [column]
    assert found[0].line == 7 + row.count("\n")


def write(folder, name, content):
    (folder / name).write_text(content, encoding="utf-8")
    return folder


BESIDE = {
    "a milestone of no target": ("milestones.csv", "target_id,year,value\n9.9-no,2022,5\n",
                                 "target_id", "a target_id that is in targets.csv"),
    "a milestone before the plan": ("milestones.csv", "target_id,year,value\n9.2-poor,2020,5\n",
                                    "year", "a year from 2021 to 2025"),
    "a milestone behind it": ("milestones.csv", "target_id,year,value\n9.2-poor,2026,5\n", "year",
                              "a year from 2021 to 2025"),
    "half a household": ("milestones.csv", "target_id,year,value\n9.2-poor,2022,5.5\n", "value",
                         "a whole number of households"),
    "a break of no series": ("breaks.csv", "series_id,year,why,source_id\nVí Dụ/gdp,2020,x,book\n",
                             "series_id", "that is in reference.csv"),
    "a break of no target": ("breaks.csv", "series_id,year,why,source_id\n9.2-por,2020,x,book\n",
                             "series_id", "“9.2-poor”?"),
    "a break without a reason": ("breaks.csv", "series_id,year,why,source_id\n9.2-poor,2020,,book\n",
                                 "why", "not empty"),
    "a break of no source": ("breaks.csv", "series_id,year,why,source_id\n9.2-poor,2020,x,bok\n",
                             "source_id", "“book”?"),
    "a premise that decides nothing": (
        "premises.csv", "key,judgement,reading,decides,source_id\na,b,c,,book\n", "decides",
        "not empty"),
    "a premise that decides what is not there": (
        "premises.csv", "key,judgement,reading,decides,source_id\na,b,c,9.2-por,book\n", "decides",
        "“9.2-poor”?"),
    "needs above the cost": (
        "projects.csv", "project_id,name,cost,source_of_funds,arrears,order,y2021,y2022,y2023,y2024,"
        "y2025,origin,note\nA,B,10,,0,1,5,5,5,0,0,official,\n", "cost", "15 or more"),
    "a cost in đồng": (
        "projects.csv", "project_id,name,cost,source_of_funds,arrears,order,y2021,y2022,y2023,y2024,"
        "y2025,origin,note\nA,B,10000000000,,0,1,5,0,0,0,0,official,\n", "cost", "write 10"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "column", "words"), BESIDE.values(), ids=BESIDE)
def test_the_files_beside_are_checked(folder, name, content, column, words):
    found = [p for p in problems(write(folder, name, content)) if words in p.render("en")]
    assert [(p.file, p.line, p.column) for p in found] == [(name, 2, column)]


def test_the_files_beside_are_read(folder):
    write(folder, "milestones.csv", "target_id,year,value\n9.2-poor,2022,7\n")
    write(
        folder,
        "premises.csv",
        "key,judgement,reading,decides,source_id\na,Điều gì,Cách một,9.2-poor; population,book\n",
    )
    data = load(folder)
    assert [(m.year, m.value) for m in data.plan.milestones] == [(2022, 7)]
    assert data.judgements[0].decides == ("9.2-poor", "population")
    assert data.interruptions[0].why == "cách tính mới"


NAMES = {
    "a stop at the end": ("giá 12 triệu.", ["giá 12 triệu"], "giá 12 triệu"),
    "capital letters": ("GIÁ 12 TRIỆU", ["giá 12 triệu"], "giá 12 triệu"),
    "without marks": ("gia 12 trieu", ["giá 12 triệu"], "giá 12 triệu"),
    "a built-in one without its sign": ("than trong", ["co_so"], "than_trong"),
    "a built-in one by its words": ("Cơ sở", [], "co_so"),
    "a built-in one in English": ("Baseline", [], "co_so"),
    "a stress test": ("Stress inflation", [], "stress_inflation"),
    "another dash": ("giá – cao", ["giá - cao"], "giá - cao"),
}


@pytest.mark.parametrize(("name", "known", "other"), NAMES.values(), ids=NAMES)
def test_names_that_look_alike_are_refused_when_given(folder, name, known, other):
    assert f"“{other}”" in name_problem(name, known).en
    row = "{},co_so,inflation,2022,2022,4,%/year,press,book,,vì sao\n"
    with (folder / "scenarios.csv").open("a", encoding="utf-8") as file:
        for one in (*(x for x in known if x != "co_so"), name):
            file.write(row.format(one))
    assert "scenario" in {p.column for p in problems(folder)}


def test_names_that_differ_are_fine():
    assert name_problem("giá 13 triệu", ["co_so", "giá 12 triệu"]) is None
    assert name_problem("than_trong", ["co_so"]) is None
    assert "letters or digits" in name_problem("...", []).en


def test_older_folders_without_the_new_columns_load(folder):
    for name, gone in (
        ("targets.csv", ("role", "noise", "due", "name_en")), ("observations.csv", ("area",)),
        ("tasks.csv", ("name_en",)),
    ):  # fmt: skip
        path = folder / name
        with path.open(encoding="utf-8", newline="") as file:
            rows = [{k: v for k, v in row.items() if k not in gone} for row in csv.DictReader(file)]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    (folder / "breaks.csv").unlink()
    data = load(folder)
    first = data.plan.targets[0]
    assert (first.role, first.noise, first.due) == ("", 0.0, None)
    assert first.name.both == ("Công nghiệp tăng", "Công nghiệp tăng")
    assert data.observed[0].area == ""


# --- the guide ------------------------------------------------------------------------------


def test_the_guide_is_in_step_with_the_table_of_columns():
    from conftest import ROOT

    guide = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    assert guide == in_step(guide), "python -m laikhe_analysis.data.described data/README.md"
    with pytest.raises(ValueError, match="the guide must hold the lines"):
        in_step("# no mark")
    assert BEGIN in guide


def test_every_column_of_every_file_is_described():
    text = described()
    for name, columns in COLUMNS.items():
        assert f"**`{name}`**" in text
        for column, what in columns.items():
            assert f"| `{column}` | {what.says} |" in text


def test_the_files_of_the_repository_have_the_columns_of_the_table():
    from conftest import ROOT

    for path in (ROOT / "data").glob("*.csv"):
        columns = COLUMNS[SAME_SHAPE.get(path.name, path.name)]
        header = path.read_text(encoding="utf-8").splitlines()[0].split(",")
        needed = [column for column, what in columns.items() if what.default is not None]
        assert set(header) <= {*columns, *(f"y{year}" for year in range(2026, 2031))}, path.name
        assert set(needed) - set(header) <= {"area"}, path.name
