"""What is handed on: the sdist is whole, and the wheel works alone, in any folder."""

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
from pathlib import Path

import pytest
from conftest import ROOT

ANSWERS = ["--name", "xã Mới", "--population", "8500", "--area", "12,5", "--base-year", "2025",
           "--target-year", "2030"]  # fmt: skip


def run(*command, cwd, ok=True, **env):
    """Return what a command said, run with nothing of this checkout on Python's path."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(word) for word in command], cwd=cwd, env=clean | {"PYTHONUTF8": "1"} | env,
        capture_output=True, encoding="utf-8",
    )  # fmt: skip
    assert (done.returncode == 0) == ok, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return the folder with the sdist and the wheel made of it, built with no network."""
    place = tmp_path_factory.mktemp("dist")
    told = run(sys.executable, "-m", "build", "--no-isolation", "--outdir", place, ".", cwd=ROOT)
    assert "warning" not in told.lower(), told
    return place


@pytest.fixture(scope="module")
def laikhe(made, tmp_path_factory):
    """Return the command of a virtual environment in which nothing but the wheel is installed.

    What it depends on is read from where the tests have it: there is no network.
    """
    place = tmp_path_factory.mktemp("máy mới")
    venv.EnvBuilder(with_pip=False, symlinks=os.name != "nt").create(place)
    where = {"base": str(place), "platbase": str(place)}
    library = Path(sysconfig.get_path("purelib", vars=where))
    python = Path(sysconfig.get_path("scripts", vars=where)) / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-index",
        "--no-deps", next(made.glob("*.whl")), cwd=place)  # fmt: skip
    (library / "others.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    (place / "share").mkdir(exist_ok=True)
    (place / "share" / "jupyter").symlink_to(Path(sys.prefix) / "share" / "jupyter")
    return python.parent / "laikhe"


def test_the_sdist_holds_what_its_tests_need(made):
    with tarfile.open(next(made.glob("*.tar.gz"))) as file:
        inside = {name.partition("/")[2] for name in file.getnames()}
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    tracked = set(listed.stdout.split("\0")) - {""}
    assert {name for name in tracked if (ROOT / name).exists()} <= inside
    assert {"tests/conftest.py", "data/commune.toml", "notebooks/00_start_here.ipynb"} <= inside


def test_a_new_commune_reports_from_the_wheel_alone(laikhe, tmp_path):
    run(laikhe, "new", "x", *ANSWERS, cwd=tmp_path)
    first = tmp_path / "x" / "notebooks" / "01_targets_and_data.ipynb"
    mark = "Xã sửa sổ tính này"
    first.write_text(first.read_text("utf-8").replace('"# ', f'"# {mark}: ', 1), encoding="utf-8")
    run(laikhe, "report", "--data", "x", cwd=tmp_path)
    report = tmp_path / "build" / "report"
    assert (report / "index.html").stat().st_size > 0
    assert mark in (report / "01_targets_and_data.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["check", "status", "report", "invest", "template", "refresh"])
def test_without_data_a_command_says_where_it_looked(laikhe, tmp_path, command):
    told = run(laikhe, command, "--lang", "en", cwd=tmp_path, ok=False)
    name = "notebooks" if command == "refresh" else "data"
    assert f"there is no folder {tmp_path / name}" in told.replace("\n", " ")
    assert f"--{name}" in told
    assert "site-packages" not in told


def test_the_version_stands_in_one_place():
    assert 'version = "' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for path in (ROOT / "laikhe_analysis").rglob("*.py"):
        assert "__version__ =" not in path.read_text(encoding="utf-8"), path
