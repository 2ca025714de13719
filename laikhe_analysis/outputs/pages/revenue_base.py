"""The commune's own revenue of the base year, and which of its ratios measures the clause."""

from __future__ import annotations

from typing import Any

from laikhe_analysis.checks import Text
from laikhe_analysis.data import Dataset
from laikhe_analysis.outputs.pages.revenue import RevenueGoal
from laikhe_analysis.outputs.summary import ratios_of
from laikhe_analysis.outputs.tables import Table, table
from laikhe_analysis.vietnamese import format_percent, format_value, label, sentence, unit_label

__all__ = ["base_revenue_table", "measure_text"]

_FIGURES = ("collected_revenue", "recurrent_revenue", "land_revenue", "assigned_revenue")
_RATIOS = {
    "collected_revenue": Text(
        "thu trên địa bàn / số giao (kể cả tiền sử dụng đất)",
        "collected over assigned (with land-use fees)",
    ),
    "recurrent_revenue": Text(
        "thu không kể tiền sử dụng đất / số giao", "revenue without land-use fees over assigned"
    ),
}


def base_revenue_table(data: Dataset, lang: str = "vi") -> Table | Text:
    """Return the commune's revenues of the base year and both ratios, or why there are none.

    A figure that is not known yet has its row all the same.
    """
    year = data.commune.base_year
    known = {
        row.series_id: row
        for row in data.results()
        if row.series_id in _FIGURES and row.year == year
    }
    if not known:
        return sentence(
            "Chưa có số thu và số giao năm {y} của xã, nên chưa biết tỷ lệ năm xuất phát. Ghi bốn số: thu "
            "trên địa bàn, thu không kể tiền sử dụng đất, tiền sử dụng đất, dự toán thành phố giao.",
            "The commune's revenues of {y} are not in yet, nor its ratio. Four figures are wanted: "
            "collected, without land-use fees, the fees, assigned.",
            y=year,
        )  # fmt: skip
    rows: list[dict[str, Any]] = []
    for name in _FIGURES:
        row, one = {"name": label(name, lang)}, known.get(name)
        if one is not None and one.value is not None:
            row |= {"value": format_value(one.value, one.unit, lang),
                    "unit": unit_label(one.unit, lang), "status": label(one.status, lang),
                    "origin": label(one.origin, lang)}  # fmt: skip
        rows.append(row)
    for name, ratio in ratios_of(data, year).items():
        unit = f"{unit_label('ratio', lang)} ({format_percent(ratio, 1, lang)})"
        rows.append({"name": _RATIOS[name].pick(lang), "unit": unit,
                     "value": format_value(ratio, "ratio", lang),
                     "origin": label("derived", lang)})  # fmt: skip
    columns = {
        "name": Text(f"Năm {year}", f"In {year}"), "value": Text("Giá trị", "Value"),
        "unit": Text("Đơn vị", "Unit"), "status": Text("Loại số", "Status"),
        "origin": Text("Căn cứ", "Origin"),
    }  # fmt: skip
    return table(rows, {k: v.pick(lang) for k, v in columns.items()})


def measure_text(data: Dataset, goal: RevenueGoal | None) -> Text | None:
    """Return which ratio measures the clause and where the other is used; None without a ratio."""
    if goal is None or goal.ratio is None:
        return None
    year, founded = goal.base, data.commune.founded
    half = Text("", "")
    if founded.startswith(f"{year}-") and not founded.endswith("-01-01"):
        half = sentence(
            " Xã thành lập trong năm {y} ({day}): số cả năm phải cộng phần đầu năm của các xã cũ, nếu "
            "không thì chưa so được với các năm sau.",
            " The commune was founded within {y} ({day}): the year has to hold the old communes' part, or "
            "it is not comparable with later years.",
            y=year, day="/".join(reversed(founded.split("-"))),
        )  # fmt: skip
    return sentence(
        "Mục {c} đo bằng **thu trên địa bàn chia số giao**, đúng chữ của mục: số thu này **kể cả tiền sử "
        "dụng đất**, và bảng theo dõi (sổ tính 07) xếp loại theo số ấy. Các kịch bản, và tỷ lệ cần có "
        "ở cuối trang, tính theo thu **không kể tiền sử dụng đất**, vì tiền bán đất là khoản một lần, "
        "không tăng theo kinh tế. Hai tỷ lệ khác nhau ở phần tiền đất; tỷ lệ nào có nghĩa còn tùy số "
        "giao có gồm tiền sử dụng đất hay không: đó là điều phải hỏi thành phố.{half}",
        "Clause {c} is measured by all revenue collected over the assigned estimate, as its words say: "
        "land-use fees are in it, and the board (notebook 07) uses it. The scenarios, and the ratio needed "
        "below, go by revenue without the fees, which are one-off. Which of the two has a meaning depends "
        "on whether the assigned estimate holds the fees: a question to the city.{half}",
        c=goal.clause, half=half,
    )  # fmt: skip
