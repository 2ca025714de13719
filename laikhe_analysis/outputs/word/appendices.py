"""The appendices of the Word report: the board, the assumptions and the sources, in full."""

from __future__ import annotations

from dataclasses import dataclass

from laikhe_analysis.checks import Text
from laikhe_analysis.monitor.boards import Line
from laikhe_analysis.outputs.board.cells import HEADINGS, cells_of
from laikhe_analysis.outputs.summary import auction_prices
from laikhe_analysis.outputs.tables import goal_text, table
from laikhe_analysis.outputs.word.material import (
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
    "level_by": Text(" vào năm {y}", " by {y}"),
    "milestone": Text(" vào năm {y}", " by {y}"),
    "annual_level": Text(", mỗi năm", ", every year"),
    "annual_ratio": Text(", mỗi năm", ", every year"),
    "average_rate": Text(", bình quân", ", on average"),
    "cumulative": Text(", cả giai đoạn", ", over the period"),
}


@dataclass(frozen=True)
class Appendix:
    """One appendix: its title and blocks, on pages that lie across."""

    title: str
    blocks: tuple[Block, ...]


def appendices(m: Material) -> list[Appendix]:
    """Return the board, the assumptions and the sources, in full."""
    return [
        Appendix(say(m, "Bảng theo dõi tiến độ chỉ tiêu", "Board of targets"), (_board(m),)),
        Appendix(say(m, "Giả định của các kịch bản", "Assumptions of the scenarios"),
                 tuple(_assumptions(m))),
        Appendix(say(m, "Nguồn của các số đã dùng", "Sources of the figures used"), (_sources(m),)),
    ]  # fmt: skip


def _board(m: Material) -> Grid | Prose:
    """Return every target: goal, latest figure, next step, class with its reason, owner."""
    if not m.board.lines:
        return Prose(say(m, "Chưa có chỉ tiêu nào để theo dõi.", "There is no target to follow."))
    rows = [
        cells_of(line, m.lang) | {
            "n": str(i),
            "goal": goal_text(line.target, m.lang)
            + say(m, *_WHEN[line.target.kind], y=line.target.target_year),
            "class": _class(m, line),
        }
        for i, line in enumerate(m.board.lines, 1)
    ]  # fmt: skip
    fields = ("clause", "name", "goal", "latest", "next")
    headings = {"n": say(m, "TT", "No.")} | {name: HEADINGS[name].pick(m.lang) for name in fields}
    headings |= {
        "class": say(m, "Xếp loại, hoặc vì sao chưa xếp loại", "Class, or why there is none"),
        "owner": HEADINGS["owner"].pick(m.lang),
    }
    shown = table(rows, headings, lang=m.lang)
    origins = [x.assessment.origin for x in m.board.lines if x.assessment.origin]
    note = weakest_note(m, weakest_origin(*origins)) if origins else ""
    return Grid(shown, (11, 17, 52, 36, 27, 25, 45, 39), note, frozenset({7}))


def _class(m: Material, line: Line) -> str:
    """Return the class of a target or why there is none, and where the scenario leads."""
    cells = cells_of(line, m.lang)
    told = [cells["status"].split(" ", 1)[1]]  # without its sign, which the font may lack
    told += [cells["note"]] if cells["note"] else []
    if cells["expected"]:
        told.append(
            say(m, "kịch bản {s} dẫn tới {v}", "the {s} scenario leads to {v}",
                s=words(m.scenario), v=cells["expected"])
        )  # fmt: skip
    return "; ".join(told)


def _assumptions(m: Material) -> list[Grid]:
    """Return every assumption by scenario, and the reasons of those of the report's scenario."""
    cells: dict[tuple[str, str, str], dict[str, str]] = {}
    for name, scenario in m.data.assumed.items():
        for one in scenario.assumptions:
            key = one.variable, _span(one), file_unit(one.unit)
            shown = f"{_value(m, one)} ({label(one.origin, m.lang)})"
            cells.setdefault(key, {})[name] = shown
    order = list(dict.fromkeys(variable for variable, _, _ in cells))
    rows = [
        {"variable": label(v, m.lang), "years": years, "unit": unit_label(unit, m.lang)} | values
        for (v, years, unit), values in sorted(
            cells.items(), key=lambda item: (order.index(item[0][0]), item[0][1])
        )
    ]
    headings = {
        "variable": say(m, "Giả định", "Assumption"),
        "years": say(m, "Năm", "Years"),
        "unit": say(m, "Đơn vị", "Unit"),
    } | {name: label(name, m.lang) for name in m.data.assumed}
    each = 140 / max(len(m.data.assumed), 1)
    caption = say(m, "Giá trị theo kịch bản (trong ngoặc: căn cứ)",
                  "Values by scenario (in brackets: origin)")  # fmt: skip
    table_of_values = table(rows, headings, missing=say(m, "không đặt", "not set"),
                            caption=caption, lang=m.lang)  # fmt: skip
    return [
        Grid(table_of_values, (64, 24, 24, *[each] * len(m.data.assumed)), ""),
        _reasons(m),
    ]


