"""The command that answers whether the investment total can be reached, in the terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from laikhe_analysis.checks import Text
from laikhe_analysis.office.commands.numbers import number_of
from laikhe_analysis.office.commands.refusal import RefusalError, refuse
from laikhe_analysis.office.commands.terminal import (
    DataOption,
    LangOption,
    Language,
    folder_of,
    say,
)

if TYPE_CHECKING:
    from laikhe_analysis.office.invest.view import View

__all__ = ["Format", "as_json", "invest"]


class Format(StrEnum):
    """How the answer is printed."""

    table = "table"
    json = "json"


def invest(
    rule: Annotated[
        str,
        typer.Option(
            "--rule", help="Quy định trong sharing.csv / sharing rule; mặc định: kế hoạch"
        ),
    ] = "",
    price: Annotated[
        list[str] | None,
        typer.Option("--price", help="Giá bán, triệu đồng/m2; có thể lặp / prices"),
    ] = None,
    area: Annotated[str, typer.Option("--area", help="Đất ở đem đấu giá, ha / plots offered")] = "",
    sold: Annotated[str, typer.Option("--sold", help="Phần bán được, % / share sold")] = "",
    years_left_from: Annotated[
        str, typer.Option("--years-left-from", help="Năm đầu còn chủ động / first open year")
    ] = "",
    form: Annotated[Format, typer.Option("--format", help="table, json")] = Format.table,
    data: DataOption = None,
    lang: LangOption = Language.vi,
) -> None:
    """Tổng vốn đầu tư: cần thu, bán bao nhiêu đất, chắc đến đâu / the investment total."""
    from laikhe_analysis.data import load
    from laikhe_analysis.office.commands.blame import located
    from laikhe_analysis.office.invest.text import no_total
    from laikhe_analysis.office.invest.view import choose_rule, invest_view, usable_rules

    def work(folder: Path) -> View:
        known = load(folder)
        names = usable_rules(known, known.inventory)[0]
        if known.plan.role("investment_land") is None or not names:
            raise RefusalError(no_total(known))
        first, last = known.commune.base_year + 1, known.commune.target_year
        found = invest_view(
            known,
            rule=choose_rule(known, rule) if rule else "",
            prices=[
                number_of("--price", one, "million VND/m2", low=1e-9, high=1e6)
                for one in price or ()
            ],
            area_ha=number_of("--area", area, "ha", low=1e-9, high=1e6) if area else 0.0,
            sold=number_of("--sold", sold, "%", low=1.0, high=100.0) / 100 if sold else None,
            left_from=_year("--years-left-from", years_left_from, first, last),
        )
        assert found is not None
        return found

    view = located(work, folder_of(data))
    if form is Format.json:
        typer.echo(json.dumps(as_json(view, lang), ensure_ascii=False, indent=2))
    else:
        _print(view, lang)


def _year(option: str, given: str, first: int, last: int) -> int:
    """Return a year that was given, 0 for none, or raise naming the option and the years."""
    if not given:
        return 0
    if given.isdecimal() and first <= int(given) <= last:
        return int(given)
    raise refuse(
        "{option} phải là một năm từ {first} đến {last}; gặp {given}.",
        "{option} must be a year from {first} to {last}; got {given}.",
        usage=True, option=option, first=first, last=last, given=repr(given),
    )  # fmt: skip


def _print(view: Any, lang: str) -> None:
    """Print the answer, the rules, the land and the questions."""
    from laikhe_analysis.investment.answers import assumed
    from laikhe_analysis.office.invest import tables as invest_tables
    from laikhe_analysis.office.invest import text as invest_text
    from laikhe_analysis.office.invest.land import land_table

    headline = invest_text.headline(view, view.data)
    say(headline, lang)
    say(invest_text.rule_text(view) or headline, lang)
    for row in invest_text.answer_rows(view) or ():
        say(Text(*(f"- {q} {a}" for q, a in zip(*row.values(), strict=True))), lang)
    for shown in (
        invest_tables.rules_table(view, lang), land_table(view, lang),
        invest_tables.verdicts_table(view, lang),
    ):  # fmt: skip
        typer.echo("")
        _show(shown)
    typer.echo("")
    say(assumed(view.study.market, is_inventory=bool(view.plots)), lang)
    say(Text("Câu hỏi với thành phố:", "Questions to the city:"), lang)
    for number, question in enumerate(view.questions, 1):
        say(Text(f"{number}. {question.text.vi}", f"{number}. {question.text.en}"), lang)


def _show(cells: Any) -> None:
    """Print a table; numbers are never broken over lines."""
    from rich.console import Console
    from rich.table import Table

    shown = Table(title=cells.caption or None)
    for i, heading in enumerate(cells.headings):
        number = i in cells.numeric
        shown.add_column(heading, justify="right" if number else "left", no_wrap=False,
                         min_width=max((len(row[i]) for row in cells.rows), default=1)
                         if number else None)  # fmt: skip
    for row in cells.rows:
        shown.add_row(*row)
    Console(width=None if sys.stdout.isatty() else 120).print(shown)


def as_json(view: Any, lang: str) -> dict[str, Any]:
    """Return the study as plain values in the units of the library, words in `lang`."""
    from laikhe_analysis.office.invest.text import answer_rows, headline

    study, need = view.study, view.need
    found: dict[str, Any] = {
        "headline": headline(view, view.data),
        "is_example": view.is_example,
        "origin": study.origin,
        "total": study.total,
        "years": list(need.years),
        "left_years": list(need.left_years),
        "received": view.received,
        "rule": view.rule,
        "plan_rule": view.plan_rule.rule,
        "area_ha": view.area_ha,
        "sold": view.sold,
        "answer": answer_rows(view),
        "rules": [one.row for one in study.needs],
        "land": study.land,
        "market": study.market,
        "verdicts": study.verdicts,
        "outcomes": [one.row for one in study.judged.outcomes],
        "ranking": study.judged.ranking,
        "break_evens": study.judged.break_evens,
        "readings": view.readings,
        "yardsticks": study.yardsticks,
        "outside": study.outside,
        "strategies": study.strategies,
        "questions": view.questions,
        "left_out": view.left_out,
    }
    plain: dict[str, Any] = _plain(found, lang)
    return plain


def _plain(value: Any, lang: str) -> Any:
    """Return a value as JSON can hold it."""
    if isinstance(value, Text):
        return value.pick(lang)
    if is_dataclass(value) and not isinstance(value, type):
        named = {name: getattr(value, name) for name in asdict(value)}
        return _plain(named, lang)
    if isinstance(value, Mapping):
        return {str(key): _plain(one, lang) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one, lang) for one in value]
    return value
