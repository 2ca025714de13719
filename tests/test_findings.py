"""Findings are values with one wording each."""

import pytest

from laikhe_analysis.findings import Finding
from laikhe_analysis.language import wordings


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
