"""Several communes side by side on a terminal of 80 columns: a short block for each number."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from laikhe_analysis.messages import _
from laikhe_analysis.monitor.boards import SYMBOLS
from laikhe_analysis.office.batch.city import PER_HEAD, Cell, City, Row
from laikhe_analysis.office.batch.comparable import few, words_of
from laikhe_analysis.office.batch.page import about, shown, side, spread_unit
from laikhe_analysis.vietnamese import label, unit_label

__all__ = ["WIDTH", "compared"]

WIDTH = 80
MOST = 8
"""Communes of a number that are listed one by one; of more the first and last, and the middle."""
_NAME, _VALUE = 24, 12


def compared(city: City, lang: str = "vi") -> Iterator[str]:
    """Yield the lines of a comparison, none longer than 80 characters.

    Parameters
    ----------
    city : City
    lang : {"vi", "en"}
        That of this run (`language.speaking`).
    """
    if city.is_synthetic:
        yield str(_("SỐ LIỆU GIẢ LẬP, không phải của nơi nào"))
    for row in city.rows:
        yield ""
        yield from _block(row, city, lang)
    yield ""
    yield from _wrapped(str(
        _("Bình quân đầu người tính theo dân số: {definition}.", definition=city.definition)
        if city.definition
        else _("Không chia bình quân đầu người: định nghĩa dân số khác nhau hoặc chưa rõ.")
    ), "")  # fmt: skip
    if any(row.is_target for row in city.rows):
        yield f"? {label('not_assessed', lang)}"
    for name, texts in city.alone.items():
        names = few([text.pick(lang) for text in texts], 6)
        yield from _wrapped(
            str(_("Chỉ có trong kế hoạch của {name}: {names}.", name=name, names=names)), ""
        )
    for folder, text in city.errors.items():
        yield from _wrapped(f"{folder}: {text.pick(lang)}", "! ")


def _block(row: Row, city: City, lang: str) -> Iterator[str]:
    """Yield one number: its name, a line for each commune, its sum, what is not comparable."""
    unit = unit_label(row.signature.unit, lang)
    yield from _wrapped(f"{row.name.pick(lang)} ({about(row, lang)})", "")
    listed = [(m.name, cell) for m, cell in zip(city.members, row.cells, strict=True) if cell]
    if len(listed) <= MOST:
        yield from (_line(name, cell, row, lang) for name, cell in listed)
    else:
        yield from (_line(name, cell, row, lang) for name, cell in listed[:5])
        yield str(_("  … {n} xã ở giữa …", n=len(listed) - 7))
        yield from (_line(name, cell, row, lang) for name, cell in listed[-2:])
    if row.spread:
        numbers = " – ".join(shown(x, lang) for x in row.spread)
        told = _("{n} xã so được, thấp nhất – giữa – cao nhất: {numbers} {unit}",
                 n=row.n, numbers=numbers, unit=spread_unit(row, lang))  # fmt: skip
        yield from _wrapped(str(told), "  = ")
    if row.total is not None:
        yield str(_("  Σ {total} {unit}", total=shown(row.total, lang), unit=unit))
    for pair in row.apart:
        yield from _wrapped(str(words_of(pair)), "  ≠ ")


def _line(name: str, cell: Cell, row: Row, lang: str) -> str:
    """Return the line of one commune: sign, name, value, per head, class."""
    unit = cell.unit if cell.unit != row.signature.unit else ""
    year = str(cell.year) if cell.year not in (row.year, None) else ""
    apart = " ".join(filter(None, (unit_label(unit, lang) if unit else "", year)))
    head = ""
    if cell.per_head is not None and cell.unit in PER_HEAD:
        head = f"{shown(cell.per_head, lang)} {PER_HEAD[cell.unit].pick(lang)}"
    words = " ".join(filter(None, (side(cell), f"({apart})" if apart else "", head,
                                   _class(cell.status, lang))))  # fmt: skip
    sign = SYMBOLS[cell.status] if cell.status else " "
    half = _NAME // 2  # what two communes of one name differ by stands at its end
    short = name if len(name) <= _NAME else f"{name[: half - 1]}…{name[-half:]}"
    line = f"  {sign} {short:<{_NAME}} {shown(cell.value, lang):>{_VALUE}}  {words}".rstrip()
    return line if len(line) <= WIDTH else line[: WIDTH - 1] + "…"


def _class(status: str, lang: str) -> str:
    """Return a class in words; its sign is enough for what is not assessed."""
    return label(status, lang) if status not in ("", "not_assessed") else ""


def _wrapped(text: str, lead: str) -> list[str]:
    """Return a text as lines of 80 characters, the later ones set in."""
    return textwrap.wrap(
        text, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead) or "  "
    )
