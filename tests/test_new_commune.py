"""Another commune: its folder, what is still missing in it, and that nothing here knows ours."""

import csv
import io
import re
import tomllib
import unicodedata
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from conftest import DATA, ROOT
from headlines import headlines
from kills import at_every_step, needs_fork
from strategies import ROLES
from typer.testing import CliRunner

from laikhe_analysis import records
from laikhe_analysis.checks import DataError
from laikhe_analysis.cli import app
from laikhe_analysis.consistency import check_plan
from laikhe_analysis.data import layout, load
from laikhe_analysis.data.plan_scenario import SKETCH
from laikhe_analysis.messages import speaking
from laikhe_analysis.monitor import board
from laikhe_analysis.office.board.standing import read_as_of
from laikhe_analysis.office.folder.asking import commune_of, read_area, read_people, read_sector
from laikhe_analysis.office.folder.new_commune import new_files, write_new
from laikhe_analysis.office.forms.safe_folders import locked
from laikhe_analysis.office.leader import leader_page, look
from laikhe_analysis.office.missing import still_missing
from laikhe_analysis.office.refusal import RefusalError
from laikhe_analysis.records import Commune

TYPED = {
    "name": "xã Mới", "city": "tỉnh Ví Dụ", "population": "8.500", "area": "12,5",
    "predecessors": "Cũ Một; Cũ Hai", "sectors": "industry;tourism", "base_year": "2020",
    "target_year": "2025",
}  # fmt: skip


@pytest.fixture
def made(tmp_path: Path) -> Path:
    write_new(tmp_path / "xã mới", commune_of(**TYPED))
    return tmp_path / "xã mới"


def test_a_new_folder_is_whole_and_sound(made):
    data = load(made)
    assert data.commune == Commune(
        "xã Mới", "", "tỉnh Ví Dụ", 12.5, 8500, "", "", ("Cũ Một", "Cũ Hai"), "", 2020, 2025,
        sectors=("industry", "tourism"),
    )  # fmt: skip
    assert {path.name for path in made.iterdir()} == {
        *layout.COLUMNS, "commune.toml", "README.md", "notebooks", "templates",
    }  # fmt: skip
    assert data.plan.targets == data.observed == data.published == ()
    header = (made / "projects.csv").read_text(encoding="utf-8").strip()
    assert "order,y2021,y2022,y2023,y2024,y2025,stage,origin" in header
    assert [path.name for path in made.parent.iterdir()] == ["xã mới"]  # nothing left beside it


