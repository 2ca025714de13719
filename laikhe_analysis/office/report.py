"""The report: everything that a planner hands in, made in one folder, or nothing at all."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from importlib.metadata import version
from itertools import count
from pathlib import Path
from typing import Any

from laikhe_analysis.checks import SEED
from laikhe_analysis.data import load
from laikhe_analysis.messages import Text, _, speaking
from laikhe_analysis.office.blame import located
from laikhe_analysis.office.board.standing import seen_from
from laikhe_analysis.office.excel import write_workbook
from laikhe_analysis.office.kernels import open_nursery
from laikhe_analysis.office.leader import leader_page, look
from laikhe_analysis.office.leader.history import keep, kept_with, past_of, read_history
from laikhe_analysis.office.leader.view import View
from laikhe_analysis.office.notebooks import find_notebooks, import_nbformat, run_notebooks
from laikhe_analysis.office.owned import (
    HISTORY,
    data_hashes,
    file_hash,
    in_place_of,
    is_current,
    program_hash,
    refuse_place,
)
from laikhe_analysis.office.refusal import choose_rule, choose_scenario, refuse
from laikhe_analysis.office.site import notebook_title, write_site
from laikhe_analysis.office.what_if.page import write_what_if
from laikhe_analysis.office.word import write_documents

__all__ = ["write_report"]

_PACKAGES = (
    "laikhe-analysis",
    "numpy",
    "pandas",
    "scipy",
    "statsmodels",
    "matplotlib",
    "python-docx",
    "docxtpl",
    "xlsxwriter",
)
_AT_ONCE = ("IPython.display", "nbclient", "matplotlib.pyplot")
KIND = "laikhe-report"
JUPYTER_ONLY = "09_what_if"
"""The notebook that is no page: the report has a page of its own in its place."""

Progress = Callable[[Text, int, int], None]


def write_report(
    data_folder: str | Path,
    notebook_folder: str | Path,
    out: str | Path,
    *,
    scenario: str = "co_so",
    rule: str = "",
    as_of: str = "",
    lang: str = "vi",
    internal: bool = False,
    keep_on: str = "",
    fresh: bool = False,
    on_progress: Progress = lambda what, done, of: None,
    on_kept: Callable[[Text], None] = lambda what: None,
) -> Path:
    """Write the report and return its index page.

    Everything is written beside `out` first and takes its place when it is whole, so that a
    report that fails or is killed leaves the earlier one untouched. An earlier report that was made
    of the same data, notebooks, program and choices, and whose files nobody edited, is left as it is.

    Parameters
    ----------
    data_folder, notebook_folder : Path
        The commune's data, and the notebooks.
    out : Path
        Folder of the report; what an earlier report wrote in it is replaced, all else stays.
    scenario : str
        Scenario of the headlines, notebooks and documents.
    rule : str
        Sharing rule that they are computed under; blank: the first of the file.
    as_of : str
        Date of the board; blank: that of the newest record.
    lang : {"vi", "en"}
        The language of the pages; Word documents are Vietnamese, and only written then.
    internal : bool
        Whether the leader's page and the Party's Word report have internal targets.
    keep_on : str
        The day on which its headline projections are kept in the data folder (`leader.history`);
        blank: they are not kept. [YYYY-MM-DD]
    fresh : bool
        Make it anew even where nothing has changed.
    on_progress : callable
        Called with what is done, and how many of how many steps.
    on_kept : callable
        Told of each file of the earlier report that was edited by hand, and how it is kept; and how
        many places of the data may be slips.

    Raises
    ------
    DataError
        If the data cannot be used.
    RefusalError
        If there is no such scenario, rule or date, no scenario at all, `out` is no place for a
        report (see `owned.refuse_place`), or the data changed on the way.
    NotebookError
        If a notebook fails.
    """
    data_folder, notebook_folder, out = Path(data_folder), Path(notebook_folder), Path(out)
    refuse_place(out, KIND, data=data_folder)
    inputs = data_hashes(data_folder)
    paths = [path for path in find_notebooks(notebook_folder) if path.stem != JUPYTER_ONLY]
    parameters = {
        "DATA": str(data_folder.resolve()), "SCENARIO": scenario, "RULE": rule, "AS_OF": as_of,
    }  # fmt: skip
    facts = _facts(inputs, paths, parameters) | {
        "language": lang, "internal": internal, "history_sha256": _hash_of(data_folder / HISTORY),
    }  # fmt: skip
    if not fresh and not keep_on and is_current(out, KIND, facts):
        on_progress(_("không có gì thay đổi"), 1, 1)
        return out / "index.html"
    if len(paths) > 2:
        open_nursery()  # it makes itself ready while the data are read

    def read(folder: Path) -> View:
        known = load(folder)
        known = known.under_rule(choose_rule(known, rule)) if rule else known
        choose_scenario(scenario, list(known.assumed))
        seen = look(seen_from(known, as_of), scenario, as_of, internal=internal)
        leader_page(seen, {})  # what cannot be computed is told before anything is written
        return seen

    view, kept = located(read, data_folder), read_history(data_folder)
    data, now = view.data, past_of(view, keep_on)
    if data.doubts:
        told = _("{n} chỗ của số liệu có thể là nhầm, vẫn được dùng: xem laikhe check",
                 n=len(data.doubts))  # fmt: skip
        on_kept(told)
    more = kept_with(data_folder, now) if keep_on else None
    if more is not None:
        facts["history_sha256"] = hashlib.sha256(more).hexdigest()
    elif not fresh and is_current(out, KIND, facts):
        on_progress(_("không có gì thay đổi"), 1, 1)
        return out / "index.html"
    steps, done = len(paths) + 5, count(1)

    def note(what: Text) -> None:
        on_progress(what, next(done), steps)

    note(_("đã kiểm tra dữ liệu"))
    import_nbformat()
    for name in _AT_ONCE:  # modules that look at half-made ones when two threads import them
        import_module(name)
    with in_place_of(out, KIND, facts, on_kept=on_kept) as work, ThreadPoolExecutor(1) as beside:
        running = beside.submit(  # in kernels of their own, while documents are written here
            run_notebooks, paths, parameters,
            lambda path: note(_("đã chạy {stem}", stem=path.stem)), lang=lang,
        )  # fmt: skip
        documents = [] if lang == "en" else write_documents(
            data, work, scenario=scenario, as_of=as_of or None, internal=internal
        )  # fmt: skip
        note(_("đã viết báo cáo Word"))
        workbook = write_workbook(
            data, work / "bang_tinh.xlsx", scenario=scenario, as_of=as_of or None
        )
        note(_("đã viết bảng tính Excel"))
        static = write_what_if(data, work, lang, as_of)
        note(_("đã viết trang thử"))
        notebooks = {path.stem: notebook for path, notebook in running.result().items()}
        for notebook in notebooks.values():  # pages are handed on: not with this machine's path
            for cell in notebook.cells:
                cell.source = cell.source.replace(repr(parameters["DATA"]), repr(data_folder.name))
        write_site(work, notebooks)
        titles = {stem: notebook_title(notebook) for stem, notebook in notebooks.items()}
        attached = [*documents, workbook.name, *static]
        with speaking(lang):
            page = leader_page(view, titles, attached, kept=kept, rule=rule)
        (work / "index.html").write_text(page, encoding="utf-8", newline="\n")
        if data_hashes(data_folder) != inputs:
            raise refuse(
                _(
                    "số liệu ở {folder} vừa được sửa trong lúc làm báo cáo: chạy lại; báo cáo cũ còn "
                    "nguyên",
                    folder=data_folder,
                )
            )
    if more is not None:
        keep(data_folder, now)
    note(_("đã ghi báo cáo"))
    return out / "index.html"


def _hash_of(path: Path) -> str:
    """Return the hash of a file, "" where there is none."""
    return file_hash(path) if path.is_file() else ""


def _facts(
    inputs: Mapping[str, str], notebooks: Sequence[Path], chosen: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what the report is made of: inputs, notebooks and program by hash, what was chosen."""
    data_folder = Path(chosen["DATA"])
    return {
        "data_folder": data_folder.name,
        "scenario": chosen["SCENARIO"],
        "sharing_rule": chosen["RULE"],
        "as_of": chosen["AS_OF"],
        "seed": SEED,
        "inputs_sha256": inputs,
        "notebooks_sha256": {path.name: file_hash(path) for path in notebooks},
        "program_sha256": program_hash(),
        "templates_sha256": {
            path.name: file_hash(path)
            for path in sorted((data_folder / "templates").glob("[!~]*.docx"))
        },
        "versions": {name: version(name) for name in _PACKAGES},
        "python": platform.python_version(),
    }
