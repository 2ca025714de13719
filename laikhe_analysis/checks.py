"""Words in two languages, argument checks, and the error that names file, line and column."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

__all__ = [
    "SEED",
    "DataError",
    "Lang",
    "NotComputable",
    "Problem",
    "Text",
    "check_choice",
    "check_fractions",
    "check_kind",
    "check_rates",
    "check_seed",
    "nearest",
    "plain",
    "require",
    "show_value",
]

Lang = Literal["vi", "en"]
_LANGS = ("vi", "en")


class Text(NamedTuple):
    """A text in Vietnamese and in English.

    Examples
    --------
    >>> Text("năm", "year").pick("en")
    'year'
    """

    vi: str
    en: str

    def pick(self, lang: str) -> str:
        """Return the text in `lang` ("vi" or "en").

        Raises
        ------
        ValueError
            If `lang` is another language.
        """
        return self.en if check_choice("lang", lang, _LANGS) == "en" else self.vi


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in a file: where, what was got, what is wanted."""

    file: str
    line: int | None
    column: str | None
    got: str
    wanted: Text

    def render(self, lang: str = "vi") -> str:
        """Return one line of text that a planner can act on.

        Examples
        --------
        >>> Problem("a.csv", 3, "value", "504,276", Text("số thập phân", "a number")).render("en")
        'a.csv, line 3, column value: got "504,276"; wanted: a number'
        """
        words = Text("dòng", "line"), Text("cột", "column")
        place = [self.file]
        if self.line is not None:
            place.append(f"{words[0].pick(lang)} {self.line}")
        if self.column is not None:
            is_cell = re.fullmatch(r"[A-Z]{1,3}[1-9][0-9]*", self.column) is not None
            word = Text("ô", "cell") if is_cell else words[1]
            place.append(f"{word.pick(lang)} {self.column}")
        got, wanted = Text("gặp", "got").pick(lang), Text("cần", "wanted").pick(lang)
        return f'{", ".join(place)}: {got} "{self.got}"; {wanted}: {self.wanted.pick(lang)}'


class DataError(ValueError):
    """The data cannot be used as they are. `problems` lists everything found, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.render("vi"))

    def render(self, lang: str = "vi") -> str:
        """Return all problems, one a line, in `lang`."""
        return "\n".join(problem.render(lang) for problem in self.problems)


class NotComputable(ValueError):  # noqa: N818 - an answer, no fault
    """A figure that is asked for cannot be computed; the message says what is missing.

    The sentence comes as a message of the language's catalogue, which is put into words when shown.
    """

    def __init__(self, message: object) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


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
