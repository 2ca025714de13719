"""The parts of the Word report on the board, the scenarios, what is open and the sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from laikhe_analysis.findings.questions import questions
from laikhe_analysis.monitor.boards import BEHIND
from laikhe_analysis.office.pages.quantities import gap_unit, named
from laikhe_analysis.office.summary import mean_rate_of
from laikhe_analysis.office.summary.headline import headline_of
from laikhe_analysis.office.tables import table
from laikhe_analysis.office.word.material import (
    Block,
    Grid,
    Heading,
    Items,
    Material,
    Prose,
    origins_in_order,
    plain,
    say,
    weakest_note,
)
from laikhe_analysis.records import SEVERITIES
from laikhe_analysis.scenarios import compare
from laikhe_analysis.vietnamese import (
    evidence,
    format_value,
    label,
    unit_label,
    words,
)

__all__ = [
    "OUTCOMES",
    "board_part",
    "questions_part",
    "scenario_part",
    "sources_part",
]

OUTCOMES = (
    "total_product",
    "total_product_nominal",
    "income_per_capita_real",
    "income_per_capita",
    "recurrent_revenue",
    "land_retained_total",
    "population",
    "crop_value_per_ha",
)
"""What the scenarios are compared by, in the target year."""


def board_part(m: Material) -> list[Block]:
    """Return where the targets stand, in numbers by part of the plan."""
    rows: list[dict[str, Any]] = [
        {
            "group": label(group),
            "all": len(lines),
            "good": sum(line.status in ("achieved", "on_track") for line in lines),
            "behind": sum(line.status in BEHIND for line in lines),
            "open": sum(line.status == "not_assessed" for line in lines),
        }
        for group, lines in m.board.groups().items()
    ]
    rows.append(
        {"group": "Tổng số"}
        | {key: sum(row[key] for row in rows) for key in ("all", "good", "behind", "open")}
    )
    headings = {
        "group": "Nhóm",
        "all": "Số chỉ tiêu",
        "good": "Đạt hoặc đúng tiến độ",
        "behind": "Chậm hoặc có nguy cơ không đạt",
        "open": "Chưa đủ căn cứ",
    }
    title = "Tiến độ các chỉ tiêu"
    is_known = any(line.status != "not_assessed" for line in m.board.lines)
    told = [Prose(m.board.summary().vi)] * is_known
    caption = "Số chỉ tiêu theo nhóm và mức tiến độ"
    note = "Từng chỉ tiêu: xem Phụ lục I."
    shown = table(rows, headings, decimals=0, caption=caption)
    grid = [Grid(shown, (60, 22, 27, 30, 26), note)] * bool(m.board.lines)
    return [Heading(title), *m.found("07"), *told, *grid]


def scenario_part(m: Material) -> list[Block]:
    """Return where each scenario leads, what drives the difference, what cannot be computed."""
    title = "Các kịch bản và giả định"
    known = [v for v in OUTCOMES if m.with_path(v)]
    paths = m.with_path("total_product")
    rates = [
        say("{n} {r:1}%/năm", n=words(name), r=100 * mean_rate_of(p, "total_product"))
        for name, p in paths.items()
    ]
    blocks: list[Block] = [Heading(title)]
    if rates:
        blocks.append(
            Prose(
                say(
                    "Tổng giá trị sản phẩm tăng bình quân theo kịch bản: {r}.",
                    r="; ".join(rates),
                ),
                m.origin("total_product"),
            )
        )
        blocks += [told for name in paths if name != m.scenario for told in _drivers(m, name)]
    if known:
        blocks.append(_outcomes(m, known))
    missing = [
        f"{label(v)} ({label(name)}): {plain(why)}"
        for name, p in m.projections.items()
        for v, why in p.missing.items()
        if v in OUTCOMES
    ]
    if missing:
        said = say("Chưa tính được: {x}.", x="; ".join(missing))
        blocks.append(Prose(said))
    note = "Toàn bộ giả định, căn cứ và lý do: xem Phụ lục II."
    return [*blocks, Prose(note)]


def _drivers(m: Material, other: str) -> list[Prose]:
    """Return what makes total product of another scenario differ from the report's."""
    if m.scenario not in m.with_path("total_product"):
        return []
    year = m.years[-1]
    found = compare(m.chosen, m.projections[other], variables=["total_product"])
    parts = {} if found.missing else found.drivers_of("total_product", year)
    if not parts:
        return []
    name, value = next(iter(parts.items()))
    gap = found.difference("total_product", year)
    return [
        Prose(
            say(
                "Tổng giá trị sản phẩm năm {y} theo kịch bản {b} {way} kịch bản {a} {d:1} {unit}; "
                "riêng {name} làm {moved} {v:1} {unit}.",
                a=words(m.scenario),
                b=words(other),
                y=year,
                d=abs(gap),
                way="cao hơn" if gap > 0 else "thấp hơn",
                name=words(name),
                v=abs(value),
                unit=gap_unit(m.chosen.paths["total_product"].unit),
                moved="tăng" if value > 0 else "giảm",
            ),
            m.origin("total_product"),
        )
    ]