def _reasons(m: Material) -> Grid:
    """Return why the report's scenario assumes what it does."""
    rows = [
        {
            "variable": label(one.variable, m.lang),
            "years": _span(one),
            "source": _source_name(m, one.source_id),
            "note": one.note or "…",
        }
        for one in m.data.assumed[m.scenario].assumptions
    ]
    headings = {
        "variable": say(m, "Giả định", "Assumption"),
        "years": say(m, "Năm", "Years"),
        "note": say(m, "Vì sao", "Why"),
        "source": say(m, "Nguồn", "Source"),
    }
    caption = say(m, "Lý do của các giả định, kịch bản {s}",
                  "Reasons of the assumptions, {s} scenario", s=words(m.scenario))  # fmt: skip
    shown = table(rows, headings, caption=caption, lang=m.lang)
    return Grid(shown, (58, 24, 128, 42), "", frozenset({2}))


def _source_name(m: Material, source_id: str) -> str:
    """Return the id of a source, or in words that it is an assumption of the office itself."""
    own = say(m, "tự đặt", "own")
    return own if source_id in ("assumption", "") else source_id


def _span(one: Assumption) -> str:
    """Return the years of an assumption."""
    return str(one.year_from) if one.year_from == one.year_to else f"{one.year_from}-{one.year_to}"


def _value(m: Material, one: Assumption) -> str:
    """Return what is assumed, with as many decimals as it has, at most three."""
    value = as_in_file(one).value
    return label(value, m.lang) if isinstance(value, str) else format_shortest(value, m.lang)


def _published(m: Material, source: Source) -> str:
    """Return when a source was published, as precisely as is known."""
    day = source.published
    return day_words(day).pick(m.lang) if day.count("-") == 2 else day or "…"


def _sources(m: Material) -> Grid:
    """Return the sources of the figures used."""
    rows = [
        {"id": s.source_id, "title": s.title, "publisher": s.publisher or "…",
         "published": _published(m, s), "url": s.url or "…"}
        for s in (m.data.cited[name] for name in used_sources(m))
    ]  # fmt: skip
    headings = {
        "id": say(m, "Mã", "Id"),
        "title": say(m, "Tên tài liệu", "Title"),
        "publisher": say(m, "Nơi công bố", "Publisher"),
        "published": say(m, "Ngày", "Date"),
        "url": say(m, "Địa chỉ", "Address"),
    }
    note = say(m, "Số liệu đã chứa {n} nguồn; bảng này chỉ ghi nguồn của các số đã dùng trong báo cáo.",
               "The data hold {n} sources; this table names those of the figures in this report.",
               n=len(m.data.cited))  # fmt: skip
    return Grid(table(rows, headings, lang=m.lang), (38, 75, 32, 24, 83), note, frozenset({1, 2}))


def used_sources(m: Material) -> list[str]:
    """Return the ids of the sources that the report's figures come from, in alphabetical order."""
    data, yardsticks = m.data, m.data.commune.yardsticks
    named = {target.source_id for target in data.plan.targets}
    named |= {row.source_id for row in data.latest()}
    named |= {one.source_id for s in data.assumed.values() for one in s.assumptions}
    shown = {need.rule for need in m.study.needs} if m.study is not None else set()
    named |= {line.source_id for name in shown for line in data.rules[name].lines}
    wanted = {("city", "grdp_growth"), ("city", "commune_funds_per_unit"),
              ("city", "total_investment_per_unit"), ("province", "income_growth_real_mean")}  # fmt: skip
    wanted |= {("district", f"share_{sector}") for sector in data.commune.sectors}
    for place, series in wanted:
        found = data.figures(yardsticks.get(place, ""), series)
        named |= {row.source_id for row in found if row.confidence != "low"}
    if m.study is not None:
        seen = set(auction_prices(data).values())
        named |= {row.source_id for row in data.published
                  if row.series_id.startswith("auction_price_start") and row.value in seen}  # fmt: skip
        named |= {row.source_id for row in data.realisation if row.is_full_year_land_fee}
    return sorted(name for name in named if name in data.cited)
