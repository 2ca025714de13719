"""Measure what the package tells beside a forecast, and keep it in the package.

    python benchmarks/measure.py ECONOMIES CONTEST [--save]

1. Short series, two to four years: the growth to which they are drawn, and the errors around it.
2. Reliability: how often a level was reached when the forecast said so and so, five years ahead,
   for average growth of 2 to 12 %, by kind of series; and how points and bands came out. Each
   group of categories is forecast by a correction that was trained without it.
3. How past growth of economies went on: ten years and the five that followed.

`--save` writes `laikhe_analysis/panel/short_series.py` and `laikhe_analysis/forecast/record.py`.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from itertools import pairwise
from pathlib import Path
from unittest import mock

import numpy as np
import train_correction as training
from collections_of_series import MONEY, PRODUCT, read_contest, read_economies, rolling_cases

import laikhe_analysis
from laikhe_analysis.panel import correction, forecast_panel
from laikhe_analysis.panel.methods import _Setting
from laikhe_analysis.panel.predictive import CLASS_LEVELS

PACKAGE = Path(laikhe_analysis.__file__).parent
KINDS = {"product": PRODUCT, "money": MONEY[:1], "other": ("gap_misc", "pwt_misc", "m3_agg")}
THRESHOLDS = (0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.10, 0.12)
EDGES = (0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1)
GROWTH = (-1, 0, 0.02, 0.04, 0.06, 0.08, 0.10, 1)
YEARS = 5
SOURCE = """
Measured {today} by `benchmarks/measure.py` on indicators of the World Bank and Gapminder and the
Penn World Table 10.01 (all CC BY 4.0; one half of the world's countries, without Viet Nam) and on
yearly series of the M3 contest (Makridakis and Hibon 2000).
"""
Series = dict[str, list[np.ndarray]]


def weighted(values: np.ndarray, weights: np.ndarray, levels: tuple[float, ...]) -> np.ndarray:
    """Return weighted quantiles of what is known."""
    known = np.isfinite(values)
    values, weights = values[known], weights[known]
    order = np.argsort(values)
    places = np.searchsorted(np.cumsum(weights[order]) / weights.sum(), levels)
    return values[order][np.minimum(places, len(values) - 1)]


def short_series(series: Series) -> tuple[float, float, tuple[float, ...]]:
    """Return the usual growth, that of money, and the errors in spreads at `CLASS_LEVELS`."""
    each = {
        name: weight / sum(len(series[other]) for other in names)
        for names, weight in training.GROUPS.items()
        for name in names
    }
    rows, rng = [], np.random.default_rng(1)
    for case in rolling_cases(series, rng, cuts=(2, 3, 4), origins=15, least=4):
        n, last = case.history.shape[1], case.history[:, -1:]
        own, share = np.log(last / case.history[:, :1]) / (n - 1), n / (n + 7)
        spread = _Setting(case.history, correction.REACH, n, root=True).spread("short")
        ahead = np.arange(1.0, correction.REACH + 1)
        gap = np.log(case.actual / last) - ahead * share * own
        lever = np.broadcast_to(ahead * (1 - share), gap.shape)
        weight = np.array([each[name] for name in case.category])[:, None] * np.ones_like(gap)
        is_money = np.isin(case.category, MONEY)[:, None] & np.isfinite(gap)
        rows.append([x.ravel() for x in (gap, lever, spread, weight, is_money)])
    gap, lever, spread, weight, is_money = (
        np.concatenate(part) for part in zip(*rows, strict=True)
    )
    growth, is_money = gap / lever, is_money.astype(bool)
    usual = float(weighted(growth, weight, (0.5,))[0])
    money = float(weighted(growth[is_money], weight[is_money], (0.5,))[0])
    errors = weighted((gap - lever * usual) / spread, weight, CLASS_LEVELS)
    return float(np.expm1(usual)), float(np.expm1(money)), tuple(errors.round(2).tolist())


def reliability(series: Series, weights: dict[str, list[np.ndarray]]) -> tuple[list, dict]:
    """Return rows (kind, low, high, stated, observed, cases), and by kind above, held, series."""
    rows, bands = [], {}
    for kind, names in KINDS.items():
        stated, came, above, held = [], [], [], []
        for name in names:
            with mock.patch.object(correction, "_layers", lambda name=name: weights[name]):
                found = outcomes({name: series[name]})
            for total, part in zip((stated, came, above, held), found, strict=True):
                total.append(part)
        chance, reached = np.concatenate(stated), np.concatenate(came)
        for low, high in pairwise(EDGES):
            inside = (chance >= low) & (chance < high if high < 1 else chance <= 1)
            pair = chance[inside].mean(), reached[inside].mean()
            rows.append((kind, low, high, *(round(float(x), 3) for x in pair), int(inside.sum())))
        share = (round(float(np.concatenate(x).mean()), 2) for x in (above, held))
        bands[kind] = (*share, sum(len(series[name]) for name in names))
    return rows, bands


def outcomes(group: Series) -> tuple[np.ndarray, ...]:
    """Return chances stated and whether they came true; whether points were passed, bands held."""
    found = []
    rng = np.random.default_rng(2)
    for case in rolling_cases(group, rng, cuts=(6, 8, 10, 15, 99), origins=15):
        ahead, actual = forecast_panel(case.history, YEARS), case.actual[:, :YEARS]
        known = np.isfinite(actual[:, -1])
        goals = case.history[:, -1:, None] * (1 + np.array(THRESHOLDS)) ** YEARS
        stated = np.stack(
            [
                ahead.distribution.probability_above(goals[..., i])[:, -1]
                for i in range(len(THRESHOLDS))
            ],
            axis=1,
        )
        came = actual[:, -1:] >= goals[:, 0]
        every = np.isfinite(actual)
        above = (actual > ahead.point)[every]
        held = ((actual >= ahead.lower[80]) & (actual <= ahead.upper[80]))[every]
        found.append((stated[known].ravel(), came[known].ravel(), above, held))
    return tuple(np.concatenate(part) for part in zip(*found, strict=True))


def growth_record(group: list[np.ndarray]) -> list[tuple]:
    """Return rows (low, high, past median, next five years' 10, 50 and 90 %, kept pace, cases)."""
    pairs = [
        (values[end - 1] / values[end - 11], values[end + YEARS - 1] / values[end - 1])
        for values in group
        for end in range(11, len(values) - YEARS + 1)
    ]
    past, later = (np.array(part) for part in zip(*pairs, strict=True))
    past, later = past ** (1 / 10) - 1, later ** (1 / YEARS) - 1
    rows = []
    for low, high in pairwise(GROWTH):
        inside = (past >= low) & (past < high)
        spread = np.quantile(later[inside], (0.1, 0.5, 0.9))
        kept = (later[inside] >= past[inside]).mean()
        numbers = (np.median(past[inside]), *spread, kept)
        rows.append((low, high, *(round(float(x), 3) for x in numbers), int(inside.sum())))
    return rows


def save(usual: float, money: float, errors: tuple, rows: list, bands: dict, growth: list) -> None:
    """Write both modules."""
    today = SOURCE.format(today=datetime.date.today())
    (PACKAGE / "panel" / "short_series.py").write_text(
        f'"""What is usual for series of two to four years.\n{today}"""\n\n'
        '__all__ = ["ERRORS", "MONEY_GROWTH", "USUAL_GROWTH"]\n\n'
        f"USUAL_GROWTH = {usual:.3f}\n"
        '"""Growth to which a series of unknown kind is drawn. [fraction per year]"""\n'
        f"MONEY_GROWTH = {money:.3f}\n"
        '"""The same for money at current prices. [fraction per year]"""\n'
        f"ERRORS = {errors}\n"
        '"""Logarithm of actual over forecast, in spreads, by level of `CLASS_LEVELS`."""\n',
        encoding="utf-8",
    )
    lines = [f"    {row},".replace("'", '"') for row in rows]
    past = [f"    {row}," for row in growth]
    (PACKAGE / "forecast" / "record.py").write_text(
        f'"""How forecasts of earlier years came out, by kind of series.\n{today}"""\n\n'
        '__all__ = ["BANDS", "GROWTH", "RELIABILITY"]\n\n'
        "BANDS = {\n" + "".join(f'    "{kind}": {row},\n' for kind, row in bands.items()) + "}\n"
        '"""By kind: share of outcomes above the point, share in the 80 % band, series."""\n'
        "RELIABILITY = (\n" + "\n".join(lines) + "\n)\n"
        '"""Kind, chance stated from and below, mean chance stated, share that came true, cases."""\n'
        "GROWTH = (\n" + "\n".join(past) + "\n)\n"
        '"""Real GDP: growth of ten years from and below, its median; 10, 50 and 90 % of the growth of\n'
        'the next five years; share that kept the pace; cases. [fraction per year]"""\n',
        encoding="utf-8",
    )


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("economies", type=Path)
    parser.add_argument("contest", type=Path)
    parser.add_argument("--save", action="store_true", help="keep the tables in the package")
    options = parser.parse_args()
    series = read_economies(options.economies) | {"m3_train": read_contest(options.contest).train}
    usual, money, errors = short_series(series)
    print(f"short series: usual growth {usual:.3f}, of money {money:.3f}, errors {errors}")
    rows = training.all_rows(series)
    left_out = {group: training.trained(rows, group) for group in training.GROUPS}
    weights = {name: found for group, found in left_out.items() for name in group}
    table, bands = reliability(series, weights)
    print("kind      stated   mean  came true   cases")
    for kind, low, high, stated, came, cases in table:
        print(f"{kind:8} {low:4}-{high:4} {stated:6.3f} {came:10.3f} {cases:7}")
    print("above the point, in the 80 % band, series:", bands)
    growth = growth_record(series["wdi_rgdp"])
    for row in growth:
        print("past and next growth:", *row)
    if options.save:
        save(usual, money, errors, table, bands, growth)


if __name__ == "__main__":
    sys.exit(main())
