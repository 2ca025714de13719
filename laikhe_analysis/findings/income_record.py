"""What real income did beside product per head elsewhere: how far it follows, how far it strays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from laikhe_analysis.growth import continuous_rate
from laikhe_analysis.series import AnnualSeries

if TYPE_CHECKING:
    import pandas as pd

    from laikhe_analysis.data import Dataset

__all__ = ["income_record", "income_strays"]

_FEWEST = 3
"""Periods beyond one of each place that a spread needs."""


def income_record(data: Dataset) -> pd.DataFrame:
    """Return real income beside product per head, from one survey to the next, by place.

    Parameters
    ----------
    data : Dataset
        With surveys of income, growth of product and population of the yardsticks, and the country's
        consumer prices, among its facts.

    Returns
    -------
    DataFrame
        place, first, last, years, income (real), product (per head), gap. [continuous rates,
        fraction per year] Periods of which a figure lacks are left out.
    """
    import pandas as pd

    facts, yardsticks = data.facts(), data.commune.yardsticks
    prices = facts.get(f"{yardsticks.get('country', '')}/cpi_inflation")
    rows: list[tuple[object, ...]] = []
    for place in dict.fromkeys(yardsticks.values()):
        product = facts.get(f"{place}/gdp_growth") or facts.get(f"{place}/grdp_growth")
        income = facts.get(f"{place}/income_per_capita_month")
        people = facts.get(f"{place}/population")
        if prices is not None and product and income and people:
            rows += [(place, *row) for row in _periods(income, prices, product, people)]
    table = pd.DataFrame(rows, columns=["place", "first", "last", "years", "income", "product"])
    return table.assign(gap=table.income - table["product"])


def _periods(
    income: AnnualSeries, prices: AnnualSeries, product: AnnualSeries, people: AnnualSeries
) -> Iterator[tuple[int, int, int, float, float]]:
    """Yield first, last and length of each period, real income and product per head in it."""
    income, people = income.after_breaks().known(), people.after_breaks().known()
    for first, last in zip(income.years, income.years[1:], strict=False):
        years, ends = range(first + 1, last + 1), {first, last}
        if ends <= {*people.years} and {*years} <= {*prices.years} & {*product.years}:
            dear, grown = (np.mean([np.log1p(x.at(y)) for y in years]) for x in (prices, product))
            earned, born = (
                continuous_rate(x.at(first), x.at(last), last - first) for x in (income, people)
            )
            yield first, last, last - first, float(earned - dear), float(grown - born)


def income_strays(record: pd.DataFrame, follows: float = 1.0) -> float | None:
    """Return how far real income strays in a year from what it takes of product per head.

    Parameters
    ----------
    record : DataFrame
        As `income_record` returns it.
    follows : float
        Points of income for a point of product per head. [ratio]

    Returns
    -------
    float or None
        Standard deviation of one year, [fraction]; None where fewer than three periods are left
        beyond one of each place.

    Notes
    -----
    ``s**2 = sum m (r - r_place)**2 / (n - places)``, r the mean yearly rate of income less
    `follows` times that of product over a period of m years, r_place the mean of a place weighted
    by m: a year's deviation of variance s**2, independent of the others, leaves s**2 / m in a mean
    of m years. What a place's income lags behind in the long run is not in it; errors of the survey
    are.

    Examples
    --------
    One place, four years, gaps of +2, -2, +2 and -2 points: s is 2 points times the root of 4/3.

    >>> import pandas as pd
    >>> record = pd.DataFrame({"place": "A", "years": 1, "income": [.08, .04, .08, .04],
    ...                        "product": .06})
    >>> round(income_strays(record), 6), round(0.02 * (4 / 3) ** 0.5, 6)
    (0.023094, 0.023094)
    """
    left = len(record) - record.place.nunique()
    if left < _FEWEST:
        return None
    rest, long = record.income - follows * record["product"], record.years
    groups = record.place
    middle = (rest * long).groupby(groups).transform("sum") / long.groupby(groups).transform("sum")
    return float(np.sqrt((long * (rest - middle) ** 2).sum() / left))
