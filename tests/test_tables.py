"""A table that an office already has: what is found in it, asked once, kept for the next one."""

import csv
import io
import os
import subprocess
import sys

import openpyxl
import pytest
import xlsxwriter
from conftest import make_folder

from laikhe_analysis import cli
from laikhe_analysis.checks import DataError
from laikhe_analysis.data import load
from laikhe_analysis.data.layout import series_name
from laikhe_analysis.office.forms.foreign import (
    MAP_FILE,
    TableMap,
    contradictions,
    propose,
    read_map,
)
from laikhe_analysis.office.forms.foreign.headings import Report, heading_of
from laikhe_analysis.office.forms.foreign.layout import tables_of
from laikhe_analysis.office.forms.foreign.matching import match_rows
from laikhe_analysis.office.forms.foreign.rows import Row
from laikhe_analysis.office.forms.sheets import Cell, Sheet
from laikhe_analysis.office.forms.workbook import open_workbook

TODAY = "2023-01-05"

# target_id, role, name, unit, kind, direction, value, price basis
TARGETS = [
    ("9.3-total", "total_product", "Tốc độ tăng GRDP", "%/year", "average_rate", "at_least", 6.5,
     "constant 2010"),
    ("9.4-grdp-head", "", "GRDP bình quân đầu người", "USD", "level_by", "at_least", 2350, "current"),
    ("9.5-capital", "", "Tổng vốn đầu tư toàn xã hội", "billion VND", "level_by", "at_least", 28000,
     "current"),
    ("9.6-insurance", "health_insurance", "Tham gia BHYT", "%", "level_by", "above", 98, "n/a"),
    ("9.7-schools", "", "Trường đạt chuẩn quốc gia mức độ 2", "schools", "level_by", "at_least", 7, "n/a"),
    ("9.8-culture", "", "Hộ đạt gia đình văn hóa", "%", "annual_level", "at_least", 90, "n/a"),
    ("9.9-title", "new_rural", "Xã đạt chuẩn nông thôn mới", "yes/no", "milestone", "at_least", 1, "n/a"),
]  # fmt: skip


def add_rows(path, rows):
    """Append rows to a file of the commune, in its own columns."""
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, header, restval="", lineterminator="\n").writerows(rows)


@pytest.fixture
def folder(tmp_path):
    """Return the folder of the made-up commune with the targets that the tables are about."""
    place = make_folder(tmp_path)
    toml = (place / "commune.toml").read_text("utf-8")
    sectors = '["industry", "services", "agriculture"]'
    toml = toml.replace('["industry", "agriculture"]', sectors)
    (place / "commune.toml").write_text(toml, encoding="utf-8")
    scenarios = (place / "scenarios.csv").read_text("utf-8").splitlines()
    more = [line.replace("agriculture", "services") for line in scenarios if "agriculture" in line]
    scenarios = [line.replace("2020,2020,60", "2020,2020,50").replace("2020,2020,40", "2020,2020,25")
                 for line in (*scenarios, *more)]  # fmt: skip
    (place / "scenarios.csv").write_text("\n".join(scenarios) + "\n", encoding="utf-8")
    names = ("target_id", "role", "name_vi", "unit", "kind", "direction", "value", "price_basis")
    add_rows(
        place / "targets.csv",
        [
            dict(zip(names, one, strict=True))
            | {"name_en": one[2], "item": one[0], "clause": one[0][:3], "group": "economy",
               "base_year": 2020, "target_year": 2025, "owner": "Phòng Kinh tế",
               "access": "public", "source_id": "plan"}
            for one in TARGETS
        ],
    )  # fmt: skip
    load(place)
    return place


# ---- a real table: Thừa Thiên Huế, report 491/BC-UBND of 2022-12-01 (printed there as below)

HUE = [
    ("I", "Kinh tế", None, None, None, None),
    ("1", "Tốc độ tăng GRDP (%), trong đó:", "4,36", "6,5-7,5", "8,56", "Đạt"),
    (None, "- Nông Lâm Ngư nghiệp (%)", "3,62", None, "(3,26)", None),
    (None, "- Công nghiệp -Xây dựng (%)", "7,74", None, "10,02", None),
    (None, "- Dịch vụ (%)", "1,60", None, "11,03", None),
    ("2", "GRDP bình quân đầu người (USD)", "2.191,1", "2.350-2.400", "2.429", "Đạt"),
    ("5", "Tổng vốn đầu tư toàn xã hội (Tỷ đồng)", "25.545", "28.000-28.500", "28.000", "Đạt"),
    ("6", "Thực hiện thu ngân sách Nhà nước trên địa bàn (Tỷ đồng)", "11.339,5", "6.861", "12.781",
     "Vượt dự toán"),
    ("II", "Xã hội", None, None, None, None),
    ("9", "Tỷ lệ tham gia BHYT (%)", "99", ">98", "99,1", "Đạt"),
]  # fmt: skip
HUE_MEANT = {
    ("9.3-total", 2021, "final"): 0.0436, ("9.3-total", 2022, "plan"): (0.065, 0.065, 0.075),
    ("9.3-total", 2022, "estimate"): 0.0856,
    ("growth_agriculture", 2021, "final"): 0.0362, ("growth_agriculture", 2022, "estimate"): -0.0326,
    ("9.1-industry", 2021, "final"): 0.0774, ("9.1-industry", 2022, "estimate"): 0.1002,
    ("growth_services", 2021, "final"): 0.016, ("growth_services", 2022, "estimate"): 0.1103,
    ("9.4-grdp-head", 2021, "final"): 2191.1, ("9.4-grdp-head", 2022, "plan"): (2350, 2350, 2400),
    ("9.4-grdp-head", 2022, "estimate"): 2429,
    ("9.5-capital", 2021, "final"): 25545, ("9.5-capital", 2022, "plan"): (28000, 28000, 28500),
    ("9.5-capital", 2022, "estimate"): 28000,
    ("collected_revenue", 2021, "final"): 11339.5, ("assigned_revenue", 2022, "plan"): 6861,
    ("collected_revenue", 2022, "estimate"): 12781,
    ("9.6-insurance", 2021, "final"): 99, ("9.6-insurance", 2022, "plan"): 98,
    ("9.6-insurance", 2022, "estimate"): 99.1,
}  # fmt: skip


