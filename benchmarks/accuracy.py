"""How accurate and how honest the forecasts are on collections of annual series.

    python benchmarks/accuracy.py PATH... [--peers PYTHON] [--save]

Each PATH is a contest's CSV with the columns series, category, part (train or test), t, value. The
forecasts see the train part only, whole and cut to its last 6 and 10 years; scores are means over
series, all horizons alike. MASE and MSIS are scaled by the whole train part, also where it is cut.
What the correction gains on economies, left out by category, is printed by `train_correction.py`,
the reliability of chances by `measure.py`.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import json
import platform
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np
from collections_of_series import Collection, read_contest

from laikhe_analysis.backtest.scores import score_cases, scored_levels
from laikhe_analysis.panel import forecast_panel

METHODS = (
    "auto", "adaptive", "combination", "theta", "damped", "shrunk_growth", "drift", "naive",
)  # fmt: skip
SAVED = ("auto", "adaptive", "combination", "naive")
CUTS = {"full": None, "last 6": 6, "last 10": 10}
SCORES = ("smape", "mase", "coverage_80", "coverage_95", "msis_95", "above")
# Wanted of "auto" on the M3 contest's yearly series: sMAPE, MASE and MSIS95 at most
FLOORS = {"full": (15.6, 2.60, 20.5), "last 6": (16.3, 2.80, 21.7), "last 10": (15.8, 2.70, 20.7)}
RESULTS = Path(__file__).parent / "results"
PEERS = Path(__file__).parent / "peers.py"


def padded(rows: list[np.ndarray]) -> np.ndarray:
    """Return the rows as a table, NaN before each row's first value."""
    table = np.full((len(rows), max(map(len, rows))), np.nan)
    for line, row in zip(table, rows, strict=True):
        line[len(line) - len(row) :] = row
    return table


def scored(
    train: list[np.ndarray], actual: np.ndarray, point: np.ndarray, bands: dict[float, np.ndarray]
) -> dict[str, np.ndarray]:
    """Return the scores by series, and the share of outcomes above the point."""
    scores = score_cases(padded(train), actual, point, bands)
    return scores | {"above": (actual > point).mean(axis=1)}


def ours(method: str, train: list[np.ndarray], actual: np.ndarray, cut: int | None):
    """Return the scores of a method of the package."""
    result = forecast_panel(
        padded([row[-(cut or 0) :] for row in train]), actual.shape[1], method=method
    )
    bands = {level: result.quantile(level) for level in scored_levels((80, 95))}
    return scored(train, actual, result.point, bands)


def peers(python: str, train: list[np.ndarray], actual: np.ndarray, cut: int | None):
    """Yield name and scores of the peers that another Python has installed."""
    shown = [row[-(cut or 0) :].tolist() for row in train]
    request = json.dumps({"rows": shown, "horizon": actual.shape[1]})
    answer = subprocess.run(
        [python, str(PEERS)], input=request, capture_output=True, text=True, check=False
    )
    if answer.returncode:
        print(f"  (no peers: {answer.stderr.strip().splitlines()[-1]})")
        return
    for name, found in json.loads(answer.stdout).items():
        point = np.array(found["point"])
        bands = {float(level): np.array(values) for level, values in found["quantiles"].items()}
        for level in scored_levels((80, 95)):
            bands.setdefault(level, point)
        yield name, scored(train, actual, point, bands)


def run(path: Path, python: str | None, save: bool) -> None:
    """Print the table of one collection, and keep it if wanted."""
    series, lines, summary = read_contest(path), [], []
    horizons = sorted({len(test) for test in series.test})
    print(f"\n{path.stem}: {len(series.names)} series, horizons 1 to {horizons[-1]}")
    for cut_name, cut in CUTS.items():
        print(f"\n{cut_name:34}  sMAPE    se   MASE     se  cov80  cov95  MSIS95  above")
        by_method = scores_by_method(series, horizons, cut, python)
        for method, scores in by_method.items():
            means = [float(np.nanmean(scores[score])) for score in SCORES]
            count = len(series.names)
            errors = [float(np.nanstd(scores[s], ddof=1)) / count**0.5 for s in SCORES[:2]]
            print(
                f"{method:34} {means[0]:6.2f} {errors[0]:5.2f} {means[1]:6.3f} {errors[1]:6.3f} "
                f"{100 * means[2]:6.1f} {100 * means[3]:6.1f} {means[4]:7.2f} {means[5]:6.2f}"
            )
            summary.append([path.stem, cut_name, method, count, *means[:2], *errors, *means[2:]])
        smape, mase, msis = FLOORS[cut_name]
        print(f"{'wanted of auto on M3':34} {smape:6} {mase:12} {'':6} 77-86 93-97.5 {msis:6}")
        for i, name in enumerate(series.names):
            cells = [by_method[m][s][i] for m in SAVED for s in SCORES]
            lines.append([name, cut_name, *(f"{cell:.4g}" for cell in cells)])
    speed(series)
    if save:
        keep(path.stem, lines, summary)


def scores_by_method(
    series: Collection, horizons: list[int], cut: int | None, python: str | None
) -> dict[str, dict[str, np.ndarray]]:
    """Return each method's scores by series; series of one horizon are forecast together."""
    by_method: dict[str, dict[str, np.ndarray]] = {}
    for horizon in horizons:
        rows = [i for i, test in enumerate(series.test) if len(test) == horizon]
        train, actual = [series.train[i] for i in rows], np.array([series.test[i] for i in rows])
        found = [(method, ours(method, train, actual, cut)) for method in METHODS]
        found += list(peers(python, train, actual, cut)) if python else []
        for method, scores in found:
            empty = {score: np.full(len(series.names), np.nan) for score in SCORES}
            kept = by_method.setdefault(method, empty)
            for score in SCORES:
                kept[score][rows] = scores[score]
    return by_method


def speed(series: Collection) -> None:
    """Print how long 1,000 series take, in a panel and one by one."""
    train = series.train
    table = padded(train)
    forecast_panel(table, 6)
    start = time.perf_counter()
    forecast_panel(table, 6)
    panel = time.perf_counter() - start
    start = time.perf_counter()
    for row in train:
        forecast_panel([row], 6)
    single = time.perf_counter() - start
    per = 1000 / len(train)
    print(f"\n1,000 series, auto: {per * panel:.3f} s in a panel, {per * single:.2f} s one by one")


def keep(stem: str, lines: list[list[str]], summary: list[list]) -> None:
    """Write the scores by series, and their means with date and versions."""
    RESULTS.mkdir(exist_ok=True)
    columns = ["series", "cut", *(f"{method}_{score}" for method in SAVED for score in SCORES)]
    with (RESULTS / f"{stem}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([columns, *lines])
    versions = f"numpy {version('numpy')}, Python {platform.python_version()}"
    columns = [
        "collection", "cut", "method", "series", "smape", "mase", "smape_se", "mase_se",
        "coverage_80", "coverage_95", "msis_95", "above", "measured_on", "versions",
    ]  # fmt: skip
    today = datetime.date.today().isoformat()
    rows = [
        [*(f"{cell:.5g}" if isinstance(cell, float) else cell for cell in row), today, versions]
        for row in summary
    ]
    with (RESULTS / f"{stem}_summary.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([columns, *rows])


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--peers", metavar="PYTHON", help="a Python that has statsforecast")
    parser.add_argument("--save", action="store_true", help="keep the tables in results/")
    options = parser.parse_args()
    for path in options.paths:
        run(path, options.peers, options.save)


if __name__ == "__main__":
    sys.exit(main())
