"""The probabilities of a what-if answer: small, seeded, the same draws for the same settings."""

from __future__ import annotations

from dataclasses import fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.checks import Text
from laikhe_analysis.data import Dataset
from laikhe_analysis.growth import annual_rate
from laikhe_analysis.investment.proceeds import Outcome
from laikhe_analysis.office.what_if.draws import product_draws, revenue_draws
from laikhe_analysis.records import Target
from laikhe_analysis.scenarios import Baseline, Projection
from laikhe_analysis.series import AnnualSeries
from laikhe_analysis.simulation import Chance

__all__ = ["Chances", "remembering"]


class _Remembering(Dataset):
    """A dataset that works out once what every answer needs again."""

    @cached_property
    def _known(self) -> tuple[dict[str, AnnualSeries], Baseline]:
        return super().facts(), super().baseline()

    def facts(self) -> dict[str, AnnualSeries]:
        return self._known[0]

    def baseline(self, *, known_on: str = "9999-12-31") -> Baseline:
        return super().baseline(known_on=known_on) if known_on < "9999" else self._known[1]


def remembering(data: Dataset) -> Dataset:
    """Return the same data, quicker to ask many times."""
    return _Remembering(**{field.name: getattr(data, field.name) for field in fields(data)})


class Chances:
    """The probabilities of one answer, each sort of draw made once.

    Parameters
    ----------
    data : Dataset
    now : Projection
        What the medians follow.
    sales : Outcome or None
        The draws of the land market, None where no land is assumed.
    draws, seed : int
    """

    def __init__(
        self, data: Dataset, now: Projection, sales: Outcome | None, draws: int, seed: int
    ) -> None:
        self.data, self.now, self.sales, self.draws = data, now, sales, draws
        given: dict[str, Any] = {"draws": draws, "seed": seed}
        self.product = product_draws(data, now, **given)
        self.income = None
        if self.product is not None and "income_per_capita_real" in now.paths:
            self.income = product_draws(data, now, with_income=True, **given)

    def of(self, target: Target) -> Chance:
        """Return the probability that a target is met, or why there is none."""
        if target.role == "investment_land":
            return self._of_sales()
        if target.role == "revenue":
            return self._of_revenue(target)
        rates = self._rates(target.role) if target.kind == "average_rate" else None
        if rates is None:
            return Chance(None, None, self.draws, _NO_RECORD)
        is_met: Any = target.is_met  # compares, so it serves arrays as well
        return _chance(np.asarray(is_met(rates)))

    def _rates(self, role: str) -> NDArray[np.float64] | None:
        """Return the mean growth in every draw of what a target is about. [fraction per year]"""
        sector = role.partition(":")[2]
        if role == "total_product" and self.product is not None:
            return self.product.growth()
        if role == "income" and self.income is not None:
            return self.income.growth("income_per_capita_real")
        if self.product is not None and sector in self.product.model.sectors:
            return self.product.growth(sector)
        return None

    def _of_sales(self) -> Chance:
        if self.sales is None:
            return Chance(None, None, self.draws, _NO_LAND)
        return Chance(self.sales.probability, self.sales.standard_error, self.sales.draws)

    def _of_revenue(self, target: Target) -> Chance:
        """Return the probability that revenue grows by what the target adds to the estimate."""
        index = None
        if self.product is not None and "price_index" in self.now.paths:
            index = revenue_draws(self.product, self.now)
        if index is None or target.kind != "annual_ratio":
            return Chance(None, None, self.draws, _SET_BY_HAND)
        rates = annual_rate(100.0, index[:, -1], index.shape[1])
        return _chance(100 * rates >= target.weaker_end - 100)


def _chance(hit: NDArray[np.bool_]) -> Chance:
    """Return the share of draws, with its standard error."""
    p = float(hit.mean())
    return Chance(p, float(np.sqrt(p * (1 - p) / len(hit))), len(hit))


_NO_RECORD = Text("chưa có số liệu để đo biến động", "there is no record of its swings")
_NO_LAND = Text("chưa giả định bán bao nhiêu đất", "no land is assumed to be sold")
_SET_BY_HAND = Text(
    "tốc độ tăng thu do người dùng đặt, không có biến động", "the growth of revenue is set by hand"
)
