"""Every scenario: every quantity by year, in formulas that stand on the sheet of assumptions.

The formulas are those of `scenarios.project`; each carries the value that Python found.
"""

from __future__ import annotations

from laikhe_analysis.office.excel.base import Book, Page
from laikhe_analysis.office.excel.goals import Reached, write_goals
from laikhe_analysis.office.excel.inputs import Inputs
from laikhe_analysis.office.excel.money import write_income, write_land, write_revenue
from laikhe_analysis.office.excel.rows import Clause, Results, Writer
from laikhe_analysis.vietnamese import label

__all__ = ["write_projections"]

_RATES = ("inflation", "product_deflator", "population_growth", "income_growth_real",
          "revenue_growth", "buoyancy", "assigned_growth", "crop_value_growth", "land_gross",
          "sharing_rule")  # fmt: skip


def write_projections(book: Book, inputs: Inputs) -> tuple[dict[str, Results], dict[str, Reached]]:
    """Write every scenario, one beneath the other, each beside the plan's targets.

    Returns where everything stands, and what is reached of the targets, by scenario.

    Parameters
    ----------
    book : Book
    inputs : Inputs
        The sheet of assumptions.
    """
    say = book.say
    note = say(
        "Mọi ô đều là công thức lấy từ trang giả định. Cột “Tình trạng” nói còn thiếu gì. Cột “Căn cứ "
        "yếu nhất” ghi lúc xuất tệp: sửa một ô giả định thì kết quả là số giả định.",
        "Every cell is a formula on the sheet of assumptions. “State” says what is missing. “Weakest "
        "origin” is that of the file as written: what is changed is an assumption.",
    )
    widths = (48.0, 19.0, *(10.5 for _ in inputs.years), 21.0, 14.0)
    sheet = book.sheet("projection", Page(say("Các kịch bản", "The scenarios"), widths, (note,)))
    headings = [
        say("Đại lượng", "Quantity"), say("Đơn vị tính", "Unit"), *map(str, inputs.years),
        say("Tình trạng", "State"), say("Căn cứ yếu nhất", "Weakest origin"),
    ]  # fmt: skip
    sheet.head(headings, freeze=2)
    found, reached, tops = {}, {}, []
    for name, projection in book.material.projections.items():
        tops.append(sheet.row)
        found[name] = _write_projection(Writer(book, sheet, inputs, projection))
        reached[name] = write_goals(book, found[name])
    sheet.break_before(tops[1:])
    sheet.finish()
    return found, reached


def _write_projection(writer: Writer) -> Results:
    """Write one scenario, by what Python found (`scenarios.project`)."""
    sheet, say = writer.sheet, writer.book.say
    words = label(writer.scenario, writer.book.lang)
    sheet.part(say(f"Kịch bản {words}", f"Scenario: {words}"), kind="title")
    sheet.part(say("A. Giả định đang dùng", "A. Assumptions in use"))
    for kind in ("share", "growth"):
        for part in writer.parts:
            writer.rate(f"{kind}_{part}")
    for variable in _RATES:
        writer.rate(variable)
    sheet.part(say("B. Tổng giá trị sản phẩm", "B. Total product"))
    _products(writer)
    sheet.part(say("C. Giá, dân số, thu nhập", "C. Prices, population, income"))
    _prices_and_people(writer)
    write_income(writer)
    sheet.part(say("D. Ngân sách, đất đai", "D. Budget and land"))
    write_revenue(writer)
    write_land(writer)
    return writer.out


