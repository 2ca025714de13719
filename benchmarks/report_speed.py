"""Time what a user waits for: report, board, workbook, load, tests; beside the first edition.

Run ``python benchmarks/report_speed.py [--save]`` on a machine that does nothing else; it works on a
copy of `data`, prints a table and with ``--save`` writes it to ``benchmarks/results/report_speed.csv``.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from laikhe_analysis.data import load
from laikhe_analysis.office.excel import write_workbook
from laikhe_analysis.office.leader import leader_page, look

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results" / "report_speed.csv"
PLOT = "BM{i},Lô giả lập {i},commune_run,commune,{area},0.45,6,9,14,{cost},{year},{quarter},0.8,example,\n"
Row = tuple[str, str, str, str]


def command(*words: str | Path, module: str = "laikhe_analysis") -> tuple[float, float]:
    """Return wall and CPU seconds of a command of the package, or of another module."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", module, *map(str, words)], capture_output=True, cwd=ROOT
    )
    if done.returncode:
        sys.exit((done.stdout[-2000:] + done.stderr).decode())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - start, used


def fastest(work: Callable[[], object], rounds: int = 5) -> float:
    """Return the fastest of some runs. [seconds]"""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def report(data: Path, out: Path, *more: str) -> tuple[float, float]:
    """Return wall and CPU seconds of a report."""
    return command("report", "--data", data, "--out", out, *more)


def with_plots(data: Path, place: Path, number: int) -> Path:
    """Return a copy of the data whose inventory holds so many made-up sites of 12.5 ha in all."""
    folder = shutil.copytree(data, place / f"plots_{number}")
    header = (data / "plots.csv").read_text(encoding="utf-8").splitlines()[0]
    rows = [
        PLOT.format(
            i=i, area=125_000 // number, cost=16 / number, year=2027 + i % 3, quarter=1 + i % 4
        )
        for i in range(number)
    ]
    (folder / "plots.csv").write_text(header + "\n" + "".join(rows), encoding="utf-8")
    return folder


def with_observations(data: Path, place: Path, number: int) -> Path:
    """Return a copy of the data with so many more figures."""
    folder = shutil.copytree(data, place / "many")
    lines = (data / "observations.csv").read_text(encoding="utf-8").splitlines()
    first = next(line for line in lines if line.startswith("population,")).split(",")
    rows = [
        ",".join([f"so_{i // 25}", str(2000 + i % 25), *first[2:]]) + "\n" for i in range(number)
    ]
    with (folder / "observations.csv").open("a", encoding="utf-8") as file:
        file.writelines(rows)
    return folder


def reports(data: Path, place: Path) -> list[Row]:
    """Return the rows of the report."""
    out = place / "report"
    wall, used = report(data, out, "--fresh")
    again = min(report(data, out)[0] for _ in range(3))
    many = {
        number: report(with_plots(data, place, number), place / f"report_{number}")[0]
        for number in (8, 64, 400)
    }
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return [
        (
            "report, cold",
            "29-45 s, 52 CPU s",
            f"{wall:.1f} s, {used:.0f} CPU s",
            "<= 15 s, <= 25 CPU s",
        ),
        ("its largest process", "658 MB", f"{peak:.0f} MB", "<= 700 MB"),
        ("report, unchanged data", "29-45 s", f"{again:.2f} s", "<= 2 s"),
        ("report, 64 plots", "153 s", f"{many[64] / many[8]:.2f} x of 8 plots", "<= 1.2 x"),
        ("report, 400 plots", "fails", f"{many[400] / many[8]:.2f} x of 8 plots", "<= 1.5 x"),
    ]


def parts(data: Path, place: Path) -> list[Row]:
    """Return the rows of single parts."""
    known = load(data)
    found = fastest(lambda: leader_page(look(known, "co_so"), {}))
    book = fastest(lambda: write_workbook(known, place / "b.xlsx", scenario="co_so"))
    many = with_observations(data, place, 10_000)
    loaded = fastest(lambda: load(many))
    start = min(fastest(lambda: _python("import pandas")) for _ in range(2))
    status, check = (
        min(command(name, "--data", data)[0] for _ in range(5)) - start
        for name in ("status", "check")
    )
    return [
        ("findings of one commune", "517 ms", f"{1000 * found:.0f} ms", "<= 80 ms"),
        ("workbook", "1.8 s", f"{book:.2f} s", "<= 0.6 s"),
        ("load, 10,000 observations", "1.8 s", f"{loaded:.2f} s", "<= 0.5 s"),
        ("status beyond import pandas", "0.4-0.6 s (no pandas)", f"{status:.2f} s", "<= 0.4 s"),
        ("check beyond import pandas", "0.4-0.6 s (no pandas)", f"{check:.2f} s", "<= 0.4 s"),
    ]


def tests() -> list[Row]:
    """Return the row of the README's test command."""
    wall, used = command(module="pytest")
    now = f"{wall:.0f} s, {used:.0f} CPU s"
    return [("test command", "8.5 min, 570-670 CPU s", now, "<= 180 s on two idle cores")]


def _python(statement: str) -> None:
    subprocess.run([sys.executable, "-c", statement], check=True)


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--save", action="store_true", help="write the table to results/")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        data = shutil.copytree(ROOT / "data", place / "data")
        rows = [*parts(data, place), *reports(data, place), *tests()]
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    machine += f", pandas {version('pandas')}, {datetime.date.today()}"
    table = [("work", "first edition", "now", "to reach"), *rows]
    for row in table:
        print("".join(f"{cell:<32}" for cell in row).rstrip())
    print(machine)
    if options.save:
        with RESULTS.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerows([*table, (machine, "", "", "")])


if __name__ == "__main__":
    sys.exit(main())
