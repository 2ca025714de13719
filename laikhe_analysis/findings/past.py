"""What came true of the projections that reports are held to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from laikhe_analysis.series import SUPPOSED

if TYPE_CHECKING:
    import pandas as pd

    from laikhe_analysis.data import Dataset

__all__ = ["HEADLINES", "came_true"]

HEADLINES = {"total_product": 100.0, "income_per_capita_real": None, "recurrent_revenue": 100.0}
"""The projections that a report is held to, and the level of the base year where it is an index."""


def came_true(data: Dataset, name: str, until: int) -> pd.Series[float]:
    """Return what is known of a headline projection by year, in its unit; what is assumed is not.

    Parameters
    ----------
    data : Dataset
    name : str
        One of `HEADLINES`.
    until : int
        The last year that is over. [year]

    Returns
    -------
    Series
        One value a year, an index where `HEADLINES` says so; empty where nothing is known.
    """
    import pandas as pd

    series, start = data.histories().get(name), HEADLINES[name]
    if series is None or series.origin in SUPPOSED:
        return pd.Series(dtype=float)
    known = series.known().to_pandas().loc[:until]
    if start is None:
        return known
    base = known.get(data.commune.base_year, 0.0)
    return start * known / base if base > 0 else known.iloc[:0]
