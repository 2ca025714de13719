"""What a forecast says of itself: method, length, prices, horizon and bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from laikhe_analysis.forecast.history import TESTED_HORIZON
from laikhe_analysis.forecast.record import BANDS
from laikhe_analysis.forecast.remarks import remark
from laikhe_analysis.messages import Text
from laikhe_analysis.panel.methods import MIN_YEARS
from laikhe_analysis.panel.short_series import MONEY_GROWTH, USUAL_GROWTH
from laikhe_analysis.vietnamese import words

if TYPE_CHECKING:
    from laikhe_analysis.forecast.single import Forecast

__all__ = ["notes_on"]


def notes_on(
    result: Forecast,
    given: tuple[float, float] | None,
    bounds: tuple[float, float] | None,
) -> list[Text]:
    """Return what a reader has to know, beside what was done to the history.

    Parameters
    ----------
    result : Forecast
    given, bounds : (float, float) or None
        The bounds asked for, and those used. [unit of the series]

    Returns
    -------
    list of Text
    """
    asked, known = result.requested, result.known
    low, high = (f"{end:g}" for end in bounds or (0.0, 0.0))
    row, last = result.distribution, result.history.values[-1]
    held = (result.point <= 0.1 * last) | (result.point >= 10 * last)
    no_rate = result.method == "short" and result.reference_rate is None
    is_money = result.price_basis == "current" and bounds is None
    said: list[tuple[bool, str, dict[str, object]]] = [
        (known < MIN_YEARS, "few_years", {"known": known, "needed": MIN_YEARS}),
        (no_rate and not is_money and bounds is None, "usual_growth", {"rate": USUAL_GROWTH}),
        (no_rate and is_money, "usual_money", {"rate": MONEY_GROWTH}),
        (is_money and result.method == "corrected", "money", _record_of("money")),
        (is_money and result.method not in ("corrected", "short"), "prices", {}),
        (result.method == "naive" and asked not in ("auto", "naive"), "too_short",
         {"method": words(asked)}),
        (result.reference_rate is not None, "reference",
         {"rate": result.reference_rate or 0.0}),
        (len(result.years) > TESTED_HORIZON, "far", {"years": TESTED_HORIZON}),
        (given is not None, "bounds", {"low": low, "high": high}),
        (given is None and bounds is not None, "share", {"low": low, "high": high}),
        (row.kind[0] in ("root", "class") and bounds is None and bool(held.any()), "held", {}),
    ]  # fmt: skip
    return [remark(name, **parts) for holds, name, parts in said if holds]


def _record_of(kind: str) -> dict[str, object]:
    """Return how forecasts of a kind of series came out."""
    above, held, series = BANDS[kind]
    return {"above": above, "held": held, "series": series}
