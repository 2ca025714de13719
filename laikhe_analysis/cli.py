"""The command line: says what the library finds. No arithmetic here."""

from __future__ import annotations

import re
import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from laikhe_analysis.checks import DataError, Text
from laikhe_analysis.outputs.commands.invest import invest
from laikhe_analysis.outputs.commands.office import office
from laikhe_analysis.outputs.commands.refusal import RefusalError, refuse
from laikhe_analysis.outputs.commands.terminal import DataOption, LangOption, Language
from laikhe_analysis.outputs.commands.terminal import folder_of as _folder
from laikhe_analysis.outputs.commands.terminal import say as _say
from laikhe_analysis.outputs.notebooks import NotebookError
from laikhe_analysis.vietnamese import without_marks

__all__ = ["app", "main"]

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@app.command()
def check(data: DataOption = None, lang: LangOption = Language.vi) -> None:
    """Kiểm tra toàn bộ dữ liệu / check all data: every problem at once, then what is missing."""
    from laikhe_analysis.data import load
    from laikhe_analysis.outputs.office.missing import still_missing

    found = load(_folder("data", data))
    own = len(found.plan.targets), len(found.observed), len(found.published)
    vi = "Dữ liệu đạt: {} chỉ tiêu, {} số liệu của xã, {} số liệu tham chiếu."
    en = "The data are sound: {} targets, {} figures of the commune, {} reference figures."
    _say(Text(vi.format(*own), en.format(*own)), lang)
    lacking = still_missing(found)
    if lacking:
        _say(Text("Còn thiếu, việc quan trọng trước:", "Still missing, first things first:"), lang)
    for number, what in enumerate(lacking, 1):
        _say(Text(f"{number}. {what.vi}", f"{number}. {what.en}"), lang)


