"""Figures in the words of their units: one way of writing them for every face."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from laikhe_analysis.messages import _
from laikhe_analysis.vietnamese import (
    COUNTED,
    RATINGS,
    as_written,
    format_number,
    format_shortest,
    format_value,
    label,
    unit_label,
    with_unit,
    word_value,
    written_unit,
)

if TYPE_CHECKING:
    from laikhe_analysis.records import Target

__all__ = [
    "LARGE",
    "Quantity",
    "figure_number",
    "figure_text",
    "goal_text",
    "number_text",
    "row_texts",
    "value_text",
]

LARGE = 1000
"""From here on decimals say nothing."""

_TYPED = 6
"""The most decimals of a figure that somebody typed, also after its unit was converted."""


@dataclass(frozen=True)
class Quantity:
    """A figure with its unit, put into words where a sentence shows it.

    Examples
    --------
    >>> Quantity(0.1234, "fraction/year").pick("vi")
    '12,34%/năm'
    """

    value: float
    unit: str

    def pick(self, lang: str) -> str:
        """Return the figure in words, as `figure_text`."""
        return figure_text(self.value, self.unit, lang)


def value_text(value: float, unit: str, lang: str = "vi") -> str:
    """Return a value in the words of its unit.

    Examples
    --------
    >>> value_text(1, "yes/no"), value_text(187, "million VND/ha"), value_text(3, "rating", "en")
    ('đạt', '187,0 triệu đồng/ha', 'good')
    """
    exact = word_value(value, unit)
    if exact is not None:
        return exact.pick(lang)
    return with_unit(number_text(value, unit, lang), unit, lang)


def number_text(value: float, unit: str, lang: str = "vi") -> str:
    """Return a number with the decimals that suit its unit and size.

    Examples
    --------
    >>> number_text(7.5, "households"), number_text(10, "households"), number_text(504.276, "billion VND")
    ('7,5', '10', '504,276')
    """
    value, unit = as_written(value, unit), written_unit(unit)
    if abs(value) >= LARGE:
        return format_number(value, 0, lang)
    if unit in COUNTED and value != round(value):
        return format_number(value, 1, lang)
    return format_value(value, unit, lang)


def figure_text(value: float, unit: str, lang: str = "vi") -> str:
    """Return a figure in the words of its unit, with every decimal that was typed.

    Examples
    --------
    >>> figure_text(99.95, "%"), figure_text(0.1234, "fraction/year"), figure_text(1, "yes/no")
    ('99,95%', '12,34%/năm', 'đạt')
    """
    if word_value(value, unit) is not None:
        return value_text(value, unit, lang)
    return with_unit(figure_number(value, unit, lang), unit, lang)


def figure_number(value: float, unit: str, lang: str = "vi") -> str:
    """Return a figure with every decimal that was typed, and no fewer than suit its unit.

    Billions have those that were typed. A value of more than six decimals was computed: it has
    those that suit its unit and size.

    Examples
    --------
    >>> figure_number(92.0625, "billion VND"), figure_number(2056.75, "billion VND")
    ('92,0625', '2.056,75')
    >>> figure_number(80, "%"), figure_number(2 / 3, "index"), figure_number(49.3, "billion VND")
    ('80,0', '0,7', '49,3')
    """
    value, unit = as_written(value, unit), written_unit(unit)
    exponent = Decimal(repr(float(value))).normalize().as_tuple().exponent
    typed = max(0, -exponent) if isinstance(exponent, int) else 0
    plain = number_text(value, unit, lang)
    shown = len(plain.partition(_(",").pick(lang))[2]) if abs(value) < LARGE else 0
    if unit.startswith("billion") and typed < shown:  # money has the decimals that were typed
        return format_number(value, typed, lang)
    return format_number(value, typed, lang) if shown < typed <= _TYPED else plain


def goal_text(target: Target, lang: str = "vi") -> str:
    """Return what a target asks for, in the plan's sense: "trên 80%", "khoảng 12%/năm".

    Examples
    --------
    >>> from laikhe_analysis.messages import Text
    >>> from laikhe_analysis.records import Target
    >>> goal_text(Target("x", "", "1", "economy", Text("a"), "%", "annual_level",
    ...                  "above", 90, 95))
    'trên 90-95%'
    """
    if target.unit == "yes/no":
        return _("đạt").pick(lang)
    ends = [end for end in (target.value, target.value_high) if end is not None]
    if target.kind == "rank":
        return _("hạng {rank:=} trở lên", rank=max(ends)).pick(lang)
    if target.kind == "change_per_year" and max(ends) < 0:
        ends = sorted(-end for end in ends)
    numbers = "-".join(format_shortest(as_written(end, target.unit), lang) for end in ends)
    word = "" if target.value_high is not None and target.direction == "at_least" else None
    if word is None:
        word = label(target.direction, lang) + " "
    if target.kind == "change_per_year":
        falls = max(target.ends) < 0
        word = (_("giảm ") if falls else _("tăng ")).pick(lang)
    exact = word_value(target.value, target.unit)
    if exact is not None:
        best = target.unit == "rating" and target.value >= max(RATINGS)
        more = target.direction == "at_least" and not best
        return exact.pick(lang) + (_(" trở lên").pick(lang) if more else "")
    if target.unit == "index":
        least = target.direction == "at_least" and target.value_high is None
        return numbers + _(" trở lên", context="number").pick(lang) if least else f"{word}{numbers}"
    if target.direction == "at_most" and target.value == 0:
        return f"0 {unit_label(target.unit, lang)}"
    if lang == "vi" and target.direction == "at_least" and target.value_high is None:
        return _or_more(target, numbers)
    return with_unit(f"{word}{numbers}", target.unit, lang)


def _or_more(target: Target, numbers: str) -> str:
    """Return a least value as reports write it: "58% trở lên", "đạt 110% dự toán giao trở lên"."""
    more = "" if target.unit in ("%", "% of plan") and target.value == 100 else " trở lên"
    if target.unit == "% of plan":
        given = "dự toán giao" if target.role.startswith("revenue") else "chỉ tiêu giao"
        return f"đạt {numbers}% {given}{more}"
    if target.unit == "%" and round(target.value, 3) == 33.333:
        return "1/3 trở lên"
    return with_unit(numbers, target.unit) + more


def row_texts(values: Sequence[float | None], unit: str, lang: str = "vi") -> list[str]:
    """Return the figures of a row without their unit, all with as many decimals as they need.

    Those of their unit, more where the last was written with more or two neighbours that differ
    would look alike, at most three; what is missing as "–", what stands for words in words. Things
    that are counted are whole on their way: up where they become more, else down.

    Examples
    --------
    >>> row_texts([99.9, 99.91, 99.92], "%"), row_texts([61, 48, None], "households")
    (['99,90', '99,91', '99,92'], ['61', '48', '–'])
    >>> row_texts([0.62, 0.653, 0.687, 0.8], "index"), row_texts([3, 4], "level")
    (['0,62', '0,65', '0,69', '0,80'], ['mức 3', 'mức 4'])
    >>> row_texts([5, 5.4, 7], "schools"), row_texts([12, 9.6, 0], "households")
    (['5', '6', '7'], ['12', '9', '0'])
    >>> row_texts([28.57, 29.5225, 33.333], "%")
    ['28,57', '29,52', '33,33']
    """
    given = [value for value in values if value is not None and value == value]
    if not given:
        return ["–"] * len(values)
    if all(word_value(value, unit) for value in given):
        written = [value_text(value, unit, lang) for value in given]
    else:
        written = _alike([as_written(value, unit) for value in given], written_unit(unit), lang)
    told = iter(written)
    return ["–" if value is None or value != value else next(told) for value in values]


def _alike(values: Sequence[float], unit: str, lang: str) -> list[str]:
    """Return numbers with one count of decimals."""
    if unit in COUNTED:
        whole = math.ceil if values[-1] >= values[0] else math.floor
        values = [values[0], *(float(whole(round(value, 9))) for value in values[1:])]
    if max(map(abs, values)) >= LARGE:
        return [format_number(value, 0, lang) for value in values]
    mark, last = _(",").pick(lang), values[-1]
    usual = max(len(number_text(value, unit, lang).partition(mark)[2]) for value in values)
    if round(last, 3) == last:
        exponent = Decimal(repr(float(last))).normalize().as_tuple().exponent
        stated = -exponent if isinstance(exponent, int) else 0
        usual = max(usual, min(stated, 2) if unit == "%" else stated)
    texts: list[str] = []
    for decimals in range(min(usual, 3), 4):
        texts = [format_number(value, decimals, lang) for value in values]
        pairs = zip(pairwise(values), pairwise(texts), strict=True)
        if all(a == b or x != y for (a, b), (x, y) in pairs):
            break
    return texts
