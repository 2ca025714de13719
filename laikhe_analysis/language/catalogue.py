"""Messages: Vietnamese sentences in the code, their English in a gettext catalogue."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from laikhe_analysis.language.formatting import Sentences
from laikhe_analysis.vietnamese import placed

__all__ = ["CATALOGUES", "LANGUAGES", "N_", "Message", "_", "language", "speaking"]

LANGUAGES = ("vi", "en")
CATALOGUES = Path(__file__).parent.parent / "locale"
"""The folder that holds a catalogue for each language but Vietnamese."""

_chosen: ContextVar[str | None] = ContextVar("language", default=None)


def language() -> str:
    """Return the language of this run: chosen by `speaking`, else `LAIKHE_LANG`, else "vi"."""
    lang = _chosen.get() or os.environ.get("LAIKHE_LANG") or "vi"
    if lang not in LANGUAGES:
        raise ValueError(f"the language must be one of {', '.join(LANGUAGES)}, got {lang!r}.")
    return lang


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Write messages in `lang` within the block; kernels started within it inherit nothing.

    Raises
    ------
    ValueError
        If the language is unknown.

    Examples
    --------
    >>> with speaking("en"):
    ...     language()
    'en'
    """
    token = _chosen.set(lang)
    try:
        language()
        yield
    finally:
        _chosen.reset(token)


@dataclass(frozen=True)
class Message:
    """A sentence with its values, put into words when it is shown.

    Parameters
    ----------
    template : str
        The Vietnamese sentence, with named places for values: "tăng {rate:1%}/năm".
    values : dict of str
        What the names stand for; messages among them are put into words too.
    context : str
        What a short word is about, where one word has two translations.
    """

    template: str
    values: dict[str, Any] = field(default_factory=dict, hash=False)
    context: str = ""

    def __str__(self) -> str:
        """The sentence in the language of this run."""
        return self.pick(language())

    def pick(self, lang: str) -> str:
        """Return the sentence in `lang`."""
        template = self.template
        if lang != "vi":
            template = _translations(lang).get((self.context, template), template)
        template = placed(template, lang)
        with speaking(lang):
            return Sentences(lang).vformat(template, (), self.values) if self.values else (
                template.replace("{{", "{").replace("}}", "}")
            )  # fmt: skip

    def __format__(self, spec: str) -> str:
        """Return the sentence, as f-strings of other libraries ask for it."""
        return format(str(self), spec)

    def __bool__(self) -> bool:
        return bool(self.template)


def _(template: str, *, context: str = "", **values: Any) -> Message:
    """Return the message of a Vietnamese sentence and its values.

    Examples
    --------
    >>> str(_("Tổng giá trị sản phẩm tăng {rate:1%}/năm", rate=0.1228))
    'Tổng giá trị sản phẩm tăng 12,3%/năm'
    """
    return Message(template, values, context)


def N_(template: str) -> str:  # noqa: N802 - gettext's own name for it
    """Return the text itself: marks a word in a table so that it is found for translation."""
    return template


@cache
def _translations(lang: str) -> dict[tuple[str, str], str]:
    """Return the sentences of a language by context and Vietnamese sentence."""
    from babel.messages.pofile import read_po

    with (CATALOGUES / lang / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale=lang)
    return {(one.context or "", one.id): one.string for one in catalogue if one.id and one.string}
