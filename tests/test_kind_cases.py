"""Every kind of target of real plans: what is typed in, what the board says, what the check finds."""

import csv
import tomllib
from pathlib import Path

import pytest

from laikhe_analysis.data import load
from laikhe_analysis.data.layout import COLUMNS
from laikhe_analysis.language.quantities import goal_text
from laikhe_analysis.language.wordings.board import milestone_text
from laikhe_analysis.office.board.standing import board_of, read_as_of
from laikhe_analysis.office.folder.new_commune import write_new
from laikhe_analysis.records import Commune

CASES = tomllib.loads((Path(__file__).parent / "cases" / "kinds.toml").read_text(encoding="utf-8"))
TARGET = ("name_vi", "role", "unit", "kind", "direction", "value", "value_high", "price_basis",
          "tolerance", "target_year")  # fmt: skip


def rows_of(texts, columns):
    return [dict(zip(columns, map(str.strip, text.split(";")), strict=False)) for text in texts]


def write(folder, name, rows):
    with (folder / name).open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS[name], restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def folder_of(case, folder):
    """Write the folder of a case: a new ward's, with the rows of the case."""
    base, last = case.get("years", (2020, 2025))
    sectors = tuple(case.get("sectors", ("industry", "services", "agriculture")))
    write_new(folder, Commune("phường Mẫu", "", "tỉnh Ví Dụ", 1.0, 8700, "", "", (), "", base, last,
                              sectors=sectors))  # fmt: skip
    targets = [
        {"target_id": f"t{i}", "item": str(i + 1), "clause": str(i + 1), "group": "economy",
         "base_year": base, "target_year": last, "price_basis": "n/a", "access": "public",
         "tolerance": 0, "source_id": "plan"} | {k: v for k, v in row.items() if v}
        for i, row in enumerate(rows_of(case["targets"], TARGET))
    ]  # fmt: skip
    write(folder, "targets.csv", targets)
    seen = rows_of(case["observations"], ("series_id", "year", "value", "unit", "price_basis"))
    write(folder, "observations.csv", [
        named(row, "series_id") | {"period": "FY", "status": "final", "origin": "official",
                                   "source_id": "plan", "recorded_on": f"{int(row['year']) + 1}-02-01"}
        for row in seen
    ])  # fmt: skip
    steps = rows_of(case.get("milestones", ()), ("target_id", "year", "value"))
    write(folder, "milestones.csv", [named(row, "target_id") for row in steps])
    return load(folder, today="2030-01-01")


def named(row, column):
    """Return a row with the place of a target in the case as the target's id."""
    return row | ({column: f"t{row[column]}"} if row[column].isdigit() else {})


def seen(data):
    """Return what the board says of each target, and what the check finds."""
    board = board_of(data, read_as_of("", data))
    lines = [
        " | ".join((goal_text(x.target), x.status, milestone_text(x).pick("vi")))
        for x in board.lines
    ]
    return [line.strip() for line in lines], [f"{f.severity}: {f.text.vi}" for f in board.findings]


@pytest.mark.parametrize("name", CASES)
def test_a_kind_of_target_is_measured_and_checked(name, tmp_path):
    case = CASES[name]
    board, findings = seen(folder_of(case, tmp_path / "x"))
    assert board == case["board"]
    assert findings == case["findings"]
