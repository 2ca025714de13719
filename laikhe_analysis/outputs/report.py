"""The report: everything that a planner hands in, made in one folder, or nothing at all."""

from __future__ import annotations

import glob
import hashlib
import json
import platform
import shutil
import tempfile
import time
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path

from laikhe_analysis.checks import SEED, Text
from laikhe_analysis.data import load
from laikhe_analysis.intake.safe_files import exchange
from laikhe_analysis.outputs.board.standing import seen_from
from laikhe_analysis.outputs.commands.refusal import refuse
from laikhe_analysis.outputs.excel import write_workbook
from laikhe_analysis.outputs.invest.view import choose_rule
from laikhe_analysis.outputs.notebooks import find_notebooks, run_notebooks
from laikhe_analysis.outputs.site import write_site
from laikhe_analysis.outputs.summary import headlines
from laikhe_analysis.outputs.what_if.static import NOTEBOOK, write_static
from laikhe_analysis.outputs.word import write_documents
from laikhe_analysis.outputs.word.material import recorded_words
from laikhe_analysis.vietnamese import sentence, words

__all__ = ["write_report"]

_PACKAGES = (
    "laikhe-analysis",
    "numpy",
    "pandas",
    "scipy",
    "statsmodels",
    "matplotlib",
    "python-docx",
    "xlsxwriter",
)
Progress = Callable[[Text, int, int], None]


def write_report(
    data_folder: Path,
    notebook_folder: Path,
    out: Path,
    *,
    scenario: str = "co_so",
    rule: str = "",
    as_of: str = "",
    on_progress: Progress = lambda what, done, of: None,
) -> Path:
    """Write the report and return its index page.

    Everything is written beside `out` first and takes its place when it is whole, so that a
    report that fails or is killed leaves the earlier one untouched.

    Parameters
    ----------
    data_folder, notebook_folder : Path
        The commune's data, and the notebooks.
    out : Path
        Folder of the report; an earlier report in it is replaced.
    scenario : str
        Scenario of the headlines, notebooks and documents.
    rule : str
        Sharing rule that they are computed under; blank: the first of the file.
    as_of : str
        Date of the board; blank: that of the newest record.
    on_progress : callable
        Called with what is done, and how many of how many steps.

    Raises
    ------
    DataError
        If the data cannot be used.
    RefusalError
        If there is no such scenario, rule or date, no scenario at all, or `out` holds something
        that is no report.
    NotebookError
        If a notebook fails.
    """
    out = out.resolve()  # a link stays, and what it points to is replaced
    _put_in_order(out)
    data = load(data_folder)
    data = data.under_rule(choose_rule(data, rule)) if rule else data
    data = seen_from(data, as_of)
    lines = headlines(data, scenario, as_of)
    _refuse_foreign(out)
    paths = [path for path in find_notebooks(notebook_folder) if path.stem != NOTEBOOK]
    steps = len(paths) + 4
    on_progress(Text("đã kiểm tra dữ liệu", "data checked"), 1, steps)
    done: list[Path] = []

    def note(path: Path) -> None:
        done.append(path)
        on_progress(Text(f"đã chạy {path.stem}", f"ran {path.stem}"), 1 + len(done), steps)

    parameters = {
        "DATA": str(data_folder.resolve()), "SCENARIO": scenario, "RULE": rule, "AS_OF": as_of,
    }  # fmt: skip
    notebooks = run_notebooks(paths, parameters, note)
    for notebook in notebooks.values():  # pages are handed on: not with the path of this machine
        for cell in notebook.cells:
            cell.source = cell.source.replace(repr(parameters["DATA"]), repr(data_folder.name))
    out.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{out.name}{_BESIDE}", dir=out.parent))
    try:
        documents = write_documents(data, beside, scenario=scenario, as_of=as_of or None)
        on_progress(Text("đã viết báo cáo Word", "Word reports written"), steps - 2, steps)
        workbook = write_workbook(
            data, beside / "bang_tinh.xlsx", scenario=scenario, as_of=as_of or None
        )
        on_progress(Text("đã viết bảng tính Excel", "Excel workbook written"), steps - 1, steps)
        write_site(
            beside,
            {path.stem: notebook for path, notebook in notebooks.items()},
            lines,
            title=sentence(
                "Kế hoạch {first}-{last} của {name}",
                "The {first}-{last} plan of {name_en}",
                first=data.commune.base_year,
                last=data.commune.target_year,
                name=data.commune.name,
                name_en=data.commune.name_en or data.commune.name,
            ),
            about=sentence(
                "Kịch bản {scenario}. {recorded}{rule}",
                "Scenario: {scenario}. {recorded}{rule}",
                scenario=words(scenario),
                rule=sentence(
                    " Quy định điều tiết dùng để tính: {rule}.",
                    " Sharing rule: {rule}.",
                    rule=words(rule),
                )
                if rule
                else "",
                recorded=recorded_words(data),
            ),
            attachments=[*documents, workbook.name, *write_static(data, beside)],
        )
        _write_manifest(beside, data_folder, parameters)
        _take_place(beside, out)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    on_progress(Text("đã ghi báo cáo", "report written"), steps, steps)
    return out / "index.html"


