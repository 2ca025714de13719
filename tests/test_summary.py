"""The sentences of the report carry the numbers of the library, in both languages."""

import re
from dataclasses import replace

import pytest
from headlines import board_line, headline_of, headlines

from laikhe_analysis.data import load
from laikhe_analysis.findings import investment, register
from laikhe_analysis.findings.paths import mean_rate_of
from laikhe_analysis.findings.revenue import start_ratio_needed
from laikhe_analysis.messages import safe_side, speaking
from laikhe_analysis.office.board.standing import board_of
from laikhe_analysis.records import Observation, Plan, SharingRule
from laikhe_analysis.vietnamese import format_number


def numbers(text):
    """Return the numbers of a sentence without its clause, English notation."""
    text = re.sub(r"[0-9][.,][0-9]\([0-9]+\)", "", text)
    return {float(n.replace(",", "")) for n in re.findall(r"-?[0-9][0-9,]*(?:\.[0-9]+)?", text)}


def test_the_plan_of_this_repository_in_ten_lines(own_data):
    lines = headlines(own_data, "co_so")
    assert len(lines) >= 10
    text = " ".join(line.text.en for line in lines)
    # methods.md 2.7 (shares, two cases), 4.1 (gross, by rule, of four years left), 2.6
    wanted = {
        11.26,
        28.30,
        12.04,
        13.48,
        840.5,
        210.1,
        631,
        3362,
        6.5,
        14.5,
        1.762,
        141.0,
        176.2,
    }
    assert wanted <= numbers(text)
    for line in lines:
        assert not re.search(r"[{}]|nan|None", line.text.vi + line.text.en)
        assert line.text.vi.endswith(".")
        assert re.search(r"[ăâđêôơư]", line.text.vi), "Vietnamese"


def test_vietnamese_and_english_hold_the_same_numbers(own_data):
    for line in headlines(own_data, "than_trong"):
        vietnamese = line.text.vi.translate(str.maketrans(",.", ".,"))
        assert numbers(vietnamese) == numbers(line.text.en), line.text.vi


def test_a_line_shows_the_weakest_origin_of_its_inputs(own_data):
    by_page = {line.page[:2]: line.origin for line in headlines(own_data, "co_so")}
    assert by_page["02"] == by_page["04"] == "assumption"


def test_a_scenario_that_is_not_there_is_named_with_its_nearest(own_data):
    with speaking("en"), pytest.raises(ValueError, match="Did you mean 'muc_tieu'"):
        headlines(own_data, "muc_teu")


def test_the_start_ratio_keeps_every_later_year_above(own_data):
    projection = own_data.projections()["co_so"]
    needed = start_ratio_needed(projection, 1.10)
    revenue = projection.path("recurrent_revenue").array
    assigned = projection.path("assigned_revenue_without_land").array
    later = needed * (revenue / revenue[0]) / (assigned / assigned[0])
    assert later[1:].min() == pytest.approx(1.10)


def test_the_headline_says_how_much_land_at_what_price_and_how_surely(own_data):
    lines = [line for line in headlines(own_data, "co_so") if line.page.startswith("05")]
    study = investment.study_of(own_data)
    first = study.land[0]
    for part in (
        "840,5", "tỷ lệ của kế hoạch", "6,5 triệu đồng/m²", "chưa có danh mục",
        *(format_number(safe_side(first[level], 1), 1) + " ha" for level in (0.5, 0.8)),
    ):  # fmt: skip
        assert part in lines[0].text.vi
    assert "từ 631 tỷ đồng" in lines[1].text.vi
    other = headlines(own_data.under_rule("city_2026_none_returned"), "co_so")
    assert any("2.521,4" in line.text.vi for line in other)
    kept = headlines(replace(own_data, inventory=own_data.inventory_example), "co_so")
    assert any("7,21 ha" in line.text.vi or "7,2 ha" in line.text.vi for line in kept)


