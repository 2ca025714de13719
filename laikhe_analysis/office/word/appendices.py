"""The appendices of the Word report: the board, the assumptions and the sources, in full."""

from __future__ import annotations

from dataclasses import dataclass

from laikhe_analysis.findings.land_market import auction_prices
from laikhe_analysis.language.wordings.board import cells_of, heading
from laikhe_analysis.monitor.boards import Line
from laikhe_analysis.office.tables import goal_text, table
from laikhe_analysis.office.word.material import (
    Block,
    Grid,
    Material,
    Prose,
    day_words,
    say,
    weakest_note,
)
from laikhe_analysis.records import Assumption, Source
from laikhe_analysis.scenarios import as_in_file
from laikhe_analysis.scenarios.assumptions import file_unit
from laikhe_analysis.series import weakest_origin
from laikhe_analysis.vietnamese import (
    format_shortest,
    label,
    unit_label,
    words,
)

__all__ = ["Appendix", "appendices", "used_sources"]

_WHEN = {
    "level_by": " vào năm {y}",
    "milestone": " vào năm {y}",
    "annual_level": ", mỗi năm",
    "annual_ratio": ", mỗi năm",
    "average_rate": ", bình quân",
    "cumulative": ", cả giai đoạn",
}


@dataclass(frozen=True)
class Appendix:
    """One appendix: its title and blocks, on pages that lie across."""

    title: str
    blocks: tuple[Block, ...]


def appendices(m: Material) -> list[Appendix]:
    """Return the board, the assumptions and the sources, in full."""
    return [
        Appendix("Bảng theo dõi tiến độ chỉ tiêu", (_board(m),)),
        Appendix("Giả định của các kịch bản", tuple(_assumptions(m))),
        Appendix("Nguồn của các số đã dùng", (_sources(m),)),
    ]


def _board(m: Material) -> Grid | Prose:
    """Return every target: goal, latest figure, next step, class with its reason, owner."""
    if not m.board.lines:
        return Prose("Chưa có chỉ tiêu nào để theo dõi.")
    rows = [
        cells_of(line, "vi")
        | {
            "n": str(i),
            "goal": goal_text(line.target)
            + say(_WHEN[line.target.kind], y=line.target.target_year),
            "class": _class(m, line),
        }
        for i, line in enumerate(m.board.lines, 1)
    ]
    fields = ("clause", "name", "goal", "latest", "next")
    headings = {"n": "TT"} | {name: heading(name, "vi") for name in fields}
    headings |= {
        "class": "Xếp loại, hoặc vì sao chưa xếp loại",
        "owner": heading("owner", "vi"),
    }
    shown = table(rows, headings)
    origins = [x.assessment.origin for x in m.board.lines if x.assessment.origin]
    note = weakest_note(weakest_origin(*origins)) if origins else ""
    return Grid(shown, (11, 17, 52, 36, 27, 25, 45, 39), note)


def _class(m: Material, line: Line) -> str:
    """Return the class of a target or why there is none, and where the scenario leads."""
    cells = cells_of(line, "vi")
    told = [cells["status"].split(" ", 1)[1]]  # without its sign, which the font may lack
    told += [cells["note"]] if cells["note"] else []
    if cells["expected"]:
        told.append(say("kịch bản {s} dẫn tới {v}", s=words(m.scenario), v=cells["expected"]))
    return "; ".join(told)


def _assumptions(m: Material) -> list[Grid]:
    """Return every assumption by scenario, and the reasons of those of the report's scenario."""
    cells: dict[tuple[str, str, str], dict[str, str]] = {}
    for name, scenario in m.data.assumed.items():
        for one in scenario.assumptions:
            key = one.variable, _span(one), file_unit(one.unit)
            shown = f"{_value(one)} ({label(one.origin)})"
            cells.setdefault(key, {})[name] = shown
    order = list(dict.fromkeys(variable for variable, _, _ in cells))
    rows = [
        {"variable": label(v), "years": years, "unit": unit_label(unit)} | values
        for (v, years, unit), values in sorted(
            cells.items(), key=lambda item: (order.index(item[0][0]), item[0][1])
        )
    ]
    headings = {
        "variable": "Giả định",
        "years": "Năm",
        "unit": "Đơn vị",
    } | {name: label(name) for name in m.data.assumed}
    each = 140 / max(len(m.data.assumed), 1)
    caption = "Giá trị theo kịch bản (trong ngoặc: căn cứ)"
    table_of_values = table(rows, headings, missing="không đặt", caption=caption)
    return [
        Grid(table_of_values, (64, 24, 24, *[each] * len(m.data.assumed)), ""),
        _reasons(m),
    ]


