"""How numbers and sentences are written, in one language at a time."""

import ast
import json
import math
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import laikhe_analysis
from laikhe_analysis.checks import NotComputable
from laikhe_analysis.language import N_, Message, _, cells, language, speaking, write
from laikhe_analysis.language.extraction import find_messages, problems, update
from laikhe_analysis.messages import Text, Worded, capitalised, joined
from laikhe_analysis.messages import catalogue as catalogues
from laikhe_analysis.vietnamese import label, words


@pytest.mark.parametrize(
    ("value", "spec", "vi", "en"),
    [
        pytest.param(1234.5, "1", "1.234,5", "1,234.5", id="one decimal"),
        pytest.param(42875, "0", "42.875", "42,875", id="none"),
        pytest.param(0.143, "%", "14,3%", "14.3%", id="per cent as stated"),
        pytest.param(0.0359, "%", "3,59%", "3.59%", id="two digits as stated"),
        pytest.param(0.12, "%", "12%", "12%", id="whole per cent as stated"),
        pytest.param(0.12296, "1%", "12,3%", "12.3%", id="per cent rounded"),
        pytest.param(504.276, "=", "504,276", "504.276", id="as typed"),
        pytest.param(0.02, "+1%", "+2,0%", "+2.0%", id="sign"),
        pytest.param(0.0, "+1", "0,0", "0.0", id="no sign for zero"),
        pytest.param(-0.04, "1", "0,0", "0.0", id="no minus zero"),
        pytest.param(np.float64(2.5), "1", "2,5", "2.5", id="numpy"),
    ],
)
def test_numbers(value, spec, vi, en):
    assert (write(value, spec), write(value, spec, "en")) == (vi, en)


@given(st.decimals(min_value=0, max_value=1000, places=3, allow_nan=False))
def test_what_was_stated_is_written_to_the_digit(stated):
    typed = f"{stated.normalize():f}"
    assert write(float(stated) / 100, "%", "en").replace(",", "") == f"{typed}%"


@pytest.mark.parametrize("spec", ["", "x", "1.2", "%%", "+"])
def test_an_unknown_spec_is_refused(spec):
    with pytest.raises(ValueError, match="`spec` must be like"):
        write(1.0, spec)


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_is_missing_is_said_in_words(value):
    with pytest.raises(ValueError, match="Say in words why"):
        str(_("tăng {x:1}", x=value))


def test_a_number_with_decimals_needs_a_format():
    with pytest.raises(ValueError, match="a number needs a format"):
        str(_("tăng {x}", x=0.5))
    assert str(_("năm {year}, {n} xã", year=np.int64(2030), n=3)) == "năm 2030, 3 xã"


