"""What a column of a file holds: for the reader, the checks and the guide of the folder."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from laikhe_analysis.checks import tidy
from laikhe_analysis.data.cells import Reader, plain_number, two_readings
from laikhe_analysis.messages import Text, Worded, _, joined
from laikhe_analysis.vietnamese import COUNTED, UNITS, unit_label

__all__ = ["NEEDED", "USUAL", "Column"]

NEEDED = object()
"""The default of a column that every file must have."""

USUAL: dict[str, tuple[float, float]] = {
    "million VND/person/year": (0.5, 2_000),
    "million VND/person/month": (0.05, 200),
    "million VND/ha": (1, 10_000),
    "million VND/m2": (0.001, 1_000),
    "% of plan": (0, 10_000),
}
"""Where amounts per head and per area lie, by unit, in a commune and in the country alike, unless
they were typed in another unit."""

_SLIPS = {"thousand VND": 1e-3, "VND": 1e-6}
_WHOLE_UNITS = (*COUNTED, "m2", "ha", "USD")
"""Known units in which three digits behind a sign are a group, not decimals."""


@dataclass(frozen=True)
class Column:
    """What a column of a file holds: for the reader, the checks and the guide of the folder.

    Parameters
    ----------
    says : str
        What it is, in Vietnamese.
    read : Reader
        What reads a cell.
    unit : str
        Unit of a number; "row" where the row's own column `unit` says it.
    least, most : float
        What a number can be. [`unit`]
    usual : (float, float), optional
        Where a number lies unless it was typed in another unit. [`unit`]
    slips : mapping of str to float
        The units that it is mistaken for, and what a number in them is multiplied by.
    default : object
        What stands for a file without the column; `NEEDED` where every file must have it.
    """

    says: str
    read: Reader
    unit: str = ""
    least: float = -math.inf
    most: float = math.inf
    usual: tuple[float, float] | None = None
    slips: Mapping[str, float] = field(default_factory=dict)
    default: Any = NEEDED

    def wanted(self, value: Any, unit: str, cell: str = "") -> Text | None:
        """Return what is wanted instead of a number, None where it may stand.

        Parameters
        ----------
        value : object
            The value that was read; only numbers are looked at.
        unit : str
            Its unit.
        cell : str
            The cell as typed, in which a group sign can be seen.
        """
        if not isinstance(value, int | float) or not self.unit:
            return None
        grouped = unit in _WHOLE_UNITS or unit not in UNITS
        if grouped and re.fullmatch(r"-?[1-9][0-9]{0,2}\.[0-9]{3}", tidy(cell)):
            return two_readings(tidy(cell), unit)
        if not self.least <= value <= self.most:
            return _between(unit, self.least, self.most)
        usual = USUAL.get(unit) if self.unit == "row" else self.usual
        if usual and value and not usual[0] <= value <= usual[1]:
            return _slip(value, unit, usual, self.slips or _SLIPS)
        return None


def _between(unit: str, least: float, most: float) -> Text:
    """Return the bounds of a number in words."""
    told: list[Text] = [_("một số")]
    if math.isfinite(least):
        told.append(_("từ {low}", low=plain_number(least)))
    if math.isfinite(most):
        told.append(_("đến {high}", high=plain_number(most)))
    return joined([*told, Worded(unit_label, unit)] if unit_label(unit) else told, " ")


def _slip(value: float, unit: str, usual: tuple[float, float], slips: Mapping[str, float]) -> Text:
    """Return the usual range, and the unit that seems to have been used instead."""
    base = _between(unit, *usual)
    for other, by in slips.items():
        meant = float(f"{value * by:.12g}")
        if usual[0] <= meant <= usual[1]:
            return _(
                "{base}; nếu số này tính bằng {other} thì viết {meant}",
                base=base,
                other=Worded(unit_label, other),
                meant=plain_number(meant),
            )
    return base
