"""How fast the forecasts are, as ratios measured in one run; then simulation and Sobol indices.

    python benchmarks/speed.py [--peers PYTHON] [--save]

9,963 series of 12 years: every commune of the country three times over. PYTHON is one that has
statsforecast; without it those rows stand without a ratio. The rows of `simulation_speed.py`
follow; `import_time.py` stands alone, as it needs fresh interpreters.
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
import warnings
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import numpy as np
import simulation_speed

from laikhe_analysis.backtest import backtest
from laikhe_analysis.forecast import forecast
from laikhe_analysis.panel import forecast_panel
from laikhe_analysis.panel.smoothing import theta

SERIES, YEARS, HORIZON = 9_963, 12, 5
PEERS = Path(__file__).parent / "peers.py"
RESULTS = Path(__file__).parent / "results" / "forecast_speed.csv"


def best(work: Callable[[], object], runs: int = 15) -> float:
    """Return the seconds of the fastest run."""
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


ROWS: list[tuple[str, ...]] = []


def line(name: str, ours: float, other: str = "", ratio: str = "", wanted: str = "") -> None:
    """Print one row of the table, and remember it."""
    ROWS.append((name, f"{1e3 * ours:.2f}", other, ratio, wanted))
    print(f"{name:52} {1e3 * ours:9.2f} ms  {other:34} {ratio:>9}  {wanted}")


def peer_seconds(python: str | None, values: np.ndarray) -> dict[str, float]:
    """Return the seconds of the peers in another environment; empty where there are none."""
    if python is None:
        print("(statsforecast left out: give --peers PYTHON, a Python that has it)")
        return {}
    request = json.dumps({"rows": values.tolist(), "horizon": HORIZON, "time": True})
    answer = subprocess.run(
        [python, str(PEERS)], input=request, capture_output=True, text=True, check=False
    )
    if answer.returncode:
        print(f"(statsforecast left out: {answer.stderr.strip().splitlines()[-1]})")
        return {}
    return {key: float(value) for key, value in json.loads(answer.stdout).items()}


def statsmodels_seconds(values: np.ndarray) -> float:
    """Return the seconds that statsmodels' theta needs for a sample of the series."""
    from statsmodels.tsa.forecasting.theta import ThetaModel

    start = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for row in values:
            ThetaModel(row, period=1, deseasonalize=False).fit().forecast(HORIZON)
    return time.perf_counter() - start


def forecasts(values: np.ndarray, peers: dict[str, float]) -> None:
    """Print the rows of the panel, one series, and the backtest."""
    pairs = [
        ("theta", "Theta", ">= 100 x"), ("auto", "AutoETS", "<= 200 ms, >= 70 x"),
        ("adaptive", "AutoETS", ""), ("combination", "AutoETS", ">= 30 x"),
    ]  # fmt: skip
    for method, peer, wanted in pairs:
        ours = best(lambda method=method: forecast_panel(values, HORIZON, method=method))
        other = peers.get(f"statsforecast {peer}")
        shown = f"statsforecast {peer} {other:.2f} s" if other else "(no peer)"
        ratio = f"{other / ours:.0f} x" if other else ""
        line(f"forecast_panel {method}", ours, shown, ratio, wanted)
    kernel = best(lambda: theta(values, HORIZON))
    sample = statsmodels_seconds(values[:40]) * SERIES / 40
    line(
        "theta alone, no bands",
        kernel,
        f"statsmodels loop {sample:.0f} s",
        f"{sample / kernel:.0f} x",
    )
    for method in ("theta", "auto"):
        seconds = best(lambda m=method: backtest(values, m, horizon=3, origins=5), runs=5)
        line(f"backtest {method}, 5 origins, all scores", seconds, "", "", "< 250 ms for theta")
    figures = dict(zip(range(2014, 2026), values[0], strict=True))
    for method in ("theta", "auto"):
        seconds = best(lambda m=method: forecast(figures, HORIZON, method=m).table, runs=50)
        line(f"forecast {method}, one series, with its table", seconds, "", "", "<= 3 ms")


def keep() -> None:
    """Write the rows of the forecasts, with date and versions."""
    stamp = f"{datetime.date.today()}, numpy {version('numpy')}, Python {platform.python_version()}"
    with RESULTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["work", "milliseconds", "beside", "ratio", "budget", "measured"])
        writer.writerows((*row, stamp) for row in ROWS if "forecast" in row[0] or "theta" in row[0])


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peers", metavar="PYTHON", help="a Python that has statsforecast")
    parser.add_argument("--save", action="store_true", help="keep the table in results/")
    options = parser.parse_args()
    names = ("numpy", "statsmodels")
    print(
        ", ".join(f"{name} {version(name)}" for name in names),
        "- Python",
        platform.python_version(),
    )
    rng = np.random.default_rng(0)
    values = 100 * np.exp(np.cumsum(rng.normal(0.05, 0.08, (SERIES, YEARS)), axis=1))
    forecasts(values, peer_seconds(options.peers, values))
    print()
    for measure in (simulation_speed.monte_carlo, simulation_speed.indices):
        try:
            rows = measure()
        except ImportError as missing:
            print(f"(left out: {missing})")
            continue
        for work, seconds, ratio, budget in rows:
            line(work, seconds, "", f"{ratio:.2f} x", budget)
    if options.save:
        keep()


if __name__ == "__main__":
    sys.exit(main())
