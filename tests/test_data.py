"""Reading a commune's folder: what comes out, and what each wrong file is told."""

import codecs
import os
import re

import pytest
from conftest import change, make_folder, problems

from laikhe_analysis.checks import DataError
from laikhe_analysis.data import load


def test_reads_a_folder(folder):
    data = load(folder)
    assert data.commune.name == "xã Mẫu Sơn"
    assert [t.target_id for t in data.plan.targets] == ["9.1-industry", "9.2-poor"]
    assert data.plan.tasks[0].target_ids == ("9.1-industry",)
    assert data.assumed["muc_tieu"].inherits == "co_so"
    assert data.rules["half"].line("commune_run", 2023).commune == 0.5
    assert data.inventory == data.programme == data.inventory_example == ()
    assert data.facts()["Ví Dụ/grdp_growth"].values == (0.075, 0.021)
    assert data.facts()["Ví Dụ/grdp_growth"].breaks == (2020,)
    assert [row.status for row in data.figures("Ví Dụ", "grdp_growth")][-1] == "plan"


def test_a_later_row_supersedes_and_the_earlier_stays_readable(folder):
    data = load(folder)
    assert data.histories()["9.2-poor"].values == (12, 10)
    assert data.histories(known_on="2022-03-01")["9.2-poor"].values == (12, 9)
    assert data.histories(known_on="2021-12-31")["9.2-poor"].years == (2020,)
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.write("9.2-poor,2021,FY,,,,households,n/a,withdrawn,official,book,2022-06-01,x,\n")
    assert load(folder).histories()["9.2-poor"].years == (2020,)


def test_the_baseline_is_what_is_known_at_the_base_year(folder):
    baseline = load(folder).baseline()
    assert baseline.year == 2020
    assert baseline.levels["population"].value == 10000
    assert baseline.levels["income_per_capita"].origin == "assumption"
    assert baseline.known["9.2-poor"].years == (2021,)


def test_an_endless_cell_is_a_problem_of_its_line(folder):
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.write(
            'population,2019,FY,9000,,,people,n/a,final,official,book,2020-02-01,,"' + "x" * 140_000
        )
    (one,) = problems(folder)
    assert (one.file, one.line) == ("observations.csv", 7)
    assert "ngoặc kép" in one.wanted.vi


def test_a_scenario_that_ends_early_is_refused_when_the_folder_is_read(folder):
    change(folder, "scenarios.csv", "inflation,2021,2025,3", "inflation,2021,2024,3")
    (one,) = problems(folder)
    assert (one.file, one.line, one.column, one.got) == ("scenarios.csv", 6, "year_to", "2024")


def test_what_file_and_scenario_both_refuse_is_told_once(folder):
    change(folder, "scenarios.csv", "2025,8,%/year", "2025,-100,%/year")
    assert len(problems(folder)) == 1


LATER = """\
9.2-poor,2022,H1,8,,,households,n/a,final,official,book,2022-08-01,,
9.2-poor,2022,FY,7,,,households,n/a,final,official,book,2023-02-01,,
9.2-poor,2023,FY,6,,,households,n/a,plan,official,book,2022-02-01,,
9.2-poor,2024,FY,5,,,households,n/a,plan,official,book,2022-02-01,,
9.2-poor,2024,FY,,,,households,n/a,withdrawn,official,book,2022-03-01,,
income_per_capita,2022,FY,44,,,million VND/person/year,current,estimate,assumption,guess,2021-02-01,,
"""


@pytest.mark.parametrize(("date", "full", "half"), [
    pytest.param((2020,), (2020,), (), id="base year"),
    pytest.param((2021,), (2020, 2021), (), id="a year"),
    pytest.param((2022, "H1"), (2020, 2021), (2022,), id="half a year"),
    pytest.param((2022, "9M"), (2020, 2021), (2022,), id="nine months"),
    pytest.param((2022,), (2020, 2021, 2022), (2022,), id="all"),
])  # fmt: skip
def test_seen_from_a_date_later_figures_are_not_known(folder, date, full, half):
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.write(LATER)
    data = load(folder).up_to(*date)
    assert data.histories()["9.2-poor"].years == full
    assert getattr(data.histories(period="H1").get("9.2-poor"), "years", ()) == half
    known = data.baseline().known
    assert getattr(known.get("9.2-poor"), "years", ()) == full[1:]
    assert known["income_per_capita"].years == (2022,)  # assumed, not measured
    planned = [(row.year, row.value) for row in data.latest() if row.status == "plan"]
    assert planned == [(2023, 6)]  # the plan of 2024 stays withdrawn