def hue(path, year=2022, change=str):
    """Write the table of a year, with its titles, merges and notes; `change` its figures."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Biểu 01"
    sheet.append([f"TÌNH HÌNH THỰC HIỆN KẾ HOẠCH PHÁT TRIỂN KINH TẾ - XÃ HỘI NĂM {year}"])
    sheet.append([f"(Kèm theo Báo cáo số 491/BC-UBND ngày 01/12/{year})"])
    sheet.append(["Stt", "Chỉ tiêu chủ yếu", f"TH năm {year - 1}", f"KH {year}", f"Ước TH {year}",
                  "Ghi chú"])  # fmt: skip
    for row in HUE:
        sheet.append([*row[:2], *(one and change(one) for one in row[2:5]), row[5]])
    sheet["A15"] = "Ghi chú: (3,26) là số âm"
    sheet.merge_cells("A1:F1")
    sheet.merge_cells("A2:F2")
    book.save(path)
    return path


class Keyboard(io.StringIO):
    """A terminal at which somebody types; it counts what is asked."""

    def isatty(self):
        return True


def run(monkeypatch, capsys, *arguments, typed=None):
    """Return exit code, output and the number of questions of a command."""
    keyboard = io.StringIO() if typed is None else Keyboard(typed)
    monkeypatch.setattr("sys.stdin", keyboard)
    monkeypatch.setattr(sys, "argv", ["laikhe", *map(str, arguments)])
    asked = []
    answers = iter((typed or "").splitlines())

    def answer(question=""):
        asked.append(question)
        try:
            return next(answers)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", answer)
    try:
        cli.main()
        code = 0
    except SystemExit as leave:
        code = leave.code or 0
    shown = capsys.readouterr()
    return code, shown.out + shown.err, len(asked)


def imported(folder):
    """Return the imported figures that count: {(series, year, status): value or range}."""
    rows = [row for row in load(folder).latest() if row.import_id]
    return {
        (row.series_id, row.year, row.status): row.value
        if row.low is None
        else (row.value, row.low, row.high)
        for row in rows
    }


@pytest.mark.parametrize("yes", [True, False])
def test_a_real_table_comes_in_with_one_question_and_every_value_right(
    folder, tmp_path, monkeypatch, capsys, yes
):
    before = load(folder).latest()
    arguments = ["import", hue(tmp_path / "hue.xlsx"), "--data", folder, "--recorded-on", TODAY]
    code, out, asked = run(
        monkeypatch, capsys, *arguments, *["--yes"] * yes, typed=None if yes else "c\n"
    )
    assert (code, asked) == (0, 0 if yes else 1), out
    assert imported(folder) == HUE_MEANT
    rows = {row.series_id: row for row in load(folder).observed if row.import_id}
    assert rows["growth_agriculture"].note == (
        "Báo cáo số 491/BC-UBND ngày 01/12/2022; ghi “(3,26)”"
    )
    assert rows["growth_agriculture"].price_basis == "constant 2010"
    assert "Không nhập" not in out
    code, out, _ = run(monkeypatch, capsys, "import", "--undo", "--yes", "--data", folder,
                       "--recorded-on", TODAY)  # fmt: skip
    assert code == 0, out
    assert load(folder).latest() == before


def test_next_years_table_of_the_same_shape_comes_in_without_a_question(
    folder, tmp_path, monkeypatch, capsys
):
    place = "--data", folder, "--recorded-on"
    run(monkeypatch, capsys, "import", hue(tmp_path / "a.xlsx"), *place, TODAY, "--yes")
    later = hue(tmp_path / "b.xlsx", 2023, lambda text: text.replace("4", "5"))
    code, out, asked = run(monkeypatch, capsys, "import", later, *place, "2024-01-05", typed="")
    assert (code, asked) == (0, 0), out
    found = imported(folder)
    assert found["9.3-total", 2022, "final"] == 0.0536
    assert found["9.4-grdp-head", 2023, "plan"] == (2350, 2350, 2500)
    assert found["9.4-grdp-head", 2023, "estimate"] == 2529
    assert found["collected_revenue", 2023, "estimate"] == 12781
    assert found["growth_agriculture", 2023, "estimate"] == -0.0326
    again = run(monkeypatch, capsys, "import", later, *place, "2024-01-05")
    assert again[0] == 0
    assert "Không có gì thay đổi" in again[1]


@pytest.mark.parametrize("own", [True, False])
def test_a_target_with_figures_of_its_own_goes_before_the_series_of_its_role(folder, tmp_path, own):
    path = folder / "targets.csv"
    text = path.read_text("utf-8").replace("toàn xã hội,,", "toàn xã hội,investment_all,")
    path.write_text(text, encoding="utf-8")
    if own:
        add_rows(folder / "observations.csv", [{
            "series_id": "9.5-capital", "year": 2021, "period": "FY", "value": 25545,
            "unit": "billion VND", "price_basis": "current", "status": "final",
            "origin": "official", "source_id": "book", "recorded_on": "2022-02-01",
        }])  # fmt: skip
    series = {entry.figure.series_id for entry in
              proposed(folder, hue(tmp_path / "a.xlsx")).figures({}).entries}  # fmt: skip
    assert ("9.5-capital" in series, "total_investment" in series) == (own, not own)


def test_without_a_terminal_nothing_is_written_before_somebody_agreed(
    folder, tmp_path, monkeypatch, capsys
):
    state = (folder / "observations.csv").read_bytes()
    arguments = "import", hue(tmp_path / "hue.xlsx"), "--data", folder, "--lang", "en"
    code, out, asked = run(monkeypatch, capsys, *arguments)
    assert (code, asked) == (2, 0)
    assert "add --yes if all of it is right" in out
    assert (folder / "observations.csv").read_bytes() == state
    assert not (folder / MAP_FILE).exists()


def test_what_is_typed_at_the_question(folder, tmp_path, monkeypatch, capsys):
    state = (folder / "observations.csv").read_bytes()
    arguments = "import", hue(tmp_path / "hue.xlsx"), "--data", folder, "--recorded-on", TODAY
    code, out, _ = run(monkeypatch, capsys, *arguments, typed="k\n")
    assert (code, "chưa ghi gì" in out) == (1, True)
    code, out, asked = run(monkeypatch, capsys, *arguments, typed="2=populaton\nZ=estimate\nc\n")
    assert (code, asked) == (1, 2)
    assert "số dòng = mã (7=population)" in out
    assert "có phải “population”?" in out
    assert 'gặp "Z=estimate"' in out
    assert (folder / "observations.csv").read_bytes() == state
    code, out, asked = run(
        monkeypatch, capsys, *arguments, typed="6=total_investment, 8=- E=final\nc\n"
    )
    assert (code, asked) == (0, 2), out
    found = imported(folder)
    assert found["total_investment", 2022, "final"] == 28000
    assert not any(series in ("9.5-capital", "9.6-insurance") for series, *_ in found)
    kept = (folder / MAP_FILE).read_text("utf-8")
    assert "row,Tỷ lệ tham gia BHYT,%,-" in kept
    assert "column,Ước TH 2022,,final" in kept
    assert "(#8)" in out
    assert "đã chọn bỏ" in out


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is not for Windows")
def test_the_question_at_a_real_terminal(folder, tmp_path):
    import pty

    keyboard, screen = pty.openpty()
    command = "import", hue(tmp_path / "hue.xlsx"), "--data", folder, "--recorded-on", TODAY
    with subprocess.Popen(
        [sys.executable, "-c", "from laikhe_analysis.cli import main; main()", *map(str, command)],
        stdin=screen, stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        os.write(keyboard, b"c\n")
        out = process.communicate(timeout=60)[0].decode("utf-8")
    assert process.returncode == 0, out
    assert out.count("k là thôi") == 1
    assert imported(folder) == HUE_MEANT
    os.close(keyboard)
    os.close(screen)


# ---- a map of what the rows mean


def test_a_map_is_written_corrected_and_read(folder, tmp_path, monkeypatch, capsys):
    mine = tmp_path / "my map.csv"
    arguments = ["import", hue(tmp_path / "hue.xlsx"), "--data", folder, "--map", mine,
                 "--recorded-on", TODAY]  # fmt: skip
    code, out, _ = run(monkeypatch, capsys, *arguments)
    assert (code, "chưa ghi số nào" in out) == (1, True)
    text = mine.read_text("utf-8")
    assert "row,Tốc độ tăng GRDP > Dịch vụ,%,growth_services" in text
    mine.write_text(text.replace("growth_services", "-"), encoding="utf-8")
    code, out, asked = run(monkeypatch, capsys, *arguments, typed="")
    assert (code, asked) == (0, 0), out
    assert not any(series == "growth_services" for series, *_ in imported(folder))
    assert (folder / MAP_FILE).read_text("utf-8") == mine.read_text("utf-8")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("row,Dân số,người,populaton", "“population”?"),
        ("column,TH 2022,,finall", "one of: final, preliminary"),
        ("column,TH 2022,,- 9M", "with a period if need be"),
        ("rows,Dân số,,population", "one of: row, column"),
        ("row,,,population", "not empty"),
    ],
)
def test_a_map_that_cannot_be_used_is_refused_by_line(tmp_path, line, words):
    path = tmp_path / MAP_FILE
    path.write_text(f"part,text,unit,meaning\n{line}\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_map(path, ["population"])
    (problem,) = caught.value.problems
    assert problem.line == 2
    assert words in problem.render("en")
    assert problem.wanted.vi != problem.wanted.en


# ---- headings

HEADINGS = {
    "TH năm 2021": ("final", 2021, "FY"), "Năm 2023": ("final", 2023, "FY"),
    "2023": ("final", 2023, "FY"), "KH 2027": ("plan", 2027, "FY"),
    "Dự toán TP giao": ("plan", 2026, "FY"), "Chỉ tiêu giao năm 2026": ("plan", 2026, "FY"),
    "Ước TH 2025": ("estimate", 2025, "FY"), "ƯTH 2025": ("estimate", 2025, "FY"),
    "Ước TH năm 2026": ("estimate", 2026, "FY"), "Ước cả năm": ("estimate", 2026, "FY"),
    "Ước thực hiện": ("estimate", 2026, "9M"), "Thực hiện": ("final", 2026, "9M"),
    "TH cùng kỳ": ("final", 2025, "9M"), "Cùng kỳ năm 2025": ("final", 2025, "9M"),
    "9 tháng 2026": ("final", 2026, "9M"), "9T/2026": ("final", 2026, "9M"),
    "Lũy kế đến 30/9/2026": ("final", 2026, "9M"), "Thực hiện năm trước": ("final", 2025, "FY"),
    "Thực hiện 6 tháng đầu năm 2026": ("final", 2026, "H1"), "Quý III/2026": ("final", 2026, "Q3"),
    "Sơ bộ 2024": ("preliminary", 2024, "FY"), "Kế hoạch năm sau": ("plan", 2027, "FY"),
    "Thực hiện cả năm 2026": ("estimate", 2026, "FY"),  # not over on the day of the document
}  # fmt: skip


@pytest.mark.parametrize("text", HEADINGS)
def test_what_a_heading_says_of_its_column(text):
    found = heading_of(text, Report(2026, "9M", "2026-10-05"), "2026-10-09")
    assert found.kind == "figure"
    assert (found.status, found.year, found.period) == HEADINGS[text]


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        ("check", ["So cùng kỳ (%)", "% so KH", "TH/KH (%)", "Tỷ lệ hoàn thành KH (%)",
                   "KH 2027 so với ƯTH 2026 (%)", "Tăng (+), giảm (-) so với năm 2025", "Chênh lệch",
                   "Tốc độ tăng (%)", "So sánh (%) 2025/2024"]),
        ("other", ["Mục tiêu 2030", "Giai đoạn 2021-2025", "Bình quân 2021-2025", "2021-2025",
                   "TH tháng 9", "Thực hiện 11 tháng", "abc"]),
        ("label", ["Chỉ tiêu chủ yếu", "NỘI DUNG", "Tên chỉ tiêu", "Các chỉ tiêu"]),
        ("unit", ["ĐVT", "Đơn vị tính", "Đơn vị"]),
        ("number", ["Stt", "TT", "Số TT"]),
        ("note", ["Ghi chú", "Cơ quan theo dõi", "Đơn vị chủ trì", "Đánh giá"]),
    ],
)  # fmt: skip
def test_columns_that_hold_no_figures(kind, texts):
    report = Report(2026, "9M", "2026-10-05")
    assert [heading_of(text, report, "2026-10-09").kind for text in texts] == [kind] * len(texts)


# ---- names

# name in the table, unit, row above it, series
NAMES = [
    ("Thu NSNN trên địa bàn", "Triệu đồng", "", "collected_revenue"),
    ("Tổng thu ngân sách", "tỷ đồng", "", "collected_revenue"),
    ("Thu tiền sử dụng đất", "tỷ đồng", "Tổng thu ngân sách", "land_revenue"),
    ("Thu ngân sách xã được hưởng", "tỷ đồng", "", "commune_revenue"),
    ("Tổng chi ngân sách", "tỷ đồng", "", None),
    ("Thu nhập BQ đầu người", "Tr.đồng/người/tháng", "", "income_per_capita"),
    ("Thu nhập bình quân đầu người", "Người", "", None),
    ("Dân số trung bình", "1000 người", "", "population"),
    ("Công nghiệp - XD", "%", "Tốc độ tăng giá trị sản xuất", "9.1-industry"),
    ("Dịch vụ", "%", "Cơ cấu kinh tế", "share_services"),
    ("Nông, lâm, thủy sản", "tỷ đồng", "Giá trị sản xuất (giá so sánh 2010)", "product_agriculture"),
    ("Tổng giá trị sản xuất (giá so sánh)", "tỷ đồng", "", "total_product"),
    ("Tổng giá trị sản xuất (giá hiện hành)", "tỷ đồng", "", "total_product"),
    ("Dịch vụ", "tỷ đồng", "Giá trị sản xuất (giá hiện hành)", "product_services"),
    ("Giải ngân vốn đầu tư công", "triệu đồng", "", "disbursed"),
    ("Số hộ nghèo", "Hộ", "", "9.2-poor"),
    ("Tỷ lệ hộ nghèo", "%", "", None),
    ("Số hộ cận nghèo", "hộ", "", None),
    ("Trường đạt chuẩn quốc gia mức độ 2", "trường", "", "9.7-schools"),
    ("Tỷ lệ tham gia BHYT", "%", "", "9.6-insurance"),
    ("Xã đạt chuẩn NTM", "", "", "9.9-title"),
    ("Sản lượng lương thực", "Tấn", "", None),
]  # fmt: skip


@pytest.mark.parametrize("case", NAMES, ids=[f"{one[2]} {one[0]} {one[1]}" for one in NAMES])
def test_what_a_row_is_about(folder, case):
    name, unit, above, series = case
    row = Row(Cell(1, 1, name), name, (above,) if above else (), unit, {})
    (match,) = match_rows([row], load(folder), "")
    assert (match.candidate.field.series_id if match.candidate else None) == series
    assert series is None or not match.why.vi


# name, unit, why nobody can be sure
UNSURE = [
    ("Trường đạt chuẩn quốc gia mức độ 1", "trường", "only somewhat alike"),
    ("Dân số", "", "no unit is named"),
    ("Tổng giá trị sản phẩm", "tỷ đồng", "its prices are not said"),
]


@pytest.mark.parametrize(("name", "unit", "why"), UNSURE, ids=[one[0] for one in UNSURE])
def test_what_is_in_doubt_about_a_row(folder, name, unit, why):
    (match,) = match_rows([Row(Cell(1, 1, name), name, (), unit, {})], load(folder), "")
    assert why in match.why.en
    assert match.why.vi


# ---- layouts


def proposed(folder, path, *, today=TODAY, kept=TableMap(), **options):  # noqa: B008
    return propose(open_workbook(path), load(folder), kept, today, **options)


def found_in(folder, path, *, today=TODAY, **options):
    """Return {(series, year, period, status): value} of a table."""
    figures = proposed(folder, path, today=today).figures({}, **options)
    assert not figures.doubts, figures.doubts
    rows = [entry.figure for entry in figures.entries]
    return {
        (series_name(r.series_id, r.unit, r.price_basis), r.year, r.period, r.status): r.value
        for r in rows
    }


def sheet_of(path, rows, merges=(), title="Sheet1"):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for area in merges:
        book.active.merge_cells(area)
    book.save(path)
    return path


FY = "FY"
LAYOUTS = {
    "a yearbook: years, a unit for all, dashes": (
        [["Bảng 12. Một số chỉ tiêu"], [None, None, None, "Đơn vị tính: Triệu đồng"],
         [None, 2021, 2022, "Sơ bộ 2023"],
         ["Thu ngân sách nhà nước trên địa bàn", 40500, "42.300", 48000.5],
         ["   Trong đó: Tiền sử dụng đất", 20000, "-", "…"], ["Dân số (người)", 10000, 10500, "11.000"]],
        (),
        {("collected_revenue", 2021, FY, "final"): 40.5, ("collected_revenue", 2022, FY, "final"): 42.3,
         ("collected_revenue", 2023, FY, "preliminary"): 48.0005,
         ("land_revenue", 2021, FY, "final"): 20, ("population", 2021, FY, "final"): 10000,
         ("population", 2022, FY, "final"): 10500, ("population", 2023, FY, "preliminary"): 11000}),
    "on its side: a year a row": (
        [["QUA CÁC NĂM"], ["Năm", "Dân số (người)", "Số hộ nghèo (hộ)"], [2021, 10100, 12],
         ["Sơ bộ 2022", 10200, 11]],
        (),
        {("population", 2021, FY, "final"): 10100, ("population", 2022, FY, "preliminary"): 10200,
         ("9.2-poor", 2021, FY, "final"): 12, ("9.2-poor", 2022, FY, "preliminary"): 11}),
    "two rows of headings, not merged": (
        [["Kết quả năm 2023"], ["TT", "Nội dung", "Đơn vị", "Thực hiện", None, "Kế hoạch", None],
         [None, None, None, "Năm 2021", "Năm 2022", "Năm 2023", "Năm 2024"],
         ["A", "B", 1, 2, 3, 4, 5], [1, "Số hộ nghèo", "hộ", 12, 11, 10, 9]],
        (),
        {("9.2-poor", 2021, FY, "final"): 12, ("9.2-poor", 2022, FY, "final"): 11,
         ("9.2-poor", 2023, FY, "plan"): 10, ("9.2-poor", 2024, FY, "plan"): 9}),
    "names in two columns, merged headings": (
        [["Năm 2023"], ["STT", "Chỉ tiêu", None, "ĐVT", "TH 2022", "KH 2023"], ["I", "Kinh tế"],
         ["1", "Thu ngân sách trên địa bàn", None, "tỷ đồng", 50, 60],
         [None, None, "Thu tiền sử dụng đất", '"', 20, None]],
        ("B2:C2",),
        {("collected_revenue", 2022, FY, "final"): 50, ("assigned_revenue", 2023, FY, "plan"): 60,
         ("land_revenue", 2022, FY, "final"): 20}),
    "headings without a year": (
        [["TÌNH HÌNH NĂM 2022"], ["TT", "Chỉ tiêu", "ĐVT", "Kế hoạch", "Thực hiện", "Tỷ lệ % TH/KH"],
         [1, "Số hộ nghèo", "hộ", 12, 11, "91,7"], [2, "Dân số", "người", "10.000", "10.125", None]],
        (),
        {("9.2-poor", 2022, FY, "plan"): 12, ("9.2-poor", 2022, FY, "final"): 11,
         ("population", 2022, FY, "plan"): 10000, ("population", 2022, FY, "final"): 10125}),
    "two tables, one below the other": (
        [["I. KINH TẾ NĂM 2022"], ["Chỉ tiêu", "ĐVT", "TH 2021", "TH 2022"],
         ["Thu ngân sách trên địa bàn", "tỷ đồng", "48,5", "52,25"], ["Cộng", None, 1, 2], [],
         ["II. XÃ HỘI"], ["Chỉ tiêu", "ĐVT", "TH 2021", "TH 2022"], ["Số hộ nghèo", "hộ", 12, 11]],
        (),
        {("collected_revenue", 2021, FY, "final"): 48.5, ("collected_revenue", 2022, FY, "final"): 52.25,
         ("9.2-poor", 2021, FY, "final"): 12, ("9.2-poor", 2022, FY, "final"): 11}),
    "English signs throughout": (
        [["Năm 2022"], ["Chỉ tiêu", "ĐVT", "TH 2021", "TH 2022"],
         ["Thu ngân sách trên địa bàn", "triệu đồng", "48,500.5", "52,250"],
         ["Dân số", "người", "10,100", "10,200"]],
        (),
        {("collected_revenue", 2021, FY, "final"): 48.5005,
         ("collected_revenue", 2022, FY, "final"): 52.25,
         ("population", 2021, FY, "final"): 10100, ("population", 2022, FY, "final"): 10200}),
    "product at both prices": (
        [["Năm 2022"], ["Chỉ tiêu", "ĐVT", "TH 2022"], ["Tổng giá trị sản xuất", None, None],
         ["- Giá so sánh 2010", "tỷ đồng", 900], ["- Giá hiện hành", "tỷ đồng", 1200],
         ["Giá trị sản xuất dịch vụ (giá hiện hành)", "tỷ đồng", "300,5"]],
        (),
        {("total_product", 2022, FY, "final"): 900, ("total_product_nominal", 2022, FY, "final"): 1200,
         ("product_services_nominal", 2022, FY, "final"): 300.5}),
    "an estimate that a cell tells; words; a share with its count": (
        [["Năm 2022"], ["Chỉ tiêu", "ĐVT", "TH 2022"],
         ["Thu nhập bình quân đầu người", "triệu đồng/người/năm", "ước 42,5"],
         ["Xã đạt chuẩn nông thôn mới", None, "Ðạt"],
         ["Trường đạt chuẩn quốc gia mức độ 2", "Trường", "5/7"],
         ["Hộ đạt gia đình văn hóa", "%", "khoảng 91,5%"], ["Số hộ nghèo", "hộ", "đang tổng hợp"]],
        (),
        {("income_per_capita", 2022, FY, "estimate"): 42.5, ("9.9-title", 2022, FY, "final"): 1,
         ("9.7-schools", 2022, FY, "final"): 5, ("9.8-culture", 2022, FY, "final"): 91.5}),
}  # fmt: skip


@pytest.mark.parametrize("case", LAYOUTS.values(), ids=LAYOUTS)
def test_a_table_of_any_layout(folder, tmp_path, case):
    rows, merges, meant = case
    assert found_in(folder, sheet_of(tmp_path / "a.xlsx", rows, merges)) == meant


def test_totals_notes_and_rows_without_a_name_are_no_figures(folder, tmp_path):
    rows = [["NĂM 2022"], ["Chỉ tiêu", "ĐVT", "TH 2022"], ["I. XÃ HỘI"], ["Số hộ nghèo", "hộ", 11],
            [None, None, 5], ["Tổng cộng", None, 16], ["Ghi chú: số liệu đến 31/12"]]  # fmt: skip
    proposal = proposed(folder, sheet_of(tmp_path / "a.xlsx", rows))
    assert [line.row.text for line in proposal.lines] == ["Số hộ nghèo"]
    told = [(cell, why.vi) for cell, _, why in proposal.tables[0].left_out]
    assert told == [("C5", "dòng không có tên"), ("A6", "dòng cộng")]


def nine_months(path):
    """Write a nine-month table as a spreadsheet program does: formulas, formats, hidden parts."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Biểu KTXH")
    percent = book.add_format({"num_format": "0.0%"})
    room = book.add_format({"num_format": "#,##0.0_%"})
    sheet.merge_range("A1:K1", "KẾT QUẢ THỰC HIỆN CHỈ TIÊU KINH TẾ - XÃ HỘI 9 THÁNG NĂM 2022")
    sheet.merge_range("A2:K2", "(Kèm theo Báo cáo số 345/BC-UBND ngày 05 tháng 10 năm 2022)")
    for column, text in zip("ABCDGHK", ["TT", "Chỉ tiêu", "ĐVT", "TH cùng kỳ", "TH 9 tháng",
                                        "Ước TH cả năm 2022", "Ghi chú"], strict=True):  # fmt: skip
        sheet.merge_range(f"{column}4:{column}5", text)
    for area, text in (("E4:F4", "KH năm 2022"), ("I4:J4", "So sánh (%)")):
        sheet.merge_range(area, text)
    for cell, text in zip(["E5", "F5", "I5", "J5"], ["TP giao", "HĐND xã giao", "TH/KH năm",
                                                     "So cùng kỳ"], strict=True):  # fmt: skip
        sheet.write(cell, text)
    sheet.write_row("A6", ["A", "B", "C", 1, 2, 3, 4, 5, "6=4/2", "7=4/1", 8])
    sheet.write_row("A7", ["I", "KINH TẾ"])
    sheet.write_row("A8", [1, "Tốc độ tăng GRDP", "%", 10.5])
    sheet.write_number("G8", 0.118, percent)
    sheet.write_row("B9", ["Trong đó: - Công nghiệp, xây dựng", "%"])
    sheet.write_number("D9", 12.1, room)
    sheet.write_string("G9", "13,25")
    sheet.write_row("A10", [2, "Tổng thu NSNN trên địa bàn", "Triệu đồng", 45900, 61500, 63000])
    sheet.write_formula("G10", "=18100+31200", None, 49300)
    sheet.write_number("H10", 62800)
    sheet.write_formula("I10", "=G10/E10", percent, 0.80162602)
    sheet.write_number("J10", 120.3)
    sheet.write_row("B11", ["Trong đó: Thu tiền sử dụng đất", '"', 30100, None, None, 31200])
    sheet.write_number("J11", 103.7)
    sheet.write_row("A12", [3, "Giải ngân vốn đầu tư công", "Tr.đồng", 20400, 40000, None, 22700])
    sheet.write_row("A13", ["II", "XÃ HỘI"])
    sheet.write_row("A14", [1, "Số hộ nghèo", "Hộ", 12, 9, None, 10])
    sheet.set_row(13, None, None, {"hidden": True})
    sheet.write_row("A16", ["Ghi chú: thu ngân sách tính đến 30/9/2022"])
    draft = book.add_worksheet("Nháp")
    draft.write_row("A1", ["Chỉ tiêu", "TH 2021", "TH 2022"])
    draft.write_row("A2", ["Dân số (người)", 1, 2])
    draft.hide()
    book.close()
    return path


