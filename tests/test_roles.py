"""What a target is about comes from role, kind and unit together, never from its id."""

import dataclasses

import pytest
from conftest import change, problems
from strategies import series, target

from laikhe_analysis.consistency import check_plan
from laikhe_analysis.monitor import board
from laikhe_analysis.monitor.measures import measure, measured_by
from laikhe_analysis.records import KINDS, Commune, Plan
from laikhe_analysis.roles import ROLES, kind_problem, role_names, role_problem
from laikhe_analysis.targets import assess

SECTORS = ("industry", "services")

IMPOSSIBLE = {
    "income as a share": ("income", "level_by", "%", "income per capita in million VND"),
    "income as a sum": ("income", "cumulative", "million VND/person/year", "a kind of level_by"),
    "a share that grows": ("share:industry", "average_rate", "%/year", "a kind of level_by"),
    "a share in money": ("share:industry", "level_by", "billion VND", "share of a sector in %"),
    "product in people": ("total_product", "level_by", "people", "total product in billion VND"),
    "a sector as a share": (
        "sector:industry",
        "level_by",
        "%",
        "product of a sector in billion VND",
    ),
    "fees of one year": ("investment_land", "annual_level", "billion VND", "a kind of cumulative"),
    "fees in millions": ("investment_land", "cumulative", "million VND", "in billion VND"),
    "poor in per cent": ("poor_households", "level_by", "%", "poor households in households"),
    "a rate in households": ("poverty_rate", "level_by", "households", "poverty rate in %"),
    "revenue in per cent": ("revenue", "level_by", "%", "budget revenue in billion VND"),
    "revenue that grows by a level": ("revenue", "level_by", "%/year", "budget revenue in"),
    "a sector of nobody": ("sector:tourism", "average_rate", "%/year", "a sector that `sectors`"),
    "a sector without its name": ("sector", "average_rate", "%/year", "one of:"),
    "a misspelt role": ("incme", "level_by", "%", "did you mean “income”?"),
    "a word behind a clause": ("total", "average_rate", "%/year", "one of: total_product"),
}