def test_the_base_years_own_figure_comes_before_an_older_one(folder):
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.write("population,2019,FY,9000,,,people,n/a,final,official,book,2020-02-01,,\n")
    level = load(folder).baseline().levels["population"]
    assert (level.value, level.origin) == (10000, "official")


def test_an_older_figure_is_not_the_base_years(folder):
    change(folder, "observations.csv", "income_per_capita,2020", "income_per_capita,2019")
    change(folder, "observations.csv", "population,2020", "population,2019")
    baseline = load(folder).baseline()
    assert "income_per_capita" not in baseline.levels
    assert baseline.levels["population"].origin == "assumption"


def test_withdrawn_figures_are_not_among_the_latest(folder):
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.write("9.2-poor,2021,FY,,,,households,n/a,withdrawn,official,book,2022-06-01,x,\n")
    assert ("9.2-poor", 2021) not in {(o.series_id, o.year) for o in load(folder).latest()}


def test_excel_friendly_files_are_read(folder):
    for path in folder.glob("*.csv"):
        raw = path.read_bytes().replace(b"\n", b"\r\n")
        path.write_bytes(codecs.BOM_UTF8 + raw + b"\r\n\r\n")
    assert len(load(folder).observed) == 5


# file, what stood there, what stands there now, line, column, words in English
WRONG = {
    "decimal comma": (
        "observations.csv", "2020,FY,40,38", '2020,FY,"40,5",38', 3, "value",
        "a dot for decimals and no group signs, e.g. 40.5"),
    "decimal comma splits a cell": (
        "observations.csv", "2020,FY,40,38", "2020,FY,40,5,38", 3, None, "14 cells"),
    "grouped people": (
        "observations.csv", "FY,10000", "FY,10.875", 2, "value",
        "write 10875 for 10,875 people"),
    "half a person": (
        "observations.csv", "FY,10000", "FY,10000.5", 2, "value", "a whole number of people"),
    "unknown unit": (
        "observations.csv", ",people,", ",peple,", 2, "unit", "(did you mean “people”?)"),
    "missing year": (
        "observations.csv", "population,2020", "population,", 2, "year", "a value, not empty"),
    "impossible year": (
        "observations.csv", "population,2020", "population,20026", 2, "year", "four digits"),
    "duplicate year": (
        "observations.csv", "9.2-poor,2021,FY,10,,,households,n/a,final,official,book,2022-06-01",
        "9.2-poor,2021,FY,10,,,households,n/a,final,official,book,2022-02-01", 6, None,
        "one row each; line 5 has it"),
    "two units in one series": (
        "observations.csv", "9.2-poor,2021,FY,9,,,households", "9.2-poor,2021,FY,9,,,people",
        5, "unit", "the series' unit: households"),
    "value outside its band": (
        "observations.csv", "40,38,42", "50,38,42", 3, "value", "low ≤ value ≤ high"),
    "no value": ("observations.csv", "FY,12,", "FY,,", 4, "value", "a number"),
    "negative count": (
        "observations.csv", "FY,12,", "FY,-12,", 4, "value", "a number of 0 or more"),
    "wrong date": (
        "observations.csv", "2021-02-01,,so", "01/02/2021,,so", 3, "recorded_on", "YYYY-MM-DD"),
    "unknown source": (
        "observations.csv", "assumption,guess", "assumption,gues", 3, "source_id", "“guess”?"),
    "unknown origin": (
        "observations.csv", "assumption,guess", "rumour,guess", 3, "origin", "one of: official"),
    "share of 130 %": (
        "scenarios.csv", "2020,60,%", "2020,130,%", 2, "value", "a share from 0 to 100 %"),
    "growth of -100 %": (
        "scenarios.csv", "2025,8,%/year", "2025,-100,%/year", 4, "value", "above -100 % a year"),
    "misspelt series": (
        "observations.csv", "income_per_capita,2020", "income_per_capitta,2020", 3, "series_id",
        "“income_per_capita”?"),
    "unit that nothing reads": (
        "observations.csv", ",people,", ",schools,", 2, "unit", "the series' unit: people"),
    "final before its time": (
        "observations.csv", "households,n/a,final,official,book,2022-02-01",
        "households,n/a,final,official,book,2021-11-30", 5, "status",
        "the period ends on 2021-12-31"),
    "income of nothing": (
        "observations.csv", "FY,40,38,42", "FY,0,0,42", 3, "value", "a positive number"),
    "missing column": (
        "targets.csv", "clause,group,name_vi", "clause,name_vi", 1, "group", "a column “group”"),
    "unknown column": (
        "tasks.csv", "target_ids\n", "target_ids,remark\n", 1, "remark", "only the columns"),
    "duplicate target": (
        "targets.csv", "9.2-poor,9(2)", "9.1-industry,9(2)", 3, None, "line 2 has it"),
    "task of an unknown target": (
        "tasks.csv", "Develop industry,9.1-industry", "Develop industry,9.1", 2, "target_ids",
        "a target_id that is in targets.csv"),
    "shares that do not add up": (
        "sharing.csv", "0,0.5,0.5", "0,0.5,0.4", 2, "central", "= 1"),
    "share above 1": ("sharing.csv", "0,0.5,0.5", "0,50,0.5", 2, "city", "a share from 0 to 1"),
    "two usable reference values": (
        "reference.csv", "press,low", "press,high", 4, None, "line 3 has it"),
    "semicolons": (
        "sources.csv", "source_id,title,publisher,url,published",
        "source_id;title;publisher;url;published", None, None, "laikhe import"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_a_wrong_file_is_told_where_and_what(folder, case):
    name, old, new, line, column, words = case
    change(folder, name, old, new)
    found = [p for p in problems(folder) if p.file == name and words in p.render("en")]
    assert found, [p.render("en") for p in problems(folder)]
    assert (found[0].line, found[0].column) == (line, column)
    vietnamese = found[0].render("vi")
    assert "gặp" in vietnamese
    assert "cần" in vietnamese
    assert line is None or f"dòng {line}" in vietnamese


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty file"),
        (b"\xef\xbb\xbf \n", "empty file"),
        ("source_id,title\nplan,Kế hoạch".encode("utf-16"), "not UTF-8"),
        ("source_id,title\nplan,K\xe9".encode("cp1252"), "line 2 is not UTF-8"),
        (b"source_id\ttitle\n", "laikhe import"),
        (b"source_id,title\0\n", "null characters"),
    ],
    ids=["empty", "blank", "utf-16", "ansi", "tabs", "nulls"],
)
def test_a_file_that_is_no_table_is_told_the_remedy(folder, content, words):
    (folder / "sources.csv").write_bytes(content)
    assert words in problems(folder)[0].render("en")


