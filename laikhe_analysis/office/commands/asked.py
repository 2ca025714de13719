"""What a command that writes is asked, and what it asks."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from laikhe_analysis.messages import Text, _
from laikhe_analysis.office.commands.terminal import say
from laikhe_analysis.office.refusal import refuse
from laikhe_analysis.vietnamese import without_marks

__all__ = ["ANSWERS", "Wish", "confirm", "tell_written"]


@dataclass(frozen=True)
class Wish:
    """How a file is to be brought in."""

    folder: Path
    today: str
    lang: str
    yes: bool
    accept_jumps: bool
    map_file: Path | None
    sheet: str

    @property
    def may_ask(self) -> bool:
        """Whether somebody can be asked and wants to be."""
        return not self.yes and sys.stdin.isatty()


def confirm(wish: Wish) -> None:
    """Ask whether to write; raise if not."""
    if wish.yes:
        return
    if not sys.stdin.isatty():
        raise refuse(_("chưa ghi: thêm --yes"), usage=True)
    if not _agreed(_("Ghi vào số liệu? [c/k]"), wish.lang):
        raise refuse(_("chưa ghi gì"))


def tell_written(import_id: str, lang: str) -> None:
    """Say that figures are written, and how to take them back."""
    how = f"laikhe import --undo {import_id}"
    say(_("Đã ghi. Hoàn tác: {how}", how=how), lang)


ANSWERS = {"c": True, "co": True, "y": True, "yes": True} | dict.fromkeys(
    ("", "k", "khong", "n", "no"), False
)


def _agreed(question: Text, lang: str) -> bool:
    """Return the answer to a question, in either language and with or without marks; "" is no."""
    while True:
        answer = ANSWERS.get(without_marks(input(f"{question.pick(lang)}: ")).strip())
        if answer is not None:
            return answer
        say(_("Gõ c (có) hoặc k (không)."), lang)
