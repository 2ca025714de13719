"""The register holds every number of the plan's sections 2.1, 2.2, 3.3 and 3.23, once each.

The table below was typed from the plan, in its own notation, apart from the data files.
"""

import csv
import io
import re
import tomllib
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from laikhe_analysis import records
from laikhe_analysis.checks import Text
from laikhe_analysis.data.units import from_file
from laikhe_analysis.records import Commune, Target, Task
from laikhe_analysis.series import ORIGINS
from laikhe_analysis.vietnamese import (
    COUNTED,
    LABELS,
    UNITS,
    Asked,
    as_written,
    read_number,
    written_unit,
)

DATA = Path(__file__).resolve().parents[1] / "data"

# clause, id after the dash, number as the plan writes it, direction by the plan's words, kind, unit
PLAN = [
    ("2.1(1)", "party-committee", "tốt", "at_least", "annual_level", "rating"),
    ("2.1(1)", "branches", "90 - 100", "at_least", "annual_level", "%"),
    ("2.1(1)", "new-members", "45", "at_least", "annual_level", "people/year"),
    ("2.1(2)", "private-sector", "1 - 2", "at_least", "cumulative", "organisations"),
    ("2.1(3)", "front-rating", "tốt", "at_least", "annual_level", "rating"),
    ("2.2(1)", "revenue", "10 trên số giao", "at_least", "annual_ratio", "% of plan"),
    ("2.2(2)", "total", "12", "about", "average_rate", "%/year"),
    ("2.2(2)", "industry", "15", "at_least", "average_rate", "%/year"),
    ("2.2(2)", "services", "13", "at_least", "average_rate", "%/year"),
    ("2.2(2)", "agriculture", "2,5", "at_least", "average_rate", "%/year"),
    ("2.2(3)", "crop-value", "220", "at_least", "level_by", "million VND/ha"),
    ("2.2(4)", "income", "12", "at_least", "average_rate", "%/year"),
    ("2.2(5)", "ntm-model", "đạt", "at_least", "milestone", "yes/no"),
    ("2.2(6)", "investment", "504,276", "at_least", "cumulative", "billion VND"),
    ("2.2(7)", "nursery", "58", "at_least", "level_by", "%"),
    ("2.2(7)", "kindergarten", "100", "at_least", "level_by", "%"),
    ("2.2(7)", "graduation", "99,95", "at_least", "level_by", "%"),
    ("2.2(7)", "further-study", "95", "above", "level_by", "%"),
    ("2.2(7)", "schools", "07", "at_least", "level_by", "schools"),
    ("2.2(7)", "classrooms", "100", "at_least", "level_by", "%"),
    ("2.2(7)", "halls", "1/3", "at_least", "level_by", "%"),
    ("2.2(8)", "underweight", "5", "below", "level_by", "%"),
    ("2.2(8)", "health-stations", "100", "at_least", "level_by", "%"),
    ("2.2(9)", "poor-households", "không còn", "at_most", "level_by", "households"),
    ("2.2(10)", "villages", "đạt", "at_least", "annual_level", "yes/no"),
    ("2.2(10)", "families", "90 - 95", "above", "annual_level", "%"),
    ("2.2(10)", "sports-grounds", "100", "at_least", "level_by", "%"),
    ("2.2(11)", "trained-workers", "50", "at_least", "level_by", "%"),
    ("2.2(12)", "social-insurance", "60", "at_least", "level_by", "%"),
    ("2.2(13)", "health-insurance", "97", "at_least", "level_by", "%"),
    ("2.2(14)", "friendly-government", "4", "at_least", "milestone", "level"),
    ("2.2(15)", "waste", "100", "at_least", "level_by", "%"),
    ("2.2(16)", "crime-all", "80", "above", "level_by", "%"),
    ("2.2(16)", "crime-serious", "90", "above", "level_by", "%"),
    ("2.2(16)", "conscription", "100", "at_least", "annual_level", "% of plan"),
    ("2.2(17)", "on-time", "90", "above", "annual_level", "%"),
    ("2.2(17)", "online", "85", "above", "annual_level", "%"),
    ("2.2(18)", "military", "100", "at_least", "annual_level", "% of plan"),
    ("2.2(18)", "police", "100", "at_least", "annual_level", "% of plan"),
    ("3.3", "complaints", "100", "at_least", "annual_level", "%"),
    ("3.23", "received", "100", "at_least", "level_by", "%"),
    ("3.23", "business-online", "100", "at_least", "level_by", "%"),
    ("3.23", "dossiers-online", "85", "above", "level_by", "%"),
    ("3.23", "cloud", "70", "above", "level_by", "%"),
    ("3.23", "databases", "80", "above", "level_by", "%"),
    ("3.23", "lgsp", "85", "above", "level_by", "%"),
    ("3.23", "vneid", "85", "above", "level_by", "%"),
    ("3.23", "signatures", "10", "above", "level_by", "%"),
    ("3.23", "dti", "0,8", "above", "level_by", "index"),
    ("3.23", "digital-economy", "35", "at_least", "level_by", "%"),
]