def test_gross_by_rule(own_data):
    gross = investment.gross_by_rule(own_data)
    # methods.md 4.1: at 60, 80, 20, 60 and 15 %
    wanted = {
        "plan_60": 840.460, "city_2026_full_return": 630.345, "city_2026_none_returned": 2521.380,
        "city_2026_cost_25": 840.460, "plan_commune_only": 3361.840,
    }  # fmt: skip
    assert gross == pytest.approx(wanted)
    study = investment.study_of(own_data)
    assert {need["rule"]: need["gross"] for need in study.needed} == pytest.approx(wanted)


def test_a_rule_counts_only_where_it_holds_in_the_first_year(own_data):
    first = own_data.rules["plan_60"].lines[0]
    later = SharingRule("later", (replace(first, year_from=2028),))
    past = SharingRule("past", (replace(first, year_from=2020, year_to=2025),))
    data = replace(own_data, rules={"later": later, "past": past, **own_data.rules})
    assert investment.gross_by_rule(data) == investment.gross_by_rule(own_data)
    assert investment.gross_by_rule(data, "no_such_stream") == {}


def test_an_average_rate_is_over_differences_of_years(folder):
    projection = load(folder).projections()["co_so"]
    # 3 % a year by the file, over 2020 to 2025: five years, six values
    assert mean_rate_of(projection, "price_index") == pytest.approx(0.03, abs=1e-12)
    assert mean_rate_of(projection, "income_per_capita_real") == pytest.approx(0.05, abs=1e-12)


def test_the_boards_line_rests_on_its_outlook_too(folder):
    data = load(folder)
    projection = data.projections()["co_so"]
    assert board_line(board_of(data, "2021")).origin == "statement"
    ahead = board_of(data, "2021", projection=projection)
    assert any(line.expected is not None for line in ahead.lines)
    assert board_line(ahead, "co_so").origin == "assumption"


def test_another_commune_gets_its_own_lines(folder):
    data = load(folder)
    lines = headlines(data, "muc_tieu")
    assert any("136.5 in 2025" in line.text.en for line in lines)  # 60 x 1.09^5 + 40 x 1.02^5
    bare = replace(data, plan=Plan(data.commune, ()), assumed=data.assumed)
    texts = [line.text.en for line in headlines(bare, "co_so")]
    assert any(text.startswith("The register is empty") for text in texts)
    assert investment.study_of(bare) is None


def test_what_cannot_be_computed_is_said_with_the_reason(folder):
    path = folder / "scenarios.csv"
    kept = [
        line for line in path.read_text(encoding="utf-8").splitlines() if "buoyancy" not in line
    ]
    path.write_text("\n".join(kept) + "\n", encoding="utf-8")
    texts = [line.text.en for line in headlines(load(folder), "co_so")]
    assert any("Not computable: revenue without land-use fees, because" in text for text in texts)


def test_the_first_revenue_of_the_commune_does_not_break_the_report(own_data):
    row = Observation("recurrent_revenue", 2026, "FY", 12.0, None, None, "billion VND", "current",
                      "estimate", "official", "plan", "2027-01-20")  # fmt: skip
    data = replace(own_data, observed=(*own_data.observed, row))
    text = " ".join(line.text.en for line in headlines(data, "co_so"))
    assert "(2026 = 100)" in text
    later = replace(row, series_id="income_per_capita", unit="million VND/person/year", value=99.0)
    kept = tuple(o for o in own_data.observed if o.series_id != "income_per_capita")
    data = replace(own_data, observed=(*kept, later))
    line = next(ln for ln in headlines(data, "co_so") if ln.page.startswith("04"))
    # 99 in 2026, 12 % real and 3.8 % prices for four years
    assert f"{99 * (1.12 * 1.038) ** 4:.1f} nominal" in line.text.en
    assert "at 2025 prices" in line.text.en


def test_only_what_was_measured_counts_as_known(own_data):
    row = Observation("2.2.7-nursery", 2025, "FY", 50.0, None, None, "%", "n/a", "estimate",
                      "assumption", "assumption", "2026-11-22")  # fmt: skip
    data = replace(own_data, observed=(*own_data.observed, row))
    assert "direct figures for 0 of them" in headline_of(register.counted(data)).text.en
    known = replace(row, origin="official")
    data = replace(own_data, observed=(*own_data.observed, known))
    assert "direct figures for 1 of them" in headline_of(register.counted(data)).text.en
