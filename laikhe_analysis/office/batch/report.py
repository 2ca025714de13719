"""The leader's page and the workbook of one commune among many."""

from __future__ import annotations

from pathlib import Path

from laikhe_analysis.checks import Text
from laikhe_analysis.data import Dataset
from laikhe_analysis.office.excel import write_workbook
from laikhe_analysis.office.owned import in_place_of, refuse_place
from laikhe_analysis.office.site import write_site
from laikhe_analysis.office.summary import headlines
from laikhe_analysis.office.word.material import recorded_words

__all__ = ["write_report"]

KIND = "laikhe-batch-report"


def write_report(data: Dataset, out: Path, scenario: str, as_of: str) -> None:
    """Write index page and workbook of a commune into a folder of its own, or nothing at all.

    Raises
    ------
    RefusalError
        If the folder holds what is not ours, or no scenario is there.
    """
    one = data.commune
    years = f"{one.base_year}-{one.target_year}"
    refuse_place(out, KIND, data=data.folder)
    with in_place_of(out, KIND, {"scenario": scenario, "as_of": as_of}) as work:
        book = write_workbook(data, work / "bang_tinh.xlsx", scenario=scenario, as_of=as_of or None)
        write_site(
            work, {}, headlines(data, scenario, as_of),
            title=Text(f"Kế hoạch {years} của {one.name}",
                       f"The {years} plan of {one.name_en or one.name}"),
            about=recorded_words(data), attachments=[book.name],
        )  # fmt: skip
