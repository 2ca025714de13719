"""The parts of the Word report on the plan, revenue, total product and income."""

from __future__ import annotations

from laikhe_analysis.checks import Text
from laikhe_analysis.growth import compound
from laikhe_analysis.monitor.boards import ECONOMIC
from laikhe_analysis.outputs.pages.quantities import named
from laikhe_analysis.outputs.summary import mean_rate_of, plan_rates, start_ratio_needed
from laikhe_analysis.outputs.tables import table, target_row
from laikhe_analysis.outputs.word.material import (
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


def _until(m: Material) -> Text:
    """Return up to which day figures were recorded, or that there are none."""
    if not last_day(m.data):
        return Text(" (chưa có số nào)", " (there are none yet)")
    day = day_words(last_day(m.data))
    return Text(f" đã ghi đến ngày {day.vi}", f" recorded up to {day.en}")


def opening(m: Material) -> list[Block]:
    """Return what the report is about, and how to read it."""
    commune = m.data.commune
    return [
        Prose(say(
            m,
            "Báo cáo đối chiếu các chỉ tiêu của kế hoạch giai đoạn {first}-{last} của {name} với số "
            "liệu của xã{until} và với {n} kịch bản; kết quả nêu theo kịch bản {scenario}, "
            "thời điểm xét là {at}.",
            "This report holds the targets of the {first}-{last} plan of {name_en} against the "
            "figures of the commune{until} and {n} scenarios; results are those of the {scenario} "
            "scenario, as of {at}.",
            first=commune.base_year, last=commune.target_year, name=commune.name,
            name_en=commune.name_en or commune.name, until=_until(m),
            n=len(m.projections), scenario=words(m.scenario), at=m.at.words,
        )),
        Prose(say(
            m,
            "Mỗi kết quả ghi căn cứ yếu nhất mà nó dựa vào. Chỉ tiêu và tiền đề của kế hoạch là ý "
            "định, không phải căn cứ để dự báo. Chỗ nào chưa đủ số liệu thì nêu rõ là chưa đủ.",
            "Every result names the weakest origin that it rests on. The plan's targets and "
            "premises are intentions and no evidence for a forecast. Where figures are missing the "
            "report says so.",
        )),
    ]  # fmt: skip


def asked_part(m: Material) -> list[Block]:
    """Return what the plan asks for."""
    heading = Heading(say(m, "Kế hoạch đặt ra những gì", "What the plan asks for"))
    blocks: list[Block] = [heading, m.found("01")[0]]
    _, _, hidden = m.board.count_items()
    if hidden:
        blocks.append(Prose(say(
            m,
            "Báo cáo không nêu chỉ tiêu nội bộ ({hidden} mục).",
            "Internal targets ({hidden} items) are left out.",
            hidden=hidden,
        )))  # fmt: skip
    rows = [target_row(t, m.lang) for t in m.data.plan.targets if t.group in ECONOMIC]
    if not rows:
        return [*blocks, Prose(say(m, "Kế hoạch không có chỉ tiêu kinh tế, đầu tư.",
                                   "The plan has no economic or investment target."))]  # fmt: skip
    headings = {
        "clause": say(m, "Mục", "Clause"),
        "name": say(m, "Chỉ tiêu", "Target"),
        "goal": say(m, "Mức phải đạt", "Goal"),
        "kind": say(m, "Cách xét", "How it is judged"),
    }
    caption = say(m, "Các chỉ tiêu kinh tế, đầu tư", "Economic and investment targets")
    shown = table(rows, headings, caption=caption, lang=m.lang)
    return [*blocks, Grid(shown, (16, 66, 38, 45), weakest_note(m, "statement"))]


def revenue_part(m: Material) -> list[Block]:
    """Return where revenue may stand, in both readings of its clause."""
    blocks: list[Block] = [Heading(say(m, "Thu ngân sách", "Budget revenue")), *m.found("02")]
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
                "name": label(name, m.lang),
                "growth": 100 * mean_rate_of(p, "recurrent_revenue"),
                "assigned": 100 * mean_rate_of(p, "assigned_revenue"),
                "needed": start_ratio_needed(p, 1 + rate),
            }
            for name, p in paths.items()
            if "assigned_revenue" in p.paths
        ]
        headings = {
            "name": say(m, "Kịch bản", "Scenario"),
            "growth": say(m, "Thu (không kể tiền sử dụng đất) tăng bình quân, %/năm",
                          "Growth of revenue without land-use fees, %/year"),
            "assigned": say(m, "Số giao tăng bình quân, %/năm", "Growth of the estimate, %/year"),
            "needed": say(
                m, "Tỷ lệ thu so với số giao năm {y} cần có để năm nào cũng đạt",
                "Collected over assigned needed in {y} to hold every year", y=m.years[0],
            ),
        }  # fmt: skip
        caption = say(m, "Thu và số thành phố giao theo kịch bản",
                      "Revenue and the assigned estimate by scenario")  # fmt: skip
        shown = table(rows, headings, decimals=2, caption=caption, lang=m.lang)
        note = weakest_note(m, m.origin("recurrent_revenue"))
        blocks += [Grid(shown, (50, 35, 35, 45), note)] if rows else []
    return blocks


