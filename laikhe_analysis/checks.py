"""Words in two languages, argument checks, and the error that names file, line and column."""

from __future__ import annotations

import difflib
import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from laikhe_analysis.messages import Text, _, language

__all__ = [
    "SEED",
    "DataError",
    "NotComputable",
    "Problem",
    "RefusalError",
    "callable_module",
    "check_choice",
    "check_fractions",
    "check_kind",
    "check_rates",
    "check_seed",
    "nearest",
    "plain",
    "require",
    "reveal",
    "show_value",
    "tidy",
    "turns",
]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in a file: where, what was got, what is wanted.

    `said` tells in words what was got where it is no text of the file, such as a missing file.
    """

    file: str
    line: int | None
    column: str | None
    got: str
    wanted: Text
    said: Text | None = None

    def render(self, lang: str = "vi") -> str:
        """Return one line of text that a planner can act on.

        Examples
        --------
        >>> Problem("a.csv", 3, "value", "504,276", Text("số thập phân", "a number")).render("en")
        'a.csv, line 3, column value: got "504,276"; wanted: a number'
        """
        place = [self.file]
        if self.line is not None:
            place.append(f"{_LINE.pick(lang)} {self.line}")
        if self.column is not None:
            word = _CELL if self.is_cell else _KEY if self.file.endswith(".toml") else _COLUMN
            place.append(f"{word.pick(lang)} {self.column}")
        got, wanted = _GOT.pick(lang), _WANTED.pick(lang)
        shown = reveal(_cut(self.said.pick(lang) if self.said else self.got))
        return f'{", ".join(place)}: {got} "{shown}"; {wanted}: {self.wanted.pick(lang)}'

    @property
    def is_cell(self) -> bool:
        """Whether `column` names one cell of a sheet, such as G6."""
        return re.fullmatch(r"[A-Z]{1,3}[1-9][0-9]*", self.column or "") is not None


_LONGEST = 300
"""How much of what was got a message shows. [signs]"""


def _cut(got: str) -> str:
    """Return the beginning of a text that no message can hold."""
    return got if len(got) <= _LONGEST else f"{got[:_LONGEST]}…"


_LINE, _COLUMN, _CELL = _("dòng"), _("cột"), _("ô")
_KEY = _("khóa")
_GOT, _WANTED = _("gặp"), _("cần", context="problem")
_MANY, _SHOWN, _EXAMPLES = 5, 10, 3
"""From how many on equal problems are one message; how many places and contents it shows."""


def _render_many(problems: Sequence[Problem], lang: str) -> str:
    """Return one line for many problems that are alike but for their place and what was got."""
    first, count = problems[0], len(problems)
    if first.is_cell:
        place, words = [first.file], _("{n} ô", n=count)
        where = [str(one.column) for one in problems]
    else:
        place = [first.file]
        if first.column is not None:
            place.append(f"{_COLUMN.pick(lang)} {first.column}")
        words = _("{n} dòng", n=count)
        where = [str(one.line) for one in problems]
    shown = ", ".join(where[:_SHOWN]) + (", …" if count > _SHOWN else "")
    contents = list(dict.fromkeys(one.got for one in problems))
    got = ", ".join(f'"{reveal(_cut(one))}"' for one in contents[:_EXAMPLES])
    got += ", …" if len(contents) > _EXAMPLES else ""
    return (
        f"{', '.join([*place, words.pick(lang)])} ({shown}): {_GOT.pick(lang)} {got}; "
        f"{_WANTED.pick(lang)}: {first.wanted.pick(lang)}"
    )


class DataError(ValueError):
    """The data cannot be used as they are. `problems` lists everything found, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return self.render(language())

    def render(self, lang: str = "vi") -> str:
        """Return all problems, one a line, in `lang`; many that are alike are one line with a count.

        Examples
        --------
        >>> wanted = Text("số", "a number")
        >>> found = [Problem("a.csv", n, "value", f"{n},5", wanted) for n in range(2, 8)]
        >>> DataError(found).render("en")
        'a.csv, column value, 6 lines (2, 3, 4, 5, 6, 7): got "2,5", "3,5", "4,5", …; wanted: a number'
        """
        alike: dict[object, list[Problem]] = {}
        for number, one in enumerate(self.problems):
            is_placed = one.line is not None or one.is_cell
            column = None if one.is_cell else one.column
            key = (one.file, column, one.wanted, one.is_cell) if is_placed else number
            alike.setdefault(key, []).append(one)
        lines = []
        for problems in alike.values():
            if len(problems) > _MANY:
                lines.append(_render_many(problems, lang))
            else:
                lines += [problem.render(lang) for problem in problems]
        return "\n".join(lines)


class RefusalError(ValueError):
    """What was asked is not done; `text` says why and what to do, `code` is the exit code."""

    def __init__(self, text: Text, code: int = 1) -> None:
        self.text, self.code = text, code
        super().__init__(text)

    def render(self, lang: str = "vi") -> str:
        """Return the sentence in `lang`."""
        return self.text.pick(lang)


