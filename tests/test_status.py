"""The board in the terminal, as CSV and as JSON; a year earlier; the ways ahead."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from headlines import board_line
from rich.console import Console
from strategies import series
from test_intake import bring_in, fill, make
from test_monitor import FINDINGS, KNOWN, PLAN
from typer.testing import CliRunner

from laikhe_analysis import cli
from laikhe_analysis.checks import Text
from laikhe_analysis.data import load
from laikhe_analysis.findings.board import has_own_figure
from laikhe_analysis.language import quantities
from laikhe_analysis.language.quantities import row_texts
from laikhe_analysis.language.wordings.board import latest_text, next_year_text, question_text
from laikhe_analysis.monitor import SYMBOLS, board, required_way, turning_point
from laikhe_analysis.office.board import tables as board_tables
from laikhe_analysis.office.board.standing import (
    as_of_day,
    board_of,
    projection_of,
    read_as_of,
    seen_from,
    year_earlier,
)
from laikhe_analysis.office.board.text import board_csv, board_json, print_board, written_rows
from laikhe_analysis.office.excel import write_workbook
from laikhe_analysis.office.refusal import RefusalError
from laikhe_analysis.records import Target
from laikhe_analysis.series import AnnualSeries
from laikhe_analysis.targets import back_loaded, required_path
from laikhe_analysis.vietnamese import LABELS, label


@pytest.fixture
def made():
    """Return a board with lines of every sort."""
    return board(PLAN, KNOWN, as_of="2026", findings=FINDINGS)


def sources_of(path):
    """Return the rows of the sheet of the commune's own figures."""
    return list(openpyxl.load_workbook(path)["Nguồn"].iter_rows(values_only=True))


def shown(found, *, width=120, lang="vi", **console):
    """Return what is printed of a board."""
    out = io.StringIO()
    print_board(found, Console(file=out, width=width, **console), lang)
    return out.getvalue()


def status(folder, *arguments):
    """Run `laikhe status`; return exit code and output."""
    result = CliRunner().invoke(cli.app, ["status", "--data", str(folder), *arguments])
    return result.exit_code, result.output


class TestTerminal:
    def test_the_summary_comes_first_and_the_sorts_apart(self, made):
        text = shown(made)
        order = [text.index(words) for words in
                 ("Đến 2026: đạt 0/7 mục", "ĐẾM THEO XẾP LOẠI", "CHẬM HOẶC CÓ NGUY CƠ",
                  "\nKINH TẾ, ĐẤT ĐAI", "\nHÀNH CHÍNH, XÃ HỘI", "VÌ SAO, HỎI AI")]  # fmt: skip
        assert order == sorted(order)
        economic = text[order[3] : order[4]]
        assert "2.2(3)" in economic
        assert "2.2(9)" not in economic
        assert "2.2(9)" in text[order[4] : order[5]]

    def test_can_be_read_without_colour(self, made):
        plain = shown(made)
        assert "\x1b" not in plain
        coloured = shown(made, force_terminal=True, color_system="standard")
        assert "\x1b" in coloured
        assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
        for name in ("achieved", "away", "insufficient", "not_assessed"):
            assert re.search(rf"^{re.escape(SYMBOLS[name])} +\S", plain, re.MULTILINE), name
            assert f"{SYMBOLS[name]} {LABELS[name].vi}" in re.sub(r"\s+", " ", plain)

    @pytest.mark.parametrize("width", [60, 80, 200])
    def test_fits_the_width(self, made, width):
        assert max(len(line) for line in shown(made, width=width).splitlines()) <= width

    def test_english(self, made):
        text = shown(made, lang="en")
        assert "As of 2026: 0 of 7 items achieved" in text
        assert "moving away" in text
        assert not re.search("[ăđơư]", text.replace(PLAN.commune.name_en, ""))

    def test_an_empty_plan(self):
        bare = board(type(PLAN)(PLAN.commune, ()), {}, as_of=2026)
        assert "đạt 0/0 mục" in shown(bare)
        assert board_csv(bare) == ""
        assert json.loads(board_json(bare))["targets"] == []


