"""The frozen nouns of a plan, and the words that its files may use."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field, replace

from laikhe_analysis.checks import check_choice
from laikhe_analysis.messages import Text
from laikhe_analysis.vietnamese import RATES, is_fraction

__all__ = [
    "ACCESS",
    "CAPITAL_KINDS",
    "CONFIDENCES",
    "DIRECTIONS",
    "KINDS",
    "PERIODS",
    "PRICE_BASES",
    "PROJECT_STAGES",
    "SEVERITIES",
    "STATUSES",
    "STREAMS",
    "Assumption",
    "Break",
    "Capital",
    "Commune",
    "Finding",
    "Milestone",
    "Observation",
    "Plan",
    "Plot",
    "Premise",
    "Project",
    "ReferenceValue",
    "Scenario",
    "ShareLine",
    "SharingRule",
    "Source",
    "Target",
    "Task",
]

KINDS = (
    "level_by",
    "annual_level",
    "mean_level",
    "annual_ratio",
    "average_rate",
    "ratio_to_base",
    "change_per_year",
    "cumulative",
    "milestone",
    "rank",
)
PROJECT_STAGES = ("advance", "ongoing", "new")
"""Advances to be recovered, ongoing works, new ones: the order in which capital is assigned."""
CAPITAL_KINDS = ("own_share", "assigned", "city")
"""The commune's own share in force, capital assigned, money of the city."""
DIRECTIONS = ("at_least", "above", "at_most", "below", "about", "between")
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
    entities of `reference.csv` that stand for the country, city, province and district; `labels`
    says how the commune itself calls its sectors, rules and series.
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
    labels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """Where a figure comes from."""

    source_id: str
    title: str
    publisher: str
    url: str
    published: str


def _check_unit(unit: str, *, is_rate: bool = False) -> None:
    """Raise if a rate is in per cents: these are for files."""
    if unit.startswith("%/") or (is_rate and unit == "%"):
        raise ValueError(
            f'`unit` of a rate must be "fraction/year", its value a fraction (12 % is 0.12), got '
            f'"{unit}".'
        )


@dataclass(frozen=True)
class Target:
    """One number to be reached, with unit, direction and deadline.

    `value` is the lower end of a range and `value_high` its upper end. A rate is a fraction, in
    "fraction/year" (an average rate in "fraction" too), a level of 99.1 % is 99.1, in "%". `role`
    is what the calculations take it for (`roles.ROLES`), `noise` the change that says nothing yet,
    `due` how many months after the end of a year its figure can be known.
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
    role: str = ""
    noise: float = 0.0
    due: int | None = None

    def __post_init__(self) -> None:
        check_choice("kind", self.kind, KINDS)
        check_choice("direction", self.direction, DIRECTIONS)
        check_choice("access", self.access, ACCESS)
        _check_unit(self.unit, is_rate=self.kind == "average_rate")
        ends = [end for end in (self.value, self.value_high) if end is not None]
        if is_fraction(self.unit) and max(map(abs, ends)) > 1:
            raise ValueError(
                f"target {self.target_id}: a rate must be a fraction from -1 to 1 (12 % is 0.12), "
                f"got {max(ends, key=abs):g}."
            )

    @property
    def ends(self) -> tuple[float, float]:
        """The lower and the upper end; the same number where there is no range."""
        other = self.value if self.value_high is None else self.value_high
        return min(self.value, other), max(self.value, other)

    @property
    def is_growth(self) -> bool:
        """Whether the number is a growth rate, as against a level."""
        return self.unit in RATES or self.kind == "average_rate"

    @property
    def is_two_sided(self) -> bool:
        """Whether too much misses the target as too little does.

        "between" binds on both sides, and so does "about" a level; of a growth rate "about" is
        the least that counts, and more is better.
        """
        return self.direction == "between" or (self.direction == "about" and not self.is_growth)

    @property
    def rises(self) -> bool:
        """Whether more is better; a two-sided target counts as to be reached from below."""
        return self.direction not in ("at_most", "below")

    @property
    def weaker_end(self) -> float:
        """The end of a range that counts."""
        return self.ends[0] if self.rises else self.ends[1]

    @property
    def rate(self) -> float:
        """The growth that counts. [fraction per year]

        Raises
        ------
        ValueError
            If the target is no growth.
        """
        if not self.is_growth:
            raise ValueError(f"target {self.target_id} is no growth rate: its unit is {self.unit}.")
        return self.weaker_end

    def is_met(self, value: float) -> bool:
        """Return whether `value` meets the target, strictly where the plan says "above"/"below".

        What arithmetic may leave over (a billionth of the goal) decides nothing.

        Examples
        --------
        >>> t = Target("x", "1", "2.2(16)", "security", Text("a"), "%", "annual_level",
        ...            "above", 80)
        >>> t.is_met(80), t.is_met(80.1)
        (False, True)
        >>> share = replace(t, direction="about", value=10.5, tolerance=0.5)
        >>> share.is_met(10.9), share.is_met(40)
        (True, False)
        """
        least, most = self.ends[0] - self.tolerance, self.ends[1] + self.tolerance
        hair = 1e-9 * max(map(abs, (*self.ends, self.tolerance)))
        if self.is_two_sided:
            return (value >= least - hair) & (value <= most + hair)
        return {
            "above": value > least + hair,
            "at_most": value <= most + hair,
            "below": value < most - hair,
        }.get(self.direction, value >= least - hair)

    def due_on(self, year: int) -> str | None:
        """Return the day by which the figure of a year can be known, None where it is not said.

        Examples
        --------
        >>> t = Target("x", "1", "1", "a", Text("a"), "%", "level_by", "at_least", 80, due=2)
        >>> t.due_on(2027), replace(t, due=-5).due_on(2027)
        ('2028-02-29', '2027-07-31')
        """
        if self.due is None:
            return None
        on, month = divmod(12 * year + 11 + self.due, 12)
        return f"{on}-{month + 1:02}-{monthrange(on, month + 1)[1]}"


@dataclass(frozen=True)
class Milestone:
    """What a plan sets for a target in a year on the way. [unit of the target]"""

    target_id: str
    year: int
    value: float


@dataclass(frozen=True)
class Break:
    """The first year of a new definition, boundary or method of a series: no change across it.

    `series_id` is a series or target of the commune, or "place/series" of a public one.
    """

    series_id: str
    year: int
    why: str
    source_id: str


@dataclass(frozen=True)
class Premise:
    """A judgement that decides a headline, one reading of it, and the numbers that it decides."""

    key: str
    judgement: str
    reading: str
    decides: tuple[str, ...]
    source_id: str


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
    milestones: tuple[Milestone, ...] = ()

    def target(self, target_id: str) -> Target:
        """Return the target of that id.

        Raises
        ------
        ValueError
            If there is none, with the nearest id.
        """
        known = {target.target_id: target for target in self.targets}
        return known[check_choice("target_id", target_id, list(known))]

    def role(self, name: str, *kinds: str) -> Target | None:
        """Return the first target of that role, of one of `kinds` if any are named; else None.

        Examples
        --------
        >>> commune = Commune("c", "c", "", 1, 1, "", "", (), "", 2025, 2030)
        >>> Plan(commune, ()).role("income") is None
        True
        """
        fits = (t for t in self.targets if t.role == name and t.kind in (kinds or KINDS))
        return next(fits, None)

    def schedule(self, target_id: str) -> dict[int, float]:
        """Return what the plan asks of each year on the way to a target. [unit of the target]"""
        return {one.year: one.value for one in self.milestones if one.target_id == target_id}

    @property
    def items(self) -> tuple[str, ...]:
        """The items that reports count, in the plan's order."""
        return tuple(dict.fromkeys(target.item for target in self.targets if target.item))


