"""The command that answers whether the investment total can be reached, in the terminal."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from laikhe_analysis.messages import _, safe_side, speaking
from laikhe_analysis.office.commands.terminal import DataOption, LangOption, Language, folder_of
from laikhe_analysis.office.numbers import number_of
from laikhe_analysis.office.refusal import RefusalError, choose_rule, refuse
from laikhe_analysis.vietnamese import words

if TYPE_CHECKING:
    from laikhe_analysis.data import Dataset
    from laikhe_analysis.findings import Finding
    from laikhe_analysis.investment import Study

__all__ = ["Format", "as_json", "invest"]


class Format(StrEnum):
    """How the answer is printed."""

    table = "table"
    json = "json"


def invest(
    rule: Annotated[
        str,
        typer.Option("--rule", help="Quy định trong sharing.csv; trống: kế hoạch / sharing rule"),
    ] = "",
    price: Annotated[
        list[str] | None,
        typer.Option("--price", help="Giá bán, triệu đồng/m2, thay hai trường hợp giá / prices"),
    ] = None,
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
    from laikhe_analysis.findings.investment import answer, study_of
    from laikhe_analysis.language.wordings import sentence_of
    from laikhe_analysis.office.blame import located

    def work(folder: Path) -> tuple[Dataset, Study]:
        known = load(folder)
        first, last = known.commune.base_year + 1, known.commune.target_year
        if study_of(known) is None:
            found = answer(known)
            raise RefusalError(sentence_of(found))
        prices = [
            number_of("--price", one, "million VND/m2", low=1e-9, high=10_000)
            for one in price or ()
        ]
        study = study_of(
            known, rule=choose_rule(known, rule) if rule else "", prices=prices,
            left_from=_year("--years-left-from", years_left_from, first, last),
            cautions={
                "sold": number_of("--sold", sold, "%", low=1.0, high=100.0) / 100 if sold else None
            },
        )  # fmt: skip
        assert study is not None
        answer(known, study)  # what spoils it is blamed on its line
        return known, study

    known, study = located(work, folder_of(data))
    with speaking(lang.value):
        if form is Format.json:
            typer.echo(json.dumps(as_json(known, study), ensure_ascii=False, indent=2))
        else:
            _print(known, study)


def _year(option: str, given: str, first: int, last: int) -> int:
    """Return a year that was given, 0 for none, or raise naming the option and the years."""
    if not given:
        return 0
    if given.isdecimal() and first <= int(given) <= last:
        return int(given)
    raise refuse(
        _(
            "{option} phải là một năm từ {first} đến {last}; gặp {given}.",
            option=option,
            first=first,
            last=last,
            given=repr(given),
        ),
        usage=True,
    )


def _told(found: Finding) -> str:
    """Return a finding in the language of this run."""
    from laikhe_analysis.language.wordings import sentence_of

    return str(sentence_of(found))


def _print(data: Dataset, study: Study) -> None:
    """Print the answer, the rules, the land and the questions."""
    from laikhe_analysis.findings import investment
    from laikhe_analysis.findings.questions import questions

    typer.echo(_told(investment.answer(data, study)))
    typer.echo("")
    percent, money = "1%", "1"
    _show(
        _("Cần thu theo từng quy định, tỷ đồng"), study.needed,
        {"rule": (_("quy định"), ""), "share": (_("xã được dùng"), percent),
         "cost": (_("chi phí, theo danh mục hoặc quy định"), percent), "net": (_("thu sau chi phí"), money),
         "gross": (_("phải thu"), money), "per_year": (_("mỗi năm còn lại"), money)},
    )  # fmt: skip
    if study.plots:
        for rule in study.rules[1:]:  # the answer has told of the first
            found = investment.inventory(study, rule.rule)
            assert found is not None
            typer.echo(f"- {words(rule.rule).pick(_lang())}: {_told(found)}.")
    else:
        levels = {p: (_("{p:0%} khả năng, ha", p=p), "1") for p in study.levels}
        rows = [row | {p: row[p] and safe_side(row[p], 1) for p in study.levels}
                for row in study.land]  # fmt: skip
        head = {"rule": (_("quy định"), ""), "case": (_("trường hợp giá"), ""),
                "price": (_("triệu đồng/m²"), "1")}  # fmt: skip
        _show(_("Đất ở phải đem đấu giá"), rows, head | levels)
    typer.echo(_told(investment.programme(study)))
    typer.echo("")
    typer.echo(
        str(_("Câu hỏi với thành phố; số tiền tính cho cả tổng vốn, chưa trừ chi phí, số đã thu:"))
    )
    for number, question in enumerate(questions(study), 1):
        typer.echo(f"{number}. {_told(question)}")


def _lang() -> str:
    from laikhe_analysis.messages import language

    return language()


def _show(title: Any, rows: Any, columns: dict[Any, tuple[Any, str]]) -> None:
    """Print a table; numbers are never broken over lines."""
    from rich.console import Console
    from rich.table import Table

    from laikhe_analysis.messages import write

    shown = Table(title=str(title))
    for heading, spec in columns.values():
        shown.add_column(str(heading), justify="right" if spec else "left", no_wrap=bool(spec))
    for row in rows:
        shown.add_row(*(
            "–" if row[name] is None else write(row[name], spec, _lang()) if spec
            else words(row[name]).pick(_lang())
            for name, (_heading, spec) in columns.items()
        ))  # fmt: skip
    Console(width=None if sys.stdout.isatty() else 120).print(shown)


def as_json(data: Dataset, study: Study) -> dict[str, Any]:
    """Return the study as plain values in the units of the library, words in the run's language."""
    from laikhe_analysis.findings import investment
    from laikhe_analysis.findings.questions import questions

    found = investment.answer(data, study)
    covered = study.covered
    return {
        "headline": _told(found), "is_example": study.origin == "example", "origin": study.origin,
        "clause": found.clause, "total": study.total, "years": list(study.years),
        "left_years": list(study.left), "rule": study.rule,
        "collected": {str(year): x for year, x in study.collected.items()},
        "needed": study.needed,
        "land": [{str(k): x for k, x in row.items()} for row in study.land],
        "inventory": {name: _inventory(study, name) for name in study.brought},
        "verdict": study.verdict(),
        "determined": {kind: {str(y): x for y, x in money.items()}
                       for kind, money in study.determined.items()},
        "works": list(covered.works), "works_by_year": list(covered.years),
        "questions": [
            {"question": _told(one), "stake": one["stake"]} for one in questions(study)
        ],
    }  # fmt: skip


def _inventory(study: Study, rule: str) -> dict[str, Any]:
    """Return what the land at hand brings under one rule, as plain values."""
    got = study.brought[rule]
    return {
        "area_ha": got.area_ha, "by_year": list(got.rows), "paid_after": got.after,
        "verdict": got.verdict, "areas": {str(k): x for k, x in got.areas.items()},
        **got.outcome.row,
    }  # fmt: skip
