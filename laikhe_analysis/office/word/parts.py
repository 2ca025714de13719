"""The parts of the Word report on the plan, revenue, total product and income."""

from __future__ import annotations

from laikhe_analysis.growth import compound
from laikhe_analysis.monitor.boards import ECONOMIC
from laikhe_analysis.office.pages.quantities import named
from laikhe_analysis.office.summary import mean_rate_of, plan_rates, start_ratio_needed
from laikhe_analysis.office.tables import table, target_row
from laikhe_analysis.office.word.material import (
    Block,
    Grid,
    Heading,
    Material,
    Picture,
    Prose,
    day_words,
    last_day,
    picture,
    say,
    weakest_note,
)
from laikhe_analysis.plots import Line, new_axes, plot_lines
from laikhe_analysis.vietnamese import (
    format_value,
    label,
    unit_label,
    words,
)

__all__ = [
    "asked_part",
    "income_part",
    "opening",
    "product_part",
    "revenue_part",
]

WIDTH = 6.5
"""Width of a figure: that of the text of a page. [inches]"""


def _until(m: Material) -> str:
    """Return up to which day figures were recorded, or that there are none."""
    if not last_day(m.data):
        return " (chưa có số nào)"
    return f" đã ghi đến ngày {day_words(last_day(m.data)).vi}"


def opening(m: Material) -> list[Block]:
    """Return what the report is about, and how to read it."""
    commune = m.data.commune
    return [
        Prose(
            say(
                "Báo cáo đối chiếu các chỉ tiêu của kế hoạch giai đoạn {first}-{last} của {name} với số "
                "liệu của xã{until} và với {n} kịch bản; kết quả nêu theo kịch bản {scenario}, "
                "thời điểm xét là {at}.",
                first=commune.base_year,
                last=commune.target_year,
                name=commune.name,
                until=_until(m),
                n=len(m.projections),
                scenario=words(m.scenario),
                at=m.at.words,
            )
        ),
        Prose(
            "Mỗi kết quả ghi căn cứ yếu nhất mà nó dựa vào. Chỉ tiêu và tiền đề của kế hoạch là ý "
            "định, không phải căn cứ để dự báo. Chỗ nào chưa đủ số liệu thì nêu rõ là chưa đủ."
        ),
    ]


def asked_part(m: Material) -> list[Block]:
    """Return what the plan asks for."""
    heading = Heading("Kế hoạch đặt ra những gì")
    blocks: list[Block] = [heading, m.found("01")[0]]
    _, _, hidden = m.board.count_items()
    if hidden:
        blocks.append(Prose(f"Báo cáo không nêu chỉ tiêu nội bộ ({hidden} mục)."))
    rows = [target_row(t) for t in m.data.plan.targets if t.group in ECONOMIC]
    if not rows:
        return [*blocks, Prose("Kế hoạch không có chỉ tiêu kinh tế, đầu tư.")]
    headings = {
        "clause": "Mục",
        "name": "Chỉ tiêu",
        "goal": "Mức phải đạt",
        "kind": "Cách xét",
    }
    caption = "Các chỉ tiêu kinh tế, đầu tư"
    shown = table(rows, headings, caption=caption)
    return [*blocks, Grid(shown, (16, 66, 38, 45), weakest_note("statement"))]


def revenue_part(m: Material) -> list[Block]:
    """Return where revenue may stand, in both readings of its clause."""
    blocks: list[Block] = [Heading("Thu ngân sách"), *m.found("02")]
    paths = m.with_path("recurrent_revenue")
    if not paths:
        return blocks
    target = m.data.plan.role("revenue", "annual_ratio")
    is_ratio = target is not None and target.kind == "annual_ratio"
    rate = (target.value - 100) / 100 if target is not None and is_ratio else None
    blocks += _by_year(m, "recurrent_revenue", rate)
    if rate is not None:
        rows = [
            {
                "name": label(name),
                "growth": 100 * mean_rate_of(p, "recurrent_revenue"),
                "assigned": 100 * mean_rate_of(p, "assigned_revenue"),
                "needed": start_ratio_needed(p, 1 + rate),
            }
            for name, p in paths.items()
            if "assigned_revenue" in p.paths
        ]
        headings = {
            "name": "Kịch bản",
            "growth": "Thu (không kể tiền sử dụng đất) tăng bình quân, %/năm",
            "assigned": "Số giao tăng bình quân, %/năm",
            "needed": say(
                "Tỷ lệ thu so với số giao năm {y} cần có để năm nào cũng đạt",
                y=m.years[0],
            ),
        }
        caption = "Thu và số thành phố giao theo kịch bản"
        shown = table(rows, headings, decimals=2, caption=caption)
        note = weakest_note(m.origin("recurrent_revenue"))
        blocks += [Grid(shown, (50, 35, 35, 45), note)] if rows else []
    return blocks


