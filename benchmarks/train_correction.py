"""Train the correction of the forecasts' errors, and check it on what it has not seen.

    python benchmarks/train_correction.py ECONOMIES CONTEST [--hold-out] [--save]

Rolling origins of the economies' series and of the contest's training part, cut to 6, 8, 10, 15
years or whole, one to six years ahead. The loss is the pinball loss of t at eleven levels, times
the root of s. `--hold-out` trains once without each group of categories and prints how the left
out group fares against "adaptive"; `--save` writes `laikhe_analysis/panel/weights.py`, and
`results/correction.csv` where both are given.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import platform
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
from collections_of_series import MONEY, PRODUCT, Cases, read_contest, read_economies, rolling_cases

from laikhe_analysis.panel import correction
from laikhe_analysis.panel.methods import _Setting
from laikhe_analysis.panel.predictive import KNOTS, LEVELS

RESULTS = Path(__file__).parent / "results" / "correction.csv"
WEIGHTS = Path(correction.__file__).with_name("weights.py")
# How much a group of categories counts in the loss
GROUPS = {
    ("m3_train",): 0.30, ("m3_agg",): 0.15, ("gap_misc",): 0.22, ("pwt_misc",): 0.08,
    PRODUCT: 0.17, MONEY[:1]: 0.05, MONEY[1:]: 0.03,
}  # fmt: skip
CUTS, ORIGINS = (6, 8, 10, 15, 99), 20
EPOCHS, BATCH, RATE, DECAY = 6, 2048, 3e-3, 1e-3
LEVEL = np.array(LEVELS)


class Rows:
    """Inputs, outcomes and forecasts of all cases: a row per case and year ahead."""

    def __init__(self, cases: list[Cases]) -> None:
        parts = [self._of(case) for case in cases]
        names = ("read", "t", "point", "spread", "actual", "scale", "category", "share")
        for name, values in zip(names, zip(*parts, strict=True), strict=True):
            setattr(self, name, np.concatenate(values))

    @staticmethod
    def _of(case: Cases) -> tuple[np.ndarray, ...]:
        """Return what is known of the cases of one length."""
        n = case.history.shape[1]
        setting = _Setting(case.history, case.actual.shape[1], n, root=True)
        point, spread = setting.points("adaptive", None), setting.spread("adaptive")
        read = correction.inputs(setting.scaled, setting.noise, setting.change, n, point, spread)
        t = 2 * (np.sqrt(case.actual / point) - 1) / spread
        last = case.history[:, -1]
        scale = np.sqrt(np.maximum(case.scale, 0.002 * last) * last)
        share = 0.6 * np.minimum(setting.change / correction.SMALLEST, 1)
        return read, t, point, spread, case.actual, scale, case.category, share[:, 0]


class Trainer:
    """The network's weights, their gradients by hand, and Adam (Kingma and Ba 2015)."""

    def __init__(self, rng: np.random.Generator) -> None:
        shapes = correction.SHAPES
        self.weights = [
            rng.normal(0, 1 / np.sqrt(s[0]), s) if len(s) > 1 else np.zeros(s) for s in shapes
        ]
        self.weights[4] *= 0.1
        step = np.log(np.expm1(np.diff(KNOTS)))  # at first the steps of Student's quantiles
        self.weights[5][:] = np.concatenate([step[:5], [0], step[5:]])
        self.moments = [[np.zeros_like(w) for w in self.weights] for _ in range(2)]
        self.steps = 0

    def gradient(self, read: np.ndarray, t: np.ndarray, weight: np.ndarray) -> list[np.ndarray]:
        """Return the gradient of the mean pinball loss."""
        w1, b1, w2, b2, w3, b3 = self.weights
        x1 = read @ w1 + b1
        a1 = x1 / (1 + np.exp(-x1))
        x2 = a1 @ w2 + b2
        a2 = x2 / (1 + np.exp(-x2))
        out = a2 @ w3 + b3
        quantiles = quantiles_of(out)
        g = np.where(t[:, None] > quantiles, -LEVEL, 1 - LEVEL) * weight[:, None] / len(t)
        slope = 1 / (1 + np.exp(-out))
        g_out = np.empty_like(out)
        g_out[:, 5] = g.sum(axis=1)
        g_out[:, 6:] = np.cumsum(g[:, :5:-1], axis=1)[:, ::-1] * slope[:, 6:]
        g_out[:, :5] = -np.cumsum(g[:, :5], axis=1) * slope[:, :5]
        g2 = (g_out @ w3.T) * silu_slope(x2)
        g1 = (g2 @ w2.T) * silu_slope(x1)
        return [
            read.T @ g1 + DECAY * w1, g1.sum(axis=0), a1.T @ g2 + DECAY * w2, g2.sum(axis=0),
            a2.T @ g_out + DECAY * w3, g_out.sum(axis=0),
        ]  # fmt: skip

    def step(self, gradient: list[np.ndarray], rate: float) -> None:
        """Move the weights."""
        self.steps += 1
        for w, m, v, g in zip(self.weights, *self.moments, gradient, strict=True):
            m += 0.1 * (g - m)
            v += 0.001 * (g * g - v)
            fair = m / (1 - 0.9**self.steps), v / (1 - 0.999**self.steps)
            w -= rate * fair[0] / (np.sqrt(fair[1]) + 1e-8)


