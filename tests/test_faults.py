"""What once came out wrong and no other test holds: each case stands for its kind."""

import pytest
from conftest import ROOT
from fuzz import Outcome, outcome, whole_folder
from strategies import series, target

from laikhe_analysis.office.notebooks import run_notebook
from laikhe_analysis.targets import assess


def test_the_mean_of_yearly_ratios_decides_and_the_missed_year_is_told():
    known = series(
        dict(zip(range(2026, 2031), (108, 150, 150, 150, 150), strict=True)), "% of plan"
    )
    found = assess(target("annual_ratio", 110, unit="% of plan"), known)
    assert (found.status, found.pace) == ("achieved", pytest.approx(141.6))
    assert found.reason.en == "missed in 2026"


def test_four_years_of_8_8_leave_25_8_for_the_fifth():
    known = series({2025 + n: 0.088 for n in range(1, 5)}, "fraction/year")
    goal = target("average_rate", 0.12, unit="fraction/year")
    assert assess(goal, known).needed == pytest.approx(0.2577, abs=5e-5)
    assert assess(goal, known, best=0.15).status == "insufficient"
    assert assess(goal, known, best=0.26).status == "moderate"


def test_a_share_that_moves_by_its_noise_has_no_direction():
    known = series({2025: 95.0, 2026: 94.9}, "%")
    found = assess(target("level_by", 98, unit="%", noise=0.5), known)
    assert found.status != "away"
    assert found.is_first


@pytest.fixture
def one_year(tmp_path):
    """Return the folder of a plan of one year."""
    folder = whole_folder(tmp_path)
    for name in ("commune.toml", "targets.csv", "scenarios.csv", "sharing.csv"):
        text = (folder / name).read_text(encoding="utf-8")
        for old, new in (("target_year = 2025", "target_year = 2021"), ("2020,2025", "2020,2021"),
                         ("2021,2025", "2021,2021")):  # fmt: skip
            text = text.replace(old, new)
        (folder / name).write_text(text, encoding="utf-8")
    for name in ("milestones.csv", "projects.csv", "plots.csv"):
        (folder / name).unlink()
    return folder


@pytest.mark.usefixtures("nursery")
def test_a_plan_of_one_year_works(one_year):
    assert outcome(one_year) == Outcome("read")
    for name in ("03_grdp_growth", "04_income_per_capita"):
        assert run_notebook(ROOT / "notebooks" / f"{name}.ipynb", {"DATA": str(one_year)})