def test_the_notebooks_come_along_empty_and_read_the_folder(made):
    own = {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert {path.name for path in (made / "notebooks").glob("*.ipynb")} == own
    for path in (made / "notebooks").glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        assert not any(cell.outputs or cell.execution_count for cell in code), path.name
        (first,) = (cell.source for cell in code if "parameters" in cell.metadata.get("tags", []))
        assert 'DATA = ".."' in first, path.name
        assert "../" not in first, path.name
        assert "laikhe" not in notebook.metadata


def test_the_sketch_is_marked_and_nothing_is_computed_from_it(made):
    data = load(made)
    assert {(a.origin, a.source_id) for a in data.sketched} == {("assumption", SKETCH)}
    assert all("thay bằng" in a.note for a in data.sketched)
    assert [a for s in data.assumed.values() for a in s.assumptions] == []
    for projection in data.projections().values():
        assert projection.paths.keys() <= {"population"}
        assert projection.missing["income_per_capita"]


@pytest.mark.parametrize("sectors", ["", "a", "a;b;c", "a;b;c;d;e;f;g"])
def test_shares_of_the_sketch_add_up(tmp_path, sectors):
    write_new(tmp_path / "x", commune_of(**TYPED | {"sectors": sectors}))
    data = load(tmp_path / "x")
    shares = [a.value for a in data.sketched if a.unit == "fraction"]
    assert sum(shares) == (pytest.approx(1, abs=1e-11) if sectors else 0)
    assert headlines(data, "co_so")


def test_the_plan_is_a_scenario_of_its_own_targets(made):
    (made / "targets.csv").write_text(
        new_files(commune_of(**TYPED))["targets.csv"]
        + "1-industry,1,1,economy,CN,,sector:industry,%/year,average_rate,at_least,9.5,11,2020,2025,"
        "constant,0,0,,,public,,,plan\n"
        "2-income,2,2,economy,TN,,income,%/year,average_rate,at_least,7,,2020,2025,constant,0,0,,,"
        "public,,,plan\n"
        "3-level,3,3,economy,GRDP,,total_product,billion VND,level_by,at_least,900,,2020,2025,"
        "current,0,0,,,public,,,plan\n",
        encoding="utf-8",
    )
    rows = {a.variable: a for a in load(made).assumed["muc_tieu"].assumptions}
    told = {name: (a.value, a.year_from, a.year_to, a.origin) for name, a in rows.items()}
    assert told == {
        "growth_industry": (0.095, 2021, 2025, "statement"),
        "income_growth_real": (0.07, 2021, 2025, "statement"),
    }
    own = "muc_tieu,co_so,growth_industry,2021,2025,12,%/year,statement,plan,,\n"
    with (made / "scenarios.csv").open("a", encoding="utf-8") as file:
        file.write(own)  # another reading of the plan, stated with its source
    sketch = (made / "scenarios.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [x for x in sketch if not (x.startswith("muc_tieu,co_so,growth_industry") and x != own)]
    (made / "scenarios.csv").write_text("".join(kept), encoding="utf-8")
    rows = {a.variable: a.value for a in load(made).assumed["muc_tieu"].assumptions}
    assert rows == {"growth_industry": 0.12, "income_growth_real": 0.07}


def test_names_are_written_as_they_are(tmp_path):
    name = 'xã "Ô" \\ Đỗ, #1'
    write_new(tmp_path / "x", commune_of(**TYPED | {"name": unicodedata.normalize("NFD", name)}))
    assert load(tmp_path / "x").commune.name == name


def test_sectors_keep_the_names_that_were_typed(tmp_path):
    typed = TYPED | {"sectors": "Công nghiệp; Tiểu thủ công nghiệp; Dịch vụ - thương mại; farming"}
    write_new(tmp_path / "x", commune_of(**typed))
    data = load(tmp_path / "x")
    assert data.commune.sectors == (
        "industry",
        "tieu_thu_cong_nghiep",
        "dich_vu_thuong_mai",
        "farming",
    )
    assert data.commune.labels == {
        "tieu_thu_cong_nghiep": "Tiểu thủ công nghiệp",
        "dich_vu_thuong_mai": "Dịch vụ - thương mại",
    }
    assert data.name("share_dich_vu_thuong_mai") == "tỷ trọng Dịch vụ - thương mại"


def test_the_toml_takes_what_is_to_be_filled_in(made):
    path = made / "commune.toml"
    content = path.read_text(encoding="utf-8").replace("# party_members", "party_members")
    path.write_text(content.replace("# country", "country"), encoding="utf-8")
    commune = load(made).commune
    assert (commune.party_members, commune.yardsticks) == (0, {"country": "Việt Nam"})


def guide_rows(made):
    """Return the example rows of the folder's guide, by file."""
    guide = (made / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```csv (\S+)\n(.*?)```", guide, re.DOTALL)
    assert len(blocks) >= 5
    return {name: re.sub("^ +", "", block, flags=re.MULTILINE) for name, block in blocks}


def test_the_examples_of_the_guide_can_be_copied(made):
    for name, rows in guide_rows(made).items():
        with (made / name).open("a", encoding="utf-8") as file:
            file.write(rows)
    data = load(made)
    assert [t.target_id for t in data.plan.targets][:2] == ["2.1-revenue", "2.2-total"]
    assert headlines(data, "co_so")
    found = board(data.plan, data.histories(), as_of=2021)
    assert {x.target.target_id: x.assessment.value for x in found.lines}["2.4-income"] == 52.5


def test_the_guide_explains_every_column_and_word(made):
    guide = (made / "README.md").read_text(encoding="utf-8")
    columns = {column for columns in layout.COLUMNS.values() for column in columns}
    words = {
        *columns, *layout.COLUMNS, *records.KINDS, *records.DIRECTIONS, *records.STATUSES,
        *records.PERIODS, *records.PRICE_BASES, *records.STREAMS, *records.ACCESS,
    }  # fmt: skip
    assert {word for word in words if f"`{word}`" not in guide} == set()


@pytest.mark.parametrize("content", ["tep.txt", "sub/"])
def test_a_folder_that_holds_anything_is_refused(tmp_path, content):
    (tmp_path / "x").mkdir()
    place = tmp_path / "x" / content
    place.mkdir() if content.endswith("/") else place.write_text("của xã", encoding="utf-8")
    with speaking("en"), pytest.raises(RefusalError, match="not empty"):
        write_new(tmp_path / "x", commune_of(**TYPED))
    assert place.exists()


def test_an_empty_folder_is_taken_and_a_file_refused(tmp_path):
    (tmp_path / "x").mkdir()
    assert write_new(tmp_path / "x", commune_of(**TYPED))
    (tmp_path / "y").write_text("", encoding="utf-8")
    with speaking("en"), pytest.raises(RefusalError, match="not empty"):
        write_new(tmp_path / "y", commune_of(**TYPED))


@pytest.mark.parametrize("place", ["x/y", "x/a/b", "link/y"])
def test_no_commune_is_begun_in_the_data_of_another(tmp_path, place):
    write_new(tmp_path / "x", commune_of(**TYPED))
    (tmp_path / "link").symlink_to(tmp_path / "x")
    with speaking("en"), pytest.raises(RefusalError, match="lies in the data folder") as caught:
        write_new(tmp_path / place, commune_of(**TYPED))
    assert caught.value.code == 2
    assert not (tmp_path / place).exists()


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "note.txt").write_text("", encoding="utf-8")
    with speaking("en"), pytest.raises(RefusalError, match="cannot be written: "):
        write_new(tmp_path / "note.txt" / "x", commune_of(**TYPED))


@needs_fork
def test_a_kill_at_any_step_leaves_a_whole_folder_or_none(tmp_path):
    def prepare(moment):
        (tmp_path / str(moment) / "x").mkdir(parents=True)
        return tmp_path / str(moment) / "x"

    def check(place):
        if not place.exists() or not any(place.iterdir()):
            write_new(place, commune_of(**TYPED))
        assert load(place).commune.name
        with locked(place, wait=0.0):
            pass
        assert [path.name for path in place.parent.iterdir()] == ["x"]

    def work(place):
        write_new(place, commune_of(**TYPED))

    assert at_every_step(prepare, work, check, tmp_path) > 15


def test_a_failure_leaves_nothing_behind(tmp_path, monkeypatch):
    def fail(folder):
        raise DataError([])

    monkeypatch.setattr("laikhe_analysis.office.folder.new_commune.load", fail)
    with pytest.raises(DataError):
        write_new(tmp_path / "x", commune_of(**TYPED))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": " "}, "name is missing"),
        ({"population": 0}, "population must be above 0"),
        ({"area_km2": -1.0}, "area must not be negative"),
        ({"target_year": 2020}, "1 to 30 years after the base year"),
        ({"target_year": 2051}, "1 to 30 years after the base year"),
        ({"sectors": ("a", "a")}, "a plain name, once"),
        ({"sectors": ("Công nghiệp",)}, "got Công nghiệp"),
        ({"sectors": ("total",)}, "got total"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_cannot_be_is_refused(tmp_path, change, words):
    with speaking("en"), pytest.raises(RefusalError, match=words) as caught:
        write_new(tmp_path / "x", replace(commune_of(**TYPED), **change))
    assert caught.value.code == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (read_people, "8.500", 8500),
        (read_people, "1.008.500", 1008500),
        (read_people, "0", "above 0"),
        (read_people, "8,5", "whole number"),
        (read_people, "8.50", "whole number"),
        (read_people, "5,000", "type 5000 for 5,000 people, or 5 for 5 people"),
        (read_people, "8,500", "without group signs: 8500"),
        (read_people, "nhiều", "whole number"),
        (read_area, "12,5", 12.5),
        (read_area, "12.5", 12.5),
        (read_area, "30.075", 30.075),
        (read_area, "9.999.999", "from 0.1 to 5,000"),
        (read_area, "4.234", "type 4234 for 4,234 km², or 4,234 for 4.234 km²"),
        (read_area, "-3", "from 0.1 to 5,000"),
    ],
)
def test_numbers_are_read_as_typed(read, text, value):
    if isinstance(value, str):
        with speaking("en"), pytest.raises(ValueError, match=value):
            read(text)
    else:
        assert read(text) == value


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Công nghiệp - xây dựng", "industry"), ("công nghiệp", "industry"),
        ("congnghiep", "industry"), ("CÔNG NGHIỆP, XÂY DỰNG", "industry"),
        ("Thương mại, dịch vụ", "services"), ("Dịch vụ", "services"), ("dichvu", "services"),
        ("Nông, lâm nghiệp và thủy sản", "agriculture"), ("nong nghiep", "agriculture"),
        ("Nông, lâm nghiệp và thuỷ sản", "agriculture"), ("du lịch", "tourism"),
        ("Làng nghề", "lang_nghe"), ("industry", "industry"), ("salt_farming", "salt_farming"),
    ],
)  # fmt: skip
def test_sectors_are_read_as_typed(typed, name, tmp_path):
    assert read_sector(typed) == name
    assert read_sector(unicodedata.normalize("NFD", typed)) == name
    write_new(tmp_path / "x", commune_of(**TYPED | {"sectors": typed}))
    assert load(tmp_path / "x").commune.sectors == (name,)


