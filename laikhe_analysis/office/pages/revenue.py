"""How notebooks that hold two languages show a table or a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from laikhe_analysis.checks import Text
from laikhe_analysis.office.tables import Table

if TYPE_CHECKING:
    from IPython.display import Markdown

__all__ = ["said"]


def said(found: Table | Text | None) -> Table | Markdown | None:
    """Return a table as it is, and a text as a cell shows it: Vietnamese, English in italics."""
    from IPython.display import Markdown

    return Markdown(f"{found.vi}\n\n*{found.en}*") if isinstance(found, Text) else found
