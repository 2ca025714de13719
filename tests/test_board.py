"""The whole board of the filled folder as of nine months of 2026, target by target."""

import json
import re
from dataclasses import replace

import openpyxl
import pytest

from laikhe_analysis.findings.board import standing
from laikhe_analysis.language.wordings import tell
from laikhe_analysis.language.wordings.board import cells_of, latest_text, milestone_text, year_text
from laikhe_analysis.office.board.standing import board_of, projection_of
from laikhe_analysis.office.board.text import board_json
from laikhe_analysis.office.excel import write_workbook
from laikhe_analysis.vietnamese import COUNTED

NONE = (None, None, None, None)
# target: class, first assessment, latest (value, year, period, status)
BOARD = {
    "2.1.3-front-rating": ("achieved", False, (3, 2025, "FY", "final")),
    "2.2.1-revenue": ("moderate", True, (49.3, 2026, "9M", "final")),
    "2.2.2-total": ("on_track", True, (11.8, 2026, "9M", "estimate")),
    "2.2.2-industry": ("not_assessed", False, (1072, 2026, "9M", "estimate")),
    "2.2.2-services": ("not_assessed", False, (596, 2026, "9M", "estimate")),
    "2.2.2-agriculture": ("not_assessed", False, (317, 2026, "9M", "estimate")),
    "2.2.3-crop-value": ("not_assessed", False, (186, 2025, "FY", "final")),
    "2.2.4-income": ("insufficient", True, (84, 2026, "9M", "estimate")),
    "2.2.5-ntm-model": ("not_assessed", False, (0, 2025, "FY", "final")),
    "2.2.6-investment": ("insufficient", True, (27.4, 2026, "9M", "final")),
    "2.2.7-nursery": ("not_assessed", False, (47.3, 2025, "FY", "final")),
    "2.2.7-kindergarten": ("achieved", False, (100, 2025, "FY", "final")),
    "2.2.7-graduation": ("not_assessed", False, (99.7, 2025, "FY", "final")),
    "2.2.7-further-study": ("not_assessed", False, NONE),
    "2.2.7-schools": ("insufficient", True, (5, 2026, "9M", "final")),
    "2.2.7-classrooms": ("not_assessed", False, NONE),
    "2.2.7-halls": ("not_assessed", False, (28.57, 2025, "FY", "final")),
    "2.2.8-underweight": ("not_assessed", False, (6.8, 2025, "FY", "final")),
    "2.2.8-health-stations": ("achieved", False, (100, 2025, "FY", "final")),
    "2.2.9-poor-households": ("insufficient", True, (79, 2026, "9M", "final")),
    "2.2.10-villages": ("achieved", False, (1, 2025, "FY", "final")),
    "2.2.10-families": ("achieved", False, (91.5, 2026, "9M", "estimate")),
    "2.2.10-sports-grounds": ("not_assessed", False, NONE),
    "2.2.11-trained-workers": ("not_assessed", False, NONE),
    "2.2.12-social-insurance": ("not_assessed", False, NONE),
    "2.2.13-health-insurance": ("on_track", True, (96.1, 2026, "9M", "final")),
    "2.2.14-friendly-government": ("not_assessed", False, (2, 2025, "FY", "final")),
    "2.2.15-waste": ("not_assessed", False, (92, 2025, "FY", "final")),
    "2.2.17-on-time": ("achieved", False, (99.1, 2026, "9M", "final")),
    "2.2.17-online": ("achieved", False, (88.4, 2026, "9M", "final")),
    "3.23-received": ("not_assessed", False, NONE),
    "3.23-business-online": ("not_assessed", False, NONE),
    "3.23-dossiers-online": ("not_assessed", False, NONE),
    "3.23-cloud": ("not_assessed", False, NONE),
    "3.23-databases": ("not_assessed", False, NONE),
    "3.23-lgsp": ("not_assessed", False, NONE),
    "3.23-vneid": ("on_track", True, (78.2, 2026, "9M", "final")),
    "3.23-signatures": ("not_assessed", False, NONE),
    "3.23-dti": ("not_assessed", False, NONE),
    "3.23-digital-economy": ("not_assessed", False, NONE),
}
# target: what is not null of the year: estimate, verdict, % of plan, % of goal, % on same period
YEAR = {
    "2.2.1-revenue": (62.8, "exceeds", 80.2, 72.9, 7.4),
    "2.2.6-investment": (None, None, None, 5.4, None),
}
NEEDED = {  # fraction a year: (1.12^5 / 1.118)^(1/4) - 1 and (1.12^5 / (84 / 78.5))^(1/4) - 1
    "2.2.2-total": (1.12**5 / 1.118) ** 0.25 - 1,
    "2.2.4-income": (1.12**5 / (84 / 78.5)) ** 0.25 - 1,
}


