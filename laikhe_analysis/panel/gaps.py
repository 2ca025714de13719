"""Missing years: which part of a series is dense enough to be carried on, and how it is bridged."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from laikhe_analysis.series import AnnualSeries, weakest_origin

__all__ = ["LONGEST_GAP", "bridged", "dense_part"]

LONGEST_GAP = 2
"""Missing years in a row that are bridged; history before a longer gap is not used. [years]"""


def dense_part(series: AnnualSeries) -> AnnualSeries:
    """Return the known years from the last break on, after the last gap too long to be bridged.

    Raises
    ------
    ValueError
        If the series holds no value.

    Examples
    --------
    >>> dense_part(AnnualSeries("x", (2010, 2014, 2016), (1.0, 2.0, 3.0))).years
    (2014, 2016)
    """
    part = series.known()
    if not part:
        raise ValueError(f"series {series.name} holds no value: there is nothing to carry on.")
    part = part.after_breaks()
    gaps = np.flatnonzero(np.diff(part.years) > LONGEST_GAP + 1)
    return part.select(part.years[gaps[-1] + 1 :]) if gaps.size else part


def bridged(part: AnnualSeries) -> AnnualSeries:
    """Return the series with its missing years filled at an even rate.

    By even steps where a value is not positive.

    Examples
    --------
    >>> bridged(AnnualSeries("x", (2018, 2020), (100.0, 121.0))).array.round(6)
    array([100., 110., 121.])
    """
    years = range(part.years[0], part.years[-1] + 1)
    if len(years) == len(part):
        return part
    values = part.array
    if (values > 0).all():
        filled = np.exp(np.interp(years, part.years, np.log(values)))
    else:
        filled = np.interp(years, part.years, values)
    origin = weakest_origin(part.origin, "derived")
    return replace(part, years=tuple(years), values=tuple(filled), origin=origin)
