"""Guards over the notebooks: what strict nbval lets pass silently."""

import ast
import json
import re
import unicodedata
from pathlib import Path

import nbformat
import numpy as np
import pytest

from laikhe_analysis.checks import RefusalError
from laikhe_analysis.messages import speaking
from laikhe_analysis.office import notebooks as n
from laikhe_analysis.office.tables import table

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.usefixtures("nursery")
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def code_cells(path):
    content = json.loads(path.read_text(encoding="utf-8"))
    return [
        c for c in content["cells"] if c["cell_type"] == "code" and "".join(c["source"]).strip()
    ]


def test_the_notebooks_are_numbered_without_a_gap():
    assert [path.name[:2] for path in NOTEBOOKS] == [f"{i:02}" for i in range(len(NOTEBOOKS))]
    assert len(NOTEBOOKS) >= 7


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_was_run_from_top_to_bottom_without_an_error(path):
    cells = code_cells(path)
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    kinds = {output["output_type"] for cell in cells for output in cell["outputs"]}
    assert kinds <= {"execute_result", "display_data"}, kinds
    assert (
        json.loads(path.read_text(encoding="utf-8"))["metadata"]["kernelspec"]["name"] == "python3"
    )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_follows_the_house_rules(path):
    raw = path.read_text(encoding="utf-8")
    content = json.loads(raw)
    assert unicodedata.is_normalized("NFC", raw)
    assert not re.search(r"(?<![\w.])/(?:home|root|work|tmp|Users)/", raw), "an absolute path"
    first = "".join(content["cells"][0]["source"])
    assert first.startswith(f"# {path.name[:2]}. ")
    assert "**Câu hỏi:**" in first
    parameters = [c for c in content["cells"] if "parameters" in c["metadata"].get("tags", [])]
    assert len(parameters) == 1
    for statement in ast.parse("".join(parameters[0]["source"])).body:
        assert isinstance(statement, ast.Assign)
        ast.literal_eval(statement.value)
    for cell in code_cells(path):
        tree = ast.parse("".join(cell["source"]))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                assert node.end_lineno - node.lineno <= 5, node.name
            assert not isinstance(node, ast.While)
    assert "assert " in "".join(code_cells(path)[-1]["source"]), "the last cell checks"
    assert "sys.path" not in raw


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_figure_has_words(path):
    for cell in code_cells(path):
        for output in cell["outputs"]:
            if "image/png" in output.get("data", {}):
                words = "".join(output["data"]["text/plain"])
                assert re.search(r"[0-9]", words), words
                assert output["metadata"]["image/png"]["alt"] == words


def write(path, *sources, tags=()):
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    cells[0].metadata["tags"] = list(tags)
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, path)
    return path


def test_runs_with_other_parameters_and_leaves_the_file_as_it_is(tmp_path):
    path = write(tmp_path / "00_x.ipynb", "RATE = 1\nNAME = 'a'", "RATE, NAME", tags=["parameters"])
    before = path.read_bytes()
    found = n.run_notebooks([path], {"RATE": 2, "UNKNOWN": 3})
    assert found[path].cells[-1].outputs[0].data["text/plain"] == "(2, 'a')"
    assert path.read_bytes() == before


PARAMETERS = """DATA = "../data"  # SCENARIO2 = 1
SCENARIO = "co_so"
RATE = 2.0
COUNT = 3
OPEN = False
MOVED = {"a": 1}
LIST = [1]
FREE = None
MADE = str(1)"""


@pytest.mark.parametrize(
    ("given", "error", "words"),
    [
        ({"SCENAROI": "x"}, ValueError, r"a parameter of 00_x\.ipynb.*Did you mean 'SCENARIO'\?"),
        ({"scenario": "x"}, ValueError, "Did you mean 'SCENARIO'"),
        ({"SCENARIO2": "x"}, ValueError, "got 'SCENARIO2'. Did you mean 'SCENARIO'"),
        ({"WHOLLY_OTHER": 1}, ValueError, "must be one of DATA, SCENARIO, RATE"),
        ({"RATE": "2,5"}, TypeError, r"`RATE` must be a number, got '2,5' \(str\)"),
        ({"RATE": None}, TypeError, "`RATE` must be a number, got None"),
        ({"COUNT": True}, TypeError, r"`COUNT` must be a number, got True \(bool\)"),
        ({"OPEN": 1}, TypeError, "`OPEN` must be True or False, got 1"),
        ({"SCENARIO": 5}, TypeError, "`SCENARIO` must be a text, got 5"),
        ({"LIST": "a"}, TypeError, "`LIST` must be a list"),
        ({"MOVED": [1]}, TypeError, "`MOVED` must be a dict"),
        ({"RATE": float("nan")}, TypeError, "`RATE` must be a plain value, got nan"),
        pytest.param({"FREE": object()}, TypeError, "`FREE` must be a plain value", id="an object"),
    ],
    ids=str,
)
def test_a_parameter_of_another_name_or_kind_is_refused(tmp_path, given, error, words):
    path = write(tmp_path / "00_x.ipynb", PARAMETERS, tags=["parameters"])
    with pytest.raises(error, match=words):
        n.run_notebook(path, given)
    if words.endswith("'SCENARIO'"):
        with pytest.raises(error, match="Did you mean 'SCENARIO'"):
            n.run_notebooks([path], given)


