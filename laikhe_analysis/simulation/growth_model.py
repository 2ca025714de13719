"""How sectors grow by chance: means, covariance, tails, persistence, and where they come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laikhe_analysis.checks import NotComputable, check_choice, check_rates
from laikhe_analysis.labels import ordered
from laikhe_analysis.messages import _
from laikhe_analysis.scenarios.projection import Projection
from laikhe_analysis.series import AnnualSeries, weakest_origin
from laikhe_analysis.vietnamese import words

__all__ = ["Covariance", "GrowthModel", "around", "estimate_covariance"]

_Array = NDArray[np.float64]
_ROUNDING = 1e-10  # relative: what rounding may leave below zero


@dataclass(frozen=True)
class GrowthModel:
    """Random log growth of several sectors over several years.

    Parameters
    ----------
    mean : array [years, sectors] or DataFrame
        Mean log growth: ``ln(1 + rate)`` puts the median of every sector on the scenario's path.
        The columns of a frame name the sectors.
    cov : array [sectors, sectors], DataFrame or Covariance
        Covariance of the log growth of one year, aligned by label with the sectors. [fraction
        squared]
    df : float, optional
        Degrees of freedom of Student's t, above 2; normal when None. The covariance stays `cov`:
        only the tails grow. All sectors share the bad year.
    persistence : float
        Correlation of a year's deviation with the next, 0 to below 1. It leaves `cov` as it is.
    common : float
        Standard deviation of a yearly shock that hits every sector alike, beside `cov`.
        [fraction]
    spread : array, broadcast to [years, sectors]
        Factor on the deviations: 0 where the growth is already known.
    sectors : tuple of str
        Names, for messages and results.
    limit : float or None
        Largest rate of growth and standard deviation that pass; None for any. [fraction]

    Raises
    ------
    ValueError
        If shapes or labels do not fit, a number is out of range, or the covariance is not symmetric or not
        positive semi-definite, naming the pair of sectors.

    Notes
    -----
    ``u[1] = e[1]``, ``u[t] = p u[t-1] + sqrt(1 - p**2) e[t]``, with e[t] of mean 0 and covariance
    ``cov + common**2``: normal, or ``normal * sqrt((df - 2) / W)`` with W chi-square of df degrees.
    Log growth is ``mean[t] + spread[t] u[t]``.

    Examples
    --------
    >>> GrowthModel(np.full((5, 2), 0.1), [[0.01, 0.02], [0.02, 0.01]], sectors=("a", "b"))
    Traceback (most recent call last):
    ValueError: `cov` is not positive semi-definite: the covariance of a and b, 0.02, is beyond
    what their standard deviations allow, 0.01.
    """

    mean: Any
    cov: Any
    _: KW_ONLY
    df: float | None = None
    persistence: float = 0.0
    common: float = 0.0
    spread: _Array = field(default_factory=lambda: np.ones((1, 1)))
    sectors: tuple[str, ...] = ()
    limit: float | None = 1.0

    def __post_init__(self) -> None:
        names = self.sectors or tuple(map(str, getattr(self.mean, "columns", ())))
        given = self.cov
        if isinstance(given, Covariance):
            given = {name: dict(zip(given.sectors, row, strict=True))
                     for name, row in zip(given.sectors, given.matrix, strict=True)}  # fmt: skip
        mean = ordered("mean", self.mean, "sectors", names, axes=(1,))
        cov = ordered("cov", given, "sectors", names, axes=(0, 1))
        if mean.ndim != 2 or cov.shape != (mean.shape[1],) * 2:
            raise ValueError(
                "`mean` must be a table of years by sectors and `cov` of sectors by sectors, "
                f"got shapes {mean.shape} and {cov.shape}."
            )
        if not (np.isfinite(mean).all() and np.isfinite(cov).all()):
            raise ValueError("`mean` and `cov` must be finite.")
        names = names or tuple(f"sector {i + 1}" for i in range(len(cov)))
        if len(names) != len(cov):
            raise ValueError(f"`sectors` must name {len(cov)} sectors, got {len(names)}.")
        if self.df is not None and not self.df > 2:
            raise ValueError(f"`df` must be above 2, got {self.df:g}.")
        if not 0 <= self.persistence < 1:
            raise ValueError(f"`persistence` must be 0 to below 1, got {self.persistence:g}.")
        if not self.common >= 0:
            raise ValueError(f"`common` must be 0 or more, got {self.common:g}.")
        _check_covariance(cov, names)
        rates = {
            "mean, as a rate": np.expm1(mean),
            "root of the variances of cov": np.diag(cov) ** 0.5,
        }
        check_rates(self.limit, common=self.common, **rates)
        spread = np.array(np.broadcast_to(self.spread, mean.shape), dtype=np.float64)
        for name, value in zip(
            ("mean", "cov", "spread", "sectors"), (mean, cov, spread, names), strict=True
        ):
            object.__setattr__(self, name, value)

    @property
    def factor(self) -> _Array:
        """Lower triangular L with ``L L' = cov + common**2``."""
        return _factor(self.cov + self.common**2)


