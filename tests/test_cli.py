"""The command line: exit codes, languages, and that nothing is lost."""

import json
import os
import subprocess
import sys

import nbformat
import pytest

from laikhe_analysis.cli import main


def run(*arguments, cwd=None, **environment):
    """Run the command as a user does; return exit code, output and errors."""
    done = subprocess.run(
        [sys.executable, "-c", "from laikhe_analysis.cli import main; main()", *map(str, arguments)],
        capture_output=True, cwd=cwd, env=os.environ | environment, timeout=120,
    )  # fmt: skip
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


@pytest.fixture
def here(monkeypatch, capsys, tmp_path):
    """Return a function that runs the command in this process and tells the same three things."""

    def run_here(*arguments):
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", ["laikhe", *map(str, arguments)])
        code = 0
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
        return code, *capsys.readouterr()

    return run_here


@pytest.fixture
def notebooks(tmp_path):
    """Return a folder with one small notebook."""
    place = tmp_path / "notebooks"
    place.mkdir()
    cells = [
        nbformat.v4.new_markdown_cell("# 00. Thử\n\n**Câu hỏi:** gì?"),
        nbformat.v4.new_code_cell('DATA = "x"\nSCENARIO = "y"', metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell("print(SCENARIO)"),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), place / "00_x.ipynb")
    return place


# arguments, exit code, words in English
DOORS = {
    "import without a file": (["import"], "the file is missing: laikhe import FILE.xlsx"),
    "a day that is none": (["import", "x.xlsx", "--recorded-on", "2021-13-40"],
                           "--recorded-on: got “2021-13-40”; wanted a day YYYY-MM-DD"),
    "a day to come": (["import", "x.xlsx", "--recorded-on", "9999-01-01"],
                      "--recorded-on: got “9999-01-01”"),
    "nothing to undo": (["import", "--undo"], "nothing to undo: there was no import"),
    "a form of another kind": (["template", "--out", "a.txt", "--year", "2021"],
                               "must end with .xlsx, got a.txt"),
    "a folder to compare": (["compare", "nowhere", "elsewhere"], "there is no folder nowhere"),
    "a name on two lines": (["new", "x", "--name", "Xã\nA", "--population", "5000"],
                            "--name: got “Xã\\nA”; wanted a name on one line"),
    "a long name": (["new", "x", "--name", "Xã " + "a" * 4000, "--population", "5000"],
                    "wanted a name on one line, of at most 100 signs"),
}  # fmt: skip


@pytest.mark.parametrize(("arguments", "words"), DOORS.values(), ids=DOORS)
def test_what_cannot_be_is_told_at_the_door_by_its_option(folder, tmp_path, arguments, words):
    there = [] if arguments[0] in ("compare", "new") else ["--data", folder]
    code, _, told = run(*arguments, *there, "--lang", "en", cwd=tmp_path)
    assert code
    assert words in told
    assert len(told) < 250
    assert "Traceback" not in told


def test_a_folder_with_a_blank_in_its_name_is_told_as_it_is_typed(tmp_path):
    place = tmp_path / "xa moi"
    code, told, _ = run("new", place, "--name", "Xã A", "--population", "5000", cwd=tmp_path)
    assert code == 0
    assert f'laikhe check --data "{place}"' in told


def test_a_period_in_small_letters_is_read(folder, tmp_path):
    out = tmp_path / "a.xlsx"
    code, _, told = run(
        "template", "--data", folder, "--year", "2021", "--period", "9m", "--out", out
    )
    assert (code, out.exists()) == (0, True), told


def test_a_likely_slip_is_told_by_check_and_report_and_stops_nothing(folder, notebooks, tmp_path):
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.write("population,2021,FY,44,,,people,n/a,final,official,book,2022-02-01,,\n")
    code, told, _ = run("check", "--data", folder, "--lang", "en")
    assert code == 0
    assert "Please look again, these may be slips (used as they stand):" in told
    assert (
        'observations.csv, line 7, column value: got "44"; wanted: number and unit checked' in told
    )
    given = [
        "--data",
        folder,
        "--notebooks",
        notebooks,
        "--out",
        tmp_path / "r",
        "--scenario",
        "co_so",
    ]
    code, told, _ = run("report", *given, "--lang", "en")
    assert code == 0
    assert "The data may hold slips, used as they stand (1): see laikhe check" in told


def test_days_that_are_due_stand_as_the_language_writes_them(folder):
    there = ("status", "--missing", "--as-of", "2022", "--data", folder)
    path = folder / "targets.csv"
    rows = path.read_text("utf-8").replace("tolerance,owner", "tolerance,due,owner")
    path.write_text(
        rows.replace(",n/a,,", ",n/a,,2,").replace(",constant,,", ",constant,,2,"), "utf-8"
    )
    assert "2023-02-28" in run(*there, "--lang", "en")[1]
    assert "28/02/2023" in run(*there)[1]


def test_a_ward_is_told_of_a_ward_and_of_its_files(folder):
    path = folder / "commune.toml"
    path.write_text(path.read_text("utf-8").replace("xã Mẫu Sơn", "phường Mẫu Sơn"), "utf-8")
    told = run("check", "--data", folder, "--lang", "en")[1]
    assert "figures of the ward" in told
    assert "commune.toml" in told
    assert "ward.toml" not in told


def test_check_says_that_all_is_sound_in_both_languages(folder):
    code, out, _ = run("check", "--data", folder)
    assert (code, out.splitlines()[0]) == (
        0, "Dữ liệu đạt: 2 chỉ tiêu, 5 số liệu của xã, 4 số liệu tham chiếu.")  # fmt: skip
    assert "The data are sound: 2 targets" in run("check", "--data", folder, "--lang", "en")[1]