@pytest.mark.parametrize(("role", "kind", "unit", "words"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_a_role_on_what_it_cannot_be_is_refused(role, kind, unit, words):
    found = role_problem(role, kind, unit, SECTORS)
    assert found is not None
    assert words in found.en
    assert found.vi != found.en


POSSIBLE = [
    ("", "level_by", "tấn"), ("revenue", "annual_ratio", "% of plan"),
    ("revenue", "average_rate", "%/year"), ("revenue", "level_by", "billion VND"),
    ("revenue", "cumulative", "billion VND"), ("income", "average_rate", "%/year"),
    ("income", "level_by", "million VND/person/year"), ("income", "level_by", "USD"),
    ("income", "level_by", "million VND/person/month"), ("income", "ratio_to_base", "ratio"),
    ("income", "ratio_to_base", "%"), ("total_product", "annual_level", "%/year"),
    ("sector:services", "average_rate", "%/year"), ("share:product_taxes", "level_by", "%"),
    ("poverty_rate", "change_per_year", "percentage points/year"),
    ("poor_households", "change_per_year", "households/year"),
    ("population", "annual_level", "%/year"), ("investment_all", "cumulative", "billion VND"),
]  # fmt: skip


@pytest.mark.parametrize(("role", "kind", "unit"), POSSIBLE)
def test_a_role_on_what_it_can_be(role, kind, unit):
    assert role_problem(role, kind, unit, SECTORS) is None
    assert kind_problem(kind, unit) is None


def test_every_role_names_known_kinds_and_has_words():
    for name, role in ROLES.items():
        assert set(role.kinds) <= set(KINDS), name
        assert role.units
        assert role.words.vi != role.words.en
    assert len(role_names(SECTORS)) == len(set(role_names(SECTORS)))


def test_the_row_and_the_remedy_are_told(folder):
    change(folder, "targets.csv", "sector:industry,%/year,average_rate", "income,%,level_by")
    (one, *_) = [p for p in problems(folder) if p.column == "role"]
    assert (one.file, one.line, one.got) == ("targets.csv", 2, "income")
    assert "để trống `role`" in one.render("vi")


COMMUNE = Commune("xã Mẫu", "", "tỉnh Ví Dụ", 1.0, 1000, "", "", (), "", 2025, 2030,
                  sectors=SECTORS)  # fmt: skip


def test_no_meaning_comes_from_an_id():
    """`x-industry` on a level in billion, `2-services` on a share, `1-total` on a count."""
    given = [
        target("level_by", 500, unit="billion VND", target_id="x-industry", role=""),
        target("level_by", 70.22, unit="%", target_id="2-services", role=""),
        target("level_by", 12, unit="schools", target_id="1-total", role=""),
        target("cumulative", 5000, unit="billion VND", target_id="3-investment", role=""),
    ]
    known = {"product_industry": series({2025: 9.0}, "billion VND"),
             "total_product": series({2025: 9.0}, "billion VND")}  # fmt: skip
    plan = Plan(COMMUNE, tuple(given))
    assert [measured_by(one) for one in given] == [""] * 4
    assert [measure(one, known) for one in given] == [None] * 4
    assert check_plan(plan, facts={}, series=known) == []
    assert all(line.status == "not_assessed" for line in board(plan, known, as_of=2026).lines)


def test_the_same_role_has_its_meaning_under_any_id():
    rate = target("average_rate", 0.12, unit="fraction/year", target_id="k9", role="income")
    level = target("level_by", 70, unit="million VND/person/year", target_id="k8", role="income")
    plan = Plan(COMMUNE, (level, rate))
    assert plan.role("income") is level
    assert plan.role("income", "average_rate") is rate
    assert plan.role("income", "cumulative") is None


MONEY = "billion VND"
# role, kind, unit, known series, what measures it: values by year
MEASURED = {
    "income as a level": (
        "income", "level_by", "million VND/person/year",
        {"income_per_capita": ({2025: 60.0}, "million VND/person/year")}, {2025: 60}),
    "income a month": (
        "income", "level_by", "million VND/person/month",
        {"income_per_capita": ({2025: 62.4}, "million VND/person/year")}, {2025: 5.2}),
    "revenue over what was assigned": (
        "revenue", "annual_ratio", "% of plan",
        {"collected_revenue": ({2026: 23.0}, MONEY), "assigned_revenue": ({2026: 20.0}, MONEY)},
        {2026: 115}),
    "revenue without land over the estimate without land": (
        "revenue_without_land", "annual_ratio", "% of plan",
        {"recurrent_revenue": ({2026: 18.0}, MONEY), "assigned_revenue": ({2026: 99.0}, MONEY),
         "assigned_revenue_without_land": ({2026: 20.0}, MONEY)}, {2026: 90}),
    "times the base": (
        "income", "ratio_to_base", "ratio",
        {"income_per_capita": ({2025: 50.0, 2027: 75.0}, "million VND/person/year")},
        {2025: 1, 2027: 1.5}),
    "per cent above the base": (
        "total_product", "ratio_to_base", "%", {"total_product": ({2025: 100.0, 2026: 131.6}, MONEY)},
        {2025: 0, 2026: 31.6}),
    "points a year": (
        "poverty_rate", "change_per_year", "percentage points/year",
        {"9.1-word": ({2025: 9.0, 2027: 6.0}, "%")}, {2027: -1.5}),
    "growth of a level every year": (
        "population", "annual_level", "fraction/year",
        {"population": ({2025: 1000.0, 2026: 1010.0}, "people")}, {2026: 0.01}),
    "the share of a sector": (
        "share:industry", "level_by", "%", {"share_industry": ({2025: 54.0}, "%")}, {2025: 54}),
    "a level of another kind of unit": (
        "income", "level_by", "USD", {"income_per_capita": ({2025: 60.0}, "million VND/person/year")},
        {2025: 60}),
}  # fmt: skip


@pytest.mark.parametrize("case", MEASURED.values(), ids=MEASURED)
def test_the_role_says_which_series_and_the_kind_how_it_is_read(case):
    role, kind, unit, known, wanted = case
    one = target(kind, 0.1 if unit == "fraction/year" else 10.0, unit=unit, role=role)
    found = measure(one, {name: series(values, u) for name, (values, u) in known.items()})
    assert dict(zip(found.years, found.values, strict=True)) == pytest.approx(wanted)


def test_revenue_without_land_is_not_held_against_the_estimate_with_land():
    one = target("annual_ratio", 100, unit="% of plan", role="revenue_without_land")
    known = {"recurrent_revenue": series({2026: 18.0}, MONEY),
             "assigned_revenue": series({2026: 20.0}, MONEY)}  # fmt: skip
    assert measure(one, known) is None


# --- directions and kinds -------------------------------------------------------------------

BINDS = [
    # direction, value, value_high, tolerance, unit, values that meet it, values that do not
    ("about", 10.5, None, 0.5, "%", (10.0, 10.5, 11.0), (9.99, 11.01, 40)),
    ("about", 10.5, 11, 0.0, "%", (10.5, 10.75, 11), (10.4, 11.1)),
    ("about", 65, None, 0.5, "%", (64.5, 65.5), (64.4, 66)),
    ("between", 34, 35, 0.0, "%", (34, 34.6, 35), (33.9, 35.1)),
    ("between", 14, 15, 0.2, "billion VND", (13.8, 15.2), (13.7, 15.3)),
    ("at_least", 90, 95, 0.0, "%", (90, 99), (89.9,)),
    ("at_least", 57, None, 0.0, "%", (57, 100 * 0.57), (56.9,)),
    ("at_least", 57, None, 0.1, "%", (56.9, 57 - 0.1), (56.89,)),
    ("at_most", 5, 6, 0.0, "%", (5, 6), (6.1,)),
    ("above", 80, None, 0.0, "%", (80.1,), (80, 80 + 1e-12)),
    ("below", 5, None, 0.0, "%", (4.9,), (5, 5 - 1e-13)),
]  # fmt: skip


@pytest.mark.parametrize("case", BINDS, ids=[f"{x[0]} {x[1]}" for x in BINDS])
def test_what_binds_on_which_side(case):
    direction, value, high, tolerance, unit, met, missed = case
    one = target("level_by", value, direction, unit, value_high=high, tolerance=tolerance)
    assert [one.is_met(x) for x in met] == [True] * len(met)
    assert [bool(one.is_met(x)) for x in missed] == [False] * len(missed)


def test_about_a_growth_is_the_least_that_counts():
    one = target("average_rate", 0.12, "about", "fraction/year", tolerance=0.005)
    assert not one.is_two_sided
    assert one.is_met(0.115)
    assert one.is_met(0.14)
    assert not one.is_met(0.114)


ASSESSED = {
    # kind, unit, direction, value, high, years and values, method, status
    "about from below": ("level_by", "%", "about", 65, None, {2025: 60.0, 2027: 62.0}, "linear",
                         "on_track"),
    "about from above": ("level_by", "%", "about", 10, None, {2025: 15.0, 2027: 13.0}, "linear",
                         "on_track"),
    "about, overshot": ("level_by", "%", "about", 65, None, {2025: 60.0, 2027: 70.0}, "linear", "away"),
    "between, to its upper end": ("level_by", "%", "between", 10, 12, {2025: 20.0, 2027: 16.9}, "linear",
                                  "on_track"),
    "between, inside": ("level_by", "%", "between", 10, 12, {2025: 15.0, 2027: 11.0}, "linear", "achieved"),
    "mean met so far": ("mean_level", "tấn", "at_least", 100, None, {2026: 90.0, 2027: 120.0}, "mean",
                        "on_track"),
    "mean not met": ("mean_level", "tấn", "at_least", 100, None, {2026: 40.0, 2027: 50.0}, "mean",
                     "insufficient"),
    "times the base": ("ratio_to_base", "ratio", "at_least", 2, None, {2025: 1.0, 2027: 1.4}, "linear",
                       "on_track"),
    "fall a year": ("change_per_year", "percentage points/year", "at_most", -1.5, -1,
                    {2026: -1.2, 2027: -1.0}, "mean", "on_track"),
    "fall too small": ("change_per_year", "percentage points/year", "at_most", -1.5, -1,
                       {2026: -0.2, 2027: -0.4}, "mean", "insufficient"),
    "rank": ("rank", "rank", "at_most", 10, None, {2025: 30.0, 2027: 22.0}, "linear", "on_track"),
}  # fmt: skip


@pytest.mark.parametrize("case", ASSESSED.values(), ids=ASSESSED)
def test_new_kinds_and_directions_are_assessed(case):
    kind, unit, direction, value, high, known, method, status = case
    one = target(kind, value, direction, unit, value_high=high)
    found = assess(one, series(known, unit))
    assert (found.method, found.status) == (method, status)


def test_due_and_noise_travel_with_a_target():
    one = dataclasses.replace(target(), due=1, noise=0.5)
    assert one.due_on(2026) == "2027-01-31"
    assert dataclasses.replace(one, due=0).due_on(2026) == "2026-12-31"
    assert dataclasses.replace(one, due=-9).due_on(2026) == "2026-03-31"
    assert dataclasses.replace(one, due=None).due_on(2026) is None
