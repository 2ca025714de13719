"""Many communes at once: the same values everywhere, faults told, nothing lost or done twice."""

import csv
import importlib.util
import json
import re
import shutil
import signal
from pathlib import Path

import openpyxl
import pytest
from conftest import lacking
from kills import Deadly, deadly
from typer.testing import CliRunner

from laikhe_analysis.checks import DataError, RefusalError
from laikhe_analysis.cli import app
from laikhe_analysis.data import load
from laikhe_analysis.messages import speaking
from laikhe_analysis.office.batch.record import Job, job_key, record_of
from laikhe_analysis.office.batch.runner import run
from laikhe_analysis.office.batch.store import compute, folders_of, read_lines
from laikhe_analysis.office.batch.synthetic import FAULTS, write_synthetic
from laikhe_analysis.records import Scenario
from laikhe_analysis.scenarios import Baseline, Level, project
from laikhe_analysis.series import AnnualSeries

TODAY = "2026-12-01"


@pytest.fixture(scope="module")
def communes(tmp_path_factory):
    """Return six folders, the fourth of which cannot be read."""
    place = tmp_path_factory.mktemp("city")
    return [
        str(write_synthetic(place / f"xa_{i}", i, fault=FAULTS[0] if i == 4 else ""))
        for i in range(1, 7)
    ]


def jobs_of(communes, **given):
    return [Job(folder, today=TODAY, **given) for folder in communes]


def lost(job, why):
    return {"folder": job.folder, "error": why.as_dict()}


@pytest.fixture(scope="module")
def alone(communes):
    """Return the records of one process."""
    return list(run(record_of, jobs_of(communes), lost=lost))


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    a, b = write_synthetic(tmp_path / "a", 5), write_synthetic(tmp_path / "b", 5)
    assert [p.read_bytes() for p in sorted(a.iterdir())] == [
        p.read_bytes() for p in sorted(b.iterdir())]  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_one_that_is_refused(tmp_path, fault):
    with pytest.raises(DataError):
        load(write_synthetic(tmp_path / "a", 1, fault=fault), today=TODAY)


def test_a_record_holds_what_the_status_command_prints(communes, alone):
    done = CliRunner().invoke(app, ["status", "--format", "json", "--data", communes[0]])
    assert json.loads(done.output) == alone[0]["board"]
    assert alone[0]["commune"]["synthetic"]
    assert alone[0]["findings"][0]["key"] == "board.items"


def test_missing_figures_are_values(tmp_path):
    bare = record_of(Job(str(write_synthetic(tmp_path / "a", 1, gaps=1.0)), today=TODAY))
    lacking = {one["target_id"]: one for one in bare["missing"]["figures"]}
    assert list(lacking) == [target["target_id"] for target in bare["board"]["targets"]]
    assert lacking["3-income"] == {"target_id": "3-income", "series": "income_per_capita",
                                   "unit": "million VND/person/year", "owner": "Phòng economy"}  # fmt: skip


def test_a_total_without_sectors_is_no_contradiction():
    known = {"total_product": AnnualSeries("total_product", (2021,), (995.0,), unit="billion VND")}
    baseline = Baseline(2020, (), {"total_product": Level(900, "billion VND", "constant")}, known)
    found = project(baseline, Scenario("s", ()), until=2022)
    assert "total_product" not in found.paths


def test_a_damaged_folder_is_told_and_stops_nothing(alone):
    assert ["error" in one for one in alone] == [False, False, False, True, False, False]
    assert "observations.csv, line 2" in alone[3]["error"]["en"]


def test_a_fault_of_the_program_stops_nothing(communes, monkeypatch):
    from laikhe_analysis.office.batch import record

    def broken(*_given, **_more):
        raise KeyError("x")

    monkeypatch.setattr(record, "load", broken)
    assert "error" in record_of(Job(communes[0], today=TODAY))


def test_two_processes_find_the_same(communes, alone):
    assert list(run(record_of, jobs_of(communes), processes=2, lost=lost)) == alone