NINE_MONTHS = {
    ("9.3-total", 2021, "9M", "final"): 0.105, ("9.3-total", 2022, "9M", "final"): 0.118,
    ("9.1-industry", 2021, "9M", "final"): 0.121, ("9.1-industry", 2022, "9M", "final"): 0.1325,
    ("collected_revenue", 2021, "9M", "final"): 45.9, ("collected_revenue", 2022, "9M", "final"): 49.3,
    ("assigned_revenue", 2022, FY, "plan"): 61.5, ("council_revenue", 2022, FY, "plan"): 63,
    ("collected_revenue", 2022, FY, "estimate"): 62.8,
    ("land_revenue", 2021, "9M", "final"): 30.1, ("land_revenue", 2022, "9M", "final"): 31.2,
    ("disbursed", 2021, "9M", "final"): 20.4, ("disbursed", 2022, "9M", "final"): 22.7,
    ("public_investment", 2022, FY, "plan"): 40,
    ("9.2-poor", 2021, "9M", "final"): 12, ("9.2-poor", 2022, "9M", "final"): 10,
    ("9.2-poor", 2022, FY, "plan"): 9,
}  # fmt: skip


def test_nine_months_with_everything_that_offices_do(folder, tmp_path, monkeypatch, capsys):
    path = nine_months(tmp_path / "nine.xlsx")
    assert found_in(folder, path) == NINE_MONTHS
    proposal = proposed(folder, path)
    figures = proposal.figures({})
    (told,) = contradictions(proposal.lines, figures.shown)
    assert told.vi.startswith("Biểu KTXH J10, Tổng thu NSNN trên địa bàn")
    assert "bảng ghi 120,3, tính từ các số cùng dòng là 107,407" in told.vi
    assert "the table says 120.3" in told.en
    code, out, _ = run(monkeypatch, capsys, "import", path, "--yes", "--data", folder,
                       "--recorded-on", TODAY)  # fmt: skip
    assert code == 0, out
    assert "Không khớp: Biểu KTXH J10" in out
    assert "Không nhập: Nháp: trang ẩn" in out
    assert out.count("ở dòng hoặc cột ẩn, vẫn đọc") == 3
    rows = [row for row in load(folder).observed if row.import_id]
    assert len(rows) == len(NINE_MONTHS)
    assert {row.note for row in rows} == {"Báo cáo số 345/BC-UBND ngày 05 tháng 10 năm 2022"}


