"""From a baseline and a scenario to every quantity by year, each value with its origin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from laikhe_analysis.checks import Text, check_choice
from laikhe_analysis.records import Scenario, SharingRule
from laikhe_analysis.scenarios.assumptions import SECTORS
from laikhe_analysis.scenarios.flows import Baseline, Missing
from laikhe_analysis.scenarios.inheritance import check_scenario
from laikhe_analysis.scenarios.steps import Steps
from laikhe_analysis.series import ORIGINS, AnnualSeries, weakest_origin

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Projection", "Track", "project"]


@dataclass(frozen=True)
class Track:
    """One projected quantity.

    Parameters
    ----------
    variable : str
    unit : str
        Unit of the values, as in the data files (per cents stay per cents).
    years : tuple of int
    values : tuple of float
        One value per year. [`unit`]
    origins : tuple of str
        The weakest origin that each value rests on, one per year.
    price_basis : str
    inputs : frozenset of str
        Scenario variables that the path used.
    premises : frozenset of str
        Of these, and of the levels, those that are the plan's own premises.
    """

    variable: str
    unit: str
    years: tuple[int, ...]
    values: tuple[float, ...]
    origins: tuple[str, ...]
    price_basis: str = "n/a"
    inputs: frozenset[str] = frozenset()
    premises: frozenset[str] = frozenset()


@dataclass(frozen=True)
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
    notes: tuple[Text, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """The base year and all years projected."""
        return tuple(range(self.baseline.year, self.until + 1))

    @property
    def origin(self) -> str:
        """The weakest origin of all values."""
        return weakest_origin(*(o for path in self.paths.values() for o in path.origins))

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

    @property
    def table(self) -> pd.DataFrame:
        """One row per value: model, scenario, region, variable, unit, year, value, origin."""
        import pandas as pd

        columns = ["model", "scenario", "region", "variable", "unit", "year", "value", "origin"]
        whose = self.model, self.scenario.name, self.region
        rows = [
            (*whose, path.variable, path.unit, year, value, origin)
            for path in self.paths.values()
            for year, value, origin in zip(path.years, path.values, path.origins, strict=True)
        ]
        return pd.DataFrame(rows, columns=columns)


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
        Assumptions by year, in the units of the file.
    until : int
        Last year. [year]
    region, model : str
        What the table's columns of that name say.
    rules : mapping of str to SharingRule, optional
        The rules that `sharing_rule` may name. Without them no retained land revenue.
    stream : str
        Stream of land-use fees that `land_gross` is about.

    Returns
    -------
    Projection
        Whatever lacks a level or an assumption is absent, with the reason in `missing`.

    Raises
    ------
    DataError
        If an assumption cannot be used, a year of a variable is missing, or a rule is unknown.
    ValueError
        If `until` is not after the base year.

    Notes
    -----
    With base-year shares w and growth g of sector i, deflator growth p and buoyancy b:
    ``Y[i,t] = Y[i,t-1] (1 + g[i,t])``, ``Y = sum Y[i]``, contribution
    ``(Y[i,t] - Y[i,t-1]) / Y[t-1]``, nominal growth ``n = (1 + Y'/Y) (1 + p) - 1``, revenue
    ``R[t] = R[t-1] (1 + b[t] n[t])`` or ``R[t-1] (1 + r[t])``; income ``real (1 + p)...``; land
    retained = gross x share by rule, stream and year. Consumer prices stand in for the deflator.

    Examples
    --------
    Two sectors of 60 and 40 % growing by 10 and 5 %: 66 + 42.

    >>> from laikhe_analysis.records import Assumption
    >>> def given(variable, value, year=2026):
    ...     unit = "%" if variable.startswith("share") else "%/year"
    ...     return Assumption(variable, year, year, value, unit, "assumption")
    >>> base = Scenario("base", (given("share_a", 60, 2025), given("share_b", 40, 2025),
    ...                          given("growth_a", 10), given("growth_b", 5)))
    >>> found = project(Baseline(2025, ("a", "b")), base, until=2026)
    >>> round(found.value("total_product", 2026), 9), found.paths["total_product"].origins
    (108.0, ('derived', 'assumption'))
    >>> found.missing["population"].en
    'no population for 2025'
    """
    if until <= baseline.year:
        raise ValueError(f"`until` must be after the base year {baseline.year}, got {until}.")
    check_scenario(scenario, sectors=baseline.sectors or SECTORS)
    steps = Steps(baseline, scenario, until, rules or {}, stream)
    paths: dict[str, Track] = {}
    missing: dict[str, Text] = {}
    for name in steps.names:
        try:
            paths[name] = _path(name, steps)
        except Missing as absent:
            missing[name] = absent.reason
    return Projection(
        baseline, scenario, until, region, model, rules or {}, stream, paths, missing,
        _notes(paths, missing, baseline, steps.notes),
    )  # fmt: skip


def _path(name: str, steps: Steps) -> Track:
    """Return one quantity without the years that it does not have."""
    flow = steps.get(name)
    kept = [i for i, value in enumerate(flow.values) if value == value]
    return Track(
        name, flow.unit, tuple(steps.years[i] for i in kept),
        tuple(float(flow.values[i]) for i in kept),
        tuple(ORIGINS[flow.ranks[i]] for i in kept),
        flow.price_basis, flow.inputs, flow.premises,
    )  # fmt: skip


def _notes(
    paths: Mapping[str, Track],
    missing: Mapping[str, Text],
    baseline: Baseline,
    notes: Iterable[Text],
) -> tuple[Text, ...]:
    """Return in words what is absent, what breaks, and which premises of the plan are used."""
    absent = [Text(f"{name}: {why.vi}", f"{name}: {why.en}") for name, why in missing.items()]
    notes = [*dict.fromkeys(notes), *absent]
    for name, series in baseline.known.items():
        starts = [str(year) for year in series.breaks if year > baseline.year]
        if starts:
            notes.append(
                Text(f"{name}: chuỗi gián đoạn từ {starts[0]}, số từ năm đó không dùng",
                     f"{name}: the series breaks in {starts[0]}; later values are not held")
            )  # fmt: skip
    premises = sorted(set().union(*(path.premises for path in paths.values())))
    if premises:
        names = ", ".join(premises)
        notes.append(
            Text(f"Dựa trên tiền đề của chính kế hoạch: {names}",
                 f"Rests on the plan's own premises: {names}")
        )  # fmt: skip
    return tuple(notes)
