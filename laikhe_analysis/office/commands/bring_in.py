"""`laikhe import`: a form, or a table that an office already has; and how to undo it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from laikhe_analysis.checks import DataError, Text
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
        raise refuse("--recorded-on: gặp “{got}”; cần một ngày NĂM-THÁNG-NGÀY không sau hôm nay ({now})",
                     "--recorded-on: got “{got}”; wanted a day YYYY-MM-DD no later than today ({now})",
                     usage=True, got=today, now=now)  # fmt: skip
    wish = Wish(folder_of(data), today, lang, yes, accept_jumps, map_file, sheet)
    known = load(wish.folder)
    if undo:
        _undo(file, known, wish)
        return
    if not file:
        raise refuse("thiếu tên tệp: laikhe import TỆP.xlsx",
                     "the file is missing: laikhe import FILE.xlsx", usage=True)  # fmt: skip
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
        other = Text(
            ", hoặc nói rõ bằng --map TỆP.csv,", ", or say what is meant by --map FILE.csv,"
        )
        raise refuse(
            "Chưa ghi gì. Sửa các chỗ trên trong tệp{other} rồi chạy lại lệnh này.",
            "Nothing was written. Correct these places in the file{other} and run it again.",
            other=other if is_table else Text("", ""),
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
        say(Text("Danh mục trở lại như trước lần nhập.", "The lists are what they were before."),
            wish.lang)  # fmt: skip
    confirm(wish)
    undo_lists(wish.folder, name)
    append(wish.folder, rows, known=known.observed)
    say(Text("Đã hoàn tác.", "Undone."), wish.lang)


def _scenario(path: Path, known: Dataset, wish: Wish) -> None:
    """Bring in a scenario that the what-if page made: shown, then asked once."""
    from laikhe_analysis.office.forms.scenario_file import read_scenario
    from laikhe_analysis.office.forms.scenario_ledger import check_name, keep_scenario
    from laikhe_analysis.scenarios import as_in_file
    from laikhe_analysis.vietnamese import format_shortest, unit_label, words

    found = read_scenario(path, known)
    name = check_name(found.name, list(known.assumed))
    base = words(found.inherits)
    say(Text(f"Kịch bản mới “{name}”, như {base.vi} nhưng:",
             f"A new scenario “{name}”, as {base.en}, but:"), wish.lang)  # fmt: skip
    for one in map(as_in_file, found.changes):
        years = f"{one.year_from}-{one.year_to}".removesuffix(f"-{one.year_from}")
        what, lines = words(one.variable), []
        for lang in ("vi", "en"):
            value = words(one.value).pick(lang) if isinstance(one.value, str) else " ".join(
                (format_shortest(one.value, lang), unit_label(one.unit, lang)))  # fmt: skip
            lines.append(f"  {what.pick(lang)}, {years}: {value}")
        say(Text(*lines), wish.lang)
    confirm(wish)
    day = date.fromisoformat(wish.today)
    keep_scenario(wish.folder, found.changes, name=name, inherits=found.inherits, on=day)
    say(Text(f"Đã ghi vào scenarios.csv. Muốn bỏ: xóa các dòng có scenario là “{name}”.",
             f"Written to scenarios.csv. To take it back, delete the rows of “{name}”."),
        wish.lang)  # fmt: skip


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
        say(Text(f"{title.vi}: {one.before} dòng → {rows} dòng ({one.file})",
                 f"{title.en}: {one.before} rows → {rows} rows ({one.file})"), wish.lang)  # fmt: skip
    if plan.rows or files:
        confirm(wish)
        import_id = plan.import_id if plan.rows else list_import_id(files)
        append(wish.folder, plan.rows, known=known.observed)
        if files:
            put_lists(wish.folder, import_id, files)
        tell_written(import_id, wish.lang)