# ---- what stays open

OPEN = [["NĂM 2022"], ["Chỉ tiêu", "ĐVT", "TH 2021", "TH 2022"],
        ["Thu ngân sách trên địa bàn", "tỷ đồng", "48.500", 52.25],
        ["Số hộ nghèo", "hộ", "12,000", "95"],
        ["Tiền sử dụng đất", "tỷ đồng", "(3)", "20-25"]]  # fmt: skip


def test_what_stays_open_is_refused_with_every_reading_without_a_terminal(
    folder, tmp_path, monkeypatch, capsys
):
    rows = [row[:] for row in OPEN]
    rows[2][3] = "52.250"
    path = sheet_of(tmp_path / "a.xlsx", rows)
    code, out, _ = run(monkeypatch, capsys, "import", path, "--yes", "--data", folder,
                       "--recorded-on", TODAY, "--lang", "en")  # fmt: skip
    assert code == 1
    assert 'cell C3: got "48.500"; wanted: a number of one reading' in out
    assert "type 48500 for 48,500 billion VND, or 48,5 for 48.5 billion VND" in out
    assert "type 12000 for 12,000 households, or 12 for 12 households" in out
    assert 'cell D4: got "95"; wanted: number and unit checked: 95 households' in out
    assert "“(3)” has two readings" in out
    assert 'cell D5: got "20-25"; wanted: one number; a result is no range' in out
    assert "Nothing was written" in out
    assert "--map FILE.csv" in out
    assert not imported(folder)


