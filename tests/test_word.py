"""Word from templates: their tags, form and language, the numbers of the board, pages truly converted."""

import re
import shutil
import subprocess
import unicodedata
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import docx
import numpy as np
import pytest
from conftest import COMMUNE, FILES, program, serif_with_vietnamese_letters
from test_places import CASES

from laikhe_analysis.checks import RefusalError, Text
from laikhe_analysis.data import load
from laikhe_analysis.findings import income, product, revenue
from laikhe_analysis.findings.questions import questions
from laikhe_analysis.language.wordings import tell
from laikhe_analysis.office.word import DOCUMENTS, write_document, write_documents
from laikhe_analysis.office.word import document as document_module
from laikhe_analysis.office.word import templates as templates_module
from laikhe_analysis.office.word.material import gather, plain
from laikhe_analysis.office.word.names import NAMES
from laikhe_analysis.office.word.next_year import proposals
from laikhe_analysis.office.word.templates import template_path
from laikhe_analysis.records import Plan
from laikhe_analysis.vietnamese import format_number

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
SLOTS = ("ascii", "hAnsi", "eastAsia", "cs")
FONT = "Times New Roman"
TWIPS = 1440 / 25.4
STRUCTURE = ("Rule", "SectionEnd")  # a line, and the end of a section behind a table
STATE, PARTY, LETTER, OWED, PAGE = DOCUMENTS
ASSETS = Path(templates_module.__file__).parent.parent / "assets/word"


class Document:
    """A Word file taken apart."""

    def __init__(self, path):
        with zipfile.ZipFile(path) as file:
            self.parts = {name: file.read(name) for name in file.namelist()}
        self.body = ElementTree.fromstring(self.parts["word/document.xml"])
        self.styles = ElementTree.fromstring(self.parts["word/styles.xml"])
        headers = [name for name in self.parts if name.startswith("word/header")]
        self.headers = [ElementTree.fromstring(self.parts[name]) for name in sorted(headers)]

    def texts(self, *wanted):
        """Return the texts of all paragraphs, or of those of some styles."""
        return [text_of(p) for p in self.body.iter(f"{W}p") if not wanted or style_of(p) in wanted]

    @property
    def sections(self):
        return list(self.body.iter(f"{W}sectPr"))


def text_of(element):
    return "".join(t.text or "" for t in element.iter(f"{W}t"))


def style_of(paragraph):
    return paragraph.find(f"{W}pPr/{W}pStyle").get(f"{W}val")


def value(element, path, attribute="val"):
    found = element.find("/".join(W + part for part in path.split("/")))
    return None if found is None else found.get(W + attribute)


@pytest.fixture(scope="module")
def mau(tmp_path_factory):
    """Return the data of the made-up commune."""
    place = tmp_path_factory.mktemp("mau")
    (place / "commune.toml").write_text(COMMUNE, encoding="utf-8")
    for name, content in FILES.items():
        (place / name).write_text(content, encoding="utf-8")
    return load(place)


@pytest.fixture(scope="module")
def full(filled):
    """Return the frozen data with made-up figures of 2025 and nine months of 2026 laid over."""
    return filled


@pytest.fixture(scope="module")
def out(tmp_path_factory, own_data, mau, full):
    """Return a folder with every document that the tests look at."""
    folder = tmp_path_factory.mktemp("word")
    for place, data, more in (
        ("own", own_data, {}), ("mau", mau, {}), ("full", full.seen_from("2026-9M"), {"as_of": "2026-9M"}),
        ("year", full.seen_from("2026"), {"as_of": 2026}),
        ("ward", load(CASES / "communes/dongson", today="2026-11-27"), {}),
        ("bare", replace(mau, plan=Plan(replace(mau.commune, city="", name_en=""), ()), observed=()), {}),
    ):  # fmt: skip
        (folder / place).mkdir()
        names = write_documents(data, folder / place, **more)
        assert (LETTER in names) == (place in ("own", "full", "year")), (
            "only where there is a question"
        )
    return folder


@pytest.fixture(scope="module")
def documents(out):
    return {
        f"{path.parent.name}/{path.name}": Document(path) for path in sorted(out.glob("*/*.docx"))
    }


NAMES_OF_DOCUMENTS = [
    f"{place}/{name}" for place in ("own", "mau", "full", "year", "ward", "bare") for name in DOCUMENTS
    if name != LETTER or place in ("own", "full", "year")
]  # fmt: skip
each = pytest.mark.parametrize("name", NAMES_OF_DOCUMENTS)
each_template = pytest.mark.parametrize("name", DOCUMENTS)


