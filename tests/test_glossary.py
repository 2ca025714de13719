"""The glossary and the code use the same names."""

import importlib
import re
from pathlib import Path

import pytest

from laikhe_analysis.data.layout import COLUMNS
from laikhe_analysis.vietnamese import LABELS

ROOT = Path(__file__).parent.parent
MODULES = [
    "growth",
    "messages",
    "vietnamese",
    "series",
    "records",
    "targets",
    "consistency",
    "panel",
    "forecast",
    "backtest",
    "reconcile",
    "land",
    "model",
    "scenarios",
    "simulation",
    "sensitivity",
    "investment",
    "monitor",
    "data",
    "office.forms",
    "plots",
]
LINES = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")] for line in LINES if line[:2] == "| "
]
TERMS = [row for row in ROWS if row[2].startswith("`")]
NAMES = [row for row in ROWS if row[0].startswith("`")]


def public(module):
    """Return the public names of a module that are no constants."""
    found = importlib.import_module(f"laikhe_analysis.{module}")
    return {name for name in found.__all__ if not name.isupper()}


@pytest.mark.parametrize("module", MODULES)
def test_every_public_name_is_explained_and_every_explained_name_exists(module):
    listed = {row[1].strip("`") for row in NAMES if row[0] == f"`{module}`"}
    assert listed == public(module)


def test_every_row_has_both_languages_a_unit_and_a_definition():
    for row in [*TERMS, *NAMES]:
        assert len(row) == 6, row
        assert all(row), row
    names = [row[1] for row in NAMES]
    assert len(names) == len({(row[0], row[1]) for row in NAMES})
    assert len(NAMES) > 100
    assert len(TERMS) == 56


def test_every_term_is_used_in_code_or_data():
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "laikhe_analysis").rglob("*.py")
    )
    data = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "data").glob("*.csv"))
    columns = {column for names in COLUMNS.values() for column in names}
    idle = {
        "grdp",
        "phan_dau",
        "stress",
        "interval",
    }  # words for people, explained so as not to mix
    for row in TERMS:
        name = row[2].strip("`")
        known = name in columns or name in LABELS or re.search(rf"\b{name}\b", code + data)
        assert known or name in idle, name