def test_what_stays_open_is_asked_at_once(folder, tmp_path, monkeypatch, capsys):
    rows = [row[:] for row in OPEN]
    rows[2][3] = "52.250"
    arguments = ["import", sheet_of(tmp_path / "a.xlsx", rows), "--data", folder,
                 "--recorded-on", TODAY]  # fmt: skip
    code, out, asked = run(monkeypatch, capsys, *arguments, typed="c\n1b 2b 3b 4a 5- 6a\n")
    assert (code, asked) == (0, 2), out
    assert "1a: 48.500 tỷ đồng; 1b: 48,5 tỷ đồng" in out
    assert imported(folder) == {
        ("collected_revenue", 2021, "final"): 48.5, ("collected_revenue", 2022, "final"): 52.25,
        ("9.2-poor", 2021, "final"): 12, ("9.2-poor", 2022, "final"): 95,
        ("land_revenue", 2022, "final"): 20,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "words"),
    [("c\n1b\n", "ô C4"), ("c\n1z\n", "ô C3"), ("c\nabc\n", "không hiểu “abc”"),
     ("c\n9a\n", "không hiểu “9a”"), ("c\nk\n", "chưa ghi gì")],
)  # fmt: skip
def test_a_choice_that_is_none_writes_nothing(folder, tmp_path, monkeypatch, capsys, typed, words):
    rows = [row[:] for row in OPEN]
    rows[2][3] = "52.250"
    arguments = "import", sheet_of(tmp_path / "a.xlsx", rows), "--data", folder
    code, out, _ = run(monkeypatch, capsys, *arguments, "--recorded-on", TODAY, typed=typed)
    assert (code, words in out) == (1, True), out
    assert not imported(folder)


