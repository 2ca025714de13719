"""What a baseline and a scenario give to the equations, by name and year, each with its origin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import nan
from typing import Any

import numpy as np

from laikhe_analysis.checks import Problem, nearest, plain
from laikhe_analysis.land import retained_share
from laikhe_analysis.land.sharing import covers
from laikhe_analysis.messages import Text, _, joined
from laikhe_analysis.model import Input, Model, equations
from laikhe_analysis.model.evaluation import Year, evaluate
from laikhe_analysis.records import Assumption, Scenario, SharingRule
from laikhe_analysis.scenarios.assumptions import FILE, TAXES, VARIABLES, by_year
from laikhe_analysis.scenarios.baseline import Baseline
from laikhe_analysis.scenarios.inheritance import refusal
from laikhe_analysis.vietnamese import words

__all__ = ["Inputs", "inputs_of"]

RETAINED, RULE = "retained_share", "sharing_rule"


@dataclass(frozen=True)
class Inputs:
    """The numbers that the equations read, and what each of them is.

    Parameters
    ----------
    baseline : Baseline
    table : mapping of str to mapping of int to Assumption
        The scenario by variable and year.
    years : tuple of int
        The base year and all that follow. [year]
    parts : tuple of str
        Sectors, product taxes among them where they are given.
    known, held : dict of str to list of float
        Levels and rates that are known, by year, the base year first; NaN where none. [their unit;
        fraction for rates]
    assumed : dict of str to list of float
        Assumptions, and the share of land-use fees that the rule leaves. [fraction for rates and
        shares, else as in the file]
    fees : mapping of int to (origins, premise) or Text
        What the retained share of a year rests on, or why there is none.
    is_current : float
        1 where products are at current prices, else 0.
    notes : tuple of Text
    """

    baseline: Baseline
    table: Mapping[str, Mapping[int, Assumption]]
    years: tuple[int, ...]
    parts: tuple[str, ...]
    known: Mapping[str, list[Any]]
    held: Mapping[str, list[Any]]
    assumed: Mapping[str, list[Any]]
    fees: Mapping[int, tuple[tuple[str, ...], str] | Text]
    is_current: Any
    notes: tuple[Text, ...]

    @property
    def model(self) -> Model:
        """The equations of these sectors."""
        return equations(self.parts)

    @property
    def figures(self) -> dict[str, tuple[str, str]]:
        """Unit and price basis of what is known."""
        found = {}
        for name, values in self.known.items():
            one = self.baseline.levels.get(name) or self.baseline.known.get(name)
            if one is not None and any(value == value for value in values):
                found[name] = one.unit, one.price_basis
        return found

    @property
    def rates(self) -> dict[str, list[Any]]:
        """What is assumed by name and year; what is known in its place, where it is."""
        found, blank = dict(self.assumed), [nan] * len(self.years)
        for name, values in self.held.items():
            pairs = zip(values, self.assumed.get(name, blank), strict=True)
            found[name] = [plain(np.where(known == known, known, other)) for known, other in pairs]
        return found

    @property
    def option(self) -> dict[str, Any]:
        """What holds of the figures as a whole, by the name that the equations use."""
        return {"product_at_current_prices": self.is_current}

    def run(self, names: Sequence[str] | None = None, **rates: list[Any]) -> list[Year]:
        """Return the equations evaluated, with `rates` in place of those given."""
        return evaluate(
            self.model, self.known, self.rates | rates, years=len(self.years), option=self.option,
            names=names,
        )  # fmt: skip

    def is_figure(self, one: Input) -> bool:
        """Return whether an input is known, not assumed."""
        held = self.held.get(one.name)
        return one.kind == "known" or (held is not None and held[one.year] == held[one.year])

    def origins(self, one: Input) -> tuple[str, ...]:
        """Return the origins of an input, several where it is computed itself."""
        if one.name == RETAINED:
            found = self.fees[self.years[one.year]]
            return () if isinstance(found, Text) else found[0]
        if not self.is_figure(one):
            return (self.table[one.name][self.years[one.year]].origin,)
        of = self.baseline.known if one.year else self.baseline.levels
        return (of[one.name].origin,)

    def variable(self, one: Input) -> str | None:
        """Return the scenario variable that an input is; None where it is a figure."""
        if one.name == RETAINED:
            return RULE
        return None if self.is_figure(one) else one.name

    def premise(self, one: Input) -> str | None:
        """Return what a premise of the plan is called; None where an input is none."""
        if "statement" not in self.origins(one):
            return None
        found = self.fees.get(self.years[one.year]) if one.name == RETAINED else None
        if isinstance(found, tuple) and not isinstance(found, Text):
            return found[1]
        return "product" if one.name.startswith(("product_", "total_product")) else one.name

    def reason(self, lacking: Sequence[tuple[Input, ...]]) -> Text:
        """Return why a quantity has no value, from what it lacks.

        Raises
        ------
        DataError, ValueError
            If an assumption that is lacking is there for other years.
        """
        if not lacking:
            return _("không tính được: chia cho 0")
        one, base = lacking[0][0], self.years[0]
        if one.name == "sectors":
            return _("không có ngành nào")
        if one.name.startswith("share_"):
            every = {each.name for group in lacking for each in group}
            names = [words(f"share_{p}") for p in self.parts if f"share_{p}" in every]
            return _("thiếu {what} năm {year}", what=joined(names, ", "), year=base)
        if one.kind == "known":
            return _("thiếu {what} năm {year}", what=words(one.name), year=base)
        found = self.fees.get(self.years[one.year]) if one.name == RETAINED else None
        if isinstance(found, Text):
            return found
        for each in (each for each in lacking[0] if each.name in self.table):
            rows = self.table[each.name]
            raise _missing_year(each.name, self.years[each.year], rows[max(rows)].line)
        return _no_assumption(*(each.name for each in lacking[0]))


def inputs_of(
    baseline: Baseline,
    scenario: Scenario,
    until: int,
    rules: Mapping[str, SharingRule],
    stream: str,
) -> Inputs:
    """Return what a baseline and a scenario give to the equations up to a year.

    Raises
    ------
    DataError, ValueError
        If the scenario names a sharing rule that does not exist, or none for a year in between.
    """
    table, years = by_year(scenario), tuple(range(baseline.year, until + 1))
    taxes = f"share_{TAXES}" in table or f"product_{TAXES}" in baseline.levels
    parts = (*baseline.sectors, *((TAXES,) if baseline.sectors and taxes else ()))
    assumed = {
        name: [float(rows[year].value) if year in rows else nan for year in years]
        for name, rows in table.items()
        if name != RULE
    }
    shares, fees = _fees(table.get(RULE, {}), years, rules, stream)
    unit, basis = _product_level(baseline, parts)
    known, held, notes = _figures(baseline, parts, years, unit)
    return Inputs(
        baseline, table, years, parts, known, held, assumed | {RETAINED: shares}, fees,
        float(basis == "current"), notes,
    )  # fmt: skip


def _product_level(baseline: Baseline, parts: Sequence[str]) -> tuple[str, str]:
    """Return unit and price basis of the products: of their levels, the total's, or an index."""
    levels = [baseline.levels.get(f"product_{part}") for part in parts]
    found = levels[0] if levels and all(levels) else baseline.levels.get("total_product")
    return (found.unit, found.price_basis) if found else ("index", "n/a")


