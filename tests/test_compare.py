"""Several communes side by side: what is comparable, and what is refused by name."""

import shutil
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from laikhe_analysis.checks import Text
from laikhe_analysis.cli import app
from laikhe_analysis.data import load
from laikhe_analysis.outputs.commands.refusal import RefusalError
from laikhe_analysis.outputs.office.compare import last_known_year, side_by_side
from laikhe_analysis.records import Observation, Target
from laikhe_analysis.series import AnnualSeries


@pytest.fixture
def here(folder):
    return load(folder)


def target(i="1-poor", unit="households", kind="level_by", value=0.0, **more):
    direction = "at_most" if unit == "households" else "at_least"
    given = {"base_year": 2020, "target_year": 2025, "definition": "cuối năm"} | more
    return Target(i, "1", "1", "economy", Text("hộ nghèo", "poor households"), unit, kind,
                  direction, value, **given)  # fmt: skip


def seen(i, years, unit="households", basis="n/a"):
    return tuple(
        Observation(i, year, "FY", value, None, None, unit, basis, "final", "official", "book",
                    f"{year + 1}-01-31")
        for year, value in years.items()
    )  # fmt: skip


def village(here, name, targets, *observations, people=10_000, meaning="thường trú", **more):
    """Return a commune with other targets and figures."""
    commune = replace(here.commune, name=name, population=people, population_definition=meaning,
                      **more)  # fmt: skip
    plan = replace(here.plan, commune=commune, targets=tuple(targets), tasks=())
    return replace(here, plan=plan, observed=tuple(o for part in observations for o in part))


def pair(here, ours, theirs, *known):
    return [village(here, "xã A", ours, *known), village(here, "xã B", theirs, *known)]


def test_levels_heads_and_classes_stand_side_by_side(here):
    # 12 -> 9 -> 8 of 0 by 2025: by 2022 the way asks for 7.2; 50 -> 48 is far behind
    a = village(here, "xã A", [target()], seen("1-poor", {2020: 12, 2021: 9, 2022: 8}))
    b = village(here, "xã B", [target("7.3-poor")], seen("7.3-poor", {2020: 50, 2022: 48}),
                people=20_000)  # fmt: skip
    found = side_by_side([a, b], as_of=2022)
    (row,) = found.rows
    assert (row.year, row.unit, row.per_head_unit.en) == (2022, "households", "per 1,000 people")
    assert [(c.value, c.per_head) for c in row.cells] == [(8, 0.8), (48, 2.4)]
    assert [c.status for c in row.cells] == ["moderate", "insufficient"]
    assert found.refused == ()
    assert found.per_head_refused is None
    shown = found.table()
    assert shown.headings == (
        "Chỉ tiêu",
        "Đơn vị",
        "Năm",
        "xã A",
        "xã A: bình quân",
        "xã A: xếp loại",
        "xã B",
        "xã B: bình quân",
        "xã B: xếp loại",
    )
    assert shown.rows[0][:5] == ("hộ nghèo", "hộ (trên 1.000 dân)", "2022", "8,000", "0,800")


def test_the_last_year_that_all_know_counts(here):
    a = village(here, "xã A", [target()], seen("1-poor", {2020: 12, 2021: 9, 2022: 8}))
    b = village(here, "xã B", [target()], seen("1-poor", {2020: 50, 2021: 49}))
    (row,) = side_by_side([a, b], as_of=2022).rows
    assert (row.year, [c.value for c in row.cells]) == (2021, [9, 49])


def test_no_common_year_is_refused_by_name(here):
    a = village(here, "xã A", [target()], seen("1-poor", {2022: 8}))
    b = village(here, "xã B", [target()], seen("1-poor", {2021: 49}))
    found = side_by_side([a, b], as_of=2022)
    assert found.rows == ()
    assert found.refused[0].en == (
        "poor households: there is no year for which the communes have figures."
    )


def test_what_is_not_known_is_empty_and_the_rest_is_shown(here):
    a = village(here, "xã A", [target()], seen("1-poor", {2020: 12, 2021: 9}))
    b = village(here, "xã B", [target()])
    (row,) = side_by_side([a, b], as_of=2021).rows
    assert [c.value for c in row.cells] == [9, None]
    assert row.cells[1].status == "not_assessed"
    assert "…" in repr(side_by_side([a, b], as_of=2021).table())


MISFITS = {
    "units": ({"unit": "households"}, {"unit": "%"}, "other units (xã A: households; xã B: %)"),
    "definitions": (
        {}, {"definition": "theo chuẩn mới"},
        "other definitions (xã A: cuối năm; xã B: theo chuẩn mới)"),
    "one without definition": (
        {}, {"definition": ""}, "other definitions (xã A: cuối năm; xã B: not stated)"),
    "price bases": (
        {"unit": "billion VND", "price_basis": "current"},
        {"unit": "billion VND", "price_basis": "constant 2010"},
        "other price bases (xã A: current; xã B: constant 2010)"),
    "price basis open": (
        {"unit": "fraction/year", "kind": "average_rate", "price_basis": "not stated"},
        {"unit": "fraction/year", "kind": "average_rate", "price_basis": "constant"},
        "price basis not stated (xã A)"),
    "sorts": (
        {"unit": "billion VND"}, {"unit": "billion VND", "kind": "cumulative"},
        "other kinds (xã A: level; xã B: cumulative)"),
    "periods": (
        {"unit": "billion VND", "kind": "cumulative"},
        {"unit": "billion VND", "kind": "cumulative", "base_year": 2019},
        "other periods (xã A: 2020; xã B: 2019)"),
}  # fmt: skip


