"""What a figure of the commune must be, by itself and beside the others of its series."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from functools import cache

from laikhe_analysis.checks import Problem, nearest
from laikhe_analysis.data.cells import value_problem
from laikhe_analysis.data.layout import (
    MAY_BE_ZERO,
    PLANNED,
    REALISED,
    SERIES,
    end_of,
    is_own_series,
    series_name,
    start_of,
)
from laikhe_analysis.data.rows import Row
from laikhe_analysis.messages import Text, _
from laikhe_analysis.records import Commune
from laikhe_analysis.series import SUPPOSED
from laikhe_analysis.vietnamese import converted

__all__ = ["figure_problems", "in_series_unit", "series_problems"]

_FILE = "observations.csv"
_Wrong = Callable[[str, Text], None]


def figure_problems(
    row: Row, known: Collection[str], *, commune: Commune | None = None, today: str = "9999-12-31"
) -> list[Problem]:
    """Return everything that is wrong with one figure.

    Parameters
    ----------
    row : dict
        A row of `observations.csv`, in the file's units.
    known : collection of str
        Series and targets that there are.
    commune : Commune, optional
        Whose former communes `area` may name.
    today : str
        Day after which nothing can have been recorded. [YYYY-MM-DD]
    """
    problems: list[Problem] = []

    def wrong(column: str, wanted: Text) -> None:
        value = row[column]
        got = f"{value:g}" if isinstance(value, float) else "" if value is None else str(value)
        problems.append(Problem(_FILE, row.get("line"), column, got, wanted))

    name, unit = row["series_id"], row["unit"]
    if name not in known and not is_own_series(name) and (guess := _meant(name)):
        wrong("series_id", _("tên chuỗi đúng; có phải “{guess}”?", guess=guess))
    if in_series_unit(row)["unit"] not in SERIES.get(name, (unit,)):
        units = ", ".join(SERIES[name])
        wrong("unit", _("đơn vị của chuỗi này: {known}", known=units))
    if commune and row["area"] and row["area"] not in commune.predecessors:
        listed = ", ".join(commune.predecessors)
        wrong("area", _("để trống (cả xã) hoặc một xã cũ: {listed}", listed=listed))
    _value(row, wrong)
    _time(row, wrong, today)
    return problems


def in_series_unit(row: Row) -> Row:
    """Return a row in the unit that the calculations read its series in, where it can be converted.

    Examples
    --------
    >>> in_series_unit({"series_id": "income_per_capita", "unit": "million VND/person/month",
    ...                 "value": 5.2, "low": None, "high": None})["value"]
    62.4
    """
    units = SERIES.get(row["series_id"], ())
    if not units or row["unit"] in units:
        return row
    values = {k: row[k] for k in ("value", "low", "high") if row[k] is not None}
    moved = {k: converted(value, row["unit"], units[0]) for k, value in values.items()}
    return row if None in moved.values() or not moved else {**row, **moved, "unit": units[0]}


@cache
def _meant(name: str) -> str | None:
    """Return the series that a name may be meant for."""
    return nearest(name, SERIES, cutoff=0.85)


def _value(row: Row, wrong: _Wrong) -> None:
    """Tell what is wrong with the value and its band."""
    low, value, high = (row[column] for column in ("low", "value", "high"))
    for column in ("value", "low", "high"):
        wanted = value_problem(row[column], row["unit"], share=_is_share(row))
        if wanted:
            wrong(column, wanted)
    if value is None:
        if row["status"] != "withdrawn":
            wrong("value", _("một số (chỉ dòng withdrawn được để trống)"))
        return
    if (low is not None and low > value) or (high is not None and high < value):
        wrong("value", Text("low ≤ value ≤ high"))
    name = row["series_id"]
    counts = name in SERIES or name.startswith("product_")
    if value <= 0 and counts and name not in MAY_BE_ZERO:
        wrong("value", _("một số dương"))


def _is_share(row: Row) -> bool:
    return not str(row["series_id"]).startswith(("ratio_", "budget_revenue_"))


def _time(row: Row, wrong: _Wrong, today: str) -> None:
    """Tell what cannot have been known on the day of recording."""
    day, year, period = row["recorded_on"], row["year"], row["period"]
    if day > _tomorrow(today):
        wrong(
            "recorded_on",
            _("một ngày không sau hôm nay ({today})", today=today),
        )
    if row["status"] not in REALISED or row["series_id"] in PLANNED:
        return
    end = end_of(year, period)
    if day < start_of(year, period) and row["origin"] not in SUPPOSED:
        wrong(
            "status",
            _("“plan” (kế hoạch): kỳ này từ {start} mới bắt đầu", start=start_of(year, period)),
        )
    elif row["status"] == "final" and day < end:
        wrong("status", _("“estimate” (ước): kỳ này đến {end} mới hết", end=end))


def _tomorrow(today: str) -> str:
    """Return the day after: it may be tomorrow already where the figure was recorded."""
    day = date.fromisoformat(today)
    return (day + timedelta(days=1)).isoformat() if day < date.max else today


def series_problems(rows: Sequence[Row], breaks: Sequence[Row] = ()) -> list[Problem]:
    """Return the rows whose unit, or base year of constant prices, is not that of their series."""
    problems = []
    units: dict[str, str] = {}
    bases: dict[str, str] = {}
    broken = {row["series_id"] for row in breaks}
    for row in map(in_series_unit, rows):
        known = units.setdefault(row["series_id"], row["unit"])
        if row["unit"] != known:
            wanted = _("đơn vị đã dùng cho chuỗi này: {known}", known=known)
            problems.append(Problem(_FILE, row.get("line"), "unit", row["unit"], wanted))
        name, basis = (
            series_name(row["series_id"], row["unit"], row["price_basis"]),
            row["price_basis"],
        )
        if "VND" not in row["unit"] or not basis.startswith("constant ") or name in broken:
            continue
        base = bases.setdefault(name, basis)
        if basis != base:
            wanted = _(
                "{base}, như các dòng trước của chuỗi này; đổi năm gốc thì quy đổi về một gốc, hoặc "
                "ghi chỗ gián đoạn vào breaks.csv",
                base=base,
            )
            problems.append(Problem(_FILE, row.get("line"), "price_basis", basis, wanted))
    return problems