class TestMachines:
    def test_csv_holds_exact_numbers(self, made):
        rows = list(csv.DictReader(io.StringIO(board_csv(made))))
        rows = [{name: cell.removeprefix("'") for name, cell in row.items()} for row in rows]
        assert [row["target_id"] for row in rows] == [row["target_id"] for row in made.rows]
        for told, meant in zip(rows, written_rows(made), strict=True):
            assert list(told) == list(meant)
            for name, value in meant.items():
                if isinstance(value, float):
                    assert float(told[name]) == value, name
                else:
                    assert told[name] == ("" if value is None else str(value)), name

    def test_csv_holds_no_formula(self, folder):
        path = folder / "targets.csv"
        text = path.read_text(encoding="utf-8")
        text = text.replace("Hộ nghèo,", '"=HYPERLINK(""x"",""y"")",').replace(
            "Phòng Kinh tế", "@SUM(1)"
        )
        path.write_text(text, encoding="utf-8")
        rows = list(csv.DictReader(io.StringIO(board_csv(board_of(load(folder), "2021")))))
        cells = {cell for one in rows for cell in one.values()}
        assert {'\'=HYPERLINK("x","y")', "'@SUM(1)"} <= cells
        assert not any(cell[:1] in tuple("=+@") for cell in cells)

    def test_json_holds_the_same_rows_and_counts(self, made):
        told = json.loads(board_json(made))
        assert [one["target_id"] for one in told["targets"]] == [
            one["target_id"] for one in written_rows(made)
        ]
        assert (told["items"]["achieved"], told["items"]["shown"]) == (0, 7)
        both = zip(told["economic"].values(), told["administrative"].values(), strict=True)
        assert [a + b for a, b in both] == list(told["numbers"].values())
        assert told["summary"]["vi"] == made.summary().vi
        assert [one["severity"] for one in told["findings"]] == ["conflict", "question", "note"]
        assert told["tasks_without_number"] == ["3.2", "3.3"]


class TestCommand:
    def test_prints_the_board(self, folder):
        code, out = status(folder, "--as-of", "2021")
        assert code == 0
        assert "Đến 2021: đạt 0/2 mục" in out
        assert "→  9(2)" in out
        assert "10 hộ (năm 2021)" in out

    def test_formats_are_utf_8_and_agree(self, folder):
        given = ("--as-of", "2021", "--format")
        rows = list(csv.DictReader(io.StringIO(status(folder, *given, "csv")[1])))
        told = json.loads(status(folder, *given, "json")[1])
        assert [row["name_vi"] for row in rows] == ["Công nghiệp tăng", "Hộ nghèo"]
        # 12 (2020), 10 (2021), 0 (2025): 2 a year of the 2.4 required
        assert float(rows[1]["ratio"]) == told["targets"][1]["ratio"] == pytest.approx(2 / 2.4)
        assert told["targets"][0]["expected"] == pytest.approx(8)  # the baseline's growth_industry
        assert told["as_of"] == "2021"

    def test_internal_rows_only_when_asked(self, folder):
        path = folder / "targets.csv"
        text = path.read_text(encoding="utf-8").replace("Xã hội,public", "Xã hội,internal")
        path.write_text(text.replace("Văn hóa - Xã hội,public", "Văn hóa - Xã hội,internal"),
                        encoding="utf-8")  # fmt: skip
        for form in ("table", "csv", "json"):
            given = ("--as-of", "2021", "--format", form)
            assert "nghèo" not in status(folder, *given)[1], form
            assert "nghèo" in status(folder, *given, "--internal")[1], form

    @pytest.mark.parametrize("text", ["nay", "2021Q7", "21", "1999", "2099"])
    def test_a_date_that_is_none_is_refused(self, folder, text, monkeypatch, capsys):
        monkeypatch.setattr(
            "sys.argv", ["laikhe", "status", "--data", str(folder), "--as-of", text]
        )
        with pytest.raises(SystemExit) as stopped:
            cli.main()
        assert stopped.value.code == 2
        told = capsys.readouterr().err
        assert "--as-of phải" in told
        assert text in told

    def test_an_unknown_format_or_scenario_is_refused(self, folder):
        assert status(folder, "--format", "xml")[0] == 2
        result = CliRunner().invoke(
            cli.app, ["status", "--data", str(folder), "--scenario", "co_sa"]
        )
        assert isinstance(result.exception, RefusalError)
        assert "Did you mean 'co_so'" in result.exception.render("en")

    def test_a_folder_without_scenarios(self, folder):
        path = folder / "scenarios.csv"
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
        code, out = status(folder, "--as-of", "2021")
        assert code == 0
        assert "Kịch bản" not in out


