"""Begin the folder of another commune: every file with its header, a sketch, and a guide."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from string import Template
from typing import Any

from laikhe_analysis.data import load
from laikhe_analysis.data.described import described
from laikhe_analysis.data.layout import COLUMNS
from laikhe_analysis.data.plan_scenario import SKETCH
from laikhe_analysis.messages import _, placed, speak_of
from laikhe_analysis.office.forms.safe_files import why
from laikhe_analysis.office.forms.safe_folders import left_over, locked, new_beside
from laikhe_analysis.office.laid_out import asset
from laikhe_analysis.office.notebooks import find_notebooks
from laikhe_analysis.office.places import shipped
from laikhe_analysis.office.refusal import RefusalError, refuse
from laikhe_analysis.office.word.templates import copy_templates
from laikhe_analysis.records import Commune
from laikhe_analysis.scenarios.assumptions import odd_sectors
from laikhe_analysis.vietnamese import LABELS

__all__ = ["check_span", "new_files", "write_new"]

Row = tuple[object, ...]

_LONGEST = 30
"""Years that a plan may span. [years]"""


def write_new(folder: str | Path, commune: Commune) -> list[Path]:
    """Write the folder of another commune and return its files.

    Everything is written beside `folder`, read back and checked, and only then given its name.

    Parameters
    ----------
    folder : Path
        A folder that does not exist, or is empty.
    commune : Commune
        What is known of the commune.

    Raises
    ------
    RefusalError
        If the folder holds anything, lies in another commune's or cannot be written, or something
        about the commune cannot be.
    """
    folder = Path(folder)
    _check(commune)
    folder = folder.resolve()
    above = next((p for p in (folder, *folder.parents) if (p / "commune.toml").exists()), folder)
    if above != folder:
        raise refuse(
            _(
                "{folder} nằm trong thư mục số liệu {above}: chọn nơi khác",
                folder=folder,
                above=above,
            ),
            usage=True,
        )
    if os.path.lexists(folder) and (not folder.is_dir() or any(folder.iterdir())):
        raise refuse(_("{folder} không trống: đặt tên thư mục mới", folder=folder), usage=True)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with locked(folder):
            _put_in_place(new_files(commune) | own_notebooks(shipped("notebooks")), folder)
    except OSError as error:
        raise refuse(
            _("không ghi được ở {folder}: {why}", folder=folder, why=why(error)), usage=True
        ) from None
    return sorted(folder.iterdir())


def _put_in_place(content: Mapping[str, str], folder: Path) -> None:
    """Write a folder beside its place, read it back, and give it its name."""
    for left in left_over(folder, "lap"):
        shutil.rmtree(left, ignore_errors=True)
    beside = new_beside(folder, "lap")
    try:
        for name, text in content.items():
            (beside / name).parent.mkdir(exist_ok=True)
            (beside / name).write_text(text, encoding="utf-8", newline="\n")
        copy_templates(beside)
        load(beside)
        beside.chmod(0o755)
        if folder.is_dir():
            folder.rmdir()
        beside.rename(folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def check_span(base_year: int, target_year: int) -> None:
    """Raise a refusal if the years of a plan cannot be."""
    if not 0 < target_year - base_year <= _LONGEST:
        raise refuse(
            _("năm cuối phải sau năm xuất phát từ 1 đến {most} năm", most=_LONGEST), usage=True
        )


def _check(commune: Commune) -> None:
    """Raise if something about the commune cannot be."""
    check_span(commune.base_year, commune.target_year)
    odd = odd_sectors(commune.sectors).values()
    wrong = {
        _("thiếu tên xã"): not commune.name.strip(),
        _("dân số phải lớn hơn 0"): commune.population <= 0,
        _("diện tích không được âm"): commune.area_km2 < 0,
        _(
            "tên ngành viết chữ thường không dấu, ví dụ industry, tourism; gặp {odd}",
            odd=", ".join(odd),
        ): bool(odd),
    }
    for words, holds in wrong.items():
        if holds:
            raise RefusalError(words, 2)


def new_files(commune: Commune) -> dict[str, str]:
    """Return the content of every file of a new folder, by name.

    Examples
    --------
    >>> made = Commune("xã Ví Dụ", "", "tỉnh Ví Dụ", 12.5, 8500, "", "", (), "", 2020, 2025)
    >>> found = new_files(made)
    >>> found["projects.csv"].split(",")[6:8], found["targets.csv"].count(chr(10))
    (['y2021', 'y2022'], 1)
    """
    speak_of(commune.name, commune.city, commune.labels)
    tables = {name: _table(list(columns), ()) for name, columns in COLUMNS.items()}
    years = [f"y{year}" for year in range(commune.base_year + 1, commune.target_year + 1)]
    projects = list(COLUMNS["projects.csv"])
    tables["projects.csv"] = _table([*projects[:6], *years, *projects[6:]], ())
    tables["sources.csv"] = _table(list(COLUMNS["sources.csv"]), _sources(commune))
    tables["scenarios.csv"] = _table(list(COLUMNS["scenarios.csv"]), _scenarios(commune))
    guide = asset("new_commune.md")
    words = Template(placed(guide)).substitute(
        name=commune.name, base=commune.base_year, first=commune.base_year + 1,
        last=commune.target_year, columns=described(),
    )  # fmt: skip
    return tables | {"commune.toml": _toml(commune), "README.md": words}


def own_notebooks(folder: Path) -> dict[str, str]:
    """Return the notebooks for a new folder: without outputs, reading the data above them.

    Parameters
    ----------
    folder : Path
        The program's own notebooks.

    Returns
    -------
    dict of str to str
        Content by name; the measurements that one of them reads are there too.
    """
    measured = shipped("benchmarks/results")
    content = {
        f"notebooks/{place.name}": place.read_text("utf-8")
        for place in (measured / name for name in _MEASURED)
        if place.is_file()
    }
    for path in find_notebooks(folder):
        content[f"notebooks/{path.name}"] = _emptied(json.loads(path.read_text("utf-8")))
    return content


_MEASURED = ("m3_yearly.csv", "m3_yearly_summary.csv")
_PLACES = {'"../data"': '".."', '"../benchmarks/results"': '"."'}
"""What the notebooks of the project read, and where it is in a new folder."""


def _emptied(notebook: dict[str, Any]) -> str:
    """Return a notebook's file as it is before it was run, its places those of a new folder."""
    notebook["metadata"].pop("laikhe", None)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
        if "parameters" in cell["metadata"].get("tags", ()):
            source = "".join(cell["source"])
            for old, new in _PLACES.items():
                source = source.replace(old, new)
            cell["source"] = source.splitlines(keepends=True)
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _table(header: Sequence[str], rows: Iterable[Row]) -> str:
    """Return a CSV text."""
    content = io.StringIO()
    writer = csv.writer(content, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return content.getvalue()


def _sources(commune: Commune) -> list[Row]:
    """Return the first sources: the plan, and what has no source."""
    years = f"{commune.base_year + 1}-{commune.target_year}"
    return [
        ("plan", f"Kế hoạch {years} của {commune.name}: ghi số, ngày của văn bản", "", "", ""),
        ("assumption", "Giả định của cơ quan lập kế hoạch, lý do ghi ở cột note", "", "", ""),
        (SKETCH, "Số phác thảo khi lập thư mục, chưa có căn cứ: phải thay", "", "", ""),
    ]


_SKETCHED = {
    "co_so": ("", {"growth_": 5, "inflation": 4, "population_growth": 1, "income_growth_real": 4,
                   "buoyancy": 1, "assigned_growth": 5, "crop_value_growth": 3}),
    "than_trong": ("co_so", {"growth_": 3, "inflation": 5, "income_growth_real": 2}),
}  # fmt: skip
"""Parent and values of the sketched scenarios: round, alike for all sectors, to be replaced."""

_WHY = {
    "co_so": "Phác thảo, chưa có căn cứ: thay bằng mức bình quân nhiều năm của huyện cũ, tỉnh, "
    "cả nước và ghi nguồn",
    "than_trong": "Phác thảo, chưa có căn cứ: thay bằng mức của những năm yếu và ghi nguồn",
}


def _scenarios(commune: Commune) -> list[Row]:
    """Return the sketch: every row an assumption without evidence, and marked so."""
    first, last = commune.base_year + 1, commune.target_year
    rows: list[Row] = [
        ("co_so", "", f"share_{sector}", commune.base_year, commune.base_year, share, "%",
         "assumption", SKETCH, "", "Phác thảo, chia đều: thay bằng cơ cấu đã công bố")
        for sector, share in _even(commune.sectors).items()
    ]  # fmt: skip
    for scenario, (parent, values) in _SKETCHED.items():
        for variable, value in values.items():
            names = (
                [f"{variable}{s}" for s in commune.sectors] if variable[-1] == "_" else [variable]
            )
            unit = "ratio" if variable == "buoyancy" else "%/year"
            rows += [
                (scenario, parent, name, first, last, value, unit, "assumption", SKETCH, "",
                 _WHY[scenario])
                for name in names
            ]  # fmt: skip
    return rows


def _even(sectors: Sequence[str]) -> dict[str, float]:
    """Return even shares to one decimal that add up to 100. [%]

    Examples
    --------
    >>> _even(("a", "b", "c"))
    {'a': 33.4, 'b': 33.3, 'c': 33.3}
    """
    count = len(sectors)
    tenths = [1000 // count + (i < 1000 % count) for i in range(count)] if count else []
    return {sector: share / 10 for sector, share in zip(sectors, tenths, strict=True)}


_FIELDS = {
    "name": _("tên xã"),
    "name_en": _("tên viết tiếng Anh"),
    "city": _("tỉnh, thành phố"),
    "area_km2": _("diện tích tự nhiên, km2; 0 là chưa biết"),
    "population": _("dân số, người"),
    "population_date": _("ngày của số dân, ví dụ 2024-12-31"),
    "population_definition": _("đăng ký hay thực tế thường trú"),
    "predecessors": _("các xã cũ"),
    "founded": _("ngày thành lập, ví dụ 2025-07-01"),
    "base_year": _("năm xuất phát"),
    "target_year": _("năm cuối của chỉ tiêu"),
    "price_base": _("cơ sở giá của tốc độ tăng: constant 2010, constant 2020 hoặc not stated"),
    "sectors": _("các ngành"),
}


def _toml(commune: Commune) -> str:
    """Return `commune.toml`, each line with its meaning."""
    lines = [
        f"# Những điều phép tính cần biết về {commune.name}. Sửa bên phải dấu =; số thập phân dùng "
        "dấu chấm.",
        "",
    ]
    for field, words in _FIELDS.items():
        value = getattr(commune, field)
        shown = json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
        lines.append(f"{field} = {shown}  # {placed(words.vi)}")
    named = "; ".join(f"{s}: {LABELS[s].vi}" for s in commune.sectors if s in LABELS)
    lines += [f"# {named}"] if named else []
    lines += [
        "",
        "# Số đảng viên, mẫu số của tỷ lệ kết nạp; bỏ dấu # khi có số.",
        "# party_members = 0",
        "",
        "# Con số có trong kế hoạch nhưng không phải chỉ tiêu.",
        "[plan_numbers]",
        "",
        "# Nơi dùng làm thước đo, tên như cột entity của reference.csv.",
        "[yardsticks]",
        '# country = "Việt Nam"',
        "",
        "# Tên riêng của ngành, chuỗi số liệu.",
        "[labels]",
        *(
            f"{name} = {json.dumps(text, ensure_ascii=False)}"
            for name, text in commune.labels.items()
        ),
        "",
    ]
    return "\n".join(lines)
