"""The city's page: one file, read on a screen, on a phone and on A4 paper on its side."""

from __future__ import annotations

from typing import Any, NamedTuple

from laikhe_analysis.messages import _
from laikhe_analysis.monitor.boards import SYMBOLS
from laikhe_analysis.office.batch.city import PER_HEAD, Cell, City, Row
from laikhe_analysis.office.batch.comparable import words_of
from laikhe_analysis.office.laid_out import page_template
from laikhe_analysis.targets.progress import PROGRESS
from laikhe_analysis.vietnamese import format_number, format_shortest, label, unit_label

__all__ = ["COLOURS", "MOST", "about", "city_page", "shown", "side", "spread_unit"]

COLOURS = {
    "achieved": "#a6d8ae", "on_track": "#dff0d8", "moderate": "#ffedb3", "insufficient": "#f6b7a1",
    "away": "#e88f86", "not_assessed": "#eeeeee",
}  # fmt: skip
MOST = 150
"""Communes that the page shows, the worst; the files beside it hold all."""
_WIDTH, _HEIGHT = 150, 14


class Spread(NamedTuple):
    """How a number is spread, as the page shows it."""

    name: str
    unit: str
    year: str
    n: int
    picture: tuple[float, ...]
    numbers: tuple[str, ...]
    total: str
    off: str
    far: list[str]
    apart: list[str]


def city_page(city: City, lang: str = "vi", *, files: bool = True) -> str:
    """Return the page of many communes; messages are in the language of this run.

    Parameters
    ----------
    city : City
    lang : {"vi", "en"}
        The same language.
    files : bool
        Whether the files of a batch lie beside the page.
    """
    targets = [row for row in city.rows if row.is_target]
    members = list(enumerate(city.members[:MOST]))
    order = sorted(city.rows, key=lambda row: -(_at_risk(row) or 0.0))
    return page_template("city").render(
        _=_, lang=lang, city=city, files=files, symbols=SYMBOLS, colours=COLOURS,
        words={status: label(status, lang) for status in PROGRESS},
        heads=[(row.name.pick(lang), about(row, lang)) for row in targets],
        heat=[(member, [_heat(row.cells[i], row, lang) for row in targets])
              for i, member in members],
        spreads=[_spread(row, city, lang) for row in order],
        alone={name: [text.pick(lang) for text in texts] for name, texts in city.alone.items()},
        errors={folder: text.pick(lang) for folder, text in city.errors.items()},
        left=len(city.members) - len(members), width=_WIDTH, height=_HEIGHT,
    )  # fmt: skip


def shown(value: float | None, lang: str) -> str:
    """Return a number in three digits or so.

    Examples
    --------
    >>> shown(1234.6, "vi"), shown(12.345, "vi"), shown(0.4567, "en"), shown(None, "vi"), shown(7, "vi")
    ('1.235', '12,3', '0.46', '…', '7')
    """
    if value is None:
        return "…"
    size = abs(value)
    decimals = 0 if size >= 1000 else 1 if size >= 10 else 2
    if round(value, decimals) == round(value):
        return format_shortest(float(round(value)), lang)
    return format_number(value, decimals, lang)


def spread_unit(row: Row, lang: str) -> str:
    """Return the unit of a row's distribution."""
    unit = row.signature.unit
    if row.is_per_head and unit in PER_HEAD:
        return PER_HEAD[unit].pick(lang)
    return unit_label(unit, lang)


def side(cell: Cell) -> str:
    """Return on which side of its peers a commune is far off, "" where it is not."""
    return "" if not cell.far else "▲" if cell.far > 0 else "▼"


def about(row: Row, lang: str) -> str:
    """Return unit and year of a row's numbers."""
    unit = unit_label(row.signature.unit, lang)
    return unit if row.year is None else f"{unit}, {row.year}"


def _heat(cell: Cell | None, row: Row, lang: str) -> dict[str, Any] | None:
    """Return one cell of the heat table."""
    if cell is None:
        return None
    other = ""
    if not cell.is_comparable and cell.value is not None:
        same_unit = cell.unit == row.signature.unit
        other = str(cell.year) if same_unit and cell.year != row.year else (
            "" if same_unit else unit_label(cell.unit, lang))  # fmt: skip
    return {
        "status": cell.status or "not_assessed", "value": shown(cell.value, lang), "other": other,
        "is_comparable": cell.is_comparable or cell.value is None, "far": side(cell),
    }  # fmt: skip


def _spread(row: Row, city: City, lang: str) -> Spread:
    """Return what the page says of one number."""
    far = sorted(
        (cell.far, member.name, cell) for member, cell in zip(city.members, row.cells, strict=True)
        if cell is not None and cell.far
    )  # fmt: skip
    unit, risk = unit_label(row.signature.unit, lang), _at_risk(row)
    total = "" if row.total is None else str(
        _("{total} {unit}, của {n} xã", total=shown(row.total, lang), unit=unit, n=row.n)
    )  # fmt: skip
    return Spread(
        row.name.pick(lang), spread_unit(row, lang), str(row.year or ""), row.n, _places(row),
        tuple(shown(x, lang) for x in row.spread), total,
        "" if risk is None else str(_("{share:0%}", share=risk)),
        [_far(name, cell, row, lang) for _distance, name, cell in far],
        [str(words_of(pair)) for pair in row.apart],
    )  # fmt: skip


def _at_risk(row: Row) -> float | None:
    """Return the share of the communes that are off track. [fraction]"""
    return row.share("insufficient", "away")


def _far(name: str, cell: Cell, row: Row, lang: str) -> str:
    """Return one commune that is far from its peers, with its number."""
    value = cell.per_head if row.is_per_head else cell.value
    return f"{side(cell)} {name}: {shown(value, lang)}"


def _places(row: Row) -> tuple[float, ...]:
    """Return where the five numbers of a distribution stand in its picture. [pixels]"""
    if not row.spread or row.spread[-1] <= row.spread[0]:
        return ()
    low, high = row.spread[0], row.spread[-1]
    return tuple(round(3 + (_WIDTH - 6) * (x - low) / (high - low), 1) for x in row.spread)
