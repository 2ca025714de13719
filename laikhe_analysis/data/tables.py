"""The data as tidy pandas tables, a row a record; rates as fractions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from laikhe_analysis.data.dataset import Records
from laikhe_analysis.messages import Text
from laikhe_analysis.records import (
    Assumption,
    Break,
    Capital,
    Milestone,
    Observation,
    Plot,
    Premise,
    Project,
    ReferenceValue,
    ShareLine,
    Source,
    Target,
    Task,
)

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Tables"]


@dataclass(frozen=True, repr=False)
class Tables(Records):
    """The records of a folder as tables."""

    def __repr__(self) -> str:
        """Return an overview of ten lines."""
        commune, years = self.commune, [row.year for row in self.observed]
        span = f"{min(years)}-{max(years)}" if years else "chưa có năm nào"
        series = len({row.series_id for row in self.observed})
        places = len({row.entity for row in self.published})
        counted = ", ".join(
            f"{len(rows)} {name}" for name, rows in (
                ("plots", self.inventory), ("projects", self.programme), ("tasks", self.plan.tasks),
                ("milestones", self.plan.milestones), ("breaks", self.interruptions),
                ("premises", self.judgements),
            )
        )  # fmt: skip
        return "\n".join([
            f"{commune.name}, {commune.city}: kế hoạch {commune.base_year + 1}-{commune.target_year}",
            f"  .targets       {len(self.plan.targets)} chỉ tiêu, {len(self.plan.items)} mục",
            f"  .observations  {len(self.observed)} số liệu, {series} chuỗi, {span}",
            f"  .reference     {len(self.published)} số liệu công khai của {places} nơi",
            f"  .scenarios     {', '.join(self.assumed) or 'chưa có'}",
            f"  .sharing       {', '.join(self.rules) or 'chưa có'}",
            f"  .sources       {len(self.cited)} nguồn",
            f"  {counted}",
            "  .series(tên)  .value(tên, năm)  .about(tên)  .target(vai trò)  .place(nơi, chuỗi)",
            "  .path(kịch bản, biến)  .paths(biến)  .projection(kịch bản)  .add(tên, năm, số)",
        ])  # fmt: skip

    @property
    def targets(self) -> pd.DataFrame:
        """The register: one row a target."""
        return _frame(Target, map(_row, self.plan.targets))

    @property
    def observations(self) -> pd.DataFrame:
        """The commune's figures as they were recorded, one row each; `histories` has what counts."""
        return _frame(Observation, map(_row, self.observed))

    @property
    def reference(self) -> pd.DataFrame:
        """Public figures of other places."""
        return _frame(ReferenceValue, map(_row, self.published))

    @property
    def scenarios(self) -> pd.DataFrame:
        """What holds in each scenario, inheritance resolved."""
        rows = (
            {"scenario": name, **_row(one)}
            for name, scenario in self.assumed.items() for one in scenario.assumptions
        )  # fmt: skip
        return _frame(Assumption, rows, "scenario").drop(columns="line")

    @property
    def sources(self) -> pd.DataFrame:
        """Where figures come from."""
        return _frame(Source, map(_row, self.cited.values()))

    @property
    def sharing(self) -> pd.DataFrame:
        """How land-use fees are shared, one row a rule, stream and range of years. [fractions]"""
        rows = ({"rule": n, **_row(x)} for n, rule in self.rules.items() for x in rule.lines)
        return _frame(ShareLine, rows, "rule")

    @property
    def plots(self) -> pd.DataFrame:
        """The land to be sold. [m2; million VND per m2; billion VND]"""
        return _frame(Plot, map(_row, self.inventory))

    @property
    def projects(self) -> pd.DataFrame:
        """What the money is for, a column `y2026` ... for each year's needs. [billion VND]"""
        commune = self.commune
        years = [f"y{year}" for year in range(commune.base_year + 1, commune.target_year + 1)]
        rows = (
            _row(x) | {f"y{year}": need for year, need in x.needs.items()} for x in self.programme
        )
        return _frame(Project, rows, after=years).drop(columns="needs")

    @property
    def capital(self) -> pd.DataFrame:
        """The medium-term public investment plan: money by year and kind. [billion VND]"""
        return _frame(Capital, map(_row, self.capital_plan))

    @property
    def tasks(self) -> pd.DataFrame:
        """The plan's tasks; `target_ids` lists the targets that each serves."""
        return _frame(Task, map(_row, self.plan.tasks))

    @property
    def milestones(self) -> pd.DataFrame:
        """What the plan sets for years on the way. [unit of the target]"""
        return _frame(Milestone, map(_row, self.plan.milestones))

    @property
    def breaks(self) -> pd.DataFrame:
        """First years of new definitions."""
        return _frame(Break, map(_row, self.interruptions))

    @property
    def premises(self) -> pd.DataFrame:
        """Judgements that decide headlines, one row a reading; the first of each key is in use."""
        return _frame(Premise, map(_row, self.judgements))


def _row(record: Any) -> dict[str, Any]:
    """Return a record as plain values; a name in two languages becomes two."""
    row = {x.name: getattr(record, x.name) for x in fields(record)}
    if isinstance(row.get("name"), Text):
        name: Text = row["name"]
        row |= {"name": name.vi, "name_en": name.en}
    return row


def _frame(
    kind: type[Any], rows: Iterable[dict[str, Any]], before: str = "", after: Iterable[str] = ()
) -> pd.DataFrame:
    """Return rows as a frame with the columns of a record, even where there is no row."""
    import pandas as pd

    named = [x.name for x in fields(kind)]
    if kind in (Target, Task):
        named.insert(named.index("name") + 1, "name_en")
    columns = [*([before] if before else []), *named, *after]
    return pd.DataFrame(list(rows), columns=columns)
