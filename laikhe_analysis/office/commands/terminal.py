"""What all commands share: language, data folder, and how they speak."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from laikhe_analysis.checks import Text
from laikhe_analysis.office.commands.refusal import refuse

__all__ = ["DataOption", "LangOption", "Language", "folder_of", "say"]


class Language(StrEnum):
    """Language of what is printed."""

    vi = "vi"
    en = "en"


DataOption = Annotated[Path | None, typer.Option("--data", help="Thư mục dữ liệu / data folder")]
LangOption = Annotated[Language, typer.Option("--lang", help="Ngôn ngữ / language")]


def folder_of(name: str, given: Path | None = None, *, is_there: bool = True) -> Path:
    """Return the folder given, the one here, or the one beside the package.

    A restore of it that was killed on the way is finished first.

    Parameters
    ----------
    name : str
        "data" or "notebooks": what the folder is called unless given, and its option.
    given : Path, optional
    is_there : bool
        Whether it must be there already.

    Raises
    ------
    RefusalError
        If it must and is not, with where it was looked for.
    """
    beside = Path(__file__).resolve().parents[3] / name
    places = [given] if given is not None else [Path.cwd() / name, beside]
    for place in places:
        if not place.is_dir():
            _finish_restore(place)
        if place.is_dir():
            return place
    if not is_there:
        return places[0]
    raise refuse(
        "không có thư mục {places}; chỉ thư mục khác bằng --{name}",
        "there is no folder {places}; name another with --{name}",
        usage=True, places=Text(*(f" {word} ".join(map(str, places)) for word in ("hoặc", "or"))),
        name=name,
    )  # fmt: skip


def _finish_restore(folder: Path) -> None:
    from laikhe_analysis.office.folder.backup import finish_restore

    finish_restore(folder)


def say(words: Text, lang: str, *, error: bool = False) -> None:
    """Print a text in the language wanted."""
    typer.echo(words.pick(lang), err=error)
