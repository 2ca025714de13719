"""One count, one number: index, terminal, JSON, Word, workbook and page 07 of the filled folder agree."""

import json
import re
import sys
from collections import Counter

import docx
import openpyxl
import pytest
from conftest import ROOT

from laikhe_analysis import cli
from laikhe_analysis.findings.board import has_own_figure, standing
from laikhe_analysis.language.wordings import tell
from laikhe_analysis.language.wordings.board import SYMBOLS, cells_of
from laikhe_analysis.office.excel import write_workbook
from laikhe_analysis.office.leader import leader_page, look
from laikhe_analysis.office.leader.decisions import decisions_of
from laikhe_analysis.office.leader.tiles import offices
from laikhe_analysis.office.missing import still_missing
from laikhe_analysis.office.notebooks import run_notebook
from laikhe_analysis.office.word import write_documents
from laikhe_analysis.targets.progress import PROGRESS
from laikhe_analysis.vietnamese import label

AT = "2026-9M"


@pytest.fixture(scope="module")
def seen(filled):
    """Return the filled folder as a report of nine months sees it."""
    return filled.seen_from(AT)


@pytest.fixture(scope="module")
def view(seen):
    return look(seen, "co_so", AT)


@pytest.fixture(scope="module")
def words(seen, tmp_path_factory):
    """Return what the documents say, by name, cells of tables too."""
    folder = tmp_path_factory.mktemp("documents")
    return Documents(folder, write_documents(seen, folder, as_of=AT))


@pytest.fixture(scope="module")
def workbook(seen, tmp_path_factory):
    path = write_workbook(seen, tmp_path_factory.mktemp("workbook") / "b.xlsx", as_of=AT)
    return openpyxl.load_workbook(path, data_only=True)


class Documents(dict):
    """What documents say by name, and where they lie."""

    def __init__(self, folder, names):
        super().__init__({name: told(folder / name) for name in names})
        self.folder = folder


def told(path):
    document = docx.Document(path)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in document.paragraphs), *cells])


def terminal(seen, monkeypatch, capsys, *more):
    """Return what `laikhe status` prints of the folder."""
    monkeypatch.setattr(
        sys, "argv", ["laikhe", "status", "--as-of", AT, "--data", str(seen.folder), *more]
    )
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert not left.value.code
    return capsys.readouterr().out


def tell_standing(view):
    found = standing(view.board, "co_so")
    return tell(found.key, **found.numbers)


def test_figures_owed_are_as_many_overdue_and_of_the_same_offices(
    seen, view, words, monkeypatch, capsys
):
    rows = json.loads(terminal(seen, monkeypatch, capsys, "--missing", "--format", "json"))
    owed, late = Counter(), Counter()
    for row in rows:
        owed[row["owner"]] += 1
        late[row["owner"]] += row["overdue"]
    assert {one.name: len(one.figures) for one in offices(view)} == dict(owed)
    assert {one.name: one.overdue for one in offices(view)} == dict(late)
    total = f"{len(rows)} số liệu còn thiếu, {sum(late.values())} số đã quá hạn"
    assert total in decisions_of(view)[-1].text
    assert f"Còn thiếu {len(rows)} số, {sum(late.values())} số đã quá hạn" in terminal(
        seen, monkeypatch, capsys, "--missing"
    )
    listed = words["so_lieu_con_thieu.docx"]
    heads = dict(re.findall(r"^\d+\. (.+): (\d+) số liệu", listed, re.MULTILINE))
    assert {name: int(n) for name, n in heads.items()} == dict(owed)
    assert sum(late.values()) == len(rows)
    for name in ("so_lieu_con_thieu.docx", "bao_cao_uy_ban.docx", "bao_cao_dang_uy.docx"):
        assert f"{len(rows)} số liệu chưa được báo cáo, đều đã quá hạn" in words[name].lower()
    assert f"{len(rows)} số liệu còn thiếu, đều đã quá hạn" in words["tom_tat.docx"]
    assert leader_page(view, {}).count(" quá hạn</b>") == len(owed)


def test_targets_without_a_figure_are_as_many_where_one_asks_what_is_missing(seen, view):
    empty = [line.target for line in view.board.lines if not has_own_figure(line)]
    (said,) = (one.vi for one in still_missing(seen) if "chưa có số liệu nào" in one.vi)
    assert said.startswith(
        f"{len(empty) + 10}/50 chỉ tiêu chưa có số liệu nào (có 10 chỉ tiêu nội bộ)"
    )
    assert "Tổng vốn đầu tư" not in said
    assert f"{len(empty)} chưa có số liệu của xã" in str(tell_standing(view))


