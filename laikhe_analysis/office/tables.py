"""Tables to be read by people: text cells, numbers to the right, the same in every output."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from laikhe_analysis.language.quantities import goal_text
from laikhe_analysis.vietnamese import format_number

__all__ = ["Table", "goal_text", "table"]


@dataclass(frozen=True)
class Table:
    """A table of text: headings, rows, and which columns hold numbers.

    A notebook shows it as HTML; its plain text is the same table, so that notebook tests compare
    every figure in it.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    caption: str = ""

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in self.headings)
        body = "\n".join(f"<tr>{self._cells(row)}</tr>" for row in self.rows)
        caption = f"<caption>{html.escape(self.caption)}</caption>" if self.caption else ""
        return f"<table>{caption}<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"

    def _cells(self, row: Sequence[str]) -> str:
        kinds = (' class="number"' if i in self.numeric else "" for i in range(len(row)))
        return "".join(
            f"<td{kind}>{html.escape(cell)}</td>" for kind, cell in zip(kinds, row, strict=True)
        )

    def __repr__(self) -> str:
        lines = [" | ".join(row) for row in (self.headings, *self.rows)]
        return "\n".join([self.caption, *lines] if self.caption else lines)


def table(
    rows: Iterable[Mapping[str, Any]],
    columns: Mapping[str, str],
    *,
    decimals: int | Mapping[str, int] = 1,
    missing: str = "…",
    caption: str = "",
    lang: str = "vi",
) -> Table:
    """Return a table of some fields of rows, numbers written as readers of `lang` do.

    Parameters
    ----------
    rows : iterable of mapping
        One mapping per row; None is shown as `missing`.
    columns : mapping of str to str
        Field and its heading, in order.
    decimals : int or mapping
        Decimals of all numbers, or by field.
    missing : str
        What stands for a value that is not known.

    Examples
    --------
    >>> print(table([{"year": 2030, "value": 840.46}], {"year": "Năm", "value": "Tỷ đồng"},
    ...             decimals={"value": 3}))
    Năm | Tỷ đồng
    2030 | 840,460
    """
    listed = list(rows)
    fields = list(columns)

    def write(field: str, value: Any) -> str:
        if value is None:
            return missing
        if isinstance(value, bool | str):
            return str(value)
        if isinstance(value, int) and (field == "year" or field.endswith("_year")):
            return str(value)
        places = decimals if isinstance(decimals, int) else decimals.get(field, 0)
        return format_number(float(value), places, lang)

    numeric = frozenset(
        i
        for i, field in enumerate(fields)
        if any(isinstance(row.get(field), int | float) for row in listed)
    )
    cells = tuple(tuple(write(field, row.get(field)) for field in fields) for row in listed)
    return Table(tuple(columns.values()), cells, numeric, caption)
