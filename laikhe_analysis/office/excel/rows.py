"""How one quantity of a scenario is written: label, unit, a formula a year, what is missing, origin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from laikhe_analysis.land.sharing import retained_share
from laikhe_analysis.office.excel.base import Book, Sheet
from laikhe_analysis.office.excel.cells import cell, identifier, number_format, span
from laikhe_analysis.office.excel.inputs import Inputs, parts_of
from laikhe_analysis.scenarios.projection import Projection
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.vietnamese import label

__all__ = ["Clause", "Results", "Writer"]

_FIRST = 2  # column of the base year


@dataclass(frozen=True)
class Clause:
    """One reason why a quantity cannot be computed: as Excel tests it, whether it holds now."""

    test: str
    holds: bool
    words: str
    shown: str = ""


@dataclass
class Results:
    """Where each projected quantity of a scenario stands, and what it is."""

    sheet: Sheet
    inputs: Inputs
    projection: Projection
    rows: dict[str, int] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    values: dict[tuple[str, int], float | str | None] = field(default_factory=dict)

    @property
    def years(self) -> range:
        """The base year to the target year."""
        return self.inputs.years

    @property
    def scenario(self) -> str:
        """The name of the scenario."""
        return self.projection.scenario.name

    def column(self, year: int) -> int:
        """Return the column of a year."""
        return _FIRST + year - self.years[0]

    def cell(self, name: str, year: int) -> str:
        """Return the address of a quantity in a year, on its own sheet."""
        return cell(self.rows[name], self.column(year))

    def block(self, names: Sequence[str], first: int, last: int) -> str:
        """Return the address of quantities that stand one beneath the other."""
        ends = (self.rows[names[0]], self.column(first)), (self.rows[names[-1]], self.column(last))
        return span(*ends)

    def state(self, name: str) -> str:
        """Return the address of what a quantity lacks."""
        return cell(self.rows[name], _FIRST + len(self.years))

    def value(self, name: str, year: int) -> float | None:
        """Return the value of a projected quantity, rates in per cent; None where it has none."""
        path = self.projection.paths.get(name)
        if path is None or year not in path.years:
            return None
        scale = 100 if path.unit.startswith("fraction") else 1
        return scale * path.values[path.years.index(year)]


class Writer:
    """Writes the rows of one scenario."""

    def __init__(self, book: Book, sheet: Sheet, inputs: Inputs, projection: Projection) -> None:
        self.book, self.inputs, self.projection = book, inputs, projection
        self.scenario, self.years = projection.scenario.name, inputs.years
        self.sheet = sheet
        self.out = Results(sheet, inputs, projection)
        self.parts = parts_of(projection)

    def known(self, name: str, year: int) -> str:
        """Return the address of what is known of a quantity in a year."""
        return self.inputs.known(name, year)

    def known_now(self, name: str, *years: int) -> list[float]:
        """Return what is known of a quantity in years, as it stands in the file."""
        known = self.inputs.known_values
        return [known[name, year] for year in years if (name, year) in known]

    def put(
        self,
        name: str,
        unit: str,
        clauses: Sequence[Clause],
        formula: Callable[[int], str],
        value: Callable[[int], float | str | None] | None = None,
        *,
        words: str = "",
        decimals: int | None = None,
        kind: str = "number",
    ) -> None:
        """Write one quantity: label, unit, years, what is missing, the weakest origin.

        Without `value` the values are those of the projection.
        """
        out, sheet = self.out, self.sheet
        out.rows[name] = sheet.row
        sheet.write(0, words or self.book.word(name), "bold" if kind == "strong" else "text")
        sheet.write(1, self.book.unit(unit) if unit else "")
        state = next((one.shown for one in clauses if one.holds), "")
        guard = out.state(name)
        shown = number_format(unit, decimals) if unit != "rule" else ""
        for year in self.years:
            inside = formula(year)
            got = None
            if not state:
                got = out.value(name, year) if value is None else value(year)
            out.values[name, year] = got
            if not inside:
                sheet.write(out.column(year), None, "closed")
                continue
            text = f'IF({guard}<>"","",{inside})' if clauses else inside
            sheet.formula(out.column(year), text, got, kind, shown)
        self._state(name, clauses, state)
        origins = self.origins(name)
        origin = label(weakest_origin(*origins), self.book.lang) if origins else ""
        sheet.write(_FIRST + len(self.years) + 1, origin, "small")
        first = next((y for y in self.years if formula(y)), self.years[0])
        where = sheet.at(out.block([name], first, self.years[-1]))
        self.book.define(identifier(self.scenario, name), where)
        sheet.row += 1

    def origins(self, name: str) -> tuple[str, ...]:
        """Return what a quantity, or a rate that is used, rests on."""
        if name.startswith("used_"):
            variable = name.removeprefix("used_")
            held = [a for a in self.projection.scenario.assumptions if a.variable == variable]
            known = self.projection.baseline.known.get(variable)
            return (*(one.origin for one in held), *([known.origin] if known else []))
        path = self.projection.paths.get(name)
        return path.origins if path else ()

    def _state(self, name: str, clauses: Sequence[Clause], state: str) -> None:
        """Write what the quantity lacks."""
        column = _FIRST + len(self.years)
        self.out.states[name] = state
        if not clauses:
            self.sheet.write(column, "", "small")
            return
        text = '""'
        for clause in reversed(clauses):
            text = f"IF({clause.test},{clause.words},{text})"
        self.sheet.formula(column, text, state, "small")

    def lacks(self, vi: str, en: str, test: str, holds: bool) -> Clause:
        """Return the clause of something that is not given."""
        words = self.book.say(vi, en).replace('"', "'")
        return Clause(test, holds, f'"{words}"', words)

    def after(self, *names: str, when: tuple[str, bool] = ("", True)) -> list[Clause]:
        """Return the clauses of the quantities that another is computed from."""
        found = []
        for name in names:
            ref, state = self.out.state(name), self.out.states[name]
            test = f'AND({when[0]},{ref}<>"")' if when[0] else f'{ref}<>""'
            found.append(Clause(test, when[1] and bool(state), ref, state))
        return found

    def rate(self, variable: str) -> None:
        """Write the rate that is used: what is known, else what is assumed."""
        inputs, base = self.inputs, self.years[0]
        share, rule = variable.startswith("share_"), variable == "sharing_rule"
        units = {"buoyancy": "ratio", "land_gross": "billion VND/year", "sharing_rule": "rule"}

        def is_open(year: int) -> bool:
            return (year == base) == share

        def formula(year: int) -> str:
            if not is_open(year):
                return ""
            given = inputs.given(self.scenario, variable, year)
            inside = f'IF({given}="","",{given})'
            if variable not in inputs.known_rows:
                return inside
            known = self.known(variable, year)
            return f'IF({known}<>"",{known},{inside})'

        def value(year: int) -> float | str | None:
            if not is_open(year):
                return None
            found = inputs.known_values.get((variable, year))
            return (
                inputs.given_values.get((self.scenario, variable, year)) if found is None else found
            )

        unit = "%" if share else units.get(variable, "%/year")
        kind = "small" if rule else "number"
        words = self.book.word(variable)
        self.put(f"used_{variable}", unit, [], formula, value, words=words, kind=kind)

    def used(self, variable: str, year: int) -> float | str | None:
        """Return the rate that is used in a year."""
        return self.out.values[f"used_{variable}", year]

    def no_rate(self, *variables: str, known: str = "", words: str = "") -> Clause:
        """Return the clause of a year that has neither a known level nor one of the rates."""
        first, last = self.years[1], self.years[-1]
        tests = [f'({self.out.block([f"used_{n}"], first, last)}="")' for n in variables]
        if known:
            tests.append(f'({self.inputs.known(known, first, last)}="")')
        holds = any(
            all(self.used(name, year) is None for name in variables)
            and not (known and self.known_now(known, year))
            for year in self.years[1:]
        )
        listed = words or " / ".join(label(name, self.book.lang) for name in variables)
        test = f"SUMPRODUCT({'*'.join(tests)}*1)>0"
        return self.lacks(f"thiếu giả định: {listed}", f"no assumption: {listed}", test, holds)

    def no_start(self, name: str) -> Clause:
        """Return the clause of a level that is known in no year."""
        years = self.years
        what, where = label(name, self.book.lang), self.inputs.known(name, years[0], years[-1])
        return self.lacks(
            f"thiếu {what} năm {years[0]}", f"no {what} for {years[0]}", f"COUNT({where})=0",
            not self.known_now(name, *years),
        )  # fmt: skip

    def walk(
        self, name: str, unit: str, clauses: Sequence[Clause], growth: Callable[[int], str],
        *, index: bool = False, held: Callable[[int], str] | None = None,
    ) -> None:  # fmt: skip
        """Write a level that grows from its start and is held where it is known.

        `growth` is the formula of a year's growth as a fraction; with `index` the start is 100
        where no level is known; `held` is the formula of a known value.
        """
        source = name.removesuffix("_real")
        base, last = self.years[0], self.years[-1]

        def formula(year: int) -> str:
            known = self.known(source, year)
            kept = held(year) if held else known
            if year == base:
                later = self.inputs.known(source, base + 1, last)
                start = f'IF(COUNT({later})>0,"",100)' if index else '""'
                return f'IF({known}<>"",{known},{start})'
            before = self.out.cell(name, year - 1)
            return f'IF({known}<>"",{kept},IF({before}="","",{before}*(1+{growth(year)})))'

        self.put(name, unit, clauses, formula)

    def is_known(self, name: str) -> bool:
        """Return whether a level is known in any year of the plan."""
        return bool(self.known_now(name, *self.years))

    def shares(self, stream: str) -> None:
        """Write the part of land-use fees that the rule of each year leaves to the commune."""
        words = label(stream, self.book.lang)

        def match(year: int) -> str:
            rule = self.out.cell("used_sharing_rule", year)
            return (
                f'(sharing_rules={rule})*(sharing_streams="{words}")*(sharing_first<={year})'
                f"*(sharing_last>={year})"
            )

        def formula(year: int) -> str:
            if year == self.years[0] or not self.projection.rules:
                return ""
            found = match(year)
            return f'IF(SUMPRODUCT({found})=0,"",100*SUMPRODUCT({found}*sharing_retained))'

        def value(year: int) -> float | None:
            chosen = self.rule_of(year)
            return (
                100 * retained_share(self.projection.rules[chosen], stream, year)
                if chosen
                else None
            )

        title = self.book.say("Tỷ lệ được hưởng tiền sử dụng đất", "Part of land-use fees retained")
        self.put("retained_share", "%", [], formula, value, words=title)

    def rule_of(self, year: int) -> str:
        """Return the name of the rule assumed for a year, "" where none applies."""
        held = [a for a in self.projection.scenario.assumptions if a.variable == "sharing_rule"]
        chosen = next((str(a.value) for a in held if a.year_from <= year <= a.year_to), "")
        rule = self.projection.rules.get(chosen)
        lines = rule.lines if rule else ()
        stream = self.projection.stream
        fits = any(x.stream == stream and x.year_from <= year <= x.year_to for x in lines)
        return chosen if fits and year > self.years[0] else ""
