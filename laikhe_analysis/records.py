"""The frozen nouns of a plan, and the words that its files may use."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from laikhe_analysis.checks import Text, check_choice

__all__ = [
    "ACCESS",
    "CONFIDENCES",
    "DIRECTIONS",
    "KINDS",
    "PERIODS",
    "PRICE_BASES",
    "SEVERITIES",
    "STATUSES",
    "STREAMS",
    "Assumption",
    "Commune",
    "Finding",
    "Observation",
    "Plan",
    "Plot",
    "Project",
    "ReferenceValue",
    "Scenario",
    "ShareLine",
    "SharingRule",
    "Source",
    "Target",
    "Task",
]

KINDS = ("level_by", "annual_level", "annual_ratio", "average_rate", "cumulative", "milestone")
DIRECTIONS = ("at_least", "above", "at_most", "below", "about")
ACCESS = ("public", "internal")
PERIODS = ("FY", "H1", "9M", "H2", "Q1", "Q2", "Q3", "Q4")
STATUSES = ("final", "preliminary", "estimate", "plan", "target", "withdrawn")
CONFIDENCES = ("high", "medium", "low")
PRICE_BASES = ("current", "constant 2010", "constant 2020", "constant", "not stated", "n/a")
SEVERITIES = ("conflict", "question", "note")
STREAMS = (
    "commune_run",
    "city_run",
    "state_land",
    "interspersed",
    "interspersed_ward",
    "conversion",
)


@dataclass(frozen=True)
class Commune:
    """What the calculations know of the commune, from `commune.toml`.

    `plan_numbers` holds the plan's numbers that are no targets, by name; `yardsticks` names the
    entities of `reference.csv` that stand for the country, city, province and district.
    """

    name: str
    name_en: str
    city: str
    area_km2: float
    population: int
    population_date: str
    population_definition: str
    predecessors: tuple[str, ...]
    founded: str
    base_year: int
    target_year: int
    party_members: int | None = None
    price_base: str = "not stated"
    sectors: tuple[str, ...] = ()
    plan_numbers: dict[str, float] = field(default_factory=dict)
    yardsticks: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """Where a figure comes from."""

    source_id: str
    title: str
    publisher: str
    url: str
    published: str


@dataclass(frozen=True)
class Target:
    """One number to be reached, with unit, direction and deadline.

    `value` is the weaker end of a range and `value_high` its stronger end; for a target met by
    being low the two keep their written order. Per cents stay per cents here, as in the file:
    `unit` tells.
    """

    target_id: str
    item: str
    clause: str
    group: str
    name: Text
    unit: str
    kind: str
    direction: str
    value: float
    value_high: float | None = None
    base_year: int = 2025
    target_year: int = 2030
    price_basis: str = "n/a"
    tolerance: float = 0.0
    owner: str = ""
    access: str = "public"
    definition: str = ""
    version: str = ""
    source_id: str = ""

    def __post_init__(self) -> None:
        check_choice("kind", self.kind, KINDS)
        check_choice("direction", self.direction, DIRECTIONS)
        check_choice("access", self.access, ACCESS)

    @property
    def rises(self) -> bool:
        """Whether more is better; "about" counts as to be reached from below."""
        return self.direction in ("at_least", "above", "about")

    @property
    def weaker_end(self) -> float:
        """The end of a range that counts."""
        if self.value_high is None:
            return self.value
        ends = self.value, self.value_high
        return min(ends) if self.rises else max(ends)

    def is_met(self, value: float) -> bool:
        """Return whether `value` meets the target, strictly where the plan says "above"/"below".

        Examples
        --------
        >>> t = Target("x", "1", "2.2(16)", "security", Text("a", "a"), "%", "annual_level",
        ...            "above", 80)
        >>> t.is_met(80), t.is_met(80.1)
        (False, True)
        """
        goal = self.weaker_end
        hair = 1e-12 * abs(goal)  # what compounding there and back may leave
        return {
            "at_least": value >= goal - self.tolerance - hair,
            "above": value > goal - self.tolerance + hair,
            "at_most": value <= goal + self.tolerance + hair,
            "below": value < goal + self.tolerance - hair,
            "about": value >= goal - self.tolerance - hair,
        }[self.direction]


@dataclass(frozen=True)
class Task:
    """One of the plan's tasks, with the targets it serves."""

    task_id: str
    clause: str
    name: Text
    target_ids: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """The register of targets and the tasks that serve them."""

    commune: Commune
    targets: tuple[Target, ...]
    tasks: tuple[Task, ...] = ()

    def target(self, target_id: str) -> Target:
        """Return the target of that id.

        Raises
        ------
        ValueError
            If there is none, with the nearest id.
        """
        known = {target.target_id: target for target in self.targets}
        return known[check_choice("target_id", target_id, list(known))]

    def role(self, word: str) -> Target | None:
        """Return the target with that word behind its clause, such as "income"; None if none has.

        Examples
        --------
        >>> commune = Commune("c", "c", "", 1, 1, "", "", (), "", 2025, 2030)
        >>> Plan(commune, ()).role("income") is None
        True
        """
        return next((t for t in self.targets if t.target_id.partition("-")[2] == word), None)

    @property
    def items(self) -> tuple[str, ...]:
        """The items that reports count, in the plan's order."""
        return tuple(dict.fromkeys(target.item for target in self.targets if target.item))


