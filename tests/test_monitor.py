"""The board: where each target stands at a date, counted as reports count, and what follows."""

import dataclasses

import pytest
from strategies import series, target

from laikhe_analysis.checks import Text
from laikhe_analysis.language.wordings.board import milestone_text
from laikhe_analysis.monitor import SYMBOLS, board, changes
from laikhe_analysis.monitor.measures import AsOf, measure
from laikhe_analysis.records import Commune, Finding, Plan, Task
from laikhe_analysis.targets import back_loaded
from laikhe_analysis.targets.progress import PROGRESS
from laikhe_analysis.vietnamese import unit_label

COMMUNE = Commune("xã Mẫu", "Mau commune", "tỉnh Ví Dụ", 1.0, 1, "", "", (), "", 2025, 2030)


def row(word, item, kind, value, way="at_least", unit="%", **fields):
    return target(kind, value, way, unit, target_id=f"{item}-{word}", item=item, clause=item,
                  **fields)  # fmt: skip


TARGETS = (
    row("new-members", "2.1(1)", "annual_level", 45, unit="people/year", group="party",
        access="internal", owner="Ban Xây dựng Đảng"),
    row("revenue", "2.2(1)", "annual_ratio", 110, unit="% of plan", owner="Phòng Kinh tế"),
    row("crop-value", "2.2(3)", "level_by", 161.051, unit="million VND/ha"),
    row("income", "2.2(4)", "average_rate", 0.12, unit="fraction/year", price_basis="constant"),
    row("investment", "2.2(6)", "cumulative", 500, unit="billion VND", group="investment"),
    row("nursery", "2.2(7)", "level_by", 58, group="education"),
    row("graduation", "2.2(7)", "level_by", 99, group="education"),
    row("poor-households", "2.2(9)", "level_by", 0, "at_most", "households", group="society"),
    row("title", "2.2(5)", "milestone", 1, unit="yes/no", group="investment"),
    row("cloud", "", "level_by", 70, "above", group="digital"),
)  # fmt: skip
TASKS = (
    Task("1", "3.1", Text("việc 1", "task 1"), ("2.2(9)-poor-households", "2.2(3)-crop-value")),
    Task("2", "3.2", Text("việc 2", "task 2"), ()),
    Task("3", "3.3", Text("việc 3", "task 3"), ("no such target",)),
)
PLAN = Plan(COMMUNE, TARGETS, TASKS)
KNOWN = {
    "2.1(1)-new-members": series({2026: 50.0}, "people/year"),
    "collected_revenue": series({2025: 20.0, 2026: 23.0}, "billion VND", origin="press"),
    "assigned_revenue": series({2025: 0.0, 2026: 20.0}, "billion VND"),
    "crop_value_per_ha": series({2025: 100.0, 2026: 104.0}, origin="assumption"),
    "income_per_capita": series({2025: 80.0, 2026: 91.52}, "million VND/person/year",
                                price_basis="current"),
    "2.2(7)-nursery": series({2025: 50.0, 2026: 60.0}),
    "2.2(7)-graduation": series({2025: 98.0, 2026: 97.0}),
    "2.2(9)-poor-households": series({2025: 50.0, 2026: 60.0, 2027: 10.0}, "households"),
}  # fmt: skip
KNOWN["2.2(7)-nursery"] = dataclasses.replace(KNOWN["2.2(7)-nursery"], unit="%")
KNOWN["2.2(7)-graduation"] = dataclasses.replace(KNOWN["2.2(7)-graduation"], unit="%")
FINDINGS = (
    Finding("a", "conflict", ("2.2(6)",), Text("a", "a"), Text("b", "b")),
    Finding("a", "question", ("2.2(6)", "2.1(1)"), Text("a", "a"), Text("b", "b")),
    Finding("a", "question", ("2.1(1)",), Text("a", "a"), Text("b", "b")),
    Finding("a", "note", ("3.6",), Text("a", "a"), Text("b", "b")),
)


def lines(found):
    return {line.target.target_id.partition("-")[2]: line for line in found.lines}


@pytest.fixture
def at_2026():
    return board(PLAN, KNOWN, as_of="2026", findings=FINDINGS)