def test_a_missing_file_and_folder(folder):
    (folder / "targets.csv").unlink()
    assert "file cannot be opened" in problems(folder)[0].render("en")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("base_year = 2020", "base_year = 2030", "a later year"),
        ("population = 10000", 'population = "10.000"', "a whole number"),
        ("base_year = 2020", "base_yaer = 2020", "a known key: base_year"),
        ('name = "xã Mẫu Sơn"', "name = ", "a TOML file"),
        ("target_year = 2025", "target_year = 20300", "from 1990 to 2100"),
        ('"industry", "agriculture"', '"industry", ""', "sectors.2"),
        ('"industry", "agriculture"', '"industry", "industry"', "sectors.2"),
        ('"industry", "agriculture"', '"product_taxes"', "sectors.1"),
        ('"industry", "agriculture"', '"Công nghiệp"', "such as industry"),
        ("population = 10000", "population = -5", "from 1 to 100000000"),
        ("area_km2 = 12.5", 'area_km2 = "12,5"', "a number"),
        ('sectors = ["industry", "agriculture"]', 'sectors = "industry"', "a list"),
        ('price_base = "not stated"', 'party_members = "x"', "a whole number"),
        (
            'price_base = "not stated"',
            "[yardsticks]\ncountry = 5",
            'country: got "5"; wanted: a name',
        ),
        (
            'price_base = "not stated"',
            '[plan_numbers]\nshare = "60%"',
            'share: got "60%"; wanted: a number',
        ),
        (
            'price_base = "not stated"',
            "[plan_numbers]\nshare = nan",
            'share: got "nan"; wanted: a number',
        ),
        ('price_base = "not stated"', "party_members = true", "a whole number"),
        ('name = "xã Mẫu Sơn"\n', "", 'key name: got "nothing"'),
        ('sectors = ["industry", "agriculture"]', "sectors = [1]", "key sectors.1"),
    ],
)
def test_a_wrong_commune_file(folder, old, new, words):
    path = folder / "commune.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    found = [p.render("en") for p in problems(folder)]
    assert any(words in text for text in found), found


