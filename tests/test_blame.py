"""What stops a command names the file and row, in one language, without the system's numbers."""

import errno
import os
import re
import shutil
import sys

import pytest
from conftest import DATA

from laikhe_analysis import cli
from laikhe_analysis.checks import DataError, Problem, RefusalError, Text
from laikhe_analysis.data import load
from laikhe_analysis.office import blame
from laikhe_analysis.office.blame import located
from laikhe_analysis.office.forms.safe_files import why


def rates(folder):
    """Compute something from a folder, and stop as the library does: without naming a file."""
    found = load(folder)
    for target in found.plan.targets:
        if target.value == 0.0725:
            raise ValueError(f"`rate` must be a fraction, got {100 * target.value:g} %.")
    for row in found.observed:
        if row.series_id == "9.2-poor" and row.value == 13:
            raise ZeroDivisionError("division by zero")
    return len(found.observed)


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_what_does_not_stop_is_returned(folder):
    assert located(rates, folder) == 5


@pytest.mark.parametrize(
    ("name", "old", "new", "file", "line"),
    [
        ("targets.csv", "at_least,9,,2020", "at_least,7.25,,2020", "targets.csv", 2),
        ("observations.csv", "FY,12,,", "FY,13,,", "observations.csv", 4),
    ],
    ids=["its number stands in the message", "no number in the message"],
)
def test_the_row_is_named(folder, name, old, new, file, line):
    change(folder / "tasks.csv", ",9.1-industry", ",")
    change(folder / name, old, new)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(DataError) as caught:
        located(rates, folder)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == (file, line)
    assert "the calculation stopped" in problem.wanted.en
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_row_over_two_lines_is_counted_as_the_file_has_it(folder):
    change(folder / "observations.csv", "so với xã bên", '"so với\nxã bên"')
    change(folder / "observations.csv", "FY,12,,", "FY,13,,")
    with pytest.raises(DataError) as caught:
        located(rates, folder)
    assert caught.value.problems[0].line == 5


def test_where_no_row_is_the_cause_the_folder_is_named(folder, monkeypatch):
    def stop(place):
        raise ValueError("`years` must be a positive number, got 0.")

    for patience in (4.0, 0.0):
        monkeypatch.setattr(blame, "_PATIENCE", patience)
        with pytest.raises(DataError, match="mau_son: gặp") as caught:
            located(stop, folder)
        assert caught.value.problems[0].line is None


def test_what_names_its_place_already_is_left_alone(folder):
    for error in (DataError([]), RefusalError(Text("a", "b")), FileNotFoundError(2, "x")):

        def stop(place, error=error):
            raise error

        with pytest.raises(type(error)) as caught:
            located(stop, folder)
        assert caught.value is error


# ---- fifty equal problems


def problems(count, **changes):
    given = {"file": "a.csv", "column": "value", "wanted": Text("số", "a number")} | changes
    return [Problem(given["file"], n + 2, given["column"], f"{n}", given["wanted"])
            for n in range(count)]  # fmt: skip


def test_many_problems_that_are_alike_are_one_message_with_their_count():
    said = DataError(problems(50)).render("en")
    assert said == (
        'a.csv, column value, 50 lines (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …): got "0", "1", "2", …; '
        "wanted: a number"
    )
    assert DataError(problems(50)).render("vi").startswith("a.csv, cột value, 50 dòng (2, 3, ")


def test_few_or_different_problems_are_told_one_by_one():
    assert DataError(problems(5)).render().count("\n") == 4
    mixed = [*problems(4), *problems(4, column="low"), *problems(4, file="b.csv"),
             *problems(4, wanted=Text("năm", "a year"))]  # fmt: skip
    assert DataError(mixed).render().count("\n") == 15
    whole = [Problem(f"{n}.csv", None, None, "", Text("x", "x")) for n in range(9)]
    assert DataError(whole).render().count("\n") == 8


