"""Tables whose rows have units of their own: in words for readers, as CSV to be taken away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from laikhe_analysis.language.quantities import figure_text, row_texts, value_text
from laikhe_analysis.vietnamese import as_written, unit_label

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["as_csv", "in_words", "leaf"]

Units = Sequence[str] | Mapping[str, Sequence[str]]

_FORMULA = ("=", "+", "-", "@")
"""How texts begin that a spreadsheet takes for a formula."""


def leaf(column: Any) -> str:
    """Return the name of a column, the lowest of several levels."""
    return str(column[-1] if isinstance(column, tuple) else column)


def _numbers(frame: pd.DataFrame) -> list[Any]:
    return [column for column in frame.columns if frame[column].dtype.kind in "fi"]


def in_words(
    frame: pd.DataFrame, units: Units, lang: str = "vi", formats: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Return a table whose numbers are texts in the units of their rows.

    Parameters
    ----------
    frame : DataFrame
    units : sequence of str or mapping of str
        Of each row, for all its numbers; or of each row by column, to stand behind the number.
    lang : {"vi", "en"}
    formats : mapping of str, optional
        "=" for a column whose numbers have every decimal that was typed, else those of their unit.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"2026": [99.9, 3], "2027": [99.95, 4]})
    >>> in_words(frame, ["%", "schools"])["2026"].tolist()
    ['99,90', '3']
    >>> in_words(frame, {"2027": ["%", "schools"]})["2027"].tolist()
    ['100,0%', '4 trường']
    >>> in_words(frame, {"2027": ["%", "schools"]}, formats={"2027": "="})["2027"].tolist()
    ['99,95%', '4 trường']
    """
    told = frame.copy()
    if isinstance(units, Mapping):
        for column in [column for column in frame.columns if leaf(column) in units]:
            pairs = zip(frame[column], units[leaf(column)], strict=True)
            is_exact = (formats or {}).get(leaf(column)) == "="
            write = figure_text if is_exact else value_text
            told[column] = [
                "–" if value is None or value != value else write(float(value), unit, lang)
                for value, unit in pairs
            ]
        return told
    numbers = _numbers(frame)
    rows = zip(frame[numbers].to_numpy(), units, strict=True)
    written = [row_texts([float(x) for x in row], unit, lang) for row, unit in rows]
    for place, column in enumerate(numbers):
        told[column] = [row[place] for row in written]
    return told


def as_csv(
    frame: pd.DataFrame, units: Units, formats: Mapping[str, str], name: Callable[[str], str]
) -> str:
    """Return a table as CSV: headings in words, a dot for decimals, a unit beside each number.

    Parameters
    ----------
    frame : DataFrame
    units
        As `in_words`.
    formats : mapping of str
        How columns are written; one that ends with "%" holds fractions and is written as per cents.
    name : function of str
        What names a column.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"what": ["=x"], "rate": [0.125], "share": [0.5]})
    >>> print(as_csv(frame, {"rate": ["fraction/year"]}, {"share": "1%"}, str), end="")
    what,rate,rate (đơn vị),share (%)
    '=x,12.5,%/năm,50
    """
    import pandas as pd

    from laikhe_analysis.messages import _, language

    taken: dict[str, list[Any]] = {}
    for column in frame.columns:
        key, heading = leaf(column), name(leaf(column))
        of_rows = units.get(key) if isinstance(units, Mapping) else None
        if of_rows is not None:
            pairs = list(zip(frame[column], of_rows, strict=True))
            taken[heading] = [_plain(value, unit) for value, unit in pairs]
            taken[str(_("{what} (đơn vị)", what=heading))] = [
                unit_label(unit, language()) if value == value and value is not None else ""
                for value, unit in pairs
            ]
        elif formats.get(key, "").endswith("%"):
            taken[f"{heading} (%)"] = [_plain(value, "fraction") for value in frame[column]]
        else:
            per_row = units if not isinstance(units, Mapping) else [""] * len(frame)
            pairs = list(zip(frame[column], per_row, strict=True))
            taken[heading] = [_plain(value, unit) for value, unit in pairs]
    has_names = type(frame.index).__name__ != "RangeIndex"
    index = [name(str(key)) for key in frame.index] if has_names else None
    out = pd.DataFrame(taken, index=index)
    return str(out.to_csv(index=has_names, lineterminator="\n"))


def _plain(value: Any, unit: str) -> str:
    """Return one cell: a number as files have it, a text that is no formula."""
    if value is None or value != value:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    return f"{as_written(float(value), unit):.10g}" if unit else f"{value:.10g}"
