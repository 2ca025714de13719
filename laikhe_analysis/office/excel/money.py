"""Income, budget and land of one scenario, in formulas (`scenarios.project`)."""

from __future__ import annotations

from laikhe_analysis.office.excel.rows import Writer
from laikhe_analysis.vietnamese import label

__all__ = ["write_income", "write_land", "write_revenue"]


def write_income(writer: Writer) -> None:
    """Write income per head at the prices of the base year and at current prices."""
    out, inputs, years = writer.out, writer.inputs, writer.years
    income = "income_per_capita"
    unit = "million VND/person/year"
    path = writer.projection.paths.get(income)
    later = inputs.known(income, years[1], years[-1])
    held = bool(writer.known_now(income, *years[1:]))
    writer.walk(
        "income_per_capita_real", path.unit if path else unit,
        [
            *writer.after("price_index", when=(f"COUNT({later})>0", held)),
            writer.no_start(income), writer.no_rate("income_growth_real", known=income),
        ],
        lambda year: f"{out.cell('used_income_growth_real', year)}/100",
        held=lambda year: f"{writer.known(income, year)}/{out.cell('price_index', year)}*100",
    )  # fmt: skip

    def nominal(year: int) -> str:
        real = out.cell("income_per_capita_real", year)
        return f'IF({real}="","",{real}*{out.cell("price_index", year)}/100)'

    both = writer.after("income_per_capita_real", "price_index")
    writer.put(income, path.unit if path else unit, both, nominal)
    crop = writer.projection.paths.get("crop_value_per_ha")
    writer.walk(
        "crop_value_per_ha", crop.unit if crop else "million VND/ha",
        [
            writer.no_start("crop_value_per_ha"),
            writer.no_rate("crop_value_growth", known="crop_value_per_ha"),
        ],
        lambda year: f"{out.cell('used_crop_value_growth', year)}/100",
    )  # fmt: skip


def write_revenue(writer: Writer) -> None:
    """Write revenue without land-use fees, the assigned estimate, and one over the other."""
    out, inputs, years = writer.out, writer.inputs, writer.years
    name, first, last = "recurrent_revenue", years[1], years[-1]

    def growth(year: int) -> str:
        own, factor = out.cell("used_revenue_growth", year), out.cell("used_buoyancy", year)
        nominal = [out.cell("total_product_nominal", y) for y in (year, year - 1)]
        return f'IF({own}<>"",{own}/100,{factor}*({nominal[0]}/{nominal[1]}-1))'

    own = out.block(["used_revenue_growth"], first, last)
    buoyant = f'SUMPRODUCT(({inputs.known(name, first, last)}="")*({own}=""))>0'
    is_buoyant = any(
        writer.used("revenue_growth", y) is None and not writer.known_now(name, y)
        for y in years[1:]
    )
    paths = writer.projection.paths
    writer.walk(
        name, paths[name].unit if name in paths else "index",
        [
            writer.no_rate("revenue_growth", "buoyancy", known=name),
            *writer.after("total_product_nominal", when=(buoyant, is_buoyant)),
        ],
        growth, index=True,
    )  # fmt: skip
    _assigned(writer, name, "assigned_revenue")


def _assigned(writer: Writer, name: str, assigned: str) -> None:
    """Write the assigned estimate, and collected revenue over it."""
    out, inputs, years, paths = writer.out, writer.inputs, writer.years, writer.projection.paths
    writer.walk(
        assigned, paths[assigned].unit if assigned in paths else "index",
        [writer.no_rate("assigned_growth", known=assigned)],
        lambda year: f"{out.cell('used_assigned_growth', year)}/100", index=True,
    )  # fmt: skip

    def ratio(year: int) -> str:
        top, bottom = out.cell(name, year), out.cell(assigned, year)
        return f'IF(OR({top}="",{bottom}=""),"",{top}/{bottom})'

    counts = ",".join(f"COUNT({inputs.known(n, years[0], years[-1])})=0" for n in (name, assigned))
    given = writer.is_known(name) and writer.is_known(assigned)
    units = {paths[n].unit for n in (name, assigned) if n in paths}
    no_pair = writer.lacks(
        "chưa có số thu và số giao cùng đơn vị", "collected and assigned are not both known in one unit",
        "TRUE" if given and len(units) > 1 else f"OR({counts})", not given or len(units) > 1,
    )  # fmt: skip
    writer.put("collected_over_assigned", "ratio", [*writer.after(name, assigned), no_pair], ratio)
    _relative(writer, name, assigned)