def test_a_calculation_that_stops_writes_no_report(communes, monkeypatch, tmp_path):
    def stop(data):
        raise ValueError("12")

    monkeypatch.setattr("laikhe_analysis.office.batch.record._series", stop)
    monkeypatch.setattr("laikhe_analysis.office.blame._PATIENCE", 1.0)
    found = record_of(Job(communes[0], today=TODAY, report=str(tmp_path / "report")))
    assert "the calculation stopped: 12" in found["error"]["en"]
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def cluster():
    """Yield the address of a Dask cluster of two workers."""
    if importlib.util.find_spec("distributed") is None:
        lacking("dask.distributed is not installed")
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as found:
        yield found.scheduler_address


def test_a_dask_cluster_finds_the_same(communes, alone, cluster):
    assert list(run(record_of, jobs_of(communes), scheduler=cluster, lost=lost)) == alone


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
@pytest.mark.parametrize("always", [False, True])
def test_a_killed_worker_costs_a_retry_and_no_result(communes, alone, tmp_path, always):
    jobs = jobs_of(communes)
    jobs[1] = Deadly(communes[1], today=TODAY, mark=str(tmp_path / "mark"), always=always)
    found = list(run(deadly, jobs, processes=2, lost=lost))
    assert [one["folder"] for one in found] == communes
    assert found[0] == alone[0]
    assert found[2:] == alone[2:]
    assert ("error" in found[1]) is always
    assert always or found[1] == alone[1]


def test_a_cluster_whose_machines_lack_the_program_is_told(communes, cluster, monkeypatch):
    monkeypatch.setattr("laikhe_analysis.office.batch.runner._NEEDED", "no_such_program")
    with speaking("en"), pytest.raises(RefusalError, match=r"lack this program: .*no_such_program"):
        list(run(record_of, jobs_of(communes), scheduler=cluster, lost=lost))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_a_killed_worker_of_a_cluster_costs_a_retry(communes, alone, cluster, tmp_path):
    jobs = jobs_of(communes)
    jobs[1] = Deadly(communes[1], today=TODAY, mark=str(tmp_path / "mark"))
    assert list(run(deadly, jobs, scheduler=cluster, lost=lost)) == alone


def test_only_what_changed_is_computed_again(communes, tmp_path):
    mine = [shutil.copytree(folder, tmp_path / Path(folder).name) for folder in communes[:4]]
    jobs = jobs_of(map(str, mine))
    first = list(compute(jobs, tmp_path / "out"))
    assert [one.is_kept for one in first] == [False] * 4
    whole = list(read_lines(tmp_path / "out" / "values.jsonl"))
    path = mine[0] / "observations.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("giả lập", "sửa"), encoding="utf-8")
    again = {one.folder: one.is_kept for one in compute(jobs, tmp_path / "out")}
    assert list(again.values()).count(False) == 2  # what was changed, and what cannot be read
    assert not again[str(mine[0])]
    now = list(read_lines(tmp_path / "out" / "values.jsonl"))
    assert now[1:] == whole[1:]
    assert now[0]["key"] != whole[0]["key"]


def test_what_a_killed_run_left_is_taken_up(communes, alone, tmp_path):
    whole, cut = (json.dumps(one).encode() for one in alone[:2])
    (tmp_path / "values.jsonl.moi").write_bytes(whole + b"\n" + cut[:100])
    kept = {one.folder: one.is_kept for one in compute(jobs_of(communes), tmp_path)}
    assert [folder for folder in communes if kept[folder]] == communes[:1]
    assert list(read_lines(tmp_path / "values.jsonl")) == alone
    assert not (tmp_path / "values.jsonl.moi").exists()


def test_another_question_is_another_key(communes):
    asked = [{}, {"as_of": "2023"}, {"scenario": "khac"}, {"report": "r"}]
    keys = {job_key(Job(communes[0], today=TODAY, **more)) for more in asked}
    keys.add(job_key(Job(communes[0], today="2027-01-05")))
    assert len(keys) == 5
    assert job_key(Job(communes[0], today="2026-10-05")) in keys  # the same quarter


