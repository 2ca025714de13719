"""`laikhe dashboard`: its options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from laikhe_analysis.outputs.commands.terminal import (
    DataOption,
    LangOption,
    Language,
    folder_of,
    say,
)

__all__ = ["dashboard"]


def dashboard(
    data: DataOption = None,
    notebooks: Annotated[
        Path | None, typer.Option("--notebooks", help="Thư mục sổ tính / notebook folder")
    ] = None,
    scenario: Annotated[
        str, typer.Option("--scenario", help="Kịch bản mở đầu / scenario to begin with")
    ] = "co_so",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="0: cổng còn trống / a free port")
    ] = 0,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Mở trình duyệt / open the browser")
    ] = True,
    lang: LangOption = Language.vi,
) -> None:
    """Mở trang “Nếu … thì sao” trên máy này / the what-if page, on this machine only."""
    from laikhe_analysis.outputs.what_if.dashboard import run_dashboard

    run_dashboard(
        folder_of("data", data), folder_of("notebooks", notebooks), scenario=scenario, port=port,
        browser=browser, say=lambda text: say(text, lang),
    )  # fmt: skip