class TestDate:
    @pytest.mark.parametrize(
        ("day", "at"),
        [
            ("2023-03-31", "2022"), ("2023-07-01", "2023-H1"), ("2023-12-31", "2023-9M"),
            ("2019-01-01", "2020"), ("2031-05-05", "2025"), ("2026-01-01", "2025"),
        ],
    )  # fmt: skip
    def test_the_last_part_of_a_year_that_is_over(self, folder, day, at):
        assert str(as_of_day(date.fromisoformat(day), load(folder).commune)) == at

    def test_blank_is_the_day_of_the_newest_record_or_today(self, folder):
        data = load(folder)
        assert str(read_as_of(" ", data)) == "2021"  # recorded on 2022-06-01
        assert str(read_as_of("", data, today=date(2024, 8, 1))) == "2024-H1"
        assert str(read_as_of("2022h1", data)) == "2022-H1"

    def test_is_refused_in_both_languages(self, folder):
        with pytest.raises(RefusalError) as refused:
            read_as_of("2019", load(folder))
        assert "từ năm 2020 đến năm 2030; gặp 2019" in refused.value.text.vi
        assert "from 2020 to 2030; got 2019" in refused.value.text.en


class TestSeenFrom:
    def test_a_scenario_holds_only_what_was_known(self, folder):
        with (folder / "observations.csv").open("a", encoding="utf-8") as file:
            for year, value in ((2021, 41), (2022, 50)):
                file.write(f"income_per_capita,{year},FY,{value},,,million VND/person/year,current,"
                           f"final,official,book,{year + 1}-02-01,,\n")  # fmt: skip
        data = load(folder)
        paths = {
            at: projection_of(seen_from(data, at), "co_so").path("income_per_capita")
            for at in ("2020", "2021", "2021-H1", "2022", "")
        }
        assert [paths[at].at(2022) for at in ("2022", "")] == [50, 50]
        assert [paths[at].at(2021) for at in ("2021", "2022")] == [41, 41]
        # 5 % real and 3 % inflation on what was known: 40 in 2020, 41 in 2021
        assert paths["2021"].at(2022) == pytest.approx(41 * 1.05 * 1.03)
        assert paths["2020"].at(2022) == pytest.approx(40 * (1.05 * 1.03) ** 2)
        assert paths["2021-H1"].values == paths["2020"].values

    def test_a_wrong_date_is_refused(self, folder):
        with pytest.raises(RefusalError, match="--as-of"):
            seen_from(load(folder), "2020-13")


class TestYearEarlier:
    def test_sees_neither_later_figures_nor_corrections(self, folder):
        data = load(folder)
        now, (before, day) = board_of(data, "2021"), year_earlier(data, "2021")
        assert (day, str(before.as_of)) == ("2021-06-01", "2020")
        # the figure of 2021 was recorded in 2022 as 9 and then corrected to 10
        poor = [one.lines[1].assessment for one in (before, now)]
        assert [(one.year, one.value) for one in poor] == [(2020, 12), (2021, 10)]
        first = board_of(data, "2021", known_on="2022-03-01").lines[1].assessment
        assert (first.value, first.status) == (9, "on_track")  # 3 a year of 2.4

    def test_a_leap_day_and_no_record_at_all(self, folder):
        path = folder / "observations.csv"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("2022-06-01", "2024-02-29"), encoding="utf-8")
        assert year_earlier(load(folder), "2023")[1] == "2023-02-28"
        path.write_text(text.splitlines()[0] + "\n", encoding="utf-8")
        assert year_earlier(load(folder), "2023")[1] == "2022-12-31"