@pytest.mark.parametrize(("ours", "theirs", "words"), MISFITS.values(), ids=MISFITS)
def test_what_is_not_comparable_is_refused_by_name(here, ours, theirs, words):
    found = side_by_side(pair(here, [target(**ours)], [target(**theirs)]), as_of=2022)
    assert found.rows == ()
    assert [text.en for text in found.refused] == [f"poor households: {words}."]


def test_a_remark_behind_the_definition_does_not_count(here):
    theirs = target(definition="Cuối  năm. Lưu ý: chuẩn nghèo đổi từ 2026")
    assert len(side_by_side(pair(here, [target()], [theirs]), as_of=2022).rows) == 1


def test_the_basis_of_the_figures_counts_too(here):
    money = target("1-income", "million VND", price_basis="current")
    a, b = pair(here, [money], [money])
    b = replace(b, observed=seen("1-income", {2021: 9}, "million VND", "constant 2010"))
    found = side_by_side([a, b], as_of=2022)
    assert "other price bases" in found.refused[0].en


def test_what_only_one_plan_has_is_said_once(here):
    x, y, z = (replace(target(f"2-{n}"), name=Text(f"việc {n}", f"work {n}")) for n in "xyz")
    found = side_by_side(pair(here, [target(), x], [target("7-poor"), y, z]), as_of=2022)
    assert [text.en for text in found.refused] == [
        "Only in the plan of xã A: work x.",
        "Only in the plan of xã B: work y; work z.",
    ]


def test_three_communes_one_of_which_lacks_the_target(here):
    known = seen("1-poor", {2020: 12, 2021: 9})
    three = [village(here, f"xã {n}", [target()] if n != "B" else [], known) for n in "ABC"]
    (row,) = side_by_side(three, as_of=2021).rows
    assert [c.value for c in row.cells] == [9, None, 9]


def test_series_beside_the_targets(here):
    tax = "collected_revenue"
    a = village(here, "xã A", [], seen(tax, {2020: 10, 2021: 12}, "billion VND", "current"))
    b = village(here, "xã B", [], seen(tax, {2021: 30}, "billion VND", "current"),
                seen("population", {2021: 15_000}, "people"), people=20_000)  # fmt: skip
    (row,) = side_by_side([a, b], as_of=2022).rows
    assert row.name.en == "state revenue collected"
    assert [(c.value, c.per_head, c.status) for c in row.cells] == [(12, 1.2, ""), (30, 2.0, "")]


def test_series_at_other_prices_or_years_are_refused(here):
    crop = "crop_value_per_ha"
    a = village(here, "xã A", [], seen(crop, {2021: 150}, "million VND/ha", "current"))
    other = seen(crop, {2021: 120}, "million VND/ha", "constant 2010")
    later = seen(crop, {2022: 160}, "million VND/ha", "current")
    for known, words in ((other, "other price bases"), (later, "no year")):
        found = side_by_side([a, village(here, "xã B", [], known)], as_of=2022)
        assert found.rows == ()
        assert words in found.refused[0].en


@pytest.mark.parametrize("meanings", [("", ""), ("chưa rõ: đăng ký?",) * 2, ("thường trú", "khác")])
def test_heads_of_other_definitions_divide_nothing(here, meanings):
    known = seen("1-poor", {2020: 12, 2021: 9})
    both = [village(here, f"xã {i}", [target()], known, meaning=m) for i, m in enumerate(meanings)]
    found = side_by_side(both, as_of=2021)
    assert [c.per_head for c in found.rows[0].cells] == [None, None]
    assert found.per_head_refused.en.startswith("Nothing per head: populations of other")
    assert "xã 0: bình quân" not in found.table().headings


def test_internal_targets_stay_inside(here):
    secret = target(access="internal")
    found = side_by_side(pair(here, [secret], [secret], seen("1-poor", {2021: 9})), as_of=2022)
    assert (found.rows, found.refused) == ((), ())


def test_one_commune_or_one_name_twice_is_no_comparison(here):
    for communes in ([here], [here, here]):
        with pytest.raises(RefusalError, match="two communes or more"):
            side_by_side(communes, as_of=2022)
    with pytest.raises(ValueError, match="`as_of` must be a year"):
        side_by_side(pair(here, [], []), as_of="soon")


def test_the_last_known_year(here):
    assert last_known_year([here]) == 2021
    assert last_known_year([replace(here, observed=())]) == here.commune.base_year
    assert isinstance(here.histories()["9.2-poor"], AnnualSeries)


def test_the_command_prints_the_boards_and_the_refusals(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    for name, old, new in (
        ("commune.toml", "xã Mẫu Sơn", "xã Bên Kia"),
        ("targets.csv", "9.1-industry,9(1),9(1),economy,Công nghiệp tăng",
         "4.1-industry,9(1),9(1),economy,Tăng khác"),
        ("targets.csv", ",constant,", ",constant 2010,"),
        ("tasks.csv", "9.1-industry", ""),
    ):  # fmt: skip
        path = other / name
        content = path.read_text(encoding="utf-8")
        assert old in content
        path.write_text(content.replace(old, new), encoding="utf-8")
    done = CliRunner().invoke(app, ["compare", str(folder), str(other), "--lang", "en"])
    assert done.exit_code == 0, done.output
    assert "Poor households" in done.output
    assert (
        "Industry grows: other price bases (xã Mẫu Sơn: constant; xã Bên Kia: constant 2010)"
        in (done.output)
    )
    assert "income per capita" in done.output
