"""The part of a series that a forecast may use, and what a reader has to know of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from laikhe_analysis.forecast.remarks import remark
from laikhe_analysis.messages import Text
from laikhe_analysis.panel.gaps import LONGEST_GAP, bridged, dense_part
from laikhe_analysis.panel.methods import MIN_YEARS
from laikhe_analysis.series import AnnualSeries

__all__ = ["TESTED_HORIZON", "History", "usable_history"]

TESTED_HORIZON = 6
"""Years ahead for which the bands were checked against outcomes. [years]"""
_OUTLIER = 10


@dataclass(frozen=True)
class History:
    """What a forecast starts from.

    Parameters
    ----------
    series : AnnualSeries
        The part used, gaps bridged.
    known : int
        Years really observed in it. [years]
    breaks_cut : tuple of int
        First years of new regimes before which everything was left out. [year]
    notes : tuple of Text
        What was done to the series and what is odd about it.
    """

    series: AnnualSeries
    known: int
    breaks_cut: tuple[int, ...]
    notes: tuple[Text, ...]


def usable_history(series: AnnualSeries) -> History:
    """Return the part of a series that is comparable and dense enough to be carried on.

    Parameters
    ----------
    series : AnnualSeries
        Missing years absent or NaN.

    Returns
    -------
    History

    Raises
    ------
    ValueError
        If the series holds no value.

    Notes
    -----
    Only the years from the last break on are used, and of these only those after the last gap of
    more than `LONGEST_GAP` years. Shorter gaps are bridged at an even growth rate, or by even
    steps where a value is not positive; they do not count as years observed.

    Examples
    --------
    >>> h = usable_history(AnnualSeries("x", (2018, 2020, 2021), (100.0, 121.0, 130.0)))
    >>> h.series.array.round(6), h.known
    (array([100., 110., 121., 130.]), 3)
    """
    part = dense_part(series)
    since = series.known().after_breaks()
    cut = tuple(year for year in series.breaks if series.known().years[0] < year <= since.years[0])
    notes = []
    if cut:
        left = len(series.known()) - len(since)
        notes.append(remark("break", first=since.years[0], count=left))
    if len(part) < len(since):
        notes.append(remark("long_gap", first=part.years[0], gap=LONGEST_GAP))
    dense = bridged(part)
    missing = [year for year in dense.years if year not in part.years]
    if missing:
        notes.append(remark("gap", years=", ".join(map(str, missing))))
    return History(dense, len(part), cut, (*notes, *_notes_on_values(part)))


def _notes_on_values(part: AnnualSeries) -> list[Text]:
    """Return what has to be said of the values themselves."""
    values, notes = part.array, list[Text]()
    if (values <= 0).any():
        notes.append(remark("not_positive"))
    if len(part) > 1 and np.ptp(values) == 0:
        notes.append(remark("constant"))
    year = _outlier(part)
    if year is not None:
        notes.append(remark("outlier", year=year, times=_OUTLIER))
    return notes


def _outlier(part: AnnualSeries) -> int | None:
    """Return the first year of a step that is out of all proportion, or None."""
    if len(part) < MIN_YEARS:
        return None
    values = part.array
    changes = np.diff(np.log(values) if (values > 0).all() else values)
    usual = max(float(np.median(np.abs(changes))), 1e-12)
    odd = np.flatnonzero(np.abs(changes - np.median(changes)) > _OUTLIER * usual)
    return part.years[odd[0] + 1] if odd.size else None