def test_the_package_runs_as_a_module(folder):
    done = subprocess.run(
        [sys.executable, "-m", "laikhe_analysis", "check", "--data", str(folder)],
        capture_output=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0
    assert "Dữ liệu đạt" in done.stdout.decode("utf-8")


def test_check_lists_every_problem_and_exits_with_1(folder):
    path = folder / "observations.csv"
    content = path.read_text(encoding="utf-8").replace("FY,10000", "FY,10.875")
    path.write_text(content.replace("2020,FY,40,", "2020,FY,x,"), encoding="utf-8")
    code, out, errors = run("check", "--data", folder)
    assert code == 1
    assert not out
    assert "observations.csv, dòng 2, cột value" in errors
    assert "observations.csv, dòng 3, cột value" in errors
    assert "Traceback" not in errors
    assert "observations.csv, line 2, column value" in run(
        "check", "--data", folder, "--lang=en")[2]  # fmt: skip


def test_prints_vietnamese_whatever_the_console(folder):
    code, out, _ = run("check", "--data", folder, PYTHONIOENCODING="ascii", LC_ALL="C")
    assert code == 0
    assert "Dữ liệu đạt" in out


@pytest.mark.parametrize("arguments", [["nothing"], ["check", "--lang", "fr"], ["report", "--no"]])
def test_wrong_usage_exits_with_2(arguments):
    code, _, errors = run(*arguments)
    assert code == 2
    assert "Traceback" not in errors


@pytest.mark.usefixtures("nursery")
def test_a_planners_day(folder, notebooks, tmp_path, here):
    """A report is made; a new row shows in the next; what is wrong leaves it whole."""
    cell = nbformat.v4.new_code_cell(
        "from laikhe_analysis.data import load\nprint(load(DATA).histories()['population'].last)"
    )
    notebook = nbformat.read(notebooks / "00_x.ipynb", as_version=4)
    notebook.cells.append(cell)
    nbformat.write(notebook, notebooks / "00_x.ipynb")
    out = tmp_path / "out" / "report"
    arguments = ("report", "--data", folder, "--notebooks", notebooks, "--out", out)
    code, said, errors = run(*arguments, "--scenario", "muc_tieu")
    assert code == 0, errors
    assert str(out / "index.html") in said.replace("\n", "")
    assert "muc_tieu" in (out / "00_x.html").read_text(encoding="utf-8")
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["scenario"] == "muc_tieu"
    assert len(manifest["inputs_sha256"]["targets.csv"]) == 64
    assert [p.name for p in out.parent.iterdir()] == ["report"], "nothing is left beside it"

    row = "population,2021,FY,10250,,,people,n/a,final,official,book,2022-02-01,,\n"
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.write(row)
    assert here(*arguments)[0] == 0
    assert "(2021, 10250.0)" in (out / "00_x.html").read_text(encoding="utf-8")
    before = {path.name: path.read_bytes() for path in out.iterdir()}

    notebook.cells.append(nbformat.v4.new_code_cell("1 / 0"))
    nbformat.write(notebook, notebooks / "00_x.ipynb")
    code, _, errors = here(*arguments)
    assert code == 1
    assert "sổ tính 00_x.ipynb dừng ở ô 4: ZeroDivisionError" in errors.replace("\n", " ")
    assert "Traceback" not in errors

    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.write(row.replace("2021,FY,10250", '2022,FY,"10.250,5"'))
    code, _, errors = here(*arguments)
    assert code == 1
    assert 'observations.csv, dòng 8, cột value: gặp "10.250,5"' in errors.replace("\n", " ")
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert [p.name for p in out.parent.iterdir()] == ["report"]


def test_report_refuses_a_folder_with_other_files_and_an_unknown_scenario(
    folder, notebooks, tmp_path, here
):
    arguments = ("report", "--data", folder, "--notebooks", notebooks)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.docx").write_text("x", encoding="utf-8")
    code, _, errors = here(*arguments, "--out", tmp_path / "mine")
    assert code == 2
    assert "đang chứa tệp khác" in errors.replace("\n", " ")
    code, _, errors = here(*arguments, "--out", tmp_path / "mine", "--lang", "en")
    assert code == 2
    assert "holds other files" in errors.replace("\n", " ")
    for more, said in (
        ((), "phải là một trong co_so, muc_tieu; gặp 'muc_teu'. Có phải 'muc_tieu'?"),
        (("--lang", "en"), "be one of co_so, muc_tieu; got 'muc_teu'. Did you mean 'muc_tieu'?"),
    ):
        code, _, errors = here(*arguments, "--out", tmp_path / "r", "--scenario", "muc_teu", *more)
        assert code == 2
        assert said in errors.replace("\n", " ")
    assert not (tmp_path / "r").exists()


def test_a_folder_without_scenarios_is_told_what_to_do(folder, here):
    (folder / "scenarios.csv").write_text(
        "scenario,inherits,variable,year_from,year_to,value,unit,origin,source_id,approved_by,note\n",
        encoding="utf-8",
    )
    for lang, said in (("vi", "chưa có kịch bản nào: ghi"), ("en", "no scenario: write")):
        code, _, errors = here("report", "--data", folder, "--lang", lang)
        assert code == 1
        assert f"scenarios.csv {'holds ' if lang == 'en' else ''}{said}" in errors.replace(
            "\n", " "
        )
        assert "Traceback" not in errors


def test_status_prints_the_board(folder):
    code, out, _ = run("status", "--data", folder, "--as-of", "2021", LC_ALL="C")
    assert code == 0
    assert "Hộ nghèo" in out
    assert "10 hộ (năm 2021)" in out
    assert "→ chậm tiến độ" in out
