"""Real histories on the board: what other places published for themselves, and what came of it."""

import dataclasses

import pytest

from laikhe_analysis.data import load
from laikhe_analysis.findings.histories import best_windows, histories, ratios, tell
from laikhe_analysis.language.wordings.board import came_text, held_text
from laikhe_analysis.records import Break

ROWS = """\
Ví Dụ,income,,2020,100,million VND/person/year,current,final,official,high,book,
Ví Dụ,income,,2024,120,million VND/person/year,current,final,official,high,book,
Ví Dụ,income,,2025,152,million VND/person/year,current,final,official,high,book,
Ví Dụ,income,,2025,150,million VND/person/year,current,target,official,high,book,
Ví Dụ,poverty_rate,,2021,5,%,n/a,final,official,high,book,
Ví Dụ,poverty_rate,,2023,4.5,%,n/a,final,official,high,book,
Ví Dụ,poverty_rate,,2024,4,%,n/a,target,official,high,book,
Ví Dụ,spent,,2022,50,billion VND,current,plan,official,high,book,
Ví Dụ,spent,,2022,60,billion VND,current,final,press,high,book,
Ví Dụ,price,,2023,3,%/year,n/a,target,official,low,book,
Ví Dụ,output,2021,2025,8,%/year,constant,target,official,high,book,
"""


@pytest.fixture
def places(folder):
    """Return the histories of a made-up folder."""
    with (folder / "reference.csv").open("a", encoding="utf-8") as file:
        file.write(ROWS)
    with (folder / "commune.toml").open("a", encoding="utf-8") as file:
        file.write('[yardsticks]\nprovince = "Ví Dụ"\ncity = "Ví Dụ"\nworld = "nowhere"\n')
    return histories(load(folder))


def named(told):
    """Return what was told by target id."""
    return {one.after.target.target_id: one for one in told}


class TestMadeUp:
    def test_published_rows_become_targets(self, places):
        (one,) = places  # named twice as a yardstick, told once
        found = {t.target_id: (t.kind, t.direction, t.base_year) for t in one.plan.targets}
        assert found == {
            "spent@2022-2022": ("annual_ratio", "at_least", 2021),
            "income@2025": ("level_by", "at_least", 2020),
            "poverty_rate@2024": ("level_by", "at_most", 2019),
            "output@2025": ("average_rate", "at_least", 2020),
        }  # grdp_growth 2021-2025 is a plan in per cent, price of low confidence

    def test_the_class_a_year_before_knows_nothing_later(self, places):
        one = named(tell(places))["income@2025"]
        before = one.before.assessment
        # 100 (2020), 120 (2024), 150 (2025): 4.664 % a year of the 8.447 % required
        assert (before.year, before.value, one.before.status) == (2024, 120, "insufficient")
        assert before.ratio == pytest.approx((1.2**0.25 - 1) / (1.5**0.2 - 1))
        assert before.needed == pytest.approx(0.25)
        assert (one.is_known, one.is_reached) == (True, True)  # 152 came

    def test_what_is_not_known_is_not_guessed(self, places):
        one = named(tell(places))["poverty_rate@2024"]
        # 5 (2021), 4.5 (2023), 4 (2024): a fall of 0.25 a year of the 0.333 required
        assert one.before.status == "moderate"
        assert (one.is_known, one.is_reached) == (False, None)
        assert one.part is None
        assert came_text(one) == "chưa có số công bố"

    def test_one_year_of_an_estimate(self, places):
        one = named(tell(places))["spent@2022-2022"]
        assert one.after.assessment.value == pytest.approx(120)
        assert one.is_reached is True
        assert ratios(places) == {}  # three years are needed to walk through

    def test_averages_of_years_are_left_to_the_board(self, places):
        assert "output@2025" not in named(tell(places))
        assert "output@2025" in {x.target.target_id for x in places[0].board(2022).lines}

    def test_nothing_published(self, folder):
        assert histories(load(folder)) == []
        assert tell([]) == []
        assert best_windows(load(folder), load(folder).plan.targets[0]) == {}


class TestReal:
    def test_revenue_against_the_estimate(self, own_data):
        # final accounts and estimates of the finance ministry, 2006-2014
        places = own_data.commune.yardsticks
        walked = ratios(histories(own_data, ratio=110))
        province = walked[places["province"]]
        assert province[0].assessment.value == pytest.approx(100 * 2369.8 / 2550.9)
        held = [line.target.is_met(line.assessment.value) for line in province]
        assert (sum(held), len(held)) == (8, 9)
        old_city = walked[places["old_city"]]
        assert 2009 not in [line.assessment.year for line in old_city]  # of low confidence
        assert (
            held_text("x", old_city).pick("en").startswith("x 2006-2014: 5 of 8 years at 110% of ")
        )
        # the mean of the years decides, in the last year only; the year that was missed is named
        assert {line.status for line in province[2:]} == {"on_track"}
        assert all("2006" in line.assessment.reason.en for line in province)

    def test_growth_that_was_promised(self, own_data):
        city = own_data.commune.yardsticks["city"]
        told = {(one.entity, one.after.target.target_id): one for one in tell(histories(own_data))}
        missed = told[city, "grdp_growth@2025"]  # 11.81 % came of 12.35 %
        assert (missed.after.assessment.value, missed.is_reached) == (0.1181, False)
        running = told[city, "grdp_growth@2026"]
        assert running.is_reached is None
        assert running.part.vi == "9 tháng 2026: 12,08"

    def test_no_target_is_judged_by_a_later_figure(self, own_data):
        for one in tell(histories(own_data)):
            known = one.before.assessment.year
            assert known is None or known < one.after.target.target_year

    def test_the_best_five_years(self, own_data):
        found = best_windows(own_data, own_data.plan.role("total_product", "average_rate"))
        old_city = found[own_data.commune.yardsticks["old_city"]]
        # 16.68, 11.22, 12.38, 12.32, 10.34 % in 2019-2023: 12.6 % a year
        product = 1.1668 * 1.1122 * 1.1238 * 1.1232 * 1.1034
        assert old_city[-1].assessment.value == pytest.approx(product**0.2 - 1)
        assert [line.status for line in old_city] == ["on_track"] * 4 + ["achieved"]
        province = found[own_data.commune.yardsticks["province"]]
        assert {line.status for line in province[:-1]} == {"moderate"}
        assert province[-1].status == "insufficient"
        assert "5/5 năm từ 12%/năm trở lên" in str(held_text("x", old_city))

    def test_a_break_ends_a_window(self, own_data):
        entity = own_data.commune.yardsticks["old_city"]
        broken = Break(f"{entity}/grdp_growth", 2021, "other method", "method")
        data = dataclasses.replace(own_data, interruptions=(broken,))
        assert entity not in best_windows(data, data.plan.role("total_product", "average_rate"))

    def test_what_came_in_words(self, own_data):
        told = {came_text(one) for one in tell(histories(own_data))}
        assert "11,8%/năm: không đạt" in told
        assert "9 tháng 2026: 12,08" in told
        assert not [text for text in told if "None" in text or "nan" in text]