class TestAsOf:
    @pytest.mark.parametrize(
        ("text", "year", "period", "full"),
        [
            ("2026", 2026, "FY", 2026), (2026, 2026, "FY", 2026), ("2026H1", 2026, "H1", 2025),
            ("2026-9M", 2026, "9M", 2025), (" 2026-h1 ", 2026, "H1", 2025),
            ("2026H2", 2026, "FY", 2026), ("2026-FY", 2026, "FY", 2026),
            ("2026Q2", 2026, "H1", 2025), ("2026-Q3", 2026, "9M", 2025), ("2026Q4", 2026, "FY", 2026),
        ],
    )  # fmt: skip
    def test_reads_a_year_or_a_part_of_it(self, text, year, period, full):
        found = AsOf.of(text)
        assert (found.year, found.period, found.last_full_year) == (year, period, full)
        assert AsOf.of(str(found)) == found

    @pytest.mark.parametrize("text", ["", "26", "2026Q5", "2026-10", "nay", "20266M"])
    def test_raises(self, text):
        with pytest.raises(ValueError, match="`as_of` must be a year or a part of one"):
            AsOf.of(text)


class TestMeasure:
    def test_a_series_of_its_own_comes_first(self):
        own = series({2026: 1.0})
        known = KNOWN | {"2.2(3)-crop-value": own}
        assert measure(TARGETS[2], known) is own
        assert measure(TARGETS[2], KNOWN) is KNOWN["crop_value_per_ha"]
        assert measure(TARGETS[4], KNOWN) is None

    def test_revenue_is_collected_over_assigned(self):
        found = measure(TARGETS[1], KNOWN)
        assert (found.years, found.values, found.unit) == ((2026,), (115,), "% of plan")
        assert found.origin == "derived"
        assert measure(TARGETS[1], {"collected_revenue": series({2026: 1.0})}) is None
        zero = KNOWN | {"assigned_revenue": series({2026: 0.0})}
        assert measure(TARGETS[1], zero) is None

    def test_prices_make_current_money_real(self):
        prices = series({2025: 100.0, 2026: 104.0}, "index")
        found = measure(TARGETS[3], KNOWN, prices=prices)
        assert found.values == pytest.approx((80, 88))
        late = series({2026: 104.0}, "index")
        assert measure(TARGETS[3], KNOWN, prices=late).price_basis == "current"
        assert measure(TARGETS[2], KNOWN, prices=prices) is KNOWN["crop_value_per_ha"]


