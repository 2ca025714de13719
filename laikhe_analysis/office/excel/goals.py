"""Where a scenario leads beside the plan's targets: one row each, live."""

from __future__ import annotations

from dataclasses import dataclass

from laikhe_analysis.office.excel.base import Book
from laikhe_analysis.office.excel.cells import cell, identifier, number_format
from laikhe_analysis.office.excel.rows import Results
from laikhe_analysis.office.summary import mean_rate_of, start_ratio_needed
from laikhe_analysis.records import Target
from laikhe_analysis.vietnamese import as_written, sentence

__all__ = ["Goal", "Reached", "goals_of", "target_name", "write_goals"]

Reached = dict[str, tuple[str, float | None]]
"""Where the value of each goal stands, and what it is, by key of the goal."""

_EDGE = 1e-9  # a rounding error is no gap


@dataclass(frozen=True)
class Goal:
    """One comparison of a projected quantity with a target.

    Parameters
    ----------
    key : str
        Name of the row, the same in every scenario.
    words, unit : str
    target : Target
    variable : str
        What is projected.
    kind : str
        "mean" growth, "last" level, or "start": the ratio in the base year that the target needs.
    minus : float
        Taken off the target, where it is a ratio read as growth. [as the cell has it]
    """

    key: str
    words: str
    unit: str
    target: Target
    variable: str
    kind: str
    minus: float = 0.0

    @property
    def wanted(self) -> float:
        """What the target asks for, as its cell has it: rates in per cents."""
        return as_written(self.target.weaker_end, self.target.unit) - self.minus


def target_name(target: Target) -> str:
    """Return the name of the cell that holds a target's number."""
    return identifier("target", target.target_id)


def goals_of(book: Book) -> list[Goal]:
    """Return the targets that a projection can be held against, both readings where there are two."""
    plan, lang = book.material.data.plan, book.lang
    sectors = book.material.data.commune.sectors
    found: list[Goal] = []
    for word, role, variable in (
        ("total", "total_product", "total_product"),
        *((sector, f"sector:{sector}", f"product_{sector}") for sector in sectors),
        ("income", "income", "income_per_capita_real"),
        ("crop-value", "crop_value", "crop_value_per_ha"),
        ("investment", "investment_land", "land_retained_total"),
    ):  # fmt: skip
        target = plan.role(role)
        kinds = {"average_rate": "mean", "level_by": "last", "cumulative": "last"}
        if target is None or not target.rises or target.kind not in kinds:
            continue
        kind = kinds[target.kind]
        unit = "%/year" if kind == "mean" else target.unit
        name = target.name.pick(lang)
        if word == "investment":
            name = book.say(f"{name}: phần từ tiền sử dụng đất", f"{name}: from land-use fees")
        found.append(Goal(word, name, unit, target, variable, kind))
        if word == "income" and kind == "mean":
            nominal = book.say(f"{name}, hiểu là danh nghĩa", f"{name}, read as nominal")
            found.append(Goal("income-nominal", nominal, unit, target, "income_per_capita", kind))
    return found + _revenue_goals(book)


def _revenue_goals(book: Book) -> list[Goal]:
    """Return the two readings of the revenue target."""
    target = book.material.data.plan.role("revenue", "annual_ratio")
    if target is None or target.kind != "annual_ratio":
        return []
    base = book.material.data.commune.base_year
    readings = (
        sentence("Thu không kể tiền sử dụng đất: hiểu là tốc độ tăng",
                 "Revenue without land-use fees: read as growth"),
        sentence("Thu không kể tiền sử dụng đất so với giao: năm {base} cần có để năm nào cũng đạt",
                 "Revenue without land-use fees over assigned: needed in {base} to hold every year",
                 base=base),
    )  # fmt: skip
    words = [one.pick(book.lang) for one in readings]
    return [
        Goal("revenue-growth", words[0], "%/year", target, "recurrent_revenue", "mean", 100.0),
        Goal("revenue-ratio", words[1], "ratio", target, "relative_ratio", "start"),
    ]


def write_goals(book: Book, results: Results) -> Reached:
    """Write the targets beside what the scenario leads to; return where each value stands."""
    sheet, say, last = results.sheet, book.say, book.material.years[-1]
    sheet.part(say("E. So với mục tiêu của kế hoạch", "E. Beside the plan's targets"))
    heads = (("Chỉ tiêu", "Target"), ("Đơn vị tính", "Unit"), ("Mục tiêu", "Target"),
             ("Kịch bản đạt", "Scenario"), ("Còn thiếu", "Gap"), ("Kết quả", "Result"))  # fmt: skip
    sheet.head([say(*pair) for pair in heads])
    found: Reached = {}
    for goal in goals_of(book):
        row, shown = sheet.row, number_format(goal.unit)
        sheet.write(0, goal.words)
        sheet.write(1, book.unit(goal.unit))
        formula, value = _value(results, goal, last)
        name = target_name(goal.target)
        if goal.kind != "start":
            less = f"-{goal.minus:g}" if goal.minus else ""
            sheet.formula(2, f"{name}{less}", goal.wanted, shown=shown)
        else:
            sheet.write(2, None, "closed")
        where = sheet.formula(3, formula, value, "strong", shown)
        book.define(identifier(results.scenario, "reached", goal.key), sheet.at(where))
        _gap(book, results, goal, (cell(row, 2), where), (goal.wanted, value))
        found[goal.key] = (sheet.at(where), value)
        sheet.row += 1
    return found


def _value(results: Results, goal: Goal, last: int) -> tuple[str, float | None]:
    """Return the formula of what the scenario leads to, and the value that Python has for it."""
    years, path = results.years, results.projection.paths.get(goal.variable)
    first = path.years[0] if path else years[0]
    if goal.kind == "start":
        block = results.block(["relative_ratio"], years[1], last)
        needed = f"{target_name(goal.target)}/100/MIN({block})"
        value = start_ratio_needed(results.projection, goal.target.weaker_end / 100)
        return f'IF(COUNT({block})=0,"",{needed})', value
    end = results.cell(goal.variable, last)
    if goal.kind == "last":
        return f'IF({end}="","",{end})', results.value(goal.variable, last)
    start = results.cell(goal.variable, first)
    mean = 100 * mean_rate_of(results.projection, goal.variable) if path else None
    rate = f"100*(({end}/{start})^(1/{last - first})-1)"
    return f'IF(OR({end}="",{start}=""),"",{rate})', mean


def _gap(
    book: Book, results: Results, goal: Goal, at: tuple[str, str], has: tuple[float, float | None]
) -> None:
    """Write what is missing, and whether the target is reached."""
    sheet = results.sheet
    if goal.kind == "start":
        sheet.write(4, None, "closed")
        sheet.write(5, None, "closed")
        return
    gap = None if has[1] is None else has[0] - has[1]
    where = sheet.formula(
        4, f'IF({at[1]}="","",{at[0]}-{at[1]})', gap, shown=number_format(goal.unit)
    )
    book.define(identifier(results.scenario, "gap", goal.key), sheet.at(where))
    tolerance = as_written(goal.target.tolerance, goal.target.unit)
    edge = tolerance + (_EDGE if goal.target.direction != "above" else -_EDGE)
    yes, no = book.say("đạt", "reached"), book.say("chưa đạt", "not reached")
    told = "" if gap is None else yes if gap <= edge else no
    sheet.formula(5, f'IF({where}="","",IF({where}<={edge:.12g},"{yes}","{no}"))', told, "text")
