"""Several communes side by side: what is comparable, and what is told by pair."""

import shutil
from pathlib import Path

import pytest
from conftest import DATA
from typer.testing import CliRunner

from laikhe_analysis.checks import RefusalError
from laikhe_analysis.cli import app
from laikhe_analysis.data import load
from laikhe_analysis.language import speaking
from laikhe_analysis.office.batch.comparable import Signature, pairs, words_of
from laikhe_analysis.office.batch.laying import side_by_side
from laikhe_analysis.office.batch.page import city_page
from laikhe_analysis.office.batch.record import Job, record_of
from laikhe_analysis.office.batch.terminal import compared

PLACES = Path(__file__).parent / "cases" / "communes"


def line(i="poor", unit="households", value=None, year=None, status="moderate", name="hộ nghèo"):
    return {"target_id": i, "unit": unit, "value": value, "year": year, "status": status,
            "name_vi": name, "name_en": name}  # fmt: skip


def commune(name, *numbers, people=10_000, meaning="thường trú", population=None, counts=None):
    """Return the record of a commune: numbers are (line, history, what decides comparability)."""
    lines, beside = [], {}
    for i, (one, history, more) in enumerate(numbers):
        one = one | {"target_id": f"{i}-{one['target_id']}"}
        lines.append(one)
        beside[one["target_id"]] = {
            "role": "", "sort": "level", "price_basis": "n/a", "since": None, "definition": "",
            "history": {str(y): v for y, v in history.items()},
        } | more  # fmt: skip
    series = [{"name": "population", "unit": "people", "price_basis": "n/a",
               "history": {str(y): v for y, v in population.items()}}] if population else []  # fmt: skip
    return {
        "folder": f"/data/{name}", "series": series, "beside": beside,
        "commune": {"name": name, "synthetic": False, "population": people,
                    "population_definition": meaning},
        "board": {"targets": lines, "numbers": counts or {}},
    }  # fmt: skip


def pair(ours, theirs, history=None):
    """Return two communes whose one number differs in what is given."""
    history = {2022: 9.0} if history is None else history
    return [
        commune(name, (line(unit=more.pop("unit", "households")), history, more))
        for name, more in (("xã A", dict(ours)), ("xã B", dict(theirs)))
    ]


def english(row):
    with speaking("en"):
        return [str(words_of(one)) for one in row.apart]


def test_levels_heads_sums_and_classes_stand_side_by_side():
    a = commune("xã A", (line(status="moderate"), {2021: 9, 2022: 8}, {}))
    b = commune("xã B", (line(status="insufficient"), {2022: 48}, {}), people=20_000)
    (row,) = side_by_side([a, b]).rows
    assert (row.year, row.signature.unit, row.n) == (2022, "households", 2)
    assert [(c.value, c.per_head, c.status) for c in row.cells] == [
        (8, 0.8, "moderate"), (48, 2.4, "insufficient")]  # fmt: skip
    assert row.total == 56
    assert row.is_per_head
    assert row.spread == pytest.approx((0.8, 1.2, 1.6, 2.0, 2.4))
    assert row.apart == ()


def test_the_population_of_the_year_divides():
    known = (line(), {2022: 8}, {})
    a = commune("xã A", known, population={2021: 5000, 2022: 4000})
    first = side_by_side([a, commune("xã B", known)]).rows[0]
    assert [cell.per_head for cell in first.cells] == [2.0, 0.8]


YEARS = {
    "the last that both know": (({2020: 1, 2021: 2, 2022: 3}, {2021: 5}), 2021, [2, 5], 2),
    "none in common": (({2022: 3}, {2021: 5}), 2022, [3, 5], 1),
    "one knows nothing": (({2021: 3}, {}), 2021, [3, None], 1),
    "nobody knows": (({}, {}), None, [None, None], 0),
    "three of four are enough": (({2022: 1}, {2022: 2}, {2022: 3}, {2021: 4}), 2022, [1, 2, 3, 4], 3),
}  # fmt: skip


