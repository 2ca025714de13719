"""The leader's page and the workbook of one commune among many."""

from __future__ import annotations

from pathlib import Path

from laikhe_analysis.data import Dataset
from laikhe_analysis.office.excel import write_workbook
from laikhe_analysis.office.leader import leader_page, look
from laikhe_analysis.office.owned import in_place_of, refuse_place

__all__ = ["write_report"]

KIND = "laikhe-batch-report"


def write_report(data: Dataset, out: Path, scenario: str, as_of: str) -> None:
    """Write index page and workbook of a commune into a folder of its own, or nothing at all.

    Raises
    ------
    RefusalError
        If the folder holds what is not ours, or no scenario is there.
    """
    refuse_place(out, KIND, data=data.folder)
    with in_place_of(out, KIND, {"scenario": scenario, "as_of": as_of}) as work:
        book = write_workbook(data, work / "bang_tinh.xlsx", scenario=scenario, as_of=as_of or None)
        page = leader_page(look(data, scenario, as_of), {}, [book.name])
        (work / "index.html").write_text(page, encoding="utf-8", newline="\n")
