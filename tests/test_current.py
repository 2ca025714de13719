"""What the notebooks show was made of the data that are there."""

from conftest import ROOT

from laikhe_analysis.office.refresh import stale_notebooks


def test_the_notebooks_show_what_the_data_say():
    stale = stale_notebooks(ROOT / "notebooks")
    assert not stale, f"the data changed after {', '.join(stale)} had run: run `laikhe refresh`"