def test_a_new_commune_says_that_nothing_is_there_yet(made):
    data = load(made)
    first = headlines(data, "co_so")[0]
    assert "chưa ghi con số nào" in first.text.vi
    assert first.origin == "statement"
    assert str(read_as_of("", data)) == "2020"
    assert "xã chưa có số liệu nào" in leader_page(look(data, "co_so"), {})
    assert not [text for text in still_missing(data) if re.search(r"growth_|share_", text.vi)]


def test_a_year_is_four_digits():
    with speaking("en"), pytest.raises(RefusalError, match="no year"):
        commune_of(**TYPED | {"base_year": "25"})


# ---- what is still missing


def test_what_is_missing_comes_in_order(made):
    told = [text.en for text in still_missing(load(made))]
    starts = ["The register is empty", "No figure for 2020", "14 rows of scenarios.csv",
              "To be settled in commune.toml", "There are no public figures"]  # fmt: skip
    assert [text[: len(start)] for text, start in zip(told, starts, strict=True)] == starts


def test_what_is_missing_shrinks_as_it_is_filled_in(made):
    before = len(still_missing(load(made)))
    (made / "targets.csv").write_text(
        new_files(commune_of(**TYPED))["targets.csv"]
        + "1-investment,1,1,investment,Vốn,Funds,investment_land,billion VND,cumulative,at_least,90,,"
        "2020,2025,current,0,0,,,public,,,plan\n",
        encoding="utf-8",
    )
    told = " ".join(text.en for text in still_missing(load(made)))
    assert "The register is empty" not in told
    assert "1 of 1 target without any figure: Funds" in told
    assert "sharing rules (sharing.csv)" in told
    assert "1 target without an owner" in told
    assert len(still_missing(load(made))) > before  # a register asks for more


