"""Messages: Vietnamese sentences in the code, their English in a gettext catalogue."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from laikhe_analysis.messages.formatting import LANGUAGES, Sentences, capital, known
from laikhe_analysis.messages.place import placed

__all__ = [
    "CATALOGUES", "N_", "Message", "Text", "Worded", "_", "capitalised", "joined", "language",
    "speaking",
]  # fmt: skip

CATALOGUES = Path(__file__).parent.parent / "locale"
"""The folder that holds a catalogue for each language but Vietnamese."""

_chosen: ContextVar[str | None] = ContextVar("language", default=None)


def language() -> str:
    """Return the language of this run: chosen by `speaking`, else `LAIKHE_LANG`, else "vi"."""
    return known(_chosen.get() or os.environ.get("LAIKHE_LANG") or "vi")


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


class Text:
    """A text in Vietnamese and in English: typed in both, or worded by the catalogue (`Message`).

    Parameters
    ----------
    vi : str
        A name as a commune typed it.
    en : str, optional
        Its English; a name without stays Vietnamese.

    Examples
    --------
    >>> Text("xã Mẫu", "Mẫu commune").pick("en")
    'Mẫu commune'
    """

    def __init__(self, vi: str, en: str = "") -> None:
        self._both = {"vi": vi, "en": en or vi}

    def pick(self, lang: str) -> str:
        """Return the text in `lang` ("vi" or "en").

        Raises
        ------
        ValueError
            If `lang` is another language.
        """
        return self._both[known(lang)]

    @property
    def vi(self) -> str:
        """The text in Vietnamese."""
        return self.pick("vi")

    @property
    def en(self) -> str:
        """The text in English."""
        return self.pick("en")

    @property
    def both(self) -> tuple[str, ...]:
        """The text in either language: what a form may hold."""
        return self.vi, self.en

    def as_dict(self) -> dict[str, str]:
        """Return the text by language, to be kept in a file."""
        return {lang: self.pick(lang) for lang in LANGUAGES}

    def __str__(self) -> str:
        """The text in the language of this run."""
        return self.pick(language())

    def __format__(self, spec: str) -> str:
        """Return the text, as f-strings of other libraries ask for it."""
        return format(str(self), spec)

    def __bool__(self) -> bool:
        return bool(self._both["vi"])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash(tuple(self._both.values()))

    def __repr__(self) -> str:
        return f"Text({self._both['vi']!r}, {self._both['en']!r})"


class Worded(Text):
    """What a function writes in each language, such as a number with its unit.

    Parameters
    ----------
    write : callable
        Returns the text; takes `lang`.
    *given, **named
        What else it takes.

    Examples
    --------
    >>> from laikhe_analysis.vietnamese import format_percent
    >>> Worded(format_percent, 0.125).vi, Worded(format_percent, 0.125, 0).en
    ('12,5%', '12%')
    """

    def __init__(self, write: Callable[..., str], *given: Any, **named: Any) -> None:
        self._write, self._given, self._named = write, given, named

    def pick(self, lang: str) -> str:
        """Return the text in `lang`."""
        return self._write(*self._given, **self._named, lang=known(lang))

    def __bool__(self) -> bool:
        return bool(self.vi)

    def __hash__(self) -> int:
        return hash((self._write, self.vi))

    def __repr__(self) -> str:
        return f"Worded({self.vi!r})"


@dataclass(frozen=True)
class Message(Text):
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

    def pick(self, lang: str) -> str:
        """Return the sentence in `lang`."""
        template = self.template
        if known(lang) != "vi":
            template = _translations(lang).get((self.context, template), template)
        template = placed(template, lang)
        if not self.values:
            return template.replace("{{", "{").replace("}}", "}")
        with speaking(lang):
            return Sentences(lang).vformat(template, (), self.values)

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


def joined(parts: Iterable[Text | str], between: Text | str = "; ") -> Message:
    """Return texts as one, with a sign or a word between them.

    Examples
    --------
    >>> joined([_("một"), _("hai")]).vi
    'một; hai'
    """
    values = {f"part_{number}": part for number, part in enumerate(parts)}
    template = "{between}".join(f"{{{name}}}" for name in values)
    return Message(template, {**values, "between": between})


def capitalised(text: Text) -> Text:
    """Return a text that begins with a capital letter.

    Examples
    --------
    >>> capitalised(_("một")).vi
    'Một'
    """
    return Worded(_capital, text)


def _capital(text: Text, lang: str) -> str:
    """Return a text that begins with a capital letter, in one language."""
    return capital(text.pick(lang))


@cache
def _translations(lang: str) -> dict[tuple[str, str], str]:
    """Return the sentences of a language by context and Vietnamese sentence."""
    from babel.messages.pofile import read_po

    with (CATALOGUES / lang / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale=lang)
    return {(one.context or "", one.id): one.string for one in catalogue if one.id and one.string}
