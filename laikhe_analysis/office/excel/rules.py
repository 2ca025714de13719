"""Every sharing rule beside the others, with the same land: what it leaves, what it asks for."""

from __future__ import annotations

from laikhe_analysis.office.excel.base import Book, Sheet
from laikhe_analysis.office.excel.cells import cell, span
from laikhe_analysis.office.excel.compare import LINES, Chart, Drawn
from laikhe_analysis.office.excel.land import STREAM, Land, knows, net_share, outcome
from laikhe_analysis.office.excel.sharing import rule_names
from laikhe_analysis.records import Target
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.vietnamese import label

__all__ = ["share_formula", "write_rules"]

_FIRST = 2  # column of the first year
_MONEY, _SHARE, _AREA = "#,##0.000", "0.0#%", "#,##0"


def share_formula(rule: str, year: int) -> str:
    """Return the formula of the part retained in a year under the rule in a cell."""
    found = (
        f"(sharing_rules={rule})*(sharing_streams=stream_chosen)*(sharing_first<={year})"
        f"*(sharing_last>={year})"
    )
    cost = f"SUMPRODUCT({found}*sharing_cost)"
    kept = f"SUMPRODUCT({found}*(sharing_commune+sharing_city*sharing_returned))"
    return f'IF(SUMPRODUCT({found})=0,"",(1-MAX(land_cost,{cost}))*{kept})'


def write_rules(book: Book, sheet: Sheet, target: Target, land: Land) -> Chart:
    """Write the tables of the rules, shares by year and what the total asks for; return its chart."""
    say, years = book.say, book.material.years[1:]
    sheet.part(say("D. Các quy định điều tiết cạnh nhau (cùng đất, giá, tỷ lệ bán ở mục A)",
                   "D. The sharing rules side by side (land, prices, part sold as in A)"))  # fmt: skip
    money = book.unit("billion VND")
    kept, gap = (
        say(f"Xã được dùng ({money})", f"Retained ({money})"),
        say(f"Thiếu (+), dư (-) ({money})", f"Short (+), over (-) ({money})"),
    )
    origin = say("Căn cứ yếu nhất", "Weakest origin")
    sheet.head([say("Tỷ lệ được hưởng", "Part retained"), say("Bình quân", "Mean"),
                *map(str, years), kept, origin])  # fmt: skip
    rules = book.material.data.rules
    order = sorted(rules, key=lambda name: not knows(rules[name], STREAM, years))
    rows = {name: _shares(book, sheet, name, land) for name in order}
    sheet.row += 1
    sheet.head([say("Muốn đủ tổng vốn", "To reach the total"),
                say(f"Cần thu ({money})", f"Gross needed ({money})"),
                say(f"Mỗi năm ({money})", f"A year ({money})"),
                say("Đất ở cần đem đấu giá (ha)", "Plots that must be offered (ha)"),
                say("Số lô mỗi năm", "Plots a year"), kept, gap])  # fmt: skip
    first = sheet.row
    for name, above in rows.items():
        _needs(book, sheet, (name, above), target, land)
    end = first + sum(knows(rule, STREAM, years) for rule in rules.values()) - 1
    block = [sheet.at(span((first, column), (end, column))) for column in (0, 1)]
    bars = (Drawn(say("Cần thu", "Gross needed"), f"={block[0]}", f"={block[1]}", LINES[0]),)
    title = say(
        "Tiền sử dụng đất cần thu theo từng quy định", "Land-use fees needed under each rule"
    )
    return Chart(title, money, bars, kind="bar")


def _held(book: Book, name: str, land: Land) -> list[float] | None:
    """Return what a rule leaves each year, None where it is silent of a year."""
    rule, years = book.material.data.rules[name], book.material.years[1:]
    if not knows(rule, STREAM, years):
        return None
    return [net_share(rule, STREAM, year, land.cost) for year in years]


def _shares(book: Book, sheet: Sheet, name: str, land: Land) -> int:
    """Write the shares of one rule by year, and what it leaves of the land; return the row."""
    row, years, rule = sheet.row, book.material.years[1:], book.material.data.rules[name]
    last = _FIRST + len(years)
    sheet.write(0, rule_names(book.material.data, book.lang)[name])
    for i, year in enumerate(years):
        value = net_share(rule, STREAM, year, land.cost) if knows(rule, STREAM, [year]) else None
        sheet.formula(_FIRST + i, share_formula(cell(row, 0), year), value, shown=_SHARE)
    where, shares = span((row, _FIRST), (row, last - 1)), _held(book, name, land)
    full = f'IF(COUNT({where})<{len(years)},"",'
    mean = sum(shares) / len(shares) if shares else None
    sheet.formula(1, f"{full}AVERAGE({where}))", mean, "strong", _SHARE)
    kept = sum(outcome(0.0, land, shares).kept) if shares else None
    sheet.formula(last, f"{full}SUMPRODUCT(year_paid,{where}))", kept, "strong", _MONEY)
    origins = [line.origin for line in rule.lines if line.stream == STREAM]
    words = label(weakest_origin(*origins, land.origin), book.lang) if origins else book.say(
        "không nói đến dòng thu này", "silent of this stream")  # fmt: skip
    sheet.write(last + 1, words, "small")
    sheet.row += 1
    return row


def _needs(book: Book, sheet: Sheet, rule: tuple[str, int], target: Target, land: Land) -> None:
    """Write what the total asks for under one rule."""
    name, above = rule
    shares, total = _held(book, name, land), target.weaker_end
    found = outcome(total, land, shares) if shares else None
    n, row = len(book.material.years) - 1, sheet.row
    gross = found.gross if found else None
    area = sum(found.areas) / 10_000 if found and found.areas else None
    kept = sum(found.kept) if found else None
    share, left = cell(above, 1), cell(above, _FIRST + n)
    paid = f"{share}*land_collection"
    at = {key: cell(row, column) for key, column in (("gross", 1), ("area", 3), ("kept", 5))}
    sheet.write(0, rule_names(book.material.data, book.lang)[name])
    lines: tuple[tuple[str, float | None, str], ...] = (
        (f'IF({share}="","",IF({paid}=0,"",investment_total/({paid})))', gross, _MONEY),
        (f'IF({at["gross"]}="","",{at["gross"]}/{n})', None if gross is None else gross / n, _MONEY),
        (f'IF(OR({at["gross"]}="",area_per_billion=""),"",{at["gross"]}*area_per_billion/10000)', area,
         "#,##0.00"),
        (f'IF(OR({at["area"]}="",land_plot_m2=0),"",{at["area"]}*10000/land_plot_m2/{n})',
         found.plots if found else None, _AREA),
        (f'IF({left}="","",{left})', kept, _MONEY),
        (f'IF({at["kept"]}="","",investment_total-{at["kept"]})', None if kept is None else total - kept,
         _MONEY),
    )  # fmt: skip
    for column, (formula, value, shown) in enumerate(lines, start=1):
        sheet.formula(column, formula, value, shown=shown)
    sheet.row += 1
