"""Carry the tables of `results/` that notebook 08 shows into the package, the published ones beside.

python benchmarks/contest.py
"""

import csv
from pathlib import Path

RESULTS = Path(__file__).parent / "results"
TARGET = Path(__file__).parent.parent / "laikhe_analysis" / "forecast" / "contest.py"

PUBLISHED = {"TimesFM": 2.697, "TiRex": 2.710, "Moirai": 2.825, "Chronos-Bolt": 2.906}
"""MASE of models that were not trained on M3, as published: fev, Chronos zero-shot benchmark II."""

HEAD = '''"""How the methods did in the M3 contest, and what correcting them changed on other series.

Written by `benchmarks/contest.py` from `benchmarks/results/` (measured {day}). M3: Makridakis and
Hibon 2000, 645 yearly series. Foundation models: as published with fev, "Chronos zero-shot
benchmark II" (github.com/autogluon/fev, dataset monash_m3_yearly, read 2026-11): not run here.
"""

__all__ = ["CONTEST", "CORRECTION"]

'''


def table(name: str, rows: list[tuple], doc: str) -> str:
    """Return a constant of rows with what it is."""
    lines = "".join(f"    {row},\n" for row in rows).replace("'", '"').replace("nan", "None")
    return f'{name} = (\n{lines})\n"""{doc}"""\n'


def read(name: str) -> list[dict[str, str]]:
    """Return the rows of a result."""
    with (RESULTS / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def main() -> None:
    """Write the module."""
    kept = read("m3_yearly_summary.csv")
    scores = ("smape", "mase", "coverage_80", "coverage_95", "above")
    contest = [(r["cut"], r["method"], *(float(r[s]) for s in scores)) for r in kept]
    contest += [("full", name, None, mase, None, None, None) for name, mase in PUBLISHED.items()]
    columns = "loss_change", "smape_change", "above_adaptive", "above"
    left_out = [r for r in read("correction.csv") if r["trained"] == "without it"]
    change = [
        (r["group"], int(r["cases"]), *(round(float(r[c]) / 100, 5) for c in columns[:2]),
         *(float(r[c]) for c in columns[2:]))
        for r in left_out
    ]  # fmt: skip
    TARGET.write_text(
        HEAD.format(day=kept[0]["measured_on"])
        + table("CONTEST", contest, "Years seen, method, sMAPE [%], MASE [times], share in the "
                "80 and 95 %\nbands and above the point [fractions]; None: not published.")
        + table("CORRECTION", change, "Group of series left out of the training, cases, change of "
                "quantile loss and sMAPE\nagainst \"adaptive\", share above the point before and "
                "now. [fractions]"),
        encoding="utf-8",
    )  # fmt: skip


if __name__ == "__main__":
    main()