def _relative(writer: Writer, name: str, assigned: str) -> None:
    """Write how collected over assigned moves when it is 1 in the base year."""
    out, base = writer.out, writer.years[0]

    def moved(year: int) -> str:
        if year == base:
            return ""
        now, then = ([out.cell(n, y) for n in (name, assigned)] for y in (year, base))
        blank = ",".join(f'{one}=""' for one in (*now, *then))
        return f'IF(OR({blank}),"",({now[0]}/{then[0]})/({now[1]}/{then[1]}))'

    def value(year: int) -> float | None:
        ends = [out.value(n, y) for n in (name, assigned) for y in (year, base)]
        if year == base or None in ends:
            return None
        top, first, bottom, start = (one for one in ends if one is not None)
        return (top / first) / (bottom / start)

    words = writer.book.say(
        f"Thu không kể tiền sử dụng đất so với giao, năm {base} = 1",
        f"Revenue without land-use fees over assigned, {base} = 1",
    )
    after = writer.after(name, assigned)
    writer.put("relative_ratio", "ratio", after, moved, value, words=words)


def write_land(writer: Writer) -> None:
    """Write land-use fees, what the commune retains, and all revenue collected."""
    out, inputs, years = writer.out, writer.inputs, writer.years
    base, last, fees = years[0], years[-1], "land_revenue"

    def collected(year: int) -> str:
        known = writer.known(fees, year)
        other = '""' if year == base else out.cell("used_land_gross", year)
        return f'IF({known}<>"",{known},{other})'

    writer.put(fees, "billion VND", [writer.no_rate("land_gross", known=fees)], collected)
    writer.shares(writer.projection.stream)

    _retained(writer, fees)

    def everything(year: int) -> str:
        parts = out.cell("recurrent_revenue", year), out.cell(fees, year)
        return f'IF(OR({parts[0]}="",{parts[1]}=""),"",{parts[0]}+{parts[1]})'

    known = inputs.known("recurrent_revenue", base, last)
    index = writer.lacks(
        "thu không kể tiền sử dụng đất mới có dạng chỉ số",
        "revenue without land-use fees is known as an index only",
        f"COUNT({known})=0", not writer.is_known("recurrent_revenue"),
    )  # fmt: skip
    after = writer.after("recurrent_revenue", fees)
    writer.put("collected_revenue", "billion VND", [*after, index], everything)


def _retained(writer: Writer, fees: str) -> None:
    """Write what the commune retains of land-use fees, by year and in all."""
    out, years, kept = writer.out, writer.years, "land_retained"
    base, last = years[0], years[-1]

    def retained(year: int) -> str:
        if year == base:
            return ""
        return f"{out.cell(fees, year)}*{out.cell('retained_share', year)}/100"

    shares = out.block(["retained_share"], years[1], last)
    lacking = any(out.values["retained_share", year] is None for year in years[1:])
    stream = label(writer.projection.stream, writer.book.lang)
    no_rule = writer.lacks(
        f"thiếu quy định điều tiết cho {stream}", f"no sharing rule for {stream}",
        f"COUNT({shares})<{len(years) - 1}", lacking,
    )  # fmt: skip
    writer.put(kept, "billion VND", [*writer.after(fees), no_rule], retained, kind="strong")

    def total(year: int) -> str:
        return "" if year == base else f"SUM({out.block([kept], years[1], year)})"

    writer.put("land_retained_total", "billion VND", writer.after(kept), total)