class NotComputable(ValueError):  # noqa: N818 - an answer, no fault
    """A figure that is asked for cannot be computed; the message says what is missing.

    The sentence comes as a message of the language's catalogue, which is put into words when shown.
    """

    def __init__(self, message: object) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


@lru_cache(maxsize=4096)
def tidy(text: str) -> str:
    """Return a text on one line in NFC, without signs that nobody sees.

    Spaces of all kinds and line ends become one space; the "_x000D_" of spreadsheets goes, and so
    do zero-width signs, soft hyphens and byte-order marks. The Icelandic eth, which looks like a
    Vietnamese Đ, becomes one.

    Examples
    --------
    >>> tidy("Báo cáo\u00a012_x000D_\\n"), tidy("\ufeffplan\u200b"), tidy("\u00d0ạt") == "Đạt"
    ('Báo cáo 12', 'plan', True)
    """
    plain = text.isascii() and text.isprintable()
    if plain and "  " not in text and "_x0" not in text.lower():
        return text.strip()
    if not text.isprintable() or _ODD.search(text):
        text = "".join(" " if sign.isspace() else sign for sign in _ODD.sub(_even, text))
        text = "".join(sign for sign in text if sign.isprintable())
    return " ".join(unicodedata.normalize("NFC", text).split())


def _even(odd: re.Match[str]) -> str:
    """Return what stands in the place of an odd sign."""
    return {"\u00d0": "\u0110", "\u00f0": "\u0111"}.get(odd[0], "")


_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
)
_ODD = re.compile(rf"_[xX]00[01][0-9A-Fa-f]_|[{_UNSEEN}\u00d0\u00f0]")
_DOUBTFUL = re.compile(rf"[{_UNSEEN}\u00d0\u00f0\u0370-\u03ff\u0400-\u04ff\x00-\x08\x0b-\x1f\x7f]")


def reveal(text: str) -> str:
    """Return a text for a message: unseen signs, and letters of other scripts, with their code.

    Examples
    --------
    >>> reveal("pl\u200ban"), reveal("c\u043e_so"), reveal("xã")
    ('pl⟨U+200B⟩an', 'cо⟨U+043E⟩_so', 'xã')
    """
    return _DOUBTFUL.sub(
        lambda sign: f"{sign[0] if sign[0].isalpha() else ''}⟨U+{ord(sign[0]):04X}⟩", text
    )


def turns(text: str) -> bool:
    """Return whether signs that nobody sees let a screen show a text the other way round.

    Examples
    --------
    >>> turns("\u202e12"), turns("12")
    (True, False)
    """
    return not text.isascii() and re.search("[\u202d\u202e\u2066-\u2069]", text) is not None


class _Verb(ModuleType):
    """A module that is called as the function of its own name."""

    def __call__(self, *given: Any, **named: Any) -> Any:
        return vars(self)[self.__name__.rpartition(".")[2]](*given, **named)


def callable_module(name: str) -> None:
    """Let a module be called as the function in it that has its name.

    `from laikhe_analysis import forecast` gives the module; `forecast(series, 5)` and
    `forecast.forecast(series, 5)` are then the same.
    """
    sys.modules[name].__class__ = _Verb


def check_rates(limit: float | None, **rates: ArrayLike) -> None:
    """Raise where a rate is no fraction: the one check of every rate that comes in.

    Parameters
    ----------
    limit : float or None
        Largest rate either way; None lets every rate pass. [fraction]
    **rates : float or array
        Rates by the argument's name; NaN passes. [fraction]

    Raises
    ------
    ValueError
        If a rate is beyond the limit, most likely as a per cent; or `limit` is no limit.

    Examples
    --------
    >>> check_rates(1.0, rate=12.0)
    Traceback (most recent call last):
    ValueError: `rate` must be a fraction from -1 to 1, got 12: 12 % is 0.12 (limit=None lets more pass).
    """
    if limit is None:
        return
    if not (isinstance(limit, int | float) and limit > 0):
        raise ValueError(f"`limit` must be a positive number, or None, got {limit!r}.")
    for name, rate in rates.items():
        within = np.abs(np.asarray(rate, dtype=np.float64)) <= limit
        advice = ": 12 % is 0.12 (limit=None lets more pass)"
        require(within, name, rate, f"a fraction from {-limit:g} to {limit:g}", advice=advice)


def check_fractions(**parts: ArrayLike) -> None:
    """Raise where a part of a whole or a chance is not from 0 to 1, or is missing.

    Raises
    ------
    ValueError
        Naming what was got.

    Examples
    --------
    >>> check_fractions(sold=60)
    Traceback (most recent call last):
    ValueError: `sold` must be from 0 to 1 (a fraction), got 60: 60 % is 0.6.
    """
    for name, part in parts.items():
        array = np.asarray(part, dtype=np.float64)
        holds = (array >= 0) & (array <= 1)
        advice = ": 60 % is 0.6" if (array > 1).any() else ""
        require(holds, name, array, "from 0 to 1 (a fraction)", known=True, advice=advice)


