"""Notebook 08: open, in one language, and right on any commune's folder."""

import ast
import json
import re
from pathlib import Path

import pytest

from laikhe_analysis.forecast import measured
from laikhe_analysis.office.notebooks import run_notebooks

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.usefixtures("nursery")
NOTEBOOK = ROOT / "notebooks" / "08_forecast_evidence.ipynb"
ALLOWED = (
    "backtest", "data", "forecast", "growth", "language", "panel", "plots", "series", "vietnamese",
)  # fmt: skip


def sources(kind):
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == kind]


def shown(cells):
    data = [one.get("data", {}) for cell in cells if cell["cell_type"] == "code"
            for one in cell["outputs"]]  # fmt: skip
    return ["".join(one.get("text/markdown", one.get("text/plain", ""))) for one in data]


def test_the_calculation_stands_in_the_cells():
    for source in sources("code"):
        assert len(source.splitlines()) <= 13
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ImportFrom):
                top, _, rest = node.module.partition(".")
                assert top == "laikhe_analysis"
                assert not rest or rest.split(".")[0] in ALLOWED, node.module
            elif isinstance(node, ast.Import):
                assert [one.name for one in node.names] == ["pandas"]


def test_nothing_of_one_plan_stands_in_its_words():
    for source in sources("markdown"):
        text = source.replace("# 08.", "")
        assert set(re.findall(r"[0-9]+", text)) <= {"3", "80"}, text  # M3, the 80 % band


def test_its_answer_is_what_was_measured():
    contest = measured("contest").set_index(["method", "cut"]).loc["auto"]
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    answer = next(one for one in shown(cells) if one.startswith("**Trả lời.**"))
    low, high = 100 * contest.in_80.min(), 100 * contest.in_80.max()
    assert f"**{low:.0f}%** đến **{high:.0f}%**" in answer
    assert f"{contest.mase['full']:.2f} lần".replace(".", ",") in answer


@pytest.mark.parametrize("name", ["dongson", "hue", "namdinh"])
def test_it_runs_on_another_communes_folder_and_says_what_is_missing(name, monkeypatch):
    monkeypatch.setenv("LAIKHE_LANG", "en" if name == "hue" else "vi")
    folder = ROOT / "tests" / "cases" / "communes" / name
    text = "\n".join(shown(run_notebooks([NOTEBOOK], {"DATA": str(folder)})[NOTEBOOK].cells))
    wanted = "No public series has 9 years" if name == "hue" else "dài 9 năm liên tục"
    assert wanted in text
    assert "Việt Nam, dân số" not in text