def shown(data):
    data = data.up_to(2026, "9M")
    return board_of(data, "2026-9M", projection=projection_of(data, "co_so"))


@pytest.fixture
def made(filled):
    return shown(filled)


def line(board, name):
    return next(one for one in board.lines if one.target.target_id == name)


def test_every_target_has_its_class_and_its_newest_figure(made):
    rows = {row["target_id"]: row for row in json.loads(board_json(made))["targets"]}
    assert list(rows) == list(BOARD)
    for name, (status, is_first, newest) in BOARD.items():
        row = rows[name]
        assert (row["status"], row["first_assessment"]) == (status, is_first), name
        latest = row["latest"] or dict.fromkeys(("value", "year", "period", "status"))
        told = tuple(latest[key] for key in ("value", "year", "period", "status"))
        assert told == (pytest.approx(newest[0]), *newest[1:]), name
        year = tuple(row[key] for key in (
            "full_year_estimate", "year_verdict", "this_year_pct", "of_goal_pct",
            "same_period_change_pct",
        ))  # fmt: skip
        assert year == YEAR.get(name, (None,) * 5), name
        needed = NEEDED.get(name)
        assert row["required_from_now"] == (needed if needed is None else pytest.approx(needed)), (
            name
        )


def test_fifteen_of_forty_are_classed_and_each_other_says_why(made):
    assert len([one for one in made.lines if one.status != "not_assessed"]) == 15
    assert all(one.assessment.reason for one in made.lines if one.status == "not_assessed")
    reason = line(made, "2.2.2-industry").assessment.reason.vi
    assert reason == "9 tháng 2026: 1.072 tỷ đồng; chưa có số cùng kỳ năm trước để so"


def test_revenue_says_plan_council_goal_last_year_and_estimate_with_and_without_land(made):
    assert latest_text(line(made, "2.2.1-revenue"), "vi") == "49,3 tỷ đồng (9 tháng 2026)"
    assert year_text(line(made, "2.2.1-revenue"), "vi") == (
        "bằng 80,2% dự toán thành phố giao, 78,3% dự toán HĐND xã quyết nghị, tăng 7,4% so với "
        "cùng kỳ; ước cả năm 62,8 tỷ đồng, bằng 102,1% dự toán thành phố giao, chưa đạt mức 110%; "
        "không kể tiền sử dụng đất: 18,1 tỷ đồng, bằng 78,7% dự toán, tăng 14,6%, ước cả năm 24,9 "
        "tỷ đồng (108,3%)"
    )


def test_the_year_before_stands_like_for_like(filled):
    year = board_of(filled.up_to(2025), "2025")
    new = line(year, "2.2.1-revenue").newest
    assert new.of_plan == pytest.approx(58.75 / 52)  # 113.0 %
    assert new.without_land.of_plan == pytest.approx(21.35 / 20.5)  # 104.1 %


