"""Collections of annual series that the accuracy is measured on: read from a path, never kept.

- A contest: columns series, category, part (train or test), t, value. The M3 contest's 645 yearly
  series (Makridakis and Hibon 2000, "The M3-Competition", International Journal of Forecasting
  16(4)) come with the R package Mcomp.
- Economies: columns series, category, year, value; gzipped or not. `wdi_rgdp`, `wdi_rgdppc` real
  GDP and a head (World Bank, through Gapminder), `gdp_usd` and `cpi` (World Bank), `pwt_rgdpna`,
  `pwt_misc` (Penn World Table 10.01: Feenstra, Inklaar and Timmer 2015, American Economic Review
  105(10)), `gap_misc` indicators of the world (Gapminder), all CC BY 4.0, of one half of the
  world's countries and not of Viet Nam; `m3_agg` yearly sums of the contest's other series.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

PRODUCT = ("wdi_rgdp", "wdi_rgdppc", "pwt_rgdpna")
MONEY = ("gdp_usd", "cpi")
AHEAD = 6


@dataclass(frozen=True)
class Collection:
    """Series of one kind: name, values by year, and the future where a contest hides one."""

    names: list[str]
    train: list[np.ndarray]
    test: list[np.ndarray]


def read_contest(path: Path) -> Collection:
    """Return the series of a contest."""
    series: dict[str, tuple[list[float], list[float]]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            parts = series.setdefault(row["series"], ([], []))
            parts[row["part"] != "train"].append(float(row["value"]))
    return Collection(
        list(series), *([np.array(parts[i]) for parts in series.values()] for i in (0, 1))
    )


def read_economies(path: Path) -> dict[str, list[np.ndarray]]:
    """Return the series of each category: the years after their last gap."""
    found: dict[str, dict[str, list[tuple[int, float]]]] = {}
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    for row in csv.DictReader(text.decode("utf-8").splitlines()):
        pairs = found.setdefault(row["category"], {}).setdefault(row["series"], [])
        pairs.append((int(row["year"]), float(row["value"])))
    return {name: [_dense(pairs) for pairs in group.values()] for name, group in found.items()}


def _dense(pairs: list[tuple[int, float]]) -> np.ndarray:
    """Return the values after the last missing year."""
    years, values = zip(*sorted(pairs), strict=True)
    gaps = np.flatnonzero(np.diff(years) != 1)
    return np.array(values[gaps[-1] + 1 if gaps.size else 0 :])


@dataclass(frozen=True)
class Cases:
    """Forecast cases of one length: histories, what came (NaN where unknown), and labels.

    `scale` is the mean yearly change of all that was known; `category` what the series is of.
    """

    history: np.ndarray
    actual: np.ndarray
    scale: np.ndarray
    category: np.ndarray


def rolling_cases(
    groups: dict[str, list[np.ndarray]],
    rng: np.random.Generator,
    *,
    cuts: Sequence[int],
    origins: int,
    least: int = 6,
) -> Iterator[Cases]:
    """Yield cases by length: up to so many origins a series, each cut to one of `cuts` at random.

    At least four years of the future are known.
    """
    by_length: dict[int, list[tuple[np.ndarray, np.ndarray, float, str]]] = {}
    for category, group in groups.items():
        for values in group:
            ends = np.arange(min(least, min(cuts)), len(values) - 3)
            for end in rng.permutation(ends)[:origins]:
                n = int(min(rng.choice(cuts), end))
                actual = np.full(AHEAD, np.nan)
                came = values[end : end + AHEAD]
                actual[: len(came)] = came
                scale = float(np.abs(np.diff(values[:end])).mean())
                case = values[end - n : end], actual, scale, category
                by_length.setdefault(n, []).append(case)
    for n in sorted(by_length):
        history, actual, scale, category = zip(*by_length[n], strict=True)
        yield Cases(np.array(history), np.array(actual), np.array(scale), np.array(category))