@pytest.fixture
def english(tmp_path, monkeypatch):
    """A catalogue of its own."""
    folder = tmp_path / "locale" / "en"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text(
        'msgid "{n} ghi chú"\nmsgstr "{n} {n:note|notes}"\n\n'
        'msgid "tăng {rate:1%}"\nmsgstr "grows {rate:1%}"\n\n'
        'msgctxt "price"\nmsgid "thực"\nmsgstr "real"\n\n'
        'msgid "thực"\nmsgstr "actual"\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(catalogues, "CATALOGUES", tmp_path / "locale")
    monkeypatch.setattr("laikhe_analysis.language.extraction.CATALOGUES", tmp_path / "locale")
    catalogues._translations.cache_clear()
    yield tmp_path
    catalogues._translations.cache_clear()


def test_a_message_is_put_into_words_when_it_is_shown(english):
    one = _("{what}: {n} ghi chú", what=_("tăng {rate:1%}", rate=0.1), n=1)
    assert str(one) == "tăng 10,0%: 1 ghi chú"
    with speaking("en"):
        assert str(_("{n} ghi chú", n=1)) == "1 note"
        assert str(_("{n} ghi chú", n=21)) == "21 notes"
        assert str(one) == "grows 10.0%: 1 ghi chú"  # what is not translated stays Vietnamese
        assert str(_("thực", context="price")) + str(_("thực")) == "realactual"
    assert language() == "vi"


def test_braces_without_values_are_single():
    assert str(Message("{{a}}")) == "{a}"


def test_the_language_comes_from_the_surroundings(monkeypatch):
    monkeypatch.setenv("LAIKHE_LANG", "en")
    assert language() == "en"
    monkeypatch.setenv("LAIKHE_LANG", "fr")
    with pytest.raises(ValueError, match="one of vi, en, got 'fr'"):
        language()
    with pytest.raises(ValueError, match="got 'de'"), speaking("de"):
        pass


def test_every_message_is_found_and_the_catalogue_kept_in_step(english):
    code = english / "code"
    code.mkdir()
    (code / "a.py").write_text(
        IMPORT + '_("tăng {rate:1%}", rate=1)\nx = {"a": N_("mới")}\nsay(f"no {x}")\n'
    )
    cells = [
        {"cell_type": "markdown", "source": ["# Một\n", "hai"]},
        {
            "cell_type": "code",
            "source": ["import laikhe_analysis.language\n", 'say("ba {x:1}", x=1)'],
        },
    ]
    (code / "b.ipynb").write_text(json.dumps({"cells": cells}))
    (code / "c.jinja").write_text("<p>{{ _('bốn') }}</p>")
    found = [one.template for one in find_messages(code)]
    assert found == ["tăng {rate:1%}", "mới", "# Một\nhai", "ba {x:1}", "bốn"]
    told = problems("en", code)
    assert sum(one.startswith("missing") for one in told) == 4
    assert sum(one.startswith("stale") for one in told) == 3
    assert update("en", code) == 4
    assert [one.split(":")[0] for one in problems("en", code)] == ["missing"] * 4


def test_a_notebook_that_does_not_speak_the_packages_language_has_no_messages(tmp_path):
    cells = [{"cell_type": "markdown", "source": ["# Một"]}]
    (tmp_path / "a.ipynb").write_text(json.dumps({"cells": cells}))
    assert find_messages(tmp_path) == []
    (tmp_path / "b.py").write_text(IMPORT + 'draw(ax, "hình {x:1}", x=1)')
    assert [one.template for one in find_messages(tmp_path)] == ["hình {x:1}"]


def test_a_figure_is_shown_with_its_words(monkeypatch):
    import IPython.display

    from laikhe_analysis.language import cells
    from laikhe_analysis.plots import new_axes

    shown = []
    monkeypatch.setattr(IPython.display, "display", lambda data, **more: shown.append((data, more)))
    cells.draw(new_axes(), "tăng {x:1%}", x=0.12)
    ((data, more),) = shown
    assert data["text/plain"] == more["metadata"]["image/png"]["alt"] == "tăng 12,0%"
    assert data["image/png"].startswith("iVBOR")


def test_other_places_are_told(english):
    (english / "a.py").write_text(IMPORT + '_("tăng {rate:1%}", rate=1)')
    path = english / "locale" / "en" / "messages.po"
    path.write_text('msgid "tăng {rate:1%}"\nmsgstr "grows {speed:1%}"\n', encoding="utf-8")
    assert problems("en", english / "a.py", english) == [
        "other places: 'tăng {rate:1%}' / 'grows {speed:1%}'"
    ]


def test_marked_words_are_themselves():
    assert N_("cơ sở") == "cơ sở"


def test_a_text_of_the_data_stays_vietnamese_without_english():
    both, one = Text("xã Mẫu", "Mẫu commune"), Text("xã Mẫu")
    assert (both.both, one.both) == (("xã Mẫu", "Mẫu commune"), ("xã Mẫu", "xã Mẫu"))
    assert both != one == Text("xã Mẫu", "xã Mẫu")
    assert len({both, one, Text("xã Mẫu")}) == 2
    assert not Text("")
    assert f"{both}" == "xã Mẫu"
    with speaking("en"):
        assert f"{both:>12}" == " Mẫu commune"
    assert both.as_dict() == {"vi": "xã Mẫu", "en": "Mẫu commune"}
    for text in (both, _("năm"), Worded(label, "total")):
        with pytest.raises(ValueError, match="one of vi, en, got 'fr'"):
            text.pick("fr")


def test_texts_go_between_processes_and_into_other_texts(english):
    inner = joined([_("{n} ghi chú", n=2), Worded(write, 1234.5), "x"], _("thực", context="price"))
    assert inner.both == ("2 ghi chúthực1.234,5thựcx", "2 notesreal1,234.5realx")
    assert pickle.loads(pickle.dumps(inner)).both == inner.both
    left_out = _("{x:|}{n:|} {n} {n:chỉ tiêu|mục}", x=Text("bỏ"), n=1)
    assert left_out.vi == " 1 chỉ tiêu"
    assert capitalised(_("tăng {rate:1%}", rate=0.1)).both == ("Tăng 10,0%", "Grows 10.0%")
    assert Worded(write, 2.0) == Worded(write, 2.0) != Worded(write, 3.0)
    assert hash(Worded(write, 2.0)) == hash(Worded(write, 2.0))


def test_no_call_in_the_package_holds_a_sentence_in_both_languages():
    """`Text(vi, en)` is for names that come with the data: its words are no literals of ours."""
    literal = (ast.Constant, ast.JoinedStr, ast.BinOp)
    found = [
        f"{path.name}:{node.lineno}"
        for path in Path(laikhe_analysis.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Text"
        and len(node.args) > 1 and all(isinstance(one, literal) for one in node.args)
    ]  # fmt: skip
    assert found == []


def test_vietnamese_needs_no_catalogue():
    folder = Path(__file__).parent / "data"
    code = (
        "import sys; from laikhe_analysis.cli import app\n"
        f"for what in ('check', 'status'): app([what, '--data', {str(folder)!r}], "
        "standalone_mode=False)\n"
        "assert 'babel' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)


IMPORT = "from laikhe_analysis.language import _\n"
CELL = """
with part():
    a = value()
    b = a + 1
"""


def run_cell(source, names):
    exec(compile(source, "cell", "exec"), names)


def test_a_part_without_its_figure_says_so_and_later_ones_are_left_out(capsys):
    from laikhe_analysis.language.cells import part

    def value():
        raise NotComputable(_("Chưa có thu nhập năm {year}", year=2025))

    names = {"part": part, "value": value}
    run_cell(CELL, names)
    run_cell("with part():\n    c = b * 2", names)
    run_cell("with part():\n    d = c * 2", names)
    assert not {"a", "b", "c", "d"} & set(names)
    with pytest.raises(NameError):
        run_cell("with part():\n    e = misspelt", names)
    with pytest.raises(ZeroDivisionError):
        run_cell("with part():\n    e = 1 / 0", names)
    names["value"] = lambda: 1
    run_cell(CELL, names)
    run_cell("with part():\n    c = b * 2", names)
    assert names["c"] == 4


def test_a_table_keeps_its_numbers_and_shows_them_as_readers_write_them(monkeypatch):
    from laikhe_analysis.language import cells

    shown = []
    monkeypatch.setattr(cells, "_display", lambda markup, plain, taken="": shown.append(markup))
    frame = pd.DataFrame(
        {"growth": [0.1234, np.nan], "value": [1234.5, 2.0], "note": ["<b>", "x"]},
        index=pd.Index([2025, 2026], name="year"),
    )
    cells.show(frame, growth="1%", caption=_("Bảng"))
    (markup,) = shown
    assert "12,3%" in markup
    assert "1.234,5" in markup
    assert "–" in markup
    assert "&lt;b&gt;" in markup
    assert "<b>" not in markup
    assert "Bảng" in markup
    assert frame.growth.iloc[0] == 0.1234
    cells.show(frame, growth="1%", caption=_("Bảng"))
    assert shown[0] == shown[1]
    rates = pd.Series([0.1], index=["sharing_rule"], name="growth")
    cells.show(rates, names={"sharing_rule": words("sharing_rule")})
    assert ">quy định điều tiết tiền sử dụng đất<" in shown[2]


def test_a_parameter_out_of_its_range_is_told_by_name():
    cells.within(WINDOW=(5, 1, 30), BUOYANCY=(None, 0, 5))
    with pytest.raises(ValueError, match=r"WINDOW phải từ 1 đến 30, gặp 0\."):
        cells.within(WINDOW=(0, 1, 30))
    with speaking("en"), pytest.raises(ValueError, match=r"SPREAD must be from 0 to 10, got -1\."):
        cells.within(SPREAD=(-1.0, 0, 10))


@pytest.fixture
def displayed(monkeypatch):
    """What a cell shows, as it hands it over."""
    seen = []
    monkeypatch.setattr("IPython.display.display", lambda what, **given: seen.append((what, given)))
    return seen


def test_a_finding_is_the_answer_with_its_origin_and_nothing_ends_the_part(displayed):
    from laikhe_analysis.findings import Finding
    from laikhe_analysis.language.cells import answer

    answer(Finding("product.case", {"case": "Kim Thành", "rate": 0.12}, origin="assumption"))
    ((shown, _),) = displayed
    assert shown.data == "**Kim Thành: 12,00%** *(căn cứ yếu nhất: số giả định)*"
    with pytest.raises(NotComputable, match="Chưa tính được dịch vụ: hết số"):
        answer(
            Finding("product.not_computable", {"variable": "services", "why": Text("hết số", "x")})
        )


def test_a_figure_is_shown_with_its_numbers_in_words(displayed):
    from laikhe_analysis.language.cells import draw
    from laikhe_analysis.plots import new_axes

    draw(new_axes(), "tới {x:1}", x=12.34)
    ((bundle, given),) = displayed
    assert bundle["text/plain"] == given["metadata"]["image/png"]["alt"] == "tới 12,3"
    assert bundle["image/png"].startswith("iVBOR")


def test_a_reason_in_two_languages_is_shown_in_that_of_the_run(displayed):
    from laikhe_analysis.language.cells import part

    def value():
        raise NotComputable(Text("thiếu số", "no figures"))

    with speaking("en"):
        run_cell("with part():\n    a = value()", {"part": part, "value": value})
    assert displayed[0][0]["text/plain"] == "no figures"


def test_columns_and_rows_are_named_and_a_notebook_in_two_languages_has_no_messages(tmp_path):
    from laikhe_analysis.language import cells

    frame = pd.DataFrame({"co_so": [1.0], "mine": [2.0]}, index=pd.Index([2025], name="year"))
    shown = []
    with pytest.MonkeyPatch.context() as patch, speaking("en"):
        patch.setattr(cells, "_display", lambda markup, plain, taken="": shown.append(markup))
        cells.show(frame, names={"mine": "Mine"})
    for word in ("baseline", "Mine", "2025", ">year<"):
        assert word in shown[0]
    both = {"cells": [{"cell_type": "markdown", "source": ["# Một"]}]}
    (tmp_path / "a.ipynb").write_text(json.dumps(both), encoding="utf-8")
    assert find_messages(tmp_path) == []


SLIDERS = pd.DataFrame(
    {"start": [0.0934, 10.0], "low": [-0.05, 0.0], "high": [0.25, 5.0],
     "unit": ["fraction/year", "ha"]},
    index=["growth_services", "area"],
)  # fmt: skip


def test_sliders_tell_only_what_was_moved(displayed, monkeypatch):
    monkeypatch.setenv("JPY_SESSION_NAME", "x.ipynb")
    got = []
    cells.sliders(SLIDERS, lambda **moved: got.append(moved), names={"area": "đất"})
    (box,) = (one for one, _given in displayed if hasattr(one, "children"))
    rate, area, _out = box.children
    assert (rate.description, area.description) == ("tốc độ tăng dịch vụ", "đất")
    assert (area.min, area.max) == (0.0, 10.0)
    assert not rate.readout
    assert got == [{}]
    rate.value = 0.12
    assert got[-1] == {"growth_services": pytest.approx(0.12)}
    assert any("tốc độ tăng dịch vụ 12,0 %/năm" in str(one) for one in displayed)
    rate.value = 0.0934
    area.value = 4.0
    assert got[-1] == {"area": 4.0}


def test_sliders_are_shown_only_where_somebody_looks(displayed, monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    cells.sliders(SLIDERS, lambda **moved: pytest.fail("asked"), names={})
    assert displayed == []
