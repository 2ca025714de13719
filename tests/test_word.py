"""The Word report: form from the XML, numbers from the library, pages from a true conversion."""

import re
import subprocess
import unicodedata
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from conftest import COMMUNE, FILES, program, serif_with_vietnamese_letters

from laikhe_analysis.data import load
from laikhe_analysis.findings.investment import programme
from laikhe_analysis.findings.questions import questions
from laikhe_analysis.office.summary import headlines, mean_rate_of, project_all
from laikhe_analysis.office.summary.headline import headline_of
from laikhe_analysis.office.word import (
    DOCUMENTS,
    appendices,
    closing,
    styles,
    write_document,
    write_documents,
)
from laikhe_analysis.office.word.heading import LEGAL_BASES
from laikhe_analysis.office.word.material import gather, plain
from laikhe_analysis.records import Plan
from laikhe_analysis.scenarios import compare
from laikhe_analysis.vietnamese import format_number

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
SLOTS = ("ascii", "hAnsi", "eastAsia", "cs")
TWIPS = 1440 / 25.4
PROSE = ("BodyText", "Lead", "ListNumber")
STRUCTURE = ("Rule", "SectionEnd")  # a line, and the end of a section behind a table


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


def without(text, clauses):
    """Return a text without the numbers of clauses, such as 2.2(6)."""
    longest = "|".join(re.escape(one) for one in sorted(clauses, key=len, reverse=True))
    return re.sub(rf"(?<![\d.,])(?:{longest})(?![\d(%])", "", text)


def english(text, clauses):
    """Return a Vietnamese text in English notation, without the numbers of clauses."""
    return without(text, clauses).translate(str.maketrans(",.", ".,"))


def numbers(text):
    """Return the numbers of a text in English notation."""
    found = re.findall(r"(?<![0-9.,])[0-9][0-9,]*(?:\.[0-9]+)?", text)
    return {float(number.replace(",", "")) for number in found}


def clauses(data):
    return {t.clause for t in data.plan.targets} | {t.clause for t in data.plan.tasks}


@pytest.fixture(scope="module")
def mau(tmp_path_factory):
    """Return the data of the made-up commune."""
    place = tmp_path_factory.mktemp("mau")
    (place / "commune.toml").write_text(COMMUNE, encoding="utf-8")
    for name, content in FILES.items():
        (place / name).write_text(content, encoding="utf-8")
    return load(place)


@pytest.fixture(scope="module")
def out(tmp_path_factory, own_data, mau):
    """Return a folder with every document that the tests look at."""
    folder = tmp_path_factory.mktemp("word")
    assert write_documents(own_data, folder) == list(DOCUMENTS)
    write_document(mau, folder / "mau.docx", scenario="muc_tieu")
    bare = replace(mau, plan=Plan(replace(mau.commune, city="", name_en=""), ()), observed=())
    write_document(bare, folder / "bare.docx", template="party")
    return folder


@pytest.fixture(scope="module")
def documents(out):
    return {path.stem: Document(path) for path in out.glob("*.docx")}


NAMES = ("bao_cao_uy_ban", "bao_cao_dang_uy", "mau", "bare")
each = pytest.mark.parametrize("name", NAMES)


# the form, from the XML


@each
def test_times_new_roman_in_all_four_slots_of_every_run_and_style(documents, name):
    document = documents[name]
    holders = [*document.body.iter(f"{W}r"), *document.styles.iter(f"{W}style")]
    holders += [run for header in document.headers for run in header.iter(f"{W}r")]
    holders.append(document.styles.find(f"{W}docDefaults/{W}rPrDefault"))
    assert len(holders) > 200
    for holder in holders:
        fonts = holder.find(f"{W}rPr/{W}rFonts")
        assert {slot: fonts.get(W + slot) for slot in SLOTS} == dict.fromkeys(SLOTS, styles.FONT)
        assert not any("heme" in key for key in fonts.attrib)


@each
def test_every_run_says_its_language(documents, name):
    document = documents[name]
    assert {value(run, "rPr/lang") for run in document.body.iter(f"{W}r")} == {"vi-VN"}
    assert {value(style, "rPr/lang") for style in document.styles.iter(f"{W}style")} == {"vi-VN"}