@app.command()
def report(
    data: DataOption = None,
    notebooks: Annotated[
        Path | None, typer.Option("--notebooks", help="Thư mục sổ tính / notebook folder")
    ] = None,
    out: Annotated[Path, typer.Option("--out", help="Nơi ghi báo cáo / report folder")] = Path(
        "build/report"
    ),
    scenario: Annotated[
        str, typer.Option("--scenario", help="Tên kịch bản / scenario name")
    ] = "co_so",
    rule: Annotated[
        str, typer.Option("--rule", help="Quy định điều tiết trong sharing.csv / sharing rule")
    ] = "",
    as_of: Annotated[
        str, typer.Option("--as-of", help="Thời điểm: 2026, 2026H1, 2026-9M / date")
    ] = "",
    lang: LangOption = Language.vi,
) -> None:
    """Làm báo cáo: kiểm tra dữ liệu, chạy các sổ tính, ghi các trang / make the report."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    from laikhe_analysis.outputs.report import write_report

    bar = Bar(
        BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"),
        console=Console(stderr=True),
    )  # fmt: skip
    with bar:
        task = bar.add_task(Text("kiểm tra dữ liệu", "checking the data").pick(lang), total=None)
        index = write_report(
            _folder("data", data), _folder("notebooks", notebooks), out, scenario=scenario,
            rule=rule, as_of=as_of,
            on_progress=lambda what, done, of: bar.update(
                task, description=what.pick(lang), completed=done, total=of
            ),
        )  # fmt: skip
    _say(Text(f"Báo cáo: {index}", f"Report: {index}"), lang)


class Format(StrEnum):
    """How the board is printed."""

    table = "table"
    csv = "csv"
    json = "json"


@app.command()
def status(
    as_of: Annotated[str, typer.Option("--as-of", help="Ví dụ / e.g. 2026, 2026H1, 2026-9M")] = "",
    format_: Annotated[
        Format, typer.Option("--format", help="Dạng in / how to print")
    ] = Format.table,
    internal: Annotated[
        bool, typer.Option("--internal", help="Cả chỉ tiêu nội bộ / restricted rows too")
    ] = False,
    scenario: Annotated[
        str, typer.Option("--scenario", help="Tên kịch bản / scenario name")
    ] = "co_so",
    data: DataOption = None,
    lang: LangOption = Language.vi,
) -> None:
    """Các chỉ tiêu đang ở đâu / where every target stands."""
    from rich.console import Console

    from laikhe_analysis.data import load
    from laikhe_analysis.outputs.board.standing import (
        board_of,
        projection_of,
        read_as_of,
        seen_from,
    )
    from laikhe_analysis.outputs.board.text import board_csv, board_json, print_board

    found = seen_from(load(_folder("data", data)), as_of)
    at = read_as_of(as_of, found, today=date.today())
    shown = board_of(found, at, projection=projection_of(found, scenario), internal=internal)
    if format_ is Format.table:
        console = Console()
        wide = console if console.is_terminal else Console(width=120)
        print_board(shown, wide, lang, scenario=scenario)
    else:
        write = board_csv if format_ is Format.csv else board_json
        typer.echo(write(shown), nl=False)


@app.command()
def template(
    year: Annotated[int | None, typer.Option("--year", help="Năm của số liệu / year")] = None,
    period: Annotated[str, typer.Option("--period", help="FY, H1, 9M")] = "FY",
    out: Annotated[Path | None, typer.Option("--out", help="Tên tệp / file")] = None,
    internal: Annotated[
        bool, typer.Option("--internal", help="Cả chỉ tiêu nội bộ / restricted rows too")
    ] = False,
    data: DataOption = None,
    lang: LangOption = Language.vi,
) -> None:
    """Tạo biểu Excel để các cơ quan điền số / make the form to fill in."""
    from laikhe_analysis.data import load
    from laikhe_analysis.intake.template import write_template

    year = year or date.today().year
    path = out or Path(f"bieu_so_lieu_{year}_{period}.xlsx")
    found = load(_folder("data", data))
    write_template(found, path, year=year, period=period, internal=internal)
    _say(Text(f"Biểu để điền: {path}", f"Form to fill in: {path}"), lang)


_ANSWERS = {"c": True, "co": True, "y": True, "yes": True} | dict.fromkeys(
    ("", "k", "khong", "n", "no"), False
)


def _agreed(question: Text, lang: str) -> bool:
    """Return the answer to a question, in either language and with or without marks; "" is no."""
    while True:
        answer = _ANSWERS.get(without_marks(input(f"{question.pick(lang)}: ")).strip())
        if answer is not None:
            return answer
        _say(Text("Gõ c (có) hoặc k (không).", "Type y (yes) or n (no)."), lang)


@app.command("import")
def import_(
    file: Annotated[
        str, typer.Argument(help="Tệp .xlsx đã điền; với --undo: mã lần nhập / file or import id")
    ] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Hoàn tác lần nhập / undo")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Không hỏi lại / do not ask")] = False,
    accept_jumps: Annotated[
        bool, typer.Option("--accept-jumps", help="Nhận số lệch nhiều so với trước / accept jumps")
    ] = False,
    recorded_on: Annotated[
        str, typer.Option("--recorded-on", help="Ngày nhập, NĂM-THÁNG-NGÀY / day")
    ] = "",
    data: DataOption = None,
    lang: LangOption = Language.vi,
) -> None:
    """Nhập biểu đã điền, hoặc hoàn tác một lần nhập / bring in a form, or undo an import."""
    from laikhe_analysis.data import load
    from laikhe_analysis.intake import read_workbook
    from laikhe_analysis.intake.changes import plan_import, told, told_undo
    from laikhe_analysis.intake.form import fields_asked
    from laikhe_analysis.intake.ledger import append, plan_undo

    folder, today = _folder("data", data), recorded_on or date.today().isoformat()
    known = load(folder)
    if undo:
        rows = plan_undo(known, file or None, recorded_on=today)
        lines = told_undo(rows, {name: f.name for name, f in fields_asked(known).items()})
    elif file:
        try:
            entries = read_workbook(Path(file), known, accept_jumps=accept_jumps)
            plan = plan_import(known, entries, recorded_on=today)
        except DataError as error:
            typer.echo(error.render(lang), err=True)
            raise refuse(
                "Chưa ghi gì. Sửa các chỗ trên trong tệp rồi chạy lại lệnh này.",
                "Nothing was written. Correct these places in the file and run it again.",
            ) from None
        rows, lines = plan.rows, told(plan)
    else:
        raise refuse("thiếu tên tệp .xlsx", "the .xlsx file is missing", usage=True)
    for line in lines:
        _say(line, lang)
    if not rows:
        return
    if not yes:
        if not sys.stdin.isatty():
            raise refuse("chưa ghi: thêm --yes", "nothing written: add --yes", usage=True)
        if not _agreed(Text("Ghi vào số liệu? [c/k]", "Write it? [y/n]"), lang):
            raise refuse("chưa ghi gì", "nothing written")
    append(folder, rows, known=known.observed)
    how = f"laikhe import --undo {rows[0].import_id}"
    done = Text("Đã hoàn tác.", "Undone.")
    _say(done if undo else Text(f"Đã ghi. Hoàn tác: {how}", f"Written. To undo: {how}"), lang)


app.add_typer(office)


app.command()(invest)


def main() -> None:
    """Run the command line: exit 0, 1 for a problem in the data, 2 for wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")
    lang = "en" if re.search(r"--lang[ =]en\b", " ".join(sys.argv)) else "vi"
    try:
        app()
    except DataError as error:
        typer.echo(error.render(lang), err=True)
        raise SystemExit(1) from None
    except NotebookError as error:
        typer.echo(error.text.pick(lang), err=True)
        raise SystemExit(1) from None
    except RefusalError as error:
        typer.echo(error.text.pick(lang), err=True)
        raise SystemExit(error.code) from None
    except (ValueError, OSError) as error:
        typer.echo(str(error), err=True)
        raise SystemExit(2) from None
