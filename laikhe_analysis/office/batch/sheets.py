"""The city's page and what goes with it: one page, one CSV, one workbook."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from laikhe_analysis.messages import N_, Message, _, speaking
from laikhe_analysis.monitor.boards import SYMBOLS
from laikhe_analysis.office.batch.city import City
from laikhe_analysis.office.batch.comparable import words_of
from laikhe_analysis.office.batch.laying import side_by_side
from laikhe_analysis.office.batch.page import COLOURS, about, city_page, spread_unit
from laikhe_analysis.office.batch.store import LINES, TABLE, read_lines, write_table
from laikhe_analysis.office.forms.written import inert
from laikhe_analysis.vietnamese import label, unit_label

__all__ = ["write_city"]

_HEADINGS = (
    N_("Con số"), N_("Đơn vị"), N_("Cơ sở giá"), N_("Xã"), N_("Năm"), N_("Giá trị"),
    N_("Bình quân"), N_("Xếp loại"), N_("So sánh được"), N_("Khoảng cách với số giữa"),
    N_("Giả lập"),
)  # fmt: skip
_SPREAD = (
    N_("Con số"), N_("Đơn vị"), N_("Năm"), N_("Số xã so được"), N_("Thấp nhất"),
    N_("Một phần tư"), N_("Giữa"), N_("Ba phần tư"), N_("Cao nhất"), N_("Tổng"),
    N_("Không so được"),
)  # fmt: skip


def write_city(out: Path, lang: str = "vi") -> Path:
    """Write page, CSV and workbook of a batch that was computed; return the page.

    Parameters
    ----------
    out : Path
        The folder that holds the values.
    lang : {"vi", "en"}
    """
    write_table(read_lines(out / LINES), out / TABLE)
    city = side_by_side(read_lines(out / LINES))
    with speaking(lang):
        with (out / "city.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([_(name) for name in _HEADINGS])
            writer.writerows([_safe(cell) for cell in line] for line in _lines(city, lang))
        _write_book(city, out / "city.xlsx", lang)
        page = out / "city.html"
        page.write_text(city_page(city, lang), encoding="utf-8", newline="\n")
    return page


def _safe(cell: Any) -> Any:
    return inert(cell) if isinstance(cell, str) else cell


def _lines(city: City, lang: str) -> Iterator[list[Any]]:
    """Yield a line for each number of each commune, exact; empty where it is not known."""
    for row in city.rows:
        for member, cell in zip(city.members, row.cells, strict=True):
            if cell is not None:
                yield [
                    row.name.pick(lang), unit_label(cell.unit, lang),
                    label(row.signature.price_basis, lang), member.name, cell.year, cell.value,
                    cell.per_head, label(cell.status, lang) if cell.status else "",
                    int(cell.is_comparable), round(cell.far, 2) or None, int(member.is_synthetic),
                ]  # fmt: skip


def _spreads(city: City, lang: str) -> Iterator[list[Any]]:
    """Yield a line for each number: how it is spread, its sum, and what cannot be compared."""
    for row in city.rows:
        spread = [*row.spread, *[None] * (5 - len(row.spread))]
        apart = "; ".join(str(words_of(pair)) for pair in row.apart)
        yield [
            row.name.pick(lang),
            spread_unit(row, lang),
            row.year,
            row.n,
            *spread,
            row.total,
            apart,
        ]


def _write_book(city: City, path: Path, lang: str) -> None:
    """Write the workbook: the heat table, the spread of each number, every number."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"constant_memory": False}) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
        _heat_sheet(book, city, head, lang)
        _sheet(book, _("Phân bố"), _SPREAD, _spreads(city, lang), head, _note(city))
        _sheet(book, _("Số liệu"), _HEADINGS, _lines(city, lang), head, _note(city))


def _laid_out(book: Any, name: Message, columns: int, note: str) -> Any:
    """Return a sheet for A4 on its side, with the heading on each printed page."""
    sheet = book.add_worksheet(str(name))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    sheet.freeze_panes(2, 1)
    sheet.write_string(0, 0, note)
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, columns, 11)
    return sheet


def _note(city: City) -> str:
    return str(_("SỐ LIỆU GIẢ LẬP, không phải của nơi nào")) if city.is_synthetic else ""


def _sheet(
    book: Any,
    name: Message,
    headings: tuple[str, ...],
    lines: Iterator[list[Any]],
    head: Any,
    note: str,
) -> None:
    """Write lines as a sheet."""
    sheet = _laid_out(book, name, len(headings), note)
    sheet.write_row(1, 0, [str(_(one)) for one in headings], head)
    for i, line in enumerate(lines, 2):
        for j, cell in enumerate(line):
            if isinstance(cell, str):
                sheet.write_string(i, j, cell)
            elif cell is not None:
                sheet.write_number(i, j, cell)
    sheet.autofilter(1, 0, max(sheet.dim_rowmax or 1, 1), len(headings) - 1)


def _heat_sheet(book: Any, city: City, head: Any, lang: str) -> None:
    """Write the communes' targets with colour and sign of their class, the worst commune first."""
    rows = [row for row in city.rows if row.is_target]
    legend = "   ".join(f"{sign} {label(status, lang)}" for status, sign in SYMBOLS.items())
    sheet = _laid_out(book, _("Xếp loại"), len(rows), f"{_note(city)}   {legend}".strip())
    sheet.set_row(1, 75)
    sheet.write_row(1, 0, [str(_("Xã")), *(f"{row.name.pick(lang)}\n{about(row, lang)}"
                                           for row in rows)], head)  # fmt: skip
    styles = {
        (status, is_whole): book.add_format({
            "bg_color": colour, "align": "right", "border": 1,
            "num_format": f'#,##0{"" if is_whole else ".00"} "{SYMBOLS[status]}"',
        })
        for status, colour in COLOURS.items() for is_whole in (True, False)
    }  # fmt: skip
    for i, member in enumerate(city.members):
        sheet.write_string(i + 2, 0, member.name)
        for j, row in enumerate(rows):
            cell = row.cells[i]
            if cell is None or not cell.status:
                continue
            if cell.value is None:
                sheet.write_string(i + 2, j + 1, SYMBOLS[cell.status], styles[cell.status, True])
            else:
                style = styles[cell.status, cell.value == round(cell.value)]
                sheet.write_number(i + 2, j + 1, cell.value, style)
            if not cell.is_comparable and cell.value is not None:
                unit = unit_label(cell.unit, lang)
                sheet.write_comment(i + 2, j + 1, f"{_('Không so được')}: {unit}, {cell.year}")