def _check_covariance(cov: _Array, names: tuple[str, ...]) -> None:
    """Raise if `cov` is no covariance, naming the pair of sectors that makes it impossible."""
    size = np.sqrt(np.clip(np.diag(cov), 0, None))
    scale = float(np.abs(cov).max(initial=0.0))
    wrong = np.abs(cov - cov.T) > _ROUNDING * scale
    if wrong.any():
        i, j = map(int, np.argwhere(wrong)[0])
        raise ValueError(
            f"`cov` is not symmetric: {names[i]} with {names[j]} is {cov[i, j]:g}, "
            f"{names[j]} with {names[i]} is {cov[j, i]:g}."
        )
    if (np.diag(cov) < 0).any():
        i = int(np.argmin(np.diag(cov)))
        raise ValueError(f"`cov` has a negative variance for {names[i]}: {cov[i, i]:g}.")
    limit = np.outer(size, size)
    excess = np.abs(cov) - limit
    i, j = map(int, np.unravel_index(np.argmax(excess), cov.shape))
    if excess[i, j] > _ROUNDING * scale:
        raise ValueError(
            f"`cov` is not positive semi-definite: the covariance of {names[i]} and {names[j]}, "
            f"{cov[i, j]:g}, is beyond what their standard deviations allow, {limit[i, j]:g}."
        )
    values, vectors = np.linalg.eigh(cov)
    if values[0] < -_ROUNDING * scale:
        weight = np.abs(np.outer(vectors[:, 0], vectors[:, 0]) * cov)
        i, j = map(int, np.unravel_index(np.argmax(np.triu(weight, 1)), cov.shape))
        raise ValueError(
            f"`cov` is not positive semi-definite: {names[i]} and {names[j]} do not fit together "
            f"with the others (smallest eigenvalue {values[0]:g})."
        )


def _factor(cov: _Array) -> _Array:
    """Return the lower triangular factor of a matrix that may be singular."""
    factor = np.zeros_like(cov)
    floor = _ROUNDING * float(np.abs(cov).max(initial=0.0))
    for i in range(len(cov)):
        for j in range(i + 1):
            left = cov[i, j] - factor[i, :j] @ factor[j, :j]
            if i == j:
                factor[i, i] = np.sqrt(left) if left > floor else 0.0
            elif factor[j, j] > 0:
                factor[i, j] = left / factor[j, j]
    return factor


@dataclass(frozen=True)
class Covariance:
    """A covariance estimated from reference series, and how far it was shrunk."""

    matrix: _Array
    sectors: tuple[str, ...]
    years: tuple[int, ...]
    shrinkage: float
    correlation: float
    origin: str


def estimate_covariance(
    growth: Mapping[str, AnnualSeries],
    *,
    shrinkage: float | None = None,
    target: str = "mean",
    limit: float | None = 1.0,
) -> Covariance:
    """Return the covariance of the log growth of several sectors in one year.

    Parameters
    ----------
    growth : mapping of str to AnnualSeries
        Yearly growth by sector. [fraction per year] Years that all have after their last break are
        used.
    shrinkage : float, optional
        From 0 (the sample's correlations) to 1 (the target's); estimated when not given.
    target : {"mean", "zero"}
        All correlations equal to their mean, or to 0. Zero understates the spread of the total of
        sectors that move together, so it is not the default.
    limit : float or None
        Largest rate that passes; None for any. [fraction per year]

    Returns
    -------
    Covariance
        Of the sample's variances and the shrunk correlations; positive semi-definite.

    Raises
    ------
    ValueError
        If fewer than four years are common (`NotComputable`), a growth is -100 % or below or beyond
        `limit`, or `shrinkage` is outside 0 to 1.

    Notes
    -----
    ``r* = w r_target + (1 - w) r``, ``w = sum var(r) / sum (r - r_target)**2`` over the pairs,
    within 0 and 1 [1]_. The few years of one place make correlations nearly unknown: expect a large
    w.

    References
    ----------
    .. [1] J. Schäfer and K. Strimmer, "A shrinkage approach to large-scale covariance matrix
       estimation", Stat. Appl. Genet. Mol. Biol. 4 (2005), article 32.

    Examples
    --------
    >>> a = AnnualSeries("a", (2021, 2022, 2023, 2024), (0.04, 0.08, 0.06, 0.07), "fraction/year")
    >>> b = AnnualSeries("b", (2021, 2022, 2023, 2024), (0.05, 0.09, 0.06, 0.09), "fraction/year")
    >>> found = estimate_covariance({"a": a, "b": b}, shrinkage=0)
    >>> float(np.sqrt(found.matrix[0, 0]).round(5)), round(found.correlation, 4)
    (0.01612, 0.9235)
    """
    check_choice("target", target, ("mean", "zero"))
    parts = {name: series.after_breaks().known() for name, series in growth.items()}
    known = [set(part.years) for part in parts.values()]
    years = sorted(set.intersection(*known)) if known else []
    if len(years) < 4:
        raise NotComputable(_(
            "Số liệu tăng trưởng của các ngành phải có ít nhất bốn năm chung; mới có {years}.",
            years=", ".join(map(str, years)) or "0",
        ))  # fmt: skip
    table = np.column_stack([_log_growth(part, years, limit) for part in parts.values()])
    deviations = table - table.mean(axis=0)
    size = np.sqrt((deviations**2).sum(axis=0) / (len(years) - 1))
    size[size < _ROUNDING] = 0.0
    scores = np.divide(deviations, size, out=np.zeros_like(deviations), where=size > 0)
    sample, variance = _correlation(scores)
    pairs = np.triu_indices(len(size), 1)
    middle = float(sample[pairs].mean()) if len(pairs[0]) and target == "mean" else 0.0
    if shrinkage is None:
        spread = float(((sample[pairs] - middle) ** 2).sum())
        shrinkage = min(1.0, float(variance[pairs].sum()) / spread) if spread > 0 else 1.0
    if not 0 <= shrinkage <= 1:
        raise ValueError(f"`shrinkage` must be 0 to 1, got {shrinkage:g}.")
    shrunk = shrinkage * middle + (1 - shrinkage) * sample
    np.fill_diagonal(shrunk, 1.0)
    origin = weakest_origin("derived", *(part.origin for part in parts.values()))
    correlation = float(shrunk[pairs].mean()) if len(pairs[0]) else 1.0
    matrix = shrunk * np.outer(size, size)
    return Covariance(matrix, tuple(parts), tuple(years), shrinkage, correlation, origin)