def line_status(line):
    return {"estimate": "ước thực hiện", "preliminary": "sơ bộ"}[line.newest.status]


class TestWays:
    """The ways ahead, from lines of the board."""

    LATE = back_loaded(5)

    def test_start_at_the_base_year_and_end_at_the_target(self, own_data):
        first, last = own_data.commune.base_year, own_data.commune.target_year
        lines = own_data.board(scenario="co_so").lines
        found = {line: way for line in lines if (way := required_way(line, profile=self.LATE))}
        assert found
        for line, way in found.items():
            total = line.target.kind == "cumulative"
            assert way.years == tuple(range(first + total, last + 1))
            wanted = line.target.weaker_end
            if line.target.kind == "average_rate":
                wanted = way.values[0] * (1 + wanted) ** (last - first)
            assert way.values[-1] == pytest.approx(wanted)
        assert not [line for line in lines if line.target.kind == "milestone" and line in found]

    def test_a_total_needs_a_profile(self, own_data):
        line = next(x for x in own_data.board().lines if x.target.kind == "cumulative")
        assert required_way(line) is None
        even, late = (required_way(line, profile=shares) for shares in ((0.2,) * 5, self.LATE))
        assert all(a <= b for a, b in zip(late.values, even.values, strict=True))

    def test_money_grows_by_a_rate(self, own_data):
        found = {line.target.target_id: required_way(line) for line in own_data.board().lines}
        for name in ("2.2.3-crop-value", "2.2.4-income"):
            path = found[name].array
            assert path[1:] / path[:-1] == pytest.approx((path[-1] / path[0]) ** (1 / 5))

    def test_a_count_to_zero_goes_straight(self, folder):
        rate, poor = load(folder).board().lines
        way = required_way(poor)
        assert way.array == pytest.approx([12, 9.6, 7.2, 4.8, 2.4, 0])
        assert way == required_path(poor.target, poor.known, "linear")
        assert required_way(rate).at(2025) == pytest.approx(100 * 1.09**5)

    @pytest.mark.parametrize(
        ("unit", "values", "shown"),
        [
            ("index", (0.62, 0.653, 0.687, 0.724, 0.762, 0.8), "0,62 0,65 0,69 0,72 0,76 0,80"),
            ("%", (99.9, 99.91, 99.92, 99.95), "99,90 99,91 99,92 99,95"),
            ("%", (99.95, 99.95), "99,95 99,95"),
            ("schools", (3, 4, 5), "3 4 5"),
            ("million VND/ha", (187, 193.18, 220), "187,0 193,2 220,0"),
            ("fraction/year", (0.12, 0.125), "12,0 12,5"),
            ("billion VND", (33.618, float("nan"), 64600), "34 – 64.600"),
            ("%", (float("nan"),), "–"),
        ],
    )
    def test_a_row_is_written_alike(self, unit, values, shown):
        assert row_texts(values, unit) == shown.split(" ")

    def made(self, kind, unit, direction, goal, known, **target):
        one = Target("x", "9", "9(1)", "a", Text("x", "x"), unit, kind, direction, goal, **target)
        known = {"x": AnnualSeries("x", tuple(known), tuple(known.values()), unit=unit)}
        return board(type(PLAN)(PLAN.commune, (one,)), known, as_of=2027).lines[0]

    @pytest.mark.parametrize(
        ("kind", "unit", "direction", "goal", "known", "value"),
        [
            # 61 + 0.95 x 12 x 3 years / 5 of the way to 97, straight
            ("level_by", "%", "at_least", 97, {2025: 61.0, 2026: 62.0, 2027: 63.0}, 81.52),
            # 100 x (1 + 0.95 x (1.5^0.2 - 1))^3
            ("level_by", "million VND/ha", "at_least", 150, {2025: 100.0, 2027: 104.0},
             100 * (1 + 0.95 * (1.5**0.2 - 1)) ** 3),
            # 0.95 x 500 x 3/5 less 120 in two years
            ("cumulative", "billion VND", "at_least", 500, {2026: 60.0, 2027: 60.0}, 165.0),
            ("level_by", "households", "at_most", 0, {2025: 50.0, 2027: 45.0}, 21.0),
        ],
    )  # fmt: skip
    def test_what_the_next_year_has_to_be(self, kind, unit, direction, goal, known, value):
        line = self.made(kind, unit, direction, goal, known)
        found = turning_point(line, 2028)
        assert (line.status in ("achieved", "on_track"), found.is_good) == (False, False)
        assert found.value == pytest.approx(value)
        told = next_year_text(line, found)
        assert told.startswith("lên đúng tiến độ nếu năm 2028 ")

    def test_no_year_is_enough_or_none_decides(self):
        far = self.made("level_by", "%", "at_least", 97, {2025: 95.0, 2026: 20.0, 2027: 10.0})
        assert turning_point(far, 2031) is None
        mean = self.made("average_rate", "fraction/year", "at_least", 0.9, {2026: 0.0, 2027: 0.0})
        assert turning_point(mean, 2028).value is None
        assert "chưa đủ" in next_year_text(mean, turning_point(mean, 2028))
        kept = self.made("annual_level", "%", "above", 90, {2025: 95.0, 2026: 95.0, 2027: 95.0})
        assert turning_point(kept, 2028).value == pytest.approx(90)
        assert "giữ đúng tiến độ khi năm 2028 không dưới" in next_year_text(
            kept, turning_point(kept, 2028)
        )
        assert next_year_text(kept, None) is None

    def test_the_question_names_office_and_tasks(self, made):
        red = [x for x in made.lines if x.status in ("away", "insufficient")]
        assert red
        for line in red:
            asked = question_text(line)
            assert asked.startswith(f"Hỏi {line.target.owner or 'nơi theo dõi'}")
            assert asked.endswith("xong khi nào?")
            assert all(task.clause in asked for task in line.tasks)
        assert not [x for x in made.lines if x.status == "on_track" and question_text(x)]