# what the plan says in words; ratings run from 1 (not completed) to 4 (excellent), 3 is "tốt"
WORDS = {"tốt": 3, "đạt": 1, "không còn": 0, "1/3": 33.333, "10 trên số giao": 110}

# counted in the plan by hand, clause by clause
COUNTS = {
    "2.1(1)": 3, "2.1(2)": 1, "2.1(3)": 1,
    "2.2(1)": 1, "2.2(2)": 4, "2.2(3)": 1, "2.2(4)": 1, "2.2(5)": 1, "2.2(6)": 1, "2.2(7)": 7,
    "2.2(8)": 2, "2.2(9)": 1, "2.2(10)": 3, "2.2(11)": 1, "2.2(12)": 1, "2.2(13)": 1,
    "2.2(14)": 1, "2.2(15)": 1, "2.2(16)": 3, "2.2(17)": 2, "2.2(18)": 2,
    "3.3": 1, "3.23": 10,
}  # fmt: skip

INTERNAL = {
    "2.1.1-party-committee", "2.1.1-branches", "2.1.1-new-members", "2.1.2-private-sector",
    "2.2.16-crime-all", "2.2.16-crime-serious", "2.2.16-conscription",
    "2.2.18-military", "2.2.18-police", "3.3-complaints",
}  # fmt: skip

GROUPS = {
    "party", "economy", "investment", "education", "health", "society", "culture",
    "administration", "environment", "security", "digital",
}  # fmt: skip

# what counts as reached: target, the last value that does, the first that does not
EDGES = [
    ("2.1.1-branches", 90, 89.9),
    ("2.1.2-private-sector", 1, 0),
    ("2.2.1-revenue", 110, 109.9),
    ("2.2.2-total", 0.115, 0.1149),
    ("2.2.2-industry", 0.15, 0.1499),
    ("2.2.6-investment", 504.276, 504.275),
    ("2.2.7-graduation", 99.95, 99.94),
    ("2.2.7-further-study", 95.1, 95),
    ("2.2.7-halls", 100 / 3, 33.3),
    ("2.2.8-underweight", 4.9, 5),
    ("2.2.9-poor-households", 0, 1),
    ("2.2.10-families", 90.1, 90),
    ("3.23-dti", 0.81, 0.8),
]


def read(name: str) -> list[dict[str, str]]:
    """Return the rows of a data file as text."""
    return list(csv.DictReader(io.StringIO((DATA / name).read_text(encoding="utf-8"))))


def as_target(row: dict[str, str]) -> Target:
    """Return the target of a row of text."""
    known: dict = {**row, "name": Text(row["name_vi"], row["name_en"])}
    del known["name_vi"], known["name_en"]
    for column in ("value", "tolerance", "noise"):
        known[column] = float(row[column])
    known["due"] = int(row["due"]) if row["due"] else None
    known["value_high"] = float(row["value_high"]) if row["value_high"] else None
    for column in ("base_year", "target_year"):
        known[column] = int(row[column])
    return Target(**from_file(known))


def plan_id(clause: str, slug: str) -> str:
    """Return the id of a number of the plan: `2.2(6)`, `investment` -> `2.2.6-investment`."""
    return f"{clause.replace('(', '.').rstrip(')')}-{slug}"


