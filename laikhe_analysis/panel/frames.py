"""Tables of many series as callers have them: arrays, wide frames and long frames."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Panel", "read_panel"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Panel:
    """Series of one table, right-aligned, and their labels.

    Parameters
    ----------
    values : array of shape [series, years]
        NaN before the first year of a series. [any unit]
    lengths : array of shape [series]
        Years of each series. [years]
    ids : DataFrame or None
        One row of labels per series.
    last : array of shape [series] or None
        Last year of each series. [year]
    """

    values: Floats
    lengths: NDArray[np.intp]
    ids: pd.DataFrame | None = None
    last: NDArray[np.intp] | None = None

    def ahead(self, horizon: int) -> pd.DataFrame:
        """Return the labels of the forecasts: ids and year; without labels `series` and `ahead`."""
        import pandas as pd

        steps = np.arange(1, horizon + 1)
        rows = np.repeat(np.arange(len(self.values)), horizon)
        if self.ids is None or self.last is None:
            return pd.DataFrame({"series": rows, "ahead": np.tile(steps, len(self.values))})
        years = (self.last[:, None] + steps).ravel()
        return self.ids.iloc[rows].reset_index(drop=True).assign(year=years)


def read_panel(values: ArrayLike | pd.DataFrame) -> Panel:
    """Return the series of an array, of a long frame or of a wide frame.

    Parameters
    ----------
    values : array of shape [series, years], or DataFrame
        An array whose series end in the same column, NaN or masked before the first year of each;
        a long frame with the columns `year`, `value` (or `y`, or one other column of numbers) and
        what names the series; or a wide frame with a column per year. [any unit]

    Returns
    -------
    Panel

    Raises
    ------
    ValueError
        If a series is empty, infinite or has a gap, or a frame's columns cannot be told apart.
    TypeError
        If `values` is one labelled series.

    Examples
    --------
    >>> import pandas as pd
    >>> panel = read_panel(pd.DataFrame({"commune": "A", "year": [2023, 2024], "value": [5, 6]}))
    >>> panel.values, panel.last
    (array([[5., 6.]]), array([2024]))
    """
    if hasattr(values, "columns"):
        return _of_frame(values)
    if hasattr(values, "items"):
        raise TypeError(
            f"`values` must be a table of many series, got one {type(values).__name__}: use "
            "`forecast` for one series."
        )
    if isinstance(values, np.ma.MaskedArray):
        values = np.ma.filled(values.astype(np.float64), np.nan)
    table = np.atleast_2d(np.asarray(values, dtype=np.float64))
    return Panel(table, _lengths(table))


def _of_frame(frame: Any) -> Panel:
    """Return the series of a long or a wide frame."""
    if "year" in frame.columns:
        return _of_long(frame)
    if not _are_years(frame.columns) and _are_years(frame.index):
        frame = frame.T
    if not _are_years(frame.columns):
        raise ValueError(
            "`values` must have the columns year, value and what names the series, or a column "
            f"per year without a gap, got the columns {', '.join(map(str, frame.columns[:8]))}."
        )
    names = [name if name is not None else "series" for name in frame.index.names]
    ids = frame.index.set_names(names).to_frame(index=False)
    table = frame.to_numpy(dtype=np.float64, na_value=np.nan)
    last = np.full(len(table), _year(frame.columns[-1]))
    return Panel(table, _lengths(table, ids), ids, last)


def _of_long(frame: Any) -> Panel:
    """Return the series of a frame with a row per series and year."""
    import pandas as pd

    others = [name for name in frame.columns if name != "year"]
    named = [name for name in ("value", "y") if name in others]
    numbers = named or [n for n in others if pd.api.types.is_numeric_dtype(frame[n])]
    keys = [name for name in others if name not in numbers[:1]]
    if len(numbers) != 1 or not keys:
        raise ValueError(
            "`values` must have the columns year, value and what names the series, got the columns "
            f"{', '.join(map(str, frame.columns[:8]))}."
        )
    long = frame[[*keys, "year"]].assign(figure=pd.to_numeric(frame[numbers[0]]).astype(float))
    years = [_year(year) for year in long["year"]]
    if None in years or long[keys].isna().any(axis=None):
        raise ValueError("`values` must name a series and a year such as 2025 in every row.")
    long = long.assign(year=years).dropna(subset="figure")
    number, ids = pd.factorize(pd.MultiIndex.from_frame(long[keys]))
    if len(long) == 0:
        raise ValueError("`values` must hold a series, got no figure.")
    last = long.groupby(number)["year"].max().to_numpy()
    place = long["year"].to_numpy() - last[number]
    if pd.DataFrame({"number": number, "place": place}).duplicated().any():
        raise ValueError("`values` must hold one figure per series and year; some stand twice.")
    table = np.full((len(ids), 1 - int(place.min())), np.nan)
    table[number, place - 1] = long["figure"]
    labels = pd.DataFrame(list(ids), columns=keys)
    return Panel(table, _lengths(table, labels), labels, last)


def _are_years(labels: Any) -> bool:
    """Return whether labels are years that follow one another."""
    years = [_year(label) for label in labels]
    known = [year for year in years if year is not None]
    return bool(known) and years == list(range(known[0], known[0] + len(years)))


def _year(label: Any) -> int | None:
    """Return a label as a year of four digits, or None."""
    try:
        year = float(getattr(label, "year", label))
    except (TypeError, ValueError):
        return None
    return int(year) if year.is_integer() and 1000 <= year <= 9999 else None


def _lengths(table: Floats, ids: pd.DataFrame | None = None) -> NDArray[np.intp]:
    """Return the years of each series; raise where one has a gap or no value."""
    known = np.isfinite(table)
    lengths: NDArray[np.intp] = known.sum(axis=1) if table.ndim == 2 else np.zeros(0, dtype=np.intp)
    bad = lengths == 0
    if lengths.size and not known.all():
        before = np.arange(table.shape[1]) < (table.shape[1] - lengths)[:, None]
        bad |= (known == before).any(axis=1) | np.isinf(table).any(axis=1)
    if lengths.size == 0 or bad.any():
        rows = np.flatnonzero(bad)[:5]
        labels = [" ".join(map(str, ids.iloc[row])) for row in rows] if ids is not None else rows
        place = "row" if ids is None else "series"
        raise ValueError(
            "`values` must be a table [series, years] of numbers without a gap after a series' first "
            f"year, got an empty or broken series at {place} {', '.join(map(str, labels)) or 'none'}. "
            "`forecast` bridges gaps."
        )
    return lengths