def test_nothing_is_said_of_what_is_there(folder):
    told = " ".join(text.en for text in still_missing(load(folder)))
    for words in ("register", "scenario", "sketch", "sectors", "owner", "investment"):
        assert words not in told
    assert "revenue without land-use fees" in told
    assert "No yardsticks" in told


def test_internal_targets_are_not_named(folder):
    path = folder / "targets.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",public,", ",internal,"))
    told = " ".join(text.vi for text in still_missing(load(folder)))
    assert "chỉ tiêu nội bộ" in told
    assert "Công nghiệp tăng" not in told


def test_the_owners_of_this_repository_are_told_too(own_data):
    assert all(text.vi and text.en for text in still_missing(own_data))


# ---- the commands


def options(**typed):
    return [
        word
        for name, value in typed.items()
        for word in (f"--{name.replace('_', '-')}", value)
    ]  # fmt: skip


def test_new_and_check_say_what_to_do(tmp_path):
    place = tmp_path / "x"
    done = CliRunner().invoke(app, ["new", str(place), *options(**TYPED)])
    assert done.exit_code == 0, done.output
    checked = CliRunner().invoke(app, ["check", "--data", str(place), "--lang", "en"])
    assert checked.exit_code == 0
    assert "1. The register is empty" in checked.output
    again = CliRunner().invoke(app, ["new", str(place), *options(**TYPED)])
    assert isinstance(again.exception, RefusalError)


def test_new_asks_at_a_terminal(tmp_path, monkeypatch):
    monkeypatch.setattr("laikhe_analysis.office.commands.office._is_terminal", lambda: True)
    answers = "xã Hỏi\n\n8.500\n\n\n\n2020\n2025\n"
    done = CliRunner().invoke(app, ["new", str(tmp_path / "x")], input=answers)
    assert done.exit_code == 0, done.output
    commune = load(tmp_path / "x").commune
    assert (commune.name, commune.population, commune.area_km2) == ("xã Hỏi", 8500, 0)
    assert commune.sectors == ("industry", "services", "agriculture")


