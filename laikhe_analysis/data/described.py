"""The part of a folder's guide that follows from the table of columns, as Markdown.

`python -m laikhe_analysis.data.described data/README.md` brings a guide in step.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path

from laikhe_analysis.data.cells import CellError
from laikhe_analysis.data.column import NEEDED, Column
from laikhe_analysis.data.layout import COLUMNS, FLOWS, PLANNED, SERIES
from laikhe_analysis.roles import ROLES
from laikhe_analysis.vietnamese import UNITS, format_shortest, label, unit_label

__all__ = ["BEGIN", "END", "described", "in_step"]

BEGIN = "<!-- bảng cột: do chương trình ghi, sửa ở laikhe_analysis/data/columns.py -->"
END = "<!-- hết bảng cột -->"


def described() -> str:
    """Return the tables of columns, roles, units and series.

    Examples
    --------
    >>> "| `area_m2` | diện tích | phải có; m²; từ 0; thường từ 50 đến 3.000.000 |" in described()
    True
    """
    parts = []
    for name, columns in COLUMNS.items():
        rows = [
            f"| `{key}` | {column.says} | {_asked(column)} |" for key, column in columns.items()
        ]
        parts += [f"**`{name}`**", "", "| Cột | Nội dung | Ô |", "|---|---|---|", *rows, ""]
    roles = [
        f"| `{name}{':NGÀNH' if name in ('sector', 'share') else ''}` | {role.words.vi} | "
        f"{', '.join(unit_label(one) for one in role.units)} | {_kinds(role.kinds)} |"
        for name, role in ROLES.items()
    ]
    parts += ["**Vai trò (`role`)**", "", "| Vai trò | Là gì | Mức tính bằng | `kind` |",
              "|---|---|---|---|", *roles, ""]  # fmt: skip
    units = [f"`{name}` {words.vi}" for name, words in UNITS.items()]
    parts += ["**Đơn vị đã biết**: " + " · ".join(units) + ".", ""]
    series = [
        f"`{name}` {label(name)}{_nature(name)}" for name in SERIES
    ]  # fmt: skip
    parts += ["**Chuỗi của xã**: " + " · ".join(series) + "."]
    return "\n".join(parts)


def _asked(column: Column) -> str:
    """Return what a cell must hold, in a few words."""
    told = ["phải có"] if _is_needed(column) else []
    told += [unit_label(column.unit)] if column.unit not in ("", "row", "ratio") else []
    told += _ends("", column.least, column.most)
    told += _ends("thường ", *column.usual) if column.usual else []
    if column.unit == "row":
        told.append("số, theo `unit` của dòng")
    if column.default is not NEEDED:
        told.append("cột không bắt buộc")
    return "; ".join(told)


def _is_needed(column: Column) -> bool:
    """Return whether a cell may not be empty."""
    try:
        column.read("")
    except CellError:
        return True
    return False


def _ends(prefix: str, least: float, most: float) -> list[str]:
    """Return a range in words, nothing where it has no end."""
    ends = [f"{word} {format_shortest(end)}"
            for word, end in (("từ", least), ("đến", most)) if math.isfinite(end)]  # fmt: skip
    return [prefix + " ".join(ends)] if ends else []


def _kinds(kinds: tuple[str, ...]) -> str:
    return ", ".join(f"`{kind}`" for kind in kinds)


def _nature(name: str) -> str:
    """Return what else is to know of a series."""
    if name in PLANNED:
        return " (`status` là `plan`)"
    return " (cộng được theo kỳ)" if name in FLOWS else ""


def in_step(guide: str) -> str:
    """Return a guide with the generated part as it should be.

    Raises
    ------
    ValueError
        If the guide does not hold the two marks.
    """
    before, mark, rest = guide.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not mark or not end:
        raise ValueError(f"the guide must hold the lines {BEGIN!r} and {END!r}.")
    return f"{before}{BEGIN}\n\n{described()}\n\n{END}{after}"


if __name__ == "__main__":
    _guide = Path(sys.argv[1])
    _guide.write_text(in_step(_guide.read_text(encoding="utf-8")), encoding="utf-8")