def _correlation(scores: _Array) -> tuple[_Array, _Array]:
    """Return the sample correlations of standard scores, and their estimated variances."""
    n = len(scores)
    products = scores[:, :, None] * scores[:, None, :]
    mean = products.mean(axis=0)
    variance = n / (n - 1) ** 3 * ((products - mean) ** 2).sum(axis=0)
    return mean * n / (n - 1), variance


def _log_growth(series: AnnualSeries, years: list[int], limit: float | None) -> _Array:
    """Return the log growth of a series of growth rates."""
    rates = np.array([series.at(year) for year in years])
    if series.unit not in ("fraction/year", "fraction", "ratio") or (rates <= -1).any():
        raise ValueError(
            f"`growth` of {series.name} must be in fraction/year (12 % is 0.12) and above -1, "
            f"got {series.unit} from {rates.min():g}."
        )
    check_rates(limit, **{f"growth of {series.name}": rates})
    log_growth: _Array = np.log1p(rates)
    return log_growth


def around(
    projection: Projection,
    cov: Any,
    *,
    also: Sequence[str] = (),
    df: float | None = None,
    persistence: float = 0.0,
    common: float = 0.0,
) -> tuple[GrowthModel, _Array]:
    """Return the growth model whose medians follow a projection, and the base-year shares.

    Parameters
    ----------
    projection : Projection
        With sectors. Growth that is known is held: it has no spread.
    cov : array, DataFrame or Covariance
        Covariance of the log growth of the sectors, in the order of the projection, and of `also`;
        with labels, the names of the sectors and of `also` in any order.
    also : sequence of str
        Other projected variables to be drawn along, such as `income_per_capita_real`: with a share
        of 0 they are no part of the total.
    df, persistence, common
        As in `GrowthModel`.

    Returns
    -------
    GrowthModel, array [sectors]
        Shares of the sectors add up to 1. [fraction]

    Raises
    ------
    ValueError
        If a sector has no product (`NotComputable`), the projection has no product or none of
        `also`, with the reason, a variable of `also` lacks a year, or the labels of `cov` are others.
    """
    projection.path("total_product")
    years, start = projection.years[1:], projection.years[0]
    parts = projection.parts
    idle = next((p for p in parts if min(projection.path(f"product_{p}").values) <= 0), "")
    if idle:
        raise NotComputable(_("Ngành {sector} không có giá trị nên không có tốc độ tăng để tính.",
                              sector=words(idle)))  # fmt: skip
    names = [*(f"product_{part}" for part in parts), *also]
    rates = [projection.path(name).rates() for name in names]
    for name, series in zip(names, rates, strict=True):
        if series.years != years:
            raise ValueError(f"`also` {name} must grow from {start} on, got {series.years}.")
    known = projection.baseline
    held = [
        {*known.held(name), *known.held(name.replace("product_", "growth_", 1))} for name in names
    ]
    for each in held[: len(parts)]:
        each |= set(known.held("total_product"))
    shares = [projection.value(f"share_{part}", start) for part in parts]
    model = GrowthModel(
        np.log1p(np.column_stack([series.array for series in rates])),
        cov,
        df=df, persistence=persistence, common=common,
        spread=np.array([[float(year not in each) for each in held] for year in years]),
        sectors=(*parts, *also),
    )  # fmt: skip
    return model, np.array(shares + [0.0] * len(also))
