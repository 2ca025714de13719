"""The equations printed: as a table for readers, as formulas of Excel, as a program in JavaScript."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from laikhe_analysis.model.expressions import (
    Above,
    Every,
    Expression,
    First,
    Given,
    Leaf,
    Number,
    Operation,
    Total,
    Value,
    When,
)
from laikhe_analysis.model.table import Equation, Model

__all__ = ["Sheet", "excel_formula", "javascript", "readers_table"]

_RANK = {"+": 1, "-": 1, "*": 2, "/": 2}


def readers_table(model: Model) -> list[dict[str, str]]:
    """Return the equations for readers: variable, unit, base_year, later, one row each.

    ``a, b`` is a where there is one, else b; ``prev`` the year before; ``sum`` goes over sectors.

    Examples
    --------
    >>> from laikhe_analysis.model.equations import equations
    >>> row = next(r for r in readers_table(equations()) if r["variable"] == "population")
    >>> row["later"]
    'known(population), prev(population) * (1 + rate(population_growth))'
    """
    return [
        {"variable": one.name, "unit": one.unit or "as known", "base_year": _words(one.first),
         "later": "same" if one.later is one.first else _words(one.later)}
        for one in model.table.values()
    ]  # fmt: skip


def _words(node: Expression, above: int = 0) -> str:
    """Return a formula as people write it; `above` is how strongly what stands around it binds."""
    match node:
        case Number(value):
            return f"{value:g}" if value == value else ""
        case Value("now", name):
            return name
        case Leaf(kind, name) | Value(kind, name):
            return f"{kind}({name})"
        case Operation(sign, left, right):
            rank = _RANK[sign]
            text = f"{_words(left, rank)} {sign} {_words(right, rank + 1)}"
            return f"({text})" if rank < above else text
        case First(left, right):
            text = f"{_words(left, 1)}, {_words(right)}"
        case Total(terms):
            return f"sum({', '.join(map(_words, terms))})"
        case When(test, then, other):
            rest = _words(other)
            text = f"{_words(then, 1)} if {_words(test)}" + (f" else {rest}" if rest else "")
        case Given(term):
            return f"given({_words(term)})"
        case Above(left, right):
            return f"{_words(left)} > {_words(right)}"
        case Every(tests):
            return " and ".join(map(_words, tests))
        case _:
            raise TypeError(f"`node` must be a formula, got {node!r}.")
    return f"({text})" if above else text


@dataclass(frozen=True)
class Sheet:
    """Where everything stands on a sheet.

    Parameters
    ----------
    cell : function of kind, name and year (counted from the base) to address
        Kinds: known, rate (a fraction), amount, now.
    row : function of name to address
        All years of what is known of a quantity.
    option : mapping of str to float
    """

    cell: Callable[[str, str, int], str]
    row: Callable[[str], str]
    option: Mapping[str, float] = field(default_factory=dict)


def excel_formula(equation: Equation, year: int, sheet: Sheet) -> str:
    """Return the formula of a quantity in a year, without "="; "" where it is always missing.

    What is missing is an empty text: a text counts as larger than any number and a blank cell as
    0, so that every formula first counts the numbers that it needs.

    Examples
    --------
    >>> from laikhe_analysis.model.equations import equations
    >>> sheet = Sheet(lambda kind, name, year: f"{kind[0]}{year}".upper(), lambda name: "K0:K9")
    >>> excel_formula(equations(()).table["population"], 1, sheet)
    'IFERROR(IF(COUNT(K1)=1,K1,IF(COUNT(N0,R1)=2,N0*(1+R1),"")),"")'
    """
    formula = equation.later if year else equation.first
    if isinstance(formula, Number) and formula.value != formula.value:
        return ""
    return f'IFERROR({_Excel(sheet, year).whole(formula)},"")'


class _Excel:
    """Formulas of one year, each with the cells that have to hold numbers."""

    def __init__(self, sheet: Sheet, year: int) -> None:
        self.sheet, self.year = sheet, year

    def whole(self, node: Expression) -> str:
        """Return a formula that is an empty text where it has no value."""
        text, needs = self.text(node)
        return f'IF({_count(needs)},{text},"")' if needs else text

    def text(self, node: Expression, above: int = 0) -> tuple[str, tuple[str, ...]]:
        """Return a formula, and the cells that it needs."""
        match node:
            case Number(value):
                return (f"{value:.17g}" if value == value else '""'), ()
            case Leaf("index", name):
                return f'IF(COUNT({self.sheet.row(name)})=0,100,"")', ()
            case Leaf("option", name):
                return f"{self.sheet.option.get(name, 0):g}", ()
            case Leaf(kind, name) | Value(kind, name):
                back = kind == "prev"
                cell = self.sheet.cell("now" if back else kind, name, self.year - back)
                return cell, (cell,)
            case Operation(sign, left, right):
                rank = _RANK[sign]
                (a, first), (b, second) = self.text(left, rank), self.text(right, rank + 1)
                text = f"{a}{sign}{b}"
                return f"({text})" if rank < above else text, _union(first, second)
            case Total(terms):
                texts = [self.text(term, 1) for term in terms]
                text = "+".join(text for text, _ in texts) or '""'
                return f"({text})" if above > 1 else text, _union(*(n for _, n in texts))
            case First(left, right):
                there = self.test(Given(left))
                return f"IF({there},{self.text(left)[0]},{self.whole(right)})", ()
            case When(test, then, other):
                return f"IF({self.test(test)},{self.whole(then)},{self.whole(other)})", ()
        raise TypeError(f"`node` must be a formula, got {node!r}.")

    def test(self, node: Expression) -> str:
        """Return a test that is false where something is missing."""
        match node:
            case Given(Leaf() | Value() as term):
                return _count(self.text(term)[1])
            case Given(term):
                return f"ISNUMBER({self.whole(term)})"
            case Above(left, right):
                (a, first), (b, second) = self.text(left, 1), self.text(right, 1)
                needs = _union(first, second)
                return f"AND({_count(needs)},{a}>{b})" if needs else f"{a}>{b}"
            case Every(tests):
                return f"AND({','.join(map(self.test, tests)) or 'TRUE'})"
        raise TypeError(f"`node` must be a test, got {node!r}.")


def _count(needs: Sequence[str]) -> str:
    return f"COUNT({','.join(needs)})={len(needs)}"


def _union(*needs: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cell for each in needs for cell in each))


def javascript(model: Model, names: Sequence[str] | None = None, *, name: str = "project") -> str:
    """Return the function `name(input)` that computes `names`, all by default.

    `input` has `years` (their number), and by name lists by year, the base year first: `known`,
    `assumed` (rates as fractions); `option` by name. `null` is missing; so is NaN in the result.

    Examples
    --------
    >>> from laikhe_analysis.model.equations import equations
    >>> program = javascript(equations(()), ["population"])
    >>> print(program.splitlines()[-4].strip())
    set("population", t ? first(known("population"), (prev("population") * (1 + rate("population_growth")))) : known("population"));
    """  # noqa: E501
    rows = []
    for each in model.order(tuple(model.table if names is None else names)):
        one = model.table[each]
        first, later = _script(one.first), _script(one.later)
        text = later if one.later is one.first else f"t ? {later} : {first}"
        rows.append(f"    set({json.dumps(each)}, {text});")
    return "\n".join([f"function {name}(input) {{", _HEAD, *rows, "  }", "  return out;", "}"])


_HEAD = """\
  const out = {}, there = (x) => x === x, first = (a, b) => (there(a) ? a : b);
  const over = (a, b) => (b === 0 ? NaN : a / b);
  const at = (table, name, i) => { const x = (table[name] || [])[i]; return x == null ? NaN : x; };
  const index = (name) => ((input.known[name] || []).every((x) => x == null) ? 100 : NaN);
  const option = (name) => (input.option || {})[name] || 0;
  for (let t = 0; t < input.years; t++) {
    const known = (name) => at(input.known, name, t), prev = (name) => out[name][t - 1];
    const rate = (name) => at(input.assumed, name, t), amount = rate, now = (name) => out[name][t];
    const set = (name, value) => { (out[name] = out[name] || []).push(value); };"""


def _script(node: Expression) -> str:
    """Return a formula in JavaScript, whose comparisons with NaN do not hold either."""
    match node:
        case Number(value):
            return f"{value:.17g}" if value == value else "NaN"
        case Leaf(kind, name) | Value(kind, name):
            return f"{kind}({json.dumps(name)})"
        case Operation("/", left, right):
            return f"over({_script(left)}, {_script(right)})"
        case Operation(sign, left, right):
            return f"({_script(left)} {sign} {_script(right)})"
        case First(left, right):
            return f"first({_script(left)}, {_script(right)})"
        case Total(terms):
            return f"({' + '.join(map(_script, terms)) or 'NaN'})"
        case When(test, then, other):
            return f"({_script(test)} ? {_script(then)} : {_script(other)})"
        case Given(term):
            return f"there({_script(term)})"
        case Above(left, right):
            return f"({_script(left)} > {_script(right)})"
        case Every(tests):
            return f"({' && '.join(map(_script, tests)) or 'true'})"
    raise TypeError(f"`node` must be a formula, got {node!r}.")