def test_every_fault_of_the_commune_file_is_told_in_its_order(folder):
    path = folder / "commune.toml"
    path.write_text('zone = 1\nfoo_bar = 2\nname = 3\nbase_year = "x"\n', encoding="utf-8")
    columns = [p.column for p in problems(folder) if p.file == "commune.toml"]
    assert columns == ["zone", "foo_bar", "name", "base_year", "target_year", "population"]


def test_a_row_with_several_faults_is_told_all_of_them(folder):
    change(folder, "observations.csv", "FY,10000,,,people,n/a,final,official,book",
           "FY,x,,,peple,n/a,final,official,bok")  # fmt: skip
    columns = {p.column for p in problems(folder) if p.line == 2}
    assert columns == {"value", "unit", "source_id"}


def test_every_problem_is_told_at_once_in_file_order(folder):
    change(folder, "observations.csv", "FY,10000", "FY,x")
    change(folder, "observations.csv", "2020,FY,40,38", "2020,FY,y,38")
    change(folder, "targets.csv", ",economy,", ",,")
    found = problems(folder)
    places = [(p.file, p.line) for p in found]
    assert {("observations.csv", 2), ("observations.csv", 3), ("targets.csv", 2)} <= set(places)
    assert places == sorted(places, key=lambda place: (place[0], place[1] or 0))
    with pytest.raises(DataError, match=re.escape("observations.csv, dòng 2, cột value")):
        load(folder)


def test_another_rule_can_come_first(folder):
    row = "all,commune_run,2021,2025,0,0,1,0,0,0,adopted,official,book\n"
    with (folder / "sharing.csv").open("a", encoding="utf-8") as file:
        file.write(row)
    data = load(folder)
    assert list(data.rules) == ["half", "all"]
    assert list(data.under_rule("all").rules) == ["all", "half"]
    with pytest.raises(ValueError, match="Did you mean 'half'"):
        data.under_rule("halff")


def long_line(folder):
    (folder / "commune.toml").write_text("a." * 5000 + "a = 1\n", encoding="utf-8")


def written(name, content):
    return lambda folder: (folder / name).write_bytes(content)


def more(name, content):
    return lambda folder: (folder / name).write_bytes((folder / name).read_bytes() + content)


TOO_MUCH = {
    "a file far too large": (more("observations.csv", b"x" * 5_000_001), "file too large: 5 MB"),
    "lines without end": (more("observations.csv", b"x\n" * 20_001), "20007 lines"),
    "a cell without end": (more("sources.csv", b"long," + b"a" * 4001 + b",,,\n"), "at most 4000"),
    "a TOML file far too large": (more("commune.toml", b"#" * 200_001), "of at most 200 kB"),
    "a key without end": (long_line, "commune.toml, line 1: got"),
    "brackets without end": (more("commune.toml", b"x = " + b"[\n" * 9000), "brackets without end"),
    "a number without end": (
        more("commune.toml", b"party_members = " + b"9" * 4500), "no TOML in UTF-8"),
    "a line of TOML that is none": (more("commune.toml", b"x = = 1\n"), "commune.toml, line 14: got"),
    "TOML in another coding": (written("commune.toml", b"name = \"x\xe3\"\n"), "a TOML file in UTF-8"),
}  # fmt: skip


@pytest.mark.parametrize("case", TOO_MUCH.values(), ids=TOO_MUCH)
def test_what_is_too_much_is_refused_by_its_file_in_one_language(folder, case):
    change_, words = case
    change_(folder)
    with pytest.raises(DataError) as caught:
        load(folder)
    (problem,) = caught.value.problems
    assert words in problem.render("en")
    assert not re.search(r"[ạảếệộợữ]", problem.render("en"))
    assert len(problem.render()) < 1000


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on Windows")
@pytest.mark.parametrize("name", ["tasks.csv", "commune.toml"])
def test_what_is_no_file_is_never_opened(folder, name):
    (folder / name).unlink()
    os.mkfifo(folder / name)
    with pytest.raises(DataError, match="không mở được tệp"):
        load(folder)


