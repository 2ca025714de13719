"""What notebook 08 shows of the forecasts' record: the contest's table, the Vietnamese series."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.backtest import Backtest
from laikhe_analysis.series import AnnualSeries, chain

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["contest_table", "long_series", "series_errors"]


def contest_table(summary: pd.DataFrame) -> list[dict[str, Any]]:
    """Return one row per method of the kept measurements, its scores by length of history.

    Parameters
    ----------
    summary : DataFrame
        `benchmarks/results/m3_yearly_summary.csv`: cut, method, smape, coverage_80, ...

    Returns
    -------
    list of dict
        `method`, and "{cut}_smape" [%] and "{cut}_coverage_80" [%] for each cut; the smallest
        error with the whole history first.
    """
    rows: dict[str, dict[str, Any]] = {}
    for record in summary.to_dict("records"):
        row = rows.setdefault(record["method"], {"method": record["method"]})
        row[f"{record['cut']}_smape"] = float(record["smape"])
        row[f"{record['cut']}_coverage_80"] = 100 * float(record["coverage_80"])
    return sorted(rows.values(), key=lambda row: row.get("full_smape", np.inf))


def long_series(
    facts: Mapping[str, AnnualSeries], least: int = 9
) -> tuple[list[str], NDArray[np.float64]]:
    """Return the public series that are long enough to be forecast and checked.

    Parameters
    ----------
    facts : mapping of str to AnnualSeries
    least : int
        Consecutive years of one definition that a series must have. [years]

    Returns
    -------
    names : list of str
    values : array of shape [series, years]
        Right-aligned; NaN before a series begins. Growth rates are chained to an index; shares of
        a whole are left out.
    """
    found: dict[str, tuple[float, ...]] = {}
    for name, series in sorted(facts.items()):
        usable = series.after_breaks().known()
        whole = len(usable) >= least and usable.years[-1] - usable.years[0] == len(usable) - 1
        if whole and series.unit != "%":
            levels = chain(usable) if series.unit == "%/year" else usable
            found[name] = levels.values
    width = max(map(len, found.values()), default=0)
    panel = np.full((len(found), width), np.nan)
    for row, values in zip(panel, found.values(), strict=True):
        row[width - len(values) :] = values
    return list(found), panel


def series_errors(run: Backtest) -> list[float]:
    """Return the mean percentage error of each series of a backtest. [%]"""
    errors = run.by_series("smape")
    return [errors[i] for i in sorted(errors)]
