"""Numbers that are typed behind an option, read as everywhere else."""

from __future__ import annotations

import sys

from laikhe_analysis.messages import Text, Worded, _
from laikhe_analysis.office.refusal import refuse
from laikhe_analysis.vietnamese import (
    COUNTED,
    Asked,
    ReadingError,
    format_shortest,
    full_quantity,
    read_number,
    unit_label,
)

__all__ = ["number_of"]


def number_of(option: str, given: str, unit: str, *, low: float, high: float) -> float:
    """Return the number that was typed for an option.

    Parameters
    ----------
    option : str
    given : str
        What was typed.
    unit : str
        One of `UNITS`.
    low, high : float
        What it must lie between. [`unit`]

    Raises
    ------
    RefusalError
        If it is no such number; or can be read in two ways and nobody is there to be asked, with
        both readings.

    Examples
    --------
    >>> number_of("--area", "12,5", "km2", low=0.1, high=5000)
    12.5
    >>> number_of("--population", "5,000", "people", low=1, high=1e8)
    Traceback (most recent call last):
    laikhe_analysis.office.refusal.RefusalError: --population phải là một số đọc được ...
    """

    def is_possible(value: float) -> bool:
        return low <= value <= high

    try:
        found = read_number(given, Asked(unit, is_possible=is_possible))
        value = found.value
    except ReadingError as error:
        value = float("nan")
        if error.readings:
            value = _asked(option, given, unit, error)
    if is_possible(value) and (unit not in COUNTED or value == int(value)):
        return value
    raise refuse(
        _(
            "{option} phải {wanted}, như {comma} hoặc {example}; gặp {given}.",
            option=option,
            wanted=_wanted(unit, low, high),
            given=repr(given),
            example="8500" if unit in COUNTED else "12.5",
            comma="8.500" if unit in COUNTED else "12,5",
        ),
        usage=True,
    )


def _wanted(unit: str, low: float, high: float) -> Text:
    """Return what a number must be."""
    if unit in COUNTED:
        return _("là số nguyên dương")
    least, most, called = (
        Worded(format_shortest, low), Worded(format_shortest, high), Worded(unit_label, unit)
    )  # fmt: skip
    if low < 0.01:
        return _("là số dương, không quá {high} ({unit})", high=most, unit=called)
    return _("từ {low} đến {high} ({unit})", low=least, high=most, unit=called)


def _asked(option: str, given: str, unit: str, error: ReadingError) -> float:
    """Return the reading that is chosen at the terminal; without one refuse with all of them."""
    if len(error.readings) < 2 or not sys.stdin.isatty():
        raise refuse(
            _("{option} phải là {wanted}.", option=option, wanted=error.wanted), usage=True
        )
    shown = [full_quantity(value, unit, "vi") for value in error.readings]
    choices = "; ".join(f"{n}: {text}" for n, text in enumerate(shown, 1))
    while True:
        answer = input(f"{option} “{given}” = {choices}? ").strip()
        if answer.isdecimal() and 1 <= int(answer) <= len(shown):
            return error.readings[int(answer) - 1]
