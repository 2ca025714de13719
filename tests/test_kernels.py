"""A forked kernel is what a started one is, and ends when nobody needs it any more."""

import json
import os
import signal
import subprocess
import sys
import time

import nbformat
import pytest

from laikhe_analysis.messages import speaking
from laikhe_analysis.office import notebooks as n
from laikhe_analysis.office.kernels import nursery

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks kernels")

TOLD = """import json, os, signal, sys
json.dumps({
    "folder": os.getcwd(), "path": sys.path, "name": __name__, "names": sorted(dir()),
    "session": os.getsid(0) == os.getpid(),
    "signals": [str(signal.getsignal(s)) for s in (signal.SIGCHLD, signal.SIGTERM)],
    "env": {k: v for k, v in os.environ.items() if k not in ("JPY_PARENT_PID", "JPY_SESSION_NAME")},
    "input": os.read(0, 1).decode(), "argv": sys.argv[1:2], "chosen": X,
})"""


def write(path, *sources):
    cells = [nbformat.v4.new_code_cell(source) for source in ("X = 1", *sources)]
    cells[0].metadata["tags"] = ["parameters"]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


@pytest.fixture
def forked(monkeypatch):
    """Return a nursery of this test's own, and no other's."""
    monkeypatch.setattr(nursery, "_open", [])
    nursery.open_nursery()
    (found,) = nursery._open
    yield found
    found.close()


@pytest.fixture
def started(monkeypatch):
    """Have no nursery."""
    monkeypatch.setattr(nursery, "_open", [])


def shown(path, **given):
    (output,) = n.run_notebook(path, given).cells[-1].outputs
    return output.data["text/plain"]


def parent(path):
    return int(shown(path))


def test_a_forked_kernel_finds_itself_where_a_started_one_does(tmp_path, monkeypatch, request):
    path, found = write(tmp_path / "00_x.ipynb", TOLD), {}
    monkeypatch.setenv("ONLY_HERE", "số 1")
    for how in ("started", "forked"):
        request.getfixturevalue(how)
        found[how] = json.loads(shown(path, X=2).strip("'").replace("\\\\", "\\"))
    assert found["forked"] == found["started"]
    assert found["forked"]["folder"] == str(tmp_path)
    assert found["forked"]["env"]["ONLY_HERE"] == "số 1"
    assert found["forked"]["chosen"] == 2


def test_kernels_are_children_of_the_nursery_and_have_nothing_of_each_other(tmp_path, forked):
    path = write(
        tmp_path / "00_x.ipynb", "import os; kept = globals().get('kept', os.getppid())", "kept"
    )
    assert [parent(path), parent(path)] == [forked._process.pid] * 2


def test_without_a_nursery_or_with_a_dead_one_kernels_are_started(tmp_path, forked, monkeypatch):
    path = write(tmp_path / "00_x.ipynb", "import os", "os.getppid()")
    forked._process.kill()
    forked._process.wait()
    assert parent(path) == os.getpid()
    monkeypatch.setattr(nursery, "_open", [])
    assert parent(path) == os.getpid()


def test_a_forked_kernel_that_dies_is_told_with_its_cell(tmp_path, forked):
    path = write(tmp_path / "00_x.ipynb", "import os", "os.kill(os.getpid(), 9)")
    with (
        speaking("en"),
        pytest.raises(n.NotebookError, match=r"00_x\.ipynb stopped in cell 3: .*died"),
    ):
        n.run_notebook(path, {})
    assert shown(write(tmp_path / "01_y.ipynb", "X + 1")) == "2", "the nursery lives on"


def test_a_nursery_is_opened_for_many_notebooks_only(tmp_path, started):
    paths = [write(tmp_path / f"0{i}_x.ipynb", "import os", "os.getppid()") for i in range(3)]
    n.run_notebooks(paths[:2], {})
    assert not nursery._open
    found = n.run_notebooks(paths, {})
    (one,) = nursery._open
    told = {book.cells[-1].outputs[0].data["text/plain"] for book in found.values()}
    assert told == {str(one._process.pid)}
    one.close()


ASK = """
import os, sys
from laikhe_analysis.office.kernels.nursery import born, open_nursery
open_nursery()
print(born(["-f", sys.argv[1], "--log-level=50"], None, dict(os.environ)).pid, flush=True)
os.kill(os.getpid(), 9)
"""


def test_kernels_end_with_whoever_asked_for_them(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", ASK, str(tmp_path / "c.json")], stdout=subprocess.PIPE, timeout=60
    )
    assert done.returncode == -signal.SIGKILL
    child, end = nursery.Child(int(done.stdout)), time.monotonic() + 30
    while child.poll() is None and time.monotonic() < end:
        time.sleep(0.05)
    assert child.poll() == 0


def test_notebooks_are_read_without_the_grammars_of_uris():
    code = (
        "import sys; from laikhe_analysis.office.notebooks import import_nbformat; import_nbformat();"
        "sys.exit('nbformat' not in sys.modules or 'rfc3987_syntax' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0


def test_a_kernel_that_has_ended_is_not_taken_for_who_has_its_number_now():
    asked = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    child = nursery.Child(asked.pid)
    assert child.poll() is None
    asked.kill()
    asked.wait()
    assert child.poll() == 0
    child.pid = os.getpid()  # as if it had been given to this process
    child.kill()
    child.terminate()
