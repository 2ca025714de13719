"""Damage cells, files, forms and backups many thousand times, and look what comes of it.

    python benchmarks/fuzz.py [--times 1000] [--seed 20] [--save]

Every column of every file meets every hostile value; then files of the data folder, filled-in forms
and backups are damaged at random. Each outcome must be an error with place and remedy, or exactly the
numbers that stand there; anything else is printed and counted as a fault.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results" / "fuzz.csv"
sys.path.insert(0, str(ROOT / "tests"))

import fuzz  # noqa: E402
from test_intake import FILLED, MEANT, fill, make, per_cent  # noqa: E402

from laikhe_analysis.data import load  # noqa: E402
from laikhe_analysis.office.folder.backup import back_up  # noqa: E402

DAMAGE = (fuzz.turned, fuzz.with_damaged_part)


def cells(folder: Path) -> Iterator[fuzz.Outcome]:
    """Put every hostile value into every column."""
    for place in list(fuzz.each_cell(folder)):
        for value in fuzz.HOSTILE:
            yield fuzz.cell_outcome(folder, *place, value)


def files(folder: Path, times: int, rng: random.Random) -> Iterator[fuzz.Outcome]:
    """Damage one file after the other."""
    for _ in range(times):
        yield fuzz.file_outcome(folder, rng)


def forms(folder: Path, times: int, rng: random.Random) -> Iterator[fuzz.Outcome]:
    """Damage a form that is filled in."""
    path, data = fill(make(folder), FILLED, per_cent), load(folder)
    raw = path.read_bytes()
    for number in range(times):
        path.write_bytes(DAMAGE[number % 2](raw, rng))
        yield fuzz.form_outcome(path, data, MEANT)


def backups(folder: Path, times: int, rng: random.Random) -> Iterator[fuzz.Outcome]:
    """Damage a backup, and restore it over data that went on."""
    archive = back_up(folder, folder.parent / "kept", on=date(2026, 11, 27))
    raw, sound = archive.read_bytes(), fuzz.contents(folder)
    figures = folder / "observations.csv"
    for _ in range(times):
        figures.write_bytes(sound[figures.name].replace(b"FY,10000,", b"FY,10250,"))
        archive.write_bytes(rng.choice(DAMAGE)(raw, rng))
        yield fuzz.backup_outcome(archive, folder, sound)


def main() -> None:
    """Try everything, print what is wrong, and write down how often."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--times", type=int, default=1000, help="forms and backups; 5 x as many files"
    )
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--save", action="store_true")
    given = parser.parse_args()
    rows, rng = [], random.Random(given.seed)
    with tempfile.TemporaryDirectory() as top:
        folder = fuzz.whole_folder(Path(top))
        for what, outcomes in (
            ("cells", cells(folder)),
            ("files", files(folder, 5 * given.times, rng)),
            ("forms", forms(folder, given.times, rng)),
            ("backups", backups(folder, given.times, rng)),
        ):
            start, kinds = time.perf_counter(), Counter[str]()
            for one in outcomes:
                kinds[one.kind] += 1
                if one.kind == "fault":
                    print(what, one.what, flush=True)
            rows.append({"what": what, "tried": kinds.total(), "refused": kinds["refused"],
                         "read_as_they_stand": kinds["read"], "faults": kinds["fault"]})  # fmt: skip
            print(rows[-1], f"{time.perf_counter() - start:.0f} s", flush=True)
    if given.save:
        with RESULTS.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    raise SystemExit(any(row["faults"] for row in rows))


if __name__ == "__main__":
    main()
