"""What the register says of itself: repeats, definitions, levels above, one check each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from laikhe_analysis.consistency.given import Given, clauses
from laikhe_analysis.messages import Text, Worded, _, joined
from laikhe_analysis.records import Finding, Target
from laikhe_analysis.vietnamese import UNITS, as_written, format_quantity, written_unit

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
        (2026, _("hết hỗ trợ theo chuẩn cũ")),
        (
            2027,
            _("áp dụng chuẩn nghèo mới (nông thôn 2,2 triệu đồng/người/tháng thay cho 1,5)"),
        ),
    ),
    "new_rural": (
        (
            2026,
            _(
                "bộ tiêu chí 2026-2030 (Quyết định 51/2025/QĐ-TTg) có hiệu lực, dường như không "
                "còn danh hiệu “kiểu mẫu”"
            ),
        ),
    ),
}
"""First years of new definitions, in national rules, by role."""

NO_COMMUNE_FIGURE = {
    "digital_economy": (
        _(
            "GRDP chỉ được biên soạn ở cấp tỉnh, thành phố nên tỷ trọng trong GRDP không tính "
            "được cho xã"
        ),
        _(
            "Cơ quan thống kê và Sở Khoa học và Công nghệ: dùng số của thành phố, hay thay bằng "
            "chỉ tiêu mà xã đo được."
        ),
    ),
    "dti": (
        _("chưa có bộ chỉ số chuyển đổi số toàn quốc cho cấp xã"),
        _("Sở Khoa học và Công nghệ: bộ chỉ số nào áp dụng cho xã."),
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
    text = _(
        "{new:0} trên {all:0} đảng viên là {share:2}%{verdict}{stated:0}% ghi bên cạnh.",
        new=target.weaker_end,
        all=commune.party_members,
        share=share,
        stated=stated,
        verdict=_(", làm tròn thành ") if rounds else _(", khác "),
    )
    settle = _("Ban Xây dựng Đảng: theo dõi bằng số người; tỷ lệ chỉ để tham khảo.")
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
    both = _("{one} và {two}", one=Worded(_as_written, one), two=Worded(_as_written, two))
    text = _(
        "Một đại lượng ở hai mục: {both}{verdict}.",
        both=both,
        verdict=_("; thời hạn hoặc mức khác nhau") if differs else _("; chỉ đếm một lần"),
    )
    owners = ", ".join(dict.fromkeys(target.owner for target in (one, two) if target.owner))
    settle = _(
        "{owners}: một chỉ tiêu, một thời hạn, một nguồn số liệu.",
        owners=owners or _("Xã", context="who"),
    )
    severity = "conflict" if differs else "note"
    return Finding("same_quantity", severity, clauses(one, two), text, settle)


def _as_written(target: Target, lang: str) -> str:
    """Return a target in a few words: clause, name, level and when."""
    shown = as_written(target.weaker_end, target.unit)
    decimals = 0 if shown == int(shown) else 2
    level = format_quantity(target.weaker_end, target.unit, decimals, lang)
    by = target.kind in ("level_by", "milestone", "cumulative")
    when = _("đến năm {target_year}", target_year=target.target_year)
    held = when if by else _("hằng năm")
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
        text = _(
            "{name}: xã đặt {mine:2}, thành phố {value:2} {unit} (năm {year}).",
            name=target.name,
            mine=as_written(target.weaker_end, target.unit),
            value=as_written(value, city.unit),
            year=year,
            unit=UNITS.get(written_unit(city.unit), ""),
        )
        settle = _(
            "Sở chuyên ngành của thành phố: hai bên có cùng cách tính không, có nâng mức không."
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
            told = _TOLD_ALL_THE_SAME if series is not None and series.known() else Text("")
            text = _("{name}: {why}{told}.", name=target.name, why=why, told=told)
            finding = Finding("no_figure_of_a_commune", "question", clauses(target), text, settle)
            found.append(finding)
    return found


_TOLD_ALL_THE_SAME = _("; xã đã có số, cần ghi rõ số ấy tính theo cách nào")


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


def _changes(target: Target, inside: Sequence[tuple[int, Text]], jump: Text) -> Finding:
    """Return the finding of a definition that changes."""
    text = _(
        "{name}: cách tính đổi trong kỳ: {changes}{jump}.",
        name=target.name,
        jump=jump,
        changes=joined([_("năm {year} {what}", year=year, what=what) for year, what in inside]),
    )
    settle = _(
        "Cơ quan chủ quản của thành phố: xét theo cách tính nào ở năm mục tiêu; ghi gián đoạn vào "
        "chuỗi số liệu."
    )
    return Finding("changing_definitions", "question", clauses(target), text, settle)


def _city_jump(given: Given, name: str) -> Text:
    """Return what the city expects of its own count when the definition changes, if known."""
    now, ahead = given.city(name), given.city(f"{name}_target")
    if now is None or ahead is None or ahead.last[0] <= now.last[0]:
        return Text("")
    return _(
        "; thành phố dự kiến từ {a:0} ({from_year}) lên {b:0} ({to_year})",
        a=now.last[1],
        from_year=now.last[0],
        b=ahead.last[1],
        to_year=ahead.last[0],
    )


def assembly_term(given: Given) -> list[Finding]:
    """Return whether the National Assembly of the plan's election is the right one."""
    numbers = given.plan.commune.plan_numbers
    term, year = numbers.get("national_assembly_term"), numbers.get("council_term_from")
    if term is None or year is None:
        return []
    right = 15 + round((year - 2021) / 5)
    if term == right:
        return []
    text = _(
        "Cuộc bầu cử năm {year} là bầu Quốc hội khóa {right:0}, kế hoạch ghi khóa {term:0}.",
        year=int(year),
        right=right,
        term=term,
    )
    settle = _("Văn phòng Đảng ủy: sửa khi in lại.")
    return [Finding("assembly_term", "note", ("3.6",), text, settle)]