def plan_ends(written: str) -> tuple[float, float | None]:
    """Return both ends of a number as the plan writes it."""
    if written in WORDS:
        return WORDS[written], None
    asked = Asked("index", notation="vi")
    low, *high = (read_number(part, asked).value for part in written.split("-"))
    return low, high[0] if high else None


ROWS = read("targets.csv")
TASKS = read("tasks.csv")
TARGETS = {row["target_id"]: as_target(row) for row in ROWS}


def test_columns_and_encoding():
    header = (
        "target_id,item,clause,group,name_vi,name_en,role,unit,kind,direction,value,value_high,"
        "base_year,target_year,price_basis,tolerance,noise,due,owner,access,definition,version,"
        "source_id"
    )
    for name, wanted in [
        ("targets.csv", header),
        ("tasks.csv", "task_id,clause,name_vi,name_en,target_ids"),
    ]:
        raw = (DATA / name).read_bytes()
        content = raw.decode("utf-8")
        assert content.splitlines()[0] == wanted
        assert b"\r" not in raw
        assert content.endswith("\n")
        assert unicodedata.is_normalized("NFC", content)
    for row in [*ROWS, *TASKS]:
        assert None not in row, f"too many cells: {row}"
        assert all(cell is not None and cell == cell.strip() for cell in row.values()), row


def test_the_register_counts_the_numbers_of_each_clause():
    assert Counter(row["clause"] for row in ROWS) == COUNTS
    assert Counter(clause for clause, *_ in PLAN) == COUNTS
    assert len(ROWS) == 50


def test_every_number_of_the_plan_stands_once_and_nothing_else():
    ids = [row["target_id"] for row in ROWS]
    assert ids == [plan_id(clause, slug) for clause, slug, *_ in PLAN]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[23]\.\d+(\.\d+)?-[a-z]+(-[a-z]+)*", name) for name in ids)


@pytest.mark.parametrize(
    ("clause", "slug", "written", "direction", "kind", "unit"),
    PLAN,
    ids=[plan_id(*row[:2]) for row in PLAN],
)
def test_a_number_is_as_the_plan_writes_it(clause, slug, written, direction, kind, unit):
    target = TARGETS[plan_id(clause, slug)]
    ends = (target.value, target.value_high)
    shown = tuple(None if end is None else as_written(end, target.unit) for end in ends)
    assert shown == plan_ends(written)
    assert (target.clause, target.direction, target.kind) == (clause, direction, kind)
    assert written_unit(target.unit) == unit


def test_the_items_are_the_three_and_eighteen_that_reports_count():
    items = {target.item for target in TARGETS.values()} - {""}
    assert items == {f"2.1({i})" for i in range(1, 4)} | {f"2.2({i})" for i in range(1, 19)}
    for target in TARGETS.values():
        assert target.item == ("" if target.clause.startswith("3.") else target.clause)


def test_only_ranges_have_two_ends():
    ends = {n: (t.value, t.value_high) for n, t in TARGETS.items() if t.value_high is not None}
    assert ends == {
        "2.1.1-branches": (90, 100),
        "2.1.2-private-sector": (1, 2),
        "2.2.10-families": (90, 95),
    }
    assert all(TARGETS[name].weaker_end == low for name, (low, _) in ends.items())


def test_about_stands_before_the_twelve_only():
    about = {n: t.tolerance for n, t in TARGETS.items() if t.direction == "about" or t.tolerance}
    assert about == {"2.2.2-total": 0.005}


@pytest.mark.parametrize(("name", "reached", "missed"), EDGES, ids=[edge[0] for edge in EDGES])
def test_the_words_decide_what_is_reached(name, reached, missed):
    assert TARGETS[name].is_met(reached)
    assert not TARGETS[name].is_met(missed)


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_vocabularies_and_natural_ranges(target):
    # kind, direction and access are checked where the Target is made
    assert written_unit(target.unit) in UNITS
    assert target.price_basis in records.PRICE_BASES
    assert target.group in GROUPS
    assert target.owner
    assert target.source_id == "plan"
    assert (target.base_year, target.target_year) == (2025, 2030)
    if target.unit == "%":
        assert 0 <= target.value <= (target.value_high or 100) <= 100
    if target.unit in COUNTED:
        assert target.value == int(target.value)


