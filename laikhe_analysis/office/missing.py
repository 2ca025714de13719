"""What a commune's folder still lacks: in the order in which it matters, and from whom by when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from laikhe_analysis.data import Dataset
from laikhe_analysis.data.boards import last_over
from laikhe_analysis.data.layout import end_of, is_given
from laikhe_analysis.findings.board import has_own_figure
from laikhe_analysis.messages import Text, _, joined
from laikhe_analysis.monitor import AsOf, board
from laikhe_analysis.monitor.boards import ECONOMIC
from laikhe_analysis.office.forms.form import Field, fields_asked
from laikhe_analysis.series import SUPPOSED
from laikhe_analysis.vietnamese import words

__all__ = ["Missing", "missing_figures", "still_missing"]

LEVELS = (
    "population", "income_per_capita", "recurrent_revenue", "assigned_revenue_without_land",
)  # fmt: skip
"""Levels from which the main projections start."""


@dataclass(frozen=True)
class Missing:
    """A figure that an office has not reported; `due` is the day by which it can be known, or ""."""

    owner: str
    series_id: str
    clause: str
    name: Text
    year: int
    period: str
    due: str
    overdue: bool


def missing_figures(
    data: Dataset, at: AsOf, *, internal: bool = False, today: str = ""
) -> list[Missing]:
    """Return the figures that are to be had at a date and were not reported, by office.

    Of every figure that the forms ask for: that of the last year that is over, that of the part of
    the year that is over where registers have it, and what is handed down for the year. Growth is
    not asked for beside the level of the same thing.

    Parameters
    ----------
    data : Dataset
        Of the whole plan: who keeps a series is read off the targets of restricted access too.
    at : AsOf
        The date of the board.
    internal : bool
        Whether rows of restricted access are in it.
    today : str
        What was due before is overdue; blank: the day of the newest record, or of the date of the
        board where that is later, so that no clock is asked. [YYYY-MM-DD]

    Returns
    -------
    list of Missing
        By office, what is due first before the others.
    """
    known = {
        (row.series_id, row.year, row.period) for row in data.latest()
        if row.value is not None and row.origin not in SUPPOSED
        and is_given(row.series_id, row.status)
    }  # fmt: skip
    today = today or max(data.last_recorded, end_of(at.year, at.period))
    found = [
        Missing(field.owner, field.series_id, field.clause, field.name, year, period, due,
                bool(due) and due < today)
        for field in fields_asked(data).values()
        if not field.level and (internal or field.access == "public")
        for year, period in _expected(field, at, data.commune.base_year)
        if (field.series_id, year, period) not in known
        for due in [field.due_on(year, period)]
    ]  # fmt: skip
    owners = list(dict.fromkeys(one.owner for one in found))
    return sorted(found, key=lambda one: (owners.index(one.owner), one.due or "9999"))


def _expected(field: Field, at: AsOf, base_year: int) -> list[tuple[int, str]]:
    """Return the years and periods of which a figure is to be had at a date."""
    if field.period:
        return [(at.year, "FY")]
    places = [(at.last_full_year, "FY")]
    once = (field.due or 0) < 0  # such as a school year's: one figure a year, before it is over
    if once and field.due_on(at.year) <= end_of(at.year, at.period):
        places.append((at.year, "FY"))
    elif not once and at.last_full_year < at.year and field.due_on(at.year, at.period):
        places.append((at.year, at.period))
    first = max(base_year, field.first_year or base_year)
    return [(year, period) for year, period in dict.fromkeys(places) if year >= first]


def still_missing(data: Dataset) -> list[Text]:
    """Return what would make the results better founded, what matters most first.

    Parameters
    ----------
    data : Dataset
        A folder that can be read; what cannot is told by `data.load`.

    Returns
    -------
    list of Text
        One thing to do each, with the file to do it in. Empty when nothing is missing.
    """
    data.speak()
    return [found for look in _LOOKS if (found := look(data)) is not None]


def _register(data: Dataset) -> Text | None:
    """Return that there are no targets."""
    return (
        None
        if data.plan.targets
        else _("Danh mục chỉ tiêu còn trống: ghi mỗi con số của kế hoạch một dòng vào targets.csv.")
    )


def _levels(data: Dataset) -> Text | None:
    """Return the levels that projections start from and that are not known."""
    baseline = data.baseline()
    names = [name for name in LEVELS if name not in {*baseline.levels, *baseline.known}]
    return _(
        "Chưa có số liệu năm {base} của: {names}. Ghi vào observations.csv.",
        base=data.commune.base_year, names=_listed([words(name) for name in names]),
    ) if names else None  # fmt: skip


def _unmeasured(data: Dataset) -> Text | None:
    """Return how many targets have no figure of a year or a part of one; economic ones first."""
    targets, at = data.plan.targets, last_over(data)
    parts = {day.period: data.histories(period=day.period) for day in at.parts}
    found = board(data.plan, data.histories(), as_of=str(at), internal=True, parts=parts)
    bare = [line.target for line in found.lines if not has_own_figure(line)]
    ordered = sorted(bare, key=lambda t: (t.access == "internal", t.group not in ECONOMIC))
    inside = sum(target.access == "internal" for target in bare)
    return _(
        "{n}/{all} chỉ tiêu chưa có số liệu nào{inside}: {names}. Hỏi ai, hạn nào: laikhe status "
        "--missing.",
        n=len(bare), all=len(targets), inside=_(" (có {n} chỉ tiêu nội bộ)", n=inside) if inside else "",
        names=_listed([one.name if one.access == "public" else _INTERNAL for one in ordered]),
    ) if bare else None  # fmt: skip


_INTERNAL = _("chỉ tiêu nội bộ")


def _sketched(data: Dataset) -> Text | None:
    """Return how many assumptions are still those of the sketch."""
    names = dict.fromkeys(one.variable for one in data.sketched)
    return _(
        "{n} dòng của scenarios.csv còn là số phác thảo, chưa có căn cứ ({names}): thay bằng số có "
        "nguồn và đổi source_id.",
        n=len(data.sketched), names=_listed([words(name) for name in names]),
    ) if names else None  # fmt: skip


def _scenarios(data: Dataset) -> Text | None:
    """Return that there is no scenario."""
    return (
        None
        if data.assumed
        else _("Chưa có kịch bản nào: ghi giả định vào scenarios.csv, kịch bản đầu tên co_so.")
    )


UNLOCKS = {
    "revenue": _("thu ngân sách so với số giao, tăng thu"),
    "total_product": _("tổng sản phẩm, các ngành, cơ cấu"),
    "income": _("thu nhập bình quân và tốc độ phải có"),
    "population": _("tăng dân số, mức bình quân đầu người"),
    "poverty_rate": _("nhịp giảm nghèo mỗi năm"),
}
"""What the program computes once a target has a role."""


def _roles(data: Dataset) -> Text | None:
    """Return what each role that no target has would unlock."""
    known = {target.role for target in data.plan.targets}
    bare = sum(not target.role for target in data.plan.targets)
    names = [
        _("{role}: {what}", role=role, what=what)
        for role, what in UNLOCKS.items() if role not in known
    ]  # fmt: skip
    return (
        _(
            "{n} chỉ tiêu chưa ghi vai trò (cột role, targets.csv). Nếu có trong kế hoạch thì ghi, sẽ mở "
            "thêm: {names}.",
            n=bare,
            names=joined(names),
        )
        if bare and names
        else None
    )


def _sectors(data: Dataset) -> Text | None:
    """Return that no sector is named."""
    return (
        None
        if data.commune.sectors
        else _(
            "Chưa khai các ngành (sectors trong commune.toml): không tính được tổng giá trị sản "
            "phẩm."
        )
    )


def _bare_sectors(data: Dataset) -> Text | None:
    """Return the assumptions that the first scenario lacks of the commune's sectors."""
    given = (
        {one.variable for one in next(iter(data.assumed.values())).assumptions}
        if data.assumed
        else {}
    )
    named = [f"{what}_{sector}" for sector in data.commune.sectors for what in ("share", "growth")]
    names = [Text(name) for name in named if given and name not in given]
    return _(
        "Chưa tính được tổng giá trị sản phẩm: scenarios.csv còn thiếu, theo các ngành (sectors): "
        "{names}.",
        names=_listed(names),
    ) if names else None  # fmt: skip