def _products(writer: Writer) -> None:
    """Write the sectors, their total, shares and contributions."""
    out, parts, base = writer.out, writer.parts, writer.years[0]
    if not parts:
        none = writer.lacks("không có ngành nào", "no sectors are given", "TRUE", True)
        for name, unit in (("total_product", "index"), ("growth_total_product", "%/year")):
            writer.put(name, unit, [none], lambda year: '""')
        return
    names = [f"product_{part}" for part in parts]
    path = writer.projection.paths.get("total_product")
    unit = path.unit if path else "index"
    clauses = _product_clauses(writer)
    _unfitted(writer, clauses, unit)
    for part in parts:

        def fitted(year: int, part: str = part) -> str:
            raw = out.cell(f"unfitted_{part}", year)
            if year == base:
                return raw
            total, own = writer.known("total_product", year), writer.known(f"product_{part}", year)
            known = writer.inputs.known_block(names, year, year)
            every = out.block([f"unfitted_{p}" for p in parts], year, year)
            free = f'SUMPRODUCT(({known}="")*{every})'
            room = f"AND({free}>0,{total}>SUM({known}))"
            scaled = f"IF({room},{raw}*({total}-SUM({known}))/{free},{raw})"
            return f'IF(OR({total}="",{own}<>""),{raw},{scaled})'

        writer.put(f"product_{part}", unit, clauses, fitted)
    _totals(writer, names, unit)
    _structure(writer, names)


def _product_clauses(writer: Writer) -> list[Clause]:
    """Return what may be missing for the products: shares in the base year, growth since."""
    out, inputs, years, parts = writer.out, writer.inputs, writer.years, writer.parts
    base, names = years[0], [f"product_{part}" for part in parts]
    shares = out.block([f"used_share_{part}" for part in parts], base, base)
    levels, many = inputs.known_block(names, base, base), len(parts)
    from_levels = all(writer.known_now(name, base) for name in names)
    given = [writer.used(f"share_{part}", base) for part in parts]
    numbers = [one for one in given if isinstance(one, float)]
    beside = abs(sum(numbers) - 100) > 0.05
    rates = out.block([f"used_growth_{part}" for part in parts], years[1], years[-1])
    known = inputs.known_block(names, years[1], years[-1])
    no_growth = any(
        writer.used(f"growth_{part}", year) is None
        and not writer.known_now(f"product_{part}", year)
        for part in parts
        for year in years[1:]
    )
    what = writer.book.say("tốc độ tăng các ngành", "growth of the sectors")
    return [
        writer.lacks(
            f"thiếu tỷ trọng các ngành năm {base}", f"no sector shares for {base}",
            f"AND(COUNT({levels})<{many},COUNT({shares})<{many})",
            not from_levels and len(numbers) < many,
        ),
        writer.lacks(
            "tỷ trọng các ngành cộng lại khác 100%", "the sector shares do not add up to 100%",
            f"AND(COUNT({levels})<{many},ABS(SUM({shares})-100)>0.05)", not from_levels and beside,
        ),
        writer.lacks(
            f"thiếu giả định: {what}", f"no assumption: {what}",
            f'SUMPRODUCT(({rates}="")*({known}=""))>0', no_growth,
        ),
    ]  # fmt: skip


def _unfitted(writer: Writer, clauses: list[Clause], unit: str) -> None:
    """Write the sectors before they are fitted to a total that is known."""
    out, parts, base = writer.out, writer.parts, writer.years[0]
    names = [f"product_{part}" for part in parts]
    whole = f"SUM({out.block([f'used_share_{part}' for part in parts], base, base)})"
    # the rows of the fitted sectors follow at once, as many and in the same order
    for part in parts:
        own = f"product_{part}"
        out.rows[own] = writer.sheet.row + len(parts)

        def raw(year: int, part: str = part, own: str = own) -> str:
            level = writer.known(own, year)
            if year > base:
                rate, before = out.cell(f"used_growth_{part}", year), out.cell(own, year - 1)
                return f'IF({level}<>"",{level},{before}*(1+{rate}/100))'
            levels, total = (
                writer.inputs.known_block(names, base, base),
                writer.known("total_product", base),
            )
            share = out.cell(f"used_share_{part}", base)
            shared = f'{share}/{whole}*IF({total}="",100,{total})'
            return f"IF(COUNT({levels})={len(parts)},{level},{shared})"

        def value(year: int, part: str = part, own: str = own) -> float | None:
            held, rate = writer.known_now(own, year), None
            if year > base:
                rate, before = writer.used(f"growth_{part}", year), out.value(own, year - 1)
            if held or year == base or rate is None or before is None:
                return out.value(own, year)
            return before * (1 + float(rate) / 100)

        words = writer.book.say("trước khi khớp tổng đã biết", "before fitting to a known total")
        writer.put(f"unfitted_{part}", unit, clauses, raw, value,
                   words=f"{writer.book.word(own)} ({words})", kind="faint")  # fmt: skip
    fitted = any(writer.known_now("total_product", year) for year in writer.years[1:])
    if not fitted:
        writer.sheet.fold(writer.sheet.row - len(parts), writer.sheet.row - 1)


