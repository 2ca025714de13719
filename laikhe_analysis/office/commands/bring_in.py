"""`laikhe import`: a form, or a table that an office already has; and how to undo it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from laikhe_analysis.checks import DataError
from laikhe_analysis.messages import Worded, _, joined
from laikhe_analysis.office.commands.asked import Wish, confirm, tell_written
from laikhe_analysis.office.commands.bring_table import bring_table
from laikhe_analysis.office.commands.terminal import (
    DataOption,
    LangOption,
    Language,
    folder_of,
    say,
)
from laikhe_analysis.office.refusal import refuse

if TYPE_CHECKING:
    from laikhe_analysis.data import Dataset
    from laikhe_analysis.office.forms.sheets import Book

__all__ = ["import_"]


def import_(
    file: Annotated[
        str,
        typer.Argument(
            help="Biểu, bảng .xlsx, kịch bản .csv; với --undo: mã lần nhập / file or import id"
        ),
    ] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Hoàn tác lần nhập / undo")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Không hỏi lại / do not ask")] = False,
    accept_jumps: Annotated[
        bool, typer.Option("--accept-jumps", help="Nhận số lệch nhiều so với trước / accept jumps")
    ] = False,
    map_file: Annotated[
        Path | None,
        typer.Option("--map", help="Tệp ghi mỗi dòng của bảng là chỉ tiêu nào / rows' meanings"),
    ] = None,
    sheet: Annotated[str, typer.Option("--sheet", help="Chỉ đọc trang này / this sheet")] = "",
    recorded_on: Annotated[
        str, typer.Option("--recorded-on", help="Ngày nhập, NĂM-THÁNG-NGÀY / day")
    ] = "",
    data: DataOption = None,
    lang: LangOption = Language.vi,
) -> None:
    """Nhập biểu đã điền hoặc bảng có sẵn, hoặc hoàn tác / bring in a form or a table, or undo."""
    from laikhe_analysis.data import load
    from laikhe_analysis.office.forms.identity import is_form
    from laikhe_analysis.office.forms.workbook import open_workbook

    now = date.today().isoformat()
    today = recorded_on or now
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", today) or not _is_day(today) or today > now:
        raise refuse(
            _(
                "--recorded-on: gặp “{got}”; cần một ngày NĂM-THÁNG-NGÀY không sau hôm nay ({now})",
                got=today,
                now=now,
            ),
            usage=True,
        )
    wish = Wish(folder_of(data), today, lang, yes, accept_jumps, map_file, sheet)
    known = load(wish.folder)
    if undo:
        _undo(file, known, wish)
        return
    if not file:
        raise refuse(_("thiếu tên tệp: laikhe import TỆP.xlsx"), usage=True)
    is_table = False
    try:
        if file.lower().endswith(".csv"):
            _scenario(Path(file), known, wish)
            return
        book = open_workbook(Path(file))
        is_table = not is_form(book)
        (bring_table if is_table else _form)(book, known, wish)
    except DataError as error:
        typer.echo(error.render(lang), err=True)
        other = _(", hoặc nói rõ bằng --map TỆP.csv,") if is_table else ""
        raise refuse(
            _("Chưa ghi gì. Sửa các chỗ trên trong tệp{other} rồi chạy lại lệnh này.", other=other)
        ) from None


def _is_day(text: str) -> bool:
    """Return whether a text is a day of the calendar."""
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _undo(name: str, known: Dataset, wish: Wish) -> None:
    """Undo an import: its figures, and the lists that it changed."""
    from laikhe_analysis.office.forms.changes import told_undo
    from laikhe_analysis.office.forms.form import fields_asked
    from laikhe_analysis.office.forms.ledger import append, plan_undo, standing_imports
    from laikhe_analysis.office.forms.list_ledger import last_list_import, undo_lists

    standing = standing_imports(known.observed)
    lists, count = last_list_import(wish.folder)
    if not name and lists:
        last = next(reversed(standing), "")
        first = next((n for n, row in enumerate(known.observed) if row.import_id == last), -1)
        name = lists if count > first or lists == last else last
    only_lists = bool(lists) and name == lists and name not in standing
    rows = () if only_lists else plan_undo(known, name or None, recorded_on=wish.today)
    for line in told_undo(rows, {name: f.name for name, f in fields_asked(known).items()}):
        say(line, wish.lang)
    if name == lists and lists:
        say(_("Danh mục, kịch bản trở lại như trước lần nhập."),
            wish.lang)  # fmt: skip
    confirm(wish)
    undo_lists(wish.folder, name)
    append(wish.folder, rows, known=known.observed)
    say(_("Đã hoàn tác."), wish.lang)


def _scenario(path: Path, known: Dataset, wish: Wish) -> None:
    """Bring in a scenario that the what-if page made: shown, then asked once."""
    from laikhe_analysis.office.forms.list_ledger import last_list_import
    from laikhe_analysis.office.forms.scenario_file import read_scenario
    from laikhe_analysis.office.forms.scenario_ledger import check_name, keep_scenario
    from laikhe_analysis.scenarios import as_in_file
    from laikhe_analysis.vietnamese import format_shortest, unit_label, words

    found = read_scenario(path, known)
    name = check_name(found.name, list(known.assumed))
    base = words(found.inherits)
    say(_("Kịch bản mới “{name}”, như {base} nhưng:", name=name, base=base), wish.lang)
    for one in map(as_in_file, found.changes):
        years = f"{one.year_from}-{one.year_to}".removesuffix(f"-{one.year_from}")
        value = words(one.value) if isinstance(one.value, str) else joined(
            [Worded(format_shortest, one.value), Worded(unit_label, one.unit)], " ")  # fmt: skip
        what = words(one.variable)
        say(_("  {what}, {years}: {value}", what=what, years=years, value=value), wish.lang)
    confirm(wish)
    day = date.fromisoformat(wish.today)
    keep_scenario(wish.folder, found.changes, name=name, inherits=found.inherits, on=day)
    tell_written(last_list_import(wish.folder)[0], wish.lang)


def _form(book: Book, known: Dataset, wish: Wish) -> None:
    """Bring in a form: shown, then asked once."""
    from laikhe_analysis.office.forms.changes import plan_import, told
    from laikhe_analysis.office.forms.identity import form_of
    from laikhe_analysis.office.forms.ledger import append
    from laikhe_analysis.office.forms.list_ledger import list_import_id, put_lists
    from laikhe_analysis.office.forms.list_sheets import read_lists
    from laikhe_analysis.office.forms.lists import LISTS
    from laikhe_analysis.office.forms.reading import read_form

    form = form_of(book, known, wish.accept_jumps)
    changes, files = read_lists(book, form)
    entries = read_form(book, form, may_be_empty=bool(changes))
    plan = plan_import(known, entries, recorded_on=wish.today)
    for line in told(plan) if entries else ():
        say(line, wish.lang)
    for one in changes:
        title, rows = LISTS[one.file], len(one.rows)
        say(
            _(
                "{title}: {before} dòng → {after} dòng ({file})",
                title=title,
                before=one.before,
                after=rows,
                file=one.file,
            ),
            wish.lang,
        )
    if plan.rows or files:
        confirm(wish)
        import_id = plan.import_id if plan.rows else list_import_id(files)
        append(wish.folder, plan.rows, known=known.observed)
        if files:
            put_lists(wish.folder, import_id, files)
        tell_written(import_id, wish.lang)
