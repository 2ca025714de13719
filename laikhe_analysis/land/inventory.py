"""Who pays when for an inventory of land, and who keeps what, as array operations.

Arguments are checked where the inventory is made; what is computed with it is not checked again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, starmap
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.arrays import as_number
from laikhe_analysis.checks import require
from laikhe_analysis.land.plots import as_plots
from laikhe_analysis.land.sharing import CashFlow, CashRow, line_for, shared
from laikhe_analysis.records import Plot, SharingRule
from laikhe_analysis.series import weakest_origin

__all__ = ["MILLION_PER_BILLION", "SQUARE_METRES", "Inventory", "carried_over"]

Floats = NDArray[np.float64]

MILLION_PER_BILLION = 1000.0
SQUARE_METRES = 1e4
"""Per hectare."""
INSTALMENTS = ((0.5, 30.0), (0.5, 90.0))  # part of the fee, days after the tax notice
QUARTER_DAYS = 90.0


def carried_over(quarter: int, *, notice_days: float = 0.0) -> float:
    """Return the part of a quarter's sales that is paid in the following year.

    Parameters
    ----------
    quarter : int
        Quarter of the auction, 1 to 4.
    notice_days : float
        Days from the auction to the tax notice, 0 to 180. [days]

    Returns
    -------
    float
        Part paid in the next calendar year. [fraction]

    Raises
    ------
    ValueError
        If `quarter` is not 1, 2, 3 or 4, or `notice_days` is out of range.

    Notes
    -----
    Half is due 30 days after the tax notice, the rest 90 days after [1]_, and every buyer is taken
    to pay on the last day. Auctions are spread evenly over a quarter of 90 days, so an instalment
    that is due ``L`` days after the auction falls into the next year for ``(L - d) / 90`` of the
    sales, kept between 0 and 1, where ``d`` is the number of days from the end of the quarter to
    the end of the year. Of the fourth quarter that is a third of the first half and all of the
    second, two thirds of the money; of earlier quarters nothing.

    References
    ----------
    .. [1] The payment terms of land-use fees as reported for auctions in 2024-2026; the decree in
       force has to be checked when a new regime begins.

    Examples
    --------
    >>> [round(carried_over(quarter), 4) for quarter in (1, 2, 3, 4)]
    [0.0, 0.0, 0.0, 0.6667]
    """
    if isinstance(quarter, bool) or quarter not in (1, 2, 3, 4):
        raise ValueError(f"`quarter` must be 1, 2, 3 or 4, got {quarter!r}.")
    notice_days, wanted = as_number("notice_days", notice_days), "from 0 to 180 days"
    require(0 <= notice_days <= 180, "notice_days", notice_days, wanted, known=True)
    left = (4 - quarter) * QUARTER_DAYS
    return sum(
        part * min(max((days + notice_days - left) / QUARTER_DAYS, 0.0), 1.0)
        for part, days in INSTALMENTS
    )


def _slices(draws: int) -> list[slice]:
    """Return the draws some hundreds at a time; one by itself only where there is but one."""
    ends = np.linspace(0, draws, draws // 500 + 2).astype(int).tolist()
    return list(starmap(slice, pairwise(ends)))


@dataclass(frozen=True, eq=False)
class Inventory:
    """Plots as arrays [plot], and one row [payment] for every plot, auction and year of payment.

    An auction is held in its year or, where `slips`, a year late; a payment falls into the year of
    the auction or the next (`carried_over`).
    """

    plots: tuple[Plot, ...]
    worth: Floats
    cost: Floats
    price: Floats
    chance: Floats
    plot: NDArray[np.intp]
    is_late: NDArray[np.bool_]
    year: NDArray[np.int_]
    part: Floats

    @classmethod
    def of(cls, plots: Any, *, notice_days: float = 0.0, slips: bool = False) -> Inventory:
        """Return the inventory of plots or of a frame of plots, everything checked.

        Raises
        ------
        ValueError, TypeError
            As `as_plots` and `carried_over`.
        """
        found = as_plots(plots)
        rows = []
        for place, plot in enumerate(found):
            later = carried_over(plot.quarter, notice_days=notice_days)
            for late in (False, True) if slips else (False,):
                year = plot.year + late
                rows += [(place, late, year, 1 - later), (place, late, year + 1, later)]
        table = np.array([row for row in rows if row[3] > 0], dtype=np.float64).reshape(-1, 4)
        area, share, cost, price, chance = np.array(
            [(p.area_m2, p.saleable_share, p.cost, p.price_mode, p.sale_probability) for p in found],
            dtype=np.float64,
        ).reshape(-1, 5).T  # fmt: skip
        return cls(
            found, area * share / MILLION_PER_BILLION, cost, price, chance,
            table[:, 0].astype(int), table[:, 1].astype(bool), table[:, 2].astype(int), table[:, 3],
        )  # fmt: skip

    def due(
        self,
        rows: Any,
        price: Floats,
        sold: NDArray[Any],
        late: NDArray[Any] | None,
        collected: Floats,
    ) -> tuple[Floats, Floats, Floats]:
        """Return winning bids, what is paid of them and the land's own cost, of some payments.

        Parameters
        ----------
        rows : index of the payments
        price : array [plot, draw]
            Winning prices. [million VND per m2]
        sold, late : array [plot, draw]
            Part or chance sold in the auction's year, and a year late. [fraction]
        collected : array [draw]
            Part of the winning bids that is paid. [fraction]

        Returns
        -------
        array [payment, draw], three times
            [billion VND]
        """
        plot, part = self.plot[rows], self.part[rows][:, None]
        chance = sold[plot]
        if late is not None:
            chance = np.where(self.is_late[rows][:, None], late[plot], chance)
        chance = part * chance
        bids = self.worth[plot][:, None] * price[plot] * chance
        return bids, bids * collected, self.cost[plot][:, None] * chance

    def flows(
        self,
        rules: Sequence[SharingRule],
        years: Sequence[int],
        price: Floats,
        sold: NDArray[Any],
        *,
        late: NDArray[Any] | None = None,
        collected: Floats,
        shape: tuple[int, ...] = (),
    ) -> list[CashFlow]:
        """Return the cash under each rule, year by year and stream by stream.

        Arguments are those of `due`, unchecked; results have the `shape` of the draws. The bids of
        a year are added up once for all rules, which differ in who gets what, some draws at a time:
        all payments of all draws at once are more than a processor keeps at hand.

        Raises
        ------
        ValueError, TypeError
            If a rule lacks a stream and year that is needed, or is none.
        """
        span, streams = tuple(years), np.array([plot.stream for plot in self.plots])
        cells = zip(self.year.tolist(), streams[self.plot].tolist(), strict=True)
        keys = sorted({(year, stream) for year, stream in cells if year in span})
        rows: list[list[CashRow]] = [[] for _ in rules]
        origins = [{"derived"} for _ in rules]

        parts = [
            (
                price[:, some],
                sold[:, some],
                None if late is None else late[:, some],
                collected[some],
            )
            for some in _slices(len(collected))
        ]

        def total(added: Sequence[Floats]) -> Any:
            whole = np.broadcast_to(np.concatenate(added), (int(np.prod(shape)),)).reshape(shape)
            return whole if shape else float(whole)

        for year, stream in keys:
            here = np.flatnonzero((self.year == year) & (streams[self.plot] == stream))
            dues = [self.due(here, *part) for part in parts]
            mine = {self.plots[place].origin for place in self.plot[here]}
            gross = total([bids.sum(axis=0) for bids, _, _ in dues])
            due = total([paid.sum(axis=0) for _, paid, _ in dues])
            taken: dict[float, Any] = {}
            for rule, found, marks in zip(rules, rows, origins, strict=True):
                line = line_for(rule, stream, year)
                flat = line.cost_deducted_first
                if flat not in taken:
                    taken[flat] = total([
                        np.minimum(paid, np.maximum(cost, flat * paid)).sum(axis=0)
                        for _, paid, cost in dues
                    ])  # fmt: skip
                marks |= mine | {line.origin}
                found.append(CashRow(year, stream, shared(gross, due, taken[flat], line)))
        after = np.flatnonzero(self.year > max(span)) if span else np.array([], dtype=int)
        later = total([self.due(after, *part)[0].sum(axis=0) for part in parts])
        return [
            CashFlow(rule.rule, span, tuple(found), later, weakest_origin(*marks))
            for rule, found, marks in zip(rules, rows, origins, strict=True)
        ]

    def kept(self, rule: SharingRule, years: Sequence[int]) -> tuple[Any, Floats, Floats]:
        """Return the payments of some years, and of each the part kept and the flat cost.

        Raises
        ------
        ValueError, TypeError
            If the rule lacks a stream and year that is needed, or is none.
        """
        rows = np.flatnonzero(np.isin(self.year, list(years)))
        lines = [
            line_for(rule, self.plots[self.plot[row]].stream, int(self.year[row])) for row in rows
        ]
        kept = np.array([line.kept for line in lines])
        return rows, kept, np.array([line.cost_deducted_first for line in lines])
