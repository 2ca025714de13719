"""The report takes the place of the earlier one whole or not at all, whenever it is killed."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from conftest import make_folder
from openpyxl import load_workbook
from typer.testing import CliRunner

from laikhe_analysis.checks import RefusalError
from laikhe_analysis.cli import app
from laikhe_analysis.messages import speaking
from laikhe_analysis.office import owned, report
from laikhe_analysis.office.forms.safe_folders import exchange

WORK = """
import os, sys
from pathlib import Path
from laikhe_analysis import cli
from laikhe_analysis.office import owned, report
moment = sys.argv.pop(1)
def stop(place, name, when):
    real = getattr(place, name)
    def call(*given, **named):
        done = None if when == "before" else real(*given, **named)
        os.kill(os.getpid(), 9)
    setattr(place, name, call)
if moment == "between":
    owned.exchange = lambda one, other: False
    stop(Path, "rename", "after")
elif moment != "never":
    when, name = moment.split()
    stop(owned if name == "exchange" else report, name, when)
cli.main()
"""
pytestmark = pytest.mark.usefixtures("nursery")
KILLED = -signal.SIGKILL if hasattr(signal, "SIGKILL") else None
needs_kill = pytest.mark.skipif(KILLED is None, reason="kill -9 is not for Windows")


def command(moment, base, out):
    return [sys.executable, "-c", WORK, moment, "report", "--data", str(base / "mau_son"),
            "--notebooks", str(base / "notebooks"), "--out", str(out)]  # fmt: skip


def write(base, out, *more):
    """Write a report in this process and return what the command says."""
    done = CliRunner().invoke(app, [*command("never", base, out)[4:], *more])
    assert done.exit_code == 0, done.output
    return " ".join(done.output.split())


def content(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """Return a folder with a commune's data, one notebook, an earlier report, and a newer figure."""
    place = tmp_path_factory.mktemp("base")
    folder, notebooks = make_folder(place), place / "notebooks"
    notebooks.mkdir()
    cells = [
        nbformat.v4.new_markdown_cell("# 00. Thử\n\n**Câu hỏi:** gì?"),
        nbformat.v4.new_code_cell('DATA = "x"', metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell("print(DATA)"),
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), notebooks / "00_x.ipynb")
    not_run = [nbformat.v4.new_code_cell("1 / 0")]
    nbformat.write(nbformat.v4.new_notebook(cells=not_run), notebooks / "09_what_if.ipynb")
    write(place, place / "earlier")
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.write("population,2021,FY,10250,,,people,n/a,final,official,book,2022-07-02,,\n")
    return place


@pytest.fixture
def out(base, tmp_path):
    """Return where the earlier report stands."""
    return shutil.copytree(base / "earlier", tmp_path / "report")


@needs_kill
@pytest.mark.parametrize(
    "moment",
    ["before run_notebooks", "after write_documents", "before exchange"],
)
def test_a_killed_report_leaves_the_earlier_one_whole(base, out, moment):
    before = content(out)
    assert subprocess.run(command(moment, base, out), capture_output=True).returncode == KILLED
    assert content(out) == before


@needs_kill
def test_a_report_killed_after_the_change_of_places_is_the_new_one_whole(base, out):
    assert exchange(out, out), "the system of the tests can exchange"
    done = subprocess.run(command("after exchange", base, out), capture_output=True)
    assert done.returncode == KILLED
    now, before = content(out), content(base / "earlier")
    assert now.keys() == before.keys()
    assert now["manifest.json"] != before["manifest.json"]
    (left,) = (path for path in out.parent.iterdir() if path != out and path.is_dir())
    assert content(left) == before
    write(base, out)
    assert not left.exists(), "the next run clears what the killed one left"
    assert content(out) == now, "and finds nothing else to do"


@needs_kill
def test_where_nothing_can_be_exchanged_the_next_run_brings_back_what_was_set_aside(base, out):
    before = content(out)
    assert subprocess.run(command("between", base, out), capture_output=True).returncode == KILLED
    assert not out.exists()
    again = command("before run_notebooks", base, out)
    assert subprocess.run(again, capture_output=True).returncode == KILLED
    assert content(out) == before