def _sharing(data: Dataset) -> Text | None:
    """Return what the study of the investment total lacks."""
    if data.plan.role("investment_land") is None:
        return None
    parts = {
        "sharing.csv": (data.rules, _("tỷ lệ điều tiết")),
        "plots.csv": (data.inventory, _("danh mục khu đất")),
        "projects.csv": (data.programme, _("danh mục dự án")),
    }
    bare = [_("{what} ({file})", what=what, file=file)
            for file, (rows, what) in parts.items() if not rows]  # fmt: skip
    return _("Để xét tổng vốn đầu tư còn thiếu: {names}.", names=joined(bare)) if bare else None


def _definitions(data: Dataset) -> Text | None:
    """Return what in `commune.toml` leaves figures without a definition."""
    commune, parts = data.commune, []
    if not commune.population_definition.strip() or "chưa rõ" in commune.population_definition:
        parts.append(_("dân số là đăng ký hay thực tế thường trú (population_definition)"))
    if not commune.population_date:
        parts.append(_("ngày của số dân (population_date)"))
    rates = any(target.kind == "average_rate" for target in data.plan.targets)
    if rates and commune.price_base == "not stated":
        parts.append(_("cơ sở giá của tốc độ tăng (price_base)"))
    return _("Cần làm rõ trong commune.toml: {names}.", names=joined(parts)) if parts else None


def _reference(data: Dataset) -> Text | None:
    """Return that there is nothing to compare with."""
    if not data.published:
        return _("Chưa có số liệu công khai của nơi khác để so sánh (reference.csv).")
    return (
        None
        if data.commune.yardsticks
        else _("Chưa khai nơi dùng làm thước đo ([yardsticks] trong commune.toml).")
    )


def _owners(data: Dataset) -> Text | None:
    """Return the targets that nobody watches, and that there are no tasks."""
    bare = [target for target in data.plan.targets if not target.owner]
    parts = []
    if bare:
        parts.append(
            _("{n} chỉ tiêu chưa ghi cơ quan theo dõi (cột owner, targets.csv)", n=len(bare))
        )
    if data.plan.targets and not data.plan.tasks:
        parts.append(_("chưa có nhiệm vụ nào (tasks.csv)"))
    return _("Để theo dõi trách nhiệm: {names}.", names=joined(parts)) if parts else None


_LOOKS: tuple[Callable[[Dataset], Text | None], ...] = (
    _register, _scenarios, _levels, _unmeasured, _roles, _sketched, _sectors, _bare_sectors,
    _sharing, _definitions, _reference, _owners,
)  # fmt: skip


def _listed(names: Sequence[Text], show: int = 4) -> Text:
    """Return the first of the names, and how many more there are."""
    told, more = joined(names[:show]), len(names) - show
    return _("{told}; và {more} mục khác", told=told, more=more) if more > 0 else told
