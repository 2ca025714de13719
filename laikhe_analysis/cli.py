"""The command line: says what the library finds. No arithmetic here."""

from __future__ import annotations

import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from laikhe_analysis.checks import DataError, Text
from laikhe_analysis.outputs.notebooks import NotebookError

__all__ = ["app", "main"]

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


class Language(StrEnum):
    """Language of what is printed."""

    vi = "vi"
    en = "en"


DataOption = Annotated[Path | None, typer.Option("--data", help="Thư mục dữ liệu / data folder")]
LangOption = Annotated[Language, typer.Option("--lang", help="Ngôn ngữ / language")]


def _folder(name: str, given: Path | None = None) -> Path:
    """Return the folder given, the one here, or the one beside the package."""
    if given is not None:
        return given
    here = Path.cwd() / name
    return here if here.is_dir() else Path(__file__).resolve().parent.parent / name


def _say(words: Text, lang: str, *, error: bool = False) -> None:
    typer.echo(words.pick(lang), err=error)


@app.command()
def check(data: DataOption = None, lang: LangOption = Language.vi) -> None:
    """Kiểm tra toàn bộ dữ liệu / check all data: every problem at once."""
    from laikhe_analysis.data import load

    found = load(_folder("data", data))
    own = len(found.plan.targets), len(found.observations), len(found.reference)
    vi = "Dữ liệu đạt: {} chỉ tiêu, {} số liệu của xã, {} số liệu tham chiếu."
    en = "The data are sound: {} targets, {} figures of the commune, {} reference figures."
    _say(Text(vi.format(*own), en.format(*own)), lang)


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
            on_progress=lambda what, done, of: bar.update(
                task, description=what.pick(lang), completed=done, total=of
            ),
        )  # fmt: skip
    _say(Text(f"Báo cáo: {index}", f"Report: {index}"), lang)


@app.command()
def status(data: DataOption = None, lang: LangOption = Language.vi) -> None:
    """Các chỉ tiêu và số đã biết / the targets and what is known of them."""
    from rich.console import Console
    from rich.table import Table

    from laikhe_analysis.data import load
    from laikhe_analysis.outputs.tables import goal_text
    from laikhe_analysis.vietnamese import format_quantity

    found = load(_folder("data", data))
    series = found.series()
    shown = Table(title=found.commune.name)
    for words in (
        Text("Mục", "Clause"), Text("Chỉ tiêu", "Target"), Text("Mức phải đạt", "Goal"),
        Text("Mới nhất", "Latest"),
    ):  # fmt: skip
        shown.add_column(words.pick(lang))
    for target in found.plan.targets:
        if target.access == "public":
            known = series.get(target.target_id)
            latest = "…"
            if known:
                year, value = known.last
                latest = f"{format_quantity(value, known.unit, 1, lang)} ({year})"
            shown.add_row(target.clause, target.name.pick(lang), goal_text(target, lang), latest)
    Console().print(shown)


def main() -> None:
    """Run the command line: exit 0, 1 for a problem in the data, 2 for wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    lang = "en" if re.search(r"--lang[ =]en\b", " ".join(sys.argv)) else "vi"
    try:
        app()
    except DataError as error:
        typer.echo(error.render(lang), err=True)
        raise SystemExit(1) from None
    except NotebookError as error:
        typer.echo(error.text.pick(lang), err=True)
        raise SystemExit(1) from None
    except (ValueError, OSError) as error:
        typer.echo(str(error), err=True)
        raise SystemExit(2) from None