def test_values_of_the_same_kind_reach_the_notebook(tmp_path):
    source = 'DATA = "x"\nRATE = 2\nFREE = None\nMADE = str(1)'
    path = write(tmp_path / "00_x.ipynb", source, "DATA, RATE, FREE, MADE", tags=["parameters"])
    given = {"DATA": Path("a/b"), "RATE": np.float64(2.5), "FREE": 1, "MADE": "2"}
    shown = n.run_notebook(path, given).cells[-1].outputs[0].data["text/plain"]
    assert shown == "('a/b', 2.5, 1, '2')"


def test_all_run_on_the_folder_of_another_commune_and_say_nothing_of_this_one(folder, own_data):
    found = n.run_notebooks(NOTEBOOKS, {"DATA": str(folder)})
    assert sorted(found) == NOTEBOOKS
    names = {own_data.commune.name.split(" ", 1)[1], *own_data.commune.yardsticks.values()}
    for path, notebook in found.items():
        said = [o for c in notebook.cells if c.cell_type == "code" for o in c.outputs]
        text = json.dumps([o.get("data", {}) for o in said], ensure_ascii=False)
        assert not [name for name in names - {"Thế giới", "Việt Nam"} if name in text], path.name


REVENUE = "recurrent_revenue,{},FY,{},,,billion VND,current,estimate,official,book,2022-02-01,,\n"
RARE = {
    "revenue of a later year only": [("observations.csv", "9.2-poor,2020", REVENUE.format(2021, 150))],
    "revenue of the base year too": [
        ("observations.csv", "9.2-poor,2020", REVENUE.format(2020, 100) + REVENUE.format(2021, 150)),
        ("scenarios.csv", "buoyancy,2021", "buoyancy,2022"),
    ],
    "a sector of nothing": [
        ("scenarios.csv", "2020,60,%", "2020,100,%"), ("scenarios.csv", "2020,40,%", "2020,0,%"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("changes", RARE.values(), ids=RARE)
def test_rare_data_that_load_give_every_page(folder, changes):
    for name, old, new in changes:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        new += old if name == "observations.csv" else ""
        path.write_text(text.replace(old, new), encoding="utf-8")
    few = [one for one in NOTEBOOKS if one.stem[:2] in {"02", "03", "04", "06", "07"}]
    assert len(n.run_notebooks(few, {"DATA": str(folder)})) == 5


def test_a_notebook_that_fails_is_named_with_its_cell(tmp_path):
    path = write(tmp_path / "00_x.ipynb", "1", "1 / 0", tags=["parameters"])
    with (
        speaking("en"),
        pytest.raises(n.NotebookError, match=r"00_x\.ipynb stopped in cell 2: ZeroDivisionError"),
    ):
        n.run_notebooks([path], {})
    with speaking("en"), pytest.raises(n.NotebookError, match="no cell tagged"):
        n.run_notebook(write(tmp_path / "01_y.ipynb", "1"), {"RATE": 1})
    with speaking("en"), pytest.raises(RefusalError, match="there is no notebook"):
        n.find_notebooks(tmp_path / "nowhere")


def test_a_kernel_whose_port_was_taken_is_started_again(tmp_path, monkeypatch):
    from nbclient import NotebookClient

    path = write(tmp_path / "00_x.ipynb", "X = 1", "X + 1", tags=["parameters"])
    run, started = NotebookClient.async_execute, []

    async def execute(self, **given):
        started.append(self)
        if len(started) < 3:
            raise RuntimeError("Kernel didn't respond in 60 seconds")
        return await run(self, **given)

    monkeypatch.setattr(NotebookClient, "async_execute", execute)
    found = n.run_notebook(path, {"X": 2})
    assert found.cells[-1].outputs[0].data["text/plain"] == "3"
    assert len(started) == 3
    started[:] = []
    monkeypatch.setattr(n, "_STARTS", 2)
    with (
        speaking("en"),
        pytest.raises(n.NotebookError, match=r"00_x\.ipynb stopped in cell 0: Kernel didn't resp"),
    ):
        n.run_notebook(path, {})


def test_a_kernel_that_dies_is_told_with_the_cell(tmp_path):
    path = write(tmp_path / "00_x.ipynb", "1", "import os; os._exit(1)", tags=["parameters"])
    with speaking("en"), pytest.raises(n.NotebookError, match=r"stopped in cell 2: Kernel died"):
        n.run_notebook(path, {})


def test_tables_and_figures_say_in_words_what_they_show():
    shown = table([{"year": 2030, "a": 1234.5, "b": None}], {"year": "Năm", "a": "A", "b": "B"})
    assert repr(shown) == "Năm | A | B\n2030 | 1.234,5 | …"
    assert '<td class="number">1.234,5</td>' in shown._repr_html_()
    unsafe = table([{"a": "<b>"}], {"a": "A & B"})
    assert "<b>" not in unsafe._repr_html_()
    assert "A &amp; B" in unsafe._repr_html_()
    data, metadata = n.Figure(b"png", "ba lần 5")._repr_mimebundle_()
    assert data["text/plain"] == metadata["image/png"]["alt"] == "ba lần 5"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_has_one_first_level_heading(path):
    content = json.loads(path.read_text(encoding="utf-8"))
    text = "\n".join("".join(c["source"]) for c in content["cells"] if c["cell_type"] == "markdown")
    assert len(re.findall(r"^# ", text, re.MULTILINE)) == 1