@each
def test_text_is_13_or_14_points_but_where_the_form_says_otherwise(documents, name):
    sizes = {s.get(f"{W}styleId"): value(s, "rPr/sz") for s in documents[name].styles}
    other = {key for key, half in sizes.items() if half not in (None, "26", "28")}
    assert other <= {
        *STRUCTURE, "NationName", "Title", "Recipients", "RecipientLine",
    }  # fmt: skip
    for run in documents[name].body.iter(f"{W}r"):
        assert run.find(f"{W}rPr/{W}sz") is None, "sizes come from styles"
        assert run.find(f"{W}rPr/{W}color") is None, "black"


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
    assert [value(s, "pgSz", "orient") for s in documents[name].sections] == [
        None, *["landscape"] * 3,
    ]  # fmt: skip


@each
def test_page_number_in_the_middle_of_the_top_margin_but_not_on_page_1(documents, name):
    document = documents[name]
    first, *rest = document.sections
    kinds = [reference.get(f"{W}type") for reference in first.findall(f"{W}headerReference")]
    assert sorted(kinds) == ["default", "first"]
    assert not any(section.findall(f"{W}headerReference") for section in rest), "inherited"
    assert first.find(f"{W}titlePg") is not None
    assert value(first, "pgNumType", "start") == "1"
    anew = [section.find(f"{W}titlePg") is not None for section in rest]
    assert anew == [name not in ("bao_cao_dang_uy", "bare")] * 3, "appendices of the State's form"
    fields = [[t.text.strip() for t in h.iter(f"{W}instrText")] for h in document.headers]
    assert sorted(fields) == [[], ["PAGE"]]
    header = next(s for s in document.styles if s.get(f"{W}styleId") == "Header")
    assert value(header, "pPr/jc") == "center"
    assert value(header, "rPr/sz") == "28"
    assert all(style_of(p) == "Header" for h in document.headers for p in h.iter(f"{W}p"))


@each
def test_tables_fit_and_repeat_their_headings(documents, name):
    document = documents[name]
    tables = [t for t in document.body.iter(f"{W}tbl") if value(t, "tblPr/tblStyle") == "TableGrid"]
    assert len(tables) >= 5
    for table in tables:
        widths = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
        assert sum(widths) <= (297 - 45) * TWIPS + 5
        rows = table.findall(f"{W}tr")
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [
            True, *[False] * (len(rows) - 1),
        ]  # fmt: skip
        for row in rows:
            assert row.find(f"{W}trPr/{W}cantSplit") is not None
            assert [int(value(cell, "tcPr/tcW", "w")) for cell in row.findall(f"{W}tc")] == widths
    upright = [t for t in tables if not list(t.iter(f"{W}gridCol"))[7:]]
    assert upright
    captions = document.texts("Caption")
    assert [int(re.search(r"\d+", text)[0]) for text in captions] == [
        *range(1, len(captions) + 1)
    ], "numbered through"


@each
def test_every_picture_is_told_in_words(documents, name):
    document = documents[name]
    alts = [picture.get("descr") for picture in document.body.iter(PICTURE)]
    media = [part for part in document.parts if part.startswith("word/media/")]
    assert len(alts) == len(media) == len(document.texts("FigureCaption"))
    assert len(alts) == {"mau": 3, "bare": 2}.get(name, 4)
    for alt, caption in zip(alts, document.texts("FigureCaption"), strict=True):
        assert len(alt) > 30
        assert numbers(alt.replace(".", "").replace(",", ".")), "with its main numbers"
        assert caption.split(". ", 1)[1].split(",")[0] in alt
    for image in media:
        png = document.parts[image]
        wide, high = (int.from_bytes(png[i : i + 4], "big") for i in (16, 20))
        assert wide / 200 * 25.4 < 185, "as wide as the text, drawn at 200 dots per inch"
        assert high < wide


@each
def test_no_empty_paragraph_makes_space(documents, name):
    for paragraph in documents[name].body.iter(f"{W}p"):
        if not text_of(paragraph).strip() and paragraph.find(f".//{W}drawing") is None:
            assert style_of(paragraph) in STRUCTURE
    for text in documents[name].texts():
        assert "  " not in text


@each
def test_text_is_nfc_and_every_style_used_is_defined(documents, name):
    document = documents[name]
    for part in ("word/document.xml", "word/styles.xml", "docProps/core.xml"):
        text = document.parts[part].decode("utf-8")
        assert unicodedata.is_normalized("NFC", text)
    defined = {style.get(f"{W}styleId") for style in document.styles.iter(f"{W}style")}
    assert {style_of(p) for p in document.body.iter(f"{W}p")} <= defined
    assert not [text for text in document.texts() if re.search(r"[{}]|\bnan\b|None", text)]


