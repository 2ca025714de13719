"""What a command that writes is asked, and what it asks."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from laikhe_analysis.checks import Text
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
        raise refuse("chưa ghi: thêm --yes", "nothing written: add --yes", usage=True)
    if not _agreed(Text("Ghi vào số liệu? [c/k]", "Write it? [y/n]"), wish.lang):
        raise refuse("chưa ghi gì", "nothing written")


def tell_written(import_id: str, lang: str) -> None:
    """Say that figures are written, and how to take them back."""
    how = f"laikhe import --undo {import_id}"
    say(Text(f"Đã ghi. Hoàn tác: {how}", f"Written. To undo: {how}"), lang)


ANSWERS = {"c": True, "co": True, "y": True, "yes": True} | dict.fromkeys(
    ("", "k", "khong", "n", "no"), False
)


def _agreed(question: Text, lang: str) -> bool:
    """Return the answer to a question, in either language and with or without marks; "" is no."""
    while True:
        answer = ANSWERS.get(without_marks(input(f"{question.pick(lang)}: ")).strip())
        if answer is not None:
            return answer
        say(Text("Gõ c (có) hoặc k (không).", "Type y (yes) or n (no)."), lang)