# the templates


@each_template
def test_the_tags_of_a_template_are_whole_and_known(name):
    path = ASSETS / name
    templates_module._check(path, templates_module._opened(path))
    tags = " ".join(re.findall(r"{[{%].*?[%}]}", " ".join(Document(path).texts())))
    opened, closed = (
        len(re.findall(rf"{{%(?:p|tr)? ({word})\b", tags)) for word in ("for|if", "endfor|endif")
    )
    assert opened == closed > 0


def keys_of(values):
    """Return the names within values, those of lists and mappings too."""
    if isinstance(values, dict):
        return set(values) | {key for one in values.values() for key in keys_of(one)}
    return {key for one in values for key in keys_of(one)} if isinstance(values, list) else set()


def test_every_name_that_a_template_may_use_is_there_and_explained(full):
    texts = [text for name in DOCUMENTS for text in Document(ASSETS / name).texts()]
    used = {name for text in texts for name in templates_module._names(text)}
    assert used <= set(NAMES)
    found = keys_of(
        document_module._values(full, PARTY, gather(full, "co_so", as_of="2026-9M", internal=True))
    )
    assert set(NAMES) == found | {"tieu_de", "hinh", "anh", "d", "n"}
    assert all(NAMES.values())
    assert all(re.fullmatch(r"[A-Za-z_]+", name) for name in NAMES)


def changed(folder, old, new, name=PAGE):
    """Put an office's own template into a folder, one text of it changed."""
    own = folder / "templates" / name
    own.parent.mkdir(exist_ok=True)
    document = docx.Document(ASSETS / name)
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace(old, new)
    document.save(own)
    return own


def test_an_office_changes_a_template_in_its_own_folder(mau, tmp_path):
    data = replace(mau, folder=tmp_path)
    assert template_path(PAGE, tmp_path) == ASSETS / PAGE
    own = changed(tmp_path, "TÓM TẮT", "BÁO CÁO NHANH")
    assert template_path(PAGE, tmp_path) == own
    said = Document(write_document(data, tmp_path / "x.docx", name=PAGE)).texts()
    assert said[0] == "BÁO CÁO NHANH"
    assert "xã Mẫu Sơn" in said[1]


def test_tags_split_into_runs_and_smart_quotes_are_read_all_the_same(mau, tmp_path):
    own = changed(tmp_path, "TÓM TẮT", "")
    document = docx.Document(own)
    for part in ("{", "{ don", "_vi }", "} {% if loai == \u201cxã\u201d %}vâng{% endif %}"):
        document.paragraphs[0].add_run(part)
    document.save(own)
    data = replace(mau, folder=tmp_path)
    assert (
        Document(write_document(data, tmp_path / "x.docx", name=PAGE)).texts()[0]
        == "xã Mẫu Sơn vâng"
    )


@pytest.mark.parametrize(
    ("new", "match"),
    [
        ("{{ tieu_de }", r"mẫu tom_tat.docx: đoạn 1 \(«{{ tieu_de }»\): thiếu hoặc thừa dấu ngoặc"),
        ("{ tieu_de }}", "đoạn 1 .*: thiếu hoặc thừa dấu ngoặc"),
        ("{{ tieude }}", r"đoạn 1 \(«{{ tieude }}»\): không có tên tieude"),
        ("{{ tong.dat_duoc }}", "không có tên dat_duoc"),
        ("{{ tong.ten }}", "tom_tat.docx: .*no attribute 'ten'"),
        ("{% if nam %}", "tom_tat.docx: "),
        ("{{ nam + }}", "tom_tat.docx: "),
    ],
    ids=["lost end", "lost begin", "wrong name", "wrong part", "name elsewhere", "no endif", "no value"],
)  # fmt: skip
def test_a_broken_template_is_refused_with_its_paragraph(mau, tmp_path, new, match):
    changed(tmp_path, "TÓM TẮT", new)
    with pytest.raises(RefusalError, match=match):
        write_document(replace(mau, folder=tmp_path), tmp_path / "x.docx", name=PAGE)
    assert not (tmp_path / "x.docx").exists()


def test_a_template_that_is_no_word_file_is_refused(mau, tmp_path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / PAGE).write_bytes(b"PK no zip")
    with pytest.raises(RefusalError, match=r"mẫu tom_tat\.docx không phải tệp Word"):
        write_document(replace(mau, folder=tmp_path), tmp_path / "x.docx", name=PAGE)


