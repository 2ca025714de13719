"""Keep a scenario: append it to the scenarios, whole or not at all, never over another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

from laikhe_analysis.checks import DataError, Problem, tidy
from laikhe_analysis.data import load
from laikhe_analysis.data.names import name_problem
from laikhe_analysis.messages import _
from laikhe_analysis.office.forms.list_ledger import list_import_id, put_kept
from laikhe_analysis.office.forms.safe_files import longer, plain_cell
from laikhe_analysis.office.forms.safe_folders import locked
from laikhe_analysis.records import Assumption, Scenario, Source
from laikhe_analysis.scenarios import as_in_file

__all__ = ["LONGEST_NAME", "SOURCE", "check_name", "check_reason", "keep_scenario"]

SOURCE = Source(
    "what-if",
    "Giả định thử trên trang “Nếu … thì sao”; ngày và lý do ghi ở cột note của scenarios.csv",
    "Người dùng bộ công cụ",
    "",
    "",
)
"""Where the assumptions of a kept scenario come from."""

LONGEST_NAME = 40
_SCENARIOS, _SOURCES = "scenarios.csv", "sources.csv"
_FORMULA = ("=", "+", "-", "@", "'")


def check_name(name: str, known: Sequence[str]) -> str:
    """Return a name for a scenario, trimmed and composed, if it may be used.

    Parameters
    ----------
    name : str
        What was typed.
    known : sequence of str
        Names of the scenarios that there are.

    Raises
    ------
    DataError
        If it is empty, too long, would be a formula in a spreadsheet, or cannot be told from a
        scenario, from a built-in one, or from the words under which one is shown: marks, signs and
        capital letters do not count.

    Examples
    --------
    >>> check_name("  giá 12 triệu ", ["co_so"])
    'giá 12 triệu'
    """
    clean = tidy(name)
    wanted = name_problem(clean, known) if clean else None
    if not clean:
        wanted = _("một tên cho kịch bản")
    elif len(clean) > LONGEST_NAME:
        wanted = _("tên dài nhất {most} ký tự", most=LONGEST_NAME)
    elif clean.startswith(_FORMULA) or not clean.isprintable():
        wanted = _("tên bắt đầu bằng chữ hoặc số")
    elif clean in known:
        wanted = _("tên chưa có kịch bản nào dùng")
    if wanted is not None:
        raise DataError([Problem(_SCENARIOS, None, "scenario", clean, wanted)])
    return clean


def check_reason(reason: str) -> str:
    """Return why a scenario is kept, on one line, if it is told.

    Raises
    ------
    DataError
        If it is empty, or would be a formula in a spreadsheet.
    """
    clean = tidy(reason)
    if not clean or clean.startswith(_FORMULA):
        wanted = _("lý do, để người sau hiểu")
        raise DataError([Problem(_SCENARIOS, None, "note", clean, wanted)])
    return clean


def keep_scenario(
    folder: str | Path, changes: Sequence[Assumption], *, name: str, inherits: str, on: date
) -> Scenario:
    """Append a scenario to a commune's folder, and return it as it is read back; to be undone.

    The longer files are written beside the old ones, read as a rehearsal, and only then put in
    their place: a stop at any moment leaves a folder that can be read, with the whole scenario or
    with nothing of it.

    Parameters
    ----------
    folder : Path
    changes : sequence of Assumption
        What it assumes otherwise than `inherits`, each with the reason in its note. Their sources
        become `SOURCE`.
    name : str
        As `check_name` allows.
    inherits : str
        The scenario that it changes.
    on : date
        The day.

    Raises
    ------
    DataError
        If the name cannot be used, no reason is given, nothing is changed, or the data could not
        be read with the new rows.
    RefusalError
        If another command is writing, or a file cannot be written.
    """
    folder = Path(folder)
    with locked(folder):
        now = load(folder)
        clean = check_name(name, list(now.assumed))
        if not changes:
            wanted = _("ít nhất một giả định khác")
            raise DataError([Problem(_SCENARIOS, None, None, "", wanted)])
        cells = [
            {k: plain_cell(v) for k, v in asdict(_kept(one, on)).items()}
            | {"scenario": clean, "inherits": inherits}
            for one in changes
        ]
        files = {}
        if SOURCE.source_id not in now.cited:
            files[_SOURCES] = longer(folder / _SOURCES, [asdict(SOURCE)])
        files[_SCENARIOS] = longer(folder / _SCENARIOS, cells)
        put_kept(folder, list_import_id(files), files)
        return load(folder).assumed[clean]


def _kept(one: Assumption, on: date) -> Assumption:
    """Return an assumption as its row has it, with the day behind the reason."""
    note = f"{check_reason(one.note)} (ghi ngày {on:%d/%m/%Y} từ trang thử)"
    row = replace(as_in_file(one), source_id=SOURCE.source_id, approved_by="", note=note)
    return replace(row, line=None)