def test_nine_months_stand_for_the_year_until_its_own_figures_are_in(filled, made):
    later = board_of(filled.up_to(2026), "2026", projection=projection_of(filled, "co_so"))
    for then, now in zip(made.lines, later.lines, strict=True):
        if then.newest is None or then.newest.year < 2026:
            continue
        seen = [(x.newest.value, x.newest.year, x.newest.period) for x in (then, now)]
        if now.newest.period == "9M":
            assert seen[0] == seen[1]
            assert (now.status, now.assessment.reason) == (then.status, then.assessment.reason)
    # what its office expected of the year is the year's figure once the year is over
    assert (line(later, "2.2.1-revenue").newest.value, line(later, "2.2.1-revenue").newest.period) == (
        62.8, "FY",
    )  # fmt: skip
    assert line(later, "2.2.6-investment").newest.period == "9M"


def test_a_milestone_is_the_level_that_its_year_must_reach_and_a_pace_says_its_years(made):
    told = {name: milestone_text(line(made, name)).pick("vi") for name in BOARD}
    assert told["2.2.9-poor-households"] == "2026: không quá 69 hộ"
    assert told["2.2.13-health-insurance"] == "2026: 95,8% trở lên"
    assert told["3.23-vneid"] == "2026: trên 75%"
    assert told["2.2.7-schools"] == "2026: 6 trường trở lên"
    assert told["2.2.1-revenue"] == "2026: đạt 110% dự toán giao trở lên"
    assert told["2.2.2-total"] == "bình quân 2027-2030 phải tăng khoảng 12,1%/năm"
    assert told["2.2.4-income"] == (
        "bình quân 2027-2030 phải tăng ít nhất 13,3%/năm (chưa trừ tăng giá năm 2026)"
    )
    for one in made.lines:
        step, found = one.next_milestone, one.assessment
        if one.target.kind != "level_by" or step is None or found.required is None:
            continue
        if (step.year, one.status) != (found.year, "achieved") and step.year == found.year:
            good = (step.value - found.required) * (1 if one.target.rises else -1)
            assert 0 <= good < 1, one.target.target_id


def test_whole_things_have_no_decimals_and_are_told_on_the_safe_side(made):
    cells = {name: cells_of(line(made, name), "vi") for name in BOARD}
    assert cells["2.2.7-schools"]["pace"] == "thêm 2 trường đến năm 2030 (đến nay chưa thay đổi)"
    assert cells["2.2.9-poor-households"]["pace"] == "giảm 20 hộ/năm (đến nay giảm 8 hộ/năm)"
    assert cells["2.2.9-poor-households"]["required"] == "69 hộ"
    for name, row in cells.items():
        if line(made, name).target.unit in COUNTED:
            shown = " ".join(filter(None, (row["required"], row["gap"], row["pace"], row["next"])))
            assert not re.search(r"\d,\d", shown), shown


def test_what_is_asked_beside_a_class(made):
    asked = line(made, "2.2.6-investment").assessment.reason.vi
    assert "nếu chia đều, đến kỳ này phải đạt 15,0%" in asked
    assert "60% của 31,2 tỷ đồng tiền sử dụng đất là 18,72 tỷ" in asked
    assert "danh nghĩa" not in line(made, "2.2.4-income").assessment.reason.vi
    assert "giá hiện hành mới tăng 7,0%/năm" in line(made, "2.2.4-income").assessment.reason.vi
    assert "gián đoạn" in line(made, "2.2.9-poor-households").assessment.reason.vi
    rises = "tăng 0,7 điểm % so với cùng kỳ", "tăng 1,1 điểm % so với cùng kỳ"
    for name, told in zip(("2.2.17-on-time", "2.2.13-health-insurance"), rises, strict=True):
        assert year_text(line(made, name), "vi") == told


def test_what_a_year_must_reach_and_what_is_missing_are_told_in_their_units(made):
    cells = {name: cells_of(line(made, name), "vi") for name in BOARD}
    assert cells["2.2.1-revenue"]["required"] == "110% dự toán giao"
    assert cells["2.2.2-total"]["gap"] == "0,2 điểm %"