@pytest.mark.parametrize(("histories", "year", "values", "n"), YEARS.values(), ids=YEARS)
def test_numbers_are_of_one_year(histories, year, values, n):
    places = [commune(f"xã {i}", (line(), h, {})) for i, h in enumerate(histories)]
    (row,) = side_by_side(places).rows
    assert (row.year, [cell.value for cell in row.cells], row.n) == (year, values, n)
    other = [cell for cell in row.cells if cell.value is not None and cell.year != year]
    assert len(row.apart) == len({cell.year for cell in other})
    assert not any(cell.is_comparable for cell in other)


MISFITS = {
    "units": ({}, {"unit": "%"}, "other units (xã A: households; xã B: %)"),
    "price bases": (
        {"unit": "billion VND", "price_basis": "current"},
        {"unit": "billion VND", "price_basis": "constant 2010"},
        "other price bases (xã A: current prices; xã B: constant 2010 prices)"),
    "sorts": (
        {}, {"sort": "cumulative"}, "other kinds (xã A: level; xã B: total of the period)"),
    "all three": (
        {"unit": "billion VND", "price_basis": "current"}, {"unit": "%", "sort": "cumulative"},
        "other units (xã A: billion VND; xã B: %); other price bases (xã A: current prices; xã B: "
        "not a price); other kinds (xã A: level; xã B: total of the period)"),
    "periods": (
        {"sort": "cumulative", "since": 2020}, {"sort": "cumulative", "since": 2019},
        "other periods (xã A: 2020; xã B: 2019)"),
    "definitions": (
        {"definition": "cuối năm"}, {}, "other definitions (xã A: cuối năm; xã B: not stated)"),
    "price basis open": ({}, {"price_basis": "not stated"}, "price basis not stated (xã B)"),
}  # fmt: skip


@pytest.mark.parametrize(("ours", "theirs", "words"), MISFITS.values(), ids=MISFITS)
def test_what_is_not_comparable_is_told_and_stays_in_the_table(ours, theirs, words):
    city = side_by_side(pair(ours, theirs))
    (row,) = city.rows
    assert english(row) == [words]
    assert [cell.value for cell in row.cells] == [9, 9]
    assert [cell.is_comparable for cell in row.cells] == [True, False]
    assert (row.total, row.spread) == (None, ())


def test_letters_and_remarks_do_not_make_another_definition():
    (row,) = side_by_side(pair({"definition": "Cuối năm"}, {"definition": "cuối năm"})).rows
    assert row.apart == ()


def test_one_odd_commune_spoils_nothing_for_the_others():
    places = [commune(f"xã {n}", (line(unit="%"), {2022: n}, {})) for n in range(6)]
    odd = commune("xã lạ", (line(), {2022: 70}, {}))
    (row,) = side_by_side([odd, *places]).rows
    assert row.n == 6
    assert row.spread == (0, 1.25, 2.5, 3.75, 5)
    assert english(row) == ["other units (6 communes: %; xã lạ: households)"]


def test_who_is_far_from_its_peers():
    # median 3, MAD 1.5: 0.6745 (30 - 3) / 1.5 = 12.1 > 3.5; 0.6745 (5 - 3) / 1.5 = 0.9
    places = [commune(f"xã {n}", (line(unit="%"), {2022: n}, {})) for n in (1, 2, 3, 3, 5, 30)]
    for i, place in enumerate(places):
        place["commune"]["name"] = f"xã {i}"
    (row,) = side_by_side(places).rows
    assert [round(cell.far, 1) for cell in row.cells] == [0, 0, 0, 0, 0, 12.1]


def test_only_amounts_add_up():
    known = {"price_basis": "current"}
    for unit, total in (("%", None), ("million VND/person/year", None), ("billion VND", 18)):
        (row,) = side_by_side(pair({"unit": unit} | known, {"unit": unit} | known)).rows
        assert row.total == total


def test_a_number_without_a_role_is_found_by_its_name():
    city = side_by_side(pair({"role": "poor_households"}, {"unit": "%"}))
    assert [row.kind for row in city.rows] == ["poor_households"]
    assert city.alone == {}


