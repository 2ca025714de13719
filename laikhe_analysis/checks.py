"""Words in two languages, argument checks, and the error that names file, line and column."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = [
    "DataError",
    "Lang",
    "Problem",
    "Text",
    "as_floats",
    "check_choice",
    "nearest",
    "plain",
    "require",
]

Lang = Literal["vi", "en"]


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
        """Return the text in `lang` ("vi" or "en")."""
        return self.en if lang == "en" else self.vi


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
            place.append(f"{words[1].pick(lang)} {self.column}")
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


def as_floats(**arrays: ArrayLike) -> list[NDArray[np.float64]]:
    """Return the arguments as float arrays of one broadcast shape.

    Raises
    ------
    ValueError
        If an argument is infinite, or the shapes do not fit together.

    Examples
    --------
    >>> as_floats(first=1, last=[2, 3])
    [array([1., 1.]), array([2., 3.])]
    """
    floats = [np.asarray(value, dtype=np.float64) for value in arrays.values()]
    for name, value in zip(arrays, floats, strict=True):
        require(~np.isinf(value), name, value, "a finite number")
    return [np.array(value) for value in np.broadcast_arrays(*floats)]


def require(holds: Any, name: str, values: ArrayLike, wanted: str) -> None:
    """Raise a `ValueError` that shows what was got where `holds` is false; NaN always passes.

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
    bad = ~(np.asarray(holds, dtype=bool) | np.isnan(array))
    if not bad.any():
        return
    if array.ndim == 0:
        raise ValueError(f"`{name}` must be {wanted}, got {array.item():g}.")
    places = [tuple(map(int, place)) for place in np.argwhere(bad)]
    shown = [place[0] if len(place) == 1 else place for place in places[:5]]
    got = ", ".join(f"{array[place]:g}" for place in places[:5])
    more = f" and {len(places) - 5} more" if len(places) > 5 else ""
    label = "position" if len(places) == 1 else "positions"
    raise ValueError(
        f"`{name}` must be {wanted}, got {got} at {label} {', '.join(map(str, shown))}{more}."
    )


def nearest(name: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """Return the known name most like `name`, or None when nothing is like it.

    Examples
    --------
    >>> nearest("inflaton", ["inflation", "population"])
    'inflation'
    """
    return next(iter(difflib.get_close_matches(name, list(known), n=1, cutoff=cutoff)), None)


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


def plain(array: Any) -> Any:
    """Return a Python float for a single number, the array itself otherwise.

    Examples
    --------
    >>> plain(np.float64(2)), plain(np.array([1.0, 2.0]))
    (2.0, array([1., 2.]))
    """
    return float(array) if np.ndim(array) == 0 else array