def require(
    holds: Any, name: str, values: ArrayLike, wanted: str, *, known: bool = False, advice: str = ""
) -> None:
    """Raise a `ValueError` that shows what was got where `holds` is false; NaN passes.

    Parameters
    ----------
    holds : bool or array of bool
        Where the values are as wanted.
    name : str
        The argument's name.
    values : array_like
        What was got, of the shape of `holds`.
    wanted : str
        What is wanted, with its article: "a positive number".
    known : bool
        Whether the values must be known: then NaN does not pass.
    advice : str
        What may have been meant, with the sign that joins it to the sentence.

    Raises
    ------
    ValueError
        Naming the argument, what is wanted, what was got and, for arrays, the positions.

    Examples
    --------
    >>> require([True, False], "years", [1, -3], "a positive number")
    Traceback (most recent call last):
    ValueError: `years` must be a positive number, got -3 at position 1.
    """
    array = np.asarray(values, dtype=np.float64)
    holds, missing = np.asarray(holds, dtype=bool), np.isnan(array)
    bad = ~holds | missing if known else ~(holds | missing)
    if not bad.any():
        return
    if array.ndim == 0:
        raise ValueError(f"`{name}` must be {wanted}, got {array.item():g}{advice}.")
    places = [tuple(map(int, place)) for place in np.argwhere(bad)]
    shown = [place[0] if len(place) == 1 else place for place in places[:5]]
    got = ", ".join(f"{array[place]:g}" for place in places[:5])
    more = f" and {len(places) - 5} more" if len(places) > 5 else ""
    label = "position" if len(places) == 1 else "positions"
    raise ValueError(
        f"`{name}` must be {wanted}, got {got} at {label} {', '.join(map(str, shown))}"
        f"{more}{advice}."
    )


def nearest(name: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """Return the known name most like `name`, or None when nothing is like it.

    Examples
    --------
    >>> nearest("inflaton", ["inflation", "population"]), nearest("P1", ["p1", "p2"])
    ('inflation', 'p1')
    """
    names = {one.casefold(): one for one in known}
    found = difflib.get_close_matches(name.casefold(), list(names), n=1, cutoff=cutoff)
    return names[found[0]] if found else None


def check_choice(name: str, value: str, choices: Sequence[str]) -> str:
    """Return `value` if it is one of `choices`.

    Raises
    ------
    ValueError
        Naming the choices, and the one most like what was got.

    Examples
    --------
    >>> check_choice("direction", "upp", ["up", "down"])
    Traceback (most recent call last):
    ValueError: `direction` must be one of up, down, got 'upp'. Did you mean 'up'?
    """
    if value in choices:
        return value
    guess = nearest(str(value), choices)
    hint = f" Did you mean '{guess}'?" if guess else ""
    raise ValueError(f"`{name}` must be one of {', '.join(choices)}, got {value!r}.{hint}")


def check_kind(name: str, value: object, kind: type | tuple[type, ...], wanted: str) -> None:
    """Raise a `TypeError` that shows what was got where `value` is of another kind.

    Parameters
    ----------
    name : str
        The argument's name.
    value : object
        What was got.
    kind : type or tuple of type
        What it must be.
    wanted : str
        The same in words, with its article, and how to come by it.

    Raises
    ------
    TypeError
        If `value` is of another kind.

    Examples
    --------
    >>> check_kind("rule", "plan_60", dict, "a table, not its name")
    Traceback (most recent call last):
    TypeError: `rule` must be a table, not its name, got 'plan_60' (str).
    """
    if not isinstance(value, kind):
        raise TypeError(f"`{name}` must be {wanted}, got {show_value(value)}.")


def show_value(value: object) -> str:
    """Return a value and its type, for a message; cut where it is long.

    Examples
    --------
    >>> show_value("12")
    "'12' (str)"
    """
    shown = " ".join(repr(value).split())
    return f"{shown if len(shown) <= 60 else f'{shown[:57]}...'} ({type(value).__name__})"


SEED = 2030
"""Seed of all draws unless another is given: the same inputs, the same numbers."""


def check_seed(seed: int) -> int:
    """Return the seed if it is a whole number of 0 or more.

    Raises
    ------
    TypeError
        If it is none: without a seed nobody can repeat the draws.
    ValueError
        If it is negative.

    Examples
    --------
    >>> check_seed(2026)
    2026
    """
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer):
        raise TypeError(
            f"`seed` must be a whole number, so that the draws can be repeated, got {seed!r}."
        )
    if seed < 0:
        raise ValueError(f"`seed` must be 0 or more, got {seed}.")
    return int(seed)


def plain(array: Any) -> Any:
    """Return a Python float for a single number, the array itself otherwise.

    Examples
    --------
    >>> plain(np.float64(2)), plain(np.array([1.0, 2.0]))
    (2.0, array([1., 2.]))
    """
    return float(array) if np.ndim(array) == 0 else array