def test_a_level_is_named_as_one_where_the_name_is_that_of_a_rate(made):
    told = {name: latest_text(line(made, name), "vi").partition(" (")[0] for name in BOARD}
    assert told["2.2.2-industry"] == "giá trị sản phẩm công nghiệp - xây dựng 1.072 tỷ đồng"
    assert told["2.2.4-income"] == "thu nhập bình quân đầu người 84,0 triệu đồng/người/năm"
    assert told["2.2.2-total"] == "tăng 11,8% so với cùng kỳ"


def test_class_and_scenario_agree_or_the_row_says_why_not(made):
    for one in made.lines:
        ahead = one.expected
        if one.status == "not_assessed" or ahead is None or ahead.year != 2030:
            continue
        agree = (ahead.status == "achieved") == (one.status in ("achieved", "on_track"))
        assert agree or "hai bên chưa khớp" in cells_of(one, "vi")["note"]


def test_words_of_the_classes(made):
    words = {name: cells_of(line(made, name), "vi")["status"] for name in BOARD}
    assert words["2.2.17-on-time"] == "✓ đạt, cần duy trì"
    assert words["2.2.7-kindergarten"] == "✓ đã đạt"
    assert words["2.2.7-schools"] == "↘ có nguy cơ không đạt (đánh giá bước đầu)"


def test_the_annex_shows_the_figures_of_the_board(filled, tmp_path):
    write_workbook(filled, tmp_path / "b.xlsx", scenario="co_so", as_of="2026-9M")
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx", data_only=True).worksheets[0]
    head = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "TT")
    rows = {row[1]: dict(zip(head, row, strict=True)) for row in sheet.iter_rows(values_only=True)}
    land = rows["Thu ngân sách nhà nước trên địa bàn"], rows["Thu không kể tiền sử dụng đất"]
    found = line(shown(filled), "2.2.1-revenue").newest
    for row, new in zip(land, (found, found.without_land), strict=True):
        assert row["Ước thực hiện 9 tháng năm 2026"] == pytest.approx(1000 * new.value)
        assert row["% so kế hoạch"] == pytest.approx(100 * new.of_plan)
        assert row["Tăng so cùng kỳ (%, điểm %)"] == pytest.approx(100 * new.change)


def test_the_data_hand_out_their_board(filled):
    asked = filled.board("2026-9M", scenario="co_so")
    assert asked.rows == shown(filled).rows
    assert str(filled.board().as_of) == "2026-9M"  # over when the newest figure was recorded
    assert str(filled.board("2025").as_of) == "2025"
    assert not [one for one in filled.board(scenario="none").lines if one.expected]
    inside = filled.board(internal=True)
    assert len(inside.lines) == len(filled.plan.targets) > len(asked.lines)
    with pytest.raises(ValueError, match="as_of"):
        filled.board("soon")


def test_the_standing_of_all_counts_each_number_once(made):
    found = standing(made, "co_so")
    assert found["good"] + found["slow"] + found["danger"] + found["unknown"] == found["n"] == 40
    assert (found["good"], found["slow"], found["danger"], found["empty"]) == (10, 1, 4, 14)
    assert found["asked"]["n"] == 10
    told = str(tell(found.key, **found.numbers))
    assert "4 có nguy cơ không đạt (Tốc độ tăng thu nhập" in told
    assert "; Hộ nghèo)" in told  # the fourth of them
    assert "Kịch bản cơ sở đưa 2/6 con số" in told


def test_an_open_point_of_an_internal_target_is_not_told_with_a_public_one_of_its_clause(own_data):
    targets = tuple(
        replace(one, access="internal") if one.target_id == "2.2.2-industry" else one
        for one in own_data.plan.targets
    )
    data = replace(own_data, plan=replace(own_data.plan, targets=targets))
    codes = [one.code for one in board_of(data, "2026", internal=True).findings]
    shown = [one.code for one in board_of(data, "2026").findings]
    assert "sectors_and_total" in codes
    assert "sectors_and_total" not in shown