_Rows = dict[str, list[Any]]


def _figures(
    baseline: Baseline, parts: Sequence[str], years: Sequence[int], unit: str
) -> tuple[_Rows, _Rows, tuple[Text, ...]]:
    """Return levels and rates that are known, by year; and notes on products in another unit."""
    known, held, notes = _Rows(), _Rows(), list[Text]()
    rates = {*VARIABLES, *(f"growth_{part}" for part in parts)}
    for name in dict.fromkeys((*baseline.levels, *baseline.known)):
        later, level, series = (
            baseline.held(name),
            baseline.levels.get(name),
            baseline.known.get(name),
        )
        if name in rates:
            scale = 100 if series is not None and series.unit.startswith("%") else 1
            held[name] = [later[year] / scale if year in later else nan for year in years]
            continue
        is_product = name == "total_product" or name.removeprefix("product_") in parts
        if is_product and later and series is not None and series.unit != unit:
            notes.append(_other_unit(name, series.unit, unit, baseline.year))
            later = {}
        start = nan if level is None else float(level.value)
        known[name] = [start, *(later.get(year, nan) for year in years[1:])]
    return known, held, tuple(notes)


def _other_unit(name: str, got: str, unit: str, year: int) -> Text:
    return _(
        "{name}: số đã biết ({got}) không dùng vì năm {year} tính bằng {unit}",
        name=name,
        got=got,
        year=year,
        unit=unit,
    )


def _fees(
    named: Mapping[int, Assumption],
    years: Sequence[int],
    rules: Mapping[str, SharingRule],
    stream: str,
) -> tuple[list[float], dict[int, tuple[tuple[str, ...], str] | Text]]:
    """Return the share of land-use fees that the rules leave, and what it rests on, by year."""
    shares, fees = [nan], dict[int, tuple[tuple[str, ...], str] | Text]()
    for year in years[1:]:
        shares.append(nan)
        if not named:
            fees[year] = _no_assumption(RULE)
        elif not rules:
            fees[year] = _("chưa cho quy định điều tiết")
        elif year not in named:
            raise _missing_year(RULE, year, named[max(named)].line)
        else:
            one = named[year]
            rule = _rule(str(one.value), rules, one.line)
            if not covers(rule, stream, [year]):
                fees[year] = _silent(rule.rule, stream, year)
                continue
            try:
                shares[-1] = retained_share(rule, stream, year)
            except ValueError as error:
                fees[year] = Text(str(error))
                continue
            origins = (one.origin, rule.line(stream, year).origin, "derived")
            fees[year] = origins, f"{RULE} {rule.rule}"
    return shares, fees


def _silent(rule: str, stream: str, year: int) -> Text:
    """Return the answer that a rule says nothing of a stream in a year."""
    return _(
        "quy định “{rule}” không nói đến {stream} năm {year}",
        rule=words(rule), stream=words(stream), year=year,
    )  # fmt: skip


def _rule(name: str, rules: Mapping[str, SharingRule], line: int | None) -> SharingRule:
    """Return the sharing rule of that name."""
    if name not in rules:
        guess = nearest(name, rules) or ", ".join(rules)
        wanted = _("một quy định có trong sharing.csv: {guess}", guess=guess)
        raise refusal([Problem(FILE, line, "value", name, wanted)])
    return rules[name]


def _no_assumption(*variables: str) -> Text:
    """Return the answer that a quantity rests on one of `variables`, and none is assumed."""
    return _("thiếu giả định {names}", names=joined(map(words, variables), _(" hoặc ")))


def _missing_year(variable: str, year: int, line: int | None) -> ValueError:
    """Return the error that says which year of which variable is missing."""
    wanted = _("giá trị của {variable} năm {year}", variable=variable, year=year)
    return refusal([Problem(FILE, line, "year_to", f"{variable}: —", wanted)])
