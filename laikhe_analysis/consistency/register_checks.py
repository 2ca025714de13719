"""What the register says of itself: repeats, definitions, levels above, one check each."""

from __future__ import annotations

from itertools import pairwise

from laikhe_analysis.checks import Text
from laikhe_analysis.consistency.given import Given, clauses
from laikhe_analysis.records import Finding, Target
from laikhe_analysis.vietnamese import (
    UNITS,
    as_written,
    format_quantity,
    sentence,
    written_unit,
)

__all__ = [
    "assembly_term",
    "below_the_city",
    "changing_definitions",
    "members_share",
    "no_figure_of_a_commune",
    "same_quantity",
]

SAME_QUANTITY = ("online_dossiers", "conscription")
"""Roles that a plan may give to two targets: one thing in two clauses."""

CITY_SERIES = {
    "total_product": ("grdp_growth_mean_min_target", "grdp_growth_target"),
    "digital_economy": ("digital_economy_share_target",),
    "digital_signatures": ("digital_signature_share_target",),
    "dti": ("dti_target", "dti"),
    "health_insurance": ("health_insurance_target",),
    "social_insurance": ("social_insurance_target",),
    "trained_workers": ("trained_workers_target",),
}
"""Series of the city that measure what a target of the commune measures, the best one first."""

CHANGES = {
    "poor_households": (
        (2026, Text("hết hỗ trợ theo chuẩn cũ", "support under the old standard ends")),
        (
            2027,
            Text(
                "áp dụng chuẩn nghèo mới (nông thôn 2,2 triệu đồng/người/tháng thay cho 1,5)",
                "the new poverty line holds (rural 2.2 million VND a month in place of 1.5)",
            ),
        ),
    ),
    "new_rural": (
        (
            2026,
            Text(
                "bộ tiêu chí 2026-2030 (Quyết định 51/2025/QĐ-TTg) có hiệu lực, dường như không "
                "còn danh hiệu “kiểu mẫu”",
                "the criteria of 2026-2030 (Decision 51/2025/QĐ-TTg) come into force, seemingly "
                "without the title of a model commune",
            ),
        ),
    ),
}
"""First years of new definitions, in national rules, by role."""

NO_COMMUNE_FIGURE = {
    "digital_economy": (
        Text(
            "GRDP chỉ được biên soạn ở cấp tỉnh, thành phố nên tỷ trọng trong GRDP không tính "
            "được cho xã",
            "GRDP is compiled for provinces and cities only, so a share of it cannot be computed "
            "for a commune",
        ),
        Text(
            "Cơ quan thống kê và Sở Khoa học và Công nghệ: dùng số của thành phố, hay thay bằng "
            "chỉ tiêu mà xã đo được.",
            "The statistics office and the city's department of science: take the city's figure, "
            "or a target that a commune can measure.",
        ),
    ),
    "dti": (
        Text(
            "chưa có bộ chỉ số chuyển đổi số toàn quốc cho cấp xã",
            "there is no national digital transformation index for communes",
        ),
        Text(
            "Sở Khoa học và Công nghệ: bộ chỉ số nào áp dụng cho xã.",
            "The city's department of science: which index holds for communes.",
        ),
    ),
}
"""Targets without a figure at the commune's level: why, and with whom to settle it."""


def members_share(given: Given) -> list[Finding]:
    """Return whether the share beside the number of new members is theirs."""
    target, commune = given.target("new_members"), given.plan.commune
    stated = commune.plan_numbers.get("new_members_share_pct")
    if target is None or stated is None or not commune.party_members:
        return []
    share = 100 * target.weaker_end / commune.party_members
    if abs(share - stated) < 0.005:
        return []
    rounds = round(share) == stated
    text = sentence(
        "{new:0} trên {all:0} đảng viên là {share:2}%{verdict}{stated:0}% ghi bên cạnh.",
        "{new:0} of {all:0} members are {share:2}%{verdict}{stated:0}% written beside them.",
        new=target.weaker_end, all=commune.party_members, share=share, stated=stated,
        verdict=Text(", làm tròn thành ", ", which rounds to the ") if rounds
        else Text(", khác ", ", not the "),
    )  # fmt: skip
    settle = Text(
        "Ban Xây dựng Đảng: theo dõi bằng số người; tỷ lệ chỉ để tham khảo.",
        "The Party building board: follow the number of people; the share is for reference.",
    )
    severity = "note" if rounds else "question"
    return [Finding("members_share", severity, clauses(target), text, settle)]


def same_quantity(given: Given) -> list[Finding]:
    """Return the quantities that stand in two clauses, and whether these agree."""
    found = [[x for x in given.plan.targets if x.role == role] for role in SAME_QUANTITY]
    return [_pair(one, two) for targets in found for one, two in pairwise(targets)]


def _pair(one: Target, two: Target) -> Finding:
    """Return what two targets of one quantity say of one another."""
    same = [
        (target.kind, target.direction, target.weaker_end, target.target_year)
        for target in (one, two)
    ]
    differs = same[0] != same[1]
    vi, en = (
        " và ".join(_as_written(target, "vi") for target in (one, two)),
        " and ".join(_as_written(target, "en") for target in (one, two)),
    )
    text = sentence(
        "Một đại lượng ở hai mục: {both}{verdict}.", "One quantity in two clauses: {both}{verdict}.",
        both=Text(vi, en),
        verdict=Text("; thời hạn hoặc mức khác nhau", "; date or level differ") if differs
        else Text("; chỉ đếm một lần", "; count it once"),
    )  # fmt: skip
    owners = ", ".join(dict.fromkeys(target.owner for target in (one, two) if target.owner))
    settle = sentence(
        "{owners}: một chỉ tiêu, một thời hạn, một nguồn số liệu.",
        "{owners}: one target, one date, one source.", owners=owners or Text("Xã", "The commune"),
    )  # fmt: skip
    severity = "conflict" if differs else "note"
    return Finding("same_quantity", severity, clauses(one, two), text, settle)