def test_the_state_form_begins_and_ends_as_the_decree_says(documents, own_data):
    texts = documents["bao_cao_uy_ban"].texts()
    name = own_data.commune.name
    bare = name.split(" ", 1)[1]
    assert texts[:2] == ["ỦY BAN NHÂN DÂN", name.upper()]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in texts[:6]
    assert "Độc lập - Tự do - Hạnh phúc" in texts[:6]
    assert "Số: ………/BC-UBND" in texts
    assert f"{bare}, ngày ..... tháng ..... năm ......." in texts
    assert texts[texts.index("BÁO CÁO") + 1].endswith("2025-2030")
    for wanted in ("Nơi nhận:", "- Như trên;", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"):
        assert wanted in texts
    assert any(text.startswith("Kính gửi: ……") for text in texts)
    assert LEGAL_BASES["state"] in " ".join(texts)


def test_the_party_form_has_its_own_heading(documents, own_data):
    texts = documents["bao_cao_dang_uy"].texts()
    commune = own_data.commune
    assert texts[:4] == [
        f"ĐẢNG BỘ {commune.city.upper()}", f"ĐẢNG ỦY {commune.name.upper()}", "*",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
    ]  # fmt: skip
    for wanted in ("Số ………-BC/ĐU", "-----", "T/M ĐẢNG ỦY", "BÍ THƯ"):
        assert wanted in texts
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" not in texts
    assert LEGAL_BASES["party"] in " ".join(texts)


# the numbers


def test_prose_holds_the_sentences_of_the_leaders_page(documents, own_data):
    said = "\n".join(documents["bao_cao_uy_ban"].texts(*PROSE))
    for line in headlines(own_data, "co_so"):
        if "Đối chiếu" not in line.text.vi:  # part 8 tells what follows "Trước hết" in full
            assert line.text.vi in said
    material = gather(own_data, "co_so", as_of=None, internal=False)
    assert material.study is not None
    for found in (programme(material.study), *questions(material.study)):
        assert headline_of(found).text.vi in said
    for finding in material.board.findings:
        assert finding.text.vi in said
        assert finding.settle.vi in said


def test_every_number_in_the_prose_is_one_of_the_librarys(documents, own_data):
    clause = clauses(own_data)
    material = gather(own_data, "co_so", as_of=None, internal=False)
    study, projections = material.study, project_all(own_data)
    told = [line.text.en for line in material.lines]
    told += [headline_of(found).text.en for found in (programme(study), *questions(study))]
    told += [f"{f.text.en} {f.settle.en}" for f in material.board.findings]
    known = numbers(" ".join(told))
    end = {name: p.value("total_product", 2030) for name, p in projections.items()}
    known |= {round(100 * mean_rate_of(p, "total_product"), 1) for p in projections.values()}
    known |= {round(abs(value - end["co_so"]), 1) for value in end.values()}
    for other in ("muc_tieu", "than_trong"):
        moved = compare(projections["co_so"], projections[other], variables=["total_product"])
        known |= {round(abs(v), 1) for v in moved.drivers_of("total_product", 2030).values()}
    origins = [row.origin for row in own_data.latest()]
    origins += [None, *(one.origin for one in own_data.assumed["co_so"].assumptions)]
    parts = origins[: origins.index(None)], origins[origins.index(None) + 1 :]
    known |= {float(part.count(origin)) for part in parts for origin in part}
    severities = [f.severity for f in material.board.findings]
    known |= {float(severities.count(severity)) for severity in severities}
    known |= {2025, 2026, 2030, 22, 11, len(projections), material.board.count_items()[2]}
    known |= {30, 2020, 36, 2018, 3, 4, 5}  # the decree and the guidance, with their dates
    for name in ("bao_cao_uy_ban", "bao_cao_dang_uy"):
        for text in documents[name].texts(*PROSE):
            said = english(re.sub(r"^[0-9]+\. ", "", text), clause)
            assert numbers(said) <= known, said


def test_tables_hold_the_projections_and_the_needs(documents, own_data):
    document = documents["bao_cao_uy_ban"]
    rows = [
        [text_of(cell) for cell in row.findall(f"{W}tc")] for row in document.body.iter(f"{W}tr")
    ]
    for variable in ("recurrent_revenue", "total_product", "income_per_capita_real"):
        for year in range(2025, 2031):
            values = [p.value(variable, year) for p in project_all(own_data).values()]
            wanted = [str(year), *(format_number(v) for v in values)]
            assert any(row[:4] == wanted for row in rows), (variable, year)
    material = gather(own_data, "co_so", as_of=None, internal=False)
    # methods.md 4.1: 504.276 / 0.60, / 0.15, / 0.80, / 0.20; four years left
    wanted = {"840,460", "3.361,840", "630,345", "2.521,380", "210,115"}
    assert wanted <= {cell for row in rows for cell in row}
    named = {row[2] for row in rows if len(row) == 8}
    assert {line.target.name.vi for line in material.board.lines} <= named
    assert all(row[-1] for row in rows if len(row) == 8), "every target has an owner"


def test_sources_and_assumptions_are_told_with_their_origin(documents, own_data):
    texts = documents["bao_cao_uy_ban"].texts()
    for name in ("plan", "assumption", "dashboard-2026-10", "vietnamvn-haiduong-thu-2024"):
        assert name in texts
        assert own_data.cited[name].title in texts
    for one in own_data.assumed["co_so"].assumptions:
        assert " ".join(one.note.split()) in texts
    assert "15 (tiền đề của kế hoạch)" in texts
    assert "9,3 (số giả định)" in texts


# what must not happen


def test_nothing_internal_leaves_unless_asked_for(documents, own_data, tmp_path):
    inside = [t for t in own_data.plan.targets if t.access == "internal"]
    assert inside
    for name in ("bao_cao_uy_ban", "bao_cao_dang_uy"):
        said = "\n".join(documents[name].texts())
        for target in inside:
            assert target.name.vi not in said
            assert target.name.en not in said
        assert "1.593" not in said
        assert "NỘI BỘ" not in said
    path = write_document(own_data, tmp_path / "x.docx", template="party", internal=True)
    said = Document(path).texts()
    assert "LƯU HÀNH NỘI BỘ" in said
    assert all(target.name.vi in said for target in inside)


def test_another_commune_gets_its_own_report_and_is_told_what_cannot_be_said(documents, own_data):
    for name in ("mau", "bare"):
        said = "\n".join(documents[name].texts())
        mine = own_data.commune
        for place in (mine.name.split(" ", 1)[1], *mine.yardsticks.values()):
            assert place not in said
    said = documents["mau"].texts()
    assert "XÃ MẪU SƠN" in said
    assert any(text.startswith("Kế hoạch không có chỉ tiêu tổng vốn đầu tư") for text in said)
    assert any("2020-2025 của xã Mẫu Sơn" in text for text in said)
    assert "136,5" in said  # 60 x 1.09^5 + 40 x 1.02^5
    said = documents["bare"].texts()
    assert "ĐẢNG BỘ …………………………" in said
    assert any(text.startswith("Chưa tính được thu nhập bình quân") for text in said)
    assert "Chưa có chỉ tiêu nào để theo dõi." in said
    assert any("số liệu của xã (chưa có số nào)" in text for text in said)


def test_names_used_in_files_become_words(own_data):
    from laikhe_analysis.checks import Text

    material = gather(own_data, "co_so", as_of=2026, internal=False)
    said = plain(Text("chưa có giả định cho land_gross trong co_so", ""))
    assert said == "chưa có giả định cho tiền sử dụng đất thu được, trước điều tiết trong cơ sở"
    assert [line.page[:2] for line in material.lines[:3]] == ["01", "07", "01"]
    assert material.found("01")[0].text.startswith("Kế hoạch có 50 con số")


def test_sources_name_the_status_and_no_code(own_data):
    row = next(o for o in own_data.observed if o.series_id == "income_per_capita")
    typed = replace(row, status="preliminary", origin="official", recorded_on="2027-01-01")
    data = replace(own_data, observed=(*own_data.observed, typed))
    material = gather(data, "co_so", as_of=2026, internal=False)
    said = closing.sources_part(material)[1].text
    assert "1 số sơ bộ" in said
    assert "2 số liệu chính thức" in said
    told = appendices.appendices(material)[1].blocks
    cells = [cell for grid in told for row in grid.table.rows for cell in row]
    assert "tự đặt" in cells
    assert "assumption" not in cells


@pytest.mark.parametrize(
    ("as_of", "first", "needed"),
    [
        ("2026H1", 2026, "168,092"),  # 840.460 over five years
        ("2026-9M", 2027, "210,115"),  # over four
        (2027, 2028, "280,153"),  # over three
    ],
    ids=["half-year", "nine-months", "later"],
)
def test_what_is_left_depends_on_the_date(own_data, as_of, first, needed):
    material = gather(own_data, "co_so", as_of=as_of, internal=False)
    assert material.study.left[0] == first
    assert format_number(material.study.needed[0]["per_year"], 3) == needed


def test_the_same_data_give_the_same_bytes_dated_by_the_newest_figure(mau, tmp_path, out):
    again = write_document(mau, tmp_path / "again.docx", scenario="muc_tieu")
    assert again.read_bytes() == (out / "mau.docx").read_bytes()
    with zipfile.ZipFile(again) as file:
        assert {member.date_time for member in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = file.read("docProps/core.xml").decode("utf-8")
    assert core.count("2022-06-01T00:00:00Z") == 2
    assert "python-docx" not in core
    assert "<dc:language>vi-VN" in core


def test_a_report_that_cannot_be_written_leaves_the_earlier_one(mau, tmp_path, monkeypatch):
    path = write_document(mau, tmp_path / "x.docx")
    before = path.read_bytes()

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_document(mau, path)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["x.docx"]


@pytest.mark.parametrize(
    ("given", "match"),
    [
        ({"template": "stat"}, "Did you mean 'state'"),
        ({"scenario": "muc_teu"}, "Did you mean 'muc_tieu'"),
        ({"as_of": "soon"}, "`as_of` must be a year or a part of one"),
    ],
    ids=lambda x: next(iter(x)) if isinstance(x, dict) else "",
)
def test_wrong_choices_are_named(mau, tmp_path, given, match):
    with pytest.raises(ValueError, match=match):
        write_document(mau, tmp_path / "x.docx", **given)
    assert not list(tmp_path.iterdir())


# the pages


@pytest.fixture(scope="module")
def pdfs(out, tmp_path_factory):
    """Return the documents as pages, all converted in one go."""
    serif_with_vietnamese_letters()
    office = program("soffice", "libreoffice")
    profile = tmp_path_factory.mktemp("profile").as_uri()
    paths = sorted(out.glob("*.docx"))
    subprocess.run(
        [office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf",
         "--outdir", str(out), *map(str, paths)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return {path.stem: path.with_suffix(".pdf") for path in paths}


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


@each
def test_pages_show_every_letter_in_the_font_of_the_text(pdfs, documents, name):
    listed = poppler("pdffonts", pdfs[name]).decode().splitlines()[2:]
    fonts = {line.split()[0].split("+")[-1] for line in listed}
    wanted = serif_with_vietnamese_letters().split("-")[0]
    assert {font.split("-")[0] for font in fonts} == {wanted}, "no letter comes from another font"
    assert all(re.search(r"\byes\s+(yes|no)\s+yes\b", line) for line in listed), "embedded"
    text = poppler("pdftotext", "-raw", pdfs[name], "-").decode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert "�" not in text
    shown = re.sub(r"\s", "", text)
    for said in documents[name].texts(
        "Heading1", "Caption", "FigureCaption", "NationName", "Motto"
    ):
        assert re.sub(r"\s", "", said) in shown, said
    written = set("".join(documents[name].texts())) - {" ", "\u00a0"}
    assert written <= set(text), "every letter with its marks comes back"
    assert len(written & set("ăâđêôơưằắặầấậềếệồốộờớợừứựỳỷỹ")) > 15


@each
def test_the_heading_stands_on_lines_of_its_own(pdfs, documents, name):
    text = poppler("pdftotext", "-layout", "-l", 1, pdfs[name], "-").decode("utf-8")
    lines = text.splitlines()
    for style in ("NationName", "Motto", "DocumentNumber", "PlaceDate", "Title"):
        for said in documents[name].texts(style):
            if name != "bare":  # a blank in place of the city makes its heading longer
                assert any(said in line for line in lines), said


@each
def test_nothing_stands_in_the_margins_but_the_page_number(pdfs, tmp_path, name):
    pages = pages_of(pdfs[name], tmp_path)
    assert {"mau": 8, "bare": 6}.get(name, 18) <= len(pages) <= 30
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
        assert not ink(0, down, 0, 29), "left"
        assert not ink(0, down, across - 14, across), "right"
        assert not ink(down - 19.5, down, 0, across), "bottom"
        assert not ink(0, 19.5, 0, middle - 6), "top, left of the number"
        assert not ink(0, 19.5, middle + 6, across), "top, right of the number"
        assert not ink(0, 9, 0, across)
        numbered.append(ink(9, 19.5, middle - 6, middle + 6))
    lying = [page.shape[1] > page.shape[0] for page in pages]
    assert not numbered[0]
    assert all(numbered[1 : lying.index(True)])
    assert numbered[lying.index(True)] == (name in ("bao_cao_dang_uy", "bare"))