def test_what_cannot_be_read_is_asked_again_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.setattr("laikhe_analysis.office.commands.office._is_terminal", lambda: True)
    answers = "phường Hỏi\ntỉnh Ví Dụ\nnhiều\n8.500\n12,5\n\nDịch vụ\n20\n2020\n2019\n2025\n"
    done = CliRunner().invoke(app, ["new", str(tmp_path / "x")], input=answers)
    assert done.exit_code == 0, done.output
    assert done.output.count("Tên, viết cả loại") == 1
    assert done.output.count("Dân số, người") == 2
    assert done.output.count("Năm xuất phát") == 2
    assert done.output.count("Năm cuối của chỉ tiêu") == 2
    assert " / " not in done.output.partition("Đã lập")[0]
    commune = load(tmp_path / "x").commune
    assert (commune.name, commune.population, commune.area_km2) == ("phường Hỏi", 8500, 12.5)
    readme = (tmp_path / "x" / "README.md").read_text(encoding="utf-8")
    assert "số liệu của phường" in readme


def test_check_says_what_a_role_would_unlock(made):
    row = "1-roads,1,1,economy,Đường,Roads,,%,level_by,at_least,90,,2020,2025,n/a,0,0,,,public,,,plan\n"
    with (made / "targets.csv").open("a", encoding="utf-8") as file:
        file.write(row)
    (told,) = [x for x in still_missing(load(made)) if "cột role" in x.vi]
    assert told.vi.startswith("1 chỉ tiêu chưa ghi vai trò")
    assert "income: thu nhập bình quân và tốc độ phải có" in told.vi


def test_without_a_terminal_the_name_is_needed(tmp_path):
    done = CliRunner().invoke(app, ["new", str(tmp_path / "x")])
    assert isinstance(done.exception, RefusalError)
    assert done.exception.code == 2


# ---- partial plans

TARGET = "{i},{i},{i},economy,tên {i},name {i},{role},{unit},{kind},{d},{v},,2020,2025,{b},,P,public,,,plan"
SECTORS = '["industry", "agriculture"]'


def target(i, unit, kind, value, direction="at_least", basis="n/a"):
    role = ROLES.get(i.partition("-")[2], "")
    return TARGET.format(i=i, role=role, unit=unit, kind=kind, d=direction, v=value, b=basis)


FULL = (
    target("1-revenue", "% of plan", "annual_ratio", 108),
    target("2-total", "%/year", "average_rate", 8, "about"),
    target("2-industry", "%/year", "average_rate", 10),
    target("2-agriculture", "%/year", "average_rate", 2),
    target("4-income", "%/year", "average_rate", 9),
    target("6-investment", "billion VND", "cumulative", 300),
)
PARTIAL = {
    "everything": {"targets": FULL},
    "no revenue target": {"targets": FULL[1:]},
    "no investment clause": {"targets": FULL[:-1]},
    "no sector rates": {"targets": (FULL[0], FULL[1], FULL[4])},
    "one sector missing": {"targets": (*FULL[:3], *FULL[4:])},
    "levels only": {"targets": (
        target("9-poor", "households", "level_by", 0, "at_most"),
        target("4-income", "million VND/person/year", "level_by", 80, basis="current"))},
    "no targets": {"targets": ()},
    "no sectors": {"toml": (SECTORS, "[]"), "scenarios": ("inflation,2021,2025,3,%/year",),
                   "rename": (("sector:industry", ""),)},
    "other sectors": {"toml": (SECTORS, '["tourism", "farming"]'),
                      "rename": (("industry", "tourism"), ("agriculture", "farming"))},
    "no observations": {"observations": ()},
    "no reference": {"reference": ()},
    "no sharing rule": {"targets": FULL, "sharing": ()},
    "rule of another stream": {"targets": FULL, "rename": (("commune_run", "city_run"),)},
    "only inflation assumed": {"scenarios": ("inflation,2021,2025,3,%/year",)},
    "revenue as a level": {"targets": (
        target("1-revenue", "billion VND", "level_by", 50, basis="current"),)},
    "revenue as growth": {"targets": (target("1-revenue", "%/year", "average_rate", 10),)},
    "income a month": {"targets": (
        target("4-income", "million VND/person/month", "level_by", 6, basis="current"),)},
}  # fmt: skip


