"""Guards over the project itself: what is promised must stay true."""

import importlib
import inspect
import re
import subprocess
import tomllib
import unicodedata
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def tracked():
    """Return the text files that git tracks, or, outside a checkout, those of the tree."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    names = listed.stdout.splitlines() if listed.returncode == 0 else []
    paths = [ROOT / name for name in names] or [p for p in ROOT.rglob("*") if p.is_file()]
    texts = (
        ".py",
        ".md",
        ".toml",
        ".csv",
        ".txt",
        ".yml",
        ".yaml",
        ".ipynb",
        ".css",
        ".sh",
        ".bat",
        "",
    )
    return [p for p in paths if p.exists() and p.suffix in texts and ".git/" not in str(p)]


def test_environment_yml_states_the_same_requirements():
    lines = (ROOT / "environment.yml").read_text(encoding="utf-8").splitlines()
    stated = {line.strip(" -") for line in lines if line.startswith("      - ")}
    project = PYPROJECT["project"]
    wanted = {*project["dependencies"], *project["optional-dependencies"]["test"]}
    assert stated - {"c constraints.txt", "e ."} == wanted
    assert f"python{project['requires-python']}" in "\n".join(lines)


def test_constraints_pin_every_direct_dependency_and_hold_no_address():
    content = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert not re.search(r"https?:|--|file:|@", content)
    pinned = {line.split("==")[0].lower() for line in content.splitlines() if "==" in line}
    project = PYPROJECT["project"]
    extras = project["optional-dependencies"].values()
    for requirement in [*project["dependencies"], *(name for extra in extras for name in extra)]:
        name = re.split(r"[\[>=<]", requirement)[0].lower()
        assert name in pinned, name


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_both_readmes_give_the_two_commands_and_their_links_lead_somewhere(name):
    readme = (ROOT / name).read_text(encoding="utf-8")
    assert "python -m pip install -c constraints.txt -e . && laikhe report" in readme
    assert 'python -m pip install -c constraints.txt -e ".[test]" && python -m pytest' in readme
    for link in re.findall(r"\]\(([^)#]+)", readme):
        assert (ROOT / link).exists(), link


def test_no_file_holds_a_path_of_one_machine_or_a_package_address():
    path = re.compile(r"(?<![\w.])/(?:work|root|farm|home)/\w")
    package = re.compile(r"https?://\S+\.(?:whl|tar\.gz|deb)\b|--(?:extra-)?index-url", re.I)
    for file in tracked():
        content = file.read_text(encoding="utf-8")
        if file.name not in {"test_project.py", "test_notebooks.py"}:
            assert not path.search(content), file
            assert not package.search(content), file


def test_every_text_is_composed():
    for file in tracked():
        content = file.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", content), file


def test_only_tests_about_the_folder_itself_read_the_data_that_change():
    """All others use the frozen copy, so that a new figure turns nothing red."""
    about = {"test_columns", "test_glossary", "test_new_commune", "test_reference_data",
             "test_register"}  # fmt: skip
    told = [
        path.stem for path in (ROOT / "tests").glob("*.py")
        if re.search(r"""(ROOT|parent\.parent|parents\[1\])\s*/\s*["']data["']""", path.read_text("utf-8"))
    ]  # fmt: skip
    assert set(told) == about


def test_no_lock_file_with_addresses_is_tracked():
    names = {file.name for file in tracked()}
    assert not names & {"uv.lock", "poetry.lock", "Pipfile.lock", "package-lock.json"}
    assert "uv.lock" in (ROOT / ".gitignore").read_text(encoding="utf-8")


def test_below_the_outputs_every_module_offers_only_what_it_defines():
    for path in (ROOT / "laikhe_analysis").rglob("*.py"):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        if path.name == "__init__.py" or name.startswith("laikhe_analysis.office"):
            continue
        module = importlib.import_module(name)
        for public in getattr(module, "__all__", ()):
            found = getattr(module, public)
            if inspect.isfunction(found) or inspect.isclass(found):
                assert found.__module__ == name, (public, name)