def test_templates_are_copied_with_the_names_that_they_may_use(tmp_path):
    templates_module.copy_templates(tmp_path)
    place = tmp_path / "templates" / "goc"
    for name in DOCUMENTS:
        assert (place / name).read_bytes() == (ASSETS / name).read_bytes()
        assert template_path(name, tmp_path) == ASSETS / name, "a copy is not in force yet"
    guide = (place / "README.md").read_text(encoding="utf-8")
    assert all(f"- `{name}`: {meaning}" in guide for name, meaning in NAMES.items())


MARKUP = "<w:p>&amp; {{ x }} {% if %} ]]> \"'\x0b\nxa\u0303"


@each_template
def test_markup_in_any_field_stays_text(full, tmp_path, name):
    data = full.seen_from("2026-9M")
    odd = tuple(replace(t, name=Text(MARKUP, ""), owner=MARKUP) for t in data.plan.targets)
    tasks = tuple(replace(t, name=Text(MARKUP, "")) for t in data.plan.tasks)
    commune = replace(data.commune, name=f"xã {MARKUP}", city=MARKUP)
    broken = replace(data, plan=replace(data.plan, targets=odd, tasks=tasks, commune=commune))
    said = Document(write_document(broken, tmp_path / "x.docx", name=name, as_of="2026-9M")).texts()
    wanted = "<w:p>&amp; {{ x }} {% if %} ]]> \"' xã"
    assert any(wanted in text for text in said)


# the form, from the XML


@each
def test_times_new_roman_in_all_four_slots_of_every_run_and_style(documents, name):
    document = documents[name]
    holders = [run for run in document.body.iter(f"{W}r") if run.find(f"{W}t") is not None]
    holders += document.styles.iter(f"{W}style")
    holders += [run for header in document.headers for run in header.iter(f"{W}r")]
    holders.append(document.styles.find(f"{W}docDefaults/{W}rPrDefault"))
    for holder in holders:
        fonts = holder.find(f"{W}rPr/{W}rFonts")
        if fonts is None:  # what stands behind a picture
            assert not text_of(holder)
            continue
        assert {slot: fonts.get(W + slot) for slot in SLOTS} == dict.fromkeys(SLOTS, FONT)
        assert not any("heme" in key for key in fonts.attrib)
        assert value(holder, "rPr/lang") in ("vi-VN", None)


@each
def test_sizes_come_from_styles_and_text_is_black(documents, name):
    for run in documents[name].body.iter(f"{W}r"):
        assert run.find(f"{W}rPr/{W}sz") is None
        assert run.find(f"{W}rPr/{W}color") is None


@each_template
def test_text_is_13_or_14_points_in_a_document_that_is_signed(name):
    document = Document(ASSETS / name)
    used = {style_of(p) for p in document.body.iter(f"{W}p")}
    sizes = {s.get(f"{W}styleId"): value(s, "rPr/sz") for s in document.styles}
    small = {key for key in used if sizes[key] not in ("26", "28")}
    table = {"SmallHead", "SmallText", "SmallNumber"}
    form = {*STRUCTURE, *table, "NationName", "Title", "Recipients", "RecipientLine", "DocSubject"}
    if name != PAGE:
        assert small <= form


@each
def test_paper_and_margins(documents, name):
    for section in documents[name].sections:
        across = value(section, "pgSz", "orient") == "landscape"
        wide, high = (297, 210) if across else (210, 297)
        assert int(value(section, "pgSz", "w")) == pytest.approx(wide * TWIPS, abs=1)
        assert int(value(section, "pgSz", "h")) == pytest.approx(high * TWIPS, abs=1)
        mm = {
            side: int(value(section, "pgMar", side)) / TWIPS
            for side in ("top", "bottom", "left", "right", "header")
        }
        for side, low, most in (("top", 20, 25), ("bottom", 20, 25), ("left", 30, 35),
                                ("right", 15, 20)):  # fmt: skip
            assert low - 0.02 <= mm[side] <= most
        assert mm["header"] + 14 * 25.4 / 72 < mm["top"], "the page number fits above the text"
    lying = [value(s, "pgSz", "orient") for s in documents[name].sections]
    assert lying == [None, *["landscape"] * ("bao_cao" in name)]


