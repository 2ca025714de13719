"""The one wording of each finding; a module for each subject."""

from __future__ import annotations

from typing import Any

from laikhe_analysis.language.catalogue import Message

__all__ = ["WORDINGS", "tell"]

WORDINGS: dict[str, str] = {}
"""Sentences by key of a finding, with places for its numbers: each subject's module adds its own
through `N_`."""


def tell(key: str, /, **numbers: Any) -> Message:
    """Return the sentence of a finding; findings among its numbers are put into words first.

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
    """
    told = {
        name: tell(value.key, **value.numbers) if hasattr(value, "numbers") else value
        for name, value in numbers.items()
    }
    return Message(WORDINGS[key], told)
