"""What is to be reached: a projected variable, a year, a value, and how it is measured."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from laikhe_analysis.checks import check_choice, plain, require
from laikhe_analysis.growth import annual_rate
from laikhe_analysis.records import Target

__all__ = ["Goal"]

_MEASURES = ("level", "average_rate", "sum", "every_year")
_KINDS = {
    "average_rate": "average_rate",
    "annual_ratio": "every_year",
    "annual_level": "every_year",
    "cumulative": "sum",
    "level_by": "level",
}


@dataclass(frozen=True)
class Goal:
    """What is to be reached: a projected variable, a year, and a value.

    Parameters
    ----------
    variable : str
        Projected variable, such as `total_product`.
    year : int
        Year by which, inclusive. [year]
    value : float
        In the variable's unit; for `average_rate` a fraction a year.
    measure : {"level", "average_rate", "sum", "every_year"}
        The level in `year`; the average growth from the first year on; the sum after the base
        year; or the lowest value of all years after the base year.

    Raises
    ------
    ValueError
        If `measure` is unknown or `value` is not finite.
    """

    variable: str
    year: int
    value: float
    measure: str = "level"

    def __post_init__(self) -> None:
        check_choice("measure", self.measure, _MEASURES)
        require(math.isfinite(self.value), "value", self.value, "a finite number", known=True)

    @classmethod
    def of(cls, target: Target, variable: str) -> Goal:
        """Return the goal that a target of the plan sets for a projected variable.

        Its weaker end counts. Per cents become fractions; an average rate is measured from the
        first year on, a yearly target in every year, a total as a sum.

        Raises
        ------
        ValueError
            If the target is a milestone: it has no value to reach.

        Examples
        --------
        >>> from laikhe_analysis.checks import Text
        >>> growth = Target("x", "1", "2.2(2)", "economy", Text(""), "fraction/year",
        ...                 "average_rate", "about", 0.12)
        >>> Goal.of(growth, "total_product")
        Goal(variable='total_product', year=2030, value=0.12, measure='average_rate')
        """
        if target.kind not in _KINDS:
            raise ValueError(
                f"`target` {target.target_id} must be one of {', '.join(_KINDS)}, "
                f"got {target.kind}."
            )
        of_plan = target.kind == "annual_ratio" and target.unit.startswith("%")
        value = target.weaker_end / (100 if of_plan else 1)
        return cls(variable, target.target_year, value, _KINDS[target.kind])

    def measured(self, values: Sequence[Any], base_year: int) -> Any:
        """Return what a projection reaches, from the variable's values by year. [unit of `value`]

        Parameters
        ----------
        values : sequence of float or array
            From the base year on; arrays hold one value per row.
        base_year : int

        Raises
        ------
        ValueError
            If the goal's year is not among them.

        Examples
        --------
        >>> Goal("x", 2027, 0.1, "average_rate").measured([100.0, 110.0, 121.0], 2025)
        0.10000000000000009
        """
        end = self.year - base_year
        if not 0 <= end < len(values) or bool(np.isnan(values[end]).all()):
            raise ValueError(f"`year` of the goal must be projected, got {self.year}.")
        if self.measure == "level":
            return values[end]
        if self.measure == "average_rate":
            first = next(t for t, value in enumerate(values) if not np.isnan(value).all())
            return annual_rate(values[first], values[end], end - first)
        later = np.array(np.broadcast_arrays(*values[1 : end + 1]))
        found = np.nansum(later, axis=0) if self.measure == "sum" else np.nanmin(later, axis=0)
        return plain(found)