@each
def test_page_number_in_the_middle_of_the_top_margin_but_not_on_page_1(documents, name):
    document = documents[name]
    first, *rest = document.sections
    kinds = [reference.get(f"{W}type") for reference in first.findall(f"{W}headerReference")]
    assert sorted(kinds) == ["default", "first"]
    assert first.find(f"{W}titlePg") is not None
    anew = [section.find(f"{W}titlePg") is not None for section in rest]
    assert anew == [PARTY not in name] * len(rest), "annex of the State's form"
    fields = [[t.text.strip() for t in h.iter(f"{W}instrText")] for h in document.headers]
    assert sorted(fields) == [[], ["PAGE"]]
    header = next(s for s in document.styles if s.get(f"{W}styleId") == "Header")
    assert (value(header, "pPr/jc"), value(header, "rPr/sz")) == ("center", "28")


@each
def test_tables_fit_and_repeat_their_headings(documents, name):
    tables = documents[name].body.iter(f"{W}tbl")
    for table in (t for t in tables if value(t, "tblPr/tblStyle") == "TableGrid"):
        assert value(table, "tblPr/tblLayout", "type") == "fixed"
        widths = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
        assert sum(widths) <= (297 - 45) * TWIPS + 15
        head, *rows = table.findall(f"{W}tr")
        assert head.find(f"{W}trPr/{W}tblHeader") is not None
        for row in (head, *rows):
            assert row.find(f"{W}trPr/{W}cantSplit") is not None
            cells = [int(value(cell, "tcPr/tcW", "w")) for cell in row.findall(f"{W}tc")]
            assert cells in (widths, [sum(widths)])


@each
def test_the_picture_is_told_in_words(documents, name):
    document = documents[name]
    alts = [picture.get("descr") for picture in document.body.iter(PICTURE)]
    media = [part for part in document.parts if part.startswith("word/media/")]
    assert len(alts) == len(media) == len(document.texts("FigureCaption"))
    assert len(alts) == ("bao_cao" in name and not name.startswith("ward"))
    for alt, caption in zip(alts, document.texts("FigureCaption"), strict=True):
        assert alt.startswith(caption)
        assert re.search(r"Năm \d{4}: .*\d", alt), "with its main numbers"


@each
def test_no_empty_paragraph_makes_space_and_every_tag_is_filled(documents, name):
    document = documents[name]
    inside = {id(p) for cell in document.body.iter(f"{W}tc") for p in cell.iter(f"{W}p")}
    for paragraph in document.body.iter(f"{W}p"):
        if id(paragraph) not in inside and not text_of(paragraph).strip():
            assert style_of(paragraph) in STRUCTURE or paragraph.find(f".//{W}drawing") is not None
    for text in document.texts():
        assert "  " not in text
        assert not re.search(r"[{}]|\bnan\b|None|\.\.$", text.replace(DOTS_OF_DATE, "")), text
    for part in ("word/document.xml", "word/styles.xml", "docProps/core.xml"):
        assert unicodedata.is_normalized("NFC", document.parts[part].decode("utf-8"))
    defined = {style.get(f"{W}styleId") for style in document.styles.iter(f"{W}style")}
    assert {style_of(p) for p in document.body.iter(f"{W}p")} <= defined


DOTS_OF_DATE = "ngày ..... tháng ..... năm ......."


