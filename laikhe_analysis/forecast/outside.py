"""The view from outside: how often something of the kind happened before, and elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from laikhe_analysis.checks import check_choice
from laikhe_analysis.forecast.contest import CONTEST, CORRECTION
from laikhe_analysis.forecast.record import BANDS, GROWTH, RELIABILITY
from laikhe_analysis.messages import Text, _

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "BaseRate",
    "Observed",
    "base_rates",
    "growth_record",
    "kind_of",
    "measured",
    "observed_chance",
]

KINDS = {
    "product": _("sản phẩm theo giá so sánh của các nước"),
    "money": _("sản phẩm theo giá hiện hành của các nước"),
    "other": _("chỉ số, sản lượng và số lượng của các nước"),
}
"""What the record of each kind of series is of."""
_FEWEST = 100


@dataclass(frozen=True)
class BaseRate:
    """How often something of the kind happened elsewhere: the outside view. [fraction]"""

    value: float
    text: Text
    source: Text


_M3 = _("645 chuỗi năm của cuộc thi dự báo M3 (Makridakis và Hibon 2000)")
_WORLD = _("World Development Indicators 1961-2024, 13.062 giai đoạn 5 năm")
# Share of series whose growth of the next five years was at least so many times their past growth,
# by years of history: six and ten
_REPEATED = {1.0: (0.28, 0.31), 1.5: (0.16, 0.19), 2.0: (0.09, 0.12)}
# Share of five-year periods of economies with an average growth of at least so much a year
_FAST = {0.12: 0.014, 0.10: 0.030}
_FAST_ANY = 0.048


@dataclass(frozen=True)
class Observed:
    """How often levels were reached of which the forecast said that chance.

    Parameters
    ----------
    value : float
        Share that came true. [fraction]
    low, high : float
        The chances that were stated. [fraction]
    cases : int
        Forecasts counted.
    kind : str
        "product", "money" or "other".
    text : Text
        All of that in words.
    """

    value: float
    low: float
    high: float
    cases: int
    kind: str
    text: Text


def kind_of(price_basis: str) -> str:
    """Return which record a series belongs to: that of "product", "money" or "other" series.

    Examples
    --------
    >>> kind_of("constant 2010"), kind_of("current"), kind_of("n/a")
    ('product', 'money', 'other')
    """
    if price_basis == "current":
        return "money"
    return "product" if price_basis.startswith("constant") else "other"


def observed_chance(stated: float, kind: str) -> Observed | None:
    """Return how often it came true when the forecast stated such a chance.

    Parameters
    ----------
    stated : float
        The chance stated. [fraction]
    kind : str
        "product", "money" or "other", see `kind_of`.

    Returns
    -------
    Observed or None
        None where fewer than a hundred cases are on record.

    Raises
    ------
    ValueError
        If `kind` is unknown or `stated` no fraction.

    Notes
    -----
    Levels that average growth of 2 to 12 % a year leads to, five years ahead, of histories of six
    years and more. The correction of the forecasts was trained without the kind of series counted.

    Examples
    --------
    >>> found = observed_chance(0.15, "product")
    >>> (found.low, found.high), abs(found.value - 0.15) < 0.1
    ((0.1, 0.2), True)
    """
    check_choice("kind", kind, list(KINDS))
    if not 0 <= stated <= 1:
        raise ValueError(f"`stated` must be a fraction from 0 to 1, got {stated}.")
    for name, low, high, _stated, came, cases in RELIABILITY:
        if name == kind and (low <= stated < high or stated == high == 1) and cases >= _FEWEST:
            text = _(
                "{kind}: trong {cases:0} lần phương pháp này nói khả năng từ {low:0} đến {high:0}% "
                "(trước năm năm), có {came:0%} đạt",
                kind=KINDS[kind], cases=cases, low=100 * low, high=100 * high, came=came,
            )  # fmt: skip
            return Observed(came, low, high, cases, kind, text)
    return None


def growth_record() -> pd.DataFrame:
    """Return how the growth of economies went on: ten years, and the five that followed.

    Returns
    -------
    DataFrame
        By past growth: past_low, past_high (its bounds), past (its median), next_10, next_50,
        next_90 (quantiles of the growth that followed), kept (share that grew at least as fast as
        before) [all fractions], cases.

    Notes
    -----
    Real GDP of half of the world's countries: a record of whole economies, not of communes.

    Examples
    --------
    >>> record = growth_record()
    >>> bool((record.next_50 < record.past)[record.past > 0.05].all())
    True
    """
    import pandas as pd

    columns = ["past_low", "past_high", "past", "next_10", "next_50", "next_90", "kept", "cases"]
    return pd.DataFrame(GROWTH, columns=columns)


_MEASURED: dict[str, tuple[tuple[tuple[object, ...], ...], str]] = {
    "contest": (CONTEST, "cut method smape mase in_80 in_95 above"),
    "correction": (CORRECTION, "group cases loss smape above_before above"),
    "bands": (tuple((kind, *row) for kind, row in BANDS.items()), "kind above in_80 series"),
    "chances": (RELIABILITY, "kind low high stated came cases"),
}


def measured(what: str) -> pd.DataFrame:
    """Return what was measured of the forecasts, as a table.

    Parameters
    ----------
    what : str
        "contest": scores by method and years seen in the M3 contest (cut, method, smape [%], mase
        [times], in_80, in_95, above; NaN where nothing is published). "correction": what correcting
        changed on groups of series kept out of the training (group, cases, loss, smape,
        above_before, above). "bands": by kind of series, how much came true above the point and in
        the 80 % band (kind, above, in_80, series). "chances": chances stated and what came true
        (kind, low, high, stated, came, cases). [fractions unless told otherwise]

    Raises
    ------
    ValueError
        If there is no such table.

    Examples
    --------
    >>> contest = measured("contest").set_index(["cut", "method"])
    >>> bool(contest.mase["full", "auto"] < contest.mase["full", "TiRex"])
    True
    """
    import pandas as pd

    rows, columns = _MEASURED[check_choice("what", what, list(_MEASURED))]
    return pd.DataFrame(list(rows), columns=columns.split())


def base_rates(rate: float, past_rate: float | None = None, n: int = 10) -> tuple[BaseRate, ...]:
    """Return how often growth as fast as `rate` happened elsewhere: to be read beside a chance.

    Parameters
    ----------
    rate : float
        Growth that the target takes, over about five years. [fraction per year]
    past_rate : float, optional
        Growth of the series so far. [fraction per year]
    n : int
        Years of history. [years]

    Returns
    -------
    tuple of BaseRate
        Empty where no record fits, e.g. for a fall.

    Notes
    -----
    The next lower step on record is used: a need of 1.8 times the past growth is compared with
    1.5 times. The contest's series are of other countries and kinds: they show how extrapolation
    errs, not how a Vietnamese commune grows.

    Examples
    --------
    >>> [r.value for r in base_rates(0.13, 0.08, 6)]
    [0.16, 0.048, 0.014]
    """
    found = []
    ratio = rate / past_rate if past_rate is not None and past_rate > 0 else 0.0
    for times in (step for step in sorted(_REPEATED, reverse=True) if ratio >= step):
        text = _(
            "chuỗi có tốc độ tăng 5 năm sau ít nhất gấp {times:=} lần tốc độ trước đó", times=times
        )
        found.append(BaseRate(_REPEATED[times][int(n >= 10)], text, _M3))
        break
    if rate >= 0.12:
        text = _("chuỗi tăng từ 12%/năm trở lên suốt 5 năm")
        found.append(BaseRate(_FAST_ANY, text, _M3))
    for pace in (step for step in _FAST if rate >= step - 1e-12):
        text = _(
            "giai đoạn 5 năm có kinh tế tăng bình quân từ {pace:=}%/năm trở lên", pace=100 * pace
        )
        found.append(BaseRate(_FAST[pace], text, _WORLD))
        break
    return tuple(found)