def test_the_annex_holds_the_same_rows_in_word_and_workbook_plans_only_under_plans(
    seen, words, workbook
):
    sheet = workbook.worksheets[0]
    rows = [row[:14] for row in sheet.iter_rows(values_only=True)]
    head = next(row for row in rows if row[0] == "TT")
    book = [dict(zip(head, row, strict=True)) for row in rows if isinstance(row[0], int)]
    table = next(t for t in docx.Document(words.folder / "bao_cao_uy_ban.docx").tables
                 if len(t.columns) == 14)  # fmt: skip
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert tuple(cells[0]) == head
    word = [dict(zip(head, row, strict=True)) for row in cells if row[0].isdigit()]
    assert [(int(row["TT"]), row["Chỉ tiêu"]) for row in word] == [
        (row["TT"], row["Chỉ tiêu"]) for row in book
    ]
    numbers = list(head[3:9])
    for one, other in zip(word, book, strict=True):
        for name in numbers:
            shown = one[name].replace(".", "").replace(",", ".")
            known = "" if other[name] is None else other[name]
            if isinstance(known, str):
                assert shown == known.replace(".", ""), (one["Chỉ tiêu"], name)
            else:
                assert float(shown) == pytest.approx(known, abs=0.051), (one["Chỉ tiêu"], name)
    by_name = {row["Chỉ tiêu"]: row for row in book}
    results = ["Thực hiện năm 2025", "Ước thực hiện 9 tháng năm 2026", "% so kế hoạch", head[7]]
    for name, plan in PLANS.items():
        assert [by_name[name][key] for key in results] == [None] * 4
        assert by_name[name]["Kế hoạch năm 2026"] == plan
    ratio = by_name["Thu ngân sách trên địa bàn so với dự toán thành phố giao"]
    assert [ratio[key] for key in results[:2]] == [
        pytest.approx(100 * 58.75 / 52), pytest.approx(100 * 49.3 / 61.5)
    ]  # fmt: skip
    insured = next(row for name, row in by_name.items() if "bảo hiểm y tế" in name)
    assert insured[head[7]] == pytest.approx(1.1)  # points, not one per cent of the other


PLANS = {"Dự toán thành phố giao": 61500, "Dự toán thành phố giao, không kể tiền sử dụng đất": 23000,
         "Dự toán HĐND xã quyết nghị": 63000, "Vốn đầu tư công do xã quản lý": 40000}  # fmt: skip


def test_the_sheet_of_the_board_says_what_the_board_says(view, workbook):
    rows = list(workbook["Bảng theo dõi"].iter_rows(values_only=True))
    start = next(i for i, row in enumerate(rows) if row[0] == "Mục")
    head, rows = rows[start], rows[start + 1 : start + 1 + len(view.board.lines)]
    found = [dict(zip(head, row, strict=True)) for row in rows]
    for line, row in zip(view.board.lines, found, strict=True):
        cells = cells_of(line, "vi")
        assert row["Chỉ tiêu"] == line.target.name.vi
        if line.status != "not_assessed":
            assert row["Xếp loại"] == cells["status"]
        assert (row["Mốc năm tới"] or None) == cells["next"]
        new = line.newest
        assert (row["Số mới nhất"] is None) == (new is None)
        if new is not None:
            assert row["Kỳ"].startswith("9 tháng 2026" if new.year == 2026 else "năm 2025")
        gap = line.assessment.gap
        if gap is not None and gap <= 0:
            assert row["Còn thiếu"] == "-"
        elif line.target.unit in ("yes/no", "level"):
            assert row["Còn thiếu"] == cells["gap"]
    revenue = next(row for row in found if row["Mục"] == "2.2(1)")
    assert (revenue["Số mới nhất"], revenue["Đơn vị tính"]) == (49.3, "tỷ đồng")
    total = next(row for row in found if row["Chỉ tiêu"] == "Tốc độ tăng tổng giá trị sản phẩm")
    assert (total["Số mới nhất"], total["Còn thiếu"]) == ("tăng 11,8% so với cùng kỳ", "0,2 điểm %")


def test_goals_of_the_annex_are_written_as_officials_do(workbook):
    rows = {row[1].value: row[9] for row in workbook["Phụ lục"].iter_rows() if row[9].value}
    ratio = rows["Thu ngân sách trên địa bàn so với dự toán thành phố giao"]
    assert ratio.value == "đạt 110% dự toán giao trở lên"
    assert rows["Tốc độ tăng dịch vụ"].number_format.endswith('" trở lên"')
    assert rows["Trường có nhà đa năng"].value == "1/3 trở lên"
    formats = [cell.number_format for cell in rows.values()]
    assert not [one for one in formats if '"từ ' in one]


def test_the_years_of_the_comparison_stand_above_years_only(workbook):
    assert workbook["So sánh"].print_title_rows is None
    assert workbook["Bảng theo dõi"].print_title_rows is not None