def test_the_state_form_begins_and_ends_as_the_decree_says(documents):
    texts = documents[f"full/{STATE}"].texts()
    assert texts[0] == "ỦY BAN NHÂN DÂN"
    assert {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"} <= set(texts[:6])
    assert "Số: ………/BC-UBND" in texts
    assert texts[texts.index("BÁO CÁO") + 1] == (
        "Kết quả phát triển kinh tế - xã hội 9 tháng năm 2026; nhiệm vụ, giải pháp 3 tháng cuối năm 2026"
    )
    assert {"Nơi nhận:", "- Như trên;", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"} <= set(texts)
    assert any(text.startswith("Kính gửi: ……") for text in texts)


def test_the_party_form_has_its_own_heading(documents, own_data):
    texts = documents[f"own/{PARTY}"].texts()
    commune = own_data.commune
    assert texts[:4] == [
        f"ĐẢNG BỘ {commune.city.upper()}", f"ĐẢNG ỦY {commune.name.upper()}", "*",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
    ]  # fmt: skip
    assert {"Số ………-BC/ĐU", "-----", "T/M ĐẢNG ỦY", "BÍ THƯ"} <= set(texts)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" not in texts


def test_the_letter_says_what_it_is_about_and_whom_it_asks(documents, own_data):
    texts = documents[f"own/{LETTER}"].texts()
    assert "V/v tỷ lệ điều tiết, nguồn vốn đầu tư giai đoạn 2026-2030" in texts
    assert f"- Ủy ban nhân dân {own_data.commune.city};" in texts
    material = gather(own_data, "co_so", as_of=None, internal=False)
    assert material.study is not None
    for i, found in enumerate(questions(material.study), 1):
        told = plain(tell(found.key, **found.numbers).pick("vi"))
        assert f"{i}. {told}" in texts


# what is said


def test_reports_are_written_as_such_reports_are(documents):
    headings = documents[f"full/{STATE}"].texts("Heading1")
    assert headings == [
        "I. KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU", "II. ĐÁNH GIÁ CHUNG",
        "III. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN", "IV. NHIỆM VỤ, GIẢI PHÁP 3 THÁNG CUỐI NĂM 2026",
        "V. ĐỀ XUẤT, KIẾN NGHỊ",
    ]  # fmt: skip


STRUCK_OUT = (
    r"trang 0\d", r"\b[a-z]+_[a-z_]+\b", r"\btừ 1?\d\d%", "sơ bộ", "8 phần 10", "thành phố trả lại",
    "sổ tính", "cách 1 năm", r"\blaikhe\b", r"\.csv", "kiểm tra văn bản", r"\d,0+(?=%| )",
)  # fmt: skip


@pytest.mark.parametrize("name", [f"{place}/{name}" for place in ("full", "year", "ward", "bare")
                                  for name in (STATE, PARTY, PAGE)])  # fmt: skip
def test_nothing_stands_in_it_that_a_head_of_office_would_strike_out(documents, name):
    for text in documents[name].texts("BodyLeft", "Heading1", "Heading2", "SmallText", "TableText"):
        for odd in STRUCK_OUT:
            assert not re.search(odd, text), text


def test_results_are_those_of_the_board(documents):
    said = "\n".join(documents[f"full/{STATE}"].texts())
    for told in (
        "49,3 tỷ đồng, bằng 80,2% dự toán thành phố giao, 78,3% dự toán HĐND xã quyết nghị, tăng 7,4% so "
        "với cùng kỳ; ước cả năm 62,8 tỷ đồng",
        "Mục tiêu hằng năm: đạt 110% dự toán giao trở lên.",
        "84 triệu đồng/người/năm, tăng 7% theo giá hiện hành (ước thực hiện)",
        "Tốc độ tăng dịch vụ: giá trị sản phẩm dịch vụ 596 tỷ đồng (ước thực hiện), chưa tính được tốc độ "
        "tăng.",
        "Trẻ 5 tuổi học mẫu giáo: 100% (năm 2025); đã đạt.",
        "99,1%, tăng 0,7 điểm % so với cùng kỳ; đạt, cần duy trì.",
        "15 chỉ tiêu đủ căn cứ đánh giá: 7 đã đạt; 3 đúng tiến độ; 1 chậm tiến độ, cần đẩy nhanh; "
        "4 có nguy cơ không đạt. 25 chỉ tiêu chưa đủ căn cứ",
        "từ nay cần giảm 20 hộ/năm, đến nay giảm 8 hộ/năm",
        "- Phát triển giáo dục: tập trung hoàn thành chỉ tiêu trường đạt chuẩn quốc gia mức độ 2.",
    ):
        assert told in said, told
    assert "?" not in said.split("V. ĐỀ XUẤT")[0], "questions stand where they are asked"


def test_what_is_assumed_is_no_result(documents):
    said = "\n".join(documents[f"own/{STATE}"].texts())
    results = said.split("I. KẾT QUẢ")[1].split("II. ĐÁNH GIÁ")[0]
    assert "số giả định" not in results
    assert "giá trị sản phẩm mỗi ha đất trồng trọt" in results.split("Chưa có số liệu")[1]


def test_what_is_ahead_is_said_in_the_words_of_the_findings(documents, full):
    m = gather(full.seen_from("2026-9M"), "co_so", as_of="2026-9M", internal=False)
    said = documents[f"full/{STATE}"].texts("BodyText")
    for subject in (revenue, product, income):
        found = subject.under_scenario(m.data, m.chosen)
        assert (
            f"{plain(tell(found.key, **found.numbers).pick('vi'))} (Căn cứ: số giả định.)" in said
        )


def test_the_december_set_has_the_estimate_and_next_year_as_a_proposal(documents, full):
    document = documents[f"year/{STATE}"]
    said = document.texts()
    assert "3. Các chỉ tiêu chủ yếu năm 2027 (đề xuất)" in said
    assert any("62,8 tỷ đồng (ước thực hiện), bằng 102,1% dự toán" in text for text in said)
    assert any("Hộ nghèo: 79 hộ (9 tháng năm 2026)" in text for text in said)
    m = gather(full.seen_from("2026"), "co_so", as_of=2026, internal=False)
    found = {name: one.words for name, one in proposals(m).items()}
    assert found["2.2.9-poor-households"] == "không quá 52 hộ"  # 87 x 3/5 = 52.2
    assert found["2.2.7-schools"] == "6 trường trở lên"  # 5 + 2 x 2/5 = 5.8
    assert found["3.23-vneid"] == "trên 78,2%"  # the way is at 77.5, nine months at 78.2
    assert found["2.2.1-revenue"] == "đạt 110% dự toán giao trở lên"
    assert found["2.2.3-crop-value"] == "198,9 triệu đồng/ha trở lên"  # 186 x (220 / 186)^(2/5)
    assert "Các chỉ tiêu chủ yếu năm 2027" not in "\n".join(documents[f"full/{STATE}"].texts())


def annex(document):
    """Return the rows of the annex by name, their cells under the headings."""
    rows = [
        [text_of(cell) for cell in row.findall(f"{W}tc")] for row in document.body.iter(f"{W}tr")
    ]
    head = next(row for row in rows if row[0] == "TT" and len(row) == 14)
    return head, {row[1]: dict(zip(head, row, strict=True)) for row in rows if len(row) == 14}


def test_the_annex_has_the_official_columns_in_millions(documents):
    head, rows = annex(documents[f"full/{STATE}"])
    assert head == [
        "TT", "Chỉ tiêu", "ĐVT", "Thực hiện năm 2025", "Kế hoạch năm 2026",
        "Ước thực hiện 9 tháng năm 2026", "% so kế hoạch",
        "Tăng so cùng kỳ (%, điểm %)", "Kế hoạch năm 2027",
        "Mục tiêu 2030", "Cơ quan theo dõi", "Nguyên nhân", "Giải pháp", "Ghi chú",
    ]  # fmt: skip
    fees = list(rows["Thu ngân sách nhà nước trên địa bàn"].values())
    assert fees[2:8] == ["triệu đồng", "58.750", "61.500", "49.300", "80,2", "7,4"]
    assert list(rows["Dự toán thành phố giao"].values())[3:8] == ["", "61.500", "", "", ""]
    assert rows["Thu nhập bình quân đầu người (giá hiện hành)"]["Ghi chú"] == "ước thực hiện"
    assert rows["Tổng vốn đầu tư thực hiện trên địa bàn cả giai đoạn (riêng kỳ này, không cộng dồn các "
                "năm trước)"]["Mục tiêu 2030"] == "504.276"  # fmt: skip
    _, rows = annex(documents[f"year/{STATE}"])
    assert rows["Hộ nghèo"]["Kế hoạch năm 2027"] == "52"


def test_figures_owed_stand_by_office_with_their_day(documents):
    document = documents[f"full/{OWED}"]
    assert "2. Trạm Y tế xã: 2 số liệu, đều quá hạn" in document.texts("Heading2")
    rows = [
        [text_of(cell) for cell in row.findall(f"{W}tc")] for row in document.body.iter(f"{W}tr")
    ]
    assert ["1", "Trẻ dưới 5 tuổi nhẹ cân", "9 tháng năm 2026", "31/10/2026", "quá hạn"] in rows


def test_one_page_has_the_main_targets_and_what_is_to_be_decided(documents):
    said = documents[f"full/{PAGE}"].texts()
    assert (
        "- Gửi công văn đề nghị thành phố trả lời 6 câu hỏi về tổng vốn đầu tư 504,276 tỷ đồng."
        in said
    )
    assert "- Thống nhất 3 điểm chưa khớp giữa các chỉ tiêu của kế hoạch." in said


# what must not happen


def test_the_partys_targets_are_named_and_their_results_stay_inside(
    full, documents, own_data, tmp_path
):
    inside = [t for t in own_data.plan.targets if t.access == "internal"]
    state, party = ("\n".join(documents[f"full/{name}"].texts()) for name in (STATE, PARTY))
    typed = replace(own_data.observed[0], series_id="2.1.1-new-members", year=2026, period="FY", value=47.0,
                    unit="people/year", status="final", origin="official")  # fmt: skip
    data = replace(full.seen_from("2026"), observed=(*full.seen_from("2026").observed, typed))
    for internal in (False, True):
        names = write_documents(data, tmp_path, as_of=2026, internal=internal)
        for name in names:
            said = "\n".join(Document(tmp_path / name).texts())
            assert ("47 người" in said) == (internal and name == PARTY), name
            assert ("LƯU HÀNH NỘI BỘ" in said) == (internal and name == PARTY)
    for target in inside:
        assert target.name.vi not in state
        assert target.name.vi in party
    assert "Đảng viên mới kết nạp: …………………………. Mục tiêu hằng năm: 45 người/năm trở lên." in party


def test_another_commune_gets_its_own_words(documents, own_data):
    mine = own_data.commune
    for name in NAMES_OF_DOCUMENTS:
        if name.startswith(("mau", "ward", "bare")):
            said = "\n".join(documents[name].texts())
            for place in (mine.name.split(" ", 1)[1], *mine.yardsticks.values()):
                assert place not in said
    said = "\n".join(documents[f"ward/{STATE}"].texts())
    assert "PHƯỜNG ĐÔNG SƠN" in said
    assert "Dự toán tỉnh giao" in said
    assert not re.search(r"thành phố giao|HĐND xã|\bxã được hưởng", said)
    assert "theo kịch bản" not in said, "a sketch is no result"
    assert "1. Đối với tỉnh" in said
    bare = documents[f"bare/{PARTY}"].texts()
    assert "ĐẢNG BỘ …………………………" in bare


@pytest.mark.parametrize(
    ("as_of", "first", "needed"),
    [
        ("2026H1", 2026, "168,092"),  # 840.460 over five years
        ("2026-9M", 2027, "210,115"),  # over four
        (2027, 2028, "280,153"),  # over three
        ("2030-9M", 2030, "840,460"),  # the last year stays open
    ],
    ids=["half-year", "nine-months", "later", "last"],
)
def test_what_is_left_depends_on_the_date(own_data, as_of, first, needed):
    material = gather(own_data, "co_so", as_of=as_of, internal=False)
    assert material.study.left[0] == first
    assert format_number(material.study.needed[0]["per_year"], 3) == needed


@pytest.mark.parametrize(
    ("as_of", "title"),
    [
        ("2026-Q1", "quý I năm 2026; nhiệm vụ, giải pháp 9 tháng cuối năm 2026"),
        ("2026-H1", "6 tháng đầu năm 2026; nhiệm vụ, giải pháp 6 tháng cuối năm 2026"),
        (2026, "năm 2026; nhiệm vụ, giải pháp năm 2027"),
    ],
    ids=["quarter", "half-year", "year"],
)
def test_the_title_says_the_period_and_what_is_ahead(own_data, tmp_path, as_of, title):
    path = write_document(own_data, tmp_path / "x.docx", as_of=as_of)
    assert Document(path).texts("Subject") == [f"Kết quả phát triển kinh tế - xã hội {title}"]


def test_the_same_data_give_the_same_bytes_dated_by_the_newest_figure(mau, tmp_path, out):
    again = write_document(mau, tmp_path / "again.docx")
    assert again.read_bytes() == (out / "mau" / STATE).read_bytes()
    with zipfile.ZipFile(again) as file:
        assert {member.date_time for member in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = file.read("docProps/core.xml").decode("utf-8")
    assert core.count("2022-06-01T00:00:00Z") == 2
    assert "python-docx" not in core
    assert "<dc:language>vi-VN" in core


def test_a_report_that_cannot_be_written_leaves_the_earlier_one(mau, tmp_path, monkeypatch):
    path = write_document(mau, tmp_path / "x.docx", name=PAGE)
    before = path.read_bytes()

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_document(mau, path, name=PAGE)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["x.docx"]


@pytest.mark.parametrize(
    ("given", "match"),
    [
        ({"name": "tom_tat.doc"}, "Did you mean 'tom_tat.docx'"),
        ({"scenario": "muc_teu"}, "muc_tieu"),
        ({"as_of": "soon"}, "`as_of` must be a year or a part of one"),
    ],
    ids=lambda x: next(iter(x)) if isinstance(x, dict) else "",
)
def test_wrong_choices_are_named(mau, tmp_path, given, match):
    with pytest.raises((ValueError, RefusalError), match=match):
        write_document(mau, tmp_path / "x.docx", **given)
    assert not list(tmp_path.iterdir())


# the pages

PAGES = [
    *(f"full/{name}" for name in DOCUMENTS), f"own/{STATE}", f"own/{LETTER}", f"own/{PAGE}",
    f"year/{STATE}", f"year/{PARTY}", f"ward/{STATE}", f"bare/{STATE}", f"bare/{PAGE}",
]  # fmt: skip
each_pdf = pytest.mark.parametrize("name", PAGES)


@pytest.fixture(scope="module")
def pdfs(out, tmp_path_factory):
    """Return the documents as pages, all converted in one go."""
    serif_with_vietnamese_letters()
    office, place = program("soffice", "libreoffice"), tmp_path_factory.mktemp("pdf")
    profile = tmp_path_factory.mktemp("profile").as_uri()
    for name in PAGES:
        shutil.copy(out / name, place / name.replace("/", "-"))
    subprocess.run(
        [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf",
         "--outdir", str(place), *map(str, sorted(place.glob("*.docx")))],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return {name: (place / name.replace("/", "-")).with_suffix(".pdf") for name in PAGES}


def poppler(name, *arguments):
    command = [program(name), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, timeout=60).stdout


def pages_of(pdf, folder):
    """Return every page in grey, 40 dots per inch."""
    poppler("pdftoppm", "-r", 40, "-gray", pdf, folder / pdf.stem)
    images = []
    for path in sorted(folder.glob(f"{pdf.stem}-*.pgm")):
        kind, size, _, pixels = path.read_bytes().split(b"\n", 3)
        assert kind == b"P5"
        wide, high = map(int, size.split())
        images.append(np.frombuffer(pixels, np.uint8).reshape(high, wide))
    return images


@each_pdf
def test_pages_show_every_letter_in_the_font_of_the_text(pdfs, documents, name):
    listed = poppler("pdffonts", pdfs[name]).decode().splitlines()[2:]
    fonts = {line.split()[0].split("+")[-1] for line in listed}
    wanted = serif_with_vietnamese_letters().split("-")[0]
    assert {font.split("-")[0] for font in fonts} == {wanted}, "no letter comes from another font"
    assert all(re.search(r"\byes\s+(yes|no)\s+yes\b", line) for line in listed), "embedded"
    text = poppler("pdftotext", "-raw", pdfs[name], "-").decode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert "\ufffd" not in text
    shown = re.sub(r"\s", "", text)
    for said in documents[name].texts(
        "Heading1", "Heading2", "FigureCaption", "NationName", "Motto"
    ):
        assert re.sub(r"\s", "", said) in shown, said
    written = set("".join(documents[name].texts())) - {" ", "\u00a0"}
    assert written <= set(text), "every letter with its marks comes back"


@each_pdf
def test_the_heading_stands_on_lines_of_its_own(pdfs, documents, name):
    text = poppler("pdftotext", "-layout", "-l", 1, pdfs[name], "-").decode("utf-8")
    for style in ("NationName", "Motto", "DocumentNumber", "PlaceDate", "Title"):
        for said in documents[name].texts(style):
            assert any(said in line for line in text.splitlines()), said


@each_pdf
def test_pages_are_few_and_nothing_stands_in_the_margins_but_the_number(pdfs, tmp_path, name):
    pages = pages_of(pdfs[name], tmp_path)
    upright = [page for page in pages if page.shape[0] > page.shape[1]]
    most = {STATE: 8, PARTY: 8, LETTER: 1, OWED: 5, PAGE: 1}[name.split("/")[1]]
    assert 1 <= len(upright) <= most
    numbered = []
    for page in pages:
        high, wide = page.shape
        assert sorted((high, wide)) == pytest.approx([210 / 25.4 * 40, 297 / 25.4 * 40], abs=1)

        def ink(top, bottom, left, right, page=page):
            """Return whether anything is drawn there. [mm]"""
            box = [round(mm / 25.4 * 40) for mm in (top, bottom, left, right)]
            return bool((page[box[0] : box[1], box[2] : box[3]] < 200).any())

        across, down = wide / 40 * 25.4, high / 40 * 25.4
        middle = 30 + (across - 45) / 2
        assert ink(20, down - 20, 30, across - 15), "no page is empty"
        assert not ink(0, down, 0, 29), "left"
        assert not ink(0, down, across - 14, across), "right"
        assert not ink(down - 19.5, down, 0, across), "bottom"
        assert not ink(0, 19.5, 0, middle - 6), "top, left of the number"
        assert not ink(0, 19.5, middle + 6, across), "top, right of the number"
        assert not ink(0, 9, 0, across)
        numbered.append(ink(9, 19.5, middle - 6, middle + 6))
    assert not numbered[0]
    assert all(numbered[1 : len(upright)])
    if len(pages) > len(upright):
        assert numbered[len(upright)] == (PARTY in name), "the State's annex is numbered anew"