def _refuse_foreign(out: Path) -> None:
    """Raise if `out` holds files that are not an earlier report."""
    if out.is_mount():
        raise refuse(
            "{out} là gốc của một ổ đĩa; chọn một thư mục bên trong bằng --out.",
            "{out} is the root of a drive; name a folder within it with --out.",
            usage=True, out=out,
        )  # fmt: skip
    if out.is_file() or (out.is_dir() and any(out.iterdir()) and not (out / _MANIFEST).exists()):
        raise refuse(
            "{out} đang chứa tệp khác; chọn thư mục trống hoặc mới bằng --out.",
            "{out} holds other files; name an empty or new folder with --out.",
            usage=True, out=out,
        )  # fmt: skip


_MANIFEST, _BESIDE, _OLD = "manifest.json", "-unfinished-", "-old"
_ABANDONED = 24 * 3600
"""Age from which a folder beside the report is no longer taken for a run under way. [seconds]"""


def _write_manifest(folder: Path, data_folder: Path, chosen: Mapping[str, str]) -> None:
    """Write down what the report was made of: inputs by hash, versions, what was chosen."""
    inputs = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(data_folder.iterdir())
        if path.suffix in (".csv", ".toml")
    }
    content = {
        "scenario": chosen["SCENARIO"],
        "sharing_rule": chosen["RULE"],
        "as_of": chosen["AS_OF"],
        "seed": SEED,
        "inputs_sha256": inputs,
        "versions": {name: version(name) for name in _PACKAGES},
        "python": platform.python_version(),
    }
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    (folder / _MANIFEST).write_text(text, encoding="utf-8", newline="\n")


def _take_place(beside: Path, out: Path) -> None:
    """Put the finished folder in the place of the earlier one, at one stroke where that can be."""
    beside.chmod(0o755)
    if not out.exists():
        beside.rename(out)
        return
    if exchange(beside, out):
        shutil.rmtree(beside, ignore_errors=True)
        return
    earlier = beside.with_name(beside.name + _OLD)
    out.rename(earlier)
    try:
        beside.rename(out)
    except BaseException:
        earlier.rename(out)
        raise
    shutil.rmtree(earlier, ignore_errors=True)


def _put_in_order(out: Path) -> None:
    """Bring back a report that a killed run had set aside, and clear what killed runs left."""
    left = sorted(
        out.parent.glob(f".{glob.escape(out.name)}{_BESIDE}*"),
        key=lambda path: path.stat().st_mtime,
    )
    aside = [path for path in left if path.name.endswith(_OLD) and (path / _MANIFEST).exists()]
    if aside and not out.exists():
        left.remove(aside[-1])
        aside[-1].rename(out)
    for path in left:
        if time.time() - path.stat().st_mtime > _ABANDONED:
            shutil.rmtree(path, ignore_errors=True)
