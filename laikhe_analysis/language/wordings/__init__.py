"""The one wording of each finding; a module for each subject."""

from __future__ import annotations

from typing import Any

from laikhe_analysis.language.wordings import (
    board,
    decisions,
    forecast,
    income,
    investment,
    outlook,
    product,
    progress,
    register,
    revenue,
    scenarios,
)
from laikhe_analysis.messages import Message, joined
from laikhe_analysis.vietnamese import words

__all__ = ["WORDINGS", "sentence_of", "tell"]

WORDINGS: dict[str, str] = {
    **board.SENTENCES,
    **forecast.SENTENCES,
    **revenue.SENTENCES,
    **product.SENTENCES,
    **income.SENTENCES,
    **investment.SENTENCES,
    **outlook.SENTENCES,
    **progress.SENTENCES,
    **decisions.SENTENCES,
    **scenarios.SENTENCES,
    **register.SENTENCES,
}
"""Sentences by key of a finding, with places for its numbers: each subject's module adds its own
through `N_`."""


def tell(key: str, /, **numbers: Any) -> Message:
    """Return the sentence of a finding.

    Findings among its numbers are put into words first, several with semicolons between; names of
    the files (`co_so`, `industry`) become their words; None is left out.

    Parameters
    ----------
    key : str
        Of a `findings.Finding`.
    **numbers
        Its numbers: ``tell(found.key, **found.numbers)``.

    Raises
    ------
    KeyError
        If there is no wording with this key.

    Examples
    --------
    >>> str(tell("product.case", case="Kim Thành 2024", rate=0.1204))
    'Kim Thành 2024: 12,04%'
    """
    return Message(WORDINGS[key], {name: _worded(value) for name, value in numbers.items()})


def sentence_of(found: Any) -> Message:
    """Return the sentence of a `findings.Finding`: `tell` of its key and its numbers."""
    return tell(found.key, **found.numbers)


def _worded(value: Any) -> Any:
    """Return a number as it is, everything else as a text."""
    if value is None:
        return ""
    if hasattr(value, "numbers"):
        return sentence_of(value)
    if isinstance(value, str):
        return words(value)
    if isinstance(value, tuple):
        return joined(map(_worded, value))
    return value
