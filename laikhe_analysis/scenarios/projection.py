"""From a baseline and a scenario to every quantity by year, each value with what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import nan
from typing import TYPE_CHECKING

from laikhe_analysis.checks import check_choice
from laikhe_analysis.messages import Text, _
from laikhe_analysis.model import Input, Lineage
from laikhe_analysis.model.evaluation import Year
from laikhe_analysis.records import Scenario, SharingRule
from laikhe_analysis.scenarios.assumptions import SECTORS
from laikhe_analysis.scenarios.baseline import Baseline
from laikhe_analysis.scenarios.inheritance import check_scenario
from laikhe_analysis.scenarios.inputs import Inputs, inputs_of
from laikhe_analysis.series import AnnualSeries, weakest_origin

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["PAIRS", "Projection", "Track", "project", "why_missing"]

_SAME = 1e-3  # relative: known sectors and a known total that differ by rounding only


@dataclass(frozen=True)
class Track:
    """One projected quantity.

    Parameters
    ----------
    variable : str
    years : tuple of int
        Those that have a value. [year]
    values : tuple of float
        One value per year. [`unit`; fractions for growth, contributions and shares]
    """

    variable: str
    years: tuple[int, ...]
    values: tuple[float, ...]
    _inputs: Inputs = field(repr=False, compare=False)
    _lineage: Lineage = field(repr=False, compare=False)

    @property
    def unit(self) -> str:
        """Unit of the values: that of the figures they are made of."""
        return self._about[0]

    @property
    def price_basis(self) -> str:
        """The prices of the values."""
        return self._about[1].format(self._inputs.years[0])

    @cached_property
    def origins(self) -> tuple[str, ...]:
        """The weakest origin that each value rests on, one per year."""
        return tuple(self._origin(year) for year in self.years)

    @property
    def inputs(self) -> frozenset[str]:
        """Scenario variables that the path used."""
        return frozenset(n for one in self._used if (n := self._inputs.variable(one)) is not None)

    @property
    def premises(self) -> frozenset[str]:
        """What it used that is a premise of the plan itself."""
        return frozenset(n for one in self._used if (n := self._inputs.premise(one)) is not None)

    @cached_property
    def _about(self) -> tuple[str, str]:
        return self._lineage.unit(self.variable)

    @cached_property
    def _used(self) -> dict[Input, None]:
        found: dict[Input, None] = {}
        for year in self.years:
            found |= self._lineage.inputs(self.variable, year - self._inputs.years[0])
        return found

    def _origin(self, year: int) -> str:
        place = year - self._inputs.years[0]
        used = self._lineage.inputs(self.variable, place)
        origins = [origin for one in used for origin in self._inputs.origins(one)]
        is_figure = self._lineage.is_figure(self.variable, place)
        return weakest_origin(*origins, *(() if is_figure else ("derived",)))


@dataclass(frozen=True, repr=False)
class Projection:
    """Every quantity by year under one scenario.

    `paths` holds what could be projected, `missing` the reason for what could not, and `notes`
    both in words together with the plan's premises that the numbers rest on.
    """

    baseline: Baseline
    scenario: Scenario
    until: int
    region: str
    model: str
    rules: Mapping[str, SharingRule]
    stream: str
    paths: Mapping[str, Track]
    missing: Mapping[str, Text] = field(default_factory=dict)
    inputs: Inputs = field(compare=False, kw_only=True)

    def __repr__(self) -> str:
        return (
            f"<scenario {self.scenario.name}, {self.years[0]}-{self.until}: "
            f"{len(self.paths)} quantities, {len(self.missing)} missing>"
        )

    @property
    def years(self) -> tuple[int, ...]:
        """The base year and all years projected."""
        return tuple(range(self.baseline.year, self.until + 1))

    @property
    def parts(self) -> tuple[str, ...]:
        """The sectors that add up to the total, product taxes among them; none without a total."""
        parts = self.inputs.parts
        names = {"total_product", *(f"product_{part}" for part in parts)}
        return parts if names <= set(self.paths) else ()

    @property
    def origin(self) -> str:
        """The weakest origin of all values."""
        return weakest_origin(*(o for path in self.paths.values() for o in path.origins))

    @property
    def notes(self) -> tuple[Text, ...]:
        """What is absent, what stands in for what, what breaks, and premises of the plan."""
        return tuple(_notes(self))

    def value(self, variable: str, year: int) -> float:
        """Return the value of a variable in a year. [the path's unit]

        Raises
        ------
        ValueError
            If the variable or the year was not projected, with the reason.
        """
        return self.path(variable).at(year)

    def path(self, variable: str) -> AnnualSeries:
        """Return a variable as a series.

        Raises
        ------
        ValueError
            If the variable was not projected, with the reason or the nearest name.
        """
        if variable in self.missing:
            reason = self.missing[variable].en
            raise ValueError(f"scenario {self.scenario.name} has no {variable}: {reason}.")
        path = self.paths[check_choice("variable", variable, list(self.paths))]
        return AnnualSeries(
            path.variable, path.years, path.values, path.unit, path.price_basis,
            weakest_origin(*path.origins),
        )  # fmt: skip

    def series(self, variable: str) -> pd.Series[float]:
        """Return a variable as a pandas Series by year. [the path's unit]

        Raises
        ------
        ValueError
            As `path`.
        """
        import pandas as pd

        path = self.path(variable)
        index = pd.Index(path.years, name="year")
        return pd.Series(path.array, index=index, name=variable)

    @property
    def frame(self) -> pd.DataFrame:
        """One row per value: model, scenario, region, variable, unit, price_basis, year, value,
        origin."""
        import pandas as pd

        columns = ["model", "scenario", "region", "variable", "unit", "price_basis", "year",
                   "value", "origin"]  # fmt: skip
        whose = self.model, self.scenario.name, self.region
        rows = [
            (*whose, path.variable, path.unit, path.price_basis, year, value, origin)
            for path in self.paths.values()
            for year, value, origin in zip(path.years, path.values, path.origins, strict=True)
        ]
        return pd.DataFrame(rows, columns=columns)

    def rests_on(self, variable: str, year: int) -> pd.DataFrame:
        """Return the figures and assumptions that a value is computed from, one row each.

        Columns: name, year, kind ("figure" or "assumption"), origin.

        Raises
        ------
        ValueError
            As `value`.
        """
        import pandas as pd

        self.value(variable, year)
        used = self.paths[variable]._lineage.inputs(variable, year - self.years[0])
        rows = [
            (one.name, self.years[one.year],
             "figure" if self.inputs.is_figure(one) else "assumption",
             weakest_origin(*self.inputs.origins(one)))
            for one in sorted(used, key=lambda one: (one.year, one.name))
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=["name", "year", "kind", "origin"])


def project(
    baseline: Baseline,
    scenario: Scenario,
    *,
    until: int = 2030,
    region: str = "",
    model: str = "laikhe_analysis",
    rules: Mapping[str, SharingRule] | None = None,
    stream: str = "commune_run",
) -> Projection:
    """Return all quantities of the scenario, stepped together from the base year on.

    Parameters
    ----------
    baseline : Baseline
        Base-year levels, and values known since, which are held.
    scenario : Scenario
        Assumptions by year; rates and shares are fractions.
    until : int
        Last year. [year]
    region, model : str
        What the frame's columns of that name say.
    rules : mapping of str to SharingRule, optional
        The rules that `sharing_rule` may name. Without them no retained land revenue.
    stream : str
        Stream of land-use fees that `land_gross` is about.

    Returns
    -------
    Projection
        Whatever lacks a level or an assumption is absent, with the reason in `missing`; the rest
        goes on.

    Raises
    ------
    DataError
        If an assumption of a file cannot be used, a year of a variable is missing, or a rule is
        unknown.
    ValueError
        The same where the scenario was made in memory; if `until` is not after the base year, or
        known sectors leave no room in a known total.

    Notes
    -----
    The equations are those of `model.equations`. Consumer prices stand in where no
    `product_deflator` is assumed.

    Examples
    --------
    Two sectors of 60 and 40 % growing by 10 and 5 %: 66 + 42.

    >>> from laikhe_analysis.records import Assumption
    >>> def given(variable, value, year=2026):
    ...     unit = "fraction" if variable.startswith("share") else "fraction/year"
    ...     return Assumption(variable, year, year, value, unit, "assumption")
    >>> base = Scenario("base", (given("share_a", 0.6, 2025), given("share_b", 0.4, 2025),
    ...                          given("growth_a", 0.1), given("growth_b", 0.05)))
    >>> found = project(Baseline(2025, ("a", "b")), base, until=2026)
    >>> round(found.value("total_product", 2026), 9), found.paths["total_product"].origins
    (108.0, ('derived', 'assumption'))
    >>> found.missing["population"].en
    'no population for 2025'
    """
    if until <= baseline.year:
        raise ValueError(f"`until` must be after the base year {baseline.year}, got {until}.")
    check_scenario(scenario, sectors=baseline.sectors or SECTORS)
    inputs = inputs_of(baseline, scenario, until, rules or {}, stream)
    found = inputs.run()
    _check_room(inputs, found)
    lineage = Lineage(inputs.model, found, inputs.figures)
    paths: dict[str, Track] = {}
    missing: dict[str, Text] = {}
    for name in inputs.model.names:
        reason = why_missing(name, inputs, lineage)
        if reason is None:
            values = {y: x.now[name] for y, x in zip(inputs.years, found, strict=True)}
            kept = {year: value for year, value in values.items() if value == value}
            paths[name] = Track(name, tuple(kept), tuple(kept.values()), inputs, lineage)
        else:
            missing[name] = reason
    return Projection(
        baseline, scenario, until, region, model, rules or {}, stream, paths, missing,
        inputs=inputs,
    )  # fmt: skip


def why_missing(name: str, inputs: Inputs, lineage: Lineage) -> Text | None:
    """Return why a quantity cannot be projected; None where it can.

    It may begin later than the base year; from then on nothing may be lacking.
    """
    values = [year.now[name] for year in lineage.years]
    start = next((t for t, value in enumerate(values) if value == value), None)
    for t in range(max(start or 0, 1), len(values)):
        if values[t] != values[t] and (lacking := lineage.lacking(name, t)):
            return inputs.reason(lacking)
    if start is None:
        return inputs.reason([])
    pair, why = PAIRS.get(name, ((), None))
    units = {lineage.unit(each)[0] for each in pair}
    return why if len(units) > 1 or "index" in units else None


PAIRS = {
    "collected_over_assigned": (
        ("recurrent_revenue", "assigned_revenue_without_land"),
        _("chưa có số thu và số giao, đều không kể tiền sử dụng đất, cùng đơn vị"),
    ),
    "collected_revenue": (
        ("recurrent_revenue", "land_revenue"),
        _("thu không kể tiền sử dụng đất mới có dạng chỉ số"),
    ),
}
"""Quantities that have to be figures of one unit, and what to say where they are not."""


def _check_room(inputs: Inputs, found: Sequence[Year]) -> None:
    """Raise if the known sectors of a year do not fit into its known total."""
    totals = inputs.known.get("total_product", [nan] * len(found))
    for year, total, each in zip(inputs.years[1:], totals[1:], found[1:], strict=True):
        products = sum(each.now[f"product_{part}"] for part in inputs.parts)
        if inputs.parts and abs(products - total) > _SAME * total:
            fixed = total - each.now["room"]
            raise ValueError(
                f"known sectors of {year} add up to {fixed:g}, which does not leave room in the "
                f"known `total_product` of {total:g}."
            )


def _notes(found: Projection) -> Iterator[Text]:
    """Return in words what is absent, what stands in or breaks, and which premises are used."""
    yield from found.inputs.notes
    for name, why in found.missing.items():
        yield _("{name}: {why}", name=name, why=why)
    nominal = found.paths.get("total_product_nominal")
    if nominal is not None and "product_deflator" not in nominal.inputs:
        yield _("total_product_nominal: lấy tốc độ tăng giá tiêu dùng thay cho giảm phát sản phẩm")
    for name, series in found.baseline.known.items():
        starts = [year for year in series.breaks if year > found.baseline.year]
        if starts:
            yield _(
                "{name}: chuỗi gián đoạn từ {year}, số từ năm đó không dùng",
                name=name,
                year=starts[0],
            )
    premises = sorted(set().union(*(path.premises for path in found.paths.values())))
    if premises:
        names = ", ".join(premises)
        yield _("Dựa trên tiền đề của chính kế hoạch: {names}", names=names)