@dataclass(frozen=True)
class Observation:
    """One figure of the commune, as known on a day. A later row of the same cell supersedes it.

    Values are in `unit`: rates as fractions, levels of per cents as per cents. `area` is the former
    commune that the figure is of; "" is the whole commune.
    """

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
    area: str = ""

    def __post_init__(self) -> None:
        _check_unit(self.unit)


@dataclass(frozen=True)
class ReferenceValue:
    """One public figure of another place, or of the whole to which the commune belongs.

    `value` is in `unit`: rates as fractions, levels of per cents as per cents.
    """

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

    def __post_init__(self) -> None:
        _check_unit(self.unit)


@dataclass(frozen=True)
class Assumption:
    """What a scenario takes for granted of one variable in a range of years, and why.

    `value` is in `unit`: rates and shares are fractions ("fraction/year", "fraction"), whatever the
    file has; a rule's name for the variable `sharing_rule`.
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
        >>> unit = "fraction/year"
        >>> base = Scenario("base", (Assumption("inflation", 2026, 2030, 0.035, unit, "press"),))
        >>> hot = base.but("hot", Assumption("inflation", 2027, 2028, 0.06, unit, "assumption"))
        >>> [(a.year_from, a.year_to, a.value) for a in hot.assumptions]
        [(2026, 2026, 0.035), (2029, 2030, 0.035), (2027, 2028, 0.06)]
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

    @property
    def kept(self) -> float:
        """What the commune can spend of what is left after costs: its own and what is returned."""
        return self.commune + self.city * self.city_returned


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
    """What the money is for. Cost, arrears and needs by year in billion VND.

    `stage` is one of `PROJECT_STAGES`: an advance to be recovered, ongoing, or new.
    """

    project_id: str
    name: str
    cost: float
    source_of_funds: str
    arrears: float
    order: int
    needs: dict[int, float]
    origin: str
    note: str = ""
    stage: str = "new"

    def __post_init__(self) -> None:
        check_choice("stage", self.stage, PROJECT_STAGES)


@dataclass(frozen=True)
class Capital:
    """Money of the medium-term public investment plan in one year. [billion VND]

    `kind` is one of `CAPITAL_KINDS`: the commune's own share in force, capital assigned, or money of
    the city; `decision` the number of the document that decides it, "" while there is none.
    """

    year: int
    kind: str
    amount: float
    decision: str
    origin: str
    note: str = ""

    def __post_init__(self) -> None:
        check_choice("kind", self.kind, CAPITAL_KINDS)


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
