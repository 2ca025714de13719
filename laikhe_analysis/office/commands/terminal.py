"""What all commands share: language, data folder, and how they speak."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from laikhe_analysis.messages import Text
from laikhe_analysis.office.places import data_places, find_folder, notebook_places

__all__ = ["DataOption", "LangOption", "Language", "folder_of", "notebooks_of", "say"]


class Language(StrEnum):
    """Language of what is printed."""

    vi = "vi"
    en = "en"


DataOption = Annotated[Path | None, typer.Option("--data", help="Thư mục dữ liệu / data folder")]
LangOption = Annotated[Language, typer.Option("--lang", help="Ngôn ngữ / language")]


def folder_of(given: Path | None = None, *, is_there: bool = True) -> Path:
    """Return the data folder given, the one here, or the project's own.

    A restore of it that was killed on the way is finished first.

    Parameters
    ----------
    given : Path, optional
    is_there : bool
        Whether it must be there already.

    Raises
    ------
    RefusalError
        If it must and is not, with where it was looked for.
    """
    places = [given] if given is not None else data_places()
    for place in places:
        if not place.is_dir():
            _finish_restore(place)
        if place.is_dir():
            return place
    return find_folder("data", places) if is_there else places[0]


def notebooks_of(
    given: Path | None = None, data: Path | None = None, *, to_write: bool = False
) -> Path:
    """Return the notebook folder given, the one in the data folder, here, or the program's own."""
    places = [given] if given is not None else notebook_places(data, to_write=to_write)
    return find_folder("notebooks", places)


def _finish_restore(folder: Path) -> None:
    from laikhe_analysis.office.folder.backup import finish_restore

    finish_restore(folder)


def say(words: Text, lang: str, *, error: bool = False) -> None:
    """Print a text in the language wanted."""
    typer.echo(words.pick(lang), err=error)