@needs_kill
def test_a_report_killed_from_outside_leaves_the_earlier_one_whole(base, out):
    before, end = content(out), time.monotonic() + 60
    with subprocess.Popen(
        command("never", base, out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        while len(list(out.parent.iterdir())) < 2 and time.monotonic() < end:
            time.sleep(0.01)
        process.kill()
    assert process.returncode == KILLED
    assert content(out) == before


def test_a_report_as_of_a_date_knows_nothing_of_later_figures(base, tmp_path):
    seen = {}
    for at in ("2020", "2021"):
        write(base, tmp_path / at, "--as-of", at)
        book = load_workbook(tmp_path / at / "bang_tinh.xlsx", data_only=True, read_only=True)
        seen[at] = {
            cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
        }
        book.close()
    assert 10250 in seen["2021"]
    assert 10250 not in seen["2020"]
    assert 10000 in seen["2020"]


def test_pages_do_not_tell_where_the_data_stood(base):
    pages = {path.name: path.read_text("utf-8") for path in (base / "earlier").glob("*.html")}
    code = [page for page in pages.values() if "'mau_son'" in page]
    assert len(code) == 1
    told = [str(base) in page.replace(f"{base / 'mau_son'}\n", "") for page in pages.values()]
    assert not any(told)  # but for what the notebook itself prints


def test_the_what_if_page_is_the_one_file_and_not_the_notebook(base):
    names = {path.name for path in (base / "earlier").glob("*.html")}
    assert names == {"00_x.html", "index.html", "neu_thi_sao.html"}


def test_a_link_to_the_report_stays_a_link(base, tmp_path):
    (tmp_path / "there").mkdir()
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "there", target_is_directory=True)
    write(base, link)
    assert link.is_symlink()
    assert (tmp_path / "there" / "index.html").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "there"]


def test_a_report_may_stand_in_the_working_folder_but_not_in_the_root_of_a_drive(
    base, tmp_path, monkeypatch
):
    place = tmp_path / "here"
    place.mkdir()
    monkeypatch.chdir(place)
    write(base, ".")
    assert (place / "index.html").exists()
    refused = subprocess.run(
        command("never", base, Path(os.sep).resolve()), capture_output=True, text=True,
        encoding="utf-8",
    )  # fmt: skip
    assert refused.returncode == 2
    assert "gốc của một ổ đĩa" in " ".join(refused.stderr.split())


def test_a_report_edited_by_hand_and_files_of_others_stay_and_it_is_told(base, out):
    word = next(path for path in sorted(out.glob("*.docx")))
    word.write_bytes(b"edited")
    os.utime(word, (1_795_000_000, 1_795_000_000))
    (out / "cua toi.txt").write_text("x", encoding="utf-8")
    told = write(base, out)
    (kept,) = out.glob(f"{word.stem}-sua-2026-11-1*.docx")
    assert kept.read_bytes() == b"edited"
    assert word.read_bytes() != b"edited"
    assert (out / "cua toi.txt").read_text(encoding="utf-8") == "x"
    assert f"{word.name} đã được sửa tay: giữ lại thành {kept.name}" in told


@pytest.mark.parametrize("inside", ["out", "data"])
def test_neither_the_data_in_the_report_nor_the_report_in_the_data(base, tmp_path, inside):
    """The case that once deleted a commune's data: any manifest, and the data beside it."""
    place = shutil.copytree(base / "mau_son", tmp_path / "f" / "mau_son")
    (tmp_path / "f" / "manifest.json").write_text("{}", encoding="utf-8")
    where = place.parent if inside == "out" else place / "report"
    before = sorted((path, path.read_bytes()) for path in tmp_path.rglob("*") if path.is_file())
    given = [*command("never", base, where), "--data", str(place)]
    done = subprocess.run(given, capture_output=True, encoding="utf-8")
    assert done.returncode == 2
    assert "thư mục số liệu" in " ".join(done.stderr.split())
    after = sorted((path, path.read_bytes()) for path in tmp_path.rglob("*") if path.is_file())
    assert after == before


def test_data_that_change_while_the_report_is_made_are_told(base, tmp_path, monkeypatch):
    folder = shutil.copytree(base / "mau_son", tmp_path / "mau_son")
    run = report.run_notebooks

    def meanwhile(*given, **named):
        with (folder / "observations.csv").open("a", encoding="utf-8") as file:
            file.write("population,2022,FY,10300,,,people,n/a,final,official,book,2023-02-02,,\n")
        return run(*given, **named)

    monkeypatch.setattr(report, "run_notebooks", meanwhile)
    with speaking("en"), pytest.raises(RefusalError, match="changed while the report was made"):
        report.write_report(folder, base / "notebooks", tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="no exchange on Windows")
def test_two_folders_change_places_or_nothing_moves(tmp_path):
    one, other = tmp_path / "một", tmp_path / "hai"
    for place in (one, other):
        place.mkdir()
        (place / place.name).write_text("x", encoding="utf-8")
    assert exchange(one, other)
    assert [path.name for path in one.iterdir()] == ["hai"]
    assert [path.name for path in other.iterdir()] == ["một"]
    assert not exchange(one, tmp_path / "none")
    assert [path.name for path in one.iterdir()] == ["hai"]


def places(folder):
    return {path.name: path.stat().st_ino for path in folder.iterdir()}


