"""How notebooks that hold two languages show a reason."""

from laikhe_analysis.checks import Text
from laikhe_analysis.office.pages import revenue


def test_said_keeps_tables_and_writes_both_languages():
    assert revenue.said(None) is None
    assert revenue.said(Text("có", "yes")).data == "có\n\n*yes*"
