"""A table that an office already has: shown, asked once, written, and remembered."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from laikhe_analysis.checks import DataError, Problem
from laikhe_analysis.messages import _
from laikhe_analysis.office.commands.asked import ANSWERS, Wish, tell_written
from laikhe_analysis.office.commands.table_shown import show_doubts, show_proposal
from laikhe_analysis.office.commands.terminal import say
from laikhe_analysis.office.refusal import refuse
from laikhe_analysis.vietnamese import without_marks

if TYPE_CHECKING:
    from laikhe_analysis.data import Dataset
    from laikhe_analysis.office.forms.foreign import Doubt, Figures, Proposal, TableMap
    from laikhe_analysis.office.forms.sheets import Book

__all__ = ["bring_table"]

Answers = dict[tuple[str, str], float | None]


def bring_table(book: Book, known: Dataset, wish: Wish) -> None:
    """Bring in a table: what its rows are taken for is asked once, and kept for the next one."""
    from laikhe_analysis.office.forms.foreign import propose

    proposal = propose(book, known, _kept(known, wish), wish.today, sheet=wish.sheet)
    figures = proposal.figures({}, accept_jumps=wish.accept_jumps)
    show_proposal(proposal, figures, wish.lang)
    if wish.map_file is not None and not wish.map_file.exists():
        wish.map_file.write_bytes(proposal.agreed().content())
        raise refuse(_("chưa ghi số nào; xem và sửa {name} rồi chạy lại", name=wish.map_file))
    answers: Answers = {}
    if wish.may_ask:
        proposal, figures = _settled(proposal, figures, wish)
        answers = _answers(figures.doubts, wish.lang)
        figures = proposal.figures(answers, accept_jumps=wish.accept_jumps)
    _refuse_what_is_open(proposal, figures, wish)
    _write(proposal, figures, known, wish)


def _kept(known: Dataset, wish: Wish) -> TableMap:
    """Return what earlier tables said, and what the file that is named says."""
    from laikhe_analysis.office.forms.foreign import MAP_FILE, TableMap, candidates, read_map

    series = {one.field.series_id for one in candidates(known)}
    lines = dict(read_map(wish.folder / MAP_FILE, series).lines)
    if wish.map_file is not None:
        lines |= read_map(wish.map_file, series).lines
    return TableMap(lines)


def _settled(proposal: Proposal, figures: Figures, wish: Wish) -> tuple[Proposal, Figures]:
    """Return the proposal as it is agreed: asked once, and once more where it is corrected."""
    question = _(
        "Đúng cả thì gõ c để ghi; sửa thì gõ số dòng = mã (7=population; 8=- là bỏ; E=estimate là "
        "cột E); k là thôi"
    )
    wrong: DataError | None = None
    for _unused in range(2):
        if proposal.is_known:
            return proposal, figures
        said = input(f"{question.pick(wish.lang)}: ").strip()
        answer = ANSWERS.get(without_marks(said))
        if answer is False:
            raise refuse(_("chưa ghi gì"))
        if answer:
            return proposal, figures
        try:
            proposal, wrong = proposal.corrected(said), None
        except DataError as error:
            wrong = error
            typer.echo(error.render(wish.lang), err=True)
            continue
        figures = proposal.figures({}, accept_jumps=wish.accept_jumps)
        show_proposal(proposal, figures, wish.lang)
    if wrong is not None:
        raise wrong
    return proposal, figures


def _answers(doubts: tuple[Doubt, ...], lang: str) -> Answers:
    """Return what the cells in doubt mean, asked once for all of them."""
    if not doubts:
        return {}
    show_doubts(doubts, lang)
    question = _("Gõ lựa chọn cho từng ô (1a 2b; 3- là bỏ ô đó); k là thôi")
    said = without_marks(input(f"{question.pick(lang)}: ")).split()
    found: Answers = {}
    for one in said:
        match = re.fullmatch(r"(\d+)([a-z]|-)", one)
        doubt = doubts[int(match[1]) - 1] if match and 0 < int(match[1]) <= len(doubts) else None
        if match is None or doubt is None:
            raise refuse(_("chưa ghi gì: không hiểu “{said}”", said=one))
        choice = ord(match[2]) - ord("a")
        if match[2] == "-":
            found[doubt.sheet, doubt.cell] = None
        elif choice < len(doubt.readings):
            found[doubt.sheet, doubt.cell] = doubt.readings[choice]
    return found


def _refuse_what_is_open(proposal: Proposal, figures: Figures, wish: Wish) -> None:
    """Raise with every cell that is still in doubt, and every row where nobody could be asked."""
    problems = [doubt.problem(proposal.name) for doubt in figures.doubts]
    if not wish.may_ask:
        if not problems and not proposal.is_known and not wish.yes:
            raise refuse(
                _(
                    "chưa ghi: bảng trên đúng cả thì thêm --yes; cần sửa thì --map TỆP.csv (chưa có tệp "
                    "thì lệnh ghi ra đề xuất để sửa)"
                ),
                usage=True,
            )
        problems += [_unsure(proposal, n) for n in range(len(proposal.unsure))]
    if problems:
        raise DataError(problems)


def _unsure(proposal: Proposal, number: int) -> Problem:
    """Return a row of which it is not sure what it is about."""
    line = proposal.unsure[number]
    candidate = line.match.candidate
    assert candidate is not None
    name, why = candidate.field.name, line.match.why
    return Problem(
        f"{proposal.name} › {line.table.sheet}",
        None,
        line.row.label.coordinate,
        line.row.text,
        _(
            "xác nhận dòng này là “{name}” ({series_id}; {why}), bằng --map",
            name=name,
            series_id=candidate.field.series_id,
            why=why,
        ),
    )


def _write(proposal: Proposal, figures: Figures, known: Dataset, wish: Wish) -> None:
    """Write the figures, and keep what the rows mean."""
    from laikhe_analysis.data.layout import REALISED
    from laikhe_analysis.data.plausible import misfits
    from laikhe_analysis.office.forms.changes import describe, plan_import, told
    from laikhe_analysis.office.forms.foreign import MAP_FILE
    from laikhe_analysis.office.forms.ledger import append
    from laikhe_analysis.office.forms.safe_files import put_all
    from laikhe_analysis.office.forms.safe_folders import locked

    entries = [replace(one, sheet=f"{proposal.name} › {one.sheet}") for one in figures.entries]
    if not entries:
        wanted = _("ít nhất một số liệu của một chỉ tiêu đã biết")
        raise DataError([Problem(proposal.name, None, None, "…", wanted)])
    problems = misfits(
        [(e.sheet, e.cell, e.figure) for e in entries if e.figure.status in REALISED], known
    )
    if problems:
        raise DataError(problems)
    plan = plan_import(known, entries, recorded_on=wish.today)
    for change in plan.changes:
        if change.old is not None and change.old.value != change.entry.figure.value:
            say(describe(change), wish.lang)
    say(told(plan)[-1], wish.lang)
    append(wish.folder, plan.rows, known=known.observed)
    content = proposal.agreed().content()
    path = wish.folder / MAP_FILE
    if not path.exists() or path.read_bytes() != content:
        with locked(wish.folder):
            put_all(wish.folder, {MAP_FILE: content})
    if plan.rows:
        tell_written(plan.import_id, wish.lang)