def test_a_report_counts_the_targets_that_it_prints(view, words):
    party, state = words["bao_cao_dang_uy.docx"], words["bao_cao_uy_ban.docx"]
    assert "Trong 40 chỉ tiêu (không kể 10 chỉ tiêu theo dõi nội bộ), 15 chỉ tiêu" in state
    assert "Trong 50 chỉ tiêu, 15 chỉ tiêu đủ căn cứ đánh giá" in party
    assert "35 chỉ tiêu chưa đủ căn cứ đánh giá, trong đó 10 chỉ tiêu theo dõi nội bộ" in party
    for name, n in {"bao_cao_dang_uy.docx": 50, "bao_cao_uy_ban.docx": 40}.items():
        document = docx.Document(words.folder / name)
        table = next(t for t in document.tables if t.rows[0].cells[0].text == "Nhóm")
        rows = [[cell.text for cell in row.cells] for row in table.rows][1:]
        sums = [sum(int(row[i]) for row in rows[:-1]) for i in range(1, 5)]
        assert [int(cell) for cell in rows[-1][1:]] == sums
        assert sums[0] == n == sum(sums[1:])
    assert any(row.startswith("Quốc phòng") for row in party.split("\n"))


def test_what_is_owed_is_asked_for_in_a_letter(words):
    said = words["so_lieu_con_thieu.docx"]
    tables = docx.Document(words.folder / "so_lieu_con_thieu.docx").tables
    assert (
        tables[0].rows[1].cells[0].text.split("\n")[1].startswith("V/v báo cáo số liệu còn thiếu")
    )
    assert tables[1].rows[0].cells[0].text == "TT"
    assert "DANH SÁCH" not in said
    assert "V/v báo cáo số liệu còn thiếu 9 tháng năm 2026" in said
    assert "Kính gửi:\n- Phòng Văn hóa - Xã hội;\n" in said
    assert "báo cáo ngay số liệu đã quá hạn, chậm nhất ngày" in said
    assert "đúng hạn" not in said  # all of them are overdue
    assert "Văn phòng HĐND và UBND: 1 số liệu, đã quá hạn" in said
    assert "Đề nghị các cơ quan quan tâm thực hiện./." in said


def test_items_and_classes_are_counted_alike_in_every_face(
    seen, view, words, workbook, monkeypatch, capsys
):
    board = view.board
    numbers, items = board.count(), Counter(board.items().values())
    # index
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", leader_page(view, {})))
    assert f"{len(board.items())} mục công khai: " in page
    for status, n in items.items():
        assert f"{SYMBOLS[status]} {n} {label(status)}" in page
    outside = sum(not line.target.item for line in board.lines)
    assert f"Ngoài {len(board.items())} mục, kế hoạch còn {outside} con số ở mục 3.23" in page
    # JSON and terminal
    told = json.loads(terminal(seen, monkeypatch, capsys, "--format", "json"))
    assert told["numbers"] == numbers
    assert Counter(told["items"]["classes"].values()) == items
    printed = terminal(seen, monkeypatch, capsys)
    row = re.search(r"Tất cả +(\d+) +(\d+) +(\d+) +(\d+)", printed)
    sorts = [sum(board.count(economic=sort).values()) for sort in (True, False)]
    assert [int(one) for one in row.groups()] == [len(board.items()), len(board.lines), *sorts]
    # Word: the State's report counts the numbers that it may print
    assessed = {s: n for s, n in numbers.items() if n and s != "not_assessed"}
    listed = "; ".join(f"{n} {label(status)}" for status, n in assessed.items())
    for name in ("bao_cao_uy_ban.docx", "bao_cao_dang_uy.docx", "tom_tat.docx"):
        assert listed in words[name], name
    # workbook
    rows = list(workbook["Bảng theo dõi"].iter_rows(values_only=True))
    place = next(row for row in rows if row[0] == "Mục").index("Xếp loại")
    signs = Counter(
        row[place][0] for row in rows if row[place] and row[place][0] in SYMBOLS.values()
    )
    assert signs == {SYMBOLS[status]: n for status, n in numbers.items() if n}
    # page 07
    (path,) = (ROOT / "notebooks").glob("07_*.ipynb")
    given = {"DATA": str(seen.folder), "AS_OF": AT, "SCENARIO": "co_so"}
    notebook = run_notebook(path, given)
    shown = "\n".join(
        str(one.get("data", {}).get("text/markdown", one.get("data", {}).get("text/plain", "")))
        for cell in notebook.cells if cell.cell_type == "code" for one in cell.outputs
    )  # fmt: skip
    good = numbers["achieved"] + numbers["on_track"]
    assert f"{good}/{len(board.lines)} con số đạt hoặc đúng tiến độ" in shown
    assert f"{numbers['not_assessed']} chưa đánh giá được" in shown
    for status in PROGRESS:
        line = next(one for one in shown.split("\n") if one.startswith(status))
        counted = [int(x) for x in re.findall(r"\d+", line)]
        assert counted[:2] == [items[status], numbers[status]], status
