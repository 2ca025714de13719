"""The part of the Word report on the investment total: what it needs, rule by rule."""

from __future__ import annotations

from textwrap import fill

from laikhe_analysis.findings.investment import least, programme
from laikhe_analysis.office.summary.headline import headline_of
from laikhe_analysis.office.tables import table
from laikhe_analysis.office.word.material import (
    Block,
    Grid,
    Heading,
    Material,
    Prose,
    picture,
    say,
    weakest_note,
)
from laikhe_analysis.office.word.parts import WIDTH
from laikhe_analysis.plots import new_axes, plot_bars
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.vietnamese import format_number, label

__all__ = ["investment_part"]

_LETTERS = 34  # a line in the names of rules on a figure


def investment_part(m: Material) -> list[Block]:
    """Return what the investment total would need, rule by rule, and the verdicts."""
    title = "Tổng vốn đầu tư"
    study = m.study
    if study is None:
        reason = (
            "Kế hoạch không có chỉ tiêu tổng vốn đầu tư, hoặc chưa có quy định điều tiết áp dụng "
            "được, nên không lập phần này."
        )
        return [Heading(title), Prose(reason)]
    return [
        Heading(title),
        *m.found("05"),
        *_needs(m),
        *_land(m),
        Prose(headline_of(programme(study)).text.vi),
    ]


def _needs(m: Material) -> list[Block]:
    """Return what each rule needs, as a table and a figure."""
    assert m.study is not None
    needs = [need for need in m.study.needed if need["gross"] is not None]
    rows = [
        {
            "rule": label(n["rule"]),
            "share": 100 * n["share"],
            "cost": 100 * n["cost"],
            "net": n["net"],
            "gross": n["gross"],
            "each": n["per_year"],
            "origin": label(n["origin"]),
        }
        for n in needs
    ]
    headings = {
        "rule": "Quy định điều tiết",
        "share": "Xã được dùng, %",
        "cost": "Trừ trước chi phí, %",
        "net": "Thu sau chi phí, tỷ đồng",
        "gross": "Phải thu, tỷ đồng",
        "each": say("Mỗi năm từ {y}", y=m.study.left[0]),
        "origin": "Căn cứ",
    }
    total = format_number(m.study.total, 3)
    caption = say("Tiền sử dụng đất cần thu để được {t} tỷ đồng", t=total)
    decimals = dict.fromkeys(("net", "gross", "each"), 3)
    shown = table(rows, headings, decimals=decimals, caption=caption)
    origin = weakest_origin(*(n["origin"] for n in needs))
    drawn = {label(n["rule"]): n["gross"] for n in needs}
    axes = plot_bars(
        {fill(name, _LETTERS): value for name, value in drawn.items()},
        unit="billion VND",
        title="",
        origin=origin,
        decimals=0,
        line=("tổng vốn của kế hoạch", m.study.total),
        ax=new_axes(WIDTH, 1.0 + 0.46 * len(drawn)),
    )
    ends = "; ".join(f"{name} {format_number(x, 0)}" for name, x in drawn.items())
    return [
        Grid(shown, (45, 16, 16, 23, 23, 21, 21), weakest_note(origin)),
        picture(axes, caption, f"{caption}: {ends}."),
    ]


def _land(m: Material) -> list[Block]:
    """Return how much land each rule needs, by price case and chance; [] with an inventory."""
    assert m.study is not None
    if m.study.plots:
        return []
    shown = [
        {
            "rule": label(row["rule"]),
            "case": label(row["case"]),
            "price": row["price"],
            **{str(level): row[level] and least(row[level]) for level in m.study.levels},
        }
        for row in m.study.land
    ]
    headings = {"rule": "Quy định điều tiết", "case": "Trường hợp giá", "price": "Triệu đồng/m²"}
    headings |= {str(p): say("Khoảng {p:0}% khả năng", p=100 * p) for p in m.study.levels}
    caption = "Diện tích đất ở phải đem đấu giá để đủ vốn, ha, theo quy định, giá và khả năng"
    cells = table(shown, headings, decimals=1, caption=caption)
    return [Grid(cells, (58, 45, 20, 21, 21), weakest_note("assumption"))]