def test_cells_of_a_sheet_are_counted_by_sheet():
    cells = [Problem("x › Y", None, f"G{n}", "=1", Text("số", "a number")) for n in range(6, 26)]
    assert DataError(cells).render("en") == (
        "x › Y, 20 cells (G6, G7, G8, G9, G10, G11, G12, G13, G14, G15, …): "
        'got "=1"; wanted: a number'
    )


# ---- through the command line


def run(monkeypatch, capsys, *arguments):
    monkeypatch.setattr(sys, "argv", ["laikhe", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    shown = capsys.readouterr()
    return ended.value.code, shown.out + shown.err


LANGUAGES = pytest.mark.parametrize(
    ("lang", "said", "not_said"),
    [("vi", "không có|không đọc|là một|không phải|dừng vì", r"there is|cannot|stopped at"),
     ("en", "there is|cannot|is a|is no|stopped at", r"không|dừng")],
)  # fmt: skip


@LANGUAGES
@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--data", "nowhere"),
        ("check", "--data", "note.txt"),
        ("status", "--data", "nowhere/x"),
        ("restore", "nowhere.zip", "--data", "new"),
        ("restore", ".", "--data", "new"),
        ("compare", "nowhere", "note.txt"),
        ("report", "--data", "mau_son", "--notebooks", "nowhere"),
        ("report", "--data", "mau_son", "--notebooks", "mau_son"),
        ("report", "--data", "mau_son", "--notebooks", "mau_son", "--out", "note.txt"),
        ("backup", "--data", "mau_son", "--out", "note.txt"),
        ("refresh", "--notebooks", "mau_son"),
    ],
    ids=" ".join,
)
def test_files_that_are_not_there_are_told_in_one_language(
    folder, tmp_path, monkeypatch, capsys, arguments, lang, said, not_said
):
    (tmp_path / "note.txt").write_text("x", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    code, out = run(monkeypatch, capsys, *arguments, "--lang", lang)
    assert code == 2 or (code, arguments[0]) == (1, "backup")
    assert re.search(said, out), out
    assert not re.search(not_said, out), out
    assert "Errno" not in out
    assert "Traceback" not in out


@LANGUAGES
@pytest.mark.parametrize(
    "error", [KeyError("x"), RecursionError("deep"), MemoryError(), OSError(5, "x")]
)
def test_whatever_stops_a_command_is_one_sentence(
    folder, monkeypatch, capsys, error, lang, said, not_said
):
    def stop(*_):
        raise error

    monkeypatch.setattr("laikhe_analysis.data.load", stop)
    monkeypatch.setattr(blame, "_PATIENCE", 0.0)
    code, out = run(monkeypatch, capsys, "template", "--data", folder, "--lang", lang)
    assert code == (2 if isinstance(error, OSError) else 1)
    assert re.search(said, out), out
    assert not re.search(not_said, out), out
    assert out.count("\n") == 1
    assert "Traceback" not in out
    assert "Errno" not in out


def test_a_library_error_in_a_command_names_file_and_row(tmp_path, monkeypatch, capsys):
    folder = shutil.copytree(DATA, tmp_path / "data")
    change(folder / "observations.csv", "land_collection,2026,FY,95,85,100,%,",
           "land_collection,2026,FY,95,85,100,billion VND,")  # fmt: skip
    monkeypatch.chdir(tmp_path)
    code, out = run(monkeypatch, capsys, "invest", "--lang", "en")
    assert code == 1
    assert "observations.csv, line 11" in out
    assert "Traceback" not in out


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT)), "there is no such file or folder"),
        (OSError(errno.ENOSPC, "x"), "the disk is full"),
        (OSError(errno.EROFS, "x"), "the disk can only be read"),
        (OSError(errno.ELOOP, "x"), "the link leads to itself"),
        (OSError("no number"), "cannot be read or written"),
    ],
)  # fmt: skip
def test_what_the_system_says_in_words(error, said):
    assert why(error).en == said