def silu_slope(x: np.ndarray) -> np.ndarray:
    """Return the derivative of x / (1 + exp(-x))."""
    s = 1 / (1 + np.exp(-x))
    return s + x * s * (1 - s)


def quantiles_of(out: np.ndarray) -> np.ndarray:
    """Return the rising quantiles that the last layer stands for, as `correction.outputs` does."""
    middle, step = out[:, 5:6], np.logaddexp(0, out)
    below = np.cumsum(step[:, 4::-1], axis=1)[:, ::-1]
    return np.concatenate([middle - below, middle, middle + np.cumsum(step[:, 6:], axis=1)], axis=1)


def trained(rows: Rows, without: tuple[str, ...] = ()) -> list[np.ndarray]:
    """Return the weights, the inputs' means and spreads folded into the first layer."""
    case_weight = np.zeros(len(rows.category))
    for names, weight in GROUPS.items():
        inside = np.isin(rows.category, names)
        if names != without and inside.any():
            case_weight[inside] = weight / inside.sum()
    weight = np.sqrt(rows.spread) * case_weight[:, None]
    used = np.isfinite(rows.t) & (weight > 0)
    read, t, weight = rows.read[used], np.clip(rows.t[used], -15, 15), weight[used]
    weight = weight / weight.mean()
    mean, size = read.mean(axis=0), read.std(axis=0) + 1e-6
    read = (read - mean) / size
    rng = np.random.default_rng(0)
    trainer = Trainer(rng)
    total = EPOCHS * (len(read) // BATCH)
    for _ in range(EPOCHS):
        order = rng.permutation(len(read))
        for start in range(0, len(order) - BATCH + 1, BATCH):
            some = order[start : start + BATCH]
            gradient = trainer.gradient(read[some], t[some], weight[some])
            trainer.step(gradient, RATE * (1 - trainer.steps / total) + 1e-5)
    first = trainer.weights[0] / size[:, None]
    return [first, trainer.weights[1] - mean @ first, *trainer.weights[2:]]


def predicted(weights: list[np.ndarray], rows: Rows) -> np.ndarray:
    """Return t at the levels as the package would: part network, part Student."""
    w1, b1, w2, b2, w3, b3 = weights
    x = rows.read @ w1 + b1
    x = x / (1 + np.exp(-x))
    x = x @ w2 + b2
    x = x / (1 + np.exp(-x))
    shape = (*rows.t.shape, len(LEVEL))
    t = quantiles_of((x @ w3 + b3).reshape(-1, len(LEVEL))).reshape(shape)
    return KNOTS + rows.share[:, None, None] * (t - KNOTS)


def report(rows: Rows, t: np.ndarray, names: tuple[str, ...], trained_how: str) -> list:
    """Print and return how one group fares with the quantiles t against "adaptive"."""
    inside = np.isin(rows.category, names)
    before, now = (
        measures(rows, inside, bent[inside]) for bent in (np.broadcast_to(KNOTS, t.shape), t)
    )
    change = [100 * (b / a - 1) for a, b in zip(before[:3], now[:3], strict=True)]
    print(
        f"{' '.join(names):34} {inside.sum():6} {change[0]:6.1f} {change[1]:6.1f} {change[2]:6.1f}"
        f"   {before[3]:5.1f} -> {now[3]:5.1f}   {before[4]:.2f} -> {now[4]:.2f}"
    )
    numbers = [*change, before[3], now[3], before[4], now[4]]
    return [" ".join(names), trained_how, int(inside.sum()), *(f"{x:.4g}" for x in numbers)]


def measures(rows: Rows, inside: np.ndarray, bent: np.ndarray) -> list[float]:
    """Return quantile loss over a scale and over the outcome, sMAPE, % in the band, above."""
    actual, spread = rows.actual[inside], rows.spread[inside, :, None]
    values = rows.point[inside, :, None] * np.maximum(1 + spread * bent / 2, 0) ** 2
    gap, known = actual[..., None] - values, np.isfinite(actual)
    loss = np.nanmean(np.maximum(LEVEL * gap, (LEVEL - 1) * gap), axis=(1, 2))
    size = np.abs(gap[..., 5]) / (np.abs(actual) + values[..., 5])
    in80 = (gap[..., 1] >= 0) & (gap[..., 9] <= 0)
    return [
        (loss / rows.scale[inside]).mean(), (loss / np.nanmean(actual, axis=1)).mean(),
        200 * np.nanmean(size), 100 * in80[known].mean(), (gap[..., 5] > 0)[known].mean(),
    ]  # fmt: skip


def save(weights: list[np.ndarray]) -> None:
    """Write the weights as text, three significant digits each."""
    numbers = [f"{value:.3g}" for part in weights for value in part.ravel()]
    lines, line = [], ""
    for number in numbers:
        if len(line) + len(number) >= 99:
            lines, line = [*lines, line], ""
        line = f"{line} {number}".strip()
    text = "\n".join([*lines, line])
    WEIGHTS.write_text(
        '"""Weights of the correction, written by `benchmarks/train_correction.py`."""\n\n'
        '__all__ = ["WEIGHTS"]\n\n'
        f'WEIGHTS = """\n{text}\n"""\n',
        encoding="utf-8",
    )


def all_rows(series: dict[str, list[np.ndarray]]) -> Rows:
    """Return the cases of all series, the same at every run."""
    rng = np.random.default_rng(0)
    return Rows(list(rolling_cases(series, rng, cuts=CUTS, origins=ORIGINS)))


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("economies", type=Path)
    parser.add_argument("contest", type=Path)
    parser.add_argument("--hold-out", action="store_true", help="also train without each group")
    parser.add_argument("--save", action="store_true", help="keep the weights in the package")
    options = parser.parse_args()
    series = read_economies(options.economies)
    series["m3_train"] = read_contest(options.contest).train
    rows = all_rows(series)
    print("against adaptive, %                 cases  scaled  relat. sMAPE   80 % holds      above")
    weights = trained(rows)
    t = predicted(weights, rows)
    table = [report(rows, t, names, "with it") for names in GROUPS]
    if options.hold_out:
        print("left out:")
        for names in GROUPS:
            t = predicted(trained(rows, names), rows)
            table.append(report(rows, t, names, "without it"))
    if options.save:
        save(weights)
    if options.save and options.hold_out:
        keep(table)


def keep(table: list[list]) -> None:
    """Write how the groups fare, with date and versions."""
    columns = [
        "group", "trained", "cases", "loss_change", "relative_loss_change", "smape_change",
        "coverage_80_adaptive", "coverage_80", "above_adaptive", "above", "measured",
    ]  # fmt: skip
    stamp = f"{datetime.date.today()}, numpy {version('numpy')}, Python {platform.python_version()}"
    with RESULTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([columns, *([*row, stamp] for row in table)])


if __name__ == "__main__":
    sys.exit(main())