def test_a_value_of_the_row_or_the_last_known_one_decides(folder, tmp_path):
    assert found_in(folder, sheet_of(tmp_path / "a.xlsx", OPEN[:3])) == {
        ("collected_revenue", 2021, FY, "final"): 48.5,
        ("collected_revenue", 2022, FY, "final"): 52.25,
    }  # fmt: skip
    rows = [*OPEN[:2], ["Dân số", "người", None, "10,200"]]
    assert found_in(folder, sheet_of(tmp_path / "b.xlsx", rows)) == {
        ("population", 2022, FY, "final"): 10200
    }


def test_an_unsure_row_is_refused_by_its_cell_where_nobody_can_be_asked(
    folder, tmp_path, monkeypatch, capsys
):
    rows = [
        *OPEN[:2],
        ["Trường đạt chuẩn quốc gia mức độ 1", "trường", 3, 4],
        ["Dân số", "người", 10000, 10100],
    ]
    arguments = ["import", sheet_of(tmp_path / "a.xlsx", rows), "--data", folder,
                 "--recorded-on", TODAY]  # fmt: skip
    code, out, _ = run(monkeypatch, capsys, *arguments, "--yes")
    assert code == 1
    assert (
        'ô A3: gặp "Trường đạt chuẩn quốc gia mức độ 1"; cần: xác nhận dòng này là “Trường' in out
    )
    assert "(9.7-schools; tên chỉ hơi giống), bằng --map" in out
    code, out, asked = run(monkeypatch, capsys, *arguments, typed="1=-\nc\n")
    assert (code, asked) == (0, 2), out
    assert {series for series, *_ in imported(folder)} == {"population"}


