"""Speed of simulation and Sobol indices, as ratios taken in one run.

Run ``python benchmarks/simulation_speed.py``; it prints a table and writes it to
``benchmarks/results/simulation_speed.csv``. Every ratio compares the fastest of many runs that
alternate with those of its yardstick, so that a busy machine disturbs both alike.
"""

from __future__ import annotations

import csv
import time
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.random import SFC64, Generator, default_rng

from laikhe_analysis.sensitivity import sobol
from laikhe_analysis.simulation import GrowthModel, simulate

RESULTS = Path(__file__).parent / "results" / "simulation_speed.csv"
DRAWS, YEARS, SECTORS = 100_000, 5, 3
MEAN = np.tile(np.log1p([0.15, 0.13, 0.025]), (YEARS, 1))
COV = np.array([[25, 12, 3], [12, 16, 2], [3, 2, 9]]) * 1e-4
SHARES = np.array([0.40, 0.35, 0.25])


def fastest(*works: Callable[[], object], rounds: int = 30) -> list[float]:
    """Return the fastest time of each work, the works taking turns. [seconds]"""
    times = [[] for _ in works]
    for _ in range(rounds):
        for work, mine in zip(works, times, strict=True):
            start = time.perf_counter()
            work()
            mine.append(time.perf_counter() - start)
    return [min(mine) for mine in times]


def textbook() -> np.ndarray:
    """Return the totals as one would write them first: clear, and everything at once."""
    rng = default_rng(1)
    growth = rng.multivariate_normal(np.zeros(SECTORS), COV, size=(DRAWS, YEARS)) + MEAN
    levels = SHARES * np.exp(np.cumsum(growth, axis=1))
    return levels.sum(axis=2)


def monte_carlo() -> list[tuple[str, float, float, str]]:
    """Return work, seconds, ratio to drawing the normals alone, and the budget."""
    rng, normals = Generator(SFC64(1)), np.empty((DRAWS, YEARS, SECTORS))
    models = {
        "Monte Carlo, log-normal": (GrowthModel(MEAN, COV), "<= 1.4"),
        "Monte Carlo, t (df 5) and persistence": (
            GrowthModel(MEAN, COV, df=5, persistence=0.3), "<= 2"),
        "Monte Carlo, t (df 4.5), persistence, common shock": (
            GrowthModel(MEAN, COV, df=4.5, persistence=0.3, common=0.01), "<= 2"),
    }  # fmt: skip
    works = [lambda: rng.standard_normal(out=normals)]
    works += [lambda m=m: simulate(m, SHARES, draws=DRAWS, seed=1) for m, _ in models.values()]
    limit, *ours = fastest(*works)
    plain = fastest(textbook, rounds=10)[0]
    rows = [
        ("normals alone (SFC64)", limit, 1.0, ""),
        ("textbook numpy", plain, plain / limit, ""),
    ]
    return rows + [
        (name, seconds, seconds / limit, budget)
        for (name, (_, budget)), seconds in zip(models.items(), ours, strict=True)
    ]


def indices() -> list[tuple[str, float, float, str]]:
    """Return work, seconds, speed against SALib, and the budget."""
    from SALib.analyze import sobol as analyze
    from SALib.sample import sobol as sample

    ranges = {f"x{i}": (1 - 0.1 * (i + 1), 1 + 0.1 * (i + 1)) for i in range(7)}
    problem = {"num_vars": 7, "names": list(ranges), "bounds": [list(r) for r in ranges.values()]}

    def product(x: dict[str, np.ndarray]) -> np.ndarray:
        result = x["x0"] * x["x1"]
        for name in list(ranges)[2:]:
            result = result * x[name]
        return result

    def salib() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            points = sample.sample(problem, 8192, calc_second_order=False, seed=1)
            analyze.analyze(problem, points.prod(axis=1), calc_second_order=False, seed=1)

    theirs, ours = fastest(salib, lambda: sobol(product, ranges, rng=default_rng(1)), rounds=7)
    return [
        ("SALib, 7 inputs, N = 8,192, with intervals", theirs, 1.0, ""),
        ("sobol", ours, theirs / ours, ">= 20"),
    ]


def main() -> None:
    """Measure everything, print and write the table."""
    rows = [*monte_carlo(), *indices()]
    RESULTS.parent.mkdir(exist_ok=True)
    with RESULTS.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["work", "milliseconds", "ratio", "budget"])
        writer.writerows((work, f"{1e3 * s:.2f}", f"{r:.2f}", b) for work, s, r, b in rows)
    for work, seconds, ratio, budget in rows:
        print(f"{work:55s} {1e3 * seconds:9.2f} ms  x{ratio:7.2f}  {budget}")


if __name__ == "__main__":
    main()