def _as_written(target: Target, lang: str) -> str:
    """Return a target in a few words: clause, name, level and when."""
    shown = as_written(target.weaker_end, target.unit)
    decimals = 0 if shown == int(shown) else 2
    level = format_quantity(target.weaker_end, target.unit, decimals, lang)
    by = target.kind in ("level_by", "milestone", "cumulative")
    when = Text(f"đến năm {target.target_year}", f"by {target.target_year}")
    held = when if by else Text("hằng năm", "every year")
    return f"{target.clause} {target.name.pick(lang)} ({level}, {held.pick(lang)})"


def below_the_city(given: Given) -> list[Finding]:
    """Return the targets that ask less than what the city plans for itself, or has."""
    found = []
    for name, series_ids in CITY_SERIES.items():
        city = next((c for c in map(given.city, series_ids) if c is not None), None)
        same = [x for x in given.plan.targets if x.role == name and city and x.unit == city.unit]
        target = next((x for x in same if x.rises), None)
        if target is None or city is None:
            continue
        year, value = city.last
        if target.weaker_end >= value:
            continue
        text = sentence(
            "{name}: xã đặt {mine:2}, thành phố {value:2} {unit} (năm {year}).",
            "{name}: the commune's {mine:2} is below the city's {value:2} {unit} ({year}).",
            name=target.name, mine=as_written(target.weaker_end, target.unit),
            value=as_written(value, city.unit), year=year,
            unit=UNITS.get(written_unit(city.unit), ""),
        )  # fmt: skip
        settle = Text(
            "Sở chuyên ngành của thành phố: hai bên có cùng cách tính không, có nâng mức không.",
            "The city's department in charge: is it the same definition, is the level to rise?",
        )
        found.append(Finding("below_the_city", "question", clauses(target), text, settle))
    return found


def no_figure_of_a_commune(given: Given) -> list[Finding]:
    """Return the targets without a method for communes; a figure does not settle which one holds."""
    found = []
    for name, (why, settle) in NO_COMMUNE_FIGURE.items():
        target = given.target(name)
        if target is not None:
            series = given.series.get(target.target_id)
            told = _TOLD_ALL_THE_SAME if series is not None and series.known() else Text("", "")
            text = sentence("{name}: {why}{told}.", "{name}: {why}{told}.",
                            name=target.name, why=why, told=told)  # fmt: skip
            finding = Finding("no_figure_of_a_commune", "question", clauses(target), text, settle)
            found.append(finding)
    return found


_TOLD_ALL_THE_SAME = Text(
    "; xã đã có số, cần ghi rõ số ấy tính theo cách nào",
    "; the commune has a figure: it has to be said by which method",
)


def changing_definitions(given: Given) -> list[Finding]:
    """Return the definitions that change inside the period without a break in the figures."""
    found = []
    for name, changes in CHANGES.items():
        target = given.target(name)
        if target is None:
            continue
        marked = given.series[target.target_id].breaks if target.target_id in given.series else ()
        inside = [
            (year, what)
            for year, what in changes
            if target.base_year < year <= target.target_year and year not in marked
        ]
        if inside:
            found.append(_changes(target, inside, _city_jump(given, name)))
    return found


def _changes(target: Target, inside: list[tuple[int, Text]], jump: Text) -> Finding:
    """Return the finding of a definition that changes."""
    text = sentence(
        "{name}: cách tính đổi trong kỳ: {changes}{jump}.",
        "{name}: the definition changes inside the period: {changes}{jump}.",
        name=target.name, jump=jump,
        changes=Text(
            "; ".join(f"năm {year} {what.vi}" for year, what in inside),
            "; ".join(f"in {year} {what.en}" for year, what in inside),
        ),
    )  # fmt: skip
    settle = Text(
        "Cơ quan chủ quản của thành phố: xét theo cách tính nào ở năm mục tiêu; ghi gián đoạn vào "
        "chuỗi số liệu.",
        "The city's department in charge: which definition counts in the target year; mark the "
        "break in the figures.",
    )
    return Finding("changing_definitions", "question", clauses(target), text, settle)


def _city_jump(given: Given, name: str) -> Text:
    """Return what the city expects of its own count when the definition changes, if known."""
    now, ahead = given.city(name), given.city(f"{name}_target")
    if now is None or ahead is None or ahead.last[0] <= now.last[0]:
        return Text("", "")
    return sentence(
        "; thành phố dự kiến từ {a:0} ({from_year}) lên {b:0} ({to_year})",
        "; the city expects {b:0} in {to_year} after {a:0} in {from_year}",
        a=now.last[1], from_year=now.last[0], b=ahead.last[1], to_year=ahead.last[0],
    )  # fmt: skip


def assembly_term(given: Given) -> list[Finding]:
    """Return whether the National Assembly of the plan's election is the right one."""
    numbers = given.plan.commune.plan_numbers
    term, year = numbers.get("national_assembly_term"), numbers.get("council_term_from")
    if term is None or year is None:
        return []
    right = 15 + round((year - 2021) / 5)
    if term == right:
        return []
    text = sentence(
        "Cuộc bầu cử năm {year} là bầu Quốc hội khóa {right:0}, kế hoạch ghi khóa {term:0}.",
        "The election of {year} was for the National Assembly of term {right:0}; the plan says "
        "{term:0}.", year=int(year), right=right, term=term,
    )  # fmt: skip
    settle = Text("Văn phòng Đảng ủy: sửa khi in lại.", "The Party office: correct in a reprint.")
    return [Finding("assembly_term", "note", ("3.6",), text, settle)]