def product_part(m: Material) -> list[Block]:
    """Return whether the rates of total product agree, and where it may stand."""
    title = "Tổng giá trị sản phẩm trên địa bàn"
    blocks: list[Block] = [Heading(title), *m.found("03")]
    if not m.with_path("total_product"):
        return blocks
    sectors, rates, total = plan_rates(m.data.plan)
    asked: dict[str, float | None] = {**dict(zip(sectors, rates, strict=True)), "total": total}
    variables = {s: f"product_{s}" for s in m.data.commune.sectors} | {"total": "total_product"}
    rows = []
    for sector, variable in variables.items():
        rate = asked.get(sector)
        rows.append(
            {"sector": label(sector), "asked rate": None if rate is None else 100 * rate}
            | {n: 100 * mean_rate_of(p, variable) for n, p in m.with_path(variable).items()}
        )
    headings = {"sector": "Ngành"}
    headings |= {name: label(name) for name in m.projections}
    headings |= {"asked rate": "kế hoạch"}
    caption = say("Tốc độ tăng bình quân {a}-{b}, %/năm", a=m.years[0] + 1, b=m.years[-1])
    shown = table(rows, headings, decimals=1, caption=caption)
    blocks.append(Grid(shown, even(58, len(headings)), weakest_note(m.origin("total_product"))))
    return blocks + _by_year(m, "total_product", total)


def income_part(m: Material) -> list[Block]:
    """Return what the income target means in money, real and nominal."""
    title = "Thu nhập bình quân đầu người"
    blocks: list[Block] = [Heading(title), *m.found("04")]
    if not m.with_path("income_per_capita_real"):
        return blocks
    target = m.data.plan.role("income", "average_rate")
    is_rate = target is not None and target.kind == "average_rate"
    rate = target.value if target is not None and is_rate else None
    blocks += _by_year(m, "income_per_capita_real", rate)
    return blocks + _by_year(m, "income_per_capita", None, drawn=False)


def even(first: float, columns: int, width: float = 165) -> tuple[float, ...]:
    """Return widths of a first column and of equal ones behind it. [mm]"""
    return (first, *[(width - first) / max(columns - 1, 1)] * (columns - 1))


def _by_year(
    m: Material, variable: str, rate: float | None, *, drawn: bool = True
) -> list[Grid | Picture]:
    """Return a variable by year and scenario beside steady growth at `rate`, table and figure."""
    paths = m.with_path(variable)
    unit = next(iter(paths.values())).paths[variable].unit
    name, of = named(paths, variable).vi, unit_label(unit)
    lines = [
        Line(label(key), p.path(variable).years, p.path(variable).values, "assumption")
        for key, p in paths.items()
    ]
    if rate is not None:
        start = lines[0].values[0]
        steady = [float(compound(start, rate, year - m.years[0], limit=None)) for year in m.years]
        shown = say("tăng {r:0}%/năm", r=100 * rate)
        lines.append(Line(shown, list(m.years), steady, "target"))
    values = [dict(zip(line.years, line.values, strict=True)) for line in lines]
    rows = [
        {"year": year} | {str(i): known.get(year) for i, known in enumerate(values)}
        for year in m.years
    ]
    headings = {"year": "Năm"} | {str(i): x.name for i, x in enumerate(lines)}
    title = f"{name[:1].upper()}{name[1:]}, {of}"
    if unit == "index":
        title += f" ({m.years[0]} = 100)"
    origin = m.origin(variable)
    shown_table = table(rows, headings, decimals=1, caption=title)
    grid = Grid(shown_table, even(20, len(headings)), weakest_note(origin))
    if not drawn:
        return [grid]
    axes = plot_lines(lines, unit=unit, title="", origin=origin, ax=new_axes(WIDTH, 2.8))
    ends = "; ".join(f"{x.name} {format_value(x.values[-1], unit)}" for x in lines)
    alt = say("{t}. Năm {y}: {e}.", t=title, y=m.years[-1], e=ends)
    return [grid, picture(axes, title, alt)]