def product_part(m: Material) -> list[Block]:
    """Return whether the rates of total product agree, and where it may stand."""
    title = say(m, "Tổng giá trị sản phẩm trên địa bàn", "Total product of the area")
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
            {"sector": label(sector, m.lang), "asked rate": None if rate is None else 100 * rate}
            | {n: 100 * mean_rate_of(p, variable) for n, p in m.with_path(variable).items()}
        )
    headings = {"sector": say(m, "Ngành", "Sector")}
    headings |= {name: label(name, m.lang) for name in m.projections}
    headings |= {"asked rate": say(m, "kế hoạch", "the plan's rate")}
    caption = say(m, "Tốc độ tăng bình quân {a}-{b}, %/năm", "Average growth in {a}-{b}, % a year",
                  a=m.years[0] + 1, b=m.years[-1])  # fmt: skip
    shown = table(rows, headings, decimals=1, caption=caption, lang=m.lang)
    blocks.append(Grid(shown, even(58, len(headings)), weakest_note(m, m.origin("total_product"))))
    return blocks + _by_year(m, "total_product", total)


def income_part(m: Material) -> list[Block]:
    """Return what the income target means in money, real and nominal."""
    title = say(m, "Thu nhập bình quân đầu người", "Income per capita")
    blocks: list[Block] = [Heading(title), *m.found("04")]
    if not m.with_path("income_per_capita_real"):
        return blocks
    target = m.data.plan.role("income", "average_rate")
    is_rate = target is not None and target.kind == "average_rate"
    rate = target.value / 100 if target is not None and is_rate else None
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
    name, of = named(paths, variable).pick(m.lang), unit_label(unit, m.lang)
    lines = [
        Line(label(key, m.lang), p.path(variable).years, p.path(variable).values, "assumption")
        for key, p in paths.items()
    ]
    if rate is not None:
        start = lines[0].values[0]
        steady = [float(compound(start, rate, year - m.years[0])) for year in m.years]
        shown = say(m, "tăng {r:0}%/năm", "{r:0}% a year", r=100 * rate)
        lines.append(Line(shown, list(m.years), steady, "target"))
    values = [dict(zip(line.years, line.values, strict=True)) for line in lines]
    rows = [
        {"year": year} | {str(i): known.get(year) for i, known in enumerate(values)}
        for year in m.years
    ]
    headings = {"year": say(m, "Năm", "Year")} | {str(i): x.name for i, x in enumerate(lines)}
    title = f"{name[:1].upper()}{name[1:]}, {of}"
    if unit == "index":
        title += f" ({m.years[0]} = 100)"
    origin = m.origin(variable)
    shown_table = table(rows, headings, decimals=1, caption=title, lang=m.lang)
    grid = Grid(shown_table, even(20, len(headings)), weakest_note(m, origin))
    if not drawn:
        return [grid]
    axes = plot_lines(lines, unit=unit, title="", origin=origin, ax=new_axes(WIDTH, 2.8),
                      lang=m.lang)  # fmt: skip
    ends = "; ".join(f"{x.name} {format_value(x.values[-1], unit, m.lang)}" for x in lines)
    alt = say(m, "{t}. Năm {y}: {e}.", "{t}. In {y}: {e}.", t=title, y=m.years[-1], e=ends)
    return [grid, picture(axes, title, alt)]