def test_of_two_numbers_of_one_role_the_one_that_others_have_is_taken():
    level, rate = {"role": "income"}, {"role": "income", "sort": "average_rate", "since": 2020}
    both = commune("xã A", (line(unit="%/year"), {2022: 7}, rate), (line(), {2022: 50}, level))
    (row,) = side_by_side([both, commune("xã B", (line(), {2022: 40}, level))]).rows
    assert [cell.value for cell in row.cells] == [50, 40]


@pytest.mark.parametrize("meanings", [("", ""), ("chưa rõ: đăng ký?",) * 2])
def test_heads_of_unclear_definitions_divide_nothing(meanings):
    both = [commune(f"xã {i}", (line(), {2021: 9}, {}), meaning=m) for i, m in enumerate(meanings)]
    city = side_by_side(both)
    assert [cell.per_head for cell in city.rows[0].cells] == [None, None]
    with speaking("en"):
        assert any(text.startswith("Nothing per head") for text in compared(city, "en"))


def test_the_worst_stand_first_and_names_stay_distinct():
    counts = [{"achieved": 3, "insufficient": 1}, {"away": 1, "achieved": 1}, {"not_assessed": 4}]
    places = [commune("xã Tân", (line(), {2022: i}, {}), counts=c) for i, c in enumerate(counts)]
    for i, place in enumerate(places):
        place["folder"] = f"t{i}"
    assert [m.name for m in side_by_side(places).members] == [
        "xã Tân (t1)", "xã Tân (t0)", "xã Tân (t2)"]  # fmt: skip


def test_many_groups_are_told_against_the_largest():
    groups = [(Signature(f"unit {i}", "n/a", "level", None, ""), [f"xã {i}"]) for i in range(9)]
    assert {one.left for one in pairs(groups)} == {("xã 0",)}
    assert len(pairs(groups)) == 8
    assert len(pairs(groups[:3])) == 3


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_real_places_side_by_side_fit_80_columns(lang):
    folders = [str(PLACES / name) for name in ("hue", "dongson", "namdinh")] + [str(DATA)]
    city = side_by_side(record_of(Job(folder, today="2026-12-01")) for folder in folders)
    with speaking(lang):
        lines = list(compared(city, lang))
        page = city_page(city, lang, files=False)
    assert max(map(len, lines)) <= 80
    assert not city.errors
    assert {member.name for member in city.members} >= {load(DATA).commune.name, "phường Đông Sơn"}
    # GRDP growth of a year, value of production of 2015, and a rate without its price basis
    kinds = {row.kind: row for row in city.rows}
    assert len(english(kinds["total_product"])) == 4
    assert sum(cell is not None for cell in kinds["total_product"].cells) == 4
    assert f'<html lang="{lang}">' in page
    assert "city.csv" not in page


def test_the_command_prints_boards_pairs_and_writes_a_page(folder, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    for name, old, new in (
        ("commune.toml", "xã Mẫu Sơn", "xã Bên Kia"),
        ("targets.csv", ",constant,", ",constant 2010,"),
    ):
        path = other / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    page = tmp_path / "city.html"
    done = CliRunner().invoke(
        app, ["compare", str(folder), str(other), "--lang", "en", "--page", str(page)]
    )
    assert done.exit_code == 0, done.output
    assert "Poor households (households, 2021)" in done.output
    told = " ".join(done.output.split())
    assert "other price bases (xã Bên Kia: constant 2010 prices; xã Mẫu Sơn: constant" in told
    assert "Σ 20 households" in done.output
    assert "Class of each target" in page.read_text(encoding="utf-8")


REFUSED = {
    "one": (["mau_son"], "two communes or more are needed"),
    "twice": (["mau_son", "mau_son"], "at least one folder is needed, each one once"),
    "none of that name": (["mau_son", "nope"], "there is no folder"),
}


@pytest.mark.parametrize(("named", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_comparison_is_refused(folder, named, words):
    done = CliRunner().invoke(app, ["compare", *(str(folder.parent / name) for name in named)])
    assert isinstance(done.exception, RefusalError)
    assert words in done.exception.render("en")
