"""The date and the scenario of a board as a command line names them; the board itself is `data.boards`."""

from __future__ import annotations

from datetime import date

from laikhe_analysis.data import Dataset
from laikhe_analysis.data.boards import (
    as_of_day,
    board_of,
    last_over,
    price_index,
    year_earlier,
)
from laikhe_analysis.messages import _
from laikhe_analysis.monitor.measures import AsOf
from laikhe_analysis.office.refusal import choose_scenario, refuse
from laikhe_analysis.scenarios.projection import Projection

__all__ = [
    "as_of_day",
    "board_of",
    "named_day",
    "price_index",
    "projection_of",
    "read_as_of",
    "seen_from",
    "year_earlier",
]


def read_as_of(text: str, data: Dataset, *, today: date | None = None) -> AsOf:
    """Return the date of a board, that of `today` if the text is blank.

    Parameters
    ----------
    text : str
        "2026", "2026H1", "2026-9M", or blank.
    data : Dataset
        The base year of its plan is the earliest date.
    today : date, optional
        The day of the newest record when left out, so that no clock is asked.

    Raises
    ------
    RefusalError
        If the text is no date, or lies before the base year or far behind the target year.
    """
    commune = data.commune
    if not text.strip():
        return as_of_day(today, commune) if today else last_over(data)
    at = named_day(text)
    first, last = commune.base_year, commune.target_year + 5
    if not first <= at.year <= last:
        raise refuse(
            _("--as-of phải từ năm {a} đến năm {b}; gặp {got}", a=first, b=last, got=at.year),
            usage=True,
        )
    return at


def named_day(text: str) -> AsOf:
    """Return the day that was named.

    Raises
    ------
    RefusalError
        If the text is no date.
    """
    try:
        return AsOf.of(text)
    except ValueError:
        raise refuse(
            _(
                "--as-of phải là một năm hoặc một phần năm, ví dụ 2026, 2026H1, 2026-9M; gặp {got}",
                got=repr(text),
            ),
            usage=True,
        ) from None


def seen_from(data: Dataset, as_of: str) -> Dataset:
    """Return the data without figures of later periods, so that everything tells of that date.

    When a figure was recorded does not matter: figures of a year are always recorded after it.

    Parameters
    ----------
    data : Dataset
    as_of : str
        As `read_as_of`; blank: everything that is known.

    Raises
    ------
    RefusalError
        As `read_as_of`.
    """
    return data.seen_from(str(read_as_of(as_of, data))) if as_of.strip() else data


def projection_of(data: Dataset, scenario: str) -> Projection | None:
    """Return the projection of a scenario; None where the folder holds no scenario at all.

    Raises
    ------
    RefusalError
        If there is no such scenario among those of the folder.
    """
    if not data.assumed:
        return None
    return data.projection(choose_scenario(scenario, list(data.assumed)))
