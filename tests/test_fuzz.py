"""A little of the fuzz: the outcome is an error with place and remedy, or the right number.

`benchmarks/fuzz.py` does the same many thousand times.
"""

import random
from dataclasses import replace
from datetime import date

import fuzz
import numpy as np
import pandas as pd
import pytest
from test_intake import FILLED, MEANT, fill, make, per_cent

from laikhe_analysis import growth, land
from laikhe_analysis.checks import DataError, Problem, Text
from laikhe_analysis.consistency import feasible_shares, implied_total_rate
from laikhe_analysis.data import load
from laikhe_analysis.office.folder.backup import back_up
from laikhe_analysis.panel import forecast_panel
from laikhe_analysis.reconcile import reconcile


@pytest.fixture
def whole(tmp_path):
    return fuzz.whole_folder(tmp_path)


def test_every_file_has_a_row_and_is_sound(whole):
    assert fuzz.outcome(whole) == fuzz.Outcome("read")
    files = {name for name, _, _ in fuzz.each_cell(whole)}
    assert files == {path.name for path in whole.glob("*.csv")}
    assert set(fuzz.TABLES) < files
    assert len(fuzz.HOSTILE) >= 40


def test_hostile_cells(whole):
    """Every column, with one in seven of the values."""
    kinds = [fuzz.cell_outcome(whole, *place, value)
             for number, place in enumerate(fuzz.each_cell(whole))
             for value in fuzz.HOSTILE[number % 7 :: 7]]  # fmt: skip
    assert [one for one in kinds if one.kind == "fault"] == []
    assert {one.kind for one in kinds} == {"refused", "read"}


def test_damaged_files(whole):
    rng = random.Random(20)
    kinds = [fuzz.file_outcome(whole, rng) for _ in range(200)]
    assert [one for one in kinds if one.kind == "fault"] == []
    assert {one.kind for one in kinds} == {"refused", "read"}


def test_damaged_forms(folder, tmp_path):
    path = fill(make(folder), FILLED, per_cent)
    raw, data, rng = path.read_bytes(), load(folder), random.Random(20)
    assert fuzz.form_outcome(path, data, MEANT) == fuzz.Outcome("read")
    kinds = []
    for number in range(100):
        path.write_bytes((fuzz.turned, fuzz.with_damaged_part)[number % 2](raw, rng))
        kinds.append(fuzz.form_outcome(path, data, MEANT))
    assert [one for one in kinds if one.kind == "fault"] == []


def test_damaged_backups(whole, tmp_path):
    archive = back_up(whole, tmp_path / "kept", on=date(2026, 11, 27))
    raw, sound, rng = archive.read_bytes(), fuzz.contents(whole), random.Random(20)
    assert fuzz.backup_outcome(archive, whole, sound) == fuzz.Outcome("read")
    kinds = []
    for number in range(30):
        archive.write_bytes((fuzz.turned, fuzz.with_damaged_part)[number % 2](raw, rng))
        kinds.append(fuzz.backup_outcome(archive, whole, sound))
    assert [one for one in kinds if one.kind == "fault"] == []


# ---- labels in another order

RATES = pd.Series({"industry": 0.143, "services": 0.115, "agriculture": 0.0359})
SHARES = pd.Series({"industry": 0.6, "services": 0.3, "agriculture": 0.1})
LEVELS = pd.Series({"industry": 100.0, "services": 80.0, "agriculture": 40.0})
AREAS = pd.Series({"industry": 5.0, "services": 7.0, "agriculture": 9.0})
BY_YEAR = pd.DataFrame([LEVELS, LEVELS * (1 + RATES)], index=[2025, 2026])
LABELLED = {
    "annual_rate": (lambda a, b: growth.annual_rate(a, b, 5), LEVELS, LEVELS * (1 + RATES) ** 5),
    "compound": (lambda a, b: growth.compound(a, b, 5), LEVELS, RATES),
    "real_rate": (growth.real_rate, RATES, SHARES / 10),
    "implied_total_rate": (lambda a, b: implied_total_rate(a, b, 5), SHARES, RATES),
    "required_gross": (land.required_gross, LEVELS, SHARES),
    "required_area": (land.required_area, LEVELS, AREAS),
    "reconcile": (lambda a, b: reconcile(230, a, method="wls", variances={**b, "all": 3}).parts,
                  LEVELS, AREAS),
}  # fmt: skip


@pytest.mark.parametrize("case", LABELLED.values(), ids=LABELLED)
def test_labels_in_another_order_change_no_number(case):
    compute, one, other = case
    wanted, rng = compute(one, other), np.random.default_rng(20)
    for _ in range(6):
        found = compute(
            one.sample(frac=1, random_state=rng), other.sample(frac=1, random_state=rng)
        )
        if isinstance(wanted, pd.Series):
            pd.testing.assert_series_equal(found.sort_index(), wanted.sort_index())
        else:
            assert found == pytest.approx(wanted, rel=1e-12)
    with pytest.raises(ValueError, match=r"industri|label|same"):
        compute(one, other.rename({"industry": "industri"}))


def test_frames_in_another_order_change_no_number():
    wide = pd.DataFrame({name: LEVELS[name] * (1 + RATES[name]) ** np.arange(12) for name in LEVELS.index},
                        index=range(2014, 2026)).T  # fmt: skip
    wanted = pd.DataFrame(forecast_panel(wide, 3).point, index=wide.index)
    found = pd.DataFrame(forecast_panel(wide.iloc[::-1], 3).point, index=wide.index[::-1])
    np.testing.assert_allclose(found.loc[wide.index], wanted, rtol=1e-12)
    with pytest.raises(ValueError, match="a column per year"):
        forecast_panel(wide[wide.columns[::-1]], 3)
    found = growth.contributions(BY_YEAR[BY_YEAR.columns[::-1]])
    pd.testing.assert_frame_equal(found[BY_YEAR.columns], growth.contributions(BY_YEAR))
    lower = feasible_shares(RATES, 0.12, 5).lower
    pd.testing.assert_series_equal(feasible_shares(RATES[::-1], 0.12, 5).lower[lower.index], lower)


# ---- the fuzz sees what is wrong


def test_a_wrong_number_is_seen(whole, monkeypatch):
    data = load(whole)
    wrong = replace(data, observed=(replace(data.observed[0], value=10001.0), *data.observed[1:]))
    monkeypatch.setattr(fuzz, "load", lambda folder: wrong)
    assert "observations.csv value: '10000' read as 10001.0" in fuzz.outcome(whole).what
    monkeypatch.setattr(fuzz, "load", lambda folder: replace(data, observed=data.observed[1:]))
    assert "5 rows, 4 read" in fuzz.outcome(whole).what


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (KeyError("x"), "KeyError"),
        (DataError([]), "no problem told"),
        (DataError([Problem("a.csv", 2, "value", "x", Text("số", "số"))]), "no remedy"),
        (DataError([Problem("a.csv", 2, "x", "[Errno 2]", Text("số", "a number"))]), "useless"),
        (DataError([Problem("b.csv", None, None, "x", Text("số", "a number"))]), "no place"),
    ],
)
def test_a_useless_error_is_seen(whole, monkeypatch, error, words):
    def stop(folder):
        raise error

    monkeypatch.setattr(fuzz, "load", stop)
    found = fuzz.outcome(whole, "observations.csv")
    assert found.kind == "fault"
    assert words in found.what
