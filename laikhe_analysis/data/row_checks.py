"""How the cells of one row must fit together, file by file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from laikhe_analysis.data.cells import value_problem
from laikhe_analysis.data.rows import Row
from laikhe_analysis.messages import Text, Worded, _
from laikhe_analysis.records import Commune
from laikhe_analysis.roles import kind_problem, role_problem
from laikhe_analysis.vietnamese import format_shortest

__all__ = ["ROW_CHECKS", "Told"]

Told = Iterator[tuple[str, Text]]
"""The column that is wrong, and what is wanted."""


_TOO_FAST = _("một tốc độ không quá 100 %/năm")


_NEGATIVE = _(
    "số âm: mức giảm mỗi năm ghi âm, ví dụ “giảm 1-1,5” là value -1.5, value_high -1, at_most"
)


def _falls(row: Row) -> bool:
    """Return whether the level that a yearly change is of is meant to fall."""
    return row["role"] in ("poverty_rate", "poor_households") or bool(
        re.match(r"(mức )?giảm\b", row["name_vi"].strip(), re.IGNORECASE)
    )


def _target_row(row: Row, commune: Commune | None) -> Told:
    """Yield what is wrong between the cells of a target."""
    kind, unit, ends = row["kind"], row["unit"], [row["value"], row["value_high"]]
    share, signed = kind != "ratio_to_base", kind in ("change_per_year", "ratio_to_base")
    for column, value in zip(("value", "value_high"), ends, strict=True):
        wanted = value_problem(value, unit, share=share, signed=signed)
        if wanted:
            yield column, wanted
        elif unit in ("%/year", "%" if kind == "average_rate" else "") and abs(value or 0) > 100:
            yield column, _TOO_FAST
    if ends[1] is not None and ends[1] < ends[0]:
        yield "value_high", _("từ {low} trở lên (value ≤ value_high)", low=f"{ends[0]:g}")
    if kind == "change_per_year" and ends[0] > 0 and _falls(row):
        yield "value", _NEGATIVE
    if row["direction"] == "between" and ends[1] is None:
        yield "value_high", _("đầu cao: between cần cả hai đầu")
    if row["target_year"] <= row["base_year"]:
        yield "target_year", _("một năm sau năm xuất phát {year}", year=row["base_year"])
    most = max(abs(end) for end in ends if end is not None) / 5
    for column in ("tolerance", "noise"):
        if row[column] > most and not (column == "noise" and most == 0):
            yield (
                column,
                _(
                    "từ 0 đến {most} (một phần năm của mức); nới hơn thì ghi mức thấp hơn vào value",
                    most=Worded(format_shortest, most),
                ),
            )
    wanted = kind_problem(kind, unit)
    if wanted:
        yield "unit", wanted
    wanted = role_problem(row["role"], kind, unit, commune.sectors if commune else ())
    if wanted and (commune or ":" not in row["role"]):
        yield "role", wanted


def _reference_row(row: Row, commune: Commune | None) -> Told:
    """Yield what is wrong between the cells of a public figure."""
    share = not row["series_id"].startswith(("ratio_", "budget_revenue_"))
    wanted = value_problem(row["value"], row["unit"], share=share)
    if wanted:
        yield "value", wanted
    elif row["status"] == "target" and row["unit"] == "%/year" and row["value"] > 100:
        yield "value", _TOO_FAST
    if row["year_from"] is not None and row["year_from"] >= row["year"]:
        yield "year_from", _("một năm trước {year}, hoặc để trống", year=row["year"])


def _scenario_row(row: Row, commune: Commune | None) -> Told:
    """Yield what is wrong with the value of an assumption."""
    if isinstance(row["value"], float):
        wanted = value_problem(row["value"], row["unit"], share=True)
        if wanted:
            yield "value", wanted


def _plot_row(row: Row, commune: Commune | None) -> Told:
    """Yield what is wrong between the cells of a piece of land."""
    prices = [row[f"price_{name}"] for name in ("low", "mode", "high")]
    for before, after, column in zip(
        prices, prices[1:], ("price_mode", "price_high"), strict=False
    ):
        if after < before:
            yield column, _("từ {low} trở lên (giá thấp ≤ hay gặp ≤ cao)", low=f"{before:g}")
    if commune and not commune.base_year <= row["year"] <= commune.target_year + 5:
        yield (
            "year",
            _(
                "một năm của kế hoạch hoặc gần đó, từ {first} đến {last}",
                first=commune.base_year,
                last=commune.target_year + 5,
            ),
        )
    gross = row["area_m2"] * prices[2] / 1000
    if not row["area_m2"]:
        yield "area_m2", _("một diện tích lớn hơn 0")
    elif row["cost"] > max(2 * gross, 1):
        yield (
            "cost",
            _(
                "chi phí tính bằng tỷ đồng; bán hết với giá cao cũng chỉ được {gross} tỷ",
                gross=Worded(format_shortest, gross),
            ),
        )


def _project_row(row: Row, commune: Commune | None) -> Told:
    """Yield what is wrong between the cells of a project."""
    needs = sum(
        value for column, value in row.items() if column[:1] == "y" and column[1:].isdigit()
    )
    if needs > (row["cost"] + row["arrears"]) * 1.01:
        yield (
            "cost",
            _(
                "từ {least} trở lên: nhu cầu các năm cộng lại là {needs}",
                least=Worded(format_shortest, needs - row["arrears"]),
                needs=Worded(format_shortest, needs),
            ),
        )


ROW_CHECKS: dict[str, Callable[[Row, Commune | None], Told]] = {
    "targets.csv": _target_row,
    "reference.csv": _reference_row,
    "scenarios.csv": _scenario_row,
    "plots.csv": _plot_row,
    "plots_example.csv": lambda row, commune: _plot_row(row, None),
    "projects.csv": _project_row,
}
"""What is looked at in a row of each file, beside its single cells."""
