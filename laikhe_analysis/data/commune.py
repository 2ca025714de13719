"""Read `commune.toml`: what the calculations know of the commune, or all that is wrong with it."""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from laikhe_analysis.checks import Problem, nearest
from laikhe_analysis.data.cells import CellError, day, optional
from laikhe_analysis.data.incoming import NotTakenError, bytes_of
from laikhe_analysis.messages import Text, _
from laikhe_analysis.records import Commune
from laikhe_analysis.scenarios.assumptions import odd_sectors

__all__ = ["plan_years", "read_commune"]

_TEXT = _("một đoạn chữ")
_NAME = _("một tên")
_WHOLE = _("một số nguyên")
_NUMBER = _("một số")
_LIST = _("một danh sách")

_KINDS: dict[str, tuple[type | tuple[type, ...], Text]] = {
    "name": (str, _TEXT),
    "name_en": (str, _TEXT),
    "city": (str, _TEXT),
    "population_date": (str, _TEXT),
    "population_definition": (str, _TEXT),
    "founded": (str, _TEXT),
    "price_base": (str, _TEXT),
    "base_year": (int, _WHOLE),
    "target_year": (int, _WHOLE),
    "population": (int, _WHOLE),
    "party_members": (int, _WHOLE),
    "area_km2": ((int, float), _NUMBER),
    "predecessors": (list, _LIST),
    "sectors": (list, _LIST),
    "plan_numbers": (dict, _("một bảng số")),
    "yardsticks": (dict, _("một bảng tên")),
    "labels": (dict, _("một bảng tên")),
}
"""What each key must hold."""

_LARGEST, _LONGEST = 200_000, 5_000
"""The largest file [bytes], and the longest line in it [signs]."""

