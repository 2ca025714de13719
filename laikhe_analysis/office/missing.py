"""What a commune's folder still lacks: in the order in which it matters, and from whom by when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from laikhe_analysis.checks import Text
from laikhe_analysis.data import Dataset
from laikhe_analysis.data.layout import end_of, is_given
from laikhe_analysis.monitor.boards import ECONOMIC
from laikhe_analysis.monitor.measures import AsOf, measure
from laikhe_analysis.office.forms.form import Field, fields_asked
from laikhe_analysis.series import SUPPOSED
from laikhe_analysis.vietnamese import sentence, words

__all__ = ["Missing", "missing_figures", "still_missing"]

LEVELS = ("population", "income_per_capita", "recurrent_revenue", "assigned_revenue")
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


def missing_figures(data: Dataset, at: AsOf, *, internal: bool = False) -> list[Missing]:
    """Return the figures that are to be had at a date and were not reported, by office.

    Of every figure that the forms ask for: that of the last year that is over, that of the part of
    the year that is over where registers have it, and what is handed down for the year. Growth is
    not asked for beside the level of the same thing.

    Parameters
    ----------
    data : Dataset
    at : AsOf
        The date of the board.
    internal : bool
        Whether rows of restricted access are in it.

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
    found = [
        Missing(field.owner, field.series_id, field.clause, field.name, year, period,
                field.due_on(year, period))
        for field in fields_asked(data).values()
        if not field.level and (internal or field.access == "public")
        for year, period in _expected(field, at, data.commune.base_year)
        if (field.series_id, year, period) not in known
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
    return None if data.plan.targets else Text(
        "Danh mục chỉ tiêu còn trống: ghi mỗi con số của kế hoạch một dòng vào targets.csv.",
        "The register is empty: one row for every number of the plan in targets.csv.",
    )  # fmt: skip


def _levels(data: Dataset) -> Text | None:
    """Return the levels that projections start from and that are not known."""
    baseline = data.baseline()
    names = [name for name in LEVELS if name not in {*baseline.levels, *baseline.known}]
    return _listed(
        [words(name) for name in names],
        "Chưa có số liệu năm {base} của: {names}. Ghi vào observations.csv.",
        "No figure for {base} of: {names}. Add them to observations.csv.",
        base=data.commune.base_year,
    )


def _unmeasured(data: Dataset) -> Text | None:
    """Return how many targets have no figure at all; economic ones are named first."""
    series, targets = data.histories(), data.plan.targets
    bare = [target for target in targets if measure(target, series) is None]
    ordered = sorted(bare, key=lambda t: (t.access == "internal", t.group not in ECONOMIC))
    return _listed(
        [target.name if target.access == "public" else _INTERNAL for target in ordered],
        "{n}/{all} chỉ tiêu chưa có số liệu nào: {names}. Hỏi ai, hạn nào: laikhe status --missing.",
        "{n} of {all} targets without any figure: {names}. From whom, by when: laikhe status "
        "--missing.",
        n=len(bare), all=len(targets),
    )  # fmt: skip


_INTERNAL = Text("chỉ tiêu nội bộ", "an internal target")


def _sketched(data: Dataset) -> Text | None:
    """Return how many assumptions are still those of the sketch."""
    names = dict.fromkeys(one.variable for one in data.sketched)
    return _listed(
        [words(name) for name in names],
        "{n} dòng của scenarios.csv còn là số phác thảo, chưa có căn cứ ({names}): thay bằng số có "
        "nguồn và đổi source_id.",
        "{n} rows of scenarios.csv: still a sketch without evidence ({names}): put figures with "
        "a source and change source_id.",
        n=len(data.sketched),
    )


def _scenarios(data: Dataset) -> Text | None:
    """Return that there is no scenario."""
    return None if data.assumed else Text(
        "Chưa có kịch bản nào: ghi giả định vào scenarios.csv, kịch bản đầu tên co_so.",
        "There is no scenario: put assumptions into scenarios.csv, the first one named co_so.",
    )  # fmt: skip


UNLOCKS = {
    "revenue": Text("thu ngân sách so với số giao, tăng thu", "revenue against the estimate"),
    "total_product": Text("tổng sản phẩm, các ngành, cơ cấu", "total product, sectors, structure"),
    "income": Text("thu nhập bình quân và tốc độ phải có", "income per head, the growth it needs"),
    "population": Text("tăng dân số, mức bình quân đầu người", "population, figures per head"),
    "poverty_rate": Text("nhịp giảm nghèo mỗi năm", "the yearly fall of poverty"),
}
"""What the program computes once a target has a role."""


def _roles(data: Dataset) -> Text | None:
    """Return what each role that no target has would unlock."""
    known = {target.role for target in data.plan.targets}
    bare = sum(not target.role for target in data.plan.targets)
    names = [
        sentence("{role}: {what}", "{role}: {what}", role=role, what=what)
        for role, what in UNLOCKS.items() if role not in known
    ]  # fmt: skip
    return _listed(
        names,
        "{n} chỉ tiêu chưa ghi vai trò (cột role, targets.csv). Nếu có trong kế hoạch thì ghi, sẽ mở "
        "thêm: {names}.",
        "{n} targets without a role (targets.csv). Where the plan has them, these open more: {names}.",
        n=bare, show=len(UNLOCKS),
    ) if bare else None  # fmt: skip


def _sectors(data: Dataset) -> Text | None:
    """Return that no sector is named."""
    return None if data.commune.sectors else Text(
        "Chưa khai các ngành (sectors trong commune.toml): không tính được tổng giá trị sản phẩm.",
        "No sectors are named (sectors in commune.toml): total product cannot be computed.",
    )  # fmt: skip


def _bare_sectors(data: Dataset) -> Text | None:
    """Return the assumptions that the first scenario lacks of the commune's sectors."""
    given = (
        {one.variable for one in next(iter(data.assumed.values())).assumptions}
        if data.assumed
        else {}
    )
    names = [f"{what}_{sector}" for sector in data.commune.sectors for what in ("share", "growth")]
    return _listed(
        [Text(name, name) for name in names if given and name not in given],
        "Chưa tính được tổng giá trị sản phẩm: scenarios.csv còn thiếu, theo các ngành (sectors): "
        "{names}.",
        "Total product cannot be computed: of the sectors named, scenarios.csv lacks {names}.",
    )


def _sharing(data: Dataset) -> Text | None:
    """Return what the study of the investment total lacks."""
    if data.plan.role("investment_land") is None:
        return None
    parts = {
        "sharing.csv": (data.rules, Text("tỷ lệ điều tiết", "sharing rules")),
        "plots.csv": (data.inventory, Text("danh mục khu đất", "the inventory of plots")),
        "projects.csv": (data.programme, Text("danh mục dự án", "the list of projects")),
    }
    return _listed(
        [sentence("{what} ({file})", "{what} ({file})", what=what, file=file)
         for file, (rows, what) in parts.items() if not rows],
        "Để xét tổng vốn đầu tư còn thiếu: {names}.",
        "To judge the investment total there is no: {names}.",
    )  # fmt: skip


def _definitions(data: Dataset) -> Text | None:
    """Return what in `commune.toml` leaves figures without a definition."""
    commune, parts = data.commune, []
    if not commune.population_definition.strip() or "chưa rõ" in commune.population_definition:
        parts.append(Text("dân số là đăng ký hay thực tế thường trú (population_definition)",
                          "which population it is (population_definition)"))  # fmt: skip
    if not commune.population_date:
        parts.append(Text("ngày của số dân (population_date)", "its date (population_date)"))
    rates = any(target.kind == "average_rate" for target in data.plan.targets)
    if rates and commune.price_base == "not stated":
        parts.append(Text("cơ sở giá của tốc độ tăng (price_base)",
                          "the price base of growth rates (price_base)"))  # fmt: skip
    return _listed(parts, "Cần làm rõ trong commune.toml: {names}.",
                   "To be settled in commune.toml: {names}.")  # fmt: skip


def _reference(data: Dataset) -> Text | None:
    """Return that there is nothing to compare with."""
    if not data.published:
        return Text(
            "Chưa có số liệu công khai của nơi khác để so sánh (reference.csv).",
            "There are no public figures of other places to compare with (reference.csv).",
        )
    return None if data.commune.yardsticks else Text(
        "Chưa khai nơi dùng làm thước đo ([yardsticks] trong commune.toml).",
        "No yardsticks are named ([yardsticks] in commune.toml).",
    )  # fmt: skip


def _owners(data: Dataset) -> Text | None:
    """Return the targets that nobody watches, and that there are no tasks."""
    bare = [target for target in data.plan.targets if not target.owner]
    parts = []
    if bare:
        parts.append(sentence("{n} chỉ tiêu chưa ghi cơ quan theo dõi (cột owner, targets.csv)",
                              "{n} targets without an owner (targets.csv)", n=len(bare)))  # fmt: skip
    if data.plan.targets and not data.plan.tasks:
        parts.append(Text("chưa có nhiệm vụ nào (tasks.csv)", "there are no tasks (tasks.csv)"))
    return _listed(parts, "Để theo dõi trách nhiệm: {names}.", "To know who does what: {names}.")


_LOOKS: tuple[Callable[[Dataset], Text | None], ...] = (
    _register, _scenarios, _levels, _unmeasured, _roles, _sketched, _sectors, _bare_sectors,
    _sharing, _definitions, _reference, _owners,
)  # fmt: skip


def _listed(names: list[Text], vi: str, en: str, *, show: int = 4, **values: object) -> Text | None:
    """Return a sentence with the first of `names` in it, None when there are none."""
    if not names:
        return None
    more = len(names) - show
    both = Text("; ".join(n.vi for n in names[:show]), "; ".join(n.en for n in names[:show]))
    if more > 0:
        both = Text(f"{both.vi}; và {more} mục khác", f"{both.en}; and {more} more")
    return sentence(vi, en, names=both, **values)
