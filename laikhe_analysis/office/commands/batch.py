"""The command for many communes at once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from laikhe_analysis.messages import _
from laikhe_analysis.office.commands.terminal import LangOption, Language, say

if TYPE_CHECKING:
    from laikhe_analysis.office.batch.record import Job
    from laikhe_analysis.office.batch.store import Done

__all__ = ["batch", "check_date"]


def batch(
    folders: Annotated[
        list[Path], typer.Argument(help="Thư mục, hoặc tệp liệt kê thư mục / folders, or a list")
    ],
    out: Annotated[Path, typer.Option("--out", help="Nơi ghi kết quả / results")] = Path(
        "build/batch"
    ),
    as_of: Annotated[str, typer.Option("--as-of", help="Ví dụ / e.g. 2026, 2026-9M")] = "",
    scenario: Annotated[str, typer.Option("--scenario", help="Tên kịch bản / scenario name")] = "",
    processes: Annotated[
        int, typer.Option("--processes", min=0, help="0: theo số nhân / as many as cores")
    ] = 0,
    scheduler: Annotated[
        str, typer.Option("--scheduler", help="Địa chỉ cụm Dask / address of a Dask scheduler")
    ] = "",
    reports: Annotated[
        bool, typer.Option("--reports", help="Cả trang đầu và bảng tính từng xã / pages, workbooks")
    ] = False,
    lang: LangOption = Language.vi,
) -> None:
    """Tính nhiều xã một lượt, làm trang so sánh / many communes at once, and the city's page."""
    from laikhe_analysis.office.batch.record import Job
    from laikhe_analysis.office.batch.sheets import write_city
    from laikhe_analysis.office.batch.store import compute, folders_of, refuse_out, report_places
    from laikhe_analysis.office.forms.safe_folders import locked

    check_date(as_of)
    today, named = date.today().isoformat(), folders_of(folders)
    refuse_out(out, named)
    places = report_places(named, out / "reports") if reports else {}
    jobs = [
        Job(folder, as_of, scenario, today, places.get(folder, ""), lang.value) for folder in named
    ]
    cores = processes or min(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity")
                             else os.cpu_count() or 1, len(jobs))  # fmt: skip
    out.parent.mkdir(parents=True, exist_ok=True)
    with locked(out):
        done = list(_with_bar(compute(jobs, out, processes=cores, scheduler=scheduler), jobs, lang))
        page = write_city(out, lang)
    wrong = {one.folder: one.error for one in done if one.error is not None}
    for folder, error in wrong.items():
        say(_("{folder}: {error}", folder=folder, error=error), lang, error=True)
    kept = sum(one.is_kept for one in done)
    say(
        _(
            "{n} thư mục: {new} mới tính, {kept} giữ từ lần trước, {wrong} không đọc được. Trang so "
            "sánh: {page}",
            n=len(done),
            new=len(done) - kept - len(wrong),
            kept=kept,
            wrong=len(wrong),
            page=page,
        ),
        lang,
    )
    if wrong:
        raise SystemExit(1)


def check_date(as_of: str) -> None:
    """Refuse a date that no board can be seen from, once instead of for every commune."""
    from laikhe_analysis.office.board.standing import named_day

    if as_of:
        named_day(as_of)


def _with_bar(found: Iterator[Done], jobs: list[Job], lang: str) -> Iterator[Done]:
    """Pass on what is done, and show on a terminal how far it is."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("", total=len(jobs))
        for one in found:
            bar.advance(task)
            yield one