def test_groups_are_all_used_and_have_labels():
    assert {target.group for target in TARGETS.values()} == GROUPS
    assert set(LABELS) >= GROUPS


def test_numbers_have_dots_and_no_group_signs():
    for row in ROWS:
        for column in ("value", "value_high", "tolerance", "noise"):
            assert re.fullmatch(r"(\d+(\.\d+)?)?", row[column]), (row["target_id"], column)


def test_labels_are_short_and_hold_no_second_number():
    for row in [*ROWS, *TASKS]:
        for column in ("name_vi", "name_en"):
            assert len(re.findall(r"\d+(?:[.,]\d+)?", row[column])) <= 1, row[column]
            assert 3 <= len(row[column]) <= 75, row[column]
    for column in ("name_vi", "name_en"):
        assert len({row[column] for row in ROWS}) == len(ROWS)
        assert len({row[column] for row in TASKS}) == len(TASKS)


def test_every_row_says_what_it_means_and_where_the_trap_is():
    for target in TARGETS.values():
        assert re.search("Lưu ý.*:", target.definition), target.target_id
        assert 60 <= len(target.definition) <= 500, target.target_id
        assert target.version.startswith("Kế hoạch 2025-2030"), target.target_id


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("2.1.1-new-members", ["3%", "2,82%"]),
        ("2.2.1-revenue", ["Cách đọc khác", "mặc định", "HĐND", "nửa năm"]),
        ("2.2.2-total", ["11,5-12,5%", "không phải GRDP", "thuế sản phẩm"]),
        ("2.2.4-income", ["Cách đọc khác", "15,9%"]),
        ("2.2.6-investment", ["840,460", "302,566", "suy luận", "28 lần"]),
        ("2.2.9-poor-households", ["01/01/2027", "11.248", "đường thẳng"]),
        ("2.2.16-conscription", ["2.2(18)"]),
        ("2.2.17-online", ["3.23"]),
        ("2.2.18-military", ["2.2(16)"]),
        ("3.23-dossiers-online", ["2.2(17)"]),
        ("3.23-digital-economy", ["không tính được"]),
    ],
)
def test_the_definition_names_rival_reading_and_trap(name, words):
    for word in words:
        assert word in TARGETS[name].definition


def test_versions_name_the_legal_bases_that_change():
    assert "51/2025/QĐ-TTg" in TARGETS["2.2.5-ntm-model"].version
    assert "01/01/2027" in TARGETS["2.2.9-poor-households"].version
    assert "89/2025/QH15" in TARGETS["2.2.6-investment"].version


# the plan's numbers that the calculations look for, by what they are, not by their ids
ROLES = {
    "2.1.1-new-members": "new_members", "2.2.1-revenue": "revenue",
    "2.2.2-total": "total_product", "2.2.2-industry": "sector:industry",
    "2.2.2-services": "sector:services", "2.2.2-agriculture": "sector:agriculture",
    "2.2.3-crop-value": "crop_value", "2.2.4-income": "income", "2.2.5-ntm-model": "new_rural",
    "2.2.6-investment": "investment_land", "2.2.9-poor-households": "poor_households",
    "2.2.11-trained-workers": "trained_workers", "2.2.12-social-insurance": "social_insurance",
    "2.2.13-health-insurance": "health_insurance", "2.2.16-conscription": "conscription",
    "2.2.17-online": "online_dossiers", "2.2.18-military": "conscription",
    "3.23-dossiers-online": "online_dossiers", "3.23-signatures": "digital_signatures",
    "3.23-dti": "dti", "3.23-digital-economy": "digital_economy",
}  # fmt: skip


def test_every_role_of_the_plan_is_given():
    assert {name: target.role for name, target in TARGETS.items() if target.role} == ROLES


def test_noise_is_small_and_none_where_one_thing_decides():
    points = {name: t.noise for name, t in TARGETS.items() if t.unit in ("%", "%/year")}
    assert set(points.values()) == {0.0, 0.2, 0.5}
    exact = ("2.2.7-graduation", "2.2.7-schools", "2.2.9-poor-households", "2.2.1-revenue")
    assert all(TARGETS[name].noise == 0 for name in exact)


