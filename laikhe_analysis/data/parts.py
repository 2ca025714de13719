"""Do the parts of one year fit into their whole? Figures that cannot all be right are refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations
from operator import itemgetter

from laikhe_analysis.checks import Problem
from laikhe_analysis.data.layout import MONTHS, is_given
from laikhe_analysis.data.rows import Row
from laikhe_analysis.data.standing import FIELDS, by_cell, is_flow
from laikhe_analysis.messages import Message, Text, Worded, _, joined
from laikhe_analysis.scenarios.assumptions import TAXES
from laikhe_analysis.vietnamese import format_shortest, unit_label, words

__all__ = ["SLACK", "part_problems", "year_problems"]

SLACK = 0.01
"""How far parts and whole may be apart: what rounding explains. [fraction of the whole]"""

_PARTS = {
    "collected_revenue": ("recurrent_revenue", "land_revenue"),
    "total_investment": ("disbursed",),
    "public_investment": ("disbursed",),
}
"""What cannot be more than its whole, beside the sectors of the product."""

_FILE = "observations.csv"


def part_problems(rows: Sequence[Row], sectors: Sequence[str]) -> list[Problem]:
    """Return where the parts of a year are more than their whole, or all of them less.

    Parameters
    ----------
    rows : sequence of dict
        Checked rows of `observations.csv`. Of each full year of the whole commune the newest row
        counts. A "place" of a row is told in place of its line.
    sectors : sequence of str
        The commune's sectors.

    Returns
    -------
    list of Problem
        With the lines that do not fit, told at the whole.

    Notes
    -----
    Sectors and product taxes make up total product; revenue without land-use fees and the fees are
    parts of collected revenue. Figures are held together where year, class of status (realised or
    not), unit and price basis are the same; indices do not add up and are left out.

    Parts above the whole by more than `SLACK` are refused. All sectors *below* the total are
    refused too, unless product taxes are given: the projections add up the sectors, so that the
    total would be left unused without a word. Revenue parts below the whole are not refused: other
    one-off receipts may be in the whole.

    Examples
    --------
    >>> row = {"area": "", "year": 2025, "period": "FY", "unit": "billion VND",
    ...        "price_basis": "current", "status": "final", "import_id": "",
    ...        "recorded_on": "2026-03-01"}
    >>> def given(line, name, value):
    ...     return row | {"line": line, "series_id": name, "value": value}
    >>> rows = [given(2, "collected_revenue", 50.0), given(3, "recurrent_revenue", 40.0),
    ...         given(4, "land_revenue", 20.0)]
    >>> [problem.line for problem in part_problems(rows, [])], part_problems(rows[:2], [])
    ([2], [])
    """
    products = [f"product_{sector}" for sector in sectors]
    taxes = f"product_{TAXES}"
    problems = []
    for known in _together(rows):
        if all(name in known for name in products) and products and taxes not in known:
            problems += _apart(known, "total_product", products, whole=True)
        else:
            problems += _apart(known, "total_product", [*products, taxes])
        for total, parts in _PARTS.items():
            problems += _apart(known, total, parts)
    return problems


def _together(rows: Sequence[Row]) -> list[dict[str, Row]]:
    """Return the newest full-year rows by series, in groups that can be added up."""
    groups: dict[tuple[int, str, str, str], dict[str, Row]] = {}
    for cell in by_cell(rows, itemgetter(*FIELDS)).values():
        row, name = cell[-1], cell[-1]["series_id"]
        if row["period"] != "FY" or row["area"] or row["unit"] == "index":
            continue
        if row["value"] is None or row["status"] == "withdrawn":
            continue
        result = is_given(name, row["status"])
        group = row["year"], "" if result else row["status"], row["unit"], row["price_basis"]
        groups.setdefault(group, {})[name] = row
    return list(groups.values())


def _apart(
    known: Mapping[str, Row], total: str, names: Sequence[str], *, whole: bool = False
) -> list[Problem]:
    """Return what is wrong between a total and those of its parts that are known.

    `whole` says that the parts are all there is of it.
    """
    parts = [known[name] for name in names if name in known]
    if total not in known or not parts:
        return []
    row, added = known[total], sum(part["value"] for part in parts)
    gap = added - row["value"]
    if gap <= SLACK * row["value"] and not (whole and -gap > SLACK * row["value"]):
        return []
    wanted = (
        _("không nhỏ hơn tổng các phần")
        if gap > 0
        else _(
            "bằng tổng các ngành (nếu có thuế sản phẩm thì ghi thêm dòng product_{taxes})",
            taxes=TAXES,
        )
    )
    return [_problem(row, _("{wanted}: {listed}", wanted=wanted, listed=_listed(parts, added)))]


def _problem(row: Row, wanted: Text) -> Problem:
    """Return what is wrong with a figure, told with its series, year and part of the year."""
    when = f"{row['year']}" if row["period"] == "FY" else f"{row['year']} {row['period']}"
    value = Worded(format_shortest, row["value"])
    said = Message(
        "{name} {when}: {value}", {"name": row["series_id"], "when": when, "value": value}
    )
    return Problem(_FILE, row.get("line"), "value", said.vi, wanted, said)


def year_problems(rows: Sequence[Row], *, estimates: bool = False) -> list[Problem]:
    """Return where the parts of a year contradict each other, or the whole of it.

    Of what adds up over the year (revenue, product, people a year) a part is no more than what it
    lies within, and two parts that make a third add up to it, within `SLACK`.

    Parameters
    ----------
    rows : sequence of dict
        As `part_problems`.
    estimates : bool
        Whether estimates are held against the others, which may have come true otherwise.

    Examples
    --------
    >>> row = {"area": "", "year": 2025, "unit": "billion VND", "price_basis": "current",
    ...        "status": "final", "import_id": "", "recorded_on": "2026-03-01",
    ...        "series_id": "land_revenue"}
    >>> rows = [row | {"line": 2, "period": "H1", "value": 30.0},
    ...         row | {"line": 3, "period": "FY", "value": 20.0}]
    >>> [problem.wanted.en for problem in year_problems(rows)]
    ['no more than in 2025 (line 3): 20 billion VND']
    """
    years: dict[tuple[str, ...], dict[str, Row]] = {}
    for cell in by_cell(rows, itemgetter(*FIELDS)).values():
        row = cell[-1]
        known = row["value"] is not None and is_given(row["series_id"], row["status"])
        counts = known and (estimates or row["status"] != "estimate")
        if counts and is_flow(row["series_id"], row["unit"]):
            key = (row["series_id"], row["area"], row["year"], row["unit"], row["price_basis"])
            years.setdefault(key, {})[row["period"]] = row
    return [problem for known in years.values() for problem in _contradictions(known)]


def _contradictions(known: Mapping[str, Row]) -> list[Problem]:
    """Return what is wrong between the parts of one year of one series."""
    problems = []
    for part, whole in permutations(known, 2):
        (a, b), (first, last) = MONTHS[part], MONTHS[whole]
        row, value = known[part], known[whole]["value"]
        if first <= a and b <= last and row["value"] > value + SLACK * abs(value):
            wanted = _("không quá số của {told}", told=_told(known[whole]))
            problems.append(_problem(row, wanted))
        for rest in known:
            tiles = (first, last) == (a, MONTHS[rest][1]) and MONTHS[rest][0] == b + 1
            if tiles and abs(row["value"] + known[rest]["value"] - value) > SLACK * abs(value):
                told = joined([_told(row), _told(known[rest])], " + ")
                problems.append(_problem(known[whole], _("bằng tổng của {told}", told=told)))
    return problems


def _told(row: Row) -> Text:
    """Return a figure of a part of the year with its line."""
    when = f"{row['year']}" if row["period"] == "FY" else f"{row['year']} {row['period']}"
    return Message(
        "{when} ({place}): {value} {unit}",
        {"when": when, "place": row.get("place") or _("dòng {line}", line=row["line"]),
         "value": Worded(format_shortest, row["value"]), "unit": Worded(unit_label, row["unit"])},
    )  # fmt: skip


def _listed(parts: Sequence[Row], added: float) -> Text:
    """Return the parts with their lines, and what they add up to."""
    told = [
        _("{part} {value} ({place})", part=words(part["series_id"]),
          value=Worded(format_shortest, part["value"]),
          place=part.get("place") or _("dòng {line}", line=part["line"]))
        for part in parts
    ]  # fmt: skip
    return _(
        "{parts} = {sum} {unit}",
        parts=joined(told, " + "),
        sum=Worded(format_shortest, added),
        unit=Worded(unit_label, parts[0]["unit"]),
    )