class TestBoard:
    def test_internal_targets_stay_in_the_house(self, at_2026):
        assert all(line.target.access == "public" for line in at_2026.lines)
        assert "new-members" not in str(at_2026.rows)
        assert [finding.clauses for finding in at_2026.findings] == [
            ("2.2(6)",), ("2.2(6)", "2.1(1)"), ("3.6",)
        ]  # fmt: skip
        inside = board(PLAN, KNOWN, as_of="2026", findings=FINDINGS, internal=True)
        assert len(inside.lines) == len(TARGETS)
        assert len(inside.findings) == 4

    def test_each_line_tells_what_a_planner_asks(self, at_2026):
        found = lines(at_2026)["poor-households"]
        told = found.as_dict()
        assert (told["value"], told["year"], told["age"]) == (60, 2026, 0)  # 2027 lies ahead
        assert (told["required"], told["gap"], told["status"]) == (40, 60, "away")
        assert (told["needed"], told["pace_unit"]) == (-15, "households/year")
        assert told["next_vi"] == "2027: không quá 30 hộ"  # of the way from 2025, not from today
        assert told["tasks"] == "3.1"
        crops = lines(at_2026)["crop-value"].as_dict()
        assert (crops["status"], crops["origin"]) == ("insufficient", "assumption")
        assert crops["required"] == pytest.approx(110)

    def test_what_the_next_year_asks_for(self, at_2026):
        asked = {name: milestone_text(line) for name, line in lines(at_2026).items()}
        asked = {name: Text(told.pick("vi"), told.pick("en")) for name, told in asked.items()}
        assert asked["revenue"].en == "2027: at least 110% of plan"
        assert asked["nursery"].en == "2027: at least 58%"  # reached: to be held
        assert asked["title"].vi == "2030: đạt"
        told = "on average over 2026-2030 growth of at least 12.0% a year is needed"
        assert asked["income"].en == told
        assert asked["investment"].en == ""  # no profile is stated
        assert asked["cloud"].en == ""
        end = board(PLAN, KNOWN, as_of="2030")
        assert all(line.next_milestone is None for line in end.lines)

    def test_why_not(self, at_2026):
        found = lines(at_2026)
        assert "no figure yet" in found["cloud"].assessment.reason.en
        assert "deflate" in found["income"].assessment.reason.en

    def test_prices_open_the_real_target(self):
        prices = series({2025: 100.0, 2026: 104.0}, "index")
        found = lines(board(PLAN, KNOWN, as_of=2026, prices=prices))["income"]
        assert found.assessment.value == pytest.approx(0.10)  # 88 over 80
        assert found.status == "moderate"

    def test_counts_by_item_and_by_number(self, at_2026):
        # 2.2(7) stands where its weaker number stands
        assert at_2026.items() == {
            "2.2(1)": "on_track", "2.2(3)": "insufficient", "2.2(4)": "not_assessed",
            "2.2(6)": "not_assessed", "2.2(7)": "away", "2.2(9)": "away", "2.2(5)": "not_assessed",
        }  # fmt: skip
        assert at_2026.count_items() == (0, 7, 1)
        numbers = at_2026.count()
        assert list(numbers) == list(PROGRESS)
        assert numbers["achieved"] == 1  # a mean of yearly ratios is reached in the last year only
        assert sum(numbers.values()) == 9
        assert at_2026.count(economic=True)["on_track"] == 1
        apart = [at_2026.count(economic=sort) for sort in (True, False)]
        assert {name: apart[0][name] + apart[1][name] for name in PROGRESS} == numbers

    def test_groups_keep_the_plans_order(self, at_2026):
        groups = at_2026.groups()
        assert list(groups) == ["economy", "investment", "education", "society", "digital"]
        assert sum(map(len, groups.values())) == len(at_2026.lines)

    def test_tasks(self, at_2026):
        assert [task.clause for task in at_2026.without_number()] == ["3.2", "3.3"]
        without = [found.target_id.partition("-")[2] for found in at_2026.without_task()]
        assert "poor-households" not in without
        assert "cloud" in without
        behind = {line.target.clause: line.tasks for line in at_2026.behind()}
        assert [task.clause for task in behind["2.2(9)"]] == ["3.1"]
        assert [line.status for line in at_2026.behind()] == ["away", "away", "insufficient"]

    def test_rows_make_a_table(self, at_2026):
        table = at_2026.table()
        assert list(table["target_id"]) == [row["target_id"] for row in at_2026.rows]
        assert len(table) == 9
        assert set(table["status"]) <= set(PROGRESS)

    def test_summary_is_computed(self, at_2026):
        text = at_2026.summary()
        assert text.vi.startswith("Đến 2026: đạt 0/7 mục (không kể 1 mục nội bộ); 5/9 con số")
        assert "kinh tế, đất đai 1/5" in text.vi
        assert "từ nay cần giảm 15 hộ/năm, đến nay tăng 10 hộ/năm" in text.vi
        assert "1 mâu thuẫn cần thống nhất; 1 câu hỏi" in text.vi
        assert text.vi.endswith("Căn cứ yếu nhất: số giả định.")
        assert text.en.startswith("As of 2026: 0 of 7 items achieved")

    def test_summary_of_an_empty_board(self):
        text = board(PLAN, {}, as_of=2026).summary()
        assert "đạt 0/7 mục" in text.vi
        assert "0/9 con số" in text.vi
        assert "đúng tiến độ:" not in text.vi
        assert board(Plan(COMMUNE, ()), {}, as_of=2026).summary().en

    def test_a_part_of_a_year_counts_full_years_only(self):
        found = lines(board(PLAN, KNOWN, as_of="2027H1"))["poor-households"]
        assert (found.assessment.year, found.age) == (2026, 1)
        assert found.next_milestone.year == 2027

    def test_totals_take_the_part_of_the_year(self):
        known = KNOWN | {"2.2(6)-investment": series({2026: 33.0}, "billion VND")}
        part = {"2.2(6)-investment": series({2027: 20.0}, "billion VND", origin="press")}
        even = lines(board(PLAN, known, as_of="2027H1", parts={"H1": part}))[
            "investment"
        ].assessment
        assert (even.value, even.year, even.is_first) == (53, 2027, True)
        assert even.required == pytest.approx(500 * 1.5 / 5)  # an even pace, nothing is annualised
        late = board(
            PLAN, known, as_of="2027H1", parts={"H1": part},
            profiles={"2.2(6)-investment": back_loaded(5)},
        )  # fmt: skip
        found = lines(late)["investment"].assessment
        assert found.required == pytest.approx(500 * (1 / 15 + 0.5 * 2 / 15))
        without = lines(board(PLAN, known, as_of="2027H1"))["investment"]
        assert without.assessment.value == 33

    @pytest.mark.parametrize(
        ("as_of", "have", "taken"),
        [
            ("2027", ("FY", "9M", "H1"), "FY"), ("2027", ("9M", "H1"), "9M"), ("2027", ("H1",), "H1"),
            ("2027-9M", ("9M", "H1"), "9M"), ("2027-9M", ("H1", "Q1"), "H1"),
            ("2027-9M", ("Q1",), "Q1"), ("2027-H1", ("9M",), None), ("2027-H1", ("H1", "9M"), "H1"),
            ("2027", (), None),
        ],
        ids=lambda x: x if isinstance(x, str) else "+".join(x or ("nothing",)),
    )  # fmt: skip
    def test_the_longest_part_that_is_over_and_has_a_figure_stands_for_the_year(
        self, as_of, have, taken
    ):
        values, passed = {"FY": 70.0, "9M": 50.0, "H1": 20.0, "Q1": 9.0}, {"9M": 0.75, "H1": 0.5}
        name = "2.2(6)-investment"
        parts = {p: {name: series({2027: values[p]}, "billion VND")} for p in have if p != "FY"}
        whole = {2026: 33.0} | ({2027: 70.0} if "FY" in have else {})
        found = lines(board(PLAN, {name: series(whole, "billion VND")}, as_of=as_of, parts=parts))[
            "investment"
        ]
        told = (found.newest.value, found.newest.year, found.newest.period)
        assert told == ((values[taken], 2027, taken) if taken else (33, 2026, "FY"))
        assert found.assessment.value == 33 + (values[taken] if taken else 0)
        if taken:
            due = passed.get(taken, 0.25 if taken == "Q1" else 1)
            assert found.assessment.required == pytest.approx(100 * (1 + due))

    def test_a_scenario_beside_the_board(self):
        years = range(2026, 2031)
        outlook = {"crop_value_per_ha": series({2025: 100.0} | dict.fromkeys(years, 150.0))}
        found = lines(board(PLAN, KNOWN, as_of=2026, outlook=outlook))
        assert found["crop-value"].as_dict()["expected"] == 150
        assert found["crop-value"].expected.status == "insufficient"
        assert found["cloud"].expected is None

    def test_what_would_have_been_said_a_year_earlier(self, at_2026):
        earlier = {"2.2(7)-nursery": series({2025: 50.0}, "%")}
        before = board(PLAN, earlier, as_of=2025)
        moved = {new.target.target_id.partition("-")[2]: (old.status, new.status)
                 for old, new in changes(before, at_2026)}  # fmt: skip
        assert moved["nursery"] == ("not_assessed", "achieved")
        assert "cloud" not in moved

    def test_nothing_is_changed(self, at_2026):
        assert board(PLAN, KNOWN, as_of="2026", findings=FINDINGS) == at_2026

    def test_the_repositorys_own_plan(self, own_data):
        shown = board(own_data.plan, own_data.histories(), as_of="2026")
        inside = board(own_data.plan, own_data.histories(), as_of="2026", internal=True)
        assert inside.count_items()[1:] == (21, 0)  # 3 + 18 items, as reports count
        assert shown.count_items()[1] + shown.count_items()[2] == 21
        assert len(inside.lines) == len(own_data.plan.targets)
        unknown = [line for line in inside.lines if line.status == "not_assessed"]
        assert all(line.assessment.reason for line in unknown)


def test_every_class_has_a_sign():
    assert set(SYMBOLS) == set(PROGRESS)
    assert len(set(SYMBOLS.values())) == len(PROGRESS)


@pytest.mark.parametrize(
    ("unit", "vi", "en"),
    [
        ("fraction/year", "%/năm", "%/year"), ("households/year", "hộ/năm", "households/year"),
        ("percentage points/year", "điểm %/năm", "percentage points/year"), ("", "", ""),
        ("furlongs", "furlongs", "furlongs"),
    ],
)  # fmt: skip
def test_the_unit_of_a_pace_in_words(unit, vi, en):
    assert (unit_label(unit), unit_label(unit, "en")) == (vi, en)