def _reasons(m: Material) -> Grid:
    """Return why the report's scenario assumes what it does."""
    rows = [
        {
            "variable": label(one.variable),
            "years": _span(one),
            "source": _source_name(one.source_id),
            "note": one.note or "…",
        }
        for one in m.data.assumed[m.scenario].assumptions
    ]
    headings = {
        "variable": "Giả định",
        "years": "Năm",
        "note": "Vì sao",
        "source": "Nguồn",
    }
    caption = say("Lý do của các giả định, kịch bản {s}", s=words(m.scenario))
    shown = table(rows, headings, caption=caption)
    return Grid(shown, (58, 24, 128, 42), "")


def _source_name(source_id: str) -> str:
    """Return the id of a source, or in words that it is an assumption of the office itself."""
    return "tự đặt" if source_id in ("assumption", "") else source_id


def _span(one: Assumption) -> str:
    """Return the years of an assumption."""
    return str(one.year_from) if one.year_from == one.year_to else f"{one.year_from}-{one.year_to}"


def _value(one: Assumption) -> str:
    """Return what is assumed, with as many decimals as it has, at most three."""
    value = as_in_file(one).value
    return label(value) if isinstance(value, str) else format_shortest(value)


def _published(source: Source) -> str:
    """Return when a source was published, as precisely as is known."""
    day = source.published
    return day_words(day).vi if day.count("-") == 2 else day or "…"


def _sources(m: Material) -> Grid:
    """Return the sources of the figures used."""
    rows = [
        {
            "id": s.source_id,
            "title": s.title,
            "publisher": s.publisher or "…",
            "published": _published(s),
            "url": s.url or "…",
        }
        for s in (m.data.cited[name] for name in used_sources(m))
    ]
    headings = {
        "id": "Mã",
        "title": "Tên tài liệu",
        "publisher": "Nơi công bố",
        "published": "Ngày",
        "url": "Địa chỉ",
    }
    note = say(
        "Số liệu đã chứa {n} nguồn; bảng này chỉ ghi nguồn của các số đã dùng trong báo cáo.",
        n=len(m.data.cited),
    )
    return Grid(table(rows, headings), (38, 75, 32, 24, 83), note)


def used_sources(m: Material) -> list[str]:
    """Return the ids of the sources that the report's figures come from, in alphabetical order."""
    data, yardsticks = m.data, m.data.commune.yardsticks
    named = {target.source_id for target in data.plan.targets}
    named |= {row.source_id for row in data.latest()}
    named |= {one.source_id for s in data.assumed.values() for one in s.assumptions}
    shown = {rule.rule for rule in m.study.rules} if m.study is not None else set()
    named |= {line.source_id for name in shown for line in data.rules[name].lines}
    wanted = {
        ("city", "grdp_growth"),
        ("city", "commune_funds_per_unit"),
        ("city", "total_investment_per_unit"),
        ("province", "income_growth_real_mean"),
    }
    wanted |= {("district", f"share_{sector}") for sector in data.commune.sectors}
    for place, series in wanted:
        found = data.figures(yardsticks.get(place, ""), series)
        named |= {row.source_id for row in found if row.confidence != "low"}
    if m.study is not None:
        seen = set(auction_prices(data).values())
        named |= {
            row.source_id
            for row in data.published
            if row.series_id.startswith("auction_price_start") and row.value in seen
        }
        named |= {row.source_id for row in data.realisation if row.is_full_year_land_fee}
    return sorted(name for name in named if name in data.cited)