def test_every_target_says_when_its_figure_is_known():
    assert all(target.due is not None for target in TARGETS.values())
    assert TARGETS["2.2.7-graduation"].due_on(2026) == "2026-06-30"
    assert TARGETS["2.2.1-revenue"].due_on(2026) == "2027-01-31"


def test_price_bases():
    bases = {name: t.price_basis for name, t in TARGETS.items() if t.price_basis != "n/a"}
    assert bases == {
        "2.2.1-revenue": "current",
        "2.2.2-total": "not stated",
        "2.2.2-industry": "not stated",
        "2.2.2-services": "not stated",
        "2.2.2-agriculture": "not stated",
        "2.2.3-crop-value": "current",
        "2.2.4-income": "constant",
        "2.2.6-investment": "current",
    }


def test_what_may_not_leave_the_house():
    assert {name for name, t in TARGETS.items() if t.access == "internal"} == INTERNAL


def test_tasks_are_the_twenty_four_of_the_plan_and_serve_known_targets():
    assert [task["clause"] for task in TASKS] == [f"3.{i}" for i in range(1, 25)]
    assert [task["task_id"] for task in TASKS] == [f"task-3.{i}" for i in range(1, 25)]
    for row in TASKS:
        served = tuple(row["target_ids"].split(";")) if row["target_ids"] else ()
        task = Task(row["task_id"], row["clause"], Text(row["name_vi"], row["name_en"]), served)
        assert set(task.target_ids) <= set(TARGETS), task.task_id
        assert len(set(task.target_ids)) == len(task.target_ids), task.task_id


def test_tasks_that_no_number_measures():
    assert {t["clause"] for t in TASKS if not t["target_ids"]} == {"3.6", "3.11"}


def test_a_task_serves_the_numbers_that_it_states():
    served = {task["clause"]: set(task["target_ids"].split(";")) for task in TASKS}
    for clause in ("3.3", "3.23"):
        stated = {name for name, target in TARGETS.items() if target.clause == clause}
        assert stated <= served[clause]


def test_commune_file_fits_the_record_and_keeps_the_other_numbers():
    content = tomllib.loads((DATA / "commune.toml").read_text(encoding="utf-8"))
    commune = Commune(**content)
    assert (commune.base_year, commune.target_year) == (2025, 2030)
    assert tuple(commune.sectors) == ("industry", "services", "agriculture")
    assert commune.price_base in records.PRICE_BASES
    assert len(commune.predecessors) == commune.plan_numbers["merged_communes"]
    numbers = commune.plan_numbers
    # 2.2(6): 60 = 15 + 45; part I: 30.07 km2 and 42,875 people; 2.1(1): 3 % beside the 45 members
    assert (numbers["retained_commune_pct"], numbers["retained_city_pct"]) == (15, 45)
    assert numbers["retained_total_pct"] == 60
    assert (numbers["area_km2"], numbers["population"]) == (30.07, 42875)
    assert numbers["new_members_share_pct"] == 3
    members = TARGETS["2.1.1-new-members"].value
    assert commune.party_members is not None
    assert round(100 * members / commune.party_members) == numbers["new_members_share_pct"]
    assert all(isinstance(value, int | float) for value in numbers.values())


def test_readme_explains_every_file_column_and_word():
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"`([^`\n]+)`", readme))
    words = {*ROWS[0], *TASKS[0], *GROUPS, *ORIGINS}
    for known in ("KINDS", "DIRECTIONS", "ACCESS", "PERIODS", "STATUSES", "CONFIDENCES",
                  "PRICE_BASES", "STREAMS"):  # fmt: skip
        words |= set(getattr(records, known))
    words |= {written_unit(target.unit) for target in TARGETS.values()}
    for path in DATA.glob("*.csv"):
        words |= {path.name, *path.read_text(encoding="utf-8-sig").splitlines()[0].split(",")}
    words -= {f"y{year}" for year in range(2027, 2030)}  # written as `y2026` ... `y2030`
    assert words - explained == set()