@pytest.fixture(scope="module")
def made(base):
    """Return a report of the data as they are."""
    write(base, base / "made")
    return base / "made"


@pytest.fixture
def current(made, tmp_path):
    return shutil.copytree(made, tmp_path / "report")


def test_a_report_of_unchanged_data_is_left_as_it_is(base, current):
    before = places(current)
    again = subprocess.run(command("never", base, current), check=True, capture_output=True)
    assert places(current) == before
    assert str(current / "index.html") in again.stdout.decode()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(["--as-of", "2021"], id="another date"),
        pytest.param(["--fresh"], id="asked for"),
        pytest.param(None, id="a file was edited"),
    ],
)
def test_a_report_is_made_anew_where_something_differs(base, current, change):
    before = places(current)
    if change is None:
        (current / "style.css").write_text("body {}", encoding="utf-8")
    write(base, current, *(change or []))
    after = places(current)
    assert all(after[name] != before[name] for name in before)
    assert len(after) == len(before) + (change is None), "what was edited is kept beside"


def test_the_facts_of_a_report_change_with_program_and_notebooks(base, monkeypatch):
    chosen = {"DATA": "x", "SCENARIO": "", "RULE": "", "AS_OF": ""}
    paths = [base / "notebooks" / "00_x.ipynb"]
    facts = report._facts({}, paths, chosen)
    assert report._facts({}, [], chosen) != facts
    monkeypatch.setattr(owned, "_OWN", (".css",))
    owned.program_hash.cache_clear()
    assert report._facts({}, paths, chosen)["program_sha256"] != facts["program_sha256"]
    owned.program_hash.cache_clear()


def test_projections_are_kept_once_and_only_by_a_report_that_was_made(base, tmp_path):
    folder = shutil.copytree(base / "mau_son", tmp_path / "mau_son")
    given = {"keep_on": "2022-03-01", "as_of": "2021"}
    out, kept = tmp_path / "report", folder / "history.csv"
    with pytest.raises(RefusalError):
        report.write_report(folder, base / "notebooks", out, scenario="khac", **given)
    assert not kept.exists()
    report.write_report(folder, base / "notebooks", out, **given)
    content, index = kept.read_bytes(), (out / "index.html").stat().st_mtime_ns
    assert content.splitlines()[1].startswith(b"2022-03-01,2021,co_so,total_product,2021,,")
    said = []
    report.write_report(folder, base / "notebooks", out, as_of="2021", keep_on="2022-04-05",
                        on_progress=lambda what, done, of: said.append(what.en))  # fmt: skip
    assert said == ["nothing has changed"]
    report.write_report(folder, base / "notebooks", out, as_of="2021")
    assert kept.read_bytes() == content
    assert (out / "index.html").stat().st_mtime_ns == index
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.write("income_per_capita,2022,FY,60,,,million VND/person/year,current,final,official,"
                   "book,2023-02-02,,\n")  # fmt: skip
    report.write_report(folder, base / "notebooks", out, as_of="2022", keep_on="2023-03-01")
    assert kept.read_bytes().startswith(content)
    assert b"2023-03-01,2022,co_so," in kept.read_bytes()
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "So với lần báo cáo trước (01/03/2022):" in page
    assert "thu nhập bình quân đầu người" in page


def test_internal_items_are_on_the_page_where_they_are_asked_for(base, tmp_path):
    folder = shutil.copytree(base / "mau_son", tmp_path / "mau_son")
    targets = folder / "targets.csv"
    text = targets.read_text(encoding="utf-8").replace(
        "Văn hóa - Xã hội,public", "Văn hóa,internal"
    )
    targets.write_text(text, encoding="utf-8")
    for asked in (False, True):
        index = report.write_report(folder, base / "notebooks", tmp_path / "out", internal=asked)
        assert ("Hộ nghèo" in index.read_text(encoding="utf-8")) is asked


def test_an_office_template_makes_the_report_anew_and_english_has_no_word(
    base, tmp_path, monkeypatch
):
    monkeypatch.setattr(report, "run_notebooks", lambda *_, **__: {})
    folder = tmp_path / "mau_son"
    shutil.copytree(base / "mau_son", folder)
    told = []

    def made(**more):
        report.write_report(
            folder, base / "notebooks", tmp_path / "out",
            on_progress=lambda what, *_: told.append(what.en), **more,
        )  # fmt: skip
        return told[-1]

    assert (made(), made()) == ("report written", "nothing has changed")
    (folder / "templates").mkdir()
    shutil.copy(tmp_path / "out" / "tom_tat.docx", folder / "templates" / "tom_tat.docx")
    assert made() == "report written"
    assert list((tmp_path / "out").glob("*.docx"))
    assert made(lang="en") == "report written"
    assert "no Word documents: these are Vietnamese" in told
    assert not list((tmp_path / "out").glob("*.docx"))
