"""The data as pandas sees them: series by year, single figures, places and paths; rates as fractions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from laikhe_analysis.checks import NotComputable, nearest
from laikhe_analysis.data.added import added_row, observation
from laikhe_analysis.data.layout import is_own_series
from laikhe_analysis.data.tables import Tables
from laikhe_analysis.forecast import Forecast, forecast
from laikhe_analysis.messages import Message, Text, Worded, _, joined, language
from laikhe_analysis.records import Break, Scenario, Source, Target
from laikhe_analysis.roles import ROLES, role_of
from laikhe_analysis.scenarios import BASELINE, Projection, known_evidence, project
from laikhe_analysis.series import AnnualSeries
from laikhe_analysis.vietnamese import LABELS, label, words

if TYPE_CHECKING:
    import pandas as pd

    from laikhe_analysis.monitor import Board

__all__ = ["About", "Dataset"]

_FORECAST_FROM = 5  # years of figures


@dataclass(frozen=True)
class About:
    """What a series of figures is: what it rests on, where it breaks, what it is a sum of."""

    name: str
    words: str
    unit: str
    price_basis: str
    origin: str
    years: tuple[int, ...]
    sources: tuple[Source, ...]
    breaks: tuple[Break, ...]
    scope: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class Dataset(Tables):
    """Everything that a commune's folder holds: tidy tables (`Tables`), series by year, single figures.

    Each question raises `NotComputable` with a sentence where a figure is missing. The records
    themselves stand under names of their own (`Records`).
    """

    def series(self, name: str, period: str = "FY") -> pd.Series[Any]:
        """Return a series by year: the commune's, a target's, or another place's ("place/series").

        Parameters
        ----------
        name : str
        period : str
            "FY" for full years, else one of `records.PERIODS`.

        Raises
        ------
        NotComputable
            If there is no figure of it.
        """
        return self.annual(name, period).to_pandas()

    def annual(self, name: str, period: str = "FY") -> AnnualSeries:
        """Return the same with unit, price basis, origin and breaks.

        Raises
        ------
        NotComputable
            As `series`.
        """
        found = self.facts() if "/" in name else self.histories(period=period)
        if name not in found:
            raise NotComputable(self._no_figure(name, found))
        return found[name]

    def _no_figure(self, name: str, known: Iterable[str], year: int | None = None) -> Message:
        """Return that there is no figure, of which year, and who has it."""
        when = "" if year is None else _(" năm {year}", year=year)
        known = set(known)
        others = [
            x for x in (f"{name}_nominal", f"{name}_real", name.rpartition("_")[0]) if x in known
        ]
        if others and "/" not in name:
            return _("Chưa có {what}{when}; có {other}.", what=self._words(name), when=when,
                     other=self._words(others[0]))  # fmt: skip
        targets = {target.target_id for target in self.plan.targets}
        like = {x for x in known if x.rpartition("/")[0] == name.rpartition("/")[0]}
        guess = (
            None
            if others or name in targets or is_own_series(name)
            else nearest(name, {*like, *targets})
        )
        if guess:
            return _("Không có chuỗi “{name}”; có phải “{guess}”?", name=name, guess=guess)
        if name.startswith("/"):
            return _("Kế hoạch chưa khai nơi nào để so (yardsticks trong commune.toml).")
        if "/" in name:
            place, _slash, own = name.rpartition("/")
            other = _("; có {other}", other=others[0].rpartition("/")[2]) if others else ""
            return _("Chưa có số liệu công khai {own} của {place}{when}: ghi vào reference.csv{other}.",
                     own=own, place=place, when=when, other=other)  # fmt: skip
        owner = next(
            (
                x.owner
                for x in self.plan.targets
                if name in (x.target_id, _series_of(x)) and x.owner
            ),
            _("cơ quan theo dõi"),
        )
        return _("Chưa có {what}{when}: nhập vào phiếu của {owner}.", what=self._words(name),
                 when=when, owner=owner)  # fmt: skip

    def _words(self, key: str) -> Text:
        """Return what `name` says in both languages, as it stands within a sentence."""
        return Worded(self._within, key)

    def _within(self, key: str, lang: str) -> str:
        """Return a name as it stands within a sentence: a proper noun keeps its capital letter."""
        told = self.name(key, lang)
        return told[:1].lower() + told[1:] if told[1:2].islower() else told

    def name(self, key: str, lang: str = "") -> str:
        """Return what a target, series, sector, rule or scenario is called, in the language of this run.

        What has no English name, and what the commune alone has a name for, keeps its Vietnamese one.
        """
        lang = lang or language()
        for target in self.plan.targets:
            if target.target_id == key:
                return target.name.pick(lang)
        prefix, _unused, rest = key.partition("_")
        own = self.commune.labels
        if key in own:
            return label(key, lang) if key in LABELS and lang != "vi" else own[key]
        if rest in own and prefix in ("growth", "share", "product", "contribution"):
            name = self.name(rest, lang)
            return label(f"{prefix}_total", lang).replace(label("total", lang), name)
        base = key.removesuffix("_nominal")
        if key in LABELS or base == key:
            return label(key, lang)
        return _("{name}, giá hiện hành", name=self.name(base, lang)).pick(lang)

    def value(self, name: str, year: int, period: str = "FY") -> float:
        """Return a figure. [unit of the series; a rate as a fraction]

        Raises
        ------
        NotComputable
            If the series or the year is missing.
        """
        series = self.annual(name, period).known()
        if year not in series.years:
            known = self.facts() if "/" in name else self.histories(period=period)
            raise NotComputable(self._no_figure(name, {*known} - {name}, year))
        return series.at(year)

    def about(self, name: str) -> About:
        """Return unit, price basis, origin, sources and breaks of a series.

        Raises
        ------
        NotComputable
            If there is no figure of it.
        """
        series = self.annual(name)
        rows = [row for row in self.results() if row.series_id == name and row.note]
        return About(
            name, self.name(name), series.unit, series.price_basis, series.origin, series.years,
            tuple(self.cited[x] for x in series.sources if x in self.cited),
            tuple(x for x in self.interruptions if x.series_id == name),
            tuple(f"{row.year}: {row.note}" for row in rows if row.origin == "derived"),
        )  # fmt: skip

    def add(
        self,
        series_id: str,
        year: int,
        value: float,
        *,
        period: str = "FY",
        status: str = "",
        origin: str = "",
        unit: str = "",
        price_basis: str = "",
        source_id: str = "",
        recorded_on: str = "",
        low: float | None = None,
        high: float | None = None,
        area: str = "",
        note: str = "",
        accept_jumps: bool = False,
    ) -> Dataset:
        """Return the data with one more figure, checked as a row of the file is; nothing is written.

        Parameters
        ----------
        series_id : str
            A series of the commune or the id of a target.
        year : int
        value, low, high : float
            The figure and its band. [unit of the series; a rate as a fraction: 12 % is 0.12]
        period : str
            "FY" for the whole year, else one of `records.PERIODS`.
        status : str
            "final", "plan" for what is handed down for a year, unless told otherwise.
        origin : str
            "official" where a source is named, else "assumption".
        unit, price_basis : str
            Those of the series, unless told otherwise.
        source_id : str
            A source of the data.
        recorded_on : str
            Day of recording; that of the data, or the end of the period if later. [YYYY-MM-DD]
        area : str
            The former commune that the figure is of; "" is the whole commune.
        note : str
        accept_jumps : bool
            Whether it may be far from the last one, or beyond any commune.

        Raises
        ------
        TypeError
            If the year or a value is no number.
        ValueError
            Naming what was got and what is wanted: as for a row of `observations.csv`.
        """
        given = {key: one for key, one in locals().items() if key != "self"}
        row = added_row(self, given)
        return replace(self, observed=(*self.observed, observation(row))).own_figures_first()

    def target(self, role: str, *kinds: str) -> Target:
        """Return the target of a role, or of an id; of one of `kinds` if any are named.

        Raises
        ------
        NotComputable
            If the plan sets none.
        ValueError
            If there is no such role.
        """
        found = self.plan.role(role, *kinds) or next(
            (target for target in self.plan.targets if target.target_id == role), None
        )
        if found is not None:
            return found
        known = role_of(role)
        if known is None:
            guess = nearest(role, [*ROLES, *(t.target_id for t in self.plan.targets)])
            hint = f" Did you mean {guess!r}?" if guess else f" Roles: {', '.join(ROLES)}."
            raise ValueError(f"`role` must be a role or the id of a target, got {role!r}.{hint}")
        if kinds:
            raise NotComputable(_(
                "Kế hoạch không có chỉ tiêu về {what} bằng {kinds} (vai trò “{role}”).",
                what=known.words, role=role, kinds=joined(map(words, kinds), ", "),
            ))  # fmt: skip
        raise NotComputable(_("Kế hoạch không có chỉ tiêu về {what} (vai trò “{role}”).",
                              what=known.words, role=role))  # fmt: skip

    def place(self, place: str, series: str) -> pd.Series[Any]:
        """Return a public series of a place, by its name or by its key among the yardsticks.

        Raises
        ------
        NotComputable
            If there is no figure of it.
        """
        return self.series(f"{self.commune.yardsticks.get(place, place)}/{series}")

    def places(self, series: str) -> pd.DataFrame:
        """Return a public series of every place that has it, a column each.

        Raises
        ------
        NotComputable
            If no place has it.
        """
        import pandas as pd

        facts = self.facts()
        found = {key.rpartition("/")[0]: facts[key].to_pandas() for key in facts
                 if key.rpartition("/")[2] == series}  # fmt: skip
        if not found:
            raise NotComputable(self._no_figure(f"…/{series}", facts))
        return pd.DataFrame(found).sort_index().rename_axis(columns="place")

    def forecast(self, name: str) -> Forecast:
        """Return the forecast of one of the commune's series up to the target year, from its past alone.

        Former communes' figures count where all of them are there. The target does not enter.

        Raises
        ------
        NotComputable
            With fewer than five full years since the last break, or where the series already
            reaches the target year.
        """
        series = self.annual(name).known()
        years = series.after_breaks().years
        ahead = self.commune.target_year - years[-1]
        if len(years) < _FORECAST_FROM:
            raise NotComputable(
                _(
                    "{name}: mới có {n} năm đủ số, từ {least} năm mới dự báo.",
                    name=self.name(name),
                    n=len(years),
                    least=_FORECAST_FROM,
                )
            )
        if ahead < 1:
            raise NotComputable(
                _(
                    "{name}: đã có số đến năm {year}, không dự báo nữa.",
                    name=self.name(name),
                    year=years[-1],
                )
            )
        return forecast(series, ahead)

    def evidence(
        self, variable: str, *, weights: Mapping[str, float] | None = None
    ) -> pd.DataFrame:
        """Return what the baseline's assumption of a growth rate may rest on, a row each.

        Parameters
        ----------
        variable : str
            A growth rate of scenarios, or "growth_total".
        weights : mapping of str to float, optional
            Of candidates other than the commune's own, in proportion; all on "assumed" (the file's)
            unless told.

        Returns
        -------
        DataFrame
            As `scenarios.evidence_frame`: each candidate with its weight and what it alone would give.

        Raises
        ------
        NotComputable
            If there is no baseline scenario, or nothing is known of the variable.
        ValueError
            If the variable is no growth rate, or a weight does not fit.
        """
        self.projection(BASELINE)
        commune = self.commune
        found = known_evidence(
            variable, self.baseline(), self.written(BASELINE), self.own_growth(), self.published,
            commune.yardsticks, until=commune.target_year, weights=weights,
        )  # fmt: skip
        if found.empty:
            raise NotComputable(_("Chưa có căn cứ nào cho {name}.", name=self.name(variable)))
        return found

    def projection(self, scenario: str | Scenario) -> Projection:
        """Return everything that a scenario leads to: one of the data by name, or one of your own.

        Raises
        ------
        NotComputable
            If there is no such scenario.
        """
        if isinstance(scenario, str) and scenario not in self.assumed:
            known = ", ".join(self.assumed) or _("chưa có kịch bản nào")
            raise NotComputable(
                _("Không có kịch bản “{scenario}”; có: {known}.", scenario=scenario, known=known)
            )
        commune = self.commune
        return project(
            self.baseline(), self.assumed[scenario] if isinstance(scenario, str) else scenario,
            until=commune.target_year, region=commune.name, rules=self.rules,
        )  # fmt: skip

    def projections(self) -> dict[str, Projection]:
        """Return everything that each scenario of the data leads to, in the order of the file."""
        return {name: self.projection(name) for name in self.assumed}

    def board(self, as_of: str = "", *, scenario: str = "", internal: bool = False) -> Board:
        """Return where every target stands at a date, from what was known of it by then.

        Parameters
        ----------
        as_of : str
            "2026", "2026H1" or "2026-9M"; blank: the part of a year that was over when the newest
            figure was recorded.
        scenario : str
            Whose end is shown beside each target; blank: none, as where it is not in the data.
        internal : bool
            Whether internal targets are shown.

        Raises
        ------
        ValueError
            If `as_of` is no date.
        """
        from laikhe_analysis.data.boards import board_of, last_over

        seen = self.seen_from(as_of)
        projection = seen.projection(scenario) if scenario in seen.assumed else None
        return board_of(seen, as_of or last_over(self), projection=projection, internal=internal)

    def path(self, scenario: str, variable: str) -> pd.Series[Any]:
        """Return a variable of a scenario by year. [its unit; rates and shares as fractions]

        Raises
        ------
        NotComputable
            If it cannot be projected, with the reason.
        """
        found = self.projection(scenario)
        if variable in found.missing:
            raise NotComputable(_(
                "Chưa tính được {what} ({scenario}): {why}.", what=self._words(variable),
                scenario=words(scenario), why=found.missing[variable],
            ))  # fmt: skip
        return found.path(variable).to_pandas()

    def paths(self, variable: str) -> pd.DataFrame:
        """Return a variable by year, a column for each scenario that has it.

        Raises
        ------
        NotComputable
            If no scenario has it, with the reason.
        """
        import pandas as pd

        found, missing = {}, None
        for scenario in self.assumed:
            try:
                found[scenario] = self.path(scenario, variable)
            except NotComputable as reason:
                missing = reason
        if not found:
            raise missing or NotComputable(_("Chưa có kịch bản nào trong scenarios.csv."))
        return pd.DataFrame(found).rename_axis(columns="scenario")


def _series_of(target: Target) -> str:
    """Return the commune's series that measures a target, "" where its role has none."""
    role = role_of(target.role)
    return role.series if role else ""
