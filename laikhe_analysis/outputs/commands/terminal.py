"""What all commands share: language, data folder, and how they speak."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from laikhe_analysis.checks import Text

__all__ = ["DataOption", "LangOption", "Language", "folder_of", "say"]


class Language(StrEnum):
    """Language of what is printed."""

    vi = "vi"
    en = "en"


DataOption = Annotated[Path | None, typer.Option("--data", help="Thư mục dữ liệu / data folder")]
LangOption = Annotated[Language, typer.Option("--lang", help="Ngôn ngữ / language")]


def folder_of(name: str, given: Path | None = None) -> Path:
    """Return the folder given, the one here, or the one beside the package."""
    if given is not None:
        return given
    here = Path.cwd() / name
    return here if here.is_dir() else Path(__file__).resolve().parents[3] / name


def say(words: Text, lang: str, *, error: bool = False) -> None:
    """Print a text in the language wanted."""
    typer.echo(words.pick(lang), err=error)