@dataclass(frozen=True)
class Observation:
    """One figure of the commune, as known on a day. A later row of the same cell supersedes it."""

    series_id: str
    year: int
    period: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    price_basis: str
    status: str
    origin: str
    source_id: str
    recorded_on: str
    import_id: str = ""
    note: str = ""


@dataclass(frozen=True)
class ReferenceValue:
    """One public figure of another place, or of the whole to which the commune belongs."""

    entity: str
    series_id: str
    year_from: int | None
    year: int
    value: float
    unit: str
    price_basis: str
    status: str
    origin: str
    confidence: str
    source_id: str
    note: str = ""


@dataclass(frozen=True)
class Assumption:
    """What a scenario takes for granted of one variable in a range of years, and why.

    `value` is in `unit`, as in the file (per cents stay per cents); a rule's name for the variable
    `sharing_rule`.
    """

    variable: str
    year_from: int
    year_to: int
    value: float | str
    unit: str
    origin: str
    source_id: str = ""
    approved_by: str = ""
    note: str = ""
    line: int | None = None


@dataclass(frozen=True)
class Scenario:
    """A named set of assumptions, inheritance already resolved by the reader."""

    name: str
    assumptions: tuple[Assumption, ...]
    inherits: str = ""

    def but(self, name: str, *changes: Assumption) -> Scenario:
        """Return this scenario with `changes` in place of what they cover, under a new name.

        Examples
        --------
        >>> base = Scenario("base", (Assumption("inflation", 2026, 2030, 3.5, "%/year", "press"),))
        >>> hot = base.but("hot", Assumption("inflation", 2027, 2028, 6, "%/year", "assumption"))
        >>> [(a.year_from, a.year_to, a.value) for a in hot.assumptions]
        [(2026, 2026, 3.5), (2029, 2030, 3.5), (2027, 2028, 6)]
        """
        kept = list(self.assumptions)
        for change in changes:
            kept = [part for old in kept for part in _without(old, change)]
        return Scenario(name, (*kept, *changes), inherits=self.name)


def _without(old: Assumption, change: Assumption) -> list[Assumption]:
    """Return what is left of `old` outside the years that `change` covers."""
    if old.variable != change.variable:
        return [old]
    left = replace(old, year_to=min(old.year_to, change.year_from - 1))
    right = replace(old, year_from=max(old.year_from, change.year_to + 1))
    return [part for part in (left, right) if part.year_from <= part.year_to]


@dataclass(frozen=True)
class ShareLine:
    """How one stream of land-use fees is shared in a range of years. [fractions]

    `central`, `city`, `commune` and `unassigned` add up to 1 of what is left after
    `cost_deducted_first`; `city_returned` is the part of the city's share that comes back.
    """

    stream: str
    year_from: int
    year_to: int
    central: float
    city: float
    commune: float
    city_returned: float
    unassigned: float
    cost_deducted_first: float
    status: str
    origin: str
    source_id: str = ""


@dataclass(frozen=True)
class SharingRule:
    """A rule for sharing land-use fees: one line per stream and range of years."""

    rule: str
    lines: tuple[ShareLine, ...]

    def line(self, stream: str, year: int) -> ShareLine:
        """Return the line that holds for a stream in a year.

        Raises
        ------
        ValueError
            If the rule says nothing of the stream in that year.
        """
        for line in self.lines:
            if line.stream == stream and line.year_from <= year <= line.year_to:
                return line
        raise ValueError(f"sharing rule {self.rule} says nothing of stream {stream} in {year}.")


@dataclass(frozen=True)
class Plot:
    """A piece of land to be sold. Prices in million VND per m2, cost in billion VND."""

    plot_id: str
    name: str
    stream: str
    run_by: str
    area_m2: float
    saleable_share: float
    price_low: float
    price_mode: float
    price_high: float
    cost: float
    year: int
    quarter: int
    sale_probability: float
    origin: str
    note: str = ""


@dataclass(frozen=True)
class Project:
    """What the money is for. Cost, arrears and needs by year in billion VND."""

    project_id: str
    name: str
    cost: float
    source_of_funds: str
    arrears: float
    order: int
    needs: dict[int, float]
    origin: str
    note: str = ""


@dataclass(frozen=True)
class Finding:
    """Something about the plan that has to be settled, and with whom."""

    code: str
    severity: str
    clauses: tuple[str, ...]
    text: Text
    settle: Text

    def __post_init__(self) -> None:
        check_choice("severity", self.severity, SEVERITIES)
