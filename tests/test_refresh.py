"""`laikhe refresh`: the notebooks are run in place and kept, all of them or none."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from conftest import ROOT
from kills import at_every_step, needs_fork
from typer.testing import CliRunner

from laikhe_analysis.checks import RefusalError
from laikhe_analysis.cli import app
from laikhe_analysis.messages import speaking
from laikhe_analysis.office import refresh as r
from laikhe_analysis.office.forms import safe_folders
from laikhe_analysis.office.notebooks import NotebookError

pytestmark = pytest.mark.usefixtures("nursery")
REVENUE = (
    "recurrent_revenue,2020,FY,100,,,billion VND,current,final,official,book,2021-02-01,,\n"
    "recurrent_revenue,2021,FY,112,,,billion VND,current,final,official,book,2022-02-01,,\n"
)
COUNT = 'import csv, pathlib\nlen(list(csv.reader(pathlib.Path(DATA, "observations.csv").open())))'


def write(path, *sources):
    """Write a notebook that was never run, its first cell the parameters."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    cells[0].metadata["tags"] = ["parameters"]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)


@pytest.fixture
def place(folder, tmp_path):
    """Return a folder of two notebooks beside the data of a made-up commune."""
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    parameters = f'DATA = "../{folder.name}"'
    write(notebooks / "00_x.ipynb", parameters, COUNT, "# nothing to show\n", "DATA.upper()")
    write(notebooks / "01_y.ipynb", parameters, "1 + 1")
    return notebooks


def add(folder, text=REVENUE):
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.write(text)


def contents(place):
    return {path.name: path.read_bytes() for path in place.iterdir()}


def outputs(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [o["data"]["text/plain"] for c in cells for o in c["outputs"]]


def test_outputs_are_kept_with_counts_kernel_and_the_hash_of_the_data(place, folder):
    assert r.stale_notebooks(place) == ["00_x.ipynb", "01_y.ipynb"]
    told = []
    assert r.refresh(place, lambda path: told.append(path.name)) == sorted(place.iterdir())
    assert sorted(told) == ["00_x.ipynb", "01_y.ipynb"]
    found = json.loads((place / "00_x.ipynb").read_text(encoding="utf-8"))
    assert outputs(place / "00_x.ipynb") == [["6"], ["'../MAU_SON'"]]
    assert [cell["execution_count"] for cell in found["cells"]] == [1, 2, 3, 4]
    assert [cell["metadata"] for cell in found["cells"]] == [{"tags": ["parameters"]}, {}, {}, {}]
    assert found["metadata"] == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "laikhe": {"data_sha256": r.data_hash(folder)},
        "language_info": {"name": "python"},
    }
    assert r.stale_notebooks(place) == []
    before = contents(place)
    r.refresh(place)
    assert contents(place) == before, "run again, nothing differs"


def test_new_figures_make_them_stale_and_refresh_shows_them(place, folder):
    r.refresh(place)
    add(folder)
    assert r.stale_notebooks(place) == ["00_x.ipynb", "01_y.ipynb"]
    r.refresh(place)
    assert outputs(place / "00_x.ipynb")[0] == ["8"]
    assert r.stale_notebooks(place) == []


def test_the_hash_is_of_names_and_content_and_of_nothing_else(folder):
    first = r.data_hash(folder)
    (folder / "README.md").write_text("x", encoding="utf-8")
    (folder / "~$observations.csv").write_text("x", encoding="utf-8")
    path = folder / "targets.csv"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert r.data_hash(folder) == first
    path.rename(folder / "targets2.csv")
    moved = r.data_hash(folder)
    assert moved != first
    (folder / "targets2.csv").write_bytes(b"x")
    assert r.data_hash(folder) not in (first, moved)
    assert r.data_hash(folder / "nowhere") == r.data_hash(folder / "targets2.csv")


def test_a_notebook_that_fails_leaves_all_as_they_were(place, folder):
    r.refresh(place)
    add(folder)
    write(place / "02_z.ipynb", "DATA = 'x'", "1 / 0")
    before = contents(place)
    with (
        speaking("en"),
        pytest.raises(NotebookError, match=r"02_z\.ipynb stopped in cell 2: ZeroDivisionError"),
    ):
        r.refresh(place)
    assert contents(place) == before