def test_a_list_names_folders(tmp_path):
    names = tmp_path / "xa.txt"
    names.write_text("# thành phố\nmot  # ghi chú\n\n../hai\n", encoding="utf-8")
    assert folders_of([names]) == [str(tmp_path / "mot"), str(tmp_path / "../hai")]
    for given, words in (([], "at least one"), ([Path("a"), Path("a")], "twice: a")):
        with pytest.raises(RefusalError) as caught:
            folders_of(given)
        assert words in caught.value.render("en")
    names.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RefusalError) as caught:
        folders_of([names])
    assert "UTF-8" in caught.value.render("en")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        pytest.param(["--as-of", "soon"], "--as-of must be a year", id="date"),
        pytest.param(["--out", "{0}"], "lies in the data folder", id="data folder"),
        pytest.param(["--out", "{0}/.."], "holds the data folder", id="holds the data"),
        pytest.param(["--out", "{1}"], "holds other files", id="others' files"),
    ],
)
def test_a_wrong_place_or_date_is_refused_once(communes, tmp_path, given, words):
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    filled = [one.format(communes[0], tmp_path) for one in given]
    done = CliRunner().invoke(app, ["batch", communes[0], *filled])
    assert isinstance(done.exception, RefusalError)
    assert words in done.exception.render("en")
    assert done.exception.code == 2


def test_a_scenario_that_a_folder_lacks_is_told(communes):
    found = record_of(Job(communes[0], today=TODAY, scenario="khac"))
    assert "--scenario must be one of co_so" in found["error"]["en"]


def test_without_a_cluster_the_reason_is_told(communes, tmp_path):
    if importlib.util.find_spec("distributed") is not None:
        words = "no Dask scheduler answers"
    else:
        words = "laikhe-analysis[cluster]"
    done = CliRunner().invoke(app, ["batch", communes[0], "--out", str(tmp_path / "o"),
                                    "--scheduler", "not an address"])  # fmt: skip
    assert isinstance(done.exception, RefusalError)
    assert words in done.exception.render("en")


def test_the_command_writes_page_tables_and_reports(communes, tmp_path):
    out = tmp_path / "build" / "out"
    given = ["batch", *communes[:2], communes[3], "--out", str(out), "--processes", "1"]
    done = CliRunner().invoke(app, [*given, "--reports", "--lang", "en"])
    assert done.exit_code == 1  # one folder cannot be read
    assert "3 folders: 2 computed, 0 kept from before, 1 cannot be read" in done.output
    page = (out / "city.html").read_text(encoding="utf-8")
    assert "SYNTHETIC FIGURES" in page
    assert "Cannot be read (1)" in page
    for name in ("xa_1", "xa_2"):
        leader = (out / "reports" / name / "index.html").read_text(encoding="utf-8")
        links = re.findall(r'href="([^"#][^"]*)"', leader)
        assert [link for link in links if not (out / "reports" / name / link).is_file()] == [
            "data:,"
        ]
        assert (out / "reports" / name / "bang_tinh.xlsx").is_file()
    with (out / "values.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["section"] for row in rows} == {"board", "finding", "missing", "error"}
    assert {row["synthetic"] for row in rows if row["commune"]} == {"1"}
    book = openpyxl.load_workbook(out / "city.xlsx")
    assert book.sheetnames == ["Class", "Spread", "Figures"]
    for sheet in book:
        assert sheet["A1"].value.startswith("SYNTHETIC FIGURES, of no real place")
    assert book["Class"].page_setup.orientation == "landscape"
    with (out / "city.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["Synthetic"] for row in csv.DictReader(file)} == {"1"}
    again = CliRunner().invoke(app, [*given, "--reports", "--lang", "en"])
    assert "0 computed, 2 kept from before, 1 cannot be read" in again.output
