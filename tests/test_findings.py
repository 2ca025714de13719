"""Findings are values with one wording each."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from headlines import headlines

import laikhe_analysis.findings
from laikhe_analysis.findings import Finding, income, product, register, revenue, scenarios
from laikhe_analysis.language import speaking, wordings


@pytest.fixture
def spoken(monkeypatch):
    told = {"a.rate": "tăng {rate:1%}/năm", "a.both": "{name}: {inner}"}
    monkeypatch.setattr(wordings, "WORDINGS", told)


def test_a_finding_is_told_with_its_numbers_and_the_findings_in_it(spoken):
    inner = Finding("a.rate", {"rate": 0.123})
    outer = Finding("a.both", {"name": "Tổng sản phẩm", "inner": inner})
    assert str(wordings.tell(outer.key, **outer.numbers)) == "Tổng sản phẩm: tăng 12,3%/năm"
    assert (outer.subject, inner["rate"]) == ("a", 0.123)


def test_a_finding_without_wording_is_an_error(spoken):
    with pytest.raises(KeyError, match=r"a\.other"):
        wordings.tell("a.other")


def told(found):
    return str(wordings.tell(found.key, **found.numbers))


def test_every_wording_has_its_finding_and_every_finding_its_wording():
    folder = Path(laikhe_analysis.findings.__file__).parent
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for path in folder.glob("*.py")
        if path.name != "finding.py"
    )  # whose example is no finding
    subjects = "|".join({key.partition(".")[0] for key in wordings.WORDINGS})
    made = set(re.findall(rf'"((?:{subjects})\.[a-z_.]+)"', code))
    made |= {
        f"{subject}.not_computable"
        for subject in (
            "income",
            "product",
            "revenue",
            "scenarios",
        )
    }
    made |= {"revenue.with_land", "revenue.without_land"}
    made |= {f"investment.ask_{name}" for name in re.findall(r'_ask\("([a-z_]+)"', code)}
    made |= {f"investment.chance_{kind}" for kind in ("about", "rare", "sure")}
    made |= {"investment.determined", "investment.none_determined"}
    made |= {f"investment.cost_of_{source}" for source in ("rule", "land", "given")}
    assert made == set(wordings.WORDINGS)


def test_parts_that_are_missing_are_left_out_and_several_are_listed(spoken):
    both = (Finding("a.rate", {"rate": 0.1}), Finding("a.rate", {"rate": 0.2}))
    assert str(wordings.tell("a.both", name="x", inner=both)) == "x: tăng 10,0%/năm; tăng 20,0%/năm"
    assert str(wordings.tell("a.both", name="co_so", inner=None)) == "cơ sở: "
    with speaking("en"):
        assert str(wordings.tell("a.both", name="co_so", inner=None)) == "baseline: "


@pytest.mark.parametrize("subject", [income, product, revenue], ids=lambda one: one.__name__[-7:])
def test_a_finding_tells_what_it_rests_on(own_data, subject):
    found = subject.under_scenario(own_data, own_data.projection("co_so"))
    assert found.origin == "assumption"
    assert found.clause.startswith("2.2(")
    assert found.owner
    assert found.rests_on
    assert found.rests_on == tuple(sorted(found.rests_on))
    missing = replace(own_data.projection("co_so"), paths={})
    none = subject.under_scenario(own_data, missing)
    assert none.key == f"{none.subject}.not_computable"
    assert told(none).endswith("thiếu số liệu.")


def test_the_numbers_of_the_findings(own_data):
    """methods.md 2.6 and 2.7: 100 and 80 growing by 12 % for five years."""
    projection = own_data.projection("co_so")
    total = product.under_scenario(own_data, projection)
    assert total["asked"]["index"] == pytest.approx(100 * 1.12**5)
    assert total["index"] == pytest.approx(100 * (1 + total["rate"]) ** 5)
    earned = income.under_scenario(own_data, projection)
    assert earned["asked"]["real"] == pytest.approx(80 * 1.12**5)
    collected = revenue.under_scenario(own_data, projection)
    assert collected["growth"]["index"] == pytest.approx(100 * 1.1**5)
    assert collected["ratio"]["needed"] == revenue.start_ratio_needed(projection, 1.10)
    slow, cases = product.structure(own_data)
    assert (slow["sector"], slow["low"]) == ("agriculture", pytest.approx(0.112645, abs=1e-6))
    assert [round(one["rate"], 4) for one in cases["cases"]] == [0.1204, 0.1348]


def test_what_a_plan_does_not_ask_for_is_not_told(own_data):
    bare = replace(own_data, plan=replace(own_data.plan, targets=()))
    projection = bare.projection("co_so")
    assert product.structure(bare) == []
    assert product.under_scenario(bare, projection)["asked"] is None
    assert income.under_scenario(bare, projection)["asked"] is None
    found = revenue.under_scenario(bare, projection)
    assert (found["growth"], found["ratio"], found.clause) == (None, None, "")
    ratio = own_data.plan.role("revenue")
    even = replace(own_data, plan=replace(own_data.plan, targets=(replace(ratio, value=100.0),)))
    found = revenue.under_scenario(even, projection)
    assert found["growth"] is None
    assert "thu hằng năm đạt 100% dự toán giao" in told(found)


def test_rates_that_cannot_agree_are_told_with_the_reason(own_data):
    total = own_data.plan.role("total_product", "average_rate")
    targets = tuple(replace(t, value=0.2) if t is total else t for t in own_data.plan.targets)
    (found,) = product.structure(replace(own_data, plan=replace(own_data.plan, targets=targets)))
    assert found.key == "product.cannot_agree"
    assert "không thể cùng đúng" in told(found)


def test_from_five_full_years_on_the_own_figures_are_forecast_and_told(own_data):
    data = own_data
    for k, year in enumerate(range(2021, 2026)):
        for name, unit, basis in (("total_product", "billion VND", "constant"),
                                  ("recurrent_revenue", "billion VND", "current"),
                                  ("income_per_capita", "million VND/person/year", "current")):  # fmt: skip
            data = data.add(
                name, year, 100 * 1.08**k, unit=unit, price_basis=basis, status="final",
                origin="official", source_id="plan", recorded_on="2026-01-31",
            )  # fmt: skip
    told = [line.text.vi for line in headlines(data, "co_so")]
    forecasts = [text for text in told if "Dự báo từ 5 năm số liệu của xã" in text]
    assert len(forecasts) == 3
    assert "chưa dự báo thống kê được" not in " ".join(told)
    assert not [line for line in headlines(own_data, "co_so") if "Dự báo từ" in line.text.vi]


def test_scenarios_side_by_side_with_the_largest_driver(own_data):
    """100 x 1.462 and 100 x 1.882 in 2030: 42.1 points, 26.0 of them from industry."""
    paths = {name: own_data.projection(name) for name in own_data.assumed}
    found = scenarios.side_by_side(paths, "co_so", "muc_tieu")
    assert [round(one["rate"], 3) for one in found["rates"]] == [0.079, 0.135, 0.052]
    gap = found["gap"]
    ends = [paths[name].value("total_product", 2030) for name in ("co_so", "muc_tieu")]
    assert gap["more"] == pytest.approx(ends[1] - ends[0])
    assert (gap["driver"], round(gap["part"], 1)) == ("growth_industry", 26.0)
    assert "+42,1 điểm" in told(found)
    assert scenarios.side_by_side(paths, "co_so", "co_so")["gap"] is None
    assert scenarios.side_by_side(paths, "co_so", "no such")["gap"] is None
    assert scenarios.side_by_side({}, "co_so", "muc_tieu") is None
    none = scenarios.side_by_side({"co_so": replace(paths["co_so"], paths={})}, "co_so", "x")
    assert told(none) == "Chưa tính được tổng giá trị sản phẩm, giá so sánh: thiếu số liệu."


def test_the_register_is_counted_and_held_against_itself(own_data):
    assert told(register.counted(own_data)).startswith(
        "Kế hoạch có 50 con số phải đạt, thuộc 21 mục"
    )
    empty = replace(own_data, plan=replace(own_data.plan, targets=()))
    assert register.counted(empty).key == "register.empty"
    points = register.open_points(own_data, own_data.projection("co_so"))
    found = register.agreement(points)
    assert found["conflict"] == sum(one.severity == "conflict" for one in points) > 0
    assert told(found).endswith(f"Trước hết: {points[0].text.vi}")
    assert told(register.agreement([])).endswith("0 ghi chú.")
    assert "50 chỉ tiêu" in told(register.folder(own_data))
