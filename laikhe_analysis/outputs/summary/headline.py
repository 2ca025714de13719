"""One line of the leader's page, and how its parts are put together."""

from __future__ import annotations

from dataclasses import dataclass

from laikhe_analysis.checks import Text
from laikhe_analysis.scenarios import Projection
from laikhe_analysis.vietnamese import sentence, words

__all__ = ["Headline", "joined", "not_computable"]


@dataclass(frozen=True)
class Headline:
    """One line of the leader's page: what was found, on what it rests, where it is explained."""

    text: Text
    origin: str
    page: str


def joined(parts: list[Text], between: str = "", end: str = ".") -> Text:
    """Return texts one after the other."""
    return Text(*(between.join(side) + end for side in zip(*parts, strict=True)))


def not_computable(page: str, variable: str, projection: Projection) -> Headline:
    """Return the line that says what cannot be computed, and why."""
    text = sentence(
        "Chưa tính được {name}: {why}.", "Not computable: {name}, because {why}.",
        name=words(variable),
        why=projection.missing.get(variable, Text("thiếu số liệu", "data are missing")),
    )  # fmt: skip
    return Headline(text, "statement", page)