def _totals(writer: Writer, names: list[str], unit: str) -> None:
    """Write the total, its growth, and where levels are known the growth that came of them."""
    out, base = writer.out, writer.years[0]
    writer.put("total_product", unit, writer.after(names[0]),
               lambda year: f"SUM({out.block(names, year, year)})", kind="strong")  # fmt: skip

    def growth(of: str, year: int) -> str:
        return "" if year == base else f"100*({out.cell(of, year)}/{out.cell(of, year - 1)}-1)"

    after = writer.after(names[0])
    writer.put("growth_total_product", "%/year", after, lambda year: growth("total_product", year))
    baseline = writer.projection.baseline
    for part in writer.parts:
        if baseline.held(f"product_{part}") or baseline.held("total_product"):
            writer.put(f"growth_{part}", "%/year", after,
                       lambda year, part=part: growth(f"product_{part}", year))  # type: ignore[misc]  # fmt: skip


def _structure(writer: Writer, names: list[str]) -> None:
    """Write shares and contributions of the sectors."""
    out, base = writer.out, writer.years[0]
    after = writer.after(names[0])
    for part, own in zip(writer.parts, names, strict=True):

        def share(year: int, own: str = own) -> str:
            return f"100*{out.cell(own, year)}/{out.cell('total_product', year)}"

        writer.put(f"share_{part}", "%", after, share)
    for part, own in zip(writer.parts, names, strict=True):

        def added(year: int, own: str = own) -> str:
            if year == base:
                return ""
            change = f"{out.cell(own, year)}-{out.cell(own, year - 1)}"
            return f"100*({change})/{out.cell('total_product', year - 1)}"

        writer.put(f"contribution_{part}", "percentage points", after, added)


def _prices_and_people(writer: Writer) -> None:
    """Write prices, product at current prices, population and product per head."""
    out, base = writer.out, writer.years[0]

    def prices(year: int) -> str:
        if year == base:
            return "100"
        return f"{out.cell('price_index', year - 1)}*(1+{out.cell('used_inflation', year)}/100)"

    writer.put("price_index", "index", [writer.no_rate("inflation")], prices)

    def deflator(year: int) -> str:
        if year == base:
            return "100"
        own, other = (out.cell(f"used_{n}", year) for n in ("product_deflator", "inflation"))
        rate = f'IF({own}<>"",{own},{other})'
        return f"{out.cell('deflator', year - 1)}*(1+{rate}/100)"

    lacking = writer.no_rate("product_deflator", "inflation")
    writer.put("deflator", "index", [lacking], deflator)
    total = writer.projection.paths.get("total_product")
    current = total is not None and total.price_basis == "current"

    def nominal(year: int) -> str:
        real, price = out.cell("total_product", year), out.cell("deflator", year)
        first = f"{out.cell('total_product', base)}*{out.cell('deflator', base)}"
        return f"{real}*{price}/100" if current else f"100*{real}*{price}/({first})"

    both = writer.after("total_product", "deflator")
    writer.put("total_product_nominal", total.unit if total and current else "index", both, nominal)
    writer.walk(
        "population", "people",
        [writer.no_start("population"), writer.no_rate("population_growth", known="population")],
        lambda year: f"{out.cell('used_population_growth', year)}/100",
    )  # fmt: skip
    first = next((y for y in writer.years if out.value("total_product_per_head", y)), base)

    def per_head(year: int) -> str:
        people, product = out.cell("population", year), out.cell("total_product", year)
        start = f"({out.cell('total_product', first)}/{out.cell('population', first)})"
        return f'IF({people}="","",100*{product}/{people}/{start})'

    both = writer.after("total_product", "population")
    writer.put("total_product_per_head", "index", both, per_head)