_FILE = _("tệp này trong thư mục dữ liệu, không quá {size} kB", size=_LARGEST // 1000)
_TOML = _('tệp TOML mã UTF-8: mỗi dòng một khóa, chữ trong ngoặc kép, ví dụ name = "xã Mẫu"')
_NEEDED = ("name", "base_year", "target_year", "population")
_RANGES = {
    "base_year": (1990, 2100), "target_year": (1990, 2100), "population": (1, 10**8),
    "area_km2": (0, 10**6), "party_members": (0, 10**7),
}  # fmt: skip
_BLANKS: dict[str, Any] = {
    "name_en": "", "city": "", "area_km2": 0.0, "population_date": "",
    "population_definition": "", "founded": "",
}  # fmt: skip


def read_commune(path: Path) -> tuple[Commune | None, list[Problem]]:
    """Return the commune, or what is wrong with its file.

    Parameters
    ----------
    path : Path
        The TOML file.

    Returns
    -------
    commune : Commune or None
        None where there is a problem.
    problems : list of Problem
        What is wrong; values are looked at only where their keys and kinds are as wanted.
    """
    content = _content(path)
    if isinstance(content, Problem):
        return None, [content]
    problems = _with_lines(path, [
        *_key_problems(path.name, content),
        *_kind_problems(path.name, content),
        *_part_problems(path.name, content),
    ] or [*_range_problems(path.name, content), *_sector_problems(path.name, content)])  # fmt: skip
    if problems:
        return None, problems
    lists = {key: tuple(content.get(key, ())) for key in ("predecessors", "sectors")}
    return Commune(**(_BLANKS | content | lists)), []


def plan_years(commune: Commune | None) -> range:
    """Return the years of the plan; none where there is no commune."""
    return range(commune.base_year + 1, commune.target_year + 1) if commune else range(0)


def _content(path: Path) -> dict[str, Any] | Problem:
    """Return what the file holds, or what keeps it from being read."""
    said: Text
    try:
        text = bytes_of(path, _LARGEST).decode("utf-8-sig")
        long = next((n for n, line in enumerate(text.split("\n"), 1) if len(line) > _LONGEST), None)
        if long is None:
            return tomllib.loads(text.replace("\r\n", "\n"))
        line, said = long, _("một dòng rất dài")
        wanted = _("dòng không quá {most} chữ", most=_LONGEST)
    except NotTakenError as error:
        line, said, wanted = None, error.got, _FILE
    except RecursionError:
        line, said, wanted = None, _("ngoặc lồng quá sâu"), _TOML
    except ValueError as error:  # of TOML, of UTF-8, or of a number without end
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else None
        said, wanted = _("không phải TOML mã UTF-8"), _TOML
    return Problem(path.name, line, None, said.vi, wanted, said)


def _with_lines(path: Path, problems: list[Problem]) -> list[Problem]:
    """Return the problems with the line of their key, where one begins with it."""
    lines = bytes_of(path, _LARGEST).decode("utf-8-sig").splitlines() if problems else []
    found: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        key = re.match(r"\s*\[?\s*([\w-]+)\s*[]=]", line)
        found.setdefault(key[1] if key else "", number)
    return [replace(one, line=found.get(str(one.column).partition(".")[0])) for one in problems]


def _fits(value: object, kind: type | tuple[type, ...]) -> bool:
    """Return whether a value is of a kind: yes and no are no numbers, nan and inf neither."""
    finite = not isinstance(value, float) or math.isfinite(value)
    return isinstance(value, kind) and not isinstance(value, bool) and finite


def _key_problems(file: str, content: dict[str, Any]) -> list[Problem]:
    """Return the keys that nothing reads."""
    known = [field.name for field in fields(Commune)]
    problems = []
    for key in content:
        if key not in known:
            hint = nearest(key, known) or ", ".join(known)
            wanted = _("khóa đã biết: {hint}", hint=hint)
            problems.append(Problem(file, None, key, key, wanted))
    return problems


def _kind_problems(file: str, content: dict[str, Any]) -> list[Problem]:
    """Return the keys that are needed and absent, or hold another kind of value."""
    problems = []
    for key, (kind, wanted) in _KINDS.items():
        if key not in content:
            if key in _NEEDED:
                problems.append(Problem(file, None, key, "", wanted, _("không có", context="key")))
        elif not _fits(content[key], kind):
            problems.append(Problem(file, None, key, str(content[key]), wanted))
    return problems


def _part_problems(file: str, content: dict[str, Any]) -> list[Problem]:
    """Return the parts of lists and tables that hold another kind of value."""
    wanted_of: dict[str, tuple[type | tuple[type, ...], Text]] = {
        "predecessors": (str, _NAME), "sectors": (str, _NAME),
        "plan_numbers": ((int, float), _NUMBER), "yardsticks": (str, _NAME),
        "labels": (str, _NAME),
    }  # fmt: skip
    problems = []
    for key, (kind, wanted) in wanted_of.items():
        found = content.get(key)
        parts = found if isinstance(found, dict) else {}
        if isinstance(found, list):
            parts = {str(position): part for position, part in enumerate(found, 1)}
        problems += [
            Problem(file, None, f"{key}.{name}", str(part), wanted)
            for name, part in parts.items()
            if not _fits(part, kind)
        ]
    return problems


def _sector_problems(file: str, content: dict[str, Any]) -> list[Problem]:
    """Return the sectors that no variable or series can be named after, or named twice."""
    wanted = _("tên khác nhau, chữ thường không dấu, như industry; product_taxes luôn có sẵn")
    return [
        Problem(file, None, f"sectors.{place}", name, wanted)
        for place, name in odd_sectors(content.get("sectors", [])).items()
    ]


def _range_problems(file: str, content: dict[str, Any]) -> list[Problem]:
    """Return the numbers that cannot be, and a period that ends before it begins."""
    problems = []
    for key, (low, high) in _RANGES.items():
        got = content.get(key)
        if got is not None and not low <= got <= high:
            wanted = _("từ {low} đến {high}", low=low, high=high)
            problems.append(Problem(file, None, key, str(got), wanted))
    founded = content.get("founded", "")
    try:
        optional(day)(founded)
    except CellError as error:
        problems.append(Problem(file, None, "founded", founded, error.wanted))
    if not problems and content["target_year"] <= content["base_year"]:
        wanted = _("một năm sau base_year")
        problems.append(Problem(file, None, "target_year", str(content["target_year"]), wanted))
    return problems