def _outcomes(m: Material, known: Iterable[str]) -> Grid:
    """Return where each scenario leads in the target year."""
    year, rows = m.years[-1], []
    for variable in known:
        paths = m.with_path(variable)
        unit = next(iter(paths.values())).paths[variable].unit
        rows.append(
            {"variable": named(paths, variable).vi, "unit": unit_label(unit)}
            | {n: format_value(p.value(variable, year), unit) for n, p in paths.items()}
        )
    headings = {"variable": "Kết quả", "unit": "Đơn vị"}
    headings |= {name: label(name) for name in m.projections}
    caption = say("Kết quả năm {y} theo kịch bản (chỉ số: {b} = 100)", y=year, b=m.years[0])
    shown = table(rows, headings, missing="chưa tính được", caption=caption)
    each = 74 / max(len(m.projections), 1)
    numeric = frozenset(range(2, len(headings)))
    note = weakest_note(m.origin(*known))
    return Grid(replace(shown, numeric=numeric), (53, 38, *[each] * len(m.projections)), note)


def questions_part(m: Material) -> list[Block]:
    """Return what has to be settled about the plan, and what to ask the city."""
    title = "Những điểm cần thống nhất"
    found = sorted(m.board.findings, key=lambda finding: SEVERITIES.index(finding.severity))
    counts = {s: sum(finding.severity == s for finding in found) for s in SEVERITIES}
    blocks: list[Block] = [
        Heading(title),
        Prose(
            say(
                "Đối chiếu các chỉ tiêu với nhau: {conflict} điểm mâu thuẫn, {question} câu hỏi cần làm "
                "rõ, {note} ghi chú.",
                **counts,
            )
        ),
    ]
    if found:
        blocks.append(
            Items(
                tuple(
                    say(
                        "{kind}, mục {c}: {t} Hướng giải quyết: {s}",
                        kind=_capital(label(f.severity)),
                        c=", ".join(f.clauses),
                        t=f.text,
                        s=f.settle,
                    )
                    for f in found
                )
            )
        )
    asked = questions(m.study) if m.study is not None else []
    if asked:
        ask = "Câu hỏi với thành phố về nguồn vốn đầu tư:"
        blocks += [
            Prose(ask),
            Items(tuple(headline_of(one).text.vi for one in asked)),
        ]
    return blocks


def _capital(text: str) -> str:
    """Return a text that begins with a capital letter."""
    return text[:1].upper() + text[1:]


def sources_part(m: Material) -> list[Block]:
    """Return what the figures rest on."""
    rows = m.data.latest()
    own = {
        evidence(origin, status): sum(
            evidence(row.origin, row.status) == evidence(origin, status) for row in rows
        )
        for origin in origins_in_order([row.origin for row in rows])
        for status in dict.fromkeys(row.status for row in rows if row.origin == origin)
    }
    assumed = origins_in_order([one.origin for one in m.data.assumed[m.scenario].assumptions])
    named = {label(origin): n for origin, n in assumed.items()}
    said = ["; ".join(f"{n} {name}" for name, n in counts.items()) for counts in (own, named)]
    none = "chưa có"
    return [
        Heading("Nguồn số liệu"),
        Prose(
            say(
                "Số liệu của xã đã dùng: {a}. Giả định của kịch bản {s}: {b}. Nguồn của các số đã dùng: "
                "xem Phụ lục III.",
                a=said[0] or none,
                s=words(m.scenario),
                b=said[1] or none,
            )
        ),
    ]
