"""One finding: numbers with what they are, what they rest on and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Finding"]


@dataclass(frozen=True)
class Finding:
    """Something that was found out, without a word for readers.

    Parameters
    ----------
    key : str
        What was found, as "subject.finding": "product.under_scenario". Its wording has this key.
    numbers : mapping of str
        What the wording names: numbers (rates as fractions), years, names of series and scenarios,
        other findings.
    unit : str
        Of the number that comes first; "" for a count or a verdict.
    origin : str
        The weakest origin of what it rests on (`series.weakest_origin`).
    clause : str
        The clause of the plan that it answers, or "".
    status : str
        A class of progress, a verdict, or "".
    rests_on : tuple of str
        Names of the series, assumptions and premises that decide it.
    next_step : str
        Key of the wording of what to do next, or "".
    owner : str
        Who does it, as the plan names the office, or "".

    Examples
    --------
    >>> found = Finding("product.mean_rate", {"rate": 0.083}, unit="fraction/year")
    >>> found.subject, found.numbers["rate"]
    ('product', 0.083)
    """

    key: str
    numbers: Mapping[str, Any] = field(default_factory=dict, hash=False)
    unit: str = ""
    origin: str = "statement"
    clause: str = ""
    status: str = ""
    rests_on: tuple[str, ...] = ()
    next_step: str = ""
    owner: str = ""

    @property
    def subject(self) -> str:
        """What it is about: the first word of its key."""
        return self.key.partition(".")[0]

    def __getitem__(self, name: str) -> Any:
        """Return one of its numbers."""
        return self.numbers[name]
