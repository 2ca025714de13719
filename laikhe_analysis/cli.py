"""The command line: says what the library finds. No arithmetic here."""

from __future__ import annotations

import re
import sys
import traceback
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from laikhe_analysis.checks import DataError, RefusalError
from laikhe_analysis.messages import Text, Worded, _
from laikhe_analysis.office.commands.batch import batch
from laikhe_analysis.office.commands.bring_in import import_
from laikhe_analysis.office.commands.invest import invest
from laikhe_analysis.office.commands.office import office
from laikhe_analysis.office.commands.terminal import DataOption, LangOption, Language, notebooks_of
from laikhe_analysis.office.commands.terminal import folder_of as _folder
from laikhe_analysis.office.commands.terminal import say as _say

if TYPE_CHECKING:
    from laikhe_analysis.data import Dataset
    from laikhe_analysis.monitor.boards import Board

__all__ = ["app", "main"]

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@app.command()
def check(data: DataOption = None, lang: LangOption = Language.vi) -> None:
    """Kiểm tra toàn bộ dữ liệu / check all data: every problem at once, then what is missing."""
    from laikhe_analysis.data import load
    from laikhe_analysis.office.blame import located
    from laikhe_analysis.office.missing import still_missing

    def work(folder: Path) -> tuple[Dataset, list[Text]]:
        known = load(folder)
        return known, list(still_missing(known))

    found, lacking = located(work, _folder(data))
    told = _(
        "Dữ liệu đạt: {targets} chỉ tiêu, {own} số liệu của xã, {published} số liệu tham chiếu.",
        targets=len(found.plan.targets), own=len(found.observed), published=len(found.published),
    )  # fmt: skip
    _say(told, lang)
    if found.doubts:
        _say(_("Xin xem lại, có thể là nhầm (vẫn được dùng):"), lang)
        _say(Worded(DataError(found.doubts).render), lang)
    if lacking:
        _say(_("Còn thiếu, việc quan trọng trước:"), lang)
    for number, what in enumerate(lacking, 1):
        _say(_("{number}. {what}", number=number, what=what), lang)


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
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Làm lại dù không có gì đổi / even if nothing changed")
    ] = False,
    internal: Annotated[
        bool, typer.Option("--internal", help="Cả chỉ tiêu nội bộ / restricted rows too")
    ] = False,
    keep: Annotated[
        bool, typer.Option("--keep", help="Lưu số dự tính để sau này so / keep the projections")
    ] = False,
    lang: LangOption = Language.vi,
) -> None:
    """Làm báo cáo: kiểm tra dữ liệu, chạy các sổ tính, ghi các trang / make the report."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    from laikhe_analysis.office.report import write_report

    bar = Bar(
        BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"),
        console=Console(stderr=True),
    )  # fmt: skip
    kept: list[Text] = []
    with bar:
        task = bar.add_task(_("kiểm tra dữ liệu").pick(lang), total=None)
        place = _folder(data)
        index = write_report(
            place, notebooks_of(notebooks, place), out, scenario=scenario,
            rule=rule, as_of=as_of, lang=lang.value, internal=internal,
            keep_on=date.today().isoformat() if keep else "", fresh=fresh,
            on_progress=lambda what, done, of: bar.update(
                task, description=what.pick(lang), completed=done, total=of
            ),
            on_kept=kept.append,
        )  # fmt: skip
    for what in kept:
        _say(what, lang)
    if lang is Language.en:
        _say(_("Văn bản Word chỉ có bản tiếng Việt: bỏ --lang en."), lang)
    _say(_("Báo cáo: {index}", index=index), lang)


@app.command()
def refresh(
    notebooks: Annotated[
        Path | None, typer.Option("--notebooks", help="Thư mục sổ tính / notebook folder")
    ] = None,
    lang: LangOption = Language.vi,
) -> None:
    """Chạy lại các sổ tính và giữ kết quả trong đó / run the notebooks and keep their outputs."""
    from laikhe_analysis.office.refresh import refresh as run_again

    def note(path: Path) -> None:
        _say(_("đã chạy {stem}", stem=path.stem), lang)

    done = run_again(notebooks_of(notebooks, to_write=True), note)
    _say(_("Đã ghi {n} sổ tính.", n=len(done)), lang)


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
    missing: Annotated[
        bool, typer.Option("--missing", help="Số còn thiếu: của ai, hạn nào / missing figures")
    ] = False,
    data: DataOption = None,
    lang: LangOption = Language.vi,
) -> None:
    """Các chỉ tiêu đang ở đâu / where every target stands."""
    from rich.console import Console

    from laikhe_analysis.data import load
    from laikhe_analysis.office.blame import located
    from laikhe_analysis.office.board.standing import board_of, projection_of, read_as_of, seen_from
    from laikhe_analysis.office.board.text import board_csv, board_json, print_board

    if missing:
        from laikhe_analysis.office.commands.lacking import tell_missing
        from laikhe_analysis.office.missing import missing_figures

        known = seen_from(load(_folder(data)), as_of)
        at = read_as_of(as_of, known, today=date.today())
        today = "" if as_of.strip() else date.today().isoformat()
        tell_missing(
            missing_figures(known, at, internal=internal, today=today), format_.value, lang
        )
        return

    def work(folder: Path) -> Board:
        found = seen_from(load(folder), as_of)
        at = read_as_of(as_of, found, today=date.today())
        return board_of(found, at, projection=projection_of(found, scenario), internal=internal)

    shown = located(work, _folder(data))
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
    from laikhe_analysis.office.forms.template import write_template

    year, period = year or date.today().year, period.upper()
    path = out or Path(f"bieu_so_lieu_{year}_{period}.xlsx")
    found = load(_folder(data))
    write_template(found, path, year=year, period=period, internal=internal, lang=lang)
    _say(_("Biểu để điền: {path}", path=path), lang)


app.add_typer(office)


app.command("import")(import_)
app.command()(invest)
app.command()(batch)


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
    except (DataError, RefusalError) as error:
        typer.echo(error.render(lang), err=True)
        raise SystemExit(getattr(error, "code", 1)) from None
    except OSError as error:
        _stop(_of_a_file(error), lang, 2)
    except Exception as error:  # a fault of the program: one sentence that finds it, no traceback
        _stop(_unforeseen(error), lang, 1)


def _stop(words: Text, lang: str, code: int) -> NoReturn:
    """Say why the program ends, and end it."""
    _say(words, lang, error=True)
    raise SystemExit(code) from None


def _of_a_file(error: OSError) -> Text:
    """Return what is wrong with a file, without the system's number for it."""
    from laikhe_analysis.office.forms.safe_files import why

    name, words = error.filename or "", why(error)
    return _("{name}: {why}", name=name, why=words) if name else words


def _unforeseen(error: Exception) -> Text:
    """Return one sentence for an error that nobody foresaw, and the place where it arose."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "laikhe_analysis" in frame.filename] or frames
    place = f"{Path(own[-1].filename).name}:{own[-1].lineno}" if own else "?"
    told = f"{type(error).__name__}: {' '.join(str(error).split())[:300]} ({place})"
    return _(
        "Lệnh dừng vì lỗi của chương trình, số liệu còn nguyên. Gửi dòng này cho người giữ "
        "bộ công cụ: {told}",
        told=told,
    )
