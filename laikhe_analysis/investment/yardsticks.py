"""What to hold a total against: the outcome elsewhere, and the fields.

None of this is a probability of ours. Each is a separate answer beside the study, with its sources
counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from laikhe_analysis.arrays import as_array
from laikhe_analysis.checks import require
from laikhe_analysis.labels import items_of

__all__ = [
    "MIN_CASES",
    "OutsideView",
    "crop_after_sales",
    "outside_view",
]

MIN_CASES = 10
"""Fewer cases than this give no probability, only the cases themselves."""


@dataclass(frozen=True)
class OutsideView:
    """What came of land-revenue plans elsewhere, and the total if it goes the same way here.

    Ratios are realised over planned; amounts in billion VND. With fewer than `MIN_CASES` cases
    there is no probability.
    """

    cases: tuple[tuple[str, float], ...]
    reached: int
    low: float
    median: float
    high: float
    total_low: float
    total_median: float
    total_high: float
    probability: float | None


def outside_view(ratios: Any, total: float) -> OutsideView | None:
    """Return the outside view from realised over planned land revenue, or None without cases.

    Parameters
    ----------
    ratios : mapping or Series
        Realised over planned by case, full years of one kind of revenue only. [ratio]
    total : float
        What the plan expects. [billion VND]

    Returns
    -------
    OutsideView or None

    Raises
    ------
    ValueError
        If a ratio is negative or missing.

    References
    ----------
    .. [1] Flyvbjerg (2006), reference class forecasting: look at like cases before looking inside.

    Examples
    --------
    >>> view = outside_view({"a 2024": 0.5, "b 2024": 1.0, "c 2019": 1.5}, 300)
    >>> view.reached, view.median, view.total_low, view.probability
    (2, 1.0, 150.0, None)
    """
    cases = items_of("ratios", ratios)
    if not cases:
        return None
    values = as_array("ratios", list(cases.values()))
    require(values >= 0, "ratios", values, "0 or more", known=True)
    n, reached = len(values), int((values >= 1).sum())
    low, median, high = (float(x) for x in (values.min(), np.median(values), values.max()))
    return OutsideView(
        tuple(zip(map(str, cases), values.tolist(), strict=True)), reached, low, median, high,
        total * low, total * median, total * high, None if n < MIN_CASES else reached / n,
    )  # fmt: skip


def crop_after_sales(
    crop_ha: float, value_per_ha: float, sold_ha: float, *, value_of_sold: float | None = None
) -> dict[str, float]:
    """Return what selling crop land does to the crop area and to the value per hectare.

    Parameters
    ----------
    crop_ha : float
        Crop area before, positive. [ha]
    value_per_ha : float
        Crop value per hectare before. [million VND per ha]
    sold_ha : float
        Crop land given to building sites, less than `crop_ha`. [ha]
    value_of_sold : float, optional
        Crop value of the land that goes; the average by default. [million VND per ha]

    Returns
    -------
    dict
        `area_after` [ha], `area_change` [fraction], `value_lost` [billion VND per year],
        `value_per_ha_after` [million VND per ha].

    Raises
    ------
    ValueError
        If `crop_ha` is not positive, or `sold_ha` is negative or not less than `crop_ha`.

    Notes
    -----
    ``after = (crop_ha * value_per_ha - sold_ha * value_of_sold) / (crop_ha - sold_ha)``: selling
    poor fields raises the value per hectare while the harvest falls.

    Examples
    --------
    >>> after = crop_after_sales(100, 180, 10, value_of_sold=90)
    >>> after["area_after"], after["value_per_ha_after"], after["value_lost"]
    (90, 190.0, 0.9)
    """
    require(crop_ha > 0, "crop_ha", crop_ha, "a positive number (ha)", known=True)
    wanted = "0 or more and less than the crop area"
    require(0 <= sold_ha < crop_ha, "sold_ha", sold_ha, wanted, known=True)
    gone = sold_ha * (value_per_ha if value_of_sold is None else value_of_sold)
    return {
        "area_after": crop_ha - sold_ha,
        "area_change": -sold_ha / crop_ha,
        "value_lost": gone / 1000,
        "value_per_ha_after": (crop_ha * value_per_ha - gone) / (crop_ha - sold_ha),
    }