@pytest.mark.parametrize("what", ["data", "notebook"])
def test_what_changes_meanwhile_is_never_written_over(place, folder, what):
    def meanwhile(path):
        if path.name == "00_x.ipynb":
            add(folder) if what == "data" else write(path, "DATA = 'mine'")

    before = contents(place)
    with (
        speaking("en"),
        pytest.raises(RefusalError, match=r"00_x\.ipynb or its data changed meanwhile"),
    ):
        r.refresh(place, meanwhile)
    assert contents(place)["01_y.ipynb"] == before["01_y.ipynb"]
    assert (contents(place) == before) == (what == "data")


def test_a_file_held_open_leaves_all_as_they_were(place, folder, monkeypatch):
    before, replace = contents(place), Path.replace

    def held(path, target):
        if Path(target).name == "01_y.ipynb" and replaced:
            raise PermissionError(13, "held")
        replaced.append(target)
        return replace(path, target)

    replaced = []
    monkeypatch.setattr(Path, "replace", held)
    with speaking("en"), pytest.raises(RefusalError, match="another program holds the file"):
        r.refresh(place)
    assert len(replaced) == 2, "the first was written, and put back"
    assert contents(place) == before


def test_two_at_once_and_a_folder_without_notebooks(place, tmp_path, monkeypatch):
    monkeypatch.setattr(safe_folders, "WAIT", 0.0)
    with (
        safe_folders.locked(place),
        speaking("en"),
        pytest.raises(RefusalError, match="another laikhe command is writing"),
    ):
        r.refresh(place)
    with speaking("en"), pytest.raises(RefusalError, match="there is no notebook"):
        r.refresh(tmp_path)


@needs_fork
def test_a_kill_while_writing_leaves_whole_notebooks_and_the_next_run_mends_it(
    place, folder, tmp_path, monkeypatch
):
    r.refresh(place)
    old = contents(place)
    add(folder)
    run = r.run_notebooks(sorted(place.iterdir()), {})
    monkeypatch.setattr(r, "run_notebooks", lambda *_: run)  # kernels are not for a forked child
    new = {path.name: r._kept(book, r.data_hash(folder)) for path, book in run.items()}

    def prepare(moment):
        for name, content in old.items():
            (place / name).write_bytes(content)
        return place

    def check(place):
        found = contents(place)
        mixed = {name: found[name] for name in old}
        assert all(mixed[name] in (old[name], new[name]) for name in old)
        assert set(r.stale_notebooks(place)) == {n for n in old if mixed[n] == old[n]}
        r.refresh(place)
        assert contents(place) == new

    assert at_every_step(prepare, r.refresh, check, tmp_path) >= 8


def test_after_new_figures_one_test_fails_and_says_what_to_do(place, folder, tmp_path):
    """A project in small: the hook and the test of this one, its own notebooks and data."""
    (place / "01_y.ipynb").unlink()
    (tmp_path / "tests").mkdir()
    for name in ("conftest.py", "test_current.py"):
        shutil.copy(ROOT / "tests" / name, tmp_path / "tests" / name)
    settings = '[tool.pytest.ini_options]\naddopts = ["--nbval", "-p", "no:cacheprovider"]\n'
    (tmp_path / "pyproject.toml").write_text(settings, encoding="utf-8")

    def test():
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "nbval.plugin", "tests", "notebooks"],
            cwd=tmp_path, capture_output=True, text=True, encoding="utf-8",
            env=os.environ | {"COLUMNS": "200", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        )  # fmt: skip
        return done.stdout, done.returncode

    def again():
        done = CliRunner().invoke(app, ["refresh", "--notebooks", str(place)])
        assert done.exit_code == 0, done.output
        assert done.stdout.splitlines() == ["đã chạy 00_x", "Đã ghi 1 sổ tính."]

    again()
    add(folder)
    said, code = test()
    assert code == 1
    assert "1 failed, 4 deselected" in said
    assert "run `laikhe refresh`" in said
    again()
    said, code = test()
    assert (code, re.search(r"\d+ passed", said)[0]) == (0, "5 passed"), said
