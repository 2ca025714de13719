"""Time and memory of `laikhe batch` on made-up communes: a city of 114, a country of 3,321.

    python benchmarks/batch.py [--communes 114 3321] [--processes 2] [--save]

Each size is run as a user runs it, in a process of its own, from nothing to the city's page; then
again with nothing changed; and, where Dask is installed, on a LocalCluster of as many workers, whose
start is not counted as that of a cluster that is there is not. Memory is the largest resident set of
the command and of its largest worker. The values of processes and Dask have to be the same.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import os
import platform
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from laikhe_analysis.office.batch.record import Job, record_of
from laikhe_analysis.office.batch.synthetic import FAULTS, write_synthetic

RESULTS = Path(__file__).parent / "results" / "batch.csv"
FROZEN = Path(__file__).parent.parent / "tests" / "data"
MEASURED = (
    "import resource, sys; from laikhe_analysis.cli import main\n"
    "try:\n main()\nfinally:\n"
    " print('KB', *(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, "
    "resource.RUSAGE_CHILDREN)))"
)


def make(place: Path, communes: int) -> Path:
    """Write the folders, one in 38 with a fault, and a list of them."""
    names = [f"xa_{i:04}" for i in range(1, communes + 1)]
    for i, name in enumerate(names, 1):
        fault = FAULTS[(i // 38) % len(FAULTS)] if i % 38 == 0 else ""
        write_synthetic(place / name, i, fault=fault)
    listed = place / "list.txt"
    listed.write_text("\n".join(names), encoding="utf-8")
    return listed


def timed(listed: Path, out: Path, *more: str) -> tuple[float, float, float]:
    """Return seconds, and MB of the command and of its largest worker."""
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, "batch", str(listed), "--out", str(out), *more],
        check=False, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    seconds = time.perf_counter() - begun
    told = [line.split() for line in done.stdout.splitlines() if line.startswith("KB ")]
    if not told or not (out / "city.html").is_file():
        raise SystemExit(done.stderr[-2000:])
    own, children = (int(x) / 1024 for x in told[0][1:])
    return seconds, own, children


def one_commune(folder: Path) -> float:
    """Return the seconds that the values of one commune take, the best of ten."""
    job, best = Job(str(folder), today=date.today().isoformat()), float("inf")
    for _ in range(10):
        begun = time.perf_counter()
        record_of(job)
        best = min(best, time.perf_counter() - begun)
    return best


def on_dask(listed: Path, out: Path, workers: int) -> tuple[float, float, float]:
    """Return the same on a LocalCluster."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=":0") as cluster:
        return timed(listed, out, "--scheduler", cluster.scheduler_address)


def measure(communes: int, processes: int) -> list[dict[str, object]]:
    """Return the rows of one size."""
    rows: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as place:
        listed = make(Path(place) / "data", communes)
        ways = {"from nothing": ("--processes", str(processes)),
                "nothing changed": ("--processes", str(processes))}  # fmt: skip
        for how, more in ways.items():
            rows.append(row(communes, processes, how, timed(listed, Path(place) / "out", *more)))
        if importlib.util.find_spec("distributed"):
            found = on_dask(listed, Path(place) / "dask", processes)
            rows.append(row(communes, processes, "Dask LocalCluster", found))
            lines = [(Path(place) / name / "values.jsonl").read_bytes() for name in ("out", "dask")]
            assert lines[0] == lines[1], "Dask and processes differ"
    return rows


def row(
    communes: int, processes: int, how: str, found: tuple[float, float, float]
) -> dict[str, object]:
    """Return one line of the results."""
    seconds, own, children = found
    line = {
        "communes": communes, "processes": processes, "how": how, "seconds": round(seconds, 3),
        "command_mb": round(own) or "", "largest_worker_mb": round(children) or "",
        "load": round(os.getloadavg()[0], 1), "cores": os.cpu_count(),
        "machine": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(), "date": date.today().isoformat(),
    }  # fmt: skip
    print(*line.values(), sep="  ", flush=True)
    return line


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--communes", type=int, nargs="+", default=[114, 3321])
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--save", action="store_true")
    given = parser.parse_args()
    rows = [line for n in given.communes for line in measure(n, given.processes)]
    for name, folder in (("a made-up commune", None), ("the frozen commune of the tests", FROZEN)):
        with tempfile.TemporaryDirectory() as place:
            seconds = one_commune(folder or write_synthetic(Path(place) / "a", 1))
        rows.append(row(1, 1, f"values of {name}", (seconds, 0, 0)))
    if given.save:
        with RESULTS.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


if __name__ == "__main__":
    main()