def test_a_formula_without_its_value_and_an_error_are_told_by_cell(folder, tmp_path):
    rows = [*OPEN[:2], ["Dân số", "người", "=1+1", 10100], ["Số hộ nghèo", "hộ", "#N/A", 11]]
    figures = proposed(folder, sheet_of(tmp_path / "a.xlsx", rows)).figures({})
    told = {doubt.cell: doubt.wanted.vi for doubt in figures.doubts}
    assert told["C3"].startswith("giá trị của công thức: mở tệp bằng Excel, lưu lại")
    assert "ô đang báo lỗi" in told["C4"]


def test_two_values_of_one_figure_are_a_doubt_and_the_stronger_status_counts(folder, tmp_path):
    book = openpyxl.Workbook()
    for number, value in enumerate((11, 12)):
        sheet = book.active if not number else book.create_sheet()
        for row in [["NĂM 2022"], ["Chỉ tiêu", "ĐVT", "TH 2021", "Ước TH 2022"],
                    ["Số hộ nghèo", "hộ", 10, value]]:  # fmt: skip
            sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    (doubt,) = proposed(folder, tmp_path / "a.xlsx").figures({}).doubts
    assert (doubt.sheet, doubt.cell) == ("Sheet1", "D3")
    assert "cả năm 2022: 12 hộ; Sheet D3: 11 hộ" in doubt.wanted.vi
    book["Sheet1"]["D2"] = "TH 2022"
    book.save(tmp_path / "b.xlsx")
    assert found_in(folder, tmp_path / "b.xlsx")["9.2-poor", 2022, FY, "final"] == 12
    assert len(proposed(folder, tmp_path / "a.xlsx", sheet="Sheet").lines) == 1


