"""What the reports say: results, assessment, what falls short, tasks, proposals. No arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from laikhe_analysis.findings import Finding, income, product, revenue
from laikhe_analysis.findings.decisions import money
from laikhe_analysis.findings.investment import concluded, needed, planned
from laikhe_analysis.findings.questions import questions
from laikhe_analysis.language.wordings import sentence_of
from laikhe_analysis.monitor.boards import BEHIND, Line
from laikhe_analysis.office.word.lines import asked, line_values
from laikhe_analysis.office.word.material import Material
from laikhe_analysis.office.word.next_year import proposals
from laikhe_analysis.office.word.place import DOTS, small
from laikhe_analysis.records import Target
from laikhe_analysis.targets.progress import PROGRESS
from laikhe_analysis.vietnamese import capital, format_number, label

__all__ = ["city_questions", "plan_asks", "report_values"]

_MAIN = ("revenue", "total_product", "income", "investment_land", "investment_all")
_GOOD = ("achieved", "on_track")
_AT_RISK = ("insufficient", "away")

_Told = Mapping[str, Mapping[str, Any]]
"""What is told of each target, by its id."""


def report_values(m: Material, *, named: Sequence[Target] = ()) -> dict[str, Any]:
    """Return what a report says, by the names of `names.NAMES`.

    Parameters
    ----------
    m : Material
    named : sequence of Target
        Targets of restricted access that the Party's report names, a blank where no result is shown.
    """
    from_city, total = city_questions(m)
    told = {
        line.target.target_id: line_values(line, m.at, m.earlier.get(line.target.target_id))
        for line in m.board.lines
    }
    return {
        "tong": _counts(m.board.lines, len(m.board.plan.targets) - len(m.board.lines)),
        "nhom": _groups(m, told, named), "bang": _by_group(m),
        "chinh": _main(m, told), "nhan_dinh": _outlook(m),
        "cham": [told[line.target.target_id] for line in m.board.behind()],
        "nhiem_vu": _tasks(m), "ke_hoach_sau": _next_year(m, told),
        "cau_hoi": [text.partition("?")[0] + "?" for text in from_city],
        "tong_von": total, "von": _money(m),
        "thong_nhat": [
            {"cau": one.text.vi, "cach": one.settle.vi}
            for one in m.board.findings if one.severity == "conflict"
        ],
    }  # fmt: skip


def city_questions(m: Material) -> tuple[list[str], str]:
    """Return the questions that only the city can answer, and the plan's total; [] where none."""
    if m.study is None:
        return [], ""
    asked = [sentence_of(one).pick("vi") for one in questions(m.study)]
    return asked, format_number(m.study.total, 3)


def _money(m: Material) -> str:
    """Return what the total needs, what the land brings, what may be begun; "" without a total."""
    if m.study is None:
        return ""
    sentences = [needed(m.study), concluded(m.study), money(m.study)]
    told = [sentence_of(one).pick("vi") for one in sentences if one is not None]
    return " ".join(f"{text.removesuffix('.')}." for text in told)


def plan_asks(m: Material) -> str:
    """Return what the plan's total asks for on its own basis, for the letter; "" without a total."""
    if m.study is None:
        return ""
    found = planned(m.study)
    return sentence_of(found).pick("vi")


def _counts(lines: Sequence[Line], left_out: int) -> dict[str, Any]:
    """Return how many targets are of each class."""
    states = [line.status for line in lines]

    def of(*wanted: str) -> int:
        return sum(state in wanted for state in states)

    return {
        "liet_ke": "; ".join(f"{of(state)} {label(state)}" for state in PROGRESS[:-1] if of(state)),
        "tat_ca": len(states), "danh_gia": len(states) - of("not_assessed"),
        "dat": of("achieved"), "dung": of("on_track"), "cham": of("moderate"),
        "nguy_co": of(*_AT_RISK), "tot": of(*_GOOD), "yeu": of(*BEHIND),
        "chua": of("not_assessed"), "an": left_out,
    }  # fmt: skip


def _by_group(m: Material) -> list[dict[str, Any]]:
    """Return the counts by part of the plan, all of them last."""
    rows = [{"ten": capital(label(group))} | _counts(lines, 0)
            for group, lines in m.board.groups().items()]  # fmt: skip
    return [*rows, {"ten": "Tổng số"} | _counts(m.board.lines, 0)] if rows else []


def _groups(m: Material, told: _Told, named: Sequence[Target]) -> list[dict[str, Any]]:
    """Return the results by part of the plan; what has no figure is named at the end of its part."""
    targets, groups = m.board.plan.targets, []
    order = list(dict.fromkeys(target.group for target in targets))
    if not named:  # the State's report begins with what the State does
        order.sort(key=lambda group: group == "party")
    for group in order:
        inside = [one for one in targets if one.group == group]
        known = [told[one.target_id] for one in inside if _has_result(told, one)]
        blanks = [_blank(one) for one in named if one in inside and not _has_result(told, one)]
        without = "; ".join(
            small(one.name.vi) for one in inside
            if one.target_id in told and one not in named and not _has_result(told, one)
        )  # fmt: skip
        if known or blanks or without:
            rows = {"ten": capital(label(group)), "dong": [*known, *blanks], "trong": without}
            groups.append(rows)
    return groups


def _has_result(told: _Told, target: Target) -> bool:
    """Return whether something is told of a target."""
    return bool(told.get(target.target_id, {}).get("ket_qua"))


def _blank(target: Target) -> dict[str, str]:
    """Return a target whose result is to be filled in by hand."""
    return {"ten": target.name.vi, "muc_tieu": asked(target), "ket_qua": DOTS, "xep_loai": ""}


def _main(m: Material, told: _Told) -> list[Mapping[str, Any]]:
    """Return the targets that a leader asks for first."""
    lines = [line for line in m.board.lines if line.target.role in _MAIN]
    lines = lines or [line for line in m.board.lines if line.is_economic][:4]
    return [told[line.target.target_id] for line in lines]


def _outlook(m: Material) -> list[dict[str, str]]:
    """Return where the scenario leads, in the findings' own words."""
    found: Iterable[Finding] = (
        one.under_scenario(m.data, m.chosen) for one in (revenue, product, income)
    )
    return [
        {"cau": sentence_of(one).pick("vi"), "can_cu": label(one.origin)}
        for one in found if not one.key.endswith(".not_computable")
    ]  # fmt: skip


def _tasks(m: Material) -> list[dict[str, str]]:
    """Return the plan's tasks that serve what lags; a blank where no task does."""
    served: dict[str, list[Target]] = {}
    for line in m.board.behind():
        for name in [task.name.vi for task in line.tasks] or [""]:
            served.setdefault(name, []).append(line.target)
    return [
        {
            "ten": name or DOTS, "chi_tieu": "; ".join(small(target.name.vi) for target in targets),
            "co_quan": ", ".join(dict.fromkeys(t.owner for t in targets if t.owner)) or DOTS,
        }
        for name, targets in served.items()
    ]  # fmt: skip


def _next_year(m: Material, told: _Told) -> list[dict[str, str]]:
    """Return what the required path asks of the next year, as a proposal."""
    return [
        {
            "ten": told[name]["ten"], "de_xuat": one.words, "muc_tieu": told[name]["muc_tieu"],
            "uoc": told[name]["uoc"],
        }
        for name, one in proposals(m).items()
    ]  # fmt: skip
