"""Kill the commands that write, again and again, and look whether anything is lost.

    python benchmarks/kills.py [--kills 40] [--seed 13] [--save]

Each of report, import, restore, backup and refresh runs as a user runs it, on a small made-up
commune, and is killed at a random moment: every other time by the clock (SIGKILL to all of its
processes), every other time before a random one of the things that it does to the disk. Then what
was there must be there, whole, the earlier state or the new one; the next command must work; and
nothing may be left lying about.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results" / "kills.csv"
sys.path.insert(0, str(ROOT / "tests"))

from conftest import make_folder  # noqa: E402
from test_intake import fill  # noqa: E402

from laikhe_analysis.data import load  # noqa: E402
from laikhe_analysis.office.folder.archive import read_manifest  # noqa: E402
from laikhe_analysis.office.forms.safe_folders import locked  # noqa: E402
from laikhe_analysis.office.refresh import stale_notebooks  # noqa: E402

COMMAND = [sys.executable, "-c", "from laikhe_analysis.cli import main; main()"]
AT_STEP = (
    f"import sys; sys.path.insert(0, {str(ROOT / 'tests')!r}); from kills import kill_before; "
    "kill_before(sys.argv.pop(1), int(sys.argv.pop(1))); from laikhe_analysis.cli import main; main()"
)
POPULATION = "population,2021,FY,10250,,,people,n/a,final,official,book,2022-07-02,,\n"
EDITED, MINE = b"edited by hand", b"of others"


@dataclass
class Trial:
    """A command, how its state is made beside it, and what must hold after a kill."""

    arguments: Callable[[Path], list[str]]
    prepare: Callable[[Path], None]
    check: Callable[[Path], None]


def run(place: Path, *arguments: str) -> str:
    """Run a command as a user does, and stop if it fails."""
    done = subprocess.run([*COMMAND, *arguments], cwd=place, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by name."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*")
            if p.is_file()}  # fmt: skip


def begin(place: Path) -> None:
    """Make a commune, two notebooks, and what a planner has beside them."""
    make_folder(place).rename(place / "data")
    (place / "notebooks").mkdir()
    for number in range(2):
        cells = [
            nbformat.v4.new_markdown_cell(f"# 0{number}. Thử\n\n**Câu hỏi:** gì?"),
            nbformat.v4.new_code_cell('DATA = "../data"', metadata={"tags": ["parameters"]}),
            nbformat.v4.new_code_cell(
                "from laikhe_analysis.data import load\n"
                "load(DATA).histories()['population'].last"
            ),
        ]  # fmt: skip
        nbformat.write(
            nbformat.v4.new_notebook(cells=cells), place / f"notebooks/0{number}_x.ipynb"
        )


def add_figure(place: Path) -> None:
    """Add a figure to the data, so that what is made next differs."""
    with (place / "data" / "observations.csv").open("a", encoding="utf-8") as file:
        file.write(POPULATION)


def prepare_report(place: Path) -> None:
    """Make an earlier report with an edited file and one of others."""
    run(place, "report", "--out", "report")
    next(iter(sorted((place / "report").glob("*.docx")))).write_bytes(EDITED)
    (place / "report" / "của tôi.txt").write_bytes(MINE)
    add_figure(place)


def check_report(place: Path) -> None:
    """A whole report stands, nothing is lost, and the next one is as it should be."""
    out, held = place / "report", list(contents(place).values())
    assert EDITED in held
    assert (out / "của tôi.txt").read_bytes() == MINE
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    for name, facts in manifest["files"].items():
        content = (out / name).read_bytes()
        assert content == EDITED or hashlib.sha256(content).hexdigest() == facts["sha256"], name
    run(place, "report", "--out", "report")
    now = contents(out)
    assert now["của tôi.txt"] == MINE
    assert [name for name, content in now.items() if content == EDITED and "-sua-" in name]
    assert b"10250" in now["00_x.html"]


def prepare_import(place: Path) -> None:
    """Fill in a form."""
    run(place, "template", "--year", "2021", "--out", "form.xlsx")
    fill(place / "form.xlsx", {"9.2-poor": (8, "thực hiện", "Báo cáo 12")})


def check_import(place: Path) -> None:
    """The figure is in, or it is not and comes in the next time."""
    path = place / "data" / "observations.csv"
    earlier = (place / "before.csv").read_bytes()
    assert path.read_bytes().startswith(earlier)
    if load(place / "data").histories()["9.2-poor"].at(2021) != 8:
        run(place, *import_(place))
    assert load(place / "data").histories()["9.2-poor"].at(2021) == 8
    assert path.read_bytes().count(b"\n") == earlier.count(b"\n") + 1


def import_(place: Path) -> list[str]:
    return ["import", "form.xlsx", "--yes", "--recorded-on", "2022-09-01"]


def prepare_restore(place: Path) -> None:
    """Keep the data, then go on with them."""
    run(place, "backup", "--out", "kept")
    add_figure(place)


def check_restore(place: Path) -> None:
    """The later figure is in the data or in what was set aside; the next restore works."""
    run(place, "check")
    assert any(POPULATION.encode() in content for content in contents(place).values())
    run(place, *restore(place))
    assert load(place / "data").histories()["population"].years == (2020,)
    aside = [p for p in place.iterdir() if p.name.startswith("data-truoc-")]
    assert any(POPULATION in (p / "observations.csv").read_text("utf-8") for p in aside)


def restore(place: Path) -> list[str]:
    return ["restore", next(str(path.relative_to(place)) for path in (place / "kept").iterdir())]


def check_backup(place: Path) -> None:
    """Every zip with a name is whole, and the next backup is one more."""
    before = [path for path in (place / "kept").glob("*.zip") if path.name[0] != "."]
    run(place, "backup", "--out", "kept")
    after = sorted((place / "kept").iterdir())
    assert len(after) == len(before) + 1
    for path in after:
        assert set(read_manifest(path)["files"]) == set(contents(place / "data"))


def prepare_refresh(place: Path) -> None:
    """Keep what the notebooks show, then add a figure."""
    run(place, "refresh")
    add_figure(place)


def check_refresh(place: Path) -> None:
    """Every notebook is whole and says of which data it is; the next refresh ends it."""
    for path in (place / "notebooks").glob("*.ipynb"):
        shown = "(2021, 10250.0)" in path.read_text(encoding="utf-8")
        assert shown == (path.name not in stale_notebooks(place / "notebooks"))
    run(place, "refresh")
    assert stale_notebooks(place / "notebooks") == []
    assert len(contents(place / "notebooks")) == 2


TRIALS = {
    "report": Trial(lambda place: ["report", "--out", "report"], prepare_report, check_report),
    "import": Trial(import_, prepare_import, check_import),
    "restore": Trial(restore, prepare_restore, check_restore),
    "backup": Trial(lambda p: ["backup", "--out", "kept"], prepare_restore, check_backup),
    "refresh": Trial(lambda place: ["refresh"], prepare_refresh, check_refresh),
}


def kill(place: Path, arguments: list[str], after: float | None, step: int) -> bool:
    """Run a command and kill it after some seconds, or before a step; return whether it was killed."""
    start = COMMAND if after is not None else [sys.executable, "-c", AT_STEP, str(place), str(step)]
    with subprocess.Popen(
        [*start, *arguments], cwd=place, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        try:
            return process.wait(after) != 0
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return True


def assert_tidy(place: Path) -> None:
    """Raise if anything is left of commands that were killed and followed by another."""
    for path in (place / "data", place / "report", place / "notebooks", place / "kept"):
        if path.exists():
            with locked(path, wait=0.0):  # what a killed command left is no lock
                pass
    left = [p.name for p in place.rglob("*") if "-laikhe-" in p.name or p.suffix == ".importing"]
    assert left == [], left


def try_one(name: str, kills: int, rng: random.Random) -> dict[str, object]:
    """Return how often a command was killed; stop where something is lost."""
    trial = TRIALS[name]
    with tempfile.TemporaryDirectory() as top:
        first = Path(top).resolve() / "first"
        first.mkdir()
        begin(first)
        trial.prepare(first)
        shutil.copy(first / "data" / "observations.csv", first / "before.csv")
        whole = Path(shutil.copytree(first, Path(top).resolve() / "whole"))
        start = time.perf_counter()
        run(whole, *trial.arguments(whole))
        lasts, steps, killed = time.perf_counter() - start, 1, 0
        for number in range(kills):
            place = Path(shutil.copytree(first, Path(top).resolve() / str(number)))
            by_clock = number % 2 == 0
            step = rng.randrange(steps + 1)
            hit = kill(place, trial.arguments(place), rng.uniform(0.3, 1) * lasts if by_clock else None,
                       step)  # fmt: skip
            if not by_clock:  # how many steps there are shows when one is not reached
                steps = max(steps, 2 * step + 2) if hit else max(1, steps // 2)
            killed += hit
            trial.check(place)
            assert_tidy(place)
            shutil.rmtree(place)
    return {"command": name, "runs": kills, "killed": killed, "lost": 0}


def save(rows: list[dict[str, object]]) -> None:
    """Write down what came of it; commands that were left out keep what stands there."""
    with RESULTS.open(encoding="utf-8", newline="") as file:
        known = {row["command"]: row for row in csv.DictReader(file)}
    known |= {str(row["command"]): {k: str(v) for k, v in row.items()} for row in rows}
    with RESULTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(known[name] for name in TRIALS if name in known)


def main() -> None:
    """Try all commands, and write down what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--only", choices=TRIALS)
    parser.add_argument("--save", action="store_true")
    given = parser.parse_args()
    rows = []
    for name in [given.only] if given.only else TRIALS:
        rows.append(try_one(name, given.kills, random.Random(f"{given.seed} {name}")))
        print(rows[-1], flush=True)
    if given.save:
        save(rows)


if __name__ == "__main__":
    main()