def test_an_estimate_does_not_take_the_place_of_a_known_result(folder, tmp_path):
    rows = [
        ["NĂM 2021"],
        ["Chỉ tiêu", "ĐVT", "TH 2020", "Ước TH 2021"],
        ["Số hộ nghèo", "hộ", 12, 8],
    ]
    figures = proposed(folder, sheet_of(tmp_path / "a.xlsx", rows)).figures({})
    assert [entry.figure.year for entry in figures.entries] == [2020]
    assert [(cell, why.vi) for _, cell, _, why in figures.left_out] == [
        ("D3", "đã có số thực hiện")
    ]


def test_a_plan_stands_beside_the_result_and_undo_takes_back_each(
    folder, tmp_path, monkeypatch, capsys
):
    def bring(rows, day, *more):
        path = sheet_of(tmp_path / f"{day}.xlsx", rows)
        code, out, _ = run(monkeypatch, capsys, "import", path, "--yes", "--data", folder,
                           "--recorded-on", day, *more)  # fmt: skip
        assert code == 0, out

    head = ["Chỉ tiêu", "ĐVT"]
    bring([["NĂM 2022"], [*head, "KH 2022", "TH 2022"], ["Số hộ nghèo", "hộ", 9, 8]], "2023-01-05")
    assert load(folder).histories()["9.2-poor"].at(2022) == 8
    bring([["NĂM 2022"], [*head, "KH 2022", "TH 2021"], ["Số hộ nghèo", "hộ", 7, 10]], "2023-02-05")
    assert imported(folder)["9.2-poor", 2022, "plan"] == 7
    assert imported(folder)["9.2-poor", 2022, "final"] == 8
    run(monkeypatch, capsys, "import", "--undo", "--yes", "--data", folder, "--recorded-on",
        "2023-03-05")  # fmt: skip
    assert imported(folder)["9.2-poor", 2022, "plan"] == 9
    assert imported(folder)["9.2-poor", 2022, "final"] == 8


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["abc"], [1, 2]], "a table with headings"),
        ([["NĂM 2022"], ["Chỉ tiêu", "ĐVT", "TH 2022"], ["Sản lượng lúa", "tấn", 5]],
         "at least one figure of a known target"),
        ([["NĂM 2022"], ["Chỉ tiêu", "ĐVT", "TH 2022"], ["Thu ngân sách trên địa bàn", "tỷ đồng", 5],
          ["Tiền sử dụng đất", "tỷ đồng", 7]], "land"),
    ],
    ids=["no table", "nothing known", "a part beyond its whole"],
)  # fmt: skip
def test_a_file_that_cannot_come_in(folder, tmp_path, monkeypatch, capsys, rows, words):
    path = sheet_of(tmp_path / "a.xlsx", rows)
    code, out, _ = run(monkeypatch, capsys, "import", path, "--yes", "--data", folder, "--lang", "en",
                       "--recorded-on", TODAY)  # fmt: skip
    assert code == 1
    assert words in out
    assert "a.xlsx" in out
    assert not imported(folder)


def test_a_sheet_that_is_not_there_is_told_with_those_that_are(folder, tmp_path):
    with pytest.raises(DataError, match="một trang của tệp: Sheet1"):
        proposed(folder, sheet_of(tmp_path / "a.xlsx", OPEN), sheet="Biểu 9")


def test_a_table_of_an_empty_sheet_is_none():
    assert tables_of(Sheet("a"), TODAY) == []


def table_of_two_years(*rows):
    return [["Năm 2024"], ["STT", "Chỉ tiêu", "ĐVT", "TH năm 2022", "TH năm 2023"],
            *([n, *row] for n, row in enumerate(rows, 1))]  # fmt: skip


def test_a_month_s_income_is_a_year_s_twelfth(folder, tmp_path):
    row = ("Thu nhập bình quân đầu người một tháng", "nghìn đồng", 3300, 3500)
    for label in (
        row[0],
        "Thu nhập bình quân đầu người/tháng",
        "Thu nhập bình quân đầu người 1 tháng",
    ):
        found = found_in(
            folder, sheet_of(tmp_path / "a.xlsx", table_of_two_years((label, *row[1:])))
        )
        assert list(found.values()) == [39.6, 42.0], label
    whole = ("Thu nhập bình quân đầu người 12 tháng", "nghìn đồng", 39600, 42000)
    found = found_in(folder, sheet_of(tmp_path / "a.xlsx", table_of_two_years(whole)))
    assert list(found.values()) == [39.6, 42.0]


def test_an_index_of_the_year_before_is_asked_about(folder, tmp_path):
    rows = table_of_two_years(("Công nghiệp tăng", "%", 109.2, 112.1))
    path = sheet_of(tmp_path / "a.xlsx", rows)
    figures = proposed(folder, path).figures({})
    assert [one.readings for one in figures.doubts] == [(9.2, 109.2), (12.1, 112.1)]
    assert "previous year = 100) write 9.2; if it is right, import with --accept-jumps" in (
        figures.doubts[0].wanted.en
    )
    assert len(proposed(folder, path).figures({}, accept_jumps=True).entries) == 2


def test_the_same_row_twice_with_two_values_is_a_doubt(folder, tmp_path):
    rows = [("Dân số", "người", 10200, 10300), ("Dân số", "người", 10200, 10900)]
    figures = proposed(folder, sheet_of(tmp_path / "a.xlsx", table_of_two_years(*rows))).figures({})
    (doubt,) = figures.doubts
    assert (doubt.cell, "10,300 people" in doubt.wanted.en) == ("E4", True)
    assert len(figures.entries) == 2


def test_a_number_merged_over_two_years_is_a_doubt(folder, tmp_path):
    rows = table_of_two_years(("Dân số", "người", 10200, None), ("Số hộ nghèo", "hộ", 12, 11))
    path = sheet_of(tmp_path / "a.xlsx", rows, ["D3:E3"])
    (doubt,) = proposed(folder, path).figures({}).doubts
    assert (doubt.cell, doubt.wanted.en) == (
        "D3", "a number a cell: split the cell that is merged over several",
    )  # fmt: skip
