"""What projected quantities are called: name with its prices, unit, unit of a difference."""

from __future__ import annotations

from laikhe_analysis.checks import Text
from laikhe_analysis.office.summary.projections import Projections
from laikhe_analysis.vietnamese import LABELS, label, unit_label, words

__all__ = ["gap_unit", "named"]


def gap_unit(unit: str) -> Text:
    """Return the words for the unit of a difference: an index differs by points.

    Examples
    --------
    >>> gap_unit("index").vi, gap_unit("billion VND").en
    ('điểm chỉ số', 'billion VND')
    """
    if unit == "index":
        return Text("điểm chỉ số", "index points")
    return Text(unit_label(unit), unit_label(unit, "en"))


def named(projections: Projections, variable: str) -> Text:
    """Return the name of a result, with "current prices" where it is told in real terms as well."""
    bases = {p.paths[variable].price_basis for p in projections.values() if variable in p.paths}
    if bases != {"current"} or f"{variable}_real" not in LABELS:
        return words(variable)
    return Text(*(f"{label(variable, g)}, {label('current', g)}" for g in ("vi", "en")))
