"""The part of the Word report on the investment total: what it needs, rule by rule."""

from __future__ import annotations

from textwrap import fill

from laikhe_analysis.office.tables import table
from laikhe_analysis.office.word.material import (
    Block,
    Grid,
    Heading,
    Items,
    Material,
    Prose,
    picture,
    say,
    weakest_note,
)
from laikhe_analysis.office.word.parts import WIDTH, even
from laikhe_analysis.plots import new_axes, plot_bars
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.vietnamese import format_number, label

__all__ = ["investment_part"]

_LETTERS = 34  # a line in the names of rules on a figure
_PRICES = 5  # columns of the land table


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
    after = study.answer.index(study.verdicts[-1].text) + 1
    told = study.answer[after:-1] if study.questions else study.answer[after:]
    elsewhere = []
    if study.outside is not None and study.outside.cases:
        reason = study.outside.reason.vi if study.outside.reason else ""
        elsewhere = [Prose(f"Nơi khác: {study.outside.text.vi}; {reason}.")]
    return [
        Heading(title),
        Prose(study.answer[0].vi, study.origin),
        *m.found("05"),
        *_needs(m),
        Prose("Kết luận theo từng quy định điều tiết:"),
        Items(tuple(verdict.text.vi for verdict in study.verdicts)),
        *(Prose(text.vi) for text in told),
        *_land(m),
        *_yardsticks(m),
        *elsewhere,
    ]


def _needs(m: Material) -> list[Block]:
    """Return what each rule needs, as a table and a figure."""
    assert m.study is not None
    needs = [need for need in m.study.needs if need.gross is not None]
    left = m.study.needs[0].left_years
    rows = [
        {
            "rule": label(n.rule),
            "share": 100 * n.share,
            "gross": n.gross,
            "each": n.gross_per_year,
            "left": n.left_gross_per_year,
            "origin": label(n.origin),
        }
        for n in needs
    ]
    headings = {
        "rule": "Quy định điều tiết",
        "share": "Xã được dùng, %",
        "gross": "Tổng thu cần có, tỷ đồng",
        "each": "Bình quân mỗi năm",
        "left": say("Mỗi năm từ {y}", y=left[0]),
        "origin": "Căn cứ",
    }
    total = format_number(m.study.total, 3)
    caption = say("Tiền sử dụng đất cần thu để được {t} tỷ đồng", t=total)
    decimals = dict.fromkeys(("gross", "each", "left"), 3)
    shown = table(rows, headings, decimals=decimals, caption=caption)
    origin = weakest_origin(*(n.origin for n in needs))
    drawn = {label(n.rule): n.gross or 0.0 for n in needs}
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
        Grid(shown, (50, 17, 25, 22, 22, 29), weakest_note(origin)),
        picture(axes, caption, f"{caption}: {ends}."),
    ]


def _land(m: Material) -> list[Block]:
    """Return how much land each rule needs at the prices seen."""
    assert m.study is not None
    rows = [row for row in m.study.land if row["area_ha"] is not None]
    prices = list(dict.fromkeys(row["price"] for row in rows))[:_PRICES]
    areas = {(row["rule"], row["price"]): row["area_ha"] for row in rows}
    shown = [
        {"rule": label(rule)} | {str(p): areas.get((rule, p)) for p in prices}
        for rule in dict.fromkeys(row["rule"] for row in rows)
    ]
    if not shown:
        return []
    headings = {"rule": "Quy định điều tiết"}
    headings |= {str(p): say("ở giá {p:3} triệu đồng/m²", p=p) for p in prices}
    caption = (
        "Diện tích đất ở phải bán theo quy định và giá, ha (phép chia: bán hết, thu đủ, không trừ "
        "chi phí)"
    )
    cells = table(shown, headings, decimals=2, caption=caption)
    return [Grid(cells, even(62, len(headings)), weakest_note(m.study.origin))]


def _yardsticks(m: Material) -> list[Block]:
    """Return the plan's yearly amounts beside public amounts."""
    assert m.study is not None
    rows = [
        row | {"name": row["name"].vi, "origin": label(row["origin"])} for row in m.study.yardsticks
    ]
    if not rows:
        return []
    headings = {
        "name": "Thước đo",
        "value": "Tỷ đồng/năm",
        "plan": "Kế hoạch, tỷ đồng/năm",
        "ratio": "Kế hoạch gấp mấy lần",
        "origin": "Căn cứ",
    }
    caption = "Đặt cạnh những con số khác"
    decimals = {"value": 1, "plan": 3, "ratio": 3}
    shown = table(rows, headings, decimals=decimals, caption=caption)
    note = weakest_note(weakest_origin(*(row["origin"] for row in m.study.yardsticks)))
    return [Grid(shown, (66, 24, 26, 24, 25), note)]