def rewrite(folder, case):
    """Change the made-up commune as a case says."""
    for name in ("targets", "observations", "reference", "sharing", "scenarios"):
        path = folder / f"{name}.csv"
        header, *rows = path.read_text(encoding="utf-8").splitlines()
        if name in case:
            rows = case[name]
        if name in case and name == "scenarios":
            rows = [f"co_so,,{row},press,book,," for row in rows]
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    if "reference" in case:
        (folder / "breaks.csv").unlink()
    if "targets" in case:
        path = folder / "tasks.csv"
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    toml = folder / "commune.toml"
    old, new = case.get("toml", ("", ""))
    toml.write_text(toml.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    for old, new in case.get("rename", ()):
        for name in ("scenarios", "sharing", "targets", "tasks"):
            path = folder / f"{name}.csv"
            path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("case", PARTIAL.values(), ids=PARTIAL)
def test_a_partial_plan_says_what_it_cannot_and_the_rest_works(folder, case):
    rewrite(folder, case)
    data = load(folder)
    said = headlines(data, "co_so")
    assert len(said) >= 4
    assert all(line.text.vi and line.text.en for line in said)
    assert "nan" not in " ".join(line.text.en for line in said).lower().split()
    for projection in data.projections().values():
        assert projection.paths or projection.missing
    check_plan(data.plan, facts=data.facts(), series=data.histories(),
               assumptions=data.assumed["co_so"])  # fmt: skip
    for as_of in (2020, 2021, "2022H1", 2025):
        found = board(data.plan, data.histories(), as_of=as_of, internal=True)
        assert len(found.lines) == len(data.plan.targets)
        assert found.summary().vi
    assert still_missing(data)


@pytest.mark.parametrize(
    ("unit", "kind", "column"),
    [("million VND", "cumulative", "role"), ("billion VND", "annual_level", "role")],
)
def test_a_total_in_another_unit_is_refused_with_its_place(folder, unit, kind, column):
    rewrite(folder, {"targets": (target("6-investment", unit, kind, 300_000),)})
    with pytest.raises(DataError) as caught:
        load(folder)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.column) == ("targets.csv", 2, column)


def test_what_has_no_role_is_no_total(folder):
    rewrite(folder, {"targets": (target("6-public-investment", "%", "level_by", 90),)})
    assert load(folder).plan.role("investment_land") is None


# ---- nothing here knows the commune of this repository


def spellings(name):
    """Return a name as it may be written, without what sort of place it is."""
    bare = re.sub(r"^(xã|phường|đặc khu|commune of)\s+|\s+commune$|\s*\(cũ\)$", "", name.strip())
    bare = re.sub(r"\s*\(cũ\)$", "", bare)
    plain = unicodedata.normalize("NFD", bare).replace("đ", "d").replace("Đ", "D")
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return {bare.casefold(), plain.casefold()}


def test_the_library_does_not_know_the_commune():
    known = tomllib.loads((ROOT / "data" / "commune.toml").read_text(encoding="utf-8"))
    names = {s for name in (known["name"], known["name_en"], *known["predecessors"])
             for s in spellings(name)}  # fmt: skip
    assert all(len(name) > 4 and " " in name for name in names)
    places = [ROOT / top for top in ("laikhe_analysis", "tests", "benchmarks", ".ci")]
    kinds = (".py", ".md", ".html", ".css", ".js", ".bat", ".sh", ".toml", ".csv", ".json", "")
    told = []
    for path in (path for place in places for path in place.rglob("*")):
        if path.is_relative_to(DATA) or "__pycache__" in path.parts:
            continue
        if path.is_file() and path.suffix in kinds:
            content = unicodedata.normalize("NFC", path.read_text(encoding="utf-8")).casefold()
            told += [f"{path.relative_to(ROOT)}: {name}" for name in names if name in content]
    assert told == []


def test_the_search_would_find_the_name():
    assert spellings("xã Đông Lĩnh (cũ)") == {"đông lĩnh", "dong linh"}
    assert spellings("Dong Linh commune") == {"dong linh"}


@pytest.mark.parametrize(
    ("guide", "words"),
    [
        ("README.vi.md", "đổi `value` thì đổi cả `note`"), ("README.md", "change its `note`"),
        ("data/README.md", "Đổi `value` của một dòng `scenarios.csv` thì đổi cả `note`"),
        ("laikhe_analysis/office/assets/new_commune.md", "đổi cả lý do của số đó"),
    ],
)  # fmt: skip
def test_guides_say_that_a_new_value_needs_a_new_reason(guide, words):
    assert words in (ROOT / guide).read_text(encoding="utf-8")


def test_rows_of_the_guide_are_rows(made):
    for name, rows in guide_rows(made).items():
        for row in csv.reader(io.StringIO(rows)):
            assert len(row) == len(layout.COLUMNS[name]), (name, row)
