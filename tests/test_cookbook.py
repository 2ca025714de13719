"""The cookbook's recipes give what it says, and no public function of the analysis is used by nobody."""

import ast
import doctest
import inspect
import json
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.usefixtures("nursery")
TEXT = (ROOT / "docs" / "cookbook.md").read_text(encoding="utf-8")
FIRST, *RECIPES = TEXT.split("\n## ")
EXAMPLES = doctest.DocTestParser().get_examples
ANALYSIS = (
    "growth", "series", "targets", "consistency", "panel", "forecast", "backtest", "reconcile",
    "land", "model", "scenarios", "simulation", "sensitivity", "investment", "monitor",
)  # fmt: skip


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    """What the recipes share, in a folder where they may write."""
    import matplotlib as mpl

    mpl.use("Agg")
    folder = tmp_path_factory.mktemp("cookbook")
    for name in ("tests", "notebooks"):
        (folder / name).symlink_to(ROOT / name, target_is_directory=True)
    found: dict[str, object] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for example in EXAMPLES(FIRST):
            exec(example.source, found)
        yield found


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.splitlines()[0])
def test_a_recipe_gives_what_it_says(recipe, names):
    title = recipe.splitlines()[0]
    case = doctest.DocTest(EXAMPLES(recipe), names, title, "docs/cookbook.md", 0, recipe)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    told: list[str] = []
    failed, tried = runner.run(case, out=told.append, clear_globs=False)
    assert tried
    assert not failed, "".join(told)


def test_what_analysts_ask_first_is_there_in_a_few_lines():
    asked = TEXT.split("\n# Also at hand")[0].split("\n## ")[1:]
    assert len(asked) == 20
    for recipe in asked:
        lines = [e for e in EXAMPLES(recipe) if not e.source.startswith(("from ", "import "))]
        assert len(lines) <= 3, recipe.splitlines()[0]


def used(source):
    """Return the names that a piece of code reads or imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.alias):
            yield node.name


def test_every_public_function_of_the_analysis_is_used():
    package = ROOT / "laikhe_analysis"
    faces = [x for name in ("office", "data", "findings") for x in (package / name).rglob("*.py")]
    sources = [path.read_text(encoding="utf-8") for path in faces]
    sources += [example.source for example in EXAMPLES(TEXT)]
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        sources += ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    known = {name for source in sources for name in used(source)}
    modules = [import_module(f"laikhe_analysis.{name}") for name in ANALYSIS]
    unused = [
        f"{module.__name__}.{name}"
        for module in modules
        for name in module.__all__
        if inspect.isfunction(getattr(module, name)) and name not in known
    ]
    assert not unused, f"used by no notebook, face or recipe: {unused}"
