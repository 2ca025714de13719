"""How uncertain a land market is: stated distributions and the draws from them.

Prices and sales fall together (a Gaussian copula with one common shock), and bidders abandon more
when prices run hot. The sharing rule is no part of a market: it is a decision, not a draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from laikhe_analysis.arrays import as_array, as_number
from laikhe_analysis.checks import check_choice, check_fractions, check_kind, require
from laikhe_analysis.land.plots import check_prices
from laikhe_analysis.series import weakest_origin

__all__ = [
    "CAUTIONS",
    "FACTORS",
    "FRACTIONS",
    "SHAKEN",
    "Factor",
    "Market",
    "check_draws",
    "draw",
    "market_from_prices",
    "switched",
]

FACTORS = ("price", "premium", "sold", "default", "collection", "cost", "in_time")
"""What moves the money from a piece of land: prices in million VND per m2, the rest ratios."""

FRACTIONS = ("sold", "default", "collection", "cost", "in_time")
SHAKEN = ("price", "premium", "sold")
"""The factors that move with the common market shock."""


CAUTIONS: dict[str, float] = {
    "sold": 1.0, "default": 0.0, "fever": 0.0, "collection": 1.0, "in_time": 1.0, "cost": 0.0,
    "shock": 0.0, "slip": 0.0,
}  # fmt: skip
"""What makes a market cautious, with the value at which it does nothing."""


@dataclass(frozen=True)
class Factor:
    """One uncertain quantity and its stated distribution.

    Parameters
    ----------
    kind : {"fixed", "triangular", "lognormal"}
    mode : float
        The value itself, the most likely value, or the median.
    low, high : float
        Ends of the triangle; unused otherwise.
    sigma : float
        Standard deviation of the logarithm, for "lognormal".
    origin, note : str
        What it rests on, and why these numbers.

    Raises
    ------
    ValueError
        If the kind is unknown, the triangle is not in order, a lognormal is not positive, a number
        is missing or infinite, or the origin is unknown.
    TypeError
        If a number is none.

    Examples
    --------
    >>> Factor("triangular", 8, 5, 17).mean
    10.0
    """

    kind: str
    mode: float
    low: float = 0.0
    high: float = 0.0
    sigma: float = 0.0
    origin: str = "assumption"
    note: str = ""

    def __post_init__(self) -> None:
        check_choice("kind", self.kind, ("fixed", "triangular", "lognormal"))
        weakest_origin(self.origin)
        for name in ("mode", "low", "high", "sigma"):
            value = as_number(name, getattr(self, name))
            require(np.isfinite(value), name, value, "a finite number", known=True)
            object.__setattr__(self, name, value)
        if self.kind == "triangular":
            in_order = self.low <= self.mode <= self.high
            require(in_order, "mode", self.mode, f"from low {self.low:g} to high {self.high:g}")
        if self.kind == "lognormal":
            require(self.mode > 0, "mode", self.mode, "a positive number")
            require(self.sigma >= 0, "sigma", self.sigma, "0 or more")
            require(self.sigma <= 3, "sigma", self.sigma, "at most 3", advice=": 25 % is 0.25")

    def quantile(self, part: ArrayLike) -> Any:
        """Return the value that a part of the cases stays below. [unit of the factor]"""
        u = np.asarray(part, dtype=float)
        if self.kind == "fixed":
            return np.full(u.shape, self.mode) if u.ndim else self.mode
        if self.kind == "lognormal":
            from scipy.special import ndtri

            return self.mode * np.exp(self.sigma * ndtri(u))
        width = self.high - self.low
        if width == 0:
            return np.full(u.shape, self.mode) if u.ndim else self.mode
        rise, fall = self.mode - self.low, self.high - self.mode
        above = self.high - np.sqrt((1 - u) * width * fall)
        return np.where(u * width <= rise, self.low + np.sqrt(u * width * rise), above)[()]

    @property
    def mean(self) -> float:
        """The mean. [unit of the factor]"""
        if self.kind == "triangular":
            return (self.low + self.mode + self.high) / 3
        return (
            float(self.mode * np.exp(self.sigma**2 / 2)) if self.kind == "lognormal" else self.mode
        )

    @property
    def variation(self) -> float:
        """The coefficient of variation, standard deviation over mean. [ratio]"""
        if self.kind == "lognormal":
            return float(np.sqrt(np.expm1(self.sigma**2)))
        if self.kind == "fixed":
            return 0.0
        a, m, b = self.low, self.mode, self.high
        spread = (b - a) ** 2 + (m - a) ** 2 + (b - m) ** 2
        return float(np.sqrt(spread) / 6 / self.mean) if spread else 0.0

    @property
    def limits(self) -> tuple[float, float]:
        """The values that one case in ten stays below, and above."""
        return float(self.quantile(0.1)), float(self.quantile(0.9))


def _one(value: float) -> Factor:
    return Factor("fixed", value, note="nothing assumed")


@dataclass(frozen=True)
class Market:
    """The stated distributions of everything but the land and the sharing rule.

    Parameters
    ----------
    price : Factor
        Starting price. [million VND per m2]
    premium : Factor
        Winning over starting price. [ratio]
    sold : Factor
        Part of the land offered that is sold. [fraction]
    default : Factor
        Part of the winning bids that is abandoned, in a calm market. [fraction]
    collection : Factor
        Part of what is due that is paid. [fraction]
    cost : Factor
        Part taken first for compensation and infrastructure. [fraction]
    in_time : Factor
        Part that is sold and paid before the last year ends. [fraction]
    shock : float
        Correlation of price, premium and sold share through the common shock, 0 to below 1.
    fever : float
        Elasticity of abandoned bids to the price above its central value; 0 for none.
    slip : float
        Chance that an auction of the inventory is held a year late. [fraction]

    Raises
    ------
    ValueError
        If a fraction can leave 0 to 1, a price is not plausible (in dong?), or `shock`, `fever` or
        `slip` is out of range.

    Examples
    --------
    >>> Market(Factor("fixed", 8.0)).origin
    'assumption'
    """

    price: Factor
    premium: Factor = field(default_factory=lambda: _one(1.0))
    sold: Factor = field(default_factory=lambda: _one(1.0))
    default: Factor = field(default_factory=lambda: _one(0.0))
    collection: Factor = field(default_factory=lambda: _one(1.0))
    cost: Factor = field(default_factory=lambda: _one(0.0))
    in_time: Factor = field(default_factory=lambda: _one(1.0))
    shock: float = 0.0
    fever: float = 0.0
    slip: float = 0.0

    def __post_init__(self) -> None:
        price = self.price
        wide = price.kind == "triangular"
        check_prices(price=[price.low, price.mode, price.high] if wide else price.mode)
        for name in FRACTIONS:
            ends = self.factor(name).quantile([0.0, 1.0])
            require((ends >= 0) & (ends <= 1), name, ends, "a fraction, from 0 to 1")
        shock, fever = self.shock, self.fever
        require(0 <= shock < 1, "shock", shock, "from 0 to below 1 (a correlation)", known=True)
        require(fever >= 0, "fever", fever, "0 or more", known=True)
        check_fractions(slip=self.slip)

    def factor(self, name: str) -> Factor:
        """Return the factor of that name; one of `FACTORS`."""
        found: Factor = getattr(self, check_choice("factor", name, FACTORS))
        return found

    def abandoned(self, default: ArrayLike, heat: ArrayLike) -> Any:
        """Return the part of winning bids abandoned when prices are `heat` times their centre.

        Notes
        -----
        ``min(1, default * heat ** fever)``.

        Examples
        --------
        >>> Market(Factor("fixed", 8.0), fever=1.0).abandoned(0.25, [1, 2, 8])
        array([0.25, 0.5 , 1.  ])
        """
        share = np.asarray(default, dtype=float)
        return np.minimum(share * np.asarray(heat, dtype=float) ** self.fever, 1.0)

    @property
    def central(self) -> dict[str, float]:
        """The central value of every factor."""
        return {name: self.factor(name).mode for name in FACTORS}

    @property
    def uncertain(self) -> tuple[str, ...]:
        """The factors that are not fixed."""
        return tuple(n for n in FACTORS if self.factor(n).variation > 0)

    @property
    def origin(self) -> str:
        """The weakest origin of its factors."""
        return weakest_origin(*(self.factor(name).origin for name in FACTORS))


def market_from_prices(prices: Sequence[float], *, origin: str = "assumption") -> Market:
    """Return a market that knows nothing but a few prices: lowest, median and highest.

    Parameters
    ----------
    prices : sequence of float
        Prices seen, positive. [million VND per m2]
    origin : str

    Raises
    ------
    ValueError
        If there is no price, or one is not positive, missing or not plausible (in dong?).

    Notes
    -----
    Everything else is at its best (all land sold at the starting price, all bids paid, no cost), so
    areas computed with it are the least that could do.

    Examples
    --------
    >>> market_from_prices([5, 8, 16]).price.mean
    9.666666666666666
    """
    seen = as_array("prices", prices)
    require(seen.size > 0, "prices", seen.size, "at least one price")
    require(seen > 0, "prices", seen, "positive numbers", known=True)
    check_prices(prices=seen)
    low, middle, high = float(seen.min()), float(np.median(seen)), float(seen.max())
    return Market(Factor("triangular", middle, low, high, origin=origin))


def switched(market: Market, **given: float | None) -> Market:
    """Return a market with some factors set to a certain value.

    Parameters
    ----------
    market : Market
    **given : float or None
        By name: a factor, "shock", "fever" or "slip"; None leaves it as stated. The value at which a
        caution does nothing stands in `CAUTIONS`.

    Raises
    ------
    ValueError
        If a name is unknown, with the nearest one, or a value impossible.

    Examples
    --------
    >>> wary = Market(Factor("fixed", 8.0), sold=Factor("triangular", 0.8, 0.5, 1.0), fever=2.0)
    >>> calm = switched(wary, sold=1.0, fever=0.0, cost=None)
    >>> calm.sold.mode, calm.fever, calm.cost == wary.cost
    (1.0, 0.0, True)
    """
    known = {name: value for name, value in given.items() if value is not None}
    for name in given:
        check_choice("factor", name, (*FACTORS, "shock", "fever", "slip"))
    changed: dict[str, Any] = {
        name: Factor("fixed", value, note="given") if name in FACTORS else value
        for name, value in known.items()
    }
    return replace(market, **changed)


def check_draws(draws: int) -> None:
    """Raise unless a number of draws is a whole number of 1 or more.

    Raises
    ------
    TypeError, ValueError
        Saying which.
    """
    if isinstance(draws, bool) or not isinstance(draws, int | np.integer):
        raise TypeError(f"`draws` must be a whole number, got {draws!r}.")
    require(draws > 0, "draws", draws, "a positive number")


def draw(market: Market, draws: int, rng: np.random.Generator) -> dict[str, NDArray[np.float64]]:
    """Return `draws` values of every factor.

    Parameters
    ----------
    market : Market
    draws : int
        Number of draws, positive.
    rng : numpy.random.Generator

    Returns
    -------
    dict of array
        By factor, one value per draw, and "shock": the common normal shock itself.

    Raises
    ------
    ValueError
        If `draws` is not positive.
    TypeError
        If `draws` is no whole number, or `rng` no generator.

    Notes
    -----
    ``z = sqrt(r) m + sqrt(1 - r) e`` for price, premium and sold share, with the common shock ``m``
    and correlation ``r``; independent normals for the others; the value is the factor's quantile at
    ``Phi(z)``. The same generator gives the same draws whatever is fixed.

    Examples
    --------
    >>> draw(Market(Factor("fixed", 8.0)), 2, np.random.default_rng(1))["price"]
    array([8., 8.])
    """
    from scipy.special import ndtr

    check_draws(draws)
    check_kind("rng", rng, np.random.Generator, "a seeded numpy.random.default_rng(...)")
    noise = rng.standard_normal((len(FACTORS) + 1, draws))
    values = {"shock": noise[-1]}
    for name, own in zip(FACTORS, noise, strict=False):
        part = market.shock if name in SHAKEN else 0.0
        z = np.sqrt(part) * noise[-1] + np.sqrt(1 - part) * own
        values[name] = np.asarray(market.factor(name).quantile(ndtr(z)), dtype=float)
    return values