def test_the_largest_files_that_are_read_are_read(folder):
    row = "b{},{},,,\n".format
    cells = "".join(row(number, "a" * 200) for number in range(19_990))
    more("sources.csv", cells.encode())(folder)
    assert len(load(folder).cited) == 19_993


def doubts_of(folder, *rows, file="observations.csv"):
    """Return what is asked about a folder with more rows: column, what was got, the question."""
    with (folder / file).open("a", encoding="utf-8") as out:
        out.writelines(f"{row}\n" for row in rows)
    return [(one.line, one.column, one.got, one.wanted.en) for one in load(folder).doubts]


# series, unit, the new number, words of the question
SLIPS = {
    "a city's people": ("population", "people", "44000000", "more than 7 times off 10,000 people"),
    "thousands of people": ("population", "people", "44", "more than 7 times off 10,000 people"),
    "a month's income": ("income_per_capita", "million VND/person/year", "3.6",
                         "the figure of a month? The year's is 43.2 million"),
    "a budget in millions": ("collected_revenue", "billion VND", "150000",
                             "no more than 100,000 billion VND in a commune"),
    "growth as an index": ("9.1-industry", "%/year", "109.2", "previous year = 100) write 9.2"),
    "a fraction for per cents": ("9.3-insured", "%", "0.952", "if it is 95.2 %, write 95.2"),
}  # fmt: skip
INSURED = (
    "9.3-insured,9(3),9(3),society,Bảo hiểm y tế,Insured,,%,level_by,at_least,97,,2020,2025,n/a,,"
    "Phòng Văn hóa - Xã hội,public,,,plan"
)


@pytest.mark.parametrize(("name", "unit", "value", "words"), SLIPS.values(), ids=SLIPS)
def test_a_likely_slip_is_used_and_asked_about(folder, name, unit, value, words):
    assert doubts_of(folder, INSURED, file="targets.csv") == []
    basis = "current" if "VND" in unit else "n/a"
    row = f"{name},2021,FY,{value},,,{unit},{basis},final,official,book,2022-02-01,,"
    (asked,) = doubts_of(folder, row)
    assert asked[:3] == (7, "value", value)
    assert words in asked[3]
    assert load(folder).histories()[name].years[-1] == 2021
    (folder.parent / "x").mkdir()
    before = load(make_folder(folder.parent / "x"))
    if "%" not in unit:  # a rate is a fraction in `add`
        number = float(value)
        with pytest.raises(ValueError, match="accept_jumps=True"):
            before.add(name, 2021, number)
        assert before.add(name, 2021, number, accept_jumps=True).value(name, 2021) == number


@pytest.mark.parametrize(("old", "new", "words"), [
    pytest.param("2025,8,%", "2025,0.08,%", "if it is 8 %, write 8", id="growth"),
    pytest.param("2025,1,%", "2025,0.01,%", "if it is 1 %, write 1", id="people"),
    pytest.param("2025,3,%", "2025,0.03,%", "if it is 3 %, write 3", id="prices"),
])  # fmt: skip
def test_a_fraction_among_the_assumptions_is_asked_about(folder, old, new, words):
    assert doubts_of(folder, file="scenarios.csv") == []
    change(folder, "scenarios.csv", old, new)
    (asked,) = doubts_of(folder, file="scenarios.csv")
    assert words in asked[3]


def test_an_official_figure_that_an_assumption_passes_over_is_told(folder):
    row = "income_per_capita,2020,FY,45,,,million VND/person/year,current,final,official,book,{},,"
    assert doubts_of(folder, row.format("2021-02-02")) == []
    change(folder, "observations.csv", "2021-02-02", "2021-01-31")
    ((line, column, got, wanted),) = doubts_of(folder)
    assert (line, column, got) == (7, "recorded_on", "2021-01-31")
    assert wanted == "a day after 2021-02-01: this line is not used, line 3 (assumed) is later"


YEAR = "recurrent_revenue,2021,{},{},,,billion VND,current,{},official,book,2022-02-01,,\n"