class TestTables:
    def test_columns_that_say_nothing_are_left_out(self, made):
        economic = board_tables.grouped(made, economic=True)
        told = board_tables.board_table(economic)
        assert "Kịch bản dẫn tới" not in told.headings
        assert "Nhịp độ cần từ nay (đến nay)" in told.headings
        assert board_tables.board_table(economic, leave_out=("pace",)).headings == tuple(
            name for name in told.headings if name != "Nhịp độ cần từ nay (đến nay)"
        )
        assert board_tables.board_table([]).rows == ()

    def test_a_group_is_named_once_and_a_missing_class_has_its_reason(self, made):
        rows = board_tables.board_table(board_tables.grouped(made, economic=True)).rows
        assert [row[0] for row in rows].count("kinh tế, ngân sách") == 1
        assert any(row[1].startswith("? số liệu theo giá hiện hành") for row in rows)

    def test_counts_add_up(self, made):
        rows = board_tables.count_table(made).rows
        for column in range(1, 5):
            numbers = [int(row[column]) for row in rows]
            assert sum(numbers[:-1]) == numbers[-1]
        assert [row[2] for row in rows] == ["1", "1", "0", "1", "2", "4", "9"]

    def test_what_lags_names_its_tasks(self, made):
        told = repr(board_tables.behind_table(made))
        assert "3.1 việc 1" in told
        assert "chưa có nhiệm vụ nào" in told

    def test_tasks_and_targets(self, made):
        assert [task.clause for task in made.without_number()] == ["3.2", "3.3"]
        served = [
            [line.target.clause for line in made.lines if task in line.tasks] for task in PLAN.tasks
        ]
        assert served == [["2.2(3)", "2.2(9)"], [], []]

    def test_a_task_names_no_internal_target(self):
        tasks = tuple(
            type(task)(task.task_id, task.clause, task.name, ("2.1(1)-new-members",))
            for task in PLAN.tasks[:1]
        )
        found = board(type(PLAN)(PLAN.commune, PLAN.targets, tasks), KNOWN, as_of=2026)
        assert "new-members" not in board_json(found)

    @pytest.mark.parametrize(
        ("value", "unit", "text"),
        [
            (1, "yes/no", "đạt"), (0, "yes/no", "chưa đạt"), (3, "rating", "hoàn thành tốt nhiệm vụ"),
            (4, "level", "mức 4"),
            (9.6, "households", "9,6 hộ"), (42875, "people", "42.875 người"), (58, "%", "58,0%"),
            (64600, "billion VND", "64.600 tỷ đồng"), (33.618, "billion VND", "33,618 tỷ đồng"),
        ],
    )  # fmt: skip
    def test_values_in_words(self, value, unit, text):
        assert quantities.value_text(value, unit) == text

    @pytest.mark.parametrize(
        ("status", "told"),
        [("ước", "8 hộ (năm 2021, số ước thực hiện)"), ("sơ bộ", "8 hộ (năm 2021, số sơ bộ)"),
         ("thực hiện", "8 hộ (năm 2021)")],
    )  # fmt: skip
    def test_the_status_of_a_reported_figure_stands_beside_it(self, folder, tmp_path, status, told):
        bring_in(folder, fill(make(folder), {"9.2-poor": (8, status)}))
        data = load(folder)
        (line,) = [x for x in board_of(data, 2021).lines if x.target.target_id == "9.2-poor"]
        assert latest_text(line, "vi") == told
        rows = sources_of(write_workbook(data, tmp_path / "b.xlsx"))
        (row,) = [row for row in rows if row[:2] == ("Hộ nghèo", "Cả năm 2021")]
        assert (row[2], row[5]) == (8, label(line.newest.status))

    def test_figures_are_told_in_words_without_codes(self, own_data, tmp_path):
        rows = sources_of(write_workbook(own_data, tmp_path / "b.xlsx"))
        names = [row[0] for row in rows if row[1]]
        assert len(names) > len(own_data.public().latest())  # with the headings
        assert not [name for name in names if re.match(r"[0-9.]+-", name)]

    @pytest.mark.parametrize("age", [None, 0, 1, 2])
    def test_a_figure_says_its_year_whatever_its_age(self, made, age):
        known = next(line for line in made.lines if line.newest is not None)
        found = replace(known.assessment, year=2025, origin="official")
        newest = replace(known.newest, year=2025, period="FY")
        line = replace(known, age=age, assessment=found, newest=newest)
        assert latest_text(line, "vi").endswith("(năm 2025)")
        assert latest_text(line, "en").endswith("(in 2025)")

    def test_figures_that_are_missing_or_assumed(self, own_data, folder):
        found = board_of(own_data, "2026")
        assumed = {"2.2.3-crop-value", "2.2.4-income"}
        assert assumed <= {x.target.target_id for x in found.lines if not has_own_figure(x)}
        lines = board_of(load(folder), "2021").lines
        assert [x.target.target_id for x in lines if not has_own_figure(x)] == ["9.1-industry"]


def test_the_headline_of_the_board(made):
    assert board_line(made).text.vi.startswith(
        "Đến 2026: 2/9 con số đạt hoặc đúng tiến độ; 0 chậm tiến độ; 3 có nguy cơ không đạt ("
    )
    assert "; 4 chưa đánh giá được, trong đó " in board_line(made).text.vi
    steady = KNOWN | {"2.2(9)-poor-households": series({2025: 50.0, 2026: 40.0}, "households")}
    text = board_line(board(PLAN, steady, as_of="2026")).text.en
    assert text.startswith("As of 2026: 3 of 9 numbers are achieved or on track")
    nothing = board_line(board(PLAN, {}, as_of="2026H1"))
    assert (
        "9 chưa đánh giá được, trong đó 9 chưa có số liệu của xã (nhiều nhất: " in nothing.text.vi
    )
    assert nothing.origin == "statement"