@pytest.mark.parametrize(("parts", "words"), [
    pytest.param({"H1": 30, "FY": 20}, "no more than in 2021 (line 8): 20 billion VND", id="half, year"),
    pytest.param({"H1": 30, "9M": 20}, "no more than in 2021 9M (line 8): 20 billion VND", id="half, 9M"),
    pytest.param({"H1": 30, "H2": 30, "FY": 90}, "the sum of 2021 H1 (line 7): 30 billion VND + 2021 H2 "
                 "(line 8): 30 billion VND", id="two halves"),
    pytest.param({"H1": 30, "H2": 30, "FY": 60.3}, "", id="rounding"),
    pytest.param({"Q1": 9, "H1": 30, "9M": 31, "FY": 60}, "", id="rising"),
])  # fmt: skip
def test_parts_of_a_year_that_contradict_each_other_are_refused(folder, parts, words):
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.writelines(YEAR.format(*part, "final") for part in parts.items())
    if words:
        (one,) = problems(folder)
        assert one.wanted.en == words
        (folder.parent / "x").mkdir()
        data = load(make_folder(folder.parent / "x"))
        with pytest.raises(ValueError, match=re.escape(words.partition(" (")[0])):  # noqa: PT012
            for period, value in parts.items():
                data = data.add("recurrent_revenue", 2021, value, period=period, origin="official")
    else:
        assert load(folder).doubts == ()


def test_an_estimate_of_the_year_that_was_passed_is_asked_about(folder):
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.write(YEAR.format("9M", 30, "final") + YEAR.format("FY", 20, "estimate"))
    (one,) = load(folder).doubts
    assert (one.line, one.wanted.vi) == (7, "không quá số của 2021 (dòng 8): 20 tỷ đồng")


def test_a_folder_that_is_not_there_is_told_once(folder):
    (one,) = problems(folder / "nowhere")
    assert one.render("en").endswith("nowhere: got \"there is no such folder\"; wanted: a data folder, as "
                                     "`laikhe new` makes")  # fmt: skip


def test_a_figure_of_a_later_year_has_one_remedy(folder):
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.write("population,2024,FY,10900,,,people,n/a,final,official,book,2022-02-01,,\n")
    (one,) = problems(folder)
    assert one.wanted.en == "“plan”: the period begins on 2024-01-01"


def test_a_fault_of_the_commune_file_has_its_line_and_no_followers(folder):
    (folder / "premises.csv").write_text(
        "key,judgement,reading,decides,source_id\na,b,c,share:agriculture,plan\n", "utf-8"
    )
    assert load(folder).commune.population == 10000
    change(folder, "commune.toml", "population = 10000", "population = 0")
    (one,) = problems(folder)
    assert one.render("en") == (
        'commune.toml, line 5, key population: got "0"; wanted: from 1 to 100000000'
    )


def test_a_misspelt_place_or_series_is_asked_about(folder):
    with (folder / "commune.toml").open("a", encoding="utf-8") as file:
        file.write('[yardsticks]\ncountry = "Vi Du"\ncity = "Nơi khác hẳn"\n')
    row = "popul,2021,FY,10100,,,people,n/a,final,official,book,2022-02-01,,"
    asked = [(column, got, wanted) for _line, column, got, wanted in doubts_of(folder, row)]
    assert asked == [
        ("yardsticks.country", "Vi Du", "an entity of reference.csv, “Ví Dụ”?"),
        ("series_id", "popul", "a known series or target_id, “population”?"),
    ]


def test_a_plot_without_area_is_told_of_its_area(folder):
    with (folder / "plots.csv").open("a", encoding="utf-8") as file:
        file.write("P1,Khu 1,commune_run,commune,0,0.55,7,9,13,38,2022,4,0.9,official,\n")
    (one,) = problems(folder)
    assert (one.column, one.wanted.en) == ("area_m2", "an area above 0")


def test_a_year_outside_the_plan_is_not_taken_for_another(folder):
    change(folder, "commune.toml", "base_year = 2020", "base_year = 2024")
    path = folder / "projects.csv"
    path.write_text(
        "project_id,name,cost,source_of_funds,arrears,order,y2025,y2026,origin,note\n", "utf-8"
    )
    (one,) = [x for x in problems(folder) if x.file == "projects.csv"]
    assert one.column == "y2026"
    assert "did you mean" not in one.render("en")
